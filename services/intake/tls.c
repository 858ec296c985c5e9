/* tls.c - credentials that follow their files, and MLLP's sessions */
#include "services/intake/tls.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "common/sys/clock.h"
#include "common/sys/file.h"
#include "common/sys/log.h"

enum { PEM_MAX = 1 << 20, LOOK_AGAIN_US = 1000000, TURN_MS = 200, FILES = 3 };

/* Those of one time; older ones may still be in use by a session, all are freed at the end. */
struct credentials {
    gnutls_certificate_credentials_t own;
    struct credentials *older;
};

struct tls {
    const char *cert, *key, *clients; /* the settings' */
    pthread_mutex_t lock;
    struct credentials *now;
    struct timespec changed[FILES];
    int64_t looked_us;
};

/* changed_at - when the files last changed; false: one is not there */
static bool changed_at(const struct tls *t, struct timespec out[FILES])
{
    const char *const names[FILES] = {t->cert, t->key, t->clients};
    struct stat s;

    memset(out, 0, FILES * sizeof(*out));
    for (int i = 0; i < FILES; i++) {
        if (!*names[i])
            continue;
        if (stat(names[i], &s) != 0)
            return false;
        out[i] = s.st_mtim;
    }
    return true;
}

/* load - the files into new credentials; NULL: what cannot be used stands in *setting */
static struct credentials *load(const struct tls *t, const char **setting)
{
    struct credentials *c = calloc(1, sizeof(*c));

    *setting = "TLS_CERT_FILE, TLS_KEY_FILE";
    if (!c || gnutls_certificate_allocate_credentials(&c->own) != GNUTLS_E_SUCCESS) {
        free(c);
        return NULL;
    }
    if (gnutls_certificate_set_x509_key_file(c->own, t->cert, t->key, GNUTLS_X509_FMT_PEM) ==
        GNUTLS_E_SUCCESS) {
        *setting = "TLS_CLIENT_CA_FILE";
        if (!*t->clients ||
            gnutls_certificate_set_x509_trust_file(c->own, t->clients, GNUTLS_X509_FMT_PEM) > 0)
            return c;
    }
    gnutls_certificate_free_credentials(c->own);
    free(c);
    return NULL;
}

/* follow_files - looks once a second at most; under the lock */
static void follow_files(struct tls *t)
{
    struct timespec now[FILES];
    struct credentials *c;
    const char *setting;

    if (clock_mono_us() - t->looked_us < LOOK_AGAIN_US)
        return;
    t->looked_us = clock_mono_us();
    if (!changed_at(t, now) || memcmp(now, t->changed, sizeof(now)) == 0)
        return;
    memcpy(t->changed, now, sizeof(now));
    c = load(t, &setting);
    if (!c) {
        log_event(LOG_WARN, "tls_not_reloaded", log_s("settings", setting));
        return;
    }
    c->older = t->now;
    t->now = c;
    log_event(LOG_INFO, "tls_reloaded", log_s("certificate", t->cert));
}

/* tls_open - see tls.h */
int tls_open(const struct conf *c, struct tls **out, struct err *e)
{
    const char *cert = conf_text(c, "TLS_CERT_FILE"), *key = conf_text(c, "TLS_KEY_FILE"),
               *clients = conf_text(c, "TLS_CLIENT_CA_FILE"), *setting;
    struct tls *t;

    *out = NULL;
    if (!*cert && !*key && !*clients)
        return 0;
    if (!*cert || !*key)
        return err_set(e, ERR_FATAL, "setting",
                       "TLS_CERT_FILE, TLS_KEY_FILE: TLS needs both; nothing goes in clear");
    t = calloc(1, sizeof(*t));
    if (!t)
        return err_set(e, ERR_FATAL, "memory", "out of memory");
    *t = (struct tls){.cert = cert, .key = key, .clients = clients};
    t->now = load(t, &setting);
    if (!t->now) {
        free(t);
        return err_set(e, ERR_FATAL, "setting", "%s: cannot be used", setting);
    }
    changed_at(t, t->changed);
    pthread_mutex_init(&t->lock, NULL);
    *out = t;
    return 0;
}

/* tls_close - see tls.h */
void tls_close(struct tls *t)
{
    if (!t)
        return;
    while (t->now) {
        struct credentials *c = t->now;

        t->now = c->older;
        gnutls_certificate_free_credentials(c->own);
        free(c);
    }
    pthread_mutex_destroy(&t->lock);
    free(t);
}

/* tls_prepare - see tls.h */
void tls_prepare(struct tls *t, gnutls_session_t session)
{
    pthread_mutex_lock(&t->lock);
    follow_files(t);
    gnutls_credentials_set(session, GNUTLS_CRD_CERTIFICATE, t->now->own);
    pthread_mutex_unlock(&t->lock);
    if (!*t->clients)
        return;
    gnutls_certificate_server_set_request(session, GNUTLS_CERT_REQUIRE);
    gnutls_session_set_verify_cert(session, NULL, 0);
}

/* tls_files - see tls.h */
int tls_files(const struct tls *t, struct buf *cert, struct buf *key, struct err *e)
{
    if (file_read(t->cert, PEM_MAX, cert, e) == 0 && file_read(t->key, PEM_MAX, key, e) == 0)
        return 0;
    return err_set(e, ERR_FATAL, "setting", "TLS_CERT_FILE, TLS_KEY_FILE: cannot be read");
}

/* handshake - in turns, so that it ends in time and when told */
static bool handshake(const struct tls_wire *w, int seconds, const atomic_bool *stop)
{
    int64_t end = clock_mono_us() + (int64_t)seconds * 1000000;
    int r = GNUTLS_E_AGAIN;

    while (r < 0 && !gnutls_error_is_fatal(r) && clock_mono_us() < end && !*stop) {
        struct pollfd ready = {w->fd, POLLIN, 0};

        r = gnutls_handshake(w->session);
        if (r == GNUTLS_E_AGAIN && gnutls_record_get_direction(w->session))
            ready.events = POLLOUT;
        if (r == GNUTLS_E_AGAIN)
            poll(&ready, 1, TURN_MS);
    }
    if (r < 0)
        log_event(LOG_WARN, "tls_refused",
                  log_s("why", r == GNUTLS_E_AGAIN ? "no handshake in time" : gnutls_strerror(r)));
    return r == GNUTLS_E_SUCCESS;
}

/* tls_wire_open - see tls.h */
bool tls_wire_open(struct tls_wire *w, struct tls *t, int fd, int seconds, const atomic_bool *stop)
{
    *w = (struct tls_wire){.fd = fd};
    if (!t)
        return true;
    if (gnutls_init(&w->session, GNUTLS_SERVER | GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL) !=
        GNUTLS_E_SUCCESS)
        return false;
    gnutls_priority_set_direct(w->session, TLS_PRIORITY, NULL);
    tls_prepare(t, w->session);
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK); /* half a record must not hold us */
    gnutls_transport_set_int(w->session, fd);
    if (handshake(w, seconds, stop))
        return true;
    gnutls_deinit(w->session);
    w->session = NULL;
    return false;
}

/* as_socket - gnutls' answer as a socket gives it */
static ssize_t as_socket(ssize_t n)
{
    if (n >= 0)
        return n;
    errno = n == GNUTLS_E_AGAIN || n == GNUTLS_E_INTERRUPTED ? EAGAIN : EPROTO;
    return -1;
}

/* tls_wire_recv - see tls.h */
ssize_t tls_wire_recv(const struct tls_wire *w, void *to, size_t n)
{
    return w->session ? as_socket(gnutls_record_recv(w->session, to, n))
                      : recv(w->fd, to, n, MSG_DONTWAIT);
}

/* tls_wire_send - see tls.h */
ssize_t tls_wire_send(const struct tls_wire *w, const void *from, size_t n)
{
    return w->session ? as_socket(gnutls_record_send(w->session, from, n))
                      : send(w->fd, from, n, MSG_NOSIGNAL | MSG_DONTWAIT);
}

/* tls_wire_close - see tls.h */
void tls_wire_close(struct tls_wire *w)
{
    if (!w->session)
        return;
    gnutls_bye(w->session, GNUTLS_SHUT_WR);
    gnutls_deinit(w->session);
    w->session = NULL;
}
