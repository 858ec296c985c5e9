/* mpfs.c - the Medicare physician fee schedule (coding 6.5, 42 CFR 414 subpart B): RVUs by place,
 * GPCIs of the locality, conversion factor; then what modifiers and several services of a day take.
 *
 * The term's schedule is contractor and locality, "01112-05". */
#include <string.h>

#include "common/price/mpfs.h"
#include "common/tables/rvu.h"

enum { FACTOR_PLACES = 7 }; /* hundredths x thousandths x ten-thousandths of a dollar, in cents */

/* A modifier and the percent of the fee that it leaves, in hundredths of a percent; by an
 * indicator of the row that must have one of these values ("" = any). */
struct share {
    const char *modifier, *indicator, *values;
    int64_t share;
};

static const char by_report[] = "the payer decides by report (modifiers 22, 52, 53, 66)";
static const char older_device[] =
    "modifiers CT, FX and FY take from the technical component, which is not reckoned here";
static const char no_package[] = "modifiers 54, 55, 56, 78 split a package that the code has not";

/* clang-format off */
static const struct share shares[] = {
    {"50", "bilateral", "1",  15000},
    {"50", "bilateral", "3",  20000},
    {"62", "cosurgeon", "12",  6250},
    {"62", "cosurgeon", "09",     0}, /* not permitted */
    {"80", "assistant", "02",  1600},
    {"81", "assistant", "02",  1600},
    {"82", "assistant", "02",  1600},
    {"AS", "assistant", "02",  1360},
    {"80", "assistant", "19",     0}, /* never paid */
    {"81", "assistant", "19",     0},
    {"82", "assistant", "19",     0},
    {"AS", "assistant", "19",     0},
    {"CQ", "status",    "ART", 8500}, /* a therapist's assistant: 42 CFR 410.59, 410.60 */
    {"CO", "status",    "ART", 8500},
};
/* Modifiers whose amount no table tells, and why. */
static const struct { const char *modifier, *why; } untold[] = {
    {"22", by_report}, {"52", by_report}, {"66", by_report},
    {"CT", older_device}, {"FX", older_device}, {"FY", older_device},
};
/* Providers paid a part, by the first characters of the taxonomy: 42 CFR 414.52, 414.56, 414.62, 414.64. */
static const struct { const char *taxonomy; int64_t share; } clinicians[] = {
    {"363A", 8500}, {"363L", 8500}, {"364S", 8500}, {"133V", 8500}, {"133N", 8500}, {"1041C", 7500}, {"106H", 7500}, {"101Y", 7500},
};
/* clang-format on */

/* indices - of the locality that the contract names; false after saying what is missing */
static bool indices(struct pricing *p, const struct term *t, const struct priced *l,
                    struct table_row *row)
{
    char mac[8] = "", locality[8] = "";
    const char *dash = strchr(t->schedule, '-');

    if (!dash || dash - t->schedule != 5 || strlen(dash + 1) != 2) {
        price_missing(p, "the locality of the contract, as 01112-05");
        return false;
    }
    memcpy(mac, t->schedule, 5);
    memcpy(locality, dash + 1, 2);
    return price_find(p, TABLE_GPCI, mac, locality, l->on, row);
}

/* component - a part of the fee: RVUs by index and factor */
static int64_t component(struct pricing *p, const struct table_row *rvu, const char *units,
                         const struct table_row *gpci, const char *index)
{
    int64_t factor = table_col_i64(rvu, "factor_ten_thousandths", 0);
    int64_t adjusted =
        price_times(p, table_col_i64(rvu, units, 0), table_col_i64(gpci, index, 0), 0);

    return price_times(p, adjusted, factor, FACTOR_PLACES);
}

/* whole - of one unit, rounded once: the parts beside it may differ from it by a cent */
static int64_t whole(struct pricing *p, const struct table_row *rvu, const char *expense,
                     const struct table_row *gpci)
{
    int64_t sum = price_times(p, table_col_i64(rvu, "work_hundredths", 0),
                              table_col_i64(gpci, "work_thousandths", 0), 0) +
                  price_times(p, table_col_i64(rvu, expense, 0),
                              table_col_i64(gpci, "pe_thousandths", 0), 0) +
                  price_times(p, table_col_i64(rvu, "malpractice_hundredths", 0),
                              table_col_i64(gpci, "malpractice_thousandths", 0), 0);

    return price_times(p, sum, table_col_i64(rvu, "factor_ten_thousandths", 0), FACTOR_PLACES);
}

/* cap_of - what the outpatient system pays for the technical component of imaging (section
 * 1848(b)(4) of the Act): by its RVUs of the row; -1: none */
static int64_t cap_of(struct pricing *p, const struct table_row *rvu, bool facility,
                      const struct table_row *gpci)
{
    int64_t expense = table_col_i64(
        rvu, facility ? "opps_facility_pe_hundredths" : "opps_nonfacility_pe_hundredths", 0);
    int64_t malpractice = table_col_i64(rvu, "opps_malpractice_hundredths", 0);
    int64_t sum = price_times(p, expense, table_col_i64(gpci, "pe_thousandths", 0), 0) +
                  price_times(p, malpractice, table_col_i64(gpci, "malpractice_thousandths", 0), 0);

    return sum ? price_times(p, sum, table_col_i64(rvu, "factor_ten_thousandths", 0), FACTOR_PLACES)
               : -1;
}

/* row_of - of the code under 26, TC or 53, else of the whole service */
static enum lookup row_of(struct pricing *p, enum table_id table, const struct priced *l,
                          struct table_row *row)
{
    static const char *const parts[] = {"26", "TC", "53"};
    const char *modifier = NULL;

    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
        if (price_has_modifier(l->line, parts[i]))
            modifier = parts[i];
    if (price_look(p, table, l->code, modifier ? modifier : RVU_WHOLE, l->on, row) == LOOKUP_FOUND)
        return LOOKUP_FOUND;
    if (modifier)
        return LOOKUP_ABSENT; /* no such part, or by report */
    return price_look(p, table, l->code, RVU_WHOLE, l->on, row);
}

/* payable - by the status of the row; else left or within, which is said */
static bool payable(struct pricing *p, struct priced *l, const struct table_row *row)
{
    struct span status = table_col(row, "status");
    char s = status.n ? status.p[0] : ' ';

    if (s == 'A' || s == 'R' || s == 'T')
        return true;
    if (s == 'B' || s == 'P')
        price_within(p, l, "bundled");
    else
        price_leave(l, s == 'C'   ? "the contractor prices the code: the fee schedule has no amount"
                       : s == 'J' ? "anesthesia is paid by units (method anesthesia)"
                                  : "the physician fee schedule does not pay the code");
    return false;
}

/* package_share - of a surgeon's package that is split (claims manual, chapter 12, 40.4): before
 * and in, after, before, in the operation; -1: the code has no such package */
static int64_t package_share(const struct priced *l, const struct table_row *row)
{
    int64_t pre = table_col_i64(row, "pre_percent", 0);
    int64_t intra = table_col_i64(row, "intra_percent", 0);
    int64_t post = table_col_i64(row, "post_percent", 0);
    int64_t share = 100;

    if (price_has_modifier(l->line, "54"))
        share = pre + intra;
    else if (price_has_modifier(l->line, "55"))
        share = post;
    else if (price_has_modifier(l->line, "56"))
        share = pre;
    else if (price_has_modifier(l->line, "78"))
        share = table_col_is(row, "global", "000") ? 100 : intra;
    else
        return 100;
    return share ? share : -1;
}

/* untold_of - why a modifier of the line has no amount here; NULL: none has */
static const char *untold_of(const struct priced *l, const struct table_row *row)
{
    for (size_t i = 0; i < sizeof(untold) / sizeof(untold[0]); i++)
        if (price_has_modifier(l->line, untold[i].modifier))
            return untold[i].why;
    return package_share(l, row) < 0 ? no_package : NULL;
}

/* share_of - what modifiers leave, in hundredths of a percent */
static int64_t share_of(const struct priced *l, const struct table_row *row)
{
    int64_t share = 100 * package_share(l, row);

    for (size_t i = 0; i < sizeof(shares) / sizeof(shares[0]); i++) {
        struct span v = table_col(row, shares[i].indicator);

        if (price_has_modifier(l->line, shares[i].modifier) && v.n &&
            strchr(shares[i].values, v.p[0]))
            share = share * shares[i].share / 10000;
    }
    return share;
}

/* rendering_taxonomy - of the line, else of the claim */
static const char *rendering_taxonomy(const struct pricing *p, const struct priced *l)
{
    for (size_t i = 0; i < l->line->n_providers; i++)
        if (l->line->providers[i]->role == PROVIDER_ROLE_RENDERING)
            return l->line->providers[i]->taxonomy;
    for (size_t i = 0; i < p->claim->n_providers; i++)
        if (p->claim->providers[i]->role == PROVIDER_ROLE_RENDERING)
            return p->claim->providers[i]->taxonomy;
    return "";
}

/* clinician_share - of who renders it */
static int64_t clinician_share(const struct pricing *p, const struct priced *l)
{
    const char *taxonomy = rendering_taxonomy(p, l);

    if (price_has_modifier(l->line, "AS")) /* has it in its percent */
        return 10000;
    for (size_t i = 0; i < sizeof(clinicians) / sizeof(clinicians[0]); i++)
        if (str_starts(taxonomy, clinicians[i].taxonomy))
            return clinicians[i].share;
    return 10000;
}

/* expense_of - the column of the practice expense */
static const char *expense_of(bool facility)
{
    return facility ? "facility_pe_hundredths" : "nonfacility_pe_hundredths";
}

/* open_part - the other row that several services of a day are reduced by; a row that is not there
 * leaves -1, and is missed only where it is needed */
static void open_part(struct pricing *p, enum table_id table, struct service *s, bool facility,
                      const struct table_row *gpci)
{
    const char *expense = expense_of(facility);
    char base[8];
    bool endoscopy = mpfs_multiple(s) == '3';
    const char *code =
        endoscopy ? table_col_text(&s->row, "endo_base", base, sizeof(base)) : s->l->code;
    const char *modifier = endoscopy ? RVU_WHOLE : "TC";
    struct table_row row;

    s->part = s->cap = -1;
    if (span_is(table_key(&s->row, 1), "TC"))
        row = s->row;
    else if (span_is(table_key(&s->row, 1), "26"))
        s->part = 0;
    else if (!code[0] || price_look(p, table, code, modifier, s->l->on, &row) != LOOKUP_FOUND)
        return;
    if (s->part == 0)
        return;
    s->part = whole(p, &row, expense, gpci);
    s->cap = endoscopy ? -1 : cap_of(p, &row, facility, gpci);
}

/* row_found - the row of one line, that pays in its place; false: left, within or stopped */
static bool row_found(struct pricing *p, enum table_id table, struct priced *l,
                      struct table_row *row)
{
    enum lookup found = row_of(p, table, l, row);
    const char *why;

    if (found == LOOKUP_NO_EDITION)
        price_stop(p, l, "table rvu: no edition covers the line's day");
    else if (found == LOOKUP_ABSENT && price_has_modifier(l->line, "53"))
        price_stop(p, l, by_report);
    else if (found == LOOKUP_ABSENT)
        price_leave(l, "the physician fee schedule has no row for the code");
    if (found != LOOKUP_FOUND || !payable(p, l, row))
        return false;
    why = untold_of(l, row);
    if (!why && table_col_is(row, price_facility(p, l) ? "facility_na" : "nonfacility_na", "Y") &&
        !price_has_modifier(l->line, "26"))
        why = "the physician fee schedule has no amount for this place";
    if (why)
        price_stop(p, l, why);
    return !why;
}

/* open_service - the fee of one line; false: left, within or stopped */
static bool open_service(struct pricing *p, const struct term *t, enum table_id table,
                         struct priced *l, struct service *s)
{
    bool facility = price_facility(p, l);
    const char *expense = expense_of(facility);
    struct table_row gpci;

    if (!row_found(p, table, l, &s->row) || !indices(p, t, l, &gpci))
        return false;
    s->l = l;
    s->unit = whole(p, &s->row, expense, &gpci);
    if (!s->unit) {
        price_stop(p, l, "the physician fee schedule has no amount for the code");
        return false;
    }
    s->expense = component(p, &s->row, expense, &gpci, "pe_thousandths");
    open_part(p, table, s, facility, &gpci);
    price_part(p, l->out, "work",
               component(p, &s->row, "work_hundredths", &gpci, "work_thousandths"));
    price_part(p, l->out, "practice-expense", s->expense);
    price_part(p, l->out, "malpractice",
               component(p, &s->row, "malpractice_hundredths", &gpci, "malpractice_thousandths"));
    s->units_milli = l->line->units_milli;
    s->share = share_of(l, &s->row) * clinician_share(p, l) / 10000;
    s->cents = price_times(p, price_times(p, s->unit, s->share, 4), s->units_milli, 3);
    return true;
}

/* price - by one of the two relative value files */
static void price(struct pricing *p, const struct term *t, struct group *g, enum table_id table)
{
    struct service *list = arena_array(p->arena, g->n + 1, sizeof(*list));
    size_t n = 0;

    p->failed = p->failed || !list;
    for (size_t i = 0; list && i < g->n; i++)
        n += open_service(p, t, table, g->lines[i], &list[n]);
    mpfs_settle(p, list, n);
}

/* price_mpfs - see way.h */
void price_mpfs(struct pricing *p, const struct term *t, struct group *g)
{
    price(p, t, g, TABLE_RVU);
}

/* price_mpfs_qpp - by the conversion factor of qualifying participants in advanced payment models
 */
void price_mpfs_qpp(struct pricing *p, const struct term *t, struct group *g)
{
    price(p, t, g, TABLE_RVU_QPP);
}
