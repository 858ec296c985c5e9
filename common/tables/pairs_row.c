/* pairs_row.c - rows of a table of code pairs: as they were in force, as the files have them, and
 * as text again */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/tables/edition.h"
#include "common/tables/layout.h"
#include "common/tables/pairs.h"

/* day_shown - an open end is 0 outside */
static int32_t day_shown(int32_t day)
{
    return day == DAY_OPEN ? 0 : day;
}

/* row_of_cell - a window as tables.h has it */
static void row_of_cell(const struct edition *d, uint16_t first, uint16_t second,
                        const struct pair_cell *c, struct table_row *out)
{
    out->edition = &d->info;
    out->from = c->from;
    out->to = day_shown(c->to);
    out->text = (struct span){NULL, 0};
    out->pair = (struct pair_cells){{first, second}, c->indicator, c->word, NO_WORD};
}

/* cell_on - of a chain, newest first, the one that holds a day; NULL: none */
static const struct pair_cell *cell_on(const struct pairs *p, uint32_t chain, int32_t on)
{
    for (; chain; chain = p->cells[chain].older)
        if (p->cells[chain].from <= on && on <= p->cells[chain].to)
            return &p->cells[chain];
    return NULL;
}

/* find - one pair, step by step */
static const struct pair_cell *find(const struct pairs *p, uint16_t first, uint16_t second,
                                    int32_t on)
{
    struct pair_seek s;

    pairs_seek(p, first, second, &s);
    pairs_seek_chain(p, &s);
    return cell_on(p, pairs_chain(p, &s), on);
}

/* pairs_find - by texts */
bool pairs_find(const struct edition *d, const char *key, const char *key2, int32_t on,
                struct table_row *out)
{
    uint16_t first = pairs_code(d->pairs, key), second = pairs_code(d->pairs, key2);
    const struct pair_cell *c = find(d->pairs, first, second, on);

    if (c)
        row_of_cell(d, first, second, c, out);
    return c != NULL;
}

/* edition_asked - the one of both codes; NULL: they are of two, or of none */
static const struct edition *edition_asked(const struct table_ask *x)
{
    return x->first.edition == x->second.edition
               ? (const struct edition *)(const void *)x->first.edition
               : NULL;
}

/* answer - the window that holds the day */
static void answer(struct table_ask *x, const struct pair_seek *s)
{
    const struct edition *d = edition_asked(x);
    const struct pair_cell *c = d ? cell_on(d->pairs, pairs_chain(d->pairs, s), x->on) : NULL;

    x->answer = c ? LOOKUP_FOUND : d ? LOOKUP_ABSENT : LOOKUP_NO_EDITION;
    if (c)
        row_of_cell(d, x->first.number, x->second.number, c, &x->row);
}

/* tables_find_pairs - a step for all of a batch before the next one */
void tables_find_pairs(struct table_ask *asks, size_t n)
{
    enum { BATCH = 24 };
    struct pair_seek seeks[BATCH];

    for (size_t at = 0; at < n; at += BATCH) {
        struct table_ask *x = asks + at;
        size_t batch = n - at < BATCH ? n - at : BATCH;

        for (size_t i = 0; i < batch; i++)
            if (edition_asked(&x[i]))
                pairs_seek(edition_asked(&x[i])->pairs, x[i].first.number, x[i].second.number,
                           &seeks[i]);
        for (size_t i = 0; i < batch; i++)
            if (edition_asked(&x[i]))
                pairs_seek_chain(edition_asked(&x[i])->pairs, &seeks[i]);
        for (size_t i = 0; i < batch; i++)
            answer(&x[i], &seeks[i]);
    }
}

/* first_of_row - the first code of a row: the last one that starts at it or before */
static uint16_t first_of_row(const struct pairs *p, size_t row)
{
    uint32_t low = 0, high = p->n_codes;

    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;

        if (p->starts[middle] <= row)
            low = middle;
        else
            high = middle;
    }
    return (uint16_t)low;
}

/* pairs_next - rows of one pair stand together: the first of them is asked */
bool pairs_next(const struct edition *d, const char *key, int32_t on, size_t *at,
                struct table_row *out)
{
    const struct pairs *p = d->pairs;
    uint16_t only = key ? pairs_code(p, key) : NO_CODE;
    size_t end = !key ? p->n_rows : only == NO_CODE ? 0 : p->starts[only + 1];
    size_t row = only != NO_CODE && *at < p->starts[only] ? p->starts[only] : *at;

    for (; row < end; row++) {
        uint16_t first = key ? only : first_of_row(p, row), second = p->seconds[row];
        const struct pair_cell *c;

        if (row > p->starts[first] && p->seconds[row - 1] == second)
            continue;
        c = find(p, first, second, on);
        if (!c)
            continue;
        row_of_cell(d, first, second, c, out);
        *at = row + 1;
        return true;
    }
    *at = p->n_rows;
    return false;
}

/* pairs_row - a row of the files */
bool pairs_row(const struct edition *d, size_t row, struct table_row *out)
{
    const struct pairs *p = d->pairs;
    const struct pair_value *v;

    if (row >= p->n_rows)
        return false;
    v = &p->values[p->said[row]];
    out->edition = &d->info;
    out->from = v->from;
    out->to = v->to;
    out->text = (struct span){NULL, 0};
    out->pair = (struct pair_cells){
        {first_of_row(p, row), p->seconds[row]}, v->indicator, v->word, v->files};
    return true;
}

/* add_number - decimal, or nothing for NO_WORD */
static size_t add_number(char *out, unsigned n)
{
    char digits[3];
    size_t i = 0, k = 0;

    if (n == NO_WORD)
        return 0;
    do
        digits[i++] = (char)('0' + n % 10);
    while (n /= 10);
    while (i > 0)
        out[k++] = digits[--i];
    return k;
}

/* add_day - eight digits, or nothing for 0 */
static size_t add_day(char *out, int32_t day)
{
    for (int i = 7; day && i >= 0; i--, day /= 10)
        out[i] = (char)('0' + day % 10);
    return 8;
}

/* write_tail - days, indicator, numbers of words; its length */
static size_t write_tail(const struct pair_value *v, bool files, char *out)
{
    char *p = out;

    *p++ = '\t';
    p += v->from ? add_day(p, v->from) : 0;
    *p++ = '\t';
    p += v->to ? add_day(p, v->to) : 0;
    *p++ = '\t';
    *p++ = v->indicator;
    *p++ = '\t';
    p += add_number(p, v->word);
    if (files) {
        *p++ = '\t';
        p += add_number(p, v->files);
    }
    *p++ = '\n';
    return (size_t)(p - out);
}

/* write_codes - both, a TAB between them; their length */
static size_t write_codes(const struct pair_code *first, const struct pair_code *second, char *out)
{
    size_t n = strnlen(first->text, PAIR_CODE_BYTES), n2 = strnlen(second->text, PAIR_CODE_BYTES);

    memcpy(out, first->text, n);
    out[n] = '\t';
    memcpy(out + n + 1, second->text, n2);
    return n + 1 + n2;
}

/* pairs_text - a line of the snapshot */
size_t pairs_text(const struct pair_code key[2], const struct pair_value *v, bool files,
                  char out[PAIR_TEXT])
{
    size_t n = write_codes(&key[0], &key[1], out);

    return n + write_tail(v, files, out + n);
}

/* What stands behind the codes of a row, once for each of the few different ones. */
struct tail {
    char text[PAIR_TEXT];
    size_t n;
};

/* write_rows - each is two codes and its tail */
static void write_rows(const struct pairs *p, const struct tail *tails, struct buf *out)
{
    for (uint32_t first = 0; first < p->n_codes; first++)
        for (size_t row = p->starts[first]; row < p->starts[first + 1]; row++) {
            const struct tail *t = &tails[p->said[row]];
            char text[PAIR_TEXT];
            size_t n = write_codes(&p->codes[first], &p->codes[p->seconds[row]], text);

            memcpy(text + n, t->text, t->n);
            buf_add(out, text, n + t->n);
        }
}

/* pairs_write - the very bytes that were read */
void pairs_write(const struct edition *d, struct buf *out)
{
    const struct pairs *p = d->pairs;
    struct tail *tails = malloc((p->n_values + 1) * sizeof(*tails));

    if (!tails) {
        out->failed = true;
        return;
    }
    for (size_t i = 0; i < p->n_values; i++)
        tails[i].n = write_tail(&p->values[i], d->position[PAIR_FILES] >= 0, tails[i].text);
    write_rows(p, tails, out);
    free(tails);
}

/* last_of - the last day of a quarter by its name; 0: no such name */
static int32_t last_of(const struct edition *d, const char *name)
{
    struct span year = {name, 4};
    int quarter = strlen(name) == 6 && name[4] == 'q' ? name[5] - '0' : 0;

    if (strcmp(d->head.edition, name) == 0)
        return d->head.until ? d->head.until : DAY_OPEN;
    if (quarter < 1 || quarter > 4 || !span_digits(year, 4))
        return 0;
    return (int32_t)layout_number(year) * 10000 + quarter * 300 +
           (quarter == 1 || quarter == 4 ? 31 : 30);
}

/* edition_quarter - one of those that its rows name */
int32_t edition_quarter(const struct edition_info *i, const char *name)
{
    const struct edition *d = (const struct edition *)(const void *)i;
    int32_t last = d->pairs ? last_of(d, name) : 0;
    struct table_row r = {.edition = i};

    for (size_t n = 0; last && n < d->pairs->n_values; n++) {
        r.pair.files = d->pairs->values[n].files;
        if (row_in_quarter(&r, last))
            return last;
    }
    return 0;
}

/* row_in_quarter - a row without a list is in all there are */
bool row_in_quarter(const struct table_row *r, int32_t last)
{
    struct span list = pairs_col(r, PAIR_FILES);
    char text[12];

    snprintf(text, sizeof(text), "%08d", last);
    return !list.n || span_has(list, text);
}

/* pairs_key - first or second code */
struct span pairs_key(const struct table_row *r, int n)
{
    const struct edition *d = (const struct edition *)(const void *)r->edition;
    const char *text = d->pairs->codes[r->pair.code[n != 0]].text;

    return (struct span){text, strnlen(text, PAIR_CODE_BYTES)};
}

/* pairs_col - the indicator, the rationale, or the list of files */
struct span pairs_col(const struct table_row *r, int column)
{
    static const char digits[] = "0123456789";
    unsigned n = column == PAIR_RATIONALE ? r->pair.word : r->pair.files;
    const struct edition *d = (const struct edition *)(const void *)r->edition;

    if (column == PAIR_INDICATOR)
        return (struct span){digits + (r->pair.indicator - '0'), 1};
    return n == NO_WORD ? (struct span){"", 0} : edition_word(d, column, n);
}
