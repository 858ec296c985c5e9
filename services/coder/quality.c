/* quality.c - a share of the claims that no person touched is looked at afterwards
 *
 * Which ones is a matter of the claim alone: a hash of the site's word, the claim's stratum and its
 * id, so that a replay samples the same. A stratum is kind / setting / payer class, from general to
 * special: "institutional/013/MA" (the type of bill's first digits), "professional/11/CI" (the
 * place of service); the share of the longest row that begins it counts. The claim goes out
 * meanwhile. */
#include <stdlib.h>
#include <string.h>

#include "common/base/str.h"
#include "common/claim/destination.h"
#include "common/sys/digest.h"
#include "common/sys/metric.h"
#include "services/coder/adjust.h"
#include "services/coder/quality.h"

enum { ROWS_MAX = 64, STRATUM = 64, MILLE = 1000, EVIDENCE_MAX = 50 };

struct share {
    char stratum[STRATUM];
    int64_t per_mille;
};

struct coder_quality {
    const char *seed; /* of the settings */
    int64_t usual;
    struct share rows[ROWS_MAX];
    size_t n;
};

/* What a person may say of a sampled claim; the last two are open as everywhere. */
static const struct {
    const char *id, *text;
    bool says_why; /* the reason says what was found */
} answers[] = {
    {"right", "it is coded as the record supports it", false},
    {"wrong", "the record supports another coding", true},
    {"other", "other", true},
    {"undetermined", "cannot be determined", false},
};

/* add_row - "institutional/011", "50"; what is wrong with it, or NULL */
static const char *add_row(void *arg, char *key, char *value)
{
    struct coder_quality *q = arg;
    struct share *row = &q->rows[q->n];

    if (q->n == ROWS_MAX)
        return "over 64 rows";
    if (!str_starts(key, "professional") && !str_starts(key, "institutional"))
        return "a kind that is none";
    if (!str_copy(row->stratum, sizeof(row->stratum), key))
        return "a stratum over 63 characters";
    if (!str_to_i64(value, &row->per_mille) || row->per_mille < 0 || row->per_mille > MILLE)
        return "a share that is not 0 to 1000";
    q->n++;
    return NULL;
}

/* quality_new - see quality.h */
struct coder_quality *quality_new(const struct conf *c, struct err *e)
{
    struct coder_quality *q = calloc(1, sizeof(*q));

    if (!q) {
        err_set(e, ERR_FATAL, "memory", "out of memory");
        return NULL;
    }
    q->seed = conf_text(c, "QUALITY_SEED");
    q->usual = conf_number(c, "QUALITY_PER_MILLE");
    if (conf_rows(c, "QUALITY", "kind[/setting[/payer class]]=per mille", add_row, q, e) == 0)
        return q;
    quality_free(q);
    return NULL;
}

/* quality_free - accepts NULL */
void quality_free(struct coder_quality *q)
{
    free(q);
}

/* stratum_of - of the claim alone */
static void stratum_of(const CcClaim *c, char out[STRATUM])
{
    const CcClaimCoverage *to = claim_destination(c);
    bool facility = c->kind == CLAIM_KIND_INSTITUTIONAL;

    snprintf(out, STRATUM, "%s/%.3s/%.3s", facility ? "institutional" : "professional",
             facility ? c->type_of_bill : c->place_of_service, to ? to->filing_indicator : "");
}

/* share_of - of the longest row that begins the stratum, part by part */
static int64_t share_of(const struct coder_quality *q, const char *stratum)
{
    size_t best = 0;
    int64_t share = q->usual;

    for (size_t i = 0; i < q->n; i++) {
        size_t n = strlen(q->rows[i].stratum);

        if (n < best || strncmp(q->rows[i].stratum, stratum, n) != 0 ||
            (stratum[n] && stratum[n] != '/'))
            continue;
        best = n;
        share = q->rows[i].per_mille;
    }
    return share;
}

/* quality_picks - see quality.h */
bool quality_picks(const struct coder_quality *q, const CcClaim *c)
{
    char stratum[STRATUM], text[4 * STRATUM];
    int n;

    stratum_of(c, stratum);
    n = snprintf(text, sizeof(text), "%.100s|%s|%.20s", q->seed, stratum, c->claim_id);
    return (int64_t)(digest_u64(text, (size_t)n) % MILLE) < share_of(q, stratum);
}

/* rests_on_person - some part of the code is a person's decision */
static bool rests_on_person(const CcCodeAssignment *as)
{
    for (size_t i = 0; as && i < as->n_evidence; i++)
        if (strcmp(as->evidence[i]->ref, "decision") == 0)
            return true;
    return false;
}

/* quality_autonomous - see quality.h */
bool quality_autonomous(const CcClaim *c)
{
    for (size_t i = 0; i < c->n_diagnoses; i++)
        if (rests_on_person(c->diagnoses[i]->assignment))
            return false;
    for (size_t i = 0; i < c->n_procedures; i++)
        if (rests_on_person(c->procedures[i]->assignment))
            return false;
    for (size_t i = 0; i < c->n_lines; i++)
        if (rests_on_person(c->lines[i]->procedure))
            return false;
    return true;
}

/* put_code - one that is looked at, and where it is from */
static bool put_code(struct arena *a, CcReviewItem *item, CcCodeAssignment *as)
{
    if (!as)
        return true;
    for (size_t i = 0; i < as->n_evidence && item->n_evidence < EVIDENCE_MAX; i++)
        if (!event_push(a, item, evidence, as->evidence[i]))
            return false;
    return event_push(a, item, proposed, as);
}

/* put_codes - diagnoses, then lines */
static bool put_codes(struct arena *a, CcReviewItem *item, const CcClaim *c)
{
    bool fine = true;

    for (size_t i = 0; i < c->n_diagnoses; i++)
        fine = fine && put_code(a, item, c->diagnoses[i]->assignment);
    for (size_t i = 0; i < c->n_lines; i++)
        fine = fine && put_code(a, item, c->lines[i]->procedure);
    return fine;
}

/* put_answers - to choose from */
static bool put_answers(struct arena *a, CcReviewItem *item)
{
    for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
        CcReviewOption *o = event_new(a, &cc_review_option__descriptor);

        if (!o || !(o->id = arena_strdup(a, answers[i].id)) ||
            !(o->text = arena_strdup(a, answers[i].text)) || !event_push(a, item, options, o))
            return false;
        if (answers[i].says_why && !event_push(a, o, takes, arena_strdup(a, "reason")))
            return false;
    }
    return true;
}

/* new_item - about a claim; without question or codes when it is done */
static CcReviewItem *new_item(struct room *r, const CcEncounterState *s, const char *id,
                              const char *state)
{
    CcReviewItem *item = event_new(r->a, &cc_review_item__descriptor);

    if (!item)
        return NULL;
    item->review_id = arena_strdup(r->a, id);
    item->claim_id = arena_strndup(r->a, id, strcspn(id, "-"));
    item->encounter = s->encounter;
    item->patient_key = s->patient_key;
    item->stage = arena_strdup(r->a, "coder");
    item->state = arena_strdup(r->a, state);
    item->created_ms = svc_now_ms(r->x);
    return arena_exhausted(r->a) ? NULL : item;
}

/* quality_sample - see quality.h */
int quality_sample(struct room *r, CcEncounterState *s, const CcClaim *c, struct err *e)
{
    const CcClaimCoverage *to = claim_destination(c);
    CcReviewItem *item;
    char *id;

    if (!quality_autonomous(c) || !quality_picks(room_desk(r)->quality, c))
        return 0;
    id = arena_printf(r->a, "%s-quality", c->claim_id);
    item = id ? new_item(r, s, id, "open") : NULL;
    if (!item || !put_answers(r->a, item) || !put_codes(r->a, item, c) ||
        !event_push(r->a, s, quality_ids, id))
        return room_no_memory(e);
    item->version = c->version;
    item->account = c->account;
    item->reason = arena_strdup(r->a, "quality");
    item->question = arena_strdup(r->a, "Is the claim coded as the record supports it? It was "
                                        "drawn for a look afterwards and goes to the payer "
                                        "meanwhile.");
    item->at_stake_cents = c->charge_cents > 0 ? c->charge_cents : 0;
    item->due_date = c->filing_deadline_date;
    item->tables = c->tables;
    item->n_tables = c->n_tables;
    if (to)
        item->payer_id = to->payer_id;
    if (arena_exhausted(r->a))
        return room_no_memory(e);
    return svc_emit(r->x, TOPIC_WORK_REVIEW, s->encounter, &item->base, e);
}

/* count - answers by kind: how often people agree */
static void count(const char *choice)
{
    for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++)
        if (strcmp(answers[i].id, choice) == 0)
            metric_add(metric_with(METRIC_CODER_QUALITY, "answer", answers[i].id), 1);
}

/* quality_answered - see quality.h */
int quality_answered(struct room *r, CcEncounterState *s, CcReviewAnswer *answer, struct err *e)
{
    CcReviewItem *item = new_item(r, s, answer->review_id, "done");

    if (!item)
        return room_no_memory(e);
    item->answer = answer;
    room_list_drop(s->quality_ids, &s->n_quality_ids, answer->review_id);
    count(answer->choice);
    return svc_emit(r->x, TOPIC_WORK_REVIEW, s->encounter, &item->base, e) != 0
               ? -1
               : room_save(r, s, e);
}
