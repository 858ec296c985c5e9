/* x12_faults.h - the worked X12 examples, and one fault of each kind for them */
#ifndef CC_TESTS_X12_FAULTS_H
#define CC_TESTS_X12_FAULTS_H

#include <stddef.h>

#include "common/base/str.h"

extern const char *const x12_examples[];
extern const size_t x12_example_count;

/* In `file`, the first `from` behind the first `after` becomes `to`; `code` is what the check says:
 * " CODE@position/element", "~" behind what is only a note, or "" where the change is harmless. */
struct x12_fault {
    const char *kind, *file, *after, *from, *to, *code;
};

extern const struct x12_fault x12_faults[];
extern const size_t x12_fault_count;

void x12_example(const char *name, struct buf *out); /* reads tests/golden/x12/NAME.x12 */
void x12_replace(struct buf *b, const char *after, const char *from, const char *to);
void x12_cut(struct buf *b, const char *from, const char *to); /* from here up to there */
void x12_recount(struct buf *b); /* SE01 after segments came or went; of the first set */
/* The example with the fault; SE01 is set right where segments came or went, so that only the fault
 * is wrong. */
void x12_fault_apply(const struct x12_fault *f, struct buf *out);

#endif
