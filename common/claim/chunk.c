/* chunk.c - one claim in four chunks of bytes: billing provider, subscriber, patient, claim */
#include "common/claim/chunk.h"

#include <string.h>

#include "common/claim/guide.h"

/* destination - the coverage the claim goes to; NULL: none, or more than one */
static const CcClaimCoverage *destination(const CcClaim *c)
{
    const CcClaimCoverage *found = NULL;

    for (size_t i = 0; i < c->n_coverages; i++) {
        if (!c->coverages[i]->destination)
            continue;
        if (found)
            return NULL;
        found = c->coverages[i];
    }
    return found;
}

/* kind_of - GUIDE_P, GUIDE_I; 0: none that we write */
static unsigned kind_of(CcClaimKind kind)
{
    if (kind == CLAIM_KIND_PROFESSIONAL)
        return GUIDE_P;
    return kind == CLAIM_KIND_INSTITUTIONAL ? GUIDE_I : 0;
}

/* put_billing - 2000A to 2010AB; pay-to only where the money goes elsewhere */
static void put_billing(struct put *p, const CcProvider *billing)
{
    const CcProvider *pay_to = guide_provider_of(p->claim, PROVIDER_ROLE_PAY_TO);

    p->provider = billing;
    put_loop(p, LOOP_2000A, NULL, billing);
    put_loop(p, LOOP_2010AA, NULL, billing);
    if (!pay_to || !guide_has_address(pay_to->address) ||
        guide_same_address(pay_to->address, billing->address))
        return;
    p->provider = pay_to;
    put_loop(p, LOOP_2010AB, NULL, pay_to);
}

/* put_chunk - one of the four */
static void put_chunk(struct put *p, int chunk)
{
    const CcClaimCoverage *d = p->destination;

    switch (chunk) {
    case CHUNK_BILLING:
        put_billing(p, guide_provider_of(p->claim, PROVIDER_ROLE_BILLING));
        break;
    case CHUNK_SUBSCRIBER:
        put_loop(p, LOOP_2000B, NULL, d);
        put_loop(p, LOOP_2010BA, NULL, d);
        put_loop(p, LOOP_2010BB, NULL, d);
        break;
    case CHUNK_PATIENT:
        if (guide_is_self(d))
            break;
        put_loop(p, LOOP_2000C, NULL, d);
        put_loop(p, LOOP_2010CA, NULL, d);
        break;
    default:
        put_loop(p, LOOP_2300, NULL, p->claim);
        put_parties(p, LEVEL_CLAIM);
        put_others(p);
        put_lines(p);
    }
}

/* begin_claim - what the claim cannot be written without */
static int begin_claim(struct put *p, const CcClaim *c)
{
    p->claim = c;
    p->loop = "2300";
    p->segment = "CLM";
    p->kind = kind_of(c->kind);
    p->destination = p->coverage = destination(c);
    if (!p->kind)
        return put_fail(p, "kind", "", "neither professional nor institutional");
    if (!p->destination)
        return put_fail(p, "missing", "", "exactly one coverage must be the destination");
    if (!guide_provider_of(c, PROVIDER_ROLE_BILLING)) {
        p->loop = "2010AA";
        p->segment = "NM1";
        return put_fail(p, "missing", "", "required");
    }
    if (!hi_sort(p))
        return put_fail(p, "size", "", "over the message's memory");
    return 0;
}

/* chunk_claim - appends the four chunks; their places are offsets, since the buffer may move */
int chunk_claim(struct arena *a, const struct claim_route *route, const CcClaim *c,
                struct buf *bytes, struct item *out, struct err *e)
{
    struct put p = {.arena = a, .route = route, .e = e};

    x12_writer_init(&p.w, bytes, NULL);
    if (begin_claim(&p, c) < 0)
        return -1;
    out->claim = c;
    for (int k = 0; k < CHUNK_MAX && !p.failed; k++) {
        const uint32_t before = p.w.segments;

        out->chunk[k].at = bytes->len;
        put_chunk(&p, k);
        out->chunk[k].n = bytes->len - out->chunk[k].at;
        out->chunk[k].segments = p.w.segments - before;
    }
    if (bytes->failed)
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    return p.failed ? -1 : 0;
}

/* chunk_compare - by bytes */
int chunk_compare(const struct item *a, const struct item *b, int k)
{
    const size_t n = a->chunk[k].n < b->chunk[k].n ? a->chunk[k].n : b->chunk[k].n;
    const int d = n ? memcmp(a->chunk[k].p, b->chunk[k].p, n) : 0;

    if (d != 0)
        return d;
    return a->chunk[k].n < b->chunk[k].n ? -1 : a->chunk[k].n > b->chunk[k].n;
}

/* chunk_order - provider, subscriber, patient, claim id, and at last the caller's order */
int chunk_order(const void *x, const void *y)
{
    const struct item *a = x, *b = y;
    int d = 0;

    for (int k = 0; k < CHUNK_CLAIM && d == 0; k++)
        d = chunk_compare(a, b, k);
    if (d == 0)
        d = strcmp(a->claim->claim_id, b->claim->claim_id);
    return d != 0 ? d : a->index < b->index ? -1 : a->index > b->index;
}
