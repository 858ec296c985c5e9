/* cmd_remit.c - cleanclaim remit: an 835 as claims, adjustments with their route, and what does not
 * balance
 *
 * One line a payment (a transaction set). What could not be read is a line too, with its finding: a
 * cut file is never silence. */
#include <stdio.h>
#include <stdlib.h>

#include "common/base/money.h"
#include "common/claim/denial.h"
#include "common/claim/read835.h"
#include "services/cleanclaim/answers.h"

/* adjustments - CAS triples with where they lead; a reason without a row has no route: a person
 * looks */
static json_t *adjustments(CcRemittanceAdjustment *const *list, size_t n)
{
    json_t *out = json_array();

    for (size_t i = 0; i < n; i++) {
        json_t *a = json_pack("{s:s, s:s, s:I, s:o}", "group", list[i]->group, "reason",
                              list[i]->reason, "amount_cents", (json_int_t)list[i]->amount_cents,
                              "route", cmd_json_text(list[i]->route));

        if (list[i]->quantity_milli)
            json_object_set_new(a, "quantity_milli", json_integer(list[i]->quantity_milli));
        json_array_append_new(out, a);
    }
    return out;
}

/* line_json - one service line */
static json_t *line_json(const CcRemittanceLine *l)
{
    json_t *out = json_pack(
        "{s:o, s:o, s:o, s:o, s:o, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:o, s:o, s:o, s:o, s:o}",
        "control", cmd_json_text(l->control), "qualifier", cmd_json_text(l->qualifier), "code",
        cmd_json_text(l->code), "modifiers", answers_texts(l->modifiers, l->n_modifiers), "revenue",
        cmd_json_text(l->revenue), "charge_cents", (json_int_t)l->charge_cents, "paid_cents",
        (json_int_t)l->paid_cents, "contractual_cents", (json_int_t)l->contractual_cents,
        "patient_cents", (json_int_t)l->patient_cents, "other_cents", (json_int_t)l->other_cents,
        "denied_cents", (json_int_t)l->denied_cents, "units_milli", (json_int_t)l->paid_units_milli,
        "allowed_cents", l->allowed_given ? json_integer(l->allowed_cents) : json_null(), "from",
        cmd_json_date(l->from_date), "to", cmd_json_date(l->thru_date), "adjustments",
        adjustments(l->adjustments, l->n_adjustments), "remarks",
        answers_texts(l->remarks, l->n_remarks));

    if (l->submitted_code[0]) {
        json_object_set_new(out, "submitted_code", json_string(l->submitted_code));
        json_object_set_new(out, "submitted_modifiers",
                            answers_texts(l->submitted_modifiers, l->n_submitted_modifiers));
    }
    return out;
}

/* outcome_of - PAID, PARTIAL, DENIED; a reversal is one */
static const char *outcome_of(const CcRemittance *c)
{
    struct remit_outcome o;

    if (c->reversal)
        return "REVERSED";
    remit_decide(c, &o);
    return o.state == CLAIM_STATE_DENIED    ? "DENIED"
           : o.state == CLAIM_STATE_PARTIAL ? "PARTIAL"
                                            : "PAID";
}

/* claim_json - one claim of the payment */
static json_t *claim_json(const CcRemittance *c)
{
    CcRemittance split = *c; /* its patient share is what CLP05 says */
    json_t *lines = json_array();

    remit_split(&split);
    for (size_t i = 0; i < c->n_lines; i++)
        json_array_append_new(lines, line_json(c->lines[i]));
    return json_pack("{s:s, s:o, s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:o, s:o, s:o, s:b, s:o, "
                     "s:o, s:I}",
                     "claim", c->claim_id, "payer_claim", cmd_json_text(c->payer_claim), "status",
                     c->status, "outcome", outcome_of(c), "charge_cents",
                     (json_int_t)c->charge_cents, "paid_cents", (json_int_t)c->paid_cents,
                     "patient_cents", (json_int_t)c->patient_cents, "contractual_cents",
                     (json_int_t)split.contractual_cents, "other_cents",
                     (json_int_t)split.other_cents, "denied_cents", (json_int_t)split.denied_cents,
                     "adjustments", adjustments(c->adjustments, c->n_adjustments), "remarks",
                     answers_texts(c->remarks, c->n_remarks), "lines", lines, "forwarded",
                     c->forwarded, "crossover", cmd_json_text(c->crossover), "crossover_by",
                     cmd_json_text(c->crossover_remark), "segment", (json_int_t)c->position);
}

/* provider_json - PLB */
static json_t *provider_json(const struct payment *p)
{
    json_t *out = json_array();

    for (size_t i = 0; i < p->n_adjustments; i++) {
        const struct payment_adjustment *a = &p->adjustments[i];

        json_array_append_new(out, json_pack("{s:o, s:o, s:s, s:o, s:I}", "provider",
                                             cmd_json_text(a->provider), "fiscal_date",
                                             cmd_json_date(a->fiscal_date), "reason", a->reason,
                                             "reference", cmd_json_text(a->reference),
                                             "amount_cents", (json_int_t)a->amount_cents));
    }
    return out;
}

/* findings_json - equations that do not hold */
static json_t *findings_json(const struct payment *p)
{
    json_t *out = json_array();

    for (size_t i = 0; i < p->n_findings; i++) {
        const struct payment_finding *f = &p->findings[i];

        json_array_append_new(
            out, json_pack("{s:s, s:s, s:o, s:o, s:s, s:I, s:I, s:I, s:I}", "equation", f->equation,
                           "severity", f->note ? "note" : "reject", "claim",
                           cmd_json_text(f->claim), "line", cmd_json_text(f->line), "element",
                           f->element, "segment", (json_int_t)f->position, "expected_cents",
                           (json_int_t)f->expected_cents, "found_cents", (json_int_t)f->found_cents,
                           "delta_cents", (json_int_t)f->delta_cents));
    }
    return out;
}

/* payment_json - one line */
static void payment_json(const struct answers_job *job, const struct payment *p)
{
    json_t *claims = json_array();

    for (size_t i = 0; i < p->n_claims; i++)
        json_array_append_new(claims, claim_json(p->claims[i]));
    cmd_json(json_pack("{s:s, s:s, s:o, s:o, s:I, s:o, s:o, s:o, s:b, s:o, s:o, s:o}", "source",
                       job->file->name, "control", p->st02, "trace", cmd_json_text(p->trace),
                       "payer", cmd_json_text(p->payer_id), "payment_cents",
                       (json_int_t)p->check_cents, "method", cmd_json_text(p->method), "date",
                       cmd_json_date(p->payment_date), "payee", cmd_json_text(p->payee_npi),
                       "balanced", p->balanced, "claims", claims, "provider_adjustments",
                       provider_json(p), "findings", findings_json(p)));
}

/* payment_text - for people */
static void payment_text(const struct answers_job *job, const struct payment *p)
{
    char a[DECIMAL_TEXT], b[DECIMAL_TEXT], c[DECIMAL_TEXT];

    printf("%s: payment %s by %s, %s %s: %s\n", job->file->name, p->trace, p->payer_id, p->method,
           decimal_text(p->check_cents, 2, a), p->balanced ? "balanced" : "does NOT balance");
    for (size_t i = 0; i < p->n_claims; i++)
        printf("  %-20s %-8s charge %10s  paid %10s  patient %10s  payer no. %s\n",
               p->claims[i]->claim_id, outcome_of(p->claims[i]),
               decimal_text(p->claims[i]->charge_cents, 2, a),
               decimal_text(p->claims[i]->paid_cents, 2, b),
               decimal_text(p->claims[i]->patient_cents, 2, c), p->claims[i]->payer_claim);
    for (size_t i = 0; i < p->n_adjustments; i++)
        printf("  provider adjustment %s %s: %s\n", p->adjustments[i].reason,
               p->adjustments[i].reference, decimal_text(p->adjustments[i].amount_cents, 2, a));
    for (size_t i = 0; i < p->n_findings; i++)
        printf(
            "  %s: equation %s at %s, segment %u, claim %s %s: expected %s, found %s, off by %s\n",
            p->findings[i].note ? "note" : "REFUSED", p->findings[i].equation,
            p->findings[i].element, p->findings[i].position,
            p->findings[i].claim[0] ? p->findings[i].claim : "-",
            p->findings[i].line ? p->findings[i].line : "",
            decimal_text(p->findings[i].expected_cents, 2, a),
            decimal_text(p->findings[i].found_cents, 2, b),
            decimal_text(p->findings[i].delta_cents, 2, c));
}

/* unreadable - a line for what could not be read */
static void unreadable(struct answers_job *job, uint64_t offset, const char *why)
{
    job->result = EXIT_FOUND;
    if (!job->json) {
        printf("%s: byte %llu: %s\n", job->file->name, (unsigned long long)offset, why);
        return;
    }
    cmd_json(json_pack("{s:s, s:n, s:n, s:n, s:b, s:[], s:[], s:[{s:s, s:s, s:I, s:s}]}", "source",
                       job->file->name, "trace", "payment_cents", "method", "balanced", 0, "claims",
                       "provider_adjustments", "findings", "equation", "read", "severity", "reject",
                       "offset", (json_int_t)offset, "message", why));
}

/* one_item - a payment, or what is none */
static void one_item(struct answers_job *job, struct arena *a, const struct reply_item *item)
{
    struct err e = {0};
    struct payment *p;

    if (!read835_reads(item)) {
        unreadable(job, item->offset, "not an 835");
    } else if (read835(a, item, &p, &e) != 0) {
        unreadable(job, item->offset, e.text);
    } else {
        if (!p->balanced)
            job->result = EXIT_FOUND;
        if (job->json)
            payment_json(job, p);
        else
            payment_text(job, p);
    }
}

/* cmd_remit - all files */
int cmd_remit(int argc, char **argv)
{
    static const struct answers_kind kind = {one_item, unreadable, "no remittance in it"};

    return cmd_answers(argc, argv, &kind);
}
