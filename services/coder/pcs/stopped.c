/* stopped.c - procedures of a stay that were not carried to their end (B3.3), or went on by another
 * approach (B3.2d)
 *
 * What was done is coded. The record says that it was stopped, not how far it went, so that is
 * asked, unless the same was completed that day by another approach: then the first one was a look.
 */
#include "services/coder/work.h"

#include <string.h>

#include "services/coder/pcs/pcs.h"

/* is_stopped - begun and given up, an ICD-10-PCS code */
static bool is_stopped(const struct work *w, const struct service *s)
{
    return w->inpatient && w->coding_date && s->state == SERVICE_OPEN && s->procedure &&
           strcmp(s->procedure->status, "stopped") == 0 &&
           s->as->code->system == CODE_SYSTEM_ICD10PCS && strlen(s->as->code->code) == PCS_CODE - 1;
}

/* look - the inspection of the same body part by the same approach; false: the tables have none */
static bool look(const struct work *w, const char *code, char *out)
{
    struct table_row row;
    struct pcs_fault fault;

    memcpy(out, code, PCS_CODE);
    out[2] = 'J';
    out[5] = out[6] = 'Z';
    return code[0] == '0' && pcs_check(w->t, out, w->coding_date, &row, &fault) == PCS_LEGAL;
}

/* went_on - the same was completed that day by another approach */
static bool went_on(const struct work *w, const struct service *s)
{
    for (size_t i = 0; i < w->n_services; i++) {
        const struct service *x = &w->services[i];

        if (x != s && x->procedure && x->from_date == s->from_date &&
            x->as->code->system == CODE_SYSTEM_ICD10PCS && x->state != SERVICE_REJECTED &&
            strcmp(x->procedure->status, "stopped") != 0 &&
            strncmp(x->as->code->code, s->as->code->code, 4) == 0 &&
            x->as->code->code[4] != s->as->code->code[4])
            return true;
    }
    return false;
}

/* take - the procedure is what was done of it: completed, as this code */
static void take(struct work *w, const struct rule *r, struct service *s, const char *code)
{
    CcProcedure *p = work_new(w, &cc_procedure__descriptor);

    *p = *s->procedure;
    p->status = work_text(w, "completed");
    s->procedure = s->done = p;
    s->as->code->code = work_text(w, code);
    s->as->origin = ORIGIN_DERIVED;
    work_cite(w, s->as, r);
}

/* ask - how far it went */
static void ask(struct work *w, const struct rule *r, struct service *s, const char *looked)
{
    const char *code = s->as->code->code;
    CcReviewItem *item =
        work_ask_service(w, r, s, "procedure",
                         "A procedure of the stay was stopped. Which code is what was done of it?");

    work_option(w, item, CODE_SYSTEM_ICD10PCS, code, code);
    if (looked)
        work_option(w, item, CODE_SYSTEM_ICD10PCS, looked, looked);
    work_choice(w, item, "none", "nothing of it was done");
}

/* rule_pcs_stopped - before what was not completed is left out */
void rule_pcs_stopped(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        char code[PCS_CODE];
        bool looked;

        if (!is_stopped(w, s))
            continue;
        looked = look(w, s->as->code->code, code);
        if (pcs_decided(w, s))
            take(w, r, s, s->as->code->code);
        else if (looked && went_on(w, s))
            take(w, r, s, code);
        else
            ask(w, r, s, looked ? code : NULL);
    }
}
