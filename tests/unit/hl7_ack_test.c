/* hl7_ack_test.c - the acknowledgment: to whom the message came from, in his separators, with the
 * code and the place of what was wrong */
#include "tests/support/test.h"

#include "services/intake/hl7/ack.h"

#define HEAD "MSH|^~\\&|CC|SITE|APP|FAC|20261101130000.250+0000||"

/* A message, what is said of it, and the answer; NULL: none. */
static const struct {
    const char *message, *code;
    struct {
        const char *code, *ref;
    } problem;
    const char *text, *answer;
} rows[] = {
    {"MSH|^~\\&|APP|FAC|CC|SITE|2026||ADT^A01^ADT_A01|C1|P|2.5\r",
     "AA",
     {NULL, NULL},
     "",
     HEAD "ACK^A01^ACK|C1|P|2.5\rMSA|AA|C1\r"},
    {"\xEF\xBB\xBF\r\n  MSH|^~\\&|APP|FAC|CC|SITE|2026||ADT^A01|C1|T|2.3\r",
     "AA",
     {NULL, NULL},
     "",
     HEAD "ACK^A01^ACK|C1|T|2.3\rMSA|AA|C1\r"},
    {"FHS|^~\\&|X\rMSH*$!%@*APP*FAC*CC*SITE*2026**ORU$R01*C*1*2.8\r",
     "AR",
     {"type", "MSH[1]-9"},
     "a*b$c|d",
     "MSH*$!%@*CC*SITE*APP*FAC*20261101130000.250+0000**ACK$R01$ACK*C*1*2.8\rMSA*AR*C\r"
     "ERR**MSH$1$9*200$Unsupported message type$HL70357*E****a b c|d\r"},
    {"MSH|~\\&|APP|FAC|CC|SITE|2026||ADT^A01|C1|P|2.5\r",
     "AE",
     {"cut", ""},
     "it\rends\nhere",
     HEAD "ACK^A01^ACK|C1|P|2.5\rMSA|AE|C1\rERR|||100^Segment sequence error^HL70357|E||||it ends "
          "here\r"},
    {"MSH|^~\\&|APP|FAC|CC|SITE|2026||ADT|C1|P|2.5\r",
     "AR",
     {"no-patient", "PID[1]-3"},
     "no patient id",
     HEAD "ACK^^ACK|C1|P|2.5\rMSA|AR|C1\rERR||PID^1^3|101^Required field missing^HL70357|E||||no "
          "patient id\r"},
    {"MSH|^~\\&|APP|FAC|CC|SITE|2026||ADT|C1|P|2.5\r",
     "AR",
     {"charset", "OBX[12]"},
     "x",
     HEAD "ACK^^ACK|C1|P|2.5\rMSA|AR|C1\rERR||OBX^12|102^Data type error^HL70357|E||||x\r"},
    {"MSH|^~\\&|APP|FAC|CC|SITE|2026||ADT|C1|P|2.5\r",
     "AR",
     {"size", "?[1]-2"},
     "x",
     HEAD "ACK^^ACK|C1|P|2.5\rMSA|AR|C1\rERR|||207^Application internal error^HL70357|E||||x\r"},
    {"MSH|^~\\&|APP|FAC|CC|SITE|2026||ADT|C1|P|2.5\r",
     "AE",
     {NULL, NULL},
     "send it again",
     HEAD "ACK^^ACK|C1|P|2.5\rMSA|AE|C1\rERR|||207^Application internal error^HL70357|E||||send it "
          "again\r"},
    {"hello\rPID|1\r",
     "AR",
     {"not-hl7", ""},
     "no MSH segment",
     "MSH|^~\\&|||||20261101130000.250+0000||ACK^^ACK|||\rMSA|AR|\rERR|||100^Segment sequence "
     "error^HL70357|E||||no MSH segment\r"},
    {"MSH|^~\\&|APP|FAC|CC|SITE|2026||ACK^A01|C1|P|2.5\rMSA|AA|X\r", "AA", {NULL, NULL}, "", NULL},
    {"MSH|^~\\&|APP|FAC|CC|SITE|2026||MCF|C1|P|2.2\rMSA|CA|X\r", "AA", {NULL, NULL}, "", NULL},
};

/* test_answers - every row */
static void test_answers(void **state)
{
    struct arena *a = arena_new(1 << 20);

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        CcIntakeProblem p;
        struct buf out;

        buf_init(&out);
        cc_intake_problem__init(&p);
        if (rows[i].problem.code) {
            p.code = arena_strdup(a, rows[i].problem.code);
            p.ref = arena_strdup(a, rows[i].problem.ref);
        }
        assert_int_equal(hl7_ack(a, span_of(rows[i].message), rows[i].code,
                                 rows[i].problem.code ? &p : NULL, rows[i].text, 1793538000250,
                                 &out),
                         rows[i].answer != NULL);
        assert_string_equal(out.data ? out.data : "", rows[i].answer ? rows[i].answer : "");
        buf_release(&out);
    }
    arena_free(a);
}

/* test_no_memory - for the header: the answer goes out without what it says */
static void test_no_memory(void **state)
{
    struct arena *a = arena_new(1 << 16);
    struct buf out;

    (void)state;
    arena_set_limit(a, 1);
    buf_init(&out);
    assert_true(
        hl7_ack(a, span_of(rows[0].message), "AE", NULL, "send it again", 1793538000250, &out));
    assert_non_null(strstr(out.data, "MSA|AE|"));
    buf_release(&out);
    arena_free(a);
}

/* main - the cases */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_answers),
        cmocka_unit_test(test_no_memory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
