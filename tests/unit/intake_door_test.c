/* intake_door_test.c - the HTTP listener and MLLP from outside: TLS, client certificates, tokens,
 * limits of rate, size and time */
#include "tests/support/test.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/sys/clock.h"
#include "common/sys/file.h"
#include "services/intake/hl7/mllp.h"
#include "services/intake/intake.h"
#include "services/intake/tls.h"
#include "tests/support/folder.h"
#include "tests/support/port.h"

static char dir[128];

/* A listener and what it was told. */
struct face {
    struct conf *c;
    struct intake_conf *conf;
    struct intake_out out;
    struct intake_http *http;
    int port;
};

/* setup - certificates and tokens */
static int setup(void **state)
{
    char command[400];

    (void)state;
    folder_make(dir, sizeof(dir), "door");
    snprintf(command, sizeof(command),
             "tests/support/authority.sh %s ehr && python3 tests/support/jwt.py %s", dir, dir);
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

/* in_dir - a file there; a few at a time */
static const char *in_dir(const char *name)
{
    static char paths[8][300];
    static size_t n;

    n = (n + 1) % 8;
    snprintf(paths[n], sizeof(paths[n]), "%s/%.100s", dir, name);
    return paths[n];
}

/* publish - the broker takes everything */
static int publish(void *arg, struct arena *a, const struct intake_result *r, struct err *e)
{
    (void)arg;
    (void)a;
    (void)r;
    (void)e;
    return 0;
}

/* open_conf - settings as name and value, NULL-ended */
static struct conf *open_conf(const char *const *settings)
{
    const struct conf_row *const rows[] = {intake_settings, NULL};
    struct err e = {0};
    struct conf *c = conf_load(rows, &e);

    assert_non_null(c);
    for (; settings[0]; settings += 2)
        assert_int_equal(conf_set(c, settings[0], settings[1], &e), 0);
    return c;
}

/* open_face - on a free port */
static struct face *open_face(const char *const *settings)
{
    struct face *f = calloc(1, sizeof(*f));
    struct err e = {0};
    char port[16];

    f->c = open_conf(settings);
    snprintf(port, sizeof(port), "%d", f->port = port_free());
    assert_int_equal(conf_set(f->c, "FHIR_PORT", port, &e), 0);
    f->conf = intake_conf_new(f->c, &e);
    f->out = (struct intake_out){.publish = publish};
    if (intake_http_start(f->c, f->conf, &f->out, &f->http, &e) != 0)
        fail_msg("%s", e.text);
    return f;
}

/* close_face - all of it */
static void close_face(struct face *f)
{
    intake_http_stop(f->http);
    intake_conf_free(f->conf);
    conf_free(f->c);
    free(f);
}

/* What a client brings, and what it got. */
struct client {
    const char *scheme, *host, *ca, *cert; /* cert: name of .pem and .key */
    const char *token;                     /* name of .jwt */
    const char *path;                      /* NULL: fhir */
    long tls_most;                         /* of curl; 0: any */
    size_t bytes;                          /* of the body */
    long status;                           /* 0: no answer */
    char headers[2000], body[2000];
};

/* keep - what comes, as text */
static size_t keep(char *p, size_t size, size_t n, void *to)
{
    char *text = to;
    size_t have = strlen(text), take = size * n < 1999 - have ? size * n : 1999 - have;

    memcpy(text + have, p, take);
    text[have + take] = '\0';
    return size * n;
}

/* set_options - of one request */
static struct curl_slist *set_options(CURL *h, struct client *c, int port, const char *body)
{
    struct curl_slist *list = curl_slist_append(NULL, "Content-Type: application/fhir+json");
    char url[200], header[4096];
    struct err e = {0};
    struct buf token;

    snprintf(url, sizeof(url), "%s://%s:%d/%s", c->scheme, c->host ? c->host : "127.0.0.1", port,
             c->path ? c->path : "fhir");
    curl_easy_setopt(h, CURLOPT_URL, url);
    curl_easy_setopt(h, CURLOPT_TIMEOUT, 10L);
    curl_easy_setopt(h, CURLOPT_POSTFIELDS, body);
    curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, keep);
    curl_easy_setopt(h, CURLOPT_WRITEDATA, c->body);
    curl_easy_setopt(h, CURLOPT_HEADERFUNCTION, keep);
    curl_easy_setopt(h, CURLOPT_HEADERDATA, c->headers);
    curl_easy_setopt(h, CURLOPT_CAINFO, in_dir(c->ca ? c->ca : "ca.pem"));
    if (c->tls_most)
        curl_easy_setopt(h, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1 | c->tls_most);
    if (c->cert) {
        snprintf(header, sizeof(header), "%s/%s.key", dir, c->cert);
        curl_easy_setopt(h, CURLOPT_SSLKEY, header);
        snprintf(header, sizeof(header), "%s/%s.pem", dir, c->cert);
        curl_easy_setopt(h, CURLOPT_SSLCERT, header);
    }
    if (c->token) {
        buf_init(&token);
        snprintf(url, sizeof(url), "%s.jwt", c->token);
        assert_int_equal(file_read(in_dir(url), 4000, &token, &e), 0);
        snprintf(header, sizeof(header), "Authorization: Bearer %s", token.data);
        list = curl_slist_append(list, header);
        buf_release(&token);
    }
    curl_easy_setopt(h, CURLOPT_HTTPHEADER, list);
    return list;
}

/* post - a body that is no FHIR; the status, 0 when there was no answer */
static long post(const struct face *f, struct client *c)
{
    CURL *h = curl_easy_init();
    char *body = calloc(1, c->bytes + 3);
    struct curl_slist *list;

    assert_non_null(h);
    assert_non_null(body);
    memset(body, ' ', c->bytes + 2);
    memcpy(body, "{}", 2);
    c->status = 0;
    c->headers[0] = c->body[0] = '\0';
    list = set_options(h, c, f->port, body);
    if (curl_easy_perform(h) == CURLE_OK)
        curl_easy_getinfo(h, CURLINFO_RESPONSE_CODE, &c->status);
    curl_easy_cleanup(h);
    curl_slist_free_all(list);
    free(body);
    return c->status;
}

/* test_clear - as it was: no door, the message itself is judged */
static void test_clear(void **state)
{
    const char *const settings[] = {"MAX_MESSAGE_BYTES", "2000", NULL};
    struct face *f = open_face(settings);
    struct client c = {.scheme = "http"};

    (void)state;
    assert_in_range(post(f, &c), 400, 422);
    c.bytes = 3000;
    assert_int_equal(post(f, &c), 413);
    c.scheme = "https";
    assert_int_equal(post(f, &c), 0);
    close_face(f);
}

/* test_tls - the server's certificate; who has none by the authority is not let in */
static void test_tls(void **state)
{
    const char *const settings[] = {"TLS_CERT_FILE",
                                    in_dir("server.pem"),
                                    "TLS_KEY_FILE",
                                    in_dir("server.key"),
                                    "TLS_CLIENT_CA_FILE",
                                    in_dir("ca.pem"),
                                    NULL};
    struct face *f = open_face(settings);
    struct client good = {.scheme = "https", .host = "localhost", .cert = "ehr"};
    struct client none = {.scheme = "https"}, other = {.scheme = "https", .ca = "other.pem"};
    struct client over = {.scheme = "https", .cert = "expired"}, clear = {.scheme = "http"};
    struct client old = {.scheme = "https", .cert = "ehr", .tls_most = CURL_SSLVERSION_MAX_TLSv1_1};

    (void)state;
    assert_in_range(post(f, &good), 400, 422);
    assert_int_equal(post(f, &none), 0);
    assert_int_equal(post(f, &other), 0);
    assert_int_equal(post(f, &over), 0);
    assert_int_equal(post(f, &clear), 0);
    assert_int_equal(post(f, &old), 0);
    close_face(f);
}

/* test_reload - a certificate that is replaced is used without a restart; one that is broken is not
 */
static void test_reload(void **state)
{
    const char *const settings[] = {"TLS_CERT_FILE", in_dir("now.pem"), "TLS_KEY_FILE",
                                    in_dir("now.key"), NULL};
    struct client c = {.scheme = "https", .host = "localhost"};
    struct face *f;

    (void)state;
    folder_shell(dir, "cp ip.pem now.pem && cp ip.key now.key");
    f = open_face(settings);
    assert_int_equal(post(f, &c), 0);
    usleep(1100000);
    folder_shell(dir, "cp server.pem now.pem && cp server.key now.key");
    assert_in_range(post(f, &c), 400, 422);
    usleep(1100000);
    folder_shell(dir, "echo broken >now.pem");
    assert_in_range(post(f, &c), 400, 422);
    close_face(f);
}

/* test_tokens - answered before the body is read, with nothing of the token */
static void test_tokens(void **state)
{
    const char *const settings[] = {
        "JWT_JWKS_FILE", in_dir("jwks.json"), "JWT_ISSUER", "https://issuer.test",
        "JWT_AUDIENCE",  "cleanclaim",        NULL};
    struct face *f = open_face(settings);
    struct client c = {.scheme = "http"};

    (void)state;
    assert_int_equal(post(f, &c), 401);
    assert_non_null(strstr(c.headers, "WWW-Authenticate: Bearer"));
    assert_non_null(strstr(c.body, "a bearer token is wanted"));
    c.token = "expired";
    assert_int_equal(post(f, &c), 401);
    assert_non_null(strstr(c.body, "the token is over"));
    c.token = "unsigned";
    assert_int_equal(post(f, &c), 401);
    c.token = "es256";
    assert_in_range(post(f, &c), 400, 422);
    close_face(f);
}

/* test_rate - two at once, then 429 with the time to wait */
static void test_rate(void **state)
{
    const char *const settings[] = {"FHIR_RATE", "1", NULL};
    struct face *f = open_face(settings);
    struct client c = {.scheme = "http"};

    (void)state;
    assert_in_range(post(f, &c), 400, 422);
    assert_in_range(post(f, &c), 400, 422);
    assert_int_equal(post(f, &c), 429);
    assert_non_null(strstr(c.headers, "Retry-After: 1"));
    usleep(1100000);
    assert_in_range(post(f, &c), 400, 422);
    close_face(f);
}

/* test_sources - a token's subject has a rate of its own, beside who comes without one from the
 * same address; what is refused before POST /x12 is said in its words */
static void test_sources(void **state)
{
    const char *const settings[] = {"JWT_JWKS_FILE",
                                    in_dir("jwks.json"),
                                    "JWT_ISSUER",
                                    "https://issuer.test",
                                    "JWT_AUDIENCE",
                                    "cleanclaim",
                                    "FHIR_RATE",
                                    "1",
                                    NULL};
    struct face *f = open_face(settings);
    struct client ehr = {.scheme = "http", .token = "es256"};
    struct client nobody = {.scheme = "http", .path = "x12"};

    (void)state;
    for (int i = 0; i < 8 && post(f, &ehr) != 429; i++)
        assert_in_range(ehr.status, 400, 422);
    assert_int_equal(ehr.status, 429);
    assert_non_null(strstr(ehr.body, "throttled"));
    assert_int_equal(post(f, &nobody), 401);
    assert_non_null(strstr(nobody.headers, "Content-Type: application/json\r\n"));
    assert_non_null(strstr(nobody.body, "\"code\":\"door\""));
    close_face(f);
}

/* dial - a plain connection */
static int dial(int port)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_int_equal(connect(fd, (struct sockaddr *)&at, sizeof(at)), 0);
    return fd;
}

/* drip - byte by byte, ten a second; after how many milliseconds the other side hangs up */
static int64_t drip(int port, const char *start)
{
    int64_t from = clock_mono_us();
    int fd = dial(port);
    char c;

    assert_int_equal(send(fd, start, strlen(start), 0), (ssize_t)strlen(start));
    while (clock_mono_us() - from < 15000000) {
        if (send(fd, "x", 1, MSG_NOSIGNAL) != 1 || recv(fd, &c, 1, MSG_DONTWAIT) == 0)
            break;
        usleep(100000);
    }
    close(fd);
    return (clock_mono_us() - from) / 1000;
}

/* test_slow - headers and bodies that drip are cut, others are served meanwhile */
static void test_slow(void **state)
{
    const char *const settings[] = {"FHIR_REQUEST_SECONDS", "2", "FHIR_CONNECTIONS_EACH", "3",
                                    NULL};
    struct face *f = open_face(settings);
    struct client c = {.scheme = "http"};
    int held[3];

    (void)state;
    assert_in_range(drip(f->port, "POST /fhir HTTP/1.1\r\nHost: x\r\nX-Long: "), 1800, 8000);
    assert_in_range(drip(f->port, "POST /fhir HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{"),
                    1800, 8000);
    for (int i = 0; i < 3; i++)
        held[i] = dial(f->port);
    for (int i = 0; i < 10 && post(f, &c) != 0; i++)
        usleep(100000);
    assert_int_equal(c.status, 0);
    for (int i = 0; i < 3; i++)
        close(held[i]);
    usleep(500000);
    assert_in_range(post(f, &c), 400, 422);
    close_face(f);
}

/* send_mllp - one message over TLS as this client; how many bytes came back */
static ssize_t send_mllp(int port, const char *cert)
{
    static const char message[] = "\x0bMSH|^~\\&|A|B|C|D|20270101||ADT^A99|1|P|2.5.1\r\x1c\r";
    gnutls_certificate_credentials_t own;
    gnutls_session_t s;
    char answer[2000], pem[100], key[100];
    ssize_t n = -1;
    int fd = dial(port), r;

    gnutls_certificate_allocate_credentials(&own);
    gnutls_certificate_set_x509_trust_file(own, in_dir("ca.pem"), GNUTLS_X509_FMT_PEM);
    snprintf(pem, sizeof(pem), "%s.pem", cert ? cert : "");
    snprintf(key, sizeof(key), "%s.key", cert ? cert : "");
    if (cert)
        gnutls_certificate_set_x509_key_file(own, in_dir(pem), in_dir(key), GNUTLS_X509_FMT_PEM);
    gnutls_init(&s, GNUTLS_CLIENT);
    gnutls_set_default_priority(s);
    gnutls_credentials_set(s, GNUTLS_CRD_CERTIFICATE, own);
    gnutls_session_set_verify_cert(s, "localhost", 0);
    gnutls_transport_set_int(s, fd);
    gnutls_handshake_set_timeout(s, 10000);
    do
        r = gnutls_handshake(s);
    while (r < 0 && !gnutls_error_is_fatal(r));
    if (r == 0 && gnutls_record_send(s, message, sizeof(message) - 1) > 0)
        n = gnutls_record_recv(s, answer, sizeof(answer));
    gnutls_deinit(s);
    gnutls_certificate_free_credentials(own);
    close(fd);
    return n;
}

/* silent - a peer that never speaks TLS: hung up after the frame's time */
static bool silent(int port)
{
    struct timeval limit = {10, 0};
    int fd = dial(port);
    char c;
    ssize_t n;

    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    while ((n = recv(fd, &c, 1, 0)) > 0)
        ;
    close(fd);
    return n == 0;
}

/* test_mllp - the same certificates before MLLP */
static void test_mllp(void **state)
{
    const char *const settings[] = {"TLS_CERT_FILE",
                                    in_dir("server.pem"),
                                    "TLS_KEY_FILE",
                                    in_dir("server.key"),
                                    "TLS_CLIENT_CA_FILE",
                                    in_dir("ca.pem"),
                                    "MLLP_PORT",
                                    "0",
                                    "MLLP_FRAME_SECONDS",
                                    "1",
                                    NULL};
    struct intake_out out = {.publish = publish};
    struct conf *c = open_conf(settings);
    struct err e = {0};
    struct intake_conf *conf = intake_conf_new(c, &e);
    struct mllp *m = NULL;

    (void)state;
    assert_int_equal(mllp_start(c, conf, &out, &m, &e), 0);
    assert_true(send_mllp(mllp_port(m), "ehr") > 0);
    assert_true(send_mllp(mllp_port(m), NULL) <= 0);
    assert_true(send_mllp(mllp_port(m), "expired") <= 0);
    assert_true(silent(mllp_port(m)));
    assert_true(mllp_stop(m));
    intake_conf_free(conf);
    conf_free(c);
}

/* test_settings - half of a certificate is none; nothing is listened to in clear instead */
static void test_settings(void **state)
{
    static const char *const bad[][5] = {
        {"TLS_CERT_FILE", "server.pem", NULL},
        {"TLS_CLIENT_CA_FILE", "ca.pem", NULL},
        {"TLS_CERT_FILE", "/no/such", "TLS_KEY_FILE", "/no/such", NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct conf *c = open_conf(bad[i]);
        struct err e = {0};
        struct intake_http *http = NULL;
        struct mllp *m = NULL;

        assert_int_equal(conf_set(c, "MLLP_PORT", "0", &e), 0);
        assert_int_equal(conf_set(c, "FHIR_PORT", "0", &e), 0);
        assert_int_equal(intake_http_start(c, NULL, NULL, &http, &e), -1);
        assert_int_equal(e.class, ERR_FATAL);
        assert_non_null(strstr(e.text, "TLS_"));
        assert_int_equal(mllp_start(c, NULL, NULL, &m, &e), -1);
        assert_non_null(strstr(e.text, "TLS_"));
        conf_free(c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clear),   cmocka_unit_test(test_tls),
        cmocka_unit_test(test_reload),  cmocka_unit_test(test_tokens),
        cmocka_unit_test(test_rate),    cmocka_unit_test(test_slow),
        cmocka_unit_test(test_mllp),    cmocka_unit_test(test_settings),
        cmocka_unit_test(test_sources),
    };

    return cmocka_run_group_tests_name("intake_door", tests, setup, teardown);
}
