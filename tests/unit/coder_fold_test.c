/* coder_fold_test.c - the same events in any order that keeps each sender's own order fold to the
 * same encounter; sets replace, add and delete as HL7 and FHIR say */
#include "tests/support/test.h"

#include "common/base/date.h"
#include "services/coder/coder.h"
#include "tests/support/care.h"

enum { MOST = 12 };

struct feed {
    CcEncounter *list[MOST];
    size_t n;
};

/* fold - events in this order of arrival */
static struct coder_visit fold(struct arena *a, CcEncounter *const *events, size_t n)
{
    struct coder_visit v;
    struct err e = {0};

    assert_int_equal(coder_fold(a, events, n, NULL, 0, &v, &e), 0);
    return v;
}

/* packed - the folded encounter as bytes */
static size_t packed(struct arena *a, const struct coder_visit *v, uint8_t **out)
{
    size_t n;
    struct err e = {0};

    assert_int_equal(event_pack(a, &v->folded->base, out, &n, &e), 0);
    return n;
}

/* interleave - every order of two feeds that keeps their own; all must fold to the same bytes */
static size_t interleave(struct arena *a, const struct feed *x, const struct feed *y,
                         CcEncounter **done, size_t i, size_t j, uint8_t **first, size_t *first_n)
{
    size_t count = 0;

    if (i == x->n && j == y->n) {
        struct coder_visit v = fold(a, done, i + j);
        uint8_t *bytes;
        size_t n = packed(a, &v, &bytes);

        if (!*first) {
            *first = bytes;
            *first_n = n;
        }
        assert_int_equal(n, *first_n);
        assert_memory_equal(bytes, *first, n);
        return 1;
    }
    if (i < x->n) {
        done[i + j] = x->list[i];
        count += interleave(a, x, y, done, i + 1, j, first, first_n);
    }
    if (j < y->n) {
        done[i + j] = y->list[j];
        count += interleave(a, x, y, done, i, j + 1, first, first_n);
    }
    return count;
}

/* registration - admit, two updates, discharge, final bill */
static struct feed registration(struct arena *a)
{
    struct feed f = {0};
    CcEncounter *e = care_event(a, EVENT_KIND_ADMIT, "ADT^A01^ADT_A01", "REG|HOSP", 1000);

    care_visit(a, e, ENCOUNTER_CLASS_INPATIENT)->admit_date = 20260301;
    care_patient(a, e, "TESTER", "ADA");
    care_dx(a, e, "R079", PROBLEM_USE_ADMITTING, 1);
    care_coverage(a, e, 1, "OLDPAYER", "M1");
    f.list[f.n++] = e;
    e = care_event(a, EVENT_KIND_UPDATE, "ADT^A08^ADT_A01", "REG|HOSP", 2000);
    care_dx(a, e, "I2510", PROBLEM_USE_WORKING, 1);
    care_coverage(a, e, 1, "SHP01", "M2");
    f.list[f.n++] = e;
    /* the sender's clock went back: its own order counts */
    e = care_event(a, EVENT_KIND_DISCHARGE, "ADT^A03^ADT_A03", "REG|HOSP", 1500);
    care_visit(a, e, ENCOUNTER_CLASS_INPATIENT)->discharge_date = 20260305;
    f.list[f.n++] = e;
    e = care_event(a, EVENT_KIND_BILL, "BAR^P05^BAR_P05", "REG|HOSP", 3000);
    care_dx(a, e, "I214", PROBLEM_USE_FINAL, 1);
    care_dx(a, e, "I10", PROBLEM_USE_FINAL, 2);
    e->bill = true;
    f.list[f.n++] = e;
    return f;
}

/* billing - charges, a credit, a late charge; times that fall between and on the other sender's */
static struct feed billing(struct arena *a)
{
    struct feed f = {0};
    CcEncounter *e = care_event(a, EVENT_KIND_CHARGES, "DFT^P03^DFT_P03", "LAB|HOSP", 1200);

    care_visit(a, e, ENCOUNTER_CLASS_OUTPATIENT);
    care_charge(a, e, "T100", "LAB-1", 1000, 20260301);
    care_charge(a, e, "T101", "LAB-2", 2000, 20260302);
    f.list[f.n++] = e;
    e = care_event(a, EVENT_KIND_CHARGES, "DFT^P03^DFT_P03", "LAB|HOSP", 2000);
    care_charge(a, e, "T101", "LAB-2", 2000, 20260302)->kind = CHARGE_KIND_CREDIT;
    f.list[f.n++] = e;
    e = care_event(a, EVENT_KIND_CHARGES, "DFT^P03^DFT_P03", "LAB|HOSP", 9000);
    care_charge(a, e, "T102", "LAB-3", 1000, 20260304);
    f.list[f.n++] = e;
    return f;
}

/* any_order - all interleavings of two senders */
static void any_order(void **state)
{
    struct arena *a = arena_new((size_t)64 << 20);
    struct feed x = registration(a), y = billing(a);
    CcEncounter *done[2 * MOST];
    uint8_t *first = NULL;
    size_t first_n = 0;
    struct coder_visit v;

    (void)state;
    assert_int_equal(interleave(a, &x, &y, done, 0, 0, &first, &first_n), 35);
    v = fold(a, done, x.n + y.n);
    assert_int_equal(v.folded->visit->class_, ENCOUNTER_CLASS_INPATIENT);
    assert_int_equal(v.folded->n_charges, 4);
    assert_int_equal(v.folded->n_coverages, 1);
    assert_string_equal(v.folded->coverages[0]->payer, "SHP01");
    assert_true(v.ready && v.finished && !v.cancelled);
    arena_free(a);
}

/* repeats - an event that comes twice counts once */
static void repeats(void **state)
{
    struct arena *a = arena_new((size_t)16 << 20);
    struct feed y = billing(a);
    CcEncounter *twice[6] = {y.list[0], y.list[1], y.list[0], y.list[2], y.list[1], y.list[2]};

    (void)state;
    assert_int_equal(fold(a, twice, 6).folded->n_charges, 4);
    arena_free(a);
}

/* codes - the diagnosis codes left, joined by blanks */
static const char *codes(struct arena *a, const struct coder_visit *v)
{
    const char *s = "";

    for (size_t i = 0; i < v->folded->n_diagnoses; i++)
        s = arena_printf(a, "%s%s%s", s, *s ? " " : "", v->folded->diagnoses[i]->code->code);
    return s;
}

/* snapshots - an interface's list replaces its last one; another interface's stays; a message
 * without diagnoses says nothing about them */
static void snapshots(void **state)
{
    struct arena *a = arena_new((size_t)16 << 20);
    struct feed x = registration(a);
    struct coder_visit v = fold(a, x.list, 1);

    (void)state;
    assert_string_equal(codes(a, &v), "R079");
    v = fold(a, x.list, 2);
    assert_string_equal(codes(a, &v), "I2510");
    v = fold(a, x.list, 3);
    assert_string_equal(codes(a, &v), "I2510");
    v = fold(a, x.list, 4);
    assert_string_equal(codes(a, &v), "I2510 I214 I10");
    arena_free(a);
}

/* actions - DG1-21 adds, updates and deletes one by one, by id or by code */
static void actions(void **state)
{
    struct arena *a = arena_new((size_t)16 << 20);
    CcEncounter *one = care_event(a, EVENT_KIND_UPDATE, "ADT^A08^ADT_A01", "REG", 1);
    CcEncounter *two = care_event(a, EVENT_KIND_UPDATE, "ADT^A08^ADT_A01", "REG", 2);
    CcEncounter *events[] = {one, two};
    struct coder_visit v;

    (void)state;
    care_dx(a, one, "E119", PROBLEM_USE_FINAL, 1)->id = care_text(a, "D1");
    care_dx(a, one, "I10", PROBLEM_USE_FINAL, 2);
    care_dx(a, one, "J449", PROBLEM_USE_FINAL, 3);
    care_dx(a, two, "E1122", PROBLEM_USE_FINAL, 1)->id = care_text(a, "D1");
    two->diagnoses[0]->action = ACTION_UPDATE;
    care_dx(a, two, "I10", PROBLEM_USE_FINAL, 2)->action = ACTION_DELETE;
    care_dx(a, two, "N189", PROBLEM_USE_FINAL, 4)->action = ACTION_ADD;
    v = fold(a, events, 2);
    assert_string_equal(codes(a, &v), "E1122 J449 N189");
    arena_free(a);
}

/* transactions - the same id replaces; a mere counter in FT1-2 does not; a delete removes */
static void transactions(void **state)
{
    struct arena *a = arena_new((size_t)16 << 20);
    CcEncounter *one = care_event(a, EVENT_KIND_CHARGES, "DFT^P03", "LAB", 1);
    CcEncounter *two = care_event(a, EVENT_KIND_CHARGES, "DFT^P03", "LAB", 2);
    CcEncounter *events[] = {one, two};
    struct coder_visit v;

    (void)state;
    care_charge(a, one, "T500", "A", 1000, 20260301);
    care_charge(a, one, "1", "B", 1000, 20260301);
    care_charge(a, one, "T501", "C", 1000, 20260301);
    care_charge(a, one, "", "D", 1000, 20260301);
    care_charge(a, two, "T500", "A", 3000, 20260301);
    care_charge(a, two, "1", "E", 1000, 20260301);
    care_charge(a, two, "T501", "C", 1000, 20260301)->action = ACTION_DELETE;
    care_charge(a, two, "", "D", 1000, 20260301);
    v = fold(a, events, 2);
    assert_int_equal(v.folded->n_charges, 5);
    assert_int_equal(v.folded->charges[0]->units_milli, 3000);
    assert_string_equal(v.folded->charges[0]->event_id, two->event_id);
    assert_string_equal(v.folded->charges[1]->cdm, "B");
    assert_string_equal(v.folded->charges[3]->cdm, "E");
    arena_free(a);
}

/* cancels - A11 ends the visit, A13 takes the discharge back, a new admit revives */
static void cancels(void **state)
{
    struct arena *a = arena_new((size_t)16 << 20);
    struct feed x = registration(a);
    CcEncounter *list[8];
    struct coder_visit v;

    (void)state;
    memcpy(list, x.list, sizeof(*list) * 4);
    list[4] = care_event(a, EVENT_KIND_CANCEL, "ADT^A13^ADT_A01", "REG|HOSP", 4000);
    v = fold(a, list, 5);
    assert_false(v.finished);
    assert_false(v.ready);
    assert_int_equal(v.folded->visit->discharge_date, 0);
    list[5] = care_event(a, EVENT_KIND_CANCEL, "ADT^A11^ADT_A09", "REG|HOSP", 5000);
    v = fold(a, list, 6);
    assert_true(v.cancelled);
    assert_false(v.ready);
    list[6] = care_event(a, EVENT_KIND_ADMIT, "ADT^A01^ADT_A01", "REG|HOSP", 6000);
    assert_false(fold(a, list, 7).cancelled);
    list[6] = care_event(a, EVENT_KIND_CANCEL, "ADT^A12^ADT_A12", "REG|HOSP", 6000);
    assert_true(fold(a, list, 7).cancelled);
    list[0] = care_event(a, EVENT_KIND_CANCEL, "ADT^A38^ADT_A38", "REG|HOSP", 500);
    list[1] = x.list[0];
    assert_true(fold(a, list, 1).cancelled);
    assert_false(fold(a, list, 2).cancelled);
    list[0] = care_event(a, EVENT_KIND_BILL, "BAR^P06^BAR_P06", "REG|HOSP", 500);
    v = fold(a, list, 1);
    assert_true(v.ready && v.finished);
    arena_free(a);
}

/* endings - what counts as over and as ready */
static void endings(void **state)
{
    struct arena *a = arena_new((size_t)16 << 20);
    CcEncounter *visit = care_event(a, EVENT_KIND_REGISTER, "ADT^A04", "REG", 1);
    CcEncounter *charge = care_event(a, EVENT_KIND_CHARGES, "DFT^P03", "LAB", 2);
    CcEncounter *fhir = care_fhir(a, "f1", 3);
    CcEncounter *events[] = {visit, charge};
    struct coder_visit v;

    (void)state;
    care_visit(a, visit, ENCOUNTER_CLASS_OUTPATIENT);
    care_charge(a, charge, "T1", "A", 1000, 20260301);
    assert_false(fold(a, events, 1).finished);
    v = fold(a, events, 2);
    assert_true(v.finished && !v.ready);
    visit->visit->class_ = ENCOUNTER_CLASS_EMERGENCY;
    assert_false(fold(a, events, 2).finished);
    v = fold(a, &fhir, 1);
    assert_true(v.finished && v.ready);
    fhir->visit->status = VISIT_STATUS_ACTIVE;
    fhir->bill = false;
    v = fold(a, &fhir, 1);
    assert_false(v.finished || v.ready);
    fhir->visit->status = VISIT_STATUS_CANCELLED;
    assert_true(fold(a, &fhir, 1).cancelled);
    arena_free(a);
}

/* news - what comes of the patient alone: insurance of a bundle's rest, and only while it concerns
 * the visit */
static void news(void **state)
{
    struct arena *a = arena_new((size_t)16 << 20);
    int64_t day = 86400000;
    CcEncounter *care = care_fhir(a, "f1", ms_of(20260301, 9, 0, 0, 0, 0));
    CcEncounter *rest = care_event(a, EVENT_KIND_REST, "Bundle", "https://ehr.example",
                                   ms_of(20260301, 9, 0, 0, 0, 0));
    struct coder_visit v;
    struct err e = {0};

    (void)state;
    care->visit->discharge_date = 20260301;
    care->closing_id = care_text(a, "rest-1");
    rest->event_id = care_text(a, "rest-1");
    rest->encounter = care_text(a, "");
    rest->format = care_text(a, "fhir");
    care_coverage(a, rest, 1, "SHP01", "M1")->ref = care_text(a, "Coverage/1");
    care_patient(a, rest, "TESTER", "ADA");
    assert_int_equal(coder_fold(a, &care, 1, NULL, 0, &v, &e), 0);
    assert_string_equal(v.waits, "rest-1");
    assert_int_equal(coder_fold(a, &care, 1, &rest, 1, &v, &e), 0);
    assert_string_equal(v.waits, "");
    assert_int_equal(v.folded->n_coverages, 1);
    assert_string_equal(v.folded->patient->name->last, "TESTER");
    rest->event_ms += 500 * day; /* its own message: still concerns it */
    assert_int_equal(coder_fold(a, &care, 1, &rest, 1, &v, &e), 0);
    assert_int_equal(v.folded->n_coverages, 1);
    care->closing_id = care_text(a, "");
    assert_int_equal(coder_fold(a, &care, 1, &rest, 1, &v, &e), 0);
    assert_int_equal(v.folded->n_coverages, 0);
    arena_free(a);
}

/* document - of an event */
static void document(struct arena *a, CcEncounter *ev, const char *id, const char *ref)
{
    CcDocument *d = event_new(a, &cc_document__descriptor);

    d->id = care_text(a, id);
    d->ref = care_text(a, ref);
    assert_true(event_push(a, ev, documents, d));
}

/* is_document - at its place, of an event */
static void is_document(const struct coder_visit *v, size_t i, const char *event, const char *ref)
{
    assert_string_equal(v->folded->documents[i]->event_id, event);
    assert_string_equal(v->folded->documents[i]->ref, ref);
}

/* texts - an event's texts of one id all stand, and go together when another event has that id */
static void texts(void **state)
{
    struct arena *a = arena_new((size_t)16 << 20);
    CcEncounter *first = care_event(a, EVENT_KIND_RESULT, "ORU^R01", "LAB", 1);
    CcEncounter *second = care_event(a, EVENT_KIND_RESULT, "ORU^R01", "LAB", 2);
    CcEncounter *events[] = {first, second};
    struct coder_visit v;

    (void)state;
    document(a, first, "F1", "OBX[1]-OBX[3]");
    document(a, first, "F1", "OBX[4]");
    document(a, first, "", "OBX[5]");
    document(a, first, "", "OBX[6]");
    document(a, first, "F2", "OBX[7]");
    v = fold(a, events, 1);
    assert_int_equal(v.folded->n_documents, 5);
    is_document(&v, 1, first->event_id, "OBX[4]");
    document(a, second, "F1", "OBX[1]");
    v = fold(a, events, 2);
    assert_int_equal(v.folded->n_documents, 4);
    is_document(&v, 0, second->event_id, "OBX[1]");
    is_document(&v, 1, first->event_id, "OBX[5]");
    is_document(&v, 3, first->event_id, "OBX[7]");
    document(a, second, "F1", "OBX[2]");
    v = fold(a, events, 2);
    assert_int_equal(v.folded->n_documents, 5);
    arena_free(a);
}

/* over_the_limit - too much for the arena is a refusal, not a crash */
static void over_the_limit(void **state)
{
    struct arena *a = arena_new((size_t)16 << 20), *small = arena_new(3000);
    struct feed x = registration(a);
    struct coder_visit v;
    struct err e = {0};

    (void)state;
    assert_int_equal(coder_fold(small, x.list, x.n, NULL, 0, &v, &e), -1);
    assert_int_equal(e.class, ERR_REJECT);
    assert_string_equal(e.code, "size");
    arena_free(small);
    arena_free(a);
}

/* groups - encounters in order of their first event, merges followed, news to their patient */
static void groups(void **state)
{
    struct arena *a = arena_new((size_t)16 << 20);
    CcEncounter *one = care_event(a, EVENT_KIND_ADMIT, "ADT^A01", "REG", 1);
    CcEncounter *two = care_event(a, EVENT_KIND_ADMIT, "ADT^A01", "REG", 2);
    CcEncounter *news_of_b = care_event(a, EVENT_KIND_UPDATE, "ADT^A31", "REG", 3);
    CcEncounter *merge = care_event(a, EVENT_KIND_MERGE, "ADT^A40", "REG", 4);
    CcEncounter *nothing = care_event(a, EVENT_KIND_NONE, "ADT^A99", "REG", 5);
    CcEncounter *events[] = {one, two, news_of_b, merge, nothing};
    struct coder_group *g;
    size_t n;
    struct err e = {0};

    (void)state;
    two->encounter = care_text(a, "E0000000000000002");
    two->patient_key = care_text(a, "00000000000000bb");
    news_of_b->encounter = care_text(a, "");
    news_of_b->patient_key = two->patient_key;
    care_patient(a, news_of_b, "TESTER", "BEA");
    merge->encounter = care_text(a, "");
    assert_true(event_push(a, merge, merged_patients, two->patient_key));
    care_patient(a, merge, "TESTER", "ADA");
    assert_int_equal(coder_group_events(a, events, 3, &g, &n, &e), 0);
    assert_int_equal(n, 2);
    assert_string_equal(g[0].encounter, "E0000000000000001");
    assert_int_equal(g[0].m, 0);
    assert_int_equal(g[1].m, 1);
    assert_int_equal(coder_group_events(a, events, 5, &g, &n, &e), 0);
    assert_int_equal(n, 2);
    assert_int_equal(g[0].m, 2);
    assert_int_equal(g[1].m, 2);
    arena_free(a);
}

/* two_sites - one message lists an ICD-10-PCS code twice: two; told again by the next: still two;
 * another system's code is one */
static void two_sites(void **state)
{
    struct arena *a = arena_new((size_t)8 << 20);
    CcEncounter *events[2];
    struct coder_visit v;

    (void)state;
    for (int64_t i = 0; i < 2; i++) {
        events[i] = care_event(a, EVENT_KIND_UPDATE, "ADT^A08^ADT_A01", "REG|HOSP", 1000 + i);
        care_visit(a, events[i], ENCOUNTER_CLASS_INPATIENT);
        for (int k = 0; k < 2; k++) {
            care_procedure(a, events[i], CODE_SYSTEM_ICD10PCS, "0DBJ0ZX", 20260301)->action =
                i ? ACTION_ADD : ACTION_UNSPECIFIED;
            care_procedure(a, events[i], CODE_SYSTEM_CPT, "83036", 20260301);
        }
    }
    v = fold(a, events, 1);
    assert_int_equal(v.folded->n_procedures, 3);
    v = fold(a, events, 2);
    assert_int_equal(v.folded->n_procedures, 3);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_order), cmocka_unit_test(repeats),
        cmocka_unit_test(snapshots), cmocka_unit_test(actions),
        cmocka_unit_test(two_sites), cmocka_unit_test(transactions),
        cmocka_unit_test(cancels),   cmocka_unit_test(endings),
        cmocka_unit_test(news),      cmocka_unit_test(over_the_limit),
        cmocka_unit_test(groups),    cmocka_unit_test(texts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
