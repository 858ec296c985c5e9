/* follow.c - payers' answers become claim states, payments and work: the spec, and which record
 * goes where
 *
 * Records come keyed by what they are about: replies by content, interchanges and answers about
 * files by receiver, statuses and answers about claims by claim id. An answer about a file is sent
 * on once for each claim, so that a claim's life is decided in one place, in one order (billing
 * §8). */
#include "services/submitter/follow/follow.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/str.h"
#include "services/submitter/submitter.h"

#define MINUTE INT64_C(60000)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define YEAR_MS (366 * DAY)

/* clang-format off */
static const struct conf_row settings[] = {
    {"FOLLOW_EARLY_MS", CONF_NUMBER, "3600000", 1, YEAR_MS, NULL, "an answer about something not known yet waits so long, then a person is asked"},
    {"FOLLOW_STEP_MS", CONF_NUMBER, "86400000", 1, YEAR_MS, NULL, "a claim that no worker of ours moves for so long is told"},
    {"FOLLOW_PERSON_MS", CONF_NUMBER, "604800000", 1, YEAR_MS, NULL, "a claim that waits for a person is told again after so long"},
    {"FOLLOW_FILE_MS", CONF_NUMBER, "86400000", 1, YEAR_MS, NULL, "no TA1 or 999 of a file for so long: a person asks the receiver; file_hours of the payer goes before"},
    {"FOLLOW_ACK_MS", CONF_NUMBER, "172800000", 1, YEAR_MS, NULL, "no acknowledgment for so long: the claim is UNKNOWN; ack_days of the payer goes before"},
    {"FOLLOW_ERA_MS", CONF_NUMBER, "1814400000", 1, YEAR_MS, NULL, "no remittance for so long after acceptance: the payer is asked; era_days of the payer goes before"},
    {"FOLLOW_COB_MS", CONF_NUMBER, "2592000000", 1, YEAR_MS, NULL, "no remittance of the next payer for so long: a person looks"},
    {"FOLLOW_CLOSE_MS", CONF_NUMBER, "7776000000", 1, YEAR_MS, NULL, "a paid claim with nothing left is closed after so long"},
    {"FOLLOW_PATIENT_MS", CONF_NUMBER, "259200000", 1, YEAR_MS, NULL, "what a payer leaves to the patient waits so long for a correction, then the patient owes it"},
    {"FOLLOW_INQUIRY_MS", CONF_NUMBER, "60000", 1, YEAR_MS, NULL, "questions to a receiver (276) are gathered so long"},
    {"FOLLOW_KEEP_DAYS", CONF_NUMBER, "400", 1, 4000, NULL, "files, replies and payments are remembered so long"},
    {"FOLLOW_RESEND_MAX", CONF_NUMBER, "1", 0, 10, NULL, "times that a claim of a refused file is sent again without a person"},
    {"FOLLOW_APPEAL_DAYS", CONF_NUMBER, "120", 1, 1000, NULL, "days from a payment in which its decisions can be appealed; appeal_days of the payer goes before"},
    {"FOLLOW_VARIANCE_CENTS", CONF_NUMBER, "100", 0, 100000000, NULL, "an allowed amount that differs from the expected one by no more is as expected; variance_cents of the payer goes before"},
    {"FOLLOW_VARIANCE_PERCENT", CONF_NUMBER, "1", 0, 100, NULL, "the same in percent of the expected amount; variance_percent of the payer goes before"},
    {NULL, CONF_TEXT, NULL, 0, 0, NULL, NULL},
};
/* clang-format on */

static const enum table_id tables[] = {TABLE_PAYERS, TABLE_ROUTES, TABLE_MAX};
static const enum topic consume[] = {TOPIC_PAYER_REPLIES, TOPIC_PAYER_ANSWERS, TOPIC_INTERCHANGES,
                                     TOPIC_CLAIMS_STATUS, TOPIC_CLAIMS_CLEAN,  TOPIC_NONE};
static const enum topic produce[] = {
    TOPIC_PAYER_ANSWERS, TOPIC_CLAIMS_STATUS, TOPIC_REMITTANCES,
    TOPIC_WORK_REVIEW,   TOPIC_CLAIMS_CLEAN,  TOPIC_CLAIMS_DECISIONS,
    TOPIC_CLAIMS_CODED,  TOPIC_INTERCHANGES,  TOPIC_NONE};

/* start - settings */
static int start(const struct conf *c, void **user, struct err *e)
{
    struct follow *f = calloc(1, sizeof(*f));

    if (!f)
        return err_set(e, ERR_FATAL, "memory", "out of memory");
    f->early_ms = conf_number(c, "FOLLOW_EARLY_MS");
    f->keep_ms = conf_number(c, "FOLLOW_KEEP_DAYS") * DAY;
    f->clock_ms[LIFE_CLOCK_STEP] = conf_number(c, "FOLLOW_STEP_MS");
    f->clock_ms[LIFE_CLOCK_PERSON] = conf_number(c, "FOLLOW_PERSON_MS");
    f->clock_ms[LIFE_CLOCK_ACK] = conf_number(c, "FOLLOW_ACK_MS");
    f->clock_ms[LIFE_CLOCK_ERA] = conf_number(c, "FOLLOW_ERA_MS");
    f->clock_ms[LIFE_CLOCK_COB] = conf_number(c, "FOLLOW_COB_MS");
    f->clock_ms[LIFE_CLOCK_CLOSE] = conf_number(c, "FOLLOW_CLOSE_MS");
    f->file_ms = conf_number(c, "FOLLOW_FILE_MS");
    f->patient_ms = conf_number(c, "FOLLOW_PATIENT_MS");
    f->inquiry_ms = conf_number(c, "FOLLOW_INQUIRY_MS");
    f->resend_max = conf_number(c, "FOLLOW_RESEND_MAX");
    f->appeal_days = conf_number(c, "FOLLOW_APPEAL_DAYS");
    f->variance_cents = conf_number(c, "FOLLOW_VARIANCE_CENTS");
    f->variance_percent = conf_number(c, "FOLLOW_VARIANCE_PERCENT");
    *user = f;
    return 0;
}

/* handle_answer - about a claim, or about a file */
static int handle_answer(struct svc_ctx *x, const struct svc_message *m, struct err *e)
{
    ProtobufCMessage *raw;
    CcAnswer *answer;

    if (svc_unpack(x, m, &cc_answer__descriptor, &raw, e) != 0)
        return -1;
    answer = (CcAnswer *)(void *)raw;
    return strcmp(answer->level, "claim") == 0 ? follow_claim_answer(x, answer, e)
                                               : follow_file_answer(x, answer, e);
}

/* handle - by topic */
static int handle(struct svc_ctx *x, const struct svc_message *m, struct err *e)
{
    switch (m->topic) {
    case TOPIC_PAYER_REPLIES:
        return follow_reply(x, m, e);
    case TOPIC_PAYER_ANSWERS:
        return handle_answer(x, m, e);
    case TOPIC_INTERCHANGES:
        return follow_interchange(x, m, e);
    case TOPIC_CLAIMS_STATUS:
        return follow_status(x, m, e);
    case TOPIC_CLAIMS_CLEAN:
        return follow_clean(x, m, e);
    default:
        return err_set(e, ERR_REJECT, "topic", "a record of a topic that follow does not read");
    }
}

/* timer - by its name: drop/KEY, early/KEY, early/claim/ID, clock/claim/ID, due/claim/ID,
 * silent/KEY, ask/RECEIVER */
static int timer(struct svc_ctx *x, const char *name, int64_t due_ms, struct err *e)
{
    (void)due_ms;
    if (str_starts(name, "clock/claim/"))
        return follow_clock(x, name + strlen("clock/claim/"), e);
    if (str_starts(name, "due/claim/"))
        return follow_due(x, name + strlen("due/claim/"), e);
    if (str_starts(name, "ask/"))
        return follow_inquiry_due(x, name, e);
    if (str_starts(name, "silent/"))
        return follow_file_silent(x, name + strlen("silent/"), e);
    if (str_starts(name, "early/claim/"))
        return follow_claim_expired(x, name + strlen("early/claim/"), e);
    if (str_starts(name, "early/"))
        return follow_file_expired(x, name + strlen("early/"), e);
    if (str_starts(name, "drop/"))
        return svc_delete(x, name + strlen("drop/"), e);
    return 0;
}

const struct svc_spec submitter_follow_spec = {
    .name = "submitter-follow",
    .sentence = "TA1, 999, 277CA, 277 and 835 become claim states, payments and work",
    .consume = consume,
    .produce = produce,
    .state = TOPIC_CLAIMS_FOLLOW,
    .tables = tables,
    .settings = settings,
    .start = start,
    .handle = handle,
    .timer = timer,
    .stop = free,
};
