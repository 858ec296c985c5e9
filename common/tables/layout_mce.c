/* layout_mce.c - the Medicare Code Editor as tab-separated lists: flags and validity of codes,
 * ages, discharge statuses */
#include "common/tables/layout.h"

#include <string.h>
#include <strings.h>

#include "common/base/date.h"

/* Groups of rows that a file brings (draft.groups); the order of the first keys AGE, DX, PX,
 * STATUS. */
enum { GROUP_AGE = 1, GROUP_DX = 2, GROUP_PX = 4, GROUP_STATUS = 8 };

static const char code_head[] = "# code\tvalid_from\tvalid_to\tflags";

/* head_is - how the first line begins */
static bool head_is(const struct source *s, const char *head)
{
    struct lines l = lines_of(s);
    struct span line;

    return lines_next(&l, &line) && span_starts(line, head);
}

/* mce_px_is - seven-character codes */
bool mce_px_is(const struct source *s)
{
    struct lines l = lines_of(s);
    struct span line;

    if (!head_is(s, code_head))
        return false;
    lines_next(&l, &line);
    return lines_next(&l, &line) && span_alnum(cut_tab(&line), 7) && name_has(s, "px");
}

/* mce_dx_is - the others */
bool mce_dx_is(const struct source *s)
{
    return head_is(s, code_head) && !mce_px_is(s);
}

/* mce_ages_is - its first line */
bool mce_ages_is(const struct source *s)
{
    return head_is(s, "# group\tfrom_age\tto_age\tvalid_from\tvalid_to");
}

/* mce_status_is - its first line */
bool mce_status_is(const struct source *s)
{
    return head_is(s, "# status\tvalid_from\tvalid_to");
}

/* mce_period - ICD-10 began on 1 October 2015; the files name the edition's last day in their rows,
 * which the parsers set */
int mce_period(const struct source *s, struct period *out, struct err *e)
{
    (void)s;
    (void)e;
    str_copy(out->edition, sizeof(out->edition), "mce");
    out->starts = 20151001;
    out->until = 0;
    return 0;
}

/* ends - the latest valid_to is the edition's last day */
static void ends(struct job *j, int32_t to)
{
    if (to > j->newest)
        j->newest = to;
    j->period.until = j->newest;
}

/* put_kind - the row that says whether every code of the system is in the list */
static void put_kind(struct sheet *s, const char *list, bool all)
{
    if (!sheet_row(s, span_of("LIST"), span_of(list), 0, 0))
        return;
    sheet_text(s, all ? "valid" : "flagged");
    sheet_end(s);
}

/* code_row - code, window, flags */
static int code_row(struct job *j, struct sheet *s, struct span line, size_t number, bool *bare,
                    struct err *e)
{
    const char *list = j->layout->is == mce_px_is ? "PX" : "DX";
    struct span code = cut_tab(&line), from = cut_tab(&line), to = cut_tab(&line), flags;

    if (code.n < 3 || code.n > 7 || !span_alnum(code, code.n) || !span_day(from) ||
        (to.n && !span_day(to)) || !line.p)
        return bad_line(e, number, j->layout->expect);
    flags = cut_tab(&line);
    if (line.p || (to.n && span_day(to) < span_day(from)))
        return bad_line(e, number, "a window that does not end before it begins, and four fields");
    ends(j, span_day(to));
    *bare = *bare || !flags.n;
    j->rows++;
    if (sheet_row(s, span_of(list), code, span_day(from), span_day(to))) {
        sheet_cell(s, flags);
        sheet_end(s);
    }
    return 0;
}

/* mce_codes_parse - diagnoses or procedures */
int mce_codes_parse(struct job *j, struct err *e)
{
    struct sheet *s = job_sheet(j, TABLE_MCE);
    struct lines l = lines_of(j->src);
    struct span line;
    bool px = j->layout->is == mce_px_is, bare = false;

    j->groups = px ? GROUP_PX : GROUP_DX;
    while (lines_next(&l, &line))
        if (span_trim(line).n && line.p[0] != '#' && code_row(j, s, line, l.number, &bare, e) != 0)
            return -1;
    j->lesser = !bare;
    put_kind(s, px ? "PX" : "DX",
             bare); /* rows without a flag stand only in the list of all codes */
    return 0;
}

/* mce_ages_parse - group, ages, window */
int mce_ages_parse(struct job *j, struct err *e)
{
    struct sheet *s = job_sheet(j, TABLE_MCE);
    struct lines l = lines_of(j->src);
    struct span line;

    j->groups = GROUP_AGE;
    while (lines_next(&l, &line)) {
        struct span f[5];

        if (!span_trim(line).n || line.p[0] == '#')
            continue;
        for (int i = 0; i < 5; i++)
            f[i] = cut_tab(&line);
        if (!f[0].n || !span_alnum(f[0], f[0].n) || layout_number(f[1]) < 0 ||
            layout_number(f[2]) < layout_number(f[1]) || !span_day(f[3]) ||
            (f[4].n && !span_day(f[4])))
            return bad_line(e, l.number, j->layout->expect);
        ends(j, span_day(f[4]));
        j->rows++;
        if (sheet_row(s, span_of("AGE"), f[0], span_day(f[3]), span_day(f[4]))) {
            sheet_text(s, "");
            sheet_cell(s, f[1]);
            sheet_cell(s, f[2]);
            sheet_end(s);
        }
    }
    return 0;
}

/* mce_status_parse - status of one or two digits, window */
int mce_status_parse(struct job *j, struct err *e)
{
    struct sheet *s = job_sheet(j, TABLE_MCE);
    struct lines l = lines_of(j->src);
    struct span line;

    j->groups = GROUP_STATUS;
    while (lines_next(&l, &line)) {
        struct span code, from, to;
        char status[3] = "00";

        if (!span_trim(line).n || line.p[0] == '#')
            continue;
        code = cut_tab(&line);
        from = cut_tab(&line);
        to = cut_tab(&line);
        if (!code.n || code.n > 2 || !span_digits(code, code.n) || !span_day(from) ||
            (to.n && !span_day(to)))
            return bad_line(e, l.number, j->layout->expect);
        memcpy(status + 2 - code.n, code.p, code.n);
        ends(j, span_day(to));
        j->rows++;
        if (sheet_row(s, span_of("STATUS"), span_of(status), span_day(from), span_day(to)))
            sheet_end(s);
    }
    return 0;
}
