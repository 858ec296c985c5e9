/* review_answer.c - a person's word on a question of the coder, as a record of claims.decisions
 *
 * What can be said is checked against the question as it was asked; whether it is still open, and
 * whether the code may be billed on the day, the coder decides, with the tables. */
#include <stdio.h>
#include <string.h>

#include "common/base/str.h"
#include "common/sys/clock.h"
#include "services/cleanclaim/review.h"

enum { CODE_MAX = 20 };

/* review_option - by its id; NULL: none */
const CcReviewOption *review_option(const CcReviewItem *item, const char *id)
{
    for (size_t i = 0; id && i < item->n_options; i++)
        if (strcmp(item->options[i]->id, id) == 0)
            return item->options[i];
    return NULL;
}

/* is_said - an option of the question, or a code beside none or "other" */
static bool is_said(const CcReviewItem *item, const struct review_word *w)
{
    bool other = !w->choose || strcmp(w->choose, "other") == 0;

    if (w->choose && !review_option(item, w->choose))
        fprintf(stderr, "%s: no option \"%s\"; see `cleanclaim review show %s`\n", item->review_id,
                w->choose, item->review_id);
    else if (other && str_empty(w->codes))
        fprintf(stderr, "%s: which one? Name it with --code, or correct the record\n",
                item->review_id);
    else if (!other && !str_empty(w->codes))
        fprintf(stderr, "%s: an option or a code, not both\n", item->review_id);
    else
        return true;
    return false;
}

/* put_code - one of the list, a code without its dot or a day without its dashes; false: not the
 * form of any code, or out of memory */
static bool put_code(struct arena *a, CcReviewAnswer *answer, const char *text, size_t n)
{
    CcCode *code = event_new(a, &cc_code__descriptor);
    char plain[CODE_MAX + 1];
    size_t len = 0;

    for (size_t i = 0; i < n; i++) {
        if (text[i] == '.' || text[i] == '-')
            continue;
        if (len == CODE_MAX || !((text[i] >= '0' && text[i] <= '9') ||
                                 ((text[i] | 32) >= 'a' && (text[i] | 32) <= 'z')))
            return false;
        plain[len++] = text[i];
    }
    plain[len] = '\0';
    str_upper(plain);
    return len && code && (code->code = arena_strdup(a, plain)) &&
           event_push(a, answer, codes, code);
}

/* put_codes - the list of the command line, or the option's own code */
static bool put_codes(struct arena *a, CcReviewAnswer *answer, const CcReviewItem *item,
                      const struct review_word *w)
{
    const CcReviewOption *o = review_option(item, w->choose);

    if (o && o->code)
        return event_push(a, answer, codes, o->code);
    for (const char *p = w->codes; p && *p;) {
        size_t n = strcspn(p, ",");

        if (!put_code(a, answer, p, n)) {
            fprintf(stderr, "%.*s: no code: letters and digits are wanted\n", (int)n, p);
            return false;
        }
        p += n + (p[n] == ',');
    }
    return true;
}

/* review_word_of - as the header has it */
CcDecision *review_word_of(struct arena *a, const CcReviewItem *item, const struct review_word *w)
{
    CcDecision *d = event_new(a, &cc_decision__descriptor);
    CcReviewAnswer *answer = event_new(a, &cc_review_answer__descriptor);

    if (!d || !answer || !put_codes(a, answer, item, w))
        return NULL;
    d->answer = answer;
    d->encounter = item->encounter;
    d->patient_key = item->patient_key;
    d->at_ms = answer->at_ms = clock_ms();
    answer->review_id = item->review_id;
    answer->choice = arena_strdup(a, w->choose ? w->choose : "other");
    answer->role = arena_strdup(a, w->role);
    answer->why = arena_strdup(a, w->reason);
    answer->version = item->version;
    return arena_exhausted(a) ? NULL : d;
}

/* say - what was sent */
static void say(const CcDecision *d, bool json)
{
    const CcReviewAnswer *answer = d->answer;
    json_t *codes = json_array();

    for (size_t i = 0; i < answer->n_codes; i++)
        json_array_append_new(codes, json_string(answer->codes[i]->code));
    if (json)
        cmd_json(json_pack("{s:s, s:s, s:s, s:o, s:s}", "review", answer->review_id, "encounter",
                           d->encounter, "choice", answer->choice, "codes", json_incref(codes),
                           "role", answer->role));
    else
        printf("%s: decided; the coder makes the next version of %s, `cleanclaim show` tells what "
               "came of it\n",
               answer->review_id, d->encounter);
    json_decref(codes);
}

/* review_answer - as the header has it */
int review_answer(const struct conf *c, struct arena *a, const CcReviewItem *item,
                  const struct review_word *w)
{
    struct err e = {0};
    CcDecision *d;

    if (w->edits || (str_empty(w->choose) && str_empty(w->codes))) {
        fprintf(stderr, "%s: a question of the coder: answer it with --choose or --code\n",
                item->review_id);
        return EXIT_FOUND;
    }
    if (!is_said(item, w) || !(d = review_word_of(a, item, w)))
        return EXIT_FOUND;
    if (review_publish(c, a, d, &e) != 0)
        return cmd_fail(&e);
    say(d, w->json);
    return 0;
}
