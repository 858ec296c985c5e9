/* route.c - a route moves on: the first file that waits is tried, and what came of it is kept */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/date.h"
#include "common/base/week.h"
#include "common/sys/log.h"
#include "common/sys/metric.h"
#include "services/submitter/deliver/deliver.h"
#include "services/submitter/deliver/policy.h"

enum { LOOK_FIRST_MS = 20, LOOK_LONGEST_MS = 1000 };

/* One try, for its thread: all of it is its own. */
struct
try {
    struct dest to;
    struct parcel p;
    enum phase phase;
    enum outcome outcome;
    struct err err;
};

/* try_run - in the thread */
static void try_run(void *arg)
{
    struct try *t = arg;

    t->outcome = step_run(&t->to, &t->p, t->phase, &t->err);
}

/* try_drop - wipes the bytes: patient data */
static void try_drop(void *arg)
{
    struct try *t = arg;

    if (t->p.data) {
        explicit_bzero((void *)(uintptr_t)t->p.data, t->p.size);
        free((void *)(uintptr_t)t->p.data);
    }
    free(t);
}

static const struct job_kind tries = {try_run, try_drop};

/* fill_parcel - the file as a transport sees it; the bytes stay the interchange's */
static void fill_parcel(struct parcel *p, const CcInterchange *f)
{
    *p = (struct parcel){.created_ms = f->created_ms, .data = f->x12.data, .size = f->x12.len};
    str_copy(p->name, sizeof(p->name), f->file_name);
    str_copy(p->sha256, sizeof(p->sha256), f->sha256);
    str_copy(p->guide, sizeof(p->guide), f->guide);
    str_copy(p->sender_id, sizeof(p->sender_id), f->sender_id);
    str_copy(p->receiver_id, sizeof(p->receiver_id), f->receiver_id);
}

/* wake - the route's timer */
static int wake(struct svc_ctx *x, const char *receiver, int64_t at_ms, struct err *e)
{
    char name[DELIVER_KEY];

    outbox_key(name, "go", receiver, NULL);
    return svc_timer_set(x, name, at_ms, e);
}

/* start - a thread gets the file once the batch is durable that says what may happen */
static int start(struct svc_ctx *x, const struct dest *to, struct outbound *w,
                 const CcInterchange *f, struct err *e)
{
    struct deliver *d = svc_user(x);
    struct try *t = calloc(1, sizeof(*t));
    void *bytes = malloc(f->x12.len);

    if (!t || !bytes) {
        free(t);
        free(bytes);
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    }
    t->to = *to;
    t->to.stop = jobs_stop(d->jobs);
    t->phase = (enum phase)w->o->phase;
    fill_parcel(&t->p, f);
    t->p.data = memcpy(bytes, f->x12.data, f->x12.len);
    if (jobs_queue(d->jobs, w->receiver, &tries, t, e) < 0)
        return -1;
    if (w->o->phase == PHASE_NEW)
        w->o->phase = PHASE_PUT;
    w->o->tries++;
    return outbox_wait(x, w, f, e);
}

/* note_sent - for people and graphs */
static void note_sent(const CcInterchange *f)
{
    metric_add(metric_get(METRIC_FILES_SENT, ""), 1);
    log_event(LOG_INFO, "sent", log_s("receiver", f->receiver), log_s("file", f->file_name),
              log_i("claims", (int64_t)f->n_claims), log_i("bytes", (int64_t)f->x12.len),
              log_s("sha256", f->sha256));
}

/* healthy - the route works */
static int healthy(struct svc_ctx *x, const struct dest *to, CcRouteState *r, struct err *e)
{
    if (r->asked && tell_route(x, to->receiver, false, "", "", e) < 0)
        return -1;
    if (r->failures == 0 && to->gap_ms == 0)
        return 0;
    cc_route_state__init(r);
    r->last_ms = svc_now_ms(x);
    return outbox_put_route(x, to->receiver, r, e);
}

/* arrived - receipt, statuses, and the receipt's end */
static int arrived(struct svc_ctx *x, const struct outbound *w, const CcInterchange *f,
                   struct err *e)
{
    const struct deliver *d = svc_user(x);
    char name[DELIVER_KEY];

    w->o->since_ms = svc_now_ms(x);
    outbox_key(name, "drop", w->receiver, w->number);
    if (outbox_rest(x, w, "sent", e) < 0 ||
        svc_timer_set(x, name, w->o->since_ms + d->keep_ms, e) < 0)
        return -1;
    return tell_sent(x, f, e);
}

/* remember_why - on the file and on the route; 0, or -1: over the arena */
static int remember_why(struct svc_ctx *x, struct outbound *w, CcRouteState *r,
                        const struct err *why, struct err *e)
{
    r->code = w->o->code = arena_strdup(svc_arena(x), why->code);
    r->text = w->o->text = arena_strdup(svc_arena(x), why->text);
    return r->code && r->text ? 0 : outbox_memory(e);
}

/* failed - the route is left alone for a while; a person is told when it stays so */
static int failed(struct svc_ctx *x, struct outbound *w, CcRouteState *r, bool stopped,
                  struct err *e)
{
    r->failures++;
    if (stopped && r->failures < POLICY_BREAK_AFTER)
        r->failures = POLICY_BREAK_AFTER;
    r->last_ms = svc_now_ms(x);
    r->not_before_ms = r->last_ms + policy_pause_ms(r->failures, w->receiver);
    log_event(LOG_WARN, "not-sent", log_s("receiver", w->receiver), log_s("file", w->o->file_name),
              log_s("code", r->code), log_s("text", r->text), log_i("failures", r->failures),
              log_i("pause_ms", r->not_before_ms - r->last_ms));
    if (policy_is_open(r->failures) && !r->asked) {
        r->asked = true;
        if (tell_route(x, w->receiver, true, r->code, r->text, e) < 0)
            return -1;
    }
    return outbox_put_route(x, w->receiver, r, e);
}

/* held - a person decides; the route goes on with the next file */
static int held(struct svc_ctx *x, const struct outbound *w, const CcInterchange *f, struct err *e)
{
    log_event(LOG_ERROR, "file-held", log_s("receiver", w->receiver),
              log_s("file", w->o->file_name), log_s("code", w->o->code), log_s("text", w->o->text));
    if (outbox_rest(x, w, "held", e) < 0)
        return -1;
    return tell_held(x, f, w->o->code, w->o->text, e);
}

/* count_outcome - by route */
static void count_outcome(const char *receiver, enum outcome o)
{
    char labels[DELIVER_KEY];

    snprintf(labels, sizeof(labels), "receiver=\"%s\",result=\"%s\"", receiver, outcome_word(o));
    metric_add(metric_get(METRIC_ROUTE_TRIES, labels), 1);
}

/* What came of a try. */
struct came {
    enum outcome o;
    enum phase from; /* in which it began */
    bool before;     /* it was there from an earlier try */
    const struct err *why;
};

/* settle - what came of it becomes state and statuses */
static int settle(struct svc_ctx *x, const struct dest *to, struct outbound *w,
                  const CcInterchange *f, const struct came *c, struct err *e)
{
    CcRouteState *r;

    count_outcome(to->receiver, c->o);
    if (outbox_route(x, to->receiver, &r, e) < 0 ||
        (c->o != OUT_DONE && c->o != OUT_NEXT && remember_why(x, w, r, c->why, e) < 0))
        return -1;
    switch (c->o) {
    case OUT_DONE:
        if (!c->before)
            note_sent(f);
        return healthy(x, to, r, e) < 0 ? -1 : arrived(x, w, f, e);
    case OUT_NEXT:
        w->o->phase = PHASE_RENAME;
        return outbox_wait(x, w, f, e);
    case OUT_REFUSED:
    case OUT_UNSURE:
        return healthy(x, to, r, e) < 0 ? -1 : held(x, w, f, e);
    default:
        if (w->o->phase == PHASE_PUT && (c->o == OUT_AGAIN || c->from == PHASE_NEW) &&
            c->o != OUT_AWAY)
            w->o->phase = PHASE_NEW;
        return outbox_wait(x, w, f, e) < 0 ? -1 : failed(x, w, r, c->o == OUT_STOPPED, e);
    }
}

/* at_once - inside the batch */
static int at_once(struct svc_ctx *x, const struct dest *to, struct outbound *w,
                   const CcInterchange *f, struct err *e)
{
    struct err why = {0};
    struct came c = {.why = &why};
    struct parcel p;

    fill_parcel(&p, f);
    c.o = to->by->at_once(to, &p, &c.before, &why);
    return settle(x, to, w, f, &c, e);
}

/* may_try - when the route may be tried: now, or later */
static int64_t may_try(const struct dest *to, const CcRouteState *r, int64_t now_ms)
{
    int64_t at = now_ms, closed;

    if (r->not_before_ms > at)
        at = r->not_before_ms;
    if (r->last_ms + to->gap_ms > at)
        at = r->last_ms + to->gap_ms;
    closed = week_window_end(to->closed, to->tz_min, at);
    return closed ? closed : at;
}

/* try_first - the first file that waits, or later; the route's timer goes on either way */
static int try_first(struct svc_ctx *x, const struct dest *to, struct outbound *w, struct err *e)
{
    const int64_t now = svc_now_ms(x);
    CcInterchange *f;
    CcRouteState *r;
    int64_t at;

    if (outbox_route(x, to->receiver, &r, e) < 0)
        return -1;
    at = may_try(to, r, now);
    if (at > now)
        return wake(x, to->receiver, at, e);
    if (outbox_file(x, w, &f, e) < 0)
        return -1;
    if (to->by->at_once)
        return at_once(x, to, w, f, e) < 0 ? -1 : wake(x, to->receiver, now, e);
    r->last_ms = now;
    if (start(x, to, w, f, e) < 0 || outbox_put_route(x, to->receiver, r, e) < 0)
        return -1;
    return wake(x, to->receiver, now + LOOK_FIRST_MS, e);
}

/* ended - the result of a try, whose file still waits */
static int ended(struct svc_ctx *x, const struct dest *to, struct outbound *w, const struct try *t,
                 struct err *e)
{
    const struct came c = {t->outcome, t->phase, false, &t->err};
    CcInterchange *f;

    if (strcmp(t->p.name, w->o->file_name) != 0) /* of a partition that came back */
        return 0;
    return outbox_file(x, w, &f, e) < 0 ? -1 : settle(x, to, w, f, &c, e);
}

/* look_again - the longer it takes, the more rarely */
static int look_again(struct svc_ctx *x, const char *receiver, struct err *e)
{
    CcRouteState *r;
    int64_t pause;

    if (outbox_route(x, receiver, &r, e) < 0)
        return -1;
    pause = LOOK_FIRST_MS + (svc_now_ms(x) - r->last_ms) / 8;
    return wake(x, receiver, svc_now_ms(x) + (pause < LOOK_LONGEST_MS ? pause : LOOK_LONGEST_MS),
                e);
}

/* no_way - files wait for a route that is not there, or cannot be followed, any more */
static int no_way(struct svc_ctx *x, struct outbound *w, const struct err *why, struct err *e)
{
    CcRouteState *r;

    if (outbox_route(x, w->receiver, &r, e) < 0 || remember_why(x, w, r, why, e) < 0 ||
        failed(x, w, r, true, e) < 0)
        return -1;
    return wake(x, w->receiver, r->not_before_ms, e);
}

/* route_go - see deliver.h */
int route_go(struct svc_ctx *x, const char *receiver, struct err *e)
{
    struct deliver *d = svc_user(x);
    struct err why = {0};
    struct outbound w;
    struct dest to;
    CcRouteState *r;
    size_t waiting;
    void *job;
    int found = outbox_first(x, receiver, &w, &waiting, e);

    if (found < 0 || outbox_route(x, receiver, &r, e) < 0)
        return -1;
    tell_metrics(receiver, waiting, policy_is_open(r->failures));
    if (found == 0)
        return 0;
    if (dest_find(svc_tables(x), receiver, date_of_ms(svc_now_ms(x), 0), &d->roots, &to, &why) <
        0) {
        if (strcmp(why.code, "no-table") != 0)
            return no_way(x, &w, &why, e);
        *e = why;
        return -1;
    }
    switch (jobs_take(d->jobs, receiver, &job)) {
    case JOB_BUSY:
        return look_again(x, receiver, e);
    case JOB_DONE:
        return ended(x, &to, &w, job, e) < 0 ? -1 : wake(x, receiver, svc_now_ms(x), e);
    default:
        return try_first(x, &to, &w, e);
    }
}

/* route_take - see deliver.h */
int route_take(struct svc_ctx *x, const CcInterchange *f, struct outbound *w, struct err *e)
{
    const struct deliver *d = svc_user(x);
    struct outbound first;
    struct dest to;
    CcRouteState *r;
    size_t waiting;

    if (outbox_route(x, f->receiver, &r, e) < 0)
        return -1;
    if (dest_find(svc_tables(x), f->receiver, date_of_ms(svc_now_ms(x), 0), &d->roots, &to, e) <
        0) {
        if (e->class == ERR_REJECT || strcmp(e->code, "no-table") == 0)
            return -1;
        to.by = NULL; /* a row that cannot be followed: its files wait, and nobody else's */
    }
    if (to.by && to.by->at_once && may_try(&to, r, svc_now_ms(x)) <= svc_now_ms(x)) {
        const int before = outbox_first(x, f->receiver, &first, &waiting, e);

        if (before < 0)
            return -1;
        if (before == 0 && at_once(x, &to, w, f, e) < 0)
            return -1;
        if (before == 0 && !w->stored)
            return 0;
    }
    if (!w->stored && outbox_wait(x, w, f, e) < 0)
        return -1;
    return wake(x, f->receiver, svc_now_ms(x), e);
}
