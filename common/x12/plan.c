/* plan.c - compiles a guide's rows
 *
 * Two passes: the first lays out loops and their children side by side, so that a search in a loop
 * is a walk over neighbours; the second reads the element items of each segment row. */
#include "common/x12/plan.h"

#include <stdlib.h>
#include <string.h>

#include "common/x12/rules.h"

enum { LOOPS_MAX = 96, ROWS_MAX = 512, NOTES_MAX = 2048, RULES_MAX = 2048 };

/* find_loop - its index; adds it when new */
static uint16_t find_loop(struct plan *p, const char *name)
{
    for (size_t i = 0; i < p->n_loops; i++)
        if (strcmp(p->loops[i].name, name) == 0)
            return (uint16_t)i;
    if (p->n_loops == LOOPS_MAX)
        plan_bug("too many loops", name);
    str_copy(p->loops[p->n_loops].name, sizeof(p->loops[0].name), name);
    return (uint16_t)p->n_loops++;
}

/* has_list - does the element, or the first component of a composite, have a list of codes? */
static bool has_list(const struct plan *p, const struct plan_row *row, unsigned n)
{
    const struct plan_element *e = &p->elements[row->element + n - 1];

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
            plan_bug("too many rules", loop);
        p->rules[p->n_rules++] = r;
    }
    *count = (uint16_t)(p->n_rules - *first);
}

/* read_notes - "P0304 L050607" */
static void read_notes(struct plan *p, struct plan_row *out, const char *text)
{
    out->note = (uint16_t)p->n_notes;
    for (struct span w = plan_word(&text); w.n > 0; w = plan_word(&text)) {
        struct plan_note *n = &p->notes[p->n_notes++];

        if (p->n_notes > NOTES_MAX || w.n % 2 == 0 || w.n < 5)
            plan_bug("bad note", w.p);
        n->kind = w.p[0];
        n->first = (uint8_t)((w.p[1] - '0') * 10 + w.p[2] - '0');
        for (size_t i = strchr("CL", n->kind) ? 3 : 1; i < w.n; i += 2)
            n->mask |= UINT64_C(1) << ((w.p[i] - '0') * 10 + w.p[i + 1] - '0');
    }
    out->notes = (uint16_t)(p->n_notes - out->note);
}

/* tell_by - element n tells the row apart */
static void tell_by(const struct plan *p, struct plan_row *out, unsigned i, uint8_t n)
{
    const struct plan_element *e = &p->elements[out->element + n - 1];
    const struct plan_element *list = e->parts > 0 ? &p->elements[e->part] : e;

    out->tell[i] = (struct plan_tell){n, e->parts > 0, list->code, list->codes};
}

/* compile_segment - a segment row */
static void compile_segment(struct plan *p, struct plan_row *out, const struct x12_row *row)
{
    const struct x12_segment_row *d = x12_dictionary_segment(span_of(row->segment));

    if (!d)
        plan_bug("no such segment", row->segment);
    str_copy(out->name, sizeof(out->name), row->segment);
    out->id = (uint32_t)plan_pack(span_of(row->segment));
    read_notes(p, out, d->notes);
    plan_read_items(p, row->elements, d->elements, &out->element, &out->elements);
    if (strcmp(row->segment, "HL") == 0)
        tell_by(p, out, 0, 3);
    else if (has_list(p, out, 1))
        tell_by(p, out, 0, 1);
    if (strcmp(row->segment, "PWK") == 0)
        tell_by(p, out, 1, 2);
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
            plan_bug("too many rows", row->loop);
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
    l->required = (uint16_t)p->n_required;
    for (uint16_t i = 0; i < l->rows; i++)
        if (p->rows[l->row + i].usage == 'R')
            p->required[p->n_required++] = i;
    l->requireds = (uint16_t)(p->n_required - l->required);
    if (l->rows == 0 || l->rows > PLAN_LOOP_ROWS)
        plan_bug("a loop without rows, or with too many", l->name);
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
        memcpy(row->tell, first->tell, sizeof(row->tell));
    }
}

/* index_loop - its rows by id, and where each order begins */
static void index_loop(struct plan_loop *l, struct plan_row *rows)
{
    memset(l->slot, PLAN_LOOP_ROWS, sizeof(l->slot));
    for (unsigned i = l->rows; i-- > 0;) {
        uint8_t *slot = &l->slot[plan_slot(rows[i].id)];

        rows[i].place = (uint8_t)i;
        rows[i].chain = *slot;
        *slot = (uint8_t)i;
    }
    for (unsigned i = 0; i < l->rows; i++)
        rows[i].from = i > 0 && rows[i].order == rows[i - 1].order ? rows[i - 1].from : (uint8_t)i;
}

/* index_rows - what the walk and the check ask most, worked out once */
static void index_rows(struct plan *p)
{
    for (size_t k = 0; k < p->n_loops; k++)
        index_loop(&p->loops[k], &p->rows[p->loops[k].row]);
    for (size_t i = 0; i < p->n_rows; i++)
        for (uint16_t n = 1; n <= p->rows[i].elements; n++)
            if (p->elements[p->rows[i].element + n - 1].usage == 'R')
                p->rows[i].last_required = n;
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
    p->elements = calloc(PLAN_ELEMENTS, sizeof(*p->elements));
    p->codes = calloc(PLAN_CODES, sizeof(*p->codes));
    p->notes = calloc(NOTES_MAX + 1, sizeof(*p->notes));
    p->rules = calloc(RULES_MAX, sizeof(const struct x12_rule *));
    p->required = calloc(ROWS_MAX, sizeof(*p->required));
    if (!p->loops || !p->rows || !p->elements || !p->codes || !p->notes || !p->required ||
        !p->rules) {
        plan_free(p);
        return NULL;
    }
    find_loop(p, "ST");
    for (size_t i = 0; i < p->n_loops; i++)
        compile_loop(p, (uint16_t)i);
    link_loops(p);
    index_rows(p);
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
    free(p->required);
    free(p);
}
