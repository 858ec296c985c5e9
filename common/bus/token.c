/* token.c - SASL OAUTHBEARER: the token comes from a file, which whoever got it (a sidecar, a
 * projected service account) keeps fresh
 *
 * Debian 12's librdkafka is built without its own way to a token endpoint; a file is what works
 * with each, and keeps the client's secret out of this process. */
#include <stdlib.h>
#include <string.h>

#include "common/base/str.h"
#include "common/bus/handle.h"
#include "common/sys/clock.h"
#include "common/sys/file.h"

enum { TOKEN_MAX = 65536, READ_AGAIN_MS = 300000 };

static const char setting[] = "KAFKA_SASL_OAUTHBEARER_TOKEN_FILE";

/* token_file - its name; NULL: not set */
static const char *token_file(void)
{
    const char *path = getenv(setting);

    return path && *path ? path : NULL;
}

/* give - the file's first line; librdkafka asks again after four fifths of the time */
static void give(rd_kafka_t *rk, const char *config, void *opaque)
{
    char why[200] = "";
    struct err e = {0};
    struct buf b;

    (void)config;
    (void)opaque;
    buf_init(&b);
    if (file_read(token_file(), TOKEN_MAX, &b, &e) == 0 && b.data)
        b.data[strcspn(b.data, "\r\n")] = '\0';
    if (!b.data || !b.data[0] ||
        rd_kafka_oauthbearer_set_token(rk, b.data, clock_ms() + READ_AGAIN_MS, "cleanclaim", NULL,
                                       0, why, sizeof(why)) != RD_KAFKA_RESP_ERR_NO_ERROR)
        rd_kafka_oauthbearer_set_token_failure(
            rk, "OAUTHBEARER: KAFKA_SASL_OAUTHBEARER_TOKEN_FILE cannot be read or holds no token");
    buf_wipe(&b);
}

/* bus_token_by - before the client is made */
void bus_token_by(rd_kafka_conf_t *conf)
{
    if (!token_file())
        return;
    rd_kafka_conf_set_oauthbearer_token_refresh_cb(conf, give);
    rd_kafka_conf_enable_sasl_queue(conf, 1);
}

/* bus_token_serve - by a thread of its own, since a producer that waits does not poll */
void bus_token_serve(rd_kafka_t *rk)
{
    rd_kafka_error_t *error = token_file() ? rd_kafka_sasl_background_callbacks_enable(rk) : NULL;

    if (error)
        rd_kafka_error_destroy(error);
}
