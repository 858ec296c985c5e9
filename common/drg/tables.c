/* tables.c - codes, clusters and exclusions of a version: as compact as the questions to them allow
 */
#include "common/drg/make.h"

#include <stdlib.h>
#include <string.h>

/* Equal definitions once: open addressing over their bytes. */
struct pool {
    struct list list;
    uint32_t *slots; /* number + 1 */
    size_t n_slots;
};
enum { POOL_SLOTS = 1 << 18 }; /* more than any version has definitions, by far */

/* pool_add - the number of an equal one; -1: out of memory */
static int32_t pool_add(struct pool *p, const void *item)
{
    size_t at = 0, size = p->list.size;
    uint64_t h = 14695981039346656037u;

    for (size_t i = 0; i < size; i++)
        h = (h ^ ((const unsigned char *)item)[i]) * 1099511628211u;
    for (at = (h ^ h >> 31) & (POOL_SLOTS - 1); p->slots[at]; at = (at + 1) & (POOL_SLOTS - 1)) {
        void *there = (char *)p->list.items + size * (p->slots[at] - 1);

        if (memcmp(there, item, size) == 0)
            return (int32_t)p->slots[at] - 1;
    }
    if (p->list.n == POOL_SLOTS / 2 || !list_add(&p->list))
        return -1;
    memcpy((char *)p->list.items + size * (p->list.n - 1), item, size);
    p->slots[at] = (uint32_t)p->list.n;
    return (int32_t)p->list.n - 1;
}

/* pool_begin - for items of one size */
static bool pool_begin(struct pool *p, size_t size)
{
    memset(p, 0, sizeof(*p));
    p->list.size = size;
    p->slots = calloc(POOL_SLOTS, sizeof(*p->slots));
    return p->slots != NULL;
}

/* Codes on their way into a table. */
struct codes {
    uint64_t *packed;
    uint32_t *defs;
    size_t n;
};

/* codes_begin - room for n */
static bool codes_begin(struct codes *c, size_t n)
{
    c->packed = malloc((n + 1) * sizeof(*c->packed));
    c->defs = malloc((n + 1) * sizeof(*c->defs));
    c->n = 0;
    return c->packed && c->defs;
}

/* codes_end - the table, or only their memory back */
static int codes_end(struct codes *c, bool ok, struct code_table *out, struct err *e)
{
    int r = ok ? code_table_make(out, c->packed, c->defs, c->n) : -1;

    free(c->packed);
    free(c->defs);
    return r == 0 ? 0 : out_of_memory(e);
}

/* dx_def_of - one diagnosis; zeroed to its last byte, for it is compared by bytes */
static void dx_def_of(const struct drg_maker *m, const struct raw_dx *x, struct dx_def *out)
{
    memset(out, 0, sizeof(*out));
    out->suppress = m->dx_facts[x->set].suppress;
    out->hacs = m->dx_facts[x->set].hacs;
    out->flags = m->dx_facts[x->set].flags;
    out->injuries = m->dx_facts[x->set].injuries;
    out->set = x->set;
    out->collection = x->collection;
    out->mdc = x->mdc;
    out->male = x->male;
    out->female = x->female;
    out->severity = x->severity;
}

/* make_dx - diagnoses */
static int make_dx(struct drg_maker *m, struct drg *d, struct err *e)
{
    const struct raw_dx *x = m->dx.items;
    struct pool pool;
    struct codes c;
    bool ok = pool_begin(&pool, sizeof(struct dx_def));

    ok = codes_begin(&c, m->dx.n) && ok;
    for (size_t i = 0; i < m->dx.n && ok; i++) {
        struct dx_def def;
        int32_t n;

        dx_def_of(m, &x[i], &def);
        n = pool_add(&pool, &def);
        ok = n >= 0;
        c.packed[c.n] = x[i].packed;
        c.defs[c.n++] = (uint32_t)n;
    }
    free(pool.slots);
    d->dx_defs = pool.list.items;
    d->n_dx_defs = pool.list.n;
    return codes_end(&c, ok, &d->dx, e);
}

/* find_parts - the stretch of a code */
static void find_parts(const struct list *parts, uint64_t packed, struct px_def *out)
{
    const struct part *p = parts->items;
    size_t low = 0, high = parts->n;

    while (low < high) {
        size_t mid = (low + high) / 2;

        if (p[mid].packed < packed)
            low = mid + 1;
        else
            high = mid;
    }
    for (out->first = (uint32_t)low; low < parts->n && p[low].packed == packed; low++)
        out->n++;
    if (!out->n)
        out->first = 0;
}

/* make_px - procedures, after the clusters */
static int make_px(struct drg_maker *m, struct drg *d, const struct list *parts, struct err *e)
{
    const struct raw_px *x = m->px.items;
    struct pool pool;
    struct codes c;
    size_t members = 0;
    bool ok = pool_begin(&pool, sizeof(struct px_def));

    ok = codes_begin(&c, m->px.n) && ok;
    for (size_t i = 0; i < m->px.n && ok; i++) {
        struct px_def def;
        int32_t n;

        memcpy(&def, &m->px_facts[x[i].set], sizeof(def));
        def.set = x[i].set;
        find_parts(parts, x[i].packed, &def);
        members += def.n;
        n = pool_add(&pool, &def);
        ok = n >= 0;
        c.packed[c.n] = x[i].packed;
        c.defs[c.n++] = (uint32_t)n;
    }
    free(pool.slots);
    d->px_defs = pool.list.items;
    d->n_px_defs = pool.list.n;
    if (ok && members != parts->n) {
        codes_end(&c, false, &d->px, e);
        return err_set(e, ERR_REJECT, "drg", "CLUSTER: a code that no row of PX has");
    }
    return codes_end(&c, ok, &d->px, e);
}

/* by_collection - for qsort */
static int by_collection(const void *a, const void *b)
{
    const struct raw_exclusion *p = a, *q = b;

    return (p->collection > q->collection) - (p->collection < q->collection);
}

/* by_slot - for qsort */
static int by_slot(const void *a, const void *b)
{
    uint32_t p = *(const uint32_t *)a, q = *(const uint32_t *)b;

    return (p > q) - (p < q);
}

/* make_exclusion - one collection as slots of its codes */
static int make_exclusion(struct drg *d, const struct raw_exclusion *x, struct list *slots,
                          struct err *e)
{
    struct span rest = x->codes, item;
    size_t from = slots->n;

    while (items_next(&rest, &item)) {
        char code[CODE_CHARS + 1] = "";
        uint32_t *slot = list_add(slots);
        int32_t at;

        if (!slot)
            return out_of_memory(e);
        memcpy(code, item.p, item.n <= CODE_CHARS ? item.n : 0);
        at = code_slot(&d->dx, code);
        if (at < 0)
            return err_set(e, ERR_REJECT, "drg", "EXCLUDE %u: %.*s is in no row of DX",
                           x->collection, (int)(item.n < 20 ? item.n : 20), item.p);
        *slot = (uint32_t)at;
    }
    qsort((uint32_t *)slots->items + from, slots->n - from, sizeof(uint32_t), by_slot);
    return 0;
}

/* check_collections - a diagnosis excludes what a row says */
static int check_collections(const struct drg_maker *m, const struct drg *d, struct err *e)
{
    const struct raw_dx *x = m->dx.items;

    for (size_t i = 0; i < m->dx.n; i++) {
        unsigned n = x[i].collection;

        if (n && (n >= d->n_collections || d->collections[n] == d->collections[n + 1]))
            return err_set(e, ERR_REJECT, "drg",
                           "DX: a diagnosis excludes collection %u, which no row of EXCLUDE has",
                           n);
    }
    return 0;
}

/* make_exclusions - by number of collection; a number without a row excludes nothing */
static int make_exclusions(struct drg_maker *m, struct drg *d, struct err *e)
{
    struct raw_exclusion *x = m->exclusions.items;
    struct list slots = {.size = sizeof(uint32_t)};
    size_t n = 0, i = 0;
    int r = 0;

    qsort(x, m->exclusions.n, sizeof(*x), by_collection);
    d->n_collections = x[m->exclusions.n - 1].collection + 1u;
    d->collections = calloc(d->n_collections + 1, sizeof(uint32_t));
    if (!d->collections)
        return out_of_memory(e);
    for (n = 0; n < d->n_collections && r == 0; n++) {
        d->collections[n] = (uint32_t)slots.n;
        for (; i < m->exclusions.n && x[i].collection == n && r == 0; i++)
            r = make_exclusion(d, &x[i], &slots, e);
    }
    d->collections[d->n_collections] = (uint32_t)slots.n;
    d->excluded = slots.items;
    return r == 0 ? check_collections(m, d, e) : r;
}

/* make_codes - all three */
int make_codes(struct drg_maker *m, struct drg *d, struct err *e)
{
    struct list parts = {.size = sizeof(struct part)};
    int r = make_dx(m, d, e);

    if (r == 0)
        r = make_clusters(m, d, &parts, e);
    if (r == 0)
        r = make_px(m, d, &parts, e);
    free(parts.items);
    return r == 0 ? make_exclusions(m, d, e) : r;
}
