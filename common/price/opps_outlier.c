/* opps_outlier.c - services that cost much more than they are paid (42 CFR 419.43(d))
 *
 * Cost is the charge of the line and its part of what is packaged, by the hospital's ratio. It must
 * be over a multiple of the payment and over the payment and a fixed amount; a share of what is
 * over the multiple is added. Drugs, blood, sources and devices have none. */
#include "common/price/opps.h"

enum { ONE = 1000000, HIGHEST_RATIO = 3 * ONE / 2 };

/* The year's numbers, in millionths, the threshold in cents. */
struct rule {
    int64_t multiple, threshold, share;
};

/* has_outliers - is the line paid by a rate that outliers belong to? */
static bool has_outliers(const struct visit *v)
{
    return v->l->out->allowed_given && v->l->out->allowed_cents > 0 && v->pay != PAY_FLAT &&
           v->pay != PAY_COST;
}

/* sums - payments that outliers belong to, and charges of what is packaged */
static void sums(const struct outpatient *o, int64_t *paid, int64_t *packaged)
{
    *paid = *packaged = 0;
    for (size_t i = 0; i < o->n; i++) {
        const struct priced *l = o->list[i].l;

        if (has_outliers(&o->list[i]))
            *paid += l->out->allowed_cents;
        else if (l->out->within && l->out->within[0])
            *packaged += l->line->charge_cents - l->line->noncovered_cents;
    }
}

/* over - what a cost brings beside a payment, in cents */
static int64_t over(struct pricing *p, const struct rule *r, int64_t cost, int64_t payment)
{
    int64_t multiple = price_times(p, payment, r->multiple, 6);

    if (cost <= multiple || cost <= payment + r->threshold)
        return 0;
    return price_times(p, cost - multiple, r->share, 6);
}

/* rates_of - of the year; false after saying what is missing */
static bool rates_of(struct pricing *p, struct rule *r)
{
    int64_t dollars = 0;
    bool all = price_rate(p, "opps-outlier-multiple", &r->multiple);

    all = price_rate(p, "opps-outlier-threshold", &dollars) && all;
    r->threshold = dollars / 10000;
    return price_rate(p, "opps-outlier-share", &r->share) && all;
}

/* charges_of - of a line and its part of what is packaged */
static int64_t charges_of(struct pricing *p, const struct visit *v, int64_t paid, int64_t packaged)
{
    const CcServiceLine *l = v->l->line;
    int64_t part = price_times(p, v->l->out->allowed_cents, ONE, 0) / paid;

    return l->charge_cents - l->noncovered_cents + price_times(p, packaged, part, 6);
}

/* opps_outliers - a hospital whose ratio is not said is missed where a cost could be that high */
void opps_outliers(struct pricing *p, const struct outpatient *o)
{
    int64_t paid, packaged;
    struct rule r = {0};
    bool known = true;

    sums(o, &paid, &packaged);
    for (size_t i = 0; i < o->n && paid && known; i++) {
        struct visit *v = &o->list[i];
        int64_t charges, payment = v->l->out->allowed_cents, more;

        if (!has_outliers(v))
            continue;
        charges = charges_of(p, v, paid, packaged);
        if (price_times(p, charges, HIGHEST_RATIO, 6) <= payment)
            continue;
        known = r.share || rates_of(p, &r);
        more = known ? over(p, &r, price_times(p, charges, o->ratio ? o->ratio : HIGHEST_RATIO, 6),
                            payment)
                     : 0;
        if (more && !o->ratio) {
            price_missing(p, "the hospital's ratio of outpatient cost to charges (outpatient_ccr)");
            known = false;
        } else if (more) {
            price_part(p, v->l->out, "outlier", more);
            v->l->out->allowed_cents += more;
        }
    }
}
