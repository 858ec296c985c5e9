/* cond_token.c - a condition cut into words, quoted texts and signs */
#include "common/rules/cond_token.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* is_blank - between tokens */
static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* in_word - elements, numbers, codes, ranges and prefixes are words */
static bool in_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           strchr("_.*-", c) != NULL;
}

/* token_expected - with the position of the token in hand */
int token_expected(const struct token_reader *r, struct err *e, const char *fmt, ...)
{
    char text[200];
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(text, sizeof(text), fmt, ap);
    va_end(ap);
    return err_set(e, ERR_REJECT, "condition", "at %zu: %s", r->now.at, text);
}

/* quoted - up to the closing quote; one that is doubled does not close */
static int quoted(struct token_reader *r, struct err *e)
{
    const char *p = r->p + 1;

    r->now.kind = TOKEN_TEXT;
    while (p < r->end && (*p != '\'' || (p + 1 < r->end && p[1] == '\'')))
        p += *p == '\'' ? 2 : 1;
    if (p >= r->end)
        return token_expected(r, e, "expected a closing ' after the text that begins here");
    r->now.text = (struct span){r->p + 1, (size_t)(p - r->p) - 1};
    r->p = p + 1;
    return 0;
}

/* sign - ( ) , = != < <= > >= */
static int sign(struct token_reader *r, struct err *e)
{
    size_t n = *r->p && r->p + 1 < r->end && r->p[1] == '=' && strchr("!<>", *r->p) ? 2 : 1;

    if (!*r->p || (!strchr("(),=<>", *r->p) && n == 1))
        return token_expected(r, e, "expected a word, a text in '…', ( ) , = != < <= > or >=");
    r->now.kind = TOKEN_SIGN;
    r->now.text = (struct span){r->p, n};
    r->p += n;
    return 0;
}

/* token_next - the next one */
int token_next(struct token_reader *r, struct err *e)
{
    while (r->p < r->end && is_blank(*r->p))
        r->p++;
    r->now = (struct token){.at = (size_t)(r->p - r->start) + 1, .text = {r->p, 0}};
    if (r->p == r->end)
        return 0;
    if (*r->p == '\'')
        return quoted(r, e);
    if (!*r->p || !in_word(*r->p))
        return sign(r, e);
    r->now.kind = TOKEN_WORD;
    while (r->p < r->end && *r->p && in_word(*r->p))
        r->p++;
    r->now.text.n = (size_t)(r->p - r->now.text.p);
    return 0;
}

/* token_begin - at the start */
int token_begin(struct token_reader *r, struct span text, struct err *e)
{
    *r = (struct token_reader){text.p, text.p, text.p + text.n, {0}};
    return token_next(r, e);
}

/* token_is - words of any case */
bool token_is(const struct token_reader *r, const char *word)
{
    return (r->now.kind == TOKEN_WORD || r->now.kind == TOKEN_SIGN) &&
           r->now.text.n == strlen(word) && strncasecmp(r->now.text.p, word, r->now.text.n) == 0;
}
