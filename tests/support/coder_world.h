/* coder_world.h - the coder's worker in memory: small tables, three days of hold, a clock of its
 * own
 */
#ifndef CC_TESTS_CODER_WORLD_H
#define CC_TESTS_CODER_WORLD_H

#include "common/svc/svc.h"
#include "services/coder/coder.h"
#include "tests/support/care.h"

#define KEY_A "00000000000000aa"
#define KEY_B "00000000000000bb"
#define ENC "E0000000000000001"

enum { HOUR = 3600000, DAY = 24 * HOUR };

struct world {
    struct arena *a;
    struct tables *t;
    struct conf *conf;
    struct svc_sim *sim;
    struct err e;
    int64_t now;
};

struct world coder_world_open(void);
void coder_world_close(struct world *x);
void world_feed_key(struct world *x, const CcEncounter *ev, const char *key);
void world_feed(struct world *x, const CcEncounter *ev);
void world_pass(struct world *x, int64_t ms);
size_t world_count(const struct world *x, enum topic t);
void *world_last(struct world *x, enum topic t, const char **key);
/* The last open question of a reason; the last status of an event; NULL: none. */
CcReviewItem *world_question(struct world *x, const char *reason);
CcClaimStatus *world_said_of(struct world *x, const char *event);
/* A decision on a question, as `cleanclaim review decide` writes it: an option, or a code. */
CcDecision *world_decision(struct world *x, const char *review_id, const char *choice,
                           CcCodeSystem system, const char *code);
void world_decide(struct world *x, const CcDecision *d);
CcClaimStatus *world_claim_status(struct world *x);
CcClaim *world_claim(struct world *x);
CcEncounter *world_registered(struct world *x);
CcEncounter *world_charged(struct world *x, const char *id, const char *cdm, int64_t ms);
CcEncounter *world_said(struct world *x, CcEventKind kind, const char *type, int64_t ms);

#endif
