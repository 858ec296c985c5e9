/* drug.c - what a charge implies and nothing else tells: a drug without its disease, an implant
 * without its code, the highest visit without what makes it one */
#include <string.h>

#include "common/base/str.h"
#include "services/coder/em/check.h"
#include "services/coder/find/find.h"
#include "services/coder/lines/lines.h"
#include "services/coder/relate.h"

/* Drugs that are given for few diseases. */
static const struct {
    const char *from, *to, *refs, *name;
} drugs[] = {
    {"J1811", "J1817", "E08-E13;E15-E16;E891;O24;P70;R73;T383;Z794", "insulin"},
    {"J1953", "J1953", "G40-G41;R56;O15;P90;F445", "a drug against seizures"},
    {"J1165", "J1165", "G40-G41;R56;O15;P90;F445", "a drug against seizures"},
    {"Q2009", "Q2009", "G40-G41;R56;O15;P90;F445", "a drug against seizures"},
    {"C9254", "C9254", "G40-G41;R56;O15;P90;F445", "a drug against seizures"},
    {"J0881", "J0888", "N18;N19;I12-I13;D61-D64;C00-D49;Z992;B20;Z79",
     "a drug that makes red cells"},
    {"J1756", "J1756", "D50-D53;D62-D64;N18;E611;K90;O99", "iron"},
    {"J1437", "J1439", "D50-D53;D62-D64;N18;E611;K90;O99", "iron"},
};

/* is_told - a coded diagnosis that a drug is given for */
static bool is_told(const struct work *w, const char *refs)
{
    for (size_t i = 0; i < w->n_dx; i++)
        if (w->dx[i].state == DX_CODED && dx_in(&w->dx[i], refs))
            return true;
    return false;
}

/* rule_disease_of_drug - the disease is asked for, never coded */
void rule_disease_of_drug(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++)
        for (size_t k = 0; k < sizeof(drugs) / sizeof(drugs[0]); k++) {
            struct service *s = &w->services[i];

            if (fact_between(s, drugs[k].from, drugs[k].to) && fact_ready(s) &&
                !is_told(w, drugs[k].refs))
                work_tell_service(w, r, s, "indicator",
                                  work_printf(w,
                                              "%s (%s) is charged, and no coded diagnosis says "
                                              "what for. What does the record support?",
                                              s->as->code->code, drugs[k].name));
        }
}

/* rule_implant_without_code - an outpatient bill's implant, told by its revenue code alone */
void rule_implant_without_code(struct work *w, const struct rule *r)
{
    static const char *const implants[] = {"0275", "0276", "0278", NULL};

    for (size_t i = 0; !w->inpatient && i < w->n_services; i++) {
        struct service *s = &w->services[i];

        if (s->state == SERVICE_READY && s->institutional && !service_is_hcpcs(s) &&
            str_in(s->revenue, implants))
            work_tell_service(w, r, s, "missed-charge",
                              work_printf(w,
                                          "An implant is charged under revenue code %s without a "
                                          "code. Which device was it?",
                                          s->revenue));
    }
}

/* is_highest - of its family, or critical care */
static bool is_highest(const struct service *s)
{
    enum em_level level;
    const struct em_family *f = em_family_of(s->as->code->code, s->from_date, &level);

    return fact_is(s, "99291") ||
           (f && level == EM_HIGH && strcmp(f->codes[EM_MODERATE], s->as->code->code) != 0);
}

/* rule_highest_alone - the day is documented, and neither risk nor time is: told, as a gap is */
void rule_highest_alone(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        struct em_facts f;

        if (!fact_is_visit(s) || !is_highest(s) || !em_documented(w, s, &f) || !f.any ||
            f.risk != EM_NONE || f.minutes >= 0 || f.critical_minutes >= 0 ||
            em_mdm(&f).reached == EM_HIGH)
            continue;
        em_evidence(w, s->as, s->from_date);
        work_tell_service(w, r, s, "level-gap",
                          work_printf(w, "%s is charged; %s. Which level does the record support?",
                                      s->as->code->code, em_reasons(w, NULL, &f)));
    }
}
