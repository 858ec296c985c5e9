/* x12_ack_test.c - what a receiver answers, and that the answers themselves are without fault */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/x12/ack.h"
#include "tests/support/x12_faults.h"

struct answers {
    struct x12_ack *ack;
    struct buf ta1, file;
};

/* answer - a result; keeps the answers of each interchange */
static int answer(void *arg, const struct x12_result *r)
{
    struct answers *a = arg;

    x12_ack_add(a->ack, r);
    if (r->level == X12_INTERCHANGE) {
        buf_add(&a->ta1, x12_ack_ta1(a->ack).p, x12_ack_ta1(a->ack).n);
        buf_add(&a->file, x12_ack_999(a->ack).p, x12_ack_999(a->ack).n);
    }
    return 0;
}

/* answer_all - to these bytes */
static void answer_all(const char *text, size_t n, bool always_ta1, struct answers *a)
{
    const struct x12_ack_options o = {20260402, 800, 501, always_ta1, false};
    const struct x12_check_options how = {.today = 20261101};
    struct err e;

    a->ack = x12_ack_new(&o);
    assert_non_null(a->ack);
    buf_init(&a->ta1);
    buf_init(&a->file);
    assert_int_equal(x12_check(text, n, &how, answer, a, &e), 0);
    assert_false(x12_ack_failed(a->ack));
}

/* release - the answers */
static void release(struct answers *a)
{
    x12_ack_free(a->ack);
    buf_release(&a->ta1);
    buf_release(&a->file);
}

/* no_fault - a result of a check of our own answer */
static int no_fault(void *arg, const struct x12_result *r)
{
    (void)arg;
    for (size_t i = 0; i < r->count; i++)
        fail_msg("%s: %s %s", (const char *)arg, r->findings[i].code, r->findings[i].message);
    return 0;
}

/* assert_sound - an answer, if there is one */
static void assert_sound(const struct buf *b, const char *what)
{
    char text[64];
    struct err e;

    if (b->len == 0)
        return;
    snprintf(text, sizeof(text), "%s", what);
    assert_int_equal(x12_check(b->data, b->len, NULL, no_fault, text, &e), 0);
}

/* test_accepted - a 999 with A, no TA1 unless asked for */
static void test_accepted(void **state)
{
    struct answers a;
    struct buf b;

    (void)state;
    x12_example("837p", &b);
    answer_all(b.data, b.len, false, &a);
    assert_int_equal(a.ta1.len, 0);
    assert_string_equal(
        a.file.data,
        "ISA*00*          *00*          *ZZ*CLRHOUSE01     *ZZ*SUBM10001      "
        "*260402*0800*^*00501*000000501*0*T*:~"
        "GS*FA*CLRHOUSE01*SUBM10001*20260402*0800*501*X*005010X231A1~ST*999*0001*005010X231A1~"
        "AK1*HC*101*005010X222A1~AK2*837*0001*005010X222A1~IK5*A~AK9*A*1*1*1~SE*6*0001~GE*1*501~"
        "IEA*1*000000501~");
    assert_int_equal(x12_ack_next_control(a.ack), 502);
    release(&a);
    answer_all(b.data, b.len, true, &a);
    assert_string_equal(strstr(a.ta1.data, "TA1*"),
                        "TA1*000000101*260401*0915*A*000~IEA*0*000000502~");
    release(&a);
    b.data[100] = '1';
    answer_all(b.data, b.len, false, &a);
    assert_non_null(strstr(a.ta1.data, "*A*000~"));
    release(&a);
    buf_release(&b);
}

/* test_refused - the set, with place, claim, element and value */
static void test_refused(void **state)
{
    struct answers a;
    struct buf b;

    (void)state;
    x12_example("837p", &b);
    x12_replace(&b, "CLM*A1000002", "1455555015", "1234567890");
    x12_replace(&b, "CLM*A1000002", "AMT*EAF*35", "AMT*EAF*3X");
    answer_all(b.data, b.len, false, &a);
    assert_string_equal(
        strstr(a.file.data, "AK2*"),
        "AK2*837*0001*005010X222A1~IK3*NM1*46*2310*8~CTX*CLM01:A1000002~IK4*9*67*7*1234567890~"
        "IK3*AMT*49*2320*8~CTX*CLM01:A1000002~IK4*2*782*6*3X~IK5*R*5*I5~AK9*R*1*1*0~SE*12*0001~"
        "GE*1*501~IEA*1*000000501~");
    release(&a);
    buf_release(&b);
}

/* test_interchange_refused - a TA1 and nothing else; acknowledgments get no answer */
static void test_interchange_refused(void **state)
{
    struct answers a;
    struct buf b;

    (void)state;
    x12_example("837p", &b);
    answer_all(b.data, b.len - 30, false, &a);
    assert_non_null(strstr(a.ta1.data, "TA1*000000101*260401*0915*R*023~"));
    assert_int_equal(a.file.len, 0);
    release(&a);
    buf_release(&b);
    for (int i = 0; i < 2; i++) {
        x12_example(i ? "ta1" : "999", &b);
        answer_all(b.data, b.len, false, &a);
        assert_int_equal(a.ta1.len + a.file.len, 0);
        release(&a);
        buf_release(&b);
    }
    answer_all("no X12", 6, true, &a);
    assert_int_equal(a.ta1.len + a.file.len, 0);
    release(&a);
}

/* test_partial - one set of two, in two groups */
static void test_partial(void **state)
{
    struct answers a;
    struct buf b, two;
    const char *st, *se;

    (void)state;
    x12_example("837i", &b);
    buf_init(&two);
    st = strstr(b.data, "ST*837");
    se = strstr(b.data, "GE*1*");
    buf_add(&two, b.data, (size_t)(se - b.data));
    buf_add(&two, st, (size_t)(se - st));
    buf_adds(&two, se);
    x12_replace(&two, "SE*45*0001", "ST*837*0001", "ST*837*0002");
    x12_replace(&two, "ST*837*0002", "SE*45*0001", "SE*45*0002");
    x12_replace(&two, "", "GE*1*", "GE*2*");
    x12_replace(&two, "ST*837*0002", "SBR*P", "SBR*X");
    answer_all(two.data, two.len, false, &a);
    assert_non_null(strstr(
        a.file.data,
        "IK5*A~AK2*837*0002*005010X223A2~IK3*SBR*13*2000*8~IK4*1*1138*7*X~IK5*R*I5~AK9*P*2*2*1~"));
    assert_sound(&a.file, "partial");
    release(&a);
    buf_release(&two);
    buf_release(&b);
}

/* test_every_fault - whatever was wrong, the answer is right, and says R or E */
static void test_every_fault(void **state)
{
    (void)state;
    for (size_t i = 0; i < x12_fault_count; i++) {
        const struct x12_fault *f = &x12_faults[i];
        struct answers a;
        struct buf b;

        x12_fault_apply(f, &b);
        answer_all(b.data, b.len, true, &a);
        assert_sound(&a.ta1, f->kind);
        assert_sound(&a.file, f->kind);
        if (f->code[0] && strncmp(f->file, "999", 3) != 0 && !strstr(a.ta1.data, "*R*") &&
            !strstr(a.file.data, "AK9*R") && !strstr(a.file.data, "AK9*P") &&
            !strstr(a.file.data, "AK9*E"))
            fail_msg("%s in %s: %s", f->kind, f->file, a.file.data);
        release(&a);
        buf_release(&b);
    }
}

/* main - all */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_accepted),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_interchange_refused),
        cmocka_unit_test(test_partial),
        cmocka_unit_test(test_every_fault),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
