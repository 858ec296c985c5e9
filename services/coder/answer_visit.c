/* answer_visit.c - answers about the visit as a whole: a field of the record, set in a copy before
 * any rule looks
 *
 * A value that the field cannot take is not set: the question is asked again and stays open. */
#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "common/codes/codes.h"
#include "services/coder/answer.h"
#include "services/coder/place.h"

/* first - the code that the person names; "": none */
static const char *first(const struct answered *x)
{
    return x->answer->n_codes ? x->answer->codes[0]->code : "";
}

/* day_of - a code that is a day; 0: none */
static int32_t day_of(const char *code)
{
    int64_t day;

    return str_to_i64(code, &day) && day < INT32_MAX && date_valid((int32_t)day) ? (int32_t)day : 0;
}

/* set_status - UB-04 FL 17 */
static void set_status(struct work *w, CcEncounter *enc, const struct answered *x)
{
    enc->visit->discharge_status = work_text(w, first(x));
}

/* set_discharge - a day */
static void set_discharge(struct work *w, CcEncounter *enc, const struct answered *x)
{
    (void)w;
    if (day_of(first(x)))
        enc->visit->discharge_date = day_of(first(x));
}

/* set_days - of the visit: the first, and the last where there are two; who comes and goes on a day
 * needs one */
static void set_days(struct work *w, CcEncounter *enc, const struct answered *x)
{
    int32_t from = day_of(first(x)), thru = from;

    if (x->item->n_evidence && strcmp(x->item->evidence[0]->ref, "visit") != 0)
        return; /* of one charge: answer_service.c */
    if (x->answer->n_codes > 1)
        thru = day_of(x->answer->codes[1]->code);
    else if (class_is_inpatient(enc->visit->class_))
        thru = 0;
    if (!from || (x->answer->n_codes > 1 && thru < from))
        return;
    (void)w;
    enc->visit->admit_date = from;
    enc->visit->discharge_date = thru;
}

/* of_charge - the question is about one charge (answer_service.c) */
static bool of_charge(const CcEncounter *enc, const CcReviewItem *item)
{
    for (size_t i = 0; item->n_evidence && i < enc->n_charges; i++)
        if (strcmp(enc->charges[i]->event_id, item->evidence[0]->event_id) == 0 &&
            strcmp(enc->charges[i]->ref, item->evidence[0]->ref) == 0)
            return true;
    return false;
}

/* set_place - place of service of the visit */
static void set_place(struct work *w, CcEncounter *enc, const struct answered *x)
{
    if (!of_charge(enc, x->item))
        enc->visit->place_of_service = work_text(w, first(x));
}

/* set_bill - type of bill */
static void set_bill(struct work *w, CcEncounter *enc, const struct answered *x)
{
    enc->visit->type_of_bill = work_text(w, first(x));
}

/* set_class - by its word: the option's, or named */
static void set_class(struct work *w, CcEncounter *enc, const struct answered *x)
{
    const char *word = *first(x) ? first(x) : x->answer->choice;
    int class = event_word_value(&cc_encounter_class__descriptor, word);

    (void)w;
    if (class > 0)
        enc->visit->class_ = (CcEncounterClass) class;
}

/* set_facility - a name of the providers table */
static void set_facility(struct work *w, CcEncounter *enc, const struct answered *x)
{
    enc->visit->facility = work_text(w, first(x));
}

/* add_provider - who was responsible, and did the work where the record names nobody for it */
static void add_provider(struct work *w, CcEncounter *enc, const struct answered *x)
{
    static const CcProviderRole roles[] = {PROVIDER_ROLE_ATTENDING, PROVIDER_ROLE_RENDERING};
    CcProvider **list = work_array(w, enc->n_providers + 2, sizeof(*list));

    if (!list || !npi_valid(first(x)))
        return;
    for (size_t i = 0; i < enc->n_providers; i++)
        list[i] = enc->providers[i];
    enc->providers = list;
    for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++) {
        CcProvider *p = work_new(w, &cc_provider__descriptor);

        p->role = roles[i];
        p->npi = work_text(w, first(x));
        list[enc->n_providers++] = p;
    }
}

/* change_coverage - a copy of the one at a place of the record; NULL: it is not there */
static CcCoverage *change_coverage(struct work *w, CcEncounter *enc, const CcEvidence *place)
{
    CcCoverage **list = work_array(w, enc->n_coverages, sizeof(*list)), *found = NULL;

    for (size_t i = 0; i < enc->n_coverages && list; i++) {
        const CcCoverage *c = enc->coverages[i];

        list[i] = enc->coverages[i];
        if (strcmp(place->ref, c->ref) != 0 || strcmp(place->event_id, c->event_id) != 0)
            continue;
        found = list[i] = work_new(w, &cc_coverage__descriptor);
        *found = *c;
    }
    if (list)
        enc->coverages = list;
    return found;
}

/* set_payer - of the coverage that was asked about: an id or name of the payers table */
static void set_payer(struct work *w, CcEncounter *enc, const struct answered *x)
{
    CcCoverage *c =
        *first(x) && x->item->n_evidence ? change_coverage(w, enc, x->item->evidence[0]) : NULL;

    if (c)
        c->payer = work_text(w, first(x));
}

/* set_coverage - the option's was in force: options and places stand in the same order */
static void set_coverage(struct work *w, CcEncounter *enc, const struct answered *x)
{
    for (size_t i = 0; i < x->item->n_options && i < x->item->n_evidence; i++) {
        CcCoverage *c;

        if (strcmp(x->item->options[i]->id, x->answer->choice) != 0 ||
            strcmp(x->answer->choice, OPTION_SELF) == 0)
            continue;
        c = change_coverage(w, enc, x->item->evidence[i]);
        if (c)
            c->from_date = c->to_date = 0;
    }
}

static const struct {
    const char *reason;
    void (*set)(struct work *w, CcEncounter *enc, const struct answered *x);
    bool by_option; /* an option says it, too */
} facts[] = {
    {"coverage-dates", set_coverage, true}, {"discharge-status", set_status, false},
    {"no-class", set_class, true},          {"no-date", set_days, false},
    {"no-discharge", set_discharge, false}, {"no-facility", set_facility, false},
    {"no-place", set_place, false},         {"no-provider", add_provider, false},
    {"type-of-bill", set_bill, false},      {"unknown-payer", set_payer, false},
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
                (facts[k].by_option || w->answered[i].answer->n_codes))
                facts[k].set(w, enc, &w->answered[i]);
}
