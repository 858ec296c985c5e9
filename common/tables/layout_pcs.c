/* layout_pcs.c - the ICD-10-PCS tables (coding 2.14): for each first three characters the rows of
 * values that may stand in characters 4 to 7, and what each value means there.
 *
 * Keys: the table (0DT); then ROW and its number, or position and value (3T, 4J). A code is right
 * when one row of its table has each of its last four characters. Each row says how many codes it
 * makes; that must be the product of its values, and all rows together make as many as the year has
 * codes.
 */
#include "common/tables/layout.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/tables/xml.h"

enum { VALUES_MAX = 36, /* letters and digits */ POSITIONS = 8, LABEL_MAX = 200 };

struct reader {
    struct xml xml; /* first: callbacks find the reader through it */
    struct job *job;
    struct sheet *sheet;
    char table[4];
    char values[POSITIONS][VALUES_MAX + 1]; /* by position, 1 to 7 */
    int position;                           /* of the axis that is open; 0: none */
    char label;                             /* code of the label that is open */
    long promised;                          /* codes of the row that is open */
    size_t declared;                        /* values of the axis that is open */
    size_t row, codes;
    char operation[LABEL_MAX]; /* what the third character means */
};

/* pcs_is - its root */
bool pcs_is(const struct source *s)
{
    return source_has(s, "<ICD10PCS.tabular", 400);
}

/* pcs_period - the fiscal year inside; the name must not say another */
int pcs_period(const struct source *s, struct period *out, struct err *e)
{
    int year = version_year(s), named = name_year(s);

    if (year < 2010 || year > 2099)
        return err_set(e, ERR_REJECT, "year", "expected <version> with the fiscal year");
    if (named && named != year)
        return err_set(e, ERR_REJECT, "year", "the name says %d, <version> says %d", named, year);
    period_fiscal(out, year);
    return 0;
}

/* open_axis - its position, and how many values it will have */
static void open_axis(struct reader *r, const char **attributes)
{
    const char *pos = xml_attribute(attributes, "pos");
    int64_t values = layout_number(span_of(xml_attribute(attributes, "values")));

    if (pos[0] < '1' || pos[0] > '7' || pos[1] || values < 1 || values > VALUES_MAX) {
        xml_stop(&r->xml, "an axis with pos 1-7 and values 1-34");
        return;
    }
    r->position = pos[0] - '0';
    r->declared = (size_t)values;
    r->values[r->position][0] = '\0';
}

static void add(struct reader *r, const char *key2, struct span text, bool values, long codes);

/* open_row - the first one of a table brings the meaning of its third character */
static void open_row(struct reader *r, long promised)
{
    char key2[3] = {'3', r->values[3][0], '\0'};

    r->promised = promised;
    for (int i = 0; i < 3; i++)
        r->table[i] = r->values[i + 1][0];
    for (int i = 4; i < POSITIONS; i++)
        r->values[i][0] = '\0';
    if (strlen(r->table) != 3)
        xml_stop(&r->xml, "three axes of one value before the rows of a table");
    else if (r->row == 0)
        add(r, key2, span_of(r->operation), false, 0);
}

/* start - tables, rows, axes and labels open */
static void start(struct xml *x, const char *name, const char **attributes)
{
    struct reader *r = (struct reader *)(void *)x;

    if (strcmp(name, "pcsTable") == 0) {
        memset(r->values, 0, sizeof(r->values));
        r->table[0] = '\0';
        r->row = 0;
    } else if (strcmp(name, "pcsRow") == 0) {
        open_row(r, (long)layout_number(span_of(xml_attribute(attributes, "codes"))));
    } else if (strcmp(name, "axis") == 0) {
        open_axis(r, attributes);
    } else if (strcmp(name, "label") == 0) {
        const char *code = xml_attribute(attributes, "code");

        r->label = code[0] && !code[1] ? code[0] : '\0';
    }
}

/* add - a row of the table */
static void add(struct reader *r, const char *key2, struct span text, bool values, long codes)
{
    char number[24];

    if (!sheet_row(r->sheet, span_of(r->table), span_of(key2), 0, 0))
        return;
    sheet_cell(r->sheet, text);
    for (int i = 4; i < POSITIONS; i++)
        sheet_text(r->sheet, values ? r->values[i] : "");
    snprintf(number, sizeof(number), "%ld", codes);
    sheet_text(r->sheet, values ? number : "");
    sheet_end(r->sheet);
}

/* take_label - a value of the axis that is open, and what it means */
static void take_label(struct reader *r, struct span text)
{
    char *values = r->values[r->position];
    size_t n = strlen(values);
    char key2[3] = {(char)('0' + r->position), r->label, '\0'};

    if (!span_alnum((struct span){&r->label, 1}, 1) || strchr(values, r->label)) {
        xml_stop(&r->xml, "labels of one character, each once in its axis");
        return;
    }
    values[n] = r->label;
    values[n + 1] = '\0';
    if (r->position == 3)
        snprintf(r->operation, sizeof(r->operation), "%.*s", (int)text.n, text.p);
    if (r->position > 3)
        add(r, key2, text, false, 0);
}

/* close_row - the product of its values is what it promised */
static void close_row(struct reader *r)
{
    long product = 1;
    char key2[24];

    for (int i = 4; i < POSITIONS; i++)
        product *= (long)strlen(r->values[i]);
    if (product != r->promised || product == 0) {
        xml_stop(&r->xml, "a row whose values make as many codes as its attribute says");
        return;
    }
    r->codes += (size_t)product;
    snprintf(key2, sizeof(key2), "ROW %04zu", ++r->row);
    add(r, key2, (struct span){"", 0}, true, product);
}

/* end - what an element held */
static void end(struct xml *x, const char *name, struct span text)
{
    struct reader *r = (struct reader *)(void *)x;

    if (strcmp(name, "label") == 0 && r->position) {
        take_label(r, text);
    } else if (strcmp(name, "axis") == 0 && r->position) {
        if (strlen(r->values[r->position]) != r->declared)
            xml_stop(x, "as many labels in an axis as its attribute says");
        r->position = 0;
    } else if (strcmp(name, "pcsRow") == 0) {
        close_row(r);
    } else if (strcmp(name, "pcsTable") == 0) {
        r->job->flagged++;
    }
}

/* pcs_parse - all tables; rows counts the codes that they make, flagged the tables */
int pcs_parse(struct job *j, struct err *e)
{
    struct reader *r = calloc(1, sizeof(*r));
    int result;

    if (!r)
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    r->xml.start = start;
    r->xml.end = end;
    r->job = j;
    r->sheet = job_sheet(j, TABLE_ICD10PCS_TABLE);
    result = xml_read(&r->xml, j->src->data, j->src->n, e);
    j->rows = r->codes;
    free(r);
    return result;
}

/* pcs_key_is - the body part, device and substance key: a term and the value to use for it */
bool pcs_key_is(const struct source *s)
{
    struct lines l = lines_of(s);
    struct span line;

    return lines_next(&l, &line) && span_is(span_trim(line), "term\tuse");
}

/* pcs_key_period - the fiscal year of the name */
int pcs_key_period(const struct source *s, struct period *out, struct err *e)
{
    int year = name_year(s);

    if (year < 2010)
        return err_set(e, ERR_REJECT, "year", "expected the fiscal year in the name");
    period_fiscal(out, year);
    return 0;
}

/* pcs_key_parse - term, TAB, the value to use */
int pcs_key_parse(struct job *j, struct err *e)
{
    struct sheet *s = job_sheet(j, TABLE_ICD10PCS_KEY);
    struct lines l = lines_of(j->src);
    struct span line;

    if (!pcs_key_is(j->src))
        return bad_line(e, 1, "a header term, use");
    lines_next(&l, &line);
    while (lines_next(&l, &line)) {
        char key[KEY_BYTES_MAX + 1];
        struct span term = cut_tab(&line), use = cut_tab(&line);

        if (!term.n && !use.n)
            continue;
        if (!use.n || line.p || !tables_plain_key(term, key, sizeof(key)))
            return bad_line(e, l.number, j->layout->expect);
        j->rows++;
        if (!sheet_row(s, span_of(key), (struct span){"", 0}, 0, 0))
            return bad_line(e, l.number, j->layout->expect);
        sheet_cell(s, use);
        sheet_end(s);
    }
    return 0;
}
