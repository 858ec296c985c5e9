/* made.h - what is made of an edition once, when it is opened: rules compiled, so that no claim
 * meets a parser */
#ifndef CC_TABLES_MADE_H
#define CC_TABLES_MADE_H

#include "common/rules/policy.h"
#include "common/tables/tables.h"

/* The rules of an edition of TABLE_PAYER_RULES; they live as long as the tables. NULL: another
 * table. */
const struct payer_rules *tables_payer_rules(const struct edition_info *i);
/* The policies of an edition of TABLE_COVERAGE_POLICY, the same way. */
const struct policies *tables_policies(const struct edition_info *i);

#endif
