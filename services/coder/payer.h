/* payer.h - who pays: coverages in order, by the payers table */
#ifndef CC_CODER_PAYER_H
#define CC_CODER_PAYER_H

#include "services/coder/work.h"

enum { PAYERS_MAX = 11 }; /* P S T A-H */

/* A coverage that is billed, with its payer's row. */
struct payer {
    const CcCoverage *coverage;
    const char *id; /* canonical payer id */
    const struct payer_row *row;
};

/* The coverages in force on the visit's days whose payer is known, primary first. */
size_t payers_of(struct work *w, struct payer out[PAYERS_MAX]);
/* The same for one kind of claim: Medicare has a contractor for facilities (A) and one for
 * clinicians (B). Asked of the tables once a visit. */
size_t payers_for(struct work *w, CcClaimKind kind, const struct payer **out);
/* Is Medicare billed first? By its filing indicator, MA or MB. */
bool payers_medicare(struct work *w, CcClaimKind kind);
CcClaimCoverage *payer_coverage(struct work *w, const struct payer *p, size_t position,
                                CcClaimKind kind);
/* 0: the payer has no limit in the table. */
int32_t payer_deadline(const struct payer *p, int32_t line_from, int32_t thru, int32_t discharge);

void rule_payer(struct work *w, const struct rule *r);
void rule_payer_known(struct work *w, const struct rule *r);
void rule_coverage_dates(struct work *w, const struct rule *r);

#endif
