/* layout_gpci.c - geographic practice cost indices by locality (coding 2.7). The columns are found
 * by their header: their number has changed over the years; footnotes follow the data. */
#include "common/tables/layout.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "common/tables/csv.h"

enum { LOOK_AT_ROWS = 12 };

enum gpci_column { MAC, STATE, LOCALITY, NAME, WORK, WORK_BARE, PE, MP, COLUMNS };

/* has_word - in a cell, whatever the case */
static bool has_word(struct span cell, const char *word)
{
    size_t n = strlen(word);

    for (size_t i = 0; i + n <= cell.n; i++)
        if (strncasecmp(cell.p + i, word, n) == 0)
            return true;
    return false;
}

/* column_of - which one a header cell names; COLUMNS: none of ours */
static enum gpci_column column_of(struct span h)
{
    static const struct {
        const char *says;
        enum gpci_column column;
    } plain[] = {{"mac", MAC},           {"state", STATE},        {"locality number", LOCALITY},
                 {"locality", LOCALITY}, {"locality name", NAME}, {"locality_name", NAME},
                 {"gpci_work", WORK},    {"gpci_pe", PE},         {"gpci_mp", MP}};

    for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
        if (cell_says(h, plain[i].says))
            return plain[i].column;
    if (has_word(h, "Medicare Administrative Contractor"))
        return MAC;
    if (has_word(h, "PW GPCI"))
        return has_word(h, "without") || has_word(h, "no floor") ? WORK_BARE : WORK;
    return has_word(h, "PE GPCI") ? PE : has_word(h, "MP GPCI") ? MP : COLUMNS;
}

/* is_header - every column but state and the second work index; two that name the same one are a
 * header we do not know */
static bool is_header(const struct csv *c, int index[COLUMNS])
{
    for (int i = 0; i < COLUMNS; i++)
        index[i] = -1;
    for (size_t i = 0; i < c->n; i++) {
        enum gpci_column k = column_of(c->cells[i]);

        if (k == COLUMNS)
            continue;
        if (index[k] >= 0)
            return false;
        index[k] = (int)i;
    }
    for (int i = 0; i < COLUMNS; i++)
        if (index[i] < 0 && i != STATE && i != WORK_BARE)
            return false;
    return true;
}

/* find_header - within the first rows */
static int find_header(struct csv *c, int index[COLUMNS], struct err *e)
{
    return header_find(c, LOOK_AT_ROWS, is_header, index,
                       "before it a header with MAC, locality number, locality name, PW GPCI, "
                       "PE GPCI, MP GPCI",
                       e);
}

/* gpci_is - its header within the first rows */
bool gpci_is(const struct source *s)
{
    struct err e = {0};
    int index[COLUMNS];
    struct csv c;
    bool is;

    if (!source_has(s, "GPCI", 4000) && !source_has(s, "gpci", 200))
        return false;
    csv_init(&c, s->data, s->n < 8192 ? s->n : 8192);
    is = find_header(&c, index, &e) == 0;
    csv_release(&c);
    return is;
}

/* gpci_period - the year of the header cells; the quarter, if the archive's name tells it */
int gpci_period(const struct source *s, struct period *out, struct err *e)
{
    return release_period(s, "PE GPCI", out, e);
}

/* padded - digits with the zeros that a spreadsheet takes away; false: not a number of that width
 */
static bool padded(struct span v, char *out, size_t width)
{
    if (!v.n || v.n > width || !span_digits(v, v.n))
        return false;
    memset(out, '0', width);
    memcpy(out + width - v.n, v.p, v.n);
    out[width] = '\0';
    return true;
}

/* name_cell - without the stars of its footnotes */
static struct span name_cell(struct span v)
{
    while (v.n && (v.p[v.n - 1] == '*' || v.p[v.n - 1] == ' '))
        v.n--;
    return v;
}

/* put - one locality */
static int put(struct job *j, struct sheet *s, const struct csv *c, const int index[COLUMNS],
               struct err *e)
{
    struct span v[COLUMNS];
    char mac[6], locality[3];

    for (int i = 0; i < COLUMNS; i++)
        v[i] = index[i] >= 0 && index[i] < (int)c->n ? span_trim(c->cells[index[i]])
                                                     : (struct span){"", 0};
    if (!padded(v[MAC], mac, 5) || !padded(v[LOCALITY], locality, 2))
        return bad_line(e, c->line, "a contractor of five digits and a locality of two");
    if (v[STATE].n && !span_alnum(v[STATE], 2))
        return bad_line(e, c->line, "a state of two letters");
    j->rows++;
    if (!v[WORK].n || !v[PE].n || !v[MP].n || !sheet_row(s, span_of(mac), span_of(locality), 0, 0))
        return bad_line(e, c->line, j->layout->expect);
    sheet_cell(s, v[STATE]);
    sheet_cell(s, name_cell(v[NAME]));
    for (int i = WORK; i <= MP; i++)
        if (!decimal_cell(s, v[i], 3))
            return bad_line(e, c->line, "indices of three decimals");
    sheet_end(s);
    return 0;
}

/* gpci_parse - header, localities until one without number */
int gpci_parse(struct job *j, struct err *e)
{
    struct sheet *s = job_sheet(j, TABLE_GPCI);
    int index[COLUMNS], r;
    struct csv c;

    csv_init(&c, j->src->data, j->src->n);
    r = find_header(&c, index, e);
    while (r == 0 && (r = csv_next(&c, e)) > 0) {
        if (index[LOCALITY] >= (int)c.n || !span_trim(c.cells[index[LOCALITY]]).n) {
            r = 0;
            break;
        }
        r = put(j, s, &c, index, e);
    }
    csv_release(&c);
    return r;
}
