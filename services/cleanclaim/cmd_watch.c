/* cmd_watch.c - cleanclaim watch: a terminal screen of stages, lag, states and the oldest silence
 */
#include "services/cleanclaim/live.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/sys/clock.h"

enum { CONSUMED = 5 };

/* clang-format off */
static const struct {
    const char *stage, *group; /* the worker's own name, which its group has */
    enum topic consumes[CONSUMED];
    size_t n;
} stages[] = {
    {"coder",     "coder",             {TOPIC_ENCOUNTERS, TOPIC_CLAIMS_DECISIONS}, 2},
    {"validator", "validator",         {TOPIC_CLAIMS_CODED, TOPIC_CLAIMS_DECISIONS}, 2},
    {"build",     "submitter-build",   {TOPIC_CLAIMS_CLEAN}, 1},
    {"deliver",   "submitter-deliver", {TOPIC_INTERCHANGES}, 1},
    {"follow",    "submitter-follow",  {TOPIC_PAYER_REPLIES, TOPIC_PAYER_ANSWERS, TOPIC_INTERCHANGES, TOPIC_CLAIMS_STATUS, TOPIC_CLAIMS_CLEAN}, 5},
};
/* clang-format on */

static volatile sig_atomic_t stop;

/* on_signal - the one stop flag of this program */
static void on_signal(int signal)
{
    (void)signal;
    stop = 1;
}

/* stages_json - seen and waiting of each stage */
static int stages_json(const struct conf *c, json_t *list, struct err *e)
{
    for (size_t i = 0; i < sizeof(stages) / sizeof(stages[0]); i++) {
        struct bus_lag lag[CONSUMED] = {{0}};
        int64_t done = 0, waiting = 0;

        if (bus_group_lag(c, stages[i].group, stages[i].consumes, lag, stages[i].n, e) != 0)
            return -1;
        for (size_t k = 0; k < stages[i].n; k++) {
            done += lag[k].committed;
            waiting += lag[k].end - lag[k].committed;
        }
        json_array_append_new(list, json_pack("{s:s, s:I, s:I}", "stage", stages[i].stage, "done",
                                              (json_int_t)done, "lag", (json_int_t)waiting));
    }
    return 0;
}

/* count_state - one more claim in a state, and the oldest that still waits */
static void count_state(json_t *states, const json_t *status, int64_t *oldest)
{
    const char *state = json_string_value(json_object_get(status, "state"));
    int64_t at = json_integer_value(json_object_get(status, "at_ms"));

    json_object_set_new(states, state,
                        json_integer(json_integer_value(json_object_get(states, state)) + 1));
    if (!live_at_rest(state) && (*oldest == 0 || at < *oldest))
        *oldest = at;
}

/* snapshot - everything the screen shows; NULL after saying why */
static json_t *snapshot(const struct conf *c, int *code)
{
    json_t *list = json_array(), *states = json_object(), *map, *value;
    struct err e = {0};
    const char *key;
    int64_t oldest = 0;

    if (stages_json(c, list, &e) != 0) {
        *code = cmd_worse(EXIT_GONE, cmd_fail(&e));
        json_decref(list);
        json_decref(states);
        return NULL;
    }
    map = live_statuses(c, code);
    json_object_foreach(map, key, value) count_state(states, value, &oldest);
    json_decref(map);
    return json_pack("{s:o, s:o, s:I}", "stages", list, "states", states, "oldest_silence_seconds",
                     (json_int_t)(oldest ? (clock_ms() - oldest) / 1000 : 0));
}

/* draw - for people */
static void draw(const json_t *s)
{
    const char *key;
    json_t *value;
    size_t i;

    printf("\033[H\033[2Jcleanclaim                                        (Ctrl-C ends)\n\n");
    printf("%-12s %12s %10s\n", "stage", "done", "lag");
    json_array_foreach(json_object_get(s, "stages"), i, value)
        printf("%-12s %12lld %10lld\n", json_string_value(json_object_get(value, "stage")),
               (long long)json_integer_value(json_object_get(value, "done")),
               (long long)json_integer_value(json_object_get(value, "lag")));
    printf("\n%-14s %10s\n", "state", "claims");
    json_object_foreach(json_object_get(s, "states"), key, value)
        printf("%-14s %10lld\n", key, (long long)json_integer_value(value));
    printf("\noldest silence %lld s\n",
           (long long)json_integer_value(json_object_get(s, "oldest_silence_seconds")));
    fflush(stdout);
}

/* cmd_watch - [--json] [--once] */
int cmd_watch(int argc, char **argv)
{
    bool json = false, once = false;
    const struct cmd_option options[] = {
        {"--json", &json, NULL}, {"--once", &once, NULL}, {NULL, NULL, NULL}};
    struct conf *c;
    int code = 0;

    if (cmd_options(argc, argv, options) != 0)
        return cmd_usage("watch");
    c = live_conf();
    if (!c)
        return EXIT_USAGE;
    signal(SIGINT, on_signal);
    signal(SIGTERM, on_signal);
    while (!stop && code == 0) {
        json_t *s = snapshot(c, &code);

        if (s && json)
            cmd_json(json_incref(s));
        else if (s)
            draw(s);
        json_decref(s);
        if (once)
            break;
        sleep(1);
    }
    conf_free(c);
    return code;
}
