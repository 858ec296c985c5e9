/* topic.c - the topics as rows */
#include "common/event/event.h"

#include <string.h>

/* clang-format off */
static const struct topic_row rows[TOPIC_MAX] = {
    [TOPIC_NONE]             = {"", "", NULL, false, false, false},
    [TOPIC_ENCOUNTERS]       = {"encounters", "patient key", &cc_encounter__descriptor, false, true, true},
    [TOPIC_ENCOUNTERS_STATE] = {"encounters.state", "patient key / encounter id", NULL, true, false, false},
    [TOPIC_CLAIMS_CODED]     = {"claims.coded", "patient key", &cc_claim__descriptor, false, true, true},
    [TOPIC_CLAIMS_HISTORY]   = {"claims.history", "patient key / claim id", NULL, true, false, false},
    [TOPIC_CLAIMS_DECISIONS] = {"claims.decisions", "patient key", &cc_decision__descriptor, false, true, true},
    [TOPIC_CLAIMS_CLEAN]     = {"claims.clean", "claim id", &cc_claim__descriptor, false, true, true},
    [TOPIC_CLAIMS_PENDING]   = {"claims.pending", "receiver / claim id", NULL, true, false, false},
    [TOPIC_CLAIMS_STATUS]    = {"claims.status", "claim id", &cc_claim_status__descriptor, true, false, true},
    [TOPIC_INTERCHANGES]     = {"interchanges", "receiver id", &cc_interchange__descriptor, false, true, true},
    [TOPIC_INTERCHANGES_PENDING] = {"interchanges.pending", "receiver / ISA13", NULL, true, false, false},
    [TOPIC_PAYER_REPLIES]    = {"payer.replies", "sha256 of the file", &cc_reply__descriptor, false, true, true},
    [TOPIC_PAYER_ANSWERS]    = {"payer.answers", "receiver or claim id", &cc_answer__descriptor, false, true, true},
    [TOPIC_CLAIMS_FOLLOW]    = {"claims.follow", "claim, file or reply", NULL, true, false, false},
    [TOPIC_REMITTANCES]      = {"remittances", "claim id", &cc_remittance__descriptor, false, true, true},
    [TOPIC_AUDIT]            = {.name = "audit", .key = "chain", .message = &cc_audit__descriptor, .remove = true, .open = true},
    [TOPIC_WORK_REVIEW]      = {"work.review", "claim or encounter id", &cc_review_item__descriptor, false, true, true},
};
/* clang-format on */

/* topic_row - of a topic */
const struct topic_row *topic_row(enum topic t)
{
    return &rows[t < TOPIC_MAX ? t : TOPIC_NONE];
}

/* topic_by_name - without prefix */
enum topic topic_by_name(const char *name)
{
    for (int t = TOPIC_NONE + 1; t < TOPIC_MAX; t++)
        if (strcmp(rows[t].name, name) == 0)
            return (enum topic)t;
    return TOPIC_NONE;
}
