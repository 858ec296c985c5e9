/* write837.c - a batch of claims into one interchange
 *
 * Every claim is written first, in four chunks (chunk.h). In their order a new HL begins where a
 * chunk differs from the one before it. So the claim's own chunk never depends on its neighbours.
 */
#include "common/claim/write837.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/money.h"
#include "common/base/str.h"
#include "common/claim/chunk.h"
#include "common/claim/guide.h"

enum { CLAIMS_PER_HL = 100, NAME_WIDTH = 60, ID_WIDTH = 80 };

struct render {
    const struct claim_batch *b;
    struct x12_writer w;
    const struct item *items;
    struct claim_sent *sent;
    unsigned per_set;
    uint32_t sets;
    uint32_t hl, billing_hl, subscriber_hl, subscriber_at;
    size_t under_hl; /* claims under the HL in hand */
};

/* text_of - never NULL */
static const char *text_of(const char *s)
{
    return s ? s : "";
}

/* put_hl - number, parent, level, whether a child follows */
static void put_hl(struct render *r, uint32_t parent, const char *level, bool child)
{
    x12_begin(&r->w, "HL");
    x12_number(&r->w, ++r->hl);
    if (parent)
        x12_number(&r->w, parent);
    else
        x12_skip(&r->w, 1);
    x12_put(&r->w, level);
    x12_put(&r->w, child ? "1" : "0");
    x12_end(&r->w);
}

/* put_bytes - a chunk as it is */
static void put_bytes(struct render *r, const struct chunk *c)
{
    buf_add(r->w.out, c->p, c->n);
    r->w.segments += c->segments;
    r->w.mark = r->w.element = r->w.out->len;
}

/* put_submitter - 1000A */
static void put_submitter(struct put *p)
{
    const struct claim_route *t = p->route;

    p->loop = "1000A";
    put_begin(p, "NM1", "41");
    x12_put(&p->w, "2");
    put_need(p, 3, t->submitter_name, NAME_WIDTH);
    x12_skip(&p->w, 4);
    x12_put(&p->w, "46");
    put_key(p, 9, t->sender_id, ID_WIDTH);
    put_end(p);
    if (!t->submitter_phone || !t->submitter_phone[0])
        put_fail(p, "missing", "", "required: the submitter's phone");
    put_contact(p, t->submitter_contact, text_of(t->submitter_phone), "");
}

/* put_receiver - 1000B */
static void put_receiver(struct put *p)
{
    p->loop = "1000B";
    put_begin(p, "NM1", "40");
    x12_put(&p->w, "2");
    put_need(p, 3, p->route->receiver_name, NAME_WIDTH);
    x12_skip(&p->w, 4);
    x12_put(&p->w, "46");
    put_key(p, 9, p->route->receiver_id, ID_WIDTH);
    put_end(p);
}

/* begin_set - ST to 1000B */
static int begin_set(struct render *r, struct claim_sent *first, struct err *e)
{
    struct put p = {.route = r->b->route, .e = e, .loop = "header", .segment = "ST"};
    char text[ENVELOPE_TEXT];

    r->sets++;
    r->hl = 0;
    snprintf(first->st02, sizeof(first->st02), "%04u", (unsigned)r->sets);
    snprintf(first->bht03, sizeof(first->bht03), "%s%03u", text_of(r->b->bht_prefix),
             (unsigned)r->sets);
    str_upper(first->bht03); /* as the file has it, and as answers quote it */
    x12_begin(&r->w, "ST");
    x12_put(&r->w, "837");
    x12_put(&r->w, first->st02);
    x12_put(&r->w, claim_guide(r->items[0].claim->kind));
    x12_end(&r->w);
    p.w = r->w;
    put_begin(&p, "BHT", "0019");
    x12_put(&p.w, "00");
    put_key(&p, 3, first->bht03, CLAIM_BHT03 - 1);
    x12_date(&p.w, r->b->date);
    x12_put(&p.w, envelope_time(r->b->hhmm, text));
    x12_put(&p.w, "CH");
    put_end(&p);
    put_submitter(&p);
    put_receiver(&p);
    r->w = p.w;
    return p.failed ? -1 : 0;
}

/* end_set - SE counts itself */
static void end_set(struct render *r, const struct claim_sent *last)
{
    x12_begin(&r->w, "SE");
    x12_number(&r->w, (int64_t)r->w.segments + 1);
    x12_put(&r->w, last->st02);
    x12_end(&r->w);
}

/* starts - the i-th claim opens a loop: its chunk differs from that of the claim before it */
static bool starts(const struct render *r, size_t i, int chunk)
{
    return chunk_compare(&r->items[i], &r->items[i - 1], chunk) != 0;
}

/* put_item - the HLs that are new, then the claim */
static void put_item(struct render *r, size_t i, bool new_set)
{
    const struct item *x = &r->items[i];
    const bool child = x->chunk[CHUNK_PATIENT].n > 0, full = r->under_hl >= CLAIMS_PER_HL;
    const bool subscriber = new_set || starts(r, i, CHUNK_SUBSCRIBER) || (full && !child);

    if (new_set) {
        put_hl(r, 0, "20", true);
        r->billing_hl = r->hl;
        put_bytes(r, &x->chunk[CHUNK_BILLING]);
    }
    if (subscriber) {
        r->subscriber_at = r->w.segments + 1;
        put_hl(r, r->billing_hl, "22", child);
        r->subscriber_hl = r->hl;
        put_bytes(r, &x->chunk[CHUNK_SUBSCRIBER]);
        r->under_hl = 0;
    }
    if (child && (subscriber || full || starts(r, i, CHUNK_PATIENT))) {
        put_hl(r, r->subscriber_hl, "23", false);
        put_bytes(r, &x->chunk[CHUNK_PATIENT]);
        r->under_hl = 0;
    }
    r->sent[i].hl_first_segment = r->subscriber_at;
    r->sent[i].first_segment = r->w.segments + 1;
    r->sent[i].segments = x->chunk[CHUNK_CLAIM].segments;
    put_bytes(r, &x->chunk[CHUNK_CLAIM]);
    r->under_hl++;
}

/* put_items - every claim, in sets of one billing provider */
static int put_items(struct render *r, size_t n, struct err *e)
{
    size_t in_set = 0;

    for (size_t i = 0; i < n; i++) {
        const bool new_set = i == 0 || in_set == r->per_set || starts(r, i, CHUNK_BILLING);

        r->sent[i].index = r->items[i].index;
        if (new_set) {
            if (i > 0)
                end_set(r, &r->sent[i - 1]);
            if (begin_set(r, &r->sent[i], e) < 0)
                return -1;
            in_set = 0;
        } else {
            memcpy(r->sent[i].st02, r->sent[i - 1].st02, CLAIM_ST02);
            memcpy(r->sent[i].bht03, r->sent[i - 1].bht03, CLAIM_BHT03);
        }
        put_item(r, i, new_set);
        in_set++;
    }
    end_set(r, &r->sent[n - 1]);
    return 0;
}

/* write_items - every claim's chunks, in order; the strings point into `work` */
static struct item *write_items(struct arena *a, const struct claim_batch *b, struct buf *work,
                                struct claim_rendered *out, struct err *e)
{
    struct item *items = arena_array(a, b->n_claims, sizeof(*items));

    if (!items) {
        err_set(e, ERR_REJECT, "size", "a batch over the message's memory");
        return NULL;
    }
    for (size_t i = 0; i < b->n_claims; i++) {
        items[i].index = out->failed = i;
        if (chunk_claim(a, b->route, b->claims[i], work, &items[i], e) < 0)
            return NULL;
        if (!money_add(out->charge_cents, b->claims[i]->charge_cents, &out->charge_cents)) {
            err_set(e, ERR_REJECT, "amount", "the sum of the charges is too large");
            return NULL;
        }
    }
    out->failed = b->n_claims;
    for (size_t i = 0; i < b->n_claims; i++)
        for (int k = 0; k < CHUNK_MAX; k++)
            items[i].chunk[k].p = work->data + items[i].chunk[k].at;
    qsort(items, b->n_claims, sizeof(*items), chunk_order);
    return items;
}

/* render - from ISA to IEA */
static int render(struct arena *a, const struct claim_batch *b, const struct item *items,
                  struct buf *bytes, struct claim_rendered *out, struct err *e)
{
    const struct envelope v = {.route = b->route,
                               .group = "HC",
                               .guide = claim_guide(b->claims[0]->kind),
                               .date = b->date,
                               .hhmm = b->hhmm,
                               .control = b->control};
    struct render r = {.b = b, .items = items};

    r.per_set = b->claims_per_set ? b->claims_per_set : CLAIM_SET_DEFAULT;
    r.sent = arena_array(a, b->n_claims, sizeof(*r.sent));
    if (!r.sent)
        return err_set(e, ERR_REJECT, "size", "a batch over the message's memory");
    x12_writer_init(&r.w, bytes, NULL);
    envelope_begin(&r.w, &v);
    if (put_items(&r, b->n_claims, e) < 0)
        return -1;
    envelope_end(&r.w, &v, r.sets);
    if (bytes->failed)
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    out->sent = r.sent;
    out->sets = r.sets;
    return 0;
}

/* cut - a buffer back to what it was, if it has memory at all */
static void cut(struct buf *bytes, size_t n)
{
    if (!bytes->data)
        return;
    explicit_bzero(bytes->data + n, bytes->len - n);
    bytes->len = n;
}

/* claim_render - the batch */
int claim_render(struct arena *a, const struct claim_batch *b, struct buf *bytes,
                 struct claim_rendered *out, struct err *e)
{
    const size_t before = bytes->len;
    struct claim_rendered result = {.failed = b->n_claims};
    struct item *items;
    struct buf work;
    int r = -1;

    if (envelope_check(b, e) < 0)
        return -1;
    buf_init(&work);
    items = write_items(a, b, &work, &result, e);
    if (items)
        r = render(a, b, items, bytes, &result, e);
    buf_wipe(&work);
    if (r < 0)
        cut(bytes, before);
    out->failed = result.failed;
    if (r == 0)
        *out = result;
    return r;
}

/* claim_render_one - the last of the four chunks */
int claim_render_one(struct arena *a, const struct claim_route *route, const CcClaim *c,
                     struct buf *bytes, struct err *e)
{
    struct item x = {.claim = c};
    struct buf work;
    int r;

    buf_init(&work);
    r = chunk_claim(a, route, c, &work, &x, e);
    if (r == 0) {
        buf_add(bytes, work.data + x.chunk[CHUNK_CLAIM].at, x.chunk[CHUNK_CLAIM].n);
        if (bytes->failed)
            r = err_set(e, ERR_RETRY, "memory", "out of memory");
    }
    buf_wipe(&work);
    return r;
}
