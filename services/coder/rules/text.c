/* text.c - the rows of this phase: what notes and reports say beside the record */
#include "services/coder/rules/rules.h"
#include "services/coder/text.h"

#pragma GCC diagnostic ignored "-Wmissing-field-initializers" /* see rules.h */

/* clang-format off */
const struct rule rules_text[] = {
    {"TXT-05",       "Guidelines III, IV.J; ICD-10-CM index", rule_text_read,
     "notes, reports and summaries of the visit are read; one that cannot be read is a question, a missing table a stop"},
    {"TXT-06",       "Guidelines I.A.19", rule_text_supports,
     "words that name a diagnosis of the record are evidence of it"},
    {"TXT-07",       "Guidelines I.B.2, I.B.18", rule_text_specific,
     "words of the same category as a diagnosis are its alternative, and a question where its code leaves open what they say"},
    {"TXT-08",       "Guidelines I.A.19", rule_text_denies,
     "a diagnosis of the record that the texts only deny is a question"},
    {"TXT-09",       "Guidelines I.A.19", rule_text_refuted,
     "a diagnosis that the record refutes and a text states is a question"},
    {"TXT-16",       "Guidelines II.H, IV.H", rule_text_uncertain,
     "what texts have only in doubt goes by the setting's rule of uncertain diagnoses (CM-II.H, CM-IV.H)"},
    {"TXT-12",       "Guidelines III.A, IV.J", rule_text_past,
     "what texts have only of the past is not coded"},
    {"TXT-13",       "Guidelines I.B.11", rule_text_later,
     "what texts have only as what may come is not coded"},
    {"TXT-14",       "Guidelines I.A.19", rule_text_denied,
     "what texts deny is not coded"},
    {"TXT-15",       "Guidelines I.C.21.c.4", rule_text_others,
     "what texts have of another person is not coded"},
    {"TXT-10",       "Guidelines I.A.19", rule_text_little,
     "what texts support too little, and no assessment states, is not coded"},
    {"CM-IV.K",      "Guidelines IV.K", rule_text_interpreted,
     "outpatient: the diagnosis of a physician's final report that explains a sign of the visit is coded in its place: by probability, else by a question", 0, "H00-H99;L00-L99;M00-M99;R00-R99"},
    {"TXT-17",       "Guidelines III, IV.J; coding audit", rule_text_missed,
     "conditions that texts state and the record does not list are told in one question that stops nothing"},
    {"TXT-18",       "coding audit", rule_text_unexplained,
     "words of texts that look like a disease and that no code explains are told in one question that stops nothing"},
    {"TXT-11",       "Guidelines I.A.19", rule_text_coded,
     "a visit without a diagnosis is coded by what its texts plainly state: by probability, else by a question"},
    {NULL},
};
/* clang-format on */
