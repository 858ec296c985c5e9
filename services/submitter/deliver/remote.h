/* remote.h - replies fetched from where payers keep them, each handed over once it stood still.
 *
 * A visit runs in a thread: it takes away what is durable here, lists, and fetches what looks as it
 * did a visit ago, at least `settle_ms` apart. What was fetched is handed over by the next
 * remote_look, and taken away on the visit after the record that holds it is durable. A file that
 * cannot be taken away is handed over again only after a restart: the same content, and so the same
 * key. */
#ifndef CC_SUBMITTER_DELIVER_REMOTE_H
#define CC_SUBMITTER_DELIVER_REMOTE_H

#include "services/submitter/deliver/dest.h"
#include "services/submitter/deliver/jobs.h"
#include "services/submitter/deliver/poll.h"

struct remotes;

struct remotes *remotes_new(struct jobs *j, const struct poll_options *o); /* NULL: out of memory */
void remotes_free(struct remotes *r); /* accepts NULL; after jobs_free */

/* Hands over what the last visit brought, or begins one when it is time. ERR_RETRY: the last visit
 * failed, or fn did. */
int remotes_look(struct remotes *r, const struct dest *d, int64_t now_ms, poll_file_fn fn,
                 void *arg, struct err *e);
void remotes_durable(struct remotes *r);
void remotes_again(struct remotes *r);

#endif
