/* recheck.c - ENV-01, ENV-03: the written file is read again before it leaves, by the code that
 * judges other people's files and shares nothing with the writer (billing §7.1, §7.3)
 *
 * SNIP 1 and 2: counts, control numbers, the HL tree, the ISA's 106 bytes, order of segments,
 * nothing that the guide does not use. A claim that is found at fault goes to a person and the
 * others are written again; what no claim is at fault for is a fault of the writer or the route. */
#include <string.h>

#include "common/x12/check.h"
#include "services/submitter/build/build.h"

enum { SNIP_REQUIREMENTS = 2, STOP = 1 };

struct recheck {
    const struct batch *b;
    const struct claim_rendered *written;
    size_t n;
    struct build_fault *out;
};

/* claim_at - whose segments the position of a set is among, its subscriber's included; n: nobody's
 */
static size_t claim_at(const struct recheck *c, const struct x12_result *r,
                       const struct x12_finding *f)
{
    for (size_t i = 0; i < c->n; i++) {
        const struct claim_sent *s = &c->written->sent[i];

        if (span_is(r->envelope->st[2], s->st02) && f->position >= s->hl_first_segment &&
            f->position < s->first_segment + s->segments)
            return s->index;
    }
    return c->n;
}

/* refuse - the first fault is told and the reading stops */
static int refuse(struct recheck *c, const char *edit, size_t at, const char *why)
{
    c->out->edit = edit;
    c->out->at = at;
    str_copy(c->out->text, sizeof(c->out->text), why);
    return STOP;
}

/* envelope_fault - test or production, and whose mailbox: as the route says (ENV-03); or NULL */
static const char *envelope_fault(const struct x12_envelope *v, const struct claim_route *route)
{
    if (!span_is(v->isa[15], route->test ? "T" : "P"))
        return "the file's test flag is not that of its route";
    if (!span_is(span_trim(v->isa[8]), route->receiver_id) ||
        !span_is(span_trim(v->isa[6]), route->sender_id))
        return "the file's sender or receiver is not that of its route";
    return NULL;
}

/* each_result - of a set, a group, the interchange */
static int each_result(void *arg, const struct x12_result *r)
{
    struct recheck *c = arg;
    const char *why =
        r->level == X12_INTERCHANGE ? envelope_fault(r->envelope, &c->b->route.claim) : NULL;

    if (why)
        return refuse(c, "ENV-03", c->n, why);
    for (size_t i = 0; i < r->count; i++)
        if (!r->findings[i].note)
            return refuse(c, "ENV-01", claim_at(c, r, &r->findings[i]), r->findings[i].message);
    if (r->damaged)
        return refuse(c, "ENV-01", c->n, "the file has no end");
    return r->accepted ? 0 : refuse(c, "ENV-01", c->n, "more faults than are told");
}

/* build_recheck - see build.h */
int build_recheck(struct svc_ctx *x, const struct batch *b, const struct claim_rendered *written,
                  size_t n, const struct buf *bytes, struct build_fault *out, struct err *e)
{
    struct build *set = svc_user(x);
    struct recheck c = {.b = b, .written = written, .n = n, .out = out};
    struct x12_check_options o = {.snip = SNIP_REQUIREMENTS};
    int r;

    if (!set->guides)
        set->guides = x12_guides_new();
    if (!set->guides)
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    o.guides = set->guides;
    r = x12_check(bytes->data, bytes->len, &o, each_result, &c, e);
    return r < 0 ? -1 : r != STOP;
}
