/* cmd_send.c - cleanclaim send FILE…: through the intake's own reading, straight to `encounters`;
 * an 837's claims to `claims.coded` */
#include "services/cleanclaim/live.h"

#include <inttypes.h>
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
    int64_t begun_ms;
    json_t *shown; /* places of the steps that were printed */
    json_t *sent;  /* ids of encounters, and of claims that came as such: set */
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

/* report_claim - what became of one of an 837 */
static void report_claim(const struct sender *s, const char *source, size_t number, unsigned status,
                         json_t *claim)
{
    const char *id = json_string_value(json_object_get(claim, "claim"));
    const char *result = json_string_value(json_object_get(claim, "result"));
    const char *why = json_string_value(json_object_get(claim, "message"));
    char ack[16];

    snprintf(ack, sizeof(ack), "%u", id ? status : 422u);
    if (s->json)
        cmd_json(json_pack("{s:s, s:i, s:s, s:i, s:[], s:O, s:O, s:s, s:s}", "source", source,
                           "message", (int)number, "ack", ack, "events", id ? 1 : 0, "encounters",
                           "claim", json_object_get(claim, "claim"), "account",
                           json_object_get(claim, "account"), "result", result, "problem",
                           why ? why : ""));
    else
        printf("%s claim %zu: %s %s %s\n", source, number, id ? id : "-", result, why ? why : "");
}

/* send_x12 - the claims of an 837 */
static int send_x12(struct sender *s, const struct cmd_file *f)
{
    const struct intake_out out = {.arg = s->bus, .claims = live_claims};
    const struct intake_input in = {.bytes = f->data, .n = f->size, .received_ms = clock_ms()};
    unsigned status;
    size_t i;
    json_t *claim, *answer = intake_x12_answer(s->intake, &out, &in, &status);
    struct err e;

    if (status == 503) {
        json_decref(answer);
        err_set(&e, ERR_RETRY, "broker", "%s: the broker does not hold all claims: send again",
                f->name);
        return cmd_fail(&e);
    }
    json_array_foreach(json_object_get(answer, "claims"), i, claim)
    {
        const char *id = json_string_value(json_object_get(claim, "claim"));

        report_claim(s, f->name, i + 1, status, claim);
        if (id)
            json_object_set_new(s->sent, id, json_true());
        else
            s->worst = cmd_worse(s->worst, EXIT_FOUND);
    }
    json_decref(answer);
    return s->worst;
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

    if (kind == CMD_X12)
        return send_x12(s, f);
    if (!each) {
        fprintf(stderr, "error: %s: HL7 v2, FHIR or an 837 is wanted\n", f->name);
        return EXIT_FOUND;
    }
    return each(s->intake, s->arena, &in, on_message, s, &e) == 0 ? s->worst : cmd_fail(&e);
}

/* sent_as - what was sent, as it is kept: encounter or claim; NULL: nothing of ours */
static const char *sent_as(const struct sender *s, const char *encounter, const char *claim)
{
    if (encounter && json_object_get(s->sent, encounter))
        return encounter;
    return claim && json_object_get(s->sent, claim) ? claim : NULL;
}

/* is_shown - was this record printed before? It is now */
static bool is_shown(const struct sender *s, const struct bus_message *raw)
{
    char place[48];
    bool shown;

    snprintf(place, sizeof(place), "%d/%" PRId64, (int)raw->partition, raw->offset);
    shown = json_object_get(s->shown, place) != NULL;
    json_object_set_new(s->shown, place, json_true());
    return shown;
}

/* on_status - a step of a claim that we sent, once */
static int on_status(void *arg, const struct bus_message *raw, const ProtobufCMessage *m)
{
    const struct sender *sender = arg;
    const CcClaimStatus *s = (const CcClaimStatus *)m;
    json_t *line = sent_as(sender, s->encounter, s->claim_id) ? live_status_json(s) : NULL;
    const char *state;

    if (!line || is_shown(sender, raw)) {
        json_decref(line);
        return 0;
    }
    state = json_string_value(json_object_get(line, "state"));
    if (sender->json)
        cmd_json(json_incref(line));
    else
        printf("%-20s %-13s %-18s %s\n", s->claim_id, state, s->event, s->reason);
    fflush(stdout);
    json_decref(line);
    return 0;
}

/* all_rest - has every encounter or claim that was sent a claim (or question) at rest, and none
 * moving? */
static bool all_rest(const struct sender *s, const json_t *statuses)
{
    json_t *seen = json_object(), *value;
    const char *key;
    bool rest = true;

    json_object_foreach((json_t *)(uintptr_t)statuses, key, value)
    {
        const char *ours = sent_as(s, json_string_value(json_object_get(value, "encounter")), key);

        if (!ours)
            continue;
        json_object_set_new(seen, ours, json_true());
        rest = rest && live_at_rest(json_string_value(json_object_get(value, "state")));
    }
    rest = rest && json_object_size(seen) == json_object_size(s->sent);
    json_decref(seen);
    return rest;
}

/* follow - prints new steps until everything rests or the time is over; what led to the rest is
 * printed too, since it is read after it */
static int follow(const struct sender *s, int64_t limit_ms)
{
    int64_t end = clock_ms() + limit_ms;
    int code = 0;
    bool rest = false;

    while (code == 0 && !rest && clock_ms() < end) {
        json_t *all = live_statuses(s->conf, &code);

        rest = code == 0 && all_rest(s, all);
        json_decref(all);
        if (code == 0)
            code = live_each(s->conf, TOPIC_CLAIMS_STATUS, s->begun_ms, false, on_status,
                             (void *)(uintptr_t)s);
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
    s->shown = json_object();
    s->begun_ms = clock_ms();
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
    json_decref(s->shown);
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

    if (n < 1 || !str_to_i64(seconds, &limit) || !cmd_kind_given(as, &s.as))
        return cmd_usage("send");
    code = open_sender(&s);
    if (code == 0)
        code = cmd_files(n, argv + 1, on_file, &s);
    if (watch && code < EXIT_USAGE && json_object_size(s.sent))
        code = cmd_worse(code, follow(&s, limit * 1000));
    close_sender(&s);
    return code;
}
