/* earlier.c - what the patient's encounters know of each other
 *
 * The fee schedule's global days of an operation hold care of later encounters, and whom a group
 * saw is no new patient. Each result tells its own; the worker keeps them in the patient's entry,
 * so that no encounter has to be read for another, and looks at the others again where operations
 * changed. */
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

/* past_of - a service as later encounters see it */
static CcPastService *past_of(struct work *w, const struct service *s, bool visit)
{
    CcPastService *o = work_new(w, &cc_past_service__descriptor);
    const CcProvider *who = party_rendering(w, s), *group = party_group(w, PROVIDER_ROLE_BILLING);
    uint32_t ranks[CLAIM_POINTERS];
    size_t n = fact_ranks(w, s, ranks);

    o->encounter = work_kept(w->enc->encounter);
    o->code = work_kept(s->as->code->code);
    o->service_date = s->from_date;
    o->npi = work_kept(fact_npi(w, s));
    o->taxonomy = work_kept(who ? who->taxonomy : "");
    o->group_npi = work_kept(group ? group->npi : "");
    o->event_id = work_kept(s->event_id);
    o->ref = work_kept(s->ref);
    o->visit = visit;
    o->rental = work_text(w, rental_month(s));
    for (size_t i = 0; i < n && !visit; i++)
        for (size_t k = 0; k < w->n_dx; k++)
            if (w->dx[k].rank == ranks[i])
                event_push(w->a, o, diagnoses, work_text(w, w->dx[k].code));
    return o;
}

/* is_met - a clinician saw the patient: a visit, an evaluation of mind or eyes */
static bool is_met(const struct service *s)
{
    return s->professional && (fact_ready(s) || s->state == SERVICE_ASKED) &&
           (fact_is_visit(s) || fact_between(s, "90791", "90792") ||
            fact_between(s, "92002", "92014"));
}

/* earlier_tell - see work.h: operations, months of a rental, visits; of visits the first of a day
 * and clinician is enough */
void earlier_tell(struct work *w)
{
    for (size_t i = 0; i < w->n_services; i++) {
        const struct service *s = &w->services[i];
        bool again = false;

        if (has_days(w, s) || (fact_ready(s) && rental_month(s)[0]))
            event_push(w->a, w->out, past, past_of(w, s, false));
        for (size_t k = 0; k < i && !again; k++)
            again = is_met(&w->services[k]) && fact_together(w, s, &w->services[k]);
        if (is_met(s) && !again)
            event_push(w->a, w->out, past, past_of(w, s, true));
    }
}

/* coder_past_add - see coder.h */
bool coder_past_add(struct arena *a, struct coder_past *p, const char *patient,
                    const CcCodingResult *result)
{
    for (size_t i = 0; i < result->n_past; i++) {
        struct coder_past_item *grown = arena_grow(a, p->items, p->n, sizeof(*grown));
        CcPastService *copy = event_copy(a, &result->past[i]->base);

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
    CcPastService **list = p->n ? arena_alloc(a, p->n * sizeof(CcPastService *)) : NULL;
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
static bool is_other(const struct room *r, const CcEncounterState *s, const CcPastService *o)
{
    return strcmp(o->encounter, s->encounter) != 0 &&
           room_list_has(r->entry->encounters, r->entry->n_encounters, o->encounter);
}

/* room_earlier - see room.h */
int room_earlier(struct room *r, const CcEncounterState *s, struct coder_visit *v, struct err *e)
{
    size_t n = r->entry->n_past;
    CcPastService **list = n ? arena_alloc(r->a, n * sizeof(CcPastService *)) : NULL;

    if (n && !list)
        return room_no_memory(e);
    v->n_earlier = 0;
    for (size_t i = 0; i < n; i++)
        if (is_other(r, s, r->entry->past[i]))
            list[v->n_earlier++] = r->entry->past[i];
    v->earlier = list;
    return 0;
}

/* same - nothing that a later encounter looks at differs */
static bool same(const CcPastService *a, const CcPastService *b)
{
    bool is = strcmp(a->code, b->code) == 0 && a->service_date == b->service_date &&
              strcmp(a->npi, b->npi) == 0 && strcmp(a->taxonomy, b->taxonomy) == 0 &&
              strcmp(a->group_npi, b->group_npi) == 0 && a->n_diagnoses == b->n_diagnoses &&
              strcmp(a->event_id, b->event_id) == 0 && strcmp(a->ref, b->ref) == 0;

    for (size_t i = 0; is && i < a->n_diagnoses; i++)
        is = strcmp(a->diagnoses[i], b->diagnoses[i]) == 0;
    return is;
}

/* next - the next one of the encounter, visits or operations; NULL: none is left */
static const CcPastService *next(CcPastService *const *list, size_t n, const char *encounter,
                                 bool visit, size_t *at)
{
    for (; *at < n; (*at)++)
        if (list[*at]->visit == visit && strcmp(list[*at]->encounter, encounter) == 0)
            return list[(*at)++];
    return NULL;
}

/* is_known - the entry has exactly these of the encounter, in this order */
static bool is_known(const struct room *r, const CcEncounterState *s, const CcCodingResult *result,
                     bool visit)
{
    const CcPastService *had, *has;
    size_t i = 0, k = 0;

    do {
        had = next(r->entry->past, r->entry->n_past, s->encounter, visit, &i);
        has = next(result->past, result->n_past, s->encounter, visit, &k);
    } while (had && has && same(had, has));
    return !had && !has;
}

/* oldest_visit - where it stands among too many; the number of all: there are not */
static size_t oldest_visit(const CcEncounterState *entry)
{
    size_t at = entry->n_past, n = 0;

    for (size_t i = 0; i < entry->n_past; i++) {
        if (!entry->past[i]->visit)
            continue;
        n++;
        if (at == entry->n_past || entry->past[i]->service_date < entry->past[at]->service_date)
            at = i;
    }
    return n > ROOM_VISITS_MAX ? at : entry->n_past;
}

/* replace - the encounter's by those of the result; what is of encounters that went elsewhere falls
 * away */
static bool replace(struct room *r, const CcEncounterState *s, const CcCodingResult *result)
{
    CcEncounterState *entry = r->entry;
    size_t n = 0, at;

    for (size_t i = 0; i < entry->n_past; i++)
        if (is_other(r, s, entry->past[i]))
            entry->past[n++] = entry->past[i];
    entry->n_past = n;
    for (size_t i = 0; i < result->n_past; i++)
        if (!event_push(r->a, entry, past, result->past[i]))
            return false;
    while ((at = oldest_visit(entry)) < entry->n_past) {
        memmove(&entry->past[at], &entry->past[at + 1],
                (entry->n_past - at - 1) * sizeof(*entry->past));
        entry->n_past--;
    }
    return true;
}

/* room_operations - see room.h */
int room_operations(struct room *r, const CcEncounterState *s, const CcCodingResult *result,
                    struct err *e)
{
    bool operations, visits;

    for (size_t i = 0; i < result->n_past; i++)
        result->past[i]->encounter = s->encounter;
    operations = is_known(r, s, result, false);
    visits = is_known(r, s, result, true);
    if ((!operations || !visits) && !replace(r, s, result))
        return room_no_memory(e);
    for (size_t i = 0; !operations && i < r->entry->n_encounters; i++)
        if (strcmp(r->entry->encounters[i], s->encounter) != 0 &&
            room_look_again(r, r->entry->encounters[i], e) != 0)
            return -1;
    return 0;
}
