/* pcs.h - ICD-10-PCS by its tables: is a code a row of its table, and which codes do the words of a
 * procedure name?
 *
 * The first three characters choose a table, the last four stand together in one of its rows
 * (ICD-10-PCS Reference Manual; guidelines A1-A11). Nothing is taken as said that is not: where the
 * record is silent every value stays possible. */
#ifndef CC_CODER_PCS_PCS_H
#define CC_CODER_PCS_PCS_H

#include <stdbool.h>
#include <stddef.h>

#include "common/event/event.h"
#include "common/tables/tables.h"

enum { PCS_CODE = 8, PCS_VALUES = 37, PCS_CANDIDATES = 12, PCS_PATTERN = 16 };

enum pcs_answer { PCS_LEGAL, PCS_ILLEGAL, PCS_NO_EDITION };

/* Where a code leaves the tables: the first character, from 1, that no row has behind those before
 * it, and the values that rows have there. Position 3: there is no such table. */
struct pcs_fault {
    int position;
    char values[PCS_VALUES];
};

/* code: seven characters. `row` is any row of the table where there is one; fault on PCS_ILLEGAL.
 */
enum pcs_answer pcs_check(const struct tables *t, const char *code, int32_t on,
                          struct table_row *row, struct pcs_fault *fault);

/* A procedure in words; "" = not said. */
struct pcs_words {
    const char *operation, *body_part, *approach, *device, *qualifier;
    char *const *sites; /* body parts after the first */
    size_t n_sites;
    char *const *devices; /* devices after the first */
    size_t n_devices;
    char side;       /* R L B, or 0 */
    int64_t time_ms; /* how long it ran; -1: not known */
};

struct pcs_found {
    char codes[PCS_CANDIDATES][PCS_CODE];
    size_t n; /* of all, also those that do not fit */
    const struct edition_info *edition;
};

/* All codes of the day's tables whose meanings are these words. Body parts are also known by the
 * body part key. PCS_ILLEGAL: none; PCS_NO_EDITION: no tables cover the day. */
enum pcs_answer pcs_build(const struct tables *t, const struct pcs_words *words, int32_t on,
                          struct pcs_found *out);

/* The row with what a code's character (3 to 7) means in its table; false: the tables of the day do
 * not have it. */
bool pcs_label(const struct tables *t, const char *code, int position, int32_t on,
               struct table_row *row);
/* The code (PCS_CODE bytes) of both sides, of two that differ in the side; false: there is none. */
bool pcs_both_sides(const struct tables *t, const char *right, const char *left, int32_t on,
                    char *code);
/* Is the code, or its beginning, of a pattern: "." any character, "[0-3A]" one of these, "[^A]"
 * another? */
bool pcs_like(const char *code, const char *pattern);

/* Does a label name both sides of a body part ("Kidneys, Bilateral" of "kidney")? */
bool pcs_is_both(struct span label, const char *site);
/* The site without a leading word that says both sides; the same: it has none. */
const char *pcs_both_of(const char *site);
/* One of the words' plural, in each way in turn from 0; "": not in this way; NULL: no more ways. */
const char *pcs_singular(const char *site, size_t way, char *out, size_t size);

/* How long a table's value says that something ran, both ends included. */
struct pcs_span {
    int64_t least_ms, most_ms;
    bool per_day;
};
bool pcs_span(struct span label, struct pcs_span *out); /* false: the label says no time */
bool pcs_span_holds(const struct pcs_span *s, int64_t ms);

struct work;
struct rule;
struct service;

/* Between begin and end of the record, within the stay where its hours are known: what ran before
 * the arrival is not counted; -1: not known. */
int64_t pcs_time(const struct work *w, const CcProcedure *p);
/* An accepted ICD-10-PCS code. */
bool pcs_ready(const struct service *s);
/* Did a person name its code? */
bool pcs_decided(const struct work *w, const struct service *s);

/* pcs/rules.c: in words */
void rule_pcs_build(struct work *w, const struct rule *r);
void rule_pcs_incomplete(struct work *w, const struct rule *r);

/* pcs/beside.c: of one day beside each other */
void rule_pcs_inspection(struct work *w, const struct rule *r);
void rule_pcs_reposition(struct work *w, const struct rule *r);
void rule_pcs_fusion(struct work *w, const struct rule *r);
void rule_pcs_resection(struct work *w, const struct rule *r);
void rule_pcs_bypass(struct work *w, const struct rule *r);
void rule_pcs_cast(struct work *w, const struct rule *r);

/* pcs/hours.c */
void rule_pcs_hours(struct work *w, const struct rule *r);

/* pcs/terms.c */
void rule_pcs_terms(struct work *w, const struct rule *r);
void rule_pcs_spells(struct work *w, const struct rule *r);

/* pcs/stopped.c */
void rule_pcs_stopped(struct work *w, const struct rule *r);

/* pcs/delivery.c */
void rule_pcs_delivery(struct work *w, const struct rule *r);
void rule_pcs_delivery_missing(struct work *w, const struct rule *r);
void rule_pcs_graft(struct work *w, const struct rule *r);

/* pcs/principal.c */
void rule_pcs_principal(struct work *w, const struct rule *r);
void rule_pcs_not_coded(struct work *w, const struct rule *r);

/* pcs/side.c */
void rule_pcs_bilateral(struct work *w, const struct rule *r);

#endif
