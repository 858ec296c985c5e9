/* validator.h - every edit a payer would apply, applied first: what the command and the tests use.
 *
 * A *finding* is about the claim, never an error of ours (design §6): a claim with findings is a
 * successful validation. Severity reject = cannot go out, hold = a person looks, note = travels
 * with the claim (billing §7.3: E, W, I). A code table that does not cover the date gives the hold
 * TAB-01, never a pass. Texts of findings hold no patient data. */
#ifndef CC_VALIDATOR_VALIDATOR_H
#define CC_VALIDATOR_VALIDATOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/claim/read837.h"
#include "common/event/event.h"
#include "common/svc/svc.h"
#include "common/tables/tables.h"
#include "common/x12/check.h"

extern const struct svc_spec validator_spec;

struct validator_options {
    int32_t received_date;              /* day the payer gets it; 0: filing limits are not judged */
    int warn_days;                      /* filing limit: hold when so many days or fewer are left */
    const CcBilledLine *const *history; /* what was billed for this patient before */
    size_t n_history;
    const char *only, *skip; /* edit ids with commas; NULL or "": all, none */
    /* of a claim read from an 837: where its parts stood, and values that were none */
    const struct claim_places *places;
    const struct claim_oddity *faults;
    size_t n_faults;
    /* and what its guide does not allow, SNIP 1 and 2 (common/x12/check.h; spans are not looked at)
     */
    const struct x12_finding *syntax;
    size_t n_syntax;
};

struct validator_result {
    CcFinding **findings; /* of the arena; reject first, then by line and the order of the edits */
    size_t n_findings;
    CcSeverity worst;             /* of those that no person has overridden; 0: none */
    int32_t filing_deadline_date; /* earliest of the claim's lines; 0: no limit known */
};

/* Pure. Whatever stands in the claim, the answer is findings; -1 only when the arena is exhausted
 * (ERR_REJECT "size") or an id in `only` / `skip` is no edit (ERR_FATAL "setting"). */
int validator_check(const CcClaim *claim, const struct tables *t, const struct validator_options *o,
                    struct arena *a, struct validator_result *out, struct err *e);

/* May a person confirm the finding? A hold, yes; a reject cannot go out whoever says so; what a
 * missing table leaves open (TAB-01) is answered by loading it. */
bool edit_may_override(const CcFinding *f);

/* Repairs what is safe before the edits: the form of ids and codes, never a meaning, never money.
 * Each change is appended to claim->repairs with what stood there. places: of a claim read from an
 * 837, or NULL. -1: the arena is exhausted (ERR_REJECT "size"). */
int validator_repair(CcClaim *claim, const struct tables *t, const struct claim_places *places,
                     struct arena *a, struct err *e);

struct validator_repair_row {
    const char *id, *what, *authority;
};
bool validator_repair_at(size_t i, struct validator_repair_row *out); /* false: no more */

/* A claim as it is remembered: its lines, and its fingerprint (SHA-256 of billing NPI, patient,
 * payer, kind, dates, lines, frequency, original reference: billing §8.3). Of the arena. */
struct validator_billed {
    CcBilledLine **lines;
    size_t n;
    const char *fingerprint;
};
int validator_billed(const CcClaim *claim, const char *state, int64_t at_ms, struct arena *a,
                     struct validator_billed *out, struct err *e);
const char *validator_fingerprint(const CcClaim *claim,
                                  struct arena *a); /* NULL: arena exhausted */

/* The test claims of the payers' rules (table payer-rule-tests) over these tables. Says each one
 * that fails, with its name and what was found; returns how many. */
size_t validator_rule_tests(const struct tables *t, void (*say)(void *arg, const struct err *e),
                            void *arg);

/* The catalogue. */
struct validator_edit {
    const char *id;
    CcSeverity severity;
    unsigned snip;
    const char *kinds; /* "professional,inpatient,outpatient" */
    const char *authority;
    int32_t valid_from, valid_to;
    const char *same_as; /* edits of CMS's own editors, with commas: "MCE 6,IOCE 86" */
    char tables[160];    /* names of the code tables it reads, with commas */
    const char *summary, *fix;
};
bool validator_edit_at(size_t i, struct validator_edit *out); /* false: no more */
bool validator_edit_find(const char *id, struct validator_edit *out);

/* An example of an edit, one of its own test cases: a sample claim and what is changed in it. */
struct validator_example {
    unsigned fires;      /* how many findings of this edit; 0: it must be silent */
    const char *base;    /* "professional", "inpatient", "outpatient" */
    const char *changes; /* "lines[0].units_milli=0; …" */
    const char *what;    /* in words */
    const char *also;    /* other edits that this change breaks as well, with commas */
    const void *row;
};
bool validator_example_at(const char *id, size_t i, struct validator_example *out);
/* Runs it over its sample tables: all findings of all edits on that claim. */
int validator_example_run(const struct validator_example *x, struct arena *a,
                          struct validator_result *out, struct err *e);

#endif
