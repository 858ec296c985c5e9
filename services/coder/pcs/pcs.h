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

#include "common/tables/tables.h"

enum { PCS_CODE = 8, PCS_VALUES = 37, PCS_CANDIDATES = 12 };

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
    const char *operation, *body_part, *approach, *device;
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

/* pcs/rules.c */
struct work;
struct rule;
void rule_pcs_build(struct work *w, const struct rule *r);
void rule_pcs_incomplete(struct work *w, const struct rule *r);
void rule_pcs_inspection(struct work *w, const struct rule *r);

#endif
