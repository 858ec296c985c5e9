/* cond_token.h - the words of a condition (inside this room only) */
#ifndef CC_RULES_COND_TOKEN_H
#define CC_RULES_COND_TOKEN_H

#include "common/base/err.h"
#include "common/base/str.h"

enum token_kind { TOKEN_END, TOKEN_WORD, TOKEN_TEXT, TOKEN_SIGN };

struct token {
    enum token_kind kind;
    struct span text; /* without the quotes; "" doubled quotes stay doubled */
    size_t at;        /* where it begins, from 1 */
};

struct token_reader {
    const char *start, *p, *end;
    struct token now;
};

/* The first token is in `now` afterwards. -1: a text that does not end, or a sign of no meaning. */
int token_begin(struct token_reader *r, struct span text, struct err *e);
int token_next(struct token_reader *r, struct err *e);
/* Is `now` this word (of any case) or this sign? */
bool token_is(const struct token_reader *r, const char *word);
/* "at 17: expected …" of `now`. */
int token_expected(const struct token_reader *r, struct err *e, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

#endif
