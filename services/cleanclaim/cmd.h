/* cmd.h - the operator's command: a row per subcommand, and what they share.
 *
 * Exit codes (cli.md): 0 all well, 1 something was found, refused or not there, 2 wrong usage or
 * setting, 3 the environment is not there. With --json stdout carries JSON Lines and nothing else;
 * everything for people about trouble goes to stderr. */
#ifndef CC_CLEANCLAIM_CMD_H
#define CC_CLEANCLAIM_CMD_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "common/base/err.h"
#include "common/base/str.h"
#include "common/sys/conf.h"
#include "common/tables/tables.h"
#include "services/cleanclaim/stream.h"

enum { EXIT_FOUND = 1, EXIT_USAGE = 2, EXIT_GONE = 3 };

struct cmd {
    const char *name;
    const char *usage;                 /* the arguments, "FILE... [--json]" */
    const char *sentence;              /* one line */
    int (*run)(int argc, char **argv); /* argv[0] is the subcommand's name */
};

extern const struct cmd cmd_list[]; /* ends with a row without name */

/* Options of a subcommand, as rows: a switch (value NULL) or one with a value. Everything else is
 * an argument. */
struct cmd_option {
    const char *name;   /* "--json"; the list ends with a row without name */
    bool *on;           /* a switch */
    const char **value; /* the last one given */
};

/* Parses argv in place. Returns the number of arguments left (argv[1] …), or -1 after saying what
 * is wrong (exit 2). */
int cmd_options(int argc, char **argv, const struct cmd_option *options);
int cmd_usage(
    const char *name); /* prints the usage row of a subcommand to stderr; returns EXIT_USAGE */

/* What a FILE is, from its content. */
enum cmd_kind { CMD_X12, CMD_HL7, CMD_FHIR, CMD_NOTE, CMD_KIND_MAX };
enum cmd_kind cmd_sniff(const void *p, size_t n);
/* --as x12|hl7|fhir|note; NULL: not given, CMD_KIND_MAX, each file by its content. False: not one
 * of them. */
bool cmd_kind_given(const char *as, enum cmd_kind *kind);

struct cmd_file {
    const char *name; /* as shown: path, "archive.zip/member", "-" */
    const void *data;
    size_t size;
};

enum { CMD_MAX_FILE = 1 << 30 };

/* Calls fn for every file: a folder is walked (sorted, dot files skipped), .gz and .zip are opened,
 * "-" is standard input. A file that cannot be read is said on stderr and makes the result
 * EXIT_GONE; the others are still handed over. fn returns an exit code; the result is the worst of
 * all (3 > 2 > 1 > 0). */
typedef int (*cmd_file_fn)(void *arg, const struct cmd_file *f);
int cmd_files(int n, char **paths, cmd_file_fn fn, void *arg);
/* The same for what need not be in memory as a whole; its first bytes are read. */
typedef int (*cmd_stream_fn)(void *arg, struct cmd_stream *s);
int cmd_streams(int n, char **paths, cmd_stream_fn fn, void *arg);
int cmd_worse(int a, int b);

/* A JSON value as one line on stdout; takes the reference. */
void cmd_json(json_t *value);
/* JSON helpers: date as "2026-03-01" or null; text or null when empty; money as integer. */
json_t *cmd_json_date(int32_t ymd);
json_t *cmd_json_text(const char *s);
json_t *cmd_json_code(const char *system_word,
                      const char *code); /* with its usual dot for icd10cm */

/* "error: …" on stderr; returns EXIT_GONE for ERR_RETRY, EXIT_USAGE for code "setting", else
 * EXIT_FOUND. */
int cmd_fail(const struct err *e);

/* Settings for the command: store, bus and intake rows from the environment; NULL after saying why.
 */
struct conf *cmd_conf(const struct conf_row *const *tables);
/* Code tables from --tables DIR, or from REDIS_URL when dir is NULL; NULL after saying why (exit
 * 3). */
struct tables *cmd_tables_open(const char *dir);

/* One a subcommand, each in its own cmd_NAME.c. */
int cmd_tables(int argc, char **argv);
int cmd_audit(int argc, char **argv);
int cmd_topics(int argc, char **argv);
int cmd_routes(int argc, char **argv);
int cmd_encounter(int argc, char **argv);
int cmd_code(int argc, char **argv);
int cmd_rules(int argc, char **argv);
int cmd_validate(int argc, char **argv);
int cmd_edits(int argc, char **argv);
int cmd_lookup(int argc, char **argv);
int cmd_group(int argc, char **argv);
int cmd_price(int argc, char **argv);
int cmd_hcc(int argc, char **argv);
int cmd_render(int argc, char **argv);
int cmd_x12(int argc, char **argv);
int cmd_remit(int argc, char **argv);
int cmd_status(int argc, char **argv);
int cmd_send(int argc, char **argv);
int cmd_show(int argc, char **argv);
int cmd_claims(int argc, char **argv);
int cmd_report(int argc, char **argv);
int cmd_dead(int argc, char **argv);
int cmd_review(int argc, char **argv);
int cmd_watch(int argc, char **argv);

#endif
