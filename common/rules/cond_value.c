/* cond_value.c - the values of a test, by the type of its element */
#include "common/rules/cond_value.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/date.h"

enum { ITEMS_MAX = 10000, WORD_MAX = 40, PICTURE_MAX = 80 };

/* wanted - "expected an amount (150.00) for charge" */
static int wanted(const struct token_reader *t, const struct cond_test *x, struct err *e)
{
    static const char *const forms[] = {"(E11.9, 70551-70553, J*)",
                                        "in '…'",
                                        "(4 or 2.5, at most three decimals)",
                                        "(150.00)",
                                        "(2026-03-01)",
                                        ""};
    enum element_type type = element_of(x->element)->type;

    return token_expected(t, e, "expected %s %s for %s", element_type_name(type), forms[type],
                          element_name(x->element));
}

/* decimals - a number with at most `places` of them, in units of the last; false: it is none */
static bool decimals(const char *s, int places, int64_t *out)
{
    bool minus = *s == '-';
    int64_t v = 0;
    int after = -1, digits = 0;

    for (s += minus; *s; s++) {
        if (*s == '.' && after < 0 && digits && s[1]) {
            after = 0;
            continue;
        }
        if (*s < '0' || *s > '9' || v > INT64_MAX / 100000 || (after >= 0 && after++ == places))
            return false;
        v = v * 10 + (*s - '0');
        digits++;
    }
    if (digits == 0)
        return false;
    for (after = after < 0 ? 0 : after; after < places; after++)
        v *= 10;
    *out = minus ? -v : v;
    return true;
}

/* number_of - a word as the element's type has it */
static bool number_of(enum element_type type, struct span word, int64_t *out)
{
    char text[WORD_MAX];

    if (!word.n || word.n >= sizeof(text))
        return false;
    memcpy(text, word.p, word.n);
    text[word.n] = '\0';
    if (type == ELEMENT_OF_DAY) {
        *out = date_parse(text);
        return *out != 0;
    }
    return decimals(text, type == ELEMENT_OF_MONEY ? 2 : 3, out);
}

/* room - for one item more in an array that doubles */
static void *room(void *array, size_t n, size_t size)
{
    if (n && (n & (n - 1)))
        return array;
    return realloc(array, (n ? n * 2 : 1) * size);
}

/* put_stretch - numbers from low to high */
static int put_stretch(struct cond_test *x, int64_t low, int64_t high, struct err *e)
{
    struct cond_stretch *more = room(x->stretches, x->n, sizeof(*more));

    if (!more)
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    x->stretches = more;
    more[x->n++] = (struct cond_stretch){low, high};
    return 0;
}

/* unquoted - a copy in which doubled quotes are one */
static char *unquoted(struct span s)
{
    char *copy = malloc(s.n + 1);
    size_t n = 0;

    for (size_t i = 0; copy && i < s.n; i++) {
        copy[n++] = s.p[i];
        i += s.p[i] == '\'';
    }
    if (copy)
        copy[n] = '\0';
    return copy;
}

/* put_text - one text or picture, or two that are the ends of a stretch */
static int put_text(struct cond_test *x, struct span low, const struct span *high, bool exact,
                    struct err *e)
{
    struct cond_text *more = room(x->texts, x->n, sizeof(*more));
    struct cond_text new = {unquoted(low), high ? unquoted(*high) : NULL, exact};

    if (more)
        x->texts = more;
    if (!more || !new.low || (high && !new.high)) {
        free(new.low);
        free(new.high);
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    }
    more[x->n++] = new;
    return 0;
}

/* put_code - an item of a code set */
static int put_code(const struct token_reader *t, struct cond_test *x, struct err *e)
{
    struct err why;

    if (code_set_add(&x->codes, t->now.text, &why) == 0)
        return 0;
    return why.class == ERR_REJECT ? token_expected(t, e, "%s", why.text) : (*e = why, -1);
}

/* put_words - texts: 'A', 'A'..'B' is three tokens; a word stands for itself */
static int put_words(struct token_reader *t, struct cond_test *x, struct err *e)
{
    struct span low = t->now.text;

    if (t->now.kind == TOKEN_WORD && low.p[low.n - 1] == '*')
        return put_text(x, low, NULL, false, e) != 0 ? -1 : token_next(t, e);
    if (token_next(t, e) != 0)
        return -1;
    if (!token_is(t, ".."))
        return put_text(x, low, NULL, true, e);
    if (token_next(t, e) != 0)
        return -1;
    if (t->now.kind != TOKEN_TEXT && t->now.kind != TOKEN_WORD)
        return wanted(t, x, e);
    if (put_text(x, low, &t->now.text, true, e) != 0)
        return -1;
    return token_next(t, e);
}

/* put_numbers - 4, or 4..8 */
static int put_numbers(struct token_reader *t, struct cond_test *x, struct err *e)
{
    enum element_type type = element_of(x->element)->type;
    struct span w = t->now.text;
    const char *dots = memmem(w.p, w.n, "..", 2);
    struct span first = {w.p, dots ? (size_t)(dots - w.p) : w.n};
    struct span last = dots ? (struct span){dots + 2, w.n - first.n - 2} : first;
    int64_t low, high;

    if (!number_of(type, first, &low) || !number_of(type, last, &high))
        return wanted(t, x, e);
    if (low > high)
        return token_expected(t, e, "expected the smaller one before ..");
    if (put_stretch(x, low, high, e) != 0)
        return -1;
    return token_next(t, e);
}

/* put_item - one of a list */
static int put_item(struct token_reader *t, struct cond_test *x, struct err *e)
{
    enum element_type type = element_of(x->element)->type;

    if (t->now.kind != TOKEN_WORD && t->now.kind != TOKEN_TEXT)
        return wanted(t, x, e);
    if (x->n == ITEMS_MAX)
        return token_expected(t, e, "expected at most %d values in a list", (int)ITEMS_MAX);
    if (type == ELEMENT_OF_TEXT)
        return put_words(t, x, e);
    if (type == ELEMENT_OF_CODE)
        return put_code(t, x, e) != 0 ? -1 : token_next(t, e);
    return put_numbers(t, x, e);
}

/* cond_list - ( item, item … ) */
int cond_list(struct token_reader *t, struct cond_test *x, struct err *e)
{
    x->how = COND_IN;
    if (token_next(t, e) != 0)
        return -1;
    if (!token_is(t, "("))
        return token_expected(t, e, "expected ( after \"in\"");
    do {
        if (token_next(t, e) != 0 || put_item(t, x, e) != 0)
            return -1;
    } while (token_is(t, ","));
    if (!token_is(t, ")"))
        return token_expected(t, e, "expected , or ) in the list");
    code_set_finish(&x->codes);
    return token_next(t, e);
}

/* cond_picture - 'AAA######' for texts and codes */
int cond_picture(struct token_reader *t, struct cond_test *x, struct err *e)
{
    if (element_of(x->element)->type != ELEMENT_OF_TEXT)
        return token_expected(t, e, "expected = or \"in\": %s is %s, \"like\" is for texts",
                              element_name(x->element),
                              element_type_name(element_of(x->element)->type));
    x->how = COND_IN;
    if (token_next(t, e) != 0)
        return -1;
    if (t->now.kind != TOKEN_TEXT || !t->now.text.n || t->now.text.n > PICTURE_MAX)
        return token_expected(t, e,
                              "expected a picture in '…' after \"like\" (# digit, @ letter, ? any, "
                              "* any number)");
    if (put_text(x, t->now.text, NULL, false, e) != 0)
        return -1;
    return token_next(t, e);
}

/* compare_order - < <= > >= : stretches without an end */
static int compare_order(struct token_reader *t, struct cond_test *x, char sign, bool equal,
                         struct err *e)
{
    int64_t v;

    if (t->now.kind != TOKEN_WORD || !number_of(element_of(x->element)->type, t->now.text, &v))
        return wanted(t, x, e);
    if (sign == '<' ? put_stretch(x, INT64_MIN, equal ? v : v - 1, e) != 0
                    : put_stretch(x, equal ? v : v + 1, INT64_MAX, e) != 0)
        return -1;
    return token_next(t, e);
}

/* cond_compare - a sign and a value */
int cond_compare(struct token_reader *t, struct cond_test *x, struct err *e)
{
    const struct element *el = element_of(x->element);
    char sign = t->now.text.p[0];
    bool equal = t->now.text.n == 2;

    if (el->many && sign == '!')
        return token_expected(t, e, "expected = or \"in\": %s has many values; write not (%s = …)",
                              element_name(x->element), element_name(x->element));
    if (strchr("<>", sign) && (el->type == ELEMENT_OF_CODE || el->type == ELEMENT_OF_TEXT))
        return token_expected(t, e, "expected = or \"in\": %s is %s, which is not more or less",
                              element_name(x->element), element_type_name(el->type));
    x->how = COND_IN;
    if (token_next(t, e) != 0)
        return -1;
    if (strchr("<>", sign))
        return compare_order(t, x, sign, equal, e);
    if (put_item(t, x, e) != 0)
        return -1;
    code_set_finish(&x->codes);
    return 0;
}
