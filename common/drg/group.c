/* group.c - the two passes: initial, and final without the severity of what the hospital caused */
#include "common/drg/def.h"

#include <string.h>

static const char *const return_names[DRG_RETURN_MAX] = {
    [DRG_OK] = "OK",
    [DRG_INVALID_PDX] = "INVALID_PDX",
    [DRG_DX_CANNOT_BE_PDX] = "DX_CANNOT_BE_PDX",
    [DRG_INVALID_SEX] = "INVALID_SEX",
    [DRG_INVALID_DISCHARGE_STATUS] = "INVALID_DISCHARGE_STATUS",
    [DRG_HAC_MISSING_ONE_POA] = "HAC_MISSING_ONE_POA",
    [DRG_UNGROUPABLE] = "UNGROUPABLE",
};

/* drg_return_name - for people and JSON */
const char *drg_return_name(enum drg_return r)
{
    return (unsigned)r < DRG_RETURN_MAX ? return_names[r] : "";
}

/* weigh_for - MCC, CC or NONE as the formula counts it */
void weigh_for(struct stay *s, const struct formula *f)
{
    static const uint64_t bits[] = {
        [DRG_NONE] = 1ull << TEST_NONE, [DRG_CC] = 1ull << TEST_CC, [DRG_MCC] = 1ull << TEST_MCC};

    s->visible[0] &= ~(uint64_t)TEST_SEVERITIES;
    s->visible[0] |= bits[stay_severity(s, f->suppress)];
}

/* worth - the formulas of a word of which an attribute is there */
static uint64_t worth(const struct stay *s, size_t word)
{
    const uint64_t *triggers = s->d->triggers[word];
    uint64_t found = s->d->always[word];

    for (size_t w = 0; w < s->d->atom_words; w++)
        for (uint64_t bits = s->visible[w]; bits; bits &= bits - 1)
            found |= triggers[w * 64 + (size_t)__builtin_ctzll(bits)];
    return found;
}

/* first_true - of an MDC, in ascending rank; -1: none */
static int first_true(struct stay *s, unsigned mdc)
{
    const struct mdc_range *r = &s->d->mdcs[mdc];

    stay_see(s, mdc);
    for (size_t word = r->word; word < (size_t)r->word + r->words; word++)
        for (uint64_t bits = worth(s, word); bits; bits &= bits - 1) {
            int at = (int)(word * 64 + (size_t)__builtin_ctzll(bits));
            const struct formula *f = &s->d->formulas[at];

            if (f->severity)
                weigh_for(s, f);
            if (run(s->d, f->start, s->visible))
                return at;
        }
    return DRG_NO_FORMULA;
}

/* refuse - no DRG, and why */
static void refuse(struct drg_answer *a, enum drg_return ret)
{
    *a = (struct drg_answer){.drg = DRG_UNGROUPED, .ret = ret};
}

/* decide - by a formula with a DRG */
static void decide(const struct stay *s, struct drg_answer *a, const struct formula *f,
                   unsigned mdc)
{
    a->drg = f->drg;
    a->base_drg = f->base_drg;
    a->mdc = mdc;
    a->type = (enum drg_type)f->type;
    a->ret = DRG_OK;
    a->severity = stay_severity(s, f->suppress);
}

/* pass - pre-MDC, then the MDC that it or the principal names; 29 keeps the MDC that is reported */
static void pass(struct stay *s, struct drg_answer *a)
{
    unsigned ask = 0, reported = s->mdc;

    a->n_path = 0;
    for (int step = 0; step < DRG_PATH_MAX; step++) {
        int at = first_true(s, ask);
        const struct formula *f = at < 0 ? NULL : &s->d->formulas[at];

        if (f)
            a->path[a->n_path++] = at;
        if (f && f->drg) {
            decide(s, a, f, reported);
            return;
        }
        if (f && !f->reroute_mdc) {
            refuse(a, (enum drg_return)f->ret);
            return;
        }
        if (!f && (step || ask))
            break;
        if (f && f->reroute_mdc != MDC_UNRELATED)
            reported = f->reroute_mdc;
        ask = f ? f->reroute_mdc : reported;
    }
    refuse(a, DRG_UNGROUPABLE);
}

/* claim_fits - not more codes than there is room for */
int claim_fits(const struct drg_claim *c, struct err *e)
{
    if (c->n_dx <= DRG_DX_MAX && c->n_px <= DRG_PX_MAX)
        return 0;
    return err_set(e, ERR_REJECT, "size", "over %d diagnoses or %d procedures", DRG_DX_MAX,
                   DRG_PX_MAX);
}

/* group_stay - a refusal of the initial pass ends everything */
void group_stay(struct stay *s, struct drg_result *out)
{
    pass(s, &out->initial);
    if (out->initial.ret != DRG_OK) {
        out->final = out->initial;
        return;
    }
    if (hac_judge(s)) {
        refuse(&out->final, DRG_HAC_MISSING_ONE_POA);
        return;
    }
    if (!s->met) {
        out->final = out->initial;
        return;
    }
    stay_weigh(s);
    pass(s, &out->final);
}

/* drg_group - the DRG alone */
int drg_group(const struct drg *d, const struct drg_claim *c, struct drg_result *out, struct err *e)
{
    struct stay s;

    if (claim_fits(c, e) != 0)
        return -1;
    stay_look(&s, d, c);
    group_stay(&s, out);
    return 0;
}

/* drg_formula - as its file has it */
struct drg_formula_view drg_formula(const struct drg *d, int formula)
{
    const struct formula *f = &d->formulas[formula];

    return (struct drg_formula_view){f->mdc, f->rank, f->base_drg, f->drg, d->texts + f->text};
}
