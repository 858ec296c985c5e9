/* ack.h - TA1 and 999 (005010X231A1) as a receiver writes them from what x12_check found (billing
 * §4.2, 4.3).
 *
 * Give every result of x12_check to x12_ack_add, changed or not (a pretend payer may refuse more).
 * When the result was an X12_INTERCHANGE, the answers to that interchange can be taken; the next
 * add forgets them. A 999 has one set per group received. Groups of acknowledgments (FA) and
 * interchanges that hold only TA1 are never answered. */
#ifndef CC_X12_ACK_H
#define CC_X12_ACK_H

#include <stdbool.h>
#include <stdint.h>

#include "common/x12/check.h"

struct x12_ack_options {
    int32_t date; /* of the answer, yyyymmdd; must be given */
    int hhmm;
    uint32_t control; /* ISA13 and GS06 of the first answer; counts up by one per answer; 0 counts
                         as 1 */
    bool always_ta1;  /* also where ISA14 is 0 and nothing was wrong */
    bool newline;     /* LF behind each segment */
};

struct x12_ack;

struct x12_ack *x12_ack_new(const struct x12_ack_options *o); /* NULL: out of memory */
void x12_ack_free(struct x12_ack *a);                         /* accepts NULL */
void x12_ack_add(struct x12_ack *a, const struct x12_result *r);
/* Whole interchanges; empty: no such answer. */
struct span x12_ack_ta1(const struct x12_ack *a);
struct span x12_ack_999(const struct x12_ack *a);
uint32_t x12_ack_next_control(const struct x12_ack *a); /* the first number not used yet */
bool x12_ack_failed(const struct x12_ack *a); /* memory was out: the answers are not whole */

#endif
