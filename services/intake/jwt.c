/* jwt.c - keys of a JWKS file, and the checks of a token in their order */
#include "services/intake/jwt.h"

#include <cjose/cjose.h>
#include <jansson.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "common/base/str.h"
#include "common/sys/clock.h"
#include "common/sys/log.h"

enum { KEYS_MAX = 64, TOKEN_MAX = 16384, SKEW_S = 60, LOOK_AGAIN_US = 1000000, RSA_BITS = 2048 };

struct keys {
    cjose_jwk_t *list[KEYS_MAX];
    size_t n;
};

struct jwt {
    const char *file, *issuer, *audience, *algorithms;
    pthread_rwlock_t lock;
    struct keys keys;
    struct timespec changed;
    int64_t looked_us;
};

static const struct {
    const char *name;
    cjose_jwk_kty_t type;
} algorithms[] = {
    {"RS256", CJOSE_JWK_KTY_RSA}, {"RS384", CJOSE_JWK_KTY_RSA}, {"RS512", CJOSE_JWK_KTY_RSA},
    {"PS256", CJOSE_JWK_KTY_RSA}, {"PS384", CJOSE_JWK_KTY_RSA}, {"PS512", CJOSE_JWK_KTY_RSA},
    {"ES256", CJOSE_JWK_KTY_EC},  {"ES384", CJOSE_JWK_KTY_EC},  {"ES512", CJOSE_JWK_KTY_EC},
};

static const char *const words[JWT_VERDICT_MAX] = {
    [JWT_OK] = "ok",
    [JWT_MISSING] = "a bearer token is wanted",
    [JWT_MALFORMED] = "the token cannot be read",
    [JWT_ALGORITHM] = "the token's algorithm is not accepted",
    [JWT_KEY] = "the token's key is not known",
    [JWT_SIGNATURE] = "the token's signature does not hold",
    [JWT_EXPIRED] = "the token is over",
    [JWT_EARLY] = "the token is not yet valid",
    [JWT_ISSUER] = "the token's issuer is not accepted",
    [JWT_AUDIENCE] = "the token is for another audience",
};

/* jwt_word - see jwt.h */
const char *jwt_word(enum jwt_verdict v)
{
    return v < JWT_VERDICT_MAX ? words[v] : "";
}

/* type_of - what kind of key an algorithm needs; false: none that could be accepted */
static bool type_of(const char *name, cjose_jwk_kty_t *out)
{
    for (size_t i = 0; i < sizeof(algorithms) / sizeof(algorithms[0]); i++)
        if (str_eq(algorithms[i].name, name)) {
            *out = algorithms[i].type;
            return true;
        }
    return false;
}

/* is_allowed - one of the blank-separated words */
static bool is_allowed(const char *list, const char *name)
{
    size_t n = strlen(name);

    for (const char *p = list; n && (p = strstr(p, name)); p += n)
        if ((p == list || p[-1] == ' ') && (p[n] == ' ' || p[n] == '\0'))
            return true;
    return false;
}

/* add_key - one of the file; keys for other uses, of other kinds and weak ones are left out */
static void add_key(struct keys *k, const json_t *key)
{
    const char *use = json_string_value(json_object_get(key, "use"));
    char *text = json_dumps(key, JSON_COMPACT);
    cjose_err why;
    cjose_jwk_t *jwk = text && k->n < KEYS_MAX ? cjose_jwk_import(text, strlen(text), &why) : NULL;
    cjose_jwk_kty_t type = jwk ? cjose_jwk_get_kty(jwk, &why) : CJOSE_JWK_KTY_OCT;
    bool weak = type == CJOSE_JWK_KTY_OCT ||
                (type == CJOSE_JWK_KTY_RSA && cjose_jwk_get_keysize(jwk, &why) < RSA_BITS);

    free(text);
    if (jwk && !weak && (!use || str_eq(use, "sig")))
        k->list[k->n++] = jwk;
    else if (jwk)
        cjose_jwk_release(jwk);
}

/* drop_keys - all of them */
static void drop_keys(struct keys *k)
{
    for (size_t i = 0; i < k->n; i++)
        cjose_jwk_release(k->list[i]);
    k->n = 0;
}

/* read_keys - of the file; false: none that could be used */
static bool read_keys(const char *file, struct keys *out)
{
    json_t *root = json_load_file(file, 0, NULL), *key;
    size_t i;

    out->n = 0;
    json_array_foreach(json_object_get(root, "keys"), i, key) add_key(out, key);
    json_decref(root);
    return out->n > 0;
}

/* reload - the file has changed; under the write lock */
static void reload(struct jwt *j, struct timespec changed)
{
    struct keys fresh;

    if (memcmp(&changed, &j->changed, sizeof(changed)) == 0)
        return;
    j->changed = changed;
    if (!read_keys(j->file, &fresh)) {
        log_event(LOG_WARN, "jwks_not_reloaded", log_s("settings", "JWT_JWKS_FILE"));
        return;
    }
    drop_keys(&j->keys);
    j->keys = fresh;
    log_event(LOG_INFO, "jwks_reloaded", log_i("keys", (int64_t)fresh.n));
}

/* follow_file - looks once a second at most */
static void follow_file(struct jwt *j)
{
    struct stat s;

    pthread_rwlock_wrlock(&j->lock);
    if (clock_mono_us() - j->looked_us >= LOOK_AGAIN_US) {
        j->looked_us = clock_mono_us();
        if (stat(j->file, &s) == 0)
            reload(j, s.st_mtim);
    }
    pthread_rwlock_unlock(&j->lock);
}

/* check_algorithms - every word is one that can be accepted */
static int check_algorithms(const char *list, struct err *e)
{
    char copy[256], *save = NULL;
    cjose_jwk_kty_t type;
    size_t n = 0;

    if (str_copy(copy, sizeof(copy), list))
        for (char *w = strtok_r(copy, " ", &save); w; w = strtok_r(NULL, " ", &save), n++)
            if (!type_of(w, &type))
                return err_set(e, ERR_FATAL, "setting",
                               "JWT_ALGORITHMS: of RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 "
                               "ES512, blank separated");
    return n ? 0 : err_set(e, ERR_FATAL, "setting", "JWT_ALGORITHMS: at least one is wanted");
}

/* jwt_open - see jwt.h */
int jwt_open(const struct conf *c, struct jwt **out, struct err *e)
{
    struct jwt j = {.file = conf_text(c, "JWT_JWKS_FILE"),
                    .issuer = conf_text(c, "JWT_ISSUER"),
                    .audience = conf_text(c, "JWT_AUDIENCE"),
                    .algorithms = conf_text(c, "JWT_ALGORITHMS")};
    struct stat s;

    *out = NULL;
    if (!*j.file)
        return 0;
    if (!*j.issuer || !*j.audience)
        return err_set(e, ERR_FATAL, "setting",
                       "JWT_ISSUER, JWT_AUDIENCE: must be given with JWT_JWKS_FILE");
    if (check_algorithms(j.algorithms, e) != 0)
        return -1;
    if (stat(j.file, &s) != 0 || !read_keys(j.file, &j.keys))
        return err_set(e, ERR_FATAL, "setting", "JWT_JWKS_FILE: no key in it that can be used");
    j.changed = s.st_mtim;
    *out = malloc(sizeof(j));
    if (!*out) {
        drop_keys(&j.keys);
        return err_set(e, ERR_FATAL, "memory", "out of memory");
    }
    **out = j;
    pthread_rwlock_init(&(*out)->lock, NULL);
    return 0;
}

/* jwt_close - see jwt.h */
void jwt_close(struct jwt *j)
{
    if (!j)
        return;
    drop_keys(&j->keys);
    pthread_rwlock_destroy(&j->lock);
    free(j);
}

/* verify - by the key that the token names, or by each of its kind when it names none */
static enum jwt_verdict verify(const struct jwt *j, cjose_jws_t *jws, const char *kid,
                               cjose_jwk_kty_t type)
{
    enum jwt_verdict v = JWT_KEY;
    cjose_err why;

    for (size_t i = 0; i < j->keys.n && v != JWT_OK; i++) {
        const char *own = cjose_jwk_get_kid(j->keys.list[i], &why);

        if (cjose_jwk_get_kty(j->keys.list[i], &why) != type || (kid && !(own && str_eq(own, kid))))
            continue;
        v = cjose_jws_verify(jws, j->keys.list[i], &why) ? JWT_OK : JWT_SIGNATURE;
    }
    return v;
}

/* is_for - is the audience the claim, or one of its list? */
static bool is_for(const json_t *aud, const char *audience)
{
    const char *one = json_string_value(aud);
    size_t i;
    json_t *each;

    if (one)
        return str_eq(one, audience);
    json_array_foreach(aud, i, each) if (json_is_string(each) &&
                                         str_eq(json_string_value(each), audience)) return true;
    return false;
}

/* judge - the claims of a token whose signature holds */
static enum jwt_verdict judge(const struct jwt *j, const json_t *claims, int64_t now_s)
{
    const json_t *exp = json_object_get(claims, "exp"), *nbf = json_object_get(claims, "nbf");
    const char *issuer = json_string_value(json_object_get(claims, "iss"));

    if (!json_is_number(exp) || (nbf && !json_is_number(nbf)))
        return JWT_MALFORMED;
    if (json_number_value(exp) <= (double)(now_s - SKEW_S))
        return JWT_EXPIRED;
    if (nbf && json_number_value(nbf) > (double)(now_s + SKEW_S))
        return JWT_EARLY;
    if (!issuer || !str_eq(issuer, j->issuer))
        return JWT_ISSUER;
    return is_for(json_object_get(claims, "aud"), j->audience) ? JWT_OK : JWT_AUDIENCE;
}

/* check_claims - reads them; the subject is given only of a token that is taken */
static enum jwt_verdict check_claims(const struct jwt *j, cjose_jws_t *jws, int64_t now_s,
                                     char subject[JWT_SUBJECT])
{
    uint8_t *text = NULL;
    size_t n = 0;
    cjose_err why;
    json_t *claims;
    const char *sub;
    enum jwt_verdict v;

    if (!cjose_jws_get_plaintext(jws, &text, &n, &why))
        return JWT_MALFORMED;
    claims = json_loadb((const char *)text, n, JSON_REJECT_DUPLICATES, NULL);
    v = json_is_object(claims) ? judge(j, claims, now_s) : JWT_MALFORMED;
    sub = json_string_value(json_object_get(claims, "sub"));
    if (v == JWT_OK && sub)
        snprintf(subject, JWT_SUBJECT, "%s", sub);
    json_decref(claims);
    return v;
}

/* has - does the header have the attribute, whatever it is? */
static bool has(cjose_header_t *head, const char *name)
{
    cjose_err why;
    char *raw = cjose_header_get_raw(head, name, &why);

    free(raw);
    return raw != NULL;
}

/* check_token - header, signature, claims; under the read lock */
static enum jwt_verdict check_token(const struct jwt *j, cjose_jws_t *jws, int64_t now_s,
                                    char subject[JWT_SUBJECT])
{
    cjose_header_t *head = cjose_jws_get_protected(jws);
    cjose_err why;
    const char *alg = cjose_header_get(head, CJOSE_HDR_ALG, &why);
    const char *kid = cjose_header_get(head, CJOSE_HDR_KID, &why);
    cjose_jwk_kty_t type;
    enum jwt_verdict v;

    if (!alg || !is_allowed(j->algorithms, alg) || !type_of(alg, &type))
        return JWT_ALGORITHM;
    if (has(head, "crit"))
        return JWT_MALFORMED; /* RFC 7515 §4.1.11: what must be understood and is not */
    v = verify(j, jws, kid, type);
    return v == JWT_OK ? check_claims(j, jws, now_s, subject) : v;
}

/* jwt_check - see jwt.h */
enum jwt_verdict jwt_check(struct jwt *j, const char *authorization, int64_t now_s,
                           char subject[JWT_SUBJECT])
{
    static const char scheme[] = "Bearer ";
    const char *token = authorization ? authorization + sizeof(scheme) - 1 : NULL;
    cjose_jws_t *jws;
    cjose_err why;
    enum jwt_verdict v;

    subject[0] = '\0';
    if (!authorization || strncasecmp(authorization, scheme, sizeof(scheme) - 1) != 0)
        return JWT_MISSING;
    token += strspn(token, " ");
    jws = strlen(token) <= TOKEN_MAX ? cjose_jws_import(token, strlen(token), &why) : NULL;
    if (!jws)
        return JWT_MALFORMED;
    follow_file(j);
    pthread_rwlock_rdlock(&j->lock);
    v = check_token(j, jws, now_s, subject);
    pthread_rwlock_unlock(&j->lock);
    cjose_jws_release(jws);
    return v;
}
