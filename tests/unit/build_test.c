/* build_test.c - claims into batches: count, bytes, age; numbers; versions, repeats, routes */
#include "tests/support/test.h"

#include <stdio.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "common/bus/bus.h"
#include "common/claim/read837.h"
#include "common/sys/digest.h"
#include "common/x12/check.h"
#include "services/submitter/build/build.h"
#include "services/submitter/submitter.h"
#include "tests/support/claims.h"
#include "tests/support/loading.h"

enum { MEMORY = 64 * 1024 * 1024, AGE = 1000 };

#define HEAD                                                                                       \
    "receiver,qualifier,receiver_id,sender_qualifier,sender_id,submitter_name,submitter_contact,"  \
    "submitter_phone,receiver_name,mailbox,replies,test,sandbox,batch_claims,batch_bytes,"         \
    "batch_age_ms,from,to\n"
#define ROW(name, test, sandbox, claims, bytes)                                                    \
    name ",ZZ," name ",ZZ,SUBM10001,RIVERBEND MEDICAL GROUP,BILLING DESK,5555550100,"              \
         "EXAMPLE CLEARINGHOUSE,out,in," test "," sandbox "," claims "," bytes                     \
         ",1000,2000-01-01,\n"

static const char routes[] =
    HEAD ROW("BROKEN01", "Y", "Y", "3", "4000000") ROW("CLRHOUSE01", "Y", "Y", "3", "4000000")
        ROW("REAL01", "N", "N", "2", "4000000") ROW("SMALL01", "Y", "Y", "100", "10000");

struct world {
    struct arena *a;
    struct loading l;
    struct conf *conf;
    struct svc_sim *sim;
    struct err e;
    int64_t now;
    unsigned events;
};

/* publish - a routes table in place of the last */
static void publish(struct world *w, const char *text)
{
    if (loading_add(&w->l, "routes_seed.csv", text) != LOAD_TAKEN)
        fail_msg("%s", w->l.last.text);
    loading_publish(&w->l);
}

/* open_world - a builder with routes; at-least-once when asked */
static void open_world(struct world *w, const char *text, const char *delivery)
{
    static const struct conf_row *rows[3];

    memset(w, 0, sizeof(*w));
    rows[0] = submitter_build_spec.settings;
    rows[1] = bus_settings;
    w->a = arena_new(MEMORY);
    w->now = ms_of(20260401, 9, 15, 0, 0, 0);
    loading_begin(&w->l, NULL);
    if (text)
        publish(w, text);
    w->conf = conf_load(rows, &w->e);
    if (!w->conf)
        fail_msg("%s", w->e.text);
    assert_int_equal(conf_set(w->conf, "DELIVERY", delivery, &w->e), 0);
    assert_int_equal(conf_set(w->conf, "TIME_ZONE", "-0500", &w->e), 0);
    w->sim = svc_sim_new(&submitter_build_spec, w->conf, w->l.tables, &w->e);
    if (!w->sim)
        fail_msg("%s", w->e.text);
}

/* setup - the usual world */
static int setup(void **state)
{
    static struct world w;

    open_world(&w, routes, "exactly_once");
    *state = &w;
    return 0;
}

/* teardown - all of it */
static int teardown(void **state)
{
    struct world *w = *state;

    svc_sim_free(w->sim);
    conf_free(w->conf);
    loading_end(&w->l);
    arena_free(w->a);
    return 0;
}

/* office - the sample claim under another id */
static CcClaim *office(struct world *w, const char *id)
{
    CcClaim *c = claims_office(w->a);

    c->claim_id = claims_text(w->a, id);
    for (size_t i = 0; i < c->n_lines; i++)
        c->lines[i]->control = claims_text(w->a, "");
    return c;
}

/* feed_at - one clean claim to a partition */
static int feed_at(struct world *w, const CcClaim *c, int32_t partition)
{
    char id[32];

    snprintf(id, sizeof(id), "event-%u", w->events++);
    return svc_sim_feed(w->sim, TOPIC_CLAIMS_CLEAN, partition, c->claim_id, id, &c->base, w->now,
                        &w->e);
}

/* feed - to partition 0 */
static void feed(struct world *w, const CcClaim *c)
{
    w->now++;
    if (feed_at(w, c, 0) != 0)
        fail_msg("%s", w->e.text);
}

/* pass - time goes by */
static void pass(struct world *w, int64_t ms)
{
    w->now += ms;
    if (svc_sim_clock(w->sim, w->now, &w->e) != 0)
        fail_msg("%s", w->e.text);
}

/* count - outputs to a topic */
static size_t count(const struct world *w, enum topic t)
{
    size_t n = 0;

    for (size_t i = 0; i < svc_sim_count(w->sim); i++)
        n += svc_sim_output(w->sim, i)->topic == t && !svc_sim_output(w->sim, i)->dead;
    return n;
}

/* nth - the n-th output to a topic, unpacked */
static void *nth(struct world *w, enum topic t, size_t n)
{
    ProtobufCMessage *m = NULL;

    for (size_t i = 0; i < svc_sim_count(w->sim); i++) {
        const struct svc_sim_output *o = svc_sim_output(w->sim, i);

        if (o->topic != t || o->dead || n-- > 0)
            continue;
        assert_int_equal(
            event_unpack(w->a, topic_row(t)->message, o->value, o->value_len, &m, &w->e), 0);
        return m;
    }
    fail_msg("no such output");
    return NULL;
}

/* file - the n-th interchange: whole, without a finding, its claims where it says */
struct seen {
    const CcInterchange *f;
    size_t claims, findings;
};

/* see_claim - a claim_read_fn */
static int see_claim(void *arg, const struct claim_read *r)
{
    struct seen *s = arg;

    assert_non_null(r->claim);
    for (size_t i = 0; i < s->f->n_claims; i++) {
        const CcSentClaim *c = s->f->claims[i];

        if (strcmp(c->claim_id, r->claim->claim_id) != 0)
            continue;
        assert_int_equal(c->first_segment, r->first_segment);
        assert_int_equal(c->hl_first_segment, r->hl_first_segment);
        assert_int_equal(c->segments, r->segments);
        assert_string_equal(c->st02, r->st02);
        assert_string_equal(c->bht03, r->bht03);
        s->claims++;
    }
    assert_string_equal(r->isa13, s->f->isa13);
    assert_string_equal(r->gs06, s->f->gs06);
    return 0;
}

/* see_findings - an x12_result_fn */
static int see_findings(void *arg, const struct x12_result *r)
{
    ((struct seen *)arg)->findings += r->count;
    return 0;
}

/* file - see above */
static const CcInterchange *file(struct world *w, size_t n)
{
    const CcInterchange *f = nth(w, TOPIC_INTERCHANGES, n);
    struct seen s = {.f = f};
    char hex[DIGEST_TEXT];

    assert_string_equal(f->sha256, digest_hex(f->x12.data, f->x12.len, hex));
    assert_int_equal(claim_read_837(f->x12.data, f->x12.len, 0, see_claim, &s, &w->e), 0);
    assert_int_equal(s.claims, f->n_claims);
    assert_int_equal(
        x12_check(f->x12.data, f->x12.len, &(struct x12_check_options){0}, see_findings, &s, &w->e),
        0);
    assert_int_equal(s.findings, 0);
    return f;
}

/* by_count - the third claim closes the batch; numbers, names, statuses */
static void by_count(void **state)
{
    struct world *w = *state;
    const CcInterchange *f;
    const CcClaimStatus *st;

    feed(w, office(w, "A1"));
    feed(w, office(w, "A2"));
    assert_int_equal(svc_sim_count(w->sim), 0);
    feed(w, office(w, "A3"));
    assert_int_equal(count(w, TOPIC_INTERCHANGES), 1);
    assert_int_equal(count(w, TOPIC_CLAIMS_STATUS), 3);
    f = file(w, 0);
    assert_int_equal(f->n_claims, 3);
    assert_string_equal(f->receiver, "CLRHOUSE01");
    assert_string_equal(f->isa13, "000000100");
    assert_string_equal(f->gs06, "100");
    assert_string_equal(f->file_name, "T_CLRHOUSE01_837P_20260401_000000100.x12");
    assert_string_equal(f->isa09, "260401");
    assert_string_equal(f->isa10, "0415"); /* 09:15 UTC at -0500 */
    assert_string_equal(f->guide, "005010X222A1");
    assert_int_equal(f->charge_cents, 3 * 21500);
    assert_string_equal(f->claims[0]->bht03, "CLRHOUSE01-000000100-001");
    assert_string_equal(f->claims[0]->billing_npi, "1234567893");
    assert_string_equal(f->claims[0]->payer_id, "SHP01");
    st = nth(w, TOPIC_CLAIMS_STATUS, 0);
    assert_int_equal(st->state, CLAIM_STATE_BATCHED);
    assert_string_equal(st->event, "batch");
    assert_string_equal(st->interchange, f->file_name);
    assert_string_equal(st->file_sha256, f->sha256);
    pass(w, 10 * AGE);
    assert_int_equal(count(w, TOPIC_INTERCHANGES), 1);
}

/* read_again - a claim that can be written and that no receiver would take goes to a person
 * (ENV-01), the others into the file; where none is left there is no file */
static void read_again(void **state)
{
    struct world *w = *state;
    CcClaim *bad = office(w, "A2");
    const CcReviewItem *item;

    bad->coverages[0]->filing_indicator = claims_text(w->a, "QQ");
    feed(w, office(w, "A1"));
    feed(w, bad);
    feed(w, office(w, "A3"));
    assert_int_equal(count(w, TOPIC_INTERCHANGES), 1);
    assert_int_equal(file(w, 0)->n_claims, 2);
    item = nth(w, TOPIC_WORK_REVIEW, 0);
    assert_string_equal(item->claim_id, "A2");
    assert_string_equal(item->reason, "ENV-01");
    bad->version++;
    feed(w, bad);
    pass(w, AGE);
    assert_int_equal(count(w, TOPIC_INTERCHANGES), 1);
    assert_int_equal(count(w, TOPIC_CLAIMS_STATUS), 4);
}

/* by_age - the first claim's clock closes it; the next batch has a clock and a number of its own */
static void by_age(void **state)
{
    struct world *w = *state;

    feed(w, office(w, "A1"));
    pass(w, AGE - 10);
    assert_int_equal(svc_sim_count(w->sim), 0);
    feed(w, office(w, "A2"));
    pass(w, 10);
    assert_int_equal(file(w, 0)->n_claims, 2);
    feed(w, office(w, "A3"));
    pass(w, AGE - 1);
    assert_int_equal(count(w, TOPIC_INTERCHANGES), 1);
    pass(w, 1);
    assert_int_equal(count(w, TOPIC_INTERCHANGES), 2);
    assert_string_equal(file(w, 1)->isa13, "000000200");
}

/* by_bytes - a batch never grows over its route's limit */
static void by_bytes(void **state)
{
    struct world *w = *state;
    char id[16];

    for (int i = 0; i < 60; i++) {
        CcClaim *c = office(w, (snprintf(id, sizeof(id), "B%02d", i), id));

        c->receiver = claims_text(w->a, "SMALL01");
        feed(w, c);
    }
    assert_true(count(w, TOPIC_INTERCHANGES) >= 1);
    for (size_t i = 0; i < count(w, TOPIC_INTERCHANGES); i++) {
        const CcInterchange *f = file(w, i);

        assert_true(f->x12.len < 10000 + 1000);
        assert_true(f->n_claims > 10);
    }
    pass(w, AGE);
    assert_int_equal(count(w, TOPIC_CLAIMS_STATUS), 60);
}

/* newer - columns of the routes table that may be left out, for one receiver */
static void newer(struct world *w, const char *time_zone, const char *cutoff, const char *split)
{
    struct buf b;

    buf_init(&b);
    buf_adds(&b, HEAD);
    b.len--; /* behind `to` */
    buf_addf(&b,
             ",transport,gap_ms,time_zone,closed,user,secret,host_key,poll_ms,timeout_ms,ca,"
             "client_cert,repeat,submit_type,pickup_types,cutoff,split_frequency\n"
             "CLRHOUSE01,ZZ,CLRHOUSE01,ZZ,SUBM10001,GROUP,DESK,5555550100,CLEARINGHOUSE,out,in,Y,Y,"
             "100,4000000,86400000,2000-01-01,,,,%s,,,,,,,,,,,,%s,%s\n",
             time_zone, cutoff, split);
    publish(w, b.data);
    svc_sim_tables(w->sim, w->l.tables);
    buf_release(&b);
}

/* by_cutoff - a batch closes at the payer's time of day, by its zone; one that begins then waits a
 * day, or its age */
static void by_cutoff(void **state)
{
    struct world *w = *state;
    const int64_t cutoff = ms_of(20260401, 16, 30, 0, 0, -420);

    newer(w, "-0700", "1630", "");
    feed(w, office(w, "A1"));
    w->now = cutoff - 1001;
    feed(w, office(w, "A2"));
    pass(w, 999);
    assert_int_equal(count(w, TOPIC_INTERCHANGES), 0);
    pass(w, 1);
    assert_int_equal(file(w, 0)->n_claims, 2);
    feed(w, office(w, "A3"));
    pass(w, 86400000 - 2);
    assert_int_equal(count(w, TOPIC_INTERCHANGES), 1);
    pass(w, 1);
    assert_int_equal(count(w, TOPIC_INTERCHANGES), 2);
}

/* by_frequency - originals and replacements in files of their own where the payer wants it, a claim
 * leaves its batch with its next version, and numbers are the receiver's */
static void by_frequency(void **state)
{
    struct world *w = *state;
    CcClaim *seven = office(w, "A2"), *next = office(w, "A3");

    seven->frequency = claims_text(w->a, "7");
    seven->original_reference = claims_text(w->a, "ICN1");
    newer(w, "", "", "Y");
    feed(w, office(w, "A1"));
    feed(w, seven);
    feed(w, next);
    next->version++;
    next->frequency = claims_text(w->a, "7");
    next->original_reference = claims_text(w->a, "ICN2");
    feed(w, next);
    pass(w, 86400000);
    assert_int_equal(count(w, TOPIC_INTERCHANGES), 2);
    assert_int_equal(file(w, 0)->n_claims, 1);
    assert_string_equal(file(w, 0)->claims[0]->claim_id, "A1");
    assert_int_equal(file(w, 1)->n_claims, 2);
    assert_string_equal(file(w, 1)->isa13, "000000200");
}

/* together - where the payer does not mind they are one file */
static void together(void **state)
{
    struct world *w = *state;
    CcClaim *seven = office(w, "A2");

    seven->frequency = claims_text(w->a, "7");
    seven->original_reference = claims_text(w->a, "ICN1");
    newer(w, "", "", "N");
    feed(w, office(w, "A1"));
    feed(w, seven);
    pass(w, 86400000);
    assert_int_equal(count(w, TOPIC_INTERCHANGES), 1);
}

/* kinds - professional and institutional claims never share a file; receivers have numbers of their
 * own */
static void kinds(void **state)
{
    struct world *w = *state;
    CcClaim *other = office(w, "A2");

    other->receiver = claims_text(w->a, "REAL01");
    feed(w, office(w, "A1"));
    feed(w, claims_inpatient(w->a));
    feed(w, other);
    pass(w, AGE);
    assert_int_equal(count(w, TOPIC_INTERCHANGES), 3);
    assert_string_equal(file(w, 0)->file_name, "T_CLRHOUSE01_837P_20260401_000000100.x12");
    assert_string_equal(file(w, 1)->file_name, "T_CLRHOUSE01_837I_20260401_000000200.x12");
    assert_string_equal(file(w, 2)->file_name, "P_REAL01_837P_20260401_000000100.x12");
    assert_false(file(w, 2)->test);
}

/* partitions - the partition is the last two digits; there are at most a hundred */
static void partitions(void **state)
{
    struct world *w = *state;

    assert_int_equal(feed_at(w, office(w, "A1"), 0), 0);
    assert_int_equal(feed_at(w, office(w, "A2"), 7), 0);
    assert_int_equal(feed_at(w, office(w, "A3"), 99), 0);
    pass(w, AGE);
    assert_int_equal(count(w, TOPIC_INTERCHANGES), 3);
    for (size_t i = 0; i < 3; i++) {
        static const char *const isa13[] = {"000000100", "000000107", "000000199"};

        assert_string_equal(file(w, i)->isa13, isa13[i]);
    }
    assert_int_equal(feed_at(w, office(w, "A4"), 100), -1);
    assert_int_equal(w->e.class, ERR_FATAL);
}

/* What the partition in hand has given out, when it is not 0: put in front of the next claim. */
static uint64_t given;

/* after_given - the builder, with a state that another one left */
static int after_given(struct svc_ctx *x, const struct svc_message *m, struct err *e)
{
    CcControlNumber seq;

    cc_control_number__init(&seq);
    seq.receiver = arena_strdup(svc_arena(x), "CLRHOUSE01");
    seq.last = given;
    if (given && svc_put(x, "seq/CLRHOUSE01", &seq.base, e) != 0)
        return -1;
    given = 0;
    return submitter_build_spec.handle(x, m, e);
}

/* builder - one more, whose state can be set */
static struct svc_sim *builder(struct world *w)
{
    static struct svc_spec spec;
    struct svc_sim *s;

    spec = submitter_build_spec;
    spec.handle = after_given;
    s = svc_sim_new(&spec, w->conf, w->l.tables, &w->e);
    assert_non_null(s);
    return s;
}

/* end_of_numbers - the last number of a receiver and partition is given once and stays below those
 * of questions (from 900000100 up, follow_clock_test); then the builder stops, and does not begin
 * anew */
static void end_of_numbers(void **state)
{
    struct world *w = *state;

    svc_sim_free(w->sim);
    w->sim = builder(w);
    given = BUILD_SEQUENCE_MAX - 1;
    assert_int_equal(feed_at(w, office(w, "A1"), 99), 0);
    pass(w, AGE);
    assert_string_equal(file(w, 0)->isa13, "900000099");
    assert_string_equal(file(w, 0)->gs06, "900000099");
    assert_int_equal(feed_at(w, office(w, "A2"), 99), 0);
    w->now += AGE;
    assert_int_equal(svc_sim_clock(w->sim, w->now, &w->e), -1);
    assert_int_equal(w->e.class, ERR_FATAL);
    assert_string_equal(w->e.code, "numbers");
    assert_int_equal(count(w, TOPIC_INTERCHANGES), 1);
}

/* two_builders - partitions in two builders, and one of them in the other later: no number twice.
 * What a partition remembers goes with it (its state topic), and so its numbers go on. */
static void two_builders(void **state)
{
    struct world *w = *state;
    struct svc_sim *first = w->sim, *second = builder(w);
    static const char *const want[] = {"000000100", "000000101", "000000200", "000000201"};

    for (int i = 0; i < 4; i++) {
        w->sim = i % 2 ? second : first;
        assert_int_equal(feed_at(w, office(w, arena_printf(w->a, "B%d", i)), i % 2), 0);
        pass(w, AGE);
        assert_string_equal(file(w, (size_t)i / 2)->isa13, want[i]);
    }
    w->sim = second;
    given = 2; /* partition 0 moves: the second builder has read what it remembers */
    assert_int_equal(feed_at(w, office(w, "B8"), 0), 0);
    assert_int_equal(feed_at(w, office(w, "B9"), 1), 0);
    pass(w, AGE);
    assert_string_equal(file(w, 2)->isa13, "000000300");
    assert_string_equal(file(w, 3)->isa13, "000000301");
    svc_sim_free(second);
    w->sim = first;
}

/* repeats - the same event again, waiting or sent, bills nothing; nor does an older version */
static void repeats(void **state)
{
    struct world *w = *state;
    CcClaim *c = office(w, "A1");

    feed(w, c);
    feed(w, c);
    pass(w, AGE);
    assert_int_equal(file(w, 0)->n_claims, 1);
    feed(w, c);
    feed(w, c);
    pass(w, AGE);
    assert_int_equal(count(w, TOPIC_INTERCHANGES), 1);
    c->version = 3;
    feed(w, c);
    c->version = 2;
    feed(w, c);
    pass(w, AGE);
    assert_int_equal(count(w, TOPIC_INTERCHANGES), 2);
    assert_int_equal(file(w, 1)->claims[0]->version, 3);
    assert_int_equal(count(w, TOPIC_WORK_REVIEW), 0);
}

/* versions - the next version replaces the one that waits, whatever its receiver */
static void versions(void **state)
{
    struct world *w = *state;
    CcClaim *c = office(w, "A1"), *moved = office(w, "A1");

    feed(w, c);
    c->version = 2;
    c->mrn = claims_text(w->a, "MRN2");
    feed(w, c);
    feed(w, office(w, "A2"));
    assert_int_equal(count(w, TOPIC_INTERCHANGES), 0); /* two wait, not three */
    moved->version = 3;
    moved->receiver = claims_text(w->a, "REAL01");
    feed(w, moved);
    pass(w, AGE);
    assert_int_equal(count(w, TOPIC_INTERCHANGES), 2);
    assert_int_equal(file(w, 0)->n_claims, 1);
    assert_string_equal(file(w, 0)->claims[0]->claim_id, "A2");
    assert_string_equal(file(w, 1)->receiver, "REAL01");
    assert_int_equal(file(w, 1)->claims[0]->version, 3);
}

/* last_status - the newest that was said */
static CcClaimStatus *last_status(struct world *w)
{
    return nth(w, TOPIC_CLAIMS_STATUS, count(w, TOPIC_CLAIMS_STATUS) - 1);
}

/* early - a version that was made without knowing of the one in a file is not sent; one that knows
 * of it is */
static void early(void **state)
{
    struct world *w = *state;
    CcClaim *c = office(w, "A1");

    c->encounter = claims_text(w->a, "E1");
    feed(w, c);
    pass(w, AGE);
    assert_int_equal(count(w, TOPIC_INTERCHANGES), 1);
    c->version = 2;
    feed(w, c);
    pass(w, AGE);
    assert_int_equal(count(w, TOPIC_INTERCHANGES), 1);
    assert_int_equal(last_status(w)->state, CLAIM_STATE_HELD);
    assert_int_equal(last_status(w)->version, 2);
    assert_int_equal(count(w, TOPIC_WORK_REVIEW), 0); /* the next one comes by itself */
    c->version = 3;
    c->after_version = 1;
    c->frequency = claims_text(w->a, "7");
    c->original_reference = claims_text(w->a, "ICN1");
    feed(w, c);
    pass(w, AGE);
    assert_int_equal(count(w, TOPIC_INTERCHANGES), 2);
    assert_string_equal(file(w, 1)->claims[0]->claim_id, "A1");
    c->encounter = claims_text(w->a, ""); /* of another system: it knows what it sends */
    c->version = 9;
    c->after_version = 0;
    feed(w, c);
    pass(w, AGE);
    assert_int_equal(count(w, TOPIC_INTERCHANGES), 3);
}

/* not_sent - a void of what no payer has takes the waiting version away, and nothing goes out */
static void not_sent(void **state)
{
    struct world *w = *state;
    CcClaim *c = office(w, "A1");

    c->encounter = claims_text(w->a, "E1");
    feed(w, c);
    c->version = 2;
    c->void_of_claim = 1;
    c->frequency = claims_text(w->a, "8");
    feed(w, c);
    assert_int_equal(last_status(w)->state, CLAIM_STATE_VOIDED);
    assert_string_equal(last_status(w)->event, "not_sent");
    feed(w, c);
    pass(w, AGE);
    assert_int_equal(count(w, TOPIC_INTERCHANGES), 0);
    assert_int_equal(count(w, TOPIC_CLAIMS_STATUS), 1);
    assert_int_equal(count(w, TOPIC_WORK_REVIEW), 0);
    c->version = 3; /* wanted again */
    c->void_of_claim = 0;
    c->frequency = claims_text(w->a, "1");
    feed(w, c);
    pass(w, AGE);
    assert_int_equal(count(w, TOPIC_INTERCHANGES), 1);
}

/* last_leaves - a batch whose only claim moved on makes no file, and no number is lost */
static void last_leaves(void **state)
{
    struct world *w = *state;
    CcClaim *c = office(w, "A1");

    feed(w, c);
    c->version = 2;
    c->receiver = claims_text(w->a, "REAL01");
    feed(w, c);
    pass(w, AGE);
    assert_int_equal(count(w, TOPIC_INTERCHANGES), 1);
    feed(w, office(w, "A2"));
    pass(w, AGE);
    assert_string_equal(file(w, 1)->isa13, "000000100");
}

/* again - the same version is sent again when follow asks for it, once for each asking */
static void again(void **state)
{
    struct world *w = *state;
    CcClaim *c = office(w, "A1");

    feed(w, c);
    pass(w, AGE);
    c->attempt = 1;
    feed(w, c);
    feed(w, c);
    pass(w, AGE);
    feed(w, c);
    pass(w, AGE);
    assert_int_equal(count(w, TOPIC_INTERCHANGES), 2);
    assert_string_equal(file(w, 1)->isa13, "000000200");
}

/* reused - a version that was sent comes again with other content: a person is asked, nothing is
 * sent */
static void reused(void **state)
{
    struct world *w = *state;
    CcClaim *c = office(w, "A1");
    const CcReviewItem *item;

    feed(w, c);
    pass(w, AGE);
    c->lines[0]->units_milli = 2000;
    feed(w, c);
    pass(w, AGE);
    assert_int_equal(count(w, TOPIC_INTERCHANGES), 1);
    assert_int_equal(count(w, TOPIC_CLAIMS_STATUS), 1);
    item = nth(w, TOPIC_WORK_REVIEW, 0);
    assert_string_equal(item->reason, "version-reused");
    feed(w, c);
    pass(w, AGE);
    assert_int_equal(count(w, TOPIC_INTERCHANGES), 1);
}

/* held - no route, and a claim that cannot be written: HELD with the reason; after the fix the same
 * version goes, and the question is answered */
static void held(void **state)
{
    struct world *w = *state;
    CcClaim *c = office(w, "A1"), *bad = office(w, "A2");
    const CcClaimStatus *st;
    const CcReviewItem *item;

    c->receiver = claims_text(w->a, "NOWHERE");
    feed(w, c);
    st = nth(w, TOPIC_CLAIMS_STATUS, 0);
    item = nth(w, TOPIC_WORK_REVIEW, 0);
    assert_int_equal(st->state, CLAIM_STATE_HELD);
    assert_string_equal(st->reason, "no route to this receiver");
    assert_string_equal(item->reason, "route");
    assert_string_equal(item->state, "open");
    c->receiver = claims_text(w->a, "");
    feed(w, c);
    assert_int_equal(count(w, TOPIC_WORK_REVIEW), 2);
    bad->coverages[0]->member_id = claims_text(w->a, "");
    feed(w, bad);
    st = nth(w, TOPIC_CLAIMS_STATUS, 2);
    assert_non_null(strstr(st->reason, "loop 2010BA, NM109"));
    item = nth(w, TOPIC_WORK_REVIEW, 2);
    assert_string_equal(item->reason, "missing");
    pass(w, AGE);
    assert_int_equal(count(w, TOPIC_INTERCHANGES), 0);
    c->receiver = claims_text(w->a, "CLRHOUSE01");
    feed(w, c);
    bad->version = 2;
    bad->coverages[0]->member_id = claims_text(w->a, "SYN1");
    feed(w, bad);
    pass(w, AGE);
    assert_int_equal(file(w, 0)->n_claims, 2);
    assert_int_equal(count(w, TOPIC_WORK_REVIEW), 5);
    item = nth(w, TOPIC_WORK_REVIEW, 4);
    assert_string_equal(item->state, "done");
}

/* superseded - a version that cannot be written keeps the waiting one before it from going out */
static void superseded(void **state)
{
    struct world *w = *state;
    CcClaim *c = office(w, "A1");

    feed(w, c);
    c->version = 2;
    c->n_lines = 0;
    feed(w, c);
    pass(w, AGE);
    assert_int_equal(count(w, TOPIC_INTERCHANGES), 0);
    assert_int_equal(((const CcClaimStatus *)nth(w, TOPIC_CLAIMS_STATUS, 0))->state,
                     CLAIM_STATE_HELD);
}

/* poison - a record that is no claim, or not under its own key, is a dead letter */
static void poison(void **state)
{
    struct world *w = *state;
    CcClaim *c = office(w, "A1");

    assert_int_equal(
        svc_sim_feed_bytes(w->sim, TOPIC_CLAIMS_CLEAN, 0, "A1", "x", "\x0A\xFF", 2, w->now, &w->e),
        0);
    assert_int_equal(
        svc_sim_feed(w->sim, TOPIC_CLAIMS_CLEAN, 0, "A2", "y", &c->base, w->now, &w->e), 0);
    assert_int_equal(svc_sim_count(w->sim), 2);
    assert_true(svc_sim_output(w->sim, 0)->dead);
    assert_true(svc_sim_output(w->sim, 1)->dead);
    assert_string_equal(svc_sim_output(w->sim, 1)->dead_reason, "key");
}

/* same_bytes - the same claims in another order and batch: each claim's own bytes are the same */
static void same_bytes(void **state)
{
    struct world *w = *state, v;
    const CcInterchange *f, *g;

    feed(w, office(w, "A1"));
    feed(w, office(w, "A2"));
    feed(w, office(w, "A3"));
    open_world(&v, routes, "exactly_once");
    v.now = w->now - 3;
    feed(&v, office(&v, "A3"));
    feed(&v, office(&v, "A1"));
    feed(&v, office(&v, "A2"));
    f = file(w, 0);
    g = file(&v, 0);
    assert_int_equal(f->x12.len, g->x12.len);
    assert_memory_equal(f->x12.data, g->x12.data, f->x12.len);
    teardown((void *[]){&v});
}

/* forgotten - what was sent is remembered for its days, then no more */
static void forgotten(void **state)
{
    struct world *w = *state;
    CcClaim *c = office(w, "A1");

    feed(w, c);
    pass(w, AGE);
    pass(w, INT64_C(399) * 86400000);
    feed(w, c);
    pass(w, AGE);
    assert_int_equal(count(w, TOPIC_INTERCHANGES), 1);
    pass(w, INT64_C(2) * 86400000);
    feed(w, c);
    pass(w, AGE);
    assert_int_equal(count(w, TOPIC_INTERCHANGES), 2);
}

/* at_least_once - only as long as every route is the sandbox's */
static void at_least_once(void **state)
{
    static const char sandbox[] = HEAD ROW("CLRHOUSE01", "Y", "Y", "1", "4000000");
    struct world w;
    struct err e;

    (void)state;
    open_world(&w, sandbox, "at_least_once");
    assert_int_equal(submitter_check(w.conf, w.l.tables, &e), 0);
    feed(&w, office(&w, "A1"));
    assert_int_equal(count(&w, TOPIC_INTERCHANGES), 1);
    teardown((void *[]){&w});
    open_world(&w, sandbox, "at_least_once");
    publish(&w, routes);
    assert_int_equal(submitter_check(w.conf, w.l.tables, &e), -1);
    assert_int_equal(e.class, ERR_FATAL);
    assert_int_equal(conf_set(w.conf, "DELIVERY", "exactly_once", &e), 0);
    assert_int_equal(submitter_check(w.conf, w.l.tables, &e), 0);
    teardown((void *[]){&w});
}

/* many - a batch of a thousand claims in two sets, within memory */
static void many(void **state)
{
    static const char large[] = HEAD ROW("CLRHOUSE01", "Y", "Y", "1000", "4000000");
    struct world w;
    char id[16];

    (void)state;
    open_world(&w, large, "exactly_once");
    for (int i = 0; i < 1000; i++)
        feed(&w, office(&w, (snprintf(id, sizeof(id), "M%04d", i), id)));
    assert_int_equal(count(&w, TOPIC_INTERCHANGES), 1);
    assert_int_equal(count(&w, TOPIC_CLAIMS_STATUS), 1000);
    assert_int_equal(file(&w, 0)->sets, 2);
    teardown((void *[]){&w});
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(by_count),
        T(read_again),
        T(by_age),
        T(by_bytes),
        T(by_cutoff),
        T(by_frequency),
        T(together),
        T(kinds),
        T(partitions),
        T(end_of_numbers),
        T(two_builders),
        T(repeats),
        T(versions),
        T(early),
        T(not_sent),
        T(last_leaves),
        T(again),
        T(reused),
        T(held),
        T(superseded),
        T(poison),
        T(same_bytes),
        T(forgotten),
        cmocka_unit_test(at_least_once),
        cmocka_unit_test(many),
    };

    return cmocka_run_group_tests_name("build", tests, NULL, NULL);
}
