/* answers_cmd_test.c - cleanclaim remit and status: the fields of the contract, and a line for what
 * cannot be read */
#include "tests/support/test.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "common/sys/file.h"
#include "services/cleanclaim/cmd.h"
#include "tests/support/reply.h"

static char path[64];
static struct buf file, out;
static json_t *lines[16];
static size_t n_lines;

/* setup - an empty file to write into */
static int setup(void **state)
{
    int fd;

    (void)state;
    snprintf(path, sizeof(path), "/tmp/answers_cmd_XXXXXX");
    fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    buf_init(&file);
    buf_init(&out);
    return 0;
}

/* forget - the lines of the last run */
static void forget(void)
{
    for (size_t i = 0; i < n_lines; i++)
        json_decref(lines[i]);
    n_lines = 0;
}

/* teardown - gives all back */
static int teardown(void **state)
{
    (void)state;
    forget();
    unlink(path);
    buf_release(&file);
    buf_release(&out);
    return 0;
}

/* take_lines - every line is a JSON object */
static void take_lines(void)
{
    char *p = out.data, *end;

    for (; p && (end = strchr(p, '\n')); p = end + 1) {
        json_error_t why;

        *end = '\0';
        lines[n_lines] = json_loads(p, 0, &why);
        if (!lines[n_lines])
            fail_msg("%s: %s", why.text, p);
        assert_true(++n_lines < 16);
    }
}

/* run - a command on `file`; its exit code, its lines in `lines` */
static int run(int (*command)(int, char **))
{
    char name[] = "x", json[] = "--json", printed[] = "/tmp/answers_out_XXXXXX";
    char *argv[] = {name, json, path, NULL};
    int keep, fd = mkstemp(printed), code;
    FILE *f = fopen(path, "wb");

    forget();
    assert_non_null(f);
    fwrite(file.data ? file.data : "", 1, file.len, f);
    fclose(f);
    fflush(stdout);
    keep = dup(1);
    dup2(fd, 1);
    code = command(3, argv);
    fflush(stdout);
    dup2(keep, 1);
    close(keep);
    close(fd);
    buf_reset(&out);
    assert_int_equal(file_read(printed, 1 << 24, &out, NULL), 0);
    unlink(printed);
    take_lines();
    return code;
}

/* text - a field, "" for null or absent */
static const char *text(const json_t *o, const char *name)
{
    const char *s = json_string_value(json_object_get(o, name));

    return s ? s : "";
}

/* number - a field */
static int64_t number(const json_t *o, const char *name)
{
    assert_true(json_is_integer(json_object_get(o, name)));
    return json_integer_value(json_object_get(o, name));
}

/* remit_fields - the names and values of cli.md, on the worked remittance */
static void remit_fields(void **state)
{
    const json_t *o, *claim, *line;

    (void)state;
    reply_golden("835.x12", &file);
    assert_int_equal(run(cmd_remit), 0);
    assert_int_equal(n_lines, 1);
    o = lines[0];
    assert_string_equal(text(o, "source"), path);
    assert_string_equal(text(o, "trace"), "EFT0004455");
    assert_int_equal(number(o, "payment_cents"), 5000);
    assert_string_equal(text(o, "method"), "ACH");
    assert_true(json_is_true(json_object_get(o, "balanced")));
    assert_int_equal(json_array_size(json_object_get(o, "findings")), 0);
    assert_int_equal(json_array_size(json_object_get(o, "provider_adjustments")), 1);
    assert_int_equal(json_array_size(json_object_get(o, "claims")), 3);
    claim = json_array_get(json_object_get(o, "claims"), 0);
    assert_string_equal(text(claim, "claim"), "A1000001");
    assert_string_equal(text(claim, "payer_claim"), "SHP2026040100042");
    assert_string_equal(text(claim, "status"), "1");
    assert_int_equal(number(claim, "charge_cents"), 21500);
    assert_int_equal(number(claim, "paid_cents"), 10000);
    assert_int_equal(number(claim, "patient_cents"), 2500);
    assert_true(json_is_array(json_object_get(claim, "adjustments")));
    assert_true(json_is_array(json_object_get(claim, "remarks")));
    line = json_array_get(json_object_get(claim, "lines"), 1);
    line = json_array_get(json_object_get(line, "adjustments"), 0);
    assert_string_equal(text(line, "group"), "CO");
    assert_string_equal(text(line, "reason"), "16");
    assert_int_equal(number(line, "amount_cents"), 5000);
    assert_string_equal(text(line, "route"), "FIX");
}

/* remit_unbalanced - exit 1, and the finding says where and how much */
static void remit_unbalanced(void **state)
{
    const json_t *f;

    (void)state;
    reply_golden("835.x12", &file);
    assert_true(reply_replace(&file, "BPR*I*50*", "BPR*I*50.05*"));
    assert_int_equal(run(cmd_remit), EXIT_FOUND);
    assert_true(json_is_false(json_object_get(lines[0], "balanced")));
    f = json_array_get(json_object_get(lines[0], "findings"), 0);
    assert_string_equal(text(f, "equation"), "payment");
    assert_int_equal(number(f, "delta_cents"), 5);
}

/* remit_unreadable - cut, empty, another kind: one line, not balanced, exit 1 */
static void remit_unreadable(void **state)
{
    static const char *const others[] = {"", "no X12", "999.x12"};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        buf_reset(&file);
        if (i < 2)
            buf_adds(&file, others[i]);
        else
            reply_golden(others[i], &file);
        assert_int_equal(run(cmd_remit), EXIT_FOUND);
        assert_true(n_lines >= 1);
        assert_true(json_is_false(json_object_get(lines[0], "balanced")));
        assert_int_equal(json_array_size(json_object_get(lines[0], "findings")), 1);
    }
}

struct answered {
    const char *golden;
    size_t line, lines;
    const char *kind, *named, *name, *event, *category, *code, *state;
};

/* clang-format off */
static const struct answered answered[] = {
    {"ta1.x12",   0, 1, "TA1",   "control", "000000101",     "ta1_A",    "A",  "TA105=000", "SENT"},
    {"999.x12",   0, 2, "999",   "control", "0001",          "999_A",    "A",  "",          "SYNTAX_OK"},
    {"999.x12",   1, 2, "999",   "control", "0002",          "999_R",    "R",  "IK304=8",   "HELD"},
    {"277ca.x12", 0, 3, "277CA", "control", "B20260401P001", "277CA_WQ", "A1", "A1:19:PR",  "ACK_RECEIVED"},
    {"277ca.x12", 1, 3, "277CA", "claim",   "A1000001",      "277CA_WQ", "A2", "A2:20:PR",  "ACCEPTED"},
    {"277ca.x12", 2, 3, "277CA", "claim",   "A1000002",      "277CA_U",  "A7", "A7:164:IL", "REJECTED"},
    {"277.x12",   0, 1, "277",   "claim",   "A1000001",      "277_P",    "P1", "P1:20",     "PENDING"},
};
/* clang-format on */

/* status_fields - one line a thing answered, with the state it leads to */
static void status_fields(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(answered) / sizeof(answered[0]); i++) {
        const struct answered *a = &answered[i];
        const json_t *o;

        buf_reset(&file);
        reply_golden(a->golden, &file);
        assert_int_equal(run(cmd_status), 0);
        assert_int_equal(n_lines, a->lines);
        o = lines[a->line];
        assert_string_equal(text(o, "kind"), a->kind);
        assert_string_equal(text(o, a->named), a->name);
        assert_string_equal(text(o, "event"), a->event);
        assert_string_equal(text(o, "category"), a->category);
        assert_string_equal(text(o, "state"), a->state);
        assert_string_not_equal(text(o, "next"), "");
        assert_true(json_is_array(json_object_get(o, "codes")));
        if (a->code[0])
            assert_string_equal(json_string_value(json_array_get(json_object_get(o, "codes"), 0)),
                                a->code);
    }
}

/* status_unreadable - never silence; what is whole beside it is said all the same */
static void status_unreadable(void **state)
{
    (void)state;
    assert_int_equal(run(cmd_status), EXIT_FOUND);
    assert_int_equal(n_lines, 1);
    reply_golden("999.x12", &file);
    reply_golden("277ca.x12", &file);
    file.len -= 50;
    assert_int_equal(run(cmd_status), EXIT_FOUND);
    assert_int_equal(n_lines, 3);
    assert_string_equal(text(lines[0], "event"), "999_A");
    assert_string_equal(text(lines[2], "kind"), "damaged");
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(remit_fields),  CASE(remit_unbalanced),  CASE(remit_unreadable),
        CASE(status_fields), CASE(status_unreadable),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
