/* claims.c - 277CA for the claims of the sets that were accepted (billing §4.4)
 *
 * Claims are read one at a time; what the answer needs of each is kept, in the order of the file.
 * One set of the 277CA answers one set of the 837, by its BHT03. */
#include <string.h>

#include "common/claim/read837.h"
#include "services/sandbox/sandbox.h"

enum { CLAIM_MEMORY = 8 << 20, PAYER_ANSWER = 2 };
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

/* is_first_provider - of its set */
static bool is_first_provider(const struct acking *k, const struct ack_claim *c)
{
    size_t i = k->n;

    while (i && strcmp(k->claims[i - 1].set, c->set) == 0)
        i--;
    return i == k->n || strcmp(k->claims[i].npi, c->npi) == 0;
}

/* judge - accepted, or why not */
static const struct refusal *judge(struct acking *k, struct ack_claim *out, const CcClaim *c,
                                   const struct met *m)
{
    static const struct refusal twice = {"A3", "54", ""}, unusable = {"A7", "478", ""},
                                submitter = {"A3", "24", "41"}, provider = {"A3", "24", "85"};
    const struct scenario *how = &k->t->box->sandbox->scenario;

    out->with_batch = how->reject_batch;
    out->with_provider = how->reject_provider && is_first_provider(k, out);
    if (out->with_batch)
        return &submitter;
    if (out->with_provider)
        return &provider;
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
    c->refused = judge(k, c, r->claim, m);
    icn_of(k->t->box->sandbox, r->claim, c->icn);
    k->n++;
    return c->refused ? 0 : remember_claim(k, r->claim, c->icn);
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
        write_277ca(&w, k->claims, m, i, j, ++sets);
        i = j;
    }
    sandbox_end(&w, sets, m->control + PAYER_ANSWER);
    r = b.failed ? err_set(k->e, ERR_RETRY, "memory", "out of memory")
        : k->t->mute || k->t->box->sandbox->scenario.no_277ca
            ? 0
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
