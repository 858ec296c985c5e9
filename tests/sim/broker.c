/* broker.c - partitions and transactions */
#include "tests/sim/broker.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/str.h"

enum {
    TXN_PARTS = 64,
    TXN_OFFSETS = 64,
    TXNS_MAX = 256,
    IDS_MAX = 256,
    LATE_MAX = 256,
    ID_MAX = 200
};

struct txn_part {
    struct log *log;
    int64_t due_us;
    bool written;
};

struct txn {
    struct producer_id *id;
    int64_t began_us;
    bool decided, commit, offsets_written;
    int64_t offsets_due_us;
    struct txn_part parts[TXN_PARTS];
    size_t n_parts;
    struct offset offsets[TXN_OFFSETS];
    size_t n_offsets;
    char group[ID_MAX];
};

struct producer_id {
    char id[ID_MAX];
    int epoch;
    int64_t timeout_us;
    struct txn *txn; /* open, or not written yet */
};

struct late {
    char id[ID_MAX];
    int epoch;
    int64_t due_us;
};

static struct log logs[TOPIC_MAX][2][SIM_PARTITIONS];
static struct producer_id ids[IDS_MAX];
static size_t n_ids;
static struct txn *txns[TXNS_MAX]; /* not written yet */
static size_t n_txns;
static struct late late[LATE_MAX];
static size_t n_late;

/* broker_log - one partition */
struct log *broker_log(enum topic t, bool dead, int32_t partition)
{
    struct log *l = &logs[t][dead][partition];

    l->topic = t;
    l->dead = dead;
    l->partition = partition;
    return l;
}

/* broker_topic - by name */
bool broker_topic(const char *name, enum topic *t, bool *dead)
{
    size_t n = strlen(name);
    char plain[128];

    *dead = n > 5 && strcmp(name + n - 5, ".dead") == 0;
    if (n >= sizeof(plain))
        return false;
    memcpy(plain, name, n + 1);
    if (*dead)
        plain[n - 5] = '\0';
    *t = topic_by_name(plain);
    return *t != TOPIC_NONE;
}

/* broker_end - read committed stops at the first record that is not decided */
size_t broker_end(struct log *l, bool committed)
{
    broker_step();
    if (!committed || sim.sabotage == SABOTAGE_ISOLATION)
        return l->n;
    while (l->stable < l->n && l->records[l->stable].state != RECORD_OPEN)
        l->stable++;
    return l->stable;
}

/* broker_visible - to such a reader */
bool broker_visible(const struct record *r, bool committed)
{
    if (r->state == RECORD_MARKER)
        return false;
    return r->state == RECORD_COMMITTED || !committed || sim.sabotage == SABOTAGE_ISOLATION;
}

/* put - at a partition's end */
static int64_t put(struct log *l, const struct record *r)
{
    if (l->n == l->cap) {
        l->cap = l->cap ? l->cap * 2 : 64;
        l->records = realloc(l->records, l->cap * sizeof(*l->records));
        if (!l->records)
            sim_fail("simulator: out of memory");
    }
    l->records[l->n] = *r;
    sim.out->records++;
    return (int64_t)l->n++;
}

/* disorder - a broker that does not keep a partition's order, for the self-test */
static void disorder(struct log *l)
{
    struct record *r = l->records;
    size_t n = l->n;

    if (sim.sabotage != SABOTAGE_ORDER || l->topic != TOPIC_ENCOUNTERS || n < 2 ||
        random_below(4) || r[n - 1].key_len != r[n - 2].key_len ||
        memcmp(r[n - 1].key, r[n - 2].key, r[n - 1].key_len) != 0)
        return;
    struct record last = r[n - 1];

    r[n - 1] = r[n - 2];
    r[n - 2] = last;
}

/* write_part - the end of a transaction reaches one partition */
static void write_part(struct txn *t, struct txn_part *p)
{
    struct record marker = {.state = RECORD_MARKER, .time_ms = 0};

    for (size_t i = p->log->n; i; i--)
        if (p->log->records[i - 1].txn == t && p->log->records[i - 1].state == RECORD_OPEN)
            p->log->records[i - 1].state = t->commit ? RECORD_COMMITTED : RECORD_ABORTED;
    put(p->log, &marker);
    p->written = true;
}

/* write_offsets - and the group's offsets */
static void write_offsets(struct txn *t)
{
    for (size_t i = 0; t->commit && sim.sabotage != SABOTAGE_OFFSETS && i < t->n_offsets; i++)
        group_commit(t->group, &t->offsets[i]);
    t->offsets_written = true;
}

/* complete - what of a decided transaction is due; true: all is written */
static bool complete(struct txn *t)
{
    bool all = true;

    for (size_t i = 0; i < t->n_parts; i++) {
        if (!t->parts[i].written && t->parts[i].due_us <= sim.now_us)
            write_part(t, &t->parts[i]);
        all = all && t->parts[i].written;
    }
    if (!t->offsets_written && t->offsets_due_us <= sim.now_us)
        write_offsets(t);
    return all && t->offsets_written;
}

/* later - when a decision is written */
static int64_t later(void)
{
    return sim.now_us +
           (fault(FAULT_MARKER_SLOW) ? random_between(10000, 3000000) : random_between(0, 3000));
}

/* decide - the one instant at which a transaction ends */
static void decide(struct txn *t, bool commit)
{
    trace("broker: %s %s", commit ? "commits" : "aborts", t->id->id);
    t->decided = true;
    t->commit = commit;
    for (size_t i = 0; i < t->n_parts; i++)
        t->parts[i].due_us = later();
    t->offsets_due_us = later();
}

/* live_too_long - aborted by the coordinator, which fences its producer */
static void live_too_long(struct txn *t)
{
    if (t->decided || sim.now_us - t->began_us < t->id->timeout_us)
        return;
    trace("broker: %s timed out", t->id->id);
    t->id->epoch++;
    decide(t, false);
}

/* arrive - late requests to commit; those of an old epoch are void */
static void arrive(void)
{
    for (size_t i = n_late; i; i--)
        if (late[i - 1].due_us <= sim.now_us) {
            struct late l = late[i - 1];

            late[i - 1] = late[--n_late];
            broker_finish(l.id, l.epoch, true);
        }
}

/* broker_step - time passes */
void broker_step(void)
{
    static bool inside;
    size_t kept = 0;

    if (inside)
        return;
    inside = true;
    arrive();
    for (size_t i = 0; i < n_txns; i++) {
        live_too_long(txns[i]);
        if (txns[i]->decided && complete(txns[i]))
            txns[i]->id->txn = NULL;
        else
            txns[kept++] = txns[i];
    }
    n_txns = kept;
    inside = false;
}

/* broker_idle - nothing is open */
bool broker_idle(void)
{
    broker_step();
    return n_txns == 0 && n_late == 0;
}

/* producer_of - by transactional id */
static struct producer_id *producer_of(const char *id)
{
    for (size_t i = 0; i < n_ids; i++)
        if (strcmp(ids[i].id, id) == 0)
            return &ids[i];
    if (n_ids == IDS_MAX || strlen(id) >= ID_MAX)
        sim_fail("simulator: too many producers");
    str_copy(ids[n_ids].id, ID_MAX, id);
    return &ids[n_ids++];
}

/* broker_init - a new epoch */
enum answer broker_init(const char *id, int64_t timeout_us, int *epoch)
{
    struct producer_id *p = producer_of(id);

    broker_step();
    if (p->txn && !p->txn->decided) {
        p->epoch++;
        decide(p->txn, false);
    }
    if (p->txn)
        return ANSWER_WAIT;
    p->timeout_us = timeout_us;
    *epoch = ++p->epoch;
    return ANSWER_OK;
}

/* fenced - is it an older epoch's request? */
static bool fenced(const struct producer_id *p, int epoch)
{
    return p->epoch != epoch && sim.sabotage != SABOTAGE_EPOCH;
}

/* open_txn - the producer's; NULL: the one before is not written yet */
static struct txn *open_txn(struct producer_id *p)
{
    if (p->txn)
        return p->txn->decided ? NULL : p->txn;
    if (n_txns == TXNS_MAX)
        sim_fail("simulator: too many transactions");
    p->txn = calloc(1, sizeof(*p->txn));
    if (!p->txn)
        sim_fail("simulator: out of memory");
    p->txn->id = p;
    p->txn->began_us = sim.now_us;
    txns[n_txns++] = p->txn;
    return p->txn;
}

/* add_part - the transaction touches a partition */
static void add_part(struct txn *t, struct log *l)
{
    for (size_t i = 0; i < t->n_parts; i++)
        if (t->parts[i].log == l)
            return;
    if (t->n_parts == TXN_PARTS)
        sim_fail("simulator: too many partitions in a transaction");
    t->parts[t->n_parts++].log = l;
}

/* broker_append - a record */
enum answer broker_append(const char *id, int epoch, struct log *l, const struct record *r,
                          int64_t *offset)
{
    struct producer_id *p = id ? producer_of(id) : NULL;
    struct record mine = *r;

    broker_step();
    if (p && fenced(p, epoch))
        return ANSWER_FENCED;
    mine.state = p ? RECORD_OPEN : RECORD_COMMITTED;
    mine.txn = p ? open_txn(p) : NULL;
    if (p && !mine.txn)
        return ANSWER_WAIT;
    if (p)
        add_part(mine.txn, l);
    *offset = put(l, &mine);
    disorder(l);
    return ANSWER_OK;
}

/* broker_order - the next number */
uint64_t broker_order(void)
{
    static uint64_t order;

    return ++order;
}

/* broker_offsets - of a group, into the transaction; only of members that are in */
enum answer broker_offsets(const char *id, int epoch, const char *group, int member, int generation,
                           const struct offset *list, size_t n)
{
    struct producer_id *p = producer_of(id);
    struct txn *t;

    broker_step();
    if (fenced(p, epoch))
        return ANSWER_FENCED;
    if (!group_valid(group, member, generation) && sim.sabotage != SABOTAGE_GENERATION)
        return ANSWER_GENERATION;
    t = open_txn(p);
    if (!t)
        return ANSWER_WAIT;
    if (n > TXN_OFFSETS)
        sim_fail("simulator: too many offsets");
    memcpy(t->offsets, list, n * sizeof(*list));
    t->n_offsets = n;
    for (size_t i = 0; i < n; i++)
        t->offsets[i].order = broker_order();
    str_copy(t->group, ID_MAX, group);
    for (size_t i = 0; sim.sabotage == SABOTAGE_OFFSETS && i < n; i++)
        group_commit(group, &t->offsets[i]);
    return ANSWER_OK;
}

/* broker_finish - commit or abort; again of one that has ended so is no harm */
enum answer broker_finish(const char *id, int epoch, bool commit)
{
    struct producer_id *p = producer_of(id);

    broker_step();
    if (fenced(p, epoch))
        return ANSWER_FENCED;
    if (p->txn && !p->txn->decided)
        decide(p->txn, commit);
    return ANSWER_OK;
}

/* broker_finish_later - the request is on its way */
void broker_finish_later(const char *id, int epoch, int64_t us)
{
    if (n_late == LATE_MAX)
        sim_fail("simulator: too many late requests");
    str_copy(late[n_late].id, ID_MAX, id);
    late[n_late].epoch = epoch;
    late[n_late++].due_us = sim.now_us + us;
}

/* broker_unstable - would a decided or open transaction change this offset? */
bool broker_unstable(const char *group, enum topic t, int32_t partition)
{
    broker_step();
    for (size_t i = 0; i < n_txns && sim.sabotage != SABOTAGE_UNSTABLE; i++)
        for (size_t k = 0; !txns[i]->offsets_written && k < txns[i]->n_offsets; k++)
            if (strcmp(txns[i]->group, group) == 0 && txns[i]->offsets[k].topic == t &&
                txns[i]->offsets[k].partition == partition)
                return true;
    return false;
}
