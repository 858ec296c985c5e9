/* dosage.h - an amount of a drug in words ("per 250 mg", "10 MG", "1,000 units"), and how many
 * billing units a dose makes. Pure. */
#ifndef CC_CODER_LINES_DOSAGE_H
#define CC_CODER_LINES_DOSAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/str.h"

enum dosage_kind { DOSAGE_NONE, DOSAGE_MASS, DOSAGE_VOLUME, DOSAGE_UNITS, DOSAGE_EQUIVALENTS };

/* In billionths of a gram, a liter, an equivalent; thousandths of an international unit. */
struct dosage {
    enum dosage_kind kind;
    int64_t amount;
};

/* The last number with a unit of amount in a text; false: none, or out of range. */
bool dosage_read(struct span text, struct dosage *out);
/* A quantity in thousandths of a unit word (UCUM or plain); false: no unit of amount. The words
 * unit and units count packages or billing units as often: they are none here. */
bool dosage_of(int64_t milli, const char *unit, struct dosage *out);
/* Billing units of a dose, a begun one is whole; -1: not of one kind. */
int64_t dosage_units(const struct dosage *dose, const struct dosage *each);
/* Whole billing units that are left of a container after a dose: of all that it held the full ones,
 * less those billed for the dose; -1: not of one kind. */
int64_t dosage_left(const struct dosage *dose, const struct dosage *discarded,
                    const struct dosage *each);

#endif
