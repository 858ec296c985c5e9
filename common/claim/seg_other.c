/* seg_other.c - loop 2330A: another payer's subscriber; and how patient and subscriber are related
 */
#include <string.h>

#include "common/claim/guide.h"

enum { ID_MAX = 80 };

/* clang-format off */
static const struct { CcRelationship relation; const char *code; } relations[] = {
    {RELATIONSHIP_SELF,          "18"}, {RELATIONSHIP_SPOUSE,       "01"}, {RELATIONSHIP_CHILD,         "19"},
    {RELATIONSHIP_EMPLOYEE,      "20"}, {RELATIONSHIP_LIFE_PARTNER, "53"}, {RELATIONSHIP_ORGAN_DONOR,   "39"},
    {RELATIONSHIP_CADAVER_DONOR, "40"}, {RELATIONSHIP_OTHER,        "G8"}, {RELATIONSHIP_UNKNOWN,       "21"},
};
/* clang-format on */

enum { RELATIONS = sizeof(relations) / sizeof(relations[0]) };

/* guide_relation_code - SBR02, PAT01 */
const char *guide_relation_code(CcRelationship r)
{
    for (size_t i = 0; i < RELATIONS; i++)
        if (relations[i].relation == r)
            return relations[i].code;
    return "21";
}

/* guide_relation_of - the relationship of a code; 21 and unknown codes are unknown */
CcRelationship guide_relation_of(struct span code)
{
    for (size_t i = 0; i < RELATIONS; i++)
        if (span_is(code, relations[i].code))
            return relations[i].relation;
    return RELATIONSHIP_UNKNOWN;
}

/* guide_is_self - the patient is this payer's subscriber */
bool guide_is_self(const CcClaimCoverage *c)
{
    return c->relationship == RELATIONSHIP_SELF;
}

/* other_name - that payer's subscriber; the patient's own name where it is the patient */
static const CcName *other_name(const struct put *p)
{
    const CcName *n = p->coverage->subscriber;

    if (n && n->last[0])
        return n;
    return guide_is_self(p->coverage) && p->claim->patient ? p->claim->patient->name : n;
}

/* write_other_name - NM1 IL of 2330A */
static void write_other_name(struct put *p, const struct seg *r, size_t i)
{
    const CcClaimCoverage *c = p->coverage;

    (void)i;
    put_name(p, r->qualifier, c->subscriber_organization, other_name(p), true);
    x12_put(&p->w, c->member_id_type[0] ? c->member_id_type : "MI");
    put_key(p, 9, c->member_id, ID_MAX);
    put_end(p);
}

/* read_other_name - NM1 IL of 2330A */
static void read_other_name(struct take *t, const struct seg *r)
{
    (void)r;
    t->coverage->subscriber_organization = take_is(t, 2, "2");
    t->coverage->subscriber = take_name(t);
    t->coverage->member_id_type = take_text(t, 8);
    t->coverage->member_id = take_text(t, 9);
}

/* count_other_address - situational here: whole or not at all */
static size_t count_other_address(const struct put *p, const struct seg *r)
{
    const CcAddress *a = p->coverage->subscriber_address;

    (void)r;
    return a && a->line1[0] && a->city[0];
}

/* write_other_street - N3 of 2330A */
static void write_other_street(struct put *p, const struct seg *r, size_t i)
{
    (void)r, (void)i;
    put_street(p, p->coverage->subscriber_address);
}

/* write_other_city - N4 of 2330A */
static void write_other_city(struct put *p, const struct seg *r, size_t i)
{
    (void)r, (void)i;
    put_city(p, p->coverage->subscriber_address);
}

/* read_other_street - N3 of 2330A */
static void read_other_street(struct take *t, const struct seg *r)
{
    (void)r;
    take_street(t, &t->coverage->subscriber_address);
}

/* read_other_city - N4 of 2330A */
static void read_other_city(struct take *t, const struct seg *r)
{
    (void)r;
    take_city(t, &t->coverage->subscriber_address);
}

/* clang-format off */
const struct seg rows_2330a[] = {
    {.segment = "NM1", .qualifier = "IL", .kinds = GUIDE_PI, .max = 1, .count = seg_always,        .write = write_other_name,   .read = read_other_name},
    {.segment = "N3",                     .kinds = GUIDE_PI, .max = 1, .count = count_other_address, .write = write_other_street, .read = read_other_street},
    {.segment = "N4",                     .kinds = GUIDE_PI, .max = 1, .count = count_other_address, .write = write_other_city,   .read = read_other_city},
    {.segment = "REF", .qualifier = "SY", .kinds = GUIDE_PI, .max = 1, .count = subscriber_id_count, .write = subscriber_id_write, .read = subscriber_id_read},
    {.segment = NULL},
};
/* clang-format on */
