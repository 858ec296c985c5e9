/* audit.c - chains of audit records, and the proof that they are whole */
#include "common/event/audit.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/str.h"
#include "common/sys/digest.h"

/* A value below FITS is never over MEMORY, whatever is in it. */
enum { MEMORY = 1 << 20, FITS = 1 << 12, OUTSIDE = -1 };

/* audit_chain_begin - see audit.h */
void audit_chain_begin(struct audit_chain *c, const uint8_t id[8], int64_t from)
{
    memset(c, 0, sizeof(*c));
    digest_to_hex(id, 8, c->id);
    c->from = c->to = from;
}

/* audit_chain_release - may be begun again */
void audit_chain_release(struct audit_chain *c)
{
    buf_release(&c->hashes);
}

/* audit_chain_after - see audit.h */
bool audit_chain_after(struct arena *a, const void *value, size_t n, int64_t *from)
{
    ProtobufCMessage *m;
    struct err ignored;

    arena_reset(a);
    if (event_unpack(a, &cc_audit__descriptor, value, n, &m, &ignored) < 0)
        return false;
    *from = ((const CcAudit *)m)->covers_to;
    return *from >= 0;
}

/* audit_chain_saw - see audit.h */
void audit_chain_saw(struct audit_chain *c, int64_t offset, const void *value, size_t n)
{
    uint8_t hash[AUDIT_HASH];

    if (c->hashes.len == 0)
        c->from = offset; /* what lay before may be gone by retention */
    c->to = offset + 1;
    digest_sha256(value, n, hash);
    buf_add(&c->hashes, hash, sizeof(hash));
}

/* audit_chain_next - see audit.h */
int audit_chain_next(const struct audit_chain *c, struct arena *a, CcAudit *m, uint8_t **out,
                     size_t *n, struct err *e)
{
    uint8_t *hash = arena_alloc(a, AUDIT_HASH);

    m->chain = arena_strdup(a, c->id);
    if (!hash || !m->chain || c->hashes.failed)
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    m->number = c->number + 1;
    m->covers_from = c->from;
    m->covers_to = c->to;
    if (c->hashes.len) {
        digest_sha256(c->hashes.data, c->hashes.len, hash);
        m->covers = (ProtobufCBinaryData){AUDIT_HASH, hash};
    }
    return event_pack(a, &m->base, out, n, e);
}

/* audit_chain_wrote - the record is in the topic */
void audit_chain_wrote(struct audit_chain *c)
{
    c->number++;
    c->from = c->to;
    buf_reset(&c->hashes);
}

/* A chain as it was read. */
struct chain {
    char id[AUDIT_CHAIN];
    uint32_t number;
};

struct audit_check {
    struct arena *arena; /* of the record in hand */
    struct chain *chains;
    size_t n_chains, begun_before;
    uint8_t (*hashes)[AUDIT_HASH]; /* of every record, by its place behind the first */
    int64_t n, first;
    int64_t covered; /* offsets before it are vouched for */
};

/* audit_check_new - nothing read */
struct audit_check *audit_check_new(void)
{
    struct audit_check *k = calloc(1, sizeof(*k));

    if (k && (k->arena = arena_new(MEMORY)))
        return k;
    free(k);
    return NULL;
}

/* audit_check_free - accepts NULL */
void audit_check_free(struct audit_check *k)
{
    if (!k)
        return;
    arena_free(k->arena);
    free(k->chains);
    free(k->hashes);
    free(k);
}

/* grown - room for one more of n things: memory doubles at each power of two */
static void *grown(void *p, size_t n, size_t size)
{
    return n & (n - 1) ? p : realloc(p, (n ? n * 2 : 1) * size);
}

/* remember - the record's hash */
static bool remember(struct audit_check *k, const struct audit_seen *s)
{
    void *p = grown(k->hashes, (size_t)k->n, sizeof(*k->hashes));

    if (!p)
        return false;
    k->hashes = p;
    digest_sha256(s->value, s->value_len, k->hashes[k->n++]);
    return true;
}

/* find_chain - by id; the latest are the busy ones */
static struct chain *find_chain(struct audit_check *k, const char *id)
{
    for (size_t i = k->n_chains; i; i--)
        if (strcmp(k->chains[i - 1].id, id) == 0)
            return &k->chains[i - 1];
    return NULL;
}

/* add_chain - met for the first time; NULL: no memory */
static struct chain *add_chain(struct audit_check *k, const char *id)
{
    struct chain *p = grown(k->chains, k->n_chains, sizeof(*p));

    if (!p)
        return NULL;
    k->chains = p;
    p += k->n_chains++;
    memset(p, 0, sizeof(*p));
    str_copy(p->id, sizeof(p->id), id);
    return p;
}

/* check_covers - what it vouches for is what was read, and leaves no hole behind the last word */
static const char *check_covers(struct audit_check *k, const CcAudit *m)
{
    uint8_t hash[AUDIT_HASH];
    int64_t from = m->covers_from - k->first, to = m->covers_to - k->first;
    bool beyond = from > to || to > k->n - 1 || m->covers_from > k->covered;

    if (m->covers_to > k->covered && !beyond)
        k->covered = m->covers_to;
    if (beyond)
        return "covers";
    if (from < 0) /* no longer there */
        return k->first > 0 ? NULL : "covers";
    if (from == to)
        return m->covers.len ? "covers" : NULL;
    digest_sha256(k->hashes[from], (size_t)(to - from) * AUDIT_HASH, hash);
    return m->covers.len == AUDIT_HASH && memcmp(m->covers.data, hash, AUDIT_HASH) == 0 ? NULL
                                                                                        : "covers";
}

/* check_number - the next of its writer's */
static const char *check_number(struct audit_check *k, const CcAudit *m)
{
    struct chain *c = m->number == 1 ? NULL : find_chain(k, m->chain);
    uint32_t want = c ? c->number + 1 : 1;

    if (!c && !(c = add_chain(k, m->chain)))
        return "memory";
    if (want == 1 && m->number != 1 && k->first > 0) {
        k->begun_before++;
        want = m->number;
    }
    c->number = m->number;
    return m->number == want ? NULL : "number";
}

/* check_record - against all that was read */
static const char *check_record(struct audit_check *k, const CcAudit *m)
{
    const char *covers = check_covers(k, m), *number = check_number(k, m);

    return number ? number : covers;
}

/* read_record - NULL: none */
static const CcAudit *read_record(struct audit_check *k, const struct audit_seen *s)
{
    ProtobufCMessage *m;
    struct err ignored;

    arena_reset(k->arena);
    if (!s->value ||
        event_unpack(k->arena, &cc_audit__descriptor, s->value, s->value_len, &m, &ignored) < 0)
        return NULL;
    return ((const CcAudit *)m)->number && strlen(((const CcAudit *)m)->chain) == AUDIT_CHAIN - 1
               ? (const CcAudit *)m
               : NULL;
}

/* audit_check_add - see audit.h */
const char *audit_check_add(struct audit_check *k, const struct audit_seen *s)
{
    const CcAudit *m;
    const char *broken = NULL, *chain;

    if (s->partition != 0)
        return "place";
    if (k->n == 0)
        k->first = k->covered = s->offset;
    if (s->offset != k->first + k->n) {
        broken = "offset";
        k->first = s->offset - k->n; /* what follows is placed from here on */
    }
    if (!remember(k, s))
        return "memory";
    m = read_record(k, s);
    if (!m)
        return arena_exhausted(k->arena) && s->value_len < FITS ? "memory" : "record";
    if (s->key_len != strlen(m->chain) || memcmp(s->key, m->chain, s->key_len) != 0)
        return "key";
    chain = check_record(k, m);
    return broken ? broken : chain;
}

/* audit_check_head - see audit.h */
bool audit_check_head(const struct audit_check *k, int64_t offset, const char *hex)
{
    char have[2 * AUDIT_HASH + 1];

    if (k->n == 0 || offset < k->first || offset >= k->first + k->n)
        return false;
    digest_to_hex(k->hashes[offset - k->first], AUDIT_HASH, have);
    return strcmp(have, hex) == 0;
}

/* audit_check_sum - see audit.h */
void audit_check_sum(const struct audit_check *k, struct audit_sum *out)
{
    memset(out, 0, sizeof(*out));
    out->records = k->n;
    out->first = k->n ? k->first : OUTSIDE;
    out->last = k->n ? k->first + k->n - 1 : OUTSIDE;
    out->chains = k->n_chains;
    out->begun_before = k->begun_before;
    if (k->n)
        digest_to_hex(k->hashes[k->n - 1], AUDIT_HASH, out->head);
}
