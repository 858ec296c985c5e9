/* billed.c - a claim as it is remembered: its lines, and its fingerprint */
#include "services/validator/edits/edits.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/str.h"
#include "common/sys/digest.h"

/* copy_text - protobuf text of the arena */
static char *copy_text(struct arena *a, const char *s)
{
    static char empty[] = "";
    char *copy = s[0] ? arena_strdup(a, s) : empty;

    return copy ? copy : empty;
}

/* by_text - for qsort of texts */
static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* line_text - one line of the fingerprint: code, modifiers, days, units, charge; written in b */
static char *line_text(const struct edit_line *l, struct buf *b, struct arena *a)
{
    const int64_t numbers[] = {l->from, l->thru, l->line->units_milli, l->line->charge_cents};

    buf_reset(b);
    buf_adds(b, l->code);
    buf_addc(b, '|');
    buf_adds(b, l->line->revenue);
    for (size_t k = 0; k < sizeof(numbers) / sizeof(numbers[0]); k++) {
        buf_addc(b, '|');
        buf_addn(b, numbers[k]);
    }
    for (size_t k = 0; k < l->line->n_modifiers; k++) {
        buf_addc(b, '|');
        buf_adds(b, l->line->modifiers[k]);
    }
    if (b->failed)
        arena_give_out(a);
    return b->failed ? NULL : arena_strndup(a, b->data, b->len);
}

/* line_texts - of all lines, sorted; NULL: the arena is exhausted */
static char **line_texts(const struct edit_claim *c, struct arena *a)
{
    char **lines = arena_array(a, c->n_lines + 1, sizeof(*lines));
    struct buf b;

    buf_init(&b);
    for (size_t i = 0; lines && i < c->n_lines; i++)
        if (!(lines[i] = line_text(&c->lines[i], &b, a)))
            lines = NULL;
    buf_wipe(&b);
    if (lines)
        qsort(lines, c->n_lines, sizeof(*lines), by_text);
    return lines;
}

/* patient_text - the key, or, for a claim read from a file, what tells patients apart; it is hashed
 */
static char *patient_text(const struct edit_claim *c, struct arena *a)
{
    const CcPatient *p = c->claim->patient;

    if (c->claim->patient_key[0] || !p)
        return arena_strdup(a, c->claim->patient_key);
    return arena_printf(a, "%s|%" PRId32 "|%s|%s", c->destination ? c->destination->member_id : "",
                        p->birth_date, p->name ? p->name->last : "", p->name ? p->name->first : "");
}

/* head_text - what stands before the lines */
static char *head_text(const struct edit_claim *c, struct arena *a)
{
    const char *patient = patient_text(c, a);

    return arena_printf(a, "%s|%s|%s|%d|%" PRId32 "|%" PRId32 "|%s|%s",
                        c->billing ? c->billing->npi : "", patient ? patient : "",
                        c->destination ? c->destination->payer_id : "", (int)c->claim->kind,
                        c->from, c->thru, c->claim->frequency, c->claim->original_reference);
}

/* print_of - SHA-256 over head and sorted lines, each behind a line's end; NULL: the arena is
 * exhausted */
static const char *print_of(const struct edit_claim *c, struct arena *a)
{
    char **lines = line_texts(c, a), *text = head_text(c, a), *hex = arena_alloc(a, DIGEST_TEXT);
    struct span *parts = arena_array(a, 2 * c->n_lines + 1, sizeof(*parts));
    uint8_t raw[DIGEST_BYTES];

    if (!lines || !text || !hex || !parts)
        return NULL;
    parts[0] = span_of(text);
    for (size_t i = 0; i < c->n_lines; i++) {
        parts[2 * i + 1] = span_of("\n");
        parts[2 * i + 2] = span_of(lines[i]);
    }
    digest_parts(parts, 2 * c->n_lines + 1, raw);
    digest_to_hex(raw, DIGEST_BYTES, hex);
    return hex;
}

/* validator_fingerprint - as the header has it */
const char *validator_fingerprint(const CcClaim *claim, struct arena *a)
{
    static const struct validator_options none;
    struct edit_claim c;

    return edit_digest(claim, &none, a, &c) ? print_of(&c, a) : NULL;
}

/* fill_stay - the bill around it, of a claim that has a statement period */
static void fill_stay(const struct edit_claim *c, CcBilledLine *out, struct arena *a)
{
    if (c->professional)
        return;
    out->admit_date = c->claim->admit_date;
    out->bill_from_date = c->from;
    out->bill_thru_date = c->thru;
    out->discharge_status = copy_text(a, c->claim->discharge_status);
    out->unrelated_stay = edit_has_condition(c, "B4");
}

/* fill_line - one remembered line */
static void fill_line(const struct edit_claim *c, const struct edit_line *l, CcBilledLine *out,
                      struct arena *a)
{
    const CcProvider *p = edit_line_provider(c, l, PROVIDER_ROLE_RENDERING);

    out->claim_id = copy_text(a, c->claim->claim_id);
    out->version = c->claim->version;
    out->line = l->number;
    out->kind = c->claim->kind;
    out->code = copy_text(a, l->code);
    out->revenue = copy_text(a, l->line->revenue);
    out->from_date = l->line->from_date ? l->from : c->arrived;
    out->thru_date = l->line->from_date ? l->thru : c->thru;
    out->units_milli = l->line->units_milli;
    out->charge_cents = l->line->charge_cents;
    out->billing_npi = copy_text(a, c->billing ? c->billing->npi : "");
    out->rendering_npi = copy_text(a, p ? p->npi : "");
    out->taxonomy = copy_text(a, p ? p->taxonomy : "");
    out->payer_id = copy_text(a, c->destination ? c->destination->payer_id : "");
    out->type_of_bill = copy_text(a, c->claim->type_of_bill);
    out->unrelated = edit_says_unrelated(c->claim);
    fill_stay(c, out, a);
    for (size_t k = 0; k < l->line->n_modifiers; k++)
        event_push(a, out, modifiers, copy_text(a, l->line->modifiers[k]));
}

/* validator_billed - as the header has it */
int validator_billed(const CcClaim *claim, const char *state, int64_t at_ms, struct arena *a,
                     struct validator_billed *out, struct err *e)
{
    static const struct validator_options none;
    struct validator_billed billed = {0};
    struct edit_claim c;

    if (edit_digest(claim, &none, a, &c)) {
        billed.fingerprint = print_of(&c, a);
        billed.lines = arena_array(a, c.n_lines + 1, sizeof(*billed.lines));
    }
    for (; billed.fingerprint && billed.lines && billed.n < c.n_lines; billed.n++) {
        CcBilledLine *l = event_new(a, &cc_billed_line__descriptor);

        if (!l)
            break;
        fill_line(&c, &c.lines[billed.n], l, a);
        l->fingerprint = copy_text(a, billed.fingerprint);
        l->state = copy_text(a, state);
        l->at_ms = at_ms;
        billed.lines[billed.n] = l;
    }
    if (arena_exhausted(a))
        return err_set(e, ERR_REJECT, "size", "the claim is over the limit of a message");
    *out = billed;
    return 0;
}
