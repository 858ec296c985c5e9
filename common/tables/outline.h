/* outline.h - the tabular list compiled: nodes with their parents, notes with their references as
 * stretches of numbers (inside this room; others ask through tabular.h).
 *
 * Made when an edition is opened, so that a claim's diagnoses climb from node to node by index and
 * compare codes as integers (code_set.h: code_key). Nodes count from 1; 0 is none. */
#ifndef CC_TABLES_OUTLINE_H
#define CC_TABLES_OUTLINE_H

#include "common/tables/tabular.h"

struct edition;

/* Its texts point into the rows of the edition, which must outlive it. NULL: out of memory. */
struct outline *outline_make(const struct edition *d);
void outline_free(struct outline *o); /* accepts NULL */
/* What was made of an edition; NULL: of another table, or of none. */
const struct outline *edition_outline(const struct edition_info *i);

/* One item of references: LOW, LOW-HIGH, with or without a condition. */
struct reference {
    uint64_t low, high; /* keys; high is filled up, so that it holds what begins with it */
    struct span condition;
    bool conditional;
};
/* Takes the next item off a list; one without a code is a stretch that holds nothing. */
struct reference reference_next(struct span *list);
/* The code a span is; 0: none. */
uint64_t reference_key(struct span s);
bool reference_names(const struct reference *r, uint64_t code);

/* The places that a reference's codes may stand in, added to those of others. */
void reference_places(const struct reference *r, struct tabular_places *p);

/* The node of the longest beginning of a code that the list has. */
uint32_t outline_start(const struct outline *o, const char *code, int32_t on);
/* As tabular_note_next, of a walk that has begun. */
const struct tabular_note *outline_next(enum tabular_part part, int32_t on, struct tabular_walk *w);

#endif
