/* tables_get.c - cleanclaim tables get: the row in force on a day, or why there is none */
#include <stdio.h>
#include <string.h>

#include "common/base/date.h"
#include "common/codes/codes.h"
#include "common/sys/clock.h"
#include "common/tables/phrase.h"
#include "common/tables/snapshot.h"
#include "services/cleanclaim/tables_cmd.h"

struct question {
    enum table_id table;
    const char *code, *code2;
    char key[KEY_BYTES_MAX + 1], key2[KEY_BYTES_MAX + 1];
    int32_t on;
    bool json;
};

/* The forms in which a person may give a key; the first that finds something decides. */
typedef bool (*key_form)(const char *s, char *out, size_t size);

/* form_given - as it is */
static bool form_given(const char *s, char *out, size_t size)
{
    return str_copy(out, size, s);
}

/* form_code - without dots and blanks, upper case */
static bool form_code(const char *s, char *out, size_t size)
{
    return code_plain(s, out, size);
}

/* form_name - as our own tables are keyed */
static bool form_name(const char *s, char *out, size_t size)
{
    return tables_plain_key(span_trim(span_of(s)), out, size);
}

/* form_phrase - the words of a term */
static bool form_phrase(const char *s, char *out, size_t size)
{
    return phrase_normal(s, strlen(s), out, size);
}

/* row_json - one line of `get` */
static json_t *row_json(const struct question *q, const struct table_row *r, int32_t from,
                        int32_t to)
{
    json_t *line = json_pack("{s:s, s:s, s:o}", "table", table_name(q->table), "edition",
                             r->edition->edition, "code", tables_key_json(r, 0));

    if (kind_of(q->table)->keys == 2)
        json_object_set_new(line, "code2", tables_key_json(r, 1));
    json_object_set_new(line, "valid_from",
                        from == SNAPSHOT_ALWAYS ? json_null() : cmd_json_date(from));
    json_object_set_new(line, "valid_to", cmd_json_date(to));
    json_object_set_new(line, "row", tables_row_json(r));
    return line;
}

/* say_key - for people */
static void say_key(const struct table_row *r, int n)
{
    json_t *key = tables_key_json(r, n);

    printf("%s  ", json_string_value(key) ? json_string_value(key) : "");
    json_decref(key);
}

/* say_row - keys and days on a line, then a line a column that is not empty */
static void say_row(const struct question *q, const struct table_row *r, int32_t from, int32_t to)
{
    char a[DATE_TEXT], b[DATE_TEXT];

    say_key(r, 0);
    if (kind_of(q->table)->keys == 2)
        say_key(r, 1);
    printf("%s to %s  (%s@%s)\n", from == SNAPSHOT_ALWAYS ? "always" : date_text(from, a),
           to ? date_text(to, b) : "open", table_name(q->table), r->edition->edition);
    for (const struct column *c = kind_of(q->table)->columns; c->name; c++) {
        struct span v = table_col(r, c->name);

        if (v.n)
            printf("  %-18s %.*s\n", c->name, (int)v.n, v.p);
    }
}

/* print_row - for people or programs */
static void print_row(const struct question *q, const struct table_row *r)
{
    bool windows = kind_of(q->table)->windows;
    int32_t from = windows && r->from ? r->from : r->edition->from,
            to = windows ? r->to : r->edition->to;

    if (q->json)
        cmd_json(row_json(q, r, from, to));
    else
        say_row(q, r, from, to);
}

/* print_all - every row of the key in force that day; how many */
static size_t print_all(const struct tables *t, const struct question *q)
{
    struct table_row r;
    size_t cursor = 0, n = 0;

    while (tables_next(t, q->table, q->key, q->on, &cursor, &r)) {
        if (q->code2 && !span_is(table_key(&r, 1), q->key2))
            continue;
        print_row(q, &r);
        n++;
    }
    return n;
}

/* ask - one form of the keys */
static size_t ask(const struct tables *t, struct question *q, key_form form)
{
    struct table_row r;

    if (!form(q->code, q->key, sizeof(q->key)) ||
        (q->code2 && !form(q->code2, q->key2, sizeof(q->key2))))
        return 0;
    if (kind_of(q->table)->many || (kind_of(q->table)->keys == 2 && !q->code2))
        return print_all(t, q);
    if (tables_find(t, q->table, q->key, q->code2 ? q->key2 : NULL, q->on, &r) != LOOKUP_FOUND)
        return 0;
    print_row(q, &r);
    return 1;
}

/* is_newest - of code pairs, is it still in the file of the latest quarter */
static bool is_newest(const struct table_row *r)
{
    int32_t last = edition_quarter(r->edition, r->edition->edition);

    return !last || row_in_quarter(r, last);
}

/* other_days - the windows in which the key does stand in the edition, as text */
static void other_days(const struct edition_info *i, const struct question *q, struct buf *out)
{
    char plain[KEY_BYTES_MAX + 1], from[DATE_TEXT], to[DATE_TEXT];
    struct table_row r;
    size_t cursor = 0;

    if (!kind_of(i->table)->windows || !form_code(q->code, plain, sizeof(plain)))
        return;
    while (edition_each(i, &cursor, &r))
        if (is_newest(&r) && span_is(table_key(&r, 0), plain) &&
            (!q->code2 || span_is(table_key(&r, 1), q->key2)))
            buf_addf(out, "%s %s to %s", out->len ? "," : "; it is valid from",
                     date_text(r.from, from), r.to ? date_text(r.to, to) : "open");
}

/* editions_text - what there is of a table */
static void editions_text(const struct tables *t, enum table_id id, struct buf *out)
{
    const struct edition_info *i;
    char from[DATE_TEXT], to[DATE_TEXT];

    for (size_t n = 0; (i = tables_edition_at(t, n)); n++)
        if (i->table == id)
            buf_addf(out, "%s %s (%s to %s)", out->len ? "," : "; there is", i->edition,
                     date_text(i->from, from), i->to ? date_text(i->to, to) : "open");
}

/* not_there - why, on both streams */
static int not_there(const struct tables *t, const struct question *q)
{
    const struct edition_info *i = tables_edition(t, q->table, q->on);
    char day[DATE_TEXT];
    struct buf why;

    buf_init(&why);
    if (i)
        other_days(i, q, &why);
    else
        editions_text(t, q->table, &why);
    fprintf(stderr, i ? "%s: not in edition %s on %s%s\n" : "%s: no edition%s covers %s%s\n",
            table_name(q->table), i ? i->edition : "", date_text(q->on, day),
            why.data ? why.data : "");
    if (q->json)
        cmd_json(json_pack(
            "{s:s, s:o, s:s, s:o*, s:n, s:n, s:n, s:s}", "table", table_name(q->table), "edition",
            i ? json_string(i->edition) : json_null(), "code", q->code, "code2",
            q->code2 ? json_string(q->code2) : NULL, "valid_from", "valid_to", "row", "why",
            i ? "not in the edition on this day" : "no edition covers this day"));
    buf_release(&why);
    return EXIT_FOUND;
}

/* tables_get - the row in force on a day */
int tables_get(const struct tables *t, int n, char **args, const struct tables_options *o)
{
    static const key_form forms[] = {form_given, form_code, form_name, form_phrase};
    struct question q = {.json = o->json};

    q.on = o->on ? date_parse(o->on) : date_of_ms(clock_ms(), 0);
    if (n < 2 || n > 3 || !q.on)
        return cmd_usage("tables");
    q.table = table_by_name(args[0]);
    if (q.table == TABLE_MAX) {
        fprintf(stderr, "error: %s: no table of this name\n", args[0]);
        return EXIT_USAGE;
    }
    q.code = args[1];
    q.code2 = n == 3 ? args[2] : NULL;
    if (q.code2 && kind_of(q.table)->keys != 2)
        return cmd_usage("tables");
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
        if (ask(t, &q, forms[i]) > 0)
            return 0;
    return not_there(t, &q);
}
