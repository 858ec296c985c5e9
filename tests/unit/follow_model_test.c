/* follow_model_test.c - walks all that can become of one claim in follow itself, by any order of
 * what other steps, payers, people and clocks say, and proves of each situation: somebody is told
 * when nothing happens, no cent is posted twice, the next payer is billed once and never beside a
 * payment of its own, what is said again changes nothing, and there is an end.
 *
 * A situation is the claim's state and version with the money that its status names and what follow
 * remembers of other payers and attempts; the walk is breadth first, a situation is entered by the
 * first way to it. Follow is started anew for each step, so the way is replayed. There are three
 * worlds: the claim itself never came by; it did, and has a second payer; it is a next payer's. */
#include "tests/support/test.h"

#include <stdio.h>

#include "common/claim/lifecycle.h"
#include "tests/support/claims.h"
#include "tests/support/following.h"

enum { SITUATIONS = 900, WAY = 16, YEAR = 400, CHARGE = 21500, SECOND = 2500 };

/* What can be said. */
struct letter {
    const char *kind;     /* "step", "void" (a step's, of version 2), a payer's "277CA" …, "835",
                             "person", "secondary", "primary", "clock" */
    const char *event;    /* its word; of a person the choice */
    const char *category; /* or CLP02 */
    CcClaimState state;   /* of a step's status */
    int64_t paid, patient, refused;
    const char *number; /* CLP07 */
    unsigned worlds;
};
/* The claim itself never came by; it did, and has a second payer; it is a next payer's. */
enum { ALONE = 1, KNOWN = 2, NEXT = 4, BOTH = ALONE | KNOWN, ALL = BOTH | NEXT };

/* clang-format off */
static const struct letter letters[] = {
    {"step",   "batch",            "",   CLAIM_STATE_BATCHED, 0, 0, 0, "", ALL},
    {"step",   "transport_ok",     "",   CLAIM_STATE_SENT, 0, 0, 0, "", ALL},
    {"step",   "transport_failed", "",   CLAIM_STATE_BATCHED, 0, 0, 0, "", ALONE},
    {"TA1",    "ta1_A",            "A",  0, 0, 0, 0, "", ALONE},
    {"TA1",    "ta1_R",            "R",  0, 0, 0, 0, "", ALONE},
    {"999",    "999_A",            "A",  0, 0, 0, 0, "", ALONE},
    {"999",    "999_R",            "R",  0, 0, 0, 0, "", ALONE},
    {"999",    "999_R_other",      "R",  0, 0, 0, 0, "", ALONE},
    {"277CA",  "277CA_WQ",         "A1", 0, 0, 0, 0, "", ALONE},
    {"277CA",  "277CA_WQ",         "A2", 0, 0, 0, 0, "", ALL},
    {"277CA",  "277CA_U",          "A7", 0, 0, 0, 0, "", ALL},
    {"277",    "277_P",            "P1", 0, 0, 0, 0, "", ALONE},
    {"277",    "277_R",            "R4", 0, 0, 0, 0, "", ALONE},
    {"277",    "277_F",            "F1", 0, 0, 0, 0, "", ALONE},
    {"277",    "277_D0",           "D0", 0, 0, 0, 0, "", BOTH},
    {"277",    "277_E",            "E1", 0, 0, 0, 0, "", ALONE},
    {"835",    "era_paid",         "1",  0, 15000, 2500, 0, "P1", ALL},
    {"835",    "era_paid",         "1",  0, 15000, 2500, 0, "P9", ALONE},
    {"835",    "era_paid",         "1",  0, 10000, 2500, 5000, "P2", BOTH},
    {"835",    "era_denied",       "1",  0, 0, 0, 21500, "P3", ALONE},
    {"835",    "era_paid",         "2",  0, 2500, 0, 0, "S1", BOTH},
    {"835",    "era_paid",         "19", 0, 15000, 2500, 0, "P4", BOTH},
    {"835",    "era_reversal",     "22", 0, -15000, -2500, 0, "P1", ALL},
    {"835",    "era_reversal",     "22", 0, -10000, -2500, -5000, "P2", ALONE},
    {"835",    "era_reversal",     "22", 0, 0, 0, -21500, "P3", ALONE},
    {"835",    "era_info",         "25", 0, 15000, 2500, 0, "P5", ALONE},
    {"person", "appeal",           "",   0, 0, 0, 0, "", ALONE},
    {"person", "bill-patient",     "",   0, 0, 0, 0, "", BOTH},
    {"person", "write-off",        "",   0, 0, 0, 0, "", ALL},
    {"person", "close",            "",   0, 0, 0, 0, "", ALL},
    {"person", "resend",           "",   0, 0, 0, 0, "", KNOWN},
    {"person", "bill-next",        "",   0, 0, 0, 0, "", KNOWN},
    {"void",   "void",             "",   CLAIM_STATE_VOID_PENDING, 0, 0, 0, "", ALONE},
    {"void",   "batch",            "",   CLAIM_STATE_BATCHED, 0, 0, 0, "", ALONE},
    {"void",   "not_sent",         "",   CLAIM_STATE_VOIDED, 0, 0, 0, "", ALONE},
    {"secondary", "balance_zero",  "",   0, 0, 0, 0, "", KNOWN},
    {"primary",   "era_correction", "",  0, 0, 0, 0, "", NEXT},
    {"clock",  "",                 "",   0, 0, 0, 0, "", ALL},
};
/* clang-format on */
enum { LETTERS = sizeof(letters) / sizeof(letters[0]) };

/* What makes a situation. */
struct facts {
    CcClaimState state;
    uint32_t version, resent, not_found, made;
    bool child, crossover, waiting, claim;
    int64_t paid, patient, contractual;
};

struct situation {
    struct facts is;
    unsigned char way[WAY];
    size_t length;
    uint32_t leads[LETTERS]; /* situations; SITUATIONS: none */
};

static struct situation found[SITUATIONS];
static size_t n_found;
static unsigned world;

/* remembered - what follow knows of the claim now */
static CcFollowState *remembered(void)
{
    ProtobufCMessage *raw;
    int r = svc_sim_state(fw.sim, 0, "claim/A1000001", &cc_follow_state__descriptor, fw.memory,
                          &raw, &fw.error);

    assert_true(r >= 0);
    return r ? (CcFollowState *)(void *)raw : event_new(fw.memory, &cc_follow_state__descriptor);
}

/* facts_now - of it */
static struct facts facts_now(void)
{
    const CcFollowState *st = remembered();
    const CcClaimStatus *s = st->status;
    struct facts f;

    memset(&f, 0, sizeof(f));
    f.state = s ? s->state : CLAIM_STATE_READY;
    f.version = s ? s->version : 1;
    f.paid = s ? s->paid_cents : 0;
    f.patient = s ? s->patient_cents : 0;
    f.contractual = s ? s->contractual_cents : 0;
    if (world == ALONE)
        return f;
    f.resent = st->resent > 0;
    f.not_found = st->not_found > 0;
    f.made = st->made_version;
    f.child = st->child[0] != '\0';
    f.crossover = st->crossover != NULL;
    f.waiting = st->waiting != NULL;
    f.claim = st->claim != NULL;
    return f;
}

/* isa13 - of the attempt that the claim is in */
static const char *isa13(void)
{
    static char text[12];

    snprintf(text, sizeof(text), "%09u", 101 + remembered()->resent);
    return text;
}

/* the_claim - itself; with a second coverage where there is a next payer */
static CcClaim *the_claim(void)
{
    CcClaim *c = claims_office(fw.memory);

    if (world == KNOWN)
        claims_coverage(fw.memory, c, "S", "SMP02", "SECOND MUTUAL PLAN", "ABC556677");
    c->version = 1;
    c->patient_key = fw_text("0011223344556677");
    c->receiver = fw_text(FW_RECEIVER);
    return c;
}

/* is_end - nothing is expected any more */
static bool is_end(const struct situation *s)
{
    return life_state(s->is.state)->clock == LIFE_CLOCK_NONE;
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
    a->key = arena_printf(fw.memory, "%s|%s|%s|%s|%s", l->kind, l->event, l->category, l->number,
                          isa13());
    a->received_ms = fw.now;
    if (strcmp(l->kind, "TA1") == 0 || strcmp(l->kind, "999") == 0)
        a->isa13 = fw_text(isa13());
    if (strcmp(l->kind, "835") == 0)
        a->remittance = remittance(l);
    if (strcmp(l->kind, "primary") == 0)
        a->claim = the_claim();
    if (strcmp(l->kind, "person") == 0) {
        a->answer = event_new(fw.memory, &cc_review_answer__descriptor);
        a->answer->choice = fw_text(l->event);
        a->answer->review_id = fw_text("R1");
        a->answer->role = fw_text("billing lead");
    }
    fw_feed(TOPIC_PAYER_ANSWERS, fw_ids[0], a);
}

/* say_step - of the coder, the builder or the deliverer */
static void say_step(const struct letter *l, uint32_t version)
{
    const char *step = strcmp(l->event, "void") == 0 ? "coder"
                       : l->event[0] == 't'          ? "deliver"
                                                     : "build";
    bool in_file = l->state == CLAIM_STATE_BATCHED || l->state == CLAIM_STATE_SENT;
    CcClaimStatus *st =
        fw_step_status(step, l->event, l->state, 0, version, in_file ? isa13() : "");

    fw_feed(TOPIC_CLAIMS_STATUS, fw_ids[0], st);
}

/* say - one letter */
static void say(const struct letter *l)
{
    if (strcmp(l->kind, "step") == 0)
        say_step(l, 1);
    else if (strcmp(l->kind, "void") == 0)
        say_step(l, 2);
    else if (strcmp(l->kind, "clock") == 0)
        fw_clock_to(fw.now + YEAR * DAYS);
    else
        say_answer(l);
}

/* go - the way to a situation, from a claim that waits for its batch */
static void go(const struct situation *s)
{
    fw_teardown(NULL);
    fw_setup(NULL);
    if (world != ALONE)
        fw_feed(TOPIC_CLAIMS_CLEAN, fw_ids[0], the_claim());
    fw_say("validator", "checks_passed", CLAIM_STATE_READY, 0, "");
    for (size_t i = 0; i < s->length; i++)
        say(&letters[s->way[i]]);
}

/* here - the situation that follow is in now */
static struct situation here(const struct situation *from, size_t letter)
{
    struct situation s = *from;

    s.is = facts_now();
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
        if (memcmp(&found[i].is, &s->is, sizeof(s->is)) == 0)
            return i;
    assert_true(n_found < SITUATIONS && s->length < WAY);
    found[n_found] = *s;
    return n_found++;
}

/* check_money - what was published is what the status says, and never more than was billed */
static void check_money(const struct situation *s)
{
    int64_t posted = fw_posted_sum(fw_ids[0]);

    assert_int_equal(posted, s->is.paid);
    assert_true(posted >= 0 && posted <= CHARGE + SECOND);
}

/* check_billed - the next payer's claim is made once; never beside a payment of that payer, and not
 * while the payer before says that it has sent the claim on */
static void check_billed(size_t outputs, bool forwarded)
{
    const CcFollowState *st = remembered();
    size_t firsts = 0, now = 0;

    for (size_t i = 0; i < svc_sim_count(fw.sim); i++) {
        const CcClaim *c;

        if (svc_sim_output(fw.sim, i)->topic != TOPIC_CLAIMS_CODED)
            continue;
        c = fw_output(i, &cc_claim__descriptor);
        firsts += c->version == 1;
        now += c->version == 1 && i >= outputs;
    }
    assert_true(firsts <= 1);
    for (size_t i = 0; now && i < st->n_posted; i++)
        assert_string_not_equal(st->posted[i]->status, "2");
    assert_false(now && forwarded);
}

/* check_made - a next version is never made while the payer has one that it has not decided */
static void check_made(size_t outputs)
{
    CcClaimState state = facts_now().state;
    bool open =
        life_state(state)->sent && !life_state(state)->posted && state != CLAIM_STATE_REJECTED;

    for (size_t i = outputs; world == NEXT && i < svc_sim_count(fw.sim); i++)
        assert_false(open && svc_sim_output(fw.sim, i)->topic == TOPIC_CLAIMS_CODED);
}

/* check_again - the same said once more changes nothing */
static void check_again(const struct situation *s, size_t letter)
{
    size_t posted = fw_count(TOPIC_REMITTANCES), coded = fw_count(TOPIC_CLAIMS_CODED),
           clean = fw_count(TOPIC_CLAIMS_CLEAN);
    struct facts again;

    if (strcmp(letters[letter].kind, "clock") == 0)
        return;
    say(&letters[letter]);
    again = facts_now();
    assert_int_equal(fw_count(TOPIC_REMITTANCES), posted);
    assert_int_equal(fw_count(TOPIC_CLAIMS_CODED), coded);
    assert_int_equal(fw_count(TOPIC_CLAIMS_CLEAN), clean);
    assert_int_equal(again.state, s->is.state);
    assert_int_equal(again.paid, s->is.paid);
}

/* check_silence - nothing more comes: somebody is told, unless it is the end */
static void check_silence(const struct situation *s)
{
    size_t before = svc_sim_count(fw.sim);

    fw_clock_to(fw.now + YEAR * DAYS);
    if (!is_end(s) && svc_sim_count(fw.sim) == before)
        fail_msg("state %d: nobody is told that nothing happens", (int)s->is.state);
}

/* step - one letter from a situation, and all that is proved of it */
static void step(size_t from, size_t letter)
{
    bool person = strcmp(letters[letter].kind, "person") == 0;
    struct situation s;
    size_t outputs;
    bool forwarded;

    go(&found[from]);
    outputs = svc_sim_count(fw.sim);
    forwarded = facts_now().crossover && !person;
    say(&letters[letter]);
    s = here(&found[from], letter);
    check_money(&s);
    check_billed(outputs, forwarded);
    check_made(outputs);
    found[from].leads[letter] = (uint32_t)place(&s);
    check_again(&s, letter);
}

/* walk - every letter from every situation */
static void walk(unsigned in)
{
    struct situation start;
    size_t steps = 0;

    memset(&start, 0, sizeof(start));
    world = in;
    n_found = 0;
    go(&start);
    start.is = facts_now();
    for (size_t i = 0; i < LETTERS; i++)
        start.leads[i] = SITUATIONS;
    place(&start);
    for (size_t i = 0; i < n_found; i++) {
        go(&found[i]);
        check_silence(&found[i]);
        for (size_t k = 0; k < LETTERS; k++)
            if (letters[k].worlds & world) {
                step(i, k);
                steps++;
            }
    }
    print_message("%zu situations, %zu steps\n", n_found, steps);
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
                if ((letters[k].worlds & world) && ends[found[i].leads[k]])
                    more = ends[i] = true;
    }
    for (size_t i = 0; i < n_found; i++)
        if (!ends[i])
            fail_msg("state %d with %lld paid has no way to an end", (int)found[i].is.state,
                     (long long)found[i].is.paid);
}

/* is_reached - some situation has this state */
static bool is_reached(CcClaimState s)
{
    for (size_t i = 0; i < n_found; i++)
        if (found[i].is.state == s)
            return true;
    return false;
}

/* prove - of one world; the states of `aside` are the other world's. Every other one after READY
 * was met, else the walk proves less than it says */
static void prove(unsigned in, unsigned aside)
{
    walk(in);
    assert_true(n_found > 30);
    all_end();
    for (int s = CLAIM_STATE_READY; s <= CLAIM_STATE_WRITTEN_OFF; s++)
        if (!((aside >> s) & 1) && !is_reached((CcClaimState)s))
            fail_msg("no way led to state %d", s);
}

/* without_the_claim - of which only statuses and answers are known */
static void without_the_claim(void **state)
{
    (void)state;
    prove(ALONE, 0);
}

/* with_the_claim - and a second payer: its claim, crossover, sending again */
static void with_the_claim(void **state)
{
    bool child = false, crossover = false, resent = false;

    (void)state;
    prove(KNOWN, 1u << CLAIM_STATE_SYNTAX_OK | 1u << CLAIM_STATE_ACK_RECEIVED |
                     1u << CLAIM_STATE_PENDING | 1u << CLAIM_STATE_APPEALED |
                     1u << CLAIM_STATE_DENIED | 1u << CLAIM_STATE_HELD |
                     1u << CLAIM_STATE_VOID_PENDING | 1u << CLAIM_STATE_VOIDED);
    for (size_t i = 0; i < n_found; i++) {
        child |= found[i].is.child;
        crossover |= found[i].is.crossover;
        resent |= found[i].is.resent > 0;
    }
    assert_true(child && crossover && resent);
}

/* of_the_next_payer - a claim that is made anew when the payer before corrects itself: never while
 * its own payer decides it, and each version once */
static void of_the_next_payer(void **state)
{
    bool waiting = false, made = false;

    (void)state;
    prove(NEXT, 1u << CLAIM_STATE_SYNTAX_OK | 1u << CLAIM_STATE_ACK_RECEIVED |
                    1u << CLAIM_STATE_PENDING | 1u << CLAIM_STATE_APPEALED |
                    1u << CLAIM_STATE_DENIED | 1u << CLAIM_STATE_HELD | 1u << CLAIM_STATE_PARTIAL |
                    1u << CLAIM_STATE_COB_WAIT | 1u << CLAIM_STATE_PATIENT_DUE |
                    1u << CLAIM_STATE_VOID_PENDING | 1u << CLAIM_STATE_VOIDED);
    for (size_t i = 0; i < n_found; i++) {
        const struct facts *f = &found[i].is;

        waiting |= f->waiting && !f->made;
        made |= f->made != 0;
    }
    assert_true(waiting && made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(without_the_claim),
                                       cmocka_unit_test(with_the_claim),
                                       cmocka_unit_test(of_the_next_payer)};

    return cmocka_run_group_tests(tests, fw_setup, fw_teardown);
}
