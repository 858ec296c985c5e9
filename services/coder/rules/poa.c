/* poa.c - the rows of this phase: present on admission */
#include "services/coder/dx.h"
#include "services/coder/rules/rules.h"
#include "services/coder/work.h"

#pragma GCC diagnostic ignored "-Wmissing-field-initializers" /* see rules.h */

/* clang-format off */
const struct rule rules_poa[] = {
    {"POA-P04",      "Guidelines Appendix I, exempt list", rule_poa_exempt,
     "a code on the year's exempt list has no indicator", WITH_STAY},
    {"POA-P01",      "Guidelines Appendix I", rule_poa_given,
     "the indicator is the record's; outpatient visits and exempt hospitals report none"},
    {"POA-P02",        "Guidelines Appendix I", rule_poa_later,
     "what began after the day of the admission was not present, when the record gives no indicator", WITH_STAY},
    {"POA-P01.b",      "Guidelines Appendix I, conditions diagnosed prior to inpatient admission", rule_poa_before,
     "what began or was found before the day of the admission was present, when the record gives no indicator and the code holds one concept", WITH_STAY},
    {"POA-P06",        "Guidelines Appendix I, conditions diagnosed during the admission; possible at discharge", rule_poa_suspected,
     "what the patient was admitted for, certain or suspected, was present, when the record gives no indicator", WITH_STAY},
    {"POA-P10",        "Guidelines Appendix I, obstetrical conditions", rule_poa_delivery,
     "injuries and bleeding of a delivery came in its stay, what the pregnancy had before was present, when the record gives no indicator", WITH_STAY, "O00-O9A"},
    {"POA-P11",        "Guidelines Appendix I, newborns", rule_poa_newborn,
     "a newborn's malformation or birth trauma was there at birth, when the record gives no indicator", WITH_STAY, "P00-P96;Q00-Q99"},
    {"POA-P05",        "Guidelines Appendix I, chronic conditions", rule_poa_chronic,
     "a chronic condition was present, when the record gives no indicator", WITH_STAY},
    {"POA-P09",        "Guidelines Appendix I; I.C.12.a.6", rule_poa_ulcer,
     "a pressure ulcer that was present at a lower stage reached the higher in the stay", WITH_STAY, "L89"},
    {"POA-P07",        "Guidelines Appendix I, codes that contain multiple clinical concepts", rule_poa_organism,
     "an organism was present when its infection was, however late the culture", WITH_STAY, "B95-B97"},
    {"POA-P12",      "Guidelines Appendix I, external cause of injury codes", rule_poa_cause,
     "the cause of injuries that were all present, or all not, is as they are, when the record gives no indicator", WITH_STAY, "V00-Y99"},
    {"DEC-03",       "a person's decision in work.review; Guidelines Appendix I", rule_answered_poa,
     "present on admission as a person answered; what cannot be determined from the record is U", WITH_ANSWERS},
    {"POA-P03",      "Guidelines Appendix I", rule_poa_missing,
     "an indicator that the record does not give is a question", WITH_STAY},
    {NULL},
};
/* clang-format on */
