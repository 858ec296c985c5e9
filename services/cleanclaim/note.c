/* note.c - the codes of a note: accepted, asked, rejected, each with its places and its rule */
#include "services/cleanclaim/note.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/date.h"
#include "common/codes/codes.h"
#include "common/sys/clock.h"
#include "common/text/lists.h"

/* A probability in parts of a million; the list's row "accept" stands above the first. */
enum { ACCEPT_PPM = 750000, REVIEW_PPM = 220000 };

enum said { PLAIN, DOUBT, PAST, LATER, DENIED, OTHERS, SAID_MAX };

enum { RULE_LITTLE = SAID_MAX };

static const struct note_rule rules[] = {
    [PLAIN] = {"TXT-11", "Guidelines I.A.19", "a note states the diagnosis of its patient"},
    [DOUBT] = {"CM-IV.H", "Guidelines IV.H", "a note has it only in doubt: not coded"},
    [PAST] = {"TXT-12", "Guidelines III.A, IV.J", "a note has it only of the past: not coded"},
    [LATER] = {"TXT-13", "Guidelines I.B.11", "a note has it only as what may come: not coded"},
    [DENIED] = {"TXT-14", "Guidelines I.A.19", "a note denies it: not coded"},
    [OTHERS] = {"TXT-15", "Guidelines I.C.21.c.4", "a note has it of another person: not coded"},
    [RULE_LITTLE] = {"TXT-10", "Guidelines I.A.19", "a note has too little support for it"},
};

/* note_rule_at - see note.h; those of encounters too are in the coder's list */
const struct note_rule *note_rule_at(size_t i)
{
    static const int own[] = {RULE_LITTLE, PLAIN, PAST, LATER, DENIED, OTHERS};

    return i < sizeof(own) / sizeof(own[0]) ? &rules[own[i]] : NULL;
}

/* note_day - see note.h */
int32_t note_day(const struct tables *t, const char *on)
{
    int32_t today = date_of_ms(clock_ms(), 0), newest = 0;
    const struct edition_info *i;

    if (on)
        return date_parse(on);
    if (tables_edition(t, TABLE_ICD10CM, today))
        return today;
    for (size_t k = 0; (i = tables_edition_at(t, k)); k++)
        if (i->table == TABLE_ICD10CM && i->from > newest)
            newest = i->from;
    return newest ? newest : today;
}

/* accept_ppm - from which probability on a code goes without a question */
static uint32_t accept_ppm(void)
{
    struct span f[LIST_FIELDS];
    struct list_walk w;

    for (list_begin(LIST_WEIGHTS, &w); list_next(&w, f);)
        if (span_is(f[0], "accept")) {
            char number[32] = "";

            memcpy(number, f[1].p, f[1].n < sizeof(number) ? f[1].n : 0);
            return (uint32_t)(strtod(number, NULL) * 1e6);
        }
    return ACCEPT_PPM;
}

/* what_is_said - of a term where it stands */
static enum said what_is_said(const struct text_concept *c)
{
    if (c->other_person)
        return OTHERS;
    if (c->negated)
        return DENIED;
    if (c->time == TEXT_HYPOTHETICAL)
        return LATER;
    if (c->time == TEXT_HISTORICAL)
        return PAST;
    return c->uncertain ? DOUBT : PLAIN;
}

/* strongest - what the mentions of a code come to: one plain mention is enough */
static enum said strongest(const struct text_code *c)
{
    enum said best = SAID_MAX;

    for (size_t i = 0; i < c->n_concepts; i++)
        if (what_is_said(c->concepts[i]) < best)
            best = what_is_said(c->concepts[i]);
    return best;
}

/* add_places - the mentions that decide */
static bool add_places(struct arena *a, CcCodeAssignment *as, const struct text_code *c,
                       enum said said, const char *text)
{
    for (size_t i = 0; i < c->n_concepts; i++) {
        const struct text_concept *k = c->concepts[i];
        CcEvidence *e;

        if (what_is_said(k) != said)
            continue;
        e = event_new(a, &cc_evidence__descriptor);
        if (!e || !event_push(a, as, evidence, e))
            return false;
        e->ref = arena_strdup(a, "note");
        e->start = (uint32_t)k->start;
        e->end = (uint32_t)k->end;
        e->text = arena_strndup(a, text + k->start, k->end - k->start);
        if (!e->ref || !e->text)
            return false;
    }
    return true;
}

/* add_rule - by which a code is what it is */
static bool add_rule(struct arena *a, CcCodeAssignment *as, const struct note_rule *rule)
{
    CcRuleHit *hit = event_new(a, &cc_rule_hit__descriptor);

    if (!hit || !event_push(a, as, rules, hit))
        return false;
    hit->rule = arena_strdup(a, rule->id);
    hit->authority = arena_strdup(a, rule->guideline);
    return hit->rule && hit->authority;
}

/* assign - a code with its places, rule and status */
static CcCodeAssignment *assign(struct arena *a, const struct text_code *c, enum said said,
                                const char *text)
{
    CcCodeAssignment *as = event_new(a, &cc_code_assignment__descriptor);
    uint32_t ppm = (uint32_t)(c->confidence * 1e6);
    bool little = said == PLAIN && ppm < REVIEW_PPM;

    if (!as || !(as->code = event_new(a, &cc_code__descriptor)))
        return NULL;
    as->code->system = CODE_SYSTEM_ICD10CM;
    as->code->code = arena_strdup(a, c->code);
    as->origin = ORIGIN_TEXT;
    as->confidence_ppm = ppm;
    as->status = said != PLAIN || little ? CODE_STATUS_REJECTED
                 : ppm >= accept_ppm()   ? CODE_STATUS_ACCEPTED
                                         : CODE_STATUS_REVIEW;
    if (!as->code->code || !add_rule(a, as, &rules[little ? RULE_LITTLE : (int)said]) ||
        !add_places(a, as, c, said, text))
        return NULL;
    return as;
}

/* rank - an accepted code among the diagnoses */
static bool rank(struct arena *a, CcCodingResult *r, CcCodeAssignment *as)
{
    CcClaimDiagnosis *d = event_new(a, &cc_claim_diagnosis__descriptor);

    if (!d || !event_push(a, r, diagnoses, d))
        return false;
    d->assignment = as;
    d->rank = (uint32_t)r->n_diagnoses;
    d->role = d->rank == 1 ? DIAGNOSIS_ROLE_PRINCIPAL : DIAGNOSIS_ROLE_OTHER;
    return true;
}

/* option - one answer of a question; code NULL: without one */
static bool option(struct arena *a, CcReviewItem *item, const char *text, CcCode *code)
{
    CcReviewOption *o = event_new(a, &cc_review_option__descriptor);

    if (!o || !event_push(a, item, options, o))
        return false;
    o->code = code;
    o->text = arena_strdup(a, text);
    return o->text != NULL;
}

/* question - asked of a person; NULL: no memory */
static CcReviewItem *question(struct arena *a, CcCodingResult *r, const char *reason,
                              const char *text)
{
    CcReviewItem *item = event_new(a, &cc_review_item__descriptor);

    if (!item || !event_push(a, r, review, item))
        return NULL;
    item->reason = arena_strdup(a, reason);
    item->question = arena_strdup(a, text);
    return item->reason && item->question ? item : NULL;
}

/* ask - which codes the places of a code support, the code being one answer */
static bool ask(struct arena *a, CcCodingResult *r, CcCodeAssignment *as)
{
    CcReviewItem *item = question(a, r, "text-support",
                                  "Which diagnosis, if any, do these words of the note support?");
    char shown[16];

    if (!item)
        return false;
    item->rules = as->rules;
    item->n_rules = as->n_rules;
    item->evidence = as->evidence;
    item->n_evidence = as->n_evidence;
    return option(a, item, icd10cm_display(as->code->code, shown), as->code) &&
           option(a, item, "another code", NULL) && option(a, item, "none", NULL) &&
           option(a, item, "cannot be determined", NULL);
}

/* place - an assignment where it belongs in the result */
static bool place(struct arena *a, CcCodingResult *r, CcCodeAssignment *as)
{
    if (!event_push(a, r, codes, as))
        return false;
    if (as->status == CODE_STATUS_ACCEPTED)
        return rank(a, r, as);
    return as->status != CODE_STATUS_REVIEW || ask(a, r, as);
}

/* each_code - of a reading, as far as it is to be shown */
static bool each_code(struct arena *a, CcCodingResult *r, const struct text_reading *out,
                      const char *text, bool little)
{
    for (size_t i = 0; i < out->n_codes; i++) {
        enum said said = strongest(out->codes[i]);
        CcCodeAssignment *as;

        if (said == SAID_MAX)
            continue;
        if (!(as = assign(a, out->codes[i], said, text)))
            return false;
        if ((little || said != PLAIN || as->status != CODE_STATUS_REJECTED) && !place(a, r, as))
            return false;
    }
    return r->n_diagnoses || r->n_review ||
           question(a, r, "no-diagnosis",
                    "Which diagnosis does this note support? None was found in it.");
}

/* note_code - see note.h */
CcCodingResult *note_code(struct arena *a, const struct text_index *x, const struct err *why,
                          const char *text, size_t n, bool little, struct text_reading *out)
{
    CcCodingResult *r = event_new(a, &cc_coding_result__descriptor);
    struct err e = why ? *why : (struct err){0};

    memset(out, 0, sizeof(*out));
    if (!r)
        return NULL;
    if (x && text_read(x, text, n, a, out, &e) == 0)
        return each_code(a, r, out, text, little) ? r : NULL;
    memset(out, 0, sizeof(*out));
    return question(a, r, e.code, e.text) ? r : NULL;
}
