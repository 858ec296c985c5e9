/* seg_subscriber.c - loops 2000B, 2010BA, 2000C, 2010CA: subscriber and patient (billing §2.2)
 *
 * When the patient is the subscriber, the subscriber's loops describe the patient and there is no
 * 2000C; a dependent has loops of its own, and of the subscriber only name and number are sent. The
 * base of these rows is the destination's coverage. */
#include <string.h>

#include "common/base/date.h"
#include "common/claim/guide.h"

enum { REF_MAX = 50, GROUP_NAME_MAX = 60, ID_MAX = 80, WEIGHT_MAX = 10 };

/* is_self - the patient is the subscriber */
static bool is_self(const struct put *p)
{
    return guide_is_self(p->destination);
}

/* write_sbr - SBR of the destination; a group's name only where it has no number */
static void write_sbr(struct put *p, const struct seg *r, size_t i)
{
    const CcClaimCoverage *c = p->coverage;

    (void)r, (void)i;
    put_begin(p, "SBR", NULL);
    put_code(p, 1, c->sequence);
    x12_put(&p->w, is_self(p) ? "18" : "");
    put_text(p, c->group_number, REF_MAX);
    put_text(p, c->group_number[0] ? "" : c->group_name, GROUP_NAME_MAX);
    put_text(p, p->kind == GUIDE_P ? c->insurance_type : "", 3);
    x12_skip(&p->w, 3);
    put_text(p, c->filing_indicator, 2);
    put_end(p);
}

/* read_sbr - SBR of the destination; who is no dependent is the subscriber */
static void read_sbr(struct take *t, const struct seg *r)
{
    (void)r;
    t->coverage->sequence = take_text(t, 1);
    t->coverage->relationship = take_is(t, 2, "18") ? RELATIONSHIP_SELF : RELATIONSHIP_UNKNOWN;
    t->coverage->group_number = take_text(t, 3);
    t->coverage->group_name = take_text(t, 4);
    t->coverage->insurance_type = take_text(t, 5);
    t->coverage->filing_indicator = take_text(t, 9);
}

/* has_state - death, weight or pregnancy (837P only) */
static bool has_state(const struct put *p)
{
    const CcPatient *x = p->claim->patient;

    return p->kind == GUIDE_P &&
           ((x && x->death_date) || p->claim->patient_weight_lb[0] || p->claim->patient_pregnant);
}

/* count_pat - 2000B: the subscriber is the patient and there is something to say */
static size_t count_pat(const struct put *p, const struct seg *r)
{
    (void)r;
    return is_self(p) && has_state(p);
}

/* write_pat - relation in 2000C, then death, weight, pregnancy */
static void write_pat(struct put *p, const struct seg *r, size_t i)
{
    const CcClaim *c = p->claim;

    (void)r, (void)i;
    put_begin(p, "PAT", is_self(p) ? "" : guide_relation_code(p->destination->relationship));
    if (has_state(p)) {
        const bool dead = c->patient && c->patient->death_date, weighed = c->patient_weight_lb[0];

        x12_skip(&p->w, 3);
        x12_put(&p->w, dead ? "D8" : "");
        x12_date(&p->w, dead ? c->patient->death_date : 0);
        x12_put(&p->w, weighed ? "01" : "");
        put_text(p, c->patient_weight_lb, WEIGHT_MAX);
        x12_put(&p->w, c->patient_pregnant ? "Y" : "");
    }
    put_end(p);
}

/* read_pat - of both loops */
static void read_pat(struct take *t, const struct seg *r)
{
    (void)r;
    if (t->loop == LOOP_2000C)
        t->coverage->relationship = guide_relation_of(x12_element(t->s, 1));
    if (take_is(t, 5, "D8"))
        t->claim->patient->death_date = take_day(t, 6, x12_element(t->s, 6));
    t->claim->patient_weight_lb = take_text(t, 8);
    t->claim->patient_pregnant = take_is(t, 9, "Y");
}

/* subscriber_name - as the payer knows it, else the patient's own */
static const CcName *subscriber_name(const struct put *p)
{
    const CcName *n = p->destination->subscriber;

    if (n && n->last[0])
        return n;
    return is_self(p) && p->claim->patient ? p->claim->patient->name : n;
}

/* write_subscriber_name - NM1 IL */
static void write_subscriber_name(struct put *p, const struct seg *r, size_t i)
{
    const CcClaimCoverage *c = p->destination;

    (void)i;
    put_name(p, r->qualifier, c->subscriber_organization, subscriber_name(p), true);
    x12_put(&p->w, c->member_id_type[0] ? c->member_id_type : "MI");
    put_key(p, 9, c->member_id, ID_MAX);
    put_end(p);
}

/* read_subscriber_name - NM1 IL; the subscriber may be the patient */
static void read_subscriber_name(struct take *t, const struct seg *r)
{
    (void)r;
    t->coverage->subscriber_organization = take_is(t, 2, "2");
    t->coverage->subscriber = take_name(t);
    t->coverage->member_id_type = take_text(t, 8);
    t->coverage->member_id = take_text(t, 9);
    if (t->coverage->relationship == RELATIONSHIP_SELF)
        t->claim->patient->name = take_name(t);
}

/* home_address - where the patient lives; a subscriber's own address may stand for it */
static const CcAddress *home_address(const struct put *p)
{
    const CcPatient *x = p->claim->patient;

    if (!is_self(p) || (x && guide_has_address(x->address)))
        return x ? x->address : NULL;
    return p->destination->subscriber_address;
}

/* count_self - N3, N4, DMG of a subscriber: only when that is the patient, and then required */
static size_t count_self(const struct put *p, const struct seg *r)
{
    (void)r;
    return is_self(p);
}

/* write_home_street - N3 of 2010BA and 2010CA */
static void write_home_street(struct put *p, const struct seg *r, size_t i)
{
    (void)r, (void)i;
    put_street(p, home_address(p));
}

/* write_home_city - N4 of 2010BA and 2010CA */
static void write_home_city(struct put *p, const struct seg *r, size_t i)
{
    (void)r, (void)i;
    put_city(p, home_address(p));
}

/* read_home_street - N3 of 2010BA and 2010CA */
static void read_home_street(struct take *t, const struct seg *r)
{
    (void)r;
    if (t->loop == LOOP_2010BA)
        take_street(t, &t->coverage->subscriber_address);
    if (t->loop == LOOP_2010CA || t->coverage->relationship == RELATIONSHIP_SELF)
        take_street(t, &t->claim->patient->address);
}

/* read_home_city - N4 of 2010BA and 2010CA */
static void read_home_city(struct take *t, const struct seg *r)
{
    (void)r;
    if (t->loop == LOOP_2010BA)
        take_city(t, &t->coverage->subscriber_address);
    if (t->loop == LOOP_2010CA || t->coverage->relationship == RELATIONSHIP_SELF)
        take_city(t, &t->claim->patient->address);
}

/* birth_date - the patient's */
static int32_t birth_date(const struct put *p)
{
    const CcPatient *x = p->claim->patient;

    if (!is_self(p) || (x && x->birth_date))
        return x ? x->birth_date : 0;
    return p->destination->subscriber_birth_date;
}

/* sex_code - DMG03 */
static const char *sex_code(const struct put *p)
{
    const CcPatient *x = p->claim->patient;
    const CcSex own = x ? x->sex : SEX_UNKNOWN;
    const CcSex sex = own || !is_self(p) ? own : p->destination->subscriber_sex;

    return sex == SEX_FEMALE ? "F" : sex == SEX_MALE ? "M" : "U";
}

/* write_dmg - birth and sex */
static void write_dmg(struct put *p, const struct seg *r, size_t i)
{
    (void)i;
    put_begin(p, "DMG", r->qualifier);
    if (!date_valid(birth_date(p)))
        put_fail(p, "missing", "02", "required");
    x12_date(&p->w, birth_date(p));
    x12_put(&p->w, sex_code(p));
    put_end(p);
}

/* sex_of - DMG03 */
static CcSex sex_of(struct take *t)
{
    if (!take_is(t, 3, "F") && !take_is(t, 3, "M") && !take_is(t, 3, "U"))
        take_fault(t, 3, "none of F, M, U");
    return take_is(t, 3, "F") ? SEX_FEMALE : take_is(t, 3, "M") ? SEX_MALE : SEX_UNKNOWN;
}

/* read_dmg - of both loops */
static void read_dmg(struct take *t, const struct seg *r)
{
    const int32_t born = take_day(t, 2, x12_element(t->s, 2));

    (void)r;
    if (t->loop == LOOP_2010BA) {
        t->coverage->subscriber_birth_date = born;
        t->coverage->subscriber_sex = sex_of(t);
    }
    if (t->loop == LOOP_2010CA || t->coverage->relationship == RELATIONSHIP_SELF) {
        t->claim->patient->birth_date = born;
        t->claim->patient->sex = sex_of(t);
    }
}

/* count_casualty - number of a property and casualty claim, and whom to ask: where the patient
 * stands */
static size_t count_casualty(const struct put *p, const struct seg *r)
{
    return is_self(p) && seg_has_text(p, r);
}

/* subscriber_id_count - REF SY */
size_t subscriber_id_count(const struct put *p, const struct seg *r)
{
    return guide_id_count(p->coverage->subscriber_ids, p->coverage->n_subscriber_ids, r->qualifier);
}

/* subscriber_id_write - REF SY */
void subscriber_id_write(struct put *p, const struct seg *r, size_t i)
{
    put_id(p, guide_id_at(p->coverage->subscriber_ids, p->coverage->n_subscriber_ids, r->qualifier,
                          i));
}

/* subscriber_id_read - REF SY */
void subscriber_id_read(struct take *t, const struct seg *r)
{
    CcIdentifier *id = take_id(t);

    (void)r;
    if (id)
        take_push(t, t->coverage, subscriber_ids, id);
}

/* count_patient_id - REF 1W, SY of a dependent */
static size_t count_patient_id(const struct put *p, const struct seg *r)
{
    return guide_id_count(p->claim->patient_ids, p->claim->n_patient_ids, r->qualifier);
}

/* write_patient_id - REF 1W, SY of a dependent */
static void write_patient_id(struct put *p, const struct seg *r, size_t i)
{
    put_id(p, guide_id_at(p->claim->patient_ids, p->claim->n_patient_ids, r->qualifier, i));
}

/* read_patient_id - REF 1W, SY of a dependent */
static void read_patient_id(struct take *t, const struct seg *r)
{
    CcIdentifier *id = take_id(t);

    (void)r;
    if (id)
        take_push(t, t->claim, patient_ids, id);
}

/* write_casualty - PER: whom to ask about a property and casualty claim */
static void write_casualty(struct put *p, const struct seg *r, size_t i)
{
    const CcClaimCoverage *c = p->destination;

    (void)r, (void)i;
    put_contact(p, c->property_casualty_contact, c->property_casualty_phone,
                c->property_casualty_extension);
}

/* read_casualty - PER */
static void read_casualty(struct take *t, const struct seg *r)
{
    (void)r;
    t->coverage->property_casualty_contact = take_text(t, 2);
    t->coverage->property_casualty_phone = take_text(t, 4);
    t->coverage->property_casualty_extension = take_text(t, 6);
}

/* write_patient_name - NM1 QC has no number */
static void write_patient_name(struct put *p, const struct seg *r, size_t i)
{
    (void)i;
    put_name(p, r->qualifier, false, p->claim->patient ? p->claim->patient->name : NULL, true);
    put_end(p);
}

/* read_patient_name - NM1 QC */
static void read_patient_name(struct take *t, const struct seg *r)
{
    (void)r;
    t->claim->patient->name = take_name(t);
}

#define Y4 offsetof(CcClaimCoverage, property_casualty_claim)
#define PHONE offsetof(CcClaimCoverage, property_casualty_phone)

/* clang-format off */
const struct seg rows_2000b[] = {
    {.segment = "SBR", .kinds = GUIDE_PI, .max = 1, .count = seg_always, .write = write_sbr, .read = read_sbr},
    {.segment = "PAT", .kinds = GUIDE_P,  .max = 1, .count = count_pat,    .write = write_pat, .read = read_pat},
    {.segment = NULL},
};

const struct seg rows_2010ba[] = {
    {.segment = "NM1", .qualifier = "IL", .kinds = GUIDE_PI, .max = 1, .count = seg_always, .write = write_subscriber_name, .read = read_subscriber_name},
    {.segment = "N3",                     .kinds = GUIDE_PI, .max = 1, .count = count_self,   .write = write_home_street,     .read = read_home_street},
    {.segment = "N4",                     .kinds = GUIDE_PI, .max = 1, .count = count_self,   .write = write_home_city,       .read = read_home_city},
    {.segment = "DMG", .qualifier = "D8", .kinds = GUIDE_PI, .max = 1, .count = count_self,   .write = write_dmg,             .read = read_dmg},
    {.segment = "REF", .qualifier = "SY", .kinds = GUIDE_PI, .max = 1, .count = subscriber_id_count, .write = subscriber_id_write, .read = subscriber_id_read},
    {.segment = "REF", .qualifier = "Y4", .kinds = GUIDE_PI, .max = 1, .count = count_casualty, .write = seg_write_text,            .read = seg_read_text, .field = Y4, .width = REF_MAX},
    {.segment = "PER", .qualifier = "IC", .kinds = GUIDE_P,  .max = 1, .count = count_casualty, .write = write_casualty, .read = read_casualty, .field = PHONE},
    {.segment = NULL},
};

const struct seg rows_2000c[] = {
    {.segment = "PAT", .kinds = GUIDE_PI, .max = 1, .count = seg_always, .write = write_pat, .read = read_pat},
    {.segment = NULL},
};

const struct seg rows_2010ca[] = {
    {.segment = "NM1", .qualifier = "QC", .kinds = GUIDE_PI, .max = 1, .count = seg_always, .write = write_patient_name, .read = read_patient_name},
    {.segment = "N3",                     .kinds = GUIDE_PI, .max = 1, .count = seg_always, .write = write_home_street,  .read = read_home_street},
    {.segment = "N4",                     .kinds = GUIDE_PI, .max = 1, .count = seg_always, .write = write_home_city,    .read = read_home_city},
    {.segment = "DMG", .qualifier = "D8", .kinds = GUIDE_PI, .max = 1, .count = seg_always, .write = write_dmg,          .read = read_dmg},
    {.segment = "REF", .qualifier = "Y4", .kinds = GUIDE_PI, .max = 1, .count = seg_has_text,   .write = seg_write_text,         .read = seg_read_text, .field = Y4, .width = REF_MAX},
    {.segment = "REF", .qualifier = "1W", .kinds = GUIDE_PI, .max = 1, .count = count_patient_id, .write = write_patient_id, .read = read_patient_id},
    {.segment = "REF", .qualifier = "SY", .kinds = GUIDE_PI, .max = 1, .count = count_patient_id, .write = write_patient_id, .read = read_patient_id},
    {.segment = "PER", .qualifier = "IC", .kinds = GUIDE_P,  .max = 1, .count = seg_has_text, .write = write_casualty, .read = read_casualty, .field = PHONE},
    {.segment = NULL},
};
/* clang-format on */
