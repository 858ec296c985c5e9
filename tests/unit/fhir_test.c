/* fhir_test.c - bundles become events; nothing is dropped unseen; what is refused says where */
#include "tests/support/test.h"

#include <dirent.h>
#include <jansson.h>
#include <zlib.h>

#include "services/intake/intake.h"

#define FHIR_DATA "../shared/data/fhir"

static struct intake_conf *conf;
static struct conf *settings;
static struct arena *arena;

/* setup - settings by default */
static int setup(void **state)
{
    static const struct conf_row *const rows[] = {intake_settings, NULL};
    struct err e = {0};

    (void)state;
    settings = conf_load(rows, &e);
    assert_non_null(settings);
    conf = intake_conf_new(settings, &e);
    assert_non_null(conf);
    arena = arena_new((size_t)512 << 20);
    return arena ? 0 : -1;
}

/* teardown - and back */
static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    intake_conf_free(conf);
    conf_free(settings);
    return 0;
}

/* take - one text as one message */
static void take(const char *text, size_t n, struct intake_result *r)
{
    struct intake_input in = {.source = "t.json", .bytes = text, .n = n, .message = 1};
    struct err e = {0};

    arena_reset(arena);
    assert_int_equal(intake_fhir(conf, arena, &in, r, &e), 0);
    assert_true(r->n >= 1);
}

/* counted - mapped and ignored of a name over all events */
static uint32_t counted(const struct intake_result *r, const char *name, bool mapped)
{
    uint32_t n = 0;

    for (size_t i = 0; i < r->n; i++) {
        CcCounted **list = mapped ? r->events[i]->mapped : r->events[i]->ignored;
        size_t len = mapped ? r->events[i]->n_mapped : r->events[i]->n_ignored;

        for (size_t k = 0; k < len; k++)
            if (strcmp(list[k]->name, name) == 0)
                n += list[k]->count;
    }
    return n;
}

#define PATIENT                                                                                    \
    "{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"p1\",\"identifier\":[{\"value\":\"X\"}," \
    "{\"type\":{\"coding\""                                                                        \
    ":[{\"code\":\"MR\"}]},\"value\":\"M77\"}],\"name\":[{\"family\":\"Planted\",\"given\":["      \
    "\"Ada\",\"Q\"]}],"                                                                            \
    "\"gender\":\"female\",\"birthDate\":\"1970-02-14\",\"address\":[{\"line\":[\"1 A "            \
    "ST\"],\"city\":\"TOWN\","                                                                     \
    "\"state\":\"OH\",\"postalCode\":\"44101-1234\"}]}}"
#define ENCOUNTER(id, extra)                                                                       \
    "{\"fullUrl\":\"urn:uuid:" id "\",\"resource\":{\"resourceType\":\"Encounter\",\"id\":\"" id   \
    "\",\"status\":"                                                                               \
    "\"finished\",\"class\":{\"code\":\"AMB\"},\"subject\":{\"reference\":\"Patient/"              \
    "p1\"},\"period\":{\"start\":"                                                                 \
    "\"2026-03-01T23:30:00-05:00\",\"end\":\"2026-03-02T00:30:00-05:00\"}" extra "}}"
#define BUNDLE(entries)                                                                            \
    "{\"resourceType\":\"Bundle\",\"id\":\"b1\",\"type\":\"transaction\",\"entry\":[" entries "]}"

/* visit - the fields of an Encounter and its patient; the sender's own day is kept whatever the
 * zone */
static void visit(void **state)
{
    static const char text[] = BUNDLE(PATIENT "," ENCOUNTER("e1", ""));
    struct intake_result r;
    const CcEncounter *ev;

    (void)state;
    take(text, strlen(text), &r);
    assert_false(r.refused);
    assert_string_equal(r.ack, "200");
    assert_int_equal(r.n, 2);
    ev = r.events[0];
    assert_int_equal(ev->event, EVENT_KIND_ENCOUNTER);
    assert_int_equal(ev->visit->class_, ENCOUNTER_CLASS_OUTPATIENT);
    assert_string_equal(ev->visit->class_source, "AMB");
    assert_int_equal(ev->visit->admit_date, 20260301);
    assert_int_equal(ev->visit->discharge_date, 20260302);
    assert_string_equal(ev->patient->mrn, "M77");
    assert_string_equal(ev->patient->address->zip, "441011234");
    assert_int_equal(ev->patient->sex, SEX_FEMALE);
    assert_true(ev->bill);
    assert_int_equal(strlen(ev->encounter), 17);
    assert_int_equal(strlen(ev->patient_key), 16);
    assert_int_equal(r.events[1]->event, EVENT_KIND_REST);
    assert_string_equal(r.events[1]->patient_key, ev->patient_key);
    assert_int_equal(counted(&r, "Patient", true), 1);
    assert_int_equal(counted(&r, "Encounter", true), 1);
}

/* same_id - the same bytes give the same event ids, other bytes others */
static void same_id(void **state)
{
    static const char text[] = BUNDLE(PATIENT "," ENCOUNTER("e1", "")),
                      other[] = BUNDLE(PATIENT "," ENCOUNTER("e2", ""));
    char first[80], second[80], third[80];
    struct intake_result r;

    (void)state;
    take(text, strlen(text), &r);
    snprintf(first, sizeof(first), "%s", r.events[0]->event_id);
    take(text, strlen(text), &r);
    snprintf(second, sizeof(second), "%s", r.events[0]->event_id);
    take(other, strlen(other), &r);
    snprintf(third, sizeof(third), "%s", r.events[0]->event_id);
    assert_string_equal(first, second);
    assert_string_not_equal(first, third);
}

/* diagnoses - ranks by Encounter.diagnosis, references of every form, a refuted one is listed */
static void diagnoses(void **state)
{
    static const char text[] = BUNDLE(PATIENT "," ENCOUNTER(
        "e1", ",\"diagnosis\":[{\"condition\":{\"reference\":\"urn:uuid:c1\"},\"use\":{"
              "\"coding\":[{\"code\":\"DD\"}]},"
              "\"rank\":2},{\"condition\":{\"reference\":\"http://x/Condition/"
              "c2\"},\"rank\":1}]") ",{\"fullUrl\":\"urn:uuid:c1\",\"resource\":{"
                                    "\"resourceType\":\"Condition\",\"id\":\"c1\","
                                    "\"encounter\":{\"reference\":\"Encounter/e1\"},"
                                    "\"code\":{\"coding\":[{\"system\":\"http://snomed.info/"
                                    "sct\",\"code\":\"44054006\"},{\"system\":\"http://hl7.org/"
                                    "fhir/sid/icd-10-cm\","
                                    "\"code\":\"e11.9\"}]}}},"
                                    "{\"resource\":{\"resourceType\":\"Condition\",\"id\":"
                                    "\"c2\",\"encounter\":{\"reference\":\"urn:uuid:e1\"},"
                                    "\"verificationStatus\":"
                                    "{\"coding\":[{\"code\":\"refuted\"}]},\"code\":{\"text\":"
                                    "\"words only\"}}},"
                                    "{\"resource\":{\"resourceType\":\"Condition\",\"id\":"
                                    "\"c3\",\"encounter\":{\"reference\":\"Encounter/"
                                    "elsewhere\"},\"code\":{\"text\":\"x\"}}}");
    struct intake_result r;
    const CcEncounter *ev;

    (void)state;
    take(text, strlen(text), &r);
    ev = r.events[0];
    assert_int_equal(ev->n_diagnoses, 2);
    assert_string_equal(ev->diagnoses[0]->ref, "Condition/c1");
    assert_string_equal(ev->diagnoses[0]->code->code, "E119");
    assert_int_equal(ev->diagnoses[0]->code->system, CODE_SYSTEM_ICD10CM);
    assert_int_equal(ev->diagnoses[0]->n_also, 1);
    assert_int_equal(ev->diagnoses[0]->use, PROBLEM_USE_FINAL);
    assert_int_equal(ev->diagnoses[0]->rank, 2);
    assert_int_equal(ev->diagnoses[1]->rank, 1);
    assert_int_equal(ev->diagnoses[1]->verification, VERIFICATION_REFUTED);
    assert_int_equal(r.events[1]->n_diagnoses, 1);
    assert_int_equal(counted(&r, "Condition", true), 3);
}

/* what_was_done - unit, hours and site of a charge; method, approach and device of a procedure */
static void what_was_done(void **state)
{
    static const char text[] = BUNDLE(PATIENT "," ENCOUNTER(
        "e1",
        "") ",{\"resource\":{\"resourceType\":\"ChargeItem\",\"id\":\"c\",\"status\":\"billable\","
            "\"context\":{\"reference\":\"Encounter/e1\"},\"subject\":{\"reference\":"
            "\"Patient/p1\"},\"code\":{\"coding\":[{\"system\":"
            "\"http://www.ama-assn.org/go/cpt\",\"code\":\"97110\"}]},\"quantity\":"
            "{\"value\":23,\"unit\":\"minutes\",\"code\":\"min\"},\"bodysite\":[{\"text\":"
            "\"left knee\"}],\"occurrencePeriod\":{\"start\":\"2026-03-01T08:00:00Z\","
            "\"end\":\"2026-03-01T08:23:00Z\"}}},{\"resource\":{\"resourceType\":"
            "\"Device\",\"id\":\"d\",\"type\":{\"text\":\"Infusion Device\"}}},"
            "{\"resource\":{\"resourceType\":\"Procedure\",\"id\":\"p\",\"status\":"
            "\"completed\",\"encounter\":{\"reference\":\"Encounter/e1\"},\"subject\":"
            "{\"reference\":\"Patient/p1\"},\"code\":{\"text\":\"line placed\"},"
            "\"bodySite\":[{\"text\":\"Superior Vena Cava\"},{\"text\":\"Right "
            "Atrium\"}],\"extension\":[{\"url\":"
            "\"http://hl7.org/fhir/StructureDefinition/procedure-method\","
            "\"valueCodeableConcept\":{\"text\":\"Insertion\"}},{\"url\":"
            "\"http://hl7.org/fhir/StructureDefinition/procedure-approachBodyStructure\","
            "\"valueReference\":{\"display\":\"Percutaneous\"}},{\"url\":"
            "\"http://hl7.org/fhir/StructureDefinition/procedure-targetBodyStructure\","
            "\"valueReference\":{\"display\":\"Aorta\"}}],\"focalDevice\":"
            "[{\"manipulated\":{\"reference\":\"Device/d\"}},{\"manipulated\":"
            "{\"display\":\"Monitoring Device\"}}]}}");
    struct intake_result r;
    const CcCharge *c;
    const CcProcedure *p;

    (void)state;
    take(text, strlen(text), &r);
    assert_int_equal(r.events[0]->n_charges, 1);
    c = r.events[0]->charges[0];
    assert_string_equal(c->unit, "min");
    assert_string_equal(c->site, "left knee");
    assert_int_equal(c->end_ms - c->start_ms, 23 * 60000);
    assert_int_equal(r.events[0]->n_procedures, 1);
    p = r.events[0]->procedures[0];
    assert_string_equal(p->body_site_text, "Superior Vena Cava");
    assert_non_null(p->parts);
    assert_string_equal(p->parts->operation, "Insertion");
    assert_string_equal(p->parts->body_part, "Superior Vena Cava");
    assert_string_equal(p->parts->approach, "Percutaneous");
    assert_string_equal(p->parts->device, "Infusion Device");
    assert_string_equal(p->parts->qualifier, "Aorta");
    assert_int_equal(p->parts->n_sites, 1);
    assert_string_equal(p->parts->sites[0], "Right Atrium");
    assert_int_equal(p->parts->n_devices, 1);
    assert_string_equal(p->parts->devices[0], "Monitoring Device");
}

/* reports - a report's conclusion, and who answers for it */
static void reports(void **state)
{
    static const char text[] = BUNDLE(PATIENT "," ENCOUNTER(
        "e1", "") ",{\"resource\":{\"resourceType\":\"Practitioner\",\"id\":\"w\",\"identifier\":"
                  "[{\"system\":\"http://hl7.org/fhir/sid/us-npi\",\"value\":\"1234567893\"}]}},"
                  "{\"resource\":{\"resourceType\":\"DiagnosticReport\",\"id\":\"d\","
                  "\"status\":\"final\",\"encounter\":{\"reference\":\"Encounter/e1\"},"
                  "\"resultsInterpreter\":[{\"reference\":\"Practitioner/w\"}],"
                  "\"conclusion\":\"Pneumonia.\"}}");
    struct intake_result r;
    const CcDocument *d;

    (void)state;
    take(text, strlen(text), &r);
    assert_int_equal(r.events[0]->n_documents, 1);
    d = r.events[0]->documents[0];
    assert_string_equal(d->kind, "report");
    assert_string_equal(d->status, "final");
    assert_string_equal(d->author_npi, "1234567893");
    assert_int_equal(d->text.len, strlen("Pneumonia."));
}

/* charges - items of a claim, exact cents, too fine is a problem and no cent */
static void charges(void **state)
{
    static const char text[] = BUNDLE(PATIENT "," ENCOUNTER(
        "e1",
        "") ",{\"resource\":{\"resourceType\":\"Claim\",\"id\":\"k\",\"use\":\"claim\",\"patient\":"
            "{\"reference\":"
            "\"Patient/"
            "p1\"},\"diagnosis\":[{\"sequence\":1,\"diagnosisCodeableConcept\":{\"coding\":[{"
            "\"system\":\"http://hl7.org/fhir/sid/icd-10-cm\","
            "\"code\":\"I10\"}]}}],\"insurance\":[{\"sequence\":1,\"coverage\":{\"display\":"
            "\"private\"}}],\"item\":[{\"sequence\":1,\"encounter\":"
            "[{\"reference\":\"Encounter/"
            "e1\"}],\"productOrService\":{\"coding\":[{\"system\":\"http://www.ama-assn.org/go/"
            "cpt\",\"code\":\"99213\"}]},"
            "\"net\":{\"value\":140.52},\"diagnosisSequence\":[1]},{\"sequence\":2,"
            "\"productOrService\":{\"coding\":[{\"system\":"
            "\"http://hl7.org/fhir/sid/"
            "cvx\",\"code\":\"140\"}]},\"unitPrice\":{\"value\":0.1},\"quantity\":{\"value\":3}},"
            "{\"sequence\":3,\"productOrService\":{\"text\":\"x\"},\"net\":{\"value\":1.005}}]}}");
    struct intake_result r;
    const CcEncounter *ev;

    (void)state;
    take(text, strlen(text), &r);
    ev = r.events[0];
    assert_int_equal(ev->n_charges, 3);
    assert_string_equal(ev->charges[0]->ref, "Claim/k#1");
    assert_int_equal(ev->charges[0]->charge_cents, 14052);
    assert_string_equal(ev->charges[0]->pointers[0], "I10");
    assert_int_equal(ev->charges[0]->code->system, CODE_SYSTEM_CPT);
    assert_true(ev->charges[1]->charge_given);
    assert_int_equal(ev->charges[1]->charge_cents, 30);
    assert_int_equal(ev->charges[1]->units_milli, 3000);
    assert_false(ev->charges[2]->charge_given);
    assert_int_equal(ev->n_problems, 1);
    assert_string_equal(ev->problems[0]->code, "amount");
    assert_int_equal(ev->n_coverages, 1);
    assert_string_equal(ev->coverages[0]->name, "private");
    assert_int_equal(ev->coverages[0]->order, 1);
}

/* refused - what is no bundle of ours: status, code, place; still counted */
static void refused(void **state)
{
    static const struct {
        const char *text, *status, *code, *ref;
    } rows[] = {
        {"{\"resourceType\":\"Bundle\",", "400", "not-json", ""},
        {"[1]", "400", "not-json", ""},
        {"", "400", "not-json", ""},
        {"\"\xff\"", "400", "not-json", ""},
        {"{\"a\":1}", "400", "type", "resourceType"},
        {"{\"resourceType\":\"Bundle\",\"type\":\"history\",\"entry\":[]}", "422", "type",
         "Bundle.type"},
        {"{\"resourceType\":\"Bundle\",\"type\":\"collection\"}", "422", "no-patient",
         "Bundle.entry"},
        {BUNDLE(ENCOUNTER("e1", "")), "422", "no-patient", "Bundle.entry[0].resource.subject"},
        {BUNDLE("{\"request\":{\"method\":\"GET\"}},null"), "422", "type", "Bundle.entry"},
        {"{\"resourceType\":1}", "400", "type", "resourceType"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct intake_result r;

        take(rows[i].text, strlen(rows[i].text), &r);
        assert_true(r.refused);
        assert_int_equal(r.n, 1);
        assert_string_equal(r.ack, rows[i].status);
        assert_string_equal(r.events[0]->problems[0]->code, rows[i].code);
        assert_string_equal(r.events[0]->problems[0]->ref, rows[i].ref);
        assert_int_equal(r.events[0]->n_diagnoses, 0);
    }
}

/* refusal_is_silent - the text of a refusal never quotes what came */
static void refusal_is_silent(void **state)
{
    static const char text[] = "{\"resourceType\":\"Bundle\",\"name\":\"PLANTEDNAME\" PLANTEDNAME}";
    struct intake_result r;

    (void)state;
    take(text, strlen(text), &r);
    assert_true(r.refused);
    assert_null(strstr(r.events[0]->problems[0]->message, "PLANTED"));
}

/* cut - a bundle cut at every byte is refused or taken, never a crash */
static void cut(void **state)
{
    static const char text[] = BUNDLE(PATIENT "," ENCOUNTER("e1", ""));
    struct intake_result r;

    (void)state;
    for (size_t n = 0; n < strlen(text); n++) {
        take(text, n, &r);
        assert_true(r.refused);
    }
}

struct tally {
    size_t messages, refused;
    uint64_t offsets[8];
};

/* tally_one - sink */
static int tally_one(void *arg, const struct intake_result *r, struct err *e)
{
    struct tally *t = arg;

    (void)e;
    if (t->messages < 8)
        t->offsets[t->messages] = r->events[0]->offset;
    t->messages++;
    t->refused += r->refused;
    return 0;
}

/* several - NDJSON and arrays: each is a message with its place; a bad one does not hide the next
 */
static void several(void **state)
{
    static const struct {
        const char *text;
        size_t messages, refused;
        uint64_t second;
    } rows[] = {
        {"{\"resourceType\":\"Patient\"}\n{\"resourceType\":\"Patient\"}\n", 2, 0, 27},
        {"[{\"resourceType\":\"Patient\"}, {\"resourceType\":\"Patient\"}]", 2, 0, 29},
        {"{\"resourceType\":\"Pat\n{\"resourceType\":\"Patient\"}\n", 2, 1, 21},
        {"\xEF\xBB\xBF{\"resourceType\":\"Patient\"}\r\n\t{\"resourceType\":\"Patient\"}", 2, 0,
         32},
        {"\xEF\xBBz{\"resourceType\":\"Patient\"}", 1, 1, 0},
        {"{\"resourceType\":\"Patient\",\"id\":\"a\\\"}\"}\n{\"resourceType\":\"Patient\"}", 2, 0,
         39},
        {"{\"resourceType\":[\n\n", 1, 1, 0},    /* blank lines are no messages */
        {"{\"resourceType\":[\nhello", 1, 1, 0}, /* nor is what begins no object */
        {"{\"resourceType\":[\n{\"resourceType\":\"Patient\"}", 1, 1, 0}, /* cut, but closed */
        {"[{\"resourceType\":\"Patient\"}]\n]", 2, 1, 27}, /* two ends are one too many */
        {"[{\"resourceType\":\"Patient\"},\n{\"resourceType\":\"Patient\"}", 2, 0, 29}, /* none */
        {"\n\n", 1, 1, 0},
        {"[]", 1, 1, 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct intake_input in = {.source = "t", .bytes = rows[i].text, .n = strlen(rows[i].text)};
        struct tally t = {0};
        struct err e = {0};

        assert_int_equal(intake_fhir_each(conf, arena, &in, tally_one, &t, &e), 0);
        if (t.messages != rows[i].messages || t.refused != rows[i].refused ||
            t.offsets[1] != rows[i].second)
            fail_msg("%s: %zu messages, %zu refused, the second at %zu", rows[i].text, t.messages,
                     t.refused, (size_t)t.offsets[1]);
    }
}

/* take_some - a sink that has room for so many */
static int take_some(void *arg, const struct intake_result *r, struct err *e)
{
    size_t *room = arg;

    (void)r;
    if (*room == 0)
        return err_set(e, ERR_RETRY, "broker", "away");
    --*room;
    return 0;
}

/* sink_away - who takes no more messages is asked for no more: the file is to be read again */
static void sink_away(void **state)
{
    static const char text[] = "{\"resourceType\":\"Patient\"}\n{\"resourceType\":\"Patient\"}\n{}";
    const struct intake_input in = {.source = "t", .bytes = text, .n = sizeof(text) - 1};

    (void)state;
    for (size_t room = 0; room < 4; room++) {
        struct err e = {0};
        size_t left = room;

        assert_int_equal(intake_fhir_each(conf, arena, &in, take_some, &left, &e),
                         room < 3 ? -1 : 0);
        assert_int_equal(left, 0);
        assert_int_equal(e.class, room < 3 ? ERR_RETRY : 0);
    }
}

/* read_gz - a whole compressed file */
static char *read_gz(const char *path, size_t *n)
{
    gzFile gz = gzopen(path, "rb");
    char *data = malloc((size_t)64 << 20);
    int got;

    assert_non_null(gz);
    assert_non_null(data);
    for (*n = 0; (got = gzread(gz, data + *n, 1 << 20)) > 0; *n += (size_t)got)
        ;
    gzclose(gz);
    return data;
}

/* check_sum - of one real bundle: mapped + ignored = what came in, by name; one event per Encounter
 */
static void check_sum(const char *path)
{
    size_t n, encounters = 0, i;
    char *text = read_gz(path, &n);
    json_t *root = json_loadb(text, n, 0, NULL), *entry;
    json_t *came = json_object();
    const char *name;
    struct intake_result r;

    json_array_foreach(json_object_get(root, "entry"), i, entry)
    {
        name =
            json_string_value(json_object_get(json_object_get(entry, "resource"), "resourceType"));
        json_object_set_new(came, name,
                            json_integer(json_integer_value(json_object_get(came, name)) + 1));
        encounters += strcmp(name, "Encounter") == 0;
    }
    take(text, n, &r);
    assert_false(r.refused);
    assert_int_equal(r.n, encounters + 1);
    json_object_foreach(came, name, entry) assert_int_equal(
        counted(&r, name, true) + counted(&r, name, false), json_integer_value(entry));
    json_decref(root);
    json_decref(came);
    free(text);
}

/* real_bundles - Synthea's, when they are there */
static void real_bundles(void **state)
{
    DIR *d = opendir(FHIR_DATA);
    struct dirent *f;
    char path[512];
    int n = 0;

    (void)state;
    if (!d) {
        print_message("%s is not there\n", FHIR_DATA);
        skip();
    }
    while ((f = readdir(d)) != NULL) {
        if (!strstr(f->d_name, ".json.gz"))
            continue;
        snprintf(path, sizeof(path), "%s/%s", FHIR_DATA, f->d_name);
        check_sum(path);
        n++;
    }
    closedir(d);
    assert_int_equal(n, 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(visit),   cmocka_unit_test(same_id),           cmocka_unit_test(diagnoses),
        cmocka_unit_test(charges), cmocka_unit_test(what_was_done),     cmocka_unit_test(reports),
        cmocka_unit_test(refused), cmocka_unit_test(refusal_is_silent), cmocka_unit_test(cut),
        cmocka_unit_test(several), cmocka_unit_test(real_bundles),      cmocka_unit_test(sink_away),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
