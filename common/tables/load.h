/* load.h - official files and our own CSV to drafts of editions.
 *
 * A loader takes files one by one, finds from the content (and from the name where the content does
 * not tell) what each is, and collects the rows. Files that belong together (parts of NCCI, lists
 * of the MCE, both type-of-bill lists) become one draft. A file is refused whole, with the line and
 * what was expected, when a row does not parse, a column has moved, the number of rows is not that
 * of a full file, a canary differs, or the name's year is not the content's.
 *
 * A file whose name contains "seed" is a small table written for demos and tests: bounds and
 * canaries do not apply, and its edition's name ends in "-seed", so that nobody takes it for the
 * official one. The same freedom without the name is load_options.part, which the operator asks
 * for. */
#ifndef CC_TABLES_LOAD_H
#define CC_TABLES_LOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/err.h"
#include "common/base/str.h"
#include "common/tables/sheet.h"
#include "common/tables/tables.h"

struct load_options {
    const char *kind;    /* only this table or layout; NULL: whatever the file is */
    const char *edition; /* its name instead of the one from the file; NULL */
    int32_t from, to;    /* its period instead of the one from the file; 0 */
    bool part;           /* a part on purpose: no bounds, no canaries */
    int32_t today; /* periods that begin over two years later are refused as a wrong year; 0: no
                      check */
};

enum load_answer {
    LOAD_TAKEN,
    LOAD_IGNORED, /* known, and of no use here: addenda, documentation, codes file */
    LOAD_REFUSED,
};

struct table_loader;

struct table_loader *
table_loader_new(const struct load_options *o); /* NULL: out of memory. Keeps no pointer into o's
                                             strings' owner: they must outlive the loader. */
void table_loader_free(struct table_loader *l);

/* One file. `what` gets the layout's name, or why it is ignored (static text). ERR_REJECT with
 * LOAD_REFUSED. */
enum load_answer table_loader_add(struct table_loader *l, const char *name, const void *data,
                                  size_t n, const char **what, struct err *e);

/* Says why a table's draft was refused. */
typedef void (*load_say)(void *arg, const struct err *e);

/* Joins files to drafts and checks what can only be seen with all of them there (parts missing);
 * drafts that are refused are said and left out. Returns how many. */
size_t table_loader_finish(struct table_loader *l, load_say say, void *arg);

/* An edition to be. */
struct draft {
    struct snapshot_head head; /* from, to, rows are set by the plan */
    struct sheet sheet;
    bool official;   /* false: seed */
    unsigned groups; /* bit per group of rows it brings, for tables that come in several files
                        (plan.c keeps the others) */
    size_t files;
};

size_t table_loader_count(const struct table_loader *l);
struct draft *table_loader_draft(struct table_loader *l,
                                 size_t i); /* sorted by table and first day */

/* For `--kind` and messages: every layout's name and what it expects; NULL after the last. */
const char *load_layout_name(size_t i);

#endif
