/* child.c - runs in processes of their own */
#include "tests/sim/child.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/sim/check.h"
#include "tests/sim/folders.h"
#include "tests/sim/run.h"

enum { CPU_SECONDS_MAX = 60, CHILDREN_MAX = 64 };

/* A run under way. */
struct child {
    pid_t pid; /* 0: none */
    uint64_t seed;
    char root[sizeof(sim.root)];
    struct outcome *out;
};

static struct child children[CHILDREN_MAX];
static size_t n_children;
static struct outcome *undisturbed;

/* shared - an outcome that parent and child see */
static struct outcome *shared(void)
{
    void *p = mmap(NULL, sizeof(struct outcome), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
                   -1, 0);

    if (p != MAP_FAILED)
        return p;
    fprintf(stderr, "sim: no memory\n");
    exit(3);
}

/* make_root - a folder of the run's own */
static void make_root(char out[sizeof(sim.root)])
{
    const char *tmp = getenv("TMPDIR");

    snprintf(out, sizeof(sim.root), "%s/cleanclaim-sim.XXXXXX", tmp ? tmp : "/tmp");
    if (mkdtemp(out))
        return;
    fprintf(stderr, "sim: %s cannot be made\n", out);
    exit(3);
}

/* live - in the child */
static void live(void)
{
    const struct rlimit cpu = {CPU_SECONDS_MAX, CPU_SECONDS_MAX};

    setrlimit(RLIMIT_CPU, &cpu);
    run_seed();
    fflush(stdout);
    _exit(0);
}

/* start - a run */
static void start(struct child *c, const struct child_options *o, uint64_t seed, bool disturbed)
{
    c->seed = seed;
    memset(c->out, 0, sizeof(*c->out));
    make_root(c->root);
    memset(&sim, 0, sizeof(sim));
    memcpy(sim.root, c->root, sizeof(sim.root));
    sim.seed = seed;
    sim.disturbed = disturbed;
    sim.sabotage = o->sabotage;
    sim.only = o->only && (o->only[0] || o->sabotage) ? o->only : NULL;
    sim.trace = o->trace;
    sim.out = c->out;
    fflush(stdout);
    c->pid = fork();
    if (c->pid == 0)
        live();
    if (c->pid > 0)
        return;
    fprintf(stderr, "sim: no process\n");
    exit(3);
}

/* judge - how it ended */
static void judge(struct child *c, int status)
{
    struct outcome *o = c->out;

    c->pid = 0;
    folders_remove(c->root);
    if (!o->ended) {
        o->failed = true;
        snprintf(o->why, sizeof(o->why), "the process ended by signal %d, code %d",
                 WIFSIGNALED(status) ? WTERMSIG(status) : 0,
                 WIFEXITED(status) ? WEXITSTATUS(status) : -1);
    }
    if (!o->failed && undisturbed->ended)
        o->failed = check_compare(undisturbed->summary, o->summary, o->why, sizeof(o->why)) != 0;
}

/* wait_any - the child that ended */
static struct child *wait_any(void)
{
    int status;
    pid_t pid = waitpid(-1, &status, 0);

    for (size_t i = 0; pid > 0 && i < n_children; i++)
        if (children[i].pid == pid) {
            judge(&children[i], status);
            return &children[i];
        }
    fprintf(stderr, "sim: no child\n");
    exit(3);
}

/* children_open - what all are compared with */
void children_open(void)
{
    static const struct child_options o = {.sabotage = SABOTAGE_NONE};
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    struct rlimit files;

    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    n_children = cores > 0 && cores < CHILDREN_MAX ? (size_t)cores : 1;
    for (size_t i = 0; i < n_children; i++)
        children[i].out = shared();
    undisturbed = shared();
    start(&children[0], &o, 0, false);
    wait_any();
    if (children[0].out->failed) {
        printf("the undisturbed run failed: %s\n", children[0].out->why);
        exit(1);
    }
    memcpy(undisturbed, children[0].out, sizeof(*undisturbed));
}

/* child_run - alone */
const struct outcome *child_run(const struct child_options *o, uint64_t seed)
{
    start(&children[0], o, seed, true);
    return wait_any()->out;
}

/* children_run - a new one for each that ends */
void children_run(const struct child_options *o, uint64_t from, uint64_t n,
                  void (*fn)(void *arg, uint64_t seed, const struct outcome *o), void *arg)
{
    uint64_t started = 0;

    for (uint64_t ended = 0; ended < n; ended++) {
        const struct child *c;

        for (size_t i = 0; i < n_children && started < n; i++)
            if (!children[i].pid)
                start(&children[i], o, from + started++, true);
        c = wait_any();
        fn(arg, c->seed, c->out);
    }
}
