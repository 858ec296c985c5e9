/* validator_837_test.c - claims of an 837: findings name segment and element; what could not be
 * read is found once */
#include "tests/support/test.h"

#include <stdio.h>

#include "common/claim/read837.h"
#include "common/sys/file.h"
#include "services/validator/cases/case.h"

static const char golden[] = "tests/golden/x12/837p.x12";

struct run {
    const char *only;
    char said[2048]; /* "claim edit line segment element; …" */
    struct tables *tables;
    const struct x12_finding *syntax;
    size_t n_syntax;
};

/* on_claim - writes down what is found */
static int on_claim(void *arg, const struct claim_read *r)
{
    struct run *run = arg;
    struct validator_options o = {.received_date = 20260402, .warn_days = 15, .only = run->only};
    struct validator_result result;
    struct err e = {0};

    assert_non_null(r->claim);
    r->claim->source = arena_strdup(r->arena, "x.837");
    o.places = r->places;
    o.faults = r->faults;
    o.n_faults = r->n_faults;
    o.syntax = run->syntax;
    o.n_syntax = run->n_syntax;
    assert_int_equal(validator_check(r->claim, run->tables, &o, r->arena, &result, &e), 0);
    for (size_t i = 0; i < result.n_findings; i++) {
        const CcFinding *f = result.findings[i];
        size_t n = strlen(run->said);

        snprintf(run->said + n, sizeof(run->said) - n, "%s%s %s %u %u %s", n ? "; " : "",
                 r->claim->claim_id, f->edit, f->line, f->segment, f->element);
    }
    return 0;
}

/* replaced - the golden file, without line ends, with the first `from` made `to` */
static char *replaced(const char *from, const char *to)
{
    struct err e = {0};
    struct buf b;
    char *at, *out;

    buf_init(&b);
    assert_int_equal(file_read(golden, 1 << 20, &b, &e), 0);
    for (size_t i = b.len; i-- > 0;)
        if (b.data[i] == '\n')
            memmove(b.data + i, b.data + i + 1, b.len-- - i);
    out = calloc(1, b.len + strlen(to) + 1);
    at = from[0] ? strstr(b.data, from) : NULL;
    if (from[0])
        assert_non_null(at);
    if (at)
        snprintf(out, b.len + strlen(to) + 1, "%.*s%s%s", (int)(at - b.data), b.data, to,
                 at + strlen(from));
    else
        memcpy(out, b.data, b.len);
    buf_release(&b);
    return out;
}

/* clang-format off */
static const struct {
    const char *from, *to, *said;
} rows[] = {
    {"", "", ""},
    {"1455555015", "1455555016", "A1000001 PRV-01 0 23 NM109"},
    {"CLM*A1000001*215", "CLM*A1000001*216", "A1000001 CHG-01 0 19 CLM02"},
    {"DTP*472*D8*20260325", "DTP*472*D8*20260230", "A1000001 DAT-01 1 27 DTP03"},
    {"UN*1***1~DTP", "UN*1***3~DTP", "A1000001 COD-16 2 30 SV107"},
    {"165*UN*1", "165*UN*X", "A1000001 CHG-04 1 26 SV104"},
    {"165*UN*1", "165*UN*1.5", "A1000001 CHG-04 1 26 SV104"},
    {"DMG*D8*19700214*F", "DMG*D8*19700214*X", "A1000001 DEM-03 0 17 DMG03"},
    {"DMG*D8*19700214*F", "DMG*D8*19701314*F", "A1000001 DEM-02 0 17 DMG02"},
    {"DMG*D8*20180709*F", "DMG*D8*20300709*F", "A1000002 DEM-02 0 42 DMG02"},
    {"N4*SPRINGTOWN*OH*44101~DMG", "N4*SPRINGTOWN*OX*44101~DMG", "A1000001 DEM-05 0 16 N402"},
    {"SVD*SHP01*95", "SVD*SHP01*96", "A1000002 COB-01 1 58 SVD02"},
    {"SVD*SHP01*95", "SVD*SHP99*95", "A1000002 COB-02 1 58 SVD01"},
    {"SBR*S**", "SBR*P**", "A1000002 COB-03 0 47 SBR01"},
    {"36D9999999", "36X9999999", "A1000001 IDN-10 0 20 REF02"},
    {"***11:B:1", "***11:B:2", "A1000001 FRQ-02 0 19 CLM05-3"},
    {"165*UN", "165.005*UN", "A1000001 CHG-02 1 26 SV102"},
};
/* clang-format on */

/* positions - each fault at its segment, counted from ST = 1 */
static void positions(void **state)
{
    struct err e = {0};
    struct run run = {.only =
                          "PRV-01,CHG-01,CHG-02,CHG-04,DAT-01,COD-16,DEM-02,DEM-03,DEM-05,DEM-10,"
                          "COB-01,COB-02,COB-03,IDN-10,FRQ-02"};

    (void)state;
    run.tables = case_tables(TABLE_MAX, &e);
    assert_non_null(run.tables);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char *bytes = replaced(rows[i].from, rows[i].to);

        run.said[0] = '\0';
        assert_int_equal(claim_read_837(bytes, strlen(bytes), 0, on_claim, &run, &e), 0);
        if (strcmp(run.said, rows[i].said) != 0)
            print_message("%s -> %s\n", rows[i].from, rows[i].to);
        assert_string_equal(run.said, rows[i].said);
        free(bytes);
    }
    tables_free(run.tables);
}

/* lines - what the guide's check found stands at the line whose segments hold it */
static void lines(void **state)
{
    static const struct {
        uint32_t position;
        const char *loop, *said;
    } at[] = {
        {26, "2400", "A1000001 SYN-01 1 26 SV101; A1000002 SYN-01 0 26 SV101"},
        {30, "2400", "A1000001 SYN-01 2 30 SV101; A1000002 SYN-01 0 30 SV101"},
        {26, "2300", "A1000001 SYN-01 0 26 SV101; A1000002 SYN-01 0 26 SV101"},
    };
    struct err e = {0};
    struct x12_finding x = {.snip = 1, .segment = "SV1", .element = 1, .message = "as in a test"};
    struct run run = {.only = "SYN-01", .syntax = &x, .n_syntax = 1};
    char *bytes = replaced("", "");

    (void)state;
    run.tables = case_tables(TABLE_MAX, &e);
    assert_non_null(run.tables);
    for (size_t i = 0; i < sizeof(at) / sizeof(at[0]); i++) {
        x.position = at[i].position;
        snprintf(x.loop, sizeof(x.loop), "%s", at[i].loop);
        run.said[0] = '\0';
        assert_int_equal(claim_read_837(bytes, strlen(bytes), 0, on_claim, &run, &e), 0);
        assert_string_equal(run.said, at[i].said);
    }
    free(bytes);
    tables_free(run.tables);
}

/* settled - what the guide does not allow and a repair has mended is not told; its notes are */
static void settled(void **state)
{
    static const struct x12_finding syntax[] = {
        {.snip = 1, .segment = "N4", .element = 3, .position = 5, .message = "mended"},
        {.snip = 1, .segment = "N4", .element = 2, .position = 5, .message = "another element"},
        {.snip = 1, .segment = "N4", .element = 3, .position = 6, .message = "another segment"},
        {.snip = 1, .segment = "N4", .position = 5, .message = "the whole segment"},
        {.snip = 1, .segment = "PER", .element = 2, .position = 7, .note = true, .message = "odd"},
    };
    static const struct {
        uint32_t segment;
        CcSeverity severity;
        const char *element;
    } told[] = {{5, SEVERITY_REJECT, "N402"},
                {6, SEVERITY_REJECT, "N403"},
                {5, SEVERITY_REJECT, "N4"},
                {7, SEVERITY_NOTE, "PER02"}};
    struct validator_options o = {.only = "SYN-01", .syntax = syntax, .n_syntax = 5};
    struct err e = {0};
    struct tables *t = case_tables(TABLE_MAX, &e);
    struct arena *a = arena_new((size_t)1 << 20);
    struct validator_result r = {0};
    struct case_options unused;
    CcClaim *c = case_claim('P', a, &unused, &e);

    (void)state;
    assert_int_equal(case_change(c, &unused, "repairs#1; repairs[0].segment=5", a, &e), 0);
    assert_int_equal(case_change(c, &unused, "repairs[0].element=N403", a, &e), 0);
    assert_int_equal(validator_check(c, t, &o, a, &r, &e), 0);
    assert_int_equal(r.n_findings, 4);
    for (size_t i = 0; i < r.n_findings; i++) {
        assert_int_equal(r.findings[i]->segment, told[i].segment);
        assert_int_equal(r.findings[i]->severity, told[i].severity);
        assert_string_equal(r.findings[i]->element, told[i].element);
    }
    arena_free(a);
    tables_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(positions), cmocka_unit_test(lines),
                                       cmocka_unit_test(settled)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
