/* claims_cmd_test.c - cleanclaim claims on the embedded broker: which record of a claim says how it
 * stands */
#include "tests/support/test.h"

#include "tests/support/command.h"

/* A record of claims.status, in the order of arrival. */
struct said {
    const char *id;
    uint32_t version;
    CcClaimState state;
    int64_t at_ms; /* the clock of the batch that wrote it */
    bool refused;
    const char *reason;
};

/* say - it arrives */
static void say(struct command *f, const struct said *s)
{
    CcClaimStatus *st = event_new(f->a, &cc_claim_status__descriptor);

    st->claim_id = arena_strdup(f->a, s->id);
    st->version = s->version;
    st->state = s->state;
    st->at_ms = s->at_ms;
    st->refused = s->refused;
    st->reason = arena_strdup(f->a, s->reason);
    command_publish(f, TOPIC_CLAIMS_STATUS, 1, s->id, &st->base);
}

/* newest - what was read last of the highest version, whatever the clocks of its writers say; a
 * record that follow refuses changes nothing, but corrects one that came late */
static void newest(void **state)
{
    static const struct said all[] = {
        {"LATE", 1, CLAIM_STATE_BATCHED, 1000, false, ""},
        {"LATE", 1, CLAIM_STATE_PAID, 3000, false, "paid"},
        {"LATE", 1, CLAIM_STATE_SENT, 5000, false, ""}, /* deliver was killed before it said so */
        {"LATE", 1, CLAIM_STATE_PAID, 2000, true, "came late"},
        {"CLOCK", 1, CLAIM_STATE_SENT, 5000, false, ""},
        {"CLOCK", 1, CLAIM_STATE_ACCEPTED, 4000, false, ""}, /* by a batch that began before */
        {"AGAIN", 1, CLAIM_STATE_DENIED, 1000, false, "the reason"},
        {"AGAIN", 1, CLAIM_STATE_DENIED, 2000, true, "came late"},
        {"VERSION", 2, CLAIM_STATE_CODED, 1000, false, ""},
        {"VERSION", 1, CLAIM_STATE_SENT, 2000, false, ""},
    };
    static const char *const shown[] = {"{\"claim\":\"LATE\",\"version\":1,\"state\":\"PAID\"",
                                        "{\"claim\":\"CLOCK\",\"version\":1,\"state\":\"ACCEPTED\"",
                                        "{\"claim\":\"AGAIN\",\"version\":1,\"state\":\"DENIED\"",
                                        "\"reason\":\"the reason\"",
                                        "{\"claim\":\"VERSION\",\"version\":2,\"state\":\"CODED\""};
    struct command *f = *state;

    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
        say(f, &all[i]);
    assert_int_equal(command_run(f, cmd_claims, "--json"), 0);
    for (size_t i = 0; i < sizeof(shown) / sizeof(shown[0]); i++)
        if (!strstr(f->out, shown[i]))
            fail_msg("not shown: %s in %s", shown[i], f->out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(newest, command_setup, command_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
