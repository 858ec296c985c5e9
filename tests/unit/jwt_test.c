/* jwt_test.c - bearer tokens, made by openssl (tests/support/jwt.py): those that are taken, every
 * way not to be, keys that are rotated; and the limits of a source */
#include "tests/support/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "common/sys/file.h"
#include "services/intake/intake.h"
#include "services/intake/jwt.h"
#include "services/intake/rate.h"
#include "tests/support/folder.h"

static char dir[128];

/* setup - tokens and keys of two issuers */
static int setup(void **state)
{
    char command[256];

    (void)state;
    folder_make(dir, sizeof(dir), "jwt");
    snprintf(command, sizeof(command), "python3 tests/support/jwt.py %s", dir);
    folder_shell(".", command);
    return 0;
}

/* teardown - the folder */
static int teardown(void **state)
{
    (void)state;
    folder_remove(dir);
    return 0;
}

/* open_jwt - with one setting changed; NULL: *e */
static struct jwt *open_jwt(const char *name, const char *value, struct conf **c, struct err *e)
{
    const struct conf_row *const rows[] = {intake_settings, NULL};
    char file[160];
    struct jwt *j = NULL;

    *c = conf_load(rows, e);
    assert_non_null(*c);
    snprintf(file, sizeof(file), "%s/jwks.json", dir);
    assert_int_equal(conf_set(*c, "JWT_JWKS_FILE", file, e), 0);
    assert_int_equal(conf_set(*c, "JWT_ISSUER", "https://issuer.test", e), 0);
    assert_int_equal(conf_set(*c, "JWT_AUDIENCE", "cleanclaim", e), 0);
    if (name)
        assert_int_equal(conf_set(*c, name, value, e), 0);
    return jwt_open(*c, &j, e) == 0 ? j : NULL;
}

/* check - a token file, with the scheme before it */
static enum jwt_verdict check(struct jwt *j, const char *name, char subject[JWT_SUBJECT])
{
    char path[200];
    struct err e = {0};
    struct buf token, header;
    enum jwt_verdict v;

    snprintf(path, sizeof(path), "%s/%s.jwt", dir, name);
    buf_init(&token);
    buf_init(&header);
    assert_int_equal(file_read(path, 65536, &token, &e), 0);
    buf_addf(&header, "Bearer %s", token.data);
    v = jwt_check(j, header.data, time(NULL), subject);
    buf_release(&token);
    buf_release(&header);
    return v;
}

/* test_tokens - every case of jwt.py */
static void test_tokens(void **state)
{
    static const struct {
        const char *name;
        enum jwt_verdict v;
    } cases[] = {
        {"rs256", JWT_OK},
        {"es256", JWT_OK},
        {"list", JWT_OK},
        {"no-kid", JWT_OK},
        {"skew", JWT_OK},
        {"unsigned", JWT_SIGNATURE},
        {"hs256", JWT_ALGORITHM},
        {"rs512", JWT_ALGORITHM},
        {"swapped", JWT_KEY},
        {"unknown-key", JWT_KEY},
        {"stolen-kid", JWT_SIGNATURE},
        {"altered", JWT_SIGNATURE},
        {"expired", JWT_EXPIRED},
        {"no-exp", JWT_MALFORMED},
        {"text-exp", JWT_MALFORMED},
        {"early", JWT_EARLY},
        {"issuer", JWT_ISSUER},
        {"no-issuer", JWT_ISSUER},
        {"audience", JWT_AUDIENCE},
        {"no-audience", JWT_AUDIENCE},
        {"critical", JWT_MALFORMED},
    };
    struct err e = {0};
    struct conf *c;
    struct jwt *j = open_jwt(NULL, NULL, &c, &e);
    char subject[JWT_SUBJECT];

    (void)state;
    assert_non_null(j);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        enum jwt_verdict v = check(j, cases[i].name, subject);

        if (v != cases[i].v)
            fail_msg("%s: %s", cases[i].name, jwt_word(v));
        assert_string_equal(subject, v == JWT_OK ? "ehr" : "");
    }
    assert_true(check(j, "none", subject) != JWT_OK);
    assert_int_equal(jwt_check(j, NULL, time(NULL), subject), JWT_MISSING);
    assert_int_equal(jwt_check(j, "Basic dXNlcjpwYXNz", time(NULL), subject), JWT_MISSING);
    assert_int_equal(jwt_check(j, "Bearer ", time(NULL), subject), JWT_MALFORMED);
    assert_int_equal(jwt_check(j, "Bearer a.b.c", time(NULL), subject), JWT_MALFORMED);
    jwt_close(j);
    conf_free(c);
}

/* test_rotation - new keys are in force within a second; a file that is none changes nothing */
static void test_rotation(void **state)
{
    struct err e = {0};
    struct conf *c;
    struct jwt *j = open_jwt(NULL, NULL, &c, &e);
    char subject[JWT_SUBJECT];

    (void)state;
    assert_int_equal(check(j, "other", subject), JWT_KEY);
    folder_shell(dir, "cp jwks.json kept.json && cp other.json jwks.json");
    usleep(1100000);
    assert_int_equal(check(j, "other", subject), JWT_OK);
    assert_string_equal(subject, "rotated");
    assert_int_equal(check(j, "rs256", subject), JWT_KEY);
    folder_shell(dir, "echo '{\"keys\":[' > jwks.json");
    usleep(1100000);
    assert_int_equal(check(j, "other", subject), JWT_OK);
    folder_shell(dir, "mv kept.json jwks.json");
    jwt_close(j);
    conf_free(c);
}

/* test_settings - what would let in too many stops at start */
static void test_settings(void **state)
{
    static const char *const bad[][2] = {
        {"JWT_ISSUER", ""},          {"JWT_AUDIENCE", ""},       {"JWT_JWKS_FILE", "/no/such/file"},
        {"JWT_ALGORITHMS", "HS256"}, {"JWT_ALGORITHMS", "none"}, {"JWT_ALGORITHMS", ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct err e = {0};
        struct conf *c;

        assert_null(open_jwt(bad[i][0], bad[i][1], &c, &e));
        assert_int_equal(e.class, ERR_FATAL);
        assert_non_null(strstr(e.text, bad[i][0]));
        conf_free(c);
    }
}

/* test_rate - two seconds' worth at once, then one by one; sources do not share; a flood of sources
 * never takes more than one of each away */
static void test_rate(void **state)
{
    struct rate *r = rate_new(5);
    char name[32];

    (void)state;
    for (int i = 0; i < 10; i++)
        assert_int_equal(rate_take(r, "a", 1000000), 0);
    assert_int_equal(rate_take(r, "a", 1000000), 1);
    assert_int_equal(rate_take(r, "b", 1000000), 0);
    assert_int_equal(rate_take(r, "a", 1100000), 1);
    assert_int_equal(rate_take(r, "a", 1201000), 0);
    assert_int_equal(rate_take(r, "a", 1201000), 1);
    for (int i = 0; i < 10; i++)
        assert_int_equal(rate_take(r, "a", 900000000), 0);
    assert_int_equal(rate_take(r, "a", 900000000), 1);
    for (int i = 0; i < 20000; i++) {
        snprintf(name, sizeof(name), "source %d", i);
        assert_int_equal(rate_take(r, name, 900000000 + i), 0);
    }
    rate_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tokens),
        cmocka_unit_test(test_rotation),
        cmocka_unit_test(test_settings),
        cmocka_unit_test(test_rate),
    };

    return cmocka_run_group_tests_name("jwt", tests, setup, teardown);
}
