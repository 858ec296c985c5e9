/* context.c - what a sentence says about a term in it: ConText (coding §4.6)
 *
 * lists/triggers.tsv has the triggers; the longest one at a place counts, so a phrase that only
 * looks like a negation ("gram negative") is a row of its own. A trigger's classes reach the term
 * when nothing that ends them stands between, and when no stretch between two signs of a list
 * (comma, and, or) is longer than its scope. Looks at a bounded number of words around the term. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "common/text/lists.h"
#include "common/text/read.h"

enum { PHRASE_WORDS = 6, BUCKETS = 256, LEFT_MAX = 60, RIGHT_MAX = 14 };

enum {
    NEGATED = 1 << 0,
    POSSIBLE = 1 << 1,
    HISTORY = 1 << 2, /* "history of": says nothing against what never heals */
    PAST = 1 << 3,
    ACUTE = 1 << 4, /* ends what is past */
    HYPOTHETICAL = 1 << 5,
    OTHER = 1 << 6,
    VERB = 1 << 7,    /* a new clause */
    TURN = 1 << 8,    /* but, except */
    PATIENT = 1 << 9, /* back from a relative */
    FORWARD = 1 << 10,
    BACKWARD = 1 << 11,
    COMMA = 1 << 12, /* only behind a comma */
    KIN = 1 << 13    /* a relative: what KIN in a phrase stands for */
};

static const struct {
    const char *name;
    unsigned bit;
} class_names[] = {
    {"negated", NEGATED}, {"possible", POSSIBLE},         {"history", HISTORY}, {"past", PAST},
    {"acute", ACUTE},     {"hypothetical", HYPOTHETICAL}, {"other", OTHER},     {"verb", VERB},
    {"turn", TURN},       {"patient", PATIENT},           {"kin", KIN},         {"none", 0},
};

/* What ends a class. */
static const struct {
    unsigned bit, ends;
} class_ends[] = {
    {NEGATED, VERB | TURN},      {POSSIBLE, VERB | TURN}, {HISTORY, VERB | TURN | ACUTE},
    {PAST, VERB | TURN | ACUTE}, {HYPOTHETICAL, TURN},    {OTHER, PATIENT},
};

struct trigger {
    struct span word[PHRASE_WORDS];
    uint32_t n;
    unsigned bits;
    uint32_t scope;
    uint32_t next; /* in its bucket, + 1 */
};

struct triggers {
    struct trigger *row;
    size_t n;
    uint32_t kin; /* first row of the relatives, + 1, by their `next` */
    uint32_t bucket[BUCKETS];
    struct span *chronic; /* code prefixes */
    size_t n_chronic;
};

/* A trigger in the sentence in hand. */
struct trigger_hit {
    const struct trigger *t;
    uint32_t lo, hi;
};

/* bucket_of - by the first letters of a word */
static size_t bucket_of(struct span w)
{
    unsigned a = (unsigned)tolower((unsigned char)w.p[0]),
             b = (unsigned)tolower((unsigned char)w.p[w.n - 1]);

    return (a * 31 + b * 7 + w.n) % BUCKETS;
}

/* class_bits - names with commas between */
static unsigned class_bits(struct span names)
{
    unsigned bits = 0;

    while (names.n) {
        const char *at = memchr(names.p, ',', names.n);
        struct span one = {names.p, at ? (size_t)(at - names.p) : names.n};

        for (size_t i = 0; i < sizeof(class_names) / sizeof(class_names[0]); i++)
            if (span_is(one, class_names[i].name))
                bits |= class_names[i].bit;
        names.p += one.n + (at != NULL);
        names.n -= one.n + (at != NULL);
    }
    return bits;
}

/* scope_of - words; "end" and nothing: the whole sentence */
static uint32_t scope_of(struct span s)
{
    uint32_t n = 0;

    if (!s.n || !isdigit((unsigned char)s.p[0]))
        return LEFT_MAX;
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

    while (t->n < PHRASE_WORDS && word_next(f[0].p, f[0].n, &at, &start, &end))
        t->word[t->n++] = (struct span){f[0].p + start, end - start};
    if (!t->n)
        return true;
    t->bits = class_bits(f[1]);
    if (span_is(f[2], "forward") || span_is(f[2], "both"))
        t->bits |= FORWARD;
    if (span_is(f[2], "back") || span_is(f[2], "both"))
        t->bits |= BACKWARD;
    if (span_is(f[3], "comma"))
        t->bits |= COMMA;
    t->scope = scope_of(f[3]);
    first = t->bits & KIN ? &g->kin : &g->bucket[bucket_of(t->word[0])];
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

/* word_span - its bytes */
static struct span word_span(const struct reader *r, const struct word *w)
{
    return (struct span){r->text + w->start, w->end - w->start};
}

/* same_word - without regard to case */
static bool same_word(struct span a, struct span b)
{
    return a.n == b.n && strncasecmp(a.p, b.p, a.n) == 0;
}

/* is_kin - a relative, "mother" or "mother's" */
static bool is_kin(const struct triggers *g, struct span w)
{
    if (w.n > 2 && w.p[w.n - 2] == '\'')
        w.n -= 2;
    for (uint32_t k = g->kin; k; k = g->row[k - 1].next)
        if (same_word(w, g->row[k - 1].word[0]))
            return true;
    return false;
}

/* between - the bytes before a word, back to the word before it */
static struct span between(const struct reader *r, const struct sentence *s, size_t i)
{
    size_t from = i ? s->words[i - 1].end : s->start;

    return (struct span){r->text + from, s->words[i].start - from};
}

/* gap_has - one of the signs stands before a word */
static bool gap_has(const struct reader *r, const struct sentence *s, size_t i, const char *signs)
{
    struct span g = between(r, s, i);

    for (size_t k = 0; k < g.n; k++)
        if (strchr(signs, g.p[k]))
            return true;
    return false;
}

/* fits - a word of the text the word of a phrase */
static bool fits(const struct triggers *g, struct span w, struct span phrase)
{
    return span_is(phrase, "KIN") ? is_kin(g, w) : same_word(w, phrase);
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

/* longest_of - a bucket and what is found so far */
static const struct trigger *longest_of(const struct reader *r, const struct sentence *s, size_t i,
                                        struct span first, const struct trigger *best)
{
    const struct triggers *g = r->triggers;

    for (uint32_t k = g->bucket[bucket_of(first)]; k; k = g->row[k - 1].next)
        if ((!best || g->row[k - 1].n > best->n) && stands(r, s, i, &g->row[k - 1]))
            best = &g->row[k - 1];
    return best;
}

/* trigger_at - the longest, or NULL */
static const struct trigger *trigger_at(const struct reader *r, const struct sentence *s, size_t i)
{
    struct span w = word_span(r, &s->words[i]);
    const struct trigger *best = longest_of(r, s, i, w, NULL);

    return is_kin(r->triggers, w) ? longest_of(r, s, i, span_of("KIN"), best) : best;
}

/* context_hold - see read.h */
bool context_hold(struct reader *r, const struct sentence *s)
{
    r->hit = arena_array(r->a, s->n, sizeof(*r->hit));
    if (!r->hit)
        return false;
    for (size_t i = 0; i < s->n; i++) {
        const struct trigger *t = trigger_at(r, s, i);
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

/* ends_clause - a semicolon, a bullet, or a full stop that is not an abbreviation's, before a word
 */
static bool ends_clause(const struct reader *r, const struct sentence *s, size_t i)
{
    struct span g = between(r, s, i);

    if (gap_has(r, s, i, ";*\n"))
        return true;
    return i && g.n > 1 && g.p[0] == '.' && s->words[i - 1].end - s->words[i - 1].start > 3;
}

/* is_link - a word that goes on with a list */
static bool is_link(const struct reader *r, const struct word *w)
{
    struct span s = word_span(r, w);

    return same_word(s, span_of("and")) || same_word(s, span_of("or")) ||
           same_word(s, span_of("nor"));
}

/* reaching - a trigger's classes that nothing has ended */
static unsigned reaching(const struct trigger *t, unsigned seen)
{
    unsigned said = 0;

    for (size_t i = 0; i < sizeof(class_ends) / sizeof(class_ends[0]); i++)
        if ((t->bits & class_ends[i].bit) && !(seen & class_ends[i].ends))
            said |= class_ends[i].bit;
    return said;
}

/* said_before - by triggers left of the term */
static unsigned said_before(const struct reader *r, const struct sentence *s, const struct match *m)
{
    unsigned said = 0, seen = 0;
    uint32_t run = 0, longest = 0;

    for (size_t i = m->lo, left = LEFT_MAX; i-- > 0 && left-- > 0;) {
        const struct trigger_hit *h = r->hit[i];

        if (ends_clause(r, s, i + 1))
            seen |= VERB | TURN;
        if (is_link(r, &s->words[i]) || gap_has(r, s, i + 1, ",/"))
            run = 0;
        if (h) {
            if ((h->t->bits & FORWARD) && longest <= h->t->scope)
                said |= reaching(h->t, seen);
            seen |= h->t->bits & (VERB | TURN | PATIENT | ACUTE);
            i = h->lo;
        }
        longest = ++run > longest ? run : longest;
    }
    return said;
}

/* What stands between a term and the place that said_after has reached. */
struct after {
    unsigned seen, verbs; /* a verb right before a trigger belongs to it */
    uint32_t commas;      /* since the last and, or */
};

/* backward - what a trigger right of the term says of it: over commas only as the end of a list,
 * or "X, resolved" */
static unsigned backward(const struct reader *r, const struct sentence *s, const struct after *a,
                         const struct trigger_hit *h, size_t words)
{
    unsigned said = reaching(h->t, a->seen);

    if (!(h->t->bits & BACKWARD) || words > h->t->scope)
        return 0;
    if (a->commas == 1 && gap_has(r, s, h->lo, ","))
        return said & (PAST | HISTORY);
    return a->commas ? 0 : said;
}

/* said_after - by triggers right of the term */
static unsigned said_after(const struct reader *r, const struct sentence *s, const struct match *m)
{
    struct after a = {0};
    unsigned said = 0;

    for (size_t i = (size_t)m->hi + 1; i < s->n && i <= (size_t)m->hi + RIGHT_MAX; i++) {
        const struct trigger_hit *h = r->hit[i];

        if (ends_clause(r, s, i))
            a.seen |= VERB | TURN | PATIENT;
        a.commas += gap_has(r, s, i, ",");
        if (is_link(r, &s->words[i]))
            a.commas = 0;
        if (!h || !(h->t->bits & (VERB | BACKWARD)))
            a.seen |= a.verbs;
        if (!h)
            continue;
        said |= backward(r, s, &a, h, i - m->hi - 1);
        a.seen |= h->t->bits & (TURN | PATIENT | ACUTE);
        a.verbs |= h->t->bits & VERB;
        i = h->hi > i ? h->hi : i;
    }
    return said;
}

/* in_year - "in 2015" soon after the term: what began or was then */
static unsigned in_year(const struct reader *r, const struct sentence *s, const struct match *m)
{
    for (size_t i = (size_t)m->hi + 1; i + 1 < s->n && i <= (size_t)m->hi + 6; i++) {
        struct span year = word_span(r, &s->words[i + 1]);

        if (r->hit[i] || gap_has(r, s, i, ",;"))
            return 0;
        if (same_word(word_span(r, &s->words[i]), span_of("in")) && year.n == 4 &&
            (memcmp(year.p, "19", 2) == 0 || memcmp(year.p, "20", 2) == 0) &&
            isdigit((unsigned char)year.p[2]) && isdigit((unsigned char)year.p[3]))
            return HISTORY;
    }
    return 0;
}

/* questioned - a question mark right at the term */
static bool questioned(const struct reader *r, const struct sentence *s, const struct match *m)
{
    uint32_t start = s->words[m->lo].start, end = s->words[m->hi].end;

    return (start > 0 && r->text[start - 1] == '?') || (end < r->n && r->text[end] == '?');
}

/* is_chronic - does not become history by being called so */
static bool is_chronic(const struct triggers *g, const char *code)
{
    for (size_t i = 0; code && i < g->n_chronic; i++)
        if (strncmp(code, g->chronic[i].p, g->chronic[i].n) == 0)
            return true;
    return false;
}

/* read_context - see read.h */
void read_context(const struct reader *r, const struct sentence *s, const struct match *m,
                  struct text_concept *c)
{
    unsigned said = said_before(r, s, m) | said_after(r, s, m) | in_year(r, s, m);

    if ((said & HISTORY) && !is_chronic(r->triggers, c->code ? c->code : c->node))
        said |= PAST;
    c->negated = (said & NEGATED) != 0;
    c->uncertain = (said & POSSIBLE) || questioned(r, s, m);
    c->other_person = (said & OTHER) != 0;
    if (said & PAST)
        c->time = TEXT_HISTORICAL;
    if (said & HYPOTHETICAL)
        c->time = TEXT_HYPOTHETICAL;
}
