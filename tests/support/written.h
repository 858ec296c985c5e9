/* written.h - sample claims with changes (services/validator/cases/case.h) to 837 files and back */
#ifndef CC_TESTS_SUPPORT_WRITTEN_H
#define CC_TESTS_SUPPORT_WRITTEN_H

#include "common/claim/read837.h"
#include "common/claim/write837.h"

/* The sample claim of a base letter, changed; a script that is wrong fails the test. */
CcClaim *written_claim(struct arena *a, char base, const char *changes);
/* The steps of such a script on a claim. */
void written_change(struct arena *a, CcClaim *c, const char *changes);
/* A file of claims of one kind, of the same numbers and day whatever they are. */
int written_file(struct arena *a, const CcClaim *const *claims, size_t n, struct buf *out,
                 struct err *e);

enum { WRITTEN_CLAIMS = 4, WRITTEN_ODD = 1024 };

/* What came back of a file. */
struct written_back {
    struct arena *a; /* the claims are copies in it */
    CcClaim *claim[WRITTEN_CLAIMS];
    size_t n;
    char odd[WRITTEN_ODD]; /* faults, then extras ("+…"), "2310B NM108: rule" joined by "; "; of
                            * what was refused "!code text" */
};
/* A claim_read_fn on a struct written_back. */
int written_keep(void *arg, const struct claim_read *r);

#endif
