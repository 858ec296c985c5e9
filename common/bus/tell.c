/* tell.c - what librdkafka says of brokers and connections, in our log
 *
 * A connection that fails is tried again for ever, several times a second; its lines are not ours.
 * But who is not let in, or does not trust the broker, will not be helped by trying: that is said
 * with the settings to look at, at most once in AGAIN_MS a cause. */
#include <openssl/x509.h>
#include <stdatomic.h>
#include <string.h>

#include "common/base/str.h"
#include "common/bus/handle.h"
#include "common/sys/clock.h"
#include "common/sys/log.h"

enum { AGAIN_MS = 30000, SCRAM_VERSION = 0x020601ff };

#define SASL "KAFKA_SASL_"
#define SSL "KAFKA_SSL_"

/* What a line means, by words of librdkafka (2.0 to 2.8) and OpenSSL; the first row that fits. */
struct cause {
    const char *words, *settings;
    bool at_first; /* means it only until a broker has answered: later it is a broker that restarts
                    */
    _Atomic int64_t told_ms;
};

/* clang-format off */
static struct cause causes[] = {
    {"OAUTHBEARER",              SASL "OAUTHBEARER_TOKEN_FILE", false, 0},
    {"invalid_token",            SASL "OAUTHBEARER_TOKEN_FILE", false, 0},
    {"SASL authentication",      SASL "USERNAME, " SASL "PASSWORD_FILE, " SASL "MECHANISM", false, 0},
    {"SASL",                     SASL "MECHANISM, KAFKA_SECURITY_PROTOCOL", false, 0},
    {"certificate verif",        SSL "CA_LOCATION, KAFKA_BOOTSTRAP_SERVERS", false, 0},
    {"verify cert",              SSL "CA_LOCATION", false, 0},
    {"SSL alert number",         SSL "CERTIFICATE_LOCATION, " SSL "KEY_LOCATION", false, 0},
    {"certificate required",     SSL "CERTIFICATE_LOCATION, " SSL "KEY_LOCATION", false, 0},
    {"SSL handshake failed",     "KAFKA_SECURITY_PROTOCOL, " SSL "CERTIFICATE_LOCATION", false, 0},
    {"security.protocol",        "KAFKA_SECURITY_PROTOCOL", true, 0},
};
/* clang-format on */

/* What librdkafka logs and we do not: what it says of a property of the other kind of client and
 * of the mock's age; and every failed connection, which the causes above sum up. */
static const char *const quiet[] = {"CONFWARN", "AUTOCREATE", NULL};
static const char *const failed[] = {"FAIL", "ERROR", "SSL", "SSLCERTVRFY", "SASLERR", NULL};

/* A broker has answered once. */
static atomic_bool let_in;

/* bus_let_in - see handle.h */
void bus_let_in(void)
{
    let_in = true;
}

/* is_new - means what it says and was not told lately; it is now */
static bool is_new(struct cause *c)
{
    int64_t now = clock_ms(), last = c->told_ms;

    return !(c->at_first && let_in) && now - last >= AGAIN_MS &&
           atomic_compare_exchange_strong(&c->told_ms, &last, now);
}

/* hint - what the text cannot know: librdkafka before 2.6.1 repeats its nonce (#4895), which Kafka
 * from 4.0 on takes for wrong credentials */
static const char *hint(const char *text)
{
    return strstr(text, "SCRAM") && rd_kafka_version() < SCRAM_VERSION
               ? "this librdkafka is before 2.6.1 and cannot log in by SCRAM to Kafka 4"
               : "";
}

/* tell_cause - does the line say why we are not let in? */
static void tell_cause(const char *text)
{
    for (size_t i = 0; i < sizeof(causes) / sizeof(causes[0]); i++)
        if (strstr(text, causes[i].words)) {
            if (is_new(&causes[i]))
                log_event(LOG_WARN, "broker_refused", log_s("settings", causes[i].settings),
                          log_s("text", text), log_s("hint", hint(text)));
            return;
        }
}

/* log_line - librdkafka's lines, in its own threads too */
static void log_line(const rd_kafka_t *rk, int level, const char *facility, const char *text)
{
    enum log_level l = level <= 3 ? LOG_WARN : level <= 5 ? LOG_INFO : LOG_DEBUG;
    bool is_failed = str_in(facility, failed), is_quiet = is_failed || str_in(facility, quiet);

    (void)rk;
    if (is_failed)
        tell_cause(text);
    log_event(is_quiet ? LOG_DEBUG : l, "kafka", log_s("facility", facility), log_s("text", text));
}

/* bus_log_error - a client's global error; of a single connection only that all are gone, of
 * refusals what log_line tells */
void bus_log_error(rd_kafka_t *rk, int code, const char *reason, void *opaque)
{
    bool told = code == RD_KAFKA_RESP_ERR__TRANSPORT || code == RD_KAFKA_RESP_ERR__SSL ||
                code == RD_KAFKA_RESP_ERR__AUTHENTICATION;

    (void)rk;
    (void)opaque;
    if (told)
        tell_cause(reason);
    log_event(told ? LOG_DEBUG : LOG_WARN, "broker",
              log_s("error", rd_kafka_err2name((rd_kafka_resp_err_t)code)), log_s("text", reason));
}

/* verified - OpenSSL's verdict on a broker's certificate stays; its reason is told in words
 * NOLINTNEXTLINE(readability-function-size): the parameters are librdkafka's */
static int verified(rd_kafka_t *rk, const char *broker, int32_t id, int *error, int depth,
                    const char *der, size_t size, char *why, size_t why_size, void *opaque)
{
    char line[300];

    (void)rk;
    (void)id;
    (void)depth;
    (void)der;
    (void)size;
    (void)opaque;
    if (*error == X509_V_OK)
        return 1;
    snprintf(why, why_size, "%s", X509_verify_cert_error_string(*error));
    snprintf(line, sizeof(line), "certificate verification of %s: %s", broker, why);
    tell_cause(line);
    return 0;
}

/* bus_tell_by - for one client */
void bus_tell_by(rd_kafka_conf_t *conf)
{
    rd_kafka_conf_set_log_cb(conf, log_line);
    rd_kafka_conf_set_error_cb(conf, bus_log_error);
    rd_kafka_conf_set_ssl_cert_verify_cb(conf, verified);
}
