/* submitter.h - the three workers of the submitter and what the operator's command uses of them.
 *
 * build    clean claims become 837 interchanges, each claim in exactly one   (build/)
 * deliver  an interchange reaches the payer's mailbox, always the same bytes (deliver/)
 * follow   the payer's answers become states, payments and work              (follow/) */
#ifndef CC_SUBMITTER_SUBMITTER_H
#define CC_SUBMITTER_SUBMITTER_H

#include "common/claim/write837.h"
#include "common/svc/svc.h"

extern const struct svc_spec submitter_build_spec;
extern const struct svc_spec submitter_deliver_spec;
extern const struct svc_spec submitter_follow_spec;

/* Who sends to whom: the receiver's row of the routes table in force on a day; strings of the
 * arena. */
enum lookup submitter_route(const struct tables *t, const char *receiver, int32_t on,
                            struct arena *a, struct claim_route *out);

/* svc_spec.check of build and deliver: at-least-once delivery (DELIVERY) may send a file twice, so
 * it is refused (ERR_FATAL "setting") as long as a route in force leads anywhere but to the
 * sandbox. */
int submitter_check(const struct conf *c, const struct tables *t, struct err *e);

#endif
