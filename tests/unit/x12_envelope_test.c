/* x12_envelope_test.c - interchanges, groups and sets: what each control segment must say, in which
 * order they come, and who is told when one is wrong */
#include "tests/support/test.h"

#include <stdio.h>

#include "tests/support/x12_faults.h"
#include "tests/support/x12_found.h"

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

#define GS_P "GS*HC*SUBM10001*CLRHOUSE01*20260401*0915*101*X*005010X222A1~\n"
#define ST_P "ST*837*0001*005010X222A1~\n"
#define TA1_OK "TA1*000000101*260401*0915*A*000~"

/* clang-format off */
static const struct x12_case interchanges[] = {
    {"a date with a letter", "837p", {{"*260401*0915*^", "*26O401*0915*^"}}, " TA105=014@0/9"},
    {"a time with a letter", "837p", {{"*260401*0915*^", "*260401*09l5*^"}}, " TA105=015@0/10"},
    {"a number that is zero", "837p", {{"*00501*000000101", "*00501*000000000"}}, " TA105=018@0/13 TA105=001@0/2"},
    {"a byte that no ISA holds", "837p", {{"ISA*00*          ", "ISA*00*    \x01     "}}, " TA105=024@0/2"},
    {"the same number in other digits", "837p", {{"IEA*1*000000101", "IEA*1*101"}}, " TA105=001@0/2"},
    {"a number with a letter at its end", "837p", {{"IEA*1*000000101", "IEA*1*00000010A"}}, " TA105=001@0/2"},
    {"groups that are no number", "837p", {{"IEA*1*", "IEA*A*"}}, " TA105=021@0/1"},
    {"groups in six digits", "837p", {{"IEA*1*", "IEA*000001*"}}, " TA105=021@0/1"},
    {"a trailer of three elements", "837p", {{"IEA*1*000000101", "IEA*1*000000101*X"}}, " TA105=024@0/0"},
    {"a trailer of one", "837p", {{"IEA*1*000000101", "IEA*1"}}, " TA105=001@0/2 TA105=024@0/0"},
    {"a segment behind the group", "837p", {{"IEA*1*", "N3*X~\nIEA*1*"}}, " TA105=022@0/0"},
    {"a group's end without a group", "837p", {{"IEA*1*", "GE*1*101~\nIEA*1*"}}, " TA105=022@0/0"},
    {"a set without a group", "837p", {{"IEA*1*", ST_P "IEA*1*"}}, " TA105=022@0/0"},
    {"a group where one should end", "837p", {{"GE*1*101~\n", "GS*HC*SUBM10001*CLRHOUSE01*20260401*0915*102*X*005010X222A1~\nGE*0*102~\n"},
     {"IEA*1*", "IEA*2*"}}, " AK905=3@0/0 AK905=5@0/0"},
    {"a set where one should end", "837p", {{"SE*70*0001~\n", "ST*837*0002*005010X222A1~\nSE*2*0002~\n"}, {"GE*1*", "GE*2*"}},
     " IK502=2@69/0 IK304=3@2/0 IK304=3@2/0 IK304=3@2/0 IK304=3@2/0"},
    {"a TA1 before the group", "837p", {{GS_P, TA1_OK "\n" GS_P}}, ""},
    {"a TA1 in a group", "837p", {{ST_P, TA1_OK "\n" ST_P}}, " TA105=022@0/0"},
    {"a TA1 in a set", "837p", {{"REF*EA*MRN778~\n", "REF*EA*MRN778~\n" TA1_OK "\n"}}, " IK304=6@22/0"},
    {"a TA1 without a number", "ta1", {{TA1_OK, "TA1*101*260401*0915*A*000~"}}, " TA105=024@0/1"},
    {"with a letter in it", "ta1", {{TA1_OK, "TA1*00000010A*260401*0915*A*000~"}}, " TA105=024@0/1"},
    {"of half a date", "ta1", {{TA1_OK, "TA1*000000101*2604*0915*A*000~"}}, " TA105=024@0/2"},
    {"of a date with a letter", "ta1", {{TA1_OK, "TA1*000000101*26O401*0915*A*000~"}}, " TA105=024@0/2"},
    {"of half a time", "ta1", {{TA1_OK, "TA1*000000101*260401*09*A*000~"}}, " TA105=024@0/3"},
    {"of a time with a letter", "ta1", {{TA1_OK, "TA1*000000101*260401*09l5*A*000~"}}, " TA105=024@0/3"},
    {"that neither accepts nor refuses", "ta1", {{TA1_OK, "TA1*000000101*260401*0915*B*000~"}}, " TA105=024@0/4"},
    {"with half a reason", "ta1", {{TA1_OK, "TA1*000000101*260401*0915*R*01~"}}, " TA105=024@0/5"},
    {"with a reason that is no number", "ta1", {{TA1_OK, "TA1*000000101*260401*0915*R*0l0~"}}, " TA105=024@0/5"},
    {"with the last reason", "ta1", {{TA1_OK, "TA1*000000101*260401*0915*R*031~"}}, ""},
    {"with one more", "ta1", {{TA1_OK, "TA1*000000101*260401*0915*R*032~"}}, " TA105=024@0/5"},
    {"with an element more", "ta1", {{TA1_OK, "TA1*000000101*260401*0915*A*000*X~"}}, " TA105=024@0/6"},
    {"an id of one letter and of a byte that no id holds", "837p", {{"REF*EA*MRN778~\n", "REF*EA*MRN778~\nN~\nN\x01*1~\n"}},
     " IK304=1@22/0 IK304=1@23/0"},
};

static const struct x12_case groups[] = {
    {"a sender of one letter", "837p", {{"GS*HC*SUBM10001*", "GS*HC*S*"}}, " TA105=024@0/2"},
    {"of sixteen", "837p", {{"GS*HC*SUBM10001*", "GS*HC*SUBM100010000000*"}}, " TA105=024@0/2"},
    {"a receiver with a byte that none holds", "837p", {{"*CLRHOUSE01*2026", "*CLRHOUSE\x7f*2026"}}, " TA105=024@0/3"},
    {"a time of no minute", "837p", {{"*0915*101*", "*0960*101*"}}, " TA105=024@0/5"},
    {"a time of three digits", "837p", {{"*0915*101*", "*915*101*"}}, " TA105=024@0/5"},
    {"of five", "837p", {{"*0915*101*", "*09150*101*"}}, " TA105=024@0/5"},
    {"of nine", "837p", {{"*0915*101*", "*091530001*101*"}}, " TA105=024@0/5"},
    {"with seconds and their parts", "837p", {{"*0915*101*", "*09153000*101*"}}, ""},
    {"with a minute's sixtieth second", "837p", {{"*0915*101*", "*091560*101*"}}, " TA105=024@0/5"},
    {"another agency", "837p", {{"*101*X*", "*101*T*"}}, " TA105=024@0/7"},
    {"an element more", "837p", {{"X222A1~\nST", "X222A1*9~\nST"}}, " TA105=024@0/9"},
    {"a number of ten digits", "837p", {{"*0915*101*", "*0915*1234567890*"}, {"GE*1*101", "GE*1*1234567890"}}, " AK905=6@0/6"},
    {"no number", "837p", {{"*0915*101*", "*0915**"}, {"GE*1*101", "GE*1*"}}, " AK905=6@0/6"},
    {"the errata to come", "837p", {{"*X*005010X222A1", "*X*005010X222A2"}, {"0001*005010X222A1", "0001*005010X222A2"}}, " AK905=2@0/8"},
    {"without errata", "837p", {{"*X*005010X222A1", "*X*005010X222"}, {"0001*005010X222A1", "0001*005010X222"}}, " AK905=2@0/8"},
    {"an acknowledgment with and without", "999", {{"*X*005010X231A1", "*X*005010X231"}, {"0001*005010X231A1", "0001*005010X231"}}, ""},
    {"something else behind the version", "837p", {{"*X*005010X222A1", "*X*005010X222B1"}, {"0001*005010X222A1", "0001*005010X222B1"}},
     " IK502=18@1/1 AK905=2@0/8"},
    {"something more", "837p", {{"*X*005010X222A1", "*X*005010X222A12"}, {"0001*005010X222A1", "0001*005010X222A12"}},
     " IK502=18@1/1 AK905=2@0/8"},
    {"half a version", "837p", {{"*X*005010X222A1", "*X*005010"}, {"0001*005010X222A1", "0001*005010"}}, " IK502=18@1/1 AK905=2@0/8"},
    {"no version, so none to differ from", "837p", {{"*X*005010X222A1", "*X"}}, " IK502=18@1/1 AK905=2@0/8"},
    {"another guide's group and version", "837p", {{"GS*HC", "GS*HP"}, {"*X*005010X222A1", "*X*005010X221A1"}},
     " IK502=19@1/3 IK502=18@1/1"},
    {"a question in an answer's group", "276", {{"GS*HR", "GS*HN"}}, ""},
    {"sets that are no number", "837p", {{"GE*1*", "GE*A*"}}, " AK905=5@0/1"},
    {"sets in seven digits", "837p", {{"GE*1*", "GE*0000001*"}}, " AK905=5@0/1"},
    {"the same number in other digits", "837p", {{"GE*1*101", "GE*1*0101"}}, ""},
    {"an end of one element", "837p", {{"GE*1*101", "GE*1"}}, " AK905=4@0/2 TA105=024@0/0"},
    {"an end of three", "837p", {{"GE*1*101", "GE*1*101*9"}}, " TA105=024@0/0"},
};

static const struct x12_case sets[] = {
    {"a number with a blank", "837p", {{"ST*837*0001", "ST*837*00 1"}, {"SE*70*0001", "SE*70*00 1"}}, " IK502=7@1/2"},
    {"a number with a byte that none holds", "837p", {{"ST*837*0001", "ST*837*00\x7f""1"}, {"SE*70*0001", "SE*70*00\x7f""1"}},
     " IK502=7@1/2 IK403=6@1/2 IK403=6@70/2"},
    {"a number of nine", "837p", {{"ST*837*0001", "ST*837*ABC-56789"}, {"SE*70*0001", "SE*70*ABC-56789"}}, ""},
    {"a number of ten", "837p", {{"ST*837*0001", "ST*837*1234567890"}, {"SE*70*0001", "SE*70*1234567890"}},
     " IK502=7@1/2 IK403=5@1/2 IK403=5@70/2"},
    {"segments in more digits than a number can have", "837p", {{"SE*70*0001", "SE*0000000000070*0001"}}, " IK403=5@70/1 IK502=4@70/1"},
    {"the same number in other digits is another", "837p", {{"SE*70*0001", "SE*70*00001"}}, " IK502=3@70/2"},
    {"segments in ten digits", "837p", {{"SE*70*0001", "SE*0000000070*0001"}}, ""},
    {"a set that nobody knows holds bytes that none may", "837p",
     {{"ST*837*", "ST*840*"}, {"12 ELM", "12\x01""ELM"}}, " IK502=1@1/1 IK403=6@15/1"},
    {"a reissued set", "837p", {{"BHT*0019*00*", "BHT*0019*18*"}}, ""},
};
/* clang-format on */

static const struct x12_check_options options = {.today = 20261101};

/* test_interchanges - ISA, IEA, TA1, and what lies between */
static void test_interchanges(void **state)
{
    (void)state;
    x12_cases_run(interchanges, COUNT(interchanges), &options);
}

/* test_groups - GS and GE */
static void test_groups(void **state)
{
    (void)state;
    x12_cases_run(groups, COUNT(groups), &options);
}

/* test_sets - ST and SE */
static void test_sets(void **state)
{
    (void)state;
    x12_cases_run(sets, COUNT(sets), &options);
}

/* test_nothing_inside - an interchange without a group, a group without a set */
static void test_nothing_inside(void **state)
{
    struct buf b;

    (void)state;
    x12_example("837p", &b);
    x12_cut(&b, "ST*", "GE*");
    x12_replace(&b, "", "GE*1*", "GE*0*");
    assert_string_equal(x12_find(b.data, b.len, &options).codes, " AK905=5@0/0");
    x12_cut(&b, "GS*", "IEA*");
    x12_replace(&b, "", "IEA*1*", "IEA*0*");
    assert_string_equal(x12_find(b.data, b.len, &options).codes, " TA105=024@0/0");
    buf_release(&b);
}

/* test_many_numbers - of a thousand sets one bears a number for the second time, however many lie
 * between; in another group it may */
static void test_many_numbers(void **state)
{
    enum { SETS = 1000 };
    struct x12_found found;
    struct buf b;

    (void)state;
    buf_init(&b);
    buf_adds(&b, "ISA*00*          *00*          *ZZ*CLRHOUSE01     *ZZ*SUBM10001      "
                 "*260402*0800*^*00501*000000201*0*T*:~");
    for (int group = 1; group <= 2; group++) {
        buf_addf(&b, "GS*FA*CLRHOUSE01*SUBM10001*20260402*0800*%d*X*005010X231A1~", group);
        for (int i = 1; i <= SETS; i++)
            buf_addf(&b, "ST*999*%04d*005010X231A1~AK1*HC*%d*005010X222A1~AK9*A*1*1*1~SE*4*%04d~",
                     i == SETS && group == 1 ? 7 : i, i, i == SETS && group == 1 ? 7 : i);
        buf_addf(&b, "GE*%d*%d~", SETS, group);
    }
    buf_adds(&b, "IEA*2*000000201~");
    found = x12_find(b.data, b.len, &options);
    assert_string_equal(found.codes, " IK502=23@1/2");
    assert_int_equal(found.sets, 2 * SETS);
    buf_release(&b);
}

/* Who wants to hear no more, and what was said up to then. */
struct listener {
    enum x12_level stop_at;
    unsigned heard[3];
};

/* listen - until a result of the level that is enough */
static int listen(void *arg, const struct x12_result *r)
{
    struct listener *l = arg;

    l->heard[r->level]++;
    return r->level == l->stop_at ? 7 : 0;
}

/* test_stop - nothing is said behind a stop, whether a set or group ends or is torn off */
static void test_stop(void **state)
{
    static const char *const torn[] = {"SE*70", "GE*", "IEA*", "IEA*1*000000101~\n"};

    (void)state;
    for (size_t i = 0; i < COUNT(torn); i++)
        for (int cut = 0; cut < 2; cut++)
            for (enum x12_level level = X12_SET; level <= X12_INTERCHANGE; level++) {
                struct listener l = {.stop_at = level};
                struct err e;
                struct buf b;

                x12_example("837p", &b);
                if (cut)
                    b.len = (size_t)(strstr(b.data, torn[i]) - b.data);
                else
                    x12_cut(&b, torn[i], strchr(strstr(b.data, torn[i]), '\n'));
                assert_int_equal(x12_check(b.data, b.len, &options, listen, &l, &e), 7);
                assert_int_equal(l.heard[X12_SET], 1);
                assert_int_equal(l.heard[X12_GROUP], level >= X12_GROUP);
                assert_int_equal(l.heard[X12_INTERCHANGE], level == X12_INTERCHANGE);
                buf_release(&b);
            }
}

/* heard_long - the envelope of a group, as far as it is kept */
static int heard_long(void *arg, const struct x12_result *r)
{
    if (r->level == X12_GROUP)
        *(size_t *)arg = r->envelope->gs[2].n;
    return 0;
}

/* test_long_element - of an envelope that does not stay no more is kept than there is room for */
static void test_long_element(void **state)
{
    char name[701], to[720];
    size_t keep = 0, n = 0;
    struct x12_reader r;
    struct err e;
    struct buf b;

    (void)state;
    memset(name, 'S', sizeof(name) - 1);
    name[sizeof(name) - 1] = '\0';
    snprintf(to, sizeof(to), "GS*HC*%s*", name);
    x12_example("837p", &b);
    x12_replace(&b, "", "GS*HC*SUBM10001*", to);
    x12_reader_init(&r, b.data, b.len);
    assert_int_equal(x12_check_stream(&r, &keep, &options, heard_long, &n, &e), 0);
    assert_int_equal(n, 512 - strlen("HC"));
    assert_int_equal(x12_check(b.data, b.len, &options, heard_long, &n, &e), 0);
    assert_int_equal(n, 700);
    buf_release(&b);
}

/* main - all */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_interchanges), cmocka_unit_test(test_groups),
        cmocka_unit_test(test_sets),         cmocka_unit_test(test_nothing_inside),
        cmocka_unit_test(test_many_numbers), cmocka_unit_test(test_stop),
        cmocka_unit_test(test_long_element),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
