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

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(positions)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
