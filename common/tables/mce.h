/* mce.h - the Medicare Code Editor of an edition of the table mce: made when the edition is opened,
 * and kept as long as it */
#ifndef CC_TABLES_MCE_H
#define CC_TABLES_MCE_H

#include "common/mce/mce.h"
#include "common/tables/tables.h"

/* The editor for discharges of a day, NULL: no edition covers it. *edition (may be NULL) is the
 * edition then. */
const struct mce *tables_mce(const struct tables *t, int32_t on,
                             const struct edition_info **edition);
/* The editor of an edition of mce; NULL for other tables. */
const struct mce *edition_mce(const struct edition_info *i);

#endif
