/* strip.h - the marks of RTF and HTML: what clean.c puts out and the two readers share */
#ifndef CC_TEXT_STRIP_H
#define CC_TEXT_STRIP_H

#include "common/text/clean.h"

/* A text being written; what does not fit marks it as failed. */
struct strip {
    const char *p; /* the original */
    size_t n;
    struct arena *a;
    char *text;
    size_t len, cap;
    struct clean_run *runs;
    size_t n_runs;
    bool failed;
};

/* Puts out words in place of original bytes; the original's own bytes when they are the same. */
void strip_put(struct strip *s, const char *words, size_t n, size_t from, size_t len);
/* A character in place of original bytes. */
void strip_put_char(struct strip *s, uint32_t c, size_t from, size_t len);
/* A byte of Windows-1252 in place of original bytes. */
void strip_put_1252(struct strip *s, unsigned char byte, size_t from, size_t len);

bool strip_is_rtf(const char *p, size_t n);
bool strip_is_html(const char *p, size_t n);
void strip_rtf(struct strip *s);
void strip_html(struct strip *s);

#endif
