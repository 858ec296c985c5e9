/* canary.c - counts and rows that tell a true, whole, rightly named file */
#include "common/tables/canary.h"

#include <string.h>

#include "common/base/date.h"

/* Order files by fiscal year: all rows, rows with flag 1; 0 = not known to us. An April release has
 * other counts. */
static const struct {
    enum table_id table;
    int32_t starts;
    size_t rows, billable;
} counts[] = {
    {TABLE_ICD10CM, 20181001, 94444, 71932},
    {TABLE_ICD10CM, 20241001, 97584, 74260},
    {TABLE_ICD10CM, 20251001, 98186, 74719},
    {TABLE_ICD10CM, 20261001, 98403, 74879},
    {TABLE_ICD10PCS, 20251001, 80029, 79115},
    /* codes that the rows make, tables */
    {TABLE_ICD10PCS_TABLE, 20241001, 78948, 908},
    {TABLE_ICD10PCS_TABLE, 20251001, 79115, 914},
};
enum { COUNTS = sizeof(counts) / sizeof(counts[0]) };

/* Rows as they begin in the sheet: keys, then TAB; `has` must stand in the row. `edition` NULL:
 * any. */
static const struct {
    enum table_id table;
    const char *edition, *key, *has;
} rows[] = {
    {TABLE_ICD10CM, NULL, "A000\t", "\tY\tCholera due to Vibrio cholerae 01, biovar cholerae\t"},
    {TABLE_ICD10CM, NULL, "E119\t", "\tY\tType 2 diabetes mellitus without complications\t"},
    {TABLE_ICD10CM, NULL, "E11\t", "\tN\t"},
    {TABLE_ICD10PCS, NULL, "0DTJ4ZZ\t", "\tY\t"},
    {TABLE_ICD10PCS_TABLE, NULL, "0DT\t4J\t", "\tAppendix\t"},
    {TABLE_POA_EXEMPT, NULL, "Z1231\t", ""},
    {TABLE_HCPCS, NULL, "J1100\t", ""},
    {TABLE_HCPCS, NULL, "A0425\t", ""},
    {TABLE_MUE_PRACTITIONER, "2026q4", "99213\t", "\t2\t"},
    {TABLE_MUE_PRACTITIONER, "2026q4", "71046\t", "\t2\t"},
    {TABLE_MUE_HOSPITAL, "2026q4", "71046\t", "\t3\t"},
    {TABLE_RVU, "2026q4", "99213\t-\t", "\t130\t"},
    {TABLE_RVU, "2026q4", "99214\t-\t", "\t192\t"},
    {TABLE_RVU, "2026q4", "99213\t-\t", "\t285\t172\t"},
    {TABLE_RVU, "2026q4", "99213\t-\t", "\t334009"},
    {TABLE_RVU_QPP, "2026q4", "99213\t-\t", "\t335675"},
    {TABLE_OPPS, "2026q3", "G0463\t", "\tJ2\t5012\t14879\t136020\t"},
    {TABLE_OPPS, "2026q3", "71046\t", "\t5521\t9726\t88910\t"},
    {TABLE_OPPS, "2026q3", "36415\t", "\tN\t\t"},
    {TABLE_NDC_HCPCS, NULL, "50242006101\tJ9035\t", "\t40000\t"},
    {TABLE_DRG_WEIGHTS, "2026", "470\t", "\t19289\t"},
    {TABLE_DRG_WEIGHTS, "2026", "871\t", "\t19425\t"},
    {TABLE_DRG_WEIGHTS, "2027", "291\t", "\t12685\t"},
    {TABLE_REVENUE, NULL, "0450\t", ""},
    {TABLE_POS, NULL, "11\t", ""},
    {TABLE_DISCHARGE_STATUS, NULL, "01\t", ""},
    {TABLE_ADMISSION_TYPE, NULL, "1\t", ""},
    {TABLE_ADMISSION_SOURCE, NULL, "1\t", ""},
    {TABLE_CONDITION, NULL, "02\t", ""},
    {TABLE_RARC, NULL, "MA130\t", ""},
    {TABLE_RARC, NULL, "N115\t", ""},
    {TABLE_CLAIM_STATUS_CATEGORY, NULL, "A1\t", ""},
    {TABLE_CLAIM_STATUS_CATEGORY, NULL, "F1\t", ""},
    {TABLE_CLAIM_STATUS, NULL, "20\t", ""},
    {TABLE_OCCURRENCE, NULL, "01\t", ""},
    {TABLE_VALUE, NULL, "80\t", ""},
    {TABLE_TAXONOMY, NULL, "207Q00000X\t", ""},
    {TABLE_TAXONOMY, NULL, "282N00000X\t", ""},
    {TABLE_CARC, NULL, "45\t", ""},
    {TABLE_CLIA_WAIVED, NULL, "81002\t", ""},
    {TABLE_SINGLE_DOSE, NULL, "J9035\t", ""},
};
enum { ROWS = sizeof(rows) / sizeof(rows[0]) };

/* check_bounds - as many rows as a full file of this layout has */
static int check_bounds(const struct job *j, struct err *e)
{
    size_t min = j->extract ? 1 : j->layout->min;

    if (j->rows >= min && j->rows <= j->layout->max)
        return 0;
    return err_set(
        e, ERR_REJECT, "count",
        "%zu rows where a full file has %zu to %zu: cut, or a part of it (--part loads a part)",
        j->rows, min, j->layout->max);
}

/* check_counts - the figures of the fiscal year, and of no other */
static int check_counts(const struct job *j, struct err *e)
{
    enum table_id t = j->layout->tables[0];

    for (size_t i = 0; i < COUNTS; i++) {
        bool same = counts[i].rows == j->rows && counts[i].billable == j->flagged;

        if (counts[i].table != t)
            continue;
        if (counts[i].starts == j->period.starts && !same)
            return err_set(e, ERR_REJECT, "count",
                           "%zu rows (%zu) where fiscal year %d has %zu (%zu billable, or tables) "
                           "(an April release: --from)",
                           j->rows, j->flagged, counts[i].starts / 10000 + 1, counts[i].rows,
                           counts[i].billable);
        if (counts[i].starts != j->period.starts && same)
            return err_set(e, ERR_REJECT, "year",
                           "the rows are those of fiscal year %d, not of the year named",
                           counts[i].starts / 10000 + 1);
    }
    return 0;
}

/* find_row - in the sheet, which is not sorted yet */
static const char *find_row(const struct sheet *s, const char *key)
{
    size_t n = strlen(key);

    for (size_t i = 0; i < s->n; i++)
        if (strncmp(s->text.data + s->starts[i], key, n) == 0)
            return s->text.data + s->starts[i];
    return NULL;
}

/* check_rows - each fact about this table */
static int check_rows(const struct sheet *s, const char *edition, struct err *e)
{
    for (size_t i = 0; i < ROWS; i++) {
        const char *row, *at;

        if (rows[i].table != s->kind->id ||
            (rows[i].edition && strcmp(rows[i].edition, edition) != 0))
            continue;
        row = find_row(s, rows[i].key);
        at = row ? strstr(row, rows[i].has) : NULL;
        if (!at || at > strchr(row, '\n'))
            return err_set(e, ERR_REJECT, "canary", "%s %.*s is not what a true file says of it",
                           table_name(s->kind->id), (int)strlen(rows[i].key) - 1, rows[i].key);
    }
    return 0;
}

/* check_newest - the dates inside must fit the period that the name gives */
static int check_newest(const struct job *j, struct err *e)
{
    char day[DATE_TEXT];

    if (!j->newest || j->layout->tables[0] == TABLE_MCE || !j->period.until)
        return 0;
    if (j->newest > j->period.until && j->layout->tables[0] != TABLE_HCPCS)
        return err_set(e, ERR_REJECT, "year", "a row of %s is later than the period of the name",
                       date_text(j->newest, day));
    if (j->newest > date_add(j->period.until, 366))
        return err_set(e, ERR_REJECT, "year", "a row of %s is long after the period of the name",
                       date_text(j->newest, day));
    if (j->whole && !j->extract && j->newest < date_add(j->period.until, -550))
        return err_set(e, ERR_REJECT, "year",
                       "the newest row is of %s, long before the period of the name",
                       date_text(j->newest, day));
    return 0;
}

/* canary_check - all of them; a seed file or a part on purpose only has to fit its dates */
int canary_check(const struct job *j, struct err *e)
{
    if (check_newest(j, e) != 0)
        return -1;
    if (!j->whole)
        return 0;
    if (check_bounds(j, e) != 0 || check_counts(j, e) != 0)
        return -1;
    for (size_t i = 0; i < j->n_sheets && !j->extract; i++)
        if (check_rows(&j->sheets[i], j->period.edition, e) != 0)
            return -1;
    return 0;
}

/* split_keys - at the TABs; the second key, or NULL */
static char *split_keys(char *key)
{
    char *tab = strchr(key, '\t'), *second = tab + 1;

    *tab = '\0';
    tab = strchr(second, '\t');
    if (!tab)
        return NULL;
    *tab = '\0';
    return second;
}

/* canary_edition - each fact about its table, on its first day */
int canary_edition(const struct tables *t, const struct edition_info *i, struct err *e)
{
    struct table_row r;

    if (strstr(i->edition, "-seed") || strstr(i->source, "seed"))
        return 0;
    for (size_t k = 0; k < ROWS; k++) {
        char key[32];
        char *key2;
        const char *has = rows[k].has;

        if (rows[k].table != i->table ||
            (rows[k].edition && strcmp(rows[k].edition, i->edition) != 0))
            continue;
        str_copy(key, sizeof(key), rows[k].key);
        key2 = split_keys(key);
        if (tables_find(t, i->table, key, key2, i->to ? i->to : i->from, &r) != LOOKUP_FOUND ||
            !memmem(r.text.p, r.text.n, has, strlen(has)))
            return err_set(e, ERR_REJECT, "canary", "%s is not what a true file says of it", key);
    }
    return 0;
}
