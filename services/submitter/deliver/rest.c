/* rest.c - plain HTTPS: PUT mailbox/NAME, GET mailbox/NAME; replies: GET replies (a name a line),
 * GET and DELETE replies/NAME
 *
 * If-None-Match: * (RFC 9110) asks the server not to put over a file that is there. It does not
 * help where the receiver has taken the file away meanwhile (step.h). */
#include <stdio.h>
#include <string.h>

#include "services/submitter/deliver/https.h"

enum { LIST_MAX = 4 << 20, ANSWER_MAX = 64 << 10 };

/* put - the file; 412: there is one, the next try looks whether it is ours */
static enum outcome put(struct dest *d, const struct parcel *p, const char *as, struct err *e)
{
    const struct buf body = {.data = (char *)(uintptr_t)p->data, .len = p->size};
    const struct https_request r = {
        "PUT", d->mailbox, as, {"Content-Type: application/EDI-X12", "If-None-Match: *", NULL},
        &body, true};
    struct buf answer;
    struct wire_in in = {&answer, ANSWER_MAX, 0, false};
    enum outcome o;
    long status;

    buf_init(&answer);
    status = https_run(d, &r, &in, &o, e);
    buf_release(&answer);
    if (status == 412) {
        err_set(e, ERR_RETRY, "exists", "a file of this name is there");
        return OUT_AWAY;
    }
    return status ? https_outcome(status, e) : o;
}

/* ask - a request without body */
static long ask(struct dest *d, const char *method, const char *dir, const char *name,
                struct wire_in *in, enum outcome *o, struct err *e)
{
    const struct https_request r = {method, dir, name, {NULL}, NULL, true};

    return https_run(d, &r, in, o, e);
}

/* look - is it there, and is it these bytes? */
static enum presence look(struct dest *d, const struct parcel *p, const char *as, struct err *e)
{
    struct buf text;
    struct wire_in in = {&text, p->size, 0, false};
    enum presence there = THERE_UNKNOWN;
    enum outcome o;
    long status;

    buf_init(&text);
    status = ask(d, "GET", d->mailbox, as, &in, &o, e);
    if (status == 200)
        there = !in.over && text.len == p->size && memcmp(text.data, p->data, p->size) == 0
                    ? THERE_SAME
                    : THERE_OTHER;
    else if (status == 404 || status == 410)
        there = THERE_NOT;
    else if (status == 0)
        there = o == OUT_STOPPED ? THERE_STOPPED : THERE_AWAY;
    else if (status / 100 == 5 || status == 429)
        there = THERE_AWAY;
    if (there == THERE_AWAY && status)
        https_outcome(status, e);
    buf_wipe(&text);
    return there;
}

/* well - a request about replies that must be answered with 2xx */
static int well(struct dest *d, const char *method, const char *name, struct wire_in *in,
                struct err *e)
{
    enum outcome o;
    const long status = ask(d, method, d->replies, name, in, &o, e);

    if (in->over)
        return err_set(e, ERR_REJECT, "size", "a reply is larger than REPLY_MAX_BYTES");
    return status && https_outcome(status, e) == OUT_DONE ? 0 : -1;
}

/* list - a name a line; what is listed is whole */
static int list(struct dest *d, reply_fn fn, void *arg, struct err *e)
{
    struct buf names;
    struct wire_in in = {&names, LIST_MAX, 0, false};
    int r;

    buf_init(&names);
    r = well(d, "GET", "", &in, e);
    for (struct span rest = {names.data, names.len}; r == 0 && rest.n;) {
        const struct span name = span_trim(span_cut(&rest, '\n'));
        char text[PARCEL_NAME];

        if (name.n == 0 || name.n >= sizeof(text) || memchr(name.p, '/', name.n))
            continue;
        snprintf(text, sizeof(text), "%.*s", (int)name.n, name.p);
        r = fn(arg, text, "", e);
    }
    buf_release(&names);
    return r;
}

/* get - one reply */
static int get(struct dest *d, const char *name, size_t limit, struct buf *out, struct err *e)
{
    struct wire_in in = {out, limit, 0, false};

    return well(d, "GET", name, &in, e);
}

/* take_away - a reply that we have */
static int take_away(struct dest *d, const char *name, struct err *e)
{
    struct buf answer;
    struct wire_in in = {&answer, ANSWER_MAX, 0, false};
    int r;

    buf_init(&answer);
    r = well(d, "DELETE", name, &in, e);
    buf_release(&answer);
    return r;
}

const struct transport rest_transport = {
    .name = "rest",
    .put = put,
    .look = look,
    .list = list,
    .get = get,
    .remove = take_away,
    .end = wire_end,
};
