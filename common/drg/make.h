/* make.h - rows of a version while they are being collected (inside this room only) */
#ifndef CC_DRG_MAKE_H
#define CC_DRG_MAKE_H

#include "common/drg/def.h"

/* A growing array. */
struct list {
    void *items;
    size_t n, cap, size;
};
void *list_add(struct list *l); /* zeroed; NULL: out of memory */

struct raw_dx {
    uint64_t packed;
    uint32_t set;
    uint16_t collection;
    uint8_t mdc, male, female, severity;
};
struct raw_px {
    uint64_t packed;
    uint32_t set;
};
struct raw_cluster {
    struct span name, mdcs, codes;
    unsigned choice;
};
struct raw_cluster_set {
    struct span name;
    uint32_t set;
};
struct raw_exclusion {
    unsigned collection;
    struct span codes;
};
struct raw_formula {
    struct formula f;
    struct span text, suppress;
};

/* What the attributes of a set say besides their atoms: templates of its codes' definitions. */
struct drg_maker {
    struct dx_def *dx_facts;
    struct px_def *px_facts;
    struct atoms atoms;
    struct names dx_sets, px_sets, suppress_sets;
    struct list dx, px, clusters, cluster_sets, exclusions, formulas, hacs;
    struct parser parser;
    bool seen[DRG_LIST_MAX];
};

/* The next item of a list with ";" between; false: no more. */
bool items_next(struct span *rest, struct span *item);
int out_of_memory(struct err *e);

/* --- sets.c: what the codes of a set bring */
int make_sets(struct drg_maker *m, struct drg *d, struct err *e);
/* --- clusters.c: and which code is which choice of them, by code */
struct part {
    uint64_t packed;
    struct membership m;
};
int make_clusters(struct drg_maker *m, struct drg *d, struct list *parts, struct err *e);
/* --- tables.c: codes, clusters, exclusions */
int make_codes(struct drg_maker *m, struct drg *d, struct err *e);
/* --- formulas.c: parsed before the sets (atoms), placed after */
int read_formulas(struct drg_maker *m, struct drg *d, struct err *e);
int make_formulas(struct drg_maker *m, struct drg *d, struct err *e);

#endif
