/* kinds.c - of which kinds the visit's services are, for the rules that can have a say in no other
 *
 * Each range holds at least every code that a rule with its bit looks for. */
#include "services/coder/lines/lines.h"
#include "services/coder/service.h"

static const struct {
    const char *from, *to;
    uint64_t kind;
} kinds[] = {
    {"00100", "01999", WITH_ANESTHESIA},    {"0001A", "0174A", WITH_VACCINES},
    {"10004", "69990", WITH_OPERATIONS},    {"90460", "91323", WITH_VACCINES},
    {"92507", "97804", WITH_THERAPY},       {"96360", "96417", WITH_INFUSIONS},
    {"99221", "99306", WITH_HOSPITAL_CARE}, {"99381", "99397", WITH_PREVENTION},
    {"99417", "99418", WITH_PROLONGED},     {"C9000", "C9999", WITH_DRUG_CODES},
    {"G0008", "G0010", WITH_VACCINES},      {"G0108", "G0283", WITH_THERAPY},
    {"G0316", "G0318", WITH_PROLONGED},     {"G2212", "G2212", WITH_PROLONGED},
    {"G0402", "G0402", WITH_PREVENTION},    {"G0438", "G0439", WITH_PREVENTION},
    {"E0100", "E8002", WITH_EQUIPMENT},     {"K0001", "K0900", WITH_EQUIPMENT},
    {"J0120", "J9999", WITH_DRUG_CODES},    {"Q0138", "Q5999", WITH_DRUG_CODES},
};

/* work_has_service - see work.h */
void work_has_service(struct work *w, const struct service *s)
{
    uint64_t has = global_has_days(w, s) ? WITH_GLOBAL_DAYS : 0;

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (fact_between(s, kinds[i].from, kinds[i].to))
            has |= kinds[i].kind;
    for (size_t i = 0; s->charge && i < s->charge->n_providers; i++)
        if (s->charge->providers[i]->role == PROVIDER_ROLE_ASSISTANT)
            has |= WITH_ASSISTANTS;
    gate_facts(w, has);
}
