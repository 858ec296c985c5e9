/* claims.c - 277CA for the claims of the sets that were accepted (billing §4.4)
 *
 * Claims are read one at a time; what the answer needs of each is kept, in the order of the file.
 * One set of the 277CA answers one set of the 837, by its BHT03. */
#include <string.h>

#include "common/claim/read837.h"
#include "services/sandbox/sandbox.h"

enum { CLAIM_MEMORY = 8 << 20, PAYER_ANSWER = 2 };

/* What is said of one claim. */
struct ack_claim {
    const char *isa13, *set, *bht03;
    const char *npi, *provider;
    const char *last, *first, *middle, *member;
    const char *claim_id, *tob, *trace;
    int64_t charge_cents;
    int32_t from_date, thru_date;
    const struct refusal *refused; /* NULL: accepted under icn */
    char icn[SANDBOX_ICN];
};

struct acking {
    struct taking *t;
    struct ack_claim *claims;
    size_t n;
    struct err *e;
};

/* copy - into the file's arena; never NULL */
static const char *copy(struct acking *k, const char *s)
{
    char *c = arena_strdup(k->t->arena, s ? s : "");

    return c ? c : "";
}

/* is_accepted_set - did the 999 let it through? */
static bool is_accepted_set(const struct taking *t, const char *set)
{
    for (size_t i = 0; i < t->n_sets; i++)
        if (strcmp(t->sets[i], set) == 0)
            return true;
    return false;
}

/* met_by - the interchange of that number */
static const struct met *met_by(const struct taking *t, const char *isa13)
{
    for (size_t i = 0; i < t->n_met; i++)
        if (strcmp(t->met[i].isa13, isa13) == 0 && t->met[i].accepted)
            return &t->met[i];
    return NULL;
}

/* describe - who and what */
static void describe(struct acking *k, struct ack_claim *out, const CcClaim *c)
{
    const CcProvider *billing = sandbox_provider(c, PROVIDER_ROLE_BILLING);
    const CcClaimCoverage *cov = sandbox_coverage(c);
    const CcName *name = c->patient ? c->patient->name : NULL;

    out->npi = copy(k, billing ? billing->npi : "");
    out->provider = copy(k, billing && billing->name ? billing->name->last : "");
    out->last = copy(k, name ? name->last : "");
    out->first = copy(k, name ? name->first : "");
    out->middle = copy(k, name ? name->middle : "");
    out->member = copy(k, cov ? cov->member_id : "");
    out->claim_id = copy(k, c->claim_id);
    out->tob = copy(k, c->type_of_bill);
    out->trace = copy(k, c->trace);
    out->charge_cents = c->charge_cents;
    out->from_date = c->from_date ? c->from_date : c->n_lines ? c->lines[0]->from_date : 0;
    out->thru_date = c->thru_date ? c->thru_date : out->from_date;
}

/* remember_claim - accepted: its number is known from now on, and what it replaces is gone */
static int remember_claim(struct acking *k, const CcClaim *c, const char *icn)
{
    struct taking *t = k->t;
    char key[SANDBOX_KEY], value[2 * SANDBOX_KEY];

    snprintf(value, sizeof(value), "%s %s %s", t->hash, icn, t->name);
    snprintf(key, sizeof(key), "claim/%s", c->claim_id);
    if (journal_add(t->box->journal, key, value, k->e) != 0)
        return -1;
    snprintf(key, sizeof(key), "accepted/%s/%s", t->hash, c->claim_id);
    if (journal_add(t->box->journal, key, icn, k->e) != 0)
        return -1;
    snprintf(value, sizeof(value), "%s %s %s", c->claim_id, t->hash, t->name);
    snprintf(key, sizeof(key), "icn/%s", icn);
    if (journal_add(t->box->journal, key, value, k->e) != 0)
        return -1;
    if (c->original_reference[0] == '\0' || strcmp(c->frequency, "1") == 0)
        return 0;
    snprintf(key, sizeof(key), "gone/%s", c->original_reference);
    snprintf(value, sizeof(value), "%s %s", t->hash, icn);
    return journal_add(t->box->journal, key, value, k->e);
}

/* is_repeated - the same number twice in this file */
static bool is_repeated(const struct acking *k, const char *claim_id)
{
    for (size_t i = k->n; i; i--)
        if (!k->claims[i - 1].refused && strcmp(k->claims[i - 1].claim_id, claim_id) == 0)
            return true;
    return false;
}

/* is_plain - a claim number that can stand in the journal */
static bool is_plain(const char *claim_id)
{
    return claim_id[0] && strlen(claim_id) <= 40 && !strpbrk(claim_id, " \n/");
}

/* judge - accepted, or why not */
static const struct refusal *judge(struct acking *k, const CcClaim *c, const struct met *m)
{
    static const struct refusal twice = {"A3", "54", ""}, unusable = {"A7", "478", ""};

    if (!is_plain(c->claim_id))
        return &unusable;
    return is_repeated(k, c->claim_id) ? &twice : sandbox_check(k->t, c, m->date);
}

/* each_claim - of the file */
static int each_claim(void *arg, const struct claim_read *r)
{
    struct acking *k = arg;
    const struct met *m = r->claim ? met_by(k->t, r->isa13) : NULL;
    struct ack_claim *grown, *c;
    char set[64];

    if (!m)
        return 0;
    snprintf(set, sizeof(set), "%s/%s/%s", r->isa13, r->gs06, r->st02);
    if (!is_accepted_set(k->t, set))
        return 0;
    grown = arena_grow(k->t->arena, k->claims, k->n, sizeof(*grown));
    if (!grown)
        return err_set(k->e, ERR_RETRY, "size", "sandbox: a file with too many claims");
    k->claims = grown;
    c = &k->claims[k->n];
    memset(c, 0, sizeof(*c));
    c->isa13 = m->isa13;
    c->set = copy(k, set);
    c->bht03 = copy(k, r->bht03);
    describe(k, c, r->claim);
    c->refused = judge(k, r->claim, m);
    icn_of(k->t->box->sandbox, r->claim, c->icn);
    k->n++;
    return c->refused ? 0 : remember_claim(k, r->claim, c->icn);
}

/* Sums over a stretch of claims. */
struct sums {
    int64_t accepted_cents, rejected_cents;
    unsigned accepted, rejected;
};

/* sum - claims [from, to) */
static struct sums sum(const struct acking *k, size_t from, size_t to)
{
    struct sums s = {0};

    for (size_t i = from; i < to; i++) {
        if (k->claims[i].refused) {
            s.rejected++;
            s.rejected_cents += k->claims[i].charge_cents;
        } else {
            s.accepted++;
            s.accepted_cents += k->claims[i].charge_cents;
        }
    }
    return s;
}

/* put_hl - a level; parent 0: none; children -1: not said */
static void put_hl(struct x12_writer *w, unsigned number, unsigned parent, const char *code,
                   int children)
{
    x12_begin(w, "HL");
    x12_number(w, number);
    if (parent)
        x12_number(w, parent);
    else
        x12_skip(w, 1);
    x12_put(w, code);
    if (children >= 0)
        x12_number(w, children);
    x12_end(w);
}

/* put_name - NM1 of an organisation */
static void put_name(struct x12_writer *w, const char *code, const char *name,
                     const char *qualifier, const char *id)
{
    x12_begin(w, "NM1");
    x12_put(w, code);
    x12_put(w, "2");
    x12_text(w, name[0] ? name : id, 60);
    x12_skip(w, 4);
    x12_put(w, qualifier);
    x12_put(w, id);
    x12_end(w);
}

/* put_two - "TRN*2*x", "QTY*90*1", "AMT*YU*215" */
static void put_two(struct x12_writer *w, const char *id, const char *one, const char *two)
{
    x12_begin(w, id);
    x12_put(w, one);
    x12_put(w, two);
    x12_end(w);
}

/* put_status - STC */
static void put_status(struct x12_writer *w, const char *category, const char *code,
                       const char *entity, int32_t date, bool refused, int64_t cents)
{
    x12_begin(w, "STC");
    x12_put(w, category);
    x12_sub(w, code);
    if (entity[0])
        x12_sub(w, entity);
    x12_date(w, date);
    x12_put(w, refused ? "U" : "WQ");
    x12_money(w, cents);
    x12_end(w);
}

/* put_counts - how many and how much, of each kind there is */
static void put_counts(struct x12_writer *w, const struct sums *s, const char *ok, const char *bad)
{
    char n[12];

    snprintf(n, sizeof(n), "%u", s->accepted);
    if (s->accepted)
        put_two(w, "QTY", ok, n);
    snprintf(n, sizeof(n), "%u", s->rejected);
    if (s->rejected)
        put_two(w, "QTY", bad, n);
    if (s->accepted) {
        x12_begin(w, "AMT");
        x12_put(w, "YU");
        x12_money(w, s->accepted_cents);
        x12_end(w);
    }
    if (s->rejected) {
        x12_begin(w, "AMT");
        x12_put(w, "YY");
        x12_money(w, s->rejected_cents);
        x12_end(w);
    }
}

/* put_dtp - a day, or a range */
static void put_dtp(struct x12_writer *w, const char *code, int32_t from, int32_t thru)
{
    char range[20];

    snprintf(range, sizeof(range), "%08d-%08d", from, thru);
    x12_begin(w, "DTP");
    x12_put(w, code);
    x12_put(w, from == thru ? "D8" : "RD8");
    if (from == thru)
        x12_date(w, from);
    else
        x12_put(w, range);
    x12_end(w);
}

/* put_claim - 2000D */
static void put_claim(struct x12_writer *w, const struct ack_claim *c, const struct met *m,
                      unsigned number, unsigned parent)
{
    const struct refusal ok = {"A2", "20", "PR"}, *says = c->refused ? c->refused : &ok;

    put_hl(w, number, parent, "PT", -1);
    x12_begin(w, "NM1");
    x12_put(w, "QC");
    x12_put(w, "1");
    x12_text(w, c->last, 60);
    x12_text(w, c->first, 35);
    x12_text(w, c->middle, 25);
    x12_skip(w, 2);
    x12_put(w, c->member[0] ? "MI" : "");
    x12_text(w, c->member, 80);
    x12_end(w);
    put_two(w, "TRN", "2", c->claim_id);
    put_status(w, says->category, says->code, says->entity, m->date, c->refused != NULL,
               c->charge_cents);
    if (!c->refused)
        put_two(w, "REF", "1K", c->icn);
    if (c->trace[0])
        put_two(w, "REF", "D9", c->trace);
    if (c->tob[0])
        put_two(w, "REF", "BLT", c->tob + (c->tob[0] == '0'));
    if (c->from_date)
        put_dtp(w, "472", c->from_date, c->thru_date);
}

/* put_head - 2000A and 2000B */
static void put_head(struct x12_writer *w, const struct acking *k, const struct met *m, size_t from,
                     size_t to, unsigned number)
{
    struct sums s = sum(k, from, to);
    char reference[40], hhmm[8];

    snprintf(reference, sizeof(reference), "CA%s%04u", m->isa13, number);
    snprintf(hhmm, sizeof(hhmm), "%04d", m->hhmm % 10000);
    x12_begin(w, "BHT");
    x12_put(w, "0085");
    x12_put(w, "08");
    x12_put(w, reference);
    x12_date(w, m->date);
    x12_put(w, hhmm);
    x12_put(w, "TH");
    x12_end(w);
    put_hl(w, 1, 0, "20", 1);
    put_name(w, "AY", "SANDBOX PAYER", "46", m->receiver);
    put_two(w, "TRN", "1", reference);
    put_dtp(w, "050", m->date, m->date);
    put_dtp(w, "009", m->date, m->date);
    put_hl(w, 2, 1, "21", 1);
    put_name(w, "41", k->claims[from].provider, "46", m->sender);
    put_two(w, "TRN", "2", k->claims[from].bht03);
    put_status(w, "A1", "19", "PR", m->date, false, s.accepted_cents + s.rejected_cents);
    put_counts(w, &s, "90", "AA");
}

/* put_provider - 2000C with the claims below it; returns the next HL number */
static unsigned put_provider(struct x12_writer *w, const struct acking *k, const struct met *m,
                             size_t from, size_t to, unsigned hl)
{
    struct sums s = sum(k, from, to);
    unsigned parent = hl++;

    put_hl(w, parent, 2, "19", 1);
    put_name(w, "85", k->claims[from].provider, "XX", k->claims[from].npi);
    put_two(w, "TRN", "1", "0");
    put_status(w, "A1", "19", "PR", 0, false, s.accepted_cents + s.rejected_cents);
    put_counts(w, &s, "QA", "QC");
    for (size_t i = from; i < to; i++)
        put_claim(w, &k->claims[i], m, hl++, parent);
    return hl;
}

/* put_set - one ST for claims [from, to) of one set of ours */
static void put_set(struct x12_writer *w, const struct acking *k, const struct met *m, size_t from,
                    size_t to, unsigned number)
{
    unsigned hl = 3;

    sandbox_set(w, "277", number, "005010X214");
    put_head(w, k, m, from, to, number);
    for (size_t i = from; i < to;) {
        size_t j = i + 1;

        while (j < to && strcmp(k->claims[j].npi, k->claims[i].npi) == 0)
            j++;
        hl = put_provider(w, k, m, i, j, hl);
        i = j;
    }
    sandbox_set_end(w, number);
}

/* answer_interchange - the 277CA of one interchange: its claims stand together */
static int answer_interchange(struct acking *k, const struct met *m, size_t from, size_t to)
{
    struct x12_writer w;
    struct buf b;
    unsigned sets = 0;
    int r;

    buf_init(&b);
    x12_writer_init(&w, &b, &x12_customary);
    sandbox_begin(&w, m, "HN", "005010X214", m->control + PAYER_ANSWER);
    for (size_t i = from; i < to;) {
        size_t j = i + 1;

        while (j < to && strcmp(k->claims[j].set, k->claims[i].set) == 0)
            j++;
        put_set(&w, k, m, i, j, ++sets);
        i = j;
    }
    sandbox_end(&w, sets, m->control + PAYER_ANSWER);
    r = b.failed ? err_set(k->e, ERR_RETRY, "memory", "out of memory")
                 : sandbox_reply(k->t->box, m, "277CA", NULL, b.data, b.len, k->e);
    buf_wipe(&b);
    return r;
}

/* answer_claims - every interchange of the file that has claims */
int answer_claims(struct taking *t, struct err *e)
{
    struct acking k = {.t = t, .e = e};

    if (claim_read_837(t->data.p, t->data.n, CLAIM_MEMORY, each_claim, &k, e) != 0)
        return -1;
    for (size_t i = 0; i < k.n;) {
        size_t j = i + 1;

        while (j < k.n && strcmp(k.claims[j].isa13, k.claims[i].isa13) == 0)
            j++;
        if (answer_interchange(&k, met_by(t, k.claims[i].isa13), i, j) != 0)
            return -1;
        i = j;
    }
    return 0;
}
