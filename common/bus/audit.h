/* audit.h - writing to the audit topic (its records and what they prove: common/event/audit.h).
 *
 * The operator's command fails closed: what cannot be recorded is not done. A worker goes on: it
 * handles no person's wish, and care must not wait for a log; it says audit_failed in its own. */
#ifndef CC_BUS_AUDIT_H
#define CC_BUS_AUDIT_H

#include "common/base/err.h"
#include "common/sys/conf.h"

struct audit;
struct vault;

struct audit_entry {
    const char *action;                    /* "show", "start" */
    const char *object, *outcome, *detail; /* NULL: none; never patient data */
};

/* A chain of our own, anchored to what is there. program and actor are copied; c outlives it. */
struct audit *audit_open(const char *program, const char *actor, const struct conf *c,
                         struct err *e);
/* Returns when the broker holds the record. After an error the next record begins another chain. */
int audit_write(struct audit *a, const struct audit_entry *what, struct err *e);
void audit_close(struct audit *a); /* accepts NULL */

/* A worker's: its start with the digest of its settings, another current key, its end. NULL where
 * AUDIT is off or the topic cannot be written; all accept NULL. */
struct audit *audit_worker(const char *stage, const struct conf *c);
void audit_key(struct audit *a, struct vault *v);
void audit_stopped(struct audit *a); /* and closes it */

#endif
