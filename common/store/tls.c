/* tls.c - TLS to Redis, where hiredis has it
 *
 * hiredis has TLS from 1.0 on (Debian 13), Debian 12's 0.14 has none. Without, rediss:// stops the
 * program: what was to be secret never goes in clear. With it, OpenSSL checks the server's chain
 * and that the certificate is for the host of REDIS_URL, which hiredis itself would not do. */
#include "common/store/private.h"

#include <string.h>

#if __has_include(<hiredis/hiredis_ssl.h>)

#include <arpa/inet.h>
#include <hiredis/hiredis_ssl.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

/* refused - a file that OpenSSL does not take */
static int refused(const char *setting, struct err *e)
{
    ERR_clear_error();
    return err_set(e, ERR_FATAL, "setting", "%s: cannot be used", setting);
}

/* take_files - authorities, and our own certificate where there is one */
static int take_files(SSL_CTX *ctx, const struct conf *c, struct err *e)
{
    const char *ca = conf_text(c, "REDIS_CA_FILE"), *cert = conf_text(c, "REDIS_CERT_FILE"),
               *key = conf_text(c, "REDIS_KEY_FILE");

    if (*ca ? SSL_CTX_load_verify_locations(ctx, ca, NULL) != 1
            : SSL_CTX_set_default_verify_paths(ctx) != 1)
        return refused("REDIS_CA_FILE", e);
    if (*cert && SSL_CTX_use_certificate_chain_file(ctx, cert) != 1)
        return refused("REDIS_CERT_FILE", e);
    if ((*key && SSL_CTX_use_PrivateKey_file(ctx, key, SSL_FILETYPE_PEM) != 1) ||
        (*cert && SSL_CTX_check_private_key(ctx) != 1))
        return refused("REDIS_KEY_FILE", e);
    return 0;
}

/* open_context - TLS 1.2 or newer, the server's certificate checked */
static int open_context(struct store *s, const struct conf *c, struct err *e)
{
    SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());

    if (!ctx)
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    s->tls_context = ctx;
    SSL_CTX_set_min_proto_version(ctx, TLS1_2_VERSION);
    SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER, NULL);
    return take_files(ctx, c, e);
}

/* set_host - whom the certificate must be for; false: no memory */
static bool set_host(SSL *ssl, const char *host)
{
    unsigned char address[16];

    if (inet_pton(AF_INET, host, address) == 1 || inet_pton(AF_INET6, host, address) == 1)
        return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host) == 1;
    return SSL_set_tlsext_host_name(ssl, host) == 1 && SSL_set1_host(ssl, host) == 1;
}

/* failed - what was wrong with the peer's certificate, or with the connection */
static void failed(struct store *s, const SSL *ssl, struct err *e)
{
    long verified = ssl ? SSL_get_verify_result(ssl) : X509_V_OK;

    if (verified != X509_V_OK)
        err_set(e, ERR_RETRY, "redis", "redis: tls: %s (REDIS_URL, REDIS_CA_FILE)",
                X509_verify_cert_error_string(verified));
    else
        err_set(e, ERR_RETRY, "redis", "redis: tls: %.100s (REDIS_URL, REDIS_CERT_FILE)",
                s->redis->errstr[0] ? s->redis->errstr : "no handshake");
    ERR_clear_error();
    store_disconnect(s);
}

/* handshake - hiredis owns the session once the peers agree, before and otherwise we do */
static int handshake(struct store *s, struct err *e)
{
    SSL *ssl = SSL_new(s->tls_context);

    if (ssl && set_host(ssl, s->host) && redisInitiateSSL(s->redis, ssl) == REDIS_OK)
        return 0;
    failed(s, ssl, e);
    SSL_free(ssl);
    return -1;
}

/* close_context - of no use any more */
static void close_context(struct store *s)
{
    SSL_CTX_free(s->tls_context);
    s->tls_context = NULL;
}

#else

/* open_context - there is none to open */
static int open_context(struct store *s, const struct conf *c, struct err *e)
{
    (void)s;
    (void)c;
    return err_set(e, ERR_FATAL, "setting",
                   "REDIS_URL: rediss:// asks for TLS, which hiredis %d.%d does not have; it does "
                   "not go on in clear",
                   HIREDIS_MAJOR, HIREDIS_MINOR);
}

/* handshake - never reached */
static int handshake(struct store *s, struct err *e)
{
    (void)s;
    return err_set(e, ERR_FATAL, "setting", "REDIS_URL: no TLS");
}

/* close_context - nothing was opened */
static void close_context(struct store *s)
{
    s->tls_context = NULL;
}

#endif

/* store_tls_open - a certificate without TLS is a mistake that is told, not overlooked */
int store_tls_open(struct store *s, const struct conf *c, struct err *e)
{
    static const char *const rows[] = {"REDIS_CA_FILE", "REDIS_CERT_FILE", "REDIS_KEY_FILE"};

    for (size_t i = 0; !s->tls && i < sizeof(rows) / sizeof(rows[0]); i++)
        if (conf_text(c, rows[i])[0])
            return err_set(e, ERR_FATAL, "setting", "%s: REDIS_URL is not rediss://", rows[i]);
    return s->tls ? open_context(s, c, e) : 0;
}

/* store_tls_begin - before anything is said */
int store_tls_begin(struct store *s, struct err *e)
{
    return s->tls ? handshake(s, e) : 0;
}

/* store_tls_close - with the store */
void store_tls_close(struct store *s)
{
    close_context(s);
}
