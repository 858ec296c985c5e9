/* guide.c - the loops of 837P and 837I: which rows, in which order */
#include "common/claim/guide.h"

/* clang-format off */
const struct guide_loop guide_loops[LOOP_MAX] = {
    [LOOP_NONE]   = {"",       {NULL}},
    [LOOP_HEAD]   = {"1000",   {rows_head}},
    [LOOP_2000A]  = {"2000A",  {rows_2000a}},
    [LOOP_2010AA] = {"2010AA", {rows_2010aa}},
    [LOOP_2010AB] = {"2010AB", {rows_2010ab}},
    [LOOP_2000B]  = {"2000B",  {rows_2000b}},
    [LOOP_2010BA] = {"2010BA", {rows_2010ba}},
    [LOOP_2010BB] = {"2010BB", {rows_2010bb}},
    [LOOP_2000C]  = {"2000C",  {rows_2000c}},
    [LOOP_2010CA] = {"2010CA", {rows_2010ca}},
    [LOOP_2300]   = {"2300",   {rows_2300, rows_2300_dates, rows_2300_more, rows_2300_notes, rows_2300_signs}},
    [LOOP_2320]   = {"2320",   {rows_2320}},
    [LOOP_2330A]  = {"2330A",  {rows_2330a}},
    [LOOP_2330B]  = {"2330B",  {rows_2330b}},
    [LOOP_2400]   = {"2400",   {rows_2400, rows_2400_supply, rows_2400_signs, rows_2400_more}},
    [LOOP_2410]   = {"2410",   {rows_2410}},
    [LOOP_2430]   = {"2430",   {rows_2430}},
    [LOOP_2440]   = {"2440",   {rows_2440}},
    [LOOP_PARTY]  = {"2310",   {rows_party}},
};
/* clang-format on */

/* claim_guide - GS08 */
const char *claim_guide(CcClaimKind kind)
{
    if (kind == CLAIM_KIND_PROFESSIONAL)
        return "005010X222A1";
    return kind == CLAIM_KIND_INSTITUTIONAL ? "005010X223A2" : "";
}
