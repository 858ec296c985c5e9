/* door.c - the listener's side of microhttpd: TLS, limits, and a thread that cuts who takes too
 * long, since microhttpd's own time-out begins anew with every byte */
#include "services/intake/fhir/door.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "common/sys/clock.h"
#include "common/sys/log.h"
#include "common/sys/metric.h"
#include "services/intake/jwt.h"
#include "services/intake/rate.h"
#include "services/intake/tls.h"

enum { THREADS = 4, TURN_NS = 200 * 1000 * 1000, OPTIONS_MAX = 8 };

/* One connection; in the list from its start until just before its socket is closed. */
struct peer {
    int fd;
    char address[INET_ADDRSTRLEN];
    int64_t since_us;
    struct peer *next, **at;
};

struct door {
    struct tls *tls; /* these may each be NULL: not configured */
    struct jwt *jwt;
    struct rate *rate;
    int64_t limit_us;
    pthread_mutex_t lock;
    struct peer *peers;
    pthread_t sweeper;
    bool sweeping;
    atomic_bool stop;
    struct buf cert, key; /* as the daemon was given them */
};

/* info_peer - what `connected` has kept of it; NULL: it had no memory */
static struct peer *info_peer(struct MHD_Connection *c)
{
    return MHD_get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

/* write_address - of the peer, as text: we listen to IPv4 only */
static void write_address(struct MHD_Connection *c, char out[INET_ADDRSTRLEN])
{
    const struct sockaddr_in *at =
        (const void *)MHD_get_connection_info(c, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr;

    inet_ntop(AF_INET, &at->sin_addr, out, INET_ADDRSTRLEN);
}

/* came - a new connection; its TLS session gets the credentials now in force */
static struct peer *came(struct door *d, struct MHD_Connection *c)
{
    struct peer *p = calloc(1, sizeof(*p));

    if (d->tls)
        tls_prepare(d->tls,
                    MHD_get_connection_info(c, MHD_CONNECTION_INFO_GNUTLS_SESSION)->tls_session);
    if (!p)
        return NULL;
    p->fd = MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    p->since_us = clock_mono_us();
    write_address(c, p->address);
    pthread_mutex_lock(&d->lock);
    p->next = d->peers;
    p->at = &d->peers;
    if (p->next)
        p->next->at = &p->next;
    d->peers = p;
    pthread_mutex_unlock(&d->lock);
    return p;
}

/* went - its socket is closed next */
static void went(struct door *d, struct peer *p)
{
    if (!p)
        return;
    pthread_mutex_lock(&d->lock);
    *p->at = p->next;
    if (p->next)
        p->next->at = p->at;
    pthread_mutex_unlock(&d->lock);
    free(p);
}

/* connected - microhttpd's word of connections that come and go */
static void connected(void *arg, struct MHD_Connection *c, void **peer,
                      enum MHD_ConnectionNotificationCode what)
{
    if (what == MHD_CONNECTION_NOTIFY_STARTED)
        *peer = came(arg, c);
    else {
        went(arg, *peer);
        *peer = NULL;
    }
}

/* cut_slow - whoever is over time; closing is left to microhttpd, which sees the end */
static void cut_slow(struct door *d)
{
    int64_t now = clock_mono_us(), cut = 0;

    pthread_mutex_lock(&d->lock);
    for (struct peer *p = d->peers; p; p = p->next)
        if (now - p->since_us > d->limit_us) {
            shutdown(p->fd, SHUT_RDWR);
            p->since_us = now;
            cut++;
        }
    pthread_mutex_unlock(&d->lock);
    if (cut)
        metric_add(metric_get(METRIC_INTAKE_HTTP, "result=\"cut\""), cut);
}

/* sweep - the thread */
static void *sweep(void *arg)
{
    static const struct timespec turn = {0, TURN_NS};
    struct door *d = arg;

    while (!d->stop) {
        nanosleep(&turn, NULL);
        cut_slow(d);
    }
    return NULL;
}

/* open_parts - what is configured */
static int open_parts(struct door *d, const struct conf *c, struct err *e)
{
    int64_t rate = conf_number(c, "FHIR_RATE");

    d->limit_us = conf_number(c, "FHIR_REQUEST_SECONDS") * 1000000;
    if (tls_open(c, &d->tls, e) != 0 || jwt_open(c, &d->jwt, e) != 0)
        return -1;
    if (rate && !(d->rate = rate_new(rate)))
        return err_set(e, ERR_FATAL, "memory", "out of memory");
    d->sweeping = pthread_create(&d->sweeper, NULL, sweep, d) == 0;
    return d->sweeping ? 0 : err_set(e, ERR_FATAL, "memory", "HTTP: no thread");
}

/* door_open - see door.h */
int door_open(const struct conf *c, struct door **out, struct err *e)
{
    struct door *d = calloc(1, sizeof(*d));

    if (!d)
        return err_set(e, ERR_FATAL, "memory", "out of memory");
    pthread_mutex_init(&d->lock, NULL);
    buf_init(&d->cert);
    buf_init(&d->key);
    if (open_parts(d, c, e) != 0) {
        door_close(d);
        return -1;
    }
    *out = d;
    return 0;
}

/* door_close - see door.h */
void door_close(struct door *d)
{
    if (!d)
        return;
    d->stop = true;
    if (d->sweeping)
        pthread_join(d->sweeper, NULL);
    while (d->peers)
        went(d, d->peers);
    tls_close(d->tls);
    jwt_close(d->jwt);
    rate_free(d->rate);
    buf_wipe(&d->cert);
    buf_wipe(&d->key);
    pthread_mutex_destroy(&d->lock);
    free(d);
}

/* options_of - limits, and the files where there is TLS */
static int options_of(struct door *d, const struct conf *c, struct MHD_OptionItem o[OPTIONS_MAX],
                      struct err *e)
{
    size_t n = 0;

    o[n++] = (struct MHD_OptionItem){MHD_OPTION_CONNECTION_LIMIT,
                                     (intptr_t)conf_number(c, "FHIR_CONNECTIONS"), NULL};
    o[n++] = (struct MHD_OptionItem){MHD_OPTION_PER_IP_CONNECTION_LIMIT,
                                     (intptr_t)conf_number(c, "FHIR_CONNECTIONS_EACH"), NULL};
    if (d->tls) {
        if (tls_files(d->tls, &d->cert, &d->key, e) != 0)
            return -1;
        o[n++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_CERT, 0, d->cert.data};
        o[n++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_KEY, 0, d->key.data};
        o[n++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_PRIORITIES, 0,
                                         (void *)(uintptr_t)TLS_PRIORITY};
    }
    o[n] = (struct MHD_OptionItem){MHD_OPTION_END, 0, NULL};
    return 0;
}

/* door_listen - see door.h */
struct MHD_Daemon *door_listen(struct door *d, const struct conf *c,
                               MHD_AccessHandlerCallback request, MHD_RequestCompletedCallback end,
                               void *arg, struct err *e)
{
    uint16_t port = (uint16_t)conf_number(c, "FHIR_PORT");
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(port)};
    unsigned flags = MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_EPOLL | (d->tls ? MHD_USE_TLS : 0u);
    struct MHD_OptionItem options[OPTIONS_MAX];
    struct MHD_Daemon *daemon = NULL;

    if (options_of(d, c, options, e) != 0)
        return NULL;
    if (inet_pton(AF_INET, conf_text(c, "FHIR_ADDRESS"), &at.sin_addr) == 1)
        daemon = MHD_start_daemon(
            flags, port, NULL, NULL, request, arg, MHD_OPTION_SOCK_ADDR, &at,
            MHD_OPTION_THREAD_POOL_SIZE, (unsigned)THREADS, MHD_OPTION_CONNECTION_TIMEOUT,
            (unsigned)conf_number(c, "FHIR_REQUEST_SECONDS"), MHD_OPTION_NOTIFY_COMPLETED, end, arg,
            MHD_OPTION_NOTIFY_CONNECTION, connected, d, MHD_OPTION_ARRAY, options, MHD_OPTION_END);
    if (!daemon)
        err_set(e, ERR_FATAL, "listen", "FHIR_ADDRESS, FHIR_PORT: cannot listen there");
    return daemon;
}

/* door_ask - see door.h */
struct door_answer door_ask(struct door *d, struct MHD_Connection *c)
{
    const struct peer *p = info_peer(c);
    char subject[JWT_SUBJECT] = "";
    enum jwt_verdict v = JWT_OK;
    int wait;

    if (d->jwt)
        v = jwt_check(d->jwt, MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Authorization"),
                      clock_ms() / 1000, subject);
    wait = d->rate ? rate_take(d->rate,
                               subject[0] ? subject
                               : p        ? p->address
                                          : "",
                               clock_mono_us())
                   : 0;
    if (wait)
        return (struct door_answer){MHD_HTTP_TOO_MANY_REQUESTS, "too many requests", wait};
    return v == JWT_OK ? (struct door_answer){0, "", 0}
                       : (struct door_answer){MHD_HTTP_UNAUTHORIZED, jwt_word(v), 0};
}

/* door_turn - see door.h */
void door_turn(struct door *d, struct MHD_Connection *c)
{
    struct peer *p = info_peer(c);

    if (!p)
        return;
    pthread_mutex_lock(&d->lock);
    p->since_us = clock_mono_us();
    pthread_mutex_unlock(&d->lock);
}
