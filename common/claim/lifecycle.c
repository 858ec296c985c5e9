/* lifecycle.c - states × events (billing §8)
 *
 * Three things the page leaves open are decided here. A payer's answer about a claim that is only
 * BATCHED proves that the file arrived, so BATCHED stands beside SENT wherever a payer speaks. An
 * answer that says more (277: pending) needs not wait for one that says less (277CA). Money is a
 * fact: a remittance is legal in every state from BATCHED on; whether it may be posted (not twice,
 * not more than was billed) is the poster's guard. A person may write off what no payer decides, or
 * an appeal that was lost by letter: else a payer that stays silent would keep a claim open for
 * ever. A claim that was paid less than the contract allows is appealed like one that was denied.
 */
#include "common/claim/lifecycle.h"

#include <string.h>

#define S(name) (1u << CLAIM_STATE_##name)

#define UNSENT (S(DRAFT) | S(REVIEW) | S(CODED) | S(HELD) | S(READY))
#define ARRIVED (S(BATCHED) | S(SENT))
#define WAITING (ARRIVED | S(SYNTAX_OK) | S(ACK_RECEIVED))
#define DECIDED (S(PAID) | S(PARTIAL) | S(DENIED))
#define MONEY                                                                                      \
    (ARRIVED | S(SYNTAX_OK) | S(ACK_RECEIVED) | S(ACCEPTED) | S(PENDING) | S(UNKNOWN) |            \
     S(REJECTED) | DECIDED | S(COB_WAIT) | S(PATIENT_DUE) | S(APPEALED) | S(CLOSED) |              \
     S(VOID_PENDING) | S(WRITTEN_OFF))

/* clang-format off */
const struct life_row life_rows[] = {
    {LIFE_CODED,              S(DRAFT) | S(REVIEW),                              S(CODED)},
    {LIFE_REVIEW,             S(DRAFT) | S(REVIEW) | S(CODED),                   S(REVIEW)},
    {LIFE_CHECKS_FAILED,      S(CODED) | S(READY) | S(HELD),                     S(HELD)},
    {LIFE_CHECKS_PASSED,      S(CODED) | S(HELD),                                S(READY)},
    {LIFE_OVERRIDE,           S(HELD),                                           S(READY)},
    {LIFE_BATCH,              S(READY),                                          S(BATCHED)},
    {LIFE_FILE_WRITE_FAILED,  S(BATCHED),                                        S(READY)},
    {LIFE_TRANSPORT_OK,       S(BATCHED),                                        S(SENT)},
    {LIFE_TRANSPORT_FAILED,   S(BATCHED),                                        0},
    {LIFE_TA1_A,              ARRIVED,                                           S(SENT)},
    {LIFE_TA1_E,              ARRIVED,                                           S(SENT)},
    {LIFE_TA1_R,              ARRIVED,                                           S(READY)},
    {LIFE_999_A,              ARRIVED,                                           S(SYNTAX_OK)},
    {LIFE_999_E,              ARRIVED,                                           S(SYNTAX_OK)},
    {LIFE_999_R,              ARRIVED,                                           S(HELD)},
    {LIFE_999_R_OTHER,        ARRIVED,                                           S(READY)},
    {LIFE_RESEND_LIMIT,       ARRIVED | S(READY),                                S(HELD)},
    {LIFE_277CA_RECEIVED,     ARRIVED | S(SYNTAX_OK),                            S(ACK_RECEIVED)},
    {LIFE_277CA_ACCEPTED,     ARRIVED | S(SYNTAX_OK) | S(ACK_RECEIVED) | S(UNKNOWN),                 S(ACCEPTED)},
    {LIFE_277CA_U,            ARRIVED | S(SYNTAX_OK) | S(ACK_RECEIVED) | S(ACCEPTED) | S(UNKNOWN),   S(REJECTED)},
    {LIFE_277CA_U,            S(VOID_PENDING),                                   0},
    {LIFE_999_R,              S(VOID_PENDING),                                   0},
    {LIFE_277_P,              WAITING | S(ACCEPTED) | S(PENDING) | S(UNKNOWN),   S(PENDING)},
    {LIFE_277_R,              WAITING | S(ACCEPTED) | S(PENDING) | S(UNKNOWN),   S(PENDING)},
    {LIFE_277_F,              WAITING | S(ACCEPTED) | S(PENDING) | S(UNKNOWN),   S(PENDING)},
    {LIFE_277_D0,             S(ACCEPTED) | S(PENDING) | S(UNKNOWN),             S(UNKNOWN)},
    {LIFE_277_A4,             S(ACCEPTED) | S(PENDING) | S(UNKNOWN),             S(UNKNOWN)},
    {LIFE_277_D0,             WAITING,                                           0},
    {LIFE_277_A4,             WAITING,                                           0},
    {LIFE_277_E,              MONEY,                                             0},
    {LIFE_ERA_PAID,           MONEY,                                             S(PAID) | S(PARTIAL)},
    {LIFE_ERA_DENIED,         MONEY,                                             S(DENIED)},
    {LIFE_ERA_REVERSAL,       DECIDED | S(CLOSED) | S(COB_WAIT) | S(PATIENT_DUE) | S(APPEALED) | S(WRITTEN_OFF), S(REVERSED)},
    {LIFE_ERA_CORRECTION,     S(REVERSED),                                       DECIDED},
    {LIFE_ERA_FORWARDED,      DECIDED | S(COB_WAIT),                             S(COB_WAIT)},
    {LIFE_ERA_INFO,           MONEY,                                             0},
    {LIFE_ERA_VOID_CONFIRMED, S(VOID_PENDING) | S(REVERSED),                     S(VOIDED)},
    {LIFE_SECONDARY_CREATED,  DECIDED | S(COB_WAIT),                             S(COB_WAIT)},
    {LIFE_PATIENT_BALANCE,    S(PAID) | S(PARTIAL) | S(COB_WAIT),                S(PATIENT_DUE)},
    {LIFE_CORRECT,            S(DENIED) | S(PARTIAL) | S(REJECTED) | S(REVERSED) | S(HELD),          S(DRAFT)},
    {LIFE_APPEAL,             S(DENIED) | S(PARTIAL),                            S(APPEALED)},
    {LIFE_VOID,               S(ACCEPTED) | S(PAID) | S(PARTIAL),                S(VOID_PENDING)},
    {LIFE_NOT_SENT,           S(VOID_PENDING),                                   S(VOIDED)},
    {LIFE_BALANCE_ZERO,       S(PAID) | S(PATIENT_DUE) | S(COB_WAIT) | S(APPEALED),                  S(CLOSED)},
    {LIFE_WRITE_OFF,          S(DENIED) | S(PARTIAL) | S(REJECTED) | S(PATIENT_DUE) | S(UNKNOWN) | S(REVERSED) | S(HELD) | S(REVIEW) | S(ACCEPTED) | S(PENDING) | S(COB_WAIT) | S(APPEALED), S(WRITTEN_OFF)},
    {LIFE_ACK_TIMEOUT,        S(SENT) | S(SYNTAX_OK) | S(ACK_RECEIVED),          S(UNKNOWN)},
    {LIFE_ERA_TIMEOUT,        S(ACCEPTED) | S(PENDING),                          0},
    {LIFE_COB_TIMEOUT,        S(COB_WAIT),                                       0},
    {LIFE_INQUIRY,            S(ACCEPTED) | S(PENDING) | S(UNKNOWN),             0},
    {LIFE_RESEND,             S(UNKNOWN),                                        S(READY)},
    {LIFE_REMIND,             ~(S(CLOSED) | S(VOIDED) | S(WRITTEN_OFF)),         0},
    {LIFE_NONE, 0, 0},
};

static const struct life_state states[] = {
    {CLAIM_STATE_UNKNOWN,      "the payer is silent: ask for the status (276) or call",    LIFE_CLOCK_PERSON, 7,  true,  false},
    {CLAIM_STATE_DRAFT,        "coding",                                                   LIFE_CLOCK_STEP,   0,  false, false},
    {CLAIM_STATE_CODED,        "the validator's checks",                                   LIFE_CLOCK_STEP,   1,  false, false},
    {CLAIM_STATE_HELD,         "a person corrects what was found",                         LIFE_CLOCK_PERSON, 2,  false, false},
    {CLAIM_STATE_READY,        "the next batch to this receiver",                          LIFE_CLOCK_STEP,   3,  false, false},
    {CLAIM_STATE_BATCHED,      "transport to the receiver",                                LIFE_CLOCK_STEP,   4,  true,  false},
    {CLAIM_STATE_SENT,         "TA1 and 999",                                              LIFE_CLOCK_ACK,    5,  true,  false},
    {CLAIM_STATE_SYNTAX_OK,    "277CA",                                                    LIFE_CLOCK_ACK,    6,  true,  false},
    {CLAIM_STATE_ACK_RECEIVED, "277CA of the payer",                                       LIFE_CLOCK_ACK,    7,  true,  false},
    {CLAIM_STATE_ACCEPTED,     "835",                                                      LIFE_CLOCK_ERA,    8,  true,  false},
    {CLAIM_STATE_PENDING,      "835; the payer is working on it",                          LIFE_CLOCK_ERA,    9,  true,  false},
    {CLAIM_STATE_PAID,         "post what is left to the next payer or the patient",       LIFE_CLOCK_CLOSE,  11, true,  true},
    {CLAIM_STATE_PARTIAL,      "a person works on what was refused",                       LIFE_CLOCK_PERSON, 11, true,  true},
    {CLAIM_STATE_DENIED,       "a person works on the denial",                             LIFE_CLOCK_PERSON, 11, true,  true},
    {CLAIM_STATE_COB_WAIT,     "the next payer's 835",                                     LIFE_CLOCK_COB,    12, true,  true},
    {CLAIM_STATE_PATIENT_DUE,  "the patient's payment",                                    LIFE_CLOCK_PERSON, 12, true,  true},
    {CLAIM_STATE_APPEALED,     "the payer's decision on the appeal",                       LIFE_CLOCK_PERSON, 12, true,  true},
    {CLAIM_STATE_CLOSED,       "nothing",                                                  LIFE_CLOCK_NONE,   13, true,  true},
    {CLAIM_STATE_REJECTED,     "a person corrects it; send as an original (frequency 1)",  LIFE_CLOCK_PERSON, 10, true,  false},
    {CLAIM_STATE_VOID_PENDING, "the reversal that confirms the void",                      LIFE_CLOCK_PERSON, 12, true,  true},
    {CLAIM_STATE_VOIDED,       "nothing",                                                  LIFE_CLOCK_NONE,   13, true,  true},
    {CLAIM_STATE_REVERSED,     "the corrected claim in the same or the next 835",          LIFE_CLOCK_PERSON, 11, true,  true},
    {CLAIM_STATE_WRITTEN_OFF,  "nothing",                                                  LIFE_CLOCK_NONE,   13, true,  true},
    {CLAIM_STATE_REVIEW,       "a person answers the coder's question",                    LIFE_CLOCK_PERSON, 0,  false, false},
};
/* clang-format on */

const struct life_choice life_choices[] = {
    {"appeal", "appeal the payer's decision", LIFE_APPEAL},
    {"bill-patient", "the patient owes what is left: send a statement", LIFE_PATIENT_BALANCE},
    {"resend", "send it again as an original: the payer says that it never got it", LIFE_RESEND},
    {"bill-next", "send it to the next payer with what this one decided", LIFE_SECONDARY_CREATED},
    {"write-off", "write off what is left", LIFE_WRITE_OFF},
    {"close", "nothing is left to do", LIFE_BALANCE_ZERO},
    {NULL, NULL, LIFE_NONE},
};

static const char *const words[LIFE_MAX] = {
#define X(suffix, word) [LIFE_##suffix] = word,
    LIFE_EVENTS(X)
#undef X
};

/* How far a claim is at least when an event is true of it: what decides between late and illegal.
 * 0: says nothing of the kind. */
static const uint8_t event_rank[LIFE_MAX] = {
    [LIFE_CODED] = 1,          [LIFE_CHECKS_PASSED] = 3,   [LIFE_BATCH] = 4,
    [LIFE_TRANSPORT_OK] = 5,   [LIFE_TA1_A] = 5,           [LIFE_TA1_E] = 5,
    [LIFE_999_A] = 6,          [LIFE_999_E] = 6,           [LIFE_277CA_RECEIVED] = 7,
    [LIFE_277CA_ACCEPTED] = 8, [LIFE_277_P] = 9,           [LIFE_277_R] = 9,
    [LIFE_277_F] = 9,          [LIFE_277CA_U] = 10,        [LIFE_277_D0] = 10,
    [LIFE_277_A4] = 10,        [LIFE_ERA_PAID] = 11,       [LIFE_ERA_DENIED] = 11,
    [LIFE_ERA_REVERSAL] = 11,  [LIFE_ERA_CORRECTION] = 11, [LIFE_ERA_INFO] = 11,
    [LIFE_ERA_FORWARDED] = 11, [LIFE_TA1_R] = 5,           [LIFE_999_R] = 5,
    [LIFE_999_R_OTHER] = 5,    [LIFE_277_E] = 5,
};

/* life_event_of - by word, then by category */
enum life_event life_event_of(const char *word, const char *category)
{
    if (strcmp(word, "277CA_WQ") == 0)
        return strcmp(category, "A2") == 0 || strcmp(category, "A5") == 0 ? LIFE_277CA_ACCEPTED
                                                                          : LIFE_277CA_RECEIVED;
    for (int e = LIFE_NONE + 1; e < LIFE_MAX; e++)
        if (strcmp(words[e], word) == 0)
            return (enum life_event)e;
    return LIFE_NONE;
}

/* life_event_word - of billing §8.2 */
const char *life_event_word(enum life_event e)
{
    return e > LIFE_NONE && e < LIFE_MAX ? words[e] : "";
}

/* life_state - a state's row; one that nobody knows is silence */
const struct life_state *life_state(CcClaimState s)
{
    for (size_t i = 1; i < sizeof(states) / sizeof(states[0]); i++)
        if (states[i].state == s)
            return &states[i];
    return &states[0];
}

/* life_clock_event - what a clock that ran out says */
enum life_event life_clock_event(enum life_clock c)
{
    static const enum life_event events[LIFE_CLOCK_MAX] = {
        [LIFE_CLOCK_STEP] = LIFE_REMIND,     [LIFE_CLOCK_PERSON] = LIFE_REMIND,
        [LIFE_CLOCK_ACK] = LIFE_ACK_TIMEOUT, [LIFE_CLOCK_ERA] = LIFE_ERA_TIMEOUT,
        [LIFE_CLOCK_COB] = LIFE_COB_TIMEOUT, [LIFE_CLOCK_CLOSE] = LIFE_BALANCE_ZERO,
    };

    return c < LIFE_CLOCK_MAX ? events[c] : LIFE_NONE;
}

/* lead - where a row leads: the one state it names, the wanted one of several, or where the claim
 * is */
static CcClaimState lead(const struct life_row *row, CcClaimState from, CcClaimState wanted)
{
    if (row->to == 0)
        return from;
    if ((row->to & (row->to - 1)) == 0)
        return (CcClaimState)__builtin_ctz(row->to);
    return (row->to >> wanted) & 1 ? wanted : from;
}

/* no_row - why not: too early, too late, or never */
static enum life_verdict no_row(CcClaimState from, enum life_event event)
{
    const struct life_state *s = life_state(from);
    unsigned says = event_rank[event];
    bool refusal = event == LIFE_TA1_R || event == LIFE_999_R || event == LIFE_999_R_OTHER;

    if (says >= 5 && !s->sent)
        return LIFE_EARLY;
    if (refusal)
        return s->posted || from == CLAIM_STATE_REJECTED ? LIFE_LATE : LIFE_REFUSED;
    return says && s->rank >= says && !(says == 11 && s->rank >= 11) ? LIFE_LATE : LIFE_REFUSED;
}

/* life_move - by the rows */
enum life_verdict life_move(CcClaimState from, enum life_event event, CcClaimState wanted,
                            CcClaimState *to)
{
    for (const struct life_row *row = life_rows; row->event != LIFE_NONE; row++) {
        if (row->event != event || !((row->from >> from) & 1))
            continue;
        *to = lead(row, from, wanted);
        return *to == from ? LIFE_STAYS : LIFE_MOVES;
    }
    return no_row(from, event);
}
