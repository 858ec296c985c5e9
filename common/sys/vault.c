/* vault.c - keys, data keys and sealing; see vault.h for the design */
#include "common/sys/vault.h"

#include <openssl/rand.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "common/sys/clock.h"
#include "common/sys/vault_in.h"

enum { US_PER_S = 1000000 };

const uint8_t vault_magic[MAGIC] = {0xff, 'C', 'S', 1};

/* Counts forks on the child's side: the parent's data key is not the child's. */
static atomic_uint generation;
static pthread_once_t once = PTHREAD_ONCE_INIT;

/* forked - in the child */
static void forked(void)
{
    generation++;
}

/* watch_forks - once a process */
static void watch_forks(void)
{
    pthread_atfork(NULL, NULL, forked);
}

/* vault_failed - OpenSSL said no to what it always can do */
int vault_failed(const char *what, struct err *e)
{
    return err_set(e, ERR_RETRY, "seal", "%s failed", what);
}

/* vault_wrap - a data key under a key of the file, or back; false: it is not under this one */
bool vault_wrap(const uint8_t kek[KEY_BYTES], bool on, const uint8_t *in, int n, uint8_t *out)
{
    EVP_CIPHER_CTX *c = EVP_CIPHER_CTX_new();
    uint8_t room[WRAPPED + 8];
    int got = 0, rest = 0;
    bool good = c != NULL;

    if (good)
        EVP_CIPHER_CTX_set_flags(c, EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
    good = good && EVP_CipherInit_ex(c, EVP_aes_256_wrap(), NULL, kek, NULL, on) == 1 &&
           EVP_CipherUpdate(c, room, &got, in, n) == 1 &&
           EVP_CipherFinal_ex(c, room + got, &rest) == 1 &&
           got + rest == (on ? WRAPPED : KEY_BYTES);
    if (good)
        memcpy(out, room, on ? WRAPPED : KEY_BYTES);
    explicit_bzero(room, sizeof(room));
    EVP_CIPHER_CTX_free(c);
    return good;
}

/* vault_cipher - AES-256-GCM with its key set; NULL: no memory */
EVP_CIPHER_CTX *vault_cipher(const uint8_t key[KEY_BYTES], bool on)
{
    EVP_CIPHER_CTX *c = EVP_CIPHER_CTX_new();

    if (c && EVP_CipherInit_ex(c, EVP_aes_256_gcm(), NULL, key, NULL, on) == 1)
        return c;
    EVP_CIPHER_CTX_free(c);
    return NULL;
}

/* forget_sealer - the next seal draws a data key */
static void forget_sealer(struct vault *v)
{
    EVP_CIPHER_CTX_free(v->sealer);
    v->sealer = NULL;
}

/* draw - a data key of our own, wrapped under the current key */
static int draw(struct vault *v, struct err *e)
{
    uint8_t key[KEY_BYTES];

    forget_sealer(v);
    if (RAND_bytes(key, sizeof(key)) == 1 &&
        vault_wrap(v->keys.keys[v->keys.current].bytes, true, key, sizeof(key), v->wrapped))
        v->sealer = vault_cipher(key, true);
    explicit_bzero(key, sizeof(key));
    v->seals = v->bytes = 0;
    v->generation = generation;
    return v->sealer ? 0 : vault_failed("drawing a data key", e);
}

/* worn - may the data key seal no more? */
static bool worn(const struct vault *v)
{
    return !v->sealer || v->seals >= VAULT_SEALS_MAX || v->bytes >= VAULT_BYTES_MAX ||
           v->generation != generation;
}

/* take - the file as it is now */
static int take(struct vault *v, struct err *e)
{
    struct stat now;

    v->looked_us = clock_mono_us();
    if (stat(v->path, &now) == 0)
        v->seen = now;
    return keyring_read(v->path, &v->keys, e);
}

/* vault_open - reads the keys */
struct vault *vault_open(const char *path, bool clear, struct err *e)
{
    struct vault *v = calloc(1, sizeof(*v));

    if (!v || !(v->path = strdup(path))) {
        err_set(e, ERR_FATAL, "memory", "out of memory");
        free(v);
        return NULL;
    }
    pthread_once(&once, watch_forks);
    pthread_mutex_init(&v->lock, NULL);
    v->clear = clear;
    if (!*path || take(v, e) == 0)
        return v;
    vault_close(v);
    return NULL;
}

/* forget_openers - with their keys */
static void forget_openers(struct vault *v)
{
    for (size_t i = 0; i < OPENERS; i++) {
        EVP_CIPHER_CTX_free(v->openers[i].ctx);
        v->openers[i].ctx = NULL;
    }
}

/* vault_close - and nothing of the keys is left in memory */
void vault_close(struct vault *v)
{
    if (!v)
        return;
    forget_sealer(v);
    forget_openers(v);
    pthread_mutex_destroy(&v->lock);
    free(v->path);
    explicit_bzero(v, sizeof(*v));
    free(v);
}

/* vault_seals - has keys */
bool vault_seals(const struct vault *v)
{
    return v && *v->path;
}

/* same_file - neither replaced nor written since */
static bool same_file(const struct stat *a, const struct stat *b)
{
    return a->st_ino == b->st_ino && a->st_dev == b->st_dev && a->st_size == b->st_size &&
           a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec &&
           a->st_mode == b->st_mode;
}

/* vault_look - reads the file again if it is another than it was; under the lock */
int vault_look(struct vault *v, struct err *e)
{
    char before[VAULT_KEY_ID];
    struct stat now;

    v->looked_us = clock_mono_us();
    if (stat(v->path, &now) == 0 && same_file(&now, &v->seen))
        return 0;
    memcpy(before, v->keys.keys[v->keys.current].id, sizeof(before));
    if (take(v, e) < 0)
        return -1;
    forget_openers(v);
    if (strcmp(before, v->keys.keys[v->keys.current].id) == 0)
        return 0;
    forget_sealer(v);
    return 1;
}

/* vault_refresh - at most every few seconds */
int vault_refresh(struct vault *v, struct err *e)
{
    int r = 0;

    if (!vault_seals(v))
        return 0;
    pthread_mutex_lock(&v->lock);
    if (clock_mono_us() - v->looked_us >= (int64_t)VAULT_LOOK_S * US_PER_S)
        r = vault_look(v, e);
    pthread_mutex_unlock(&v->lock);
    return r;
}

/* vault_current - under the lock, for it may be replaced meanwhile */
const char *vault_current(struct vault *v, char out[VAULT_KEY_ID])
{
    pthread_mutex_lock(&v->lock);
    memcpy(out, v->keys.keys[v->keys.current].id, VAULT_KEY_ID);
    pthread_mutex_unlock(&v->lock);
    return out;
}

/* vault_bind - head, context and key are authenticated, not encrypted */
bool vault_bind(EVP_CIPHER_CTX *c, const uint8_t *head, size_t head_len,
                const struct vault_place *at)
{
    int got;

    return EVP_CipherUpdate(c, NULL, &got, head, (int)head_len) == 1 &&
           EVP_CipherUpdate(c, NULL, &got, (const uint8_t *)at->context,
                            (int)strlen(at->context) + 1) == 1 &&
           (at->key_len == 0 || EVP_CipherUpdate(c, NULL, &got, at->key, (int)at->key_len) == 1);
}

/* put_head - everything before the nonce; returns its length */
static size_t put_head(const struct vault *v, uint8_t *out)
{
    const char *id = v->keys.keys[v->keys.current].id;
    size_t n = strlen(id);

    memcpy(out, vault_magic, MAGIC);
    out[MAGIC] = (uint8_t)n;
    memcpy(out + MAGIC + 1, id, n);
    memcpy(out + MAGIC + 1 + n, v->wrapped, WRAPPED);
    return MAGIC + 1 + n + WRAPPED;
}

/* seal - into room enough; returns the length, 0: OpenSSL failed */
static size_t seal(struct vault *v, const struct vault_place *at, const void *p, size_t n,
                   uint8_t *out)
{
    size_t head = put_head(v, out);
    uint8_t *nonce = out + head, *text = nonce + NONCE;
    uint64_t count = ++v->seals;
    int got = 0, rest = 0;

    memset(nonce, 0, NONCE);
    for (int i = NONCE - 1; count; i--, count >>= 8)
        nonce[i] = (uint8_t)count;
    v->bytes += n;
    if (EVP_CipherInit_ex(v->sealer, NULL, NULL, NULL, nonce, -1) != 1 ||
        !vault_bind(v->sealer, out, head, at) ||
        (n && EVP_CipherUpdate(v->sealer, text, &got, p, (int)n) != 1) ||
        EVP_CipherFinal_ex(v->sealer, text + got, &rest) != 1 ||
        EVP_CIPHER_CTX_ctrl(v->sealer, EVP_CTRL_GCM_GET_TAG, TAG, text + n) != 1)
        return 0;
    return head + NONCE + n + TAG;
}

/* vault_room - for n bytes in a buffer that is to hold nothing else */
bool vault_room(struct buf *b, size_t n)
{
    if (b->cap <= n) {
        buf_wipe(b);
        b->data = malloc(n + 1);
        b->cap = b->data ? n + 1 : 0;
    }
    b->len = 0;
    return b->data != NULL;
}

/* vault_seal - with a data key that is fit */
int vault_seal(struct vault *v, const struct vault_place *at, const void *p, size_t n,
               struct buf *out, struct err *e)
{
    int r = 0;

    if (n > INT32_MAX - VAULT_OVERHEAD_MAX || !vault_room(out, n + VAULT_OVERHEAD_MAX))
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    pthread_mutex_lock(&v->lock);
    if (worn(v))
        r = draw(v, e);
    if (r == 0)
        out->len = seal(v, at, p, n, (uint8_t *)out->data);
    if (r == 0 && out->len == 0) {
        forget_sealer(v);
        r = vault_failed("sealing", e);
    }
    pthread_mutex_unlock(&v->lock);
    return r;
}
