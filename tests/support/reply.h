/* reply.h - reply files for the tests of what reads them */
#ifndef CC_TESTS_REPLY_H
#define CC_TESTS_REPLY_H

#include <stddef.h>

#include "common/base/str.h"

/* A golden file of tests/golden/x12, or the test fails. */
void reply_golden(const char *name, struct buf *out);
/* Puts segments ("BPR*I*50~TRN*1*X~") into a whole interchange: ISA, GS of that functional id and
 * version, ST … SE, with right counts. */
void reply_envelope(const char *gs01, const char *version, const char *st01, const char *segments,
                    struct buf *out);
/* Replaces the first occurrence of `from`; false: it is not there. */
int reply_replace(struct buf *b, const char *from, const char *to);

#endif
