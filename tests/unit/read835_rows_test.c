/* read835_rows_test.c - what single segments of an 835 say of a payment, its claims and lines, one
 * row each
 */
#include "tests/support/test.h"

#include "common/claim/read835.h"
#include "tests/support/reply.h"

enum { MEMORY = 4 << 20 };

/* say_adjustments - of a line or a claim */
static void say_adjustments(struct buf *b, CcRemittanceAdjustment *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        buf_addf(b, " %s%s:%d*%d", list[i]->group, list[i]->reason, (int)list[i]->amount_cents,
                 (int)list[i]->quantity_milli);
}

/* say_line - code, revenue, money, units, days, what stands beside it */
static void say_line(struct buf *b, const CcRemittanceLine *l)
{
    buf_addf(b, " [%s%s%s %d>%d *%d", l->code, l->revenue[0] ? "/" : "", l->revenue,
             (int)l->charge_cents, (int)l->paid_cents, (int)l->paid_units_milli);
    if (l->from_date || l->thru_date)
        buf_addf(b, " %d-%d", (int)l->from_date, (int)l->thru_date);
    if (l->submitted_code[0])
        buf_addf(b, " was %s*%d", l->submitted_code, (int)l->submitted_units_milli);
    if (l->allowed_given)
        buf_addf(b, " allowed %d", (int)l->allowed_cents);
    if (l->control[0])
        buf_addf(b, " %s", l->control);
    for (size_t i = 0; i < l->n_remarks; i++)
        buf_addf(b, " %s", l->remarks[i]);
    say_adjustments(b, l->adjustments, l->n_adjustments);
    buf_adds(b, "]");
}

/* say_claim - number, status, money, what stands beside it, its lines */
static void say_claim(struct buf *b, const CcRemittance *c)
{
    buf_addf(b, "%s%s/%s %d>%d", b->len ? "; " : "", c->claim_id, c->status, (int)c->charge_cents,
             (int)c->paid_cents);
    if (c->forwarded)
        buf_addf(b, " to \"%s\" by \"%s\"", c->crossover, c->crossover_remark);
    if (c->corrected_member[0])
        buf_addf(b, " is %s", c->corrected_member);
    for (size_t i = 0; i < c->n_remarks; i++)
        buf_addf(b, " %s", c->remarks[i]);
    say_adjustments(b, c->adjustments, c->n_adjustments);
    for (size_t i = 0; i < c->n_lines; i++)
        say_line(b, c->lines[i]);
}

/* say - a payment: claims, adjustments of the provider, findings that are no notes */
static void say(struct buf *b, const struct payment *p)
{
    for (size_t i = 0; i < p->n_claims; i++)
        say_claim(b, p->claims[i]);
    for (size_t i = 0; i < p->n_adjustments; i++)
        buf_addf(b, "; %s %s %s:%d", p->adjustments[i].provider, p->adjustments[i].reason,
                 p->adjustments[i].reference, (int)p->adjustments[i].amount_cents);
    for (size_t i = 0; i < p->n_findings; i++)
        if (!p->findings[i].note)
            buf_addf(b, "; %s at %s %s%s%s", p->findings[i].equation, p->findings[i].element,
                     p->findings[i].claim, p->findings[i].line[0] ? "/" : "", p->findings[i].line);
}

/* The segments behind BPR and TRN of a payment of ten dollars, and what they say. */
static const struct {
    const char *what, *segments, *says;
} rows[] = {
    {"a line without day", "CLP*A*1*10*10~SVC*HC:1*10*10~", "A/1 1000>1000 [1 1000>1000 *1000]"},
    {"its first and last day", "CLP*A*1*10*10~SVC*HC:1*10*10~DTM*150*20260301~DTM*151*20260303~",
     "A/1 1000>1000 [1 1000>1000 *1000 20260301-20260303]"},
    {"another day of it", "CLP*A*1*10*10~SVC*HC:1*10*10~DTM*050*20260301~",
     "A/1 1000>1000 [1 1000>1000 *1000]"},
    {"its first day is not the claim's last",
     "CLP*A*1*10*10~SVC*HC:1*5*5~DTM*472*20260302~SVC*HC:2*5*5~DTM*472*20260301~",
     "A/1 1000>1000 [1 500>500 *1000 20260302-20260302] [2 500>500 *1000 20260301-20260301]"},
    {"units that are none", "CLP*A*1*10*10~SVC*HC:1*10*10**x~",
     "A/1 1000>1000 [1 1000>1000 *1000]"},
    {"one and a half", "CLP*A*1*10*10~SVC*HC:1*10*10**1.5~", "A/1 1000>1000 [1 1000>1000 *1500]"},
    {"what was billed", "CLP*A*1*10*10~SVC*HC:1*10*10**1*HC:2:25*3~",
     "A/1 1000>1000 [1 1000>1000 *1000 was 2*3000]"},
    {"a revenue code alone", "CLP*A*1*10*10~SVC*NU:0450*10*10~",
     "A/1 1000>1000 [/0450 1000>1000 *1000]"},
    {"a revenue code beside another", "CLP*A*1*10*10~SVC*HC:1:25*10*10*0450~",
     "A/1 1000>1000 [1/0450 1000>1000 *1000]"},
    {"numbers, amounts and remarks of a line",
     "CLP*A*1*10*10~SVC*HC:1*10*10~REF*6R*L1~REF*LU*11~AMT*B6*9~AMT*KH*1~LQ*HE*M20~LQ*RX*1~",
     "A/1 1000>1000 [1 1000>1000 *1000 allowed 900 L1 M20]"},
    {"those of a claim are not a line's", "CLP*A*1*10*10~REF*6R*L1~AMT*B6*9~LQ*HE*M20~",
     "A/1 1000>1000"},
    {"an allowed amount that is none", "CLP*A*1*10*10~SVC*HC:1*10*10~AMT*B6*x~",
     "A/1 1000>1000 [1 1000>1000 *1000 allowed 0]; amount at AMT02 A"},
    {"of a line with its number", "CLP*A*1*10*10~SVC*HC:1*10*10~REF*6R*L1~AMT*B6*x~",
     "A/1 1000>1000 [1 1000>1000 *1000 allowed 0 L1]; amount at AMT02 A/L1"},
    {"less than can be", "CLP*A*1*-99999999999*10~",
     "A/1 0>1000; amount at CLP03 A; claim at CLP04 A"},
    {"another provider's money", "CLP*A*1*10*10~PLB*1*20261231*WO:X*x~",
     "A/1 1000>1000; 1 WO X:0; amount at PLB "},
    {"pairs, and one that is empty", "CLP*A*1*15*15~PLB*1*20261231*WO:X*2***L6*3~",
     "A/1 1500>1500; 1 WO X:200; 1 L6 :300"},
    {"a reason without amount", "CLP*A*1*10*10~PLB*1*20261231*WO:X~", "A/1 1000>1000; 1 WO X:0"},
    {"an amount without reason", "CLP*A*1*12*12~PLB*1*20261231**2~", "A/1 1200>1200; 1  :200"},
    {"adjustments of a claim and of a line",
     "CLP*A*1*15*10~CAS*CO*45*2*1~SVC*HC:1*15*12~CAS*PR*1*2**2*1*3~",
     "A/1 1500>1000 CO45:200*1000 [1 1500>1200 *1000 PR1:200*0 PR2:100*3000]"},
    {"an adjustment of no amount, and one of no reason",
     "CLP*A*1*11*10~CAS*CO*45***"
     "*1~",
     "A/1 1100>1000 CO45:0*0 CO:100*0"},
    {"segments of no claim",
     "CAS*CO*45*1~NM1*QC*1*T~MOA***MA01~SVC*HC:1*1*1~DTM*472*20260301~"
     "CLP*A*1*10*10~",
     "A/1 1000>1000"},
    {"remarks of a claim", "CLP*A*1*10*10~MOA***MA01**MA02~MIA*1****MA03***************MA04~",
     "A/1 1000>1000 MA01 MA02 MA03 MA04"},
    {"a corrected member", "CLP*A*1*10*10~NM1*QC*1*T*****MI*1~NM1*74*1*T*****C*2~NM1*82*1*X~",
     "A/1 1000>1000 is 2"},
    {"forwarded by its status, to a payer of a number", "CLP*A*19*10*10~NM1*TT*2*NEXT*****PI*N77~",
     "A/19 1000>1000 to \"N77\" by \"19\""},
    {"to one of a name", "CLP*A*20*10*10~NM1*TT*2*NEXT~", "A/20 1000>1000 to \"NEXT\" by \"20\""},
    {"by a remark", "CLP*A*1*10*10~MOA***MA18~", "A/1 1000>1000 to \"\" by \"MA18\" MA18"},
    {"not ours, forwarded", "CLP*A*23*10*10~", "A/23 1000>1000 to \"\" by \"\""},
    {"a payer and a payee of other numbers", "N1*PE*HOUSE*FI*1~N1*XX*X~CLP*A*1*10*10~",
     "A/1 1000>1000"},
};

/* read_set - the payment of these segments */
static struct payment *read_set(struct arena *a, const char *segments)
{
    struct payment *p = NULL;
    struct reply_walk w;
    struct reply_item item;
    struct buf set, file;
    struct err e = {0};

    buf_init(&set);
    buf_init(&file);
    buf_addf(&set, "BPR*I*10*C*ACH************20260415~TRN*1*9*1512345678~%s", segments);
    reply_envelope("HP", "005010X221A1", "835", set.data, &file);
    reply_walk_init(&w, file.data, file.len);
    assert_int_equal(reply_walk_next(&w, &item), 1);
    assert_true(read835_reads(&item));
    assert_int_equal(read835(a, &item, &p, &e), 0);
    buf_release(&set);
    buf_release(&file);
    return p;
}

/* test_rows - each */
static void test_rows(void **state)
{
    struct arena *a = arena_new(MEMORY);
    struct buf said;
    unsigned bad = 0;

    (void)state;
    buf_init(&said);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        buf_reset(&said);
        say(&said, read_set(a, rows[i].segments));
        if (strcmp(said.data, rows[i].says) != 0) {
            print_error("%s: %s\n", rows[i].what, said.data);
            bad++;
        }
        arena_reset(a);
    }
    assert_int_equal(bad, 0);
    buf_release(&said);
    arena_free(a);
}

/* test_payee - only the NPI is one */
static void test_payee(void **state)
{
    struct arena *a = arena_new(MEMORY);

    (void)state;
    assert_string_equal(read_set(a, "N1*PE*HOUSE*FI*1~CLP*A*1*10*10~")->payee_npi, "");
    assert_string_equal(read_set(a, "N1*PE*HOUSE*XX*1234567893~CLP*A*1*10*10~")->payee_npi,
                        "1234567893");
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_payee),
    };

    return cmocka_run_group_tests_name("read835_rows", tests, NULL, NULL);
}
