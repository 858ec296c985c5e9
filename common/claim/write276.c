/* write276.c - 276 from claims: source, receiver, provider, subscriber, dependent, question */
#include "common/claim/write276.h"

#include <string.h>

#include "common/base/date.h"
#include "common/claim/chunk.h"
#include "common/claim/destination.h"
#include "common/x12/x12.h"

enum { LAST_SIZE = 60, FIRST_SIZE = 35, ID_SIZE = 80 };

/* A set in the making. */
struct asking {
    struct x12_writer *w;
    const struct status_batch *b;
    unsigned hl, receiver,
        provider;        /* levels so far; those that the next subscriber stands below */
    const CcClaim *last; /* the claim before, of the same levels; NULL: none */
};

/* billing - its provider */
static const CcProvider *billing(const CcClaim *c)
{
    for (size_t i = 0; i < c->n_providers; i++)
        if (c->providers[i]->role == PROVIDER_ROLE_BILLING)
            return c->providers[i];
    return NULL;
}

/* is_self - the patient is the subscriber */
static bool is_self(const CcClaim *c)
{
    return claim_destination(c)->relationship == RELATIONSHIP_SELF;
}

/* status_askable - see write276.h */
bool status_askable(const CcClaim *c)
{
    const CcClaimCoverage *v = claim_destination(c);
    const CcProvider *p = billing(c);

    return v && v->payer_id[0] && v->member_id[0] && p && p->npi[0] && p->name && c->patient &&
           c->patient->name && c->patient->name->last[0] && date_valid(c->patient->birth_date) &&
           (is_self(c) || (v->subscriber && v->subscriber->last[0]));
}

/* put_hl - one level more; returns its number */
static unsigned put_hl(struct asking *k, unsigned parent, const char *code, unsigned children)
{
    x12_begin(k->w, "HL");
    x12_number(k->w, ++k->hl);
    if (parent)
        x12_number(k->w, parent);
    else
        x12_skip(k->w, 1);
    x12_put(k->w, code);
    x12_number(k->w, children);
    x12_end(k->w);
    return k->hl;
}

/* put_name - NM1 of a person or, with first NULL, of an organization */
static void put_name(struct asking *k, const char *code, const char *last, const CcName *person,
                     const char *qualifier, const char *id)
{
    x12_begin(k->w, "NM1");
    x12_put(k->w, code);
    x12_put(k->w, person ? "1" : "2");
    x12_text(k->w, person ? person->last : last, LAST_SIZE);
    x12_text(k->w, person ? person->first : "", FIRST_SIZE);
    x12_text(k->w, person ? person->middle : "", FIRST_SIZE);
    x12_skip(k->w, 2);
    x12_put(k->w, qualifier);
    x12_text(k->w, id, ID_SIZE);
    x12_end(k->w);
}

/* put_birth - DMG */
static void put_birth(struct asking *k, const CcClaim *c)
{
    x12_begin(k->w, "DMG");
    x12_put(k->w, "D8");
    x12_date(k->w, c->patient->birth_date);
    x12_put(k->w, c->patient->sex == SEX_FEMALE ? "F" : c->patient->sex == SEX_MALE ? "M" : "U");
    x12_end(k->w);
}

/* put_reference - REF, AMT and the like: two elements, nothing when the second is empty */
static void put_reference(struct asking *k, const char *segment, const char *qualifier,
                          const char *value)
{
    if (!value || !value[0])
        return;
    x12_begin(k->w, segment);
    x12_put(k->w, qualifier);
    x12_text(k->w, value, ID_SIZE);
    x12_end(k->w);
}

/* put_dates - DTP 472, the whole span */
static void put_dates(struct asking *k, const struct status_question *q)
{
    int32_t from = q->claim->from_date, thru = q->claim->thru_date;
    char text[24];

    if (!date_valid(from))
        return;
    thru = date_valid(thru) ? thru : from;
    from = date_add(from, -q->wider_days);
    thru = date_add(thru, q->wider_days);
    x12_begin(k->w, "DTP");
    x12_put(k->w, "472");
    x12_put(k->w, from == thru ? "D8" : "RD8");
    snprintf(text, sizeof(text), from == thru ? "%08d" : "%08d-%08d", (int)from, (int)thru);
    x12_put(k->w, text);
    x12_end(k->w);
}

/* put_question - TRN to DTP */
static void put_question(struct asking *k, const struct status_question *q)
{
    const CcClaim *c = q->claim;

    put_reference(k, "TRN", "1", q->trace[0] ? q->trace : c->claim_id);
    put_reference(k, "REF", "1K", q->payer_claim);
    if (c->kind == CLAIM_KIND_INSTITUTIONAL)
        put_reference(k, "REF", "BLT", c->type_of_bill + (c->type_of_bill[0] == '0'));
    put_reference(k, "REF", "EJ", c->claim_id);
    x12_begin(k->w, "AMT");
    x12_put(k->w, "T3");
    x12_money(k->w, c->charge_cents);
    x12_end(k->w);
    put_dates(k, q);
}

/* same_levels - payer and provider are those of the claim before */
static bool same_levels(const struct asking *k, const CcClaim *c)
{
    return k->last &&
           strcmp(claim_destination(k->last)->payer_id, claim_destination(c)->payer_id) == 0 &&
           strcmp(billing(k->last)->npi, billing(c)->npi) == 0;
}

/* put_levels - source, receiver, provider */
static void put_levels(struct asking *k, const CcClaim *c)
{
    const CcClaimCoverage *v = claim_destination(c);
    const CcProvider *p = billing(c);

    k->receiver = put_hl(k, 0, "20", 1);
    put_name(k, "PR", v->payer_name[0] ? v->payer_name : v->payer_id, NULL, "PI", v->payer_id);
    k->receiver = put_hl(k, k->receiver, "21", 1);
    put_name(k, "41", k->b->route->submitter_name, NULL, "46", k->b->route->sender_id);
    k->provider = put_hl(k, k->receiver, "19", 1);
    put_name(k, "1P", p->name->last, p->organization ? NULL : p->name, "XX", p->npi);
}

/* put_claim - the subscriber, the dependent, the question */
static void put_claim(struct asking *k, const struct status_question *q)
{
    const CcClaim *c = q->claim;
    const CcClaimCoverage *v = claim_destination(c);
    unsigned subscriber;

    if (!same_levels(k, c))
        put_levels(k, c);
    k->last = c;
    subscriber = put_hl(k, k->provider, "22", !is_self(c));
    if (is_self(c))
        put_birth(k, c);
    put_name(k, "IL", NULL, is_self(c) ? c->patient->name : v->subscriber, "MI", v->member_id);
    if (!is_self(c)) {
        x12_begin(k->w, "HL");
        x12_number(k->w, ++k->hl);
        x12_number(k->w, subscriber);
        x12_put(k->w, "23");
        x12_end(k->w);
        put_birth(k, c);
        put_name(k, "QC", NULL, c->patient->name, "", "");
    }
    put_question(k, q);
}

/* put_set - ST to SE */
static void put_set(struct x12_writer *w, const struct status_batch *b)
{
    struct asking k = {.w = w, .b = b};
    char hhmm[ENVELOPE_TEXT];

    x12_begin(w, "ST");
    x12_put(w, "276");
    x12_put(w, "0001");
    x12_put(w, "005010X212");
    x12_end(w);
    x12_begin(w, "BHT");
    x12_put(w, "0010");
    x12_put(w, "13");
    x12_put(w, b->reference);
    x12_date(w, b->date);
    x12_put(w, envelope_time(b->hhmm, hhmm));
    x12_end(w);
    for (size_t i = 0; i < b->n; i++)
        put_claim(&k, &b->questions[i]);
    x12_begin(w, "SE");
    x12_number(w, w->segments + 1);
    x12_put(w, "0001");
    x12_end(w);
}

/* check - what a question cannot be asked without */
static int check(const struct status_batch *b, struct err *e)
{
    if (b->n == 0)
        return err_set(e, ERR_REJECT, "missing", "276: no question");
    for (size_t i = 0; i < b->n; i++)
        if (!status_askable(b->questions[i].claim))
            return err_set(e, ERR_REJECT, "missing",
                           "276: a claim without payer, provider, member or birth date");
    return claim_route_check(b->route, e);
}

/* status_render - see write276.h */
int status_render(const struct status_batch *b, struct buf *bytes, struct err *e)
{
    const struct envelope v = {.route = b->route,
                               .group = "HR",
                               .guide = "005010X212",
                               .date = b->date,
                               .hhmm = b->hhmm,
                               .control = b->control};
    struct x12_writer w;

    if (check(b, e) != 0)
        return -1;
    x12_writer_init(&w, bytes, &x12_customary);
    envelope_begin(&w, &v);
    put_set(&w, b);
    envelope_end(&w, &v, 1);
    return bytes->failed ? err_set(e, ERR_RETRY, "memory", "out of memory") : 0;
}
