/* resource.c - the resource types as rows, and the small readers that all mappings share */
#include "services/intake/fhir/fhir.h"

#include <stdio.h>
#include <string.h>

#include "services/intake/value.h"
#include "services/intake/vocab.h"

/* clang-format off */
static const struct fhir_row rows[] = {
    {"Account",                  fhir_map_account,     0, "",                  "subject"},
    {"ChargeItem",               fhir_map_charge_item, 0, "context encounter", "subject"},
    {"Claim",                    fhir_map_claim,       0, "",                  "patient"},
    {"Composition",              fhir_map_composition, 0, "encounter",         "subject"},
    {"Condition",                fhir_map_condition,   0, "encounter context", "subject"},
    {"Coverage",                 fhir_map_coverage,    0, "",                  "beneficiary.0"},
    {"DiagnosticReport",         fhir_map_report,      0, "encounter context", "subject"},
    {"DocumentReference",        fhir_map_document,    0, "context.encounter.0 context.0 context.encounter", "subject"},
    {"Encounter",                fhir_map_encounter,   0, "",                  "subject"},
    {"Immunization",             fhir_map_immunization, 0, "encounter",        "patient"},
    {"Location",                 fhir_map_nothing,     0, "", ""},
    {"Medication",               fhir_map_nothing,     0, "", ""},
    {"MedicationAdministration", fhir_map_medication,  0, "context encounter", "subject"},
    {"MedicationDispense",       fhir_map_medication,  0, "context encounter", "subject"},
    {"MedicationRequest",        fhir_map_medication,  0, "encounter context", "subject"},
    {"MedicationStatement",      fhir_map_medication,  0, "context encounter", "subject"},
    {"Observation",              fhir_map_observation, 0, "encounter context", "subject"},
    {"Organization",             fhir_map_nothing,     0, "", ""},
    {"Patient",                  fhir_map_nothing,     0, "", ""},
    {"Practitioner",             fhir_map_nothing,     0, "", ""},
    {"PractitionerRole",         fhir_map_nothing,     0, "", ""},
    {"Procedure",                fhir_map_procedure,   0, "encounter context", "subject"},
    {"RelatedPerson",            fhir_map_nothing,     0, "", "patient"},
    {"ServiceRequest",           fhir_map_order,       0, "encounter context", "subject"},

    {"ExplanationOfBenefit",     fhir_map_claim, NOTE_HISTORY, "",           "patient"},
    {"AllergyIntolerance",       NULL, NOTE_NOT_BILLING, "encounter", "patient"},
    {"Appointment",              NULL, NOTE_NOT_BILLING, "", ""},
    {"AuditEvent",               NULL, NOTE_NOT_BILLING, "", ""},
    {"CarePlan",                 NULL, NOTE_NOT_BILLING, "encounter", "subject"},
    {"CareTeam",                 NULL, NOTE_NOT_BILLING, "encounter", "subject"},
    {"Consent",                  NULL, NOTE_NOT_BILLING, "", "patient"},
    {"FamilyMemberHistory",      NULL, NOTE_NOT_BILLING, "", "patient"},
    {"Flag",                     NULL, NOTE_NOT_BILLING, "encounter", "subject"},
    {"Goal",                     NULL, NOTE_NOT_BILLING, "", "subject"},
    {"ImagingStudy",             NULL, NOTE_NOT_BILLING, "encounter", "subject"},
    {"MessageHeader",            NULL, NOTE_ENVELOPE,    "", ""},
    {"OperationOutcome",         NULL, NOTE_NOT_BILLING, "", ""},
    {"Provenance",               NULL, NOTE_NOT_BILLING, "", ""},
    {"Questionnaire",            NULL, NOTE_NOT_BILLING, "", ""},
    {"QuestionnaireResponse",    NULL, NOTE_NOT_BILLING, "encounter", "subject"},
    {"Schedule",                 NULL, NOTE_NOT_BILLING, "", ""},
    {"Slot",                     NULL, NOTE_NOT_BILLING, "", ""},
    {"Specimen",                 NULL, NOTE_NOT_BILLING, "", "subject"},
    {"Task",                     NULL, NOTE_NOT_BILLING, "encounter", ""},
};
/* clang-format on */

/* fhir_row - by name */
const struct fhir_row *fhir_row(const char *type)
{
    static const struct fhir_row other = {"", NULL, NOTE_UNSUPPORTED, "encounter",
                                          "subject patient"};

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (strcmp(rows[i].type, type) == 0)
            return &rows[i];
    return &other;
}

/* fhir_reads - its row has a mapping, which for history the site must want */
bool fhir_reads(const struct fhir *f, const char *type)
{
    const struct fhir_row *row = fhir_row(type);

    return row->map && (row->why != NOTE_HISTORY || f->conf->eob_charges);
}

/* read_coding - one coding as ours; an element without code is none */
static CcCode *read_coding(const struct fhir *f, const json_t *coding, const char *text)
{
    const char *display = js_text(coding, "display");

    if (!*js_text(coding, "code"))
        return NULL;
    return vocab_code(f->a, vocab_system(js_span(coding, "system")), js_span(coding, "code"),
                      span_of(*display ? display : text), js_span(coding, "version"));
}

/* text_only - a concept that has words and no code */
static CcCode *text_only(const struct fhir *f, const char *text)
{
    CcCode *c = event_new(f->a, &cc_code__descriptor);

    if (c)
        c->text = arena_strdup(f->a, text);
    return c && c->text ? c : NULL;
}

/* fhir_code - the best coding first, the others beside it */
CcCode *fhir_code(const struct fhir *f, const json_t *concept, int use, CcCode ***also,
                  size_t *n_also)
{
    const char *text = js_text(concept, "text");
    CcCode **codes = NULL;
    size_t n = 0, chosen;

    for (size_t i = 0; i < js_count(concept, "coding"); i++) {
        CcCode *c = read_coding(f, js_nth(concept, "coding", i), text);

        if (c && !event_push_pointer(f->a, (void ***)(void *)&codes, &n, c))
            return NULL;
    }
    if (n == 0)
        return *text ? text_only(f, text) : NULL;
    chosen = vocab_choose((enum vocab_use)use, codes, n);
    for (size_t i = 0; also && i < n; i++)
        if (i != chosen && !event_push_pointer(f->a, (void ***)(void *)also, n_also, codes[i]))
            return NULL;
    return codes[chosen];
}

/* fhir_has_code - in any coding, or as a bare code */
bool fhir_has_code(const json_t *concept, const char *code)
{
    for (size_t i = 0; i < js_count(concept, "coding"); i++)
        if (strcasecmp(js_text(js_nth(concept, "coding", i), "code"), code) == 0)
            return true;
    return strcasecmp(js_text(concept, "code"), code) == 0;
}

/* fhir_list_has_code - in any of a list's concepts */
bool fhir_list_has_code(const json_t *r, const char *list, const char *code)
{
    for (size_t i = 0; i < js_count(r, list); i++)
        if (fhir_has_code(js_nth(r, list, i), code))
            return true;
    return false;
}

/* read_time - value and whether it is one */
static enum value read_time(const struct fhir *f, const json_t *r, const char *path,
                            struct value_time *t)
{
    return value_time(f->conf, js_span(r, path), NULL, t);
}

/* fhir_day - the sender's own day */
int32_t fhir_day(const struct fhir *f, CcEncounter *ev, const char *ref, const json_t *r,
                 const char *path)
{
    struct value_time t;
    enum value v = read_time(f, r, path, &t);

    if (v == VALUE_NOT)
        note_problem(f->a, ev, NOTE_SEVERITY_NOTED, NOTE_TIME, ref, "%s is no date or time", path);
    return v == VALUE_OK ? t.day : 0;
}

/* fhir_ms - the instant, 0 when there is none */
int64_t fhir_ms(const struct fhir *f, const json_t *r, const char *path)
{
    struct value_time t;

    return read_time(f, r, path, &t) == VALUE_OK ? t.ms : 0;
}

/* amount_problem - why a number is none of ours */
static void amount_problem(const struct fhir *f, CcEncounter *ev, const char *ref, const char *path,
                           enum decimal why, enum note_code code)
{
    static const char *const texts[] = {[DECIMAL_OK] = "",
                                        [DECIMAL_NOT] = "is no number",
                                        [DECIMAL_TOO_FINE] = "has more decimals than are kept",
                                        [DECIMAL_TOO_LARGE] = "is too large"};

    note_problem(f->a, ev, NOTE_SEVERITY_NOTED, code, ref, "%s %s", path, texts[why]);
}

/* fhir_cents - Money or a decimal */
bool fhir_cents(const struct fhir *f, CcEncounter *ev, const char *ref, const json_t *r,
                const char *path, int64_t *out)
{
    char inner[96];
    const char *text;
    enum decimal why;

    snprintf(inner, sizeof(inner), "%s%s", path, json_is_object(js_path(r, path)) ? ".value" : "");
    text = js_decimal(f->a, r, inner);
    if (!text)
        return false;
    why = value_cents(span_of(text), out);
    if (why != DECIMAL_OK)
        amount_problem(f, ev, ref, path, why, NOTE_AMOUNT);
    return why == DECIMAL_OK;
}

/* fhir_milli - a Quantity's value or a decimal */
bool fhir_milli(const struct fhir *f, CcEncounter *ev, const char *ref, const json_t *r,
                const char *path, int64_t *out)
{
    char inner[96];
    const char *text;
    enum decimal why;

    snprintf(inner, sizeof(inner), "%s%s", path, json_is_object(js_path(r, path)) ? ".value" : "");
    text = js_decimal(f->a, r, inner);
    if (!text)
        return false;
    why = value_milli(span_of(text), out);
    if (why != DECIMAL_OK)
        amount_problem(f, ev, ref, path, why, NOTE_UNITS);
    return why == DECIMAL_OK;
}

/* fhir_map_nothing - patients, people and places are read where somebody refers to them */
void fhir_map_nothing(struct fhir *f, const struct fhir_entry *e, CcEncounter *ev)
{
    (void)f;
    (void)e;
    (void)ev;
}

/* fhir_put - a borrowed text into a field that the arena owns; "" leaves it alone */
void fhir_put(const struct fhir *f, char **field, const char *s)
{
    char *copy = s && *s ? arena_strdup(f->a, s) : NULL; /* NULL: memory was out */

    if (copy)
        *field = copy;
}

/* fhir_word_value - of a bare code */
int fhir_word_value(const char *code, const struct fhir_word *words)
{
    for (; words->code; words++)
        if (strcmp(words->code, code) == 0)
            return words->value;
    return 0;
}

/* fhir_word_of - of a concept, by any of its codings or its words */
int fhir_word_of(const json_t *concept, const struct fhir_word *words)
{
    for (; words->code; words++)
        if (fhir_has_code(concept, words->code) ||
            strcmp(js_text(concept, "text"), words->code) == 0)
            return words->value;
    return 0;
}
