/* usage_cmd_test.c - exit codes of the contract: 2 for wrong usage, 3 for a file that cannot be
 * read, whatever else is right; nothing on standard output then */
#include "tests/support/test.h"

#include <fcntl.h>
#include <unistd.h>

#include "services/cleanclaim/cmd.h"

enum { WORDS = 8 };

/* run - a command of the list with these words; what it wrote to standard output in *wrote */
static int run(const char *const *words, long *wrote)
{
    char *argv[WORDS + 1];
    int argc = 0, code = -1, out = dup(STDOUT_FILENO), err = dup(STDERR_FILENO);
    FILE *file = tmpfile();

    assert_non_null(file);
    while (words[argc] && argc < WORDS) {
        argv[argc] = (char *)(uintptr_t)words[argc];
        argc++;
    }
    argv[argc] = NULL;
    fflush(stdout);
    assert_true(dup2(fileno(file), STDOUT_FILENO) >= 0);
    assert_true(dup2(open("/dev/null", O_WRONLY | O_CLOEXEC), STDERR_FILENO) >= 0);
    for (const struct cmd *c = cmd_list; c->name; c++)
        if (strcmp(c->name, words[0]) == 0)
            code = c->run(argc, argv);
    fflush(stdout);
    *wrote = lseek(STDOUT_FILENO, 0, SEEK_END);
    dup2(out, STDOUT_FILENO);
    dup2(err, STDERR_FILENO);
    close(out);
    close(err);
    fclose(file);
    return code;
}

/* exit_codes - each command, wrongly used */
static void exit_codes(void **state)
{
    static const struct {
        const char *words[WORDS + 1];
        int code;
    } rows[] = {
        {{"encounter"}, EXIT_USAGE},
        {{"encounter", "--bogus", "x"}, EXIT_USAGE},
        {{"encounter", "--as", "x12", "x"}, EXIT_USAGE},
        {{"encounter", "/nowhere/at/all", "--json"}, EXIT_GONE},
        {{"code"}, EXIT_USAGE},
        {{"code", "--as", "x12", "x"}, EXIT_USAGE},
        {{"code", "x", "--tables", "/nowhere/at/all"}, EXIT_GONE},
        {{"validate"}, EXIT_USAGE},
        {{"validate", "x", "--received", "2026-02-30"}, EXIT_USAGE},
        {{"validate", "x", "--only", "NO-01"}, EXIT_USAGE},
        {{"edits", "explain"}, EXIT_USAGE},
        {{"edits", "explain", "NO-01"}, EXIT_FOUND},
        {{"render"}, EXIT_USAGE},
        {{"x12"}, EXIT_USAGE},
        {{"x12", "check"}, EXIT_USAGE},
        {{"x12", "check", "/nowhere/at/all"}, EXIT_GONE},
        {{"remit"}, EXIT_USAGE},
        {{"remit", "/nowhere/at/all"}, EXIT_GONE},
        {{"status"}, EXIT_USAGE},
        {{"status", "/nowhere/at/all"}, EXIT_GONE},
        {{"send"}, EXIT_USAGE},
        {{"show"}, EXIT_USAGE},
        {{"claims", "--state", "NOPE"}, EXIT_USAGE},
        {{"claims", "--older", "14x"}, EXIT_USAGE},
        {{"dead"}, EXIT_USAGE},
        {{"dead", "list", "no-topic"}, EXIT_USAGE},
        {{"dead", "replay", "encounters/x/1"}, EXIT_USAGE},
        {{"tables"}, EXIT_USAGE},
        {{"tables", "get", "icd10cm"}, EXIT_USAGE},
        {{"tables", "get", "icd10cm", "E11.9", "--on", "2026-02-30"}, EXIT_USAGE},
        {{"topics"}, EXIT_USAGE},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        long wrote = 0;
        int code = run(rows[i].words, &wrote);

        if (code != rows[i].code || wrote != 0)
            fail_msg("%s %s: exit %d, %d is right; %ld bytes on standard output", rows[i].words[0],
                     rows[i].words[1] ? rows[i].words[1] : "", code, rows[i].code, wrote);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(exit_codes)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
