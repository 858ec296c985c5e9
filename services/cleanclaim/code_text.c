/* code_text.c - a coded encounter for people: codes, lines, claims, questions, each with its rules
 */
#include "services/cleanclaim/code_out.h"

#include <stdio.h>
#include <string.h>

#include "common/base/date.h"
#include "common/base/money.h"
#include "common/codes/codes.h"

/* print_rules - ids, each once, behind a line */
static void print_rules(CcRuleHit *const *rules, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        size_t k = 0;

        while (k < i && strcmp(rules[k]->rule, rules[i]->rule) != 0)
            k++;
        if (k == i)
            printf(" %s", rules[i]->rule);
    }
    putchar('\n');
}

/* shown - with the dot of ICD-10-CM */
static const char *shown(const CcCode *c, char *out)
{
    if (!c || !c->code[0])
        return "-";
    if (c->system == CODE_SYSTEM_ICD10CM && strlen(c->code) <= 8)
        return icd10cm_display(c->code, out);
    return c->code;
}

/* print_diagnoses - those on the claim, in order */
static void print_diagnoses(const CcCodingResult *r)
{
    char code[16], role[EVENT_WORD], poa[EVENT_WORD];

    for (size_t i = 0; i < r->n_diagnoses; i++) {
        const CcClaimDiagnosis *d = r->diagnoses[i];

        event_word(&cc_diagnosis_role__descriptor, (int)d->role, false, role);
        event_word(&cc_poa__descriptor, (int)d->poa, d->poa != POA_EXEMPT, poa);
        printf("  %3u %-8s %-14s %-7s", d->rank, shown(d->assignment->code, code), role,
               d->poa ? poa : "");
        print_rules(d->assignment->rules, d->assignment->n_rules);
    }
}

/* print_others - seen and not on the claim */
static void print_others(const CcCodingResult *r)
{
    char code[16], status[EVENT_WORD];

    for (size_t i = 0; i < r->n_codes; i++) {
        const CcCodeAssignment *as = r->codes[i];

        if (as->status != CODE_STATUS_REJECTED && as->status != CODE_STATUS_REVIEW)
            continue;
        event_word(&cc_code_status__descriptor, (int)as->status, false, status);
        printf("      %-8s %-22s", shown(as->code, code), status);
        print_rules(as->rules, as->n_rules);
    }
}

/* print_lines - of all claims */
static void print_lines(const CcCodingResult *r)
{
    char day[DATE_TEXT], units[DECIMAL_TEXT], money[DECIMAL_TEXT];

    for (size_t i = 0; i < r->n_lines; i++) {
        const CcServiceLine *l = r->lines[i];

        printf("  LX%-3u %-5s %-6s %s x %s = %s", l->number, l->revenue,
               l->procedure ? l->procedure->code->code : "-", date_text(l->from_date, day),
               decimal_text(l->units_milli, 3, units), decimal_text(l->charge_cents, 2, money));
        print_rules(l->rules, l->n_rules);
    }
}

/* code_text - one encounter or note */
void code_text(const struct coded_item *item)
{
    const CcCodingResult *r = item->result;

    printf("%s %s%s\n", item->source, item->encounter, r->cancelled ? " cancelled" : "");
    print_diagnoses(r);
    print_others(r);
    print_lines(r);
    for (size_t i = 0; i < r->n_claims; i++)
        printf("  claim %s\n", r->claims[i]->claim_id);
    for (size_t i = 0; i < r->n_review; i++)
        printf("  ? %s: %s\n", r->review[i]->reason, r->review[i]->question);
}
