/* show_cmd_test.c - cleanclaim show on the embedded broker: a payment is told line by line, with
 * who bears what was not paid */
#include "tests/support/test.h"

#include "common/claim/denial.h"
#include "tests/support/command.h"

/* text - a copy for a message */
static char *text(struct command *f, const char *s)
{
    return arena_strdup(f->a, s);
}

/* adjustment - of a line or a claim */
static CcRemittanceAdjustment *adjustment(struct command *f, const char *group, const char *reason,
                                          int64_t cents)
{
    CcRemittanceAdjustment *a = event_new(f->a, &cc_remittance_adjustment__descriptor);

    a->group = text(f, group);
    a->reason = text(f, reason);
    a->amount_cents = cents;
    a->route = text(f, "WO");
    return a;
}

/* payment - claim C1: 165.00 billed, 98.00 paid */
static CcRemittance *payment(struct command *f)
{
    CcRemittance *r = event_new(f->a, &cc_remittance__descriptor);
    CcRemittanceLine *l = event_new(f->a, &cc_remittance_line__descriptor);

    r->claim_id = text(f, "C1");
    r->status = text(f, "1");
    r->payer_claim = text(f, "P1");
    r->trace = text(f, "E1");
    r->charge_cents = 16500;
    r->paid_cents = 9800;
    event_push(f->a, r, adjustments, adjustment(f, "CO", "253", 200));
    l->control = text(f, "C1L1");
    l->code = text(f, "99214");
    l->charge_cents = 16500;
    l->paid_cents = 10000;
    event_push(f->a, l, adjustments, adjustment(f, "CO", "45", 4000));
    event_push(f->a, l, adjustments, adjustment(f, "PR", "3", 2500));
    event_push(f->a, r, lines, l);
    remit_split(r);
    return r;
}

/* paid_lines - for programs and for people */
static void paid_lines(void **state)
{
    struct command *f = *state;

    command_publish(f, TOPIC_REMITTANCES, 1, "C1", &payment(f)->base);
    assert_int_equal(command_run(f, cmd_show, "C1 --json"), 0);
    assert_non_null(strstr(f->out, "\"paid_cents\":9800,\"contractual_cents\":4200,"
                                   "\"patient_cents\":2500,\"other_cents\":0,"
                                   "\"denied_cents\":0"));
    assert_non_null(strstr(f->out, "{\"line\":null,\"group\":\"CO\",\"reason\":\"253\""));
    assert_non_null(strstr(f->out, "\"paid_lines\":[{\"control\":\"C1L1\",\"code\":\"99214\""));
    assert_non_null(strstr(f->out, "\"contractual_cents\":4000"));
    assert_int_equal(command_run(f, cmd_show, "C1"), 0);
    assert_non_null(strstr(f->out, "paid 98.00, contract 42.00, patient 25.00, other 0.00, "
                                   "payer's number P1, trace E1\n"));
    assert_non_null(strstr(f->out, "C1L1             99214  paid 100.00, contract 40.00, patient "
                                   "25.00, other 0.00\n"));
}

#define T(name) cmocka_unit_test_setup_teardown(name, command_setup, command_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {T(paid_lines)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
