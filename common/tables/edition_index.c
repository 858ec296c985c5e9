/* edition_index.c - from a key to its rows */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "common/tables/edition.h"

__extension__ typedef unsigned __int128 u128;

/* From this size on, memory comes in huge pages where the kernel gives them: a lookup in a table
 * of 2.5 million pairs misses the cache once or twice, and with small pages the address translation
 * each time as well. */
enum { HUGE_PAGE = 2 << 20 };

/* region_size - whole huge pages */
static size_t region_size(size_t n)
{
    return (n + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
}

/* edition_memory - zeroed memory; NULL: none */
void *edition_memory(size_t n)
{
    void *p;

    if (n < HUGE_PAGE)
        return calloc(1, n);
    if (posix_memalign(&p, HUGE_PAGE, region_size(n)) != 0)
        return NULL;
    madvise(p, region_size(n), MADV_HUGEPAGE);
    memset(p, 0, n);
    return p;
}

/* mix - 64 x 64 to 64 bits */
static uint64_t mix(uint64_t a, uint64_t b)
{
    u128 m = (u128)a * b;

    return (uint64_t)m ^ (uint64_t)(m >> 64);
}

/* word_at - up to eight bytes as a number, the others 0; eight must be readable */
static uint64_t word_at(const char *p, size_t n)
{
    uint64_t w;

    memcpy(&w, p, 8);
    return n >= 8 ? w : w & ((UINT64_C(1) << (8 * n)) - 1);
}

/* hash_key - eight bytes at a time */
static uint64_t hash_key(const char *p, size_t n)
{
    uint64_t h = n * 0x9E3779B97F4A7C15u;

    for (; n > 8; p += 8, n -= 8)
        h = mix(h ^ word_at(p, 8), 0xA0761D6478BD642Fu);
    return mix(h ^ word_at(p, n), 0xE7037ED1A0B428DBu);
}

/* slot_of - where the search for a hash begins */
static size_t slot_of(const struct edition *d, uint64_t h)
{
    return (size_t)(((h >> 32) * d->n_slots) >> 32);
}

/* edition_key_length - of the row at p: up to the TAB after the last key */
size_t edition_key_length(const struct edition *d, const char *p)
{
    const char *end = strchr(p, '\t');

    if (d->kind->keys == 2)
        end = strchr(end + 1, '\t');
    return (size_t)(end - p);
}

/* edition_same_key - as the row before */
bool edition_same_key(const struct edition *d, const char *p, const char *q)
{
    size_t n = edition_key_length(d, p);

    return memcmp(p, q, n + 1) == 0;
}

/* tag_of - never 0 */
static uint8_t tag_of(uint64_t h)
{
    return (uint8_t)h ? (uint8_t)h : 1;
}

/* put - one key into the index */
static void put(struct edition *d, const char *row, size_t key_n)
{
    uint64_t h = hash_key(row, key_n);
    size_t i = slot_of(d, h);

    while (d->tags[i])
        i = i + 1 == d->n_slots ? 0 : i + 1;
    d->tags[i] = tag_of(h);
    d->rows[i] = (uint32_t)(row - d->text);
}

/* count_firsts - different first keys */
static size_t count_firsts(const struct edition *d)
{
    const char *p = d->text + d->rows_at, *end = d->text + d->len, *before = NULL;
    size_t n = 0;

    for (; p < end; before = p, p = strchr(p, '\n') + 1)
        n += !before || memcmp(p, before, (size_t)(strchr(p, '\t') - p) + 1) != 0;
    return n;
}

/* put_first - the first of two keys alone, so that all of its rows are found at once */
static void put_first(struct edition *d, const char *row, const char *before)
{
    size_t n = (size_t)(strchr(row, '\t') - row);

    if (d->kind->keys == 2 && (!before || memcmp(row, before, n + 1) != 0))
        put(d, row, n);
}

/* edition_index - a slot per different key, and of two keys per different first one */
int edition_index(struct edition *d, size_t keys, struct err *e)
{
    const char *p = d->text + d->rows_at, *end = d->text + d->len, *before = NULL;

    keys += d->kind->keys == 2 ? count_firsts(d) : 0;
    d->n_slots = keys + keys * 5 / 8 + 8;
    d->tags = edition_memory(d->n_slots);
    d->rows = edition_memory(d->n_slots * sizeof(*d->rows));
    if (!d->tags || !d->rows)
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    for (; p < end; before = p, p = strchr(p, '\n') + 1)
        if (!before || !edition_same_key(d, p, before)) {
            put_first(d, p, before);
            put(d, p, edition_key_length(d, p));
        }
    return 0;
}

/* edition_has_key - eight bytes at a time */
bool edition_has_key(const struct edition *d, size_t at, const char *key, size_t n)
{
    const char *row = d->text + at;
    size_t left = n;

    if (at + n >= d->len || row[n] != '\t')
        return false;
    for (; left > 8; row += 8, key += 8, left -= 8)
        if (word_at(row, 8) != word_at(key, 8))
            return false;
    return word_at(row, left) == word_at(key, left);
}

/* edition_seek - through the index */
size_t edition_seek(const struct edition *d, const char *key, size_t n)
{
    uint64_t h = hash_key(key, n);
    uint8_t tag = tag_of(h);

    for (size_t i = slot_of(d, h); d->tags[i]; i = i + 1 == d->n_slots ? 0 : i + 1)
        if (d->tags[i] == tag && edition_has_key(d, d->rows[i], key, n))
            return d->rows[i];
    return 0;
}

/* take_day - yyyymmdd or nothing, checked when the edition was opened; past its TAB */
static int32_t take_day(const char **p)
{
    int32_t v = 0;

    for (; **p != '\t'; ++*p)
        v = v * 10 + (**p - '0');
    ++*p;
    return v;
}

/* edition_keyed_row - window and text */
size_t edition_keyed_row(const struct edition *d, size_t at, size_t key_n, struct table_row *out)
{
    const char *row = d->text + at, *p = row + key_n + 1, *end;

    out->edition = &d->info;
    out->from = take_day(&p);
    out->to = take_day(&p);
    out->columns = (uint32_t)(p - row);
    end = memchr(p, '\n', d->len - (size_t)(p - d->text));
    out->text = (struct span){row, (size_t)(end - row)};
    return (size_t)(end + 1 - d->text);
}

/* edition_row - of any key */
size_t edition_row(const struct edition *d, size_t at, struct table_row *out)
{
    return edition_keyed_row(d, at, edition_key_length(d, d->text + at), out);
}
