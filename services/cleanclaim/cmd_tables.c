/* cmd_tables.c - cleanclaim tables load | list | get | diff | save | check */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/date.h"
#include "common/sys/file.h"
#include "common/tables/canary.h"
#include "common/tables/snapshot.h"
#include "services/cleanclaim/tables_cmd.h"

enum { SHA_SHOWN = 12 };

/* tables_key_json - codes with their dot */
json_t *tables_key_json(const struct table_row *r, int n)
{
    const struct kind *k = kind_of(r->edition->table);
    char text[KEY_BYTES_MAX + 1];
    struct span v = table_key(r, n);

    snprintf(text, sizeof(text), "%.*s", (int)v.n, v.p);
    return cmd_json_code(n == 0 || k->system[0] == 'h' ? k->system : "", text);
}

/* column_json - by its type */
static json_t *column_json(const struct table_row *r, const struct column *c)
{
    struct span v = table_col(r, c->name);
    int64_t n = table_col_i64(r, c->name, -1);

    if (!v.n)
        return json_null();
    if (c->type == COLUMN_FLAG)
        return json_boolean(span_is(v, "Y"));
    if (c->type == COLUMN_NUM && n >= 0)
        return json_integer((json_int_t)n);
    if (c->type == COLUMN_DATE && n > 0)
        return cmd_json_date((int32_t)n);
    return json_stringn(v.p, v.n);
}

/* list_json - the parts of a LIST */
static json_t *list_json(struct span v)
{
    json_t *list = json_array();

    while (v.n) {
        const char *end = memchr(v.p, ';', v.n);
        size_t n = end ? (size_t)(end - v.p) : v.n;

        json_array_append_new(list, json_stringn(v.p, n));
        v = (struct span){v.p + n + (end != NULL), v.n - n - (end != NULL)};
    }
    return list;
}

/* tables_row_json - every column of the table */
json_t *tables_row_json(const struct table_row *r)
{
    json_t *row = json_object();

    for (const struct column *c = kind_of(r->edition->table)->columns; c->name; c++)
        json_object_set_new(row, c->name,
                            c->type == COLUMN_LIST ? list_json(table_col(r, c->name))
                                                   : column_json(r, c));
    return row;
}

/* tables_named - by table and name */
const struct edition_info *tables_named(const struct tables *t, enum table_id id,
                                        const char *edition)
{
    const struct edition_info *i;

    for (size_t n = 0; (i = tables_edition_at(t, n)); n++)
        if (i->table == id && strcmp(i->edition, edition) == 0)
            return i;
    fprintf(stderr, "error: %s has no edition %s\n", table_name(id), edition);
    return NULL;
}

/* --- list
 * ------------------------------------------------------------------------------------------------------
 */

/* list_one - a line */
static void list_one(const struct edition_info *i, bool json)
{
    char from[DATE_TEXT], to[DATE_TEXT];

    if (json) {
        cmd_json(json_pack("{s:s, s:s, s:o, s:o, s:I, s:s, s:s}", "table", table_name(i->table),
                           "edition", i->edition, "valid_from",
                           i->from == SNAPSHOT_ALWAYS ? json_null() : cmd_json_date(i->from),
                           "valid_to", cmd_json_date(i->to), "rows", (json_int_t)i->rows, "sha256",
                           i->sha256, "source", i->source));
        return;
    }
    date_text(i->from == SNAPSHOT_ALWAYS ? 0 : i->from, from);
    date_text(i->to, to);
    printf("%-22s %-14s %-10s %-10s %9zu  %.*s  %s\n", table_name(i->table), i->edition,
           from[0] ? from : "always", to[0] ? to : "open", i->rows, SHA_SHOWN, i->sha256,
           i->source);
}

/* list - every edition */
static int list(const struct tables *t, int n, char **args, const struct tables_options *o)
{
    const struct edition_info *i;

    (void)args;
    if (n != 0)
        return cmd_usage("tables");
    for (size_t k = 0; (i = tables_edition_at(t, k)); k++)
        list_one(i, o->json);
    return 0;
}

/* --- save, check, diff
 * ----------------------------------------------------------------------------------------- */

/* save_one - an edition as a file */
static int save_one(const struct edition_info *i, const char *dir, struct err *e)
{
    struct snapshot_head h;
    char name[256];
    size_t rows_at;
    struct buf b;
    int r;

    buf_init(&b);
    edition_write(i, &b);
    r = b.failed ? err_set(e, ERR_RETRY, "memory", "out of memory")
                 : snapshot_head_read(b.data, b.len, &h, &rows_at, e);
    if (r == 0) {
        snapshot_file_name(&h, i->sha256, name, sizeof(name));
        r = file_write(dir, name, b.data, b.len, e);
    }
    if (r == 0)
        fprintf(stderr, "%s\n", name);
    buf_release(&b);
    return r;
}

/* save - every edition as a file; what is not among them any more is left alone */
static int save(const struct tables *t, int n, char **args, const struct tables_options *o)
{
    const struct edition_info *i;
    struct err e = {0};
    int result = 0;

    (void)o;
    if (n != 1)
        return cmd_usage("tables");
    if (file_make_dirs(args[0], &e) != 0)
        return cmd_fail(&e);
    for (size_t k = 0; result == 0 && (i = tables_edition_at(t, k)); k++)
        result = save_one(i, args[0], &e) != 0 ? cmd_fail(&e) : 0;
    return result;
}

/* say_check - one finding */
static void say_check(const struct edition_info *i, const char *what, const char *message,
                      bool json)
{
    if (json)
        cmd_json(json_pack("{s:s, s:s, s:s, s:s}", "table", table_name(i->table), "edition",
                           i->edition, "check", what, "message", message));
    else
        printf("%s@%s: %s\n", table_name(i->table), i->edition, message);
}

/* check_gap - the edition before must end the day before this one begins */
static int check_gap(const struct edition_info *before, const struct edition_info *i, bool json)
{
    char message[128], a[DATE_TEXT], b[DATE_TEXT];

    if (!before || before->table != i->table || !before->to || date_add(before->to, 1) == i->from)
        return 0;
    snprintf(message, sizeof(message), "no edition from %s to %s",
             date_text(date_add(before->to, 1), a), date_text(date_add(i->from, -1), b));
    say_check(i, "gap", message, json);
    return EXIT_FOUND;
}

/* check - hashes and overlaps were checked when the tables were opened; here gaps and canary rows
 */
static int check(const struct tables *t, int n, char **args, const struct tables_options *o)
{
    const struct edition_info *i, *before = NULL;
    int result = 0;
    size_t k;

    (void)args;
    if (n != 0)
        return cmd_usage("tables");
    for (k = 0; (i = tables_edition_at(t, k)); k++, before = i) {
        struct err e = {0};

        result = cmd_worse(result, check_gap(before, i, o->json));
        if (canary_edition(t, i, &e) != 0) {
            say_check(i, "canary", e.text, o->json);
            result = EXIT_FOUND;
        }
    }
    fprintf(stderr, "%zu editions: hashes and order of rows are right, no periods overlap%s\n", k,
            result ? "" : ", none is missing between two");
    return result;
}

/* diff - in its own file */
static int diff(const struct tables *t, int n, char **args, const struct tables_options *o)
{
    return n == 3 ? tables_diff(t, args[0], args[1], args[2], o->json) : cmd_usage("tables");
}

struct verb {
    const char *name;
    int least, most; /* arguments */
    int (*run)(const struct tables *t, int n, char **args, const struct tables_options *o);
};

static const struct verb verbs[] = {{"list", 0, 0, list},
                                    {"get", 2, 3, tables_get},
                                    {"save", 1, 1, save},
                                    {"check", 0, 0, check},
                                    {"diff", 3, 3, diff}};

/* load - files, not tables */
static int load(int n, char **files, const struct tables_options *o)
{
    struct tables_load l = {.kind = o->kind,
                            .from = o->from,
                            .to = o->to,
                            .edition = o->name,
                            .dir = o->dir,
                            .json = o->json,
                            .part = o->part};

    return n > 0 ? tables_load(n, files, &l) : cmd_usage("tables");
}

/* cmd_tables - options, then the verb */
int cmd_tables(int argc, char **argv)
{
    struct tables_options o = {0};
    const struct cmd_option rows[] = {
        {"--json", &o.json, NULL}, {"--tables", NULL, &o.dir}, {"--on", NULL, &o.on},
        {"--kind", NULL, &o.kind}, {"--from", NULL, &o.from},  {"--to", NULL, &o.to},
        {"--name", NULL, &o.name}, {"--part", &o.part, NULL},  {NULL, NULL, NULL}};
    int n = cmd_options(argc, argv, rows), result = EXIT_USAGE;
    struct tables *t;

    if (n < 1)
        return n < 0 ? EXIT_USAGE : cmd_usage("tables");
    if (strcmp(argv[1], "load") == 0)
        return load(n - 1, argv + 2, &o);
    for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
        if (strcmp(argv[1], verbs[i].name) != 0)
            continue;
        /* wrong usage is said before anything is looked for */
        if (n - 1 < verbs[i].least || n - 1 > verbs[i].most || (o.on && !date_parse(o.on)))
            break;
        t = cmd_tables_open(o.dir);
        result = t ? verbs[i].run(t, n - 1, argv + 2, &o) : EXIT_GONE;
        tables_free(t);
        return result;
    }
    return cmd_usage("tables");
}
