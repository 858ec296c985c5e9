/* time.c - units of services that are counted by time
 *
 * CMS (claims manual ch. 5, 20.2) adds the timed minutes of a day and discipline: 8 to 22 minutes
 * are one unit of fifteen, 23 to 37 two, and so on; full quarters of an hour go to their code
 * first, what is left over to the codes with most of it. Other payers count as the AMA does: each
 * code by itself, a unit when more than its half has passed. Anesthesia is sent in minutes,
 * observation in whole hours to the nearest. */
#include <inttypes.h>
#include <string.h>

#include "services/coder/lines/lines.h"

enum { QUARTER = 15, HOUR = 60, PASSED = 8 };

/* Codes of one direct contact counted by time, with the minutes of a unit; therapy is what the
 * 8-minute rule adds up. */
static const struct timed {
    const char *from, *to;
    int64_t minutes;
    bool therapy;
} timed[] = {
    {"97032", "97036", QUARTER, true},  {"97110", "97116", QUARTER, true},
    {"97124", "97124", QUARTER, true},  {"97140", "97140", QUARTER, true},
    {"97530", "97530", QUARTER, true},  {"97533", "97537", QUARTER, true},
    {"97542", "97542", QUARTER, true},  {"97750", "97755", QUARTER, true},
    {"97760", "97763", QUARTER, true},  {"97802", "97803", QUARTER, false},
    {"97804", "97804", 30, false},      {"G0108", "G0109", 30, false},
    {"G0270", "G0270", QUARTER, false}, {"G0271", "G0271", 30, false},
};

/* timed_row - of a service; NULL: not counted by time */
static const struct timed *timed_row(const struct service *s)
{
    for (size_t i = 0; i < sizeof(timed) / sizeof(timed[0]); i++)
        if (fact_between(s, timed[i].from, timed[i].to))
            return &timed[i];
    return NULL;
}

/* is_added - part of Medicare's day total */
static bool is_added(struct work *w, const struct service *s)
{
    const struct timed *t = fact_in_time(s) && fact_open(s) ? timed_row(s) : NULL;

    return t && t->therapy && fact_wants(w, s, "8-minute", fact_medicare(w, s));
}

/* set_units - what the minutes make; none: it is not billed */
static void set_units(struct work *w, const struct rule *r, struct service *s, int64_t units)
{
    if (units == 0) {
        work_reject_service(w, r, s);
        return;
    }
    service_set_units(s, units * 1000);
    work_cite(w, s->as, r);
}

/* rule_timed_minutes - each code by itself: past the middle of a unit is a unit */
void rule_timed_minutes(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        const struct timed *t = fact_in_time(s) && fact_open(s) ? timed_row(s) : NULL;

        if (t && !is_added(w, s))
            set_units(w, r, s, (fact_minutes(s) + (t->minutes - 1) / 2) / t->minutes);
    }
}

/* same_day - of one discipline: the revenue code tells a facility's, who did it a clinician's */
static bool same_day(struct work *w, const struct service *a, const struct service *b)
{
    return fact_together(w, a, b) && strncmp(a->revenue, b->revenue, 3) == 0;
}

/* best_left - of a day the service whose minutes have most left over its units, not yet given one
 */
static struct service *best_left(struct work *w, const struct service *first)
{
    struct service *best = NULL;

    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        int64_t left;

        if (!is_added(w, s) || !same_day(w, first, s))
            continue;
        left = fact_minutes(s) - s->units_milli / 1000 * QUARTER;
        if (left > 0 && (!best || left > fact_minutes(best) - best->units_milli / 1000 * QUARTER))
            best = s;
    }
    return best;
}

/* share_day - full quarters to their code, the rest of the day's units to what is left over */
static void share_day(struct work *w, struct service *first)
{
    int64_t total = 0, units;

    for (size_t i = 0; i < w->n_services; i++)
        if (is_added(w, &w->services[i]) && same_day(w, first, &w->services[i]))
            total += fact_minutes(&w->services[i]);
    units = total < PASSED ? 0 : (total + QUARTER - PASSED) / QUARTER;
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];

        if (!is_added(w, s) || !same_day(w, first, s))
            continue;
        s->units_milli = fact_minutes(s) / QUARTER * 1000;
        units -= fact_minutes(s) / QUARTER;
    }
    for (struct service *s; units > 0 && (s = best_left(w, first)) != NULL; units--)
        s->units_milli += 1000;
}

/* is_first - no earlier service is of its day */
static bool is_first(struct work *w, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (is_added(w, &w->services[i]) && same_day(w, &w->services[i], &w->services[n]))
            return false;
    return is_added(w, &w->services[n]);
}

/* rule_eight_minutes - Medicare's therapy day */
void rule_eight_minutes(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++)
        if (is_first(w, i))
            share_day(w, &w->services[i]);
    for (size_t i = w->n_services; i-- > 0;)
        if (is_added(w, &w->services[i]))
            set_units(w, r, &w->services[i], w->services[i].units_milli / 1000);
}

/* is_anesthesia - but for the codes that are counted: a day's management, an area of burns */
static bool is_anesthesia(const struct service *s)
{
    return fact_between(s, "00100", "01999") && !fact_is(s, "01996") && !fact_is(s, "01953");
}

/* anesthesia_minutes - of the charge, else as the operation's record has them */
static int64_t anesthesia_minutes(const struct service *s)
{
    if (!fact_in_time(s) && s->done && s->done->anesthesia_min)
        return s->done->anesthesia_min;
    return fact_minutes(s);
}

/* rule_anesthesia_time - minutes, not units; a facility's bill knows no minutes (SV204) */
void rule_anesthesia_time(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        int64_t minutes;

        if (s->institutional || !fact_open(s) || !is_anesthesia(s) ||
            strcmp(s->unit_code, "MJ") == 0)
            continue;
        minutes = anesthesia_minutes(s);
        if (minutes <= 0)
            continue;
        s->unit_code = "MJ";
        service_set_units(s, minutes * 1000);
        work_cite(w, s->as, r);
    }
}

/* rule_observation_hours - to the nearest whole hour, at least one */
void rule_observation_hours(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];

        if (fact_in_time(s) && fact_open(s) && fact_is(s, "G0378"))
            set_units(w, r, s, (fact_minutes(s) + HOUR / 2) / HOUR);
    }
}

/* has_time_rule - one of those above says what its minutes make */
static bool has_time_rule(const struct service *s)
{
    return timed_row(s) || is_anesthesia(s) || fact_is(s, "G0378") ||
           strcmp(s->unit_code, "MJ") == 0;
}

/* rule_time_of_no_rule - a time as the quantity of a code that is not counted by time */
void rule_time_of_no_rule(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];

        if (fact_in_time(s) && fact_open(s) && !has_time_rule(s))
            work_ask_service(w, r, s, "amount",
                             work_printf(w,
                                         "How many units of %s were given? The charge has a time.",
                                         s->as->code->code));
    }
}
