/* layout_ndc.c - the ASP NDC-HCPCS crosswalk (coding 2.9): which billing code a package has, and
 * how many of its units the package holds
 *
 * A title, then a header whose first cell is _YYYY_CODE. Ten cells: code, text, labeler, NDC 5-4-2,
 * drug, dosage, package size, package quantity, billable units an item, billable units a package.
 * Names of drugs are not kept. */
#include "common/tables/layout.h"

#include <string.h>

#include "common/tables/csv.h"

enum { LOOK_AT_ROWS = 20, CELLS = 10, NDC_TEXT = 12 };
enum { CODE = 0, NDC = 3, DOSAGE = 5, PER_ITEM = 8, PER_PACKAGE = 9 };

/* is_header - _2026_CODE */
static bool is_header(const struct csv *c, int *index)
{
    struct span v = c->n >= CELLS ? span_trim(c->cells[0]) : (struct span){"", 0};

    (void)index;
    return v.n == 10 && v.p[0] == '_' && span_digits((struct span){v.p + 1, 4}, 4) &&
           memcmp(v.p + 5, "_CODE", 5) == 0;
}

/* find_header - within the first rows */
static int find_header(struct csv *c, struct err *e)
{
    return header_find(c, LOOK_AT_ROWS, is_header, NULL,
                       "before it a header of ten cells, the first _YYYY_CODE", e);
}

/* ndc_is - by its header */
bool ndc_is(const struct source *s)
{
    struct err e = {0};
    struct csv c;
    bool is;

    if (!source_has(s, "_CODE", 8000))
        return false;
    csv_init(&c, s->data, s->n < 16384 ? s->n : 16384);
    is = find_header(&c, &e) == 0;
    csv_release(&c);
    return is;
}

/* ndc_period - the header gives the year, the name the month */
int ndc_period(const struct source *s, struct period *out, struct err *e)
{
    return release_period(s, "_CODE", out, e);
}

/* plain_ndc - eleven digits of 12345-6789-01; false: another kind of number (devices have such) */
static bool plain_ndc(struct span v, char out[NDC_TEXT])
{
    if (v.n != 13 || v.p[5] != '-' || v.p[10] != '-' || !span_digits((struct span){v.p, 5}, 5) ||
        !span_digits((struct span){v.p + 6, 4}, 4) || !span_digits((struct span){v.p + 11, 2}, 2))
        return false;
    memcpy(out, v.p, 5);
    memcpy(out + 5, v.p + 6, 4);
    memcpy(out + 9, v.p + 11, 2);
    out[11] = '\0';
    return true;
}

/* units_cell - thousandths; a number that is finer, or none, is left out */
static void units_cell(struct sheet *s, struct span v)
{
    if (!decimal_cell(s, v, 3))
        sheet_text(s, "");
}

/* put - one package under one code */
static int put(struct sheet *s, const struct csv *c, const char *ndc, struct err *e)
{
    struct span code = span_trim(c->cells[CODE]);

    if (!span_alnum(code, 5))
        return bad_line(e, c->line, "a code of five characters");
    if (!sheet_row(s, span_of(ndc), code, 0, 0))
        return bad_line(e, c->line, "an NDC and a code");
    sheet_cell(s, span_trim(c->cells[DOSAGE]));
    units_cell(s, span_trim(c->cells[PER_ITEM]));
    units_cell(s, span_trim(c->cells[PER_PACKAGE]));
    sheet_end(s);
    return 0;
}

/* ndc_parse - header, then packages; one in a hundred may be a device */
int ndc_parse(struct job *j, struct err *e)
{
    struct sheet *s = job_sheet(j, TABLE_NDC_HCPCS);
    size_t others = 0;
    char ndc[NDC_TEXT];
    struct csv c;
    int r;

    csv_init(&c, j->src->data, j->src->n);
    r = find_header(&c, e);
    while (r == 0 && (r = csv_next(&c, e)) > 0) {
        r = 0;
        if (!span_trim(c.cells[CODE]).n && (c.n <= NDC || !span_trim(c.cells[NDC]).n))
            continue;
        if (c.n < CELLS)
            r = bad_line(e, c.line, j->layout->expect);
        else if (!span_trim(c.cells[CODE]).n)
            r = bad_line(e, c.line, "a code of five characters");
        else if (!plain_ndc(span_trim(c.cells[NDC]), ndc))
            others++;
        else
            r = put(s, &c, ndc, e);
        j->rows++;
    }
    if (r == 0 && others * 100 > j->rows)
        r = bad_line(e, c.line, "NDCs of the form 5-4-2, but for one row in a hundred");
    csv_release(&c);
    return r;
}
