/* part.h - one partition's local copy: an LMDB environment in a folder of its own. Private to
 * common/state. */
#ifndef CC_STATE_PART_H
#define CC_STATE_PART_H

#include <limits.h>
#include <lmdb.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/err.h"
#include "common/base/str.h"
#include "common/state/state.h"
#include "common/sys/vault.h"

enum { STATE_STAMP = 112 };

struct part {
    int32_t partition;
    char path[512];
    int lock_fd; /* flock: the copy's one owner */
    MDB_env *env;
    MDB_txn *txn;                 /* the batch's, from the first touch on; NULL: not touched */
    MDB_dbi kv, timer, due, meta; /* timer: name -> instant; due: instant, name -> nothing */
    int64_t next_offset;          /* committed */
    int64_t pending_offset;       /* of this batch */
    int64_t first_due_ms;         /* INT64_MAX: no timer */
    bool kept;                    /* else its data file has no name */
    bool first_due_known, changed, full;
    size_t map_bytes;
};

/* A key or timer that the open batch has changed. */
struct news_row {
    int32_t partition;
    bool timer, was_there; /* was_there: a key had a value before the batch */
    int64_t was_ms;        /* when a timer was due before it; -1: not set */
    size_t at, len;        /* of the name, in keys */
};

/* All of them, each once. */
struct news {
    struct buf keys;
    struct news_row *rows;
    uint32_t *slots; /* row + 1; 0: free */
    size_t n, n_slots;
};

struct state {
    char dir[400];
    char stage[64];
    char origin[96];
    bool temporary, in_batch;
    state_change_fn change;
    void *arg;
    struct part **parts; /* ascending partition */
    size_t n;
    struct vault *vault; /* NULL: values are clear */
    char place[80];
    struct buf sealed; /* of the value being stored */
    struct news news;
};

/* news.c */
int news_add(struct state *s, const struct news_row *r, const char *key, struct err *e);
void news_forget(struct news *w);
void news_release(struct news *w);

/* timer.c: when it is due now, or that it is gone, unless that is what it was before the batch. */
int state_tell_timer(const struct state *s, struct part *p, const struct news_row *r,
                     const char *name, struct err *e);

/* seal.c */
const char *state_stamp_of(const struct state *s, char out[STATE_STAMP]);
int state_store(struct state *s, struct part *p, const void *key, size_t key_len, const void *value,
                size_t n, bool *added, struct err *e);
int state_open_value(const struct state *s, const MDB_val *key, MDB_val *v, struct buf *plain,
                     struct err *e);

/* The partition to look at or change; NULL and ERR_FATAL when the caller is wrong. */
struct part *state_part(const struct state *s, int32_t partition, struct err *e);

/* Opens or makes the copy of a partition in dir; throws away what cannot be trusted. A copy that is
 * not kept has no name from its first moment on, so that nothing of it outlives the process,
 * however that ends. NULL: error. */
struct part *part_open(const char *dir, const char *stage, int32_t partition, bool kept,
                       const char *origin, struct err *e);
void part_close(struct part *p); /* accepts NULL; drops the open transaction */

int part_grow(struct part *p,
              struct err *e); /* between batches, when the map was full or is half full */
int part_txn(struct part *p, struct err *e);    /* makes sure that p->txn is open */
int part_commit(struct part *p, struct err *e); /* with the offset; also when nothing was touched */
void part_abort(struct part *p);
int part_forget(struct part *p, const char *origin, struct err *e);

/* *added: the key was not there; *had: it was. */
int part_put(struct part *p, const void *key, size_t key_len, const void *value, size_t n,
             bool *added, struct err *e);
int part_delete(struct part *p, const void *key, size_t key_len, bool *had, struct err *e);
/* When a timer is due; -1: it is not set. */
int part_timer_at(struct part *p, const char *name, size_t name_len, int64_t *at_ms, struct err *e);
/* at_ms < 0: clear. *had is what was set before, -1: nothing. */
int part_timer(struct part *p, const char *name, size_t name_len, int64_t at_ms, int64_t *had,
               struct err *e);
/* The earliest timer; with a txn of its own when no batch is open. 1, 0, -1; name holds
 * STATE_KEY_MAX + 1 bytes or is NULL. */
int part_first_due(struct part *p, int64_t *at_ms, char *name, struct err *e);

/* The LMDB code as our error. */
int part_error(struct part *p, int code, const char *what, struct err *e);

/* Removes a folder of plain files. */
void part_remove_folder(const char *path);

#endif
