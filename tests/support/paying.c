/* paying.c - the sandbox and follow, one beside the other, without a broker */
#include "tests/support/paying.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/claim/read835.h"
#include "common/sys/digest.h"
#include "common/sys/file.h"
#include "common/x12/check.h"
#include "services/sandbox/sandbox.h"
#include "tests/support/claims.h"
#include "tests/support/folder.h"
#include "tests/support/following.h"
#include "tests/support/test.h"

enum { STEP_MS = 100, STEPS = 1200, FILES = 8, FIRST_CONTROL = 101, PAYMENTS = 64 };

struct paying pay;

static char root[256], mailbox[300], replies[300];
static struct sandbox sandbox;
static struct box box;
static char *ids[PAYING_CLAIMS];
static CcInterchange *files[FILES];
static size_t n_ids, n_traces, clean_done, serial;
static char traces[PAYMENTS][96];
static int64_t clock_ms_here;

/* paying_setup - folders and a fresh follow */
int paying_setup(void **state)
{
    fw_setup(state);
    folder_make(root, sizeof(root), "paying");
    snprintf(mailbox, sizeof(mailbox), "%s/in", root);
    snprintf(replies, sizeof(replies), "%s/out", root);
    memset(&pay, 0, sizeof(pay));
    memset(&sandbox, 0, sizeof(sandbox));
    n_ids = n_traces = clean_done = 0;
    clock_ms_here = 0;
    sandbox.seed = "1";
    sandbox.ack_after_ms = 1000;
    sandbox.pay_after_ms = 3000;
    assert_int_equal(mix_parse("paid=1", &sandbox.mix, &fw.error), 0);
    return 0;
}

/* paying_teardown - gives all back */
int paying_teardown(void **state)
{
    box_close(&box);
    folder_remove(root);
    return fw_teardown(state);
}

/* say - what another step says of a claim of a file */
static void say(const char *step, const char *event, CcClaimState s, const CcClaim *c,
                const char *isa13, const char *bht03)
{
    CcClaimStatus *st = fw_step_status(step, event, s, 0, c->version, isa13);

    st->claim_id = c->claim_id;
    st->charge_cents = c->charge_cents;
    st->bht03 = fw_text(bht03);
    fw_feed(TOPIC_CLAIMS_STATUS, st->claim_id, st);
}

/* sent - what the builder says of one claim of the file */
static void sent(CcInterchange *f, const CcClaim *c, const struct claim_sent *s)
{
    CcSentClaim *x = event_new(fw.memory, &cc_sent_claim__descriptor);

    x->claim_id = c->claim_id;
    x->version = c->version;
    x->st02 = fw_text(s->st02);
    x->bht03 = fw_text(s->bht03);
    x->first_segment = s->first_segment;
    x->segments = s->segments;
    x->hl_first_segment = s->hl_first_segment;
    x->charge_cents = c->charge_cents;
    x->kind = c->kind;
    x->billing_npi = fw_text("1234567893");
    x->payer_id = fw_text("SHP01");
    event_push(fw.memory, f, claims, x);
    f->charge_cents += c->charge_cents;
}

/* file_of - rendered, as the builder publishes it */
static CcInterchange *file_of(const CcClaim *const *claims, size_t n, unsigned per_set,
                              struct claim_rendered *out, struct buf *b)
{
    CcInterchange *f = event_new(fw.memory, &cc_interchange__descriptor);
    uint32_t control = FIRST_CONTROL + (uint32_t)pay.files;
    char hex[DIGEST_TEXT];
    const struct claim_batch batch = {.route = &claims_route,
                                      .claims = claims,
                                      .n_claims = n,
                                      .control = control,
                                      .bht_prefix =
                                          fw_text(arena_printf(fw.memory, "B%u-", control)),
                                      .date = 20260401,
                                      .hhmm = 915,
                                      .claims_per_set = per_set};

    if (claim_render(fw.memory, &batch, b, out, &fw.error) != 0)
        fail_msg("%s", fw.error.text);
    f->receiver = fw_text(FW_RECEIVER);
    f->isa13 = arena_printf(fw.memory, "%09u", control);
    f->gs06 = arena_printf(fw.memory, "%u", control);
    f->file_name = arena_printf(fw.memory, "F%u.x12", control);
    f->x12.data = arena_memdup(fw.memory, b->data, b->len);
    f->x12.len = b->len;
    f->sha256 = fw_text(digest_hex(b->data, b->len, hex));
    f->created_ms = fw.now;
    return f;
}

/* bill - claims in one file to the payer, and what builder and deliverer say of it */
static void bill(const CcClaim *const *claims, size_t n, unsigned per_set)
{
    struct claim_rendered out;
    CcInterchange *f;
    struct buf b;

    buf_init(&b);
    assert_true(pay.files < FILES);
    f = file_of(claims, n, per_set, &out, &b);
    for (size_t i = 0; i < n; i++) {
        const struct claim_sent *s = &out.sent[i];

        sent(f, claims[s->index], s);
        say("build", "batch", CLAIM_STATE_BATCHED, claims[s->index], f->isa13, s->bht03);
    }
    files[pay.files++] = f;
    fw_feed(TOPIC_INTERCHANGES, FW_RECEIVER, f);
    for (size_t i = 0; i < n; i++)
        say("deliver", "transport_ok", CLAIM_STATE_SENT, claims[out.sent[i].index], f->isa13,
            out.sent[i].bht03);
    assert_int_equal(file_write(mailbox, f->file_name, b.data, b.len, &fw.error), 0);
    buf_release(&b);
}

/* fresh - one more office claim */
static CcClaim *fresh(const struct paying_row *row)
{
    CcClaim *c = claims_office(fw.memory);

    assert_true(n_ids < PAYING_CLAIMS);
    ids[n_ids] = arena_printf(fw.memory, "A10000%02zu", n_ids + 1);
    c->claim_id = ids[n_ids++];
    c->version = 1;
    c->receiver = fw_text(FW_RECEIVER);
    for (size_t i = 0; i < c->n_lines; i++)
        c->lines[i]->control = arena_printf(fw.memory, "%sL%zu", c->claim_id, i + 1);
    if (row->second) {
        CcClaimCoverage *x =
            claims_coverage(fw.memory, c, "S", "SMP02", "SECOND MUTUAL PLAN", "ABC556677");

        x->subscriber = c->coverages[0]->subscriber;
        x->destination = false;
        c->coverages[0]->destination = true;
    }
    return c;
}

/* bill_again - what follow sent back to the builder goes out in a new file */
static bool bill_again(void)
{
    const CcClaim *claims[PAYING_CLAIMS];
    size_t n = 0;

    for (; clean_done < svc_sim_count(fw.sim); clean_done++)
        if (svc_sim_output(fw.sim, clean_done)->topic == TOPIC_CLAIMS_CLEAN)
            claims[n++] = fw_output(clean_done, &cc_claim__descriptor);
    if (n)
        bill(claims, n, 0);
    return n > 0;
}

/* no_finding - of the checker */
static int no_finding(void *arg, const struct x12_result *r)
{
    pay.interchanges += r->level == X12_INTERCHANGE;
    if (!r->accepted || r->count)
        fail_msg("%s: %s %s: %s %s", (const char *)arg, r->guide,
                 r->count ? r->findings[0].segment : "", r->count ? r->findings[0].code : "",
                 r->count ? r->findings[0].message : "");
    return 0;
}

/* count_payment - each once, by its payer and trace */
static void count_payment(const struct payment *p)
{
    char trace[96];

    assert_true(p->balanced);
    snprintf(trace, sizeof(trace), "%s|%s", p->payer_id, p->trace);
    for (size_t i = 0; i < n_traces; i++)
        if (strcmp(traces[i], trace) == 0)
            return;
    assert_true(n_traces < PAYMENTS);
    memcpy(traces[n_traces++], trace, sizeof(trace));
    pay.check_cents += p->check_cents;
    for (size_t i = 0; i < p->n_claims; i++)
        pay.paid_cents += p->claims[i]->paid_cents;
}

/* look_at - a reply by itself: nothing to find, payments in balance */
static void look_at(char *name, const struct buf *b)
{
    const struct x12_check_options o = {0};
    const char *save = getenv("SANDBOX_SAVE");
    struct reply_walk w;
    struct reply_item item;
    struct payment *p;
    char path[300];

    assert_int_equal(x12_check(b->data, b->len, &o, no_finding, name, &fw.error), 0);
    reply_walk_init(&w, b->data, b->len);
    while (reply_walk_next(&w, &item)) {
        assert_int_not_equal(item.kind, REPLY_DAMAGED);
        if (read835_reads(&item)) {
            assert_int_equal(read835(fw.memory, &item, &p, &fw.error), 0);
            count_payment(p);
        }
    }
    snprintf(path, sizeof(path), "%03zu_%s", serial++, name);
    if (save)
        assert_int_equal(file_write(save, path, b->data, b->len, &fw.error), 0);
}

/* is_reply - for scandir */
static int is_reply(const struct dirent *d)
{
    return d->d_name[0] != '.';
}

/* hear - what came from the payer goes to follow */
static bool hear(void)
{
    struct dirent **list;
    char path[PATH_MAX];
    struct buf b;
    int n = scandir(replies, &list, is_reply, alphasort);

    for (int i = 0; i < n; i++) {
        buf_init(&b);
        assert_true(file_join(path, sizeof(path), replies, list[i]->d_name));
        assert_int_equal(file_read(path, 1 << 24, &b, &fw.error), 0);
        look_at(list[i]->d_name, &b);
        fw_answer(fw_reply_of(&b));
        assert_int_equal(unlink(path), 0);
        pay.answers++;
        buf_release(&b);
        free(list[i]);
    }
    free(list);
    return n > 0;
}

/* live - time passes at the payer, and in follow */
static void live(void)
{
    for (int i = 0; i < STEPS; i++) {
        clock_ms_here += STEP_MS;
        if (box_turn(&box, clock_ms_here, NULL, &fw.error) != 0)
            fail_msg("%s", fw.error.text);
        if (hear())
            bill_again();
    }
    fw_clock_to(fw.now + 2 * HOUR);
}

/* paying_more - see paying.h */
void paying_more(const struct paying_row *row, unsigned n)
{
    const CcClaim *claims[PAYING_CLAIMS];

    for (unsigned i = 0; i < n; i++) {
        CcClaim *c = fresh(row);

        claims[i] = c;
        fw_feed(TOPIC_CLAIMS_CLEAN, c->claim_id, c);
    }
    clean_done = svc_sim_count(fw.sim);
    bill(claims, n, row->per_set);
    live();
}

/* paying_run - see paying.h */
void paying_run(const struct paying_row *row)
{
    if (scenario_parse(row->scenario, strlen(row->scenario), &sandbox.scenario, &fw.error) != 0)
        fail_msg("%s: %s", row->name, fw.error.text);
    scenario_apply(&sandbox);
    assert_int_equal(box_open(&box, &sandbox, mailbox, replies, &fw.error), 1);
    paying_more(row, row->claims);
}

/* paying_count - see paying.h */
size_t paying_count(void)
{
    return n_ids;
}

/* paying_id - see paying.h */
const char *paying_id(size_t i)
{
    return ids[i];
}

/* paying_status - see paying.h */
CcClaimStatus *paying_status(size_t i)
{
    return fw_last(ids[i]);
}

/* paying_file - see paying.h */
const CcInterchange *paying_file(size_t i)
{
    return files[i];
}
