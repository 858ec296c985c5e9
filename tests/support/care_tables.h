/* care_tables.h - small code tables for the coder's tests, invented but for public code titles */
#ifndef CC_TESTS_CARE_TABLES_H
#define CC_TESTS_CARE_TABLES_H

#include "common/base/arena.h"
#include "common/tables/tables.h"

/* icd10cm and icd10pcs of FY2026 (2025-10-01 to 2026-09-30), the others of all days. `without`:
 * a table that is left out; TABLE_MAX: none. */
struct tables *care_tables(enum table_id without);
/* One more edition of FY2026, rows as in care_tables.c: key (tabular: node, part), columns, joined
 * by
 * "!". */
void care_rows(struct tables *t, enum table_id table, const char *const *rows);
/* What the cases of service_cases.c need beside: fee schedule, pairs, dosages, ICD-10-PCS. */
void care_service_rows(struct tables *t);
/* The small version of MS-DRG (drg.h), loaded from its files, of the edition in force on a day. */
void care_drg_rows(struct tables *to, int32_t on);
/* The codes of such rows that a claim may carry; how many. */
size_t care_billable(const char *const *rows, const char **pool, size_t most, struct arena *a);

#endif
