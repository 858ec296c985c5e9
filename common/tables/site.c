/* site.c - rows of the site's own tables, read once
 *
 * All texts of an edition lie in one stretch of memory, each ended by a zero, and the rows in
 * another, in the order of the snapshot; a row is found by its place in the snapshot. */
#include "common/tables/site.h"

#include <stdlib.h>
#include <string.h>

#include "common/tables/edition.h"

/* A text of the row's struct, and the column that it is of; column NULL: the key. */
struct cell {
    const char *column;
    size_t offset;
};

/* clang-format off */
#define CELL(type, field, column) {column, offsetof(struct type, field)}
static const struct cell charge_cells[] = {
    CELL(charge_row, revenue, "revenue"),           CELL(charge_row, code_system, "code_system"),
    CELL(charge_row, code, "code"),                 CELL(charge_row, modifiers, "modifiers"),
    CELL(charge_row, unit_code, "unit_code"),       CELL(charge_row, professional, "professional"),
    CELL(charge_row, pos, "pos"),
};
static const struct cell provider_cells[] = {
    CELL(provider_row, npi, "npi"),                 CELL(provider_row, organization, "organization"),
    CELL(provider_row, last, "last"),               CELL(provider_row, first, "first"),
    CELL(provider_row, middle, "middle"),           CELL(provider_row, taxonomy, "taxonomy"),
    CELL(provider_row, tax_id, "tax_id"),           CELL(provider_row, tax_id_type, "tax_id_type"),
    CELL(provider_row, phone, "phone"),             CELL(provider_row, address1, "address1"),
    CELL(provider_row, address2, "address2"),       CELL(provider_row, city, "city"),
    CELL(provider_row, state, "state"),             CELL(provider_row, zip, "zip"),
    CELL(provider_row, clia, "clia"),               CELL(provider_row, clia_type, "clia_type"),
    CELL(provider_row, professional_npi, "professional_npi"),
    CELL(provider_row, pcs_not_coded, "pcs_not_coded"),
    CELL(provider_row, off_campus, "off_campus"),
};
static const struct cell payer_cells[] = {
    CELL(payer_row, key, NULL),                     CELL(payer_row, canonical, "canonical"),
    CELL(payer_row, name, "name"),                  CELL(payer_row, receiver, "receiver"),
    CELL(payer_row, filing_indicator, "filing_indicator"),
    CELL(payer_row, insurance_type, "insurance_type"),
    CELL(payer_row, kinds, "kinds"),                CELL(payer_row, coding, "coding"),
    CELL(payer_row, filing_basis, "filing_basis"),
};
#undef CELL
/* clang-format on */

/* charge_numbers - what of a row is no text */
static void charge_numbers(const struct table_row *r, void *row)
{
    struct charge_row *c = row;

    c->price_cents = table_col_i64(r, "price_cents", -1);
}

/* payer_numbers - the same */
static void payer_numbers(const struct table_row *r, void *row)
{
    struct payer_row *p = row;

    p->filing_days = table_col_i64(r, "timely_filing_days", 0);
}

static const struct shape {
    enum table_id table;
    size_t size; /* of a row */
    const struct cell *cells;
    size_t n;
    void (*numbers)(const struct table_row *r, void *row); /* or NULL */
} shapes[] = {
    {TABLE_CDM, sizeof(struct charge_row), charge_cells,
     sizeof(charge_cells) / sizeof(charge_cells[0]), charge_numbers},
    {TABLE_PROVIDERS, sizeof(struct provider_row), provider_cells,
     sizeof(provider_cells) / sizeof(provider_cells[0]), NULL},
    {TABLE_PAYERS, sizeof(struct payer_row), payer_cells,
     sizeof(payer_cells) / sizeof(payer_cells[0]), payer_numbers},
};

struct site {
    const struct shape *shape;
    size_t n;
    const char **at; /* where each row begins in the snapshot */
    char *rows, *texts;
};

/* cell_of - what a text is to hold */
static struct span cell_of(const struct table_row *r, const struct cell *c)
{
    return c->column ? table_col(r, c->column) : table_key(r, 0);
}

/* texts_size - of all rows */
static size_t texts_size(const struct edition *d, const struct shape *shape)
{
    struct table_row r;
    size_t cursor = 0, size = 0;

    while (edition_each(&d->info, &cursor, &r))
        for (size_t i = 0; i < shape->n; i++)
            size += cell_of(&r, &shape->cells[i]).n + 1;
    return size;
}

/* read_row - its texts go to `text`; what follows them */
static char *read_row(const struct shape *shape, const struct table_row *r, char *row, char *text)
{
    for (size_t i = 0; i < shape->n; i++) {
        struct span v = cell_of(r, &shape->cells[i]);
        const char *begins = text;

        if (v.n)
            memcpy(text, v.p, v.n);
        text[v.n] = '\0';
        text += v.n + 1;
        memcpy(row + shape->cells[i].offset, &begins, sizeof(begins));
    }
    if (shape->numbers)
        shape->numbers(r, row);
    return text;
}

/* site_make - see edition.h */
struct site *site_make(const struct edition *d)
{
    struct site *s = calloc(1, sizeof(*s));
    struct table_row r;
    size_t cursor = 0;
    char *text;

    if (!s)
        return NULL;
    s->shape = shapes;
    while (s->shape->table != d->head.table)
        s->shape++;
    s->at = calloc(d->head.rows + 1, sizeof(*s->at));
    s->rows = calloc(d->head.rows + 1, s->shape->size);
    s->texts = text = malloc(texts_size(d, s->shape) + 1);
    if (!s->at || !s->rows || !s->texts) {
        site_free(s);
        return NULL;
    }
    while (edition_each(&d->info, &cursor, &r)) {
        s->at[s->n] = r.text.p;
        text = read_row(s->shape, &r, s->rows + s->n * s->shape->size, text);
        s->n++;
    }
    return s;
}

/* site_free - accepts NULL */
void site_free(struct site *s)
{
    if (!s)
        return;
    free(s->at);
    free(s->rows);
    free(s->texts);
    free(s);
}

/* row_of - by its place in the snapshot: the rows stand in that order */
static const void *row_of(const struct table_row *r, enum table_id table)
{
    const struct site *s = edition_site(r->edition);
    size_t from = 0, to = s ? s->n : 0;

    if (!s || s->shape->table != table)
        abort();
    while (to - from > 1) {
        size_t middle = from + (to - from) / 2;

        if (s->at[middle] <= r->text.p)
            from = middle;
        else
            to = middle;
    }
    if (to == from || s->at[from] != r->text.p)
        abort();
    return s->rows + from * s->shape->size;
}

/* site_charge - of the charge master */
const struct charge_row *site_charge(const struct table_row *r)
{
    return row_of(r, TABLE_CDM);
}

/* site_provider - of the providers */
const struct provider_row *site_provider(const struct table_row *r)
{
    return row_of(r, TABLE_PROVIDERS);
}

/* site_payer - of the payers */
const struct payer_row *site_payer(const struct table_row *r)
{
    return row_of(r, TABLE_PAYERS);
}
