/* price.c - the contract's rows in turn, each over the lines that are still open */
#include "common/price/price.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/claim/destination.h"
#include "common/claim/stay.h"
#include "common/price/way.h"
#include "common/rules/code_list.h"
#include "common/tables/site.h"

enum { KEY_MAX = 512 };

/* clang-format off */
static const struct way ways[] = {
    {"mpfs",       WAY_LINES, price_mpfs},
    {"mpfs-qpp",   WAY_LINES, price_mpfs_qpp},
    {"opps",       WAY_LINES, price_opps},
    {"asc",        WAY_LINES, price_asc},
    {"fee",        WAY_LINES, price_fee},
    {"percent",    WAY_LINES, price_percent},
    {"within",     WAY_LINES, price_rest},
    {"ipps",       WAY_WHOLE, price_ipps},
    {"case",       WAY_WHOLE, price_case},
    {"per-diem",   WAY_WHOLE, price_per_diem},
    {"anesthesia", WAY_LINES, price_anesthesia},
    {"stop-loss",  WAY_SUM,   price_stop_loss},
    {"cap",        WAY_SUM,   price_cap},
};
/* clang-format on */

enum { WAYS = sizeof(ways) / sizeof(ways[0]), ALL_PERCENT = 100000000 };

/* The contract's rows that speak of the claim. */
struct terms {
    struct term rows[CONTRACT_ROWS_MAX];
    size_t n;
};

/* --- what ways say */

/* price_part - see way.h */
void price_part(struct pricing *p, CcExpectedLine *line, const char *name, int64_t cents)
{
    CcExpectedPart *part = arena_alloc(p->arena, sizeof(*part));
    CcExpectedPart ***list = line ? &line->parts : &p->out->parts;
    size_t *n = line ? &line->n_parts : &p->out->n_parts;
    CcExpectedPart **grown = arena_grow(p->arena, *list, *n, sizeof(*grown));

    if (!part || !grown) {
        p->failed = true;
        return;
    }
    cc_expected_part__init(part);
    part->name = arena_strdup(p->arena, name);
    part->amount_cents = cents;
    *list = grown;
    grown[*n] = part;
    *n += part->name != NULL;
    p->failed = p->failed || !part->name;
}

/* price_missing - each text once */
void price_missing(struct pricing *p, const char *format, ...)
{
    CcExpected *x = p->out;
    char **list;
    char *text;
    va_list ap;

    va_start(ap, format);
    text = arena_vprintf(p->arena, format, ap);
    va_end(ap);
    list = text ? arena_grow(p->arena, x->missing, x->n_missing, sizeof(*list)) : NULL;
    if (!list) {
        p->failed = true;
        return;
    }
    x->missing = list;
    for (size_t i = 0; i < x->n_missing; i++)
        if (strcmp(x->missing[i], text) == 0)
            return;
    x->missing[x->n_missing++] = text;
}

/* price_line - see way.h */
void price_line(struct pricing *p, struct priced *l, int64_t cents)
{
    (void)p;
    l->done = true;
    l->out->allowed_given = true;
    l->out->allowed_cents = cents;
}

/* price_within - see way.h */
void price_within(struct pricing *p, struct priced *l, const char *why)
{
    char *text = arena_strdup(p->arena, why);

    l->done = true;
    p->failed = p->failed || !text;
    if (text)
        l->out->within = text;
}

/* price_stop - see way.h */
void price_stop(struct pricing *p, struct priced *l, const char *what)
{
    l->done = true;
    price_missing(p, "line %u: %s", l->line->number, what);
}

/* price_leave - see way.h */
void price_leave(struct priced *l, const char *why)
{
    l->why = why;
}

/* --- the contract */

/* kind_of_claim - as contracts tell them apart */
static enum bill_kind kind_of_claim(const CcClaim *c)
{
    if (c->kind != CLAIM_KIND_INSTITUTIONAL)
        return BILL_PROFESSIONAL;
    return claim_is_inpatient(c) ? BILL_INPATIENT : BILL_OUTPATIENT;
}

/* npi_of - of the billing provider */
static const char *npi_of(const CcClaim *c)
{
    for (size_t i = 0; i < c->n_providers; i++)
        if (c->providers[i]->role == PROVIDER_ROLE_BILLING)
            return c->providers[i]->npi;
    return "";
}

/* payer_key - the payer's id whatever name the claim has for it */
static bool payer_key(const struct pricing *p, const CcClaimCoverage *v, char *key)
{
    struct table_row row;

    if (!tables_plain_key(span_of(v->payer_id), key, KEY_MAX))
        return false;
    if (tables_find(p->tables, TABLE_PAYERS, key, NULL, p->on, &row) == LOOKUP_FOUND &&
        site_payer(&row)->canonical[0])
        return tables_plain_key(span_of(site_payer(&row)->canonical), key, KEY_MAX);
    return true;
}

/* for_claim - does a row speak of claims of this kind and biller? */
static bool for_claim(const struct pricing *p, const struct table_row *row)
{
    static const char *const kinds[] = {"professional", "inpatient", "outpatient"};
    struct span npis = table_col(row, "npis");

    return code_listed(table_col(row, "kinds"), kinds[p->kind]) &&
           (!npis.n || code_listed(npis, p->npi));
}

/* cell_text - of the arena */
static const char *cell_text(struct pricing *p, const struct table_row *row, const char *column)
{
    struct span v = table_col(row, column);
    const char *text = arena_strndup(p->arena, v.p ? v.p : "", v.n);

    p->failed = p->failed || !text;
    return text ? text : "";
}

/* read_terms - all rows of a key */
static void read_terms(struct pricing *p, const char *key, struct terms *out)
{
    struct table_row row;
    size_t cursor = 0;

    while (tables_next(p->tables, TABLE_CONTRACTS, key, p->on, &cursor, &row)) {
        struct term *t = &out->rows[out->n];

        if (!for_claim(p, &row))
            continue;
        if (out->n == CONTRACT_ROWS_MAX) {
            price_missing(p, "rows of the contract after the first %d", CONTRACT_ROWS_MAX);
            return;
        }
        *t = (struct term){.turn = table_col_i64(&row, "turn", 0),
                           .row = row,
                           .method = cell_text(p, &row, "method"),
                           .schedule = cell_text(p, &row, "schedule"),
                           .percent = price_cell(&row, "percent", 6, ALL_PERCENT),
                           .amount_cents = price_cell(&row, "amount", 2, -1),
                           .lesser = table_col_is(&row, "lesser", "Y")};
        out->n++;
    }
}

/* by_turn - and two of one turn as the table has them */
static int by_turn(const void *a, const void *b)
{
    const struct term *x = a, *y = b;

    return (x->turn > y->turn) - (x->turn < y->turn);
}

/* find_terms - of the payer, else of all with its filing indicator */
static void find_terms(struct pricing *p, const CcClaimCoverage *v, struct terms *out)
{
    char key[KEY_MAX];

    if (payer_key(p, v, key))
        read_terms(p, key, out);
    if (!out->n && v->filing_indicator[0]) {
        snprintf(key, sizeof(key), "filing:%.2s", v->filing_indicator);
        read_terms(p, key, out);
    }
    qsort(out->rows, out->n, sizeof(out->rows[0]), by_turn);
}

/* --- rows over lines */

/* covers - a row's lists: each one that holds something must hold the line's */
static bool covers(const struct term *t, const struct priced *l)
{
    struct span codes = table_col(&t->row, "codes"), revenues = table_col(&t->row, "revenues");

    return (!codes.n || code_listed(codes, l->code)) &&
           (!revenues.n || code_listed(revenues, l->line->revenue));
}

/* for_stay - does the row speak of the claim's DRG? */
static bool for_stay(struct pricing *p, const struct term *t)
{
    struct span drgs = table_col(&t->row, "drgs");

    return !drgs.n || code_listed(drgs, price_drg(p));
}

/* cap_line - the lesser of allowed and charge */
static void cap_lines(struct group *g)
{
    for (size_t i = 0; i < g->n; i++)
        if (g->lines[i]->out->allowed_given &&
            g->lines[i]->out->allowed_cents > g->lines[i]->line->charge_cents)
            g->lines[i]->out->allowed_cents = g->lines[i]->line->charge_cents;
}

/* part_of - a row's percent of what its way of payment gave */
static void part_of(struct pricing *p, const struct term *t, struct group *g)
{
    for (size_t i = 0; i < g->n && t->percent != ALL_PERCENT; i++) {
        CcExpectedLine *x = g->lines[i]->out;

        if (x->allowed_given)
            x->allowed_cents = price_times(p, x->allowed_cents, t->percent, 8);
    }
}

/* run_whole - one amount for all open lines */
static void run_whole(struct pricing *p, const struct term *t, const struct way *w, struct group *g)
{
    int64_t before = p->whole, charges = 0, amount;

    w->price(p, t, g);
    price_untold(p, t, g, true);
    for (size_t i = 0; i < g->n; i++) {
        charges += g->lines[i]->line->charge_cents;
        if (!g->lines[i]->done)
            price_within(p, g->lines[i], w->name);
    }
    amount = price_times(p, p->whole - before, t->percent, 8);
    p->whole = before + (t->lesser && amount > charges ? charges : amount);
}

/* run_term - one row */
static void run_term(struct pricing *p, const struct term *t)
{
    struct group g = {arena_array(p->arena, p->n_lines + 1, sizeof(*g.lines)), 0};
    const struct way *w = ways;
    bool touched = false;

    if (!g.lines) {
        p->failed = true;
        return;
    }
    for (size_t i = 0; i < p->n_lines; i++) {
        struct priced *l = &p->lines[i];

        touched = touched || (!l->done && covers(t, l));
        if (!l->done && covers(t, l))
            g.lines[g.n++] = l;
    }
    while (w < ways + WAYS && strcmp(w->name, t->method) != 0)
        w++;
    if (!touched || w == ways + WAYS || w->of == WAY_SUM || !for_stay(p, t))
        return;
    if (!p->out->method[0]) {
        p->out->method = arena_strdup(p->arena, w->name);
        if (!p->out->method) {
            p->failed = true;
            return;
        }
    }
    if (w->of == WAY_WHOLE) {
        g.n = 0;
        for (size_t i = 0; i < p->n_lines; i++)
            if (!p->lines[i].done)
                g.lines[g.n++] = &p->lines[i];
        run_whole(p, t, w, &g);
        return;
    }
    w->price(p, t, &g);
    price_untold(p, t, &g, false);
    part_of(p, t, &g);
    if (t->lesser)
        cap_lines(&g);
}

/* run_last - rows over the sum: no line is theirs. What they change is of the claim as a whole */
static void run_last(struct pricing *p, const struct terms *terms)
{
    struct group none = {NULL, 0};

    for (size_t i = 0; i < terms->n; i++)
        for (const struct way *w = ways; w < ways + WAYS; w++)
            if (w->of == WAY_SUM && strcmp(w->name, terms->rows[i].method) == 0 &&
                for_stay(p, &terms->rows[i]))
                w->price(p, &terms->rows[i], &none);
}

/* close_lines - what no row priced is missing; the sum where nothing is */
static void close_lines(struct pricing *p, const struct terms *terms)
{
    CcExpected *x = p->out;

    x->allowed_cents = p->whole;
    for (size_t i = 0; i < p->n_lines; i++) {
        struct priced *l = &p->lines[i];

        if (!l->done)
            price_stop(p, l,
                       l->why ? l->why : "no row of the contract says how the service is paid");
        if (l->out->allowed_given)
            x->allowed_cents += l->out->allowed_cents;
    }
    if (x->n_missing == 0)
        run_last(p, terms);
    x->allowed_given = x->n_missing == 0;
    if (!x->allowed_given)
        x->allowed_cents = 0;
}

/* --- the claim */

/* day_of - that picks contract and tables of the claim */
static int32_t day_of(const CcClaim *c, enum bill_kind kind)
{
    int32_t day = c->from_date;

    if (kind == BILL_INPATIENT)
        day = c->discharge_date ? c->discharge_date : c->thru_date;
    for (size_t i = 0; !day && i < c->n_lines; i++)
        day = c->lines[i]->from_date;
    return day;
}

/* open_lines - one for each line of the claim */
static bool open_lines(struct pricing *p)
{
    const CcClaim *c = p->claim;
    CcExpected *x = p->out;

    p->lines = arena_array(p->arena, c->n_lines + 1, sizeof(*p->lines));
    x->lines = arena_array(p->arena, c->n_lines + 1, sizeof(*x->lines));
    if (!p->lines || !x->lines)
        return false;
    for (size_t i = 0; i < c->n_lines; i++) {
        const CcServiceLine *line = c->lines[i];
        CcExpectedLine *out = arena_alloc(p->arena, sizeof(*out));

        if (!out)
            return false;
        cc_expected_line__init(out);
        out->line = line->number;
        p->lines[p->n_lines++] = (struct priced){
            .line = line,
            .code = line->procedure && line->procedure->code ? line->procedure->code->code : "",
            .on = line->from_date ? line->from_date : p->on,
            .out = out};
        x->lines[x->n_lines++] = out;
    }
    return true;
}

/* price_claim - see price.h */
int price_claim(const CcClaim *c, const struct tables *t, struct arena *a, CcExpected **out,
                struct err *e)
{
    struct pricing p = {.claim = c, .tables = t, .arena = a, .drg = ""};
    const CcClaimCoverage *v = claim_destination(c);
    struct terms *terms;

    *out = NULL;
    if (!tables_any(t, TABLE_CONTRACTS) || !v)
        return 0;
    p.out = arena_alloc(a, sizeof(*p.out));
    terms = arena_alloc(a, sizeof(*terms));
    if (!p.out || !terms)
        return err_set(e, ERR_REJECT, "size", "the claim needs more memory than there is");
    cc_expected__init(p.out);
    p.kind = kind_of_claim(c);
    p.on = day_of(c, p.kind);
    p.npi = npi_of(c);
    find_terms(&p, v, terms);
    if (!terms->n && !p.failed && tables_edition(t, TABLE_CONTRACTS, p.on))
        return 0;
    if (!terms->n)
        price_missing(&p, "table contracts: no edition covers the claim's day");
    p.failed = p.failed || !open_lines(&p);
    for (size_t i = 0; !p.failed && i < terms->n; i++)
        run_term(&p, &terms->rows[i]);
    close_lines(&p, terms);
    if (p.failed)
        return err_set(e, ERR_REJECT, "size", "the claim needs more memory than there is");
    *out = p.out;
    return 0;
}
