/* validator.c - the worker: every edit over every coded claim; clean ones go on, the rest to people
 *
 * Handlers are pure: (claim, what was billed for the patient, tables, clock) -> (claim or question,
 * its state, what is billed now). What is remembered and how: history.c. */
#include "services/validator/validator.h"

#include <stdlib.h>

#include "common/price/price.h"
#include "common/base/date.h"
#include "services/validator/edit.h"
#include "services/validator/job.h"

static const enum topic consumes[] = {TOPIC_CLAIMS_CODED, TOPIC_CLAIMS_DECISIONS, TOPIC_NONE};
static const enum topic produces[] = {TOPIC_CLAIMS_CLEAN, TOPIC_CLAIMS_STATUS, TOPIC_WORK_REVIEW,
                                      TOPIC_CLAIMS_DECISIONS, TOPIC_NONE};

static const enum table_id tables[] = {
    TABLE_ICD10CM,
    TABLE_ICD10CM_TABULAR,
    TABLE_ICD10PCS,
    TABLE_POA_EXEMPT,
    TABLE_MCE,
    TABLE_MSDRG,
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
    TABLE_OCCURRENCE,
    TABLE_VALUE,
    TABLE_CARC,
    TABLE_RARC,
    TABLE_TAXONOMY,
    TABLE_RVU,
    TABLE_OPPS,
    TABLE_NDC_HCPCS,
    TABLE_PAYERS,
    TABLE_PROVIDERS,
    TABLE_PAYER_RULES,
    TABLE_COVERAGE_POLICY,
    TABLE_AUTHORIZATIONS,
    TABLE_CONTRACTS, /* from here on: what a clean claim is expected to bring */
    TABLE_FEES,
    TABLE_GPCI,
    TABLE_RVU_QPP,
    TABLE_DRG_WEIGHTS,
    TABLE_HOSPITALS,
    TABLE_RATES,
    TABLE_NEW_TECHNOLOGY,
    TABLE_OPPS_COMPREHENSIVE,
    TABLE_MAX,
};

/* clang-format off */
static const struct conf_row settings[] = {
    {"FILING_WARN_DAYS", CONF_NUMBER, "15", 0, 365, NULL,
     "a claim is held for a person when so many days or fewer are left to its filing limit"},
    {"HISTORY_DAYS", CONF_NUMBER, "36500", 366, 36500, NULL,
     "earlier lines of the patient matter to the edits when they are so near; a service that is "
     "covered once in a lifetime needs all of them"},
    {"EDITS_SKIP", CONF_TEXT, "", 0, 0, NULL,
     "edits that are not applied, ids joined by commas: NCC-03,COD-17"},
    {"REPAIR", CONF_WORD, "on", 0, 0, "on off",
     "the form of ids and codes is repaired before the edits (`cleanclaim edits --repairs`), or all is left to people"},
    {NULL, CONF_TEXT, NULL, 0, 0, NULL, NULL},
};
/* clang-format on */

/* job_no_memory - of the message's arena */
int job_no_memory(struct err *e)
{
    return err_set(e, ERR_REJECT, "size", "the claim needs more memory than a message may");
}

/* job_text - a copy in the arena; protobuf text is never NULL */
char *job_text(struct job *j, const char *s)
{
    static char empty[] = "";
    char *copy = s[0] ? arena_strdup(j->a, s) : empty;

    return copy ? copy : empty;
}

/* job_settings - as the header has it */
const struct job_settings *job_settings(const struct job *j)
{
    return svc_user(j->x);
}

/* repair - what is safe, before the edits */
static int repair(struct job *j, struct err *e)
{
    if (!job_settings(j)->repair)
        return 0;
    return validator_repair(j->claim, svc_tables(j->x), NULL, j->a, e);
}

/* check - all edits; findings and deadline go on the claim */
static int check(struct job *j, struct err *e)
{
    struct validator_options o = {
        .received_date = date_of_ms(svc_now_ms(j->x), 0),
        .warn_days = job_settings(j)->warn_days,
        .history = j->history,
        .n_history = j->n_history,
        .skip = job_settings(j)->skip,
    };

    if (validator_check(j->claim, svc_tables(j->x), &o, j->a, &j->found, e) != 0)
        return -1;
    j->claim->findings = j->found.findings;
    j->claim->n_findings = j->found.n_findings;
    j->claim->filing_deadline_date = j->found.filing_deadline_date;
    return 0;
}

/* hold - to people */
static int hold(struct job *j, struct err *e)
{
    return job_remember_held(j, e) != 0 ? -1 : job_say_held(j, e);
}

/* pass - on to the submitter */
static int pass(struct job *j, struct err *e)
{
    bool was_held = j->own && j->own->held_version;
    struct validator_billed billed;

    if (was_held && job_say_answered(j, e) != 0)
        return -1;
    if (validator_billed(j->claim, "READY", svc_now_ms(j->x), j->a, &billed, e) != 0)
        return -1;
    j->claim->fingerprint = (char *)(uintptr_t)billed.fingerprint;
    if (job_remember(j, &billed, e) != 0 ||
        price_claim(j->claim, svc_tables(j->x), j->a, &j->claim->expected, e) != 0)
        return -1;
    if (svc_emit(j->x, TOPIC_CLAIMS_CLEAN, j->claim->claim_id, &j->claim->base, e) != 0)
        return -1;
    return job_say_clean(j, e);
}

/* job_run - as the header has it */
int job_run(struct job *j, struct err *e)
{
    bool known;

    job_route(j);
    if (repair(j, e) != 0 || job_recall(j, e) != 0)
        return -1;
    if (j->alias)
        return job_send_claim(j, e);
    if (job_known(j, &known, e) != 0)
        return -1;
    if (known)
        return 0;
    if (check(j, e) != 0)
        return -1;
    return j->found.worst >= SEVERITY_HOLD ? hold(j, e) : pass(j, e);
}

/* handle - a coded claim, or what was decided of one */
static int handle(struct svc_ctx *x, const struct svc_message *m, struct err *e)
{
    struct job j = {.x = x, .a = svc_arena(x), .message = m};
    ProtobufCMessage *p;

    if (m->topic == TOPIC_CLAIMS_DECISIONS)
        return job_decision(x, m, e);
    if (svc_unpack(x, m, &cc_claim__descriptor, &p, e) != 0)
        return -1;
    j.claim = (CcClaim *)(void *)p;
    return job_check_key(j.claim, e) != 0 ? -1 : job_run(&j, e);
}

/* start - a wrong id in EDITS_SKIP stops the program */
static int start(const struct conf *c, void **user, struct err *e)
{
    struct job_settings *s;

    if (edit_ids_known(conf_text(c, "EDITS_SKIP"), e) != 0)
        return -1;
    s = malloc(sizeof(*s));
    if (!s)
        return err_set(e, ERR_FATAL, "memory", "out of memory");
    *s = (struct job_settings){
        .repair = conf_is(c, "REPAIR", "on"),
        .warn_days = (int)conf_number(c, "FILING_WARN_DAYS"),
        .history_days = (int32_t)conf_number(c, "HISTORY_DAYS"),
        .skip = conf_text(c, "EDITS_SKIP"),
    };
    *user = s;
    return 0;
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
    .stop = free,
};
