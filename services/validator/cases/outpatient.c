/* outpatient.c - cases of OPS: Medicare's outpatient bills */
#include "services/validator/cases/case.h"

#define OPPS "C1.payer_id=99901; C1.filing_indicator=MA; C1.member_id=1EG4TE5MK73; L1.code=G0463; "
#define THIRD(code, revenue)                                                                       \
    "lines#3; L3.number=3; L3.control=O3000001L3; L3.charge_cents=100; charge_cents=18600; "       \
    "L3.code=" code "; L3.revenue=" revenue

/* clang-format off */
const struct edit_case cases_outpatient[] = {
    {"OPS-01", 'O', 1, OPPS "conditions=21", "billed for denial", NULL},
    {"OPS-01", 'O', 1, OPPS "conditions=20", "billed for review", NULL},
    {"OPS-01", 'O', 0, OPPS "conditions=G0", "another condition", NULL},

    {"OPS-02", 'O', 1, OPPS THIRD("27130", "0360"), "an inpatient-only procedure", "OPS-03"},
    {"OPS-02", 'O', 0, OPPS THIRD("27130", "0360") "; L3.modifiers=CA; discharge_status=20", "the patient died before the admission", NULL},
    {"OPS-02", 'O', 0, THIRD("27130", "0360"), "not Medicare's", NULL},
    {"OPS-02", 'O', 1, OPPS "L1.code=; L1.code_qualifier=; L1.revenue=0250; L2.code=27130; L2.revenue=0360", "beside a line without a code", NULL},

    {"OPS-03", 'O', 1, OPPS THIRD("27130", "0360"), "a visit and a test on its day, told once", "OPS-02"},
    {"OPS-03", 'O', 0, OPPS THIRD("27130", "0360") "; L3.from_date=20260326; L3.thru_date=20260326; thru_date=20260326", "on another day", "OPS-02"},
    {"OPS-03", 'O', 1, OPPS "L1.code=27130; L1.revenue=0360", "what comes after it", "OPS-02"},
    {"OPS-03", 'O', 1, OPPS "L1.code=; L1.code_qualifier=; L1.revenue=0250; " THIRD("27130", "0360"), "behind a line without a code", "OPS-02"},

    {"OPS-04", 'O', 1, OPPS "L1.code=J1885; L1.revenue=0636; L2.code=J1100; L2.revenue=0636", "two packaged drugs", NULL},
    {"OPS-04", 'O', 0, OPPS "L1.code=J1885; L1.revenue=0636", "a packaged drug and a test", NULL},
    {"OPS-04", 'O', 1, OPPS "L1.code=; L1.code_qualifier=; L1.revenue=0250; L2.code=J1100; L2.revenue=0636", "a packaged drug, and what has no code", NULL},
    {"OPS-04", 'O', 1, OPPS "L1.code=J1100; L1.revenue=0636; L2.code=; L2.code_qualifier=; L2.revenue=0250", "the other way round", NULL},

    {"OPS-05", 'O', 1, OPPS "L1.code=99213", "a visit code that OPPS does not take", NULL},
    {"OPS-05", 'O', 1, OPPS THIRD("E0601", "0291"), "equipment", NULL},
    {"OPS-05", 'O', 1, OPPS THIRD("93000", "0730"), "not for this contractor", NULL},
    {"OPS-05", 'O', 0, OPPS "type_of_bill=0851; L1.code=99213", "a critical access hospital may", NULL},
    {"OPS-05", 'O', 0, OPPS "L1.code=; L1.code_qualifier=; L1.revenue=0250", "a line without a code", NULL},

    {"OPS-06", 'O', 1, OPPS "L1.code=C1716; L1.revenue=0278; lines#1; charge_cents=13500", "a source, and no procedure", NULL},
    {"OPS-06", 'O', 0, OPPS THIRD("C1716", "0278"), "with a visit", NULL},
    {"OPS-06", 'O', 1, OPPS "L1.code=C1820; L1.revenue=0278; L2.code=C1716; L2.revenue=0278", "a device and a source", NULL},
    {"OPS-06", 'O', 1, OPPS "L1.code=; L1.code_qualifier=; L1.revenue=0250; L2.code=C1820; L2.revenue=0278", "a device, and a line without a code", NULL},

    {"OPS-07", 'O', 1, OPPS "L1.code=20610; L1.modifiers=73,50", "broken off on both sides", NULL},
    {"OPS-07", 'O', 1, OPPS "L1.code=20610; L1.modifiers=73; L1.units_milli=2000", "broken off twice", NULL},
    {"OPS-07", 'O', 0, OPPS "L1.code=20610; L1.modifiers=73", "broken off", NULL},
    {"OPS-07", 'O', 1, OPPS "L1.code=20610; L1.modifiers=52,50", "reduced on both sides", NULL},
    {"OPS-07", 'O', 0, OPPS "L1.code=20610; L1.modifiers=52; L1.units_milli=2000", "reduced twice", NULL},

    {"OPS-08", 'O', 1, OPPS THIRD("99283", "0510") "; L3.modifiers=25; L1.modifiers=25", "two visits, one department", "TOB-04"},
    {"OPS-08", 'O', 0, OPPS THIRD("99283", "0450") "; L3.modifiers=25; L1.modifiers=25", "two departments", NULL},
    {"OPS-08", 'O', 0, OPPS THIRD("99283", "0510") "; L3.modifiers=25; L1.modifiers=25; conditions=G0", "told", "TOB-04"},
    {"OPS-08", 'O', 1, OPPS THIRD("G0380", "0510") "; L3.modifiers=25; L1.modifiers=25", "an emergency visit of type B", NULL},
    {"OPS-08", 'O', 0, OPPS THIRD("99283", "0510") "; L3.modifiers=25; L1.modifiers=25; L3.from_date=20260326; L3.thru_date=20260326; thru_date=20260326", "on two days", "TOB-04"},

    {"OPS-09", 'O', 1, OPPS "L1.modifiers=25; " THIRD("36430", "0391"), "nothing was transfused", NULL},
    {"OPS-09", 'O', 0, OPPS "L1.code=P9016; L1.revenue=0390; " THIRD("36430", "0391"), "red cells", NULL},

    {"OPS-10", 'O', 1, OPPS THIRD("G0378", "0510"), "hours under a clinic", NULL},
    {"OPS-10", 'O', 1, OPPS "L2.revenue=0762", "a test under observation", NULL},
    {"OPS-10", 'O', 1, OPPS "type_of_bill=0711; " THIRD("G0378", "0762"), "a rural health clinic", NULL},
    {"OPS-10", 'O', 1, OPPS THIRD("G0379", "0762"), "a referral without hours", NULL},
    {"OPS-10", 'O', 0, OPPS THIRD("G0378", "0762"), "hours", NULL},
    {"OPS-10", 'O', 0, OPPS THIRD("G0379", "0762") "; L2.code=G0378; L2.revenue=0762", "a referral with its hours", NULL},
    {"OPS-10", 'O', 0, OPPS "type_of_bill=0851; " THIRD("G0378", "0762"), "in a critical access hospital", NULL},
    {"OPS-10", 'O', 0, OPPS "L2.code=; L2.code_qualifier=; L2.revenue=0762", "hours without a code", NULL},

    {"OPS-11", 'O', 1, OPPS "conditions=41; type_of_bill=0711", "partial hospitalization in a rural health clinic", NULL},
    {"OPS-11", 'O', 0, OPPS "conditions=41", "in a hospital", NULL},
    {"OPS-11", 'O', 0, OPPS "conditions=41; type_of_bill=0761", "in a mental health center", NULL},
    {"OPS-11", 'O', 0, OPPS "conditions=41; type_of_bill=0851", "in a critical access hospital", NULL},

    {"OPS-12", 'O', 1, OPPS "type_of_bill=0711; " THIRD("C1716", "0278"), "a C code of a rural health clinic", NULL},
    {"OPS-12", 'O', 0, OPPS THIRD("C1716", "0278"), "of a hospital", NULL},
    {"OPS-12", 'O', 0, OPPS "type_of_bill=0851; " THIRD("C1716", "0278"), "of a critical access hospital", NULL},

    {"OPS-13", 'O', 1, OPPS THIRD("27130", "0360") "; L3.modifiers=CA; L3.units_milli=2000; discharge_status=20", "two units", NULL},
    {"OPS-13", 'O', 1, OPPS THIRD("27130", "0360") "; L3.modifiers=CA", "the patient went home", NULL},
    {"OPS-13", 'O', 0, OPPS THIRD("27130", "0360") "; L3.modifiers=CA; discharge_status=20", "the patient died", NULL},
    {"OPS-13", 'O', 1, OPPS THIRD("27130", "0360") "; L3.modifiers=CA; L2.code=27130; L2.revenue=0360; L2.modifiers=CA; discharge_status=20", "two lines", NULL},

    {"OPS-14", 'O', 1, OPPS "L1.modifiers=25; " THIRD("G0390", "0681"), "no critical care", NULL},
    {"OPS-14", 'O', 1, OPPS "L1.code=99291; L1.modifiers=25; L1.revenue=0450; " THIRD("G0390", "0450"), "under the emergency room", NULL},
    {"OPS-14", 'O', 0, OPPS "L1.code=99291; L1.modifiers=25; L1.revenue=0450; " THIRD("G0390", "0681"), "both", NULL},
    {"OPS-14", 'O', 1, OPPS "L1.code=99291; L1.modifiers=25; L1.revenue=0450; " THIRD("G0390", "0681") "; L3.from_date=20260326; L3.thru_date=20260326; thru_date=20260326", "critical care the day before", NULL},

    {"OPS-15", 'O', 1, OPPS THIRD("G0410", "0915"), "group therapy of a program, and no program", NULL},
    {"OPS-15", 'O', 0, OPPS "conditions=41; " THIRD("G0410", "0915"), "partial hospitalization", NULL},
    {"OPS-15", 'O', 0, OPPS "conditions=92; " THIRD("G0410", "0915"), "an intensive outpatient program", NULL},
    {"OPS-15", 'O', 0, OPPS "type_of_bill=0761; " THIRD("G0410", "0915"), "a mental health center", NULL},

    {"OPS-16", 'O', 1, OPPS THIRD("C9898", "0343") "; L3.charge_cents=102; charge_cents=18602", "a cent over the token", NULL},
    {"OPS-16", 'O', 0, OPPS THIRD("C9898", "0343") "; L3.charge_cents=101; charge_cents=18601", "a token", NULL},

    {"OPS-17", 'O', 1, OPPS "type_of_bill=0771", "no payment code", NULL},
    {"OPS-17", 'O', 1, OPPS "type_of_bill=0771; L1.code=G0467; L1.revenue=0510", "under a clinic", NULL},
    {"OPS-17", 'O', 0, OPPS "type_of_bill=0771; L1.code=G0467; L1.revenue=0521", "under a health center", NULL},
    {"OPS-17", 'O', 0, OPPS "type_of_bill=0771; L1.code=G0467; L1.revenue=0519", "of a managed care plan", NULL},
    {"OPS-17", 'O', 0, OPPS "type_of_bill=0771; L1.code=G0467; L1.revenue=0900", "for the mind", NULL},
    {"OPS-17", 'O', 1, OPPS "type_of_bill=0771; L1.code=G0467; L1.revenue=0730", "above the health center's", NULL},

    {"OPS-18", 'O', 1, OPPS THIRD("V2785", "0278"), "tissue without transplant", NULL},
    {"OPS-18", 'O', 1, OPPS THIRD("38240", "0362"), "a transplant without a donor", NULL},
    {"OPS-18", 'O', 0, OPPS "L2.code=65710; L2.revenue=0360; " THIRD("V2785", "0278"), "tissue and transplant", NULL},
    {"OPS-18", 'O', 0, OPPS "L2.code=65730; L2.revenue=0360; " THIRD("V2785", "0278"), "another transplant", NULL},
    {"OPS-18", 'O', 0, OPPS "L2.code=; L2.code_qualifier=; L2.revenue=0815; " THIRD("38240", "0362"), "a transplant with its donor", NULL},

    {"OPS-19", 'O', 1, OPPS "L1.modifiers=PN,PO", "off campus, two ways", NULL},
    {"OPS-19", 'O', 0, OPPS "L1.modifiers=PO", "one way", NULL},
    {"OPS-19", 'O', 0, OPPS "L1.modifiers=PN,KX", "beside another modifier", NULL},

    {"OPS-20", 'O', 1, OPPS THIRD("P9016", "0381") "; L3.modifiers=BL", "blood without processing", NULL},
    {"OPS-20", 'O', 0, OPPS "L2.code=P9016; L2.revenue=0390; L2.modifiers=BL; " THIRD("P9016", "0381") "; L3.modifiers=BL", "both", NULL},
    {"OPS-20", 'O', 1, OPPS "L2.code=P9016; L2.revenue=0390; L2.modifiers=BL; L2.units_milli=2000; " THIRD("P9016", "0381") "; L3.modifiers=BL; L3.units_milli=1000", "of other units", NULL},
    {"OPS-20", 'O', 1, OPPS "L2.code=P9016; L2.revenue=0390; L2.modifiers=BL; " THIRD("P9016", "0381") "; L3.modifiers=BL; L3.from_date=20260326; L3.thru_date=20260326; thru_date=20260326", "of another day", NULL},
    {"OPS-20", 'O', 1, OPPS "L2.code=P9016; L2.revenue=0390; L2.modifiers=; " THIRD("P9016", "0381") "; L3.modifiers=BL", "processing that does not say so", NULL},
    {"OPS-20", 'O', 1, OPPS "L2.code=G0379; L2.revenue=0390; L2.modifiers=BL; " THIRD("P9016", "0381") "; L3.modifiers=BL", "of another product", "OPS-10"},

    {"OPS-21", 'O', 1, OPPS THIRD("C9399", "0636") "; L3.description=NEW DRUG", "a drug without a code", NULL},
    {"OPS-21", 'O', 0, OPPS THIRD("J1885", "0636"), "a drug with one", NULL},
    {.id = NULL},
};
/* clang-format on */
