/* tabular.c - walking the tabular list, and asking whether a note names a code */
#include "common/tables/outline.h"

#include <string.h>

#include "common/rules/code_set.h"

enum { CODE_BYTES = 8 };

/* tabular_begin - where the climb starts */
void tabular_begin(const struct tables *t, const char *code, int32_t on, struct tabular_walk *w)
{
    w->of = edition_outline(tables_edition(t, TABLE_ICD10CM_TABULAR, on));
    w->node = w->of ? outline_start(w->of, code, on) : 0;
    w->begun = true;
}

/* tabular_note_next - from node to parent */
const struct tabular_note *tabular_note_next(const struct tables *t, const char *code,
                                             enum tabular_part part, int32_t on,
                                             struct tabular_walk *w)
{
    if (!w->begun)
        tabular_begin(t, code, on, w);
    return outline_next(part, on, w);
}

/* reference_key - a span's code; 0: none */
uint64_t reference_key(struct span s)
{
    uint64_t key = 0;

    if (!s.n || s.n > CODE_BYTES)
        return 0;
    for (size_t i = 0; i < s.n; i++)
        key = key << 8 | (unsigned char)s.p[i];
    return key << (64 - 8 * s.n);
}

/* An item of references in its parts. */
struct item {
    struct span low, high, condition;
    bool conditional;
};

/* next_item - one walk over its bytes */
static struct item next_item(struct span *list)
{
    const char *p = list->p, *end = p + list->n, *dash = NULL, *at = NULL, *stop;
    struct item x;

    for (; p < end && *p != ';'; p++) {
        dash = *p == '-' && !dash && !at ? p : dash;
        at = *p == '@' && !at ? p : at;
    }
    stop = at ? at : p;
    x.low = (struct span){list->p, (size_t)((dash ? dash : stop) - list->p)};
    x.high = dash ? (struct span){dash + 1, (size_t)(stop - dash - 1)} : x.low;
    x.condition = at ? (struct span){at + 1, (size_t)(p - at - 1)} : (struct span){"", 0};
    x.conditional = at != NULL;
    p += p < end;
    *list = (struct span){p, (size_t)(end - p)};
    return x;
}

/* compiled - codes as numbers */
static struct reference compiled(const struct item *x)
{
    struct reference r = {
        .low = UINT64_MAX, .condition = x->condition, .conditional = x->conditional};
    uint64_t low = reference_key(x->low), high = reference_key(x->high);

    if (low && high) {
        r.low = low;
        r.high = high | (x->high.n < CODE_BYTES ? UINT64_MAX >> (8 * x->high.n) : 0);
    }
    return r;
}

/* reference_next - short and looked at once */
struct reference reference_next(struct span *list)
{
    struct item x = next_item(list);

    return compiled(&x);
}

/* has_char - is c one of the set? */
static bool has_char(struct span set, char c)
{
    return c && memchr(set.p, c, set.n);
}

/* condition_holds - what follows @ */
static bool condition_holds(struct span c, uint64_t key)
{
    struct span rest = {c.p + 1, c.n - 1};
    char code[CODE_BYTES + 1] = "";
    size_t n;

    for (int i = 0; i < CODE_BYTES; i++)
        code[i] = (char)(key >> (56 - 8 * i));
    n = strlen(code);
    if (c.n < 2)
        return false;
    if (c.p[0] == 's')
        return n >= 3 + rest.n && memcmp(code + 3, rest.p, rest.n) == 0;
    if (c.p[0] == 'e')
        return n >= 3 + rest.n && memcmp(code + n - rest.n, rest.p, rest.n) == 0;
    if (c.p[0] == 'i')
        return has_char(rest, n >= 6 ? code[5] : n == 5 ? code[4] : '\0');
    if (c.p[0] >= '4' && c.p[0] <= '7')
        return n >= (size_t)(c.p[0] - '0') && has_char(rest, code[c.p[0] - '1']);
    return false;
}

/* reference_names - between the two, and the condition holds */
bool reference_names(const struct reference *r, uint64_t code)
{
    if (code < r->low || code > r->high)
        return false;
    return !r->conditional || condition_holds(r->condition, code);
}

/* may_name - most items begin with other letters */
static bool may_name(const struct item *x, char first)
{
    return x->low.n && x->high.n && x->low.p[0] <= first && first <= x->high.p[0];
}

/* tabular_refers - any item */
bool tabular_refers(struct span codes, const char *code)
{
    uint64_t key = code_key(code);

    while (key && codes.n) {
        struct item x = next_item(&codes);
        struct reference r;

        if (!may_name(&x, code[0]))
            continue;
        r = compiled(&x);
        if (reference_names(&r, key))
            return true;
    }
    return false;
}

/* excludes - a note above a that names b and not a itself */
static bool excludes(const struct tables *t, const char *a, const char *b, int32_t on,
                     struct table_row *out)
{
    const struct tabular_note *x;
    struct tabular_walk w = {0};

    while ((x = tabular_note_next(t, a, TABULAR_EXCLUDES1, on, &w)))
        if (tabular_note_names(x, code_key(b)) && !tabular_note_names(x, code_key(a))) {
            tabular_note_row(x, out);
            return true;
        }
    return false;
}

/* tabular_excludes1 - in either direction */
bool tabular_excludes1(const struct tables *t, const char *a, const char *b, int32_t on,
                       struct table_row *out)
{
    return excludes(t, a, b, on, out) || excludes(t, b, a, on, out);
}

/* tabular_seventh - all rows of the nearest node that has any */
bool tabular_seventh(const struct tables *t, const char *code, int32_t on, char *out, size_t size)
{
    const struct tabular_note *x;
    struct tabular_walk w = {0};
    struct table_row row;
    uint32_t node = 0;
    size_t n = 0;

    while ((x = tabular_note_next(t, code, TABULAR_SEVEN, on, &w)) && (!n || w.node == node)) {
        struct span c;

        tabular_note_row(x, &row);
        c = table_col(&row, "codes");
        node = w.node;
        if (c.n == 1 && n + 1 < size)
            out[n++] = c.p[0];
    }
    if (size)
        out[n] = '\0';
    return n > 0;
}
