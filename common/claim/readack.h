/* readack.h - what a payer's acknowledgment says: TA1, 999, 277CA and 277 as CcAnswer, one a thing
 * answered.
 *
 * Sources: billing §4.2 (TA1), §4.3 (999, 005010X231A1), §4.4 (277CA, 005010X214), §5 (277,
 * 005010X212), §8.3 (keys).
 *
 * An answer's `level` says what it is about and which field names it:
 *   "interchange"  TA1: isa13                        "batch"     277CA 2200B: bht03, with counts
 *   "set"          999 AK2/IK5: gs06, st02           "provider"  277CA 2200C refused: bht03, npi
 *   "group"        999 AK9, when the 999 does not    "claim"     277CA 2200D, 277: claim_id
 *                  list every set: gs06, listed
 * `event` is the word of billing §8.2 (lifecycle.h); `category` the code that decided; `codes` the
 * others, as they stand
 * ("A7:164:IL", "IK304=8", "TA105=025"). Free text of a reply is never taken: it may name a
 * patient. */
#ifndef CC_CLAIM_READACK_H
#define CC_CLAIM_READACK_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/claim/sets.h"
#include "common/event/event.h"

struct reply_answers {
    CcAnswer **item;
    size_t n_item;
};

/* Is the item one that readack reads? */
bool readack_reads(const struct reply_item *item);

/* Appends the answers of one whole item. ERR_REJECT "reply": a set of these kinds that lacks what
 * ties it to what we sent (nothing of it is taken); "size": over the arena. Fields that concern the
 * file as a whole (reply_sha256, receiver, received_ms, file_name) are left to the caller. */
int readack(struct arena *a, const struct reply_item *item, struct reply_answers *out,
            struct err *e);

/* Meaning of a TA1 note (TA105), IK304, IK403, IK502, AK905 code, or of a claim status category, in
 * our words; "" = not one we know. `list` is "TA105" "IK304" "IK403" "IK502" "AK905" "STC". */
const char *ack_meaning(const char *list, const char *code);

#endif
