/* climb.c - from a category to the billable code that the words nearby support (coding §4.7)
 *
 * At each level the child whose further words the sentence holds is taken; words that it adds and
 * the text does not have count against it more than found ones count for it, so that nothing is
 * coded beyond what is documented; where nothing decides, the unspecified child. */
#include <string.h>

#include "common/text/read.h"

enum {
    LEVELS_MAX = 8,
    FAMILY_MAX = 400, /* codes of a branch that is looked through */
    NEAR = 4,
    FOR_FOUND = 20,
    FOR_MISSING = -30,
    FOR_UNSPECIFIED = 15,
    FOR_OTHER = -10,
    FOR_LATER = -60,
    FOR_INITIAL = 20,
    FOR_SAID = 250,
    FOR_UNCOMPLICATED = 60
};

/* stands_near - does the word stand at most NEAR words before lo or after hi? */
static bool stands_near(const struct reader *r, const struct sentence *s, uint32_t id, uint32_t lo,
                        uint32_t hi)
{
    for (uint32_t at = read_place(r, id); at; at = s->words[at - 1].next)
        if (at - 1 + NEAR >= lo && at - 1 <= hi + NEAR)
            return true;
    return false;
}

/* is_near - the word, or one that says it, too */
static bool is_near(const struct reader *r, const struct sentence *s, uint32_t id, uint32_t lo,
                    uint32_t hi)
{
    const struct expansion *e = &r->x->implied[id];

    if (stands_near(r, s, id, lo, hi))
        return true;
    for (uint32_t i = 0; i < e->n; i++)
        if (stands_near(r, s, r->x->ids.id[e->words + i], lo, hi))
            return true;
    return false;
}

/* seventh_of - the encounter that the words tell of: D after the treatment, B an open fracture
 * under it, A otherwise; a fracture is closed where nothing is said (Guidelines I.C.19.a, I.C.19.c)
 */
static char seventh_of(const struct reader *r, const struct sentence *s, uint32_t lo, uint32_t hi)
{
    uint32_t from = lo > NEAR ? lo - NEAR : 0;

    if (read_cue(r, s, CUE_LATER, from, hi + NEAR))
        return 'D';
    return read_cue(r, s, CUE_OPEN, from, hi + NEAR) ? 'B' : 'A';
}

/* for_kind - what the title says of the code's kind */
static int for_kind(const struct reader *r, const struct sentence *s, const struct node *n,
                    uint32_t lo, uint32_t hi)
{
    int sum = (n->flags & NODE_UNSPECIFIED ? FOR_UNSPECIFIED : 0) +
              (n->flags & NODE_OTHER ? FOR_OTHER : 0) + (n->flags & NODE_LATER ? FOR_LATER : 0) +
              (n->flags & NODE_UNCOMPLICATED ? FOR_UNCOMPLICATED : 0);

    if (n->code[6] && (n->flags & (NODE_INITIAL | NODE_LATER)) &&
        n->code[6] == seventh_of(r, s, lo, hi))
        sum += n->code[6] == 'A' ? FOR_INITIAL : FOR_SAID;
    return sum;
}

/* for_word - what a word says for its title: found, missing, or there where the title says it is
 * not */
static int for_word(const struct reader *r, const struct sentence *s, const struct node *n,
                    size_t i, uint32_t lo, uint32_t hi)
{
    uint32_t id = r->x->ids.id[n->words + i];
    bool near = is_near(r, s, id, lo, hi);

    if (n->absent >> i & 1)
        return !near ? 0 : is_near(r, s, r->x->without, lo, hi) ? FOR_FOUND : FOR_MISSING;
    if (near)
        return FOR_FOUND;
    return (n->idle >> i & 1) || read_place(r, id) ? 0 : FOR_MISSING;
}

/* score - of a child against its parent's title */
static int score(const struct reader *r, const struct sentence *s, const struct node *parent,
                 const struct node *child, uint32_t lo, uint32_t hi)
{
    int sum = for_kind(r, s, child, lo, hi);

    for (size_t i = 0; i < child->n_words; i++)
        if (!node_has(r->x, parent, r->x->ids.id[child->words + i]))
            sum += for_word(r, s, child, i, lo, hi);
    return sum;
}

/* covers - has a title every word of another that the text has or that is not idle there? Foot pain
 * is not also pain of a limb */
static bool covers(const struct reader *r, const struct sentence *s, const struct node *n,
                   const struct node *here, uint32_t lo, uint32_t hi)
{
    for (size_t i = 0; i < here->n_words; i++) {
        uint32_t id = r->x->ids.id[here->words + i];

        if (!node_has(r->x, n, id) && (!(here->idle >> i & 1) || stands_near(r, s, id, lo, hi)))
            return false;
    }
    return true;
}

/* absences - how often a title says without */
static size_t absences(const struct node *n)
{
    size_t count = 0;

    for (const char *at = n->title; (at = strstr(at, "without ")); at++)
        count++;
    return count;
}

/* adds - words of one title that another lacks, all of them near; 0: it lacks words of the other,
 * or the text does not have one of them */
static size_t adds(const struct reader *r, const struct sentence *s, const struct node *here,
                   const struct node *n, uint32_t lo, uint32_t hi)
{
    size_t more = 0;

    if ((n->flags ^ here->flags) & NODE_LATER)
        return 0;
    for (size_t i = 0; i < n->n_words; i++) {
        uint32_t id = r->x->ids.id[n->words + i];

        if (node_has(r->x, here, id))
            continue;
        if (is_near(r, s, id, lo, hi))
            more++;
        else if (!(n->idle >> i & 1))
            return 0;
    }
    return more && absences(n) == absences(here) && covers(r, s, n, here, lo, hi) ? more : 0;
}

/* specified - of a code whose title leaves something open: the one of its category that says what
 * the text says; the code itself where there is none */
static uint32_t specified(const struct reader *r, const struct sentence *s, uint32_t leaf,
                          uint32_t lo, uint32_t hi)
{
    const struct text_index *x = r->x;
    const struct node *here = &x->nodes[leaf];
    uint32_t best = leaf;
    size_t most = 0;

    for (uint32_t top = leaf; (top = index_parent(x, top)) < x->n_nodes;) {
        if (x->nodes[top].end - top > FAMILY_MAX)
            break;
        for (uint32_t k = top + 1; k < x->nodes[top].end; k++) {
            const struct node *n = &x->nodes[k];
            size_t more = n->flags & NODE_BILLABLE && k != leaf ? adds(r, s, here, n, lo, hi) : 0;

            if (more > most) {
                most = more;
                best = k;
            }
        }
    }
    return best;
}

/* climb - see read.h, without a look aside */
static uint32_t climb(const struct reader *r, const struct sentence *s, uint32_t node, uint32_t lo,
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

/* read_climb - see read.h */
uint32_t read_climb(const struct reader *r, const struct sentence *s, uint32_t node, uint32_t lo,
                    uint32_t hi)
{
    uint32_t leaf = climb(r, s, node, lo, hi);

    return leaf < r->x->n_nodes && (r->x->nodes[leaf].flags & NODE_UNSPECIFIED)
               ? specified(r, s, leaf, lo, hi)
               : leaf;
}
