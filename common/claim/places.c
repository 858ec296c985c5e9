/* places.c - where in the source file each part of a claim stands */
#include <stdlib.h>
#include <string.h>

#include "common/claim/guide.h"

enum { FIRST = 64, QUALIFIER = 4 };

struct place {
    enum claim_part part;
    uint32_t index, position;
    char segment[CLAIM_SEGMENT_NAME], qualifier[QUALIFIER];
};

struct claim_places {
    struct place *item;
    size_t n, cap;
    bool failed;
};

/* places_new - empty; NULL: out of memory */
struct claim_places *places_new(void)
{
    return calloc(1, sizeof(struct claim_places));
}

/* places_free - accepts NULL */
void places_free(struct claim_places *p)
{
    if (!p)
        return;
    if (p->item)
        explicit_bzero(p->item, p->cap * sizeof(*p->item));
    free(p->item);
    free(p);
}

/* places_mark - to come back to with places_cut */
size_t places_mark(const struct claim_places *p)
{
    return p->n;
}

/* places_cut - forgets what was noted since */
void places_cut(struct claim_places *p, size_t mark)
{
    if (p->n > mark)
        p->n = mark;
}

/* places_failed - a note was lost: out of memory */
bool places_failed(const struct claim_places *p)
{
    return p->failed;
}

/* copy_span - cut to the array */
static void copy_span(char *out, size_t size, struct span s)
{
    const size_t n = s.n < size ? s.n : size - 1;

    memcpy(out, s.p ? s.p : "", s.p ? n : 0);
    out[s.p ? n : 0] = '\0';
}

/* places_note - this segment is of that part */
void places_note(struct claim_places *p, enum claim_part part, size_t index,
                 const struct x12_segment *s)
{
    if (p->n == p->cap) {
        const size_t cap = p->cap ? p->cap * 2 : FIRST;
        struct place *grown = realloc(p->item, cap * sizeof(*grown));

        p->failed |= grown == NULL;
        if (!grown)
            return;
        p->item = grown;
        p->cap = cap;
    }
    p->item[p->n] = (struct place){.part = part, .index = (uint32_t)index, .position = s->position};
    copy_span(p->item[p->n].segment, CLAIM_SEGMENT_NAME, s->id);
    copy_span(p->item[p->n].qualifier, QUALIFIER, x12_component(s, 1, 1));
    p->n++;
}

/* segment_of - "SV101-2" is of SV1, "CLM05-3" of CLM, "HI01-2" of HI */
static void segment_of(const char *element, char out[CLAIM_SEGMENT_NAME])
{
    size_t n = strcspn(element, "-*");

    n = n > 2 ? n - 2 : 0;
    if (n >= CLAIM_SEGMENT_NAME)
        n = CLAIM_SEGMENT_NAME - 1;
    memcpy(out, element, n);
    out[n] = '\0';
}

/* claim_place - the first that fits */
uint32_t claim_place(const struct claim_places *p, enum claim_part part, size_t index,
                     const char *element)
{
    const char *qualifier = strchr(element, '*');
    char segment[CLAIM_SEGMENT_NAME];

    segment_of(element, segment);
    for (size_t i = 0; p && i < p->n; i++) {
        const struct place *x = &p->item[i];

        if (x->part == part && x->index == index && strcmp(x->segment, segment) == 0 &&
            (!qualifier || strcmp(x->qualifier, qualifier + 1) == 0))
            return x->position;
    }
    return 0;
}

/* oddities_add - copies */
void oddities_add(struct oddities *o, const struct claim_oddity *x)
{
    if (o->n == o->cap) {
        const size_t cap = o->cap ? o->cap * 2 : FIRST;
        struct claim_oddity *grown = realloc(o->item, cap * sizeof(*grown));

        o->failed |= grown == NULL;
        if (!grown)
            return;
        o->item = grown;
        o->cap = cap;
    }
    o->item[o->n++] = *x;
}
