/* cond.c - compiled conditions are walked: from test to test until one says true or false */
#include "common/rules/cond.h"

#include <stdlib.h>
#include <string.h>

/* release_test - what a test owns */
static void release_test(struct cond_test *t)
{
    code_set_release(&t->codes);
    for (size_t i = 0; t->texts && i < t->n; i++) {
        free(t->texts[i].low);
        free(t->texts[i].high);
    }
    free(t->texts);
    free(t->stretches);
}

/* cond_release - frees */
void cond_release(struct cond *c)
{
    for (size_t i = 0; i < c->n; i++)
        release_test(&c->tests[i]);
    free(c->tests);
    *c = (struct cond){.first = COND_TRUE};
}

/* is_digit, is_letter - of ASCII, whatever the locale */
static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* is_letter - either case */
static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* fits_one - one sign of a picture that is no star */
static bool fits_one(char c, char sign)
{
    switch (sign) {
    case '#':
        return is_digit(c);
    case '@':
        return is_letter(c);
    case '?':
        return c != '\0';
    default:
        return c == sign;
    }
}

/* cond_like - the last star is the only one ever gone back to: it can give what an earlier one
 * could */
bool cond_like(const char *text, const char *picture)
{
    const char *star = NULL, *again = NULL;

    while (*text) {
        if (*picture == '*') {
            star = picture++;
            again = text;
        } else if (*picture && fits_one(*text, *picture)) {
            text++;
            picture++;
        } else if (star) {
            picture = star + 1;
            text = ++again;
        } else {
            return false;
        }
    }
    while (*picture == '*')
        picture++;
    return *picture == '\0';
}

/* in_texts - equal, between two, or of a picture */
static bool in_texts(const struct cond_test *t, const char *text)
{
    for (size_t i = 0; i < t->n; i++) {
        const struct cond_text *x = &t->texts[i];

        if (x->high    ? strcmp(text, x->low) >= 0 && strcmp(text, x->high) <= 0
            : x->exact ? strcmp(text, x->low) == 0
                       : cond_like(text, x->low))
            return true;
    }
    return false;
}

/* in_stretches - some stretch holds the number */
static bool in_stretches(const struct cond_test *t, int64_t number)
{
    for (size_t i = 0; i < t->n; i++)
        if (number >= t->stretches[i].low && number <= t->stretches[i].high)
            return true;
    return false;
}

/* is_in - one value */
static bool is_in(const struct cond_test *t, const struct cond_value *v)
{
    if (t->texts)
        return in_texts(t, v->text);
    if (t->stretches)
        return in_stretches(t, v->number);
    return code_set_has(&t->codes, v->key);
}

/* says - is the test true of the claim */
static bool says(const struct cond_test *t, cond_fetch *fetch, const void *claim)
{
    struct cond_value v = {0, 0, ""};

    if (t->how == COND_MISSING)
        return !fetch(claim, t->element, 0, &v);
    if (t->how == COND_FLAG)
        return fetch(claim, t->element, 0, &v) && v.number != 0;
    for (size_t i = 0; fetch(claim, t->element, i, &v); i++)
        if (is_in(t, &v))
            return true;
    return false;
}

/* cond_holds - no way leads back, so it ends */
bool cond_holds(const struct cond *c, cond_fetch *fetch, const void *claim)
{
    int at = c->first;

    while (at >= 0)
        at = says(&c->tests[at], fetch, claim) ? c->tests[at].yes : c->tests[at].no;
    return at == COND_TRUE;
}
