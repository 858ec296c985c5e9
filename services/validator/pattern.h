/* pattern.h - does a text fit a payer's pattern */
#ifndef CC_VALIDATOR_PATTERN_H
#define CC_VALIDATOR_PATTERN_H

#include <stdbool.h>

/* POSIX extended regular expression. "" and one that does not compile fit everything. */
bool pattern_fits(const char *text, const char *pattern);

#endif
