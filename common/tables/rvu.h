/* rvu.h - rows of the physician fee schedule (tables rvu, rvu-qpp): key code, second key modifier.
 */
#ifndef CC_TABLES_RVU_H
#define CC_TABLES_RVU_H

#include "common/tables/tables.h"

/* Second key of the row without modifier: the whole service. */
#define RVU_WHOLE "-"

/* The row of a code under a modifier (26, TC, 53); where the schedule has none for it, or modifier
 * is NULL or "", the row of the whole service. */
enum lookup rvu_find(const struct tables *t, const char *code, const char *modifier, int32_t on,
                     struct table_row *out);

#endif
