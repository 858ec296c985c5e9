/* x12_cmd_test.c - cleanclaim x12: parse and write give back the same bytes; check has a line for
 * each set, and damage has one */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <unistd.h>

#include "common/sys/file.h"
#include "common/x12/ack.h"
#include "common/x12/plan.h"
#include "common/x12/place.h"
#include "services/cleanclaim/x12.h"
#include "tests/support/x12_faults.h"

/* capture - what a verb prints about these bytes; returns its exit code */
static int capture(cmd_file_fn run, const void *p, size_t n, struct buf *out)
{
    char path[] = "/tmp/x12_cmd_XXXXXX";
    struct x12_job job = {.snip = 5, .json = true};
    const struct cmd_file f = {"x", p, n};
    const int file = mkstemp(path), err = open("/dev/null", O_WRONLY), keep = dup(1),
              keep_err = dup(2);
    struct err e;
    int code;

    fflush(stdout);
    dup2(file, 1);
    dup2(err, 2);
    code = run(&job, &f);
    fflush(stdout);
    dup2(keep, 1);
    dup2(keep_err, 2);
    close(file), close(err), close(keep), close(keep_err);
    buf_reset(out);
    assert_int_equal(file_read(path, 1 << 24, out, &e), 0);
    unlink(path);
    return cmd_worse(code, job.result);
}

/* read_bytes - of a file in memory */
static ssize_t read_bytes(void *source, void *p, size_t n)
{
    struct span *rest = source;
    const size_t take = n < rest->n ? n : rest->n;

    if (take > 0)
        memcpy(p, rest->p, take);
    *rest = (struct span){rest->p + take, rest->n - take};
    return (ssize_t)take;
}

/* check_bytes - as a stream */
static int check_bytes(void *job, const struct cmd_file *f)
{
    struct span rest = {f->data, f->size};
    struct cmd_stream s;
    int code;

    assert_true(cmd_stream_open(&s, f->name, f->size, read_bytes, &rest));
    code = x12_check_file(job, &s);
    cmd_stream_close(&s);
    return code;
}

/* assert_same - parse, write, compare */
static void assert_same(const void *p, size_t n)
{
    struct buf lines, back;

    buf_init(&lines);
    buf_init(&back);
    capture(x12_parse_file, p, n, &lines);
    assert_int_equal(capture(x12_write_file, lines.data ? lines.data : "", lines.len, &back), 0);
    assert_int_equal(back.len, n);
    assert_memory_equal(back.data ? back.data : "", p, n);
    buf_release(&lines);
    buf_release(&back);
}

/* test_there_and_back - examples, with other delimiters and line ends, cut, glued, and with any
 * byte in them */
static void test_there_and_back(void **state)
{
    static const unsigned char bytes[] = {0, 0x80, 0xC3, 0xFF, '"', '\\', '\n', 0x1F};
    struct buf b, wild;

    (void)state;
    buf_init(&wild);
    for (size_t i = 0; i < x12_example_count; i++) {
        x12_example(x12_examples[i], &b);
        assert_same(b.data, b.len);
        buf_reset(&wild);
        buf_adds(&wild, "\xEF\xBB\xBF\r\n ");
        for (const char *p = b.data; *p; p++) {
            buf_addc(&wild, strchr("*^:~", *p) ? "|\x1c\x1f\r"[strchr("*^:~", *p) - "*^:~"] : *p);
            if (*p == '~' && p[1] == '\n' && (p - b.data) % 3 == 0)
                buf_adds(&wild, "\r\n\n");
        }
        buf_add(&wild, b.data, b.len / 2);
        buf_adds(&wild, "garbage");
        buf_add(&wild, b.data, b.len);
        for (size_t k = 0; k < sizeof(bytes); k++)
            wild.data[wild.len - 40 - k * 7] = (char)bytes[k];
        assert_same(wild.data, wild.len);
        buf_release(&b);
    }
    assert_same("", 0);
    assert_same("no X12 at all \xFF\0!", 17);
    buf_release(&wild);
}

/* test_not_lines - write refuses what parse did not write */
static void test_not_lines(void **state)
{
    static const char *const bad[] = {"{", "[]\n", "{\"segment\":1}\n", "ISA*00*\n",
                                      "{\"segment\":\"ST\"}\n"};
    struct buf out;

    (void)state;
    buf_init(&out);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_int_equal(capture(x12_write_file, bad[i], strlen(bad[i]), &out), EXIT_FOUND);
    buf_release(&out);
}

/* line - number n of what was printed */
static json_t *line(const struct buf *b, unsigned n)
{
    const char *p = b->data;

    for (; n > 0; n--)
        p = strchr(p, '\n') + 1;
    return json_loadb(p, (size_t)(strchr(p, '\n') - p), 0, NULL);
}

/* lines - how many were printed */
static unsigned lines(const struct buf *b)
{
    unsigned n = 0;

    for (size_t i = 0; i < b->len; i++)
        n += b->data[i] == '\n';
    return n;
}

/* test_lines - accepted; refused with its group; damaged; nothing at all */
static void test_lines(void **state)
{
    struct buf b, out;
    json_t *o;

    (void)state;
    buf_init(&out);
    x12_example("837p", &b);
    assert_int_equal(capture(check_bytes, b.data, b.len, &out), 0);
    assert_int_equal(lines(&out), 1);
    o = line(&out, 0);
    assert_string_equal(json_string_value(json_object_get(o, "transaction")), "837");
    assert_string_equal(json_string_value(json_object_get(o, "guide")), "005010X222A1");
    assert_string_equal(json_string_value(json_object_get(o, "control")), "0001");
    assert_int_equal(json_integer_value(json_object_get(o, "segments")), 70);
    assert_true(json_is_true(json_object_get(o, "accepted")));
    assert_int_equal(json_array_size(json_object_get(o, "findings")), 0);
    json_decref(o);
    x12_replace(&b, "", "GE*1*", "GE*3*");
    assert_int_equal(capture(check_bytes, b.data, b.len, &out), EXIT_FOUND);
    assert_int_equal(lines(&out), 1);
    o = line(&out, 0);
    assert_true(json_is_false(json_object_get(o, "accepted")));
    assert_string_equal(json_string_value(json_object_get(
                            json_array_get(json_object_get(o, "findings"), 0), "code")),
                        "AK905=5");
    json_decref(o);
    for (size_t n = 0; n < b.len - 2; n += 13) {
        assert_int_equal(capture(check_bytes, b.data, n, &out), EXIT_FOUND);
        assert_int_equal(lines(&out), 1);
        o = line(&out, 0);
        assert_true(json_is_false(json_object_get(o, "accepted")));
        assert_true(json_array_size(json_object_get(o, "findings")) > 0);
        json_decref(o);
    }
    buf_release(&b);
    buf_release(&out);
}

/* test_names - loops and words for people */
static void test_names(void **state)
{
    struct buf b, out;

    (void)state;
    buf_init(&out);
    x12_example("837p", &b);
    assert_int_equal(capture(x12_print_file, b.data, b.len, &out), 0);
    assert_int_equal(lines(&out), 74);
    assert_non_null(strstr(out.data, "2310B                NM1  role: 82 (rendering); "));
    assert_non_null(strstr(out.data, "code: [kind: ABK (principal diagnosis), code: E1165]"));
    assert_int_equal(capture(x12_print_file, b.data, b.len - 5, &out), EXIT_FOUND);
    buf_release(&b);
    buf_release(&out);
}

/* test_tables - every guide compiles; orders go up; each segment and element has a row in the
 * dictionary */
static void test_tables(void **state)
{
    (void)state;
    for (const struct x12_guide *g = x12_guides; g->version; g++) {
        struct plan *p = plan_new(g);

        assert_non_null(p);
        for (size_t k = 0; k < p->n_loops; k++)
            for (unsigned i = 1; i < p->loops[k].rows; i++)
                if (p->rows[p->loops[k].row + i].order < p->rows[p->loops[k].row + i - 1].order)
                    fail_msg("%s %s: row %u goes back", g->name, p->loops[k].name, i);
        for (size_t k = 0; k < p->n_rows; k++)
            assert_true(x12_dictionary_segment(span_of(p->rows[k].name)) != NULL);
        plan_free(p);
    }
    assert_null(x12_dictionary_segment(span_of("QQQ")));
    assert_null(x12_dictionary_element(3));
    assert_true(span_is(x12_value_name(span_of("NM1"), 1, 0, span_of("85")), "billing provider"));
    assert_true(span_is(x12_element_name(span_of("SV1"), 1, 2), "code"));
    assert_int_equal(x12_value_name(span_of("NM1"), 1, 0, span_of("??")).n, 0);
}

/* main - all */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_there_and_back), cmocka_unit_test(test_not_lines),
        cmocka_unit_test(test_lines),          cmocka_unit_test(test_names),
        cmocka_unit_test(test_tables),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
