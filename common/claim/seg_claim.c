/* seg_claim.c - loop 2300: CLM, and CL1 to REF in the order of both guides (billing §2.3, §3.1) */
#include <string.h>

#include "common/claim/guide.h"

enum { CLM01_MAX = 38, REF_MAX = 50, PWK_MAX = 10 };
enum { LX_MAX = 5 };

/* bill_type - two digits and frequency, without the leading zero */
static const char *bill_type(const CcClaim *c)
{
    return c->type_of_bill[0] == '0' ? c->type_of_bill + 1 : c->type_of_bill;
}

/* put_facility - CLM05: place of service, or the bill type's first two digits */
static void put_facility(struct put *p)
{
    const CcClaim *c = p->claim;
    const char *type = bill_type(c);
    const char two[3] = {type[0], type[0] ? type[1] : '\0', '\0'};
    const char *frequency = c->frequency;

    if (!frequency[0] && p->kind == GUIDE_I && strlen(type) == 3)
        frequency = type + 2;
    put_code(p, 5, p->kind == GUIDE_P ? c->place_of_service : two);
    x12_sub(&p->w, p->kind == GUIDE_P ? "B" : "A");
    put_sub(p, frequency, 1);
    if (!frequency[0])
        put_fail(p, "missing", "05-3", "required");
}

/* put_causes - CLM11: up to two causes, state and country of a motor accident */
static void put_causes(struct put *p)
{
    const CcClaim *c = p->claim;
    const CcAccident *a = c->accident;

    if (c->n_related_causes > 2)
        put_fail(p, "limit", "11", "at most two causes");
    put_text(p, c->n_related_causes > 0 ? c->related_causes[0] : "", 2);
    put_sub(p, c->n_related_causes > 1 ? c->related_causes[1] : "", 2);
    x12_sub(&p->w, "");
    put_sub(p, c->n_related_causes > 0 && a ? a->state : "", 2);
    put_sub(p, c->n_related_causes > 0 && a ? a->country : "", 3);
}

/* write_clm - CLM */
static void write_clm(struct put *p, const struct seg *r, size_t i)
{
    const CcClaim *c = p->claim;

    (void)r, (void)i;
    put_begin(p, "CLM", NULL);
    put_key(p, 1, c->claim_id, CLM01_MAX);
    put_money(p, 2, c->charge_cents);
    x12_skip(&p->w, 2);
    put_facility(p);
    if (p->kind == GUIDE_P)
        put_code(p, 6, c->signature_on_file);
    else
        x12_skip(&p->w, 1);
    put_code(p, 7, c->assignment);
    put_code(p, 8, c->benefits_assigned);
    put_code(p, 9, c->release);
    if (p->kind == GUIDE_P) {
        put_text(p, c->signature_source, 1);
        put_causes(p);
        put_text(p, c->special_program, 3);
        x12_skip(&p->w, 7);
    } else {
        x12_skip(&p->w, 10);
    }
    put_text(p, c->delay_reason, 2);
    put_end(p);
}

/* read_causes - CLM11 */
static void read_causes(struct take *t)
{
    CcClaim *c = t->claim;

    for (unsigned k = 1; k <= 3; k++)
        if (x12_component(t->s, 11, k).n > 0)
            take_push(t, c, related_causes, take_part(t, 11, k));
    if (x12_component(t->s, 11, 4).n == 0 && x12_component(t->s, 11, 5).n == 0)
        return;
    c->accident = take_new(t, &cc_accident__descriptor);
    if (!c->accident)
        return;
    c->accident->state = take_part(t, 11, 4);
    c->accident->country = take_part(t, 11, 5);
}

/* read_facility - CLM05 */
static void read_facility(struct take *t)
{
    CcClaim *c = t->claim;
    char *code = take_part(t, 5, 1);
    char *type;

    c->frequency = take_part(t, 5, 3);
    if (t->kind == GUIDE_P) {
        c->place_of_service = code;
        return;
    }
    type = arena_printf(t->arena, "0%s%s", code, c->frequency);
    t->full |= type == NULL;
    if (type)
        c->type_of_bill = type;
}

/* read_clm - CLM */
static void read_clm(struct take *t, const struct seg *r)
{
    CcClaim *c = t->claim;

    (void)r;
    c->claim_id = take_text(t, 1);
    c->charge_cents = take_money(t, 2);
    read_facility(t);
    c->signature_on_file = take_text(t, 6);
    c->assignment = take_text(t, 7);
    c->benefits_assigned = take_text(t, 8);
    c->release = take_text(t, 9);
    c->signature_source = take_text(t, 10);
    read_causes(t);
    c->special_program = take_text(t, 12);
    c->delay_reason = take_text(t, 20);
    c->void_of_claim = strcmp(c->frequency, "8") == 0;
}

/* write_cl1 - CL1 */
static void write_cl1(struct put *p, const struct seg *r, size_t i)
{
    (void)r, (void)i;
    put_begin(p, "CL1", NULL);
    put_text(p, p->claim->admit_type, 1);
    put_text(p, p->claim->admit_source, 1);
    put_code(p, 3, p->claim->discharge_status);
    put_end(p);
}

/* read_cl1 - CL1 */
static void read_cl1(struct take *t, const struct seg *r)
{
    (void)r;
    t->claim->admit_type = take_text(t, 1);
    t->claim->admit_source = take_text(t, 2);
    t->claim->discharge_status = take_text(t, 3);
}

/* own_amount - AMT F5 or F3 */
static int64_t *own_amount(const CcClaim *c, const struct seg *r)
{
    CcClaim *x = (CcClaim *)(uintptr_t)c;

    return strcmp(r->qualifier, "F5") == 0 ? &x->patient_paid_cents : &x->patient_due_cents;
}

/* count_amount - a zero is not sent */
static size_t count_amount(const struct put *p, const struct seg *r)
{
    return *own_amount(p->claim, r) != 0;
}

/* write_amount - AMT */
static void write_amount(struct put *p, const struct seg *r, size_t i)
{
    (void)i;
    put_begin(p, "AMT", r->qualifier);
    put_money(p, 2, *own_amount(p->claim, r));
    put_end(p);
}

/* read_amount - AMT */
static void read_amount(struct take *t, const struct seg *r)
{
    *own_amount(t->claim, r) = take_money(t, 2);
}

/* count_attachments - PWK */
static size_t count_attachments(const struct put *p, const struct seg *r)
{
    (void)r;
    return p->claim->n_attachments;
}

/* write_attachment - PWK */
static void write_attachment(struct put *p, const struct seg *r, size_t i)
{
    (void)r;
    put_attachment(p, p->claim->attachments[i]);
}

/* read_attachment - PWK */
static void read_attachment(struct take *t, const struct seg *r)
{
    CcAttachment *a = take_attachment(t);

    (void)r;
    if (a)
        take_push(t, t->claim, attachments, a);
}

/* count_contract - CN1 */
static size_t count_contract(const struct put *p, const struct seg *r)
{
    (void)r;
    return p->claim->contract != NULL || p->claim->contract_type[0];
}

/* write_contract - CN1 */
static void write_contract(struct put *p, const struct seg *r, size_t i)
{
    (void)r, (void)i;
    put_contract(p, p->claim->contract, p->claim->contract_type);
}

/* accident_state - REF LU of an institutional claim */
static const char *accident_state(const struct put *p)
{
    const CcAccident *a = p->claim->accident;

    if (p->claim->accident_state[0])
        return p->claim->accident_state;
    return a && strcmp(a->kind, "AA") == 0 ? a->state : "";
}

/* count_state - REF LU */
static size_t count_state(const struct put *p, const struct seg *r)
{
    (void)r;
    return accident_state(p)[0] != '\0';
}

/* write_state - REF LU */
static void write_state(struct put *p, const struct seg *r, size_t i)
{
    (void)i;
    put_begin(p, "REF", r->qualifier);
    put_need(p, 2, accident_state(p), 2);
    put_end(p);
}

/* read_device - REF LX: the first is the claim's own, an institutional claim may have more */
static void read_device(struct take *t, const struct seg *r)
{
    if (t->claim->investigational_device[0])
        ref_read(t, r);
    else
        seg_read_text(t, r);
}

#define REF(q, k, f)                                                                               \
    {                                                                                              \
        .segment = "REF", .qualifier = q, .kinds = k, .max = 1, .count = seg_has_text,             \
        .write = seg_write_text, .read = seg_read_text, .field = offsetof(CcClaim, f),             \
        .width = REF_MAX                                                                           \
    }
#define MORE(q, k, m)                                                                              \
    {                                                                                              \
        .segment = "REF", .qualifier = q, .kinds = k, .max = m, .count = ref_count,                \
        .write = ref_write, .read = ref_read                                                       \
    }

/* clang-format off */
const struct seg rows_2300[] = {
    {.segment = "CLM", .kinds = GUIDE_PI, .max = 1, .count = seg_always, .write = write_clm, .read = read_clm},
    {.segment = NULL},
};

const struct seg rows_2300_more[] = {
    {.segment = "CL1",                    .kinds = GUIDE_I,  .max = 1,         .count = seg_always,       .write = write_cl1,          .read = read_cl1},
    {.segment = "PWK",                    .kinds = GUIDE_PI, .max = PWK_MAX,   .count = count_attachments,  .write = write_attachment,   .read = read_attachment},
    {.segment = "CN1",                    .kinds = GUIDE_PI, .max = 1,         .count = count_contract,     .write = write_contract,     .read = cn1_read},
    {.segment = "AMT", .qualifier = "F5", .kinds = GUIDE_P,  .max = 1,         .count = count_amount,       .write = write_amount,       .read = read_amount},
    {.segment = "AMT", .qualifier = "F3", .kinds = GUIDE_I,  .max = 1,         .count = count_amount,       .write = write_amount,       .read = read_amount},
    REF("4N", GUIDE_PI, service_authorization_exception),
    MORE("F5", GUIDE_P, 1),
    REF("EW", GUIDE_P,  mammography),
    REF("9F", GUIDE_PI, referral),
    REF("G1", GUIDE_PI, authorization),
    REF("F8", GUIDE_PI, original_reference),
    REF("X4", GUIDE_P,  clia),
    MORE("9A", GUIDE_PI, 1),
    MORE("9C", GUIDE_PI, 1),
    {.segment = "REF", .qualifier = "LX", .kinds = GUIDE_PI, .max = 1,         .count = seg_has_text,         .write = seg_write_text,         .read = read_device, .field = offsetof(CcClaim, investigational_device), .width = REF_MAX},
    MORE("LX", GUIDE_I, LX_MAX - 1),
    REF("D9", GUIDE_PI, trace),
    {.segment = "REF", .qualifier = "LU", .kinds = GUIDE_I,  .max = 1,         .count = count_state,        .write = write_state,        .read = seg_read_text, .field = offsetof(CcClaim, accident_state)},
    REF("EA", GUIDE_PI, mrn),
    REF("P4", GUIDE_PI, demonstration),
    REF("G4", GUIDE_I,  peer_review),
    REF("1J", GUIDE_P,  care_plan_oversight),
    {.segment = NULL},
};
/* clang-format on */
