/* check.h - rules: charged injections and infusions against the documented ones */
#ifndef CC_CODER_INFUSION_CHECK_H
#define CC_CODER_INFUSION_CHECK_H

#include "services/coder/work.h"

void rule_infusion_excess(struct work *w, const struct rule *r);
void rule_infusion_gap(struct work *w, const struct rule *r);

/* Of a route in the record's word: JA into a vein, JB under the skin; "": another, or not known. */
const char *infusion_route(const char *route);

#endif
