/* context.c - what a sentence says about a term in it: the plain form of ConText (coding §4.6) */
#include <string.h>
#include <strings.h>

#include "common/text/read.h"

/* Words that say something of what follows, up to a terminator. */
static const char *const negations[] = {
    "no",      "not",      "without", "denies",    "denied",   "deny",      "denying",
    "absence", "absent",   "free",    "never",     "lack",     "lacks",     "nor",
    "neither", "excluded", "exclude", "excluding", "negative", "discarded", NULL};
static const char *const terminators[] = {
    "but",      "however", "although",  "though",   "except", "which",   "who",
    "because",  "since",   "presented", "presents", "report", "reports", "showed",
    "revealed", "with",    "was",       "were",     "is",     "are",     NULL};
static const char *const past[] = {"history", "prior",     "previous",    "previously",
                                   "ago",     "underwent", "antecedents", NULL};
static const char *const others[] = {
    "mother", "father", "brother",  "sister",    "sibling", "grandmother", "grandfather", "aunt",
    "uncle",  "cousin", "relative", "relatives", "parents", "familial",    "family",      NULL};
static const char *const doubts[] = {"possible",   "possibly",  "probable",   "probably",
                                     "suspected",  "suspicion", "suspicious", "differential",
                                     "versus",     "vs",        "suggestive", "compatible",
                                     "consistent", "presumed",  NULL};

/* is_one - of a list, without regard to case */
static bool is_one(const struct reader *r, const struct word *w, const char *const *list)
{
    size_t n = w->end - w->start;

    for (; *list; list++)
        if (strlen(*list) == n && strncasecmp(r->text + w->start, *list, n) == 0)
            return true;
    return false;
}

/* negated - a negation before the term, no terminator between, at most 90 bytes away */
static bool negated(const struct reader *r, const struct sentence *s, const struct match *m)
{
    for (uint32_t i = m->lo; i-- > 0;) {
        if (s->words[m->lo].start - s->words[i].end > 90)
            return false;
        if (is_one(r, &s->words[i], negations))
            return true;
        if (is_one(r, &s->words[i], terminators) ||
            memchr(r->text + s->words[i].end, ';', s->words[i + 1].start - s->words[i].end))
            return false;
    }
    return false;
}

/* read_context - see read.h */
void read_context(const struct reader *r, const struct sentence *s, const struct match *m,
                  struct text_concept *c)
{
    c->negated = negated(r, s, m);
    for (size_t i = 0; i < s->n; i++) {
        if (is_one(r, &s->words[i], past))
            c->time = TEXT_HISTORICAL;
        c->other_person |= is_one(r, &s->words[i], others);
        c->uncertain |= is_one(r, &s->words[i], doubts);
    }
}
