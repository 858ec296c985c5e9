/* place.h - the facility and the class of the visit: who bills, on what form */
#ifndef CC_CODER_PLACE_H
#define CC_CODER_PLACE_H

#include "services/coder/work.h"

/* Finds the facility's row (providers, "facility:NAME") and what its taxonomy means. */
void place_begin(struct work *w);
bool class_is_inpatient(CcEncounterClass class);

/* place.c, rules of the claim phase */
void rule_facility(struct work *w, const struct rule *r);
void rule_class(struct work *w, const struct rule *r);
void rule_not_over(struct work *w, const struct rule *r);
void rule_discharge_status(struct work *w, const struct rule *r);
void rule_place_of_service(struct work *w, const struct rule *r);
void rule_type_of_bill(struct work *w, const struct rule *r);

/* The claim's values; "" = none known. */
const char *place_bill(struct work *w);                        /* four digits, "0131" */
const char *place_of(struct work *w, const struct service *s); /* place of service of a line */
const char *place_status(struct work *w);                      /* UB-04 FL 17 */
const char *place_admit_type(struct work *w);                  /* UB-04 FL 14 */
const char *place_admit_source(struct work *w);                /* UB-04 FL 15 */

#endif
