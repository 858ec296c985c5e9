/* transport.h - the ways to a payer as rows: each is one struct of functions.
 *
 * A new way is a row of transport.c. AS2 is none of them: it wants S/MIME signatures and receipts
 * (MDN) that no payer we know asks for where SFTP or HTTPS is offered. */
#ifndef CC_SUBMITTER_DELIVER_TRANSPORT_H
#define CC_SUBMITTER_DELIVER_TRANSPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/err.h"
#include "common/base/str.h"
#include "services/submitter/deliver/dest.h"

enum { PARCEL_NAME = 256 };

/* A file to hand over. */
struct parcel {
    char name[PARCEL_NAME];
    char sha256[65];
    char guide[40];     /* 005010X222A1 … */
    char sender_id[32]; /* ISA06 */
    char receiver_id[32];
    int64_t created_ms; /* of the interchange */
    const void *data;
    size_t size;
};

/* What came of a step. */
enum outcome {
    OUT_DONE,    /* the payer has it */
    OUT_NEXT,    /* NAME.part is whole: rename it */
    OUT_AGAIN,   /* the payer has it not: later again */
    OUT_AWAY,    /* nobody could say: look again later */
    OUT_REFUSED, /* not this file: a person */
    OUT_UNSURE,  /* the payer may have it, and cannot be asked: a person */
    OUT_STOPPED, /* not by this route as it is set up: a person */
    OUT_MAX
};
const char *outcome_word(enum outcome o);

/* What lies there under a name. */
enum presence {
    THERE_SAME,    /* these bytes */
    THERE_OTHER,   /* others */
    THERE_NOT,     /* nothing */
    THERE_UNKNOWN, /* the payer answered, and cannot tell */
    THERE_AWAY,    /* could not ask: *e says why */
    THERE_STOPPED  /* must not ask: *e says why */
};

/* A reply that lies ready: its name, and a mark that changes when the file does ("" = it is whole
 * as soon as it is listed). */
typedef int (*reply_fn)(void *arg, const char *name, const char *mark, struct err *e);

struct transport {
    const char *name; /* the routes table's word */
    /* At once, inside the batch, with receipts of its own; NULL: by the steps below. */
    enum outcome (*at_once)(const struct dest *d, const struct parcel *p, bool *before,
                            struct err *e);
    /* Uploads; OUT_DONE, OUT_AGAIN, OUT_AWAY, OUT_REFUSED, OUT_STOPPED. */
    enum outcome (*put)(struct dest *d, const struct parcel *p, const char *as, struct err *e);
    enum presence (*look)(struct dest *d, const struct parcel *p, const char *as, struct err *e);
    /* Never over a file that is there; NULL: put hands over. OUT_DONE or as put. */
    enum outcome (*rename)(struct dest *d, const char *from, const char *to, struct err *e);
    /* Replies; NULL: those of a folder (poll.h). get: ERR_REJECT "size": over the limit. */
    int (*list)(struct dest *d, reply_fn fn, void *arg, struct err *e);
    int (*get)(struct dest *d, const char *name, size_t limit, struct buf *out, struct err *e);
    int (*remove)(struct dest *d, const char *name, struct err *e);
    void (*end)(struct dest *d); /* of a try: closes what it opened */
};

const struct transport *transport_by_name(const char *name); /* NULL: none */

#endif
