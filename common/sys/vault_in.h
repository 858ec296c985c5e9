/* vault_in.h - inside a struct vault. Private to vault.c and unseal.c. */
#ifndef CC_SYS_VAULT_IN_H
#define CC_SYS_VAULT_IN_H

#include <openssl/evp.h>
#include <pthread.h>
#include <sys/stat.h>

#include "common/sys/keyring.h"
#include "common/sys/vault.h"

enum {
    MAGIC = 4,
    WRAPPED = KEY_BYTES + 8,
    NONCE = 12,
    TAG = 16,
    OPENERS = 64, /* data keys kept ready: about as many writers as a topic meets at a time */
};

/* A data key that opens. */
struct opener {
    char id[KEY_ID_MAX + 1];
    uint8_t wrapped[WRAPPED];
    EVP_CIPHER_CTX *ctx;
};

struct vault {
    char *path;
    bool clear;
    pthread_mutex_t lock;
    struct keyring keys;
    struct stat seen; /* the file as it was read */
    int64_t looked_us;
    EVP_CIPHER_CTX *sealer; /* NULL: a data key is drawn at the next seal */
    uint8_t wrapped[WRAPPED];
    uint64_t seals, bytes;
    unsigned generation;
    struct opener openers[OPENERS];
};

extern const uint8_t vault_magic[MAGIC];

/* Reads the file again if it is another than it was; under the lock. As vault_refresh. */
int vault_look(struct vault *v, struct err *e);
/* A data key under a key of the file, or back; false: it is not under this one. */
bool vault_wrap(const uint8_t kek[KEY_BYTES], bool on, const uint8_t *in, int n, uint8_t *out);
/* AES-256-GCM with its key set; NULL: no memory. */
EVP_CIPHER_CTX *vault_cipher(const uint8_t key[KEY_BYTES], bool on);
/* Head, context and key are authenticated, not encrypted. */
bool vault_bind(EVP_CIPHER_CTX *c, const uint8_t *head, size_t head_len,
                const struct vault_place *at);
/* Room for n bytes in a buffer that is to hold nothing else. */
bool vault_room(struct buf *b, size_t n);
/* OpenSSL said no to what it always can do. */
int vault_failed(const char *what, struct err *e);

#endif
