/* unexplained.c - words that look like a disease and that no term covers: what the tables and lists
 * do not know is told, not passed over */
#include <string.h>

#include "common/text/lists.h"
#include "common/text/read.h"
#include "common/text/sections.h"

enum { ENDINGS_MAX = 64, LEAST = 6, MOST = 100 };

struct endings {
    struct {
        struct span text;
        bool word; /* a whole word that has such an ending and is no disease */
    } row[ENDINGS_MAX];
    size_t n;
    bool last[256]; /* letters that an ending, or the plural of one, ends in */
};

/* read_endings - of lists/medical.tsv */
static void read_endings(struct endings *e)
{
    struct list_walk w;
    struct span f[LIST_FIELDS];

    memset(e, 0, sizeof(*e));
    e->last['s'] = true;
    for (list_begin(LIST_MEDICAL, &w); e->n < ENDINGS_MAX && list_next(&w, f);) {
        e->row[e->n].text = f[0];
        e->row[e->n++].word = span_is(f[1], "no");
        e->last[(unsigned char)f[0].p[f[0].n - 1]] = true;
    }
}

/* looks_medical - a long word with such an ending, in the singular */
static bool looks_medical(const struct reader *r, const struct endings *e, const struct word *w)
{
    char form[WORD_MAX];
    size_t n = lexicon_form(r->x->lexicon, r->text + w->start, w->end - w->start, form);

    bool ends = false;

    for (size_t i = 0; n >= LEAST && i < e->n; i++) {
        struct span t = e->row[i].text;

        if (e->row[i].word && t.n == n && memcmp(form, t.p, n) == 0)
            return false;
        ends = ends || (!e->row[i].word && n > t.n && memcmp(form + n - t.n, t.p, t.n) == 0);
    }
    return ends;
}

/* speaks - of the patient's diseases: no list of drugs, no advice */
static bool speaks(const struct sentence *s)
{
    switch ((enum text_section)s->section) {
    case SECTION_FAMILY:
    case SECTION_ALLERGIES:
    case SECTION_MEDS:
    case SECTION_INSTRUCTIONS:
    case SECTION_SIGNATURE:
        return false;
    default:
        return true;
    }
}

/* add - one word */
static bool add(struct reader *r, const struct word *w, struct text_reading *out)
{
    struct text_word *more;

    if (out->n_unexplained == MOST)
        return true;
    more = arena_grow(r->a, out->unexplained, out->n_unexplained, sizeof(*more));
    if (!more)
        return false;
    out->unexplained = more;
    more[out->n_unexplained++] =
        (struct text_word){w->start, w->end, r->text + w->start, w->end - w->start};
    return true;
}

/* read_unexplained - see read.h; concepts stand in the order of the text */
bool read_unexplained(struct reader *r, struct text_reading *out)
{
    struct endings e;
    size_t next = 0, covered = 0;

    read_endings(&e);
    for (size_t i = 0; i < r->n_sentences; i++)
        for (size_t k = 0; k < r->sentences[i].n; k++) {
            const struct word *w = &r->sentences[i].words[k];

            for (; next < out->n_concepts && out->concepts[next]->start <= w->start; next++)
                if (out->concepts[next]->end > covered)
                    covered = out->concepts[next]->end;
            if (w->end > covered && speaks(&r->sentences[i]) && looks_medical(r, &e, w) &&
                !add(r, w, out))
                return false;
        }
    return true;
}
