/* sftp_test.c - routes by SFTP against OpenSSH's server on loopback: a file arrives once, whatever
 * the server does; replies are fetched and taken away */
#include "tests/support/test.h"

#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/str.h"
#include "common/sys/clock.h"
#include "common/sys/file.h"
#include "tests/support/delivering.h"
#include "tests/support/folder.h"
#include "tests/support/port.h"
#include "tests/support/sftp.h"

#define OTHER_KEY "SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

static char in[300], out[300];
static struct sftp_server server;
static struct delivering d;

/* add_route - one more row */
static void add_route(struct buf *b, const char *name, int port, const char *secret,
                      const char *print)
{
    buf_addf(b,
             "%s,ZZ,%s,ZZ,SUBM1,GROUP,,,PAYER,sftp://127.0.0.1:%d%s,sftp://127.0.0.1:%d%s/%s,Y,Y,"
             "500,4000000,1000,2000-01-01,,sftp,,,,%s,%s,%s,1000,5000,,,,,\n",
             name, name, port, in, port, out, name, server.user, secret, print);
}

/* setup - a payer whose server runs, and routes to it */
static int setup(void **state)
{
    char both[200];
    struct buf b;

    (void)state;
    delivering_open(&d, "sftp_test");
    snprintf(in, sizeof(in), "%s/in", d.root);
    snprintf(out, sizeof(out), "%s/out", d.root);
    assert_int_equal(mkdir(in, 0750), 0);
    assert_int_equal(mkdir(out, 0750), 0);
    assert_true(sftp_server_init(&server, d.root));
    assert_true(sftp_server_start(&server, "", ""));
    snprintf(both, sizeof(both), OTHER_KEY " %s", server.print);
    buf_init(&b);
    buf_adds(&b, DELIVERING_HEAD);
    add_route(&b, "PAYER", server.port, "user_key", server.print);
    add_route(&b, "TWOKEYS", server.port, "user_key", both);
    add_route(&b, "WRONGKEY", server.port, "user_key", OTHER_KEY);
    add_route(&b, "REFUSED", server.port, "other_key", server.print);
    add_route(&b, "NOSECRET", server.port, "no_key", server.print);
    delivering_start(&d, b.data);
    buf_release(&b);
    return 0;
}

/* teardown - gives all back */
static int teardown(void **state)
{
    (void)state;
    sftp_server_stop(&server);
    delivering_close(&d);
    return 0;
}

/* again - the server runs anew, in another way */
static void again(const char *before, const char *options)
{
    sftp_server_stop(&server);
    assert_true(sftp_server_start(&server, before, options));
}

/* delivers - two files in a row, by a key; another of the host's fingerprints may stand first */
static void delivers(void **state)
{
    (void)state;
    delivering_feed(&d, "PAYER", 101);
    delivering_feed(&d, "PAYER", 201);
    delivering_until(&d, 2);
    delivering_sent(&d, 0);
    delivering_sent(&d, 1);
    delivering_arrived(&d, "in", 2);
    delivering_feed(&d, "TWOKEYS", 301);
    delivering_until(&d, 3);
    delivering_arrived(&d, "in", 3);
}

/* away - a server that is down is tried until it is back; the file arrives once */
static void away(void **state)
{
    (void)state;
    sftp_server_stop(&server);
    delivering_feed(&d, "PAYER", 101);
    delivering_rest(&d, 2500);
    assert_true(sftp_server_start(&server, "", ""));
    delivering_until(&d, 1);
    delivering_sent(&d, 0);
    delivering_rest(&d, 1000);
    delivering_arrived(&d, "in", 1);
}

/* libcurl loses a homedir and libssh2 a session when a connection breaks; only under the address
 * sanitizer this is asked */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libcurl\nleak:libssh2\n";
}

/* stuck - the upload ends at the 20,480 bytes that the server may write; no whole name is there */
static void stuck(const char *before)
{
    const int64_t end = clock_ms() + 20000;
    size_t bytes = 0;

    again(before, "");
    delivering_feed(&d, "PAYER", 101);
    while (bytes != 20480 && clock_ms() < end) {
        struct buf b;

        buf_init(&b);
        delivering_turn(&d);
        if (folder_look(in, "T_PAYER_837P_20260401_000000101.x12.part", &b) == 1)
            bytes = b.len;
        buf_release(&b);
    }
    assert_int_equal(bytes, 20480);
    assert_int_equal(folder_look(in, NULL, NULL), 1);
    delivering_rest(&d, 500);
    again("", "");
    delivering_until(&d, 1);
    delivering_sent(&d, 0);
    delivering_arrived(&d, "in", 1);
}

/* cut - the server dies in the middle of the upload; then the file arrives, once */
static void cut(void **state)
{
    (void)state;
    stuck("ulimit -f 40;");
}

/* full - the disk takes no more: tried again, then sent */
static void full(void **state)
{
    (void)state;
    stuck("trap '' XFSZ; ulimit -f 40;");
}

/* stopped - another host key, a key of ours that is refused, a secret that is not there: nothing is
 * sent, a person is asked at once, with the reason */
static void stopped(void **state)
{
    static const char *const rows[][2] = {
        {"WRONGKEY", "host-key"}, {"REFUSED", "login"}, {"NOSECRET", "secret"}};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        delivering_feed(&d, rows[i][0], 101);
        delivering_until(&d, i + 1);
        delivering_asks(&d, i, rows[i][1]);
    }
    delivering_rest(&d, 1000);
    delivering_arrived(&d, "in", 0);
}

/* breaking - a server that accepts, and is gone in the middle of the handshake, is away: nobody is
 * asked, and the file goes when it is back */
static void breaking(void **state)
{
    int port, fd = port_silent(&port), broken = 0;
    struct buf b;

    (void)state;
    buf_init(&b);
    buf_adds(&b, DELIVERING_HEAD);
    add_route(&b, "BREAKS", port, "user_key", server.print);
    delivering_start(&d, b.data);
    delivering_feed(&d, "BREAKS", 101);
    for (const int64_t end = clock_ms() + 20000; broken < 6 && clock_ms() < end;) {
        struct pollfd one = {.fd = fd, .events = POLLIN};

        if (poll(&one, 1, 0) == 1) {
            const int to = accept(fd, NULL, NULL);

            assert_int_equal(write(to, "SSH-2.0-x\r\n", 11), 11);
            close(to);
            broken++;
        }
        delivering_rest(&d, 50);
    }
    assert_int_equal(broken, 6);
    close(fd);
    buf_release(&b);
}

/* taken - the answer to the rename is lost, and the payer takes the file: it is not sent again */
static void taken(void **state)
{
    char part[400];

    (void)state;
    again("", "-P rename");
    delivering_feed(&d, "PAYER", 101);
    delivering_until(&d, 1);
    delivering_asks(&d, 0, "rename");
    snprintf(part, sizeof(part), "%s/T_PAYER_837P_20260401_000000101.x12.part", in);
    assert_int_equal(unlink(part), 0);
    again("", "");
    d.now += 300000;
    delivering_until(&d, 3);
    delivering_sent(&d, 2);
    delivering_arrived(&d, "in", 0);
}

/* dies_asked - the server says that NAME is not there, and dies over the question for NAME.part:
 * that is no answer, and not the payer's who has taken it */
static void dies_asked(void **state)
{
    char part[400], kept[400];

    (void)state;
    again("", "-P rename");
    delivering_feed(&d, "PAYER", 101);
    delivering_until(&d, 1);
    delivering_asks(&d, 0, "rename");
    snprintf(part, sizeof(part), "%s/T_PAYER_837P_20260401_000000101.x12.part", in);
    snprintf(kept, sizeof(kept), "%s/kept", d.root);
    assert_int_equal(rename(part, kept), 0);
    assert_int_equal(mkfifo(part, 0600), 0); /* a server that opens it waits for ever */
    again("", "");
    d.now += 300000;
    delivering_rest(&d, 10000);
    sftp_server_stop(&server);
    assert_int_equal(unlink(part), 0);
    assert_int_equal(rename(kept, part), 0);
    assert_true(sftp_server_start(&server, "", ""));
    for (int i = 0; i < 100; i++, d.now += 60000)
        delivering_turn(&d);
    delivering_until(&d, 3);
    delivering_sent(&d, 2);
    delivering_arrived(&d, "in", 1);
    assert_int_not_equal(access(part, F_OK), 0);
}

/* replaced - another file has the name meanwhile: a person, never over it */
static void replaced(void **state)
{
    struct err e;

    (void)state;
    assert_int_equal(file_write(in, "T_PAYER_837P_20260401_000000101.x12", "x", 1, &e), 0);
    delivering_feed(&d, "PAYER", 101);
    delivering_until(&d, 2);
    delivering_asks(&d, 1, "name-reused");
}

/* drop_box - nobody may read: the listing tells the size */
static void drop_box(void **state)
{
    (void)state;
    again("", "-P read");
    delivering_feed(&d, "PAYER", 101);
    delivering_until(&d, 1);
    delivering_sent(&d, 0);
    delivering_arrived(&d, "in", 1);
}

/* slow - a payer that says nothing delays no other */
static void slow(void **state)
{
    struct buf b;
    int port, fd = port_silent(&port);

    (void)state;
    buf_init(&b);
    buf_adds(&b, DELIVERING_HEAD);
    add_route(&b, "ASLOW", port, "user_key", server.print);
    add_route(&b, "PAYER", server.port, "user_key", server.print);
    delivering_start(&d, b.data);
    buf_release(&b);
    delivering_feed(&d, "ASLOW", 101);
    delivering_feed(&d, "PAYER", 101);
    delivering_until(&d, 1);
    delivering_sent(&d, 0);
    delivering_arrived(&d, "in", 1);
    close(fd);
}

/* replies - each once, as it came, also under an odd name; a file that still grows, or has a
 * temporary name, later; taken away when it is ours; a large one stays, and a person is asked */
static void replies(void **state)
{
    const int64_t end = clock_ms() + 20000;
    struct buf large;
    struct err e;

    (void)state;
    snprintf(out, sizeof(out), "%s/out/PAYER", d.root);
    assert_int_equal(mkdir(out, 0750), 0);
    assert_int_equal(file_write(out, "999 of%20today#1.x12", "ISA*one~", 8, &e), 0);
    assert_int_equal(file_write(out, "835.x12.part", "ISA*two", 7, &e), 0);
    delivering_until(&d, 1);
    delivering_reply(&d, 0, "ISA*one~");
    while (folder_look(out, "999", NULL) && clock_ms() < end)
        delivering_turn(&d);
    assert_int_equal(folder_look(out, NULL, NULL), 1);
    delivering_rest(&d, 3000);
    assert_int_equal(file_write(out, "835.x12", "ISA*two", 7, &e), 0);
    delivering_rest(&d, 900); /* not yet REPLIES_SETTLE_MS */
    assert_int_equal(file_write(out, "835.x12", "ISA*two, more~", 14, &e), 0);
    delivering_until(&d, 2);
    delivering_reply(&d, 1, "ISA*two, more~");
    buf_init(&large);
    for (int i = 0; i < 10; i++)
        buf_adds(&large, "ten thousand and more bytes");
    while (large.len <= 100000)
        buf_add(&large, d.bytes, 1000);
    assert_int_equal(file_write(out, "large.x12", large.data, large.len, &e), 0);
    buf_release(&large);
    delivering_until(&d, 3);
    delivering_rest(&d, 5000);
    assert_int_equal(folder_look(out, "large", NULL), 1);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(delivers), CASE(away),     CASE(cut),   CASE(full),
        CASE(stopped),  CASE(breaking), CASE(taken), CASE(dies_asked),
        CASE(replaced), CASE(drop_box), CASE(slow),  CASE(replies),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
