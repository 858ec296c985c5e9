/* ipps.c - the inpatient prospective payment system (coding 6.3, 42 CFR 412): operating and capital
 * payment of the DRG, teaching and low-income add-ons, transfers, outliers, new technology
 *
 * Each component is rounded to a cent, then they are added. Factors of the hospital come from its
 * row of `hospitals` (CMS's Provider Specific File and Impact File), yearly amounts from `rates`.
 */
#include <string.h>

#include "common/base/date.h"
#include "common/price/way.h"

/* What the year says: of a dollar, in millionths. */
struct year {
    int64_t labor, other, capital, threshold, outlier, outlier_burn;
};

/* What the hospital's row says, in millionths; amounts in cents. */
struct hospital {
    int64_t wage, cola, gaf, capital_cola, operating_ccr, capital_ccr, operating_dsh, operating_ime,
        capital_dsh, capital_ime, vbp, hrrp, uncompensated;
};

/* What Table 5 says of the DRG. */
struct weight {
    int64_t weight; /* ten-thousandths */
    int64_t gmlos;  /* tenths of a day */
    bool post_acute, special;
};

struct stay {
    struct year year;
    struct hospital hospital;
    struct weight weight;
    int64_t operating, capital; /* of the DRG, before add-ons, in cents; by days of a transfer */
    int64_t operating_addon, capital_addon, technology;
};

enum { ONE = 1000000 };

/* read_rates - of the fiscal year; the labor share is lower where the wage index is not over 1
 * (42 CFR 412.64(h)); false after saying what is missing */
static bool read_rates(struct pricing *p, int64_t wage, struct year *y)
{
    bool high = wage > ONE;
    bool all = price_rate(p, high ? "ipps-labor-high" : "ipps-labor-low", &y->labor);

    all = price_rate(p, high ? "ipps-other-high" : "ipps-other-low", &y->other) && all;
    all = price_rate(p, "ipps-capital", &y->capital) && all;
    all = price_rate(p, "ipps-outlier-threshold", &y->threshold) && all;
    all = price_rate(p, "ipps-outlier-share", &y->outlier) && all;
    return price_rate(p, "ipps-outlier-share-burn", &y->outlier_burn) && all;
}

/* read_hospital - of the billing provider */
static bool read_hospital(struct pricing *p, struct hospital *h)
{
    struct table_row row;

    if (!price_find(p, TABLE_HOSPITALS, p->npi, NULL, p->on, &row))
        return false;
    *h = (struct hospital){
        .wage = price_cell(&row, "wage_index", 6, 0),
        .cola = price_cell(&row, "cola", 6, 0),
        .gaf = price_cell(&row, "gaf", 6, 0),
        .capital_cola = price_cell(&row, "capital_cola", 6, 0),
        .operating_ccr = price_cell(&row, "operating_ccr", 6, 0),
        .capital_ccr = price_cell(&row, "capital_ccr", 6, 0),
        .operating_dsh = price_cell(&row, "operating_dsh", 6, 0),
        .operating_ime = price_cell(&row, "operating_ime", 6, 0),
        .capital_dsh = price_cell(&row, "capital_dsh", 6, 0),
        .capital_ime = price_cell(&row, "capital_ime", 6, 0),
        .vbp = price_cell(&row, "vbp", 6, 0),
        .hrrp = price_cell(&row, "hrrp", 6, 0),
        .uncompensated = price_cell(&row, "uncompensated", 2, 0),
    };
    return true;
}

/* read_weight - of the stay's DRG */
static bool read_weight(struct pricing *p, struct weight *w)
{
    const char *drg = price_drg(p);
    struct table_row row;

    if (!drg[0] || !price_find(p, TABLE_DRG_WEIGHTS, drg, NULL, p->on, &row))
        return false;
    *w = (struct weight){.weight = table_col_i64(&row, "weight_ten_thousandths", 0),
                         .gmlos = table_col_i64(&row, "gmlos_tenths", 0),
                         .post_acute = table_col_is(&row, "post_acute", "Y"),
                         .special = table_col_is(&row, "special_pay", "Y")};
    if (!w->weight)
        price_missing(p, "table drg-weights: DRG %s has no weight", drg);
    return w->weight != 0;
}

/* per_case - a dollar rate by factor (millionths both) and weight, in cents */
static int64_t per_case(struct pricing *p, int64_t rate, int64_t factor, int64_t weight)
{
    /* rate x factor in hundred-millionths of a dollar, then by the weight to cents */
    return price_times(p, price_times(p, rate, factor, 4), weight, 10);
}

/* operating_rate - labor by the wage index, the rest by the cost of living: millionths of a dollar
 */
static int64_t operating_rate(struct pricing *p, const struct stay *s)
{
    return price_times(p, s->year.labor, s->hospital.wage, 6) +
           price_times(p, s->year.other, s->hospital.cola, 6);
}

/* is_transfer - status 02 (and 66 is none): any DRG; post-acute ones by where the patient goes, the
 * same with a planned readmission (42 CFR 412.4(b), (c)) */
static bool is_transfer(const struct pricing *p, const struct stay *s)
{
    static const char *const acute[] = {"02", "82", NULL};
    static const char *const post_acute[] = {"03", "05", "06", "50", "51", "62", "63", "65",
                                             "83", "85", "86", "90", "91", "93", NULL};
    const char *status = p->claim->discharge_status;

    return str_in(status, acute) || (s->weight.post_acute && str_in(status, post_acute));
}

/* transferred - an amount by days: twice the per diem for the first day, then the per diem; special
 * pay DRGs half of the whole, and half per diems (42 CFR 412.4(f)) */
static int64_t transferred(struct pricing *p, const struct stay *s, int64_t full, int64_t days)
{
    int64_t by_days =
        (price_times(p, full, (days + 1) * 10, 0) + s->weight.gmlos / 2) / s->weight.gmlos;

    if (s->weight.special)
        by_days = (full + by_days + 1) / 2;
    return by_days < full ? by_days : full;
}

/* transfer_days - of a transfer before the mean stay less a day; 0: paid in full; -1: the days are
 * not known, which is said */
static int64_t transfer_days(struct pricing *p, const struct stay *s)
{
    int64_t days;

    if (!is_transfer(p, s))
        return 0;
    days = price_days(p->claim);
    if (!days)
        price_missing(p, "the days of the stay");
    if (!days || !s->weight.gmlos)
        return -1;
    return (days + 1) * 10 < s->weight.gmlos ? days : 0;
}

/* charges - covered ones of the claim */
static int64_t charges(const CcClaim *c)
{
    int64_t sum = 0;

    for (size_t i = 0; i < c->n_lines; i++)
        sum += c->lines[i]->charge_cents - c->lines[i]->noncovered_cents;
    return sum;
}

/* technology - add-ons of new technologies: a share of what the case costs over its payment, at
 * most the amount of the technology (42 CFR 412.88) */
static int64_t technology(struct pricing *p, int64_t cost, int64_t payment)
{
    int64_t sum = 0;
    struct table_row row;

    if (p->claim->n_procedures && !tables_edition(p->tables, TABLE_NEW_TECHNOLOGY, p->on)) {
        price_missing(p, "table new-technology: no edition covers the discharge date");
        return 0;
    }
    for (size_t i = 0; i < p->claim->n_procedures && cost > payment; i++) {
        const char *code = p->claim->procedures[i]->assignment->code->code;
        int64_t part, most;

        if (price_look(p, TABLE_NEW_TECHNOLOGY, code, NULL, p->on, &row) != LOOKUP_FOUND)
            continue;
        part = price_times(p, cost - payment, price_cell(&row, "percent", 6, 0), 8);
        most = price_cell(&row, "most", 2, 0);
        sum += part < most ? part : most;
    }
    return sum;
}

/* is_burn - DRGs of burns, whose outliers are paid a higher share (42 CFR 412.84(k)) */
static bool is_burn(const char *drg)
{
    static const char *const burns[] = {"927", "928", "929", "933", "934", "935", NULL};

    return str_in(drg, burns);
}

/* outlier - a share of what the case costs over its payment and the threshold, which follows wages
 * and costs of living as the rates do (42 CFR 412.80, 412.84) */
static int64_t outlier(struct pricing *p, const struct stay *s, int64_t cost, int64_t payment)
{
    const struct hospital *h = &s->hospital;
    const struct year *y = &s->year;
    int64_t ccr = h->operating_ccr + h->capital_ccr, local, operating, capital, threshold;

    if (!ccr)
        return 0;
    /* the operating part of the threshold by wages, its capital part by the geographic factor */
    local = price_times(p, operating_rate(p, s), ONE, 0) / (y->labor + y->other);
    operating = price_times(p, price_times(p, y->threshold, local, 6), h->operating_ccr, 0) / ccr;
    capital =
        price_times(p, price_times(p, price_times(p, y->threshold, h->gaf, 6), h->capital_cola, 6),
                    h->capital_ccr, 0) /
        ccr;
    threshold = price_times(p, operating + capital, 1, 4);
    if (cost <= payment + threshold)
        return 0;
    return price_times(p, cost - payment - threshold,
                       is_burn(p->drg) ? y->outlier_burn : y->outlier, 6);
}

/* add - a part of the claim that is not nothing */
static void add(struct pricing *p, const char *name, int64_t cents)
{
    if (!cents)
        return;
    price_part(p, NULL, name, cents);
    p->whole += cents;
}

/* base - operating and capital payment of the DRG, by days where the stay ended in a transfer */
static bool base(struct pricing *p, struct stay *s)
{
    const struct hospital *h = &s->hospital;
    int64_t days = transfer_days(p, s);

    if (days < 0)
        return false;
    s->operating = per_case(p, operating_rate(p, s), ONE, s->weight.weight);
    s->capital =
        per_case(p, s->year.capital, price_times(p, h->gaf, h->capital_cola, 6), s->weight.weight);
    if (days) {
        s->operating = transferred(p, s, s->operating, days);
        s->capital = transferred(p, s, s->capital, days);
    }
    return true;
}

/* price_ipps - see way.h */
void price_ipps(struct pricing *p, const struct term *t, struct group *g)
{
    struct stay s = {.operating = 0};
    const struct hospital *h = &s.hospital;
    int64_t cost, payment, dsh, ime, capital_dsh, capital_ime;
    bool known = read_hospital(p, &s.hospital);

    (void)t;
    (void)g;
    known = read_rates(p, s.hospital.wage, &s.year) && known;
    known = read_weight(p, &s.weight) && known;
    if (!known || !base(p, &s))
        return;
    add(p, "operating", s.operating);
    add(p, "capital", s.capital);
    add(p, "operating-dsh", dsh = price_times(p, s.operating, h->operating_dsh, 6));
    add(p, "operating-ime", ime = price_times(p, s.operating, h->operating_ime, 6));
    add(p, "capital-dsh", capital_dsh = price_times(p, s.capital, h->capital_dsh, 6));
    add(p, "capital-ime", capital_ime = price_times(p, s.capital, h->capital_ime, 6));
    add(p, "uncompensated-care", h->uncompensated);
    payment = p->whole;
    add(p, "quality",
        price_times(p, price_times(p, s.operating, h->vbp, 6), h->hrrp, 6) - s.operating);
    cost = price_times(p, charges(p->claim), h->operating_ccr + h->capital_ccr, 6);
    add(p, "new-technology", s.technology = technology(p, cost, payment));
    add(p, "outlier", outlier(p, &s, cost, payment + s.technology));
}
