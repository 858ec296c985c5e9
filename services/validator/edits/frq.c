/* frq.c - FRQ: what replaces or voids an earlier claim (billing §8.4, §8.5) */
#include "services/validator/edits/edits.h"

#include <inttypes.h>
#include <string.h>

#include "common/base/money.h"
#include "common/base/str.h"

/* edit_frq_01 - the payer's number of what is replaced; and none on an original */
void edit_frq_01(struct edit_run *r)
{
    const char *number = r->c->claim->original_reference;

    if (r->c->claim->void_of_claim && !number[0])
        edit_found_as(r, SEVERITY_NOTE, at_claim("REF02*F8"), NULL,
                      "the record took the claim back: the payer's number is known to the "
                      "submitter, if it was sent at all");
    else if (r->c->replaces && !number[0])
        edit_found(r, at_claim("REF02*F8"), NULL,
                   "a replacement or void names no payer's claim number to replace");
    else if (number[0] && strcmp(r->c->claim->frequency, "1") == 0)
        edit_found_as(r, SEVERITY_HOLD, at_claim("REF02*F8"), NULL,
                      "an original claim (frequency 1) names an earlier one");
}

/* edit_frq_02 - frequencies of the guide, and of the payer */
void edit_frq_02(struct edit_run *r)
{
    const char *f = r->c->claim->frequency;
    const char *list = r->c->professional ? "178" : "0123456789ABCDEFGHIJKMNOPQXYZ";
    struct table_row row;

    if (strlen(f) != 1 || !strchr(list, f[0]))
        edit_found(r, at_claim("CLM05-3"), NULL,
                   "the frequency code is missing or not for this kind of claim");
    else if (f[0] == '7' && edit_ask_payer(r, &row) && table_col_is(&row, "allow_freq7", "N"))
        edit_found(r, in_edition(at_claim("CLM05-3"), row.edition), NULL,
                   "the payer takes no replacement claims");
}

/* What is known of the claim that this one replaces. */
struct original {
    const CcBilledLine *line; /* one of it; NULL: nothing is known */
    int64_t cents;
};

/* edit_is_original - as the header has it */
bool edit_is_original(const CcClaim *c, const CcBilledLine *l)
{
    return strcmp(l->claim_id, c->claim_id) == 0 ||
           (c->original_reference[0] && strcmp(l->payer_claim, c->original_reference) == 0);
}

/* find_original - among what was billed for the patient */
static struct original find_original(const struct edit_run *r)
{
    struct original o = {NULL, 0};

    for (size_t i = 0; i < r->o->n_history; i++)
        if (edit_is_original(r->c->claim, r->o->history[i])) {
            o.line = r->o->history[i];
            if (!money_add(o.cents, o.line->charge_cents, &o.cents))
                o.cents = -1;
        }
    return o;
}

/* edit_frq_03 - the payer decided the original; while it has not, it is asked (276), and what it
 * refused before adjudication goes out as new (billing §8.4, §8.5). Where nothing of the original
 * or of its fate is known, nothing is said. */
void edit_frq_03(struct edit_run *r)
{
    static const char *const waits[] = {"READY", "BATCHED", "SENT", "ACCEPTED", "PENDING", NULL};
    struct original o = find_original(r);

    if (!o.line || r->c->claim->void_of_claim || r->c->claim->after_version)
        return; /* a void of what was not sent; or the coder has waited for the payer's decision */
    if (strcmp(o.line->state, "REJECTED") == 0)
        edit_found(
            r, at_claim("CLM05-3"), NULL,
            "the payer refused the original before adjudication: nothing is there to replace "
            "or void");
    else if (str_in(o.line->state, waits))
        edit_found(r, at_claim("CLM05-3"), NULL,
                   "the payer has not decided the original, which this would replace or void");
}

/* differs - what of a void is not the original's; NULL: all is */
static const char *differs(const struct edit_claim *c, const struct original *o)
{
    const CcBilledLine *l = o->line;

    if (o->cents != c->claim->charge_cents)
        return "total is not that of the claim it voids";
    if ((l->kind && l->kind != c->claim->kind) ||
        (l->type_of_bill[0] && strncmp(l->type_of_bill, c->claim->type_of_bill, 3) != 0))
        return "kind of bill is not that of the claim it voids";
    if (edit_other_house(c, l))
        return "billing provider is not that of the claim it voids";
    if (l->payer_id[0] && c->destination && strcmp(l->payer_id, c->destination->payer_id) != 0)
        return "payer is not that of the claim it voids";
    return NULL;
}

/* edit_frq_04 - a void is the original with another frequency: who, for whom and how much are those
 * billed */
void edit_frq_04(struct edit_run *r)
{
    bool own = r->c->claim->after_version; /* the coder made it of the very version that was sent */
    struct original o = r->c->is_void && !own ? find_original(r) : (struct original){NULL, 0};
    const char *what = o.line ? differs(r->c, &o) : NULL;

    if (what)
        edit_found(r, at_claim("CLM02"), NULL, "the void's %s", what);
}

/* is_change - a claim-change condition code */
static bool is_change(const char *s)
{
    return (s[0] == 'D' && s[1] >= '0' && s[1] <= '9' && !s[2]) || strcmp(s, "E0") == 0;
}

/* edit_frq_05 - Medicare wants the reason of an adjustment, and only one */
void edit_frq_05(struct edit_run *r)
{
    size_t n = 0;

    for (size_t i = 0; i < r->c->claim->n_conditions; i++)
        n += is_change(r->c->claim->conditions[i]);
    if (n != 1)
        edit_found(r, at_claim("HI01-2*BG"), NULL,
                   "a Medicare adjustment or cancel carries exactly one of condition codes D0-D9, "
                   "E0; this has %zu",
                   n);
}
