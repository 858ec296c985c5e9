/* rules.h - the payers' rules on a claim: those of its payer, asked once; what they found is told
 * by the edits they belong to
 *
 * Rules of the payer, of its filing indicator, of its contractor and of all payers apply together.
 * One whose codes share no first characters with the claim's is passed over by one AND. */
#ifndef CC_VALIDATOR_RULES_H
#define CC_VALIDATOR_RULES_H

#include "common/rules/payer_rule.h"
#include "services/validator/edit.h"

/* A claim as conditions see it: with the line in question, or without (l NULL). */
struct rule_claim {
    const struct edit_claim *c;
    const struct edit_line *l;
};

/* Whose claim it is, as rules and policies name it. */
enum { PAYER_NAME_MAX = 96 };
struct payer_names {
    char payer[PAYER_NAME_MAX], filing[8], contractor[PAYER_NAME_MAX];
};
/* The payer's id in the payers table, else as the claim has it; the claim has a destination. */
const struct payer_names *rule_payer_names(struct edit_run *r);

/* What a rule found. */
struct edit_hit {
    const struct payer_rule *rule;
    const struct edit_line *line; /* NULL: of the claim */
    struct place place;
    const char *text; /* in our words; the rule's own message goes before it */
    CcSeverity severity;
    bool said;
};

/* Asks all rules of the claim's payer; to be called once, before the edits. */
void edit_rules_ask(struct edit_run *r);
/* Tells what the rules of the row in hand found and has not been told yet. */
void edit_rules_tell(struct edit_run *r);
/* Adds a finding that rests on a rule: its own words before ours, its authority, edition and fix.
 * rule NULL: none has a part in it, and it is the row's. */
void edit_rules_found(struct edit_run *r, const struct payer_rule *rule, CcSeverity severity,
                      struct place p, const char *codes, const char *fmt, ...)
    __attribute__((format(printf, 6, 7)));

/* --- elements.c */
bool rule_fetch(const void *claim, enum element_id id, size_t i, struct cond_value *out);
bool rule_points(const struct rule_claim *x, const struct edit_dx *d);

/* --- rule_judge.c: adds to r->c->hits what the rule finds on the line, or on the claim (NULL) */
void rule_judge(struct edit_run *r, const struct payer_rule *rule, const struct edit_line *l);
/* --- rule_count.c: how often is too often */
void rule_judge_frequency(struct edit_run *r, const struct payer_rule *rule,
                          const struct edit_line *l);
/* --- deadline.c: the day a limit counts from, and the day it ends; 0: not known */
int32_t edit_basis_day(const struct edit_run *r, enum rule_basis basis);
int32_t edit_limit_end(const struct edit_run *r, const struct rule_limit *l);

/* For judges. severity 0: the rule's, else the edit's. */
void rule_hit(struct edit_run *r, const struct payer_rule *rule, const struct edit_line *l,
              struct place p, CcSeverity severity, const char *fmt, ...)
    __attribute__((format(printf, 6, 7)));
struct place rule_place(const struct edit_run *r, enum element_id id, const struct edit_line *l);
int32_t rule_add_months(int32_t day, int months); /* the last day of a shorter month */

#endif
