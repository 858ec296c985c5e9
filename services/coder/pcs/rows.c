/* rows.c - a code against the rows of its table */
#include <string.h>

#include "services/coder/pcs/pcs.h"

enum { FIRST = 4, LAST = 7, TABLE = 3 };

static const char *const columns[] = {"values4", "values5", "values6", "values7"};

/* has_value - does the row allow the character at its position? */
static bool has_value(const struct table_row *row, int position, char value)
{
    struct span v = table_col(row, columns[position - FIRST]);

    return v.n && memchr(v.p, value, v.n) != NULL;
}

/* depth - the last position to which the row goes along with the code */
static int depth(const struct table_row *row, const char *code)
{
    int position = FIRST;

    while (position <= LAST && has_value(row, position, code[position - 1]))
        position++;
    return position - 1;
}

/* is_values - a row of values, not what one means */
static bool is_values(const struct table_row *row)
{
    struct span part = table_key(row, 1);

    return part.n > TABLE && memcmp(part.p, "ROW", 3) == 0;
}

/* add_values - those of a position, each once */
static void add_values(struct pcs_fault *fault, const struct table_row *row)
{
    struct span v = table_col(row, columns[fault->position - FIRST]);
    size_t n = strlen(fault->values);

    for (size_t i = 0; i < v.n && n + 1 < PCS_VALUES; i++)
        if (!strchr(fault->values, v.p[i])) {
            fault->values[n++] = v.p[i];
            fault->values[n] = '\0';
        }
}

/* find_fault - how far the best row goes, and what the rows that go as far have next */
static void find_fault(const struct tables *t, const char *code, const char *table, int32_t on,
                       struct pcs_fault *fault)
{
    struct table_row row;

    *fault = (struct pcs_fault){TABLE, ""};
    for (size_t cursor = 0; tables_next(t, TABLE_ICD10PCS_TABLE, table, on, &cursor, &row);)
        if (is_values(&row) && depth(&row, code) + 1 > fault->position)
            fault->position = depth(&row, code) + 1;
    if (fault->position == TABLE)
        return;
    for (size_t cursor = 0; tables_next(t, TABLE_ICD10PCS_TABLE, table, on, &cursor, &row);)
        if (is_values(&row) && depth(&row, code) + 1 == fault->position)
            add_values(fault, &row);
}

/* pcs_check - see pcs.h */
enum pcs_answer pcs_check(const struct tables *t, const char *code, int32_t on,
                          struct table_row *row, struct pcs_fault *fault)
{
    char table[TABLE + 1] = {code[0], code[1], code[2], '\0'};

    if (!tables_edition(t, TABLE_ICD10PCS_TABLE, on))
        return PCS_NO_EDITION;
    for (size_t cursor = 0; tables_next(t, TABLE_ICD10PCS_TABLE, table, on, &cursor, row);)
        if (is_values(row) && depth(row, code) == LAST)
            return PCS_LEGAL;
    find_fault(t, code, table, on, fault);
    return PCS_ILLEGAL;
}

/* pcs_label - see pcs.h */
bool pcs_label(const struct tables *t, const char *code, int position, int32_t on,
               struct table_row *row)
{
    char table[TABLE + 1] = {code[0], code[1], code[2], '\0'};
    char value[3] = {(char)('0' + position), code[position - 1], '\0'};

    return tables_find(t, TABLE_ICD10PCS_TABLE, table, value, on, row) == LOOKUP_FOUND;
}
