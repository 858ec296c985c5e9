/* layout_ncci.c - NCCI procedure-to-procedure edits, medically unlikely edits, add-on codes
 * (coding 2.4-2.6) */
#include "common/tables/layout.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "common/base/date.h"
#include "common/tables/csv.h"
#include "common/tables/quarters.h"

enum { LOOK_AT = 4000, HEADER_LINES = 12 };

/* NCCI began in 1996; a quarter's file carries every window since then, so it serves them all
 * (kind.cumulative). */
static const int32_t ncci_begin = 19960101;

/* is_ptp - the title and header of the pair files */
static bool is_ptp(const struct source *s)
{
    return source_has(s, "Column 1\tColumn 2\t*=in existence", LOOK_AT);
}

/* ptp_practitioner_is - by the name: the content of the two is alike */
bool ptp_practitioner_is(const struct source *s)
{
    return is_ptp(s) && !name_has(s, "ccioph");
}

/* ptp_hospital_is - by the name */
bool ptp_hospital_is(const struct source *s)
{
    return is_ptp(s) && name_has(s, "ccioph");
}

/* period_cumulative - a quarter that serves all days before it too */
void period_cumulative(struct period *out, int year, int quarter)
{
    period_quarter(out, year, quarter);
    out->starts = ncci_begin;
}

/* ptp_period - v302: year 1994 + 30, quarter 2 + 1 */
int ptp_period(const struct source *s, struct period *out, struct err *e)
{
    const char *v = strcasestr(s->base, "-v");
    int64_t n = v && strspn(v + 2, "0123456789") == 3 ? layout_number((struct span){v + 2, 3}) : -1;

    if (!name_has(s, "ccipra") && !name_has(s, "ccioph"))
        return err_set(e, ERR_REJECT, "name",
                       "expected a name ccipra-… (practitioner) or ccioph-… (hospital), or --kind");
    if (n < 20 || n % 10 > 3)
        return err_set(e, ERR_REJECT, "year",
                       "expected a version as in ccipra-v322r0-f1 (322 = 2026, third quarter)");
    period_cumulative(out, 1994 + (int)(n / 10), (int)(n % 10) + 1);
    return 0;
}

/* part_of_name - "-f2." is part 2; 0: no parts */
static int part_of_name(const struct source *s)
{
    const char *f = strcasestr(s->base, "-f");

    return f && f[2] >= '1' && f[2] <= '9' && (f[3] == '.' || f[3] == '_') ? f[2] - '0' : 0;
}

/* job_newer - keeps the latest date seen */
void job_newer(struct job *j, int32_t day)
{
    if (day > j->newest)
        j->newest = day;
}

/* ptp_row - seven fields; the first two codes, the fourth a day */
static int ptp_row(struct job *j, struct sheet *s, struct span line, size_t number, struct err *e)
{
    struct span f[7];
    int32_t from, to;
    size_t n = 0;

    while (n < 7 && line.p)
        f[n++] = cut_tab(&line);
    if (n < 7 || line.p || !span_alnum(f[0], 5) || !span_alnum(f[1], 5))
        return bad_line(e, number, j->layout->expect);
    from = span_day(f[3]);
    to = span_day(f[4]);
    if (!from || (!to && !span_is(f[4], "*")) || (to && to < from))
        return bad_line(e, number, "an effective date and a deletion date not before it, or *");
    if (f[5].n != 1 || !memchr("019", f[5].p[0], 3))
        return bad_line(e, number, "a modifier indicator 0, 1 or 9");
    job_newer(j, from);
    job_newer(j, to);
    j->rows++;
    if (sheet_row(s, f[0], f[1], from, to)) {
        sheet_cell(s, f[5]);
        sheet_cell(s, f[6]);
        sheet_cell(s, span_of(j->quarter));
        sheet_end(s);
    }
    return 0;
}

/* ptp_parse - a preamble of a few lines, whose last ones go on with the header and have no first
 * cell; then pairs only */
int ptp_parse(struct job *j, struct err *e)
{
    struct sheet *s = job_sheet(j, j->layout->tables[0]);
    struct lines l = lines_of(j->src);
    struct span line;
    bool header = false;

    j->part = part_of_name(j->src);
    snprintf(j->quarter, sizeof(j->quarter), "%08d", j->period.until ? j->period.until : DAY_OPEN);
    while (lines_next(&l, &line)) {
        struct span rest = line;

        if (l.number == 1)
            j->extract = span_has(line, NCCI_EXTRACT);
        if (!header && l.number <= HEADER_LINES) {
            header = span_starts(
                line, "Column 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\t");
            continue;
        }
        if (!header)
            break;
        if (!span_trim(line).n || (l.number <= HEADER_LINES && !cut_tab(&rest).n))
            continue;
        if (ptp_row(j, s, line, l.number, e) != 0)
            return -1;
    }
    return header ? 0
                  : bad_line(e, l.number,
                             "before it a header Column 1, Column 2, *=in existence, Effective, "
                             "Deletion, Modifier");
}

/* is_mue - the header cell that names the setting */
static bool is_mue(const struct source *s, const char *setting)
{
    return source_has(s, setting, LOOK_AT) && source_has(s, "MUE Adjudication Indicator", LOOK_AT);
}

/* mue_practitioner_is - its header */
bool mue_practitioner_is(const struct source *s)
{
    return is_mue(s, "Practitioner Services MUE Values");
}

/* mue_hospital_is - its header */
bool mue_hospital_is(const struct source *s)
{
    return is_mue(s, "Outpatient Hospital Services MUE Values");
}

/* mue_dme_is - its header */
bool mue_dme_is(const struct source *s)
{
    return is_mue(s, "DME Supplier Services MUE Values");
}

/* mue_period - Eff_MM-DD-YYYY: the quarter that begins that day */
int mue_period(const struct source *s, struct period *out, struct err *e)
{
    const char *eff = strcasestr(s->base, "Eff_");
    int32_t day = 0;

    if (eff && strlen(eff) >= 14 && eff[6] == '-' && eff[9] == '-')
        day = date_make((int)layout_number((struct span){eff + 10, 4}),
                        (int)layout_number((struct span){eff + 4, 2}),
                        (int)layout_number((struct span){eff + 7, 2}));
    if (!day)
        return err_set(e, ERR_REJECT, "year",
                       "expected a name with Eff_MM-DD-YYYY, or --from and --to");
    period_quarter(out, day / 10000, (day / 100 % 100 + 2) / 3);
    if (out->starts != day)
        return err_set(e, ERR_REJECT, "year", "the day in the name does not begin a quarter");
    return 0;
}

/* mue_row - code, value, "3 Date of Service Edit: Clinical", rationale */
static int mue_row(struct job *j, struct sheet *s, const struct csv *c, struct err *e)
{
    struct span code, value, mai;

    if (c->n != 4)
        return bad_line(e, c->line, j->layout->expect);
    code = span_trim(c->cells[0]);
    value = span_trim(c->cells[1]);
    mai = span_trim(c->cells[2]);
    if (!span_alnum(code, 5) || layout_number(value) < 0)
        return bad_line(e, c->line, j->layout->expect);
    if (!mai.n || mai.p[0] < '1' || mai.p[0] > '3' || (mai.n > 1 && mai.p[1] != ' '))
        return bad_line(e, c->line, "an adjudication indicator that begins with 1, 2 or 3");
    j->rows++;
    if (sheet_row(s, code, (struct span){"", 0}, 0, 0)) {
        sheet_cell(s, value);
        sheet_cell(s, (struct span){mai.p, 1});
        sheet_cell(s, c->cells[3]);
        sheet_end(s);
    }
    return 0;
}

/* mue_parse - a quoted notice, a header whose first cell holds a line end, then codes */
int mue_parse(struct job *j, struct err *e)
{
    struct sheet *s = job_sheet(j, j->layout->tables[0]);
    struct csv c;
    bool header = false;
    int r, bad = 0;

    csv_init(&c, j->src->data, j->src->n);
    while (!bad && (r = csv_next(&c, e)) > 0) {
        if (header)
            bad = mue_row(j, s, &c, e);
        else if (c.n == 4 && span_has(c.cells[1], "MUE Values") &&
                 span_has(c.cells[2], "MUE Adjudication Indicator"))
            header = true;
        else if (span_has(c.cells[0], NCCI_EXTRACT))
            j->extract = true;
    }
    if (!bad && r == 0 && !header)
        bad = bad_line(
            e, c.line,
            "before it a header with MUE Values, MUE Adjudication Indicator, MUE Rationale");
    csv_release(&c);
    return bad ? bad : r;
}
