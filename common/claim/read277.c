/* read277.c - 277CA (005010X214) and 277 (005010X212): what became of a batch, of a provider's
 * claims, of a claim
 *
 * Both are trees of HL levels. What an answer is about is opened by TRN (a claim by our number, a
 * batch by our BHT03) and decided by its STC segments: in a 277CA any STC with action U refuses
 * (billing §4.4); else the furthest category counts. */
#include <string.h>

#include "common/claim/answer.h"
#include "common/base/money.h"

enum level { LEVEL_NONE, LEVEL_SOURCE, LEVEL_RECEIVER, LEVEL_PROVIDER, LEVEL_CLAIM };

/* A category of STC01-1: what it means for a claim and how far it goes. The longest prefix of the
 * code decides. */
struct category_row {
    const char *prefix, *event;
    unsigned rank;
};

/* clang-format off */
static const struct category_row categories[] = {
    {"A0", "277CA_WQ", 1}, {"A1", "277CA_WQ", 2}, {"A2", "277CA_WQ", 4}, {"A5", "277CA_WQ", 4},
    {"A3", "277CA_U", 9},  {"A6", "277CA_U", 9},  {"A7", "277CA_U", 9},  {"A8", "277CA_U", 9},
    {"A4", "277_A4", 3},   {"P", "277_P", 5},     {"R", "277_R", 6},     {"F", "277_F", 7},
    {"D0", "277_D0", 3},   {"E", "277_E", 0},
};
/* clang-format on */

struct ack277 {
    struct arena *a;
    struct reply_answers *out;
    const struct reply_item *item;
    bool claims_answer; /* 277CA; else 277 */
    enum level level;
    bool line; /* behind an SVC */
    const char *payer, *their_bht03, *our_bht03, *trace;
    char *npi;
    CcAnswer *batch; /* the 2200B answer: counts are added to it */
    bool summed;     /* counts came from the providers, not from the batch */
    CcAnswer *open;
    unsigned rank;      /* of the STC that decided `open` */
    const char *status; /* that STC's date and codes, for the key */
};

/* category_row - of a code; NULL: none we know */
static const struct category_row *category_row(struct span code)
{
    for (size_t i = 0; i < sizeof(categories) / sizeof(categories[0]); i++) {
        size_t n = strlen(categories[i].prefix);

        if (code.n >= n && memcmp(code.p, categories[i].prefix, n) == 0)
            return &categories[i];
    }
    return NULL;
}

/* is_claim_level - PT in a 277CA, 22 and 23 in a 277 */
static bool is_claim_level(struct span code)
{
    return span_is(code, "PT") || span_is(code, "22") || span_is(code, "23");
}

/* close_open - the answer in hand is complete: its key, or out with it when no STC decided it */
static void close_open(struct ack277 *k)
{
    CcAnswer *answer = k->open;

    k->open = NULL;
    k->line = false;
    if (!answer)
        return;
    if (answer->event[0] == '\0' ||
        (strcmp(answer->level, "provider") == 0 && strcmp(answer->event, "277CA_U") != 0)) {
        k->out->n_item--; /* nothing was opened after it */
        return;
    }
    if (k->claims_answer)
        answer->key = arena_printf(k->a, "277CA|%s|%s|%s|%s|%s", k->payer, k->their_bht03,
                                   answer->level, k->trace, k->status);
    else
        answer->key = arena_printf(k->a, "277|%s|%s|%s", k->trace, k->their_bht03, k->status);
}

/* open_answer - a TRN names what comes */
static void open_answer(struct ack277 *k, const char *level, const struct x12_segment *s)
{
    close_open(k);
    k->open = answer_new(k->a, k->out, k->claims_answer ? "277CA" : "277", level, s->position);
    k->rank = 0;
    k->status = "";
    k->trace = reply_text(k->a, x12_element(s, 2));
    if (!k->open)
        return;
    k->open->bht03 = reply_text(k->a, span_of(k->our_bht03));
    k->open->trace = reply_text(k->a, x12_element(s, 2));
    k->open->npi = strcmp(level, "provider") == 0 ? k->npi : k->open->npi;
}

/* claim_of - our number in a trace: a question's is "NUMBER-1" (write276.h); else the trace itself
 */
static char *claim_of(struct ack277 *k, struct span trace)
{
    const char *dash = trace.n ? memchr(trace.p, '-', trace.n) : NULL;

    if (dash && !k->claims_answer)
        trace.n = (size_t)(dash - trace.p);
    return reply_text(k->a, trace);
}

/* take_trace - TRN, by the level it stands in */
static void take_trace(struct ack277 *k, const struct x12_segment *s)
{
    switch (k->level) {
    case LEVEL_RECEIVER:
        k->our_bht03 = reply_text(k->a, x12_element(s, 2));
        if (k->claims_answer) {
            open_answer(k, "batch", s);
            k->batch = k->open;
        }
        break;
    case LEVEL_PROVIDER:
        if (k->claims_answer)
            open_answer(k, "provider", s);
        break;
    case LEVEL_CLAIM:
        open_answer(k, "claim", s);
        if (k->open)
            k->open->claim_id = claim_of(k, x12_element(s, 2));
        break;
    default:
        break;
    }
}

/* take_level - HL */
static void take_level(struct ack277 *k, const struct x12_segment *s)
{
    struct span code = x12_element(s, 3);

    close_open(k);
    if (is_claim_level(code))
        k->level = LEVEL_CLAIM;
    else if (span_is(code, "19"))
        k->level = LEVEL_PROVIDER;
    else if (span_is(code, "21"))
        k->level = LEVEL_RECEIVER;
    else
        k->level = span_is(code, "20") ? LEVEL_SOURCE : LEVEL_NONE;
    if (k->level == LEVEL_PROVIDER)
        k->npi = reply_text(k->a, (struct span){NULL, 0});
}

/* take_name - NM1: who answers, and whose claims are meant */
static void take_name(struct ack277 *k, const struct x12_segment *s)
{
    if (k->level == LEVEL_SOURCE)
        k->payer = reply_text(k->a, x12_element(s, 9));
    else if (k->level == LEVEL_PROVIDER && x12_element_is(s, 8, "XX"))
        k->npi = reply_text(k->a, x12_element(s, 9));
}

/* composite_text - "A7:164:IL" whatever the delimiter; "" when empty */
static char *composite_text(struct ack277 *k, const struct x12_segment *s, unsigned n)
{
    char *text = reply_text(k->a, x12_element(s, n));

    for (char *p = text; *p; p++)
        if (*p == s->delims->component)
            *p = ':';
    return text;
}

/* decide - this STC goes further than those before it */
static void decide(struct ack277 *k, const struct category_row *row, const struct x12_segment *s)
{
    k->rank = row->rank;
    k->open->event = reply_text(k->a, span_of(row->event));
    k->open->category = reply_text(k->a, x12_component(s, 1, 1));
    k->open->status_date = reply_date(x12_element(s, 2));
    k->open->reason = reply_text(k->a, span_of(ack_meaning("STC", k->open->category)));
}

/* take_status - STC: codes are kept; the furthest decides; action U refuses whatever the category
 */
static void take_status(struct ack277 *k, const struct x12_segment *s)
{
    static const unsigned composites[] = {1, 10, 11};
    static const struct category_row refused = {"", "277CA_U", 10};
    const struct category_row *row = category_row(x12_component(s, 1, 1));
    int64_t cents;

    if (!k->open)
        return;
    for (size_t i = 0; i < 3; i++)
        answer_code_text(k->a, k->open, composite_text(k, s, composites[i]));
    k->status = arena_printf(k->a, "%s|%s|%s", k->status ? k->status : "",
                             reply_text(k->a, x12_element(s, 2)), composite_text(k, s, 1));
    if (k->claims_answer && x12_element_is(s, 3, "U"))
        row = &refused;
    if (!k->line &&
        decimal_parse(x12_element(s, 4).p, x12_element(s, 4).n, 2, &cents) == DECIMAL_OK)
        k->open->charge_cents = cents;
    if (row && (row->rank > k->rank || k->open->event[0] == '\0'))
        decide(k, row, s);
}

/* take_reference - REF: the payer's number, our own */
static void take_reference(struct ack277 *k, const struct x12_segment *s)
{
    if (!k->open || k->level != LEVEL_CLAIM || k->line)
        return;
    if (x12_element_is(s, 1, "1K"))
        k->open->payer_claim = reply_text(k->a, x12_element(s, 2));
    else if (x12_element_is(s, 1, "EJ"))
        k->open->claim_id = reply_text(k->a, x12_element(s, 2));
}

/* take_quantity - QTY: claims accepted and refused, of the batch or summed over its providers */
static void take_quantity(struct ack277 *k, const struct x12_segment *s)
{
    int64_t n;
    bool accepted = x12_element_is(s, 1, "90") || x12_element_is(s, 1, "QA");
    bool whole = x12_element_is(s, 1, "90") || x12_element_is(s, 1, "AA");

    if (!k->batch || decimal_parse(x12_element(s, 2).p, x12_element(s, 2).n, 0, &n) != DECIMAL_OK ||
        n < 0 || n > 1000000 ||
        (!accepted && !x12_element_is(s, 1, "AA") && !x12_element_is(s, 1, "QC")) ||
        (!whole && k->batch->counts_given))
        return;
    k->batch->counts_given = k->batch->counts_given || whole;
    k->summed = true;
    if (accepted)
        k->batch->accepted += (uint32_t)n;
    else
        k->batch->rejected += (uint32_t)n;
}

/* take_277 - one segment */
static void take_277(struct ack277 *k, const struct x12_segment *s)
{
    if (x12_is(s, "BHT"))
        k->their_bht03 = reply_text(k->a, x12_element(s, 3));
    else if (x12_is(s, "HL"))
        take_level(k, s);
    else if (x12_is(s, "NM1"))
        take_name(k, s);
    else if (x12_is(s, "TRN"))
        take_trace(k, s);
    else if (x12_is(s, "STC"))
        take_status(k, s);
    else if (x12_is(s, "REF"))
        take_reference(k, s);
    else if (x12_is(s, "QTY"))
        take_quantity(k, s);
    else if (x12_is(s, "SVC"))
        k->line = true;
}

/* is_277ca - by the guide, else by the purpose in BHT01 */
static bool is_277ca(const struct reply_item *item)
{
    struct x12_reader at = item->at;
    struct x12_segment s;

    if (item->guide.n >= 10)
        return memmem(item->guide.p, item->guide.n, "X214", 4) != NULL;
    return reply_segment(&at, &s) && x12_is(&s, "BHT") && x12_element_is(&s, 1, "0085");
}

/* read277 - one set */
int read277(struct arena *a, const struct reply_item *item, struct reply_answers *out,
            struct err *e)
{
    struct ack277 k = {
        .a = a, .out = out, .item = item, .payer = "", .their_bht03 = "", .our_bht03 = ""};
    struct x12_reader at = item->at;
    struct x12_segment s;
    size_t before = out->n_item;

    k.npi = reply_text(a, (struct span){NULL, 0});
    k.claims_answer = is_277ca(item);
    while (reply_segment(&at, &s))
        take_277(&k, &s);
    close_open(&k);
    if (k.batch && k.summed)
        k.batch->counts_given = true;
    if (answer_memory(a, e) != 0)
        return -1;
    if (out->n_item == before)
        return err_set(e, ERR_REJECT, "reply",
                       "277: no status (STC) that says anything of what was sent");
    return 0;
}
