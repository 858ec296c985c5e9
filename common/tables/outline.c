/* outline.c - rows of the tabular list to nodes, notes and references */
#include "common/tables/outline.h"

#include <stdlib.h>
#include <string.h>

#include "common/rules/code_set.h"
#include "common/tables/edition.h"

enum { DEPTH_MAX = 16 }; /* chapter, block, category and five characters are eight */

/* What stands at a node. Its notes are a stretch of the outline's, in the order of the rows. */
struct node {
    uint64_t key;        /* of its code; 0: a block or a chapter */
    uint32_t at, name_n; /* its first row in the edition, length of its name there */
    uint32_t first, n;   /* notes */
    uint32_t parent;     /* by the row that holds on all days */
    uint16_t parts;      /* bit p: it has a note of part p */
    uint16_t above;      /* bit p: it, or a node above it, may have one */
    bool titled, dated;  /* has a title on all days; title or parent differ by day */
};

struct tabular_note {
    const struct outline *of;
    uint32_t at, key_n; /* its row in the edition, length of the row's keys */
    int32_t from, to;
    uint32_t first, n; /* references */
    uint8_t part;
    struct tabular_places places; /* of all that they may name */
};

struct outline {
    const struct edition *edition;
    struct node *nodes; /* [0] is none */
    struct tabular_note *notes;
    struct reference *references;
    uint32_t n_nodes, n_notes, n_references;
    uint32_t *slots; /* nodes with a code, by its key */
    uint32_t mask;   /* of the slots */
};

static const char *const part_names[TABULAR_PARTS] = {
#define T(suffix, name) [TABULAR_##suffix] = name,
    TABULAR_PART_LIST(T)
#undef T
};

/* part_at - of a row; TABULAR_PARTS: no note */
static enum tabular_part part_at(struct span s)
{
    int i = 0;

    while (i < TABULAR_PARTS && !span_is(s, part_names[i]))
        i++;
    return (enum tabular_part)i;
}

/* same_name - of two nodes */
static bool same_name(struct span a, struct span b)
{
    return a.n == b.n && memcmp(a.p, b.p, a.n) == 0;
}

/* count - what there will be at most, so that every array is made once */
static void count(struct outline *o)
{
    size_t cursor = 0, nodes = 1, notes = 0, references = 0;
    struct span name = {"", 0};
    struct table_row r;

    while (edition_each(&o->edition->info, &cursor, &r)) {
        struct span codes = table_col(&r, "codes");

        nodes += !same_name(name, table_key(&r, 0));
        name = table_key(&r, 0);
        if (part_at(table_key(&r, 1)) == TABULAR_PARTS)
            continue;
        notes++;
        references += codes.n > 0;
        for (size_t i = 0; i < codes.n; i++)
            references += codes.p[i] == ';';
    }
    o->n_nodes = (uint32_t)nodes;
    o->n_notes = (uint32_t)notes;
    o->n_references = (uint32_t)references;
}

/* allocate - as counted; slots at a load of a half at most */
static bool allocate(struct outline *o)
{
    uint32_t slots = 2;

    while (slots < 2 * o->n_nodes)
        slots *= 2;
    o->mask = slots - 1;
    o->nodes = calloc(o->n_nodes, sizeof(*o->nodes));
    o->notes = calloc((size_t)o->n_notes + 1, sizeof(*o->notes));
    o->references = calloc((size_t)o->n_references + 1, sizeof(*o->references));
    o->slots = calloc(slots, sizeof(*o->slots));
    return o->nodes && o->notes && o->references && o->slots;
}

/* offset_of - of a row in its edition */
static uint32_t offset_of(const struct outline *o, const struct table_row *r)
{
    return (uint32_t)(r->text.p - o->edition->text);
}

/* add_note - a row with a part, and its references */
static void add_note(struct outline *o, const struct table_row *r, enum tabular_part part)
{
    struct tabular_note *x = &o->notes[o->n_notes++];
    struct span codes = table_col(r, "codes");
    struct node *node = &o->nodes[o->n_nodes - 1];

    *x = (struct tabular_note){.of = o,
                               .at = offset_of(o, r),
                               .key_n = (uint32_t)edition_key_length(o->edition, r->text.p),
                               .from = r->from,
                               .to = r->to,
                               .first = o->n_references,
                               .part = (uint8_t)part};
    while (codes.n) {
        o->references[o->n_references] = reference_next(&codes);
        reference_places(&o->references[o->n_references++], &x->places);
    }
    x->n = o->n_references - x->first;
    node->n++;
    node->parts |= (uint16_t)(1 << part);
}

/* add_node - the rows of a name follow each other */
static void add_node(struct outline *o, const struct table_row *r)
{
    struct span name = table_key(r, 0);

    o->nodes[o->n_nodes++] = (struct node){.key = reference_key(name),
                                           .at = offset_of(o, r),
                                           .name_n = (uint32_t)name.n,
                                           .first = o->n_notes};
}

/* is_named - does the node's row begin with this name */
static int compare_name(const struct outline *o, const struct node *x, struct span name)
{
    size_t n = x->name_n < name.n ? x->name_n : name.n;
    int c = memcmp(o->edition->text + x->at, name.p, n);

    return c ? c : (x->name_n > name.n) - (x->name_n < name.n);
}

/* node_named - nodes lie in the order of their names; 0: none has it */
static uint32_t node_named(const struct outline *o, struct span name)
{
    uint32_t low = 1, high = o->n_nodes;

    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        int c = compare_name(o, &o->nodes[mid], name);

        if (c == 0)
            return mid;
        if (c < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return 0;
}

/* read_rows - nodes and notes */
static void read_rows(struct outline *o)
{
    struct table_row r;
    size_t cursor = 0;

    o->n_nodes = 1;
    o->n_notes = o->n_references = 0;
    while (edition_each(&o->edition->info, &cursor, &r)) {
        enum tabular_part part = part_at(table_key(&r, 1));
        struct node *x = &o->nodes[o->n_nodes - 1];
        bool always = !r.from && !r.to;

        if (o->n_nodes == 1 || compare_name(o, x, table_key(&r, 0)) != 0)
            add_node(o, &r);
        x = &o->nodes[o->n_nodes - 1];
        if (part < TABULAR_PARTS)
            add_note(o, &r, part);
        else if (span_is(table_key(&r, 1), "desc")) {
            x->titled |= always;
            x->dated |= !always;
        } else if (span_is(table_key(&r, 1), "parent"))
            x->dated |= !always;
    }
}

/* row_on - a node's row with this part on a day */
static bool row_on(const struct outline *o, const struct node *x, const char *part, int32_t on,
                   struct table_row *out)
{
    size_t at = x->at;
    struct table_row r;
    bool found = false;

    while (at < o->edition->len) {
        at = edition_row(o->edition, at, &r);
        if (table_key(&r, 0).n != x->name_n ||
            memcmp(r.text.p, o->edition->text + x->at, x->name_n) != 0)
            break;
        if (!span_is(table_key(&r, 1), part) || (on && r.from && on < r.from) ||
            (on && r.to && on > r.to))
            continue;
        *out = r; /* rows of a key are in the order of their windows: the last began last */
        found = true;
    }
    return found;
}

/* parent_on - by its row */
static uint32_t parent_on(const struct outline *o, uint32_t node, int32_t on)
{
    struct table_row r;

    return row_on(o, &o->nodes[node], "parent", on, &r) ? node_named(o, table_col(&r, "text")) : 0;
}

/* parts_above - of a node and all above it; any where a parent differs by day, or where the way up
 * has no end */
static uint16_t parts_above(const struct outline *o, uint32_t node)
{
    uint16_t parts = 0;

    for (int depth = 0; node; node = o->nodes[node].parent, depth++) {
        if (o->nodes[node].dated || depth == DEPTH_MAX)
            return UINT16_MAX;
        parts |= o->nodes[node].parts;
    }
    return parts;
}

/* link_nodes - parents by name, codes into their slots */
static void link_nodes(struct outline *o)
{
    for (uint32_t i = 1; i < o->n_nodes; i++) {
        struct node *x = &o->nodes[i];
        uint32_t s = (uint32_t)(x->key * 0x9E3779B97F4A7C15U >> 32) & o->mask;

        x->parent = parent_on(o, i, 0);
        while (x->key && o->slots[s])
            s = (s + 1) & o->mask;
        if (x->key)
            o->slots[s] = i;
    }
    for (uint32_t i = 1; i < o->n_nodes; i++)
        o->nodes[i].above = parts_above(o, i);
}

/* outline_make - counted, read, linked */
struct outline *outline_make(const struct edition *d)
{
    struct outline *o = calloc(1, sizeof(*o));

    if (!o)
        return NULL;
    o->edition = d;
    count(o);
    if (!allocate(o)) {
        outline_free(o);
        return NULL;
    }
    read_rows(o);
    link_nodes(o);
    return o;
}

/* outline_free - all of it */
void outline_free(struct outline *o)
{
    if (!o)
        return;
    free(o->nodes);
    free(o->notes);
    free(o->references);
    free(o->slots);
    free(o);
}

/* titled_on - does the list have the node that day */
static bool titled_on(const struct outline *o, const struct node *x, int32_t on)
{
    struct table_row r;

    return x->dated ? row_on(o, x, "desc", on, &r) : x->titled;
}

/* node_of - the node of a code */
static uint32_t node_of(const struct outline *o, uint64_t key, int32_t on)
{
    uint32_t s = (uint32_t)(key * 0x9E3779B97F4A7C15U >> 32) & o->mask;

    for (; o->slots[s]; s = (s + 1) & o->mask)
        if (o->nodes[o->slots[s]].key == key)
            return titled_on(o, &o->nodes[o->slots[s]], on) ? o->slots[s] : 0;
    return 0;
}

/* outline_start - a character less until there is one; categories have three */
uint32_t outline_start(const struct outline *o, const char *code, int32_t on)
{
    uint64_t key = code_key(code);
    uint32_t node = 0;

    for (size_t n = strlen(code); key && !node && n >= 3; n--) {
        key &= n < sizeof(key) ? ~(UINT64_MAX >> (8 * n)) : UINT64_MAX;
        node = node_of(o, key, on);
    }
    return node;
}

/* parent_of - known, or by the day */
static uint32_t parent_of(const struct outline *o, uint32_t node, int32_t on)
{
    return o->nodes[node].dated ? parent_on(o, node, on) : o->nodes[node].parent;
}

/* note_at - the next of a node's notes of a part that are in force; NULL: no more */
static const struct tabular_note *note_at(const struct outline *o, enum tabular_part part,
                                          int32_t on, struct tabular_walk *w)
{
    const struct node *x = &o->nodes[w->node];

    while (x->parts & 1 << part && w->next < x->n) {
        const struct tabular_note *note = &o->notes[x->first + w->next++];

        if (note->part == part && (!note->from || on >= note->from) &&
            (!note->to || on <= note->to) &&
            (!w->among || tabular_places_meet(&note->places, w->among)))
            return note;
    }
    return NULL;
}

/* outline_next - from node to parent, as long as something above has the part */
const struct tabular_note *outline_next(enum tabular_part part, int32_t on, struct tabular_walk *w)
{
    const struct outline *o = w->of;

    while (w->node && o->nodes[w->node].above & 1 << part) {
        const struct tabular_note *x = note_at(o, part, on, w);

        if (x)
            return x;
        w->next = 0;
        w->node = parent_of(o, w->node, on);
    }
    return NULL;
}

/* tabular_note_names - any of its references */
bool tabular_note_names(const struct tabular_note *x, uint64_t code)
{
    const struct reference *r = x->of->references + x->first;

    for (uint32_t i = 0; i < x->n; i++)
        if (reference_names(&r[i], code))
            return true;
    return false;
}

/* tabular_note_row - as the edition has it */
void tabular_note_row(const struct tabular_note *x, struct table_row *out)
{
    edition_keyed_row(x->of->edition, x->at, x->key_n, out);
}
