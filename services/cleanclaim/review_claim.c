/* review_claim.c - a person's word on a question about a payer's answer: appeal, bill the patient,
 * write off, close; the claim that a payment is of; settled otherwise, or not to be settled; as an
 * answer of its own in payer.answers, where the claim's state or the question is known */
#include <stdio.h>
#include <string.h>

#include "common/base/str.h"
#include "common/sys/clock.h"
#include "services/cleanclaim/review.h"

/* is_offered - an option of the question, and nothing else */
static bool is_offered(const CcReviewItem *item, const struct review_word *w)
{
    if (item->n_options == 0 || (!item->claim_id[0] && !item->key[0] && !item->receiver[0]))
        fprintf(stderr, "%s: nothing to decide here: what it names is done outside\n",
                item->review_id);
    else if (w->edits || !str_empty(w->codes) || w->modifiers || str_empty(w->choose))
        fprintf(stderr, "%s: a question about a payer's answer: decide it with --choose\n",
                item->review_id);
    else if (!review_option(item, w->choose))
        fprintf(stderr, "%s: no option \"%s\"; see `cleanclaim review show %s`\n", item->review_id,
                w->choose, item->review_id);
    else
        return true;
    return false;
}

/* is_open_answer - one that every question has: it moves no claim, the question itself is said
 * again
 */
static bool is_open_answer(const CcReviewItem *item, const char *choice)
{
    return item->key[0] && (strcmp(choice, "other") == 0 || strcmp(choice, "undetermined") == 0);
}

/* of_question - the record brings the question itself, with the person's word */
static bool of_question(struct arena *a, CcAnswer *m, const CcReviewItem *item)
{
    m->level = arena_strdup(a, "question");
    m->review = event_copy(a, &item->base);
    if (m->review)
        m->review->answer = m->answer;
    return m->review != NULL;
}

/* word_of - the record; NULL: out of memory */
static CcAnswer *word_of(struct arena *a, const CcReviewItem *item, const struct review_word *w)
{
    CcAnswer *m = event_new(a, &cc_answer__descriptor);
    CcReviewAnswer *answer = event_new(a, &cc_review_answer__descriptor);

    if (!m || !answer)
        return NULL;
    m->answer = answer;
    m->claim_id = item->claim_id;
    m->received_ms = answer->at_ms = clock_ms();
    m->kind = arena_strdup(a, "person");
    m->receiver = item->receiver;
    m->level = arena_strdup(a, item->receiver[0] ? "tie" : "claim");
    m->event = m->category = answer->choice = arena_strdup(a, w->choose);
    m->key =
        arena_printf(a, "person|%s|%s|%lld", item->review_id, w->choose, (long long)answer->at_ms);
    answer->review_id = item->review_id;
    answer->role = arena_strdup(a, w->role);
    answer->why = arena_strdup(a, w->reason);
    answer->version = item->version;
    if (is_open_answer(item, w->choose) && !of_question(a, m, item))
        return NULL;
    return arena_exhausted(a) ? NULL : m;
}

/* where - the key of the record: the question's, the receiver's or the claim's */
static const char *where(const CcReviewItem *item, const CcAnswer *m)
{
    if (m->review)
        return item->key;
    return item->receiver[0] ? item->receiver : m->claim_id;
}

/* review_claim - as the header has it */
int review_claim(const struct conf *c, struct arena *a, const CcReviewItem *item,
                 const struct review_word *w)
{
    struct err e = {0};
    CcAnswer *m;

    if (!is_offered(item, w))
        return EXIT_FOUND;
    m = word_of(a, item, w);
    if (!m)
        err_set(&e, ERR_RETRY, "memory", "out of memory");
    if (!m ||
        review_send(c, a, TOPIC_PAYER_ANSWERS, where(item, m), m->received_ms, &m->base, &e) != 0)
        return cmd_fail(&e);
    if (w->json)
        cmd_json(json_pack("{s:s, s:o, s:s, s:s}", "review", item->review_id, "claim",
                           cmd_json_text(item->claim_id), "choice", w->choose, "role",
                           m->answer->role));
    else if (m->review)
        printf("%s: %s\n", item->review_id,
               strcmp(w->choose, "other") == 0 ? "settled, with the reason"
                                               : "stays open, for the billing lead");
    else
        printf("%s: decided; `cleanclaim %s %s` tells what came of it\n", item->review_id,
               item->claim_id[0] ? "show" : "review show",
               item->claim_id[0] ? item->claim_id : item->review_id);
    return 0;
}
