/* intake_test.c - what HL7 and FHIR share when they map: notes, ids, values, words, settings */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "common/sys/conf.h"
#include "services/intake/ident.h"
#include "services/intake/note.h"
#include "services/intake/value.h"
#include "services/intake/vocab.h"

static const struct intake_conf plain = {.secret = "s", .facility = "MAIN"};

/* at - the time of a text, which must be one */
static struct value_time at(const char *text)
{
    struct value_time t = {0};

    assert_int_equal(value_time(&plain, span_of(text), NULL, &t), VALUE_OK);
    return t;
}

/* test_times - both forms, every precision, the sender's own day */
static void test_times(void **state)
{
    (void)state;
    assert_int_equal(at("20260301").day, 20260301);
    assert_false(at("20260301").clock);
    assert_string_equal(at("202603012315").hhmm, "2315");
    assert_int_equal(at("20260301231512.123456").ms, at("2026-03-01T23:15:12.123Z").ms);
    assert_int_equal(at("202603012315+0215").day, 20260301);
    assert_int_equal(at("202603012315+0215").tz_min, 135);
    assert_false(at("202603012315+0215").odd_zone);
    assert_true(at("20150208113419+0110").odd_zone);
    assert_int_equal(at("2026-03-01T00:30:00-05:00").ms, at("2026-03-01T05:30:00Z").ms);
    assert_int_equal(at("2026-03-01T00:30:00-05:00").day, 20260301);
    assert_int_equal(at("2026").day, 0);
    assert_int_equal(at("202603").day, 0);
    assert_int_equal(at("2026-03").day, 0);
    assert_int_equal(at("20240229").day, 20240229);
    assert_true(at("20260301992200").bad_clock);
    assert_int_equal(at("20260301992200").day, 20260301);
    assert_true(at("20260301x").bad_clock);
}

/* test_not_times - dates that are no date */
static void test_not_times(void **state)
{
    static const char *const bad[] = {"20260230", "20230229", "Aug 15, 1942", "00000000",
                                      "20261301", "x",        "2026030",      "17000101"};
    struct value_time t;

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_int_equal(value_time(&plain, span_of(bad[i]), NULL, &t), VALUE_NOT);
    assert_int_equal(value_time(&plain, span_of("  "), NULL, &t), VALUE_EMPTY);
}

/* test_zones - of the text, else the default, else the site's */
static void test_zones(void **state)
{
    struct intake_conf site = {.tz_min = -300, .tz_known = true};
    struct value_time t;
    int header = 60;

    (void)state;
    assert_int_equal(value_time(&site, span_of("202603010000"), NULL, &t), VALUE_OK);
    assert_int_equal(t.tz_min, -300);
    assert_false(t.zone);
    assert_int_equal(value_time(&site, span_of("202603010000"), &header, &t), VALUE_OK);
    assert_int_equal(t.tz_min, 60);
    assert_int_equal(value_time(&site, span_of("202603010000-0800"), &header, &t), VALUE_OK);
    assert_int_equal(t.tz_min, -480);
}

/* test_money - exact or not at all */
static void test_money(void **state)
{
    int64_t v = 7;

    (void)state;
    assert_int_equal(value_cents(span_of(" 100.5 "), &v), DECIMAL_OK);
    assert_int_equal(v, 10050);
    assert_int_equal(value_cents(span_of("-0.10"), &v), DECIMAL_OK);
    assert_int_equal(v, -10);
    assert_int_equal(value_cents(span_of("1.005"), &v), DECIMAL_TOO_FINE);
    assert_int_equal(value_cents(span_of("$1"), &v), DECIMAL_NOT);
    assert_int_equal(value_milli(span_of("2.5"), &v), DECIMAL_OK);
    assert_int_equal(v, 2500);
}

/* test_systems - names, URIs, OIDs, local ones, and none */
static void test_systems(void **state)
{
    (void)state;
    assert_int_equal(vocab_system(span_of("i10")), CODE_SYSTEM_ICD10CM);
    assert_int_equal(vocab_system(span_of("ICD-10-CM")), CODE_SYSTEM_ICD10CM);
    assert_int_equal(vocab_system(span_of("I9C")), CODE_SYSTEM_ICD9CM);
    assert_int_equal(vocab_system(span_of("urn:oid:2.16.840.1.113883.6.4")), CODE_SYSTEM_ICD10PCS);
    assert_int_equal(vocab_system(span_of("http://snomed.info/sct")), CODE_SYSTEM_SNOMED);
    assert_int_equal(vocab_system(span_of("99HOSP")), CODE_SYSTEM_LOCAL);
    assert_int_equal(vocab_system(span_of("")), CODE_SYSTEM_UNKNOWN);
    assert_int_equal(vocab_system(span_of("XYZ")), CODE_SYSTEM_UNKNOWN);
}

/* test_codes - our form, and the family by its form */
static void test_codes(void **state)
{
    struct arena *a = arena_new(1 << 16);
    CcCode *c[3];

    (void)state;
    c[0] =
        vocab_code(a, CODE_SYSTEM_SNOMED, span_of("29857009"), span_of("Chest pain"), span_of(""));
    c[1] = vocab_code(a, CODE_SYSTEM_ICD10CM, span_of("r07.9 "), span_of(""), span_of(""));
    c[2] = vocab_code(a, CODE_SYSTEM_CPT, span_of("J1885"), span_of(""), span_of(""));
    assert_string_equal(c[1]->code, "R079");
    assert_int_equal(c[2]->system, CODE_SYSTEM_HCPCS);
    assert_int_equal(vocab_choose(VOCAB_DIAGNOSIS, c, 3), 1);
    assert_int_equal(vocab_choose(VOCAB_PROCEDURE, c, 3), 2);
    assert_int_equal(vocab_choose(VOCAB_OTHER, c, 3), 0);
    arena_free(a);
}

/* test_words - class with the site's rows first; relationships both ways round */
static void test_words(void **state)
{
    struct intake_class rows[] = {{0, "FF", ENCOUNTER_CLASS_RECURRING},
                                  {18, "23HR", ENCOUNTER_CLASS_OBSERVATION}};
    struct intake_conf site = {.classes = rows, .n_classes = 2};
    CcEncounterClass k = ENCOUNTER_CLASS_HOME;

    (void)state;
    assert_true(vocab_class(&plain, 0, span_of("Inpatient"), &k));
    assert_int_equal(k, ENCOUNTER_CLASS_INPATIENT);
    assert_false(vocab_class(&plain, 0, span_of("ff"), &k));
    assert_true(vocab_class(&site, 0, span_of("ff"), &k));
    assert_int_equal(k, ENCOUNTER_CLASS_RECURRING);
    assert_false(vocab_class(&site, 0, span_of("23HR"), &k));
    assert_true(vocab_class(&site, 18, span_of("23hr"), &k));
    assert_int_equal(vocab_relationship(span_of("MTH"), true), RELATIONSHIP_CHILD);
    assert_int_equal(vocab_relationship(span_of("parent"), false), RELATIONSHIP_OTHER);
    assert_int_equal(vocab_relationship(span_of("SPO"), true), RELATIONSHIP_SPOUSE);
    assert_int_equal(vocab_relationship(span_of("cousin twice removed"), true),
                     RELATIONSHIP_UNKNOWN);
    assert_int_equal(vocab_poa(span_of("1")), POA_EXEMPT);
    assert_int_equal(vocab_sex(span_of("U")), SEX_UNKNOWN);
}

/* test_ids - the same gives the same, the line ends do not matter, the parts do not run together */
static void test_ids(void **state)
{
    struct arena *a = arena_new(1 << 16);
    const char *id = ident_message(&plain, a, "hl7", "MSH|\rPID|\r", 10);

    (void)state;
    assert_string_equal(id, ident_message(&plain, a, "hl7", "MSH|\r\nPID|", 10));
    assert_string_not_equal(id, ident_event(&plain, a, id, 1));
    assert_int_equal(strlen(ident_patient_key(&plain, a, "F", "1")), 16);
    assert_string_not_equal(ident_patient_key(&plain, a, "F1", "1"),
                            ident_patient_key(&plain, a, "F", "11"));
    assert_int_equal(strlen(ident_encounter(&plain, a, "F", "V1")), 17);
    assert_string_equal(ident_encounter(&plain, a, "F", ""), "");
    arena_free(a);
}

/* test_refusal - lists empty, counts kept, the refusing problem first */
static void test_refusal(void **state)
{
    struct arena *a = arena_new(1 << 16);
    CcEncounter *ev = event_new(a, &cc_encounter__descriptor);

    (void)state;
    note_mapped(a, ev, "DG1", 1);
    note_mapped(a, ev, "DG1", 2);
    note_ignored(a, ev, "ZZZ", NOTE_LOCAL, 1);
    note_ignored(a, ev, "DG1-9", NOTE_FIELD, 1);
    note_problem(a, ev, NOTE_SEVERITY_NOTED, NOTE_TIME, "DG1[1]-5", "no day");
    event_push(a, ev, diagnoses, event_new(a, &cc_problem__descriptor));
    note_refuse(a, ev, NOTE_CUT, "", "cut");
    assert_true(note_is_refused(ev));
    assert_string_equal(ev->problems[0]->code, "cut");
    assert_int_equal(ev->n_problems, 2);
    assert_int_equal(ev->n_diagnoses + ev->n_mapped, 0);
    assert_int_equal(ev->n_ignored, 2);
    assert_string_equal(ev->ignored[1]->name, "DG1");
    assert_int_equal(ev->ignored[1]->count, 3);
    arena_free(a);
}

/* test_settings - rows read, wrong ones named */
static void test_settings(void **state)
{
    const struct conf_row *const tables[] = {intake_settings, NULL};
    struct err e;
    struct conf *c = conf_load(tables, &e);
    struct intake_conf *conf;

    (void)state;
    assert_non_null(c);
    assert_int_equal(conf_set(c, "CLASS_MAP", "L=outpatient, 18:23HR=observation", &e), 0);
    assert_int_equal(conf_set(c, "TIME_ZONE", "-0500", &e), 0);
    conf = intake_conf_new(c, &e);
    assert_non_null(conf);
    assert_int_equal(conf->n_classes, 2);
    assert_int_equal(conf->tz_min, -300);
    intake_conf_free(conf);
    assert_int_equal(conf_set(c, "CLASS_MAP", "L=nonsense", &e), 0);
    assert_null(intake_conf_new(c, &e));
    assert_non_null(strstr(e.text, "CLASS_MAP"));
    assert_int_equal(conf_set(c, "CLASS_MAP", "", &e), 0);
    assert_int_equal(conf_set(c, "TIME_ZONE", "EST", &e), 0);
    assert_null(intake_conf_new(c, &e));
    conf_free(c);
}

/* main - the cases */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_times),   cmocka_unit_test(test_not_times),
        cmocka_unit_test(test_zones),   cmocka_unit_test(test_money),
        cmocka_unit_test(test_systems), cmocka_unit_test(test_codes),
        cmocka_unit_test(test_words),   cmocka_unit_test(test_ids),
        cmocka_unit_test(test_refusal), cmocka_unit_test(test_settings),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
