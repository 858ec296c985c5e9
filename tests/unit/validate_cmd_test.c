/* validate_cmd_test.c - cleanclaim validate on 837 files of any sender: a line for each CLM, damage
 * costs one claim, every kind of fault is told, and once */
#include "tests/support/test.h"

#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <unistd.h>

#include "common/sys/file.h"
#include "services/cleanclaim/cmd.h"
#include "tests/support/folder.h"
#include "tests/support/x12_faults.h"

enum { LINES_MAX = 4096 };

/* What the command has printed. */
struct said {
    json_t *line[LINES_MAX];
    size_t n;
    int code;
    char text[1 << 16]; /* "A1 SYN-01 segment element; …"; a refusal: "A1 !code" */
};

static char folder[256];

/* parse - JSON lines */
static void parse(struct said *out, const struct buf *b)
{
    const char *p = b->data ? b->data : "";

    for (; *p; p += strcspn(p, "\n") + 1) {
        json_t *o = json_loadb(p, strcspn(p, "\n"), 0, NULL);

        if (!o)
            fail_msg("no JSON: %.200s", p);
        assert_true(out->n < LINES_MAX);
        out->line[out->n++] = o;
    }
}

/* word - a string of an object, "-" for null */
static const char *word(const json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));

    return s ? s : "-";
}

/* describe - the lines in a form that a table can hold */
static void describe(struct said *out)
{
    size_t at = 0, k;
    json_t *f;

    for (size_t i = 0; i < out->n; i++) {
        const json_t *o = out->line[i], *error = json_object_get(o, "error");

        if (error)
            at += (size_t)snprintf(out->text + at, sizeof(out->text) - at, "%s !%s; ",
                                   word(o, "claim"), word(error, "code"));
        json_array_foreach(json_object_get(o, "findings"), k, f) at += (size_t)snprintf(
            out->text + at, sizeof(out->text) - at, "%s %s %d %s; ", word(o, "claim"),
            word(f, "edit"), (int)json_integer_value(json_object_get(f, "segment")),
            word(f, "element"));
        assert_true(at < sizeof(out->text));
    }
}

/* run - validate --json on these bytes */
static struct said *run(const void *p, size_t n, const char *option, const char *value,
                        const char *last)
{
    struct said *out = calloc(1, sizeof(*out));
    char path[512], captured[512];
    const char *words[] = {"validate", "--json", "--tables", folder, path, option, value, last};
    char *argv[8];
    struct err e;
    struct buf b;
    int keep, file;

    assert_non_null(out);
    for (int i = 0; i < 8; i++)
        argv[i] = (char *)(uintptr_t)words[i];
    assert_int_equal(file_write(folder, "in.837", p, n, &e), 0);
    file_join(path, sizeof(path), folder, "in.837");
    file_join(captured, sizeof(captured), folder, "out.json");
    file = open(captured, O_RDWR | O_CREAT | O_TRUNC, 0600);
    fflush(stdout);
    keep = dup(1);
    dup2(file, 1);
    out->code = cmd_validate(5 + (option != NULL) + (value != NULL) + (last != NULL), argv);
    fflush(stdout);
    dup2(keep, 1);
    close(keep), close(file);
    buf_init(&b);
    assert_int_equal(file_read(captured, 1 << 28, &b, &e), 0);
    parse(out, &b);
    describe(out);
    buf_release(&b);
    return out;
}

/* forget - what run has made */
static void forget(struct said *s)
{
    for (size_t i = 0; i < s->n; i++)
        json_decref(s->line[i]);
    free(s);
}

/* count - how often a text stands in another */
static size_t count(const char *text, const char *what)
{
    size_t n = 0;

    for (; (text = strstr(text, what)); text++)
        n++;
    return n;
}

/* claims - lines that name a claim */
static size_t claims(const struct said *s)
{
    size_t n = 0;

    for (size_t i = 0; i < s->n; i++)
        n += json_is_string(json_object_get(s->line[i], "claim"));
    return n;
}

/* test_faults - one fault of each kind: told, and each claim has its line */
static void test_faults(void **state)
{
    (void)state;
    for (size_t i = 0; i < x12_fault_count; i++) {
        const struct x12_fault *f = &x12_faults[i];
        struct said *s;
        struct buf b;

        if (strncmp(f->file, "837", 3) != 0)
            continue;
        x12_fault_apply(f, &b);
        s = run(b.data, b.len, "--skip", "TAB-01", "--no-repair");
        if (getenv("SHOW"))
            print_message("%-28s %-24s | %s\n", f->kind, f->code, s->text);
        assert_int_equal(claims(s), count(b.data, "CLM*"));
        if (f->code[0] && !s->text[0])
            print_message("%s: nothing said\n", f->kind);
        if (strcmp(f->kind, "adjustment reason") != 0) /* asks its table, which is not there */
            assert_true(!f->code[0] || s->text[0]);
        assert_int_equal(s->code, s->text[0] && !strchr(f->code, '~')); /* a note is no ground */
        forget(s);
        buf_release(&b);
    }
}

/* reached - CLM segments whose end lies before n */
static size_t reached(const char *text, size_t n)
{
    size_t count = 0;

    for (const char *p = text; (p = strstr(p, "CLM*")); p++)
        count += (size_t)(strchr(p, '~') - text) < n;
    return count;
}

/* test_cut - a file cut at any byte: each claim that was reached has a line, in order */
static void test_cut(void **state)
{
    static const char *const files[] = {"837p", "837i"};
    struct buf b;

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        x12_example(files[i], &b);
        for (size_t n = 4; n + 2 < b.len; n++) {
            struct said *s = run(b.data, n, "--as", "x12", NULL);

            assert_int_equal(claims(s), reached(b.data, n));
            assert_int_equal(s->code, 1);
            assert_true(s->n >= 1);
            forget(s);
        }
        buf_release(&b);
    }
}

/* What a row does with the example before it is validated. */
struct damage {
    const char *what, *after, *from, *to;
    size_t fill; /* so many letters in place of "@" in `to` */
    const char *said;
};

#define ISA_P                                                                                      \
    "ISA*00*          *00*          *ZZ*SUBM10001      *ZZ*CLRHOUSE01     *260401*0915*^*00501*"   \
    "000000101*0*T*:~\n"
#define NARROW_ISA "ISA*00**00**ZZ*SUBM10001*ZZ*CLRHOUSE01*260401*0915*^*00501*000000101*0*T*:~\n"

/* clang-format off */
static const struct damage damages[] = {
    {"as it is", "", "REF*EA", "REF*EA", 0,
     ""},
    {"a segment of 45 elements", "", "REF*EA*MRN778", "REF*EA*MRN778******************************************x", 0,
     "A1000001 SYN-01 21 REF05; "},
    {"70,000 bytes without terminator", "", "REF*EA*MRN778~\n", "NTE*ADD*@\n", 70000,
     "A1000001 !x12; - SYN-01 69 SE01; "},
    {"the same above the claims", "HL*2", "N3*12 ELM ST~\n", "N3*@\n", 70000,
     "A1000001 DEM-04 18 N301; A1000001 DEM-10 15 N3; - SYN-01 69 SE01; "},
    {"an ISA of other widths", "", ISA_P, NARROW_ISA, 0,
     "- !x12; "},
    {"an ISA that says nothing", "", ISA_P, "ISA*00*~\n", 0,
     "- !x12; "},
    {"no ST", "", "ST*837*0001*005010X222A1~\n", "", 0,
     "A1000001 !x12; A1000002 !x12; - SYN-01 0 GE01; - SYN-01 0 GE; - SYN-01 0 BHT; "},
    {"no GS", "", "GS*HC*SUBM10001*CLRHOUSE01*20260401*0915*101*X*005010X222A1~\n", "", 0,
     "- SYN-01 0 ST; - SYN-01 0 GE; - SYN-01 0 IEA01; - SYN-01 0 IEA; "},
    {"a second ISA where none ended", "", "GS*HC*SUBM10001", ISA_P "GS*HC*SUBM10001", 0,
     "- !x12; - SYN-01 0 ISA13; "},
    {"no IEA", "", "IEA*1*000000101~\n", "", 0,
     "- !x12; "},
    {"no GE, no IEA", "", "GE*1*101~\nIEA*1*000000101~\n", "", 0,
     "- !x12; "},
    {"CR LF inside a segment", "", "REF*X4*36D9999999", "REF*X4*36D\r\n9999999", 0,
     "A1000001 IDN-10 20 REF02; "},
    {"a zero byte and 0xFF", "", "12 ELM ST", "12 \x01\xFF ST", 0,
     "A1000001 SYN-01 15 N301; "},
    {"another separator", "", "REF*X4*36D9999999", "REF|X4|36D9999999", 0,
     "A1000001 SYN-01 20 REF; A1000001 LAB-01 19 REF02; "},
    {"no HL 22", "", "HL*2*1*22*0~\nSBR*P*18*GRP4410******CI~\n", "", 0,
     "A1000001 SYN-01 20 HI; A1000001 SYN-02 12 NM101; A1000001 SYN-02 16 NM101; "
     "A1000001 SYN-02 18 REF01; A1000001 SYN-02 19 REF01; A1000001 SYN-02 21 NM101; "
     "A1000001 DEM-01 17 NM103; A1000001 IDN-01 17 NM109; A1000001 IDN-04 17 NM109; "
     "A1000001 DEM-10 17 CLM; A1000002 SYN-01 31 HL01; A1000002 SYN-01 35 HL01; "
     "A1000002 SYN-02 12 NM101; A1000002 SYN-02 16 NM101; - SYN-01 68 SE01; "},
    {"no lines", "REF*EA*MRN778", "LX*1~\nSV1*HC:99214:25*165*UN*1***1:2~\nDTP*472*D8*20260325~\nREF*6R*A1000001L1~\nLX*2~\n"
     "SV1*HC:83036:QW*50*UN*1***1~\nDTP*472*D8*20260325~\nREF*6R*A1000001L2~\n", "", 0,
     "A1000001 CHG-09 19 LX01; - SYN-01 62 SE01; "},
    {"a line without its day", "", "DTP*472*D8*20260325~\n", "", 0,
     "A1000001 DAT-01 25 DTP03; - SYN-01 69 SE01; "},
    {"half a unit", "", "165*UN*1*", "165*UN*.5*", 0,
     "A1000001 CHG-04 26 SV104; "},
    {"no unit", "", "165*UN*1*", "165*UN*0*", 0,
     "A1000001 CHG-04 26 SV104; "},
    {"money below zero", "CLM", "*165*UN*1*", "*-165*UN*1*", 0,
     "A1000001 CHG-02 26 SV102; "},
    {"a code system that does not belong", "", "SV1*HC:99214", "SV1*N4:99214", 0,
     "A1000001 "},
};
/* clang-format on */

/* damaged - the example as the row has it, SE01 left alone */
static void damaged(const struct damage *d, struct buf *b)
{
    const char *at = strchr(d->to, '@');
    char *to = calloc(1, strlen(d->to) + d->fill + 1);

    assert_non_null(to);
    memcpy(to, d->to, at ? (size_t)(at - d->to) : strlen(d->to));
    if (at) {
        memset(to + (at - d->to), 'A', d->fill);
        memcpy(to + (at - d->to) + d->fill, at + 1, strlen(at + 1));
    }
    x12_example("837p", b);
    x12_replace(b, d->after, d->from, to);
    free(to);
}

/* all_said - every finding of `want` stands in `text`; other edits may see more of the damage, but
 * nothing where nothing is wanted */
static bool all_said(const char *text, const char *want)
{
    char one[128];

    if (!want[0])
        return !text[0];
    while (*want) {
        const char *end = strstr(want, "; ");
        const size_t n = end ? (size_t)(end - want) : strlen(want);

        snprintf(one, sizeof(one), "%.*s", (int)n, want);
        if (!strstr(text, one))
            return false;
        want += n + (end ? 2 : 0);
    }
    return true;
}

/* test_damage - what is said, and that the other claims are as they were */
static void test_damage(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(damages) / sizeof(damages[0]); i++) {
        struct said *s;
        struct buf b;

        damaged(&damages[i], &b);
        s = run(b.data, b.len, "--skip", "TAB-01", NULL);
        if (!all_said(s->text, damages[i].said))
            fail_msg("%s: %s", damages[i].what, s->text);
        assert_int_equal(claims(s), strcmp(damages[i].what, "an ISA that says nothing") ? 2 : 0);
        forget(s);
        buf_release(&b);
    }
}

/* again - the example with other delimiters and control numbers */
static void again(struct buf *out, const char *name, const char *delims, const char *line_end,
                  char number)
{
    struct buf b;

    x12_example(name, &b);
    for (const char *p = b.data; *p; p++) {
        const char *d = strchr("*^:~", *p);

        if (strncmp(p, "00000010", 8) == 0 && p[8] && p[9] && strchr("*~", p[9])) {
            buf_addf(out, "0000002%c%c", number, p[8]);
            p += 8;
        } else if (*p == '\n') {
            buf_adds(out, line_end);
        } else {
            buf_addc(out, d ? delims[d - "*^:~"] : *p);
        }
    }
    buf_release(&b);
}

/* test_senders - several interchanges in one file, each with its own delimiters and line ends */
static void test_senders(void **state)
{
    struct said *s;
    struct buf b;

    (void)state;
    buf_init(&b);
    buf_adds(&b, "\xEF\xBB\xBF\r\n");
    again(&b, "837p", "*^:~", "", '1');
    again(&b, "837i", "|^>~", "\r\n", '2');
    again(&b, "837p", "\x1D!\x1F\n", "", '3');
    buf_adds(&b, "\r\n \r\n");
    again(&b, "837p", "*^:\r", "\n", '4');
    s = run(b.data, b.len, "--skip", "TAB-01", NULL);
    assert_string_equal(s->text, "");
    assert_int_equal(s->code, 0);
    assert_int_equal(s->n, 7);
    assert_string_equal(word(s->line[0], "claim"), "A1000001");
    assert_string_equal(word(s->line[2], "claim"), "H2000001");
    assert_string_equal(word(s->line[2], "kind"), "institutional");
    assert_string_equal(word(s->line[6], "claim"), "A1000002");
    forget(s);
    buf_reset(&b);
    again(&b, "837p", "*^:~", "", '1');
    again(&b, "837p", "*^:~", "", '1');
    s = run(b.data, b.len, "--skip", "TAB-01", NULL);
    assert_string_equal(s->text, "- SYN-01 0 ISA13; ");
    assert_int_equal(s->n, 5);
    forget(s);
    buf_release(&b);
}

/* part - of the example, from one segment up to another (NULL: the end) */
static void part(struct buf *out, const struct buf *b, const char *from, const char *to)
{
    const char *p = strstr(b->data, from), *end = to ? strstr(p, to) : b->data + b->len;

    buf_add(out, p, (size_t)(end - p));
}

/* test_many_lines - a claim of a thousand service lines; the next one is not affected */
static void test_many_lines(void **state)
{
    struct said *s;
    struct buf b, text;

    (void)state;
    x12_example("837p", &b);
    buf_init(&text);
    part(&text, &b, "ISA*", "LX*2");
    for (int i = 2; i <= 1000; i++)
        buf_addf(&text, "LX*%d~\nSV1*HC:83036:QW*0*UN*1***1~\nDTP*472*D8*20260325~\n", i);
    part(&text, &b, "HL*3", NULL);
    s = run(text.data, text.len, "--only", "CHG-09,CHG-01", NULL);
    assert_string_equal(s->text, "A1000001 CHG-09 19 LX01; A1000001 CHG-01 19 CLM02; ");
    assert_int_equal(claims(s), 2);
    forget(s);
    buf_release(&text);
    buf_release(&b);
}

/* test_long_file - a hundred thousand segments: every claim has its line, in order; one that is
 * damaged in the middle costs itself alone */
static void test_long_file(void **state)
{
    enum { SETS = 1500, SEGMENTS = 70, CLAIMS = 2 * SETS, DAMAGED = 700 };
    struct said *s;
    struct buf b, text;

    (void)state;
    x12_example("837p", &b);
    buf_init(&text);
    part(&text, &b, "ISA*", "ST*");
    for (int i = 1; i <= SETS; i++) {
        buf_addf(&text, "ST*837*%04d*005010X222A1~\n", i);
        part(&text, &b, "BHT*", i == DAMAGED ? "REF*EA*MRN778" : "\nSE*");
        if (i == DAMAGED) {
            buf_addf(&text, "NTE*ADD*%070000d~\n", 0);
            part(&text, &b, "HI*ABK", "\nSE*");
        }
        buf_addf(&text, "\nSE*%d*%04d~\n", SEGMENTS, i);
    }
    buf_addf(&text, "GE*%d*101~\nIEA*1*000000101~\n", SETS);
    s = run(text.data, text.len, "--skip", "TAB-01", NULL);
    assert_int_equal(claims(s), CLAIMS);
    assert_string_equal(s->text, "A1000001 !x12; ");
    forget(s);
    buf_release(&text);
    buf_release(&b);
}

/* test_contract - the fields of cli.md, and no name or number of a person in a line */
static void test_contract(void **state)
{
    static const char *const fields[] = {"edit",    "severity", "line",    "codes",
                                         "segment", "element",  "snip",    "authority",
                                         "same_as", "table",    "message", "fix"};
    static const char *const people[] = {"TESTER",     "ADA",    "12 ELM",
                                         "SYN0001234", "MRN778", "19700214"};
    struct said *s;
    struct buf b;
    char *text;

    (void)state;
    x12_example("837p", &b);
    x12_replace(&b, "", "19700214", "19700231");
    x12_replace(&b, "", "REF*EA*MRN778", "REF*QQ*MRN778");
    s = run(b.data, b.len, NULL, NULL, NULL);
    assert_int_equal(s->n, 2);
    for (size_t i = 0; i < s->n; i++) {
        json_t *list = json_object_get(s->line[i], "findings");

        assert_true(json_array_size(list) > 0);
        assert_true(json_is_false(json_object_get(s->line[i], "clean")));
        assert_true(json_is_string(json_object_get(s->line[i], "source")));
        for (size_t k = 0; k < json_array_size(list); k++)
            for (size_t f = 0; f < sizeof(fields) / sizeof(fields[0]); f++)
                assert_non_null(json_object_get(json_array_get(list, k), fields[f]));
        text = json_dumps(s->line[i], 0);
        for (size_t p = 0; p < sizeof(people) / sizeof(people[0]); p++)
            assert_null(strstr(text, people[p]));
        free(text);
    }
    forget(s);
    buf_release(&b);
}

/* test_repairs - done before the edits, shown without patient data; --no-repair finds instead */
static void test_repairs(void **state)
{
    struct said *s;
    struct buf b;
    json_t *list;

    (void)state;
    x12_example("837p", &b);
    x12_replace(&b, "", "XX*1234567893", "XX*123-456-7893");
    x12_replace(&b, "ADA*", "OH*44101~", "OH*44101-4321~");
    x12_replace(&b, "", "HI*ABK:E1165", "HI*ABK:e11.65");
    x12_replace(&b, "", "*165*UN*", "*165*un*");
    s = run(b.data, b.len, "--skip", "TAB-01", NULL);
    assert_string_equal(s->text, "");
    assert_int_equal(s->code, 0);
    list = json_object_get(s->line[0], "repairs");
    assert_int_equal(json_array_size(list), 4);
    assert_string_equal(word(json_array_get(list, 0), "repair"), "REP-01");
    assert_string_equal(word(json_array_get(list, 0), "before"), "123-456-7893");
    assert_string_equal(word(json_array_get(list, 0), "after"), "1234567893");
    assert_int_equal(json_integer_value(json_object_get(json_array_get(list, 0), "segment")), 8);
    assert_string_equal(word(json_array_get(list, 1), "before"), "99999-9999");
    assert_string_equal(word(json_array_get(list, 2), "before"), "e11.65");
    assert_int_equal(json_array_size(json_object_get(s->line[1], "repairs")), 1);
    forget(s);
    s = run(b.data, b.len, "--no-repair", NULL, NULL);
    assert_non_null(strstr(s->text, "A1000001 PRV-01 8 NM109; "));
    assert_non_null(strstr(s->text, "A1000001 DEM-05 16 N403; "));
    assert_non_null(strstr(s->text, "A1000001 COD-01 22 HI01-2; "));
    assert_non_null(strstr(s->text, "A1000001 CHG-04 26 SV103; "));
    assert_int_equal(json_array_size(json_object_get(s->line[0], "repairs")), 0);
    forget(s);
    s = run(b.data, b.len, "--phi", NULL, NULL);
    assert_string_equal(word(json_array_get(json_object_get(s->line[0], "repairs"), 1), "before"),
                        "44101-4321");
    forget(s);
    buf_release(&b);
}

/* begin - a folder without tables */
static int begin(void **state)
{
    (void)state;
    folder_make(folder, sizeof(folder), "validate");
    return 0;
}

/* end - it goes */
static int end(void **state)
{
    (void)state;
    folder_remove(folder);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_faults),     cmocka_unit_test(test_cut),
        cmocka_unit_test(test_damage),     cmocka_unit_test(test_senders),
        cmocka_unit_test(test_many_lines), cmocka_unit_test(test_long_file),
        cmocka_unit_test(test_contract),   cmocka_unit_test(test_repairs)};

    return cmocka_run_group_tests_name("validate_cmd", tests, begin, end);
}
