/* clean.h - bytes that came as a note to the words in them, and the way back
 *
 * UTF-8 is taken as it is. RTF and HTML lose their marks, whatever name they came under; bytes that
 * are no UTF-8 are read as Windows-1252, which holds Latin-1. Every byte of the words knows where
 * it stood: places that we tell are bytes of the text as it came, marks included. */
#ifndef CC_TEXT_CLEAN_H
#define CC_TEXT_CLEAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/err.h"

/* A stretch of the words: as it stood when both are of one length, else in place of the original.
 */
struct clean_run {
    uint32_t at, n;     /* in the words */
    uint32_t from, len; /* in the original */
};

struct text_clean {
    const char *text; /* UTF-8: the original itself, or of the arena */
    size_t n;
    struct clean_run *runs; /* none: the original itself */
    size_t n_runs;
};

/* ERR_REJECT "binary": no text (control characters, PDF, UTF-16); "size": over the arena's limit.
 */
int text_clean(const char *bytes, size_t n, struct arena *a, struct text_clean *out, struct err *e);
/* The same of what is HTML by its place (a FHIR narrative): it need not look like it. */
int text_clean_html(const char *bytes, size_t n, struct arena *a, struct text_clean *out,
                    struct err *e);

/* Where in the original the byte of the words stands that begins, or ends, a stretch. */
size_t clean_start(const struct text_clean *c, size_t at);
size_t clean_end(const struct text_clean *c, size_t end);

#endif
