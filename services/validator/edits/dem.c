/* dem.c - DEM: the patient, as registered */
#include "services/validator/edits/edits.h"

#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "common/codes/codes.h"

/* patient_of - NULL: DEM-01 has said so, the others are silent */
static const CcPatient *patient_of(const struct edit_run *r)
{
    return r->c->claim->patient;
}

/* edit_dem_01 - a person has a last and a first name */
void edit_dem_01(struct edit_run *r)
{
    const CcPatient *p = patient_of(r);

    if (!p || !p->name || !p->name->last[0])
        edit_found(r, at_patient("NM103"), NULL, "the patient's last name is missing");
    else if (!p->name->first[0])
        edit_found(r, at_patient("NM104"), NULL, "the patient's first name is missing");
}

/* edit_dem_02 - born, before the service, not 125 years ago */
void edit_dem_02(struct edit_run *r)
{
    const CcPatient *p = patient_of(r);

    if (!p)
        return;
    if (!date_valid(p->birth_date))
        edit_found(r, at_patient("DMG02"), NULL, "the birth date is missing or no date");
    else if (date_valid(r->c->arrived) && p->birth_date > r->c->arrived)
        edit_found(r, at_patient("DMG02"), NULL, "the birth date is after the first service");
    else if (r->c->age > 124)
        edit_found(r, at_patient("DMG02"), NULL, "the patient is older than 124 years");
}

/* edit_dem_03 - a sex that the guide and, on inpatient bills, the MCE take */
void edit_dem_03(struct edit_run *r)
{
    const CcPatient *p = patient_of(r);

    if (!p)
        return;
    if ((unsigned)p->sex > SEX_OTHER)
        edit_found(r, at_patient("DMG03"), NULL, "the sex is none of F, M, U");
    else if (r->c->acute && p->sex != SEX_FEMALE && p->sex != SEX_MALE &&
             date_valid(r->c->codes_on) && r->c->codes_on < MCE_UNKNOWN_SEX_FROM)
        edit_found(r, at_patient("DMG03"), NULL,
                   "unknown sex is not accepted for discharges before 2024-10-01");
}

/* abroad - an address outside the United States */
static bool abroad(const CcAddress *a)
{
    static const char *const home[] = {"US", "USA", NULL};

    return a->country[0] && !str_in(a->country, home);
}

/* edit_dem_04 - the patient's address is complete */
void edit_dem_04(struct edit_run *r)
{
    const CcPatient *p = patient_of(r);
    const CcAddress *a = p ? p->address : NULL;

    if (!p)
        return;
    if (!a || !a->line1[0])
        edit_found(r, at_patient("N301"), NULL, "the patient's street is missing");
    else if (strlen(a->city) < 2)
        edit_found(r, at_patient("N401"), NULL,
                   "the patient's city is missing or shorter than two characters");
    else if (!abroad(a) && !a->state[0])
        edit_found(r, at_patient("N402"), NULL, "the patient's state is missing");
    else if (!abroad(a) && !a->zip[0])
        edit_found(r, at_patient("N403"), NULL, "the patient's ZIP code is missing");
}

/* ZIP3 areas of states that have one stretch or more (USPS, labeling list L002). */
/* clang-format off */
static const struct {
    short from, to;
    char state[3];
} zip_areas[] = {
    {  5,   5, "NY"}, {  6,   7, "PR"}, {  8,   8, "VI"}, {  9,   9, "PR"}, { 10,  27, "MA"}, { 28,  29, "RI"},
    { 30,  38, "NH"}, { 39,  49, "ME"}, { 50,  54, "VT"}, { 55,  55, "MA"}, { 56,  59, "VT"}, { 60,  62, "CT"},
    { 63,  63, ""},   { 64,  69, "CT"}, { 70,  89, "NJ"}, { 90,  98, "AE"}, {100, 149, "NY"}, {150, 196, "PA"},
    {197, 199, "DE"}, {200, 200, "DC"}, {201, 201, "VA"}, {202, 205, "DC"}, {206, 219, "MD"}, {220, 246, "VA"},
    {247, 268, "WV"}, {270, 289, "NC"}, {290, 299, "SC"}, {300, 319, "GA"}, {320, 339, "FL"}, {340, 340, "AA"},
    {341, 349, "FL"}, {350, 369, "AL"}, {370, 385, "TN"}, {386, 397, "MS"}, {398, 399, "GA"}, {400, 427, "KY"},
    {430, 459, "OH"}, {460, 479, "IN"}, {480, 499, "MI"}, {500, 528, "IA"}, {530, 549, "WI"}, {550, 567, "MN"},
    {569, 569, "DC"}, {570, 577, "SD"}, {580, 588, "ND"}, {590, 599, "MT"}, {600, 629, "IL"}, {630, 658, "MO"},
    {660, 679, "KS"}, {680, 693, "NE"}, {700, 714, "LA"}, {716, 729, "AR"}, {730, 732, "OK"}, {733, 733, "TX"},
    {734, 749, "OK"}, {750, 799, "TX"}, {800, 816, "CO"}, {820, 831, "WY"}, {832, 838, "ID"}, {840, 847, "UT"},
    {850, 865, "AZ"}, {870, 884, "NM"}, {885, 885, "TX"}, {889, 898, "NV"}, {900, 961, "CA"}, {962, 966, "AP"},
    {967, 968, "HI"}, {969, 969, ""},   {970, 979, "OR"}, {980, 994, "WA"}, {995, 999, "AK"},
};
/* clang-format on */

/* zip_fits - the ZIP's area is the state's; true where an area serves several states or is unknown
 */
static bool zip_fits(const char *zip, const char *state)
{
    int area = (zip[0] - '0') * 100 + (zip[1] - '0') * 10 + (zip[2] - '0');

    for (size_t i = 0; i < sizeof(zip_areas) / sizeof(zip_areas[0]); i++)
        if (area >= zip_areas[i].from && area <= zip_areas[i].to)
            return !zip_areas[i].state[0] || strcmp(zip_areas[i].state, state) == 0;
    return false;
}

/* check_address - state, ZIP, and that they belong together */
static void check_address(struct edit_run *r, const CcAddress *a, struct place state,
                          struct place zip)
{
    if (!a || abroad(a))
        return;
    if (a->state[0] && !state_code(a->state))
        edit_found(r, state, NULL, "the state is no USPS code");
    else if (a->zip[0] && !zip_form(a->zip))
        edit_found(r, zip, NULL, "the ZIP code is not 5 or 9 digits, or is a filler");
    else if (a->zip[0] && a->state[0] && !zip_fits(a->zip, a->state))
        edit_found_as(r, SEVERITY_HOLD, zip, NULL, "the ZIP code does not belong to the state");
}

/* edit_dem_05 - patient, billing provider and service facility */
void edit_dem_05(struct edit_run *r)
{
    const CcPatient *p = patient_of(r);
    const CcProvider *const parties[] = {r->c->billing, r->c->place};

    if (p)
        check_address(r, p->address, at_patient("N402"), at_patient("N403"));
    for (size_t i = 0; i < 2; i++)
        if (parties[i])
            check_address(r, parties[i]->address, at_provider(r, parties[i], "N402"),
                          at_provider(r, parties[i], "N403"));
}

/* edit_dem_07 - nothing is done to the dead; the first line after it is named */
void edit_dem_07(struct edit_run *r)
{
    const CcPatient *p = patient_of(r);

    if (!p || !date_valid(p->death_date))
        return;
    for (size_t i = 0; i < r->c->n_lines; i++)
        if (r->c->lines[i].from > p->death_date) {
            edit_found(r, at_line(&r->c->lines[i], "DTP03*472"), NULL,
                       "the service is after the patient's death");
            return;
        }
}

/* edit_dem_08 - self, or a dependent: the coverage says which, and agrees with the patient */
void edit_dem_08(struct edit_run *r)
{
    const CcClaimCoverage *v = r->c->destination;
    const CcPatient *p = patient_of(r);
    size_t at = r->c->destination_index;

    if (!v || !p)
        return;
    if (v->relationship == RELATIONSHIP_SELF) {
        bool other = (v->subscriber_birth_date && p->birth_date &&
                      v->subscriber_birth_date != p->birth_date) ||
                     v->subscriber_organization;

        if (other)
            edit_found(r, at_coverage(at, "SBR02"), NULL,
                       "the patient is said to be the subscriber, but the two differ");
    } else if (r->c->medicare) {
        edit_found(r, at_coverage(at, "SBR02"), NULL,
                   "a Medicare patient is always the subscriber");
    }
}

/* edit_dem_09 - a dependent's subscriber is known */
void edit_dem_09(struct edit_run *r)
{
    const CcClaimCoverage *v = r->c->destination;

    if (!v || v->relationship == RELATIONSHIP_SELF || r->c->medicare)
        return;
    if (!v->subscriber || !v->subscriber->last[0])
        edit_found(r, at_coverage(r->c->destination_index, "NM103"), NULL,
                   "the patient is a dependent and the subscriber has no name");
}

/* bad_id - a blank in front, a character that no X12 text holds, or too long */
static const char *bad_id(const char *s, size_t max)
{
    if (s[0] == ' ')
        return "begins with a blank";
    if (strlen(s) > max)
        return "is too long";
    for (; *s; s++)
        if ((unsigned char)*s < 0x20 || (unsigned char)*s > 0x7e || strchr("*:^~", *s))
            return "holds a character that X12 does not carry";
    return NULL;
}

/* edit_dem_10 - ids travel as they are: they cannot be cleaned or cut as names and streets can */
void edit_dem_10(struct edit_run *r)
{
    const CcClaim *m = r->c->claim;
    const CcClaimCoverage *v = r->c->destination;
    const struct {
        const char *text, *what, *element;
        size_t max;
    } rows[] = {
        {m->claim_id, "the claim number", "CLM01", 38},
        {m->authorization, "the authorization number", "REF02*G1", 50},
        {m->referral, "the referral number", "REF02*9F", 50},
        {m->original_reference, "the payer's claim number", "REF02*F8", 50},
        {m->mrn, "the record number", "REF02*EA", 50},
        {v ? v->member_id : "", "the member id", "NM109", 80},
        {v ? v->group_number : "", "the group number", "SBR03", 50},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const char *why = bad_id(rows[i].text, rows[i].max);

        if (why)
            edit_found(r,
                       i < 5 ? at_claim(rows[i].element)
                             : at_coverage(r->c->destination_index, rows[i].element),
                       NULL, "%s %s", rows[i].what, why);
    }
}
