/* finish.c - what can only be said when all segments of a message are read: ranks, orders, keys,
 * ids, status */
#include "services/intake/hl7/map.h"

#include <string.h>

#include "services/intake/ident.h"

enum { NOT_RANKED = UINT32_MAX, NO_PRIORITY = UINT32_MAX - 1 };

/* The order in which types of a diagnosis lead: what was found out before what was thought at
 * first. */
static unsigned use_order(CcProblemUse use)
{
    static const unsigned order[] = {
        [PROBLEM_USE_UNKNOWN] = 3, [PROBLEM_USE_ADMITTING] = 4, [PROBLEM_USE_WORKING] = 2,
        [PROBLEM_USE_FINAL] = 0,   [PROBLEM_USE_REASON] = 5,    [PROBLEM_USE_BILLING] = 1,
        [PROBLEM_USE_PROBLEM] = 6,
    };

    return order[use];
}

/* precedes - by type, priority; equal ones keep their position */
static bool precedes(const CcProblem *a, const CcProblem *b)
{
    if (use_order(a->use) != use_order(b->use))
        return use_order(a->use) < use_order(b->use);
    return a->rank < b->rank;
}

/* is_ranked - PV2-3's reason and deletions are not, nor what the sender says is not (DG1-15 = 0) */
static bool is_ranked(const CcProblem *p)
{
    return p->rank != NOT_RANKED && p->use != PROBLEM_USE_REASON && p->action != ACTION_DELETE;
}

/* rank_of - one more than the ranked ones of its group that come before it */
static uint32_t rank_of(const CcEncounter *ev, size_t i)
{
    const CcProblem *p = ev->diagnoses[i];
    uint32_t rank = 1;

    for (size_t k = 0; k < ev->n_diagnoses; k++) {
        const CcProblem *o = ev->diagnoses[k];

        if (k == i || !is_ranked(o) || !str_eq(o->parent, p->parent))
            continue;
        if (precedes(o, p) || (!precedes(p, o) && k < i))
            rank++;
    }
    return rank;
}

/* set_ranks - "0", "8" and several "1" come: rank by type, priority, position (coding §8.7) */
static void set_ranks(struct hl7_map *x, CcEncounter *ev)
{
    uint32_t *ranks = arena_array(x->a, ev->n_diagnoses + 1, sizeof(*ranks));

    if (!ranks)
        return;
    for (size_t i = 0; i < ev->n_diagnoses; i++)
        if (ev->diagnoses[i]->rank == 0)
            ev->diagnoses[i]->rank = NO_PRIORITY;
    for (size_t i = 0; i < ev->n_diagnoses; i++)
        ranks[i] = is_ranked(ev->diagnoses[i]) ? rank_of(ev, i) : 0;
    for (size_t i = 0; i < ev->n_diagnoses; i++)
        ev->diagnoses[i]->rank = ranks[i];
}

/* set_status - the type says, else the dates do */
static void set_status(struct hl7_map *x, CcEncounter *ev)
{
    CcVisit *v = ev->visit;

    v->status = x->trigger->status;
    if (v->status == VISIT_STATUS_UNKNOWN && v->discharge_date)
        v->status = VISIT_STATUS_FINISHED;
    else if (v->status == VISIT_STATUS_UNKNOWN && v->admit_date)
        v->status = VISIT_STATUS_ACTIVE;
}

/* set_ids - keys from facility and numbers; an event of a visit without any number says so */
static void set_ids(struct hl7_map *x, CcEncounter *ev, const char *message, size_t index)
{
    const CcVisit *v = ev->visit;
    const char *number = str_empty(v->visit_number) ? v->account : v->visit_number;
    const char *mrn = ev->patient ? ev->patient->mrn : "";

    ev->patient_key = ident_patient_key(x->conf, x->a, ev->facility, mrn);
    ev->encounter = ident_encounter(x->conf, x->a, ev->facility, number);
    ev->event_id = ident_event(x->conf, x->a, message, index);
    if (str_empty(number) && x->trigger->kind != EVENT_KIND_NONE &&
        !(x->trigger->flags & HL7_PERSON))
        note_problem(x->a, ev, NOTE_SEVERITY_NOTED, NOTE_NO_VISIT, "PV1[1]-19",
                     "neither visit number nor account; bound to the patient only");
}

/* hl7_finish - see map.h */
void hl7_finish(struct hl7_map *x)
{
    const char *message = ident_message(x->conf, x->a, "hl7", x->identity.p, x->identity.n);

    for (size_t i = 0; i < x->n_events; i++) {
        CcEncounter *ev = x->events[i];
        bool bounded = ev->n_diagnoses <= EVENT_MAX_REPEAT && ev->n_coverages <= EVENT_MAX_REPEAT;

        if (x->trigger->kind != EVENT_KIND_NONE && bounded) {
            set_ranks(x, ev);
            note_orders(x->a, ev);
            set_status(x, ev);
        }
        set_ids(x, ev, message, i);
        ev->event = x->trigger->kind;
        ev->bill = (x->trigger->flags & HL7_BILL) != 0;
    }
}
