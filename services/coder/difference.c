/* difference.c - what is billed otherwise in one coding of a claim than in another
 *
 * Fields are compared by what a payer sees: two messages that hold nothing but the one field are
 * packed and compared. What has no row is compared whole; what says nothing of the bill (our own
 * marks, where a code was read, an address) makes no difference to what the payer already has. A
 * field is named, never shown. */
#include "services/coder/adjust.h"

#include <string.h>

#include "common/base/str.h"
#include "common/claim/destination.h"
#include "services/coder/fold.h"

/* Fields of a claim that are no part of the bill, or that have a comparison of their own. */
static const char *const not_compared[] = {"claim_id",
                                           "version",
                                           "patient_key",
                                           "account",
                                           "frequency",
                                           "original_reference",
                                           "charge_cents",
                                           "from_date",
                                           "thru_date",
                                           "mrn",
                                           "patient",
                                           "coverages",
                                           "providers",
                                           "diagnoses",
                                           "procedures",
                                           "lines",
                                           "receiver",
                                           "tables",
                                           "findings",
                                           "repairs",
                                           "considered",
                                           "fingerprint",
                                           "filing_deadline_date",
                                           "source",
                                           "trace",
                                           "created_ms",
                                           "created_date",
                                           "void_of_claim",
                                           "attempt",
                                           "changes",
                                           "after_version",
                                           "type_of_bill",
                                           "conditions",
                                           "adds_to",
                                           "drg_result",
                                           NULL};

/* Who the patient is; an address or a telephone is none of it. */
static const char *const of_patient[] = {"name", "birth_date", "sex", "death_date", NULL};
static const char *const of_coverage[] = {"sequence",       "payer_id",    "filing_indicator",
                                          "insurance_type", "member_id",   "group_number",
                                          "relationship",   "subscriber",  "subscriber_birth_date",
                                          "subscriber_sex", "destination", "adjudicated",
                                          "paid_cents",     "payer_claim", "adjustments",
                                          "authorization",  "referral",    NULL};
static const char *const of_line[] = {
    "code_qualifier",   "modifiers", "revenue",     "charge_cents",
    "noncovered_cents", "unit_code", "units_milli", "place_of_service",
    "from_date",        "thru_date", "emergency",   "drug",
    "authorization",    "referral",  "clia",        NULL};

struct comparing {
    struct arena *a;
    CcClaim *out; /* takes the changes */
    enum want want;
};

/* worse - the graver of two */
static void worse(struct comparing *c, enum want want)
{
    if (want > c->want)
        c->want = want;
}

/* told - one change */
static CcClaimChange *told(struct comparing *c, enum want want, const char *what,
                           const char *action, const char *code)
{
    CcClaimChange *x = event_new(c->a, &cc_claim_change__descriptor);

    worse(c, want);
    if (!x)
        return NULL;
    x->what = arena_strdup(c->a, what);
    x->action = arena_strdup(c->a, action);
    x->code = arena_strdup(c->a, code);
    return x->what && x->action && x->code && event_push(c->a, c->out, changes, x) ? x : NULL;
}

/* only - a message with nothing but one field of another, packed; NULL: no memory */
static uint8_t *only(struct arena *a, const ProtobufCMessage *m, const ProtobufCFieldDescriptor *f,
                     size_t *n)
{
    char *copy = event_new(a, m->descriptor);
    uint8_t *bytes;
    bool list = f->label == PROTOBUF_C_LABEL_REPEATED;

    if (!copy)
        return NULL;
    memcpy(copy + f->offset, (const char *)m + f->offset,
           list ? sizeof(void *) : fold_value_size(f));
    if (f->quantifier_offset)
        memcpy(copy + f->quantifier_offset, (const char *)m + f->quantifier_offset,
               list ? sizeof(size_t) : sizeof(int));
    *n = protobuf_c_message_get_packed_size((ProtobufCMessage *)(void *)copy);
    bytes = arena_alloc(a, *n + 1);
    if (bytes)
        protobuf_c_message_pack((ProtobufCMessage *)(void *)copy, bytes);
    return bytes;
}

/* same_field - in both; also when there was no memory, which the caller sees */
static bool same_field(struct arena *a, const ProtobufCMessage *x, const ProtobufCMessage *y,
                       const ProtobufCFieldDescriptor *f)
{
    size_t n, m;
    uint8_t *p = only(a, x, f, &n), *q = only(a, y, f, &m);

    return !p || !q || (n == m && memcmp(p, q, n) == 0);
}

/* first_other - a field of the list in which two messages differ; NULL: none */
static const char *first_other(struct arena *a, const ProtobufCMessage *x,
                               const ProtobufCMessage *y, const char *const *names)
{
    for (; *names; names++) {
        const ProtobufCFieldDescriptor *f =
            protobuf_c_message_descriptor_get_field_by_name(x->descriptor, *names);

        if (f && !same_field(a, x, y, f))
            return *names;
    }
    return NULL;
}

/* fields - of the claim itself */
static void fields(struct comparing *c, const CcClaim *was, const CcClaim *now)
{
    const ProtobufCMessageDescriptor *d = &cc_claim__descriptor;

    for (unsigned i = 0; i < d->n_fields; i++)
        if (!str_in(d->fields[i].name, not_compared) &&
            !same_field(c->a, &was->base, &now->base, &d->fields[i]))
            told(c, WANT_OTHER, d->fields[i].name, "changed", "");
    if (strncmp(was->type_of_bill, now->type_of_bill, 3) != 0)
        told(c, WANT_OTHER, "type_of_bill", "changed", "");
    if (was->patient && now->patient &&
        first_other(c->a, &was->patient->base, &now->patient->base, of_patient))
        told(c, WANT_OTHER, "patient", "changed", "");
}

/* conditions - all but the reason of an adjustment, which we put there ourselves */
static void conditions(struct comparing *c, const CcClaim *was, const CcClaim *now)
{
    for (int side = 0; side < 2; side++) {
        const CcClaim *has = side ? now : was, *other = side ? was : now;

        for (size_t i = 0; i < has->n_conditions; i++) {
            bool found = adjust_is_reason(has->conditions[i]);

            for (size_t k = 0; k < other->n_conditions && !found; k++)
                found = strcmp(has->conditions[i], other->conditions[k]) == 0;
            if (!found)
                told(c, WANT_OTHER, "condition", side ? "added" : "removed", has->conditions[i]);
        }
    }
}

/* coverages - another payer or member is another claim; anything else of them a change */
static void coverages(struct comparing *c, const CcClaim *was, const CcClaim *now)
{
    const CcClaimCoverage *x = claim_destination(was), *y = claim_destination(now);

    if (x && y && strcmp(x->payer_id, y->payer_id) != 0)
        told(c, WANT_ELSEWHERE, "payer", "changed", "");
    else if (x && y && strcmp(x->member_id, y->member_id) != 0)
        told(c, WANT_ELSEWHERE, "member", "changed", "");
    if (was->n_coverages != now->n_coverages) {
        told(c, WANT_OTHER, "coverages", "changed", "");
        return;
    }
    for (size_t i = 0; i < was->n_coverages && c->want < WANT_ELSEWHERE; i++)
        if (first_other(c->a, &was->coverages[i]->base, &now->coverages[i]->base, of_coverage)) {
            told(c, WANT_OTHER, "coverages", "changed", "");
            return;
        }
}

/* npi_of - of the first in a role */
static const char *npi_of(const CcClaim *c, CcProviderRole role)
{
    for (size_t i = 0; i < c->n_providers; i++)
        if (c->providers[i]->role == role)
            return c->providers[i]->npi;
    return "";
}

/* providers - another billing provider is another claim */
static void providers(struct comparing *c, const CcClaim *was, const CcClaim *now)
{
    for (int role = PROVIDER_ROLE_UNKNOWN + 1; role <= PROVIDER_ROLE_AUTHOR; role++)
        if (strcmp(npi_of(was, (CcProviderRole)role), npi_of(now, (CcProviderRole)role)) != 0)
            told(c, role == PROVIDER_ROLE_BILLING ? WANT_ELSEWHERE : WANT_OTHER,
                 role == PROVIDER_ROLE_BILLING ? "billing provider" : "provider", "changed", "");
}

/* code_of - of an assignment; "" = none */
static const char *code_of(const CcCodeAssignment *as)
{
    return as && as->code ? as->code->code : "";
}

/* same_dx - code, role and indicator */
static bool same_dx(const CcClaimDiagnosis *x, const CcClaimDiagnosis *y)
{
    return x->role == y->role && x->poa == y->poa &&
           strcmp(code_of(x->assignment), code_of(y->assignment)) == 0;
}

/* lacks - the claim has no such diagnosis under this role */
static bool lacks(const CcClaim *c, const CcClaimDiagnosis *d)
{
    for (size_t i = 0; i < c->n_diagnoses; i++)
        if (c->diagnoses[i]->role == d->role &&
            strcmp(code_of(c->diagnoses[i]->assignment), code_of(d->assignment)) == 0)
            return false;
    return true;
}

/* diagnoses - gone, new, or in another order or with another indicator */
static void diagnoses(struct comparing *c, const CcClaim *was, const CcClaim *now)
{
    bool listed = false;

    for (size_t i = 0; i < was->n_diagnoses; i++)
        if (lacks(now, was->diagnoses[i]))
            listed = told(c, WANT_OTHER, "diagnosis", "removed",
                          code_of(was->diagnoses[i]->assignment)) != NULL;
    for (size_t i = 0; i < now->n_diagnoses; i++)
        if (lacks(was, now->diagnoses[i]))
            listed = told(c, WANT_OTHER, "diagnosis", "added",
                          code_of(now->diagnoses[i]->assignment)) != NULL;
    for (size_t i = 0; i < now->n_diagnoses && !listed; i++)
        if (i >= was->n_diagnoses || !same_dx(was->diagnoses[i], now->diagnoses[i]))
            listed = told(c, WANT_OTHER, "diagnosis", "changed",
                          code_of(now->diagnoses[i]->assignment)) != NULL;
}

/* has_procedure - of code and day */
static bool has_procedure(const CcClaim *c, const CcClaimProcedure *p)
{
    for (size_t i = 0; i < c->n_procedures; i++)
        if (c->procedures[i]->procedure_date == p->procedure_date &&
            strcmp(code_of(c->procedures[i]->assignment), code_of(p->assignment)) == 0)
            return true;
    return false;
}

/* procedures - gone, new, or another one first */
static void procedures(struct comparing *c, const CcClaim *was, const CcClaim *now)
{
    for (size_t i = 0; i < was->n_procedures; i++)
        if (!has_procedure(now, was->procedures[i]))
            told(c, WANT_OTHER, "procedure", "removed", code_of(was->procedures[i]->assignment));
    for (size_t i = 0; i < now->n_procedures; i++)
        if (!has_procedure(was, now->procedures[i]))
            told(c, WANT_OTHER, "procedure", "added", code_of(now->procedures[i]->assignment));
    if (c->want < WANT_OTHER && was->n_procedures &&
        strcmp(code_of(was->procedures[0]->assignment), code_of(now->procedures[0]->assignment)))
        told(c, WANT_OTHER, "procedure", "changed", code_of(now->procedures[0]->assignment));
}

/* line_code - as people name it */
static const char *line_code(const CcServiceLine *l)
{
    const char *code = code_of(l->procedure);

    return *code ? code : l->revenue;
}

/* same_pointers - to the same places of the claim's diagnoses */
static bool same_pointers(const CcServiceLine *x, const CcServiceLine *y)
{
    return x->n_pointers == y->n_pointers &&
           (!x->n_pointers ||
            memcmp(x->pointers, y->pointers, x->n_pointers * sizeof(*x->pointers)) == 0);
}

/* same_line - all that a payer sees of it but its number */
static bool same_line(struct arena *a, const CcServiceLine *x, const CcServiceLine *y)
{
    return strcmp(line_code(x), line_code(y)) == 0 && x->charge_cents == y->charge_cents &&
           x->units_milli == y->units_milli && x->from_date == y->from_date &&
           same_pointers(x, y) && !first_other(a, &x->base, &y->base, of_line);
}

/* tell_line - one that has no like on the other side; `new`: the same service as it is now */
static void tell_line(struct comparing *c, const CcServiceLine *was, const CcServiceLine *now)
{
    const CcServiceLine *l = now ? now : was;
    CcClaimChange *x = told(c, was ? WANT_OTHER : WANT_MORE, "line",
                            !was   ? "added"
                            : !now ? "removed"
                                   : "changed",
                            line_code(l));

    if (!x)
        return;
    x->before_cents = was ? was->charge_cents : 0;
    x->after_cents = now ? now->charge_cents : 0;
}

/* lines - first the ones that are the same, then the same service changed, then the rest */
static void lines(struct comparing *c, const CcClaim *was, const CcClaim *now)
{
    bool *old = arena_array(c->a, was->n_lines + 1, sizeof(bool));
    bool *new = arena_array(c->a, now->n_lines + 1, sizeof(bool));

    if (!old || !new)
        return;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < was->n_lines; i++)
            for (size_t k = 0; k < now->n_lines && !old[i]; k++) {
                const CcServiceLine *x = was->lines[i], *y = now->lines[k];

                if (new[k] || (pass == 0 ? !same_line(c->a, x, y)
                                         : strcmp(line_code(x), line_code(y)) != 0 ||
                                               x->from_date != y->from_date))
                    continue;
                old[i] = new[k] = true;
                if (pass == 1)
                    tell_line(c, x, y);
            }
    for (size_t i = 0; i < was->n_lines; i++)
        if (!old[i])
            tell_line(c, was->lines[i], NULL);
    for (size_t k = 0; k < now->n_lines; k++)
        if (!new[k])
            tell_line(c, NULL, now->lines[k]);
}

/* total - what all that comes to */
static void total(struct comparing *c, const CcClaim *was, const CcClaim *now)
{
    CcClaimChange *x;

    if (was->charge_cents == now->charge_cents)
        return;
    x = told(c, WANT_MORE, "total", "changed", "");
    if (!x)
        return;
    x->before_cents = was->charge_cents;
    x->after_cents = now->charge_cents;
}

/* adjust_difference - see adjust.h */
enum want adjust_difference(struct arena *a, const CcClaim *was, const CcClaim *now, CcClaim *out)
{
    struct comparing c = {.a = a, .out = out, .want = WANT_SAME};

    out->n_changes = 0;
    coverages(&c, was, now);
    providers(&c, was, now);
    fields(&c, was, now);
    conditions(&c, was, now);
    diagnoses(&c, was, now);
    procedures(&c, was, now);
    lines(&c, was, now);
    total(&c, was, now);
    return c.want;
}

/* adjust_late_lines - see adjust.h */
CcClaim *adjust_late_lines(struct arena *a, const CcClaim *was, const CcClaim *now)
{
    CcClaim *late = event_copy(a, &now->base);
    bool *old = arena_array(a, was->n_lines + 1, sizeof(bool));
    size_t n = 0;

    if (!late || !old)
        return NULL;
    late->charge_cents = 0;
    for (size_t k = 0; k < late->n_lines; k++) {
        CcServiceLine *l = late->lines[k];
        bool billed = false;

        for (size_t i = 0; i < was->n_lines && !billed; i++)
            if (!old[i] && same_line(a, was->lines[i], l))
                old[i] = billed = true;
        if (billed)
            continue;
        late->charge_cents += l->charge_cents;
        late->lines[n++] = l;
        l->number = (uint32_t)n;
    }
    late->n_lines = n;
    return late;
}
