/* status.c - questions about claims (276) are answered with a 277 (billing §5): finalized once
 * paid, in process while accepted, not found otherwise
 *
 * Levels and names are those of the question, segment by segment; what is said of a claim follows
 * from the journal alone, so the same question at the same time has the same bytes. */
#include <stdio.h>
#include <string.h>

#include "common/sys/file.h"
#include "services/sandbox/sandbox.h"

enum { TEXT = 64, STATUS_ANSWER = 4, HASH_TEXT = SANDBOX_HASH };

/* One question as far as it was read. */
struct question {
    bool open;
    struct span trace, ej, blt, d9, charge, date_format, date;
};

struct answering {
    struct taking *t;
    const struct met *m;
    struct x12_writer w;
    struct question q;
    unsigned sets;
    bool inside; /* of a 276 that the 999 accepted */
};

/* key_text - a span as a text; "" when it is too long to be a key */
static const char *key_text(struct span s, char out[TEXT])
{
    snprintf(out, TEXT, "%.*s", s.n < TEXT ? (int)s.n : 0, s.p ? s.p : "");
    return out;
}

/* put_pair - a qualifier and a value that is there */
static void put_pair(struct x12_writer *w, const char *segment, const char *qualifier,
                     struct span value)
{
    if (value.n == 0)
        return;
    x12_begin(w, segment);
    x12_put(w, qualifier);
    x12_put_span(w, value);
    x12_end(w);
}

/* put_status - STC: what the journal knows of the claim; *icn: the payer's number, "" = not found
 */
static void put_status(struct answering *k, const char *claim_id, char icn[SANDBOX_ICN])
{
    char key[SANDBOX_KEY], hash[HASH_TEXT] = "";
    const char *value;
    bool paid = false;

    icn[0] = '\0';
    snprintf(key, sizeof(key), "claim/%s", claim_id);
    value = claim_id[0] ? journal_find(k->t->box->journal, key) : NULL;
    if (value && sscanf(value, "%16s %23s", hash, icn) == 2) {
        snprintf(key, sizeof(key), "paid/%s", hash);
        paid = journal_find(k->t->box->journal, key) != NULL;
    }
    x12_begin(&k->w, "STC");
    x12_put(&k->w, paid ? "F1" : icn[0] ? "P1" : "D0");
    x12_sub(&k->w, paid ? "65" : icn[0] ? "20" : "35");
    x12_date(&k->w, k->m->date);
    x12_skip(&k->w, 1);
    x12_put_span(&k->w, k->q.charge);
    x12_end(&k->w);
}

/* answer - the question that was open */
static void answer(struct answering *k)
{
    char claim[TEXT], icn[SANDBOX_ICN];

    if (!k->q.open)
        return;
    put_pair(&k->w, "TRN", "2", k->q.trace);
    put_status(k, key_text(k->q.ej.n ? k->q.ej : k->q.trace, claim), icn);
    put_pair(&k->w, "REF", "1K", span_of(icn));
    put_pair(&k->w, "REF", "BLT", k->q.blt);
    put_pair(&k->w, "REF", "EJ", k->q.ej);
    put_pair(&k->w, "REF", "D9", k->q.d9);
    if (k->q.date.n) {
        x12_begin(&k->w, "DTP");
        x12_put(&k->w, "472");
        x12_put_span(&k->w, k->q.date_format);
        x12_put_span(&k->w, k->q.date);
        x12_end(&k->w);
    }
    memset(&k->q, 0, sizeof(k->q));
}

/* copy - a segment as it came */
static void copy(struct answering *k, const struct x12_segment *s, unsigned elements)
{
    char id[4];

    snprintf(id, sizeof(id), "%.*s", 3, x12_is(s, "HL") ? "HL" : "NM1");
    x12_begin(&k->w, id);
    for (unsigned i = 1; i <= elements; i++)
        x12_put_span(&k->w, x12_element(s, i));
    x12_end(&k->w);
}

/* take_question - TRN to DTP */
static void take_question(struct question *q, const struct x12_segment *s)
{
    if (x12_is(s, "TRN")) {
        q->open = true;
        q->trace = x12_element(s, 2);
    } else if (x12_is(s, "REF") && x12_element_is(s, 1, "EJ")) {
        q->ej = x12_element(s, 2);
    } else if (x12_is(s, "REF") && x12_element_is(s, 1, "BLT")) {
        q->blt = x12_element(s, 2);
    } else if (x12_is(s, "REF") && x12_element_is(s, 1, "D9")) {
        q->d9 = x12_element(s, 2);
    } else if (x12_is(s, "AMT")) {
        q->charge = x12_element(s, 2);
    } else if (x12_is(s, "DTP")) {
        q->date_format = x12_element(s, 2);
        q->date = x12_element(s, 3);
    }
}

/* begin_set - BHT of the answer */
static void begin_set(struct answering *k)
{
    char reference[32], hhmm[8];

    snprintf(reference, sizeof(reference), "ST%s%04u", k->m->isa13, ++k->sets);
    snprintf(hhmm, sizeof(hhmm), "%04d", k->m->hhmm % 10000);
    sandbox_set(&k->w, "277", k->sets, "005010X212");
    x12_begin(&k->w, "BHT");
    x12_put(&k->w, "0010");
    x12_put(&k->w, "08");
    x12_put(&k->w, reference);
    x12_date(&k->w, k->m->date);
    x12_put(&k->w, hhmm);
    x12_put(&k->w, "DG");
    x12_end(&k->w);
}

/* take - one segment of the file */
static void take(struct answering *k, const struct x12_segment *s)
{
    if (x12_is(s, "ST")) {
        k->inside = x12_element_is(s, 1, "276");
        if (k->inside)
            begin_set(k);
    } else if (!k->inside) {
        return;
    } else if (x12_is(s, "SE")) {
        answer(k);
        sandbox_set_end(&k->w, k->sets);
        k->inside = false;
    } else if (x12_is(s, "HL") || x12_is(s, "NM1")) {
        answer(k);
        copy(k, s, x12_is(s, "HL") ? 4 : 9);
    } else {
        if (x12_is(s, "TRN"))
            answer(k);
        take_question(&k->q, s);
    }
}

/* answer_questions - see sandbox.h; questions stand in interchanges of their own */
int answer_questions(struct taking *t, struct err *e)
{
    struct answering k = {.t = t, .m = t->n_met ? &t->met[0] : NULL};
    struct x12_reader reader;
    struct x12_segment s;
    struct buf b;
    int r = 0;

    if (!k.m || !k.m->accepted || t->n_sets == 0)
        return 0;
    buf_init(&b);
    x12_writer_init(&k.w, &b, &x12_customary);
    sandbox_begin(&k.w, k.m, "HN", "005010X212", k.m->control + STATUS_ANSWER);
    x12_reader_init(&reader, t->data.p, t->data.n);
    while (x12_next(&reader, &s, NULL) == 1)
        take(&k, &s);
    sandbox_end(&k.w, k.sets, k.m->control + STATUS_ANSWER);
    if (b.failed)
        r = err_set(e, ERR_RETRY, "memory", "out of memory");
    else if (k.sets)
        r = sandbox_reply(t->box, k.m, "277", NULL, b.data, b.len, e);
    buf_wipe(&b);
    return r;
}
