/* batch.c - a batch closes: its claims become one interchange under the next control number */
#include <stdio.h>
#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "common/sys/digest.h"
#include "common/sys/log.h"
#include "common/sys/metric.h"
#include "services/submitter/build/build.h"

/* Claims of a batch unpacked: some ten times their bytes in X12. */
#define BATCH_MEMORY ((size_t)1 << 30)

enum { ISA13_TEXT = 16, PREFIX_TEXT = ROUTE_RECEIVER_MAX + ISA13_TEXT };

/* What waits, in memory of its own: a batch is larger than a message. */
struct waiting {
    struct svc_ctx *x;
    struct arena *a;
    const CcClaim **claims;
    size_t n;
};

/* unpack - one that waits */
static int unpack(void *arg, const char *key, const void *value, size_t n, struct err *e)
{
    struct waiting *w = arg;
    ProtobufCMessage *m;
    const CcClaim **grown;

    (void)key;
    if (event_unpack(w->a, &cc_pending_claim__descriptor, value, n, &m, e) < 0)
        return -1;
    grown = arena_grow(w->a, w->claims, w->n, sizeof(CcClaim *));
    if (!grown)
        return build_memory(e);
    w->claims = grown;
    w->claims[w->n] = ((const CcPendingClaim *)(const void *)m)->claim;
    if (!w->claims[w->n])
        return err_set(e, ERR_FATAL, "bug", "claims.pending: a claim that is none");
    w->n++;
    return 0;
}

/* load - all that waits for a batch; free the arena whatever it returns */
static int load(struct svc_ctx *x, const struct batch *b, struct waiting *w, struct err *e)
{
    char prefix[BUILD_KEY];

    *w = (struct waiting){.x = x, .a = arena_new(BATCH_MEMORY)};
    if (!w->a)
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    pending_key(prefix, "claim", b, "");
    return svc_each(x, prefix, unpack, w, e);
}

/* next_number - the partition's next sequence for this receiver */
static int next_number(struct svc_ctx *x, const struct batch *b, uint32_t *isa13, struct err *e)
{
    CcControlNumber *seq;
    ProtobufCMessage *m;
    char key[BUILD_KEY];
    int found;

    snprintf(key, sizeof(key), "seq/%s", b->receiver);
    found = svc_get(x, key, &cc_control_number__descriptor, &m, e);
    if (found < 0)
        return -1;
    seq = found ? (CcControlNumber *)(void *)m
                : event_new(svc_arena(x), &cc_control_number__descriptor);
    if (!seq)
        return build_memory(e);
    if (seq->last >= BUILD_SEQUENCE_MAX)
        return err_set(e, ERR_FATAL, "numbers",
                       "a receiver has used up its control numbers: none is ever used again");
    seq->receiver = (char *)(uintptr_t)b->receiver;
    seq->last++;
    *isa13 = (uint32_t)seq->last * BUILD_PARTITIONS + (uint32_t)svc_partition(x);
    return svc_put(x, key, &seq->base, e);
}

/* new_interchange - everything but bytes and claims; NULL: over the arena */
static CcInterchange *new_interchange(struct svc_ctx *x, const struct batch *b, uint32_t isa13)
{
    const struct build *set = svc_user(x);
    const int32_t today = build_today(x);
    struct arena *a = svc_arena(x);
    CcInterchange *f = event_new(a, &cc_interchange__descriptor);

    if (!f)
        return NULL;
    f->receiver = arena_strdup(a, b->receiver);
    f->file_name =
        arena_printf(a, "%c_%s_837%c_%08d_%09u.x12", b->route.claim.test ? 'T' : 'P', b->receiver,
                     build_kind_letter(b->kind), (int)today, (unsigned)isa13);
    f->isa13 = arena_printf(a, "%09u", (unsigned)isa13);
    f->gs06 = arena_printf(a, "%u", (unsigned)isa13);
    f->sender_id = arena_strdup(a, b->route.claim.sender_id);
    f->receiver_id = arena_strdup(a, b->route.claim.receiver_id);
    f->guide = arena_strdup(a, claim_guide(b->kind));
    f->test = b->route.claim.test;
    f->created_ms = svc_now_ms(x);
    f->isa09 = arena_printf(a, "%06d", (int)(today % 1000000));
    f->isa10 = arena_printf(a, "%04d", time_of_ms(svc_now_ms(x), set->tz_min));
    return arena_exhausted(a) ? NULL : f;
}

/* billing_npi - for a 277CA that refuses a provider's claims together */
static const char *billing_npi(const CcClaim *c)
{
    for (size_t i = 0; i < c->n_providers; i++)
        if (c->providers[i]->role == PROVIDER_ROLE_BILLING)
            return c->providers[i]->npi;
    return "";
}

/* sent_claim - what must be known of a claim when an answer comes; NULL: over the arena */
static CcSentClaim *sent_claim(struct arena *a, const CcClaim *c, const struct claim_sent *s)
{
    CcSentClaim *x = event_new(a, &cc_sent_claim__descriptor);

    if (!x)
        return NULL;
    x->claim_id = c->claim_id;
    x->version = c->version;
    x->st02 = arena_strdup(a, s->st02);
    x->bht03 = arena_strdup(a, s->bht03);
    x->first_segment = s->first_segment;
    x->segments = s->segments;
    x->hl_first_segment = s->hl_first_segment;
    x->charge_cents = c->charge_cents;
    x->encounter = c->encounter;
    x->patient_key = c->patient_key;
    x->payer_id = (char *)(uintptr_t)say_payer(c);
    x->kind = c->kind;
    x->account = c->account;
    x->billing_npi = (char *)(uintptr_t)billing_npi(c);
    return x->st02 && x->bht03 ? x : NULL;
}

/* settle - a claim that is in the file: told, remembered, and waiting no more */
static int settle(struct svc_ctx *x, const struct batch *b, const CcClaim *c,
                  const CcInterchange *f, const CcSentClaim *sent, struct err *e)
{
    const struct build *set = svc_user(x);
    CcBatchedClaim *done;
    char key[BUILD_KEY], name[BUILD_KEY];

    if (pending_done(x, c->claim_id, &done, e) < 0)
        return -1;
    pending_key(key, "claim", b, c->claim_id);
    done->pending_key = arena_strdup(svc_arena(x), "");
    done->isa13 = f->isa13;
    done->sent_version = c->version;
    done->at_ms = svc_now_ms(x);
    if (!done->pending_key)
        return build_memory(e);
    if (svc_delete(x, key, e) < 0)
        return -1;
    snprintf(key, sizeof(key), "done/%s", c->claim_id);
    snprintf(name, sizeof(name), "drop/%s", c->claim_id);
    if (svc_put(x, key, &done->base, e) < 0 ||
        svc_timer_set(x, name, done->at_ms + set->keep_ms, e) < 0)
        return -1;
    return say_batched(x, c, f, sent, e);
}

/* shut - the batch is open no more */
static int shut(struct svc_ctx *x, const struct batch *b, struct err *e)
{
    char key[BUILD_KEY];

    pending_key(key, "open", b, NULL);
    if (svc_delete(x, key, e) < 0)
        return -1;
    pending_key(key, "age", b, NULL);
    return svc_timer_clear(x, key, e);
}

/* give_up - one that waits goes to a person */
static int give_up(struct svc_ctx *x, const struct batch *b, const CcClaim *c, const char *reason,
                   const char *why, struct err *e)
{
    CcBatchedClaim *done;
    char key[BUILD_KEY];

    if (pending_done(x, c->claim_id, &done, e) < 0)
        return -1;
    pending_key(key, "claim", b, c->claim_id);
    done->held = true;
    done->pending_key = arena_strdup(svc_arena(x), "");
    if (!done->pending_key)
        return build_memory(e);
    if (svc_delete(x, key, e) < 0)
        return -1;
    snprintf(key, sizeof(key), "done/%s", c->claim_id);
    return svc_put(x, key, &done->base, e) < 0 ? -1 : say_held(x, c, reason, why, e);
}

/* publish - the interchange with its claims, then each claim's own record */
static int publish(struct waiting *w, const struct batch *b, CcInterchange *f, struct buf *bytes,
                   const struct claim_rendered *r, struct err *e)
{
    char hex[DIGEST_TEXT];

    f->x12.data = (uint8_t *)bytes->data;
    f->x12.len = bytes->len;
    f->sha256 = arena_strdup(w->a, digest_hex(bytes->data, bytes->len, hex));
    f->sets = r->sets;
    f->charge_cents = r->charge_cents;
    for (size_t i = 0; i < w->n; i++) {
        CcSentClaim *s = sent_claim(w->a, w->claims[r->sent[i].index], &r->sent[i]);

        if (!s || !event_push(w->a, f, claims, s))
            return build_memory(e);
    }
    if (!f->sha256)
        return build_memory(e);
    if (svc_emit(w->x, TOPIC_INTERCHANGES, f->receiver, &f->base, e) < 0)
        return -1;
    for (size_t i = 0; i < w->n; i++)
        if (settle(w->x, b, w->claims[r->sent[i].index], f, f->claims[i], e) < 0)
            return -1;
    return 0;
}

/* note - for people and graphs */
static void note(const CcInterchange *f, size_t bytes)
{
    metric_add(metric_get(METRIC_INTERCHANGES, ""), 1);
    metric_add(metric_get(METRIC_CLAIMS_BATCHED, ""), (int64_t)f->n_claims);
    log_event(LOG_INFO, "batched", log_s("receiver", f->receiver), log_s("file", f->file_name),
              log_i("claims", (int64_t)f->n_claims), log_i("sets", (int64_t)f->sets),
              log_i("bytes", (int64_t)bytes));
}

/* drop - one that waits goes to a person and out of the list */
static int drop(struct waiting *w, const struct batch *b, size_t at, const char *reason,
                const char *why, struct err *e)
{
    if (give_up(w->x, b, w->claims[at], reason, why, e) < 0)
        return -1;
    w->n--;
    for (size_t i = at; i < w->n; i++)
        w->claims[i] = w->claims[i + 1];
    return 0;
}

/* drop_at_fault - the claim that the second reading names, or all of them */
static int drop_at_fault(struct waiting *w, const struct batch *b, const struct build_fault *fault,
                         struct err *e)
{
    log_event(LOG_ERROR, "file-refused", log_s("receiver", b->receiver), log_s("edit", fault->edit),
              log_s("why", fault->text));
    if (fault->at < w->n)
        return drop(w, b, fault->at, fault->edit, fault->text, e);
    while (w->n > 0)
        if (drop(w, b, w->n - 1, fault->edit, fault->text, e) < 0)
            return -1;
    return 0;
}

/* render - all that waits, read again before it leaves; a claim that cannot be written any more, or
 * that the second reading refuses, goes to a person, the others on. 1: rendered, 0: nothing is
 * left, -1: error */
static int render(struct waiting *w, const struct batch *b, const struct claim_batch *cb,
                  struct buf *bytes, struct claim_rendered *out, struct err *e)
{
    struct claim_batch now = *cb;

    while (w->n > 0) {
        struct build_fault fault;
        int fine;

        now.claims = w->claims;
        now.n_claims = w->n;
        if (claim_render(w->a, &now, bytes, out, e) != 0) {
            if (e->class != ERR_REJECT || out->failed >= w->n || strcmp(e->code, "size") == 0 ||
                drop(w, b, out->failed, e->code, e->text, e) < 0)
                return -1;
            continue;
        }
        fine = build_recheck(w->x, b, out, w->n, bytes, &fault, e);
        if (fine != 0)
            return fine;
        buf_wipe(bytes);
        if (drop_at_fault(w, b, &fault, e) < 0)
            return -1;
    }
    return 0;
}

/* close_loaded - number, bytes, records */
static int close_loaded(struct waiting *w, const struct batch *b, struct buf *bytes, struct err *e)
{
    const struct build *set = svc_user(w->x);
    struct claim_batch cb = {.route = &b->route.claim,
                             .date = build_today(w->x),
                             .hhmm = time_of_ms(svc_now_ms(w->x), set->tz_min)};
    struct claim_rendered r;
    char prefix[PREFIX_TEXT];
    CcInterchange *f;
    int rendered;

    if (shut(w->x, b, e) < 0 || w->n == 0)
        return w->n == 0 ? 0 : -1;
    if (next_number(w->x, b, &cb.control, e) < 0)
        return -1;
    snprintf(prefix, sizeof(prefix), "%s-%09u-", b->receiver, (unsigned)cb.control);
    cb.bht_prefix = prefix;
    rendered = render(w, b, &cb, bytes, &r, e);
    if (rendered <= 0)
        return rendered;
    f = new_interchange(w->x, b, cb.control);
    if (!f)
        return build_memory(e);
    if (publish(w, b, f, bytes, &r, e) < 0)
        return -1;
    note(f, bytes->len);
    return 0;
}

/* batch_close - see build.h */
int batch_close(struct svc_ctx *x, const struct batch *b, struct err *e)
{
    struct waiting w;
    struct buf bytes;
    int r = load(x, b, &w, e);

    buf_init(&bytes);
    if (r == 0)
        r = close_loaded(&w, b, &bytes, e);
    buf_wipe(&bytes);
    arena_free(w.a);
    return r;
}

/* batch_hold - see build.h */
int batch_hold(struct svc_ctx *x, const struct batch *b, const char *why, struct err *e)
{
    struct waiting w;
    int r = load(x, b, &w, e);

    if (r == 0)
        r = shut(x, b, e);
    for (size_t i = 0; r == 0 && i < w.n; i++)
        r = give_up(x, b, w.claims[i], "route", why, e);
    arena_free(w.a);
    return r;
}
