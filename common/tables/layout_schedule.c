/* layout_schedule.c - what the fee schedules share: the release that title and name give, decimals.
 *
 * A schedule is of a calendar year; CMS releases it for January and again for April, July and
 * October. A release serves from its quarter to the end of its year, or until the next one that is
 * loaded begins (plan.h). */
#include "common/tables/layout.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "common/base/date.h"

enum { TITLE_WITHIN = 6000, PARENTS = 3 };

static const char *const month_names[] = {"january",   "february", "march",    "april",
                                          "may",       "june",     "july",     "august",
                                          "september", "october",  "november", "december"};

/* is_letter - of the alphabet */
static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* month_of_word - JAN or JANUARY, whatever the case; 0: neither */
static int month_of_word(struct span w)
{
    for (int m = 0; m < 12; m++)
        if ((w.n == 3 || w.n == strlen(month_names[m])) &&
            strncasecmp(w.p, month_names[m], w.n) == 0)
            return m + 1;
    return 0;
}

/* take_digits - 2026, 2026-04, 04012026 or, after a word that stands alone, 26 */
static void take_digits(struct span d, const char *end, struct release *r)
{
    int64_t v = layout_number(d);
    const char *after = d.p + d.n;
    bool more = after + 2 < end && (*after == '-' || *after == '_');
    int month = more && span_digits((struct span){after + 1, 2}, 2) &&
                        (after + 3 == end || after[3] < '0' || after[3] > '9')
                    ? (int)layout_number((struct span){after + 1, 2})
                    : 0;

    if (d.n == 4 && v >= 1990 && v <= 2099 && !r->year) {
        r->year = (int)v;
        if (month >= 1 && month <= 12 && !r->month)
            r->month = month;
    } else if (d.n == 8 && v % 10000 >= 1990 && v % 10000 <= 2099 && !r->year) {
        r->year = (int)(v % 10000);
        if (!r->month && v / 1000000 >= 1 && v / 1000000 <= 12)
            r->month = (int)(v / 1000000);
    }
}

/* release_scan - months and years in a text, the first of each; what is known already stays */
void release_scan(struct span text, struct release *r)
{
    const char *p = text.p, *end = text.p + text.n;

    while (p < end) {
        const char *from = p;

        if (is_letter(*p)) {
            while (p < end && is_letter(*p))
                p++;
            if (!r->month)
                r->month = month_of_word((struct span){from, (size_t)(p - from)});
        } else if (*p >= '0' && *p <= '9') {
            while (p < end && *p >= '0' && *p <= '9')
                p++;
            take_digits((struct span){from, (size_t)(p - from)}, end, r);
        } else {
            p++;
        }
    }
}

/* release_of_name - of the base name, else of the archive or folder that holds it */
static void release_of_name(const struct source *s, struct release *r)
{
    const char *end = s->name + strlen(s->name);

    for (int i = 0; i < PARENTS && end > s->name && !(r->year && r->month); i++) {
        const char *from = end;

        while (from > s->name && from[-1] != '/')
            from--;
        release_scan((struct span){from, (size_t)(end - from)}, r);
        end = from > s->name ? from - 1 : from;
    }
}

/* release_of_rvu - "rvu26b" anywhere in the name: year and quarter; "PPRRVU25_JAN": the year */
static void release_of_rvu(const struct source *s, struct release *r)
{
    const char *at = s->name;

    while ((at = strcasestr(at, "rvu"))) {
        at += 3;
        if (strspn(at, "0123456789") != 2)
            continue;
        if (!r->year)
            r->year = 2000 + (int)layout_number((struct span){at, 2});
        if (!r->month && at[2] && strchr("aAbBcCdD", at[2]))
            r->month = ((at[2] | 0x20) - 'a') * 3 + 1;
    }
}

/* release_of_title - the line that holds these words, whatever the case */
static void release_of_title(const struct source *s, const char *words, struct release *r)
{
    struct lines l = lines_of(s);
    struct span line;
    size_t n = strlen(words);

    while (lines_next(&l, &line) && line.p < s->data + (s->n < TITLE_WITHIN ? s->n : TITLE_WITHIN))
        for (size_t i = 0; i + n <= line.n; i++)
            if (strncasecmp(line.p + i, words, n) == 0) {
                release_scan(line, r);
                return;
            }
}

/* release_period - title and name together; they must not speak of two releases */
int release_period(const struct source *s, const char *words, struct period *out, struct err *e)
{
    struct release title = {0, 0}, name = {0, 0};
    int year, month;

    release_of_title(s, words, &title);
    release_of_rvu(s, &name);
    release_of_name(s, &name);
    if ((title.year && name.year && title.year != name.year) ||
        (title.month && name.month && (title.month - 1) / 3 != (name.month - 1) / 3))
        return err_set(e, ERR_REJECT, "year",
                       "line 1: expected the release of the name (%d, month %d), not %d, month %d",
                       name.year, name.month, title.year, title.month);
    year = title.year ? title.year : name.year;
    month = title.month ? title.month : name.month;
    if (!year)
        return err_set(
            e, ERR_REJECT, "year",
            "expected year and month in the name or the title (PPRRVU2026_Jan_nonQPP.csv,"
            " April 2026 Addendum B.csv), or --name, --from and --to");
    month = month ? (month - 1) / 3 * 3 + 1 : 0;
    snprintf(out->edition, sizeof(out->edition), month ? "%dq%d" : "%d", year, month / 3 + 1);
    out->starts = date_make(year, month ? month : 1, 1);
    out->until = date_make(year, 12, 31);
    return 0;
}

/* layout_decimal - "1.30", ".5", "$1,234.50 " as a whole number of 10^-places; false: it is none,
 * or finer than that */
bool layout_decimal(struct span s, int places, int64_t *out)
{
    int64_t v = 0;
    int after = -1, digits = 0;

    s = span_trim(s);
    if (s.n && s.p[0] == '$')
        s = span_trim((struct span){s.p + 1, s.n - 1});
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == ',' && after < 0 && digits)
            continue;
        if (s.p[i] == '.' && after < 0) {
            after = 0;
            continue;
        }
        if (s.p[i] < '0' || s.p[i] > '9' || ++digits > 12)
            return false;
        if (after == places && s.p[i] != '0')
            return false;
        if (after != places)
            v = v * 10 + (s.p[i] - '0');
        after += after >= 0 && after < places;
    }
    for (after = after < 0 ? 0 : after; after < places; after++)
        v *= 10;
    *out = v;
    return digits > 0;
}

/* decimal_cell - a number of 10^-places; nothing stays nothing */
bool decimal_cell(struct sheet *s, struct span v, int places)
{
    char text[32];
    int64_t n = 0;

    if (!v.n) {
        sheet_text(s, "");
        return true;
    }
    if (!layout_decimal(v, places, &n))
        return false;
    snprintf(text, sizeof(text), "%lld", (long long)n);
    sheet_text(s, text);
    return true;
}

/* cell_says - whatever the case, with single blanks for runs of blanks and line ends */
bool cell_says(struct span cell, const char *words)
{
    size_t w = 0, n = strlen(words);
    bool gap = false;

    cell = span_trim(cell);
    for (size_t i = 0; i < cell.n; i++) {
        char c = cell.p[i];

        if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
            gap = true;
            continue;
        }
        if (gap && (w >= n || words[w++] != ' '))
            return false;
        gap = false;
        if (w >= n || strncasecmp(&c, words + w, 1) != 0)
            return false;
        w++;
    }
    return w == n;
}
