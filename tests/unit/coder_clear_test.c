/* coder_clear_test.c - HL7's `""` takes a value back, for the claim too, whatever the order of
 * arrival */
#include "tests/support/test.h"

#include "services/coder/coder.h"
#include "tests/support/care.h"

enum { MOST = 8 };

struct feed {
    CcEncounter *list[MOST];
    size_t n;
};

/* clear - one more path that the event empties */
static void clear(struct arena *a, CcEncounter *e, const char *path)
{
    assert_true(event_push(a, e, cleared, care_text(a, path)));
}

/* fold - events in this order of arrival */
static const CcEncounter *fold(struct arena *a, CcEncounter *const *events, size_t n)
{
    struct coder_visit v;
    struct err e = {0};

    assert_int_equal(coder_fold(a, events, n, NULL, 0, &v, &e), 0);
    return v.folded;
}

/* registration - a discharge with its hour and status, an attending; then both taken back */
static struct feed registration(struct arena *a)
{
    struct feed f = {0};
    CcEncounter *e = care_event(a, EVENT_KIND_ADMIT, "ADT^A01^ADT_A01", "REG|HOSP", 1000);
    CcVisit *v = care_visit(a, e, ENCOUNTER_CLASS_INPATIENT);

    v->admit_date = 20260301;
    v->discharge_date = 20260305;
    v->discharge_ms = 1772668800000;
    v->discharge_hour = care_text(a, "1400");
    v->discharge_status = care_text(a, "01");
    care_patient(a, e, "TESTER", "ADA");
    e->patient->phone = care_text(a, "5555550100");
    care_provider(a, e, PROVIDER_ROLE_ATTENDING, "1234567893");
    care_provider(a, e, PROVIDER_ROLE_REFERRING, "1999999984");
    f.list[f.n++] = e;
    e = care_event(a, EVENT_KIND_UPDATE, "ADT^A08^ADT_A01", "REG|HOSP", 3000);
    care_visit(a, e, ENCOUNTER_CLASS_INPATIENT);
    clear(a, e, "visit.discharge_date");
    clear(a, e, "providers.attending");
    clear(a, e, "patient.phone");
    clear(a, e, "visit.nothing_of_ours");
    f.list[f.n++] = e;
    return f;
}

/* charges - beside a charge the old discharge is repeated, and an attending of its own */
static struct feed charges(struct arena *a)
{
    struct feed f = {0};
    CcEncounter *e = care_event(a, EVENT_KIND_CHARGES, "DFT^P03^DFT_P03", "LAB|HOSP", 2000);

    care_visit(a, e, ENCOUNTER_CLASS_INPATIENT)->discharge_date = 20260305;
    care_provider(a, e, PROVIDER_ROLE_ATTENDING, "1234567893");
    care_charge(a, e, "T100", "LAB-1", 1000, 20260301);
    f.list[f.n++] = e;
    return f;
}

/* assert_taken_back - by the two feeds above */
static void assert_taken_back(const CcEncounter *ev)
{
    assert_int_equal(ev->visit->discharge_date, 0);
    assert_int_equal(ev->visit->discharge_ms, 0);
    assert_string_equal(ev->visit->discharge_hour, "");
    assert_string_equal(ev->visit->discharge_status, "01"); /* a field of its own */
    assert_int_equal(ev->visit->admit_date, 20260301);
    assert_string_equal(ev->patient->phone, "");
    assert_int_equal(ev->n_providers, 1);
    assert_int_equal(ev->providers[0]->role, PROVIDER_ROLE_REFERRING);
    assert_int_equal(ev->n_charges, 1);
}

/* any_order - every order of arrival that keeps each sender's own */
static void any_order(void **state)
{
    struct arena *a = arena_new((size_t)16 << 20);
    struct feed x = registration(a), y = charges(a);

    (void)state;
    for (size_t at = 0; at <= x.n; at++) {
        CcEncounter *events[MOST];
        size_t n = 0;

        for (size_t i = 0; i <= x.n; i++) {
            if (i == at)
                events[n++] = y.list[0];
            if (i < x.n)
                events[n++] = x.list[i];
        }
        assert_taken_back(fold(a, events, n));
    }
    arena_free(a);
}

/* said_again - what comes after the deletion counts; what stands in the same message does too */
static void said_again(void **state)
{
    struct arena *a = arena_new((size_t)16 << 20);
    struct feed x = registration(a);
    CcEncounter *e = care_event(a, EVENT_KIND_DISCHARGE, "ADT^A03^ADT_A03", "REG|HOSP", 4000);
    CcVisit *v = care_visit(a, e, ENCOUNTER_CLASS_INPATIENT);

    (void)state;
    v->discharge_date = 20260307;
    v->facility = care_text(a, "EAST");
    clear(a, e, "visit.facility"); /* PV1-39 is empty, PV1-3.4 is not */
    x.list[x.n++] = e;
    assert_int_equal(fold(a, x.list, x.n)->visit->discharge_date, 20260307);
    assert_string_equal(fold(a, x.list, x.n)->visit->facility, "EAST");
    arena_free(a);
}

/* beside_the_visit - who speaks beside a charge takes back only what was said there */
static void beside_the_visit(void **state)
{
    struct arena *a = arena_new((size_t)16 << 20);
    struct feed x = registration(a), y = charges(a);
    CcEncounter *e = care_event(a, EVENT_KIND_CHARGES, "DFT^P03^DFT_P03", "LAB|HOSP", 2500);
    CcEncounter *events[] = {x.list[0], y.list[0], e};

    (void)state;
    clear(a, e, "visit.discharge_date");
    clear(a, e, "providers.attending");
    assert_int_equal(fold(a, events, 3)->visit->discharge_date, 20260305);
    assert_int_equal(fold(a, events, 3)->n_providers, 2);
    assert_int_equal(fold(a, &events[1], 2)->visit->discharge_date, 0);
    assert_int_equal(fold(a, &events[1], 2)->n_providers, 0);
    arena_free(a);
}

/* people_of_two_messages - every sender's PV1-7 has the same place in its message; the visit's own
 * stays, and so does the second of two */
static void people_of_two_messages(void **state)
{
    struct arena *a = arena_new((size_t)16 << 20);
    struct feed x = registration(a), y = charges(a);
    CcEncounter *events[] = {x.list[0], y.list[0]};
    CcProvider *second = care_provider(a, x.list[0], PROVIDER_ROLE_ATTENDING, "1111111112");

    (void)state;
    second->ref = x.list[0]->providers[0]->ref;
    y.list[0]->providers[0]->npi = care_text(a, "1999999984");
    assert_int_equal(fold(a, events, 2)->n_providers, 3);
    assert_string_equal(fold(a, events, 2)->providers[0]->npi, "1234567893");
    assert_string_equal(fold(a, events, 2)->providers[2]->npi, "1111111112");
    arena_free(a);
}

/* lists_of_the_visit - condition codes come whole with the message that says them */
static void lists_of_the_visit(void **state)
{
    struct arena *a = arena_new((size_t)16 << 20);
    CcEncounter *bill = care_event(a, EVENT_KIND_BILL, "BAR^P05^BAR_P05", "REG|HOSP", 3000);
    CcEncounter *update = care_event(a, EVENT_KIND_UPDATE, "ADT^A08^ADT_A01", "REG|HOSP", 4000);
    CcEncounter *events[] = {bill, update};

    (void)state;
    care_visit(a, update, ENCOUNTER_CLASS_INPATIENT);
    assert_true(event_push(a, care_visit(a, bill, ENCOUNTER_CLASS_INPATIENT), conditions,
                           care_text(a, "09")));
    assert_int_equal(fold(a, events, 2)->visit->n_conditions, 1);
    assert_string_equal(fold(a, events, 2)->visit->conditions[0], "09");
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_order),
        cmocka_unit_test(said_again),
        cmocka_unit_test(beside_the_visit),
        cmocka_unit_test(lists_of_the_visit),
        cmocka_unit_test(people_of_two_messages),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
