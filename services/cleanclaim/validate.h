/* validate.h - parts of `cleanclaim validate`: what was billed before, and how a result is shown */
#ifndef CC_CLEANCLAIM_VALIDATE_H
#define CC_CLEANCLAIM_VALIDATE_H

#include "services/cleanclaim/cmd.h"
#include "services/validator/validator.h"

/* Lines of earlier claims, found by patient: by patient key, or, for claims of a file, by member
 * id, birth date and name. */
struct validate_history;

/* Reads 837 files. NULL: out of memory. *result gets the exit code of reading. Accepts n = 0. */
struct validate_history *validate_history_new(int n, char **files, int *result);
void validate_history_free(struct validate_history *h);
/* The lines of this claim's patient; *n of them, as long as h lives. */
const CcBilledLine *const *validate_history_of(const struct validate_history *h, const CcClaim *c,
                                               struct arena *a, size_t *n);

/* One claim's line. `id`: "" = damaged before its number was read. */
void validate_json(const char *source, const CcClaim *c, const struct validator_result *r,
                   bool phi);
void validate_text(const char *source, const CcClaim *c, const struct validator_result *r,
                   bool phi);
/* A claim that could not be read ("": before its number), or an encounter that gave none: why. */
void validate_none(const char *source, const char *claim, const char *encounter, const char *code,
                   const char *why, bool json);
/* What is wrong with a file besides its claims: `only`, `skip` as of validator_options. Returns an
 * exit code. */
int validate_loose(const char *source, const struct x12_finding *f, size_t n, const char *only,
                   const char *skip, bool json);

#endif
