/* cmd_review.c - cleanclaim review list|show|decide: questions that wait for a person
 *
 * A question is one record of work.review and every later one of the same id; the last says whether
 * it is open. What is urgent stands first: by its deadline, then by the money. */
#include "services/cleanclaim/review.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"

enum { QUEUE_LIMIT = 1 << 30 };

/* review_is - as the header has it */
bool review_is(const CcReviewItem *item, const char *id)
{
    return strcmp(item->review_id, id) == 0 || strcmp(item->claim_id, id) == 0 ||
           strcmp(item->encounter, id) == 0;
}

/* review_open - as the header has it */
bool review_open(const CcReviewItem *item)
{
    return strcmp(item->state, "done") != 0;
}

/* later - the later record; one that only closes the question leaves what was asked */
static CcReviewItem *later(CcReviewItem *before, CcReviewItem *item)
{
    if (review_open(item) || item->question[0])
        return item;
    before->state = item->state;
    before->answer = item->answer;
    return before;
}

/* keep - in the place of an earlier record of the question, or a new one; false: out of memory */
static bool keep(struct review_queue *q, CcReviewItem *item)
{
    const json_t *at = json_object_get(q->places, item->review_id);

    if (at) {
        q->items[json_integer_value(at)] = later(q->items[json_integer_value(at)], item);
        return true;
    }
    json_object_set_new(q->places, item->review_id, json_integer((json_int_t)q->n_items));
    return event_push(q->arena, q, items, item);
}

/* on_item - one record; the later one of a question counts */
static int on_item(void *arg, const struct bus_message *raw, const ProtobufCMessage *m)
{
    struct review_queue *q = arg;
    CcReviewItem *copy = event_copy(q->arena, m);

    (void)raw;
    q->full |= !copy || !keep(q, copy);
    return q->full;
}

/* by_urgency - deadline, then money, then age */
static int by_urgency(const void *a, const void *b)
{
    const CcReviewItem *x = *(CcReviewItem *const *)a, *y = *(CcReviewItem *const *)b;
    int32_t due_x = x->due_date ? x->due_date : INT32_MAX,
            due_y = y->due_date ? y->due_date : INT32_MAX;

    if (due_x != due_y)
        return due_x < due_y ? -1 : 1;
    if (x->at_stake_cents != y->at_stake_cents)
        return x->at_stake_cents > y->at_stake_cents ? -1 : 1;
    return x->created_ms < y->created_ms ? -1 : x->created_ms > y->created_ms;
}

/* finding_json - as `validate` writes one, with a person's word on it */
static json_t *finding_json(const CcFinding *f)
{
    char word[EVENT_WORD];
    json_t *codes = json_array();
    json_t *o =
        json_pack("{s:s, s:s, s:o, s:o, s:o, s:s, s:o, s:b}", "edit", f->edit, "severity",
                  event_word(&cc_severity__descriptor, (int)f->severity, false, word), "line",
                  f->line ? json_integer((json_int_t)f->line) : json_null(), "codes", codes,
                  "element", cmd_json_text(f->element), "message", f->message, "fix",
                  cmd_json_text(f->fix), "overridden", (int)f->overridden);

    for (size_t i = 0; i < f->n_codes; i++)
        json_array_append_new(codes, json_string(f->codes[i]));
    json_object_set_new(o, "override_role", cmd_json_text(f->override_role));
    json_object_set_new(o, "override_reason", cmd_json_text(f->override_reason));
    return o;
}

/* takes_json - what a person names with an option */
static json_t *takes_json(const CcReviewOption *o)
{
    json_t *list = json_array();

    for (size_t i = 0; i < o->n_takes; i++)
        json_array_append_new(list, json_string(o->takes[i]));
    return list;
}

/* options_json - what to choose from */
static json_t *options_json(const CcReviewItem *r)
{
    json_t *list = json_array();
    char w[EVENT_WORD];

    for (size_t i = 0; i < r->n_options; i++) {
        const CcReviewOption *o = r->options[i];
        json_t *v = json_pack("{s:s, s:s}", "option", o->id, "text", o->text);
        const char *system =
            o->code ? event_word(&cc_code_system__descriptor, (int)o->code->system, false, w) : "";

        json_object_set_new(v, "code",
                            o->code ? cmd_json_code(system, o->code->code) : json_null());
        json_object_set_new(v, "takes", takes_json(o));
        json_array_append_new(list, v);
    }
    return list;
}

/* evidence_json - where to look; the words themselves are the patient's */
static json_t *evidence_json(const CcReviewItem *r, bool phi)
{
    json_t *list = json_array();

    for (size_t i = 0; i < r->n_evidence; i++) {
        const CcEvidence *ev = r->evidence[i];
        json_t *o = json_pack("{s:s, s:s, s:i, s:i}", "event", ev->event_id, "ref", ev->ref,
                              "start", (int)ev->start, "end", (int)ev->end);

        if (*ev->encounter)
            json_object_set_new(o, "encounter", json_string(ev->encounter));
        if (phi)
            json_object_set_new(o, "text", cmd_json_text(ev->text));
        json_array_append_new(list, o);
    }
    return list;
}

/* rules_json - that asked */
static json_t *rules_json(const CcReviewItem *r)
{
    json_t *list = json_array();

    for (size_t i = 0; i < r->n_rules; i++)
        json_array_append_new(list, json_string(r->rules[i]->rule));
    return list;
}

/* answer_json - who decided what; null: nobody, or the record did */
static json_t *answer_json(const CcReviewAnswer *a)
{
    char at[TIME_TEXT];
    json_t *codes = json_array();

    if (!a) {
        json_decref(codes);
        return json_null();
    }
    for (size_t i = 0; i < a->n_codes; i++)
        json_array_append_new(codes, json_string(a->codes[i]->code));
    return json_pack("{s:s, s:o, s:s, s:s, s:s}", "choice", a->choice, "codes", codes, "role",
                     a->role, "why", a->why, "at", time_text(a->at_ms, at));
}

/* item_json - one question */
static json_t *item_json(const CcReviewItem *r, bool phi)
{
    char at[TIME_TEXT];
    json_t *findings = json_array();
    json_t *o =
        json_pack("{s:s, s:o, s:o, s:i, s:s, s:s, s:s, s:s}", "review", r->review_id, "claim",
                  cmd_json_text(r->claim_id), "encounter", cmd_json_text(r->encounter), "version",
                  (int)r->version, "stage", r->stage, "state", r->state, "reason", r->reason,
                  "question", r->question);

    json_object_set_new(o, "at_stake_cents", json_integer(r->at_stake_cents));
    json_object_set_new(o, "due", cmd_json_date(r->due_date));
    json_object_set_new(o, "created", json_string(time_text(r->created_ms, at)));
    json_object_set_new(o, "account", cmd_json_text(r->account));
    json_object_set_new(o, "payer", cmd_json_text(r->payer_id));
    json_object_set_new(o, "route", cmd_json_text(r->route));
    json_object_set_new(o, "category", cmd_json_text(r->category));
    json_object_set_new(o, "owner", cmd_json_text(r->owner));
    json_object_set_new(o, "action", cmd_json_text(r->action));
    json_object_set_new(o, "proposed_rule", cmd_json_text(r->proposed_rule));
    json_object_set_new(o, "proposed_tests", cmd_json_text(r->proposed_tests));
    json_object_set_new(o, "fix", cmd_json_text(r->fix));
    for (size_t i = 0; i < r->n_findings; i++)
        json_array_append_new(findings, finding_json(r->findings[i]));
    json_object_set_new(o, "findings", findings);
    json_object_set_new(o, "options", options_json(r));
    json_object_set_new(o, "evidence", evidence_json(r, phi));
    json_object_set_new(o, "rules", rules_json(r));
    json_object_set_new(o, "answer", answer_json(r->answer));
    json_object_set_new(o, "drg_result", live_drg_json(r->drg_result));
    return o;
}

/* list - what is open */
static int list(const struct review_queue *q, bool json)
{
    if (!json)
        review_head();
    for (size_t i = 0; i < q->n_items; i++) {
        if (!review_open(q->items[i]))
            continue;
        if (json)
            cmd_json(item_json(q->items[i], false));
        else
            review_row(q->items[i]);
    }
    return 0;
}

/* show - every question of an id, answered ones too */
static int show(const struct review_queue *q, const char *id, const struct review_word *w)
{
    size_t n = 0;

    for (size_t i = 0; i < q->n_items; i++) {
        if (!review_is(q->items[i], id))
            continue;
        n++;
        if (w->json)
            cmd_json(item_json(q->items[i], w->phi));
        else
            review_whole(q->arena, q->items[i], w->phi);
    }
    if (n == 0)
        fprintf(stderr, "%s: no question by that id\n", id);
    return n ? 0 : EXIT_FOUND;
}

/* run - one of the three over the whole queue */
static int run(const char *what, const char *id, const struct review_word *w)
{
    struct review_queue q = {.arena = arena_new(QUEUE_LIMIT), .places = json_object()};
    struct conf *c = live_conf();
    int code = c && q.arena ? live_each(c, TOPIC_WORK_REVIEW, 0, false, on_item, &q) : EXIT_USAGE;

    if (q.full) {
        fprintf(stderr, "error: work.review is over the memory that this command may use\n");
        code = EXIT_GONE;
    }
    if (code == 0 && q.n_items)
        qsort(q.items, q.n_items, sizeof(*q.items), by_urgency);
    if (code == 0)
        code = strcmp(what, "list") == 0   ? list(&q, w->json)
               : strcmp(what, "show") == 0 ? show(&q, id, w)
                                           : review_decide(c, &q, id, w);
    conf_free(c);
    json_decref(q.places);
    arena_free(q.arena);
    return code;
}

/* is_word - a decision says one thing, who says it and, unless nothing is confirmed, why */
static bool is_word(const struct review_word *w)
{
    const char *const words[] = {w->choose, w->codes, w->modifiers, w->amount,
                                 w->units,  w->payer, w->facility};
    bool answers = false;

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        answers |= !str_empty(words[i]);
    return w->again + !str_empty(w->edits) + answers == 1 && !str_empty(w->role) &&
           (w->again || !str_empty(w->reason));
}

/* cmd_review - list | show ID | decide ID and the person's word */
int cmd_review(int argc, char **argv)
{
    struct review_word w = {0};
    bool decide;
    const struct cmd_option options[] = {{"--json", &w.json, NULL},
                                         {"--phi", &w.phi, NULL},
                                         {"--again", &w.again, NULL},
                                         {"--override", NULL, &w.edits},
                                         {"--why", NULL, &w.reason},
                                         {"--choose", NULL, &w.choose},
                                         {"--code", NULL, &w.codes},
                                         {"--date", NULL, &w.codes},
                                         {"--amount", NULL, &w.amount},
                                         {"--units", NULL, &w.units},
                                         {"--payer", NULL, &w.payer},
                                         {"--facility", NULL, &w.facility},
                                         {"--reason", NULL, &w.reason},
                                         {"--role", NULL, &w.role},
                                         {"--instead-of", NULL, &w.instead},
                                         {"--modifiers", NULL, &w.modifiers},
                                         {NULL, NULL, NULL}};
    int n = cmd_options(argc, argv, options);

    if (n < 1 || (strcmp(argv[1], "list") != 0) + 1 != n)
        return cmd_usage("review");
    decide = strcmp(argv[1], "decide") == 0;
    if ((n == 2 && !decide && strcmp(argv[1], "show") != 0) || (decide && !is_word(&w)))
        return cmd_usage("review");
    return run(argv[1], n == 2 ? argv[2] : NULL, &w);
}
