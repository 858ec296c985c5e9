/* validator.c - the worker: every edit over every coded claim; clean ones go on, the rest to people
 *
 * Handlers are pure: (claim, what was billed for the patient, tables, clock) -> (claim or question,
 * its state, what is billed now). Remembered under "patient/claim/line" are the lines of claims
 * that passed, as their last version has them; under "patient/claim/held" that a question is open.
 */
#include "services/validator/validator.h"

#include <stdio.h>
#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "services/validator/edit.h"

/* Earlier lines matter to today's edits when they are this near: the longest window is that of a
 * hospital stay that another may overlap. */
enum { HISTORY_DAYS = 366, KEY_MAX = 160 };

static const enum topic consumes[] = {TOPIC_CLAIMS_CODED, TOPIC_NONE};
static const enum topic produces[] = {TOPIC_CLAIMS_CLEAN, TOPIC_CLAIMS_STATUS, TOPIC_WORK_REVIEW,
                                      TOPIC_NONE};

static const enum table_id tables[] = {
    TABLE_ICD10CM,
    TABLE_ICD10CM_TABULAR,
    TABLE_ICD10PCS,
    TABLE_POA_EXEMPT,
    TABLE_MCE,
    TABLE_HCPCS,
    TABLE_CPT,
    TABLE_MODIFIERS,
    TABLE_PTP_PRACTITIONER,
    TABLE_PTP_HOSPITAL,
    TABLE_MUE_PRACTITIONER,
    TABLE_MUE_HOSPITAL,
    TABLE_MUE_DME,
    TABLE_AOC,
    TABLE_REVENUE,
    TABLE_POS,
    TABLE_BILL_TYPE,
    TABLE_DISCHARGE_STATUS,
    TABLE_ADMISSION_TYPE,
    TABLE_ADMISSION_SOURCE,
    TABLE_CONDITION,
    TABLE_CARC,
    TABLE_PAYERS,
    TABLE_PROVIDERS,
    TABLE_MAX,
};

/* clang-format off */
static const struct conf_row settings[] = {
    {"FILING_WARN_DAYS", CONF_NUMBER, "15", 0, 365, NULL,
     "a claim is held for a person when so many days or fewer are left to its filing limit"},
    {"EDITS_SKIP", CONF_TEXT, "", 0, 0, NULL,
     "edits that are not applied, ids joined by commas: NCC-03,COD-17"},
    {NULL, CONF_TEXT, NULL, 0, 0, NULL, NULL},
};
/* clang-format on */

/* One claim at work. */
struct job {
    struct svc_ctx *x;
    struct arena *a;
    CcClaim *claim;
    struct validator_result found;
    const CcBilledLine **history;
    size_t n_history;
    char **own; /* state keys of this claim's remembered lines */
    size_t n_own;
    bool was_held;
};

/* no_memory - of the message's arena */
static int no_memory(struct err *e)
{
    return err_set(e, ERR_REJECT, "size", "the claim needs more memory than a message may");
}

/* text - a copy in the arena; protobuf text is never NULL */
static char *text(struct job *j, const char *s)
{
    static char empty[] = "";
    char *copy = s[0] ? arena_strdup(j->a, s) : empty;

    return copy ? copy : empty;
}

/* near - could an edit of this claim ask about the line */
static bool near(const CcClaim *c, const CcBilledLine *l)
{
    int32_t day = c->from_date ? c->from_date : c->n_lines ? c->lines[0]->from_date : 0;
    int32_t apart;

    if (!date_valid(day) || !date_valid(l->from_date))
        return true;
    apart = date_diff(day, l->from_date);
    return apart > -HISTORY_DAYS && apart < HISTORY_DAYS;
}

/* take_line - one remembered line of the patient */
static int take_line(void *arg, const char *key, const void *value, size_t n, struct err *e)
{
    struct job *j = arg;
    ProtobufCMessage *m;
    CcBilledLine *l;
    bool own;

    if (event_unpack(j->a, &cc_billed_line__descriptor, value, n, &m, e) != 0)
        return -1;
    l = (CcBilledLine *)(void *)m;
    own = strcmp(l->claim_id, j->claim->claim_id) == 0;
    if (l->line == 0) {
        j->was_held |= own;
        return 0;
    }
    if (own && !event_push(j->a, j, own, arena_strdup(j->a, key)))
        return no_memory(e);
    if ((own || near(j->claim, l)) && !event_push(j->a, j, history, l))
        return no_memory(e);
    return 0;
}

/* recall - what was billed for this patient */
static int recall(struct job *j, struct err *e)
{
    char prefix[KEY_MAX];

    if (!j->claim->patient_key[0])
        return 0;
    snprintf(prefix, sizeof(prefix), "%s/", j->claim->patient_key);
    return svc_each(j->x, prefix, take_line, j, e);
}

/* check - all edits; findings and deadline go on the claim */
static int check(struct job *j, struct err *e)
{
    const struct conf *c = svc_conf(j->x);
    const char *print;
    struct validator_options o = {
        .received_date = date_of_ms(svc_now_ms(j->x), 0),
        .warn_days = (int)conf_number(c, "FILING_WARN_DAYS"),
        .history = j->history,
        .n_history = j->n_history,
        .skip = conf_text(c, "EDITS_SKIP"),
    };

    if (validator_check(j->claim, svc_tables(j->x), &o, j->a, &j->found, e) != 0)
        return -1;
    print = validator_fingerprint(j->claim, j->a);
    if (!print)
        return no_memory(e);
    j->claim->fingerprint = text(j, print);
    j->claim->findings = j->found.findings;
    j->claim->n_findings = j->found.n_findings;
    j->claim->filing_deadline_date = j->found.filing_deadline_date;
    return 0;
}

/* destination - the payer that is billed, "" = none */
static const char *destination(const CcClaim *c)
{
    for (size_t i = 0; i < c->n_coverages; i++)
        if (c->coverages[i]->destination || c->n_coverages == 1)
            return c->coverages[i]->payer_id;
    return "";
}

/* emit_status - the claim's next step; a void that passed stays one that waits for the payer */
static int emit_status(struct job *j, bool clean, struct err *e)
{
    const CcClaim *c = j->claim;
    CcClaimStatus *st = event_new(j->a, &cc_claim_status__descriptor);

    if (!st)
        return no_memory(e);
    st->claim_id = c->claim_id;
    st->version = c->version;
    st->from_state = c->void_of_claim ? CLAIM_STATE_VOID_PENDING : CLAIM_STATE_CODED;
    st->state = !clean             ? CLAIM_STATE_HELD
                : c->void_of_claim ? CLAIM_STATE_VOID_PENDING
                                   : CLAIM_STATE_READY;
    st->step = text(j, "validator");
    st->event = text(j, clean ? "checks_passed" : "checks_failed");
    st->reason = text(j, clean ? "" : j->found.findings[0]->message);
    st->next =
        text(j, clean ? "the next batch to this receiver" : "a person corrects what was found");
    st->at_ms = svc_now_ms(j->x);
    st->encounter = c->encounter;
    st->patient_key = c->patient_key;
    st->account = c->account;
    st->kind = c->kind;
    st->payer_id = text(j, destination(c));
    st->receiver = c->receiver;
    st->charge_cents = c->charge_cents;
    st->findings = c->findings;
    st->n_findings = c->n_findings;
    st->filing_deadline_date = c->filing_deadline_date;
    if (arena_exhausted(j->a))
        return no_memory(e);
    return svc_emit(j->x, TOPIC_CLAIMS_STATUS, c->claim_id, &st->base, e);
}

/* new_item - what people see of a claim; one question a claim, whatever its version */
static CcReviewItem *new_item(struct job *j, const char *state)
{
    const CcClaim *c = j->claim;
    CcReviewItem *item = event_new(j->a, &cc_review_item__descriptor);

    if (!item)
        return NULL;
    item->review_id = arena_printf(j->a, "%s-validator", c->claim_id);
    item->claim_id = c->claim_id;
    item->encounter = c->encounter;
    item->patient_key = c->patient_key;
    item->version = c->version;
    item->stage = text(j, "validator");
    item->state = text(j, state);
    item->account = c->account;
    item->payer_id = text(j, destination(c));
    item->created_ms = svc_now_ms(j->x);
    return item->review_id ? item : NULL;
}

/* missing_table - a table that was not there is its own reason */
static bool missing_table(const struct job *j)
{
    for (size_t i = 0; i < j->found.n_findings; i++)
        if (j->found.findings[i]->severity == SEVERITY_REJECT)
            return false;
    return strcmp(j->found.findings[0]->edit, "TAB-01") == 0;
}

/* emit_review - all findings, the first one's fix, the money at stake, until when */
static int emit_review(struct job *j, struct err *e)
{
    const CcClaim *c = j->claim;
    CcReviewItem *item = new_item(j, "open");

    if (!item)
        return no_memory(e);
    item->reason = text(j, missing_table(j) ? "no-table" : "edits");
    item->question = text(j, "the claim was checked before sending: what was found has to be "
                             "corrected, or a hold confirmed with its reason");
    item->findings = c->findings;
    item->n_findings = c->n_findings;
    item->fix = c->findings[0]->fix;
    item->at_stake_cents = c->charge_cents > 0 ? c->charge_cents : 0;
    item->due_date = c->filing_deadline_date;
    if (arena_exhausted(j->a))
        return no_memory(e);
    return svc_emit(j->x, TOPIC_WORK_REVIEW, c->claim_id, &item->base, e);
}

/* held_key - where it is remembered that a question is open */
static void held_key(const CcClaim *c, char out[KEY_MAX])
{
    snprintf(out, KEY_MAX, "%s/%s/held", c->patient_key, c->claim_id);
}

/* hold - to people; what an earlier version has billed stays billed */
static int hold(struct job *j, struct err *e)
{
    CcBilledLine *mark = event_new(j->a, &cc_billed_line__descriptor);
    char key[KEY_MAX];

    if (!mark)
        return no_memory(e);
    mark->claim_id = j->claim->claim_id;
    mark->version = j->claim->version;
    mark->state = text(j, "HELD");
    mark->at_ms = svc_now_ms(j->x);
    held_key(j->claim, key);
    if (j->claim->patient_key[0] && svc_put(j->x, key, &mark->base, e) != 0)
        return -1;
    return emit_review(j, e) != 0 ? -1 : emit_status(j, false, e);
}

/* release - an earlier version's question is answered by this one */
static int release(struct job *j, struct err *e)
{
    CcReviewItem *item;
    char key[KEY_MAX];

    if (!j->was_held)
        return 0;
    item = new_item(j, "done");
    held_key(j->claim, key);
    if (!item)
        return no_memory(e);
    if (svc_delete(j->x, key, e) != 0)
        return -1;
    return svc_emit(j->x, TOPIC_WORK_REVIEW, j->claim->claim_id, &item->base, e);
}

/* remember - this version's lines in place of the earlier one's; of a void nothing stays billed */
static int remember(struct job *j, struct err *e)
{
    const CcClaim *c = j->claim;
    CcBilledLine **lines;
    size_t n;

    if (!c->patient_key[0])
        return 0;
    for (size_t i = 0; i < j->n_own; i++)
        if (svc_delete(j->x, j->own[i], e) != 0)
            return -1;
    if (strcmp(c->frequency, "8") == 0)
        return 0;
    if (validator_billed(c, "READY", svc_now_ms(j->x), j->a, &lines, &n, e) != 0)
        return -1;
    for (size_t i = 0; i < n; i++) {
        char key[KEY_MAX];

        snprintf(key, sizeof(key), "%s/%s/%zu", c->patient_key, c->claim_id, i + 1);
        if (svc_put(j->x, key, &lines[i]->base, e) != 0)
            return -1;
    }
    return 0;
}

/* pass - on to the submitter */
static int pass(struct job *j, struct err *e)
{
    if (release(j, e) != 0 || remember(j, e) != 0)
        return -1;
    if (svc_emit(j->x, TOPIC_CLAIMS_CLEAN, j->claim->claim_id, &j->claim->base, e) != 0)
        return -1;
    return emit_status(j, true, e);
}

/* handle - one coded claim */
static int handle(struct svc_ctx *x, const struct svc_message *m, struct err *e)
{
    struct job j = {.x = x, .a = svc_arena(x)};
    ProtobufCMessage *p;

    if (svc_unpack(x, m, &cc_claim__descriptor, &p, e) != 0)
        return -1;
    j.claim = (CcClaim *)(void *)p;
    if (!j.claim->claim_id[0] || strlen(j.claim->claim_id) + strlen(j.claim->patient_key) > 100)
        return err_set(e, ERR_REJECT, "schema", "Claim.claim_id: missing or too long for a key");
    if (recall(&j, e) != 0 || check(&j, e) != 0)
        return -1;
    return j.found.worst >= SEVERITY_HOLD ? hold(&j, e) : pass(&j, e);
}

/* start - a wrong id in EDITS_SKIP stops the program */
static int start(const struct conf *c, void **user, struct err *e)
{
    *user = NULL;
    return edit_ids_known(conf_text(c, "EDITS_SKIP"), e);
}

const struct svc_spec validator_spec = {
    .name = "validator",
    .sentence = "every edit a payer would apply, applied first, by date of service",
    .consume = consumes,
    .produce = produces,
    .state = TOPIC_CLAIMS_HISTORY,
    .tables = tables,
    .settings = settings,
    .start = start,
    .handle = handle,
};
