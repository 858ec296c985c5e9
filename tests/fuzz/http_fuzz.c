/* http_fuzz.c - any bytes at intake's HTTP face: as a whole request, or as the body of one; what is
 * answered is HTTP with a known status, and its body is JSON
 *
 * The first byte chooses: the bytes as they are, POST /fhir, POST /x12; the second is the size of
 * the chunks that a body is cut into (0: it has a length). */
#include <arpa/inet.h>
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/base/str.h"
#include "common/sys/log.h"
#include "services/intake/intake.h"
#include "tests/support/port.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST = 1 << 15, ROOM = 1 << 20, PATIENCE_S = 10, SHORT_MS = 50 };

static struct face {
    struct intake_http *http;
    int port;
    struct intake_conf *conf;
    struct conf *settings;
} face;

/* must - holds, or the input is a finding */
static void must(bool fine)
{
    if (!fine)
        abort();
}

/* publish - an intake_out.publish */
static int publish(void *arg, struct arena *a, const struct intake_result *r, struct err *e)
{
    (void)arg;
    (void)a;
    for (size_t i = 0; i < r->n; i++)
        must(event_check(&r->events[i]->base, e) == 0);
    return 0;
}

/* claims - an intake_out.claims */
static int claims(void *arg, struct arena *a, struct intake_claim *const *list, size_t n,
                  struct err *e)
{
    (void)arg;
    (void)a;
    for (size_t i = 0; i < n; i++)
        must(event_check(&list[i]->claim->base, e) == 0);
    return 0;
}

/* start - the listener, once a process, until it ends */
static void start(void)
{
    static const struct conf_row *const rows[] = {intake_settings, NULL};
    static const struct intake_out out = {.publish = publish, .claims = claims};
    struct err e = {0};
    char port[16];

    log_open("fuzz", LOG_ERROR, LOG_KEY_VALUE);
    face.settings = conf_load(rows, &e);
    face.port = port_free();
    snprintf(port, sizeof(port), "%d", face.port);
    must(face.settings && conf_set(face.settings, "FHIR_PORT", port, &e) == 0);
    must(conf_set(face.settings, "SITE_SECRET", "s", &e) == 0);
    must(conf_set(face.settings, "MAX_MESSAGE_BYTES", "16384", &e) == 0);
    face.conf = intake_conf_new(face.settings, &e);
    must(face.conf != NULL);
    must(intake_http_start(face.settings, face.conf, &out, &face.http, &e) == 0);
}

/* connected - to the listener; closing it says no more, so that no port is kept. What is no whole
 * request may never be answered. */
static int connected(bool whole)
{
    const struct sockaddr_in at = {.sin_family = AF_INET,
                                   .sin_port = htons((uint16_t)face.port),
                                   .sin_addr = {htonl(INADDR_LOOPBACK)}};
    const struct linger now = {1, 0};
    const struct timeval patience = {whole ? PATIENCE_S : 0, whole ? 0 : SHORT_MS * 1000};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    must(fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof(now)) == 0);
    must(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience)) == 0);
    must(connect(fd, (const struct sockaddr *)&at, sizeof(at)) == 0);
    return fd;
}

/* request - the bytes as one; its length is given, or it comes in chunks */
static void request(struct buf *out, const uint8_t *data, size_t n)
{
    const size_t piece = data[1];

    if (data[0] % 3 == 0) {
        buf_add(out, data + 2, n - 2);
        return;
    }
    buf_addf(out, "POST /%s HTTP/1.1\r\nHost: h\r\nConnection: close\r\n",
             data[0] % 3 == 1 ? "fhir" : "x12");
    if (piece == 0) {
        buf_addf(out, "Content-Length: %zu\r\n\r\n", n - 2);
        buf_add(out, data + 2, n - 2);
        return;
    }
    buf_adds(out, "Transfer-Encoding: chunked\r\n\r\n");
    for (size_t at = 2; at < n; at += piece) {
        const size_t m = n - at < piece ? n - at : piece;

        buf_addf(out, "%zx\r\n", m);
        buf_add(out, data + at, m);
        buf_adds(out, "\r\n");
    }
    buf_adds(out, "0\r\n\r\n");
}

/* listen_to - all that is answered; libFuzzer's alarm clock interrupts what has a time-out */
static void listen_to(int fd, char *answer, size_t *n)
{
    ssize_t got;

    *n = 0;
    while (*n < ROOM &&
           ((got = recv(fd, answer + *n, ROOM - *n, 0)) > 0 || (got < 0 && errno == EINTR)))
        *n += got > 0 ? (size_t)got : 0;
    answer[*n < ROOM ? *n : ROOM - 1] = '\0';
}

/* is_answer - one to one request of ours */
static bool is_answer(const char *answer, size_t n)
{
    static const char *const known[] = {"200", "201", "400", "413", "422", "503", NULL};
    const char *body = strstr(answer, "\r\n\r\n");
    char status[4] = "";
    json_t *root;

    if (n <= 16 || strncmp(answer, "HTTP/1.1 ", 9) != 0 || !body)
        return false;
    memcpy(status, answer + 9, 3);
    root = json_loads(body + 4, 0, NULL);
    json_decref(root);
    return root && str_in(status, known);
}

/* check - the answer is shown if it is none: the input alone may not bring it again */
static void check(const char *answer, size_t n)
{
    if (is_answer(answer, n))
        return;
    fprintf(stderr, "answered %zu bytes (%s): %.400s\n", n, strerror(errno), answer);
    abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char answer[ROOM];
    struct buf b;
    size_t n;
    int fd;

    if (size < 3 || size > MOST)
        return 0;
    if (!face.http)
        start();
    buf_init(&b);
    request(&b, data, size);
    fd = connected(data[0] % 3 != 0);
    if (send(fd, b.data, b.len, MSG_NOSIGNAL) == (ssize_t)b.len) {
        shutdown(fd, SHUT_WR);
        listen_to(fd, answer, &n);
        if (data[0] % 3)
            check(answer, n);
    }
    close(fd);
    buf_release(&b);
    return 0;
}
