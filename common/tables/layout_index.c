/* layout_index.c - the ICD-10-CM alphabetic index: as XML (coding 2.13), or flattened to CSV in
 * document order.
 *
 * A term's path is its ancestors' titles and its own; the key is the path as a phrase (phrase.h), a
 * main term's inflections left out ("Hypertension, hypertensive" is found as "hypertension"). The
 * index helps to find a code, it does not say that the code is valid: an edition serves until the
 * next one comes, not only for its year. */
#include "common/tables/layout.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/base/date.h"
#include "common/tables/csv.h"
#include "common/tables/phrase.h"
#include "common/tables/xml.h"

enum { LEVELS_MAX = 12, TERM_MAX = 400, PATH_MAX_BYTES = 1024, REDIRECTS_MAX = 3 };

struct term {
    char title[TERM_MAX], optional[TERM_MAX];
};

struct found {
    char code[INDEX_CODE], manifestation[INDEX_CODE];
    char see[TERM_MAX], see_also[TERM_MAX];
};

/* is_inflection - a word that begins like the main term: "Hypertension, hypertensive" */
static bool is_inflection(const char *word, const char *first)
{
    return strlen(word) >= 4 && strncasecmp(word, first, 4) == 0;
}

/* plain_title - of a main term, without its inflections; others as they are */
static void plain_title(const char *title, bool main_term, char out[TERM_MAX])
{
    char copy[TERM_MAX], *save = NULL, *word;

    str_copy(out, TERM_MAX, title);
    str_copy(copy, sizeof(copy), title);
    word = main_term ? strtok_r(copy, ",", &save) : NULL;
    if (!word || strlen(word) < 4)
        return;
    out[strlen(word)] = '\0';
    while ((word = strtok_r(NULL, ",", &save))) {
        word += strspn(word, " ");
        if (is_inflection(word, copy))
            continue;
        str_copy(out, TERM_MAX, title);
        return;
    }
}

/* path_of - titles joined; false: too long */
static bool path_of(const struct term *terms, int n, bool plain, char out[PATH_MAX_BYTES])
{
    char title[TERM_MAX];
    size_t len = 0;

    out[0] = '\0';
    for (int i = 0; i < n; i++) {
        int w;

        plain_title(terms[i].title, plain && i == 0, title);
        w = snprintf(out + len, PATH_MAX_BYTES - len, "%s%s", len ? ", " : "", title);
        len += (size_t)w;
        if (len >= PATH_MAX_BYTES)
            return false;
    }
    return true;
}

/* add - one row: a code, or where else to look */
static void add(struct sheet *s, const struct term *terms, int n, const char *kind,
                const struct found *f, const char *see)
{
    char path[PATH_MAX_BYTES], plain[PATH_MAX_BYTES], phrase[KEY_BYTES_MAX + 1];

    if (!path_of(terms, n, false, path))
        return;
    path_of(terms, n, true, plain); /* never longer */
    if (!phrase_normal(plain, strlen(plain), phrase, sizeof(phrase)) ||
        !sheet_row(s, span_of(phrase), (struct span){"", 0}, 0, 0))
        return;
    sheet_text(s, kind);
    sheet_text(s, f ? f->code : "");
    sheet_text(s, f ? f->manifestation : "");
    sheet_text(s, path);
    sheet_text(s, terms[n - 1].optional);
    sheet_text(s, see);
    sheet_end(s);
}

/* add_found - all that a term says */
static void add_found(struct sheet *s, const struct term *terms, int n, const struct found *f)
{
    if (f->code[0])
        add(s, terms, n, "code", f, "");
    if (f->see[0])
        add(s, terms, n, "see", NULL, f->see);
    if (f->see_also[0])
        add(s, terms, n, "see-also", NULL, f->see_also);
}

/* copy - a cell into a fixed array, cut; control characters are cleaned by the sheet */
static void copy(char *out, size_t size, struct span v)
{
    size_t n = v.n < size ? v.n : size - 1;

    memcpy(out, v.p, n);
    out[n] = '\0';
}

/* index_flat_is - its header line */
bool index_flat_is(const struct source *s)
{
    struct lines l = lines_of(s);
    struct span line;

    return lines_next(&l, &line) &&
           span_is(span_trim(line), "RowID,Letter,Level,Term,See,SeeAlso,NonEssModif,Code");
}

/* index_xml_is - the diseases' index, not the drug, neoplasm or external-cause one */
bool index_xml_is(const struct source *s)
{
    return source_has(s, "<ICD10CM.index>", 500) && !source_has(s, "<indexHeading>", 1500) &&
           !source_has(s, "External Cause", 1500) && !source_has(s, "EXTERNAL CAUSE", 1500);
}

/* index_cause_is - the index of external causes */
bool index_cause_is(const struct source *s)
{
    return source_has(s, "<ICD10CM.index>", 500) && !source_has(s, "<indexHeading>", 1500) &&
           (source_has(s, "External Cause", 1500) || source_has(s, "EXTERNAL CAUSE", 1500));
}

/* index_period - fiscal year of <version> or of the name; open */
int index_period(const struct source *s, struct period *out, struct err *e)
{
    int year = version_year(s), named = name_year(s);

    if (year > 0 && named && named != year)
        return err_set(e, ERR_REJECT, "year", "the name says %d, <version> says %d", named, year);
    year = year > 0 ? year : named;
    if (year < 2010 || year > 2099)
        return err_set(e, ERR_REJECT, "year",
                       "expected the fiscal year in <version> or in the name, or --from");
    period_fiscal(out, year);
    out->until = 0;
    return 0;
}

/* flat_row - level, term and what it says */
static int flat_row(struct job *j, struct sheet *s, const struct csv *c,
                    struct term terms[LEVELS_MAX], struct err *e)
{
    int64_t level = c->n == 8 ? layout_number(span_trim(c->cells[2])) : -1;
    struct found f = {0};

    if (level < 0 || level >= LEVELS_MAX || !span_digits(c->cells[0], c->cells[0].n) ||
        c->cells[1].n > 2)
        return bad_line(e, c->line, "eight cells, the third a level of 0 to 9");
    j->rows++;
    copy(terms[level].title, TERM_MAX, span_trim(c->cells[3]));
    copy(terms[level].optional, TERM_MAX, span_trim(c->cells[6]));
    copy(f.see, TERM_MAX, span_trim(c->cells[4]));
    copy(f.see_also, TERM_MAX, span_trim(c->cells[5]));
    if (!index_code(c->cells[7], f.code))
        return bad_line(e, c->line, INDEX_CODE_EXPECT);
    if (terms[level].title[0])
        add_found(s, terms, (int)level + 1, &f);
    return 0;
}

/* index_flat_parse - in document order: a row's ancestors are the last rows of the levels above */
int index_flat_parse(struct job *j, struct err *e)
{
    struct sheet *s = job_sheet(j, TABLE_ICD10CM_INDEX);
    struct term *terms = calloc(LEVELS_MAX, sizeof(*terms));
    struct csv c;
    int r = 0, bad = 0;

    if (!terms)
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    csv_init(&c, j->src->data, j->src->n);
    while (!bad && (r = csv_next(&c, e)) > 0)
        if (c.line > 1)
            bad = flat_row(j, s, &c, terms, e);
    csv_release(&c);
    free(terms);
    return bad ? bad : r;
}

struct reader {
    struct xml xml;
    struct job *job;
    struct sheet *sheet;
    struct term terms[LEVELS_MAX];
    struct found found[LEVELS_MAX];
    int depths[LEVELS_MAX]; /* of the elements */
    int n;
};

/* start - a term opens */
static void start(struct xml *x, const char *name, const char **attributes)
{
    struct reader *r = (struct reader *)(void *)x;

    (void)attributes;
    if (strcmp(name, "mainTerm") != 0 && strcmp(name, "term") != 0)
        return;
    if (r->n == LEVELS_MAX) {
        xml_stop(x, "terms nested at most 12 deep");
        return;
    }
    memset(&r->terms[r->n], 0, sizeof(r->terms[0]));
    memset(&r->found[r->n], 0, sizeof(r->found[0]));
    r->depths[r->n++] = x->depth;
}

/* append - several elements of one kind make one text */
static void append(char *out, size_t size, struct span v)
{
    size_t n = strlen(out);

    if (n && n + 2 < size) {
        memcpy(out + n, " ", 2);
        n++;
    }
    copy(out + n, size - n, v);
}

/* take - an element directly inside a term */
static void take(struct reader *r, const char *name, struct span text)
{
    struct term *t = &r->terms[r->n - 1];
    struct found *f = &r->found[r->n - 1];
    bool good = true;

    if (strcmp(name, "title") == 0)
        copy(t->title, TERM_MAX, text);
    else if (strcmp(name, "code") == 0)
        good = index_code(text, f->code);
    else if (strcmp(name, "manif") == 0)
        good = index_code(text, f->manifestation);
    else if (strcmp(name, "see") == 0)
        append(f->see, TERM_MAX, text);
    else if (strcmp(name, "seeAlso") == 0)
        append(f->see_also, TERM_MAX, text);
    if (!good)
        xml_stop(&r->xml, INDEX_CODE_EXPECT);
}

/* end - a term's own row is written when the next level could begin: at its end its children are
 * done too, order does not matter */
static void end(struct xml *x, const char *name, struct span text)
{
    struct reader *r = (struct reader *)(void *)x;

    if (!r->n)
        return;
    if (x->depth == r->depths[r->n - 1] + 1)
        take(r, name, text);
    else if (strcmp(name, "nemod") == 0 && x->depth == r->depths[r->n - 1] + 2)
        append(r->terms[r->n - 1].optional, TERM_MAX, text);
    if (x->depth != r->depths[r->n - 1])
        return;
    r->job->rows++;
    if (r->terms[r->n - 1].title[0])
        add_found(r->sheet, r->terms, r->n, &r->found[r->n - 1]);
    r->n--;
}

/* xml_parse - all letters */
static int xml_parse(struct job *j, enum table_id table, struct err *e)
{
    struct reader *r = calloc(1, sizeof(*r));
    int result;

    if (!r)
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    r->xml.start = start;
    r->xml.end = end;
    r->job = j;
    r->sheet = job_sheet(j, table);
    result = xml_read(&r->xml, j->src->data, j->src->n, e);
    free(r);
    return result;
}

/* index_xml_parse - diseases */
int index_xml_parse(struct job *j, struct err *e)
{
    return xml_parse(j, TABLE_ICD10CM_INDEX, e);
}

/* index_cause_parse - external causes */
int index_cause_parse(struct job *j, struct err *e)
{
    return xml_parse(j, TABLE_ICD10CM_EINDEX, e);
}
