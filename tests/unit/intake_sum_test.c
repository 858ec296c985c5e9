/* intake_sum_test.c - messages of many senders, mutated: dropped, doubled, moved and cut segments
 * and resources. Whatever comes, there is a line for it, and mapped + ignored is what came in */
#include "tests/support/test.h"

#include <jansson.h>
#include <stdlib.h>

#include "common/base/str.h"
#include "services/intake/intake.h"
#include "services/intake/note.h"
#include "tests/support/hl7_sum.h"

enum { ROUNDS = 400, SEGMENTS = 64, LONGEST = 16384, ENTRIES = 40 };

static const struct intake_conf conf = {
    .secret = "s", .facility = "MAIN", .max_bytes = 1 << 20, .charset = "UNICODE UTF-8"};
static struct arena *arena;
static uint32_t seed;

/* setup - one arena, one seed */
static int setup(void **state)
{
    (void)state;
    seed = 20261101;
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

/* pick - a number below n; the same ones in every run */
static size_t pick(size_t n)
{
    seed = seed * 1664525u + 1013904223u;
    return n ? (seed >> 8) % n : 0;
}

#define MSH(type, more) "MSH|^~\\&|APP|FAC|CC|CC|20260301120000-0500||" type "|C1|P|2.5.1" more "\r"
#define PID                                                                                        \
    "PID|1|OLD1|MR1^^^H^MR~999^^^SSA^SS|OLD2|TESTER^ADA^Q||19700214|F|||1 A ST^^TOWN^OH^44101||"   \
    "555||||||ACC1\r"
#define PV1(class) "PV1|1|" class "|4W^401^A^H|E||||1234567893^A^B||MED||||1||||OBS|V1^^^H^VN\r"

/* Habits of senders (coding §8.7): terminators, separators, framing, batches, Z segments anywhere,
 * text with raw breaks, groups in any order, several patients. */
static const char *const messages[] = {
    MSH("ADT^A01^ADT_A01", "") "EVN|A01|20260301\rSFT|X\r" PID "PD1|||F\rNK1|1|A^B|SPO\r" PV1(
        "Inpatient") "PV2||||||||20260301\rZPV|x\rDG1|1|I10|I50.9^HF^I10|HF|20260301|A\rDG1|2||R07."
                     "9^"
                     "P^ICD-10-CM||bad|W|||||||||2\rGT1|1||A^B\rIN1|1|P|00001|MEDICARE\rIN2|1\rIN1|"
                     "2|Q|"
                     "2|BLUE\rZIN|y\rACC|20260301|AA\r",
    MSH("ADT^A08", "|||||||8859/1") "EVN|A01|Aug 15, 1942\n" PID
                                    "\n" PV1("ff") "\nAL1|1\n\nDG1|1\n",
    "\x0b" MSH("DFT^P03^DFT_P03",
               "") "EVN|P03\r" PID PV1("O") "FT1|1|T1||20260301||CG|99213^X^C4|||1|"
                                            "100&USD\rZFT|1\rPR1|1||71045^^C4\r"
                                            "DG1|1||R07.9^^I10\rFT1|2|T2||x||??|L|||a|"
                                            "b\rIN1|1\r\x1c\r",
    "FHS|^~\\&|A\rBHS|^~\\&|B\r" MSH("DFT^P11", "")
        PID PV1("E") "DG1|1||S93.401A^^I10\rFT1|1|T1||||CG|X|"
                     "||1|7\rDG1|1||R52^^I10\r" MSH("BAR^P01", "") "EVN|P01\r" PID PV1(
                         "I") "PV1|2|O\rDG1|1||I10\rUB2|1||09\rBTS|2\rFTS|1\r",
    MSH("ORU^R01", "")
        PID PV1("O") "ORC|RE\rOBR|1|||18842-5^X^LN\rOBX|1|TX|X||line\nraw break\rNTE|1||n\n"
                     "more\rOBX|2|ED|PDF||^AP^PDF^Base64^SGVsbG8=\rOBX|3|NM|8867-4||60\r" PID
                     "OBR|1\rOBX|1|ST|a||b\r",
    MSH("MDM^T02", "") "EVN|T02\r" PID PV1("I") "TXA|1|DS|TX\rOBX|1|TX|||TEXT\rROL|1|AD|PP|1^A^B\r",
    MSH("ADT^A40^ADT_A39", "") "EVN|A40\r" PID "MRG|OLD1^^^H^MR\r" PID
                               "MRG|OLD2\rtext that is none\r",
    "MSH!@*%$!A!B!!!2026!!ADT@A04!C9!P!2.3\rPID!1!!MR5@@@H@MR!!T@A\rPV1!1!I\rDG1!1!!I10@X@I10\r",
    "MSH|^~\\\\&|A|B|||2026||ADT^A03|C|P|2.3\n  PID|1||X\n\tPV1|1|I\nZZZ\nhello\n",
    MSH("SIU^S12", "") PID "SCH|1\rRGS|1\r",
};

/* take_hl7 - one message of a text */
static int take_hl7(void *arg, const struct intake_result *r, struct err *e)
{
    unsigned *lines = arg;
    char name[64] = "";

    (void)e;
    assert_true(r->n >= 1);
    if (hl7_sum_breaks(r, name))
        fail_msg("%s: mapped + ignored is not what came in: %.*s", name, (int)r->input.n,
                 (const char *)r->input.bytes);
    for (size_t i = 0; i < r->n; i++) {
        assert_int_equal(event_check(&r->events[i]->base, NULL), 0);
        assert_int_equal(note_is_refused(r->events[i]), r->refused);
        if (r->refused)
            assert_int_equal(r->events[i]->n_mapped + r->events[i]->n_diagnoses, 0);
    }
    ++*lines;
    return 0;
}

/* hl7 - a text, whole */
static void hl7(const char *text, size_t n)
{
    struct intake_input in = {.source = "t.hl7", .bytes = text, .n = n, .message = 1};
    struct err e = {0};
    unsigned lines = 0;

    assert_int_equal(intake_hl7_each(&conf, arena, &in, take_hl7, &lines, &e), 0);
    assert_true(lines >= 1);
}

/* segments_of - where each line of a text begins and ends, its end included */
static size_t segments_of(const char *text, struct span *out)
{
    size_t n = 0;

    while (*text && n < SEGMENTS) {
        size_t len = strcspn(text, "\r\n") + 1;

        if (len > strlen(text))
            len = strlen(text);
        out[n++] = (struct span){text, len};
        text += len;
    }
    return n;
}

/* change - one mutation of a list of lines; the first of it may go as well */
static size_t change(struct span *list, size_t n)
{
    size_t at = pick(n), to = pick(n);
    struct span one = list[at];

    switch (pick(3)) {
    case 0: /* dropped */
        memmove(&list[at], &list[at + 1], (n - at - 1) * sizeof(*list));
        return n - 1;
    case 1: /* doubled, or one of another message */
        if (n < SEGMENTS)
            list[n++] = one;
        return n;
    default: /* moved */
        list[at] = list[to];
        list[to] = one;
        return n;
    }
}

/* hl7_mutated - the sum holds for each message as it is and for whatever is left of it */
static void hl7_mutated(void **state)
{
    static char text[LONGEST];

    (void)state;
    for (size_t m = 0; m < sizeof(messages) / sizeof(messages[0]); m++) {
        hl7(messages[m], strlen(messages[m]));
        for (int round = 0; round < ROUNDS; round++) {
            struct span list[SEGMENTS + 1];
            size_t n = segments_of(messages[m], list), len = 0;

            for (size_t k = pick(4) + 1; k && n > 1; k--)
                n = change(list, n);
            for (size_t i = 0; i < n && len + list[i].n < sizeof(text); len += list[i++].n)
                memcpy(text + len, list[i].p, list[i].n);
            hl7(text, pick(2) ? len : pick(len + 1)); /* whole, or cut anywhere */
        }
    }
}

#define ENTRY(type, id, more)                                                                      \
    "{\"fullUrl\":\"urn:uuid:" id "\",\"resource\":{\"resourceType\":\"" type "\",\"id\":\"" id    \
    "\"" more "}}"
#define OF                                                                                         \
    ",\"subject\":{\"reference\":\"urn:uuid:p\"},\"encounter\":{\"reference\":\"Encounter/e\"}"

/* A bundle with something of everything, and things that are none. */
static const char bundle
    [] = "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[" ENTRY("Patient", "p", ",\"identifier\":[{\"value\":\"M1\"}]") "," ENTRY(
        "Encounter", "e",
        ",\"status\":\"finished\","
        "\"class\":{\"code\":"
        "\"IMP\"},\"subject\":{"
        "\"reference\":\"Patient/"
        "p\"}") "," ENTRY("Condition", "c",
                          OF
                          ",\"code\":{\"text\":\"x\"}") "," ENTRY("Procedure", "pr",
                                                                  OF) "," ENTRY("ChargeItem", "ci",
                                                                                OF ",\"quantity\":{"
                                                                                   "\"value\":1."
                                                                                   "2345}") "," ENTRY("Claim",
                                                                                                      "k",
                                                                                                      ",\"use\":\"claim\",\"patient\":{\"reference\":\"Patient/p\"},\"item\":[{"
                                                                                                      "\"sequence\":1,\"encounter\":[{\"reference\":\"Encounter/e\"}]}],"
                                                                                                      "\"diagnosis\":[{\"sequence\":1,\"diagnosisReference\":{\"reference\":"
                                                                                                      "\"Condition/c\"}}]") "," ENTRY("Coverage",
                                                                                                                                      "v",
                                                                                                                                      ",\"beneficiary\":{\"reference\":\"Patient/p\"}") "," ENTRY("Account",
                                                                                                                                                                                                  "a",
                                                                                                                                                                                                  "") "," ENTRY("ExplanationOfBenefit", "x", "") "," ENTRY("DocumentReference", "d", ",\"content\":[{\"attachment\":{\"data\":\"aGk=\"}}]") "," ENTRY("Observation",
                                                                                                                                                                                                                                                                                                                                                      "o", OF) "," ENTRY("MessageHeader",
                                                                                                                                                                                                                                                                                                                                                                         "m", "") "," ENTRY("Practitioner",
                                                                                                                                                                                                                                                                                                                                                                                            "q", "") "," ENTRY("Provenance", "w", "") "," ENTRY("Basic", "y", "") ","
                                                                                                                                                                                                                                                                                                                                                                                                                                                                  "{\"resource\":{\"id\":\"nameless\"}},{\"request\":{\"method\":\"DELETE\"}},null]}";

/* tally - resources of a type in a bundle */
static unsigned tally(const json_t *root, const char *type)
{
    const json_t *entries = json_object_get(root, "entry");
    unsigned n = 0;

    for (size_t i = 0; i < json_array_size(entries); i++) {
        const json_t *r = json_object_get(json_array_get(entries, i), "resource");
        const char *t = json_string_value(json_object_get(r, "resourceType"));

        n += r && strcmp(t ? t : "?", type) == 0;
    }
    return n;
}

/* counted - of a name, mapped and ignored, in all events */
static unsigned counted(const struct intake_result *r, const char *name)
{
    unsigned n = 0;

    for (size_t i = 0; i < r->n; i++) {
        for (size_t k = 0; k < r->events[i]->n_mapped; k++)
            n += strcmp(r->events[i]->mapped[k]->name, name) == 0 ? r->events[i]->mapped[k]->count
                                                                  : 0;
        for (size_t k = 0; k < r->events[i]->n_ignored; k++)
            n += strcmp(r->events[i]->ignored[k]->name, name) == 0 ? r->events[i]->ignored[k]->count
                                                                   : 0;
    }
    return n;
}

/* check_fhir - a bundle as text, against the bundle as a tree */
static void check_fhir(const json_t *root, bool cut)
{
    static const char *const types[] = {"Patient",
                                        "Encounter",
                                        "Condition",
                                        "Procedure",
                                        "ChargeItem",
                                        "Claim",
                                        "Coverage",
                                        "Account",
                                        "ExplanationOfBenefit",
                                        "DocumentReference",
                                        "Observation",
                                        "MessageHeader",
                                        "Practitioner",
                                        "Provenance",
                                        "Basic",
                                        "?"};
    char *text = json_dumps(root, JSON_COMPACT);
    struct intake_input in = {.source = "t.json", .bytes = text, .n = strlen(text), .message = 1};
    struct intake_result r;
    struct err e = {0};

    in.n = cut ? pick(in.n) : in.n;
    arena_reset(arena);
    assert_int_equal(intake_fhir(&conf, arena, &in, &r, &e), 0);
    assert_true(r.n >= 1);
    if (cut)
        assert_true(r.refused);
    for (size_t t = 0; !cut && t < sizeof(types) / sizeof(types[0]); t++)
        if (counted(&r, types[t]) != tally(root, types[t]))
            fail_msg("%s: %u, came in %u: %s", types[t], counted(&r, types[t]),
                     tally(root, types[t]), text);
    for (size_t i = 0; i < r.n; i++) {
        assert_int_equal(event_check(&r.events[i]->base, NULL), 0);
        assert_int_equal(note_is_refused(r.events[i]), r.refused);
    }
    free(text);
}

/* change_entries - one mutation of a Bundle's entries */
static void change_entries(json_t *entries)
{
    size_t n = json_array_size(entries), at = pick(n), to = pick(n);
    json_t *one = json_incref(json_array_get(entries, at));

    switch (pick(4)) {
    case 0:
        json_array_remove(entries, at);
        break;
    case 1:
        if (n < ENTRIES)
            json_array_append(entries, one);
        break;
    case 2:
        json_array_set(entries, at, json_array_get(entries, to));
        json_array_set(entries, to, one);
        break;
    default: /* a resource loses an element */
        json_object_del(json_object_get(one, "resource"), pick(2)   ? "subject"
                                                          : pick(2) ? "id"
                                                                    : "encounter");
        break;
    }
    json_decref(one);
}

/* fhir_mutated - the same of a Bundle */
static void fhir_mutated(void **state)
{
    (void)state;
    for (int round = 0; round < 4 * ROUNDS; round++) {
        json_t *root = json_loads(bundle, 0, NULL);

        assert_non_null(root);
        for (size_t k = pick(6); k && json_array_size(json_object_get(root, "entry")) > 1; k--)
            change_entries(json_object_get(root, "entry"));
        check_fhir(root, pick(8) == 0);
        json_decref(root);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hl7_mutated),
        cmocka_unit_test(fhir_mutated),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
