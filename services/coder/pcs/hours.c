/* hours.c - what a table says of time ("24-96 Consecutive Hours", "Continuous, Greater than 18
 * hours Per Day") against how long the record says that something ran
 *
 * The spans are read from the labels of the day's tables: another year may cut them otherwise. A
 * ventilation begins when the airway is in place, or at arrival, and ends when it is out; each is
 * counted by itself (ICD-10-PCS Reference Manual, section 5). */
#include "services/coder/work.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "services/coder/pcs/pcs.h"

enum { DURATION = 5, WORD = 100 };

static const int64_t HOUR_MS = 3600000;

/* text_of - a label in small letters */
static bool text_of(struct span label, char *out)
{
    if (label.n >= WORD)
        return false;
    for (size_t i = 0; i < label.n; i++)
        out[i] = (char)tolower((unsigned char)label.p[i]);
    out[label.n] = '\0';
    return true;
}

/* pcs_span - see pcs.h */
bool pcs_span(struct span label, struct pcs_span *out)
{
    char text[WORD], *digits, *end;
    long n;

    if (!text_of(label, text) || !strstr(text, "hours") || !text[strcspn(text, "0123456789")])
        return false;
    *out = (struct pcs_span){.least_ms = 0, .most_ms = INT64_MAX};
    out->per_day = strstr(text, "per day") != NULL;
    digits = text + strcspn(text, "0123456789");
    n = strtol(digits, &end, 10);
    if (strstr(text, "less than")) {
        out->most_ms = n * HOUR_MS - 1;
    } else if (strstr(text, "greater than")) {
        out->least_ms = n * HOUR_MS + 1;
    } else if (*end == '-' && isdigit((unsigned char)end[1])) {
        out->least_ms = n * HOUR_MS;
        out->most_ms = strtol(end + 1, NULL, 10) * HOUR_MS;
    } else {
        return false;
    }
    return true;
}

/* pcs_span_holds - see pcs.h */
bool pcs_span_holds(const struct pcs_span *s, int64_t ms)
{
    if (s->per_day && ms > 24 * HOUR_MS)
        ms = 24 * HOUR_MS;
    return ms >= s->least_ms && ms <= s->most_ms;
}

/* pcs_time - see pcs.h */
int64_t pcs_time(const struct work *w, const CcProcedure *p)
{
    const CcVisit *v = w->enc->visit;
    int64_t from = p->start_ms, to = p->end_ms;

    if (!from || to <= from)
        return -1;
    if (v->admit_ms > from && v->admit_ms < to)
        from = v->admit_ms;
    if (v->discharge_ms > from && v->discharge_ms < to)
        to = v->discharge_ms;
    return to - from;
}

/* offer_by_time - the code whose span holds the time; false: none does */
static const char *by_time(struct work *w, const char *code, int64_t ms, char *other)
{
    char table[4] = {code[0], code[1], code[2], '\0'};
    struct table_row row, legal;
    struct pcs_fault fault;
    struct pcs_span span;

    memcpy(other, code, PCS_CODE);
    for (size_t cursor = 0;
         tables_next(w->t, TABLE_ICD10PCS_TABLE, table, w->coding_date, &cursor, &row);) {
        struct span key = table_key(&row, 1);

        if (key.n != 2 || key.p[0] != '0' + DURATION || !pcs_span(table_col(&row, "text"), &span) ||
            !pcs_span_holds(&span, ms))
            continue;
        other[DURATION - 1] = key.p[1];
        if (pcs_check(w->t, other, w->coding_date, &legal, &fault) == PCS_LEGAL)
            return other;
    }
    return NULL;
}

/* rule_pcs_hours - a code given says another span than its procedure ran */
void rule_pcs_hours(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        const char *code = s->as->code->code, *right;
        char other[PCS_CODE];
        struct table_row row;
        struct pcs_span span;
        CcReviewItem *item;
        int64_t ms;

        if (!pcs_ready(s) || (ms = pcs_time(w, s->procedure)) < 0 ||
            !pcs_label(w->t, code, DURATION, w->coding_date, &row) ||
            !pcs_span(table_col(&row, "text"), &span) || pcs_span_holds(&span, ms))
            continue;
        item = work_ask_service(w, r, s, "procedure",
                                "The code says another length of time than the record's begin and "
                                "end. Which does the record support?");
        work_option(w, item, CODE_SYSTEM_ICD10PCS, code, code);
        if ((right = by_time(w, code, ms, other)))
            work_option(w, item, CODE_SYSTEM_ICD10PCS, right, right);
    }
}
