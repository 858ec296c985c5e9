/* hl7_fields_test.c - fields as other senders write them: missing, odd, out of range, of the types
 * of HL7 2.3 to 2.8; what each becomes in the event, or where the problem is told */
#include "tests/support/hl7_world.h"
#include "tests/support/test.h"

/* A message of some type, and what must come of it. */
struct row {
    const char *type, *lines, *want[HL7_WORLD_WANTS];
};

/* each_row - of a table */
static void each_row(struct hl7_world *w, const struct row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        arena_reset(w->kept);
        hl7_expect(w, hl7_take_fields(w, rows[i].type, rows[i].lines), rows[i].lines, rows[i].want);
    }
}

#define EACH(rows) each_row(*state, rows, sizeof(rows) / sizeof((rows)[0]))

/* test_diagnoses - DG1, DRG, PV2-3 */
static void test_diagnoses(void **state)
{
    static const struct row rows[] = {
        {"ADT^A08",
         "DG1;1=1;20=D7;21=D",
         {"diagnoses.0.id=D7", "diagnoses.0.action=delete", "diagnoses.0.rank=0",
          "diagnoses.0.code.code="}},
        {"ADT^A08", "DG1;1=1;6=F", {"diagnoses.#=0", "ignored:DG1=not-billing"}},
        {"ADT^A08",
         "DG1;3=R07.9^Chest pain^I10;4=other words",
         {"diagnoses.0.code.text=Chest pain", "diagnoses.0.code.code=R079"}},
        {"ADT^A08", "DG1;3=R07.9^^I10;4=\"\"", {"diagnoses.0.code.text="}},
        {"ADT^A08",
         "DG1;3=R07.9^^I10;15=1000\nDG1;3=J18.9^^I10;15=999\nDG1;3=N18.3^^I10;15=-1\n"
         "DG1;3=I10^^I10;15=x",
         {"diagnoses.0.rank=2", "diagnoses.1.rank=1", "diagnoses.2.rank=3", "diagnoses.3.rank=4"}},
        {"ADT^A08",
         "DG1;3=R07.9^^I10;6=ADMITTING;21=UP\nDG1;3=J18.9^^I10;6=u;21=nothing\n"
         "DG1;3=N18.3^^I10;6=Final;21=C",
         {"diagnoses.0.use=admitting", "diagnoses.0.action=update", "diagnoses.1.use=unknown",
          "diagnoses.1.action=unspecified", "diagnoses.2.verification=confirmed",
          "diagnoses.2.rank=1"}},
        {"ADT^A08",
         "PV2;3=R07.9^Chest pain^I10\nDG1;3=J18.9^^I10",
         {"visit.reason_text=Chest pain", "diagnoses.0.use=reason", "diagnoses.0.rank=0",
          "diagnoses.0.ref=PV2[1]", "diagnoses.1.rank=1"}},
        {"ADT^A08",
         "PV2;3=^Chest pain;12=in more words",
         {"visit.reason_text=Chest pain", "diagnoses.#=0"}},
        {"ADT^A08", "PV2;3=CP^^L;12=in words", {"visit.reason_text=CP", "diagnoses.#=0"}},
        {"ADT^A08", "PV2;3=^^L;12=in words", {"visit.reason_text=in words"}},
        {"ADT^A08", "DG1;3=J18.9^^I10;8=193\nDRG;1=^193", {"visit.drg=193"}},
        {"BAR^P01", "DRG;1=291^Heart failure^MS", {"visit.drg=291", "bill=true"}},
    };

    EACH(rows);
}

/* test_procedures - PR1: codes without system, times, ranks, people */
static void test_procedures(void **state)
{
    static const struct row rows[] = {
        {"ADT^A08",
         "PR1;1=1;19=P9;20=D",
         {"procedures.0.id=P9", "procedures.0.action=delete", "procedures.0.code.code="}},
        {"ADT^A08", "PR1;1=1;5=20261101", {"procedures.#=0", "ignored:PR1=not-billing"}},
        {"ADT^A08",
         "PR1;3=J1885\nPR1;3=71045\nPR1;3=LOCAL7\nPR1;3=71046^^ZZ",
         {"procedures.0.code.system=hcpcs", "procedures.1.code.system=cpt",
          "procedures.2.code.system=unknown", "procedures.3.code.system=unknown"}},
        {"ADT^A08",
         "PR1;3=^^C4;4=Appendectomy\nPR1;3=44970^Laparoscopy^C4;4=Appendectomy\nPR1;3=44970^^C4;4="
         "\"\"",
         {"procedures.0.code.text=Appendectomy", "procedures.1.code.text=Laparoscopy",
          "procedures.2.code.text="}},
        {"ADT^A08",
         "PR1;2=C4;3=71045;5=20261101080000-0500;7=99999",
         {"procedures.0.procedure_date=20261101", "procedures.0.start_ms=1793538000000",
          "procedures.0.end_ms=1799537940000"}},
        {"ADT^A08",
         "PR1;3=71045;5=20261101080000-0500;7=100000\nPR1;3=71045;5=20261101080000-0500;7=0\n"
         "PR1;3=71045;5=20261101080000-0500;7=1.5",
         {"procedures.0.end_ms=0", "procedures.1.end_ms=0", "procedures.2.end_ms=0"}},
        {"ADT^A08",
         "PR1;3=71045;5=20261101;7=30",
         {"procedures.0.procedure_date=20261101", "procedures.0.start_ms=0",
          "procedures.0.end_ms=0"}},
        {"ADT^A08",
         "PR1;3=71045;5=20261399",
         {"procedures.0.procedure_date=0", "problem:time=PR1[1]-5"}},
        {"ADT^A08",
         "PR1;3=71045;14=999\nPR1;3=71046;14=1000\nPR1;3=71047;14=0\nPR1;3=71048;14=first",
         {"procedures.0.rank=999", "procedures.1.rank=0", "procedures.2.rank=0",
          "procedures.3.rank=0"}},
        {"ADT^A08",
         "PR1;3=44970;8=1455555015^HEALER;10=45;11=1234567893^CUTTER;12=1111111112^HELPER;15=K35.80"
         "~2;16=51~~lt",
         {"procedures.0.performers.0.role=anesthesia",
          "procedures.0.performers.1.role="
          "operating",
          "procedures.0.performers.2.role=rendering", "procedures.0.anesthesia_min=45",
          "procedures.0.reasons.0=K3580", "procedures.0.reasons.1=2", "procedures.0.modifiers.#=2",
          "procedures.0.modifiers.1=LT"}},
    };

    EACH(rows);
}

/* test_charges - FT1 */
static void test_charges(void **state)
{
    static const struct row rows[] = {
        {"DFT^P03",
         "FT1;6=CG;7=X;19=1~e11.22~LOCAL~^words only",
         {"charges.0.pointers.#=3", "charges.0.pointers.0=1", "charges.0.pointers.1=E1122",
          "charges.0.pointers.2=LOCAL"}},
        {"DFT^P03",
         "FT1;6=CG;7=X;19=123456789012345678901234567890123",
         {"charges.0.pointers.0=123456789012345678901234567890123"}},
        {"DFT^P03",
         "FT1;4=20261101^D;6=CG;7=X",
         {"charges.0.service_date=20261101", "charges.0.thru_date=0", "problems.#=0"}},
        {"DFT^P03",
         "FT1;4=20261101^20261399;6=CG;7=X",
         {"charges.0.service_date=20261101", "charges.0.thru_date=0", "problem:time=FT1[1]-4"}},
        {"DFT^P03",
         "FT1;4=20261101^202611020830-0500;6=CD;7=X",
         {"charges.0.kind=credit", "charges.0.thru_date=20261102", "charges.0.start_ms=0",
          "charges.0.end_ms=1793626200000"}},
        {"DFT^P03",
         "FT1;6=py;7=J1885^Ketorolac^HCPCS",
         {"charges.0.kind=payment", "charges.0.code.system=hcpcs",
          "charges.0.cdm=", "charges.0.cdm_text=Ketorolac"}},
        {"DFT^P03",
         "FT1;6=CG;7=j1885^^HCPCS",
         {"charges.0.code.code=J1885", "charges.0.cdm=j1885"}},
        {"DFT^P03",
         "FT1;6=CG;7=RAD1^Chest^L^71045^^C4;8=other words",
         {"charges.0.code.code=71045", "charges.0.cdm=RAD1", "charges.0.cdm_text=Chest"}},
        {"DFT^P03",
         "FT1;6=CG;7=^^L;8=Chest X-ray",
         {"charges.0.cdm=", "charges.0.cdm_text=Chest X-ray"}},
        {"DFT^P03",
         "FT1;6=CG;7=71045^^C4;25=^^C4",
         {"charges.0.code.code=71045", "charges.0.also.#=0"}},
        {"DFT^P03",
         "FT1;6=CG;7=71045^^C4;25=71046^^C4",
         {"charges.0.code.code=71046", "charges.0.also.0.code=71045"}},
        {"DFT^P03",
         "FT1;6=CG;7=71045^^C4;25=71045^^C4",
         {"charges.0.code.code=71045", "charges.0.also.#=0"}},
        {"DFT^P03",
         "FT1;6=CG;7=X;10=3;12=10.01",
         {"charges.0.charge_given=true", "charges.0.charge_cents=3003",
          "charges.0.units_milli=3000"}},
        {"DFT^P03",
         "FT1;6=CG;7=X;12=10.01\nFT1;6=CG;7=X;10=many;12=10.01",
         {"charges.0.unit_cents=1001", "charges.0.charge_given=false",
          "charges.1.charge_given=false", "problem:units=FT1[2]-10"}},
        {"DFT^P03",
         "FT1;6=CG;7=X;10=\"\";11=&USD",
         {"charges.0.charge_given=false", "charges.0.units_given=false", "problems.#=0"}},
        {"DFT^P03",
         "FT1;6=CG;7=X;11=100&US$\nFT1;6=CG;7=X;11=5& $ \nFT1;6=CG;7=X;11=5&EUR",
         {"charges.0.charge_cents=10000", "charges.1.charge_cents=500",
          "charges.2.charge_given=false", "problem:amount=FT1[3]-11"}},
        {"DFT^P03",
         "FT1;6=CG;7=X;11=99999999999999999999",
         {"charges.0.charge_given=false", "problem:amount=FT1[1]-11"}},
        {"DFT^P03",
         "FT1;6=CG;7=X;11=1,000.00",
         {"charges.0.charge_given=false", "problem:amount=FT1[1]-11"}},
        {"DFT^P03", "FT1;6=XX;7=X", {"charges.0.kind=unknown", "problem:type=FT1[1]-6"}},
        {"DFT^P03", "FT1;7=X;13=\"\"", {"charges.0.department=", "cleared.#=0"}},
    };

    EACH(rows);
}

/* test_drugs - FT1-29, 42, 43: eleven digits that are sure, and units that a payer knows */
static void test_drugs(void **state)
{
    static const struct row rows[] = {
        {"DFT^P03",
         "FT1;6=CG;7=X;29=0182-1061-05^^NDC;43=5^ML",
         {"charges.0.drug.ndc=00182106105", "charges.0.drug.unit=ML",
          "charges.0.drug.quantity_milli=5000"}},
        {"DFT^P03",
         "FT1;6=CG;7=X;29=1234567890^^NDC",
         {"charges.0.drug=", "charges.0.also.0.code=1234567890"}},
        {"DFT^P03",
         "FT1;6=CG;7=X;29=197361^^RXNORM",
         {"charges.0.drug=", "charges.0.also.0.code=197361"}},
        {"DFT^P03", "FT1;6=CG;7=X;29=^^NDC", {"charges.0.drug=", "charges.0.also.#=0"}},
        {"DFT^P03", "FT1;6=CG;7=X;29=^aspirin", {"charges.0.drug=", "charges.0.also.#=0"}},
        {"DFT^P03",
         "FT1;6=CG;7=X;42=RX7;43=2^1&vial",
         {"charges.0.drug.prescription=RX7", "charges.0.drug.unit=UN"}},
        {"DFT^P03",
         "FT1;6=CG;7=X;43=2^puff",
         {"charges.0.drug.quantity_milli=2000", "charges.0.drug.unit=", "problem:units=FT1[1]-43"}},
        {"DFT^P03",
         "FT1;6=CG;7=X;43=some^ML",
         {"charges.0.drug.quantity_milli=0", "charges.0.drug.unit=", "problem:units=FT1[1]-43"}},
        {"DFT^P03",
         "FT1;6=CG;7=X;43=1.0005^ML",
         {"charges.0.drug.quantity_milli=0", "problem:units=FT1[1]-43"}},
        {"DFT^P03", "FT1;6=CG;7=X;43=^ML", {"charges.0.drug.unit=", "problems.#=0"}},
    };

    EACH(rows);
}

/* test_coverages - IN1, IN2, IN3, GT1 */
static void test_coverages(void **state)
{
    static const struct row rows[] = {
        {"ADT^A08",
         "IN1;1=9;3=A;22=P\nIN1;1=8;3=B;22=S\nIN1;1=7;3=C;22=T",
         {"coverages.0.order=1", "coverages.1.order=2", "coverages.2.order=3", "problems.#=0"}},
        {"ADT^A08",
         "IN1;1=99;3=A\nIN1;1=100;3=B",
         {"coverages.0.order=99", "coverages.1.order=2", "problem:order=IN1[2]-1"}},
        {"ADT^A08", "IN1;1=0;3=A", {"coverages.0.order=1", "problem:order=IN1[1]-1"}},
        {"ADT^A08", "IN1;1=1;3=A;22=X", {"coverages.0.order=1", "problem:order=IN1[1]-22"}},
        {"ADT^A08", "IN1;1=1;3=A;22=PS", {"coverages.0.order=1", "problem:order=IN1[1]-22"}},
        {"ADT^A08", "IN1;1=1;3=A;22=^x", {"coverages.0.order=1", "problem:order=IN1[1]-22"}},
        {"ADT^A08",
         "IN1;1=1;3=A\nIN3;1=1;2=CERT9\nIN1;1=2;3=B;14=AUTH\nIN3;1=2;2=CERT8",
         {"coverages.0.authorization=CERT9", "coverages.1.authorization=AUTH"}},
        {"ADT^A08",
         "IN1;3=A;5=1 PAY ST^^TOWN^OH^44101;17=01^Self;19=12&ELM&7^^TOWN^OH^44101;43=F;49=M1\n"
         "IN2;8=M2;61=M3;72=SPO",
         {"coverages.0.payer_address.line1=1 PAY ST", "coverages.0.subscriber_address.line1=12 ELM",
          "coverages.0.subscriber_sex=female", "coverages.0.member_id=M1",
          "coverages.0.relationship=spouse"}},
        {"ADT^A08",
         "IN1;3=A;17=X7^Spouse\nIN2;72=nobody",
         {"coverages.0.relationship=spouse", "coverages.0.relationship_source=X7"}},
        {"ADT^A08",
         "GT1;1=1;2=G9;3=PAYER^PAT;5=&BACK LANE^^TOWN;11=SEL^Self",
         {"guarantors.0.id=G9", "guarantors.0.name.last=PAYER",
          "guarantors.0.address.line1=BACK LANE", "guarantors.0.relationship=self"}},
        {"ADT^A08",
         "GT1;1=1;3=\"\";5=  ",
         {"guarantors.0.name=", "guarantors.0.address=", "guarantors.0.ref=GT1[1]"}},
    };

    EACH(rows);
}

/* test_bills - ACC and UB2: what a UB-04 says besides */
static void test_bills(void **state)
{
    static const struct row rows[] = {
        {"BAR^P01",
         "UB2;3=07~~09;6=80^5~^3~81^x~82^;7=11^20261101~^20261102~12^never;8=70^20261001^20261010~"
         "^20261001",
         {"visit.conditions.#=2", "visit.values.#=1", "visit.values.0.amount_cents=500",
          "problem:amount=UB2[1]-6", "visit.occurrences.#=2",
          "visit.occurrences.1.occurrence_date=0", "problem:time=UB2[1]-7",
          "visit.occurrence_spans.#=1", "visit.occurrence_spans.0.from_date=20261001"}},
        {"ADT^A08",
         "ACC;1=20261030;2=mva;4=OH;5=N",
         {"visit.accident.kind=AA", "visit.accident.state=OH",
          "visit.accident.accident_date=20261030"}},
        {"ADT^A08", "ACC;2=MVA;5=Y", {"visit.accident.kind=EM"}},
        {"ADT^A08", "ACC;2=fell over", {"visit.accident.kind="}},
    };

    EACH(rows);
}

/* test_results - OBX of every type: the value as text, a coded one by its words, SN as it is said
 */
static void test_results(void **state)
{
    static const struct row rows[] = {
        {"ORU^R01",
         "OBR;4=X\nOBX;2=CE;3=1^^LN;5=A^Words^L~B;8=H;11=F;14=20261101080000-0500",
         {"observations.0.value=Words, B", "observations.0.value_code.code=A",
          "observations.0.interpretation=H", "observations.0.status=F",
          "observations.0.at_ms=1793538000000"}},
        {"ORU^R01",
         "OBR;4=X\nOBX;2=CWE;3=1^^LN;5=^only words\nOBX;2=CNE;3=1^^LN;5=7",
         {"observations.0.value=only words", "observations.1.value=7",
          "observations.1.value_code.code=7"}},
        {"ORU^R01",
         "OBR;4=X\nOBX;2=SN;3=1^^LN;5=^100\nOBX;2=SN;3=1^^LN;5=>^100\nOBX;2=SN;3=1^^LN;5=^1^:^128\n"
         "OBX;2=SN;3=1^^LN;5=^10^-^20~<^5",
         {"observations.0.value=100", "observations.1.value=>100", "observations.2.value=1:128",
          "observations.3.value=10-20, <5", "observations.0.value_code="}},
        {"ORU^R01",
         "OBR;4=X\nOBX;2=NM;3=1^^LN;5= 7.5 ;6=mg/dL^milligram\nOBX;2=NM;3=1^^LN;5=\"\"\n"
         "OBX;3=1^^LN;5=no type",
         {"observations.0.value=7.5", "observations.0.unit=mg/dL",
          "observations.1.value=", "observations.2.value=no type"}},
        {"ORU^R01",
         "OBR;4=X\nOBX;2=ST;3=1^^LN;5=a \\T\\ b~c\nOBX;2=TS;3=1^^LN;5=20261101\n"
         "OBX;2=XPN;3=1^^LN;5=DOE^JO",
         {"observations.0.value=a & b, c", "observations.1.value=20261101",
          "observations.2.value=DOE^JO"}},
        {"ORU^R01", "OBR;4=X\nOBX;2=NM;5=7", {"observations.#=0", "ignored:OBX=not-billing"}},
        {"ORU^R01",
         "OBR;4=X\nOBX;2=NM;3=1^^LN;5=7;14=never",
         {"observations.0.at_ms=0", "problem:time=OBX[1]-14"}},
        {"ORU^R01",
         "ORC;5=IP;9=20261101;12=1455555015^HEALER\nOBR;4=80048^^C4;7=20261102;16=1234567893^OTHER;"
         "25=F;31=E11.22^^I10",
         {"orders.#=1", "orders.0.ordering_npi=1455555015", "orders.0.order_date=20261101",
          "orders.0.status=F", "orders.0.code.code=80048", "orders.0.reasons.0=E1122"}},
        {"ORU^R01",
         "ORC;5=IP\nORC;5=CM\nOBR;4=80048^^C4;16=1234567893^OTHER",
         {"orders.#=2", "orders.0.status=IP", "orders.1.status=CM",
          "orders.1.ordering_npi=1234567893"}},
    };

    EACH(rows);
}

/* test_patient - PID: numbers, names, addresses, phones in the forms of every version */
static void test_patient(void **state)
{
    static const struct row rows[] = {
        {"ADT^A08",
         "PID;3=M1^^^H^MR~AN7^^^H^AN~V7^^^H^VN;13=^PRN^PH^^^216^5551234;18=A9^^^H^AN",
         {"patient.phone=2165551234", "visit.account=A9", "visit.visit_number=VIS1",
          "patient.ids.#=3"}},
        {"ADT^A08", "PID;3=M1;13=(216)555-1234^PRN^PH^^^999^1", {"patient.phone=(216)555-1234"}},
        {"ADT^A08", "PID;3=M1;13=^PRN^PH^^^^5551234", {"patient.phone=5551234"}},
        {"ADT^A08", "PID;3=M1;13=^PRN^PH^^^216", {"patient.phone="}},
        {"ADT^A08", "PID;3=M1;13=^NET^Internet^a@b", {"patient.phone="}},
        {"ADT^A08", "PID;3=M1;13=^^^^^^^^^^^+12165551234", {"patient.phone=+12165551234"}},
        {"ADT^A08", "PID;3=M1;18=^^^H^AN\nPV1;2=I;19=V1", {"visit.account="}},
        {"ADT^A08", "PID;3=M1;5=  ;11= ", {"patient.name=", "patient.address=", "patient.mrn=M1"}},
        {"ADT^A08",
         "PID;3=M1;5=van DOE&van&DOE^JO^Q^JR^DR;11=7 ELM ST&ELM ST&7^^TOWN^OH^44101 1234^USA",
         {"patient.name.last=van DOE", "patient.name.suffix=JR", "patient.name.prefix=DR",
          "patient.address.line1=7 ELM ST", "patient.address.zip=441011234",
          "patient.address.country=USA"}},
        {"ADT^A08", "PID;3=M1;11=^^^^44101-12345", {"patient.address.zip=44101-12345"}},
        {"ADT^A08", "PID;3=M1;11=^^^^4410", {"patient.address.zip=4410"}},
        {"ADT^A08", "PID;3=M1;11=^^^^K1A 0B1", {"patient.address.zip=K1A 0B1"}},
        {"ADT^A08", "PID;3=M1;5=~DOE^JO;11=~1 ELM ST", {"patient.name=", "patient.address="}},
        {"ADT^A08", "PID;3=M1;11=^2nd floor", {"patient.address.line2=2nd floor"}},
        {"ADT^A08", "PID;3=^^^H^MR~M1", {"patient.ids.#=1", "patient.mrn=M1"}},
        {"ADT^A08",
         "PID;3=M1;5=\"\";7=\"\";8=\"\"",
         {"cleared.#=2", "cleared.0=patient.birth_date", "cleared.1=patient.sex"}},
    };

    EACH(rows);
}

/* test_people - PV1's, ROL's and PRT's: which id is the NPI, and under what they stand */
static void test_people(void **state)
{
    static const struct row rows[] = {
        {"ADT^A08",
         "PV1;2=I;7=1455555015^HEALER^JAN^^^^^^NPPES;19=V1",
         {"providers.0.npi=1455555015", "providers.0.role=attending"}},
        {"ADT^A08",
         "PV1;2=I;7=1455555015^HEALER^JAN^^^^^^X&2.16.840.1.113883.4.6&ISO^^^^L;19=V1",
         {"providers.0.npi=1455555015"}},
        {"ADT^A08",
         "PV1;2=I;7=1455555016^HEALER^JAN~U77^HEALER^^^^^^^HOSP^^^^EI~^^;19=V1",
         {"providers.#=1", "providers.0.npi=", "providers.0.secondary_ids.0.value=1455555016",
          "providers.0.secondary_ids.1.type=EI"}},
        {"ADT^A08",
         "PV1;2=I;8=77^REFER^R^^^^^^HOSP^^^^DN~1234567893^OTHER;19=V1;52=^NAMED ONLY",
         {"providers.#=3", "providers.0.role=referring",
          "providers.0.npi=", "providers.1.npi=1234567893", "providers.2.role=unknown",
          "providers.2.name.last=NAMED ONLY"}},
        {"ADT^A08",
         "ROL;2=AD;3=pp^Primary;4=1234567893^OWN\nROL;2=AD;3=PP\nPRT;2=AD;4=ZZ;5=1455555015^"
         "HEALER\n"
         "PRT;2=AD;4=AT",
         {"providers.0.role=primary_care", "providers.1.role=unknown", "ignored:ROL=not-billing",
          "ignored:PRT=not-billing"}},
        {"DFT^P03",
         "FT1;6=CG;7=X\nROL;3=PR;4=1234567893^DOER\nPR1;3=71045\nROL;3=AS;4=1455555015^HELPER",
         {"providers.#=0", "charges.0.providers.0.role=rendering",
          "charges.0.providers.0.npi=1234567893", "procedures.0.performers.0.role=assistant",
          "procedures.0.parent=FT1[1]"}},
    };

    EACH(rows);
}

/* test_merges - MRG: what a type ends, and what it does not */
static void test_merges(void **state)
{
    static const struct row rows[] = {
        {"ADT^A42", "MRG;1=O1^^^H^MR;3=ACC;5=VIS", {"merged_patients.#=0", "merged.#=1"}},
        {"ADT^A42", "MRG;3=ACC;5=^^^H", {"merged.#=1"}},
        {"ADT^A42", "MRG;3=^^^H;5=^^^H", {"merged.#=0"}},
        {"ADT^A40", "MRG;1=O1^^^H^MR;3=ACC;5=VIS", {"merged_patients.#=1", "merged.#=1"}},
        {"ADT^A40", "MRG;1=O1^^^H^AN", {"merged_patients.#=0", "merged.#=0"}},
        {"ADT^A36", "MRG;1=O1^^^H^MR;3=ACC", {"merged_patients.#=1", "merged.#=2"}},
    };
    struct hl7_world *w = *state;
    char *visit, *account;

    EACH(rows);
    visit = arena_strdup(w->kept, hl7_take_fields(w, "ADT^A42", "MRG;3=A;5=V")->merged[0]);
    account = arena_strdup(w->kept, hl7_take_fields(w, "ADT^A42", "MRG;3=A;5=^x")->merged[0]);
    assert_string_not_equal(visit, account);
    assert_string_equal(hl7_take_fields(w, "ADT^A42", "MRG;5=V")->merged[0], visit);
    assert_string_equal(hl7_take_fields(w, "ADT^A42", "MRG;3=A")->merged[0], account);
}

/* test_headers - type and event where they stand, zones, what has no control id */
static void test_headers(void **state)
{
    static const struct row rows[] = {
        {"ADT", "EVN;1=A03\nDG1;3=R07.9", {"event=discharge", "problem:type=MSH[1]-9"}},
        {"ADT^^ADT_A01", "DG1;3=R07.9", {"event=admit", "problem:type=MSH[1]-9"}},
        {"ADT^^ADTA01", "DG1;3=R07.9", {"ack=AR", "problem:type=MSH[1]-9"}},
        {"SIU", "EVN;2=20261101", {"event=none", "ack=AA", "problems.#=0"}},
        {"ADT^A08", "EVN;1=A03", {"event=update", "problem:type=EVN[1]-1"}},
        {"ADT^A08", "EVN;2=202611010815+0110", {"problem:time-zone=EVN[1]-2"}},
        {"ADT^A08", "EVN;2=20261101992200", {"problem:time=EVN[1]-2"}},
        {"ADT^A08", "TXA;1=1;2=DS;12=D1", {"documents.#=0", "event=update"}},
    };
    struct hl7_world *w = *state;
    const CcEncounter *ev;

    EACH(rows);
    w->conf.tz_known = true;
    w->conf.tz_min = -300;
    ev = hl7_take(w, "MSH|^~\\&|A|B|||2026||ADT^A01||P|2.3\rEVN|A01|202611010800\rPID|1||M1\r"
                     "PV1|1|I|||||||||||||||||V\r");
    assert_false(hl7_has(ev, "time-zone"));
    assert_true(ev->event_ms == 1793538000000);
    assert_true(hl7_has(ev, "header"));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, hl7_world_setup, hl7_world_teardown)

/* main - the cases */
int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_diagnoses), CASE(test_procedures), CASE(test_charges), CASE(test_drugs),
        CASE(test_coverages), CASE(test_bills),      CASE(test_results), CASE(test_patient),
        CASE(test_people),    CASE(test_merges),     CASE(test_headers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
