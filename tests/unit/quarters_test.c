/* quarters_test.c - several quarters of NCCI pairs in one edition: any order of loading gives the
 * same bytes, and each day the answer of its quarter */
#include "tests/support/test.h"

#include <stdio.h>

#include "common/base/date.h"
#include "tests/support/loading.h"

enum { QUARTERS = 4 };

static const char *const names[QUARTERS] = {"ccipra-v300r0-f1.TXT", "ccipra-v301r0-f1.TXT",
                                            "ccipra-v302r0-f1.TXT", "ccipra-v303r0-f1.TXT"};

/* What each quarter's file of 2024 has of a pair: "from to indicator", joined by ";". */
static const struct {
    const char *codes[2], *rows[QUARTERS];
} facts[] = {
    {{"A0001", "B0001"},
     {"20200101 * 1", "20200101 * 1", "20200101 * 1", "20200101 * 1"}}, /* unchanged */
    {{"A0002", "B0001"},
     {"20200101 * 1", "20200101 20240331 1", "20200101 20240331 1",
      ""}}, /* deleted, later dropped */
    {{"A0003", "B0001"}, {"", "20240401 * 0", "20240401 * 0", "20240401 * 0"}}, /* added */
    {{"A0004", "B0001"},
     {"20200101 * 0", "20200101 * 0", "20200101 * 1", "20200101 * 1"}}, /* another indicator */
    {{"A0005", "B0001"},
     {"20100101 20120331 1", "", "20240401 * 0", "20240401 * 0"}}, /* long ago; and again */
    {{"A0006", "B0001"},
     {"20240101 * 1", "20240101 20240101 9", "20240101 20240101 9", ""}}, /* withdrawn */
    {{"A0007", "B0001"},
     {"20200101 * 1", "20200101 20231231 1", "20200101 20231231 1",
      "20200101 20231231 1"}}, /* ended, and said late */
    {{"A0008", "B0001"},
     {"20200101 * 0", "20200101 20240331 0;20240401 * 1", "20240401 * 1",
      "20240401 * 1"}}, /* with a window of its own */
    {{"A0009", "B0001"},
     {"20200101 * 0", "20200101 * 1", "20200101 * 0", "20200101 * 1"}},         /* to and fro */
    {{"A0010", "B0001"}, {"20200101 * 1", "", "20200101 * 1", "20200101 * 1"}}, /* forgotten once */
};
enum { FACTS = sizeof(facts) / sizeof(facts[0]) };

static const struct {
    size_t fact;
    int32_t on;
    const char *indicator;
} answers[] = {
    {0, 20191231, "(absent)"}, {0, 20200101, "1"},        {0, 20241231, "1"},
    {1, 20240331, "1"},        {1, 20240401, "(absent)"}, {1, 20241001, "(absent)"},
    {1, 20210101, "1"},        {2, 20240331, "(absent)"}, {2, 20240401, "0"},
    {3, 20240630, "0"},        {3, 20240701, "1"},        {3, 20230101, "0"},
    {4, 20110101, "1"},        {4, 20120401, "(absent)"}, {4, 20240331, "(absent)"},
    {4, 20240401, "0"},        {5, 20240102, "(absent)"}, {5, 20240401, "(absent)"},
    {5, 20241231, "(absent)"}, {6, 20231231, "1"},        {6, 20240101, "(absent)"},
    {7, 20240331, "0"},        {7, 20240401, "1"},        {7, 20210101, "0"},
    {8, 20240331, "0"},        {8, 20240401, "1"},        {8, 20240701, "0"},
    {8, 20241001, "1"},        {9, 20240515, "1"},        {9, 20240101, "1"},
};

/* add_rows - "from to indicator;…" as lines of the official file */
static void add_rows(struct buf *b, const char *a, const char *c, const char *rows)
{
    while (*rows) {
        char from[9], to[9], indicator;

        assert_int_equal(sscanf(rows, "%8s %8s %c", from, to, &indicator), 3);
        buf_addf(b, "%s\t%s\t\t%s\t%s\t%c\tMisuse of %c\r\n", a, c, from, to, indicator, a[4]);
        rows += strcspn(rows, ";");
        rows += *rows == ';';
    }
}

/* file_of - a quarter's file */
static void file_of(size_t quarter, struct buf *b)
{
    buf_init(b);
    buf_adds(b, "notice\t\t\t\t\t\t\r\nColumn 1\tColumn 2\t*=in existence\tEffective\tDeletion\t"
                "Modifier\tPTP Edit Rationale\r\n");
    for (size_t i = 0; i < FACTS; i++)
        add_rows(b, facts[i].codes[0], facts[i].codes[1], facts[i].rows[quarter]);
}

/* check_answers - each day the answer of its quarter */
static void check_answers(const struct tables *t)
{
    for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
        const char *const *codes = facts[answers[i].fact].codes;
        const char *is =
            asked(t, TABLE_PTP_PRACTITIONER, codes[0], codes[1], answers[i].on, "indicator");

        if (strcmp(is, answers[i].indicator) != 0)
            fail_msg("%s on %d: %s, expected %s", codes[0], answers[i].on, is,
                     answers[i].indicator);
    }
}

/* check_text - the edition writes the bytes that it was made of */
static void check_text(const struct tables *t)
{
    const struct edition_info *i = tables_edition_at(t, 0);
    struct tables *again = tables_new();
    struct err e = {0};
    struct buf b;

    buf_init(&b);
    edition_write(i, &b);
    assert_int_equal(tables_add_buf(again, &b, i->sha256, &e), 0);
    assert_string_equal(tables_edition_at(again, 0)->sha256, i->sha256);
    tables_free(again);
}

/* load_in - the quarters one after the other, or all at once */
static void load_in(const size_t order[QUARTERS], bool at_once, char sha256[65])
{
    struct loading l;

    loading_begin(&l, NULL);
    for (size_t i = 0; i < QUARTERS; i++) {
        struct buf b;

        file_of(order[i], &b);
        assert_int_equal(loading_bytes(&l, names[order[i]], b.data, b.len), LOAD_TAKEN);
        buf_release(&b);
        if (!at_once || i + 1 == QUARTERS)
            loading_publish(&l);
        assert_int_equal(l.refused, 0);
    }
    assert_string_equal(tables_edition_at(l.tables, 0)->edition, "2024q4");
    assert_null(tables_edition_at(l.tables, 1));
    check_answers(l.tables);
    check_text(l.tables);
    str_copy(sha256, 65, tables_edition_at(l.tables, 0)->sha256);
    loading_end(&l);
}

/* test_any_order - all orders, one by one and at once */
static void test_any_order(void **state)
{
    char first[65] = "", sha256[65];

    (void)state;
    for (size_t n = 0; n < 256; n++) {
        size_t order[QUARTERS] = {n & 3, n >> 2 & 3, n >> 4 & 3, n >> 6 & 3};

        if ((1u << order[0] | 1u << order[1] | 1u << order[2] | 1u << order[3]) != 15)
            continue;
        for (int at_once = 0; at_once < 2; at_once++) {
            load_in(order, at_once, sha256);
            if (first[0])
                assert_string_equal(sha256, first);
            str_copy(first, sizeof(first), sha256);
        }
    }
}

/* test_again - a quarter that is loaded again replaces its own rows only */
static void test_again(void **state)
{
    struct loading l;
    struct buf b;

    (void)state;
    loading_begin(&l, NULL);
    for (size_t i = 0; i < QUARTERS; i++) {
        file_of(i, &b);
        loading_bytes(&l, names[i], b.data, b.len);
        buf_release(&b);
        loading_publish(&l);
    }
    file_of(1, &b);
    loading_bytes(&l, names[1], b.data, b.len);
    loading_publish(&l);
    assert_int_equal(l.steps[PLAN_SAME], 1);
    add_rows(&b, "C0001", "C0002", "20240401 * 0");
    loading_bytes(&l, names[1], b.data, b.len);
    loading_publish(&l);
    assert_int_equal(l.steps[PLAN_CHANGED], 1);
    check_answers(l.tables);
    assert_string_equal(
        asked(l.tables, TABLE_PTP_PRACTITIONER, "C0001", "C0002", 20240630, "indicator"), "0");
    assert_string_equal(
        asked(l.tables, TABLE_PTP_PRACTITIONER, "C0001", "C0002", 20240701, "indicator"),
        "(absent)");
    buf_release(&b);
    loading_end(&l);
}

/* count - rows of a quarter's file in the edition */
static size_t count(const struct edition_info *i, const char *quarter)
{
    int32_t last = edition_quarter(i, quarter);
    struct table_row r;
    size_t cursor = 0, n = 0;

    while (last && edition_each(i, &cursor, &r))
        n += row_in_quarter(&r, last);
    return n;
}

/* test_files - which rows each quarter's file has can still be told */
static void test_files(void **state)
{
    const struct edition_info *i;
    struct loading l;
    struct buf b;

    (void)state;
    loading_begin(&l, NULL);
    for (size_t q = 1; q < QUARTERS; q++) {
        file_of(q, &b);
        loading_bytes(&l, names[q], b.data, b.len);
        buf_release(&b);
    }
    loading_publish(&l);
    i = tables_edition_at(l.tables, 0);
    assert_int_equal(count(i, "2024q2"), 9);
    assert_int_equal(count(i, "2024q3"), 10);
    assert_int_equal(count(i, "2024q4"), 8);
    assert_int_equal(edition_quarter(i, "2024q1"), 0);
    assert_int_equal(edition_quarter(i, "2024"), 0);
    loading_end(&l);
}

/* next - xorshift */
static uint32_t next(uint32_t *s)
{
    *s ^= *s << 13;
    *s ^= *s >> 17;
    *s ^= *s << 5;
    return *s;
}

/* test_many_pairs - buckets, chains and the list of what does not fit, against a plain search */
static void test_many_pairs(void **state)
{
    enum { CODES = 300, ROWS = 40000 };
    static char there[CODES][CODES];
    struct tables *t = tables_new();
    struct snapshot_head h = {
        .table = TABLE_PTP_HOSPITAL, .from = 19960101, .starts = 19960101, .reach = 19960101};
    uint32_t seed = 7;
    struct err e = {0};
    struct sheet s;
    struct buf b;

    (void)state;
    str_copy(h.edition, sizeof(h.edition), "x");
    memset(h.source_sha256, '0', 64);
    sheet_init(&s, TABLE_PTP_HOSPITAL);
    for (int i = 0; i < ROWS; i++) {
        uint32_t a = next(&seed) % CODES, c = next(&seed) % CODES;
        char one[6], two[6];

        snprintf(one, sizeof(one), "%05u", a * 7);
        snprintf(two, sizeof(two), "%05u", c * 7);
        if (there[a][c])
            continue;
        there[a][c] = (char)('0' + i % 2);
        assert_true(sheet_row(&s, span_of(one), span_of(two), date_add(19960101, i % 9000), 0));
        sheet_text(&s, i % 2 ? "1" : "0");
        sheet_end(&s);
    }
    buf_init(&b);
    assert_int_equal(sheet_write(&s, &h, &b, &e), 0);
    sheet_release(&s);
    if (tables_add_buf(t, &b, NULL, &e) != 0)
        fail_msg("%s", e.text);
    for (uint32_t a = 0; a <= CODES; a++)
        for (uint32_t c = 0; c <= CODES; c++) {
            char one[6], two[6], expected[2] = {a < CODES && c < CODES ? there[a][c] : 0, 0};

            snprintf(one, sizeof(one), "%05u", a * 7);
            snprintf(two, sizeof(two), "%05u", c * 7);
            assert_string_equal(asked(t, TABLE_PTP_HOSPITAL, one, two, 20260101, "indicator"),
                                expected[0] ? expected : "(absent)");
        }
    check_text(t);
    tables_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_any_order),
        cmocka_unit_test(test_again),
        cmocka_unit_test(test_files),
        cmocka_unit_test(test_many_pairs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
