/* layout_aoc.c - NCCI add-on codes: the tab form, and the fixed columns that say the same
 * (coding 2.6) */
#include <string.h>
#include <strings.h>

#include "common/base/date.h"
#include "common/tables/layout.h"

enum { LOOK_AT = 4000 };

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
    period_cumulative(out, (int)year, v[7] - '0');
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
    job_newer(j, from);
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
            j->extract = j->extract || span_has(line, NCCI_EXTRACT);
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
