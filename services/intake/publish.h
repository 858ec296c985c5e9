/* publish.h - results on their way to `encounters`, each once */
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

/* To the broker by svc_publish; arg is a struct svc_ctx. An intake_out.publish. */
int publish_to_broker(void *svc_ctx, struct arena *a, const struct intake_result *r, struct err *e);

#endif
