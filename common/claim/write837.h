/* write837.h - claims as X12: 837P (005010X222A1) and 837I (005010X223A2) interchanges.
 *
 * Sources: billing §0 (model to element), §1 (envelope), §2.2-2.5 (837P), §3 (837I). What is
 * written follows the guide's own order (guide.h: segments as rows). Bytes depend on nothing but
 * the input: same batch, same bytes. The bytes of a claim from its CLM to the next HL, CLM or SE
 * depend on that claim alone, never on what else is in the batch.
 *
 * Text is cleaned (x12_clean) and cut at the guide's width; keys that come back in answers (claim
 * id, line control number) are never changed. What cannot be written as the guide wants is an
 * error (ERR_REJECT), and names loop, segment and rule, never a value:
 *   "missing"  an element that the guide requires is empty      "limit"  more than the guide has
 * room for "key"      a key holds characters X12 cannot carry           "amount" a negative charge
 * or units "pointer"  a line points at a diagnosis that is not there    "kind"   not a kind we
 * write, or mixed "size"     over the arena's limit */
#ifndef CC_CLAIM_WRITE837_H
#define CC_CLAIM_WRITE837_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/str.h"
#include "common/event/event.h"

enum {
    CLAIM_SET_DEFAULT = 500, /* claims in one ST: billing §1.4 */
    CLAIM_LINES_P = 50,
    CLAIM_LINES_I = 999,
    CLAIM_ST02 = 12,
    CLAIM_BHT03 = 51,
};

/* Who sends to whom. Strings are the caller's; NULL counts as "". */
struct claim_route {
    const char *sender_qualifier, *sender_id;     /* ISA05, ISA06 = GS02 = submitter's NM109 */
    const char *receiver_qualifier, *receiver_id; /* ISA07, ISA08 = GS03 = receiver's NM109 */
    const char *submitter_name, *submitter_contact;
    const char *submitter_phone; /* ten digits; more digits behind other characters: extension */
    const char *receiver_name;
    bool test; /* ISA15 T */
};

/* Claims of one kind to one receiver, for one interchange with one functional group. */
struct claim_batch {
    const struct claim_route *route;
    const CcClaim *const
        *claims; /* in any order: they are sorted by provider, subscriber, patient, id */
    size_t n_claims;
    uint32_t control;       /* ISA13 = GS06, 1-999999999 */
    const char *bht_prefix; /* BHT03 = prefix and the number of the ST, three digits at least */
    int32_t date;           /* yyyymmdd */
    int hhmm;
    unsigned claims_per_set; /* 0 = CLAIM_SET_DEFAULT */
};

/* Where a claim of the batch went. Positions count segments of its ST, ST = 1. */
struct claim_sent {
    size_t index; /* in batch.claims */
    char st02[CLAIM_ST02], bht03[CLAIM_BHT03];
    uint32_t first_segment, segments; /* from CLM */
    uint32_t hl_first_segment;        /* HL of the claim's subscriber */
};

struct claim_rendered {
    struct claim_sent *sent; /* of the arena; n_claims, in the order of the file */
    uint32_t sets;
    int64_t charge_cents;
    size_t failed; /* on error: index of the claim that cannot be written, else n_claims */
};

/* Appends the interchange to `bytes`. One ST per billing provider and claims_per_set claims. On
 * error `bytes` is as before. */
int claim_render(struct arena *a, const struct claim_batch *b, struct buf *bytes,
                 struct claim_rendered *out, struct err *e);

/* Appends the claim's own segments, from CLM on: the same bytes that claim_render gives. Says
 * beforehand whether a claim can be written at all (its loops above CLM are tried too). */
int claim_render_one(struct arena *a, const struct claim_route *route, const CcClaim *c,
                     struct buf *bytes, struct err *e);

/* Could an interchange be written for this route at all? ERR_REJECT "missing", "key". */
int claim_route_check(const struct claim_route *route, struct err *e);

/* "005010X222A1" or "005010X223A2"; "" for another kind. */
const char *claim_guide(CcClaimKind kind);

#endif
