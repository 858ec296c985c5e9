/* cmd_dead.c - cleanclaim dead list|show|replay: messages that could not be read, untouched, and
 * back to where they came from */
#include "services/cleanclaim/live.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REPLAY_MS = 30000 };

/* Which dead letters are meant: TOPIC[/PARTITION/OFFSET] names where the letter lies in the
 * dead-letter topic. */
struct choice {
    enum topic topic;          /* TOPIC_NONE = all */
    int64_t partition, offset; /* -1 = all */
    const char *reason;
};

struct dead {
    struct choice choice;
    struct bus_publisher *bus; /* replay */
    struct intake_conf *intake;
    bool json, show, replay, dry;
    size_t n, stay; /* letters chosen; those that intake refuses again */
    struct err e;
};

/* parse_choice - false: not of the form */
static bool parse_choice(const char *text, struct choice *c)
{
    char topic[128];
    const char *slash = strchr(text, '/');
    size_t n = slash ? (size_t)(slash - text) : strlen(text);
    char *end;

    if (n >= sizeof(topic))
        return false;
    snprintf(topic, sizeof(topic), "%.*s", (int)n, text);
    if (n > 5 && strcmp(topic + n - 5, ".dead") == 0)
        topic[n - 5] = '\0';
    c->topic = topic_by_name(topic);
    if (c->topic == TOPIC_NONE || !topic_row(c->topic)->dead)
        return false;
    if (!slash)
        return true;
    c->partition = strtoll(slash + 1, &end, 10);
    if (*end != '/' || c->partition < 0)
        return false;
    c->offset = strtoll(end + 1, &end, 10);
    return *end == '\0' && c->offset >= 0;
}

/* wanted - is this letter chosen? */
static bool wanted(const struct choice *c, const struct bus_message *m, const struct bus_dead *h)
{
    return (c->partition < 0 || m->partition == c->partition) &&
           (c->offset < 0 || m->offset == c->offset) &&
           (!c->reason || strcmp(c->reason, h->reason) == 0);
}

/* print_letter - where it lies, where it came from, why; never what is in it */
static void print_letter(const struct dead *d, const struct bus_message *m,
                         const struct bus_dead *h)
{
    if (d->json)
        cmd_json(json_pack("{s:s, s:i, s:I, s:s, s:s, s:s, s:i, s:I, s:I, s:s}", "topic",
                           topic_row(m->topic)->name, "partition", (int)m->partition, "offset",
                           (json_int_t)m->offset, "reason", h->reason, "stage", h->stage,
                           "from_topic", h->topic, "from_partition", (int)h->partition,
                           "from_offset", (json_int_t)h->offset, "bytes", (json_int_t)m->value_len,
                           "id", m->headers.ce_id));
    else
        printf("%s/%d/%lld  %-10s by %-10s from %s/%d/%lld  %zu bytes\n", topic_row(m->topic)->name,
               (int)m->partition, (long long)m->offset, h->reason, h->stage, h->topic,
               (int)h->partition, (long long)h->offset, m->value_len);
}

/* send_back - the same key, bytes and headers to the topic it came from; what intake refused came
 * from no topic and goes through intake */
static int send_back(struct dead *d, const struct bus_message *m, const struct bus_dead *h)
{
    struct bus_record r = {.topic = m->topic,
                           .partition = -1,
                           .key = m->key,
                           .key_len = m->key_len,
                           .value = m->value,
                           .value_len = m->value_len,
                           .headers = m->headers,
                           .keep_sealed = m->fault != NULL};

    int again;

    if (m->fault && strcmp(h->stage, "intake") == 0) {
        d->stay++; /* intake cannot read it either */
        return 0;
    }
    if (strcmp(h->stage, "intake") != 0)
        return d->dry ? 0 : bus_publish(d->bus, &r, 1, REPLAY_MS, &d->e);
    again = live_refused_again(d->intake, d->bus, d->dry, m, h->reason, &d->e);
    d->stay += again == 1;
    return again < 0 ? -1 : 0;
}

/* on_letter - one dead letter */
static int on_letter(void *arg, const struct bus_message *m)
{
    struct dead *d = arg;
    struct bus_dead h;

    if (!bus_dead_headers(m, &h) || !wanted(&d->choice, m, &h))
        return 0;
    d->n++;
    print_letter(d, m, &h);
    if (d->show)
        fwrite(m->value, 1, m->value_len, stdout);
    return d->replay && send_back(d, m, &h) != 0;
}

/* each_topic - those that have dead letters and are chosen */
static int each_topic(const struct conf *c, struct dead *d)
{
    for (int t = TOPIC_NONE + 1; t < TOPIC_MAX; t++) {
        if (!topic_row((enum topic)t)->dead ||
            (d->choice.topic != TOPIC_NONE && (int)d->choice.topic != t))
            continue;
        if (bus_scan(c, (enum topic)t, true, 0, false, on_letter, d, &d->e) < 0 ||
            d->e.class != ERR_NONE)
            return cmd_worse(EXIT_GONE, cmd_fail(&d->e));
    }
    return 0;
}

/* run - list, show or replay */
static int run(struct dead *d)
{
    const struct conf_row *const rows[] = {bus_settings, intake_settings, NULL};
    struct conf *c = cmd_conf(rows);
    int code;

    if (!c || !(d->intake = intake_conf_new(c, &d->e))) {
        conf_free(c);
        return c ? cmd_fail(&d->e) : EXIT_USAGE;
    }
    if (d->replay && !d->dry)
        d->bus = bus_publisher_open("cleanclaim", c, &d->e);
    code = d->replay && !d->dry && !d->bus ? cmd_fail(&d->e) : each_topic(c, d);
    if (code == 0 && !d->json)
        fprintf(stderr, "%zu dead letter(s)%s\n", d->n - d->stay,
                d->replay ? (d->dry ? " would be sent back" : " sent back") : "");
    bus_publisher_close(d->bus);
    intake_conf_free(d->intake);
    conf_free(c);
    return code ? code : d->stay || (d->n == 0 && (d->show || d->replay)) ? EXIT_FOUND : 0;
}

/* cmd_dead - list|show|replay [TOPIC[/PARTITION/OFFSET]] [--reason R] */
int cmd_dead(int argc, char **argv)
{
    struct dead d = {.choice = {.partition = -1, .offset = -1}};
    bool raw = false;
    const struct cmd_option options[] = {{"--json", &d.json, NULL},
                                         {"--dry-run", &d.dry, NULL},
                                         {"--raw", &raw, NULL},
                                         {"--reason", NULL, &d.choice.reason},
                                         {NULL, NULL, NULL}};
    int n = cmd_options(argc, argv, options);

    if (n < 1 || n > 2 || (n == 2 && !parse_choice(argv[2], &d.choice)))
        return cmd_usage("dead");
    d.replay = strcmp(argv[1], "replay") == 0;
    /* the bytes are patient data: only for one letter, and only when asked for */
    d.show = strcmp(argv[1], "show") == 0 && raw && d.choice.offset >= 0;
    if (!d.replay && strcmp(argv[1], "show") != 0 && strcmp(argv[1], "list") != 0)
        return cmd_usage("dead");
    return run(&d);
}
