/* base.c - the sample claims that cases change; nobody in them lives */
#include "services/validator/cases/case.h"

#include <string.h>

/* clang-format off */
static const char people[] =
    "patient.name.last=TESTER; patient.name.first=ADA; patient.birth_date=19700214; patient.sex=female; "
    "patient.address.line1=12 ELM ST; patient.address.city=SPRINGTOWN; patient.address.state=OH; patient.address.zip=44101; "
    "patient_key=00112233445566aa; encounter=E0011223344556677; version=1; mrn=MRN778; assignment=A; benefits_assigned=Y; "
    "release=Y; frequency=1; created_date=20260401; @received=20260401; @warn=15; "
    "coverages#1; C1.sequence=P; C1.payer_id=SHP01; C1.payer_name=SAMPLE HEALTH PLAN; C1.filing_indicator=CI; "
    "C1.member_id=SYN0001234; C1.group_number=GRP4410; C1.relationship=self; C1.subscriber.last=TESTER; "
    "C1.subscriber.first=ADA; C1.subscriber_birth_date=19700214; C1.destination=1";

static const char house[] =
    "V1.role=billing; V1.organization=1; V1.name.last=RIVERBEND MEDICAL GROUP; V1.npi=1234567893; V1.taxonomy=207Q00000X; "
    "V1.tax_id=987654321; V1.tax_id_type=EI; V1.address.line1=100 RIVER RD; V1.address.city=SPRINGTOWN; "
    "V1.address.state=OH; V1.address.zip=441011234";

static const char professional[] =
    "kind=professional; claim_id=A1000001; place_of_service=11; signature_on_file=Y; clia=36D9999999; charge_cents=21500; "
    "providers#2; V2.role=rendering; V2.organization=0; V2.name.last=HEALER; V2.name.first=JAN; V2.npi=1455555015; "
    "V2.taxonomy=207Q00000X; "
    "diagnoses#2; D1.role=principal; D1.rank=1; D1.code=E1165; D2.role=other; D2.rank=2; D2.code=I10; "
    "lines#1; L1.number=1; L1.control=A1000001L1; L1.code_qualifier=HC; L1.code=99214; L1.charge_cents=16500; "
    "L1.unit_code=UN; L1.units_milli=1000; L1.pointers=1,2; L1.from_date=20260325; L1.thru_date=20260325; "
    "lines#2; L2.number=2; L2.control=A1000001L2; L2.code=83036; L2.modifiers=QW; L2.charge_cents=5000; L2.pointers=1";

static const char bill[] =
    "kind=institutional; V1.name.last=RIVERBEND HOSPITAL; V1.npi=1987654328; V1.taxonomy=282N00000X; "
    "V1.tax_id=987654322; V2.role=attending; V2.name.last=HOSPITALIST; V2.name.first=IVO; V2.npi=1455555023; "
    "V2.taxonomy=208M00000X; discharge_status=01";

static const char inpatient[] =
    "claim_id=H2000001; type_of_bill=0111; charge_cents=1375050; from_date=20260310; thru_date=20260314; "
    "admit_date=20260310; admit_hour=1402; discharge_date=20260314; discharge_hour=1130; admit_type=1; admit_source=1; "
    "drg=193; patient.birth_date=19480520; C1.payer_id=99901; C1.payer_name=SAMPLE MEDICARE CONTRACTOR; "
    "C1.filing_indicator=MA; C1.member_id=1EG4TE5MK73; C1.group_number=; C1.subscriber_birth_date=19480520; "
    "providers#3; V3.role=operating; V3.name.last=LINEPLACER; V3.name.first=MARA; V3.npi=1455555031; V3.taxonomy=; "
    "diagnoses#5; D1.role=principal; D1.rank=1; D1.code=J189; D1.poa=y; D2.role=admitting; D2.code=R0902; "
    "D3.role=other; D3.rank=2; D3.code=J9601; D3.poa=y; D4.role=other; D4.rank=3; D4.code=E119; D4.poa=y; "
    "D5.role=other; D5.rank=4; D5.code=Z7984; D5.poa=exempt; "
    "procedures#1; R1.code=02HV33Z; R1.rank=1; R1.procedure_date=20260311; "
    "occurrences#1; occurrences[0].code=11; occurrences[0].occurrence_date=20260308; "
    "values#1; values[0].code=80; values[0].amount_cents=400; "
    "lines#1; L1.number=1; L1.control=H2000001L1; L1.revenue=0120; L1.charge_cents=600000; L1.unit_code=DA; "
    "L1.units_milli=4000; "
    "lines#2; L2.number=2; L2.control=H2000001L2; L2.revenue=0250; L2.charge_cents=125050; L2.unit_code=UN; "
    "L2.units_milli=35000; "
    "lines#3; L3.number=3; L3.control=H2000001L3; L3.revenue=0301; L3.charge_cents=240000; L3.units_milli=18000; "
    "lines#4; L4.number=4; L4.control=H2000001L4; L4.revenue=0324; L4.charge_cents=90000; L4.units_milli=2000; "
    "lines#5; L5.number=5; L5.control=H2000001L5; L5.revenue=0410; L5.charge_cents=320000; L5.units_milli=12000";

static const char outpatient[] =
    "claim_id=O3000001; type_of_bill=0131; charge_cents=18500; from_date=20260325; thru_date=20260325; admit_type=3; "
    "admit_source=1; diagnoses#2; D1.role=principal; D1.rank=1; D1.code=E1165; D2.role=other; D2.rank=2; D2.code=I10; "
    "lines#1; L1.number=1; L1.control=O3000001L1; L1.revenue=0510; L1.code_qualifier=HC; L1.code=99213; "
    "L1.charge_cents=13500; L1.unit_code=UN; L1.units_milli=1000; L1.from_date=20260325; L1.thru_date=20260325; "
    "lines#2; L2.number=2; L2.control=O3000001L2; L2.revenue=0301; L2.code=83036; L2.charge_cents=5000";
/* clang-format on */

/* script_of - the steps of a base letter, in their order */
static const char *const *script_of(char base)
{
    static const char *const p[] = {people, "providers#1", house, professional, NULL};
    static const char *const i[] = {
        people, "providers#1", house, "providers#2", "V2.organization=0", bill, inpatient, NULL};
    static const char *const o[] = {
        people, "providers#1", house, "providers#2", "V2.organization=0", bill, outpatient, NULL};

    return base == 'P' ? p : base == 'I' ? i : o;
}

/* case_claim - a fresh one */
CcClaim *case_claim(char base, struct arena *a, struct case_options *o, struct err *e)
{
    CcClaim *c = event_new(a, &cc_claim__descriptor);

    *o = (struct case_options){0};
    for (const char *const *s = script_of(base); c && *s; s++)
        if (case_change(c, o, *s, a, e) != 0)
            return NULL;
    return c;
}
