/* deliver_stage_test.c - deliver as a stage: interchanges into the folders that the routes name,
 * replies out of them */
#include "tests/support/test.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/date.h"
#include "common/sys/digest.h"
#include "common/sys/file.h"
#include "services/submitter/submitter.h"
#include "tests/support/folder.h"
#include "tests/support/loading.h"

#define NOW INT64_C(1775000000000)
#define HEAD                                                                                       \
    "receiver,qualifier,receiver_id,sender_qualifier,sender_id,submitter_name,submitter_contact,"  \
    "submitter_phone,receiver_name,mailbox,replies,test,sandbox,batch_claims,batch_bytes,batch_"   \
    "age_ms,from,to,transport,gap_ms,time_zone,closed\n"
#define TAIL ",Y,Y,500,4000000,1000,2000-01-01,,,,,\n"
#define SHUT_TAIL ",Y,Y,500,4000000,1000,2000-01-01,,folder,60000,-0500,SUN 0000-0600\n"

static char root[256], outside[300], inbox[300];
static struct loading loading;
static struct conf *conf;
static struct svc_sim *sim;
static struct arena *memory;
static struct err error;

/* publish_routes - the table: one below MAIL_DIR, one absolute, one that is closed, and one of this
 * mailbox and transport */
static void publish_routes(const char *odd, const char *by)
{
    struct buf b;

    buf_init(&b);
    buf_addf(&b,
             HEAD "NEAR,ZZ,NEAR,ZZ,SUBM1,GROUP,,,NEAR,out/NEAR,in/NEAR" TAIL
                  "SHUT,ZZ,SHUT,ZZ,SUBM1,GROUP,,,SHUT,out/SHUT,in/SHUT" SHUT_TAIL
                  "FAR,ZZ,FAR,ZZ,SUBM1,GROUP,,,FAR,%s,%s/replies" TAIL
                  "ODD,ZZ,ODD,ZZ,SUBM1,GROUP,,,ODD,%s,in/ODD,Y,Y,500,4000000,1000,2000-01-01,,%s,,,"
                  "\n",
             outside, outside, odd, by);
    assert_int_equal(loading_add(&loading, "routes.csv", b.data), LOAD_TAKEN);
    loading_publish(&loading);
    buf_release(&b);
}

/* setup - a fresh deliver over two routes */
static int setup(void **state)
{
    const struct conf_row *const rows[] = {submitter_deliver_spec.settings, NULL};

    (void)state;
    folder_make(root, sizeof(root), "deliver_stage_test");
    snprintf(outside, sizeof(outside), "%s/mounted", root);
    snprintf(inbox, sizeof(inbox), "%s/in/NEAR", root);
    loading_begin(&loading, NULL);
    publish_routes("no address", "sftp");
    conf = conf_load(rows, &error);
    assert_int_equal(conf_set(conf, "MAIL_DIR", root, &error), 0);
    assert_int_equal(conf_set(conf, "REPLIES_SETTLE_MS", "0", &error), 0);
    assert_int_equal(conf_set(conf, "REPLIES_POLL_MS", "0", &error), 0);
    assert_int_equal(conf_set(conf, "REPLY_MAX_BYTES", "2000", &error), 0);
    sim = svc_sim_new(&submitter_deliver_spec, conf, loading.tables, &error);
    assert_non_null(sim);
    memory = arena_new(1 << 20);
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
    folder_remove(root);
    return 0;
}

/* file_to - an interchange of two claims to a receiver */
static CcInterchange *file_to(const char *receiver)
{
    static char bytes[] = "ISA*bytes of an interchange~";
    CcInterchange *f = event_new(memory, &cc_interchange__descriptor);
    char hex[DIGEST_TEXT];

    f->receiver = arena_strdup(memory, receiver);
    f->file_name = arena_printf(memory, "T_%s_837P_20260401_000000101.x12", receiver);
    f->x12.data = arena_memdup(memory, bytes, sizeof(bytes) - 1);
    f->x12.len = sizeof(bytes) - 1;
    f->sha256 = arena_strdup(memory, digest_hex(bytes, sizeof(bytes) - 1, hex));
    f->isa13 = arena_strdup(memory, "000000101");
    for (int i = 0; i < 2; i++) {
        CcSentClaim *c = event_new(memory, &cc_sent_claim__descriptor);

        c->claim_id = arena_printf(memory, "A%d", i);
        c->version = 3;
        c->st02 = arena_strdup(memory, "0001");
        event_push(memory, f, claims, c);
    }
    return f;
}

/* feed - the interchange; what svc_sim_feed answers */
static int feed(const CcInterchange *f)
{
    return svc_sim_feed(sim, TOPIC_INTERCHANGES, 0, f->receiver, "e1", &f->base, NOW, &error);
}

/* status - the i-th output */
static CcClaimStatus *status(size_t i)
{
    const struct svc_sim_output *o = svc_sim_output(sim, i);
    ProtobufCMessage *m;

    assert_int_equal(o->topic, TOPIC_CLAIMS_STATUS);
    assert_int_equal(
        event_unpack(memory, &cc_claim_status__descriptor, o->value, o->value_len, &m, &error), 0);
    return (CcClaimStatus *)(void *)m;
}

/* asks - the i-th output, a question */
static CcReviewItem *asks(size_t i)
{
    const struct svc_sim_output *o = svc_sim_output(sim, i);
    ProtobufCMessage *m;

    assert_int_equal(o->topic, TOPIC_WORK_REVIEW);
    assert_int_equal(
        event_unpack(memory, &cc_review_item__descriptor, o->value, o->value_len, &m, &error), 0);
    return (CcReviewItem *)(void *)m;
}

/* sent - the file lies in the mailbox, each claim is SENT; again: said again, not sent again */
static void sent(void **state)
{
    char mailbox[400], path[600];

    (void)state;
    snprintf(mailbox, sizeof(mailbox), "%s/out/NEAR", root);
    assert_int_equal(feed(file_to("NEAR")), 0);
    assert_int_equal(folder_look(mailbox, NULL, NULL), 1);
    assert_int_equal(svc_sim_count(sim), 2);
    assert_int_equal(status(0)->state, CLAIM_STATE_SENT);
    assert_string_equal(status(0)->event, "transport_ok");
    assert_string_equal(status(1)->claim_id, "A1");
    assert_int_equal(status(1)->version, 3);
    assert_string_equal(status(1)->isa13, "000000101");
    assert_string_equal(status(1)->interchange, "T_NEAR_837P_20260401_000000101.x12");
    snprintf(path, sizeof(path), "%s/T_NEAR_837P_20260401_000000101.x12", mailbox);
    assert_int_equal(unlink(path), 0); /* the payer took it */
    assert_int_equal(feed(file_to("NEAR")), 0);
    assert_int_equal(folder_look(mailbox, NULL, NULL), 0);
    assert_int_equal(svc_sim_count(sim), 4);
}

/* not_mounted - an absolute folder that is not there is waited for, never made; other routes go on;
 * a person is asked once, and told when it works again */
static void not_mounted(void **state)
{
    int64_t now = NOW;

    (void)state;
    assert_int_equal(feed(file_to("FAR")), 0);
    assert_int_equal(svc_sim_count(sim), 0);
    assert_false(file_exists(outside));
    assert_int_equal(feed(file_to("NEAR")), 0);
    assert_int_equal(svc_sim_count(sim), 2);
    svc_sim_clear(sim);
    for (int tries = 1; tries < 6; tries++) {
        now += 10000;
        assert_int_equal(svc_sim_clock(sim, now, &error), 0);
    }
    assert_int_equal(svc_sim_count(sim), 1);
    assert_string_equal(asks(0)->reason, "mailbox");
    assert_string_equal(asks(0)->state, "open");
    assert_int_equal(mkdir(outside, 0750), 0);
    assert_int_equal(svc_sim_clock(sim, now + 10000, &error), 0); /* the circuit is open */
    assert_int_equal(folder_look(outside, NULL, NULL), 0);
    assert_int_equal(svc_sim_clock(sim, now + 300000, &error), 0);
    assert_int_equal(folder_look(outside, NULL, NULL), 1);
    assert_int_equal(svc_sim_count(sim), 4);
    assert_string_equal(asks(1)->state, "done");
    assert_int_equal(status(2)->state, CLAIM_STATE_SENT);
    assert_int_equal(svc_sim_clock(sim, now + 9000000, &error), 0);
    assert_int_equal(svc_sim_count(sim), 4);
}

/* numbers - a control number that another file had is refused; once it is forgotten too long ago,
 * no more */
static void numbers(void **state)
{
    CcInterchange *f = file_to("NEAR");

    (void)state;
    assert_int_equal(feed(f), 0);
    svc_sim_clear(sim);
    f->file_name = arena_strdup(memory, "T_NEAR_837P_20270401_000000101.x12");
    assert_int_equal(feed(f), 0);
    assert_int_equal(svc_sim_count(sim), 1);
    assert_true(svc_sim_output(sim, 0)->dead);
    assert_string_equal(svc_sim_output(sim, 0)->dead_reason, "number-reused");
    f->isa13 = arena_strdup(memory, "000000201");
    assert_int_equal(feed(f), 0);
    assert_int_equal(status(1)->state, CLAIM_STATE_SENT);
    svc_sim_clear(sim);
    assert_int_equal(svc_sim_clock(sim, NOW + 800 * INT64_C(86400000), &error), 0);
    f->isa13 = arena_strdup(memory, "000000101");
    f->file_name = arena_strdup(memory, "T_NEAR_837P_20280401_000000101.x12");
    assert_int_equal(feed(f), 0);
    assert_int_equal(status(0)->state, CLAIM_STATE_SENT);
}

/* held - another file lies in the mailbox's receipts: people and claims are told, and the next file
 * goes; a person's word takes it up again */
static void held(void **state)
{
    CcInterchange *f = file_to("NEAR");
    char spool[400];

    (void)state;
    snprintf(spool, sizeof(spool), "%s/out/NEAR/.cleanclaim", root);
    assert_int_equal(file_make_dirs(spool, &error), 0);
    assert_int_equal(
        file_write(spool, "T_NEAR_837P_20260401_000000101.x12.receipt", "x", 1, &error), 0);
    assert_int_equal(feed(f), 0);
    assert_int_equal(svc_sim_count(sim), 3);
    assert_int_equal(status(0)->state, CLAIM_STATE_BATCHED);
    assert_string_equal(status(1)->event, "transport_failed");
    assert_string_equal(asks(2)->reason, "name-reused");
    svc_sim_clear(sim);
    assert_int_equal(feed(f), 0); /* the same record again is no word */
    assert_int_equal(svc_sim_count(sim), 0);
    snprintf(spool, sizeof(spool),
             "%s/out/NEAR/.cleanclaim/T_NEAR_837P_20260401_000000101.x12.receipt", root);
    assert_int_equal(unlink(spool), 0);
    f->attempt = 1;
    assert_int_equal(feed(f), 0);
    assert_int_equal(svc_sim_count(sim), 3);
    assert_string_equal(asks(0)->state, "done");
    assert_int_equal(status(1)->state, CLAIM_STATE_SENT);
}

/* no_way - a row that cannot be followed: a person is asked at once, the file waits, other routes
 * go on; with another row it goes */
static void no_way(void **state)
{
    (void)state;
    assert_int_equal(feed(file_to("ODD")), 0);
    assert_int_equal(feed(file_to("NEAR")), 0);
    assert_int_equal(svc_sim_count(sim), 2);
    assert_int_equal(svc_sim_clock(sim, NOW, &error), 0);
    assert_int_equal(svc_sim_count(sim), 3);
    assert_string_equal(asks(2)->reason, "route");
    publish_routes("out/ODD", "");
    svc_sim_tables(sim, loading.tables);
    assert_int_equal(svc_sim_clock(sim, NOW + 300000, &error), 0);
    assert_int_equal(svc_sim_count(sim), 6);
    assert_string_equal(asks(3)->state, "done");
    assert_int_equal(status(4)->state, CLAIM_STATE_SENT);
}

/* closed - a file waits until the payer's window is over, or the gap since the last one is */
static void closed(void **state)
{
    CcInterchange *f = file_to("SHUT");

    (void)state;
    assert_int_equal(svc_sim_feed(sim, TOPIC_INTERCHANGES, 0, "SHUT", "e1", &f->base,
                                  ms_of(20260607, 3, 59, 0, 0, 0), &error),
                     0);
    assert_int_equal(svc_sim_clock(sim, ms_of(20260607, 10, 59, 59, 0, 0), &error), 0);
    assert_int_equal(svc_sim_count(sim), 2); /* SUN 0000-0600 at -0500 is 0500-1100 */
    f->isa13 = arena_strdup(memory, "000000201");
    assert_int_equal(svc_sim_feed(sim, TOPIC_INTERCHANGES, 0, "SHUT", "e2", &f->base,
                                  ms_of(20260607, 5, 0, 0, 0, 0), &error),
                     0);
    assert_int_equal(svc_sim_clock(sim, ms_of(20260607, 10, 59, 59, 0, 0), &error), 0);
    assert_int_equal(svc_sim_count(sim), 2);
    assert_int_equal(svc_sim_clock(sim, ms_of(20260607, 11, 0, 0, 0, 0), &error), 0);
    assert_int_equal(svc_sim_count(sim), 4);
    f->isa13 = arena_strdup(memory, "000000301");
    assert_int_equal(svc_sim_feed(sim, TOPIC_INTERCHANGES, 0, "SHUT", "e3", &f->base,
                                  ms_of(20260607, 11, 0, 30, 0, 0), &error),
                     0);
    assert_int_equal(svc_sim_count(sim), 4);
    assert_int_equal(svc_sim_clock(sim, ms_of(20260607, 11, 1, 0, 0, 0), &error), 0);
    assert_int_equal(svc_sim_count(sim), 6);
}

/* no_route - a receiver that no row names is a dead letter; without any table we wait */
static void no_route(void **state)
{
    struct tables *none = tables_new();

    (void)state;
    assert_int_equal(feed(file_to("NOWHERE")), 0);
    assert_true(svc_sim_output(sim, 0)->dead);
    assert_string_equal(svc_sim_output(sim, 0)->dead_reason, "route");
    svc_sim_tables(sim, none);
    assert_int_equal(feed(file_to("NEAR")), -1);
    assert_int_equal(error.class, ERR_RETRY);
    svc_sim_tables(sim, loading.tables);
    tables_free(none);
}

/* other_bytes - an interchange that is not what its hash says is never sent */
static void other_bytes(void **state)
{
    CcInterchange *f = file_to("NEAR");

    (void)state;
    f->x12.data[3] ^= 1;
    assert_int_equal(feed(f), 0);
    assert_true(svc_sim_output(sim, 0)->dead);
    assert_string_equal(svc_sim_output(sim, 0)->dead_reason, "sha256");
}

/* replies_taken - each under its hash, moved when durable; a folder that is away hides no other */
static void replies_taken(void **state)
{
    const struct svc_sim_output *o;
    ProtobufCMessage *m;
    CcReply *r;
    char hex[DIGEST_TEXT];

    (void)state;
    assert_int_equal(svc_sim_clock(sim, NOW, &error), 0); /* makes the folder */
    assert_int_equal(file_write(inbox, "999.x12", "ISA*reply~", 10, &error), 0);
    assert_int_equal(svc_sim_clock(sim, NOW + 1, &error), 0);
    assert_int_equal(svc_sim_count(sim), 1);
    o = svc_sim_output(sim, 0);
    assert_int_equal(o->topic, TOPIC_PAYER_REPLIES);
    assert_string_equal(o->key, digest_hex("ISA*reply~", 10, hex));
    assert_int_equal(
        event_unpack(memory, &cc_reply__descriptor, o->value, o->value_len, &m, &error), 0);
    r = (CcReply *)(void *)m;
    assert_string_equal(r->receiver, "NEAR");
    assert_string_equal(r->file_name, "999.x12");
    assert_int_equal(r->x12.len, 10);
    assert_int_equal(folder_look(inbox, NULL, NULL), 0);
    assert_int_equal(svc_sim_clock(sim, NOW + 2, &error), 0);
    assert_int_equal(svc_sim_count(sim), 1);
}

/* too_large - handed over without its bytes */
static void too_large(void **state)
{
    char large[3000];
    ProtobufCMessage *m;

    (void)state;
    memset(large, 'x', sizeof(large));
    assert_int_equal(svc_sim_clock(sim, NOW, &error), 0);
    assert_int_equal(file_write(inbox, "large.x12", large, sizeof(large), &error), 0);
    assert_int_equal(svc_sim_clock(sim, NOW + 1, &error), 0);
    assert_int_equal(svc_sim_count(sim), 1);
    assert_int_equal(event_unpack(memory, &cc_reply__descriptor, svc_sim_output(sim, 0)->value,
                                  svc_sim_output(sim, 0)->value_len, &m, &error),
                     0);
    assert_int_equal(((CcReply *)(void *)m)->x12.len, 0);
    assert_int_equal(((CcReply *)(void *)m)->bytes, 3000);
    assert_int_equal(folder_look(inbox, NULL, NULL), 0);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(sent),      CASE(not_mounted), CASE(no_route), CASE(other_bytes), CASE(replies_taken),
        CASE(too_large), CASE(no_way),      CASE(numbers),  CASE(held),        CASE(closed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
