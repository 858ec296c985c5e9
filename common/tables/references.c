/* references.c - the codes that a note of the tabular list names, out of its text (normal form:
 * tabular.h) */
#include "common/tables/tabular.h"

#include <stdio.h>
#include <string.h>

struct scan {
    const char *p, *end;
};

/* is_digit, is_upper - ASCII */
static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* is_code_char - after the first */
static bool is_code_char(char c)
{
    return is_digit(c) || (c >= 'A' && c <= 'Z');
}

/* code_at - a code at p, dotless, into out (8 bytes); returns the bytes it took, 0: none */
static size_t code_at(const char *p, const char *end, char out[8])
{
    size_t n = 0, taken;

    if (end - p < 3 || !(p[0] >= 'A' && p[0] <= 'Z') || !is_code_char(p[2]) ||
        !(is_digit(p[1]) || (is_code_char(p[1]) && is_digit(p[2]))))
        return 0;
    memcpy(out, p, 3);
    n = 3;
    taken = 3;
    if (p + 4 < end && p[3] == '.' && is_code_char(p[4])) {
        for (taken = 4; p + taken < end && is_code_char(p[taken]) && n < 7; taken++)
            out[n++] = p[taken];
    }
    if (p + taken < end && (is_code_char(p[taken]) || (p[taken] >= 'a' && p[taken] <= 'z')))
        return 0;
    out[n] = '\0';
    return taken;
}

/* skip_joint - the signs between the ends of a range; true: they make one */
static bool skip_joint(struct scan *s)
{
    const char *p = s->p;
    int dashes = 0;

    while (p < s->end && (*p == '-' || *p == '.' || *p == ' ')) {
        if (*p == '.' && p + 1 < s->end && p[1] == ' ')
            break;
        dashes += *p++ == '-';
    }
    if (dashes == 0 && s->end - p >= 3 && memcmp(p, "to ", 3) == 0) {
        p += 3;
        dashes = 1;
    }
    if (dashes == 0)
        return false;
    /* "X01.- X02" lists two: a blank after the only dash, none before */
    if (dashes == 1 && p > s->p && p[-1] == ' ' && p[-2] == '-' && p - s->p <= 3 &&
        !(p - s->p >= 3 && p[-3] == ' '))
        return false;
    s->p = p;
    return true;
}

/* add_item - one to the list, with its condition */
static void add_item(struct buf *out, const char *item_text, const char *condition_text)
{
    if (out->len)
        buf_addc(out, ';');
    buf_addf(out, condition_text[0] ? "%s@%s" : "%s%s", item_text, condition_text);
}

enum { ITEMS_MAX = 40, ITEM_MAX = 20 };

struct items {
    char text[ITEMS_MAX][ITEM_MAX];
    size_t n;
};

/* take_codes - codes and ranges of a stretch */
static void take_codes(struct scan s, struct items *items)
{
    char low[8], high[8];

    while (s.p < s.end && items->n < ITEMS_MAX) {
        size_t n = s.p == s.end || (s.end - s.p) < 3 ? 0 : code_at(s.p, s.end, low), m = 0;

        if (!n) {
            s.p++;
            continue;
        }
        s.p += n;
        if (skip_joint(&s))
            m = code_at(s.p, s.end, high);
        s.p += m;
        if (m && strncmp(low, high, 3) <= 0)
            snprintf(items->text[items->n++], ITEM_MAX, "%s-%s", low, high);
        else
            snprintf(items->text[items->n++], ITEM_MAX, "%s", low);
    }
}

/* spread - "1-4 or 6" to "12346", of digits and upper-case letters that stand alone */
static void spread(struct scan s, char out[16])
{
    size_t n = 0;

    for (; s.p < s.end && n < 15; s.p++) {
        bool alone = (s.p + 1 == s.end || !is_code_char(s.p[1])) &&
                     !(s.p + 1 < s.end && s.p[1] >= 'a' && s.p[1] <= 'z');

        if (!is_code_char(*s.p) || !alone)
            continue;
        out[n++] = *s.p;
        if (s.p + 2 < s.end && s.p[1] == '-' && is_digit(*s.p) && is_digit(s.p[2]))
            for (char c = (char)(*s.p + 1); c < s.p[2] && n < 15; c++)
                out[n++] = c;
    }
    out[n] = '\0';
}

enum { CONDITIONS_MAX = 8 };

struct conditions {
    char text[CONDITIONS_MAX][20];
    size_t n;
};

/* add_condition - one more, if there is room */
static void add_condition(struct conditions *c, const char *sign, const char *value)
{
    if (value[0] && c->n < CONDITIONS_MAX)
        snprintf(c->text[c->n++], sizeof(c->text[0]), "%s%s", sign, value);
}

/* suffixes - ".14, .24, .51-.52", "-23": each the characters after a point or a dash */
static void suffixes(struct scan s, const char *sign, struct conditions *c)
{
    char value[8];
    size_t n;

    for (; s.p < s.end; s.p += s.p < s.end) {
        if (*s.p != '.' && *s.p != '-')
            continue;
        for (n = 0; s.p + 1 < s.end && is_code_char(s.p[1]) && n < 6; s.p++)
            value[n++] = s.p[1];
        value[n] = '\0';
        add_condition(c, sign, value);
    }
}

/* has_word - in a stretch */
static bool has_word(struct scan s, const char *word)
{
    return s.p < s.end && memmem(s.p, (size_t)(s.end - s.p), word, strlen(word));
}

/* position - "5th", "fifth", "seventh" …: the sign of the condition; NULL: none */
static const char *position(struct scan s)
{
    static const struct {
        const char *word, *sign;
    } rows[] = {{"fifth or six", "i"}, {"fifth to sixth", "s"},
                {"seventh", "7"},      {"7th", "7"},
                {"sixth", "6"},        {"6th", "6"},
                {"fifth", "5"},        {"5th", "5"},
                {"fourth", "4"},       {"4th", "4"}};

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (has_word(s, rows[i].word))
            return rows[i].sign;
    return NULL;
}

/* take_conditions - what follows "with"; *odd: something is asked that we cannot read */
static void take_conditions(struct scan s, struct conditions *c, bool *odd)
{
    const char *sign = position(s);
    char set[16];

    if (has_word(s, "final character")) {
        suffixes(s, has_word(s, " .") ? "s" : "e", c);
    } else if (sign && sign[0] != 's') {
        const char *at = memmem(s.p, (size_t)(s.end - s.p), "character", 9);

        s.p = at ? at + 9 : s.end;
        spread(s, set);
        add_condition(c, sign, set);
    } else if (!sign) {
        suffixes(s, "s", c);
    }
    *odd = c->n == 0;
}

/* take_stretch - codes, then perhaps "with" and conditions; false: no code in it */
static bool take_stretch(struct scan s, struct buf *out)
{
    const char *with = s.p < s.end ? memmem(s.p, (size_t)(s.end - s.p), "with ", 5) : NULL;
    struct items items = {.n = 0};
    struct conditions c = {.n = 0};
    bool odd = false;

    take_codes((struct scan){s.p, with ? with : s.end}, &items);
    if (!items.n)
        return false;
    if (with)
        take_conditions((struct scan){with + 5, s.end}, &c, &odd);
    for (size_t i = 0; i < items.n && !odd; i++) {
        for (size_t k = 0; k < c.n; k++)
            add_item(out, items.text[i], c.text[k]);
        if (!c.n)
            add_item(out, items.text[i], "");
    }
    return true;
}

/* tabular_references - all brackets that hold codes, where none stand behind the last */
void tabular_references(const char *text, size_t n, struct buf *out)
{
    const char *end = text + n, *last = memrchr(text, ')', n), *open, *close;

    if (take_stretch((struct scan){last ? last + 1 : text, end}, out))
        return;
    for (; (open = memchr(text, '(', (size_t)(end - text))) &&
           (close = memchr(open, ')', (size_t)(end - open)));
         text = close + 1)
        take_stretch((struct scan){open + 1, close}, out);
}
