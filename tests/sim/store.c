/* store.c - the table store: what is published, an epoch, now and then away or slow
 *
 * Tables that are published anew hold the same rows: a swap between two batches must not be seen in
 * any output. */
#include <stdlib.h>

#include "common/store/store.h"
#include "tests/sim/sim.h"

struct store {
    const struct conf *conf;
};

const struct conf_row store_settings[] = {
    {"REDIS_URL", CONF_TEXT, "", 0, 0, NULL, "not looked at"},
    {NULL, CONF_TEXT, NULL, 0, 0, NULL, NULL},
};

static const struct tables *published;
static int64_t epoch = 1;

/* store_give - what workers load */
void store_give(const struct tables *t)
{
    published = t;
}

/* store_swap - published anew */
void store_swap(void)
{
    epoch++;
}

/* store_new - nothing to connect to */
struct store *store_new(const struct conf *c, struct err *e)
{
    struct store *s = calloc(1, sizeof(*s));

    if (s)
        s->conf = c;
    else
        err_set(e, ERR_FATAL, "memory", "out of memory");
    return s;
}

/* store_free - accepts NULL */
void store_free(struct store *s)
{
    free(s);
}

/* reach - does it answer? */
static int reach(struct err *e)
{
    sim_call("store");
    if (fault(FAULT_STORE_SLOW))
        task_slow(random_between(100000, 8000000));
    if (fault(FAULT_STORE_SWAP))
        store_swap();
    return fault(FAULT_STORE_AWAY) ? err_set(e, ERR_RETRY, "redis", "away") : 0;
}

/* store_epoch - see store.h */
int store_epoch(struct store *s, int64_t *out, struct err *e)
{
    (void)s;
    if (reach(e) < 0)
        return -1;
    *out = epoch;
    return 0;
}

/* store_load - editions shared with what is published */
struct tables *store_load(struct store *s, const enum table_id *wanted, int64_t *out, struct err *e)
{
    struct tables *t;
    const struct edition_info *i;

    (void)s;
    (void)wanted;
    if (reach(e) < 0)
        return NULL;
    t = tables_new();
    for (size_t n = 0; t && (i = tables_edition_at(published, n)); n++)
        if (!tables_share(t, published, i->table, i->sha256, e)) {
            tables_free(t);
            return NULL;
        }
    *out = epoch;
    return t;
}
