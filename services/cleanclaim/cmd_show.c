/* cmd_show.c - cleanclaim show CLAIM: its whole life, gathered from the topics in the order of time
 */
#include "services/cleanclaim/live.h"
#include "services/cleanclaim/price_out.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/date.h"
#include "common/codes/codes.h"

struct story {
    const char *claim;
    char encounter[64];
    json_t *lines; /* array of {"at_ms", "what", …} */
    bool phi;
};

/* add - one line of the story; takes the reference */
static void add(struct story *s, int64_t at_ms, const char *what, json_t *o)
{
    char at[TIME_TEXT];

    json_object_set_new(o, "what", json_string(what));
    json_object_set_new(o, "at", json_string(time_text(at_ms, at)));
    json_object_set_new(o, "at_ms", json_integer(at_ms));
    json_array_append_new(s->lines, o);
}

/* rules_json - id, authority and table edition of each */
static json_t *rules_json(CcRuleHit **rules, size_t n)
{
    json_t *list = json_array();

    for (size_t i = 0; i < n; i++) {
        json_t *o =
            json_pack("{s:s, s:s}", "rule", rules[i]->rule, "authority", rules[i]->authority);

        if (*rules[i]->table)
            json_object_set_new(o, "table",
                                json_sprintf("%s@%s", rules[i]->table, rules[i]->edition));
        json_array_append_new(list, o);
    }
    return list;
}

/* evidence_json - where in the record; the words only with --phi */
static json_t *evidence_json(const struct story *s, const CcCodeAssignment *a)
{
    json_t *list = json_array();

    for (size_t i = 0; i < a->n_evidence; i++) {
        json_t *o = json_pack("{s:s}", "ref", a->evidence[i]->ref);

        if (*a->evidence[i]->role) {
            char at[TIME_TEXT];

            json_object_set_new(o, "question", json_string(a->evidence[i]->event_id));
            json_object_set_new(o, "role", json_string(a->evidence[i]->role));
            json_object_set_new(o, "at", json_string(time_text(a->evidence[i]->at_ms, at)));
        }
        if (*a->evidence[i]->encounter)
            json_object_set_new(o, "encounter", json_string(a->evidence[i]->encounter));
        if (s->phi && *a->evidence[i]->text)
            json_object_set_new(o, "text", json_string(a->evidence[i]->text));
        json_array_append_new(list, o);
    }
    return list;
}

/* code_json - a code, why, and from where */
static json_t *code_json(const struct story *s, const CcCodeAssignment *a)
{
    char system[EVENT_WORD], origin[EVENT_WORD];
    json_t *o;

    event_word(&cc_code_system__descriptor, a->code ? (int)a->code->system : 0, false, system);
    event_word(&cc_origin__descriptor, (int)a->origin, false, origin);
    o = json_pack("{s:s, s:o, s:s}", "system", system, "code",
                  cmd_json_code(system, a->code ? a->code->code : ""), "origin", origin);
    json_object_set_new(o, "rules", rules_json(a->rules, a->n_rules));
    json_object_set_new(o, "evidence", evidence_json(s, a));
    return o;
}

/* line_json - a service line */
static json_t *line_json(const struct story *s, const CcServiceLine *l)
{
    json_t *o = l->procedure ? code_json(s, l->procedure) : json_object(),
           *modifiers = json_array();

    for (size_t i = 0; i < l->n_modifiers; i++)
        json_array_append_new(modifiers, json_string(l->modifiers[i]));
    json_object_set_new(o, "line", json_integer(l->number));
    json_object_set_new(o, "modifiers", modifiers);
    json_object_set_new(o, "revenue", cmd_json_text(l->revenue));
    json_object_set_new(o, "units_milli", json_integer(l->units_milli));
    json_object_set_new(o, "charge_cents", json_integer(l->charge_cents));
    json_object_set_new(o, "date", cmd_json_date(l->from_date));
    json_object_set_new(o, "line_rules", rules_json(l->rules, l->n_rules));
    return o;
}

/* changes_json - what is billed otherwise than before */
static json_t *changes_json(const CcClaim *c)
{
    json_t *list = json_array();

    for (size_t i = 0; i < c->n_changes; i++) {
        const CcClaimChange *x = c->changes[i];

        json_array_append_new(list, json_pack("{s:s, s:s, s:o, s:I, s:I}", "what", x->what,
                                              "action", x->action, "code", cmd_json_text(x->code),
                                              "before_cents", (json_int_t)x->before_cents,
                                              "after_cents", (json_int_t)x->after_cents));
    }
    return list;
}

/* on_coded - what the coder decided */
static int on_coded(void *arg, const struct bus_message *raw, const ProtobufCMessage *m)
{
    struct story *s = arg;
    const CcClaim *c = (const CcClaim *)m;
    json_t *dx, *px, *lines;

    if (strcmp(c->claim_id, s->claim) != 0)
        return 0;
    dx = json_array();
    px = json_array();
    lines = json_array();
    str_copy(s->encounter, sizeof(s->encounter), c->encounter);
    for (size_t i = 0; i < c->n_diagnoses; i++)
        if (c->diagnoses[i]->assignment)
            json_array_append_new(dx, code_json(s, c->diagnoses[i]->assignment));
    for (size_t i = 0; i < c->n_procedures; i++)
        if (c->procedures[i]->assignment)
            json_array_append_new(px, code_json(s, c->procedures[i]->assignment));
    for (size_t i = 0; i < c->n_lines; i++)
        json_array_append_new(lines, line_json(s, c->lines[i]));
    add(s, raw->headers.ce_time_ms, "coded",
        json_pack("{s:i, s:I, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o}", "version", (int)c->version,
                  "charge_cents", (json_int_t)c->charge_cents, "encounter", c->encounter,
                  "frequency", c->frequency, "original_reference",
                  cmd_json_text(c->original_reference), "diagnoses", dx, "procedures", px, "lines",
                  lines, "changes", changes_json(c), "drg_result", live_drg_json(c->drg_result)));
    return 0;
}

/* on_clean - what its payer is expected to allow */
static int on_clean(void *arg, const struct bus_message *raw, const ProtobufCMessage *m)
{
    struct story *s = arg;
    const CcClaim *c = (const CcClaim *)m;
    json_t *o;

    if (strcmp(c->claim_id, s->claim) != 0 || !c->expected)
        return 0;
    o = price_json(c->expected);
    json_object_set_new(o, "version", json_integer(c->version));
    add(s, raw->headers.ce_time_ms, "expected", o);
    return 0;
}

/* on_status - a step of its life, or a word on its encounter: what it waits for */
static int on_status(void *arg, const struct bus_message *raw, const ProtobufCMessage *m)
{
    struct story *s = arg;
    const CcClaimStatus *status = (const CcClaimStatus *)m;

    (void)raw;
    if (strcmp(status->claim_id, s->claim) == 0 ||
        (!*status->claim_id && *s->encounter && strcmp(status->encounter, s->encounter) == 0))
        add(s, status->at_ms, "status", live_status_json(status));
    return 0;
}

/* on_review - a question to a person */
static int on_review(void *arg, const struct bus_message *raw, const ProtobufCMessage *m)
{
    struct story *s = arg;
    const CcReviewItem *r = (const CcReviewItem *)m;

    (void)raw;
    if (strcmp(r->claim_id, s->claim) != 0 &&
        (!*s->encounter || strcmp(r->encounter, s->encounter) != 0))
        return 0;
    add(s, r->created_ms, "review",
        json_pack("{s:s, s:s, s:s, s:s, s:s, s:I, s:o}", "review", r->review_id, "stage", r->stage,
                  "reason", r->reason, "question", r->question, "fix", r->fix, "at_stake_cents",
                  (json_int_t)r->at_stake_cents, "drg_result", live_drg_json(r->drg_result)));
    return 0;
}

/* on_remittance - what was paid, line by line */
static int on_remittance(void *arg, const struct bus_message *raw, const ProtobufCMessage *m)
{
    struct story *s = arg;
    const CcRemittance *r = (const CcRemittance *)m;

    if (strcmp(r->claim_id, s->claim) == 0)
        add(s, r->at_ms ? r->at_ms : raw->headers.ce_time_ms, "payment", live_payment_json(r));
    return 0;
}

/* on_encounter - the events it was made of */
static int on_encounter(void *arg, const struct bus_message *raw, const ProtobufCMessage *m)
{
    struct story *s = arg;
    const CcEncounter *e = (const CcEncounter *)m;
    char kind[EVENT_WORD];

    if (!*s->encounter || strcmp(e->encounter, s->encounter) != 0)
        return 0;
    add(s, e->received_ms ? e->received_ms : raw->headers.ce_time_ms, "event",
        json_pack("{s:s, s:s, s:s, s:s, s:s}", "event",
                  event_word(&cc_event_kind__descriptor, (int)e->event, false, kind), "format",
                  e->format, "type", e->type, "event_id", e->event_id, "encounter", e->encounter));
    return 0;
}

/* by_time - for qsort over the lines */
static int by_time(const void *a, const void *b)
{
    json_int_t x = json_integer_value(json_object_get(*(json_t *const *)a, "at_ms"));
    json_int_t y = json_integer_value(json_object_get(*(json_t *const *)b, "at_ms"));

    return (x > y) - (x < y);
}

/* print_codes - a list of codes for people */
static void print_codes(const char *head, const json_t *codes)
{
    size_t i, k;
    json_t *c, *r;

    json_array_foreach(codes, i, c)
    {
        const char *code = json_string_value(json_object_get(c, "code"));

        printf("%30s%s %s", "", i ? "    " : head,
               code ? code : json_string_value(json_object_get(c, "revenue")));
        json_array_foreach(json_object_get(c, "evidence"), k, r)
        {
            const char *other = json_string_value(json_object_get(r, "encounter"));

            printf("  from %s%s%s", json_string_value(json_object_get(r, "ref")),
                   other ? " of " : "", other ? other : "");
        }
        json_array_foreach(json_object_get(c, "rules"), k, r)
        {
            const char *table = json_string_value(json_object_get(r, "table"));

            printf("  %s%s%s", json_string_value(json_object_get(r, "rule")), table ? " " : "",
                   table ? table : "");
        }
        putchar('\n');
    }
}

/* text_of - a member for people */
static const char *text_of(const json_t *o, const char *key)
{
    const char *t = json_string_value(json_object_get(o, key));

    return t ? t : "";
}

/* print_change - "line 87880 added: 60.00", "total changed: 310.00, now 370.00" */
static void print_change(const json_t *c, bool first)
{
    char before[32], after[32];
    json_int_t was = json_integer_value(json_object_get(c, "before_cents"));
    json_int_t now = json_integer_value(json_object_get(c, "after_cents"));
    const char *code = text_of(c, "code");

    printf("%26s%-9s%s%s%s %s", "", first ? "changed" : "", text_of(c, "what"), *code ? " " : "",
           code, text_of(c, "action"));
    if (was && now)
        printf(": %s, now %s", live_dollars(was, before), live_dollars(now, after));
    else if (was || now)
        printf(": %s", live_dollars(was + now, after));
    putchar('\n');
}

/* print_version - and what it is to the payer, with the payer's number of what it corrects */
static void print_version(const json_t *o)
{
    static const char *const names[][2] = {
        {"5", "late charges alone"}, {"7", "a replacement"}, {"8", "a void"}, {NULL, NULL}};
    const char *frequency = text_of(o, "frequency"), *of = text_of(o, "original_reference");

    printf("%-13s version %lld", text_of(o, "what"),
           (long long)json_integer_value(json_object_get(o, "version")));
    for (size_t i = 0; names[i][0]; i++)
        if (strcmp(names[i][0], frequency) == 0)
            printf(", %s (%s)", names[i][1], frequency);
    printf("%s%s\n", *of ? " of the payer's " : "", of);
}

/* print_line - one line of the story for people */
static void print_line(const json_t *o)
{
    const char *what = text_of(o, "what");
    json_t *change;
    size_t i;

    printf("%-24s  ", text_of(o, "at"));
    if (strcmp(what, "status") == 0)
        printf("%-13s %s (%s) %s %s\n", text_of(o, "state"), text_of(o, "event"),
               text_of(o, "step"), text_of(o, "file"), text_of(o, "reason"));
    else if (strcmp(what, "event") == 0)
        printf("event         %s %s\n", text_of(o, "type"), text_of(o, "event"));
    else if (strcmp(what, "review") == 0)
        printf("review        %s: %s %s\n", text_of(o, "reason"), text_of(o, "question"),
               text_of(o, "fix"));
    else if (strcmp(what, "payment") == 0)
        live_print_payment(o);
    else if (strcmp(what, "expected") == 0)
        price_print(o, "");
    else
        print_version(o);
    print_codes("dx  ", json_object_get(o, "diagnoses"));
    print_codes("px  ", json_object_get(o, "procedures"));
    print_codes("line", json_object_get(o, "lines"));
    json_array_foreach(json_object_get(o, "changes"), i, change) print_change(change, i == 0);
    live_print_drg(json_object_get(o, "drg_result"), "                              ");
}

/* print_story - in the order of time */
static void print_story(const struct story *s, bool json)
{
    size_t n = json_array_size(s->lines);
    json_t **sorted = calloc(n + 1, sizeof(*sorted));

    for (size_t i = 0; sorted && i < n; i++)
        sorted[i] = json_array_get(s->lines, i);
    if (sorted)
        qsort(sorted, n, sizeof(*sorted), by_time);
    for (size_t i = 0; sorted && i < n; i++) {
        if (json)
            cmd_json(json_incref(sorted[i]));
        else
            print_line(sorted[i]);
    }
    free(sorted);
}

/* gather - every topic that can say something of the claim; the coded claim first, since it names
 * the encounter */
static int gather(const struct conf *c, struct story *s)
{
    static const struct {
        enum topic topic;
        live_fn fn;
    } rows[] = {{TOPIC_CLAIMS_CODED, on_coded}, {TOPIC_ENCOUNTERS, on_encounter},
                {TOPIC_CLAIMS_CLEAN, on_clean}, {TOPIC_CLAIMS_STATUS, on_status},
                {TOPIC_WORK_REVIEW, on_review}, {TOPIC_REMITTANCES, on_remittance}};
    int code = 0;

    for (size_t i = 0; code == 0 && i < sizeof(rows) / sizeof(rows[0]); i++)
        code = live_each(c, rows[i].topic, 0, false, rows[i].fn, s);
    return code;
}

/* cmd_show - one claim's story */
int cmd_show(int argc, char **argv)
{
    struct story s = {0};
    bool json = false;
    const struct cmd_option options[] = {
        {"--json", &json, NULL}, {"--phi", &s.phi, NULL}, {NULL, NULL, NULL}};
    struct conf *c;
    int code;

    if (cmd_options(argc, argv, options) != 1)
        return cmd_usage("show");
    c = live_conf();
    if (!c)
        return EXIT_USAGE;
    s.claim = argv[1];
    /* an encounter that has no claim yet is shown by its own id */
    str_copy(s.encounter, sizeof(s.encounter), argv[1][0] == 'E' ? argv[1] : "");
    s.lines = json_array();
    code = gather(c, &s);
    print_story(&s, json);
    if (code == 0 && json_array_size(s.lines) == 0) {
        fprintf(stderr, "error: nothing is known of a claim of this id\n");
        code = EXIT_FOUND;
    }
    json_decref(s.lines);
    conf_free(c);
    return code;
}
