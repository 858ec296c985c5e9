/* ehr.c - the sender of the visits' events: a source over the real publisher
 *
 * What it knows to be confirmed outlives it, as an EHR's queue does; what was not confirmed it
 * sends again. Events of one patient go in order, those of different patients in an order of the
 * seed. */
#include <string.h>

#include "tests/sim/sim.h"
#include "tests/sim/world.h"

static bool confirmed[WORLD_EVENTS];
static int phase_now;

/* ehr_phase - from now on events up to this phase */
void ehr_phase(int phase)
{
    phase_now = phase;
}

/* before - the patient's event before this one; -1: none */
static int before(size_t at)
{
    static int known[WORLD_EVENTS]; /* two more */

    if (!known[at]) {
        known[at] = 1;
        for (size_t i = 0; i < at; i++)
            if (strcmp(world.events[i].key, world.events[at].key) == 0)
                known[at] = (int)i + 2;
    }
    return known[at] - 2;
}

/* is_next - nothing of its patient waits before it */
static bool is_next(size_t at)
{
    int last = before(at);

    return !confirmed[at] && (last < 0 || confirmed[last]) && world.events[at].phase <= phase_now;
}

/* ehr_done - nothing waits */
bool ehr_done(void)
{
    for (size_t i = 0; i < world.n; i++)
        if (!confirmed[i] && world.events[i].phase <= phase_now)
            return false;
    return true;
}

/* choose - one that may go; world.n: none */
static size_t choose(void)
{
    size_t start = random_below(world.n);

    for (size_t i = 0; i < world.n; i++)
        if (is_next((start + i) % world.n))
            return (start + i) % world.n;
    return world.n;
}

/* start - nothing is under way */
static int start(const struct conf *c, void **user, struct err *e)
{
    static size_t under_way[SIM_PROCS_MAX];
    static size_t started;

    (void)c;
    (void)e;
    under_way[started] = world.n;
    *user = &under_way[started++];
    return 0;
}

/* tick - one event */
static int tick(struct svc_ctx *x, struct err *e)
{
    size_t *at = svc_user(x);
    const struct world_event *ev;

    *at = choose();
    if (*at == world.n)
        return 0;
    ev = &world.events[*at];
    return svc_emit_id(x, TOPIC_ENCOUNTERS, ev->key, ev->ce_id, &ev->event->base, e);
}

/* committed - it is there */
static void committed(void *user)
{
    size_t *at = user;

    if (*at < world.n)
        confirmed[*at] = true;
}

static const enum topic produce[] = {TOPIC_ENCOUNTERS, TOPIC_NONE};

const struct svc_spec ehr_spec = {
    .name = "intake",
    .sentence = "gives the visits' events",
    .produce = produce,
    .start = start,
    .tick = tick,
    .committed = committed,
};
