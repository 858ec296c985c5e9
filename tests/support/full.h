/* full.h - tables of the size that is published, for measurements: NCCI made up (ncci.h), the
 * ICD-10-CM and MCE files of the public data folder where it is there, the cases' small ones for
 * the rest */
#ifndef CC_TESTS_FULL_H
#define CC_TESTS_FULL_H

#include "common/tables/tables.h"

/* All in force in March 2026; NULL after saying why. `command`: the program cleanclaim. */
struct tables *full_tables(const char *command);
/* The program cleanclaim that was built with this one. */
void full_command(char out[512]);

#endif
