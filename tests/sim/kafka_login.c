/* kafka_login.c - librdkafka's TLS and tokens: the simulated brokers ask for neither */
#include "tests/sim/kafka.h"

/* rd_kafka_version - of the headers */
int rd_kafka_version(void)
{
    return RD_KAFKA_VERSION;
}

/* rd_kafka_conf_set_ssl_cert_verify_cb - there are no certificates */
rd_kafka_conf_res_t rd_kafka_conf_set_ssl_cert_verify_cb(
    rd_kafka_conf_t *c,
    int (*fn)(rd_kafka_t *rk, const char *broker, int32_t id, int *x509_error, int depth,
              const char *bytes, size_t size, char *why, size_t why_size, void *opaque))
{
    (void)c;
    (void)fn;
    return RD_KAFKA_CONF_OK;
}

/* rd_kafka_conf_set_oauthbearer_token_refresh_cb - nobody asks for a token */
void rd_kafka_conf_set_oauthbearer_token_refresh_cb(rd_kafka_conf_t *c,
                                                    void (*fn)(rd_kafka_t *rk, const char *config,
                                                               void *opaque))
{
    (void)c;
    (void)fn;
}

/* rd_kafka_conf_enable_sasl_queue - nothing comes on it */
void rd_kafka_conf_enable_sasl_queue(rd_kafka_conf_t *c, int on)
{
    (void)c;
    (void)on;
}

/* rd_kafka_sasl_background_callbacks_enable - none are called */
rd_kafka_error_t *rd_kafka_sasl_background_callbacks_enable(rd_kafka_t *rk)
{
    (void)rk;
    return NULL;
}

/* rd_kafka_oauthbearer_set_token - taken */
rd_kafka_resp_err_t rd_kafka_oauthbearer_set_token(rd_kafka_t *rk, const char *token,
                                                   int64_t until_ms, const char *principal,
                                                   const char **extensions, size_t n, char *why,
                                                   size_t why_size)
{
    (void)rk;
    (void)token;
    (void)until_ms;
    (void)principal;
    (void)extensions;
    (void)n;
    (void)why;
    (void)why_size;
    return RD_KAFKA_RESP_ERR_NO_ERROR;
}

/* rd_kafka_oauthbearer_set_token_failure - nobody waits for it */
rd_kafka_resp_err_t rd_kafka_oauthbearer_set_token_failure(rd_kafka_t *rk, const char *why)
{
    (void)rk;
    (void)why;
    return RD_KAFKA_RESP_ERR_NO_ERROR;
}
