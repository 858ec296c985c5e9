/* tables_diff.c - cleanclaim tables diff: what one edition has and another has not, both read in
 * their order of rows */
#include <stdio.h>
#include <string.h>

#include "services/cleanclaim/tables_cmd.h"

/* One edition being read. */
struct side {
    const struct edition_info *edition;
    int32_t quarter; /* of an edition that holds several: only its rows; 0: all */
    size_t cursor;
    struct table_row row;
    bool there;
};

/* step - the next row */
static void step(struct side *s)
{
    do
        s->there = edition_each(s->edition, &s->cursor, &s->row);
    while (s->there && s->quarter && !row_in_quarter(&s->row, s->quarter));
}

/* compare_span - byte order */
static int compare_span(struct span a, struct span b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int r = memcmp(a.p, b.p, n);

    return r ? r : (a.n > b.n) - (a.n < b.n);
}

/* compare_keys - keys, then for tables with windows the first day */
static int compare_keys(const struct table_row *a, const struct table_row *b)
{
    const struct kind *k = kind_of(a->edition->table);
    int r = compare_span(table_key(a, 0), table_key(b, 0));

    if (r == 0 && k->keys == 2)
        r = compare_span(table_key(a, 1), table_key(b, 1));
    return r ? r : k->windows ? (a->from > b->from) - (a->from < b->from) : 0;
}

/* same_columns - every column, by its text; and the last day */
static bool same_columns(const struct table_row *a, const struct table_row *b)
{
    if (a->to != b->to)
        return false;
    for (const struct column *c = kind_of(a->edition->table)->columns; c->name; c++)
        if (strcmp(c->name, "quarters") != 0 &&
            compare_span(table_col(a, c->name), table_col(b, c->name)) != 0)
            return false;
    return true;
}

/* code_text - a key for people */
static void code_text(const struct table_row *r, int n, const char *before)
{
    json_t *key = tables_key_json(r, n);

    printf("%s%s", before, json_string_value(key) ? json_string_value(key) : "");
    json_decref(key);
}

/* say - one difference; a or b may be NULL */
static void say(const struct table_row *a, const struct table_row *b, bool json)
{
    static const char *const words[] = {"deleted", "added", "revised"};
    const struct table_row *r = b ? b : a;
    const char *what = words[!b ? 0 : !a ? 1 : 2];
    bool two = kind_of(r->edition->table)->keys == 2;
    json_t *line;

    if (!json) {
        printf("%-8s", what);
        code_text(r, 0, "");
        if (two)
            code_text(r, 1, " ");
        putchar('\n');
        return;
    }
    line = json_pack("{s:s, s:o, s:s}", "table", table_name(r->edition->table), "code",
                     tables_key_json(r, 0), "change", what);
    if (two)
        json_object_set_new(line, "code2", tables_key_json(r, 1));
    json_object_set_new(line, "before", a ? tables_row_json(a) : json_null());
    json_object_set_new(line, "after", b ? tables_row_json(b) : json_null());
    cmd_json(line);
}

/* walk - both sides at once; how many rows were added, deleted, revised */
static void walk(struct side *a, struct side *b, bool json, size_t counts[3])
{
    step(a);
    step(b);
    while (a->there || b->there) {
        int order = !a->there ? 1 : !b->there ? -1 : compare_keys(&a->row, &b->row);

        if (order < 0)
            say(&a->row, NULL, json), counts[0]++;
        else if (order > 0)
            say(NULL, &b->row, json), counts[1]++;
        else if (!same_columns(&a->row, &b->row))
            say(&a->row, &b->row, json), counts[2]++;
        if (order <= 0)
            step(a);
        if (order >= 0)
            step(b);
    }
}

/* open_side - an edition by its name, or the one that holds the quarter of this name */
static bool open_side(const struct tables *t, enum table_id id, const char *name, struct side *s)
{
    const struct edition_info *i;

    for (size_t n = 0; !s->quarter && (i = tables_edition_at(t, n)); n++)
        if (i->table == id && (s->quarter = edition_quarter(i, name)) != 0)
            s->edition = i;
    if (!s->edition)
        s->edition = tables_named(t, id, name);
    return s->edition != NULL;
}

/* tables_diff - of two editions of one table, or of two quarters of NCCI */
int tables_diff(const struct tables *t, const char *table, const char *before, const char *after,
                bool json)
{
    enum table_id id = table_by_name(table);
    struct side a = {0}, b = {0};
    size_t counts[3] = {0, 0, 0};

    if (id == TABLE_MAX) {
        fprintf(stderr, "error: %s: no table of this name\n", table);
        return EXIT_USAGE;
    }
    if (!open_side(t, id, before, &a) || !open_side(t, id, after, &b))
        return EXIT_FOUND;
    walk(&a, &b, json, counts);
    fprintf(stderr, "%zu added, %zu deleted, %zu revised\n", counts[1], counts[0], counts[2]);
    return 0;
}
