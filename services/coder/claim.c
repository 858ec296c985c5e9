/* claim.c - what professional and institutional claims share: ids, patient, coverages, lines, sums
 *
 * The id is made of the encounter (itself made of facility and visit), the kind and the ordinal:
 * the same encounter always gives the same id, a re-coding is its next version. */
#include "services/coder/claim.h"

#include <string.h>

#include "common/base/money.h"
#include "common/base/str.h"
#include "common/sys/digest.h"
#include "services/coder/party.h"
#include "services/coder/place.h"
#include "services/coder/service.h"

enum { ID_LETTERS = 14 };

/* numbered - a text, a sign and a number behind it */
static char *numbered(struct work *w, const char *text, char sign, uint32_t n)
{
    size_t length = strlen(text), digits = 1;
    char *s;

    for (uint32_t rest = n; rest > 9; rest /= 10)
        digits++;
    s = arena_alloc(w->a, length + digits + 2);
    if (!s)
        return work_kept("");
    memcpy(s, text, length);
    s[length] = sign;
    for (; digits; digits--, n /= 10)
        s[length + digits] = (char)('0' + n % 10);
    return s;
}

/* claim_id - 14 letters of base 32 (70 bits of SHA-256), the kind's letter, the ordinal */
static char *claim_id(struct work *w, const struct bill *b)
{
    static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    const char *all =
        numbered(w, numbered(w, w->enc->encounter, '\x1f', (uint32_t)b->kind), '\x1f', b->ordinal);
    uint8_t sum[DIGEST_BYTES];
    char id[ID_LETTERS + 1];

    digest_sha256(all, strlen(all), sum);
    for (size_t i = 0; i < ID_LETTERS; i++) {
        size_t bit = i * 5;
        unsigned two = (unsigned)sum[bit / 8] << 8 | sum[bit / 8 + 1];

        id[i] = alphabet[two >> (11 - bit % 8) & 31];
    }
    id[ID_LETTERS] = '\0';
    return numbered(w, id, b->kind == CLAIM_KIND_INSTITUTIONAL ? 'I' : 'P', b->ordinal);
}

/* rule_patient - without a name there is no claim */
void rule_patient(struct work *w, const struct rule *r)
{
    const CcPatient *p = w->enc->patient;

    if (!p->name || !p->name->last[0])
        work_ask(w, r, "no-patient", "Who is the patient? The record has no name.");
}

/* put_pointers - numbers of this claim's diagnoses; the first where the record points to none */
static void put_pointers(struct work *w, const struct bill *b, struct service *s, CcServiceLine *l)
{
    uint32_t ranks[CLAIM_POINTERS];
    bool named;
    size_t n = claim_pointers(w, s, ranks, &named);

    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < b->n_dx; k++)
            if (b->dx[k]->rank == ranks[i])
                event_push_u32(w->a, &l->pointers, &l->n_pointers, (uint32_t)k + 1);
    if (!l->n_pointers && b->n_dx)
        event_push_u32(w->a, &l->pointers, &l->n_pointers, 1);
}

/* put_people - rendering and ordering, where the claim does not say the same */
static void put_people(struct work *w, const CcClaim *c, struct service *s, CcServiceLine *l)
{
    CcProvider *rendering = party_rendering(w, s);
    const char *of_claim = "";

    for (size_t i = 0; i < c->n_providers; i++)
        if (c->providers[i]->role == PROVIDER_ROLE_RENDERING ||
            (c->providers[i]->role == PROVIDER_ROLE_BILLING && !of_claim[0]))
            of_claim = c->providers[i]->npi;
    if (rendering && strcmp(rendering->npi, of_claim) != 0)
        event_push(w->a, l, providers, rendering);
    for (size_t i = 0; s->charge && i < s->charge->n_providers; i++) {
        CcProvider *p = s->charge->providers[i]->role == PROVIDER_ROLE_ORDERING
                            ? party_of(w, s->charge->providers[i], PROVIDER_ROLE_ORDERING)
                            : NULL;

        if (p && !p->organization) {
            event_push(w->a, l, providers, p);
            break;
        }
    }
}

/* put_code - HCPCS or CPT with modifiers; a revenue code alone has none */
static void put_code(struct work *w, const struct service *s, CcServiceLine *l)
{
    if (!service_is_hcpcs(s))
        return;
    l->procedure = s->as;
    l->code_qualifier = work_kept("HC");
    for (size_t i = 0; i < s->n_modifiers; i++)
        event_push(w->a, l, modifiers, work_kept(s->modifiers[i]));
}

/* is_noncovered - on a facility's line what the patient, or nobody, is to pay (CMS claims manual
 * ch. 1, 60.4) */
static bool is_noncovered(const struct service *s)
{
    static const char *const those[] = {"GX", "GY", "GZ", NULL};

    for (size_t i = 0; i < s->n_modifiers; i++)
        if (str_in(s->modifiers[i], those))
            return true;
    return false;
}

/* claim_line - see claim.h */
CcServiceLine *claim_line(struct work *w, const struct bill *b, const CcClaim *c, struct service *s)
{
    CcServiceLine *l = work_new(w, &cc_service_line__descriptor);
    bool pro = b->kind == CLAIM_KIND_PROFESSIONAL;
    const char *pos = pro ? place_of(w, s) : "";

    put_code(w, s, l);
    l->number = (uint32_t)c->n_lines + 1;
    l->control = numbered(w, c->claim_id, 'L', l->number);
    l->revenue = work_kept(pro ? "" : s->revenue);
    l->charge_cents = s->charge_cents;
    l->noncovered_cents = !pro && is_noncovered(s) ? s->charge_cents : 0;
    l->unit_code = work_kept(s->unit_code);
    l->units_milli = s->units_milli;
    l->from_date = s->from_date;
    l->thru_date = s->thru_date;
    if (pro && strcmp(pos, c->place_of_service) != 0)
        l->place_of_service = work_text(w, pos);
    if (s->charge && s->charge->drug && s->charge->drug->ndc[0])
        l->drug = s->charge->drug;
    for (size_t i = 0; i < s->as->n_evidence; i++)
        if (!s->as->evidence[i]->encounter[0])
            event_push(w->a, l, charge_refs, s->as->evidence[i]->ref);
    l->rules = s->as->rules;
    l->n_rules = s->as->n_rules;
    if (pro) {
        put_pointers(w, b, s, l);
        put_people(w, c, s, l);
    }
    return l;
}

/* put_payers - in order, the first is the destination; numbers of the claim go to it */
static void put_payers(struct work *w, CcClaim *c)
{
    const struct payer *list;
    size_t n = payers_for(w, c->kind, &list);

    for (size_t i = 0; i < n; i++)
        event_push(w->a, c, coverages, payer_coverage(w, &list[i], i, c->kind));
    if (!n)
        return;
    c->receiver = work_kept(list[0].row->receiver);
    c->authorization = list[0].coverage->authorization;
    c->referral = list[0].coverage->referral;
}

/* claim_new - see claim.h */
CcClaim *claim_new(struct work *w, const struct bill *b)
{
    CcClaim *c = work_new(w, &cc_claim__descriptor);

    c->claim_id = claim_id(w, b);
    c->kind = b->kind;
    c->encounter = w->enc->encounter;
    c->patient_key = w->enc->patient_key;
    c->account = w->enc->visit->account;
    c->mrn = w->enc->patient->mrn;
    c->frequency = work_kept("1");
    c->assignment = work_kept("A");
    c->benefits_assigned = work_kept("Y");
    c->release = work_kept("Y");
    c->signature_on_file = work_kept("Y");
    c->patient = w->enc->patient;
    put_payers(w, c);
    return c;
}

/* put_table - each edition once */
static void put_table(struct work *w, CcClaim *c, const CcRuleHit *hit)
{
    CcTableUse *use;

    if (!hit->table[0])
        return;
    for (size_t i = 0; i < c->n_tables; i++)
        if (strcmp(c->tables[i]->table, hit->table) == 0 &&
            strcmp(c->tables[i]->edition, hit->edition) == 0)
            return;
    use = work_new(w, &cc_table_use__descriptor);
    use->table = hit->table;
    use->edition = hit->edition;
    use->sha256 = hit->sha256;
    event_push(w->a, c, tables, use);
}

/* put_tables - the editions that diagnoses, procedures and lines rest on */
static void put_tables(struct work *w, CcClaim *c)
{
    for (size_t i = 0; i < c->n_diagnoses; i++)
        for (size_t k = 0; k < c->diagnoses[i]->assignment->n_rules; k++)
            put_table(w, c, c->diagnoses[i]->assignment->rules[k]);
    for (size_t i = 0; i < c->n_procedures; i++)
        for (size_t k = 0; k < c->procedures[i]->assignment->n_rules; k++)
            put_table(w, c, c->procedures[i]->assignment->rules[k]);
    for (size_t i = 0; i < c->n_lines; i++)
        for (size_t k = 0; k < c->lines[i]->n_rules; k++)
            put_table(w, c, c->lines[i]->rules[k]);
}

/* put_deadline - by the destination's limit */
static void put_deadline(struct work *w, CcClaim *c)
{
    const struct payer *list;
    int32_t from = 0;

    if (!payers_for(w, c->kind, &list))
        return;
    for (size_t i = 0; i < c->n_lines; i++)
        if (!from || c->lines[i]->from_date < from)
            from = c->lines[i]->from_date;
    c->filing_deadline_date = payer_deadline(&list[0], from, c->thru_date, c->discharge_date);
}

/* put_considered - seen and not on the claim, with why */
static void put_considered(struct work *w, CcClaim *c)
{
    for (size_t i = 0; i < w->out->n_codes; i++)
        if (w->out->codes[i]->status == CODE_STATUS_REJECTED)
            event_push(w->a, c, considered, w->out->codes[i]);
}

/* ask_sum - no unit answers it */
static void ask_sum(struct work *w)
{
    CcReviewItem *item = work_ask(w, rule_by_id("LIN-03"), "amount",
                                  "Which charge is wrong? The sum of the charges is out of range.");

    if (!item->n_options)
        work_takes(w, work_choice(w, item, OPTION_OTHER, "other"), "record");
}

/* claim_finish - sums and what follows from the lines; the claim joins the result */
void claim_finish(struct work *w, const struct bill *b, CcClaim *c)
{
    for (size_t i = 0; i < b->n; i++)
        event_push(w->a, c, lines, claim_line(w, b, c, b->services[i]));
    c->charge_cents = 0;
    for (size_t i = 0; i < c->n_lines; i++)
        if (!money_add(c->charge_cents, c->lines[i]->charge_cents, &c->charge_cents))
            ask_sum(w);
    put_deadline(w, c);
    put_tables(w, c);
    put_considered(w, c);
    for (size_t i = 0; i < c->n_lines; i++)
        event_push(w->a, w->out, lines, c->lines[i]);
    event_push(w->a, w->out, claims, c);
}
