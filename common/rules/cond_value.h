/* cond_value.h - what a test compares with: values, lists, pictures (inside this room only) */
#ifndef CC_RULES_COND_VALUE_H
#define CC_RULES_COND_VALUE_H

#include "common/rules/cond.h"
#include "common/rules/cond_token.h"

/* Each begins at the sign or word itself and ends after the value. */
int cond_compare(struct token_reader *t, struct cond_test *out, struct err *e);
int cond_list(struct token_reader *t, struct cond_test *out, struct err *e);
int cond_picture(struct token_reader *t, struct cond_test *out, struct err *e);

#endif
