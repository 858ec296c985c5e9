/* find.h - rules about what is missed and what is too much: told with equal weight, never by amount
 *
 * A measured value is never a diagnosis: the question names the measure and asks what it means. */
#ifndef CC_CODER_FIND_FIND_H
#define CC_CODER_FIND_FIND_H

#include "services/coder/work.h"

/* measure.c */
void rule_body_mass_alone(struct work *w, const struct rule *r);
void rule_measured_alone(struct work *w, const struct rule *r);
void rule_creatinine_rise(struct work *w, const struct rule *r);

/* pair.c */
void rule_drug_alone(struct work *w, const struct rule *r);
void rule_needle_alone(struct work *w, const struct rule *r);
void rule_vaccine_alone(struct work *w, const struct rule *r);
void rule_vaccine_needle_alone(struct work *w, const struct rule *r);

/* dose.c */
void rule_dose_excess(struct work *w, const struct rule *r);
void rule_route(struct work *w, const struct rule *r);
void rule_dose_gap(struct work *w, const struct rule *r);

/* group.c */
void rule_single_driver(struct work *w, const struct rule *r);

/* order.c */
void rule_order_cancelled(struct work *w, const struct rule *r);
void rule_result_uncharged(struct work *w, const struct rule *r);
void rule_charge_unordered(struct work *w, const struct rule *r);

/* stay.c */
void rule_visit_gap(struct work *w, const struct rule *r);

/* drug.c */
void rule_disease_of_drug(struct work *w, const struct rule *r);
void rule_implant_without_code(struct work *w, const struct rule *r);
void rule_highest_alone(struct work *w, const struct rule *r);
void rule_observation_gap(struct work *w, const struct rule *r);
void rule_observation_excess(struct work *w, const struct rule *r);
void rule_drug_without_code(struct work *w, const struct rule *r);
void rule_room_without_code(struct work *w, const struct rule *r);

#endif
