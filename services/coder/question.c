/* question.c - what every question carries beside its words: answers that are always open, where to
 * look, the money that waits, and until when */
#include <stdlib.h>
#include <string.h>

#include "services/coder/payer.h"
#include "services/coder/work.h"

/* clang-format off */
/* Why a person is asked: words of a contract (cli.md), never renamed. */
static const struct reason {
    const char *reason;
    bool blocks;       /* the claim waits for the answer */
    const char *takes; /* what a person names who answers "other"; blank separated (review.proto) */
} reasons[] = {
    {"amount",                true,  "units"},
    {"bundled",               false, "code modifiers"}, /* the claim says one service, as the record does */
    {"charge-unmapped",       true,  "code"},
    {"conflict",              true,  "code"},
    {"coverage-dates",        true,  "record"},
    {"credit-without-charge", true,  "record"},
    {"discharge-status",      true,  "code"},
    {"equal-principal",       false, "code"}, /* either may be first (II.C) */
    {"excludes",              true,  "code"},
    {"incomplete",            true,  "code"},
    {"indicator",             false, "code"}, /* a value is no diagnosis */
    {"level",                 true,  "code"},
    {"level-gap",             false, "code"}, /* told, never chosen */
    {"missed-charge",         false, "record"},
    {"modifier",              true,  "code modifiers"},
    {"no-charges",            false, "record"}, /* there is nothing to wait: what was billed before is void */
    {"no-class",              true,  "record"},
    {"no-code",               true,  "code"},
    {"no-date",               true,  "day"},
    {"no-diagnosis",          true,  "code"},
    {"no-discharge",          true,  "day"},
    {"no-facility",           true,  "facility"},
    {"no-order",              false, "record"}, /* what is charged may be ordered elsewhere */
    {"no-patient",            true,  "record"},
    {"no-payer",              true,  "record"},
    {"no-place",              true,  "code"},
    {"no-price",              true,  "amount"},
    {"no-principal",          true,  "code"},
    {"no-provider",           true,  "npi"},
    {"no-revenue",            true,  "code"},
    {"no-table",              true,  "table"},
    {"not-billable",          true,  "code"},
    {"not-ready",             true,  "record"},
    {"old-code",              true,  "code"},
    {"poa-missing",           true,  "record"},
    {"pointer",               true,  "code"},
    {"procedure",             true,  "code"},
    {"procedure-missed",      false, "code"}, /* what is coded stands */
    {"single-mention",        false, "code"}, /* the code stands as the record has it */
    {"text-conflict",         true,  "code"},
    {"text-missed",           false, "code"}, /* what the record does not list may be right to leave out */
    {"text-specific",         false, "code"}, /* the record's own code is a code all the same */
    {"text-support",          true,  "code"},
    {"text-unexplained",      false, "code"},
    {"text-unread",           false, "code"}, /* what the record lists does not rest on it */
    {"type-of-bill",          true,  "code"},
    {"undocumented",          true,  "code units"},
    {"unknown-payer",         true,  "payer"},
    {"unlinked",              false, "code"}, /* the codes stand as the record has them */
};
/* clang-format on */

static const struct {
    const char *id, *text;
} open_answers[] = {{OPTION_OTHER, "other"}, {OPTION_UNDETERMINED, "cannot be determined"}};

/* reason_row - one without a row is a bug */
static const struct reason *reason_row(const char *reason)
{
    for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
        if (strcmp(reasons[i].reason, reason) == 0)
            return &reasons[i];
    abort();
}

/* work_blocks - see work.h */
bool work_blocks(const char *reason)
{
    return reason_row(reason)->blocks;
}

/* question_reason - see work.h */
const char *question_reason(size_t i)
{
    return i < sizeof(reasons) / sizeof(reasons[0]) ? reasons[i].reason : NULL;
}

/* option_by_id - NULL: none */
static CcReviewOption *option_by_id(const CcReviewItem *item, const char *id)
{
    for (size_t i = 0; i < item->n_options; i++)
        if (strcmp(item->options[i]->id, id) == 0)
            return item->options[i];
    return NULL;
}

/* work_takes - see work.h */
void work_takes(struct work *w, CcReviewOption *o, const char *words)
{
    while (*words) {
        size_t n = strcspn(words, " ");
        char *word = arena_strndup(w->a, words, n);

        if (word)
            event_push(w->a, o, takes, word);
        words += n + (words[n] == ' ');
    }
}

/* question_takes - see work.h */
bool question_takes(const CcReviewItem *item, const char *word)
{
    const CcReviewOption *o = option_by_id(item, OPTION_OTHER);

    for (size_t i = 0; o && i < o->n_takes; i++)
        if (strcmp(o->takes[i], word) == 0)
            return true;
    return false;
}

/* question_of_table - see work.h */
void question_of_table(struct work *w, CcReviewItem *item)
{
    if (item->n_options)
        return;
    work_choice(w, item, OPTION_AGAIN, "it is in the table: look again");
    work_takes(w, work_choice(w, item, OPTION_OTHER, "other"), "table");
}

/* question_open_answers - nobody is led to an answer that the record does not give */
void question_open_answers(struct work *w, CcReviewItem *item)
{
    for (size_t i = 0; i < sizeof(open_answers) / sizeof(open_answers[0]); i++) {
        CcReviewOption *o = option_by_id(item, open_answers[i].id);

        if (!o)
            o = work_choice(w, item, open_answers[i].id, open_answers[i].text);
        if (!o->n_takes && strcmp(o->id, OPTION_OTHER) == 0)
            work_takes(w, o, reason_row(item->reason)->takes);
    }
}

/* put_evidence - a question about the visit as a whole: the event that spoke of it last */
static void put_evidence(struct work *w, CcReviewItem *item)
{
    CcEvidence *ev;

    if (item->n_evidence)
        return;
    ev = work_new(w, &cc_evidence__descriptor);
    ev->event_id = work_text(w, w->enc->event_id);
    ev->ref = work_text(w, "visit");
    event_push(w->a, item, evidence, ev);
}

/* claimed - the sum of the claims, and the first limit among them */
static int64_t claimed(const struct work *w, int32_t *due)
{
    int64_t cents = 0;

    for (size_t i = 0; i < w->out->n_claims; i++) {
        const CcClaim *c = w->out->claims[i];

        cents += c->charge_cents;
        if (c->filing_deadline_date && (!*due || c->filing_deadline_date < *due))
            *due = c->filing_deadline_date;
    }
    return cents;
}

/* charged - where no claim could be made: what the record charges */
static int64_t charged(const struct work *w)
{
    int64_t cents = 0;

    for (size_t i = 0; i < w->n_services; i++) {
        const struct service *s = &w->services[i];

        if (s->charge && s->priced && s->state != SERVICE_REJECTED && s->state != SERVICE_MERGED)
            cents += s->charge_cents;
    }
    return cents > 0 ? cents : 0;
}

/* limit_of - a payer's filing limit by the visit's days */
static int32_t limit_of(const struct work *w, const struct payer *p)
{
    const CcVisit *v = w->enc->visit;

    return payer_deadline(p, v->admit_date ? v->admit_date : w->coding_date, w->coding_date,
                          v->discharge_date);
}

/* limit - of the first payer; where none is known yet, the nearest that any payer has: until then
 * nothing is lost */
static int32_t limit(struct work *w)
{
    struct payer list[PAYERS_MAX];
    struct table_row row;
    int32_t nearest = 0;
    size_t cursor = 0;

    if (payers_of(w, list))
        return limit_of(w, &list[0]);
    while (tables_each(w->t, TABLE_PAYERS, w->coding_date, &cursor, &row)) {
        struct payer one = {.row = site_payer(&row)};
        int32_t day = limit_of(w, &one);

        if (day && (!nearest || day < nearest))
            nearest = day;
    }
    return nearest;
}

/* grouped - of the inpatient claim among them; NULL: there is none, or it has no group */
static CcDrgResult *grouped(const struct work *w)
{
    for (size_t i = 0; i < w->out->n_claims; i++)
        if (w->out->claims[i]->drg_result)
            return w->out->claims[i]->drg_result;
    return NULL;
}

/* question_complete - see work.h */
void question_complete(struct work *w)
{
    int32_t due = 0;
    int64_t cents;
    CcDrgResult *group;

    if (!w->out->n_review)
        return;
    cents = claimed(w, &due);
    group = grouped(w);
    if (!w->out->n_claims)
        cents = charged(w);
    if (!due)
        due = limit(w);
    for (size_t i = 0; i < w->out->n_review; i++) {
        CcReviewItem *item = w->out->review[i];

        answer_offer(w, item);
        question_open_answers(w, item);
        put_evidence(w, item);
        item->at_stake_cents = cents;
        item->drg_result = group;
        item->due_date = due;
    }
}
