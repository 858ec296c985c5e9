/* pay.c - the 835 of a file that was taken: what was accepted of it, decided claim by claim
 *
 * A replacement takes the claim it replaces back first, a void only does that. What was decided
 * then is not kept: it is decided again from the file that brought the claim, and comes out the
 * same. */
#include <string.h>

#include "common/claim/read837.h"
#include "common/sys/file.h"
#include "common/sys/log.h"
#include "common/base/date.h"
#include "services/sandbox/sandbox.h"

enum {
    CLAIM_MEMORY = 8 << 20,
    PAY_MEMORY = 64 << 20,
    PAY_FACTOR = 16,
    ANSWERS_PER_FILE = 8,
    PAYMENT = 3,
    LATER_PAYMENT = 5,
    CONTROL_SPACE = 124999999,
    TRACE = 40
};

struct paying {
    struct box *box;
    struct arena *arena;
    const char *hash;
    struct met met;
    bool met_known;
    bool later; /* the payment that comes behind the first */
    struct decided *all;
    size_t n;
    struct err *e;
};

/* copy - into the payment's arena; never NULL */
static const char *copy(struct paying *p, const char *s)
{
    char *c = arena_strdup(p->arena, s ? s : "");

    return c ? c : "";
}

/* rendering_of - its NPI, when it is another than the billing provider's */
static const char *rendering_of(const CcClaim *c, const CcProvider *billing)
{
    const CcProvider *r = sandbox_provider(c, PROVIDER_ROLE_RENDERING);

    return r && billing && strcmp(r->npi, billing->npi) != 0 ? r->npi : "";
}

/* keep - a claim as this payer decided it, with what is said beside the money */
static int keep(struct paying *p, const CcClaim *c, const CcClaimCoverage *cov, CcRemittance *r)
{
    const struct scenario *how = &p->box->sandbox->scenario;
    const CcClaimCoverage *next = sandbox_next_coverage(c);
    struct decided *grown = r ? arena_grow(p->arena, p->all, p->n, sizeof(*grown)) : NULL, *d;
    const CcProvider *billing = sandbox_provider(c, PROVIDER_ROLE_BILLING);
    const CcName *name = c->patient ? c->patient->name : NULL;
    bool forwarded = r && (strcmp(r->status, "19") == 0 || strcmp(r->status, "20") == 0);

    if (!grown)
        return err_set(p->e, ERR_RETRY, "size", "sandbox: a payment with too many claims");
    p->all = grown;
    d = &p->all[p->n++];
    memset(d, 0, sizeof(*d));
    d->r = r;
    d->last = copy(p, name ? name->last : "");
    d->first = copy(p, name ? name->first : "");
    d->middle = copy(p, name ? name->middle : "");
    d->member = copy(p, cov ? cov->member_id : "");
    d->payer_id = copy(p, cov ? cov->payer_id : "");
    d->payer_name = copy(p, cov ? cov->payer_name : "");
    d->npi = copy(p, billing ? billing->npi : "");
    d->payee = copy(p, billing && billing->name ? billing->name->last : "");
    d->tax_id = copy(p, billing ? billing->tax_id : "");
    d->rendering = copy(p, rendering_of(c, billing));
    d->next_id = copy(p, forwarded && next ? next->payer_id : "");
    d->next_name = copy(p, forwarded && next ? next->payer_name : "");
    d->bare = how->no_modifiers;
    d->unnumbered = how->no_line_numbers;
    d->institutional = c->kind == CLAIM_KIND_INSTITUTIONAL;
    d->from_date = c->from_date;
    d->thru_date = c->thru_date;
    return 0;
}

/* What a claim that is replaced is looked for by. */
struct earlier {
    struct paying *p;
    const char *claim_id, *icn;
    bool found;
};

/* take_back - the claim of an earlier file */
static int take_back(void *arg, const struct claim_read *r)
{
    struct earlier *x = arg;
    CcRemittance *was;

    if (!r->claim || x->found || strcmp(r->claim->claim_id, x->claim_id) != 0)
        return 0;
    x->found = true;
    was = adjudicate(x->p->arena, x->p->box->sandbox, r->claim, x->icn);
    return keep(x->p, r->claim, sandbox_coverage(r->claim),
                was ? reversal_of(x->p->arena, was) : NULL);
}

/* read_taken - a file that was taken, from its folder */
static int read_taken(const struct box *b, const char *name, struct buf *out, struct err *e)
{
    char path[PATH_MAX];

    if (!file_join(path, sizeof(path), b->taken, name))
        return err_set(e, ERR_RETRY, "mailbox", "path too long");
    return file_read(path, SANDBOX_FILE_LIMIT, out, e);
}

/* reverse_original - of a replacement or void; the journal says where it lies: "claim hash name" */
static int reverse_original(struct paying *p, const CcClaim *c)
{
    char key[SANDBOX_KEY], claim_id[64], hash[SANDBOX_HASH];
    struct earlier x = {p, claim_id, copy(p, c->original_reference), false};
    const char *where;
    struct buf b;
    int at = 0, r;

    snprintf(key, sizeof(key), "icn/%s", c->original_reference);
    where = journal_find(p->box->journal, key);
    if (!where || sscanf(where, "%63s %16s %n", claim_id, hash, &at) != 2 || at == 0)
        return 0;
    buf_init(&b);
    r = read_taken(p->box, where + at, &b, p->e);
    if (r == 0)
        r = claim_read_837(b.data, b.len, CLAIM_MEMORY, take_back, &x, p->e);
    buf_wipe(&b);
    return r;
}

/* is_paid_here - the same number twice in one file is paid once */
static bool is_paid_here(const struct paying *p, const char *claim_id, const char *icn)
{
    for (size_t i = p->n; i; i--)
        if (!p->all[i - 1].r->reversal && strcmp(p->all[i - 1].r->claim_id, claim_id) == 0 &&
            strcmp(p->all[i - 1].r->payer_claim, icn) == 0)
            return true;
    return false;
}

/* note_met - the interchange that is paid; its answers carry numbers of its own */
static void note_met(struct paying *p, const struct claim_read *r)
{
    int64_t isa13 = 0;

    if (p->met_known)
        return;
    p->met_known = true;
    str_copy(p->met.sender, sizeof(p->met.sender), r->sender);
    str_copy(p->met.receiver, sizeof(p->met.receiver), r->receiver);
    str_copy(p->met.isa13, sizeof(p->met.isa13), r->isa13);
    str_to_i64(r->isa13, &isa13);
    p->met.control = (uint32_t)(isa13 % CONTROL_SPACE) * ANSWERS_PER_FILE + 1;
    p->met.test = r->test;
}

/* next_payer - to whom the scenario has this claim forwarded; NULL: to nobody. What the payer
 * refused is not forwarded. */
static const CcClaimCoverage *next_payer(const struct paying *p, const CcClaim *c,
                                         const CcRemittance *r)
{
    const struct sandbox *s = p->box->sandbox;
    enum fate fate = fate_of(&s->mix, s->seed, c->claim_id);

    return r->patient_cents > 0 && fate == FATE_PAID &&
                   sandbox_chosen(s, c, "forward", s->scenario.forward_percent)
               ? sandbox_next_coverage(c)
               : NULL;
}

/* take_claim_back - taken back and decided anew under another number */
static int take_claim_back(struct paying *p, const CcClaim *c, const CcRemittance *r)
{
    const CcClaimCoverage *cov = sandbox_coverage(c);
    char again[SANDBOX_ICN + 1];

    snprintf(again, sizeof(again), "%sR", r->payer_claim);
    return keep(p, c, cov, reversal_of(p->arena, r)) != 0
               ? -1
               : keep(p, c, cov, adjudicate(p->arena, p->box->sandbox, c, copy(p, again)));
}

/* decide_claim - what this payment says of it: decided; forwarded, and then decided by the next
 * payer in a payment of that one's own; or taken back and decided anew, in this payment or later */
static int decide_claim(struct paying *p, const CcClaim *c, const char *icn)
{
    const struct sandbox *s = p->box->sandbox;
    CcRemittance *r = adjudicate(p->arena, s, c, icn);
    const CcClaimCoverage *next = r ? next_payer(p, c, r) : NULL;
    bool back = !next && sandbox_chosen(s, c, "reverse", s->scenario.reverse_percent);
    char number[SANDBOX_ICN + 1];

    if (next && p->later) {
        snprintf(number, sizeof(number), "%sF", icn);
        return keep(p, c, next, forwarded_of(p->arena, r, next, copy(p, number)));
    }
    if (next)
        r->status = (char *)(uintptr_t)copy(p, strcmp(r->status, "1") == 0 ? "19" : "20");
    if (!p->later && keep(p, c, sandbox_coverage(c), r) != 0)
        return -1;
    return r && back && p->later == (s->scenario.reverse_later != 0) ? take_claim_back(p, c, r) : 0;
}

/* pay_claim - each claim of the file that was accepted */
static int pay_claim(void *arg, const struct claim_read *r)
{
    struct paying *p = arg;
    char key[SANDBOX_KEY];
    const char *icn;

    if (!r->claim || strlen(r->claim->claim_id) > 40)
        return 0;
    snprintf(key, sizeof(key), "accepted/%s/%s", p->hash, r->claim->claim_id);
    icn = journal_find(p->box->journal, key);
    if (!icn || is_paid_here(p, r->claim->claim_id, icn))
        return 0;
    note_met(p, r);
    if (!p->later && r->claim->original_reference[0] && strcmp(r->claim->frequency, "1") != 0 &&
        reverse_original(p, r->claim) != 0)
        return -1;
    if (strcmp(r->claim->frequency, "8") == 0)
        return 0;
    return decide_claim(p, r->claim, copy(p, icn));
}

/* complete_met - qualifiers and date stand in the ISA */
static void complete_met(struct paying *p, const struct buf *b)
{
    struct x12_reader reader;
    struct x12_segment s;
    struct span q5, q7, q9, q10;
    char date[9] = "20";
    int64_t hhmm = 0;

    x12_reader_init(&reader, b->data, b->len);
    while (x12_next(&reader, &s, NULL) == 1 && !x12_is(&s, "ISA"))
        continue;
    q5 = span_trim(x12_element(&s, 5));
    q7 = span_trim(x12_element(&s, 7));
    q9 = span_trim(x12_element(&s, 9));
    q10 = span_trim(x12_element(&s, 10));
    snprintf(p->met.sender_qualifier, sizeof(p->met.sender_qualifier), "%.*s", (int)q5.n, q5.p);
    snprintf(p->met.receiver_qualifier, sizeof(p->met.receiver_qualifier), "%.*s", (int)q7.n, q7.p);
    snprintf(date + 2, sizeof(date) - 2, "%.*s", (int)q9.n, q9.p);
    p->met.date = date_parse(date) ? date_parse(date) : 20000101;
    snprintf(date, sizeof(date), "%.*s", (int)q10.n, q10.p);
    str_to_i64(date, &hhmm);
    p->met.hhmm = (int)(hhmm % 2400);
}

/* earlier_number - of a claim of an earlier file that was paid, the first known; "": none */
static const char *earlier_number(const struct paying *p)
{
    const char *key;
    size_t cursor = 0;

    while ((key = journal_next(p->box->journal, "icn/", &cursor))) {
        char hash[SANDBOX_HASH], paid[SANDBOX_KEY];

        if (sscanf(journal_find(p->box->journal, key), "%*s %16s", hash) != 1 ||
            strcmp(hash, p->hash) == 0)
            continue;
        snprintf(paid, sizeof(paid), "paid/%s", hash);
        if (journal_find(p->box->journal, paid))
            return key + strlen("icn/");
    }
    return "";
}

/* send_payments - one set a payer and provider */
static int send_payments(struct paying *p)
{
    uint32_t control = p->met.control + (p->later ? LATER_PAYMENT : PAYMENT);
    char trace[TRACE];
    struct payments payments = {p->box->sandbox, &p->met, trace, earlier_number(p)};
    struct x12_writer w;
    struct buf b;
    unsigned sets = 0;
    int r;

    buf_init(&b);
    x12_writer_init(&w, &b, &x12_customary);
    sandbox_begin(&w, &p->met, "HP", "005010X221A1", control);
    snprintf(trace, sizeof(trace), "SBX%s%.6s%s", p->met.isa13, p->hash, p->later ? "L" : "");
    while (write_835(&w, &payments, p->all, p->n, sets + 1))
        sets++;
    sandbox_end(&w, sets, control);
    r = b.failed
            ? err_set(p->e, ERR_RETRY, "memory", "out of memory")
            : sandbox_reply(p->box, &p->met, "835", p->later ? "later" : NULL, b.data, b.len, p->e);
    if (r == 0)
        log_event(LOG_INFO, "paid", log_i("claims", (int64_t)p->n), log_i("payments", sets),
                  log_i("bytes", (int64_t)b.len));
    buf_wipe(&b);
    return r;
}

/* pay - decided and written */
static int pay(struct box *b, const char *hash, const char *name, bool later, struct err *e)
{
    struct paying p = {.box = b, .hash = hash, .later = later, .e = e};
    struct buf bytes;
    int r;

    buf_init(&bytes);
    r = read_taken(b, name, &bytes, e);
    p.arena = r == 0 ? arena_new(PAY_MEMORY + bytes.len * PAY_FACTOR) : NULL;
    if (r == 0 && !p.arena)
        r = err_set(e, ERR_RETRY, "memory", "out of memory");
    if (r == 0)
        r = claim_read_837(bytes.data, bytes.len, CLAIM_MEMORY, pay_claim, &p, e);
    if (r == 0 && p.n && !b->sandbox->scenario.no_835) {
        complete_met(&p, &bytes);
        r = send_payments(&p);
    }
    arena_free(p.arena);
    buf_wipe(&bytes);
    return r;
}

/* pay_file - see sandbox.h */
int pay_file(struct box *b, const char *hash, const char *name, struct err *e)
{
    return pay(b, hash, name, false, e);
}

/* pay_later - see sandbox.h */
int pay_later(struct box *b, const char *hash, const char *name, struct err *e)
{
    return pay(b, hash, name, true, e);
}
