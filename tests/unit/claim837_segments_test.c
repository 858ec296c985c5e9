/* claim837_segments_test.c - what a claim holds is what its 837 says, and is read again from it:
 * one row, one change to a sample claim, and the segments that must come of it
 */
#include "tests/support/test.h"

#include "tests/support/claims.h"
#include "tests/support/written.h"

enum { MEMORY = 16 * 1024 * 1024 };

/* Another payer before the one that the claim goes to, his subscriber the patient's spouse. */
#define OTHER                                                                                      \
    "coverages#2; C2.sequence=S; C2.destination=0; C2.payer_id=OTH77; C2.payer_name=OTHER PLAN; "  \
    "C2.relationship=spouse; C2.subscriber.last=SPOUSE; C2.subscriber.first=PAT; "                 \
    "C2.member_id=OTH0001; C2.benefits_assigned_code=Y; C2.release_code=Y; "
/* Its decision of the first line, and of the second, which a professional claim owes too. */
#define DECIDED                                                                                    \
    OTHER "C2.adjudicated=1; C2.paid_cents=10000; lines[0].adjudications#1; "                      \
          "L1.adjudications[0].payer=OTH77; L1.adjudications[0].code=99214; "                      \
          "L1.adjudications[0].paid_cents=10000; L1.adjudications[0].paid_units_milli=1000; "      \
          "L1.adjudications[0].adjudication_date=20260330; "
#define DEPENDENT "C1.relationship=child; "
#define EQUIPMENT                                                                                  \
    "L1.equipment.length_days=30; L1.equipment.rental_cents=5000; "                                \
    "L1.equipment.purchase_cents=50000; L1.equipment.rental_unit=4; "
#define FORMS                                                                                      \
    "L1.forms#3; L1.forms[0].qualifier=UT; L1.forms[0].form=484.03; L1.forms[0].question=1A; "     \
    "L1.forms[0].percent_given=1; L1.forms[0].percent_milli=56500; "                               \
    "L1.forms[1].qualifier=AS; L1.forms[1].form=484.03; L1.forms[1].question=2; "                  \
    "L1.forms[1].answer_date=20260301; L1.forms[2].qualifier=AS; L1.forms[2].form=484.03; "        \
    "L1.forms[2].question=3; L1.forms[2].answer=Y; "
#define DRUG "L1.drug.ndc=00002751001; L1.drug.quantity_milli=1500; L1.drug.unit=ML; "
#define LONG_ZIP "patient.address.zip=44101-1234-9999-8888-77"

struct row {
    const char *what;
    char base;
    const char *changes;
    const char *holds, *lacks; /* lacks NULL: nothing that it must not say */
};

/* clang-format off */
static const struct row rows[] = {
    /* names and addresses */
    {"a home address with its country", 'P', "patient.address.country=US", "N4*SPRINGTOWN*OH*44101~", "*US~"},
    {"the same in three letters", 'P', "patient.address.country=USA", "N4*SPRINGTOWN*OH*44101~", "*USA~"},
    {"abroad", 'P', "patient.address.country=CAN; patient.address.state=ONT; patient.address.zip=K1A 0B1", "N4*SPRINGTOWN**K1A0B1*CAN~", NULL},
    {"a ZIP that is too long", 'P', LONG_ZIP, "N4*SPRINGTOWN*OH*441011234999988~", NULL},
    {"a second line of the address", 'P', "patient.address.line2=STE 4", "N3*12 ELM ST*STE 4~", NULL},
    {"an extension of more than ten digits", 'P', "V1.contact=DESK; V1.phone=1-555-555-0188; V1.phone_extension=x123 456 789 0123", "PER*IC*DESK*TE*5555550188*EX*1234567890~", NULL},
    {"an extension behind the phone", 'P', "V1.phone=(555) 555-0188 ext 22", "PER*IC**TE*5555550188*EX*22~", NULL},
    {"a phone without one", 'P', "V1.phone=5555550188; V1.phone_extension=none", "PER*IC**TE*5555550188~", "5555550188*EX"},
    {"the submitter's own phone", 'P', "V1.phone=5555550100", "REF*EI*987654321~HL", NULL},
    {"a person who bills", 'P', "V1.organization=0; V1.name.first=ANN; V1.tax_id_type=SY", "NM1*85*1*RIVERBEND MEDICAL GROUP*ANN****XX*1234567893~N3*100 RIVER RD~N4*SPRINGTOWN*OH*441011234~REF*SY*987654321~", NULL},
    {"an institution is no person", 'O', "V1.organization=0; V1.tax_id_type=SY", "NM1*85*2*RIVERBEND HOSPITAL*****XX*1987654328~N3*100 RIVER RD~N4*SPRINGTOWN*OH*441011234~REF*EI*987654322~", NULL},
    {"the money goes to a person's other address", 'P', "V1.organization=0; providers#3; V3.role=pay_to; V3.organization=0; V3.address.line1=PO BOX 9", "NM1*87*1~N3*PO BOX 9~", NULL},
    {"the money of an institution", 'I', "providers#4; V4.role=pay_to; V4.organization=0; V4.address.line1=PO BOX 9; V4.address.city=SPRINGTOWN; V4.address.state=OH; V4.address.zip=44101", "NM1*87*2~N3*PO BOX 9~", NULL},
    /* subscriber and patient */
    {"the patient's name stands for the subscriber's", 'P', "C1.subscriber=", "NM1*IL*1*TESTER*ADA****MI*SYN0001234~", NULL},
    {"a subscriber without last name too", 'P', "C1.subscriber.last=; C1.subscriber.first=X", "NM1*IL*1*TESTER*ADA****MI*SYN0001234~", NULL},
    {"an employer is the subscriber", 'P', DEPENDENT "C1.subscriber_organization=1; C1.subscriber.last=ACME; C1.member_id_type=II", "NM1*IL*2*ACME*****II*SYN0001234~", NULL},
    {"the subscriber's address stands for the patient's", 'P', "patient.address.line1=; patient.address.city=; C1.subscriber_address.line1=9 BIRCH LN; C1.subscriber_address.city=RIVERBEND; C1.subscriber_address.state=OH; C1.subscriber_address.zip=44102", "N3*9 BIRCH LN~N4*RIVERBEND*OH*44102~DMG", NULL},
    {"so do his birth and sex", 'P', "patient=; C1.subscriber_sex=male; C1.subscriber_address.line1=9 BIRCH LN; C1.subscriber_address.city=RIVERBEND", "N3*9 BIRCH LN~N4*RIVERBEND~DMG*D8*19700214*M~", NULL},
    {"a patient of unknown birth", 'P', "patient.birth_date=0; patient.sex=unknown; C1.subscriber_birth_date=19700101; C1.subscriber_sex=female", "DMG*D8*19700101*F~", NULL},
    {"neither's sex is known", 'P', "patient.sex=other; C1.subscriber_sex=female", "DMG*D8*19700214*U~", NULL},
    {"a dependent's sex is not the subscriber's", 'P', DEPENDENT "patient.sex=unknown; C1.subscriber_sex=male", "DMG*D8*19700214*U~", NULL},
    {"a relation without code", 'P', "C1.relationship=77", "PAT*21~", NULL},
    {"a relation with one", 'P', "C1.relationship=organ_donor", "PAT*39~", NULL},
    {"a patient who died", 'P', "patient.death_date=20260401", "PAT*****D8*20260401~", NULL},
    {"a weight", 'P', "patient_weight_lb=154", "PAT*******01*154~", NULL},
    {"a weight of somebody who is not described", 'P', "patient=; patient_weight_lb=154; C1.subscriber_address.line1=1 A ST; C1.subscriber_address.city=A", "PAT*******01*154~", NULL},
    {"a pregnancy", 'P', "patient_pregnant=1", "PAT*********Y~", NULL},
    {"a dependent of all three", 'P', DEPENDENT "patient.death_date=20260401; patient_weight_lb=12; patient_pregnant=1", "PAT*19****D8*20260401*01*12*Y~", NULL},
    {"an institution says nothing of it", 'O', "patient.death_date=20260401; patient_weight_lb=12; patient_pregnant=1", "NM1*IL*1*TESTER", "PAT*"},
    {"a payer on paper", 'P', "C1.payer_address.line1=PO BOX 1; C1.payer_address.city=BIGTOWN; C1.payer_address.state=OH; C1.payer_address.zip=44103", "~N3*PO BOX 1~N4*BIGTOWN*OH*44103~CLM", NULL},
    {"a payer's street without town", 'P', "C1.payer_address.line1=PO BOX 1", "NM1*PR*2*SAMPLE HEALTH PLAN*****PI*SHP01~CLM", NULL},
    {"a payer's town without street", 'P', "C1.payer_address.city=BIGTOWN", "NM1*PR*2*SAMPLE HEALTH PLAN*****PI*SHP01~CLM", NULL},
    /* other payers */
    {"the patient is the other payer's subscriber", 'P', OTHER "C2.relationship=self; C2.subscriber=", "NM1*IL*1*TESTER*ADA****MI*OTH0001~", NULL},
    {"the same without last name", 'P', OTHER "C2.relationship=self; C2.subscriber.last=", "NM1*IL*1*TESTER*ADA****MI*OTH0001~", NULL},
    {"another payer's address without town", 'P', OTHER "C2.subscriber_address.line1=1 A ST", "NM1*IL*1*SPOUSE*PAT****MI*OTH0001~NM1*PR", NULL},
    {"another payer's address without street", 'P', OTHER "C2.subscriber_address.city=A", "NM1*IL*1*SPOUSE*PAT****MI*OTH0001~NM1*PR", NULL},
    {"another payer's whole address", 'P', OTHER "C2.subscriber_address.line1=1 A ST; C2.subscriber_address.city=A", "NM1*IL*1*SPOUSE*PAT****MI*OTH0001~N3*1 A ST~N4*A~", NULL},
    {"payers in their order, one of unknown order last", 'P', OTHER "coverages#5; C3.sequence=Z; C3.payer_id=NONE; C4.sequence=U; C4.payer_id=LAST; C5.sequence=A; C5.payer_id=FOURTH", "PI*OTH77~SBR*A*01*GRP4410******CI~OI***Y***Y~NM1*IL*1*SPOUSE*PAT****MI*OTH0001~NM1*PR*2*OTHER PLAN*****PI*FOURTH~SBR*U*01", NULL},
    {"a payer that was not asked", 'P', OTHER "C2.adjudicated=1; C2.noncovered_given=1; C2.noncovered_cents=21500", "AMT*A8*215~", "AMT*D*"},
    {"a payer that decided", 'P', OTHER "C2.adjudicated=1; C2.paid_cents=100; C2.adjudication_date=20260330", "AMT*D*1~", "AMT*A8"},
    {"five remarks", 'P', OTHER "C2.adjudicated=1; C2.remarks=MA01,MA02,MA03,MA04,MA05", "MOA***MA01*MA02*MA03*MA04*MA05~", NULL},
    {"an adjustment of one and a half units", 'P', DECIDED "L1.adjudications[0].adjustments#1; L1.adjudications[0].adjustments[0].group=CO; L1.adjudications[0].adjustments[0].reason=45; L1.adjudications[0].adjustments[0].amount_cents=6500; L1.adjudications[0].adjustments[0].quantity_milli=1500", "CAS*CO*45*65*1.5~", NULL},
    {"eight adjustments of a group and one of another", 'P', DECIDED "L1.adjudications[0].adjustments#1; L1.adjudications[0].adjustments[0].group=PR; L1.adjudications[0].adjustments[0].reason=1; L1.adjudications[0].adjustments[0].amount_cents=100; L1.adjudications[0].adjustments#8; L1.adjudications[0].adjustments[6].reason=3; L1.adjudications[0].adjustments#9; L1.adjudications[0].adjustments[8].group=CO", "CAS*PR*1*1**1*1**1*1**1*1**1*1**1*1~CAS*PR*3*1**1*1~CAS*CO*1*1~", NULL},
    {"a decision bundled into another line", 'P', DECIDED "L1.adjudications[0].bundled_line=2", "SVD*OTH77*100*HC:99214**1*2~", NULL},
    {"no more than four modifiers of a decision", 'P', DECIDED "L1.adjudications[0].modifiers=25,59,76,77,78", "SVD*OTH77*100*HC:99214:25:59:76:77**1~", NULL},
    {"another kind of code in a decision", 'P', DECIDED "L1.adjudications[0].code_qualifier=ER", "SVD*OTH77*100*ER:99214**1~", NULL},
    {"a decision of a revenue line", 'I', DECIDED "L1.adjudications[0].code=; L1.adjudications[0].revenue=0120", "SVD*OTH77*100**0120*1~", NULL},
    {"the day of the whole decision for a line", 'P', DECIDED "L1.adjudications[0].adjudication_date=0; C2.adjudication_date=20260329", "DTP*573*D8*20260329~", NULL},
    {"a decision of another payer's line leaves the payer's own day", 'P', DECIDED "L1.adjudications[0].payer=OTH88; C2.adjudication_date=20260329", "NM1*PR*2*OTHER PLAN*****PI*OTH77~DTP*573*D8*20260329~", NULL},
    {"another payer's number for a provider", 'P', OTHER "C2.providers#2; C2.providers[0].role=rendering; C2.providers[0].secondary_ids#1; C2.providers[0].secondary_ids[0].type=G2; C2.providers[0].secondary_ids[0].value=N77; C2.providers[1].role=facility; C2.providers[1].secondary_ids#0", "NM1*82*1~REF*G2*N77~", "NM1*77"},
    {"an organization of another payer", 'P', OTHER "C2.providers#1; C2.providers[0].role=billing; C2.providers[0].organization=1; C2.providers[0].secondary_ids#1; C2.providers[0].secondary_ids[0].type=LU; C2.providers[0].secondary_ids[0].value=N77", "NM1*85*2~REF*LU*N77~", NULL},
    /* the claim */
    {"a bill type with its frequency", 'O', "frequency=; type_of_bill=0137; original_reference=ICN1", "CLM*O3000001*185***13:A:7*", NULL},
    {"a bill type without leading zero", 'O', "type_of_bill=131", "CLM*O3000001*185***13:A:1*", NULL},
    {"two causes without accident", 'P', "related_causes=AA,EM", "***11:B:1*Y*A*Y*Y**AA:EM~", NULL},
    {"a cause with its state", 'P', "related_causes=AA; accident.state=OH; accident.accident_date=20260301", "*Y**AA:::OH~DTP*439*D8*20260301~", NULL},
    {"a cause in another country", 'P', "related_causes=AA; accident.country=MX; accident.accident_date=20260301", "*Y**AA::::MX~DTP*439*D8*20260301~", NULL},
    {"an accident without cause is no accident", 'P', "accident.state=OH; accident.accident_date=20260301", "CLM*A1000001*215***11:B:1*Y*A*Y*Y~", "DTP*439"},
    {"a day of accident in the list of days", 'P', "dates#1; dates[0].qualifier=439; dates[0].from_date=20260301", "DTP*439*D8*20260301~", NULL},
    {"the second day of a list", 'P', "dates#2; dates[0].qualifier=431; dates[0].from_date=20260301; dates[1].qualifier=454; dates[1].from_date=20260302; dates[1].thru_date=20260303", "DTP*431*D8*20260301~DTP*454*RD8*20260302-20260303~", NULL},
    {"a professional stay", 'P', "place_of_service=21; admit_date=20260301; discharge_date=20260305; discharge_hour=1130", "DTP*435*D8*20260301~DTP*096*D8*20260305~", NULL},
    {"a statement of one day", 'O', "thru_date=0", "DTP*434*RD8*20260325-20260325~", NULL},
    {"an admission of unknown hour", 'I', "admit_hour=14", "DTP*435*D8*20260310~", NULL},
    {"a contract of which only the type is known", 'P', "contract_type=05", "CN1*05~", NULL},
    {"a contract of a share and a discount", 'P', "contract.type=03; contract.percent_milli=80500; contract.discount_milli=2000; contract.version=2026", "CN1*03**80.5**2*2026~", NULL},
    {"the state of a car accident", 'O', "accident.kind=AA; accident.state=OH", "REF*LU*OH~", NULL},
    {"another accident has no state", 'O', "accident.kind=EM; accident.state=OH", "CLM*O3000001", "REF*LU"},
    {"the state that the claim names", 'O', "accident_state=PA; accident.kind=AA; accident.state=OH", "REF*LU*PA~", "REF*LU*OH"},
    {"the biller's own note of an institution", 'O', "note_code=ADD; note=seen twice", "NTE*ADD*SEEN TWICE~", NULL},
    {"notes of an institution", 'O', "note_code=UPI; note=one; more_notes#2; more_notes[0].code=MED; more_notes[0].text=two; more_notes[1].code=DME; more_notes[1].text=three; billing_note=four", "NTE*UPI*ONE~NTE*MED*TWO~NTE*DME*THREE~NTE*ADD*FOUR~", NULL},
    {"an ambulance without weight", 'P', "ambulance.reason=A; ambulance.distance_milli=12500; ambulance.round_trip=back", "CR1****A*DH*12.5***BACK~", NULL},
    {"an ambulance without reason is none", 'P', "ambulance.distance_milli=12500", "CLM*A1000001", "CR1*"},
    {"six conditions of an ambulance and one more", 'P', "ambulance.reason=A; ambulance.conditions=01,02,03,04,05,06; indicators#1; indicators[0].category=07; indicators[0].applies=N; indicators[0].codes=08", "CRC*07*Y*01*02*03*04*05~CRC*07*Y*06~CRC*07*N*08~", NULL},
    {"a price that was not saved", 'P', "pricing.method=00; pricing.allowed_cents=1000", "HCP*00*10~", NULL},
    {"an attachment by fax", 'P', "attachments#1; attachments[0].type=OZ; attachments[0].transmission=FX; attachments[0].control=A77", "PWK*OZ*FX***AC*A77~", NULL},
    {"a number of another payer", 'P', "L1.references#1; L1.references[0].type=G1; L1.references[0].value=A1; L1.references[0].assigner=OTH77", "REF*G1*A1**2U:OTH77~", NULL},
    /* HI */
    {"diagnoses by rank, those without one last", 'P', "diagnoses#4; D2.rank=0; D3.code=Z0000; D3.rank=3; D4.code=J029; D4.rank=2; L1.pointers=1,2", "HI*ABK:E1165*ABF:J029*ABF:Z0000*ABF:I10~", NULL},
    {"the principal first, wherever it comes", 'P', "D1.role=other; D1.rank=1; D2.role=principal; D2.rank=2", "HI*ABK:I10*ABF:E1165~", NULL},
    {"a diagnosis of ICD-9", 'P', "diagnoses[1].assignment.code.system=icd9cm; D2.code=4019", "HI*ABK:E1165*BF:4019~", NULL},
    {"procedures of one rank as they came", 'I', "procedures#2; R2.code=0BH17EZ", "HI*BBR:02HV33Z:D8:20260311~HI*BBQ:0BH17EZ:D8:20260311~", NULL},
    {"procedures by rank", 'I', "procedures#3; R1.rank=3; R2.code=0BH17EZ; R2.rank=1; R3.code=5A1935Z; R3.rank=2", "HI*BBR:0BH17EZ:D8:20260311~HI*BBQ:5A1935Z:D8:20260311*BBQ:02HV33Z:D8:20260311~", NULL},
    {"a span of one day", 'I', "occurrence_spans#1; occurrence_spans[0].code=74; occurrence_spans[0].from_date=20260311", "HI*BI:74:RD8:20260311-20260311~", NULL},
    {"each present on admission", 'I', "D3.poa=n; D4.poa=u; D5.poa=w", ":::::::N*ABF:E119:::::::U*ABF:Z7984:::::::W~", NULL},
    /* lines */
    {"a rate", 'O', "lines[0].procedure=; lines[0].code_qualifier=; L1.rate=A0801", "SV2*0510*HP:A0801*135*UN*1~", NULL},
    {"a line without number of its own", 'P', "L1.control=", "REF*6R*A1000001L1~", NULL},
    {"a line without kind of code", 'P', "lines[0].code_qualifier=", "SV1*HC:99214*165*UN*1", NULL},
    {"an assignment without code", 'O', "lines[0].procedure.code=; lines[0].code_qualifier=", "SV2*0510**135*UN*1~", NULL},
    {"a code of no text", 'O', "L1.code=", "SV2*0510**135*UN*1~", NULL},
    {"the claim's own place of service", 'P', "L1.place_of_service=11", "SV1*HC:99214*165*UN*1***1:2~", NULL},
    {"no co-payment, and two more flags", 'P', "L1.copay_exempt=1; L1.epsdt=1; L1.family_planning=1; L1.emergency=1", "SV1*HC:99214*165*UN*1***1:2**Y**Y*Y***0~", NULL},
    {"a drug by its link", 'P', DRUG "L1.drug.link=LK1; L1.drug.prescription=RX1", "CTP****1.5*ML~REF*VY*LK1~", "REF*XZ"},
    {"a drug by its prescription", 'P', DRUG "L1.drug.prescription=RX1", "CTP****1.5*ML~REF*XZ*RX1~", "REF*VY"},
    {"a drug without number is none", 'P', "L1.drug.quantity_milli=1500; L1.drug.unit=ML", "SV1*HC:99214", "LIN*"},
    {"answers of two forms of one name", 'P', FORMS, "LQ*UT*484.03~FRM*1A****56.5~LQ*AS*484.03~FRM*2***20260301~FRM*3*Y~", NULL},
    {"equipment of no length", 'P', "L1.equipment.certification=I; L1.equipment.certification_months=12", "CR3*I*MO*12~", "SV5*"},
    {"equipment without certificate", 'P', EQUIPMENT, "SV5*HC:99214*DA*30*50*500*4~", "CR3*"},
    {"certificates of medical need by themselves", 'P', "L1.attachments#3; L1.attachments[0].type=CT; L1.attachments[0].transmission=AF; L1.attachments[1].type=OZ; L1.attachments[1].transmission=AA; L1.attachments[2].type=OB; L1.attachments[2].transmission=AA", "PWK*OZ*AA~PWK*OB*AA~PWK*CT*AF~", NULL},
    {"not of an institution", 'O', "L1.attachments#2; L1.attachments[0].type=CT; L1.attachments[0].transmission=AF; L1.attachments[1].type=OZ; L1.attachments[1].transmission=AA", "PWK*CT*AF~PWK*OZ*AA~", NULL},
    {"what was allowed of a revenue line", 'O', "L1.pricing.method=00; L1.pricing.allowed_cents=1000; L1.pricing.revenue=0510; L1.pricing.code_qualifier=HC; L1.pricing.code=99213; L1.pricing.unit_code=UN; L1.pricing.units_milli=1000", "HCP*00*10******0510*HC*99213*UN*1~", NULL},
    {"what was allowed of a line", 'P', "L1.pricing.method=00; L1.pricing.allowed_cents=1000; L1.pricing.revenue=0510; L1.pricing.drg=X; L1.pricing.drg_given=1; L1.pricing.drg_cents=200", "HCP*00*10****X*2~", NULL},
    /* providers */
    {"a rendering provider without NPI", 'P', "V2.npi=", "NM1*82*1*HEALER*JAN~PRV*PE*PXC*207Q00000X~", NULL},
    {"an organization renders", 'P', "V2.organization=1; V2.name.first=", "NM1*82*2*HEALER*****XX*1455555015~", NULL},
    {"an organization does not attend", 'O', "V2.organization=1", "NM1*71*1*HOSPITALIST*IVO", NULL},
    {"a rendering provider besides the attending", 'O', "providers#3; V3.role=rendering; V3.npi=1455555031", "NM1*82*1*HOSPITALIST*IVO****XX*1455555031~", NULL},
    {"who attends renders too", 'O', "providers#3; V3.role=rendering", "NM1*71*1*HOSPITALIST", "NM1*82"},
    {"numbers that the loop knows, and others", 'P', "V2.secondary_ids#6; V2.secondary_ids[0].type=; V2.secondary_ids[0].value=A; V2.secondary_ids[1].type=B; V2.secondary_ids[1].value=B; V2.secondary_ids[2].type=0; V2.secondary_ids[2].value=C; V2.secondary_ids[3].type=G2; V2.secondary_ids[3].value=D; V2.secondary_ids[4].type=LU; V2.secondary_ids[4].value=E; V2.secondary_ids[5].type=0B; V2.secondary_ids[5].value=F", "PRV*PE*PXC*207Q00000X~REF*G2*D~REF*LU*E~REF*0B*F~LX", NULL},
    {"a number of a line's provider at another payer", 'P', "L1.providers#1; L1.providers[0].role=rendering; L1.providers[0].name.last=OTHER; L1.providers[0].npi=1455555023; L1.providers[0].secondary_ids#2; L1.providers[0].secondary_ids[0].type=G2; L1.providers[0].secondary_ids[0].value=N1; L1.providers[0].secondary_ids[0].assigner=OTH77; L1.providers[0].secondary_ids[1].type=1G; L1.providers[0].secondary_ids[1].value=N2", "REF*G2*N1**2U:OTH77~REF*1G*N2~", NULL},
    {"a line's provider who is the claim's", 'P', "L1.providers#1; L1.providers[0].role=rendering; L1.providers[0].name.last=HEALER; L1.providers[0].npi=1455555015", "SV1*HC:99214*165*UN*1***1:2~DTP*472*D8*20260325~REF*6R*A1000001L1~LX", NULL},
    {"an ordering provider without address", 'P', "L1.providers#1; L1.providers[0].role=ordering; L1.providers[0].name.last=SENDER; L1.providers[0].npi=1455555049; L1.providers[0].phone=5555550111", "NM1*DK*1*SENDER*****XX*1455555049~PER*IC**TE*5555550111~", NULL},
    {"one with a town only is asked for the street", 'P', "L1.providers#1; L1.providers[0].role=ordering; L1.providers[0].name.last=SENDER; L1.providers[0].address.line1=1 A ST; L1.providers[0].address.city=A", "NM1*DK*1*SENDER~N3*1 A ST~N4*A~", NULL},
    {"who ordered, besides who referred", 'P', "providers#4; V3.role=referring; V3.npi=1455555049; V4.role=ordering; V4.npi=1667770014", "NM1*DN*1*HEALER*JAN****XX*1455555049~NM1*82", "1667770014"},
    {"a facility on another floor of the billing house", 'P', "providers#3; V3.role=facility; V3.npi=1667770014; V3.address.line1=100 RIVER RD; V3.address.line2=FL 2; V3.address.city=SPRINGTOWN; V3.address.zip=441011234", "NM1*77*2*HEALER*****XX*1667770014~N3*100 RIVER RD*FL 2~", NULL},
    {"in another town", 'P', "providers#3; V3.role=facility; V3.npi=1667770014; V3.address.line1=100 RIVER RD; V3.address.city=RIVERBEND; V3.address.zip=441011234", "N3*100 RIVER RD~N4*RIVERBEND*OH*441011234~", NULL},
    {"of another ZIP", 'P', "providers#3; V3.role=facility; V3.npi=1667770014; V3.address.line1=100 RIVER RD; V3.address.city=SPRINGTOWN; V3.address.zip=441019999", "N3*100 RIVER RD~N4*SPRINGTOWN*OH*441019999~", NULL},
    {"the same house", 'P', "providers#3; V3.role=facility; V3.npi=1667770014; V3.address.line1=100 RIVER RD; V3.address.city=SPRINGTOWN; V3.address.zip=441011234", "NM1*82", "NM1*77"},
    {"a line done in the claim's facility", 'P', "providers#3; V3.role=facility; V3.npi=1667770014; V3.address.line1=1 B ST; V3.address.city=B; V3.address.zip=44109; L1.providers#1; L1.providers[0].role=facility; L1.providers[0].name.last=HEALER; L1.providers[0].npi=1667770014; L1.providers[0].address.line1=1 B ST; L1.providers[0].address.city=B; L1.providers[0].address.zip=44109", "REF*6R*A1000001L1~LX", NULL},
    {"a line done in another house of it", 'P', "providers#3; V3.role=facility; V3.npi=1667770014; V3.address.line1=1 B ST; V3.address.city=B; V3.address.zip=44109; L1.providers#1; L1.providers[0].role=facility; L1.providers[0].name.last=HEALER; L1.providers[0].npi=1667770014; L1.providers[0].address.line1=2 B ST; L1.providers[0].address.city=B; L1.providers[0].address.zip=44109", "REF*6R*A1000001L1~NM1*77*2*HEALER*****XX*1667770014~N3*2 B ST~", NULL},
};

/* What cannot be written: the error's code and where. */
struct refusal {
    const char *what;
    char base;
    const char *changes, *code, *where;
};

static const struct refusal refusals[] = {
    {"nobody's name", 'P', "patient=; C1.subscriber=", "missing", "loop 2010BA, NM103"},
    {"a dependent without patient", 'P', DEPENDENT "patient=", "missing", "loop 2010CA, NM103"},
    {"a dependent without address", 'P', DEPENDENT "patient.address=", "missing", "loop 2010CA, N301"},
    {"a dependent of unknown birth", 'P', DEPENDENT "patient.birth_date=0", "missing", "loop 2010CA, DMG02"},
    {"a town without street", 'P', "patient.address.line1=", "missing", "loop 2010BA, N301"},
    {"a street without town", 'P', "patient.address.city=", "missing", "loop 2010BA, N401"},
    {"no address at all", 'P', "patient=", "missing", "loop 2010BA, N301"},
    {"another payer's subscriber without name", 'P', OTHER "C2.subscriber=", "missing", "loop 2330A, NM103"},
    {"no patient to stand for him", 'P', OTHER "C2.relationship=self; C2.subscriber=; patient=; C1.subscriber_address.line1=1 A ST; C1.subscriber_address.city=A", "missing", "loop 2330A, NM103"},
    {"a dependent's subscriber without name", 'P', DEPENDENT "C1.subscriber=", "missing", "loop 2010BA, NM103"},
    {"another payer of no order", 'P', OTHER "C2.sequence=", "missing", "loop 2320, SBR01"},
    {"two days of one kind", 'P', "dates#2; dates[0].qualifier=431; dates[0].from_date=20260301; dates[1].qualifier=431; dates[1].from_date=20260302", "limit", "loop 2300, DTP: at most 1 with qualifier 431"},
    {"adjustments of six groups", 'P', OTHER "C2.adjudicated=1; C2.adjustments#6; coverages[1].adjustments[0].group=CO; coverages[1].adjustments[1].group=PR; coverages[1].adjustments[2].group=OA; coverages[1].adjustments[3].group=PI; coverages[1].adjustments[4].group=CR; coverages[1].adjustments[5].group=X", "limit", "loop 2320, CAS: at most 5"},
    {"the first thing that is missing is told", 'P', "patient.address.line1=; patient.birth_date=0; C1.subscriber_birth_date=0; lines[0].procedure=", "missing", "loop 2010BA, N301"},
    {"the billing house without address, where the money goes elsewhere", 'P', "providers#3; V3.role=pay_to; V3.address.line1=PO BOX 9; V1.address=", "missing", "loop 2010AA, N301"},
    {"six remarks", 'P', OTHER "C2.adjudicated=1; C2.remarks=A,B,C,D,E,F", "limit", "loop 2320, MOA"},
    {"eleven other payers", 'P', OTHER "coverages#12", "limit", "at most ten other payers"},
    {"a decision without code", 'P', DECIDED "L1.adjudications[0].code=", "missing", "loop 2430, SVD03"},
    {"a decision without revenue code", 'I', DECIDED "L1.adjudications[0].revenue=", "missing", "loop 2430, SVD04"},
    {"a decision of no known day", 'P', DECIDED "L1.adjudications[0].adjudication_date=0; L1.adjudications[0].payer=OTH88", "missing", "loop 2430, DTP03"},
    {"sixteen decisions of a line", 'P', DECIDED "lines[0].adjudications#16", "limit", "at most fifteen decisions"},
    {"the first decision of two is wrong", 'P', DECIDED "lines[0].adjudications#2; L1.adjudications[0].paid_cents=-1", "amount", "SVD02"},
    {"no frequency", 'P', "frequency=", "missing", "CLM05-3"},
    {"no frequency in a bill type either", 'O', "frequency=; type_of_bill=013", "missing", "CLM05-3"},
    {"no bill type", 'O', "type_of_bill=", "missing", "CLM05"},
    {"three causes", 'P', "related_causes=AA,EM,OA", "limit", "CLM11"},
    {"no day of a statement", 'O', "from_date=0", "missing", "DTP03"},
    {"six codes of an indicator", 'P', "indicators#1; indicators[0].category=75; indicators[0].applies=Y; indicators[0].codes=A,B,C,D,E,F", "limit", "CRC"},
    {"an indicator without code", 'P', "indicators#1; indicators[0].category=75; indicators[0].applies=Y", "missing", "CRC03"},
    {"a diagnosis without code", 'P', "D2.code=", "missing", "HI-2"},
    {"a diagnosis without assignment", 'P', "diagnoses[1].assignment=", "missing", "HI-2"},
    {"an assignment without code", 'P', "diagnoses[1].assignment.code=", "missing", "HI-2"},
    {"a diagnosis too long for any code", 'P', "D2.code=A234567890123456789012345678901234567890", "missing", "HI-2"},
    {"a procedure of no day", 'I', "procedures[0].procedure_date=0", "missing", "HI-4"},
    {"a procedure code without end", 'P', "L1.code=A2345678901234567890123456789012345678901234567890123456789012345678901234567890", "limit", "too long"},
    {"no procedure on a professional line", 'P', "lines[0].procedure=", "missing", "SV101-2"},
    {"five pointers", 'P', "L1.pointers=1,2,1,2,1", "limit", "SV107"},
    {"negative units of a drug", 'P', DRUG "L1.drug.quantity_milli=-1", "amount", "CTP04"},
    {"a line without provider's name, and one after it", 'P', "L1.providers#2; L1.providers[0].role=ordering; L1.providers[1].role=ordering; L1.providers[1].name.last=X", "missing", "loop 2420E, NM103"},
    {"two who render", 'P', "providers#3; V3.npi=1455555031", "limit", "more providers of a role"},
    {"more numbers than a loop has room for", 'P', "V2.secondary_ids#1; V2.secondary_ids[0].type=G2; V2.secondary_ids[0].value=N; V2.secondary_ids#5", "limit", "more numbers of a provider"},
    {"a facility without address", 'P', "providers#3; V3.role=facility; V3.address=", "missing", "loop 2310C, N301"},
};
/* clang-format on */

/* wrong - says of a row what is the matter */
static bool wrong(const char *what, const char *why, const char *text)
{
    print_error("%s: %s: %s\n", what, why, text);
    return true;
}

/* is_wrong - what is written; that it is read without a fault; that it is written again the same */
static bool is_wrong(struct arena *a, const struct row *r, struct buf *out, struct buf *again)
{
    const CcClaim *c = written_claim(a, r->base, r->changes);
    struct written_back b = {.a = a};
    struct err e = {0};

    if (written_file(a, &c, 1, out, &e) != 0)
        return wrong(r->what, "not written", e.text);
    if (!strstr(out->data, r->holds) || (r->lacks && strstr(out->data, r->lacks)))
        return wrong(r->what, "other segments", out->data);
    assert_int_equal(claim_read_837(out->data, out->len, 0, written_keep, &b, &e), 0);
    if (b.n != 1 || b.odd[0])
        return wrong(r->what, b.odd, out->data);
    if (written_file(a, (const CcClaim *const *)b.claim, 1, again, &e) != 0)
        return wrong(r->what, "not written again", e.text);
    return strcmp(again->data, out->data) != 0 && wrong(r->what, "written again", again->data);
}

/* test_rows - each */
static void test_rows(void **state)
{
    struct arena *a = arena_new(MEMORY);
    struct buf out, again;
    unsigned bad = 0;

    (void)state;
    buf_init(&out);
    buf_init(&again);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        bad += is_wrong(a, &rows[i], &out, &again);
        arena_reset(a);
    }
    assert_int_equal(bad, 0);
    buf_release(&out);
    buf_release(&again);
    arena_free(a);
}

/* is_refused - with the row's code, at its place, and nothing is written */
static bool is_refused(struct arena *a, const struct refusal *r, struct buf *out)
{
    const CcClaim *c = written_claim(a, r->base, r->changes);
    struct err e = {0};

    if (written_file(a, &c, 1, out, &e) == 0)
        return !wrong(r->what, "written", out->data);
    if (e.class != ERR_REJECT || strcmp(e.code, r->code) != 0 || !strstr(e.text, r->where))
        return !wrong(r->what, e.code, e.text);
    return out->len == 0;
}

/* test_refusals - each */
static void test_refusals(void **state)
{
    struct arena *a = arena_new(MEMORY);
    struct buf out;
    unsigned bad = 0;

    (void)state;
    buf_init(&out);
    for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
        bad += !is_refused(a, &refusals[i], &out);
        arena_reset(a);
    }
    assert_int_equal(bad, 0);
    buf_release(&out);
    arena_free(a);
}

/* test_phone - the house's own phone says nothing of a submitter who has none */
static void test_phone(void **state)
{
    struct arena *a = arena_new(MEMORY);
    const CcClaim *c = written_claim(a, 'P', "V1.phone=5555550188; V1.contact=DESK");
    struct claim_route route = claims_route;
    const struct claim_batch b = {.route = &route,
                                  .claims = &c,
                                  .n_claims = 1,
                                  .control = 101,
                                  .bht_prefix = "B",
                                  .date = 20260401};
    struct claim_rendered r;
    struct err e = {0};
    struct buf out;

    (void)state;
    route.submitter_phone = NULL;
    buf_init(&out);
    assert_int_equal(claim_render_one(a, &route, c, &out, &e), 0);
    assert_int_equal(claim_render(a, &b, &out, &r, &e), -1);
    assert_string_equal(e.code, "missing");
    assert_non_null(strstr(e.text, "loop 1000A: the submitter's name and phone"));
    buf_release(&out);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_phone),
    };

    return cmocka_run_group_tests_name("claim837_segments", tests, NULL, NULL);
}
