/* payer_chain_test.c - build, deliver, the sandbox and follow together, without Kafka: clean claims
 * walk to their payment */
#include "tests/support/test.h"

#include <stdio.h>

#include "common/claim/read837.h"
#include "common/sys/file.h"
#include "services/sandbox/sandbox.h"
#include "services/submitter/submitter.h"
#include "tests/support/folder.h"
#include "tests/support/loading.h"
#include "tests/support/reply.h"

#define START INT64_C(1775044800000) /* 2026-04-01 */
#define ROUTES                                                                                     \
    "receiver,qualifier,receiver_id,sender_qualifier,sender_id,submitter_name,submitter_contact,"  \
    "submitter_phone,receiver_name,"                                                               \
    "mailbox,replies,test,sandbox,batch_claims,batch_bytes,batch_age_ms,from,to\n"                 \
    "CLRHOUSE01,ZZ,CLRHOUSE01,ZZ,SUBM10001,RIVERBEND MEDICAL GROUP,BILLING "                       \
    "DESK,5555550100,EXAMPLE CLEARINGHOUSE,out,in,Y,Y,"                                            \
    "500,4000000,1000,2000-01-01,\n"

enum stage { BUILD, DELIVER, FOLLOW, STAGES };

static const struct svc_spec *const specs[STAGES] = {&submitter_build_spec, &submitter_deliver_spec,
                                                     &submitter_follow_spec};

static char root[256], mailbox[300], replies[300];
static struct loading loading;
static struct conf *confs[STAGES];
static struct svc_sim *sims[STAGES];
static size_t done[STAGES];
static struct sandbox sandbox;
static struct box box;
static struct arena *memory;
static int64_t now;
static struct err error;

/* open_stage - with its settings */
static void open_stage(enum stage s)
{
    const struct conf_row *const rows[] = {specs[s]->settings, NULL};

    confs[s] = conf_load(rows, &error);
    if (s == DELIVER) {
        conf_set(confs[s], "MAIL_DIR", root, &error);
        conf_set(confs[s], "REPLIES_SETTLE_MS", "0", &error);
        conf_set(confs[s], "REPLIES_POLL_MS", "0", &error);
    }
    sims[s] = svc_sim_new(specs[s], confs[s], loading.tables, &error);
    if (!sims[s])
        fail_msg("%s", error.text);
}

/* setup - all stages and a payer that pays all */
static int setup(void **state)
{
    (void)state;
    folder_make(root, sizeof(root), "payer_chain_test");
    snprintf(mailbox, sizeof(mailbox), "%s/out", root);
    snprintf(replies, sizeof(replies), "%s/in", root);
    loading_begin(&loading, NULL);
    assert_int_equal(loading_add(&loading, "routes.csv", ROUTES), LOAD_TAKEN);
    loading_publish(&loading);
    for (int s = 0; s < STAGES; s++)
        open_stage((enum stage)s);
    sandbox.seed = "1";
    sandbox.pay_after_ms = 5000;
    assert_int_equal(mix_parse("paid=1", &sandbox.mix, &error), 0);
    assert_int_equal(box_open(&box, &sandbox, mailbox, replies, &error), 1);
    memory = arena_new(64 << 20);
    memset(done, 0, sizeof(done));
    now = START;
    return 0;
}

/* teardown - gives all back */
static int teardown(void **state)
{
    (void)state;
    for (int s = 0; s < STAGES; s++) {
        svc_sim_free(sims[s]);
        conf_free(confs[s]);
    }
    box_close(&box);
    loading_end(&loading);
    arena_free(memory);
    folder_remove(root);
    return 0;
}

/* consumes - does a stage read a topic? */
static bool consumes(enum stage s, enum topic t)
{
    for (const enum topic *c = specs[s]->consume; *c != TOPIC_NONE; c++)
        if (*c == t)
            return true;
    return false;
}

/* spread - one record to every stage that reads its topic */
static void spread(const struct svc_sim_output *o)
{
    assert_false(o->dead);
    for (int s = 0; s < STAGES; s++)
        if (consumes((enum stage)s, o->topic) &&
            svc_sim_feed_bytes(sims[s], o->topic, 0, o->key, o->ce_id, o->value, o->value_len, now,
                               &error) != 0)
            fail_msg("%s: %s", specs[s]->name, error.text);
}

/* run - until nobody has anything more to say */
static void run(void)
{
    bool moved = true;

    while (moved) {
        moved = false;
        for (int s = 0; s < STAGES; s++)
            for (; done[s] < svc_sim_count(sims[s]); done[s]++) {
                spread(svc_sim_output(sims[s], done[s]));
                moved = true;
            }
    }
}

/* pass - a second goes by everywhere */
static void pass(void)
{
    now += 1000;
    for (int s = 0; s < STAGES; s++)
        if (svc_sim_clock(sims[s], now, &error) != 0)
            fail_msg("%s: %s", specs[s]->name, error.text);
    run();
    if (box_turn(&box, now, NULL, &error) != 0)
        fail_msg("%s", error.text);
}

/* each_claim - of the worked 837P, to the builder as the validator gives it */
static int each_claim(void *arg, const struct claim_read *r)
{
    char *receiver = arg;

    assert_non_null(r->claim);
    r->claim->receiver = receiver;
    r->claim->version = 1;
    assert_int_equal(svc_sim_feed(sims[BUILD], TOPIC_CLAIMS_CLEAN, 0, r->claim->claim_id,
                                  r->claim->claim_id, &r->claim->base, now, &error),
                     0);
    return 0;
}

/* clean_claims - both of them */
static void clean_claims(void)
{
    char receiver[] = "CLRHOUSE01";
    struct buf b;

    buf_init(&b);
    reply_golden("837p.x12", &b);
    assert_int_equal(claim_read_837(b.data, b.len, 0, each_claim, receiver, &error), 0);
    buf_release(&b);
    run();
}

/* last - the newest status of a claim over all stages in the order they were said; follow's own
 * counts where it has spoken */
static CcClaimStatus *last(const char *id)
{
    for (int s = FOLLOW; s >= 0; s--)
        for (size_t i = svc_sim_count(sims[s]); i; i--) {
            const struct svc_sim_output *o = svc_sim_output(sims[s], i - 1);
            ProtobufCMessage *m;

            if (o->topic != TOPIC_CLAIMS_STATUS || strcmp(o->key, id) != 0)
                continue;
            assert_int_equal(event_unpack(memory, &cc_claim_status__descriptor, o->value,
                                          o->value_len, &m, &error),
                             0);
            return (CcClaimStatus *)(void *)m;
        }
    return NULL;
}

/* count - outputs of a topic of one stage */
static size_t count(enum stage s, enum topic t)
{
    size_t n = 0;

    for (size_t i = 0; i < svc_sim_count(sims[s]); i++)
        n += svc_sim_output(sims[s], i)->topic == t;
    return n;
}

/* to_the_payment - one file out, four kinds of answers in, both claims paid, each once */
static void to_the_payment(void **state)
{
    (void)state;
    clean_claims();
    for (int i = 0; i < 12; i++)
        pass();
    assert_int_equal(count(BUILD, TOPIC_INTERCHANGES), 1);
    assert_int_equal(folder_look(box.taken, "T_CLRHOUSE01", NULL), 1);
    assert_int_equal(last("A1000001")->state, CLAIM_STATE_PAID);
    assert_int_equal(last("A1000002")->state, CLAIM_STATE_PAID);
    assert_int_equal(last("A1000002")->paid_cents, 3500); /* what the primary left */
    assert_int_equal(count(FOLLOW, TOPIC_REMITTANCES), 2);
    assert_int_equal(count(FOLLOW, TOPIC_WORK_REVIEW), 0);
    assert_int_equal(folder_look(replies, NULL, NULL), 0);
}

/* refuse - a 999 R for the set, naming the second claim, put into the replies as a receiver would
 */
static void refuse(const CcInterchange *f)
{
    struct buf set, b;

    buf_init(&set);
    buf_init(&b);
    buf_addf(&set,
             "AK1*HC*%s*005010X222A1~AK2*837*%s*005010X222A1~IK3*NM1*40*2310*8~CTX*CLM01:A1000002~"
             "IK4*9*67*7~IK5*R*5~AK9*R*1*1*0~",
             f->gs06, f->claims[0]->st02);
    reply_envelope("FA", "005010X231A1", "999", set.data, &b);
    assert_int_equal(file_write(replies, "999_by_hand.x12", b.data, b.len, &error), 0);
    buf_release(&set);
    buf_release(&b);
}

/* first_file - the interchange that the builder made */
static CcInterchange *first_file(void)
{
    for (size_t i = 0; i < svc_sim_count(sims[BUILD]); i++) {
        const struct svc_sim_output *o = svc_sim_output(sims[BUILD], i);
        ProtobufCMessage *m;

        if (o->topic != TOPIC_INTERCHANGES)
            continue;
        assert_int_equal(
            event_unpack(memory, &cc_interchange__descriptor, o->value, o->value_len, &m, &error),
            0);
        return (CcInterchange *)(void *)m;
    }
    return NULL;
}

/* sent_again - the set is refused for one claim: the other goes out again in a new file, still an
 * original, and is paid */
static void sent_again(void **state)
{
    struct buf b;

    (void)state;
    clean_claims();
    box_close(&box); /* the payer sleeps; the receiver in front of it refuses */
    for (int i = 0; i < 3; i++) {
        now += 1000;
        for (int s = 0; s < STAGES; s++)
            assert_int_equal(svc_sim_clock(sims[s], now, &error), 0);
        run();
    }
    assert_int_equal(folder_look(mailbox, "T_", NULL), 1);
    refuse(first_file());
    folder_remove(mailbox); /* what was refused is gone */
    assert_int_equal(box_open(&box, &sandbox, mailbox, replies, &error), 1);
    for (int i = 0; i < 14; i++)
        pass();
    assert_int_equal(count(BUILD, TOPIC_INTERCHANGES), 2);
    assert_int_equal(last("A1000001")->state, CLAIM_STATE_PAID);
    assert_int_equal(last("A1000002")->state, CLAIM_STATE_HELD);
    buf_init(&b);
    assert_int_equal(folder_look(box.taken, "T_CLRHOUSE01", &b), 1);
    assert_non_null(strstr(b.data, "CLM*A1000001*215***11:B:1*"));
    assert_null(strstr(b.data, "CLM*A1000002"));
    buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(to_the_payment, setup, teardown),
        cmocka_unit_test_setup_teardown(sent_again, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
