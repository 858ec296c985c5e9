/* context.c - what a sentence says about a term in it: ConText (coding §4.6)
 *
 * lists/triggers.tsv has the triggers; the longest one at a place counts, so a phrase that only
 * looks like a negation ("gram negative") is a row of its own. A trigger's classes reach the term
 * when nothing that ends them stands between, and when no stretch between two signs of a list
 * (comma, and, or) is longer than its scope. Looks at a bounded number of words around the term. */
#include <string.h>

#include "common/text/sections.h"
#include "common/text/triggers.h"

enum { LEFT_MAX = SENTENCE_SCOPE, RIGHT_MAX = 14 };

/* What ends a class. */
static const struct {
    unsigned bit, ends;
} class_ends[] = {
    {NEGATED, VERB | TURN},      {POSSIBLE, VERB | TURN}, {HISTORY, VERB | TURN | ACUTE},
    {PAST, VERB | TURN | ACUTE}, {HYPOTHETICAL, TURN},    {OTHER, PATIENT},
};

/* ends_clause - a semicolon, a bullet, or a full stop that is not an abbreviation's, before a word
 */
static bool ends_clause(const struct reader *r, const struct sentence *s, size_t i)
{
    struct span g = word_gap(r, s, i);

    if (gap_has(r, s, i, ";*"))
        return true;
    return i && g.n > 1 && g.p[0] == '.' && s->words[i - 1].end - s->words[i - 1].start > 3;
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

/* passive - "was ruled out" denies what stands before it, not what follows */
static unsigned passive(const struct reader *r, const struct trigger_hit *h)
{
    const struct trigger_hit *before = h->lo ? r->hit[h->lo - 1] : NULL;

    if (!(h->t->bits & BACKWARD) || (h->t->bits & AROUND))
        return 0;
    return before && (before->t->bits & VERB) ? NEGATED : 0;
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
        if (word_joins(r, &s->words[i]) || gap_has(r, s, i + 1, ",/"))
            run = 0;
        if (h) {
            if ((h->t->bits & FORWARD) && longest <= h->t->scope)
                said |= reaching(h->t, seen) & ~passive(r, h);
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

/* ends_here - no word of its clause follows a trigger */
static bool ends_here(const struct reader *r, const struct sentence *s, const struct trigger_hit *h)
{
    return h->hi + 1 >= s->n || gap_has(r, s, h->hi + 1, ".,;)");
}

/* backward - what a trigger right of the term says of it: over commas only as the end of a list,
 * or "X, resolved" */
static unsigned backward(const struct reader *r, const struct sentence *s, const struct after *a,
                         const struct trigger_hit *h, size_t words)
{
    unsigned said = reaching(h->t, a->seen);

    if (!(h->t->bits & BACKWARD) || words > h->t->scope)
        return 0;
    if ((h->t->bits & FORWARD) && !(h->t->bits & AROUND) && !a->verbs && !ends_here(r, s, h) &&
        !gap_has(r, s, h->lo, ","))
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
        if (word_joins(r, &s->words[i]))
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

/* said_inside - "abdomen soft, non-tender": what is denied between the words of a term */
static unsigned said_inside(const struct reader *r, const struct match *m)
{
    size_t k = 0;

    for (uint32_t i = m->lo; m->term && i < m->hi; i++) {
        const struct trigger_hit *h = r->hit[i];

        while (k < m->term->n_words && m->at[k] < i)
            k++;
        if (k < m->term->n_words && m->at[k] == i)
            continue;
        if (h && h->lo == i && (h->t->bits & NEGATED) && (h->t->bits & FORWARD))
            return NEGATED;
    }
    return 0;
}

/* in_year - "in 2015" soon after the term: what began or was then */
static unsigned in_year(const struct reader *r, const struct sentence *s, const struct match *m)
{
    for (size_t i = (size_t)m->hi + 1; i + 1 < s->n && i <= (size_t)m->hi + 6; i++) {
        if (r->hit[i] || gap_has(r, s, i, ",;"))
            return 0;
        if (word_same(word_span(r, &s->words[i]), span_of("in")) &&
            word_is_year(word_span(r, &s->words[i + 1])))
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

/* of_patient - a word before the term that comes back from relatives to the patient */
static bool of_patient(const struct reader *r, const struct match *m)
{
    for (size_t i = m->lo, left = LEFT_MAX; i-- > 0 && left-- > 0;)
        if (r->hit[i] && (r->hit[i]->t->bits & PATIENT))
            return true;
    return false;
}

/* by_section - what the part of the note says of all that stands in it */
static unsigned by_section(const struct reader *r, const struct sentence *s, const struct match *m)
{
    switch ((enum text_section)s->section) {
    case SECTION_FAMILY:
        return of_patient(r, m) ? 0 : OTHER;
    case SECTION_INSTRUCTIONS:
        return HYPOTHETICAL;
    case SECTION_PMH:
    case SECTION_ALLERGIES: /* "penicillin (rash)": what it did then */
        return HISTORY;
    case SECTION_PSH:
        return PAST;
    default:
        return 0;
    }
}

/* is_chronic - does not become history by being called so */
static bool is_chronic(const struct triggers *g, const char *code)
{
    for (size_t i = 0; code && i < g->n_chronic; i++)
        if (strncmp(code, g->chronic[i].p, g->chronic[i].n) == 0)
            return true;
    return false;
}

/* has_word - is a word one of the term's own? */
static bool has_word(const struct reader *r, const struct match *m, uint32_t id)
{
    for (size_t i = 0; id && i < m->term->n_words; i++)
        if (r->x->ids.id[m->term->words + i] == id)
            return true;
    return false;
}

/* own_words - what a term says itself is not said of it: "family history of diabetes" is no other
 * person's history */
static unsigned own_words(const struct reader *r, const struct match *m)
{
    if (!has_word(r, m, r->x->history))
        return 0;
    return HISTORY | PAST | (has_word(r, m, r->x->family) ? OTHER : 0);
}

/* read_context - see read.h */
void read_context(const struct reader *r, const struct sentence *s, const struct match *m,
                  struct text_concept *c)
{
    unsigned said =
        said_before(r, s, m) | said_after(r, s, m) | in_year(r, s, m) | by_section(r, s, m);

    said |= said_inside(r, m);
    if (s->words[m->lo].flags & WORD_THEN)
        said |= PAST;
    said &= ~own_words(r, m);

    if ((said & HISTORY) && !is_chronic(r->triggers, c->code ? c->code : c->node))
        said |= PAST;
    c->called_past = (said & (HISTORY | PAST)) != 0;
    c->negated = (said & NEGATED) != 0;
    c->uncertain = (said & POSSIBLE) || questioned(r, s, m);
    c->other_person = (said & OTHER) != 0;
    if (said & PAST)
        c->time = TEXT_HISTORICAL;
    if (said & HYPOTHETICAL)
        c->time = TEXT_HYPOTHETICAL;
}
