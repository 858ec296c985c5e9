/* x12_plan_test.c - a guide's table that is wrong is said, and goes no further; one that is right
 * is what it says */
#include "tests/support/test.h"

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/x12/plan.h"

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

enum { ROWS = 600, ABORTED = 3 };

/* A table of some rows, of which the last ends it. */
struct table {
    const char *what;
    struct x12_row rows[4];
    const char *said;
};

#define ST_ROW                                                                                     \
    {                                                                                              \
        "ST", "ST", 'R', 1, 1, "R=837 R S"                                                         \
    }

/* clang-format off */
static const struct table wrong[] = {
    {"a loop that holds nothing", {ST_ROW, {"2000", NULL, 'R', 1, 2, "ST"}}, "a loop without rows, or with too many: 2000"},
    {"a segment that nobody knows", {{"ST", "QQQ", 'R', 1, 1, "R"}}, "no such segment: QQQ"},
    {"more elements than there are", {{"ST", "ST", 'R', 1, 1, "R R S S"}}, "more items than elements: "},
    {"more copies than there are", {{"ST", "ST", 'R', 1, 1, "Rx4"}}, "more items than elements: "},
    {"a usage of another kind", {{"ST", "ST", 'R', 1, 1, "X"}}, "bad usage: X"},
    {"components of what has none", {{"ST", "ST", 'R', 1, 1, "R(R)"}}, "bad usage: (R)"},
    {"no codes", {{"ST", "ST", 'R', 1, 1, "R="}}, "bad code list: "},
    {"an empty code", {{"ST", "ST", 'R', 1, 1, "R=A||B"}}, "bad code list: |B"},
    {"a code too long", {{"ST", "ST", 'R', 1, 1, "R=ABCDEFGHI"}}, "bad code list: ABCDEFGHI"},
    {"a bracket left open", {{"ST", "HI", 'R', 1, 1, "R(R R"}}, "no closing bracket: (R R"},
};
/* clang-format on */

/* aborted - the child has said what it had to say */
static void aborted(int number)
{
    (void)number;
    exit(ABORTED);
}

/* said_of - what is said of a table by one who stops then */
static void said_of(const struct x12_row *rows, char *said, size_t size)
{
    const struct x12_guide g = {X12_837P, "005010X222A1", "837P", "HC", "837", rows};
    int ends[2], status;
    ssize_t n;
    pid_t child;

    assert_int_equal(pipe(ends), 0);
    fflush(NULL);
    child = fork();
    if (child == 0) {
        signal(SIGABRT, aborted);
        dup2(ends[1], 2);
        plan_free(plan_new(&g));
        exit(0);
    }
    close(ends[1]);
    n = read(ends[0], said, size - 1);
    said[n > 0 ? n : 0] = '\0';
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), ABORTED);
}

/* test_wrong - each is told where it is wrong */
static void test_wrong(void **state)
{
    char said[512], want[256];

    (void)state;
    for (size_t i = 0; i < COUNT(wrong); i++) {
        said_of(wrong[i].rows, said, sizeof(said));
        snprintf(want, sizeof(want), "x12 guide table: %s", wrong[i].said);
        if (strncmp(said, want, strlen(want)) != 0)
            fail_msg("%s: %s", wrong[i].what, said);
    }
}

/* A table that is too large in one way: `per` rows of a loop, in so many loops. */
struct large {
    unsigned loops, per;
    const char *segment, *item; /* `items` of these */
    unsigned items;
    const char *said;
};

static const struct large large[] = {
    {1, 97, "N3", "R", 1, "a loop without rows, or with too many: ST"},
    {97, 1, "N3", "R", 1, "too many loops: L96"},
    {7, 80, "N3", "R", 1, "too many rows: "},
    {2, 80, "HI", "R(R) ", 12, "too many elements: "},
    {6, 80, "N1", "=A|B|C|D|E|F|G|H|I|J|K|L|M|N|O|P|Q|R", 1, "bad code list: "},
};

/* grown - the rows of a table that is too large */
static struct x12_row *grown(const struct large *l, char (*names)[12], struct buf *items)
{
    struct x12_row *rows = calloc(ROWS + 200, sizeof(*rows)), *row = rows;

    assert_non_null(rows);
    buf_init(items);
    buf_adds(items, l->item[0] == '=' ? "R" : "");
    for (unsigned i = 0; i < l->items; i++)
        buf_adds(items, l->item);
    for (unsigned k = 0; k < l->loops; k++) {
        snprintf(names[k], sizeof(names[k]), k ? "L%u" : "ST", k);
        if (k > 0)
            *row++ = (struct x12_row){names[k], NULL, 'S', 1, 1, "ST"};
        for (unsigned i = 0; i < l->per; i++)
            *row++ = (struct x12_row){names[k], l->segment, 'S', 1, 1, items->data};
    }
    return rows;
}

/* test_large - nothing is written beyond the room there is */
static void test_large(void **state)
{
    char names[100][12], said[512], want[256];

    (void)state;
    for (size_t i = 0; i < COUNT(large); i++) {
        struct buf items;
        struct x12_row *rows = grown(&large[i], names, &items);

        said_of(rows, said, sizeof(said));
        snprintf(want, sizeof(want), "x12 guide table: %s", large[i].said);
        if (strncmp(said, want, strlen(want)) != 0)
            fail_msg("%u loops of %u: %s", large[i].loops, large[i].per, said);
        buf_release(&items);
        free(rows);
    }
}

/* test_right - copies, repeats, codes and components are those of the item; what is left out is not
 * used */
static void test_right(void **state)
{
    static const struct x12_row rows[] = {
        {"ST", "N3", 'R', 3, 1, "R*2x2"},
        {"ST", "SV1", 'S', 1, 2, "R(R=HC|ER R Sx2) S"},
        {NULL, NULL, 0, 0, 0, NULL},
    };
    const struct x12_guide g = {X12_837P, "005010X222A1", "837P", "HC", "837", rows};
    struct plan *p = plan_new(&g);
    const struct plan_element *e;

    (void)state;
    assert_non_null(p);
    assert_int_equal(p->n_rows, 2);
    e = &p->elements[p->rows[0].element];
    for (unsigned i = 0; i < 2; i++) {
        assert_int_equal(e[i].usage, 'R');
        assert_int_equal(e[i].repeat, 2);
        assert_int_equal(e[i].number, 166);
        assert_false(e[i].text);
    }
    e = &p->elements[p->rows[1].element];
    assert_int_equal(e->type, PLAN_COMPOSITE);
    assert_int_equal(p->elements[e->part].codes, 2);
    assert_true(plan_has_code(p, &p->elements[e->part], span_of("ER")));
    assert_false(plan_has_code(p, &p->elements[e->part], span_of("AD")));
    assert_int_equal(p->elements[e->part + 3].usage, 'S');
    assert_int_equal(p->elements[e->part + 4].usage, 'N');
    assert_int_equal(e[1].usage, 'S');
    assert_int_equal(e[2].usage, 'N');
    plan_free(p);
}

/* main - all */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wrong),
        cmocka_unit_test(test_large),
        cmocka_unit_test(test_right),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
