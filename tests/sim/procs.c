/* procs.c - who keeps the workers running, and disturbs them
 *
 * A slot is a replica with a name and a folder of its own, as a StatefulSet's pod; what ends in it
 * is started again after a while. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "services/coder/coder.h"
#include "services/submitter/submitter.h"
#include "services/validator/validator.h"
#include "tests/sim/folders.h"
#include "tests/sim/sim.h"
#include "tests/sim/world.h"

enum {
    REPLICAS_MAX = 3,
    SLOTS_MAX = 32,
    GRACE_US = 10000000,
    STEADY_US = 2000000,
    JUMPS_MS = 2400000 /* of one phase: no timer of days comes due by jumps */
};

/* The chain. */
static const struct {
    const struct svc_spec *spec;
    const char *name;
    int most; /* replicas */
} stages[] = {
    {&ehr_spec, "intake", 1},
    {&coder_spec, "coder", REPLICAS_MAX},
    {&validator_spec, "validator", REPLICAS_MAX},
    {&submitter_build_spec, "build", REPLICAS_MAX},
    {&submitter_deliver_spec, "deliver", 2},
    {&submitter_follow_spec, "follow", REPLICAS_MAX},
};

struct slot {
    const struct svc_spec *spec;
    char name[32];
    char state[300], old_state[320];
    int replica, starts;
    struct proc *now;
    int64_t start_us; /* when the next one starts */
    int64_t since_us; /* when this one did */
    bool asked;       /* whether a zombie is made of this stall */
};

static struct slot slots[SLOTS_MAX];
static int n_slots;
static struct proc *procs[SIM_PROCS_MAX];
static int n_procs;
static int64_t jumped_ms;

/* add_slot - not started */
static void add_slot(const struct svc_spec *spec, const char *name, int replica)
{
    struct slot s = {.spec = spec, .replica = replica};

    snprintf(s.name, sizeof(s.name), "%s.%d", name, replica);
    snprintf(s.state, sizeof(s.state), "%s/state-%s.%d", sim.root, name, replica);
    snprintf(s.old_state, sizeof(s.old_state), "%s/old-%s.%d", sim.root, name, replica);
    s.start_us = sim.now_us + random_between(0, 500000);
    slots[n_slots++] = s;
}

/* procs_open - one to three of a stage; one where nothing is disturbed */
void procs_open(void)
{
    for (size_t i = 0; i < sizeof(stages) / sizeof(stages[0]); i++) {
        int n = sim.disturbed ? (int)random_between(1, stages[i].most) : 1;

        for (int r = 0; r < n; r++)
            add_slot(stages[i].spec, stages[i].name, r);
    }
}

/* set_number - a setting of the environment */
static void set_number(const char *name, int64_t v)
{
    char text[32];

    snprintf(text, sizeof(text), "%lld", (long long)v);
    setenv(name, text, 1);
}

/* set_environment - read at once by the worker that starts now */
static void set_environment(const struct slot *s)
{
    char mail[300];

    snprintf(mail, sizeof(mail), "%s/mail", sim.root);
    setenv("MAIL_DIR", mail, 1);
    setenv("STATE_DIR", s->state, 1);
    set_number("WORKER_ID", s->replica);
    setenv("HTTP_PORT", "-1", 1);
    setenv("QUALITY_PER_MILLE", "0", 1);
    setenv("REPLIES_SETTLE_MS", "0", 1);
    setenv("TABLES_POLL_MS", "2000", 1);
    setenv("RETRY_MAX_MS", "2000", 1);
    set_number("BATCH_RECORDS", sim.disturbed ? random_between(1, 40) : 2000);
    set_number("BATCH_MS", sim.disturbed ? random_between(5, 200) : 100);
}

/* live - a worker, from main to exit */
static void *live(void *arg)
{
    struct proc *p = arg;
    struct slot *s = &slots[p->slot];
    char name[32];
    char *argv[] = {name, NULL};

    snprintf(name, sizeof(name), "%s", s->spec->name);
    set_environment(s);
    p->exit_code = svc_main(s->spec, 1, argv);
    trace("exits with %d", p->exit_code);
    if (p->exit_code == 2)
        sim_fail("%s: a setting is refused", p->name);
    p->silent_us = sim.now_us;
    locks_release(p);
    if (s->now == p) {
        s->now = NULL;
        s->start_us = sim.now_us + random_between(100000, 3000000);
    }
    tasks_kill(p);
    return NULL;
}

/* spoil_state - nobody uses the folder: it may be lost, or an older one be found */
static void spoil_state(const struct slot *s)
{
    if (!sim.disturbed || !s->starts || s->spec->state == TOPIC_NONE)
        return;
    if (fault(FAULT_STATE_LOST))
        folders_remove(s->state);
    else if (folders_exists(s->old_state) && fault(FAULT_STATE_STALE)) {
        folders_remove(s->state);
        folders_copy(s->old_state, s->state);
    } else if (sim.rates[FAULT_STATE_STALE] && random_below(2)) {
        folders_remove(s->old_state);
        folders_copy(s->state, s->old_state);
    }
}

/* in_use - does a zombie hold the slot's folder? */
static bool in_use(int slot)
{
    for (int i = 0; i < n_procs; i++)
        if (!procs[i]->dead && procs[i]->slot == slot)
            return true;
    return false;
}

/* start_slot - one more life */
static void start_slot(int i)
{
    struct slot *s = &slots[i];
    struct proc *p = calloc(1, sizeof(*p));

    if (!p || n_procs == SIM_PROCS_MAX)
        sim_fail("simulator: too many starts");
    if (!in_use(i))
        spoil_state(s);
    procs[n_procs++] = p;
    snprintf(p->name, sizeof(p->name), "%s#%d", s->name, ++s->starts);
    p->slot = i;
    s->now = p;
    s->asked = false;
    s->since_us = sim.now_us;
    trace("%s starts", p->name);
    task_new(p, live, p);
}

/* proc_crash - nothing of it is left but its folders and what the brokers have */
void proc_crash(struct proc *p)
{
    struct slot *s = &slots[p->slot];

    if (p->dead)
        return;
    trace("%s is killed", p->name);
    if (!p->silent_us)
        p->silent_us = sim.now_us;
    locks_release(p);
    if (s->now == p) {
        s->now = NULL;
        s->start_us = sim.now_us + (sim.calm ? 100000 : random_between(50000, 20000000));
    }
    tasks_kill(p);
}

/* maybe_zombie - its successor starts while it stands still */
static void maybe_zombie(struct slot *s)
{
    struct proc *p = s->now;

    if (!p || p->stalled_until_us <= sim.now_us || s->asked)
        return;
    s->asked = true;
    if (!fault(FAULT_ZOMBIE))
        return;
    p->kill_at_us = p->stalled_until_us + random_between(1000, 20000000);
    s->now = NULL;
    s->start_us = sim.now_us + random_between(0, 10000000);
}

/* disturb - what comes from outside */
static void disturb(struct slot *s)
{
    struct proc *p = s->now;

    maybe_zombie(s);
    if (p && !p->stopping && s->spec->consume && fault(FAULT_STOP)) {
        p->stopping = true;
        p->kill_at_us = sim.now_us + GRACE_US;
    }
    if (jumped_ms < JUMPS_MS && fault(FAULT_CLOCK)) {
        int64_t ms = random_between(1, 600000);

        sim.wall_ms += ms;
        jumped_ms += ms;
    }
}

/* procs_step - see sim.h */
void procs_step(void)
{
    for (int i = 0; i < n_slots; i++) {
        disturb(&slots[i]);
        if (!slots[i].now && slots[i].start_us <= sim.now_us)
            start_slot(i);
    }
    for (int i = 0; i < n_procs; i++)
        if (procs[i]->kill_at_us && procs[i]->kill_at_us <= sim.now_us)
            proc_crash(procs[i]);
}

/* procs_calm - zombies go, stalls end */
void procs_calm(void)
{
    sim.calm = true;
    jumped_ms = 0;
    for (int i = 0; i < n_procs; i++) {
        if (procs[i]->stalled_until_us > sim.now_us)
            procs[i]->stalled_until_us = sim.now_us;
        if (slots[procs[i]->slot].now != procs[i])
            proc_crash(procs[i]);
    }
}

/* procs_steady - nobody has ended of late */
bool procs_steady(void)
{
    for (int i = 0; i < n_slots; i++)
        if (!slots[i].now || sim.now_us - slots[i].since_us < STEADY_US)
            return false;
    return true;
}
