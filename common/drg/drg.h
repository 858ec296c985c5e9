/* drg.h - the MS-DRG grouper: an inpatient stay and a version of the definitions in, its DRG and
 * the reasons out.
 *
 * Pure: no I/O, no clock, no memory of earlier stays. A version (struct drg) is made once from the
 * rows of the table msdrg and then never changes; any number of threads may ask it. Its formulas
 * are compiled: the attributes of a stay are one set of bits, the union of what its codes bring; a
 * formula is a few word operations on it; formulas none of whose attributes is there are never
 * touched (compile.c).
 *
 * Codes are plain: upper case, no dot. What is not a code of the version is unknown, never guessed:
 * an unknown principal is refused by the definitions themselves, other unknown codes are ignored,
 * as CMS's own grouper does. */
#ifndef CC_DRG_DRG_H
#define CC_DRG_DRG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/err.h"
#include "common/base/str.h"

struct drg;

/* --- A version, from rows */

enum drg_list {
    DRG_LIST_CLUSTER,
    DRG_LIST_DX,
    DRG_LIST_EXCLUDE,
    DRG_LIST_FORMULA,
    DRG_LIST_HAC,
    DRG_LIST_NAME,
    DRG_LIST_PX,
    DRG_LIST_MAX
};

/* One row of the table (kind.c of common/tables says what stands where). Numbers are -1 where the
 * row has none. Lists are separated by ";". */
struct drg_row {
    enum drg_list list;
    struct span key; /* the second key: "I5020", "5 17", "Z@0217 1" */
    struct span class, items, mdcs, text;
    int mdc, mdc_male, mdc_female, collection, rank, base_drg, drg, reroute_mdc, line;
};

struct drg_maker;
struct drg_maker *drg_maker_new(void); /* NULL: out of memory */
void drg_maker_free(struct drg_maker *m);
/* The spans must live until drg_make. ERR_REJECT "drg": what is wrong with the row. */
int drg_maker_row(struct drg_maker *m, const struct drg_row *r, struct err *e);
/* ERR_REJECT "drg": a list is missing, a name in a formula that nothing carries ("formulas line 17:
 * …"), a code of an exclusion or cluster that no list has. The maker may only be freed then. */
struct drg *drg_make(struct drg_maker *m, struct err *e);
void drg_free(struct drg *d); /* accepts NULL */
size_t drg_bytes(const struct drg *d);

/* --- A stay */

enum { DRG_DX_MAX = 200, DRG_PX_MAX = 200, DRG_UNGROUPED = 999 };

enum drg_sex { DRG_SEX_UNKNOWN, DRG_MALE, DRG_FEMALE };

struct drg_dx {
    const char *code;
    char poa; /* Y N U W; all else is a missing one */
};

struct drg_claim {
    const struct drg_dx *dx; /* the principal first, then the secondary ones in the claim's order */
    size_t n_dx;
    const char *const *px; /* in the claim's order */
    size_t n_px;
    enum drg_sex sex;
    int status;      /* discharge status; 0: unknown */
    bool poa_exempt; /* the hospital need not report POA: no HAC applies */
};

enum drg_severity { DRG_NONE, DRG_CC, DRG_MCC };
enum drg_type { DRG_NO_TYPE, DRG_MEDICAL, DRG_SURGICAL };

enum drg_return {
    DRG_OK,
    DRG_INVALID_PDX,
    DRG_DX_CANNOT_BE_PDX,
    DRG_INVALID_SEX,
    DRG_INVALID_DISCHARGE_STATUS,
    DRG_HAC_MISSING_ONE_POA,
    DRG_UNGROUPABLE, /* no formula is true */
    DRG_RETURN_MAX
};
const char *drg_return_name(enum drg_return r); /* as CMS's grouper names it */

enum { DRG_PATH_MAX = 3, DRG_NO_FORMULA = -1 };

struct drg_answer {
    unsigned drg, base_drg, mdc; /* 999, 0, 0: refused */
    enum drg_type type;
    enum drg_return ret;
    enum drg_severity severity; /* of the winning formula */
    int path[DRG_PATH_MAX];     /* formulas that decided: reroutes, then the one with the DRG */
    size_t n_path;
};

struct drg_result {
    struct drg_answer initial, final;
};

/* ERR_REJECT "size": over DRG_DX_MAX or DRG_PX_MAX codes. No diagnosis at all is INVALID_PDX. */
int drg_group(const struct drg *d, const struct drg_claim *c, struct drg_result *out,
              struct err *e);

/* --- With the reasons */

enum drg_excluded { DRG_COUNTS, DRG_EXCLUDED_BY_PRINCIPAL, DRG_EXCLUDED_ALIVE_ONLY };

/* Why a hospital-acquired condition is one, or is not. */
enum drg_hac {
    DRG_HAC_NOT_LISTED,
    DRG_HAC_EXEMPT,     /* the hospital does not report POA */
    DRG_HAC_EXCLUDED,   /* the principal (or death) has taken its severity already */
    DRG_HAC_PRESENT,    /* POA Y or W */
    DRG_HAC_CONDITIONS, /* the HAC's formula is not true */
    DRG_HAC_NO_CAUSE,   /* HAC 6: no catheter infection itself was acquired here */
    DRG_HAC_MET,
    DRG_HAC_MAX
};
const char *drg_hac_name(enum drg_hac h);

struct drg_dx_why {
    bool known;
    enum drg_severity severity; /* of the definitions, before exclusion and HAC */
    enum drg_excluded excluded;
    bool used;    /* brings what the final DRG's formulas asked for */
    unsigned hac; /* 0: none. Of several, one that is met, else the first */
    enum drg_hac hac_why;
};

enum drg_or { DRG_NOT_OR, DRG_EXTENSIVE, DRG_NON_EXTENSIVE };

/* For people, JSON and messages: "none" "CC" "MCC"; "no" "extensive" "non-extensive"; "" "medical"
 * "surgical". */
const char *drg_severity_name(enum drg_severity s);
const char *drg_or_name(enum drg_or k);
const char *drg_type_name(enum drg_type t);

struct drg_px_why {
    bool known;
    enum drg_or kind;
    char cluster[8]; /* the (first) cluster it is part of on this claim; "" */
    bool used;
    int formula; /* the first on the final path that it was used for; DRG_NO_FORMULA */
};

/* dx: n_dx of them, px: n_px. `used`: for each attribute that the formulas asked for and found, the
 * first code in the order of codes that brings it (a cluster: all its parts); for the severity the
 * first one in that order of those with the highest. The principal is always used. */
int drg_explain(const struct drg *d, const struct drg_claim *c, struct drg_result *out,
                struct drg_dx_why *dx, struct drg_px_why *px, struct err *e);

/* A formula as its file has it. */
struct drg_formula_view {
    unsigned mdc, rank, base_drg, drg;
    const char *text;
};
struct drg_formula_view drg_formula(const struct drg *d, int formula);

/* --- What if: the stay grouped again without each code. */

struct drg_what_if {
    int level_by;   /* secondary diagnosis (index in dx) that gives the severity used; -1: none */
    int level_next; /* the one that would give the same or the next best if it were lost; -1 */
    /* The DRG rests on one secondary diagnosis: without it the stay groups elsewhere. Index in dx;
     * -1: it does not, or on several. */
    int single_driver;
    unsigned
        dx_drg[DRG_DX_MAX]; /* DRG without the diagnosis; [0] (the principal) is not asked: 0 */
    unsigned px_drg[DRG_PX_MAX];
};
int drg_what_if(const struct drg *d, const struct drg_claim *c, struct drg_what_if *out,
                struct err *e);

/* An indicator that a diagnosis which may be acquired in the hospital could have instead: N for one
 * that was present, Y for any other. */
char drg_other_poa(char poa);
/* The DRG with another indicator of one diagnosis; 0: no such diagnosis. */
unsigned drg_with_poa(const struct drg *d, const struct drg_claim *c, size_t i, char poa);
/* The DRG with one of the secondary diagnoses as the principal, the principal behind it; 0: it does
 * not group so. Whether it may stand there is not asked. */
unsigned drg_with_principal(const struct drg *d, const struct drg_claim *c, size_t i);

#endif
