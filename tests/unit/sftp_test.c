/* sftp_test.c - routes by SFTP against OpenSSH's server on loopback: a file arrives once, whatever
 * the server does; replies are fetched and taken away */
#include "tests/support/test.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/str.h"
#include "common/sys/clock.h"
#include "common/sys/digest.h"
#include "common/sys/file.h"
#include "services/submitter/submitter.h"
#include "tests/support/folder.h"
#include "tests/support/loading.h"
#include "tests/support/port.h"
#include "tests/support/sftp.h"

#define HEAD                                                                                       \
    "receiver,qualifier,receiver_id,sender_qualifier,sender_id,submitter_name,submitter_contact,"  \
    "submitter_phone,receiver_name,mailbox,replies,test,sandbox,batch_claims,batch_bytes,batch_"   \
    "age_ms,from,to,transport,gap_ms,time_zone,closed,user,secret,host_key,poll_ms,timeout_ms\n"
#define OTHER_KEY "SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

enum { BYTES = 60000, PATIENCE_MS = 20000 };

static char root[200], in[300], out[300];
static struct sftp_server server;
static struct loading loading;
static struct conf *conf;
static struct svc_sim *sim;
static struct arena *memory;
static struct err error;
static int64_t now;
static char bytes[BYTES + 1];

/* add_route - one more row */
static void add_route(struct buf *b, const char *name, int port, const char *secret,
                      const char *print)
{
    buf_addf(
        b,
        "%s,ZZ,%s,ZZ,SUBM1,GROUP,,,PAYER,sftp://127.0.0.1:%d%s,sftp://127.0.0.1:%d%s/%s,Y,Y,500,"
        "4000000,1000,2000-01-01,,sftp,,,,%s,%s,%s,1000,5000\n",
        name, name, port, in, port, out, name, server.user, secret, print);
}

/* open_routes - a deliver over them */
static void open_routes(struct buf *b)
{
    const struct conf_row *const rows[] = {submitter_deliver_spec.settings, NULL};

    loading_begin(&loading, NULL);
    assert_int_equal(loading_add(&loading, "routes.csv", b->data), LOAD_TAKEN);
    loading_publish(&loading);
    buf_release(b);
    conf = conf_load(rows, &error);
    assert_int_equal(conf_set(conf, "MAIL_DIR", root, &error), 0);
    assert_int_equal(conf_set(conf, "SECRETS_DIR", root, &error), 0);
    assert_int_equal(conf_set(conf, "REPLIES_POLL_MS", "0", &error), 0);
    assert_int_equal(conf_set(conf, "REPLY_MAX_BYTES", "100000", &error), 0);
    sim = svc_sim_new(&submitter_deliver_spec, conf, loading.tables, &error);
    assert_non_null(sim);
}

/* setup - a payer whose server runs, and a route to it */
static int setup(void **state)
{
    struct buf b;

    (void)state;
    folder_make(root, sizeof(root), "sftp_test");
    snprintf(in, sizeof(in), "%s/in", root);
    snprintf(out, sizeof(out), "%s/out", root);
    assert_int_equal(mkdir(in, 0750), 0);
    assert_int_equal(mkdir(out, 0750), 0);
    assert_true(sftp_server_init(&server, root));
    assert_true(sftp_server_start(&server));
    buf_init(&b);
    buf_adds(&b, HEAD);
    add_route(&b, "PAYER", server.port, "user_key", server.print);
    add_route(&b, "TWOKEYS", server.port, "user_key", OTHER_KEY " ");
    b.len -= strlen(" ,1000,5000\n");
    buf_addf(&b, " %s,1000,5000\n", server.print);
    add_route(&b, "WRONGKEY", server.port, "user_key", OTHER_KEY);
    add_route(&b, "REFUSED", server.port, "other_key", server.print);
    add_route(&b, "NOSECRET", server.port, "no_key", server.print);
    open_routes(&b);
    memory = arena_new(1 << 22);
    now = INT64_C(1775000000000);
    for (int i = 0; i < BYTES; i++)
        bytes[i] = (char)('A' + i % 26);
    return 0;
}

/* teardown - gives all back */
static int teardown(void **state)
{
    (void)state;
    svc_sim_free(sim);
    conf_free(conf);
    loading_end(&loading);
    arena_free(memory);
    sftp_server_stop(&server);
    folder_remove(root);
    return 0;
}

/* feed - a file of one claim to a receiver */
static void feed(const char *receiver, int number)
{
    CcInterchange *f = event_new(memory, &cc_interchange__descriptor);
    CcSentClaim *c = event_new(memory, &cc_sent_claim__descriptor);
    char hex[DIGEST_TEXT];

    f->receiver = arena_strdup(memory, receiver);
    f->isa13 = arena_printf(memory, "%09d", number);
    f->file_name = arena_printf(memory, "T_%s_837P_20260401_%09d.x12", receiver, number);
    f->x12.data = (uint8_t *)bytes;
    f->x12.len = BYTES;
    f->sha256 = arena_strdup(memory, digest_hex(bytes, BYTES, hex));
    c->claim_id = arena_printf(memory, "A%d", number);
    c->st02 = arena_strdup(memory, "0001");
    event_push(memory, f, claims, c);
    assert_int_equal(svc_sim_feed(sim, TOPIC_INTERCHANGES, 0, receiver,
                                  arena_printf(memory, "e%d", number), &f->base, now, &error),
                     0);
}

/* turn - a little time */
static void turn(void)
{
    usleep(5000);
    now += 50;
    assert_int_equal(svc_sim_clock(sim, now, &error), 0);
}

/* until - so many outputs */
static void until(size_t outputs)
{
    const int64_t end = clock_ms() + PATIENCE_MS;

    while (svc_sim_count(sim) < outputs && clock_ms() < end)
        turn();
    assert_int_equal(svc_sim_count(sim), outputs);
}

/* rest - a while in which nothing may come */
static void rest(int64_t ms)
{
    const size_t n = svc_sim_count(sim);

    for (const int64_t end = now + ms; now < end;)
        turn();
    assert_int_equal(svc_sim_count(sim), n);
}

/* sent - the i-th output says that the claim went */
static void sent(size_t i)
{
    const struct svc_sim_output *o = svc_sim_output(sim, i);
    ProtobufCMessage *m;

    assert_int_equal(o->topic, TOPIC_CLAIMS_STATUS);
    assert_int_equal(
        event_unpack(memory, &cc_claim_status__descriptor, o->value, o->value_len, &m, &error), 0);
    assert_int_equal(((CcClaimStatus *)(void *)m)->state, CLAIM_STATE_SENT);
}

/* asked - the i-th output is a question for this reason */
static void asked_for(size_t i, const char *reason)
{
    const struct svc_sim_output *o = svc_sim_output(sim, i);
    ProtobufCMessage *m;

    assert_int_equal(o->topic, TOPIC_WORK_REVIEW);
    assert_int_equal(
        event_unpack(memory, &cc_review_item__descriptor, o->value, o->value_len, &m, &error), 0);
    assert_string_equal(((CcReviewItem *)(void *)m)->reason, reason);
}

/* arrived - so many whole files lie there, and no part of one */
static void arrived(int files)
{
    struct buf b;

    buf_init(&b);
    assert_int_equal(folder_look(in, NULL, &b), files);
    if (files)
        assert_true(b.len == BYTES && memcmp(b.data, bytes, BYTES) == 0);
    buf_release(&b);
}

/* delivers - two files in a row, by a key; another of the host's fingerprints may stand first */
static void delivers(void **state)
{
    (void)state;
    feed("PAYER", 101);
    feed("PAYER", 201);
    until(2);
    sent(0);
    sent(1);
    arrived(2);
    feed("TWOKEYS", 301);
    until(3);
    arrived(3);
}

/* away - a server that is down is tried until it is back; the file arrives once */
static void away(void **state)
{
    (void)state;
    sftp_server_stop(&server);
    feed("PAYER", 101);
    rest(2500);
    assert_true(sftp_server_start(&server));
    until(1);
    sent(0);
    rest(1000);
    arrived(1);
}

/* cut - the server dies in the middle of the upload; no whole name is there, then the file is */
static void cut(void **state)
{
    (void)state;
    sftp_server_run(&server, "ulimit -f 40;", "");
    feed("PAYER", 101);
    rest(1500);
    assert_int_equal(folder_look(in, "T_PAYER_837P_20260401_000000101.x12.part", NULL),
                     folder_look(in, NULL, NULL));
    sftp_server_run(&server, "", "");
    until(1);
    sent(0);
    arrived(1);
}

/* full - the disk takes no more: not sent, tried again, then sent */
static void full(void **state)
{
    (void)state;
    sftp_server_run(&server, "trap '' XFSZ; ulimit -f 40;", "");
    feed("PAYER", 101);
    rest(1500);
    sftp_server_run(&server, "", "");
    until(1);
    sent(0);
    arrived(1);
}

/* stopped - another host key, a key of ours that is refused, a secret that is not there: nothing is
 * sent, a person is asked at once, with the reason */
static void stopped(void **state)
{
    static const char *const rows[][2] = {
        {"WRONGKEY", "host-key"}, {"REFUSED", "login"}, {"NOSECRET", "secret"}};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        feed(rows[i][0], 101);
        until(i + 1);
        asked_for(i, rows[i][1]);
    }
    rest(1000);
    arrived(0);
}

/* taken - the answer to the rename is lost, and the payer takes the file: it is not sent again */
static void taken(void **state)
{
    char part[400];

    (void)state;
    sftp_server_run(&server, "", "-P rename");
    feed("PAYER", 101);
    until(1);
    asked_for(0, "rename");
    snprintf(part, sizeof(part), "%s/T_PAYER_837P_20260401_000000101.x12.part", in);
    assert_int_equal(unlink(part), 0);
    sftp_server_run(&server, "", "");
    now += 300000;
    until(3);
    sent(2);
    arrived(0);
}

/* replaced - another file has the name meanwhile: a person, never over it */
static void replaced(void **state)
{
    (void)state;
    assert_int_equal(file_write(in, "T_PAYER_837P_20260401_000000101.x12", "x", 1, &error), 0);
    feed("PAYER", 101);
    until(2);
    asked_for(1, "name-reused");
}

/* drop_box - nobody may read: the listing tells the size */
static void drop_box(void **state)
{
    (void)state;
    sftp_server_run(&server, "", "-P read");
    feed("PAYER", 101);
    until(1);
    sent(0);
    arrived(1);
}

/* slow - a payer that says nothing delays no other */
static void slow(void **state)
{
    struct buf b;
    int port, fd = port_silent(&port);

    (void)state;
    svc_sim_free(sim);
    conf_free(conf);
    loading_end(&loading);
    buf_init(&b);
    buf_adds(&b, HEAD);
    add_route(&b, "ASLOW", port, "user_key", server.print);
    add_route(&b, "PAYER", server.port, "user_key", server.print);
    open_routes(&b);
    feed("ASLOW", 101);
    feed("PAYER", 101);
    until(1);
    sent(0);
    arrived(1);
    close(fd);
}

/* reply - the i-th output is a reply of these bytes */
static void reply(size_t i, const char *text)
{
    const struct svc_sim_output *o = svc_sim_output(sim, i);
    char hex[DIGEST_TEXT];

    assert_int_equal(o->topic, TOPIC_PAYER_REPLIES);
    assert_string_equal(o->key, digest_hex(text, strlen(text), hex));
}

/* replies - each once, as it came, also under an odd name; a file that still grows, or has a
 * temporary name, later; taken away when it is ours; a large one stays, and a person is asked */
static void replies(void **state)
{
    const int64_t end = clock_ms() + PATIENCE_MS;
    struct buf large;

    (void)state;
    snprintf(out, sizeof(out), "%s/out/PAYER", root);
    assert_int_equal(mkdir(out, 0750), 0);
    assert_int_equal(file_write(out, "999 of%20today#1.x12", "ISA*one~", 8, &error), 0);
    assert_int_equal(file_write(out, "835.x12.part", "ISA*two", 7, &error), 0);
    until(1);
    reply(0, "ISA*one~");
    while (folder_look(out, "999", NULL) && clock_ms() < end)
        turn();
    assert_int_equal(folder_look(out, NULL, NULL), 1);
    rest(3000);
    assert_int_equal(file_write(out, "835.x12", "ISA*two", 7, &error), 0);
    rest(900); /* not yet REPLIES_SETTLE_MS */
    assert_int_equal(file_write(out, "835.x12", "ISA*two, more~", 14, &error), 0);
    until(2);
    reply(1, "ISA*two, more~");
    buf_init(&large);
    for (int i = 0; i < 10; i++)
        buf_adds(&large, "ten thousand and more bytes");
    while (large.len <= 100000)
        buf_add(&large, bytes, 1000);
    assert_int_equal(file_write(out, "large.x12", large.data, large.len, &error), 0);
    buf_release(&large);
    until(3);
    rest(5000);
    assert_int_equal(folder_look(out, "large", NULL), 1);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(delivers), CASE(away),     CASE(cut),      CASE(full), CASE(stopped),
        CASE(taken),    CASE(replaced), CASE(drop_box), CASE(slow), CASE(replies),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
