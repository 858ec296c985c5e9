/* x12_test.c - reader, writer and cleaning */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/x12/x12.h"

static const char one_set[] =
    "ISA*00*          *00*          *ZZ*SUBM10001      *ZZ*CLRHOUSE01     "
    "*260401*0915*^*00501*000000101*0*T*:~"
    "GS*HC*SUBM10001*CLRHOUSE01*20260401*0915*101*X*005010X222A1~ST*837*0001*005010X222A1~"
    "HI*ABK:E1165*ABF:I10~N1*AA^BB:1^C~SE*4*0001~GE*1*101~IEA*1*000000101~";

/* count_segments - of all interchanges; damage counted apart */
static unsigned count_segments(const char *data, size_t n, unsigned *damages)
{
    struct x12_reader r;
    struct x12_segment s;
    struct err e;
    unsigned segments = 0;
    int got;

    *damages = 0;
    x12_reader_init(&r, data, n);
    while ((got = x12_next(&r, &s, &e)) != 0) {
        if (got < 0)
            (*damages)++;
        else
            segments++;
        assert_true(segments + *damages < 100000);
    }
    assert_int_equal(x12_next(&r, &s, &e), 0);
    return segments;
}

/* test_isa - what ends a segment may stand in an ISA: it has sixteen elements all the same */
static void test_isa(void **state)
{
    char text[sizeof(one_set)];
    struct x12_reader r;
    struct x12_segment s;
    struct err e;

    (void)state;
    memcpy(text, one_set, sizeof(text));
    memcpy(strstr(text, "SUBM10001"), "SUBM~0001", 9);
    x12_reader_init(&r, text, sizeof(text) - 1);
    assert_int_equal(x12_next(&r, &s, &e), 1);
    assert_int_equal(s.count, 16);
    assert_true(x12_element_is(&s, 6, "SUBM~0001      "));
    assert_true(x12_element_is(&s, 16, ":"));
    assert_int_equal(x12_next(&r, &s, &e), 1);
    assert_true(x12_is(&s, "GS"));
}

/* test_reads - ids, positions, elements, components, repetitions */
static void test_reads(void **state)
{
    struct x12_reader r;
    struct x12_segment s;
    struct err e;
    const char *const ids[] = {"ISA", "GS", "ST", "HI", "N1", "SE", "GE", "IEA"};
    const uint32_t positions[] = {0, 0, 1, 2, 3, 4, 0, 0};

    (void)state;
    x12_reader_init(&r, one_set, sizeof(one_set) - 1);
    for (unsigned i = 0; i < 8; i++) {
        assert_int_equal(x12_next(&r, &s, &e), 1);
        assert_true(x12_is(&s, ids[i]));
        assert_int_equal(s.position, positions[i]);
        assert_memory_equal(one_set + s.offset, s.id.p, s.id.n);
        if (i == 0) {
            assert_int_equal(s.count, 16);
            assert_true(x12_element_is(&s, 13, "000000101"));
            assert_true(x12_element_is(&s, 16, ":"));
        }
        if (i == 3) {
            assert_true(span_is(x12_component(&s, 2, 2), "I10"));
            assert_int_equal(x12_component(&s, 2, 3).n, 0);
            assert_int_equal(x12_element(&s, 3).n, 0);
            assert_int_equal(x12_element(&s, 0).n, 0);
        }
        if (i == 4) {
            assert_true(span_is(x12_repetition(&s, 1, 0), "AA"));
            assert_true(span_is(x12_repetition(&s, 1, 1), "BB:1"));
            assert_true(span_is(x12_repetition(&s, 1, 2), "C"));
            assert_int_equal(x12_repetition(&s, 1, 3).n, 0);
        }
    }
    assert_int_equal(x12_next(&r, &s, &e), 0);
}

/* swap - the same text with other delimiters */
static size_t swap(const char *from, char *to, const char *d, const char *behind)
{
    size_t n = 0;

    for (; *from; from++) {
        const char *k = strchr("*^:~", *from);

        to[n++] = k ? d[k - "*^:~"] : *from;
        if (*from == '~')
            for (const char *b = behind; *b; b++)
                to[n++] = *b;
    }
    to[n] = '\0';
    return n;
}

/* test_delimiters - taken from the ISA, whatever they are; CR and LF between segments */
static void test_delimiters(void **state)
{
    static const char *const sets[][2] = {{"|^>\n", ""},
                                          {"|^>\r", "\n"},
                                          {"*^:~", "\r\n"},
                                          {"\x1d\x1c\x1f\x1e", ""},
                                          {"+#<'", "\n\n"}};
    char text[1024];
    unsigned damages;

    (void)state;
    for (unsigned i = 0; i < 5; i++) {
        size_t n = swap(one_set, text, sets[i][0], sets[i][1]);

        assert_int_equal(count_segments(text, n, &damages), 8);
        assert_int_equal(damages, 0);
    }
}

/* test_several - interchanges with padding and a BOM; garbage between them */
static void test_several(void **state)
{
    char text[4096];
    unsigned damages;
    int n;

    (void)state;
    n = snprintf(text, sizeof(text), "\xEF\xBB\xBF%s\r\n  \n%s", one_set, one_set);
    assert_int_equal(count_segments(text, (size_t)n, &damages), 16);
    assert_int_equal(damages, 0);
    n = snprintf(text, sizeof(text), "%sxx%s", one_set, one_set);
    assert_int_equal(count_segments(text, (size_t)n, &damages), 16);
    assert_int_equal(damages, 1);
    n = snprintf(text, sizeof(text), "hello");
    assert_int_equal(count_segments(text, (size_t)n, &damages), 0);
    assert_int_equal(damages, 1);
    assert_int_equal(count_segments("", 0, &damages), 0);
    assert_int_equal(damages, 0);
    assert_int_equal(count_segments("\r\n \t", 4, &damages), 0);
    assert_int_equal(damages, 0);
}

/* test_cut - at every byte: exactly one damage, and the interchange behind it is whole */
static void test_cut(void **state)
{
    char text[4096], other[1024];
    const size_t size = sizeof(one_set) - 1, other_size = swap(one_set, other, "|^>\n", "");
    unsigned damages;

    (void)state;
    for (size_t cut = 1; cut < size; cut++) {
        assert_true(count_segments(one_set, cut, &damages) < 8);
        assert_int_equal(damages, 1);
        memcpy(text, one_set, cut);
        memcpy(text + cut, one_set, size);
        assert_true(count_segments(text, cut + size, &damages) >= 8);
        assert_int_equal(damages, 1);
        memcpy(text + cut, other, other_size);
        assert_true(count_segments(text, cut + other_size, &damages) >= 8);
        assert_int_equal(damages, 1);
    }
}

/* test_isa_faults - each rule of the header */
static void test_isa_faults(void **state)
{
    static const struct {
        size_t at;
        char c;
    } faults[] = {{3, 'A'},   {3, ' '},   {6, '-'},   {104, '*'}, {104, 'A'},
                  {104, ' '}, {105, ':'}, {105, 'Z'}, {105, ' '}, {105, '*'},
                  {82, ':'},  {82, '~'},  {82, '*'}};
    char text[sizeof(one_set)];
    struct x12_reader r;
    struct x12_segment s;
    struct err e;

    (void)state;
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        memcpy(text, one_set, sizeof(one_set));
        text[faults[i].at] = faults[i].c;
        x12_reader_init(&r, text, sizeof(text) - 1);
        assert_int_equal(x12_next(&r, &s, &e), -1);
        assert_int_equal(e.class, ERR_REJECT);
        assert_string_equal(e.code, "x12");
    }
    memcpy(text, one_set, sizeof(one_set));
    text[82] = 'U';
    x12_reader_init(&r, text, sizeof(text) - 1);
    assert_int_equal(x12_next(&r, &s, &e), 1);
    assert_int_equal(r.delims.repetition, 0);
}

/* test_too_many - forty elements are read, forty-one are damage */
static void test_too_many(void **state)
{
    char text[1024];
    unsigned damages;
    int n;

    (void)state;
    n = snprintf(text, sizeof(text), "%.106sZZ%.40s~IEA*0*000000101~", one_set,
                 "*****************************************");
    assert_int_equal(count_segments(text, (size_t)n, &damages), 3);
    assert_int_equal(damages, 0);
    n = snprintf(text, sizeof(text), "%.106sZZ%.41s~IEA*0*000000101~%s", one_set,
                 "*****************************************", one_set);
    assert_int_equal(count_segments(text, (size_t)n, &damages), 9);
    assert_int_equal(damages, 1);
}

/* test_random - any bytes: it ends, and never reads past them */
static void test_random(void **state)
{
    uint64_t x = 88172645463325252ull;
    char *text = malloc(sizeof(one_set));
    unsigned damages;

    (void)state;
    for (int round = 0; round < 20000; round++) {
        size_t n = sizeof(one_set) - 1;

        memcpy(text, one_set, n);
        for (int i = 0; i < 1 + round % 5; i++) {
            x ^= x << 13, x ^= x >> 7, x ^= x << 17;
            text[x % n] = (char)(x >> 40);
        }
        n -= x % 50;
        count_segments(text, n, &damages);
    }
    free(text);
}

/* test_writes - what the reader reads again */
static void test_writes(void **state)
{
    struct buf b;
    struct x12_writer w;
    const struct x12_isa isa = {"ZZ", "SUBM10001", "ZZ",  "CLRHOUSE01", 20260401,
                                915,  101,         false, true};

    (void)state;
    buf_init(&b);
    x12_writer_init(&w, &b, NULL);
    x12_isa(&w, &isa);
    assert_int_equal(b.len, 106);
    assert_memory_equal(b.data, one_set, 106);
    buf_reset(&b);
    x12_begin(&w, "ST");
    x12_put(&w, "837");
    x12_put(&w, "0001");
    x12_end(&w);
    x12_begin(&w, "CLM");
    x12_put(&w, "A1");
    x12_money(&w, 1375050);
    x12_skip(&w, 2);
    x12_put(&w, "11");
    x12_sub(&w, "B");
    x12_sub(&w, "1");
    x12_put(&w, "");
    x12_put(&w, NULL);
    x12_end(&w);
    x12_begin(&w, "SV1");
    x12_put(&w, "HC");
    x12_sub(&w, "99213");
    x12_sub(&w, "");
    x12_sub(&w, "");
    x12_units(&w, 1500);
    x12_put(&w, "");
    x12_sub(&w, "");
    x12_end(&w);
    x12_begin(&w, "HI");
    x12_put(&w, "BE");
    x12_sub(&w, "80");
    x12_sub(&w, "");
    x12_sub(&w, "");
    x12_sub_money(&w, 400);
    x12_put(&w, "BH");
    x12_sub(&w, "11");
    x12_sub(&w, "D8");
    x12_sub_date(&w, 20260308);
    x12_repeat(&w, "X");
    x12_repeat(&w, "");
    x12_end(&w);
    x12_begin(&w, "N3");
    x12_text(&w, " 4 Mu\xC3\xB1oz*st:~  ", 20);
    x12_text(&w, "ab\xE9", 2);
    x12_date(&w, 0);
    x12_end(&w);
    x12_begin(&w, "SE");
    x12_number(&w, w.segments + 1);
    x12_put(&w, "00~01*");
    x12_end(&w);
    assert_string_equal(b.data, "ST*837*0001~CLM*A1*13750.5***11:B:1~SV1*HC:99213*1.5~"
                                "HI*BE:80:::4*BH:11:D8:20260308^X~N3*4 MUNOZ ST*AB~SE*6*0001~");
    buf_release(&b);
}

/* test_writes_little - nothing, NULL, and what must not stand there, in every place */
static void test_writes_little(void **state)
{
    const struct x12_isa isa = {NULL, NULL, "Z*Z", "A~B*C:DEFGHIJKLMNOPQRST", 20260401, 915,
                                1,    true, false};
    struct buf b;
    struct x12_writer w;

    (void)state;
    buf_init(&b);
    x12_writer_init(&w, &b, NULL);
    x12_isa(&w, &isa);
    assert_string_equal(b.data,
                        "ISA*00*          *00*          *  *               *ZZ*ABCDEFGHIJKLMNO"
                        "*260401*0915*^*00501*000000001*1*P*:~");
    buf_reset(&b);
    x12_begin(&w, "N3");
    x12_text(&w, NULL, 10);
    x12_put(&w, "A");
    x12_sub(&w, NULL);
    x12_sub_text(&w, NULL, 10);
    x12_sub_text(&w, "b\xE9", 10);
    x12_sub(&w, "");
    x12_repeat(&w, "C");
    x12_sub(&w, "");
    x12_sub(&w, "");
    x12_repeat(&w, NULL);
    x12_repeat(&w, "");
    x12_put(&w, "D");
    x12_sub(&w, "");
    x12_put(&w, "");
    x12_end(&w);
    assert_string_equal(b.data, "N3**A:::BE^C*D~");
    buf_release(&b);
}

/* test_writes_other - with delimiters of somebody else, which no value may hold; only ST counts
 * anew */
static void test_writes_other(void **state)
{
    const struct x12_delims other = {'|', '\0', '>', '\n'};
    struct buf b;
    struct x12_writer w;

    (void)state;
    buf_init(&b);
    x12_writer_init(&w, &b, &other);
    x12_begin(&w, "STC");
    x12_put(&w, "A|*>\n^");
    x12_sub(&w, "B");
    x12_end(&w);
    assert_int_equal(w.segments, 1);
    x12_begin(&w, "S");
    x12_end(&w);
    assert_int_equal(w.segments, 2);
    x12_begin(&w, "ST");
    x12_end(&w);
    assert_int_equal(w.segments, 1);
    assert_string_equal(b.data, "STC|A*^>B\nS\nST\n");
    buf_release(&b);
}

/* clean - with the customary delimiters */
static void check_clean(const char *in, size_t max, const char *want)
{
    char out[64];

    assert_int_equal(x12_clean(in, &x12_customary, max, out, sizeof(out)), strlen(want));
    assert_string_equal(out, want);
}

/* test_clean - accents, blanks, delimiters, length, bytes that are no UTF-8 */
static void test_clean(void **state)
{
    char out[4];
    const struct x12_delims other = {'|', '!', '>', '\n'}, quote = {'+', '#', '<', '\''};

    (void)state;
    check_clean("Mu\xC3\xB1oz", 60, "MUNOZ");
    check_clean("Mun\xCC\x83oz", 60, "MUNOZ");
    check_clean("Mu\xF1oz", 60, "MUNOZ");
    check_clean("\xC5\x81\xC3\xB3"
                "d\xC5\xBA Stra\xC3\x9F"
                "e",
                60, "LODZ STRASSE");
    check_clean("O\xE2\x80\x99"
                "Brien",
                60, "O'BRIEN");
    check_clean("  a \t\r\n b  ", 60, "A B");
    check_clean("a*b:c~d^e", 60, "A B C D E");
    check_clean("abc def", 4, "ABC");
    check_clean("abc def", 5, "ABC D");
    check_clean("\xE6\x97\xA5\xE6\x9C\xAC", 60, "");
    check_clean("A\xC3", 60, "AA");
    check_clean("", 60, "");
    check_clean("APT #4, (2/3)", 60, "APT 4, (2/3)");
    check_clean("a\xF5z\xFF", 60, "AOZY");
    check_clean("a\x85"
                "b\x9F"
                "c",
                60, "A B C");
    check_clean("\xC2\xBE cup", 60, "3/4 CUP");
    check_clean("\xC2\xBE cup", 1, "3");
    check_clean("A\xC4\xB3Z", 2, "AI");
    check_clean("[{a}]", 60, "A");
    assert_int_equal(x12_clean("abc", &x12_customary, 60, NULL, 0), 0);
    assert_int_equal(x12_clean("abcdef", &x12_customary, 60, out, sizeof(out)), 3);
    assert_string_equal(out, "ABC");
    assert_int_equal(x12_clean("a!*", &other, 60, out, sizeof(out)), 3);
    assert_string_equal(out, "A *");
    assert_int_equal(x12_clean("a'b", &quote, 60, out, sizeof(out)), 3);
    assert_string_equal(out, "A B");
}

/* main - all */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_isa),          cmocka_unit_test(test_reads),
        cmocka_unit_test(test_delimiters),   cmocka_unit_test(test_several),
        cmocka_unit_test(test_cut),          cmocka_unit_test(test_isa_faults),
        cmocka_unit_test(test_too_many),     cmocka_unit_test(test_random),
        cmocka_unit_test(test_writes),       cmocka_unit_test(test_writes_little),
        cmocka_unit_test(test_writes_other), cmocka_unit_test(test_clean),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
