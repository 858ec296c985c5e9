/* group.h - parts of `cleanclaim group`: one inpatient claim grouped, and how it is shown */
#ifndef CC_CLEANCLAIM_GROUP_H
#define CC_CLEANCLAIM_GROUP_H

#include "common/claim/stay.h"
#include "common/tables/msdrg.h"
#include "services/cleanclaim/cmd.h"

/* Everything that is known of a claim: arrays of the claim's arena. */
struct grouped {
    const char *source;
    const CcClaim *claim;
    struct claim_stay in;
    const struct drg *drg;
    const struct edition_info *edition;
    struct drg_result result;
    struct drg_dx_why dx[DRG_DX_MAX];
    struct drg_px_why px[DRG_PX_MAX];
    struct drg_what_if what_if;
    bool may_lead[DRG_DX_MAX]; /* secondary diagnoses that could be the principal */
    struct mce_stay mce_in;
    struct mce_hit *mce; /* edits of the Medicare Code Editor */
    size_t n_mce;
    bool mce_checked;        /* an acute stay, and the editor's table covers the day */
    struct table_row weight; /* of Table 5 */
    bool weighed;            /* it covers the day and has the DRG */
};

void group_json(const struct grouped *g);
void group_text(const struct grouped *g, const struct tables *t);
/* A claim that was not grouped, and why. */
void group_none(const char *source, const char *claim, const char *code, const char *why,
                bool json);

#endif
