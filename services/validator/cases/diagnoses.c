/* diagnoses.c - cases of DXR, POA */
#include "services/validator/cases/case.h"

/* clang-format off */
const struct edit_case cases_diagnoses[] = {
    {"DXR-01", 'P', 1, "D1.code=E119; D2.code=E109", "the note stands at the category", "DXR-11"},
    {"DXR-01", 'P', 1, "D1.code=J449; D2.code=J479", "the note stands two levels above", NULL},
    {"DXR-01", 'P', 1, "D1.code=E119; D2.code=P702", "the note stands at the block, of the other code", NULL},
    {"DXR-01", 'P', 0, "D1.code=E119; D2.code=I10", "nothing excludes", NULL},
    {"DXR-01", 'I', 0, "D2.code=E109", "an admitting diagnosis excludes nothing", NULL},
    {"DXR-01", 'P', 0, "D1.code=I110; D2.code=I10; diagnoses#3; D3.code=I509; D3.rank=3; L1.pointers=1,2,3", "a note that names both of them", NULL},

    {"DXR-02", 'P', 1, "D1.code=D631; D2.code=N185", "anemia in kidney disease, first", NULL},
    {"DXR-02", 'I', 1, "D1.code=F0280", "dementia in another disease, as the principal", NULL},
    {"DXR-02", 'P', 0, "D1.code=N185; D2.code=D631", "second", NULL},

    {"DXR-03", 'P', 1, "D2.code=D631", "the cause is missing", NULL},
    {"DXR-03", 'P', 1, "D2.code=D631; diagnoses#3; D3.code=N185; D3.rank=3; L2.pointers=3", "the cause comes after it", NULL},
    {"DXR-03", 'P', 1, "D1.code=I509; D2.code=I110", "not a manifestation, but in the wrong order (held)", NULL},
    {"DXR-03", 'P', 0, "D1.code=N185; D2.code=D631", "cause and manifestation", NULL},
    {"DXR-03", 'P', 0, "D2.code=F0280", "the notes only give examples: any cause will do", NULL},
    {"DXR-03", 'P', 0, "D1.code=I509", "no cause on the claim, and no manifestation", NULL},
    {"DXR-03", 'P', 1, "D1.code=D631; D2.code=F0280", "nothing before it but a manifestation", "DXR-02"},
    {"DXR-03", 'I', 1, "D1.code=D631; D3.code=F0280", "and what was thought on arrival", "DXR-02"},
    {"DXR-03", 'P', 0, "D1.code=N185; D2.code=I129; diagnoses#3; D3.code=I10; D3.rank=3; L1.pointers=1,2,3", "a note that says \"if applicable\"", NULL},
    {"DXR-03", 'P', 0, "D1.code=R0902; D2.code=J189", "one that says \"if known\"", "DXR-07"},

    {"DXR-04", 'P', 1, "D1.code=E1122", "diabetic kidney disease without its stage", NULL},
    {"DXR-04", 'P', 1, "D1.code=I110", "hypertensive heart failure without its kind", NULL},
    {"DXR-04", 'P', 0, "D1.code=E1122; D2.code=N185", "with its stage", NULL},
    {"DXR-04", 'P', 1, "D1.code=I129", "kidney disease of unknown stage", NULL},

    {"DXR-05", 'P', 1, "D1.code=W19XXXA", "a fall, first", NULL},
    {"DXR-05", 'I', 1, "D1.code=W19XXXA; D1.poa=exempt", "as the principal", NULL},
    {"DXR-05", 'P', 0, "D2.code=W19XXXA; D2.role=external_cause", "behind the injury", NULL},
    {"DXR-05", 'I', 1, "D1.code=V0000XA; D1.poa=exempt", "one that the editor does not know", "COD-01"},
    {"DXR-05", 'P', 1, "D1.code=V0000XA", "one that nobody knows", "COD-01"},

    {"DXR-06", 'I', 1, "D1.code=Z91419; D1.poa=exempt", "unacceptable", NULL},
    {"DXR-06", 'I', 1, "D1.code=Z5189; D1.poa=exempt; diagnoses#2", "only with a secondary, and none is there", NULL},
    {"DXR-06", 'I', 1, "D1.code=E119; D4.code=I10", "questionable (held)", NULL},
    {"DXR-06", 'I', 1, "R1.code=10D07Z7; @shift=-560", "a delivery without an outcome (held)", NULL},
    {"DXR-06", 'I', 0, "D1.code=Z5189; D1.poa=exempt", "with a secondary", NULL},
    {"DXR-06", 'O', 0, "D1.code=Z91419", "not an inpatient bill", NULL},

    {"DXR-07", 'I', 1, "D1.code=R0902; D4.code=J189; D2.code=J189", "low oxygen before the pneumonia that causes it", NULL},
    {"DXR-07", 'P', 0, "D1.code=R0902", "no disease on the claim that explains it", NULL},
    {"DXR-07", 'P', 0, "D1.code=J189; D2.code=R0902", "the disease first", NULL},

    {"DXR-08", 'P', 1, "C1.payer_id=REF04; D2.code=S80011A; L2.code=11042; L2.modifiers=", "a bruise of unknown cause, for a payer that asks", NULL},
    {"DXR-08", 'P', 0, "C1.payer_id=REF04; D1.code=S80011A; D2.code=W19XXXA; L2.code=11042; L2.modifiers=", "with the fall", NULL},
    {"DXR-08", 'P', 0, "D2.code=S80011A", "a payer that does not ask", NULL},
    {"DXR-08", 'P', 1, "C1.payer_id=REF04; D2.code=T1500XA; L2.code=11042; L2.modifiers=", "a foreign body", NULL},
    {"DXR-08", 'P', 1, "C1.payer_id=REF04; D2.code=T68XXXA; L2.code=11042; L2.modifiers=", "cold", NULL},
    {"DXR-08", 'P', 1, "C1.payer_id=REF04; D2.code=T792XXA; L2.code=11042; L2.modifiers=", "an early complication", NULL},
    {"DXR-08", 'P', 0, "C1.payer_id=REF04; D2.code=T8141XA; L2.code=11042; L2.modifiers=", "what came of care tells its cause itself", NULL},
    {"DXR-08", 'P', 0, "C1.payer_id=NOBODY; D2.code=S80011A", "a payer that nobody knows", "IDN-04"},
    {"DXR-08", 'P', 1, "C1.payer_id=REF04; D1.code=S80011A; D2.code=T1500XA; L2.code=11042; L2.modifiers=", "two injuries are told once", NULL},

    {"DXR-09", 'P', 1, "D1.code=Z4789; D2.code=S80011A", "aftercare, and active treatment", NULL},
    {"DXR-09", 'P', 0, "D1.code=Z4789; D2.code=S80011D", "aftercare", NULL},
    {"DXR-09", 'P', 1, "D1.code=Z4789; D2.code=T1500XA", "a foreign body", NULL},
    {"DXR-09", 'P', 0, "D1.code=Z4789; D2.code=T8141XA", "after an operation that went wrong", NULL},
    {"DXR-09", 'P', 0, "D1.code=Z4789; D2.code=S80011", "no seventh character tells", "COD-02"},
    {"DXR-09", 'O', 0, "D1.code=Z4789; diagnoses#3; D3.role=reason; D3.rank=0; D3.code=S80011A", "as the patient's reason", NULL},

    {"DXR-10", 'P', 1, "D1.code=C50912; D2.code=Z853", "breast cancer, and its history", NULL},
    {"DXR-10", 'P', 0, "D2.code=Z853", "history", NULL},

    {"DXR-11", 'P', 1, "D2.code=E109", "type 2 and type 1", "DXR-01"},
    {"DXR-11", 'P', 1, "D1.code=E109; D2.code=Z794", "long-term insulin of type 1", NULL},
    {"DXR-11", 'P', 0, "D2.code=Z794", "of type 2", NULL},
    {"DXR-11", 'P', 0, "D1.code=I10; D2.code=Z794", "of no diabetes", NULL},

    {"DXR-12", 'I', 1, "D4.code=Z3800; D4.poa=exempt; patient.birth_date=20260310; C1.subscriber_birth_date=0", "not first", NULL},
    {"DXR-12", 'P', 1, "D1.code=Z3800", "of a patient of 56", "AGE-01"},
    {"DXR-12", 'P', 1, "D1.code=Z3800; patient.birth_date=20260224; C1.subscriber_birth_date=0", "29 days old", NULL},
    {"DXR-12", 'P', 0, "D1.code=Z3800; patient.birth_date=20260225; C1.subscriber_birth_date=0", "28 days old", NULL},
    {"DXR-12", 'I', 0, "D1.code=Z3800; D1.poa=exempt; patient.birth_date=20260310; C1.subscriber_birth_date=0", "the birth record", NULL},

    {"DXR-13", 'P', 1, "D2.code=Z370; patient.birth_date=19900214; C1.subscriber_birth_date=0", "an outcome without a delivery", NULL},
    {"DXR-13", 'P', 1, "D1.code=O80; D2.code=Z379; patient.birth_date=19900214; C1.subscriber_birth_date=0; diagnoses#3; D3.code=Z3A40; D3.rank=3; L2.pointers=3", "a normal delivery with another outcome", NULL},
    {"DXR-13", 'P', 1, "D1.code=O80; D2.code=O26891; patient.birth_date=19900214; C1.subscriber_birth_date=0; diagnoses#3; D3.code=Z3A40; D3.rank=3; L2.pointers=3", "a normal delivery with a complication", NULL},
    {"DXR-13", 'P', 0, "D1.code=O80; D2.code=Z370; patient.birth_date=19900214; C1.subscriber_birth_date=0; diagnoses#3; D3.code=Z3A40; D3.rank=3; L2.pointers=3", "a normal delivery", NULL},
    {"DXR-13", 'P', 0, "D1.code=O26891; D2.code=Z370; patient.birth_date=19900214; C1.subscriber_birth_date=0; diagnoses#3; D3.code=Z3A40; D3.rank=3; L2.pointers=3", "an outcome of a pregnancy with its trouble", NULL},
    {"DXR-13", 'P', 1, "D1.code=O80; D2.code=Z3A40; patient.birth_date=19900214; C1.subscriber_birth_date=0", "a normal delivery without an outcome", NULL},

    {"DXR-14", 'P', 1, "D2.code=O26891; patient.birth_date=19900214; C1.subscriber_birth_date=0", "a pregnancy of unknown weeks", NULL},
    {"DXR-14", 'P', 0, "D2.code=O26891; patient.birth_date=19900214; C1.subscriber_birth_date=0; diagnoses#3; D3.code=Z3A40; D3.rank=3; L2.pointers=3", "with its weeks", NULL},
    {"DXR-14", 'P', 0, "D2.code=O039; patient.birth_date=19900214; C1.subscriber_birth_date=0", "an abortion", NULL},
    {"DXR-14", 'P', 0, "D2.code=O8612; patient.birth_date=19900214; C1.subscriber_birth_date=0", "after the birth", NULL},
    {"DXR-14", 'P', 0, "D2.code=O94; patient.birth_date=19900214; C1.subscriber_birth_date=0", "long after it", NULL},
    {"DXR-14", 'P', 1, "D2.code=O99013; patient.birth_date=19900214; C1.subscriber_birth_date=0", "anemia in pregnancy", NULL},

    {"POA-01", 'I', 1, "D4.poa=unknown", "no indicator", NULL},
    {"POA-01", 'I', 1, "D4.poa=exempt", "a code that is not exempt", NULL},
    {"POA-01", 'I', 1, "D5.poa=y", "an indicator on an exempt code", NULL},
    {"POA-01", 'O', 1, "D1.poa=y; D2.poa=n", "on an outpatient bill (held), once a claim", NULL},
    {"POA-01", 'I', 0, "D4.poa=w", "clinically undetermined", NULL},
    {"POA-01", 'I', 0, "D4.poa=unknown; V1.taxonomy=283Q00000X", "a psychiatric hospital", NULL},
    {.id = NULL},
};
/* clang-format on */
