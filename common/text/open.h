/* open.h - what an unspecified code leaves open: the axis, and the codes that would say it */
#ifndef CC_TEXT_OPEN_H
#define CC_TEXT_OPEN_H

#include "common/text/text.h"

enum { TEXT_OPEN_MAX = 4 };

struct text_open {
    const char *axis;                /* "side", "acuity", "stage" … a constant */
    const char *code[TEXT_OPEN_MAX]; /* billable, in the order of the table; of the index */
    size_t n;
};

/* False: the code is specified, or its siblings differ in something else. */
bool text_left_open(const struct text_index *x, const char *code, struct text_open *out);

#endif
