/* hl7_map_test.c - segments to events: the sum rule, every type, what real messages do (coding
 * §8.6, §8.7) */
#include "tests/support/test.h"

#include <dirent.h>
#include <stdio.h>

#include "common/sys/file.h"
#include "services/intake/intake.h"
#include "services/intake/note.h"
#include "tests/support/hl7_world.h"

#define HEAD "MSH|^~\\&|APP|FAC|||20261101120000-0500||"
#define PID                                                                                        \
    "PID|1||MR1^^^H^MR~AC9^^^H^AN||TESTER^ADA||19700214|F|||1 ELM "                                \
    "ST^^TOWN^OH^44101-1234|||||||ACC1\r"
#define PV1(class)                                                                                 \
    "PV1|1|" class "|W1^2^3^FAC2|E|||1455555015^HEALER^JAN^^^^^^NPI|||MED||||1|||||VIS1|C||||||||" \
                   "||||||||||||||||20261101080000-0500\r"

static const char data[] = "../shared/data/hl7";

/* each_real - every real message, whole and as the test wants it */
static void each_real(struct hl7_world *w,
                      void (*fn)(struct hl7_world *w, const char *name, const struct buf *b))
{
    DIR *d = opendir(data);
    const struct dirent *entry;
    struct buf b;

    if (!d) {
        print_message("the folder of real messages is not there\n");
        skip();
    }
    while ((entry = readdir(d)) != NULL) {
        char path[512];

        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof(path), "%s/%s", data, entry->d_name);
        buf_init(&b);
        assert_int_equal(file_read(path, 1 << 20, &b, NULL), 0);
        fn(w, entry->d_name, &b);
        buf_release(&b);
    }
    closedir(d);
}

/* whole - a real message is taken */
static void whole(struct hl7_world *w, const char *name, const struct buf *b)
{
    hl7_take_bytes(w, b->data, b->len);
    assert_string_equal(w->events[0]->ack, "AA");
    assert_int_equal(w->n, strncmp(name, "BAR", 3) == 0 ? 2 : 1);
    assert_true(w->events[0]->event != EVENT_KIND_NONE);
    assert_int_equal(strlen(w->events[0]->patient_key), 16);
}

/* cut_everywhere - at every byte: always a line, and what lost its end says so */
static void cut_everywhere(struct hl7_world *w, const char *name, const struct buf *b)
{
    (void)name;
    for (size_t n = 0; n < b->len; n += n < 400 ? 1 : 7) {
        arena_reset(w->kept);
        hl7_take_bytes(w, b->data, n);
        if (n > 3 && !memchr("\r\n", b->data[n - 1], 2))
            assert_true(hl7_has(w->events[0], "cut") || hl7_has(w->events[0], "not-hl7"));
    }
}

/* mutate - bytes changed, dropped, doubled by a fixed rule: always a line, and the sum holds */
static void mutate(struct hl7_world *w, const char *name, const struct buf *b)
{
    static const char spoil[] = "|^~&\\\r\n\"\x0b\x1cZ9\xFF";
    uint32_t seed = 12345;
    char *copy = malloc(b->len + 1);

    (void)name;
    for (int round = 0; round < 300; round++) {
        size_t n = b->len;

        memcpy(copy, b->data, n);
        for (int k = 0; k < 8; k++) {
            seed = seed * 1664525u + 1013904223u;
            copy[(seed >> 8) % n] = spoil[(seed >> 3) % (sizeof(spoil) - 1)];
        }
        arena_reset(w->kept);
        hl7_take_bytes(w, copy, n);
    }
    free(copy);
}

/* test_real_messages - whole */
static void test_real_messages(void **state)
{
    each_real(*state, whole);
}

/* test_real_messages_cut - everywhere */
static void test_real_messages_cut(void **state)
{
    each_real(*state, cut_everywhere);
}

/* test_real_messages_mutated - by a fixed rule */
static void test_real_messages_mutated(void **state)
{
    each_real(*state, mutate);
}

/* test_types - the event of each type, or why it is refused */
static void test_types(void **state)
{
    static const struct {
        const char *type;
        CcEventKind kind;
        CcVisitStatus status;
        const char *ack;
    } rows[] = {
        {"ADT^A01", EVENT_KIND_ADMIT, VISIT_STATUS_ACTIVE, "AA"},
        {"ADT^A02", EVENT_KIND_TRANSFER, VISIT_STATUS_ACTIVE, "AA"},
        {"ADT^A03", EVENT_KIND_DISCHARGE, VISIT_STATUS_FINISHED, "AA"},
        {"ADT^A04", EVENT_KIND_REGISTER, VISIT_STATUS_ACTIVE, "AA"},
        {"ADT^A05", EVENT_KIND_PREADMIT, VISIT_STATUS_PLANNED, "AA"},
        {"ADT^A08", EVENT_KIND_UPDATE, VISIT_STATUS_ACTIVE, "AA"},
        {"ADT^A11", EVENT_KIND_CANCEL, VISIT_STATUS_CANCELLED, "AA"},
        {"ADT^A13", EVENT_KIND_CANCEL, VISIT_STATUS_ACTIVE, "AA"},
        {"ADT^A27", EVENT_KIND_CANCEL, VISIT_STATUS_CANCELLED, "AA"},
        {"DFT^P03", EVENT_KIND_CHARGES, VISIT_STATUS_ACTIVE, "AA"},
        {"BAR^P01", EVENT_KIND_BILL, VISIT_STATUS_ACTIVE, "AA"},
        {"BAR^P06", EVENT_KIND_CANCEL, VISIT_STATUS_ACTIVE, "AA"},
        {"MDM^T02", EVENT_KIND_DOCUMENT, VISIT_STATUS_ACTIVE, "AA"},
        {"ORU^R01", EVENT_KIND_RESULT, VISIT_STATUS_ACTIVE, "AA"},
        {"SIU^S12", EVENT_KIND_NONE, VISIT_STATUS_UNKNOWN, "AA"},
        {"ADT^A20", EVENT_KIND_NONE, VISIT_STATUS_UNKNOWN, "AA"},
        {"ADT^Z99", EVENT_KIND_NONE, VISIT_STATUS_UNKNOWN, "AR"},
        {"XYZ^A01", EVENT_KIND_NONE, VISIT_STATUS_UNKNOWN, "AR"},
    };
    char text[2048];

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const CcEncounter *ev;

        snprintf(text, sizeof(text), HEAD "%s|C%zu|P|2.5\r" PID PV1("I") "NK1|1|X\rZZZ|1\r",
                 rows[i].type, i);
        ev = hl7_take(*state, text);
        assert_int_equal(ev->event, rows[i].kind);
        assert_string_equal(ev->ack, rows[i].ack);
        assert_string_equal(ev->type, rows[i].type);
        assert_int_equal(ev->visit ? ev->visit->status : VISIT_STATUS_UNKNOWN, rows[i].status);
        assert_int_equal(ev->bill, rows[i].kind == EVENT_KIND_BILL);
        assert_int_equal(hl7_has(ev, "type"), strcmp(rows[i].ack, "AR") == 0);
    }
}

/* test_visit - patient, visit, numbers, zones, classes */
static void test_visit(void **state)
{
    const CcEncounter *ev =
        hl7_take(*state, HEAD "ADT^A01|C1|P|2.5\rEVN|A01|20261101081500\r" PID PV1("I"));

    assert_string_equal(ev->patient->mrn, "MR1");
    assert_int_equal(ev->patient->n_ids, 2);
    assert_string_equal(ev->patient->name->last, "TESTER");
    assert_string_equal(ev->patient->address->zip, "441011234");
    assert_int_equal(ev->patient->birth_date, 19700214);
    assert_int_equal(ev->patient->sex, SEX_FEMALE);
    assert_string_equal(ev->visit->account, "ACC1");
    assert_string_equal(ev->visit->visit_number, "VIS1");
    assert_int_equal(ev->visit->class_, ENCOUNTER_CLASS_INPATIENT);
    assert_string_equal(ev->visit->class_source, "I");
    assert_int_equal(ev->visit->admit_date, 20261101);
    assert_string_equal(ev->visit->admit_hour, "0800");
    assert_int_equal(ev->visit->admit_tz_min, -300);
    assert_string_equal(ev->visit->facility, "FAC2");
    assert_string_equal(ev->facility, "FAC");
    assert_string_equal(ev->sender, "APP|FAC");
    assert_int_equal(ev->n_providers, 1);
    assert_string_equal(ev->providers[0]->npi, "1455555015");
    assert_int_equal(ev->providers[0]->role, PROVIDER_ROLE_ATTENDING);
    assert_int_equal(ev->event_ms, ev->visit->admit_ms + 15 * 60000);
    assert_int_equal(ev->n_problems, 0);
}

/* test_record_numbers - chosen by type, never by position; what is no record is none */
static void test_record_numbers(void **state)
{
    static const struct {
        const char *pid, *mrn;
    } rows[] = {
        {"PID|1||A9^^^H^AN~SS1^^^^SS~M1^^^H^MR", "M1"},
        {"PID|1||A9^^^H^AN~X1^^^H^HMRN", "X1"},
        {"PID|1||A9^^^H^an~M1^^^H^mr", "M1"},
        {"PID|1||V9^^^H^vn~X1^^^H^hmrn", "X1"},
        {"PID|1|OLD^^^^PT|A9^^^H^AN", "OLD"},
        {"PID||E1^^^2^ID 1|454721", "454721"},
        {"PID|1||S1^^^^SS|OLD", "OLD"},
        {"PID|1||S1^^^^SS", "S1"},
        {"PID|1||^^^H^MR~M2^^^H^PI", "M2"},
    };
    char text[1024];

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        snprintf(text, sizeof(text), HEAD "ADT^A08|C1|P|2.5\r%s\r" PV1("I"), rows[i].pid);
        assert_string_equal(hl7_take(*state, text)->patient->mrn, rows[i].mrn);
    }
    assert_true(hl7_has(hl7_take(*state, HEAD "ADT^A08|C1|P|2.5\rPID|1||A9^^^H^AN\r" PV1("I")),
                        "no-patient"));
}

/* test_classes - words that are known, words of the site, and neither */
static void test_classes(void **state)
{
    struct hl7_world *w = *state;
    struct intake_class rows[] = {{0, "FF", ENCOUNTER_CLASS_OUTPATIENT},
                                  {18, "23H", ENCOUNTER_CLASS_OBSERVATION}};
    const CcEncounter *ev =
        hl7_take(w, HEAD "ADT^A01|C1|P|2.5\r" PID "PV1|1|ff|||||||||||||||||V\r");

    assert_int_equal(ev->visit->class_, ENCOUNTER_CLASS_UNKNOWN);
    assert_string_equal(ev->visit->class_source, "ff");
    assert_true(hl7_has(ev, "class"));
    assert_true(
        hl7_has(hl7_take(w, HEAD "ADT^A01|C1|P|2.5\r" PID "PV1|1|U|||||||||||||||||V\r"), "class"));
    assert_true(
        hl7_has(hl7_take(w, HEAD "ADT^A01|C1|P|2.5\r" PID "PV1|1||||||||||||||||||V\r"), "class"));
    ev = hl7_take(w, HEAD "ADT^A01|C1|P|2.5\r" PID "PV1|1|O||||||||||||||||OBS|V\r");
    assert_int_equal(ev->visit->class_, ENCOUNTER_CLASS_OBSERVATION);
    assert_string_equal(ev->visit->class_source, "O");
    w->conf.classes = rows;
    w->conf.n_classes = 2;
    assert_int_equal(
        hl7_take(w, HEAD "ADT^A01|C1|P|2.5\r" PID "PV1|1|ff|||||||||||||||||V\r")->visit->class_,
        ENCOUNTER_CLASS_OUTPATIENT);
    assert_int_equal(
        hl7_take(w, HEAD "ADT^A01|C1|P|2.5\r" PID "PV1|1|I||||||||||||||||23H|V\r")->visit->class_,
        ENCOUNTER_CLASS_OBSERVATION);
}

/* test_diagnoses - systems, ranks, POA, actions, words without code, several codings */
static void test_diagnoses(void **state)
{
    const CcEncounter *ev = hl7_take(
        *state, HEAD "ADT^A08|C1|P|2.7.1\r" PID PV1(
                    "I") "DG1|1|I10|R07.9^^||20261101|A|||||||||1\r"
                         "DG1|2||e11.22^DM with "
                         "CKD^I10C^44054006^T2DM^SCT|||F|||||||||1|1455555015^HEALER^^^^^^^NPI||||"
                         "D1|A|||||Y\r"
                         "DG1|3|I9|4280^^|heart failure||F|||||||||2||||||D|||||1\r"
                         "DG1|4|||possible "
                         "pneumonia||W|||||||||8\rDG1|5||N18.3^^ICD-10-CM|||F|||||||||0\rDG1|6|\r");

    assert_int_equal(ev->n_diagnoses, 5);
    assert_string_equal(ev->diagnoses[0]->code->code, "R079");
    assert_int_equal(ev->diagnoses[0]->code->system, CODE_SYSTEM_ICD10CM);
    assert_int_equal(ev->diagnoses[0]->rank, 3);
    assert_int_equal(ev->diagnoses[0]->verification, VERIFICATION_UNKNOWN);
    assert_string_equal(ev->diagnoses[1]->code->code, "E1122");
    assert_int_equal(ev->diagnoses[1]->rank, 1);
    assert_int_equal(ev->diagnoses[1]->n_also, 1);
    assert_int_equal(ev->diagnoses[1]->also[0]->system, CODE_SYSTEM_SNOMED);
    assert_int_equal(ev->diagnoses[1]->poa, POA_Y);
    assert_int_equal(ev->diagnoses[1]->action, ACTION_ADD);
    assert_int_equal(ev->diagnoses[1]->verification, VERIFICATION_CONFIRMED);
    assert_string_equal(ev->diagnoses[1]->asserter_npi, "1455555015");
    assert_string_equal(ev->diagnoses[1]->id, "D1");
    assert_int_equal(ev->diagnoses[2]->code->system, CODE_SYSTEM_ICD9CM);
    assert_string_equal(ev->diagnoses[2]->code->text, "heart failure");
    assert_int_equal(ev->diagnoses[2]->action, ACTION_DELETE);
    assert_int_equal(ev->diagnoses[2]->rank, 0);
    assert_int_equal(ev->diagnoses[2]->poa, POA_EXEMPT);
    assert_string_equal(ev->diagnoses[3]->code->code, "");
    assert_string_equal(ev->diagnoses[3]->code->text, "possible pneumonia");
    assert_int_equal(ev->diagnoses[3]->rank, 2);
    assert_int_equal(ev->diagnoses[4]->rank, 0);
    assert_int_equal(hl7_ignored(ev, "DG1", "not-billing"), 1);
}

/* test_charges - codes, amounts, units, pointers, people, drugs; nothing is rounded */
static void test_charges(void **state)
{
    const CcEncounter *ev = hl7_take(
        *state, HEAD "DFT^P03|C1|P|2.7.1\r" PID PV1(
                    "O") "FT1|1|T1||20261101^20261103|20261104|CG|RAD-1^chest "
                         "x-ray||||100.00&USD||RADIOLOGY|||||"
                         "|R07.9^^I10~I10^^I10|1455555015^HEALER^JAN^^^^^^^^^^NPI~L77^HEALER^"
                         "JAN|1455555031^OTHER||ORD1||71045^^C4|26~lt|||||||||||||||0324\r"
                         "FT1|2|T2||20261101083000+0000^20261101084500+0000||CD|71045^x-ray^"
                         "C4|||3|-20.5||||||||J18.9\r"
                         "FT1|3|T3||20261101||CG|X||| 2.5 "
                         "||10.01\rFT1|4|T4||20261101||CG|X|||1|1.005\rFT1|5|T5||20261399||QQ|"
                         "X|||1.0005|5&EUR\r"
                         "FT1|6|T6||20261101||CG|INJ|||1|50.00||||||||||||||J1885^^HCPCS||||"
                         "0182-1061-05^^NDC||||||||||||||5^385049006&Capsule&SCT\r");
    const CcCharge *c = ev->charges[0];

    assert_int_equal(ev->n_charges, 6);
    assert_string_equal(c->cdm, "RAD-1");
    assert_string_equal(c->code->code, "71045");
    assert_int_equal(c->code->system, CODE_SYSTEM_CPT);
    assert_int_equal(c->charge_cents, 10000);
    assert_false(c->units_given);
    assert_int_equal(c->service_date, 20261101);
    assert_int_equal(c->thru_date, 20261103);
    assert_int_equal(c->start_ms, 0);
    assert_int_equal(c->n_pointers, 2);
    assert_string_equal(c->pointers[0], "R079");
    assert_int_equal(c->n_modifiers, 2);
    assert_string_equal(c->modifiers[1], "LT");
    assert_string_equal(c->revenue, "0324");
    assert_int_equal(c->n_providers, 2);
    assert_string_equal(c->providers[0]->npi, "1455555015");
    assert_int_equal(c->providers[0]->n_secondary_ids, 1);
    assert_int_equal(c->providers[1]->role, PROVIDER_ROLE_ORDERING);
    c = ev->charges[1];
    assert_int_equal(c->kind, CHARGE_KIND_CREDIT);
    assert_int_equal(c->charge_cents, -2050);
    assert_int_equal(c->service_date, 20261101);
    assert_int_equal(c->end_ms - c->start_ms, 15 * 60000);
    assert_string_equal(c->cdm, "");
    assert_string_equal(c->code->code, "71045");
    assert_string_equal(c->pointers[0], "J189");
    assert_int_equal(ev->charges[2]->units_milli, 2500);
    assert_false(ev->charges[2]->charge_given);
    assert_false(ev->charges[3]->charge_given);
    assert_false(ev->charges[4]->charge_given);
    assert_false(ev->charges[4]->units_given);
    assert_int_equal(ev->charges[4]->service_date, 0);
    assert_int_equal(ev->charges[4]->kind, CHARGE_KIND_UNKNOWN);
    assert_string_equal(ev->charges[5]->drug->ndc, "00182106105");
    assert_string_equal(ev->charges[5]->drug->unit, "UN");
    assert_int_equal(ev->charges[5]->drug->quantity_milli, 5000);
    assert_true(hl7_has(ev, "amount") && hl7_has(ev, "units") && hl7_has(ev, "time") &&
                hl7_has(ev, "type"));
    assert_int_equal(hl7_ignored(ev, "FT1-5", "field"), 1);
}

/* test_groups - what hangs under a charge: PR1 always, DG1 only in P11 */
static void test_groups(void **state)
{
    static const char body[] = "DG1|1||A00^^I10|||F\rFT1|1|||20261101||CG|X\rPR1|1||71045^^C4||"
                               "20261101\rDG1|2||B00^^I10|||F\r";
    char text[2048];
    const CcEncounter *ev;

    snprintf(text, sizeof(text), HEAD "DFT^P11|C1|P|2.5\r" PID PV1("O") "%s", body);
    ev = hl7_take(*state, text);
    assert_string_equal(ev->procedures[0]->parent, "FT1[1]");
    assert_string_equal(ev->diagnoses[0]->parent, "");
    assert_string_equal(ev->diagnoses[1]->parent, "FT1[1]");
    assert_int_equal(ev->diagnoses[1]->rank, 1);
    snprintf(text, sizeof(text), HEAD "DFT^P03|C1|P|2.5\r" PID PV1("O") "%s", body);
    ev = hl7_take(*state, text);
    assert_string_equal(ev->diagnoses[1]->parent, "");
    assert_int_equal(ev->diagnoses[1]->rank, 2);
}

/* test_coverages - orders, relationships, member ids, what follows an IN1 */
static void test_coverages(void **state)
{
    const CcEncounter *ev = hl7_take(
        *state,
        HEAD "ADT^A08|C1|P|2.5\r" PID PV1(
            "O") "IN1|1|P1|PAY1|PAYER ONE||||G1||||20260101|20261231|AUTH||TESTER^BO|MTH|19450101"
                 "||||2||||||||||||||POL1||||||||||||| INS1\rIN2|1||||||||||||\rIN3|1|CERT\r"
                 "IN1|2|P2|PAY2||||||||||||||1\rIN2||||||M77\rIN1|3|P3|PAY3||||||||||||||cousin\r");

    assert_int_equal(ev->n_coverages, 3);
    assert_int_equal(ev->coverages[0]->order, 1);
    assert_string_equal(ev->coverages[0]->payer, "PAY1");
    assert_int_equal(ev->coverages[0]->relationship, RELATIONSHIP_CHILD);
    assert_string_equal(ev->coverages[0]->member_id, "POL1");
    assert_string_equal(ev->coverages[0]->authorization, "AUTH");
    assert_int_equal(ev->coverages[0]->to_date, 20261231);
    assert_int_equal(ev->coverages[1]->order, 2);
    assert_int_equal(ev->coverages[1]->relationship, RELATIONSHIP_SELF);
    assert_string_equal(ev->coverages[1]->member_id, "M77");
    assert_int_equal(ev->coverages[2]->order, 3);
    assert_int_equal(ev->coverages[2]->relationship, RELATIONSHIP_UNKNOWN);
    assert_true(hl7_has(ev, "order"));
    ev = hl7_take(*state, HEAD "ADT^A08|C1|P|2.5\r" PID PV1(
                              "O") "IN1|1||X|||||||||||||||||||2\rIN1|2||Y|||||||||||||||||||1\r");
    assert_int_equal(ev->coverages[0]->order, 2);
    assert_int_equal(ev->coverages[1]->order, 1);
    assert_false(hl7_has(ev, "order"));
    assert_int_equal(
        hl7_ignored(hl7_take(*state, HEAD "ADT^A08|C1|P|2.5\r" PID PV1("O") "IN2||x\r"), "IN2",
                    "unsupported"),
        1);
}

/* test_documents - text of one OBR or TXA in order, breaks and repetitions, encapsulated ones,
 * results beside them */
static void test_documents(void **state)
{
    const CcEncounter *ev = hl7_take(
        *state,
        HEAD "ORU^R01|C1|P|2.5\r" PID PV1(
            "O") "OBR|1||F1|18842-5^Summary^LN|||20261101||||||||||||||||||F|||||||1234567893&Doe\r"
                 "OBX|1|TX|18842-5^^LN||line one~line \\T\\ "
                 "two\rOBX|2|NM|8867-4^^LN||72|/min|||||F\rOBX|3|FT|18842-5^^LN||three\\.br\\four\r"
                 "OBR|2||F2|X\rOBX|4|TX|X||other\rOBX|5|ED|PDF||^AP^pdf^Base64^SGVsbG8="
                 "\rOBX|6|TX|X||\r");

    assert_int_equal(ev->n_documents, 3);
    assert_string_equal(ev->documents[0]->ref, "OBX[1]-OBX[3]");
    assert_int_equal(ev->documents[0]->text.len, strlen("line one\nline & two\nthree\nfour"));
    assert_memory_equal(ev->documents[0]->text.data, "line one\nline & two\nthree\nfour",
                        ev->documents[0]->text.len);
    assert_string_equal(ev->documents[0]->loinc, "18842-5");
    assert_string_equal(ev->documents[0]->kind, "report");
    assert_string_equal(ev->documents[0]->status, "F");
    assert_string_equal(ev->documents[0]->author_npi, "1234567893");
    assert_string_equal(ev->documents[1]->author_npi, "");
    assert_int_equal(ev->documents[0]->document_date, 20261101);
    assert_int_equal(strlen(ev->documents[0]->sha256), 64);
    assert_string_equal(ev->documents[2]->mime, "application/pdf");
    assert_int_equal(ev->documents[2]->bytes, 5);
    assert_int_equal(ev->n_observations, 1);
    assert_string_equal(ev->observations[0]->value, "72");
    assert_int_equal(ev->n_orders, 2);
    ev = hl7_take(*state,
                  HEAD "MDM^T02|C1|P|2.5\r" PID PV1(
                      "O") "TXA|1|DS|TX|20261102||||||||DOC9|DOC8||||AU\rOBX|1|ST|X||one\rOBX|"
                           "2|TX|X||two\nbroken\nline||||||F\r");
    assert_int_equal(ev->n_documents, 1);
    assert_string_equal(ev->documents[0]->kind, "summary");
    assert_string_equal(ev->documents[0]->id, "DOC9");
    assert_string_equal(ev->documents[0]->parent, "DOC8");
    assert_int_equal(ev->documents[0]->text.len, strlen("one\ntwo\nbroken\nline"));
    assert_true(hl7_has(ev, "separator"));
    ev = hl7_take(*state,
                  HEAD "MDM^T11|C1|P|2.5\r" PID PV1("O") "TXA|1|DS|TX|20261102||||||||DOC9\r");
    assert_string_equal(ev->documents[0]->status, "cancelled");
}

/* test_merge - pairs of PID and MRG; each pair is an event, written under both keys */
static void test_merge(void **state)
{
    struct hl7_world *w = *state;
    struct intake_record records[8];
    struct intake_result r = {.events = w->events};
    const CcEncounter *ev =
        hl7_take(w, HEAD "ADT^A40|C1|P|2.5\rEVN|A40|20261101\rPID|1||N1^^^H^"
                         "MR\rMRG|O1^^^H^MR\rPID|2||N2^^^H^MR\rMRG|O2^^^H^MR\r");
    const char *old = ev->merged_patients[0];

    assert_int_equal(w->n, 2);
    assert_int_equal(ev->event, EVENT_KIND_MERGE);
    assert_int_equal(ev->n_merged, 1);
    assert_string_not_equal(w->events[1]->merged_patients[0], old);
    assert_string_not_equal(w->events[1]->patient_key, ev->patient_key);
    r.n = w->n;
    assert_int_equal(intake_records(&r, records, 8), 4);
    assert_string_equal(records[1].key, old);
    assert_string_equal(records[1].ce_id, ev->event_id);
    ev = hl7_take(w, HEAD "ADT^A42|C1|P|2.5\r" PID
                          "MRG|||OLDACC||OLDVIS\rPV1|1|I|||||||||||||||||VIS1\r");
    assert_int_equal(ev->n_merged, 1);
    assert_int_equal(ev->merged[0][0], 'E');
    assert_string_not_equal(ev->merged[0], ev->encounter);
    assert_int_equal(ev->n_merged_patients, 0);
}

/* test_bar - two visits are two events of one patient; UB-04 codes */
static void test_bar(void **state)
{
    struct hl7_world *w = *state;
    const CcEncounter *ev = hl7_take(
        w, HEAD "BAR^P01|C1|P|2.5\r" PID PV1(
               "I") "DG1|1||A00^^I10|||F\rUB2|1||07~09|||80^5|11^20261101|70^20261001^20261010\r"
                    "PV1|2|O|||||||||||||||||VIS2\rDG1|2||B00^^I10|||F\r");

    assert_int_equal(w->n, 2);
    assert_string_equal(ev->diagnoses[0]->ref, "DG1[1]");
    assert_int_equal(ev->visit->n_conditions, 2);
    assert_int_equal(ev->visit->values[0]->amount_cents, 500);
    assert_int_equal(ev->visit->occurrences[0]->occurrence_date, 20261101);
    assert_int_equal(ev->visit->occurrence_spans[0]->thru_date, 20261010);
    assert_string_equal(w->events[1]->diagnoses[0]->ref, "DG1[2]");
    assert_string_equal(w->events[1]->patient_key, ev->patient_key);
    assert_string_not_equal(w->events[1]->encounter, ev->encounter);
    assert_string_not_equal(w->events[1]->event_id, ev->event_id);
    assert_int_equal(w->events[1]->n_mapped, 2);
}

/* test_cleared - `""` empties a field */
static void test_cleared(void **state)
{
    const CcEncounter *ev =
        hl7_take(*state, HEAD "ADT^A13|C1|P|2.5\r" PID
                              "PV1|1|I|||||||||||||||||V|||||||||||||||||\"\"|||||||||\"\"\r");

    assert_int_equal(ev->n_cleared, 2);
    assert_string_equal(ev->cleared[0], "visit.discharge_status");
    assert_string_equal(ev->cleared[1], "visit.discharge_date");
    assert_int_equal(ev->visit->discharge_date, 0);
}

/* test_refusals - each with its code and answer; lists empty */
static void test_refusals(void **state)
{
    static const struct {
        const char *text, *code, *ack;
    } rows[] = {
        {"", "not-hl7", "AR"},
        {"hello\rworld\r", "not-hl7", "AR"},
        {"PID|1||MR1\r", "not-hl7", "AR"},
        {"MSH", "cut", "AE"},
        {"MSH|^~\\&|A|B\r", "header", "AR"},
        {"MSH|^~\\&|A|B|||2026||ADT^A0", "cut", "AE"},
        {HEAD "ADT^A01|C1|P|2.5\rPV1|1|I\r", "no-patient", "AR"},
        {HEAD "ADT^A01|C1|P|2.5\rPID|1||||NAME^ONLY\rPV1|1|I\r", "no-patient", "AR"},
        {HEAD "DFT^P03|C1|P|2.5\r" PID "PV1|1|I\rFT", "cut", "AE"},
        {HEAD "DFT^P03|C1|P|2.5\r" PID "PV1|1|I", "cut", "AE"},
        {"\x0b" HEAD "ADT^A01|C1|P|2.5\r" PID "PV1|1|I\r", "cut", "AE"},
    };
    struct hl7_world *w = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const CcEncounter *ev = hl7_take(w, rows[i].text);

        assert_true(note_is_refused(ev));
        assert_string_equal(ev->problems[0]->code, rows[i].code);
        assert_string_equal(ev->ack, rows[i].ack);
        assert_int_equal(ev->n_mapped + ev->n_diagnoses + ev->n_charges, 0);
    }
    w->conf.max_bytes = 100;
    assert_string_equal(hl7_take(w, HEAD "ADT^A01|C9|P|2.5\r" PID PV1("I"))->problems[0]->code,
                        "size");
    assert_string_equal(w->events[0]->control, "C9");
}

/* test_out_of_memory - an arena that is too small refuses, and keeps the counts */
static void test_out_of_memory(void **state)
{
    struct hl7_world *w = *state;
    struct buf b;

    buf_init(&b);
    buf_adds(&b, HEAD "DFT^P03|C1|P|2.5\r" PID PV1("I"));
    for (int i = 0; i < 2000; i++)
        buf_addf(&b, "FT1|%d|||20261101||CG|X%d\r", i, i);
    for (size_t limit = 6000; limit < 400000; limit += limit / 3) {
        arena_set_limit(w->arena, limit);
        hl7_take_bytes(w, b.data, b.len);
        assert_true(note_is_refused(w->events[0]));
        assert_string_equal(w->events[0]->problems[0]->code, "size");
        assert_int_equal(hl7_ignored(w->events[0], "FT1", "refused"), 2000);
    }
    arena_set_limit(w->arena, 1 << 26);
    hl7_take_bytes(w, b.data, b.len);
    assert_int_equal(w->events[0]->n_charges, 2000);
    buf_release(&b);
}

/* test_one_bad_message_hides_none - in a batch, in frames, twice the same */
static void test_one_bad_message_hides_none(void **state)
{
    struct hl7_world *w = *state;

    hl7_take(w, "FHS|^~\\&\rBHS|^~\\&\r" HEAD "ADT^A01|C1|P|2.5\r" PID PV1("I") HEAD
             "QQQ^Y01|C2|P|2.5\r" HEAD "ADT^A03|C3|P|2.5\r" PID PV1("I") "BTS|4\rFTS|1\r");
    assert_int_equal(w->messages, 3);
    assert_string_equal(w->acks[1], "AR");
    assert_string_equal(w->events[2]->control, "C3");
    assert_int_equal(w->events[2]->message, 3);
    assert_true(hl7_has(w->events[2], "batch-count"));
    assert_int_equal(hl7_ignored(w->events[0], "FHS", "envelope"), 1);
    assert_int_equal(hl7_ignored(w->events[2], "BTS", "envelope"), 1);
    hl7_take(w, HEAD "ADT^A01|C1|P|2.5\r" PID PV1("I") HEAD "ADT^A01|C1|P|2.5\n" PID PV1("I"));
    assert_int_equal(w->n, 2);
    assert_string_equal(w->events[0]->event_id, w->events[1]->event_id);
    assert_true(hl7_has(w->events[1], "duplicate"));
    assert_false(hl7_has(w->events[0], "duplicate"));
    assert_int_equal(hl7_take(w, "FHS|^~\\&\rFTS|0\r")->event, EVENT_KIND_NONE);
    assert_string_equal(w->events[0]->ack, "AA");
}

/* test_text_of_other_sets - MSH-18 rules the text; what is not it is said */
static void test_text_of_other_sets(void **state)
{
    const CcEncounter *ev = hl7_take(
        *state,
        "MSH|^~\\&|A|B|||2026||ADT^A01|C1|P|2.5||||||8859/1\rPID|1||M1||M\xFCLLER^A\r" PV1("I"));

    assert_string_equal(ev->patient->name->last, "M\xC3\xBCLLER");
    assert_false(hl7_has(ev, "charset"));
    ev = hl7_take(
        *state,
        "MSH|^~\\&|A|B|||2026||ADT^A01|C1|P|2.5||||||x~y\rPID|1||M1||M\xFCLLER^A\r" PV1("I"));
    assert_string_equal(ev->patient->name->last, "M\xEF\xBF\xBDLLER");
    assert_true(hl7_has(ev, "charset"));
    ev = hl7_take(*state, "MSH|^~\\&|A|B|||2026||ADT^A01|C1|P|2.5||||||x~UNICODE "
                          "UTF-8\rPID|1||M1||M\xC3\xBCLLER^A\r" PV1("I"));
    assert_string_equal(ev->patient->name->last, "M\xC3\xBCLLER");
    assert_false(hl7_has(ev, "charset"));
}

/* test_times - no zone anywhere is said once; the day is the sender's own */
static void test_times(void **state)
{
    const CcEncounter *ev = hl7_take(
        *state, "MSH|^~\\&|A|B|||20261101||ADT^A01|C1|P|2.5\rEVN|A01|202611010800\r" PID
                "PV1|1|I|||||||||||||||||V|||||||||||||||||||||||||202611012330|202611020030\r");

    assert_int_equal(ev->visit->admit_date, 20261101);
    assert_int_equal(ev->visit->discharge_date, 20261102);
    assert_int_equal(ev->n_problems, 1);
    assert_string_equal(ev->problems[0]->code, "time-zone");
    ev = hl7_take(*state, HEAD
                  "ADT^A01|C1|P|2.5\r" PID
                  "PV1|1|I|||||||||||||||||V|||||||||||||||||||||||||2026-13-45|Aug 15, 1942\r");
    assert_int_equal(ev->visit->admit_date, 0);
    assert_int_equal(ev->n_problems, 2);
    assert_string_equal(ev->problems[0]->ref, "PV1[1]-44");
    assert_string_equal(ev->problems[0]->code, "time");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, hl7_world_setup, hl7_world_teardown)

/* main - the cases */
int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_real_messages),
        CASE(test_real_messages_cut),
        CASE(test_real_messages_mutated),
        CASE(test_types),
        CASE(test_visit),
        CASE(test_record_numbers),
        CASE(test_classes),
        CASE(test_diagnoses),
        CASE(test_charges),
        CASE(test_groups),
        CASE(test_coverages),
        CASE(test_documents),
        CASE(test_merge),
        CASE(test_bar),
        CASE(test_cleared),
        CASE(test_refusals),
        CASE(test_out_of_memory),
        CASE(test_one_bad_message_hides_none),
        CASE(test_text_of_other_sets),
        CASE(test_times),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
