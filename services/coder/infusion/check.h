/* check.h - rules: charged injections and infusions against the documented ones */
#ifndef CC_CODER_INFUSION_CHECK_H
#define CC_CODER_INFUSION_CHECK_H

#include "services/coder/work.h"

void rule_infusion_excess(struct work *w, const struct rule *r);
void rule_infusion_gap(struct work *w, const struct rule *r);

#endif
