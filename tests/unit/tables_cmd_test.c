/* tables_cmd_test.c - cleanclaim tables on a folder of downloads: archives inside archives,
 * documents, files that are refused; diff, check and get on several editions side by side */
#include "tests/support/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <zip.h>

#include "common/sys/file.h"
#include "services/cleanclaim/cmd.h"

static char root[64], downloads[96], snapshots[96];
static struct buf out;

/* setup - a folder of its own */
static int setup(void **state)
{
    (void)state;
    snprintf(root, sizeof(root), "/tmp/tables_cmd_XXXXXX");
    assert_non_null(mkdtemp(root));
    snprintf(downloads, sizeof(downloads), "%s/downloads", root);
    snprintf(snapshots, sizeof(snapshots), "%s/snapshots", root);
    assert_int_equal(file_make_dirs(downloads, NULL), 0);
    buf_init(&out);
    return 0;
}

/* teardown - takes it away */
static int teardown(void **state)
{
    char command[128];

    (void)state;
    buf_release(&out);
    snprintf(command, sizeof(command), "rm -rf %s", root);
    return system(command) == 0 ? 0 : -1;
}

/* put - a file among the downloads */
static void put(const char *name, const char *text)
{
    struct err e = {0};

    if (file_write(downloads, name, text, strlen(text), &e) != 0)
        fail_msg("%s", e.text);
}

/* run - `tables` with these words, then the folder of snapshots; what it prints is in `out` */
static int run(const char *a, const char *b, const char *c, const char *d)
{
    const char *words[] = {"tables", a, b, c, d, "--json", "--tables", snapshots};
    char copies[8][128], *argv[9], printed[] = "/tmp/tables_out_XXXXXX";
    int argc = 0, keep, fd = mkstemp(printed), code;

    for (size_t i = 0; i < 8; i++)
        if (words[i]) {
            snprintf(copies[argc], sizeof(copies[0]), "%s", words[i]);
            argv[argc] = copies[argc];
            argc++;
        }
    argv[argc] = NULL;
    fflush(stdout);
    keep = dup(1);
    dup2(fd, 1);
    code = cmd_tables(argc, argv);
    fflush(stdout);
    dup2(keep, 1);
    close(keep);
    close(fd);
    buf_reset(&out);
    assert_int_equal(file_read(printed, 1 << 24, &out, NULL), 0);
    unlink(printed);
    return code;
}

/* says - the output holds these words */
static void says(const char *words)
{
    if (!out.data || !memmem(out.data, out.len, words, strlen(words)))
        fail_msg("no %s in:\n%.*s", words, (int)out.len, out.data ? out.data : "");
}

/* times - how often words stand in the output */
static int times(const char *words)
{
    int n = 0;

    for (const char *p = out.data; p && (p = strstr(p, words)); p++)
        n++;
    return n;
}

/* zip_one - an archive that holds one file; n 0: text */
static void zip_one(const char *path, const char *member, const void *data, size_t n)
{
    zip_t *z = zip_open(path, ZIP_CREATE, NULL);
    zip_source_t *s = z ? zip_source_buffer(z, data, n, 0) : NULL;

    assert_non_null(s);
    assert_true(zip_file_add(z, member, s, 0) >= 0);
    assert_int_equal(zip_close(z), 0);
}

/* nest - rarc.csv in an archive, in a folder of an archive */
static void nest(void)
{
    static const char list[] = "code,description\nN115,decided by a local determination\n";
    char inner[128], outer[128];
    struct buf b;

    snprintf(inner, sizeof(inner), "%s/inner.zip", root);
    snprintf(outer, sizeof(outer), "%s/outer.zip", downloads);
    zip_one(inner, "rarc_seed.csv", list, strlen(list));
    buf_init(&b);
    assert_int_equal(file_read(inner, 1 << 20, &b, NULL), 0);
    zip_one(outer, "2026/inner.zip", b.data, b.len);
    buf_release(&b);
}

/* test_folder - what it takes, ignores and refuses; what is refused hides nothing else */
static void test_folder(void **state)
{
    (void)state;
    nest();
    put("manual.pdf", "%PDF-1.4 x\n");
    put("ReadMe.txt", "about these files\n");
    put("26LOCCO.csv", "x\n");
    put("notes_of_mine.txt", "nothing that a table takes\n");
    put("GPCI2026.csv", "a,header,that,moved\n1,2,3,4\n");
    put("value_seed.csv", "code,description\n80,covered days\n");
    put("broken.zip", "PK\x03\x04 and then nothing");
    assert_int_equal(run("load", downloads, NULL, NULL), EXIT_GONE);
    says("outer.zip/2026/inner.zip/rarc_seed.csv\",\"answer\":\"taken\"");
    says("value_seed.csv\",\"answer\":\"taken\"");
    says("manual.pdf\",\"answer\":\"ignored\",\"message\":\"a document\"");
    says("ReadMe.txt\",\"answer\":\"ignored\"");
    says("26LOCCO.csv\",\"answer\":\"ignored\"");
    says("notes_of_mine.txt\",\"answer\":\"refused\",\"message\":\"line 1: expected a file of one "
         "of the");
    says("GPCI2026.csv\",\"answer\":\"refused\",\"message\":\"line 2: expected before it a header "
         "with MAC");
    says("\"table\":\"rarc\"");
    says("\"table\":\"value\"");
    assert_int_equal(times("\"table\":\"gpci\""), 0);
    assert_int_equal(run("get", "rarc", "n115", NULL), 0);
    says("decided by a local determination");
    assert_int_equal(run("load", downloads, NULL, NULL), EXIT_GONE);
    assert_int_equal(times("\"change\":\"same\""), 2);
}

/* quarter - a list of long descriptions */
static void quarter(const char *name, const char *rows)
{
    char text[1024];

    snprintf(text, sizeof(text), "Code,Description,last_updated\n%s", rows);
    put(name, text);
}

/* test_diff - codes and pairs of keys; windows that begin on other days are no other code */
static void test_diff(void **state)
{
    (void)state;
    quarter("hcpcs_2025_oct_long_descriptions_seed.csv",
            "A0021,same,09-12-2025\nA0080,before,09-12-2025\nA0090,goes,09-12-2025\n");
    quarter("hcpcs_2026_apr_long_descriptions_seed.csv",
            "A0021,same,03-12-2026\nA0080,after,03-12-2026\nA0100,comes,03-12-2026\n");
    put("GPCI2025_seed.csv", "MAC,Locality Number,Locality Name,PW GPCI,PE GPCI,MP GPCI\n"
                             "10112,00,A,1,0.869,0.575\n02102,01,B,1,1,1\n");
    put("GPCI2026_seed.csv", "MAC,Locality Number,Locality Name,PW GPCI,PE GPCI,MP GPCI\n"
                             "10112,00,A,1,0.870,0.575\n02102,02,B,1,1,1\n");
    assert_int_equal(run("load", downloads, NULL, NULL), 0);
    assert_int_equal(run("diff", "hcpcs", "2025q4-seed", "2026q2-seed"), 0);
    assert_int_equal(times("\n"), 3);
    says("\"code\":\"A0080\",\"change\":\"revised\",\"before\":{");
    says("\"code\":\"A0090\",\"change\":\"deleted\"");
    says("\"code\":\"A0100\",\"change\":\"added\",\"before\":null");
    assert_int_equal(run("diff", "gpci", "2025-seed", "2026-seed"), 0);
    assert_int_equal(times("\n"), 3);
    says("\"code\":\"02102\",\"change\":\"deleted\",\"code2\":\"01\"");
    says("\"code\":\"02102\",\"change\":\"added\",\"code2\":\"02\"");
    says("\"code\":\"10112\",\"change\":\"revised\",\"code2\":\"00\"");
    assert_int_equal(run("diff", "gpci", "2025-seed", "2025-seed"), 0);
    assert_int_equal(times("\n"), 0);
    assert_int_equal(run("diff", "gpci", "2025-seed", "2031"), EXIT_FOUND);
}

/* test_diff_windows - a code that ends, and one that comes back */
static void test_diff_windows(void **state)
{
    (void)state;
    put("occurrence_seed.csv",
        "code,description,start,stop\n01,ends,2000-01-01,\n02,back,2000-01-01,"
        "2010-12-31\n03,starts elsewhere,2001-01-01,\n");
    assert_int_equal(run("load", downloads, "--name", "a"), 0);
    put("occurrence_seed.csv", "code,description,start,stop\n01,ends,2000-01-01,2026-06-30\n02,"
                               "back,2000-01-01,2010-12-31\n"
                               "02,back,2020-01-01,\n03,starts elsewhere,2001-02-01,\n");
    assert_int_equal(run("load", downloads, "--name=b", "--from=2027-01-01"), 0);
    assert_int_equal(run("diff", "occurrence", "a-seed", "b-seed"), 0);
    assert_int_equal(times("\n"), 3);
    says("\"code\":\"01\",\"change\":\"revised\"");
    says("\"valid_to\":\"2026-06-30\"");
    says("\"code\":\"02\",\"change\":\"added\"");
    says("\"code\":\"03\",\"change\":\"revised\"");
}

/* test_check - a gap is a finding with its days */
static void test_check(void **state)
{
    (void)state;
    quarter("hcpcs_2025_oct_long_descriptions_seed.csv", "A0021,same,09-12-2025\n");
    assert_int_equal(run("load", downloads, NULL, NULL), 0);
    assert_int_equal(run("check", NULL, NULL, NULL), 0);
    assert_int_equal(times("\n"), 0);
    quarter("hcpcs_2026_apr_long_descriptions_seed.csv", "A0021,same,03-12-2026\n");
    assert_int_equal(run("load", downloads, "--part", NULL), 0);
    assert_int_equal(run("check", NULL, NULL, NULL), 0);
}

/* test_gap - official editions reach no further than their quarters */
static void test_gap(void **state)
{
    (void)state;
    quarter("hcpcs_2025_oct_long_descriptions.csv", "J1100,x,09-12-2025\nA0425,x,09-12-2025\n");
    quarter("hcpcs_2026_apr_long_descriptions.csv", "J1100,x,03-12-2026\nA0425,x,03-12-2026\n");
    assert_int_equal(run("load", downloads, "--part", NULL), 0);
    assert_int_equal(run("check", NULL, NULL, NULL), EXIT_FOUND);
    says("\"table\":\"hcpcs\",\"edition\":\"2026q2\",\"check\":\"gap\",\"message\":\"no edition "
         "from "
         "2026-01-01 to 2026-03-31\"");
    quarter("hcpcs_2026_jan_long_descriptions.csv", "A0425,x,01-12-2026\n");
    assert_int_equal(run("load", downloads, "--part", NULL), 0);
    assert_int_equal(run("check", NULL, NULL, NULL), EXIT_FOUND);
    assert_int_equal(times("gap"), 0);
    says("\"edition\":\"2026q1\",\"check\":\"canary\",\"message\":\"J1100 is not what");
}

/* main - all of them */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_folder, setup, teardown),
        cmocka_unit_test_setup_teardown(test_diff, setup, teardown),
        cmocka_unit_test_setup_teardown(test_diff_windows, setup, teardown),
        cmocka_unit_test_setup_teardown(test_check, setup, teardown),
        cmocka_unit_test_setup_teardown(test_gap, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
