/* remember.c - a claim as the validator's state holds it: short, and back again
 *
 * A state of fifty million lines is read from a mapped file; what is not in it need not be read.
 * So what the lines of a claim share is written once, ids of digits are numbers, and a day is left
 * out where it is that of the line before. A line comes to about 25 bytes, a claim to 60 more. */
#include "services/validator/remember.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"

/* A line without a rendering provider on a claim that has one: no NPI has this number. */
enum { NPI_NONE = 1 };

/* copy_text - protobuf text of the arena */
static char *copy_text(struct arena *a, const char *s)
{
    static char empty[] = "";
    char *copy = s[0] ? arena_strdup(a, s) : empty;

    return copy ? copy : empty;
}

/* npi_number - ten digits as a number; 0: none, and what is no NPI cannot be on a claim that passed
 */
static uint64_t npi_number(const char *s)
{
    int64_t n = 0;

    return str_is_digits(s, 10, 10) && str_to_i64(s, &n) ? (uint64_t)n : 0;
}

/* npi_text - and back */
static char *npi_text(struct arena *a, uint64_t n)
{
    char *text = n > NPI_NONE ? arena_printf(a, "%010" PRIu64, n) : NULL;

    return text ? text : copy_text(a, "");
}

/* fingerprint_number - its first 16 hex digits */
static uint64_t fingerprint_number(const char *hex)
{
    char head[17];

    str_copy(head, sizeof(head), hex);
    return strtoull(head, NULL, 16);
}

/* join - modifiers with commas */
static char *join(const CcBilledLine *l, struct arena *a)
{
    char *text = copy_text(a, l->n_modifiers ? l->modifiers[0] : "");

    for (size_t i = 1; i < l->n_modifiers; i++) {
        char *longer = arena_printf(a, "%s,%s", text, l->modifiers[i]);

        text = longer ? longer : text;
    }
    return text;
}

/* split - and back */
static void split(const char *text, CcBilledLine *out, struct arena *a)
{
    while (*text) {
        size_t n = strcspn(text, ",");
        char *word = arena_strndup(a, text, n);

        if (!word || !event_push(a, out, modifiers, word))
            return;
        text += n + (text[n] == ',');
    }
}

/* days_after - from one day to a later one; 0: none is later, or one is no day */
static uint32_t days_after(int32_t from, int32_t thru)
{
    return date_valid(from) && date_valid(thru) && thru > from ? (uint32_t)date_diff(thru, from)
                                                               : 0;
}

/* day_after - and back */
static int32_t day_after(int32_t from, uint32_t days)
{
    return days && date_valid(from) ? date_add(from, (int32_t)days) : from;
}

/* head_stay - the bill around the lines */
static void head_stay(const CcBilledLine *first, struct arena *a, CcBilledClaim *out)
{
    out->admit_date = first->admit_date;
    out->bill_from_date = first->bill_from_date;
    out->bill_days_more = days_after(first->bill_from_date, first->bill_thru_date);
    out->discharge_status = copy_text(a, first->discharge_status);
    out->unrelated_stay = first->unrelated_stay;
}

/* head - what the lines share, from the first of them */
static void head(const CcBilledLine *first, struct arena *a, CcBilledClaim *out)
{
    out->version = first->version;
    out->kind = first->kind;
    out->billing_npi = npi_number(first->billing_npi);
    out->rendering_npi = npi_number(first->rendering_npi);
    out->taxonomy = copy_text(a, first->taxonomy);
    out->payer_id = copy_text(a, first->payer_id);
    out->type_of_bill = copy_text(a, first->type_of_bill);
    out->fingerprint = fingerprint_number(first->fingerprint);
    out->unrelated = first->unrelated;
    head_stay(first, a, out);
}

/* shorten - one line, as far as it differs from its claim and the line before */
static void shorten(const CcBilledLine *l, const CcBilledLine *before, const CcBilledClaim *claim,
                    struct arena *a, CcBilledService *out)
{
    uint64_t npi = npi_number(l->rendering_npi);
    bool same = npi == claim->rendering_npi && strcmp(l->taxonomy, claim->taxonomy) == 0;

    out->number = l->line == (before ? before->line : 0) + 1 ? 0 : l->line;
    out->code = copy_text(a, l->code);
    out->modifiers = join(l, a);
    out->revenue = copy_text(a, l->revenue);
    out->from_date = before && before->from_date == l->from_date ? 0 : l->from_date;
    out->days_more = days_after(l->from_date, l->thru_date);
    out->units_milli = l->units_milli;
    out->charge_cents = l->charge_cents;
    out->rendering_npi = same ? 0 : !npi && !l->taxonomy[0] ? NPI_NONE : npi;
    out->taxonomy = copy_text(a, same ? "" : l->taxonomy);
}

/* remember_lines - as the header has it */
bool remember_lines(CcBilledLine *const *lines, size_t n, struct arena *a, CcBilledClaim *out)
{
    out->lines = NULL;
    out->n_lines = 0;
    if (n)
        head(lines[0], a, out);
    for (size_t i = 0; i < n; i++) {
        CcBilledService *s = event_new(a, &cc_billed_service__descriptor);

        if (!s || !event_push(a, out, lines, s))
            return false;
        shorten(lines[i], i ? lines[i - 1] : NULL, out, a, s);
    }
    return !arena_exhausted(a);
}

/* template_stay - the bill around the lines again */
static void template_stay(const CcBilledClaim *claim, CcBilledLine *l)
{
    l->admit_date = claim->admit_date;
    l->bill_from_date = claim->bill_from_date;
    l->bill_thru_date = day_after(claim->bill_from_date, claim->bill_days_more);
    l->discharge_status = claim->discharge_status;
    l->unrelated_stay = claim->unrelated_stay;
}

/* template_of - a line with what the claim's lines share */
static CcBilledLine *template_of(const CcBilledClaim *claim, const char *claim_id, struct arena *a)
{
    CcBilledLine *l = event_new(a, &cc_billed_line__descriptor);
    char word[EVENT_WORD];
    char *print;

    if (!l)
        return NULL;
    print = claim->fingerprint ? arena_printf(a, "%016" PRIx64, claim->fingerprint) : NULL;
    l->claim_id = copy_text(a, claim_id);
    l->version = claim->version;
    l->kind = claim->kind;
    l->billing_npi = npi_text(a, claim->billing_npi);
    l->rendering_npi = npi_text(a, claim->rendering_npi);
    l->taxonomy = claim->taxonomy;
    l->payer_id = claim->payer_id;
    l->type_of_bill = claim->type_of_bill;
    l->fingerprint = print ? print : copy_text(a, "");
    l->at_ms = claim->at_ms;
    l->state = copy_text(a, event_word(&cc_claim_state__descriptor, (int)claim->state, true, word));
    l->payer_claim = claim->payer_claim;
    l->unrelated = claim->unrelated;
    l->remit_date = claim->remit_date;
    template_stay(claim, l);
    return l;
}

/* lengthen - one line again */
static void lengthen(const CcBilledService *s, const CcBilledLine *before, struct arena *a,
                     CcBilledLine *out)
{
    out->line = s->number ? s->number : (before ? before->line : 0) + 1;
    out->code = s->code;
    split(s->modifiers, out, a);
    out->revenue = s->revenue;
    out->from_date = s->from_date ? s->from_date : before ? before->from_date : 0;
    out->thru_date = day_after(out->from_date, s->days_more);
    out->units_milli = s->units_milli;
    out->charge_cents = s->charge_cents;
    if (s->rendering_npi || s->taxonomy[0]) {
        out->rendering_npi = npi_text(a, s->rendering_npi);
        out->taxonomy = s->taxonomy;
    }
}

/* recall_lines - as the header has it */
bool recall_lines(const CcBilledClaim *claim, const char *claim_id, struct arena *a,
                  CcBilledLine ***out, size_t *n)
{
    const CcBilledLine *shared = template_of(claim, claim_id, a);
    CcBilledLine **lines = arena_array(a, claim->n_lines + 1, sizeof(*lines));

    for (size_t i = 0; shared && lines && i < claim->n_lines; i++) {
        lines[i] = arena_memdup(a, shared, sizeof(*shared));
        if (!lines[i])
            return false;
        lengthen(claim->lines[i], i ? lines[i - 1] : NULL, a, lines[i]);
    }
    *out = lines;
    *n = claim->n_lines;
    return shared && lines && !arena_exhausted(a);
}
