/* http.c - POST /fhir: a Bundle or resource in, what became of each entry out; POST /x12: an 837
 * in, what became of each claim out (../x12/answer.c)
 *
 * 200 (Bundle) or 201 (resource) only after the broker holds every event; 4xx with an
 * OperationOutcome that names the path; 503 when the broker is away: send again. Answers hold no
 * patient data: paths, rules and our own ids only. */
#include "services/intake/fhir/fhir.h"
#include "services/intake/publish.h"

#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/sys/log.h"
#include "common/sys/clock.h"
#include "common/sys/metric.h"
#include "services/intake/fhir/door.h"
#include "services/intake/x12/answer.h"

enum { ARENA_PER_BYTE = 24, ARENA_BASE = 4 << 20, AWAY_S = 5 };

static const char FHIR_JSON[] = "application/fhir+json; charset=utf-8";

struct intake_http {
    struct MHD_Daemon *daemon;
    struct door *door;
    const struct intake_conf *conf;
    const struct intake_out *out;
};

/* A request that is being received. */
struct request {
    struct buf body;
    bool x12, too_large;
};

/* issue - one line of an OperationOutcome */
static json_t *issue(const char *severity, const char *code, const char *path, const char *text)
{
    json_t *i =
        json_pack("{s:s, s:s, s:s}", "severity", severity, "code", code, "diagnostics", text);

    if (*path)
        json_object_set_new(i, "expression", json_pack("[s]", path));
    return i;
}

/* outcome - an OperationOutcome with one issue */
static json_t *outcome(const char *severity, const char *code, const char *path, const char *text)
{
    return json_pack("{s:s, s:[o]}", "resourceType", "OperationOutcome", "issue",
                     issue(severity, code, path, text));
}

/* problems - every problem of every event as an issue; our severities as FHIR's */
static json_t *problems(const struct intake_result *r)
{
    json_t *issues = json_array();

    for (size_t i = 0; i < r->n; i++)
        for (size_t k = 0; k < r->events[i]->n_problems; k++) {
            const CcIntakeProblem *p = r->events[i]->problems[k];
            bool refused = strcmp(p->severity, "refused") == 0;

            json_array_append_new(issues,
                                  issue(refused ? "error" : "warning",
                                        refused ? "invalid" : "informational", p->ref, p->message));
        }
    return json_pack("{s:s, s:o}", "resourceType", "OperationOutcome", "issue", issues);
}

/* entry_response - what became of one entry */
static json_t *entry_response(const struct fhir *f, const struct fhir_entry *e)
{
    char text[160];

    if (!e->resource)
        return json_pack("{s:{s:s}}", "response", "status", "204 No Content");
    if (e->duplicate || (!e->taken && !fhir_reads(f, e->type))) {
        snprintf(text, sizeof(text), "seen, not used: %s",
                 note_why_word(e->duplicate ? NOTE_DUPLICATE : fhir_row(e->type)->why));
        return json_pack("{s:{s:s, s:o}}", "response", "status", "200 OK", "outcome",
                         outcome("information", "informational", "", text));
    }
    snprintf(text, sizeof(text), "part of event %s", e->event->event_id);
    return json_pack("{s:{s:s, s:s, s:o}}", "response", "status", "201 Created", "location", e->ref,
                     "outcome", outcome("information", "informational", "", text));
}

/* accepted - a Bundle is answered entry by entry, a resource with an outcome */
static json_t *accepted(const struct fhir *f)
{
    json_t *entries;

    if (strcmp(js_text(f->root, "resourceType"), "Bundle") != 0)
        return f->out->events[0]->n_problems ? problems(f->out)
                                             : outcome("information", "informational", "", "taken");
    entries = json_array();
    for (size_t i = 0; i < f->n; i++)
        json_array_append_new(entries, entry_response(f, &f->entries[i]));
    return json_pack("{s:s, s:s, s:o}", "resourceType", "Bundle", "type",
                     strcmp(js_text(f->root, "type"), "batch") == 0 ? "batch-response"
                                                                    : "transaction-response",
                     "entry", entries);
}

/* answer_as - status and JSON body of this media type, retry_s > 0: when to come again; takes the
 * reference */
static enum MHD_Result answer_as(struct MHD_Connection *c, unsigned status, json_t *body,
                                 const char *type, int retry_s)
{
    char seconds[16];
    char *text = json_dumps(body, JSON_COMPACT);
    struct MHD_Response *r =
        MHD_create_response_from_buffer(text ? strlen(text) : 0, text, MHD_RESPMEM_MUST_FREE);
    enum MHD_Result result;

    json_decref(body);
    MHD_add_response_header(r, "Content-Type", type);
    snprintf(seconds, sizeof(seconds), "%d", retry_s);
    if (retry_s)
        MHD_add_response_header(r, "Retry-After", seconds);
    if (status == MHD_HTTP_UNAUTHORIZED)
        MHD_add_response_header(r, "WWW-Authenticate", "Bearer error=\"invalid_token\"");
    if (status == MHD_HTTP_METHOD_NOT_ALLOWED)
        MHD_add_response_header(r, "Allow", "POST"); /* RFC 9110 15.5.6 */
    result = MHD_queue_response(c, status, r);
    MHD_destroy_response(r);
    metric_add(
        metric_get(METRIC_INTAKE_HTTP, status < 400 ? "result=\"taken\"" : "result=\"refused\""),
        1);
    return result;
}

/* answer - a FHIR resource */
static enum MHD_Result answer(struct MHD_Connection *c, unsigned status, json_t *body)
{
    return answer_as(c, status, body, FHIR_JSON,
                     status == MHD_HTTP_SERVICE_UNAVAILABLE ? AWAY_S : 0);
}

/* answer_x12 - what became of claims */
static enum MHD_Result answer_x12(struct MHD_Connection *c, unsigned status, json_t *body)
{
    return answer_as(c, status, body, "application/json",
                     status == MHD_HTTP_SERVICE_UNAVAILABLE ? AWAY_S : 0);
}

/* answer_refused - why, then the message is kept */
static enum MHD_Result answer_refused(const struct intake_http *h, struct MHD_Connection *c,
                                      const struct intake_result *r)
{
    enum MHD_Result sent = answer(c, (unsigned)strtoul(r->ack, NULL, 10), problems(r));

    refuse(h->out, r);
    return sent;
}

/* no_memory - of ours, not of the message: send again */
static enum MHD_Result no_memory(struct MHD_Connection *c, bool x12)
{
    if (x12)
        return answer_x12(c, MHD_HTTP_SERVICE_UNAVAILABLE,
                          x12_answer_refused("transient", "out of memory"));
    return answer(c, MHD_HTTP_SERVICE_UNAVAILABLE,
                  outcome("error", "transient", "", "out of memory"));
}

/* input_of - a request that is whole */
static struct intake_input input_of(struct MHD_Connection *c, const struct buf *body)
{
    return (struct intake_input){
        .source = "fhir",
        .bytes = body->len ? body->data : "",
        .n = body->len,
        .message = 1,
        .received_ms = clock_ms(),
        .traceparent = MHD_lookup_connection_value(c, MHD_HEADER_KIND, "traceparent")};
}

/* take_in - map, publish, then answer */
static enum MHD_Result take_in(struct intake_http *h, struct MHD_Connection *c,
                               const struct buf *body)
{
    struct arena *a = arena_new(ARENA_BASE + body->len * ARENA_PER_BYTE);
    struct intake_input in = input_of(c, body);
    struct intake_result result;
    struct fhir f = {.conf = h->conf, .in = &in, .a = a, .out = &result};
    struct err e = {0};
    json_t *root = NULL;
    enum MHD_Result sent;

    if (!a || fhir_read(&f, &root, &e) != 0)
        sent = no_memory(c, false);
    else if (result.refused)
        sent = answer_refused(h, c, &result);
    else if (h->out->publish(h->out->arg, a, &result, &e) != 0)
        sent = answer(c, MHD_HTTP_SERVICE_UNAVAILABLE,
                      outcome("error", "transient", "", "the broker does not hold it: send again"));
    else
        sent = answer(c, (unsigned)strtoul(result.ack, NULL, 10), accepted(&f));
    json_decref(root);
    arena_free(a);
    return sent;
}

/* take_x12 - an 837 */
static enum MHD_Result take_x12(struct intake_http *h, struct MHD_Connection *c,
                                const struct buf *body)
{
    const struct intake_input in = input_of(c, body);
    unsigned status;
    json_t *answer = intake_x12_answer(h->conf, h->out, &in, &status);

    return answer_x12(c, status, answer);
}

/* too_large - either way of saying it */
static enum MHD_Result too_large(struct MHD_Connection *c, bool x12)
{
    if (x12)
        return answer_x12(c, MHD_HTTP_CONTENT_TOO_LARGE,
                          x12_answer_refused("size", "the file is over X12_MAX_BYTES"));
    return answer(c, MHD_HTTP_CONTENT_TOO_LARGE,
                  outcome("error", "too-long", "", "the message is over MAX_MESSAGE_BYTES"));
}

/* is_path - with or without a slash at its end */
static bool is_path(const char *url, const char *path)
{
    const size_t n = strlen(path);

    return strncmp(url, path, n) == 0 && (url[n] == '\0' || strcmp(url + n, "/") == 0);
}

/* receive - one more piece of the body; over the limit it is read on and thrown away, so that the
 * answer reaches the sender */
static void receive(const struct intake_http *h, struct request *r, const char *data, size_t n)
{
    if (r->body.len + n > (r->x12 ? h->conf->x12_max_bytes : h->conf->max_bytes)) {
        r->too_large = true;
        buf_wipe(&r->body);
    }
    if (!r->too_large)
        buf_add(&r->body, data, n);
}

/* begin - the headers are here: who is not let in is answered before anything is read */
static enum MHD_Result begin(struct intake_http *h, struct MHD_Connection *c, const char *url,
                             void **state)
{
    struct request *r = calloc(1, sizeof(*r));
    struct door_answer no;

    *state = r;
    if (!r)
        return MHD_NO;
    r->x12 = is_path(url, "/x12");
    no = door_ask(h->door, c);
    if (!no.status)
        return MHD_YES;
    log_event(LOG_WARN, "http_refused", log_i("status", no.status), log_s("why", no.why));
    if (r->x12)
        return answer_as(c, no.status, x12_answer_refused("door", no.why), "application/json",
                         no.retry_s);
    return answer_as(c, no.status, outcome("error", no.retry_s ? "throttled" : "login", "", no.why),
                     FHIR_JSON, no.retry_s);
}

/* on_request - microhttpd's one callback: headers, pieces, end */
static enum MHD_Result on_request(void *arg, struct MHD_Connection *c, const char *url,
                                  const char *method, const char *version, const char *data,
                                  size_t *n, void **state)
{
    struct request *r = *state;

    (void)version;
    if (!r)
        return begin(arg, c, url, state);
    if (*n) {
        receive(arg, r, data, *n);
        *n = 0;
        return MHD_YES;
    }
    door_turn(((struct intake_http *)arg)->door, c);
    if (!r->x12 && !is_path(url, "/fhir"))
        return answer(
            c, MHD_HTTP_NOT_FOUND,
            outcome("error", "not-found", "", "POST /fhir and POST /x12 are all there is"));
    if (strcmp(method, "POST") != 0)
        return answer(c, MHD_HTTP_METHOD_NOT_ALLOWED,
                      outcome("error", "not-supported", "", "POST is wanted"));
    if (r->too_large)
        return too_large(c, r->x12);
    if (r->body.failed)
        return no_memory(c, r->x12);
    return r->x12 ? take_x12(arg, c, &r->body) : take_in(arg, c, &r->body);
}

/* on_end - the request is over, however it ended */
static void on_end(void *arg, struct MHD_Connection *c, void **state,
                   enum MHD_RequestTerminationCode why)
{
    struct request *r = *state;

    (void)why;
    door_turn(((struct intake_http *)arg)->door, c);
    if (r)
        buf_wipe(&r->body);
    free(r);
    *state = NULL;
}

/* intake_http_start - the listener and its threads */
int intake_http_start(const struct conf *c, const struct intake_conf *conf,
                      const struct intake_out *out, struct intake_http **http, struct err *e)
{
    struct intake_http *h = calloc(1, sizeof(*h));
    const union MHD_DaemonInfo *info;

    if (!h)
        return err_set(e, ERR_FATAL, "memory", "out of memory");
    h->conf = conf;
    h->out = out;
    if (door_open(c, &h->door, e) == 0)
        h->daemon = door_listen(h->door, c, on_request, on_end, h, e);
    if (!h->daemon) {
        door_close(h->door);
        free(h);
        return -1;
    }
    info = MHD_get_daemon_info(h->daemon, MHD_DAEMON_INFO_BIND_PORT);
    log_event(LOG_INFO, "fhir_listening", log_i("port", info->port));
    *http = h;
    return 0;
}

/* intake_http_stop - requests in hand are finished first */
void intake_http_stop(struct intake_http *h)
{
    if (!h)
        return;
    MHD_stop_daemon(h->daemon);
    door_close(h->door);
    free(h);
}
