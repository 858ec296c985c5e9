/* reasons.c - every reason for which follow asks a person: whose work it is, what is to be done, in
 * how many days; and the two answers that every question has
 *
 * A question may know better: a denial has its owner and its day. Nothing is asked without any. A
 * person may have settled a thing in a way that no option names ("other", with the reason), or be
 * unable to ("undetermined"): then it stays open, and the billing lead has it. */
#include <string.h>

#include "services/submitter/follow/follow.h"

/* clang-format off */
const struct follow_reason follow_reasons[] = {
    {"refused-999",              "claim corrections",   "correct what the 999 names, and have it sent again", 3, false},
    {"rejected",                 "claim corrections",   "correct it: it was never filed", 3, false},
    {"information-requested",    "records",             "send what the payer asks for", 7, false},
    {"payer-has-no-claim",       "payer follow-up",     "prove that it was received, or send it again", 5, false},
    {"resend-limit",             "billing lead",        "find out why the receiver refuses the file", 1, false},
    {"unexpected-answer",        "payer follow-up",     "ask the payer what it means", 5, false},
    {"unknown-claim",            "payment posting",     "find whose it is, post it or send it back", 3, false},
    {"unknown-file",             "interchange support", "find which file of ours it answers", 3, true},
    {"file-refused",             "interchange support", "correct the envelope", 1, false},
    {"duplicate-file",           "interchange support", "find the answer to the first copy", 1, false},
    {"count-mismatch",           "interchange support", "ask for the claims that are missing in the answer", 2, false},
    {"writer-bug",               "interchange support", "have the writer corrected; nothing goes out until then", 1, false},
    {"provider-refused",         "interchange support", "ask the receiver which claims it means", 2, false},
    {"file-silent",              "interchange support", "ask the receiver for the acknowledgment, by name and number", 1, false},
    {"control-number-reused",    "interchange support", "find out which of the two files the receiver has", 1, true},
    {"no-route",                 "interchange support", "complete the route in the table", 1, false},
    {"reply-empty",              "interchange support", "ask the receiver for the whole file", 2, true},
    {"reply-damaged",            "interchange support", "ask the receiver for the whole file", 2, true},
    {"reply-not-ours",           "interchange support", "find out whose file it is, and how it came here", 1, true},
    {"reply-too-large",          "interchange support", "have the receiver send it in parts", 2, true},
    {"remittance-unbalanced",    "payment posting",     "ask the payer for a corrected remittance", 3, true},
    {"remittance-repeated",      "payment posting",     "compare the two files of this payment", 3, true},
    {"remittance-conflict",      "payment posting",     "ask the payer which of the two is true", 1, true},
    {"provider-adjustment",      "payment posting",     "post it to the claim that it belongs to", 3, false},
    {"payment-for-unsent-claim", "payment posting",     "find out who billed it", 3, false},
    {"unexpected-payment",       "payment posting",     "post it or send it back", 3, false},
    {"second-payment",           "payment posting",     "find out which of the two stands", 3, false},
    {"unmatched-reversal",       "payment posting",     "find the payment that it takes back", 3, false},
    {"denied",                   "denials",             "work on the denial", 14, false},
    {"paid-in-part",             "denials",             "work on what was refused", 14, false},
    {"underpaid",                "payer contracts",     "appeal the allowed amount", 14, false},
    {"overpaid",                 "billing lead",        "set the money aside, report and return what is too much", 14, false},
    {"secondary-by-hand",        "secondary billing",   "make the next payer's claim by hand", 7, true},
    {"secondary-changed",        "secondary billing",   "tell the next payer what the first one changed", 7, true},
    {"patient-credit",           "patient accounts",    "refund the difference", 14, false},
    {"stuck",                    "operations",          "look at the worker that has it", 1, false},
    {"still-open",               "claim corrections",   "decide it", 3, false},
    {"silent",                   "payer follow-up",     "ask the payer for the status", 3, false},
    {"no-payment",               "payer follow-up",     "ask the payer for the status", 5, false},
    {"cob-silent",               "secondary billing",   "ask that payer whether it has the claim", 5, false},
    {"balance-left",             "payment posting",     "bill, write off or explain what is left", 14, true},
    {"filing-limit",             "claim corrections",   "have it filed before its day", 1, false},
    {"appeal-limit",             "denials",             "appeal before its day, or let it be", 1, false},
    {NULL, "billing lead", "look at it, and say what was done", 3, true},
};
/* clang-format on */

/* follow_reason - see follow.h */
const struct follow_reason *follow_reason(const char *reason)
{
    const struct follow_reason *r = follow_reasons;

    while (r->reason && strcmp(r->reason, reason) != 0)
        r++;
    return r;
}

/* follow_option - see follow.h */
CcReviewOption *follow_option(struct svc_ctx *x, CcReviewItem *item, const char *id,
                              const char *text)
{
    CcReviewOption *o = event_new(svc_arena(x), &cc_review_option__descriptor);

    if (!o || !(o->id = arena_strdup(svc_arena(x), id)) ||
        !(o->text = arena_strdup(svc_arena(x), text)) ||
        !event_push(svc_arena(x), item, options, o))
        return NULL;
    return o;
}

/* follow_open_answers - see follow.h */
int follow_open_answers(struct svc_ctx *x, CcReviewItem *item)
{
    CcReviewOption *other =
        follow_option(x, item, "other", "other: settled outside, as the reason says");
    char *reason = arena_strdup(svc_arena(x), "reason");

    if (!other || !reason || !event_push(svc_arena(x), other, takes, reason))
        return -1;
    return follow_option(x, item, "undetermined",
                         "cannot be determined: it stays open, for the billing lead")
               ? 0
               : -1;
}

/* follow_answered - see follow.h */
int follow_answered(struct svc_ctx *x, const CcAnswer *answer, struct err *e)
{
    CcReviewItem *item = answer->review;

    if (!item || !item->key[0] || !item->review_id[0] || !item->answer)
        return err_set(e, ERR_REJECT, "review", "an answer to a question that it does not bring");
    if (strcmp(item->answer->choice, "other") == 0)
        item->state = arena_strdup(svc_arena(x), "done");
    else if (strcmp(item->answer->choice, "undetermined") == 0)
        item->owner = arena_strdup(svc_arena(x), follow_reason("")->owner);
    else
        return err_set(e, ERR_REJECT, "review", "an answer that no question has");
    return item->state && item->owner ? svc_emit(x, TOPIC_WORK_REVIEW, item->key, &item->base, e)
                                      : follow_no_memory(e);
}
