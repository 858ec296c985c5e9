/* faults.c - what may go wrong, how often, and telling of it
 *
 * Each seed has its own mixture: half of the kinds do not happen at all, the others at a third, at
 * once or at three times their usual rate. So rare combinations of few kinds come up, too. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tests/sim/sim.h"

enum { ONLY_TENTHS = 60 };

struct sim sim;

/* clang-format off */
const struct fault_row fault_rows[FAULT_MAX] = {
    [FAULT_CRASH]          = {"crash",          "a worker dies at a call",                                 700},
    [FAULT_STALL]          = {"stall",          "a worker stands still",                                   300},
    [FAULT_ZOMBIE]         = {"zombie",         "another one under its id meanwhile",                   300000},
    [FAULT_STOP]           = {"stop",           "SIGTERM",                                                 150},
    [FAULT_REBALANCE]      = {"rebalance",      "the group forms anew",                                   2000},
    [FAULT_LOST]           = {"lost",           "a member is thrown out of the group",                    1000},
    [FAULT_SLOW]           = {"slow",           "a call takes seconds",                                   1500},
    [FAULT_FETCH_SLOW]     = {"fetch_slow",     "a partition is behind the others",                      30000},
    [FAULT_MARKER_SLOW]    = {"marker_slow",    "a decided transaction is written late",                100000},
    [FAULT_INIT_RETRY]     = {"init_retry",     "init_transactions: retriable",                          80000},
    [FAULT_INIT_FATAL]     = {"init_fatal",     "init_transactions: fatal",                              50000},
    [FAULT_BEGIN]          = {"begin",          "begin_transaction: fails",                              20000},
    [FAULT_QUEUE_FULL]     = {"queue_full",     "produce: the queue is full",                            15000},
    [FAULT_PRODUCE]        = {"produce",        "produce: fails",                                         4000},
    [FAULT_DELIVERY]       = {"delivery",       "a record does not arrive",                               4000},
    [FAULT_CUT]            = {"cut",            "a producer's connection ends",                            8000},
    [FAULT_OFFSETS_RETRY]  = {"offsets_retry",  "send_offsets: retriable",                               30000},
    [FAULT_OFFSETS_ABORT]  = {"offsets_abort",  "send_offsets: abortable",                               20000},
    [FAULT_OFFSETS_FATAL]  = {"offsets_fatal",  "send_offsets: fatal",                                   15000},
    [FAULT_COMMIT_RETRY]   = {"commit_retry",   "commit: retriable, not done",                           30000},
    [FAULT_COMMIT_UNHEARD] = {"commit_unheard", "commit: retriable, done",                               30000},
    [FAULT_COMMIT_ABORT]   = {"commit_abort",   "commit: abortable",                                     20000},
    [FAULT_COMMIT_GONE]    = {"commit_gone",    "commit: uncertain, not done",                           20000},
    [FAULT_COMMIT_DONE]    = {"commit_done",    "commit: uncertain, done",                               20000},
    [FAULT_COMMIT_LATE]    = {"commit_late",    "commit: uncertain, done later unless fenced before",    20000},
    [FAULT_ABORT_RETRY]    = {"abort_retry",    "abort: retriable",                                      80000},
    [FAULT_ABORT_GONE]     = {"abort_gone",     "abort: uncertain",                                      80000},
    [FAULT_METADATA]       = {"metadata",       "no answer about a topic",                                4000},
    [FAULT_COMMITTED]      = {"committed",      "no answer about committed offsets",                     60000},
    [FAULT_SEEK]           = {"seek",           "a position cannot be set",                              60000},
    [FAULT_POLL]           = {"poll",           "a poll gives an error",                                  1500},
    [FAULT_WATERMARK]      = {"watermark",      "no answer about a partition's end",                     40000},
    [FAULT_REPLAY]         = {"replay",         "reading state breaks off",                               5000},
    [FAULT_STATE_LOST]     = {"state_lost",     "a local copy of state is gone at a start",             300000},
    [FAULT_STATE_STALE]    = {"state_stale",    "a local copy of state is an old one at a start",       300000},
    [FAULT_STORE_AWAY]     = {"store_away",     "the table store does not answer",                      200000},
    [FAULT_STORE_SLOW]     = {"store_slow",     "the table store answers late",                         100000},
    [FAULT_STORE_SWAP]     = {"store_swap",     "tables are published anew",                             50000},
    [FAULT_CLOCK]          = {"clock",          "the wall clock jumps forward",                            100},
    [FAULT_PUBLISH_LOST]   = {"publish_lost",   "a source's record is not taken",                        50000},
    [FAULT_PUBLISH_TWICE]  = {"publish_twice",  "a source's record is taken, it sends it again",         50000},
};
/* clang-format on */

/* is_named - among names with commas or blanks between */
static bool is_named(const char *names, const char *name)
{
    for (const char *p = names; *p; p += strspn(p, " ,")) {
        size_t n = strcspn(p, " ,");

        if (strlen(name) == n && memcmp(p, name, n) == 0)
            return true;
        p += n;
    }
    return false;
}

/* faults_draw - the mixture of this seed */
void faults_draw(void)
{
    static const unsigned tenths[] = {0, 0, 0, 3, 10, 30};

    for (int f = 0; f < FAULT_MAX; f++) {
        unsigned often = tenths[random_below(sizeof(tenths) / sizeof(tenths[0]))];

        if (sim.only)
            often = is_named(sim.only, fault_rows[f].name) ? ONLY_TENTHS : 0;
        sim.rates[f] = fault_rows[f].per_million * often / 10;
    }
}

/* fault - now? */
bool fault(enum fault f)
{
    if (!sim.disturbed || sim.calm || !sim.rates[f] || random_below(1000000) >= sim.rates[f])
        return false;
    sim.out->faults[f]++;
    trace("! %s", fault_rows[f].name);
    return true;
}

/* trace - a line of the run, when asked for */
void trace(const char *format, ...)
{
    const struct proc *p = proc_current();
    va_list ap;

    if (!sim.trace)
        return;
    printf("%12.6f %-24s ", (double)sim.now_us / 1e6, p ? p->name : "-");
    va_start(ap, format);
    vprintf(format, ap);
    va_end(ap);
    putchar('\n');
}

/* sim_fail - the run is over */
void sim_fail(const char *format, ...)
{
    va_list ap;

    va_start(ap, format);
    vsnprintf(sim.out->why, sizeof(sim.out->why), format, ap);
    va_end(ap);
    sim.out->failed = sim.out->ended = true;
    trace("FAILED %s", sim.out->why);
    fflush(stdout);
    _exit(1);
}
