/* rate.c - token buckets in thousandths of a request, found by a hash of the source */
#include "services/intake/rate.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { SLOTS = 4096, PROBES = 16, MILLI = 1000, BURST_SECONDS = 2 };

struct bucket {
    uint64_t source; /* 0: free */
    int64_t milli;   /* what is left */
    int64_t at_us;
};

struct rate {
    int64_t per_second;
    pthread_mutex_t lock;
    struct bucket buckets[SLOTS];
};

/* rate_new - see rate.h */
struct rate *rate_new(int64_t per_second)
{
    struct rate *r = calloc(1, sizeof(*r));

    if (!r)
        return NULL;
    r->per_second = per_second;
    pthread_mutex_init(&r->lock, NULL);
    return r;
}

/* rate_free - see rate.h */
void rate_free(struct rate *r)
{
    if (r)
        pthread_mutex_destroy(&r->lock);
    free(r);
}

/* hash - FNV-1a; never 0 */
static uint64_t hash(const char *s)
{
    uint64_t h = 14695981039346656037u;

    for (; *s; s++)
        h = (h ^ (unsigned char)*s) * 1099511628211u;
    return h ? h : 1;
}

/* find - the source's bucket, or the free or quietest one near it, full */
static struct bucket *find(struct rate *r, uint64_t source, int64_t now_us)
{
    struct bucket *best = NULL;

    for (size_t i = 0; i < PROBES; i++) {
        struct bucket *b = &r->buckets[(source + i) % SLOTS];

        if (b->source == source)
            return b;
        if (!best || (best->source && (!b->source || b->at_us < best->at_us)))
            best = b;
    }
    *best = (struct bucket){source, r->per_second * BURST_SECONDS * MILLI, now_us};
    return best;
}

/* rate_take - see rate.h */
int rate_take(struct rate *r, const char *source, int64_t now_us)
{
    int64_t most = r->per_second * BURST_SECONDS * MILLI, wait_us = 0;
    struct bucket *b;

    pthread_mutex_lock(&r->lock);
    b = find(r, hash(source), now_us);
    b->milli += (now_us - b->at_us) / MILLI * r->per_second;
    b->milli = b->milli > most ? most : b->milli;
    b->at_us += (now_us - b->at_us) / MILLI * MILLI;
    if (b->milli >= MILLI)
        b->milli -= MILLI;
    else
        wait_us = ((MILLI - b->milli) * MILLI + r->per_second - 1) / r->per_second;
    pthread_mutex_unlock(&r->lock);
    return (int)((wait_us + 999999) / 1000000);
}
