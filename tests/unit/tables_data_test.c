/* tables_data_test.c - the official files of ../shared/data, whole, and the seed tables; skipped
 * where the folder is not */
#include "tests/support/loading.h"
#include "tests/support/test.h"

#include <stdio.h>

#include "common/sys/file.h"
#include "common/tables/phrase.h"
#include "common/tables/tabular.h"
#include "services/cleanclaim/cmd.h"

static const char data[] = "../shared/data";

struct seen {
    struct loading l;
    size_t taken, refused;
};

/* take - one file */
static int take(void *arg, const struct cmd_file *f)
{
    struct seen *s = arg;
    enum load_answer a = loading_bytes(&s->l, f->name, f->data, f->size);

    s->taken += a == LOAD_TAKEN;
    if (a == LOAD_REFUSED)
        printf("%s: %s\n", f->name, s->l.last.text);
    s->refused += a == LOAD_REFUSED;
    return 0;
}

/* read_files - from the folder of data, without leave to be small; false: it is not there */
static bool read_files(struct seen *s, const char *const *names)
{
    static const struct load_options whole = {.today = 20261124};
    char path[4096];
    char *paths[] = {path};

    memset(s, 0, sizeof(*s));
    if (!file_exists(data)) {
        print_message("%s is not there\n", data);
        return false;
    }
    loading_begin(&s->l, &whole);
    for (; *names; names++) {
        assert_true(file_join(path, sizeof(path), data, *names));
        assert_int_equal(cmd_files(1, paths, take, s), 0);
    }
    loading_publish(&s->l);
    assert_int_equal(s->l.refused, 0);
    return true;
}

/* rows - of the edition that covers a day */
static size_t rows(const struct tables *t, enum table_id id, int32_t on)
{
    const struct edition_info *i = tables_edition(t, id, on);

    return i ? i->rows : 0;
}

/* billable - codes with flag Y */
static size_t billable(const struct tables *t, enum table_id id, int32_t on)
{
    struct table_row r;
    size_t cursor = 0, n = 0;

    while (tables_each(t, id, on, &cursor, &r))
        n += table_col_is(&r, "billable", "Y");
    return n;
}

/* test_icd - order files, POA; counts as the publishers give them */
static void test_icd(void **state)
{
    static const char *const names[] = {"icd10cm/cms_2026_dx.zip", "icd10cm/cms_2025_dx.zip",
                                        "icd10cm/POAexemptCodesFY26.zip",
                                        "icd10pcs/cms_2026_pr.zip", NULL};
    struct seen s;

    (void)state;
    if (!read_files(&s, names))
        skip();
    assert_int_equal(s.refused, 0);
    assert_int_equal(rows(s.l.tables, TABLE_ICD10CM, 20260101), 98186);
    assert_int_equal(billable(s.l.tables, TABLE_ICD10CM, 20260101), 74719);
    assert_int_equal(rows(s.l.tables, TABLE_ICD10CM, 20250101), 97584);
    assert_int_equal(billable(s.l.tables, TABLE_ICD10CM, 20250101), 74260);
    assert_int_equal(billable(s.l.tables, TABLE_ICD10PCS, 20260101), 79115);
    assert_int_equal(rows(s.l.tables, TABLE_POA_EXEMPT, 20260101), 38349);
    assert_string_equal(asked(s.l.tables, TABLE_ICD10CM, "QA00101", NULL, 20250930, "billable"),
                        "(absent)");
    assert_string_equal(asked(s.l.tables, TABLE_ICD10CM, "QA00101", NULL, 20251001, "billable"),
                        "Y");
    assert_string_equal(
        asked(s.l.tables, TABLE_ICD10CM_TITLE, "ACUTE BRONCHITIS", NULL, 20260101, "code"), "J209");
    loading_end(&s.l);
}

/* test_procedures - HCPCS of three years, NCCI of one quarter; counts of the folder's README */
static void test_procedures(void **state)
{
    static const char *const names[] = {"ncci", "hcpcs", NULL};
    struct seen s;
    const struct tables *t;

    (void)state;
    if (!read_files(&s, names))
        skip();
    t = s.l.tables;
    assert_int_equal(s.refused, 0);
    assert_int_equal(rows(t, TABLE_PTP_PRACTITIONER, 20240701), 3158);
    assert_int_equal(rows(t, TABLE_PTP_HOSPITAL, 20240701), 2200);
    assert_int_equal(rows(t, TABLE_MUE_PRACTITIONER, 20240701), 4387);
    assert_int_equal(rows(t, TABLE_MUE_HOSPITAL, 20240930), 4339);
    assert_int_equal(rows(t, TABLE_MUE_HOSPITAL, 20241001), 0);
    assert_int_equal(rows(t, TABLE_AOC, 20240701), 53);
    assert_int_equal(rows(t, TABLE_HCPCS, 20240701), 7994);
    assert_int_equal(rows(t, TABLE_HCPCS, 20251001), 8463);
    assert_int_equal(rows(t, TABLE_MODIFIERS, 20251001), 383);
    assert_string_equal(asked(t, TABLE_HCPCS, "J1100", NULL, 20200301, "coverage"), "D");
    assert_string_equal(asked(t, TABLE_HCPCS, "A0425", NULL, 20200301, "pricing"), "52");
    assert_string_equal(asked(t, TABLE_AOC, "C5272", "C5271", 20240701, "type"), "1");
    assert_string_equal(asked(t, TABLE_PTP_HOSPITAL, "A4580", "A4590", 20011231, "indicator"), "1");
    assert_string_equal(asked(t, TABLE_PTP_HOSPITAL, "A4580", "A4590", 20020101, "indicator"),
                        "(absent)");
    loading_end(&s.l);
}

/* test_grouper - four versions of the MS-DRG definitions, by discharge date; shipped ones are the
 * same */
static void test_grouper(void **state)
{
    static const char *const names[] = {"msdrg", NULL};
    char path[] = "deploy/tables";
    char *paths[] = {path};
    struct seen s;

    (void)state;
    if (!read_files(&s, names))
        return;
    assert_int_equal(s.refused, 0);
    assert_int_equal(s.taken, 28);
    assert_int_equal(rows(s.l.tables, TABLE_MSDRG, 20240401), 168802);
    assert_int_equal(rows(s.l.tables, TABLE_MSDRG, 20250930), 169341);
    assert_int_equal(rows(s.l.tables, TABLE_MSDRG, 20251001), 170087);
    assert_int_equal(rows(s.l.tables, TABLE_MSDRG, 20260401), 170369);
    assert_int_equal(rows(s.l.tables, TABLE_MSDRG, 20241001), 0);
    assert_int_equal(cmd_files(1, paths, take, &s), 0);
    loading_publish(&s.l);
    assert_int_equal(s.l.steps[PLAN_SAME], 4);
    loading_end(&s.l);
}

/* active - pairs in force on a day */
static size_t active(const struct tables *t, enum table_id id, int32_t on)
{
    struct table_row r;
    size_t cursor = 0, n = 0;

    while (tables_each(t, id, on, &cursor, &r))
        n++;
    return n;
}

/* test_active - pairs that are not deleted */
static void test_active(void **state)
{
    static const char *const names[] = {"ncci", NULL};
    struct seen s;

    (void)state;
    if (!read_files(&s, names))
        skip();
    assert_int_equal(active(s.l.tables, TABLE_PTP_PRACTITIONER, 20240701), 1372);
    assert_int_equal(active(s.l.tables, TABLE_PTP_HOSPITAL, 20240701), 1023);
    loading_end(&s.l);
}

/* of_codes - rows of a part, of codes only: chapters and sections are not counted */
static int of_codes(const struct tables *t, int32_t on, const char *part)
{
    struct table_row r;
    size_t cursor = 0;
    int n = 0;

    while (tables_each(t, TABLE_ICD10CM_TABULAR, on, &cursor, &r))
        n +=
            span_is(table_key(&r, 1), part) && !memchr(table_key(&r, 0).p, ' ', table_key(&r, 0).n);
    return n;
}

/* with_code - entries of the index that end in a code */
static int with_code(const struct tables *t, int32_t on)
{
    struct table_row r;
    size_t cursor = 0;
    int n = 0;

    while (tables_each(t, TABLE_ICD10CM_INDEX, on, &cursor, &r))
        n += table_col(&r, "code").n > 0;
    return n;
}

/* test_notes - the tabular list and the index; counts of the folder's README */
static void test_notes(void **state)
{
    static const char *const names[] = {
        "icd10cm/icd10cm_tabular_April-2026.zip", "icd10cm/icd10cm_tabular_2021.zip",
        "icd10cm/icd10cm_index_2025_flat.zip", "icd10cm/ICD10CM_FY2017_Full_XML.zip", NULL};
    struct seen s;
    struct table_row r;
    const struct tables *t;
    char seven[32];

    (void)state;
    if (!read_files(&s, names))
        skip();
    t = s.l.tables;
    assert_int_equal(s.refused, 0);
    assert_int_equal(of_codes(t, 20260401, "desc"), 46881);
    assert_int_equal(of_codes(t, 20210101, "excludes1"), 5278);
    assert_int_equal(with_code(t, 20260301), 62721 - 11); /* eleven stand there twice */
    assert_true(tabular_excludes1(t, "E119", "E109", 20260301, &r));
    assert_true(tabular_excludes1(t, "E1122", "O24410", 20260301, &r));
    assert_false(tabular_excludes1(t, "E1122", "N189", 20260301, &r));
    assert_false(tabular_excludes1(t, "I10", "E119", 20260301, &r));
    assert_true(tabular_seventh(t, "S52501", 20260301, seven, sizeof(seven)));
    assert_string_equal(seven, "ABCDEFGHJKMNPQRS");
    assert_string_equal(asked(t, TABLE_ICD10CM_TABULAR, "E11", "desc", 20210101, "text"),
                        "Type 2 diabetes mellitus");
    assert_string_equal(asked(t, TABLE_ICD10CM_INDEX, "HYPERTENSION", NULL, 20261101, "code"),
                        "I10");
    assert_string_equal(asked(t, TABLE_ICD10CM_INDEX, "MEDIA OTITIS", NULL, 20261101, "code"),
                        "H669-");
    loading_end(&s.l);
}

/* test_editor - the Medicare code editor and the code lists */
static void test_editor(void **state)
{
    static const char *const names[] = {"mce", "lists", NULL};
    struct seen s;
    const struct tables *t;

    (void)state;
    if (!read_files(&s, names))
        skip();
    t = s.l.tables;
    assert_int_equal(s.refused, 0);
    assert_string_equal(asked(t, TABLE_MCE, "LIST", "DX", 20260101, "flags"), "valid");
    assert_string_equal(asked(t, TABLE_MCE, "DX", "A1814", 20260101, "flags"), "adult");
    assert_string_equal(asked(t, TABLE_MCE, "STATUS", "40", 20260101, "flags"), "(absent)");
    assert_string_equal(asked(t, TABLE_MCE, "STATUS", "01", 20260101, "flags"), "");
    assert_string_equal(asked(t, TABLE_MCE, "AGE", "NEWBORN", 20260930, "to_age"), "0");
    assert_string_equal(asked(t, TABLE_POS, "30", NULL, 20260101, "note"), "(absent)");
    assert_string_equal(asked(t, TABLE_DISCHARGE_STATUS, "77", NULL, 20260101, "note"), "(absent)");
    assert_string_equal(asked(t, TABLE_CONDITION, "X7", NULL, 20260101, "note"), "(absent)");
    assert_string_equal(asked(t, TABLE_REVENUE, "0450", NULL, 20260101, "note"), "");
    assert_string_equal(asked(t, TABLE_BILL_TYPE, "13", NULL, 20260101, "note"), "");
    assert_string_equal(asked(t, TABLE_BILL_TYPE, "17", NULL, 20260101, "note"), "(absent)");
    assert_string_equal(asked(t, TABLE_CARC, "97", NULL, 20260101, "note"), "");
    loading_end(&s.l);
}

/* test_schedules - relative values, cost indices, Addendum B; counts of the folder's README */
static void test_schedules(void **state)
{
    static const char *const names[] = {"rvu", NULL};
    struct seen s;
    const struct tables *t;

    (void)state;
    if (!read_files(&s, names))
        skip();
    t = s.l.tables;
    assert_int_equal(s.refused, 0);
    assert_int_equal(rows(t, TABLE_RVU, 20240701), 4941);
    assert_int_equal(rows(t, TABLE_GPCI, 20241231), 109);
    assert_int_equal(rows(t, TABLE_OPPS, 20260401), 6664);
    assert_string_equal(asked(t, TABLE_RVU, "G0105", "53", 20240701, "global"), "000");
    assert_string_equal(asked(t, TABLE_RVU, "G0105", "-", 20240701, "facility_total_hundredths"),
                        "545");
    assert_string_equal(asked(t, TABLE_GPCI, "02102", "01", 20240701, "work_thousandths"), "1500");
    assert_string_equal(asked(t, TABLE_OPPS, "A9513", NULL, 20260630, "rate_mills"), "319944");
    loading_end(&s.l);
}

/* test_models - risk adjustment, PCS tables and key; counts of the folder's README and its files */
static void test_models(void **state)
{
    static const char *const names[] = {"hcc", "icd10pcs", NULL};
    struct seen s;
    const struct tables *t;
    struct table_row r;
    size_t cursor = 0, tables = 0, codes = 0;

    (void)state;
    if (!read_files(&s, names))
        return;
    t = s.l.tables;
    assert_int_equal(s.refused, 0);
    assert_int_equal(rows(t, TABLE_HCC, 20250701),
                     58985 + 734 + 8355 + 6747); /* 58 coefficients stand there twice */
    assert_int_equal(rows(t, TABLE_ICD10PCS_KEY, 20250101), 1091);
    while (tables_each(t, TABLE_ICD10PCS_TABLE, 20250101, &cursor, &r)) {
        tables += span_is(table_key(&r, 1), "ROW 0001");
        codes += (size_t)table_col_i64(&r, "codes", 0);
    }
    assert_int_equal(tables, 908);
    assert_int_equal(codes, 78948);
    assert_int_equal(rows(t, TABLE_ICD10PCS, 20260101), 79115 + 914);
    assert_string_equal(asked(t, TABLE_ICD10PCS_TABLE, "0DT", "4J", 20250101, "text"), "Appendix");
    loading_end(&s.l);
}

/* spoil - the order file under other names and cut */
static int spoil(void *arg, const struct cmd_file *f)
{
    struct loading *l = arg;
    const char *cut;

    if (!strstr(f->name, "icd10cm_order_2026.txt"))
        return 0;
    cut = (const char *)f->data + f->size / 2;
    cut = (const char *)memchr(cut, '\n', f->size / 2) + 1;
    assert_int_equal(loading_bytes(l, "icd10cm_order_2025.txt", f->data, f->size), LOAD_REFUSED);
    assert_string_equal(l->last.code, "count");
    assert_int_equal(loading_bytes(l, "icd10cm_order_2024.txt", f->data, f->size), LOAD_REFUSED);
    assert_string_equal(l->last.code, "year");
    assert_int_equal(
        loading_bytes(l, "icd10cm_order_2026.txt", f->data, (size_t)(cut - (const char *)f->data)),
        LOAD_REFUSED);
    assert_string_equal(l->last.code, "count");
    assert_int_equal(loading_bytes(l, "icd10cm_order_2026.txt", f->data,
                                   (size_t)(cut - (const char *)f->data) - 5),
                     LOAD_REFUSED);
    assert_string_equal(l->last.code, "cut");
    assert_int_equal(loading_bytes(l, "icd10cm_order_2026.txt", f->data, f->size), LOAD_TAKEN);
    return 0;
}

/* test_cut - a full file that was cut, or has another year's name, is refused */
static void test_cut(void **state)
{
    static const struct load_options whole = {0};
    char path[] = "../shared/data/icd10cm/cms_2026_dx.zip";
    char *paths[] = {path};
    struct loading l;

    (void)state;
    if (!file_exists(data))
        skip();
    loading_begin(&l, &whole);
    assert_int_equal(cmd_files(1, paths, spoil, &l), 0);
    loading_end(&l);
}

/* test_seed - every file of the seed is taken, and covers the days of our world */
static void test_seed(void **state)
{
    char path[] = "deploy/seed/tables";
    char *paths[] = {path};
    struct seen s = {.taken = 0};
    static const struct load_options whole = {0};

    (void)state;
    loading_begin(&s.l, &whole);
    assert_int_equal(cmd_files(1, paths, take, &s), 0);
    loading_publish(&s.l);
    assert_int_equal(s.refused, 0);
    assert_int_equal(s.l.refused, 0);
    for (int t = 0; t < TABLE_MAX; t++)
        for (int year = 2026; t != TABLE_MSDRG && year <= 2027; year++) /* whole in deploy/tables */
            if (!tables_edition(s.l.tables, (enum table_id)t, year * 10000 + 101) ||
                !tables_edition(s.l.tables, (enum table_id)t, year * 10000 + 930))
                fail_msg("%s does not cover %d", table_name((enum table_id)t), year);
    assert_true(tabular_excludes1(s.l.tables, "E119", "E109", 20261101, &(struct table_row){0}));
    loading_end(&s.l);
}

/* main - all of them */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_icd),     cmocka_unit_test(test_procedures),
        cmocka_unit_test(test_active),  cmocka_unit_test(test_notes),
        cmocka_unit_test(test_editor),  cmocka_unit_test(test_cut),
        cmocka_unit_test(test_seed),    cmocka_unit_test(test_schedules),
        cmocka_unit_test(test_grouper), cmocka_unit_test(test_models),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
