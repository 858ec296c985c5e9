/* fold.h - inside folding: the order of events, and how the sets of an encounter grow.
 *
 * Why any order of arrival gives the same encounter. Events are split into lists: one a sender and
 * message family (ADT, DFT, BAR …). What is promised to keep its order keeps it inside its list, so
 * every allowed order of arrival gives the same lists. The lists are merged by time (an event is
 * never earlier than one before it in its list), ties by the lists' names: a function of the lists
 * alone. Folding then walks one order, always the same. */
#ifndef CC_CODER_FOLD_H
#define CC_CODER_FOLD_H

#include "services/coder/coder.h"

/* One event in folding order. */
struct fold_event {
    CcEncounter *event;
    const char *list; /* sender, facility, format and family: an interface, as HL7 calls it */
    bool strong;      /* speaks for the visit itself, not beside a charge, document or result */
    bool of_patient;  /* belongs to no encounter */
};

/* The events of both lists without repeats, in folding order. NULL: over the arena's limit. */
struct fold_event *fold_order(struct arena *a, CcEncounter *const *events, size_t n,
                              CcEncounter *const *of_patient, size_t m, size_t *count);

/* Is this family one whose diagnosis, procedure and insurance lists are complete each time (HL7
 * "snapshot mode": ADT, BAR)? */
bool fold_snapshot(const CcEncounter *e);
/* The family of a type: "DFT" of "DFT^P03^DFT_P03"; out holds 16 bytes. */
const char *fold_family(const CcEncounter *e, char *out);

/* One item of a set and the interface it came by. */
struct fold_item {
    void *message;
    const char *list;
    bool strong;
};

struct fold_set {
    struct fold_item *items;
    size_t n;
};

struct fold_sets {
    struct fold_set diagnoses, procedures, charges, coverages, providers, documents;
    struct fold_set guarantors, observations, orders, medications;
    bool failed; /* over the arena's limit */
};

/* Applies the lists of one event. */
void fold_sets_apply(struct arena *a, struct fold_sets *s, const struct fold_event *e);
/* Puts what is left into the folded encounter. */
void fold_sets_finish(struct arena *a, struct fold_sets *s, CcEncounter *out);

/* The same entry said again (fold_same.c). */
typedef bool (*same_fn)(const void *a, const void *b);
bool fold_same_problem(const void *a, const void *b);
bool fold_same_procedure(const void *a, const void *b);
bool fold_same_charge(const void *a, const void *b);
bool fold_same_coverage(const void *a, const void *b);
bool fold_same_provider(const void *a, const void *b);
bool fold_same_document(const void *a, const void *b);
bool fold_same_observation(const void *a, const void *b);
bool fold_same_order(const void *a, const void *b);
bool fold_same_medication(const void *a, const void *b);

/* Empties what an event takes back of one part ("visit", "patient"), before its own values are
 * taken: on its own side, and by who speaks for the visit on the weak side too (fold_clear.c). */
void fold_clear(const struct fold_event *e, const char *part, ProtobufCMessage *strong,
                ProtobufCMessage *weak);
/* Does the event say that nobody has this role? */
bool fold_clears_role(const CcEncounter *e, CcProviderRole role);

/* Bytes of a single value in its struct. */
size_t fold_value_size(const ProtobufCFieldDescriptor *f);
/* Single values of src over dst where src has one (`fill`: only where dst has none). src may be
 * NULL. */
void fold_values(ProtobufCMessage *dst, const ProtobufCMessage *src, bool fill);
/* Values and lists (which come whole): what src says over dst; only what dst does not say. */
void fold_take(ProtobufCMessage *dst, const ProtobufCMessage *src);
void fold_fill(ProtobufCMessage *dst, const ProtobufCMessage *src);

#endif
