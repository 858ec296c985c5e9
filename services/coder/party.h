/* party.h - who stands on the claim: facility, billing, rendering, attending and the others */
#ifndef CC_CODER_PARTY_H
#define CC_CODER_PARTY_H

#include "services/coder/work.h"

/* A provider of the record as a claim sends it: found in the providers table by NPI or by another
 * id, else as the record gives it when its NPI is one. NULL: nobody that can be named. */
CcProvider *party_of(struct work *w, const CcProvider *p, CcProviderRole role);
/* The first of the visit in this role who can be named, or NULL. */
CcProvider *party_in_role(struct work *w, CcProviderRole role, CcProviderRole as);
/* The facility, and who bills the clinicians' work there; NULL: no row. */
CcProvider *party_facility(struct work *w, CcProviderRole as);
CcProvider *party_group(struct work *w, CcProviderRole as);
/* Who did the work of a service: its own, else the visit's; NULL. */
CcProvider *party_rendering(struct work *w, const struct service *s);
/* Who is responsible for the visit on a facility's bill; NULL. */
CcProvider *party_attending(struct work *w);
const char *party_clia(struct work *w);

void rule_attending(struct work *w, const struct rule *r);
void rule_rendering(struct work *w, const struct rule *r);

#endif
