/* answer.c - POST /x12: claims to the broker, some hundred at a time, and what became of each */
#include "services/intake/x12/answer.h"

#include "common/claim/read837.h"
#include "common/sys/metric.h"

enum { BATCH = 256, CLAIM_BYTES = 1 << 17, BATCH_BYTES = BATCH * CLAIM_BYTES };

/* A request at work. */
struct taking {
    const struct intake_out *out;
    const char *traceparent;
    struct arena *a; /* of the batch */
    struct intake_claim *list[BATCH];
    json_t *said[BATCH]; /* their places in `claims` */
    size_t n;
    json_t *claims;
    unsigned taken, repeated, refused;
};

/* count - how many of a kind */
static void count(const char *label, unsigned n)
{
    metric_add(metric_get(METRIC_INTAKE_CLAIMS, label), n);
}

/* say - one claim's line of the answer */
static json_t *say(struct taking *t, const struct intake_claim *c)
{
    json_t *o = json_object();

    json_object_set_new(o, "claim", c->claim ? json_string(c->claim->claim_id) : json_null());
    json_object_set_new(o, "account", c->account[0] ? json_string(c->account) : json_null());
    json_object_set_new(o, "segment", c->segment ? json_integer(c->segment) : json_null());
    json_object_set_new(o, "version", c->claim ? json_integer(c->claim->version) : json_null());
    json_object_set_new(o, "result", json_string(c->claim ? "taken" : "refused"));
    json_object_set_new(o, "code", c->claim ? json_null() : json_string(c->code));
    json_object_set_new(o, "message", c->claim ? json_null() : json_string(c->why));
    json_array_append_new(t->claims, o);
    return o;
}

/* flush - the batch is with the broker, or nothing of it may be assumed to be */
static int flush(struct taking *t, struct err *e)
{
    const size_t n = t->n;

    if (n == 0)
        return 0;
    t->n = 0;
    if (t->out->claims(t->out->arg, t->a, t->list, n, e) != 0)
        return -1;
    for (size_t i = 0; i < n; i++) {
        t->taken += !t->list[i]->repeated;
        t->repeated += t->list[i]->repeated;
        if (t->list[i]->repeated)
            json_object_set_new(t->said[i], "result", json_string("repeated"));
    }
    arena_reset(t->a);
    return 0;
}

/* keep - a copy that lives until the batch is sent; NULL: no room */
static struct intake_claim *keep(struct taking *t, const struct intake_claim *c)
{
    struct intake_claim *k = arena_memdup(t->a, c, sizeof(*c));

    if (!k)
        return NULL;
    k->claim = event_copy(t->a, &c->claim->base);
    k->key = arena_strdup(t->a, c->key);
    k->event_id = arena_strdup(t->a, c->event_id);
    k->traceparent = t->traceparent;
    return arena_exhausted(t->a) ? NULL : k;
}

/* on_claim - into the batch; a full one is sent first */
static int on_claim(void *arg, struct arena *a, struct intake_claim *c, struct err *e)
{
    struct taking *t = arg;
    json_t *said = say(t, c);

    (void)a;
    if (!c->claim) {
        t->refused++;
        return 0;
    }
    if (c->repeated) {
        t->repeated++;
        json_object_set_new(said, "result", json_string("repeated"));
        return 0;
    }
    if ((t->n == BATCH || arena_used(t->a) > BATCH_BYTES / 2) && flush(t, e) != 0)
        return -1;
    t->list[t->n] = keep(t, c);
    if (!t->list[t->n])
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    t->said[t->n++] = said;
    return 0;
}

/* x12_answer_refused - see answer.h */
json_t *x12_answer_refused(const char *code, const char *why)
{
    return json_pack("{s:i, s:i, s:i, s:[], s:{s:s, s:s}}", "taken", 0, "repeated", 0, "refused", 0,
                     "claims", "error", "code", code, "message", why);
}

/* status_of - of a file that was read to its end */
static unsigned status_of(const struct taking *t)
{
    const bool some = t->taken + t->repeated > 0;

    if (some)
        return t->refused + t->repeated ? 200 : 201;
    for (size_t i = 0; i < json_array_size(t->claims); i++)
        if (!json_is_null(json_object_get(json_array_get(t->claims, i), "account")))
            return 422;
    return 400;
}

/* intake_x12_answer - see intake.h */
json_t *intake_x12_answer(const struct intake_conf *conf, const struct intake_out *out,
                          const struct intake_input *in, unsigned *status)
{
    const struct claim_input file = {.data = in->bytes, .n = in->n};
    struct taking t = {
        .out = out, .traceparent = in->traceparent, .a = arena_new(BATCH_BYTES + EVENT_MAX_BYTES)};
    struct err e = {0};
    json_t *body;

    t.claims = json_array();
    *status = 503;
    if (t.a && intake_x12_each(conf, &file, in->received_ms, on_claim, &t, &e) == 0 &&
        flush(&t, &e) == 0)
        *status = status_of(&t);
    arena_free(t.a);
    if (*status == 503) {
        json_decref(t.claims);
        return x12_answer_refused("transient", "the broker does not hold all claims: send again");
    }
    count("result=\"taken\"", t.taken);
    count("result=\"repeated\"", t.repeated);
    count("result=\"refused\"", t.refused);
    body = json_pack("{s:i, s:i, s:i, s:o}", "taken", (int)t.taken, "repeated", (int)t.repeated,
                     "refused", (int)t.refused, "claims", t.claims);
    return body;
}
