/* cmd_claims.c - cleanclaim claims: the worklist from claims.status */
#include "services/cleanclaim/live.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/sys/clock.h"

struct filter {
    const char *state, *payer;
    int64_t before_ms; /* records older than this; 0 = all */
};

/* age_ms - "14d", "12h", "30m", "45s"; -1: not an age */
static int64_t age_ms(const char *text)
{
    static const struct {
        char unit;
        int64_t ms;
    } units[] = {{'s', 1000}, {'m', 60000}, {'h', 3600000}, {'d', 86400000}};
    char *end;
    long n = strtol(text, &end, 10);

    for (size_t i = 0; n >= 0 && end != text && i < sizeof(units) / sizeof(units[0]); i++)
        if (end[0] == units[i].unit && end[1] == '\0')
            return n * units[i].ms;
    return -1;
}

/* known_state - a word that is none would look like an empty worklist; says it */
static bool known_state(const char *word)
{
    if (!word || event_word_value(&cc_claim_state__descriptor, word) > 0)
        return true;
    fprintf(stderr, "error: --state: no such state of a claim\n");
    return false;
}

/* wanted - does a status pass the filter? */
static bool wanted(const struct filter *f, const json_t *s)
{
    const char *payer = json_string_value(json_object_get(s, "payer"));

    if (f->state && strcasecmp(f->state, json_string_value(json_object_get(s, "state"))) != 0)
        return false;
    if (f->payer && (!payer || strcmp(f->payer, payer) != 0))
        return false;
    return !f->before_ms || json_integer_value(json_object_get(s, "at_ms")) < f->before_ms;
}

/* text_of - a member for people */
static const char *text_of(const json_t *s, const char *key)
{
    const char *t = json_string_value(json_object_get(s, key));

    return t ? t : "-";
}

/* print_row - one line for people */
static void print_row(const json_t *s)
{
    static const char *const amounts[] = {"charge_cents",   "paid_cents",
                                          "expected_cents", "allowed_cents",
                                          "variance_cents", "patient_balance_cents"};
    char amount[32];

    printf("%-20s %3lld  %-12s %-13s %-12s", text_of(s, "claim"),
           (long long)json_integer_value(json_object_get(s, "version")), text_of(s, "state"),
           text_of(s, "kind"), text_of(s, "payer"));
    for (size_t i = 0; i < sizeof(amounts) / sizeof(amounts[0]); i++)
        printf(" %11s", live_dollars_of(s, amounts[i], amount));
    printf("  %s\n", text_of(s, "reason"));
}

/* by_bytes - for qsort */
static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* print_all - what passes, sorted by claim id */
static void print_all(json_t *map, const struct filter *f, bool json)
{
    size_t n = 0;
    const char **keys = calloc(json_object_size(map) + 1, sizeof(*keys));
    const char *key;
    json_t *value;

    if (!keys)
        return;
    json_object_foreach(map, key, value) keys[n++] = key;
    qsort(keys, n, sizeof(*keys), by_bytes);
    if (!json)
        printf("%-20s ver  %-12s %-13s %-12s %11s %11s %11s %11s %11s %11s  reason\n", "claim",
               "state", "kind", "payer", "charge", "paid", "expected", "allowed", "variance",
               "patient");
    for (size_t i = 0; i < n; i++) {
        value = json_object_get(map, keys[i]);
        if (!wanted(f, value))
            continue;
        if (json)
            cmd_json(json_incref(value));
        else
            print_row(value);
    }
    free(keys);
}

struct following {
    const struct filter *filter;
    bool json;
};

/* on_step - every record as it comes, for --follow */
static int on_step(void *arg, const struct bus_message *raw, const ProtobufCMessage *m)
{
    const struct following *f = arg;
    json_t *o = live_status_json((const CcClaimStatus *)m);

    (void)raw;
    if (wanted(f->filter, o)) {
        if (f->json)
            cmd_json(json_incref(o));
        else
            print_row(o);
        fflush(stdout);
    }
    json_decref(o);
    return 0;
}

/* newest - the worklist once */
static int newest(const struct conf *c, const struct filter *f, bool json)
{
    int code;
    json_t *map = live_statuses(c, &code);

    if (code == 0)
        print_all(map, f, json);
    json_decref(map);
    return code;
}

/* cmd_claims - --state, --payer, --older */
int cmd_claims(int argc, char **argv)
{
    struct filter f = {0};
    const char *older = NULL;
    bool json = false, follow = false;
    const struct cmd_option options[] = {{"--json", &json, NULL},     {"--state", NULL, &f.state},
                                         {"--payer", NULL, &f.payer}, {"--older", NULL, &older},
                                         {"--follow", &follow, NULL}, {NULL, NULL, NULL}};
    struct conf *c;
    int code;

    if (cmd_options(argc, argv, options) != 0)
        return cmd_usage("claims");
    if ((older && age_ms(older) < 0) || !known_state(f.state))
        return cmd_usage("claims");
    f.before_ms = older ? clock_ms() - age_ms(older) : 0;
    c = live_conf();
    if (!c)
        return EXIT_USAGE;
    code = follow
               ? live_each(c, TOPIC_CLAIMS_STATUS, 0, true, on_step, &(struct following){&f, json})
               : newest(c, &f, json);
    conf_free(c);
    return code;
}
