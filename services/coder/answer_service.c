/* answer_service.c - answers about a charge or procedure: its code, day, revenue code, modifiers */
#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "common/codes/codes.h"
#include "services/coder/answer.h"

/* system_of - of a service's code where the person named none: procedures of a stay are ICD-10-PCS,
 * HCPCS Level II begins with a letter */
static CcCodeSystem system_of(const CcCode *code)
{
    if (code->system != CODE_SYSTEM_UNKNOWN)
        return code->system;
    return code->code[0] >= 'A' ? CODE_SYSTEM_HCPCS : CODE_SYSTEM_CPT;
}

/* code_service - the charge or procedure names this code, or this revenue code */
static void code_service(struct work *w, const struct rule *r, struct service *s,
                         const struct answered *x)
{
    const CcCode *code = x->answer->codes[0];
    CcCharge *c;

    answer_decided(w, r, s->as, x->answer);
    if (s->procedure) {
        CcProcedure *p = work_new(w, &cc_procedure__descriptor);

        *p = *s->procedure;
        if (code->system != CODE_SYSTEM_UNKNOWN)
            s->as->code->system = code->system;
        s->as->code->code = work_text(w, code->code);
        p->code = answer_new_code(w, s->as->code->system, code->code);
        s->procedure = p;
        return;
    }
    c = work_new(w, &cc_charge__descriptor);
    *c = *s->charge;
    if (strcmp(x->item->reason, "no-date") == 0) {
        int64_t day;

        if (str_to_i64(code->code, &day) && day < INT32_MAX && date_valid((int32_t)day))
            c->service_date = s->from_date = s->thru_date = (int32_t)day;
    } else if (strcmp(x->item->reason, "no-revenue") == 0) {
        c->revenue = work_text(w, code->code);
    } else {
        c->code = answer_new_code(w, system_of(code), code->code);
        s->as->code->system = c->code->system;
        s->as->code->code = c->code->code;
    }
    s->charge = c;
}

/* day_of - of the procedure that the question is about; 0: about none */
static int32_t day_of(const struct work *w, const CcReviewItem *item)
{
    for (size_t i = 0; i < w->n_services; i++)
        if (answer_is_about(item, w->services[i].as))
            return w->services[i].from_date;
    return 0;
}

/* is_there - an entry of the record has the code */
static bool is_there(const struct work *w, const char *code)
{
    for (size_t i = 0; i < w->n_services; i++)
        if (w->services[i].as->code->system == CODE_SYSTEM_ICD10PCS &&
            strcmp(w->services[i].as->code->code, code) == 0)
            return true;
    return false;
}

/* answer_adds_service - see answer.h */
bool answer_adds_service(struct work *w, const struct rule *r, const struct answered *x)
{
    if (strcmp(x->item->reason, "procedure-missed") != 0)
        return false;
    for (size_t i = 0; i < x->answer->n_codes; i++) {
        CcProcedure *p = work_new(w, &cc_procedure__descriptor);
        struct service *s;

        if (is_there(w, x->answer->codes[i]->code))
            continue;
        p->code = answer_new_code(w, CODE_SYSTEM_ICD10PCS, x->answer->codes[i]->code);
        p->ref = work_text(w, "decision");
        p->event_id = work_text(w, x->answer->review_id);
        p->status = work_text(w, "completed");
        p->procedure_date = day_of(w, x->item);
        if (!(s = work_add_procedure(w, p)))
            return true;
        s->as->n_evidence = 0;
        answer_decided(w, r, s->as, x->answer);
    }
    return true;
}

/* chosen_modifier - the option's id, where the question is which modifier; NULL: no such choice */
static const char *chosen_modifier(const struct answered *x)
{
    bool of_modifiers =
        strcmp(x->item->reason, "modifier") == 0 || strcmp(x->item->reason, "bundled") == 0;

    for (size_t i = 0; of_modifiers && i < x->item->n_options; i++)
        if (strcmp(x->item->options[i]->id, x->answer->choice) == 0 &&
            modifier_form(x->answer->choice))
            return x->answer->choice;
    return NULL;
}

/* modify_service - as if the charge had named the modifier */
static void modify_service(struct work *w, const struct rule *r, struct service *s,
                           const struct answered *x, const char *modifier)
{
    CcCharge *c = s->charge ? event_copy(w->a, &s->charge->base) : NULL;

    answer_decided(w, r, s->as, x->answer);
    if (c && event_push(w->a, c, modifiers, work_text(w, modifier)))
        s->charge = c;
}

/* set_modifiers - all of them, as if the charge had named these */
static void set_modifiers(struct work *w, const struct rule *r, struct service *s,
                          const struct answered *x)
{
    CcCharge *c = s->charge ? event_copy(w->a, &s->charge->base) : NULL;

    answer_decided(w, r, s->as, x->answer);
    if (!c)
        return;
    c->modifiers = x->answer->modifiers;
    c->n_modifiers = x->answer->n_modifiers;
    s->charge = c;
}

/* take - of a question about this service */
static void take(struct work *w, const struct rule *r, struct service *s, const struct answered *x)
{
    if (x->answer->n_codes)
        code_service(w, r, s, x);
    else if (chosen_modifier(x))
        modify_service(w, r, s, x, chosen_modifier(x));
    else if (answer_effect(x) == ANSWER_DROP)
        work_reject_service(w, r, s);
    if (x->answer->n_modifiers)
        set_modifiers(w, r, s, x);
}

/* answer_service - see answer.h */
void answer_service(struct work *w, const struct rule *r, const struct answered *x)
{
    for (size_t i = 0; i < w->n_services; i++)
        if (answer_is_about(x->item, w->services[i].as)) {
            take(w, r, &w->services[i], x);
            return;
        }
}
