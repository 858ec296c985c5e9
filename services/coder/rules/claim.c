/* claim.c - the rows of this phase: who bills whom for which lines */
#include "services/coder/claim.h"
#include "services/coder/find/find.h"
#include "services/coder/party.h"
#include "services/coder/payer.h"
#include "services/coder/place.h"
#include "services/coder/rules/rules.h"

#pragma GCC diagnostic ignored "-Wmissing-field-initializers" /* see rules.h */

/* clang-format off */
const struct rule rules_claim[] = {
    {"CLM-02",       "HL7 ADT^A03, BAR; FHIR Encounter.status", rule_not_over,
     "a visit that is not over is not billed, unless the source asks for an interim bill (status 30)"},
    {"CLM-03",       "UB-04 FL 4; 837 CLM05", rule_class,
     "the class of the visit decides form and place; an unknown one is a question"},
    {"CLM-04",       "837 loop 2010AA", rule_facility,
     "the facility is named by its row in the providers table"},
    {"CLM-05",       "837 loop 2010BA, 2010CA", rule_patient,
     "a claim names its patient"},
    {"COV-01",       "837 loop 2000B", rule_payer,
     "a visit without a coverage is a question"},
    {"COV-02",       "837 loop 2000B", rule_coverage_dates,
     "a coverage is billed when it holds on the first day of the visit"},
    {"COV-03",       "the site's payers", rule_payer_known,
     "a payer is known by its id or an alias in the payers table, never by likeness"},
    {"CLM-06",       "837I loop 2310A", rule_attending,
     "a facility's bill names the attending provider: as recorded, else the visit's only clinician"},
    {"CLM-07",       "837P loop 2310B", rule_rendering,
     "a group's claim names who rendered the care: at the charge, else at the visit"},
    {"CLM-08",       "UB-04 FL 17", rule_discharge_status,
     "a facility's bill has the patient's status; an outpatient without one went home (01)"},
    {"CLM-09",       "CMS place of service codes", rule_place_of_service,
     "place of service: of the charge, the charge master, the visit, the class, the facility"},
    {"CLM-10",       "UB-04 FL 4", rule_type_of_bill,
     "type of bill: of the visit, else of the facility's kind and the setting"},
    {"CLM-11",       "Guidelines IV.H", rule_clinician_diagnosis,
     "a clinician's claim needs a diagnosis that is not uncertain"},
    {"EXC-02",       "coding audit; MS-DRG definitions", rule_single_driver,
     "a stay with notes whose group rests on one secondary diagnosis that the record says once is told"},
    {"PTR-01",       "837 SV107", rule_pointers,
     "a line that points to a diagnosis the record does not hold is a question"},
    {"PTR-02",       "837 SV107; Guidelines IV.G", rule_first_listed_pointer,
     "a line that points to nothing coded is for the first-listed diagnosis"},
    {NULL},
};
/* clang-format on */
