/* follow_model_test.c - walks all that can become of one claim in follow itself, by any order of
 * what other steps, payers, people and clocks say, and proves of each situation: somebody is told
 * when nothing happens, no cent is posted twice, what is said again changes nothing, and there is
 * an end.
 *
 * A situation is the claim's state with the money that its status names; the walk is breadth first,
 * a situation is entered by the first way to it. Follow is started anew for each step, so the way
 * is replayed. */
#include "tests/support/test.h"

#include <stdio.h>

#include "common/claim/lifecycle.h"
#include "tests/support/following.h"

enum { SITUATIONS = 400, WAY = 16, YEAR = 400, CHARGE = 21500, SECOND = 2500 };

/* What can be said. */
struct letter {
    const char *kind;     /* "step", a payer's "277CA" …, "835", "person", "clock" */
    const char *event;    /* its word; of a person the choice */
    const char *category; /* or CLP02 */
    CcClaimState state;   /* of a step's status */
    int64_t paid, patient, refused;
    const char *number; /* CLP07 */
};

/* clang-format off */
static const struct letter letters[] = {
    {"step",   "batch",            "",   CLAIM_STATE_BATCHED, 0, 0, 0, ""},
    {"step",   "transport_ok",     "",   CLAIM_STATE_SENT, 0, 0, 0, ""},
    {"step",   "transport_failed", "",   CLAIM_STATE_BATCHED, 0, 0, 0, ""},
    {"TA1",    "ta1_A",            "A",  0, 0, 0, 0, ""},
    {"TA1",    "ta1_R",            "R",  0, 0, 0, 0, ""},
    {"999",    "999_A",            "A",  0, 0, 0, 0, ""},
    {"999",    "999_R",            "R",  0, 0, 0, 0, ""},
    {"999",    "999_R_other",      "R",  0, 0, 0, 0, ""},
    {"277CA",  "277CA_WQ",         "A1", 0, 0, 0, 0, ""},
    {"277CA",  "277CA_WQ",         "A2", 0, 0, 0, 0, ""},
    {"277CA",  "277CA_U",          "A7", 0, 0, 0, 0, ""},
    {"277",    "277_P",            "P1", 0, 0, 0, 0, ""},
    {"277",    "277_R",            "R4", 0, 0, 0, 0, ""},
    {"277",    "277_F",            "F1", 0, 0, 0, 0, ""},
    {"277",    "277_D0",           "D0", 0, 0, 0, 0, ""},
    {"277",    "277_E",            "E1", 0, 0, 0, 0, ""},
    {"835",    "era_paid",         "1",  0, 15000, 2500, 0, "P1"},
    {"835",    "era_paid",         "1",  0, 15000, 2500, 0, "P9"},
    {"835",    "era_paid",         "1",  0, 10000, 2500, 5000, "P2"},
    {"835",    "era_denied",       "1",  0, 0, 0, 21500, "P3"},
    {"835",    "era_paid",         "2",  0, 2500, 0, 0, "S1"},
    {"835",    "era_paid",         "19", 0, 15000, 2500, 0, "P4"},
    {"835",    "era_reversal",     "22", 0, -15000, -2500, 0, "P1"},
    {"835",    "era_reversal",     "22", 0, -10000, -2500, -5000, "P2"},
    {"835",    "era_reversal",     "22", 0, 0, 0, -21500, "P3"},
    {"835",    "era_info",         "25", 0, 15000, 2500, 0, "P5"},
    {"person", "appeal",           "",   0, 0, 0, 0, ""},
    {"person", "bill-patient",     "",   0, 0, 0, 0, ""},
    {"person", "write-off",        "",   0, 0, 0, 0, ""},
    {"person", "close",            "",   0, 0, 0, 0, ""},
    {"clock",  "",                 "",   0, 0, 0, 0, ""},
};
/* clang-format on */
enum { LETTERS = sizeof(letters) / sizeof(letters[0]) };

struct situation {
    CcClaimState state;
    int64_t paid, patient, contractual;
    unsigned char way[WAY];
    size_t length;
    uint32_t leads[LETTERS]; /* situations; SITUATIONS: none */
};

static struct situation found[SITUATIONS];
static size_t n_found;

/* is_end - nothing is expected any more */
static bool is_end(const struct situation *s)
{
    return life_state(s->state)->clock == LIFE_CLOCK_NONE;
}

/* adjust - an amount of the remittance */
static void adjust(CcRemittance *r, const char *group, const char *reason, int64_t cents)
{
    CcRemittanceAdjustment *a = event_new(fw.memory, &cc_remittance_adjustment__descriptor);

    a->group = fw_text(group);
    a->reason = fw_text(reason);
    a->amount_cents = cents;
    a->route = fw_text("FIX");
    if (cents)
        event_push(fw.memory, r, adjustments, a);
}

/* remittance - that the letter's numbers make, in balance */
static CcRemittance *remittance(const struct letter *l)
{
    CcRemittance *r = event_new(fw.memory, &cc_remittance__descriptor);
    int64_t charge = strcmp(l->category, "22") == 0 ? -CHARGE : CHARGE;

    r->claim_id = fw_text(fw_ids[0]);
    r->payer_claim = fw_text(l->number);
    r->status = fw_text(l->category);
    r->reversal = charge < 0;
    r->forwarded = strcmp(l->category, "19") == 0;
    r->charge_cents = charge;
    r->paid_cents = l->paid;
    r->patient_cents = l->patient;
    r->payment_date = 20260415;
    adjust(r, "PR", "3", l->patient);
    adjust(r, "CO", "50", l->refused);
    adjust(r, strcmp(l->category, "2") == 0 ? "OA" : "CO",
           strcmp(l->category, "2") == 0 ? "23" : "45", charge - l->paid - l->patient - l->refused);
    return r;
}

/* say_answer - of a payer or a person, straight to the claim */
static void say_answer(const struct letter *l)
{
    CcAnswer *a = event_new(fw.memory, &cc_answer__descriptor);

    a->kind = fw_text(l->kind);
    a->level = fw_text("claim");
    a->claim_id = fw_text(fw_ids[0]);
    a->event = fw_text(l->event);
    a->category = fw_text(l->category);
    a->key = arena_printf(fw.memory, "%s|%s|%s|%s", l->kind, l->event, l->category, l->number);
    a->received_ms = fw.now;
    if (strcmp(l->kind, "TA1") == 0 || strcmp(l->kind, "999") == 0)
        a->isa13 = fw_text("000000101");
    if (strcmp(l->kind, "835") == 0)
        a->remittance = remittance(l);
    if (strcmp(l->kind, "person") == 0) {
        a->answer = event_new(fw.memory, &cc_review_answer__descriptor);
        a->answer->choice = fw_text(l->event);
        a->answer->review_id = fw_text("R1");
        a->answer->role = fw_text("billing lead");
    }
    fw_feed(TOPIC_PAYER_ANSWERS, fw_ids[0], a);
}

/* say - one letter; *state: where the claim is then, as the newest record says */
static void say(const struct letter *l, CcClaimState *state)
{
    size_t before = fw_count(TOPIC_CLAIMS_STATUS);

    if (strcmp(l->kind, "step") == 0)
        fw_say(l->event[0] == 'b' ? "build" : "deliver", l->event, l->state, 0, "000000101");
    else if (strcmp(l->kind, "clock") == 0)
        fw_clock_to(fw.now + YEAR * DAYS);
    else
        say_answer(l);
    if (fw_count(TOPIC_CLAIMS_STATUS) > before)
        *state = fw_last(fw_ids[0])->state;
    else if (strcmp(l->kind, "step") == 0 && (l->event[0] == 'b' || *state == CLAIM_STATE_BATCHED))
        *state = l->state;
}

/* go - the way to a situation, from a claim that waits for its batch */
static CcClaimState go(const struct situation *s)
{
    CcClaimState state = CLAIM_STATE_READY;

    fw_teardown(NULL);
    fw_setup(NULL);
    fw_say("validator", "checks_passed", CLAIM_STATE_READY, 0, "");
    for (size_t i = 0; i < s->length; i++)
        say(&letters[s->way[i]], &state);
    return state;
}

/* here - the situation that follow is in now */
static struct situation here(const struct situation *from, size_t letter, CcClaimState state)
{
    const CcClaimStatus *st = fw_last(fw_ids[0]);
    struct situation s = *from;

    s.state = state;
    s.paid = st ? st->paid_cents : 0;
    s.patient = st ? st->patient_cents : 0;
    s.contractual = st ? st->contractual_cents : 0;
    if (s.length < WAY)
        s.way[s.length++] = (unsigned char)letter;
    for (size_t i = 0; i < LETTERS; i++)
        s.leads[i] = SITUATIONS;
    return s;
}

/* place - of a situation among those found, added when it is new */
static size_t place(const struct situation *s)
{
    for (size_t i = 0; i < n_found; i++)
        if (found[i].state == s->state && found[i].paid == s->paid &&
            found[i].patient == s->patient && found[i].contractual == s->contractual)
            return i;
    assert_true(n_found < SITUATIONS && s->length < WAY);
    found[n_found] = *s;
    return n_found++;
}

/* check_money - what was published is what the status says, and never more than was billed */
static void check_money(const struct situation *s)
{
    int64_t posted = fw_posted_sum(fw_ids[0]);

    assert_int_equal(posted, s->paid);
    assert_true(posted >= 0 && posted <= CHARGE + SECOND);
}

/* check_again - the same said once more changes nothing */
static void check_again(const struct situation *s, size_t letter, CcClaimState state)
{
    size_t posted = fw_count(TOPIC_REMITTANCES);
    struct situation again;

    if (strcmp(letters[letter].kind, "clock") == 0)
        return;
    say(&letters[letter], &state);
    again = here(s, letter, state);
    assert_int_equal(fw_count(TOPIC_REMITTANCES), posted);
    assert_int_equal(again.state, s->state);
    assert_int_equal(again.paid, s->paid);
}

/* check_silence - nothing more comes: somebody is told, unless it is the end */
static void check_silence(const struct situation *s)
{
    size_t before = svc_sim_count(fw.sim);

    fw_clock_to(fw.now + YEAR * DAYS);
    if (!is_end(s) && svc_sim_count(fw.sim) == before)
        fail_msg("state %d: nobody is told that nothing happens", (int)s->state);
}

/* walk - every letter from every situation */
static void walk(void)
{
    struct situation start = {.state = CLAIM_STATE_READY};

    n_found = 0;
    for (size_t i = 0; i < LETTERS; i++)
        start.leads[i] = SITUATIONS;
    place(&start);
    for (size_t i = 0; i < n_found; i++) {
        go(&found[i]);
        check_silence(&found[i]);
        for (size_t k = 0; k < LETTERS; k++) {
            CcClaimState state = go(&found[i]);
            struct situation s;

            say(&letters[k], &state);
            s = here(&found[i], k, state);
            check_money(&s);
            found[i].leads[k] = (uint32_t)place(&s);
            check_again(&s, k, state);
        }
    }
}

/* all_end - marks what leads to an end until nothing more is marked */
static void all_end(void)
{
    bool ends[SITUATIONS] = {false}, more = true;

    for (size_t i = 0; i < n_found; i++)
        ends[i] = is_end(&found[i]);
    while (more) {
        more = false;
        for (size_t i = 0; i < n_found; i++)
            for (size_t k = 0; !ends[i] && k < LETTERS; k++)
                if (ends[found[i].leads[k]])
                    more = ends[i] = true;
    }
    for (size_t i = 0; i < n_found; i++)
        if (!ends[i])
            fail_msg("state %d with %lld paid has no way to an end", (int)found[i].state,
                     (long long)found[i].paid);
}

/* every_situation - of one claim */
static void every_situation(void **state)
{
    (void)state;
    walk();
    print_message("%zu situations, %zu steps\n", n_found, n_found * LETTERS);
    assert_true(n_found > 30);
    all_end();
}

/* is_reached - some situation has this state */
static bool is_reached(CcClaimState s)
{
    for (size_t i = 0; i < n_found; i++)
        if (found[i].state == s)
            return true;
    return false;
}

/* reaches_all - every state after READY was met, those of the coder's void and of corrections
 * aside: else the walk proves less than it says */
static void reaches_all(void **state)
{
    (void)state;
    for (int s = CLAIM_STATE_READY; s <= CLAIM_STATE_WRITTEN_OFF; s++)
        if (s != CLAIM_STATE_VOID_PENDING && s != CLAIM_STATE_VOIDED &&
            !is_reached((CcClaimState)s))
            fail_msg("no way led to state %d", s);
    assert_true(is_reached(CLAIM_STATE_UNKNOWN));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_situation),
                                       cmocka_unit_test(reaches_all)};

    return cmocka_run_group_tests(tests, fw_setup, fw_teardown);
}
