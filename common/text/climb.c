/* climb.c - from a category to the billable code that the words nearby support (coding §4.7)
 *
 * At each level the child whose further words the sentence holds is taken; words that it adds and
 * the text does not have count against it more than found ones count for it, so that nothing is
 * coded beyond what is documented; where nothing decides, the unspecified child. */
#include <string.h>

#include "common/text/read.h"

enum {
    LEVELS_MAX = 8,
    NEAR = 4,
    FOR_FOUND = 20,
    FOR_MISSING = -30,
    FOR_UNSPECIFIED = 15,
    FOR_OTHER = -10,
    FOR_LATER = -60,
    FOR_INITIAL = 20,
    FOR_UNCOMPLICATED = 60
};

/* is_near - does the word stand at most NEAR words before lo or after hi? */
static bool is_near(const struct reader *r, const struct sentence *s, uint32_t id, uint32_t lo,
                    uint32_t hi)
{
    for (uint32_t at = read_place(r, id); at; at = s->words[at - 1].next)
        if (at - 1 + NEAR >= lo && at - 1 <= hi + NEAR)
            return true;
    return false;
}

/* for_kind - what the title says of the code's kind */
static int for_kind(const struct node *n)
{
    return (n->flags & NODE_UNSPECIFIED ? FOR_UNSPECIFIED : 0) +
           (n->flags & NODE_OTHER ? FOR_OTHER : 0) + (n->flags & NODE_LATER ? FOR_LATER : 0) +
           (n->flags & NODE_INITIAL && n->code[6] == 'A' ? FOR_INITIAL : 0) +
           (n->flags & NODE_UNCOMPLICATED ? FOR_UNCOMPLICATED : 0);
}

/* score - of a child against its parent's title */
static int score(const struct reader *r, const struct sentence *s, const struct node *parent,
                 const struct node *child, uint32_t lo, uint32_t hi)
{
    const struct text_index *x = r->x;
    int sum = for_kind(child);

    for (size_t i = 0; i < child->n_words; i++) {
        uint32_t id = x->ids.id[child->words + i];

        if (node_has(x, parent, id))
            continue;
        if (is_near(r, s, id, lo, hi))
            sum += FOR_FOUND;
        else if (!read_place(r, id))
            sum += FOR_MISSING;
    }
    return sum;
}

/* read_climb - see read.h */
uint32_t read_climb(const struct reader *r, const struct sentence *s, uint32_t node, uint32_t lo,
                    uint32_t hi)
{
    const struct text_index *x = r->x;

    for (int level = 0; level < LEVELS_MAX && !(x->nodes[node].flags & NODE_BILLABLE); level++) {
        const struct node *parent = &x->nodes[node];
        uint32_t best = (uint32_t)x->n_nodes;
        int most = 0;

        for (uint32_t k = node + 1; k < parent->end; k = x->nodes[k].end) {
            int sum = score(r, s, parent, &x->nodes[k], lo, hi);

            if (best == x->n_nodes || sum > most) {
                best = k;
                most = sum;
            }
        }
        if (best == x->n_nodes)
            return best;
        node = best;
    }
    return x->nodes[node].flags & NODE_BILLABLE ? node : (uint32_t)x->n_nodes;
}
