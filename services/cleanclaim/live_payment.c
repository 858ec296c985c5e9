/* live_payment.c - a remittance as `show` tells it: what was paid of the claim and of
 * each line, and who bears the rest */
#include "services/cleanclaim/live.h"

#include <stdio.h>

/* add_adjustments - of one place; line NULL: the claim's own */
static void add_adjustments(json_t *list, const char *line, CcRemittanceAdjustment *const *adj,
                            size_t n)
{
    for (size_t i = 0; i < n; i++)
        json_array_append_new(list,
                              json_pack("{s:o, s:s, s:s, s:I, s:s}", "line",
                                        line ? json_string(line) : json_null(), "group",
                                        adj[i]->group, "reason", adj[i]->reason, "amount_cents",
                                        (json_int_t)adj[i]->amount_cents, "route", adj[i]->route));
}

/* paid_line - what was paid of a line, and who bears the rest */
static json_t *paid_line(const CcRemittanceLine *l)
{
    return json_pack(
        "{s:o, s:o, s:o, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:o, s:o, s:o}", "control",
        cmd_json_text(l->control), "code", cmd_json_text(l->code), "revenue",
        cmd_json_text(l->revenue), "charge_cents", (json_int_t)l->charge_cents, "paid_cents",
        (json_int_t)l->paid_cents, "contractual_cents", (json_int_t)l->contractual_cents,
        "patient_cents", (json_int_t)l->patient_cents, "other_cents", (json_int_t)l->other_cents,
        "denied_cents", (json_int_t)l->denied_cents, "allowed_cents", (json_int_t)l->reckoned_cents,
        "expected_cents", live_amount(l->compared, l->expected_cents), "variance_cents",
        live_amount(l->compared, l->variance_cents), "remarks",
        live_texts(l->remarks, l->n_remarks));
}

/* live_payment_json - see live.h */
json_t *live_payment_json(const CcRemittance *r)
{
    json_t *adjustments = json_array(), *lines = json_array();

    add_adjustments(adjustments, NULL, r->adjustments, r->n_adjustments);
    for (size_t i = 0; i < r->n_lines; i++) {
        add_adjustments(adjustments, r->lines[i]->control, r->lines[i]->adjustments,
                        r->lines[i]->n_adjustments);
        json_array_append_new(lines, paid_line(r->lines[i]));
    }
    return json_pack(
        "{s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:o, s:o, s:I, s:I, s:s, s:o, "
        "s:o}",
        "status", r->status, "payer_claim", r->payer_claim, "charge_cents",
        (json_int_t)r->charge_cents, "paid_cents", (json_int_t)r->paid_cents, "contractual_cents",
        (json_int_t)r->contractual_cents, "patient_cents", (json_int_t)r->patient_cents,
        "other_cents", (json_int_t)r->other_cents, "denied_cents", (json_int_t)r->denied_cents,
        "allowed_cents", (json_int_t)r->allowed_cents, "expected_cents",
        live_amount(r->compared, r->expected_cents), "variance_cents",
        live_amount(r->compared, r->variance_cents), "underpaid_cents",
        (json_int_t)r->underpaid_cents, "overpaid_cents", (json_int_t)r->overpaid_cents, "trace",
        r->trace, "adjustments", adjustments, "paid_lines", lines, "forwarded", (int)r->forwarded,
        "crossover", cmd_json_text(r->crossover), "crossover_by",
        cmd_json_text(r->crossover_remark));
}

/* text_of - a member for people */
static const char *text_of(const json_t *o, const char *key)
{
    const char *t = json_string_value(json_object_get(o, key));

    return t ? t : "";
}

/* print_shares - "100.00 paid, 40.00 contract, 25.00 patient, 0.00 other" */
static void print_shares(const json_t *o)
{
    static const char *const parts[][2] = {{"paid_cents", "paid"},
                                           {"contractual_cents", ", contract"},
                                           {"patient_cents", ", patient"},
                                           {"other_cents", ", other"}};
    char amount[32], expected[32];

    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
        printf("%s %s", parts[i][1], live_dollars_of(o, parts[i][0], amount));
    if (json_is_integer(json_object_get(o, "expected_cents")))
        printf(", allowed %s of %s expected", live_dollars_of(o, "allowed_cents", amount),
               live_dollars_of(o, "expected_cents", expected));
}

/* live_print_payment - see live.h */
void live_print_payment(const json_t *o)
{
    json_t *line;
    size_t i;

    printf("payment       ");
    print_shares(o);
    printf(", payer's number %s, trace %s", text_of(o, "payer_claim"), text_of(o, "trace"));
    if (json_is_true(json_object_get(o, "forwarded")))
        printf(", forwarded to %s (%s)", text_of(o, "crossover"), text_of(o, "crossover_by"));
    putchar('\n');
    json_array_foreach(json_object_get(o, "paid_lines"), i, line)
    {
        const char *code = text_of(line, "code");

        printf("%30s%-16s %-6s ", "", text_of(line, "control"),
               *code ? code : text_of(line, "revenue"));
        print_shares(line);
        putchar('\n');
    }
}
