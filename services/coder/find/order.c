/* order.c - tests as they were ordered, done and charged
 *
 * Few sources send every order, result and note, so that one that is missing says nothing by
 * itself. Three things do: an order that the record itself takes back, a final result beside
 * charges of other tests of that day, and, where the record orders in the codes in which it
 * charges and holds no note, a charge that none of its orders names. */
#include <string.h>

#include "common/base/str.h"
#include "services/coder/find/find.h"
#include "services/coder/lines/lines.h"
#include "services/coder/service.h"

/* HL7 ORC-5, OBR-25; FHIR ServiceRequest.status. */
static const char *const cancelled[] = {"X", "CA", "revoked", "entered-in-error", NULL};
static const char *const resulted[] = {"F", "C", "CM", "completed", NULL};

/* is_test - of a laboratory, or a picture */
static bool is_test(const struct service *s)
{
    return fact_is_test(s) || fact_between(s, "70010", "79999");
}

/* in_codes - an order that names a code in which services are billed */
static bool in_codes(const CcOrder *o)
{
    return o->code && (o->code->system == CODE_SYSTEM_CPT || o->code->system == CODE_SYSTEM_HCPCS);
}

/* is_of - the order is of what the service is, that day or of no day */
static bool is_of(const CcOrder *o, const struct service *s)
{
    return o->code && (!o->order_date || o->order_date == s->from_date) && service_says(s, o->code);
}

/* order_of - one of the service, of these states or, without a list, of any other than cancelled;
 * NULL: none */
static const CcOrder *order_of(const struct work *w, const struct service *s,
                               const char *const *states)
{
    for (size_t i = 0; i < w->enc->n_orders; i++) {
        const CcOrder *o = w->enc->orders[i];

        if (is_of(o, s) && (states ? str_in(o->status, states) : !str_in(o->status, cancelled)))
            return o;
    }
    return NULL;
}

/* has_result - a value under the service's code */
static bool has_result(const struct work *w, const struct service *s)
{
    for (size_t i = 0; i < w->enc->n_observations; i++)
        if (w->enc->observations[i]->code && service_says(s, w->enc->observations[i]->code))
            return true;
    return false;
}

/* rule_order_cancelled - charged, and every order of it was taken back */
void rule_order_cancelled(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        const CcOrder *o =
            fact_ready(s) && s->charge && is_test(s) ? order_of(w, s, cancelled) : NULL;

        if (!o || order_of(w, s, NULL) || has_result(w, s))
            continue;
        work_evidence(w, s->as, o->event_id, o->ref, "");
        work_ask_service(w, r, s, "undocumented",
                         work_printf(w,
                                     "%s is charged, and the record says that its order was "
                                     "cancelled. Was it done?",
                                     s->as->code->code));
    }
}

/* charges_tests - of the day, other than by this code */
static bool charges_tests(const struct work *w, const CcOrder *o)
{
    for (size_t i = 0; i < w->n_services; i++)
        if (w->services[i].charge && fact_is_test(&w->services[i]) &&
            w->services[i].from_date == o->order_date)
            return true;
    return false;
}

/* is_uncharged - a test of a laboratory with final results that nothing charges, where others are
 */
static bool is_uncharged(const struct work *w, const CcOrder *o)
{
    const char *code = in_codes(o) ? o->code->code : "";

    if (strlen(code) != 5 || strcmp(code, "80047") < 0 || strcmp(code, "89398") > 0 ||
        !str_in(o->status, resulted) || !charges_tests(w, o))
        return false;
    for (size_t i = 0; i < w->n_services; i++)
        if (service_says(&w->services[i], o->code))
            return false;
    return true;
}

/* rule_result_uncharged - told, never added; a stay's laboratory is within its group */
void rule_result_uncharged(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->enc->n_orders && !w->inpatient; i++) {
        const CcOrder *o = w->enc->orders[i];
        CcCodeAssignment *test;

        if (!is_uncharged(w, o))
            continue;
        test = work_new(w, &cc_code_assignment__descriptor);
        test->code = o->code;
        work_evidence(w, test, o->event_id, o->ref, "");
        work_ask_about(w, r, "missed-charge",
                       work_printf(w,
                                   "%s has final results and is not charged, other tests of the "
                                   "day are. What is billed for it?",
                                   o->code->code),
                       test);
    }
}

/* orders_charged - the record orders in the codes in which it charges */
static bool orders_charged(const struct work *w)
{
    for (size_t i = 0; i < w->n_services; i++)
        if (fact_ready(&w->services[i]) && is_test(&w->services[i]) &&
            order_of(w, &w->services[i], NULL))
            return true;
    return false;
}

/* rule_charge_unordered - told where other tests have their orders */
void rule_charge_unordered(struct work *w, const struct rule *r)
{
    if (w->enc->n_documents || !orders_charged(w))
        return;
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];

        if (fact_ready(s) && s->charge && is_test(s) && !order_of(w, s, NULL) &&
            !order_of(w, s, cancelled) && !has_result(w, s))
            work_tell_service(w, r, s, "no-order",
                              work_printf(w,
                                          "%s is charged, and none of the record's orders names "
                                          "it. Was it ordered?",
                                          s->as->code->code));
    }
}
