/* live.h - reading the running system's topics for the commands that ask it */
#ifndef CC_CLEANCLAIM_LIVE_H
#define CC_CLEANCLAIM_LIVE_H

#include "common/base/arena.h"
#include "common/bus/bus.h"
#include "common/event/event.h"
#include "services/cleanclaim/cmd.h"
#include "services/intake/intake.h"

/* Settings of the bus; NULL after saying why. */
struct conf *live_conf(void);

/* Calls fn with every message of a topic that can be unpacked, oldest first within a partition. `m`
 * lives until fn returns. fn returns non-zero to stop. Returns an exit code (0, or EXIT_GONE after
 * saying why). */
typedef int (*live_fn)(void *arg, const struct bus_message *raw, const ProtobufCMessage *m);
int live_each(const struct conf *c, enum topic t, int64_t from_ms, bool follow, live_fn fn,
              void *arg);

/* The one record at a place, to fn; not called when it is not there or cannot be unpacked. Returns
 * an exit code as live_each. */
int live_look(const struct conf *c, enum topic t, const CcPlace *place, live_fn fn, void *arg);

/* The newest status of each claim (or encounter in review): an object keyed by claim id; see
 * live_status_json. Newest = highest version, then the last to arrive (live_is_newer). */
json_t *live_statuses(const struct conf *c, int *exit_code);
/* One status as cli.md's words; NULL fields are null. */
json_t *live_status_json(const CcClaimStatus *s);
/* Does `later` replace `earlier` (both from live_status_json)? */
bool live_is_newer(const json_t *later, const json_t *earlier);
/* A state in which nothing more happens by itself: PAID, DENIED, HELD, REVIEW, REJECTED … */
bool live_at_rest(const char *state);

/* What intake made of a message to the broker. ERR_RETRY: it does not hold all of it. */
int live_publish(struct bus_publisher *bus, struct arena *a, const struct intake_result *r,
                 struct err *e);
/* Claims of an 837 to the broker: an intake_out.claims, arg is the publisher. */
int live_claims(void *publisher, struct arena *a, struct intake_claim *const *list, size_t n,
                struct err *e);
/* A message that intake refused, once more through intake as it is set now. 0: sent (or would be),
 * 1: refused again, which is said on stderr, -1: error. A message that was cut is never taken: half
 * of one is no message. */
int live_refused_again(const struct intake_conf *conf, struct bus_publisher *bus, bool dry,
                       const struct bus_message *m, const char *reason, struct err *e);

/* The group of an inpatient claim and what it rests on, in the words of `group`; null: it has none.
 */
json_t *live_drg_json(const CcDrgResult *d);
/* The same for people: the group on a line, each code and what would change the group on lines of
 * their own; nothing where there is none. */
void live_print_drg(const json_t *drg, const char *indent);

/* What a payer paid of a claim and of each of its lines, and who bears the rest. */
json_t *live_payment_json(const CcRemittance *r);
/* The same for people: the claim on the line that was begun, each line on one of its own. */
void live_print_payment(const json_t *payment);

/* Cents, or null. */
json_t *live_amount(bool given, int64_t cents);
/* A list of strings. */
json_t *live_texts(char *const *texts, size_t n);
/* "12.50" for 1250, for people. `out` holds 32 bytes. */
const char *live_dollars(int64_t cents, char *out);
/* The same of a member; "-" where it is null. */
const char *live_dollars_of(const json_t *o, const char *key, char *out);

#endif
