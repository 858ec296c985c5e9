/* layout_weights.c - IPPS Table 5 (coding 2.10): weight, mean stay and transfer policy of each
 * MS-DRG. Cells are separated by TAB; a title and a header stand before the rows; columns go by
 * place, for their names carry the year. */
#include "common/tables/layout.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum weight_cell {
    DRG,
    POST_ACUTE,
    SPECIAL,
    MDC,
    TYPE,
    TITLE,
    UNCAPPED,
    WEIGHT,
    GMLOS,
    AMLOS,
    CELLS
};

/* unquoted - as spreadsheets write cells */
static struct span unquoted(struct span v)
{
    v = span_trim(v);
    if (v.n >= 2 && v.p[0] == '"' && v.p[v.n - 1] == '"')
        v = span_trim((struct span){v.p + 1, v.n - 2});
    return v;
}

/* cells_of - false: fewer than ten, or more that hold something */
static bool cells_of(struct span line, struct span v[CELLS])
{
    for (int i = 0; i < CELLS; i++) {
        if (!line.p)
            return false;
        v[i] = unquoted(cut_tab(&line));
    }
    return !line.p || !span_trim(line).n;
}

/* is_header - its first cell is the DRG's name */
static bool is_header(struct span line)
{
    struct span first = unquoted(cut_tab(&line));

    return line.p && (span_is(first, "MS-DRG") || span_is(first, "MSDRG"));
}

/* has_cells - something stands behind its first cell: a note has nothing there */
static bool has_cells(struct span line)
{
    cut_tab(&line);
    while (line.p)
        if (unquoted(cut_tab(&line)).n)
            return true;
    return false;
}

/* weights_is - a header with the words of Table 5, in the first bytes */
bool weights_is(const struct source *s)
{
    return source_has(s, "TABLE 5", 200) && source_has(s, "MS-DRG", 2000) &&
           source_has(s, "\t", 4000);
}

/* weights_period - the fiscal year of title or header: "FY 2026" */
int weights_period(const struct source *s, struct period *out, struct err *e)
{
    size_t n = s->n < 4000 ? s->n : 4000;

    for (size_t i = 0; i + 7 <= n; i++)
        if (memcmp(s->data + i, "FY 20", 5) == 0 &&
            span_digits((struct span){s->data + i + 3, 4}, 4)) {
            char year[5];

            snprintf(year, sizeof(year), "%.4s", s->data + i + 3);
            period_fiscal(out, (int)strtol(year, NULL, 10));
            return 0;
        }
    return err_set(e, ERR_REJECT, "year", "expected the fiscal year in the title, as FY 2026");
}

/* yes_no - as a flag; false: neither */
static bool yes_no(struct sheet *s, struct span v)
{
    bool yes = span_is(v, "Yes") || span_is(v, "YES"), no = span_is(v, "No") || span_is(v, "NO");

    sheet_text(s, yes ? "Y" : "N");
    return yes || no;
}

/* number - a decimal, or nothing (998 and 999 have no weight) */
static bool number(struct sheet *s, struct span v, int places)
{
    return decimal_cell(s, span_is(v, ".") || span_is(v, "N/A") ? (struct span){"", 0} : v, places);
}

/* put - one DRG */
static int put(struct job *j, struct sheet *s, struct span line, size_t at, struct err *e)
{
    struct span v[CELLS];
    bool good;

    if (!cells_of(line, v) || !span_digits(v[DRG], 3) ||
        !(span_is(v[TYPE], "MED") || span_is(v[TYPE], "SURG") || span_is(v[TYPE], "**")))
        return bad_line(e, at, j->layout->expect);
    j->rows++;
    if (!sheet_row(s, v[DRG], (struct span){"", 0}, 0, 0))
        return bad_line(e, at, j->layout->expect);
    good = yes_no(s, v[POST_ACUTE]) && yes_no(s, v[SPECIAL]);
    sheet_cell(s, v[MDC]);
    sheet_cell(s, v[TYPE]);
    good = good && number(s, v[UNCAPPED], 4) && number(s, v[WEIGHT], 4) && number(s, v[GMLOS], 1) &&
           number(s, v[AMLOS], 1);
    sheet_end(s);
    return good ? 0 : bad_line(e, at, "Yes or No twice, weights of four decimals, days of one");
}

/* weights_parse - header, DRGs; notes may follow */
int weights_parse(struct job *j, struct err *e)
{
    struct sheet *s = job_sheet(j, TABLE_DRG_WEIGHTS);
    struct lines l = lines_of(j->src);
    struct span line;
    bool header = false;

    while (lines_next(&l, &line)) {
        if (header && has_cells(line) && put(j, s, line, l.number, e) != 0)
            return -1;
        header = header || is_header(line);
    }
    return header ? 0 : bad_line(e, l.number, "before it a header that begins with MS-DRG");
}
