/* rules_line.c - 837: service lines (billing §2.5, §7.3) */
#include <string.h>

#include "common/x12/checker.h"

/* start_line - LX counts 1, 2, 3 in each claim */
static void start_line(struct check *c, const struct x12_segment *s)
{
    struct claim_fact *f = &c->facts.claim;
    uint64_t number;

    memset(&c->facts.line, 0, sizeof(c->facts.line));
    f->lines++;
    c->facts.claim_codes = c->facts.codes;
    if (!span_number(x12_element(s, 1), &number) || number != f->lines)
        report_here(c, s, 1, 0, 1, "IK403=I12", "lines must count 1, 2, 3");
}

/* take_charge - adds a line's charge; CHG-02 */
static void take_charge(struct check *c, const struct x12_segment *s, unsigned n)
{
    struct line_fact *l = &c->facts.line;
    struct claim_fact *f = &c->facts.claim;

    l->sv = mark_of(c, s);
    l->charge_known = span_decimal(x12_element(s, n), 2, &l->charge_cents);
    if (!l->charge_known) {
        f->lines_known = false;
        return;
    }
    sum_add(&f->line_cents, l->charge_cents);
    if (l->charge_cents < 0)
        report_here(c, s, n, 0, 2, "IK403=I12", "a charge cannot be negative");
}

/* take_units - CHG-04: more than none */
static void take_units(struct check *c, const struct x12_segment *s, unsigned n, bool zero)
{
    int64_t milli;

    if (span_decimal(x12_element(s, n), 3, &milli) && (zero ? milli < 0 : milli <= 0))
        report_here(c, s, n, 0, 2, "IK403=I12", "the quantity must be more than zero");
}

/* pointers - COD-16: each points at a diagnosis of the claim */
static void pointers(struct check *c, const struct x12_segment *s)
{
    uint64_t number;

    for (unsigned k = 1; k <= 4; k++) {
        const struct span v = x12_component(s, 7, k);

        if (v.n == 0 || !span_number(v, &number))
            continue;
        if (number == 0 || number > 12)
            report_here(c, s, 7, k, 2, "IK403=7", "a pointer is 1 to 12");
        else if (number > c->facts.claim.diagnoses && c->facts.claim.diagnoses > 0)
            report_here(c, s, 7, k, 4, "IK403=I12", "points at a diagnosis that the claim has not");
    }
}

/* professional - SV1 */
static void professional(struct check *c, const struct x12_segment *s)
{
    take_charge(c, s, 2);
    take_units(c, s, 4, false);
    pointers(c, s);
}

/* institutional - SV2; CHG-08 */
static void institutional(struct check *c, const struct x12_segment *s)
{
    int64_t not_covered;

    take_charge(c, s, 3);
    take_units(c, s, 5, true);
    if (span_decimal(x12_element(s, 7), 2, &not_covered) && c->facts.line.charge_known &&
        not_covered > c->facts.line.charge_cents)
        report_here(c, s, 7, 0, 3, "IK403=I12", "more is not covered than the line charges");
}

/* first_and_last - of D8 or RD8; 0 where there is no such date */
static void first_and_last(const struct x12_segment *s, int32_t *from, int32_t *thru)
{
    const struct span v = x12_element(s, 3);

    *from = v.n >= 8 ? span_date((struct span){v.p, 8}) : 0;
    *thru = v.n == 17 ? span_date((struct span){v.p + 9, 8}) : *from;
}

/* line_date - 472: DEM-02, DAT-01, DAT-03 */
static void line_date(struct check *c, const struct x12_segment *s)
{
    struct line_fact *l = &c->facts.line;
    struct claim_fact *f = &c->facts.claim;
    const struct party_fact *p = &c->facts.party;
    const int32_t birth = p->is_patient ? p->birth_date : p->patient_birth;

    if (!x12_element_is(s, 1, "472"))
        return;
    first_and_last(s, &l->from, &l->thru);
    if (l->from && (!f->first_service || l->from < f->first_service))
        f->first_service = l->from;
    if (l->from && birth && l->from < birth)
        report_here(c, s, 3, 0, 4, "IK403=I12", "service before birth");
    if (c->o->today && l->thru > c->o->today)
        report_here(c, s, 3, 0, 2, "IK403=8", "service in the future");
    if (f->from && f->thru && l->from && (l->from < f->from || l->thru > f->thru))
        report_here(c, s, 3, 0, 4, "IK403=I12", "service outside the statement's period");
}

/* line_number - IDN-08: our number of a line, once in a claim */
static void line_number(struct check *c, const struct x12_segment *s)
{
    struct claim_fact *f = &c->facts.claim;
    const struct span v = x12_element(s, 2);
    uint64_t h = UINT64_C(14695981039346656037);

    if (!x12_element_is(s, 1, "6R") || v.n == 0)
        return;
    for (size_t i = 0; i < v.n; i++)
        h = (h ^ (unsigned char)v.p[i]) * UINT64_C(1099511628211);
    if (v.n > 30)
        report_here(c, s, 2, 0, 2, "IK403=5", "a line control number has at most 30 characters");
    for (unsigned i = 0; i < f->n_line_ids; i++)
        if (f->line_ids[i] == h) {
            report_here(c, s, 2, 0, 2, "IK403=I12", "a line control number twice in a claim");
            break;
        }
    if (f->n_line_ids < FACT_LINES)
        f->line_ids[f->n_line_ids++] = h;
}

/* drug_quantity - NDC-02: more than none */
static void drug_quantity(struct check *c, const struct x12_segment *s)
{
    take_units(c, s, 4, false);
}

/* end_line - codes of the line are looked up for its date */
static void end_line(struct check *c, const struct x12_segment *s)
{
    (void)s;
    look_up_codes(c, c->facts.claim_codes, c->facts.line.from);
}

/* clang-format off */
const struct x12_rule x12_rules_line[] = {
    {X12_837,  "2400", "LX",  start_line, NULL},
    {X12_837P, "2400", "SV1", professional, NULL},
    {X12_837I, "2400", "SV2", institutional, NULL},
    {X12_837,  "2400", "DTP", line_date, NULL},
    {X12_837,  "2400", "REF", line_number, NULL},
    {X12_837,  "2410", "CTP", drug_quantity, NULL},
    {X12_837,  "2400", NULL,  end_line, NULL},
    {0, NULL, NULL, NULL, NULL},
};
/* clang-format on */
