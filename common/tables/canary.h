/* canary.h - facts that a full official file must show: counts by year,
 * values of a few rows. Figures: coding 1.3, 2.1-2.6, and counted by us in the files CMS gives out.
 */
#ifndef CC_TABLES_CANARY_H
#define CC_TABLES_CANARY_H

#include "common/tables/layout.h"

/* ERR_REJECT "count", "year" or "canary". */
int canary_check(const struct job *j, struct err *e);

/* The same rows asked of a published edition; a seed edition is not asked. */
int canary_edition(const struct tables *t, const struct edition_info *i, struct err *e);

#endif
