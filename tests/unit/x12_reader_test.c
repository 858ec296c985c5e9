/* x12_reader_test.c - what the reader makes of damaged interchanges, whole and in pieces: which
 * segments it gives, and where it says that something is lost; and the loops of what it gives */
#include "tests/support/test.h"

#include <stdio.h>

#include "common/x12/place.h"
#include "common/x12/x12.h"

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

#define ISA                                                                                        \
    "ISA*00*          *00*          *ZZ*SUBM10001      *ZZ*CLRHOUSE01     *260401*0915*^*00501*"   \
    "000000101*0*T*:~"
#define GS "GS*HC*SUBM10001*CLRHOUSE01*20260401*0915*101*X*005010X222A1~"
#define ST "ST*837*0001*005010X222A1~"
#define ENDS "SE*4*0001~GE*1*101~IEA*1*000000101~"
#define FORTY "****************************************"
/* An ISA of other widths, up to its separators of repetitions, and behind. */
#define NARROW "ISA*00**00**ZZ*SUBM10001*ZZ*CLRHOUSE01*260401*0915*"
#define NARROW_ENDS "*00501*000000101*0*T*"

/* "@" in `bytes` stands for `fill` letters, "#" for as many blanks. */
struct damage {
    const char *what, *bytes;
    size_t fill;
    const char *said;  /* ids with their positions, "!" for damage (with an id if there is one) */
    const char *go_on; /* the same where the reader is told to go on; NULL: the same */
};

/* clang-format off */
static const struct damage damages[] = {
    {"nothing", ISA GS ST "N3*A~" ENDS, 0, "ISA GS ST1 N32 SE3 GE IEA", NULL},
    {"other widths", NARROW "^" NARROW_ENDS ":~" GS ST ENDS, 0, "!", "! ISA GS ST1 SE2 GE IEA"},
    {"a letter where repetitions are told", NARROW "U" NARROW_ENDS ":~" GS ST ENDS, 0, "!", "! ISA GS ST1 SE2 GE IEA"},
    {"two signs there", NARROW "^^" NARROW_ENDS ":~" GS ST ENDS, 0, "!", "! ISA GS ST1 SE2 GE IEA"},
    {"an element too long", "ISA*@*" NARROW "^" NARROW_ENDS ":~" ISA GS ENDS, 300, "! ISA GS SE GE IEA", NULL},
    {"too few elements", "ISA*00**00**ZZ*SUBM10001~", 0, "!", NULL},
    {"the end behind the last separator", NARROW "^" NARROW_ENDS ":", 0, "!", NULL},
    {"a letter that separates", "ISAX00XX00XXZZXAXZZXBX260401X0915X^X00501X1X0XTX:~" GS ENDS, 0, "!", NULL},
    {"a letter that separates components", NARROW "^" NARROW_ENDS "A~" GS ENDS, 0, "!", NULL},
    {"a letter that ends", NARROW "^" NARROW_ENDS ":Z" GS ENDS, 0, "!", NULL},
    {"components by what separates elements", NARROW "^" NARROW_ENDS "*~" GS ENDS, 0, "!", NULL},
    {"an end by what separates elements", NARROW "^" NARROW_ENDS ":*" GS ENDS, 0, "!", NULL},
    {"an end by what separates components", NARROW "^" NARROW_ENDS "::" GS ENDS, 0, "!", NULL},
    {"a segment torn in a set", ISA GS ST "N3*@~LX*1~" ENDS, 70000, "ISA GS ST1 !N3", "ISA GS ST1 !N3 LX3 SE4 GE IEA"},
    {"a segment torn outside", ISA "GS*@~" ST ENDS, 70000, "ISA !GS", "ISA !GS ST1 SE2 GE IEA"},
    {"without an element", ISA GS ST "@~" ENDS, 70000, "ISA GS ST1 !", "ISA GS ST1 ! SE3 GE IEA"},
    {"torn for good", ISA GS ST "N3*@", 140000, "ISA GS ST1 !N3", "ISA GS ST1 !N3 !"},
    {"torn up to the next file", ISA GS ST "N3*@" ISA GS ENDS, 70000, "ISA GS ST1 !N3 ISA GS SE GE IEA",
     "ISA GS ST1 !N3 ! ISA GS SE GE IEA"},
    {"cut, and glued to the next file", ISA GS ST "N3*ABC" ISA GS ENDS, 0, "ISA GS ST1 !N3 ISA GS SE GE IEA", NULL},
    {"cut", ISA GS ST "N3*ABC", 0, "ISA GS ST1 !N3", NULL},
    {"cut in the three letters", ISA GS ST "ISA", 0, "ISA GS ST1 !", NULL},
    {"three letters more", ISA GS ST "ISAB*1~" ENDS, 0, "ISA GS ST1 ISAB2 SE3 GE IEA", NULL},
    {"an ISA that is none", ISA GS ST "ISA*1~" ENDS, 0, "ISA GS ST1 ! !", "ISA GS ST1 ! !"},
    {"an ISA before its end", ISA GS ISA GS ENDS, 0, "ISA GS ! ISA GS SE GE IEA", NULL},
    {"forty elements", ISA GS ST "ZZ" FORTY "~" ENDS, 0, "ISA GS ST1 ZZ2 SE3 GE IEA", NULL},
    {"one more", ISA GS ST "ZZ*" FORTY "~" ENDS, 0, "ISA GS ST1 !ZZ", "ISA GS ST1 ZZ2 SE3 GE IEA"},
    {"blanks, and something else", ISA GS ENDS " \t\r\n \n" ISA GS ENDS "\r\nx" ISA GS ENDS " ", 0,
     "ISA GS SE GE IEA ISA GS SE GE IEA ! ISA GS SE GE IEA", NULL},
    {"much of something else", ISA GS ENDS "@" ISA GS ENDS, 3000, "ISA GS SE GE IEA ! ISA GS SE GE IEA", NULL},
    {"more of it than is looked at together", ISA GS ENDS "@" ISA GS ENDS, 70000, "ISA GS SE GE IEA ! ISA GS SE GE IEA", NULL},
    {"more blanks than that", ISA GS ENDS "#" ISA GS ENDS "#", 70000, "ISA GS SE GE IEA ISA GS SE GE IEA", NULL},
    {"much of it, and no more", ISA GS ENDS "@", 3000, "ISA GS SE GE IEA !", NULL},
    {"almost an ISA", "ISAISA*00*ISA" ISA GS ENDS, 0, "! ISA GS SE GE IEA", NULL},
    {"a set behind a group's end", ISA GS ST "SE*2*0001~N3*A~GE*1*101~N3*B~" GS ST "N3*C~" ENDS, 0,
     "ISA GS ST1 SE2 N3 GE N3 GS ST1 N32 SE3 GE IEA", NULL},
    {"a group in a set", ISA GS ST GS ST "N3*C~" ENDS, 0, "ISA GS ST1 GS ST1 N32 SE3 GE IEA", NULL},
    {"segments of three letters, and of two that begin as those of the envelope do", ISA GS ST "GX*1~SX*1~IEX*1~SVC*1~" ENDS, 0,
     "ISA GS ST1 GX2 SX3 IEX4 SVC5 SE6 GE IEA", NULL},
};
/* clang-format on */

/* Bytes that come in pieces. */
struct pieces {
    const struct buf *file;
    size_t given, piece;
    char *data;
};

/* next_piece - see x12_reader.fill */
static size_t next_piece(void *arg, size_t at)
{
    struct pieces *p = arg;
    const size_t left = p->file->len - p->given, n = left < p->piece ? left : p->piece;

    assert_true(at <= p->given);
    memcpy(p->data + p->given, p->file->data + p->given, n);
    p->given += n;
    return p->given;
}

/* read_out - what a reader gives */
static void read_out(struct x12_reader *r, struct buf *said)
{
    struct x12_segment s;
    struct err e;
    int got;

    buf_reset(said);
    while (s.id.n = 0, (got = x12_next(r, &s, &e)) != 0) {
        buf_adds(said, said->len ? " " : "");
        buf_adds(said, got < 0 ? "!" : "");
        buf_add(said, s.id.n > 4 ? "" : s.id.p, s.id.n > 4 ? 0 : s.id.n);
        if (got > 0 && s.position > 0)
            buf_addf(said, "%u", s.position);
        assert_true(got > 0 || (e.class == ERR_REJECT && strncmp(e.text, "byte ", 5) == 0));
        assert_true(s.count <= X12_MAX_ELEMENTS || got < 0);
    }
    assert_int_equal(x12_next(r, &s, &e), 0);
}

/* bytes_of - the row's, with what "@" stands for */
static void bytes_of(const struct damage *d, struct buf *out)
{
    buf_init(out);
    for (const char *p = d->bytes; *p; p++)
        for (size_t i = 0; i < (strchr("@#", *p) ? d->fill : 1); i++)
            buf_addc(out, *p == '@' ? 'A' : *p == '#' ? ' ' : *p);
}

/* check_pieces - the same, however the bytes come */
static void check_pieces(const struct damage *d, const struct buf *file, bool go_on)
{
    static const size_t sizes[] = {1, 7, 100, 106, 4096, 1 << 20};
    const char *want = go_on && d->go_on ? d->go_on : d->said;

    for (size_t i = 0; i < COUNT(sizes); i++) {
        struct pieces p = {.file = file, .piece = sizes[i], .data = malloc(file->len)};
        struct x12_reader r;
        struct buf said;

        assert_non_null(p.data);
        buf_init(&said);
        x12_reader_init(&r, p.data, 0);
        r.go_on = go_on;
        r.fill = next_piece;
        r.fill_arg = &p;
        read_out(&r, &said);
        if (strcmp(said.data, want) != 0)
            fail_msg("%s, in pieces of %zu: \"%s\"", d->what, sizes[i], said.data);
        buf_release(&said);
        free(p.data);
    }
}

/* test_damages - with one end of the interchange, and going on inside it */
static void test_damages(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(damages); i++)
        for (int go_on = 0; go_on < 2; go_on++) {
            const struct damage *d = &damages[i];
            const char *want = go_on && d->go_on ? d->go_on : d->said;
            struct buf file, said;
            struct x12_reader r;

            bytes_of(d, &file);
            buf_init(&said);
            x12_reader_init(&r, file.data, file.len);
            r.go_on = go_on;
            read_out(&r, &said);
            if (strcmp(said.data, want) != 0)
                fail_msg("%s%s: \"%s\"", d->what, go_on ? ", going on" : "", said.data);
            check_pieces(d, &file, go_on);
            buf_release(&said);
            buf_release(&file);
        }
}

/* segment_at - number n of these bytes */
static void segment_at(struct x12_reader *r, struct x12_segment *s, unsigned n)
{
    struct err e;

    for (; n > 0; n--)
        assert_true(x12_next(r, s, &e) != 0);
}

/* test_loose_delims - an ISA of other widths tells its separators all the same */
static void test_loose_delims(void **state)
{
    static const struct {
        const char *repeats;
        char repetition;
    } rows[] = {{"^", '^'}, {"!", '!'}, {"U", '\0'}, {"^^", '\0'}, {"", '\0'}};

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct x12_reader r;
        struct x12_segment s;
        char text[256];
        int n = snprintf(text, sizeof(text), NARROW "%s" NARROW_ENDS ">\n" GS, rows[i].repeats);

        x12_reader_init(&r, text, (size_t)n);
        r.go_on = true;
        segment_at(&r, &s, 2);
        assert_true(x12_is(&s, "ISA"));
        assert_int_equal(s.count, 16);
        assert_true(x12_element_is(&s, 6, "SUBM10001"));
        assert_true(x12_element_is(&s, 16, ">"));
        assert_int_equal(r.delims.repetition, rows[i].repetition);
        assert_int_equal(r.delims.component, '>');
        assert_int_equal(r.delims.segment, '\n');
    }
}

/* test_no_repetition - where none is told, a value is one, whatever bytes it holds; no component
 * has the number 0 */
static void test_no_repetition(void **state)
{
    static const char text[] =
        "ISA*00*          *00*          *ZZ*SUBM10001      *ZZ*CLRHOUSE01     "
        "*260401*0915*U*00501*000000101*0*T*:~N3*A\0^B:C~";
    struct x12_reader r;
    struct x12_segment s;

    (void)state;
    x12_reader_init(&r, text, sizeof(text) - 1);
    segment_at(&r, &s, 2);
    assert_int_equal(x12_repetition(&s, 1, 0).n, 6);
    assert_int_equal(x12_repetition(&s, 1, 1).n, 0);
    assert_true(span_is(x12_component(&s, 1, 2), "C"));
    assert_int_equal(x12_component_of(x12_element(&s, 1), s.delims, 0).n, 0);
}

/* test_zero_between - a zero byte between two interchanges is no blank */
static void test_zero_between(void **state)
{
    static const char text[] = ISA GS ENDS " \0 " ISA GS ENDS;
    struct x12_reader r;
    struct buf said;

    (void)state;
    buf_init(&said);
    x12_reader_init(&r, text, sizeof(text) - 1);
    read_out(&r, &said);
    assert_string_equal(said.data, "ISA GS SE GE IEA ! ISA GS SE GE IEA");
    buf_release(&said);
}

/* Segments with the loop and the depth that each is to have. */
struct placed {
    const char *bytes;
    const char *places[16];
};

/* clang-format off */
static const struct placed placed[] = {
    {ISA "TA1*1~" GS ST "BHT*1~NM1*41~HL*1**20~HL*2**22~" ENDS, {"0", "1", "1", "2", "3", "4 1000A", "4 2000A", "5 2000B", "2", "1", "0"}},
    {ISA GS "ST*837*0001~HL*1**20~N3*A~QQQ*1~" ENDS, {"0", "1", "2", "4 2000A", "4 2000A", "4 2000A", "2", "1", "0"}},
    {ISA GS "ST*840*0001~BEG*1~" ENDS, {"0", "1", "2", "3", "2", "1", "0"}},
    {ISA "GS*HC*A*B*C*D*1*X*005010X222A1 BUT LONGER~" ST "HL*1**20~" ENDS, {"0", "1", "2", "3", "2", "1", "0"}},
    {ISA "GS*HP*A*B*C*D*1*X*005010X221A1~ST*835*1~LX*1~" ENDS, {"0", "1", "2", "4 2000", "2", "1", "0"}},
};
/* clang-format on */

/* test_places - by the guide of the set, or by the envelope alone */
static void test_places(void **state)
{
    struct x12_placer *p = x12_placer_new();

    (void)state;
    assert_non_null(p);
    for (int twice = 0; twice < 2; twice++)
        for (size_t i = 0; i < COUNT(placed); i++) {
            struct x12_reader r;
            struct x12_segment s;
            struct err e;
            size_t n = 0;

            x12_reader_init(&r, placed[i].bytes, strlen(placed[i].bytes));
            for (; x12_next(&r, &s, &e) > 0; n++) {
                char said[32];
                unsigned depth;
                const char *loop = x12_place(p, &s, &depth);

                snprintf(said, sizeof(said), "%u%s%s", depth, *loop ? " " : "", loop);
                assert_string_equal(said, placed[i].places[n]);
            }
            assert_null(placed[i].places[n]);
        }
    x12_placer_free(p);
    x12_placer_free(NULL);
}

/* test_names - words for elements, components and codes; none where there is no such place */
static void test_names(void **state)
{
    (void)state;
    assert_true(x12_element_name(span_of("N3"), 1, 0).n > 0);
    assert_true(x12_element_name(span_of("SV1"), 1, 2).n > 0);
    assert_int_equal(x12_element_name(span_of("N3"), 0, 0).n, 0);
    assert_int_equal(x12_element_name(span_of("N3"), 40, 0).n, 0);
    assert_int_equal(x12_element_name(span_of("N3"), 1, 1).n, 0);
    assert_int_equal(x12_element_name(span_of("N3"), 40, 1).n, 0);
    assert_int_equal(x12_element_name(span_of("QQQ"), 1, 0).n, 0);
    assert_int_equal(x12_element_name(span_of("QQQ"), 1, 1).n, 0);
    assert_true(x12_value_name(span_of("HI"), 1, 1, span_of("ABK")).n > 0);
    assert_true(span_equal(x12_value_name(span_of("HI"), 1, 0, span_of("ABK")),
                           x12_value_name(span_of("HI"), 1, 1, span_of("ABK"))));
    assert_int_equal(x12_value_name(span_of("QQQ"), 1, 0, span_of("ABK")).n, 0);
    assert_int_equal(x12_value_name(span_of("N3"), 40, 0, span_of("ABK")).n, 0);
}

/* main - all */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_damages),       cmocka_unit_test(test_loose_delims),
        cmocka_unit_test(test_no_repetition), cmocka_unit_test(test_places),
        cmocka_unit_test(test_zero_between),  cmocka_unit_test(test_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
