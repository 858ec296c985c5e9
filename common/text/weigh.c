/* weigh.c - concepts of one code together, and how probable the code is */
#include "common/text/weigh.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/text/lists.h"
#include "common/text/sections.h"

/* weights - of lists/weights.tsv, by feature; the last one is the constant */
static void weights(double out[FEATURES_MAX + 1])
{
    struct list_walk w;
    struct span f[LIST_FIELDS];

    memset(out, 0, (FEATURES_MAX + 1) * sizeof(*out));
    list_begin(LIST_WEIGHTS, &w);
    while (list_next(&w, f)) {
        for (size_t i = 0; weigh_feature(i); i++)
            if (span_is(f[0], weigh_feature(i)))
                out[i] = list_number(f[1]);
        if (span_is(f[0], "constant"))
            out[FEATURES_MAX] = list_number(f[1]);
    }
}

/* What the part of a note adds to the log of the odds (coding §4.5): set by hand, since the corpus
 * that the other weights are fitted on has no parts. */
static const double for_section[SECTION_MAX] = {
    [SECTION_ASSESSMENT] = 1.5, [SECTION_COURSE] = 0.5,   [SECTION_COMPLAINT] = -0.5,
    [SECTION_PROBLEMS] = 0.5,   [SECTION_FAMILY] = -2.0,  [SECTION_SOCIAL] = -1.0,
    [SECTION_ALLERGIES] = -2.0, [SECTION_MEDS] = -3.0,    [SECTION_ROS] = -1.5,
    [SECTION_EXAM] = -0.7,      [SECTION_RESULTS] = -0.5, [SECTION_INSTRUCTIONS] = -3.0,
    [SECTION_SIGNATURE] = -3.0,
};
static const double for_history = 1.5; /* codes of history where histories stand */

/* for_place - of one mention */
static double for_place(const struct text_concept *c)
{
    bool histories = c->section == SECTION_PMH || c->section == SECTION_PSH ||
                     c->section == SECTION_FAMILY || c->section == SECTION_SOCIAL ||
                     c->section == SECTION_ALLERGIES;

    return histories && c->node[0] == 'Z' ? for_history : for_section[c->section];
}

/* section_of - the best of the parts that a code's mentions stand in; 0 for a text that is not made
 * of parts: without an assessment a header in it says little of what follows */
static double section_of(const struct reader *r, const struct text_code *c)
{
    double best = for_section[SECTION_MEDS];

    if (!r->structured)
        return 0;
    for (size_t i = 0; i < c->n_concepts; i++)
        if (weigh_counts(c->concepts[i]) && for_place(c->concepts[i]) > best)
            best = for_place(c->concepts[i]);
    return best;
}

/* logistic - a probability of its log odds */
static double logistic(double odds)
{
    return 1 / (1 + exp(-odds));
}

/* judge - a code's probability; what its part of the note adds to it is not measured, and what it
 * takes away counts in any case */
static void judge(const struct reader *r, struct text_code *c,
                  const double weight[FEATURES_MAX + 1])
{
    double value[FEATURES_MAX], sum = weight[FEATURES_MAX], part = section_of(r, c);

    weigh_values(r, c, value);
    for (size_t i = 0; weigh_feature(i); i++)
        sum += weight[i] * value[i];
    c->confidence = logistic(sum + part);
    c->measured = logistic(part < 0 ? sum + part : sum);
}

/* code_for - the entry of a code, made when there is none */
static struct text_code *code_for(struct reader *r, struct text_reading *out, const char *code)
{
    struct text_code **list, *c;

    for (size_t i = 0; i < out->n_codes; i++)
        if (strcmp(out->codes[i]->code, code) == 0)
            return out->codes[i];
    c = arena_alloc(r->a, sizeof(*c));
    list = c ? arena_grow(r->a, out->codes, out->n_codes, sizeof(*list)) : NULL;
    if (!list)
        return NULL;
    c->code = code;
    out->codes = list;
    return out->codes[out->n_codes++] = c;
}

/* gather - concepts by their codes */
static bool gather(struct reader *r, struct text_reading *out)
{
    for (size_t i = 0; i < out->n_concepts; i++) {
        struct text_concept *m = out->concepts[i], **list;
        struct text_code *c;

        if (!m->code)
            continue;
        c = code_for(r, out, m->code);
        list = c ? arena_grow(r->a, c->concepts, c->n_concepts, sizeof(*list)) : NULL;
        if (!list)
            return false;
        c->concepts = list;
        c->concepts[c->n_concepts++] = m;
    }
    return true;
}

/* by_confidence - best first */
static int by_confidence(const void *a, const void *b)
{
    const struct text_code *x = *(struct text_code *const *)a, *y = *(struct text_code *const *)b;

    if (x->confidence != y->confidence)
        return x->confidence > y->confidence ? -1 : 1;
    return strcmp(x->code, y->code);
}

/* read_weigh - see read.h */
bool read_weigh(struct reader *r, struct text_reading *out)
{
    double weight[FEATURES_MAX + 1];

    weights(weight);
    if (!gather(r, out))
        return false;
    for (size_t i = 0; i < out->n_codes; i++)
        judge(r, out->codes[i], weight);
    if (out->n_codes)
        qsort(out->codes, out->n_codes, sizeof(*out->codes), by_confidence);
    return true;
}
