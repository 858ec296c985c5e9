/* text_lists_test.c - the codes in the lists of reading notes are codes of the official order file
 * of ../shared/data: billable, or headings from which one can climb; skipped where it is not */
#include "tests/support/loading.h"
#include "tests/support/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/sys/file.h"
#include "common/text/lists.h"
#include "services/cleanclaim/cmd.h"

enum { ON = 20260301, CODE = 8, COLUMNS = 6 };

static char path[] = "../shared/data/icd10cm/cms_2026_dx.zip";

/* The codes of the day, sorted. */
static struct {
    char code[CODE];
    bool billable;
} * codes;
static size_t n_codes;

/* take - one file of the archive */
static int take(void *arg, const struct cmd_file *f)
{
    (void)loading_bytes(arg, f->name, f->data, f->size);
    return 0;
}

/* by_code - their order */
static int by_code(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* open_codes - of the order file */
static int open_codes(void **state)
{
    static const struct load_options whole = {.today = 20261124};
    char *paths[] = {path};
    struct loading l;
    struct table_row r;
    size_t cursor = 0;

    (void)state;
    if (!file_exists(path))
        return 0;
    loading_begin(&l, &whole);
    assert_int_equal(cmd_files(1, paths, take, &l), 0);
    loading_publish(&l);
    codes = calloc(tables_edition(l.tables, TABLE_ICD10CM, ON)->rows, sizeof(*codes));
    assert_non_null(codes);
    while (tables_each(l.tables, TABLE_ICD10CM, ON, &cursor, &r)) {
        struct span key = table_key(&r, 0);

        assert_true(key.n < CODE);
        memcpy(codes[n_codes].code, key.p, key.n);
        codes[n_codes++].billable = span_is(table_col(&r, "billable"), "Y");
    }
    qsort(codes, n_codes, sizeof(*codes), by_code);
    loading_end(&l);
    return 0;
}

/* close_codes - at the end */
static int close_codes(void **state)
{
    (void)state;
    free(codes);
    return 0;
}

/* leads - to a billable code: it is one, or the beginning of one; `whole`: and a code itself */
static bool leads(const char *code, bool whole)
{
    size_t lo = 0, hi = n_codes, n = strlen(code);

    while (lo < hi) {
        size_t mid = (lo + hi) / 2;

        if (strcmp(codes[mid].code, code) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (whole && (lo == n_codes || strcmp(codes[lo].code, code) != 0))
        return false;
    for (; lo < n_codes && strncmp(codes[lo].code, code, n) == 0; lo++)
        if (codes[lo].billable)
            return true;
    return false;
}

/* plain - without its dot; false: too long */
static bool plain(struct span s, char out[CODE])
{
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != '.') {
            if (n + 1 == CODE)
                return false;
            out[n++] = s.p[i];
        }
    out[n] = '\0';
    return n > 0;
}

/* A field of a list with a code: whole, the beginning of codes, or of a row of columns 1 to 6. */
enum form { WHOLE, BEGIN, ROW };

static const struct field {
    enum text_list list;
    int field;
    enum form form;
    const char *word; /* stands for no code */
} fields[] = {
    {LIST_TERMS, 1, WHOLE, ""},     {LIST_CHRONIC, 0, BEGIN, ""}, {LIST_ALLERGIES, 0, BEGIN, ""},
    {LIST_ALLERGIES, 1, WHOLE, ""}, {LIST_EFFECTS, 0, BEGIN, ""}, {LIST_EFFECTS, 1, WHOLE, "never"},
    {LIST_DRUGS, 1, ROW, ""},
};

/* is_right - one row; false: its code leads nowhere */
static bool is_right(const struct field *f, struct span s)
{
    char code[CODE], cell[CODE + 1];

    if (s.n && span_is(s, f->word))
        return true;
    if (!plain(s, code) || (f->form != ROW && !leads(code, f->form == WHOLE)))
        return false;
    for (int i = 1; f->form == ROW && i <= COLUMNS; i++) {
        snprintf(cell, sizeof(cell), "%s%c", code, (char)('0' + i));
        if (!leads(cell, true))
            return false;
    }
    return true;
}

/* every_code - of every list */
static void every_code(void **state)
{
    size_t bad = 0, seen = 0;

    (void)state;
    if (!codes) {
        print_message("%s is not there\n", path);
        skip();
    }
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        struct span f[LIST_FIELDS];
        struct list_walk w;

        for (list_begin(fields[i].list, &w); list_next(&w, f); seen++)
            if (!is_right(&fields[i], f[fields[i].field])) {
                bad++;
                fprintf(stderr, "%.*s: no code \"%.*s\"\n", (int)f[0].n, f[0].p,
                        (int)f[fields[i].field].n, f[fields[i].field].p);
            }
    }
    assert_true(seen > 2000);
    assert_int_equal(bad, 0);
}

/* once - no phrase of the terms stands twice: the second would never be read, or take its place */
static void once(void **state)
{
    struct span f[LIST_FIELDS], g[LIST_FIELDS];
    struct list_walk w, v;

    (void)state;
    for (list_begin(LIST_TERMS, &w); list_next(&w, f);)
        for (v = w; list_next(&v, g);)
            if (f[0].n == g[0].n && memcmp(f[0].p, g[0].p, f[0].n) == 0)
                fail_msg("%.*s stands twice", (int)f[0].n, f[0].p);
}

/* main - the tests */
int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_code), cmocka_unit_test(once)};

    return cmocka_run_group_tests(tests, open_codes, close_codes);
}
