/* x12_check_test.c - the worked examples pass; one fault of each kind is seen, at its place and
 * with its code (billing §7.7) */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/x12/check.h"
#include "common/x12/guide.h"
#include "tests/support/x12_faults.h"
#include "tests/support/x12_found.h"

/* check - text of n bytes */
static struct x12_found check(const char *text, size_t n, int snip)
{
    const struct x12_check_options o = {.snip = snip, .today = 20261101};

    return x12_find(text, n, &o);
}

/* test_examples - nothing is found */
static void test_examples(void **state)
{
    (void)state;
    for (size_t i = 0; i < x12_example_count; i++) {
        struct buf b;
        struct x12_found o;

        x12_example(x12_examples[i], &b);
        o = check(b.data, b.len, 5);
        if (o.findings + o.notes > 0 || !o.accepted)
            fail_msg("%s: %s", x12_examples[i], o.messages);
        assert_int_equal(o.interchanges, 1);
        assert_int_equal(o.sets, strcmp(x12_examples[i], "ta1") != 0);
        buf_release(&b);
    }
}

/* test_faults - each is seen; rows without a code only show that the change itself is harmless */
static void test_faults(void **state)
{
    unsigned missed = 0;

    (void)state;
    for (size_t i = 0; i < x12_fault_count; i++) {
        const struct x12_fault *f = &x12_faults[i];
        struct buf b;
        struct x12_found o;

        x12_fault_apply(f, &b);
        o = check(b.data, b.len, 5);
        if (f->code[0] ? !strstr(o.codes, f->code) : o.findings > 0) {
            print_message("%s in %s: wanted \"%s\", got \"%s\"\n%s", f->kind, f->file, f->code,
                          o.codes, o.messages);
            missed++;
        }
        buf_release(&b);
    }
    assert_int_equal(missed, 0);
}

/* test_cut - the worked claim file cut at every byte: never accepted, always said */
static void test_cut(void **state)
{
    struct buf b;

    (void)state;
    x12_example("837p", &b);
    for (size_t n = 0; n + 2 < b.len; n++) {
        const struct x12_found o = check(b.data, n, 5);

        assert_false(o.accepted);
        assert_int_equal(o.interchanges, 1);
        assert_true(o.findings > 0);
    }
    buf_release(&b);
}

/* test_numbers_again - the same interchange, group or set number twice */
static void test_numbers_again(void **state)
{
    struct buf a, b;
    struct x12_found o;

    (void)state;
    x12_example("999", &a);
    buf_init(&b);
    buf_add(&b, a.data, a.len);
    buf_add(&b, a.data, a.len);
    o = check(b.data, b.len, 1);
    assert_non_null(strstr(o.codes, " TA105=025@0/13"));
    assert_int_equal(o.interchanges, 2);
    buf_reset(&b);
    buf_add(&b, a.data, (size_t)(strstr(a.data, "GE*") - a.data));
    buf_adds(&b, strstr(a.data, "ST*"));
    x12_replace(&b, "", "GE*1*", "GE*2*");
    o = check(b.data, b.len, 1);
    assert_string_equal(o.codes, " IK502=23@1/2");
    assert_int_equal(o.sets, 2);
    buf_reset(&b);
    buf_add(&b, a.data, (size_t)(strstr(a.data, "IEA*") - a.data));
    buf_adds(&b, strstr(a.data, "GS*"));
    x12_replace(&b, "", "IEA*1*", "IEA*2*");
    o = check(b.data, b.len, 1);
    assert_string_equal(o.codes, " AK905=19@0/6");
    assert_int_equal(o.groups, 2);
    buf_release(&a);
    buf_release(&b);
}

/* test_no_numbers - an ISA whose control number is empty, and an IEA that ends before its own: no
 * bytes are compared with no bytes (found by x12_fuzz) */
static void test_no_numbers(void **state)
{
    static const char bytes[] =
        "\x49\x53\x41\xff\xff\xff\xff\xff\x00\x00\xff\xff\xff\xff\xff\x00\x8e\xff"
        "\xff\xff\xff\xff\xff\x18\x00\x00\x00\x00\x00\x00\x00\xff\xff\x3f\xff\xff"
        "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x2d\xff\xff\xff\xff\xff\xff\xff\xff"
        "\xff\x45\x41\x00\x25\x49\x45\x41\x25\x00\x00\x00\x00\x00\x00\xff\xff\xff"
        "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x31\xff\xff\xff\xff\xff\xff\xff"
        "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7b\x25\x49\x45"
        "\x41\x00\x25\x49\x45\x41\x25";
    struct x12_found o = check(bytes, sizeof(bytes) - 1, 1);

    (void)state;
    assert_false(o.accepted);
    assert_true(o.findings > 0);
}

/* test_levels - a fault of type 3 is not looked for at level 2, one of type 1 always is */
static void test_levels(void **state)
{
    struct buf b;

    (void)state;
    x12_example("837p", &b);
    x12_replace(&b, "", "CLM*A1000001*215*", "CLM*A1000001*216*");
    assert_true(check(b.data, b.len, 2).accepted);
    assert_false(check(b.data, b.len, 3).accepted);
    x12_replace(&b, "", "1234567893", "1234567894");
    assert_int_equal(check(b.data, b.len, 4).findings, 1);
    assert_int_equal(check(b.data, b.len, 5).findings, 2);
    x12_replace(&b, "", "SE*70", "SE*69");
    assert_int_equal(check(b.data, b.len, 1).findings, 1);
    buf_release(&b);
}

/* test_other_delimiters - the same verdict, whatever divides */
static void test_other_delimiters(void **state)
{
    struct buf b;

    (void)state;
    for (size_t i = 0; i < x12_example_count; i++) {
        size_t n = 0;

        x12_example(x12_examples[i], &b);
        for (char *p = b.data; *p; p++) {
            const char *k = strchr("*^:~", *p);

            if (*p != '\n')
                b.data[n++] = k ? "|!>\n"[k - "*^:~"] : *p;
        }
        assert_true(check(b.data, n, 5).accepted);
        buf_release(&b);
    }
}

/* test_no_interchange - bytes that are something else */
static void test_no_interchange(void **state)
{
    struct x12_found o = check("MSH|^~\\&|", 9, 5);

    (void)state;
    assert_false(o.accepted);
    assert_int_equal(o.interchanges, 1);
    o = check("", 0, 5);
    assert_false(o.accepted);
    assert_int_equal(o.interchanges, 1);
}

/* test_one_bad_one_good - damage never hides the next interchange */
static void test_one_bad_one_good(void **state)
{
    struct buf a, b;
    struct x12_found o;

    (void)state;
    x12_example("837p", &a);
    x12_example("835", &b);
    a.len = a.len / 2;
    buf_add(&a, b.data, b.len);
    o = check(a.data, a.len, 5);
    assert_int_equal(o.interchanges, 2);
    assert_int_equal(o.sets, 2);
    assert_int_equal(o.findings, 3); /* IK502=2, TA105, and AK905=3 */
    buf_release(&a);
    buf_release(&b);
}

/* know - a table that knows only one code, and has none for drugs */
static enum x12_answer know(void *arg, const char *system, struct span code, int32_t on)
{
    unsigned *asked = arg;

    if (strcmp(system, "icd10cm") != 0)
        return X12_CODE_NO_TABLE;
    (*asked)++;
    assert_int_equal(on, on == 20260310 ? 20260310 : 20260325);
    return span_is(code, "I10") || span_is(code, "J029") ? X12_CODE_KNOWN : X12_CODE_UNKNOWN;
}

/* test_tables - codes are asked for with the date of service */
static void test_tables(void **state)
{
    unsigned asked = 0;
    const struct x12_check_options o = {.known = know, .known_arg = &asked};
    struct x12_found out = {.accepted = true};
    struct err e;
    struct buf b;

    (void)state;
    x12_example("837p", &b);
    assert_int_equal(x12_check(b.data, b.len, &o, x12_found_add, &out, &e), 0);
    assert_int_equal(asked, 3);
    assert_string_equal(out.codes, " IK403=7@22/1-2");
    buf_release(&b);
}

/* stop - at the first result */
static int stop(void *arg, const struct x12_result *r)
{
    (void)r;
    ++*(unsigned *)arg;
    return 7;
}

/* A file that comes in pieces; what is not kept is spoilt. */
struct pieces {
    const struct buf *file;
    char *data;
    size_t given, keep, spoilt;
};

/* next_piece - see x12_reader.fill */
static size_t next_piece(void *arg, size_t at)
{
    struct pieces *p = arg;
    const size_t n = p->file->len - p->given < 5000 ? p->file->len - p->given : 5000;

    assert_true(p->keep <= at);
    memset(p->data + p->spoilt, '!', p->keep - p->spoilt);
    p->spoilt = p->keep;
    memcpy(p->data + p->given, p->file->data + p->given, n);
    p->given += n;
    return p->given;
}

/* quote - every finding with what it quotes */
static int quote(void *arg, const struct x12_result *r)
{
    buf_addf(arg, "%d %d %u\n", r->level, r->accepted, r->segments);
    for (size_t i = 0; i < r->count; i++) {
        const struct x12_finding *f = &r->findings[i];

        buf_addf(arg, "%s %s %u/%u %s ", f->code, f->segment, f->position, f->element, f->message);
        buf_add(arg, f->value.p, f->value.n);
        buf_addc(arg, ' ');
        buf_add(arg, f->claim.p, f->claim.n);
        buf_addc(arg, '\n');
    }
    return 0;
}

/* grow - the set of an example often enough to fill several pieces, a byte of each spoilt */
static void grow(const struct buf *b, struct buf *out)
{
    const char *st = strstr(b->data, "ST*"), *ge = strstr(b->data, "GE*");

    buf_init(out);
    buf_add(out, b->data, (size_t)(st - b->data));
    for (size_t i = 0; out->len < 300000; i++) {
        const size_t at = out->len + 12 + i * 37 % ((size_t)(ge - st) - 40);

        buf_add(out, st, (size_t)(ge - st));
        if (out->data[at] != '~')
            out->data[at] = "?:*^Z"[i % 5];
    }
    buf_adds(out, ge);
}

/* same_in_pieces - an example that comes in pieces and does not stay is judged as one that is all
 * there */
static void same_in_pieces(const struct buf *example)
{
    struct buf file, whole, pieces;
    struct pieces p = {.file = &file};
    struct x12_reader r;
    struct err e;

    grow(example, &file);
    buf_init(&whole), buf_init(&pieces);
    p.data = malloc(file.len);
    assert_non_null(p.data);
    x12_reader_init(&r, p.data, 0);
    r.fill = next_piece;
    r.fill_arg = &p;
    assert_int_equal(x12_check_stream(&r, &p.keep, NULL, quote, &pieces, &e), 0);
    assert_int_equal(x12_check(file.data, file.len, NULL, quote, &whole, &e), 0);
    assert_true(p.spoilt > file.len / 2);
    assert_int_equal(pieces.len, whole.len);
    assert_memory_equal(pieces.data, whole.data, whole.len);
    free(p.data);
    buf_release(&file), buf_release(&whole), buf_release(&pieces);
}

/* test_stream - every example, and claims without a number */
static void test_stream(void **state)
{
    struct buf b;

    (void)state;
    for (size_t i = 0; i < x12_example_count; i++) {
        x12_example(x12_examples[i], &b);
        if (strcmp(x12_examples[i], "ta1") != 0)
            same_in_pieces(&b);
        buf_release(&b);
    }
    x12_example("837p", &b);
    x12_replace(&b, "", "CLM*A1000001*", "CLM**");
    same_in_pieces(&b);
    buf_release(&b);
}

/* test_bad_bytes - a byte outside the character set is seen wherever it stands in a value, however
 * long its segment is; in what tells the segment's place it is at least refused */
static void test_bad_bytes(void **state)
{
    static const char bad[] = {'\x01', '\x1f', '\x7f', '\x80', '\xff'};
    struct buf b;

    (void)state;
    x12_example("837p", &b);
    for (char *s = strstr(b.data, "~\nBHT*") + 2, *end; (end = strchr(s, '~')); s = end + 2) {
        char *first = strchr(s, '*'), *second = strchr(first + 1, '*');

        if (strncmp(s, "SE*", 3) == 0)
            break;
        for (char *p = first + 1; p < end; p++) {
            const char was = *p;
            struct x12_found o;

            if (strchr("*:^", was))
                continue;
            *p = bad[(p - b.data) % (ptrdiff_t)sizeof(bad)];
            o = check(b.data, b.len, 2);
            if (o.accepted ||
                (second && p > second && strncmp(s, "HL", 2) != 0 && !strstr(o.codes, "IK403=6@")))
                fail_msg("not seen in byte %td of %.3s", p - s, s);
            *p = was;
        }
    }
    buf_release(&b);
}

/* test_stop - what fn returns is returned; guides may be used again */
static void test_stop(void **state)
{
    struct x12_check_options o = {.guides = x12_guides_new()};
    unsigned n = 0;
    struct err e;
    struct buf b;

    (void)state;
    x12_example("837p", &b);
    assert_int_equal(x12_check(b.data, b.len, &o, stop, &n, &e), 7);
    assert_int_equal(x12_check(b.data, b.len, &o, stop, &n, &e), 7);
    assert_int_equal(n, 2);
    buf_release(&b);
    x12_guides_free(o.guides);
}

/* main - all */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_examples),
        cmocka_unit_test(test_faults),
        cmocka_unit_test(test_cut),
        cmocka_unit_test(test_numbers_again),
        cmocka_unit_test(test_no_numbers),
        cmocka_unit_test(test_levels),
        cmocka_unit_test(test_other_delimiters),
        cmocka_unit_test(test_no_interchange),
        cmocka_unit_test(test_one_bad_one_good),
        cmocka_unit_test(test_tables),
        cmocka_unit_test(test_stream),
        cmocka_unit_test(test_bad_bytes),
        cmocka_unit_test(test_stop),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
