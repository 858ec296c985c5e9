/* begin.c - candidates: what the folded encounter says, each entry once, in its order */
#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "common/codes/codes.h"
#include "services/coder/work.h"

/* Kinds of diagnosis in the order in which they go on a claim. */
static const unsigned orders[] = {
    [PROBLEM_USE_BILLING] = 0,   [PROBLEM_USE_FINAL] = 0,        [PROBLEM_USE_UNKNOWN] = 1,
    [PROBLEM_USE_WORKING] = 2,   [PROBLEM_USE_REASON] = 4,       [PROBLEM_USE_PROBLEM] = 5,
    [PROBLEM_USE_ADMITTING] = 6, [PROBLEM_USE_PREOPERATIVE] = 2, [PROBLEM_USE_POSTOPERATIVE] = 0,
};
enum { ORDER_CHARGE = 3, ORDER_LAST = 7 };

/* work_array - may be NULL */
void *work_array(struct work *w, size_t count, size_t size)
{
    return arena_array(w->a, count ? count : 1, size);
}

/* order_of - by use */
static unsigned order_of(CcProblemUse use)
{
    return (size_t)use < sizeof(orders) / sizeof(orders[0]) ? orders[use] : ORDER_LAST;
}

/* given - the entry's own text where that is plain already */
static const char *given(struct work *w, const CcProblem *p)
{
    char plain[DX_CODE];

    if (p->code->system != CODE_SYSTEM_ICD10CM || !code_plain(p->code->code, plain, sizeof(plain)))
        return NULL;
    return strcmp(plain, p->code->code) == 0 ? p->code->code : work_text(w, plain);
}

/* work_dx_is - see work.h */
void work_dx_is(struct work *w, struct dx *d, const CcProblem *p)
{
    d->problem = p;
    d->given = given(w, p);
}

/* work_add_dx - one more candidate; NULL: over the limit */
struct dx *work_add_dx(struct work *w, const CcProblem *p)
{
    struct dx *grown = arena_grow(w->a, w->dx, w->n_dx, sizeof(*grown)), *d;

    if (!grown || !p->code)
        return NULL;
    w->dx = grown;
    d = &grown[w->n_dx];
    *d = (struct dx){.poa = p->poa, .order = order_of(p->use), .position = w->n_dx};
    w->n_dx++;
    work_dx_is(w, d, p);
    d->as = work_assignment(w, p->code->system, "", ORIGIN_STRUCTURED);
    d->as->code->code = work_kept(d->given ? d->given : p->code->code);
    d->as->code->version = p->code->version;
    work_evidence(w, d->as, p->event_id, p->ref, p->code->text);
    event_push(w->a, w->out, codes, d->as);
    return d;
}

/* matches - does this pointer name this diagnosis? */
static bool matches(const struct dx *d, const char *pointer)
{
    char a[DX_CODE];
    const CcProblem *p = d->problem;

    if (strcmp(p->ref, pointer) == 0 || (p->id[0] && strcmp(p->id, pointer) == 0) ||
        strcmp(p->code->code, pointer) == 0)
        return true;
    for (size_t i = 0; i < p->n_also; i++)
        if (strcmp(p->also[i]->code, pointer) == 0)
            return true;
    if (!code_plain(pointer, a, sizeof(a)) || !a[0])
        return false;
    return strcmp(d->code, a) == 0 || (d->given && strcmp(d->given, a) == 0);
}

/* rank_of_match - coded ones first: a refuted entry of the same code names nothing */
static int goodness(const struct dx *d)
{
    return d->rank ? 3 : d->state == DX_CODED ? 2 : d->state == DX_REJECTED ? 0 : 1;
}

/* work_pointed - the best entry that the pointer names */
struct dx *work_pointed(struct work *w, const char *pointer)
{
    struct dx *best = NULL;

    for (size_t i = 0; i < w->n_dx; i++)
        if (matches(&w->dx[i], pointer) && (!best || goodness(&w->dx[i]) > goodness(best)))
            best = &w->dx[i];
    return best;
}

/* add_pointed - a diagnosis that only a charge names (FT1-19), in the form of our code set */
static void add_pointed(struct work *w, const CcCharge *c, const char *pointer)
{
    char plain[DX_CODE];
    CcProblem *p;
    struct dx *d;

    if (work_pointed(w, pointer) || !code_plain(pointer, plain, sizeof(plain)) ||
        !icd10cm_form(plain))
        return;
    p = work_new(w, &cc_problem__descriptor);
    p->code = work_new(w, &cc_code__descriptor);
    p->code->system = CODE_SYSTEM_ICD10CM;
    p->code->code = work_text(w, plain);
    p->ref = work_text(w, c->ref);
    p->event_id = work_text(w, c->event_id);
    d = work_add_dx(w, p);
    if (!d)
        return;
    d->from_charge = true;
    d->order = ORDER_CHARGE;
    d->as->origin = ORIGIN_CHARGE;
}

/* work_begin_dx - the visit's own, then those that only charges name */
void work_begin_dx(struct work *w)
{
    for (size_t i = 0; i < w->enc->n_diagnoses; i++)
        work_add_dx(w, w->enc->diagnoses[i]);
    for (size_t i = 0; i < w->enc->n_charges; i++)
        for (size_t k = 0; k < w->enc->charges[i]->n_pointers; k++)
            if (w->enc->charges[i]->kind == CHARGE_KIND_CHARGE)
                add_pointed(w, w->enc->charges[i], w->enc->charges[i]->pointers[k]);
}

/* new_service - one more candidate */
static struct service *new_service(struct work *w, const CcCode *code, const char *event_id,
                                   const char *ref, CcOrigin origin)
{
    struct service *grown = w->services, *s;

    if (w->n_services >= w->service_room)
        grown = arena_grow(w->a, w->services, w->n_services, sizeof(*grown));
    if (!grown)
        return NULL;
    w->services = grown;
    s = &grown[w->n_services++];
    *s = (struct service){.event_id = event_id,
                          .ref = ref,
                          .revenue = "",
                          .pos = "",
                          .unit_code = "UN",
                          .price_cents = -1};
    s->as = work_assignment(w, code ? code->system : CODE_SYSTEM_UNKNOWN, "", origin);
    s->as->code->code = work_kept(code ? code->code : "");
    work_evidence(w, s->as, event_id, ref, code ? code->text : "");
    event_push(w->a, w->out, codes, s->as);
    return s;
}

/* add_charge - a charge, credit, payment or adjustment */
static void add_charge(struct work *w, const CcCharge *c)
{
    struct service *s = new_service(w, c->code, c->event_id, c->ref, ORIGIN_CHARGE);

    if (!s)
        return;
    s->charge = c;
    if ((!c->code || !c->code->code[0]) && c->cdm[0]) {
        s->as->code->system = CODE_SYSTEM_LOCAL;
        s->as->code->code = work_kept(c->cdm);
    }
    s->from_date = c->service_date;
    s->thru_date = c->thru_date ? c->thru_date : c->service_date;
    s->units_milli = c->units_given ? c->units_milli : 1000;
    s->charge_cents = c->charge_cents;
    s->priced = s->own_price = c->charge_given;
}

/* work_add_procedure - something done */
struct service *work_add_procedure(struct work *w, const CcProcedure *p)
{
    struct service *s = new_service(w, p->code, p->event_id, p->ref, ORIGIN_STRUCTURED);

    if (!s)
        return NULL;
    s->procedure = s->done = p;
    s->from_date = s->thru_date = p->procedure_date;
    s->units_milli = 1000;
    return s;
}

/* work_begin_services - charges, then procedures */
void work_begin_services(struct work *w)
{
    size_t room = w->enc->n_charges + w->enc->n_procedures;

    w->services = arena_room(w->a, room, sizeof(*w->services));
    w->service_room = w->services ? room : 0;
    for (size_t i = 0; i < w->enc->n_charges; i++)
        add_charge(w, w->enc->charges[i]);
    for (size_t i = 0; i < w->enc->n_procedures; i++)
        if (w->enc->procedures[i]->code)
            work_add_procedure(w, w->enc->procedures[i]);
}
