/* cmd_topics.c - cleanclaim topics create|list|check: the topics with the settings they need */
#include <string.h>

#include "common/bus/bus.h"
#include "services/cleanclaim/cmd.h"

enum { PARTITIONS_DEFAULT = 12, PARTITIONS_MAX = 1000, REPLICATION_MAX = 9 };

/* What the command line said. */
struct options {
    bool json;
    const char *partitions, *replication;
};

/* number - an option's value within bounds, or its default; -1 after saying what is wrong */
static int number(const char *name, const char *text, int64_t min, int64_t max, int64_t otherwise)
{
    int64_t v = otherwise;

    if (text && (!str_to_i64(text, &v) || v < min || v > max)) {
        fprintf(stderr, "error: %s: a number from %lld to %lld is wanted\n", name, (long long)min,
                (long long)max);
        return -1;
    }
    return (int)v;
}

/* create - those that are there already stay as they are */
static int create(const struct conf *c, const struct options *o)
{
    int partitions = number("--partitions", o->partitions, 1, PARTITIONS_MAX, PARTITIONS_DEFAULT);
    int replication = number("--replication", o->replication, 1, REPLICATION_MAX, 0);
    struct err e = {0};

    if (partitions < 0 || replication < 0)
        return EXIT_USAGE;
    return bus_topics_create(c, partitions, replication, &e) < 0 ? cmd_fail(&e) : 0;
}

/* list_row - one topic for people or programs */
static void list_row(const struct conf *c, const struct topic_row *row, bool json)
{
    const char *message = row->message ? row->message->name : "";
    const char *cleanup = row->compact ? "compact" : "delete";
    char name[256];

    snprintf(name, sizeof(name), "%s%s", conf_text(c, "TOPIC_PREFIX"), row->name);
    if (json)
        cmd_json(json_pack("{s:s, s:s, s:o, s:s, s:b}", "topic", name, "key", row->key, "message",
                           cmd_json_text(message), "cleanup", cleanup, "dead", row->dead));
    else
        printf("%-24s %-28s %-30s %s%s\n", name, row->key, row->message ? message : "(state)",
               cleanup, row->dead ? ", .dead" : "");
}

/* list - what there should be; asks no broker */
static int list(const struct conf *c, const struct options *o)
{
    for (int t = TOPIC_NONE + 1; t < TOPIC_MAX; t++)
        list_row(c, topic_row((enum topic)t), o->json);
    return 0;
}

/* report - one difference */
static int report(void *arg, const char *topic, const char *problem)
{
    const struct options *o = arg;

    if (o->json)
        cmd_json(json_pack("{s:s, s:s}", "topic", topic, "problem", problem));
    else
        printf("%-32s %s\n", topic, problem);
    return 0;
}

/* check - exit 1 when something differs */
static int check(const struct conf *c, const struct options *o)
{
    struct err e = {0};
    struct options copy = *o;
    int r = bus_topics_check(c, report, &copy, &e);

    return r < 0 ? cmd_fail(&e) : r;
}

static const struct {
    const char *name;
    int (*run)(const struct conf *c, const struct options *o);
} verbs[] = {{"create", create}, {"list", list}, {"check", check}};

/* cmd_topics - by its verb */
int cmd_topics(int argc, char **argv)
{
    static const struct conf_row *const rows[] = {bus_settings, NULL};
    struct options o = {0};
    const struct cmd_option options[] = {{"--json", &o.json, NULL},
                                         {"--partitions", NULL, &o.partitions},
                                         {"--replication", NULL, &o.replication},
                                         {NULL, NULL, NULL}};
    int n = cmd_options(argc, argv, options), code;
    struct conf *c;

    for (size_t i = 0; n == 1 && i < sizeof(verbs) / sizeof(verbs[0]); i++) {
        if (strcmp(argv[1], verbs[i].name) != 0)
            continue;
        c = cmd_conf(rows);
        if (!c)
            return EXIT_USAGE;
        code = verbs[i].run(c, &o);
        conf_free(c);
        return code;
    }
    return n < 0 ? EXIT_USAGE : cmd_usage(argv[0]);
}
