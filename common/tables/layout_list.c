/* layout_list.c - a code list as people export it: a header with code and description, then a code
 * a row, separated by commas or TABs; perhaps with first and last day, day of change, a note.
 *
 * Such a file does not say whose codes it holds: its name does (rarc.csv, claim_status_2026.tsv),
 * or
 * --kind. The CARC, RARC and claim status lists of X12 are read so, and those of the NUBC. */
#include "common/tables/layout.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "common/base/date.h"
#include "common/tables/csv.h"

enum list_column { CODE, DISPLAY, START, STOP, MODIFIED, NOTE, COLUMNS };

/* The code systems: the table, words that a name holds (the first row that fits decides), the form
 * of a code. */
struct list_form {
    enum table_id table;
    const char *word;
    size_t least, most; /* bytes of a code */
    const char *note;   /* what the note of a code may say; NULL: notes are anything and not kept */
};

/* clang-format off */
static const struct list_form forms[] = {
    {TABLE_CLAIM_STATUS_CATEGORY, "claim status category",    2, 3, NULL},
    {TABLE_CLAIM_STATUS_CATEGORY, "status category",          2, 3, NULL},
    {TABLE_CLAIM_STATUS,          "claim status",             1, 4, NULL},
    {TABLE_RARC,                  "rarc",                     2, 5, NULL},
    {TABLE_RARC,                  "remittance advice remark", 2, 5, NULL},
    {TABLE_RARC,                  "remark code",              2, 5, NULL},
    {TABLE_CARC,                  "carc",                     1, 4, NULL},
    {TABLE_CARC,                  "claim adjustment reason",  1, 4, NULL},
    {TABLE_OCCURRENCE,            "occurrence",               2, 2, NULL},
    {TABLE_VALUE,                 "value code",               2, 2, NULL},
    {TABLE_CONDITION,             "condition code",           2, 2, NULL},
    {TABLE_REVENUE,               "revenue code",             4, 4, NULL},
    {TABLE_POS,                   "place of service",         2, 2, NULL},
    {TABLE_DISCHARGE_STATUS,      "discharge status",         2, 2, NULL},
    {TABLE_ADMISSION_TYPE,        "admission type",           1, 1, NULL},
    {TABLE_ADMISSION_SOURCE,      "admission source",         1, 1, NULL},
    {TABLE_CLIA_WAIVED,           "clia waived",              5, 5, "no-QW"},
    {TABLE_SINGLE_DOSE,           "single dose",              5, 5, NULL},
    {TABLE_SINGLE_DOSE,           "jw modifier",              5, 5, NULL},
};
/* clang-format on */

enum { FORMS = sizeof(forms) / sizeof(forms[0]) };

/* begins_with - these words, whatever the case, with any sign or none between: bytes; 0: no */
static size_t begins_with(const char *name, const char *words)
{
    const char *n = name;

    for (; *words; words++) {
        if (*words == ' ' || *words == '-') {
            n += strspn(n, " _-.");
            continue;
        }
        if (!*n || strncasecmp(n++, words, 1) != 0)
            return 0;
    }
    return (size_t)(n - name);
}

/* names_it - the words anywhere in a name, or the table's own name at its beginning */
static bool names_it(const char *name, const struct list_form *f)
{
    size_t own = begins_with(name, table_name(f->table));

    if (own && !isalpha((unsigned char)name[own]))
        return true;
    for (; *name; name++)
        if (begins_with(name, f->word))
            return true;
    return false;
}

/* form_of_name - by its words; NULL: it names no list */
static const struct list_form *form_of_name(const struct source *s)
{
    for (size_t i = 0; i < FORMS; i++)
        if (names_it(s->base, &forms[i]))
            return &forms[i];
    return NULL;
}

/* form_of_table - the first of its rows */
static const struct list_form *form_of_table(enum table_id t)
{
    for (size_t i = 0; i < FORMS; i++)
        if (forms[i].table == t)
            return &forms[i];
    return NULL;
}

/* form_of_kind - --kind names a table, or its layout with "-list" behind */
static const struct list_form *form_of_kind(const char *kind)
{
    char table[64];
    size_t n = strlen(kind);

    str_copy(table, sizeof(table), kind);
    if (n > 5 && n < sizeof(table) && strcmp(kind + n - 5, "-list") == 0)
        table[n - 5] = '\0';
    return form_of_table(table_by_name(table));
}

/* column_of - which one a header cell names; COLUMNS: none of ours */
static enum list_column column_of(struct span h)
{
    static const struct {
        const char *says;
        enum list_column column;
    } words[] = {{"code", CODE},
                 {"display", DISPLAY},
                 {"description", DISPLAY},
                 {"name", DISPLAY},
                 {"start", START},
                 {"start date", START},
                 {"effective date", START},
                 {"from", START},
                 {"stop", STOP},
                 {"stop date", STOP},
                 {"end date", STOP},
                 {"to", STOP},
                 {"modified", MODIFIED},
                 {"last modified", MODIFIED},
                 {"last modified date", MODIFIED},
                 {"note", NOTE},
                 {"notes", NOTE}};

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (cell_says(h, words[i].says))
            return words[i].column;
    return COLUMNS;
}

/* One record of either kind of file. */
struct record {
    struct csv csv;
    struct lines lines;
    bool tabs;
    size_t line;
    struct span cells[CSV_CELLS_MAX];
    size_t n;
};

/* open_record - TABs in the first line say what separates */
static void open_record(struct record *r, const struct source *s)
{
    struct lines l = lines_of(s);
    struct span line = {"", 0};

    memset(r, 0, sizeof(*r));
    lines_next(&l, &line);
    r->tabs = span_has(line, "\t");
    r->lines = lines_of(s);
    csv_init(&r->csv, s->data, s->n);
}

/* next_tabs - a line that holds something, cut at its TABs */
static int next_tabs(struct record *r, struct err *e)
{
    struct span line;

    do
        if (!lines_next(&r->lines, &line))
            return 0;
    while (!span_trim(line).n);
    r->line = r->lines.number;
    for (r->n = 0; line.p; r->n++) {
        if (r->n == CSV_CELLS_MAX)
            return err_set(e, ERR_REJECT, "layout", "line %zu: over %d columns", r->line,
                           CSV_CELLS_MAX);
        r->cells[r->n] = cut_tab(&line);
    }
    return 1;
}

/* next_record - 1, 0 at the end, -1 with *e */
static int next_record(struct record *r, struct err *e)
{
    int result;

    if (r->tabs)
        return next_tabs(r, e);
    result = csv_next(&r->csv, e);
    r->line = r->csv.line;
    r->n = r->csv.n;
    for (size_t i = 0; i < r->n && result > 0; i++)
        r->cells[i] = span_trim(r->csv.cells[i]);
    return result;
}

/* is_header - code first, a description, no column twice */
static bool is_header(const struct record *r, int index[COLUMNS])
{
    for (int i = 0; i < COLUMNS; i++)
        index[i] = -1;
    for (size_t i = 0; i < r->n; i++) {
        enum list_column c = column_of(r->cells[i]);

        if (c != COLUMNS && index[c] >= 0)
            return false;
        if (c != COLUMNS)
            index[c] = (int)i;
    }
    return index[CODE] == 0 && index[DISPLAY] >= 0;
}

/* has_header - its first record */
static bool has_header(const struct source *s)
{
    struct source head = {s->name, s->base, s->data, s->n < 4096 ? s->n : 4096, s->kind};
    struct err e = {0};
    int index[COLUMNS];
    struct record r;
    bool has;

    open_record(&r, &head);
    has = next_record(&r, &e) > 0 && is_header(&r, index);
    csv_release(&r.csv);
    return has;
}

/* list_is - a list of this table; TABLE_MAX: of no table that name or --kind tells */
bool list_is(const struct source *s, enum table_id t)
{
    const struct list_form *f;

    if (!has_header(s))
        return false;
    f = s->kind ? form_of_kind(s->kind) : form_of_name(s);
    return t == TABLE_MAX ? !f && !s->kind : f && f->table == t;
}

/* list_unnamed - what such a file lacks */
int list_unnamed(struct job *j, struct err *e)
{
    (void)j;
    return err_set(e, ERR_REJECT, "name",
                   "line 1: a code list whose name does not say which: expected a name such as "
                   "rarc.csv, claim_status.csv, occurrence.csv, or --kind");
}

/* parts_day - year, month and day from three numbers between signs; 0: no day */
static int32_t parts_day(struct span v)
{
    int64_t n[3] = {0, 0, 0};
    int part = 0;
    bool year_first = v.n > 4 && v.p[4] == '-';

    for (size_t i = 0; i < v.n; i++) {
        if (v.p[i] >= '0' && v.p[i] <= '9' && n[part] < 10000)
            n[part] = n[part] * 10 + (v.p[i] - '0');
        else if ((v.p[i] != '/' && v.p[i] != '-') || ++part > 2)
            return 0;
    }
    if (part != 2)
        return 0;
    return year_first ? date_make((int)n[0], (int)n[1], (int)n[2])
                      : date_make((int)n[2], (int)n[0], (int)n[1]);
}

/* list_day - 20260301, 2026-03-01, 03/01/2026, 3/1/2026; nothing is 0; -1: no day */
static int32_t list_day(struct span v)
{
    int32_t day = v.n == 8 && span_day(v) ? span_day(v) : parts_day(v);

    return !v.n ? 0 : day ? day : -1;
}

/* put - one code */
static int put(struct job *j, const struct list_form *f, const struct record *r,
               const int index[COLUMNS], struct err *e)
{
    struct sheet *s = job_sheet(j, f->table);
    struct span v[COLUMNS];
    int32_t from, to;

    for (int i = 0; i < COLUMNS; i++)
        v[i] = index[i] >= 0 && index[i] < (int)r->n ? r->cells[index[i]] : (struct span){"", 0};
    if (v[CODE].n < f->least || v[CODE].n > f->most || !span_alnum(v[CODE], v[CODE].n))
        return bad_line(e, r->line, "a code of the list's form first");
    from = list_day(v[START]);
    to = list_day(v[STOP]);
    if (from < 0 || to < 0 || list_day(v[MODIFIED]) < 0)
        return bad_line(e, r->line, "days such as 2026-03-01 or 03/01/2026");
    if (!v[DISPLAY].n || (to && to < from))
        return bad_line(e, r->line, "a description, and a last day not before the first");
    if (f->note && v[NOTE].n && !span_is(v[NOTE], f->note))
        return bad_line(e, r->line, "the list's own word as note (no-QW), or nothing");
    j->rows++;
    if (!sheet_row(s, v[CODE], (struct span){"", 0}, from, to))
        return bad_line(e, r->line, j->layout->expect);
    sheet_cell(s, v[DISPLAY]);
    if (f->note)
        sheet_cell(s, v[NOTE]);
    else
        sheet_text(s, list_note(f->table, v[CODE]));
    sheet_end(s);
    return 0;
}

/* list_parse - header, then codes */
int list_parse(struct job *j, struct err *e)
{
    const struct list_form *f = form_of_table(j->layout->tables[0]);
    int index[COLUMNS], result;
    struct record r;

    open_record(&r, j->src);
    result = next_record(&r, e) > 0 && is_header(&r, index)
                 ? 0
                 : bad_line(e, 1, "a header that begins with code and names a description");
    while (result == 0 && (result = next_record(&r, e)) > 0)
        result = put(j, f, &r, index, e);
    csv_release(&r.csv);
    return result;
}
