/* outbox.c - files that wait for their route, and receipts of those that went */
#include <stdio.h>
#include <string.h>

#include "services/submitter/deliver/deliver.h"

/* outbox_memory - over the message's arena */
int outbox_memory(struct err *e)
{
    return err_set(e, ERR_REJECT, "size", "interchange: over the message's memory");
}

/* outbox_key - kind/receiver/number */
void outbox_key(char out[DELIVER_KEY], const char *kind, const char *receiver, const char *number)
{
    snprintf(out, DELIVER_KEY, "%s/%s%s%s", kind, receiver, number ? "/" : "",
             number ? number : "");
}

/* A walk over what waits for one receiver. */
struct walk {
    struct svc_ctx *x;
    struct outbound *first;
    size_t n;
};

/* count - the first is unpacked */
static int count(void *arg, const char *key, const void *value, size_t n, struct err *e)
{
    struct walk *w = arg;
    ProtobufCMessage *m;

    if (w->n++ > 0)
        return 0;
    if (event_unpack(svc_arena(w->x), &cc_outbound__descriptor, value, n, &m, e) < 0)
        return -1;
    w->first->o = (CcOutbound *)(void *)m;
    w->first->number = arena_strdup(svc_arena(w->x), strrchr(key, '/') + 1);
    return w->first->number ? 0 : outbox_memory(e);
}

/* outbox_first - see deliver.h */
int outbox_first(struct svc_ctx *x, const char *receiver, struct outbound *out, size_t *waiting,
                 struct err *e)
{
    struct walk w = {.x = x, .first = out};
    char prefix[DELIVER_KEY];

    *out = (struct outbound){.receiver = receiver, .stored = true};
    outbox_key(prefix, "wait", receiver, "");
    if (svc_each(x, prefix, count, &w, e) < 0)
        return -1;
    *waiting = w.n;
    return w.n > 0;
}

/* get - a value, or a new empty one where `fresh` */
static int get(struct svc_ctx *x, const char *key, const ProtobufCMessageDescriptor *d, bool fresh,
               ProtobufCMessage **out, struct err *e)
{
    const int found = svc_get(x, key, d, out, e);

    if (found != 0)
        return found;
    *out = fresh ? event_new(svc_arena(x), d) : NULL;
    return fresh && !*out ? outbox_memory(e) : 0;
}

/* outbox_file - see deliver.h */
int outbox_file(struct svc_ctx *x, const struct outbound *w, CcInterchange **out, struct err *e)
{
    char key[DELIVER_KEY];
    ProtobufCMessage *m;
    int r;

    outbox_key(key, "file", w->receiver, w->number);
    r = get(x, key, &cc_interchange__descriptor, false, &m, e);
    if (r == 0)
        return err_set(e, ERR_FATAL, "bug", "interchanges.pending: a file waits without bytes");
    *out = (CcInterchange *)(void *)m;
    return r < 0 ? -1 : 0;
}

/* outbox_route - how it fares */
int outbox_route(struct svc_ctx *x, const char *receiver, CcRouteState **out, struct err *e)
{
    char key[DELIVER_KEY];
    ProtobufCMessage *m;

    outbox_key(key, "route", receiver, NULL);
    if (get(x, key, &cc_route_state__descriptor, true, &m, e) < 0)
        return -1;
    *out = (CcRouteState *)(void *)m;
    return 0;
}

/* outbox_put_route - from now on */
int outbox_put_route(struct svc_ctx *x, const char *receiver, const CcRouteState *r, struct err *e)
{
    char key[DELIVER_KEY];

    outbox_key(key, "route", receiver, NULL);
    return svc_put(x, key, &r->base, e);
}

/* outbox_wait - see deliver.h */
int outbox_wait(struct svc_ctx *x, struct outbound *w, const CcInterchange *f, struct err *e)
{
    char key[DELIVER_KEY];

    outbox_key(key, "file", w->receiver, w->number);
    if (!w->stored && svc_put(x, key, &f->base, e) < 0)
        return -1;
    w->stored = true;
    outbox_key(key, "wait", w->receiver, w->number);
    return svc_put(x, key, &w->o->base, e);
}

/* outbox_rest - see deliver.h */
int outbox_rest(struct svc_ctx *x, const struct outbound *w, const char *kind, struct err *e)
{
    static const char *const kinds[] = {"file", "wait"};
    char key[DELIVER_KEY];

    for (size_t i = 0; w->stored && i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        outbox_key(key, kinds[i], w->receiver, w->number);
        if (svc_delete(x, key, e) < 0)
            return -1;
    }
    outbox_key(key, kind, w->receiver, w->number);
    return svc_put(x, key, &w->o->base, e);
}

/* outbox_known - see deliver.h */
int outbox_known(struct svc_ctx *x, const CcInterchange *f, const char **kind, CcOutbound **out,
                 struct err *e)
{
    static const char *const kinds[] = {"sent", "wait", "held"};

    *kind = "";
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        char key[DELIVER_KEY];
        ProtobufCMessage *m;
        int r;

        outbox_key(key, kinds[i], f->receiver, f->isa13);
        r = get(x, key, &cc_outbound__descriptor, false, &m, e);
        if (r < 0)
            return -1;
        if (r == 0)
            continue;
        *out = (CcOutbound *)(void *)m;
        *kind = kinds[i];
        if (strcmp((*out)->sha256, f->sha256) == 0 && strcmp((*out)->file_name, f->file_name) == 0)
            return 0;
        return err_set(e, ERR_REJECT, "number-reused",
                       "another file has this receiver's control number");
    }
    return 0;
}
