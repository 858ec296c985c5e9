/* case.h - the test cases of the edits, as data: a sample claim, what is changed in it, what is
 * found
 *
 * The unit test runs every one; `cleanclaim edits explain ID` shows one that fires and one that
 * does not. Sample claims, people and tables are invented.
 *
 * Changes are steps joined by "; ":
 *   path=value    sets a field; a repeated scalar takes a list with commas, "" = none
 *   path#n        makes a repeated message n long; new ones copy the last
 *   @received=yyyymmdd, @warn=days    options          @drop=table    as if it had no edition
 *   @shift=days   every day but birth dates so much later (earlier: negative)
 *   @syntax=n:place   the guide's check found something of SNIP type n at "REF02", "HI"
 *   @history…     the same two forms on the lines remembered of earlier claims
 * Paths are field names joined by ".", an index in [] counts from 0. L1 D1 C1 V1 H1 stand for the
 * first of lines, diagnoses, coverages, providers, history; ".code" of a line is its procedure's.
 */
#ifndef CC_VALIDATOR_CASES_CASE_H
#define CC_VALIDATOR_CASES_CASE_H

#include "services/validator/edit.h"

struct edit_case {
    const char *id;
    char base;      /* P professional, I inpatient, O outpatient */
    unsigned fires; /* findings of this edit */
    const char *changes;
    const char *what;
    const char *also; /* other edits that this change breaks as well: "COD-01,COD-16"; NULL: none */
};

/* One list a family, each ended by a row without id. */
extern const struct edit_case cases_patient[], cases_ids[], cases_providers[], cases_codes[],
    cases_diagnoses[], cases_ncci[], cases_history[], cases_bill[], cases_dates[], cases_money[],
    cases_services[], cases_global[], cases_outpatient[], cases_syntax[], cases_rules[];

/* A repair: the changed claim as it comes, what is done to it ("NM109 1-2>12; …", "" = nothing),
 * and the edits that speak when nothing is repaired. */
struct repair_case {
    const char *id;
    char base;
    const char *changes;
    const char *done;
    const char *otherwise; /* "PRV-01,COD-16"; "" = none */
};
extern const struct repair_case cases_repairs[]; /* ends with a row without id */

extern const struct edit_case *const case_lists[]; /* all of them; NULL after the last */

/* What a case asks of the options besides the claim. */
struct case_options {
    CcBilledLine **history;
    size_t n_history;
    int32_t received_date;
    int warn_days;
    struct x12_finding *syntax;
    size_t n_syntax;
};

/* The sample claim of a base letter. NULL: over the arena's limit, or the script is wrong (*e). */
CcClaim *case_claim(char base, struct arena *a, struct case_options *o, struct err *e);
/* Applies changes. */
int case_change(CcClaim *c, struct case_options *o, const char *changes, struct arena *a,
                struct err *e);
/* Runs one case with all edits; t as case_tables made it. */
int case_run(const struct edit_case *c, const struct tables *t, struct arena *a,
             struct validator_result *out, struct err *e);
/* The table that a case takes away (@drop), or TABLE_MAX. */
enum table_id case_drops(const struct edit_case *c);
/* The sample tables without one (TABLE_MAX: all); NULL on error. */
struct tables *case_tables(enum table_id without, struct err *e);
/* The sample tables as snapshot files in a folder: for --tables. */
int case_tables_save(const char *dir, struct err *e);

#endif
