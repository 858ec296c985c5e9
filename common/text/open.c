/* open.c - the axis in which the siblings of an unspecified code differ from it (coding §4.7)
 *
 * From the code upwards, as long as the title says "unspecified": siblings whose titles add a word
 * of an axis are what the text would have to decide between. "Fracture of unspecified forearm,
 * initial" stays initial: of a sibling's codes the one with the same last character is meant. */
#include "common/text/open.h"

#include <string.h>

#include "common/text/index.h"

/* clang-format off */
static const struct {
    const char *word, *axis;
} axes[] = {
    {"right", "side"},        {"left", "side"},          {"bilateral", "side"},
    {"acute", "acuity"},      {"chronic", "acuity"},     {"subacute", "acuity"},   {"recurrent", "acuity"},
    {"stage", "stage"},       {"type", "type"},          {"trimester", "trimester"},
    {"mild", "severity"},     {"moderate", "severity"},  {"severe", "severity"},
    {"systolic", "type"},     {"diastolic", "type"},     {"paroxysmal", "type"},   {"persistent", "type"},
    {"open", "open or closed"}, {"displaced", "displacement"}, {"intractable", "intractability"},
    {"remission", "remission"}, {"obstruction", "obstruction"}, {"organism", "organism"},
};
/* clang-format on */

/* axis_of - of a word that a sibling's title has and this one's has not; NULL: none */
static const char *axis_of(const struct text_index *x, const struct node *here,
                           const struct node *sibling)
{
    for (size_t i = 0; i < sizeof(axes) / sizeof(axes[0]); i++) {
        uint32_t id = lexicon_find(x->lexicon, axes[i].word, strlen(axes[i].word));

        if (id && node_has(x, sibling, id) && !node_has(x, here, id))
            return axes[i].axis;
    }
    return NULL;
}

/* leaf_like - the billable code of a branch that ends as the one in hand, else its plainest */
static const struct node *leaf_like(const struct text_index *x, uint32_t branch, const char *code)
{
    const struct node *best = NULL;
    char last = code[strlen(code) - 1];

    for (uint32_t k = branch; k < x->nodes[branch].end; k++) {
        const struct node *n = &x->nodes[k];

        if (!(n->flags & NODE_BILLABLE))
            continue;
        if (strlen(n->code) == strlen(code) && n->code[strlen(n->code) - 1] == last)
            return n;
        if (!best || (n->flags & NODE_UNSPECIFIED && !(best->flags & NODE_UNSPECIFIED)))
            best = n;
    }
    return best;
}

/* look - at the siblings of one node, for the first axis that is found */
static bool look(const struct text_index *x, uint32_t node, uint32_t parent, const char *code,
                 struct text_open *out)
{
    for (uint32_t k = parent + 1; k < x->nodes[parent].end; k = x->nodes[k].end) {
        const char *axis = k == node ? NULL : axis_of(x, &x->nodes[node], &x->nodes[k]);
        const struct node *leaf = axis ? leaf_like(x, k, code) : NULL;

        if (!leaf || (out->axis && strcmp(out->axis, axis) != 0))
            continue;
        out->axis = axis;
        if (out->n < TEXT_OPEN_MAX)
            out->code[out->n++] = leaf->code;
    }
    return out->axis != NULL;
}

/* text_left_open - see open.h */
bool text_left_open(const struct text_index *x, const char *code, struct text_open *out)
{
    uint32_t node = index_node(x, code), parent;

    memset(out, 0, sizeof(*out));
    while (node < x->n_nodes && (x->nodes[node].flags & NODE_UNSPECIFIED) &&
           (parent = index_parent(x, node)) < x->n_nodes) {
        if (look(x, node, parent, code, out))
            return true;
        node = parent;
    }
    return false;
}
