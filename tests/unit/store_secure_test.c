/* store_secure_test.c - Redis with ACL users of deploy/redis/users.acl, and TLS where hiredis has
 * it
 */
#include "tests/support/test.h"

#include <hiredis/hiredis.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/store/store.h"
#include "common/sys/file.h"
#include "common/tables/sheet.h"
#include "tests/support/folder.h"
#include "tests/support/port.h"

struct server {
    char dir[128];
    int port, tls_port;
    pid_t pid;
};

/* write_users - the template's users, each with a password */
static void write_users(const struct server *s)
{
    struct err e = {0};
    struct buf in, out;
    char *save = NULL;

    buf_init(&in);
    buf_init(&out);
    assert_int_equal(file_read("deploy/redis/users.acl", 65536, &in, &e), 0);
    for (char *l = strtok_r(in.data, "\n", &save); l; l = strtok_r(NULL, "\n", &save))
        buf_addf(&out, "%s%s\n", l, str_starts(l, "user default") ? "" : " >opensesame");
    assert_int_equal(file_write(s->dir, "users.acl", out.data, out.len, &e), 0);
    buf_release(&in);
    buf_release(&out);
}

/* setup - certificates, users, a server that wants both */
static int setup(void **state)
{
    struct server *s = calloc(1, sizeof(*s));
    char port[16], tls[16], here[512], command[700];

    folder_make(s->dir, sizeof(s->dir), "redis-secure");
    assert_non_null(getcwd(here, sizeof(here)));
    snprintf(command, sizeof(command), "%s/tests/support/authority.sh . worker", here);
    folder_shell(s->dir, command);
    write_users(s);
    snprintf(port, sizeof(port), "%d", s->port = port_free());
    snprintf(tls, sizeof(tls), "%d", s->tls_port = port_free());
    s->pid = fork();
    if (s->pid == 0) {
        if (chdir(s->dir) != 0 || !freopen("log", "w", stdout))
            _exit(126);
        execlp("redis-server", "redis-server", "--bind", "127.0.0.1", "--port", port, "--tls-port",
               tls, "--tls-cert-file", "ip.pem", "--tls-key-file", "ip.key", "--tls-ca-cert-file",
               "ca.pem", "--aclfile", "users.acl", "--save", "", NULL);
        _exit(127);
    }
    assert_true(port_answers(s->port));
    *state = s;
    return 0;
}

/* teardown - by its pid */
static int teardown(void **state)
{
    struct server *s = *state;

    kill(s->pid, SIGKILL);
    waitpid(s->pid, NULL, 0);
    folder_remove(s->dir);
    free(s);
    return 0;
}

/* open_store - with settings as name and value, NULL-ended; NULL: *e */
static struct store *open_store(const char *const *settings, struct err *e)
{
    const struct conf_row *const rows[] = {store_settings, NULL};
    struct conf *c = conf_load(rows, e);
    struct store *s;

    assert_non_null(c);
    for (; settings[0]; settings += 2)
        assert_int_equal(conf_set(c, settings[0], settings[1], e), 0);
    s = store_new(c, e);
    conf_free(c);
    return s;
}

/* open_as - in clear, as a user */
static struct store *open_as(const struct server *s, const char *password)
{
    struct err e = {0};
    char url[64];
    struct store *store;
    const char *const settings[] = {"REDIS_URL", url, "REDIS_PASSWORD", password, NULL};

    snprintf(url, sizeof(url), "redis://127.0.0.1:%d", s->port);
    store = open_store(settings, &e);
    assert_non_null(store);
    return store;
}

/* snapshot - of one code */
static void snapshot(const char *word, struct buf *out)
{
    struct snapshot_head h = {
        .table = TABLE_CPT, .from = 20260101, .starts = 20260101, .reach = 20260101};
    struct err e = {0};
    struct sheet s;

    str_copy(h.edition, sizeof(h.edition), "2026");
    memset(h.source_sha256, '0', 64);
    sheet_init(&s, TABLE_CPT);
    assert_true(sheet_row(&s, span_of("0000001"), (struct span){"", 0}, 0, 0));
    sheet_text(&s, word);
    sheet_end(&s);
    buf_init(out);
    assert_int_equal(sheet_write(&s, &h, out, &e), 0);
    sheet_release(&s);
}

/* refused_to - what the worker's user may not do; the server's words say so */
static void refused_to(const struct server *s, const char *command)
{
    redisContext *c = redisConnect("127.0.0.1", s->port);
    redisReply *r = redisCommand(c, "AUTH cleanclaim-worker opensesame");

    assert_non_null(r);
    assert_int_equal(r->type, REDIS_REPLY_STATUS);
    freeReplyObject(r);
    r = redisCommand(c, command);
    assert_non_null(r);
    assert_int_equal(r->type, REDIS_REPLY_ERROR);
    assert_non_null(strstr(r->str, "NOPERM"));
    freeReplyObject(r);
    redisFree(c);
}

/* test_users - the loader publishes, a worker reads and can do nothing else */
static void test_users(void **state)
{
    const struct server *s = *state;
    struct store *loader = open_as(s, "cleanclaim-loader:opensesame");
    struct store *worker = open_as(s, "cleanclaim-worker:opensesame");
    struct tables *t;
    struct err e = {0};
    struct buf b;
    int64_t epoch;
    bool changed;

    snapshot("a", &b);
    assert_int_equal(store_publish(loader, b.data, b.len, &changed, &e), 0);
    assert_true(changed);
    t = store_load(worker, NULL, &epoch, &e);
    assert_non_null(t);
    assert_int_equal(tables_edition(t, TABLE_CPT, 20260501)->rows, 1);
    tables_free(t);
    buf_release(&b);
    snapshot("b", &b);
    assert_int_equal(store_publish(worker, b.data, b.len, &changed, &e), -1);
    assert_non_null(strstr(e.text, "NOPERM"));
    assert_int_equal(store_publish(loader, b.data, b.len, &changed, &e), 0);
    assert_int_equal(store_remove(loader, TABLE_CPT, "2026", &e), 0);
    buf_release(&b);
    refused_to(s, "GET another:key");
    refused_to(s, "SET cleanclaim:epoch 0");
    refused_to(s, "CONFIG GET requirepass");
    refused_to(s, "KEYS *");
    refused_to(s, "FLUSHALL");
    store_free(loader);
    store_free(worker);
}

/* test_login - a wrong password and none: said with the setting's name, tried again later */
static void test_login(void **state)
{
    struct store *wrong = open_as(*state, "cleanclaim-worker:opensesam");
    struct store *none = open_as(*state, "");
    struct err e = {0};
    int64_t epoch;

    assert_int_equal(store_epoch(wrong, &epoch, &e), -1);
    assert_int_equal(e.class, ERR_RETRY);
    assert_non_null(strstr(e.text, "REDIS_PASSWORD_FILE"));
    assert_non_null(strstr(e.text, "WRONGPASS"));
    assert_null(strstr(e.text, "opensesam"));
    assert_int_equal(store_epoch(none, &epoch, &e), -1);
    assert_non_null(strstr(e.text, "NOAUTH"));
    store_free(wrong);
    store_free(none);
}

/* test_settings - what does not fit together stops at once, and nothing of the URL is shown */
static void test_settings(void **state)
{
    static const char *const bad[][5] = {
        {"REDIS_URL", "redis://user:opensesame@127.0.0.1:6379", NULL},
        {"REDIS_URL", "redis://127.0.0.1:6379", "REDIS_CA_FILE", "ca.pem", NULL},
        {"REDIS_URL", "unix:///tmp/socket", "REDIS_CERT_FILE", "worker.pem", NULL},
        {"REDIS_URL", "rediss://127.0.0.1:6379", "REDIS_CA_FILE", "/no/such/file", NULL},
        {"REDIS_URL", "rediss://", NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct err e = {0};

        assert_null(open_store(bad[i], &e));
        assert_int_equal(e.class, ERR_FATAL);
        assert_string_equal(e.code, "setting");
        assert_non_null(strstr(e.text, "REDIS_"));
        assert_null(strstr(e.text, "opensesame"));
    }
}

#if __has_include(<hiredis/hiredis_ssl.h>)

/* secure_epoch - over TLS: 0, or -1 with *e */
static int secure_epoch(const struct server *s, const char *host, const char *ca, const char *cert,
                        struct err *e)
{
    char url[64], files[3][200] = {""};
    const char *const settings[] = {"REDIS_URL",
                                    url,
                                    "REDIS_PASSWORD",
                                    "cleanclaim-worker:opensesame",
                                    "REDIS_CA_FILE",
                                    files[0],
                                    "REDIS_CERT_FILE",
                                    files[1],
                                    "REDIS_KEY_FILE",
                                    files[2],
                                    NULL};
    struct store *store;
    int64_t epoch;
    int r;

    snprintf(url, sizeof(url), "rediss://%s:%d", host, s->tls_port);
    snprintf(files[0], sizeof(files[0]), "%s/%s", s->dir, ca);
    if (*cert) {
        snprintf(files[1], sizeof(files[1]), "%s/%s.pem", s->dir, cert);
        snprintf(files[2], sizeof(files[2]), "%s/%s.key", s->dir, cert);
    }
    store = open_store(settings, e);
    assert_non_null(store);
    r = store_epoch(store, &epoch, e);
    store_free(store);
    return r;
}

/* test_tls - with our certificate; not without, by another authority or for another host */
static void test_tls(void **state)
{
    struct err e = {0};

    assert_int_equal(secure_epoch(*state, "127.0.0.1", "ca.pem", "worker", &e), 0);
    assert_int_equal(secure_epoch(*state, "127.0.0.1", "ca.pem", "", &e), -1);
    assert_int_equal(e.class, ERR_RETRY);
    assert_int_equal(secure_epoch(*state, "127.0.0.1", "other.pem", "worker", &e), -1);
    assert_non_null(strstr(e.text, "REDIS_CA_FILE"));
    assert_int_equal(secure_epoch(*state, "localhost", "ca.pem", "worker", &e), -1);
    assert_non_null(strstr(e.text, "ostname mismatch"));
}

#else

/* test_tls - asked for and not to be had: it stops, and does not go on in clear */
static void test_tls(void **state)
{
    static const char *const settings[] = {"REDIS_URL", "rediss://127.0.0.1:6379", NULL};
    struct err e = {0};

    (void)state;
    assert_null(open_store(settings, &e));
    assert_int_equal(e.class, ERR_FATAL);
    assert_non_null(strstr(e.text, "does not go on in clear"));
}

#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_users),
        cmocka_unit_test(test_login),
        cmocka_unit_test(test_settings),
        cmocka_unit_test(test_tls),
    };

    return cmocka_run_group_tests_name("store_secure", tests, setup, teardown);
}
