/* private.h - what the files of this room share: the connection and the index's form */
#ifndef CC_STORE_PRIVATE_H
#define CC_STORE_PRIVATE_H

#include <hiredis/hiredis.h>

#include "common/store/store.h"
#include "common/tables/snapshot.h"

enum { CHUNK_BYTES = 4 << 20, KEY_MAX = 256, OLD_CHUNKS_SECONDS = 86400, SNAPSHOT_MAX = 1 << 30 };

#define INDEX_KEY "cleanclaim:tables"
#define EPOCH_KEY "cleanclaim:epoch"
#define NOTICE_CHANNEL "cleanclaim:notice"

struct store {
    char host[256]; /* or the socket's path */
    int port;       /* 0: a socket */
    int db;
    char password[512]; /* or user:password */
    bool tls;           /* rediss:// */
    void *tls_context;  /* of OpenSSL; NULL: none */
    int64_t timeout_ms;
    redisContext *redis; /* NULL: not connected */
    struct tables *last; /* of the last load, so that the next one shares what did not change */
};

/* What the index says of an edition. */
struct listed {
    enum table_id table;
    char edition[EDITION_NAME_MAX + 1];
    size_t bytes, chunks;
    char sha256[65];
};

/* Host, port, database and password of the settings. */
int store_address(struct store *s, const struct conf *c, struct err *e);
/* TLS, where REDIS_URL asks for it: ERR_FATAL "setting" when it cannot be had. `begin` is the
 * handshake on a new connection. */
int store_tls_open(struct store *s, const struct conf *c, struct err *e);
int store_tls_begin(struct store *s, struct err *e);
void store_tls_close(struct store *s);

/* Connected, and the connection still answers: one that a restart has cut is opened again, once. */
int store_ready(struct store *s, struct err *e);
void store_disconnect(struct store *s);

/* Takes a reply that must not be an error over; NULL after saying why. */
redisReply *store_answer(struct store *s, void *reply, const char *what, struct err *e);
/* The same for a reply that carries nothing more. */
int store_done(struct store *s, void *reply, const char *what, struct err *e);

void store_field(enum table_id t, const char *edition, char out[KEY_MAX]); /* "icd10cm@2026" */
void store_chunk_key(enum table_id t, const char *edition, const char *sha256, size_t n,
                     char out[KEY_MAX]);
bool store_read_field(const char *field, struct listed *out);
bool store_read_value(const char *value, struct listed *out);
void store_write_value(const struct snapshot_head *h, size_t bytes, const char *sha256,
                       struct buf *out);

/* What the index says of one edition; *there = false: nothing. */
int store_listed(struct store *s, enum table_id t, const char *edition, struct listed *out,
                 bool *there, struct err *e);

#endif
