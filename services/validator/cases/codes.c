/* codes.c - cases of COD, LAT */
#include "services/validator/cases/case.h"

/* clang-format off */
const struct edit_case cases_codes[] = {
    {"COD-01", 'P', 1, "D2.code=E1199", "no such code", NULL},
    {"COD-01", 'P', 1, "D2.code=E11", "a category, not a code", NULL},
    {"COD-01", 'P', 1, "D2.code=E11A; @shift=-200", "a code of the next fiscal year", NULL},
    {"COD-01", 'I', 1, "D2.code=R099", "the admitting diagnosis (held, not refused)", NULL},
    {"COD-01", 'P', 1, "D2.code=I1.0", "written with a dot", NULL},
    {"COD-01", 'P', 1, "D2.code=E1199; diagnoses#3; D3.rank=3; L1.pointers=1,2,3", "a wrong code twice is one violation", "COD-14"},
    {"COD-01", 'P', 1, "diagnoses[1].assignment.code.system=icd9cm", "the qualifier says ICD-9", NULL},
    {"COD-01", 'P', 0, "D2.code=E11A", "in its year", NULL},
    {"COD-01", 'I', 0, "D4.code=B9681; from_date=20260401; admit_date=20260401; thru_date=20260405; discharge_date=20260405; R1.procedure_date=20260402; @received=20260501; created_date=20260501", "a code of April, which only the editor's list has", NULL},

    {"COD-02", 'P', 1, "D2.code=S80011", "the seventh character is missing", NULL},
    {"COD-02", 'P', 1, "D2.code=T1500A", "the placeholder is missing", NULL},
    {"COD-02", 'P', 1, "D2.code=S80011B", "a seventh character that the category does not have", NULL},
    {"COD-02", 'P', 0, "D2.code=S80011A", "complete", NULL},

    {"COD-03", 'P', 1, "L1.code=99201", "deleted in 2021", NULL},
    {"COD-03", 'P', 1, "L1.code=J0139; @shift=-560", "before the code was added", NULL},
    {"COD-03", 'P', 1, "L1.code=9921", "four characters", NULL},
    {"COD-03", 'P', 1, "L1.code=D0120", "dental (held): no table here knows it", NULL},
    {"COD-03", 'I', 0, "L2.code_qualifier=HP; L2.code=1AFKS; L2.revenue=0022", "a HIPPS rate is no HCPCS code", NULL},
    {"COD-03", 'P', 1, "L1.code=j1885", "in lower case", NULL},
    {"COD-03", 'P', 1, "L1.code_qualifier=ZZ", "under a qualifier that is none", NULL},
    {"COD-03", 'P', 1, "lines[0].procedure.code.system=snomed", "of a system without a place on a line", NULL},
    {"COD-03", 'P', 0, "L1.code=J1885", "a drug code", NULL},

    {"COD-04", 'I', 1, "R1.code=02HV33I", "I is no character of ICD-10-PCS", NULL},
    {"COD-04", 'I', 1, "R1.code=02HV43Z", "no such code", NULL},
    {"COD-04", 'I', 1, "R1.code=XW033H5", "a code of a later year", NULL},
    {"COD-04", 'I', 0, "R1.code=02HV33Z", "a code of the day", NULL},

    {"COD-05", 'P', 1, "L2.modifiers=ZZ", "no such modifier", NULL},
    {"COD-05", 'P', 1, "L2.modifiers=QW,QW", "twice", NULL},
    {"COD-05", 'P', 1, "L2.modifiers=QW,59,XU,91,90", "five", "NCC-04"},
    {"COD-05", 'P', 1, "L2.modifiers=Q", "one character", NULL},
    {"COD-05", 'P', 0, "L2.modifiers=QW,59,91,90", "four", NULL},

    {"COD-06", 'P', 1, "L2.modifiers=QW,25", "25 on a laboratory test", NULL},
    {"COD-06", 'P', 1, "L1.modifiers=26", "26 on a visit", NULL},
    {"COD-06", 'P', 1, "L2.code=93000; L2.modifiers=26,TC", "both halves", NULL},
    {"COD-06", 'P', 1, "L2.code=93000; L2.modifiers=26", "26 on a code that is the whole test", NULL},
    {"COD-06", 'P', 1, "L1.code=20610; L1.modifiers=TC", "TC on surgery", NULL},
    {"COD-06", 'P', 0, "L2.code=71046; L2.modifiers=26", "26 on a film", NULL},
    {"COD-06", 'P', 0, "L1.modifiers=25", "25 on a visit", NULL},

    {"COD-07", 'P', 1, "place_of_service=", "missing", NULL},
    {"COD-07", 'P', 1, "place_of_service=30", "unassigned", NULL},
    {"COD-07", 'P', 1, "L2.place_of_service=88", "a line's own", NULL},
    {"COD-07", 'P', 0, "place_of_service=12", "the home", NULL},

    {"COD-08", 'I', 1, "L2.revenue=", "missing", NULL},
    {"COD-08", 'I', 1, "L2.revenue=250", "three digits", NULL},
    {"COD-08", 'I', 1, "L2.revenue=0205", "not in the list", "CHG-06,DAT-09"},
    {"COD-08", 'O', 1, "L1.revenue=0680; L1.code=G0463; C1.payer_id=99901; C1.filing_indicator=MA; C1.member_id=1EG4TE5MK73", "one that Medicare does not take", NULL},
    {"COD-08", 'O', 0, "L1.revenue=0510", "a clinic", NULL},

    {"COD-09", 'O', 1, "conditions=X7", "no condition code", NULL},
    {"COD-09", 'O', 1, "conditions=21,21", "twice", NULL},
    {"COD-09", 'I', 1, "values#2", "a value code twice", NULL},
    {"COD-09", 'I', 1, "occurrences[0].code=1", "one character", NULL},
    {"COD-09", 'I', 1, "occurrences[0].code=99", "no occurrence code", NULL},
    {"COD-09", 'I', 1, "values#2; values[1].code=ZZ", "no value code", NULL},
    {"COD-09", 'I', 0, "conditions=21,45", "two of the list", NULL},

    {"COD-10", 'I', 1, "discharge_status=", "missing", NULL},
    {"COD-10", 'I', 1, "discharge_status=77", "not in the list", NULL},
    {"COD-10", 'I', 1, "discharge_status=40", "for hospices only", NULL},
    {"COD-10", 'I', 1, "admit_type=7", "no admission type", NULL},
    {"COD-10", 'I', 1, "admit_source=3", "no point of origin", NULL},
    {"COD-10", 'O', 0, "type_of_bill=0811; discharge_status=40", "a hospice", NULL},

    {"COD-11", 'P', 1, "coverages#2; C1.destination=0; C1.adjudicated=1; C1.paid_cents=10000; C1.adjudication_date=20260330; C1.adjustments#1; coverages[0].adjustments[0].group=XX; coverages[0].adjustments[0].reason=45; coverages[0].adjustments[0].amount_cents=11500; C2.sequence=S; C2.destination=1; C2.payer_id=SMP02", "no adjustment group", NULL},
    {"COD-11", 'P', 1, "coverages#2; C1.destination=0; C1.adjudicated=1; C1.paid_cents=10000; C1.adjudication_date=20260330; C1.adjustments#1; coverages[0].adjustments[0].group=CO; coverages[0].adjustments[0].reason=999; coverages[0].adjustments[0].amount_cents=11500; C2.sequence=S; C2.destination=1; C2.payer_id=SMP02", "no adjustment reason", NULL},
    {"COD-11", 'P', 1, "coverages#2; C1.destination=0; C1.adjudicated=1; C1.paid_cents=21500; C1.adjudication_date=20260330; C1.remarks=MA01,XX99; C2.sequence=S; C2.destination=1; C2.payer_id=SMP02", "no remark code", NULL},
    {"COD-11", 'P', 0, "coverages#2; C1.destination=0; C1.adjudicated=1; C1.paid_cents=10000; C1.adjudication_date=20260330; C1.adjustments#1; coverages[0].adjustments[0].group=CO; coverages[0].adjustments[0].reason=45; coverages[0].adjustments[0].amount_cents=11500; C2.sequence=S; C2.destination=1; C2.payer_id=SMP02", "both exist", NULL},

    {"COD-12", 'P', 1, "L1.code=64999", "an unlisted procedure without a word", NULL},
    {"COD-12", 'P', 1, "L1.code=J3490", "an unclassified drug", NULL},
    {"COD-12", 'P', 0, "L1.code=64999; L1.description=NERVE BLOCK NOT ELSEWHERE LISTED", "described", NULL},

    {"COD-13", 'I', 1, "D4.code=G8100", "the side is not told", NULL},
    {"COD-13", 'I', 0, "D4.code=G8101", "told", NULL},
    {"COD-13", 'P', 0, "D2.code=G8100", "not an inpatient bill", NULL},

    {"COD-14", 'P', 1, "D2.code=E1165", "the principal again", NULL},
    {"COD-14", 'I', 1, "D4.code=J9601", "a secondary again", NULL},
    {"COD-14", 'I', 0, "D2.code=J189", "the admitting diagnosis may be the principal one", NULL},

    {"COD-15", 'P', 1, "diagnoses#0", "none", NULL},
    {"COD-15", 'P', 1, "D1.role=other", "no principal", NULL},
    {"COD-15", 'P', 1, "D1.role=other; D2.role=principal", "the principal is second", NULL},
    {"COD-15", 'I', 1, "diagnoses#6; D6.role=admitting; D6.code=R0902", "two admitting diagnoses", NULL},
    {"COD-15", 'P', 0, "D2.role=external_cause; D2.code=W19XXXA", "principal and external cause", NULL},

    {"COD-16", 'P', 1, "L2.pointers=", "no pointer", NULL},
    {"COD-16", 'P', 1, "L2.pointers=3", "past the end", NULL},
    {"COD-16", 'P', 1, "L2.pointers=0", "before the start", NULL},
    {"COD-16", 'P', 1, "L2.pointers=1,1", "twice the same", NULL},
    {"COD-16", 'P', 0, "L2.pointers=2,1", "the second first", NULL},

    {"COD-17", 'P', 1, "L1.pointers=1", "the second diagnosis pays for nothing", NULL},
    {"COD-17", 'P', 0, "L2.pointers=2; L1.pointers=1", "each by one line", NULL},

    {"LAT-01", 'P', 1, "L1.code=20610; L1.modifiers=LT; D2.code=M1711; L1.pointers=2; L2.pointers=1", "left, for a right knee", NULL},
    {"LAT-01", 'P', 0, "L1.code=20610; L1.modifiers=RT; D2.code=M1711; L1.pointers=2; L2.pointers=1", "right, for a right knee", NULL},
    {"LAT-01", 'P', 0, "L1.code=20610; L1.modifiers=LT; D2.code=M170; L1.pointers=2; L2.pointers=1", "left, for both knees", NULL},
    {"LAT-01", 'P', 0, "L1.code=20610; L1.modifiers=LT", "diagnoses without a side", NULL},

    {"LAT-02", 'P', 1, "L1.code=20610; D2.code=M1711; L1.pointers=2; L2.pointers=1", "a joint, for a right knee, and no side", NULL},
    {"LAT-02", 'P', 0, "L1.code=20610; L1.modifiers=50; D2.code=M170; L1.pointers=2; L2.pointers=1", "both sides", NULL},
    {"LAT-02", 'P', 0, "L1.code=20610", "no diagnosis has a side", NULL},

    {"LAT-03", 'P', 1, "L1.code=31231; L1.modifiers=50", "50 on a code of both sides", NULL},
    {"LAT-03", 'P', 1, "L1.modifiers=50", "50 on a visit", NULL},
    {"LAT-03", 'O', 1, "L1.code=20610; L1.modifiers=50; L1.units_milli=2000", "50 and two units", NULL},
    {"LAT-03", 'O', 1, "L1.code=31231; L2.code=31231; L2.revenue=0510", "a code of both sides twice on a day", NULL},
    {"LAT-03", 'O', 0, "L1.code=31231; L2.code=31231; L2.revenue=0510; L2.modifiers=76", "the second time is told", NULL},
    {"LAT-03", 'P', 1, "L1.code=20610; L1.modifiers=50,RT", "both sides, and the right one", NULL},
    {"LAT-03", 'P', 0, "L1.code=20610; L1.modifiers=50", "both sides", NULL},
    {.id = NULL},
};
/* clang-format on */
