/* layout_cells.c - the two tables beside the alphabetic index, in XML: neoplasms by site and
 * behavior, drugs by substance and intent (coding 2.13)
 *
 * A row has its path as a phrase and six cells, in columns 2 to 7 of the file. A cell is a code, a
 * beginning of one ("C79.8-": finish in the tabular list), or "--" for none. The main term
 * "Neoplasm" stands in no path but its own. */
#include "common/tables/layout.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/tables/phrase.h"
#include "common/tables/xml.h"

enum { LEVELS_MAX = 12, TITLE_MAX = 400, PATH_MAX_BYTES = 1024, CELLS = 6 };

struct row {
    char title[TITLE_MAX], see[TITLE_MAX];
    char code[CELLS][INDEX_CODE];
    int depth;
};

struct reader {
    struct xml xml;
    struct job *job;
    struct sheet *sheet;
    bool by_site; /* neoplasms: the main term is no part of a path */
    struct row rows[LEVELS_MAX];
    int n, column;
};

/* cells_neoplasm_is - by its headings */
bool cells_neoplasm_is(const struct source *s)
{
    return source_has(s, "<ICD10CM.index>", 400) && source_has(s, "Malignant Primary", 1000);
}

/* cells_drug_is - by its headings */
bool cells_drug_is(const struct source *s)
{
    return source_has(s, "<ICD10CM.index>", 400) && source_has(s, "Underdosing", 1000);
}

/* start - a term, or a cell with its column */
static void start(struct xml *x, const char *name, const char **attributes)
{
    struct reader *r = (struct reader *)(void *)x;

    if (strcmp(name, "cell") == 0) {
        r->column = 0;
        for (; *attributes; attributes += 2)
            if (strcmp(attributes[0], "col") == 0)
                r->column = attributes[1][0] - '0';
    }
    if (strcmp(name, "mainTerm") != 0 && strcmp(name, "term") != 0)
        return;
    if (r->n == LEVELS_MAX) {
        xml_stop(x, "terms nested at most 12 deep");
        return;
    }
    memset(&r->rows[r->n], 0, sizeof(r->rows[0]));
    r->rows[r->n++].depth = x->depth;
}

/* take - an element directly inside a term */
static void take(struct reader *r, const char *name, struct span text)
{
    struct row *row = &r->rows[r->n - 1];
    size_t n = text.n < TITLE_MAX ? text.n : TITLE_MAX - 1;
    char *to = strcmp(name, "title") == 0                                 ? row->title
               : strcmp(name, "see") == 0 || strcmp(name, "seeAlso") == 0 ? row->see
                                                                          : NULL;

    if (strcmp(name, "cell") == 0 && r->column >= 2 && r->column < 2 + CELLS &&
        !index_code(text, row->code[r->column - 2]))
        xml_stop(&r->xml, INDEX_CODE_EXPECT);
    if (!to)
        return;
    memcpy(to, text.p, n);
    to[n] = '\0';
}

/* path_of - titles joined; false: too long */
static bool path_of(const struct reader *r, char out[PATH_MAX_BYTES])
{
    size_t len = 0;

    for (int i = r->by_site && r->n > 1; i < r->n; i++) {
        int w =
            snprintf(out + len, PATH_MAX_BYTES - len, "%s%s", len ? ", " : "", r->rows[i].title);

        len += (size_t)w;
        if (len >= PATH_MAX_BYTES)
            return false;
    }
    return len > 0;
}

/* add - the row of the innermost term, when it says something */
static void add(struct reader *r)
{
    const struct row *row = &r->rows[r->n - 1];
    char path[PATH_MAX_BYTES], phrase[KEY_BYTES_MAX + 1];
    bool says = row->see[0];

    for (int i = 0; i < CELLS; i++)
        says = says || row->code[i][0];
    r->job->rows++;
    if (!says || !path_of(r, path) || !phrase_normal(path, strlen(path), phrase, sizeof(phrase)) ||
        !sheet_row(r->sheet, span_of(phrase), (struct span){"", 0}, 0, 0))
        return;
    for (int i = 0; i < CELLS; i++)
        sheet_text(r->sheet, row->code[i]);
    sheet_text(r->sheet, path);
    sheet_text(r->sheet, row->see);
    sheet_end(r->sheet);
}

/* end - what stands in a term; the term's row */
static void end(struct xml *x, const char *name, struct span text)
{
    struct reader *r = (struct reader *)(void *)x;

    if (!r->n)
        return;
    if (x->depth == r->rows[r->n - 1].depth + 1)
        take(r, name, text);
    if (x->depth != r->rows[r->n - 1].depth)
        return;
    add(r);
    r->n--;
}

/* parse - all terms into a table */
static int parse(struct job *j, enum table_id table, bool by_site, struct err *e)
{
    struct reader *r = calloc(1, sizeof(*r));
    int result;

    if (!r)
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    r->xml.start = start;
    r->xml.end = end;
    r->job = j;
    r->by_site = by_site;
    r->sheet = job_sheet(j, table);
    result = xml_read(&r->xml, j->src->data, j->src->n, e);
    free(r);
    return result;
}

/* cells_neoplasm_parse - sites */
int cells_neoplasm_parse(struct job *j, struct err *e)
{
    return parse(j, TABLE_ICD10CM_NEOPLASM, true, e);
}

/* cells_drug_parse - substances */
int cells_drug_parse(struct job *j, struct err *e)
{
    return parse(j, TABLE_ICD10CM_DRUG, false, e);
}
