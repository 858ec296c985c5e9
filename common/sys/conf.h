/* conf.h - settings are rows: name, type, default, bounds, help; the values come from the
 * environment only.
 *
 * conf_load reads every row; a value that does not fit stops with the row's name (ERR_FATAL, code
 * "setting"). A row of type CONF_SECRET takes NAME_FILE only (the file's first line): NAME itself
 * in the environment stops the program, and the value is never printed. */
#ifndef CC_SYS_CONF_H
#define CC_SYS_CONF_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "common/base/err.h"

enum conf_type { CONF_TEXT, CONF_NUMBER, CONF_SWITCH, CONF_WORD, CONF_SECRET };

struct conf_row {
    const char *name; /* "HTTP_PORT"; a table ends with a row without name */
    enum conf_type type;
    const char *fallback; /* default; NULL: must be given */
    int64_t min, max;     /* CONF_NUMBER */
    const char *words;    /* CONF_WORD: "exactly_once at_least_once" */
    const char *help;     /* one line */
};

enum { CONF_TABLES_MAX = 8 };

struct conf;

/* Reads all rows of up to CONF_TABLES_MAX tables (NULL-ended list) from the environment. */
struct conf *conf_load(const struct conf_row *const *tables, struct err *e);
void conf_free(struct conf *c); /* accepts NULL */

/* Value of a row; asking for a name that no table has is a bug and aborts. */
const char *conf_text(const struct conf *c, const char *name); /* never NULL */
int64_t conf_number(const struct conf *c, const char *name);
bool conf_switch(const struct conf *c, const char *name); /* "1 true yes on" / "0 false no off" */
bool conf_is(const struct conf *c, const char *name, const char *word);
/* A text of blank separated rows KEY=VALUE, each given to fn, which may write to both and answers
 * NULL or what is wrong with the row. -1: ERR_FATAL "setting", with what is `wanted`. */
int conf_rows(const struct conf *c, const char *name, const char *wanted,
              const char *(*fn)(void *arg, char *key, char *value), void *arg, struct err *e);

/* Replaces a value in memory, checked like one from the environment (tests, the operator's
 * command). */
int conf_set(struct conf *c, const char *name, const char *value, struct err *e);

/* sha256 over all names and values but those of secrets, in 64 hex digits and a zero: the same
 * settings have the same digest. */
const char *conf_digest(const struct conf *c, char out[65]);

/* Prints the rows: aligned for people, or as rows of a Markdown table for the README. */
void conf_help(FILE *f, const struct conf_row *const *tables, bool markdown);

#endif
