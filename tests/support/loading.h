/* loading.h - files through the table loaders, for tests */
#ifndef CC_TESTS_LOADING_H
#define CC_TESTS_LOADING_H

#include "common/tables/load.h"
#include "common/tables/plan.h"

struct loading {
    struct table_loader *loader;
    struct tables *tables; /* what is published so far */
    size_t steps[PLAN_WHAT_MAX];
    size_t refused;
    struct err last;
};

void loading_begin(struct loading *l, const struct load_options *o); /* o NULL: a part, no bounds */
enum load_answer loading_add(struct loading *l, const char *name, const char *text);
enum load_answer loading_bytes(struct loading *l, const char *name, const void *p, size_t n);
/* The sample tables of deploy/seed, added and published. */
void loading_seed(struct loading *l);
/* Plans what was added and publishes it into l->tables; begins again. */
void loading_publish(struct loading *l);
void loading_end(struct loading *l);

/* One file must be refused with this code, and its text hold these words. */
void refused(const char *name, const char *text, const char *code, const char *words);

/* A file, and what must be said of it: code and words of the error. */
struct bad_file {
    const char *name, *text, *code, *words;
};
/* Each must be refused so, and nothing of it be published; kind: as --kind, or NULL. */
void refused_each(const char *kind, const struct bad_file *files, size_t n);

/* A file that must be taken, and what a column of one of its rows must say ("(absent)": no row). */
struct good_file {
    const char *name, *text;
    enum table_id table;
    const char *key, *key2;
    int32_t on;
    const char *column, *says;
};
void taken_each(const struct good_file *files, size_t n);

/* A column of the row in force, as text; "(absent)", "(no edition)". Valid until the next call. */
const char *asked(const struct tables *t, enum table_id id, const char *key, const char *key2,
                  int32_t on, const char *column);

/* Does a word stand anywhere in the snapshot's bytes? */
bool holds(const struct edition_info *i, const char *word);

#endif
