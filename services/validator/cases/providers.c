/* providers.c - cases of PRV, POS */
#include "services/validator/cases/case.h"

/* clang-format off */
const struct edit_case cases_providers[] = {
    {"PRV-01", 'P', 1, "V2.npi=1455555016", "last digit changed", NULL},
    {"PRV-01", 'P', 1, "V2.npi=1455555051", "two digits swapped", NULL},
    {"PRV-01", 'P', 1, "V2.npi=3455555015", "begins with 3", NULL},
    {"PRV-01", 'I', 1, "V3.npi=145555503", "nine digits", NULL},
    {"PRV-01", 'P', 1, "L1.providers#1; lines[0].providers[0].role=supervising; lines[0].providers[0].npi=1234567890", "on a line", NULL},
    {"PRV-01", 'P', 0, "V2.npi=1667770014", "another valid one", NULL},

    {"PRV-02", 'P', 1, "V1.npi=", "no NPI and no other number", NULL},
    {"PRV-02", 'P', 1, "providers[0].role=pay_to", "no billing provider", NULL},
    {"PRV-02", 'P', 0, "V1.npi=; V1.secondary_ids#1; providers[0].secondary_ids[0].type=G2; providers[0].secondary_ids[0].value=ATYP1", "an atypical provider with the payer's number", NULL},
    {"PRV-02", 'P', 1, "V1.npi=; V1.secondary_ids#1; providers[0].secondary_ids[0].type=1G; providers[0].secondary_ids[0].value=ATYP1", "another number than the payer's", NULL},

    {"PRV-03", 'I', 1, "V2.organization=1", "an organization attends nobody", NULL},
    {"PRV-03", 'P', 1, "V2.organization=1", "the NPI is a person's in the providers table", NULL},
    {"PRV-03", 'P', 0, "V2.npi=1667770014; V2.organization=1", "an organization may render", NULL},
    {"PRV-03", 'P', 1, "place_of_service=24; providers#3; V3.role=facility; V3.npi=1667770014", "a person is no facility", NULL},
    {"PRV-03", 'P', 1, "V1.organization=0", "the NPI is an organization's", NULL},
    {"PRV-03", 'P', 0, "V2.npi=1555555121; V2.organization=1; C1.payer_id=SMP02", "the table does not say which", NULL},

    {"PRV-04", 'P', 1, "V1.address.line1=P.O. Box 100", "a box", NULL},
    {"PRV-04", 'P', 1, "V1.address.line2=LOCKBOX 7", "a lock box, in the second line", NULL},
    {"PRV-04", 'I', 1, "V1.address.line1=", "no street", NULL},
    {"PRV-04", 'P', 0, "V1.address.line1=7 BOXWOOD LANE", "a street that begins like one", NULL},
    {"PRV-04", 'P', 0, "V1.address.line1=1 POBLANO ST", "another", NULL},
    {"PRV-04", 'P', 1, "V1.address.line1=Post Office Box 9", "in full", NULL},
    {"PRV-04", 'P', 1, "V1.address.line1=POB 7", "in short", NULL},
    {"PRV-04", 'P', 1, "V1.address.line1=Box 12", "shorter", NULL},
    {"PRV-04", 'P', 0, "V1.address.line1=BOXWOOD LANE 7", "a street that begins with the word", NULL},
    {"PRV-04", 'P', 0, "V1.address.line1=1 THE VERY LONG AVENUE OF ALL THE SAINTS AND OF ALL THE SOULS NORTH BY NORTH EAST", "longer than any box", NULL},
    {"PRV-04", 'P', 1, "providers[0].address=", "no address", NULL},
    {"PRV-04", 'P', 0, "V1.address.line1=POBLANO STREET 1", "another that begins like one", NULL},

    {"PRV-06", 'P', 1, "V2.taxonomy=207Q00000", "nine characters", NULL},
    {"PRV-06", 'P', 1, "V2.taxonomy=207Q000000", "does not end in X", NULL},
    {"PRV-06", 'P', 1, "V2.taxonomy=207QZZZZZX", "not in the list", NULL},
    {"PRV-06", 'P', 0, "V2.taxonomy=", "none", NULL},

    {"PRV-07", 'P', 1, "providers#1", "a group, and nobody rendered", NULL},
    {"PRV-07", 'P', 1, "V2.npi=1234567893", "the billing provider's own NPI", NULL},
    {"PRV-07", 'P', 0, "providers#1; V1.organization=0; V1.name.first=JAN; V1.npi=1455555015", "a person bills for himself", NULL},
    {"PRV-07", 'P', 0, "providers#1; V1.taxonomy=291U00000X", "a laboratory", NULL},
    {"PRV-07", 'P', 1, "providers#1; L1.code=A0428; L1.modifiers=RH", "the other line is no ride", "AMB-01"},

    {"PRV-09", 'P', 1, "C1.filing_indicator=MB; C1.payer_id=MCB01; C1.member_id=1EG4TE5MK73", "a test for a Medicare patient, ordered by nobody", NULL},
    {"PRV-09", 'P', 1, "C1.payer_id=REF04", "a payer that wants it", NULL},
    {"PRV-09", 'P', 0, "C1.filing_indicator=MB; C1.payer_id=MCB01; C1.member_id=1EG4TE5MK73; providers#3; V3.role=referring; V3.npi=1455555049", "ordered by somebody", NULL},
    {"PRV-09", 'P', 0, "L2.code=7025F; L2.modifiers=; L2.charge_cents=2; charge_cents=16502; C1.filing_indicator=MB; C1.payer_id=MCB01; C1.member_id=1EG4TE5MK73", "a quality code is no test", NULL},

    {"PRV-11", 'P', 1, "place_of_service=24", "a surgery center that nobody names", NULL},
    {"PRV-11", 'P', 0, "place_of_service=24; providers#3; V3.role=facility; V3.organization=1; V3.npi=1667770014", "named", NULL},
    {"PRV-11", 'P', 0, "place_of_service=22; V1.taxonomy=282N00000X", "the hospital itself bills", NULL},
    {"PRV-11", 'P', 0, "place_of_service=12", "the patient's home", NULL},

    {"PRV-12", 'I', 1, "V2.role=consulting", "nobody attends", NULL},
    {"PRV-12", 'O', 1, "providers#1", "on an outpatient bill", NULL},
    {"PRV-12", 'O', 0, "providers#1; L1.revenue=0540; L1.code=A0428; L1.modifiers=RH; L2.revenue=0540; L2.code=A0425; L2.modifiers=RH", "nothing but transport", NULL},

    {"PRV-13", 'I', 1, "providers#2", "an operation, and nobody operated", NULL},
    {"PRV-13", 'I', 0, "providers#2; R1.code=5A1955Z; discharge_date=20260316; thru_date=20260316; values[0].amount_cents=600; L1.units_milli=6000", "a procedure that is no surgery", NULL},

    {"POS-01", 'P', 1, "L1.code=99283", "an emergency visit in the office", NULL},
    {"POS-01", 'P', 1, "place_of_service=21; admit_date=20260324; providers#3; V3.role=facility; V3.organization=1; V3.npi=1667770014", "an office visit to an inpatient", NULL},
    {"POS-01", 'P', 0, "L1.code=99283; place_of_service=23; providers#3; V3.role=facility; V3.organization=1; V3.npi=1667770014", "an emergency visit where it belongs", NULL},
    {"POS-01", 'P', 1, "L1.code=99283; L1.place_of_service=22; providers#3; V3.role=facility; V3.organization=1; V3.npi=1667770014", "a line's own place goes first", NULL},
    {"POS-01", 'P', 0, "L1.code=99283; place_of_service=02", "by telehealth", NULL},
    {"POS-01", 'P', 0, "L1.code=99283; place_of_service=10", "by telehealth, at home", NULL},

    {"POS-02", 'P', 1, "L1.code=99232; place_of_service=21; providers#3; V3.role=facility; V3.organization=1; V3.npi=1667770014", "an inpatient without admission", NULL},
    {"POS-02", 'P', 2, "L1.code=99232; place_of_service=21; admit_date=20260326; providers#3; V3.role=facility; V3.organization=1; V3.npi=1667770014", "two services before the admission", NULL},
    {"POS-02", 'P', 0, "L1.code=99232; place_of_service=21; admit_date=20260325; providers#3; V3.role=facility; V3.organization=1; V3.npi=1667770014", "on its day", NULL},
    {"POS-02", 'P', 1, "L1.code=99232; place_of_service=21; admit_date=20260320; discharge_date=20260325; L1.thru_date=20260326; L1.units_milli=2000; providers#3; V3.role=facility; V3.organization=1; V3.npi=1667770014", "after the discharge", NULL},
    {"POS-02", 'P', 0, "L1.code=99232; place_of_service=21; admit_date=20260320; discharge_date=20260325; providers#3; V3.role=facility; V3.organization=1; V3.npi=1667770014", "on its day", NULL},

    {"POS-03", 'P', 1, "L2.code=71046; L2.modifiers=; place_of_service=22; providers#3; V3.role=facility; V3.organization=1; V3.npi=1667770014", "a film in a hospital, as a whole", NULL},
    {"POS-03", 'P', 0, "L2.code=71046; L2.modifiers=26; place_of_service=22; providers#3; V3.role=facility; V3.organization=1; V3.npi=1667770014", "its reading", NULL},
    {"POS-03", 'P', 0, "L2.code=71046; L2.modifiers=", "in the office", NULL},
    {"POS-03", 'P', 0, "L2.code=; L2.code_qualifier=; L2.modifiers=; place_of_service=22; providers#3; V3.role=facility; V3.organization=1; V3.npi=1667770014", "a line without a code", NULL},
    {.id = NULL},
};
/* clang-format on */
