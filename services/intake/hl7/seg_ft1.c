/* seg_ft1.c - FT1: charges, credits, payments
 *
 * FT1-7 is the charge code; where it holds a CPT or HCPCS code it is the procedure, unless FT1-25
 * has that (coding §8.7). charge = FT1-11, else FT1-12 x FT1-10, else not known; nothing is
 * rounded. */
#include "services/intake/hl7/map.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "common/base/money.h"
#include "common/codes/codes.h"

/* FT1-6 (HL7 table 0017). */
static const struct {
    const char *word;
    CcChargeKind kind;
} kinds[] = {{"CG", CHARGE_KIND_CHARGE},
             {"CD", CHARGE_KIND_CREDIT},
             {"PY", CHARGE_KIND_PAYMENT},
             {"CO", CHARGE_KIND_PAYMENT},
             {"AJ", CHARGE_KIND_ADJUSTMENT}};

/* FT1-43.2: units of a drug as X12 CTP05-1 has them. */
static const struct {
    const char *word, *unit;
} units[] = {
    {"UN", "UN"},         {"EA", "UN"},        {"EACH", "UN"},    {"UNIT", "UN"}, {"TAB", "UN"},
    {"TABLET", "UN"},     {"CAP", "UN"},       {"CAPSULE", "UN"}, {"VIAL", "UN"}, {"ML", "ML"},
    {"MILLILITER", "ML"}, {"GR", "GR"},        {"G", "GR"},       {"GRAM", "GR"}, {"ME", "ME"},
    {"MG", "ME"},         {"MILLIGRAM", "ME"}, {"F2", "F2"},      {"IU", "F2"},   {"[IU]", "F2"},
};

/* hl7_modifiers - see map.h */
void hl7_modifiers(struct hl7_map *x, struct span field, char ***list, size_t *n)
{
    struct span rep;

    for (size_t at = 0; hl7_next_repetition(x->m, field, &at, &rep);) {
        char *code = hl7_id(x->m, hl7_component(x->m, rep, 1));

        if (str_empty(code))
            continue;
        str_upper(code);
        event_push_pointer(x->a, (void ***)(void *)list, n, code);
    }
}

/* hl7_pointers - see map.h */
void hl7_pointers(struct hl7_map *x, struct span field, char ***list, size_t *n)
{
    struct span rep;

    for (size_t at = 0; hl7_next_repetition(x->m, field, &at, &rep);) {
        CcCode *c = hl7_code(x, rep, CODE_SYSTEM_UNKNOWN, VOCAB_DIAGNOSIS, NULL, NULL);
        char plain[32];

        if (!c || str_empty(c->code))
            continue;
        if (c->system == CODE_SYSTEM_UNKNOWN && code_plain(c->code, plain, sizeof(plain)) &&
            icd10cm_form(plain))
            event_push_pointer(x->a, (void ***)(void *)list, n, arena_strdup(x->a, plain));
        else
            event_push_pointer(x->a, (void ***)(void *)list, n, c->code);
    }
}

/* open_ft1 - the charge that following PR1 (and in P11 DG1) hang under */
static bool open_ft1(struct hl7_map *x)
{
    CcCharge *c = event_new(x->a, &cc_charge__descriptor);
    char *ref = hl7_ref(x);

    x->procedure = NULL;
    x->charge = NULL;
    x->target = c;
    if (!c || !ref)
        return false;
    c->ref = ref;
    c->code = event_new(x->a, &cc_code__descriptor);
    x->charge = c;
    return c->code != NULL && event_push(x->a, x->ev, charges, c);
}

/* set_service - FT1-4: a time, or a range of two (a second component of one letter is the old
 * degree of precision) */
static void set_service(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    struct span end = span_trim(hl7_component(x->m, value, 2));
    struct value_time t;

    (void)row;
    if (hl7_when(x, value, &t)) {
        x->charge->service_date = t.day;
        x->charge->start_ms = t.clock ? t.ms : 0;
    }
    if (end.n > 1 && hl7_when(x, end, &t)) {
        x->charge->thru_date = t.day;
        x->charge->end_ms = t.clock ? t.ms : 0;
    }
}

/* set_kind - FT1-6 */
static void set_kind(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    char *word = hl7_id(x->m, hl7_component(x->m, value, 1));

    (void)row;
    for (size_t i = 0; word && i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (strcasecmp(word, kinds[i].word) == 0)
            x->charge->kind = kinds[i].kind;
    if (x->charge->kind == CHARGE_KIND_UNKNOWN)
        hl7_problem(x, NOTE_SEVERITY_NOTED, NOTE_TYPE, "a transaction type that no table knows");
}

/* is_procedure - CPT or HCPCS */
static bool is_procedure(const CcCode *c)
{
    return c->system == CODE_SYSTEM_CPT || c->system == CODE_SYSTEM_HCPCS;
}

/* set_charge_code - FT1-7 */
static void set_charge_code(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    struct span rep = hl7_repetition(x->m, value, 0);
    CcCode *c = hl7_code(x, rep, CODE_SYSTEM_UNKNOWN, VOCAB_PROCEDURE, NULL, NULL);
    char *code = hl7_id(x->m, hl7_component(x->m, rep, 1)),
         *text = hl7_id(x->m, hl7_component(x->m, rep, 2));

    (void)row;
    if (c && is_procedure(c))
        x->charge->code = c;
    if (code && (!c || !is_procedure(c) || !str_eq(c->code, code)))
        x->charge->cdm = code;
    if (text)
        x->charge->cdm_text = text;
}

/* set_charge_words - FT1-8 where FT1-7 has none */
static void set_charge_words(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    if (str_empty(x->charge->cdm_text))
        hl7_set_text(x, row, value);
}

/* set_procedure - FT1-25; another procedure that FT1-7 named goes to the other codings */
static void set_procedure(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    CcCharge *c = x->charge;
    CcCode *before = c->code, *code = hl7_procedure_code(x, hl7_repetition(x->m, value, 0),
                                                         CODE_SYSTEM_UNKNOWN, &c->also, &c->n_also);

    (void)row;
    if (!code)
        return;
    c->code = code;
    if (!str_empty(before->code) && !str_eq(before->code, code->code))
        event_push(x->a, c, also, before);
}

/* set_quantity - FT1-10 */
static void set_quantity(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    (void)row;
    x->charge->units_given = hl7_milli(x, value, &x->charge->units_milli);
}

/* set_amount - FT1-11 */
static void set_amount(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    (void)row;
    x->charge->charge_given =
        hl7_cents(x, hl7_repetition(x->m, value, 0), &x->charge->charge_cents);
}

/* set_unit_amount - FT1-12 */
static void set_unit_amount(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    (void)row;
    x->charge->unit_given = hl7_cents(x, hl7_repetition(x->m, value, 0), &x->charge->unit_cents);
}

/* set_diagnoses - FT1-19 */
static void set_diagnoses(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    (void)row;
    hl7_pointers(x, value, &x->charge->pointers, &x->charge->n_pointers);
}

/* set_people - FT1-20 performed it, FT1-21 ordered it */
static void set_people(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    CcProviderRole role = row->field == 20 ? PROVIDER_ROLE_RENDERING : PROVIDER_ROLE_ORDERING;

    hl7_providers(x, value, role, &x->charge->providers, &x->charge->n_providers);
}

/* set_modifiers - FT1-26 */
static void set_modifiers(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    (void)row;
    hl7_modifiers(x, value, &x->charge->modifiers, &x->charge->n_modifiers);
}

/* drug_of - the charge's drug, made when first needed */
static CcDrug *drug_of(struct hl7_map *x)
{
    if (!x->charge->drug)
        x->charge->drug = event_new(x->a, &cc_drug__descriptor);
    return x->charge->drug;
}

/* set_ndc - FT1-29; a code that is not surely eleven digits stays among the other codings, as it
 * came */
static void set_ndc(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    CcCode *c =
        hl7_code(x, hl7_repetition(x->m, value, 0), CODE_SYSTEM_NDC, VOCAB_DRUG, NULL, NULL);
    CcDrug *d;

    (void)row;
    if (!c || str_empty(c->code))
        return;
    if (c->system == CODE_SYSTEM_NDC && ndc11_form(c->code) && (d = drug_of(x)) != NULL)
        d->ndc = c->code;
    else
        event_push(x->a, x->charge, also, c);
}

/* unit_of - X12's unit for a word; NULL: no row */
static const char *unit_of(const char *word)
{
    for (size_t i = 0; word && i < sizeof(units) / sizeof(units[0]); i++)
        if (strcasecmp(word, units[i].word) == 0)
            return units[i].unit;
    return NULL;
}

/* set_drug_quantity - FT1-43: CQ with the unit as code or words */
static void set_drug_quantity(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    struct span unit = hl7_component(x->m, value, 2);
    const char *found = unit_of(hl7_text(x->m, hl7_sub(x->m, unit, 1)));
    CcDrug *d = drug_of(x);

    (void)row;
    if (!d || !hl7_milli(x, value, &d->quantity_milli))
        return;
    if (!found)
        found = unit_of(hl7_text(x->m, hl7_sub(x->m, unit, 2)));
    if (found)
        d->unit = arena_strdup(x->a, found);
    else
        hl7_problem(x, NOTE_SEVERITY_NOTED, NOTE_UNITS, "a unit of a drug that no table knows");
}

/* set_prescription - FT1-42 */
static void set_prescription(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    char *number = hl7_id(x->m, hl7_component(x->m, value, 1));
    CcDrug *d = drug_of(x);

    (void)row;
    if (d && number)
        d->prescription = number;
}

/* close_ft1 - FT1-12 x FT1-10 where FT1-11 says nothing */
static void close_ft1(struct hl7_map *x)
{
    CcCharge *c = x->charge;

    x->field = 11;
    if (!hl7_empty(hl7_field(x->seg, 11)) || !c->unit_given || !c->units_given)
        return;
    c->charge_given = money_extend(c->units_milli, c->unit_cents, &c->charge_cents);
    if (!c->charge_given)
        hl7_problem(x, NOTE_SEVERITY_NOTED, NOTE_AMOUNT,
                    "units times unit price is no whole cent; not rounded");
}

/* clang-format off */
#define CHARGE(member) offsetof(CcCharge, member)
static const struct hl7_row ft1_rows[] = {
    {1,  NULL,              0, NULL},
    {2,  hl7_set_id,        CHARGE(id), NULL},
    {4,  set_service,       0, NULL},
    {6,  set_kind,          0, NULL},
    {7,  set_charge_code,   0, NULL},
    {8,  set_charge_words,  CHARGE(cdm_text), NULL},
    {10, set_quantity,      0, NULL},
    {11, set_amount,        0, NULL},
    {12, set_unit_amount,   0, NULL},
    {13, hl7_set_id,        CHARGE(department), NULL},
    {16, hl7_set_id,        CHARGE(location), NULL},
    {19, set_diagnoses,     0, NULL},
    {20, set_people,        0, NULL},
    {21, set_people,        0, NULL},
    {23, hl7_set_id,        CHARGE(order), NULL},
    {25, set_procedure,     0, NULL},
    {26, set_modifiers,     0, NULL},
    {29, set_ndc,           0, NULL},
    {41, hl7_set_id,        CHARGE(revenue), NULL},
    {42, set_prescription,  0, NULL},
    {43, set_drug_quantity, 0, NULL},
    {0, NULL, 0, NULL},
};

const struct hl7_table hl7_ft1 = {"FT1", open_ft1, ft1_rows, close_ft1, true, NOTE_UNSUPPORTED};
/* clang-format on */
