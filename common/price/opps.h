/* opps.h - a claim in the outpatient pricing (inside this room only) */
#ifndef CC_PRICE_OPPS_H
#define CC_PRICE_OPPS_H

#include "common/price/way.h"

/* How a status indicator is paid. */
enum pay {
    PAY_RATE, /* by the rate and the wage index */
    PAY_FLAT, /* by the rate alone: drugs, blood, brachytherapy sources */
    PAY_PACKAGED,
    PAY_PACKAGED_STV, /* Q1: packaged with a service S, T or V of the claim */
    PAY_PACKAGED_T,   /* Q2: with a T */
    PAY_PACKAGED_ANY, /* Q4: with any service; alone it is paid by the laboratory fees */
    PAY_COMPOSITE,    /* Q3: by the rate, unless several of a day are one composite */
    PAY_WHOLE,        /* J1: everything else of the claim is within */
    PAY_OBSERVATION,  /* J2: a visit, unless observation makes it comprehensive */
    PAY_COST,         /* at cost: not in a table */
    PAY_ELSEWHERE,    /* another schedule, or not at all */
};

/* A line with its row of Addendum B. */
struct visit {
    struct priced *l;
    char status[4];
    enum pay pay;
    int64_t rate;     /* of one unit, wage adjusted, in millionths of a dollar; 0: none */
    int64_t national; /* in mills: what lines are ordered by */
    bool technology;  /* of a new technology APC */
};

/* The lines and what the claim has among them. */
struct outpatient {
    struct visit *list;
    size_t n;
    int64_t wage;                         /* millionths; -1: missing, which is said */
    int64_t ratio;                        /* of cost to charges, millionths; 0: not said */
    bool has_stv, has_t, has_q2, has_any; /* has_any: a service that takes laboratory tests in */
    size_t wholes;                        /* J1 */
};

/* opps.c */
/* A national rate, in mills, by the wage index: millionths of a dollar. */
int64_t opps_adjusted(struct pricing *p, int64_t mills, int64_t wage);
/* One line by its rate; said where it has none. */
void opps_pay_rate(struct pricing *p, const struct outpatient *o, struct visit *v);
/* One line among the others, where no comprehensive service takes it in. */
void opps_settle(struct pricing *p, const struct outpatient *o, struct visit *v);

/* opps_whole.c: comprehensive services (42 CFR 419.2(c)) */
void opps_comprehensive(struct pricing *p, const struct outpatient *o);
/* Eight hours of observation beside a visit, and no operation before: one payment. False: the claim
 * is none of these. */
bool opps_observation(struct pricing *p, const struct outpatient *o);

/* opps_outlier.c: what a service costs over its payment (42 CFR 419.43(d)); once all are settled */
void opps_outliers(struct pricing *p, const struct outpatient *o);

#endif
