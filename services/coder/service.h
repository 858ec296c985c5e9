/* service.h - the rules about charges, procedures and lines, one function each */
#ifndef CC_CODER_SERVICE_H
#define CC_CODER_SERVICE_H

#include "services/coder/work.h"

/* credit.c: what is no service, what a credit takes back */
void rule_no_service(struct work *w, const struct rule *r);
void rule_repeated_item(struct work *w, const struct rule *r);
void rule_credit(struct work *w, const struct rule *r);
void rule_credit_unmatched(struct work *w, const struct rule *r);

/* cdm.c: through the charge master, or as the charge names it */
void rule_service_date(struct work *w, const struct rule *r);
void rule_charge_master(struct work *w, const struct rule *r);
void rule_charge_names_code(struct work *w, const struct rule *r);
void rule_charge_of_code(struct work *w, const struct rule *r);
void rule_diagnosis_as_item(struct work *w, const struct rule *r);
void rule_charge_unmapped(struct work *w, const struct rule *r);
/* The charge master's row of a system's code on a day; LOOKUP_NO_EDITION as tables_find. */
enum lookup cdm_by_code(struct work *w, const CcCode *code, int32_t on, struct table_row *row);
/* Takes revenue code, code, modifiers, price, sides from a row. */
void cdm_take(struct work *w, const struct rule *r, struct service *s, const struct table_row *row);

/* procedure.c */
void rule_not_done(struct work *w, const struct rule *r);
void rule_pcs(struct work *w, const struct rule *r);
void rule_charged_procedure(struct work *w, const struct rule *r);
void rule_procedure_charge(struct work *w, const struct rule *r);
void rule_missed_charge(struct work *w, const struct rule *r);
void rule_no_charge_row(struct work *w, const struct rule *r);

/* line.c */
void rule_code_of_date(struct work *w, const struct rule *r);
void rule_revenue(struct work *w, const struct rule *r);
void rule_price(struct work *w, const struct rule *r);
void rule_units(struct work *w, const struct rule *r);
void rule_free(struct work *w, const struct rule *r);
void rule_merge(struct work *w, const struct rule *r);
void rule_no_charges(struct work *w, const struct rule *r);

bool service_is_hcpcs(const struct service *s); /* HCPCS Level II or CPT */
/* Does a charge carry this code, as it came or as it was mapped? */
bool service_says(const struct service *s, const CcCode *code);
void service_set_units(struct service *s, int64_t units_milli);
bool service_has_modifier(const struct service *s, const char *modifier);
bool service_add_modifier(struct work *w, struct service *s, const char *modifier);

#endif
