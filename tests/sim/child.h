/* child.h - runs in processes of their own: each ends with all that its killed workers left behind,
 * and a crash of the simulator itself is a failed seed */
#ifndef CC_TESTS_SIM_CHILD_H
#define CC_TESTS_SIM_CHILD_H

#include "tests/sim/sim.h"

struct child_options {
    enum sabotage sabotage;
    const char *only; /* see struct sim; "" and NULL: the seed's own mixture */
    bool trace;
};

void children_open(void); /* runs the undisturbed run once; exits where it fails */
/* One seed, compared with the undisturbed run; valid until the next. */
const struct outcome *child_run(const struct child_options *o, uint64_t seed);
/* Many, as many at a time as there are processors; fn in the order in which they end. */
void children_run(const struct child_options *o, uint64_t from, uint64_t n,
                  void (*fn)(void *arg, uint64_t seed, const struct outcome *o), void *arg);

#endif
