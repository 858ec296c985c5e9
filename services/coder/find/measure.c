/* measure.c - measured values that no coded diagnosis speaks of (coding audit: clinical indicators)
 *
 * Rows: what is measured, from which value on, which codes would say its meaning, which must be
 * there for it to be a question. */
#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "common/base/money.h"
#include "common/base/str.h"
#include "services/coder/find/find.h"

enum { CODES = 6 };

/* clang-format off */
static const struct measure {
    const char *loinc[4], *units[4];
    bool below;               /* under the value; else over it */
    int64_t milli;
    const char *told[CODES];  /* a coded diagnosis that begins so tells it */
    const char *with[CODES];  /* and one of these must be coded; none: always */
    const char *name;
} measures[] = {
    {{"2951-2", "2947-0"}, {"mmol/L", "meq/L"}, true, 130000, {"E871"}, {NULL},
     "sodium under 130 mmol/L"},
    {{"2524-7", "32693-4", "2518-9"}, {"mmol/L"}, false, 2000, {"A40", "A41", "R652", "R579", "E872"},
     {"A", "B", "J1", "N390", "L03", "K65"}, "lactate over 2 mmol/L beside an infection"},
    {{"2019-8"}, {"mm[Hg]", "mmHg"}, false, 50000, {"J96", "J80", "E872"}, {NULL},
     "arterial carbon dioxide over 50 mm Hg"},
    {{"50984-4"}, {"mm[Hg]", "mmHg", "1", ""}, true, 300000, {"J96", "J80"}, {NULL},
     "a ratio of arterial oxygen to inspired oxygen under 300"},
};
/* clang-format on */

/* is_one - of a short list */
static bool is_one(const char *s, const char *const *list, size_t max)
{
    for (size_t i = 0; i < max && list[i]; i++)
        if (strcasecmp(list[i], s) == 0)
            return true;
    return false;
}

/* is_coded - a diagnosis that begins with one of these */
static bool is_coded(const struct work *w, const char *const *list)
{
    for (size_t i = 0; i < w->n_dx; i++)
        for (size_t k = 0; w->dx[i].state == DX_CODED && k < CODES && list[k]; k++)
            if (str_starts(w->dx[i].code, list[k]))
                return true;
    return false;
}

/* value_of - of a result that stands, in thousandths; false: no plain number */
static bool value_of(const CcObservation *o, int64_t *milli)
{
    static const char *const gone[] = {"entered-in-error", "cancelled", "D", "W", "X", NULL};

    return !str_in(o->status, gone) &&
           decimal_parse(o->value, strlen(o->value), 3, milli) == DECIMAL_OK;
}

/* tell - a question about the visit with its measurement as evidence */
static void tell(struct work *w, const struct rule *r, const CcObservation *o, const char *question)
{
    CcReviewItem *item = work_ask(w, r, "indicator", question);
    CcEvidence *ev;

    if (item->n_evidence)
        return;
    ev = work_new(w, &cc_evidence__descriptor);
    ev->event_id = work_text(w, o->event_id);
    ev->ref = work_text(w, o->ref);
    event_push(w->a, item, evidence, ev);
}

/* shows - is this observation beyond the measure's value? */
static bool shows(const CcObservation *o, const struct measure *m)
{
    int64_t milli;

    return o->code && is_one(o->code->code, m->loinc, 4) && is_one(o->unit, m->units, 4) &&
           value_of(o, &milli) && (m->below ? milli < m->milli : milli > m->milli);
}

/* look - for one measure; the first observation that shows it */
static void look(struct work *w, const struct rule *r, const struct measure *m)
{
    if (is_coded(w, m->told) || (m->with[0] && !is_coded(w, m->with)))
        return;
    for (size_t i = 0; i < w->enc->n_observations; i++)
        if (shows(w->enc->observations[i], m)) {
            tell(w, r, w->enc->observations[i],
                 work_printf(w,
                             "Measured was %s, and no coded diagnosis speaks of it. What does the "
                             "record support?",
                             m->name));
            return;
        }
}

/* rule_measured_alone - of a stay */
void rule_measured_alone(struct work *w, const struct rule *r)
{
    for (size_t i = 0; w->inpatient && i < sizeof(measures) / sizeof(measures[0]); i++)
        look(w, r, &measures[i]);
}

/* rule_body_mass_alone - from 40 on, any visit */
void rule_body_mass_alone(struct work *w, const struct rule *r)
{
    static const struct measure m = {{"39156-5"},
                                     {"kg/m2", "kg/m^2"},
                                     false,
                                     39999,
                                     {"E66"},
                                     {NULL},
                                     "a body mass index of 40 or more"};

    look(w, r, &m);
}

/* rule_creatinine_rise - to one and a half of the stay's lowest before it */
void rule_creatinine_rise(struct work *w, const struct rule *r)
{
    static const char *const loinc[] = {"2160-0", "38483-4"};
    static const char *const told[CODES] = {"N17", "N990", "O904"};

    for (size_t i = 0; w->inpatient && !is_coded(w, told) && i < w->enc->n_observations; i++)
        for (size_t k = 0; k < w->enc->n_observations; k++) {
            const CcObservation *low = w->enc->observations[i], *high = w->enc->observations[k];
            int64_t a, b;

            if (!low->code || !high->code || !is_one(low->code->code, loinc, 2) ||
                strcmp(low->code->code, high->code->code) != 0 ||
                strcasecmp(low->unit, high->unit) != 0 || low->at_ms >= high->at_ms ||
                !value_of(low, &a) || !value_of(high, &b) || a <= 0 || b > INT32_MAX ||
                b * 2 < a * 3)
                continue;
            tell(w, r, high,
                 "Creatinine rose to one and a half times an earlier value of the stay or more, "
                 "and no coded diagnosis speaks of it. What does the record support?");
            return;
        }
}
