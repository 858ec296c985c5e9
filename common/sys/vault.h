/* vault.h - payloads sealed and opened: AES-256-GCM, envelope encryption (OpenSSL).
 *
 * Each vault draws a data key of its own at its first seal, wraps it (AES-KW, SP 800-38F) under the
 * keyring's current key and puts both the key's id and the wrapped data key before every sealed
 * value. So a key of the file encrypts only data keys, and a data key has one writer, whose nonces
 * are a counter: none comes twice, whatever the rate (SP 800-38D 8.2.1). A data key is replaced
 * after VAULT_SEALS_MAX values or VAULT_BYTES_MAX bytes, when another key becomes current, and in
 * a child of fork.
 *
 * A sealed value is bound to its context (a topic's name without prefix and ".dead") and its key:
 * it opens nowhere else. It begins with a byte that neither protobuf, nor UTF-8, nor Confluent's
 * framing begins with:
 *   ff 'C' 'S' 01 | n id | wrapped data key (40) | nonce (12) | ciphertext | tag (16)
 *
 * The keyring's file is looked at again every VAULT_LOOK_S seconds (vault_refresh), and at once
 * when a value names a key that is not known; a file that cannot be read leaves the keys as they
 * are. Thread safe. */
#ifndef CC_SYS_VAULT_H
#define CC_SYS_VAULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/err.h"
#include "common/base/str.h"

enum { VAULT_LOOK_S = 5, VAULT_OVERHEAD_MAX = 4 + 1 + 32 + 40 + 12 + 16, VAULT_KEY_ID = 33 };

#define VAULT_SEALS_MAX (UINT64_C(1) << 32)
#define VAULT_BYTES_MAX (UINT64_C(1) << 40)

struct vault;

/* path "": no keys; nothing is sealed, what is sealed cannot be opened. clear: values that are not
 * sealed are taken as they are. NULL: ERR_FATAL "setting". */
struct vault *vault_open(const char *path, bool clear, struct err *e);
void vault_close(struct vault *v); /* accepts NULL */

bool vault_seals(const struct vault *v); /* has keys; NULL: false */

/* What a value belongs to. */
struct vault_place {
    const char *context; /* "claims.coded" */
    const void *key;
    size_t key_len;
};

/* Seals n bytes into *out, whose bytes are replaced. ERR_RETRY "memory", "seal". */
int vault_seal(struct vault *v, const struct vault_place *at, const void *p, size_t n,
               struct buf *out, struct err *e);

/* 1: was sealed, *out holds the plain bytes; 0: not sealed, use it as it is; -1, ERR_REJECT:
 *   "seal"        changed, cut, or of another place
 *   "seal-key"    sealed under a key that the file does not have
 *   "seal-clear"  not sealed, and clear values are refused */
int vault_unseal(struct vault *v, const struct vault_place *at, const void *p, size_t n,
                 struct buf *out, struct err *e);

/* Does it look like a sealed value? The id of its key, or "". */
const char *vault_key_of(const void *p, size_t n, char out[VAULT_KEY_ID]);
/* The id that vault_seal would write now. */
const char *vault_current(struct vault *v, char out[VAULT_KEY_ID]);

/* Looks whether the file has changed, at most every VAULT_LOOK_S seconds. 1: another key is
 * current now, 0: nothing new, -1: it changed and cannot be used (*e; the old keys stay). */
int vault_refresh(struct vault *v, struct err *e);

#endif
