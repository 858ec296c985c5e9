/* snapshot.c - the header of a snapshot: read, period replaced, file name */
#include "common/tables/snapshot.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/date.h"

enum { FORMAT_VERSION = 1, HEAD_LINES_MAX = 64 };

static const char key_line[] = "#key\t";

/* edition_name_valid - what may stand in keys and file names */
bool edition_name_valid(const char *s)
{
    size_t n = strlen(s);

    return n > 0 && n <= EDITION_NAME_MAX && s[0] != '.' &&
           strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-") == n;
}

/* head_is_seed - written by us for demos */
bool head_is_seed(const struct snapshot_head *h)
{
    size_t n = strlen(h->edition);

    return n >= 5 && strcmp(h->edition + n - 5, "-seed") == 0;
}

/* read_text - a value into a fixed array */
static bool read_text(struct span v, void *out, size_t size)
{
    if (v.n >= size || !utf8_valid(v.p, v.n))
        return false;
    memcpy(out, v.p, v.n);
    ((char *)out)[v.n] = '\0';
    return true;
}

/* read_day - yyyymmdd or empty (0) */
static bool read_day(struct span v, int32_t *out)
{
    char s[16];

    *out = 0;
    if (v.n == 0)
        return true;
    if (v.n != 8 || !read_text(v, s, sizeof(s)))
        return false;
    *out = date_parse(s);
    return *out != 0;
}

/* read_version - ours only */
static bool read_version(struct snapshot_head *h, struct span v)
{
    (void)h;
    return span_is(v, "1");
}

/* read_table - a table we know */
static bool read_table(struct snapshot_head *h, struct span v)
{
    char name[64];

    if (!read_text(v, name, sizeof(name)))
        return false;
    h->table = table_by_name(name);
    return h->table != TABLE_MAX;
}

/* read_edition - a name that can be part of a key */
static bool read_edition(struct snapshot_head *h, struct span v)
{
    return read_text(v, h->edition, sizeof(h->edition)) && edition_name_valid(h->edition);
}

/* read_from, read_to, read_starts, read_until, read_reach - the days */
static bool read_from(struct snapshot_head *h, struct span v)
{
    return read_day(v, &h->from) && h->from;
}

/* read_to - empty: open */
static bool read_to(struct snapshot_head *h, struct span v)
{
    return read_day(v, &h->to);
}

/* read_starts - the publisher's first day */
static bool read_starts(struct snapshot_head *h, struct span v)
{
    return read_day(v, &h->starts) && h->starts;
}

/* read_until - the publisher's last day */
static bool read_until(struct snapshot_head *h, struct span v)
{
    return read_day(v, &h->until);
}

/* read_reach - how far back it may serve */
static bool read_reach(struct snapshot_head *h, struct span v)
{
    return read_day(v, &h->reach) && h->reach;
}

/* read_source - file names */
static bool read_source(struct snapshot_head *h, struct span v)
{
    return read_text(v, h->source, sizeof(h->source));
}

/* read_source_sha - their digest */
static bool read_source_sha(struct snapshot_head *h, struct span v)
{
    return v.n == 64 && read_text(v, h->source_sha256, sizeof(h->source_sha256));
}

/* read_rows - a plain number */
static bool read_rows(struct snapshot_head *h, struct span v)
{
    char s[24];
    int64_t n;

    if (!read_text(v, s, sizeof(s)) || !str_to_i64(s, &n) || n < 0 || n > UINT32_MAX)
        return false;
    h->rows = (size_t)n;
    return true;
}

struct head_row {
    const char *name, *expect;
    bool (*read)(struct snapshot_head *h, struct span v);
};

/* clang-format off */
static const struct head_row head_rows[] = {
    {"#cleanclaim-table", "format version 1", read_version},
    {"#table", "the name of a table", read_table},
    {"#edition", "a name of letters, digits, . _ -", read_edition},
    {"#from", "a day", read_from},
    {"#to", "a day or nothing", read_to},
    {"#starts", "a day", read_starts},
    {"#until", "a day or nothing", read_until},
    {"#reach", "a day", read_reach},
    {"#source", "file names", read_source},
    {"#source-sha256", "64 hex digits", read_source_sha},
    {"#rows", "a number", read_rows},
};
/* clang-format on */
enum { HEAD_ROWS = sizeof(head_rows) / sizeof(head_rows[0]) };

/* next_line - cuts one line off *rest; false: no line end */
static bool next_line(struct span *rest, struct span *line)
{
    const char *end = rest->n ? memchr(rest->p, '\n', rest->n) : NULL;

    if (!end)
        return false;
    *line = (struct span){rest->p, (size_t)(end - rest->p)};
    rest->n -= line->n + 1;
    rest->p = end + 1;
    return true;
}

/* value_of - what follows "name TAB"; p NULL: another name */
static struct span value_of(struct span line, const char *name)
{
    size_t n = strlen(name);

    if (line.n <= n || memcmp(line.p, name, n) != 0 || line.p[n] != '\t')
        return (struct span){NULL, 0};
    return (struct span){line.p + n + 1, line.n - n - 1};
}

/* starts_with - for lines */
static bool starts_with(struct span line, const char *prefix)
{
    size_t n = strlen(prefix);

    return line.n >= n && memcmp(line.p, prefix, n) == 0;
}

/* snapshot_head_read - line by line, each must be the one the format wants */
int snapshot_head_read(const char *p, size_t n, struct snapshot_head *out, size_t *rows_at,
                       struct err *e)
{
    struct snapshot_head h = {0};
    struct span rest = {p, n}, line = {0};
    int number = 0;

    for (; number < HEAD_ROWS; number++) {
        const struct head_row *r = &head_rows[number];
        struct span v = next_line(&rest, &line) ? value_of(line, r->name) : (struct span){NULL, 0};

        if (!v.p || !r->read(&h, v))
            return err_set(e, ERR_REJECT, "snapshot", "snapshot line %d: expected %s and %s",
                           number + 1, r->name, r->expect);
    }
    do {
        if (number++ > HEAD_LINES_MAX || !next_line(&rest, &line) ||
            (!starts_with(line, "#words\t") && !starts_with(line, key_line)))
            return err_set(e, ERR_REJECT, "snapshot", "snapshot line %d: expected #words or #key",
                           number);
    } while (!starts_with(line, key_line));
    *rows_at = (size_t)(rest.p - p);
    *out = h;
    return 0;
}

/* add_day - yyyymmdd or nothing, and the line's end */
static void add_day(struct buf *out, const char *name, int32_t day)
{
    if (day)
        buf_addf(out, "%s\t%08d\n", name, day);
    else
        buf_addf(out, "%s\t\n", name);
}

/* snapshot_with_period - the same rows under another period */
int snapshot_with_period(const char *p, size_t n, int32_t from, int32_t to, struct buf *out,
                         struct err *e)
{
    struct snapshot_head h;
    struct span rest = {p, n}, line;
    size_t rows_at;

    if (snapshot_head_read(p, n, &h, &rows_at, e) != 0)
        return -1;
    while ((size_t)(rest.p - p) < rows_at && next_line(&rest, &line)) {
        if (starts_with(line, "#from\t"))
            add_day(out, "#from", from);
        else if (starts_with(line, "#to\t"))
            add_day(out, "#to", to);
        else
            buf_add(out, line.p, line.n + 1);
    }
    buf_add(out, p + rows_at, n - rows_at);
    return out->failed ? err_set(e, ERR_RETRY, "memory", "out of memory") : 0;
}

/* snapshot_file_name - table, edition, what the content is */
void snapshot_file_name(const struct snapshot_head *h, const char *sha256, char *out, size_t size)
{
    snprintf(out, size, "%s@%s.%.12s.tsv", table_name(h->table), h->edition, sha256);
}
