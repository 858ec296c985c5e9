/* hl7_mllp_test.c - frames over a socket pair: one answer a message, positive only when it is
 * stored */
#include "tests/support/test.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "services/intake/hl7/ack.h"
#include "services/intake/hl7/mllp.h"
#include "services/intake/publish.h"

#define HEAD(type, control)                                                                        \
    "MSH|^~\\&|APP|FAC|CC|SITE|20261101120000-0500||" type "|" control "|P|2.5\r"
#define VISIT "PID|1||MR1^^^H^MR\rPV1|1|I|||||||||||||||||VIS1\r"
#define ADMIT(control) HEAD("ADT^A01^ADT_A01", control) VISIT

/* A peer of the listener, and the broker behind it. */
struct wire {
    struct intake_conf conf;
    struct intake_out broker, out;
    struct once *once;
    struct mllp_options options;
    atomic_bool stop, away;
    atomic_int begun, stored, kept, slow_ms; /* slow: as long as it takes to store */
    atomic_bool hangs_up;                    /* the peer does, while his message is stored */
    int ours, theirs;
    pthread_t thread;
};

/* store - the broker */
static int store(void *arg, struct arena *a, const struct intake_result *r, struct err *e)
{
    struct wire *w = arg;

    (void)a;
    if (w->away)
        return err_set(e, ERR_RETRY, "broker", "away");
    w->begun++;
    if (w->slow_ms)
        poll(NULL, 0, w->slow_ms);
    if (w->hangs_up)
        shutdown(w->ours, SHUT_RDWR);
    w->stored += (int)r->n;
    return 0;
}

/* keep - the broker's dead letters */
static int keep(void *arg, const struct intake_result *r, struct err *e)
{
    struct wire *w = arg;

    if (w->away)
        return err_set(e, ERR_RETRY, "broker", "away");
    assert_true(r->refused && r->input.n && r->events[0]->event_id[0]);
    w->kept++;
    return 0;
}

/* serve - the listener's thread */
static void *serve(void *arg)
{
    struct wire *w = arg;

    mllp_serve(w->theirs, &w->options, &w->stop);
    shutdown(w->theirs, SHUT_RDWR);
    return NULL;
}

/* setup - a connection that is served */
static int setup(void **state)
{
    struct wire *w = calloc(1, sizeof(*w));
    int pair[2];

    w->conf = (struct intake_conf){
        .secret = "s", .facility = "MAIN", .max_bytes = 1 << 20, .charset = "UNICODE UTF-8"};
    w->broker = (struct intake_out){store, w, keep, NULL};
    w->once = once_new(100, &w->broker);
    w->out = (struct intake_out){once_publish, w->once, once_refuse, NULL};
    w->options = (struct mllp_options){&w->conf, &w->out, 4096, 1, 5, NULL};
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    w->ours = pair[0];
    w->theirs = pair[1];
    assert_int_equal(pthread_create(&w->thread, NULL, serve, w), 0);
    *state = w;
    return 0;
}

/* teardown - the listener ends by itself when told */
static int teardown(void **state)
{
    struct wire *w = *state;

    w->stop = true;
    pthread_join(w->thread, NULL);
    close(w->ours);
    close(w->theirs);
    once_free(w->once);
    free(w);
    return 0;
}

/* put - bytes to the listener */
static void put(const struct wire *w, const char *p, size_t n)
{
    assert_int_equal(send(w->ours, p, n, MSG_NOSIGNAL), (ssize_t)n);
}

/* put_text - as they are */
static void put_text(const struct wire *w, const char *text)
{
    put(w, text, strlen(text));
}

/* get - the next answer without its frame; "" when none comes within the time */
static const char *get(const struct wire *w, char *out, size_t size, int wait_ms)
{
    size_t n = 0;

    while (n + 1 < size) {
        struct pollfd ready = {w->ours, POLLIN, 0};

        if (poll(&ready, 1, wait_ms) <= 0 || recv(w->ours, out + n, 1, 0) != 1)
            break;
        if (out[n] == '\r' && n && out[n - 1] == '\x1c') {
            out[n - 1] = '\0';
            assert_int_equal(out[0], '\x0b');
            return out + 1;
        }
        n++;
    }
    out[0] = '\0';
    return out;
}

/* expect - the next answer has this MSA */
static void expect(const struct wire *w, const char *msa)
{
    char answer[4096];
    const char *text = get(w, answer, sizeof(answer), 5000);

    if (!strstr(text, msa))
        fail_msg("wanted %s, got %s", msa, text);
}

/* test_answer - one message, one answer, to whom it came from */
static void test_answer(void **state)
{
    struct wire *w = *state;
    char answer[4096];
    const char *text;

    put_text(w, "\x0b" ADMIT("C1") "\x1c\r");
    text = get(w, answer, sizeof(answer), 5000);
    assert_non_null(strstr(text, "MSH|^~\\&|CC|SITE|APP|FAC|"));
    assert_non_null(strstr(text, "||ACK^A01^ACK|C1|P|2.5\r"));
    assert_non_null(strstr(text, "MSA|AA|C1\r"));
    assert_null(strstr(text, "ERR|"));
    assert_int_equal(w->stored, 1);
}

/* test_pieces - byte by byte, and several messages at once; line ends and noise between frames */
static void test_pieces(void **state)
{
    static const char one[] = "\x0b" ADMIT("C1") "\x1c\r";
    struct wire *w = *state;

    for (size_t i = 0; i + 1 < sizeof(one); i++)
        put(w, one + i, 1);
    expect(w, "MSA|AA|C1\r");
    put_text(w, "noise\r\n\x0b" ADMIT("C2") "\x1c\r\r\n  \x0b" ADMIT("C3") "\x1c\x0b" ADMIT(
                    "C4") "\x1c\r");
    expect(w, "MSA|AA|C2\r");
    expect(w, "MSA|AA|C3\r");
    expect(w, "MSA|AA|C4\r");
    put_text(w, "\x0b" ADMIT("C5") ADMIT("C6") "\x1c\r");
    expect(w, "MSA|AA|C5\r");
    expect(w, "MSA|AA|C6\r");
    assert_int_equal(w->stored, 6);
}

/* test_bad_ones - each has its answer, and the connection goes on */
static void test_bad_ones(void **state)
{
    struct wire *w = *state;
    char answer[4096];

    put_text(w, "\x0bhello\x1c\r");
    expect(w, "MSA|AR|\r");
    put_text(w, "\x0b" HEAD("ZZZ^Z99", "C2") "\x1c\r");
    assert_non_null(strstr(get(w, answer, sizeof(answer), 5000),
                           "MSA|AR|C2\rERR||MSH^1^9|200^Unsupported message type^HL70357|E||||"));
    put_text(w, "\x0b" HEAD("ADT^A01", "C3") "PV1|1|I\r\x1c\r");
    expect(w, "MSA|AR|C3\r");
    put_text(w, "\x0b\x1c\r");
    expect(w, "MSA|AR|\r");
    put_text(w, "\x0b" HEAD("ADT^A01", "C4") "PID|1||MR"
                                             "\x0b" ADMIT("C5") "\x1c\r");
    expect(w, "MSA|AE|C4\r");
    expect(w, "MSA|AA|C5\r");
    assert_int_equal(w->stored, 1);
    assert_int_equal(w->kept, 4); /* all but the empty one */
}

/* test_kept - what is refused is kept once, however often it comes; the answer does not wait for it
 */
static void test_kept(void **state)
{
    struct wire *w = *state;

    w->away = true;
    put_text(w, "\x0bhello\x1c\r");
    expect(w, "MSA|AR|\r");
    put_text(w, "\x0b" ADMIT("C1") "\x1c\r");
    expect(w, "MSA|AE|C1\r");
    assert_int_equal(w->kept, 0);
    w->away = false;
    for (int i = 0; i < 3; i++) {
        put_text(w, "\x0bhello\x1c\r");
        expect(w, "MSA|AR|\r");
    }
    put_text(w, "\x0b" ADMIT("C2") "\x1c\r");
    expect(w, "MSA|AA|C2\r");
    assert_int_equal(w->kept, 1);
}

/* test_too_large - refused with its control id, however large; then the next */
static void test_too_large(void **state)
{
    struct wire *w = *state;
    char chunk[1024];

    memset(chunk, 'x', sizeof(chunk));
    put_text(w, "\x0b" ADMIT("C1") "NTE|1||");
    for (int i = 0; i < 64; i++)
        put(w, chunk, sizeof(chunk));
    put_text(w, "\r\x1c\r\x0b" ADMIT("C2") "\x1c\r");
    expect(w, "MSA|AR|C1\r");
    expect(w, "MSA|AA|C2\r");
    assert_int_equal(w->stored, 1);
}

/* test_broker_away - AE and the connection stays; sent again it is stored once, and a repeat is
 * answered from memory */
static void test_broker_away(void **state)
{
    struct wire *w = *state;

    w->away = true;
    put_text(w, "\x0b" ADMIT("C1") "\x1c\r");
    expect(w, "MSA|AE|C1\r");
    w->away = false;
    for (int i = 0; i < 3; i++) {
        put_text(w, "\x0b" ADMIT("C1") "\x1c\r");
        expect(w, "MSA|AA|C1\r");
    }
    assert_int_equal(w->stored, 1);
    w->away = true;
    put_text(w, "\x0b" ADMIT("C1") "\x1c\r");
    expect(w, "MSA|AA|C1\r");
}

/* test_no_answer_to_an_answer - an ACK is taken in silence */
static void test_no_answer_to_an_answer(void **state)
{
    struct wire *w = *state;
    char answer[4096];

    put_text(w, "\x0b" HEAD("ACK^A01", "C1") "MSA|AA|X\r\x1c\r");
    assert_string_equal(get(w, answer, sizeof(answer), 300), "");
    put_text(w, "\x0b" ADMIT("C2") "\x1c\r");
    expect(w, "MSA|AA|C2\r");
}

/* test_slow_frame - a frame that does not end is answered and the connection closed */
static void test_slow_frame(void **state)
{
    struct wire *w = *state;
    char answer[4096];

    put_text(w, "\x0b" ADMIT("C1"));
    expect(w, "MSA|AE|C1\r");
    assert_string_equal(get(w, answer, sizeof(answer), 2000), "");
    assert_int_equal(w->stored, 0);
}

/* serve_again - a connection that has ended by itself */
static void serve_again(struct wire *w)
{
    assert_int_equal(pthread_create(&w->thread, NULL, serve, w), 0);
}

/* test_blanks_before - the header: the answer has its control id all the same */
static void test_blanks_before(void **state)
{
    put_text(*state, "\x0b\r\n  " ADMIT("C1") "\x1c\r");
    expect(*state, "MSA|AA|C1\r");
}

/* test_gone_before_answer - who hangs up while his message is stored has no answer, and nothing
 * more is taken from him: he sends it all again */
static void test_gone_before_answer(void **state)
{
    struct wire *w = *state;

    w->hangs_up = true;
    put_text(w,
             "\x0b" ADMIT("C1") ADMIT("C2") "\x1c\r\x0b" ADMIT("C3") "\x1c\r\x0b" HEAD("A", "C4"));
    pthread_join(w->thread, NULL);
    assert_int_equal(w->stored, 1);
    w->hangs_up = false;
    serve_again(w);
}

/* test_gone_in_next_frame - a frame that was given up on is answered to nobody */
static void test_gone_in_next_frame(void **state)
{
    struct wire *w = *state;

    w->hangs_up = true;
    put_text(w, "\x0b" ADMIT("C1") ADMIT("C2") "\x0b" ADMIT("C3"));
    pthread_join(w->thread, NULL);
    assert_int_equal(w->stored, 1);
    w->hangs_up = false;
    serve_again(w);
}

/* test_answers_unread - a peer that closes with answers unread ends the connection, no more */
static void test_answers_unread(void **state)
{
    struct wire *w = *state;

    put_text(w, "\x0b" ADMIT("C1") "\x1c\r");
    while (!w->stored)
        poll(NULL, 0, 5);
    poll(NULL, 0, 50);
    close(w->ours);
    w->ours = -1;
    pthread_join(w->thread, NULL);
    assert_int_equal(w->stored, 1);
    serve_again(w);
}

/* test_slow_reader - who reads his answers late has them all */
static void test_slow_reader(void **state)
{
    enum { MANY = 40 };
    struct wire *w = *state;
    char text[512], msa[32];
    int room = 1;

    assert_int_equal(setsockopt(w->theirs, SOL_SOCKET, SO_SNDBUF, &room, sizeof(room)), 0);
    for (int i = 0; i < MANY; i++) {
        snprintf(text, sizeof(text), "\x0b" HEAD("ADT^A01", "S%d") VISIT "\x1c\r", i);
        put_text(w, text);
    }
    poll(NULL, 0, 500);
    assert_true(w->stored < MANY);
    for (int i = 0; i < MANY; i++) {
        snprintf(msa, sizeof(msa), "MSA|AA|S%d\r", i);
        expect(w, msa);
    }
    assert_int_equal(w->stored, MANY);
}

/* test_stop_in_frame - half a frame is nobody's when we stop */
static void test_stop_in_frame(void **state)
{
    struct wire *w = *state;
    char answer[64];

    put_text(w, "\x0b" ADMIT("C1"));
    poll(NULL, 0, 50);
    w->stop = true;
    pthread_join(w->thread, NULL);
    assert_int_equal(w->stored, 0);
    assert_string_equal(get(w, answer, sizeof(answer), 50), "");
    serve_again(w);
}

/* test_half_frame_and_gone - the peer hangs up in a frame: nothing is stored, nothing waits */
static void test_half_frame_and_gone(void **state)
{
    struct wire *w = *state;

    put_text(w, "\x0b" ADMIT("C1"));
    shutdown(w->ours, SHUT_WR);
    pthread_join(w->thread, NULL);
    assert_int_equal(w->stored, 0);
    serve_again(w);
}

/* connect_from - a client of the listener at 127.0.0.`host` */
static int connect_from(unsigned host, int port)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)},
                       from = {.sin_family = AF_INET};
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    from.sin_addr.s_addr = htonl((INADDR_LOOPBACK & ~0xffu) | host);
    assert_int_equal(bind(fd, (struct sockaddr *)&from, sizeof(from)), 0);
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_int_equal(connect(fd, (struct sockaddr *)&at, sizeof(at)), 0);
    return fd;
}

/* connect_to - at 127.0.0.1 */
static int connect_to(int port)
{
    return connect_from(1, port);
}

/* test_listener - many connections at a time, one more than allowed is closed, stop ends all */
static void test_listener(void **state)
{
    enum { CLIENTS = 20 };
    const struct conf_row *const tables[] = {intake_settings, NULL};
    struct wire *w = *state, clients[CLIENTS];
    struct err e = {0};
    struct conf *c = conf_load(tables, &e);
    struct mllp *m = NULL;
    char answer[4096];
    int extra;

    assert_int_equal(conf_set(c, "MLLP_PORT", "0", &e), 0);
    assert_int_equal(conf_set(c, "MLLP_CONNECTIONS", "20", &e), 0);
    assert_int_equal(mllp_start(c, &w->conf, &w->out, &m, &e), 0);
    for (int i = 0; i < CLIENTS; i++) {
        clients[i].ours = connect_to(mllp_port(m));
        snprintf(answer, sizeof(answer), "\x0b" HEAD("ADT^A01", "L%d") VISIT "\x1c\r", i);
        put_text(&clients[i], answer);
    }
    for (int i = 0; i < CLIENTS; i++) {
        snprintf(answer, sizeof(answer), "MSA|AA|L%d\r", i);
        expect(&clients[i], answer);
    }
    extra = connect_to(mllp_port(m));
    assert_int_equal(recv(extra, answer, 1, 0), 0);
    close(extra);
    assert_int_equal(w->stored, CLIENTS);
    assert_true(mllp_stop(m));
    for (int i = 0; i < CLIENTS; i++) {
        assert_int_equal(recv(clients[i].ours, answer, 1, 0), 0);
        close(clients[i].ours);
    }
    assert_int_equal(conf_set(c, "MLLP_ADDRESS", "no address", &e), 0);
    assert_int_equal(mllp_start(c, &w->conf, &w->out, &m, &e), -1);
    assert_non_null(strstr(e.text, "MLLP_ADDRESS"));
    conf_free(c);
}

/* started_with - a listener with one more setting, or why there is none */
static struct mllp *started_with(struct wire *w, const char *port, const char *name,
                                 const char *value, struct err *e)
{
    const struct conf_row *const tables[] = {intake_settings, NULL};
    struct conf *c = conf_load(tables, e);
    struct mllp *m = NULL;

    assert_int_equal(conf_set(c, "MLLP_PORT", port, e), 0);
    assert_int_equal(conf_set(c, name, value, e), 0);
    if (mllp_start(c, &w->conf, &w->out, &m, e) != 0)
        m = NULL;
    conf_free(c);
    return m;
}

/* started - at a port (0: a free one) */
static struct mllp *started(struct wire *w, const char *port, struct err *e)
{
    return started_with(w, port, "MLLP_ADDRESS", "127.0.0.1", e);
}

/* is_served - does it get its message answered, or is it closed? */
static bool is_served(int fd)
{
    struct wire client = {.ours = fd};
    char answer[4096];

    send(fd, "\x0b" ADMIT("E1") "\x1c\r", strlen("\x0b" ADMIT("E1") "\x1c\r"), MSG_NOSIGNAL);
    return strstr(get(&client, answer, sizeof(answer), 10000), "MSA|AA|E1\r") != NULL;
}

/* test_each - one address has so many connections, another its own; one that ends makes room, a
 * moment after its end is seen here */
static void test_each(void **state)
{
    struct wire *w = *state;
    struct err e = {0};
    struct mllp *m = started_with(w, "0", "MLLP_CONNECTIONS_EACH", "2", &e);
    int first = connect_to(mllp_port(m)), second = connect_to(mllp_port(m)),
        third = connect_to(mllp_port(m)), other = connect_from(2, mllp_port(m));
    bool served = false;
    char end;

    assert_true(is_served(first));
    assert_true(is_served(second));
    assert_false(is_served(third));
    assert_true(is_served(other));
    shutdown(second, SHUT_WR);
    assert_int_equal(recv(second, &end, 1, 0), 0);
    for (int i = 0; !served && i < 100; i++) {
        poll(NULL, 0, 20);
        close(third);
        third = connect_to(mllp_port(m));
        served = is_served(third);
    }
    assert_true(served);
    assert_true(mllp_stop(m));
    close(first);
    close(second);
    close(third);
    close(other);
}

/* test_idle - a connection without a message ends by itself, unanswered */
static void test_idle(void **state)
{
    struct wire *w = *state;
    struct err e = {0};
    struct mllp *m = started_with(w, "0", "MLLP_IDLE_SECONDS", "1", &e);
    int fd = connect_to(mllp_port(m));
    char end;

    assert_true(is_served(fd));
    assert_int_equal(recv(fd, &end, 1, 0), 0);
    close(fd);
    assert_true(mllp_stop(m));
}

/* no_more_files - from now on no descriptor is to be had; the limit before it */
static struct rlimit no_more_files(void)
{
    struct rlimit before, now;
    int next = dup(2);

    close(next);
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    now = (struct rlimit){(rlim_t)next, before.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &now), 0);
    return before;
}

/* test_nowhere_to_listen - a port that is taken, no descriptor, no certificate: said at the start
 */
static void test_nowhere_to_listen(void **state)
{
    struct wire *w = *state;
    struct err e = {0};
    struct mllp *m = started(w, "0", &e);
    struct rlimit files;
    char port[8];

    snprintf(port, sizeof(port), "%d", mllp_port(m));
    assert_null(started(w, port, &e));
    assert_string_equal(e.code, "listen");
    assert_int_equal(e.class, ERR_FATAL);
    assert_true(mllp_stop(m));
    assert_null(started_with(w, "0", "TLS_CERT_FILE", "/nowhere/cert.pem", &e));
    assert_string_equal(e.code, "setting");
    files = no_more_files();
    memset(&e, 0, sizeof(e));
    assert_null(started(w, "0", &e));
    setrlimit(RLIMIT_NOFILE, &files);
    assert_string_equal(e.code, "listen");
    assert_true(mllp_stop(NULL));
}

/* cpu_ms - that the process has used */
static int64_t cpu_ms(void)
{
    struct rusage u;

    getrusage(RUSAGE_SELF, &u);
    return (u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1000 +
           (u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1000;
}

/* test_no_descriptors - a connection waits without a busy loop until there is one for it */
static void test_no_descriptors(void **state)
{
    struct wire *w = *state, client;
    struct err e = {0};
    struct mllp *m = started(w, "0", &e);
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((uint16_t)mllp_port(m))};
    struct rlimit files;
    int64_t before;

    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    client.ours = socket(AF_INET, SOCK_STREAM, 0);
    files = no_more_files();
    assert_int_equal(connect(client.ours, (struct sockaddr *)&at, sizeof(at)), 0);
    before = cpu_ms();
    poll(NULL, 0, 600);
    assert_true(cpu_ms() - before < 200);
    setrlimit(RLIMIT_NOFILE, &files);
    put_text(&client, "\x0b" ADMIT("C1") "\x1c\r");
    expect(&client, "MSA|AA|C1\r");
    close(client.ours);
    assert_true(mllp_stop(m));
}

/* test_stop_waits - for the message in hand: it is stored and answered */
static void test_stop_waits(void **state)
{
    struct wire *w = *state, client;
    struct err e = {0};
    struct mllp *m = started(w, "0", &e);

    w->slow_ms = 900;
    client.ours = connect_to(mllp_port(m));
    put_text(&client, "\x0b" ADMIT("C1") "\x1c\r");
    while (!w->begun)
        poll(NULL, 0, 1);
    assert_true(mllp_stop(m));
    assert_int_equal(w->stored, 1);
    expect(&client, "MSA|AA|C1\r");
    close(client.ours);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

/* main - the cases */
int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_answer),
        CASE(test_pieces),
        CASE(test_bad_ones),
        CASE(test_kept),
        CASE(test_too_large),
        CASE(test_broker_away),
        CASE(test_no_answer_to_an_answer),
        CASE(test_slow_frame),
        CASE(test_half_frame_and_gone),
        CASE(test_blanks_before),
        CASE(test_gone_before_answer),
        CASE(test_gone_in_next_frame),
        CASE(test_answers_unread),
        CASE(test_slow_reader),
        CASE(test_stop_in_frame),
        CASE(test_listener),
        CASE(test_each),
        CASE(test_idle),
        CASE(test_nowhere_to_listen),
        CASE(test_no_descriptors),
        CASE(test_stop_waits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
