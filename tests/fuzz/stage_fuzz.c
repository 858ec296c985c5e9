/* stage_fuzz.c - every worker in the middle of its day: a record it was given, and a value it
 * remembers, with any bytes in them. It goes on, or the record is a dead letter; what it says can
 * be read; no bytes stop a partition.
 *
 * The first byte picks the worker (and with its highest bit the remembered value), the next two the
 * record or value; then where the bytes go, how many they replace, and how many hours later the
 * clock strikes. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/svc/ctx.h"
#include "common/sys/log.h"
#include "tests/support/stages.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

enum { HEAD = 7, MOST = 1 << 14, MEMORY = 1 << 24, AFTER = 4, HOUR_MS = 3600000 };

static struct stages stages;
static struct arena *memory;

/* must - holds, or the input is a finding */
static void must(bool fine)
{
    if (!fine)
        abort();
}

/* end - the folder is not left behind */
static void end(void)
{
    stages_close(&stages);
    arena_free(memory);
}

/* start - once a process */
static void start(void)
{
    if (memory)
        return;
    memory = arena_new(MEMORY);
    must(memory != NULL);
    log_open("fuzz", LOG_ERROR, LOG_KEY_VALUE);
    stages_open(&stages, "stage_fuzz");
    atexit(end);
}

/* splice - bytes into bytes */
static const uint8_t *splice(const uint8_t *p, size_t n, const uint8_t *data, size_t size,
                             size_t *len)
{
    size_t at = n ? (size_t)(data[3] | data[4] << 8) % (n + 1) : 0;
    size_t gone = data[5] == 255 ? n - at : data[5];
    uint8_t *out = arena_alloc(memory, n + size);

    must(out != NULL);
    gone = gone < n - at ? gone : n - at;
    if (at)
        memcpy(out, p, at);
    memcpy(out + at, data + HEAD, size - HEAD);
    if (n > at + gone)
        memcpy(out + at + size - HEAD, p + at + gone, n - at - gone);
    *len = n - gone + size - HEAD;
    return out;
}

/* check - what it said can be read */
static void check(const struct svc_sim *sim)
{
    for (size_t i = 0; i < svc_sim_count(sim); i++) {
        const struct svc_sim_output *o = svc_sim_output(sim, i);
        struct err e = {0};
        ProtobufCMessage *m;

        arena_reset(memory);
        must(o->dead ? o->dead_reason && *o->dead_reason
                     : event_unpack(memory, topic_row(o->topic)->message, o->value, o->value_len,
                                    &m, &e) == 0);
    }
}

/* The n-th value that a worker remembers. */
struct nth {
    size_t left, n;
    char key[STATE_KEY_MAX + 1];
    void *value;
};

/* each - a state_each_fn */
static int each(void *arg, const char *key, const void *value, size_t n, struct err *e)
{
    struct nth *x = arg;

    (void)e;
    if (x->left--)
        return 0;
    must(str_copy(x->key, sizeof(x->key), key));
    x->value = arena_memdup(memory, value, n);
    x->n = n;
    return 1;
}

/* remember - a value of its state, with bytes in it */
static void remember(struct svc_sim *sim, const uint8_t *data, size_t size)
{
    struct state *s = svc_sim_ctx(sim)->state;
    struct nth x = {.left = (size_t)(data[1] | data[2] << 8)};
    struct err e = {0};
    const uint8_t *bytes;
    int64_t next;
    size_t n;

    if (!s)
        return;
    must(state_attach(s, 0, &next, &e) == 0 && state_begin(s, &e) == 0);
    if (state_each(s, 0, "", each, &x, &e) == 1) {
        bytes = splice(x.value, x.n, data, size, &n);
        must(state_put(s, 0, x.key, bytes, n, &e) == 0);
    }
    must(state_commit(s, &e) == 0);
}

/* go_on - the steps of the day */
static void go_on(struct svc_sim *sim, const struct stage_step *t, size_t n)
{
    struct err e = {0};

    for (size_t i = 0; i < n; i++)
        must(stages_step(sim, &t[i], &e) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct svc_sim *sim;
    struct err e = {0};
    enum stage which;
    struct stage_step odd;
    size_t at, n;

    if (size < HEAD || size > MOST)
        return 0;
    start();
    which = (enum stage)((data[0] & 127) % STAGE_MAX);
    n = stages.n[which];
    at = (size_t)(data[1] | data[2] << 8) % n;
    sim = stages_worker(&stages, which, &e);
    must(sim != NULL);
    arena_reset(memory);
    odd = stages.steps[which][at];
    go_on(sim, stages.steps[which], data[0] & 128 ? n / 2 : at);
    svc_sim_clear(sim);
    if (data[0] & 128)
        remember(sim, data, size);
    odd.value = (uint8_t *)(uintptr_t)splice(odd.value, odd.n, data, size, &odd.n);
    if (odd.topic != TOPIC_NONE && !(data[0] & 128))
        go_on(sim, &odd, 1);
    at = data[0] & 128 ? n / 2 : at;
    go_on(sim, stages.steps[which] + at, n - at < AFTER ? n - at : AFTER);
    odd = (struct stage_step){.now_ms = odd.now_ms + data[6] * (int64_t)HOUR_MS};
    go_on(sim, &odd, 1);
    check(sim);
    svc_sim_free(sim);
    return 0;
}
