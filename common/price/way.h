/* way.h - a claim in the pricing, and the ways of payment (inside this room only) */
#ifndef CC_PRICE_WAY_H
#define CC_PRICE_WAY_H

#include <stdint.h>

#include "common/price/price.h"

enum { CONTRACT_ROWS_MAX = 256 };

/* The kinds of claims that contracts speak of. */
enum bill_kind { BILL_PROFESSIONAL, BILL_INPATIENT, BILL_OUTPATIENT };

struct term; /* a row of the contract */

/* A line of the claim. */
struct priced {
    const CcServiceLine *line;
    const char *code; /* "" = none */
    int32_t on;       /* day that picks its tables */
    CcExpectedLine *out;
    bool done;       /* priced, within another, or missing: no later row looks at it */
    const char *why; /* why the rows so far left it; NULL: none covers it */
    int64_t rank;    /* of a way of payment: by what lines are ordered */
};

struct pricing {
    const CcClaim *claim;
    const struct tables *tables;
    struct arena *arena;
    CcExpected *out;
    enum bill_kind kind;
    int32_t on;      /* the claim's day: discharge of a stay, else its first day */
    const char *npi; /* of the billing provider */
    const char *drg; /* of a stay, three digits; "" = none yet asked for, or it does not group */
    bool drg_asked;
    struct priced *lines;
    size_t n_lines;
    int64_t whole; /* amounts of the claim as a whole, in cents */
    bool failed;   /* memory */
};

/* The lines that a row of the contract covers and that are still open. */
struct group {
    struct priced **lines;
    size_t n;
};

/* A row of the contract, read. */
struct term {
    int64_t turn;
    struct table_row row;
    const char *method, *schedule;
    int64_t percent;      /* in millionths of 1 %; 100 % where the cell is empty */
    int64_t amount_cents; /* -1: none */
    bool lesser;          /* never more than was charged */
};

/* A way of payment. It sets what it can: price_line, price_within, price_stop, price_leave for each
 * line; pricing->whole for the claim. */
typedef void price_fn(struct pricing *p, const struct term *t, struct group *g);
/* Of what: of each line; of the claim, whose lines have no amounts of their own then; of the sum of
 * all rows, once every line is priced. */
enum way_of { WAY_LINES, WAY_WHOLE, WAY_SUM };
struct way {
    const char *name;
    enum way_of of;
    price_fn *price;
};

price_fn price_mpfs, price_mpfs_qpp, price_opps, price_asc, price_ipps, price_fee, price_case,
    price_per_diem, price_percent, price_rest, price_anesthesia, price_stop_loss, price_cap;

/* --- price.c: what ways say of a line */
void price_line(struct pricing *p, struct priced *l, int64_t cents); /* this amount */
void price_within(struct pricing *p, struct priced *l, const char *why);
/* The line has no amount, and no later row may give it one: `what` is missing. */
void price_stop(struct pricing *p, struct priced *l, const char *what);
void price_leave(struct priced *l, const char *why); /* not paid so: later rows are asked */
/* Something of the claim is missing; printf. */
void price_missing(struct pricing *p, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void price_part(struct pricing *p, CcExpectedLine *line, const char *name, int64_t cents);
/* Parts of the claim: line NULL. */

/* --- simple.c */
/* Is it a place where the practice expense is the facility's (Medicare Claims Processing Manual,
 * chapter 12, 20.4.2)? */
bool price_facility(const struct pricing *p, const struct priced *l);
/* Of the line's amount, by the multiple procedure discount: the first unit of the highest counts
 * whole, all others half (42 CFR 416.172(e)). */
int64_t price_discounted(struct pricing *p, const struct priced *l, bool highest);

/* --- fact.c: tables and amounts */
/* v x factor / 10^places, rounded; too large: said once as missing, 0. */
int64_t price_times(struct pricing *p, int64_t v, int64_t factor, int places);
/* The row in force; false after saying that the table or the row is missing. what: for people. */
bool price_find(struct pricing *p, enum table_id id, const char *key, const char *key2, int32_t on,
                struct table_row *row);
/* As tables_find, and the edition is told as used. */
enum lookup price_look(struct pricing *p, enum table_id id, const char *key, const char *key2,
                       int32_t on, struct table_row *row);
/* A decimal cell as whole 10^-places. The tables checked its form. Empty: `otherwise`. */
int64_t price_cell(const struct table_row *row, const char *column, int places, int64_t otherwise);
/* A number of the table rates in millionths; false after saying that it is missing. */
bool price_rate(struct pricing *p, const char *name, int64_t *millionths);
bool price_has_modifier(const CcServiceLine *l, const char *modifier);
/* Whole percent of an amount. */
int64_t price_percent_of(struct pricing *p, int64_t cents, int64_t percent);
const char *price_drg(struct pricing *p); /* "" after saying why there is none */
int32_t price_days(const CcClaim *c);     /* of the stay, at least 1; 0: not known */

/* --- untold.c */
/* Says as missing what the claim and the hospital's row show that changes what a row of the
 * contract gave, and that its way of payment does not reckon. whole: it paid the claim as a whole,
 * else lines of the group that have an amount. */
void price_untold(struct pricing *p, const struct term *t, const struct group *g, bool whole);

#endif
