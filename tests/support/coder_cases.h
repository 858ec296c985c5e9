/* coder_cases.h - cases of the coding rules as data: what the record gives, what is coded
 *
 * given: diagnoses of the record in its ranking, joined by blanks, each CODE[:POA] ("-" none) with
 * a mark before it: ? provisional, * admitting, ~ reason for the visit, < ended before the visit;
 * "days=196" is the gestational age, "-notes" takes the tabular list away.
 *
 * coded: the ranked codes, external causes with a minus, ":N" what was not present on admission,
 * then "ask:REASON" for each question. */
#ifndef CC_TESTS_CODER_CASES_H
#define CC_TESTS_CODER_CASES_H

#include "common/tables/tables.h"

struct coder_case {
    const char *rule;
    char base; /* I inpatient stay, O outpatient visit */
    int fires; /* has the rule a say? */
    const char *given, *coded, *what;
};

/* Ends with a row without rule. */
extern const struct coder_case coder_cases[];

/* Rows of the official tables that the cases need (coder_codes.c, made by coder_codes.py). */
extern const char *const coder_codes_icd[], *const coder_codes_tabular[];

#endif
