/* svc_main_test.c - a worker's command line and its stops, each in a process of its own; no broker
 */
#include "tests/support/test.h"

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/base/str.h"
#include "common/svc/svc.h"

static const struct conf_row settings[] = {
    {"TEST_NUMBER", CONF_NUMBER, "1", 1, 9, NULL, "a number of the test"},
    {NULL, CONF_TEXT, NULL, 0, 0, NULL, NULL},
};

static const enum topic consume[] = {TOPIC_CLAIMS_CODED, TOPIC_NONE};
static const enum topic produce[] = {TOPIC_CLAIMS_CLEAN, TOPIC_NONE};

/* handle - is never reached */
static int handle(struct svc_ctx *x, const struct svc_message *m, struct err *e)
{
    (void)x;
    (void)m;
    return err_set(e, ERR_FATAL, "test", "reached");
}

/* serve - until SIGTERM, or at once by its setting */
static int serve(struct svc_ctx *x, struct err *e)
{
    if (conf_number(svc_conf(x), "TEST_NUMBER") == 9)
        return err_set(e, ERR_FATAL, "test", "asked to");
    while (!svc_stopping())
        usleep(10000);
    return 0;
}

/* hang - does not hear SIGTERM */
static int hang(struct svc_ctx *x, struct err *e)
{
    (void)e;
    while (svc_arena(x))
        usleep(10000);
    return 0;
}

/* refuse - what the submitter does with a route that is not the sandbox's */
static int refuse(const struct conf *c, const struct tables *t, struct err *e)
{
    (void)t;
    return conf_is(c, "DELIVERY", "exactly_once")
               ? 0
               : err_set(e, ERR_FATAL, "setting", "DELIVERY: refused by check");
}

/* tick - a source that ticks three times */
static int tick(struct svc_ctx *x, struct err *e)
{
    int *n = svc_user(x);

    (void)e;
    if (++*n == 3)
        raise(SIGTERM);
    return 0;
}

/* start - the counter of ticks */
static int start(const struct conf *c, void **user, struct err *e)
{
    (void)c;
    (void)e;
    *user = calloc(1, sizeof(int));
    return 0;
}

static const struct svc_spec stage = {.name = "stage",
                                      .sentence = "a stage",
                                      .consume = consume,
                                      .produce = produce,
                                      .settings = settings,
                                      .handle = handle,
                                      .refuses_at_least_once = true};
static const struct svc_spec checked = {.name = "stage",
                                        .sentence = "a stage",
                                        .consume = consume,
                                        .produce = produce,
                                        .handle = handle,
                                        .refuses_at_least_once = true,
                                        .check = refuse};
static const struct svc_spec source = {
    .name = "source", .sentence = "a source", .settings = settings, .serve = serve};
static const struct svc_spec hung = {.name = "hung", .sentence = "hangs", .serve = hang};
static const struct svc_spec ticks = {
    .name = "ticks", .sentence = "ticks", .start = start, .tick = tick, .stop = free};

/* spawn - a worker with an argument (NULL: none) and one setting; its output goes to the pipe */
static pid_t spawn(const struct svc_spec *spec, const char *argument, const char *setting,
                   const char *value, int *out)
{
    char *argv[] = {(char *)(uintptr_t) "worker", (char *)(uintptr_t)argument, NULL};
    int ends[2];
    pid_t pid;

    assert_int_equal(pipe(ends), 0);
    pid = fork();
    if (pid == 0) {
        dup2(ends[1], STDOUT_FILENO);
        dup2(ends[1], STDERR_FILENO);
        if (setting)
            setenv(setting, value, 1);
        setenv("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1", 1);
        exit(svc_main(spec, argument ? 2 : 1, argv));
    }
    close(ends[1]);
    *out = ends[0];
    return pid;
}

/* ends_with - the exit code, and a text in what it printed; signal: sent after a while */
static void ends_with(const struct svc_spec *spec, const char *argument, const char *setting,
                      const char *value, int signal, int code, const char *text)
{
    char all[16384];
    size_t len = 0;
    ssize_t n;
    int status, out;
    pid_t pid = spawn(spec, argument, setting, value, &out);

    if (signal) {
        usleep(500000);
        kill(pid, signal);
    }
    while (len + 1 < sizeof(all) && (n = read(out, all + len, sizeof(all) - 1 - len)) > 0)
        len += (size_t)n;
    all[len] = '\0';
    close(out);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != code || !strstr(all, text))
        fail_msg("wait status %d, exit %d wanted with '%s':\n%s", status, code, text, all);
}

/* command_line - help, versions, what it does not know */
static void command_line(void **arg)
{
    (void)arg;
    ends_with(&stage, "--help", NULL, NULL, 0, 0, "consumes claims.coded");
    ends_with(&stage, "--help", NULL, NULL, 0, 0, "TEST_NUMBER");
    ends_with(&stage, "--help", NULL, NULL, 0, 0, "KAFKA_BOOTSTRAP_SERVERS");
    ends_with(&stage, "--help-metrics", NULL, NULL, 0, 0,
              "| `cleanclaim_consumer_lag` | gauge |  | stage,topic,partition |");
    ends_with(&stage, "--help-markdown", NULL, NULL, 0, 0, "| `BATCH_MS` | `100` |");
    ends_with(&stage, "--version", NULL, NULL, 0, 0, "built with 2.");
    ends_with(&stage, "--nonsense", NULL, NULL, 0, 2, "no arguments but");
}

/* bad_settings - named, before anything is started */
static void bad_settings(void **arg)
{
    (void)arg;
    ends_with(&stage, NULL, "TEST_NUMBER", "10", 0, 2, "TEST_NUMBER");
    ends_with(&stage, NULL, "DELIVERY", "twice", 0, 2, "DELIVERY");
    ends_with(&stage, NULL, "DELIVERY", "at_least_once", 0, 2, "DELIVERY=at_least_once");
    ends_with(&checked, NULL, "DELIVERY", "at_least_once", 0, 2, "refused by check");
    ends_with(&stage, NULL, "KAFKA_NO_SUCH", "1", 0, 2, "KAFKA_NO_SUCH");
    ends_with(&stage, NULL, "HTTP_ADDRESS", "nowhere", 0, 2, "HTTP_ADDRESS");
}

/* stops - at SIGTERM: a stage that waits for its broker, a source, one that ticks; and one that
 * hangs, after five seconds */
static void stops(void **arg)
{
    (void)arg;
    ends_with(&stage, NULL, NULL, NULL, SIGTERM, 0, "broker_wait");
    ends_with(&source, NULL, NULL, NULL, SIGTERM, 0, "event=stop");
    ends_with(&source, NULL, NULL, NULL, SIGINT, 0, "event=stop");
    ends_with(&source, NULL, "TEST_NUMBER", "9", 0, 3, "asked to");
    ends_with(&ticks, NULL, "HTTP_PORT", "-1", 0, 0, "event=stop");
    ends_with(&hung, NULL, NULL, NULL, SIGTERM, 0, "event=start");
}

/* main - all of them */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(command_line),
        cmocka_unit_test(bad_settings),
        cmocka_unit_test(stops),
    };

    setenv("BROKER_TIMEOUT_MS", "300", 1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
