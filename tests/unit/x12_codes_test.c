/* x12_codes_test.c - every code that a TA1 or 999 of ours can carry: each stands in some test, and
 * those that no other test brings about stand in an answer here; the operator's command and the
 * pretend payer answer with the same bytes */
#include "tests/support/test.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>

#include "common/base/date.h"
#include "common/sys/file.h"
#include "common/x12/ack.h"
#include "services/cleanclaim/cmd.h"
#include "services/sandbox/sandbox.h"
#include "tests/support/folder.h"
#include "tests/support/x12_faults.h"

enum { SOURCES_MAX = 8 << 20 };

struct row {
    const char *code;  /* that is found */
    size_t offset;     /* in the ISA, or 0: */
    const char *after; /* behind that, `from` becomes `to` */
    const char *from, *to, *answer;
};

/* clang-format off */
static const struct row rows[] = {
    {"TA105=010", 4,   NULL, NULL, "99",              "*010~"},
    {"TA105=012", 18,  NULL, NULL, "99",              "*012~"},
    {"TA105=006", 35,  NULL, NULL, "               ", "*006~"},
    {"TA105=007", 51,  NULL, NULL, "XX",              "*007~"},
    {"TA105=008", 54,  NULL, NULL, "               ", "*008~"},
    {"TA105=016", 82,  NULL, NULL, "U",               "*E*016~"},
    {"TA105=018", 90,  NULL, NULL, "ABCDEFGHI",       "*018~"},
    {"TA105=019", 100, NULL, NULL, "2",               "*019~"},
    {"IK502=1",   0,   "GS*", "ST*837*", "ST*840*",   "IK5*R*1~"},
    {"IK403=I6",  0,   "CLM*", "ABF:I10", "BF:4019",  "*I6*"},
    {"IK304=I9",  0,   "HL*2*", "SBR*P*18*", "SBR*P**", "*I9~"},
};
/* clang-format on */

struct heard {
    struct x12_ack *ack;
    struct buf all;
    const char *code;
    bool found;
};

/* hear - one result */
static int hear(void *arg, const struct x12_result *r)
{
    struct heard *h = arg;

    for (size_t i = 0; i < r->count; i++)
        h->found = h->found || strcmp(r->findings[i].code, h->code) == 0;
    x12_ack_add(h->ack, r);
    if (r->level == X12_INTERCHANGE) {
        buf_add(&h->all, x12_ack_ta1(h->ack).p, x12_ack_ta1(h->ack).n);
        buf_add(&h->all, x12_ack_999(h->ack).p, x12_ack_999(h->ack).n);
    }
    return 0;
}

/* each_row - is found, and stands in the answer */
static void each_row(void **state)
{
    const struct x12_ack_options o = {20260402, 800, 501, true, false};
    struct err e;

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct heard h = {.ack = x12_ack_new(&o), .code = rows[i].code};
        struct buf b;

        buf_init(&h.all);
        x12_example("837p", &b);
        if (rows[i].offset)
            memcpy(b.data + rows[i].offset, rows[i].to, strlen(rows[i].to));
        else
            x12_replace(&b, rows[i].after, rows[i].from, rows[i].to);
        assert_int_equal(x12_check(b.data, b.len, NULL, hear, &h, &e), 0);
        if (!h.found || !h.all.len || !strstr(h.all.data, rows[i].answer))
            fail_msg("%s: %sfound, answered %s", rows[i].code, h.found ? "" : "not ",
                     h.all.len ? h.all.data : "nothing");
        x12_ack_free(h.ack);
        buf_release(&h.all);
        buf_release(&b);
    }
}

/* read_all - every C file of a folder */
static void read_all(const char *folder, struct buf *out)
{
    DIR *dir = opendir(folder);
    struct dirent *d;
    char path[PATH_MAX];
    struct err e;

    assert_non_null(dir);
    while ((d = readdir(dir))) {
        struct buf one;
        size_t n = strlen(d->d_name);

        if (n < 3 || strcmp(d->d_name + n - 2, ".c") != 0)
            continue;
        buf_init(&one);
        assert_true(file_join(path, sizeof(path), folder, d->d_name));
        assert_int_equal(file_read(path, SOURCES_MAX, &one, &e), 0);
        buf_add(out, one.data, one.len);
        buf_release(&one);
    }
    closedir(dir);
}

/* names - does the text hold the code, and not only as the beginning of a longer one? */
static bool names(const char *text, const char *code)
{
    size_t n = strlen(code);

    while ((text = strstr(text, code)))
        if (isalnum((unsigned char)text[n]))
            text += n;
        else
            return true;
    return false;
}

/* no_code_untested - each that the checker can give is named by a test */
static void no_code_untested(void **state)
{
    static const char *const kinds[] = {"TA105=", "AK905=", "IK502=", "IK304=", "IK403="};
    struct buf sources, tests;
    size_t codes = 0;

    (void)state;
    buf_init(&sources);
    buf_init(&tests);
    read_all("common/x12", &sources);
    read_all("tests/unit", &tests);
    read_all("tests/support", &tests);
    for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++)
        for (const char *p = sources.data; (p = strstr(p, kinds[k]));) {
            char code[24];
            size_t n = strlen(kinds[k]);

            while (isalnum((unsigned char)p[n]))
                n++;
            snprintf(code, sizeof(code), "%.*s", (int)n, p);
            p += n;
            if (code[n - 1] == '=')
                continue;
            codes++;
            if (!names(tests.data, code))
                fail_msg("no test names %s", code);
        }
    assert_true(codes > 60);
    buf_release(&sources);
    buf_release(&tests);
}

/* segments_of - of a reply, without its envelope and line ends: what differs by day and number */
static void segments_of(const char *folder, const char *prefix, struct buf *out)
{
    struct x12_reader reader;
    struct x12_segment s;
    struct buf b;

    buf_init(&b);
    assert_true(folder_look(folder, prefix, &b) > 0);
    x12_reader_init(&reader, b.data, b.len);
    while (x12_next(&reader, &s, NULL) == 1) {
        if (x12_is(&s, "ISA") || x12_is(&s, "GS") || x12_is(&s, "GE") || x12_is(&s, "IEA"))
            continue;
        buf_add(out, s.id.p, s.id.n);
        for (unsigned i = 1; i <= s.count; i++)
            buf_addf(out, "*%.*s", (int)s.element[i].n, s.element[i].p);
        buf_adds(out, "~");
    }
    buf_release(&b);
}

/* same_answer - the command's --ack and the pretend payer's, to a file with a fault of syntax */
static void same_answer(void **state)
{
    struct sandbox sandbox = {.seed = "1"};
    char x12[] = "x12", check[] = "check", to[] = "--ack", json[] = "--json", root[256], in[300],
         out[300], ack[300], file[320];
    char *words[] = {x12, check, to, ack, json, file, NULL};
    struct buf b, ours, theirs;
    struct box box;
    struct err e;

    (void)state;
    folder_make(root, sizeof(root), "x12_codes");
    snprintf(in, sizeof(in), "%s/in", root);
    snprintf(out, sizeof(out), "%s/out", root);
    snprintf(ack, sizeof(ack), "%s/ack", root);
    snprintf(file, sizeof(file), "%s/f.x12", root);
    assert_int_equal(mix_parse("paid=1", &sandbox.mix, &e), 0);
    assert_int_equal(box_open(&box, &sandbox, in, out, &e), 1);
    x12_example("837p", &b);
    b.data[100] = '1';
    x12_replace(&b, "CLM*A1000002", "AMT*EAF*35", "AMT*EAF*3X");
    assert_int_equal(file_write(root, "f.x12", b.data, b.len, &e), 0);
    assert_int_equal(file_write(in, "f.x12", b.data, b.len, &e), 0);
    assert_int_equal(box_turn(&box, 1000, NULL, &e), 0);
    assert_int_equal(cmd_x12(6, words), EXIT_FOUND);
    for (int i = 0; i < 2; i++) {
        buf_init(&ours);
        buf_init(&theirs);
        segments_of(ack, i ? "TA1" : "999", &ours);
        segments_of(out, i ? "TA1" : "999", &theirs);
        assert_true(ours.len > 10);
        assert_string_equal(ours.data, theirs.data);
        buf_release(&ours);
        buf_release(&theirs);
    }
    buf_release(&b);
    box_close(&box);
    folder_remove(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_row),
        cmocka_unit_test(no_code_untested),
        cmocka_unit_test(same_answer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
