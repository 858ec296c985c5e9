/* tables_damage_test.c - every layout of the seed files, damaged: cut inside a line, a line shifted
 * by a column, another year in the name. Each must be refused, with the line where there is one,
 * and nothing of it be published. */
#include "tests/support/loading.h"
#include "tests/support/test.h"

#include <stdio.h>

#include "services/cleanclaim/cmd.h"

enum { FILES_MAX = 128 };

static struct seed {
    char name[128];
    struct buf bytes;
} seeds[FILES_MAX];
static size_t n_seeds;

/* keep - for cmd_files */
static int keep(void *arg, const struct cmd_file *f)
{
    const char *slash = strrchr(f->name, '/');

    (void)arg;
    assert_true(n_seeds < FILES_MAX);
    assert_true(str_copy(seeds[n_seeds].name, sizeof(seeds[0].name), slash + 1));
    buf_init(&seeds[n_seeds].bytes);
    buf_add(&seeds[n_seeds++].bytes, f->data, f->size);
    return 0;
}

/* setup - the seed files */
static int setup(void **state)
{
    char path[] = "deploy/seed/tables";
    char *paths[] = {path};

    (void)state;
    return cmd_files(1, paths, keep, NULL);
}

/* teardown - gives them back */
static int teardown(void **state)
{
    (void)state;
    while (n_seeds)
        buf_release(&seeds[--n_seeds].bytes);
    return 0;
}

/* is_own - a site's own CSV: other rules (tables_lists_test.c) */
static bool is_own(const struct seed *s)
{
    return !strstr(s->name, "seed");
}

/* is_xml - has no lines that matter */
static bool is_xml(const struct seed *s)
{
    return strstr(s->name, ".xml") != NULL;
}

/* must_refuse - and publish nothing; `line` must be said unless it is 0 */
static void must_refuse(const char *name, const char *p, size_t n, const char *what, size_t line)
{
    struct loading l;
    char said[32];

    loading_begin(&l, NULL);
    if (loading_bytes(&l, name, p, n) != LOAD_REFUSED)
        fail_msg("%s %s: taken", name, what);
    snprintf(said, sizeof(said), "line %zu", line);
    if (l.last.class != ERR_REJECT || (line && !strstr(l.last.text, said)))
        fail_msg("%s %s: \"%s\" does not say %s", name, what, l.last.text, said);
    loading_publish(&l);
    assert_null(tables_edition_at(l.tables, 0));
    loading_end(&l);
}

/* test_whole - as they are, they are taken: what follows is due to the damage */
static void test_whole(void **state)
{
    (void)state;
    assert_true(n_seeds > 40);
    for (size_t i = 0; i < n_seeds; i++) {
        struct loading l;

        loading_begin(&l, NULL);
        if (loading_bytes(&l, seeds[i].name, seeds[i].bytes.data, seeds[i].bytes.len) != LOAD_TAKEN)
            fail_msg("%s: %s", seeds[i].name, l.last.text);
        loading_end(&l);
    }
}

/* test_cut - at several places, none of them the end of a line */
static void test_cut(void **state)
{
    (void)state;
    for (size_t i = 0; i < n_seeds; i++) {
        const struct buf *b = &seeds[i].bytes;

        for (size_t part = 1; part <= 10 && !is_own(&seeds[i]); part++) {
            size_t n = part == 10 ? b->len - 2 : b->len * part / 10;
            char what[32];

            while (n > 1 && (b->data[n - 1] == '\n' || b->data[n] == '\n' || b->data[n] == '\r'))
                n--;
            snprintf(what, sizeof(what), "cut at %zu", n);
            must_refuse(seeds[i].name, b->data, n, what, 0);
        }
    }
}

/* line_of - where the n-th line begins, from 1 */
static const char *line_of(const struct buf *b, size_t n)
{
    const char *p = b->data;

    for (; n > 1; n--)
        p = (const char *)memchr(p, '\n', b->len - (size_t)(p - b->data)) + 1;
    return p;
}

/* count_lines - ends of lines */
static size_t count_lines(const struct buf *b)
{
    size_t n = 0;

    for (size_t i = 0; i < b->len; i++)
        n += b->data[i] == '\n';
    return n;
}

/* separator - what a column more begins with, by the name's end */
static const char *separator(const struct seed *s)
{
    if (strstr(s->name, ".csv"))
        return ",";
    return strstr(s->name, ".tsv") || strstr(s->name, "POA") || strstr(s->name, "AOC") ||
                   strstr(s->name, "cci") || strstr(s->name, "table_5")
               ? "\t"
               : " ";
}

/* test_shifted - a line in the middle (the last of a list) begins a column later */
static void test_shifted(void **state)
{
    (void)state;
    for (size_t i = 0; i < n_seeds; i++) {
        const struct buf *b = &seeds[i].bytes;
        size_t lines = count_lines(b), line = strstr(seeds[i].name, ".fsh") ? lines : lines / 2 + 1;
        const char *at = line_of(b, line);
        struct buf moved;

        if (is_own(&seeds[i]) || is_xml(&seeds[i]))
            continue;
        buf_init(&moved);
        buf_add(&moved, b->data, (size_t)(at - b->data));
        buf_adds(&moved, separator(&seeds[i]));
        buf_add(&moved, at, b->len - (size_t)(at - b->data));
        must_refuse(seeds[i].name, moved.data, moved.len, "shifted", line);
        buf_release(&moved);
    }
}

/* test_year - names that say another year than the content */
static void test_year(void **state)
{
    static const struct {
        const char *name, *as;
    } rows[] = {
        {"AOC_V2027Q3-MCR_seed.txt", "AOC_V2012Q3-MCR_seed.txt"},
        {"GPCI2027_seed.csv", "GPCI2026_seed.csv"},
        {"2027_July_Addendum_B_seed.csv", "2026_July_Addendum_B_seed.csv"},
        {"POAexemptCodesFY27_seed.txt", "POAexemptCodesFY26_seed.txt"},
        {"PPRRVU2027_Jul_nonQPP_seed.csv", "PPRRVU2026_Jul_nonQPP_seed.csv"},
        {"PPRRVU2027_Jul_nonQPP_seed.csv", "PPRRVU2027_Jan_nonQPP_seed.csv"},
        {"PPRRVU2027_Jul_QPP_seed.csv", "PPRRVU2028_Jul_QPP_seed.csv"},
        {"ccipra-v332r0-f1_seed.TXT", "ccipra-v202r0-f1_seed.TXT"},
        {"ccioph-v332r0-f1_seed.TXT", "ccioph-v202r0-f1_seed.TXT"},
        {"icd10cm_tabular_2027_seed.xml", "icd10cm_tabular_2026_seed.xml"},
        {"icd10pcs_tables_2027_seed.xml", "icd10pcs_tables_2026_seed.xml"},
        {"nucc_taxonomy_271_seed.csv", "nucc_taxonomy_279_seed.csv"},
    };

    (void)state;
    for (size_t r = 0; r < sizeof(rows) / sizeof(rows[0]); r++) {
        size_t i = 0;

        while (i < n_seeds && strcmp(seeds[i].name, rows[r].name) != 0)
            i++;
        if (i == n_seeds)
            fail_msg("no %s", rows[r].name);
        must_refuse(rows[r].as, seeds[i].bytes.data, seeds[i].bytes.len, "another year", 0);
    }
}

/* test_pieces - one file of several is refused: the others do not stand for the edition */
static void test_pieces(void **state)
{
    static const char ages[] =
        "# group\tfrom_age\tto_age\tvalid_from\tvalid_to\nADULT\t15\t124\t20151001\t\n";
    struct loading l;

    (void)state;
    loading_begin(&l, NULL);
    assert_int_equal(loading_add(&l, "age_groups.tsv", ages), LOAD_TAKEN);
    assert_int_equal(loading_add(&l, "ra_eligible_2026.csv", "cpt_hcpcs_code\n99213\n"),
                     LOAD_TAKEN);
    assert_int_equal(loading_add(&l, "ra_eligible_2025.csv", "cpt_hcpcs_code\n99213\n"),
                     LOAD_TAKEN);
    assert_int_equal(
        loading_add(&l, "discharge_status.tsv", "# status\tvalid_from\tvalid_to\n01\t2015\t\n"),
        LOAD_REFUSED);
    assert_int_equal(loading_add(&l, "ra_dx_2026.csv", "diagnosis_code,cc,model_name\nE119,x,y\n"),
                     LOAD_REFUSED);
    loading_publish(&l);
    assert_int_equal(l.refused, 2);
    assert_non_null(strstr(l.last.text, "left as it is"));
    assert_null(tables_edition(l.tables, TABLE_MCE, 20260101));
    assert_null(tables_edition(l.tables, TABLE_HCC, 20250101));
    assert_non_null(tables_edition(l.tables, TABLE_HCC, 20240101));
    loading_end(&l);
}

/* takes - the layout that a small file is read by; "" when it is refused, but by the one that is
 * there to refuse: a code list that does not say which */
static const char *takes(const struct seed *s)
{
    struct load_options part = {.part = true};
    struct table_loader *l = table_loader_new(&part);
    const char *what = "";
    struct err e = {0};

    assert_non_null(l);
    if (table_loader_add(l, s->name, s->bytes.data, s->bytes.len, &what, &e) != LOAD_TAKEN &&
        strcmp(what, "list-nameless") != 0)
        what = "";
    table_loader_free(l);
    return what;
}

/* test_every_layout - has a small file that it takes: what tables_fuzz begins with */
static void test_every_layout(void **state)
{
    char path[] = "tests/fuzz/tables";
    char *paths[] = {path};
    const char *layout;

    (void)state;
    assert_int_equal(cmd_files(1, paths, keep, NULL), 0);
    for (size_t i = 0; (layout = load_layout_name(i)); i++) {
        size_t at = 0;

        while (at < n_seeds && strcmp(takes(&seeds[at]), layout) != 0)
            at++;
        if (at == n_seeds)
            fail_msg("%s: no file of it in deploy/seed/tables or tests/fuzz/tables", layout);
    }
}

/* main - all of them */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole),   cmocka_unit_test(test_cut),
        cmocka_unit_test(test_shifted), cmocka_unit_test(test_year),
        cmocka_unit_test(test_pieces),  cmocka_unit_test(test_every_layout),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
