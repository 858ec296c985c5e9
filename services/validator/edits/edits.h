/* edits.h - every check, a function named as its edit; and what the families share */
#ifndef CC_VALIDATOR_EDITS_EDITS_H
#define CC_VALIDATOR_EDITS_EDITS_H

#include <string.h>

#include "services/validator/edit.h"

/* clang-format off */
edit_check edit_dem_01, edit_dem_02, edit_dem_03, edit_dem_04, edit_dem_05, edit_dem_07, edit_dem_08, edit_dem_09,
    edit_dem_10;
edit_check edit_idn_01, edit_idn_02, edit_idn_03, edit_idn_04, edit_idn_05, edit_idn_06, edit_idn_07, edit_idn_08, edit_idn_09, edit_idn_10;
edit_check edit_prv_01, edit_prv_02, edit_prv_03, edit_prv_04, edit_prv_06, edit_prv_07, edit_prv_09, edit_prv_10, edit_prv_11,
    edit_prv_12, edit_prv_13, edit_prv_14;
edit_check edit_cod_01, edit_cod_02, edit_cod_03, edit_cod_04, edit_cod_05, edit_cod_06, edit_cod_07, edit_cod_08,
    edit_cod_09, edit_cod_10, edit_cod_11, edit_cod_12, edit_cod_13, edit_cod_14, edit_cod_15, edit_cod_16, edit_cod_17;
edit_check edit_dxr_01, edit_dxr_02, edit_dxr_03, edit_dxr_04, edit_dxr_05, edit_dxr_06, edit_dxr_07, edit_dxr_08,
    edit_dxr_09, edit_dxr_10, edit_dxr_11, edit_dxr_12, edit_dxr_13, edit_dxr_14;
edit_check edit_age_01, edit_age_02, edit_age_03, edit_age_04, edit_age_05;
edit_check edit_sex_01, edit_sex_02;
edit_check edit_lat_01, edit_lat_02, edit_lat_03;
edit_check edit_ncc_01, edit_ncc_02, edit_ncc_03, edit_ncc_04, edit_ncc_06, edit_ncc_07;
edit_check edit_mue_01, edit_mue_02, edit_mue_03;
edit_check edit_aoc_01, edit_aoc_02;
edit_check edit_glb_01, edit_glb_02, edit_glb_03;
edit_check edit_med_01, edit_med_02, edit_med_03, edit_med_04;
edit_check edit_dup_01, edit_dup_02, edit_dup_03, edit_dup_04;
edit_check edit_tfl_01, edit_tfl_03;
edit_check edit_pos_01, edit_pos_02, edit_pos_03;
edit_check edit_tob_01, edit_tob_02, edit_tob_03, edit_tob_04, edit_tob_05, edit_tob_06, edit_tob_07;
edit_check edit_dat_01, edit_dat_03, edit_dat_04, edit_dat_05, edit_dat_06, edit_dat_07, edit_dat_08, edit_dat_09,
    edit_dat_10, edit_dat_11;
edit_check edit_chg_01, edit_chg_02, edit_chg_03, edit_chg_04, edit_chg_05, edit_chg_06, edit_chg_07, edit_chg_08,
    edit_chg_09;
edit_check edit_ndc_01, edit_ndc_02, edit_ndc_03, edit_ndc_04;
edit_check edit_aut_01, edit_aut_02, edit_aut_03;
edit_check edit_pay_01, edit_pay_02, edit_pay_03;
edit_check edit_cob_01, edit_cob_02, edit_cob_03, edit_cob_04, edit_cob_05, edit_cob_06, edit_cob_07, edit_cob_09;
edit_check edit_frq_01, edit_frq_02, edit_frq_03, edit_frq_04, edit_frq_05;
edit_check edit_poa_01;
edit_check edit_inp_01, edit_inp_02, edit_inp_03, edit_inp_04, edit_inp_05, edit_inp_06, edit_inp_07,
    edit_inp_08, edit_inp_09, edit_inp_10;
edit_check edit_ane_01, edit_amb_01, edit_chi_01, edit_lab_01, edit_dme_01, edit_pwk_01;
edit_check edit_ops_01, edit_ops_02, edit_ops_03, edit_ops_04, edit_ops_05, edit_ops_06, edit_ops_07, edit_ops_08,
    edit_ops_09, edit_ops_10, edit_ops_11, edit_ops_12, edit_ops_13, edit_ops_14, edit_ops_15, edit_ops_16, edit_ops_17,
    edit_ops_18, edit_ops_19, edit_ops_20, edit_ops_21;
edit_check edit_syn_01, edit_syn_02;
edit_check edit_tab_01;
/* clang-format on */

/* A code of five characters in a range; in one of digits only (00100-01999) no code of category II
 * or III, which ends in a letter (0101T). Asked of every line for every row of long lists: the
 * first character mostly tells. */
static inline bool edit_code_between(const char *code, const char *from, const char *to)
{
    return code[0] >= from[0] && code[0] <= to[0] && strcmp(code, from) >= 0 &&
           strcmp(code, to) <= 0 && strlen(code) == 5 && (code[4] > '9') == (from[4] > '9');
}
bool edit_is_visit(const char *code); /* evaluation and management, 99202-99499 */
/* Is the line one of what the claim replaces: its own earlier version, or the claim with the number
 * that it names? */
bool edit_is_original(const CcClaim *c, const CcBilledLine *l);
bool edit_dx_admitting(const struct edit_dx *d);
bool edit_dx_reported(const struct edit_dx *d); /* not admitting, not reason for visit */
/* The earlier line is of the same kind, provider and house, and touches the line's first day. */
bool edit_past_same(const struct edit_claim *c, const struct edit_line *l,
                    const struct edit_past *p);
/* Who billed the earlier line, by the billing NPI: the claim's own house, or one that is known to
 * be another. Where the claim has no billing provider it is neither, and no other house where the
 * line has no NPI. */
bool edit_same_house(const struct edit_claim *c, const CcBilledLine *p);
bool edit_other_house(const struct edit_claim *c, const CcBilledLine *p);
int32_t edit_past_last_day(const CcBilledLine *p); /* of its service */
/* The PTP table of the claim has the two codes, in either order, in force that day. */
bool edit_is_ptp(struct edit_run *r, const char *a, const char *b, int32_t on);
bool edit_list_has(char *const *list, size_t n, const char *text);
/* A Medicare outpatient bill has an inpatient-only procedure that day (OPS-02). */
bool edit_inpatient_only_day(struct edit_run *r, int32_t day);
bool edit_is_room(const struct edit_line *l);  /* accommodation: revenue codes 010x to 021x */
bool edit_is_anesthesia(const char *code);     /* 00100-01999 */
bool edit_is_opps(const struct edit_claim *c); /* bill types 12x, 13x, 14x */
char edit_frequency(const CcClaim *c); /* of a bill: CLM05-3, else the bill type's last digit */
bool edit_has_condition(const struct edit_claim *c, const char *code); /* a condition code */

/* The row of the physician fee schedule of a line's code (the whole service), asked once a group;
 * NULL: none. Deployments without fee schedules are not judged by them: no TAB-01 then. */
const struct table_row *edit_fee(struct edit_run *r, const struct edit_line *l);
/* The first character of one of its columns ("pctc", "bilateral"); '\0': nothing there. */
char edit_fee_sign(struct edit_run *r, const struct edit_line *l, const char *column);
struct place in_fee(struct edit_run *r, struct place p, const struct edit_line *l);
/* The OPPS status indicator of a line on a Medicare outpatient bill; "": not known. */
const char *edit_status(struct edit_run *r, const struct edit_line *l);

/* The line with the earliest day; the claim has lines. */
const struct edit_line *edit_earliest_line(const struct edit_claim *c);

/* What the guide does not allow and another edit has found by its own means is said once: takes the
 * SYN findings at the same place away. Behind all other edits. */
void edit_syn_settle(struct edit_run *r);
bool edit_is_syn(const char *id);
bool edit_repaired(const CcClaim *c, uint32_t segment, const char *element);

#endif
