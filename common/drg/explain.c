/* explain.c - which codes the winning formulas looked at, and what became of the others */
#include "common/drg/def.h"

#include <string.h>

/* The reasons of a stay being written. */
struct reasons {
    struct stay *s;
    struct drg_dx_why *dx;
    struct drg_px_why *px;
    const struct formula *f; /* in hand */
};

static const char *const hac_names[DRG_HAC_MAX] = {
    [DRG_HAC_NOT_LISTED] = "not-listed",
    [DRG_HAC_EXEMPT] = "hospital-exempt",
    [DRG_HAC_EXCLUDED] = "excluded",
    [DRG_HAC_PRESENT] = "present-on-admission",
    [DRG_HAC_CONDITIONS] = "conditions-not-met",
    [DRG_HAC_NO_CAUSE] = "no-infection-acquired",
    [DRG_HAC_MET] = "met",
};

/* drg_hac_name - for people and JSON */
const char *drg_hac_name(enum drg_hac h)
{
    return (unsigned)h < DRG_HAC_MAX ? hac_names[h] : "";
}

/* drg_severity_name - see drg.h */
const char *drg_severity_name(enum drg_severity s)
{
    return s == DRG_MCC ? "MCC" : s == DRG_CC ? "CC" : "none";
}

/* drg_or_name - see drg.h */
const char *drg_or_name(enum drg_or k)
{
    return k == DRG_EXTENSIVE ? "extensive" : k == DRG_NON_EXTENSIVE ? "non-extensive" : "no";
}

/* drg_type_name - see drg.h */
const char *drg_type_name(enum drg_type t)
{
    return t == DRG_SURGICAL ? "surgical" : t == DRG_MEDICAL ? "medical" : "";
}

/* has - is an atom's bit set? */
static bool has(const uint64_t *set, unsigned atom)
{
    return set[atom / 64] >> atom % 64 & 1;
}

/* sees - does the MDC of the formula in hand see a procedure? */
static bool sees(const struct reasons *r, size_t i)
{
    return r->s->px[i] && !(r->f->mdc < 64 && r->s->hidden[i] >> r->f->mdc & 1);
}

/* use_px - the formula in hand rests on a procedure */
static void use_px(struct reasons *r, size_t i)
{
    if (!r->px[i].used)
        r->px[i].formula = (int)(r->f - r->s->d->formulas);
    r->px[i].used = true;
}

/* mark_severity - the code that gives it */
static void mark_severity(struct reasons *r)
{
    int by = stay_level_by(r->s, r->f->suppress, -1);

    if (by >= 0)
        r->dx[by].used = true;
}

/* mark_injuries - the diagnoses of MULTST */
static void mark_injuries(struct reasons *r)
{
    unsigned taken = 0, n = 0;

    for (size_t i = 0; i < r->s->c->n_dx && n < 2; i++) {
        unsigned open = r->s->dx[i] ? r->s->dx[i]->injuries & ~taken : 0;

        if (open) {
            taken |= open & -open;
            r->dx[i].used = true;
            n++;
        }
    }
}

/* counted - does a procedure add to a test? */
static bool counted(const struct px_def *p, unsigned test)
{
    switch (test) {
    case TEST_BILATERAL:
        return p->sides;
    case TEST_FOUR_VESSELS:
        return p->vessels;
    case TEST_FOUR_STENTS:
        return p->stents;
    case TEST_SINGLEFUSIONCTR:
        return p->fusions & (1 << FUSION_ANT | 1 << FUSION_POST);
    case TEST_MULTFUSE:
        return p->fusions & (1 << FUSION_ANT | 1 << FUSION_POST1);
    case TEST_SGLANTCTR:
        return p->fusions & 1 << FUSION_ANT;
    case TEST_SGLPOST1CTR:
        return p->fusions & 1 << FUSION_POST1;
    case TEST_SGLANTSECTXCTR:
        return p->fusions & 1 << FUSION_ANTSECTX;
    default:
        return test == TEST_SGLPOSTFUSECTR && p->fusions & 1 << FUSION_POST;
    }
}

/* mark_test - what a test rests on */
static void mark_test(struct reasons *r, unsigned test)
{
    if (test == TEST_MCC || test == TEST_CC)
        mark_severity(r);
    if (test == TEST_MULTST)
        mark_injuries(r);
    for (size_t i = 0; i < r->s->c->n_px; i++)
        if (r->s->px[i] && counted(r->s->px[i], test))
            use_px(r, i);
}

/* mark_dx - the first secondary diagnosis that brings an attribute; false: none does */
static bool mark_dx(struct reasons *r, unsigned atom)
{
    const struct stay *s = r->s;
    size_t best = 0;

    for (size_t i = 1; i < s->c->n_dx; i++)
        if (s->dx[i] && has(s->d->secondary[s->dx[i]->set], atom) &&
            (!best || stay_before(s, i, best)))
            best = i;
    if (best)
        r->dx[best].used = true;
    return best;
}

/* mark_px - the first procedure that brings an attribute; false: none does */
static bool mark_px(struct reasons *r, unsigned atom)
{
    const struct stay *s = r->s;
    size_t best = s->c->n_px;

    for (size_t i = 0; i < s->c->n_px; i++)
        if (sees(r, i) && has(s->d->procedure[s->px[i]->set], atom) &&
            (best == s->c->n_px || strcmp(s->c->px[i], s->c->px[best]) < 0))
            best = i;
    if (best == s->c->n_px)
        return false;
    use_px(r, best);
    return true;
}

/* mark_cluster - all parts of the first cluster that brings an attribute */
static void mark_cluster(struct reasons *r, unsigned atom)
{
    const struct stay *s = r->s;

    for (size_t k = 0; k < s->n_found; k++) {
        if (!has(s->d->procedure[s->d->clusters[s->found[k]].set], atom))
            continue;
        for (size_t i = 0; i < s->c->n_px; i++)
            if (s->part_of[i] == s->found[k] + 1)
                use_px(r, i);
        return;
    }
}

/* mark_atom - what a formula asked for and found */
static void mark_atom(struct reasons *r, unsigned atom)
{
    const struct stay *s = r->s;

    if (atom < TEST_MAX)
        mark_test(r, atom);
    else if (!has(s->d->principal[s->dx[0]->set], atom) && !mark_dx(r, atom) && !mark_px(r, atom))
        mark_cluster(r, atom);
}

/* holds - of a node seen through `not` */
static bool holds(const struct reasons *r, uint16_t at, bool not )
{
    const struct node *n = &r->s->d->nodes[at];

    if (n->op == NODE_ATOM)
        return has(r->s->visible, n->a) != not ;
    if (n->op == NODE_NOT)
        return holds(r, n->a, !not );
    return (n->op == NODE_AND) != not ? holds(r, n->a, not ) && holds(r, n->b, not )
                                      : holds(r, n->a, not ) || holds(r, n->b, not );
}

/* mark - of an AND both sides, of an OR the first that holds; what must be absent marks nothing */
static void mark(struct reasons *r, uint16_t at, bool not )
{
    const struct node *n = &r->s->d->nodes[at];

    if (n->op == NODE_ATOM) {
        if (!not )
            mark_atom(r, n->a);
    } else if (n->op == NODE_NOT) {
        mark(r, n->a, !not );
    } else if ((n->op == NODE_AND) != not ) {
        mark(r, n->a, not );
        mark(r, n->b, not );
    } else {
        mark(r, holds(r, n->a, not ) ? n->a : n->b, not );
    }
}

/* mark_used - by every formula on the way to the final DRG; the one that leads to the unrelated
 * procedures asks for what they ask again */
static void mark_used(struct reasons *r, const struct drg_answer *a)
{
    if (a->ret != DRG_OK)
        return;
    r->dx[0].used = true;
    for (size_t i = 0; i < a->n_path; i++) {
        r->f = &r->s->d->formulas[a->path[i]];
        if (r->f->reroute_mdc == MDC_UNRELATED)
            continue;
        stay_see(r->s, r->f->mdc);
        weigh_for(r->s, r->f);
        mark(r, r->f->root, false);
    }
}

/* tell_dx - what the definitions and the stay say of one diagnosis */
static void tell_dx(const struct stay *s, size_t i, struct drg_dx_why *out)
{
    *out = (struct drg_dx_why){.known = s->dx[i] != NULL};
    if (!s->dx[i])
        return;
    out->severity = (enum drg_severity)s->dx[i]->severity;
    out->excluded = (enum drg_excluded)s->excluded[i];
    out->hac = s->hac[i];
    out->hac_why = (enum drg_hac)s->hac_why[i];
}

/* tell_px - of one procedure */
static void tell_px(const struct stay *s, size_t i, struct drg_px_why *out)
{
    *out = (struct drg_px_why){.known = s->px[i] != NULL, .formula = DRG_NO_FORMULA};
    if (!s->px[i])
        return;
    out->kind = (enum drg_or)s->px[i]->kind;
    if (s->part_of[i])
        memcpy(out->cluster, s->d->clusters[s->part_of[i] - 1].name, sizeof(out->cluster));
}

/* drg_explain - grouped, then told */
int drg_explain(const struct drg *d, const struct drg_claim *c, struct drg_result *out,
                struct drg_dx_why *dx, struct drg_px_why *px, struct err *e)
{
    struct stay s;
    struct reasons r = {&s, dx, px, NULL};

    if (claim_fits(c, e) != 0)
        return -1;
    stay_look(&s, d, c);
    group_stay(&s, out);
    for (size_t i = 0; i < c->n_dx; i++)
        tell_dx(&s, i, &dx[i]);
    for (size_t i = 0; i < c->n_px; i++)
        tell_px(&s, i, &px[i]);
    mark_used(&r, &out->final);
    return 0;
}
