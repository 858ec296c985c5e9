/* cues.c - single words that tell of the encounter (follow-up, open) or the intent (suicidal) */
#include <stdlib.h>

#include "common/text/lists.h"
#include "common/text/make.h"
#include "common/text/read.h"

static const char *const names[] = {
    [CUE_LATER] = "later",
    [CUE_OPEN] = "open",
    [CUE_SELF_HARM] = "self_harm",
    [CUE_ASSAULT] = "assault",
    [CUE_UNDETERMINED] = "undetermined",
};

/* id_of - of a row's word */
static uint32_t id_of(struct text_index *x, struct span word)
{
    char form[WORD_MAX];

    return lexicon_add(x->lexicon, form, lexicon_form(x->lexicon, word.p, word.n, form));
}

/* make_cue_words - see make.h */
bool make_cue_words(struct text_index *x)
{
    struct list_walk w;
    struct span f[LIST_FIELDS];

    for (list_begin(LIST_CUES, &w); list_next(&w, f);)
        if (!id_of(x, f[0]))
            return false;
    return true;
}

/* make_cues - see make.h */
bool make_cues(struct text_index *x)
{
    struct list_walk w;
    struct span f[LIST_FIELDS];

    x->cue = calloc(lexicon_size(x->lexicon) + 1, sizeof(*x->cue));
    if (!x->cue)
        return false;
    for (list_begin(LIST_CUES, &w); list_next(&w, f);)
        for (int i = CUE_LATER; i <= CUE_UNDETERMINED; i++)
            if (span_is(f[1], names[i]))
                x->cue[id_of(x, f[0])] = (uint8_t)i;
    return true;
}

/* read_cue - see read.h */
bool read_cue(const struct reader *r, const struct sentence *s, enum cue cue, uint32_t lo,
              uint32_t hi)
{
    for (uint32_t i = lo; i < s->n && i <= hi; i++)
        if (r->x->cue[s->words[i].id] == cue)
            return true;
    return false;
}
