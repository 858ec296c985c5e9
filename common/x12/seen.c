/* seen.c - control numbers that were used before: an open hash set that doubles */
#include <stdlib.h>
#include <string.h>

#include "common/x12/checker.h"

/* seen_reset - none seen; the memory stays */
void seen_reset(struct seen *seen)
{
    if (seen->hash)
        memset(seen->hash, 0, seen->size * sizeof(*seen->hash));
    seen->count = 0;
}

/* put_hash - false: it was there */
static bool put_hash(struct seen *seen, uint64_t h)
{
    size_t i = (size_t)h & (seen->size - 1);

    for (; seen->hash[i]; i = (i + 1) & (seen->size - 1))
        if (seen->hash[i] == h)
            return false;
    seen->hash[i] = h;
    seen->count++;
    return true;
}

/* grow_seen - twice the room; false: out of memory */
static bool grow_seen(struct check *c, struct seen *seen)
{
    struct seen wide = {NULL, 0, seen->size ? seen->size * 2 : 64};

    wide.hash = calloc(wide.size, sizeof(*wide.hash));
    if (!wide.hash) {
        c->failed = true;
        return false;
    }
    for (size_t i = 0; i < seen->size; i++)
        if (seen->hash[i])
            put_hash(&wide, seen->hash[i]);
    free(seen->hash);
    *seen = wide;
    return true;
}

/* seen_before - FNV-1a of the bytes; one bit is always set, since 0 is a free place */
bool seen_before(struct check *c, struct seen *seen, const struct span *parts, size_t n)
{
    uint64_t h = UINT64_C(14695981039346656037);

    for (size_t k = 0; k < n; k++, h *= UINT64_C(1099511628211))
        for (size_t i = 0; i < parts[k].n; i++)
            h = (h ^ (unsigned char)parts[k].p[i]) * UINT64_C(1099511628211);
    if (seen->count * 2 >= seen->size && !grow_seen(c, seen))
        return false;
    return !put_hash(seen, h | UINT64_C(1) << 63);
}
