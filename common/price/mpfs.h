/* mpfs.h - services of the physician fee schedule, each by itself and then with others of its day
 * (inside this room only) */
#ifndef CC_PRICE_MPFS_H
#define CC_PRICE_MPFS_H

#include "common/price/way.h"

/* A line and its fee. */
struct service {
    struct priced *l;
    struct table_row row;
    int64_t unit, expense; /* cents of one unit, and its practice expense */
    int64_t part;  /* of another row of the schedule, cents of one unit, -1 not known: the technical
                      component, or the base procedure of an endoscopy */
    int64_t cap;   /* most of the technical component of one unit, in cents; -1: none */
    int64_t share; /* in hundredths of a percent */
    int64_t units_milli, cents;
    char kind; /* by which rule services of a day take from each other (mpfs_settle sets it) */
};

/* The multiple procedure indicator of the row. */
char mpfs_multiple(const struct service *s);
/* Every service's amount among those of its day. */
void mpfs_settle(struct pricing *p, struct service *list, size_t n);

#endif
