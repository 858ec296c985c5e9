/* adjust.h - a claim that was made is wanted otherwise, or not at all: what goes out (billing §8.4,
 * §8.5)
 *
 * Pure. What the payer has of a claim (its standing) and what the record wants of it now lead to
 * one step, by a table. */
#ifndef CC_CODER_ADJUST_H
#define CC_CODER_ADJUST_H

#include "services/coder/coder.h"

/* What the payer has of a claim. */
enum standing {
    STANDING_NONE,          /* nothing was sent */
    STANDING_REJECTED,      /* refused before adjudication: as if nothing was sent */
    STANDING_UNPROCESSABLE, /* denied as not processed (MA130, N142): the same */
    STANDING_UNDECIDED,     /* sent, and the payer has not decided, or takes a decision back */
    STANDING_DECIDED,       /* paid, in part or not at all */
    STANDING_VOIDED,        /* the payer has confirmed a void: the number is used up */
    STANDING_MAX
};

/* What the record wants of it now, against what was billed; the graver one later. */
enum want {
    WANT_SAME,      /* nothing that is billed differs */
    WANT_MORE,      /* lines were added, all else is the same */
    WANT_OTHER,     /* codes, lines, dates, people */
    WANT_ELSEWHERE, /* another payer, member or billing provider */
    WANT_GONE,      /* nothing of it */
    WANT_MAX
};

enum step {
    STEP_KEEP,     /* nothing goes out */
    STEP_ORIGINAL, /* the next version, frequency 1 */
    STEP_REPLACE,  /* the next version, frequency 7, with the payer's number of the last */
    STEP_LATE,     /* a bill of the added lines alone, frequency 5 */
    STEP_VOID,     /* frequency 8, with the payer's number */
    STEP_DROP,     /* a void of what no payer has: it is not sent */
    STEP_MOVE,     /* a void, and an original under a new number */
    STEP_RENEW,    /* an original under a new number */
    STEP_WAIT,     /* until the payer has decided */
};

struct adjust_row {
    enum standing standing;
    enum want want;
    enum step step;
    const char *why; /* told with the claim; "" = nothing to tell */
};
extern const struct adjust_row adjust_rows[]; /* STANDING_MAX x WANT_MAX, any order */

enum standing adjust_standing(const CcMadeClaim *m);
/* late_bill: the payer takes added lines as a bill of their own. */
enum step adjust_step(enum standing standing, enum want want, bool late_bill, const char **why);
/* Does the claim's payer take late charges of this claim as a bill of their own (payers,
 * late_charges)? Only a facility's can be. */
bool adjust_late_bill(const struct tables *t, const CcClaim *c);

/* What differs, into out->changes (of the arena; incomplete when that is over its limit). */
enum want adjust_difference(struct arena *a, const CcClaim *was, const CcClaim *now, CcClaim *out);
/* The claim with nothing but the lines that `was` has not; NULL: no memory. */
CcClaim *adjust_late_lines(struct arena *a, const CcClaim *was, const CcClaim *now);
/* The changes in words, without patient data: "line added 2, total +28.00"; NULL: no memory. */
const char *adjust_words(struct arena *a, const CcClaim *c);

/* Puts a frequency where the kind of claim has it, the payer's number of the version that the payer
 * has, and for Medicare Part A the one condition code that says why (billing §3.3). False: no
 * memory. */
bool adjust_mark(struct arena *a, CcClaim *c, char frequency, const char *payer_claim, bool moved);
/* Is it one of those codes? D0-D9, E0. */
bool adjust_is_reason(const char *condition);

#endif
