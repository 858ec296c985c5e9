/* x12_ack_test.c - what a receiver answers, and that the answers themselves are without fault */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/x12/ack.h"
#include "tests/support/x12_faults.h"
#include "tests/support/x12_found.h"

struct answers {
    struct x12_ack *ack;
    enum x12_level refuse; /* what a payer refuses of its own (test_changed) */
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

/* A file changed as a case is, and what stands in the answers: "999" or "TA1" first. */
static const struct x12_case quoted[] = {
    /* clang-format off */
    {"more reasons than there is room for", "837p",
     {{"ST*837*0001*005010X222A1", "ST*837*1*005010X223A2"}, {"SE*70*0001", "SE*71*0002"}},
     "AK2*837*0001*005010X223A2~IK3*ST*1**8~IK4*2*329*4*1~IK5*R*7*19*4*5~AK9*R*1*1*0~"},
    {"a set's number of signs", "837p", {{"ST*837*0001", "ST*837*A!\x7f 1"}, {"SE*70*0001", "SE*70*A!\x7f 1"}}, "AK2*837*0A!1*005010X222A1~"},
    {"a set's number of twelve", "837p", {{"ST*837*0001", "ST*837*123456789012"}, {"SE*70*0001", "SE*70*123456789012"}}, "AK2*837*123456789*"},
    {"a group's number of letters and signs", "837p", {{"*0915*101*", "*0915*1A/2*"}}, "AK1*HC*12*005010X222A1~"},
    {"a group's number of eleven", "837p", {{"*0915*101*", "*0915*12345678901*"}}, "AK1*HC*123456789*005010X222A1~"},
    {"no number of a group", "837p", {{"*0915*101*", "*0915**"}}, "AK1*HC*0*005010X222A1~"},
    {"sets that are no number", "837p", {{"GE*1*101", "GE*99999999999*101"}}, "IK5*A~AK9*R*0*1*0*5~"},
    {"an id of one letter", "837p", {{"REF*EA*MRN778~", "N*1~"}}, "~IK3*ZZZ*21*2300*1~"},
    {"an id of small letters", "837p", {{"REF*EA*MRN778~", "n3*1~"}}, "~IK3*ZZZ*21*2300*1~"},
    {"a fault of a segment and one of its element", "837p",
     {{"REF*EA*MRN778~", "REF*EA*MRN778~\nREF*EA*012345678901234567890123456789012345678901234567890~"}},
     "IK3*REF*22*2300*5~CTX*CLM01:A1000001~IK3*REF*22*2300*8~CTX*CLM01:A1000001~"
     "IK4*2*127*5*012345678901234567890123456789012345678901234567890~IK5*R*5*I5~"},
    {"the element's first", "837i", {{"11:A:1*", "13:A:1*"}, {"HI*ABJ:R0902~", "HI*BJ:78650~"}},
     "IK3*HI*26*2300*8~CTX*CLM01:H2000001~IK4*1:1*1270*I6*BJ~IK3*HI*26*2300*I9~CTX*CLM01:H2000001~IK5*R*I5~"},
    {"two loops missing at one place", "837p",
     {{"NM1*IL*1*TESTER*ADA*Q***MI*SYN0001234~\nN3*12 ELM ST~\nN4*SPRINGTOWN*OH*44101~\nDMG*D8*19700214*F~\nNM1*PR*2*SAMPLE HEALTH PLAN*****PI*SHP01~\n", ""}},
     "IK3*NM1*14*2010*3~IK3*NM1*14*2010*3~"},
    {"two elements of one segment", "837p", {{"DMG*D8*19700214*F~", "DMG*D9*19700214*X~"}}, "IK3*DMG*17*2010*8~IK4*1*1250*7*D9~IK4*3*1068*7*X~"},
    {"in which repetition", "837p", {{"***11:B:1*", "***11:B:1^12:B:1*"}}, "IK4*5::2**12*12B1~"},
    {"a sum alone is no fault of syntax", "837p", {{"CLM*A1000001*215*", "CLM*A1000001*216*"}}, "IK5*R*I5~"},
    /* clang-format on */
};

/* test_quotes - what an answer says of a fault, and that it is sound */
static void test_quotes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(quoted) / sizeof(quoted[0]); i++) {
        struct answers a;
        struct buf b;

        x12_case_apply(&quoted[i], &b);
        answer_all(b.data, b.len, false, &a);
        if (!strstr(a.file.data, quoted[i].codes))
            fail_msg("%s: %s", quoted[i].what, a.file.data);
        assert_sound(&a.file, quoted[i].what);
        release(&a);
        buf_release(&b);
    }
}

/* test_same_reason - a reason that was found twice is told once */
static void test_same_reason(void **state)
{
    struct answers a;
    struct buf b;

    (void)state;
    x12_example("837p", &b);
    x12_cut(&b, "ST*", "GE*");
    x12_replace(&b, "", "GE*1*101", "GE*1*102");
    answer_all(b.data, b.len, false, &a);
    assert_non_null(strstr(a.file.data, "AK1*HC*101*005010X222A1~AK9*R*1*0*0*5*4~"));
    release(&a);
    buf_release(&b);
}

/* test_noted - a note of one set makes the group accepted with errors noted, not its neighbour */
static void test_noted(void **state)
{
    struct answers a;
    struct buf b, two;
    const char *st, *ge;

    (void)state;
    x12_example("835", &b);
    buf_init(&two);
    st = strstr(b.data, "ST*"), ge = strstr(b.data, "GE*1");
    buf_add(&two, b.data, (size_t)(ge - b.data));
    buf_add(&two, st, (size_t)(ge - st));
    buf_adds(&two, ge);
    x12_replace(&two, "", "01*999999992*DA", "01*999999993*DA");
    x12_replace(&two, "SE*45", "ST*835*0001", "ST*835*0002");
    x12_replace(&two, "ST*835*0002", "SE*45*0001", "SE*45*0002");
    x12_replace(&two, "", "GE*1*", "GE*2*");
    answer_all(two.data, two.len, false, &a);
    assert_non_null(strstr(a.file.data, "IK5*E*I5~AK2*835*0002~IK5*A~AK9*E*2*2*2~"));
    release(&a);
    buf_release(&two);
    buf_release(&b);
}

/* test_next - of two interchanges each has its own answers; the first number is 1 where none is
 * given */
static void test_next(void **state)
{
    const struct x12_ack_options o = {.date = 20260402, .newline = true};
    struct answers a = {.ack = x12_ack_new(&o)};
    struct buf b;
    struct err e;

    (void)state;
    assert_non_null(a.ack);
    buf_init(&a.ta1), buf_init(&a.file);
    x12_example("837p", &b);
    assert_int_equal(x12_check(b.data, b.len, NULL, answer, &a, &e), 0);
    assert_int_equal(x12_check(b.data, b.len - 30, NULL, answer, &a, &e), 0);
    assert_int_equal(x12_ack_999(a.ack).n, 0);
    assert_non_null(strstr(a.file.data, "IEA*1*000000001~\n"));
    assert_null(strstr(a.file.data, "IEA*1*000000002~"));
    assert_non_null(strstr(a.ta1.data, "IEA*0*000000002~\n"));
    release(&a);
    buf_release(&b);
}

/* refuse - a set, or an interchange, although nothing was found */
static int refuse(void *arg, const struct x12_result *r)
{
    struct x12_result changed = *r;
    struct answers *a = arg;

    changed.accepted = r->level != a->refuse;
    if (r->level == X12_GROUP)
        changed.sets_accepted = 0;
    return answer(arg, &changed);
}

/* test_changed - a payer that refuses for reasons of its own says so in the customary form */
static void test_changed(void **state)
{
    (void)state;
    for (int whole = 0; whole < 2; whole++) {
        const struct x12_ack_options o = {20260402, 800, 501, false, false};
        struct answers a = {.ack = x12_ack_new(&o)};
        struct buf b;
        struct err e;

        assert_non_null(a.ack);
        a.refuse = whole ? X12_INTERCHANGE : X12_SET;
        buf_init(&a.ta1), buf_init(&a.file);
        x12_example("837p", &b);
        assert_int_equal(x12_check(b.data, b.len, NULL, refuse, &a, &e), 0);
        if (whole)
            assert_non_null(strstr(a.ta1.data, "*R*000~"));
        else
            assert_non_null(strstr(a.file.data, "IK5*R*5~AK9*R*1*1*0~"));
        assert_int_equal(whole ? a.file.len : a.ta1.len, 0);
        release(&a);
        buf_release(&b);
    }
}

/* test_long_names - of an ISA of other widths as much of a name is quoted as there is room for */
static void test_long_names(void **state)
{
    static const char text[] =
        "ISA*00**00**ZZ*SENDER7890123456789*ZZ*R*260401*0915*^*00501*000000101*1*T*:~"
        "GS*HC*SUBM10001*CLRHOUSE01*20260401*0915*101*X*005010X222A1~GE*0*101~IEA*1*000000101~";
    const struct x12_ack_options o = {20260402, 800, 501, false, false};
    struct answers a = {.ack = x12_ack_new(&o)};
    struct x12_reader r;
    struct err e;

    (void)state;
    assert_non_null(a.ack);
    buf_init(&a.ta1), buf_init(&a.file);
    x12_reader_init(&r, text, sizeof(text) - 1);
    r.go_on = true;
    assert_int_equal(x12_check_stream(&r, NULL, NULL, answer, &a, &e), 0);
    assert_non_null(strstr(a.ta1.data, "*ZZ*R              *ZZ*SENDER789012345*260402*"));
    release(&a);
}

/* main - all */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_accepted),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_interchange_refused),
        cmocka_unit_test(test_partial),
        cmocka_unit_test(test_quotes),
        cmocka_unit_test(test_same_reason),
        cmocka_unit_test(test_noted),
        cmocka_unit_test(test_next),
        cmocka_unit_test(test_changed),
        cmocka_unit_test(test_long_names),
        cmocka_unit_test(test_every_fault),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
