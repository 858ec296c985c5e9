/* plan_items.c - reads the element items of a row: "R=41 R=1|2 S(R S)*10 Sx4" (guide.h) */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/x12/plan.h"

struct reader {
    struct plan *plan;
    const char *at;   /* in the items */
    const char *dict; /* in the dictionary's element list */
};

/* plan_bug - a table of ours is wrong */
void plan_bug(const char *what, const char *where)
{
    fprintf(stderr, "x12 guide table: %s: %s\n", what, where);
    abort();
}

/* type_of - of a data element */
static uint8_t type_of(const char *type)
{
    static const char *const names[] = {"AN", "ID", "R", "N0", "DT", "TM"};

    for (int i = 0; i < PLAN_COMPOSITE; i++)
        if (strcmp(names[i], type) == 0)
            return (uint8_t)i;
    plan_bug("unknown type", type);
    return 0;
}

/* plan_word - the next word of the dictionary's list; empty at the end */
struct span plan_word(const char **at)
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

        if (p->n_codes == PLAN_CODES || s.n == 0 || s.n > 8)
            plan_bug("bad code list", start);
        p->codes[p->n_codes++] = plan_pack(s);
        r->at += s.n;
    } while (*r->at == '|');
    e->codes = (uint16_t)(p->n_codes - e->code);
}

/* describe - type and widths from the dictionary's word */
static void describe(struct plan_element *e, struct span w)
{
    const struct x12_element_row *row;

    if (w.n == 0)
        plan_bug("more items than elements", w.p);
    if (w.p[0] == 'C') {
        e->type = PLAN_COMPOSITE;
        return;
    }
    row = x12_dictionary_element((uint16_t)strtoul(w.p, NULL, 10));
    if (!row)
        plan_bug("no such data element", w.p);
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
        plan_bug("no such composite", composite.p);
    inner.at++;
    inner.dict = row->elements;
    read_items(&inner, &e->part, &e->parts);
    if (*inner.at != ')')
        plan_bug("no closing bracket", r->at);
    r->at = inner.at + 1;
}

/* read_item - one item and its copies, into scratch; returns how many */
static unsigned read_item(struct reader *r, struct plan_element *out)
{
    struct plan_element e = {.usage = *r->at++, .repeat = 1};
    struct span w = plan_word(&r->dict);
    unsigned copies;

    if (!strchr("RSN", e.usage))
        plan_bug("bad usage", r->at - 1);
    describe(&e, w);
    if (e.type == PLAN_COMPOSITE)
        read_parts(r, &e, w);
    read_codes(r, &e);
    e.repeat = (uint8_t)number_at(r, '*');
    copies = number_at(r, 'x');
    for (unsigned i = 0; i < copies; i++) {
        out[i] = e;
        if (i > 0)
            describe(&out[i], plan_word(&r->dict));
        out[i].text = e.usage != 'N' && e.repeat == 1 && out[i].number != PLAN_PERIOD &&
                      (out[i].type == PLAN_AN || out[i].type == PLAN_ID);
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
    for (struct span w = plan_word(&r->dict); w.n > 0; w = plan_word(&r->dict)) {
        list[n] = (struct plan_element){.usage = 'N', .repeat = 1};
        describe(&list[n++], w);
    }
    if (p->n_elements + n > PLAN_ELEMENTS)
        plan_bug("too many elements", r->at);
    memcpy(p->elements + p->n_elements, list, n * sizeof(list[0]));
    *first = (uint16_t)p->n_elements;
    *count = (uint16_t)n;
    p->n_elements += n;
}

/* plan_read_items - of a segment row */
void plan_read_items(struct plan *p, const char *items, const char *dict, uint16_t *first,
                     uint16_t *count)
{
    struct reader r = {p, items, dict};

    read_items(&r, first, count);
}
