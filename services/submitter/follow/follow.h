/* follow.h - what the parts of `follow` share. Private to this folder.
 *
 * Everything that follow remembers is a FollowState under one of these keys, in the partition of
 * the record that it came with: reply/<sha256>              a reply that was split (payer.replies
 * is keyed by it) isa/<receiver>/<ISA13>      an interchange of ours, with its claims (interchanges
 * is keyed by receiver) gs/<receiver>/<GS06>        which ISA13 that group is in
 *   bht/<receiver>/<BHT03>      the same for a batch number
 *   icn/<receiver>/<number>     our claim that the payer paid under that number of its own
 *   who/<receiver>/<hash>       our claims of that member, first day and charge
 *   tie/<receiver>/<review id>  a payment of which a person says what claim it is of
 *   pay/<receiver>/<hash>       a payment that was posted: payer id and TRN02
 *   claim/<claim id>            a claim: last status, postings in force, answers that came too
 * early An answer about a file is keyed by receiver, one about a claim by claim id; follow sends
 * the first kind on as the second. */
#ifndef CC_SUBMITTER_FOLLOW_FOLLOW_H
#define CC_SUBMITTER_FOLLOW_FOLLOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/claim/denial.h"
#include "common/claim/lifecycle.h"
#include "common/claim/sets.h"
#include "common/claim/write276.h"
#include "common/svc/svc.h"

enum { FOLLOW_KEY = 400, FOLLOW_EARLY_MAX = 32, FOLLOW_SEEN_MAX = 64, FOLLOW_HASH = 17 };

/* Settings. */
struct follow {
    int64_t early_ms, keep_ms, clock_ms[LIFE_CLOCK_MAX];
    int64_t file_ms, patient_ms, inquiry_ms;
    int64_t resend_max, appeal_days, variance_cents, variance_percent;
};

/* A claim in hand. */
struct life {
    struct svc_ctx *x;
    const struct follow *set;
    const char *id;
    CcFollowState *st;
    CcClaimStatus *status; /* st->status, NULL: not known */
    bool changed;          /* st is to be written */
    bool moved;            /* the state changed: its clock begins again */
    bool unprocessable;    /* the remittance in hand says so: to be sent again as an original */
    int32_t payer_date;    /* its day */
};

/* What becomes of one answer about a claim. */
enum taken {
    TAKEN,  /* applied or recorded */
    WAITS,  /* too early: kept until something changes */
    FAILED, /* *e says why */
};

/* reply.c - a reply is split into answers. */
int follow_reply(struct svc_ctx *x, const struct svc_message *m, struct err *e);
/* Is its interchange addressed to an id of ours? Yes also where no route is known. */
bool follow_is_for_us(struct svc_ctx *x, const struct reply_item *item);

/* file.c - our interchanges, and answers about them. */
int follow_interchange(struct svc_ctx *x, const struct svc_message *m, struct err *e);
int follow_file_answer(struct svc_ctx *x, CcAnswer *answer, struct err *e);
int follow_file_expired(struct svc_ctx *x, const char *key, struct err *e);
int follow_file_silent(struct svc_ctx *x, const char *key, struct err *e);

/* explode.c - an answer about a file, once for each claim it concerns. */
int follow_all(struct svc_ctx *x, CcInterchange *f, const CcAnswer *answer, struct err *e);
int follow_set(struct svc_ctx *x, CcInterchange *f, const CcAnswer *answer, struct err *e);
int follow_batch(struct svc_ctx *x, CcInterchange *f, const CcAnswer *answer, struct err *e);

/* resend.c - the claims marked in `which` (n_claims flags) go back to their own key with `event`,
 * read back from the file. */
int follow_resend(struct svc_ctx *x, const CcInterchange *f, const CcAnswer *answer,
                  const char *event, const bool *which, struct err *e);
/* An answer of its own for one claim of a file. NULL: over the memory. */
CcAnswer *follow_answer_for(struct svc_ctx *x, const CcInterchange *f, const CcSentClaim *c,
                            const CcAnswer *answer, const char *event);

/* payment.c - an 835, at the receiver's key: balanced, not seen before, then one answer a claim. */
int follow_payment(struct svc_ctx *x, const CcAnswer *answer, struct err *e);
/* tie.c - a claim of ours by member, day and charge; and a payment that looks for one. */
int follow_who(struct svc_ctx *x, const CcAnswer *answer, struct err *e);
int follow_suspense(struct svc_ctx *x, CcAnswer *answer, struct err *e);
/* The payer's number of a claim leads to ours for what comes later. */
int follow_remember_number(struct svc_ctx *x, const char *receiver, const char *number,
                           const char *claim_id, struct err *e);
/* Asks a person which of these claims a payment is of; it waits for the word. */
int follow_ask_tie(struct svc_ctx *x, CcAnswer *answer, const char *const *claims, size_t n,
                   const char *text, struct err *e);
/* A person's word on it: posted to the claim chosen, or it stays in suspense. */
int follow_tied(struct svc_ctx *x, const CcAnswer *word, struct err *e);

/* claim.c - statuses and answers of one claim. */
int follow_status(struct svc_ctx *x, const struct svc_message *m, struct err *e);
int follow_claim_answer(struct svc_ctx *x, CcAnswer *answer, struct err *e);
int follow_claim_expired(struct svc_ctx *x, const char *id, struct err *e);
int follow_clock(struct svc_ctx *x, const char *id, struct err *e);

/* apply.c - the claim as it was, again, in a new file. */
int life_resend(struct life *l, const CcAnswer *answer, struct err *e);
/* apply.c - one answer on a claim that is known. `late`: waited long enough, decide now. */
enum taken life_apply(struct life *l, CcAnswer *answer, bool late, struct err *e);
/* The attempt is over: its numbers go to the past. */
void life_end_attempt(struct life *l);
/* Was the answer or status about an attempt that is over? */
bool life_is_past(const struct life *l, const char *isa13, const char *bht03);
/* Has this key been applied? Remembers it. */
bool life_seen(const struct life *l, const CcAnswer *answer);
void life_remember(struct life *l, const CcAnswer *answer);

/* claim.c - all that is known of a claim; and written back, its clock wound anew when the state
 * changed.
 */
int life_load(struct life *l, struct svc_ctx *x, const char *id, struct err *e);
int life_save(struct life *l, struct err *e);

/* "kind/claim/<id>" after so long; 0: cleared. */
int life_timer(struct life *l, const char *kind, int64_t after_ms, struct err *e);

/* clock.c - what a payer's row says of silence and limits, or the settings. */
struct terms {
    int64_t file_ms, ack_ms, era_ms; /* until a TA1 or 999, a 277CA, an 835 is missed */
    int64_t appeal_days;
    int64_t variance_cents, variance_percent; /* a difference within either is none */
    int64_t crossover_ms; /* until the 835 of the payer that it sent a claim on to is missed */
    bool replaces;        /* takes replacements (frequency 7) */
    bool crossover_bill;  /* that payer is billed by us then; else a person is asked */
    bool inquiry;         /* takes questions (276) */
    bool resend;          /* a claim that it did not find twice is sent again by itself */
};
struct terms life_terms(struct svc_ctx *x, const char *payer_id);
int64_t life_clock_ms(const struct life *l); /* of the state it is in; 0: none */
/* Asks the payer for the status where it takes questions and one is left; else *asked is false. */
int life_inquire(struct life *l, bool *asked, struct err *e);
/* Winds the clock of the limit that runs, to file or to appeal, when it is another than before. */
int life_watch(struct life *l, struct err *e);
int follow_due(struct svc_ctx *x, const char *id, struct err *e);

/* inquiry.c - questions to a receiver, at its key, go out as one 276. */
int follow_inquiry(struct svc_ctx *x, CcAnswer *answer, struct err *e);
int follow_inquiry_due(struct svc_ctx *x, const char *key, struct err *e);

/* secondary.c - the next payer's turn. */
int follow_clean(struct svc_ctx *x, const struct svc_message *m, struct err *e);
/* Is there a payer that may be billed after this one, and was it not yet? */
bool life_next_payer(const struct life *l);
/* What was posted or taken back goes on to the next payer, by itself or as a question. */
int life_secondary(struct life *l, const CcAnswer *answer, const CcRemittance *r, struct err *e);
/* Is there a payer behind those that have decided, and no claim of ours to it? */
bool life_payer_left(const struct life *l);
/* The payer that a claim was sent on to by the one before has not answered in time. */
int life_crossover_silent(struct life *l, struct err *e);
/* A claim made here, to the validator, with the first record of this version's life. */
int life_send_coded(struct life *l, CcClaim *c, const char *reason, struct err *e);

/* replace.c - what the next payer was told is not true any more. Of the claim before: makes the
 * next payer's claim anew and hands it over, or asks a person why not. */
int life_replace_next(struct life *l, const CcAnswer *answer, const CcRemittance *r, struct err *e);
int life_ask_changed(struct life *l, const CcAnswer *answer, const char *why, struct err *e);
/* Of the next payer's claim: what was handed over waits; it is sent as soon as the rules of
 * replacements allow it. life_try_next is asked whenever the claim's state is saved. */
int life_take_next(struct life *l, const CcAnswer *answer, struct err *e);
int life_try_next(struct life *l, struct err *e);

/* Makes the next payer's claim of the last posting; asks a person where it cannot. `answer` NULL:
 * a clock says so. */
int life_bill_next(struct life *l, const CcAnswer *answer, struct err *e);
/* A next payer's claim that came to its end tells the one that waits for it. */
int life_tell_parent(struct life *l, struct err *e);
int life_child_done(struct life *l, const CcAnswer *answer, struct err *e);

/* person.c - a person's decision on a claim: by the table, once. */
int life_person(struct life *l, CcAnswer *answer, struct err *e);
/* What a person may decide of it now, as the question's options; -1: over the memory. */
int life_options(const struct life *l, CcReviewItem *item);

/* money.c - an 835 answer on a claim that is known. */
enum taken life_money(struct life *l, CcAnswer *answer, bool late, struct err *e);
/* The last day on which the decision of a remittance can be appealed. */
int32_t life_appeal_until(const struct life *l, const CcRemittance *r);
/* That of the decision in force that refuses something; 0: none, or it leaves no appeal. */
int32_t life_appeal_limit(const struct life *l);

/* variance.c - expected against allowed. Compares what was posted; a difference beyond the payer's
 * tolerance is a question. */
void life_compare(const struct life *l, CcRemittance *r);
int life_ask_variance(struct life *l, const CcAnswer *answer, const CcRemittance *r, struct err *e);
/* Is the patient's share another payer's first? */
bool life_waits_next(const struct life *l);
/* What the patient owes once no other payer is left; negative: the patient has paid more than that.
 */
int64_t life_patient_balance(const struct life *l);

/* slots.c - postings in force: the first payer's, the second's, the third's. */
int slot_of(const CcRemittance *r);     /* 1-3, whose turn it was: CLP02 */
int slot_last(const CcFollowState *st); /* of the postings in force; 0: none */
bool slot_has_room(const struct life *l, const CcRemittance *r); /* not more than was billed */
/* What a reversal takes back: the payer's number and the same amounts; SIZE_MAX: nothing. */
size_t slot_find(const struct life *l, const CcRemittance *r);
void slot_remove(struct life *l, size_t i);
CcClaimState slot_state(const CcFollowState *st); /* that the last payer's postings add up to */
bool slot_refused(const CcFollowState *st);       /* does a posting in force refuse something? */
/* Sums of the postings in force, into the status. */
void life_totals(struct life *l);

/* status.c - the record of a step, and the state that it leaves. */
struct said {
    enum life_event event;
    const char *word; /* of an event that is none of ours; NULL: life_event_word */
    CcClaimState to;
    bool refused;
    const char *reason;     /* plain words */
    const CcAnswer *answer; /* NULL: none */
};
int life_say(struct life *l, const struct said *s, struct err *e);
/* To claims.decisions, for the validator and the coder: what the payer made of the version that it
 * has. */
int life_tell(struct life *l, CcClaimState payer_state, struct err *e);
/* Takes over what another step said; fields it left empty stay. */
void life_merge(struct life *l, const CcClaimStatus *news);

/* review.c - a question for a person. */
struct question {
    const char *reason; /* "denied", "unknown-claim" … */
    const char *key;    /* of the record: claim id, receiver or sha256 */
    const char *what;   /* tells two questions of one reason and key apart: an idempotency key */
    const CcClaimStatus *claim;     /* NULL: none */
    const struct life *life;        /* of which a person may decide something; NULL: none */
    const CcReviewItem *offers;     /* its options; NULL: those of `life` */
    const CcAnswer *answer;         /* NULL: none */
    const char *text, *route, *fix; /* NULL: "" */
    const char *category, *owner, *action, *rule, *tests; /* of a denial; NULL: the reason's */
    const char *file;                                     /* of ours that it is about; NULL: none */
    int64_t at_stake_cents; /* 0: what the claim or the answer is about */
    int32_t due_date;       /* 0: so many days as the reason has */
};
int follow_ask(struct svc_ctx *x, const struct question *q, struct err *e);
/* The same about a claim's life: key, claim and life are its. */
int life_ask(struct life *l, const struct question *q, struct err *e);
/* The id that follow_ask gives it; -1: over the memory. */
int follow_review_id(struct svc_ctx *x, const struct question *q, char out[FOLLOW_HASH]);

/* reasons.c - what a question has when nothing closer is known. */
struct follow_reason {
    const char *reason, *owner, *action;
    int days;      /* to do it in */
    bool unvalued; /* what it is worth may not be known */
};
extern const struct follow_reason follow_reasons[];            /* ends with reason NULL */
const struct follow_reason *follow_reason(const char *reason); /* one without a row: the last */
/* One answer more, texts copied. NULL: over the memory. */
CcReviewOption *follow_option(struct svc_ctx *x, CcReviewItem *item, const char *id,
                              const char *text);
/* The two answers that every question has beside its own: settled otherwise; not to be settled now.
 * -1: over the memory. */
int follow_open_answers(struct svc_ctx *x, CcReviewItem *item);
/* A person chose one of them: the question is said again as the person left it. */
int follow_answered(struct svc_ctx *x, const CcAnswer *answer, struct err *e);

/* "claim/" and the like with the parts joined by '/'; a part that is too long or strange goes in by
 * its hash. */
void follow_key(char out[FOLLOW_KEY], const char *kind, const char *a, const char *b);
/* First 16 hex digits of the SHA-256 of a text. */
void follow_hash(const char *text, char out[FOLLOW_HASH]);
/* State of a key, or a fresh one: 1 found, 0 fresh, -1. */
int follow_get(struct svc_ctx *x, const char *key, CcFollowState **out, struct err *e);
/* Could a claim id of ours look like this? */
bool follow_is_our_form(const char *claim_id);
/* ERR_REJECT "size". */
int follow_no_memory(struct err *e);

#endif
