/* https_test.c - routes by HTTPS against a server on loopback that is verified by an authority of
 * the test: plain files, and CAQH CORE envelopes */
#include "tests/support/test.h"

#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/base/str.h"
#include "common/sys/clock.h"
#include "common/sys/digest.h"
#include "common/sys/file.h"
#include "services/submitter/deliver/envelope.h"
#include "tests/support/delivering.h"
#include "tests/support/folder.h"
#include "tests/support/port.h"

static struct delivering d;
static int port;
static pid_t server;

/* start - the payer's server */
static void start(void)
{
    char number[16];

    snprintf(number, sizeof(number), "%d", port);
    server = fork();
    if (server == 0) {
        execlp("python3", "python3", "tests/support/payer_https.py", d.root, number, (char *)NULL);
        _exit(127);
    }
    assert_true(port_answers(port));
}

/* stop - by its pid */
static void stop(void)
{
    kill(server, SIGKILL);
    waitpid(server, NULL, 0);
}

/* mode - what goes wrong from now on */
static void mode(const char *word)
{
    assert_int_equal(file_write(d.root, "mode", word, strlen(word), NULL), 0);
}

/* add_route - one more row; `way` is mailbox,replies and `end` the columns from ca on */
static void add_route(struct buf *b, const char *name, const char *by, const char *host,
                      const char *user, const char *end)
{
    const char *in = strcmp(by, "core") == 0 ? "core" : "in";
    const char *out = strcmp(by, "core") == 0 ? "core" : strcmp(name, "REST") == 0 ? "out/" : "no/";

    buf_addf(b,
             "%s,ZZ,%s,ZZ,SUBM1,GROUP,,,PAYER,https://%s:%d/%s,https://%s:%d/%s,Y,Y,500,4000000,"
             "1000,2000-01-01,,%s,,,,%s,token,,1000,4000,%s\n",
             name, name, host, port, in, host, port, out, by, user, end);
}

/* setup - an authority, a server's and a client's certificate by it, a server, routes */
static int setup(void **state)
{
    struct buf b;

    (void)state;
    delivering_open(&d, "https_test");
    port = port_free();
    folder_shell(
        d.root,
        "mkdir in out ready; printf 'opensesame\\n' > token;"
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "
        "/CN=authority -keyout ca.key -out ca.pem;"
        "openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=localhost "
        "-keyout s.key -out s.csr; printf 'subjectAltName=DNS:localhost' > ext;"
        "openssl x509 -req -in s.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile "
        "ext -out s.pem; cat s.pem s.key > cert.pem; cp cert.pem client.pem");
    start();
    buf_init(&b);
    buf_adds(&b, DELIVERING_HEAD);
    add_route(&b, "REST", "rest", "localhost", "", "ca.pem,,,,");
    add_route(&b, "BASIC", "rest", "localhost", "us", "ca.pem,,,,");
    add_route(&b, "NOTTRUSTED", "rest", "localhost", "", ",,,,");
    add_route(&b, "OTHERHOST", "rest", "127.0.0.1", "", "ca.pem,,,,");
    add_route(&b, "CORE", "core", "localhost", "us", "ca.pem,,,,results acks-Acks");
    add_route(&b, "REPEAT", "core", "localhost", "us", "ca.pem,,Y,,none");
    add_route(&b, "TWICE", "rest", "localhost", "", "ca.pem,,Y,,");
    add_route(&b, "CLIENT", "rest", "localhost", "", "ca.pem,client.pem,,,");
    delivering_start(&d, b.data);
    buf_release(&b);
    return 0;
}

/* teardown - gives all back */
static int teardown(void **state)
{
    (void)state;
    stop();
    delivering_close(&d);
    return 0;
}

/* calls - how often a text stands in a file of the server's */
static int calls(const char *file, const char *text)
{
    char path[300];
    struct buf b;
    int n = 0;

    buf_init(&b);
    snprintf(path, sizeof(path), "%s/%s", d.root, file);
    if (file_exists(path))
        assert_int_equal(file_read(path, 1 << 24, &b, NULL), 0);
    for (const char *at = b.data; at && (at = strstr(at, text)); at++)
        n++;
    buf_release(&b);
    return n;
}

/* puts_files - by token, and by name and password */
static void puts_files(void **state)
{
    (void)state;
    delivering_feed(&d, "REST", 101);
    delivering_feed(&d, "BASIC", 101);
    delivering_until(&d, 2);
    delivering_sent(&d, 0);
    delivering_sent(&d, 1);
    delivering_arrived(&d, "in", 2);
    assert_int_equal(calls("calls", "x12 Bearer opensesame"), 1);
    assert_int_equal(calls("calls", "x12 Basic dXM6b3BlbnNlc2FtZQ=="), 1);
}

/* not_verified - an authority that is not known, a certificate of another name: stopped before
 * anything is sent, a person is asked */
static void not_verified(void **state)
{
    (void)state;
    delivering_feed(&d, "NOTTRUSTED", 101);
    delivering_until(&d, 1);
    delivering_asks(&d, 0, "tls");
    delivering_feed(&d, "OTHERHOST", 101);
    delivering_until(&d, 2);
    delivering_asks(&d, 1, "tls");
    delivering_arrived(&d, "in", 0);
    assert_int_equal(calls("calls", "PUT"), 0);
}

/* by_certificate - a server that wants ours */
static void by_certificate(void **state)
{
    (void)state;
    folder_shell(d.root, "cp ca.pem clients.pem");
    stop();
    start();
    delivering_feed(&d, "CLIENT", 101);
    delivering_until(&d, 1);
    delivering_sent(&d, 0);
    delivering_feed(&d, "REST", 101);
    delivering_rest(&d, 1500);
    delivering_arrived(&d, "in", 1);
}

/* What the server does to a file, and what becomes of it. */
static const struct {
    const char *mode, *receiver, *asks; /* "": it is sent in the end */
    int statuses, puts;                 /* before the question; -1: more than one */
} faults[] = {
    {"500", "TWICE", "", 0, -1},
    {"drop", "TWICE", "", 0, -1},
    {"keep-500", "REST", "", 0, 1},
    {"hang", "REST", "", 0, 1},
    {"422", "REST", "refused", 1, 1},
    {"500", "REST", "unknown-outcome", 1, 1},
    {"drop", "REST", "unknown-outcome", 1, 1},
    {"401", "BASIC", "login", 0, 1},
};

/* faulty - every fault: the file is there once, or not at all and a person is asked; it is sent a
 * second time only where the row says that the receiver refuses what it had */
static void faulty(void **state)
{
    size_t n = 0;
    int arrived = 0;

    (void)state;
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        const int before = calls("calls", "PUT /in");

        mode(faults[i].mode);
        delivering_feed(&d, faults[i].receiver, 101 + 100 * (int)i);
        for (int turns = 0; turns < 50 || calls("calls", "PUT /in") == before; turns++)
            delivering_turn(&d);
        if (strcmp(faults[i].mode, "401") != 0)
            mode("");
        n += 1 + (size_t)faults[i].statuses;
        delivering_until(&d, n);
        if (faults[i].asks[0]) {
            delivering_asks(&d, n - 1, faults[i].asks);
        } else {
            delivering_sent(&d, n - 1);
            arrived++;
        }
        if (faults[i].puts >= 0)
            assert_int_equal(calls("calls", "PUT /in"), before + faults[i].puts);
        delivering_arrived(&d, "in", arrived);
    }
}

/* taken - the answer is lost, and the receiver takes the file before it is looked for: it is not
 * sent a second time */
static void taken(void **state)
{
    (void)state;
    mode("keep-500");
    delivering_feed(&d, "REST", 101);
    while (calls("calls", "PUT /in") == 0)
        delivering_turn(&d);
    folder_shell(d.root, "while ! rm in/*101.x12; do sleep 0.01; done");
    mode("");
    delivering_until(&d, 2);
    delivering_asks(&d, 1, "unknown-outcome");
    assert_int_equal(calls("calls", "PUT /in"), 1);
}

/* away - a server that is down and back */
static void away(void **state)
{
    (void)state;
    stop();
    delivering_feed(&d, "REST", 101);
    delivering_rest(&d, 2000);
    start();
    delivering_until(&d, 1);
    delivering_sent(&d, 0);
    delivering_arrived(&d, "in", 1);
}

/* core - the envelope holds what the rule asks for; the payload arrives */
static void core(void **state)
{
    (void)state;
    delivering_feed(&d, "CORE", 101);
    delivering_until(&d, 1);
    delivering_sent(&d, 0);
    delivering_arrived(&d, "in", 1);
    assert_int_equal(calls("envelopes", "<PayloadType>X12_837_Request_005010X222A1</PayloadType>"),
                     1);
    assert_true(calls("envelopes", "<TimeStamp>2026-03-31T23:33:20Z</TimeStamp>") >= 1);
    assert_true(calls("envelopes", "<wsse:Password>opensesame</wsse:Password>") >= 1);
    assert_true(calls("envelopes", "<SenderID>SUBM1</SenderID>") >= 1);
}

/* core_types - the payload type is that of the file's guide; a guide that has none is held */
static void core_types(void **state)
{
    static const char *const types[][2] = {
        {"005010X223A2", "<PayloadType>X12_837_Request_005010X223A1_2</PayloadType>"},
        {"005010X212", "<PayloadType>X12_276_Request_005010X212</PayloadType>"}};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        d.guide = types[i][0];
        delivering_feed(&d, "CORE", 101 + 100 * (int)i);
        delivering_until(&d, i + 1);
        delivering_sent(&d, i);
        assert_int_equal(calls("envelopes", types[i][1]), 1);
    }
    d.guide = "005010X999";
    delivering_feed(&d, "CORE", 301);
    delivering_until(&d, 4);
    delivering_asks(&d, 3, "payload-type");
}

/* core_refused - an ErrorCode is the payer's word about the file */
static void core_refused(void **state)
{
    (void)state;
    mode("error");
    delivering_feed(&d, "CORE", 101);
    delivering_until(&d, 2);
    delivering_asks(&d, 1, "refused");
}

/* core_lost - the answer is lost: the acknowledgment says that it arrived; where there is none, a
 * person decides; where the receiver refuses what it has, it is sent again, with the same id */
static void core_lost(void **state)
{
    (void)state;
    mode("keep-500");
    delivering_feed(&d, "CORE", 101);
    delivering_until(&d, 1);
    delivering_sent(&d, 0);
    delivering_feed(&d, "CORE", 201);
    while (calls("envelopes", "COREEnvelopeBatchSubmission ") < 2)
        delivering_turn(&d);
    mode("no-ack");
    delivering_until(&d, 3);
    delivering_asks(&d, 2, "unknown-outcome");
    mode("keep-500");
    delivering_feed(&d, "REPEAT", 101);
    while (calls("envelopes", "COREEnvelopeBatchSubmission ") < 3)
        delivering_turn(&d);
    mode("no-ack");
    delivering_until(&d, 4);
    delivering_sent(&d, 3);
    assert_int_equal(calls("envelopes", "COREEnvelopeBatchSubmission "), 4);
    delivering_arrived(&d, "in", 3);
}

/* replies - of both ways: as they came, once, taken away or confirmed when they are ours */
static void replies(void **state)
{
    static const char *const files[][3] = {{"out", "999 a.x12", "ISA*rest~"},
                                           {"ready", "ults-1", "ISA*a part~\r\n"},
                                           {"ready", "Acks-1", "ISA*in the element~"}};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        const int64_t end = clock_ms() + 20000;
        char out[300];

        snprintf(out, sizeof(out), "%s/%s", d.root, files[i][0]);
        assert_int_equal(file_write(out, files[i][1], files[i][2], strlen(files[i][2]), NULL), 0);
        delivering_until(&d, i + 1);
        delivering_reply(&d, i, files[i][2]);
        while (folder_look(out, NULL, NULL) && clock_ms() < end)
            delivering_turn(&d);
        assert_int_equal(folder_look(out, NULL, NULL), 0);
    }
    delivering_rest(&d, 2500);
}

/* envelopes - what is read of odd answers */
static void envelopes(void **state)
{
    static const struct {
        const char *text, *type, *error, *payload;
        bool good;
    } rows[] = {
        {"<a><PayloadType>T</PayloadType><ErrorCode>Success</ErrorCode></a>", "T", "Success", "",
         true},
        {"<x:PayloadType q='1'>T</x:PayloadType><p:ErrorCode>No &amp; <b>", "T", "Noamp", "", true},
        {"<ErrorCode/><PayloadType>T</PayloadType><Payload>SVNB\nKn4=</Payload>", "T", "", "ISA*~",
         true},
        {"--b\r\nA: b\r\n\r\n<PayloadType>T</PayloadType>\r\n--b\r\nC: d\r\n\r\nISA\r\n\r\n~\r\n"
         "--b--",
         "T", "", "ISA\r\n\r\n~", true},
        {"--b\r\nA: b\r\n\r\n<PayloadType>T</PayloadType>", "", "", "", false},
        {"--b", "", "", "", false},
        {"<html>busy</html>", "", "", "", false},
        {"", "", "", "", false},
        {"<PayloadType", "", "", "", false},
        {"<PayloadType>T", "", "", "", false},
    };
    char one[ENVELOPE_ID], two[ENVELOPE_ID];

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct envelope_answer a;
        struct buf b;

        buf_init(&b);
        buf_adds(&b, rows[i].text);
        assert_int_equal(envelope_read(&b, &a), rows[i].good);
        assert_string_equal(a.payload_type, rows[i].type);
        assert_string_equal(a.error, rows[i].error);
        assert_int_equal(a.payload.len, strlen(rows[i].payload));
        assert_memory_equal(a.payload.len ? a.payload.data : "", rows[i].payload, a.payload.len);
        buf_wipe(&a.payload);
        buf_release(&b);
    }
    envelope_id("a", one);
    envelope_id("b", two);
    assert_string_not_equal(one, two);
    assert_int_equal(strlen(one), 36);
    assert_true(one[14] == '5' && strchr("89ab", one[19]));
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(puts_files),   CASE(not_verified), CASE(by_certificate), CASE(faulty),
        CASE(taken),        CASE(away),         CASE(core),           CASE(core_types),
        CASE(core_refused), CASE(core_lost),    CASE(replies),        cmocka_unit_test(envelopes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
