/* layout.c - what the layouts share: lines, columns, names, periods */
#include "common/tables/layout.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/base/date.h"
#include "common/tables/csv.h"

/* job_sheet - where rows of a table go */
struct sheet *job_sheet(struct job *j, enum table_id t)
{
    for (size_t i = 0; i < j->n_sheets; i++)
        if (j->sheets[i].kind->id == t)
            return &j->sheets[i];
    if (j->n_sheets == JOB_TABLES)
        abort();
    sheet_init(&j->sheets[j->n_sheets], t);
    return &j->sheets[j->n_sheets++];
}

/* lines_of - past a byte-order mark */
struct lines lines_of(const struct source *s)
{
    struct lines l = {s->data, s->data + s->n, 0};

    if (s->n >= 3 && memcmp(s->data, "\xEF\xBB\xBF", 3) == 0)
        l.p += 3;
    return l;
}

/* lines_next - one line without its end */
bool lines_next(struct lines *l, struct span *line)
{
    const char *end;

    if (l->p >= l->end)
        return false;
    end = memchr(l->p, '\n', (size_t)(l->end - l->p));
    *line = (struct span){l->p, (size_t)((end ? end : l->end) - l->p)};
    l->p = end ? end + 1 : l->end;
    l->number++;
    while (line->n && line->p[line->n - 1] == '\r')
        line->n--;
    return true;
}

/* bad_line - the one form of a refusal */
int bad_line(struct err *e, size_t line, const char *expected)
{
    return err_set(e, ERR_REJECT, "layout", "line %zu: expected %s", line, expected);
}

/* header_find - see layout.h */
int header_find(struct csv *c, int rows, header_fn *is, int *index, const char *expected,
                struct err *e)
{
    int r = 0;

    for (int row = 0; row < rows && (r = csv_next(c, e)) > 0; row++)
        if (is(c, index))
            return 0;
    return r < 0 ? -1 : bad_line(e, c->line, expected);
}

/* columns - fixed positions, 1-based */
struct span columns(struct span line, size_t at, size_t n)
{
    size_t from = at - 1;

    if (from >= line.n)
        return (struct span){"", 0};
    if (n > line.n - from)
        n = line.n - from;
    return span_trim((struct span){line.p + from, n});
}

/* cut_tab - the next field, trimmed */
struct span cut_tab(struct span *rest)
{
    const char *tab;
    struct span f;

    if (!rest->p)
        return (struct span){"", 0};
    tab = memchr(rest->p, '\t', rest->n);
    f = (struct span){rest->p, tab ? (size_t)(tab - rest->p) : rest->n};
    rest->n -= tab ? f.n + 1 : f.n;
    rest->p = tab ? tab + 1 : NULL;
    return span_trim(f);
}

/* span_digits - exactly n of them */
bool span_digits(struct span s, size_t n)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n == n;
}

/* span_alnum - exactly n of [A-Z0-9] */
bool span_alnum(struct span s, size_t n)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'A' && s.p[i] <= 'Z')))
            return false;
    return s.n == n;
}

/* span_starts - begins with */
bool span_starts(struct span s, const char *prefix)
{
    size_t n = strlen(prefix);

    return s.n >= n && memcmp(s.p, prefix, n) == 0;
}

/* span_has - a word anywhere */
bool span_has(struct span s, const char *word)
{
    return s.n && memmem(s.p, s.n, word, strlen(word));
}

/* span_day - yyyymmdd */
int32_t span_day(struct span s)
{
    char text[9];

    if (!span_digits(s, 8))
        return 0;
    memcpy(text, s.p, 8);
    text[8] = '\0';
    return date_parse(text);
}

/* layout_number - decimal digits, at most nine */
int64_t layout_number(struct span s)
{
    int64_t v = 0;

    if (!s.n || s.n > 9 || !span_digits(s, s.n))
        return -1;
    for (size_t i = 0; i < s.n; i++)
        v = v * 10 + (s.p[i] - '0');
    return v;
}

/* source_has - a word in the first bytes */
bool source_has(const struct source *s, const char *word, size_t within)
{
    return memmem(s->data, s->n < within ? s->n : within, word, strlen(word));
}

/* name_has - a word in the base name */
bool name_has(const struct source *s, const char *word)
{
    return strcasestr(s->base, word);
}

/* name_year - the first number of four digits that can be a year */
int name_year(const struct source *s)
{
    for (const char *p = s->base; *p;) {
        size_t n = strspn(p, "0123456789");

        if (n == 4 && (strncmp(p, "19", 2) == 0 || strncmp(p, "20", 2) == 0))
            return (int)layout_number((struct span){p, 4});
        p += n ? n : 1;
    }
    return 0;
}

/* version_year - see layout.h */
int version_year(const struct source *s)
{
    const char *at = memmem(s->data, s->n < 1000 ? s->n : 1000, "<version>", 9);

    return at && s->data + s->n - at > 13 ? (int)layout_number((struct span){at + 9, 4}) : 0;
}

/* code_cell - plain form: no dot, no blanks, upper case */
bool code_cell(struct span s, char *out, size_t size)
{
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];

        if (c == '.' || c == ' ')
            continue;
        if (n + 1 >= size)
            return false;
        out[n++] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    out[n] = '\0';
    return str_is_alnum_upper(out);
}

/* index_code - see layout.h */
bool index_code(struct span v, char out[INDEX_CODE])
{
    size_t n = 0;

    for (size_t i = 0; i < v.n; i++) {
        if (memchr(". []", v.p[i], 4))
            continue;
        if (n + 1 >= INDEX_CODE || !(v.p[i] == '-' || span_alnum((struct span){v.p + i, 1}, 1)))
            return false;
        out[n++] = v.p[i];
    }
    while (n > 1 && out[n - 1] == '-' && out[n - 2] == '-')
        n--;
    if (n == 1 && out[0] == '-')
        n = 0;
    out[n] = '\0';
    return !n || (n >= 3 && out[0] >= 'A');
}

/* period_fiscal - the federal fiscal year */
void period_fiscal(struct period *p, int year)
{
    snprintf(p->edition, sizeof(p->edition), "%d", year);
    p->starts = date_make(year - 1, 10, 1);
    p->until = date_make(year, 9, 30);
}

/* period_quarter - of a calendar year */
void period_quarter(struct period *p, int year, int quarter)
{
    int32_t next = quarter == 4 ? date_make(year + 1, 1, 1) : date_make(year, quarter * 3 + 1, 1);

    snprintf(p->edition, sizeof(p->edition), "%dq%d", year, quarter);
    p->starts = date_make(year, quarter * 3 - 2, 1);
    p->until = date_add(next, -1);
}

/* period_always - files that carry no date */
void period_always(struct period *p)
{
    snprintf(p->edition, sizeof(p->edition), "current");
    p->starts = SNAPSHOT_ALWAYS;
    p->until = 0;
}
