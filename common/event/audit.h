/* audit.h - records of the audit topic: chained when they are written, proven when they are read.
 * Pure.
 *
 * All records lie in partition 0, written without transactions, so their offsets have no gaps. Each
 * record vouches for those before it: it holds the sha256 over every value from where an earlier
 * record's word ends to the topic's end as its writer saw it. Writers wait for nobody: two that
 * write at once vouch for the same ones, and the next record for both. Besides, a writer (a
 * worker's life, a run of the operator's command) numbers its records 1, 2, 3 … under an id of its
 * own.
 *
 * What a whole topic proves: of all that its last record vouches for nothing was changed, taken
 * out, put in between or moved. What it does not prove: that nothing is missing behind its last
 * record (keep the head that `audit verify` prints somewhere else, and give it back with --head);
 * that who may write the topic wrote the truth; that one who can rewrite the whole topic did not
 * hash it anew (the same remedy). */
#ifndef CC_EVENT_AUDIT_H
#define CC_EVENT_AUDIT_H

#include "common/base/str.h"
#include "common/event/event.h"

enum { AUDIT_HASH = 32, AUDIT_CHAIN = 17 };

struct audit_chain {
    char id[AUDIT_CHAIN];
    uint32_t number;   /* of the last record; 0: none yet */
    int64_t from, to;  /* what the next record vouches for */
    struct buf hashes; /* of those values, one behind the other */
};

/* A chain of an id drawn by the caller, to vouch for what stands from an offset on; 0: an empty
 * topic, or its first record. audit_chain_release when done. */
void audit_chain_begin(struct audit_chain *c, const uint8_t id[8], int64_t from);
void audit_chain_release(struct audit_chain *c);
/* Where a chain that begins now has to vouch from, by the topic's last value: where that one's word
 * ends. False: it is no audit record. */
bool audit_chain_after(struct arena *a, const void *value, size_t n, int64_t *from);
/* One more value that the next record vouches for; they come in the order of their offsets. */
void audit_chain_saw(struct audit_chain *c, int64_t offset, const void *value, size_t n);
/* The chain's next record, packed in the arena: m's chain fields are filled in. The chain moves on
 * by audit_chain_wrote, once the record is stored; one that may or may not be stored ends a chain.
 */
int audit_chain_next(const struct audit_chain *c, struct arena *a, CcAudit *m, uint8_t **out,
                     size_t *n, struct err *e);
void audit_chain_wrote(struct audit_chain *c);

/* Reads a topic from its first record on and says which rule a record breaks. */
struct audit_check;
struct audit_check *audit_check_new(void);    /* NULL: no memory */
void audit_check_free(struct audit_check *k); /* accepts NULL */

struct audit_seen {
    int32_t partition;
    int64_t offset;
    const void *key, *value;
    size_t key_len, value_len;
};

/* NULL: whole so far; or the rule that this record breaks:
 *   "place"    not in partition 0          "offset"   records before it are missing
 *   "record"   no audit record             "key"      its key is not its chain
 *   "number"   not the next of its chain   "covers"   what it vouches for is not there, is
 *   "memory"   cannot be checked                      another, or does not reach back far enough
 * After a broken record the check goes on from it. */
const char *audit_check_add(struct audit_check *k, const struct audit_seen *s);
/* Is this the sha256 (hex) of the value at an offset? False: not there either. */
bool audit_check_head(const struct audit_check *k, int64_t offset, const char *hex);

struct audit_sum {
    int64_t records, first, last; /* offsets; -1: no record */
    size_t chains, begun_before;  /* of them, begun before the first record that is still there */
    char head[65];                /* sha256 of the last value */
};
void audit_check_sum(const struct audit_check *k, struct audit_sum *out);

#endif
