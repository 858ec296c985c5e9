/* store_test.c - snapshots in a private redis-server on a socket of a temporary folder */
#include "tests/support/test.h"

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <hiredis/hiredis.h>

#include "common/store/store.h"
#include "common/sys/digest.h"
#include "common/tables/sheet.h"

struct server {
    char dir[64], socket[128];
    pid_t pid;
};

/* wait_for - until it answers, at most five seconds */
static bool wait_for(const struct server *s)
{
    for (int i = 0; i < 250; i++) {
        redisContext *c = redisConnectUnix(s->socket);
        redisReply *r = c && !c->err ? redisCommand(c, "PING") : NULL;
        bool up = r != NULL;

        if (r)
            freeReplyObject(r);
        if (c)
            redisFree(c);
        if (up)
            return true;
        usleep(20000);
    }
    return false;
}

/* start - a server with an empty memory; what it had is kept in no file */
static void start(struct server *s, const char *password)
{
    s->pid = fork();
    assert_true(s->pid >= 0);
    if (s->pid == 0) {
        if (!freopen("/dev/null", "w", stdout))
            _exit(126);
        execlp("redis-server", "redis-server", "--port", "0", "--unixsocket", s->socket, "--dir",
               s->dir, "--save", "", "--appendonly", "no", password[0] ? "--requirepass" : NULL,
               password, NULL);
        _exit(127);
    }
    if (!wait_for(s))
        fail_msg("redis-server does not answer");
}

/* stop - by its pid */
static void stop(struct server *s)
{
    if (s->pid > 0) {
        kill(s->pid, SIGKILL);
        waitpid(s->pid, NULL, 0);
    }
    s->pid = 0;
    unlink(s->socket);
}

/* set_up - a folder and a server */
static int set_up(void **state)
{
    struct server *s = calloc(1, sizeof(*s));

    assert_non_null(s);
    strncpy(s->dir, "/tmp/store-XXXXXX", sizeof(s->dir) - 1);
    assert_non_null(mkdtemp(s->dir));
    snprintf(s->socket, sizeof(s->socket), "%s/redis.sock", s->dir);
    start(s, "");
    *state = s;
    return 0;
}

/* tear_down - nothing is left */
static int tear_down(void **state)
{
    struct server *s = *state;

    stop(s);
    rmdir(s->dir);
    free(s);
    return 0;
}

/* open_store - on the server's socket */
static struct store *open_store(const struct server *s, const char *password)
{
    const struct conf_row *const rows[] = {store_settings, NULL};
    struct err e = {0};
    struct conf *c = conf_load(rows, &e);
    struct store *store;
    char url[160];

    assert_non_null(c);
    snprintf(url, sizeof(url), "unix://%s", s->socket);
    assert_int_equal(conf_set(c, "REDIS_URL", url, &e), 0);
    assert_int_equal(conf_set(c, "REDIS_TIMEOUT_MS", "1000", &e), 0);
    if (password[0])
        assert_int_equal(conf_set(c, "REDIS_PASSWORD", password, &e), 0);
    store = store_new(c, &e);
    assert_non_null(store);
    conf_free(c);
    return store;
}

/* snapshot - of a table with n codes */
static void snapshot(enum table_id t, const char *edition, int32_t from, int32_t to, int n,
                     const char *word, struct buf *out)
{
    struct snapshot_head h = {
        .table = t, .from = from, .to = to, .starts = from, .until = to, .reach = from};
    struct sheet s;
    struct err e = {0};
    char key[16];

    str_copy(h.edition, sizeof(h.edition), edition);
    memset(h.source_sha256, '0', 64);
    sheet_init(&s, t);
    for (int i = 0; i < n; i++) {
        snprintf(key, sizeof(key), "%07d", i);
        assert_true(sheet_row(&s, span_of(key), (struct span){"", 0}, 0, 0));
        sheet_text(&s, word);
        sheet_end(&s);
    }
    buf_init(out);
    assert_int_equal(sheet_write(&s, &h, out, &e), 0);
    sheet_release(&s);
}

/* publish - must succeed; was it a change? */
static bool publish(struct store *s, const struct buf *b)
{
    struct err e = {0};
    bool changed;

    if (store_publish(s, b->data, b->len, &changed, &e) != 0)
        fail_msg("%s", e.text);
    return changed;
}

/* load - must succeed */
static struct tables *load(struct store *s, const enum table_id *wanted, int64_t *epoch)
{
    struct err e = {0};
    struct tables *t = store_load(s, wanted, epoch, &e);

    if (!t)
        fail_msg("%s", e.text);
    return t;
}

/* test_publish - once is a change, twice is none; epochs count changes */
static void test_publish(void **state)
{
    struct store *s = open_store(*state, "");
    struct err e = {0};
    struct tables *t;
    struct buf b, c;
    int64_t epoch = -1;

    assert_int_equal(store_epoch(s, &epoch, &e), 0);
    assert_int_equal(epoch, 0);
    t = load(s, NULL, &epoch);
    assert_null(tables_edition_at(t, 0));
    tables_free(t);
    snapshot(TABLE_CPT, "2026", 20260101, 0, 10, "a", &b);
    assert_true(publish(s, &b));
    assert_false(publish(s, &b));
    assert_int_equal(store_epoch(s, &epoch, &e), 0);
    assert_int_equal(epoch, 1);
    t = load(s, NULL, &epoch);
    assert_int_equal(tables_edition_at(t, 0)->rows, 10);
    tables_free(t);
    buf_init(&c);
    assert_int_equal(store_fetch(s, TABLE_CPT, "2026", &c, &e), 0);
    assert_int_equal(c.len, b.len);
    assert_memory_equal(c.data, b.data, b.len);
    assert_int_equal(store_fetch(s, TABLE_CPT, "2027", &c, &e), -1);
    assert_int_equal(e.class, ERR_REJECT);
    assert_int_equal(store_remove(s, TABLE_CPT, "2026", &e), 0);
    assert_int_equal(store_remove(s, TABLE_CPT, "2026", &e), 0);
    t = load(s, NULL, &epoch);
    assert_null(tables_edition_at(t, 0));
    tables_free(t);
    buf_release(&b);
    buf_release(&c);
    store_free(s);
}

/* test_chunks - a snapshot of several chunks, another table, only what is wanted */
static void test_chunks(void **state)
{
    static const enum table_id wanted[] = {TABLE_CPT, TABLE_MAX};
    struct store *s = open_store(*state, "");
    struct table_row r;
    struct tables *t;
    struct buf big, small;
    int64_t epoch;

    snapshot(TABLE_CPT, "big", 20260101, 0, 800000, "a", &big);
    assert_true(big.len > 2 * (4 << 20));
    snapshot(TABLE_ICD10CM, "2026", 20251001, 20260930, 5, "Y", &small);
    assert_true(publish(s, &big));
    assert_true(publish(s, &small));
    t = load(s, wanted, &epoch);
    assert_int_equal(tables_edition_at(t, 0)->rows, 800000);
    assert_null(tables_edition_at(t, 1));
    assert_int_equal(tables_find(t, TABLE_CPT, "0799999", NULL, 20260501, &r), LOOKUP_FOUND);
    tables_free(t);
    t = load(s, NULL, &epoch);
    assert_non_null(tables_edition_at(t, 1));
    tables_free(t);
    buf_release(&big);
    buf_release(&small);
    store_free(s);
}

/* test_swap - a new edition of the same name; what did not change is shared between two loads */
static void test_swap(void **state)
{
    struct store *s = open_store(*state, ""), *other = open_store(*state, "");
    struct tables *old, *new;
    struct table_row r;
    struct err e = {0};
    struct buf a, b, same;
    int64_t first, second;

    snapshot(TABLE_CPT, "2026", 20260101, 0, 10, "a", &a);
    snapshot(TABLE_CPT, "2026", 20260101, 0, 10, "b", &b);
    snapshot(TABLE_ICD10CM, "2026", 20251001, 0, 5, "Y", &same);
    publish(s, &a);
    publish(s, &same);
    old = load(s, NULL, &first);
    assert_true(publish(other, &b));
    assert_int_equal(store_epoch(s, &second, &e), 0);
    assert_int_equal(second, first + 1);
    new = load(s, NULL, &second);
    assert_int_equal(tables_find(old, TABLE_CPT, "0000001", NULL, 20260501, &r), LOOKUP_FOUND);
    assert_true(table_col_is(&r, "group", "a"));
    assert_int_equal(tables_find(new, TABLE_CPT, "0000001", NULL, 20260501, &r), LOOKUP_FOUND);
    assert_true(table_col_is(&r, "group", "b"));
    assert_ptr_equal(tables_edition(old, TABLE_ICD10CM, 20260501),
                     tables_edition(new, TABLE_ICD10CM, 20260501));
    tables_free(old);
    assert_int_equal(tables_edition(new, TABLE_ICD10CM, 20260501)->rows, 5);
    tables_free(new);
    buf_release(&a);
    buf_release(&b);
    buf_release(&same);
    store_free(s);
    store_free(other);
}

/* test_apply - several changes in one epoch */
static void test_apply(void **state)
{
    struct store *s = open_store(*state, "");
    struct store_change c[3];
    struct tables *t;
    struct err e = {0};
    struct buf a, b, d;
    int64_t before, after;

    snapshot(TABLE_CPT, "old", 20250101, 20251231, 3, "a", &a);
    snapshot(TABLE_CPT, "new", 20260101, 0, 4, "a", &b);
    snapshot(TABLE_ICD10CM, "2026", 20251001, 0, 5, "Y", &d);
    publish(s, &a);
    assert_int_equal(store_epoch(s, &before, &e), 0);
    c[0] = (struct store_change){b.data, b.len, TABLE_MAX, NULL};
    c[1] = (struct store_change){d.data, d.len, TABLE_MAX, NULL};
    c[2] = (struct store_change){NULL, 0, TABLE_CPT, "old"};
    assert_int_equal(store_apply(s, c, 3, &e), 0);
    t = load(s, NULL, &after);
    assert_int_equal(after, before + 1);
    assert_null(tables_edition(t, TABLE_CPT, 20250501));
    assert_int_equal(tables_edition(t, TABLE_CPT, 20260501)->rows, 4);
    assert_int_equal(tables_edition(t, TABLE_ICD10CM, 20260501)->rows, 5);
    tables_free(t);
    c[0].snapshot = "garbage";
    c[0].n = 7;
    assert_int_equal(store_apply(s, c, 1, &e), -1);
    assert_int_equal(e.class, ERR_REJECT);
    assert_int_equal(store_epoch(s, &before, &e), 0);
    assert_int_equal(after, before);
    buf_release(&a);
    buf_release(&b);
    buf_release(&d);
    store_free(s);
}

/* command - something done to Redis behind the store's back */
static void command(const struct server *s, const char *text)
{
    redisContext *c = redisConnectUnix(s->socket);
    redisReply *r = redisCommand(c, text);

    assert_non_null(r);
    assert_true(r->type != REDIS_REPLY_ERROR);
    freeReplyObject(r);
    redisFree(c);
}

/* test_tampered - chunks that are gone or other than published, an index that cannot be read */
static void test_tampered(void **state)
{
    struct store *s = open_store(*state, "");
    struct err e = {0};
    struct buf b;
    char key[256], sha256[65];
    int64_t epoch;

    snapshot(TABLE_CPT, "2026", 20260101, 0, 10, "a", &b);
    publish(s, &b);
    digest_hex(b.data, b.len, sha256);
    snprintf(key, sizeof(key), "SETRANGE cleanclaim:table:cpt:2026:%.12s:0 %zu X", sha256,
             b.len - 5);
    command(*state, key);
    assert_null(store_load(s, NULL, &epoch, &e));
    assert_int_equal(e.class, ERR_REJECT);
    assert_string_equal(e.code, "hash");
    snprintf(key, sizeof(key), "DEL cleanclaim:table:cpt:2026:%.12s:0", sha256);
    command(*state, key);
    assert_null(store_load(s, NULL, &epoch, &e));
    assert_int_equal(e.class, ERR_RETRY);
    command(*state, "HSET cleanclaim:tables cpt@2026 nonsense");
    assert_null(store_load(s, NULL, &epoch, &e));
    command(*state, "DEL cleanclaim:tables");
    command(*state, "HSET cleanclaim:tables unknown-table@1 x");
    tables_free(load(s, NULL, &epoch));
    buf_release(&b);
    store_free(s);
}

/* test_away - no server, a restart in between, a wrong password */
static void test_away(void **state)
{
    struct server *server = *state;
    struct store *s = open_store(server, ""), *t;
    struct err e = {0};
    struct buf b;
    int64_t epoch;

    snapshot(TABLE_CPT, "2026", 20260101, 0, 10, "a", &b);
    publish(s, &b);
    stop(server);
    assert_int_equal(store_epoch(s, &epoch, &e), -1);
    assert_int_equal(e.class, ERR_RETRY);
    assert_string_equal(e.code, "redis");
    assert_null(store_load(s, NULL, &epoch, &e));
    assert_int_equal(store_publish(s, b.data, b.len, &(bool){false}, &e), -1);
    assert_int_equal(e.class, ERR_RETRY);
    start(server, "");
    assert_int_equal(store_epoch(s, &epoch, &e), 0);
    assert_int_equal(epoch, 0);
    assert_true(publish(s, &b));
    stop(server);
    start(server, "open sesame");
    assert_int_equal(store_epoch(s, &epoch, &e), -1);
    assert_int_equal(e.class, ERR_RETRY);
    t = open_store(server, "open sesame");
    assert_int_equal(store_epoch(t, &epoch, &e), 0);
    store_free(t);
    t = open_store(server, "default:open sesame");
    assert_int_equal(store_epoch(t, &epoch, &e), 0);
    store_free(t);
    t = open_store(server, "wrong");
    assert_int_equal(store_epoch(t, &epoch, &e), -1);
    assert_null(strstr(e.text, "wrong"));
    store_free(t);
    buf_release(&b);
    store_free(s);
}

/* test_urls - what REDIS_URL may be */
static void test_urls(void **state)
{
    static const struct {
        const char *url;
        bool good;
    } rows[] = {{"redis://127.0.0.1:6379/0", true},
                {"redis://localhost", true},
                {"redis://[::1]:7000/2", true},
                {"unix:///run/redis.sock", true},
                {"unix://run", false},
                {"http://x", false},
                {"redis://", false},
                {"redis://x:99999", false},
                {"redis://x:6379/a", false}};
    const struct conf_row *const tables[] = {store_settings, NULL};
    struct err e = {0};
    struct conf *c = conf_load(tables, &e);

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct store *s;

        assert_int_equal(conf_set(c, "REDIS_URL", rows[i].url, &e), 0);
        s = store_new(c, &e);
        if ((s != NULL) != rows[i].good)
            fail_msg("%s", rows[i].url);
        if (!s)
            assert_int_equal(e.class, ERR_FATAL);
        store_free(s);
    }
    conf_free(c);
}

/* main - a server per test */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_publish, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_chunks, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_swap, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_apply, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_tampered, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_away, set_up, tear_down),
        cmocka_unit_test(test_urls),
    };

    signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
