/* bad_claim_test.c - claims that are not what they should be: a clear finding, never a crash, and
 * the next claim is judged as if nothing had been */
#include "tests/support/test.h"

#include <string.h>

#include "services/validator/cases/case.h"

#define LONG                                                                                       \
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" \
    "AAAA"

struct bad {
    const char *what;
    char base;
    const char *changes;
    const char *edit; /* the edit that says so; "!CHG-09": the one that must not */
};

/* clang-format off */
static const struct bad rows[] = {
    {"no line", 'P', "lines#0", "CHG-09"},
    {"no line on a stay", 'I', "lines#0", "CHG-09"},
    {"50 lines", 'P', "lines#50", "!CHG-09"},
    {"51 lines", 'P', "lines#51", "CHG-09"},
    {"999 lines", 'O', "lines#999", "!CHG-09"},
    {"1000 lines", 'O', "lines#1000", "CHG-09"},
    {"450 lines for Medicare", 'O', "C1.payer_id=99901; C1.filing_indicator=MA; lines#450", "!CHG-09"},
    {"451 lines for Medicare", 'O', "C1.payer_id=99901; C1.filing_indicator=MA; lines#451", "CHG-09"},
    {"no diagnosis", 'I', "diagnoses#0", "COD-15"},
    {"no coverage", 'P', "coverages#0", "IDN-04"},
    {"no provider", 'P', "providers#0", "PRV-02"},
    {"no patient", 'I', "patient=", "DEM-01"},
    {"no day", 'P', "L1.from_date=0; L1.thru_date=0", "DAT-01"},
    {"no day on any line", 'P', "L1.from_date=0; L1.thru_date=0; L2.from_date=0; L2.thru_date=0", "DAT-01"},
    {"no day of a stay", 'I', "from_date=0; thru_date=0; discharge_date=0; admit_date=0", "DAT-01"},
    {"a day that is none", 'P', "L1.from_date=20260231; L1.thru_date=20260231", "DAT-01"},
    {"a day of nine digits", 'P', "L1.from_date=202603251; L1.thru_date=202603251", "DAT-01"},
    {"a negative day", 'P', "L1.from_date=-20260325", "DAT-01"},
    {"units of one and a half", 'P', "L1.units_milli=1500", "CHG-04"},
    {"a thousandth", 'P', "L1.units_milli=1", "CHG-04"},
    {"miles in tenths", 'P', "L2.code=A0425; L2.units_milli=12500", "!CHG-04"},
    {"no units", 'P', "L1.units_milli=0", "CHG-04"},
    {"negative units", 'P', "L1.units_milli=-1000", "CHG-02"},
    {"units that no number holds twice", 'P', "L1.units_milli=9223372036854775807; L2.units_milli=9223372036854775807", "MUE-02"},
    {"negative money", 'P', "L1.charge_cents=-16500", "CHG-02"},
    {"the smallest number", 'P', "L1.charge_cents=-9223372036854775808", "CHG-02"},
    {"negative total", 'P', "charge_cents=-1", "CHG-03"},
    {"an unknown unit", 'P', "L1.unit_code=XX", "CHG-04"},
    {"an unknown qualifier of a code", 'P', "L1.code_qualifier=QQ", "COD-03"},
    {"an unknown filing indicator", 'P', "C1.filing_indicator=@@", "IDN-05"},
    {"an unknown role of a diagnosis", 'I', "D3.role=unknown", "!COD-01"},
    {"an unknown kind of id", 'P', "V1.tax_id_type=ZZ", "IDN-09"},
    {"a procedure in lower case", 'P', "L1.code=j1885", "COD-03"},
    {"a diagnosis in lower case", 'P', "D2.code=e119", "COD-01"},
    {"a diagnosis with a dot", 'P', "D2.code=E11.9", "COD-01"},
    {"a dot at the end", 'P', "D2.code=I10.", "COD-01"},
    {"nothing but a dot", 'P', "D2.code=.", "COD-01"},
    {"a procedure with a dot", 'P', "L1.code=992.14", "COD-03"},
    {"a modifier in lower case", 'P', "L2.modifiers=qw", "COD-05"},
    {"a diagnosis of ICD-9", 'P', "D2.code=4019; diagnoses[1].assignment.code.system=icd9cm", "COD-01"},
    {"a diagnosis of SNOMED", 'P', "D2.code=38341003; diagnoses[1].assignment.code.system=snomed", "COD-01"},
    {"a diagnosis where a procedure stands", 'P', "L1.code=E1165", "COD-03"},
    {"a procedure where a diagnosis stands", 'P', "D2.code=99213", "COD-01"},
    {"a HCPCS code where ICD-10-PCS stands", 'I', "R1.code=99213", "COD-04"},
    {"ICD-10-PCS of another system", 'I', "procedures[0].assignment.code.system=icd9cm", "COD-04"},
    {"a place of service of three digits", 'P', "place_of_service=111", "COD-07"},
    {"a revenue code of letters", 'O', "L1.revenue=ABCD", "COD-08"},
    {"a bill type of letters", 'O', "type_of_bill=ABCD", "TOB-01"},
    {"a code without end", 'P', "L1.code=" LONG "; D2.code=" LONG, "COD-03"},
    {"ids without end", 'P', "C1.member_id=" LONG, "DEM-10"},
    {"a pointer far out", 'P', "L1.pointers=4294967295", "COD-16"},
    {"nine pointers", 'P', "L1.pointers=1,2,1,2,1,2,1,2,1", "COD-16"},
    {"a hundred modifiers", 'P', "L1.modifiers=25,25,25,25,25,25,25,25,25,25,25,25,25,25,25,25,25,25,25,25", "COD-05"},
    {"a birth in the year 1", 'P', "patient.birth_date=10101", "DEM-02"},
};
/* clang-format on */

/* has - a finding of the edit */
static bool has(const struct validator_result *r, const char *edit)
{
    for (size_t i = 0; i < r->n_findings; i++)
        if (strcmp(r->findings[i]->edit, edit) == 0)
            return true;
    return false;
}

/* check - one bad claim; then a good one of the same kind in the same arena */
static bool check(const struct bad *b, const struct tables *t, struct arena *a)
{
    struct edit_case bad = {"", b->base, 0, b->changes, b->what, NULL};
    struct edit_case good = {"", b->base, 0, "", "", NULL};
    struct validator_result r = {0}, next = {0};
    bool wanted = b->edit[0] != '!';
    struct err e = {0};

    if (case_run(&bad, t, a, &r, &e) != 0) {
        print_message("%s: %s\n", b->what, e.text);
        return false;
    }
    for (size_t i = 0; i < r.n_findings; i++)
        if (!r.findings[i]->message[0] || !r.findings[i]->element[0])
            return false;
    if (has(&r, b->edit + !wanted) != wanted)
        print_message("%s: %s %s\n", b->what, b->edit + !wanted,
                      wanted ? "is missing" : "is there");
    if (case_run(&good, t, a, &next, &e) != 0 || next.n_findings)
        print_message("%s: the next claim is affected\n", b->what);
    return has(&r, b->edit + !wanted) == wanted && next.n_findings == 0;
}

/* every_row - all of them */
static void every_row(void **state)
{
    struct err e = {0};
    struct tables *t = case_tables(TABLE_MAX, &e);
    struct arena *a = arena_new((size_t)1 << 26);
    unsigned bad = 0;

    (void)state;
    assert_non_null(t);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        bad += !check(&rows[i], t, a);
        arena_reset(a);
    }
    assert_int_equal(bad, 0);
    arena_free(a);
    tables_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_row)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
