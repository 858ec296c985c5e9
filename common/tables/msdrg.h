/* msdrg.h - the grouper of an edition of the table msdrg: made when the edition is opened, by the
 * side thread that loads it, and kept as long as it */
#ifndef CC_TABLES_MSDRG_H
#define CC_TABLES_MSDRG_H

#include "common/drg/drg.h"
#include "common/tables/tables.h"

/* The version for discharges of a day, NULL: no edition covers it. *edition (may be NULL) is the
 * edition then. */
const struct drg *tables_drg(const struct tables *t, int32_t on,
                             const struct edition_info **edition);
/* The version of an edition of msdrg; NULL for other tables. */
const struct drg *edition_drg(const struct edition_info *i);

/* "43.1" of the edition "v43.1", whatever follows ("v43.1-seed"). Returns out. */
const char *drg_version_of(const struct edition_info *i, char *out, size_t size);

#endif
