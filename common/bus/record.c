/* record.c - records in and out: bytes, headers, errors */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "common/bus/handle.h"
#include "common/sys/clock.h"

enum { MOVING_PAUSE_US = 50000 };

/* The text headers of CloudEvents and W3C trace context, and where they live. */
static const struct {
    const char *name;
    size_t at, size;
} texts[] = {
    {"ce_id", offsetof(struct event_headers, ce_id), sizeof(((struct event_headers *)0)->ce_id)},
    {"ce_type", offsetof(struct event_headers, ce_type),
     sizeof(((struct event_headers *)0)->ce_type)},
    {"ce_source", offsetof(struct event_headers, ce_source),
     sizeof(((struct event_headers *)0)->ce_source)},
    {"traceparent", offsetof(struct event_headers, traceparent),
     sizeof(((struct event_headers *)0)->traceparent)},
};

/* bus_error - the codes that no waiting mends are fatal */
int bus_error(rd_kafka_resp_err_t code, const char *what, struct err *e)
{
    switch (code) {
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED:
        return err_set(e, ERR_FATAL, "broker",
                       "%s: %s; the rights that a worker needs: docs/security.md", what,
                       rd_kafka_err2str(code));
    case RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID:
        return err_set(e, ERR_FATAL, "broker", "%s: %s", what, rd_kafka_err2str(code));
    case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
    case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
    case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
        return err_set(e, ERR_RETRY, "topic",
                       "%s: the topic is not there; `cleanclaim topics create` makes it", what);
    default:
        return err_set(e, ERR_RETRY, "broker", "%s: %s", what, rd_kafka_err2str(code));
    }
}

/* two - two digits of a time */
static int two(const char *s)
{
    return s[0] >= '0' && s[0] <= '9' && s[1] >= '0' && s[1] <= '9' ? (s[0] - '0') * 10 + s[1] - '0'
                                                                    : -1;
}

/* parse_time - "2026-03-01T08:00:00.123Z" in UTC; 0: anything else */
static int64_t parse_time(const char *s)
{
    char day[11];
    int h, m, sec, milli = 0;

    if (strlen(s) < 20 || s[10] != 'T' || s[strlen(s) - 1] != 'Z')
        return 0;
    memcpy(day, s, 10);
    day[10] = '\0';
    h = two(s + 11);
    m = two(s + 14);
    sec = two(s + 17);
    if (s[19] == '.' && strlen(s) >= 24)
        milli = two(s + 20) * 10 + (s[22] - '0');
    if (!date_parse(day) || h < 0 || m < 0 || sec < 0 || milli < 0)
        return 0;
    return ms_of(date_parse(day), h, m, sec, milli, 0);
}

/* read_header - one name's value into where it belongs */
static void read_header(const char *name, const char *value, size_t n, struct event_headers *out)
{
    char text[TIME_TEXT];

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        if (strcmp(texts[i].name, name) == 0) {
            char *to = (char *)out + texts[i].at;

            if (n < texts[i].size && utf8_valid(value, n)) {
                memcpy(to, value, n);
                to[n] = '\0';
            }
            return;
        }
    if (strcmp(name, "ce_time") == 0 && n < sizeof(text)) {
        memcpy(text, value, n);
        text[n] = '\0';
        out->ce_time_ms = parse_time(text);
    }
}

/* bus_read_headers - those we know */
void bus_read_headers(const rd_kafka_message_t *m, struct event_headers *out)
{
    rd_kafka_headers_t *h;
    const char *name;
    const void *value;
    size_t n;

    out->ce_id[0] = out->ce_type[0] = out->ce_source[0] = out->traceparent[0] = '\0';
    out->ce_time_ms = 0;
    if (rd_kafka_message_headers(m, &h) != RD_KAFKA_RESP_ERR_NO_ERROR)
        return;
    for (size_t i = 0;
         rd_kafka_header_get_all(h, i, &name, &value, &n) == RD_KAFKA_RESP_ERR_NO_ERROR; i++)
        if (value)
            read_header(name, value, n, out);
}

/* bus_message_of - borrowed */
void bus_message_of(const rd_kafka_message_t *m, enum topic t, struct bus_message *out)
{
    out->topic = t;
    out->partition = m->partition;
    out->offset = m->offset;
    out->key = m->key;
    out->key_len = m->key_len;
    out->value = m->payload;
    out->value_len = m->len;
    out->raw = m;
    out->fault = NULL;
    out->time_ms = rd_kafka_message_timestamp(m, NULL);
    bus_read_headers(m, &out->headers);
}

/* add - one text header, unless empty */
static void add(rd_kafka_headers_t *h, const char *name, const char *value)
{
    if (!str_empty(value))
        rd_kafka_header_add(h, name, -1, value, (ssize_t)strlen(value));
}

/* add_number - in decimal digits */
static void add_number(rd_kafka_headers_t *h, const char *name, int64_t v)
{
    char text[24];

    snprintf(text, sizeof(text), "%lld", (long long)v);
    add(h, name, text);
}

/* add_event - CloudEvents' binary mode; records without a type (state) get none */
static void add_event(rd_kafka_headers_t *h, const struct bus_record *r)
{
    const struct event_headers *e = &r->headers;
    char when[TIME_TEXT];

    if (!e->ce_id[0])
        return;
    add(h, "ce_specversion", "1.0");
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        add(h, texts[i].name, (const char *)e + texts[i].at);
    add(h, "ce_time", time_text(e->ce_time_ms, when));
    add(h, "content-type", r->content_type ? r->content_type : "application/protobuf");
}

/* add_dead - why and where from; a letter that dies again keeps only the last */
static void add_dead(rd_kafka_headers_t *h, const struct bus_record *r, const char *topic_name)
{
    static const char *const names[] = {"dead.reason",    "dead.text",   "dead.stage", "dead.topic",
                                        "dead.partition", "dead.offset", NULL};

    for (size_t i = 0; names[i]; i++)
        rd_kafka_header_remove(h, names[i]);
    add(h, "dead.reason", r->dead_reason);
    add(h, "dead.text", r->dead_text);
    add(h, "dead.stage", r->dead_stage);
    add(h, "dead.topic", r->dead_topic ? r->dead_topic : topic_name);
    add_number(h, "dead.partition", r->dead_partition);
    add_number(h, "dead.offset", r->dead_offset);
}

/* add_seal - the id of the key that the value is sealed under, for people; the value's own counts
 */
static void add_seal(rd_kafka_headers_t *h, const struct bus_record *r)
{
    char id[VAULT_KEY_ID] = "";

    rd_kafka_header_remove(h, "seal.key");
    if (r->value)
        vault_key_of(r->value, r->value_len, id);
    add(h, "seal.key", id);
}

/* bus_write_headers - new ones or the original's */
rd_kafka_headers_t *bus_write_headers(const struct bus_record *r,
                                      const rd_kafka_message_t *original, const char *topic_name)
{
    rd_kafka_headers_t *h = NULL, *theirs;

    if (r->keep_headers && original &&
        rd_kafka_message_headers(original, &theirs) == RD_KAFKA_RESP_ERR_NO_ERROR)
        h = rd_kafka_headers_copy(theirs);
    else {
        h = rd_kafka_headers_new(8);
        if (h)
            add_event(h, r);
    }
    if (h)
        add_seal(h, r);
    if (h && r->dead)
        add_dead(h, r, topic_name);
    return h;
}

/* send_once - librdkafka takes the headers only when it takes the record */
static rd_kafka_resp_err_t send_once(rd_kafka_t *rk, rd_kafka_topic_t *rkt,
                                     const struct bus_record *r, rd_kafka_headers_t *h,
                                     void *opaque)
{
    const void *value = r->value && r->value_len == 0 ? "" : r->value;

    return rd_kafka_producev(
        rk, RD_KAFKA_V_RKT(rkt),
        RD_KAFKA_V_PARTITION(r->partition < 0 ? RD_KAFKA_PARTITION_UA : r->partition),
        RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
        RD_KAFKA_V_KEY((void *)(uintptr_t)r->key, r->key_len),
        RD_KAFKA_V_VALUE((void *)(uintptr_t)value, r->value_len), RD_KAFKA_V_OPAQUE(opaque),
        RD_KAFKA_V_HEADERS(h), RD_KAFKA_V_END);
}

/* send_when_room - the queue is full: again and again */
static rd_kafka_resp_err_t send_when_room(rd_kafka_t *rk, rd_kafka_topic_t *rkt,
                                          const struct bus_record *r, rd_kafka_headers_t *h,
                                          void *opaque, int64_t timeout_ms)
{
    int64_t until = clock_mono_us() + timeout_ms * 1000;
    rd_kafka_resp_err_t err;

    do
        rd_kafka_poll(rk, 10);
    while ((err = send_once(rk, rkt, r, h, opaque)) == RD_KAFKA_RESP_ERR__QUEUE_FULL &&
           clock_mono_us() < until);
    return err;
}

/* bus_send - a full queue is a reason to wait, not to fail */
int bus_send(rd_kafka_t *rk, rd_kafka_topic_t *rkt, const struct bus_record *r,
             const rd_kafka_message_t *original, const char *topic_name, void *opaque,
             int64_t timeout_ms, struct err *e)
{
    rd_kafka_headers_t *h = bus_write_headers(r, original, topic_name);
    rd_kafka_resp_err_t err;

    if (!h)
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    err = send_once(rk, rkt, r, h, opaque);
    if (err == RD_KAFKA_RESP_ERR__QUEUE_FULL)
        err = send_when_room(rk, rkt, r, h, opaque, timeout_ms);
    if (err == RD_KAFKA_RESP_ERR_NO_ERROR)
        return 0;
    rd_kafka_headers_destroy(h);
    if (err == RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE)
        return err_set(e, ERR_REJECT, "size", "%s: the record is over %d bytes",
                       rd_kafka_topic_name(rkt), BUS_MAX_MESSAGE);
    return bus_error(err, rd_kafka_topic_name(rkt), e);
}

/* bus_count_partitions - asks a broker */
int32_t bus_count_partitions(rd_kafka_t *rk, const char *topic, int64_t timeout_ms, struct err *e)
{
    rd_kafka_topic_t *rkt = rd_kafka_topic_new(rk, topic, NULL);
    const struct rd_kafka_metadata *md = NULL;
    rd_kafka_resp_err_t err =
        rkt ? rd_kafka_metadata(rk, 0, rkt, &md, (int)timeout_ms) : rd_kafka_last_error();
    int32_t n = -1;

    if (err == RD_KAFKA_RESP_ERR_NO_ERROR && md->topic_cnt == 1)
        err = md->topics[0].err;
    if (err == RD_KAFKA_RESP_ERR_NO_ERROR && md->topic_cnt == 1)
        n = md->topics[0].partition_cnt;
    if (md)
        rd_kafka_metadata_destroy(md);
    if (rkt)
        rd_kafka_topic_destroy(rkt);
    if (n > 0) {
        bus_let_in();
        return n;
    }
    return bus_error(err == RD_KAFKA_RESP_ERR_NO_ERROR ? RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC : err,
                     topic, e);
}

/* header_text - a header's value as text in a fixed array */
static void header_text(const rd_kafka_headers_t *h, const char *name, char *out, size_t size)
{
    const void *value;
    size_t n;

    out[0] = '\0';
    if (rd_kafka_header_get_last(h, name, &value, &n) != RD_KAFKA_RESP_ERR_NO_ERROR || !value)
        return;
    if (n >= size)
        n = size - 1;
    memcpy(out, value, n);
    out[n] = '\0';
}

/* bus_dead_headers - as add_dead wrote them */
bool bus_dead_headers(const struct bus_message *m, struct bus_dead *out)
{
    char number[24];
    rd_kafka_headers_t *h;
    int64_t v;

    memset(out, 0, sizeof(*out));
    if (!m->raw || rd_kafka_message_headers(m->raw, &h) != RD_KAFKA_RESP_ERR_NO_ERROR)
        return false;
    header_text(h, "dead.reason", out->reason, sizeof(out->reason));
    header_text(h, "dead.text", out->text, sizeof(out->text));
    header_text(h, "dead.stage", out->stage, sizeof(out->stage));
    header_text(h, "dead.topic", out->topic, sizeof(out->topic));
    header_text(h, "dead.partition", number, sizeof(number));
    out->partition = str_to_i64(number, &v) ? (int32_t)v : -1;
    header_text(h, "dead.offset", number, sizeof(number));
    out->offset = str_to_i64(number, &v) ? v : -1;
    return out->reason[0] != '\0';
}

/* moving - answers that a topic just made, or a broker just lost, gives for moments */
static bool moving(rd_kafka_resp_err_t err)
{
    return err == RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION ||
           err == RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE ||
           err == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART ||
           err == RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION;
}

/* left_ms - until then, 1 at least */
static int left_ms(int64_t until_us)
{
    int64_t ms = (until_us - clock_mono_us()) / 1000;

    return ms < 1 ? 1 : (int)ms;
}

/* offset_at - of one partition, its begin or its end. Not by rd_kafka_query_watermark_offsets:
 * 2.0.2's waits for a broker that is away as long as it is away, whatever time it is given. */
static rd_kafka_resp_err_t offset_at(rd_kafka_t *rk, const char *topic, int32_t partition,
                                     int64_t where, int timeout_ms, int64_t *out)
{
    rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(1);
    rd_kafka_topic_partition_t *p = rd_kafka_topic_partition_list_add(list, topic, partition);
    rd_kafka_resp_err_t err;

    p->offset = where;
    err = rd_kafka_offsets_for_times(rk, list, timeout_ms);
    if (err == RD_KAFKA_RESP_ERR_NO_ERROR)
        err = p->err;
    if (err == RD_KAFKA_RESP_ERR_NO_ERROR)
        *out = p->offset;
    rd_kafka_topic_partition_list_destroy(list);
    return err;
}

/* bus_watermarks - of one partition; rd_kafka_offsets_for_times asks the leader that it knows, and
 * learns of another one only by a request for metadata */
int bus_watermarks(rd_kafka_t *rk, const char *topic, int32_t partition, int64_t *low,
                   int64_t *high, int64_t timeout_ms, struct err *e)
{
    int64_t until = clock_mono_us() + timeout_ms * 1000, begin;
    rd_kafka_resp_err_t err;
    struct err ignored;

    while ((err = offset_at(rk, topic, partition, RD_KAFKA_OFFSET_BEGINNING, left_ms(until),
                            &begin)) != RD_KAFKA_RESP_ERR_NO_ERROR ||
           (err = offset_at(rk, topic, partition, RD_KAFKA_OFFSET_END, left_ms(until), high)) !=
               RD_KAFKA_RESP_ERR_NO_ERROR) {
        if (!moving(err) || clock_mono_us() > until)
            return bus_error(err, topic, e);
        usleep(MOVING_PAUSE_US);
        bus_count_partitions(rk, topic, left_ms(until), &ignored);
    }
    *low = begin;
    return 0;
}
