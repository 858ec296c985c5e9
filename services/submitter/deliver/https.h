/* https.h - requests by HTTPS, as the transports "rest" and "core" make them. Private to this
 * folder.
 *
 * The server's certificate is always verified, against the system's authorities or the row's `ca`;
 * redirects are never followed: claims go where the row says and nowhere else. */
#ifndef CC_SUBMITTER_DELIVER_HTTPS_H
#define CC_SUBMITTER_DELIVER_HTTPS_H

#include "services/submitter/deliver/wire.h"

struct https_request {
    const char *method;
    const char *dir, *name; /* of the address; name "" = dir as it is */
    const char *headers[3]; /* NULL-ended */
    const struct buf *body; /* NULL: none */
    bool login;             /* the row's secret in the header Authorization */
};

/* The answer's status, its body in `in`; 0: there was none, and *o says what that means for a file
 * that the request carried. */
long https_run(struct dest *d, const struct https_request *r, struct wire_in *in, enum outcome *o,
               struct err *e);
/* What a status means for a file that was uploaded; *e says why it is not OUT_DONE. */
enum outcome https_outcome(long status, struct err *e);

extern const struct transport rest_transport, core_transport;

#endif
