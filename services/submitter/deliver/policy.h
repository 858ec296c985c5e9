/* policy.h - how long a route that failed is left alone */
#ifndef CC_SUBMITTER_DELIVER_POLICY_H
#define CC_SUBMITTER_DELIVER_POLICY_H

#include <stdbool.h>
#include <stdint.h>

enum {
    POLICY_FIRST_MS = 1000,  /* the first pause; it doubles */
    POLICY_BREAK_AFTER = 5,  /* so many failures in a row, and the circuit is open */
    POLICY_OPEN_MS = 300000, /* then one try in so long; it doubles */
    POLICY_LONGEST_MS = 3600000
};

/* The circuit is open: one try now and then, until one succeeds. */
bool policy_is_open(uint32_t failures);
/* The pause after so many failures in a row. `key` takes up to a quarter off it, always the same
 * for the same key and count, so that many routes that failed together do not come back together.
 */
int64_t policy_pause_ms(uint32_t failures, const char *key);

#endif
