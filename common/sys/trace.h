/* trace.h - W3C trace context: who caused what, through all stages.
 *
 * A trace is known by 32 hex digits, a step in it (a span) by 16; a record carries both as
 * `traceparent`: 00-<trace>-<span>-<flags>, flag 1 = sampled. The ids are derived from the ids of
 * records and the names of stages, so that a replay gives the same. */
#ifndef CC_SYS_TRACE_H
#define CC_SYS_TRACE_H

#include <stdbool.h>

enum { TRACE_ID = 33, TRACE_SPAN = 17, TRACE_TEXT = 56 };

struct trace {
    char id[TRACE_ID];
    char span[TRACE_SPAN];
    char parent[TRACE_SPAN]; /* "" = the trace begins here */
    bool sampled;
};

/* The step `name` on a record or request of this id, below the one that `traceparent` names; where
 * that is "", NULL or not valid a trace of its own, sampled in per_mille of 1,000. */
void trace_step(struct trace *out, const char *traceparent, const char *id, const char *name,
                unsigned per_mille);
const char *trace_text(const struct trace *t, char out[TRACE_TEXT]); /* for what it causes */

#endif
