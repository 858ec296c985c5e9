/* sabotage.c - deliberate breakages, so that it is known that the invariants bite */
#include "common/bus/bus.h"
#include "common/state/part.h"
#include "tests/sim/libc.h"
#include "tests/sim/sim.h"

/* clang-format off */
const struct sabotage_row sabotage_rows[SABOTAGE_MAX] = {
    [SABOTAGE_NONE]       = {"none",       "",                                                       ""},
    [SABOTAGE_EPOCH]      = {"epoch",      "the broker lets fenced producers write",                 "stall zombie commit_late"},
    [SABOTAGE_GENERATION] = {"generation", "the broker takes offsets of members that are out",       "lost"},
    [SABOTAGE_ISOLATION]  = {"isolation",  "readers see what is open or aborted",                    "commit_abort crash"},
    [SABOTAGE_OFFSETS]    = {"offsets",    "offsets count before their transaction does",            "commit_gone crash"},
    [SABOTAGE_UNSTABLE]   = {"unstable",   "offsets are told that a transaction is about to change", "crash marker_slow rebalance stop"},
    [SABOTAGE_SEEK]       = {"seek",       "the client does not go back",                            "commit_abort"},
    [SABOTAGE_REPLAY]     = {"replay",     "state is read on to just before its end",                "state_lost stop crash"},
    [SABOTAGE_ABORT]      = {"abort",      "the worker commits where it should abort",               "offsets_abort commit_abort produce"},
    [SABOTAGE_PRODUCE]    = {"produce",    "the worker loses the last record of a batch",            ""},
    [SABOTAGE_STATE]      = {"state",      "the local copy is kept though the commit failed",        "commit_gone commit_abort"},
    [SABOTAGE_ORDER]      = {"order",      "the broker swaps two events of a patient",               ""},
};
/* clang-format on */

/* bus_abort - or not */
int __wrap_bus_abort(struct bus *b, struct err *e)
{
    return sim.sabotage == SABOTAGE_ABORT ? bus_commit(b, e) : __real_bus_abort(b, e);
}

/* bus_produce - or not */
int __wrap_bus_produce(struct bus *b, const struct bus_record *r, struct err *e)
{
    if (sim.sabotage == SABOTAGE_PRODUCE && !sim.calm && random_below(100) == 0)
        return 0;
    return __real_bus_produce(b, r, e);
}

/* state_abort - or not */
void __wrap_state_abort(struct state *s)
{
    struct err e;

    if (sim.sabotage == SABOTAGE_STATE)
        news_forget(&s->news); /* or the commit would see that they were not told */
    if (sim.sabotage != SABOTAGE_STATE || state_commit(s, &e) != 0)
        __real_state_abort(s);
}
