/* match.c - terms of a sentence: sets of words near each other, in any order
 *
 * A term is looked for at its rarest word only; the others are taken where they stand nearest to
 * it. At most two words that are no stop words may stand between. Of two matches one of which lies
 * within the other's words the longer stays. */
#include <stdlib.h>
#include <string.h>

#include "common/text/read.h"
#include "common/text/triggers.h"

enum { GAP_MAX = 2, CATEGORY = 3 };

/* nearest - the place of a word nearest to another place + 1 */
static uint32_t nearest(const struct reader *r, const struct sentence *s, uint32_t id, uint32_t to)
{
    uint32_t at = read_place(r, id), best = at;

    while (at) {
        uint32_t apart = at - 1 > to ? at - 1 - to : to - (at - 1);
        uint32_t least = best - 1 > to ? best - 1 - to : to - (best - 1);

        if (apart < least)
            best = at;
        at = s->words[at - 1].next;
    }
    return best;
}

/* place - sorted */
static void place(struct match *m, size_t n, uint32_t at)
{
    size_t i = n;

    while (i && m->at[i - 1] > at) {
        m->at[i] = m->at[i - 1];
        i--;
    }
    m->at[i] = at;
}

/* is_list - does a comma stand between its words? */
static bool is_list(const struct reader *r, const struct sentence *s, const struct match *m)
{
    for (uint32_t i = m->lo + 1; i <= m->hi; i++)
        if (gap_has(r, s, i, ","))
            return true;
    return false;
}

/* is_listed - are the words those of a list, "blood and urine"? */
static bool is_listed(const struct reader *r, const struct sentence *s, const struct match *m)
{
    for (uint32_t i = m->lo + 1; i < m->hi; i++)
        if (word_joins(r, &s->words[i]))
            return true;
    return is_list(r, s, m);
}

/* read_modifier - see read.h */
bool read_modifier(const struct reader *r, const struct sentence *s, const struct match *m)
{
    static const char *const endings[] = {"ic", "al", "ous", "ive", "ed", "ful", "ary", "ing"};
    const struct word *w = &s->words[m->lo];

    if (m->lo != m->hi || m->hi + 1 >= s->n || (w[1].flags & WORD_STOP) || word_joins(r, &w[1]) ||
        w[1].start == w->start || gap_has(r, s, m->hi + 1, ",.;:()/\n"))
        return false;
    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
        size_t n = strlen(endings[i]);

        if (w->end - w->start > n && memcmp(r->text + w->end - n, endings[i], n) == 0)
            return true;
    }
    return false;
}

/* breaks_short - is a part of a short form taken together with words beside it? Less than half of
 * it, or over a comma: "COPD, hypertension" is no pulmonary hypertension */
static bool breaks_short(const struct reader *r, const struct sentence *s, const struct match *m)
{
    for (size_t k = 0; k < m->term->n_words; k++) {
        uint32_t at = m->at[k], lo = at, hi = at, taken = 0, all = 0;

        while (lo > 0 && s->words[lo - 1].start == s->words[at].start)
            lo--;
        while (hi + 1 < s->n && s->words[hi + 1].start == s->words[at].start)
            hi++;
        if (lo == hi || (m->lo >= lo && m->hi <= hi))
            continue;
        for (uint32_t i = lo; i <= hi; i++)
            all += !(s->words[i].flags & WORD_STOP);
        for (size_t i = 0; i < m->term->n_words; i++)
            taken += m->at[i] >= lo && m->at[i] <= hi;
        if (2 * taken < all || (taken < all && is_list(r, s, m)))
            return true;
    }
    return false;
}

/* has_place - does the match hold a word of the sentence? */
static bool has_place(const struct match *m, uint32_t at)
{
    for (size_t k = 0; k < m->term->n_words; k++)
        if (m->at[k] == at)
            return true;
    return false;
}

/* is_beside - does a word of the match stand by this one, stop words aside? */
static bool is_beside(const struct sentence *s, const struct match *m, uint32_t at)
{
    uint32_t before = at, after = at + 1;

    while (before > 0 && (s->words[before - 1].flags & WORD_STOP))
        before--;
    while (after < s->n && (s->words[after].flags & WORD_STOP))
        after++;
    return (before > 0 && has_place(m, before - 1)) || (after < s->n && has_place(m, after));
}

/* strays - does a number of it stand by no other word of it? The 2 of "type 2 diabetes with stage 4
 * CKD" is of the diabetes */
static bool strays(const struct reader *r, const struct sentence *s, const struct match *m)
{
    for (size_t k = 0; k < m->term->n_words && m->term->n_words > 1; k++) {
        const struct word *w = &s->words[m->at[k]];

        if (r->text[w->start] >= '0' && r->text[w->start] <= '9' && w->end - w->start <= 2 &&
            !is_beside(s, m, m->at[k]))
            return true;
    }
    return false;
}

/* stands - are the term's words near the one at `to`? */
static bool stands(const struct reader *r, const struct sentence *s, const struct term *t,
                   uint32_t to, struct match *m)
{
    const uint32_t *id = r->x->ids.id + t->words;
    uint32_t inside;

    for (size_t k = 0; k < t->n_words; k++)
        if (!read_place(r, id[k]))
            return false;
    m->term = t;
    for (size_t k = 0; k < t->n_words; k++)
        place(m, k, id[k] == s->words[to].id ? to : nearest(r, s, id[k], to) - 1);
    m->lo = m->at[0];
    m->hi = m->at[t->n_words - 1];
    inside = s->words[m->hi].content - s->words[m->lo].content + 1;
    return !breaks_short(r, s, m) && !strays(r, s, m) &&
           inside - t->n_words <= (t->n_words > 1 ? GAP_MAX : 0);
}

/* by_length - longest first, then the densest, then the first in the text */
static int by_length(const void *a, const void *b)
{
    const struct match *x = a, *y = b;
    uint32_t dx = x->hi - x->lo, dy = y->hi - y->lo;

    if (x->term->n_words != y->term->n_words)
        return x->term->n_words > y->term->n_words ? -1 : 1;
    if (dx != dy)
        return dx < dy ? -1 : 1;
    if (x->lo != y->lo)
        return x->lo < y->lo ? -1 : 1;
    return x->term < y->term ? -1 : x->term > y->term;
}

/* within - are all places of one match among the other's? */
static bool within(const struct match *a, const struct match *b)
{
    size_t k = 0;

    if (a->lo < b->lo || a->hi > b->hi)
        return false;
    for (size_t i = 0; i < a->term->n_words; i++) {
        while (k < b->term->n_words && b->at[k] < a->at[i])
            k++;
        if (k == b->term->n_words || b->at[k] != a->at[i])
            return false;
    }
    return true;
}

/* repeats - do they overlap, and has the other all its words, one of them in two places? "DVT of
 * the femoral vein" is no second thrombosis */
static bool repeats(const struct reader *r, const struct match *a, const struct match *b)
{
    const uint32_t *x = r->x->ids.id + a->term->words, *y = r->x->ids.id + b->term->words;
    size_t k = 0;

    if (a->hi < b->lo || a->lo > b->hi || a->term->n_words >= b->term->n_words)
        return false;
    for (size_t i = 0; i < a->term->n_words; i++) {
        while (k < b->term->n_words && y[k] < x[i])
            k++;
        if (k == b->term->n_words || y[k] != x[i])
            return false;
    }
    return true;
}

/* hides - does a longer match make another one of its words needless? What is read over a list does
 * not, when it is of another category: "hypertension and stage 4 CKD" is each of them, too */
static bool hides(const struct reader *r, const struct match *longer, const struct match *m)
{
    const struct node *nodes = r->x->nodes;

    if (longer->listed && !m->listed &&
        strncmp(nodes[longer->term->node].code, nodes[m->term->node].code, CATEGORY) != 0)
        return false;
    return within(m, longer) || repeats(r, m, longer);
}

/* keep - those that lie in no longer one, in place; returns how many */
static size_t keep(const struct reader *r, const struct sentence *s, struct match *m, size_t n)
{
    size_t kept = 0;

    for (size_t i = 0; i < n; i++) {
        bool inside = false;

        m[i].listed = is_listed(r, s, &m[i]);
        for (size_t k = 0; k < kept && !inside; k++)
            inside = hides(r, &m[k], &m[i]);
        if (!inside)
            m[kept++] = m[i];
    }
    return kept;
}

/* is_aside - does a word of it mean another thing where it stands? "Trip to Mexico last fall" */
static bool is_aside(const struct reader *r, const struct match *m)
{
    for (size_t k = 0; k < m->term->n_words; k++) {
        const struct trigger_hit *h = r->hit[m->at[k]];

        if (h && (h->t->aside >> (m->at[k] - h->lo) & 1))
            return true;
    }
    return false;
}

/* all_matches - of the sentence in hand, one inside another, too */
static bool all_matches(struct reader *r, const struct sentence *s, struct match **out, size_t *n)
{
    const struct text_index *x = r->x;
    struct match m;

    for (uint32_t i = 0; i < s->n; i++) {
        uint32_t id = s->words[i].id;

        for (uint32_t k = x->anchor[id]; id && k < x->anchor[id + 1]; k++) {
            const struct term *t = &x->terms[x->anchored[k]];
            struct match *more;

            if ((!t->alone && !t->behavior && !t->dose) || !stands(r, s, t, i, &m))
                continue;
            if (!context_hold(r, s))
                return false;
            if (is_aside(r, &m))
                continue;
            more = arena_grow(r->a, *out, *n, sizeof(*more));
            if (!more)
                return false;
            *out = more;
            more[(*n)++] = m;
        }
    }
    return true;
}

/* read_matches - see read.h */
bool read_matches(struct reader *r, const struct sentence *s, struct match **out, size_t *n)
{
    struct match *list = NULL;
    size_t count = 0;

    if (!all_matches(r, s, &list, &count))
        return false;
    if (count)
        qsort(list, count, sizeof(*list), by_length);
    *out = list;
    *n = keep(r, s, list, count);
    return true;
}
