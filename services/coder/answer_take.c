/* answer_take.c - answers are put where the record would have said it; the rules see the record so
 */
#include "services/coder/answer.h"

#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "common/codes/codes.h"
#include "services/coder/relate.h"

/* put_word - the decision as evidence: the question, who, when, why */
static void put_word(struct work *w, CcCodeAssignment *as, const CcReviewAnswer *answer)
{
    CcEvidence *ev = work_new(w, &cc_evidence__descriptor);

    for (size_t i = 0; i < as->n_evidence; i++)
        if (strcmp(as->evidence[i]->event_id, answer->review_id) == 0)
            return;
    ev->event_id = work_text(w, answer->review_id);
    ev->ref = work_text(w, "decision");
    ev->text = work_text(w, answer->why);
    ev->role = work_text(w, answer->role);
    ev->at_ms = answer->at_ms;
    event_push(w->a, as, evidence, ev);
}

/* answer_decided - see answer.h */
void answer_decided(struct work *w, const struct rule *r, CcCodeAssignment *as,
                    const CcReviewAnswer *answer)
{
    work_cite(w, as, r);
    put_word(w, as, answer);
}

/* answer_is_about - see answer.h */
bool answer_is_about(const CcReviewItem *item, const CcCodeAssignment *as)
{
    return item->n_evidence && as->n_evidence &&
           strcmp(item->evidence[0]->event_id, as->evidence[0]->event_id) == 0 &&
           strcmp(item->evidence[0]->ref, as->evidence[0]->ref) == 0;
}

/* with_code - the entry as if the record had given this code */
static CcProblem *with_code(struct work *w, const CcProblem *p, const CcCode *code)
{
    CcProblem *copy = work_new(w, &cc_problem__descriptor);

    *copy = *p;
    copy->code = answer_new_code(w, CODE_SYSTEM_ICD10CM, code->code);
    copy->n_also = 0;
    if (copy->verification == VERIFICATION_REFUTED)
        copy->verification = VERIFICATION_CONFIRMED;
    return copy;
}

/* recode - the entry is the first code; each further one stands beside it */
static void recode(struct work *w, const struct rule *r, size_t at, const CcReviewAnswer *answer)
{
    const CcProblem *own = w->dx[at].problem;

    for (size_t i = 0; i < answer->n_codes; i++) {
        CcProblem *p = with_code(w, own, answer->codes[i]);
        struct dx *d = i ? work_add_dx(w, p) : &w->dx[at];

        if (!d)
            return;
        work_dx_is(w, d, p);
        d->as->code->system = CODE_SYSTEM_ICD10CM;
        d->as->code->code = p->code->code;
        answer_decided(w, r, d->as, answer);
    }
}

/* entry_code - of a candidate, before any rule: its own ICD-10-CM code in plain form */
static const char *entry_code(const struct dx *d)
{
    return d->problem->code->system == CODE_SYSTEM_ICD10CM ? d->as->code->code : "";
}

/* offers - the code is one of the question's options */
static bool offers(const CcReviewItem *item, const CcCode *code)
{
    for (size_t i = 0; i < item->n_options; i++)
        if (item->options[i]->code && strcmp(item->options[i]->code->code, code->code) == 0)
            return true;
    return false;
}

/* keep_one - of the codes that exclude each other only the one that the record supports */
static void keep_one(struct work *w, const struct rule *r, const struct answered *x)
{
    for (size_t i = 0; i < x->item->n_options; i++) {
        const CcCode *c = x->item->options[i]->code;

        for (size_t k = 0; c && k < w->n_dx; k++) {
            if (strcmp(entry_code(&w->dx[k]), c->code) != 0)
                continue;
            answer_decided(w, r, w->dx[k].as, x->answer);
            if (strcmp(c->code, x->answer->codes[0]->code) != 0)
                work_reject_dx(w, r, &w->dx[k]);
        }
    }
}

/* is_role - only says why the patient came */
static bool is_role(const struct dx *d)
{
    return d->problem->use == PROBLEM_USE_REASON || d->problem->use == PROBLEM_USE_ADMITTING;
}

/* listed - an entry of the visit itself has the code */
static bool listed(struct work *w, const struct rule *r, const char *code,
                   const CcReviewAnswer *answer)
{
    bool found = false;

    for (size_t k = 0; k < w->n_dx; k++)
        if (strcmp(entry_code(&w->dx[k]), code) == 0) {
            answer_decided(w, r, w->dx[k].as, answer);
            found = found || !is_role(&w->dx[k]);
        }
    return found;
}

/* add - conditions that a person names, where no entry says them */
static void add(struct work *w, const struct rule *r, const struct answered *x, CcOrigin origin)
{
    for (size_t i = 0; i < x->answer->n_codes; i++) {
        const char *code = x->answer->codes[i]->code;
        CcProblem *p;
        struct dx *d;

        if (listed(w, r, code, x->answer))
            continue;
        p = work_new(w, &cc_problem__descriptor);
        p->code = answer_new_code(w, CODE_SYSTEM_ICD10CM, code);
        p->ref = work_text(w, "decision");
        p->event_id = work_text(w, x->answer->review_id);
        p->use = PROBLEM_USE_FINAL;
        if (!(d = work_add_dx(w, p)))
            return;
        d->as->origin = origin;
        d->as->n_evidence = 0;
        answer_decided(w, r, d->as, x->answer);
    }
}

/* Questions whose answer is a condition of the visit, not another code of an entry. */
static const struct {
    const char *reason;
    CcOrigin origin;
} adding[] = {
    {"equal-principal", ORIGIN_STRUCTURED}, {"incomplete", ORIGIN_STRUCTURED},
    {"indicator", ORIGIN_STRUCTURED},       {"no-principal", ORIGIN_STRUCTURED},
    {"no-diagnosis", ORIGIN_STRUCTURED},    {"text-missed", ORIGIN_TEXT},
    {"text-support", ORIGIN_TEXT},          {"text-unexplained", ORIGIN_TEXT},
    {"text-unread", ORIGIN_TEXT},           {"unlinked", ORIGIN_STRUCTURED},
};

/* adds - true: of such a question */
static bool adds(struct work *w, const struct rule *r, const struct answered *x)
{
    for (size_t i = 0; i < sizeof(adding) / sizeof(adding[0]); i++)
        if (strcmp(adding[i].reason, x->item->reason) == 0) {
            add(w, r, x, adding[i].origin);
            return true;
        }
    return false;
}

/* unspecified - the one option that says so by its title; NULL: none, or several */
static const CcCode *unspecified(struct work *w, const CcReviewItem *item)
{
    char title[DX_TITLE];
    const CcCode *found = NULL;

    for (size_t i = 0; i < item->n_options; i++) {
        const CcCode *c = item->options[i]->code;

        if (!c || !strstr(dx_title(w, c->code, title, sizeof(title)), "unspecified"))
            continue;
        if (found)
            return NULL;
        found = c;
    }
    return found;
}

/* with_unspecified - what cannot be determined is coded as unspecified where the question has such
 * a code */
static const CcReviewAnswer *with_unspecified(struct work *w, const struct answered *x)
{
    const CcCode *code;
    CcReviewAnswer *copy;

    if (x->answer->n_codes || strcmp(x->answer->choice, OPTION_UNDETERMINED) != 0 ||
        !(code = unspecified(w, x->item)))
        return x->answer;
    copy = event_copy(w->a, &x->answer->base);
    if (!copy || !event_push(w->a, copy, codes, (CcCode *)(uintptr_t)code))
        return x->answer;
    return copy;
}

/* take_dx - of a question about a diagnosis; the list may move */
static void take_dx(struct work *w, const struct rule *r, size_t at, const struct answered *x)
{
    bool drops = answer_effect(x) == ANSWER_DROP;

    if (!x->answer->n_codes && !drops)
        return;
    if (drops) {
        answer_decided(w, r, w->dx[at].as, x->answer);
        work_reject_dx(w, r, &w->dx[at]);
    } else if (strcmp(x->item->reason, "excludes") == 0 && offers(x->item, x->answer->codes[0])) {
        keep_one(w, r, x);
    } else {
        recode(w, r, at, x->answer);
    }
}

/* same_words - two entries that are asked about once */
static bool same_words(const CcCode *a, const CcCode *b)
{
    return a->system == b->system && strcmp(a->code, b->code) == 0 && strcmp(a->text, b->text) == 0;
}

/* is_meant - the person spoke of some of the codes, or of all that are asked about */
static bool is_meant(const CcReviewAnswer *answer, const char *code)
{
    for (size_t i = 0; i < answer->n_codes; i++)
        if (strcmp(answer->codes[i]->code, code) == 0)
            return true;
    return answer->n_codes == 0;
}

/* set_poa - by the option's letter */
static void set_poa(struct work *w, const struct rule *r, struct dx *d,
                    const CcReviewAnswer *answer)
{
    const char letter = answer->choice[0];

    d->poa = letter == 'Y' ? POA_Y : letter == 'N' ? POA_N : letter == 'W' ? POA_W : POA_U;
    answer_decided(w, r, d->as, answer);
}

/* is_pointed - the question points to the entry */
static bool is_pointed(const CcReviewItem *item, const CcCodeAssignment *as)
{
    for (size_t i = 0; i < item->n_evidence && as->n_evidence; i++)
        if (strcmp(item->evidence[i]->event_id, as->evidence[0]->event_id) == 0 &&
            strcmp(item->evidence[i]->ref, as->evidence[0]->ref) == 0)
            return true;
    return false;
}

/* take_poa - of the entries that the question points to, so that what is derived from them has it
 * as if the record had said it */
static void take_poa(struct work *w, const struct rule *r, const struct answered *x)
{
    for (size_t i = 0; i < w->n_dx; i++)
        if (w->dx[i].poa == POA_UNKNOWN && is_pointed(x->item, w->dx[i].as) &&
            is_meant(x->answer, entry_code(&w->dx[i])))
            set_poa(w, r, &w->dx[i], x->answer);
}

/* take - one answer, where the record would have said it */
static void take(struct work *w, const struct rule *r, const struct answered *x)
{
    size_t n = w->n_dx;

    if (answer_effect(x) == ANSWER_POA) {
        take_poa(w, r, x);
        return;
    }
    if (adds(w, r, x) || answer_adds_service(w, r, x))
        return;
    for (size_t i = 0; i < n; i++)
        if (answer_is_about(x->item, w->dx[i].as)) {
            const CcCode words = *w->dx[i].problem->code;

            for (size_t k = 0; k < n; k++)
                if (k == i || (strcmp(x->item->reason, "no-code") == 0 &&
                               same_words(&words, w->dx[k].problem->code)))
                    take_dx(w, r, k, x);
            return;
        }
    answer_service(w, r, x);
}

/* rule_answered - each in the order in which its question came up */
void rule_answered(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_answered; i++) {
        struct answered x = w->answered[i];

        x.answer = with_unspecified(w, &x);
        take(w, r, &x);
    }
}

/* answer_is_first - see work.h */
bool answer_is_first(const struct work *w, const char *code)
{
    for (size_t i = 0; i < w->n_answered; i++) {
        const struct answered *x = &w->answered[i];

        if ((strcmp(x->item->reason, "no-principal") == 0 ||
             strcmp(x->item->reason, "equal-principal") == 0) &&
            x->answer->n_codes && strcmp(x->answer->codes[0]->code, code) == 0)
            return true;
    }
    return false;
}

/* rule_answered_first - the condition that a person named goes before all others */
void rule_answered_first(struct work *w, const struct rule *r)
{
    struct dx *first = dx_ranked(w, 1);

    for (uint32_t rank = 2; first && rank <= w->n_dx; rank++) {
        struct dx *d = dx_ranked(w, rank);

        if (d && answer_is_first(w, d->code)) {
            dx_before(w, r, d, first);
            return;
        }
    }
}

/* rule_answered_poa - of the codes that still have no indicator: derived ones, or entries that were
 * coded otherwise since */
void rule_answered_poa(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_answered; i++) {
        const struct answered *x = &w->answered[i];

        for (size_t k = 0; answer_effect(x) == ANSWER_POA && k < w->n_dx; k++) {
            struct dx *d = &w->dx[k];

            if (d->rank && d->poa == POA_UNKNOWN && is_meant(x->answer, d->code)) {
                set_poa(w, r, d, x->answer);
                d->poa_ruled = true;
            }
        }
    }
}
