/* parts.c - procedures of a claim that together are one more
 *
 * The procedures are taken in the claim's order; a code marks its choice of a cluster; when every
 * choice is marked the cluster is there, and each code used so far is hidden in the cluster's MDCs.
 */
#include "common/drg/def.h"

#include <string.h>

/* choice_of - the choice of a cluster that a procedure is, as a bit; 0: it is no part */
static uint32_t choice_of(const struct stay *s, size_t i, uint16_t cluster)
{
    const struct membership *m;
    size_t low = 0, high;

    if (!s->px[i] || !s->px[i]->n)
        return 0;
    m = s->d->memberships + s->px[i]->first;
    for (high = s->px[i]->n; low < high;) {
        size_t mid = (low + high) / 2;

        if (m[mid].cluster < cluster)
            low = mid + 1;
        else
            high = mid;
    }
    return low < s->px[i]->n && m[low].cluster == cluster ? 1u << m[low].choice : 0;
}

/* hide - a part of a cluster, each time its code stands on the claim */
static void hide(struct stay *s, size_t part, uint16_t cluster)
{
    for (size_t i = 0; i < s->c->n_px; i++) {
        if (i != part && strcmp(s->c->px[i], s->c->px[part]) != 0)
            continue;
        s->hidden[i] |= s->d->clusters[cluster].mdcs;
        s->part_of[i] = s->part_of[i] ? s->part_of[i] : (uint16_t)(cluster + 1);
    }
}

/* take_cluster - it is there: its parts up to the last one needed are hidden in its MDCs */
static void take_cluster(struct stay *s, uint16_t cluster, size_t from, size_t last)
{
    atoms_or(s->fixed, s->d->procedure[s->d->clusters[cluster].set]);
    if (s->n_found < sizeof(s->found) / sizeof(s->found[0]))
        s->found[s->n_found++] = cluster;
    s->any_hidden |= s->d->clusters[cluster].mdcs;
    for (size_t i = from; i <= last; i++)
        if (choice_of(s, i, cluster))
            hide(s, i, cluster);
}

/* try_cluster - from the first procedure that belongs to it: are all choices there? */
static void try_cluster(struct stay *s, uint16_t cluster, size_t from)
{
    uint32_t open = s->d->clusters[cluster].choices;

    for (size_t i = from; i < s->c->n_px; i++) {
        open &= ~choice_of(s, i, cluster);
        if (!open) {
            take_cluster(s, cluster, from, i);
            return;
        }
    }
}

/* known_earlier - an earlier procedure belongs to the cluster: it was tried */
static bool known_earlier(const struct stay *s, uint16_t cluster, size_t i)
{
    while (i-- > 0)
        if (choice_of(s, i, cluster))
            return true;
    return false;
}

/* stay_clusters - each cluster once, at its first part */
void stay_clusters(struct stay *s)
{
    for (size_t i = 0; i < s->c->n_px; i++)
        for (uint32_t k = 0; s->px[i] && k < s->px[i]->n; k++) {
            uint16_t cluster = s->d->memberships[s->px[i]->first + k].cluster;

            if (!known_earlier(s, cluster, i))
                try_cluster(s, cluster, i);
        }
}
