/* starve_x12_test.c - X12 files through check, answers and placer while allocations fail: whoever
 * asked is told that memory was out, or gets what is always said; never a part of it */
#include "tests/support/test.h"

#include <stdio.h>

#include "common/x12/ack.h"
#include "common/x12/place.h"
#include "tests/starve/starve.h"
#include "tests/support/x12_faults.h"

enum { SHARE = 400 };

static size_t refused, same;

/* A file through one way; 0, or -1 where memory was out. What it says goes to `said`. */
typedef int (*way)(const struct buf *file, struct buf *said);

/* What listens to a check. */
struct listener {
    struct x12_ack *ack; /* NULL: nobody answers */
    struct buf *said;
};

/* say - a result, with what it quotes; its own memory does not fail */
static int say(void *arg, const struct x12_result *r)
{
    struct listener *l = arg;

    if (l->ack)
        x12_ack_add(l->ack, r);
    starve_pause(true);
    buf_addf(l->said, "%d %d %u\n", r->level, r->accepted, r->segments);
    for (size_t i = 0; i < r->count; i++) {
        const struct x12_finding *f = &r->findings[i];

        buf_addf(l->said, "%s %u/%u %.*s %.*s\n", f->code, f->position, f->element, (int)f->value.n,
                 f->value.p, (int)f->claim.n, f->claim.p);
    }
    if (l->ack && r->level == X12_INTERCHANGE) {
        buf_add(l->said, x12_ack_ta1(l->ack).p, x12_ack_ta1(l->ack).n);
        buf_add(l->said, x12_ack_999(l->ack).p, x12_ack_999(l->ack).n);
    }
    starve_pause(false);
    return 0;
}

/* by_check - all bytes are there, and answered */
static int by_check(const struct buf *file, struct buf *said)
{
    const struct x12_ack_options o = {20260402, 800, 1, true, false};
    struct listener l = {x12_ack_new(&o), said};
    struct err e = {0};
    int got = -1;

    if (l.ack)
        got = x12_check(file->data, file->len, NULL, say, &l, &e);
    if (got == 0 && x12_ack_failed(l.ack))
        got = -1;
    else if (got != 0 && l.ack)
        assert_true(e.class == ERR_RETRY && strcmp(e.code, "memory") == 0);
    x12_ack_free(l.ack);
    return got;
}

/* by_stream - what is quoted is kept apart */
static int by_stream(const struct buf *file, struct buf *said)
{
    struct listener l = {NULL, said};
    struct x12_reader r;
    struct err e = {0};
    size_t keep = 0;
    int got;

    x12_reader_init(&r, file->data, file->len);
    got = x12_check_stream(&r, &keep, NULL, say, &l, &e);
    assert_true(got == 0 || (e.class == ERR_RETRY && strcmp(e.code, "memory") == 0));
    return got;
}

/* take_all - each segment by a checker */
static int take_all(const struct buf *file, struct x12_checker *c)
{
    struct x12_reader r;
    struct x12_segment s;
    struct err e;
    int got;

    x12_reader_init(&r, file->data, file->len);
    while (c && !x12_checker_failed(c) && (got = x12_next(&r, &s, &e)) != 0)
        if (got > 0)
            x12_checker_take(c, &s);
        else
            x12_checker_damage(c, r.at, true, &e);
    got = c && !x12_checker_failed(c) ? 0 : -1;
    x12_checker_free(c);
    return got;
}

/* by_segment - by one who reads the segments */
static int by_segment(const struct buf *file, struct buf *said)
{
    struct listener l = {NULL, said};

    return take_all(file, x12_checker_new(NULL, say, &l));
}

/* by_guides - with guides of his own */
static int by_guides(const struct buf *file, struct buf *said)
{
    struct x12_check_options o = {.guides = x12_guides_new()};
    struct listener l = {NULL, said};
    const int got = o.guides ? take_all(file, x12_checker_new(&o, say, &l)) : -1;

    x12_guides_free(o.guides);
    return got;
}

/* by_place - the loop of each segment */
static int by_place(const struct buf *file, struct buf *said)
{
    struct x12_placer *p = x12_placer_new();
    struct x12_reader r;
    struct x12_segment s;
    struct err e;
    int got;

    x12_reader_init(&r, file->data, file->len);
    while (p && (got = x12_next(&r, &s, &e)) != 0) {
        unsigned depth;
        const char *loop = got > 0 ? x12_place(p, &s, &depth) : "!";

        starve_pause(true);
        buf_addf(said, "%s ", loop);
        starve_pause(false);
    }
    got = p && !x12_placer_failed(p) ? 0 : -1;
    x12_placer_free(p);
    return got;
}

/* by_writer - the file once more, from its segments */
static int by_writer(const struct buf *file, struct buf *said)
{
    const struct x12_isa isa = {"ZZ", "A", "ZZ", "B", 20260401, 915, 1, false, true};
    struct x12_reader r;
    struct x12_segment s;
    struct x12_writer w;
    struct err e;
    int got;

    x12_writer_init(&w, said, NULL);
    x12_isa(&w, &isa);
    x12_reader_init(&r, file->data, file->len);
    while ((got = x12_next(&r, &s, &e)) != 0) {
        char id[4] = "";

        if (got < 0 || s.id.n > 3)
            continue;
        memcpy(id, s.id.p, s.id.n);
        x12_begin(&w, id);
        for (unsigned n = 1; n <= s.count; n++) {
            x12_put_span(&w, x12_component(&s, n, 1));
            x12_sub_span(&w, x12_component(&s, n, 2));
            x12_repeat(&w, n == 3 ? "R" : "");
        }
        x12_text(&w,
                 "Stra\xC3\x9F"
                 "e",
                 20);
        x12_end(&w);
    }
    return said->failed ? -1 : 0;
}

/* fail_at - the n-th allocation (0: none); how many there are */
static size_t fail_at(way by, const struct buf *file, const struct buf *whole,
                      enum starve_kind kind, enum starve_how how, size_t n)
{
    struct buf said;
    bool failed;
    size_t count;
    int got;

    buf_init(&said);
    starve_begin(kind, how, n);
    got = by(file, &said);
    count = starve_end(&failed);
    if (got != 0) {
        assert_true(failed);
        refused++;
    } else {
        if (said.len != whole->len || memcmp(said.data, whole->data, said.len) != 0)
            fail_msg("allocation %zu of kind %d: something else, and nobody was told", n, kind);
        same++;
    }
    buf_wipe(&said);
    return count;
}

/* sweep - a file by one way */
static void sweep(way by, const struct buf *file)
{
    struct buf whole;

    buf_init(&whole);
    assert_int_equal(by(file, &whole), 0);
    for (int kind = 0; kind < STARVE_KINDS; kind++)
        for (int how = 0; how < STARVE_HOWS; how++) {
            const size_t count =
                fail_at(by, file, &whole, (enum starve_kind)kind, (enum starve_how)how, 0);
            size_t n;

            for (size_t i = 0; (n = starve_pick(count, SHARE, 0, i)); i++)
                fail_at(by, file, &whole, (enum starve_kind)kind, (enum starve_how)how, n);
        }
    buf_release(&whole);
}

/* faulty - claims with many faults, a remittance, and forty sets of one group */
static void faulty(struct buf *out)
{
    struct buf b;

    buf_init(out);
    x12_example("837p", &b);
    for (char *p = b.data; (p = strchr(p, '9')); p++)
        if ((p - b.data) % 3 == 0 && p > b.data + 400)
            *p = 'X';
    buf_add(out, b.data, b.len);
    buf_release(&b);
    x12_example("835", &b);
    buf_add(out, b.data, b.len);
    buf_release(&b);
    x12_example("999", &b);
    buf_add(out, b.data, (size_t)(strstr(b.data, "ST*") - b.data));
    for (int i = 1; i <= 40; i++)
        buf_addf(out, "ST*999*%04d*005010X231A1~AK1*HC*1*005010X222A1~AK9*A*1*1*1~SE*4*%04d~", i,
                 i);
    buf_adds(out, "GE*40*201~IEA*1*000000201~");
    buf_release(&b);
}

/* test_each - by every way */
static void test_each(void **state)
{
    static const way ways[] = {by_check, by_stream, by_segment, by_guides, by_place, by_writer};
    struct buf file;

    (void)state;
    faulty(&file);
    for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
        sweep(ways[i], &file);
    buf_release(&file);
    print_message("%zu refused, %zu as if nothing was\n", refused, same);
    assert_true(refused > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_each)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
