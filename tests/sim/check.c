/* check.c - the invariants of a run, and its summary
 *
 * A line of the summary is a stream: what one stage wrote to one topic under one key, in order, as
 * hashes of the messages without their instants; or what was delivered of one claim. */
#include "tests/sim/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/str.h"
#include "common/sys/digest.h"
#include "tests/sim/kafka.h"
#include "tests/sim/mask.h"
#include "tests/sim/show.h"
#include "tests/sim/world.h"

enum { STREAMS_MAX = 8192, SEEN_MAX = 65536, NAME_SIZE = 300, MEMORY = 64 << 20 };

struct stream {
    char name[NAME_SIZE];
    struct buf text;
    bool sorted; /* its words: their order does not count */
};

static struct stream streams[STREAMS_MAX];
static size_t n_streams;
static char *seen[SEEN_MAX];
static size_t n_seen;
static struct arena *memory;

/* stream_of - by name */
static struct stream *stream_of(const char *name)
{
    for (size_t i = 0; i < n_streams; i++)
        if (strcmp(streams[i].name, name) == 0)
            return &streams[i];
    if (n_streams == STREAMS_MAX)
        sim_fail("simulator: too many streams");
    str_copy(streams[n_streams].name, NAME_SIZE, name);
    buf_init(&streams[n_streams].text);
    return &streams[n_streams++];
}

/* add - one more of a stream */
static void add(const char *name, const char *word)
{
    struct stream *s = stream_of(name);

    buf_addc(&s->text, ' ');
    buf_adds(&s->text, word);
}

/* add_bytes - as a hash */
static void add_bytes(const char *name, const void *p, size_t n)
{
    char hex[DIGEST_TEXT];

    digest_hex(p ? p : "", n, hex);
    hex[10] = '\0';
    add(name, hex);
}

/* by_text - qsort order */
static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* once - remembers a name that may come once only */
static void once(const char *name)
{
    if (n_seen == SEEN_MAX)
        sim_fail("simulator: too many names");
    seen[n_seen++] = strdup(name);
}

/* check_once - did any come twice? */
static void check_once(void)
{
    qsort(seen, n_seen, sizeof(seen[0]), by_text);
    for (size_t i = 1; i < n_seen; i++)
        if (strcmp(seen[i], seen[i - 1]) == 0)
            sim_fail("twice: %s", seen[i]);
}

/* header - of a record, as text; "" where it has none */
static const char *header(const struct record *r, const char *name)
{
    const void *value;
    size_t n;

    if (!r->headers ||
        rd_kafka_header_get_last(r->headers, name, &value, &n) != RD_KAFKA_RESP_ERR_NO_ERROR)
        return "";
    return value;
}

/* unpacked - a record's message; NULL: it is none */
static ProtobufCMessage *unpacked(const struct log *l, const struct record *r)
{
    ProtobufCMessage *m;
    struct err e;

    if (!topic_row(l->topic)->message || !r->value ||
        event_unpack(memory, topic_row(l->topic)->message, r->value, r->value_len, &m, &e) != 0)
        return NULL;
    return m;
}

/* trace_message - for whoever looks for a difference */
static void trace_message(const char *name, const ProtobufCMessage *m)
{
    if (!sim.trace || !m)
        return;
    trace("%s:", name);
    show_message(m, 1);
}

/* How what a stage writes to a topic is compared with the undisturbed run. */
enum same {
    SAME_ORDER,
    SAME_SET,
    SAME_END, /* the last status' version, state and money: answers may come in another order */
};

/* Rows; what is not listed is not compared: payer.replies and payer.answers are the payer's bytes,
 * which name our files, and what they say is seen in what follow makes of it. */
static const struct {
    const char *source;
    enum topic topic;
    enum same same;
    bool numbers; /* without what follows from control numbers */
} rows[] = {
    {"coder", TOPIC_CLAIMS_CODED, SAME_ORDER, false},
    {"coder", TOPIC_CLAIMS_STATUS, SAME_ORDER, false},
    {"coder", TOPIC_WORK_REVIEW, SAME_ORDER, false},
    {"coder", TOPIC_CLAIMS_DECISIONS, SAME_ORDER, false},
    {"validator", TOPIC_CLAIMS_CLEAN, SAME_ORDER, false},
    {"validator", TOPIC_CLAIMS_STATUS, SAME_ORDER, false},
    {"validator", TOPIC_WORK_REVIEW, SAME_ORDER, false},
    {"validator", TOPIC_CLAIMS_DECISIONS, SAME_ORDER, false},
    {"submitter-build", TOPIC_CLAIMS_STATUS, SAME_ORDER, true},
    {"submitter-build", TOPIC_WORK_REVIEW, SAME_ORDER, true},
    {"submitter-deliver", TOPIC_CLAIMS_STATUS, SAME_ORDER, true},
    {"submitter-deliver", TOPIC_WORK_REVIEW, SAME_SET, true},
    {"submitter-follow", TOPIC_CLAIMS_STATUS, SAME_END, true},
    {"submitter-follow", TOPIC_CLAIMS_CODED, SAME_ORDER, true},
    {"submitter-follow", TOPIC_CLAIMS_DECISIONS, SAME_ORDER, true},
    {"submitter-follow", TOPIC_REMITTANCES, SAME_SET, true},
    {"submitter-follow", TOPIC_WORK_REVIEW, SAME_SET, true},
};

/* row_of - of a stage and topic; -1: it is not compared */
static int row_of(const char *source, enum topic t)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (rows[i].topic == t && strcmp(rows[i].source, source) == 0)
            return (int)i;
    return -1;
}

/* name_stream - decisions of a patient's different claims come in any order */
static void name_stream(const struct log *l, const struct record *r, const ProtobufCMessage *m,
                        char name[NAME_SIZE])
{
    const char *claim = m && m->descriptor == &cc_decision__descriptor
                            ? ((const CcDecision *)(const void *)m)->claim_id
                            : "";

    snprintf(name, NAME_SIZE, "%s%s %s %s%s%s", topic_row(l->topic)->name, l->dead ? ".dead" : "",
             header(r, "ce_source"), r->key ? (const char *)r->key : "", claim[0] ? "/" : "",
             claim);
}

/* of_payment - a question about a payment as a whole, which depends on what was billed together */
static bool of_payment(const struct record *r, const ProtobufCMessage *m)
{
    return m && m->descriptor == &cc_review_item__descriptor && r->key &&
           strcmp(((const CcReviewItem *)(const void *)m)->claim_id, r->key) != 0 &&
           strcmp(((const CcReviewItem *)(const void *)m)->stage, "follow") == 0;
}

/* forget_number - the payer's number of a claim may come before or after the word that it is in a
 * file */
static void forget_number(ProtobufCMessage *m)
{
    CcDecision *d = (CcDecision *)(void *)m;

    if (m->descriptor == &cc_decision__descriptor && d->payer_state == CLAIM_STATE_BATCHED)
        d->payer_claim = (char *)(uintptr_t) "";
}

/* set_end - how a claim stands, by the newest status of a stream */
static void set_end(const char *name, const CcClaimStatus *s)
{
    buf_reset(&stream_of(name)->text);
    add(name, arena_printf(
                  memory, "version=%u state=%d charge=%lld paid=%lld patient=%lld off=%lld",
                  s->version, (int)s->state, (long long)s->charge_cents, (long long)s->paid_cents,
                  (long long)s->patient_cents, (long long)s->contractual_cents));
}

/* overtaken - that a payment was taken back is told only where the word that the replacement is in
 * a file has not come before */
static bool overtaken(const ProtobufCMessage *m)
{
    return m && m->descriptor == &cc_decision__descriptor &&
           ((const CcDecision *)(const void *)m)->payer_state == CLAIM_STATE_REVERSED;
}

/* add_record - into its stream */
static void add_record(const struct log *l, const struct record *r)
{
    ProtobufCMessage *m = l->dead ? NULL : unpacked(l, r);
    int row = l->dead ? -1 : row_of(header(r, "ce_source"), l->topic);
    char name[NAME_SIZE];
    uint8_t *bytes = (uint8_t *)(uintptr_t)r->value;
    size_t n = r->value_len;
    struct err e;

    if ((!l->dead && row < 0) || of_payment(r, m) || overtaken(m))
        return;
    name_stream(l, r, m, name);
    if (m) {
        trace_message(name, m);
        forget_number(m);
        mask_message(m, rows[row].numbers);
        if (event_pack(memory, m, &bytes, &n, &e) != 0)
            sim_fail("simulator: %s: %s", name, e.text);
    }
    if (row >= 0 && rows[row].same == SAME_END && m) {
        set_end(name, (const CcClaimStatus *)(const void *)m);
        return;
    }
    stream_of(name)->sorted = row >= 0 && rows[row].same == SAME_SET;
    add_bytes(name, bytes, n);
}

/* check_file - an interchange: its control number is new; its claims are sent once */
static void check_file(const CcInterchange *f)
{
    char name[NAME_SIZE];

    snprintf(name, sizeof(name), "ISA13 %s %s", f->receiver, f->isa13);
    once(name);
    snprintf(name, sizeof(name), "interchange %s", f->file_name);
    once(name);
    snprintf(name, sizeof(name), "file %s %s", f->file_name, f->sha256);
    add("", name); /* against what the mailboxes have */
    for (size_t i = 0; i < f->n_claims; i++) {
        const CcSentClaim *c = f->claims[i];

        snprintf(name, sizeof(name), "sent %s", c->claim_id);
        add(name, arena_printf(memory, "v%u:%lld", c->version, (long long)c->charge_cents));
        snprintf(name, sizeof(name), "claim %s version %u", c->claim_id, c->version);
        once(name);
    }
}

/* check_record - of one partition */
static void check_record(const struct log *l, const struct record *r)
{
    char name[NAME_SIZE];

    arena_reset(memory);
    if (l->topic != TOPIC_ENCOUNTERS && header(r, "ce_id")[0]) {
        snprintf(name, sizeof(name), "record %s%s %s %s", topic_row(l->topic)->name,
                 l->dead ? ".dead" : "", header(r, "ce_source"), header(r, "ce_id"));
        once(name);
    }
    if (l->topic == TOPIC_INTERCHANGES && !l->dead) {
        const ProtobufCMessage *m = unpacked(l, r);

        if (m)
            check_file((const CcInterchange *)(const void *)m);
        return;
    }
    if (l->topic != TOPIC_ENCOUNTERS && (l->dead || topic_row(l->topic)->message))
        add_record(l, r);
}

/* check_inputs - each event of the visits is there, and nothing else */
static void check_inputs(void)
{
    size_t found = 0;

    for (int32_t p = 0; p < SIM_PARTITIONS; p++)
        found += broker_end(broker_log(TOPIC_ENCOUNTERS, false, p), true);
    if (found < world.n)
        sim_fail("%zu events of %zu came to the broker", found, world.n);
}

/* check_logs - all that is committed */
static void check_logs(void)
{
    for (int t = TOPIC_NONE + 1; t < TOPIC_MAX; t++)
        for (int dead = 0; dead < 2; dead++)
            for (int32_t p = 0; p < SIM_PARTITIONS; p++) {
                struct log *l = broker_log((enum topic)t, dead, p);

                for (size_t i = 0; i < l->n; i++)
                    if (l->records[i].state == RECORD_COMMITTED)
                        check_record(l, &l->records[i]);
            }
}

/* check_delivered - a file of a mailbox: its name once; each claim's own segments */
static void check_delivered(void *arg, const char *file, const void *p, size_t n)
{
    char name[NAME_SIZE], hex[DIGEST_TEXT];
    const char *at = p, *end = at + n;

    (void)arg;
    snprintf(name, sizeof(name), "delivered %s", file);
    once(name);
    snprintf(name, sizeof(name), "file %s %s", file, digest_hex(p, n, hex));
    if (!stream_of("")->text.data || !strstr(stream_of("")->text.data, name))
        sim_fail("delivered, but not as it was made: %s", file);
    while (at && (at = memmem(at, (size_t)(end - at), "~CLM*", 5))) {
        const char *hl = memmem(at, (size_t)(end - at), "~HL*", 4);
        const char *se = memmem(at, (size_t)(end - at), "~SE*", 4);
        const char *to = memmem(at + 1, (size_t)(end - at) - 1, "~CLM*", 5);

        to = to ? to : end;
        to = hl && hl < to ? hl : to;
        to = se && se < to ? se : to;
        snprintf(name, sizeof(name), "claim %.*s", (int)strcspn(at + 5, "*"), at + 5);
        trace("%s: %.*s", name, (int)(to - at), at);
        add_bytes(name, at, (size_t)(to - at));
        at++;
    }
}

/* by_name - qsort order */
static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct stream *)a)->name, ((const struct stream *)b)->name);
}

/* check_files - as many delivered as made */
static void check_files(void)
{
    size_t made = 0, delivered = 0;

    for (size_t i = 0; i < n_seen; i++) {
        made += str_starts(seen[i], "interchange ");
        delivered += str_starts(seen[i], "delivered ");
    }
    if (made != delivered)
        sim_fail("%zu files were made, %zu delivered", made, delivered);
}

/* sort_words - of a stream, each of the same length */
static void sort_words(struct stream *s)
{
    enum { WORD = 11 };

    for (size_t i = WORD; i + WORD <= s->text.len; i += WORD)
        for (char *p = s->text.data + i; p > s->text.data && memcmp(p, p - WORD, WORD) < 0;
             p -= WORD) {
            char word[WORD];

            memcpy(word, p, WORD);
            memcpy(p, p - WORD, WORD);
            memcpy(p - WORD, word, WORD);
        }
}

/* check_world - see check.h */
void check_world(void)
{
    struct buf all;

    memory = arena_new(MEMORY);
    check_inputs();
    check_logs();
    payer_each(check_delivered, NULL);
    check_once();
    check_files();
    qsort(streams, n_streams, sizeof(streams[0]), by_name);
    buf_init(&all);
    for (size_t i = 0; i < n_streams; i++)
        if (streams[i].name[0]) {
            if (streams[i].sorted)
                sort_words(&streams[i]);
            buf_addf(&all, "%s:%s\n", streams[i].name,
                     streams[i].text.data ? streams[i].text.data : "");
        }
    if (all.len >= SIM_SUMMARY)
        sim_fail("simulator: the summary is too long");
    memcpy(sim.out->summary, all.data ? all.data : "", all.len);
    sim.out->summary[all.len] = '\0';
    sim.out->n_summary = all.len;
}

/* check_compare - line by line */
int check_compare(const char *want, const char *have, char *why, unsigned long size)
{
    while (*want || *have) {
        size_t w = strcspn(want, "\n"), h = strcspn(have, "\n");

        if (w != h || memcmp(want, have, w) != 0) {
            snprintf(why, size, "differs: undisturbed \"%.*s\", here \"%.*s\"", (int)w, want,
                     (int)h, have);
            return -1;
        }
        want += w + (want[w] == '\n');
        have += h + (have[h] == '\n');
    }
    return 0;
}
