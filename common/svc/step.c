/* step.c - what the loop did with a record or timer, as a span of its trace */
#include "common/base/str.h"
#include "common/svc/work.h"
#include "common/sys/clock.h"

/* hold - from and to are of the monotonic clock, whose begin_batch was at the batch's time of day
 */
static void hold(struct loop *l, struct step *s, int64_t from_us, int64_t to_us,
                 const char *refused)
{
    int64_t day_us = l->x.now_ms * 1000 - l->began_us;

    s->trace = l->x.trace;
    s->start_us = day_us + from_us;
    s->end_us = day_us + to_us;
    str_copy(s->refused, sizeof(s->refused), refused);
    spans_hold(l->x.spans, s);
}

/* step_message - of a record; the loop has just looked at the clock */
void step_message(struct loop *l, const struct svc_message *m, int64_t from_us, const char *refused)
{
    struct step s = {
        .does = "process", .topic = m->topic, .partition = m->partition, .offset = m->offset};

    if (l->x.spans && l->x.trace.sampled)
        hold(l, &s, from_us, l->mono_us, refused);
}

/* step_timer - of a timer */
void step_timer(struct loop *l, int32_t partition, int64_t from_us, const char *refused)
{
    struct step s = {.does = "timer", .topic = TOPIC_NONE, .partition = partition, .offset = -1};

    if (l->x.spans && l->x.trace.sampled)
        hold(l, &s, from_us, clock_mono_us(), refused);
}
