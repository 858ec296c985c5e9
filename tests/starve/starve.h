/* starve.h - allocations that fail when a test wants it: of malloc's family where our code calls
 * it, and of arenas. A test that links it is a tests/unit/starve_*_test.c (see the Makefile: the
 * linker puts these in the place of the real ones). */
#ifndef CC_TESTS_STARVE_H
#define CC_TESTS_STARVE_H

#include <stdbool.h>
#include <stddef.h>

enum starve_kind { STARVE_ARENA, STARVE_MALLOC, STARVE_KINDS };
enum starve_how { STARVE_ONCE, STARVE_ON, STARVE_HOWS }; /* ON: and all that come after it */

/* From now on the n-th allocation of that kind fails (1: the next one; 0: none, they are only
 * counted). */
void starve_begin(enum starve_kind kind, enum starve_how how, size_t n);
/* What a test itself allocates in between does neither count nor fail. */
void starve_pause(bool pause);
/* No more; how many allocations there were since then. *failed: did one fail? */
size_t starve_end(bool *failed);

/* Which allocations to let fail of `count`: at most `most`, spread over all; another `turn` takes
 * others. Returns the i-th (1 to count), 0 when they are over. With STARVE=all in the environment:
 * each. */
size_t starve_pick(size_t count, size_t most, size_t turn, size_t i);

#endif
