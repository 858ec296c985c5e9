/* digest.c - OpenSSL's one-shot calls; for SHA-256 its direct ones: EVP looks the algorithm up at
 * each call, which takes longer than to hash an id or a fingerprint */
#define OPENSSL_API_COMPAT 10101

#include "common/sys/digest.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>
#include <string.h>

/* digest_sha256 - of n bytes */
void digest_sha256(const void *p, size_t n, uint8_t out[DIGEST_BYTES])
{
    SHA256_CTX c;

    SHA256_Init(&c);
    SHA256_Update(&c, p, n);
    SHA256_Final(out, &c);
}

/* digest_parts - see digest.h */
void digest_parts(const struct span *parts, size_t n, uint8_t out[DIGEST_BYTES])
{
    SHA256_CTX c;

    SHA256_Init(&c);
    for (size_t i = 0; i < n; i++)
        SHA256_Update(&c, parts[i].p, parts[i].n);
    SHA256_Final(out, &c);
}

/* digest_to_hex - lower case */
void digest_to_hex(const uint8_t *bytes, size_t n, char *out)
{
    static const char hex[] = "0123456789abcdef";

    for (size_t i = 0; i < n; i++) {
        *out++ = hex[bytes[i] >> 4];
        *out++ = hex[bytes[i] & 15];
    }
    *out = '\0';
}

/* digest_hex - SHA-256 as text */
const char *digest_hex(const void *p, size_t n, char out[DIGEST_TEXT])
{
    uint8_t raw[DIGEST_BYTES];

    digest_sha256(p, n, raw);
    digest_to_hex(raw, sizeof(raw), out);
    return out;
}

/* digest_print - SHA-256 of a host's key; base64 without its padding */
void digest_print(const void *p, size_t n, char out[DIGEST_PRINT])
{
    uint8_t raw[DIGEST_BYTES];

    digest_sha256(p, n, raw);
    memcpy(out, "SHA256:", 7);
    EVP_EncodeBlock((unsigned char *)out + 7, raw, DIGEST_BYTES);
    out[strcspn(out, "=")] = '\0';
}

/* digest_sha1_hex - lower case */
const char *digest_sha1_hex(const void *p, size_t n, char out[41])
{
    uint8_t raw[SHA_DIGEST_LENGTH];

    SHA1(p, n, raw);
    digest_to_hex(raw, sizeof(raw), out);
    return out;
}

/* digest_from_base64 - see digest.h */
bool digest_from_base64(const char *p, size_t n, struct buf *out)
{
    EVP_ENCODE_CTX *c = EVP_ENCODE_CTX_new();
    unsigned char piece[3 * 64];
    bool good = c != NULL;
    int got = 0;

    if (good)
        EVP_DecodeInit(c);
    for (size_t at = 0; good && at < n; at += 64) {
        const int size = n - at < 64 ? (int)(n - at) : 64;

        good = EVP_DecodeUpdate(c, piece, &got, (const unsigned char *)p + at, size) >= 0;
        if (good)
            buf_add(out, piece, (size_t)got);
    }
    good = good && EVP_DecodeFinal(c, piece, &got) == 1;
    EVP_ENCODE_CTX_free(c);
    return good;
}

/* digest_hmac - keyed with the site secret */
void digest_hmac(const char *secret, const void *p, size_t n, uint8_t out[DIGEST_BYTES])
{
    unsigned len = DIGEST_BYTES;

    HMAC(EVP_sha256(), secret, (int)strlen(secret), p, n, out, &len);
}

/* digest_u64 - short fingerprint of a quote */
uint64_t digest_u64(const void *p, size_t n)
{
    uint8_t raw[DIGEST_BYTES];
    uint64_t v = 0;

    digest_sha256(p, n, raw);
    for (int i = 7; i >= 0; i--)
        v = v << 8 | raw[i];
    return v;
}
