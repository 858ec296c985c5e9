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
        capital_dsh, capital_ime, vbp, hrrp, uncompensated, hac, low_volume;
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
    int64_t days; /* of a transfer that is paid by days; 0: paid in full */
    bool halved;  /* half in full, half by days */
    /* cents: of the DRG before add-ons; then with them (outliers and quality apart) */
    int64_t operating, capital, operating_whole, capital_whole, technology;
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
        .hac = price_cell(&row, "hac", 6, ONE),
        .low_volume = price_cell(&row, "low_volume", 6, 0),
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

/* A discharge that is paid as a transfer (42 CFR 412.4). */
enum transfer { TRANSFER_NONE, TRANSFER_ACUTE, TRANSFER_POST_ACUTE };

/* unrelated_home_care - condition codes 42 (for another condition), 43 (not within three days):
 * care at home that makes no transfer (claims manual, chapter 3, 40.2.4) */
static bool unrelated_home_care(const CcClaim *c)
{
    static const char *const home[] = {"06", "86", NULL}, *const unrelated[] = {"42", "43", NULL};

    for (size_t i = 0; str_in(c->discharge_status, home) && i < c->n_conditions; i++)
        if (str_in(c->conditions[i], unrelated))
            return true;
    return false;
}

/* transfer_of - to another acute or a critical access hospital: any DRG; post-acute ones by where
 * the patient goes; the same with a planned readmission (412.4(b), (c)). DRG 789 is the transfer
 * itself and is paid in full. */
static enum transfer transfer_of(struct pricing *p, const struct stay *s)
{
    static const char *const acute[] = {"02", "66", "82", "94", NULL};
    static const char *const post_acute[] = {"03", "05", "06", "50", "51", "62", "63", "65",
                                             "83", "85", "86", "90", "91", "93", NULL};
    const char *status = p->claim->discharge_status;

    if (strcmp(price_drg(p), "789") == 0)
        return TRANSFER_NONE;
    if (str_in(status, acute))
        return TRANSFER_ACUTE;
    if (s->weight.post_acute && str_in(status, post_acute) && !unrelated_home_care(p->claim))
        return TRANSFER_POST_ACUTE;
    return TRANSFER_NONE;
}

/* by_days - of an amount in full: twice the per diem for the first day, then the per diem; special
 * pay DRGs that go to post-acute care half of the whole, and half per diems (412.4(f)). The pricer
 * rounds the part to ten-thousandths. */
static int64_t by_days(struct pricing *p, const struct stay *s, int64_t full)
{
    int64_t mean = s->weight.gmlos, part = 10000 * 10 * (s->days + 1);

    if (!s->days)
        return full;
    if (s->halved) {
        part += 10000 * mean;
        mean *= 2;
    }
    return price_times(p, full, (part + mean / 2) / mean, 4);
}

/* read_transfer - the days of one that ended before the mean stay less a day; false: the days are
 * not known, which is said */
static bool read_transfer(struct pricing *p, struct stay *s)
{
    enum transfer transfer = transfer_of(p, s);
    int64_t days;

    if (transfer == TRANSFER_NONE || !s->weight.gmlos)
        return true;
    days = price_days(p->claim);
    if (!days)
        price_missing(p, "the days of the stay");
    if ((days + 1) * 10 < s->weight.gmlos)
        s->days = days;
    s->halved = s->weight.special && transfer == TRANSFER_POST_ACUTE;
    return days != 0;
}

/* charges - covered ones of the claim */
static int64_t charges(const CcClaim *c)
{
    int64_t sum = 0;

    for (size_t i = 0; i < c->n_lines; i++)
        sum += c->lines[i]->charge_cents - c->lines[i]->noncovered_cents;
    return sum;
}

/* cost_of - of the claim by a cost-to-charge ratio, in cents */
static int64_t cost_of(struct pricing *p, int64_t ratio)
{
    return price_times(p, charges(p->claim), ratio, 6);
}

/* technology - add-ons of new technologies: each a share of the operating cost over the operating
 * payment and at most its amount, together never more than that excess (42 CFR 412.88) */
static int64_t technology(struct pricing *p, const struct stay *s)
{
    int64_t over = cost_of(p, s->hospital.operating_ccr) - s->operating_whole, sum = 0;
    struct table_row row;

    if (p->claim->n_procedures && !tables_edition(p->tables, TABLE_NEW_TECHNOLOGY, p->on)) {
        price_missing(p, "table new-technology: no edition covers the discharge date");
        return 0;
    }
    for (size_t i = 0; i < p->claim->n_procedures && over > 0; i++) {
        const char *code = p->claim->procedures[i]->assignment->code->code;
        int64_t part, most;

        if (price_look(p, TABLE_NEW_TECHNOLOGY, code, NULL, p->on, &row) != LOOKUP_FOUND)
            continue;
        part = price_times(p, over, price_cell(&row, "percent", 6, 0), 8);
        most = price_cell(&row, "most", 2, 0);
        sum += part < most ? part : most;
    }
    return sum < over || sum == 0 ? sum : over;
}

/* is_burn - DRGs of burns, whose outliers are paid a higher share (42 CFR 412.84(k)) */
static bool is_burn(const char *drg)
{
    static const char *const burns[] = {"927", "928", "929", "933", "934", "935", NULL};

    return str_in(drg, burns);
}

/* excess - the share of a cost over what is not an outlier */
static int64_t excess(struct pricing *p, const struct stay *s, int64_t cost, int64_t within)
{
    int64_t share = is_burn(p->drg) ? s->year.outlier_burn : s->year.outlier;

    return cost > within ? price_times(p, cost - within, share, 6) : 0;
}

/* outlier - operating and capital cost each over its payment and its part of the threshold, where
 * both together are over both (42 CFR 412.80, 412.84, and the published pricer). The threshold is
 * split by the ratios; its operating part follows wages and costs of living as the rates do, its
 * capital part the geographic factor; of a transfer by days it is a part too. */
static int64_t outlier(struct pricing *p, const struct stay *s)
{
    const struct hospital *h = &s->hospital;
    int64_t ccr = h->operating_ccr + h->capital_ccr, threshold = by_days(p, s, s->year.threshold);
    int64_t national = s->year.labor + s->year.other;
    int64_t local, operating, capital, cost, capital_cost;

    if (!ccr)
        return 0;
    local = (price_times(p, operating_rate(p, s), ONE, 0) + national / 2) / national;
    operating = price_times(p, price_times(p, threshold, local, 6), h->operating_ccr, 4) / ccr;
    capital = price_times(p, price_times(p, threshold, h->gaf, 6), h->capital_cola, 6);
    capital = price_times(p, capital, h->capital_ccr, 4) / ccr;
    operating += s->operating_whole + s->technology;
    capital += s->capital_whole;
    cost = cost_of(p, h->operating_ccr);
    capital_cost = cost_of(p, h->capital_ccr);
    if (cost + capital_cost < operating + capital)
        return 0;
    return excess(p, s, cost, operating) + excess(p, s, capital_cost, capital);
}

/* add - a part of the claim that is not nothing; the part */
static int64_t add(struct pricing *p, const char *name, int64_t cents)
{
    if (cents)
        price_part(p, NULL, name, cents);
    p->whole += cents;
    return cents;
}

/* base - operating and capital payment of the DRG and their add-ons */
static void base(struct pricing *p, struct stay *s)
{
    const struct hospital *h = &s->hospital;
    int64_t gaf = price_times(p, h->gaf, h->capital_cola, 6);

    s->operating = by_days(p, s, per_case(p, operating_rate(p, s), ONE, s->weight.weight));
    s->capital = by_days(p, s, per_case(p, s->year.capital, gaf, s->weight.weight));
    s->operating_whole = add(p, "operating", s->operating);
    s->capital_whole = add(p, "capital", s->capital);
    s->operating_whole +=
        add(p, "operating-dsh", price_times(p, s->operating, h->operating_dsh, 6));
    s->operating_whole +=
        add(p, "operating-ime", price_times(p, s->operating, h->operating_ime, 6));
    s->capital_whole += add(p, "capital-dsh", price_times(p, s->capital, h->capital_dsh, 6));
    s->capital_whole += add(p, "capital-ime", price_times(p, s->capital, h->capital_ime, 6));
    s->operating_whole += add(p, "uncompensated-care", h->uncompensated);
}

/* add_quality - of the operating payment with new technology, before add-ons; each program by its
 * own factor, and they are added (42 CFR 412.152, 412.160) */
static void add_quality(struct pricing *p, const struct stay *s)
{
    int64_t on = s->operating + s->technology;

    add(p, "value-based-purchasing", price_times(p, on, s->hospital.vbp - ONE, 6));
    add(p, "readmissions", price_times(p, on, s->hospital.hrrp - ONE, 6));
}

/* add_programs - of all that the stay brings: more in hospitals of few discharges, then less in
 * those with most acquired conditions (42 CFR 412.101, 412.172) */
static void add_programs(struct pricing *p, const struct stay *s, int64_t before)
{
    add(p, "low-volume", price_times(p, p->whole - before, s->hospital.low_volume, 6));
    add(p, "hospital-acquired-conditions",
        price_times(p, p->whole - before, s->hospital.hac - ONE, 6));
}

/* price_ipps - see way.h */
void price_ipps(struct pricing *p, const struct term *t, struct group *g)
{
    struct stay s = {.operating = 0};
    int64_t before = p->whole;
    bool known = read_hospital(p, &s.hospital);

    (void)t;
    (void)g;
    known = read_rates(p, s.hospital.wage, &s.year) && known;
    known = read_weight(p, &s.weight) && known;
    if (!known || !read_transfer(p, &s))
        return;
    base(p, &s);
    add(p, "new-technology", s.technology = technology(p, &s));
    add(p, "outlier", outlier(p, &s));
    add_quality(p, &s);
    add_programs(p, &s, before);
}
