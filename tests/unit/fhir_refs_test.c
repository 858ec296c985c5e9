/* fhir_refs_test.c - how resources of other senders call each other: relative, absolute, versioned,
 * urn:uuid, conditional, logical, contained; and what follows from whom they call */
#include "tests/support/test.h"

#include "services/intake/intake.h"

static const struct intake_conf conf = {.secret = "s", .facility = "MAIN", .max_bytes = 1 << 20};
static struct arena *arena;

/* setup - one arena for all */
static int setup(void **state)
{
    (void)state;
    arena = arena_new((size_t)64 << 20);
    return arena ? 0 : -1;
}

/* teardown - and back */
static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

/* take - a bundle of these entries */
static struct intake_result take(const char *entries)
{
    struct intake_result r;
    struct err e = {0};
    const char *text;
    struct intake_input in = {.source = "t.json", .message = 1};

    arena_reset(arena);
    text = arena_printf(
        arena, "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[%s]}", entries);
    assert_non_null(text);
    in.bytes = text;
    in.n = strlen(text);
    assert_int_equal(intake_fhir(&conf, arena, &in, &r, &e), 0);
    return r;
}

#define PATIENT                                                                                    \
    "{\"fullUrl\":\"urn:uuid:11111111-1111-1111-1111-111111111111\",\"resource\":{"                \
    "\"resourceType\":\"Patient\",\"id\":\"p1\",\"identifier\":[{\"system\":\"http://h/mrn\","     \
    "\"value\":\"M77\"}]}}"
#define VISIT(subject, more)                                                                       \
    "{\"fullUrl\":\"http://server/fhir/Encounter/e1\",\"resource\":{\"resourceType\":"             \
    "\"Encounter\",\"id\":\"e1\",\"status\":\"finished\",\"class\":{\"code\":\"AMB\"},"            \
    "\"subject\":{" subject "}" more "}}"
#define BY_URL "\"reference\":\"urn:uuid:11111111-1111-1111-1111-111111111111\""

/* calls_of_a_patient - every way finds the one patient; what finds none is refused with its place
 */
static void calls_of_a_patient(void **state)
{
    static const struct {
        const char *subject;
        bool found;
    } rows[] = {
        {BY_URL, true},
        {"\"reference\":\"Patient/p1\"", true},
        {"\"reference\":\"Patient/p1/_history/3\"", true},
        {"\"reference\":\"https://other.example/r4/Patient/p1\"", true},
        {"\"reference\":\"urn:uuid:p1\"", true},
        {"\"reference\":\"Patient?identifier=http://h/mrn|M77\"", true},
        {"\"reference\":\"Patient?identifier=http%3A%2F%2Fh%2Fmrn%7CM77\"", true},
        {"\"reference\":\"https://x/Patient?identifier=M77\"", true},
        {"\"identifier\":{\"system\":\"http://h/mrn\",\"value\":\"M77\"}", true},
        {"\"reference\":\"Patient?identifier=http://h/mrn|M78\"", false},
        {"\"identifier\":{\"system\":\"http://other\",\"value\":\"M77\"}", false},
        {"\"reference\":\"Patient/p2\"", false},
        {"\"reference\":\"Encounter/e1\"", false},
        {"\"display\":\"somebody\"", false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char entries[1024];
        struct intake_result r;

        snprintf(entries, sizeof(entries), PATIENT "," VISIT("%s", ""), rows[i].subject);
        r = take(entries);
        assert_int_equal(r.refused, !rows[i].found);
        if (rows[i].found)
            assert_string_equal(r.events[0]->patient->mrn, "M77");
        else
            assert_string_equal(r.events[0]->problems[0]->code, "no-patient");
    }
}

/* alone - a lone Encounter brings its Patient inside it or is refused by its own path; entries of a
 * patient who is not there are said */
static void alone(void **state)
{
    static const char with[] =
        "{\"resourceType\":\"Encounter\",\"id\":\"e\",\"subject\":{\"reference\":\"#x\"},"
        "\"contained\":[{\"resourceType\":\"Patient\",\"id\":\"x\",\"identifier\":[{\"value\":"
        "\"M5\"}]}]}",
                      without[] =
                          "{\"resourceType\":\"Encounter\",\"id\":\"e\",\"subject\":{\"reference\":"
                          "\"Patient/p\"}}",
                      orphan[] =
                          "{\"resourceType\":\"Condition\",\"id\":\"c\",\"code\":{\"text\":\"x\"},"
                          "\"subject\":{\"reference\":\"Patient/p\"}}";
    struct intake_input in = {.source = "t.json", .bytes = with, .n = strlen(with), .message = 1};
    struct intake_result r;
    struct err e = {0};

    (void)state;
    arena_reset(arena);
    assert_int_equal(intake_fhir(&conf, arena, &in, &r, &e), 0);
    assert_string_equal(r.ack, "201");
    assert_string_equal(r.events[0]->patient->mrn, "M5");
    in.bytes = without;
    in.n = strlen(without);
    arena_reset(arena);
    assert_int_equal(intake_fhir(&conf, arena, &in, &r, &e), 0);
    assert_string_equal(r.events[0]->problems[0]->ref, "Encounter.subject");
    in.bytes = orphan;
    in.n = strlen(orphan);
    arena_reset(arena);
    assert_int_equal(intake_fhir(&conf, arena, &in, &r, &e), 0);
    assert_false(r.refused);
    assert_string_equal(r.events[0]->problems[0]->code, "no-patient");
}

/* calls_of_people - the NPI of a practitioner who is only searched for is known all the same */
static void calls_of_people(void **state)
{
    struct intake_result r = take(PATIENT "," VISIT(
        BY_URL,
        ",\"participant\":[{\"type\":[{\"coding\":[{\"code\":\"ATND\"}]}],\"individual\":{"
        "\"reference\":\"Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|1234567893\""
        "}},{\"individual\":{\"reference\":\"Practitioner?identifier=http://x|5\"}}],"
        "\"serviceProvider\":{\"reference\":\"#o\",\"display\":\"HOUSE\"},\"contained\":[{"
        "\"resourceType\":\"Organization\",\"id\":\"o\",\"name\":\"INSIDE\"}]"));
    const CcEncounter *ev = r.events[0];

    (void)state;
    assert_false(r.refused);
    assert_int_equal(ev->n_providers, 2);
    assert_int_equal(ev->providers[0]->role, PROVIDER_ROLE_ATTENDING);
    assert_string_equal(ev->providers[0]->npi, "1234567893");
    assert_string_equal(ev->providers[1]->name->last, "INSIDE");
}

#define COVERAGE(id, order)                                                                        \
    "{\"resource\":{\"resourceType\":\"Coverage\",\"id\":\"" id "\"" order                         \
    ",\"beneficiary\":{\"reference\":\"Patient/p1\"},\"payor\":[{\"display\":\"" id "\"}]}}"
#define INSURED(s, id) "{\"sequence\":" s ",\"coverage\":{\"reference\":\"Coverage/" id "\"}}"
#define CLAIM(insurance)                                                                           \
    "{\"resource\":{\"resourceType\":\"Claim\",\"id\":\"k\",\"use\":\"claim\",\"item\":[{"         \
    "\"sequence\":1,\"encounter\":[{\"reference\":\"Encounter/e1\"}]}],\"insurance\":[" insurance  \
    "]}}"

/* orders - Coverage.order, else Claim.insurance.sequence, else position; the same twice: position
 * decides, and it is said */
static void orders(void **state)
{
    static const struct {
        const char *entries;
        unsigned a, b;
        bool said;
    } rows[] = {
        {COVERAGE("A", ",\"order\":2") "," COVERAGE("B", ",\"order\":1"), 2, 1, false},
        {COVERAGE("A", "") "," COVERAGE("B", "") "," CLAIM(INSURED("2", "A") "," INSURED("1", "B")),
         2, 1, false},
        {CLAIM(INSURED("2", "A") "," INSURED("1", "B")) "," COVERAGE(
             "A", ",\"order\":3") "," COVERAGE("B", ""),
         3, 1, false},
        {COVERAGE("A", "") "," COVERAGE("B", ""), 1, 2, false},
        {COVERAGE("A", ",\"order\":1") "," COVERAGE("B", ",\"order\":1"), 1, 2, true},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char entries[4096];
        struct intake_result r;

        snprintf(entries, sizeof(entries), PATIENT "," VISIT(BY_URL, "") ",%s", rows[i].entries);
        r = take(entries);
        for (size_t k = 0; k < r.n; k++) { /* the visit's line and the rest's */
            assert_int_equal(r.events[k]->n_coverages, 2);
            assert_int_equal(r.events[k]->coverages[0]->order, rows[i].a);
            assert_int_equal(r.events[k]->coverages[1]->order, rows[i].b);
            assert_int_equal(r.events[k]->n_problems, rows[i].said);
        }
    }
}

/* belongings - a charge finds its visit by its account, a claim by any of its items */
static void belongings(void **state)
{
    struct intake_result r = take(PATIENT "," VISIT(
        BY_URL,
        ",\"account\":[{\"reference\":\"Account/a\"}]") ","
                                                        "{\"resource\":{\"resourceType\":"
                                                        "\"Account\",\"id\":\"a\"}},"
                                                        "{\"resource\":{\"resourceType\":"
                                                        "\"ChargeItem\",\"id\":\"c\",\"account\":[{"
                                                        "\"reference\":"
                                                        "\"Account/"
                                                        "a\"}],\"code\":{\"text\":\"x\"}}},"
                                                        "{\"resource\":{\"resourceType\":\"Claim\","
                                                        "\"id\":\"k\",\"use\":\"claim\",\"item\":[{"
                                                        "\"sequence\":1},{\"sequence\":2,"
                                                        "\"encounter\":[{\"reference\":\"Encounter/"
                                                        "e9\"},{"
                                                        "\"reference\":\"Encounter/e1\"}]}]}},"
                                                        "{\"resource\":{\"resourceType\":"
                                                        "\"Medication\",\"id\":\"m\"}}");

    (void)state;
    assert_int_equal(r.events[0]->n_charges, 3);
    assert_int_equal(r.events[1]->event, EVENT_KIND_REST);
    assert_int_equal(r.events[1]->n_charges, 0);
    assert_int_equal(r.events[1]->n_ignored, 0); /* a Medication is read where it is given */
}

#define CONDITION(categories)                                                                      \
    "{\"resource\":{\"resourceType\":\"Condition\",\"id\":\"d\",\"category\":[" categories         \
    "],\"code\":{\"text\":\"x\"},\"encounter\":{\"reference\":\"Encounter/e1\"}}}"
#define CATEGORY(code) "{\"coding\":[{\"code\":\"" code "\"}]}"

/* categories - a problem of the list is no diagnosis of the visit, unless it is said to be one */
static void categories(void **state)
{
    static const struct {
        const char *entry;
        CcProblemUse use;
    } rows[] = {
        {CONDITION(""), PROBLEM_USE_FINAL},
        {CONDITION(CATEGORY("encounter-diagnosis")), PROBLEM_USE_FINAL},
        {CONDITION(CATEGORY("problem-list-item")), PROBLEM_USE_PROBLEM},
        {CONDITION(CATEGORY("health-concern")), PROBLEM_USE_PROBLEM},
        {CONDITION(CATEGORY("problem-list-item") "," CATEGORY("encounter-diagnosis")),
         PROBLEM_USE_FINAL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char entries[2048];

        snprintf(entries, sizeof(entries), PATIENT "," VISIT(BY_URL, "") ",%s", rows[i].entry);
        assert_int_equal(take(entries).events[0]->diagnoses[0]->use, rows[i].use);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calls_of_a_patient), cmocka_unit_test(alone),
        cmocka_unit_test(calls_of_people),    cmocka_unit_test(orders),
        cmocka_unit_test(belongings),         cmocka_unit_test(categories),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
