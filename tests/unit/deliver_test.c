/* deliver_test.c - a file reaches a mailbox once, whatever crashes in between; replies are taken up
 * once */
#include "tests/support/test.h"

#include <dirent.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/str.h"
#include "common/sys/digest.h"
#include "common/sys/file.h"
#include "services/submitter/deliver/folder.h"
#include "services/submitter/deliver/poll.h"
#include "services/submitter/submitter.h"

static char root[256], mailbox[300], replies[300];
static char sha[DIGEST_TEXT];
static const char bytes[] = "ISA*00*bytes of an interchange~";
static struct folder_file file;

/* remove_tree - a folder of this test */
static void remove_tree(const char *path)
{
    struct dirent **list;
    char child[1024];
    int n = scandir(path, &list, NULL, NULL);

    for (int i = 0; i < n; i++) {
        if (strcmp(list[i]->d_name, ".") != 0 && strcmp(list[i]->d_name, "..") != 0 &&
            file_join(child, sizeof(child), path, list[i]->d_name) && unlink(child) != 0)
            remove_tree(child);
        free(list[i]);
    }
    if (n >= 0)
        free(list);
    rmdir(path);
}

/* setup - a root with a mailbox and a replies folder */
static int setup(void **state)
{
    const char *tmp = getenv("TMPDIR");

    (void)state;
    snprintf(root, sizeof(root), "%s/deliver_test.XXXXXX", tmp ? tmp : "/tmp");
    assert_non_null(mkdtemp(root));
    snprintf(mailbox, sizeof(mailbox), "%s/in", root);
    snprintf(replies, sizeof(replies), "%s/out", root);
    assert_int_equal(mkdir(mailbox, 0750), 0);
    assert_int_equal(mkdir(replies, 0750), 0);
    digest_hex(bytes, sizeof(bytes) - 1, sha);
    file = (struct folder_file){mailbox, "T_R_837P_20260301_000000101.x12", bytes,
                                sizeof(bytes) - 1, sha};
    return 0;
}

/* teardown - removes it */
static int teardown(void **state)
{
    (void)state;
    remove_tree(root);
    return 0;
}

/* visible - names in a folder that a payer would see; the content of the first must be the bytes */
static int visible(const char *folder)
{
    struct dirent **list;
    char path[1024];
    struct buf b;
    int n = scandir(folder, &list, NULL, NULL), seen = 0;

    assert_true(n >= 0);
    buf_init(&b);
    for (int i = 0; i < n; i++) {
        if (list[i]->d_name[0] != '.') {
            seen++;
            assert_true(file_join(path, sizeof(path), folder, list[i]->d_name));
            assert_int_equal(file_read(path, 1 << 20, &b, NULL), 0);
        }
        free(list[i]);
    }
    free(list);
    if (seen == 1 && strcmp(folder, mailbox) == 0)
        assert_string_equal(b.data, bytes);
    buf_release(&b);
    return seen;
}

/* take_away - as the payer does: 1 when there was something */
static int take_away(void)
{
    char path[1024];

    assert_true(file_join(path, sizeof(path), mailbox, file.name));
    return unlink(path) == 0;
}

/* sent_once - the file is there, and a second try does nothing even after the payer took it */
static void sent_once(void **state)
{
    struct err e = {0};
    bool before = true;

    (void)state;
    assert_int_equal(folder_send(&file, &before, &e), 0);
    assert_false(before);
    assert_int_equal(visible(mailbox), 1);
    assert_int_equal(folder_send(&file, &before, &e), 0);
    assert_true(before);
    assert_int_equal(take_away(), 1);
    assert_int_equal(folder_send(&file, &before, &e), 0);
    assert_true(before);
    assert_int_equal(visible(mailbox), 0);
}

/* crash_at_each_step - stop after each step, look as a payer, try again: the payer gets it exactly
 * once */
static void crash_at_each_step(void **state)
{
    struct err e = {0};

    for (int first = 0; first <= 3; first++)
        for (int second = 0; second <= 3; second++) {
            int got = 0;

            assert_int_equal(folder_send_steps(&file, first, NULL, &e), 0);
            got += take_away();
            assert_int_equal(folder_send_steps(&file, second, NULL, &e), 0);
            got += take_away();
            assert_int_equal(folder_send(&file, NULL, &e), 0);
            got += take_away();
            assert_int_equal(folder_send(&file, NULL, &e), 0);
            got += take_away();
            assert_int_equal(got, 1);
            teardown(state);
            setup(state);
        }
}

/* torn_write - a crash inside step 1 leaves half a temporary file: the payer does not see it, the
 * next try is whole */
static void torn_write(void **state)
{
    char spool[400], path[1024];
    struct err e = {0};
    FILE *f;

    (void)state;
    snprintf(spool, sizeof(spool), "%s/.cleanclaim", mailbox);
    assert_int_equal(mkdir(spool, 0750), 0);
    snprintf(path, sizeof(path), "%s/.%s.ready.tmp", spool, file.name);
    f = fopen(path, "w");
    assert_non_null(f);
    fputs("ISA*00*by", f);
    fclose(f);
    assert_int_equal(visible(mailbox), 0);
    assert_int_equal(folder_send(&file, NULL, &e), 0);
    assert_int_equal(visible(mailbox), 1);
}

/* receipt_is_audit_copy - the bytes stay readable after the payer took the file */
static void receipt_is_audit_copy(void **state)
{
    char path[1024];
    struct buf b;
    struct err e = {0};

    (void)state;
    assert_int_equal(folder_send(&file, NULL, &e), 0);
    assert_int_equal(take_away(), 1);
    snprintf(path, sizeof(path), "%s/.cleanclaim/%s.receipt", mailbox, file.name);
    buf_init(&b);
    assert_int_equal(file_read(path, 1000, &b, &e), 0);
    assert_string_equal(b.data, bytes);
    buf_release(&b);
}

/* name_reused - other bytes under a name that went out are refused, shorter and longer ones */
static void name_reused(void **state)
{
    static const char *const others[] = {"ISA*00*other of an interchange~", "ISA",
                                         "ISA*00*bytes of an interchange~~~~~"};
    char other_sha[DIGEST_TEXT];

    (void)state;
    assert_int_equal(folder_send(&file, NULL, NULL), 0);
    for (size_t i = 0; i < 3; i++) {
        struct folder_file other = {mailbox, file.name, others[i], strlen(others[i]), other_sha};
        struct err e = {0};

        digest_hex(others[i], strlen(others[i]), other_sha);
        assert_int_equal(folder_send(&other, NULL, &e), -1);
        assert_int_equal(e.class, ERR_REJECT);
        assert_string_equal(e.code, "name-reused");
    }
    assert_int_equal(visible(mailbox), 1);
}

/* foreign_file - somebody else's file of that name in the mailbox is not overwritten */
static void foreign_file(void **state)
{
    struct err e = {0};

    (void)state;
    assert_int_equal(file_write(mailbox, file.name, "not ours", 8, &e), 0);
    assert_int_equal(folder_send(&file, NULL, &e), -1);
    assert_int_equal(e.class, ERR_REJECT);
}

/* names - what is no plain file name is refused */
static void names(void **state)
{
    static const char *const bad[] = {"", ".hidden", "a/b", "../x", "a b", "x\n", "caf\xc3\xa9"};

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct err e = {0};

        file.name = bad[i];
        assert_int_equal(folder_send(&file, NULL, &e), -1);
        assert_int_equal(e.class, ERR_REJECT);
    }
}

/* mailbox_away - a mailbox that is not mounted is never made: wait */
static void mailbox_away(void **state)
{
    struct err e = {0};

    (void)state;
    remove_tree(mailbox);
    assert_int_equal(folder_send(&file, NULL, &e), -1);
    assert_int_equal(e.class, ERR_RETRY);
    assert_false(file_exists(mailbox));
}

/* no_room - a disk that refuses is worth trying again; nothing is seen by the payer */
static void no_room(void **state)
{
    struct err e = {0};
    char spool[400];

    (void)state;
    snprintf(spool, sizeof(spool), "%s/.cleanclaim", mailbox);
    assert_int_equal(file_write(mailbox, ".cleanclaim", "x", 1, &e),
                     0); /* a file where the folder should be */
    assert_int_equal(folder_send(&file, NULL, &e), -1);
    assert_int_equal(e.class, ERR_RETRY);
    assert_int_equal(unlink(spool), 0);
    assert_int_equal(folder_send(&file, NULL, &e), 0);
    assert_int_equal(visible(mailbox), 1);
}

/* What a look handed over. */
struct got {
    int n, large;
    char names[400];
    bool fail;
};

/* take_reply - notes it */
static int take_reply(void *arg, const struct poll_file *f, struct err *e)
{
    struct got *g = arg;
    size_t len = strlen(g->names);

    if (g->fail)
        return err_set(e, ERR_RETRY, "test", "asked to");
    g->n++;
    g->large += f->data == NULL;
    snprintf(g->names + len, sizeof(g->names) - len, "%s ", f->name);
    assert_int_equal(strlen(f->sha256), 64);
    return 0;
}

/* put_reply - into the replies folder */
static void put_reply(const char *name, const char *text)
{
    struct err e = {0};

    assert_int_equal(file_write(replies, name, text, strlen(text), &e), 0);
}

/* a_poll - with small limits */
static struct poll *a_poll(int64_t settle_ms)
{
    struct poll_options o = {settle_ms, 100, 150, 3};
    struct poll *p = poll_new(&o);

    assert_non_null(p);
    return p;
}

/* look - one round */
static int look(struct poll *p, struct got *g, int64_t now)
{
    struct err e = {0};

    if (!poll_begin(p))
        return 0;
    return poll_look(p, "R", replies, now, take_reply, g, &e);
}

/* taken_once - handed over, moved when durable, in the order of names */
static void taken_once(void **state)
{
    struct poll *p = a_poll(0);
    struct got g = {0};

    (void)state;
    put_reply("b.x12", "two");
    put_reply("a.x12", "one");
    put_reply(".hidden", "no");
    put_reply("c.part", "no");
    put_reply("d.tmp", "no");
    assert_int_equal(look(p, &g, 1000), 0);
    assert_string_equal(g.names, "a.x12 b.x12 ");
    assert_int_equal(look(p, &g, 2000), 0); /* not durable yet: nothing again */
    assert_int_equal(g.n, 2);
    poll_durable(p);
    assert_int_equal(visible(replies), 2); /* the two that are not complete */
    assert_int_equal(look(p, &g, 3000), 0);
    assert_int_equal(g.n, 2);
    poll_free(p);
}

/* aborted_batch - what did not become durable is handed over again */
static void aborted_batch(void **state)
{
    struct poll *p = a_poll(0);
    struct got g = {0};

    (void)state;
    put_reply("a.x12", "one");
    assert_int_equal(look(p, &g, 1000), 0);
    poll_again(p);
    assert_int_equal(look(p, &g, 2000), 0);
    assert_int_equal(g.n, 2);
    poll_durable(p);
    assert_int_equal(visible(replies), 0);
    poll_free(p);
}

/* failed_record - a reply whose record could not be made stays where it is, whatever is committed
 * after it */
static void failed_record(void **state)
{
    struct poll *p = a_poll(0);
    struct got g = {.fail = true};

    (void)state;
    put_reply("a.x12", "one");
    assert_int_equal(look(p, &g, 1000), -1);
    poll_durable(p);
    assert_int_equal(visible(replies), 1);
    g.fail = false;
    assert_int_equal(look(p, &g, 2000), 0);
    assert_int_equal(g.n, 1);
    poll_free(p);
}

/* still_written - a file that grows waits until it stood still */
static void still_written(void **state)
{
    struct poll *p = a_poll(1000);
    struct got g = {0};

    (void)state;
    put_reply("a.x12", "on");
    assert_int_equal(look(p, &g, 1000), 0);
    put_reply("a.x12", "one");
    assert_int_equal(look(p, &g, 2500), 0);
    assert_int_equal(g.n, 0);
    assert_int_equal(look(p, &g, 3400), 0);
    assert_int_equal(g.n, 0);
    assert_int_equal(look(p, &g, 3500), 0);
    assert_int_equal(g.n, 1);
    poll_free(p);
}

/* two_workers - only one of them hands over; when it is gone the other does */
static void two_workers(void **state)
{
    struct poll *p = a_poll(0), *q = a_poll(0);
    struct got g = {0}, h = {0};

    (void)state;
    put_reply("a.x12", "one");
    assert_int_equal(look(p, &g, 1000), 0);
    assert_int_equal(look(q, &h, 1000), 0);
    assert_int_equal(g.n, 1);
    assert_int_equal(h.n, 0);
    poll_free(p); /* without poll_durable: a crash */
    assert_int_equal(look(q, &h, 2000), 0);
    assert_int_equal(h.n, 1);
    poll_free(q);
}

/* over_the_limit - handed over without its bytes, and set aside */
static void over_the_limit(void **state)
{
    struct poll *p = a_poll(0);
    struct got g = {0};
    char large[200], path[600];

    (void)state;
    memset(large, 'x', sizeof(large) - 1);
    large[sizeof(large) - 1] = '\0';
    put_reply("large.x12", large);
    assert_int_equal(look(p, &g, 1000), 0);
    assert_int_equal(g.large, 1);
    poll_durable(p);
    snprintf(path, sizeof(path), "%s/.refused/large.x12", replies);
    assert_true(file_exists(path));
    poll_free(p);
}

/* batch_limits - a flood is taken in several rounds */
static void batch_limits(void **state)
{
    struct poll *p = a_poll(0);
    struct got g = {0};
    char name[16];
    int rounds = 0;

    (void)state;
    for (int i = 0; i < 10; i++) {
        snprintf(name, sizeof(name), "%02d.x12", i);
        put_reply(name, name);
    }
    while (g.n < 10 && rounds++ < 10) {
        assert_int_equal(look(p, &g, 1000 + rounds), 0);
        poll_durable(p);
    }
    assert_int_equal(rounds, 4);
    assert_int_equal(visible(replies), 0);
    poll_free(p);
}

/* same_name_again - a second reply of a name that was taken does not overwrite the first */
static void same_name_again(void **state)
{
    struct poll *p = a_poll(0);
    struct got g = {0};
    char taken[600];

    (void)state;
    for (int i = 0; i < 2; i++) {
        put_reply("a.x12", i ? "two" : "one");
        assert_int_equal(look(p, &g, 1000 + i), 0);
        poll_durable(p);
    }
    assert_int_equal(g.n, 2);
    snprintf(taken, sizeof(taken), "%s/.taken", replies);
    assert_int_equal(visible(taken), 3); /* both and the lock */
    poll_free(p);
}

/* folder_away - is an error for that folder only */
static void folder_away(void **state)
{
    struct poll *p = a_poll(0);
    struct got g = {0};
    struct err e = {0};

    (void)state;
    assert_true(poll_begin(p));
    assert_int_equal(poll_look(p, "R", "/nonexistent/folder", 1, take_reply, &g, &e), -1);
    assert_int_equal(e.class, ERR_RETRY);
    put_reply("a.x12", "one");
    assert_int_equal(look(p, &g, 2), 0);
    assert_int_equal(g.n, 1);
    poll_free(p);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(sent_once),       CASE(crash_at_each_step),
        CASE(torn_write),      CASE(receipt_is_audit_copy),
        CASE(name_reused),     CASE(foreign_file),
        CASE(names),           CASE(mailbox_away),
        CASE(no_room),         CASE(taken_once),
        CASE(aborted_batch),   CASE(failed_record),
        CASE(still_written),   CASE(two_workers),
        CASE(over_the_limit),  CASE(batch_limits),
        CASE(same_name_again), CASE(folder_away),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
