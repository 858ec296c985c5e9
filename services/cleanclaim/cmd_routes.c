/* cmd_routes.c - cleanclaim routes: how each route fares, what waits and what is held; a held file
 * once more */
#include "services/cleanclaim/live.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/date.h"

enum { PUBLISH_MS = 30000, KEY_MAX = 300, MEMORY = 64 << 20 };

/* What a walk over interchanges.pending is for: the newest value of each key. */
struct walk {
    struct arena *arena;
    json_t *newest; /* key -> what it says */
};

/* outbound_json - a file's record */
static json_t *outbound_json(const CcOutbound *o)
{
    return json_pack("{s:s, s:i, s:I, s:s, s:s, s:i}", "file", o->file_name, "tries", (int)o->tries,
                     "since_ms", (json_int_t)o->since_ms, "code", o->code, "text", o->text,
                     "attempt", (int)o->attempt);
}

/* route_json - a route's record */
static json_t *route_json(const CcRouteState *r)
{
    return json_pack("{s:i, s:I, s:s, s:s}", "failures", (int)r->failures, "next_ms",
                     (json_int_t)r->not_before_ms, "code", r->code, "text", r->text);
}

/* value_json - of a key we show; NULL: another one, or it cannot be read */
static json_t *value_json(struct walk *w, const char *key, const struct bus_message *m)
{
    const bool route = str_starts(key, "route/");
    ProtobufCMessage *raw;
    struct err e;

    if (str_starts(key, "sent/"))
        return json_true(); /* there are many, and they are only counted */
    if (!route && !str_starts(key, "wait/") && !str_starts(key, "held/"))
        return NULL;
    arena_reset(w->arena);
    if (event_unpack(w->arena, route ? &cc_route_state__descriptor : &cc_outbound__descriptor,
                     m->value, m->value_len, &raw, &e) != 0)
        return NULL;
    return route ? route_json((const CcRouteState *)(const void *)raw)
                 : outbound_json((const CcOutbound *)(const void *)raw);
}

/* on_record - the newest of a key wins; no value: it is gone */
static int on_record(void *arg, const struct bus_message *m)
{
    struct walk *w = arg;
    char key[KEY_MAX];
    json_t *o;

    if (!m || m->key_len >= sizeof(key))
        return 0;
    snprintf(key, sizeof(key), "%.*s", (int)m->key_len, (const char *)m->key);
    o = m->value ? value_json(w, key, m) : NULL;
    if (o)
        json_object_set_new(w->newest, key, o);
    else if (!m->value)
        json_object_del(w->newest, key);
    return 0;
}

/* read_all - what deliver remembers; NULL after saying why */
static json_t *read_all(const struct conf *c)
{
    struct walk w = {arena_new(MEMORY), json_object()};
    struct err e = {0};

    if (!w.arena || !w.newest ||
        bus_scan(c, TOPIC_INTERCHANGES_PENDING, false, 0, false, on_record, &w, &e) < 0) {
        cmd_fail(&e);
        json_decref(w.newest);
        w.newest = NULL;
    }
    arena_free(w.arena);
    return w.newest;
}

/* route_of - the receiver's line, made at its first record */
static json_t *route_of(json_t *routes, const char *key)
{
    const char *receiver = strchr(key, '/') + 1;
    char name[KEY_MAX];
    json_t *r;

    snprintf(name, sizeof(name), "%.*s", (int)strcspn(receiver, "/"), receiver);
    r = json_object_get(routes, name);
    if (r)
        return r;
    r = json_pack("{s:s, s:i, s:i, s:i, s:i, s:n, s:s, s:s, s:n, s:[]}", "receiver", name, "sent",
                  0, "waiting", 0, "held", 0, "failures", 0, "next_ms", "code", "", "text", "",
                  "oldest_ms", "held_files");
    json_object_set_new(routes, name, r);
    return r;
}

/* count - one more of a kind */
static void count(json_t *r, const char *kind)
{
    json_object_set_new(r, kind, json_integer(json_integer_value(json_object_get(r, kind)) + 1));
}

/* add - one record to its route's line */
static void add(json_t *routes, const char *key, json_t *value)
{
    json_t *r = route_of(routes, key), *since = json_object_get(value, "since_ms");
    json_t *oldest = json_object_get(r, "oldest_ms");

    if (str_starts(key, "route/")) {
        json_object_update(r, value);
    } else if (str_starts(key, "sent/")) {
        count(r, "sent");
    } else if (str_starts(key, "held/")) {
        count(r, "held");
        json_array_append(json_object_get(r, "held_files"), value);
    } else {
        count(r, "waiting");
        if (!json_is_integer(oldest) || json_integer_value(since) < json_integer_value(oldest))
            json_object_set(r, "oldest_ms", since);
    }
}

/* print_route - for people */
static void print_route(json_t *r)
{
    const json_t *held = json_object_get(r, "held_files");
    const json_int_t failures = json_integer_value(json_object_get(r, "failures"));
    size_t i;
    json_t *f;

    printf("%-30s %7lld %7lld %5lld  %lld%s%s\n", json_string_value(json_object_get(r, "receiver")),
           (long long)json_integer_value(json_object_get(r, "sent")),
           (long long)json_integer_value(json_object_get(r, "waiting")),
           (long long)json_integer_value(json_object_get(r, "held")), (long long)failures,
           failures ? "  " : "", failures ? json_string_value(json_object_get(r, "text")) : "");
    json_array_foreach(held, i, f)
        printf("  held %s: %s (%s)\n", json_string_value(json_object_get(f, "file")),
               json_string_value(json_object_get(f, "text")),
               json_string_value(json_object_get(f, "code")));
}

/* list - a line a route; EXIT_FOUND: files are held, or a route fails */
static int list(const struct conf *c, bool json)
{
    json_t *all = read_all(c), *routes = json_object(), *value;
    const char *key;
    int code = 0;

    if (!all) {
        json_decref(routes);
        return EXIT_GONE;
    }
    json_object_foreach(all, key, value) add(routes, key, value);
    if (!json)
        printf("%-30s %7s %7s %5s  failures in a row\n", "receiver", "sent", "waiting", "held");
    json_object_foreach(routes, key, value)
    {
        if (json_integer_value(json_object_get(value, "held")) ||
            json_integer_value(json_object_get(value, "failures")))
            code = EXIT_FOUND;
        if (json)
            cmd_json(json_incref(value));
        else
            print_route(value);
    }
    json_decref(all);
    json_decref(routes);
    return code;
}

/* A held file that is sent once more. */
struct again {
    const struct conf *conf;
    const char *file;
    uint32_t attempt;
    bool found;
    struct err e;
};

/* held_attempt - how often a person has sent it already; -1: it is not held */
static int held_attempt(json_t *all, const char *file)
{
    const char *key;
    json_t *value;

    json_object_foreach(
        all, key,
        value) if (str_starts(key, "held/") &&
                   strcmp(json_string_value(json_object_get(value, "file")), file) ==
                       0) return (int)json_integer_value(json_object_get(value, "attempt"));
    return -1;
}

/* on_file - the interchange as it was written, with the next attempt */
static int on_file(void *arg, const struct bus_message *raw, const ProtobufCMessage *m)
{
    struct again *g = arg;
    CcInterchange f = *(const CcInterchange *)(const void *)m;
    struct arena *a;
    struct bus_publisher *bus;
    struct bus_record r = {.topic = TOPIC_INTERCHANGES, .partition = -1, .headers = raw->headers};
    uint8_t *bytes;

    if (strcmp(f.file_name, g->file) != 0)
        return 0;
    a = arena_new(MEMORY);
    bus = bus_publisher_open("cleanclaim", g->conf, &g->e);
    f.attempt = g->attempt;
    r.key = f.receiver;
    r.key_len = strlen(f.receiver);
    g->found = a && bus && event_pack(a, &f.base, &bytes, &r.value_len, &g->e) == 0;
    if (g->found) {
        r.value = bytes;
        g->found = bus_publish(bus, &r, 1, PUBLISH_MS, &g->e) == 0;
    }
    bus_publisher_close(bus);
    arena_free(a);
    return 1;
}

/* again - one held file */
static int again(const struct conf *c, const char *file)
{
    struct again g = {.conf = c, .file = file};
    json_t *all = read_all(c);
    int attempt, code;

    if (!all)
        return EXIT_GONE;
    attempt = held_attempt(all, file);
    json_decref(all);
    if (attempt < 0) {
        fprintf(stderr, "error: no such file is held\n");
        return EXIT_FOUND;
    }
    g.attempt = (uint32_t)attempt + 1;
    code = live_each(c, TOPIC_INTERCHANGES, 0, false, on_file, &g);
    if (code == 0 && !g.found) {
        fprintf(stderr, "error: %s\n",
                g.e.text[0] ? g.e.text : "the file is not in interchanges any more");
        code = EXIT_GONE;
    }
    return code;
}

/* cmd_routes - [again FILE] */
int cmd_routes(int argc, char **argv)
{
    bool json = false;
    const struct cmd_option options[] = {{"--json", &json, NULL}, {NULL, NULL, NULL}};
    const int n = cmd_options(argc, argv, options);
    struct conf *c;
    int code;

    if (n < 0)
        return EXIT_USAGE;
    if (n != 0 && (n != 2 || strcmp(argv[1], "again") != 0))
        return cmd_usage("routes");
    c = live_conf();
    if (!c)
        return EXIT_USAGE;
    code = n == 0 ? list(c, json) : again(c, argv[2]);
    conf_free(c);
    return code;
}
