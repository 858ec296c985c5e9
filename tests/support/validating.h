/* validating.h - the validator in memory, for tests: sample claims with changes go in, records come
 * out. */
#ifndef CC_TESTS_SUPPORT_VALIDATING_H
#define CC_TESTS_SUPPORT_VALIDATING_H

#include "services/validator/cases/case.h"

/* Everything that a test needs of the worker. */
struct bench {
    struct conf *conf;
    struct tables *tables;
    struct svc_sim *sim;
    struct arena *a;
    struct case_options o;
    struct err e;
    unsigned fed;
};

/* cmocka's setup and teardown: a struct bench with the sample tables. */
int bench_setup(void **state);
int bench_teardown(void **state);

/* A sample claim (cases/base.c) with changes (cases/case.h). */
CcClaim *bench_claim(struct bench *b, char base, const char *changes);
/* Hands it to the worker on the day of receipt; outputs of earlier ones are forgotten. */
void bench_feed(struct bench *b, const CcClaim *c);
/* A person's word on a held claim: confirms what the item found of these edits (commas; "": none).
 */
CcDecision *bench_decision(struct bench *b, const CcClaim *held, const CcReviewItem *item,
                           const char *edits);
void bench_decide(struct bench *b, const CcDecision *d);
/* What the payer made of a version that was sent. */
void bench_payer(struct bench *b, const CcClaim *c, CcClaimState state, const char *number);
/* The n-th record to a topic, unpacked; NULL: there is none. */
void *bench_output(struct bench *b, enum topic t, size_t n);
/* The finding of an edit; NULL: there is none. */
const CcFinding *bench_finding(CcFinding *const *list, size_t n, const char *edit);

#endif
