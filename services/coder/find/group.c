/* group.c - a stay whose payment group rests on one secondary diagnosis that the record says once
 *
 * The grouper is asked what the stay would be without each diagnosis; no rule asks what a group
 * pays. Only where the record has notes: without them every diagnosis is said once. */
#include <stdlib.h>
#include <string.h>

#include "common/base/str.h"
#include "common/tables/msdrg.h"
#include "services/coder/find/find.h"
#include "services/coder/place.h"

/* A stay as the grouper sees it, and which diagnosis stands where. */
struct stay {
    struct drg_dx dx[DRG_DX_MAX];
    struct dx *from[DRG_DX_MAX];
    const char *px[DRG_PX_MAX];
    struct drg_claim claim;
};

/* letter - of the indicator */
static char letter(CcPoa poa)
{
    static const char letters[] = {[POA_UNKNOWN] = ' ', [POA_Y] = 'Y', [POA_N] = 'N',
                                   [POA_U] = 'U',       [POA_W] = 'W', [POA_EXEMPT] = ' '};

    return (size_t)poa < sizeof(letters) ? letters[poa] : ' ';
}

/* take_dx - in the order of the claim; external causes behind the others */
static void take_dx(struct work *w, struct stay *s)
{
    for (int external = 0; external < 2; external++)
        for (uint32_t rank = 1; rank <= w->n_dx; rank++)
            for (size_t i = 0; i < w->n_dx && s->claim.n_dx < DRG_DX_MAX; i++)
                if (w->dx[i].rank == rank && w->dx[i].external == external) {
                    s->from[s->claim.n_dx] = &w->dx[i];
                    s->dx[s->claim.n_dx++] = (struct drg_dx){w->dx[i].code, letter(w->dx[i].poa)};
                }
}

/* take_px - ICD-10-PCS codes that are ready */
static void take_px(const struct work *w, struct stay *s)
{
    for (size_t i = 0; i < w->n_services && s->claim.n_px < DRG_PX_MAX; i++)
        if (w->services[i].state == SERVICE_READY &&
            w->services[i].as->code->system == CODE_SYSTEM_ICD10PCS)
            s->px[s->claim.n_px++] = w->services[i].as->code->code;
}

/* stay_of - what is coded so far */
static struct stay *stay_of(struct work *w)
{
    struct stay *s = work_array(w, 1, sizeof(*s));
    CcSex sex = w->enc->patient->sex;
    int64_t status = 0;

    if (!s)
        return NULL;
    *s = (struct stay){0};
    take_dx(w, s);
    take_px(w, s);
    str_to_i64(place_status(w), &status);
    s->claim.dx = s->dx;
    s->claim.px = s->px;
    s->claim.sex = sex == SEX_MALE ? DRG_MALE : sex == SEX_FEMALE ? DRG_FEMALE : DRG_SEX_UNKNOWN;
    s->claim.status = (int)status;
    s->claim.poa_exempt = w->place.poa_exempt;
    return s;
}

/* rule_single_driver - told, with the diagnosis as evidence */
void rule_single_driver(struct work *w, const struct rule *r)
{
    const struct drg *version = w->inpatient && w->enc->n_documents && w->coding_date
                                    ? tables_drg(w->t, w->coding_date, NULL)
                                    : NULL;
    struct stay *s = version ? stay_of(w) : NULL;
    struct drg_what_if *what = s ? work_array(w, 1, sizeof(*what)) : NULL;
    struct err e = {0};
    struct dx *d;

    if (!what || s->claim.n_dx < 2 || drg_what_if(version, &s->claim, what, &e) != 0 ||
        what->single_driver < 1)
        return;
    d = s->from[what->single_driver];
    if (d->as->n_evidence == 1)
        work_ask_about(w, r, "single-mention",
                       work_printf(w,
                                   "%s stands in one place of the record only. What does the "
                                   "record support?",
                                   d->code),
                       d->as);
}
