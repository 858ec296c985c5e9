/* layout_ncci.c - NCCI procedure-to-procedure edits, medically unlikely edits, add-on codes
 * (coding 2.4-2.6) */
#include "common/tables/layout.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "common/base/date.h"
#include "common/tables/csv.h"

enum { LOOK_AT = 4000, HEADER_LINES = 12 };

/* NCCI began in 1996; a quarter's file carries every window since then, so it serves them all
 * (kind.cumulative). */
static const int32_t ncci_begin = 19960101;

static const char extract_notice[] = "HCPCS Level II codes only";

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

/* cumulative_quarter - a quarter that serves all days before it too */
static void cumulative_quarter(struct period *out, int year, int quarter)
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
    cumulative_quarter(out, 1994 + (int)(n / 10), (int)(n % 10) + 1);
    return 0;
}

/* part_of_name - "-f2." is part 2; 0: no parts */
static int part_of_name(const struct source *s)
{
    const char *f = strcasestr(s->base, "-f");

    return f && f[2] >= '1' && f[2] <= '9' && (f[3] == '.' || f[3] == '_') ? f[2] - '0' : 0;
}

/* newer - keeps the latest date seen */
static void newer(struct job *j, int32_t day)
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
    newer(j, from);
    newer(j, to);
    j->rows++;
    if (sheet_row(s, f[0], f[1], from, to)) {
        sheet_cell(s, f[5]);
        sheet_cell(s, f[6]);
        sheet_end(s);
    }
    return 0;
}

/* ptp_parse - a preamble of a few lines, then pairs only */
int ptp_parse(struct job *j, struct err *e)
{
    struct sheet *s = job_sheet(j, j->layout->tables[0]);
    struct lines l = lines_of(j->src);
    struct span line;
    bool header = false;

    j->part = part_of_name(j->src);
    while (lines_next(&l, &line)) {
        struct span rest = line;

        if (l.number == 1)
            j->extract = span_has(line, extract_notice);
        header = header ||
                 span_starts(line,
                             "Column 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\t");
        if (l.number > HEADER_LINES && !header)
            return bad_line(e, l.number,
                            "before it a header Column 1, Column 2, *=in existence, Effective, "
                            "Deletion, Modifier");
        if (l.number <= HEADER_LINES && !(header && span_alnum(cut_tab(&rest), 5)))
            continue;
        if (span_trim(line).n && ptp_row(j, s, line, l.number, e) != 0)
            return -1;
    }
    return 0;
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
    struct span code = span_trim(c->cells[0]), value = span_trim(c->cells[1]),
                mai = span_trim(c->cells[2]);

    if (c->n != 4 || !span_alnum(code, 5) || layout_number(value) < 0)
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
        else if (c.n && span_has(c.cells[0], extract_notice))
            j->extract = true;
    }
    if (!bad && r == 0 && !header)
        bad = bad_line(
            e, c.line,
            "before it a header with MUE Values, MUE Adjudication Indicator, MUE Rationale");
    csv_release(&c);
    return bad ? bad : r;
}

/* aoc_is - the header of the tab form */
bool aoc_is(const struct source *s)
{
    return source_has(s, "AOC_Edit_Type\tAdd-On_Code\t", LOOK_AT);
}

/* is_fixed_row - "1C5272       C5271       2024001…" */
static bool is_fixed_row(struct span l)
{
    return l.n >= 32 && l.p[0] >= '1' && l.p[0] <= '3' &&
           span_alnum((struct span){l.p + 1, 5}, 5) && span_alnum((struct span){l.p + 13, 5}, 5) &&
           span_digits((struct span){l.p + 25, 7}, 7);
}

/* aoc_fixed_is - its first line */
bool aoc_fixed_is(const struct source *s)
{
    struct lines l = lines_of(s);
    struct span line;

    return lines_next(&l, &line) && is_fixed_row(line);
}

/* aoc_period - AOC_V2026Q4 */
int aoc_period(const struct source *s, struct period *out, struct err *e)
{
    const char *v = strcasestr(s->base, "_V");
    int64_t year =
        v && strspn(v + 2, "0123456789") == 4 ? layout_number((struct span){v + 2, 4}) : -1;

    if (year < 2000 || (v[6] != 'Q' && v[6] != 'q') || v[7] < '1' || v[7] > '4')
        return err_set(e, ERR_REJECT, "year", "expected a name AOC_VyyyyQq…, or --from and --to");
    cumulative_quarter(out, (int)year, v[7] - '0');
    return 0;
}

/* julian - YYYYDDD; 0: empty, -1: neither */
static int32_t julian(struct span s)
{
    int64_t v = layout_number(s);
    int32_t first, day;

    if (!s.n)
        return 0;
    first = v > 0 && s.n == 7 ? date_make((int)(v / 1000), 1, 1) : 0;
    if (!first || v % 1000 < 1)
        return -1;
    day = date_add(first, (int32_t)(v % 1000) - 1);
    return day / 10000 == v / 1000 ? day : -1;
}

/* aoc_row - type, add-on, its deletion, primary, its deletion, effective, deletion, note. Valid
 * while before every deletion */
static int aoc_row(struct job *j, struct sheet *s, const struct span f[8], size_t number,
                   struct err *e)
{
    int32_t from = julian(f[5]), to = 0;

    if (f[0].n != 1 || f[0].p[0] < '1' || f[0].p[0] > '3' || !span_alnum(f[1], 5) ||
        !span_alnum(f[3], 5))
        return bad_line(e, number, j->layout->expect);
    for (int i = 2; i <= 6; i += 2) {
        int32_t day = julian(f[i]);

        if (day < 0 || from <= 0)
            return bad_line(e, number,
                            "dates YYYYDDD: an effective date, deletion dates or nothing");
        if (day && (!to || date_add(day, -1) < to))
            to = date_add(day, -1);
    }
    newer(j, from);
    j->rows++;
    if (to && to < from) /* deleted on its first day: it never held */
        return 0;
    if (sheet_row(s, f[1], f[3], from, to)) {
        sheet_cell(s, f[0]);
        sheet_cell(s, f[7]);
        sheet_end(s);
    }
    return 0;
}

/* aoc_parse - copyright line, header line, rows of eight fields */
int aoc_parse(struct job *j, struct err *e)
{
    struct sheet *s = job_sheet(j, TABLE_AOC);
    struct lines l = lines_of(j->src);
    struct span line, f[8];
    bool header = false;

    while (lines_next(&l, &line)) {
        size_t n = 0;

        if (!header) {
            j->extract = j->extract || span_has(line, extract_notice);
            header = span_starts(line, "AOC_Edit_Type\tAdd-On_Code\tAOC_DelDT\tPrimary_"
                                       "Code\tPrimary_Code_DelDT\tAOC_Edit_EffDT");
            continue;
        }
        if (!span_trim(line).n)
            continue;
        while (n < 8 && line.p)
            f[n++] = cut_tab(&line);
        if (n < 8 || line.p)
            return bad_line(e, l.number, j->layout->expect);
        if (aoc_row(j, s, f, l.number, e) != 0)
            return -1;
    }
    return header ? 0 : bad_line(e, 2, "the header AOC_Edit_Type, Add-On_Code …");
}

/* aoc_fixed_parse - the same rows at fixed columns */
int aoc_fixed_parse(struct job *j, struct err *e)
{
    static const struct {
        size_t at, n;
    } at[8] = {{1, 1}, {2, 5}, {7, 7}, {14, 5}, {19, 7}, {26, 7}, {33, 7}, {40, 58}};
    struct sheet *s = job_sheet(j, TABLE_AOC);
    struct lines l = lines_of(j->src);
    struct span line, f[8];

    j->lesser = true;
    j->extract = true; /* it has no line that says whether it is whole */
    while (lines_next(&l, &line)) {
        if (!span_trim(line).n)
            continue;
        for (int i = 0; i < 8; i++)
            f[i] = columns(line, at[i].at, at[i].n);
        if (aoc_row(j, s, f, l.number, e) != 0)
            return -1;
    }
    return 0;
}
