/* lifecycle.h - the states of a claim and the legal moves between them, as one table (billing §8.1,
 * §8.2).
 *
 * A move is a row: event, states it may come from, states it may lead to. What no row allows is
 * refused and recorded; nothing here looks at a clock or at money: guards on amounts belong to
 * whoever posts. Late events are normal (an 835 may come before the second 277CA): an event that
 * says no more than the state already implies is late, not illegal, and never moves a claim back.
 */
#ifndef CC_CLAIM_LIFECYCLE_H
#define CC_CLAIM_LIFECYCLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/event/event.h"

/* X(enum suffix, word of billing §8.2): several events may share a word; the category tells them
 * apart. */
#define LIFE_EVENTS(X)                                                                             \
    X(CODED, "coded")                                                                              \
    X(REVIEW, "review")                                                                            \
    X(CHECKS_FAILED, "checks_failed")                                                              \
    X(CHECKS_PASSED, "checks_passed")                                                              \
    X(OVERRIDE, "override")                                                                        \
    X(BATCH, "batch")                                                                              \
    X(FILE_WRITE_FAILED, "file_write_failed")                                                      \
    X(TRANSPORT_OK, "transport_ok")                                                                \
    X(TRANSPORT_FAILED, "transport_failed")                                                        \
    X(TA1_A, "ta1_A")                                                                              \
    X(TA1_E, "ta1_E")                                                                              \
    X(TA1_R, "ta1_R")                                                                              \
    X(999_A, "999_A")                                                                              \
    X(999_E, "999_E")                                                                              \
    X(999_R, "999_R")                                                                              \
    X(999_R_OTHER, "999_R_other")                                                                  \
    X(RESEND_LIMIT, "resend_limit")                                                                \
    X(277CA_RECEIVED, "277CA_WQ")                                                                  \
    X(277CA_ACCEPTED, "277CA_WQ")                                                                  \
    X(277CA_U, "277CA_U")                                                                          \
    X(277_P, "277_P")                                                                              \
    X(277_R, "277_R")                                                                              \
    X(277_F, "277_F")                                                                              \
    X(277_D0, "277_D0")                                                                            \
    X(277_A4, "277_A4")                                                                            \
    X(277_E, "277_E")                                                                              \
    X(ERA_PAID, "era_paid")                                                                        \
    X(ERA_DENIED, "era_denied")                                                                    \
    X(ERA_REVERSAL, "era_reversal")                                                                \
    X(ERA_CORRECTION, "era_correction")                                                            \
    X(ERA_FORWARDED, "era_forwarded")                                                              \
    X(ERA_INFO, "era_info")                                                                        \
    X(ERA_VOID_CONFIRMED, "era_void_confirmed")                                                    \
    X(SECONDARY_CREATED, "secondary_created")                                                      \
    X(PATIENT_BALANCE, "patient_balance")                                                          \
    X(CORRECT, "correct")                                                                          \
    X(APPEAL, "appeal")                                                                            \
    X(VOID, "void")                                                                                \
    X(NOT_SENT, "not_sent")                                                                        \
    X(BALANCE_ZERO, "balance_zero")                                                                \
    X(WRITE_OFF, "write_off")                                                                      \
    X(ACK_TIMEOUT, "ack_timeout")                                                                  \
    X(ERA_TIMEOUT, "era_timeout")                                                                  \
    X(COB_TIMEOUT, "cob_timeout")                                                                  \
    X(INQUIRY, "inquiry")                                                                          \
    X(RESEND, "resend")                                                                            \
    X(REMIND, "remind")

enum life_event {
    LIFE_NONE,
#define X(suffix, word) LIFE_##suffix,
    LIFE_EVENTS(X)
#undef X
        LIFE_MAX
};

/* The event of a word, with the category that tells "277CA_WQ" A0, A1 from A2, A5; LIFE_NONE: none
 * we know. */
enum life_event life_event_of(const char *word, const char *category);
const char *life_event_word(enum life_event e);

/* What ends a wait: every state that is not final has one. */
enum life_clock {
    LIFE_CLOCK_NONE,   /* final */
    LIFE_CLOCK_STEP,   /* a worker of ours must act */
    LIFE_CLOCK_PERSON, /* a person must act */
    LIFE_CLOCK_ACK,    /* the payer must acknowledge */
    LIFE_CLOCK_ERA,    /* the payer must decide */
    LIFE_CLOCK_COB,    /* another payer must decide */
    LIFE_CLOCK_CLOSE,  /* nothing is left; a reversal may still come */
    LIFE_CLOCK_MAX
};

struct life_state {
    CcClaimState state;
    const char *next; /* what is waited for or who must act, in plain words */
    enum life_clock clock;
    uint8_t rank; /* how far along; equal ranks are beside each other */
    bool sent;    /* the payer may have it */
    bool posted;  /* a remittance decided it */
};

const struct life_state *life_state(CcClaimState s);
enum life_event life_clock_event(enum life_clock c); /* LIFE_NONE for LIFE_CLOCK_NONE */

enum life_verdict {
    LIFE_MOVES,   /* *to is the new state */
    LIFE_STAYS,   /* legal, and the state stays: worth recording */
    LIFE_LATE,    /* says no more than the state implies: recorded, the state stays */
    LIFE_EARLY,   /* the claim is not known to be sent: keep the event and try again later */
    LIFE_REFUSED, /* no row allows it */
};

/* Tries a move. `wanted`: for events that may lead to several states (era_paid: PAID or PARTIAL),
 * which; any other event ignores it. *to is written for LIFE_MOVES and LIFE_STAYS. */
enum life_verdict life_move(CcClaimState from, enum life_event event, CcClaimState wanted,
                            CcClaimState *to);

/* What a person may decide of a claim that waits; whether the state allows it, life_move says. */
struct life_choice {
    const char *id, *text;
    enum life_event event;
};
extern const struct life_choice life_choices[]; /* ends with id NULL */

/* The rows, for tests that walk them: event, bits of states (1 << CcClaimState) from and to; to 0 =
 * the state stays. */
struct life_row {
    enum life_event event;
    uint32_t from, to;
};
extern const struct life_row life_rows[]; /* ends with LIFE_NONE */

#endif
