/* services.c - cases of NDC, ANE, AMB, CHI, LAB, DME, PWK */
#include "services/validator/cases/case.h"

#define MEDICARE                                                                                   \
    "C1.filing_indicator=MB; C1.payer_id=MCB01; C1.member_id=1EG4TE5MK73; "                        \
    "providers#3; V3.role=referring; V3.npi=1455555049; "
#define RIDE                                                                                       \
    "V1.taxonomy=341600000X; providers#4; V3.role=pick_up; V4.role=drop_off; V3.npi=; V4.npi=; "   \
    "V3.organization=0; V4.organization=0; V3.taxonomy=; V4.taxonomy=; L1.code=A0428; "            \
    "L1.modifiers=RH; L2.code=A0425; L2.modifiers=RH; ambulance.reason=A; place_of_service=41"

/* clang-format off */
const struct edit_case cases_services[] = {
    {"NDC-01", 'P', 1, "L1.code=J1885; L1.drug.ndc=0409-3795-01; lines[0].drug.quantity_milli=1000; lines[0].drug.unit=ML", "with hyphens", NULL},
    {"NDC-01", 'P', 1, "L1.code=J1885; L1.drug.ndc=0409379501; lines[0].drug.quantity_milli=1000; lines[0].drug.unit=ML", "ten digits: which part is short?", NULL},
    {"NDC-01", 'P', 0, "L1.code=J1885; L1.drug.ndc=00409379501; lines[0].drug.quantity_milli=1000; lines[0].drug.unit=ML", "eleven digits", NULL},

    {"NDC-02", 'P', 1, "L1.code=J1885; L1.drug.ndc=00409379501; lines[0].drug.unit=ML", "no quantity", NULL},
    {"NDC-02", 'P', 1, "L1.code=J1885; L1.drug.ndc=00409379501; lines[0].drug.quantity_milli=1000; lines[0].drug.unit=MG", "no unit of the guide", NULL},
    {"NDC-02", 'P', 0, "L1.code=J1885; L1.drug.ndc=00409379501; lines[0].drug.quantity_milli=1; lines[0].drug.unit=ME", "a thousandth of a milligram", NULL},

    {"NDC-03", 'P', 1, "L1.code=J1885; C1.filing_indicator=MC", "a drug for Medicaid without its NDC", NULL},
    {"NDC-03", 'P', 0, "L1.code=J1885", "for another payer", NULL},
    {"NDC-03", 'P', 0, "L1.code=J1885; C1.filing_indicator=MC; L1.drug.ndc=00409379501; lines[0].drug.quantity_milli=1000; lines[0].drug.unit=ML", "with it", NULL},
    {"NDC-03", 'P', 1, "L1.code=Q0138; C1.filing_indicator=MC", "a drug among the Q codes", NULL},

    {"NDC-04", 'P', 1, "L1.code=J1885; L1.drug.ndc=00641036725; lines[0].drug.quantity_milli=1000; lines[0].drug.unit=ML", "another drug's package", NULL},
    {"NDC-04", 'P', 1, "L1.code=J1100; L1.units_milli=3000; L1.drug.ndc=00641036725; lines[0].drug.quantity_milli=1000; lines[0].drug.unit=UN", "three units out of a vial of two", NULL},
    {"NDC-04", 'P', 0, "L1.code=J1100; L1.units_milli=2000; L1.drug.ndc=00641036725; lines[0].drug.quantity_milli=1000; lines[0].drug.unit=UN", "all of the vial", NULL},
    {"NDC-04", 'P', 0, "L1.code=J1885; L1.drug.ndc=99999999999; lines[0].drug.quantity_milli=1000; lines[0].drug.unit=ML", "an NDC that the crosswalk lacks", NULL},
    {"NDC-04", 'P', 0, "L1.code=J1100; L1.units_milli=3000; L1.drug.ndc=00641036725; lines[0].drug.quantity_milli=1000; lines[0].drug.unit=ML", "told in milliliters", NULL},
    {"NDC-04", 'P', 0, "L1.code=J1100; L1.units_milli=3000; L1.drug.ndc=00641036741; lines[0].drug.quantity_milli=1000; lines[0].drug.unit=UN", "a vial of which nobody knows how much it holds", NULL},
    {"NDC-04", 'P', 0, "L1.code=J1100; L1.units_milli=3000; L1.drug.ndc=00641036758; lines[0].drug.quantity_milli=1000; lines[0].drug.unit=UN", "one that holds more than can be", NULL},
    {"NDC-04", 'P', 0, "L1.code=J1100; L1.units_milli=3000; L1.drug.ndc=00641036725; lines[0].drug.quantity_milli=0; lines[0].drug.unit=UN", "none of it is told once", "NDC-02"},
    {"NDC-04", 'P', 0, "L1.code=J1100; L1.units_milli=3000; L1.drug.ndc=00641036725; lines[0].drug.quantity_milli=1000000000; lines[0].drug.unit=UN", "a million vials", NULL},
    {"NDC-04", 'P', 0, "L1.code=J1100; L1.units_milli=1000000000; L1.drug.ndc=00641036725; lines[0].drug.quantity_milli=1000; lines[0].drug.unit=UN", "a million units", NULL},
    {"NDC-04", 'O', 0, "L1.code=; L1.code_qualifier=; L1.revenue=0250; L1.drug.ndc=00641036725; lines[0].drug.quantity_milli=1000; lines[0].drug.unit=UN", "a line without a code", NULL},

    {"ANE-01", 'P', 1, "L1.code=00142; L1.modifiers=AA", "in units", NULL},
    {"ANE-01", 'P', 1, "L1.code=00142; L1.unit_code=MJ; L1.units_milli=30000", "by nobody", NULL},
    {"ANE-01", 'P', 0, "L1.code=00142; L1.unit_code=MJ; L1.units_milli=30000; L1.modifiers=QZ", "complete", NULL},
    {"ANE-01", 'P', 0, "L1.code=01996; L1.modifiers=AA", "a day's management is counted in units", NULL},
    {"ANE-01", 'P', 0, "L1.code=01953; L1.modifiers=AA", "so is an area", NULL},
    {"ANE-01", 'P', 1, "L1.code=01996", "by nobody", NULL},
    {"ANE-01", 'P', 0, "L1.code=0101T", "a code of category III is no anesthesia", NULL},

    {"AMB-01", 'P', 1, RIDE "; L1.modifiers=", "from where to where?", NULL},
    {"AMB-01", 'P', 1, RIDE "; ambulance=", "no CR1", NULL},
    {"AMB-01", 'P', 1, RIDE "; providers[3].role=supervising; providers[3].npi=1455555049", "dropped off nowhere", NULL},
    {"AMB-01", 'P', 1, RIDE "; L2.code=99213; L2.modifiers=", "no miles", NULL},
    {"AMB-01", 'P', 0, RIDE, "complete", NULL},
    {"AMB-01", 'P', 1, RIDE "; L1.modifiers=GY", "a modifier of one place", NULL},
    {"AMB-01", 'P', 1, RIDE "; L1.modifiers=R", "half a modifier", "COD-05"},
    {"AMB-01", 'P', 1, RIDE "; L1.modifiers=QN", "one of none", NULL},
    {"AMB-01", 'P', 0, RIDE "; ambulance=; L1.ambulance.reason=A", "the line says why", NULL},
    {"AMB-01", 'P', 1, RIDE "; providers[2].role=supervising; providers[2].npi=1455555049", "picked up nowhere", NULL},
    {"AMB-01", 'P', 0, RIDE "; L1.code=A0225", "a newborn's ride", NULL},
    {"AMB-01", 'O', 1, "providers#1; L1.revenue=0540; L1.code=A0428; L2.revenue=0540; L2.code=A0425; L2.modifiers=RH", "on an outpatient bill, from where to where?", NULL},
    {"AMB-01", 'O', 0, "providers#1; L1.revenue=0540; L1.code=A0428; L2.revenue=0540; L2.code=A0425; L2.modifiers=RH; L1.modifiers=RH", "a bill says no more", NULL},

    {"CHI-01", 'P', 1, MEDICARE "L1.code=98941", "no AT", NULL},
    {"CHI-01", 'P', 1, MEDICARE "L1.code=98941; L1.modifiers=AT", "no date of the first treatment", NULL},
    {"CHI-01", 'P', 0, MEDICARE "L1.code=98941; L1.modifiers=AT; dates#1; dates[0].qualifier=454; dates[0].from_date=20260301", "complete", NULL},
    {"CHI-01", 'P', 1, MEDICARE "L1.code=98941; L1.modifiers=AT; dates#1; dates[0].qualifier=455; dates[0].from_date=20260301", "another date", NULL},
    {"CHI-01", 'P', 0, MEDICARE "L1.code=98941; L1.modifiers=GA", "billed to be denied", NULL},

    {"LAB-01", 'P', 1, "clia=", "a test without a laboratory", NULL},
    {"LAB-01", 'P', 0, "clia=; L2.clia=36D9999999", "the line has its own", NULL},
    {"LAB-01", 'P', 0, "clia=; L2.code=93000; L2.modifiers=", "no laboratory test", NULL},
    {"LAB-01", 'P', 1, "clia=; L2.code=80053; L2.modifiers=", "a panel", NULL},
    {"LAB-01", 'P', 0, "clia=; L2.code=88305; L2.modifiers=26", "only read here", NULL},
    {"LAB-01", 'P', 0, "clia=; L2.code=86580; L2.modifiers=", "a skin test", NULL},

    {"DME-01", 'P', 1, "L1.code=E0601; L1.modifiers=NU", "ordered by nobody", NULL},
    {"DME-01", 'P', 1, "L1.code=E0601; providers#3; V3.role=ordering; V3.npi=1455555049", "bought or rented?", NULL},
    {"DME-01", 'P', 0, "L1.code=E0601; L1.modifiers=RR; providers#3; V3.role=ordering; V3.npi=1455555049", "rented", NULL},
    {"DME-01", 'P', 0, "L1.code=E0601; L1.modifiers=RR; providers#3; V3.role=referring; V3.npi=1455555049", "referred", NULL},

    {"PWK-01", 'P', 1, "attachments#1; attachments[0].type=OZ; attachments[0].transmission=EL", "on its way without a number", NULL},
    {"PWK-01", 'P', 1, "attachments#1; attachments[0].type=OZ; attachments[0].transmission=XX; attachments[0].control=A1", "by an unknown way", NULL},
    {"PWK-01", 'P', 0, "attachments#1; attachments[0].type=OZ; attachments[0].transmission=AA", "available on request", NULL},
    {"PWK-01", 'P', 1, "L2.attachments#1; lines[1].attachments[0].type=OZ; lines[1].attachments[0].transmission=EL", "of a line", NULL},
    {.id = NULL},
};
/* clang-format on */
