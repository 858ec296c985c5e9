/* rules.c - cases of the payers' rules: PAY, and the edits that rest on rules (sample rules:
 * tables.c) */
#include "services/validator/cases/case.h"

#define RUL "C1.payer_id=RUL05; C1.member_id=M12345; "
/* The claim's code was done before, by the same house. */
#define PAST                                                                                       \
    "@history#1; H1.claim_id=B1; H1.line=1; H1.kind=professional; H1.payer_id=RUL05; "             \
    "H1.code=G0101; H1.units_milli=1000; "

#define MEDICARE                                                                                   \
    "C1.filing_indicator=MB; C1.payer_id=MCB01; C1.member_id=1EG4TE5MK73; "                        \
    "providers#3; V3.role=referring; "

/* clang-format off */
const struct edit_case cases_rules[] = {
    {"PAY-01", 'P', 1, RUL "L2.code=93000; L2.modifiers=; L2.units_milli=3000", "a condition that holds", NULL},
    {"PAY-01", 'P', 0, RUL "L2.code=93000; L2.modifiers=; L2.units_milli=2000", "at its boundary", NULL},
    {"PAY-01", 'P', 0, RUL "L2.code=93010; L2.modifiers=26; L2.units_milli=3000", "another code", NULL},
    {"PAY-01", 'P', 0, "L2.code=93000; L2.modifiers=; L2.units_milli=3000", "another payer", NULL},
    {"PAY-01", 'P', 0, RUL "L2.code=93000; L2.modifiers=; L2.units_milli=3000; @shift=-460", "before the rule", NULL},

    {"PAY-02", 'P', 1, RUL "L2.code=80048; L2.charge_cents=50001; charge_cents=66501", "what has to hold does not", NULL},
    {"PAY-02", 'P', 0, RUL "L2.code=80048; L2.charge_cents=50000; charge_cents=66500", "at its boundary", NULL},

    {"PAY-03", 'P', 1, RUL "special_program=05", "a field that the payer does not take", NULL},
    {"PAY-03", 'O', 0, RUL "special_program=05", "a rule for professional claims", NULL},
    {"PAY-03", 'P', 1, "special_program=05; C1.relationship=spouse; C1.subscriber.first=BO; C1.subscriber_sex=male", "a rule for all payers", NULL},
    {"PAY-03", 'P', 0, "special_program=05", "for the subscriber", NULL},

    {"IDN-06", 'P', 1, RUL "C1.group_number=; C1.group_name=GOLD PLUS", "a plan that wants its number", NULL},
    {"IDN-06", 'P', 0, RUL "C1.group_number=G1; C1.group_name=GOLD PLUS", "with it", NULL},
    {"IDN-06", 'P', 0, RUL "C1.group_number=; C1.group_name=SILVER", "another plan", NULL},

    {"AUT-01", 'P', 1, RUL "L1.modifiers=25; L2.code=20610; L2.modifiers=", "a code that needs a number", NULL},
    {"AUT-01", 'P', 0, RUL "L1.modifiers=25; L2.code=20610; L2.modifiers=; authorization=A1", "with it", NULL},
    {"AUT-01", 'P', 0, RUL "L1.modifiers=25; L2.code=20610; L2.modifiers=; L2.authorization=A1", "the line's own", NULL},
    {"AUT-01", 'P', 0, RUL "L1.modifiers=25; L2.code=20610; L2.modifiers=; place_of_service=12", "in another place", NULL},
    {"AUT-01", 'P', 1, RUL "L1.modifiers=25; L2.code=20610; L2.modifiers=; L1.charge_cents=10000; charge_cents=15000", "from this amount on", NULL},
    {"AUT-01", 'P', 0, RUL "L1.modifiers=25; L2.code=20610; L2.modifiers=; L1.charge_cents=9999; charge_cents=14999", "below it", NULL},

    {"AUT-03", 'P', 1, RUL "C1.group_name=HMO", "a plan that wants a referral", NULL},
    {"AUT-03", 'O', 1, RUL "C1.group_name=HMO", "on any kind of claim", NULL},
    {"AUT-03", 'P', 0, RUL "C1.group_name=HMO; referral=R1", "with it", NULL},

    {"TFL-03", 'P', 1, RUL "frequency=7; original_reference=X1; C1.adjudication_date=20251002", "over the limit for corrections", NULL},
    {"TFL-03", 'P', 0, RUL "frequency=7; original_reference=X1; C1.adjudication_date=20251003", "on its last day", NULL},
    {"TFL-03", 'P', 0, RUL "C1.adjudication_date=20251002", "an original", NULL},
    {"TFL-03", 'P', 1, RUL "frequency=7; original_reference=X1; @history#1; H1.claim_id=A1000001; H1.remit_date=20251002", "over the limit by the day that is remembered", NULL},
    {"TFL-03", 'P', 0, RUL "frequency=7; original_reference=X1; @history#1; H1.claim_id=A1000001; H1.remit_date=20251003", "on its last day", NULL},
    {"TFL-03", 'P', 1, RUL "frequency=7; original_reference=X1; @history#1; H1.claim_id=B1; H1.payer_claim=X1; H1.remit_date=20251002", "of the claim with the number that it names", NULL},
    {"TFL-03", 'P', 0, RUL "frequency=7; original_reference=X1; C1.adjudication_date=20251003; @history#1; H1.claim_id=A1000001; H1.remit_date=20251002", "what the claim says counts first", NULL},
    {"TFL-03", 'P', 1, RUL "frequency=7; original_reference=X1", "noted: nobody told when the payer decided", NULL},
    {"TFL-03", 'O', 1, RUL "frequency=7; original_reference=X1; @history#1; H1.claim_id=O3000001; H1.line=1; H1.at_ms=1769860800000", "billed on 31 January: two months", NULL},
    {"TFL-03", 'O', 0, RUL "frequency=7; original_reference=X1; @history#1; H1.claim_id=O3000001; H1.line=1; H1.at_ms=1769947200000", "a day later", NULL},

    {"TFL-01", 'P', 1, RUL "C1.group_name=LATE; @received=20260402; @warn=0", "over the rule's limit", NULL},
    {"TFL-01", 'P', 1, RUL "C1.group_name=LATE; @warn=0", "hold: its last day", NULL},
    {"TFL-01", 'P', 0, RUL "C1.group_name=SOON; @received=20260402; @warn=0", "the row of the payers table counts", NULL},

    {"MED-02", 'P', 1, RUL PAST "L2.code=G0101; L2.modifiers=; H1.from_date=20240430; H1.thru_date=20240430", "23 full months are not over", NULL},
    {"MED-02", 'P', 0, RUL PAST "L2.code=G0101; L2.modifiers=; H1.from_date=20240331; H1.thru_date=20240331", "they are", NULL},
    {"MED-02", 'P', 0, RUL PAST "L2.code=G0101; L2.modifiers=; H1.from_date=20250430; H1.thru_date=20250430; H1.payer_id=SHP01", "billed to another payer", NULL},
    {"MED-02", 'P', 0, RUL "L2.code=G0101; L2.modifiers=", "for the first time", NULL},
    {"MED-02", 'P', 1, RUL PAST "L2.code=J0139; L2.modifiers=; L2.units_milli=2000; H1.code=J0139; H1.units_milli=2000; H1.from_date=20260101; H1.thru_date=20260101", "four units in a year", NULL},
    {"MED-02", 'P', 0, RUL PAST "L2.code=J0139; L2.modifiers=; L2.units_milli=2000; H1.code=J0139; H1.units_milli=1000; H1.from_date=20260101; H1.thru_date=20260101", "three", NULL},
    {"MED-02", 'P', 0, RUL PAST "L2.code=J0139; L2.modifiers=; L2.units_milli=2000; H1.code=J0139; H1.units_milli=2000; H1.from_date=20251231; H1.thru_date=20251231", "two of them last year", NULL},

    {"COD-06", 'P', 1, RUL "L2.code=97597; L2.modifiers=RT", "a modifier that the payer does not take", NULL},
    {"COD-06", 'P', 0, RUL "L2.code=97597; L2.modifiers=XU", "one that it takes", NULL},
    {"COD-06", 'P', 1, RUL "L2.code=93010; L2.modifiers=", "one that it wants is missing", NULL},
    {"POS-01", 'P', 1, RUL "L2.code=99396; L2.modifiers=; place_of_service=12", "a place in which the payer does not pay the code", NULL},
    {"POS-01", 'P', 0, RUL "L2.code=99396; L2.modifiers=", "one in which it does", NULL},
    {"FRQ-02", 'P', 1, RUL "frequency=8; original_reference=X1; C1.adjudication_date=20260330", "the payer takes no voids", NULL},
    {"IDN-02", 'P', 1, RUL "C1.member_id=12345", "not of the rule's pattern", NULL},
    {"NDC-03", 'P', 1, RUL "L2.code=J1100; L2.modifiers=", "the contractor wants the NDC", NULL},
    {"NDC-03", 'P', 0, RUL "L2.code=J1100; L2.modifiers=; L2.drug.ndc=00409379501; lines[1].drug.quantity_milli=1000; lines[1].drug.unit=ML", "with it", NULL},
    {"COD-12", 'P', 1, "C1.group_name=WORDS; L2.code=J0139; L2.modifiers=", "commercial payers want it in words", NULL},
    {"COD-12", 'P', 0, "C1.group_name=WORDS; L2.code=J0139; L2.modifiers=; L2.description=X", "with them", NULL},

    {"PRV-14", 'P', 1, "V2.npi=1447654322; @shift=-90", "not yet credentialed", NULL},
    {"PRV-14", 'P', 0, "V2.npi=1447654322; @shift=-83", "from its first day", NULL},
    {"PRV-14", 'P', 1, "V2.npi=1447654322; C1.payer_id=SMP02; C1.member_id=M1", "by another payer", NULL},
    {"PRV-14", 'P', 1, RUL "L2.code=11042; L2.modifiers=; V2.taxonomy=332B00000X", "a specialty that does not bill it", NULL},
    {"PRV-14", 'P', 0, RUL "L2.code=11042; L2.modifiers=; V2.taxonomy=208M00000X", "one that does", NULL},
    {"PRV-14", 'P', 0, RUL "L2.code=11042; L2.modifiers=", "one that is named in full", NULL},
    {"PRV-14", 'P', 0, RUL "V2.npi=1447654322", "by this payer, since ever", NULL},
    {"PRV-14", 'P', 1, "V2.npi=1555555121", "until the day before", NULL},
    {"PRV-14", 'P', 0, "V2.npi=1555555121; @shift=-1", "on its last day", NULL},
    {"PRV-14", 'P', 0, "V2.npi=1555555121; C1.payer_id=SMP02", "a day that is none sets no limit", NULL},

    {"DAT-10", 'O', 1, RUL "from_date=20260331; thru_date=20260401; lines#1; charge_cents=13500; L1.from_date=20260331; L1.thru_date=20260331", "over the end of a month", NULL},
    {"DAT-10", 'O', 0, RUL "from_date=20260330; thru_date=20260331; lines#1; charge_cents=13500; L1.from_date=20260331; L1.thru_date=20260331", "up to its last day", NULL},
    {"DAT-10", 'I', 0, RUL "C1.filing_indicator=CI", "a stay inside a benefit year", NULL},
    {"MED-01", 'P', 1, RUL "L2.code=93000; L2.modifiers=; D1.code=R0902; D2.code=J449", "no diagnosis is covered", NULL},
    {"MED-01", 'P', 0, RUL "L2.code=93000; L2.modifiers=", "the one it points at is in a range", NULL},
    {"MED-01", 'P', 0, RUL "L2.code=93000; L2.modifiers=; D1.code=J189; D2.code=J9601; @shift=-460", "before the policy", NULL},
    {"MED-01", 'P', 0, RUL "L2.code=93000; L2.modifiers=GY; D1.code=R0902; D2.code=J449", "billed to be denied", NULL},
    {"MED-01", 'P', 0, "L2.code=93000; L2.modifiers=; D1.code=R0902; D2.code=J449", "another contractor's payer", NULL},
    {"MED-01", 'P', 1, RUL "L2.code=80053; L2.modifiers=; D1.code=N185", "the second diagnosis that the policy wants is missing", NULL},
    {"MED-01", 'P', 0, RUL "L2.code=80053; L2.modifiers=; D1.code=N185; D2.code=E119", "with it", NULL},
    {"MED-01", 'P', 0, RUL "L2.code=80053; L2.modifiers=; D1.code=N185; patient.birth_date=20080326; C1.subscriber_birth_date=20080326", "a day too young for the policy", NULL},
    {"MED-01", 'P', 1, "L2.code=97597; L2.modifiers=; D1.code=R54; D2.code=E119; L1.pointers=2; L2.pointers=1; patient.birth_date=19400214; C1.subscriber_birth_date=19400214", "all it points at is denied", NULL},
    {"MED-01", 'P', 0, "L2.code=97597; L2.modifiers=; D1.code=R54; D2.code=E119; L2.pointers=1,2; patient.birth_date=19400214; C1.subscriber_birth_date=19400214", "not all", NULL},
    {"MED-01", 'O', 1, RUL "L2.code=80061; L2.revenue=0301", "a national policy, whatever diagnosis of the bill", NULL},
    {"MED-01", 'O', 0, "L2.code=80061; L2.revenue=0301", "a national policy does not bind this plan", NULL},
    {"MED-01", 'O', 1, "C1.payer_id=99901; C1.filing_indicator=MA; C1.member_id=1EG4TE5MK73; L1.code=G0463; L2.code=80061; L2.revenue=0301", "it binds Medicare", NULL},
    {"MED-01", 'O', 1, RUL "L2.code=93000; D1.code=J449; D2.code=R0902; diagnoses#3; D3.role=reason; D3.rank=0; D3.code=I10", "what brought the patient is no diagnosis of the bill", NULL},
    {"MED-01", 'P', 0, "L2.code=97597; L2.modifiers=; D1.code=R54; D2.code=E119; L1.pointers=1,2; L2.pointers=; patient.birth_date=19400214; C1.subscriber_birth_date=19400214", "a line that points at nothing", "COD-16"},
    {"MED-01", 'P', 0, "L2.code=97597; L2.modifiers=; D1.code=R54; D2.code=E119; L1.pointers=2; L2.pointers=1; patient.birth_date=19400214; C1.subscriber_birth_date=19400214; @shift=7", "the policy ended the day before", NULL},
    {"MED-01", 'P', 0, "L2.code=97597; L2.modifiers=; D1.code=R54; D2.code=E119; L1.pointers=2; L2.pointers=1; patient.birth_date=19400214; C1.subscriber_birth_date=19400214; @drop=coverage-policy", "no policies are kept here", NULL},
    {"MED-01", 'P', 2, RUL "L2.code=88305; L2.modifiers=; D1.code=R0902; D2.code=J449", "two policies about one code", NULL},
    {"MED-01", 'P', 1, RUL "L2.code=88305; L2.modifiers=; D1.code=R0902; D2.code=E119; L2.pointers=2", "covered by the second row of one of them", NULL},
    {"MED-01", 'P', 0, RUL "L2.code=88305; L2.modifiers=; D1.code=R0902; D2.code=I10; L2.pointers=2", "covered by both", NULL},

    {"MED-03", 'P', 1, RUL "L2.code=93000; L2.modifiers=; D1.code=R0902; D2.code=I10; L2.pointers=1", "the covered one is there and not pointed at", NULL},
    {"MED-03", 'P', 0, RUL "L2.code=93000; L2.modifiers=; D1.code=R0902; D2.code=I10; L2.pointers=1,2", "pointed at second", NULL},
    {"MED-03", 'P', 1, RUL "L2.code=93000; L2.modifiers=; D1.code=R0902; D2.code=I509; L2.pointers=1", "from a further row of the policy", NULL},
    {"MED-03", 'P', 1, RUL "L2.code=93000; L2.modifiers=; D1.code=R0902; D2.code=I10; diagnoses#3; D3.code=E119; D3.rank=3; L1.pointers=1,2,3; L2.pointers=1", "two that cover it, and the line points at neither", NULL},

    {"AUT-02", 'P', 0, "L1.modifiers=25; L2.code=20610; L2.modifiers=; authorization=A100", "all fits", NULL},
    {"AUT-02", 'P', 0, "L1.modifiers=25; L2.code=20610; L2.modifiers=; L2.units_milli=2000; authorization=a100", "up to its units", NULL},
    {"AUT-02", 'P', 1, "L1.modifiers=25; L2.code=20610; L2.modifiers=50; L2.units_milli=2001; authorization=A100", "over its units", "CHG-04,MUE-01"},
    {"AUT-02", 'P', 0, "authorization=A100; L2.modifiers=QW", "the last code of its range, beside another", NULL},
    {"AUT-02", 'P', 1, "L2.code=93000; L2.modifiers=; authorization=A100", "for none of the services", NULL},
    {"AUT-02", 'P', 1, "L1.authorization=A100", "the line's own is not for its code", NULL},
    {"AUT-02", 'P', 0, "authorization=A100; @shift=-24", "on its first day", NULL},
    {"AUT-02", 'P', 1, "authorization=A100; @shift=-25", "the day before", NULL},
    {"AUT-02", 'P', 1, "authorization=A100; @shift=7", "the day after its last", NULL},
    {"AUT-02", 'P', 1, "authorization=A100; V2.npi=1447654322; V2.taxonomy=207Q00000X", "another provider", NULL},
    {"AUT-02", 'P', 1, "authorization=A200", "another payer's", NULL},
    {"AUT-02", 'P', 1, "authorization=A999", "hold: not known", NULL},
    {"AUT-02", 'P', 0, "authorization=A400", "one without limits", NULL},
    {"AUT-02", 'P', 0, "authorization=A300; L1.code=99214", "a prefix", NULL},
    {"AUT-02", 'P', 1, "L2.modifiers=QW; authorization=A100; place_of_service=24; providers#3; V3.role=facility; V3.organization=1; V3.npi=1667770014", "another facility", NULL},
    {"AUT-02", 'P', 0, "authorization=A100; V2.npi=", "nobody says who rendered it", NULL},
    {"AUT-02", 'P', 0, "authorization=A100; providers#0", "nor who bills", "PRV-02"},
    {"AUT-02", 'O', 1, "L1.code=; L1.code_qualifier=; L1.revenue=0250; L1.authorization=A100; L2.authorization=; @shift=0", "a drug line under an authorization of codes", NULL},
    {"AUT-02", 'P', 1, "L2.authorization=A999", "a line's own, and not known", NULL},
    {"AUT-02", 'P', 0, "authorization=0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789", "too long for a number of any payer", "DEM-10"},
    {"AUT-02", 'P', 0, "authorization=A999; @drop=authorizations", "no authorizations are kept here", NULL},

    {"PRV-10", 'P', 1, MEDICARE "V3.npi=1598765430", "a specialty that may not refer", NULL},
    {"PRV-10", 'P', 0, MEDICARE "V3.npi=1871234567", "enrolled", NULL},
    {"PRV-10", 'P', 1, MEDICARE "V3.npi=1871234567; @shift=-450", "the day before it was", NULL},
    {"PRV-10", 'P', 0, MEDICARE "V3.npi=1871234567; @shift=-448", "its first day", NULL},
    {"PRV-10", 'P', 0, MEDICARE "V3.npi=1455555049", "nobody knows", NULL},
    {"PRV-10", 'P', 0, MEDICARE "V3.npi=1455555049; L2.from_date=0; L2.providers#1; lines[1].providers[0].role=ordering; lines[1].providers[0].npi=1871234567", "a line without a day", "DAT-01"},
    {"PRV-10", 'P', 0, MEDICARE "V3.npi=1455555049; L2.from_date=20260431; L2.thru_date=20260431; L2.providers#1; lines[1].providers[0].role=ordering; lines[1].providers[0].npi=1871234567", "a line on a day that is none", "DAT-01"},
    {.id = NULL},
};
/* clang-format on */
