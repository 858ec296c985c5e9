/* policy.h - coverage policies (LCD, NCD, a plan's own): which diagnoses cover which codes.
 *
 * Rows that differ in their diagnoses only are one: a policy may come as one row a code list or as
 * one row a diagnosis. A row keeps spans of its cells: they must outlive it. */
#ifndef CC_RULES_POLICY_H
#define CC_RULES_POLICY_H

#include "common/rules/payer_rule.h"

/* The cells of a row, in the order of the table's columns. */
struct policy_cells {
    struct span policy, contractor, codes, list, also, condition, dx, authority;
    int32_t from, to;
};

struct policy {
    struct policy_cells cells; /* of the first row */
    enum rule_scope scope;     /* RULE_OF_ALL: every Medicare contractor */
    struct span whom;
    bool denied;           /* the diagnoses are those that are not covered */
    struct code_set codes; /* of lines */
    struct code_set dx, also;
    struct cond when;
};

struct policies;

struct policies *policies_new(void); /* NULL: out of memory */
void policies_free(struct policies *s);
/* ERR_REJECT "rule": "column dx: expected …". */
int policies_add(struct policies *s, const struct policy_cells *cells, struct err *e);
int policies_finish(struct policies *s, struct err *e); /* after the last */

/* Every policy whose codes hold the key, one a call: start with *cursor = 0. NULL: no more. */
const struct policy *policies_next(const struct policies *s, uint64_t key, size_t *cursor);

#endif
