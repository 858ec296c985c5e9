/* harden_test.c - what a process has given up, as the kernel tells it */
#include "tests/support/test.h"

#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/sys/harden.h"

/* says - does a line of a file of /proc begin so and end so? */
static bool says(const char *path, const char *begin, const char *end)
{
    FILE *f = fopen(path, "r");
    char line[256];
    bool found = false;

    while (f && !found && fgets(line, sizeof(line), f))
        found = strncmp(line, begin, strlen(begin)) == 0 && strstr(line, end);
    if (f)
        fclose(f);
    return found;
}

/* given_up - in a child, for it cannot be taken back */
static void given_up(void **state)
{
    int status;
    pid_t pid = fork();

    (void)state;
    if (pid == 0) {
        struct err e = {0};
        struct rlimit core;
        bool good = harden_process(&e) == 0 && says("/proc/self/status", "NoNewPrivs:", "1\n") &&
                    getrlimit(RLIMIT_CORE, &core) == 0 && core.rlim_cur == 0 &&
                    core.rlim_max == 0 && says("/proc/self/limits", "Max core file size", " 0 ") &&
                    umask(0) == 077;

#ifndef __SANITIZE_ADDRESS__
        good = good && prctl(PR_GET_DUMPABLE) == 0;
#endif
        _exit(good ? 0 : 1);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
}

/* no_core_of_a_crash - a process that is killed as by a fault leaves no dump */
static void no_core_of_a_crash(void **state)
{
    int status;
    pid_t pid = fork();

    (void)state;
    if (pid == 0) {
        struct err e;

        if (harden_process(&e) == 0) {
            signal(SIGABRT, SIG_DFL);
            raise(SIGABRT);
        }
        _exit(1);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGABRT);
    assert_false(WCOREDUMP(status));
}

/* who - root is told as root */
static void who(void **state)
{
    (void)state;
    assert_int_equal(harden_is_root(), geteuid() == 0);
}

/* main - all of them */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(given_up),
        cmocka_unit_test(no_core_of_a_crash),
        cmocka_unit_test(who),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
