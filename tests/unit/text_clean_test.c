/* text_clean_test.c - a note in any clothing: the words, and where each stood; what is no text */
#include "tests/support/test.h"

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
    memcpy(bytes, "<html>", 6);
    assert_int_equal(text_clean(bytes, SIZE, a, &c, &e), -1);
    assert_string_equal(e.code, "size");
    free(bytes);
    arena_free(a);
}

/* main - all of them */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_and_places),
        cmocka_unit_test(no_text),
        cmocka_unit_test(too_large),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
