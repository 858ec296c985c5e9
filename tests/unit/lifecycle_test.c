/* lifecycle_test.c - the table of legal moves: every listed move, every refusal, and a walk over
 * all reachable states */
#include "tests/support/test.h"

#include "common/claim/lifecycle.h"

enum { STATES = 24 };

struct listed {
    const char *word, *category;
    CcClaimState from, wanted, to;
    enum life_verdict verdict;
};

#define ST(x) CLAIM_STATE_##x

/* clang-format off */
static const struct listed listed[] = {
    {"coded", "", ST(DRAFT), 0, ST(CODED), LIFE_MOVES},
    {"checks_failed", "", ST(CODED), 0, ST(HELD), LIFE_MOVES},
    {"checks_failed", "", ST(HELD), 0, ST(HELD), LIFE_STAYS},
    {"checks_passed", "", ST(HELD), 0, ST(READY), LIFE_MOVES},
    {"override", "", ST(HELD), 0, ST(READY), LIFE_MOVES},
    {"batch", "", ST(READY), 0, ST(BATCHED), LIFE_MOVES},
    {"file_write_failed", "", ST(BATCHED), 0, ST(READY), LIFE_MOVES},
    {"transport_ok", "", ST(BATCHED), 0, ST(SENT), LIFE_MOVES},
    {"transport_failed", "", ST(BATCHED), 0, ST(BATCHED), LIFE_STAYS},
    {"ta1_R", "R", ST(SENT), 0, ST(READY), LIFE_MOVES},
    {"ta1_A", "A", ST(SENT), 0, ST(SENT), LIFE_STAYS},
    {"999_R", "R", ST(SENT), 0, ST(HELD), LIFE_MOVES},
    {"999_R_other", "R", ST(SENT), 0, ST(READY), LIFE_MOVES},
    {"999_A", "A", ST(SENT), 0, ST(SYNTAX_OK), LIFE_MOVES},
    {"999_E", "E", ST(SENT), 0, ST(SYNTAX_OK), LIFE_MOVES},
    {"277CA_WQ", "A0", ST(SENT), 0, ST(ACK_RECEIVED), LIFE_MOVES},
    {"277CA_WQ", "A1", ST(SYNTAX_OK), 0, ST(ACK_RECEIVED), LIFE_MOVES},
    {"277CA_WQ", "A2", ST(SYNTAX_OK), 0, ST(ACCEPTED), LIFE_MOVES},
    {"277CA_WQ", "A5", ST(UNKNOWN), 0, ST(ACCEPTED), LIFE_MOVES},
    {"277CA_U", "A7", ST(ACCEPTED), 0, ST(REJECTED), LIFE_MOVES},
    {"277CA_U", "A3", ST(UNKNOWN), 0, ST(REJECTED), LIFE_MOVES},
    {"277_P", "P1", ST(ACCEPTED), 0, ST(PENDING), LIFE_MOVES},
    {"277_R", "R3", ST(PENDING), 0, ST(PENDING), LIFE_STAYS},
    {"277_F", "F1", ST(ACCEPTED), 0, ST(PENDING), LIFE_MOVES},
    {"277_D0", "D0", ST(PENDING), 0, ST(UNKNOWN), LIFE_MOVES},
    {"era_paid", "1", ST(SENT), ST(PAID), ST(PAID), LIFE_MOVES},
    {"era_paid", "1", ST(ACCEPTED), ST(PARTIAL), ST(PARTIAL), LIFE_MOVES},
    {"era_denied", "1", ST(PENDING), ST(DENIED), ST(DENIED), LIFE_MOVES},
    {"era_reversal", "22", ST(PAID), 0, ST(REVERSED), LIFE_MOVES},
    {"era_reversal", "22", ST(CLOSED), 0, ST(REVERSED), LIFE_MOVES},
    {"era_correction", "1", ST(REVERSED), ST(DENIED), ST(DENIED), LIFE_MOVES},
    {"era_forwarded", "19", ST(PAID), 0, ST(COB_WAIT), LIFE_MOVES},
    {"patient_balance", "", ST(PAID), 0, ST(PATIENT_DUE), LIFE_MOVES},
    {"correct", "", ST(REJECTED), 0, ST(DRAFT), LIFE_MOVES},
    {"appeal", "", ST(DENIED), 0, ST(APPEALED), LIFE_MOVES},
    {"void", "", ST(ACCEPTED), 0, ST(VOID_PENDING), LIFE_MOVES},
    {"era_void_confirmed", "22", ST(VOID_PENDING), 0, ST(VOIDED), LIFE_MOVES},
    {"balance_zero", "", ST(PAID), 0, ST(CLOSED), LIFE_MOVES},
    {"write_off", "", ST(DENIED), 0, ST(WRITTEN_OFF), LIFE_MOVES},
    {"ack_timeout", "", ST(SYNTAX_OK), 0, ST(UNKNOWN), LIFE_MOVES},
    {"era_timeout", "", ST(ACCEPTED), 0, ST(ACCEPTED), LIFE_STAYS},
    /* late: an 835 came first, a second acknowledgment says less than the state */
    {"277CA_WQ", "A2", ST(PAID), 0, ST(PAID), LIFE_LATE},
    {"999_A", "A", ST(ACCEPTED), 0, ST(ACCEPTED), LIFE_LATE},
    {"277CA_U", "A7", ST(DENIED), 0, ST(DENIED), LIFE_LATE},
    {"277CA_WQ", "A1", ST(REJECTED), 0, ST(REJECTED), LIFE_LATE},
    {"transport_ok", "", ST(SYNTAX_OK), 0, ST(SYNTAX_OK), LIFE_LATE},
    {"ta1_A", "A", ST(PAID), 0, ST(PAID), LIFE_LATE},
    /* early: nothing is known to be sent */
    {"999_A", "A", ST(READY), 0, ST(READY), LIFE_EARLY},
    {"era_paid", "1", ST(CODED), ST(PAID), ST(CODED), LIFE_EARLY},
    /* refused */
    {"999_R", "R", ST(ACCEPTED), 0, ST(ACCEPTED), LIFE_REFUSED},
    {"ta1_R", "R", ST(SYNTAX_OK), 0, ST(SYNTAX_OK), LIFE_REFUSED},
    {"batch", "", ST(CODED), 0, ST(CODED), LIFE_REFUSED},
    {"balance_zero", "", ST(SENT), 0, ST(SENT), LIFE_REFUSED},
    {"era_correction", "1", ST(PAID), ST(PAID), ST(PAID), LIFE_REFUSED},
    {"era_paid", "1", ST(VOIDED), ST(PAID), ST(VOIDED), LIFE_REFUSED},
    {"appeal", "", ST(PAID), 0, ST(PAID), LIFE_REFUSED},
    {"write_off", "", ST(PAID), 0, ST(PAID), LIFE_REFUSED},
};
/* clang-format on */

/* rows_of_the_page - each row of billing §8.2 */
static void rows_of_the_page(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(listed) / sizeof(listed[0]); i++) {
        const struct listed *l = &listed[i];
        enum life_event e = life_event_of(l->word, l->category);
        CcClaimState to = l->from;
        enum life_verdict v = life_move(l->from, e, l->wanted, &to);

        if (e == LIFE_NONE || v != l->verdict || to != l->to)
            fail_msg("row %zu: %s from %d gives verdict %d, state %d", i, l->word, (int)l->from,
                     (int)v, (int)to);
    }
}

/* words_come_back - every event has a word and is found by it */
static void words_come_back(void **state)
{
    (void)state;
    for (int e = LIFE_NONE + 1; e < LIFE_MAX; e++) {
        const char *category = e == LIFE_277CA_ACCEPTED ? "A2" : "A1";

        assert_string_not_equal(life_event_word((enum life_event)e), "");
        assert_int_equal(life_event_of(life_event_word((enum life_event)e), category), e);
    }
    assert_int_equal(life_event_of("no such", ""), LIFE_NONE);
    assert_string_equal(life_event_word(LIFE_NONE), "");
}

/* every_state_has_a_row - of its own */
static void every_state_has_a_row(void **state)
{
    (void)state;
    for (int s = 0; s < STATES; s++)
        assert_int_equal(life_state((CcClaimState)s)->state, s);
}

/* leads - the states that one event reaches from one state */
static uint32_t leads(int from, enum life_event e)
{
    uint32_t reached = 0;

    for (int wanted = 0; wanted < STATES; wanted++) {
        CcClaimState to = (CcClaimState)from;

        if (life_move((CcClaimState)from, e, (CcClaimState)wanted, &to) == LIFE_MOVES)
            reached |= 1u << to;
    }
    return reached;
}

/* successors - in one step of any event */
static uint32_t successors(int from)
{
    uint32_t reached = 0;

    for (int e = LIFE_NONE + 1; e < LIFE_MAX; e++)
        reached |= leads(from, (enum life_event)e);
    return reached;
}

/* closure - all states that can be reached from a set */
static uint32_t closure(uint32_t set)
{
    uint32_t before;

    do {
        before = set;
        for (int s = 0; s < STATES; s++)
            if ((set >> s) & 1)
                set |= successors(s);
    } while (set != before);
    return set;
}

/* all_reachable - from DRAFT every state is */
static void all_reachable(void **state)
{
    (void)state;
    assert_int_equal(closure(1u << ST(DRAFT)), (1u << STATES) - 1);
}

/* none_stuck - every state that is not final has a clock that some row answers, and a way to an end
 */
static void none_stuck(void **state)
{
    const uint32_t ends = 1u << ST(CLOSED) | 1u << ST(VOIDED) | 1u << ST(WRITTEN_OFF);

    (void)state;
    for (int s = 0; s < STATES; s++) {
        const struct life_state *row = life_state((CcClaimState)s);
        CcClaimState to = (CcClaimState)s;
        enum life_verdict v;

        if ((ends >> s) & 1) {
            assert_int_equal(row->clock, LIFE_CLOCK_NONE);
            continue;
        }
        assert_int_not_equal(row->clock, LIFE_CLOCK_NONE);
        v = life_move((CcClaimState)s, life_clock_event(row->clock), 0, &to);
        assert_true(v == LIFE_MOVES || v == LIFE_STAYS);
        if (!(closure(1u << s) & ends))
            fail_msg("state %d has no way to an end", s);
    }
}

/* never_back - from a posted state no acknowledgment and no silence leads anywhere */
static void never_back(void **state)
{
    static const enum life_event acks[] = {
        LIFE_TRANSPORT_OK,   LIFE_TA1_A,          LIFE_TA1_R,   LIFE_999_A, LIFE_999_R,
        LIFE_277CA_RECEIVED, LIFE_277CA_ACCEPTED, LIFE_277CA_U, LIFE_277_P, LIFE_277_F,
        LIFE_277_D0,         LIFE_ACK_TIMEOUT,    LIFE_BATCH};

    (void)state;
    for (int s = 0; s < STATES; s++)
        for (size_t i = 0;
             life_state((CcClaimState)s)->posted && i < sizeof(acks) / sizeof(acks[0]); i++)
            assert_int_equal(leads(s, acks[i]), 0);
}

/* never_down - an acknowledgment never lowers the rank of a claim that was sent, refusals of the
 * file and silence aside */
static void never_down(void **state)
{
    (void)state;
    for (int e = LIFE_TRANSPORT_OK; e <= LIFE_277_F; e++)
        for (int s = 0; s < STATES; s++) {
            uint32_t to = leads(s, (enum life_event)e);

            if (e == LIFE_TA1_R || e == LIFE_999_R || e == LIFE_999_R_OTHER ||
                e == LIFE_RESEND_LIMIT)
                continue;
            for (int t = 0; t < STATES; t++)
                if ((to >> t) & 1)
                    assert_true(life_state((CcClaimState)t)->rank >
                                life_state((CcClaimState)s)->rank);
        }
}

/* order_does_not_matter - acknowledgments of one attempt in any order end in the same state */
static void order_does_not_matter(void **state)
{
    static const enum life_event events[] = {LIFE_TRANSPORT_OK,   LIFE_TA1_A,
                                             LIFE_999_A,          LIFE_277CA_RECEIVED,
                                             LIFE_277CA_ACCEPTED, LIFE_ERA_PAID};
    unsigned order[6] = {0, 1, 2, 3, 4, 5}, orders = 0, count[6] = {0};
    unsigned i = 0;

    (void)state;
    for (;;) { /* Heap's algorithm */
        CcClaimState s = ST(BATCHED);

        for (unsigned k = 0; k < 12; k++) { /* each twice */
            CcClaimState to = s;

            if (life_move(s, events[order[k % 6]], ST(PAID), &to) == LIFE_MOVES)
                s = to;
        }
        assert_int_equal(s, ST(PAID));
        orders++;
        while (i < 6 && count[i] >= i)
            count[i++] = 0;
        if (i >= 6)
            break;
        {
            unsigned a = i % 2 ? count[i] : 0, t = order[a];

            order[a] = order[i];
            order[i] = t;
        }
        count[i]++;
        i = 0;
    }
    assert_int_equal(orders, 720);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_of_the_page),
        cmocka_unit_test(words_come_back),
        cmocka_unit_test(every_state_has_a_row),
        cmocka_unit_test(all_reachable),
        cmocka_unit_test(none_stuck),
        cmocka_unit_test(never_back),
        cmocka_unit_test(never_down),
        cmocka_unit_test(order_does_not_matter),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
