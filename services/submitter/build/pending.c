/* pending.c - claims that wait for their batch, and the count of them */
#include <stdio.h>
#include <string.h>

#include "common/base/str.h"
#include "services/submitter/build/build.h"

/* pending_key - what/receiver/kind, and /claim id */
void pending_key(char out[BUILD_KEY], const char *what, const struct batch *b, const char *claim_id)
{
    const char frequency[] = {b->frequency, '\0'};

    snprintf(out, BUILD_KEY, "%s/%s/%c%s%s%s", what, b->receiver, build_kind_letter(b->kind),
             frequency, claim_id ? "/" : "", claim_id ? claim_id : "");
}

/* get - a value of the state, or a new empty one; *there says which */
static int get(struct svc_ctx *x, const char *key, const ProtobufCMessageDescriptor *d,
               ProtobufCMessage **out, struct err *e)
{
    const int found = svc_get(x, key, d, out, e);

    if (found != 0)
        return found < 0 ? -1 : 0;
    *out = event_new(svc_arena(x), d);
    return *out ? 0 : build_memory(e);
}

/* pending_done - what became of a claim; version 0: nothing yet */
int pending_done(struct svc_ctx *x, const char *claim_id, CcBatchedClaim **out, struct err *e)
{
    ProtobufCMessage *m;
    char key[BUILD_KEY];

    snprintf(key, sizeof(key), "done/%s", claim_id);
    if (get(x, key, &cc_batched_claim__descriptor, &m, e) < 0)
        return -1;
    *out = (CcBatchedClaim *)(void *)m;
    return 0;
}

/* pending_open - the open batch; 0 claims: none */
int pending_open(struct svc_ctx *x, const struct batch *b, CcOpenBatch **out, struct err *e)
{
    ProtobufCMessage *m;
    char key[BUILD_KEY];

    pending_key(key, "open", b, NULL);
    if (get(x, key, &cc_open_batch__descriptor, &m, e) < 0)
        return -1;
    *out = (CcOpenBatch *)(void *)m;
    return 0;
}

/* put_done - remembers what became of a claim */
static int put_done(struct svc_ctx *x, CcBatchedClaim *done, struct err *e)
{
    char key[BUILD_KEY];

    done->at_ms = svc_now_ms(x);
    snprintf(key, sizeof(key), "done/%s", done->claim_id);
    return svc_put(x, key, &done->base, e);
}

/* pending_add - the claim waits; the first of a batch starts its clock */
int pending_add(struct svc_ctx *x, const struct batch *b, const CcClaim *c, CcBatchedClaim *done,
                CcOpenBatch *open, struct err *e)
{
    CcPendingClaim *p = event_new(svc_arena(x), &cc_pending_claim__descriptor);
    char key[BUILD_KEY], opened[BUILD_KEY], age[BUILD_KEY];

    if (!p)
        return build_memory(e);
    pending_key(key, "claim", b, c->claim_id);
    pending_key(opened, "open", b, NULL);
    pending_key(age, "age", b, NULL);
    p->claim = (CcClaim *)(uintptr_t)c;
    p->since_ms = svc_now_ms(x);
    p->bytes = done->bytes;
    done->pending_key = arena_strdup(svc_arena(x), key);
    if (!done->pending_key)
        return build_memory(e);
    if (open->claims == 0) {
        open->since_ms = svc_now_ms(x);
        if (svc_timer_set(x, age, route_batch_end(&b->route, open->since_ms), e) < 0)
            return -1;
    }
    open->claims++;
    open->bytes += done->bytes;
    if (svc_put(x, key, &p->base, e) < 0 || svc_put(x, opened, &open->base, e) < 0)
        return -1;
    return put_done(x, done, e);
}

/* batch_of_key - "claim/<receiver>/<kind>/…" back into a batch; false: not such a key */
static bool batch_of_key(struct arena *a, const char *key, struct batch *out)
{
    const char *receiver = strchr(key, '/');
    const char *kind = receiver ? strchr(receiver + 1, '/') : NULL;

    if (!kind)
        return false;
    *out =
        (struct batch){.receiver = arena_strndup(a, receiver + 1, (size_t)(kind - receiver - 1))};
    build_read_kind(kind + 1, out);
    return out->receiver != NULL;
}

/* pending_remove - the batch shrinks; the last one closes it without a file */
int pending_remove(struct svc_ctx *x, CcBatchedClaim *done, struct err *e)
{
    char opened[BUILD_KEY], age[BUILD_KEY];
    CcOpenBatch *open;
    struct batch b;

    if (!done->pending_key[0])
        return 0;
    if (!batch_of_key(svc_arena(x), done->pending_key, &b))
        return err_set(e, ERR_FATAL, "bug", "claims.pending: a claim waits under no batch");
    if (svc_delete(x, done->pending_key, e) < 0 || pending_open(x, &b, &open, e) < 0)
        return -1;
    pending_key(opened, "open", &b, NULL);
    pending_key(age, "age", &b, NULL);
    open->claims -= open->claims > 0;
    open->bytes -= open->bytes < done->bytes ? open->bytes : done->bytes;
    done->pending_key = arena_strdup(svc_arena(x), "");
    if (!done->pending_key)
        return build_memory(e);
    if (open->claims > 0)
        return svc_put(x, opened, &open->base, e);
    return svc_delete(x, opened, e) < 0 ? -1 : svc_timer_clear(x, age, e);
}
