/* plan.c - compiles a guide's rows
 *
 * Two passes: the first lays out loops and their children side by side, so that a search in a loop
 * is a walk over neighbours; the second reads the element items of each segment row. */
#include "common/x12/plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/x12/rules.h"

enum {
    LOOPS_MAX = 96,
    ROWS_MAX = 512,
    ELEMENTS_MAX = 16384,
    CODES_MAX = 8192,
    NOTES_MAX = 2048,
    RULES_MAX = 2048
};

struct reader {
    struct plan *plan;
    const char *at;   /* in the items */
    const char *dict; /* in the dictionary's element list */
};

/* bug - a table of ours is wrong */
static void bug(const char *what, const char *where)
{
    fprintf(stderr, "x12 guide table: %s: %s\n", what, where);
    abort();
}

/* plan_pack - up to eight bytes in a number */
uint64_t plan_pack(struct span s)
{
    uint64_t v = 0;

    if (s.n > 8)
        return 0;
    memcpy(&v, s.p, s.n);
    return v;
}

/* find_loop - its index; adds it when new */
static uint16_t find_loop(struct plan *p, const char *name)
{
    for (size_t i = 0; i < p->n_loops; i++)
        if (strcmp(p->loops[i].name, name) == 0)
            return (uint16_t)i;
    if (p->n_loops == LOOPS_MAX)
        bug("too many loops", name);
    str_copy(p->loops[p->n_loops].name, sizeof(p->loops[0].name), name);
    return (uint16_t)p->n_loops++;
}

/* type_of - of a data element */
static uint8_t type_of(const char *type)
{
    static const char *const names[] = {"AN", "ID", "R", "N0", "DT", "TM"};

    for (uint8_t i = 0; i < PLAN_COMPOSITE; i++)
        if (strcmp(names[i], type) == 0)
            return i;
    bug("unknown type", type);
    return 0;
}

/* word - the next word of the dictionary's list; empty at the end */
static struct span word(const char **at)
{
    struct span s;

    while (**at == ' ')
        (*at)++;
    s.p = *at;
    while (**at && **at != ' ')
        (*at)++;
    s.n = (size_t)(*at - s.p);
    return s;
}

/* number_at - digits behind a letter ("*10", "x3"); 1 when there are none */
static unsigned number_at(struct reader *r, char letter)
{
    unsigned n = 0;

    if (*r->at != letter)
        return 1;
    for (r->at++; *r->at >= '0' && *r->at <= '9'; r->at++)
        n = n * 10 + (unsigned)(*r->at - '0');
    return n;
}

/* read_codes - "=A|B" */
static void read_codes(struct reader *r, struct plan_element *e)
{
    struct plan *p = r->plan;

    e->code = (uint16_t)p->n_codes;
    if (*r->at != '=')
        return;
    do {
        const char *start = ++r->at;
        const struct span s = {start, strcspn(start, "|x*() ")};

        if (p->n_codes == CODES_MAX || s.n == 0 || s.n > 8)
            bug("bad code list", start);
        p->codes[p->n_codes++] = plan_pack(s);
        r->at += s.n;
    } while (*r->at == '|');
    e->codes = (uint16_t)(p->n_codes - e->code);
}

/* describe - type and widths from the dictionary's word */
static void describe(struct plan_element *e, struct span w)
{
    char text[8] = "";
    int64_t number;
    const struct x12_element_row *row;

    if (w.n == 0 || w.n >= sizeof(text))
        bug("more items than elements", w.p);
    memcpy(text, w.p, w.n);
    if (text[0] == 'C') {
        e->type = PLAN_COMPOSITE;
        return;
    }
    row = str_to_i64(text, &number) ? x12_dictionary_element((uint16_t)number) : NULL;
    if (!row)
        bug("no such data element", text);
    e->number = row->number;
    e->type = type_of(row->type);
    e->min = row->min;
    e->max = row->max;
}

static void read_items(struct reader *r, uint16_t *first, uint16_t *count);

/* read_parts - "(R S)" of a composite, or all of them unused */
static void read_parts(struct reader *r, struct plan_element *e, struct span composite)
{
    const struct x12_segment_row *row = x12_dictionary_segment(composite);
    struct reader inner = {r->plan, r->at, NULL};

    if (*r->at != '(')
        return;
    if (!row)
        bug("no such composite", composite.p);
    inner.at++;
    inner.dict = row->elements;
    read_items(&inner, &e->part, &e->parts);
    if (*inner.at != ')')
        bug("no closing bracket", r->at);
    r->at = inner.at + 1;
}

/* read_item - one item and its copies, into scratch; returns how many */
static unsigned read_item(struct reader *r, struct plan_element *out)
{
    struct plan_element e = {.usage = *r->at++, .repeat = 1};
    struct span w = word(&r->dict);
    unsigned copies;

    if (!strchr("RSN", e.usage))
        bug("bad usage", r->at - 1);
    describe(&e, w);
    if (e.type == PLAN_COMPOSITE)
        read_parts(r, &e, w);
    read_codes(r, &e);
    e.repeat = (uint8_t)number_at(r, '*');
    copies = number_at(r, 'x');
    for (unsigned i = 0; i < copies; i++) {
        out[i] = e;
        if (i > 0)
            describe(&out[i], word(&r->dict));
    }
    return copies;
}

/* read_items - all items of a segment or composite; what the dictionary has beyond them is not used
 */
static void read_items(struct reader *r, uint16_t *first, uint16_t *count)
{
    struct plan *p = r->plan;
    struct plan_element list[X12_MAX_ELEMENTS + 1];
    unsigned n = 0;

    while (*r->at && *r->at != ')') {
        n += read_item(r, list + n);
        while (*r->at == ' ')
            r->at++;
    }
    for (struct span w = word(&r->dict); w.n > 0; w = word(&r->dict)) {
        list[n] = (struct plan_element){.usage = 'N', .repeat = 1};
        describe(&list[n++], w);
    }
    if (p->n_elements + n > ELEMENTS_MAX)
        bug("too many elements", r->at);
    memcpy(p->elements + p->n_elements, list, n * sizeof(list[0]));
    *first = (uint16_t)p->n_elements;
    *count = (uint16_t)n;
    p->n_elements += n;
}

/* has_list - does the element, or the first component of a composite, have a list of codes? */
static bool has_list(const struct plan *p, const struct plan_row *row, unsigned n)
{
    const struct plan_element *e;

    if (n > row->elements)
        return false;
    e = &p->elements[row->element + n - 1];
    return e->usage == 'R' && (e->codes > 0 || (e->parts > 0 && p->elements[e->part].codes > 0));
}

/* add_rules - indexes of the rules for a place */
static void add_rules(struct plan *p, const char *loop, const char *segment, uint16_t *first,
                      uint16_t *count)
{
    *first = (uint16_t)p->n_rules;
    for (size_t i = 0; x12_rule_at(i); i++) {
        const struct x12_rule *r = x12_rule_at(i);

        if (!(r->kinds & p->guide->kind) || (r->loop && strcmp(r->loop, loop) != 0) ||
            !str_eq(r->segment, segment))
            continue;
        if (p->n_rules == RULES_MAX)
            bug("too many rules", loop);
        p->rules[p->n_rules++] = (uint16_t)i;
    }
    *count = (uint16_t)(p->n_rules - *first);
}

/* read_notes - "P0304 L050607" */
static void read_notes(struct plan *p, struct plan_row *out, const char *text)
{
    out->note = (uint16_t)p->n_notes;
    for (struct span w = word(&text); w.n > 0; w = word(&text)) {
        struct plan_note *n = &p->notes[p->n_notes++];

        if (p->n_notes > NOTES_MAX || w.n % 2 == 0 || w.n < 5)
            bug("bad note", w.p);
        n->kind = w.p[0];
        n->first = (uint8_t)((w.p[1] - '0') * 10 + w.p[2] - '0');
        for (size_t i = strchr("CL", n->kind) ? 3 : 1; i < w.n; i += 2)
            n->mask |= UINT64_C(1) << ((w.p[i] - '0') * 10 + w.p[i + 1] - '0');
    }
    out->notes = (uint16_t)(p->n_notes - out->note);
}

/* compile_segment - a segment row */
static void compile_segment(struct plan *p, struct plan_row *out, const struct x12_row *row)
{
    const struct x12_segment_row *d = x12_dictionary_segment(span_of(row->segment));
    struct reader r = {p, row->elements, NULL};

    if (!d)
        bug("no such segment", row->segment);
    r.dict = d->elements;
    str_copy(out->name, sizeof(out->name), row->segment);
    out->id = (uint32_t)plan_pack(span_of(row->segment));
    read_notes(p, out, d->notes);
    read_items(&r, &out->element, &out->elements);
    if (strcmp(row->segment, "HL") == 0)
        out->qualifier = 3;
    else if (has_list(p, out, 1))
        out->qualifier = 1;
    if (strcmp(row->segment, "PWK") == 0)
        out->qualifier2 = 2;
    add_rules(p, row->loop, row->segment, &out->rule, &out->rules);
}

/* compile_loop - the children of one loop side by side */
static void compile_loop(struct plan *p, uint16_t loop)
{
    struct plan_loop *l = &p->loops[loop];

    l->row = (uint16_t)p->n_rows;
    for (const struct x12_row *row = p->guide->rows; row->loop; row++) {
        struct plan_row *out = &p->rows[p->n_rows];

        if (strcmp(row->segment ? row->loop : row->elements, l->name) != 0)
            continue;
        if (p->n_rows == ROWS_MAX)
            bug("too many rows", row->loop);
        out->usage = row->usage;
        out->max = row->max;
        out->order = row->order;
        out->opens = !row->segment;
        out->loop = out->opens ? find_loop(p, row->loop) : loop;
        out->trigger = (uint16_t)p->n_rows++;
        if (row->segment)
            compile_segment(p, out, row);
    }
    l->rows = (uint16_t)(p->n_rows - l->row);
    if (l->rows == 0 || l->rows > PLAN_LOOP_ROWS)
        bug("a loop without rows, or with too many", l->name);
    add_rules(p, l->name, NULL, &l->rule, &l->rules);
}

/* link_loops - a row that opens a loop looks like its first segment */
static void link_loops(struct plan *p)
{
    for (size_t i = 0; i < p->n_rows; i++) {
        struct plan_row *row = &p->rows[i];
        const struct plan_row *first;

        if (!row->opens)
            continue;
        row->trigger = p->loops[row->loop].row;
        first = &p->rows[row->trigger];
        row->id = first->id;
        memcpy(row->name, first->name, sizeof(row->name));
        row->qualifier = first->qualifier;
    }
}

/* plan_new - both passes; loops are found while their parents are read */
struct plan *plan_new(const struct x12_guide *g)
{
    struct plan *p = calloc(1, sizeof(*p));

    if (!p)
        return NULL;
    p->guide = g;
    p->loops = calloc(LOOPS_MAX, sizeof(*p->loops));
    p->rows = calloc(ROWS_MAX, sizeof(*p->rows));
    p->elements = calloc(ELEMENTS_MAX, sizeof(*p->elements));
    p->codes = calloc(CODES_MAX, sizeof(*p->codes));
    p->notes = calloc(NOTES_MAX + 1, sizeof(*p->notes));
    p->rules = calloc(RULES_MAX, sizeof(*p->rules));
    if (!p->loops || !p->rows || !p->elements || !p->codes || !p->notes || !p->rules) {
        plan_free(p);
        return NULL;
    }
    find_loop(p, "ST");
    for (uint16_t i = 0; i < p->n_loops; i++)
        compile_loop(p, i);
    link_loops(p);
    return p;
}

/* plan_free - all of it */
void plan_free(struct plan *p)
{
    if (!p)
        return;
    free(p->loops);
    free(p->rows);
    free(p->elements);
    free(p->codes);
    free(p->notes);
    free(p->rules);
    free(p);
}

/* plan_has_code - one of the list */
bool plan_has_code(const struct plan *p, const struct plan_element *e, struct span value)
{
    const uint64_t v = plan_pack(value);

    for (unsigned i = 0; i < e->codes; i++)
        if (p->codes[e->code + i] == v)
            return true;
    return e->codes == 0;
}

/* fits_at - the code in one telling element */
static bool fits_at(const struct plan *p, const struct plan_row *row, const struct x12_segment *s,
                    unsigned n)
{
    const struct plan_element *e = &p->elements[row->element + n - 1];

    if (e->parts > 0)
        return plan_has_code(p, &p->elements[e->part], x12_component(s, n, 1));
    return plan_has_code(p, e, x12_element(s, n));
}

/* plan_fits - by the opening segment's elements */
bool plan_fits(const struct plan *p, const struct plan_row *row, const struct x12_segment *s)
{
    const struct plan_row *t = &p->rows[row->trigger];

    return (t->qualifier == 0 || fits_at(p, t, s, t->qualifier)) &&
           (t->qualifier2 == 0 || fits_at(p, t, s, t->qualifier2));
}
