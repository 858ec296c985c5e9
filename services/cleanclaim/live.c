/* live.c - the running system's topics, read once or followed */
#include "services/cleanclaim/live.h"

#include <stdio.h>
#include <string.h>

#include "common/base/date.h"

enum { ARENA_LIMIT = 256 << 20 };

/* live_conf - the bus's rows */
struct conf *live_conf(void)
{
    const struct conf_row *const rows[] = {bus_settings, NULL};

    return cmd_conf(rows);
}

struct each {
    const ProtobufCMessageDescriptor *descriptor;
    struct arena *arena;
    live_fn fn;
    void *arg;
};

/* unpack_one - bus_scan's callback (NULL: nothing came for a while); what cannot be unpacked
 * belongs to `dead`, not here */
static int unpack_one(void *arg, const struct bus_message *m)
{
    struct each *x = arg;
    ProtobufCMessage *message;
    struct err e = {0};

    if (!m || !m->value)
        return 0;
    arena_reset(x->arena);
    if (event_unpack(x->arena, x->descriptor, m->value, m->value_len, &message, &e) != 0)
        return 0;
    return x->fn(x->arg, m, message);
}

/* done - the reader's answer as an exit code */
static int done(struct each *x, int r, const struct err *e)
{
    arena_free(x->arena);
    return r < 0 ? cmd_worse(EXIT_GONE, cmd_fail(e)) : 0;
}

/* live_each - every message of a topic */
int live_each(const struct conf *c, enum topic t, int64_t from_ms, bool follow, live_fn fn,
              void *arg)
{
    struct each x = {topic_row(t)->message, arena_new(ARENA_LIMIT), fn, arg};
    struct err e = {0};
    int r = x.arena ? bus_scan(c, t, false, from_ms, follow, unpack_one, &x, &e) : -1;

    return done(&x, r, &e);
}

/* live_look - one message of a topic */
int live_look(const struct conf *c, enum topic t, const CcPlace *place, live_fn fn, void *arg)
{
    struct each x = {topic_row(t)->message, arena_new(ARENA_LIMIT), fn, arg};
    struct err e = {0};
    int r = x.arena ? bus_look(c, t, place->partition, place->offset, unpack_one, &x, &e) : -1;

    return done(&x, r, &e);
}

/* state_word - as billing §8.1 writes it */
static const char *state_word(CcClaimState s, char *out)
{
    return event_word(&cc_claim_state__descriptor, (int)s, true, out);
}

/* live_texts - see live.h */
json_t *live_texts(char *const *texts, size_t n)
{
    json_t *list = json_array();

    for (size_t i = 0; i < n; i++)
        json_array_append_new(list, json_string(texts[i]));
    return list;
}

/* put_findings - edit ids of what fired */
static json_t *put_findings(const CcClaimStatus *s)
{
    json_t *list = json_array();
    char word[EVENT_WORD];

    for (size_t i = 0; i < s->n_findings; i++)
        json_array_append_new(list,
                              json_pack("{s:s, s:s, s:s}", "edit", s->findings[i]->edit, "severity",
                                        event_word(&cc_severity__descriptor,
                                                   (int)s->findings[i]->severity, false, word),
                                        "message", s->findings[i]->message));
    return list;
}

/* put_tables - editions it rested on */
static json_t *put_tables(const CcClaimStatus *s)
{
    json_t *list = json_array();

    for (size_t i = 0; i < s->n_tables; i++)
        json_array_append_new(list,
                              json_pack("{s:s, s:s, s:s}", "table", s->tables[i]->table, "edition",
                                        s->tables[i]->edition, "sha256", s->tables[i]->sha256));
    return list;
}

/* put_numbers - where it travelled */
static void put_numbers(json_t *o, const CcClaimStatus *s)
{
    json_object_set_new(o, "file", cmd_json_text(s->interchange));
    json_object_set_new(o, "isa13", cmd_json_text(s->isa13));
    json_object_set_new(o, "gs06", cmd_json_text(s->gs06));
    json_object_set_new(o, "st02", cmd_json_text(s->st02));
    json_object_set_new(o, "bht03", cmd_json_text(s->bht03));
    json_object_set_new(o, "file_sha256", cmd_json_text(s->file_sha256));
    json_object_set_new(o, "payer_claim", cmd_json_text(s->payer_claim));
    json_object_set_new(o, "reply_sha256", cmd_json_text(s->reply_sha256));
}

/* id_of - the claim's, or the encounter's where there is no claim yet */
static const char *id_of(const CcClaimStatus *s)
{
    return *s->claim_id ? s->claim_id : s->encounter;
}

/* live_amount - see live.h */
json_t *live_amount(bool given, int64_t cents)
{
    return given ? json_integer(cents) : json_null();
}

/* live_status_json - one record */
json_t *live_status_json(const CcClaimStatus *s)
{
    char state[EVENT_WORD], kind[EVENT_WORD], at[TIME_TEXT];
    json_t *o =
        json_pack("{s:s, s:i, s:s, s:s, s:s}", "claim", id_of(s), "version", (int)s->version,
                  "state", state_word(s->state, state), "step", s->step, "event", s->event);

    json_object_set_new(o, "reason", cmd_json_text(s->reason));
    json_object_set_new(o, "at", json_string(time_text(s->at_ms, at)));
    json_object_set_new(o, "at_ms", json_integer(s->at_ms));
    json_object_set_new(o, "encounter", cmd_json_text(s->encounter));
    json_object_set_new(o, "account", cmd_json_text(s->account));
    json_object_set_new(o, "patient_key", cmd_json_text(s->patient_key));
    json_object_set_new(
        o, "kind", json_string(event_word(&cc_claim_kind__descriptor, (int)s->kind, false, kind)));
    json_object_set_new(o, "payer", cmd_json_text(s->payer_id));
    json_object_set_new(o, "receiver", cmd_json_text(s->receiver));
    json_object_set_new(o, "charge_cents", json_integer(s->charge_cents));
    json_object_set_new(o, "paid_cents", json_integer(s->paid_cents));
    json_object_set_new(o, "patient_cents", json_integer(s->patient_cents));
    json_object_set_new(o, "expected_cents", live_amount(s->expected_given, s->expected_cents));
    json_object_set_new(o, "allowed_cents", live_amount(s->compared, s->allowed_cents));
    json_object_set_new(o, "variance_cents", live_amount(s->compared, s->variance_cents));
    json_object_set_new(o, "patient_balance_cents", json_integer(s->patient_balance_cents));
    put_numbers(o, s);
    json_object_set_new(o, "codes", live_texts(s->codes, s->n_codes));
    json_object_set_new(o, "findings", put_findings(s));
    json_object_set_new(o, "tables", put_tables(s));
    json_object_set_new(o, "filing_deadline", cmd_json_date(s->filing_deadline_date));
    json_object_set_new(o, "next", cmd_json_text(s->next));
    json_object_set_new(o, "refused", json_boolean(s->refused));
    return o;
}

/* number - a member as an integer */
static int64_t number(const json_t *o, const char *key)
{
    return json_integer_value(json_object_get(o, key));
}

/* live_is_newer - version, then arrival: each step writes of a version after it has read the step
 * before it, whatever their clocks say. What follow refuses keeps the state; it says so of a record
 * that came late ("sent" behind "paid"), which it corrects. */
bool live_is_newer(const json_t *later, const json_t *earlier)
{
    if (number(later, "version") != number(earlier, "version"))
        return number(later, "version") > number(earlier, "version");
    return !json_is_true(json_object_get(later, "refused")) ||
           !json_equal(json_object_get(later, "state"), json_object_get(earlier, "state"));
}

/* keep_newest - into the map */
static int keep_newest(void *arg, const struct bus_message *raw, const ProtobufCMessage *m)
{
    const CcClaimStatus *s = (const CcClaimStatus *)m;
    json_t *map = arg, *now = live_status_json(s), *before = json_object_get(map, id_of(s));

    (void)raw;
    if (!before || live_is_newer(now, before))
        json_object_set(map, id_of(s), now);
    json_decref(now);
    return 0;
}

/* answered - does a claim of the encounter say more than its open question? */
static bool answered(json_t *map, const json_t *question)
{
    const char *key, *encounter = json_string_value(json_object_get(question, "encounter"));
    json_t *s;

    json_object_foreach(map, key, s)
    {
        const char *other = json_string_value(json_object_get(s, "encounter"));

        if (s != question && other && encounter && strcmp(other, encounter) == 0 &&
            number(s, "at_ms") >= number(question, "at_ms"))
            return true;
    }
    return false;
}

/* drop_answered - questions of encounters that have claims by now */
static void drop_answered(json_t *map)
{
    const char *key;
    json_t *s;
    void *next;

    json_object_foreach_safe(map, next, key, s)
    {
        if (strcmp(json_string_value(json_object_get(s, "claim")),
                   json_string_value(json_object_get(s, "encounter"))
                       ? json_string_value(json_object_get(s, "encounter"))
                       : "") == 0 &&
            answered(map, s))
            json_object_del(map, key);
    }
}

/* live_statuses - newest of each */
json_t *live_statuses(const struct conf *c, int *exit_code)
{
    json_t *map = json_object();

    *exit_code = live_each(c, TOPIC_CLAIMS_STATUS, 0, false, keep_newest, map);
    drop_answered(map);
    return map;
}

/* live_at_rest - waits for a person or for nobody */
bool live_at_rest(const char *state)
{
    static const char *const rest[] = {"PAID",     "PARTIAL",  "DENIED",      "HELD",   "REVIEW",
                                       "REJECTED", "CLOSED",   "WRITTEN_OFF", "VOIDED", "REVERSED",
                                       "COB_WAIT", "APPEALED", "PATIENT_DUE", NULL};

    return str_in(state, rest);
}

/* live_dollars - two decimals always */
const char *live_dollars(int64_t cents, char *out)
{
    int64_t whole = cents / 100, part = cents % 100;

    snprintf(out, 32, "%s%lld.%02lld", cents < 0 ? "-" : "",
             (long long)(whole < 0 ? -whole : whole), (long long)(part < 0 ? -part : part));
    return out;
}

/* live_dollars_of - see live.h */
const char *live_dollars_of(const json_t *o, const char *key, char *out)
{
    const json_t *v = json_object_get(o, key);

    if (json_is_integer(v))
        return live_dollars(json_integer_value(v), out);
    snprintf(out, 32, "-");
    return out;
}
