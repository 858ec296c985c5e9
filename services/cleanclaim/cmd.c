/* cmd.c - what the subcommands share: options, JSON lines, failing */
#include "services/cleanclaim/cmd.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/date.h"
#include "common/codes/codes.h"
#include "common/store/store.h"

/* take - one option at argv[*i]; false: it is none of the rows or lacks its value */
static bool take(int argc, char **argv, int *i, const struct cmd_option *o)
{
    const char *equals = strchr(argv[*i], '=');
    size_t n = equals ? (size_t)(equals - argv[*i]) : strlen(argv[*i]);

    for (; o->name; o++) {
        if (strlen(o->name) != n || strncmp(o->name, argv[*i], n) != 0)
            continue;
        if (o->on && !equals) {
            *o->on = true;
            return true;
        }
        if (!o->value || (!equals && *i + 1 >= argc))
            return false;
        *o->value = equals ? equals + 1 : argv[++*i];
        return true;
    }
    return false;
}

/* cmd_options - options out, arguments to the front */
int cmd_options(int argc, char **argv, const struct cmd_option *options)
{
    int left = 0;
    bool only_arguments = false;

    for (int i = 1; i < argc; i++) {
        if (!only_arguments && strcmp(argv[i], "--") == 0) {
            only_arguments = true;
        } else if (only_arguments || argv[i][0] != '-' || strcmp(argv[i], "-") == 0) {
            argv[++left] = argv[i];
        } else if (!take(argc, argv, &i, options)) {
            fprintf(stderr, "error: %s: no such option, or its value is missing\n", argv[i]);
            cmd_usage(argv[0]);
            return -1;
        }
    }
    return left;
}

/* cmd_usage - the row's usage */
int cmd_usage(const char *name)
{
    for (const struct cmd *c = cmd_list; c->name; c++)
        if (strcmp(c->name, name) == 0)
            fprintf(stderr, "usage: cleanclaim %s %s\n", c->name, c->usage);
    return EXIT_USAGE;
}

/* cmd_worse - of two exit codes */
int cmd_worse(int a, int b)
{
    return a > b ? a : b;
}

/* cmd_json - one line */
void cmd_json(json_t *value)
{
    json_dumpf(value, stdout, JSON_COMPACT | JSON_REAL_PRECISION(15));
    putchar('\n');
    json_decref(value);
}

/* cmd_json_date - or null */
json_t *cmd_json_date(int32_t ymd)
{
    char text[DATE_TEXT];

    return ymd ? json_string(date_text(ymd, text)) : json_null();
}

/* cmd_json_text - or null */
json_t *cmd_json_text(const char *s)
{
    return str_empty(s) ? json_null() : json_string(s);
}

/* cmd_json_code - ICD-10-CM with its dot */
json_t *cmd_json_code(const char *system_word, const char *code)
{
    char shown[16];

    if (strcmp(system_word, "icd10cm") == 0 && strlen(code) <= 8)
        return json_string(icd10cm_display(code, shown));
    return cmd_json_text(code);
}

/* cmd_fail - say it, and with which code to leave */
int cmd_fail(const struct err *e)
{
    fprintf(stderr, "error: %s\n", e->text);
    if (strcmp(e->code, "setting") == 0)
        return EXIT_USAGE;
    return e->class == ERR_RETRY ? EXIT_GONE : EXIT_FOUND;
}

/* cmd_conf - settings, or why not */
struct conf *cmd_conf(const struct conf_row *const *tables)
{
    struct err e = {0};
    struct conf *c = conf_load(tables, &e);

    if (!c)
        cmd_fail(&e);
    return c;
}

/* from_store - all that is published in Redis */
static struct tables *from_store(struct err *e)
{
    const struct conf_row *const rows[] = {store_settings, NULL};
    struct conf *c = conf_load(rows, e);
    struct store *s = c ? store_new(c, e) : NULL;
    int64_t epoch;
    struct tables *t = s ? store_load(s, NULL, &epoch, e) : NULL;

    store_free(s);
    conf_free(c);
    return t;
}

/* cmd_tables_open - from a folder or from Redis */
struct tables *cmd_tables_open(const char *dir)
{
    struct err e = {0};
    struct tables *t;

    if (!dir) {
        t = from_store(&e);
    } else {
        t = tables_new();
        if (t && tables_add_folder(t, dir, &e) != 0) {
            tables_free(t);
            t = NULL;
        }
    }
    if (!t)
        cmd_fail(&e);
    return t;
}
