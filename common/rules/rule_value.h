/* rule_value.h - what stands in the column `value` of each type of rule (inside this room only) */
#ifndef CC_RULES_RULE_VALUE_H
#define CC_RULES_RULE_VALUE_H

#include "common/rules/payer_rule.h"

/* Reads r->cells.value into the rule. ERR_REJECT "rule": "expected …". */
typedef int rule_value(struct payer_rule *r, struct err *e);

rule_value rule_value_none, rule_value_fields, rule_value_must, rule_value_period,
    rule_value_frequency, rule_value_list, rule_value_pattern, rule_value_specialty,
    rule_value_span;

/* A word cut off the front of a text, blanks skipped; n = 0 after the last. */
struct span rule_word(struct span *rest);

#endif
