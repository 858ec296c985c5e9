/* payer_rule.h - a row of the payers' rules, compiled: whom it is for, what it asks, how it is
 * told.
 *
 * docs/payer-rules.md describes the columns for operators. A rule keeps spans of the cells it was
 * made of: they must outlive it. */
#ifndef CC_RULES_PAYER_RULE_H
#define CC_RULES_PAYER_RULE_H

#include "common/rules/cond.h"

/* W(enum suffix, name): the types of rules. What each does: rule_what.c. */
#define RULE_WHAT_LIST(W)                                                                          \
    W(CONDITION, "condition")                                                                      \
    W(ELEMENT, "element")                                                                          \
    W(REQUIRED, "required-field")                                                                  \
    W(FORBIDDEN, "forbidden-field")                                                                \
    W(AUTHORIZATION, "authorization")                                                              \
    W(REFERRAL, "referral")                                                                        \
    W(FILING_LIMIT, "filing-limit")                                                                \
    W(CORRECTION_LIMIT, "correction-limit")                                                        \
    W(FREQUENCY_LIMIT, "frequency-limit")                                                          \
    W(MODIFIER_ACCEPTED, "modifier-accepted")                                                      \
    W(MODIFIER_REQUIRED, "modifier-required")                                                      \
    W(PLACE_ACCEPTED, "place-accepted")                                                            \
    W(CLAIM_FREQUENCY, "claim-frequency")                                                          \
    W(MEMBER_PATTERN, "member-pattern")                                                            \
    W(SPECIALTY, "specialty")                                                                      \
    W(SPAN_LIMIT, "span-limit")

enum rule_what {
#define W(suffix, name) RULE_##suffix,
    RULE_WHAT_LIST(W)
#undef W
        RULE_WHAT_MAX
};

/* Whom a rule is for: its `payer` cell. */
enum rule_scope { RULE_OF_ALL, RULE_OF_PAYER, RULE_OF_FILING, RULE_OF_CONTRACTOR };

/* Kinds of claim, as the validator counts them; severities as events do. */
enum { RULE_PROFESSIONAL = 1, RULE_INPATIENT = 2, RULE_OUTPATIENT = 4, RULE_ALL_KINDS = 7 };
enum { RULE_NOTE = 1, RULE_HOLD = 2, RULE_REJECT = 3 };

enum rule_unit {
    RULE_DAYS,
    RULE_MONTHS,
    RULE_FULL_MONTHS, /* counted from the end of the month of the earlier service */
    RULE_YEARS,
    RULE_CALENDAR_MONTH,
    RULE_CALENDAR_YEAR,
    RULE_LIFETIME,
};

enum rule_basis {
    RULE_FROM_DEFAULT, /* professional: line_from; institutional: stmt_thru */
    RULE_FROM_LINE,
    RULE_FROM_STATEMENT_THRU,
    RULE_FROM_DISCHARGE,
    RULE_FROM_PRIMARY_EOB, /* the day the payer before decided */
    RULE_FROM_BILLED,      /* the day we first billed the claim */
    RULE_FROM_REMIT,       /* the day this payer decided on what is corrected */
    RULE_BASIS_MAX
};

/* Days of service that are told apart when they are counted: a limit is below it. */
enum { RULE_DAYS_MAX = 400 };

struct rule_limit {
    int64_t most;   /* frequency-limit: how many; elsewhere unused */
    bool units;     /* of units, not of days of service */
    int32_t length; /* of `unit` */
    enum rule_unit unit;
    enum rule_basis basis;
    int32_t month, day; /* span-limit: the benefit year's first day; 0: January 1 */
};

enum { RULE_FIELDS_MAX = 8, RULE_TEXTS = 12 };

/* The cells of a row, in the order of the table's columns after the key. */
struct payer_rule_cells {
    struct span rule, payer, plan, kind, severity, what, codes, condition, value, message, fix,
        authority;
    int32_t from, to;
};

struct payer_rule {
    struct payer_rule_cells cells;
    enum rule_what what;
    const char *edit; /* under which edit it is told: "AUT-01", "PAY-02" */
    int severity;     /* RULE_NOTE …; 0: the edit's own. Of a filing limit not asked */
    unsigned kinds;
    enum rule_scope scope;
    struct span whom; /* the payer's id, filing indicator or contractor, upper case as written */
    bool by_line;     /* asked of each line; else once a claim */
    bool of_claim;    /* … until one meets it: what is judged is the claim */
    bool once;        /* told once a claim, whatever the lines */
    struct code_set codes;
    struct cond when;
    struct cond must;         /* element: what has to hold */
    struct code_set accepted; /* lists of values */
    char *texts[RULE_TEXTS];  /* specialty: taxonomy codes or PREFIX* */
    size_t n_texts;
    enum element_id fields[RULE_FIELDS_MAX];
    size_t n_fields;
    struct rule_limit limit;
    char *pattern; /* member-pattern */
};

/* A row compiled and checked. ERR_REJECT "rule": "column condition: at 17: expected …". */
int payer_rule_compile(struct payer_rule *out, const struct payer_rule_cells *cells, struct err *e);
void payer_rule_release(struct payer_rule *r);

const char *rule_what_name(enum rule_what w);
const char *rule_what_help(enum rule_what w); /* what it asks, one line */

/* Does the plan's pattern ("" = every plan; "GRP44*" a prefix) fit a text? Case is not told apart.
 */
bool rule_plan_fits(struct span pattern, const char *text);

/* --- many rules, by whom they are for */
struct payer_rules;

struct payer_rules *payer_rules_new(void); /* NULL: out of memory */
void payer_rules_free(struct payer_rules *s);
int payer_rules_add(struct payer_rules *s, const struct payer_rule_cells *cells, struct err *e);
/* Sorts: after the last was added. */
int payer_rules_finish(struct payer_rules *s, struct err *e);

/* What lets most rules be passed over without a look at them: they lie side by side, one beside
 * each rule. */
struct rule_gate {
    struct code_mask mask; /* of its codes */
    unsigned kinds;
    bool codes; /* it has some */
};

/* The rules for one: those of a stretch, and their gates. whom is upper case; "" for RULE_OF_ALL.
 */
const struct payer_rule *payer_rules_of(const struct payer_rules *s, enum rule_scope scope,
                                        const char *whom, size_t *n,
                                        const struct rule_gate **gates);
/* Every rule, in the order of scope, whom and id; NULL after the last. */
const struct payer_rule *payer_rules_at(const struct payer_rules *s, size_t i);

#endif
