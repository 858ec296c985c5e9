/* topics.c - the topics with the settings they need: made, checked, measured
 *
 * Settings are rows by kind of topic. claims.status is compacted so that a claim's last state stays
 * for ever, but late, so that for a month its whole life can be read; state topics keep tombstones
 * for twice as long as a local copy is trusted. */
#include <stdlib.h>
#include <string.h>

#include "common/base/str.h"
#include "common/bus/handle.h"

enum kind {
    KIND_LOG = 1,
    KIND_KEPT = 2,
    KIND_STATE = 4,
    KIND_STATUS = 8,
    KIND_DEAD = 16,
    KIND_AUDIT = 32,
    KIND_ANY = 63
};

/* How a topic's value must compare with ours. */
enum rule { RULE_SAME, RULE_AT_LEAST };

/* clang-format off */
static const struct setting {
    const char *name, *value;
    unsigned kinds;
    enum rule rule;
} settings[] = {
    {"cleanup.policy",            "delete",      KIND_LOG | KIND_KEPT | KIND_DEAD | KIND_AUDIT, RULE_SAME},
    {"cleanup.policy",            "compact",     KIND_STATE | KIND_STATUS,         RULE_SAME},
    {"retention.ms",              "7776000000",  KIND_LOG | KIND_DEAD,             RULE_AT_LEAST}, /* 90 days */
    {"retention.ms",              "34560000000", KIND_KEPT,                        RULE_AT_LEAST}, /* 400 days */
    {"retention.ms",              "189388800000", KIND_AUDIT,                      RULE_AT_LEAST}, /* 6 years: 45 CFR 164.316(b)(2) */
    {"delete.retention.ms",       "86400000",    KIND_STATE,                       RULE_AT_LEAST}, /* 2 x STATE_COPY_MAX_AGE_MS */
    {"min.compaction.lag.ms",     "2592000000",  KIND_STATUS,                      RULE_AT_LEAST}, /* 30 days */
    {"min.cleanable.dirty.ratio", "0.3",         KIND_STATE,                       RULE_SAME},
    {"max.message.bytes",         "9437184",     KIND_ANY,                         RULE_AT_LEAST},
};
/* clang-format on */

enum { SETTINGS = sizeof(settings) / sizeof(settings[0]) };

/* kind_of - by the topic's row; interchanges, replies and remittances are business records */
static enum kind kind_of(enum topic t, bool dead)
{
    const struct topic_row *row = topic_row(t);

    if (dead)
        return KIND_DEAD;
    if (t == TOPIC_AUDIT)
        return KIND_AUDIT;
    if (t == TOPIC_INTERCHANGES || t == TOPIC_PAYER_REPLIES || t == TOPIC_REMITTANCES)
        return KIND_KEPT;
    if (row->compact && row->message)
        return KIND_STATUS;
    return row->compact ? KIND_STATE : KIND_LOG;
}

/* A topic to be made or looked at. */
struct wanted {
    char name[BUS_NAME];
    enum kind kind;
};

enum { WANTED_MAX = 2 * TOPIC_MAX };

/* list - every topic and its dead letters */
static size_t list(const struct conf *c, struct wanted out[WANTED_MAX])
{
    size_t n = 0;

    for (int t = TOPIC_NONE + 1; t < TOPIC_MAX; t++)
        for (int dead = 0; dead <= topic_row((enum topic)t)->dead; dead++) {
            bus_topic_name(c, (enum topic)t, dead, out[n].name);
            out[n++].kind = kind_of((enum topic)t, dead);
        }
    return n;
}

/* wait_event - the admin call's result, or NULL */
static rd_kafka_event_t *wait_event(rd_kafka_queue_t *q, int64_t timeout_ms, struct err *e)
{
    rd_kafka_event_t *event = rd_kafka_queue_poll(q, (int)timeout_ms);

    if (event && rd_kafka_event_error(event) == RD_KAFKA_RESP_ERR_NO_ERROR)
        return event;
    if (event) {
        bus_error(rd_kafka_event_error(event), "topics", e);
        rd_kafka_event_destroy(event);
    } else
        err_set(e, ERR_RETRY, "broker", "topics: the brokers do not answer");
    return NULL;
}

/* new_topic - a request for one */
static rd_kafka_NewTopic_t *new_topic(const struct wanted *w, int partitions, int replication,
                                      struct err *e)
{
    char why[200];
    rd_kafka_NewTopic_t *n =
        rd_kafka_NewTopic_new(w->name, partitions, replication, why, sizeof(why));

    if (!n) {
        err_set(e, ERR_FATAL, "topic", "%s: %s", w->name, why);
        return NULL;
    }
    for (size_t i = 0; i < SETTINGS; i++)
        if (settings[i].kinds & w->kind)
            rd_kafka_NewTopic_set_config(n, settings[i].name, settings[i].value);
    if (replication >= 3)
        rd_kafka_NewTopic_set_config(n, "min.insync.replicas", "2");
    return n;
}

/* created - every topic is there now, made or already */
static int created(const rd_kafka_event_t *event, struct err *e)
{
    size_t n;
    const rd_kafka_CreateTopics_result_t *result =
        rd_kafka_event_CreateTopics_result((rd_kafka_event_t *)(uintptr_t)event);
    const rd_kafka_topic_result_t **topics = rd_kafka_CreateTopics_result_topics(result, &n);

    for (size_t i = 0; i < n; i++) {
        rd_kafka_resp_err_t err = rd_kafka_topic_result_error(topics[i]);

        if (err != RD_KAFKA_RESP_ERR_NO_ERROR && err != RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS)
            return bus_error(err, rd_kafka_topic_result_name(topics[i]), e);
    }
    return 0;
}

/* create - in one request */
static int create(rd_kafka_t *rk, rd_kafka_NewTopic_t **topics, size_t n, int64_t timeout_ms,
                  struct err *e)
{
    rd_kafka_queue_t *q = rd_kafka_queue_new(rk);
    rd_kafka_AdminOptions_t *o = rd_kafka_AdminOptions_new(rk, RD_KAFKA_ADMIN_OP_CREATETOPICS);
    rd_kafka_event_t *event;
    int r = -1;

    rd_kafka_AdminOptions_set_request_timeout(o, (int)timeout_ms, NULL, 0);
    rd_kafka_AdminOptions_set_operation_timeout(o, (int)timeout_ms, NULL, 0);
    rd_kafka_CreateTopics(rk, topics, n, o, q);
    event = wait_event(q, timeout_ms + 1000, e);
    if (event) {
        r = created(event, e);
        rd_kafka_event_destroy(event);
    }
    rd_kafka_AdminOptions_destroy(o);
    rd_kafka_queue_destroy(q);
    return r;
}

/* usual_replication - 3, or as many as there are brokers; -1: they are away */
static int usual_replication(rd_kafka_t *rk, int64_t timeout_ms, struct err *e)
{
    const struct rd_kafka_metadata *md;
    rd_kafka_resp_err_t err = rd_kafka_metadata(rk, 0, NULL, &md, (int)timeout_ms);
    int n;

    if (err != RD_KAFKA_RESP_ERR_NO_ERROR)
        return bus_error(err, "topics", e);
    n = md->broker_cnt < 3 ? md->broker_cnt : 3;
    rd_kafka_metadata_destroy(md);
    return n;
}

/* bus_topics_create - those that are there stay as they are */
int bus_topics_create(const struct conf *c, int partitions, int replication, struct err *e)
{
    struct wanted wanted[WANTED_MAX];
    rd_kafka_NewTopic_t *topics[WANTED_MAX];
    size_t n = list(c, wanted), made = 0;
    rd_kafka_t *rk;
    int r = bus_check_prefix(c, e);

    if (r < 0 || !(rk = bus_handle(BUS_WATCHER, bus_conf(BUS_WATCHER, c, "topics", NULL, e), e)))
        return -1;
    if (replication == 0)
        replication = usual_replication(rk, bus_timeout_ms(c), e);
    while (replication > 0 && made < n &&
           (topics[made] = new_topic(&wanted[made], partitions, replication, e)))
        made++;
    r = made == n ? create(rk, topics, n, bus_timeout_ms(c), e) : -1;
    rd_kafka_NewTopic_destroy_array(topics, made);
    bus_handle_free(rk);
    return r;
}

/* What the check collects. */
struct check {
    int (*report)(void *arg, const char *topic, const char *problem);
    void *arg;
    int found;
    const char *first; /* the first topic that is there, and its number of partitions */
    int partitions;
};

/* say - one difference */
static void say(struct check *k, const char *topic, const char *problem)
{
    k->found = 1;
    k->report(k->arg, topic, problem);
}

/* value_of - of a setting in the broker's answer; NULL: it did not say */
static const char *value_of(const rd_kafka_ConfigEntry_t **entries, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(rd_kafka_ConfigEntry_name(entries[i]), name))
            return rd_kafka_ConfigEntry_value(entries[i]);
    return NULL;
}

/* keeps - does the broker's value keep our rule? -1 for "for ever" counts as more */
static bool keeps(const struct setting *s, const char *have)
{
    int64_t a, b;

    if (s->rule == RULE_SAME)
        return str_eq(s->value, have);
    return str_to_i64(have, &a) && str_to_i64(s->value, &b) && (a >= b || a == -1);
}

/* check_settings - one topic's answer against the rows */
static void check_settings(struct check *k, const struct wanted *w,
                           const rd_kafka_ConfigResource_t *r)
{
    char problem[256];
    size_t n;
    const rd_kafka_ConfigEntry_t **entries = rd_kafka_ConfigResource_configs(r, &n);

    for (size_t i = 0; i < SETTINGS; i++) {
        const char *have =
            settings[i].kinds & w->kind ? value_of(entries, n, settings[i].name) : NULL;

        if (!have || keeps(&settings[i], have))
            continue;
        snprintf(problem, sizeof(problem), "%s is %s, %s%s is wanted", settings[i].name, have,
                 settings[i].rule == RULE_AT_LEAST ? "at least " : "", settings[i].value);
        say(k, w->name, problem);
    }
}

/* check_partitions - there, and as many as the others: stages rely on equal numbers */
static bool check_partitions(struct check *k, rd_kafka_t *rk, const struct wanted *w,
                             int64_t timeout_ms, struct err *e)
{
    char problem[256];
    int n = bus_count_partitions(rk, w->name, timeout_ms, e);

    if (n < 0 && !str_eq(e->code, "topic"))
        return false;
    if (n < 0)
        say(k, w->name, "is not there");
    else if (k->first && n != k->partitions) {
        snprintf(problem, sizeof(problem), "has %d partitions, %.200s has %d", n, k->first,
                 k->partitions);
        say(k, w->name, problem);
    } else if (!k->first) {
        k->first = w->name;
        k->partitions = n;
    }
    return true;
}

/* describe - the settings of all topics in one request */
static int describe(struct check *k, rd_kafka_t *rk, const struct wanted *w, size_t n,
                    int64_t timeout_ms, struct err *e)
{
    rd_kafka_ConfigResource_t *asked[WANTED_MAX];
    rd_kafka_queue_t *q = rd_kafka_queue_new(rk);
    rd_kafka_event_t *event;
    size_t got = 0;

    for (size_t i = 0; i < n; i++)
        asked[i] = rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, w[i].name);
    rd_kafka_DescribeConfigs(rk, asked, n, NULL, q);
    event = wait_event(q, timeout_ms, e);
    if (event) {
        const rd_kafka_ConfigResource_t **resources = rd_kafka_DescribeConfigs_result_resources(
            rd_kafka_event_DescribeConfigs_result(event), &got);

        for (size_t i = 0; i < got; i++)
            for (size_t j = 0; j < n; j++)
                if (rd_kafka_ConfigResource_error(resources[i]) == RD_KAFKA_RESP_ERR_NO_ERROR &&
                    str_eq(rd_kafka_ConfigResource_name(resources[i]), w[j].name))
                    check_settings(k, &w[j], resources[i]);
        rd_kafka_event_destroy(event);
    }
    rd_kafka_ConfigResource_destroy_array(asked, n);
    rd_kafka_queue_destroy(q);
    return event ? 0 : -1;
}

/* bus_topics_check - numbers of partitions, then settings */
int bus_topics_check(const struct conf *c,
                     int (*report)(void *arg, const char *topic, const char *problem), void *arg,
                     struct err *e)
{
    struct wanted wanted[WANTED_MAX];
    struct check k = {.report = report, .arg = arg};
    size_t n = list(c, wanted);
    rd_kafka_t *rk;
    int r = bus_check_prefix(c, e);

    if (r < 0 || !(rk = bus_handle(BUS_WATCHER, bus_conf(BUS_WATCHER, c, "topics", NULL, e), e)))
        return -1;
    for (size_t i = 0; r == 0 && i < n; i++)
        if (!check_partitions(&k, rk, &wanted[i], bus_timeout_ms(c), e))
            r = -1;
    if (r == 0)
        r = describe(&k, rk, wanted, n, bus_timeout_ms(c), e);
    bus_handle_free(rk);
    return r < 0 ? -1 : k.found;
}
