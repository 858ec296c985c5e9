/* unseal.c - sealed values opened; see vault.h for their form */
#include <string.h>

#include "common/sys/vault_in.h"

/* is_sealed - by its first bytes */
static bool is_sealed(const uint8_t *p, size_t n)
{
    return n >= MAGIC && memcmp(p, vault_magic, MAGIC) == 0;
}

/* vault_key_of - as the value says; it is not proven */
const char *vault_key_of(const void *value, size_t n, char out[VAULT_KEY_ID])
{
    const uint8_t *p = value;

    out[0] = '\0';
    if (!is_sealed(p, n) || n <= MAGIC || p[MAGIC] > KEY_ID_MAX || n < (size_t)MAGIC + 1 + p[MAGIC])
        return out;
    memcpy(out, p + MAGIC + 1, p[MAGIC]);
    out[p[MAGIC]] = '\0';
    return out;
}

/* printable - an id that may stand in an error's text: a value may say anything */
static bool printable(const char *id)
{
    for (; *id; id++)
        if (*id <= ' ' || *id > '~')
            return false;
    return true;
}

/* no_key - of an id */
static int no_key(const struct vault *v, const char *id, struct err *e)
{
    return err_set(e, ERR_REJECT, "seal-key", "sealed under key %s, which %s",
                   printable(id) ? id : "?",
                   *v->path ? "PAYLOAD_KEYS_FILE does not have" : "no PAYLOAD_KEYS_FILE gives");
}

/* unwrap - a data key into an opener */
static int unwrap(struct vault *v, struct opener *o, const char *id, const uint8_t *wrapped,
                  struct err *e)
{
    const struct key *k = keyring_find(&v->keys, id);
    uint8_t key[KEY_BYTES];
    struct err ignored;

    if (!k && *v->path && vault_look(v, &ignored) >= 0)
        k = keyring_find(&v->keys, id);
    if (!k)
        return no_key(v, id, e);
    if (!vault_wrap(k->bytes, false, wrapped, WRAPPED, key))
        return err_set(e, ERR_REJECT, "seal-key", "key %s is not the one that it was sealed under",
                       id);
    EVP_CIPHER_CTX_free(o->ctx);
    o->ctx = vault_cipher(key, false);
    explicit_bzero(key, sizeof(key));
    memcpy(o->id, id, strlen(id) + 1);
    memcpy(o->wrapped, wrapped, WRAPPED);
    return o->ctx ? 0 : vault_failed("opening", e);
}

/* opener_of - the data key of a value, ready or made so */
static struct opener *opener_of(struct vault *v, const char *id, const uint8_t *wrapped,
                                struct err *e)
{
    struct opener *o = &v->openers[wrapped[0] % OPENERS];

    if (o->ctx && memcmp(o->wrapped, wrapped, WRAPPED) == 0 && strcmp(o->id, id) == 0)
        return o;
    return unwrap(v, o, id, wrapped, e) == 0 ? o : NULL;
}

/* A sealed value's parts. */
struct parts {
    char id[VAULT_KEY_ID];
    const uint8_t *wrapped, *nonce, *text, *tag;
    size_t head, n; /* length before the nonce; of the ciphertext */
};

/* part - false: cut */
static bool part(const uint8_t *p, size_t n, struct parts *out)
{
    vault_key_of(p, n, out->id);
    out->head = (size_t)MAGIC + 1 + strlen(out->id) + WRAPPED;
    if (!out->id[0] || strlen(out->id) != p[MAGIC] || n < out->head + NONCE + TAG)
        return false;
    out->n = n - out->head - NONCE - TAG;
    out->wrapped = p + out->head - WRAPPED;
    out->nonce = p + out->head;
    out->text = out->nonce + NONCE;
    out->tag = out->text + out->n;
    return true;
}

/* unseal - nothing of it is handed out before the tag is right */
static bool unseal(struct opener *o, const struct vault_place *at, const uint8_t *head,
                   const struct parts *s, uint8_t *out)
{
    int got = 0, rest = 0;

    return EVP_CipherInit_ex(o->ctx, NULL, NULL, NULL, s->nonce, -1) == 1 &&
           vault_bind(o->ctx, head, s->head, at) &&
           (s->n == 0 || EVP_CipherUpdate(o->ctx, out, &got, s->text, (int)s->n) == 1) &&
           EVP_CIPHER_CTX_ctrl(o->ctx, EVP_CTRL_GCM_SET_TAG, TAG, (void *)(uintptr_t)s->tag) == 1 &&
           EVP_CipherFinal_ex(o->ctx, out + got, &rest) == 1;
}

/* open_sealed - 1 or -1 */
static int open_sealed(struct vault *v, const struct vault_place *at, const uint8_t *p,
                       const struct parts *s, struct buf *out, struct err *e)
{
    struct opener *o = opener_of(v, s->id, s->wrapped, e);

    if (!o)
        return -1;
    if (!unseal(o, at, p, s, (uint8_t *)out->data)) {
        explicit_bzero(out->data, s->n);
        return err_set(e, ERR_REJECT, "seal",
                       "changed since it was sealed, or moved from its "
                       "topic or key");
    }
    out->len = s->n;
    out->data[s->n] = '\0';
    return 1;
}

/* vault_unseal - see vault.h */
int vault_unseal(struct vault *v, const struct vault_place *at, const void *p, size_t n,
                 struct buf *out, struct err *e)
{
    struct parts s;
    int r;

    if (!is_sealed(p, n))
        return v->clear ? 0
                        : err_set(e, ERR_REJECT, "seal-clear",
                                  "not sealed, and PAYLOAD_CLEAR is refuse");
    if (n > INT32_MAX || !part(p, n, &s))
        return err_set(e, ERR_REJECT, "seal", "a sealed value that is cut");
    if (!vault_room(out, s.n))
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    pthread_mutex_lock(&v->lock);
    r = open_sealed(v, at, p, &s, out, e);
    pthread_mutex_unlock(&v->lock);
    return r;
}
