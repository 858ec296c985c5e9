/* deny.c - codes of one record that deny each other by the guidelines, beyond the Excludes1 notes:
 * a question */
#include "services/coder/relate.h"

#include <string.h>

#include "common/base/str.h"

/* rule_hiv_illness - who has an illness that is rare without HIV has the disease, not its infection
 * without symptoms */
void rule_hiv_illness(struct work *w, const struct rule *r)
{
    static const char *const options[] = {"B20", "the illness is not of HIV", NULL};
    struct dx *d = dx_among(w, "Z21");
    const struct dx *illness = dx_sure(w, "A31;A812;B25;B371;B3781;B45;B582;B59;C46");

    if (d && illness)
        dx_ask(
            w, r, d, "no-code",
            work_printf(w,
                        "Z21 is HIV without symptoms, and %s is an illness typical of HIV. Which "
                        "does the record support?",
                        illness->code),
            options);
}

/* rule_covid_again - what remained of COVID-19 beside a new infection: of an earlier one only */
void rule_covid_again(struct work *w, const struct rule *r)
{
    static const char *const options[] = {"of an earlier infection", NULL};
    const struct dx *after = dx_among(w, "U099");

    if (after && dx_sure(w, "U071"))
        dx_tell(w, r, after, "unlinked",
                "U09.9 is of an earlier COVID-19, never of the one that U07.1 says. Is it of an "
                "earlier one?",
                options);
}

/* rule_recurred - a follow-up after a cancer, a cancer, and no former one */
void rule_recurred(struct work *w, const struct rule *r)
{
    struct dx *visit = dx_among(w, "Z08"), *cancer = dx_sure(w, "C00-C96");

    if (visit && cancer && !dx_known(w, "Z85"))
        dx_ask_two(
            w, r, cancer, visit,
            "a follow-up is of a cancer that is gone; one that recurred stands in its place.",
            "both, of different cancers");
}

/* rule_twins - several fetuses, and the outcome of one */
void rule_twins(struct work *w, const struct rule *r)
{
    struct dx *several = dx_among(w, "O30"), *one = dx_among(w, "Z370-Z371");

    if (several && one && !dx_known(w, "O31"))
        dx_ask_two(w, r, several, one, "several fetuses, and one child born.",
                   "both, one fetus was lost before");
}

enum { TERM_WEEKS = 37 };

/* operative - delivered by the surgeon's hand: cesarean, forceps, vacuum */
static const char *operative(const struct work *w)
{
    static const char *const sections[] = {"59510", "59514", "59515", "59618",
                                           "59620", "59622", NULL};

    for (size_t i = 0; i < w->enc->n_procedures; i++) {
        const CcProcedure *p = w->enc->procedures[i];

        if (strcmp(p->status, "completed") == 0 &&
            (str_starts(p->code->code, "10D00Z") || str_starts(p->code->code, "10D07Z") ||
             str_in(p->code->code, sections)))
            return p->code->code;
    }
    return NULL;
}

/* rule_normal_term - a normal delivery is one at term, without instruments */
void rule_normal_term(struct work *w, const struct rule *r)
{
    static const char *const options[] = {"O80", NULL};
    struct dx *d = dx_among(w, "O80");
    const char *done = d ? operative(w) : NULL;
    uint32_t days = d ? dx_gestation(w) : 0;

    if (done)
        dx_ask(w, r, d, "no-code",
               work_printf(w,
                           "O80 is a delivery without instruments, and %s was done. What was it "
                           "done for?",
                           done),
               options);
    else if (days && days < TERM_WEEKS * 7)
        dx_ask(w, r, d, "no-code",
               work_printf(w,
                           "O80 is a delivery at term, and the record has %u completed weeks. What "
                           "does it support?",
                           (unsigned)(days / 7)),
               options);
}
