/* route.h - a receiver's row of the routes table: who sends to whom, and how large a batch may grow
 */
#ifndef CC_SUBMITTER_ROUTE_H
#define CC_SUBMITTER_ROUTE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/claim/write837.h"
#include "common/tables/tables.h"

enum { ROUTE_RECEIVER_MAX = 30 };

struct route {
    struct claim_route claim; /* strings of the arena */
    bool sandbox;
    uint32_t batch_claims; /* 1-5000 */
    uint64_t batch_bytes;  /* of rendered claims, at most what an event can carry */
    int64_t batch_age_ms;
    int cutoff_min, tz_min; /* minute of the payer's day at which a batch closes; -1: none */
    bool split_frequency;   /* originals, replacements and voids in files of their own */
};

/* The row in force on a day. Empty limits get their defaults. */
enum lookup route_find(const struct tables *t, const char *receiver, int32_t on, struct arena *a,
                       struct route *out);
/* When a batch that began then closes: by its age, or at the cut-off of the payer's day. */
int64_t route_batch_end(const struct route *r, int64_t since_ms);
/* Can the receiver's name stand in keys, file names (whose parts "_" separates) and BHT03 (upper
 * case)? 1 to ROUTE_RECEIVER_MAX of [A-Z0-9.-], not beginning with a dot. */
bool route_name_valid(const char *receiver);

#endif
