/* features.c - what is known of a candidate code, as numbers */
#include <math.h>
#include <string.h>

#include "common/text/weigh.h"

enum { LEAST_BYTES = 600 };

/* What a feature looks at. */
struct candidate {
    const struct reader *r;
    const struct text_code *c;
    const struct node *node;
    const struct text_concept *best; /* the longest that counts */
    size_t counting;                 /* concepts that are neither negated nor another person's */
    const struct text_concept *first, *last;
};

typedef double feature_fn(const struct candidate *k, int arg);

/* weigh_counts - see weigh.h */
bool weigh_counts(const struct text_concept *c)
{
    return !c->negated && !c->other_person;
}

/* f_mentions - how often, at most four times */
static double f_mentions(const struct candidate *k, int arg)
{
    (void)arg;
    return k->counting > 4 ? 4 : (double)k->counting;
}

/* f_none - only negated or another person's */
static double f_none(const struct candidate *k, int arg)
{
    (void)arg;
    return k->counting == 0;
}

/* f_negated - some mention is negated */
static double f_negated(const struct candidate *k, int arg)
{
    (void)arg;
    for (size_t i = 0; i < k->c->n_concepts; i++)
        if (k->c->concepts[i]->negated)
            return 1;
    return 0;
}

/* f_other_person - some mention is another person's */
static double f_other_person(const struct candidate *k, int arg)
{
    (void)arg;
    for (size_t i = 0; i < k->c->n_concepts; i++)
        if (k->c->concepts[i]->other_person)
            return 1;
    return 0;
}

/* f_past - every mention is of the past */
static double f_past(const struct candidate *k, int arg)
{
    (void)arg;
    for (size_t i = 0; i < k->c->n_concepts; i++)
        if (weigh_counts(k->c->concepts[i]) && k->c->concepts[i]->time == TEXT_RECENT)
            return 0;
    return 1;
}

/* f_doubt - every mention is uncertain */
static double f_doubt(const struct candidate *k, int arg)
{
    (void)arg;
    for (size_t i = 0; i < k->c->n_concepts; i++)
        if (weigh_counts(k->c->concepts[i]) && !k->c->concepts[i]->uncertain)
            return 0;
    return 1;
}

/* f_words - the longest term has so many words (3: or more) */
static double f_words(const struct candidate *k, int arg)
{
    return arg == 3 ? k->best->words >= 3 : k->best->words == arg;
}

/* f_source - some term is of that source */
static double f_source(const struct candidate *k, int arg)
{
    for (size_t i = 0; i < k->c->n_concepts; i++)
        if ((int)k->c->concepts[i]->source == arg)
            return 1;
    return 0;
}

/* f_ambiguity - other codes that the words name, at most three */
static double f_ambiguity(const struct candidate *k, int arg)
{
    (void)arg;
    return k->best->ambiguity > 3 ? 3 : k->best->ambiguity;
}

/* f_gap - foreign words inside the term */
static double f_gap(const struct candidate *k, int arg)
{
    (void)arg;
    return k->best->gap;
}

/* f_first - where the first mention stands, as a share of the text */
static double f_first(const struct candidate *k, int arg)
{
    (void)arg;
    return (double)k->first->start / (double)(k->r->n + 1);
}

/* f_last - where the last one stands */
static double f_last(const struct candidate *k, int arg)
{
    (void)arg;
    return (double)k->last->start / (double)(k->r->n + 1);
}

/* f_at_end - in the last seventh */
static double f_at_end(const struct candidate *k, int arg)
{
    return f_last(k, arg) > 0.85;
}

/* f_at_begin - in the first seventh */
static double f_at_begin(const struct candidate *k, int arg)
{
    return f_first(k, arg) < 0.15;
}

/* f_levels - characters that the climb added */
static double f_levels(const struct candidate *k, int arg)
{
    (void)arg;
    return (double)strlen(k->node->code) - (double)strlen(k->best->node);
}

/* f_climbed - was there a climb? */
static double f_climbed(const struct candidate *k, int arg)
{
    return f_levels(k, arg) > 0;
}

/* f_cover - share of the title's words that the text has near: those of the longest term */
static double f_cover(const struct candidate *k, int arg)
{
    (void)arg;
    return k->node->n_words ? (double)k->best->words / k->node->n_words : 0;
}

/* f_whole - the longest term has every word of the title */
static double f_whole(const struct candidate *k, int arg)
{
    (void)arg;
    return k->node->n_words && k->best->words >= k->node->n_words;
}

/* f_often - mentioned so many times or more */
static double f_often(const struct candidate *k, int arg)
{
    return k->counting >= (size_t)arg;
}

/* f_source_one - the longest term is of that source and has one word */
static double f_source_one(const struct candidate *k, int arg)
{
    return (int)k->best->source == arg && k->best->words == 1;
}

/* f_family - how often candidates of its family are right */
static double f_family(const struct candidate *k, int arg)
{
    (void)arg;
    return k->node->family;
}

/* f_title - words of the title */
static double f_title(const struct candidate *k, int arg)
{
    (void)arg;
    return k->node->n_words;
}

/* f_flag - the title's kind */
static double f_flag(const struct candidate *k, int arg)
{
    return (k->node->flags & arg) != 0;
}

/* f_letter - of the code */
static double f_letter(const struct candidate *k, int arg)
{
    return k->node->code[0] == arg;
}

/* f_siteless - the longest term is a kind of tissue without its site */
static double f_siteless(const struct candidate *k, int arg)
{
    (void)arg;
    return k->best->siteless;
}

/* f_common - how many terms hold the rarest word of the longest one */
static double f_common(const struct candidate *k, int arg)
{
    (void)arg;
    return log(1.0 + k->best->commonness);
}

/* f_length - of the text; shorter ones than those of the corpus are none that was measured */
static double f_length(const struct candidate *k, int arg)
{
    (void)arg;
    return log(1.0 + (double)(k->r->n > LEAST_BYTES ? k->r->n : LEAST_BYTES));
}

/* f_listed - the longest term is of the words of a list */
static double f_listed(const struct candidate *k, int arg)
{
    (void)arg;
    return k->best->listed;
}

/* f_modifier - it is nowhere more than an adjective before a noun */
static double f_modifier(const struct candidate *k, int arg)
{
    (void)arg;
    for (size_t i = 0; i < k->c->n_concepts; i++)
        if (weigh_counts(k->c->concepts[i]) && !k->c->concepts[i]->modifier)
            return 0;
    return 1;
}

/* f_past_letter - of the past, and of that letter: states after an operation, "s/p nephrectomy" */
static double f_past_letter(const struct candidate *k, int arg)
{
    for (size_t i = 0; i < k->c->n_concepts; i++)
        if (k->node->code[0] == arg && k->c->concepts[i]->called_past)
            return 1;
    return 0;
}

/* is_symptom - chapter 18: what is coded of symptoms follows other habits than diseases */
static bool is_symptom(const struct candidate *k)
{
    return k->node->code[0] == 'R';
}

/* f_symptom_flag - a symptom whose title is of that kind */
static double f_symptom_flag(const struct candidate *k, int arg)
{
    return is_symptom(k) && f_flag(k, arg) > 0;
}

/* f_symptom_title - words of a symptom's title */
static double f_symptom_title(const struct candidate *k, int arg)
{
    return is_symptom(k) ? f_title(k, arg) : 0;
}

/* f_symptom_one - a symptom by one word, of that source when it is not TEXT_SOURCE_MAX */
static double f_symptom_one(const struct candidate *k, int arg)
{
    return is_symptom(k) && k->best->words == 1 &&
           (arg == TEXT_SOURCE_MAX || (int)k->best->source == arg);
}

/* f_whole_one - one word is the whole title, found by that source when it is not TEXT_SOURCE_MAX */
static double f_whole_one(const struct candidate *k, int arg)
{
    return k->best->words == 1 && f_whole(k, 0) > 0 &&
           (arg == TEXT_SOURCE_MAX || (int)k->best->source == arg);
}

/* f_one_word_often - a term of one word, mentioned twice or more */
static double f_one_word_often(const struct candidate *k, int arg)
{
    (void)arg;
    return k->best->words == 1 && k->counting >= 2;
}

/* clang-format off */
static const struct {
    const char *name;
    feature_fn *fn;
    int arg;
} features[] = {
    {"mentions", f_mentions, 0}, {"none", f_none, 0}, {"negated", f_negated, 0},
    {"other-person", f_other_person, 0}, {"past", f_past, 0}, {"doubt", f_doubt, 0},
    {"one-word", f_words, 1}, {"two-words", f_words, 2}, {"three-words", f_words, 3},
    {"own", f_source, TEXT_OWN}, {"index", f_source, TEXT_INDEX}, {"inclusion", f_source, TEXT_INCLUSION},
    {"see", f_source, TEXT_SEE}, {"title", f_source, TEXT_TITLE}, {"title-cut", f_source, TEXT_TITLE_CUT},
    {"composed", f_source, TEXT_COMPOSED}, {"history", f_source, TEXT_HISTORY}, {"see-also", f_source, TEXT_SEE_ALSO}, {"see-also-one", f_source_one, TEXT_SEE_ALSO}, {"see-one", f_source_one, TEXT_SEE}, {"whole", f_whole, 0},
    {"often-2", f_often, 2}, {"often-3", f_often, 3}, {"index-one", f_source_one, TEXT_INDEX}, {"own-one", f_source_one, TEXT_OWN}, {"title-one", f_source_one, TEXT_TITLE}, {"siteless", f_siteless, 0},
    {"ambiguity", f_ambiguity, 0}, {"gap", f_gap, 0}, {"first", f_first, 0}, {"last", f_last, 0},
    {"at-end", f_at_end, 0}, {"at-begin", f_at_begin, 0}, {"levels", f_levels, 0}, {"climbed", f_climbed, 0},
    {"cover", f_cover, 0}, {"title-words", f_title, 0}, {"unspecified", f_flag, NODE_UNSPECIFIED},
    {"other", f_flag, NODE_OTHER}, {"common", f_common, 0}, {"length", f_length, 0},
    {"one-word-often", f_one_word_often, 0}, {"listed", f_listed, 0}, {"modifier", f_modifier, 0},
    {"past-letter-Z", f_past_letter, 'Z'}, {"family", f_family, 0},
    {"symptom-unspecified", f_symptom_flag, NODE_UNSPECIFIED}, {"symptom-title", f_symptom_title, 0},
    {"symptom-one", f_symptom_one, TEXT_SOURCE_MAX}, {"symptom-one-index", f_symptom_one, TEXT_INDEX}, {"symptom-one-own", f_symptom_one, TEXT_OWN},
    {"whole-one", f_whole_one, TEXT_SOURCE_MAX}, {"whole-one-index", f_whole_one, TEXT_INDEX},
    {"letter-A", f_letter, 'A'}, {"letter-B", f_letter, 'B'}, {"letter-C", f_letter, 'C'}, {"letter-D", f_letter, 'D'},
    {"letter-E", f_letter, 'E'}, {"letter-F", f_letter, 'F'}, {"letter-G", f_letter, 'G'}, {"letter-H", f_letter, 'H'},
    {"letter-I", f_letter, 'I'}, {"letter-J", f_letter, 'J'}, {"letter-K", f_letter, 'K'}, {"letter-L", f_letter, 'L'},
    {"letter-M", f_letter, 'M'}, {"letter-N", f_letter, 'N'}, {"letter-O", f_letter, 'O'},
    {"letter-Q", f_letter, 'Q'}, {"letter-R", f_letter, 'R'}, {"letter-S", f_letter, 'S'}, {"letter-T", f_letter, 'T'},
    {"letter-Z", f_letter, 'Z'},
};
/* clang-format on */

enum { FEATURES = sizeof(features) / sizeof(features[0]) };

/* weigh_feature - see weigh.h */
const char *weigh_feature(size_t i)
{
    return i < FEATURES ? features[i].name : NULL;
}

/* look - what the features ask of a code's concepts; when none counts, of all */
static struct candidate look(const struct reader *r, const struct text_code *c)
{
    struct candidate k = {.r = r, .c = c};

    k.node = &r->x->nodes[index_node(r->x, c->code)];
    for (size_t i = 0; i < c->n_concepts; i++)
        k.counting += weigh_counts(c->concepts[i]);
    for (size_t i = 0; i < c->n_concepts; i++) {
        const struct text_concept *m = c->concepts[i];

        if (k.counting && !weigh_counts(m))
            continue;
        if (!k.best || m->words > k.best->words)
            k.best = m;
        if (!k.first)
            k.first = m;
        k.last = m;
    }
    return k;
}

/* weigh_values - see weigh.h */
void weigh_values(const struct reader *r, const struct text_code *c, double out[FEATURES_MAX])
{
    struct candidate k = look(r, c);

    for (size_t i = 0; i < FEATURES; i++)
        out[i] = features[i].fn(&k, features[i].arg);
}
