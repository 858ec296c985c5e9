/* combine.c - one code for what several say together: "with" as the alphabetic index presumes it
 *
 * The classification presumes the link (I.A.15) unless the record denies it; a diagnosis that is
 * uncertain is no part. The parts that the whole does not tell stay beside it. */
#include "services/coder/relate.h"

#include <stdio.h>
#include <string.h>

enum { HEART = 1, FAILURE = 2, KIDNEY = 4, LATE = 8 };
static const char hypertension[] = "I10;I11;I12;I13";

/* clang-format off */
/* What a code tells of heart and kidney in hypertension (I.C.9.a). */
static const struct {
    const char *refs;
    unsigned parts;
} tells[] = {
    {"I50", HEART | FAILURE},
    {"I514-I515;I517;I5189;I519", HEART},
    {"N18", KIDNEY},
    {"N185-N186", LATE},
    {"I110;I130;I132", HEART | FAILURE},
    {"I119;I1310-I1311", HEART},
    {"I12;I13", KIDNEY},
    {"I120;I1311;I132", LATE},
};

/* The code of each. */
static const struct {
    unsigned parts;
    const char *code;
} together[] = {
    {HEART, "I119"},          {HEART | FAILURE, "I110"},
    {KIDNEY, "I129"},         {KIDNEY | LATE, "I120"},
    {HEART | KIDNEY, "I1310"}, {HEART | KIDNEY | LATE, "I1311"},
    {HEART | FAILURE | KIDNEY, "I130"}, {HEART | FAILURE | KIDNEY | LATE, "I132"},
};
/* clang-format on */

/* parts_of - what the visit's diagnoses tell */
static unsigned parts_of(struct work *w)
{
    unsigned parts = 0;

    for (size_t i = 0; i < sizeof(tells) / sizeof(tells[0]); i++)
        if (dx_sure(w, tells[i].refs))
            parts |= tells[i].parts;
    return parts;
}

/* cite_parts - heart and kidney codes are evidence of the whole */
static void cite_parts(struct work *w, const struct rule *r, struct dx *whole)
{
    for (size_t i = 0; i < w->n_dx; i++)
        if (dx_listed(&w->dx[i]) && !work_uncertain(&w->dx[i]) &&
            dx_in(&w->dx[i], "I50;I514-I515;I517;I5189;I519;N18"))
            dx_part(w, r, whole, &w->dx[i]);
}

/* absorb_rest - other codes of hypertension; dilation and degeneration of the heart are not coded
 * beside the whole */
static void absorb_rest(struct work *w, const struct rule *r, struct dx *whole, unsigned parts)
{
    for (size_t i = 0; i < w->n_dx; i++) {
        struct dx *d = &w->dx[i];

        if (d != whole && dx_listed(d) && !work_uncertain(d) &&
            (dx_in(d, hypertension) || ((parts & HEART) && dx_in(d, "I515;I517"))))
            dx_absorb(w, r, whole, d);
    }
}

/* whole_code - of these parts; failure without heart disease and a late stage without kidney
 * disease do not occur */
static const char *whole_code(unsigned parts)
{
    for (size_t i = 0; i < sizeof(together) / sizeof(together[0]); i++)
        if (together[i].parts == parts)
            return together[i].code;
    return "";
}

/* combine_pressure - hypertension with these organs, and no others, is one code */
static void combine_pressure(struct work *w, const struct rule *r, unsigned organs)
{
    static const char any[] = "I11-I13;I50;I514-I515;I517;I5189;I519;N18";
    struct dx *whole = dx_sure(w, hypertension), *with;
    unsigned parts = whole && dx_sure(w, any) ? parts_of(w) : 0;
    bool changes;

    if (!whole || (parts & (HEART | KIDNEY)) != organs)
        return;
    with = dx_sure(w, organs & KIDNEY ? "N18" : "I50;I514-I515;I517;I5189;I519");
    changes = strcmp(whole->code, whole_code(parts)) != 0;
    if (!dx_recode(w, r, whole, whole_code(parts), with ? with : whole))
        return;
    if (changes)
        cite_parts(w, r, whole);
    absorb_rest(w, r, whole, parts);
}

/* rule_pressure_heart - hypertension with heart disease */
void rule_pressure_heart(struct work *w, const struct rule *r)
{
    combine_pressure(w, r, HEART);
}

/* rule_pressure_kidney - hypertension with chronic kidney disease */
void rule_pressure_kidney(struct work *w, const struct rule *r)
{
    combine_pressure(w, r, KIDNEY);
}

/* rule_pressure_both - hypertension with both */
void rule_pressure_both(struct work *w, const struct rule *r)
{
    combine_pressure(w, r, HEART | KIDNEY);
}

static const char diabetes[] = "E08-E11;E13";

/* clang-format off */
/* Index, "Diabetes, with": the other disease, what the diabetes code says then, and whether that
 * tells the disease in full. */
static const struct {
    const char *other, *suffix;
    bool full;
} diabetic[] = {
    {"N18",                 "22",  false},
    {"H3500",               "319", true},
    {"H269",                "36",  true},
    {"L921",                "620", true},
    {"M146",                "610", true},
    {"G589",                "41",  true},
    {"G629",                "42",  true},
    {"G9009;G909",          "43",  true},
    {"K3184",               "43",  false},
    {"I739",                "51",  true},
    {"I702",                "51",  false},
    {"I96",                 "52",  true},
    {"L974-L975",           "621", false},
    {"L971-L973;L978-L979;L984", "622", false},
    {"K05",                 "630", false},
    {"E162",                "649", true},
    {"R739",                "65",  true},
    {"M861-M866;M868-M869", "69",  false},
};
/* clang-format on */

/* one_family - the category of the visit's diabetes; NULL: none, or several */
static struct dx *one_family(struct work *w)
{
    struct dx *first = dx_sure(w, diabetes);

    for (size_t i = 0; first && i < w->n_dx; i++)
        if ((dx_listed(&w->dx[i]) || w->dx[i].state == DX_ASKED) &&
            !dx_same_head(&w->dx[i], first, 3) && dx_in(&w->dx[i], diabetes))
            return NULL;
    return first;
}

/* plain_of - the diabetes "without complications" of the category, or NULL */
static struct dx *plain_of(struct work *w, const struct dx *family)
{
    for (size_t i = 0; i < w->n_dx; i++) {
        struct dx *d = &w->dx[i];

        if (dx_same_head(d, family, 3) && d->code[3] == '9' && dx_listed(d) && !work_uncertain(d))
            return d;
    }
    return NULL;
}

/* add_complication - the plain code becomes it; where there is none one more is added */
static void add_complication(struct work *w, const struct rule *r, const struct dx *family,
                             struct dx *with, size_t row)
{
    size_t at = (size_t)(with - w->dx);
    struct dx *plain = plain_of(w, family), *whole;
    char code[DX_CODE];

    snprintf(code, sizeof(code), "%.3s%s", family->code, diabetic[row].suffix);
    whole = dx_sure(w, code);
    if (!whole && dx_known(w, code))
        return; /* it waits for an answer of its own */
    if (!whole &&
        !(plain ? dx_recode(w, r, plain, code, with) : dx_derive(w, r, family, with, code)))
        return;
    if (diabetic[row].full)
        dx_absorb(w, r, dx_sure(w, code), &w->dx[at]);
}

/* rule_diabetes_with - diabetes and what the index lists under its "with" */
void rule_diabetes_with(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < sizeof(diabetic) / sizeof(diabetic[0]); i++) {
        struct dx *with = dx_sure(w, diabetic[i].other), *family = with ? one_family(w) : NULL;

        if (family)
            add_complication(w, r, family, with, i);
    }
}

/* rule_diabetes_plain - "without complications" beside a complication of the same diabetes */
void rule_diabetes_plain(struct work *w, const struct rule *r)
{
    struct dx *family = one_family(w), *plain = family ? plain_of(w, family) : NULL;

    for (size_t i = 0; plain && i < w->n_dx; i++)
        if (&w->dx[i] != plain && dx_same_head(&w->dx[i], family, 3) && dx_listed(&w->dx[i]) &&
            !work_uncertain(&w->dx[i])) {
            dx_absorb(w, r, &w->dx[i], plain);
            return;
        }
}

/* rule_diabetes_insulin - a type 1 diabetic lives by insulin: no status code says it again */
void rule_diabetes_insulin(struct work *w, const struct rule *r)
{
    struct dx *family = one_family(w), *insulin = dx_among(w, "Z794");

    if (family && insulin && dx_in(family, "E10"))
        work_reject_dx(w, r, insulin);
}

/* rule_lung_infection - COPD with pneumonia or acute bronchitis; an exacerbation stays beside it */
void rule_lung_infection(struct work *w, const struct rule *r)
{
    struct dx *infection = dx_sure(w, "J12-J18;J20-J22"), *plain = dx_sure(w, "J449");
    struct dx *worse = dx_sure(w, "J441");

    if (infection && plain && !dx_sure(w, "J440"))
        dx_recode(w, r, plain, "J440", infection);
    else if (infection && worse && !dx_sure(w, "J440"))
        dx_derive(w, r, worse, infection, "J440");
    plain = dx_sure(w, "J449");
    worse = dx_sure(w, "J440-J441");
    if (plain && worse)
        dx_absorb(w, r, worse, plain);
}

/* clang-format off */
/* Atherosclerosis without angina, and the code with it, without its last character: native arteries,
 * bypass grafts, arteries of a transplanted heart, its grafts. */
static const char *const vessels[][2] = {
    {"I2510", "I2511"}, {"I25810", "I2570"}, {"I25811", "I2575"}, {"I25812", "I2576"},
};

/* Kinds of angina, and the last character. */
static const char *const anginas[][2] = {
    {"I200", "0"}, {"I201", "1"}, {"I202", "2"}, {"I208", "8"}, {"I209", "9"},
};
/* clang-format on */

/* with_angina - of one kind of vessel; false: no such disease, or no angina */
static bool with_angina(struct work *w, const struct rule *r, const char *const vessel[2])
{
    struct dx *heart = dx_sure(w, vessel[0]);
    char code[DX_CODE];

    for (size_t i = 0; heart && i < sizeof(anginas) / sizeof(anginas[0]); i++) {
        struct dx *angina = dx_sure(w, anginas[i][0]);

        snprintf(code, sizeof(code), "%s%s", vessel[1], anginas[i][1]);
        if (angina && dx_recode(w, r, heart, code, angina)) {
            dx_absorb(w, r, heart, angina);
            return true;
        }
    }
    return false;
}

/* rule_angina - atherosclerosis of the coronary arteries or grafts with angina */
void rule_angina(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < sizeof(vessels) / sizeof(vessels[0]); i++)
        if (with_angina(w, r, vessels[i]))
            return;
}

/* rule_kidney_end - end stage says the stage */
void rule_kidney_end(struct work *w, const struct rule *r)
{
    struct dx *end = dx_sure(w, "N186"), *stage;

    while (end && (stage = dx_sure(w, "N181-N185;N189")))
        dx_absorb(w, r, end, stage);
}

/* heavier - of one substance: dependence over abuse over use */
static bool heavier(const struct dx *a, const struct dx *b)
{
    static const char order[] = "912";
    const char *x = strchr(order, a->code[3]), *y = strchr(order, b->code[3]);

    return dx_listed(a) && dx_listed(b) && !work_uncertain(a) && dx_in(a, "F10-F16;F18-F19") &&
           strncmp(a->code, b->code, 3) == 0 && x && y && *x && *y && x > y;
}

/* rule_substance - only the heaviest pattern of a substance is coded */
void rule_substance(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_dx; i++)
        for (size_t k = 0; k < w->n_dx; k++)
            if (heavier(&w->dx[i], &w->dx[k]))
                dx_absorb(w, r, &w->dx[i], &w->dx[k]);
}
