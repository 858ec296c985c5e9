/* run.c - one seed: phases of input, each disturbed for a while, then left alone until all rests */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "common/base/err.h"
#include "common/sys/file.h"
#include "tests/sim/broker.h"
#include "tests/sim/check.h"
#include "tests/sim/folders.h"
#include "tests/sim/run.h"
#include "tests/sim/world.h"

#define START_MS INT64_C(1795176000000) /* 2026-11-20 12:00 UTC */
#define DAY_MS INT64_C(86400000)
#define ANSWERS_MS INT64_C(7200000) /* the payer's are due */

enum {
    ASK_US = 100000,
    GROUPS = 5, /* coder, validator, build, deliver, follow */
    QUIET_US = 4000000,
    DISTURB_LEAST_US = 5000000,
    DISTURB_MOST_US = 40000000
};

#define STUCK_US INT64_C(1800000000)

static int64_t until_us, stuck_us, quiet_since_us;
static uint64_t records_then;

/* time_is_up - of the disturbance */
static bool time_is_up(void)
{
    return sim.now_us >= until_us;
}

/* at_rest - everything is done, and nothing came for a while */
static bool at_rest(void)
{
    bool rests = sim.now_us >= sim.slow_until_us && ehr_done() && procs_steady() && broker_idle() &&
                 groups_done(GROUPS) && payer_done();

    if (!rests || sim.out->records != records_then)
        quiet_since_us = sim.now_us;
    records_then = sim.out->records;
    if (sim.now_us > stuck_us)
        sim_fail("stuck: events %s, workers %s, transactions %s, groups %s, payer %s",
                 ehr_done() ? "sent" : "wait", procs_steady() ? "run" : "end",
                 broker_idle() ? "ended" : "open", groups_done(GROUPS) ? "done" : "behind",
                 payer_done() ? "done" : "waits");
    return rests && sim.now_us - quiet_since_us >= QUIET_US;
}

/* phase - its events, or the payer's answers to them, disturbed; then rest */
static void phase(int n)
{
    trace("phase %d", n);
    ehr_phase(n / 2);
    sim.calm = false;
    if (sim.disturbed) {
        until_us = sim.now_us + random_between(DISTURB_LEAST_US, DISTURB_MOST_US);
        tasks_run(time_is_up, ASK_US);
    }
    procs_calm();
    stuck_us = sim.now_us + STUCK_US;
    quiet_since_us = sim.now_us;
    tasks_run(at_rest, ASK_US);
}

/* make_folders - the mailboxes stand ready, as at a payer */
static void make_folders(void)
{
    static const char *const names[] = {"mail/out/CLRHOUSE01", "mail/in/CLRHOUSE01",
                                        "mail/out/MEDICARE01", "mail/in/MEDICARE01"};
    char path[400];
    struct err e;

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        snprintf(path, sizeof(path), "%s/%s", sim.root, names[i]);
        if (file_make_dirs(path, &e) < 0)
            sim_fail("simulator: %s", e.text);
    }
}

/* run_seed - see run.h */
void run_seed(void)
{
    random_seed(sim.seed);
    sim.wall_ms = START_MS;
    sim.now_us = 1000000;
    if (sim.disturbed)
        faults_draw();
    make_folders();
    store_give(world.tables);
    payer_open();
    procs_open();
    for (int n = 0; n < WORLD_PHASES; n++) {
        phase(n);
        sim.wall_ms += n % 2 ? 4 * DAY_MS : ANSWERS_MS;
    }
    check_world();
    sim.out->ended = true;
}
