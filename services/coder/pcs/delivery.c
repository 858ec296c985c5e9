/* delivery.c - what brought a child into the world: said once, and said (ICD-10-PCS section 1), and
 * what was taken elsewhere for it or for a graft (B3.9) */
#include "services/coder/relate.h"

#include <string.h>

#include "services/coder/pcs/pcs.h"

/* Outcomes of one child, and of any number. */
static const char one_child[] = "Z370-Z371", outcome[] = "Z37";

/* Own tissue that an operation used, and where it may come from. */
static const struct {
    const char *uses, *taken;
} grafts[] = {
    {"021[0-3].9.", "06B[PQ]"}, /* a leg's vein */
    {"021[0-3].A.", "03B[BC]"}, /* a radial artery */
};

/* any - an accepted code like this; `that_day` of a service, or NULL for the stay */
static bool any(const struct work *w, const char *pattern, const struct service *that_day)
{
    for (size_t i = 0; i < w->n_services; i++) {
        const struct service *s = &w->services[i];

        if (pcs_ready(s) && pcs_like(s->as->code->code, pattern) &&
            (!that_day || s->from_date == that_day->from_date))
            return true;
    }
    return false;
}

/* rule_pcs_delivery - of one child: an operative delivery is no delivery by hand as well */
void rule_pcs_delivery(struct work *w, const struct rule *r)
{
    if (!dx_among(w, one_child) || !any(w, "10D0", NULL))
        return;
    for (size_t i = 0; i < w->n_services; i++)
        if (pcs_ready(&w->services[i]) && pcs_like(w->services[i].as->code->code, "10E0"))
            work_reject_service(w, r, &w->services[i]);
}

/* rule_pcs_delivery_missing - an outcome of delivery and nothing that delivered: told */
void rule_pcs_delivery_missing(struct work *w, const struct rule *r)
{
    struct dx *d = dx_among(w, outcome);

    if (w->inpatient && d && !any(w, "10[DE]0", NULL))
        work_ask_about(w, r, "procedure-missed",
                       "The stay has the outcome of a delivery and no procedure that delivered. "
                       "Which does the record support?",
                       d->as);
}

/* rule_pcs_graft - own tissue was used, and no code says where it was taken: told */
void rule_pcs_graft(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++)
        for (size_t k = 0; k < sizeof(grafts) / sizeof(grafts[0]); k++) {
            struct service *s = &w->services[i];

            if (pcs_ready(s) && pcs_like(s->as->code->code, grafts[k].uses) &&
                !any(w, grafts[k].taken, s))
                work_tell_service(w, r, s, "procedure-missed",
                                  "A procedure used the patient's own tissue, and no code says "
                                  "where it was taken. Which does the record support?");
        }
}
