/* layout_hcpcs.c - HCPCS Level II: the fixed-width ANWEB file (coding 2.3) and the CSV of long
 * descriptions */
#include "common/tables/layout.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "common/base/date.h"
#include "common/tables/csv.h"

enum { LOOK_AT_LINES = 60, RECORD_AT = 11, LAST_COLUMN = 293 };

static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                     "jul", "aug", "sep", "oct", "nov", "dec"};

/* is_record - sequence in 6-10 and record id 3 4 7 8 in 11 */
static bool is_record(struct span l)
{
    return l.n >= RECORD_AT && span_digits((struct span){l.p + 5, 5}, 5) &&
           memchr("3478", l.p[RECORD_AT - 1], 4);
}

/* anweb_is - a record within the first lines, after the disclaimer */
bool anweb_is(const struct source *s)
{
    struct lines l = lines_of(s);
    struct span line;

    while (l.number < LOOK_AT_LINES && lines_next(&l, &line))
        if (is_record(line) && line.n > 20)
            return true;
    return false;
}

/* name_month - JAN to DEC between signs that are no letters; 0: none */
static int name_month(const struct source *s)
{
    for (int m = 0; m < 12; m++) {
        const char *at = strcasestr(s->base, months[m]);

        if (at && at > s->base && strchr("_- 0123456789", at[-1]) && strchr("_- .", at[3]))
            return m + 1;
    }
    return 0;
}

/* year_in - "HCPC2026_JAN…", where other digits may follow */
static int year_in(const struct source *s)
{
    const char *at = strcasestr(s->base, "hcpc");
    int year = name_year(s);

    for (; !year && at && *at; at++)
        if (strspn(at, "0123456789") >= 4)
            year = (int)layout_number((struct span){at, 4});
    return year;
}

/* anweb_period - the quarter of the name, or its year when it names no month */
int anweb_period(const struct source *s, struct period *out, struct err *e)
{
    int year = year_in(s), month = name_month(s);

    if (year < 2000 || year > 2099)
        return err_set(
            e, ERR_REJECT, "year",
            "expected year and month in the name (HCPC2026_JAN_ANWEB.txt), or --from and --to");
    if (month) {
        period_quarter(out, year, (month + 2) / 3);
        return 0;
    }
    snprintf(out->edition, sizeof(out->edition), "%d", year);
    out->starts = date_make(year, 1, 1);
    out->until = date_make(year, 12, 31);
    return 0;
}

/* list_cell - fixed sub-fields of a line, joined by ";" */
static void list_cell(struct sheet *s, struct span l, size_t at, size_t width, size_t times)
{
    struct buf b;

    buf_init(&b);
    for (size_t i = 0; i < times; i++) {
        struct span v = columns(l, at + i * width, width);

        if (!v.n)
            continue;
        if (b.len)
            buf_addc(&b, ';');
        buf_add(&b, v.p, v.n);
    }
    sheet_buf(s, &b);
    buf_release(&b);
}

/* One procedure or modifier: its first record, and the long description collected over its records.
 */
struct entry {
    struct span first;
    struct buf text;
    int64_t sequence;
    size_t line;
};

/* put_procedure - columns of table hcpcs in their order */
static void put_procedure(struct sheet *s, const struct entry *x)
{
    struct span l = x->first;

    if (!sheet_row(s, columns(l, 1, 5), (struct span){"", 0}, span_day(columns(l, 269, 8)),
                   span_day(columns(l, 285, 8))))
        return;
    sheet_cell(s, columns(l, 92, 28));
    sheet_buf(s, &x->text);
    sheet_cell(s, columns(l, 230, 1));
    list_cell(s, l, 120, 2, 4);
    sheet_cell(s, columns(l, 128, 1));
    sheet_cell(s, columns(l, 257, 3));
    list_cell(s, l, 261, 1, 5);
    sheet_cell(s, columns(l, 231, 2));
    list_cell(s, l, 181, 3, 8);
    sheet_cell(s, columns(l, 171, 10));
    list_cell(s, l, 205, 5, 5);
    sheet_cell(s, columns(l, 253, 4));
    sheet_cell(s, columns(l, 266, 3));
    sheet_cell(s, columns(l, 293, 1));
    sheet_cell(s, columns(l, 277, 8));
    sheet_end(s);
}

/* put_modifier - columns of table modifiers */
static void put_modifier(struct sheet *s, const struct entry *x)
{
    struct span l = x->first;

    if (!sheet_row(s, columns(l, 4, 2), (struct span){"", 0}, span_day(columns(l, 269, 8)),
                   span_day(columns(l, 285, 8))))
        return;
    sheet_cell(s, columns(l, 92, 28));
    sheet_buf(s, &x->text);
    sheet_cell(s, columns(l, 230, 1));
    sheet_cell(s, columns(l, 293, 1));
    sheet_cell(s, columns(l, 277, 8));
    sheet_end(s);
}

/* flush - the entry is complete */
static void flush(struct job *j, struct entry *x)
{
    if (x->first.p && x->first.p[RECORD_AT - 1] == '3')
        put_procedure(job_sheet(j, TABLE_HCPCS), x);
    else if (x->first.p)
        put_modifier(job_sheet(j, TABLE_MODIFIERS), x);
    x->first = (struct span){NULL, 0};
    buf_reset(&x->text);
}

/* check_first - code, dates and one-letter fields stand where the layout has them */
static int check_first(struct job *j, struct span l, size_t number, struct err *e)
{
    static const size_t days[] = {269, 277, 285};
    struct span action = columns(l, LAST_COLUMN, 1), coverage = columns(l, 230, 1);

    if (l.p[RECORD_AT - 1] == '3'
            ? !span_alnum((struct span){l.p, 5}, 5)
            : !(columns(l, 1, 3).n == 0 && span_alnum((struct span){l.p + 3, 2}, 2)))
        return bad_line(e, number, "a code in columns 1-5, or a modifier in 4-5");
    for (size_t i = 0; i < 3; i++) {
        struct span v = columns(l, days[i], 8);

        if (v.n && !span_day(v))
            return bad_line(e, number, "days yyyymmdd or blanks in columns 269, 277 and 285");
        if (i < 2 && v.n && span_day(v) > j->newest)
            j->newest = span_day(v);
    }
    if (span_day(columns(l, 285, 8)) && span_day(columns(l, 285, 8)) < span_day(columns(l, 269, 8)))
        return bad_line(e, number, "a termination date not before the added date");
    if ((action.n && !memchr("ABCDFNPRST", action.p[0], 10)) ||
        (coverage.n && !memchr("CDIMS", coverage.p[0], 5)))
        return bad_line(e, number, "an action code in column 293 and a coverage code in 230");
    return 0;
}

/* take_record - first lines begin an entry, the others go on with it */
static int take_record(struct job *j, struct span l, size_t number, struct entry *x, struct err *e)
{
    int64_t sequence = layout_number((struct span){l.p + 5, 5});
    bool first = l.p[RECORD_AT - 1] == '3' || l.p[RECORD_AT - 1] == '7';
    struct span part = columns(l, 12, 80);

    if (first) {
        flush(j, x);
        if (check_first(j, l, number, e) != 0)
            return -1;
        j->rows += l.p[RECORD_AT - 1] == '3';
        x->first = l;
    } else if (!x->first.p || memcmp(x->first.p, l.p, 5) != 0 || sequence <= x->sequence ||
               x->first.p[RECORD_AT - 1] != l.p[RECORD_AT - 1] - 1) {
        return bad_line(e, number, "a continuation of the record before, its sequence rising");
    }
    x->sequence = sequence;
    if (x->text.len && part.n)
        buf_addc(&x->text, ' ');
    buf_add(&x->text, part.p, part.n);
    return 0;
}

/* anweb_parse - the disclaimer ends at the first record; after it only records */
int anweb_parse(struct job *j, struct err *e)
{
    struct lines l = lines_of(j->src);
    struct entry x = {0};
    struct span line;
    bool begun = false;
    int r = 0;

    while (r == 0 && lines_next(&l, &line)) {
        if (is_record(line)) {
            begun = true;
            r = take_record(j, line, l.number, &x, e);
        } else if (begun && span_trim(line).n) {
            r = bad_line(e, l.number, j->layout->expect);
        }
    }
    flush(j, &x);
    buf_release(&x.text);
    return r;
}

/* hcpcs_csv_is - its header line */
bool hcpcs_csv_is(const struct source *s)
{
    struct lines l = lines_of(s);
    struct span line;

    return lines_next(&l, &line) && span_is(span_trim(line), "Code,Description,last_updated");
}

/* updated_day - MM-DD-YYYY; 0: not one */
static int32_t updated_day(struct span s)
{
    if (s.n != 10 || s.p[2] != '-' || s.p[5] != '-')
        return 0;
    return date_make((int)layout_number((struct span){s.p + 6, 4}),
                     (int)layout_number((struct span){s.p, 2}),
                     (int)layout_number((struct span){s.p + 3, 2}));
}

/* put_long - a code of five or a modifier of two */
static bool put_long(struct job *j, struct span code, struct span text)
{
    bool modifier = span_alnum(code, 2);
    struct sheet *s;

    if (!modifier && !span_alnum(code, 5))
        return false;
    j->rows += !modifier;
    s = job_sheet(j, modifier ? TABLE_MODIFIERS : TABLE_HCPCS);
    if (!sheet_row(s, code, (struct span){"", 0}, 0, 0))
        return false;
    sheet_text(s, "");
    sheet_cell(s, text);
    sheet_end(s);
    return true;
}

/* hcpcs_csv_parse - code, long description, day of the list */
int hcpcs_csv_parse(struct job *j, struct err *e)
{
    struct csv c;
    int r = 0, bad = 0;

    csv_init(&c, j->src->data, j->src->n);
    while (!bad && (r = csv_next(&c, e)) > 0) {
        int32_t day;

        if (c.line == 1)
            continue;
        day = c.n == 3 ? updated_day(span_trim(c.cells[2])) : 0;
        if (day > j->newest)
            j->newest = day;
        if (!day || !put_long(j, span_trim(c.cells[0]), c.cells[1]))
            bad = bad_line(e, c.line, j->layout->expect);
    }
    csv_release(&c);
    return bad ? bad : r;
}
