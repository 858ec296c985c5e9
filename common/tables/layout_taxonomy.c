/* layout_taxonomy.c - the provider taxonomy as the NUCC publishes it twice a year:
 * nucc_taxonomy_261.csv is version 26.1. Codes and their three names are kept, no definitions. */
#include "common/tables/layout.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "common/base/date.h"
#include "common/codes/codes.h"
#include "common/tables/csv.h"

enum { NAMES = 4 };

/* taxonomy_is - its header */
bool taxonomy_is(const struct source *s)
{
    return source_has(s, "Code,Grouping,Classification,Specialization", 64) ||
           source_has(s, "\"Code\",\"Grouping\",\"Classification\",\"Specialization\"", 80);
}

/* taxonomy_period - nucc_taxonomy_260: published in January 2026, in force from 1 April;
 * 261: in July, from 1 October. Where no other edition is, it serves the days before too: a code is
 * seldom retired. */
int taxonomy_period(const struct source *s, struct period *out, struct err *e)
{
    const char *at = strcasestr(s->base, "taxonomy_");
    int64_t v =
        at && strspn(at + 9, "0123456789") == 3 ? layout_number((struct span){at + 9, 3}) : -1;

    if (v < 0 || v % 10 > 1)
        return err_set(
            e, ERR_REJECT, "year",
            "expected a version as in nucc_taxonomy_261.csv (26.1: July 2026), or --name, "
            "--from");
    snprintf(out->edition, sizeof(out->edition), "v%d.%d", (int)(v / 10), (int)(v % 10));
    out->starts = date_make(2000 + (int)(v / 10), v % 10 ? 10 : 4, 1);
    out->reach = SNAPSHOT_ALWAYS;
    return 0;
}

/* put - one code */
static int put(struct job *j, struct sheet *s, const struct csv *c, struct err *e)
{
    struct span code = span_trim(c->cells[0]);
    char text[16] = "";

    if (code.n < sizeof(text))
        memcpy(text, code.p, code.n);
    if (c->n < NAMES || !taxonomy_form(text) || !span_trim(c->cells[2]).n)
        return bad_line(e, c->line, j->layout->expect);
    j->rows++;
    if (!sheet_row(s, code, (struct span){"", 0}, 0, 0))
        return bad_line(e, c->line, j->layout->expect);
    for (int i = 1; i < NAMES; i++)
        sheet_cell(s, c->cells[i]);
    sheet_end(s);
    return 0;
}

/* taxonomy_parse - header, then codes */
int taxonomy_parse(struct job *j, struct err *e)
{
    static const char *const names[NAMES] = {"Code", "Grouping", "Classification",
                                             "Specialization"};
    struct sheet *s = job_sheet(j, TABLE_TAXONOMY);
    struct csv c;
    int r;

    csv_init(&c, j->src->data, j->src->n);
    r = csv_next(&c, e) > 0 ? 0 : bad_line(e, 1, "a header Code, Grouping, Classification …");
    for (size_t i = 0; i < NAMES && r == 0; i++)
        if (i >= c.n || !cell_says(c.cells[i], names[i]))
            r = bad_line(e, 1, "a header Code, Grouping, Classification, Specialization");
    while (r == 0 && (r = csv_next(&c, e)) > 0)
        r = put(j, s, &c, e);
    csv_release(&c);
    return r;
}
