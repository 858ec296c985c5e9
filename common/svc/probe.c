/* probe.c - /healthz, /readyz, /metrics
 *
 * Alive means that the loop turned, not that the broker answers: a broker's outage must not become
 * a storm of restarts. */
#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/str.h"
#include "common/svc/work.h"
#include "common/sys/clock.h"
#include "common/sys/log.h"
#include "common/sys/metric.h"

enum { ALIVE_US = 60 * 1000000, CONNECTIONS = 16, IDLE_S = 10 };

struct probe {
    struct MHD_Daemon *daemon;
    const struct svc_status *status;
};

/* healthz - did the loop turn within its bound? */
static unsigned healthz(const struct probe *p, struct buf *out)
{
    bool alive = clock_mono_us() - p->status->alive_us < ALIVE_US;

    buf_adds(out, alive ? "alive\n" : "the loop does not turn\n");
    return alive ? MHD_HTTP_OK : MHD_HTTP_SERVICE_UNAVAILABLE;
}

/* readyz - what is missing, in words */
static unsigned readyz(const struct probe *p, struct buf *out)
{
    if (!p->status->tables)
        buf_adds(out, "no tables yet\n");
    if (!p->status->joined)
        buf_adds(out, "not in the group yet\n");
    if (p->status->failing)
        buf_adds(out, "batches fail\n");
    if (out->len)
        return MHD_HTTP_SERVICE_UNAVAILABLE;
    buf_adds(out, "ready\n");
    return MHD_HTTP_OK;
}

/* metrics - Prometheus' text format */
static unsigned metrics(const struct probe *p, struct buf *out)
{
    measure_all(p->status);
    metric_print(out);
    return MHD_HTTP_OK;
}

static const struct {
    const char *path;
    unsigned (*answer)(const struct probe *p, struct buf *out);
    const char *type;
} pages[] = {
    {"/healthz", healthz, "text/plain"},
    {"/readyz", readyz, "text/plain"},
    {"/metrics", metrics, "text/plain; version=0.0.4"},
};

/* send_page - bytes are copied */
static enum MHD_Result send_page(struct MHD_Connection *c, unsigned status, const char *type,
                                 const struct buf *b)
{
    struct MHD_Response *r =
        MHD_create_response_from_buffer(b->len, b->data, MHD_RESPMEM_MUST_COPY);
    enum MHD_Result ok;

    if (!r)
        return MHD_NO;
    MHD_add_response_header(r, MHD_HTTP_HEADER_CONTENT_TYPE, type);
    ok = MHD_queue_response(c, status, r);
    MHD_destroy_response(r);
    return ok;
}

/* answer - GET of one of the pages */
static enum MHD_Result answer(void *arg, struct MHD_Connection *c, const char *url,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_size, void **request)
{
    unsigned status = MHD_HTTP_NOT_FOUND;
    const char *type = "text/plain";
    enum MHD_Result r;
    struct buf b;

    (void)version;
    (void)upload;
    (void)upload_size;
    (void)request;
    buf_init(&b);
    if (!str_eq(method, "GET"))
        status = MHD_HTTP_METHOD_NOT_ALLOWED;
    for (size_t i = 0; str_eq(method, "GET") && i < sizeof(pages) / sizeof(pages[0]); i++)
        if (str_eq(url, pages[i].path)) {
            status = pages[i].answer(arg, &b);
            type = pages[i].type;
        }
    r = send_page(c, status, type, &b);
    buf_release(&b);
    return r;
}

/* probe_open - its own thread */
struct probe *probe_open(const struct conf *c, const struct svc_status *s, struct err *e)
{
    int64_t port = conf_number(c, "HTTP_PORT");
    struct sockaddr_in at = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)(port < 0 ? 0 : port))};
    const union MHD_DaemonInfo *info;
    struct probe *p;

    if (port < 0)
        return NULL;
    if (inet_pton(AF_INET, conf_text(c, "HTTP_ADDRESS"), &at.sin_addr) != 1) {
        err_set(e, ERR_FATAL, "setting", "HTTP_ADDRESS: no IPv4 address");
        return NULL;
    }
    p = calloc(1, sizeof(*p));
    if (p) {
        p->status = s;
        p->daemon = MHD_start_daemon(
            MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_AUTO, (uint16_t)port, NULL, NULL, answer, p,
            MHD_OPTION_SOCK_ADDR, &at, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS,
            MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S, MHD_OPTION_END);
    }
    if (!p || !p->daemon) {
        free(p);
        err_set(e, ERR_FATAL, "setting", "HTTP_PORT=%d: cannot listen there", (int)port);
        return NULL;
    }
    info = MHD_get_daemon_info(p->daemon, MHD_DAEMON_INFO_BIND_PORT);
    log_event(LOG_INFO, "http", log_s("address", conf_text(c, "HTTP_ADDRESS")),
              log_i("port", info ? info->port : port));
    return p;
}

/* probe_close - accepts NULL */
void probe_close(struct probe *p)
{
    if (!p)
        return;
    MHD_stop_daemon(p->daemon);
    free(p);
}
