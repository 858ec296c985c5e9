/* group.c - consumer groups: members, generations, committed offsets
 *
 * A rebalance waits until every member has given its partitions up, or is thrown out because no
 * heartbeat came for a session. Heartbeats come by themselves while the process runs. */
#include <stdlib.h>
#include <string.h>

#include "common/base/str.h"
#include "tests/sim/broker.h"

enum { GROUPS_MAX = 16, MEMBERS_MAX = 512, SESSION_US = 30000000, NAME_MAX_ = 200 };

struct member {
    const struct proc *proc;
    bool in, rejoined, told; /* told: it has this generation's partitions */
    int generation;
    int32_t from, to;
};

struct group {
    char name[NAME_MAX_];
    int generation;
    bool forming;
    struct member members[MEMBERS_MAX];
    int n;
    enum topic topics[TOPIC_MAX + 1];             /* its own copy: members go, the group stays */
    int64_t committed[TOPIC_MAX][SIM_PARTITIONS]; /* one more: 0 is nothing */
    uint64_t order[TOPIC_MAX][SIM_PARTITIONS];    /* when that came */
};

static struct group *groups[GROUPS_MAX];
static size_t n_groups;

/* group_of - by name */
static struct group *group_of(const char *name)
{
    for (size_t i = 0; i < n_groups; i++)
        if (strcmp(groups[i]->name, name) == 0)
            return groups[i];
    if (n_groups == GROUPS_MAX || strlen(name) >= NAME_MAX_)
        sim_fail("simulator: too many groups");
    groups[n_groups] = calloc(1, sizeof(struct group));
    if (!groups[n_groups])
        sim_fail("simulator: out of memory");
    str_copy(groups[n_groups]->name, NAME_MAX_, name);
    return groups[n_groups++];
}

/* form_anew - everybody must come again */
static void form_anew(struct group *g)
{
    trace("group %s forms anew", g->name);
    g->forming = true;
    for (int i = 0; i < g->n; i++)
        g->members[i].rejoined = false;
}

/* assign - ranges, in the order of members */
static void assign(struct group *g)
{
    int members = 0, at = 0;

    for (int i = 0; i < g->n; i++)
        members += g->members[i].in;
    for (int i = 0; i < g->n; i++) {
        struct member *m = &g->members[i];

        if (!m->in)
            continue;
        m->from = SIM_PARTITIONS * at / members;
        m->to = SIM_PARTITIONS * (at + 1) / members;
        m->told = false;
        at++;
    }
    g->generation++;
    g->forming = false;
    trace("group %s: generation %d of %d members", g->name, g->generation, members);
}

/* throw_out - members of which nothing was heard for a session */
static void throw_out(struct group *g)
{
    for (int i = 0; i < g->n; i++) {
        const struct proc *p = g->members[i].proc;

        if (!g->members[i].in || !p->silent_us || sim.now_us - p->silent_us < SESSION_US)
            continue;
        trace("group %s: %s is out", g->name, p->name);
        g->members[i].in = false;
        form_anew(g);
    }
}

/* form - when all that are in have come */
static void form(struct group *g)
{
    bool any = false;

    throw_out(g);
    for (int i = 0; g->forming && i < g->n; i++) {
        if (g->members[i].in && !g->members[i].rejoined)
            return;
        any = any || g->members[i].in;
    }
    if (g->forming && any)
        assign(g);
}

/* group_join - a new member; all must come again */
int group_join(const char *group, const struct proc *p, const enum topic *topics)
{
    struct group *g = group_of(group);

    if (g->n == MEMBERS_MAX)
        sim_fail("simulator: too many members");
    form_anew(g);
    for (int i = 0; i < TOPIC_MAX && (g->topics[i] = topics[i]) != TOPIC_NONE; i++)
        ;
    g->members[g->n] = (struct member){.proc = p, .in = true, .rejoined = true, .generation = -1};
    return g->n++;
}

/* group_leave - at once */
void group_leave(const char *group, int member)
{
    struct group *g = group_of(group);

    if (!g->members[member].in)
        return;
    g->members[member].in = false;
    form_anew(g);
}

/* group_heartbeat - what the member must do */
enum group_says group_heartbeat(const char *group, int member)
{
    struct group *g = group_of(group);
    struct member *m = &g->members[member];

    form(g);
    if (!m->in)
        return GROUP_LOST;
    if (g->forming)
        return m->rejoined ? GROUP_WAIT : GROUP_REJOIN;
    return m->told ? GROUP_STAY : GROUP_NEW;
}

/* group_rejoin - its partitions are given up */
void group_rejoin(const char *group, int member)
{
    struct group *g = group_of(group);

    g->members[member].rejoined = true;
    form(g);
}

/* group_take - the partitions of this generation */
int group_take(const char *group, int member, int32_t *from, int32_t *to)
{
    struct group *g = group_of(group);
    struct member *m = &g->members[member];

    m->told = true;
    *from = m->from;
    *to = m->to;
    return m->generation = g->generation;
}

/* group_valid - may it commit? Also while the group forms anew. */
bool group_valid(const char *group, int member, int generation)
{
    struct group *g = group_of(group);

    form(g);
    return g->members[member].in && g->generation == generation;
}

/* group_disturb - by the seed */
void group_disturb(const char *group, int member)
{
    struct group *g = group_of(group);

    if (!g->members[member].in || g->forming)
        return;
    if (fault(FAULT_REBALANCE))
        form_anew(g);
    if (fault(FAULT_LOST)) {
        g->members[member].in = false;
        form_anew(g);
    }
}

/* group_committed - the next offset to read */
int64_t group_committed(const char *group, enum topic t, int32_t partition)
{
    return group_of(group)->committed[t][partition] - 1;
}

/* group_commit - an offset; a transaction's that is written late does not replace a newer one */
void group_commit(const char *group, const struct offset *o)
{
    struct group *g = group_of(group);

    if (o->order < g->order[o->topic][o->partition])
        return;
    g->order[o->topic][o->partition] = o->order;
    g->committed[o->topic][o->partition] = o->offset + 1;
}

/* behind - is there a record that the group has not committed? */
static bool behind(struct group *g, enum topic t, int32_t partition)
{
    struct log *l = broker_log(t, false, partition);
    int64_t from = g->committed[t][partition] - 1;

    for (size_t i = from < 0 ? 0 : (size_t)from; i < broker_end(l, true); i++)
        if (broker_visible(&l->records[i], true))
            return true;
    return false;
}

/* done - is all read that there is? */
static bool done(struct group *g)
{
    bool any = false;

    form(g);
    for (int i = 0; i < g->n; i++) {
        const struct member *m = &g->members[i];

        if (m->in && (g->forming || !m->told || m->proc->silent_us)) /* a dead one's timers wait */
            return false;
        any = any || g->members[i].in;
    }
    if (!any)
        return false;
    for (const enum topic *t = g->topics; *t != TOPIC_NONE; t++)
        for (int32_t p = 0; p < SIM_PARTITIONS; p++)
            if (behind(g, *t, p)) {
                trace("group %s is behind in %s/%d", g->name, topic_row(*t)->name, (int)p);
                return false;
            }
    return true;
}

/* groups_done - all of them, of so many stages */
bool groups_done(size_t stages)
{
    if (n_groups < stages)
        return false;
    for (size_t i = 0; i < n_groups; i++)
        if (!done(groups[i]))
            return false;
    return true;
}
