/* patient.c - cases of DEM, AGE, SEX */
#include "services/validator/cases/case.h"

/* clang-format off */
const struct edit_case cases_patient[] = {
    {"DEM-01", 'P', 1, "patient.name.last=", "no last name", NULL},
    {"DEM-01", 'I', 1, "patient.name.first=", "a person without a first name", NULL},
    {"DEM-01", 'P', 1, "patient=", "no patient at all", NULL},
    {"DEM-01", 'P', 0, "patient.name.first=X", "one letter is a name", NULL},

    {"DEM-02", 'P', 1, "patient.birth_date=0", "no birth date", NULL},
    {"DEM-02", 'P', 1, "patient.birth_date=20260326; C1.subscriber_birth_date=0", "born the day after the service", NULL},
    {"DEM-02", 'P', 1, "patient.birth_date=19010325; C1.subscriber_birth_date=0", "125 years old", NULL},
    {"DEM-02", 'P', 0, "patient.birth_date=19010326; C1.subscriber_birth_date=0", "124 years old", NULL},
    {"DEM-02", 'P', 0, "patient.birth_date=20260325; C1.subscriber_birth_date=0", "born on the day of the service", NULL},

    {"DEM-03", 'P', 1, "patient.sex=9", "a value that is no sex", NULL},
    {"DEM-03", 'I', 1, "patient.sex=unknown; @shift=-560", "unknown on an inpatient bill before 2024-10-01", NULL},
    {"DEM-03", 'I', 0, "patient.sex=unknown", "unknown on an inpatient bill of 2026", NULL},
    {"DEM-03", 'P', 0, "patient.sex=unknown; @shift=-560", "unknown on a professional claim", NULL},
    {"DEM-03", 'I', 0, "patient.sex=unknown; thru_date=0; discharge_date=0; from_date=0; admit_date=0", "unknown, and no day to judge it by", "DAT-01,TOB-06"},

    {"DEM-04", 'P', 1, "patient.address.line1=", "no street", NULL},
    {"DEM-04", 'P', 1, "patient.address.city=A", "a city of one character", NULL},
    {"DEM-04", 'I', 1, "patient.address.state=", "no state", NULL},
    {"DEM-04", 'P', 1, "patient.address.zip=", "no ZIP code", NULL},
    {"DEM-04", 'P', 0, "patient.address.country=CA; patient.address.state=; patient.address.zip=", "an address abroad", NULL},
    {"DEM-04", 'P', 0, "patient.address.city=AB", "a city of two characters", NULL},
    {"DEM-04", 'P', 1, "patient.address.country=US; patient.address.zip=", "at home, and said so", NULL},

    {"DEM-05", 'P', 1, "patient.address.state=OX", "no USPS code", NULL},
    {"DEM-05", 'P', 1, "patient.address.zip=4410", "four digits", NULL},
    {"DEM-05", 'P', 1, "patient.address.zip=00000", "a filler", NULL},
    {"DEM-05", 'P', 1, "patient.address.zip=90210", "a ZIP code of another state", NULL},
    {"DEM-05", 'P', 1, "V1.address.state=ZZ", "the billing provider's state", NULL},
    {"DEM-05", 'P', 0, "patient.address.zip=441011234", "nine digits", NULL},
    {"DEM-05", 'P', 1, "patient.address.zip=42801", "a ZIP code that no state has", NULL},
    {"DEM-05", 'P', 0, "patient.address.zip=06390; patient.address.state=NY", "an area of two states", NULL},

    {"DEM-07", 'P', 1, "patient.death_date=20260324", "died the day before", NULL},
    {"DEM-07", 'P', 0, "patient.death_date=20260325", "died that day", NULL},

    {"DEM-08", 'P', 1, "C1.subscriber_birth_date=19700215", "self, with another birth date", NULL},
    {"DEM-08", 'I', 1, "C1.relationship=spouse", "a Medicare patient as a dependent", NULL},
    {"DEM-08", 'P', 0, "C1.relationship=spouse; C1.subscriber_birth_date=19700215", "a spouse, with his own birth date", NULL},
    {"DEM-08", 'P', 1, "C1.subscriber_organization=1", "self, and the subscriber is an employer", NULL},

    {"DEM-09", 'P', 1, "C1.relationship=child; C1.subscriber=", "a child of nobody", NULL},
    {"DEM-09", 'P', 0, "C1.relationship=child; C1.subscriber.last=TESTER", "a child of a named subscriber", NULL},
    {"DEM-09", 'P', 1, "C1.relationship=child; C1.subscriber.last=", "a subscriber without a last name", NULL},

    {"DEM-10", 'P', 1, "authorization=AB*12", "a delimiter in an id", "AUT-02"},
    {"DEM-10", 'P', 1, "mrn= 778", "a leading blank", NULL},
    {"DEM-10", 'P', 1, "C1.group_number=012345678901234567890123456789012345678901234567890", "51 characters", NULL},
    {"DEM-10", 'P', 0, "C1.group_number=01234567890123456789012345678901234567890123456789", "50 characters", NULL},
    {"DEM-10", 'P', 1, "mrn=7\t78", "a tab", NULL},
    {"DEM-10", 'P', 1, "mrn=7\x7f", "a delete sign", NULL},

    {"AGE-01", 'P', 1, "D2.code=E8411", "a newborn's disease at 56", NULL},
    {"AGE-01", 'P', 1, "D2.code=E8411; patient.birth_date=20250325; C1.subscriber_birth_date=0", "at one year", NULL},
    {"AGE-01", 'P', 0, "D2.code=E8411; patient.birth_date=20250326; C1.subscriber_birth_date=0", "the day before the first birthday", NULL},
    {"AGE-02", 'P', 1, "D2.code=B0821; patient.birth_date=20080325; C1.subscriber_birth_date=0", "a child's disease at 18", NULL},
    {"AGE-02", 'P', 0, "D2.code=B0821; patient.birth_date=20080326; C1.subscriber_birth_date=0", "at 17", NULL},
    {"AGE-03", 'P', 1, "D2.code=O26891; patient.birth_date=19600101; C1.subscriber_birth_date=0", "a pregnancy at 66", "DXR-14"},
    {"AGE-03", 'P', 0, "D2.code=O26891; patient.birth_date=19610326; C1.subscriber_birth_date=0", "at 64", "DXR-14"},
    {"AGE-03", 'P', 1, "D2.code=O26891; patient.birth_date=20170326; C1.subscriber_birth_date=0", "at 8", "DXR-14"},
    {"AGE-03", 'P', 0, "D2.code=O26891; patient.birth_date=20170325; C1.subscriber_birth_date=0", "at 9", "DXR-14"},
    {"AGE-03", 'P', 0, "D2.code=O26891; patient.birth_date=19500101; C1.subscriber_birth_date=0; @shift=-2700", "the editor of 2018 has no ages for the group here", "DXR-14,COD-01,TAB-01"},
    {"AGE-04", 'P', 1, "D2.code=R54; patient.birth_date=20110326; C1.subscriber_birth_date=0", "physical debility of age at 14", NULL},
    {"AGE-04", 'P', 0, "D2.code=R54; patient.birth_date=20110325; C1.subscriber_birth_date=0", "at 15", NULL},
    {"AGE-04", 'I', 1, "D4.code=R54; patient.birth_date=20110311; C1.subscriber_birth_date=0", "the age is taken on admission", NULL},

    {"AGE-05", 'P', 1, "L1.code=99395", "a check-up for 18 to 39 at 56", NULL},
    {"AGE-05", 'P', 1, "L1.code=99396; patient.birth_date=19610325; C1.subscriber_birth_date=0", "for 40 to 64 at 65", NULL},
    {"AGE-05", 'P', 0, "L1.code=99396; patient.birth_date=19610326; C1.subscriber_birth_date=0", "at 64", NULL},
    {"AGE-05", 'P', 1, "L1.code=99396; patient.birth_date=19860326; C1.subscriber_birth_date=0", "for 40 to 64 at 39", NULL},
    {"AGE-05", 'P', 0, "L1.code=99396; patient.birth_date=19860325; C1.subscriber_birth_date=0", "at 40", NULL},
    {"AGE-05", 'P', 1, "L1.code=99460; place_of_service=22; V1.taxonomy=282N00000X; patient.birth_date=20260224; C1.subscriber_birth_date=0", "a newborn's visit at 29 days", NULL},
    {"AGE-05", 'P', 0, "L1.code=99460; place_of_service=22; V1.taxonomy=282N00000X; patient.birth_date=20260225; C1.subscriber_birth_date=0", "at 28 days", NULL},

    {"SEX-01", 'P', 1, "D2.code=C50912; patient.sex=male; @shift=-560", "a code of women, before 2024-10-01", NULL},
    {"SEX-01", 'P', 0, "D2.code=C50912; patient.sex=male", "the same code in 2026: CMS took the flag away", NULL},
    {"SEX-01", 'P', 0, "D2.code=C50912; patient.sex=unknown; @shift=-560", "sex not known", NULL},
    {"SEX-01", 'P', 0, "D2.code=C50912; patient.sex=male; conditions=45; @shift=-560", "opened by condition code 45", NULL},
    {"SEX-01", 'I', 1, "R1.code=0V5Q4ZZ; @shift=-560", "a procedure of men", "MED-04"},
    {"SEX-01", 'I', 1, "R1.code=0V5Q4ZZ; conditions=45; @shift=-560", "opened by condition code 45 (noted: CMS's editor reports it all the same)", "MED-04"},

    {"SEX-02", 'P', 1, "L1.code=G0101; patient.sex=male", "a pelvic examination of a man", NULL},
    {"SEX-02", 'P', 0, "L1.code=G0101", "of a woman", NULL},
    {"SEX-02", 'P', 0, "L1.code=G0101; patient.sex=male; L1.modifiers=KX", "opened by KX", NULL},
    {.id = NULL},
};
/* clang-format on */
