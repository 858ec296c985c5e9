/* review_decide.c - a person's word on a held claim, as a record of claims.decisions
 *
 * The record carries the version that is held as it was coded, so that the validator can run it
 * again without keeping anything of the patient; it takes the word only while that very version is
 * held. What may be confirmed is decided there and said here beforehand. */
#include <stdio.h>
#include <string.h>

#include "common/sys/clock.h"
#include "common/sys/digest.h"
#include "services/cleanclaim/review.h"
#include "services/validator/validator.h"

enum { PUBLISH_MS = 30000 };

struct looking {
    struct arena *arena;
    const CcReviewItem *item;
    CcClaim *claim; /* the item's version, as it was coded */
};

/* on_claim - is it the version that is held? */
static int on_claim(void *arg, const struct bus_message *raw, const ProtobufCMessage *m)
{
    struct looking *l = arg;
    const CcClaim *c = (const CcClaim *)(const void *)m;

    (void)raw;
    if (strcmp(c->claim_id, l->item->claim_id) == 0 && c->version == l->item->version)
        l->claim = event_copy(l->arena, m);
    return 0;
}

/* answers_here - a question that this command can decide */
static bool answers_here(const CcReviewItem *item)
{
    static const char *const stages[] = {"validator", "coder", "follow", NULL};

    return str_in(item->stage, stages);
}

/* question_of - the open question by an id; NULL: none, or several, and which is said */
static const CcReviewItem *question_of(const struct review_queue *q, const char *id)
{
    const CcReviewItem *found = NULL;
    size_t open = 0;

    for (size_t i = 0; i < q->n_items; i++) {
        if (!review_is(q->items[i], id) || !answers_here(q->items[i]))
            continue;
        open += review_open(q->items[i]);
        found = !found || review_open(q->items[i]) ? q->items[i] : found;
    }
    if (!found)
        fprintf(stderr, "%s: no question by that id that can be decided here\n", id);
    else if (!open)
        fprintf(stderr, "%s: the question is answered already\n", id);
    else if (open > 1)
        fprintf(stderr, "%s: %zu questions are open: name one of `cleanclaim review show %s`\n", id,
                open, id);
    return open == 1 ? found : NULL;
}

/* names - does a list with commas hold the id? */
static bool names(const char *list, const char *id)
{
    size_t len = strlen(id);

    while (list && *list) {
        size_t n = strcspn(list, ",");

        if (n == len && strncmp(list, id, n) == 0)
            return true;
        list += n + (list[n] == ',');
    }
    return false;
}

/* confirm - the finding with the person's word on it; one confirmed before keeps its own */
static bool confirm(struct arena *a, CcDecision *d, const CcFinding *found,
                    const struct review_word *w)
{
    CcFinding *f = event_copy(a, &found->base);

    if (f && !f->overridden) {
        f->overridden = 1;
        f->override_role = d->role;
        f->override_reason = arena_strdup(a, w->reason);
        f->override_version = d->version;
        f->override_ms = d->at_ms;
    }
    return f && f->override_reason && event_push(a, d, overrides, f);
}

/* all_there - every edit named is an open finding that a person may confirm */
static bool all_there(const CcReviewItem *item, const char *edits)
{
    bool fine = true;

    while (edits && *edits) {
        size_t n = strcspn(edits, ","), hits = 0, closed = 0;

        for (size_t i = 0; i < item->n_findings; i++) {
            const CcFinding *f = item->findings[i];
            bool same = strlen(f->edit) == n && strncmp(f->edit, edits, n) == 0;

            hits += same;
            closed += same && !edit_may_override(f);
        }
        if (!hits || closed)
            fprintf(stderr, "%.*s: %s\n", (int)n, edits,
                    closed ? "cannot be confirmed: the claim cannot go out like this"
                           : "was not found in this version");
        fine = fine && hits && !closed;
        edits += n + (edits[n] == ',');
    }
    return fine;
}

/* decision_of - the record; NULL: out of memory */
static CcDecision *decision_of(struct arena *a, const CcReviewItem *item, CcClaim *claim,
                               const struct review_word *w)
{
    CcDecision *d = event_new(a, &cc_decision__descriptor);

    if (!d)
        return NULL;
    d->claim_id = item->claim_id;
    d->version = item->version;
    d->patient_key = claim->patient_key;
    d->at_ms = clock_ms();
    d->role = arena_strdup(a, w->role);
    d->claim = claim;
    d->claim_place = item->claim_place;
    for (size_t i = 0; d->role && i < item->n_findings; i++)
        if ((item->findings[i]->overridden || names(w->edits, item->findings[i]->edit)) &&
            !confirm(a, d, item->findings[i], w))
            return NULL;
    return d->role ? d : NULL;
}

/* review_send - as the header has it */
int review_send(const struct conf *c, struct arena *a, enum topic t, const char *key, int64_t at_ms,
                const ProtobufCMessage *m, struct err *e)
{
    struct bus_record r = {.topic = t, .partition = -1, .key = key, .key_len = strlen(key)};
    struct bus_publisher *bus;
    uint8_t *bytes;
    int code;

    if (event_pack(a, m, &bytes, &r.value_len, e) != 0)
        return -1;
    r.value = bytes;
    digest_hex(bytes, r.value_len, r.headers.ce_id);
    snprintf(r.headers.ce_type, sizeof(r.headers.ce_type), "%s", m->descriptor->name);
    snprintf(r.headers.ce_source, sizeof(r.headers.ce_source), "cleanclaim");
    r.headers.ce_time_ms = at_ms;
    bus = bus_publisher_open("cleanclaim", c, e);
    code = bus ? bus_publish(bus, &r, 1, PUBLISH_MS, e) : -1;
    bus_publisher_close(bus);
    return code;
}

/* review_publish - as the header has it */
int review_publish(const struct conf *c, struct arena *a, const CcDecision *d, struct err *e)
{
    return review_send(c, a, TOPIC_CLAIMS_DECISIONS, d->patient_key, d->at_ms, &d->base, e);
}

/* say - what was sent */
static void say(const CcDecision *d, const CcReviewItem *item, bool json)
{
    json_t *edits = json_array();

    for (size_t i = 0; i < d->n_overrides; i++)
        json_array_append_new(edits, json_string(d->overrides[i]->edit));
    if (json)
        cmd_json(json_pack("{s:s, s:s, s:i, s:s, s:o}", "review", item->review_id, "claim",
                           d->claim_id, "version", (int)d->version, "role", d->role, "overrides",
                           json_incref(edits)));
    else
        printf("%s version %u: validated again with %zu finding(s) confirmed; `cleanclaim show %s` "
               "tells what came of it\n",
               d->claim_id, d->version, d->n_overrides, d->claim_id);
    json_decref(edits);
}

/* review_confirmable - as the header has it */
const char *review_confirmable(struct arena *a, const CcReviewItem *item)
{
    const char *list = "";

    for (size_t i = 0; i < item->n_findings && list; i++)
        if (edit_may_override(item->findings[i]) && !names(list, item->findings[i]->edit))
            list = arena_printf(a, "%s%s%s", list, *list ? "," : "", item->findings[i]->edit);
    return list;
}

/* chosen - an option of the validator as what it means: confirm, or again. False: it leaves the
 * claim held, and that is said */
static bool chosen(struct arena *a, const CcReviewItem *item, struct review_word *w)
{
    if (w->amount || w->units || w->payer || w->facility) {
        fprintf(stderr, "%s: a held claim takes no such answer: see `cleanclaim review show %s`\n",
                item->review_id, item->review_id);
        return false;
    }
    if (str_empty(w->choose))
        return true;
    if (w->choose && strcmp(w->choose, "again") == 0)
        return true;
    if (w->choose && strcmp(w->choose, "confirm") == 0)
        return (w->edits = review_confirmable(a, item)) && *w->edits;
    fprintf(
        stderr,
        "%s: the claim stays held; a correction of the record, or an answer to the coder, makes "
        "its next version\n",
        item->review_id);
    return false;
}

/* held - the word on a question of the validator */
static int held(const struct conf *c, struct arena *a, const CcReviewItem *item,
                const struct review_word *w)
{
    struct looking l = {.arena = a, .item = item};
    struct err e = {0};
    CcDecision *d;
    int code;

    if (!all_there(item, w->edits))
        return EXIT_FOUND;
    code =
        item->claim_place ? live_look(c, TOPIC_CLAIMS_CODED, item->claim_place, on_claim, &l) : 0;
    if (code != 0)
        return code;
    if (!l.claim) {
        fprintf(stderr, "%s: version %u is not in claims.coded any more: have it coded again\n",
                item->claim_id, item->version);
        return EXIT_FOUND;
    }
    if (w->codes || w->modifiers)
        return review_correct(c, a, item, l.claim, w);
    d = decision_of(a, item, l.claim, w);
    if (!d)
        err_set(&e, ERR_REJECT, "size", "the claim needs more memory than a message may");
    if (!d || review_publish(c, a, d, &e) != 0)
        return cmd_fail(&e);
    say(d, item, w->json);
    return 0;
}

/* review_decide - as the header has it */
int review_decide(const struct conf *c, const struct review_queue *q, const char *id,
                  const struct review_word *w)
{
    const CcReviewItem *item = question_of(q, id);
    struct review_word word = *w;

    if (!item)
        return EXIT_FOUND;
    if (strcmp(item->stage, "coder") == 0)
        return review_answer(c, q->arena, item, w);
    if (strcmp(item->stage, "follow") == 0)
        return review_claim(c, q->arena, item, w);
    return chosen(q->arena, item, &word) ? held(c, q->arena, item, &word) : EXIT_FOUND;
}
