/* sheet.c - rows being collected, then sorted and written as a snapshot */
#include "common/tables/sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/date.h"

/* sheet_init - empty */
void sheet_init(struct sheet *s, enum table_id table)
{
    memset(s, 0, sizeof(*s));
    s->kind = kind_of(table);
    s->column = -1;
}

/* sheet_release - frees all */
void sheet_release(struct sheet *s)
{
    buf_release(&s->text);
    free(s->starts);
    for (int c = 0; c < COLUMNS_MAX; c++)
        for (size_t i = 0; i < s->words[c].n; i++)
            free(s->words[c].text[i]);
    memset(s, 0, sizeof(*s));
}

/* add_day - yyyymmdd or nothing */
static void add_day(struct buf *b, int32_t day)
{
    char text[9] = "\t00000000";
    size_t n = day ? sizeof(text) : 1;

    for (size_t i = n - 1; i > 0; i--, day /= 10)
        text[i] = (char)('0' + day % 10);
    buf_add(b, text, n);
}

/* note_start - remembers where a row begins */
static bool note_start(struct sheet *s)
{
    if (s->n == s->cap) {
        size_t cap = s->cap ? s->cap * 2 : 1024;
        size_t *starts = realloc(s->starts, cap * sizeof(*starts));

        if (!starts) {
            s->failed = true;
            return false;
        }
        s->starts = starts;
        s->cap = cap;
    }
    s->starts[s->n++] = s->text.len;
    return true;
}

/* sheet_row - keys and window */
bool sheet_row(struct sheet *s, struct span key, struct span key2, int32_t from, int32_t to)
{
    key = span_trim(key);
    key2 = span_trim(key2);
    if (!key.n || key.n > KEY_BYTES_MAX || key2.n > KEY_BYTES_MAX ||
        (s->kind->keys == 2) != (key2.n > 0))
        return false;
    if (key.p[0] == '#' || !note_start(s))
        return false;
    cell_clean(&s->text, key);
    if (key2.n) {
        buf_addc(&s->text, '\t');
        cell_clean(&s->text, key2);
    }
    add_day(&s->text, from);
    add_day(&s->text, to);
    s->column = 0;
    return true;
}

/* sheet_word - of a text among the few of a column */
size_t sheet_word(struct sheet *s, int column, struct span t)
{
    struct sheet_words *w = &s->words[column];

    for (size_t i = 0; i < w->n; i++)
        if (span_is(t, w->text[i]))
            return i;
    if (w->n == WORDS_MAX || !(w->text[w->n] = strndup(t.n ? t.p : "", t.n))) {
        s->failed = true;
        return 0;
    }
    return w->n++;
}

/* add_number - of a word, below WORDS_MAX */
static void add_number(struct buf *b, size_t n)
{
    if (n >= 100)
        buf_addc(b, (char)('0' + n / 100));
    if (n >= 10)
        buf_addc(b, (char)('0' + n / 10 % 10));
    buf_addc(b, (char)('0' + n % 10));
}

/* sheet_cell - the next column of the open row */
void sheet_cell(struct sheet *s, struct span t)
{
    const struct column *c = &s->kind->columns[s->column];

    if (s->column < 0 || !c->name)
        abort();
    buf_addc(&s->text, '\t');
    if (c->type == COLUMN_WORD && span_trim(t).n) {
        struct buf clean;

        buf_init(&clean);
        cell_clean(&clean, t);
        add_number(&s->text, sheet_word(s, s->column, (struct span){clean.data, clean.len}));
        s->failed = s->failed || clean.failed;
        buf_release(&clean);
    } else {
        cell_clean(&s->text, t);
    }
    s->column++;
}

/* sheet_text - a string */
void sheet_text(struct sheet *s, const char *text)
{
    sheet_cell(s, span_of(text));
}

/* sheet_buf - see sheet.h */
void sheet_buf(struct sheet *s, const struct buf *b)
{
    s->failed = s->failed || b->failed;
    sheet_cell(s, (struct span){b->data ? b->data : "", b->len});
}

/* sheet_end - closes the row */
void sheet_end(struct sheet *s)
{
    while (s->kind->columns[s->column].name)
        sheet_cell(s, (struct span){"", 0});
    buf_addc(&s->text, '\n');
    s->column = -1;
}

/* sheet_take_row - a row of another edition */
void sheet_take_row(struct sheet *s, const struct table_row *row)
{
    struct span key2 = s->kind->keys == 2 ? table_key(row, 1) : (struct span){"", 0};

    if (!sheet_row(s, table_key(row, 0), key2, row->from, row->to))
        return;
    for (int c = 0; s->kind->columns[c].name; c++)
        sheet_cell(s, table_col(row, s->kind->columns[c].name));
    sheet_end(s);
}

/* next_cell - cuts a field off a row that ends with LF */
static struct span next_cell(const char **p)
{
    size_t n = strcspn(*p, "\t\n");
    struct span v = {*p, n};

    *p += n + ((*p)[n] == '\t');
    return v;
}

/* append_row - a row of another sheet, its words by their text */
static void append_row(struct sheet *s, const struct sheet *other, const char *p)
{
    if (!note_start(s))
        return;
    for (int f = -(s->kind->keys + 2); f < 0 || s->kind->columns[f].name; f++) {
        struct span v = next_cell(&p);

        if (f > -(s->kind->keys + 2))
            buf_addc(&s->text, '\t');
        if (f >= 0 && v.n && s->kind->columns[f].type == COLUMN_WORD)
            add_number(&s->text,
                       sheet_word(s, f, span_of(other->words[f].text[strtoul(v.p, NULL, 10)])));
        else
            buf_add(&s->text, v.p, v.n);
    }
    buf_addc(&s->text, '\n');
}

/* sheet_line - text that was made elsewhere */
void sheet_line(struct sheet *s, struct span row)
{
    if (note_start(s))
        buf_add(&s->text, row.p, row.n);
}

/* sheet_append - row by row */
void sheet_append(struct sheet *s, const struct sheet *other)
{
    s->failed = s->failed || other->failed || other->text.failed;
    for (size_t i = 0; i < other->n && !s->failed; i++)
        append_row(s, other, other->text.data + other->starts[i]);
}

/* compare_rows - byte order; a row ends with LF, which is below all that a cell holds but TAB */
static int compare_rows(const void *a, const void *b, void *text)
{
    const unsigned char *p = (const unsigned char *)text + *(const size_t *)a;
    const unsigned char *q = (const unsigned char *)text + *(const size_t *)b;

    for (; *p == *q; p++, q++)
        if (*p == '\n')
            return 0;
    return *p < *q ? -1 : 1;
}

/* sheet_sort - official files mostly come sorted: looked at first */
void sheet_sort(struct sheet *s)
{
    size_t i = 1, kept = 0;

    while (i < s->n && compare_rows(&s->starts[i - 1], &s->starts[i], s->text.data) < 0)
        i++;
    if (i >= s->n)
        return;
    qsort_r(s->starts, s->n, sizeof(*s->starts), compare_rows, s->text.data);
    for (i = 1; i < s->n; i++)
        if (compare_rows(&s->starts[kept], &s->starts[i], s->text.data) != 0)
            s->starts[++kept] = s->starts[i];
    s->n = kept + 1;
}

struct opened {
    const char *key;
    size_t key_n;
    int32_t from, to;
};

/* day_at - the yyyymmdd at p, which stands before a TAB; 0: empty */
static int32_t day_at(const char *p)
{
    int32_t v = 0;

    for (; *p >= '0' && *p <= '9'; p++)
        v = v * 10 + (*p - '0');
    return v;
}

/* open_row - key and window of a row */
static struct opened open_row(const struct sheet *s, size_t i)
{
    struct opened o = {.key = s->text.data + s->starts[i]};
    const char *p = strchr(o.key, '\t');

    if (s->kind->keys == 2)
        p = strchr(p + 1, '\t');
    o.key_n = (size_t)(p - o.key);
    o.from = day_at(p + 1);
    o.to = day_at(strchr(p + 1, '\t') + 1);
    return o;
}

/* check_windows - at most one row of a key is in force on a day */
static int check_windows(const struct sheet *s, struct err *e)
{
    struct opened before = {0}, now;

    for (size_t i = 0; i < s->n && !s->kind->many; i++, before = now) {
        now = open_row(s, i);
        if (now.to && now.from > now.to)
            return err_set(e, ERR_REJECT, "rows", "%s %.*s: window ends before it begins",
                           table_name(s->kind->id), (int)now.key_n, now.key);
        if (i && before.key_n == now.key_n && memcmp(before.key, now.key, now.key_n) == 0 &&
            (!before.to || before.to >= now.from))
            return err_set(e, ERR_REJECT, "rows", "%s %.*s: two rows for the same days",
                           table_name(s->kind->id), (int)now.key_n, now.key);
    }
    return 0;
}

/* write_words - the texts of WORD columns */
static void write_words(const struct sheet *s, struct buf *out)
{
    for (int c = 0; s->kind->columns[c].name; c++) {
        if (!s->words[c].n)
            continue;
        buf_addf(out, "#words\t%s", s->kind->columns[c].name);
        for (size_t i = 0; i < s->words[c].n; i++)
            buf_addf(out, "\t%s", s->words[c].text[i]);
        buf_addc(out, '\n');
    }
}

/* write_day - a line of the header */
static void write_day(struct buf *out, const char *name, int32_t day)
{
    buf_adds(out, name);
    add_day(out, day);
    buf_addc(out, '\n');
}

/* write_head - as snapshot.h has it */
static void write_head(const struct sheet *s, const struct snapshot_head *h, struct buf *out)
{
    buf_addf(out, "#cleanclaim-table\t1\n#table\t%s\n#edition\t%s\n", table_name(h->table),
             h->edition);
    write_day(out, "#from", h->from);
    write_day(out, "#to", h->to);
    write_day(out, "#starts", h->starts);
    write_day(out, "#until", h->until);
    write_day(out, "#reach", h->reach);
    buf_addf(out, "#source\t%s\n#source-sha256\t%s\n#rows\t%zu\n", h->source, h->source_sha256,
             h->rows);
    write_words(s, out);
    buf_adds(out, "#key");
    for (int k = 0; k < s->kind->keys; k++)
        buf_addf(out, "\t%s", s->kind->key_names[k]);
    buf_adds(out, "\tfrom\tto");
    for (int c = 0; s->kind->columns[c].name; c++)
        buf_addf(out, "\t%s", s->kind->columns[c].name);
    buf_addc(out, '\n');
}

/* sheet_write - header and sorted rows */
int sheet_write(struct sheet *s, struct snapshot_head *head, struct buf *out, struct err *e)
{
    if (s->failed || s->text.failed)
        return err_set(e, ERR_REJECT, "rows",
                       "%s: out of memory, or too many different texts in one column",
                       table_name(s->kind->id));
    sheet_sort(s);
    if (check_windows(s, e) != 0)
        return -1;
    head->rows = s->n;
    write_head(s, head, out);
    for (size_t i = 0; i < s->n; i++) {
        const char *row = s->text.data + s->starts[i];

        buf_add(out, row, (size_t)(strchr(row, '\n') - row) + 1);
    }
    return out->failed ? err_set(e, ERR_RETRY, "memory", "out of memory") : 0;
}
