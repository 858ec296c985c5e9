/* chunk.h - one claim in four chunks of bytes, and the envelope around them: between chunk.c,
 * envelope.c and write837.c only
 *
 * Sorted by these bytes, claims that share a loop stand together, and the loop is sent once. */
#ifndef CC_CLAIM_CHUNK_H
#define CC_CLAIM_CHUNK_H

#include "common/claim/write837.h"
#include "common/x12/x12.h"

enum { CHUNK_BILLING, CHUNK_SUBSCRIBER, CHUNK_PATIENT, CHUNK_CLAIM, CHUNK_MAX };

struct chunk {
    const char *p; /* set once the buffer rests */
    size_t at, n;
    uint32_t segments;
};

struct item {
    size_t index;
    const CcClaim *claim;
    struct chunk chunk[CHUNK_MAX];
};

/* Appends the four chunks; their places are offsets, since the buffer may move. */
int chunk_claim(struct arena *a, const struct claim_route *route, const CcClaim *c,
                struct buf *bytes, struct item *out, struct err *e);
/* By bytes. */
int chunk_compare(const struct item *a, const struct item *b, int chunk);
/* For qsort: provider, subscriber, patient, claim id, and at last the caller's order. */
int chunk_order(const void *a, const void *b);

enum { ENVELOPE_TEXT = 12 };

/* What an envelope cannot be written without: ERR_REJECT. */
int envelope_check(const struct claim_batch *b, struct err *e);
/* ISA and GS, GE and IEA, of an interchange with one group. */
struct envelope {
    const struct claim_route *route;
    const char *group, *guide; /* GS01, GS08 */
    int32_t date;
    int hhmm;
    uint32_t control; /* ISA13 = GS06 */
};
void envelope_begin(struct x12_writer *w, const struct envelope *v);
void envelope_end(struct x12_writer *w, const struct envelope *v, uint32_t sets);
const char *envelope_time(int hhmm, char out[ENVELOPE_TEXT]);

#endif
