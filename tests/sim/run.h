/* run.h - one seed */
#ifndef CC_TESTS_SIM_RUN_H
#define CC_TESTS_SIM_RUN_H

/* Runs sim.seed in sim.root; the outcome is in sim.out. */
void run_seed(void);

#endif
