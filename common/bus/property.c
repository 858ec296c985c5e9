/* property.c - settings of the bus, and librdkafka's properties: ours, then the operator's
 *
 * Why each of ours is what it is stands in the runtime notes: small prefetch, because pause and
 * rewind drop it; a linger well below a batch's age, so that records of one batch share requests
 * and what is still here at the commit is sent at once; a transaction time-out that a stalled
 * reader can bear; a connection that says nothing is given up after ten seconds, not a minute;
 * Java's partitioner. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/str.h"
#include "common/bus/handle.h"
#include "common/sys/file.h"

const struct conf_row bus_settings[] = {
    {"KAFKA_BOOTSTRAP_SERVERS", CONF_TEXT, "127.0.0.1:9092", 0, 0, NULL,
     "brokers, host:port, comma separated; any other librdkafka property as KAFKA_<PROPERTY>, dots "
     "as underscores"},
    {"KAFKA_SASL_OAUTHBEARER_TOKEN_FILE", CONF_TEXT, "", 0, 0, NULL,
     "OAUTHBEARER: file with the token now in force; read again every few minutes"},
    {"TOPIC_PREFIX", CONF_TEXT, "", 0, 0, NULL,
     "put before the name of every topic, group and transaction"},
    {"WORKER_ID", CONF_TEXT, "", 0, 0, NULL,
     "stable name of this worker among its replicas (a StatefulSet's ordinal); empty: the host's "
     "name"},
    {"DELIVERY", CONF_WORD, "exactly_once", 0, 0, "exactly_once at_least_once",
     "one transaction a batch, or repeats after a crash"},
    {"BROKER_TIMEOUT_MS", CONF_NUMBER, "10000", 100, 300000, NULL,
     "longest wait for one answer of a broker"},
    {"PAYLOAD_KEYS_FILE", CONF_TEXT, "", 0, 0, NULL,
     "file of keys that record values are sealed under (docs/security.md); empty: they are clear"},
    {"PAYLOAD_CLEAR", CONF_WORD, "accept", 0, 0, "accept refuse",
     "records that are not sealed are taken (while a site moves over) or go to the dead letters"},
    {"AUDIT", CONF_WORD, "off", 0, 0, "off on",
     "who did what is written to the topic audit, chained (docs/security.md)"},
    {NULL, CONF_TEXT, NULL, 0, 0, NULL, NULL},
};

struct property {
    const char *name, *value;
    unsigned kinds; /* of enum bus_kind */
    bool kept;      /* the promises rest on it: the environment may not change it */
};

enum {
    ALL = BUS_CONSUMER | BUS_TRANSACTOR | BUS_PRODUCER | BUS_READER | BUS_WATCHER,
    READS = BUS_CONSUMER | BUS_READER | BUS_WATCHER,
    WRITES = BUS_TRANSACTOR | BUS_PRODUCER,
};

/* clang-format off */
static const struct property properties[] = {
    {"socket.nagle.disable",          "true",             ALL,            false},
    {"socket.keepalive.enable",       "true",             ALL,            false},
    {"socket.timeout.ms",             "10000",            ALL,            false},
    {"reconnect.backoff.max.ms",      "2000",             ALL,            false},
    {"message.max.bytes",             "9437184",          ALL,            false},
    {"enable.auto.commit",            "false",            READS,          true},
    {"auto.offset.reset",             "earliest",         READS,          true},
    {"allow.auto.create.topics",      "false",            READS,          true},
    {"check.crcs",                    "true",             READS,          false},
    {"fetch.wait.max.ms",             "50",               READS,          false},
    {"fetch.error.backoff.ms",        "100",              READS,          false},
    {"queued.max.messages.kbytes",    "16384",            READS,          false},
    {"queued.min.messages",           "20000",            READS,          false},
    {"isolation.level",               "read_committed",   BUS_CONSUMER,   true},
    {"isolation.level",               "read_committed",   BUS_READER,     true},
    {"isolation.level",               "read_uncommitted", BUS_WATCHER,    true},
    {"enable.partition.eof",          "true",             BUS_READER,     true},
    {"enable.auto.offset.store",      "false",            BUS_CONSUMER,   true},
    {"partition.assignment.strategy", "range",            BUS_CONSUMER,   true},
    {"session.timeout.ms",            "30000",            BUS_CONSUMER,   false},
    {"heartbeat.interval.ms",         "3000",             BUS_CONSUMER,   false},
    {"max.poll.interval.ms",          "300000",           BUS_CONSUMER,   false},
    {"enable.idempotence",            "true",             WRITES,         true},
    {"acks",                          "all",              WRITES,         true},
    {"partitioner",                   "murmur2_random",   WRITES,         true},
    {"compression.type",              "lz4",              WRITES,         false},
    {"retry.backoff.ms",              "20",               WRITES,         false},
    {"queue.buffering.max.kbytes",    "65536",            WRITES,         false},
    {"linger.ms",                     "20",               BUS_TRANSACTOR, false},
    {"linger.ms",                     "5",                BUS_PRODUCER,   false},
    {"transaction.timeout.ms",        "15000",            BUS_TRANSACTOR, false},
    {"message.timeout.ms",            "30000",            BUS_PRODUCER,   false},
    {"group.id",                      NULL,               0,              true},
    {"transactional.id",              NULL,               0,              true},
    {"client.id",                     NULL,               0,              false},
};
/* clang-format on */

/* Properties that are secrets: from files only. */
static const char *const secrets[] = {
    "sasl.password",
    "ssl.key.password",
    "ssl.key.pem",
    "ssl.keystore.password",
    "sasl.oauthbearer.client.secret",
    NULL,
};

/* What Kubernetes puts into every pod beside a service named "kafka"; no property is meant. */
static const char *const foreign[] = {"KAFKA_PORT", "KAFKA_PORT_", "KAFKA_SERVICE_", NULL};

/* bus_timeout_ms - of one question to a broker */
int64_t bus_timeout_ms(const struct conf *c)
{
    return conf_number(c, "BROKER_TIMEOUT_MS");
}

/* set - one property; an error names the setting */
static int set(rd_kafka_conf_t *k, const char *name, const char *value, const char *setting,
               struct err *e)
{
    char why[200];
    rd_kafka_conf_res_t r = rd_kafka_conf_set(k, name, value, why, sizeof(why));

    if (r == RD_KAFKA_CONF_OK)
        return 0;
    if (r == RD_KAFKA_CONF_UNKNOWN)
        return err_set(e, ERR_FATAL, "setting", "%s: librdkafka has no property %s", setting, name);
    return err_set(e, ERR_FATAL, "setting", "%s: %s", setting, why);
}

/* is_kept - may the environment not change it? */
static bool is_kept(const char *name)
{
    for (size_t i = 0; i < sizeof(properties) / sizeof(properties[0]); i++)
        if (properties[i].kept && str_eq(properties[i].name, name))
            return true;
    return false;
}

/* is_foreign - one of Kubernetes' own variables */
static bool is_foreign(const char *name)
{
    for (size_t i = 0; foreign[i]; i++) {
        size_t n = strlen(foreign[i]);

        if (foreign[i][n - 1] == '_' ? str_starts(name, foreign[i]) : str_eq(name, foreign[i]))
            return true;
    }
    return false;
}

/* is_ours - a row of bus_settings, no property */
static bool is_ours(const char *setting)
{
    for (const struct conf_row *r = bus_settings; r->name; r++)
        if (str_eq(r->name, setting))
            return true;
    return false;
}

/* property_name - KAFKA_SASL_PASSWORD -> sasl.password; without `cut` characters at the end */
static bool property_name(const char *setting, size_t cut, char *out, size_t size)
{
    size_t from = strlen("KAFKA_"), n = strlen(setting) - from - cut;

    if (n == 0 || n >= size)
        return false;
    for (size_t i = 0; i < n; i++) {
        char c = setting[from + i];

        out[i] = c == '_' ? '.' : (char)tolower((unsigned char)c);
    }
    out[n] = '\0';
    return true;
}

/* set_from_file - KAFKA_<PROPERTY>_FILE: a file's first line; of a key in PEM all lines */
static int set_from_file(rd_kafka_conf_t *k, const char *name, const char *setting,
                         const char *path, struct err *e)
{
    struct buf b;
    int r;

    buf_init(&b);
    r = file_read(path, 65536, &b, e);
    if (r < 0)
        err_set(e, ERR_FATAL, "setting", "%s: cannot be read", setting);
    else {
        if (b.data && !str_ends(name, ".pem"))
            b.data[strcspn(b.data, "\r\n")] = '\0';
        r = set(k, name, b.data ? b.data : "", setting, e);
    }
    buf_wipe(&b);
    return r;
}

/* set_one - one variable of the environment */
static int set_one(rd_kafka_conf_t *k, const char *setting, const char *value, struct err *e)
{
    bool file = str_ends(setting, "_FILE");
    char name[128];

    if (is_foreign(setting) || is_ours(setting))
        return 0;
    if (!property_name(setting, file ? strlen("_FILE") : 0, name, sizeof(name)))
        return err_set(e, ERR_FATAL, "setting", "%s: no property", setting);
    if (is_kept(name))
        return err_set(e, ERR_FATAL, "setting",
                       "%s: %s is set by the program, its promises rest on it", setting, name);
    if (!file && str_in(name, secrets))
        return err_set(e, ERR_FATAL, "setting",
                       "%s: a secret comes from a file: name it with %s_FILE", setting, setting);
    return file ? set_from_file(k, name, setting, value, e) : set(k, name, value, setting, e);
}

/* set_environment - every KAFKA_<PROPERTY> */
static int set_environment(rd_kafka_conf_t *k, struct err *e)
{
    for (char **p = environ; p && *p; p++) {
        const char *equals = strchr(*p, '=');
        char setting[160];

        if (!str_starts(*p, "KAFKA_") || !equals)
            continue;
        if ((size_t)(equals - *p) >= sizeof(setting))
            return err_set(e, ERR_FATAL, "setting", "%.40s…: no property has so long a name", *p);
        memcpy(setting, *p, (size_t)(equals - *p));
        setting[equals - *p] = '\0';
        if (set_one(k, setting, equals + 1, e) < 0)
            return -1;
    }
    return 0;
}

/* set_names - client, group and transaction */
static int set_names(rd_kafka_conf_t *k, enum bus_kind kind, const struct conf *c,
                     const char *stage, const char *id, struct err *e)
{
    char group[BUS_NAME], client[BUS_NAME];

    snprintf(client, sizeof(client), "cleanclaim-%s", stage);
    bus_group_name(c, stage, group);
    if (set(k, "client.id", client, "client.id", e) < 0 ||
        set(k, "bootstrap.servers", conf_text(c, "KAFKA_BOOTSTRAP_SERVERS"),
            "KAFKA_BOOTSTRAP_SERVERS", e) < 0)
        return -1;
    if (kind == BUS_CONSUMER && set(k, "group.id", group, "TOPIC_PREFIX", e) < 0)
        return -1;
    return kind == BUS_TRANSACTOR ? set(k, "transactional.id", id, "WORKER_ID", e) : 0;
}

/* bus_conf - ours first, so that the environment has the last word where it may */
rd_kafka_conf_t *bus_conf(enum bus_kind kind, const struct conf *c, const char *stage,
                          const char *id, struct err *e)
{
    rd_kafka_conf_t *k = rd_kafka_conf_new();
    int r = 0;

    bus_tell_by(k);
    bus_token_by(k);
    for (size_t i = 0; r == 0 && i < sizeof(properties) / sizeof(properties[0]); i++)
        if (properties[i].kinds & kind)
            r = set(k, properties[i].name, properties[i].value, properties[i].name, e);
    if (r == 0)
        r = set_environment(k, e);
    if (r == 0)
        r = set_names(k, kind, c, stage, id, e);
    if (r == 0)
        return k;
    rd_kafka_conf_destroy(k);
    return NULL;
}

/* bus_handle - a client that connects by itself */
rd_kafka_t *bus_handle(enum bus_kind kind, rd_kafka_conf_t *conf, struct err *e)
{
    char why[200];
    rd_kafka_t *rk;

    if (!conf)
        return NULL;
    rk =
        rd_kafka_new(kind & WRITES ? RD_KAFKA_PRODUCER : RD_KAFKA_CONSUMER, conf, why, sizeof(why));
    if (!rk) {
        rd_kafka_conf_destroy(conf);
        err_set(e, ERR_FATAL, "setting", "KAFKA_…: %s", why);
        return NULL;
    }
    bus_token_serve(rk);
    if (kind == BUS_CONSUMER)
        rd_kafka_poll_set_consumer(rk);
    return rk;
}

/* bus_handle_free - whoever is in a group has left it before */
void bus_handle_free(rd_kafka_t *rk)
{
    if (rk)
        rd_kafka_destroy_flags(rk, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
}

/* bus_check_prefix - only what a topic may be called */
int bus_check_prefix(const struct conf *c, struct err *e)
{
    const char *p = conf_text(c, "TOPIC_PREFIX");

    if (strlen(p) > 64 ||
        strspn(p, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") != strlen(p))
        return err_set(e, ERR_FATAL, "setting", "TOPIC_PREFIX: at most 64 of a-z A-Z 0-9 . _ -");
    return 0;
}

/* bus_topic_name - with prefix */
const char *bus_topic_name(const struct conf *c, enum topic t, bool dead, char *out)
{
    snprintf(out, BUS_NAME, "%s%s%s", conf_text(c, "TOPIC_PREFIX"), topic_row(t)->name,
             dead ? ".dead" : "");
    return out;
}

/* bus_group_name - with prefix */
const char *bus_group_name(const struct conf *c, const char *stage, char *out)
{
    snprintf(out, BUS_NAME, "%scleanclaim-%s", conf_text(c, "TOPIC_PREFIX"), stage);
    return out;
}
