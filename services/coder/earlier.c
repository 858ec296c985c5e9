/* earlier.c - what the patient's encounters know of each other: operations with days after them
 *
 * The fee schedule's global days of an operation hold care of later encounters. Each result tells
 * its own; the worker keeps them in the patient's entry, so that no encounter has to be read for
 * another, and looks at the others again where they changed. */
#include <string.h>

#include "services/coder/claim.h"
#include "services/coder/lines/lines.h"
#include "services/coder/party.h"
#include "services/coder/room.h"

/* has_days - a clinician's operation of 10 or 90 global days that was done */
static bool has_days(struct work *w, const struct service *s)
{
    struct table_row row;

    return s->professional && (fact_ready(s) || s->state == SERVICE_ASKED) &&
           fact_is_operation(s) && fact_fee(w, s, &row) &&
           (table_col_is(&row, "global", "010") || table_col_is(&row, "global", "090"));
}

/* operation_of - a service as later encounters see it */
static CcOperation *operation_of(struct work *w, const struct service *s)
{
    CcOperation *o = work_new(w, &cc_operation__descriptor);
    const CcProvider *who = party_rendering(w, s), *group = party_group(w, PROVIDER_ROLE_BILLING);
    uint32_t ranks[CLAIM_POINTERS];
    size_t n = fact_ranks(w, s, ranks);

    o->encounter = work_text(w, w->enc->encounter);
    o->code = work_text(w, s->as->code->code);
    o->service_date = s->from_date;
    o->npi = work_text(w, fact_npi(w, s));
    o->taxonomy = work_text(w, who ? who->taxonomy : "");
    o->group_npi = work_text(w, group ? group->npi : "");
    o->event_id = work_text(w, s->event_id);
    o->ref = work_text(w, s->ref);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < w->n_dx; k++)
            if (w->dx[k].rank == ranks[i])
                event_push(w->a, o, diagnoses, work_text(w, w->dx[k].code));
    return o;
}

/* earlier_tell - see work.h */
void earlier_tell(struct work *w)
{
    for (size_t i = 0; i < w->n_services; i++)
        if (has_days(w, &w->services[i]))
            event_push(w->a, w->out, operations, operation_of(w, &w->services[i]));
}

/* coder_past_add - see coder.h */
bool coder_past_add(struct arena *a, struct coder_past *p, const char *patient,
                    const CcCodingResult *result)
{
    for (size_t i = 0; i < result->n_operations; i++) {
        struct coder_past_item *grown = arena_grow(a, p->items, p->n, sizeof(*grown));
        CcOperation *copy = event_copy(a, &result->operations[i]->base);

        if (!grown || !copy)
            return false;
        p->items = grown;
        grown[p->n++] = (struct coder_past_item){patient, copy};
    }
    return true;
}

/* coder_past_of - see coder.h */
bool coder_past_of(struct arena *a, const struct coder_past *p, const char *patient,
                   struct coder_visit *v)
{
    CcOperation **list = p->n ? arena_alloc(a, p->n * sizeof(CcOperation *)) : NULL;
    size_t n = 0;

    if (p->n && !list)
        return false;
    for (size_t i = 0; i < p->n; i++)
        if (*patient && strcmp(p->items[i].patient, patient) == 0)
            list[n++] = p->items[i].operation;
    v->earlier = list;
    v->n_earlier = n;
    return true;
}

/* is_other - of another encounter that is still held under this key */
static bool is_other(const struct room *r, const CcEncounterState *s, const CcOperation *o)
{
    return strcmp(o->encounter, s->encounter) != 0 &&
           room_list_has(r->entry->encounters, r->entry->n_encounters, o->encounter);
}

/* room_earlier - see room.h */
int room_earlier(struct room *r, const CcEncounterState *s, struct coder_visit *v, struct err *e)
{
    size_t n = r->entry->n_operations;
    CcOperation **list = n ? arena_alloc(r->a, n * sizeof(CcOperation *)) : NULL;

    if (n && !list)
        return room_no_memory(e);
    v->n_earlier = 0;
    for (size_t i = 0; i < n; i++)
        if (is_other(r, s, r->entry->operations[i]))
            list[v->n_earlier++] = r->entry->operations[i];
    v->earlier = list;
    return 0;
}

/* same_operation - nothing that a later encounter looks at differs */
static bool same_operation(const CcOperation *a, const CcOperation *b)
{
    bool same = strcmp(a->code, b->code) == 0 && a->service_date == b->service_date &&
                strcmp(a->npi, b->npi) == 0 && strcmp(a->taxonomy, b->taxonomy) == 0 &&
                strcmp(a->group_npi, b->group_npi) == 0 && a->n_diagnoses == b->n_diagnoses &&
                strcmp(a->event_id, b->event_id) == 0 && strcmp(a->ref, b->ref) == 0;

    for (size_t i = 0; same && i < a->n_diagnoses; i++)
        same = strcmp(a->diagnoses[i], b->diagnoses[i]) == 0;
    return same;
}

/* is_known - the entry has exactly these of the encounter, in this order */
static bool is_known(const struct room *r, const CcEncounterState *s, const CcCodingResult *result)
{
    size_t n = 0;

    for (size_t i = 0; i < r->entry->n_operations; i++) {
        if (strcmp(r->entry->operations[i]->encounter, s->encounter) != 0)
            continue;
        if (n >= result->n_operations ||
            !same_operation(r->entry->operations[i], result->operations[n++]))
            return false;
    }
    return n == result->n_operations;
}

/* replace - the encounter's by those of the result; operations of encounters that went elsewhere
 * fall away */
static bool replace(struct room *r, const CcEncounterState *s, const CcCodingResult *result)
{
    CcEncounterState *entry = r->entry;
    size_t n = 0;

    for (size_t i = 0; i < entry->n_operations; i++)
        if (is_other(r, s, entry->operations[i]))
            entry->operations[n++] = entry->operations[i];
    entry->n_operations = n;
    for (size_t i = 0; i < result->n_operations; i++) {
        result->operations[i]->encounter = s->encounter;
        if (!event_push(r->a, entry, operations, result->operations[i]))
            return false;
    }
    return true;
}

/* room_operations - see room.h */
int room_operations(struct room *r, const CcEncounterState *s, const CcCodingResult *result,
                    struct err *e)
{
    if (is_known(r, s, result))
        return 0;
    if (!replace(r, s, result))
        return room_no_memory(e);
    for (size_t i = 0; i < r->entry->n_encounters; i++)
        if (strcmp(r->entry->encounters[i], s->encounter) != 0 &&
            room_look_again(r, r->entry->encounters[i], e) != 0)
            return -1;
    return 0;
}
