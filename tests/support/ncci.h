/* ncci.h - NCCI pairs of the size that is published, made up: 17,000 codes, 2.5 million rows a
 * quarter, for measurements */
#ifndef CC_TESTS_NCCI_H
#define CC_TESTS_NCCI_H

#include "common/base/str.h"

enum { NCCI_CODES = 17000, NCCI_FIRSTS = 11000, NCCI_PARTNERS = 220, NCCI_PARTS = 4 };

/* The n-th code, ascending: 10,000 of five digits, then letters with four. */
void ncci_code(unsigned n, char out[6]);
/* The j-th partner of the i-th code, i below NCCI_FIRSTS, j below NCCI_PARTNERS. */
unsigned ncci_partner(unsigned i, unsigned j);
/* One of the parts of a quarter's file, in the official layout. Quarters count from 0, which is the
 * first of 2024; from one to the next some pairs are deleted, added, and get another indicator.
 * `hospital`: a fifth fewer rows. */
void ncci_part(unsigned quarter, unsigned part, bool hospital, struct buf *out);
/* "ccipra-v300r0-f1.txt" */
void ncci_part_name(unsigned quarter, unsigned part, bool hospital, char out[32]);

#endif
