/* bill.c - cases of TOB, INP, MED, AUT */
#include "services/validator/cases/case.h"

#define NEWBORN                                                                                    \
    "patient.birth_date=20260310; C1.subscriber_birth_date=0; admit_type=4; admit_source=5; "      \
    "values#2; values[1].code=54; values[1].amount_cents=320000"

/* clang-format off */
const struct edit_case cases_bill[] = {
    {"TOB-01", 'I', 1, "type_of_bill=", "missing", "TOB-06,INP-04,TOB-02,POA-01"},
    {"TOB-01", 'O', 1, "type_of_bill=0991", "not in the list", NULL},
    {"TOB-01", 'O', 1, "type_of_bill=131", "without its leading zero", NULL},
    {"TOB-01", 'O', 0, "type_of_bill=0851", "a critical access hospital", NULL},
    {"TOB-01", 'O', 1, "type_of_bill=0A11", "a letter in it", NULL},
    {"TOB-01", 'O', 1, "type_of_bill=1131", "begins with a one", NULL},

    {"TOB-02", 'O', 1, "L1.revenue=0120; L1.code=; L1.code_qualifier=", "a bed for an outpatient", NULL},
    {"TOB-02", 'O', 0, "L1.revenue=0762; L1.code=", "observation", NULL},
    {"TOB-02", 'O', 0, "L1.revenue=0022; L1.code=1AFKS; L1.code_qualifier=HP", "below the beds", NULL},

    {"TOB-03", 'O', 1, "L1.code=; L1.code_qualifier=", "a clinic visit without a code", NULL},
    {"TOB-03", 'O', 1, "L1.revenue=0274; L1.code=; L1.code_qualifier=", "0274 needs one", NULL},
    {"TOB-03", 'O', 0, "L1.revenue=0250; L1.code=; L1.code_qualifier=", "pharmacy is packaged", NULL},
    {"TOB-03", 'O', 0, "type_of_bill=0831; L1.code=; L1.code_qualifier=", "not a hospital's bill", NULL},
    {"TOB-03", 'O', 1, "type_of_bill=0121; L1.code=; L1.code_qualifier=", "a hospital's Part B bill for an inpatient", NULL},
    {"TOB-03", 'O', 1, "type_of_bill=0141; L1.code=; L1.code_qualifier=", "its laboratory's bill", NULL},
    {"TOB-03", 'O', 0, "L1.revenue=9999; L1.code=; L1.code_qualifier=", "what is no revenue code is told once", "COD-08"},
    {"TOB-03", 'O', 0, "L1.revenue=; L1.code=; L1.code_qualifier=", "no revenue code at all", "COD-08"},
    {"TOB-03", 'O', 0, "L1.code=; L1.code_qualifier=; L1.charge_cents=0; charge_cents=5000", "a line of nothing", NULL},

    {"TOB-04", 'O', 1, "L1.code=99283", "an emergency visit under clinic", NULL},
    {"TOB-04", 'O', 1, "L1.revenue=0636", "a visit under drugs", NULL},
    {"TOB-04", 'O', 0, "L1.code=99283; L1.revenue=0450", "under emergency room", NULL},
    {"TOB-04", 'O', 0, "L1.code=99283; L1.revenue=0981", "its professional fee", NULL},
    {"TOB-04", 'O', 1, "L1.revenue=0301", "a visit under the laboratory", NULL},
    {"TOB-04", 'O', 1, "L1.code=J1885; L1.revenue=0450", "a drug under emergency room", NULL},
    {"TOB-04", 'O', 1, "L1.code=J1885; L1.revenue=0301", "under the laboratory", NULL},
    {"TOB-04", 'O', 1, "L1.code=J1885; L1.revenue=0120", "under a bed", "TOB-02"},
    {"TOB-04", 'O', 0, "L1.revenue=", "a visit under nothing", "COD-08"},

    {"TOB-05", 'I', 1, "discharge_status=30; discharge_hour=; values[0].amount_cents=500; L1.units_milli=5000", "the last bill of one who is still there", NULL},
    {"TOB-05", 'I', 1, "V1.taxonomy=282NC0060X; frequency=2; type_of_bill=0112; discharge_hour=", "an interim bill of one who left", NULL},
    {"TOB-05", 'I', 0, "V1.taxonomy=282NC0060X; frequency=2; type_of_bill=0112; discharge_hour=; discharge_status=30; values[0].amount_cents=500; L1.units_milli=5000", "an interim bill", NULL},
    {"TOB-05", 'I', 1, "frequency=; discharge_status=30; discharge_hour=; values[0].amount_cents=500; L1.units_milli=5000", "by the last digit of the bill type", "FRQ-02"},
    {"TOB-05", 'I', 0, "frequency=; type_of_bill=; discharge_status=30; discharge_hour=", "no frequency at all", "FRQ-02,TOB-01,TOB-02,TOB-06,INP-04,POA-01"},

    {"TOB-06", 'I', 1, "admit_date=0", "no admission date", NULL},
    {"TOB-06", 'I', 2, "admit_type=; admit_source=", "neither type nor origin", NULL},
    {"TOB-06", 'I', 1, "D2.role=reason", "no admitting diagnosis", NULL},
    {"TOB-06", 'O', 1, "D2.role=admitting", "an admitting diagnosis of an outpatient", NULL},
    {"TOB-06", 'O', 0, "admit_type=; admit_source=", "an outpatient needs neither", NULL},

    {"TOB-07", 'I', 1, "discharge_hour=", "left, and nobody says when", NULL},
    {"TOB-07", 'I', 1, "V1.taxonomy=282NC0060X; frequency=2; type_of_bill=0112; discharge_status=30; values[0].amount_cents=500; L1.units_milli=5000", "an hour on an interim bill", NULL},
    {"TOB-07", 'I', 0, "discharge_hour=; type_of_bill=0211", "skilled nursing is not asked", NULL},

    {"INP-01", 'I', 1, "drg=194", "the codes give another DRG", NULL},
    {"INP-01", 'I', 0, "drg=193", "the DRG that the codes give", NULL},
    {"INP-01", 'I', 1, "D3.code=I10", "without the complication", NULL},
    {"INP-01", 'I', 0, "drg=1402", "a DRG of another system, with its severity", NULL},
    {"INP-01", 'I', 1, "D3.code=N179; D3.poa=n; drg=194", "a condition that the hospital has caused", NULL},
    {"INP-02", 'I', 1, "R1.rank=2", "no principal procedure", NULL},
    {"INP-02", 'I', 0, "procedures#2; R2.code=0DJD8ZZ; R2.rank=2", "principal and another", NULL},

    {"INP-03", 'I', 1, "R1.code=5A1955Z", "ventilated for 96 hours and more in four days", NULL},
    {"INP-03", 'I', 0, "R1.code=5A1955Z; thru_date=20260315; discharge_date=20260315; values[0].amount_cents=500; L1.units_milli=5000", "in five", NULL},
    {"INP-03", 'I', 0, "R1.code=5A1955Z; thru_date=20260231; discharge_date=20260231", "a discharge on no day", "DAT-01"},

    {"INP-04", 'O', 1, "procedures#1; R1.code=02HV33Z; R1.rank=1; R1.procedure_date=20260325", "ICD-10-PCS on an outpatient bill", NULL},
    {"INP-04", 'I', 1, "L1.code=99232; L1.code_qualifier=HC", "a visit code on a bed", NULL},
    {"INP-04", 'I', 0, "L3.code=80053; L3.code_qualifier=HC", "a code on another line", NULL},
    {"INP-04", 'I', 0, "L1.code=1AFKS; L1.code_qualifier=HP", "a rate on a bed", NULL},

    {"INP-05", 'O', 1, "admit_type=1; L1.revenue=0450; L1.code=99283", "an emergency without a reason", NULL},
    {"INP-05", 'O', 0, "admit_type=1; L1.revenue=0450; L1.code=99283; diagnoses#3; D3.role=reason; D3.rank=0; D3.code=R0902", "with its reason", NULL},
    {"INP-05", 'O', 0, "admit_type=3; L1.revenue=0450; L1.code=99283", "planned", NULL},
    {"INP-05", 'O', 1, "admit_type=1; L1.revenue=0516", "urgent care", NULL},
    {"INP-05", 'O', 1, "admit_type=2; L1.revenue=0526", "of a health center", NULL},
    {"INP-05", 'O', 1, "admit_type=5; L1.revenue=0762; L1.code=; L1.code_qualifier=", "observation after an injury", NULL},
    {"INP-05", 'O', 0, "admit_type=1", "nothing unplanned on the bill", NULL},
    {"INP-05", 'O', 1, "type_of_bill=0851; admit_type=1; L1.revenue=0450; L1.code=99283", "in a critical access hospital", NULL},

    {"INP-06", 'I', 1, NEWBORN "; admit_source=1", "a newborn from home", NULL},
    {"INP-06", 'I', 1, "admit_type=4; admit_source=5", "a newborn of 77 years", NULL},
    {"INP-06", 'I', 1, NEWBORN "; values#1", "no weight (held)", NULL},
    {"INP-06", 'I', 0, NEWBORN, "a birth", NULL},
    {"INP-06", 'I', 0, NEWBORN "; admit_source=6", "born elsewhere", NULL},

    {"INP-07", 'I', 1, "D4.code=Y6551; D4.role=external_cause; D4.poa=exempt", "the wrong operation", NULL},
    {"INP-07", 'I', 0, "D4.code=W19XXXA; D4.role=external_cause; D4.poa=exempt", "a fall", NULL},

    {"MED-04", 'I', 1, "R1.code=00F3XZZ", "never covered", NULL},
    {"MED-04", 'I', 1, "R1.code=0FYG0Z0; authorization=A1", "a pancreas without a kidney or type 1 diabetes", NULL},
    {"MED-04", 'I', 0, "R1.code=0FYG0Z0; authorization=A1; procedures#2; R2.code=0TY00Z0; R2.rank=2", "with a kidney", NULL},
    {"MED-04", 'I', 1, "R1.code=0SR20JZ", "a disc, over 60", NULL},
    {"MED-04", 'I', 0, "R1.code=0SR20JZ; patient.birth_date=19660310; C1.subscriber_birth_date=19660310", "at 60", NULL},
    {"MED-04", 'P', 1, "L1.code=A9270; C1.filing_indicator=MB; C1.payer_id=MCB01; C1.member_id=1EG4TE5MK73; providers#3; V3.role=referring; V3.npi=1455555049", "a code Medicare never covers", NULL},
    {"MED-04", 'P', 1, "L1.code=99396; patient.birth_date=19660325; C1.subscriber_birth_date=0; C1.filing_indicator=MB; C1.payer_id=MCB01; C1.member_id=1EG4TE5MK73; providers#3; V3.role=referring; V3.npi=1455555049", "status N of the fee schedule", NULL},
    {"MED-04", 'O', 1, "L1.code=G0463; L2.code=A9270; L2.revenue=0270; C1.payer_id=99901; C1.filing_indicator=MA; C1.member_id=1EG4TE5MK73", "on an outpatient bill", NULL},
    {"MED-04", 'P', 0, "L1.code=A9270; L1.modifiers=GY; C1.filing_indicator=MB; C1.payer_id=MCB01; C1.member_id=1EG4TE5MK73; providers#3; V3.role=referring; V3.npi=1455555049", "the patient knows", NULL},
    {"MED-04", 'I', 2, "R1.code=02RK0JZ; procedures#2; R2.code=02RL0JZ; R2.rank=2", "an artificial heart, and no trial", NULL},
    {"MED-04", 'I', 0, "R1.code=02RK0JZ", "half of it", NULL},
    {"MED-04", 'I', 0, "R1.code=02RL0JZ", "the other half", NULL},
    {"MED-04", 'I', 0, "R1.code=0FYG0Z0; authorization=A1; D4.code=E109", "for type 1 diabetes", NULL},
    {"MED-04", 'I', 1, "R1.code=0FYG0Z0; authorization=A1; D2.code=E109", "what was thought on arrival does not count", NULL},
    {"MED-04", 'P', 1, "L1.code=V5010; C1.filing_indicator=MB; C1.payer_id=MCB01; C1.member_id=1EG4TE5MK73; providers#3; V3.role=referring; V3.npi=1455555049", "excluded by statute", NULL},
    {"MED-04", 'P', 0, "L1.code=J9998; C1.filing_indicator=MB; C1.payer_id=MCB01; C1.member_id=1EG4TE5MK73; providers#3; V3.role=referring; V3.npi=1455555049", "a code that its file does not have", "COD-03"},
    {"MED-04", 'O', 1, "L1.code=99396; C1.payer_id=99901; C1.filing_indicator=MA; C1.member_id=1EG4TE5MK73", "status E1 of Addendum B", NULL},

    {"AUT-01", 'I', 1, "R1.code=0BYD0Z2", "limited coverage, no authorization", NULL},
    {"AUT-01", 'I', 1, "R1.code=0BYD0Z2; authorization=AUTH1", "authorized (noted: CMS's editor reports it all the same)", NULL},
    {"AUT-01", 'I', 0, "R1.code=0DJD8ZZ", "a procedure without conditions", NULL},
    {"AUT-01", 'I', 2, "R1.code=02RK0JZ; procedures#2; R2.code=02RL0JZ; R2.rank=2; D4.code=Z006; D4.poa=y", "an artificial heart in a trial, and no number", NULL},
    {"AUT-01", 'I', 1, "R1.code=0BYD0Z2; investigational_device=G123456", "with a device's number (noted)", NULL},
    {"AUT-01", 'I', 1, "R1.code=0BYD0Z2; C1.authorization=AUTH1", "with the payer's (noted)", NULL},
    {"AUT-01", 'I', 1, "R1.code=0BYD0Z2; coverages#0", "no payer", "IDN-01,IDN-04"},
    {.id = NULL},
};
/* clang-format on */
