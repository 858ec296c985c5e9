/* coder_cases.h - cases of the coding rules as data: what the record gives, what is coded
 *
 * given: diagnoses of the record in its ranking, joined by blanks. Marks before a code: ?
 * provisional, ! refuted, # entered in error; * admitting, ~ reason for the visit, % working, (
 * preoperative, ) postoperative, ^ of the problem list; 0 not ranked, 1 ranked first; } said by
 * another message; < ended before the visit; & ICD-9-CM, + of no named system, { SNOMED CT, else
 * ICD-10-CM. After it, in this order: ":N" present on admission ("-" not said; else Y), "<20260301"
 * its end, "@20260201" its onset, "/I10" an ICD-10-CM code beside it,
 * "=words" of the entry ("_" for blanks).
 *
 * Of the visit: "in=20260301", "out=20260301" its days (those are the days of a case that says
 * nothing; "in=0" none), "days=196" the gestational age, "born=20260228" the birth date ("born="
 * none), "sex=F", "bmi=41.2", "nihss=5", "ga=28w3d" and
 * "edd=2026-07-01" results of the day, "type=4" and "source=5" of the admission, "proc=CODE#REASON"
 * something done, "takes=metformin" what the patient
 * says to take, "given=insulin" and "order=insulin@20260101" drugs given and ordered (since a day);
 * "points=I10" what the first charge is for, "order-for=I10" what something is ordered for;
 * "-notes" takes the tabular list away, "-charges" the charges.
 *
 * coded: the ranked codes, external causes with a minus, ":N" what was not present on admission,
 * then "ask:REASON" for each question. */
#ifndef CC_TESTS_CODER_CASES_H
#define CC_TESTS_CODER_CASES_H

#include "common/tables/tables.h"

struct coder_case {
    const char *rule;
    char base; /* I inpatient stay, O outpatient visit */
    char kind; /* + the rule has a say, - it has none; at its boundary: B it has, b it has not */
    const char *given, *coded, *what;
};

/* Ends with a row without rule. */
extern const struct coder_case coder_cases[];

/* Rows of the official tables that the cases need (coder_codes.c, made by coder_codes.py). */
extern const char *const coder_codes_icd[], *const coder_codes_tabular[];

#endif
