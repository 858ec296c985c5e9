/* seg_pv1.c - PV1, PV2: the visit */
#include "services/intake/hl7/map.h"

#include <string.h>

/* open_pv1 - a second visit of the same patient starts the next event (BAR) */
static bool open_pv1(struct hl7_map *x)
{
    if (x->has_pv1)
        hl7_next_event(x, true);
    x->has_pv1 = true;
    x->target = x->ev->visit;
    return true;
}

/* set_class - PV1-2.1 by the site's rows, then ours */
static void set_class(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    char *word = hl7_first(x->m, x->seg, 2, 1);

    (void)row;
    (void)value;
    if (str_empty(word))
        return;
    x->ev->visit->class_source = word;
    vocab_class(x->conf, 0, span_of(word), &x->ev->visit->class_);
}

/* set_patient_type - PV1-18 says what PV1-2 has no word for: observation, and what CLASS_MAP adds
 */
static void set_patient_type(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    char *word = hl7_first(x->m, x->seg, 18, 1);

    (void)row;
    (void)value;
    if (str_empty(word))
        return;
    x->ev->visit->patient_type = word;
    vocab_class(x->conf, 18, span_of(word), &x->ev->visit->class_);
}

/* set_admit - PV1-44 */
static void set_admit(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    CcVisit *v = x->ev->visit;
    struct value_time t;

    (void)row;
    if (!hl7_when(x, value, &t))
        return;
    v->admit_date = t.day;
    v->admit_ms = t.ms;
    v->admit_tz_min = t.tz_min;
    v->admit_hour = arena_strdup(x->a, t.hhmm);
}

/* set_discharge - PV1-45 */
static void set_discharge(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    CcVisit *v = x->ev->visit;
    struct value_time t;

    (void)row;
    if (!hl7_when(x, value, &t))
        return;
    v->discharge_date = t.day;
    v->discharge_ms = t.ms;
    v->discharge_tz_min = t.tz_min;
    v->discharge_hour = arena_strdup(x->a, t.hhmm);
}

/* set_facility - PV1-39, else the facility of the location (PV1-3.4) */
static void set_facility(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    char *name = row->field == 39 ? hl7_first(x->m, x->seg, 39, 1) : hl7_first(x->m, x->seg, 3, 4);

    (void)value;
    if (row->field == 3)
        hl7_set_id(x, row, value);
    if (!str_empty(name))
        x->ev->visit->facility = name;
}

/* set_people - each field has its role */
static void set_people(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    static const struct {
        unsigned field;
        CcProviderRole role;
    } roles[] = {{7, PROVIDER_ROLE_ATTENDING},
                 {8, PROVIDER_ROLE_REFERRING},
                 {9, PROVIDER_ROLE_CONSULTING},
                 {17, PROVIDER_ROLE_ADMITTING}};
    CcProviderRole role = PROVIDER_ROLE_UNKNOWN;

    for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
        if (roles[i].field == row->field)
            role = roles[i].role;
    hl7_providers(x, value, role, &x->ev->providers, &x->ev->n_providers);
}

/* close_pv1 - a class that nobody gave, or nobody knows, is said */
static void close_pv1(struct hl7_map *x)
{
    const CcVisit *v = x->ev->visit;
    CcEncounterClass any;

    x->field = 2;
    if (v->class_ != ENCOUNTER_CLASS_UNKNOWN)
        return;
    if (str_empty(v->class_source))
        hl7_problem(x, NOTE_SEVERITY_NOTED, NOTE_CLASS, "no patient class");
    else if (vocab_class(x->conf, 0, span_of(v->class_source), &any))
        hl7_problem(x, NOTE_SEVERITY_NOTED, NOTE_CLASS,
                    "a patient class that says nothing of the visit");
    else
        hl7_problem(x, NOTE_SEVERITY_NOTED, NOTE_CLASS,
                    "a patient class that no table and no CLASS_MAP row knows");
}

/* open_pv2 - of the visit in hand */
static bool open_pv2(struct hl7_map *x)
{
    x->target = x->ev->visit;
    return true;
}

/* set_reason - PV2-3 is text for the visit, and a diagnosis where it has an ICD-10-CM code */
static void set_reason(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    CcProblem *p = event_new(x->a, &cc_problem__descriptor);
    CcCode *c = hl7_code(x, hl7_repetition(x->m, value, 0), CODE_SYSTEM_UNKNOWN, VOCAB_DIAGNOSIS,
                         p ? &p->also : NULL, p ? &p->n_also : NULL);
    char *ref = hl7_ref(x);

    hl7_set_name2(x, row, value);
    if (!p || !c || !ref || c->system != CODE_SYSTEM_ICD10CM)
        return;
    p->code = c;
    p->ref = ref;
    p->use = PROBLEM_USE_REASON;
    event_push(x->a, x->ev, diagnoses, p);
}

/* set_description - PV2-12 where PV2-3 has no words */
static void set_description(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    if (str_empty(x->ev->visit->reason_text))
        hl7_set_text(x, row, value);
}

/* clang-format off */
#define VISIT(member) offsetof(CcVisit, member)
static const struct hl7_row pv1_rows[] = {
    {1,  NULL,             0, NULL},
    {2,  set_class,        0, NULL},
    {3,  set_facility,     VISIT(location),         "visit.location"},
    {4,  hl7_set_id,       VISIT(admit_type),       "visit.admit_type"},
    {5,  hl7_set_id,       VISIT(preadmit_number),  NULL},
    {7,  set_people,       0, "providers.attending"},
    {8,  set_people,       0, "providers.referring"},
    {9,  set_people,       0, "providers.consulting"},
    {10, hl7_set_id,       VISIT(service),          "visit.service"},
    {14, hl7_set_id,       VISIT(admit_source),     "visit.admit_source"},
    {17, set_people,       0, "providers.admitting"},
    {18, set_patient_type, 0, "visit.patient_type"},
    {19, hl7_set_id,       VISIT(visit_number),     NULL},
    {20, hl7_set_id,       VISIT(financial_class),  "visit.financial_class"},
    {36, hl7_set_id,       VISIT(discharge_status), "visit.discharge_status"},
    {39, set_facility,     0, "visit.facility"},
    {41, hl7_set_id,       VISIT(status_source),    NULL},
    {44, set_admit,        0, "visit.admit_date"},
    {45, set_discharge,    0, "visit.discharge_date"},
    {50, hl7_set_id,       VISIT(alternate_visit),  NULL},
    {52, set_people,       0, NULL},
    {0, NULL, 0, NULL},
};
static const struct hl7_row pv2_rows[] = {
    {3,  set_reason,  VISIT(reason_text), "visit.reason_text"},
    {8,  hl7_set_day, VISIT(expected_admit_date), "visit.expected_admit_date"},
    {9,  hl7_set_day, VISIT(expected_discharge_date), "visit.expected_discharge_date"},
    {12, set_description, VISIT(reason_text), NULL},
    {0, NULL, 0, NULL},
};

const struct hl7_table hl7_pv1 = {"PV1", open_pv1, pv1_rows, close_pv1, true, NOTE_UNSUPPORTED};
const struct hl7_table hl7_pv2 = {"PV2", open_pv2, pv2_rows, NULL,      true, NOTE_UNSUPPORTED};
/* clang-format on */
