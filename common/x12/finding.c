/* finding.c - collecting what was found */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/x12/checker.h"

/* mark_of - the segment at hand */
struct mark mark_of(const struct check *c, const struct x12_segment *s)
{
    struct mark m = {.position = s->position, .offset = s->offset};

    memcpy(m.segment, s->id.p, s->id.n < 3 ? s->id.n : 3);
    for (size_t i = 0; i < 3 && m.segment[i]; i++)
        if (m.segment[i] < ' ' || m.segment[i] > '~')
            m.segment[i] = '?';
    if (c->plan)
        memcpy(m.loop, c->plan->loops[c->walk.frame[c->walk.depth - 1].loop].name, sizeof(m.loop));
    return m;
}

/* grow - room for one more; false: out of memory */
static bool grow(struct check *c, struct found_list *l)
{
    size_t size = l->size ? l->size * 2 : 16;
    struct x12_finding *list;

    if (l->count < l->size)
        return true;
    list = realloc(l->list, size * sizeof(*list));
    if (!list) {
        c->failed = true;
        return false;
    }
    l->list = list;
    l->size = size;
    return true;
}

/* place_text - "2400 SV101-2", or as much of it as there is */
static void place_text(const struct x12_finding *f, char *out, size_t size)
{
    char element[8] = "", component[8] = "";

    if (f->element)
        snprintf(element, sizeof(element), "%02u", f->element);
    if (f->component)
        snprintf(component, sizeof(component), "-%u", f->component);
    snprintf(out, size, "%s%s%s%s%s", f->loop, f->loop[0] ? " " : "", f->segment, element,
             component);
}

/* number_of - the data element at a place, from the dictionary; 0: none */
static uint16_t number_of(struct span id, unsigned element, unsigned component)
{
    const struct x12_segment_row *row = x12_dictionary_segment(id);
    const char *at = row ? row->elements : "";

    for (unsigned i = 1; i < element; i++) {
        at += strcspn(at, " ");
        at += *at == ' ';
    }
    if (!*at || element == 0)
        return 0;
    if (*at == 'C')
        return component ? number_of((struct span){at, strcspn(at, " ")}, component, 0) : 0;
    return (uint16_t)strtoul(at, NULL, 10);
}

/* quote - a value that lives as long as its finding */
static struct span quote(struct check *c, const struct found_list *l, struct span v)
{
    struct span q = {NULL, v.n < CHECK_KEPT ? v.n : CHECK_KEPT};

    if (!l->words || v.n == 0)
        return v;
    q.p = arena_memdup(l->words, v.p, q.n);
    c->failed = c->failed || !q.p;
    return q.p ? q : (struct span){"", 0};
}

/* is_room - notes fill half of a list at most: what a set is refused for must find a place */
static bool is_room(const struct found_list *l, bool note)
{
    return l->count < (note ? X12_FINDINGS_MAX / 2 : X12_FINDINGS_MAX);
}

/* add - to a level's list; the last free place says that there is more */
static void add(struct check *c, enum x12_level level, const struct x12_finding *f,
                const char *text)
{
    struct found_list *l = &c->found[level];
    char place[32] = "";
    struct x12_finding *to;

    l->refused = l->refused || !f->note;
    if (!is_room(l, f->note) || !grow(c, l))
        return;
    to = &l->list[l->count++];
    *to = *f;
    to->value = quote(c, l, f->value);
    to->claim = quote(c, l, f->claim);
    place_text(f, place, sizeof(place));
    if (!is_room(l, f->note))
        text = "and more";
    snprintf(to->message, sizeof(to->message), "%s%s%s", place, place[0] ? ": " : "", text);
}

/* fill - a finding at a mark */
static struct x12_finding fill(const struct check *c, const struct mark *m, unsigned n, unsigned k,
                               int snip, const char *code)
{
    struct x12_finding f = {
        .snip = (uint8_t)snip, .element = (uint16_t)n, .component = (uint16_t)k};

    str_copy(f.code, sizeof(f.code), code);
    memcpy(f.segment, m->segment, sizeof(f.segment));
    str_copy(f.loop, sizeof(f.loop), m->loop);
    f.position = m->position;
    f.offset = m->offset;
    f.data_element = number_of(span_of(m->segment), n, k);
    f.repetition = (uint16_t)c->repetition;
    f.value = f.claim = (struct span){"", 0};
    if (c->facts.claim.id.n > 0)
        f.claim = c->facts.claim.id;
    return f;
}

/* report - about a place in the set */
void report(struct check *c, const struct mark *m, unsigned n, unsigned k, int snip,
            const char *code, struct span value, const char *text)
{
    struct x12_finding f;

    if (snip > c->snip)
        return;
    f = fill(c, m, n, k, snip, code);
    f.value = value;
    add(c, X12_SET, &f, text);
}

/* report_here - about the segment at hand */
void report_here(struct check *c, const struct x12_segment *s, unsigned n, unsigned k, int snip,
                 const char *code, const char *text)
{
    const struct mark m = mark_of(c, s);

    report(c, &m, n, k, snip, code, k ? x12_component(s, n, k) : x12_element(s, n), text);
}

/* report_note - worth saying only */
void report_note(struct check *c, const struct mark *m, unsigned n, unsigned k, int snip,
                 const char *code, const char *text)
{
    struct x12_finding f;

    if (snip > c->snip)
        return;
    f = fill(c, m, n, k, snip, code);
    f.note = true;
    add(c, X12_SET, &f, text);
}

/* envelope_finding - about ISA, GS, ST or their ends */
static struct x12_finding envelope_finding(const struct check *c, enum x12_level level,
                                           const char *segment, unsigned n, uint64_t offset,
                                           const char *code)
{
    struct x12_finding f = {.snip = 1, .element = (uint16_t)n, .offset = offset};

    str_copy(f.code, sizeof(f.code), code);
    str_copy(f.segment, sizeof(f.segment), segment);
    f.value = f.claim = (struct span){"", 0};
    if (level == X12_SET)
        f.position = strcmp(segment, "ST") == 0 ? 1 : c->segments;
    f.data_element = number_of(span_of(segment), n, 0);
    return f;
}

/* report_envelope - a ground to refuse */
void report_envelope(struct check *c, enum x12_level level, const char *segment, unsigned n,
                     uint64_t offset, const char *code, struct span value, const char *text)
{
    struct x12_finding f = envelope_finding(c, level, segment, n, offset, code);

    f.value = value;
    add(c, level, &f, text);
}

/* report_envelope_note - worth saying only */
void report_envelope_note(struct check *c, enum x12_level level, const char *segment, unsigned n,
                          uint64_t offset, const char *code, const char *text)
{
    struct x12_finding f = envelope_finding(c, level, segment, n, offset, code);

    f.note = true;
    add(c, level, &f, text);
}

/* found_reset - none any more */
void found_reset(struct check *c, enum x12_level level)
{
    c->found[level].count = 0;
    c->found[level].refused = false;
    if (c->found[level].words)
        arena_reset(c->found[level].words);
}

/* found_release - frees all lists */
void found_release(struct check *c)
{
    for (int i = 0; i < 3; i++) {
        free(c->found[i].list);
        arena_free(c->found[i].words);
    }
}
