/* layout_fsh.c - code lists in FHIR Shorthand, as CMS publishes them (CC0): `* #code "display"`.
 *
 * Such a list holds every possible value: what the display calls UNASSIGNED, RESERVED, OBSOLETE
 * without an end date, or unknown is not a code anybody may use and gives no row (billing 7.8).
 * Dates inside a display become the row's window. */
#include "common/tables/layout.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "common/base/date.h"

/* Groups for type of bill: its first digit, and both digits. */
enum { GROUP_FACILITY = 1, GROUP_CLASS = 2 };

struct list {
    const char *system; /* "CodeSystem: …" */
    enum table_id table;
    size_t width; /* of a code; 0: any */
    unsigned group;
    bool dated; /* displays speak of dates */
};

/* clang-format off */
static const struct list lists[] = {
    {"CLM_REV_CNTR_CD",      TABLE_REVENUE,          4, 0,              true},
    {"CLM_POS_CD",           TABLE_POS,              2, 0,              true},
    {"CLM_BILL_FAC_TYPE_CD", TABLE_BILL_TYPE,        1, GROUP_FACILITY, true},
    {"CLM_BILL_CLSFCTN_CD",  TABLE_BILL_TYPE,        2, GROUP_CLASS,    true},
    {"BENE_PTNT_STUS_CD",    TABLE_DISCHARGE_STATUS, 2, 0,              true},
    {"CLM_ADMSN_TYPE_CD",    TABLE_ADMISSION_TYPE,   1, 0,              false},
    {"CLM_ADMSN_SRC_CD",     TABLE_ADMISSION_SOURCE, 1, 0,              true},
    {"CLM_RLT_COND_CD",      TABLE_CONDITION,        2, 0,              true},
    {"CLM_RLT_OCRNC_CD",     TABLE_OCCURRENCE,       2, 0,              true},
    {"CLM_VAL_CD",           TABLE_VALUE,            2, 0,              true},
    {"ANSI_RSN_CD",          TABLE_CARC,             0, 0,              false},
    {"X12_CARC",             TABLE_CARC,             0, 0,              false},
    {"ANSI_RMRK_CD",         TABLE_RARC,             0, 0,              false},
    {"CLM_RMRK_CD",          TABLE_RARC,             0, 0,              false},
    {"X12_RARC",             TABLE_RARC,             0, 0,              false},
    {"RARC",                 TABLE_RARC,             0, 0,              false},
    {"REMITTANCE_ADVICE_REMARK_CODES", TABLE_RARC,   0, 0,              false},
    {"X12_CLAIM_STATUS_CATEGORY_CODES", TABLE_CLAIM_STATUS_CATEGORY, 0, 0, false},
    {"CLAIM_STATUS_CATEGORY_CODES", TABLE_CLAIM_STATUS_CATEGORY, 0, 0,  false},
    {"X12_CLAIM_STATUS_CODES", TABLE_CLAIM_STATUS,   0, 0,              false},
    {"CLAIM_STATUS_CODES",   TABLE_CLAIM_STATUS,     0, 0,              false},
};

/* Displays that say that the code is not one. */
static const char *const unusable[] = {
    "RESERVED", "UNASSIGNED", "OBSOLETE", "NO DESCRIPTION AVAILABLE", "EFFECTIVE DATE TBD", "UNKNOWN VALUE (BUT PRESENT", NULL,
};
/* clang-format on */

/* same_name - whatever the case; a final s, and signs between words, do not count */
static bool same_name(struct span a, const char *name)
{
    size_t n = 0;

    for (size_t i = 0; i < a.n; i++) {
        if (a.p[i] == '-' || a.p[i] == '_')
            continue;
        n += name[n] == '_';
        if (!name[n] || strncasecmp(a.p + i, name + n, 1) != 0)
            return false;
        n++;
    }
    return !name[n] || strcmp(name + n, "S") == 0;
}

/* list_of - the row of a file; NULL: not a list we take */
static const struct list *list_of(const struct source *s)
{
    struct lines l = lines_of(s);
    struct span line;

    while (l.number < 10 && lines_next(&l, &line)) {
        if (!span_starts(line, "CodeSystem:"))
            continue;
        line = span_trim((struct span){line.p + 11, line.n - 11});
        for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
            if (same_name(line, lists[i].system))
                return &lists[i];
    }
    return NULL;
}

/* fsh_is - a list of this table; TABLE_MAX: FHIR Shorthand of any other kind */
bool fsh_is(const struct source *s, enum table_id t)
{
    const struct list *list = list_of(s);

    return t == TABLE_MAX
               ? source_has(s, "CodeSystem:", 200) && source_has(s, "\n* #", 4000) && !list
               : list && list->table == t;
}

static const char *const month_names[] = {"JANUARY",   "FEBRUARY", "MARCH",    "APRIL",
                                          "MAY",       "JUNE",     "JULY",     "AUGUST",
                                          "SEPTEMBER", "OCTOBER",  "NOVEMBER", "DECEMBER"};

/* full_year - two digits are of this century until 69 */
static int full_year(int y)
{
    return y >= 100 ? y : y >= 70 ? 1900 + y : 2000 + y;
}

/* slashed - 10/1/13, 7/1/2020, 10/2013, 7/00; 0: none there */
static int32_t slashed(const char *p)
{
    int a, b, c;

    if (sscanf(p, "%2d/%2d/%4d", &a, &b, &c) == 3)
        return date_make(full_year(c), a, b);
    if (sscanf(p, "%2d/%4d", &a, &b) == 2)
        return date_make(full_year(b), a, 1);
    return 0;
}

/* named - "OCTOBER 1, 2005"; 0: none there */
static int32_t named(const char *p)
{
    int d, y;

    for (int m = 0; m < 12; m++) {
        size_t n = strlen(month_names[m]);

        if (strncmp(p, month_names[m], n) == 0 && sscanf(p + n, " %2d, %4d", &d, &y) == 2)
            return date_make(y, m + 1, d);
    }
    return 0;
}

/* date_after - the date that follows a word within a few bytes; 0: none */
static int32_t date_after(const char *text, const char *word)
{
    const char *at = strstr(text, word);

    for (; at; at = strstr(at + 1, word)) {
        const char *p = at + strlen(word), *end = p + 22;

        if (at - text >= 6 && strncmp(at - 6, "TITLE ", 6) == 0)
            continue;
        for (; *p && p < end; p++) {
            int32_t day = isdigit((unsigned char)*p) ? slashed(p) : named(p);

            if (day)
                return day;
            if (isdigit((unsigned char)*p) || *p == ')' || *p == '(')
                break;
        }
    }
    return 0;
}

/* window - from and to of a display in upper case */
static void window(const char *text, int32_t *from, int32_t *to)
{
    static const char *const ends[] = {"DISCONTINUED", "TERM."};
    int32_t day = date_after(text, "NOT TO BE USED FOR SERVICES AFTER");

    *from = date_after(text, "EFF");
    *to = day;
    for (size_t i = 0; i < 2 && !*to; i++) {
        day = date_after(text, ends[i]);
        if (day)
            *to = date_add(day, -1);
    }
    if (*to && *from > *to) /* "DISCONTINUED EFFECTIVE …": one date, the end */
        *from = 0;
}

/* usable - not one of the displays that deny the code */
static bool usable(const char *text)
{
    for (const char *const *w = unusable; *w; w++)
        if (strstr(text, *w))
            return false;
    return strcmp(text, "UNKNOWN") != 0;
}

/* source_note - admission source: "… (NON-NEWBORN)/… (NEWBORN)", each half usable or not; NULL:
 * neither is */
static const char *source_note(char *text)
{
    char *newborn = strstr(text, "(NON-NEWBORN)/");

    if (!newborn)
        return !usable(text) ? NULL : strstr(text, "(NON-NEWBORN)") ? "not-newborn" : "";
    *newborn = '\0';
    newborn += strlen("(NON-NEWBORN)/");
    if (!usable(text))
        return usable(newborn) ? "newborn" : NULL;
    return usable(newborn) ? "" : "not-newborn";
}

/* is_x12 - a list that holds no code but those in use, and texts that speak of anything */
static bool is_x12(enum table_id t)
{
    return t == TABLE_CARC || t == TABLE_RARC || t == TABLE_CLAIM_STATUS_CATEGORY ||
           t == TABLE_CLAIM_STATUS;
}

/* list_note - discharge statuses 40 to 42: died in the care of a hospice */
const char *list_note(enum table_id t, struct span code)
{
    return t == TABLE_DISCHARGE_STATUS && code.p[0] == '4' && code.p[1] <= '2' ? "hospice" : "";
}

/* note_of - what limits a code that exists; NULL: it does not exist */
static const char *note_of(const struct list *list, const char *code, char *text)
{
    if (list->table == TABLE_ADMISSION_SOURCE)
        return source_note(text);
    if (!is_x12(list->table) && !usable(text))
        return NULL;
    if (list->table == TABLE_CONDITION && str_starts(text, "PAYER CODE"))
        return "payer";
    return list_note(list->table, span_of(code));
}

/* display_of - the quoted text after the code, its escapes resolved; false: no quotes */
static bool display_of(struct span rest, struct buf *out)
{
    const char *p = memchr(rest.p, '"', rest.n), *end = rest.p + rest.n;

    if (!p)
        return false;
    for (p++; p < end && *p != '"'; p++) {
        if (*p == '\\' && p + 1 < end)
            p++;
        buf_addc(out, *p);
    }
    return p < end;
}

/* put - one code with its window and note */
static void put(struct job *j, const struct list *list, const char *code, struct span display)
{
    struct sheet *s = job_sheet(j, list->table);
    char text[1024];
    int32_t from = 0, to = 0;
    const char *note;
    size_t n = display.n < sizeof(text) ? display.n : sizeof(text) - 1;

    memcpy(text, display.p, n);
    text[n] = '\0';
    str_upper(text);
    if (list->dated)
        window(text, &from, &to);
    note = note_of(list, code, text);
    if (!note || !sheet_row(s, span_of(code), (struct span){"", 0}, from, to))
        return;
    sheet_cell(s, display);
    sheet_text(s, note);
    sheet_end(s);
}

/* concept - a line `#code "display"` */
static int concept(struct job *j, const struct list *list, struct span line, size_t number,
                   struct err *e)
{
    size_t n = 0;
    char code[16];
    struct buf display;
    bool good;

    line = (struct span){line.p + 3, line.n - 3};
    while (n < line.n && line.p[n] != ' ' && line.p[n] != '\t')
        n++;
    if (!n || n >= sizeof(code) || (list->width && n != list->width && line.p[0] != '~'))
        return bad_line(e, number, "a code of the list's width after #");
    if (line.p[0] != '~' && !span_alnum((struct span){line.p, n}, n))
        return bad_line(e, number, "a code of A-Z and 0-9 after #");
    memcpy(code, line.p, n);
    code[n] = '\0';
    buf_init(&display);
    good = display_of((struct span){line.p + n, line.n - n}, &display);
    j->rows += good;
    if (good && code[0] != '~')
        put(j, list, code, (struct span){display.data ? display.data : "", display.len});
    job_sheet(j, list->table)->failed |= display.failed;
    buf_release(&display);
    return good ? 0 : bad_line(e, number, j->layout->expect);
}

/* fsh_parse - the lines that are concepts */
int fsh_parse(struct job *j, struct err *e)
{
    const struct list *list = list_of(j->src);
    struct lines l = lines_of(j->src);
    struct span line;

    if (!list)
        return bad_line(e, 1,
                        "before the concepts a line CodeSystem: with a list that a table holds");
    j->groups = list->group;
    while (lines_next(&l, &line)) {
        if (span_starts(line, "* #") ? concept(j, list, line, l.number, e) != 0 : false)
            return -1;
        if (!span_starts(line, "* #") && !span_starts(line, "* ^") && span_trim(line).n &&
            l.number > 12)
            return bad_line(e, l.number, j->layout->expect);
    }
    return 0;
}
