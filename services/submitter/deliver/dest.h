/* dest.h - where a receiver's files go and its replies come from: a row of the routes table as
 * plain data that a transfer's thread can keep. */
#ifndef CC_SUBMITTER_DELIVER_DEST_H
#define CC_SUBMITTER_DELIVER_DEST_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "common/tables/tables.h"

enum { DEST_TEXT = 128, DEST_PATH = 1024 };

struct transport;

struct dest {
    const struct transport *by;
    char receiver[DEST_TEXT];
    char mailbox[DEST_PATH], replies[DEST_PATH]; /* folders, or addresses */
    char user[DEST_TEXT];
    char secret[DEST_PATH];      /* file of the password, token or private key; "" = none */
    char host_key[DEST_PATH];    /* fingerprints of the host's keys, blank separated */
    char ca[DEST_PATH];          /* file of authorities; "" = the system's */
    char client_cert[DEST_PATH]; /* file of our certificate and its key; "" = none */
    char submit_type[DEST_TEXT], pickup_types[DEST_PATH]; /* of payloads (core.c) */
    char sender_id[32], receiver_id[32];                  /* ISA06, ISA08 */
    int64_t now_ms;                                       /* of a visit */
    int64_t poll_ms;                                      /* between two visits to its replies */
    int64_t timeout_ms;                                   /* of one request */
    void *wire;                                           /* the session of a try (wire.h) */
    int64_t gap_ms;                                       /* between two tries */
    int tz_min;                                           /* of the payer's local time */
    char closed[DEST_TEXT];  /* its maintenance windows (common/base/week.h) */
    bool repeat;             /* the receiver refuses what it has: sending twice is harmless */
    const atomic_bool *stop; /* NULL, or: set = give up */
};

/* What relative folders, and the files of secrets, lie below. */
struct dest_roots {
    const char *mail, *secrets;
};

/* Today's row of a receiver. ERR_REJECT "route": no such
 * row; ERR_RETRY "no-table", "route": no edition, or a row that cannot be followed. */
int dest_find(const struct tables *t, const char *receiver, int32_t on,
              const struct dest_roots *roots, struct dest *out, struct err *e);
int dest_of_row(const struct table_row *row, const struct dest_roots *roots, struct dest *out,
                struct err *e);

#endif
