/* tables.h - code tables in local memory: read-only editions, chosen by date.
 *
 * A *table* (TABLE_ICD10CM) has *editions* (FY2026: 2025-10-01 to 2026-09-30). An edition is a
 * *snapshot*: a text of sorted rows (format in snapshot.h) whose SHA-256 names it. A *row* has one
 * or two keys, a validity window and columns. Looking up by date picks the edition whose period
 * holds the date, then the row whose window does. Dates: yyyymmdd; window ends are inclusive; 0 =
 * open end.
 *
 * Columns of each table: kind.c. Keys as they are looked up: codes upper case without dot; payers
 * and their aliases upper case; providers by NPI or "facility:UPPER CASE NAME"; charges upper case,
 * or "system|CODE" ("snomed|185345009"); terms by phrase.h.
 *
 * A struct tables is immutable once built; workers swap the pointer between batches. */
#ifndef CC_TABLES_TABLES_H
#define CC_TABLES_TABLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/str.h"

/* All tables: T(enum suffix, name). Keys, columns, loader and canaries are rows in kind.c. */
#define TABLE_LIST(T)                                                                              \
    T(ICD10CM, "icd10cm")                                                                          \
    T(ICD10CM_TITLE, "icd10cm-title")                                                              \
    T(ICD10CM_TABULAR, "icd10cm-tabular")                                                          \
    T(ICD10CM_INDEX, "icd10cm-index")                                                              \
    T(ICD10CM_EINDEX, "icd10cm-eindex")                                                            \
    T(ICD10CM_NEOPLASM, "icd10cm-neoplasm")                                                        \
    T(ICD10CM_DRUG, "icd10cm-drug")                                                                \
    T(ICD10PCS, "icd10pcs")                                                                        \
    T(ICD10PCS_TABLE, "icd10pcs-table")                                                            \
    T(ICD10PCS_KEY, "icd10pcs-key")                                                                \
    T(POA_EXEMPT, "poa-exempt")                                                                    \
    T(MCE, "mce")                                                                                  \
    T(MSDRG, "msdrg")                                                                              \
    T(HCPCS, "hcpcs")                                                                              \
    T(CPT, "cpt")                                                                                  \
    T(MODIFIERS, "modifiers")                                                                      \
    T(PTP_PRACTITIONER, "ncci-ptp-practitioner")                                                   \
    T(PTP_HOSPITAL, "ncci-ptp-hospital")                                                           \
    T(MUE_PRACTITIONER, "ncci-mue-practitioner")                                                   \
    T(MUE_HOSPITAL, "ncci-mue-hospital")                                                           \
    T(MUE_DME, "ncci-mue-dme")                                                                     \
    T(AOC, "ncci-aoc")                                                                             \
    T(RVU, "rvu")                                                                                  \
    T(RVU_QPP, "rvu-qpp")                                                                          \
    T(GPCI, "gpci")                                                                                \
    T(NDC_HCPCS, "ndc-hcpcs")                                                                      \
    T(OPPS, "opps")                                                                                \
    T(REVENUE, "revenue")                                                                          \
    T(POS, "pos")                                                                                  \
    T(BILL_TYPE, "bill-type")                                                                      \
    T(DISCHARGE_STATUS, "discharge-status")                                                        \
    T(ADMISSION_TYPE, "admission-type")                                                            \
    T(ADMISSION_SOURCE, "admission-source")                                                        \
    T(CONDITION, "condition")                                                                      \
    T(CARC, "carc")                                                                                \
    T(OCCURRENCE, "occurrence")                                                                    \
    T(VALUE, "value")                                                                              \
    T(RARC, "rarc")                                                                                \
    T(CLAIM_STATUS_CATEGORY, "claim-status-category")                                              \
    T(CLAIM_STATUS, "claim-status")                                                                \
    T(CLIA_WAIVED, "clia-waived")                                                                  \
    T(SINGLE_DOSE, "single-dose")                                                                  \
    T(TAXONOMY, "taxonomy")                                                                        \
    T(HCC, "hcc")                                                                                  \
    T(PAYERS, "payers")                                                                            \
    T(PROVIDERS, "providers")                                                                      \
    T(CDM, "cdm")                                                                                  \
    T(ROUTES, "routes")                                                                            \
    T(PAYER_RULES, "payer-rules")                                                                  \
    T(PAYER_RULE_TESTS, "payer-rule-tests")                                                        \
    T(COVERAGE_POLICY, "coverage-policy")                                                          \
    T(AUTHORIZATIONS, "authorizations")                                                            \
    T(DRG_WEIGHTS, "drg-weights")                                                                  \
    T(CONTRACTS, "contracts")                                                                      \
    T(FEES, "fees")                                                                                \
    T(HOSPITALS, "hospitals")                                                                      \
    T(RATES, "rates")                                                                              \
    T(NEW_TECHNOLOGY, "new-technology")                                                            \
    T(OPPS_COMPREHENSIVE, "opps-comprehensive")

enum table_id {
#define T(suffix, name) TABLE_##suffix,
    TABLE_LIST(T)
#undef T
        TABLE_MAX
};

const char *table_name(enum table_id t);
enum table_id table_by_name(const char *name); /* TABLE_MAX: no such table */

/* A name, id or charge as payers, providers, cdm and routes are keyed: single blanks, upper case; a
 * lower-case word before ":" or
 * "|" stays ("facility:RIVERBEND HOSPITAL"). False: nothing, or too long. */
bool tables_plain_key(struct span s, char *out, size_t size);

struct tables;
struct edition;

/* One edition as tables and logs name it. Strings live as long as the tables. */
struct edition_info {
    enum table_id table;
    const char *edition; /* "2026", "2024q3", "v43.1" */
    int32_t from, to;    /* period; to 0 = open */
    size_t rows;
    const char *sha256; /* of the snapshot */
    const char *source; /* name of the official file */
};

/* A row of a table of code pairs (kind.h), which has no text in memory: numbers into its edition.
 */
struct pair_cells {
    uint16_t code[2];
    char indicator;
    uint8_t word, files;
};

struct table_row {
    const struct edition_info *edition;
    int32_t from, to; /* the row's own window */
    struct span text; /* the whole row, tab separated: keys, from, to, columns; p NULL: of a pair */
    uint32_t columns; /* offset in it of the first column */
    struct pair_cells pair;
};

/* Three answers, never two. */
enum lookup {
    LOOKUP_FOUND,
    LOOKUP_ABSENT,    /* an edition covers the date and has no such row */
    LOOKUP_NO_EDITION /* no edition of this table covers the date: stop for review, never pass */
};

/* The row for key (and key2, or NULL) in force on a day. Keys are plain: upper case, no dot. */
enum lookup tables_find(const struct tables *t, enum table_id id, const char *key, const char *key2,
                        int32_t on, struct table_row *out);

/* A code's number in the edition of code pairs that covers a day: who asks for many pairs of few
 * codes looks each code up once. */
enum { PAIRS_NO_CODE = UINT16_MAX };
struct table_code {
    const struct edition_info
        *edition;    /* NULL: none covers the day, or the table is not of pairs */
    uint16_t number; /* PAIRS_NO_CODE: the edition does not have it */
};
struct table_code tables_code(const struct tables *t, enum table_id id, const char *code,
                              int32_t on);
/* One pair of many to look up: the caller's questions and, below, the answer. */
struct table_ask {
    struct table_code first, second; /* of one edition, which covers the day; else NO_EDITION */
    int32_t on;
    enum lookup answer;
    struct table_row row; /* when found */
};
/* As tables_find, of n pairs together: a dozen ways to memory overlap. */
void tables_find_pairs(struct table_ask *asks, size_t n);

/* The edition of a table that covers a day, or NULL. */
const struct edition_info *tables_edition(const struct tables *t, enum table_id id, int32_t on);

/* Is there any edition of the table at all? */
bool tables_any(const struct tables *t, enum table_id id);

/* All rows with this first key in force on a day, in file order: start with *cursor = 0; false: no
 * more. (AOC: add-on code to primaries. Index: phrase to codes.) */
bool tables_next(const struct tables *t, enum table_id id, const char *key, int32_t on,
                 size_t *cursor, struct table_row *out);
/* All rows of the edition that covers a day (payers, routes), the same way. */
bool tables_each(const struct tables *t, enum table_id id, int32_t on, size_t *cursor,
                 struct table_row *out);

/* A column by name; empty span if the row has none. Asking for a column the kind does not have
 * aborts (a bug). */
struct span table_col(const struct table_row *r, const char *column);
int64_t table_col_i64(const struct table_row *r, const char *column, int64_t otherwise);
bool table_col_is(const struct table_row *r, const char *column, const char *value);
/* Copy into a fixed array; cut at size - 1. Returns out. */
const char *table_col_text(const struct table_row *r, const char *column, char *out, size_t size);
struct span table_key(const struct table_row *r, int n); /* n = 0 or 1 */

/* Every edition held; NULL after the last. */
const struct edition_info *tables_edition_at(const struct tables *t, size_t n);

/* Building: from snapshot bytes, one edition a call; the tables take a copy. Refuses (ERR_REJECT) a
 * hash that differs, rows out of order, two editions of one table whose periods overlap. */
struct tables *tables_new(void);
void tables_free(struct tables *t); /* accepts NULL */
int tables_add(struct tables *t, const void *snapshot, size_t n, struct err *e);
/* As tables_add, but takes the buffer over (it is empty afterwards, also on error) and compares its
 * SHA-256 unless NULL. */
int tables_add_buf(struct tables *t, struct buf *snapshot, const char *sha256, struct err *e);
/* All snapshot files of a folder (`tables save`); each is checked against the digits in its name.
 * ERR_RETRY "file": no folder. */
int tables_add_folder(struct tables *t, const char *dir, struct err *e);
/* Shares the edition of `from` whose snapshot has this SHA-256; false: it has none. Thread safe. */
bool tables_share(struct tables *t, const struct tables *from, enum table_id id, const char *sha256,
                  struct err *e);

/* The snapshot's bytes, behind what the buffer holds; out of memory: out->failed. */
void edition_write(const struct edition_info *i, struct buf *out);
/* Row `n` (0-based offset cursor as in tables_each) without a date: every row of an edition, in
 * order. Of code pairs the rows as the files have them, each with its quarters; what was in force
 * on a day tables_find, _next and _each say. */
bool edition_each(const struct edition_info *i, size_t *cursor, struct table_row *out);
/* An edition of code pairs holds the files of several quarters: the last day of the one with this
 * name ("2024q3", or the edition's own); 0: it has no such quarter. */
int32_t edition_quarter(const struct edition_info *i, const char *name);
bool row_in_quarter(const struct table_row *r, int32_t last); /* does its file have the row */

#endif
