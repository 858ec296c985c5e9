/* paying.h - the sandbox as the payer of a follow in memory: claims are billed to it, what it
 * answers is fed to follow, what follow sends again is billed again. One at a time, on top of
 * following.h.
 *
 * With SANDBOX_SAVE in the environment every reply is also written into that folder, for another
 * validator to read. */
#ifndef CC_TESTS_PAYING_H
#define CC_TESTS_PAYING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/event/event.h"

enum { PAYING_CLAIMS = 8 };

struct paying_row {
    const char *name, *scenario;
    unsigned claims, per_set; /* per_set 0: all in one set */
    bool second;              /* another payer stands behind the first */
};

struct paying {
    size_t files, answers; /* that went to the payer; that came back */
    size_t interchanges;   /* in all answers */
    int64_t paid_cents;    /* that its remittances say, each payment once */
    int64_t check_cents;   /* what it sent for them (BPR02) */
};
extern struct paying pay;

int paying_setup(void **state);
int paying_teardown(void **state);
/* Bills the claims of a row under its scenario, and lets two minutes pass at the payer and two
 * hours in follow. Every reply must be free of findings, and every payment in balance. */
void paying_run(const struct paying_row *row);
/* Bills n more claims, in a file of their own, and lets the same time pass. */
void paying_more(const struct paying_row *row, unsigned n);
/* The claims that were billed so far, in order. */
size_t paying_count(void);
const char *paying_id(size_t i);
/* Newest status of claim i; NULL: follow said nothing. */
CcClaimStatus *paying_status(size_t i);
/* The interchanges that were billed, as their builder publishes them. */
const CcInterchange *paying_file(size_t i);

#endif
