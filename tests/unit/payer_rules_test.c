/* payer_rules_test.c - the rules file: what is taken, and every message of what is not */
#include "tests/support/test.h"

#include <stdio.h>

#include "common/tables/made.h"
#include "tests/support/loading.h"

#define HEADER                                                                                     \
    "rule,payer,plan,kind,severity,what,codes,condition,value,message,fix,authority,from,to\n"

static const char sample[] =
    HEADER "SHP-MRI,SHP01,,P,,authorization,70551-70553,place in (22),,,,manual 4.2,2024-01-01,\n"
           "SHP-TFL,shp01,GRP44*,,,filing-limit,,,90 days from line_from,,,contract 7,2024-01-01,\n"
           "ALL-SEX,*,,,note,condition,,sex = U,,sex is unknown,,ours,,\n"
           "MC-NDC,filing:MC,,,,required-field,J*,,ndc,,,42 USC 1396b,,2026-12-31\n"
           "CON-1,contractor:15101,,,,frequency-limit,G0101,,1 per 23 full months,,,NCD 210.2,,\n";

/* test_taken - rules by whom they are for */
static void test_taken(void **state)
{
    const struct payer_rules *s;
    const struct payer_rule *r;
    const struct rule_gate *gates;
    struct loading l;
    size_t n;

    (void)state;
    loading_begin(&l, NULL);
    assert_int_equal(loading_add(&l, "payer_rules.csv", sample), LOAD_TAKEN);
    loading_publish(&l);
    assert_int_equal(l.refused, 0);
    s = tables_payer_rules(tables_edition(l.tables, TABLE_PAYER_RULES, 20260101));
    assert_non_null(s);
    r = payer_rules_of(s, RULE_OF_PAYER, "SHP01", &n, &gates);
    assert_int_equal(n, 2);
    assert_true(span_is(r[0].cells.rule, "SHP-MRI") && r[0].by_line && r[0].kinds == 1);
    assert_string_equal(r[0].edit, "AUT-01");
    assert_true(span_is(r[1].cells.rule, "SHP-TFL") && r[1].limit.length == 90);
    assert_string_equal(r[1].edit, "TFL-01");
    r = payer_rules_of(s, RULE_OF_ALL, "", &n, &gates);
    assert_true(n == 1 && r->severity == RULE_NOTE);
    assert_string_equal(r->edit, "PAY-03");
    r = payer_rules_of(s, RULE_OF_FILING, "MC", &n, &gates);
    assert_true(n == 1 && r->cells.to == 20261231 && !r->once);
    assert_string_equal(r->edit, "NDC-03");
    r = payer_rules_of(s, RULE_OF_CONTRACTOR, "15101", &n, &gates);
    assert_true(n == 1 && r->limit.unit == RULE_FULL_MONTHS && r->limit.length == 23);
    assert_null(payer_rules_of(s, RULE_OF_PAYER, "SHP0", &n, &gates));
    assert_null(payer_rules_at(s, 5));
    loading_end(&l);
}

/* A row whose cells stand as they are, with one or two replaced. */
struct wrong {
    const char *row, *says;
};

/* test_wrong - every message, with line and column */
static void test_wrong(void **state)
{
    static const struct wrong rows[] = {
        {"shp 1,A,,,,condition,,self,,m,,a,,", "column rule: expected an id of at most 24"},
        {"R,filing:,,,,condition,,self,,m,,a,,", "column payer: expected a payer id, *, filing"},
        {"R,A,,X,,condition,,self,,m,,a,,", "column kind: expected P, I, professional"},
        {"R,A,,,stop,condition,,self,,m,,a,,", "column severity: expected reject, hold, note"},
        {"R,A,,,,rule,,self,,m,,a,,", "column what: expected condition, element, required-field"},
        {"R,A,,,,condition,J!,self,,m,,a,,", "column codes: expected a code of at most eight"},
        {"R,A,,,,condition,,age > x,,m,,a,,", "column condition: at 7: expected a number (4 or"},
        {"R,A,,,,condition,,,,m,,a,,", "column condition: expected a condition or codes"},
        {"R,A,,,,condition,,self,4,m,,a,,", "column value: expected nothing for a rule of type"},
        {"R,A,,,,condition,,self,,,,a,,", "column message: expected what is told of the claim"},
        {"R,A,,,,element,,self,,m,,a,,", "column value: expected what has to hold, as units"},
        {"R,A,,,,element,,self,units <,m,,a,,", "column value: at 8: expected a number"},
        {"R,A,,,,required-field,,,,,,a,,", "column value: expected the name of an element"},
        {"R,A,,,,required-field,,,group,,,a,,", "column value: expected names of elements, found"},
        {"R,A,,,,required-field,,,ndc;ndc;ndc;ndc;ndc;ndc;ndc;ndc;ndc,,,a,,",
         "column value: expected at most 8 elements"},
        {"R,A,,,,filing-limit,,,,,,a,,", "column value: expected a period: 180 days"},
        {"R,A,,,,filing-limit,,,40000 days,,,a,,", "column value: expected a period"},
        {"R,A,,,,filing-limit,,,9 days of thru,,,a,,", "column value: expected a period"},
        {"R,A,,,,filing-limit,,,9 days from thru,,,a,,", "column value: expected line_from, stmt"},
        {"R,A,,,,frequency-limit,G0101,,1 a year,,,a,,", "column value: expected 1 per 12 months"},
        {"R,A,,,,frequency-limit,G0101,,1 per full,,,a,,", "column value: expected 1 per 12"},
        {"R,A,,,,modifier-accepted,1*,,,,,a,,", "column value: expected a list of what is"},
        {"R,A,,,,member-pattern,,,[A-,,,a,,", "column value: expected a POSIX extended regular"},
        {"R,A,,,,member-pattern,,,,,,a,,", "column value: expected a regular expression of"},
        {"R,A,,,,specialty,1*,,20*;2,,,a,,", "column value: expected taxonomy codes of ten"},
        {"R,A,,,,specialty,1*,,,,,a,,", "column value: expected taxonomy codes, or PREFIX*"},
        {"R,A,,,,span-limit,,,week,,,a,,", "column value: expected month, year, year from 07-01"},
        {"R,A,,,,span-limit,,,year from 13-01,,,a,,", "column value: expected month, year"},
        {"R,A,,,,span-limit,,,31 months,,,a,,", "column value: expected month, year"},
        {"R,A,,,,condition,,self,,m,,,,", "expected the document that says so in \"authority\""},
        {"R,A,,,,condition,,self,,m,,a,2026-02-30,", "expected days in \"from\" and \"to\""},
        {",A,,,,condition,,self,,m,,a,,", "expected an id of A-Z, 0-9 and - in \"rule\""},
        {"-R,A,,,,condition,,self,,m,,a,,", "column rule: expected an id"},
        {"R_1,A,,,,condition,,self,,m,,a,,", "column rule: expected an id"},
        {"R!,A,,,,condition,,self,,m,,a,,", "column rule: expected an id"},
        {"R:1,A,,,,condition,,self,,m,,a,,", "column rule: expected an id"},
        {"R2345678901234567890123456,A,,,,condition,,self,,m,,a,,", "column rule: expected an id"},
        {"R,A,,P;X,,condition,,self,,m,,a,,", "column kind: expected P, I, professional"},
        {"R,A,,,,required-field,,,a_name_that_no_element_of_any_claim_ever_had_or_has,,,a,,",
         "found \"a_name_that_no_element_of_any_claim_ever\""},
        {"R,A,,,,filing-limit,,,123456 days,,,a,,", "column value: expected a period"},
        {"R,A,,,,filing-limit,,,1x days,,,a,,", "column value: expected a period"},
        {"R,A,,,,filing-limit,,,1- days,,,a,,", "column value: expected a period"},
        {"R,A,,,,filing-limit,,,0 days,,,a,,", "column value: expected a period"},
        {"R,A,,,,filing-limit,,,180 weeks,,,a,,", "column value: expected a period"},
        {"R,A,,,,filing-limit,,,180,,,a,,", "column value: expected a period"},
        {"R,A,,,,filing-limit,,,9 days from,,,a,,", "column value: expected line_from, stmt"},
        {"R,A,,,,filing-limit,,,9 days from remit on,,,a,,", "column value: expected line_from"},
        {"R,A,,,,frequency-limit,1*,,0 per 1 year,,,a,,", "column value: expected 1 per 12"},
        {"R,A,,,,frequency-limit,1*,,1 per 1 year or so,,,a,,", "column value: expected 1 per"},
        {"R,A,,,,frequency-limit,1*,,1 per calendar week,,,a,,", "column value: expected 1 per"},
        {"R,A,,,,frequency-limit,1*,,1 per 2 full weeks,,,a,,", "column value: expected 1 per"},
        {"R,A,,,,frequency-limit,1*,,1 per 0 full months,,,a,,", "column value: expected 1 per"},
        {"R,A,,,,frequency-limit,1*,,1 per x months,,,a,,", "column value: expected 1 per"},
        {"R,A,,,,frequency-limit,1*,,1 per 2 weeks,,,a,,", "column value: expected 1 per"},
        {"R,A,,,,frequency-limit,1*,,2 pieces per 1 year,,,a,,", "column value: expected 1 per"},
        {"R,A,,,,frequency-limit,1*,,400 per 2 years,,,a,,", "column value: expected at most 399"},
        {"R,A,,,,span-limit,,,year from 7-1,,,a,,", "column value: expected month, year"},
        {"R,A,,,,span-limit,,,year from 07/01,,,a,,", "column value: expected month, year"},
        {"R,A,,,,span-limit,,,year from 00-01,,,a,,", "column value: expected month, year"},
        {"R,A,,,,span-limit,,,year from 07-00,,,a,,", "column value: expected month, year"},
        {"R,A,,,,span-limit,,,year from 07-29,,,a,,", "column value: expected month, year"},
        {"R,A,,,,span-limit,,,year to 07-01,,,a,,", "column value: expected month, year"},
        {"R,A,,,,span-limit,,,year from 07-01 on,,,a,,", "column value: expected month, year"},
        {"R,A,,,,span-limit,,,month from 07-01,,,a,,", "column value: expected month, year"},
        {"R,A,,,,span-limit,,,month on,,,a,,", "column value: expected month, year"},
        {"R,A,,,,span-limit,,,31 weeks,,,a,,", "column value: expected month, year"},
        {"R,A,,,,span-limit,,,31 days or so,,,a,,", "column value: expected month, year"},
        {"R,A,,,,specialty,1*,,;207Q00000X,,,a,,", "column value: expected taxonomy codes of"},
        {"R,A,,,,specialty,1*,,207Q-0000X,,,a,,", "column value: expected taxonomy codes of"},
        {"R,A,,,,specialty,1*,,207Q:0000X,,,a,,", "column value: expected taxonomy codes of"},
        {"R,A,,,,specialty,1*,,207Q_0000X,,,a,,", "column value: expected taxonomy codes of"},
        {"R,A,,,,specialty,1*,,207Q00000X*,,,a,,", "column value: expected taxonomy codes of"},
        {"R,A,,,,specialty,1*,,*,,,a,,", "column value: expected taxonomy codes of"},
    };
    char text[1024];

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct loading l;

        snprintf(text, sizeof(text), HEADER "#a comment\n%s\n", rows[i].row);
        loading_begin(&l, NULL);
        if (loading_add(&l, "payer_rules.csv", text) != LOAD_REFUSED ||
            !strstr(l.last.text, rows[i].says) || strncmp(l.last.text, "line 3: ", 8) != 0)
            fail_msg("%s: \"%s\", wanted \"%s\"", rows[i].row, l.last.text, rows[i].says);
        loading_end(&l);
    }
}

/* test_long - texts have an end */
static void test_long(void **state)
{
    char text[2048];

    (void)state;
    snprintf(text, sizeof(text), HEADER "R,A,,,,condition,,self,,%0500d,,a,,\n", 1);
    refused("payer_rules.csv", text, "rule",
            "column message: expected message, fix and authority of at most 400 bytes");
    snprintf(text, sizeof(text),
             HEADER "R,A,,,,specialty,1*,,1*;2*;3*;4*;5*;6*;7*;8*;9*;A*;B*;C*;D*,,,a,,\n");
    refused("payer_rules.csv", text, "rule", "column value: expected at most 12 taxonomy codes");
    snprintf(text, sizeof(text), HEADER "R,A,,,,condition,,self,,m,%0500d,a,,\n", 1);
    refused("payer_rules.csv", text, "rule", "column message: expected message, fix and authority");
    snprintf(text, sizeof(text), HEADER "R,A,,,,condition,,self,,m,,%0500d,,\n", 1);
    refused("payer_rules.csv", text, "rule", "column message: expected message, fix and authority");
    snprintf(text, sizeof(text), HEADER "R,%081d,,,,condition,,self,,m,,a,,\n", 1);
    refused("payer_rules.csv", text, "rule", "column payer: expected a payer id");
    snprintf(text, sizeof(text), HEADER "R,A,,,,member-pattern,,,%0201d,,,a,,\n", 1);
    refused("payer_rules.csv", text, "rule", "column value: expected a regular expression");
}

/* Values that are taken, and the limit that comes of them. */
static const struct {
    const char *what, *value;
    struct rule_limit limit;
} limits[] = {
    {"filing-limit", "180\tdays", {.length = 180, .unit = RULE_DAYS}},
    {"filing-limit",
     "1 Year FROM Discharge",
     {.length = 1, .unit = RULE_YEARS, .basis = RULE_FROM_DISCHARGE}},
    {"filing-limit",
     "6 months from primary_eob",
     {.length = 6, .unit = RULE_MONTHS, .basis = RULE_FROM_PRIMARY_EOB}},
    {"filing-limit",
     "36500 days from billed",
     {.length = 36500, .unit = RULE_DAYS, .basis = RULE_FROM_BILLED}},
    {"frequency-limit", "1 per 12 months", {.most = 1, .length = 12, .unit = RULE_MONTHS}},
    {"frequency-limit", "1 day per 1 day", {.most = 1, .length = 1, .unit = RULE_DAYS}},
    {"frequency-limit", "399 days per 2 years", {.most = 399, .length = 2, .unit = RULE_YEARS}},
    {"frequency-limit",
     "1 unit per 1 full month",
     {.most = 1, .units = true, .length = 1, .unit = RULE_FULL_MONTHS}},
    {"frequency-limit",
     "400 units per calendar month",
     {.most = 400, .units = true, .length = 1, .unit = RULE_CALENDAR_MONTH}},
    {"frequency-limit",
     "1 per calendar year",
     {.most = 1, .length = 1, .unit = RULE_CALENDAR_YEAR}},
    {"frequency-limit", "1 per lifetime", {.most = 1, .length = 1, .unit = RULE_LIFETIME}},
    {"span-limit", "month", {.unit = RULE_CALENDAR_MONTH}},
    {"span-limit", "year", {.unit = RULE_CALENDAR_YEAR}},
    {"span-limit", "year from 12-28", {.unit = RULE_CALENDAR_YEAR, .month = 12, .day = 28}},
    {"span-limit", "31 days", {.length = 31, .unit = RULE_DAYS}},
};

/* cells_of - a rule of everybody's with this value */
static struct payer_rule_cells cells_of(const char *what, const char *value)
{
    return (struct payer_rule_cells){.rule = span_of("R"),
                                     .payer = span_of("*"),
                                     .kind = span_of("P; inpatient"),
                                     .what = span_of(what),
                                     .value = span_of(value),
                                     .authority = span_of("a")};
}

/* same_limit - in each of its parts */
static bool same_limit(const struct rule_limit *a, const struct rule_limit *b)
{
    return a->most == b->most && a->units == b->units && a->length == b->length &&
           a->unit == b->unit && a->basis == b->basis && a->month == b->month && a->day == b->day;
}

/* test_limits - each form, as far as it may go */
static void test_limits(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
        const struct payer_rule_cells cells = cells_of(limits[i].what, limits[i].value);
        struct payer_rule r;
        struct err e = {0};

        if (payer_rule_compile(&r, &cells, &e) != 0)
            fail_msg("%s: %s", limits[i].value, e.text);
        if (!same_limit(&r.limit, &limits[i].limit))
            fail_msg("%s: another limit", limits[i].value);
        assert_int_equal(r.kinds, RULE_PROFESSIONAL | RULE_INPATIENT);
        payer_rule_release(&r);
    }
}

/* test_order - rules of one id by their first day; a list of none; one that rests on nothing */
static void test_order(void **state)
{
    struct payer_rules *s = payer_rules_new();
    struct payer_rule_cells cells = cells_of("required-field", "ndc,note");
    struct err e = {0};

    (void)state;
    assert_non_null(s);
    assert_int_equal(payer_rules_finish(s, &e), 0);
    assert_null(payer_rules_at(s, 0));
    for (int32_t from = 20260301; from >= 20260101; from -= 100) {
        cells.from = from;
        assert_int_equal(payer_rules_add(s, &cells, &e), 0);
    }
    assert_int_equal(payer_rules_finish(s, &e), 0);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(payer_rules_at(s, i)->cells.from, 20260101 + 100 * (int)i);
        assert_int_equal(payer_rules_at(s, i)->n_fields, 2);
    }
    cells.authority = span_of("");
    assert_int_equal(payer_rules_add(s, &cells, &e), -1);
    assert_string_equal(e.text, "column authority: expected the document that says so, with its "
                                "section");
    payer_rules_free(s);
}

/* test_snapshot - a folder whose rules are damaged is not served */
static void test_snapshot(void **state)
{
    struct tables *t = tables_new();
    struct loading l;
    struct buf b;
    struct err e = {0};
    char *at;

    (void)state;
    loading_begin(&l, NULL);
    assert_int_equal(loading_add(&l, "payer_rules.csv", sample), LOAD_TAKEN);
    loading_publish(&l);
    buf_init(&b);
    edition_write(tables_edition(l.tables, TABLE_PAYER_RULES, 20260101), &b);
    at = strstr(b.data, "sex = U");
    assert_non_null(at);
    memcpy(at, "six = U", 7);
    assert_int_equal(tables_add(t, b.data, b.len, &e), -1);
    assert_non_null(strstr(e.text, "rule ALL-SEX: column condition: at 1: expected an element"));
    buf_release(&b);
    tables_free(t);
    loading_end(&l);
}

/* test_plans - whole, prefix, case */
static void test_plans(void **state)
{
    (void)state;
    assert_true(rule_plan_fits(span_of(""), "") && rule_plan_fits(span_of("gold"), "GOLD"));
    assert_true(rule_plan_fits(span_of("GRP44*"), "GRP44") && rule_plan_fits(span_of("*"), ""));
    assert_false(rule_plan_fits(span_of("GOLD"), "GOLD PLUS"));
    assert_false(rule_plan_fits(span_of("GRP44*"), "GRP4"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_taken),    cmocka_unit_test(test_wrong),
        cmocka_unit_test(test_long),     cmocka_unit_test(test_plans),
        cmocka_unit_test(test_snapshot), cmocka_unit_test(test_limits),
        cmocka_unit_test(test_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
