/* rule_list.c - every coding rule as a row: id, authority, phase, function, what it does
 *
 * Rows run phase by phase, in the order in which they stand. CM-… are sections of the ICD-10-CM
 * Official Guidelines FY2026; REC, TXT, CHG, CDM, PRC, LIN, PTR, COV, CLM are the records' and the
 * billing trade's (HL7, FHIR, NUBC UB-04, 45 CFR 162, CMS claims manual). Ids are never reused. */
#include "services/coder/claim.h"
#include "services/coder/dx.h"
#include "services/coder/party.h"
#include "services/coder/payer.h"
#include "services/coder/place.h"
#include "services/coder/service.h"

#include <string.h>

/* clang-format off */
const struct rule coder_rules[] = {
    {"REC-01",       "FHIR Condition.verificationStatus; HL7 DG1-21", PHASE_RECORD, rule_entered_in_error,
     "an entry that the sender takes back is not coded"},
    {"REC-02",       "FHIR Condition.verificationStatus", PHASE_RECORD, rule_refuted,
     "a refuted diagnosis is not coded"},
    {"CM-III.A",     "Guidelines III.A, IV.J", PHASE_RECORD, rule_previous_condition,
     "a condition that ended before the visit is not coded"},
    {"REC-03",       "Guidelines III, IV.J", PHASE_RECORD, rule_problem_list,
     "an entry of the problem list that the visit does not rank is no diagnosis of the visit"},

    {"CM-IV.H",      "Guidelines IV.H", PHASE_CERTAINTY, rule_uncertain_outpatient,
     "outpatient: an uncertain diagnosis is not coded"},
    {"CM-II.H",      "Guidelines II.H, III.C", PHASE_CERTAINTY, rule_uncertain_inpatient,
     "inpatient: a diagnosis uncertain at discharge is coded as if established, one uncertain before is not"},

    {"REC-04",       "45 CFR 162.1002", PHASE_LEGAL, rule_visit_date,
     "the day of the care chooses the code tables; without one nothing is coded"},
    {"CM-I.B.2",     "Guidelines I.B.2, IV.F", PHASE_LEGAL, rule_code_given,
     "a code of the record is taken as given when it is billable on the day of service, discharge for inpatients"},
    {"REC-05",       "FHIR CodeableConcept.coding; HL7 CWE.4", PHASE_LEGAL, rule_other_coding,
     "an ICD-10-CM code beside the entry's first coding is the entry's code"},
    {"REC-06",       "45 CFR 162.1002(c)", PHASE_LEGAL, rule_unnamed_system,
     "a code without a named system is ICD-10-CM when it has its form and is billable that day"},
    {"TXT-01",       "Guidelines I.B.1; tabular titles", PHASE_LEGAL, rule_title,
     "words that are the title of exactly one billable code are that code"},
    {"TXT-02",       "Guidelines I.B.1; alphabetic index", PHASE_LEGAL, rule_index_term,
     "words that are an index term leading to exactly one billable code are that code"},
    {"REC-07",       "UB-04 FL 70; Guidelines IV.G", PHASE_LEGAL, rule_reason_without_code,
     "an outpatient's reason for the visit that has no code is left out when the visit has diagnoses"},
    {"REC-08",       "45 CFR 162.1002(b)-(c)", PHASE_LEGAL, rule_old_system,
     "an ICD-9-CM code on a day of ICD-10-CM is a question"},
    {"TXT-03",       "Guidelines I.B.1", PHASE_LEGAL, rule_no_code,
     "an entry that names no billable code exactly is a question"},

    {"CM-I.C.1.g",   "Guidelines I.C.1.a, I.C.1.f, I.C.1.g, I.C.10.c", PHASE_CONFLICT, rule_confirmed_only,
     "HIV, Zika, COVID-19 and identified influenza are coded only when confirmed"},
    {"CM-I.B.12",    "Guidelines I.B.12", PHASE_CONFLICT, rule_same_code,
     "the same code is reported once"},
    {"REC-09",       "HL7 DG1-6 (table 0052)", PHASE_CONFLICT, rule_superseded,
     "a working diagnosis gives way to final ones stated elsewhere without it"},

    {"CM-IV.A",      "Guidelines IV.A, IV.D", PHASE_SEQUENCE, rule_reason_as_diagnosis,
     "an outpatient visit without a diagnosis is coded by the reason it had"},
    {"CM-II",        "Guidelines II; UHDDS", PHASE_SEQUENCE, rule_principal,
     "inpatient: the record's first final diagnosis is principal, the admitting diagnosis never"},
    {"CM-IV.G",      "Guidelines IV.G", PHASE_SEQUENCE, rule_first_listed,
     "outpatient: first-listed is what the record ranks as chiefly responsible for the visit"},
    {"CM-I.C.20",    "Guidelines I.C.20", PHASE_SEQUENCE, rule_external_cause,
     "an external cause is never first, and never alone"},
    {"CLM-01",       "837 HI ABK", PHASE_SEQUENCE, rule_no_diagnosis,
     "a visit without a diagnosis is a question"},

    {"POA-P04",      "Guidelines Appendix I, exempt list", PHASE_POA, rule_poa_exempt,
     "a code on the year's exempt list has no indicator"},
    {"POA-P01",      "Guidelines Appendix I", PHASE_POA, rule_poa_given,
     "the indicator is the record's; outpatient visits and exempt hospitals report none"},
    {"POA-P03",      "Guidelines Appendix I", PHASE_POA, rule_poa_missing,
     "an indicator that the record does not give is a question"},

    {"CHG-01",       "HL7 FT1-6 (table 0017)", PHASE_SERVICE, rule_no_service,
     "payments and adjustments are the ledger's, not services"},
    {"CHG-06",       "FHIR Claim.item, ChargeItem", PHASE_SERVICE, rule_repeated_item,
     "an item that another Claim or a ChargeItem of the visit lists for the same day is the same service"},
    {"CHG-02",       "HL7 FT1-6 (table 0017)", PHASE_SERVICE, rule_credit,
     "a credit takes back its charge, by transaction id, else the last of the same thing"},
    {"CHG-03",       "HL7 FT1-6 (table 0017)", PHASE_SERVICE, rule_credit_unmatched,
     "a credit whose charge is not here, or a transaction of no known type, is a question"},
    {"CHG-04",       "837 DTP 472", PHASE_SERVICE, rule_service_date,
     "a charge without a day is of the visit's, when that is one day"},
    {"CDM-01",       "the site's charge master", PHASE_SERVICE, rule_charge_master,
     "a charge code is what the charge master of the day says; what the charge says itself stays"},
    {"CDM-02",       "the site's charge master", PHASE_SERVICE, rule_charge_of_code,
     "a charge that gives a procedure, vaccine or other code is found in the charge master by it"},
    {"CHG-05",       "FHIR Claim.item", PHASE_SERVICE, rule_diagnosis_as_item,
     "an item that repeats a diagnosis of the visit is no service"},
    {"CDM-03",       "45 CFR 162.1002; NUBC FL 42", PHASE_SERVICE, rule_charge_names_code,
     "a HCPCS, CPT or revenue code that the charge master does not know is billed as given"},
    {"CDM-04",       "the site's charge master", PHASE_SERVICE, rule_charge_unmapped,
     "a charge that nothing maps is a question, never dropped"},
    {"PRC-01",       "FHIR Procedure.status", PHASE_SERVICE, rule_not_done,
     "what was not completed is not billed"},
    {"PRC-02",       "45 CFR 162.1002(c)(3)", PHASE_SERVICE, rule_pcs,
     "ICD-10-PCS codes of the discharge's fiscal year go on inpatient bills, and only there"},
    {"PRC-03",       "the site's charge master", PHASE_SERVICE, rule_charged_procedure,
     "a procedure that a charge carries is its evidence, not a second line"},
    {"PRC-04",       "the site's charge master", PHASE_SERVICE, rule_procedure_charge,
     "a procedure that nothing charges is billed through the charge master where the sender has no other charges for it"},
    {"PRC-05",       "coding audit", PHASE_SERVICE, rule_missed_charge,
     "a procedure that would be billed and is not charged is told, never added"},
    {"PRC-06",       "the site's charge master", PHASE_SERVICE, rule_no_charge_row,
     "a procedure that the site does not bill for makes no line"},

    {"LIN-01",       "45 CFR 162.1002", PHASE_LINE, rule_code_of_date,
     "a HCPCS or CPT code must be in force on the line's day"},
    {"LIN-02",       "NUBC FL 42", PHASE_LINE, rule_revenue,
     "a facility's line has a revenue code"},
    {"LIN-04",       "837 SV104, SV205", PHASE_LINE, rule_units,
     "a charge without a quantity counts one"},
    {"LIN-03",       "837 SV102, SV203", PHASE_LINE, rule_price,
     "the amount is the charge's own, else units times its price, else times the charge master's"},
    {"LIN-05",       "CMS claims manual", PHASE_LINE, rule_merge,
     "the same line twice is one with the units of both, unless a modifier says it was repeated"},
    {"LIN-06",       "837 loop 2400", PHASE_LINE, rule_no_charges,
     "a visit without any charge is a question"},

    {"CLM-02",       "HL7 ADT^A03, BAR; FHIR Encounter.status", PHASE_CLAIM, rule_not_over,
     "a visit that is not over is not billed, unless the source asks for an interim bill (status 30)"},
    {"CLM-03",       "UB-04 FL 4; 837 CLM05", PHASE_CLAIM, rule_class,
     "the class of the visit decides form and place; an unknown one is a question"},
    {"CLM-04",       "837 loop 2010AA", PHASE_CLAIM, rule_facility,
     "the facility is named by its row in the providers table"},
    {"CLM-05",       "837 loop 2010BA, 2010CA", PHASE_CLAIM, rule_patient,
     "a claim names its patient"},
    {"COV-01",       "837 loop 2000B", PHASE_CLAIM, rule_payer,
     "a visit without a coverage is a question"},
    {"COV-02",       "837 loop 2000B", PHASE_CLAIM, rule_coverage_dates,
     "a coverage is billed when it holds on the first day of the visit"},
    {"COV-03",       "the site's payers", PHASE_CLAIM, rule_payer_known,
     "a payer is known by its id or an alias in the payers table, never by likeness"},
    {"CLM-06",       "837I loop 2310A", PHASE_CLAIM, rule_attending,
     "a facility's bill names the attending provider: as recorded, else the visit's only clinician"},
    {"CLM-07",       "837P loop 2310B", PHASE_CLAIM, rule_rendering,
     "a group's claim names who rendered the care: at the charge, else at the visit"},
    {"CLM-08",       "UB-04 FL 17", PHASE_CLAIM, rule_discharge_status,
     "a facility's bill has the patient's status; an outpatient without one went home (01)"},
    {"CLM-09",       "CMS place of service codes", PHASE_CLAIM, rule_place_of_service,
     "place of service: of the charge, the charge master, the visit, the class, the facility"},
    {"CLM-10",       "UB-04 FL 4", PHASE_CLAIM, rule_type_of_bill,
     "type of bill: of the visit, else of the facility's kind and the setting"},
    {"CLM-11",       "Guidelines IV.H", PHASE_CLAIM, rule_clinician_diagnosis,
     "a clinician's claim needs a diagnosis that is not uncertain"},
    {"PTR-01",       "837 SV107", PHASE_CLAIM, rule_pointers,
     "a line that points to a diagnosis the record does not hold is a question"},
    {"PTR-02",       "837 SV107; Guidelines IV.G", PHASE_CLAIM, rule_first_listed_pointer,
     "a line that points to nothing coded is for the first-listed diagnosis"},
    {NULL, NULL, PHASE_MAX, NULL, NULL},
};

static const char *const phases[PHASE_MAX] = {
    [PHASE_RECORD] = "record",   [PHASE_CERTAINTY] = "certainty", [PHASE_LEGAL] = "legal",
    [PHASE_CONFLICT] = "conflict", [PHASE_SEQUENCE] = "sequence", [PHASE_POA] = "poa",
    [PHASE_SERVICE] = "service", [PHASE_LINE] = "line",           [PHASE_CLAIM] = "claim",
};
/* clang-format on */

/* coder_rule_at - a row as people see it */
bool coder_rule_at(size_t i, struct coder_rule_info *out)
{
    const struct rule *r = &coder_rules[i];

    if (!r->id)
        return false;
    *out = (struct coder_rule_info){r->id, r->guideline, phases[r->phase], r->summary};
    return true;
}
