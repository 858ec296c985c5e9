/* rules.c - which of the payers' rules a claim meets, and what they found told by their edits */
#include "services/validator/rules.h"

#include <string.h>

#include "common/base/str.h"
#include "common/tables/made.h"

/* ask_names - by the payers table, else as the claim has it */
static void ask_names(struct edit_run *r, struct payer_names *n)
{
    const CcClaimCoverage *v = r->c->destination;
    struct table_row row;

    str_copy(n->filing, sizeof(n->filing), v->filing_indicator);
    str_copy(n->payer, sizeof(n->payer), v->payer_id);
    if (!v->payer_id[0] || !edit_edition(r, TABLE_PAYERS, r->c->from) || !edit_ask_payer(r, &row))
        return;
    table_col_text(&row, "canonical", n->payer, sizeof(n->payer));
    if (!n->payer[0])
        str_copy(n->payer, sizeof(n->payer), v->payer_id);
    table_col_text(&row, "contractor", n->contractor, sizeof(n->contractor));
}

/* rule_payer_names - asked once a claim */
const struct payer_names *rule_payer_names(struct edit_run *r)
{
    static const struct payer_names none;
    struct payer_names *n;

    if (r->c->names)
        return r->c->names;
    n = arena_alloc(r->arena, sizeof(*n));
    if (!n)
        return &none;
    ask_names(r, n);
    r->c->names = n;
    return n;
}

/* mask_of - the first characters of all codes and revenue codes */
static struct code_mask mask_of(const struct edit_claim *c)
{
    struct code_mask mask = {{0}};

    for (size_t i = 0; i < c->n_lines; i++) {
        uint64_t revenue = code_key(c->lines[i].line->revenue);

        if (c->lines[i].key)
            code_mask_add(&mask, c->lines[i].key);
        if (revenue)
            code_mask_add(&mask, revenue);
    }
    return mask;
}

/* in_force - on a day */
static bool in_force(const struct payer_rule *rule, int32_t on)
{
    return (!rule->cells.from || on >= rule->cells.from) &&
           (!rule->cells.to || on <= rule->cells.to);
}

/* for_plan - the group's number or name */
static bool for_plan(const struct payer_rule *rule, const CcClaimCoverage *v)
{
    return !rule->cells.plan.n || rule_plan_fits(rule->cells.plan, v->group_number) ||
           rule_plan_fits(rule->cells.plan, v->group_name);
}

/* meets - does the line meet codes, days and condition */
static bool meets(const struct edit_run *r, const struct payer_rule *rule,
                  const struct edit_line *l)
{
    struct rule_claim x = {r->c, l};

    if (rule->codes.n && !code_set_has(&rule->codes, l->key) &&
        (!l->line->revenue[0] || !code_set_has(&rule->codes, code_key(l->line->revenue))))
        return false;
    return in_force(rule, l->from) && cond_holds(&rule->when, rule_fetch, &x);
}

/* ask_lines - line by line; a rule that is about the claim is content with the first */
static void ask_lines(struct edit_run *r, const struct payer_rule *rule)
{
    for (size_t i = 0; i < r->c->n_lines; i++) {
        if (!meets(r, rule, &r->c->lines[i]))
            continue;
        rule_judge(r, rule, rule->of_claim ? NULL : &r->c->lines[i]);
        if (rule->of_claim)
            return;
    }
}

/* ask_rule - is it for this claim at all */
static void ask_rule(struct edit_run *r, const struct payer_rule *rule)
{
    struct rule_claim x = {r->c, NULL};

    if (!for_plan(rule, r->c->destination))
        return;
    if (rule->by_line)
        ask_lines(r, rule);
    else if (in_force(rule, r->c->from) && cond_holds(&rule->when, rule_fetch, &x))
        rule_judge(r, rule, NULL);
}

/* ask_those - the rules of one scope; most are passed over at their gate */
static void ask_those(struct edit_run *r, const struct payer_rules *all, enum rule_scope scope,
                      const char *whom, const struct code_mask *mask)
{
    const struct rule_gate *gates;
    size_t n = 0;
    const struct payer_rule *rules = payer_rules_of(all, scope, whom, &n, &gates);

    for (size_t i = 0; i < n; i++)
        if ((gates[i].kinds & r->c->kind) &&
            (!gates[i].codes || code_mask_meet(&gates[i].mask, mask)))
            ask_rule(r, &rules[i]);
}

/* edit_rules_ask - a site without rules has none to ask; days that no edition covers are TAB-01's
 */
void edit_rules_ask(struct edit_run *r)
{
    const struct payer_names *names;
    const struct payer_rules *all;
    struct code_mask mask;

    if (!r->c->destination || !tables_any(r->tables, TABLE_PAYER_RULES) ||
        !edit_ask_table(r, TABLE_PAYER_RULES, r->c->from))
        return;
    r->c->rules_edition = edit_edition(r, TABLE_PAYER_RULES, r->c->from);
    all = tables_payer_rules(r->c->rules_edition);
    names = rule_payer_names(r);
    mask = mask_of(r->c);
    ask_those(r, all, RULE_OF_ALL, "", &mask);
    ask_those(r, all, RULE_OF_PAYER, names->payer, &mask);
    ask_those(r, all, RULE_OF_FILING, names->filing, &mask);
    if (names->contractor[0])
        ask_those(r, all, RULE_OF_CONTRACTOR, names->contractor, &mask);
}

/* name_rule - who says so, in which edition, and what to do */
static void name_rule(struct edit_run *r, CcFinding *f, const struct payer_rule *rule)
{
    const struct payer_rule_cells *x = &rule->cells;
    char *authority = arena_printf(r->arena, "payer rule %.*s: %.*s", (int)x->rule.n, x->rule.p,
                                   (int)x->authority.n, x->authority.p);
    char *fix = x->fix.n ? arena_strndup(r->arena, x->fix.p, x->fix.n) : NULL;

    f->authority = authority ? authority : f->authority;
    f->fix = fix ? fix : f->fix;
    edit_same_as(r, f, "");
    edit_in_table(r, f, r->c->rules_edition);
}

/* edit_rules_found - the rule's own words, a colon, ours: those that there are; over the arena's
 * limit the run ends as too large anyway */
void edit_rules_found(struct edit_run *r, const struct payer_rule *rule, CcSeverity severity,
                      struct place p, const char *codes, const char *fmt, ...)
{
    const struct span own = rule ? rule->cells.message : (struct span){NULL, 0};
    const char *ours;
    CcFinding *f;
    va_list ap;

    va_start(ap, fmt);
    ours = arena_vprintf(r->arena, fmt, ap);
    va_end(ap);
    ours = ours ? ours : "";
    f = edit_found_as(r, severity, p, codes, "%.*s%s%s", (int)own.n, own.n ? own.p : "",
                      own.n && ours[0] ? ": " : "", ours);
    if (rule)
        name_rule(r, f, rule);
}

/* tell - one hit */
static void tell(struct edit_run *r, struct edit_hit *h)
{
    CcSeverity s = h->severity         ? h->severity
                   : h->rule->severity ? (CcSeverity)h->rule->severity
                                       : r->edit->severity;
    const char *codes = h->line && h->line->key ? h->line->code : NULL;

    edit_rules_found(r, h->rule, s, h->place, codes, "%s", h->text);
    h->said = true;
}

/* edit_rules_tell - those of the row in hand */
void edit_rules_tell(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_hits; i++)
        if (!r->c->hits[i]->said && strcmp(r->c->hits[i]->rule->edit, r->edit->id) == 0)
            tell(r, r->c->hits[i]);
}
