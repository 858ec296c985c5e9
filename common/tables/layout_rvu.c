/* layout_rvu.c - the physician fee schedule's relative values (coding 2.7): the CSV, its twin of
 * 200 columns, and a CSV whose header names the columns.
 *
 * The descriptor is the AMA's: it is never looked at. A row without modifier has "-" as second key
 * (rvu.h). */
#include "common/tables/layout_rvu.h"

#include <string.h>

#include "common/tables/csv.h"

enum { CSV_OLD = 31, CSV_NEW = 32, PRICING_AT = 23, LOOK_AT_ROWS = 30, TXT_LEAST = 140 };

/* is_headers - the last of the stacked header rows; *shift: a pricing indicator stands before the
 * base code */
static bool is_headers(const struct csv *c, int *shift)
{
    static const struct {
        size_t at;
        const char *says;
    } cells[] = {{0, "HCPCS"}, {1, "MOD"},   {2, "DESCRIPTION"}, {3, "CODE"},
                 {5, "RVU"},   {10, "RVU"},  {13, "IND"},        {14, "DAYS"},
                 {15, "OP"},   {18, "PROC"}, {19, "SURG"},       {22, "SURG"}};

    if (c->n < CSV_OLD)
        return false;
    for (size_t i = 0; i < sizeof(cells) / sizeof(cells[0]); i++)
        if (!cell_says(c->cells[cells[i].at], cells[i].says))
            return false;
    *shift = cell_says(c->cells[PRICING_AT], "BASE") ? 0 : 1;
    return cell_says(c->cells[PRICING_AT + *shift], "BASE") &&
           cell_says(c->cells[PRICING_AT + *shift + 1], "FACTOR") &&
           c->n >= CSV_OLD + (size_t)*shift;
}

/* names_columns - a header that names the columns one by one; false: another row */
static bool names_columns(const struct csv *c, int index[RVU_FIELDS])
{
    if (c->n < 20 || !cell_says(c->cells[0], rvu_fields[0].header))
        return false;
    for (size_t f = 0; f < RVU_FIELDS; f++) {
        index[f] = -1;
        for (size_t i = 0; i < c->n; i++)
            if (cell_says(c->cells[i], rvu_fields[f].header))
                index[f] = (int)i;
        if (index[f] < 0 && strcmp(rvu_fields[f].header, "calc_flag") != 0)
            return false;
    }
    return true;
}

/* find_headers - within the first rows; fills the index of each field */
static int find_headers(struct csv *c, bool named, int index[RVU_FIELDS], struct err *e)
{
    int shift, r = 0;

    for (int row = 0; row < LOOK_AT_ROWS && (r = csv_next(c, e)) > 0; row++) {
        if (named && names_columns(c, index))
            return 0;
        if (named || !is_headers(c, &shift))
            continue;
        for (size_t f = 0; f < RVU_FIELDS; f++)
            index[f] = rvu_fields[f].csv + (rvu_fields[f].csv >= PRICING_AT ? shift : 0);
        return 0;
    }
    return r < 0 ? -1
                 : bad_line(e, c->line,
                            "before it a header HCPCS, MOD, DESCRIPTION, CODE … IND, DAYS … BASE, "
                            "FACTOR of 31 or 32 columns");
}

/* has_headers - in a text that may not be CSV at all */
static bool has_headers(const struct source *s, bool named)
{
    struct err e = {0};
    int index[RVU_FIELDS];
    struct csv c;
    bool has;

    csv_init(&c, s->data, s->n < 16384 ? s->n : 16384);
    has = find_headers(&c, named, index, &e) == 0;
    csv_release(&c);
    return has;
}

/* is_qpp - "…_QPP.csv" has another conversion factor than "…_nonQPP.csv" */
static bool is_qpp(const struct source *s)
{
    return name_has(s, "QPP") && !name_has(s, "nonQPP");
}

/* is_rvu_csv - the stacked headers, or the first of them without a good last one */
static bool is_rvu_csv(const struct source *s)
{
    return source_has(s, "Relative Value File", 4000)
               ? has_headers(s, false)
               : source_has(s, "HCPCS,MOD,", 8000) && has_headers(s, false);
}

/* rvu_csv_is - of all who bill */
bool rvu_csv_is(const struct source *s)
{
    return !is_qpp(s) && is_rvu_csv(s);
}

/* rvu_qpp_csv_is - of participants in advanced payment models */
bool rvu_qpp_csv_is(const struct source *s)
{
    return is_qpp(s) && is_rvu_csv(s);
}

/* rvu_named_is - a header that names the columns */
bool rvu_named_is(const struct source *s)
{
    return source_has(s, "hcpcs_code,mod,status,pctc,glob", 200) && has_headers(s, true);
}

/* is_rvu_txt - a header record, and the word that its name begins with */
static bool is_rvu_txt(const struct source *s)
{
    return s->n > 3 && memcmp(s->data, "HDR", 3) == 0 && name_has(s, "PPRRVU");
}

/* rvu_txt_is - of all who bill */
bool rvu_txt_is(const struct source *s)
{
    return !is_qpp(s) && is_rvu_txt(s);
}

/* rvu_qpp_txt_is - of participants in advanced payment models */
bool rvu_qpp_txt_is(const struct source *s)
{
    return is_qpp(s) && is_rvu_txt(s);
}

/* rvu_period - the title says it; the name must not say otherwise */
int rvu_period(const struct source *s, struct period *out, struct err *e)
{
    return release_period(s, "Relative Value File", out, e);
}

/* csv_rows - after the header: codes only */
static int csv_rows(struct rvu_reading *r, struct csv *c, struct err *e)
{
    int result;

    while ((result = csv_next(c, e)) > 0) {
        struct span v[RVU_FIELDS];

        for (size_t f = 0; f < RVU_FIELDS; f++) {
            if (r->index[f] >= (int)c->n)
                return bad_line(e, c->line, r->job->layout->expect);
            v[f] = r->index[f] < 0 ? (struct span){"", 0} : span_trim(c->cells[r->index[f]]);
        }
        if (rvu_put_row(r, v, c->line, e) != 0)
            return -1;
    }
    return result;
}

/* parse_csv - header, then rows */
static int parse_csv(struct job *j, bool named, struct err *e)
{
    struct rvu_reading r = {.job = j, .sheet = job_sheet(j, j->layout->tables[0])};
    struct csv c;
    int result;

    csv_init(&c, j->src->data, j->src->n);
    result = find_headers(&c, named, r.index, e);
    if (result == 0)
        result = csv_rows(&r, &c, e);
    csv_release(&c);
    return result;
}

/* rvu_csv_parse - 31 or 32 columns by position */
int rvu_csv_parse(struct job *j, struct err *e)
{
    return parse_csv(j, false, e);
}

/* rvu_named_parse - columns by name; rows with CPT codes are left out of such files */
int rvu_named_parse(struct job *j, struct err *e)
{
    return parse_csv(j, true, e);
}

/* rvu_txt_parse - header records, then one row a line */
int rvu_txt_parse(struct job *j, struct err *e)
{
    struct rvu_reading r = {.job = j, .sheet = job_sheet(j, j->layout->tables[0])};
    struct lines l = lines_of(j->src);
    struct span line;

    j->lesser = true; /* the CSV beside it holds the same rows and more columns */
    while (lines_next(&l, &line)) {
        struct span v[RVU_FIELDS];

        if (span_starts(line, "HDR") || !span_trim(line).n)
            continue;
        if (line.n < TXT_LEAST)
            return bad_line(e, l.number, j->layout->expect);
        for (size_t f = 0; f < RVU_FIELDS; f++)
            v[f] = rvu_fields[f].n ? columns(line, rvu_fields[f].at, rvu_fields[f].n)
                                   : (struct span){"", 0};
        if (rvu_put_row(&r, v, l.number, e) != 0)
            return -1;
    }
    return 0;
}
