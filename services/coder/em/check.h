/* check.h - rules about the level of a visit: is what is charged what is documented? */
#ifndef CC_CODER_EM_CHECK_H
#define CC_CODER_EM_CHECK_H

#include "services/coder/em/facts.h"

/* check.c */
void rule_em_level(struct work *w, const struct rule *r);
void rule_em_excess(struct work *w, const struct rule *r);
void rule_em_gap(struct work *w, const struct rule *r);
void rule_em_new_patient(struct work *w, const struct rule *r);

/* time.c */
void rule_preventive_age(struct work *w, const struct rule *r);
void rule_prolonged_excess(struct work *w, const struct rule *r);
void rule_prolonged_gap(struct work *w, const struct rule *r);
void rule_critical_short(struct work *w, const struct rule *r);
void rule_discharge_excess(struct work *w, const struct rule *r);
void rule_discharge_gap(struct work *w, const struct rule *r);

/* modify.c */
void rule_decides_surgery(struct work *w, const struct rule *r);
void rule_by_audio(struct work *w, const struct rule *r);
void rule_by_video(struct work *w, const struct rule *r);
void rule_by_store(struct work *w, const struct rule *r);
void rule_wire_place(struct work *w, const struct rule *r);
void rule_wire_place_unknown(struct work *w, const struct rule *r);
void rule_shared(struct work *w, const struct rule *r);
void rule_teaching(struct work *w, const struct rule *r);
void rule_teaching_exception(struct work *w, const struct rule *r);
void rule_resident_alone(struct work *w, const struct rule *r);

/* known.c */
void rule_known_patient(struct work *w, const struct rule *r);

/* payer.c */
void rule_complexity(struct work *w, const struct rule *r);
void rule_consultation(struct work *w, const struct rule *r);
void rule_prolonged_payer(struct work *w, const struct rule *r);

/* What is documented of a level, both ways, in words; codes are the family's (NULL: none named). */
const char *em_reasons(struct work *w, const struct em_family *family, const struct em_facts *f);
/* A clinician's visit whose day's documentation is surely its own; facts are filled. */
bool em_documented(struct work *w, const struct service *s, struct em_facts *f);

#endif
