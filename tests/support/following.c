/* following.c - follow in memory, and what goes in and comes out of it */
#include "tests/support/following.h"

#include <stdio.h>
#include <string.h>

#include "common/base/date.h"
#include "common/sys/digest.h"
#include "services/submitter/follow/follow.h"
#include "services/submitter/submitter.h"
#include "tests/support/reply.h"
#include "tests/support/test.h"

struct following fw;

/* setup - a fresh follow */
int fw_setup(void **state)
{
    const struct conf_row *const rows[] = {submitter_follow_spec.settings, NULL};

    (void)state;
    fw.conf = conf_load(rows, &fw.error);
    assert_non_null(fw.conf);
    fw.sim = svc_sim_new(&submitter_follow_spec, fw.conf, NULL, &fw.error);
    assert_non_null(fw.sim);
    fw.memory = arena_new(64 << 20);
    fw.now = FW_NOW;
    fw.done = 0;
    memset(&fw.loaded, 0, sizeof(fw.loaded));
    return 0;
}

/* has_option - by its id */
static bool has_option(const CcReviewItem *item, const char *id)
{
    for (size_t i = 0; i < item->n_options; i++)
        if (strcmp(item->options[i]->id, id) == 0)
            return item->options[i]->text[0] != '\0';
    return false;
}

/* fw_check_question - of any reason: options that lead nobody, evidence, deadline, money, owner */
void fw_check_question(const CcReviewItem *item)
{
    const struct follow_reason *row = follow_reason(item->reason);
    const char *lacks = !row->reason                                  ? "a row of follow_reasons"
                        : !has_option(item, "other")                  ? "the answer other"
                        : !has_option(item, "undetermined")           ? "the answer undetermined"
                        : item->n_evidence == 0                       ? "evidence"
                        : item->evidence[0]->ref[0] == '\0'           ? "a place of its evidence"
                        : !date_valid(item->due_date)                 ? "a deadline"
                        : !item->owner[0]                             ? "an owner"
                        : !item->action[0]                            ? "an action"
                        : !item->question[0]                          ? "words"
                        : !item->key[0]                               ? "its key"
                        : !row->unvalued && item->at_stake_cents == 0 ? "money"
                                                                      : NULL;

    if (lacks)
        fail_msg("question %s has not %s", item->reason, lacks);
}

/* check_questions - all that were asked in this test */
static void check_questions(void)
{
    for (size_t i = 0; i < svc_sim_count(fw.sim); i++)
        if (svc_sim_output(fw.sim, i)->topic == TOPIC_WORK_REVIEW) {
            const CcReviewItem *item = fw_output(i, &cc_review_item__descriptor);

            if (strcmp(item->state, "open") == 0)
                fw_check_question(item);
        }
}

/* teardown - every question that was asked is whole; gives all back */
int fw_teardown(void **state)
{
    (void)state;
    check_questions();
    svc_sim_free(fw.sim);
    if (fw.loaded.tables)
        loading_end(&fw.loaded);
    conf_free(fw.conf);
    arena_free(fw.memory);
    return 0;
}

/* tables - published at once */
void fw_tables(const char *payers, const char *routes)
{
    loading_begin(&fw.loaded, NULL);
    assert_int_equal(loading_add(&fw.loaded, "payers.csv", payers), LOAD_TAKEN);
    if (routes)
        assert_int_equal(loading_add(&fw.loaded, "routes.csv", routes), LOAD_TAKEN);
    loading_publish(&fw.loaded);
    svc_sim_tables(fw.sim, fw.loaded.tables);
}

/* output - unpacked */
void *fw_output(size_t i, const ProtobufCMessageDescriptor *d)
{
    const struct svc_sim_output *o = svc_sim_output(fw.sim, i);
    ProtobufCMessage *m;

    assert_int_equal(event_unpack(fw.memory, d, o->value, o->value_len, &m, &fw.error), 0);
    return m;
}

/* pump - what follow sent to itself comes back, as Kafka would bring it */
void fw_pump(void)
{
    for (; fw.done < svc_sim_count(fw.sim); fw.done++) {
        const struct svc_sim_output *o = svc_sim_output(fw.sim, fw.done);

        assert_false(o->dead);
        if (o->topic == TOPIC_PAYER_ANSWERS || o->topic == TOPIC_CLAIMS_STATUS ||
            o->topic == TOPIC_CLAIMS_CLEAN)
            if (svc_sim_feed_bytes(fw.sim, o->topic, 0, o->key, o->ce_id, o->value, o->value_len,
                                   fw.now, &fw.error) != 0)
                fail_msg("%s", fw.error.text);
    }
}

/* feed - one record */
void fw_feed(enum topic t, const char *key, const void *m)
{
    char id[32];

    snprintf(id, sizeof(id), "e%u", fw.serial++);
    if (svc_sim_feed(fw.sim, t, 0, key, id, m, fw.now, &fw.error) != 0)
        fail_msg("%s", fw.error.text);
    fw_pump();
}

/* clock - time passes */
void fw_clock_to(int64_t at)
{
    fw.now = at;
    if (svc_sim_clock(fw.sim, fw.now, &fw.error) != 0)
        fail_msg("%s", fw.error.text);
    fw_pump();
}

/* text - a copy for a message */
char *fw_text(const char *s)
{
    return arena_strdup(fw.memory, s);
}

const char *const fw_ids[CLAIMS] = {"A1000001", "A1000002"};
const int64_t fw_charges[CLAIMS] = {21500, 24000};

/* batch_of - the batch number of a file */
const char *fw_batch_of(const char *isa13)
{
    return strcmp(isa13, "000000101") == 0 ? "B20260401P001" : "B20260402P001";
}

/* our_file - the interchange of billing §2.6, as the builder writes it */
CcInterchange *fw_our_file(const char *isa13)
{
    static const uint32_t first[CLAIMS] = {19, 43}, hl[CLAIMS] = {12, 33},
                          segments[CLAIMS] = {14, 20};
    CcInterchange *f = event_new(fw.memory, &cc_interchange__descriptor);
    struct buf b;
    char hex[DIGEST_TEXT];

    buf_init(&b);
    reply_golden("837p.x12", &b);
    f->receiver = fw_text(FW_RECEIVER);
    f->isa13 = fw_text(isa13);
    f->gs06 = fw_text(isa13 + strspn(isa13, "0"));
    f->file_name = arena_printf(fw.memory, "T_%s_837P_20260401_%s.x12", FW_RECEIVER, isa13);
    f->x12.data = arena_memdup(fw.memory, b.data, b.len);
    f->x12.len = b.len;
    f->sha256 = fw_text(digest_hex(isa13, strlen(isa13), hex)); /* stands for the bytes' own */
    f->charge_cents = fw_charges[0] + fw_charges[1];
    for (int i = 0; i < CLAIMS; i++) {
        CcSentClaim *c = event_new(fw.memory, &cc_sent_claim__descriptor);

        c->claim_id = fw_text(fw_ids[i]);
        c->version = 1;
        c->st02 = fw_text("0001");
        c->bht03 = fw_text(fw_batch_of(isa13));
        c->first_segment = first[i];
        c->segments = segments[i];
        c->hl_first_segment = hl[i];
        c->charge_cents = fw_charges[i];
        c->billing_npi = fw_text("1234567893");
        c->kind = CLAIM_KIND_PROFESSIONAL;
        c->payer_id = fw_text("SHP01");
        event_push(fw.memory, f, claims, c);
    }
    buf_release(&b);
    return f;
}

/* status_of - as another step says it */
CcClaimStatus *fw_step_status(const char *step, const char *event, CcClaimState s, int claim,
                              uint32_t version, const char *isa13)
{
    CcClaimStatus *st = event_new(fw.memory, &cc_claim_status__descriptor);

    st->claim_id = fw_text(fw_ids[claim]);
    st->version = version;
    st->state = s;
    st->step = fw_text(step);
    st->event = fw_text(event);
    st->at_ms = fw.now;
    st->charge_cents = fw_charges[claim];
    st->patient_key = fw_text("0011223344556677");
    st->receiver = fw_text(FW_RECEIVER);
    st->isa13 = fw_text(isa13);
    st->bht03 = fw_text(isa13[0] ? fw_batch_of(isa13) : "");
    st->payer_id = fw_text("SHP01");
    st->filing_deadline_date = 20260925;
    return st;
}

/* say - a status of another step */
void fw_say(const char *step, const char *event, CcClaimState s, int claim, const char *isa13)
{
    CcClaimStatus *st = fw_step_status(step, event, s, claim, 1, isa13);

    fw_feed(TOPIC_CLAIMS_STATUS, st->claim_id, st);
}

/* reply_of - a reply record of these bytes */
CcReply *fw_reply_of(const struct buf *b)
{
    CcReply *r = event_new(fw.memory, &cc_reply__descriptor);
    char hex[DIGEST_TEXT];

    r->sha256 = fw_text(digest_hex(b->data, b->len, hex));
    r->x12.data = arena_memdup(fw.memory, b->data, b->len);
    r->x12.len = b->len;
    r->bytes = b->len;
    r->receiver = fw_text(FW_RECEIVER);
    r->received_ms = fw.now;
    return r;
}

/* golden_reply - a golden file, changed if wanted; its ISA13 is made new so that it differs */
CcReply *fw_golden_reply(const char *name, const char *from, const char *to)
{
    struct buf b;
    CcReply *r;

    buf_init(&b);
    reply_golden(name, &b);
    if (from)
        assert_true(reply_replace(&b, from, to));
    r = fw_reply_of(&b);
    buf_release(&b);
    return r;
}

/* era - an 835 of one payment, segments of its claims given */
CcReply *fw_era(const char *trace, const char *paid, const char *claims)
{
    struct buf set, b;
    CcReply *r;

    buf_init(&set);
    buf_init(&b);
    buf_addf(&set, "BPR*I*%s*C*ACH************20260415~TRN*1*%s*1512345678~LX*1~%s", paid, trace,
             claims);
    reply_envelope("HP", "005010X221A1", "835", set.data, &b);
    r = fw_reply_of(&b);
    buf_release(&set);
    buf_release(&b);
    return r;
}

/* answer - a reply comes */
void fw_answer(CcReply *r)
{
    fw_feed(TOPIC_PAYER_REPLIES, r->sha256, r);
}

/* send_file - both claims batched and sent */
void fw_send_file(const char *isa13)
{
    CcInterchange *f = fw_our_file(isa13);

    for (int i = 0; i < CLAIMS; i++)
        fw_say("build", "batch", CLAIM_STATE_BATCHED, i, isa13);
    fw_feed(TOPIC_INTERCHANGES, FW_RECEIVER, f);
    for (int i = 0; i < CLAIMS; i++)
        fw_say("deliver", "transport_ok", CLAIM_STATE_SENT, i, isa13);
}

/* last - the newest status that follow wrote of a claim; NULL: none */
CcClaimStatus *fw_last(const char *id)
{
    for (size_t i = svc_sim_count(fw.sim); i; i--)
        if (svc_sim_output(fw.sim, i - 1)->topic == TOPIC_CLAIMS_STATUS &&
            strcmp(svc_sim_output(fw.sim, i - 1)->key, id) == 0)
            return fw_output(i - 1, &cc_claim_status__descriptor);
    return NULL;
}

/* count - outputs of a topic */
size_t fw_count(enum topic t)
{
    size_t n = 0;

    for (size_t i = 0; i < svc_sim_count(fw.sim); i++)
        n += svc_sim_output(fw.sim, i)->topic == t;
    return n;
}

/* asked - the newest question of a reason; NULL: none */
CcReviewItem *fw_asked(const char *reason)
{
    for (size_t i = svc_sim_count(fw.sim); i; i--)
        if (svc_sim_output(fw.sim, i - 1)->topic == TOPIC_WORK_REVIEW) {
            CcReviewItem *item = fw_output(i - 1, &cc_review_item__descriptor);

            if (strcmp(item->reason, reason) == 0)
                return item;
        }
    return NULL;
}

/* posted_sum - paid cents of all remittances published of a claim */
int64_t fw_posted_sum(const char *id)
{
    int64_t sum = 0;

    for (size_t i = 0; i < svc_sim_count(fw.sim); i++)
        if (svc_sim_output(fw.sim, i)->topic == TOPIC_REMITTANCES &&
            strcmp(svc_sim_output(fw.sim, i)->key, id) == 0)
            sum += ((CcRemittance *)fw_output(i, &cc_remittance__descriptor))->paid_cents;
    return sum;
}
