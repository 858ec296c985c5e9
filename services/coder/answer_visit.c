/* answer_visit.c - answers about the visit as a whole: a field of the record, set in a copy before
 * any rule looks
 *
 * A value that the field cannot take is not set: the question is asked again and stays open. */
#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "common/codes/codes.h"
#include "services/coder/answer.h"

/* set_status - UB-04 FL 17 */
static void set_status(struct work *w, CcEncounter *enc, const struct answered *x, const char *code)
{
    (void)x;
    enc->visit->discharge_status = work_text(w, code);
}

/* set_discharge - a day */
static void set_discharge(struct work *w, CcEncounter *enc, const struct answered *x,
                          const char *code)
{
    int64_t day;

    (void)w;
    (void)x;
    if (str_to_i64(code, &day) && day < INT32_MAX && date_valid((int32_t)day))
        enc->visit->discharge_date = (int32_t)day;
}

/* set_place - place of service */
static void set_place(struct work *w, CcEncounter *enc, const struct answered *x, const char *code)
{
    (void)x;
    enc->visit->place_of_service = work_text(w, code);
}

/* set_bill - type of bill */
static void set_bill(struct work *w, CcEncounter *enc, const struct answered *x, const char *code)
{
    (void)x;
    enc->visit->type_of_bill = work_text(w, code);
}

/* set_class - by its word */
static void set_class(struct work *w, CcEncounter *enc, const struct answered *x, const char *code)
{
    int class = event_word_value(&cc_encounter_class__descriptor, code);

    (void)w;
    (void)x;
    if (class > 0)
        enc->visit->class_ = (CcEncounterClass) class;
}

/* add_provider - who was responsible, and did the work where the record names nobody for it */
static void add_provider(struct work *w, CcEncounter *enc, const struct answered *x,
                         const char *code)
{
    static const CcProviderRole roles[] = {PROVIDER_ROLE_ATTENDING, PROVIDER_ROLE_RENDERING};
    CcProvider **list = work_array(w, enc->n_providers + 2, sizeof(*list));

    (void)x;
    if (!list || !npi_valid(code))
        return;
    for (size_t i = 0; i < enc->n_providers; i++)
        list[i] = enc->providers[i];
    enc->providers = list;
    for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++) {
        CcProvider *p = work_new(w, &cc_provider__descriptor);

        p->role = roles[i];
        p->npi = work_text(w, code);
        list[enc->n_providers++] = p;
    }
}

/* set_payer - of the coverage that was asked about: an id or name of the payers table */
static void set_payer(struct work *w, CcEncounter *enc, const struct answered *x, const char *code)
{
    CcCoverage **list = work_array(w, enc->n_coverages, sizeof(*list));
    const CcEvidence *place = x->item->n_evidence ? x->item->evidence[0] : NULL;

    for (size_t i = 0; i < enc->n_coverages && list; i++) {
        const CcCoverage *c = enc->coverages[i];

        list[i] = enc->coverages[i];
        if (!place || strcmp(place->ref, c->ref) != 0 || strcmp(place->event_id, c->event_id) != 0)
            continue;
        list[i] = work_new(w, &cc_coverage__descriptor);
        *list[i] = *c;
        list[i]->payer = work_text(w, code);
    }
    if (list)
        enc->coverages = list;
}

static const struct {
    const char *reason;
    void (*set)(struct work *w, CcEncounter *enc, const struct answered *x, const char *code);
} facts[] = {
    {"discharge-status", set_status}, {"no-class", set_class},
    {"no-discharge", set_discharge},  {"no-place", set_place},
    {"no-provider", add_provider},    {"type-of-bill", set_bill},
    {"unknown-payer", set_payer},
};

/* answer_visit - in a copy: the encounter itself is the caller's */
void answer_visit(struct work *w)
{
    CcEncounter *enc;

    if (!w->n_answered)
        return;
    enc = arena_memdup(w->a, w->enc, sizeof(*w->enc));
    if (!enc || !(enc->visit = arena_memdup(w->a, w->enc->visit, sizeof(*enc->visit))))
        return;
    w->enc = enc;
    for (size_t i = 0; i < w->n_answered; i++)
        for (size_t k = 0; k < sizeof(facts) / sizeof(facts[0]); k++)
            if (strcmp(facts[k].reason, w->answered[i].item->reason) == 0 &&
                w->answered[i].answer->n_codes)
                facts[k].set(w, enc, &w->answered[i], w->answered[i].answer->codes[0]->code);
}
