/* edition.c - a snapshot checked and held */
#include "common/tables/edition.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/date.h"
#include "common/sys/digest.h"
#include "common/tables/pairs.h"

/* field_day - yyyymmdd between TABs, or empty; -1: neither */
static int32_t field_day(const char *p, size_t n)
{
    int32_t v = 0;

    if (n == 0)
        return 0;
    if (n != 8)
        return -1;
    for (size_t i = 0; i < 8; i++) {
        if (p[i] < '0' || p[i] > '9')
            return -1;
        v = v * 10 + (p[i] - '0');
    }
    return date_valid(v) ? v : -1;
}

/* row_is_sound - the right number of fields, keys and days; *next is the byte after the row */
static bool row_is_sound(const struct edition *d, const char *p, const char **next)
{
    const char *end = strchr(p, '\n'), *field = p;
    int fields = 1;

    if (!end)
        return false;
    for (const char *q = p; q <= end; q++) {
        if (*q != '\t' && q != end)
            continue;
        if (fields <= d->kind->keys
                ? q == field
                : fields <= d->kind->keys + 2 && field_day(field, (size_t)(q - field)) < 0)
            return false;
        field = q + 1;
        fields += q != end;
    }
    *next = end + 1;
    return fields == d->fields;
}

/* is_above - row q comes after row p in byte order */
static bool is_above(const char *q, const char *p)
{
    while (*p == *q && *p != '\n') {
        p++;
        q++;
    }
    return (unsigned char)*q > (unsigned char)*p;
}

/* check_rows - every row, in order; *keys counts the different keys */
static int check_rows(const struct edition *d, size_t *keys, struct err *e)
{
    const char *p = d->text + d->rows_at, *end = d->text + d->len, *before = NULL, *next;
    size_t rows = 0;

    for (*keys = 0; p < end; before = p, p = next, rows++) {
        if (!row_is_sound(d, p, &next))
            return err_set(e, ERR_REJECT, "snapshot",
                           "%s@%s row %zu: not %d fields with keys and days",
                           table_name(d->head.table), d->head.edition, rows + 1, d->fields);
        if (before && !is_above(p, before))
            return err_set(e, ERR_REJECT, "snapshot", "%s@%s row %zu: out of order",
                           table_name(d->head.table), d->head.edition, rows + 1);
        *keys += !before || !edition_same_key(d, p, before);
    }
    if (rows != d->head.rows)
        return err_set(e, ERR_REJECT, "snapshot", "%s@%s: %zu rows where the header says %zu",
                       table_name(d->head.table), d->head.edition, rows, d->head.rows);
    return 0;
}

/* cut - the next TAB-separated field of a line */
static bool cut(struct span *line, struct span *field)
{
    const char *tab;

    if (!line->p)
        return false;
    tab = memchr(line->p, '\t', line->n);
    *field = (struct span){line->p, tab ? (size_t)(tab - line->p) : line->n};
    line->n -= tab ? field->n + 1 : line->n;
    line->p = tab ? tab + 1 : NULL;
    return true;
}

/* take_key_line - which field each column of the kind is */
static bool take_key_line(struct edition *d, struct span line)
{
    struct span f;
    int n = -1; /* the "#key" itself */

    for (int c = 0; c < COLUMNS_MAX; c++)
        d->position[c] = -1;
    for (; cut(&line, &f); n++) {
        for (int c = 0; n >= d->kind->keys + 2 && d->kind->columns[c].name; c++)
            if (span_is(f, d->kind->columns[c].name))
                d->position[c] = n;
    }
    d->fields = n;
    return n > d->kind->keys + 2;
}

/* take_words - the texts of a WORD column */
static void take_words(struct edition *d, struct span line)
{
    struct span f;

    if (!cut(&line, &f) || !cut(&line, &f))
        return;
    for (int c = 0; d->kind->columns[c].name; c++)
        if (span_is(f, d->kind->columns[c].name))
            d->words[c] = line;
}

/* take_head - #words and #key lines; the others are read already */
static int take_head(struct edition *d, struct err *e)
{
    const char *p = d->text, *end = d->text + d->rows_at;
    bool named = false;

    for (; p < end; p = strchr(p, '\n') + 1) {
        struct span line = {p, (size_t)(strchr(p, '\n') - p)};

        if (str_starts(p, "#words\t"))
            take_words(d, line);
        else if (str_starts(p, "#key\t"))
            named = take_key_line(d, line);
    }
    return named
               ? 0
               : err_set(e, ERR_REJECT, "snapshot", "snapshot: the #key line names too few fields");
}

/* fill_info - what others see */
static void fill_info(struct edition *d)
{
    d->info = (struct edition_info){.table = d->head.table,
                                    .edition = d->head.edition,
                                    .from = d->head.from,
                                    .to = d->head.to,
                                    .rows = d->head.rows,
                                    .sha256 = d->sha256,
                                    .source = d->head.source};
}

/* check_text - size, encoding, digest */
static int check_text(struct edition *d, const char *sha256, struct err *e)
{
    if (d->len >= UINT32_MAX)
        return err_set(e, ERR_REJECT, "snapshot", "snapshot: over 4 GiB");
    if (!utf8_valid(d->text, d->len))
        return err_set(e, ERR_REJECT, "snapshot", "snapshot: not UTF-8");
    digest_hex(d->text, d->len, d->sha256);
    if (sha256 && strncmp(d->sha256, sha256, strlen(sha256)) != 0)
        return err_set(e, ERR_REJECT, "hash", "snapshot: its SHA-256 is not the one published");
    return 0;
}

/* keep_text - in memory that may be read a little past its end */
static int keep_text(struct edition *d, struct err *e)
{
    char *text = edition_memory(d->len + KEY_SLACK);

    if (!text)
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    memcpy(text, d->text, d->len);
    free(d->text);
    d->text = text;
    return 0;
}

/* keep_header - of a table of pairs, whose rows are held in another form */
static int keep_header(struct edition *d, struct err *e)
{
    char *text = strndup(d->text, d->rows_at);

    if (!text)
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    free(d->text);
    d->text = text;
    d->len = d->rows_at;
    return take_head(d, e);
}

/* open_text - everything that can be wrong, in order */
static int open_text(struct edition *d, const char *sha256, struct err *e)
{
    bool pairs;
    size_t keys;

    if (check_text(d, sha256, e) != 0 ||
        snapshot_head_read(d->text, d->len, &d->head, &d->rows_at, e) != 0)
        return -1;
    if (d->head.to && d->head.to < d->head.from)
        return err_set(e, ERR_REJECT, "snapshot", "%s@%s: the period ends before it begins",
                       table_name(d->head.table), d->head.edition);
    d->kind = kind_of(d->head.table);
    pairs = kind_is_pairs(d->kind);
    fill_info(d);
    if ((!pairs && keep_text(d, e) != 0) || take_head(d, e) != 0 || check_rows(d, &keys, e) != 0)
        return -1;
    if (pairs)
        return pairs_build(d, keys, &d->pairs, e) != 0 ? -1 : keep_header(d, e);
    if (edition_index(d, keys, e) != 0)
        return -1;
    return edition_make(d, e);
}

/* edition_open - checked and ready to be asked */
int edition_open(struct buf *snapshot, const char *sha256, struct edition **out, struct err *e)
{
    struct edition *d = snapshot->failed ? NULL : calloc(1, sizeof(*d));

    if (!d || !snapshot->data) {
        free(d);
        buf_release(snapshot);
        return err_set(e, d ? ERR_REJECT : ERR_RETRY, d ? "snapshot" : "memory", "%s",
                       d ? "snapshot: empty" : "out of memory");
    }
    atomic_init(&d->holders, 1);
    d->text = snapshot->data;
    d->len = snapshot->len;
    buf_init(snapshot);
    if (open_text(d, sha256, e) != 0) {
        edition_drop(d);
        return -1;
    }
    *out = d;
    return 0;
}

/* edition_hold - one more holder */
struct edition *edition_hold(struct edition *d)
{
    atomic_fetch_add(&d->holders, 1);
    return d;
}

/* edition_drop - the last one frees */
void edition_drop(struct edition *d)
{
    if (!d || atomic_fetch_sub(&d->holders, 1) != 1)
        return;
    edition_unmake(d);
    free(d->text);
    free(d->tags);
    free(d->rows);
    pairs_free(d->pairs);
    free(d);
}
