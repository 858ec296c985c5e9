/* row.c - the fields of a row by the names of its table's columns */
#include <stdlib.h>
#include <string.h>

#include "common/tables/edition.h"
#include "common/tables/pairs.h"
#include "common/tables/tables.h"

/* tabs_in - the top bit of each byte that is a TAB */
static uint64_t tabs_in(const char *p)
{
    const uint64_t ones = UINT64_MAX / 255, low = ones * 0x7F;
    uint64_t w;

    memcpy(&w, p, sizeof(w));
    w ^= ones * '\t';
    return ~(((w & low) + low) | w | low);
}

/* behind - what follows the n-th TAB; NULL: there are fewer. Cells are short: eight bytes at a time
 * are faster than a search for each. */
static const char *behind(const char *p, const char *end, int n)
{
    for (; n > 0 && end - p >= 8; p += 8) {
        uint64_t tabs = tabs_in(p);
        int count = (int)((tabs >> 7) * (UINT64_MAX / 255) >> 56);

        if (n <= count) {
            for (; n > 1; n--)
                tabs &= tabs - 1;
            return p + __builtin_ctzll(tabs) / 8 + 1;
        }
        n -= count;
    }
    for (; n > 0 && p < end; p++)
        n -= *p == '\t';
    return n > 0 ? NULL : p;
}

/* field - the n-th TAB-separated one */
static struct span field(struct span row, int n)
{
    const char *end = row.p + row.n, *p = behind(row.p, end, n), *tab;

    if (!p)
        return (struct span){"", 0};
    tab = behind(p, end, 1);
    return (struct span){p, (size_t)(tab ? tab - 1 - p : end - p)};
}

/* word - the text that a number stands for */
static struct span word(struct span words, struct span number)
{
    int n = 0;

    if (!number.n || number.n > 3)
        return (struct span){"", 0};
    for (size_t i = 0; i < number.n; i++) {
        if (number.p[i] < '0' || number.p[i] > '9')
            return (struct span){"", 0};
        n = n * 10 + (number.p[i] - '0');
    }
    return field(words, n);
}

/* edition_word - by its number */
struct span edition_word(const struct edition *d, int column, size_t n)
{
    return d->words[column].p ? field(d->words[column], (int)n) : (struct span){"", 0};
}

/* edition_of - a row's */
static const struct edition *edition_of(const struct table_row *r)
{
    return (const struct edition *)(const void *)r->edition;
}

/* column_of - by name */
static int column_of(const struct edition *d, const char *name)
{
    int c = kind_column(d->kind, name);

    if (c < 0)
        abort();
    return c;
}

/* field_of - where a column stands behind the keys and the window; below 0: nowhere */
static int field_of(const struct edition *d, int column)
{
    return d->position[column] - d->kind->keys - 2;
}

/* said - the text of a cell */
static struct span said(const struct edition *d, int column, struct span v)
{
    return d->kind->columns[column].type == COLUMN_WORD
               ? word(d->words[column].p ? d->words[column] : (struct span){"", 0}, v)
               : v;
}

/* columns_of - what follows the keys and the window */
static struct span columns_of(const struct table_row *r)
{
    return (struct span){r->text.p + r->columns, r->text.n - r->columns};
}

/* table_col - by name */
struct span table_col(const struct table_row *r, const char *column)
{
    const struct edition *d = edition_of(r);
    int c = column_of(d, column);

    if (field_of(d, c) < 0)
        return (struct span){"", 0};
    if (d->pairs)
        return pairs_col(r, c);
    return said(d, c, field(columns_of(r), field_of(d, c)));
}

/* table_col_i64 - decimal integer, or what else */
int64_t table_col_i64(const struct table_row *r, const char *column, int64_t otherwise)
{
    char text[24];
    struct span v = table_col(r, column);
    int64_t n;

    if (!v.n || v.n >= sizeof(text))
        return otherwise;
    memcpy(text, v.p, v.n);
    text[v.n] = '\0';
    return str_to_i64(text, &n) ? n : otherwise;
}

/* table_col_is - equal to a text */
bool table_col_is(const struct table_row *r, const char *column, const char *value)
{
    return span_is(table_col(r, column), value);
}

/* table_col_text - into a fixed array */
const char *table_col_text(const struct table_row *r, const char *column, char *out, size_t size)
{
    struct span v = table_col(r, column);
    size_t n = v.n < size ? v.n : size - 1;

    memcpy(out, v.p, n);
    out[n] = '\0';
    return out;
}

/* table_key - first or second */
struct span table_key(const struct table_row *r, int n)
{
    return r->text.p ? field(r->text, n) : pairs_key(r, n);
}
