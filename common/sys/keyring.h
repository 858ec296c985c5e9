/* keyring.h - the keys that payloads are sealed under: a file of rows, one of them current.
 *
 * A row is an id (1 to KEY_ID_MAX of [A-Za-z0-9._-]), a 256-bit key as 64 hex digits and, on one
 * row, the word "current"; blank lines and lines that begin with '#' are skipped. The current key
 * seals, all of them open. Nobody but the owner may write the file, and nobody outside its group
 * read it; a file that is not so is refused. Errors name file and row, never what a row holds. */
#ifndef CC_SYS_KEYRING_H
#define CC_SYS_KEYRING_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/err.h"

enum { KEY_ID_MAX = 32, KEY_BYTES = 32, KEYS_MAX = 64 };

struct key {
    char id[KEY_ID_MAX + 1];
    uint8_t bytes[KEY_BYTES];
};

struct keyring {
    struct key keys[KEYS_MAX];
    size_t n, current;
};

/* Reads the file into *out, which is changed only on success. ERR_FATAL "setting": the file is not
 * there, may be touched by others, or a row is none. */
int keyring_read(const char *path, struct keyring *out, struct err *e);
/* NULL: no key of this id. */
const struct key *keyring_find(const struct keyring *k, const char *id);
void keyring_wipe(struct keyring *k);

#endif
