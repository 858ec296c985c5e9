/* audit.c - chained records to the audit topic */
#include "common/bus/audit.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "common/base/arena.h"
#include "common/base/str.h"
#include "common/bus/handle.h"
#include "common/event/audit.h"
#include "common/sys/clock.h"
#include "common/sys/log.h"

enum { MEMORY = 64 * 1024, WRITE_MS = 10000, STOP_MS = 2000 };

struct audit {
    const struct conf *conf;
    struct bus_publisher *bus;
    struct arena *arena;
    struct audit_chain chain;
    bool begun;
    int wait_ms;
    char program[32], actor[96];
};

/* begin_from - where the topic's last record's word ends */
static int begin_from(void *arg, const struct bus_message *m)
{
    struct audit *a = arg;
    int64_t from;

    a->begun = audit_chain_after(a->arena, m->value, m->value_len, &from) && from <= m->offset;
    a->chain.from = a->begun ? from : 0;
    return 0;
}

/* begin - a chain */
static int begin(struct audit *a, struct err *e)
{
    uint8_t id[8];
    int r = bus_look(a->conf, TOPIC_AUDIT, 0, BUS_LAST, begin_from, a, e);

    if (r < 0)
        return -1;
    if (getrandom(id, sizeof(id), 0) != sizeof(id))
        return err_set(e, ERR_RETRY, "audit", "no random bytes");
    if (r == 1 && !a->begun)
        return err_set(e, ERR_FATAL, "audit", "the topic's last record is no audit record");
    audit_chain_release(&a->chain);
    audit_chain_begin(&a->chain, id, r == 1 ? a->chain.from : 0);
    a->begun = true;
    return 0;
}

/* saw - one more that the next record vouches for */
static int saw(void *arg, const struct bus_message *m)
{
    struct audit *a = arg;

    audit_chain_saw(&a->chain, m->offset, m->value, m->value_len);
    return 0;
}

/* catch_up - with what was written since the last record's word */
static int catch_up(struct audit *a, struct err *e)
{
    if (!a->begun && begin(a, e) < 0)
        return -1;
    if (bus_look_on(a->conf, TOPIC_AUDIT, 0, a->chain.to, saw, a, e) >= 0)
        return 0;
    a->begun = false;
    return -1;
}

/* audit_open - see audit.h */
struct audit *audit_open(const char *program, const char *actor, const struct conf *c,
                         struct err *e)
{
    struct audit *a = calloc(1, sizeof(*a));

    if (!a || !(a->arena = arena_new(MEMORY))) {
        err_set(e, ERR_RETRY, "memory", "out of memory");
        free(a);
        return NULL;
    }
    a->conf = c;
    a->wait_ms = WRITE_MS;
    str_copy(a->program, sizeof(a->program), program);
    str_copy(a->actor, sizeof(a->actor), actor);
    a->bus = bus_publisher_open(program, c, e);
    if (a->bus && begin(a, e) == 0 && bus_publisher_warm(a->bus, TOPIC_AUDIT, e) == 0)
        return a;
    audit_close(a);
    return NULL;
}

/* text - of the arena; never NULL but when memory is out, which packing tells */
static char *text(struct audit *a, const char *s)
{
    return arena_strdup(a->arena, s ? s : "");
}

/* pack - the chain's next record */
static int pack(struct audit *a, const struct audit_entry *what, struct bus_record *out,
                struct err *e)
{
    CcAudit *m;
    uint8_t *bytes;

    arena_reset(a->arena);
    m = event_new(a->arena, &cc_audit__descriptor);
    if (!m)
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    m->at_ms = clock_ms();
    m->program = text(a, a->program);
    m->actor = text(a, a->actor);
    m->action = text(a, what->action);
    m->object = text(a, what->object);
    m->outcome = text(a, what->outcome);
    m->detail = text(a, what->detail);
    if (audit_chain_next(&a->chain, a->arena, m, &bytes, &out->value_len, e) < 0)
        return -1;
    out->value = bytes;
    out->key = a->chain.id;
    out->key_len = strlen(a->chain.id);
    snprintf(out->headers.ce_id, sizeof(out->headers.ce_id), "%s-%u", a->chain.id, m->number);
    str_copy(out->headers.ce_type, sizeof(out->headers.ce_type), m->base.descriptor->name);
    str_copy(out->headers.ce_source, sizeof(out->headers.ce_source), a->program);
    out->headers.ce_time_ms = m->at_ms;
    return 0;
}

/* audit_write - see audit.h */
int audit_write(struct audit *a, const struct audit_entry *what, struct err *e)
{
    struct bus_record r = {.topic = TOPIC_AUDIT, .partition = 0};

    if (catch_up(a, e) < 0)
        return -1;
    if (pack(a, what, &r, e) < 0)
        return -1;
    if (bus_publish(a->bus, &r, 1, a->wait_ms, e) < 0) {
        a->begun = false; /* it may be stored or not: no record may say what stands before it */
        return err_prefix(e, "audit");
    }
    audit_chain_wrote(&a->chain);
    return 0;
}

/* audit_close - accepts NULL */
void audit_close(struct audit *a)
{
    if (!a)
        return;
    bus_publisher_close(a->bus);
    audit_chain_release(&a->chain);
    arena_free(a->arena);
    free(a);
}

/* say - a worker's record; a failure is logged, and the worker goes on */
static bool say(struct audit *a, const struct audit_entry *what)
{
    struct err e = {0};
    bool good = audit_write(a, what, &e) == 0;

    if (!good)
        log_err(LOG_ERROR, "audit_failed", &e);
    return good;
}

/* worker_name - as configured, or the host's */
static void worker_name(const struct conf *c, char *out, size_t size)
{
    char host[65] = "host";

    gethostname(host, sizeof(host) - 1);
    host[sizeof(host) - 1] = '\0';
    if (conf_text(c, "WORKER_ID")[0])
        snprintf(out, size, "%s on %s", conf_text(c, "WORKER_ID"), host);
    else
        snprintf(out, size, "%s pid %d", host, (int)getpid());
}

/* audit_worker - see audit.h */
struct audit *audit_worker(const char *stage, const struct conf *c)
{
    char name[96], digest[65], detail[160];
    struct err e = {0};
    struct audit *a;

    if (!conf_is(c, "AUDIT", "on"))
        return NULL;
    worker_name(c, name, sizeof(name));
    a = audit_open(stage, name, c, &e);
    if (!a) {
        log_err(LOG_ERROR, "audit_failed", &e);
        return NULL;
    }
    snprintf(detail, sizeof(detail), "version=%s settings=%s", CC_VERSION, conf_digest(c, digest));
    say(a, &(struct audit_entry){.action = "start", .detail = detail});
    return a;
}

/* audit_key - see audit.h */
void audit_key(struct audit *a, struct vault *v)
{
    char id[VAULT_KEY_ID];

    if (a)
        say(a, &(struct audit_entry){.action = "payload key", .object = vault_current(v, id)});
}

/* audit_stopped - within what a stop may take */
void audit_stopped(struct audit *a)
{
    if (!a)
        return;
    a->wait_ms = STOP_MS;
    say(a, &(struct audit_entry){.action = "stop"});
    audit_close(a);
}
