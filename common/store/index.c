/* index.c - the index of editions in Redis: its fields, its values, what it says of one edition */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "common/store/private.h"

/* store_field - "icd10cm@2026" */
void store_field(enum table_id t, const char *edition, char out[KEY_MAX])
{
    snprintf(out, KEY_MAX, "%s@%s", table_name(t), edition);
}

/* store_chunk_key - where the n-th part of a snapshot lies */
void store_chunk_key(enum table_id t, const char *edition, const char *sha256, size_t n,
                     char out[KEY_MAX])
{
    snprintf(out, KEY_MAX, "cleanclaim:table:%s:%s:%.12s:%zu", table_name(t), edition, sha256, n);
}

/* store_read_field - "table@edition"; false: not ours */
bool store_read_field(const char *field, struct listed *out)
{
    const char *at = strchr(field, '@');
    char name[64];

    if (!at || (size_t)(at - field) >= sizeof(name))
        return false;
    memcpy(name, field, (size_t)(at - field));
    name[at - field] = '\0';
    out->table = table_by_name(name);
    return out->table != TABLE_MAX && str_copy(out->edition, sizeof(out->edition), at + 1) &&
           edition_name_valid(out->edition);
}

/* store_read_value - from, to, rows, bytes, chunks, sha256, source; the days stand in the snapshot
 * too */
bool store_read_value(const char *value, struct listed *out)
{
    int n = 0;

    for (int field = 0; field < 2; field++) {
        value += strspn(value, "0123456789");
        if (*value++ != '\t')
            return false;
    }
    return sscanf(value, "%*u\t%zu\t%zu\t%64[0-9a-f]%n", &out->bytes, &out->chunks, out->sha256,
                  &n) == 3 &&
           n > 0 && strlen(out->sha256) == 64 && out->bytes <= SNAPSHOT_MAX &&
           out->chunks == (out->bytes + CHUNK_BYTES - 1) / CHUNK_BYTES;
}

/* add_day - yyyymmdd or nothing */
static void add_day(struct buf *b, int32_t day)
{
    if (day)
        buf_addf(b, "%08" PRId32, day);
    buf_addc(b, '\t');
}

/* store_write_value - as store_read_value reads it */
void store_write_value(const struct snapshot_head *h, size_t bytes, const char *sha256,
                       struct buf *out)
{
    add_day(out, h->from);
    add_day(out, h->to);
    buf_addf(out, "%zu\t%zu\t%zu\t%s\t%s", h->rows, bytes, (bytes + CHUNK_BYTES - 1) / CHUNK_BYTES,
             sha256, h->source);
}

/* store_listed - what the index says of one edition; *there = false: nothing */
int store_listed(struct store *s, enum table_id t, const char *edition, struct listed *out,
                 bool *there, struct err *e)
{
    char field[KEY_MAX];
    redisReply *r;
    int result = 0;

    store_field(t, edition, field);
    r = store_answer(s, redisCommand(s->redis, "HGET " INDEX_KEY " %s", field), "index", e);
    if (!r)
        return -1;
    *there = r->type == REDIS_REPLY_STRING;
    if (*there && (!store_read_field(field, out) || !store_read_value(r->str, out)))
        result =
            err_set(e, ERR_RETRY, "redis", "redis: the index entry of %s cannot be read", field);
    freeReplyObject(r);
    return result;
}

/* store_epoch - 0 when nothing was ever published */
int store_epoch(struct store *s, int64_t *epoch, struct err *e)
{
    redisReply *r;
    int64_t v = 0;

    if (store_ready(s, e) != 0)
        return -1;
    r = store_answer(s, redisCommand(s->redis, "GET " EPOCH_KEY), "epoch", e);
    if (!r)
        return -1;
    if (r->type == REDIS_REPLY_STRING && !str_to_i64(r->str, &v))
        v = 0;
    freeReplyObject(r);
    *epoch = v;
    return 0;
}
