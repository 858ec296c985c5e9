/* layout_order.c - ICD-10-CM and ICD-10-PCS order files (coding 2.1) and the POA-exempt list (2.15)
 */
#include "common/tables/layout.h"

#include <stdio.h>
#include <string.h>

#include "common/base/date.h"
#include "common/codes/codes.h"
#include "common/tables/phrase.h"

enum { LOOK_AT_LINES = 400, SHORT_AT = 17, SHORT_SIZE = 60, LONG_AT = 78 };

/* is_order_line - the columns that no other file has */
static bool is_order_line(struct span l)
{
    return l.n > 16 && span_digits((struct span){l.p, 5}, 5) && l.p[5] == ' ' && l.p[6] != ' ' &&
           l.p[13] == ' ' && (l.p[14] == '0' || l.p[14] == '1') && l.p[15] == ' ' &&
           columns(l, 7, 7).n >= 3;
}

/* kind_by_name - 'C', 'P', or 0: the name tells nothing */
static char kind_by_name(const struct source *s)
{
    return name_has(s, "icd10cm") ? 'C' : name_has(s, "icd10pcs") ? 'P' : 0;
}

/* order_kind - 'C', 'P', or 0: no order file. By name, else by the codes: those of PCS may begin
 * with a digit, only CM has any of 4 to 6 characters */
static char order_kind(const struct source *s)
{
    struct lines l = lines_of(s);
    struct span line;
    char kind = 0;

    while (l.number < LOOK_AT_LINES && lines_next(&l, &line)) {
        struct span code = columns(line, 7, 7);

        if (!span_trim(line).n)
            continue;
        if (!is_order_line(line))
            break;
        if (kind_by_name(s))
            return kind_by_name(s);
        if (code.p[0] >= '0' && code.p[0] <= '9')
            return 'P';
        if (code.n > 3 && code.n < 7)
            return 'C';
        kind = 'C';
    }
    return kind;
}

/* order_cm_is - diagnoses */
bool order_cm_is(const struct source *s)
{
    return order_kind(s) == 'C';
}

/* order_pcs_is - procedures */
bool order_pcs_is(const struct source *s)
{
    return order_kind(s) == 'P';
}

/* order_period - the fiscal year of the name */
int order_period(const struct source *s, struct period *out, struct err *e)
{
    int year = name_year(s);

    if (!year)
        return err_set(
            e, ERR_REJECT, "year",
            "expected the fiscal year in the name (icd10cm_order_2026.txt), or --from and --to");
    period_fiscal(out, year);
    return 0;
}

/* check_order_row - numbers rise, blanks stand where they must, the code has its form */
static int check_order_row(struct job *j, struct span line, size_t number, int64_t *before,
                           char *code, struct err *e)
{
    bool cm = j->layout->tables[0] == TABLE_ICD10CM;
    int64_t order;

    if (!is_order_line(line))
        return bad_line(e, number, j->layout->expect);
    order = layout_number((struct span){line.p, 5});
    if (order <= *before)
        return bad_line(e, number, "an order number above the one before, in columns 1-5");
    *before = order;
    if (!code_cell(columns(line, 7, 7), code, 8) || (cm && !icd10cm_form(code)) ||
        (!cm && strspn(code, "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ") != strlen(code)))
        return bad_line(e, number, "a code in columns 7-13");
    if (!cm && line.p[14] == '1' && !icd10pcs_form(code))
        return bad_line(e, number, "a PCS code of seven characters in columns 7-13");
    if (line.n < LONG_AT || line.p[LONG_AT - 2] != ' ' || !columns(line, SHORT_AT, SHORT_SIZE).n)
        return bad_line(e, number, "descriptions in columns 17-76 and from 78, with a blank in 77");
    return 0;
}

/* add_title - the long title of a billable code, found by its words */
static void add_title(struct job *j, const char *code, struct span title)
{
    struct sheet *s = job_sheet(j, TABLE_ICD10CM_TITLE);
    char phrase[KEY_BYTES_MAX + 1];

    if (!phrase_normal(title.p, title.n, phrase, sizeof(phrase)) ||
        !sheet_row(s, span_of(phrase), (struct span){"", 0}, 0, 0))
        return;
    sheet_text(s, code);
    sheet_cell(s, title);
    sheet_end(s);
}

/* add_code - code, flag, descriptions */
static void add_code(struct job *j, struct span line, const char *code)
{
    struct sheet *s = job_sheet(j, j->layout->tables[0]);
    bool billable = line.p[14] == '1';
    struct span title = columns(line, LONG_AT, line.n);

    j->rows++;
    j->flagged += billable;
    if (!sheet_row(s, span_of(code), (struct span){"", 0}, 0, 0))
        return;
    sheet_text(s, billable ? "Y" : "N");
    sheet_cell(s, columns(line, SHORT_AT, SHORT_SIZE));
    sheet_cell(s, title);
    sheet_end(s);
    if (billable && j->layout->tables[0] == TABLE_ICD10CM)
        add_title(j, code, title);
}

/* order_parse - every line is a code */
int order_parse(struct job *j, struct err *e)
{
    struct lines l = lines_of(j->src);
    struct span line;
    int64_t before = 0;
    char code[8];

    while (lines_next(&l, &line)) {
        if (!span_trim(line).n)
            continue;
        if (check_order_row(j, line, l.number, &before, code, e) != 0)
            return -1;
        add_code(j, line, code);
    }
    return 0;
}

/* poa_header - "Order26 POAexemptCode Description": the two digits of the fiscal year; 0: not this
 * file */
static int poa_header(const struct source *s)
{
    struct lines l = lines_of(s);
    struct span line, first;

    if (!lines_next(&l, &line))
        return 0;
    first = cut_tab(&line);
    if (!span_starts(first, "Order") || !span_is(cut_tab(&line), "POAexemptCode") ||
        !span_is(cut_tab(&line), "Description"))
        return 0;
    return (int)layout_number((struct span){first.p + 5, first.n - 5}) + 2000;
}

/* poa_is - by its header line */
bool poa_is(const struct source *s)
{
    return poa_header(s) != 0;
}

/* poa_period - the header's fiscal year, which must be the name's */
int poa_period(const struct source *s, struct period *out, struct err *e)
{
    int year = poa_header(s);
    const char *fy = strcasestr(s->base, "FY");
    int64_t named = fy && strspn(fy + 2, "0123456789") >= 2
                        ? layout_number((struct span){fy + 2, strspn(fy + 2, "0123456789")})
                        : -1;

    if (year < 2010 || year > 2099)
        return bad_line(e, 1, "a header OrderYY with the fiscal year");
    if (named >= 0 && named % 100 != year % 100)
        return err_set(e, ERR_REJECT, "year", "the name says FY%02d, the header Order%02d",
                       (int)(named % 100), year % 100);
    period_fiscal(out, year);
    return 0;
}

/* poa_parse - order number, dotted code, description that may be quoted */
int poa_parse(struct job *j, struct err *e)
{
    struct lines l = lines_of(j->src);
    struct sheet *s = job_sheet(j, TABLE_POA_EXEMPT);
    struct span line, text;
    char code[8];

    while (lines_next(&l, &line)) {
        if (l.number == 1 || !span_trim(line).n)
            continue;
        if (!span_digits(cut_tab(&line), 5) || !code_cell(cut_tab(&line), code, sizeof(code)) ||
            !icd10cm_form(code) || !line.p)
            return bad_line(e, l.number, j->layout->expect);
        text = cut_tab(&line);
        if (text.n >= 2 && text.p[0] == '"' && text.p[text.n - 1] == '"')
            text = (struct span){text.p + 1, text.n - 2};
        j->rows++;
        if (sheet_row(s, span_of(code), (struct span){"", 0}, 0, 0)) {
            sheet_cell(s, text);
            sheet_end(s);
        }
    }
    return 0;
}
