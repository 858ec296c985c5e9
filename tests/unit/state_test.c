/* state_test.c - the local copy: batches, offsets, lost and distrusted copies, timers */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/base/str.h"
#include "common/state/state.h"
#include "common/sys/file.h"

enum { LOG_MAX = 512 };

/* A changelog in memory: what the topic would hold. */
struct changelog {
    struct {
        char key[600];
        char value[64];
        int value_len; /* -1: tombstone */
        int32_t partition;
    } rows[LOG_MAX];
    size_t n;
};

struct fixture {
    char dir[64];
    struct changelog log;
    struct arena *arena;
};

/* change - appends to the changelog */
static int change(void *arg, int32_t partition, const void *key, size_t key_len, const void *value,
                  size_t n, struct err *e)
{
    struct changelog *l = arg;

    if (l->n == LOG_MAX)
        return err_set(e, ERR_RETRY, "full", "changelog full");
    memcpy(l->rows[l->n].key, key, key_len);
    l->rows[l->n].key[key_len] = '\0';
    l->rows[l->n].value_len = value ? (int)n : -1;
    if (value)
        memcpy(l->rows[l->n].value, value, n);
    l->rows[l->n].partition = partition;
    l->n++;
    return 0;
}

/* setup - a folder and an empty changelog */
static int setup(void **arg)
{
    struct fixture *f = calloc(1, sizeof(*f));

    snprintf(f->dir, sizeof(f->dir), "/tmp/cc-state-test.XXXXXX");
    if (!mkdtemp(f->dir))
        return -1;
    f->arena = arena_new(1 << 20);
    *arg = f;
    return 0;
}

/* teardown - removes the folder */
static int teardown(void **arg)
{
    struct fixture *f = *arg;
    char command[128];

    snprintf(command, sizeof(command), "rm -rf '%s'", f->dir);
    if (system(command) != 0)
        return -1;
    arena_free(f->arena);
    free(f);
    return 0;
}

/* open_one - a state with one partition attached */
static struct state *open_one(struct fixture *f, int32_t partition, int64_t want_next)
{
    struct err e = {0};
    int64_t next = -1;
    struct state *s = state_open(f->dir, "coder", change, &f->log, &e);

    assert_non_null(s);
    assert_int_equal(state_attach(s, partition, &next, &e), 0);
    assert_int_equal(next, want_next);
    return s;
}

/* put - text to text */
static void put(struct state *s, int32_t partition, const char *key, const char *value)
{
    struct err e = {0};

    assert_int_equal(state_put(s, partition, key, value, strlen(value), &e), 0);
}

/* commit - told, then kept */
static int commit(struct state *s, struct err *e)
{
    return state_flush(s, e) < 0 ? -1 : state_commit(s, e);
}

/* is - the value of a key in a batch of its own; NULL: not there */
static bool is(struct fixture *f, struct state *s, int32_t partition, const char *key,
               const char *want)
{
    struct err e = {0};
    void *value;
    size_t n;
    int r;

    assert_int_equal(state_begin(s, &e), 0);
    r = state_get(s, partition, key, f->arena, &value, &n, &e);
    state_abort(s);
    assert_true(r >= 0);
    return want ? r == 1 && n == strlen(want) && memcmp(value, want, n) == 0 : r == 0;
}

/* restore_from - replays the changelog of a partition from an offset */
static void restore_from(struct fixture *f, struct state *s, int32_t partition, size_t from)
{
    struct err e = {0};

    assert_int_equal(state_begin(s, &e), 0);
    for (size_t i = from; i < f->log.n; i++) {
        if (f->log.rows[i].partition == partition)
            assert_int_equal(
                state_restore(s, partition, f->log.rows[i].key, strlen(f->log.rows[i].key),
                              f->log.rows[i].value_len < 0 ? NULL : f->log.rows[i].value,
                              f->log.rows[i].value_len < 0 ? 0 : (size_t)f->log.rows[i].value_len,
                              &e),
                0);
        state_delivered(s, partition, (int64_t)i);
    }
    assert_int_equal(commit(s, &e), 0);
}

/* committed_values_stay - put, commit, reopen: values and offset are there, and the changelog saw
 * what is new, once */
static void committed_values_stay(void **arg)
{
    struct fixture *f = *arg;
    struct err e = {0};
    struct state *s = open_one(f, 3, 0);

    assert_int_equal(state_begin(s, &e), 0);
    put(s, 3, "a", "one");
    put(s, 3, "b", "two");
    put(s, 3, "empty", "");
    assert_int_equal(state_delete(s, 3, "b", &e), 0);
    assert_int_equal(state_delete(s, 3, "never", &e), 0);
    state_delivered(s, 3, 41);
    state_delivered(s, 3, 40);
    assert_int_equal(commit(s, &e), 0);
    assert_int_equal(f->log.n, 2);
    assert_string_equal(f->log.rows[0].key, "a");
    assert_string_equal(f->log.rows[1].key, "empty");
    assert_int_equal(f->log.rows[1].value_len, 0);
    state_close(s);
    s = open_one(f, 3, 42);
    assert_true(is(f, s, 3, "a", "one"));
    assert_true(is(f, s, 3, "empty", ""));
    assert_true(is(f, s, 3, "b", NULL));
    state_close(s);
}

/* aborted_batch_leaves_nothing - neither values nor offset nor timers */
static void aborted_batch_leaves_nothing(void **arg)
{
    struct fixture *f = *arg;
    struct err e = {0};
    struct state *s = open_one(f, 0, 0);
    int64_t at;

    assert_int_equal(state_begin(s, &e), 0);
    put(s, 0, "a", "one");
    assert_int_equal(state_timer_set(s, 0, "t", 5, &e), 0);
    state_delivered(s, 0, 7);
    state_abort(s);
    assert_true(is(f, s, 0, "a", NULL));
    assert_int_equal(state_timer_next(s, &at, &e), 0);
    assert_int_equal(state_next_offset(s, 0), 0);
    state_close(s);
}

/* told_once - a key of a batch is told as it stands at its end, however often it changed, in the
 * order of first changes; partitions and timers have keys of their own */
static void told_once(void **arg)
{
    struct fixture *f = *arg;
    struct err e = {0};
    struct state *s = open_one(f, 0, 0);
    char key[16];
    int64_t next;

    assert_int_equal(state_attach(s, 1, &next, &e), 0);
    assert_int_equal(state_begin(s, &e), 0);
    for (int round = 0; round < 3; round++)
        for (int i = 0; i < 300; i++) {
            snprintf(key, sizeof(key), "k%d", i);
            put(s, i % 2, key, round < 2 ? "old" : "new");
        }
    put(s, 1, "k0", "other");
    assert_int_equal(state_timer_set(s, 0, "k0", 7, &e), 0);
    assert_int_equal(state_commit(s, &e), -1); /* nobody was told */
    assert_int_equal(e.class, ERR_FATAL);
    assert_int_equal(commit(s, &e), 0);
    assert_int_equal(f->log.n, 302);
    for (int i = 0; i < 300; i++) {
        snprintf(key, sizeof(key), "k%d", i);
        assert_string_equal(f->log.rows[i].key, key);
        assert_memory_equal(f->log.rows[i].value, "new", 3);
        assert_int_equal(f->log.rows[i].partition, i % 2);
    }
    assert_int_equal(f->log.rows[300].value_len, 5);
    assert_string_equal(f->log.rows[301].key, "@timer/k0");
    f->log.n = 0;
    assert_int_equal(state_begin(s, &e), 0);
    put(s, 0, "k0", "again");
    assert_int_equal(state_delete(s, 0, "k0", &e), 0);
    assert_int_equal(state_delete(s, 1, "k1", &e), 0);
    put(s, 1, "k1", "back");
    assert_int_equal(state_timer_set(s, 0, "k0", 8, &e), 0);
    assert_int_equal(state_timer_set(s, 0, "k0", 7, &e), 0);
    assert_int_equal(commit(s, &e), 0);
    assert_int_equal(f->log.n, 2);
    assert_int_equal(f->log.rows[0].value_len, -1);
    assert_string_equal(f->log.rows[1].key, "k1");
    assert_memory_equal(f->log.rows[1].value, "back", 4);
    state_close(s);
}

/* changelog_full - what cannot be told is an error, and the batch leaves nothing */
static void changelog_full(void **arg)
{
    struct fixture *f = *arg;
    struct err e = {0};
    struct state *s = open_one(f, 0, 0);

    f->log.n = LOG_MAX;
    assert_int_equal(state_begin(s, &e), 0);
    put(s, 0, "a", "one");
    assert_int_equal(state_flush(s, &e), -1);
    assert_string_equal(e.code, "full");
    state_abort(s);
    assert_true(is(f, s, 0, "a", NULL));
    assert_int_equal(state_begin(s, &e), 0);
    assert_int_equal(commit(s, &e), 0);
    state_close(s);
}

/* crash_between_commits - Kafka has the batch, LMDB does not: reading on from the offset gives the
 * same as without the crash */
static void crash_between_commits(void **arg)
{
    struct fixture *f = *arg;
    struct err e = {0};
    struct state *s = open_one(f, 0, 0);
    int64_t at;

    assert_int_equal(state_begin(s, &e), 0);
    put(s, 0, "a", "one");
    put(s, 0, "gone", "x");
    state_delivered(s, 0, 1);
    assert_int_equal(commit(s, &e), 0);
    assert_int_equal(state_begin(s, &e), 0);
    put(s, 0, "a", "two");
    assert_int_equal(state_delete(s, 0, "gone", &e), 0);
    assert_int_equal(state_timer_set(s, 0, "hold", 1000, &e), 0);
    assert_int_equal(state_flush(s, &e), 0);
    state_delivered(s, 0, 4);
    state_close(s); /* the kill: between Kafka's commit and LMDB's */
    s = open_one(f, 0, 2);
    assert_true(is(f, s, 0, "a", "one"));
    restore_from(f, s, 0, 2);
    assert_true(is(f, s, 0, "a", "two"));
    assert_true(is(f, s, 0, "gone", NULL));
    assert_int_equal(state_timer_next(s, &at, &e), 1);
    assert_int_equal(at, 1000);
    assert_int_equal(state_next_offset(s, 0), 5);
    state_close(s);
}

/* killed_process - kill -9 after a commit loses nothing */
static void killed_process(void **arg)
{
    struct fixture *f = *arg;
    int status;
    pid_t pid = fork();

    if (pid == 0) {
        struct err e = {0};
        struct state *s = open_one(f, 1, 0);

        state_begin(s, &e);
        state_put(s, 1, "a", "one", 3, &e);
        state_delivered(s, 1, 9);
        commit(s, &e);
        state_begin(s, &e);
        state_put(s, 1, "a", "two", 3, &e);
        kill(getpid(), SIGKILL);
        _exit(1);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status));
    struct state *s = open_one(f, 1, 10);
    assert_true(is(f, s, 1, "a", "one"));
    state_close(s);
}

/* lost_copy - deleted, damaged, of another cluster: from the start */
static void lost_copy(void **arg)
{
    struct fixture *f = *arg;
    struct err e = {0};
    struct state *s = open_one(f, 0, 0);
    char path[128], junk[64 * 1024];
    int64_t next;
    int fd;

    assert_int_equal(state_begin(s, &e), 0);
    put(s, 0, "a", "one");
    state_delivered(s, 0, 0);
    assert_int_equal(commit(s, &e), 0);
    state_close(s);
    snprintf(path, sizeof(path), "%s/coder-0/data.mdb", f->dir);
    memset(junk, 0x5a, sizeof(junk));
    fd = open(path, O_WRONLY);
    assert_true(fd >= 0 && write(fd, junk, sizeof(junk)) == (ssize_t)sizeof(junk));
    close(fd);
    s = open_one(f, 0, 0);
    restore_from(f, s, 0, 0);
    assert_true(is(f, s, 0, "a", "one"));
    state_close(s);
    unlink(path);
    s = open_one(f, 0, 0);
    restore_from(f, s, 0, 0);
    state_detach(s, 0);
    state_origin(s, "another-cluster");
    assert_int_equal(state_attach(s, 0, &next, &e), 0);
    assert_int_equal(next, 0);
    assert_true(is(f, s, 0, "a", NULL));
    state_close(s);
}

/* forget_begins_again - the topic was made anew */
static void forget_begins_again(void **arg)
{
    struct fixture *f = *arg;
    struct err e = {0};
    struct state *s = open_one(f, 0, 0);

    assert_int_equal(state_begin(s, &e), 0);
    put(s, 0, "a", "one");
    state_delivered(s, 0, 10);
    assert_int_equal(state_forget(s, 0, &e), -1);
    assert_int_equal(e.class, ERR_FATAL);
    assert_int_equal(commit(s, &e), 0);
    assert_int_equal(state_forget(s, 0, &e), 0);
    assert_int_equal(state_next_offset(s, 0), 0);
    assert_true(is(f, s, 0, "a", NULL));
    state_close(s);
    s = open_one(f, 0, 0);
    state_close(s);
}

/* owned_copy_is_left_alone - a second owner gets a copy of its own and does not wait */
static void owned_copy_is_left_alone(void **arg)
{
    struct fixture *f = *arg;
    struct err e = {0};
    struct state *a = open_one(f, 0, 0), *b;

    assert_int_equal(state_begin(a, &e), 0);
    put(a, 0, "k", "mine");
    b = open_one(f, 0, 0);
    assert_int_equal(state_begin(b, &e), 0);
    put(b, 0, "k", "yours");
    state_delivered(b, 0, 3);
    assert_int_equal(commit(b, &e), 0);
    state_delivered(a, 0, 1);
    assert_int_equal(commit(a, &e), 0);
    assert_true(is(f, a, 0, "k", "mine"));
    assert_true(is(f, b, 0, "k", "yours"));
    state_close(a);
    state_close(b);
}

/* collect - keys in the order they come */
static int collect(void *arg, const char *key, const void *value, size_t n, struct err *e)
{
    struct buf *b = arg;

    (void)e;
    buf_addf(b, "%s=%.*s;", key, (int)n, (const char *)value);
    return str_eq(key, "stop") ? 7 : 0;
}

/* each_by_prefix - byte order, only the prefix, only the partition, stops when told */
static void each_by_prefix(void **arg)
{
    struct fixture *f = *arg;
    struct err e = {0};
    struct state *s = open_one(f, 0, 0);
    struct buf b;
    int64_t next;

    buf_init(&b);
    assert_int_equal(state_attach(s, 1, &next, &e), 0);
    assert_int_equal(state_begin(s, &e), 0);
    put(s, 0, "p/2", "b");
    put(s, 0, "p/10", "a");
    put(s, 0, "q", "c");
    put(s, 0, "o", "z");
    put(s, 0, "stop", "s");
    put(s, 0, "stopped", "s");
    put(s, 1, "p/3", "other");
    assert_int_equal(state_each(s, 0, "p/", collect, &b, &e), 0);
    assert_string_equal(b.data, "p/10=a;p/2=b;");
    buf_reset(&b);
    assert_int_equal(state_each(s, 0, "", collect, &b, &e), 7);
    assert_string_equal(b.data, "o=z;p/10=a;p/2=b;q=c;stop=s;");
    buf_reset(&b);
    assert_int_equal(state_each(s, 0, "zz", collect, &b, &e), 0);
    assert_int_equal(b.len, 0);
    state_abort(s);
    buf_release(&b);
    state_close(s);
}

/* due - takes the next due timer as "partition/name@instant" */
static const char *due(struct fixture *f, struct state *s, int64_t now)
{
    struct err e = {0};
    int32_t partition;
    char *name;
    int64_t at;
    int r = state_timer_due(s, now, f->arena, &partition, &name, &at, &e);

    assert_true(r >= 0);
    return r ? arena_printf(f->arena, "%d/%s@%lld", (int)partition, name, (long long)at) : "none";
}

/* timers_in_order - over partitions, moved, cleared, told to the changelog, restored from it */
static void timers_in_order(void **arg)
{
    struct fixture *f = *arg;
    struct err e = {0};
    struct state *s = open_one(f, 1, 0);
    int64_t next, at;

    assert_int_equal(state_attach(s, 0, &next, &e), 0);
    assert_int_equal(state_begin(s, &e), 0);
    assert_int_equal(state_timer_set(s, 1, "late", 300, &e), 0);
    assert_int_equal(state_timer_set(s, 1, "b", 100, &e), 0);
    assert_int_equal(state_timer_set(s, 1, "a", 100, &e), 0);
    assert_int_equal(state_timer_set(s, 0, "z", 100, &e), 0);
    assert_int_equal(state_timer_set(s, 0, "moved", 50, &e), 0);
    assert_int_equal(state_timer_set(s, 0, "moved", 200, &e), 0);
    assert_int_equal(state_timer_set(s, 0, "moved", 200, &e), 0);
    assert_int_equal(state_timer_set(s, 0, "cleared", 60, &e), 0);
    assert_int_equal(state_timer_clear(s, 0, "cleared", &e), 0);
    assert_int_equal(state_timer_clear(s, 0, "never", &e), 0);
    assert_string_equal(due(f, s, 99), "none");
    assert_string_equal(due(f, s, 250), "0/z@100");
    assert_string_equal(due(f, s, 250), "1/a@100");
    state_delivered(s, 0, 1);
    state_delivered(s, 1, 1);
    assert_int_equal(f->log.n, 0);
    assert_int_equal(commit(s, &e), 0);
    assert_int_equal(f->log.n, 3); /* what came and went is not told */
    assert_string_equal(f->log.rows[0].key, "@timer/late");
    assert_string_equal(f->log.rows[1].key, "@timer/b");
    assert_string_equal(f->log.rows[2].key, "@timer/moved");
    assert_string_equal(f->log.rows[2].value, "200");
    assert_int_equal(state_timer_next(s, &at, &e), 1);
    assert_int_equal(at, 100);
    state_close(s);
    s = state_open(NULL, "other", NULL, NULL, &e);
    assert_int_equal(state_attach(s, 1, &next, &e), 0);
    restore_from(f, s, 1, 0);
    assert_int_equal(state_begin(s, &e), 0);
    assert_string_equal(due(f, s, 1000), "1/b@100");
    assert_string_equal(due(f, s, 1000), "1/late@300");
    assert_string_equal(due(f, s, 1000), "none");
    state_abort(s);
    state_close(s);
}

/* wrong_use - keys out of bounds, no batch, partition that is not ours */
static void wrong_use(void **arg)
{
    struct fixture *f = *arg;
    struct err e = {0};
    struct state *s = open_one(f, 0, 0);
    char key[STATE_KEY_MAX + 2];

    assert_int_equal(state_put(s, 0, "a", "x", 1, &e), -1);
    assert_int_equal(e.class, ERR_FATAL);
    assert_int_equal(state_begin(s, &e), 0);
    assert_int_equal(state_begin(s, &e), -1);
    assert_int_equal(state_put(s, 9, "a", "x", 1, &e), -1);
    assert_int_equal(e.class, ERR_FATAL);
    assert_int_equal(state_put(s, 0, "", "x", 1, &e), -1);
    assert_int_equal(e.class, ERR_REJECT);
    assert_int_equal(state_put(s, 0, "@timer/x", "x", 1, &e), -1);
    assert_int_equal(e.class, ERR_REJECT);
    memset(key, 'k', sizeof(key));
    key[STATE_KEY_MAX + 1] = '\0';
    assert_int_equal(state_put(s, 0, key, "x", 1, &e), -1);
    assert_int_equal(e.class, ERR_REJECT);
    key[STATE_KEY_MAX] = '\0';
    put(s, 0, key, "x");
    assert_int_equal(state_timer_set(s, 0, key, INT64_MAX, &e), 0);
    assert_int_equal(state_restore(s, 0, "@timer/x", 8, "12x", 3, &e), -1);
    assert_int_equal(e.class, ERR_REJECT);
    state_abort(s);
    state_close(s);
}

/* map_grows - a batch larger than the map: retried at the next begin with a larger one, until it
 * fits */
static void map_grows(void **arg)
{
    struct fixture *f = *arg;
    struct err e = {0};
    struct state *s = state_open(NULL, "coder", NULL, NULL, &e);
    size_t big = 8 * 1024 * 1024;
    char *value = calloc(1, big), key[16];
    int64_t next;
    int tries = 0, r = -1;

    (void)f;
    assert_int_equal(state_attach(s, 0, &next, &e), 0);
    while (r < 0 && tries++ < 5) {
        assert_int_equal(state_begin(s, &e), 0);
        r = 0;
        for (int i = 0; r == 0 && i < 20; i++) {
            snprintf(key, sizeof(key), "k%d", i);
            r = state_put(s, 0, key, value, big, &e);
        }
        if (r == 0)
            r = commit(s, &e);
        else {
            assert_int_equal(e.class, ERR_RETRY);
            assert_string_equal(e.code, "state-full");
            state_abort(s);
        }
    }
    assert_int_equal(r, 0);
    assert_true(tries > 1);
    free(value);
    state_close(s);
}

/* killed_temporary - of a process that is killed with a temporary copy no value stays on disk */
static void killed_temporary(void **arg)
{
    struct fixture *f = *arg;
    char command[192];
    int status;
    pid_t pid = fork();

    if (pid == 0) {
        struct err e = {0};
        struct state *s;
        int64_t next;

        setenv("TMPDIR", f->dir, 1);
        s = state_open(NULL, "coder", NULL, NULL, &e);
        state_attach(s, 0, &next, &e);
        state_forget(s, 0, &e);
        state_begin(s, &e);
        state_put(s, 0, "a", "one", 3, &e);
        state_delivered(s, 0, 9);
        commit(s, &e);
        kill(getpid(), is(f, s, 0, "a", "one") ? SIGKILL : SIGTERM);
        _exit(1);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    snprintf(command, sizeof(command), "find %s/cleanclaim-state.* -name '*.mdb' | grep -q .",
             f->dir);
    assert_int_not_equal(system(command), 0);
    snprintf(command, sizeof(command), "find %s/cleanclaim-state.* -type d | grep -q .", f->dir);
    assert_int_equal(system(command), 0);
}

/* temporary_goes - no folder is left behind */
static void temporary_goes(void **arg)
{
    struct fixture *f = *arg;
    struct err e = {0};
    char pattern[128], command[192];
    struct state *s;
    int64_t next;

    setenv("TMPDIR", f->dir, 1);
    s = state_open(NULL, "coder", NULL, NULL, &e);
    unsetenv("TMPDIR");
    assert_int_equal(state_attach(s, 0, &next, &e), 0);
    snprintf(pattern, sizeof(pattern), "%s/cleanclaim-state.*", f->dir);
    snprintf(command, sizeof(command), "ls -d %s >/dev/null 2>&1", pattern);
    assert_int_equal(system(command), 0);
    state_close(s);
    assert_int_not_equal(system(command), 0);
}

/* main - each with a folder of its own */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(committed_values_stay, setup, teardown),
        cmocka_unit_test_setup_teardown(aborted_batch_leaves_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(told_once, setup, teardown),
        cmocka_unit_test_setup_teardown(changelog_full, setup, teardown),
        cmocka_unit_test_setup_teardown(crash_between_commits, setup, teardown),
        cmocka_unit_test_setup_teardown(killed_process, setup, teardown),
        cmocka_unit_test_setup_teardown(lost_copy, setup, teardown),
        cmocka_unit_test_setup_teardown(forget_begins_again, setup, teardown),
        cmocka_unit_test_setup_teardown(owned_copy_is_left_alone, setup, teardown),
        cmocka_unit_test_setup_teardown(each_by_prefix, setup, teardown),
        cmocka_unit_test_setup_teardown(timers_in_order, setup, teardown),
        cmocka_unit_test_setup_teardown(wrong_use, setup, teardown),
        cmocka_unit_test_setup_teardown(map_grows, setup, teardown),
        cmocka_unit_test_setup_teardown(killed_temporary, setup, teardown),
        cmocka_unit_test_setup_teardown(temporary_goes, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
