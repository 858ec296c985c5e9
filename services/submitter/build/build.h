/* build.h - the builder: a claim waits in a batch of its receiver and kind until the batch closes
 *
 * What is remembered, per partition of claims.clean (topic claims.pending):
 *   claim/<receiver>/<kind>/<claim id> PendingClaim   waits for its batch
 *   open/<receiver>/<kind>             OpenBatch      how many wait, how large, since when
 *   done/<claim id>                    BatchedClaim   what became of the claim's last version
 *   seq/<receiver>                     ControlNumber  last control number of this partition
 * Timers: age/<receiver>/<kind> closes a batch, drop/<claim id> forgets a claim. <kind> is P or I,
 * and the claims' frequency behind it (P1, P7) where the route wants files of their own.
 *
 * The number space: ISA13 = GS06 = sequence x 100 + partition, so that no two builders ever give
 * the same number to a receiver, whoever holds the partition. At most 100 partitions; 9,000,000
 * batches per receiver and partition, then the builder stops rather than use a number again: what
 * is above is for questions about claims (follow/inquiry.c). Gaps are harmless. BHT03 =
 * receiver-ISA13-set: unique for ever. */
#ifndef CC_SUBMITTER_BUILD_H
#define CC_SUBMITTER_BUILD_H

#include "common/claim/write837.h"
#include "common/event/event.h"
#include "common/svc/svc.h"
#include "services/submitter/route.h"

enum { BUILD_PARTITIONS = 100, BUILD_SEQUENCE_MAX = 9000000, BUILD_KEY = 256 };

struct x12_guides;

struct build {
    int tz_min;                /* of the dates in envelopes and file names */
    int64_t keep_ms;           /* how long a claim that was sent is remembered */
    struct x12_guides *guides; /* for reading again what was written; NULL until the first batch */
};

/* The batch of a receiver and kind, while a handler works on it. */
struct batch {
    const char *receiver;
    CcClaimKind kind;
    char frequency; /* of all its claims; 0: any */
    struct route route;
};

/* Kind and frequency as they stand in a key, "P7/…", into a batch. */
void build_read_kind(const char *s, struct batch *out);
char build_kind_letter(CcClaimKind kind); /* P, I; '-' for others */
int32_t build_today(struct svc_ctx *x);   /* in the site's zone */
int build_memory(struct err *e);          /* ERR_REJECT "size" */

/* --- batch.c: closes: one interchange, its statuses, nothing left waiting */
int batch_close(struct svc_ctx *x, const struct batch *b, struct err *e);
/* The route is gone: everything that waits goes to people. */
int batch_hold(struct svc_ctx *x, const struct batch *b, const char *reason, struct err *e);

/* --- recheck.c: what the written file is found to be wrong with */
struct build_fault {
    const char *edit; /* "ENV-01", "ENV-03" */
    size_t at;        /* the claim at fault; n: none is */
    char text[128];   /* without patient data */
};
/* Reads the file again with the checker of other people's files. 1: fine, 0: *out says what is not,
 * -1: error. */
int build_recheck(struct svc_ctx *x, const struct batch *b, const struct claim_rendered *written,
                  size_t n, const struct buf *bytes, struct build_fault *out, struct err *e);

/* --- say.c */
int say_batched(struct svc_ctx *x, const CcClaim *c, const CcInterchange *f,
                const CcSentClaim *sent, struct err *e);
/* HELD, with the question to a person; `text` without patient data. */
int say_held(struct svc_ctx *x, const CcClaim *c, const char *reason, const char *text,
             struct err *e);
/* A version that was sent came again with other content: a question, and the claim stays as it is.
 */
int say_reused(struct svc_ctx *x, const CcClaim *c, struct err *e);
/* Not sent: an earlier version is at the payer, which has not decided it. */
int say_early(struct svc_ctx *x, const CcClaim *c, struct err *e);
/* Void: no version of it was ever sent. */
int say_not_sent(struct svc_ctx *x, const CcClaim *c, struct err *e);
/* The question of an earlier version or try is answered. */
int say_answered(struct svc_ctx *x, const CcClaim *c, struct err *e);
const char *say_payer(const CcClaim *c); /* id of the destination; "" = none */

/* --- pending.c: what waits */
int pending_done(struct svc_ctx *x, const char *claim_id, CcBatchedClaim **out, struct err *e);
int pending_open(struct svc_ctx *x, const struct batch *b, CcOpenBatch **out, struct err *e);
int pending_add(struct svc_ctx *x, const struct batch *b, const CcClaim *c, CcBatchedClaim *done,
                CcOpenBatch *open, struct err *e);
/* Takes a waiting claim out of its batch; nothing if it does not wait. */
int pending_remove(struct svc_ctx *x, CcBatchedClaim *done, struct err *e);
void pending_key(char out[BUILD_KEY], const char *what, const struct batch *b,
                 const char *claim_id);

#endif
