/* layout_own.c - our own CSV: payers, providers, cdm, routes, cpt. The header names the columns;
 * every cell is checked.
 *
 * These files say what a site does, so a mistake is refused with its line and the rule rather than
 * repaired. */
#include "common/tables/layout.h"

#include <stdio.h>
#include <string.h>

#include "common/base/date.h"
#include "common/codes/codes.h"
#include "common/tables/csv.h"

enum { CELL_MAX = 512 };

/* A rule for a cell: true = good. Empty cells are asked only where `must` stands. */
typedef bool (*cell_rule)(const char *s);

/* any - whatever it is */
static bool any(const char *s)
{
    (void)s;
    return true;
}

/* number - digits */
static bool number(const char *s)
{
    return str_is_digits(s, 1, 12);
}

/* yes_no - Y or N */
static bool yes_no(const char *s)
{
    return strcmp(s, "Y") == 0 || strcmp(s, "N") == 0;
}

/* professional - Y, N or both */
static bool professional(const char *s)
{
    return yes_no(s) || strcmp(s, "both") == 0;
}

/* kinds - P, I or PI */
static bool kinds(const char *s)
{
    return strcmp(s, "P") == 0 || strcmp(s, "I") == 0 || strcmp(s, "PI") == 0;
}

/* basis - what the filing limit counts from */
static bool basis(const char *s)
{
    static const char *const words[] = {"line_from", "stmt_thru", "discharge", NULL};

    return str_in(s, words);
}

/* every_word - each part of a text cut at `sign` passes a rule */
static bool every_word(const char *s, const char *sign, cell_rule rule)
{
    char copy[CELL_MAX], *save = NULL;

    if (!str_copy(copy, sizeof(copy), s))
        return false;
    for (char *w = strtok_r(copy, sign, &save); w; w = strtok_r(NULL, sign, &save))
        if (!rule(w))
            return false;
    return true;
}

/* role - one of a provider's */
static bool role(const char *s)
{
    static const char *const words[] = {"billing",   "facility",  "rendering", "attending",
                                        "referring", "operating", "ordering",  "supervising",
                                        "payto",     NULL};

    return str_in(s, words);
}

/* roles - separated by blanks */
static bool roles(const char *s)
{
    return every_word(s, " ", role);
}

/* modifiers - separated by ";" */
static bool modifiers(const char *s)
{
    return every_word(s, ";", modifier_form);
}

/* npis - separated by ";" */
static bool npis(const char *s)
{
    return every_word(s, ";", npi_valid);
}

/* tax_id - nine digits */
static bool tax_id(const char *s)
{
    return str_is_digits(s, 9, 9);
}

/* tax_type - EI or SY */
static bool tax_type(const char *s)
{
    return strcmp(s, "EI") == 0 || strcmp(s, "SY") == 0;
}

/* pos - two digits */
static bool pos(const char *s)
{
    return str_is_digits(s, 2, 2);
}

/* unit - UN DA MJ F2 … */
static bool unit(const char *s)
{
    static const char *const words[] = {"UN", "DA", "MJ", "F2", "GR", "ML", "ME", NULL};

    return str_in(s, words);
}

/* indicator - SBR09 */
static bool indicator(const char *s)
{
    return strlen(s) <= 2 && str_is_alnum_upper(s);
}

/* system - of a charge's code */
static bool system_word(const char *s)
{
    static const char *const words[] = {"hcpcs", "cpt", NULL};

    return str_in(s, words);
}

/* procedure - HCPCS Level II or CPT */
static bool procedure(const char *s)
{
    return cpt_form(s) || hcpcs2_form(s);
}

/* phone - ten digits */
static bool phone(const char *s)
{
    return str_is_digits(s, 10, 10);
}

/* isa_qualifier - two digits or ZZ */
static bool isa_qualifier(const char *s)
{
    return str_is_digits(s, 2, 2) || strcmp(s, "ZZ") == 0;
}

/* isa_id - at most 15 bytes */
static bool isa_id(const char *s)
{
    return strlen(s) <= 15;
}

struct own_column {
    const char *name;   /* in the header; NULL ends */
    const char *column; /* of the table; NULL: handled apart (key, window, aliases) */
    bool must;
    cell_rule rule;
    const char *expect;
};

/* clang-format off */
static const struct own_column payer_file[] = {
    {"payer_id",           NULL,                 true,  any,       "an id"},
    {"name",               "name",               true,  any,       "a name"},
    {"filing_indicator",   "filing_indicator",   true,  indicator, "the code of SBR09 (MB, MA, CI, BL, MC …)"},
    {"receiver",           "receiver",           true,  any,       "a receiver of the routes"},
    {"kinds",              "kinds",              true,  kinds,     "P, I or PI"},
    {"timely_filing_days", "timely_filing_days", false, number,    "a number of days"},
    {"filing_basis",       "filing_basis",       false, basis,     "line_from, stmt_thru or discharge"},
    {"member_pattern",     "member_pattern",     false, any,       "a regular expression"},
    {"aliases",            NULL,                 false, any,       "names and ids separated by ;"},
    {"requires_referring", "requires_referring", false, yes_no,    "Y or N"},
    {"allow_freq7",        "allow_freq7",        false, yes_no,    "Y or N"},
    {"insurance_type",     "insurance_type",     false, indicator, "the code of SBR05"},
    {"claim_office",       "claim_office",       false, any,       "a text"},
    {"from",               NULL,                 false, any,       "a day"},
    {"to",                 NULL,                 false, any,       "a day"},
    {NULL, NULL, false, NULL, NULL},
};
static const struct own_column provider_file[] = {
    {"key",              NULL,               true,  any,           "an NPI or facility:NAME"},
    {"npi",              "npi",              true,  npi_valid,     "an NPI whose check digit is right"},
    {"roles",            "roles",            true,  roles,         "roles separated by blanks"},
    {"organization",     "organization",     true,  yes_no,        "Y or N"},
    {"last",             "last",             true,  any,           "a name"},
    {"first",            "first",            false, any,           "a name"},
    {"middle",           "middle",           false, any,           "a name"},
    {"taxonomy",         "taxonomy",         false, taxonomy_form, "ten characters, the last X"},
    {"tax_id",           "tax_id",           false, tax_id,        "nine digits"},
    {"tax_id_type",      "tax_id_type",      false, tax_type,      "EI or SY"},
    {"address1",         "address1",         false, any,           "an address"},
    {"address2",         "address2",         false, any,           "an address"},
    {"city",             "city",             false, any,           "a city"},
    {"state",            "state",            false, state_code,    "a state"},
    {"zip",              "zip",              false, zip_form,      "five or nine digits"},
    {"phone",            "phone",            false, phone,         "ten digits"},
    {"group_npi",        "group_npi",        false, npis,          "an NPI whose check digit is right"},
    {"clia",             "clia",             false, clia_form,     "a CLIA number"},
    {"professional_npi", "professional_npi", false, npi_valid,     "an NPI whose check digit is right"},
    {"from",             NULL,               false, any,           "a day"},
    {"to",               NULL,               false, any,           "a day"},
    {NULL, NULL, false, NULL, NULL},
};
static const struct own_column cdm_file[] = {
    {"charge",       NULL,           true,  any,          "a charge code, or system|code"},
    {"revenue",      "revenue",      false, revenue_form, "a revenue code of four digits"},
    {"code_system",  "code_system",  false, system_word,  "hcpcs or cpt"},
    {"code",         "code",         false, procedure,    "a HCPCS or CPT code"},
    {"modifiers",    "modifiers",    false, modifiers,    "modifiers separated by ;"},
    {"price_cents",  "price_cents",  true,  number,       "whole cents"},
    {"unit_code",    "unit_code",    false, unit,         "UN, MJ, DA, F2, GR, ML or ME"},
    {"professional", "professional", true,  professional, "Y, N or both"},
    {"department",   "department",   false, any,          "a text"},
    {"description",  "description",  false, any,          "a text of the site's own"},
    {"needs_drug",   "needs_drug",   false, yes_no,       "Y or N"},
    {"pos",          "pos",          false, pos,          "a place of service of two digits"},
    {"from",         NULL,           false, any,          "a day"},
    {"to",           NULL,           false, any,          "a day"},
    {NULL, NULL, false, NULL, NULL},
};
static const struct own_column route_file[] = {
    {"receiver",          NULL,                true,  any,           "a receiver's name"},
    {"qualifier",         "qualifier",         true,  isa_qualifier, "the code of ISA07"},
    {"receiver_id",       "receiver_id",       true,  isa_id,        "at most 15 bytes (ISA08)"},
    {"sender_qualifier",  "sender_qualifier",  true,  isa_qualifier, "the code of ISA05"},
    {"sender_id",         "sender_id",         true,  isa_id,        "at most 15 bytes (ISA06)"},
    {"submitter_name",    "submitter_name",    true,  any,           "a name"},
    {"submitter_contact", "submitter_contact", false, any,           "a name"},
    {"submitter_phone",   "submitter_phone",   false, phone,         "ten digits"},
    {"receiver_name",     "receiver_name",     true,  any,           "a name"},
    {"mailbox",           "mailbox",           true,  any,           "a folder"},
    {"replies",           "replies",           true,  any,           "a folder"},
    {"test",              "test",              true,  yes_no,        "Y or N"},
    {"sandbox",           "sandbox",           true,  yes_no,        "Y or N"},
    {"batch_claims",      "batch_claims",      true,  number,        "a number"},
    {"batch_bytes",       "batch_bytes",       true,  number,        "a number"},
    {"batch_age_ms",      "batch_age_ms",      true,  number,        "milliseconds"},
    {"from",              NULL,                false, any,           "a day"},
    {"to",                NULL,                false, any,           "a day"},
    {NULL, NULL, false, NULL, NULL},
};
static const struct own_column cpt_file[] = {
    {"cpt",   NULL,    true,  cpt_form, "a CPT code"},
    {"group", "group", false, any,      "a word"},
    {"from",  NULL,    false, any,      "a day"},
    {"to",    NULL,    false, any,      "a day"},
    {NULL, NULL, false, NULL, NULL},
};

static const struct {
    enum table_id table;
    const struct own_column *columns;
} own_files[] = {
    {TABLE_PAYERS, payer_file}, {TABLE_PROVIDERS, provider_file}, {TABLE_CDM, cdm_file},
    {TABLE_ROUTES, route_file}, {TABLE_CPT, cpt_file},
};
/* clang-format on */

enum { OWN_FILES = sizeof(own_files) / sizeof(own_files[0]) };

/* file_of - the columns of a table's file */
static const struct own_column *file_of(enum table_id t)
{
    for (size_t i = 0; i < OWN_FILES; i++)
        if (own_files[i].table == t)
            return own_files[i].columns;
    return NULL;
}

/* own_is - its first two columns are this table's */
bool own_is(const struct source *s, enum table_id t)
{
    const struct own_column *c = file_of(t);
    struct csv csv;
    bool is;

    csv_init(&csv, s->data, s->n < 4096 ? s->n : 4096);
    is = csv_next(&csv, NULL) > 0 && csv.n >= 2 && span_is(span_trim(csv.cells[0]), c[0].name) &&
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

/* check_header - exactly the columns, in their order */
static int check_header(const struct own_column *c, const struct csv *csv, struct err *e)
{
    size_t n = 0;

    for (; c[n].name; n++)
        if (n >= csv->n || !span_is(span_trim(csv->cells[n]), c[n].name))
            return err_set(e, ERR_REJECT, "layout", "line %zu: expected column %zu to be \"%s\"",
                           csv->line, n + 1, c[n].name);
    if (csv->n != n)
        return err_set(e, ERR_REJECT, "layout", "line %zu: expected %zu columns", csv->line, n);
    return 0;
}

/* check_cells - every cell by its rule */
static int check_cells(const struct own_column *c, const struct csv *csv, struct err *e)
{
    char text[CELL_MAX];

    for (size_t i = 0; c[i].name; i++) {
        struct span v = i < csv->n ? span_trim(csv->cells[i]) : (struct span){"", 0};

        if (i >= csv->n || v.n >= sizeof(text) || (c[i].must && !v.n))
            return err_set(e, ERR_REJECT, "layout", "line %zu: expected %s in \"%s\"", csv->line,
                           c[i].expect, c[i].name);
        memcpy(text, v.p, v.n);
        text[v.n] = '\0';
        if (v.n && (!utf8_valid(text, v.n) || !c[i].rule(text)))
            return err_set(e, ERR_REJECT, "layout", "line %zu: expected %s in \"%s\"", csv->line,
                           c[i].expect, c[i].name);
    }
    return 0;
}

/* cell - by the file's column name */
static struct span cell(const struct own_column *c, const struct csv *csv, const char *name)
{
    for (size_t i = 0; c[i].name; i++)
        if (strcmp(c[i].name, name) == 0)
            return span_trim(csv->cells[i]);
    return (struct span){"", 0};
}

/* day_cell - 2026-03-01, 20260301 or nothing (0); -1: no day */
static int32_t day_cell(struct span v)
{
    char text[16];

    if (!v.n)
        return 0;
    if (v.n >= sizeof(text))
        return -1;
    memcpy(text, v.p, v.n);
    text[v.n] = '\0';
    return date_parse(text) ? date_parse(text) : -1;
}

/* plain_key - upper case, single blanks; a word before ":" or "|" stays as it is ("facility:",
 * "snomed|") */
static bool plain_key(struct span v, char *out, size_t size)
{
    size_t n = 0, mark = 0;

    for (size_t i = 0; i < v.n && !mark; i++)
        if (v.p[i] == '|' || v.p[i] == ':')
            mark = i;
    if (v.n >= size)
        return false;
    for (size_t i = 0; i < v.n; i++) {
        char c = v.p[i];

        if (c == ' ' && n && out[n - 1] == ' ')
            continue;
        out[n++] = i > mark && c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
        if (!mark && c >= 'a' && c <= 'z')
            out[n - 1] = (char)(c - 'a' + 'A');
    }
    out[n] = '\0';
    return n > 0;
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
        if (!plain_key(span_trim(one), key, sizeof(key)))
            return bad_line(e, csv->line, "aliases of at most 500 bytes");
        if (!span_is(canonical, key))
            put(j, c, csv, key, canonical);
    }
    return 0;
}

/* own_row - keys, window, cells */
static int own_row(struct job *j, const struct own_column *c, const struct csv *csv, struct err *e)
{
    char key[CELL_MAX];
    int32_t from, to;

    if (check_cells(c, csv, e) != 0)
        return -1;
    from = day_cell(cell(c, csv, "from"));
    to = day_cell(cell(c, csv, "to"));
    if (from < 0 || to < 0 || (to && to < from))
        return bad_line(e, csv->line,
                        "days in \"from\" and \"to\", the second not before the first");
    if (!plain_key(span_trim(csv->cells[0]), key, sizeof(key)) ||
        !put(j, c, csv, key, span_of(key)))
        return bad_line(e, csv->line, "a key of at most 400 bytes that does not begin with #");
    j->rows++;
    return j->layout->tables[0] == TABLE_PAYERS ? put_aliases(j, c, csv, span_of(key), e) : 0;
}

/* own_parse - header, then rows */
int own_parse(struct job *j, struct err *e)
{
    const struct own_column *c = file_of(j->layout->tables[0]);
    struct csv csv;
    bool header = false;
    int r, bad = 0;

    csv_init(&csv, j->src->data, j->src->n);
    while (!bad && (r = csv_next(&csv, e)) > 0) {
        if (csv.cells[0].n && csv.cells[0].p[0] == '#' && csv.n == 1)
            continue;
        bad = header ? own_row(j, c, &csv, e) : check_header(c, &csv, e);
        header = true;
    }
    csv_release(&csv);
    return bad ? bad : r;
}
