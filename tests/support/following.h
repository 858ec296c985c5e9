/* following.h - follow in memory, for the tests of the submitter's follow: statuses, files and
 * replies go in, what it says of claims is read out. One at a time. */
#ifndef CC_TESTS_FOLLOWING_H
#define CC_TESTS_FOLLOWING_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/str.h"
#include "common/event/event.h"
#include "common/svc/svc.h"
#include "tests/support/loading.h"

enum { CLAIMS = 2, HOUR = 3600000 };
#define DAYS (INT64_C(24) * HOUR)
#define FW_NOW INT64_C(1775000000000)
#define FW_RECEIVER "CLRHOUSE01"

struct following {
    struct svc_sim *sim;
    struct conf *conf;
    struct arena *memory;
    int64_t now;
    size_t done;           /* outputs that were fed back */
    unsigned serial;       /* makes ids of records differ */
    struct loading loaded; /* of fw_tables */
    struct err error;
};
extern struct following fw;
extern const char *const fw_ids[CLAIMS];
extern const int64_t fw_charges[CLAIMS];

/* a fresh follow, without tables: the settings count */
int fw_setup(void **state);
/* fails where a question that was asked lacks what every question has; gives all back */
int fw_teardown(void **state);
/* payers.csv and routes.csv (NULL: none) in force, until fw_teardown */
void fw_tables(const char *payers, const char *routes);
/* what every question of follow has: options, evidence, deadline, money, owner */
void fw_check_question(const CcReviewItem *item);
/* unpacked */
void *fw_output(size_t i, const ProtobufCMessageDescriptor *d);
/* what follow sent to itself comes back, as Kafka would bring it */
void fw_pump(void);
/* one record */
void fw_feed(enum topic t, const char *key, const void *m);
/* time passes */
void fw_clock_to(int64_t at);
/* a copy for a message */
char *fw_text(const char *s);
/* the batch number of a file */
const char *fw_batch_of(const char *isa13);
/* the interchange of billing §2.6, as the builder writes it */
CcInterchange *fw_our_file(const char *isa13);
/* as another step says it */
CcClaimStatus *fw_step_status(const char *step, const char *event, CcClaimState s, int claim,
                              uint32_t version, const char *isa13);
/* a status of another step */
void fw_say(const char *step, const char *event, CcClaimState s, int claim, const char *isa13);
/* a reply record of these bytes */
CcReply *fw_reply_of(const struct buf *b);
/* a golden file, changed if wanted; its ISA13 is made new so that it differs */
CcReply *fw_golden_reply(const char *name, const char *from, const char *to);
/* an 835 of one payment, segments of its claims given */
CcReply *fw_era(const char *trace, const char *paid, const char *claims);
/* a reply comes */
void fw_answer(CcReply *r);
/* both claims batched and sent */
void fw_send_file(const char *isa13);
/* the newest status that follow wrote of a claim; NULL: none */
CcClaimStatus *fw_last(const char *id);
/* outputs of a topic */
size_t fw_count(enum topic t);
/* the newest question of a reason; NULL: none */
CcReviewItem *fw_asked(const char *reason);
/* paid cents of all remittances published of a claim */
int64_t fw_posted_sum(const char *id);

/* of a claim, as follow said it last */
#define assert_state(id, word)                                                                     \
    assert_int_equal(fw_last(id) ? (int)fw_last(id)->state : -1, CLAIM_STATE_##word)

#endif
