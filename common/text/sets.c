/* sets.c - words as sets, and the terms by their sets */
#include "common/text/make.h"

#include <stdlib.h>
#include <string.h>

#include "common/text/letters.h"

enum { TERMS_FIRST = 1 << 16, TEXT_MAX = 1100 };

/* make_grow - see make.h */
void *make_grow(void *array, size_t n, size_t *cap, size_t size, size_t first)
{
    size_t want = *cap ? *cap * 2 : first;
    void *out = n < *cap ? array : realloc(array, want * size);

    if (out && n >= *cap)
        *cap = want;
    return out;
}

/* make_ids - see make.h */
uint32_t make_ids(struct ids *s, const uint32_t *id, size_t n)
{
    while (s->n + n > s->cap) {
        size_t cap = s->cap ? 2 * s->cap : 1 << 18;
        uint32_t *more = realloc(s->id, cap * sizeof(*more));

        if (!more)
            return UINT32_MAX;
        s->id = more;
        s->cap = cap;
    }
    memcpy(s->id + s->n, id, n * sizeof(*id));
    s->n += n;
    return (uint32_t)(s->n - n);
}

/* is_word - letters, digits, what is beyond ASCII */
static bool is_word(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c >= 0x80;
}

/* begins_word - a letter or digit, no sign beyond ASCII */
static bool begins_word(const char *p, size_t n)
{
    return is_word((unsigned char)*p) && ((unsigned char)*p < 0x80 || !letters_sign(p, n));
}

/* other - bytes of what is no word */
static size_t other(const char *p, size_t n)
{
    size_t sign = (unsigned char)*p < 0x80 ? 1 : letters_sign(p, n);

    return sign ? sign : 1;
}

/* slashed - "w/o", "h/o", "2/2": one sign, a slash, one sign, and no more are one word */
static bool slashed(const char *p, size_t n, size_t start, size_t end)
{
    return end == start + 1 && end + 1 < n && p[end] == '/' && is_word((unsigned char)p[end + 1]) &&
           (end + 2 >= n || (!is_word((unsigned char)p[end + 2]) && p[end + 2] != '/')) &&
           (start == 0 || p[start - 1] != '/');
}

/* word_next - see index.h */
bool word_next(const char *p, size_t n, size_t *at, size_t *start, size_t *end)
{
    size_t i = *at;

    while (i < n && !begins_word(p + i, n - i))
        i += other(p + i, n - i);
    *start = i;
    while (i < n) {
        size_t apart;

        if ((unsigned char)p[i] < 0x80 && is_word((unsigned char)p[i])) {
            i++;
            continue;
        }
        apart = letters_apostrophe(p + i, n - i);
        if (apart && (i == *start || i + apart >= n || !begins_word(p + i + apart, n - i - apart)))
            break;
        if (!apart && !begins_word(p + i, n - i))
            break;
        i += apart ? apart : 1;
    }
    if (slashed(p, n, *start, i))
        i += 2;
    *end = *at = i;
    return *end > *start;
}

/* insert - into a sorted set */
static size_t insert(uint32_t *set, size_t n, uint32_t id)
{
    size_t i = n;

    while (i && set[i - 1] > id)
        i--;
    if (i && set[i - 1] == id)
        return n;
    memmove(set + i + 1, set + i, (n - i) * sizeof(*set));
    set[i] = id;
    return n + 1;
}

/* without_brackets - a copy in which "(…)" is blank */
static size_t without_brackets(const char *p, size_t n, char out[TEXT_MAX])
{
    int depth = 0;
    size_t m = 0;

    for (size_t i = 0; i < n && m < TEXT_MAX; i++) {
        depth += p[i] == '(';
        out[m++] = depth > 0 ? ' ' : p[i];
        depth -= p[i] == ')' && depth > 0;
    }
    return m;
}

/* set_of - see index_known_set; unknown words are added to a lexicon that may make_grow */
static size_t set_of(const struct lexicon *l, struct lexicon *may_grow, const char *p, size_t n,
                     uint32_t *out, size_t most)
{
    char plain[TEXT_MAX], form[WORD_MAX];
    size_t m = without_brackets(p, n, plain), at = 0, start, end, count = 0;

    while (word_next(plain, m, &at, &start, &end)) {
        size_t len = lexicon_form(l, plain + start, end - start, form);
        uint32_t id = may_grow ? lexicon_add(may_grow, form, len) : lexicon_find(l, form, len);

        if (lexicon_is_stop(l, id))
            continue;
        if (!id || count == most)
            return 0;
        count = insert(out, count, id);
    }
    return count;
}

/* index_by_id - see index.h */
int index_by_id(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;

    return *x < *y ? -1 : *x > *y;
}

/* index_known_set - see index.h */
size_t index_known_set(const struct text_index *x, const char *p, size_t n, uint32_t *out,
                       size_t most)
{
    return set_of(x->lexicon, NULL, p, n, out, most);
}

/* make_set - see make.h */
size_t make_set(struct text_index *x, struct span s, uint32_t *out, size_t most)
{
    return set_of(x->lexicon, x->lexicon, s.p, s.n, out, most);
}

/* set_hash - of sorted words */
static size_t set_hash(const uint32_t *id, size_t n)
{
    uint64_t h = 1469598103934665603u;

    for (size_t i = 0; i < n; i++)
        h = (h ^ id[i]) * 1099511628211u;
    return (size_t)(h ^ (h >> 29));
}

/* set_slot - where a set is filed, or would be */
static size_t set_slot(const struct text_index *x, const uint32_t *id, size_t n)
{
    size_t i = set_hash(id, n) & (x->n_sets - 1);

    while (x->by_set[i]) {
        const struct term *t = &x->terms[x->by_set[i] - 1];

        if (t->n_words == n && memcmp(x->ids.id + t->words, id, n * sizeof(*id)) == 0)
            return i;
        i = (i + 1) & (x->n_sets - 1);
    }
    return i;
}

/* index_term - see index.h */
struct term *index_term(const struct text_index *x, const uint32_t *ids, size_t n)
{
    uint32_t at = n ? x->by_set[set_slot(x, ids, n)] : 0;

    return at ? &x->terms[at - 1] : NULL;
}

/* sets_grow - twice as many slots */
static bool sets_grow(struct text_index *x)
{
    size_t n = x->n_sets ? 2 * x->n_sets : 4 * TERMS_FIRST;
    uint32_t *old = x->by_set, *slot = calloc(n, sizeof(*slot));

    if (!slot)
        return false;
    x->by_set = slot;
    x->n_sets = n;
    for (size_t i = 0; i < x->n_terms; i++)
        slot[set_slot(x, x->ids.id + x->terms[i].words, x->terms[i].n_words)] = (uint32_t)(i + 1);
    free(old);
    return true;
}

/* new_term - under a set that has none */
static bool new_term(struct text_index *x, const uint32_t *id, size_t n, const struct named *what)
{
    struct term *more;
    uint32_t words = make_ids(&x->ids, id, n);

    if (2 * (x->n_terms + 1) > x->n_sets && !sets_grow(x))
        return false;
    more = make_grow(x->terms, x->n_terms, &x->cap_terms, sizeof(*more), TERMS_FIRST);
    if (!more || words == UINT32_MAX)
        return false;
    x->terms = more;
    x->by_set[set_slot(x, id, n)] = (uint32_t)(x->n_terms + 1);
    x->terms[x->n_terms++] = (struct term){.words = words,
                                           .n_words = (uint8_t)n,
                                           .node = what->node,
                                           .source = (uint8_t)what->source,
                                           .length = (uint16_t)what->length,
                                           .alone = true};
    return true;
}

/* better - does this name the set better: source, then the shorter phrase ("Hypotension" before
 * "Hypotension, due to"), the shorter and the first code */
static bool better(const struct text_index *x, const struct named *what, const struct term *than)
{
    size_t a = strlen(x->nodes[what->node].code), b = strlen(x->nodes[than->node].code);

    if (what->source != than->source)
        return what->source < than->source;
    if (what->length != than->length)
        return what->length < than->length;
    return a != b ? a < b : what->node < than->node;
}

/* make_term - see make.h */
bool make_term(struct text_index *x, const uint32_t *id, size_t n, const struct named *what)
{
    struct term *t;

    if (!n || what->node >= x->n_nodes)
        return true;
    if (!x->by_set && !sets_grow(x))
        return false;
    t = index_term(x, id, n);
    if (!t)
        return new_term(x, id, n, what);
    if (t->node != what->node && t->ambiguity < UINT8_MAX)
        t->ambiguity++;
    if (better(x, what, t)) {
        t->node = what->node;
        t->source = (uint8_t)what->source;
        t->length = (uint16_t)what->length;
    }
    return true;
}

/* make_text - see make.h */
bool make_text(struct text_index *x, struct span text, const char *code, enum text_source source)
{
    uint32_t id[TERM_WORDS_MAX];
    struct named what = {index_node(x, code), source, text.n};

    return make_term(x, id, make_set(x, text, id, TERM_WORDS_MAX), &what);
}
