/* hl7_read_test.c - bytes to segments and elements: separators, line ends, escapes, character sets,
 * streams */
#include "tests/support/test.h"

#include "services/intake/hl7/charset.h"
#include "services/intake/hl7/reader.h"
#include "services/intake/hl7/stream.h"
#include "services/intake/seen.h"

/* read_text - a message of the arena; it must fit */
static struct hl7_message read_text(struct arena *a, const char *text)
{
    struct hl7_message m = {0};

    assert_true(hl7_read(&m, a, span_of(text)));
    return m;
}

/* is_span - the same bytes */
static void is_span(struct span s, const char *want)
{
    assert_int_equal(s.n, strlen(want));
    assert_memory_equal(s.p, want, s.n);
}

/* test_elements - fields, repetitions, components, sub-components, and what is not there */
static void test_elements(void **state)
{
    struct arena *a = arena_new(1 << 20);
    struct hl7_message m = read_text(a, "MSH|^~\\&|APP|FAC\rPID|1||A^B&C&D^E~F||\"\"|\r");
    const struct hl7_segment *pid = &m.segments[1];
    struct span rep;
    size_t at = 0;

    (void)state;
    assert_int_equal(m.n, 2);
    is_span(hl7_field(m.msh, 1), "|");
    is_span(hl7_field(m.msh, 2), "^~\\&");
    is_span(hl7_field(m.msh, 3), "APP");
    assert_true(hl7_next_repetition(&m, hl7_field(pid, 3), &at, &rep));
    is_span(hl7_component(&m, rep, 1), "A");
    is_span(hl7_sub(&m, hl7_component(&m, rep, 2), 2), "C");
    is_span(hl7_sub(&m, hl7_component(&m, rep, 2), 4), "");
    assert_true(hl7_next_repetition(&m, hl7_field(pid, 3), &at, &rep));
    is_span(rep, "F");
    assert_false(hl7_next_repetition(&m, hl7_field(pid, 3), &at, &rep));
    at = 0;
    assert_false(hl7_next_repetition(&m, hl7_field(pid, 2), &at, &rep));
    is_span(hl7_component(&m, rep, 0), "");
    is_span(hl7_sub(&m, rep, 0), "");
    assert_true(hl7_deleted(hl7_field(pid, 5)));
    assert_true(hl7_empty(hl7_field(pid, 99)));
    assert_string_equal(hl7_text(&m, hl7_field(pid, 5)), "");
    arena_free(a);
}

/* test_line_ends - CR, LF, CRLF and all of them mixed */
static void test_line_ends(void **state)
{
    static const char *const texts[] = {
        "MSH|^~\\&|A\rPID|1\rPV1|1\r", "MSH|^~\\&|A\nPID|1\nPV1|1\n",
        "MSH|^~\\&|A\r\nPID|1\r\nPV1|1\r\n", "MSH|^~\\&|A\r\r\nPID|1\n\n  \rPV1|1",
        "\xEF\xBB\xBFMSH|^~\\&|A\nPID|1\r\nPV1|1"};
    struct arena *a = arena_new(1 << 20);

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct hl7_message m = read_text(a, texts[i]);

        assert_int_equal(m.n, 3);
        assert_non_null(m.msh);
        assert_string_equal(m.segments[2].name, "PV1");
        assert_int_equal(m.terminated, i < 3);
    }
    arena_free(a);
}

/* test_separators - others than the customary, and MSH-2 that is malformed */
static void test_separators(void **state)
{
    static const char *const malformed[] = {"MSH|^~\\\\&|A", "MSH|~\\&|A", "MSH||A", "MSH|^~|A",
                                            "MSH|abcd|A",    "MSH|",       "MSH"};
    struct arena *a = arena_new(1 << 20);
    struct hl7_message m = read_text(a, "MSH*@!%$*A*B\rPID*1**X@Y!Z");

    (void)state;
    assert_false(m.separators_repaired);
    assert_int_equal(m.delims.component, '@');
    is_span(hl7_component(&m, hl7_repetition(&m, hl7_field(&m.segments[1], 3), 0), 2), "Y");
    assert_false(read_text(a, "MSH|^~\\&#|A").separators_repaired);
    m = read_text(a, "MSH*@!%$*A\rMSH|^~\\&|A\rPID*1*X@Y");
    assert_int_equal(m.delims.field, '*');
    assert_ptr_equal(m.msh, &m.segments[0]);
    assert_int_equal(m.segments[1].nth, 2);
    m = read_text(a, "no name\rMSH|^~\\&|A\rBTS");
    assert_string_equal(m.segments[0].name, "?");
    assert_false(m.segments[0].joined);
    assert_int_equal(m.segments[2].n_fields, 1);
    assert_true(m.segments[2].envelope && m.partial);
    for (size_t i = 0; i < sizeof(malformed) / sizeof(malformed[0]); i++) {
        m = read_text(a, malformed[i]);
        assert_true(m.separators_repaired);
        assert_int_equal(m.delims.component, '^');
        assert_int_equal(m.delims.escape, '\\');
    }
    arena_free(a);
}

/* test_escapes - separators, breaks, bytes, looks, and text that is no escape */
static void test_escapes(void **state)
{
    static const struct {
        const char *raw, *text;
    } rows[] = {
        {"A\\T\\E", "A&E"},
        {"\\F\\\\S\\\\R\\\\E\\", "|^~\\"},
        {"a\\.br\\b", "a\nb"},
        {"a\\.sp2\\b", "a\n\nb"},
        {"\\X41\\\\X4243\\", "ABC"},
        {"\\H\\bold\\N\\", "bold"},
        {"C:\\dir\\file", "C:\\dir\\file"},
        {"end\\", "end\\"},
        {"\\X0D0A\\x", "x"},
        {"\\Xzz\\", "\\Xzz\\"},
        {"\\.in+4\\x", "x"},
        {"\\P\\", "#"},
        {"  x \x01 y ", "x  y"},
        {"\\C2842\\x", "x"},
        {"\\M2842\\\\M284230\\x", "x"},
        {"\\Cz842\\\\C2z42\\\\C28z2\\\\C284z\\\\M28423\\",
         "\\Cz842\\\\C2z42\\\\C28z2\\\\C284z\\\\M28423\\"},
        {"\\X4\\ \\X4g\\ \\Xg4\\ \\X4:\\ \\X\\", "\\X4\\ \\X4g\\ \\Xg4\\ \\X4:\\ \\X\\"},
        {"\\Xa9AF\\", "\xEF\xBF\xBD\xEF\xBF\xBD"},
        {"a\\X0A\\b\\X0D\\c", "a\nb\nc"},
        {"a\r\nb\n\nc\td", "a\nb\n\nc\td"},
        {"a\\.ce\\b\\.sp\\c\\.sp123\\d\\.spx\\e", "a\nb\nc\nd\ne"},
        {"a\\.sk3\\b\\.fi\\\\.ti-2\\c", "a bc"},
        {"a\\.zz\\b\\.b\\c\\Q\\d\\Zab\\", "a\\.zz\\b\\.b\\c\\Q\\d\\Zab\\"},
        {"\\H\\\\N\\", ""},
        {"\"\"", ""},
    };
    struct arena *a = arena_new(1 << 20);
    struct hl7_message m = read_text(a, "MSH|^~\\&|A");

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        assert_string_equal(hl7_text(&m, span_of(rows[i].raw)), rows[i].text);
    m.charset = "WINDOWS-1252";
    assert_string_equal(hl7_text(&m, span_of("\\XE9\\")), "\xC3\xA9");
    assert_string_equal(hl7_text(&m, (struct span){"a\\\0\\b", 5}), "a\\\\b");
    arena_free(a);
}

/* test_far_escapes - an escape ends near; of bytes as many as fit, else it is text */
static void test_far_escapes(void **state)
{
    struct arena *a = arena_new(1 << 20);
    struct hl7_message m = read_text(a, "MSH|^~\\&|A");
    char text[512];

    (void)state;
    for (size_t bytes = 63; bytes < 70; bytes++) {
        size_t n = 2;

        memcpy(text, "\\X", 2);
        for (size_t i = 0; i < bytes; i++, n += 2)
            memcpy(text + n, "41", 2);
        memcpy(text + n, "\\", 2);
        assert_int_equal(strlen(hl7_text(&m, span_of(text))), bytes > 64 ? n + 1 : bytes);
    }
    arena_free(a);
}

/* test_breaks_in_text - a raw line break inside OBX-5 goes on; elsewhere a line that is no segment
 * is one */
static void test_breaks_in_text(void **state)
{
    struct arena *a = arena_new(1 << 20);
    struct hl7_message m = read_text(
        a, "MSH|^~\\&|A\rOBX|1|TX|N||one\ntwo words\n\nthree||||||F\rnot a segment\rPID|1\r");

    (void)state;
    assert_int_equal(m.n, 6);
    is_span(hl7_field(&m.segments[1], 5), "one\ntwo words\n\nthree");
    is_span(hl7_field(&m.segments[1], 11), "F");
    assert_true(m.segments[2].joined);
    assert_true(m.segments[3].joined);
    assert_string_equal(m.segments[4].name, "?");
    assert_false(m.segments[4].joined);
    assert_string_equal(m.segments[5].name, "PID");
    arena_free(a);
}

/* decoded - a text of a set as UTF-8 */
static enum charset_result decoded(struct arena *a, const char *said, const char *bytes,
                                   const char *want)
{
    struct span out;
    enum charset_result r = charset_decode(a, charset_name(span_of(said)), span_of(bytes), &out);

    is_span(out, want);
    return r;
}

/* test_charsets - each set that is known, and what is not what it says */
static void test_charsets(void **state)
{
    struct arena *a = arena_new(1 << 20);
    struct span zero;

    (void)state;
    assert_int_equal(decoded(a, "ASCII", "plain", "plain"), CHARSET_AS_SAID);
    assert_int_equal(decoded(a, "8859/1", "caf\xE9", "caf\xC3\xA9"), CHARSET_AS_SAID);
    assert_int_equal(decoded(a, "8859/1", "\x93q\x94", "\xE2\x80\x9Cq\xE2\x80\x9D"),
                     CHARSET_AS_SAID);
    assert_int_equal(decoded(a, "8859/15", "\xA4", "\xE2\x82\xAC"), CHARSET_AS_SAID);
    assert_int_equal(decoded(a, "8859/2", "\xB1", "\xC4\x85"), CHARSET_AS_SAID);
    assert_int_equal(decoded(a, "UNICODE UTF-8", "caf\xC3\xA9", "caf\xC3\xA9"), CHARSET_AS_SAID);
    assert_int_equal(decoded(a, "UNICODE UTF-8", "caf\xE9!", "caf\xEF\xBF\xBD!"), CHARSET_DAMAGED);
    assert_int_equal(decoded(a, "ASCII", "caf\xC3\xA9", "caf\xC3\xA9"), CHARSET_IS_UTF8);
    assert_int_equal(decoded(a, "ASCII", "\xE9", "\xEF\xBF\xBD"), CHARSET_DAMAGED);
    assert_int_equal(decoded(a, "klingon", "caf\xC3\xA9", "caf\xC3\xA9"), CHARSET_IS_UTF8);
    assert_int_equal(decoded(a, "klingon", "\xE9", "\xEF\xBF\xBD"), CHARSET_DAMAGED);
    assert_int_equal(charset_decode(a, "WINDOWS-1252", (struct span){"a\0\xE9z", 4}, &zero),
                     CHARSET_AS_SAID);
    assert_int_equal(zero.n, 5);
    assert_memory_equal(zero.p, "a\0\xC3\xA9z", 5);
    assert_null(charset_name(span_of("x~y")));
    assert_int_equal(decoded(a, "8859/1", "a\x81z", "a\xEF\xBF\xBDz"), CHARSET_DAMAGED);
    assert_int_equal(decoded(a, "GB 18030-2000", "\xD6\xD0", "\xE4\xB8\xAD"), CHARSET_AS_SAID);
    assert_int_equal(decoded(a, "GB 18030-2000", "x\xD6", "x\xEF\xBF\xBD"), CHARSET_DAMAGED);
    assert_int_equal(decoded(a, "BIG-5", "\xA4\xA4", "\xE4\xB8\xAD"), CHARSET_AS_SAID);
    assert_int_equal(decoded(a, "KS X 1001", "\xC7\xD1", "\xED\x95\x9C"), CHARSET_AS_SAID);
    assert_int_equal(
        decoded(a, " us-ascii ", "\xC3\xA9\xFF", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"),
        CHARSET_DAMAGED);
    assert_int_equal(decoded(a, "UTF8", "\xC3\xA9\xFF", "\xC3\xA9\xEF\xBF\xBD"), CHARSET_DAMAGED);
    assert_int_equal(decoded(a, "UNICODE UTF-16", "caf\xC3\xA9", "caf\xC3\xA9"), CHARSET_IS_UTF8);
    arena_free(a);
}

/* test_long_text - of another set: longer than what is converted at a time, damaged at its end */
static void test_long_text(void **state)
{
    enum { SIZE = 10000 };
    struct arena *a = arena_new(1 << 20);
    char *text = malloc(SIZE);
    struct span out;

    (void)state;
    memset(text, 0xE9, SIZE);
    assert_int_equal(charset_decode(a, "WINDOWS-1252", (struct span){text, SIZE}, &out),
                     CHARSET_AS_SAID);
    assert_int_equal(out.n, 2 * SIZE);
    for (size_t i = 0; i < out.n; i += 2)
        assert_memory_equal(out.p + i, "\xC3\xA9", 2);
    text[SIZE - 1] = '\x81';
    assert_int_equal(charset_decode(a, "WINDOWS-1252", (struct span){text, SIZE}, &out),
                     CHARSET_DAMAGED);
    assert_int_equal(out.n, 2 * SIZE + 1);
    arena_set_limit(a, SIZE);
    charset_decode(a, "WINDOWS-1252", (struct span){text, SIZE}, &out);
    assert_int_equal(out.n, 0);
    assert_true(arena_exhausted(a));
    free(text);
    arena_free(a);
}

/* test_utf16 - both orders, with and without BOM */
static void test_utf16(void **state)
{
    static const char le[] = "\xFF\xFEM\0S\0H\0|\0\xE9\0", be[] = "\0M\0S\0H\0|\0\xE9",
                      damaged[] = "M\0S\0H\0\0\xDCx\0y";
    static const struct {
        const char *bytes;
        size_t n;
        const char *name;
    } begins[] = {
        {"\xFE\xFF\0M\0S", 6, "UTF-16BE"}, {"F\0H\0S\0", 6, "UTF-16LE"},
        {"\0F\0H\0S", 6, "UTF-16BE"},      {"B\0H\0S\0", 6, "UTF-16LE"},
        {"\0B\0H\0S", 6, "UTF-16BE"},      {"\0M\0S\0", 5, NULL},
        {"\0\0\0\0\0\0", 6, NULL},         {"MSH|^~", 6, NULL},
    };
    struct buf b;

    (void)state;
    buf_init(&b);
    assert_string_equal(charset_utf16((struct span){le, sizeof(le) - 1}), "UTF-16LE");
    charset_from_utf16("UTF-16LE", (struct span){le, sizeof(le) - 1}, &b);
    assert_string_equal(b.data, "MSH|\xC3\xA9");
    buf_reset(&b);
    assert_string_equal(charset_utf16((struct span){be, sizeof(be) - 1}), "UTF-16BE");
    charset_from_utf16("UTF-16BE", (struct span){be, sizeof(be) - 1}, &b);
    assert_string_equal(b.data, "MSH|\xC3\xA9");
    for (size_t i = 0; i < sizeof(begins) / sizeof(begins[0]); i++) {
        const char *name = charset_utf16((struct span){begins[i].bytes, begins[i].n});

        assert_true(begins[i].name ? str_eq(name, begins[i].name) : !name);
    }
    buf_reset(&b);
    charset_from_utf16("UTF-16LE", (struct span){damaged, sizeof(damaged) - 1}, &b);
    assert_string_equal(b.data, "MSH\xEF\xBF\xBDx\xEF\xBF\xBD");
    buf_release(&b);
}

/* cut - the pieces of a stream */
static size_t cut(const char *text, struct hl7_piece **out)
{
    size_t n = 0;

    *out = hl7_cut(span_of(text), &n);
    assert_non_null(*out);
    assert_int_equal((*out)[0].from, 0);
    assert_int_equal((*out)[n - 1].to, strlen(text));
    for (size_t i = 1; i < n; i++)
        assert_int_equal((*out)[i].from, (*out)[i - 1].to);
    return n;
}

/* test_batches - every byte in one piece; counts checked where they are given */
static void test_batches(void **state)
{
    static const struct {
        const char *text;
        size_t flaws;
        const char *segment;
    } counts[] = {
        {"BHS|\rMSH|1\rBTS|1|words\r", 0, NULL},
        {"BHS|\rMSH|1\rBTS|\r", 0, NULL},
        {"BHS|\rMSH|1\rBTS|one\r", 0, NULL},
        {"BHS|\rMSH|1\rBTS|0000000000000000001\r", 0, NULL},
        {"BHS|\rMSH|1\rBTS|00000000000000000002\r", 0, NULL},
        {"BHS|\rMSH|1\rBTS|0000000000000000002\r", 1, "BTS"},
        {"FHS|\rMSH|1\rFTS\r", 0, NULL},
        {"FHS|\rBHS|\rMSH|1\rFTS|0\r", 1, "BHS"},
        {"FHS|\rMSH|1\r", 1, "FHS"},
        {"BTS|7\rMSH|1\r", 0, NULL},
        {"MSH|1\rBTS|2\rBTS|3\rBTS|4\rBTS|5\rBTS|6\r", HL7_FLAWS_MAX, "BTS"},
    };
    struct hl7_piece *p;

    (void)state;
    assert_int_equal(cut("FHS|^~\\&\rBHS|^~\\&\rMSH|1\rPID|\rMSH|2\rBTS|2\rFTS|1\r", &p), 2);
    assert_int_equal(p[0].n_flaws + p[1].n_flaws, 0);
    assert_int_equal(p[0].msh, 18);
    free(p);
    assert_int_equal(cut("FHS|^~\\&\rBHS|^~\\&\rMSH|1\rBTS|2\rBHS|\rMSH|2\rBTS|1\rFTS|1\r", &p), 2);
    assert_int_equal(p[0].n_flaws, 1);
    assert_string_equal(p[0].flaws[0].segment, "BTS");
    assert_int_equal(p[1].n_flaws, 1);
    assert_string_equal(p[1].flaws[0].segment, "FTS");
    free(p);
    assert_int_equal(cut("BHS|^~\\&\rMSH|1\rPID|", &p), 1);
    assert_int_equal(p[0].n_flaws, 1);
    free(p);
    assert_int_equal(cut("BHS|^~\\&\rMSH|1\rBTS\r", &p), 1);
    assert_int_equal(p[0].n_flaws, 0);
    free(p);
    for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
        assert_int_equal(cut(counts[i].text, &p), 1);
        assert_int_equal(p[0].n_flaws, counts[i].flaws);
        if (counts[i].flaws)
            assert_string_equal(p[0].flaws[0].segment, counts[i].segment);
        free(p);
    }
    assert_int_equal(cut("no message at all", &p), 1);
    assert_true(p[0].msh == SIZE_MAX);
    free(p);
    assert_int_equal(cut("", &p), 1);
    free(p);
}

/* test_many - a batch as it comes, of a hundred messages, each where it stands */
static void test_many(void **state)
{
    enum { MANY = 100 };
    struct hl7_piece *p;
    struct buf b;

    (void)state;
    buf_init(&b);
    buf_adds(&b, "BHS|\r");
    for (int i = 0; i < MANY; i++)
        buf_addf(&b, "MSH|%03d\r", i);
    buf_adds(&b, "BTS|100\r");
    assert_int_equal(cut(b.data, &p), MANY);
    for (size_t i = 0; i < MANY; i++)
        assert_int_equal(p[i].msh, 5 + 8 * i);
    assert_int_equal(p[MANY - 1].n_flaws, 0);
    free(p);
    buf_release(&b);
}

/* test_frames - MLLP in a file: ended frames, one that is not, garbage between */
static void test_frames(void **state)
{
    struct hl7_piece *p;

    (void)state;
    assert_int_equal(cut("\x0bMSH|1\rPID|\r\x1c\rxx\r\x0bMSH|2\r\x1c\r\x0bMSH|3\rPID", &p), 3);
    assert_true(p[0].framed && p[0].closed);
    assert_true(p[1].framed && p[1].closed);
    assert_true(p[2].framed && !p[2].closed);
    free(p);
    assert_int_equal(cut("MSH|1\rMSH|2\r", &p), 2);
    assert_false(p[0].framed);
    free(p);
}

/* test_seen - bounded, the oldest goes first, also where hashes collide in the index */
static void test_seen(void **state)
{
    struct seen *s = seen_new(8);
    char id[16];

    (void)state;
    for (int i = 0; i < 1000; i++) {
        snprintf(id, sizeof(id), "id%d", i);
        assert_true(seen_add(s, id));
        assert_false(seen_add(s, id));
        for (int k = i > 7 ? i - 7 : 0; k <= i; k++) {
            snprintf(id, sizeof(id), "id%d", k);
            assert_true(seen_has(s, id));
        }
        snprintf(id, sizeof(id), "id%d", i - 8);
        assert_false(seen_has(s, id));
    }
    seen_free(s);
}

/* main - the cases */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_elements),       cmocka_unit_test(test_line_ends),
        cmocka_unit_test(test_separators),     cmocka_unit_test(test_escapes),
        cmocka_unit_test(test_breaks_in_text), cmocka_unit_test(test_charsets),
        cmocka_unit_test(test_utf16),          cmocka_unit_test(test_far_escapes),
        cmocka_unit_test(test_long_text),      cmocka_unit_test(test_many),
        cmocka_unit_test(test_batches),        cmocka_unit_test(test_frames),
        cmocka_unit_test(test_seen),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
