/* wire.c - libcurl as all ways over a network use it */
#include "services/submitter/deliver/wire.h"

#include <stdlib.h>
#include <string.h>

#include "common/sys/file.h"

enum { CONNECT_MS = 20000, SLOW_BYTES = 100, SLOW_SECONDS = 60, SECRET_MAX = 16384 };

/* The session of a try. */
struct wire {
    CURL *curl;
    char text[CURL_ERROR_SIZE];
};

/* stopped - asked by libcurl about once a second: not 0 gives up */
static int stopped(void *arg, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t f)
{
    const struct dest *d = arg;

    (void)a;
    (void)b;
    (void)c;
    (void)f;
    return d->stop && atomic_load(d->stop);
}

/* open_wire - the session, made once */
static struct wire *open_wire(struct dest *d)
{
    struct wire *w = d->wire;

    if (w)
        return w;
    w = calloc(1, sizeof(*w));
    if (w && !(w->curl = curl_easy_init())) {
        free(w);
        return NULL;
    }
    d->wire = w;
    return w;
}

/* wire_begin - see wire.h */
CURL *wire_begin(struct dest *d, const char *url, const char *scheme, struct err *e)
{
    struct wire *w = open_wire(d);

    if (!w) {
        err_set(e, ERR_RETRY, "memory", "out of memory");
        return NULL;
    }
    curl_easy_reset(w->curl);
    w->text[0] = '\0';
    curl_easy_setopt(w->curl, CURLOPT_ERRORBUFFER, w->text);
    curl_easy_setopt(w->curl, CURLOPT_URL, url);
    curl_easy_setopt(w->curl, CURLOPT_PROTOCOLS_STR, scheme);
    curl_easy_setopt(w->curl, CURLOPT_PROXY, "");
    curl_easy_setopt(w->curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(w->curl, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
    curl_easy_setopt(w->curl, CURLOPT_TIMEOUT_MS, (long)d->timeout_ms);
    curl_easy_setopt(w->curl, CURLOPT_LOW_SPEED_LIMIT, (long)SLOW_BYTES);
    curl_easy_setopt(w->curl, CURLOPT_LOW_SPEED_TIME, (long)SLOW_SECONDS);
    curl_easy_setopt(w->curl, CURLOPT_XFERINFOFUNCTION, stopped);
    curl_easy_setopt(w->curl, CURLOPT_XFERINFODATA, d);
    curl_easy_setopt(w->curl, CURLOPT_NOPROGRESS, 0L);
    return w->curl;
}

/* wire_run - see wire.h */
CURLcode wire_run(struct dest *d, struct err *e)
{
    struct wire *w = d->wire;
    const CURLcode code = curl_easy_perform(w->curl);

    if (code != CURLE_OK)
        err_set(e, ERR_RETRY, "network", "%.200s", w->text[0] ? w->text : curl_easy_strerror(code));
    return code;
}

/* receive - keeps what fits */
static size_t receive(char *p, size_t size, size_t n, void *arg)
{
    struct wire_in *in = arg;
    const size_t bytes = size * n, room = in->limit - in->out->len;

    in->seen += bytes;
    buf_add(in->out, p, bytes < room ? bytes : room);
    in->over = in->over || bytes > room;
    return in->out->failed || in->over ? 0 : bytes;
}

/* wire_receive - see wire.h */
void wire_receive(CURL *c, struct wire_in *in)
{
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, receive);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, in);
}

/* give - the next bytes to upload */
static size_t give(char *p, size_t size, size_t n, void *arg)
{
    struct wire_out *out = arg;
    size_t bytes = size * n;

    if (bytes > out->n - out->at)
        bytes = out->n - out->at;
    memcpy(p, out->p + out->at, bytes);
    out->at += bytes;
    return bytes;
}

/* seek - where libcurl begins anew (a connection that was closed under it) */
static int seek(void *arg, curl_off_t offset, int origin)
{
    struct wire_out *out = arg;

    if (origin != SEEK_SET || offset < 0 || (size_t)offset > out->n)
        return CURL_SEEKFUNC_FAIL;
    out->at = (size_t)offset;
    return CURL_SEEKFUNC_OK;
}

/* wire_send - see wire.h */
void wire_send(CURL *c, struct wire_out *out)
{
    curl_easy_setopt(c, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(c, CURLOPT_READFUNCTION, give);
    curl_easy_setopt(c, CURLOPT_READDATA, out);
    curl_easy_setopt(c, CURLOPT_SEEKFUNCTION, seek);
    curl_easy_setopt(c, CURLOPT_SEEKDATA, out);
    curl_easy_setopt(c, CURLOPT_INFILESIZE_LARGE, (curl_off_t)out->n);
}

/* wire_end - see wire.h */
void wire_end(struct dest *d)
{
    struct wire *w = d->wire;

    if (w)
        curl_easy_cleanup(w->curl);
    free(w);
    d->wire = NULL;
}

/* wire_secret - see wire.h */
int wire_secret(const struct dest *d, struct buf *out, struct err *e)
{
    struct err why;

    if (file_read(d->secret, SECRET_MAX, out, &why) != 0 || out->len == 0)
        return err_set(e, ERR_RETRY, "secret", "the route's secret cannot be read, or is empty");
    out->len = strcspn(out->data, "\r\n");
    out->data[out->len] = '\0';
    return 0;
}
