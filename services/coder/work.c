/* work.c - what all rules share: lines of the result, citations, questions */
#include "services/coder/work.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/str.h"
#include "common/sys/digest.h"

/* Every message that a rule makes: one spare of each is kept for an arena over its limit. */
static const ProtobufCMessageDescriptor *const kinds[] = {
    &cc_code_assignment__descriptor, &cc_code__descriptor,
    &cc_rule_hit__descriptor,        &cc_evidence__descriptor,
    &cc_review_item__descriptor,     &cc_review_option__descriptor,
    &cc_claim__descriptor,           &cc_claim_diagnosis__descriptor,
    &cc_claim_procedure__descriptor, &cc_service_line__descriptor,
    &cc_claim_coverage__descriptor,  &cc_provider__descriptor,
    &cc_address__descriptor,         &cc_name__descriptor,
    &cc_problem__descriptor,         &cc_drug__descriptor,
    &cc_table_use__descriptor,       &cc_patient__descriptor,
    &cc_identifier__descriptor,      &cc_alternative__descriptor,
    &cc_qualified_date__descriptor,  &cc_code_date__descriptor,
    &cc_value_amount__descriptor,    &cc_charge__descriptor,
    &cc_procedure__descriptor,       &cc_drg_result__descriptor,
    &cc_past_service__descriptor,    &cc_pcs_parts__descriptor,
    &cc_drg_diagnosis__descriptor,   &cc_drg_procedure__descriptor,
};

_Static_assert(sizeof(kinds) / sizeof(kinds[0]) == WORK_KINDS, "a spare a kind");

/* spare_of - of a kind */
static void *spare_of(const struct work *w, const ProtobufCMessageDescriptor *d)
{
    size_t i = 0;

    while (i < WORK_KINDS && kinds[i] != d)
        i++;
    if (i == WORK_KINDS || d->sizeof_message > sizeof(w->spares->kinds[i]))
        abort(); /* a kind without a row, or larger than a claim: a bug */
    d->message_init((ProtobufCMessage *)(void *)w->spares->kinds[i]);
    return w->spares->kinds[i];
}

/* work_new - or the spare of its kind; the arena is marked then, and coder_code refuses */
void *work_new(struct work *w, const ProtobufCMessageDescriptor *d)
{
    void *m = event_new(w->a, d);

    return m ? m : spare_of(w, d);
}

/* work_text - a copy, "" over the limit */
char *work_text(struct work *w, const char *s)
{
    char *copy = str_empty(s) ? NULL : arena_strdup(w->a, s);

    return copy ? copy : (char *)(uintptr_t) "";
}

/* work_key - as deploy/seed/README.md says that keys are looked up */
bool work_key(char *out, size_t size, const char *word)
{
    struct span s = span_trim(span_of(word));
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == ' ' && n && out[n - 1] == ' ')
            continue;
        if (n + 1 >= size)
            return false;
        out[n++] = s.p[i] >= 'a' && s.p[i] <= 'z' ? (char)(s.p[i] - 'a' + 'A') : s.p[i];
    }
    out[n] = '\0';
    return n > 0;
}

/* work_printf - formatted, "" over the limit */
char *work_printf(struct work *w, const char *fmt, ...)
{
    va_list ap;
    char *s;

    va_start(ap, fmt);
    s = arena_vprintf(w->a, fmt, ap);
    va_end(ap);
    return s ? s : (char *)(uintptr_t) "";
}

/* work_cite_table - once for each rule and table */
void work_cite_table(struct work *w, CcCodeAssignment *as, const struct rule *r,
                     const struct edition_info *edition)
{
    const char *table = edition ? table_name(edition->table) : "";
    CcRuleHit *hit;

    for (size_t i = 0; i < as->n_rules; i++)
        if (as->rules[i]->rule == r->id && strcmp(as->rules[i]->table, table) == 0)
            return;
    hit = work_new(w, &cc_rule_hit__descriptor);
    hit->rule = work_kept(r->id);
    hit->authority = work_kept(r->guideline);
    hit->table = work_kept(table);
    if (edition) {
        hit->edition = work_kept(edition->edition);
        hit->sha256 = work_kept(edition->sha256);
    }
    event_push(w->a, as, rules, hit);
}

/* work_cite - without a table */
void work_cite(struct work *w, CcCodeAssignment *as, const struct rule *r)
{
    work_cite_table(w, as, r, NULL);
}

/* work_evidence - the element of the record, and the words where it has some */
void work_evidence(struct work *w, CcCodeAssignment *as, const char *event_id, const char *ref,
                   const char *text)
{
    CcEvidence *ev;

    for (size_t i = 0; i < as->n_evidence; i++)
        if (strcmp(as->evidence[i]->event_id, event_id) == 0 &&
            strcmp(as->evidence[i]->ref, ref) == 0)
            return;
    ev = work_new(w, &cc_evidence__descriptor);
    ev->event_id = work_kept(event_id);
    ev->ref = work_kept(ref);
    ev->text = work_kept(text);
    if (!str_empty(text))
        ev->quote_hash = digest_u64(text, strlen(text));
    event_push(w->a, as, evidence, ev);
}

/* work_evidence_past - see work.h */
void work_evidence_past(struct work *w, CcCodeAssignment *as, const CcPastService *past)
{
    size_t n = as->n_evidence;

    work_evidence(w, as, past->event_id, past->ref, "");
    if (as->n_evidence > n)
        as->evidence[n]->encounter = work_kept(past->encounter);
}

/* same_place - an element of the record, or a stretch of its text */
static bool same_place(const CcEvidence *a, const CcEvidence *b)
{
    return a->start == b->start && a->end == b->end && strcmp(a->event_id, b->event_id) == 0 &&
           strcmp(a->ref, b->ref) == 0;
}

/* work_evidence_once - see work.h */
void work_evidence_once(struct work *w, CcCodeAssignment *to, CcEvidence *ev)
{
    size_t k = 0;

    while (k < to->n_evidence && !same_place(to->evidence[k], ev))
        k++;
    if (k == to->n_evidence)
        event_push(w->a, to, evidence, ev);
}

/* work_evidence_of - see work.h */
void work_evidence_of(struct work *w, CcCodeAssignment *to, const CcCodeAssignment *from)
{
    for (size_t i = 0; i < from->n_evidence; i++)
        work_evidence_once(w, to, from->evidence[i]);
}

/* work_assignment - structured data is certain: a million parts of a million */
CcCodeAssignment *work_assignment(struct work *w, CcCodeSystem system, const char *code,
                                  CcOrigin origin)
{
    CcCodeAssignment *as = work_new(w, &cc_code_assignment__descriptor);

    as->code = work_new(w, &cc_code__descriptor);
    as->code->system = system;
    as->code->code = work_kept(code);
    as->origin = origin;
    as->confidence_ppm = 1000000;
    return as;
}

/* item_id - the same question about the same place has the same id */
static char *item_id(struct work *w, const CcReviewItem *item, const char *place)
{
    char hex[DIGEST_TEXT];
    char *all = work_printf(w, "%s\x1f%s\x1f%s\x1f%s", w->enc->encounter, item->reason,
                            item->question, place);

    digest_hex(all, strlen(all), hex);
    hex[20] = '\0';
    return work_printf(w, "R%s", hex);
}

/* place_of - of the first evidence: an element, or a stretch of its text */
static const char *place_of(struct work *w, const CcCodeAssignment *about)
{
    const CcEvidence *ev = about && about->n_evidence ? about->evidence[0] : NULL;

    if (!ev || !ev->end)
        return ev ? ev->ref : "";
    return work_printf(w, "%s:%u:%u:%s", ev->ref, ev->start, ev->end, about->code->code);
}

/* ask - a question; the same one once */
static CcReviewItem *ask(struct work *w, const struct rule *r, const char *reason,
                         const char *question, CcCodeAssignment *about)
{
    CcReviewItem *item = work_new(w, &cc_review_item__descriptor);
    CcRuleHit *hit = work_new(w, &cc_rule_hit__descriptor);

    item->encounter = work_text(w, w->enc->encounter);
    item->patient_key = work_text(w, w->enc->patient_key);
    item->account = work_text(w, w->enc->visit->account);
    item->stage = work_text(w, "coder");
    item->state = work_text(w, "open");
    item->reason = work_text(w, reason);
    item->question = work_text(w, question);
    hit->rule = work_text(w, r->id);
    hit->authority = work_text(w, r->guideline);
    event_push(w->a, item, rules, hit);
    for (size_t i = 0; about && i < about->n_evidence; i++)
        event_push(w->a, item, evidence, about->evidence[i]);
    item->review_id = item_id(w, item, place_of(w, about));
    if (answer_settles(w, item, about)) {
        item->state = work_text(w, "done");
        return item;
    }
    w->blocked = w->blocked || work_blocks(reason);
    for (size_t i = 0; i < w->out->n_review; i++)
        if (strcmp(w->out->review[i]->review_id, item->review_id) == 0)
            return w->out->review[i];
    event_push(w->a, w->out, review, item);
    return item;
}

/* work_ask - about the visit */
CcReviewItem *work_ask(struct work *w, const struct rule *r, const char *reason,
                       const char *question)
{
    return ask(w, r, reason, question, NULL);
}

/* work_ask_about - about a line of the result */
CcReviewItem *work_ask_about(struct work *w, const struct rule *r, const char *reason,
                             const char *question, CcCodeAssignment *about)
{
    return ask(w, r, reason, question, about);
}

/* work_settled - see work.h */
bool work_settled(const CcReviewItem *item)
{
    return strcmp(item->state, "done") == 0;
}

/* work_ask_dx - about a diagnosis: it waits with its question, unless a person answered it: then it
 * stands when it was coded, and is not coded when it was not */
CcReviewItem *work_ask_dx(struct work *w, const struct rule *r, struct dx *d, const char *reason,
                          const char *question)
{
    CcReviewItem *item = ask(w, r, reason, question, d->as);

    work_cite(w, d->as, r);
    if (!work_settled(item)) {
        d->state = DX_ASKED;
        d->as->status = CODE_STATUS_REVIEW;
    } else if (d->state != DX_CODED) {
        work_reject_dx(w, r, d);
    }
    return item;
}

/* work_ask_service - about a charge or procedure */
CcReviewItem *work_ask_service(struct work *w, const struct rule *r, struct service *s,
                               const char *reason, const char *question)
{
    CcReviewItem *item = ask(w, r, reason, question, s->as);

    work_cite(w, s->as, r);
    if (!work_settled(item)) {
        s->state = SERVICE_ASKED;
        s->as->status = CODE_STATUS_REVIEW;
    }
    return item;
}

/* work_tell_service - a question that changes nothing */
CcReviewItem *work_tell_service(struct work *w, const struct rule *r, struct service *s,
                                const char *reason, const char *question)
{
    return ask(w, r, reason, question, s->as);
}

/* work_option - an answer to choose from */
void work_option(struct work *w, CcReviewItem *item, CcCodeSystem system, const char *code,
                 const char *text)
{
    CcReviewOption *o = work_new(w, &cc_review_option__descriptor);

    o->id = work_printf(w, "%zu", item->n_options + 1);
    o->text = work_text(w, text);
    if (*code) {
        o->code = work_new(w, &cc_code__descriptor);
        o->code->system = system;
        o->code->code = work_text(w, code);
    }
    event_push(w->a, item, options, o);
}

/* work_choice - an answer with an id of its own */
CcReviewOption *work_choice(struct work *w, CcReviewItem *item, const char *id, const char *text)
{
    CcReviewOption *o = work_new(w, &cc_review_option__descriptor);

    o->id = work_text(w, id);
    o->text = work_text(w, text);
    event_push(w->a, item, options, o);
    return o;
}

/* work_reject_dx - seen and not coded */
void work_reject_dx(struct work *w, const struct rule *r, struct dx *d)
{
    d->state = DX_REJECTED;
    d->as->status = CODE_STATUS_REJECTED;
    work_cite(w, d->as, r);
}

/* work_reject_service - seen and not billed */
void work_reject_service(struct work *w, const struct rule *r, struct service *s)
{
    s->state = SERVICE_REJECTED;
    s->as->status = CODE_STATUS_REJECTED;
    work_cite(w, s->as, r);
}
