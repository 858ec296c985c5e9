/* starve_intake_test.c - HL7, FHIR and 837 files at intake while allocations fail: a message is
 * refused, or to be sent again, or gives the events that it always gives; never a part of them */
#include "tests/support/test.h"

#include <glob.h>
#include <jansson.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/sys/digest.h"
#include "common/sys/file.h"
#include "services/intake/hl7/mllp.h"
#include "services/intake/intake.h"
#include "tests/starve/starve.h"
#include "tests/support/x12_faults.h"

enum { SHARE = 1 << 20, MEMORY = 64 << 20, MESSAGES = 32 };

static const struct intake_conf conf = {.secret = "s",
                                        .facility = "MAIN",
                                        .max_bytes = 1 << 20,
                                        .x12_max_bytes = 1 << 20,
                                        .charset = "UNICODE UTF-8"};

/* What a file gave: a digest of each message's events, "" where it was refused. */
struct given {
    struct arena *packing;
    char hex[MESSAGES][DIGEST_TEXT];
    size_t n, refused;
};

/* Counts of all that was tried. */
static struct {
    size_t refused, again, same;
} met;

/* add - packed, to what is hashed */
static void add(struct given *g, struct buf *b, const ProtobufCMessage *m)
{
    struct err e = {0};
    uint8_t *bytes;
    size_t n;

    assert_int_equal(event_pack(g->packing, m, &bytes, &n, &e), 0);
    buf_add(b, bytes, n);
}

/* close_message - one more */
static void close_message(struct given *g, struct buf *b, bool refused)
{
    assert_true(g->n < MESSAGES);
    g->hex[g->n][0] = '\0';
    if (!refused)
        digest_hex(b->data ? b->data : "", b->len, g->hex[g->n]);
    g->refused += refused;
    g->n++;
    buf_release(b);
}

/* take - an intake_sink: what it does itself does not fail */
static int take(void *arg, const struct intake_result *r, struct err *e)
{
    struct given *g = arg;
    struct buf b;

    (void)e;
    starve_pause(true);
    buf_init(&b);
    assert_true(r->n > 0);
    for (size_t i = 0; i < r->n; i++) {
        assert_int_equal(event_check(&r->events[i]->base, NULL), 0);
        if (!r->refused)
            add(g, &b, &r->events[i]->base);
        else
            assert_true(r->events[i]->n_problems && r->events[i]->problems[0]->code[0]);
    }
    close_message(g, &b, r->refused);
    starve_pause(false);
    return 0;
}

/* claims - an intake_out.claims */
static int claims(void *arg, struct arena *a, struct intake_claim *const *list, size_t n,
                  struct err *e)
{
    struct given *g = arg;

    (void)a;
    (void)e;
    starve_pause(true);
    for (size_t i = 0; i < n; i++) {
        struct buf b;

        buf_init(&b);
        add(g, &b, &list[i]->claim->base);
        close_message(g, &b, false);
    }
    starve_pause(false);
    return 0;
}

/* A file through one of the three ways; 0, or -1 with *e. */
typedef int (*way)(const struct buf *file, struct arena *a, struct given *g, struct err *e);

/* by_hl7 - each message */
static int by_hl7(const struct buf *file, struct arena *a, struct given *g, struct err *e)
{
    const struct intake_input in = {.source = "t", .bytes = file->data, .n = file->len};

    return intake_hl7_each(&conf, a, &in, take, g, e);
}

/* by_fhir - each bundle */
static int by_fhir(const struct buf *file, struct arena *a, struct given *g, struct err *e)
{
    const struct intake_input in = {.source = "t", .bytes = file->data, .n = file->len};

    return intake_fhir_each(&conf, a, &in, take, g, e);
}

/* by_x12 - as POST /x12 does; an answer that no memory was left for is none */
static int by_x12(const struct buf *file, struct arena *a, struct given *g, struct err *e)
{
    const struct intake_out out = {.claims = claims, .arg = g};
    const struct intake_input in = {.bytes = file->data, .n = file->len};
    unsigned status = 0;
    json_t *answer = intake_x12_answer(&conf, &out, &in, &status);
    const json_t *refused = json_object_get(answer, "refused");

    (void)a;
    assert_true(status == 200 || status == 201 || status == 400 || status == 422 || status == 503);
    g->refused += (size_t)json_integer_value(refused);
    json_decref(answer);
    return status == 503 ? err_set(e, ERR_RETRY, "memory", "503") : 0;
}

/* compare - nothing but what it always gives, less what was refused */
static void compare(const struct given *whole, const struct given *g, int r, const struct err *e)
{
    if (r < 0) {
        assert_true(e->class == ERR_RETRY && e->code[0]);
        met.again++;
        return;
    }
    if (g->refused == whole->refused) {
        assert_int_equal(g->n, whole->n);
        assert_memory_equal(g->hex, whole->hex, sizeof(g->hex[0]) * g->n);
        met.same++;
        return;
    }
    for (size_t i = 0, k = 0; i < g->n; i++, k++) {
        while (g->hex[i][0] && k < whole->n && strcmp(g->hex[i], whole->hex[k]) != 0)
            k++;
        assert_true(k < whole->n);
    }
    met.refused++;
}

/* once - the file, with the n-th allocation failing (0: none); the number of allocations */
static size_t once(way by, const struct buf *file, const struct given *whole, enum starve_kind kind,
                   enum starve_how how, size_t n)
{
    static struct given g;
    struct arena *a = arena_new(MEMORY), *packing = arena_new(MEMORY);
    struct err e = {0};
    size_t count;
    int r;

    assert_true(a && packing);
    memset(&g, 0, sizeof(g));
    g.packing = packing;
    starve_begin(kind, how, n);
    r = by(file, a, &g, &e);
    count = starve_end(NULL);
    compare(whole, &g, r, &e);
    arena_free(a);
    arena_free(packing);
    return count;
}

/* sweep - a file; every kind of failure */
static void sweep(way by, const struct buf *file)
{
    static struct given whole;
    struct arena *a = arena_new(MEMORY), *packing = arena_new(MEMORY);
    struct err e = {0};

    assert_true(a && packing);
    memset(&whole, 0, sizeof(whole));
    whole.packing = packing;
    assert_int_equal(by(file, a, &whole, &e), 0);
    assert_true(whole.n > 0);
    for (int kind = 0; kind < STARVE_KINDS; kind++)
        for (int how = 0; how < STARVE_HOWS; how++) {
            const enum starve_kind k = (enum starve_kind)kind;
            const enum starve_how h = (enum starve_how)how;
            const size_t count = once(by, file, &whole, k, h, 0);
            size_t n;

            for (size_t i = 0; (n = starve_pick(count, SHARE, 0, i)); i++)
                once(by, file, &whole, k, h, n);
        }
    arena_free(a);
    arena_free(packing);
}

/* each_file - of a pattern */
static void each_file(const char *pattern, way by)
{
    glob_t g;

    memset(&met, 0, sizeof(met));
    assert_int_equal(glob(pattern, 0, NULL, &g), 0);
    for (size_t i = 0; i < g.gl_pathc; i++) {
        struct err e = {0};
        struct buf b;

        buf_init(&b);
        assert_int_equal(file_read(g.gl_pathv[i], 1 << 20, &b, &e), 0);
        sweep(by, &b);
        buf_release(&b);
    }
    globfree(&g);
    print_message("%s: %zu refused, %zu to be sent again, %zu as if nothing was\n", pattern,
                  met.refused, met.again, met.same);
    assert_true(met.refused + met.again > 50);
}

/* Messages with what the samples have not: every segment, escapes, other sets, batches. */
#define HEAD(type, set) "MSH|^~\\&|APP|FAC|||20261101120000-0500||" type "|C1|P|2.5||||||" set "\r"
#define PATIENT                                                                                    \
    "PID|1|OLD1|MR1^^^H^MR~AC9^^^H^AN||T\xC9STER\\XE9\\^ADA^Q^JR^DR||19700214|F|||1 ELM "          \
    "ST&ELM^2^TOWN^"                                                                               \
    "OH^44101-1234^USA||^^^^^216^5551234|||||ACC1\r"
#define VISIT                                                                                      \
    "PV1|1|I|W1^2^3^FAC2|E|||1455555015^HEALER^JAN^^^^^^NPI~L77^HEALER|||MED||||1|||||VIS1|C\r"    \
    "PV2|||R07.9^Chest pain^I10^44054006^T2DM^SCT\r"
static const char *const messages[] = {
    HEAD("DFT^P11",
         "8859/1") "EVN|P11|20261101081500\r" PATIENT VISIT "DG1|2|I10|R07.9^^I10|in words\r"
                   "DG1|1|I10|R07.9^Pain^^L7^^L||20261101|A|||||||||1|1455555015^HEALER^^^^^^^NPI||"
                   "||D1|A|||||Y\r"
                   "FT1|1|T1||20261101^20261103|20261104|CG|R1^x\\T\\ray^L^71045^^C4||||100&USD|50|"
                   "RAD|||L1|||R07.9~"
                   "1|1455555015^H~L7^H|1455555031^O||O1||71046^^C4|26~lt|||0182-1061-05^^NDC||||||"
                   "|||||||RX7|5^1&Vial\r"
                   "PR1|1|C4|71045^X^^L^^L|in "
                   "words|20261101080000|D|30|1455555015^H||45|1455555031^O|1234567893^P||1|"
                   "R07.9|26|||P1|A\rROL|1|AD|PR|1234567893^DOER\rPRT|1|AD||AT|1455555015^H\r"
                   "IN1|1|P1|PAY|NAME|1 "
                   "ST^^T^OH^44101|||G1|GN|||20260101|20261231||HM|T^BO|01|19450101|2 ST^^T||||P|"
                   "||||||||||||||||||||F||||||M1\rIN2|1|||||M2\rIN3|1|CERT\rGT1|1|G1|P^P||1 "
                   "ST^^T||||||SEL\r"
                   "ACC|20261030|AA||OH|Y\rUB2|1||07~09|||80^5|11^20261101|70^20261001^20261010\r"
                   "DRG|193\rZZZ|1\rNK1|1\rNTE|1||a\nb\rnot a segment\r",
    HEAD("ORU^R01", "KS X 1001") PATIENT VISIT
    "ORC|RE|O1|||CM||||20261101|||1455555015^H\rOBR|1|P1|F1|18842-5^S^LN|||20261101|||||||||"
    "1234567893^D|"
    "||||||||F||||||R07.9^^I10|1234567893&Doe\rOBX|1|TX|18842-5^^LN||one~two \\.br\\three\r"
    "OBX|2|FT|18842-5^^LN||four\\XC7D1\\\rOBX|3|CE|8867-4^^LN||A^Words^L|/min|||||F|||20261101\r"
    "OBX|4|SN|8867-4^^LN||>^100\rOBX|5|ED|PDF||^AP^pdf^Base64^SGVs\\.br\\bG8=\r"
    "OBX|6|ED|T||^TX^^A^t\\XC7D1\\\rOBX|7|RP|P||http://x^^IM^JPEG\r",
    HEAD("MDM^T02", "klingon") PATIENT VISIT "TXA|1|DS|TX|20261102|||||1455555015^H|||D9|D8||||"
                                             "AU\rOBX|1|ST|X||one\rOBX|2|TX|X||two\nthree\r",
    HEAD("MDM^T01", "") PATIENT VISIT "TXA|1|DS|TX|20261102|||||1455555015^H|||D9\r",
    HEAD("ADT^A36", "BIG-5") PATIENT "MRG|O1^^^H^MR||ACC|||\rPID|1||N2^^^H^HMRN\rMRG|O2\rPV1|1|U\r",
    HEAD("BAR^P01", "GB 18030-2000") PATIENT VISIT
    "DG1|1||A00^^I10|||F\rPV1|2|Q|||||||||||||||||V2\r",
    "FHS|^~\\&\rBHS|^~\\&\r" HEAD("ADT^A08", "") PATIENT VISIT HEAD("QQQ^Q01", "") PATIENT
    "BTS|7\rFTS|2\r",
    "FHS|^~\\&\rFTS|0\r",
    "MSH|^~\\&|A|B|||2026||^^ADT_A01|C1|P\rEVN|A01\rPID|1||M1\r",
};

/* sweep_text - of one of them */
static void sweep_text(const char *text, size_t n)
{
    struct buf b;

    buf_init(&b);
    buf_add(&b, text, n);
    sweep(by_hl7, &b);
    buf_release(&b);
}

/* test_every_segment - those messages, and one as UTF-16 */
static void test_every_segment(void **state)
{
    char wide[1024];
    size_t n = 0;

    (void)state;
    memset(&met, 0, sizeof(met));
    for (size_t i = 0; i < sizeof(messages) / sizeof(messages[0]); i++)
        sweep_text(messages[i], strlen(messages[i]));
    for (const char *p = HEAD("ADT^A01", "") "PID|1||M1\rPV1|1|I\r"; *p; p++) {
        wide[n++] = *p;
        wide[n++] = '\0';
    }
    sweep_text(wide, n);
    print_message("%zu refused, %zu to be sent again, %zu as if nothing was\n", met.refused,
                  met.again, met.same);
    assert_true(met.refused + met.again > 1000);
}

/* store - the broker of a connection; it counts messages */
static int store(void *arg, struct arena *a, const struct intake_result *r, struct err *e)
{
    (void)a;
    (void)r;
    (void)e;
    ++*(size_t *)arg;
    return 0;
}

/* answered - how often a text stands in what the connection answered */
static size_t answered(int fd, const char *msa, size_t *all)
{
    char text[8192];
    ssize_t n = recv(fd, text, sizeof(text) - 1, MSG_DONTWAIT);
    size_t found = 0;

    text[n > 0 ? n : 0] = '\0';
    *all = 0;
    for (const char *p = text; (p = strstr(p, "MSA|")) != NULL; p++, ++*all)
        found += strncmp(p, msa, strlen(msa)) == 0;
    return found;
}

/* connection - frames over it, with the n-th allocation failing (0: none); the number of
 * allocations */
static size_t connection(const char *frames, size_t most, enum starve_kind kind,
                         enum starve_how how, size_t n)
{
    size_t stored = 0, count, all, positive;
    const struct intake_out out = {.publish = store, .arg = &stored};
    const struct mllp_options options = {&conf, &out, 4096, 1, 1, NULL};
    const atomic_bool stop = false;
    int pair[2];

    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    assert_int_equal(send(pair[0], frames, strlen(frames), 0), (ssize_t)strlen(frames));
    shutdown(pair[0], SHUT_WR);
    starve_begin(kind, how, n);
    mllp_serve(pair[1], &options, &stop);
    count = starve_end(NULL);
    shutdown(pair[1], SHUT_RDWR);
    positive = answered(pair[0], "MSA|AA|", &all);
    assert_true(positive <= stored && all <= most);
    assert_true(n || positive == most);
    close(pair[0]);
    close(pair[1]);
    return count;
}

/* test_mllp - a positive answer only for what is stored, whatever fails; never more answers than
 * messages */
static void test_mllp(void **state)
{
    static const char frames[] = "\x0b" HEAD("ADT^A01", "") "PID|1||M1\rPV1|1|I\r\x1c\r\x0b" HEAD(
        "ADT^A03", "") "PID|1||M1\rPV1|1|I\r" HEAD("ADT^A08", "") "PID|1||M1\rPV1|1|I\r\x1c\r";

    (void)state;
    for (int kind = 0; kind < STARVE_KINDS; kind++)
        for (int how = 0; how < STARVE_HOWS; how++) {
            const enum starve_kind k = (enum starve_kind)kind;
            const enum starve_how h = (enum starve_how)how;
            const size_t count = connection(frames, 3, k, h, 0);
            size_t n;

            assert_true(count > 0);
            for (size_t i = 0; (n = starve_pick(count, SHARE, 0, i)); i++)
                connection(frames, 3, k, h, n);
        }
}

/* test_hl7 - the sample messages */
static void test_hl7(void **state)
{
    (void)state;
    each_file("deploy/seed/encounters/*.hl7", by_hl7);
}

/* test_fhir - the sample bundles, and one with everything */
static void test_fhir(void **state)
{
    (void)state;
    each_file("deploy/seed/encounters/clinic_*.json", by_fhir);
    each_file("tests/golden/fhir/*.json", by_fhir);
}

/* test_x12 - the worked claims */
static void test_x12(void **state)
{
    struct buf b;

    (void)state;
    each_file("tests/golden/x12/837[pi].x12", by_x12);
    x12_example("837p", &b);
    x12_replace(&b, "", "CLM*A1000001*", "CLM*PCN/a*"); /* cannot be our number */
    sweep(by_x12, &b);
    buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hl7),  cmocka_unit_test(test_every_segment),
        cmocka_unit_test(test_mllp), cmocka_unit_test(test_fhir),
        cmocka_unit_test(test_x12),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
