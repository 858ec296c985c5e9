/* rules_institutional.c - 837I: bill type, status, dates and codes that belong together (billing
 * §3, §7.3 TOB, DAT) */
#include <string.h>

#include "common/x12/checker.h"

static const struct span none = {"", 0};

/* Bill types (facility and class) of stays in a hospital, and of outpatient bills. Others are
 * neither. */
#define STAYS "11 18 21 41"
#define OUTPATIENTS "13 14 71 72 73 74 75 76 77 83 85"

/* statement_dates - 434, 435, 096 */
static void statement_dates(struct check *c, const struct x12_segment *s)
{
    struct claim_fact *f = &c->facts.claim;
    const struct span v = x12_element(s, 3);

    if (x12_element_is(s, 1, "434")) {
        f->statement = mark_of(c, s);
        f->from = v.n >= 8 ? span_date((struct span){v.p, 8}) : 0;
        f->thru = v.n == 17 ? span_date((struct span){v.p + 9, 8}) : f->from;
    } else if (x12_element_is(s, 1, "435")) {
        f->admit = mark_of(c, s);
        f->admitted = v.n >= 8 ? span_date((struct span){v.p, 8}) : 0;
    } else if (x12_element_is(s, 1, "096")) {
        f->discharge_hour = mark_of(c, s);
    }
}

/* status_codes - CL1 */
static void status_codes(struct check *c, const struct x12_segment *s)
{
    c->facts.claim.cl1 = mark_of(c, s);
    c->facts.claim.status = x12_element(s, 3);
    if (span_listed(c->facts.claim.place, "11") && x12_element(s, 1).n == 0)
        report_here(c, s, 1, 0, 4, "IK403=I9", "an inpatient bill has the admission type");
    if (span_listed(c->facts.claim.place, "11") && x12_element(s, 2).n == 0)
        report_here(c, s, 2, 0, 4, "IK403=I9", "an inpatient bill has the point of origin");
}

/* reasons - HI: admitting diagnosis, reason for the visit */
static void reasons(struct check *c, const struct x12_segment *s)
{
    const struct span q = x12_component(s, 1, 1);

    if (span_listed(q, "ABJ BJ"))
        c->facts.claim.admitting = mark_of(c, s);
    else if (span_listed(q, "APR PR"))
        c->facts.claim.reason = mark_of(c, s);
}

/* wanted - a segment that this bill type asks for */
static void wanted(struct check *c, const char *segment, const char *text)
{
    struct mark m = c->facts.claim.clm;

    str_copy(m.segment, sizeof(m.segment), segment);
    report(c, &m, 0, 0, 4, "IK304=I6", none, text);
}

/* check_stay - TOB-05, 06, 07 for stays */
static void check_stay(struct check *c, const struct claim_fact *f)
{
    const bool interim = span_listed(f->frequency, "2 3"), last = span_listed(f->frequency, "1 4");
    const bool still = span_is(f->status, "30");

    if (f->cl1.position > 0 && ((interim && !still) || (last && still)))
        report(c, &f->cl1, 3, 0, 4, "IK403=I12", f->status,
               "the patient status does not fit the frequency");
    if (interim && f->discharge_hour.position > 0)
        report(c, &f->discharge_hour, 0, 0, 4, "IK304=I9", none,
               "no discharge hour while the patient stays");
    if (!span_is(f->place, "11"))
        return;
    if (f->admit.position == 0)
        wanted(c, "DTP", "an inpatient bill has the admission, 435");
    if (f->admitting.position == 0)
        wanted(c, "HI", "an inpatient bill has the admitting diagnosis, ABJ");
    if (last && f->discharge_hour.position == 0)
        wanted(c, "DTP", "a final inpatient bill has the discharge hour, 096");
    if (f->reason.position > 0)
        report(c, &f->reason, 1, 1, 4, "IK304=I9", none,
               "no reason for the visit on an inpatient bill");
}

/* end_bill - what fits the bill type; DAT-04 */
static void end_bill(struct check *c, const struct x12_segment *s)
{
    const struct claim_fact *f = &c->facts.claim;

    (void)s;
    if (span_listed(f->place, STAYS))
        check_stay(c, f);
    else if (span_listed(f->place, OUTPATIENTS) && f->admitting.position > 0)
        report(c, &f->admitting, 1, 1, 4, "IK304=I9", none,
               "no admitting diagnosis on an outpatient bill");
    if (f->admitted && f->thru && f->admitted > f->thru)
        report(c, &f->admit, 3, 0, 4, "IK403=I12", none, "admission behind the statement's end");
}

/* clang-format off */
const struct x12_rule x12_rules_institutional[] = {
    {X12_837I, "2300", "DTP", statement_dates, NULL},
    {X12_837I, "2300", "CL1", status_codes, NULL},
    {X12_837I, "2300", "HI",  reasons, NULL},
    {X12_837I, "2300", NULL,  end_bill, NULL},
    {0, NULL, NULL, NULL, NULL},
};
/* clang-format on */
