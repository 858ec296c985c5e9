/* rules_answer.c - 999 and 277CA: do the counts and sums of an answer fit what it lists? (billing
 * §4) */
#include <string.h>

#include "common/x12/checker.h"

static const struct span none = {"", 0};

/* set_result - IK5 of an AK2 loop */
static void set_result(struct check *c, const struct x12_segment *s)
{
    struct answer_fact *f = &c->facts.answer;

    f->sets++;
    if (x12_element_is(s, 1, "A") || x12_element_is(s, 1, "E"))
        f->sets_accepted++;
}

/* group_result - AK9: no more accepted than received, none listed beyond the counts unless all are
 * refused with their group */
static void group_result(struct check *c, const struct x12_segment *s)
{
    const struct answer_fact *f = &c->facts.answer;
    uint64_t received, accepted;

    if (!span_number(x12_element(s, 3), &received) || !span_number(x12_element(s, 4), &accepted))
        return;
    if (accepted > received)
        report_here(c, s, 4, 0, 3, "IK403=I12", "more sets accepted than received");
    else if (span_listed(x12_element(s, 1), "A E P") &&
             (f->sets_accepted > accepted || f->sets - f->sets_accepted > received - accepted))
        report_here(c, s, 4, 0, 3, "IK403=I12", "the counts do not fit the sets listed");
    if (x12_element_is(s, 1, "A") && accepted != received)
        report_here(c, s, 1, 0, 3, "IK403=I12", "accepted, yet not all sets are");
}

/* level_of - 0: the file's totals (2200B), 2: the provider's (2200C) */
static unsigned level_of(const struct check *c)
{
    return strcmp(walk_loop(&c->walk), "2200C") == 0 ? 2 : 0;
}

/* total_count - QTY 90, AA, QA, QC */
static void total_count(struct check *c, const struct x12_segment *s)
{
    struct answer_fact *f = &c->facts.answer;
    const unsigned i = level_of(c) + (x12_element_is(s, 1, "AA") || x12_element_is(s, 1, "QC"));

    if (span_decimal(x12_element(s, 2), 0, &f->qty_stated[i]))
        f->qty[i] = mark_of(c, s);
}

/* total_amount - AMT YU, YY */
static void total_amount(struct check *c, const struct x12_segment *s)
{
    struct answer_fact *f = &c->facts.answer;
    const unsigned i = level_of(c) + x12_element_is(s, 1, "YY");

    if (span_decimal(x12_element(s, 2), 2, &f->amt_stated[i]))
        f->amt[i] = mark_of(c, s);
}

/* start_file - 2000B: nothing counted yet */
static void start_file(struct check *c, const struct x12_segment *s)
{
    (void)s;
    memset(&c->facts.answer, 0, sizeof(c->facts.answer));
}

/* start_provider - 2000C: the provider's totals start again */
static void start_provider(struct check *c, const struct x12_segment *s)
{
    struct answer_fact *f = &c->facts.answer;

    (void)s;
    for (unsigned i = 2; i < 4; i++) {
        memset(&f->qty[i], 0, sizeof(f->qty[i]));
        memset(&f->amt[i], 0, sizeof(f->amt[i]));
        f->qty_seen[i] = f->amt_seen[i] = 0;
    }
}

/* claim_status - STC of a claim: refused if any is U */
static void claim_status(struct check *c, const struct x12_segment *s)
{
    struct answer_fact *f = &c->facts.answer;

    f->claim_seen = true;
    f->claim_refused = f->claim_refused || x12_element_is(s, 3, "U");
    (void)span_decimal(x12_element(s, 4), 2, &f->claim_cents);
}

/* start_claim - TRN of a claim */
static void start_claim(struct check *c, const struct x12_segment *s)
{
    struct answer_fact *f = &c->facts.answer;

    f->claim_seen = f->claim_refused = false;
    f->claim_cents = 0;
    c->facts.claim.id = x12_element(s, 2);
}

/* end_claim - counted at both levels */
static void end_claim(struct check *c, const struct x12_segment *s)
{
    struct answer_fact *f = &c->facts.answer;
    const unsigned refused = f->claim_refused ? 1 : 0;

    (void)s;
    c->facts.claim.id = none;
    for (unsigned i = refused; f->claim_seen && i < 4; i += 2) {
        f->qty_seen[i]++;
        sum_add(&f->amt_seen[i], f->claim_cents);
    }
}

/* compare - the totals of a level with the claims listed; a difference is for reconciliation, no
 * ground to refuse */
static void compare(struct check *c, unsigned level)
{
    const struct answer_fact *f = &c->facts.answer;

    if (f->qty_seen[level] + f->qty_seen[level + 1] == 0)
        return;
    for (unsigned i = level; i < level + 2; i++) {
        if (f->qty[i].position > 0 && f->qty_stated[i] != f->qty_seen[i])
            report_note(c, &f->qty[i], 2, 0, 3, "IK403=I12", "not the number of claims listed");
        if (f->amt[i].position > 0 && f->amt_stated[i] != f->amt_seen[i])
            report_note(c, &f->amt[i], 2, 0, 3, "IK403=I12", "not the sum of the claims listed");
    }
}

/* end_provider - 2000C */
static void end_provider(struct check *c, const struct x12_segment *s)
{
    (void)s;
    compare(c, 2);
}

/* end_file - 2000B */
static void end_file(struct check *c, const struct x12_segment *s)
{
    (void)s;
    compare(c, 0);
}

/* clang-format off */
const struct x12_rule x12_rules_answer[] = {
    {X12_999,   "2000",  "IK5", set_result, NULL},
    {X12_999,   "ST",    "AK9", group_result, NULL},
    {X12_277CA, "2000B", "HL",  start_file, NULL},
    {X12_277CA, "2200B", "QTY", total_count, NULL},
    {X12_277CA, "2200B", "AMT", total_amount, NULL},
    {X12_277CA, "2000C", "HL",  start_provider, NULL},
    {X12_277CA, "2200C", "QTY", total_count, NULL},
    {X12_277CA, "2200C", "AMT", total_amount, NULL},
    {X12_277CA, "2200D", "TRN", start_claim, NULL},
    {X12_277CA, "2200D", "STC", claim_status, NULL},
    {X12_277CA, "2200D", NULL,  end_claim, NULL},
    {X12_277CA, "2000C", NULL,  end_provider, NULL},
    {X12_277CA, "2000B", NULL,  end_file, NULL},
    {0, NULL, NULL, NULL, NULL},
};
/* clang-format on */
