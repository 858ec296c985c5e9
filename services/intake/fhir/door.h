/* door.h - who may send over HTTP, how much and for how long
 *
 * TLS and client certificates (tls.h), bearer tokens (jwt.h), requests a second of one source: the
 * token's subject, else the peer's address (rate.h), connections at a time, and how long a request
 * may take from the connection's start or the last answer until it is whole, however slowly its
 * bytes drip. */
#ifndef CC_INTAKE_FHIR_DOOR_H
#define CC_INTAKE_FHIR_DOOR_H

#include <microhttpd.h>

#include "common/base/err.h"
#include "common/sys/conf.h"

struct door;

/* ERR_FATAL "setting" names the row. */
int door_open(const struct conf *c, struct door **out, struct err *e);
void door_close(struct door *d); /* after the daemon has stopped; accepts NULL */

/* The daemon at FHIR_ADDRESS, FHIR_PORT behind this door; NULL: *e. `arg` is of both callbacks. */
struct MHD_Daemon *door_listen(struct door *d, const struct conf *c,
                               MHD_AccessHandlerCallback request, MHD_RequestCompletedCallback end,
                               void *arg, struct err *e);

/* What a request that is not let in is answered: 401 with WWW-Authenticate, 429 with Retry-After.
 */
struct door_answer {
    unsigned status; /* 0: let in */
    const char *why;
    int retry_s;
};
/* Before anything of the body is read. */
struct door_answer door_ask(struct door *d, struct MHD_Connection *c);
/* The request is whole, or answered: its time begins anew. */
void door_turn(struct door *d, struct MHD_Connection *c);

#endif
