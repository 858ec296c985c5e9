/* question.c - what every question carries beside its words: answers that are always open, where to
 * look, the money that waits, and until when */
#include <string.h>

#include "services/coder/payer.h"
#include "services/coder/work.h"

static const struct {
    const char *id, *text;
} open_answers[] = {{OPTION_OTHER, "other"}, {OPTION_UNDETERMINED, "cannot be determined"}};

/* has_option - by its id */
static bool has_option(const CcReviewItem *item, const char *id)
{
    for (size_t i = 0; i < item->n_options; i++)
        if (strcmp(item->options[i]->id, id) == 0)
            return true;
    return false;
}

/* question_open_answers - nobody is led to an answer that the record does not give */
void question_open_answers(struct work *w, CcReviewItem *item)
{
    for (size_t i = 0; i < sizeof(open_answers) / sizeof(open_answers[0]); i++) {
        CcReviewOption *o;

        if (has_option(item, open_answers[i].id))
            continue;
        o = work_new(w, &cc_review_option__descriptor);
        o->id = work_text(w, open_answers[i].id);
        o->text = work_text(w, open_answers[i].text);
        event_push(w->a, item, options, o);
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

/* limit - the filing limit of the first payer, by the visit's days */
static int32_t limit(struct work *w)
{
    const CcVisit *v = w->enc->visit;
    struct payer list[PAYERS_MAX];

    if (!payers_of(w, list))
        return 0;
    return payer_deadline(&list[0], v->admit_date ? v->admit_date : w->coding_date, w->coding_date,
                          v->discharge_date);
}

/* question_complete - see work.h */
void question_complete(struct work *w)
{
    int32_t due = 0;
    int64_t cents;

    if (!w->out->n_review)
        return;
    cents = claimed(w, &due);
    if (!w->out->n_claims) {
        cents = charged(w);
        due = limit(w);
    }
    for (size_t i = 0; i < w->out->n_review; i++) {
        CcReviewItem *item = w->out->review[i];

        answer_offer(w, item);
        question_open_answers(w, item);
        put_evidence(w, item);
        item->at_stake_cents = cents;
        item->due_date = due;
    }
}
