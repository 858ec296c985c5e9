/* x12_segment_test.c - where a segment may stand, what its elements may hold, what codes look like:
 * both sides of each question, with all that is found */
#include "tests/support/test.h"

#include <stdio.h>

#include "common/x12/rules.h"
#include "tests/support/x12_faults.h"
#include "tests/support/x12_found.h"

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

#define EA "REF*EA*MRN778~\n"
#define NM1_82 "NM1*82*1*HEALER*JAN****XX*1455555015~\n"
#define HI_P "HI*ABK:E1165*ABF:I10~\n"

/* clang-format off */
static const struct x12_case places[] = {
    {"a loop twice, one segment behind the other", "837p", {{NM1_82, NM1_82 NM1_82}}, " IK304=4@24/0"},
    {"each segment that nobody knows", "837p", {{EA, EA "QQQ*1~\nQQR*1~\n"}}, " IK304=1@22/0 IK304=1@23/0"},
    {"each of another set", "837p", {{EA, EA "PLB*1~\nBPR*1~\n"}}, " IK304=6@22/0 IK304=6@23/0"},
    {"of those that are lost together the first", "837p", {{EA, EA "SV5*HC:A*DA*1*1*1*1~\nPS1*A*1~\n"}}, " IK304=2@22/0"},
    {"missing where the first of those behind it stands", "837p",
     {{HI_P NM1_82, NM1_82}, {"PRV*PE*PXC*207Q00000X~\n", "PRV*PE*PXC*207Q00000X~\nNM1*DN*1*HEALER*JAN****XX*1455555015~\n"}}, " IK304=3@22/0"},
    {"a claim without lines", "837p",
     {{"LX*1~\nSV1*HC:99214:25*165*UN*1***1:2~\nDTP*472*D8*20260325~\nREF*6R*A1000001L1~\n", ""},
      {"LX*2~\nSV1*HC:83036:QW*50*UN*1***1~\nDTP*472*D8*20260325~\nREF*6R*A1000001L2~\n", ""}}, " IK304=3@25/0"},
    {"HL numbers that start too high", "837p", {{"HL*1**20*1~", "HL*99999999999**20*1~"}}, " IK403=I12@6/1"},
    {"HL numbers that start too low", "837p", {{"HL*1**20*1~", "HL*0**20*1~"}}, " IK403=I12@6/1"},
    {"an id of letters that stand in no id", "837p", {{EA, EA "n3*1~\nN\x7f*1~\n"}}, " IK304=1@22/0 IK304=1@23/0"},
};

static const struct x12_case elements[] = {
    {"a segment without elements", "837p", {{"LX*2~", "LX~"}}, " IK403=1@29/1 IK403=I12@29/1"},
    {"a point in a whole number", "837p", {{"LX*2~", "LX*2.5~"}}, " IK403=6@29/1 IK403=I12@29/1"},
    {"a whole number of thirteen digits", "837p", {{"LX*2~", "LX*1234567890123~"}}, " IK403=5@29/1 IK403=I12@29/1"},
    {"a minus inside", "837p", {{"*UN*1***1:2", "*UN*1-1***1:2"}}, " IK403=6@26/4"},
    {"a point alone", "837p", {{"*UN*1***1:2", "*UN*.***1:2"}}, " IK403=6@26/4"},
    {"a fraction without a whole", "837p", {{"*UN*1***1:2", "*UN*.5***1:2"}}, ""},
    {"cents without a whole", "837p", {{"CLM*A1000001*215*", "CLM*A1000001*215.00*"}}, ""},
    {"blanks in front are a part of a text", "837p", {{"N3*12 ELM ST~", "N3* 12 ELM ST~"}}, " IK403=6@15/1~"},
    {"and hide no other fault", "837p", {{"NM1*85*2*RIVERBEND MEDICAL GROUP*****XX*1234567893~", "NM1*85*2* RIVERBEND*****XX*1234567894~"}},
     " IK403=6@8/3~ IK403=7@8/9"},
    {"blanks behind should not be there", "837p", {{"N3*12 ELM ST~", "N3*12 ELM ST ~"}}, " IK403=6@15/1~"},
    {"nothing but blanks is nothing", "837p", {{"N3*12 ELM ST~", "N3*  ~"}}, " IK403=6@15/1"},
    {"a blank behind a code", "837p", {{"DMG*D8*19700214*F~", "DMG*D8*19700214*F ~"}}, " IK403=5@17/3 IK403=7@17/3"},
    {"a blank behind a date", "837p", {{"DTP*472*D8*20260325~", "DTP*472*D8*20260325 ~"}}, " IK403=8@27/3"},
    {"six reasons in a segment", "837p",
     {{"CAS*CO*45*60~", "CAS*CO*45*10**3*10**94*10**16*10**97*10**59*10*1~"}}, ""},
    {"a sixtieth second", "837p", {{"*20260401*0915*CH", "*20260401*091560*CH"}}, " IK403=9@2/5"},
    {"a time of five digits", "837p", {{"*20260401*0915*CH", "*20260401*09150*CH"}}, " IK403=9@2/5"},
};

static const struct x12_case forms[] = {
    {"a bill type with its leading zero", "837i", {{"***11:A:1", "***01:A:1"}}, " IK403=7@19/5-1"},
    {"a bill type of one digit", "837i", {{"***11:A:1", "***1:A:1"}}, " IK403=7@19/5-1"},
    {"a bill type of three", "837i", {{"***11:A:1", "***110:A:1"}}, " IK403=5@19/5-1"},
    {"a place that is no number", "837p", {{"***11:B:1", "***1A:B:1"}}, " IK403=7@19/5-1"},
    {"no admission type", "837i", {{"CL1*1*1*01", "CL1*6*1*01"}}, " IK403=7@23/1"},
    {"a status of letters", "837i", {{"CL1*1*1*01", "CL1*1*1*AB"}}, " IK403=7@23/3"},
    {"a HIPPS rate", "837i", {{"SV2*0120**", "SV2*0022*HP:1AC01*"}}, ""},
    {"of four", "837i", {{"SV2*0120**", "SV2*0022*HP:1AC0*"}}, " IK403=7@36/2-2"},
    {"of small letters", "837i", {{"SV2*0120**", "SV2*0022*HP:1ac01*"}}, " IK403=7@36/2-2"},
    {"an occurrence of one character", "837i", {{"HI*BH:11:", "HI*BH:1:"}}, " IK403=7@30/1-2"},
    {"of small letters", "837i", {{"HI*BH:11:", "HI*BH:a1:"}}, " IK403=7@30/1-2"},
    {"a DRG of two", "837i", {{"HI*DR:193", "HI*DR:19"}}, " IK403=7@27/1-2"},
    {"a DRG of four", "837i", {{"HI*DR:193", "HI*DR:1931"}}, ""},
    {"a code set that has no form", "837i", {{"HI*DR:193~", "HI*DR:193~\nHI*TC:?~"}}, ""},
    {"a reason with a letter", "837p", {{"CAS*CO*45*60", "CAS*CO*A1*60"}}, ""},
    {"with a small one", "837p", {{"CAS*CO*45*60", "CAS*CO*a1*60"}}, " IK403=7@59/2"},
    {"a remark without letters", "835", {{"LQ*HE*MA120", "LQ*HE*120"}}, " IK403=7@28/2"},
    {"with three", "835", {{"LQ*HE*MA120", "LQ*HE*MAB1"}}, " IK403=7@28/2"},
    {"without digits", "835", {{"LQ*HE*MA120", "LQ*HE*MA"}}, " IK403=7@28/2"},
    {"a remark of pharmacies has its own", "835", {{"LQ*HE*MA120", "LQ*RX*70"}}, ""},
    {"a category of one letter", "277", {{"STC*P1:20", "STC*P:20"}}, " IK403=7@12/1-1"},
    {"of four", "277", {{"STC*P1:20", "STC*P123:20"}}, " IK403=7@12/1-1"},
    {"of a digit in front", "277", {{"STC*P1:20", "STC*1P:20"}}, " IK403=7@12/1-1"},
    {"of a small letter in front", "277", {{"STC*P1:20", "STC*p1:20"}}, " IK403=7@12/1-1"},
    {"of a sign behind", "277", {{"STC*P1:20", "STC*P-:20"}}, " IK403=7@12/1-1"},
    {"a status of four digits", "277", {{"STC*P1:20", "STC*P1:2000"}}, " IK403=7@12/1-2"},
    {"an NPI of forty digits", "837p",
     {{"XX*1234567893~", "XX*1234567893123456789312345678931234567893~"}}, " IK403=7@8/9"},
    {"a ZIP abroad", "837p", {{"N4*SPRINGTOWN*OH*44101~\nDMG*D8*1970", "N4*TORONTO*ON*M5V 1A1*CA~\nDMG*D8*1970"}}, ""},
};
/* clang-format on */

static const struct x12_check_options options = {.today = 20261101};

/* test_places - order, repeats, what is missing */
static void test_places(void **state)
{
    (void)state;
    x12_cases_run(places, COUNT(places), &options);
}

/* test_elements - numbers, times, gaps */
static void test_elements(void **state)
{
    (void)state;
    x12_cases_run(elements, COUNT(elements), &options);
}

/* test_forms - what a code looks like */
static void test_forms(void **state)
{
    (void)state;
    x12_cases_run(forms, COUNT(forms), &options);
}

/* repeated - the first finding's element and repetition */
static int repeated(void *arg, const struct x12_result *r)
{
    unsigned *at = arg;

    if (r->level == X12_SET && r->count > 0) {
        at[0] = r->findings[0].element;
        at[1] = r->findings[0].repetition;
    }
    return 0;
}

/* test_repetition - a finding says in which repetition of an element it is, where that matters */
static void test_repetition(void **state)
{
    static const struct {
        const char *file, *from, *to;
        unsigned element, repetition;
    } rows[] = {
        {"837p", "***11:B:1", "***11:B:1^12:B:1", 5, 2},
        {"837p", "***11:B:1", "***11:B:", 5, 0},
        {"999", "CTX*CLM01:A1000009", "CTX*CLM01:A1000009^:A1000010", 1, 2},
        {"999", "CTX*CLM01:A1000009", "CTX*:A1000009^CLM01:A1000010", 1, 1},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        unsigned at[2] = {0};
        struct err e;
        struct buf b;

        x12_example(rows[i].file, &b);
        x12_replace(&b, "", rows[i].from, rows[i].to);
        assert_int_equal(x12_check(b.data, b.len, &options, repeated, at, &e), 0);
        assert_int_equal(at[0], rows[i].element);
        assert_int_equal(at[1], rows[i].repetition);
        buf_release(&b);
    }
}

/* insert - a text before the first `at` */
static void insert(struct buf *b, const char *at, const struct buf *text)
{
    struct buf to;

    buf_init(&to);
    buf_add(&to, text->data, text->len);
    buf_adds(&to, at);
    x12_replace(b, "", at, to.data);
    x12_recount(b);
    buf_release(&to);
}

/* test_many_payers - more other payers than a claim can have are refused, and not remembered */
static void test_many_payers(void **state)
{
    static const char letters[] = "PTABCDEFGHPTA";
    struct x12_found found;
    struct buf b, text;
    unsigned too_many = 0;

    (void)state;
    buf_init(&text);
    for (size_t i = 0; i < sizeof(letters) - 1; i++)
        buf_addf(&text,
                 "SBR*%c*19*******CI~\nCAS*CO*45*1~\nAMT*D*119~\nOI***Y***Y~\n"
                 "NM1*IL*1*SAMPLEMAN*DORA****MI*SYN%zu~\nNM1*PR*2*PLAN*****PI*P%02zu~\n"
                 "DTP*573*D8*20260320~\n",
                 letters[i], i, i);
    x12_example("837p", &b);
    x12_cut(&b, "SBR*P*19", "LX*1~\nSV1*HC:99213");
    insert(&b, "LX*1~\nSV1*HC:99213", &text);
    x12_replace(&b, "", "SVD*SHP01*95", "SVD*P12*95");
    found = x12_find(b.data, b.len, &options);
    for (const char *p = found.codes; (p = strstr(p, "IK304=4@")); p++)
        too_many++;
    assert_int_equal(too_many, sizeof(letters) - 1 - 10);
    assert_null(strstr(found.messages, "has this id"));
    buf_release(&b);
    buf_release(&text);
}

/* test_many_lines - a number twice among a thousand lines; the thousand and first is too much */
static void test_many_lines(void **state)
{
    enum { LINES = 1001 };
    struct x12_found found;
    struct buf b, text;

    (void)state;
    buf_init(&text);
    for (int i = 1; i <= LINES; i++)
        buf_addf(&text, "LX*%d~\nSV2*0250**1*UN*1~\nREF*6R*L%d~\n", i, i == 998 ? 2 : i);
    x12_example("837i", &b);
    x12_replace(&b, "", "*13750.5*", "*1001*");
    x12_cut(&b, "LX*1~", "SE*45");
    insert(&b, "SE*45", &text);
    found = x12_find(b.data, b.len, &options);
    assert_string_equal(found.codes, " IK403=I12@3028/2 IK304=4@3032/0 IK304=4@3035/0");
    buf_release(&b);
    buf_release(&text);
}

/* What a table was asked. */
struct asked {
    unsigned codes, dated;
};

/* ask - knows everything */
static enum x12_answer ask(void *arg, const char *system, struct span code, int32_t on)
{
    struct asked *a = arg;

    assert_true(code.n > 0 && system[0]);
    a->codes++;
    a->dated += on != 0;
    return X12_CODE_KNOWN;
}

/* asked_of - how often, about a file */
static struct asked asked_of(const struct buf *b, int snip)
{
    struct asked a = {0};
    const struct x12_check_options o = {.snip = snip, .known = ask, .known_arg = &a};

    assert_string_equal(x12_find(b->data, b->len, &o).codes, "");
    return a;
}

/* test_asks - codes of a claim with its date, those above it and in a remittance without; none
 * below type 5 */
static void test_asks(void **state)
{
    struct asked a;
    struct buf b;

    (void)state;
    x12_example("837p", &b);
    a = asked_of(&b, 5);
    assert_int_equal(a.codes, 18);
    assert_int_equal(a.dated, 17);
    assert_int_equal(asked_of(&b, 4).codes, 0);
    buf_release(&b);
    x12_example("835", &b);
    a = asked_of(&b, 5);
    assert_int_equal(a.codes, 9);
    assert_int_equal(a.dated, 0);
    buf_release(&b);
}

/* test_asks_early - of a claim with more codes than can wait none is forgotten */
static void test_asks_early(void **state)
{
    enum { PAYERS = 8, REASONS = PAYERS * 3 * 6 };
    struct buf b, text;
    unsigned before;

    (void)state;
    x12_example("837p", &b);
    x12_cut(&b, "SBR*P*19", "LX*1~\nSV1*HC:99213");
    x12_cut(&b, "SVD*SHP01*95", "LX*2~\nSV1*HC:87880");
    x12_cut(&b, "SVD*SHP01*25", "SE*");
    x12_recount(&b);
    before = asked_of(&b, 5).codes;
    buf_init(&text);
    for (int i = 0; i < PAYERS; i++) {
        buf_addf(&text, "SBR*%c*19*******CI~\n", 'A' + i);
        for (int k = 0; k < 3; k++)
            buf_adds(&text, "CAS*CO*45*1**46*1**47*1**48*1**49*1**50*1~\n");
        buf_addf(&text,
                 "OI***Y***Y~\nNM1*IL*1*SAMPLEMAN*DORA****MI*SYN%d~\n"
                 "NM1*PR*2*PLAN*****PI*P%d~\n",
                 i, i);
    }
    insert(&b, "LX*1~\nSV1*HC:99213", &text);
    assert_int_equal(asked_of(&b, 5).codes, before + REASONS);
    buf_release(&b);
    buf_release(&text);
}

/* flooded - what is found in a set with so many of a segment in it */
static struct x12_found flooded(const char *segment, int times)
{
    struct x12_check_options o = options;
    struct x12_found found;
    struct buf b, text;

    buf_init(&text);
    for (int i = 0; i < times; i++)
        buf_adds(&text, segment);
    x12_example("837p", &b);
    insert(&b, EA, &text);
    found = x12_find(b.data, b.len, &o);
    buf_release(&b);
    buf_release(&text);
    return found;
}

/* test_many_findings - a set's list ends with a word that there are more, and the set is refused;
 * notes take no place of what it is refused for */
static void test_many_findings(void **state)
{
    struct x12_found found = flooded("QQQ~\n", 2 * X12_FINDINGS_MAX);

    (void)state;
    assert_int_equal(found.findings, X12_FINDINGS_MAX);
    assert_false(found.accepted);
    found = flooded("NTE*ADD*WORDS ~\n", X12_FINDINGS_MAX);
    assert_true(found.notes > 0 && found.notes <= X12_FINDINGS_MAX / 2);
    assert_int_equal(found.findings - found.notes, X12_FINDINGS_MAX / 2);
    assert_false(found.accepted);
}

/* test_sums - one that is too large for its type stays so, whatever is added */
static void test_sums(void **state)
{
    int64_t sum = INT64_MAX - 1;

    (void)state;
    sum_add(&sum, 2);
    sum_add(&sum, -5);
    assert_true(sum == INT64_MAX);
    sum = INT64_MIN + 1;
    sum_add(&sum, -2);
    sum_add(&sum, 5);
    assert_true(sum == INT64_MIN);
}

/* test_notes_below - what is only a note is not asked below its type either */
static void test_notes_below(void **state)
{
    struct x12_check_options o = options;
    struct buf b;

    (void)state;
    x12_example("277ca", &b);
    x12_replace(&b, "", "QTY*90*1~", "QTY*90*2~");
    o.snip = 3;
    assert_int_equal(x12_find(b.data, b.len, &o).notes, 1);
    o.snip = 2;
    assert_int_equal(x12_find(b.data, b.len, &o).notes, 0);
    buf_release(&b);
}

/* test_no_claims - totals of a file that lists no claims are compared with nothing */
static void test_no_claims(void **state)
{
    struct buf b;

    (void)state;
    x12_example("277ca", &b);
    x12_cut(&b, "HL*3*", "SE*");
    x12_replace(&b, "", "HL*2*1*21*1", "HL*2*1*21*0");
    x12_recount(&b);
    assert_string_equal(x12_find(b.data, b.len, &options).codes, "");
    buf_release(&b);
}

/* main - all */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_places),        cmocka_unit_test(test_elements),
        cmocka_unit_test(test_forms),         cmocka_unit_test(test_repetition),
        cmocka_unit_test(test_many_payers),   cmocka_unit_test(test_many_lines),
        cmocka_unit_test(test_asks),          cmocka_unit_test(test_asks_early),
        cmocka_unit_test(test_many_findings), cmocka_unit_test(test_sums),
        cmocka_unit_test(test_notes_below),   cmocka_unit_test(test_no_claims),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
