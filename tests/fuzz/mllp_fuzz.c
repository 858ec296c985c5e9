/* mllp_fuzz.c - any bytes on an MLLP connection, in pieces of any size: every answer is one whole
 * frame with an MSA, a positive one only of what was published, and the listener ends with the
 * connection
 *
 * The first byte is the size of the pieces, less one. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/sys/log.h"
#include "services/intake/hl7/mllp.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST = 1 << 14, LARGEST = 4096, ROOM = 1 << 16 };

/* What came back. */
struct heard {
    int fd;
    size_t answers, positive;
};

/* must - holds, or the input is a finding */
static void must(bool fine)
{
    if (!fine)
        abort();
}

/* take_answer - one frame: a header, an acknowledgment with its code */
static void take_answer(struct heard *h, const char *p, size_t n)
{
    const char *msa;

    must(n > 8 && p[0] == 0x0b && p[n - 2] == 0x1c && p[n - 1] == '\r');
    must(memchr(p + 1, 0x0b, n - 1) == NULL && memchr(p, 0x1c, n - 2) == NULL);
    must(memcmp(p + 1, "MSH", 3) == 0);
    msa = memmem(p, n, "\rMSA", 4);
    must(msa && n - (size_t)(msa - p) > 8 && msa[5] == 'A' && strchr("AER", msa[6]));
    h->answers++;
    h->positive += msa[6] == 'A';
}

/* listen_to - a thread: each answer is one packet, as it is sent at once */
static void *listen_to(void *arg)
{
    static char answer[ROOM];
    struct heard *h = arg;
    ssize_t n;

    while ((n = recv(h->fd, answer, sizeof(answer), 0)) > 0)
        take_answer(h, answer, (size_t)n);
    return NULL;
}

/* Events that the broker was given. */
static size_t published;

/* publish - an intake_out.publish */
static int publish(void *arg, struct arena *a, const struct intake_result *r, struct err *e)
{
    (void)arg;
    (void)a;
    must(r->n > 0 && !r->refused);
    for (size_t i = 0; i < r->n; i++)
        must(event_check(&r->events[i]->base, e) == 0);
    published++;
    return 0;
}

/* What the thread that sends needs. */
struct said {
    int fd;
    const uint8_t *data;
    size_t n, piece;
};

/* say - a thread: in packets of that size, each is read by itself */
static void *say(void *arg)
{
    const struct said *s = arg;

    for (size_t at = 0; at < s->n; at += s->piece)
        if (send(s->fd, s->data + at, s->n - at < s->piece ? s->n - at : s->piece, MSG_NOSIGNAL) <
            0)
            break;
    shutdown(s->fd, SHUT_WR);
    return NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct intake_conf conf = {
        .secret = "s", .facility = "MAIN", .max_bytes = LARGEST, .charset = "UNICODE UTF-8"};
    static const struct intake_out out = {.publish = publish};
    const struct mllp_options o = {
        .conf = &conf, .out = &out, .max_bytes = LARGEST, .frame_seconds = 60, .idle_seconds = 60};
    const atomic_bool stop = false;
    pthread_t ears, mouth;
    int pair[2];

    if (size < 2 || size > MOST)
        return 0;
    log_open("fuzz", LOG_ERROR, LOG_KEY_VALUE);
    must(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair) == 0);
    struct heard h = {.fd = pair[0]};
    struct said s = {pair[0], data + 1, size - 1, (size_t)data[0] * 16 + 1};
    published = 0;
    must(pthread_create(&ears, NULL, listen_to, &h) == 0);
    must(pthread_create(&mouth, NULL, say, &s) == 0);
    mllp_serve(pair[1], &o, &stop);
    shutdown(pair[1], SHUT_RDWR);
    close(pair[1]);
    pthread_join(mouth, NULL);
    pthread_join(ears, NULL);
    close(pair[0]);
    must(h.positive <= published); /* an acknowledgment is taken, and never answered */
    return 0;
}
