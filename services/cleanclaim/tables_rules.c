/* tables_rules.c - the test claims of the payers' rules, run before anything is published: over
 * what would be in force afterwards. A test that fails keeps all of the site's own files as they
 * were. */
#include <string.h>

#include "services/cleanclaim/tables_cmd.h"
#include "services/validator/validator.h"

/* The tables that rules and their tests rest on. */
static const enum table_id resting[] = {TABLE_PAYERS,           TABLE_PAYER_RULES,
                                        TABLE_PAYER_RULE_TESTS, TABLE_COVERAGE_POLICY,
                                        TABLE_AUTHORIZATIONS,   TABLE_PROVIDERS};

enum { RESTING = sizeof(resting) / sizeof(resting[0]) };

/* rests - is the table one of them */
static bool rests(enum table_id t)
{
    for (size_t i = 0; i < RESTING; i++)
        if (resting[i] == t)
            return true;
    return false;
}

/* changes - does the step bring other rows */
static bool changes(const struct plan_step *s)
{
    return s->what == PLAN_ADDED || s->what == PLAN_CHANGED;
}

/* replaced - will the published edition be gone */
static bool replaced(const struct plan *p, const char *sha256)
{
    for (size_t i = 0; i < p->n; i++)
        if ((p->steps[i].what == PLAN_CHANGED && strcmp(p->steps[i].old_sha256, sha256) == 0) ||
            (p->steps[i].what == PLAN_REMOVED && strcmp(p->steps[i].sha256, sha256) == 0))
            return true;
    return false;
}

/* after - the tables that would be in force; NULL: an edition does not open, *e says why */
static struct tables *after(const struct tables *now, const struct plan *p, struct err *e)
{
    struct tables *t = tables_new();
    const struct edition_info *x;
    bool good = t != NULL;

    for (size_t i = 0; good && (x = tables_edition_at(now, i)); i++)
        if (rests(x->table) && !replaced(p, x->sha256))
            good = tables_share(t, now, x->table, x->sha256, e);
    for (size_t i = 0; good && i < p->n; i++)
        if (rests(p->steps[i].head.table) && changes(&p->steps[i]))
            good = tables_add(t, p->steps[i].bytes.data, p->steps[i].bytes.len, e) == 0;
    if (good)
        return t;
    tables_free(t);
    return NULL;
}

/* leave_out - the steps of these tables are not taken */
static void leave_out(struct plan *p)
{
    size_t n = 0;

    for (size_t i = 0; i < p->n; i++) {
        if (rests(p->steps[i].head.table) && p->steps[i].what != PLAN_SAME)
            buf_release(&p->steps[i].bytes);
        else
            p->steps[n++] = p->steps[i];
    }
    p->n = n;
}

/* tables_rules_with - all of them are needed once one is loaded */
void tables_rules_with(enum table_id wanted[TABLE_MAX + 1])
{
    size_t n = 0, first;
    bool any = false;

    for (; wanted[n] != TABLE_MAX; n++)
        any |= rests(wanted[n]);
    first = n;
    for (size_t i = 0; any && i < RESTING; i++) {
        bool there = false;

        for (size_t k = 0; k < first; k++)
            there |= wanted[k] == resting[i];
        if (!there)
            wanted[n++] = resting[i];
    }
    wanted[n] = TABLE_MAX;
}

/* tables_rules_try - nothing to try: nothing refused */
size_t tables_rules_try(const struct tables *now, struct plan *p, load_say say, void *arg)
{
    struct err e = {0};
    struct tables *t;
    bool any = false;
    size_t bad = 1;

    for (size_t i = 0; i < p->n; i++)
        any |= rests(p->steps[i].head.table) && changes(&p->steps[i]);
    if (!any)
        return 0;
    t = after(now, p, &e);
    if (t)
        bad = validator_rule_tests(t, say, arg);
    else
        say(arg, &e);
    tables_free(t);
    if (bad)
        leave_out(p);
    return bad;
}
