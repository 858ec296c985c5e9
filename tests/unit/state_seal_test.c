/* state_seal_test.c - the local copy with keys: nothing of it can be read on the disk */
#include "tests/support/test.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/arena.h"
#include "common/state/state.h"
#include "common/sys/file.h"
#include "common/sys/vault.h"

#define KEY_A "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define KEY_B "ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100"
#define SECRET "MARIA PLANTED 1970-02-14"

struct fixture {
    char dir[64], keys[80];
    struct arena *arena;
    struct vault *vault;
};

/* give_keys - a file of them, opened */
static void give_keys(struct fixture *f, const char *text)
{
    struct err e = {0};
    FILE *file = fopen(f->keys, "w");

    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    assert_int_equal(chmod(f->keys, 0600), 0);
    vault_close(f->vault);
    f->vault = vault_open(f->keys, true, &e);
    assert_non_null(f->vault);
}

/* setup - a folder of our own */
static int setup(void **arg)
{
    struct fixture *f = calloc(1, sizeof(*f));

    snprintf(f->dir, sizeof(f->dir), "/tmp/cc-state-seal.XXXXXX");
    if (!mkdtemp(f->dir))
        return -1;
    snprintf(f->keys, sizeof(f->keys), "%s.keys", f->dir);
    f->arena = arena_new(1 << 20);
    give_keys(f, "a " KEY_A " current\n");
    *arg = f;
    return 0;
}

/* teardown - without it */
static int teardown(void **arg)
{
    struct fixture *f = *arg;
    char command[200];

    snprintf(command, sizeof(command), "rm -rf '%s' '%s'", f->dir, f->keys);
    vault_close(f->vault);
    arena_free(f->arena);
    if (system(command) != 0)
        return -1;
    free(f);
    return 0;
}

/* open_one - partition 0, where it is to be read on from */
static struct state *open_one(struct fixture *f, struct vault *v, int64_t want_next)
{
    struct err e = {0};
    int64_t next = -1;
    struct state *s = state_open(f->dir, "coder", NULL, NULL, &e);

    assert_non_null(s);
    state_keys(s, v);
    assert_int_equal(state_attach(s, 0, &next, &e), 0);
    assert_int_equal(next, want_next);
    return s;
}

/* fill - two values, up to offset 6 */
static void fill(struct state *s)
{
    struct err e = {0};

    assert_int_equal(state_begin(s, &e), 0);
    assert_int_equal(state_put(s, 0, "k1", SECRET, strlen(SECRET), &e), 0);
    assert_int_equal(state_restore(s, 0, "k2", 2, SECRET, strlen(SECRET), &e), 0);
    assert_int_equal(state_timer_set(s, 0, "k1", 42, &e), 0);
    state_delivered(s, 0, 6);
    assert_int_equal(state_commit(s, &e), 0);
}

/* one_row - each is in plain */
static int one_row(void *arg, const char *key, const void *value, size_t n, struct err *e)
{
    (void)e;
    assert_true(key[0] == 'k');
    assert_int_equal(n, strlen(SECRET));
    assert_memory_equal(value, SECRET, n);
    (*(int *)arg)++;
    return 0;
}

/* reads - both values, one by one and in a row */
static void reads(struct fixture *f, struct state *s)
{
    struct err e = {0};
    void *value;
    size_t n;
    int rows = 0;

    assert_int_equal(state_begin(s, &e), 0);
    assert_int_equal(state_get(s, 0, "k2", f->arena, &value, &n, &e), 1);
    assert_int_equal(n, strlen(SECRET));
    assert_memory_equal(value, SECRET, n);
    assert_int_equal(state_each(s, 0, "k", one_row, &rows, &e), 0);
    assert_int_equal(rows, 2);
    state_abort(s);
}

/* on_disk - does the copy's file show the secret? Its mode is its owner's. */
static bool on_disk(struct fixture *f)
{
    struct err e = {0};
    struct buf b;
    struct stat st;
    char path[128];
    bool found;

    snprintf(path, sizeof(path), "%s/coder-0/data.mdb", f->dir);
    buf_init(&b);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0077, 0);
    assert_int_equal(file_read(path, 1 << 30, &b, &e), 0);
    found = memmem(b.data, b.len, SECRET, strlen(SECRET)) != NULL;
    buf_release(&b);
    return found;
}

/* sealed_copy - read by whoever has the key, by nobody else; kept over a restart */
static void sealed_copy(void **arg)
{
    struct fixture *f = *arg;
    struct state *s = open_one(f, f->vault, 0);

    fill(s);
    reads(f, s);
    state_close(s);
    assert_false(on_disk(f));
    s = open_one(f, f->vault, 7);
    reads(f, s);
    state_close(s);
}

/* moving_over - a clear copy is not gone on with under keys, nor a sealed one without */
static void moving_over(void **arg)
{
    struct fixture *f = *arg;
    struct state *s = open_one(f, NULL, 0);

    fill(s);
    state_close(s);
    assert_true(on_disk(f));
    s = open_one(f, f->vault, 0);
    assert_false(on_disk(f));
    fill(s);
    state_close(s);
    assert_false(on_disk(f));
    state_close(open_one(f, NULL, 0));
}

/* keys_turn - what the old key sealed is read while it is in the file; then the worker waits */
static void keys_turn(void **arg)
{
    struct fixture *f = *arg;
    struct state *s = open_one(f, f->vault, 0);
    struct err e = {0};
    void *value;
    size_t n;
    int rows = 0;

    fill(s);
    state_close(s);
    give_keys(f, "a " KEY_A "\nb " KEY_B " current\n");
    s = open_one(f, f->vault, 7);
    reads(f, s);
    state_close(s);
    give_keys(f, "b " KEY_B " current\n");
    s = open_one(f, f->vault, 7);
    assert_int_equal(state_begin(s, &e), 0);
    assert_int_equal(state_get(s, 0, "k1", f->arena, &value, &n, &e), -1);
    assert_int_equal(e.class, ERR_RETRY);
    assert_string_equal(e.code, "seal-key");
    assert_int_equal(state_each(s, 0, "k", one_row, &rows, &e), -1);
    assert_int_equal(rows, 0);
    state_abort(s);
    state_close(s);
}

/* main - each in a folder of its own */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(sealed_copy, setup, teardown),
        cmocka_unit_test_setup_teardown(moving_over, setup, teardown),
        cmocka_unit_test_setup_teardown(keys_turn, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
