/* deliver.h - files on their way: one route never waits for another. Private to this folder.
 *
 * What is remembered, per partition of interchanges (topic interchanges.pending); N is ISA13:
 *   wait/<receiver>/N  Outbound     is to be sent, in the order of N
 *   file/<receiver>/N  Interchange  its bytes, as long as it waits
 *   held/<receiver>/N  Outbound     a person decides what becomes of it
 *   sent/<receiver>/N  Outbound     the receipt: this number is used, and by these bytes
 *   route/<receiver>   RouteState   failures in a row, no try before
 * Timers: go/<receiver> moves a route on; drop/<receiver>/N forgets a receipt.
 *
 * A folder takes a file inside the batch, with receipts of its own. Any other way is a job in a
 * thread: what it may do is in the topic before it starts (step.h), so that a crash, or another
 * worker, goes on from there. */
#ifndef CC_SUBMITTER_DELIVER_DELIVER_H
#define CC_SUBMITTER_DELIVER_DELIVER_H

#include "common/event/event.h"
#include "common/svc/svc.h"
#include "services/submitter/deliver/jobs.h"
#include "services/submitter/deliver/step.h"

enum { DELIVER_KEY = 256 };

struct poll;
struct remotes;

struct deliver {
    struct poll *poll;
    struct jobs *jobs;
    struct remotes *remotes;
    struct dest_roots roots;
    int64_t poll_ms, next_ms, keep_ms;
};

/* --- outbox.c: what waits */
struct outbound {
    const char *receiver, *number; /* ISA13 */
    CcOutbound *o;
    bool stored; /* it stands under wait/, its bytes under file/ */
};
void outbox_key(char out[DELIVER_KEY], const char *kind, const char *receiver, const char *number);
/* The first that waits, and how many do. 1 found, 0 none. */
int outbox_first(struct svc_ctx *x, const char *receiver, struct outbound *out, size_t *waiting,
                 struct err *e);
/* The bytes of one that waits; ERR_FATAL "bug" if they are not there. */
int outbox_file(struct svc_ctx *x, const struct outbound *w, CcInterchange **out, struct err *e);
int outbox_route(struct svc_ctx *x, const char *receiver, CcRouteState **out, struct err *e);
int outbox_put_route(struct svc_ctx *x, const char *receiver, const CcRouteState *r, struct err *e);
/* It waits, as it is now; f: its bytes, if they are not stored yet. */
int outbox_wait(struct svc_ctx *x, struct outbound *w, const CcInterchange *f, struct err *e);
/* It waits no more, and stands under "held" or "sent". */
int outbox_rest(struct svc_ctx *x, const struct outbound *w, const char *kind, struct err *e);
/* Has the number been seen? The kind under which it stands, "" if it is new. ERR_REJECT
 * "number-reused": by another file. */
int outbox_known(struct svc_ctx *x, const CcInterchange *f, const char **kind, CcOutbound **out,
                 struct err *e);
int outbox_memory(struct err *e);

/* --- route.c: a route moves on */
/* A new file: at once where that is possible, else it waits. */
int route_take(struct svc_ctx *x, const CcInterchange *f, struct outbound *w, struct err *e);
/* Timer go/<receiver>. */
int route_go(struct svc_ctx *x, const char *receiver, struct err *e);

/* --- tell.c */
int tell_sent(struct svc_ctx *x, const CcInterchange *f, struct err *e);
/* To people: what is wrong with a file; its claims stay where they are. */
int tell_held(struct svc_ctx *x, const CcInterchange *f, const char *code, const char *why,
              struct err *e);
/* Nobody needs to look any more. */
int tell_file_done(struct svc_ctx *x, const CcInterchange *f, struct err *e);
/* A route that does not work: `open`, or not any more. */
int tell_route(struct svc_ctx *x, const char *receiver, bool open, const char *code,
               const char *why, struct err *e);
void tell_metrics(const char *receiver, size_t waiting, bool open);

#endif
