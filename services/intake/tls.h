/* tls.h - TLS of both listeners: the certificate, who may vouch for clients, sessions of MLLP
 *
 * gnutls is the one library for both: libmicrohttpd brings it. Files that change are read again at
 * the next connection; what cannot be read leaves the old ones in force and is logged. TLS 1.2 and
 * 1.3 only. With TLS_CLIENT_CA_FILE a peer without a certificate by it does not get past the
 * handshake. */
#ifndef CC_INTAKE_TLS_H
#define CC_INTAKE_TLS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include <gnutls/gnutls.h>

#include "common/base/err.h"
#include "common/base/str.h"
#include "common/sys/conf.h"

#define TLS_PRIORITY "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"

struct tls;

/* *out = NULL: not configured, the listeners speak in clear. -1: ERR_FATAL "setting". */
int tls_open(const struct conf *c, struct tls **out, struct err *e);
void tls_close(struct tls *t); /* when no session is left; accepts NULL */

/* Gives a server's session the credentials now in force, and what is asked of the peer. Thread
 * safe. */
void tls_prepare(struct tls *t, gnutls_session_t session);
/* Certificate chain and key as PEM, for a library that wants them at its start; the caller wipes
 * both. */
int tls_files(const struct tls *t, struct buf *cert, struct buf *key, struct err *e);

/* One connection, in clear or not. */
struct tls_wire {
    int fd;
    gnutls_session_t session; /* NULL: in clear */
};

/* The handshake, within `seconds` and until *stop. false: no peer of ours. `t` may be NULL. */
bool tls_wire_open(struct tls_wire *w, struct tls *t, int fd, int seconds, const atomic_bool *stop);
/* As recv and send that do not wait: -1 with EAGAIN. */
ssize_t tls_wire_recv(const struct tls_wire *w, void *to, size_t n);
ssize_t tls_wire_send(const struct tls_wire *w, const void *from, size_t n);
void tls_wire_close(struct tls_wire *w); /* not the descriptor */

#endif
