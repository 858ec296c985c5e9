/* task.c - tasks with stacks of their own, in one thread: who is due first goes on
 *
 * Two that are due at the same instant go in an order drawn from the seed. A task of a dead process
 * is never gone back to: its stack, and all that it had in memory, is left as a killed process
 * leaves it. */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>

#include "tests/sim/sim.h"

enum { STACK_BYTES = 1 << 20, TASKS_MAX = 4096, CALL_US = 400 };

struct task {
    ucontext_t at;
    void *stack;
    struct proc *proc;
    void *(*fn)(void *);
    void *arg;
    const void *on; /* waits for it */
    int64_t wake_us;
    uint64_t order; /* among those due at the same instant */
    bool done, gone;
};

static struct task *tasks[TASKS_MAX];
static size_t n_tasks;
static struct task *current;
static ucontext_t scheduler;
static int64_t ask_us; /* when the world is looked at next */

static struct task *first(void);
static int64_t due_at(const struct task *t);

/* begin - the first function of every task */
static void begin(void)
{
    current->fn(current->arg);
    current->done = true;
    task_wake(current);
    swapcontext(&current->at, &scheduler);
}

/* task_new - due at once */
struct task *task_new(struct proc *p, void *(*fn)(void *), void *arg)
{
    struct task *t = calloc(1, sizeof(*t));

    if (!t || n_tasks == TASKS_MAX)
        sim_fail("simulator: no room for a task");
    t->stack = mmap(NULL, STACK_BYTES, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (t->stack == MAP_FAILED)
        sim_fail("simulator: no stack");
    t->proc = p;
    t->fn = fn;
    t->arg = arg;
    t->wake_us = sim.now_us;
    t->order = random_below(UINT64_MAX);
    getcontext(&t->at);
    t->at.uc_stack.ss_sp = t->stack;
    t->at.uc_stack.ss_size = STACK_BYTES;
    makecontext(&t->at, begin, 0);
    tasks[n_tasks++] = t;
    return t;
}

/* task_current - NULL: the scheduler itself */
struct task *task_current(void)
{
    return current;
}

/* proc_current - whose task it is */
struct proc *proc_current(void)
{
    return current ? current->proc : NULL;
}

/* task_done - its function has returned */
bool task_done(const struct task *t)
{
    return t->done;
}

/* task_forget - nobody will ask for it again */
void task_forget(struct task *t)
{
    t->gone = true;
}

/* task_wait - gives way until so much time has passed, or somebody wakes whoever waits on this */
void task_wait(const void *on, int64_t us)
{
    struct task *t = current;

    if (!t) {
        sim.now_us += us;
        return;
    }
    t->on = on;
    t->wake_us = sim.now_us + (us > 0 ? us : 0);
    t->order = random_below(UINT64_MAX);
    if (first() == t && due_at(t) < ask_us) /* it would be the next */
        sim.now_us = due_at(t) > sim.now_us ? due_at(t) : sim.now_us;
    else
        swapcontext(&t->at, &scheduler);
    t->on = NULL;
}

/* task_pause - gives way */
void task_pause(int64_t us)
{
    task_wait(NULL, us);
}

/* task_slow - a slow call: who stands in it has work in hand that no broker knows of */
void task_slow(int64_t us)
{
    if (sim.slow_until_us < sim.now_us + us)
        sim.slow_until_us = sim.now_us + us;
    task_pause(us);
}

/* task_wake - now, whoever waits */
void task_wake(const void *on)
{
    for (size_t i = 0; on && i < n_tasks; i++)
        if (tasks[i]->on == on && tasks[i]->wake_us > sim.now_us)
            tasks[i]->wake_us = sim.now_us;
}

/* tasks_kill - all of a process; when it is the one that runs, it does not run on */
void tasks_kill(struct proc *p)
{
    p->dead = true;
    if (current && current->proc == p)
        swapcontext(&current->at, &scheduler);
}

/* due_at - when a task goes on */
static int64_t due_at(const struct task *t)
{
    int64_t still = t->proc ? t->proc->stalled_until_us : 0;

    return t->wake_us > still ? t->wake_us : still;
}

/* before - of two, the one that goes first */
static bool before(const struct task *a, const struct task *b)
{
    return due_at(a) != due_at(b) ? due_at(a) < due_at(b) : a->order < b->order;
}

/* sweep - stacks of tasks that will not run again */
static void sweep(void)
{
    size_t kept = 0;

    for (size_t i = 0; i < n_tasks; i++) {
        struct task *t = tasks[i];

        if ((t->done || (t->proc && t->proc->dead)) && t->stack) {
            munmap(t->stack, STACK_BYTES);
            t->stack = NULL;
        }
        if (t->stack || !(t->gone || (t->proc && t->proc->dead)))
            tasks[kept++] = t;
    }
    n_tasks = kept;
}

/* first - the task that is due first; NULL: none */
static struct task *first(void)
{
    struct task *best = NULL;

    for (size_t i = 0; i < n_tasks; i++)
        if (!tasks[i]->done && !(tasks[i]->proc && tasks[i]->proc->dead) &&
            (!best || before(tasks[i], best)))
            best = tasks[i];
    return best;
}

/* tasks_run - the scheduler */
void tasks_run(bool (*stop)(void), int64_t every_us)
{
    for (ask_us = sim.now_us;;) {
        struct task *t;

        sweep();
        t = first();
        if (!t || due_at(t) >= ask_us) {
            if (ask_us > sim.now_us)
                sim.now_us = ask_us;
            procs_step();
            if (stop())
                return;
            ask_us = sim.now_us + every_us;
            continue;
        }
        if (due_at(t) > sim.now_us)
            sim.now_us = due_at(t);
        current = t;
        swapcontext(&scheduler, &t->at);
        current = NULL;
    }
}

/* stand_still - SIGSTOP, and SIGCONT some time later: shorter or longer than a session and a
 * transaction live */
static void stand_still(struct proc *p)
{
    p->silent_us = sim.now_us;
    p->stalled_until_us = sim.now_us + random_between(1000000, 90000000);
    task_pause(0);
    p->stalled_until_us = 0;
    p->silent_us = 0;
}

/* sim_call - time passes in every call; a worker may die in it or stand still */
void sim_call(const char *what)
{
    struct proc *p = proc_current();

    if (!current)
        return;
    sim.out->calls++;
    if (fault(FAULT_SLOW))
        task_slow(random_between(500000, 20000000));
    else
        task_pause(random_between(1, CALL_US));
    if (!p)
        return;
    if (fault(FAULT_CRASH)) {
        trace("crash in %s", what);
        proc_crash(p);
    }
    if (fault(FAULT_STALL)) {
        trace("stands still in %s", what);
        stand_still(p);
    }
}
