/* starve_stages_test.c - every worker through its day while allocations fail, of arenas and of
 * malloc, one of them or all from one on: the batch is tried again or the record is a dead letter,
 * nothing else is said; and once memory is there the worker says what it would have said
 *
 * STARVE=all lets each allocation fail, not a share of them. */
#include "tests/support/test.h"

#include <stdio.h>

#include "common/sys/digest.h"
#include "common/sys/file.h"
#include "common/sys/log.h"
#include "tests/starve/starve.h"
#include "tests/support/stages.h"

#ifdef __SANITIZE_ADDRESS__
enum { SHARE = 1 }; /* of each step, kind and manner; slower there */
#else
enum { SHARE = 3 };
#endif

static struct stages stages;

/* A worker in its day, and what it would say at each step. */
struct day {
    enum stage which;
    struct svc_sim *sim;
    char (*said)[DIGEST_TEXT];
    size_t refused, again, same;
};

/* said - topics, keys, ids and bytes of all that it said since the last clear */
static void said(const struct svc_sim *sim, char hex[DIGEST_TEXT])
{
    struct buf b;

    buf_init(&b);
    for (size_t i = 0; i < svc_sim_count(sim); i++) {
        const struct svc_sim_output *o = svc_sim_output(sim, i);

        buf_addf(&b, "%d %d %s %s %zu ", (int)o->topic, o->dead, o->key, o->ce_id, o->value_len);
        buf_add(&b, o->value, o->value_len);
    }
    assert_false(b.failed);
    digest_hex(b.data ? b.data : "", b.len, hex);
    buf_release(&b);
}

/* reply - a payer's answer lies in the folder when deliver looks */
static void reply(void)
{
    char dir[400];
    struct err e = {0};
    struct buf b;

    snprintf(dir, sizeof(dir), "%s/in/CLRHOUSE01", stages.mail);
    buf_init(&b);
    assert_int_equal(file_read("tests/golden/x12/999.x12", 1 << 20, &b, &e), 0);
    assert_int_equal(file_make_dirs(dir, &e), 0);
    assert_int_equal(file_write(dir, "999.x12", b.data, b.len, &e), 0);
    buf_release(&b);
}

/* prepare - for the i-th step, with nothing said before */
static void prepare(struct day *d, size_t i)
{
    if (d->which == STAGE_DELIVER && stages.steps[d->which][i].topic == TOPIC_NONE)
        reply();
    svc_sim_clear(d->sim);
}

/* step - the i-th */
static int step(struct day *d, size_t i, struct err *e)
{
    prepare(d, i);
    return stages_step(d->sim, &stages.steps[d->which][i], e);
}

/* begin - a worker that has seen the first n steps */
static void begin(struct day *d, size_t n)
{
    struct err e = {0};

    svc_sim_free(d->sim);
    d->sim = stages_worker(&stages, d->which, &e);
    assert_non_null(d->sim);
    for (size_t i = 0; i < n; i++)
        assert_int_equal(step(d, i, &e), 0);
}

/* rehearse - the day as it is without failures */
static void rehearse(struct day *d)
{
    const size_t n = stages.n[d->which];
    struct err e = {0};

    d->said = calloc(n, sizeof(*d->said));
    assert_non_null(d->said);
    begin(d, 0);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(step(d, i, &e), 0);
        said(d->sim, d->said[i]);
    }
}

/* outcome - of a step in which an allocation failed; true: it has happened, and what follows needs
 * a worker that was there before it */
static bool outcome(struct day *d, size_t i, int r, const struct err *e)
{
    char hex[DIGEST_TEXT];

    if (r < 0) {
        assert_true(e->class == ERR_RETRY || e->class == ERR_FATAL);
        assert_true(e->code[0] && e->text[0]);
        assert_string_not_equal(e->code, "bug");
        assert_int_equal(svc_sim_count(d->sim), 0);
        d->again++;
        return false;
    }
    said(d->sim, hex);
    if (strcmp(hex, d->said[i]) == 0) {
        d->same++;
        return true;
    }
    for (size_t k = 0; stages.steps[d->which][i].topic != TOPIC_NONE && k < svc_sim_count(d->sim);
         k++)
        if (!svc_sim_output(d->sim, k)->dead)
            fail_msg("%s: step %zu: half of it was said", stage_specs[d->which]->name, i);
    d->refused++;
    return true;
}

/* fail_at - the n-th allocation of the step fails */
static void fail_at(struct day *d, size_t i, enum starve_kind kind, enum starve_how how, size_t n)
{
    struct err e = {0};
    bool failed;
    int r;

    prepare(d, i);
    starve_begin(kind, how, n);
    r = stages_step(d->sim, &stages.steps[d->which][i], &e);
    starve_end(&failed);
    if (failed ? outcome(d, i, r, &e) : r == 0)
        begin(d, i);
}

/* starve - the day, with failures in each step */
static void starve(struct day *d, enum starve_kind kind, enum starve_how how)
{
    struct err e = {0};

    begin(d, 0);
    for (size_t i = 0; i < stages.n[d->which]; i++) {
        char hex[DIGEST_TEXT];
        size_t count, n;

        prepare(d, i);
        starve_begin(kind, how, 0);
        assert_int_equal(stages_step(d->sim, &stages.steps[d->which][i], &e), 0);
        count = starve_end(NULL);
        begin(d, i);
        for (size_t k = 0; (n = starve_pick(count, SHARE, i, k)); k++)
            fail_at(d, i, kind, how, n);
        assert_int_equal(step(d, i, &e), 0);
        said(d->sim, hex);
        assert_string_equal(hex, d->said[i]);
    }
}

/* sweep - a worker */
static void sweep(enum stage which)
{
    struct day d = {.which = which};

    rehearse(&d);
    for (int kind = 0; kind < STARVE_KINDS; kind++)
        for (int how = 0; how < STARVE_HOWS; how++)
            starve(&d, (enum starve_kind)kind, (enum starve_how)how);
    print_message("%s: %zu refused, %zu tried again, %zu as if nothing was\n",
                  stage_specs[which]->name, d.refused, d.again, d.same);
    assert_true(d.refused + d.again > 40);
    svc_sim_free(d.sim);
    free(d.said);
}

/* test_coder - encounters to coded claims */
static void test_coder(void **state)
{
    (void)state;
    sweep(STAGE_CODER);
}

/* test_validator - coded to clean claims */
static void test_validator(void **state)
{
    (void)state;
    sweep(STAGE_VALIDATOR);
}

/* test_build - clean claims to files */
static void test_build(void **state)
{
    (void)state;
    sweep(STAGE_BUILD);
}

/* test_deliver - files to the mailbox, replies back */
static void test_deliver(void **state)
{
    (void)state;
    sweep(STAGE_DELIVER);
}

/* test_follow - replies to states and payments */
static void test_follow(void **state)
{
    (void)state;
    sweep(STAGE_FOLLOW);
}

/* open_all - once */
static int open_all(void **state)
{
    (void)state;
    log_open("test", LOG_ERROR, LOG_KEY_VALUE);
    stages_open(&stages, "starve");
    return 0;
}

/* close_all - and what lies in its folder */
static int close_all(void **state)
{
    (void)state;
    stages_close(&stages);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_coder),  cmocka_unit_test(test_validator),
        cmocka_unit_test(test_build),  cmocka_unit_test(test_deliver),
        cmocka_unit_test(test_follow),
    };

    return cmocka_run_group_tests(tests, open_all, close_all);
}
