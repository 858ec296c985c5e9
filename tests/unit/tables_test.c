/* tables_test.c - sheets, snapshots, editions, lookups by key and day */
#include "tests/support/test.h"

#include <stdio.h>
#include <unistd.h>

#include "common/sys/digest.h"
#include "common/sys/file.h"
#include "common/tables/sheet.h"
#include "common/tables/site.h"
#include "common/tables/tables.h"
#include "tests/support/care_tables.h"

static const struct span none = {"", 0};

/* head_of - of a test's edition */
static struct snapshot_head head_of(enum table_id t, const char *edition, int32_t from, int32_t to)
{
    struct snapshot_head h = {
        .table = t, .from = from, .to = to, .starts = from, .until = to, .reach = from};

    str_copy(h.edition, sizeof(h.edition), edition);
    str_copy(h.source, sizeof(h.source), "test.txt");
    memset(h.source_sha256, '0', 64);
    return h;
}

/* code - a row of an ICD table */
static void code(struct sheet *s, const char *key, const char *billable, const char *title)
{
    assert_true(sheet_row(s, span_of(key), none, 0, 0));
    sheet_text(s, billable);
    sheet_text(s, title);
    sheet_text(s, title);
    sheet_end(s);
}

/* pair - a row of a PTP table */
static void pair(struct sheet *s, const char *a, const char *b, int32_t from, int32_t to,
                 const char *indicator)
{
    assert_true(sheet_row(s, span_of(a), span_of(b), from, to));
    sheet_text(s, indicator);
    sheet_text(s, "More extensive procedure");
    sheet_end(s);
}

/* write_sheet - the snapshot of a sheet; the sheet is released */
static void write_sheet(struct sheet *s, struct snapshot_head h, struct buf *out)
{
    struct err e = {0};

    buf_init(out);
    if (sheet_write(s, &h, out, &e) != 0)
        fail_msg("%s", e.text);
    sheet_release(s);
}

/* icd - an edition of three codes */
static void icd(const char *edition, int32_t from, int32_t to, const char *title, struct buf *out)
{
    struct sheet s;

    sheet_init(&s, TABLE_ICD10CM);
    code(&s, "E119", "Y", title);
    code(&s, "E11", "N", "Type 2");
    code(&s, "I10", "Y", "Essential");
    write_sheet(&s, head_of(TABLE_ICD10CM, edition, from, to), out);
}

/* add - must succeed */
static void add(struct tables *t, struct buf *b)
{
    struct err e = {0};

    if (tables_add_buf(t, b, NULL, &e) != 0)
        fail_msg("%s", e.text);
}

/* refuse - must be refused with a code */
static void refuse(const char *bytes, size_t n, const char *expected)
{
    struct tables *t = tables_new();
    struct err e = {0};

    assert_int_equal(tables_add(t, bytes, n, &e), -1);
    assert_int_equal(e.class, ERR_REJECT);
    assert_string_equal(e.code, expected);
    assert_null(tables_edition_at(t, 0));
    tables_free(t);
}

/* test_three_answers - found, absent, no edition; the edition changes with the day */
static void test_three_answers(void **state)
{
    struct tables *t = tables_new();
    struct table_row r;
    struct buf b;

    (void)state;
    icd("2026", 20251001, 20260930, "new", &b);
    add(t, &b);
    icd("2025", 20241001, 20250930, "old", &b);
    add(t, &b);
    assert_int_equal(tables_find(t, TABLE_ICD10CM, "E119", NULL, 20250930, &r), LOOKUP_FOUND);
    assert_true(table_col_is(&r, "short", "old"));
    assert_string_equal(r.edition->edition, "2025");
    assert_int_equal(tables_find(t, TABLE_ICD10CM, "E119", NULL, 20251001, &r), LOOKUP_FOUND);
    assert_true(table_col_is(&r, "short", "new") && table_col_is(&r, "billable", "Y"));
    assert_int_equal(tables_find(t, TABLE_ICD10CM, "E11", NULL, 20251001, &r), LOOKUP_FOUND);
    assert_true(table_col_is(&r, "billable", "N"));
    assert_int_equal(tables_find(t, TABLE_ICD10CM, "E1199", NULL, 20251001, &r), LOOKUP_ABSENT);
    assert_int_equal(tables_find(t, TABLE_ICD10CM, "E119", NULL, 20261001, &r), LOOKUP_NO_EDITION);
    assert_int_equal(tables_find(t, TABLE_ICD10CM, "E119", NULL, 20240930, &r), LOOKUP_NO_EDITION);
    assert_int_equal(tables_find(t, TABLE_ICD10CM, "E119", NULL, 0, &r), LOOKUP_NO_EDITION);
    assert_int_equal(tables_find(t, TABLE_HCPCS, "J1100", NULL, 20260101, &r), LOOKUP_NO_EDITION);
    assert_string_equal(tables_edition_at(t, 0)->edition, "2025");
    assert_string_equal(tables_edition_at(t, 1)->edition, "2026");
    assert_null(tables_edition_at(t, 2));
    tables_free(t);
}

/* test_odd_keys - what cannot be a key is absent, never a crash and never a prefix */
static void test_odd_keys(void **state)
{
    static const char *const keys[] = {"",       "E",      "E1",       "E1190", "e119",
                                       "E119\t", "E119\n", "E119\t\t", "\t",    "#key"};
    struct tables *t = tables_new();
    struct table_row r;
    struct buf b;
    char longest[2000];
    size_t cursor;

    (void)state;
    icd("2026", 20251001, 0, "x", &b);
    add(t, &b);
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        cursor = 0;
        assert_int_equal(tables_find(t, TABLE_ICD10CM, keys[i], NULL, 20260101, &r), LOOKUP_ABSENT);
        assert_false(tables_next(t, TABLE_ICD10CM, keys[i], 20260101, &cursor, &r));
    }
    assert_int_equal(tables_find(t, TABLE_ICD10CM, "E119", "X", 20260101, &r), LOOKUP_ABSENT);
    memset(longest, 'A', sizeof(longest) - 1);
    longest[sizeof(longest) - 1] = '\0';
    assert_int_equal(tables_find(t, TABLE_ICD10CM, longest, NULL, 20260101, &r), LOOKUP_ABSENT);
    tables_free(t);
}

/* test_windows - the row in force on the day; deleted and withdrawn pairs */
static void test_windows(void **state)
{
    struct tables *t = tables_new();
    struct table_row r;
    struct sheet s;
    struct buf b;
    size_t cursor = 0, n = 0;

    (void)state;
    sheet_init(&s, TABLE_PTP_PRACTITIONER);
    pair(&s, "93000", "93010", 20240101, 0, "0");
    pair(&s, "93000", "93010", 19960101, 20011231, "1");
    pair(&s, "93000", "93005", 20050101, 20050101, "9");
    pair(&s, "45385", "43239", 19990101, 19990101, "9");
    pair(&s, "45385", "43239", 19990101, 0, "1");
    write_sheet(&s, head_of(TABLE_PTP_PRACTITIONER, "2026q3", 19960101, 20260930), &b);
    add(t, &b);
    assert_int_equal(tables_find(t, TABLE_PTP_PRACTITIONER, "93000", "93010", 20011231, &r),
                     LOOKUP_FOUND);
    assert_int_equal(table_col_i64(&r, "indicator", -1), 1);
    assert_true(table_col_is(&r, "rationale", "More extensive procedure"));
    assert_int_equal(r.from, 19960101);
    assert_int_equal(r.to, 20011231);
    assert_int_equal(tables_find(t, TABLE_PTP_PRACTITIONER, "93000", "93010", 20020101, &r),
                     LOOKUP_ABSENT);
    assert_int_equal(tables_find(t, TABLE_PTP_PRACTITIONER, "93000", "93010", 20260101, &r),
                     LOOKUP_FOUND);
    assert_int_equal(table_col_i64(&r, "indicator", -1), 0);
    assert_int_equal(r.to, 0);
    assert_int_equal(tables_find(t, TABLE_PTP_PRACTITIONER, "93010", "93000", 20260101, &r),
                     LOOKUP_ABSENT);
    assert_int_equal(tables_find(t, TABLE_PTP_PRACTITIONER, "93000", NULL, 20260101, &r),
                     LOOKUP_ABSENT);
    while (tables_next(t, TABLE_PTP_PRACTITIONER, "93000", 20050101, &cursor, &r))
        n++;
    assert_int_equal(n, 1);
    assert_true(span_is(table_key(&r, 1), "93005"));
    assert_false(tables_next(t, TABLE_PTP_PRACTITIONER, "93000", 20050101, &cursor, &r));
    for (cursor = 0, n = 0; tables_each(t, TABLE_PTP_PRACTITIONER, 20260101, &cursor, &r); n++)
        ;
    assert_int_equal(n, 2);
    tables_free(t);
}

/* test_many - rows of one key in order, and the first key alone */
static void test_many(void **state)
{
    static const char *const codes[] = {"J209", "J40", "J200"};
    struct tables *t = tables_new();
    struct table_row r;
    struct sheet s;
    struct buf b;
    size_t cursor = 0, n = 0;
    char text[8];

    (void)state;
    sheet_init(&s, TABLE_ICD10CM_TITLE);
    for (size_t i = 0; i < 3; i++) {
        assert_true(sheet_row(&s, span_of("BRONCHITIS"), none, 0, 0));
        sheet_text(&s, codes[i]);
        sheet_end(&s);
    }
    write_sheet(&s, head_of(TABLE_ICD10CM_TITLE, "2026", 20251001, 0), &b);
    add(t, &b);
    for (; tables_next(t, TABLE_ICD10CM_TITLE, "BRONCHITIS", 20260101, &cursor, &r); n++)
        table_col_text(&r, "code", text, sizeof(text));
    assert_int_equal(n, 3);
    assert_string_equal(text, "J40");
    assert_false(
        tables_next(t, TABLE_ICD10CM_TITLE, "BRONCHITIS ACUTE", 20260101, &(size_t){0}, &r));
    tables_free(t);
}

/* test_sheet - order, equal rows, cleaning, refusals */
static void test_sheet(void **state)
{
    struct sheet s;
    struct err e = {0};
    struct buf a, b;
    struct snapshot_head h = head_of(TABLE_CPT, "x", 20200101, 0);

    (void)state;
    sheet_init(&s, TABLE_CPT);
    assert_false(sheet_row(&s, none, none, 0, 0));
    assert_false(sheet_row(&s, span_of("#99213"), none, 0, 0));
    assert_false(sheet_row(&s, span_of("A"), span_of("B"), 0, 0));
    assert_true(sheet_row(&s, span_of(" 99213 "), none, 20200101, 0));
    sheet_text(&s, "a\tb\n\x92");
    sheet_end(&s);
    assert_true(sheet_row(&s, span_of("00100"), none, 0, 20191231));
    sheet_end(&s);
    assert_true(sheet_row(&s, span_of("99213"), none, 20200101, 0));
    sheet_text(&s, "a\tb\n\x92");
    sheet_end(&s);
    buf_init(&a);
    assert_int_equal(sheet_write(&s, &h, &a, &e), 0);
    assert_int_equal(h.rows, 2);
    assert_non_null(strstr(a.data, "\n00100\t\t20191231\t\n99213\t20200101\t\t0\n"));
    assert_non_null(strstr(a.data, "#words\tgroup\ta b \xE2\x80\x99\n"));
    sheet_release(&s);

    sheet_init(&s, TABLE_CPT);
    assert_true(sheet_row(&s, span_of("99213"), none, 20200101, 20210101));
    sheet_end(&s);
    assert_true(sheet_row(&s, span_of("99213"), none, 20210101, 0));
    sheet_end(&s);
    buf_init(&b);
    assert_int_equal(sheet_write(&s, &h, &b, &e), -1);
    assert_string_equal(e.code, "rows");
    buf_release(&a);
    buf_release(&b);
    sheet_release(&s);
}

/* test_append - words keep their text in another sheet */
static void test_append(void **state)
{
    struct tables *t = tables_new();
    struct table_row r;
    struct sheet s, other;
    struct buf b;

    (void)state;
    sheet_init(&s, TABLE_CPT);
    sheet_init(&other, TABLE_CPT);
    assert_true(sheet_row(&s, span_of("99213"), none, 0, 0));
    sheet_text(&s, "office");
    sheet_end(&s);
    assert_true(sheet_row(&other, span_of("71046"), none, 0, 0));
    sheet_text(&other, "imaging");
    sheet_end(&other);
    assert_true(sheet_row(&other, span_of("99214"), none, 0, 0));
    sheet_end(&other);
    sheet_append(&s, &other);
    sheet_release(&other);
    write_sheet(&s, head_of(TABLE_CPT, "x", 20200101, 0), &b);
    add(t, &b);
    assert_int_equal(tables_find(t, TABLE_CPT, "71046", NULL, 20260101, &r), LOOKUP_FOUND);
    assert_true(table_col_is(&r, "group", "imaging"));
    assert_int_equal(tables_find(t, TABLE_CPT, "99213", NULL, 20260101, &r), LOOKUP_FOUND);
    assert_true(table_col_is(&r, "group", "office"));
    assert_int_equal(tables_find(t, TABLE_CPT, "99214", NULL, 20260101, &r), LOOKUP_FOUND);
    assert_int_equal(table_col(&r, "group").n, 0);
    tables_free(t);
}

/* damage - one change of a snapshot must be refused */
static void damage(const struct buf *b, const char *what, const char *with, const char *expected)
{
    const char *at = strstr(b->data, what);
    struct buf bad;

    assert_non_null(at);
    buf_init(&bad);
    buf_add(&bad, b->data, (size_t)(at - b->data));
    buf_adds(&bad, with);
    buf_adds(&bad, at + strlen(what));
    refuse(bad.data, bad.len, expected);
    buf_release(&bad);
}

/* test_damaged - whatever is wrong in a snapshot refuses it */
static void test_damaged(void **state)
{
    struct buf b;

    (void)state;
    icd("2026", 20251001, 20260930, "x", &b);
    damage(&b, "#cleanclaim-table\t1", "#cleanclaim-table\t2", "snapshot");
    damage(&b, "#table\ticd10cm", "#table\tnothing", "snapshot");
    damage(&b, "#edition\t2026", "#edition\t../2026", "snapshot");
    damage(&b, "#from\t20251001", "#from\t20251301", "snapshot");
    damage(&b, "#to\t20260930", "#to\t20240930", "snapshot");
    damage(&b, "#rows\t3", "#rows\t4", "snapshot");
    damage(&b, "#key\tcode", "#kex\tcode", "snapshot");
    damage(&b, "\nE119\t\t\tY", "\nE119\t\tY", "snapshot");
    damage(&b, "\nE119\t\t\tY", "\nE119\t2026\t\tY", "snapshot");
    damage(&b, "\nE119\t\t\tY", "\n\t\t\tY", "snapshot");
    damage(&b, "\nE119\t", "\nZ119\t", "snapshot");
    damage(&b, "\nE119\t\t\tY", "\nE119\t\t\t\xff", "snapshot");
    refuse(b.data, b.len - 1, "snapshot");
    refuse(b.data, 30, "snapshot");
    refuse("", 0, "snapshot");
    buf_release(&b);
}

/* test_every_cut - a snapshot cut anywhere is refused or, cut between two rows, still refused by
 * its count */
static void test_every_cut(void **state)
{
    struct buf b;

    (void)state;
    icd("2026", 20251001, 20260930, "x", &b);
    for (size_t n = 0; n < b.len; n++) {
        struct tables *t = tables_new();

        assert_int_equal(tables_add(t, b.data, n, NULL), -1);
        tables_free(t);
    }
    buf_release(&b);
}

/* test_overlap - two editions for the same days */
static void test_overlap(void **state)
{
    struct tables *t = tables_new();
    struct err e = {0};
    struct buf b;

    (void)state;
    icd("2026", 20251001, 20260930, "x", &b);
    add(t, &b);
    icd("2026-04", 20260401, 20260930, "x", &b);
    assert_int_equal(tables_add_buf(t, &b, NULL, &e), -1);
    assert_string_equal(e.code, "overlap");
    icd("2027", 20261001, 0, "x", &b);
    add(t, &b);
    icd("2028", 20271001, 0, "x", &b);
    assert_int_equal(tables_add_buf(t, &b, NULL, &e), -1);
    tables_free(t);
}

/* test_hash - the digest that was published must be the bytes' */
static void test_hash(void **state)
{
    struct tables *t = tables_new(), *u = tables_new();
    struct err e = {0};
    struct buf b;
    char sha256[65];

    (void)state;
    icd("2026", 20251001, 20260930, "x", &b);
    digest_hex(b.data, b.len, sha256);
    sha256[0] ^= 1;
    assert_int_equal(tables_add_buf(t, &b, sha256, &e), -1);
    assert_string_equal(e.code, "hash");
    assert_null(b.data);
    icd("2026", 20251001, 20260930, "x", &b);
    sha256[0] ^= 1;
    assert_int_equal(tables_add_buf(t, &b, sha256, &e), 0);
    assert_string_equal(tables_edition_at(t, 0)->sha256, sha256);
    assert_true(tables_share(u, t, TABLE_ICD10CM, sha256, &e));
    assert_ptr_equal(tables_edition_at(u, 0), tables_edition_at(t, 0));
    assert_false(tables_share(u, t, TABLE_ICD10CM, "none", &e));
    tables_free(t); /* the shared edition lives on */
    assert_int_equal(tables_edition_at(u, 0)->rows, 3);
    tables_free(u);
}

/* test_folder - names carry the digest; a changed byte is refused */
static void test_folder(void **state)
{
    char dir[] = "/tmp/tables-XXXXXX", name[256], path[512], sha256[65];
    struct snapshot_head h;
    struct tables *t = tables_new();
    struct err e = {0};
    struct buf b;
    size_t rows_at;

    (void)state;
    assert_non_null(mkdtemp(dir));
    icd("2026", 20251001, 20260930, "x", &b);
    assert_int_equal(snapshot_head_read(b.data, b.len, &h, &rows_at, &e), 0);
    snapshot_file_name(&h, digest_hex(b.data, b.len, sha256), name, sizeof(name));
    assert_int_equal(file_write(dir, name, b.data, b.len, &e), 0);
    assert_int_equal(file_write(dir, "README", "x", 1, &e), 0);
    assert_int_equal(tables_add_folder(t, dir, &e), 0);
    assert_int_equal(tables_edition_at(t, 0)->rows, 3);
    tables_free(t);
    b.data[b.len - 2] ^= 1;
    assert_int_equal(file_write(dir, name, b.data, b.len, &e), 0);
    t = tables_new();
    assert_int_equal(tables_add_folder(t, dir, &e), -1);
    assert_string_equal(e.code, "hash");
    assert_int_equal(tables_add_folder(t, "/nonexistent", &e), -1);
    assert_int_equal(e.class, ERR_RETRY);
    tables_free(t);
    buf_release(&b);
    file_join(path, sizeof(path), dir, name);
    unlink(path);
    file_join(path, sizeof(path), dir, "README");
    unlink(path);
    rmdir(dir);
}

/* test_with_period - the same rows under other days */
static void test_with_period(void **state)
{
    struct snapshot_head h;
    struct err e = {0};
    struct buf b, c;
    size_t rows_at;

    (void)state;
    icd("2026", 20251001, 20260930, "x", &b);
    buf_init(&c);
    assert_int_equal(snapshot_with_period(b.data, b.len, 20251001, 20260331, &c, &e), 0);
    assert_int_equal(snapshot_head_read(c.data, c.len, &h, &rows_at, &e), 0);
    assert_int_equal(h.to, 20260331);
    assert_int_equal(h.until, 20260930);
    assert_int_equal(c.len, b.len);
    buf_reset(&c);
    assert_int_equal(snapshot_with_period(b.data, b.len, 20251001, 0, &c, &e), 0);
    assert_int_equal(c.len, b.len - 8);
    buf_release(&b);
    buf_release(&c);
}

/* test_many_keys - every key of a large table is found, others are not */
static void test_many_keys(void **state)
{
    enum { KEYS = 20000 };
    struct tables *t = tables_new();
    struct table_row r;
    struct sheet s;
    struct buf b;
    char key[16];

    (void)state;
    sheet_init(&s, TABLE_CPT);
    for (int i = KEYS - 1; i >= 0; i--) {
        snprintf(key, sizeof(key), "%05d", i * 3);
        assert_true(sheet_row(&s, span_of(key), none, 0, 0));
        sheet_end(&s);
    }
    write_sheet(&s, head_of(TABLE_CPT, "x", 20200101, 0), &b);
    add(t, &b);
    for (int i = 0; i < 3 * KEYS; i++) {
        snprintf(key, sizeof(key), "%05d", i);
        assert_int_equal(tables_find(t, TABLE_CPT, key, NULL, 20260101, &r),
                         i % 3 ? LOOKUP_ABSENT : LOOKUP_FOUND);
        if (i % 3 == 0)
            assert_true(span_is(table_key(&r, 0), key));
    }
    tables_free(t);
}

/* What stands between a snapshot's table and its rows. */
#define ANY_HEAD                                                                                   \
    "#edition\tx\n#from\t20200101\n#to\t\n#starts\t20200101\n#until\t\n#reach\t20200101\n"         \
    "#source\tx\n#source-sha256\t"                                                                 \
    "0000000000000000000000000000000000000000000000000000000000000000\n"

/* test_newer_program - an edition that lacks a column gives it empty */
static void test_newer_program(void **state)
{
    static const char snapshot[] = "#cleanclaim-table\t1\n#table\ticd10cm\n" ANY_HEAD
                                   "#rows\t1\n#key\tcode\tfrom\tto\tlong\tfuture\n"
                                   "E119\t\t\ttitle\t7\n";
    struct tables *t = tables_new();
    struct table_row r;
    struct err e = {0};

    (void)state;
    assert_int_equal(tables_add(t, snapshot, sizeof(snapshot) - 1, &e), 0);
    assert_int_equal(tables_find(t, TABLE_ICD10CM, "E119", NULL, 20260101, &r), LOOKUP_FOUND);
    assert_true(table_col_is(&r, "long", "title"));
    assert_true(table_col_is(&r, "short", ""));
    assert_int_equal(table_col_i64(&r, "billable", 5), 5);
    tables_free(t);
}

/* test_site - every row of the site's own tables as it was read when the edition was opened is what
 * its columns say */
static void test_site(void **state)
{
    struct tables *t = care_tables(TABLE_MAX);
    struct table_row r;
    size_t cursor = 0, n = 0;

    (void)state;
    for (; tables_each(t, TABLE_CDM, 20260301, &cursor, &r); n++) {
        const struct charge_row *c = site_charge(&r);

        assert_true(table_col_is(&r, "revenue", c->revenue));
        assert_true(table_col_is(&r, "code_system", c->code_system));
        assert_true(table_col_is(&r, "code", c->code));
        assert_true(table_col_is(&r, "modifiers", c->modifiers));
        assert_true(table_col_is(&r, "unit_code", c->unit_code));
        assert_true(table_col_is(&r, "professional", c->professional));
        assert_true(table_col_is(&r, "pos", c->pos));
        assert_true(table_col_i64(&r, "price_cents", -1) == c->price_cents);
    }
    assert_true(n > 10);
    cursor = n = 0;
    for (; tables_each(t, TABLE_PROVIDERS, 20260301, &cursor, &r); n++) {
        const struct provider_row *p = site_provider(&r);

        assert_true(table_col_is(&r, "npi", p->npi));
        assert_true(table_col_is(&r, "last", p->last));
        assert_true(table_col_is(&r, "taxonomy", p->taxonomy));
        assert_true(table_col_is(&r, "zip", p->zip));
        assert_true(table_col_is(&r, "professional_npi", p->professional_npi));
        assert_true(table_col_is(&r, "pcs_not_coded", p->pcs_not_coded));
    }
    assert_true(n > 3);
    cursor = n = 0;
    for (; tables_each(t, TABLE_PAYERS, 20260301, &cursor, &r); n++) {
        const struct payer_row *p = site_payer(&r);

        assert_true(span_is(table_key(&r, 0), p->key));
        assert_true(table_col_is(&r, "name", p->name));
        assert_true(table_col_is(&r, "coding", p->coding));
        assert_true(table_col_i64(&r, "timely_filing_days", 0) == p->filing_days);
    }
    assert_true(n > 3);
    tables_free(t);
}

/* test_site_parts - windows choose the row; what the snapshot has no column or no row for is empty
 */
static void test_site_parts(void **state)
{
    static const char charges[] = "#cleanclaim-table\t1\n#table\tcdm\n" ANY_HEAD
                                  "#rows\t2\n#key\tcharge\tfrom\tto\trevenue\tprice_cents\n"
                                  "A\t\t20260131\t0510\t700\nA\t20260201\t\t0511\tx\n";
    static const char nobody[] =
        "#cleanclaim-table\t1\n#table\tpayers\n" ANY_HEAD "#rows\t0\n#key\tpayer\tfrom\tto\tname\n";
    struct tables *t = tables_new();
    struct table_row r;
    struct err e = {0};

    (void)state;
    assert_int_equal(tables_add(t, charges, sizeof(charges) - 1, &e), 0);
    assert_int_equal(tables_add(t, nobody, sizeof(nobody) - 1, &e), 0);
    assert_int_equal(tables_find(t, TABLE_CDM, "A", NULL, 20260115, &r), LOOKUP_FOUND);
    assert_string_equal(site_charge(&r)->revenue, "0510");
    assert_true(site_charge(&r)->price_cents == 700);
    assert_string_equal(site_charge(&r)->pos, "");
    assert_int_equal(tables_find(t, TABLE_CDM, "A", NULL, 20260215, &r), LOOKUP_FOUND);
    assert_string_equal(site_charge(&r)->revenue, "0511");
    assert_true(site_charge(&r)->price_cents == -1);
    assert_int_equal(tables_find(t, TABLE_PAYERS, "A", NULL, 20260215, &r), LOOKUP_ABSENT);
    tables_free(t);
}

/* main - all of them */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_three_answers), cmocka_unit_test(test_odd_keys),
        cmocka_unit_test(test_windows),       cmocka_unit_test(test_many),
        cmocka_unit_test(test_sheet),         cmocka_unit_test(test_append),
        cmocka_unit_test(test_damaged),       cmocka_unit_test(test_every_cut),
        cmocka_unit_test(test_overlap),       cmocka_unit_test(test_hash),
        cmocka_unit_test(test_folder),        cmocka_unit_test(test_with_period),
        cmocka_unit_test(test_site),          cmocka_unit_test(test_many_keys),
        cmocka_unit_test(test_newer_program), cmocka_unit_test(test_site_parts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
