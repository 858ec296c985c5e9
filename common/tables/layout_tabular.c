/* layout_tabular.c - the ICD-10-CM tabular list as XML (coding 2.12), read as a stream */
#include "common/tables/layout.h"

#include <expat.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/date.h"
#include "common/tables/tabular.h"
#include "common/tables/xml.h"

enum { NODES_MAX = 24, NODE_NAME = 32 };

/* Elements that hold notes, and the part they are rows of. */
static const struct {
    const char *element, *part;
} blocks[] = {{"includes", "includes"},       {"inclusionTerm", "inclusion"},
              {"excludes1", "excludes1"},     {"excludes2", "excludes2"},
              {"codeFirst", "code-first"},    {"useAdditionalCode", "use-additional"},
              {"codeAlso", "code-also"},      {"notes", "notes"},
              {"sevenChrNote", "seven-note"}, {"sevenChrDef", "seven-note"}};

struct node {
    char key[NODE_NAME];
    int depth; /* of its element */
    int seq;
};

struct reader {
    struct xml xml;
    struct job *job;
    struct sheet *sheet;
    struct node nodes[NODES_MAX]; /* chapter, section, codes from category down */
    int n;
    const char *part; /* of the block that is open; NULL: none */
    int part_depth;
    char seven; /* character of the extension that is open */
    char version[16];
};

/* tabular_is - its root */
bool tabular_is(const struct source *s)
{
    return source_has(s, "<ICD10CM.tabular>", 500);
}

/* tabular_period - fiscal year of <version>, which the name must not contradict. An April release
 * begins in April; the months before it of its year are served by it only when no other edition
 * does (reach) */
int tabular_period(const struct source *s, struct period *out, struct err *e)
{
    int year = version_year(s), named = name_year(s);

    if (year < 2010 || year > 2099)
        return err_set(e, ERR_REJECT, "year", "expected <version> with the fiscal year");
    if (named && named != year)
        return err_set(e, ERR_REJECT, "year", "the name says %d, <version> says %d", named, year);
    period_fiscal(out, year);
    out->reach = out->starts;
    if (name_has(s, "april")) {
        snprintf(out->edition, sizeof(out->edition), "%d-04", year);
        out->starts = date_make(year, 4, 1);
    }
    return 0;
}

/* add - a row of the node that is open */
static void add(struct reader *r, const char *part, struct span text, struct span codes)
{
    struct node *d = &r->nodes[r->n - 1];
    char seq[16];

    if (!sheet_row(r->sheet, span_of(d->key), span_of(part), 0, 0))
        return;
    snprintf(seq, sizeof(seq), "%04d", d->seq++);
    sheet_text(r->sheet, seq);
    sheet_cell(r->sheet, text);
    sheet_cell(r->sheet, codes);
    sheet_end(r->sheet);
}

/* push - a node begins; its key may come later */
static void push(struct reader *r, const char *key)
{
    if (r->n == NODES_MAX) {
        xml_stop(&r->xml, "nodes nested deeper than the classification is");
        return;
    }
    r->nodes[r->n] = (struct node){.depth = r->xml.depth};
    if (!str_copy(r->nodes[r->n].key, NODE_NAME, key))
        xml_stop(&r->xml, "the name of a section of at most 23 characters");
    r->n++;
}

/* start - chapters, sections, codes and blocks of notes open */
static void start(struct xml *x, const char *name, const char **attributes)
{
    struct reader *r = (struct reader *)(void *)x;
    char key[64];

    if (strcmp(name, "chapter") == 0 || strcmp(name, "diag") == 0) {
        push(r, "");
    } else if (strcmp(name, "section") == 0) {
        const char *id = xml_attribute(attributes, "id");

        snprintf(key, sizeof(key), "SECTION %s", id);
        push(r, key);
        if (!id[0])
            xml_stop(x, "a section with an id");
    } else if (strcmp(name, "extension") == 0) {
        r->seven = xml_attribute(attributes, "char")[0];
    }
    for (size_t i = 0; i < sizeof(blocks) / sizeof(blocks[0]) && r->n && !r->part; i++) {
        if (strcmp(name, blocks[i].element) == 0) {
            r->part = blocks[i].part;
            r->part_depth = x->depth;
        }
    }
}

/* name_node - <name> of a chapter or a code */
static void name_node(struct reader *r, struct span text)
{
    struct node *d = &r->nodes[r->n - 1];
    char code[8];

    if (d->key[0])
        return;
    if (code_cell(text, code, sizeof(code)))
        snprintf(d->key, sizeof(d->key), "%s%s", r->n == 1 ? "CHAPTER " : "", code);
    else
        xml_stop(&r->xml, "a code in <name>");
}

/* describe - <desc>: the node is complete; it gets its parent too */
static void describe(struct reader *r, struct span text)
{
    struct span none = {"", 0};

    if (!r->nodes[r->n - 1].key[0]) {
        xml_stop(&r->xml, "<name> before <desc>");
        return;
    }
    add(r, "desc", text, none);
    if (r->n > 1)
        add(r, "parent", span_of(r->nodes[r->n - 2].key), none);
}

/* note - of the block that is open, with its references */
static void note(struct reader *r, struct span text)
{
    struct buf codes;

    buf_init(&codes);
    if (strcmp(r->part, "inclusion") != 0 && strcmp(r->part, "includes") != 0 &&
        strcmp(r->part, "seven-note") != 0)
        tabular_references(text.p, text.n, &codes);
    add(r, r->part, text, (struct span){codes.data ? codes.data : "", codes.len});
    r->sheet->failed |= codes.failed;
    buf_release(&codes);
}

/* end - what an element held */
static void end(struct xml *x, const char *name, struct span text)
{
    struct reader *r = (struct reader *)(void *)x;
    struct node *top = r->n ? &r->nodes[r->n - 1] : NULL;

    if (!top)
        return;
    if (r->part && strcmp(name, "note") == 0 && x->depth == r->part_depth + 1)
        note(r, text);
    else if (r->part && strcmp(name, "extension") == 0)
        add(r, "seven", text, (struct span){&r->seven, r->seven ? 1 : 0});
    else if (strcmp(name, "name") == 0 && x->depth == top->depth + 1)
        name_node(r, text);
    else if (strcmp(name, "desc") == 0 && x->depth == top->depth + 1)
        describe(r, text);
    if (r->part && x->depth == r->part_depth)
        r->part = NULL;
    if (x->depth == top->depth) {
        r->job->rows += strcmp(name, "diag") == 0;
        r->n--;
    }
}

/* tabular_parse - all of the list */
int tabular_parse(struct job *j, struct err *e)
{
    struct reader *r = calloc(1, sizeof(*r));
    int result;

    if (!r)
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    r->xml.start = start;
    r->xml.end = end;
    r->job = j;
    r->sheet = job_sheet(j, TABLE_ICD10CM_TABULAR);
    result = xml_read(&r->xml, j->src->data, j->src->n, e);
    free(r);
    return result;
}
