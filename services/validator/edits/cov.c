/* cov.c - MED-01, MED-03: is there a diagnosis that covers the service, and does the line point at
 * it
 *
 * Policies of the claim's contractor, of all contractors (NCDs), and of the payer itself, in force
 * on the line's day. A line that says with GA, GX, GY or GZ that it expects no payment is not
 * asked. */
#include <string.h>
#include <strings.h>

#include "common/tables/made.h"
#include "services/validator/edits/edits.h"
#include "services/validator/rules.h"

enum { POLICIES_MAX = 16 };

/* What the rows of one policy say of a line. */
struct verdict {
    const struct policy *policy;
    bool covered, pointed, denied; /* it lists what is covered; the line points at one of these; all
                                      that the line points at is denied */
    const struct edit_dx *other;   /* covers, and is not pointed at */
};

/* is_whom - the same, whatever the case */
static bool is_whom(const struct policy *p, const char *name)
{
    return strlen(name) == p->whom.n && strncasecmp(p->whom.p, name, p->whom.n) == 0;
}

/* is_ours - does the policy bind the claim's payer */
static bool is_ours(const struct edit_run *r, const struct policy *p,
                    const struct payer_names *names)
{
    if (p->scope == RULE_OF_ALL)
        return r->c->medicare || names->contractor[0];
    return is_whom(p, p->scope == RULE_OF_PAYER ? names->payer : names->contractor);
}

/* has_also - a policy that wants a second diagnosis has one of these on the claim */
static bool has_also(const struct edit_run *r, const struct policy *p)
{
    for (size_t i = 0; p->also.n && i < r->c->n_dx; i++)
        if (code_set_has(&p->also, r->c->dx[i].key))
            return true;
    return !p->also.n;
}

/* verdict_of - that of the policy's number; NULL: too many policies on a line */
static struct verdict *verdict_of(struct verdict *v, size_t *n, const struct policy *p)
{
    for (size_t i = 0; i < *n; i++)
        if (v[i].policy->cells.policy.n == p->cells.policy.n &&
            strncasecmp(v[i].policy->cells.policy.p, p->cells.policy.p, p->cells.policy.n) == 0)
            return &v[i];
    if (*n == POLICIES_MAX)
        return NULL;
    v[*n] = (struct verdict){.policy = p};
    return &v[(*n)++];
}

/* weigh - one row of a policy on a line */
static void weigh(const struct edit_run *r, const struct policy *p, const struct edit_line *l,
                  struct verdict *v)
{
    struct rule_claim x = {r->c, l};
    size_t pointed = 0, denied = 0;

    for (size_t i = 0; i < r->c->n_dx; i++) {
        const struct edit_dx *d = &r->c->dx[i];
        bool in = code_set_has(&p->dx, d->key), points = rule_points(&x, d);

        if (!edit_dx_reported(d))
            continue;
        pointed += points;
        denied += points && in;
        if (!p->denied && in && has_also(r, p)) {
            v->pointed |= points;
            v->other = points || v->other ? v->other : d;
        }
    }
    v->covered |= !p->denied;
    v->denied |= p->denied && pointed && denied == pointed;
}

/* judge - all policies about the line's code */
static size_t judge(struct edit_run *r, const struct policies *all, const struct edit_line *l,
                    const struct payer_names *names, struct verdict v[POLICIES_MAX])
{
    struct rule_claim x = {r->c, l};
    const struct policy *p;
    size_t cursor = 0, n = 0;

    while ((p = policies_next(all, l->key, &cursor))) {
        struct verdict *of = NULL;

        if (is_ours(r, p, names) && (!p->cells.from || l->from >= p->cells.from) &&
            (!p->cells.to || l->from <= p->cells.to) && cond_holds(&p->when, rule_fetch, &x))
            of = verdict_of(v, &n, p);
        if (of)
            weigh(r, p, l, of);
    }
    return n;
}

/* at_pointers - what is to be corrected */
static struct place at_pointers(const struct edit_run *r, const struct edit_line *l)
{
    return r->c->professional ? at_line(l, "SV107") : at_code(r, l);
}

/* tell - the policy stands in the authority */
static void tell(struct edit_run *r, const struct edit_line *l, const struct verdict *v,
                 const struct edition_info *edition, bool repoint)
{
    const struct policy_cells *c = &v->policy->cells;
    struct place p = in_edition(at_pointers(r, l), edition);
    char *authority = arena_printf(r->arena, "%.*s%s%.*s", (int)c->policy.n, c->policy.p,
                                   c->authority.n ? ": " : "", (int)c->authority.n, c->authority.p);
    CcFinding *f;

    if (repoint)
        f = edit_found(r, p, l->code,
                       "%s: %s on the claim covers it, and the line does not point at it", l->code,
                       edit_dx_shown(r, v->other));
    else
        f = edit_found(r, p, l->code, "%s: %s", l->code,
                       v->covered
                           ? "no diagnosis of the claim is among those that the policy covers"
                           : "the policy does not cover what the line points at");
    f->authority = authority ? authority : f->authority;
}

/* each_line - those whose verdict belongs to the edit in hand */
static void each_line(struct edit_run *r, bool repoint)
{
    const struct edition_info *edition;
    const struct payer_names *names;

    if (!tables_any(r->tables, TABLE_COVERAGE_POLICY) ||
        !edit_ask_table(r, TABLE_COVERAGE_POLICY, r->c->from))
        return;
    edition = edit_edition(r, TABLE_COVERAGE_POLICY, r->c->from);
    names = rule_payer_names(r);
    for (size_t i = 0; i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];
        struct verdict v[POLICIES_MAX];
        size_t n = l->key && !(l->mods & MOD_NONCOVERED)
                       ? judge(r, tables_policies(edition), l, names, v)
                       : 0;

        for (size_t k = 0; k < n; k++) {
            bool covered = v[k].covered && !v[k].pointed;

            if (covered ? repoint == (v[k].other != NULL)
                        : !repoint && !v[k].covered && v[k].denied)
                tell(r, l, &v[k], edition, repoint);
        }
    }
}

/* edit_med_01 - no diagnosis covers the service under the contractor's policy */
void edit_med_01(struct edit_run *r)
{
    each_line(r, false);
}

/* edit_med_03 - one does, and the line does not point at it */
void edit_med_03(struct edit_run *r)
{
    each_line(r, true);
}
