/* starve_tables_test.c - every table file of deploy/seed through loader, plan and snapshot while
 * allocations fail: it is refused with a reason, or the tables are those that they always are */
#include "tests/support/test.h"

#include <glob.h>

#include "common/rules/code_set.h"
#include "common/sys/file.h"
#include "common/tables/load.h"
#include "common/tables/plan.h"
#include "common/tables/tabular.h"
#include "tests/starve/starve.h"

enum { FIRST = 8, SHARE = 25, EDITIONS = 16 };

/* What came of a file: its editions, or why there are none. */
struct came {
    char sha256[EDITIONS][65];
    size_t n;
    struct err why;
};

static size_t refused, same;

/* say - a reason */
static void say(void *arg, const struct err *e)
{
    ((struct came *)arg)->why = *e;
}

/* steps - the plan's editions, as snapshots that open */
static void steps(const struct plan *p, struct came *c)
{
    struct tables *t = tables_new();

    if (!t)
        err_set(&c->why, ERR_RETRY, "memory", "out of memory");
    for (size_t i = 0; t && i < p->n; i++) {
        if (p->steps[i].what != PLAN_ADDED)
            continue;
        if (tables_add_buf(t, &p->steps[i].bytes, p->steps[i].sha256, &c->why) != 0)
            break;
        assert_true(c->n < EDITIONS);
        memcpy(c->sha256[c->n++], p->steps[i].sha256, 65);
    }
    tables_free(t);
}

/* load - a file, as `cleanclaim tables load` does */
static void load(const char *name, const struct buf *file, struct came *c)
{
    const struct load_options o = {.part = true};
    struct table_loader *l = table_loader_new(&o);
    struct tables *none = tables_new();
    struct plan p = {0};
    const char *what;

    memset(c, 0, sizeof(*c));
    if (!l || !none)
        err_set(&c->why, ERR_RETRY, "memory", "out of memory");
    else if (table_loader_add(l, name, file->data, file->len, &what, &c->why) == LOAD_TAKEN &&
             table_loader_finish(l, say, c) == 0 && plan_make(none, l, &p, say, c) == 0)
        steps(&p, c);
    plan_release(&p);
    tables_free(none);
    table_loader_free(l);
}

/* fail_at - with the n-th allocation failing (0: none); how many there are */
static size_t fail_at(const char *name, const struct buf *file, const struct came *whole,
                      enum starve_how how, size_t n)
{
    struct came c;
    bool failed;
    size_t count;

    starve_begin(STARVE_MALLOC, how, n);
    load(name, file, &c);
    count = starve_end(&failed);
    if (c.why.class != ERR_NONE) {
        assert_true((failed || whole->why.class != ERR_NONE) && c.why.code[0] && c.why.text[0]);
        refused++;
        return count;
    }
    if (c.n != whole->n || memcmp(c.sha256, whole->sha256, sizeof(c.sha256[0]) * c.n) != 0)
        fail_msg("%s: allocation %zu: other rows, and nobody was told", name, n);
    same++;
    return count;
}

/* sweep - a file; is it refused when nothing fails? */
static bool sweep(const char *name, const struct buf *file)
{
    struct came whole;

    load(name, file, &whole);
    for (int how = 0; how < STARVE_HOWS; how++) {
        const size_t count = fail_at(name, file, &whole, (enum starve_how)how, 0);
        size_t n;

        for (n = 1; n <= FIRST && n <= count; n++)
            fail_at(name, file, &whole, (enum starve_how)how, n);
        for (size_t i = 0; (n = starve_pick(count, SHARE, 0, i)); i++)
            fail_at(name, file, &whole, (enum starve_how)how, n);
    }
    return whole.why.class != ERR_NONE;
}

/* sweep_folder - every file; how many of them are refused anyway */
static size_t sweep_folder(const char *pattern)
{
    glob_t g;
    size_t n = 0;

    assert_int_equal(glob(pattern, 0, NULL, &g), 0);
    for (size_t i = 0; i < g.gl_pathc; i++) {
        struct err e = {0};
        struct buf b;

        buf_init(&b);
        assert_int_equal(file_read(g.gl_pathv[i], 1 << 24, &b, &e), 0);
        n += sweep(strrchr(g.gl_pathv[i], '/') + 1, &b);
        buf_release(&b);
    }
    globfree(&g);
    return n;
}

/* test_each - of deploy/seed/tables, and of the layouts that it has none of: there a list without a
 * name, and one file of the grouper's seven, are refused anyway */
static void test_each(void **state)
{
    (void)state;
    assert_int_equal(sweep_folder("deploy/seed/tables/*"), 0);
    assert_int_equal(sweep_folder("tests/fuzz/tables/*"), 2);
    print_message("%zu refused, %zu as if nothing was\n", refused, same);
    assert_true(refused > 1000);
}

/* test_literals - references that could not be compiled are asked again, in another place, as long
 * as there is one */
static void test_literals(void **state)
{
    enum { PLACES = 64 };
    static const char once[] = "A00-A09;E10", never[] = "B20;E10";
    const struct tabular_set *s;

    (void)state;
    starve_begin(STARVE_MALLOC, STARVE_ON, 1);
    assert_null(tabular_set_of(once));
    for (int i = 0; i < PLACES; i++)
        assert_null(tabular_set_of(never));
    starve_end(NULL);
    s = tabular_set_of(once);
    assert_non_null(s);
    assert_true(tabular_set_has(s, code_key("E109")));
    assert_ptr_equal(tabular_set_of(once), s);
    assert_null(tabular_set_of(never));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_each),
                                       cmocka_unit_test(test_literals)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
