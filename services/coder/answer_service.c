/* answer_service.c - answers about a charge or procedure: its code, day, revenue code, modifiers,
 * units, amount, and whose it is */
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

/* code_procedure - the procedure names this code */
static void code_procedure(struct work *w, struct service *s, const CcCode *code)
{
    CcProcedure *p = work_new(w, &cc_procedure__descriptor);

    *p = *s->procedure;
    if (code->system != CODE_SYSTEM_UNKNOWN)
        s->as->code->system = code->system;
    s->as->code->code = work_text(w, code->code);
    p->code = answer_new_code(w, s->as->code->system, code->code);
    s->procedure = p;
}

/* set_day - of the service */
static void set_day(struct work *w, struct service *s, CcCharge *c, const CcReviewAnswer *answer)
{
    int64_t day;

    (void)w;
    if (str_to_i64(answer->codes[0]->code, &day) && day < INT32_MAX && date_valid((int32_t)day))
        c->service_date = s->from_date = s->thru_date = (int32_t)day;
}

/* set_revenue - the facility's */
static void set_revenue(struct work *w, struct service *s, CcCharge *c,
                        const CcReviewAnswer *answer)
{
    (void)s;
    c->revenue = work_text(w, answer->codes[0]->code);
}

/* set_line_place - place of service of the charge */
static void set_line_place(struct work *w, struct service *s, CcCharge *c,
                           const CcReviewAnswer *answer)
{
    (void)s;
    c->place_of_service = work_text(w, answer->codes[0]->code);
}

/* set_pointers - to these diagnoses */
static void set_pointers(struct work *w, struct service *s, CcCharge *c,
                         const CcReviewAnswer *answer)
{
    (void)s;
    c->pointers = NULL;
    c->n_pointers = 0;
    for (size_t i = 0; i < answer->n_codes; i++)
        event_push(w->a, c, pointers, work_text(w, answer->codes[i]->code));
}

/* set_code - HCPCS or CPT */
static void set_code(struct work *w, struct service *s, CcCharge *c, const CcReviewAnswer *answer)
{
    c->code = answer_new_code(w, system_of(answer->codes[0]), answer->codes[0]->code);
    s->as->code->system = c->code->system;
    s->as->code->code = c->code->code;
}

/* What the code of an answer is, where it is not the charge's own. */
static const struct {
    const char *reason;
    void (*set)(struct work *w, struct service *s, CcCharge *c, const CcReviewAnswer *answer);
} meanings[] = {
    {"no-date", set_day},
    {"no-place", set_line_place},
    {"no-revenue", set_revenue},
    {"pointer", set_pointers},
    {NULL, set_code},
};

/* code_service - the charge or procedure names this code, or what else the question was about */
static void code_service(struct work *w, const struct rule *r, struct service *s,
                         const struct answered *x)
{
    CcCharge *c;
    size_t i = 0;

    answer_decided(w, r, s->as, x->answer);
    if (s->procedure) {
        code_procedure(w, s, x->answer->codes[0]);
        return;
    }
    c = work_new(w, &cc_charge__descriptor);
    *c = *s->charge;
    while (meanings[i].reason && strcmp(meanings[i].reason, x->item->reason) != 0)
        i++;
    meanings[i].set(w, s, c, x->answer);
    s->charge = c;
}

/* measure_service - how much was given, and what is charged for it, as if the charge had said so */
static void measure_service(struct work *w, const struct rule *r, struct service *s,
                            const struct answered *x)
{
    const CcReviewAnswer *answer = x->answer;
    CcCharge *c = s->charge ? event_copy(w->a, &s->charge->base) : NULL;

    if (!c)
        return;
    answer_decided(w, r, s->as, answer);
    if (answer->amount_given && question_takes(x->item, "amount")) {
        c->charge_cents = s->charge_cents = answer->amount_cents;
        c->charge_given = s->priced = s->own_price = true;
    }
    if (answer->units_milli > 0 && question_takes(x->item, "units")) {
        c->units_milli = s->units_milli = answer->units_milli;
        c->units_given = true;
        c->unit = work_text(w, ""); /* counted */
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

/* What an option says of the charge. */
static const struct {
    const char *reason, *choice;
    CcChargeKind kind; /* UNKNOWN: that it is a clinician's */
} kinds[] = {
    {"charge-unmapped", "charge", CHARGE_KIND_CHARGE},
    {"charge-unmapped", "credit", CHARGE_KIND_CREDIT},
    {"no-revenue", "clinician", CHARGE_KIND_UNKNOWN},
};

/* kind_service - as if the charge had said so */
static void kind_service(struct work *w, const struct rule *r, struct service *s,
                         const struct answered *x)
{
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]) && s->charge; i++) {
        CcCharge *c;

        if (strcmp(kinds[i].reason, x->item->reason) != 0 ||
            strcmp(kinds[i].choice, x->answer->choice) != 0)
            continue;
        c = work_new(w, &cc_charge__descriptor);
        *c = *s->charge;
        answer_decided(w, r, s->as, x->answer);
        if (kinds[i].kind != CHARGE_KIND_UNKNOWN)
            c->kind = kinds[i].kind;
        else
            c->professional = true;
        s->charge = c;
    }
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
    if (answer_of_line(x))
        return; /* taken where the line has all its modifiers */
    if (x->answer->n_codes)
        code_service(w, r, s, x);
    else if (chosen_modifier(x))
        modify_service(w, r, s, x, chosen_modifier(x));
    else if (answer_effect(x) == ANSWER_DROP)
        work_reject_service(w, r, s);
    if (x->answer->n_modifiers)
        set_modifiers(w, r, s, x);
    s->gone_milli = answer_waste_milli(x);
    if (s->gone_milli)
        answer_decided(w, r, s->as, x->answer);
    else if (x->answer->amount_given || x->answer->units_milli)
        measure_service(w, r, s, x);
    kind_service(w, r, s, x);
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
