/* mllp.c - one MLLP connection: frames out of bytes, an answer for each message
 *
 * 0x0B starts a frame, 0x1C 0x0D ends it. A start inside a frame means that the sender gave up on
 * the one before: it is answered as cut. Half a frame at the end of a connection is nobody's: the
 * sender has no answer and sends it again. */
#include "services/intake/hl7/mllp.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/sys/clock.h"
#include "common/sys/log.h"
#include "common/sys/metric.h"
#include "services/intake/hl7/ack.h"
#include "services/intake/hl7/stream.h"
#include "services/intake/publish.h"

enum {
    START_BLOCK = 0x0b,
    END_BLOCK = 0x1c,
    CHUNK = 65536,
    TURN_MS = 200,
    SEND_MS = 10000,
    ARENA_ROOM = 1 << 20,
    ARENA_TIMES = 24
};

struct line {
    struct tls_wire wire;
    const struct mllp_options *o;
    const atomic_bool *stop;
    struct arena *arena;
    struct buf frame;
    bool in_frame, too_large;
    int64_t since_us; /* start of the frame, or end of the one before */
    uint32_t messages;
    bool broken; /* an answer could not be sent */
};

/* count - a counter of this listener */
static void count(const char *labels, int64_t n)
{
    metric_add(metric_get(METRIC_MLLP, labels), n);
}

/* send_all - the whole of it within SEND_MS; false: the peer does not take it */
static bool send_all(const struct tls_wire *w, const char *p, size_t n)
{
    int64_t end = clock_mono_us() + (int64_t)SEND_MS * 1000;

    while (n && clock_mono_us() < end) {
        struct pollfd ready = {w->fd, POLLOUT, 0};
        ssize_t sent;

        if (poll(&ready, 1, TURN_MS) <= 0)
            continue;
        sent = tls_wire_send(w, p, n);
        if (sent < 0 && errno != EAGAIN && errno != EINTR)
            return false;
        if (sent > 0) {
            p += sent;
            n -= (size_t)sent;
        }
    }
    return n == 0;
}

/* answer - an acknowledgment in its frame */
static void answer(struct line *l, struct span message, const char *code,
                   const CcIntakeProblem *problem, const char *text)
{
    char label[16] = "answer=\"AA\"";
    struct buf out;

    memcpy(label + 8, code, 2);
    count(label, 1);
    buf_init(&out);
    buf_addc(&out, START_BLOCK);
    if (hl7_ack(l->arena, message, code, problem, text, clock_ms(), &out)) {
        buf_addc(&out, END_BLOCK);
        buf_addc(&out, '\r');
        if (out.failed || !send_all(&l->wire, out.data, out.len))
            l->broken = true;
    }
    buf_wipe(&out);
}

/* take_result - to the broker, then the answer */
static int take_result(struct line *l, struct span message, const struct intake_result *r)
{
    const CcIntakeProblem *p = r->refused ? r->events[0]->problems[0] : NULL;
    struct err e = {0};

    if (p) {
        log_event(LOG_WARN, "mllp_refused", log_s("code", p->code), log_s("answer", r->ack),
                  log_i("bytes", (int64_t)message.n));
        answer(l, message, r->ack, p, p->message);
        refuse(l->o->out, r);
    } else if (l->o->out->publish(l->o->out->arg, l->arena, r, &e) == 0) {
        answer(l, message, r->ack, NULL, "");
    } else {
        log_err(LOG_WARN, "mllp_not_stored", &e);
        answer(l, message, "AE", NULL, "not stored; send it again");
    }
    return 0;
}

/* take_message - one message of the frame */
static void take_message(struct line *l, struct hl7_piece *piece, bool closed)
{
    struct span message = {l->frame.data + piece->from, piece->to - piece->from};
    struct intake_input in = {.source = "mllp",
                              .bytes = message.p,
                              .n = message.n,
                              .message = ++l->messages,
                              .received_ms = clock_ms()};
    struct intake_result r;
    struct err e = {0};

    piece->framed = true;
    piece->closed = closed;
    arena_reset(l->arena);
    arena_set_limit(l->arena, ARENA_ROOM + message.n * ARENA_TIMES);
    if (hl7_one(l->o->conf, l->arena, &in, piece, &r, &e) == 0)
        take_result(l, message, &r);
    else
        answer(l, message, "AE", NULL, "no memory; send it again");
    arena_reset(l->arena);
}

/* take_frame - its messages, each with an answer; `closed`: the frame came to its end */
static void take_frame(struct line *l, bool closed)
{
    struct hl7_piece *pieces;
    size_t n = 0;

    l->in_frame = false;
    l->since_us = clock_mono_us();
    if (l->too_large) {
        static const char too_large[] = "larger than MLLP_MAX_BYTES";

        answer(l, (struct span){l->frame.data, l->frame.len}, "AR", NULL, too_large);
        buf_wipe(&l->frame);
        return;
    }
    pieces = hl7_cut((struct span){l->frame.data ? l->frame.data : "", l->frame.len}, &n);
    if (!pieces || l->frame.failed)
        answer(l, (struct span){"", 0}, "AE", NULL, "no memory; send it again");
    for (size_t i = 0; pieces && !l->frame.failed && i < n && !l->broken; i++)
        take_message(l, &pieces[i], closed || i + 1 < n);
    free(pieces);
    buf_wipe(&l->frame);
}

/* start_frame - 0x0B: what was open before is cut */
static void start_frame(struct line *l)
{
    if (l->in_frame)
        take_frame(l, false);
    buf_reset(&l->frame);
    l->in_frame = true;
    l->too_large = false;
    l->since_us = clock_mono_us();
}

/* take_run - bytes without framing in them */
static void take_run(struct line *l, const char *p, size_t n)
{
    struct span garbage = span_trim((struct span){p, n});

    if (!l->in_frame) {
        if (garbage.n)
            count("skipped=\"bytes\"", (int64_t)garbage.n);
        return;
    }
    if (l->frame.len + n > l->o->max_bytes) {
        l->too_large = true;
        n = l->frame.len < l->o->max_bytes ? l->o->max_bytes - l->frame.len : 0;
    }
    buf_add(&l->frame, p, n);
}

/* take_bytes - what was read, run by run */
static void take_bytes(struct line *l, const char *p, size_t n)
{
    size_t start = 0;

    for (size_t i = 0; i < n && !l->broken; i++) {
        if (p[i] != START_BLOCK && p[i] != END_BLOCK)
            continue;
        take_run(l, p + start, i - start);
        start = i + 1;
        if (p[i] == START_BLOCK)
            start_frame(l);
        else if (l->in_frame)
            take_frame(l, true);
    }
    take_run(l, p + start, n - start);
}

/* out_of_time - a frame that does not end, or nothing for too long */
static bool out_of_time(const struct line *l)
{
    int64_t limit_s = l->in_frame ? l->o->frame_seconds : l->o->idle_seconds;

    return clock_mono_us() - l->since_us > limit_s * 1000000;
}

/* read_some - waits a turn for bytes; false: the connection is over */
static bool read_some(struct line *l, char *chunk)
{
    struct pollfd ready = {l->wire.fd, POLLIN, 0};
    ssize_t n;

    if (poll(&ready, 1, TURN_MS) <= 0)
        return !out_of_time(l);
    n = tls_wire_recv(&l->wire, chunk, CHUNK);
    if (n > 0)
        take_bytes(l, chunk, (size_t)n);
    return n > 0 || (n < 0 && (errno == EAGAIN || errno == EINTR));
}

/* serve - until the peer hangs up, time is over or we stop */
static void serve(struct line *l, char *chunk)
{
    while (!l->broken && !*l->stop)
        if (!read_some(l, chunk))
            break;
    if (l->in_frame && !l->broken && !*l->stop && out_of_time(l))
        take_frame(l, false);
    else if (l->in_frame)
        count("skipped=\"half_frame\"", 1);
}

/* mllp_serve - see mllp.h */
void mllp_serve(int fd, const struct mllp_options *o, const atomic_bool *stop)
{
    struct line l = {.o = o, .stop = stop};
    char *chunk = malloc(CHUNK);
    bool open = tls_wire_open(&l.wire, o->tls, fd, o->frame_seconds, stop);

    l.since_us = clock_mono_us();
    l.arena = arena_new(ARENA_ROOM);
    buf_init(&l.frame);
    if (open && chunk && l.arena)
        serve(&l, chunk);
    tls_wire_close(&l.wire);
    buf_wipe(&l.frame);
    arena_free(l.arena);
    if (chunk)
        explicit_bzero(chunk, CHUNK);
    free(chunk);
}
