/* wire.h - libcurl as all ways over a network use it: one session a try, given up when the worker
 * stops. Private to this folder. */
#ifndef CC_SUBMITTER_DELIVER_WIRE_H
#define CC_SUBMITTER_DELIVER_WIRE_H

#include <curl/curl.h>

#include "services/submitter/deliver/transport.h"

/* What comes in: up to `limit` bytes are kept, all are counted. */
struct wire_in {
    struct buf *out;
    size_t limit, seen;
    bool over; /* there was more */
};

/* A fresh request on the session (made at the first), only by `scheme`. NULL: out of memory. */
CURL *wire_begin(struct dest *d, const char *url, const char *scheme, struct err *e);
/* Runs it; *e gets libcurl's words. */
CURLcode wire_run(struct dest *d, struct err *e);
void wire_receive(CURL *c, struct wire_in *in);
/* Bytes to upload; must live as long as the request. */
struct wire_out {
    const char *p;
    size_t n, at;
};
void wire_send(CURL *c, struct wire_out *out);
void wire_end(struct dest *d); /* closes the session */
/* The first line of the secret's file. ERR_RETRY "secret": it is not there or empty. */
int wire_secret(const struct dest *d, struct buf *out, struct err *e);

#endif
