/* remote.c - replies fetched from where payers keep them */
#include "services/submitter/deliver/remote.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/sys/digest.h"
#include "services/submitter/deliver/policy.h"
#include "services/submitter/deliver/transport.h"

enum { MARK = 2 * PARCEL_NAME };

/* A reply as the last list showed it. */
struct reply {
    struct reply *next;
    char name[PARCEL_NAME], mark[MARK];
    int64_t since_ms; /* it looks so */
    bool here;        /* in the list at hand */
    bool handed;      /* over, or about to be */
    bool gone;        /* durable: to be taken away */
    bool fetched, over;
    struct buf bytes;
};

/* The replies of one route; its visit's thread has it while it runs. */
struct remote {
    struct remote *next;
    struct dest at;
    struct poll_options o;
    struct reply *replies;
    int64_t now_ms, next_ms;
    size_t bytes;
    unsigned files;
    uint32_t failures;
    bool visiting, handing, more;
    struct err err;
};

struct remotes {
    struct jobs *jobs;
    struct poll_options o;
    struct remote *first;
};

/* remotes_new - none yet */
struct remotes *remotes_new(struct jobs *j, const struct poll_options *o)
{
    struct remotes *r = calloc(1, sizeof(*r));

    if (r) {
        r->jobs = j;
        r->o = *o;
    }
    return r;
}

/* forget_bytes - they are handed over, or will be fetched again */
static void forget_bytes(struct reply *p)
{
    buf_wipe(&p->bytes);
    p->fetched = p->over = false;
}

/* free_reply - out of the list */
static void free_reply(struct reply **at)
{
    struct reply *p = *at;

    *at = p->next;
    buf_wipe(&p->bytes);
    free(p);
}

/* remotes_free - see remote.h */
void remotes_free(struct remotes *r)
{
    while (r && r->first) {
        struct remote *gone = r->first;

        r->first = gone->next;
        while (gone->replies)
            free_reply(&gone->replies);
        free(gone);
    }
    free(r);
}

/* find - the route's replies; NULL: out of memory */
static struct remote *find(struct remotes *r, const struct dest *d)
{
    struct remote *m = r->first;

    while (m && strcmp(m->at.receiver, d->receiver) != 0)
        m = m->next;
    if (m || !(m = calloc(1, sizeof(*m))))
        return m;
    m->at = *d;
    m->o = r->o;
    m->next = r->first;
    r->first = m;
    return m;
}

/* listed - one name of the list: new, changed, or as it was */
static int listed(void *arg, const char *name, const char *mark, struct err *e)
{
    struct remote *m = arg;
    struct reply *p = m->replies;

    if (!poll_name_whole(name))
        return 0;
    while (p && strcmp(p->name, name) != 0)
        p = p->next;
    if (!p) {
        p = calloc(1, sizeof(*p));
        if (!p)
            return err_set(e, ERR_RETRY, "memory", "out of memory");
        str_copy(p->name, sizeof(p->name), name);
        p->since_ms = -1;
        p->next = m->replies;
        m->replies = p;
    }
    p->here = true;
    if (p->since_ms >= 0 && strcmp(p->mark, mark) == 0)
        return 0;
    str_copy(p->mark, sizeof(p->mark), mark);
    p->since_ms = m->now_ms;
    p->handed = p->gone = false;
    return 0;
}

/* fetch - one that stood still */
static int fetch(struct remote *m, struct reply *p, struct err *e)
{
    buf_init(&p->bytes);
    if (m->at.by->get(&m->at, p->name, m->o.file_limit, &p->bytes, e) != 0) {
        const bool over = e->class == ERR_REJECT;

        forget_bytes(p);
        if (!over)
            return -1;
        p->over = true;
    }
    p->fetched = true;
    m->bytes += p->bytes.len;
    m->files++;
    return 0;
}

/* fetch_settled - until a round's limits are reached */
static int fetch_settled(struct remote *m, struct err *e)
{
    for (struct reply *p = m->replies; p; p = p->next) {
        const bool settled = !p->mark[0] || m->now_ms - p->since_ms >= m->o.settle_ms;

        if (!settled || p->handed || p->fetched)
            continue;
        m->more = m->files >= m->o.batch_files || m->bytes >= m->o.batch_limit;
        if (m->more)
            return 0;
        if (fetch(m, p, e) != 0)
            return -1;
    }
    return 0;
}

/* take_away - what is durable here; what cannot be taken away stays, and is handed over no more */
static void take_away(struct remote *m)
{
    struct err ignored;

    for (struct reply *p = m->replies; p; p = p->next)
        if (p->gone && m->at.by->remove(&m->at, p->name, &ignored) == 0) {
            p->gone = p->handed = false; /* under this name comes another file, if any */
            p->since_ms = -1;
        }
}

/* forget_gone - names that the list did not show */
static void forget_gone(struct remote *m)
{
    struct reply **at = &m->replies;

    while (*at) {
        if ((*at)->here)
            at = &(*at)->next;
        else
            free_reply(at);
    }
}

/* visit - in the thread */
static void visit(void *arg)
{
    struct remote *m = arg;

    m->bytes = m->files = 0;
    m->more = false;
    memset(&m->err, 0, sizeof(m->err));
    take_away(m);
    for (struct reply *p = m->replies; p; p = p->next)
        p->here = false;
    if (m->at.by->list(&m->at, listed, m, &m->err) == 0) {
        forget_gone(m);
        fetch_settled(m, &m->err);
    }
    m->at.by->end(&m->at);
}

/* hand_over - what the visit brought */
static int hand_over(struct remote *m, poll_file_fn fn, void *arg, struct err *e)
{
    for (struct reply *p = m->replies; p; p = p->next) {
        char hex[DIGEST_TEXT], about[PARCEL_NAME + MARK + DEST_TEXT];
        struct poll_file f = {.receiver = m->at.receiver, .name = p->name, .sha256 = hex};

        if (!p->fetched || p->handed)
            continue;
        if (p->over) { /* it stays where it is: a person fetches it */
            snprintf(about, sizeof(about), "%s/%s/%s", m->at.receiver, p->name, p->mark);
            digest_hex(about, strlen(about), hex);
            f.size = m->o.file_limit + 1;
        } else {
            f.data = p->bytes.data ? p->bytes.data : "";
            f.size = p->bytes.len;
            digest_hex(f.data, f.size, hex);
        }
        if (fn(arg, &f, e) != 0)
            return -1;
        p->handed = m->handing = true;
    }
    return 0;
}

/* next_visit - soon when something waits for it, later when it failed */
static void next_visit(struct remote *m, int64_t now_ms)
{
    const bool failed = m->err.class != ERR_NONE;

    m->failures = failed ? m->failures + 1 : 0;
    m->next_ms = now_ms + m->at.poll_ms;
    if (failed && policy_pause_ms(m->failures, m->at.receiver) > m->at.poll_ms)
        m->next_ms = now_ms + policy_pause_ms(m->failures, m->at.receiver);
    else if (!failed && (m->handing || m->more))
        m->next_ms = now_ms;
    else if (!failed && m->replies && m->o.settle_ms < m->at.poll_ms)
        for (const struct reply *p = m->replies; p; p = p->next)
            if (!p->handed)
                m->next_ms = now_ms + m->o.settle_ms;
}

/* begin - a visit, in a thread of its own */
static int begin(struct remotes *r, struct remote *m, const struct dest *d, const char *key,
                 int64_t now_ms, struct err *e)
{
    m->at = *d;
    m->at.stop = jobs_stop(r->jobs);
    m->at.now_ms = m->now_ms = now_ms;
    m->visiting = true;
    return jobs_start(r->jobs, key, visit, m, e);
}

/* remotes_look - see remote.h */
int remotes_look(struct remotes *r, const struct dest *d, int64_t now_ms, poll_file_fn fn,
                 void *arg, struct err *e)
{
    struct remote *m = find(r, d);
    char key[DEST_TEXT + 8];
    void *job;

    if (!m)
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    snprintf(key, sizeof(key), "visit/%s", d->receiver);
    if (m->visiting) {
        if (jobs_take(r->jobs, key, &job) == JOB_BUSY)
            return 0;
        m->visiting = false;
        if (hand_over(m, fn, arg, e) != 0)
            return -1;
        next_visit(m, now_ms);
        if (m->err.class == ERR_NONE)
            return 0;
        *e = m->err;
        return -1;
    }
    if (m->handing || now_ms < m->next_ms)
        return 0;
    return begin(r, m, d, key, now_ms, e);
}

/* remotes_durable - what was handed over may be taken away; too large stays for a person */
void remotes_durable(struct remotes *r)
{
    for (struct remote *m = r->first; m; m = m->next) {
        if (m->visiting || !m->handing)
            continue;
        for (struct reply *p = m->replies; p; p = p->next)
            if (p->fetched && p->handed) {
                p->gone = !p->over;
                forget_bytes(p);
            }
        m->handing = false;
    }
}

/* remotes_again - the batch is not durable: the bytes are here still, and are handed over again */
void remotes_again(struct remotes *r)
{
    for (struct remote *m = r->first; m; m = m->next) {
        if (m->visiting || !m->handing)
            continue;
        for (struct reply *p = m->replies; p; p = p->next)
            p->handed = p->handed && !p->fetched;
        m->handing = false;
    }
}
