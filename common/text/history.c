/* history.c - a disease that is past, or another person's, is a code of history where the index has
 * one: "h/o breast cancer" Z85.3, "mother: diabetes" Z83.3
 *
 * The index lists them under "History, personal" and "History, family" with the words of the
 * disease, or with those of its category's title ("malignant neoplasm, breast"). */
#include <stdlib.h>
#include <string.h>

#include "common/text/read.h"

enum { CATEGORY = 3 };

/* with_history - the node of a set of words and two more; n_nodes: the index has none */
static uint32_t with_history(const struct text_index *x, const uint32_t *id, size_t n,
                             uint32_t whose)
{
    uint32_t all[TERM_WORDS_MAX], two[2] = {x->history, whose};
    const struct term *t;
    size_t m = 0;

    if (!n || !two[0] || !two[1] || n + 2 > TERM_WORDS_MAX)
        return (uint32_t)x->n_nodes;
    for (size_t i = 0; i < n; i++)
        if (id[i] != two[0] && id[i] != two[1])
            all[m++] = id[i];
    all[m++] = two[0];
    all[m++] = two[1];
    qsort(all, m, sizeof(*all), index_by_id);
    t = index_term(x, all, m);
    return t ? t->node : (uint32_t)x->n_nodes;
}

/* words_of - those between the first and the last of a match that are no stop words */
static size_t words_of(const struct sentence *s, const struct match *m,
                       uint32_t out[TERM_WORDS_MAX])
{
    size_t n = 0;

    for (uint32_t i = m->lo; i <= m->hi; i++) {
        size_t k = 0;

        if (s->words[i].flags & WORD_STOP)
            continue;
        while (k < n && out[k] != s->words[i].id)
            k++;
        if (k < n)
            continue;
        if (n == TERM_WORDS_MAX - 2 || !s->words[i].id)
            return 0;
        out[n++] = s->words[i].id;
    }
    return n;
}

/* read_history - see read.h */
uint32_t read_history(const struct reader *r, const struct sentence *s, const struct match *m,
                      const struct text_concept *c)
{
    const struct text_index *x = r->x;
    uint32_t whose = c->other_person ? x->family : x->personal;
    uint32_t id[TERM_WORDS_MAX], node = with_history(x, id, words_of(s, m, id), whose), category;
    char head[TEXT_CODE_MAX] = "";

    memcpy(head, c->node, CATEGORY);
    category = index_node(x, head);
    if (node == x->n_nodes && category < x->n_nodes)
        node = with_history(x, x->ids.id + x->nodes[category].words, x->nodes[category].n_words,
                            whose);
    if (node == x->n_nodes)
        node = with_history(x, x->ids.id + m->term->words, m->term->n_words, whose);
    return node;
}
