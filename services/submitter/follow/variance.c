/* variance.c - what a payer allowed against what was expected, and what is the patient's
 *
 * An underpaid claim is paid in part: a person works on it, it is appealed by its day; an
 * overpayment is money that the payer may take back: Medicare's must be reported and returned
 * within 60 days (42 CFR 401.305). */
#include <string.h>

#include "common/base/date.h"
#include "common/base/money.h"
#include "common/claim/variance.h"
#include "services/submitter/follow/follow.h"

enum { RETURN_DAYS = 60 };

/* life_compare - see follow.h */
void life_compare(const struct life *l, CcRemittance *r)
{
    const CcClaim *c = l->st->claim;
    struct terms t = life_terms(l->x, l->status->payer_id);

    variance_set(r, c && c->version == l->status->version ? c : NULL);
    variance_judge(r, (struct tolerance){t.variance_cents, t.variance_percent});
}

/* return_until - the day by which an overpayment goes back; 0: no rule of ours says one */
static int32_t return_until(const struct life *l, const CcRemittance *r)
{
    bool medicare =
        strcmp(r->filing_indicator, "MA") == 0 || strcmp(r->filing_indicator, "MB") == 0;
    int32_t from = date_valid(r->payment_date) ? r->payment_date : date_of_ms(svc_now_ms(l->x), 0);

    return medicare ? date_add(from, RETURN_DAYS) : 0;
}

/* Which way a difference goes, and what is done. */
struct way_row {
    const char *reason, *words, *route, *category, *owner, *action, *fix;
};

/* clang-format off */
static const struct way_row under = {"underpaid", "less", "APP", "underpayment", "payer contracts", "appeal the allowed amount", "appeal with the contract or fee schedule that the expected amount rests on"};
static const struct way_row over = {"overpaid", "more", "INFO", "overpayment", "billing lead", "set the money aside: the payer may take it back", "check the expected amount; report and return what is too much"};
/* clang-format on */

/* ask - one question about one way */
static int ask(struct life *l, const CcAnswer *answer, const CcRemittance *r,
               const struct way_row *way, int64_t cents, struct err *e)
{
    const CcRemittanceLine *line = variance_line(r, way == &under);
    char allowed[DECIMAL_TEXT], expected[DECIMAL_TEXT], off[DECIMAL_TEXT];
    char *text = arena_printf(svc_arena(l->x), "allowed %s where %s was expected (%s)%s%s: %s %s",
                              decimal_text(r->allowed_cents, 2, allowed),
                              decimal_text(r->expected_cents, 2, expected),
                              l->st->claim->expected->method, line ? ", line " : "",
                              line ? line->control : "", decimal_text(cents, 2, off), way->words);

    return text ? life_ask(l,
                           &(struct question){.reason = way->reason,
                                              .what = answer->key,
                                              .answer = answer,
                                              .text = text,
                                              .route = way->route,
                                              .fix = way->fix,
                                              .category = way->category,
                                              .owner = way->owner,
                                              .action = way->action,
                                              .at_stake_cents = cents,
                                              .due_date = way == &under ? life_appeal_until(l, r)
                                                                        : return_until(l, r)},
                           e)
                : follow_no_memory(e);
}

/* life_ask_variance - see follow.h */
int life_ask_variance(struct life *l, const CcAnswer *answer, const CcRemittance *r, struct err *e)
{
    if (r->underpaid_cents && ask(l, answer, r, &under, r->underpaid_cents, e) != 0)
        return -1;
    return r->overpaid_cents ? ask(l, answer, r, &over, r->overpaid_cents, e) : 0;
}

/* life_waits_next - see follow.h */
bool life_waits_next(const struct life *l)
{
    return l->st->child[0] || (l->status->patient_cents > 0 && life_payer_left(l));
}

/* life_patient_balance - see follow.h */
int64_t life_patient_balance(const struct life *l)
{
    static const unsigned owing = 1u << CLAIM_STATE_PAID | 1u << CLAIM_STATE_PARTIAL |
                                  1u << CLAIM_STATE_DENIED | 1u << CLAIM_STATE_PATIENT_DUE |
                                  1u << CLAIM_STATE_APPEALED;
    const CcClaim *c = l->st->claim;

    if (!c || !l->st->n_posted || !((owing >> l->status->state) & 1) || life_waits_next(l))
        return 0;
    return l->status->patient_cents - c->patient_paid_cents;
}
