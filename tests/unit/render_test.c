/* render_test.c - cleanclaim render: 837 files read and written again, the same bytes for the same
 * input */
#include "tests/support/test.h"

#include <stdio.h>
#include <unistd.h>

#include "common/base/str.h"
#include "common/sys/file.h"
#include "services/cleanclaim/cmd.h"

static char folder[256];

/* setup - a folder for the output */
static int setup(void **state)
{
    const char *tmp = getenv("TMPDIR");

    (void)state;
    snprintf(folder, sizeof(folder), "%s/render_test.XXXXXX", tmp ? tmp : "/tmp");
    return mkdtemp(folder) == NULL;
}

/* read_out - a file of the folder, which then goes */
static void read_out(const char *name, struct buf *out)
{
    char path[512];
    struct err e;

    assert_true(file_join(path, sizeof(path), folder, name));
    buf_reset(out);
    if (file_read(path, 1 << 24, out, &e) < 0)
        fail_msg("%s", e.text);
    unlink(path);
}

/* teardown - the folder is empty again */
static int teardown(void **state)
{
    (void)state;
    return rmdir(folder);
}

/* write_in - a file beside the output */
static void write_in(const char *text, char *path, size_t size)
{
    struct err e;

    assert_int_equal(file_write(folder, "in.x12", text, strlen(text), &e), 0);
    assert_true(file_join(path, size, folder, "in.x12"));
}

/* run - the command */
static int run(const char *const *arguments)
{
    char *argv[16] = {(char *)(uintptr_t) "render"};
    int argc = 1;

    for (; arguments[argc - 1]; argc++)
        argv[argc] = (char *)(uintptr_t)arguments[argc - 1];
    return cmd_render(argc, argv);
}

/* golden - without line ends */
static void golden(const char *name, struct buf *out)
{
    struct buf raw;
    struct err e;
    char path[256];

    buf_init(&raw);
    buf_reset(out);
    snprintf(path, sizeof(path), "tests/golden/x12/%s", name);
    assert_int_equal(file_read(path, 1 << 20, &raw, &e), 0);
    for (size_t i = 0; i < raw.len; i++)
        if (raw.data[i] != '\n')
            buf_addc(out, raw.data[i]);
    buf_release(&raw);
}

/* test_again - everything between 1000A and SE as it was; the date is the file's own, the numbers
 * are asked for */
static void test_again(void **state)
{
    static const char name[] = "T_CLRHOUSE01_837P_20260401_000000042.x12";
    const char *const arguments[] = {
        "tests/golden/x12/837p.x12", "-o", folder, "--control", "42", NULL};
    struct buf want, got;
    const char *from, *to;

    (void)state;
    buf_init(&want);
    buf_init(&got);
    golden("837p.x12", &want);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(run(arguments), 0);
        read_out(name, &got);
        from = strstr(want.data, "NM1*41*");
        to = strstr(want.data, "GE*1*");
        assert_true(from && to);
        *(char *)(uintptr_t)(to) = '\0';
        assert_non_null(strstr(got.data, from));
        *(char *)(uintptr_t)(to) = 'G';
        assert_non_null(strstr(got.data, "*260401*0915*^*00501*000000042*0*T*:~"));
        assert_non_null(strstr(got.data, "BHT*0019*00*CLRHOUSE01-000000042-001*20260401*0915*CH~"));
    }
    buf_release(&want);
    buf_release(&got);
}

/* test_both - kinds in files of their own, numbers one after the other, another date */
static void test_both(void **state)
{
    const char *const arguments[] = {"tests/golden/x12/837i.x12",
                                     "tests/golden/x12/837p.x12",
                                     "-o",
                                     folder,
                                     "--control",
                                     "7",
                                     "--date",
                                     "2026-05-01",
                                     NULL};
    struct buf got;

    (void)state;
    buf_init(&got);
    assert_int_equal(run(arguments), 0);
    read_out("T_CLRHOUSE01_837I_20260501_000000007.x12", &got);
    assert_non_null(strstr(got.data, "CLM*H2000001*"));
    read_out("T_CLRHOUSE01_837P_20260501_000000008.x12", &got);
    assert_non_null(strstr(got.data, "CLM*A1000002*"));
    buf_release(&got);
}

/* test_refused - a claim with a value that is none, or that the guide refuses, is said and left out
 */
static void test_refused(void **state)
{
    char path[512];
    const char *const arguments[] = {path, "-o", folder, NULL};
    struct buf text, got;
    char *at;

    (void)state;
    buf_init(&text);
    buf_init(&got);
    golden("837p.x12", &text);
    at = strstr(text.data, "DMG*D8*19700214");
    assert_non_null(at);
    memcpy(at, "DMG*D8*19700231", 15);
    write_in(text.data, path, sizeof(path));
    assert_int_equal(run(arguments), EXIT_FOUND);
    read_out("T_CLRHOUSE01_837P_20260401_000000001.x12", &got);
    assert_null(strstr(got.data, "A1000001"));
    assert_non_null(strstr(got.data, "CLM*A1000002*"));
    golden("837p.x12", &text);
    at = strstr(text.data, "*SYN0001234~");
    assert_non_null(at);
    memmove(at + 1, at + 11, strlen(at + 11) + 1);
    write_in(text.data, path, sizeof(path));
    assert_int_equal(run(arguments), EXIT_FOUND);
    read_out("T_CLRHOUSE01_837P_20260401_000000001.x12", &got);
    assert_null(strstr(got.data, "A1000001"));
    unlink(path);
    buf_release(&text);
    buf_release(&got);
}

/* test_usage - what is no control number, no date, no kind */
static void test_usage(void **state)
{
    static const char file[] = "tests/golden/x12/837p.x12";
    const char *const wrong[][4] = {{NULL},
                                    {file, "--control", "0", NULL},
                                    {file, "--control", "1000000000", NULL},
                                    {file, "--control", "x", NULL},
                                    {file, "--date", "2026-02-30", NULL},
                                    {file, "--as", "note", NULL},
                                    {file, "--nothing", NULL}};

    (void)state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        assert_int_equal(run(wrong[i]), EXIT_USAGE);
    assert_int_equal(run((const char *const[]){"/nowhere/at/all.x12", "-o", folder, NULL}),
                     EXIT_GONE);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {T(test_again), T(test_both), T(test_refused), T(test_usage)};

    return cmocka_run_group_tests_name("render", tests, NULL, NULL);
}
