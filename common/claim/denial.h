/* denial.h - what a payer's adjustments mean: who bears them, where the work goes, what became of
 * the claim.
 *
 * Rows from billing §6.7 (CARC) and §6.8 (RARC), routes by §6.4. Routes: FIX correct and send
 * again, REC send records, APP appeal, SEC bill the next payer, PAT patient balance, WO write off,
 * ELIG find the right coverage, INFO nothing to do. A CO amount is never routed to the patient; OA
 * never either. */
#ifndef CC_CLAIM_DENIAL_H
#define CC_CLAIM_DENIAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/event/event.h"

enum carc_kind {
    CARC_DENIAL,   /* CO, PI, OA: money refused for a reason that somebody works on */
    CARC_CONTRACT, /* CO: the contract's reduction, written off */
    CARC_BUNDLED,  /* as CARC_CONTRACT where something of the claim was paid, else a denial */
    CARC_NEUTRAL,  /* says something, refuses nothing (a prior payer's share) */
};

struct carc_row {
    const char *code;
    enum carc_kind kind;
    const char *route;   /* CO, PI, OA; several: the first is the default ("FIX APP") */
    const char *patient; /* PR; NULL: "SEC" */
    const char *meaning; /* our words */
    const char *check;   /* the edit that should have caught it (billing §8.7), NULL: none */
};

enum rarc_effect {
    RARC_SAYS,    /* names the fix, changes no route */
    RARC_READ,    /* changes the route where the CARC says "read the remark" */
    RARC_DENIAL,  /* changes the route of any refused amount */
    RARC_PATIENT, /* changes the route of the patient's share */
};

struct rarc_row {
    const char *code;
    const char *route; /* NULL with RARC_SAYS */
    enum rarc_effect effect;
    const char *fix; /* our words */
    const char *check;
};

/* A remark that says whether the next payer has the claim from this one. */
struct crossover_row {
    const char *remark;
    bool forwarded;
};

const struct carc_row *carc_find(const char *code); /* NULL: a code we have no row for */
const struct rarc_row *rarc_find(const char *code);

const struct crossover_row *crossover_find(const char *remark); /* NULL: says nothing of it */

/* What says that the payer sent the claim on to the next one: CLP02 19 20 21, NM1*TT, or a remark
 * of the claim or a line; "" where nothing does, or a remark says that it did not (billing §6.2,
 * §6.9). */
const char *remit_crossover(const CcRemittance *claim);

/* The default route of one adjustment, with the remarks that stand beside it: "" when the CARC has
 * no row and no remark decides (a person looks). */
const char *denial_route(const char *group, const char *reason, char *const *remarks,
                         size_t n_remarks);
/* Sets `route` of every adjustment of a claim and its lines. */
void denial_route_claim(struct arena *a, CcRemittance *claim);

/* Sum of the PR amounts of a claim and its lines. */
int64_t remittance_patient(const CcRemittance *claim);

/* Who bears what was not paid, by group and reason of each adjustment. charge = paid + contractual
 * + patient + other, to the cent, of each line and of the claim, once it balances. Of a reversal
 * every amount has the other sign, so that it takes the earlier posting back whole. */
struct remit_share {
    int64_t contractual_cents, patient_cents, other_cents;
    int64_t denied_cents; /* part of other_cents that somebody works on */
    int64_t
        neutral_cents; /* part of other_cents that refuses nothing: what a payer before decided */
};
/* Sets the four amounts of every line, and of the claim: the lines' and its own adjustments'. */
void remit_split(CcRemittance *claim);

/* Does the remittance's line speak of the claim's? By our control number, else by its place where
 * both have as many lines. */
bool remit_is_of(const CcRemittance *r, size_t at, const CcClaim *c, size_t line);

/* What one remittance decided. */
struct remit_outcome {
    CcClaimState state; /* PAID, PARTIAL, DENIED */
    struct remit_share share;
    const CcRemittanceAdjustment *reason; /* the largest denied amount; NULL: none */
    const CcRemittanceLine *line;         /* that it stands on; NULL: the claim */
    const char *route;                    /* of `reason`; "" */
    const char *fix;                      /* our words: what to do; "" */
    const char *meaning;                  /* of the CARC; "" */
    const char *check;                    /* the edit that should have caught it; "" */
    bool new_claim;     /* send as an original (MA130, N142), not as a replacement */
    bool appeal_barred; /* MA130, or CARC 286 */
};
void remit_decide(const CcRemittance *claim, struct remit_outcome *out);

/* "CO45", "MA130": every adjustment and remark of a claim once, in order. */
void denial_codes(struct arena *a, const CcRemittance *claim, char ***codes, size_t *n);

#endif
