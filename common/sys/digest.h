/* digest.h - SHA-256 and HMAC-SHA-256 (OpenSSL) */
#ifndef CC_SYS_DIGEST_H
#define CC_SYS_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/str.h"

enum { DIGEST_BYTES = 32, DIGEST_TEXT = 65, DIGEST_PRINT = 56 };

void digest_sha256(const void *p, size_t n, uint8_t out[DIGEST_BYTES]);
/* Of several stretches, one behind the other. */
void digest_parts(const struct span *parts, size_t n, uint8_t out[DIGEST_BYTES]);
/* 64 lower-case hex digits and a zero. */
const char *digest_hex(const void *p, size_t n, char out[DIGEST_TEXT]);
/* The same as "SHA256:" and base64, as OpenSSH prints the key of a host. */
void digest_print(const void *p, size_t n, char out[DIGEST_PRINT]);
/* SHA-1, for protocols that ask for it as a checksum: 40 hex digits and a zero. */
const char *digest_sha1_hex(const void *p, size_t n, char out[41]);
/* Base64 with its padding, line ends allowed, appended to out; false: it is none. */
bool digest_from_base64(const char *p, size_t n, struct buf *out);
void digest_hmac(const char *secret, const void *p, size_t n, uint8_t out[DIGEST_BYTES]);
/* First 8 bytes as a little-endian number: Evidence.quote_hash. */
uint64_t digest_u64(const void *p, size_t n);
void digest_to_hex(const uint8_t *bytes, size_t n, char *out); /* 2n + 1 bytes */

#endif
