/* hcc.h - risk adjustment (CMS-HCC V28, coding 7): diagnoses of a person's year to categories, and
 * what they weigh
 *
 * Rules: diagnoses to categories; a category makes lesser ones of its hierarchy not count; pairs of
 * categories weigh more together; many categories weigh more; age and sex. Values are thousandths
 * of the average person's cost. All numbers come from the table `hcc` of the payment year, which is
 * the year after the service, the last two from `rates`. Age and sex of the person change or take
 * away the category of a few diagnoses, as the model's software does; its optional edits by the
 * ages of the Medicare Code Editor are not part of it. Nothing of this may be read by a coding
 * rule. */
#ifndef CC_HCC_HCC_H
#define CC_HCC_HCC_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/event/event.h"
#include "common/tables/tables.h"

/* Community (no, full, partial dual eligibility; aged, disabled), institution, new enrollees (of
 * special needs plans). */
enum hcc_segment {
    HCC_CNA,
    HCC_CND,
    HCC_CFA,
    HCC_CFD,
    HCC_CPA,
    HCC_CPD,
    HCC_INS,
    HCC_NE,
    HCC_SNPNE,
    HCC_SEGMENTS
};
const char *hcc_segment_name(enum hcc_segment s);
enum hcc_segment hcc_segment_by_name(const char *name); /* HCC_SEGMENTS: none */

struct hcc_person {
    int32_t birth; /* yyyymmdd */
    bool female;
    bool disabled_first; /* disability was the first reason of entitlement */
    bool medicaid;       /* of new enrollees, and in an institution */
    enum hcc_segment segment;
};

/* A diagnosis that a claim brought, plain. */
struct hcc_dx {
    const char *code;
    bool counts; /* the claim is of a kind and service that counts */
};

struct hcc_category {
    unsigned hcc;
    const char *code;    /* the first diagnosis that brings it */
    bool counts;         /* a claim that counts brings it; else it is unsupported */
    unsigned dropped_by; /* category of its hierarchy that is there too; 0: none */
    int64_t value;       /* 0 where it does not count */
};

struct hcc_term {
    const char *name; /* as CMS names the coefficient, without its segment */
    int64_t value;
};

/* A diagnosis whose category the person's age or sex changes. */
struct hcc_edited {
    const char *code;
    unsigned hcc, instead; /* instead 0: none */
};

enum { HCC_TERMS_MAX = 32 };

struct hcc_score {
    struct hcc_category *categories; /* by number */
    size_t n_categories;
    struct hcc_edited *edited; /* in the order of the diagnoses */
    size_t n_edited;
    struct hcc_term terms[HCC_TERMS_MAX]; /* age and sex, interactions, count */
    size_t n_terms;
    int64_t raw;         /* sum */
    int64_t payment;     /* by normalization and coding intensity */
    bool payment_given;  /* `rates` has both for the payment year */
    const char *missing; /* what is not there, so that there is no score; NULL: nothing */
    const struct edition_info *edition; /* of the table */
};

/* Does a claim count: an inpatient bill, or an outpatient or professional one with a service of the
 * list. False also where the table has no edition for the year. */
bool hcc_claim_counts(const CcClaim *c, const struct tables *t, int32_t on);

/* A person's year of service. Diagnoses in any order, several times or not. Categories and terms
 * live in the arena, their codes as long as `dx`, the edition as long as the tables. ERR_REJECT
 * "size": the arena's limit. */
int hcc_score(const struct hcc_person *who, int year, const struct hcc_dx *dx, size_t n,
              const struct tables *t, struct arena *a, struct hcc_score *out, struct err *e);

#endif
