/* str.h - text: a growing buffer in plain memory, and small questions about strings.
 *
 * A struct buf owns its bytes (malloc), grows by doubling and is always ended by a zero that `len`
 * does not count. After a failed allocation `failed` is set and all further writes are ignored:
 * check once at the end. */
#ifndef CC_BASE_STR_H
#define CC_BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct buf {
    char *data;
    size_t len, cap;
    bool failed;
};

void buf_init(struct buf *b);
void buf_release(struct buf *b); /* frees; the buf may be used again */
void buf_wipe(struct buf *b);    /* as release, but clears the bytes first: patient data */
void buf_reset(struct buf *b);   /* len = 0, memory kept */
void buf_add(struct buf *b, const void *p, size_t n);
void buf_adds(struct buf *b, const char *s);
void buf_addc(struct buf *b, char c);
void buf_addn(struct buf *b, int64_t v); /* decimal digits */
void buf_addf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* A stretch of somebody else's bytes; not ended by a zero. */
struct span {
    const char *p;
    size_t n;
};

struct span span_of(const char *s);
bool span_same(struct span a, const char *s);
/* Is it this text? (inline: most are told apart by their first byte) */
static inline bool span_is(struct span a, const char *s)
{
    return a.n ? a.p[0] == s[0] && span_same(a, s) : s[0] == '\0';
}
/* The same bytes? Of no bytes the place does not matter, nor whether there is one. */
static inline bool span_equal(struct span a, struct span b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}
struct span span_trim(struct span s); /* without blanks, tabs, CR, LF at both ends */
/* The bytes before a sign, which is taken too; all that is left where it is not there. */
struct span span_cut(struct span *rest, char sign);

bool str_empty(const char *s);                        /* NULL or "" */
bool str_eq(const char *a, const char *b);            /* NULL equals "" */
bool str_in(const char *s, const char *const *words); /* words ends with NULL */
/* Among the words of a text (runs of letters), whatever their case. */
bool str_has_word(const char *text, const char *word);
bool str_is_digits(const char *s, size_t min, size_t max);
bool str_is_alnum_upper(const char *s); /* [A-Z0-9]+ */
bool str_starts(const char *s, const char *prefix);
bool str_ends(const char *s, const char *suffix);
void str_upper(char *s);
bool str_copy(char *out, size_t size, const char *s); /* false: cut short */

/* Is it UTF-8 (no overlong forms, no surrogates, at most U+10FFFF, no zero byte)? */
bool utf8_valid(const char *s, size_t n);

/* Whole string as a decimal integer; false: not one, or over int64. */
bool str_to_i64(const char *s, int64_t *out);

#endif
