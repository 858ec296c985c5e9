/* listen.c - the MLLP listener: accepts, and gives each connection a thread */
#include "services/intake/hl7/mllp.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/sys/log.h"
#include "common/sys/metric.h"
#include "common/sys/wait.h"

enum { TURN_MS = 200, BACKLOG = 64, STOP_SECONDS = 10 };

struct mllp {
    struct mllp_options options;
    int fd, port;
    size_t most, most_each; /* connections at a time, of one address (0: as many) */
    atomic_bool stop;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t ended;
    size_t connections;
    struct connection *open;
};

/* One connection; in the list until it has ended. */
struct connection {
    struct mllp *m;
    int fd;
    in_addr_t from;
    struct connection *next;
};

/* counted - one more or one less */
static void counted(struct mllp *m, size_t now)
{
    m->connections = now;
    metric_set(metric_get(METRIC_MLLP_CONNECTIONS, ""), (int64_t)now);
    pthread_cond_broadcast(&m->ended);
}

/* came - into the list */
static void came(struct connection *c)
{
    struct mllp *m = c->m;

    pthread_mutex_lock(&m->lock);
    c->next = m->open;
    m->open = c;
    counted(m, m->connections + 1);
    pthread_mutex_unlock(&m->lock);
}

/* went - out of it, and its memory */
static void went(struct connection *c)
{
    struct mllp *m = c->m;
    struct connection **at = &m->open;

    pthread_mutex_lock(&m->lock);
    while (*at != c)
        at = &(*at)->next;
    *at = c->next;
    free(c);
    counted(m, m->connections - 1);
    pthread_mutex_unlock(&m->lock);
}

/* serve_connection - the thread of one */
static void *serve_connection(void *arg)
{
    struct connection *c = arg;
    struct mllp *m = c->m;

    mllp_serve(c->fd, &m->options, &m->stop);
    close(c->fd);
    went(c);
    return NULL;
}

/* start_thread - nobody joins it; false: no thread to be had */
static bool start_thread(struct connection *c)
{
    pthread_t thread;

    if (pthread_create(&thread, NULL, serve_connection, c) != 0)
        return false;
    pthread_detach(thread);
    return true;
}

/* is_full - as many connections as are allowed, or as are to this address */
static bool is_full(struct mllp *m, in_addr_t from)
{
    size_t of_it = 0;
    bool full;

    pthread_mutex_lock(&m->lock);
    for (const struct connection *c = m->open; m->most_each && c; c = c->next)
        of_it += c->from == from;
    full = m->connections >= m->most || (m->most_each && of_it >= m->most_each);
    pthread_mutex_unlock(&m->lock);
    return full;
}

/* take_connection - one that waits to be accepted; over the limit it is closed at once. false: it
 * still waits, there is no descriptor for it */
static bool take_connection(struct mllp *m)
{
    struct sockaddr_in peer = {0};
    socklen_t size = sizeof(peer);
    int fd = accept4(m->fd, (struct sockaddr *)&peer, &size, SOCK_CLOEXEC), on = 1;
    struct connection *c =
        fd >= 0 && !is_full(m, peer.sin_addr.s_addr) ? calloc(1, sizeof(*c)) : NULL;

    if (fd < 0)
        return false;
    setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on));
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    if (c) {
        *c = (struct connection){.m = m, .fd = fd, .from = peer.sin_addr.s_addr};
        came(c);
        if (start_thread(c))
            return true;
        went(c);
    }
    log_event(LOG_WARN, "mllp_connection_refused", log_i("most", (int64_t)m->most),
              log_i("most_each", (int64_t)m->most_each));
    close(fd);
    return true;
}

/* accept_all - the listener's thread */
static void *accept_all(void *arg)
{
    struct mllp *m = arg;

    while (!m->stop) {
        struct pollfd ready = {m->fd, POLLIN, 0};

        if (poll(&ready, 1, TURN_MS) > 0 && !take_connection(m))
            poll(NULL, 0, TURN_MS);
    }
    return NULL;
}

/* open_socket - listening at the address; -1: it cannot be had */
static int open_socket(const char *address, int port, int *bound)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    socklen_t size = sizeof(at);
    int on = 1, fd;

    if (inet_pton(AF_INET, address, &at.sin_addr) != 1)
        return -1;
    fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    if (bind(fd, (struct sockaddr *)&at, sizeof(at)) != 0 || listen(fd, BACKLOG) != 0 ||
        getsockname(fd, (struct sockaddr *)&at, &size) != 0) {
        close(fd);
        return -1;
    }
    *bound = ntohs(at.sin_port);
    return fd;
}

/* release - what mllp_start made */
static void release(struct mllp *m)
{
    if (m->fd >= 0)
        close(m->fd);
    pthread_cond_destroy(&m->ended);
    pthread_mutex_destroy(&m->lock);
    tls_close(m->options.tls);
    free(m);
}

/* mllp_start - see mllp.h */
int mllp_start(const struct conf *c, const struct intake_conf *conf, const struct intake_out *out,
               struct mllp **mllp, struct err *e)
{
    struct mllp *m = calloc(1, sizeof(*m));

    if (!m)
        return err_set(e, ERR_FATAL, "memory", "MLLP: no memory");
    m->options = (struct mllp_options){conf,
                                       out,
                                       (size_t)conf_number(c, "MLLP_MAX_BYTES"),
                                       (int)conf_number(c, "MLLP_FRAME_SECONDS"),
                                       (int)conf_number(c, "MLLP_IDLE_SECONDS"),
                                       NULL};
    m->most = (size_t)conf_number(c, "MLLP_CONNECTIONS");
    m->most_each = (size_t)conf_number(c, "MLLP_CONNECTIONS_EACH");
    pthread_mutex_init(&m->lock, NULL);
    wait_init(&m->ended);
    m->fd = -1;
    if (tls_open(c, &m->options.tls, e) != 0) {
        release(m);
        return -1;
    }
    m->fd = open_socket(conf_text(c, "MLLP_ADDRESS"), (int)conf_number(c, "MLLP_PORT"), &m->port);
    if (m->fd < 0) {
        release(m);
        return err_set(e, ERR_FATAL, "listen", "MLLP_ADDRESS, MLLP_PORT: cannot listen there");
    }
    if (pthread_create(&m->thread, NULL, accept_all, m) != 0) {
        release(m);
        return err_set(e, ERR_FATAL, "memory", "MLLP: no thread");
    }
    log_event(LOG_INFO, "mllp_listening", log_i("port", m->port));
    *mllp = m;
    return 0;
}

/* mllp_port - see mllp.h */
int mllp_port(const struct mllp *m)
{
    return m->port;
}

/* wait_ended - for the threads of connections; false: not all in time */
static bool wait_ended(struct mllp *m)
{
    struct timespec until = wait_until(STOP_SECONDS * 1000);
    bool all;

    pthread_mutex_lock(&m->lock);
    while (m->connections && pthread_cond_timedwait(&m->ended, &m->lock, &until) == 0)
        ;
    all = m->connections == 0;
    pthread_mutex_unlock(&m->lock);
    return all;
}

/* mllp_stop - see mllp.h */
bool mllp_stop(struct mllp *m)
{
    if (!m)
        return true;
    m->stop = true;
    pthread_join(m->thread, NULL);
    if (!wait_ended(m))
        return false;
    release(m);
    return true;
}
