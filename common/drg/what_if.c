/* what_if.c - the stay grouped again without each code: what carries the DRG, and what an auditor
 * would ask for */
#include "common/drg/def.h"

#include <string.h>

/* without_dx - the DRG when a secondary diagnosis were not there */
static unsigned without_dx(const struct drg *d, const struct drg_claim *c, size_t i)
{
    struct drg_dx dx[DRG_DX_MAX];
    struct drg_claim less = *c;
    struct drg_result r;

    memcpy(dx, c->dx, i * sizeof(*dx));
    memcpy(dx + i, c->dx + i + 1, (c->n_dx - i - 1) * sizeof(*dx));
    less.dx = dx;
    less.n_dx = c->n_dx - 1;
    return drg_group(d, &less, &r, NULL) == 0 ? r.final.drg : 0;
}

/* without_px - the DRG when a procedure were not there */
static unsigned without_px(const struct drg *d, const struct drg_claim *c, size_t i)
{
    const char *px[DRG_PX_MAX];
    struct drg_claim less = *c;
    struct drg_result r;

    for (size_t k = 0; k + 1 < c->n_px; k++)
        px[k] = c->px[k < i ? k : k + 1];
    less.px = px;
    less.n_px = c->n_px - 1;
    return drg_group(d, &less, &r, NULL) == 0 ? r.final.drg : 0;
}

/* drg_other_poa - see drg.h */
char drg_other_poa(char poa)
{
    return poa == 'Y' || poa == 'W' ? 'N' : 'Y';
}

/* drg_with_poa - see drg.h */
unsigned drg_with_poa(const struct drg *d, const struct drg_claim *c, size_t i, char poa)
{
    struct drg_dx dx[DRG_DX_MAX];
    struct drg_claim other = *c;
    struct drg_result r;

    if (i >= c->n_dx || claim_fits(c, NULL) != 0)
        return 0;
    memcpy(dx, c->dx, c->n_dx * sizeof(*dx));
    dx[i].poa = poa;
    other.dx = dx;
    return drg_group(d, &other, &r, NULL) == 0 ? r.final.drg : 0;
}

/* drg_with_principal - see drg.h */
unsigned drg_with_principal(const struct drg *d, const struct drg_claim *c, size_t i)
{
    struct drg_dx dx[DRG_DX_MAX];
    struct drg_claim other = *c;
    struct drg_result r;

    if (i >= c->n_dx || claim_fits(c, NULL) != 0)
        return 0;
    dx[0] = c->dx[i];
    memcpy(dx + 1, c->dx, i * sizeof(*dx));
    memcpy(dx + 1 + i, c->dx + i + 1, (c->n_dx - i - 1) * sizeof(*dx));
    other.dx = dx;
    return drg_group(d, &other, &r, NULL) == 0 && r.final.ret == DRG_OK ? r.final.drg : 0;
}

/* driver - a diagnosis whose loss changes the DRG: the one of the severity, else the first */
static int driver(const struct drg_claim *c, const struct drg_what_if *w, unsigned drg)
{
    if (w->level_by >= 0 && w->dx_drg[w->level_by] != drg)
        return w->level_by;
    for (size_t i = 1; i < c->n_dx; i++)
        if (w->dx_drg[i] != drg)
            return (int)i;
    return -1;
}

/* drg_what_if - each code in turn */
int drg_what_if(const struct drg *d, const struct drg_claim *c, struct drg_what_if *out,
                struct err *e)
{
    struct stay s;
    struct drg_result r;

    if (claim_fits(c, e) != 0)
        return -1;
    memset(out, 0, sizeof(*out));
    out->level_by = out->level_next = -1;
    stay_look(&s, d, c);
    group_stay(&s, &r);
    if (r.final.ret == DRG_OK) {
        unsigned suppress = d->formulas[r.final.path[r.final.n_path - 1]].suppress;

        out->level_by = stay_level_by(&s, suppress, -1);
        out->level_next = stay_level_by(&s, suppress, out->level_by);
    }
    for (size_t i = 1; i < c->n_dx; i++)
        out->dx_drg[i] = without_dx(d, c, i);
    for (size_t i = 0; i < c->n_px; i++)
        out->px_drg[i] = without_px(d, c, i);
    out->single_driver = driver(c, out, r.final.drg);
    return 0;
}
