/* tables_diff.c - cleanclaim tables diff: what one edition has and another has not, both read in
 * their order of rows.
 *
 * Rows are compared key by key. Of one key, rows that say the same drop out; what is left is
 * paired, first by the day it begins, then as it comes: a pair is revised, the rest is added or
 * deleted. Where a row stood in its file is no difference. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "services/cleanclaim/tables_cmd.h"

/* One edition being read. */
struct side {
    const struct edition_info *edition;
    int32_t quarter; /* of an edition that holds several: only its rows; 0: all */
    size_t cursor;
    struct table_row row;
    bool there;
    struct table_row *group; /* the rows of one key; one that has its match has no edition */
    size_t n, cap;
};

struct diff {
    struct side before, after;
    bool json;
    size_t added, deleted, revised;
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

/* compare_keys - one or two */
static int compare_keys(const struct table_row *a, const struct table_row *b)
{
    int r = compare_span(table_key(a, 0), table_key(b, 0));

    return r == 0 && kind_of(a->edition->table)->keys == 2
               ? compare_span(table_key(a, 1), table_key(b, 1))
               : r;
}

/* is_place - a column that says where the row stood in its file, or in which files */
static bool is_place(const char *column)
{
    static const char *const columns[] = {"seq", "line", "quarters", NULL};

    return str_in(column, columns);
}

/* same_row - window and every column, by its text */
static bool same_row(const struct table_row *a, const struct table_row *b)
{
    if (a->to != b->to || a->from != b->from)
        return false;
    for (const struct column *c = kind_of(a->edition->table)->columns; c->name; c++)
        if (!is_place(c->name) && compare_span(table_col(a, c->name), table_col(b, c->name)) != 0)
            return false;
    return true;
}

/* same_start - of the window */
static bool same_start(const struct table_row *a, const struct table_row *b)
{
    return a->from == b->from;
}

/* any_row - what is left is paired as it comes */
static bool any_row(const struct table_row *a, const struct table_row *b)
{
    (void)a;
    (void)b;
    return true;
}

/* code_text - a key for people */
static void code_text(const struct table_row *r, int n, const char *before)
{
    json_t *key = tables_key_json(r, n);

    printf("%s%s", before, json_string_value(key) ? json_string_value(key) : "");
    json_decref(key);
}

/* row_json - the columns, and the window where rows have one; NULL: null */
static json_t *row_json(const struct table_row *r)
{
    json_t *row;

    if (!r)
        return json_null();
    row = tables_row_json(r);
    if (kind_of(r->edition->table)->windows) {
        json_object_set_new(row, "valid_from", cmd_json_date(r->from));
        json_object_set_new(row, "valid_to", cmd_json_date(r->to));
    }
    return row;
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
    json_object_set_new(line, "before", row_json(a));
    json_object_set_new(line, "after", row_json(b));
    cmd_json(line);
}

/* take_group - the rows of the key that the side stands at; false: out of memory */
static bool take_group(struct side *s)
{
    for (s->n = 0; s->there && (s->n == 0 || compare_keys(&s->group[0], &s->row) == 0); s->n++) {
        if (s->n == s->cap) {
            size_t cap = s->cap ? s->cap * 2 : 16;
            struct table_row *group = realloc(s->group, cap * sizeof(*group));

            if (!group)
                return false;
            s->group = group;
            s->cap = cap;
        }
        s->group[s->n] = s->row;
        step(s);
    }
    return true;
}

/* pair - rows of both sides that go together; `said`: their difference is said */
static void pair(struct diff *d, bool (*match)(const struct table_row *, const struct table_row *),
                 bool said)
{
    for (size_t i = 0; i < d->before.n; i++) {
        struct table_row *a = &d->before.group[i];

        for (size_t k = 0; k < d->after.n && a->edition; k++) {
            struct table_row *b = &d->after.group[k];

            if (!b->edition || !match(a, b))
                continue;
            if (said)
                say(a, b, d->json), d->revised++;
            a->edition = b->edition = NULL;
        }
    }
}

/* compare_groups - the rows of one key */
static void compare_groups(struct diff *d)
{
    pair(d, same_row, false);
    pair(d, same_start, true);
    pair(d, any_row, true);
    for (size_t i = 0; i < d->before.n; i++)
        if (d->before.group[i].edition)
            say(&d->before.group[i], NULL, d->json), d->deleted++;
    for (size_t i = 0; i < d->after.n; i++)
        if (d->after.group[i].edition)
            say(NULL, &d->after.group[i], d->json), d->added++;
}

/* walk - both sides at once; false: out of memory */
static bool walk(struct diff *d)
{
    struct side *a = &d->before, *b = &d->after;
    bool good = true;

    step(a);
    step(b);
    while (good && (a->there || b->there)) {
        int order = !a->there ? 1 : !b->there ? -1 : compare_keys(&a->row, &b->row);

        a->n = b->n = 0;
        if (order <= 0)
            good = take_group(a);
        if (order >= 0 && good)
            good = take_group(b);
        if (good)
            compare_groups(d);
    }
    free(a->group);
    free(b->group);
    return good;
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
    struct diff d = {.json = json};

    if (id == TABLE_MAX) {
        fprintf(stderr, "error: %s: no table of this name\n", table);
        return EXIT_USAGE;
    }
    if (!open_side(t, id, before, &d.before) || !open_side(t, id, after, &d.after))
        return EXIT_FOUND;
    if (!walk(&d)) {
        fprintf(stderr, "error: out of memory\n");
        return EXIT_GONE;
    }
    fprintf(stderr, "%zu added, %zu deleted, %zu revised\n", d.added, d.deleted, d.revised);
    return 0;
}
