/* layout_own.c - our own CSV: payers, providers, cdm, routes, cpt. The header names the columns;
 * every cell is checked.
 *
 * These files say what a site does, so a mistake is refused with its line and the rule rather than
 * repaired. */
#include "common/tables/layout.h"

#include <stdio.h>
#include <string.h>

#include "common/base/date.h"
#include "common/rules/policy.h"
#include "common/tables/csv.h"
#include "common/tables/own.h"

enum { CELL_MAX = 512, TEXT_MAX = 16384 };

/* next_row - past remarks: lines that begin with # and are one cell */
static int next_row(struct csv *csv, struct err *e)
{
    int r;

    do
        r = csv_next(csv, e);
    while (r > 0 && csv->n == 1 && csv->cells[0].p[0] == '#');
    return r;
}

/* own_is - its first two columns are this table's */
bool own_is(const struct source *s, enum table_id t)
{
    const struct own_column *c = own_columns(t);
    struct csv csv;
    bool is;

    csv_init(&csv, s->data, s->n < 4096 ? s->n : 4096);
    is = next_row(&csv, NULL) > 0 && csv.n >= 2 && span_is(span_trim(csv.cells[0]), c[0].name) &&
         span_is(span_trim(csv.cells[1]), c[1].name);
    csv_release(&csv);
    return is;
}

/* own_period - always, unless --from and --to say otherwise; rows have their own windows */
int own_period(const struct source *s, struct period *out, struct err *e)
{
    (void)s;
    (void)e;
    period_always(out);
    return 0;
}

/* expected - how many columns a line of so many cells has: newer ones may be missing at the end */
static size_t expected(const struct own_column *c, size_t cells)
{
    size_t n = 0;

    while (c[n].name && (c[n].need != OWN_NEWER || n < cells))
        n++;
    return n;
}

/* check_header - exactly the columns, in their order; newer ones may be missing at the end */
static int check_header(const struct own_column *c, const struct csv *csv, struct err *e)
{
    size_t n = 0;

    for (size_t most = expected(c, csv->n); n < most; n++)
        if (n >= csv->n || !span_is(span_trim(csv->cells[n]), c[n].name))
            return err_set(e, ERR_REJECT, "layout", "line %zu: expected column %zu to be \"%s\"",
                           csv->line, n + 1, c[n].name);
    if (csv->n != n)
        return err_set(e, ERR_REJECT, "layout", "line %zu: expected %zu columns", csv->line, n);
    return 0;
}

/* cell_good - by its column's rule */
static bool cell_good(const struct own_column *c, struct span v)
{
    char text[TEXT_MAX];

    if (!v.n)
        return c->need != OWN_MUST;
    if (v.n >= sizeof(text))
        return false;
    memcpy(text, v.p, v.n);
    text[v.n] = '\0';
    return utf8_valid(text, v.n) && c->rule(text);
}

/* check_cells - no more than the header's columns, every one by its rule */
static int check_cells(const struct own_column *c, const struct csv *csv, size_t columns,
                       struct err *e)
{
    size_t most = expected(c, csv->n);

    if (csv->n > columns)
        return err_set(e, ERR_REJECT, "layout", "line %zu: expected %zu columns", csv->line,
                       columns);
    for (size_t i = 0; i < most; i++)
        if (i >= csv->n || !cell_good(&c[i], span_trim(csv->cells[i])))
            return err_set(e, ERR_REJECT, "layout", "line %zu: expected %s in \"%s\"", csv->line,
                           c[i].expect, c[i].name);
    return 0;
}

/* cell - by the file's column name */
static struct span cell(const struct own_column *c, const struct csv *csv, const char *name)
{
    for (size_t i = 0; c[i].name; i++)
        if (strcmp(c[i].name, name) == 0)
            return i < csv->n ? span_trim(csv->cells[i]) : (struct span){"", 0};
    return (struct span){"", 0};
}

/* day_cell - 2026-03-01, 20260301 or nothing (0); -1: no day */
static int32_t day_cell(struct span v)
{
    char text[16];
    int32_t day;

    if (!v.n)
        return 0;
    if (v.n >= sizeof(text))
        return -1;
    memcpy(text, v.p, v.n);
    text[v.n] = '\0';
    day = date_parse(text);
    return day ? day : -1;
}

/* put - one row of the table; `canonical` only for payers */
static bool put(struct job *j, const struct own_column *c, const struct csv *csv, const char *key,
                struct span canonical)
{
    struct sheet *s = job_sheet(j, j->layout->tables[0]);
    const struct kind *k = s->kind;

    if (!sheet_row(s, span_of(key), (struct span){"", 0}, day_cell(cell(c, csv, "from")),
                   day_cell(cell(c, csv, "to"))))
        return false;
    for (int i = 0; k->columns[i].name; i++)
        sheet_cell(s, strcmp(k->columns[i].name, "canonical") == 0
                          ? canonical
                          : cell(c, csv, k->columns[i].name));
    sheet_end(s);
    return true;
}

/* put_aliases - a payer under each of its other names */
static int put_aliases(struct job *j, const struct own_column *c, const struct csv *csv,
                       struct span canonical, struct err *e)
{
    struct span rest = cell(c, csv, "aliases");
    char key[CELL_MAX];

    while (rest.n) {
        const char *end = memchr(rest.p, ';', rest.n);
        struct span one = {rest.p, end ? (size_t)(end - rest.p) : rest.n};

        rest = (struct span){rest.p + one.n + (end != NULL), rest.n - one.n - (end != NULL)};
        if (!span_trim(one).n)
            continue;
        if (!tables_plain_key(span_trim(one), key, sizeof(key)) ||
            (!span_is(canonical, key) && !put(j, c, csv, key, canonical)))
            return bad_line(e, csv->line, "aliases of at most 400 bytes that do not begin with #");
    }
    return 0;
}

/* check_rule - payers' rules are compiled here, so that a mistake has its line and column */
static int check_rule(const struct job *j, const struct own_column *c, const struct csv *csv,
                      int32_t from, int32_t to, struct err *e)
{
    struct payer_rule_cells cells = {
        .rule = span_trim(csv->cells[0]),
        .payer = cell(c, csv, "payer"),
        .plan = cell(c, csv, "plan"),
        .kind = cell(c, csv, "kind"),
        .severity = cell(c, csv, "severity"),
        .what = cell(c, csv, "what"),
        .codes = cell(c, csv, "codes"),
        .condition = cell(c, csv, "condition"),
        .value = cell(c, csv, "value"),
        .message = cell(c, csv, "message"),
        .fix = cell(c, csv, "fix"),
        .authority = cell(c, csv, "authority"),
        .from = from,
        .to = to,
    };
    struct payer_rule rule;

    if (j->layout->tables[0] != TABLE_PAYER_RULES)
        return 0;
    if (payer_rule_compile(&rule, &cells, e) != 0)
        return err_prefix(e, "line %zu", csv->line);
    payer_rule_release(&rule);
    return 0;
}

/* check_policy - the same for coverage policies */
static int check_policy(const struct job *j, const struct own_column *c, const struct csv *csv,
                        struct err *e)
{
    struct policy_cells cells = {
        .policy = span_trim(csv->cells[0]),
        .contractor = cell(c, csv, "contractor"),
        .codes = cell(c, csv, "codes"),
        .list = cell(c, csv, "list"),
        .also = cell(c, csv, "also"),
        .condition = cell(c, csv, "condition"),
        .dx = cell(c, csv, "dx"),
    };
    struct policies *one;
    int r;

    if (j->layout->tables[0] != TABLE_COVERAGE_POLICY)
        return 0;
    one = policies_new();
    r = one ? policies_add(one, &cells, e) : err_set(e, ERR_RETRY, "memory", "out of memory");
    policies_free(one);
    return r == 0 ? 0 : err_prefix(e, "line %zu", csv->line);
}

/* own_row - keys, window, cells */
static int own_row(struct job *j, const struct own_column *c, const struct csv *csv, size_t columns,
                   struct err *e)
{
    char key[CELL_MAX];
    int32_t from, to;

    if (check_cells(c, csv, columns, e) != 0)
        return -1;
    from = day_cell(cell(c, csv, "from"));
    to = day_cell(cell(c, csv, "to"));
    if (from < 0 || to < 0 || (to && to < from))
        return bad_line(e, csv->line,
                        "days in \"from\" and \"to\", the second not before the first");
    if (check_rule(j, c, csv, from, to, e) != 0 || check_policy(j, c, csv, e) != 0)
        return -1;
    if (!tables_plain_key(span_trim(csv->cells[0]), key, sizeof(key)) ||
        !put(j, c, csv, key, span_of(key)))
        return bad_line(e, csv->line, "a key of at most 400 bytes that does not begin with #");
    j->rows++;
    return j->layout->tables[0] == TABLE_PAYERS ? put_aliases(j, c, csv, span_of(key), e) : 0;
}

/* own_parse - header, then rows */
int own_parse(struct job *j, struct err *e)
{
    const struct own_column *c = own_columns(j->layout->tables[0]);
    struct csv csv;
    size_t columns = 0; /* of the header, once it is there */
    int r, bad = 0;

    csv_init(&csv, j->src->data, j->src->n);
    while (!bad && (r = next_row(&csv, e)) > 0) {
        bad = columns ? own_row(j, c, &csv, columns, e) : check_header(c, &csv, e);
        columns = columns ? columns : csv.n;
    }
    csv_release(&csv);
    return bad ? bad : r;
}
