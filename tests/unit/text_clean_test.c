/* text_clean_test.c - a note in any clothing: the words, and where each stood; what is no text */
#include "tests/support/test.h"

#include "common/base/str.h"
#include "common/text/clean.h"

enum { ARENA = 64 << 20 };

/* clang-format off */
static const struct {
    const char *bytes, *words;
    const char *word, *quoted; /* a word and what stands at its place in the original */
} rows[] = {
    {"Pneumonia, left.", "Pneumonia, left.", "left", "left"},
    {"Sj\xf6gren caf\xe9 \x96 \x93old\x94", "Sj\xc3\xb6gren caf\xc3\xa9 \xe2\x80\x93 \xe2\x80\x9cold\xe2\x80\x9d", "Sj\xc3\xb6gren", "Sj\xf6gren"},
    {"<html><body><p>Acute <b>bron</b>chitis</p><p>No fever &lt; 38&deg;</p></body></html>", "\n\n\nAcute bronchitis\n\nNo fever < 38\xc2\xb0\n\n\n", "bronchitis", "bron</b>chitis"},
    {"<div>a<script>var x = '<p>';</script>b<!-- c > d -->e</div>", "\nabe\n", "abe", "a<script>var x = '<p>';</script>b<!-- c > d -->e"},
    {"<p>one\ntwo&amp;three&unknown; &#233;&#xe9;</p>", "\none two&three&unknown; \xc3\xa9\xc3\xa9\n", "two", "two"},
    {"BP <120 and HR > 60", "BP <120 and HR > 60", "HR", "HR"},
    {"<table><tr><td>CKD</td><td>4</td></tr></table>", "\n\n CKD  4 \n\n", "4", "4"},
    {"{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}\\f0 Acute \\b bron\\b0 chitis.\\par No fever.}", "Acute bronchitis.\nNo fever.", "bronchitis", "bron\\b0 chitis"},
    {"{\\rtf1 na\\'efve\\u8211?x \\{y\\} {\\*\\generator Word;}z\\~q}", "na\xc3\xafve\xe2\x80\x93x {y} z q", "x", "x"},
    {"{\\rtf1\\uc0\\u916 t {\\pict 0102}end", "\xce\x94t end", "end", "end"},
    {"  {\\rtf1 broken \\", "  broken \\", "broken", "broken"},
    {"", "", "", ""},
    /* HTML as it is sent: ends in the middle, tags and entities that are none */
    {"<p>a</p> <", "\na\n <", "<", "<"},
    {"<p>a</p><b", "\na\n<b", "b", "b"},
    {"<p>a</p><!-- open", "\na\n", "", ""},
    {"<p>a</p>b</", "\na\nb</", "b", "b"},
    {"<?xml version=\"1.0\"?><p>a</p>", "\na\n", "a", "a"},
    {"<!DOCTYPE html><p>x", "\nx", "x", "x"},
    {"a<br/>b", "a\nb", "b", "b"},
    {"<span class=\"x\">a</span>b", "ab", "ab", "a</span>b"},
    {"<b>a</b>b", "ab", "b", "b"},
    {"<i>a</i>b", "<i>a</i>b", "a", "a"},
    {"<p>a<averyveryverylongtag>b</p>", "\nab\n", "b", "b"},
    {"<p>a</p><script>var x = 1;", "\na\n", "", ""},
    {"<p>a<STYLE>b > '</p>' {}</Style >c</p>", "\nac\n", "c", "c"},
    {"<p>BP < 120</p>", "\nBP < 120\n", "120", "120"},
    {"<tr><th>Dose</th><td>5 mg</td></tr>", "\n Dose  5 mg \n", "5 mg", "5 mg"},
    {"<p>a</p>&am", "\na\n&am", "am", "am"},
    {"<p>&; &abcdefghijklm; AT&T &amp a</p>", "\n&; &abcdefghijklm; AT&T &amp a\n", "AT&T", "AT&T"},
    {"<p>&#X41;&#x2264;&#9999999;&#0;z</p>", "\nA\xe2\x89\xa4  z\n", "A", "&#X41;"},
    {"<p>a\r\nb</p>", "\na  b\n", "b", "b"},
    {"<p>caf\xc3\xa9</p>", "\ncaf\xc3\xa9\n", "caf\xc3\xa9", "caf\xc3\xa9"},
    {"<p>caf\xe9 ok &lt; 5</p>", "\ncaf\xc3\xa9 ok < 5\n", "caf\xc3\xa9", "caf\xe9"},
    {"<html><pre>Plan:\r\n rest</pre> a\nb", "\n\nPlan:\r\n rest\n a b", "rest", "rest"},
    /* RTF: words that end with the file, numbers, what a reader leaves out, bytes that are no text */
    {"{\\rtf1 a\\par", "a\n", "a", "a"},
    {"{\\rtf1 a\\fs24", "a", "a", "a"},
    {"{\\rtf1 a\\averyveryverylongcontrolwordindeed b\\fs123456789012345 c}", "abc", "b", "b"},
    {"{\\rtf1 a\\li-20 b\\u-4064?c}", "ab\xef\x80\xa0" "c", "c", "c"},
    {"{\\rtf1{\\fonttbl \\u916?\\par\\'e9\\{\\~x}a}", "a", "a", "a"},
    {"{\\rtf1 a\\u b\\uc c}", "abc", "c", "c"},
    {"{\\rtf1{\\uc2\\u916 xyz}\\u916 xyz}", "\xce\x94z\xce\x94yz", "z", "z"},
    {"{\\rtf1\\uc0\\u916 x\\uc-1\\u916 x\\uc8\\u916 x}", "\xce\x94x\xce\x94x\xce\x94x", "x", "x"},
    {"{\\rtf1\\uc2\\u8211\\'96\\endash b}", "\xe2\x80\x93" "b", "b", "b"},
    {"{\\rtf1 a\\bin3 x}{b\\bin0 c}", "abc", "b", "b"},
    {"{\\rtf1 a\\bin99 xyz}", "a", "a", "a"},
    {"{\\rtf1 a\\-b\\_c\\~d\\\ne\\\rf\\:g}", "ab-c d\ne\nfg", "fg", "f\\:g"},
    {"{\\rtf1 \\'zz\\'4z\\'e9}", "zz4z\xc3\xa9", "4z", "4z"},
    {"{\\rtf1 a\\'e", "ae", "ae", "a\\'e"},
    {"{\\rtf1 a}} b\r\nc", "a bc", "bc", "b\r\nc"},
};
/* clang-format on */

/* words_and_places - every row */
static void words_and_places(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct arena *a = arena_new(ARENA);
        struct text_clean c;
        struct err e = {0};
        const char *at;

        assert_int_equal(text_clean(rows[i].bytes, strlen(rows[i].bytes), a, &c, &e), 0);
        if (c.n != strlen(rows[i].words) || memcmp(c.text, rows[i].words, c.n) != 0)
            fail_msg("%s: \"%.*s\"", rows[i].bytes, (int)c.n, c.text);
        at = strstr(rows[i].words, rows[i].word);
        if (*rows[i].word) {
            size_t from = clean_start(&c, (size_t)(at - rows[i].words)),
                   to = clean_end(&c, (size_t)(at - rows[i].words) + strlen(rows[i].word));

            if (to - from != strlen(rows[i].quoted) ||
                memcmp(rows[i].bytes + from, rows[i].quoted, to - from) != 0)
                fail_msg("%s: \"%.*s\"", rows[i].bytes, (int)(to - from), rows[i].bytes + from);
        }
        arena_free(a);
    }
}

/* deep_groups - more than are told apart: what holds outside of them holds again behind them */
static void deep_groups(void **state)
{
    enum { DEEP = 400 };
    struct arena *a = arena_new(ARENA);
    struct text_clean c;
    struct err e = {0};
    struct buf b;

    (void)state;
    buf_init(&b);
    buf_adds(&b, "{\\rtf1 a");
    for (int i = 0; i < DEEP; i++)
        buf_addc(&b, '{');
    buf_adds(&b, "b\\pict c");
    for (int i = 0; i < DEEP; i++)
        buf_addc(&b, '}');
    buf_adds(&b, "d}");
    assert_int_equal(text_clean(b.data, b.len, a, &c, &e), 0);
    assert_int_equal(c.n, 3);
    assert_memory_equal(c.text, "abd", 3);
    buf_release(&b);
    arena_free(a);
}

/* known_html - what is HTML by its place loses its marks without looking like it */
static void known_html(void **state)
{
    static const char bytes[] = "{\\rtf1 <i>Mild</i> &amp; &lt;b&gt;old";
    struct arena *a = arena_new(ARENA);
    struct text_clean c;
    struct err e = {0};

    (void)state;
    assert_int_equal(text_clean_html(bytes, strlen(bytes), a, &c, &e), 0);
    assert_int_equal(c.n, strlen("{\\rtf1 Mild & <b>old"));
    assert_memory_equal(c.text, "{\\rtf1 Mild & <b>old", c.n);
    assert_int_equal(clean_start(&c, 7), strlen("{\\rtf1 <i>"));
    assert_int_equal(text_clean_html("", 0, a, &c, &e), 0);
    assert_int_equal(c.n, 0);
    assert_int_equal(text_clean_html("<i>a\0b</i>", 10, a, &c, &e), -1);
    assert_string_equal(e.code, "binary");
    arena_free(a);
}

/* no_text - refused, with the reason */
static void no_text(void **state)
{
    static const struct {
        const char *bytes;
        size_t n;
    } none[] = {{"%PDF-1.7 text", 13},
                {"a\0b", 3},
                {"\xff\xfeh\0i\0", 6},
                {"\x01\x02\x03text", 7},
                {"PK\x03\x04", 4}};
    struct arena *a = arena_new(ARENA);
    struct text_clean c;

    (void)state;
    for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
        struct err e = {0};

        assert_int_equal(text_clean(none[i].bytes, none[i].n, a, &c, &e), -1);
        assert_string_equal(e.code, "binary");
        assert_int_equal(e.class, ERR_REJECT);
    }
    arena_free(a);
}

/* too_large - for the memory that there is: refused, not cut */
static void too_large(void **state)
{
    enum { SIZE = 1 << 20 };
    struct arena *a = arena_new(1 << 18);
    char *bytes = malloc(SIZE);
    struct text_clean c;
    struct err e = {0};

    (void)state;
    memset(bytes, 'a', SIZE);
    for (size_t i = 0; i < 3; i++) {
        static const char *const begins[] = {"<html>", "{\\rtf1 ", "caf\xe9 "};

        memcpy(bytes, begins[i], strlen(begins[i]));
        memset(&e, 0, sizeof(e));
        arena_reset(a);
        assert_int_equal(text_clean(bytes, SIZE, a, &c, &e), -1);
        assert_string_equal(e.code, "size");
    }
    free(bytes);
    arena_free(a);
}

/* main - all of them */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_and_places), cmocka_unit_test(deep_groups),
        cmocka_unit_test(known_html),       cmocka_unit_test(no_text),
        cmocka_unit_test(too_large),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
