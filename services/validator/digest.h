/* digest.h - parts of the digest, between digest.c and digest_lines.c only */
#ifndef CC_VALIDATOR_DIGEST_H
#define CC_VALIDATOR_DIGEST_H

#include "services/validator/edit.h"

/* All return false when the arena is exhausted. */
bool edit_digest_lines(struct edit_claim *c, struct arena *a);
bool edit_digest_groups(struct edit_claim *c, struct arena *a);
bool edit_digest_past(struct edit_claim *c, const struct validator_options *o, struct arena *a);
unsigned edit_two_digits(const char *s); /* 0: none */
/* Upper case without dot; the text itself when it is too long to be a code. */
const char *edit_plain_code(const char *code, struct arena *a);

#endif
