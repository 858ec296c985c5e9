/* vault_test.c - keys of a file, values sealed and opened, and everything that must not open */
#include "tests/support/test.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/sys/file.h"
#include "common/sys/keyring.h"
#include "common/sys/vault.h"

#define KEY_A "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define KEY_B "ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100"

static char path[] = "/tmp/vault_test_XXXXXX";

/* put - the file of keys, with a mode */
static void put(const char *text, mode_t mode)
{
    int fd;

    assert_int_equal(chmod(path, 0600), 0);
    fd = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    assert_int_equal(fchmod(fd, mode), 0);
    close(fd);
}

/* start - an empty file of our own */
static int start(void **state)
{
    int fd = mkstemp(path);

    (void)state;
    close(fd);
    return fd < 0;
}

/* stop - without it */
static int stop(void **state)
{
    (void)state;
    return unlink(path);
}

/* vault_of - over a file of keys */
static struct vault *vault_of(const char *keys, bool clear)
{
    struct err e = {0};
    struct vault *v;

    put(keys, 0400);
    v = vault_open(path, clear, &e);
    assert_non_null(v);
    return v;
}

static const struct vault_place here = {"claims.coded", "key-1", 5};

/* seal - a text at a place */
static void seal(struct vault *v, const struct vault_place *at, const char *text, struct buf *out)
{
    struct err e = {0};

    buf_init(out);
    assert_int_equal(vault_seal(v, at, text, strlen(text), out, &e), 0);
}

/* refused - the code that a value is refused with */
static void refused(struct vault *v, const struct vault_place *at, const struct buf *sealed,
                    const char *code)
{
    struct err e = {0};
    struct buf plain;

    buf_init(&plain);
    assert_int_equal(vault_unseal(v, at, sealed->data, sealed->len, &plain, &e), -1);
    assert_int_equal(e.class, ERR_REJECT);
    assert_string_equal(e.code, code);
    buf_wipe(&plain);
}

/* opens - to this text */
static void opens(struct vault *v, const struct vault_place *at, const struct buf *sealed,
                  const char *text)
{
    struct err e = {0};
    struct buf plain;

    buf_init(&plain);
    assert_int_equal(vault_unseal(v, at, sealed->data, sealed->len, &plain, &e), 1);
    assert_int_equal(plain.len, strlen(text));
    assert_memory_equal(plain.data, text, plain.len);
    buf_wipe(&plain);
}

/* keys_of_a_file - what is taken, and each way to be refused with its row */
static void keys_of_a_file(void **state)
{
    static const char *const bad[][2] = {
        {"", "no key is current"},
        {"# nothing\n\n", "no key is current"},
        {"a " KEY_A "\n", "no key is current"},
        {"a " KEY_A " current\nb " KEY_B " current\n", "row 2: a second current key"},
        {"a " KEY_A " current\na " KEY_B "\n", "row 2: an id that was there before"},
        {"a 0011 current\n", "row 1: a key is 64 hex digits"},
        {"a " KEY_A "0 current\n", "row 1: a key is 64 hex digits"},
        {"a\n", "row 1: a key is 64 hex digits"},
        {"a/b " KEY_A " current\n", "row 1: an id is"},
        {"a " KEY_A " old\n", "row 1: behind the key"},
        {"a " KEY_A " current now\n", "row 1: behind the key"},
    };
    struct keyring k;
    struct err e = {0};

    (void)state;
    put("# ours\n2025 " KEY_A "\r\n2026-b\t" KEY_B "  current\n", 0440);
    assert_int_equal(keyring_read(path, &k, &e), 0);
    assert_int_equal(k.n, 2);
    assert_string_equal(k.keys[k.current].id, "2026-b");
    assert_int_equal(keyring_find(&k, "2025")->bytes[1], 0x11);
    assert_null(keyring_find(&k, "2024"));
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        put(bad[i][0], 0400);
        assert_int_equal(keyring_read(path, &k, &e), -1);
        assert_string_equal(e.code, "setting");
        assert_non_null(strstr(e.text, bad[i][1]));
        assert_null(strstr(e.text, "0011"));
        assert_int_equal(k.n, 2);
    }
    keyring_wipe(&k);
}

/* modes - of a file that others can read or change */
static void modes(void **state)
{
    static const mode_t bad[] = {0444, 0404, 0420, 0604, 0660, 0777, 0402};
    struct keyring k;
    struct err e = {0};

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        put("a " KEY_A " current\n", bad[i]);
        assert_int_equal(keyring_read(path, &k, &e), -1);
        assert_non_null(strstr(e.text, "0400 is wanted"));
    }
    put("a " KEY_A " current\n", 0400);
    assert_int_equal(keyring_read("/nonexistent/keys", &k, &e), -1);
    assert_int_equal(e.class, ERR_FATAL);
}

/* there_and_back - of every size, also none; no plain byte is left, no two are alike */
static void there_and_back(void **state)
{
    struct vault *v = vault_of("a " KEY_A " current\n", true);
    struct buf one, two;
    char text[4096], id[VAULT_KEY_ID];

    (void)state;
    memset(text, 'x', sizeof(text));
    for (size_t n = 0; n < sizeof(text); n = n * 2 + 1) {
        text[n] = '\0';
        seal(v, &here, text, &one);
        seal(v, &here, text, &two);
        text[n] = 'x';
        assert_int_equal(one.len, n + 4 + 1 + 1 + 40 + 12 + 16);
        assert_memory_not_equal(one.data, two.data, one.len);
        assert_null(memmem(one.data, one.len, "xxxx", 4));
        assert_string_equal(vault_key_of(one.data, one.len, id), "a");
        text[n] = '\0';
        opens(v, &here, &one, text);
        text[n] = 'x';
        buf_release(&one);
        buf_release(&two);
    }
    assert_string_equal(vault_key_of("MSH|^~", 6, id), "");
    vault_close(v);
}

/* bound_to_its_place - topic, key; and every single bit of it */
static void bound_to_its_place(void **state)
{
    static const struct vault_place other[] = {
        {"claims.clean", "key-1", 5}, {"claims.coded", "key-2", 5}, {"claims.coded", "key-", 4},
        {"claims.coded", NULL, 0},    {"claims.code", "dkey-1", 6},
    };
    struct vault *v = vault_of("a " KEY_A " current\nb " KEY_B "\n", true);
    struct buf b, plain;
    struct err e = {0};

    (void)state;
    seal(v, &here, "a patient's name", &b);
    for (size_t i = 0; i < sizeof(other) / sizeof(other[0]); i++)
        refused(v, &other[i], &b, "seal");
    buf_init(&plain);
    for (size_t bit = 32; bit < b.len * 8; bit++) {
        b.data[bit / 8] = (char)(b.data[bit / 8] ^ (1 << bit % 8));
        assert_int_equal(vault_unseal(v, &here, b.data, b.len, &plain, &e), -1);
        assert_int_equal(e.class, ERR_REJECT);
        assert_true(plain.len == 0);
        b.data[bit / 8] = (char)(b.data[bit / 8] ^ (1 << bit % 8));
    }
    for (size_t n = 4; n < b.len; n++) {
        struct buf cut = {b.data, n, n, false};

        refused(v, &here, &cut, "seal");
    }
    opens(v, &here, &b, "a patient's name");
    buf_release(&plain);
    buf_release(&b);
    vault_close(v);
}

/* keys_turn - the old key opens after another has become current, in the running process; a key
 * that is gone, or is another under its id, does not */
static void keys_turn(void **state)
{
    struct vault *v = vault_of("a " KEY_A " current\n", true), *w;
    struct buf old, new;
    struct err e = {0};
    char id[VAULT_KEY_ID];

    (void)state;
    seal(v, &here, "old", &old);
    put("a " KEY_A "\nb " KEY_B " current\n", 0400);
    assert_int_equal(vault_refresh(v, &e), 0); /* looked at a moment ago */
    w = vault_open(path, true, &e);
    assert_non_null(w);
    seal(w, &here, "new", &new);
    opens(v, &here, &new, "new"); /* an unknown key makes it look */
    assert_string_equal(vault_current(v, id), "b");
    buf_release(&new);
    seal(v, &here, "newer", &new);
    assert_string_equal(vault_key_of(new.data, new.len, id), "b");
    opens(v, &here, &old, "old");
    vault_close(w);
    w = vault_of("b " KEY_B " current\n", true);
    refused(w, &here, &old, "seal-key");
    vault_close(w);
    w = vault_of("a " KEY_B " current\n", true);
    refused(w, &here, &old, "seal-key");
    vault_close(w);
    buf_release(&old);
    buf_release(&new);
    vault_close(v);
}

/* a_bad_file_later - the keys stay as they were, and it is said */
static void a_bad_file_later(void **state)
{
    struct vault *v = vault_of("a " KEY_A " current\n", true);
    struct buf b;
    struct err e = {0};
    int r = 0;

    (void)state;
    seal(v, &here, "text", &b);
    put("a " KEY_A " current\n", 0444);
    for (int i = 0; r == 0 && i < VAULT_LOOK_S * 10 + 20; i++) {
        usleep(100000);
        r = vault_refresh(v, &e);
    }
    assert_int_equal(r, -1);
    assert_string_equal(e.code, "setting");
    opens(v, &here, &b, "text");
    buf_release(&b);
    vault_close(v);
}

/* clear_values - taken while a site moves over, refused afterwards; without keys nothing opens */
static void clear_values(void **state)
{
    struct vault *v = vault_of("a " KEY_A " current\n", true), *strict, *none;
    struct buf b, plain, clear = {(char *)(uintptr_t) "\x0a\x01x", 3, 0, false};
    struct err e = {0};

    (void)state;
    strict = vault_of("a " KEY_A " current\n", false);
    none = vault_open("", true, &e);
    assert_false(vault_seals(none));
    assert_true(vault_seals(strict));
    buf_init(&plain);
    assert_int_equal(vault_unseal(v, &here, clear.data, clear.len, &plain, &e), 0);
    assert_int_equal(vault_unseal(none, &here, clear.data, clear.len, &plain, &e), 0);
    refused(strict, &here, &clear, "seal-clear");
    seal(v, &here, "text", &b);
    opens(strict, &here, &b, "text");
    refused(none, &here, &b, "seal-key");
    buf_release(&b);
    vault_close(v);
    vault_close(strict);
    vault_close(none);
}

/* a_child_draws_its_own - after fork no two processes share a data key and its counter */
static void a_child_draws_its_own(void **state)
{
    struct vault *v = vault_of("a " KEY_A " current\n", true);
    struct buf ours, theirs;
    int pipes[2], status;
    char raw[256];
    ssize_t n;
    pid_t pid;

    (void)state;
    seal(v, &here, "first", &ours);
    buf_release(&ours);
    assert_int_equal(pipe(pipes), 0);
    pid = fork();
    if (pid == 0) {
        seal(v, &here, "text", &theirs);
        _exit(write(pipes[1], theirs.data, theirs.len) != (ssize_t)theirs.len);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
    n = read(pipes[0], raw, sizeof(raw));
    seal(v, &here, "text", &ours);
    assert_int_equal(n, (ssize_t)ours.len);
    assert_memory_not_equal(raw + 6, ours.data + 6, 40);
    theirs = (struct buf){raw, (size_t)n, 0, false};
    opens(v, &here, &theirs, "text");
    buf_release(&ours);
    close(pipes[0]);
    close(pipes[1]);
    vault_close(v);
}

/* main - all of them */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_of_a_file), cmocka_unit_test(modes),
        cmocka_unit_test(there_and_back), cmocka_unit_test(bound_to_its_place),
        cmocka_unit_test(keys_turn),      cmocka_unit_test(a_bad_file_later),
        cmocka_unit_test(clear_values),   cmocka_unit_test(a_child_draws_its_own),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
