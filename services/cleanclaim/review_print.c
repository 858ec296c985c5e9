/* review_print.c - questions as people read them: a line in the queue, or all that is known of one
 */
#include <stdio.h>
#include <string.h>

#include "common/base/date.h"
#include "services/cleanclaim/review.h"

/* review_head - over the queue */
void review_head(void)
{
    printf("%-30s %-10s %11s  %-10s %-20s %-12s what\n", "review", "due", "at stake", "stage",
           "reason", "account");
}

/* review_row - one line */
void review_row(const CcReviewItem *r)
{
    char due[DATE_TEXT], money[32];

    printf("%-30s %-10s %11s  %-10s %-20s %-12s %s\n", r->review_id,
           r->due_date ? date_text(r->due_date, due) : "-", live_dollars(r->at_stake_cents, money),
           r->stage, r->reason, r->account[0] ? r->account : "-",
           r->n_findings ? r->findings[0]->message : r->question);
}

/* print_whose - account, encounter, claim, payer, as far as there are */
static void print_whose(const CcReviewItem *r)
{
    const struct {
        const char *name, *value;
    } parts[] = {{"account", r->account},
                 {"encounter", r->encounter},
                 {"claim", r->claim_id},
                 {"payer", r->payer_id}};
    bool first = true;

    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        if (!parts[i].value[0])
            continue;
        printf("%s%s %s", first ? "  about     " : ", ", parts[i].name, parts[i].value);
        if (parts[i].value == r->claim_id && r->version)
            printf(" version %u", r->version);
        first = false;
    }
    if (!first)
        printf("\n");
}

/* print_option - and what goes with it */
static void print_option(const CcReviewOption *o, bool first)
{
    printf("  %-9s --choose %-12s %s", first ? "answers" : "", o->id, o->text);
    for (size_t i = 0; i < o->n_takes; i++)
        printf("%s%s", i ? " | " : ": ", review_switch(o->takes[i]));
    printf("\n");
}

/* is_seen - an earlier place is the same element: stretches of its text are told once, unless their
 * words are shown */
static bool is_seen(const CcReviewItem *r, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (strcmp(r->evidence[i]->ref, r->evidence[at]->ref) == 0 &&
            strcmp(r->evidence[i]->event_id, r->evidence[at]->event_id) == 0)
            return true;
    return false;
}

/* print_places - where to look; the words themselves are the patient's */
static void print_places(const CcReviewItem *r, bool phi)
{
    bool first = true;

    for (size_t i = 0; i < r->n_evidence; i++) {
        const CcEvidence *ev = r->evidence[i];
        bool words = phi && ev->text[0];

        if (is_seen(r, i) && !words)
            continue;
        printf("  %-9s %s of event %s%s%s%s\n", first ? "look at" : "", ev->ref, ev->event_id,
               words ? ": \"" : "", words ? ev->text : "", words ? "\"" : "");
        first = false;
    }
}

/* print_findings - of the validator, each with what is to be done */
static void print_findings(const CcReviewItem *r)
{
    char word[EVENT_WORD], line[32];

    for (size_t i = 0; i < r->n_findings; i++) {
        const CcFinding *f = r->findings[i];

        snprintf(line, sizeof(line), f->line ? "line %u" : "the claim", f->line);
        printf("  %-9s %s %s, %s: %s\n", i ? "" : "found", f->edit,
               event_word(&cc_severity__descriptor, (int)f->severity, false, word), line,
               f->message);
        if (f->fix[0])
            printf("  %-9s   to do: %s\n", "", f->fix);
        if (f->overridden)
            printf("  %-9s   confirmed by %s: %s\n", "", f->override_role, f->override_reason);
    }
}

/* print_how - the command that decides */
static void print_how(const CcReviewItem *r, const char *confirmable)
{
    if (!review_open(r) || r->n_options == 0)
        return;
    printf("  %-9s cleanclaim review decide %s --choose ANSWER --role ROLE --why TEXT\n", "decide",
           r->review_id);
    if (strcmp(r->stage, "validator") != 0)
        return;
    if (*confirmable)
        printf("  %-9s   or --override %s: these are right as they stand\n", "", confirmable);
    printf("  %-9s   or --instead-of CODE --code CODE: a code is wrong, the coder makes the next "
           "version\n",
           "");
}

/* print_answer - who decided what */
static void print_answer(const CcReviewAnswer *a)
{
    char at[TIME_TEXT];

    if (a)
        printf("  %-9s %s by %s, %s: %s\n", "decided", a->n_codes ? a->codes[0]->code : a->choice,
               a->role, time_text(a->at_ms, at), a->why);
}

/* review_whole - as the header has it */
void review_whole(struct arena *a, const CcReviewItem *r, bool phi)
{
    char due[DATE_TEXT], money[32];
    const char *confirmable = review_confirmable(a, r);
    json_t *drg = live_drg_json(r->drg_result);

    printf("%s  %s: %s (%s)\n", r->review_id, r->state, r->reason, r->stage);
    print_whose(r);
    printf("  %-9s %s\n", "question", r->question);
    printf("  %-9s %s, until %s\n", "at stake", live_dollars(r->at_stake_cents, money),
           r->due_date ? date_text(r->due_date, due) : "no day that is known");
    print_findings(r);
    live_print_drg(drg, "            ");
    json_decref(drg);
    for (size_t i = 0; i < r->n_options; i++)
        print_option(r->options[i], i == 0);
    print_places(r, phi);
    for (size_t i = 0; i < r->n_rules; i++)
        printf("  %-9s %s (%s)\n", i ? "" : "asked by", r->rules[i]->rule, r->rules[i]->authority);
    print_how(r, confirmable ? confirmable : "");
    print_answer(r->answer);
}
