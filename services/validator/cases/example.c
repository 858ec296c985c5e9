/* example.c - cases as examples: for the unit test and for `cleanclaim edits explain` */
#include "services/validator/cases/case.h"

#include <string.h>

/* case_at - the i-th case of an edit, or NULL */
static const struct edit_case *case_at(const char *id, size_t i)
{
    for (const struct edit_case *const *list = case_lists; *list; list++)
        for (const struct edit_case *c = *list; c->id; c++)
            if (strcmp(c->id, id) == 0 && i-- == 0)
                return c;
    return NULL;
}

/* validator_example_at - as the header has it */
bool validator_example_at(const char *id, size_t i, struct validator_example *out)
{
    const struct edit_case *c = case_at(id, i);

    if (!c)
        return false;
    *out = (struct validator_example){
        .fires = c->fires,
        .base = c->base == 'P'   ? "professional"
                : c->base == 'I' ? "inpatient"
                                 : "outpatient",
        .changes = c->changes,
        .what = c->what,
        .also = c->also ? c->also : "",
        .row = c,
    };
    return true;
}

/* own_fingerprints - "@own" on a remembered line stands for the claim's own */
static void own_fingerprints(const CcClaim *claim, struct case_options *o, struct arena *a)
{
    const char *own = validator_fingerprint(claim, a);

    for (size_t i = 0; own && i < o->n_history; i++)
        if (strcmp(o->history[i]->fingerprint, "@own") == 0)
            o->history[i]->fingerprint = arena_strdup(a, own);
}

/* case_run - one case, all edits */
int case_run(const struct edit_case *c, const struct tables *t, struct arena *a,
             struct validator_result *out, struct err *e)
{
    struct case_options o;
    CcClaim *claim = case_claim(c->base, a, &o, e);
    struct validator_options options = {0};

    if (!claim || case_change(claim, &o, c->changes, a, e) != 0)
        return -1;
    own_fingerprints(claim, &o, a);
    options.received_date = o.received_date;
    options.warn_days = o.warn_days;
    options.history = (const CcBilledLine *const *)o.history;
    options.n_history = o.n_history;
    options.syntax = o.syntax;
    options.n_syntax = o.n_syntax;
    return validator_check(claim, t, &options, a, out, e);
}

/* case_drops - the table that a case takes away */
enum table_id case_drops(const struct edit_case *c)
{
    const char *at = strstr(c->changes, "@drop=");
    char name[64];
    size_t n = at ? strcspn(at + 6, ";") : 0;

    if (!at || n >= sizeof(name))
        return TABLE_MAX;
    memcpy(name, at + 6, n);
    name[n] = '\0';
    return table_by_name(name);
}

/* validator_example_run - with tables of its own */
int validator_example_run(const struct validator_example *x, struct arena *a,
                          struct validator_result *out, struct err *e)
{
    struct tables *t = case_tables(case_drops(x->row), e);
    int r = t ? case_run(x->row, t, a, out, e) : -1;

    /* findings keep no pointer into the tables: what they quote is copied */
    tables_free(t);
    return r;
}
