/* base_test.c - arena, text, dates, money */
#include "tests/support/test.h"

#include "common/base/arena.h"
#include "common/base/date.h"
#include "common/base/err.h"
#include "common/base/money.h"
#include "common/base/str.h"

/* arena_limit - the allocation over the limit fails and is remembered until reset */
static void arena_limit(void **state)
{
    struct arena *a = arena_new(1000);

    (void)state;
    assert_non_null(arena_alloc(a, 900));
    assert_false(arena_exhausted(a));
    assert_null(arena_alloc(a, 200));
    assert_null(arena_array(a, SIZE_MAX, 16));
    assert_true(arena_exhausted(a));
    arena_reset(a);
    assert_false(arena_exhausted(a));
    assert_non_null(arena_alloc(a, 1000));
    arena_free(a);
    arena_free(NULL);
}

/* arena_counts - what is used, whole steps of alignment, over blocks, limits and resets */
static void arena_counts(void **state)
{
    struct arena *a = arena_new((size_t)1 << 20);
    size_t used = 0;

    (void)state;
    for (size_t i = 0; i < 3000; i++) {
        unsigned char *p = arena_alloc(a, i % 50);

        assert_non_null(p);
        assert_int_equal((uintptr_t)p % ARENA_ALIGN, 0);
        for (size_t k = 0; k < i % 50; k++) {
            assert_int_equal(p[k], 0);
            p[k] = 0xFF;
        }
        used += (i % 50 + ARENA_ALIGN - 1) / ARENA_ALIGN * ARENA_ALIGN;
        assert_int_equal(arena_used(a), used);
    }
    arena_set_limit(a, used + 20);
    assert_null(arena_alloc(a, 21));
    assert_non_null(arena_alloc(a, 20));
    assert_null(arena_alloc(a, 1));
    assert_non_null(arena_alloc(a, 0));
    arena_set_limit(a, used + 100);
    assert_non_null(arena_alloc(a, 30));
    assert_int_equal(arena_used(a), used + 64);
    arena_reset(a);
    assert_int_equal(arena_used(a), 0);
    assert_int_equal(*(char *)arena_alloc(a, 1), 0);
    arena_free(a);
}

/* arena_rooms - as many as asked for, then growing goes on; a count out of range is refused */
static void arena_rooms(void **state)
{
    struct arena *a = arena_new((size_t)1 << 20);

    (void)state;
    for (size_t n = 0; n < 20; n++) {
        size_t *array = arena_room(a, n, sizeof(*array));

        assert_non_null(array);
        for (size_t i = 0; i < 40; i++) {
            array = i < n ? array : arena_grow(a, array, i, sizeof(*array));
            assert_non_null(array);
            array[i] = i * n;
        }
        for (size_t i = 0; i < 40; i++)
            assert_int_equal(array[i], i * n);
    }
    assert_null(arena_room(a, SIZE_MAX, 1));
    assert_true(arena_exhausted(a));
    arena_free(a);
}

/* arena_grows - arrays keep their content while they double */
static void arena_grows(void **state)
{
    struct arena *a = arena_new((size_t)1 << 20);
    uint32_t *array = NULL;

    (void)state;
    for (uint32_t i = 0; i < 1000; i++) {
        array = arena_grow(a, array, i, sizeof(*array));
        assert_non_null(array);
        array[i] = i;
    }
    for (uint32_t i = 0; i < 1000; i++)
        assert_int_equal(array[i], i);
    arena_free(a);
}

/* dates - leap years, parsing, ages, arithmetic */
static void dates(void **state)
{
    char text[DATE_TEXT];

    (void)state;
    assert_true(date_valid(20240229));
    assert_false(date_valid(20260229));
    assert_false(date_valid(19000229));
    assert_false(date_valid(0));
    assert_int_equal(date_parse("2026-03-01"), 20260301);
    assert_int_equal(date_parse("20260301"), 20260301);
    assert_int_equal(date_parse("2026-3-1"), 0);
    assert_int_equal(date_parse("20261301"), 0);
    assert_int_equal(date_add(20260228, 1), 20260301);
    assert_int_equal(date_diff(20261001, 20260930), 1);
    assert_int_equal(date_age(20000229, 20260228), 25);
    assert_int_equal(date_age(20000229, 20260301), 26);
    assert_int_equal(date_age(20260302, 20260301), -1);
    assert_int_equal(date_add_years(20240229, 1), 20250228);
    assert_string_equal(date_text(20260301, text), "2026-03-01");
    assert_string_equal(date_text(0, text), "");
    assert_string_equal(date_digits(20260301, text), "20260301");
    assert_string_equal(date_digits(301, text), "00000301");
    assert_string_equal(date_digits(99999999, text), "99999999");
    assert_string_equal(date_digits(100000000, text), "100000000");
    assert_string_equal(date_digits(-1, text), "-0000001");
    assert_int_equal(date_from_days(date_to_days(19700101)), 19700101);
}

/* instants - offsets move the day */
static void instants(void **state)
{
    char text[TIME_TEXT];
    int64_t ms = ms_of(20260301, 0, 30, 0, 0, 120);

    (void)state;
    assert_string_equal(time_text(ms, text), "2026-02-28T22:30:00.000Z");
    assert_string_equal(time_text(ms_of(20261231, 23, 59, 8, 74, 0), text),
                        "2026-12-31T23:59:08.074Z");
    assert_string_equal(time_text(-1, text), "1969-12-31T23:59:59.999Z");
    assert_int_equal(date_of_ms(ms, 120), 20260301);
    assert_int_equal(date_of_ms(ms, 0), 20260228);
    assert_int_equal(time_of_ms(ms, 120), 30);
    assert_int_equal(date_of_ms(-1, 0), 19691231);
}

/* decimals - no rounding, no floating point */
static void decimals(void **state)
{
    static const struct {
        const char *text;
        enum decimal want;
        int64_t cents;
    } rows[] = {
        {"215", DECIMAL_OK, 21500},
        {"215.00", DECIMAL_OK, 21500},
        {".5", DECIMAL_OK, 50},
        {"-20", DECIMAL_OK, -2000},
        {"1.005", DECIMAL_TOO_FINE, 0},
        {"1.500", DECIMAL_OK, 150},
        {"", DECIMAL_NOT, 0},
        {".", DECIMAL_NOT, 0},
        {"1e3", DECIMAL_NOT, 0},
        {"1,000", DECIMAL_NOT, 0},
        {"--1", DECIMAL_NOT, 0},
        {"92233720368547758.07", DECIMAL_OK, INT64_MAX},
        {"92233720368547758.08", DECIMAL_TOO_LARGE, 0},
    };
    char text[DECIMAL_TEXT];
    int64_t v;

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        v = 0;
        assert_int_equal(decimal_parse(rows[i].text, strlen(rows[i].text), 2, &v), rows[i].want);
        assert_int_equal(v, rows[i].cents);
    }
    assert_string_equal(decimal_text(1375050, 2, text), "13750.5");
    assert_string_equal(decimal_text(21500, 2, text), "215");
    assert_string_equal(decimal_text(-127, 2, text), "-1.27");
    assert_string_equal(decimal_text(INT64_MIN, 2, text), "-92233720368547758.08");
    assert_true(money_extend(2000, 5000, &v));
    assert_int_equal(v, 10000);
    assert_false(money_extend(1, 1, &v));
    assert_false(money_extend(INT64_MAX, 2, &v));
}

/* cuts - empty items, an end without a sign, nothing left */
static void cuts(void **state)
{
    struct span rest = span_of("a;;bc;"), one;
    static const char *const want[] = {"a", "", "bc", "", ""};
    static const size_t left[] = {4, 3, 0, 0, 0};

    (void)state;
    for (size_t i = 0; i < 5; i++) {
        one = span_cut(&rest, ';');
        assert_true(span_is(one, want[i]));
        assert_int_equal(rest.n, left[i]);
    }
    rest = span_of("whole");
    one = span_cut(&rest, ';');
    assert_true(span_is(one, "whole") && rest.n == 0);
}

/* utf8 - overlong, surrogates, cut sequences, zero bytes are refused */
static void utf8(void **state)
{
    (void)state;
    assert_true(utf8_valid("Mu\xc3\xb1oz \xf0\x9f\x98\x80", 11));
    assert_false(utf8_valid("\xc0\xaf", 2));
    assert_false(utf8_valid("\xed\xa0\x80", 3));
    assert_false(utf8_valid("\xf4\x90\x80\x80", 4));
    assert_false(utf8_valid("\xc3", 1));
    assert_false(utf8_valid("a\0b", 3));
    for (size_t i = 0; i < 24;
         i++) { /* a bad byte at each place of the eight that are looked at together */
        char text[25] = "abcdefghijklmnopqrstuvwx";

        assert_true(utf8_valid(text, 24));
        text[i] = '\0';
        assert_false(utf8_valid(text, 24));
        text[i] = (char)0x80;
        assert_false(utf8_valid(text, 24));
        text[i] = '\x7f';
        assert_true(utf8_valid(text, 24));
    }
}

/* buffers - grow, format, wipe */
static void buffers(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b);
    for (int i = 0; i < 1000; i++)
        buf_addf(&b, "%d,", i);
    assert_false(b.failed);
    assert_int_equal(b.len, 3890);
    assert_int_equal(strlen(b.data), b.len);
    buf_wipe(&b);
    assert_null(b.data);
    buf_addn(&b, 0);
    buf_addn(&b, -70);
    buf_addn(&b, INT64_MAX);
    buf_addn(&b, INT64_MIN);
    assert_string_equal(b.data, "0-709223372036854775807-9223372036854775808");
    buf_release(&b);
}

/* errors - prefix keeps class and code */
static void errors(void **state)
{
    struct err e = {0};

    (void)state;
    assert_int_equal(err_set(&e, ERR_REJECT, "date", "row %d", 7), -1);
    assert_int_equal(err_prefix(&e, "file"), -1);
    assert_string_equal(e.text, "file: row 7");
    assert_int_equal(e.class, ERR_REJECT);
    assert_string_equal(e.code, "date");
    assert_int_equal(err_set(NULL, ERR_RETRY, "x", "y"), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_limit), cmocka_unit_test(arena_counts),
        cmocka_unit_test(arena_grows), cmocka_unit_test(arena_rooms),
        cmocka_unit_test(dates),       cmocka_unit_test(instants),
        cmocka_unit_test(decimals),    cmocka_unit_test(utf8),
        cmocka_unit_test(cuts),        cmocka_unit_test(buffers),
        cmocka_unit_test(errors),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
