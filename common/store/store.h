/* store.h - code tables in Redis: immutable versioned snapshots, an index, an epoch, a notice.
 * hiredis is seen only here.
 *
 * Keys: cleanclaim:tables (hash: "icd10cm@2026" -> from, to, rows, bytes, chunks, sha256, source,
 * tab separated), cleanclaim:table:<name>:<edition>:<sha256, 12 hex>:<n> (chunks of at most 4 MiB),
 * cleanclaim:epoch (counter), channel cleanclaim:notice. Publishing writes the chunks, then flips
 * the index and bumps the epoch in one MULTI/EXEC. */
#ifndef CC_STORE_STORE_H
#define CC_STORE_STORE_H

#include <stdint.h>

#include "common/base/err.h"
#include "common/base/str.h"
#include "common/sys/conf.h"
#include "common/tables/tables.h"

struct store;

/* REDIS_URL, REDIS_PASSWORD_FILE, REDIS_CA_FILE, REDIS_CERT_FILE, REDIS_KEY_FILE, REDIS_TIMEOUT_MS
 */
extern const struct conf_row store_settings[];

/* Does not connect yet; every call connects again when the connection is gone. */
struct store *store_new(const struct conf *c, struct err *e);
void store_free(struct store *s);

int store_epoch(struct store *s, int64_t *epoch, struct err *e); /* ERR_RETRY "redis": away */
/* Publishes one snapshot; *changed = false when the same bytes are there already. */
int store_publish(struct store *s, const void *snapshot, size_t n, bool *changed, struct err *e);
/* Several at once: readers see all of them or none. snapshot NULL: the edition is taken away. */
struct store_change {
    const void *snapshot;
    size_t n;
    enum table_id table; /* with edition, only to take away */
    const char *edition;
};
int store_apply(struct store *s, const struct store_change *changes, size_t n, struct err *e);
int store_remove(struct store *s, enum table_id t, const char *edition, struct err *e);
/* Builds tables from what is published; `wanted` (TABLE_MAX-ended) or NULL for all. Editions that
 * the last load of this store had and whose hash is the same are shared with it, not fetched.
 * *epoch is the one loaded. */
struct tables *store_load(struct store *s, const enum table_id *wanted, int64_t *epoch,
                          struct err *e);
/* The bytes of one published snapshot. */
int store_fetch(struct store *s, enum table_id t, const char *edition, struct buf *out,
                struct err *e);

#endif
