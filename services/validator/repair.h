/* repair.h - what a repair is: a row and a short function that changes the form of a value, and
 * says so on the claim
 *
 * A repair changes nothing that a person would have to know the patient for, and no amount. Where
 * two readings are possible it does nothing: the edit speaks then. */
#ifndef CC_VALIDATOR_REPAIR_H
#define CC_VALIDATOR_REPAIR_H

#include "services/validator/validator.h"

enum { REPAIR_TEXT = 64 };

struct repair_run;
typedef void repair_fn(struct repair_run *r);

struct repair {
    const char *id;
    repair_fn *run;
    const char *what, *authority;
};

extern const struct repair repair_list[]; /* ends with a row without id */

struct repair_run {
    CcClaim *claim;
    const struct tables *tables;
    const struct claim_places *places;
    struct arena *arena;
    const struct repair *row; /* in hand */
};

/* Where a value stands. */
struct spot {
    enum claim_part part;
    size_t index;
    uint32_t line; /* LX; 0 = the claim */
    bool patient;  /* the value is patient data */
    const char *element;
};

/* Puts `after` in place of the text and notes it; nothing when they are equal. */
void repair_text(struct repair_run *r, struct spot at, char **text, const char *after);
/* Notes a change that is made elsewhere. */
void repair_note(struct repair_run *r, struct spot at, const char *before, const char *after);

/* s without hyphens, blanks and dots, upper case; false: too long. */
bool repair_bare(const char *s, char out[REPAIR_TEXT]);

/* Every provider of claim, coverages, lines. */
void repair_each_provider(struct repair_run *r,
                          void (*fn)(struct repair_run *r, CcProvider *p, struct spot at));
/* The HI composite of a diagnosis, "HI02-2": in `out`. */
const char *repair_hi(const CcClaim *c, size_t dx, char component, char out[16]);
uint32_t repair_line_number(const CcClaim *c, size_t i);
/* Bill types of inpatients, as the edits have them; professional claims are none. */
bool repair_is_inpatient(const CcClaim *c);

/* --- repairs/: one function a row */
repair_fn repair_npi, repair_tax_id, repair_zip, repair_zip4, repair_member_id, repair_clia,
    repair_taxonomy;
repair_fn repair_dx_form, repair_dx_placeholder, repair_dx_twice, repair_poa, repair_pcs_form;
repair_fn repair_procedure, repair_modifiers, repair_revenue, repair_unit, repair_days, repair_ndc,
    repair_drug_unit;

#endif
