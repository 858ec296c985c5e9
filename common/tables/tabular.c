/* tabular.c - walking the tabular list, and asking whether a note names a code */
#include "common/tables/tabular.h"

#include <string.h>

static const char part_parent[] = "parent", part_desc[] = "desc";

/* start_node - the longest beginning of a code that the list has */
static bool start_node(const struct tables *t, const char *code, int32_t on,
                       char node[TABULAR_NODE_MAX])
{
    struct table_row row;
    size_t n = strlen(code);

    if (n >= TABULAR_NODE_MAX || n < 3)
        return false;
    memcpy(node, code, n + 1);
    for (; n >= 3; n--) {
        node[n] = '\0';
        if (tables_find(t, TABLE_ICD10CM_TABULAR, node, part_desc, on, &row) == LOOKUP_FOUND)
            return true;
    }
    node[0] = '\0';
    return false;
}

/* go_up - to the parent; false: there is none */
static bool go_up(const struct tables *t, int32_t on, char node[TABULAR_NODE_MAX])
{
    struct table_row row;

    if (tables_find(t, TABLE_ICD10CM_TABULAR, node, part_parent, on, &row) != LOOKUP_FOUND ||
        table_col(&row, "text").n >= TABULAR_NODE_MAX) {
        node[0] = '\0';
        return false;
    }
    table_col_text(&row, "text", node, TABULAR_NODE_MAX);
    return true;
}

/* tabular_next - one note a call */
bool tabular_next(const struct tables *t, const char *code, const char *part, int32_t on,
                  struct tabular_walk *w, struct table_row *out)
{
    struct table_row row;

    if (!w->begun) {
        w->begun = true;
        start_node(t, code, on, w->node);
    }
    while (w->node[0]) {
        /* most nodes have no such note: one look tells, without reading all their rows */
        bool any = w->cursor ||
                   tables_find(t, TABLE_ICD10CM_TABULAR, w->node, part, on, &row) == LOOKUP_FOUND;

        while (any && tables_next(t, TABLE_ICD10CM_TABULAR, w->node, on, &w->cursor, &row)) {
            if (span_is(table_key(&row, 1), part)) {
                *out = row;
                return true;
            }
        }
        w->cursor = 0;
        go_up(t, on, w->node);
    }
    return false;
}

/* has_char - is c one of the set? */
static bool has_char(struct span set, char c)
{
    return c && memchr(set.p, c, set.n);
}

/* condition - what follows @ */
static bool condition(struct span c, const char *code, size_t n)
{
    struct span rest = {c.p + 1, c.n - 1};

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

/* An item in its parts. */
struct item {
    struct span low, high, condition;
    bool conditional;
};

/* next_item - takes it off the list: LOW, LOW-HIGH, with or without a condition. Short and looked
 * at very often: one walk over its bytes */
static struct item next_item(struct span *list)
{
    const char *p = list->p, *end = p + list->n, *dash = NULL, *at = NULL, *stop;
    struct item it;

    for (; p < end && *p != ';'; p++) {
        dash = *p == '-' && !dash && !at ? p : dash;
        at = *p == '@' && !at ? p : at;
    }
    stop = at ? at : p;
    it.low = (struct span){list->p, (size_t)((dash ? dash : stop) - list->p)};
    it.high = dash ? (struct span){dash + 1, (size_t)(stop - dash - 1)} : it.low;
    it.condition = at ? (struct span){at + 1, (size_t)(p - at - 1)} : (struct span){"", 0};
    it.conditional = at != NULL;
    p += p < end;
    *list = (struct span){p, (size_t)(end - p)};
    return it;
}

/* is_in - between the two, and the condition holds; the first letters tell most */
static bool is_in(const struct item *it, const char *code, size_t n)
{
    if (!it->low.n || !it->high.n || *code < *it->low.p || *code > *it->high.p)
        return false;
    if (strncmp(code, it->low.p, it->low.n) < 0 || strncmp(code, it->high.p, it->high.n) > 0)
        return false;
    return !it->conditional || condition(it->condition, code, n);
}

/* tabular_refers - any item */
bool tabular_refers(struct span codes, const char *code)
{
    size_t n = strlen(code);

    while (codes.n) {
        struct item it = next_item(&codes);

        if (is_in(&it, code, n))
            return true;
    }
    return false;
}

/* excludes - a note above a that names b and not a itself */
static bool excludes(const struct tables *t, const char *a, const char *b, int32_t on,
                     struct table_row *out)
{
    struct tabular_walk w = {0};
    struct table_row row;

    while (tabular_next(t, a, "excludes1", on, &w, &row)) {
        struct span codes = table_col(&row, "codes");

        if (tabular_refers(codes, b) && !tabular_refers(codes, a)) {
            *out = row;
            return true;
        }
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
    struct tabular_walk w = {0};
    struct table_row row;
    char first[TABULAR_NODE_MAX];
    size_t n = 0;

    while (tabular_next(t, code, "seven", on, &w, &row)) {
        struct span c = table_col(&row, "codes");

        if (n && strcmp(first, w.node) != 0)
            break;
        str_copy(first, sizeof(first), w.node);
        if (c.n == 1 && n + 1 < size)
            out[n++] = c.p[0];
    }
    if (size)
        out[n] = '\0';
    return n > 0;
}
