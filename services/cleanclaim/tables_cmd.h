/* tables_cmd.h - what the files of `cleanclaim tables` share */
#ifndef CC_CLEANCLAIM_TABLES_CMD_H
#define CC_CLEANCLAIM_TABLES_CMD_H

#include "services/cleanclaim/cmd.h"

#include "common/tables/kind.h"
#include "common/tables/plan.h"
#include "common/tables/tables.h"

/* load: argv[1] to argv[n] are files. */
struct tables_load {
    const char *kind, *from, *to, *edition, *dir;
    bool json, part;
};
int tables_load(int n, char **files, const struct tables_load *o);

/* Adds to the tables of a load what the tests of payers' rules rest on besides. */
void tables_rules_with(enum table_id wanted[TABLE_MAX + 1]);
/* Runs those tests over what would be published; one that fails is said, and the steps of the
 * site's own files are taken out of the plan. Returns how many failed. */
size_t tables_rules_try(const struct tables *now, struct plan *p, load_say say, void *arg);

/* Options of all verbs. */
struct tables_options {
    bool json, part;
    const char *dir, *on, *kind, *from, *to, *name;
};

/* get TABLE CODE [CODE2]; args holds n of them */
int tables_get(const struct tables *t, int n, char **args, const struct tables_options *o);

/* diff TABLE EDITION1 EDITION2 */
int tables_diff(const struct tables *t, const char *table, const char *before, const char *after,
                bool json);

/* One row's columns by their types; the keys are not among them. */
json_t *tables_row_json(const struct table_row *r);
/* Key n as people write it. */
json_t *tables_key_json(const struct table_row *r, int n);

/* An edition by name; NULL after saying so. */
const struct edition_info *tables_named(const struct tables *t, enum table_id id,
                                        const char *edition);

#endif
