/* plan.h - what publishing drafts does to the editions that are there: pure, nothing is written
 * here.
 *
 * Each edition has the period its publisher gives it (starts, until) and the period it serves
 * (from, to). Rules:
 *  - the same table and edition name: the new one replaces the old one. Tables that come in several
 * files (MCE, type of bill) keep the old one's rows of the files that are not among the new ones;
 *  - cumulative tables (kind.h): the newest edition replaces those it contains; an older one is
 * left out. Code pairs of several quarters become one edition, which has the name of the latest,
 * whatever the order in which they come (quarters.h);
 *  - a seed edition gives way to official ones of the same days, and is left out where they are;
 *  - else an edition serves until the day before the next one starts. One that would lie inside
 * another is refused;
 *  - an edition with `reach` serves as far back as that, where no other edition does. */
#ifndef CC_TABLES_PLAN_H
#define CC_TABLES_PLAN_H

#include "common/tables/load.h"

enum plan_what {
    PLAN_ADDED,   /* bytes to publish */
    PLAN_CHANGED, /* published under this name with other bytes: replaces them */
    PLAN_REMOVED, /* to be taken away */
    PLAN_SAME,    /* the very bytes are there already */
    PLAN_OLDER,   /* left out: a later edition has its rows, or an official one serves a seed's days
                   */
    PLAN_WHAT_MAX
};

struct plan_step {
    enum plan_what what;
    struct snapshot_head head;
    char sha256[65];     /* of the bytes; of the old ones when removed */
    char old_sha256[65]; /* CHANGED: of the bytes that are replaced */
    struct buf bytes;    /* ADDED, CHANGED; also SAME of a draft */
};

struct plan {
    struct plan_step *steps;
    size_t n;
};

/* `now` holds at least every edition of the drafts' tables. The drafts' sheets are used up. A table
 * whose drafts do not go together with what is there is said and left as it is; returns how many.
 */
size_t plan_make(const struct tables *now, struct table_loader *l, struct plan *out, load_say say,
                 void *arg);
void plan_release(struct plan *p);

#endif
