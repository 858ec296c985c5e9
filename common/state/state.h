/* state.h - what a worker remembers: key-value per partition, a compacted topic as the truth, LMDB
 * as the local copy.
 *
 * Changes of a batch go to the topic in the batch's own transaction; the LMDB transaction with the
 * changelog offset in it commits only after Kafka's did. So the local copy can be behind the topic,
 * never ahead. Not fsynced: after a reboot of the machine (boot id) the copy is thrown away and
 * read again from the topic; so is one that another cluster wrote, one that is damaged, and one not
 * written for STATE_COPY_MAX_AGE_MS (the topic may have dropped the tombstones it missed). A copy
 * has one owner: a process that finds it taken makes one beside it, and never waits. Timers are
 * state too: a name and an instant; due ones are handed out in order of (instant, name). In the
 * changelog a timer is a record with key "@timer/<name>" and the instant in decimal digits; keys
 * must not begin with '@'.
 *
 * Errors: ERR_RETRY "state" the disk, "state-full" the map was full (larger at the next
 * state_begin); ERR_REJECT "key" an empty or over-long key; ERR_FATAL "bug" a call outside a batch
 * or on a partition that is not attached. */
#ifndef CC_STATE_STATE_H
#define CC_STATE_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/err.h"

struct state;
struct vault;

enum {
    STATE_KEY_MAX = 480,                      /* bytes of a key or a timer's name */
    STATE_COPY_MAX_AGE_MS = 12 * 3600 * 1000, /* half of the state topics' delete.retention.ms */
};

/* A change, to be produced to the changelog: value NULL = deleted. Called by state_flush. */
typedef int (*state_change_fn)(void *arg, int32_t partition, const void *key, size_t key_len,
                               const void *value, size_t value_len, struct err *e);

/* dir NULL: a temporary folder, removed at close; a process that is killed leaves it behind, empty
 * but for locks. */
struct state *state_open(const char *dir, const char *stage, state_change_fn change, void *arg,
                         struct err *e);
void state_close(struct state *s); /* accepts NULL; an open batch is dropped */

/* With keys, values of the local copy are sealed (common/sys/vault.h) under "state/<stage>" and
 * their key; v outlives s's use. Before the first attach; without, or with a vault without keys,
 * they are clear. A value that does not open is ERR_RETRY: its copy must be removed, or its key
 * come back. */
void state_keys(struct state *s, struct vault *v);

const char *state_version(void); /* "LMDB 0.9.24: …" */
/* Which cluster the changelog lies in; a copy of another one is thrown away at attach. ""
 * (default): not asked. */
void state_origin(struct state *s, const char *cluster_id);
int state_attach(struct state *s, int32_t partition, int64_t *next_offset,
                 struct err *e); /* *next_offset: replay from here */
void state_detach(struct state *s, int32_t partition);
/* Empties the copy: its offset is not in the topic any more. Outside a batch; replay from 0 then.
 */
int state_forget(struct state *s, int32_t partition, struct err *e);
int64_t state_next_offset(const struct state *s,
                          int32_t partition); /* committed locally; 0: nothing yet */
/* The attached partitions, ascending; returns how many there are, at most max are written. */
size_t state_partitions(const struct state *s, int32_t *out, size_t max);
int state_restore(struct state *s, int32_t partition, const void *key, size_t key_len,
                  const void *value, size_t value_len,
                  struct err *e); /* one changelog record, inside a batch */

int state_begin(struct state *s, struct err *e);
/* Tells the topic what the batch has changed, each key once; before its transaction ends. After an
 * error the batch must be aborted. */
int state_flush(struct state *s, struct err *e);
void state_delivered(struct state *s, int32_t partition,
                     int64_t offset); /* changelog offset of a change of this batch */
int state_commit(struct state *s, struct err *e);
void state_abort(struct state *s);

/* ERR_REJECT "key" unless 1 to STATE_KEY_MAX bytes that do not begin with '@'. */
int state_check_key(const char *key, size_t n, struct err *e);

/* Inside a batch. Values are copied into the arena. get: 1 found, 0 not there, -1 could not look.
 */
int state_get(struct state *s, int32_t partition, const char *key, struct arena *a, void **value,
              size_t *n, struct err *e);
int state_put(struct state *s, int32_t partition, const char *key, const void *value, size_t n,
              struct err *e);
int state_delete(struct state *s, int32_t partition, const char *key, struct err *e);
/* Every key with this prefix, in byte order; fn returns non-zero to stop (its value is returned),
 * and changes nothing. */
typedef int (*state_each_fn)(void *arg, const char *key, const void *value, size_t n,
                             struct err *e);
int state_each(struct state *s, int32_t partition, const char *prefix, state_each_fn fn, void *arg,
               struct err *e);

int state_timer_set(struct state *s, int32_t partition, const char *name, int64_t at_ms,
                    struct err *e); /* moves it if set */
int state_timer_clear(struct state *s, int32_t partition, const char *name, struct err *e);
/* The first timer due at now over all partitions: 1 = one (removed; name copied into the arena), 0
 * = none. */
int state_timer_due(struct state *s, int64_t now_ms, struct arena *a, int32_t *partition,
                    char **name, int64_t *at_ms, struct err *e);
/* The earliest instant set, also outside a batch: 1 found, 0 no timer, -1 could not look. */
int state_timer_next(struct state *s, int64_t *at_ms, struct err *e);

#endif
