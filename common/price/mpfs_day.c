/* mpfs_day.c - what several services of a day take from each other (claims manual, chapter 12, 40.6
 * and 40.7, and the multiple procedure indicator of the relative value file) */
#include <string.h>

#include "common/price/mpfs.h"

/* Percent of the technical and the professional component behind the highest one of the day:
 * imaging, cardiovascular and ophthalmic tests (42 CFR 414.65(b) and the file's layout). */
static const struct components {
    char kind;
    int64_t technical, professional;
} components[] = {{'4', 50, 95}, {'6', 75, 100}, {'7', 80, 100}};

/* mpfs_multiple - see mpfs.h */
char mpfs_multiple(const struct service *s)
{
    struct span v = table_col(&s->row, "multiple");

    return v.n ? v.p[0] : '0';
}

/* others - of the day with an indicator */
static size_t others(const struct service *list, size_t n, size_t at, char multiple)
{
    size_t count = 0;

    for (size_t i = 0; i < n; i++)
        count += i != at && list[i].l->on == list[at].l->on && mpfs_multiple(&list[i]) == multiple;
    return count;
}

/* kind_of - the indicator; an endoscopy without another one is an operation like others */
static char kind_of(const struct service *list, size_t n, size_t at)
{
    char multiple = mpfs_multiple(&list[at]);

    return multiple == '3' && !others(list, n, at, '3') ? '2' : multiple;
}

/* same_day - and of one rule */
static bool same_day(const struct service *a, const struct service *b)
{
    return a->l->on == b->l->on && a->kind == b->kind;
}

/* What services are ranked by, in cents. */
typedef int64_t worth_fn(const struct service *s);

/* all_of - the line */
static int64_t all_of(const struct service *s)
{
    return s->cents;
}

/* technical_of - one unit's technical component */
static int64_t technical_of(const struct service *s)
{
    return s->part;
}

/* professional_of - what one unit is besides */
static int64_t professional_of(const struct service *s)
{
    return s->unit - s->part;
}

/* rank_of - how many of the day's services of the same rule are worth more */
static size_t rank_of(const struct service *list, size_t n, size_t at, worth_fn *worth)
{
    size_t rank = 0;
    int64_t own = worth(&list[at]);

    for (size_t i = 0; i < n; i++)
        if (i != at && same_day(&list[i], &list[at]) &&
            (worth(&list[i]) > own || (worth(&list[i]) == own && i < at)))
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

/* by_component - technical and professional part, each whole where it is the day's highest; the
 * technical one is reduced, then capped. -1: its part is not known */
static int64_t by_component(struct pricing *p, const struct service *list, size_t n, size_t at)
{
    const struct service *s = &list[at];
    int64_t technical = 100, professional = 100, unit;

    for (size_t i = 0; i < sizeof(components) / sizeof(components[0]); i++) {
        if (components[i].kind != s->kind)
            continue;
        if (s->part < 0)
            return others(list, n, at, s->kind) ? -1 : s->cents;
        technical = rank_of(list, n, at, technical_of) ? components[i].technical : 100;
        professional = rank_of(list, n, at, professional_of) ? components[i].professional : 100;
    }
    if (s->part < 0)
        return s->cents;
    unit = price_percent_of(p, s->part, technical);
    if (s->cap >= 0 && s->cap < unit)
        unit = s->cap;
    return price_percent_of(p, s->cents - of_part(p, s, 100), professional) +
           price_times(p, price_times(p, unit, s->share, 4), s->units_milli, 3);
}

/* reduced - a line's amount: 2 surgery 100 50 50 50 50, further ones by report; 3 endoscopies less
 * their base behind the highest; others by component. -1: not known here */
static int64_t reduced(struct pricing *p, const struct service *list, size_t n, size_t at)
{
    const struct service *s = &list[at];
    size_t rank = rank_of(list, n, at, all_of);

    if (s->kind == '2')
        return rank == 0 ? s->cents : rank < 5 ? price_percent_of(p, s->cents, 50) : -1;
    if (s->kind != '3')
        return by_component(p, list, n, at);
    if (others(list, n, at, '2')) /* the family ranks as one operation */
        return -1;
    if (rank == 0)
        return s->cents;
    if (s->part < 0 || !of_family(list, n, at))
        return -1;
    return s->cents > of_part(p, s, 100) ? s->cents - of_part(p, s, 100) : 0;
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

/* sessions - is imaging with others of its day told as apart from them? Of one session alone the
 * others take from it */
static bool sessions(const struct service *list, size_t n, size_t at)
{
    static const char *const apart[] = {"59", "76", "77", "XE"};
    const struct service *s = &list[at];

    for (size_t i = 0; i < sizeof(apart) / sizeof(apart[0]); i++)
        if (s->kind == '4' && price_has_modifier(s->l->line, apart[i]))
            return others(list, n, at, '4') != 0;
    return false;
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
    if (sessions(list, n, at)) {
        price_stop(p, s->l, "whether images of the day are of one session (59, 76, 77, XE)");
        return;
    }
    cents = s->kind == '5' ? therapy(p, list, n, at) : reduced(p, list, n, at);
    if (cents < 0)
        price_stop(p, s->l,
                   "several services of the day are reduced in a way that is not reckoned here");
    else
        price_line(p, s->l, cents);
}

/* mpfs_settle - see mpfs.h */
void mpfs_settle(struct pricing *p, struct service *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        list[i].kind = kind_of(list, n, i);
    for (size_t i = 0; i < n; i++)
        settle(p, list, n, i);
}
