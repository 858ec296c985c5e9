/* hac.c - hospital-acquired conditions: which secondary diagnoses lose their severity in the final
 * DRG */
#include "common/drg/def.h"

/* has_poa - a present-on-admission that says something */
static bool has_poa(char poa)
{
    return poa == 'Y' || poa == 'N' || poa == 'U' || poa == 'W';
}

/* holds - is the condition of a HAC true of the claim? Evaluated as MDC 0 sees it. */
static bool holds(const struct stay *s, unsigned hac)
{
    for (size_t i = 0; i < s->d->n_hacs; i++)
        if (s->d->hacs[i].hac == hac && run(s->d, s->d->hacs[i].start, s->visible))
            return true;
    return false;
}

/* judge - one diagnosis and one HAC */
static enum drg_hac judge(const struct stay *s, size_t i, unsigned hac)
{
    char poa = s->c->dx[i].poa;

    if (s->c->poa_exempt)
        return DRG_HAC_EXEMPT;
    if (poa == 'Y' || poa == 'W')
        return DRG_HAC_PRESENT;
    if (s->excluded[i] != DRG_COUNTS)
        return DRG_HAC_EXCLUDED;
    return holds(s, hac) ? DRG_HAC_MET : DRG_HAC_CONDITIONS;
}

/* judge_dx - of several HACs one that is met, number 6 last, else the first */
static void judge_dx(struct stay *s, size_t i)
{
    for (unsigned hac = 1; hac < HAC_MAX; hac++) {
        enum drg_hac why;

        if (!(s->dx[i]->hacs >> hac & 1))
            continue;
        why = judge(s, i, hac);
        if (s->hac[i] &&
            (why != DRG_HAC_MET || (s->hac_why[i] == DRG_HAC_MET && s->hac[i] != HAC_CATHETER)))
            continue;
        s->hac[i] = (uint8_t)hac;
        s->hac_why[i] = (uint8_t)why;
    }
}

/* is_met - a diagnosis by HAC 6, or by another */
static bool is_met(const struct stay *s, size_t i, bool catheter)
{
    return s->hac_why[i] == DRG_HAC_MET && (s->hac[i] == HAC_CATHETER) == catheter;
}

/* settle_catheter - codes that only show the catheter need an infection that was acquired here */
static void settle_catheter(struct stay *s)
{
    for (size_t i = 1; i < s->c->n_dx; i++)
        if (is_met(s, i, true) && !(s->dx[i]->flags & DX_HAC_SHOW))
            return;
    for (size_t i = 1; i < s->c->n_dx; i++)
        if (is_met(s, i, true))
            s->hac_why[i] = DRG_HAC_NO_CAUSE;
}

/* lacks_poa - a missing POA that could change the DRG: beside a met HAC, or of the met HAC 6 itself
 */
static bool lacks_poa(const struct stay *s)
{
    bool other = false;

    for (size_t i = 1; i < s->c->n_dx; i++)
        other = other || is_met(s, i, false);
    for (size_t i = 1; i < s->c->n_dx; i++)
        if (s->hac[i] && s->excluded[i] == DRG_COUNTS && !has_poa(s->c->dx[i].poa) &&
            (other || is_met(s, i, true)))
            return true;
    return false;
}

/* hac_judge - all of them */
bool hac_judge(struct stay *s)
{
    bool listed = false;

    for (size_t i = 1; i < s->c->n_dx; i++)
        listed = listed || (s->dx[i] && s->dx[i]->hacs);
    if (!listed)
        return false;
    stay_see(s, 0);
    for (size_t i = 1; i < s->c->n_dx; i++)
        if (s->dx[i] && s->dx[i]->hacs)
            judge_dx(s, i);
    settle_catheter(s);
    for (size_t i = 1; i < s->c->n_dx; i++)
        s->met = s->met || s->hac_why[i] == DRG_HAC_MET;
    return !s->c->poa_exempt && lacks_poa(s);
}
