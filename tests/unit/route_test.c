/* route_test.c - when a route is tried, and what one try does: pauses, windows, phases, threads */
#include "tests/support/test.h"

#include <stdio.h>
#include <unistd.h>

#include "common/base/date.h"
#include "common/base/week.h"
#include "services/submitter/deliver/jobs.h"
#include "services/submitter/deliver/policy.h"
#include "services/submitter/deliver/step.h"

/* at - of a week that begins on Monday, 1 June 2026, in UTC */
static int64_t at(int day, int hour, int minute)
{
    return ms_of(20260601 + day, hour, minute, 0, 0, 0);
}

/* pauses - double up to the break, then long ones; never longer than the rule, at least 3/4 of it
 */
static void pauses(void **state)
{
    static const struct {
        uint32_t failures;
        int64_t whole_ms;
    } rows[] = {
        {1, 1000},    {2, 2000},    {3, 4000},    {4, 8000},     {5, 300000},           {6, 600000},
        {7, 1200000}, {8, 2400000}, {9, 3600000}, {10, 3600000}, {4000000000U, 3600000}};

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const int64_t p = policy_pause_ms(rows[i].failures, "R1");

        assert_true(p <= rows[i].whole_ms && p >= rows[i].whole_ms * 3 / 4);
        assert_int_equal(p, policy_pause_ms(rows[i].failures, "R1"));
        assert_int_equal(policy_is_open(rows[i].failures), rows[i].failures >= 5);
    }
    assert_int_not_equal(policy_pause_ms(9, "R1"), policy_pause_ms(9, "R2"));
    assert_false(policy_is_open(0));
}

/* windows - inside, at both ends, over midnight and the week's end, of the payer's own time */
static void windows(void **state)
{
    (void)state;
    assert_int_equal(week_window_end("", 0, at(0, 1, 0)), 0);
    assert_int_equal(week_window_end("MON 0100-0200", 0, at(0, 0, 59)), 0);
    assert_int_equal(week_window_end("MON 0100-0200", 0, at(0, 1, 0)), at(0, 2, 0));
    assert_int_equal(week_window_end("MON 0100-0200", 0, at(0, 1, 59) + 59999), at(0, 2, 0));
    assert_int_equal(week_window_end("MON 0100-0200", 0, at(0, 2, 0)), 0);
    assert_int_equal(week_window_end("MON 0100-0200", 0, at(1, 1, 30)), 0);
    assert_int_equal(week_window_end("SUN 2300-0100", 0, at(6, 23, 30)), at(7, 1, 0));
    assert_int_equal(week_window_end("SUN 2300-0100", 0, at(7, 0, 59)), at(7, 1, 0));
    assert_int_equal(week_window_end("SAT 0000-2400;SUN 0000-0600", 0, at(5, 3, 0)), at(6, 6, 0));
    assert_int_equal(week_window_end("DAILY 0200-0230", -300, at(2, 7, 10)), at(2, 7, 30));
    assert_int_equal(week_window_end("DAILY 0200-0230", -300, at(2, 2, 10)), 0);
    assert_int_equal(week_window_end("DAILY 0000-0000", 0, at(2, 2, 10)), at(9, 2, 10));
}

/* texts - of the table: which are windows, zones, times of day */
static void texts(void **state)
{
    int z = 1;

    (void)state;
    assert_true(week_windows_valid("SUN 0000-0600;DAILY 0200-0230"));
    assert_false(week_windows_valid("SUN 0000-0660"));
    assert_false(week_windows_valid("SON 0000-0600"));
    assert_false(week_windows_valid("SUN 2400-0600"));
    assert_false(week_windows_valid("SUN 0000"));
    assert_true(zone_minutes("", &z) && z == 0);
    assert_true(zone_minutes("-0530", &z) && z == -330);
    assert_false(zone_minutes("+1500", &z) || zone_minutes("0500", &z) ||
                 zone_minutes("+0560", &z));
    assert_int_equal(day_minute("2359"), 1439);
    assert_int_equal(day_minute("2400"), -1);
    assert_int_equal(day_minute("12a0"), -1);
}

/* next_minute - the next time it is so late there, never now */
static void next_minute(void **state)
{
    (void)state;
    assert_int_equal(week_next_minute(960, 0, at(0, 15, 59)), at(0, 16, 0));
    assert_int_equal(week_next_minute(960, 0, at(0, 16, 0)), at(1, 16, 0));
    assert_int_equal(week_next_minute(960, -300, at(0, 16, 0)), at(0, 21, 0));
    assert_int_equal(week_next_minute(0, 60, at(0, 22, 30)), at(0, 23, 0));
}

/* A payer of the test: what lies there under which name, and what it answers. */
static struct {
    enum presence name, part;
    enum outcome put, rename;
    int puts, renames;
} payer;

/* fake_put - as told */
static enum outcome fake_put(struct dest *d, const struct parcel *p, const char *as, struct err *e)
{
    (void)d;
    (void)p;
    (void)e;
    payer.puts++;
    if (payer.put == OUT_DONE && strstr(as, ".part"))
        payer.part = payer.part == THERE_NOT ? THERE_SAME : payer.part;
    return payer.put;
}

/* fake_look - as told */
static enum presence fake_look(struct dest *d, const struct parcel *p, const char *as,
                               struct err *e)
{
    (void)d;
    (void)p;
    (void)e;
    return strstr(as, ".part") ? payer.part : payer.name;
}

/* fake_rename - as told */
static enum outcome fake_rename(struct dest *d, const char *from, const char *to, struct err *e)
{
    (void)d;
    (void)from;
    (void)to;
    (void)e;
    payer.renames++;
    return payer.rename;
}

static const struct transport two_steps = {
    .name = "two", .put = fake_put, .look = fake_look, .rename = fake_rename};
static const struct transport one_step = {.name = "one", .put = fake_put, .look = fake_look};

/* What a try does, by phase and by what is found; puts and renames say what was risked. */
static const struct {
    const struct transport *by;
    enum phase phase;
    enum presence name, part;
    enum outcome put;
    bool repeat;
    enum outcome wanted;
    int puts, renames;
} tries[] = {
    {&two_steps, PHASE_NEW, THERE_NOT, THERE_NOT, OUT_DONE, false, OUT_NEXT, 1, 0},
    {&two_steps, PHASE_PUT, THERE_NOT, THERE_SAME, OUT_DONE, false, OUT_NEXT, 1, 0},
    {&two_steps, PHASE_PUT, THERE_NOT, THERE_OTHER, OUT_DONE, false, OUT_AGAIN, 1, 0},
    {&two_steps, PHASE_PUT, THERE_NOT, THERE_AWAY, OUT_DONE, false, OUT_AGAIN, 1, 0},
    {&two_steps, PHASE_NEW, THERE_NOT, THERE_NOT, OUT_AWAY, false, OUT_AGAIN, 1, 0},
    {&two_steps, PHASE_NEW, THERE_NOT, THERE_NOT, OUT_STOPPED, false, OUT_STOPPED, 1, 0},
    {&two_steps, PHASE_RENAME, THERE_NOT, THERE_SAME, OUT_DONE, false, OUT_DONE, 0, 1},
    {&two_steps, PHASE_RENAME, THERE_SAME, THERE_NOT, OUT_DONE, false, OUT_DONE, 0, 0},
    {&two_steps, PHASE_RENAME, THERE_NOT, THERE_NOT, OUT_DONE, false, OUT_DONE, 0, 0},
    {&two_steps, PHASE_RENAME, THERE_OTHER, THERE_SAME, OUT_DONE, false, OUT_REFUSED, 0, 0},
    {&two_steps, PHASE_RENAME, THERE_NOT, THERE_OTHER, OUT_DONE, false, OUT_REFUSED, 0, 0},
    {&two_steps, PHASE_RENAME, THERE_AWAY, THERE_SAME, OUT_DONE, false, OUT_AWAY, 0, 0},
    {&two_steps, PHASE_RENAME, THERE_NOT, THERE_AWAY, OUT_DONE, false, OUT_AWAY, 0, 0},
    {&two_steps, PHASE_RENAME, THERE_STOPPED, THERE_SAME, OUT_DONE, false, OUT_STOPPED, 0, 0},
    {&one_step, PHASE_NEW, THERE_NOT, THERE_NOT, OUT_DONE, false, OUT_DONE, 1, 0},
    {&one_step, PHASE_NEW, THERE_NOT, THERE_NOT, OUT_AWAY, false, OUT_AWAY, 1, 0},
    {&one_step, PHASE_PUT, THERE_SAME, THERE_NOT, OUT_DONE, false, OUT_DONE, 0, 0},
    {&one_step, PHASE_PUT, THERE_NOT, THERE_NOT, OUT_DONE, false, OUT_UNSURE, 0, 0},
    {&one_step, PHASE_PUT, THERE_NOT, THERE_NOT, OUT_DONE, true, OUT_DONE, 1, 0},
    {&one_step, PHASE_PUT, THERE_OTHER, THERE_NOT, OUT_DONE, false, OUT_REFUSED, 0, 0},
    {&one_step, PHASE_PUT, THERE_UNKNOWN, THERE_NOT, OUT_DONE, false, OUT_UNSURE, 0, 0},
    {&one_step, PHASE_PUT, THERE_UNKNOWN, THERE_NOT, OUT_DONE, true, OUT_DONE, 1, 0},
    {&one_step, PHASE_PUT, THERE_AWAY, THERE_NOT, OUT_DONE, true, OUT_AWAY, 0, 0},
};

/* steps - every row of the table */
static void steps(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(tries) / sizeof(tries[0]); i++) {
        struct dest d = {.by = tries[i].by, .repeat = tries[i].repeat};
        struct parcel p = {.name = "F.x12"};
        struct err e = {0};

        payer.name = tries[i].name;
        payer.part = tries[i].part;
        payer.put = tries[i].put;
        payer.rename = OUT_DONE;
        payer.puts = payer.renames = 0;
        assert_int_equal(step_run(&d, &p, tries[i].phase, &e), tries[i].wanted);
        assert_int_equal(payer.puts, tries[i].puts);
        assert_int_equal(payer.renames, tries[i].renames);
    }
}

/* work - counts its runs */
static void work(void *arg)
{
    ((atomic_int *)arg)[0]++;
}

/* dropped - counts its ends */
static void dropped(void *arg)
{
    ((atomic_int *)arg)[1]++;
}

static const struct job_kind kind = {work, dropped};

/* await - the job's end */
static void await(struct jobs *j, const char *key, void **arg)
{
    while (jobs_take(j, key, arg) == JOB_BUSY)
        usleep(1000);
}

/* threads - nothing starts before the batch is durable; a result is there until its batch is */
static void threads(void **state)
{
    struct jobs *j = jobs_new();
    atomic_int n[2] = {0, 0};
    struct err e;
    void *arg = NULL;

    (void)state;
    assert_int_equal(jobs_queue(j, "a", &kind, n, &e), 0);
    assert_int_equal(jobs_take(j, "a", &arg), JOB_BUSY);
    assert_int_equal(jobs_take(j, "b", &arg), JOB_NONE);
    jobs_aborted(j);
    assert_int_equal(n[0], 0);
    assert_int_equal(n[1], 1);
    assert_int_equal(jobs_queue(j, "a", &kind, n, &e), 0);
    jobs_committed(j);
    await(j, "a", &arg);
    assert_ptr_equal(arg, n);
    assert_int_equal(jobs_take(j, "a", &arg), JOB_NONE);
    jobs_aborted(j);
    assert_int_equal(n[1], 1);
    assert_int_equal(jobs_take(j, "a", &arg), JOB_DONE);
    assert_int_equal(jobs_queue(j, "a", &kind, n, &e), 0);
    jobs_committed(j);
    assert_int_equal(n[1], 2);
    assert_int_equal(jobs_start(j, "b", work, n, &e), 0);
    await(j, "b", &arg);
    assert_int_equal(n[1], 2); /* it is the test's */
    jobs_free(j);
    assert_int_equal(n[0], 3);
    assert_int_equal(n[1], 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pauses),      cmocka_unit_test(windows), cmocka_unit_test(texts),
        cmocka_unit_test(next_minute), cmocka_unit_test(steps),   cmocka_unit_test(threads),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
