/* triggers.c - the list compiled for a reading, and the longest triggers of a sentence */
#include "common/text/triggers.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "common/text/lists.h"

static const struct {
    const char *name;
    unsigned bit;
} class_names[] = {
    {"negated", NEGATED}, {"possible", POSSIBLE},         {"history", HISTORY}, {"past", PAST},
    {"acute", ACUTE},     {"hypothetical", HYPOTHETICAL}, {"other", OTHER},     {"verb", VERB},
    {"turn", TURN},       {"patient", PATIENT},           {"kin", KIN},         {"none", 0},
};

/* bucket_of - by the first letters of a word */
static size_t bucket_of(struct span w)
{
    unsigned a = (unsigned)tolower((unsigned char)w.p[0]),
             b = (unsigned)tolower((unsigned char)w.p[w.n - 1]);

    return (a * 31 + b * 7 + w.n) % TRIGGER_BUCKETS;
}

/* class_bits - names with commas between */
static unsigned class_bits(struct span names)
{
    unsigned bits = 0;

    while (names.n) {
        struct span one = span_cut(&names, ',');

        for (size_t i = 0; i < sizeof(class_names) / sizeof(class_names[0]); i++)
            if (span_is(one, class_names[i].name))
                bits |= class_names[i].bit;
    }
    return bits;
}

/* scope_of - words; "end" and nothing: the whole sentence */
static uint32_t scope_of(struct span s)
{
    uint32_t n = 0;

    if (!s.n || !isdigit((unsigned char)s.p[0]))
        return SENTENCE_SCOPE;
    for (size_t i = 0; i < s.n; i++)
        n = n * 10 + (uint32_t)(s.p[i] - '0');
    return n;
}

/* take_trigger - a row of the list; false: no memory */
static bool take_trigger(struct arena *a, struct triggers *g, const struct span f[LIST_FIELDS])
{
    struct trigger *more = arena_grow(a, g->row, g->n, sizeof(*more)), *t;
    size_t at = 0, start, end;
    uint32_t *first;

    if (!more)
        return false;
    g->row = more;
    t = &g->row[g->n];
    memset(t, 0, sizeof(*t));

    while (t->n < PHRASE_WORDS && word_next(f[0].p, f[0].n, &at, &start, &end)) {
        t->aside |= (unsigned)(start && f[0].p[start - 1] == '*') << t->n;
        t->word[t->n++] = (struct span){f[0].p + start, end - start};
    }
    if (!t->n)
        return true;
    t->bits = class_bits(f[1]);
    if (span_is(f[2], "forward") || span_is(f[2], "both"))
        t->bits |= FORWARD;
    if (span_is(f[2], "back") || span_is(f[2], "both"))
        t->bits |= BACKWARD;
    if (span_is(f[2], "around"))
        t->bits |= FORWARD | BACKWARD | AROUND;
    if (span_is(f[3], "comma"))
        t->bits |= COMMA;
    t->scope = scope_of(f[3]);
    first = (t->bits & KIN ? g->kin : g->bucket) + bucket_of(t->word[0]);
    t->next = *first;
    *first = (uint32_t)++g->n;
    return true;
}

/* context_begin - the lists of a reading */
bool context_begin(struct reader *r)
{
    struct triggers *g = arena_alloc(r->a, sizeof(*g));
    struct span f[LIST_FIELDS];
    struct list_walk w;

    if (!g)
        return false;
    for (list_begin(LIST_TRIGGERS, &w); list_next(&w, f);)
        if (!take_trigger(r->a, g, f))
            return false;
    for (list_begin(LIST_CHRONIC, &w); list_next(&w, f);) {
        struct span *more = arena_grow(r->a, g->chronic, g->n_chronic, sizeof(*more));

        if (!more)
            return false;
        g->chronic = more;
        g->chronic[g->n_chronic++] = f[0];
    }
    r->triggers = g;
    return true;
}

/* word_span - see triggers.h */
struct span word_span(const struct reader *r, const struct word *w)
{
    return (struct span){r->text + w->start, w->end - w->start};
}

/* word_same - see triggers.h */
bool word_same(struct span a, struct span b)
{
    return a.n == b.n && strncasecmp(a.p, b.p, a.n) == 0;
}

/* word_joins - see triggers.h */
bool word_joins(const struct reader *r, const struct word *w)
{
    struct span s = word_span(r, w);

    return word_same(s, span_of("and")) || word_same(s, span_of("or")) ||
           word_same(s, span_of("nor"));
}

/* word_is_year - see triggers.h */
bool word_is_year(struct span w)
{
    return w.n == 4 && (memcmp(w.p, "19", 2) == 0 || memcmp(w.p, "20", 2) == 0) &&
           isdigit((unsigned char)w.p[2]) && isdigit((unsigned char)w.p[3]);
}

/* is_kin - a relative, "mother" or "mother's" */
static bool is_kin(const struct triggers *g, struct span w)
{
    if (w.n > 2 && w.p[w.n - 2] == '\'')
        w.n -= 2;
    for (uint32_t k = g->kin[bucket_of(w)]; k; k = g->row[k - 1].next)
        if (word_same(w, g->row[k - 1].word[0]))
            return true;
    return false;
}

/* word_gap - see triggers.h */
struct span word_gap(const struct reader *r, const struct sentence *s, size_t i)
{
    size_t from = i ? s->words[i - 1].end : s->start;

    if (s->words[i].start < from) /* two words of one short form */
        return (struct span){r->text + from, 0};
    return (struct span){r->text + from, s->words[i].start - from};
}

/* gap_has - see triggers.h */
bool gap_has(const struct reader *r, const struct sentence *s, size_t i, const char *signs)
{
    struct span g = word_gap(r, s, i);

    for (size_t k = 0; k < g.n; k++)
        if (strchr(signs, g.p[k]))
            return true;
    return false;
}

/* fits - a word of the text the word of a phrase */
static bool fits(const struct triggers *g, struct span w, struct span phrase)
{
    if (span_is(phrase, "YEAR"))
        return word_is_year(w);
    return span_is(phrase, "KIN") ? is_kin(g, w) : word_same(w, phrase);
}

/* stands - a trigger's words from one word on, no sign of a clause between them */
static bool stands(const struct reader *r, const struct sentence *s, size_t i,
                   const struct trigger *t)
{
    if (i + t->n > s->n || ((t->bits & COMMA) && !gap_has(r, s, i, ",")))
        return false;
    for (size_t k = 0; k < t->n; k++)
        if (!fits(r->triggers, word_span(r, &s->words[i + k]), t->word[k]) ||
            (k && gap_has(r, s, i + k, ",;:")))
            return false;
    return true;
}

/* longest_of - of a bucket */
static const struct trigger *longest_of(const struct reader *r, const struct sentence *s, size_t i,
                                        size_t most, struct span first)
{
    const struct trigger *best = NULL;
    const struct triggers *g = r->triggers;

    for (uint32_t k = g->bucket[bucket_of(first)]; k; k = g->row[k - 1].next)
        if (g->row[k - 1].n <= most && (!best || g->row[k - 1].n > best->n) &&
            stands(r, s, i, &g->row[k - 1]))
            best = &g->row[k - 1];
    return best;
}

/* trigger_at - the longest of so many words at most, or NULL */
static const struct trigger *trigger_at(const struct reader *r, const struct sentence *s, size_t i,
                                        size_t most)
{
    struct span w = word_span(r, &s->words[i]);
    const struct trigger *plain = longest_of(r, s, i, most, w), *kin = NULL;

    if (is_kin(r->triggers, w))
        kin = longest_of(r, s, i, most, span_of("KIN"));
    return kin && (!plain || kin->n > plain->n) ? kin : plain;
}

/* trigger_here - the longest that does not cut a longer one short */
static const struct trigger *trigger_here(const struct reader *r, const struct sentence *s,
                                          size_t i)
{
    const struct trigger *t = trigger_at(r, s, i, PHRASE_WORDS);

    for (size_t k = 1; t && k < t->n; k++) {
        const struct trigger *u = trigger_at(r, s, i + k, PHRASE_WORDS);

        if (u && u->n > t->n)
            t = trigger_at(r, s, i, k);
    }
    return t;
}

/* context_hold - see read.h */
bool context_hold(struct reader *r, const struct sentence *s)
{
    if (r->hit)
        return true;
    r->hit = arena_array(r->a, s->n, sizeof(*r->hit));
    if (!r->hit)
        return false;
    for (size_t i = 0; i < s->n; i++) {
        const struct trigger *t = trigger_here(r, s, i);
        struct trigger_hit *h = t ? arena_alloc(r->a, sizeof(*h)) : NULL;

        if (!t)
            continue;
        if (!h)
            return false;
        *h = (struct trigger_hit){t, (uint32_t)i, (uint32_t)(i + t->n - 1)};
        while (i <= h->hi)
            r->hit[i++] = h;
        i--;
    }
    return true;
}
