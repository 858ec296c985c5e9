/* clusters.c - procedures that together are one more: the choices of each cluster, by code */
#include "common/drg/make.h"

#include <stdlib.h>
#include <string.h>

/* by_code - for qsort: code, cluster */
static int by_code(const void *a, const void *b)
{
    const struct part *p = a, *q = b;

    if (p->packed != q->packed)
        return p->packed < q->packed ? -1 : 1;
    return (p->m.cluster > q->m.cluster) - (p->m.cluster < q->m.cluster);
}

/* mdc_bits - MDCs of a list; those over 63 hide nothing, for no claim is there */
static uint64_t mdc_bits(struct span mdcs)
{
    uint64_t bits = 0;
    struct span item;

    while (items_next(&mdcs, &item)) {
        unsigned n = 0;

        for (size_t i = 0; i < item.n && item.p[i] >= '0' && item.p[i] <= '9' && n < 1000; i++)
            n = n * 10 + (unsigned)(item.p[i] - '0');
        bits |= n < 64 ? 1ull << n : 0;
    }
    return bits;
}

/* cluster_set - what a cluster carries; -1: no row of PX says */
static int64_t cluster_set(const struct drg_maker *m, struct span name)
{
    const struct raw_cluster_set *s = m->cluster_sets.items;
    size_t low = 0, high = m->cluster_sets.n;

    while (low < high) {
        size_t mid = (low + high) / 2;
        int r = memcmp(s[mid].name.p, name.p, s[mid].name.n < name.n ? s[mid].name.n : name.n);

        if (r == 0 && s[mid].name.n == name.n)
            return s[mid].set;
        if (r < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return -1;
}

/* cluster_of - the cluster of a choice: choices of one stand together, in order */
static int cluster_of(const struct drg_maker *m, struct drg *d, const struct raw_cluster *x,
                      struct err *e)
{
    struct cluster *c = d->n_clusters ? &d->clusters[d->n_clusters - 1] : NULL;

    if (!c || !span_is(x->name, c->name)) {
        int64_t set = cluster_set(m, x->name);

        if (set < 0 || d->n_clusters == UINT16_MAX)
            return err_set(e, ERR_REJECT, "drg", "CLUSTER %.*s: no row of PX says what it carries",
                           (int)x->name.n, x->name.p);
        c = &d->clusters[d->n_clusters++];
        memcpy(c->name, x->name.p, x->name.n);
        c->set = (uint32_t)set;
    }
    c->mdcs |= mdc_bits(x->mdcs);
    c->choices |= 1u << (x->choice - 1);
    return 0;
}

/* by_name - for qsort */
static int by_name(const void *a, const void *b)
{
    const struct raw_cluster *p = a, *q = b;
    int r = memcmp(p->name.p, q->name.p, p->name.n < q->name.n ? p->name.n : q->name.n);

    if (r == 0 && p->name.n != q->name.n)
        r = p->name.n < q->name.n ? -1 : 1;
    return r ? r : (p->choice > q->choice) - (p->choice < q->choice);
}

/* by_set_name - for qsort */
static int by_set_name(const void *a, const void *b)
{
    const struct raw_cluster_set *p = a, *q = b;

    return memcmp(p->name.p, q->name.p, p->name.n < q->name.n ? p->name.n : q->name.n);
}

/* make_clusters - and which code is which choice of them, by code */
int make_clusters(struct drg_maker *m, struct drg *d, struct list *parts, struct err *e)
{
    struct raw_cluster *x = m->clusters.items;
    struct span item;

    qsort(x, m->clusters.n, sizeof(*x), by_name);
    qsort(m->cluster_sets.items, m->cluster_sets.n, sizeof(struct raw_cluster_set), by_set_name);
    d->clusters = calloc(m->clusters.n + 1, sizeof(*d->clusters));
    if (!d->clusters)
        return out_of_memory(e);
    for (size_t i = 0; i < m->clusters.n; i++) {
        if (cluster_of(m, d, &x[i], e) != 0)
            return -1;
        while (items_next(&x[i].codes, &item)) {
            struct part *p = list_add(parts);

            if (!p)
                return out_of_memory(e);
            *p = (struct part){code_pack(item.p, item.n),
                               {(uint16_t)(d->n_clusters - 1), (uint8_t)(x[i].choice - 1)}};
        }
    }
    qsort(parts->items, parts->n, sizeof(struct part), by_code);
    d->memberships = calloc(parts->n + 1, sizeof(*d->memberships));
    if (!d->memberships)
        return out_of_memory(e);
    for (d->n_memberships = 0; d->n_memberships < parts->n; d->n_memberships++)
        d->memberships[d->n_memberships] = ((struct part *)parts->items)[d->n_memberships].m;
    return 0;
}
