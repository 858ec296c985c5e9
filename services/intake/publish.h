/* publish.h - results on their way to `encounters` and `claims.coded`, each once */
#ifndef CC_INTAKE_PUBLISH_H
#define CC_INTAKE_PUBLISH_H

#include "services/intake/intake.h"

struct svc_ctx;

/* Lets a message through once: a repeat of one that the broker holds is answered from memory, so
 * that it is acknowledged again without a second record. Bounded: one forgotten gives the same
 * record under the same id again, which the coder folds once. Thread safe. */
struct once;
struct once *once_new(size_t capacity,
                      const struct intake_out *next); /* NULL: no memory; `next` must outlive it */
void once_free(struct once *o);                       /* accepts NULL */
int once_publish(void *once, struct arena *a, const struct intake_result *r,
                 struct err *e); /* an intake_out.publish */

/* Keeps a refused message once: a sender that never stops sending it leaves one. */
int once_refuse(void *once, const struct intake_result *r,
                struct err *e); /* an intake_out.refuse */

/* The bytes of a refused message to `encounters.dead`, with the code of its problem. An
 * intake_out.refuse; arg is a struct svc_ctx. */
int refuse_to_broker(void *svc_ctx, const struct intake_result *r, struct err *e);
/* Says in the log what could not be kept; `out` may keep nothing. */
void refuse(const struct intake_out *out, const struct intake_result *r);

/* Claims to the broker; an intake_out.claims, arg is a struct svc_ctx. */
int claims_to_broker(void *svc_ctx, struct arena *a, struct intake_claim *const *list, size_t n,
                     struct err *e);
/* Lets a claim through once: an intake_out.claims. */
int once_claims(void *once, struct arena *a, struct intake_claim *const *list, size_t n,
                struct err *e);

/* To the broker by svc_publish; arg is a struct svc_ctx. An intake_out.publish. */
int publish_to_broker(void *svc_ctx, struct arena *a, const struct intake_result *r, struct err *e);

#endif
