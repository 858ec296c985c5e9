/* layout_hcc.c - risk adjustment (coding 2.15, 7): diagnoses to categories as CMS publishes them
 * (the mapping CSV with a column a model, the format file F28…TXT), and the four CSVs in which the
 * facts of the model software are passed on: diagnoses, hierarchies, coefficients, eligible
 * procedures.
 *
 * An edition is a payment year; it serves the diagnoses of the year before. */
#include "common/tables/layout.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "common/base/date.h"
#include "common/codes/codes.h"
#include "common/tables/csv.h"

/* Groups of rows that a file brings; plan.c knows them by the second key. */
enum { GROUP_COEFFICIENT = 1, GROUP_DX = 2, GROUP_ELIGIBLE = 4, GROUP_PARENT = 8 };

enum { LOOK_AT_ROWS = 12, MODELS_MAX = CSV_CELLS_MAX, MODEL_TEXT = 64 };

/* head_is - the first line */
static bool head_is(const struct source *s, const char *head)
{
    struct lines l = lines_of(s);
    struct span line;

    return lines_next(&l, &line) && span_is(span_trim(line), head);
}

/* hcc_dx_is - code, category, model */
bool hcc_dx_is(const struct source *s)
{
    return head_is(s, "diagnosis_code,cc,model_name");
}

/* hcc_parents_is - a category and one that it makes not count */
bool hcc_parents_is(const struct source *s)
{
    return head_is(s, "cc_parent,cc_child,model_domain,model_version,model_fullname");
}

/* hcc_coefficients_is - name, value, model */
bool hcc_coefficients_is(const struct source *s)
{
    return head_is(s, "coefficient,value,model_domain,model_version");
}

/* hcc_eligible_is - one column of codes */
bool hcc_eligible_is(const struct source *s)
{
    return head_is(s, "cpt_hcpcs_code");
}

/* hcc_format_is - F28…TXT: code, TAB, category */
bool hcc_format_is(const struct source *s)
{
    struct lines l = lines_of(s);
    struct span line, code, hcc;

    if (strncasecmp(s->base, "F2", 2) != 0 || !lines_next(&l, &line))
        return false;
    code = cut_tab(&line);
    hcc = cut_tab(&line);
    return code.n >= 3 && code.n <= 7 && span_alnum(code, code.n) && hcc.n && hcc.n <= 3 &&
           span_digits(hcc, hcc.n);
}

/* set_year - diagnoses of the year before the payment year */
static int set_year(int year, struct period *out, struct err *e)
{
    if (year < 2004)
        return err_set(
            e, ERR_REJECT, "year",
            "expected the payment year in the name or the title, or --name, --from and --to");
    snprintf(out->edition, sizeof(out->edition), "%d", year);
    out->starts = date_make(year - 1, 1, 1);
    out->until = date_make(year - 1, 12, 31);
    return 0;
}

/* hcc_period - the year of the name */
int hcc_period(const struct source *s, struct period *out, struct err *e)
{
    return set_year(name_year(s), out, e);
}

/* hcc_format_period - F2826T1N: model version 28, payment year 2026 */
int hcc_format_period(const struct source *s, struct period *out, struct err *e)
{
    bool good = strspn(s->base + 1, "0123456789") == 4;

    return set_year(good ? 2000 + (int)layout_number((struct span){s->base + 3, 2}) : 0, out, e);
}

/* hcc_mapping_period - title and name, which must agree */
int hcc_mapping_period(const struct source *s, struct period *out, struct err *e)
{
    int32_t year;

    if (release_period(s, "ICD-10", out, e) != 0)
        return -1;
    year = out->starts / 10000;
    return set_year(year, out, e);
}

/* put - one row; the cells in the order of the table's columns (kind.c) */
static int put(struct job *j, size_t line, const char *list, struct span code,
               const struct span v[4], struct err *e)
{
    struct sheet *s = job_sheet(j, TABLE_HCC);

    j->rows++;
    if (!sheet_row(s, code, span_of(list), 0, 0))
        return bad_line(e, line, j->layout->expect);
    for (int i = 0; i < 4; i++)
        sheet_cell(s, v[i]);
    sheet_end(s);
    return 0;
}

/* is_dx - a code of ICD-10-CM without dot */
static bool is_dx(struct span v)
{
    char code[8];

    return span_alnum(v, v.n) && code_cell(v, code, sizeof(code)) && icd10cm_form(code);
}

/* is_hcc - a category's number */
static bool is_hcc(struct span v)
{
    return v.n && v.n <= 3 && span_digits(v, v.n);
}

/* is_value - a decimal that may be negative */
static bool is_value(struct span v)
{
    int64_t n;

    if (v.n && v.p[0] == '-')
        v = (struct span){v.p + 1, v.n - 1};
    return v.n && v.n < 16 && layout_decimal(v, 9, &n);
}

/* dx_row - a diagnosis in one model */
static int dx_row(struct job *j, const struct csv *c, struct err *e)
{
    const struct span none = {"", 0}, v[4] = {c->cells[2], c->cells[1], none, none};

    if (!is_dx(c->cells[0]) || !is_hcc(c->cells[1]) || !c->cells[2].n)
        return bad_line(e, c->line, "a diagnosis, a category of digits, a model");
    return put(j, c->line, "DX", c->cells[0], v, e);
}

/* domain_model - "CMS-HCC V24" */
static struct span domain_model(const struct csv *c, size_t at, char *out, size_t size)
{
    snprintf(out, size, "%.*s %.*s", (int)(c->cells[at].n < 20 ? c->cells[at].n : 20),
             c->cells[at].p, (int)(c->cells[at + 1].n < 20 ? c->cells[at + 1].n : 20),
             c->cells[at + 1].p);
    return span_of(out);
}

/* parent_row - what a category makes not count */
static int parent_row(struct job *j, const struct csv *c, struct err *e)
{
    char model[MODEL_TEXT];
    const struct span none = {"", 0},
                      v[4] = {domain_model(c, 2, model, sizeof(model)), none, c->cells[1], none};

    if (!is_hcc(c->cells[0]) || !is_hcc(c->cells[1]) || !c->cells[2].n)
        return bad_line(e, c->line, "two categories of digits, then the model");
    return put(j, c->line, "PARENT", c->cells[0], v, e);
}

/* coefficient_row - a name's value in one model */
static int coefficient_row(struct job *j, const struct csv *c, struct err *e)
{
    char model[MODEL_TEXT];
    const struct span none = {"", 0},
                      v[4] = {domain_model(c, 2, model, sizeof(model)), none, none, c->cells[1]};

    if (!c->cells[0].n || !is_value(c->cells[1]) || !c->cells[2].n)
        return bad_line(e, c->line, "a name, a decimal value, the model");
    return put(j, c->line, "COEFFICIENT", c->cells[0], v, e);
}

/* eligible_row - a procedure whose claim counts */
static int eligible_row(struct job *j, const struct csv *c, struct err *e)
{
    const struct span none = {"", 0}, v[4] = {none, none, none, none};

    if (!span_alnum(c->cells[0], 5))
        return bad_line(e, c->line, "a code of five characters");
    return put(j, c->line, "ELIGIBLE", c->cells[0], v, e);
}

typedef int (*row_fn)(struct job *j, const struct csv *c, struct err *e);

/* rows - after the header, each with as many cells as it */
static int rows(struct job *j, unsigned group, row_fn row, struct err *e)
{
    struct csv c;
    size_t n = 0;
    int r;

    j->groups = group;
    csv_init(&c, j->src->data, j->src->n);
    r = csv_next(&c, e) > 0 ? 0 : bad_line(e, 1, j->layout->expect);
    n = c.n;
    while (r == 0 && (r = csv_next(&c, e)) > 0)
        r = c.n == n ? row(j, &c, e) : bad_line(e, c.line, j->layout->expect);
    csv_release(&c);
    return r;
}

/* hcc_dx_parse - diagnoses */
int hcc_dx_parse(struct job *j, struct err *e)
{
    return hcc_dx_is(j->src) ? rows(j, GROUP_DX, dx_row, e) : bad_line(e, 1, j->layout->expect);
}

/* hcc_parents_parse - hierarchies */
int hcc_parents_parse(struct job *j, struct err *e)
{
    return hcc_parents_is(j->src) ? rows(j, GROUP_PARENT, parent_row, e)
                                  : bad_line(e, 1, j->layout->expect);
}

/* hcc_coefficients_parse - values */
int hcc_coefficients_parse(struct job *j, struct err *e)
{
    return hcc_coefficients_is(j->src) ? rows(j, GROUP_COEFFICIENT, coefficient_row, e)
                                       : bad_line(e, 1, j->layout->expect);
}

/* hcc_eligible_parse - procedures */
int hcc_eligible_parse(struct job *j, struct err *e)
{
    return hcc_eligible_is(j->src) ? rows(j, GROUP_ELIGIBLE, eligible_row, e)
                                   : bad_line(e, 1, j->layout->expect);
}

/* hcc_format_parse - code, TAB, category, TAB */
int hcc_format_parse(struct job *j, struct err *e)
{
    struct lines l = lines_of(j->src);
    struct span line;
    char model[MODEL_TEXT];

    j->groups = GROUP_DX;
    j->lesser = true; /* the mapping CSV holds every model */
    snprintf(model, sizeof(model), "CMS-HCC Model V%.2s", j->src->base + 1);
    while (lines_next(&l, &line)) {
        struct span code = cut_tab(&line), hcc = cut_tab(&line), none = {"", 0};
        const struct span v[4] = {span_of(model), hcc, none, none};

        if (!code.n && !hcc.n)
            continue;
        if (!is_dx(code) || !is_hcc(hcc))
            return bad_line(e, l.number, j->layout->expect);
        if (put(j, l.number, "DX", code, v, e) != 0)
            return -1;
    }
    return 0;
}

/* flat - a header cell in one line: single blanks for blanks and line ends; cut at `size` */
static void flat(struct span v, char *out, size_t size)
{
    size_t n = 0;

    v = span_trim(v);
    for (size_t i = 0; i < v.n && n + 1 < size; i++) {
        char c = v.p[i] == '\n' || v.p[i] == '\r' || v.p[i] == '\t' ? ' ' : v.p[i];

        if (c != ' ' || (n && out[n - 1] != ' '))
            out[n++] = c;
    }
    out[n] = '\0';
}

/* model_of - "CMS-HCC ESRD Model Category V24" is the model "CMS-HCC ESRD Model V24"; a payment
 * flag or another column is none */
static bool model_of(struct span header, char out[MODEL_TEXT])
{
    char text[MODEL_TEXT * 2];
    char *at;

    flat(header, text, sizeof(text));
    at = strstr(text, "Model Category ");
    if (!at || strstr(text, "Payment") || strlen(text) >= MODEL_TEXT)
        return false;
    snprintf(out, MODEL_TEXT, "%.*sModel %s", (int)(at - text), text,
             at + strlen("Model Category "));
    return true;
}

/* One mapping file: the models and where their columns stand. */
struct mapping {
    char models[MODELS_MAX][MODEL_TEXT];
    size_t at[MODELS_MAX], n;
};

/* find_models - the header row, within the first ones */
static int find_models(struct csv *c, struct mapping *m, struct err *e)
{
    int r = 0;

    m->n = 0;
    for (int row = 0; row < LOOK_AT_ROWS && (r = csv_next(c, e)) > 0; row++) {
        if (!cell_says(c->cells[0], "Diagnosis Code"))
            continue;
        for (size_t i = 2; i < c->n; i++)
            if (model_of(c->cells[i], m->models[m->n]))
                m->at[m->n++] = i;
        break;
    }
    if (m->n)
        return 0;
    return r < 0 ? -1
                 : bad_line(e, c->line,
                            "a header Diagnosis Code, Description, … Model Category V28 …");
}

/* hcc_mapping_is - its header */
bool hcc_mapping_is(const struct source *s)
{
    struct err e = {0};
    struct mapping m;
    struct csv c;
    bool is;

    if (!source_has(s, "Diagnosis", 4000))
        return false;
    csv_init(&c, s->data, s->n < 16384 ? s->n : 16384);
    is = find_models(&c, &m, &e) == 0;
    csv_release(&c);
    return is;
}

/* map_row - a diagnosis, a row for each model that has it */
static int map_row(struct job *j, const struct csv *c, const struct mapping *m, struct err *e)
{
    struct span dx = span_trim(c->cells[0]), none = {"", 0};

    if (c->n <= m->at[m->n - 1])
        return bad_line(e, c->line, "a cell for each model of the header");
    for (size_t i = 0; i < m->n; i++) {
        struct span hcc = span_trim(c->cells[m->at[i]]);
        const struct span v[4] = {span_of(m->models[i]), hcc, none, none};

        if (hcc.n && !is_hcc(hcc))
            return bad_line(e, c->line, "categories of digits, or nothing, in the models' columns");
        if (hcc.n && put(j, c->line, "DX", dx, v, e) != 0)
            return -1;
    }
    return 0;
}

/* hcc_mapping_parse - header, diagnoses; notes follow without a code */
int hcc_mapping_parse(struct job *j, struct err *e)
{
    struct mapping m;
    struct csv c;
    size_t notes = 0;
    int r;

    j->groups = GROUP_DX;
    csv_init(&c, j->src->data, j->src->n);
    r = find_models(&c, &m, e);
    while (r == 0 && (r = csv_next(&c, e)) > 0) {
        bool dx = is_dx(span_trim(c.cells[0]));

        notes += !dx;
        r = !dx     ? 0
            : notes ? bad_line(e, c.line, "no code after the notes: a row before has none")
                    : map_row(j, &c, &m, e);
    }
    csv_release(&c);
    return r;
}
