/* mock.c - librdkafka's mock cluster behind our own words */
#include "common/bus/mock.h"

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>
#include <stdlib.h>
#include <unistd.h>

#include "common/bus/handle.h"

enum { WAKE_US = 2000 };

struct mock {
    rd_kafka_t *host; /* a mock cluster lives inside a client */
    rd_kafka_mock_cluster_t *cluster;
};

/* make_topic - with its dead letters */
static int make_topic(struct mock *m, const char *prefix, enum topic t, int partitions,
                      int replicas, struct err *e)
{
    char name[BUS_NAME];

    for (int dead = 0; dead <= topic_row(t)->dead; dead++) {
        rd_kafka_resp_err_t err;

        snprintf(name, sizeof(name), "%s%s%s", prefix, topic_row(t)->name, dead ? ".dead" : "");
        err = rd_kafka_mock_topic_create(m->cluster, name, partitions, replicas);
        usleep(WAKE_US); /* the mock's thread throws a wake-up away that comes while it handles the
                            one before */
        if (err != RD_KAFKA_RESP_ERR_NO_ERROR)
            return err_set(e, ERR_FATAL, "mock", "%s: %s", name, rd_kafka_err2str(err));
    }
    return 0;
}

/* make_host - Nagle off here, else every commit waits 40 ms for an acknowledgment; linger 0, for
 * librdkafka wakes the mock's thread at most once in that time, and a wake-up that is left out
 * costs a second */
static rd_kafka_t *make_host(struct err *e)
{
    rd_kafka_conf_t *k = rd_kafka_conf_new();
    char why[200];
    rd_kafka_t *rk;

    rd_kafka_conf_set(k, "socket.nagle.disable", "true", why, sizeof(why));
    rd_kafka_conf_set(k, "linger.ms", "0", why, sizeof(why));
    rd_kafka_conf_set(k, "log_level", "3", why, sizeof(why));
    rk = rd_kafka_new(RD_KAFKA_PRODUCER, k, why, sizeof(why));
    if (!rk) {
        rd_kafka_conf_destroy(k);
        err_set(e, ERR_FATAL, "mock", "%s", why);
    }
    return rk;
}

/* mock_open - with all topics, for the mock cannot be asked to create them */
struct mock *mock_open(int brokers, int partitions, const char *topic_prefix, struct err *e)
{
    struct mock *m = calloc(1, sizeof(*m));
    int r = m ? 0 : err_set(e, ERR_FATAL, "memory", "out of memory");

    if (r == 0)
        r = (m->host = make_host(e)) ? 0 : -1;
    if (r == 0 && !(m->cluster = rd_kafka_mock_cluster_new(m->host, brokers)))
        r = err_set(e, ERR_FATAL, "mock", "the mock cluster does not start");
    for (int t = TOPIC_NONE + 1; r == 0 && t < TOPIC_MAX; t++)
        r = make_topic(m, topic_prefix, (enum topic)t, partitions, brokers < 3 ? 1 : 3, e);
    if (r == 0)
        return m;
    mock_close(m);
    return NULL;
}

/* mock_close - everything in it is gone */
void mock_close(struct mock *m)
{
    if (!m)
        return;
    if (m->cluster)
        rd_kafka_mock_cluster_destroy(m->cluster);
    if (m->host)
        rd_kafka_destroy(m->host);
    free(m);
}

/* mock_bootstrap - host:port, comma separated */
const char *mock_bootstrap(const struct mock *m)
{
    return rd_kafka_mock_cluster_bootstraps(m->cluster);
}

/* mock_fail - on whichever broker gets them */
void mock_fail(struct mock *m, int api, int n, int code)
{
    while (n-- > 0)
        rd_kafka_mock_push_request_errors(m->cluster, (int16_t)api, 1, (rd_kafka_resp_err_t)code);
}

/* mock_down - connections are cut */
void mock_down(struct mock *m, int broker, bool down)
{
    if (down)
        rd_kafka_mock_broker_set_down(m->cluster, broker);
    else
        rd_kafka_mock_broker_set_up(m->cluster, broker);
}

/* mock_delay - a slow broker */
void mock_delay(struct mock *m, int broker, int ms)
{
    rd_kafka_mock_broker_set_rtt(m->cluster, broker, ms);
}

/* mock_lead - a partition moves */
void mock_lead(struct mock *m, const char *topic, int partition, int broker)
{
    rd_kafka_mock_partition_set_leader(m->cluster, topic, partition, broker);
}
