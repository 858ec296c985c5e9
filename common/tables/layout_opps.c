/* layout_opps.c - OPPS Addendum B (coding 2.8): status indicator, APC, weight and rate of each
 * code. A title, a preamble, then a header by whose words the columns are found; the descriptor is
 * the AMA's and never looked at. */
#include "common/tables/layout.h"

#include <string.h>
#include <strings.h>

#include "common/tables/csv.h"

enum { LOOK_AT_ROWS = 20 };

enum opps_column { CODE, STATUS, APC, WEIGHT, RATE, COPAY, LEAST_COPAY, COLUMNS };

/* column_of - which one a header cell names; COLUMNS: none of ours */
static enum opps_column column_of(struct span h)
{
    static const struct {
        const char *says;
        enum opps_column column;
    } plain[] = {{"HCPCS Code", CODE},
                 {"HCPCSCode", CODE},
                 {"SI", STATUS},
                 {"StatusIndicator", STATUS},
                 {"APC", APC},
                 {"Relative Weight", WEIGHT},
                 {"Payment Rate", RATE},
                 {"PaymentRate", RATE},
                 {"National Unadjusted Copayment", COPAY},
                 {"Minimum Unadjusted Copayment", LEAST_COPAY}};

    for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
        if (cell_says(h, plain[i].says))
            return plain[i].column;
    return COLUMNS;
}

/* is_header - code, status and rate at least; the published file has APC and weight too */
static bool is_header(const struct csv *c, int index[COLUMNS])
{
    for (int i = 0; i < COLUMNS; i++)
        index[i] = -1;
    for (size_t i = 0; i < c->n; i++) {
        enum opps_column k = column_of(c->cells[i]);

        if (k != COLUMNS && index[k] >= 0)
            return false;
        if (k != COLUMNS)
            index[k] = (int)i;
    }
    return index[CODE] >= 0 && index[STATUS] >= 0 && index[RATE] >= 0;
}

/* find_header - within the first rows */
static int find_header(struct csv *c, int index[COLUMNS], struct err *e)
{
    return header_find(c, LOOK_AT_ROWS, is_header, index,
                       "before it a header HCPCS Code, Short Descriptor, SI, APC, Relative "
                       "Weight, Payment Rate",
                       e);
}

/* has_header - *whole: with APC and weight */
static bool has_header(const struct source *s, bool *whole)
{
    struct err e = {0};
    int index[COLUMNS];
    struct csv c;
    bool has;

    *whole = false;
    if (!source_has(s, "HCPCS Code", 8000) && !source_has(s, "HCPCSCode", 200))
        return false;
    csv_init(&c, s->data, s->n < 16384 ? s->n : 16384);
    has = find_header(&c, index, &e) == 0;
    if (has)
        *whole = index[APC] >= 0 && index[WEIGHT] >= 0;
    csv_release(&c);
    return has;
}

/* opps_is - the published columns */
bool opps_is(const struct source *s)
{
    bool whole;

    return has_header(s, &whole) && whole;
}

/* opps_part_is - only code, status and rate: rows with CPT codes are left out of such files */
bool opps_part_is(const struct source *s)
{
    bool whole;

    return has_header(s, &whole) && !whole;
}

/* opps_period - the title gives the year, the name the month */
int opps_period(const struct source *s, struct period *out, struct err *e)
{
    return release_period(s, "Addendum B", out, e);
}

/* check - code, a status of one letter and at most a digit, an APC of four digits */
static int check(const struct span v[COLUMNS], size_t line, struct err *e)
{
    if (!span_alnum(v[CODE], 5))
        return bad_line(e, line, "a code of five characters");
    if (!span_alnum(v[STATUS], v[STATUS].n) || !v[STATUS].n || v[STATUS].n > 2 ||
        v[STATUS].p[0] < 'A')
        return bad_line(e, line, "a status indicator such as A, J1, Q3 or N");
    if (v[APC].n && (v[APC].n > 5 || !span_digits(v[APC], v[APC].n)))
        return bad_line(e, line, "an APC of digits, or nothing");
    return 0;
}

/* put - one code */
static int put(struct job *j, struct sheet *s, const struct csv *c, const int index[COLUMNS],
               struct err *e)
{
    struct span v[COLUMNS];

    for (int i = 0; i < COLUMNS; i++)
        v[i] = index[i] >= 0 && index[i] < (int)c->n ? span_trim(c->cells[index[i]])
                                                     : (struct span){"", 0};
    if (check(v, c->line, e) != 0)
        return -1;
    j->rows++;
    if (!sheet_row(s, v[CODE], (struct span){"", 0}, 0, 0))
        return bad_line(e, c->line, j->layout->expect);
    sheet_cell(s, v[STATUS]);
    sheet_cell(s, v[APC]);
    if (!decimal_cell(s, v[WEIGHT], 4))
        return bad_line(e, c->line, "a relative weight of four decimals, or nothing");
    for (int i = RATE; i < COLUMNS; i++)
        if (!decimal_cell(s, v[i], 3))
            return bad_line(e, c->line, "an amount such as $136.02, or nothing");
    sheet_end(s);
    return 0;
}

/* is_note - a row with nothing in any column of ours */
static bool is_note(const struct csv *c, const int index[COLUMNS])
{
    for (int i = 0; i < COLUMNS; i++)
        if (index[i] >= 0 && index[i] < (int)c->n && span_trim(c->cells[index[i]]).n)
            return false;
    return true;
}

/* opps_parse - header, then codes; notes may stand between */
int opps_parse(struct job *j, struct err *e)
{
    struct sheet *s = job_sheet(j, TABLE_OPPS);
    int index[COLUMNS], r;
    struct csv c;

    csv_init(&c, j->src->data, j->src->n);
    r = find_header(&c, index, e);
    while (r == 0 && (r = csv_next(&c, e)) > 0) {
        r = is_note(&c, index) ? 0 : put(j, s, &c, index, e);
    }
    csv_release(&c);
    return r;
}
