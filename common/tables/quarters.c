/* quarters.c - the rows of several quarters' files as windows that were in force
 *
 * File by file, oldest first: `now` is what the files up to here say, the next one is laid over it.
 * All days at which anything changes cut the time into stretches; each is decided by its first day.
 */
#include "common/tables/quarters.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/date.h"

/* next_day_of - the day in a list "20240630 20240930"; 0: none is left, -1: no day */
static int32_t next_day_of(struct span *list)
{
    char text[9];
    int32_t day;

    if (!list->n)
        return 0;
    if (list->n < 8 || (list->n > 8 && list->p[8] != ' '))
        return -1;
    memcpy(text, list->p, 8);
    text[8] = '\0';
    day = date_parse(text);
    if (!day && strcmp(text, "99991231") == 0)
        day = DAY_OPEN;
    list->p += list->n > 8 ? 9 : 8;
    list->n -= list->n > 8 ? 9 : 8;
    return day ? day : -1;
}

/* add_day - at its place, once */
static bool add_day(struct quarters *q, int32_t day)
{
    size_t at = 0;

    while (at < q->n && q->last[at] < day)
        at++;
    if (at < q->n && q->last[at] == day)
        return true;
    if (q->n == QUARTERS_MAX)
        return false;
    memmove(q->last + at + 1, q->last + at, (q->n - at) * sizeof(q->last[0]));
    q->last[at] = day;
    q->n++;
    return true;
}

/* quarters_add - every day of a list */
bool quarters_add(struct quarters *q, struct span list)
{
    int32_t day;

    while ((day = next_day_of(&list)) > 0)
        if (!add_day(q, day))
            return false;
    return day == 0;
}

/* quarters_bits - one a file */
uint64_t quarters_bits(const struct quarters *q, struct span list)
{
    uint64_t bits = 0;
    int32_t day;

    if (!list.n)
        return q->n == 64 ? ~UINT64_C(0) : (UINT64_C(1) << q->n) - 1;
    while ((day = next_day_of(&list)) > 0)
        for (size_t i = 0; i < q->n; i++)
            if (q->last[i] == day)
                bits |= UINT64_C(1) << i;
    return bits;
}

/* quarters_text - as quarters_add reads it */
void quarters_text(const struct quarters *q, uint64_t bits, struct buf *out)
{
    for (size_t i = 0; i < q->n; i++)
        if (bits >> i & 1)
            buf_addf(out, "%s%08d", out->len ? " " : "", q->last[i]);
}

/* after - the day after a window's end; an open one has none */
static int32_t after(int32_t day)
{
    return day >= DAY_OPEN ? 0 : date_add(day, 1);
}

/* before - the day before a stretch's successor begins */
static int32_t before(int32_t day)
{
    return date_add(day, -1);
}

/* What one file says of the pair, over what the files before it say. */
struct layer {
    const struct window *now;
    size_t n_now;
    struct window file[SAID_MAX]; /* as it stands there; withdrawn rows too */
    size_t n_file;
    int32_t known; /* last day of the file before; 0: there is none */
};

/* by_day - for qsort */
static int by_day(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

    return (x > y) - (x < y);
}

/* cuts - first days of all stretches, ascending, each once */
static size_t cuts(const struct layer *l, int32_t days[2 * (WINDOWS_MAX + SAID_MAX) + 1])
{
    size_t n = 0, kept = 0;

    for (size_t i = 0; i < l->n_now; i++) {
        days[n++] = l->now[i].from;
        days[n++] = after(l->now[i].to);
    }
    for (size_t i = 0; i < l->n_file; i++) {
        days[n++] = l->file[i].from;
        days[n++] = after(l->file[i].to);
    }
    days[n++] = l->known ? after(l->known) : 0;
    qsort(days, n, sizeof(days[0]), by_day);
    for (size_t i = 0; i < n; i++)
        if (days[i] && (!kept || days[kept - 1] != days[i]))
            days[kept++] = days[i];
    return kept;
}

/* until_now - what the earlier files say of a day, or NULL; *began: the first day of the windows
 * that go on without a gap into this one */
static const struct window *until_now(const struct layer *l, int32_t day, int32_t *began)
{
    for (size_t i = 0; i < l->n_now; i++) {
        const struct window *w = &l->now[i];

        if (i == 0 || after(l->now[i - 1].to) != w->from)
            *began = w->began;
        if (w->from <= day && day <= w->to)
            return w->indicator == INDICATOR_WITHDRAWN ? NULL : w;
    }
    return NULL;
}

/* in_file - the file's row for a day: one that was not withdrawn, and of these the one that began
 * last */
static const struct window *in_file(const struct layer *l, int32_t day)
{
    const struct window *best = NULL;

    for (size_t i = 0; i < l->n_file; i++) {
        const struct window *w = &l->file[i];
        bool withdrawn = w->indicator == INDICATOR_WITHDRAWN;

        if (w->from > day || day > w->to)
            continue;
        if (!best || (best->indicator == INDICATOR_WITHDRAWN && !withdrawn) ||
            (withdrawn == (best->indicator == INDICATOR_WITHDRAWN) && w->from > best->from))
            best = w;
    }
    return best;
}

/* speaks_of - has the file a row that began in a window that it does not let go on to this day */
static bool speaks_of(const struct layer *l, int32_t began, int32_t day)
{
    for (size_t i = 0; i < l->n_file; i++)
        if (began <= l->file[i].from && l->file[i].from <= day)
            return true;
    return false;
}

/* decide - the window in force on a day, or NULL */
static const struct window *decide(const struct layer *l, int32_t day)
{
    int32_t began = 0;
    const struct window *file = in_file(l, day), *now = until_now(l, day, &began);

    if (!now || day > l->known)
        return file;
    if (!file || file->indicator == INDICATOR_WITHDRAWN)
        return speaks_of(l, began, day) ? file : now;
    return file->from == now->began && file->indicator != now->indicator ? now : file;
}

/* lay_over - stretch by stretch; neighbours that say the same become one */
static size_t lay_over(const struct layer *l, struct window *out)
{
    int32_t days[2 * (WINDOWS_MAX + SAID_MAX) + 1];
    size_t n_days = cuts(l, days), n = 0;

    for (size_t i = 0; i < n_days; i++) {
        const struct window *w = decide(l, days[i]);
        int32_t to = i + 1 < n_days ? before(days[i + 1]) : DAY_OPEN;

        if (!w)
            continue;
        if (n && after(out[n - 1].to) == days[i] && out[n - 1].began == w->began &&
            out[n - 1].indicator == w->indicator && out[n - 1].word == w->word) {
            out[n - 1].to = to;
        } else if (n < WINDOWS_MAX) {
            out[n] = *w;
            out[n].from = days[i];
            out[n++].to = to;
        }
    }
    return n;
}

/* take_file - the rows that one file has; which, as bits */
static uint64_t take_file(struct layer *l, const struct said *rows, size_t n, size_t file)
{
    uint64_t which = 0;

    l->n_file = 0;
    for (size_t i = 0; i < n; i++)
        if (rows[i].files >> file & 1) {
            l->file[l->n_file++] = (struct window){rows[i].from, rows[i].to, rows[i].from,
                                                   rows[i].indicator, rows[i].word};
            which |= UINT64_C(1) << i;
        }
    return which;
}

/* quarters_windows - file by file; one that says the same as the one before it changes nothing */
size_t quarters_windows(const struct quarters *q, const struct said *rows, size_t n,
                        struct window out[WINDOWS_MAX])
{
    struct window now[WINDOWS_MAX];
    struct layer l = {.now = now};
    uint64_t which, said = 0;

    for (size_t i = 0; i < q->n; i++) {
        which = take_file(&l, rows, n, i);
        if (which == said)
            continue;
        said = which;
        l.known = i ? q->last[i - 1] : 0;
        l.n_now = lay_over(&l, out);
        memcpy(now, out, l.n_now * sizeof(now[0]));
    }
    return l.n_now;
}
