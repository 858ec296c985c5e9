/* check.c - charged injections and infusions against what was given, from when to when
 *
 * The record's administrations say what can be charged; nothing is added or taken away here. More
 * than was given is a question that holds the claim, less is told. */
#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "services/coder/infusion/check.h"
#include "services/coder/infusion/infusion.h"
#include "services/coder/lines/lines.h"

enum { NDC_BYTES = 16, HCPCS_BYTES = 8 };

/* Routes: HL7 table 0162, FHIR's SNOMED codes, words. */
static const struct {
    const char *word;
    enum infusion_way way;
    const char *modifier; /* where a payer wants to know the route */
} routes[] = {
    {"IV", INFUSION_VEIN, "JA"},
    {"IVP", INFUSION_VEIN, "JA"},
    {"IVPB", INFUSION_VEIN, "JA"},
    {"IVSOLN", INFUSION_VEIN, "JA"},
    {"47625008", INFUSION_VEIN, "JA"},
    {"intravenous", INFUSION_VEIN, "JA"},
    {"IM", INFUSION_MUSCLE, ""},
    {"SC", INFUSION_MUSCLE, "JB"},
    {"SQ", INFUSION_MUSCLE, "JB"},
    {"78421000", INFUSION_MUSCLE, ""},
    {"34206005", INFUSION_MUSCLE, "JB"},
    {"subcutaneous", INFUSION_MUSCLE, "JB"},
    {"intramuscular", INFUSION_MUSCLE, ""},
};

/* way_of - false: swallowed, inhaled, or not known */
static bool way_of(const char *route, enum infusion_way *way)
{
    for (size_t i = 0; i < sizeof(routes) / sizeof(routes[0]); i++)
        if (strcasecmp(routes[i].word, route) == 0) {
            *way = routes[i].way;
            return true;
        }
    return false;
}

/* infusion_route - see check.h */
const char *infusion_route(const char *route)
{
    for (size_t i = 0; i < sizeof(routes) / sizeof(routes[0]); i++)
        if (strcasecmp(routes[i].word, route) == 0)
            return routes[i].modifier;
    return "";
}

/* hcpcs_of - the code a package is billed under; false: not known, or several */
static bool hcpcs_of(struct work *w, const CcCode *drug, int32_t on, char out[HCPCS_BYTES])
{
    struct table_row row;
    size_t cursor = 0, n = 0;

    if (drug->system == CODE_SYSTEM_HCPCS)
        return str_copy(out, HCPCS_BYTES, drug->code);
    if (drug->system != CODE_SYSTEM_NDC || strlen(drug->code) >= NDC_BYTES)
        return false;
    while (tables_next(w->t, TABLE_NDC_HCPCS, drug->code, on, &cursor, &row)) {
        struct span code = table_key(&row, 1);

        if (code.n < HCPCS_BYTES) {
            memcpy(out, code.p, code.n);
            out[code.n] = '\0';
            n++;
        }
    }
    return n == 1;
}

/* kind_of - by the drug's code: J9 is chemotherapy, plain fluids hydrate */
static enum infusion_kind kind_of(const char *hcpcs)
{
    static const char *const fluids[] = {"J7030", "J7040", "J7042", "J7050", "J7060",
                                         "J7070", "J7120", "J7121", NULL};

    if (hcpcs[0] == 'J' && hcpcs[1] == '9')
        return INFUSION_CHEMO;
    return str_in(hcpcs, fluids) ? INFUSION_HYDRATION : INFUSION_THERAPY;
}

/* is_given - that day, and not taken back */
static bool is_given(const struct work *w, const CcMedication *m, int32_t day)
{
    static const char *const not_given[] = {"entered-in-error", "not-done", "on-hold", "unknown",
                                            NULL};

    return strcmp(m->kind, "administered") == 0 && m->code && m->start_ms &&
           !str_in(m->status, not_given) &&
           date_of_ms(m->start_ms, w->enc->visit->admit_tz_min) == day;
}

/* given_on - the day's administrations that need a needle; false: one whose drug or number nobody
 * can tell */
static bool given_on(struct work *w, int32_t day, struct infusion *list, size_t *n)
{
    *n = 0;
    for (size_t i = 0; i < w->enc->n_medications; i++) {
        const CcMedication *m = w->enc->medications[i];
        struct infusion x = {
            .drug = m->code ? m->code->code : "", .start_ms = m->start_ms, .end_ms = m->end_ms};
        char hcpcs[HCPCS_BYTES] = "";

        if (!is_given(w, m, day) || !way_of(m->route, &x.way))
            continue;
        if (*n == INFUSION_MAX || !x.drug[0] || !hcpcs_of(w, m->code, day, hcpcs))
            return false;
        x.kind = kind_of(hcpcs);
        list[(*n)++] = x;
    }
    return *n > 0;
}

/* evidence - where the administrations stand */
static void evidence(struct work *w, struct service *s)
{
    for (size_t i = 0; i < w->enc->n_medications; i++)
        if (is_given(w, w->enc->medications[i], s->from_date))
            work_evidence(w, s->as, w->enc->medications[i]->event_id, w->enc->medications[i]->ref,
                          "");
}

/* documented - the lines of the service's day on its side of the bill */
static bool documented(struct work *w, const struct service *s, struct infusion_line *out,
                       size_t *n)
{
    struct infusion list[INFUSION_MAX];
    size_t count;

    return given_on(w, s->from_date, list, &count) &&
           infusion_lines(list, count, s->institutional, out, n);
}

/* units_in - of a code; 0: not there */
static int64_t units_in(const struct infusion_line *lines, size_t n, const char *code)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(lines[i].code, code) == 0)
            return lines[i].units;
    return 0;
}

/* charged - units of a code that day on one side of the bill */
static int64_t charged(const struct work *w, const struct service *like, const char *code)
{
    int64_t milli = 0;

    for (size_t i = 0; i < w->n_services; i++) {
        const struct service *s = &w->services[i];

        if ((fact_ready(s) || s->state == SERVICE_ASKED) && fact_is(s, code) &&
            s->from_date == like->from_date && s->institutional == like->institutional &&
            s->units_milli < INT32_MAX)
            milli += s->units_milli;
    }
    return milli / 1000;
}

/* is_ours - a charge of the family, outpatient */
static bool is_ours(const struct work *w, const struct service *s)
{
    return w->enc->n_medications && fact_ready(s) && infusion_code(s->as->code->code) &&
           !(w->inpatient && s->institutional);
}

/* rule_infusion_excess - more than the administrations make */
void rule_infusion_excess(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        struct infusion_line lines[INFUSION_CODES];
        size_t n;
        int64_t units;

        if (!is_ours(w, s) || !documented(w, s, lines, &n))
            continue;
        units = units_in(lines, n, s->as->code->code);
        if (charged(w, s, s->as->code->code) <= units) {
            work_cite(w, s->as, r);
            evidence(w, s);
            continue;
        }
        evidence(w, s);
        work_ask_service(w, r, s, "undocumented",
                         work_printf(w,
                                     "%s is charged more often than the documented administrations "
                                     "make it (%" PRId64 "). What was given, from when to when?",
                                     s->as->code->code, units));
    }
}

/* is_first - no earlier service of its day and side */
static bool is_first(const struct work *w, size_t at)
{
    const struct service *s = &w->services[at];

    for (size_t i = 0; i < at; i++)
        if (fact_ready(&w->services[i]) && w->services[i].from_date == s->from_date &&
            w->services[i].institutional == s->institutional)
            return false;
    return fact_ready(s) && !(w->inpatient && s->institutional);
}

/* rule_infusion_gap - what was given and nothing charges; told at the day's first line */
void rule_infusion_gap(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        struct infusion_line lines[INFUSION_CODES];
        size_t n;

        if (!is_first(w, i) || !documented(w, s, lines, &n))
            continue;
        for (size_t k = 0; k < n; k++)
            if (charged(w, s, lines[k].code) < lines[k].units)
                work_tell_service(
                    w, r, s, "missed-charge",
                    work_printf(w,
                                "Documented administrations make %" PRId64 " of %s, and %" PRId64
                                " are charged. What should be charged?",
                                lines[k].units, lines[k].code, charged(w, s, lines[k].code)));
    }
}
