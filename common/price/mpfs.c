/* mpfs.c - the Medicare physician fee schedule (coding 6.5, 42 CFR 414 subpart B): RVUs by place,
 * GPCIs of the locality, conversion factor; then what modifiers and several services of a day take.
 *
 * The term's schedule is contractor and locality, "01112-05". */
#include <string.h>

#include "common/price/way.h"
#include "common/tables/rvu.h"

enum { FACTOR_PLACES = 7 }; /* hundredths x thousandths x ten-thousandths of a dollar, in cents */

/* A modifier and the percent of the fee that it leaves, in hundredths of a percent; by an
 * indicator of the row that must have one of these values ("" = any). */
struct share {
    const char *modifier, *indicator, *values;
    int64_t share;
};

/* clang-format off */
static const struct share shares[] = {
    {"50", "bilateral", "1",  15000},
    {"50", "bilateral", "3",  20000},
    {"62", "cosurgeon", "12",  6250},
    {"80", "assistant", "02",  1600},
    {"81", "assistant", "02",  1600},
    {"82", "assistant", "02",  1600},
    {"AS", "assistant", "02",  1360},
    {"80", "assistant", "19",     0}, /* never paid */
    {"81", "assistant", "19",     0},
    {"82", "assistant", "19",     0},
    {"AS", "assistant", "19",     0},
};
/* Providers paid a part, by the first characters of the taxonomy: 42 CFR 414.52, 414.56, 414.62, 414.64. */
static const struct { const char *taxonomy; int64_t share; } clinicians[] = {
    {"363A", 8500}, {"363L", 8500}, {"364S", 8500}, {"133V", 8500}, {"1041C", 7500}, {"106H", 7500}, {"101Y", 7500},
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
    if (modifier && strcmp(modifier, "53") == 0)
        return LOOKUP_ABSENT; /* by report */
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
                       : s == 'J' ? "anesthesia is paid by units, which no table here has"
                                  : "the physician fee schedule does not pay the code");
    return false;
}

/* share_of - what modifiers and the clinician leave, in hundredths of a percent; -1: by report */
static int64_t share_of(const struct priced *l, const struct table_row *row)
{
    int64_t share = 10000;

    if (price_has_modifier(l->line, "52") || price_has_modifier(l->line, "22") ||
        price_has_modifier(l->line, "66") ||
        (price_has_modifier(l->line, "53") && table_key(row, 1).n &&
         span_is(table_key(row, 1), RVU_WHOLE)))
        return -1;
    for (size_t i = 0; i < sizeof(shares) / sizeof(shares[0]); i++) {
        struct span v = table_col(row, shares[i].indicator);

        if (price_has_modifier(l->line, shares[i].modifier) && v.n &&
            strchr(shares[i].values, v.p[0]))
            share = share * shares[i].share / 10000;
    }
    if (price_has_modifier(l->line, "54"))
        share = share *
                (table_col_i64(row, "pre_percent", 0) + table_col_i64(row, "intra_percent", 0)) /
                100;
    else if (price_has_modifier(l->line, "55"))
        share = share * table_col_i64(row, "post_percent", 0) / 100;
    else if (price_has_modifier(l->line, "56"))
        share = share * table_col_i64(row, "pre_percent", 0) / 100;
    else if (price_has_modifier(l->line, "78"))
        share = share * table_col_i64(row, "intra_percent", 0) / 100;
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

/* A line and its fee, for what several services of a day take from each other. */
struct service {
    struct priced *l;
    struct table_row row;
    int64_t unit, expense; /* cents of one unit, and its practice expense */
    int64_t part;  /* of another row of the schedule, cents of one unit: the technical component
                      of a whole service, or the base procedure of an endoscopy */
    int64_t share; /* in hundredths of a percent */
    int64_t units_milli, cents;
};

/* multiple_of - the multiple procedure indicator of the row */
static char multiple_of(const struct service *s)
{
    struct span v = table_col(&s->row, "multiple");

    return v.n ? v.p[0] : '0';
}

/* open_part - the other row that several services of a day are reduced by; a row that is not there
 * leaves -1, and is missed only where it is needed */
static void open_part(struct pricing *p, enum table_id table, struct service *s,
                      const char *expense, const struct table_row *gpci)
{
    char base[8];
    bool endoscopy = multiple_of(s) == '3';
    const char *code =
        endoscopy ? table_col_text(&s->row, "endo_base", base, sizeof(base)) : s->l->code;
    const char *modifier = endoscopy ? RVU_WHOLE : "TC";
    struct table_row row;

    s->part = -1;
    if (span_is(table_key(&s->row, 1), "TC"))
        s->part = s->unit;
    else if (span_is(table_key(&s->row, 1), "26"))
        s->part = 0;
    else if (code[0] && price_look(p, table, code, modifier, s->l->on, &row) == LOOKUP_FOUND)
        s->part = whole(p, &row, expense, gpci);
}

/* open_service - the fee of one line; false: left, within or stopped */
static bool open_service(struct pricing *p, const struct term *t, enum table_id table,
                         struct priced *l, struct service *s)
{
    enum lookup found = row_of(p, table, l, &s->row);
    bool facility = price_facility(p, l);
    const char *expense = facility ? "facility_pe_hundredths" : "nonfacility_pe_hundredths";
    struct table_row gpci;

    if (found == LOOKUP_NO_EDITION)
        price_stop(p, l, "table rvu: no edition covers the line's day");
    else if (found == LOOKUP_ABSENT)
        price_leave(l, "the physician fee schedule has no row for the code");
    if (found != LOOKUP_FOUND || !payable(p, l, &s->row) || !indices(p, t, l, &gpci))
        return false;
    if (table_col_is(&s->row, facility ? "facility_na" : "nonfacility_na", "Y") &&
        !price_has_modifier(l->line, "26")) {
        price_stop(p, l, "the physician fee schedule has no amount for this place");
        return false;
    }
    s->l = l;
    s->share = share_of(l, &s->row);
    if (s->share < 0) {
        price_stop(p, l, "the payer decides by report (modifiers 22, 52, 53, 66)");
        return false;
    }
    s->unit = whole(p, &s->row, expense, &gpci);
    s->expense = component(p, &s->row, expense, &gpci, "pe_thousandths");
    open_part(p, table, s, expense, &gpci);
    price_part(p, l->out, "work",
               component(p, &s->row, "work_hundredths", &gpci, "work_thousandths"));
    price_part(p, l->out, "practice-expense", s->expense);
    price_part(p, l->out, "malpractice",
               component(p, &s->row, "malpractice_hundredths", &gpci, "malpractice_thousandths"));
    s->units_milli = l->line->units_milli;
    s->share = s->share * clinician_share(p, l) / 10000;
    s->cents = price_times(p, price_times(p, s->unit, s->share, 4), s->units_milli, 3);
    return true;
}

/* --- several services of a day (multiple procedure indicator) */

/* same_day - and of one indicator */
static bool same_day(const struct service *a, const struct service *b)
{
    return a->l->on == b->l->on &&
           span_equal(table_col(&a->row, "multiple"), table_col(&b->row, "multiple"));
}

/* rank_of - how many of the day's services of the same indicator are worth more */
static size_t rank_of(const struct service *list, size_t n, size_t at)
{
    size_t rank = 0;

    for (size_t i = 0; i < n; i++)
        if (i != at && same_day(&list[i], &list[at]) &&
            (list[i].cents > list[at].cents || (list[i].cents == list[at].cents && i < at)))
            rank++;
    return rank;
}

/* of_part - of the part, by units and share, in cents */
static int64_t of_part(struct pricing *p, const struct service *s, int64_t percent)
{
    return price_times(p, price_times(p, s->part * percent, s->share, 6), s->units_milli, 3);
}

/* of_family - are all endoscopies of the day of one base procedure? */
static bool of_family(const struct service *list, size_t n, size_t at)
{
    for (size_t i = 0; i < n; i++)
        if (same_day(&list[i], &list[at]) && !span_equal(table_col(&list[i].row, "endo_base"),
                                                         table_col(&list[at].row, "endo_base")))
            return false;
    return true;
}

/* reduced - a line's amount behind the highest of its day, by its indicator (claims manual, chapter
 * 12, 40.6, and the file's layout): 2 surgery 100 50 50 50 50, further ones by report; 3 endoscopy
 * less its base; 4 imaging: technical part half, professional less 5 %; 6 and 7: technical part
 * less 25 and 20 %. -1: not known here */
static int64_t reduced(struct pricing *p, const struct service *list, size_t n, size_t at)
{
    const struct service *s = &list[at];
    size_t rank = rank_of(list, n, at);
    char multiple = multiple_of(s);

    if (rank == 0 || !strchr("23467", multiple))
        return s->cents;
    if (multiple == '2')
        return rank < 5 ? price_percent_of(p, s->cents, 50) : -1;
    if (s->part < 0 || (multiple == '3' && !of_family(list, n, at)))
        return -1;
    if (multiple == '3')
        return s->cents > of_part(p, s, 100) ? s->cents - of_part(p, s, 100) : 0;
    if (multiple == '4')
        return price_percent_of(p, s->cents - of_part(p, s, 100), 95) + of_part(p, s, 50);
    return s->cents - of_part(p, s, multiple == '6' ? 25 : 20);
}

/* therapy - practice expense of all units but the dearest unit of the day is halved */
static int64_t therapy(struct pricing *p, const struct service *list, size_t n, size_t at)
{
    const struct service *s = &list[at];
    int64_t halved = s->units_milli;
    bool dearest = true;

    for (size_t i = 0; i < n; i++)
        if (i != at && same_day(&list[i], s) &&
            (list[i].expense > s->expense || (list[i].expense == s->expense && i < at)))
            dearest = false;
    halved -= dearest && halved >= 1000 ? 1000 : 0;
    return s->cents - price_times(p, price_times(p, s->expense * s->share, halved, 3), 5, 5);
}

/* alone - is anything else of the day paid? (status T: injections and the like) */
static bool alone(const struct service *list, size_t n, size_t at)
{
    for (size_t i = 0; i < n; i++)
        if (i != at && list[i].l->on == list[at].l->on &&
            !table_col_is(&list[i].row, "status", "T"))
            return false;
    return true;
}

/* settle - one service among those of its day */
static void settle(struct pricing *p, const struct service *list, size_t n, size_t at)
{
    const struct service *s = &list[at];
    int64_t cents;

    if (table_col_is(&s->row, "status", "T") && !alone(list, n, at)) {
        price_within(p, s->l, "bundled");
        return;
    }
    cents = multiple_of(s) == '5' ? therapy(p, list, n, at) : reduced(p, list, n, at);
    if (cents < 0)
        price_stop(p, s->l,
                   "several services of the day are reduced in a way that is not reckoned here");
    else
        price_line(p, s->l, cents);
}

/* price - by one of the two relative value files */
static void price(struct pricing *p, const struct term *t, struct group *g, enum table_id table)
{
    struct service *list = arena_array(p->arena, g->n + 1, sizeof(*list));
    size_t n = 0;

    p->failed = p->failed || !list;
    for (size_t i = 0; list && i < g->n; i++)
        n += open_service(p, t, table, g->lines[i], &list[n]);
    for (size_t i = 0; i < n; i++)
        settle(p, list, n, i);
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
