/* words.c - a text as sentences of words
 *
 * A sentence ends at a line's end unless the line is only wrapped there, and at one of . ; : ! ?
 * when a capital letter follows the blanks after it. */
#include <string.h>

#include "common/text/read.h"

enum {
    WRAP_MIN = 60,        /* bytes of a line that may be wrapped */
    SENTENCE_BYTES = 4096 /* a sentence is cut at the next blank: time stays linear */
};

/* wrapped - a long line without a sign at its end goes on with a small letter */
static bool wrapped(const struct reader *r, size_t i)
{
    size_t last = i, next = i + 1, line = 0;

    while (last > 0 && (r->text[last - 1] == ' ' || r->text[last - 1] == '\r'))
        last--;
    while (next < r->n && r->text[next] == ' ')
        next++;
    while (line < i && line < WRAP_MIN && r->text[i - line - 1] != '\n')
        line++;
    return line == WRAP_MIN && last > 0 && !strchr(".;:!?", r->text[last - 1]) && next < r->n &&
           r->text[next] >= 'a' && r->text[next] <= 'z';
}

/* ends_at - does a sentence end before text[i]? *next is where the following one begins */
static bool ends_at(const struct reader *r, size_t i, size_t *next)
{
    size_t k = i + 1;

    *next = k;
    if (r->text[i] == '\n')
        return !wrapped(r, i);
    if (!strchr(".;:!?", r->text[i]))
        return false;
    while (k < r->n && (r->text[k] == ' ' || r->text[k] == '\t' || r->text[k] == '\r'))
        k++;
    *next = k;
    return k > i + 1 && k < r->n && r->text[k] >= 'A' && r->text[k] <= 'Z';
}

/* take_word - its number and what it looks like */
static void take_word(const struct reader *r, struct word *w)
{
    char form[WORD_MAX];
    const char *p = r->text + w->start;
    size_t n = w->end - w->start, len = lexicon_form(r->x->lexicon, p, n, form);

    w->id = lexicon_find(r->x->lexicon, form, len);
    if (lexicon_is_stop(r->x->lexicon, w->id))
        w->flags |= WORD_STOP;
}

/* read_sentence - its words */
static bool read_sentence(struct reader *r, struct sentence *s)
{
    size_t at = s->start, start, end;
    uint32_t content = 0;

    while (word_next(r->text, s->end, &at, &start, &end)) {
        struct word *more = arena_grow(r->a, s->words, s->n, sizeof(*more)), *w;

        if (!more)
            return false;
        s->words = more;
        w = &s->words[s->n++];
        memset(w, 0, sizeof(*w));
        w->start = (uint32_t)start;
        w->end = (uint32_t)end;
        take_word(r, w);
        w->content = content;
        content += !(w->flags & WORD_STOP);
    }
    return read_expand(r, s);
}

/* add_sentence - from start to end, when it has words */
static bool add_sentence(struct reader *r, size_t start, size_t end)
{
    struct sentence *more = arena_grow(r->a, r->sentences, r->n_sentences, sizeof(*more)), *s;

    if (!more)
        return false;
    r->sentences = more;
    s = &r->sentences[r->n_sentences];
    memset(s, 0, sizeof(*s));
    s->start = start;
    s->end = end;
    if (!read_sentence(r, s))
        return false;
    r->n_sentences += s->n > 0;
    return true;
}

/* read_words - see read.h */
bool read_words(struct reader *r)
{
    size_t words = lexicon_size(r->x->lexicon) + 1, start = 0, next;

    r->first = arena_array(r->a, words, sizeof(*r->first));
    r->stamp = arena_array(r->a, words, sizeof(*r->stamp));
    if (!r->first || !r->stamp)
        return false;
    for (size_t i = 0; i < r->n; i++)
        if (ends_at(r, i, &next) || (i - start >= SENTENCE_BYTES && r->text[i] == ' ')) {
            if (!add_sentence(r, start, i))
                return false;
            start = next;
            i = next - 1;
        }
    return start >= r->n || add_sentence(r, start, r->n);
}

/* read_hold - see read.h */
void read_hold(struct reader *r, struct sentence *s)
{
    r->turn++;
    r->hit = NULL;
    for (size_t i = s->n; i-- > 0;) {
        struct word *w = &s->words[i];

        w->next = r->stamp[w->id] == r->turn ? r->first[w->id] : 0;
        r->first[w->id] = (uint32_t)i + 1;
        r->stamp[w->id] = r->turn;
    }
}

/* read_place - see read.h */
uint32_t read_place(const struct reader *r, uint32_t id)
{
    return id && r->stamp[id] == r->turn ? r->first[id] : 0;
}
