/* codes.h - what a code looks like: format, check digit, display form. Whether it exists is a
 * question for the tables. */
#ifndef CC_CODES_CODES_H
#define CC_CODES_CODES_H

#include <stdbool.h>
#include <stddef.h>

/* NPI: ten digits, first 1 or 2, Luhn over 80840 + digits (45 CFR 162.406; billing §7.2). */
bool npi_valid(const char *s);

/* ICD-10-CM form without dot, upper case (coding §1.3); says nothing of validity. */
bool icd10cm_form(const char *s);
/* ICD-10-PCS: seven of [0-9A-HJ-NP-Z]. */
bool icd10pcs_form(const char *s);
/* CPT: five digits or four and a letter FTUAM; HCPCS Level II: letter A-V and four digits. */
bool cpt_form(const char *s);
bool hcpcs2_form(const char *s);
bool modifier_form(const char *s); /* two of [A-Z0-9] */
bool revenue_form(const char *s);  /* four digits, first 0-3 */
bool taxonomy_form(const char *s); /* ten of [A-Z0-9], last X */
bool zip_form(const char *s);      /* 5 or 9 digits, not all 0 or 9 */
bool ein_form(const char *s);      /* nine digits, not all equal */
bool mbi_form(const char *s);      /* Medicare beneficiary identifier, 11 characters */
bool clia_form(const char *s);     /* NNDNNNNNNN */
bool ndc11_form(const char *s);
bool state_code(const char *s); /* USPS, territories and military included */

/* Code without dots and blanks, upper case; false: longer than size - 1. Both forms are taken as
 * input everywhere. */
bool code_plain(const char *s, char *out, size_t size);
/* ICD-10-CM with its dot ("E11.9"); other systems' codes are shown as they are. `out` holds 16
 * bytes. */
const char *icd10cm_display(const char *plain, char *out);
/* NDC of 5-4-2, 4-4-2, 5-3-2, 5-4-1 with hyphens, or 11 digits, to 11 digits; false: ambiguous or
 * malformed. */
bool ndc_to_11(const char *s, char out[12]);

#endif
