/* sys_test.c - settings, logging, metrics, digests, files, and what codes look like */
#include "tests/support/test.h"

#include <errno.h>
#include <unistd.h>

#include "common/codes/codes.h"
#include "common/sys/clock.h"
#include "common/sys/conf.h"
#include "common/sys/digest.h"
#include "common/sys/file.h"
#include "common/sys/metric.h"
#include "common/sys/wait.h"
#include "tests/support/folder.h"

static const struct conf_row rows[] = {
    {"CC_T_PORT", CONF_NUMBER, "8080", 1, 65535, NULL, "port"},
    {"CC_T_MODE", CONF_WORD, "exactly_once", 0, 0, "exactly_once at_least_once", "mode"},
    {"CC_T_KEY", CONF_SECRET, "", 0, 0, NULL, "secret"},
    {"CC_T_ON", CONF_SWITCH, "false", 0, 0, NULL, "switch"},
    {NULL, 0, NULL, 0, 0, NULL, NULL},
};
static const struct conf_row *const tables[] = {rows, NULL};

/* settings_defaults - and values of the environment */
static void settings_defaults(void **state)
{
    struct err e = {0};
    struct conf *c;

    (void)state;
    setenv("CC_T_MODE", "at_least_once", 1);
    c = conf_load(tables, &e);
    assert_non_null(c);
    assert_int_equal(conf_number(c, "CC_T_PORT"), 8080);
    assert_true(conf_is(c, "CC_T_MODE", "at_least_once"));
    assert_false(conf_switch(c, "CC_T_ON"));
    assert_int_equal(conf_set(c, "CC_T_ON", "yes", &e), 0);
    assert_true(conf_switch(c, "CC_T_ON"));
    conf_free(c);
    unsetenv("CC_T_MODE");
}

/* settings_refused - the row's name is in the text, a secret's value is not */
static void settings_refused(void **state)
{
    static const char *const bad[][2] = {
        {"CC_T_PORT", "0"}, {"CC_T_PORT", "65536"}, {"CC_T_PORT", "x"},  {"CC_T_MODE", "once"},
        {"CC_T_MODE", ""},  {"CC_T_ON", "maybe"},   {"CC_T_KEY", "\xff"}};

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct err e = {0};

        setenv(bad[i][0], bad[i][1], 1);
        assert_null(conf_load(tables, &e));
        assert_int_equal(e.class, ERR_FATAL);
        assert_non_null(strstr(e.text, bad[i][0]));
        unsetenv(bad[i][0]);
    }
}

/* secrets_from_files - the first line of NAME_FILE; in the environment itself it stops the program
 */
static void secrets_from_files(void **state)
{
    char dir[128], path[160];
    struct err e = {0};
    struct conf *c;

    (void)state;
    folder_make(dir, sizeof(dir), "secret");
    assert_int_equal(file_write(dir, "key", "opensesame\nnot this\n", 20, &e), 0);
    snprintf(path, sizeof(path), "%s/key", dir);
    setenv("CC_T_KEY_FILE", path, 1);
    c = conf_load(tables, &e);
    assert_non_null(c);
    assert_string_equal(conf_text(c, "CC_T_KEY"), "opensesame");
    conf_free(c);
    setenv("CC_T_KEY", "opensesame", 1);
    assert_null(conf_load(tables, &e));
    assert_non_null(strstr(e.text, "CC_T_KEY: a secret comes from a file"));
    assert_null(strstr(e.text, "opensesame"));
    unsetenv("CC_T_KEY");
    setenv("CC_T_KEY_FILE", "/no/such/file", 1);
    assert_null(conf_load(tables, &e));
    assert_non_null(strstr(e.text, "CC_T_KEY_FILE: cannot be read"));
    unsetenv("CC_T_KEY_FILE");
    folder_remove(dir);
}

/* digests - known answers (FIPS 180-4, RFC 4231 case 2) */
static void digests(void **state)
{
    char hex[DIGEST_TEXT];
    uint8_t mac[DIGEST_BYTES];

    (void)state;
    assert_string_equal(digest_hex("abc", 3, hex),
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    digest_hmac("Jefe", "what do ya want for nothing?", 28, mac);
    digest_to_hex(mac, sizeof(mac), hex);
    assert_string_equal(hex, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

/* files - written whole, read back, limits kept */
static void files(void **state)
{
    char dir[] = "/tmp/cc-sys-XXXXXX", path[128], nested[64];
    struct err e = {0};
    struct buf b;

    (void)state;
    assert_non_null(mkdtemp(dir));
    snprintf(nested, sizeof(nested), "%s/a/b", dir);
    assert_int_equal(file_make_dirs(nested, &e), 0);
    assert_int_equal(file_write(nested, "x", "hello", 5, &e), 0);
    snprintf(path, sizeof(path), "%s/x", nested);
    buf_init(&b);
    assert_int_equal(file_read(path, 100, &b, &e), 0);
    assert_string_equal(b.data, "hello");
    buf_reset(&b);
    assert_int_equal(file_read(path, 4, &b, &e), -1);
    assert_int_equal(e.class, ERR_REJECT);
    assert_int_equal(file_read(dir, 4, &b, &e), -1);
    buf_release(&b);
    unlink(path);
    rmdir(nested);
    nested[strlen(nested) - 2] = '\0';
    rmdir(nested);
    rmdir(dir);
}

/* metrics - counted and printed once per name, with the stage */
static void metrics(void **state)
{
    struct buf b;

    (void)state;
    metric_stage("t");
    metric_add(metric_get(METRIC_TXN, "result=\"a\""), 2);
    metric_add(metric_with(METRIC_TXN, "result", "b"), 3);
    metric_observe_us(metric_get(METRIC_HANDLE_SECONDS, ""), 1500);
    metric_set(metric_get(METRIC_PROCESS_CPU, ""), 1250000);
    metric_most(metric_get(METRIC_ARENA_BYTES_PEAK, ""), 9);
    metric_most(metric_get(METRIC_ARENA_BYTES_PEAK, ""), 7);
    buf_init(&b);
    metric_print(&b);
    assert_non_null(strstr(b.data, "# TYPE cleanclaim_txn_total counter\n"
                                   "cleanclaim_txn_total{stage=\"t\",result=\"a\"} 2\n"
                                   "cleanclaim_txn_total{stage=\"t\",result=\"b\"} 3\n"));
    assert_non_null(
        strstr(b.data, "cleanclaim_handle_seconds_bucket{stage=\"t\",le=\"0.003000\"} 1\n"));
    assert_non_null(strstr(b.data, "cleanclaim_handle_seconds_sum{stage=\"t\"} 0.001500\n"));
    assert_non_null(strstr(b.data, "cleanclaim_handle_seconds_count{stage=\"t\"} 1\n"));
    assert_non_null(strstr(b.data, "\nprocess_cpu_seconds_total 1.250000\n"));
    assert_non_null(strstr(b.data, "cleanclaim_arena_bytes_peak{stage=\"t\"} 9\n"));
    buf_release(&b);
}

/* ends_in - does the name end so? */
static bool ends_in(const char *name, const char *end)
{
    size_t n = strlen(name), m = strlen(end);

    return n > m && strcmp(name + n - m, end) == 0;
}

/* metric_names - Prometheus' rules of naming, row by row; each name once */
static void metric_names(void **state)
{
    (void)state;
    for (int i = 0; i < METRIC_MAX; i++) {
        const struct metric_row *r = &metric_rows[i];

        assert_non_null(r->name);
        assert_true(str_starts(r->name, "cleanclaim_") || str_starts(r->name, "process_"));
        assert_int_equal(ends_in(r->name, "_total"), r->type == METRIC_COUNTER);
        if (r->type == METRIC_HISTOGRAM)
            assert_string_equal(r->unit, "seconds");
        if (r->unit[0])
            assert_non_null(strstr(r->name, r->unit));
        assert_true(strlen(r->help) > 5 && !ends_in(r->help, "."));
        assert_true(r->of[0] != '\0');
        for (int k = 0; k < i; k++)
            assert_string_not_equal(metric_rows[k].name, r->name);
    }
}

/* npis - billing §7.2: those that pass, and every single-digit change fails */
static void npis(void **state)
{
    static const char *const good[] = {"1234567893", "1987654328", "1455555015", "1455555023",
                                       "1455555031", "1455555049", "1667770014"};

    (void)state;
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        assert_true(npi_valid(good[i]));
        for (int at = 0; at < 10; at++)
            for (char c = '0'; c <= '9'; c++) {
                char bad[11];

                memcpy(bad, good[i], 11);
                bad[at] = c;
                assert_int_equal(npi_valid(bad), c == good[i][at]);
            }
    }
    assert_false(npi_valid("123456789"));
    assert_false(npi_valid("12345678930"));
    assert_false(npi_valid(""));
}

/* formats - one of each kind, both ways */
static void formats(void **state)
{
    char out[16];

    (void)state;
    assert_true(icd10cm_form("E119") && icd10cm_form("C4A") && icd10cm_form("S52501A") &&
                icd10cm_form("QA00101"));
    assert_false(icd10cm_form("QAB") || icd10cm_form("HIV1"));
    assert_false(icd10cm_form("E1") || icd10cm_form("e119") || icd10cm_form("E11.9") ||
                 icd10cm_form("1119"));
    assert_true(icd10pcs_form("02HV33Z"));
    assert_false(icd10pcs_form("02HV33O") || icd10pcs_form("02HV33"));
    assert_true(cpt_form("99213") && cpt_form("0042T"));
    assert_false(cpt_form("J1100") || cpt_form("9921"));
    assert_true(hcpcs2_form("J1100"));
    assert_false(hcpcs2_form("W1100"));
    assert_true(mbi_form("1EG4TE5MK73"));
    assert_false(mbi_form("1EG4TE5MK7S") || mbi_form("0EG4TE5MK73") || mbi_form("1SG4TE5MK73"));
    assert_true(clia_form("36D9999999"));
    assert_true(zip_form("44101") && zip_form("441011234"));
    assert_false(zip_form("00000") || zip_form("4410"));
    assert_true(state_code("OH"));
    assert_false(state_code("ZZ"));
    assert_string_equal(icd10cm_display("E119", out), "E11.9");
    assert_string_equal(icd10cm_display("I10", out), "I10");
    assert_true(code_plain("e11.9", out, sizeof(out)));
    assert_string_equal(out, "E119");
    assert_false(code_plain("A23456789012345678", out, sizeof(out)));
}

/* ndcs - padded where unambiguous */
static void ndcs(void **state)
{
    char out[12];

    (void)state;
    assert_true(ndc_to_11("50242-0061-01", out));
    assert_string_equal(out, "50242006101");
    assert_true(ndc_to_11("1234-5678-90", out));
    assert_string_equal(out, "01234567890");
    assert_true(ndc_to_11("12345-678-90", out));
    assert_string_equal(out, "12345067890");
    assert_true(ndc_to_11("12345-6789-0", out));
    assert_string_equal(out, "12345678900");
    assert_false(ndc_to_11("1234567890", out));
    assert_false(ndc_to_11("1234-567-90", out));
}

/* waits - by the monotonic clock, to the end and no less; a wait that is over is no wait */
static void waits(void **state)
{
    static const int64_t ms[] = {0, 1, 20, 999, 1000, 1001};
    pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    struct timespec until;
    pthread_cond_t wake;
    int64_t from_us;

    (void)state;
    for (size_t i = 0; i < sizeof(ms) / sizeof(ms[0]); i++) {
        int64_t before_us = clock_mono_us(), us;

        until = wait_until(ms[i]);
        us = (int64_t)until.tv_sec * 1000000 + until.tv_nsec / 1000 - ms[i] * 1000;
        assert_in_range(until.tv_nsec, 0, 999999999);
        assert_true(us >= before_us && us <= clock_mono_us());
    }
    wait_init(&wake);
    from_us = clock_mono_us();
    until = wait_until(20);
    pthread_mutex_lock(&lock);
    while (pthread_cond_timedwait(&wake, &lock, &until) != ETIMEDOUT)
        ;
    assert_true(clock_mono_us() - from_us >= 20000);
    assert_int_equal(pthread_cond_timedwait(&wake, &lock, &until), ETIMEDOUT);
    pthread_mutex_unlock(&lock);
    pthread_cond_destroy(&wake);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(settings_defaults),
        cmocka_unit_test(settings_refused),
        cmocka_unit_test(secrets_from_files),
        cmocka_unit_test(digests),
        cmocka_unit_test(files),
        cmocka_unit_test(metrics),
        cmocka_unit_test(metric_names),
        cmocka_unit_test(npis),
        cmocka_unit_test(formats),
        cmocka_unit_test(ndcs),
        cmocka_unit_test(waits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
