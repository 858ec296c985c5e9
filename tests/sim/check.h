/* check.h - what a run has left, and whether it may be so */
#ifndef CC_TESTS_SIM_CHECK_H
#define CC_TESTS_SIM_CHECK_H

/* Checks what must hold in any run (fails it by sim_fail), and writes what must be the same in
 * every run of the same input into sim.out->summary: sorted lines. */
void check_world(void);
/* The first line in which two summaries differ, into why; 0: none. */
int check_compare(const char *want, const char *have, char *why, unsigned long size);

#endif
