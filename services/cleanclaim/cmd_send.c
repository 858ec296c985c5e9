/* cmd_send.c - cleanclaim send FILE…: through the intake's own reading, straight to `encounters` */
#include "services/cleanclaim/live.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/sys/clock.h"
#include "services/intake/intake.h"

enum { ARENA_LIMIT = 256 << 20 };

struct sender {
    struct conf *conf;
    struct intake_conf *intake;
    struct bus_publisher *bus;
    struct arena *arena;
    enum cmd_kind as;
    bool json;
    json_t *sent; /* encounter ids: set */
    int worst;
};

/* publish - all records of one message, and which encounters they are about */
static int publish(struct sender *s, const struct intake_result *r, struct err *e)
{
    for (size_t i = 0; i < r->n; i++)
        if (*r->events[i]->encounter)
            json_object_set_new(s->sent, r->events[i]->encounter, json_true());
    return live_publish(s->bus, s->arena, r, e);
}

/* report - what became of a message */
static void report(const struct sender *s, const struct intake_result *r)
{
    const char *why =
        r->refused && r->n && r->events[0]->n_problems ? r->events[0]->problems[0]->message : "";
    json_t *ids = json_array();

    for (size_t i = 0; i < r->n; i++)
        if (*r->events[i]->encounter)
            json_array_append_new(ids, json_string(r->events[i]->encounter));
    if (s->json)
        cmd_json(json_pack("{s:s, s:i, s:s, s:i, s:o, s:s}", "source", r->input.source, "message",
                           (int)r->input.message, "ack", r->ack, "events", (int)r->n, "encounters",
                           json_incref(ids), "problem", why));
    else
        printf("%s message %u: %s, %zu event(s) %s\n", r->input.source, r->input.message, r->ack,
               r->n, why);
    json_decref(ids);
}

/* on_message - one message of a file */
static int on_message(void *arg, const struct intake_result *r, struct err *e)
{
    struct sender *s = arg;

    if (r->refused)
        s->worst = cmd_worse(s->worst, EXIT_FOUND);
    else if (publish(s, r, e) != 0)
        return -1;
    report(s, r);
    return 0;
}

/* on_file - by what it is */
static int on_file(void *arg, const struct cmd_file *f)
{
    struct sender *s = arg;
    enum cmd_kind kind = s->as == CMD_KIND_MAX ? cmd_sniff(f->data, f->size) : s->as;
    struct intake_input in = {
        .source = f->name, .bytes = f->data, .n = f->size, .received_ms = clock_ms()};
    intake_each_fn each = intake_reader(kind == CMD_HL7 ? "hl7" : kind == CMD_FHIR ? "fhir" : "");
    struct err e = {0};

    if (!each) {
        fprintf(stderr, "error: %s: HL7 v2 or FHIR is wanted\n", f->name);
        return EXIT_FOUND;
    }
    return each(s->intake, s->arena, &in, on_message, s, &e) == 0 ? s->worst : cmd_fail(&e);
}

/* on_status - a step of a claim that we sent */
static int on_status(void *arg, const struct bus_message *raw, const ProtobufCMessage *m)
{
    const struct sender *sender = arg;
    const CcClaimStatus *s = (const CcClaimStatus *)m;
    json_t *line = json_object_get(sender->sent, s->encounter) ? live_status_json(s) : NULL;
    const char *state;

    (void)raw;
    if (!line)
        return 0;
    state = json_string_value(json_object_get(line, "state"));
    if (sender->json)
        cmd_json(json_incref(line));
    else
        printf("%-20s %-13s %-18s %s\n", s->claim_id, state, s->event, s->reason);
    fflush(stdout);
    json_decref(line);
    return 0;
}

/* all_rest - has every encounter that was sent a claim (or question) at rest, and none moving? */
static bool all_rest(const struct sender *s, const json_t *statuses)
{
    json_t *seen = json_object(), *value;
    const char *key;
    bool rest = true;

    json_object_foreach((json_t *)(uintptr_t)statuses, key, value)
    {
        const char *encounter = json_string_value(json_object_get(value, "encounter"));

        if (!encounter || !json_object_get(s->sent, encounter))
            continue;
        json_object_set_new(seen, encounter, json_true());
        rest = rest && live_at_rest(json_string_value(json_object_get(value, "state")));
    }
    rest = rest && json_object_size(seen) == json_object_size(s->sent);
    json_decref(seen);
    return rest;
}

/* follow - prints new steps until everything rests or the time is over */
static int follow(const struct sender *s, int64_t limit_ms)
{
    int64_t end = clock_ms() + limit_ms, from = clock_ms() - 1000;
    int code = 0;
    bool rest = false;

    while (code == 0 && !rest && clock_ms() < end) {
        int64_t next = clock_ms();
        json_t *all;

        code =
            live_each(s->conf, TOPIC_CLAIMS_STATUS, from, false, on_status, (void *)(uintptr_t)s);
        from = next;
        all = code == 0 ? live_statuses(s->conf, &code) : NULL;
        rest = all && all_rest(s, all);
        json_decref(all);
        if (!rest)
            usleep(300000);
    }
    return code ? code : rest ? 0 : EXIT_FOUND;
}

/* open_sender - settings, reading and the broker */
static int open_sender(struct sender *s)
{
    const struct conf_row *const rows[] = {bus_settings, intake_settings, NULL};
    struct err e = {0};

    s->conf = cmd_conf(rows);
    if (!s->conf)
        return EXIT_USAGE;
    s->intake = intake_conf_new(s->conf, &e);
    s->arena = arena_new(ARENA_LIMIT);
    s->sent = json_object();
    if (s->intake && s->arena)
        s->bus = bus_publisher_open("cleanclaim", s->conf, &e);
    return s->bus ? 0 : cmd_fail(&e);
}

/* close_sender - what open_sender made, as far as it came */
static void close_sender(struct sender *s)
{
    bus_publisher_close(s->bus);
    intake_conf_free(s->intake);
    arena_free(s->arena);
    json_decref(s->sent);
    conf_free(s->conf);
}

/* cmd_send - [--watch] */
int cmd_send(int argc, char **argv)
{
    struct sender s = {.as = CMD_KIND_MAX};
    bool watch = false;
    const char *as = NULL, *seconds = "300";
    const struct cmd_option options[] = {{"--json", &s.json, NULL},
                                         {"--watch", &watch, NULL},
                                         {"--as", NULL, &as},
                                         {"--for", NULL, &seconds},
                                         {NULL, NULL, NULL}};
    int n = cmd_options(argc, argv, options), code;
    int64_t limit;

    if (n < 1 || !str_to_i64(seconds, &limit) ||
        (as && (s.as = cmd_kind_by_name(as)) == CMD_KIND_MAX))
        return cmd_usage("send");
    code = open_sender(&s);
    if (code == 0)
        code = cmd_files(n, argv + 1, on_file, &s);
    if (watch && code < EXIT_USAGE && json_object_size(s.sent))
        code = cmd_worse(code, follow(&s, limit * 1000));
    close_sender(&s);
    return code;
}
