/* service_cases.h - cases of the rules about services as data: what is charged and done, what is
 * billed
 *
 * given: words of the record, joined by blanks:
 *   CODE          a charge of a HCPCS or CPT code, one unit, 100.00 (:N cents); behind it, in any
 * order, *N units, @unit of the quantity, /MOD.MOD modifiers, #DX,DX pointers, !site
 *                 ("_" for blanks), ~HHMM-HHMM when, =NPI who, +N days later, |REV revenue code,
 *                 %N discarded, ;NDC of eleven digits, ^status and $N minutes of anesthesia of the
 * procedure under it, ?NPI who assisted dx:CODE       a diagnosis, final, ranked as it stands
 *   obs:LOINC=VALUE[@unit][~HHMM][+N]   something measured
 *   em:KEY=VALUE  documentation of a visit (em/em.h);  sv:WORD=CODE[+N]  of a service
 * (lines/said.c) med:CODE[*DOSE@unit][~HHMM-HHMM][!route]   a drug given, NDC of eleven digits
 *   order:CODE[^STATUS][+N]    something ordered, N days later
 *   pcs:CODE      an ICD-10-PCS code;  parts:OPERATION,BODY_PART/…,APPROACH,DEVICE/…,QUALIFIER
 *   did:WORDS     a procedure that only its words name ("_" for blanks)
 *   minutes:N after:N side:R status:WORD for:DX later:DAYS first:   about the procedure before it
 *   note:         a note of the visit
 *   admit:NPI     who admitted;  birth:YYYYMMDD  of the patient
 *   rev:CODE      a charge of a revenue code alone
 *   before:CODE-N#DX[=NPI/TAXONOMY]  an operation of another encounter, N days before
 *   rented:CODE-N=MONTH  a month of a rental of another encounter, N days before
 *   left:STATUS   how the patient left
 *   at:FACILITY   where, before the charges;  cdm:CHARGE  a charge of the charge master
 *   both:         an emergency visit that both bill;  read:CODE a clinician's charge in the
 * hospital hours:N       length of the stay base: P clinic, M clinic with Medicare, W clinic
 * with a payer that has its own words (payers table, coding), O hospital
 * outpatient, H the same with Medicare, I inpatient stay.
 *
 * billed: lines CODE[.MOD…]*UNITS (m before minutes), claims in their order; "pcs:CODE"; then
 * "ask:REASON" for each question. */
#ifndef CC_TESTS_SERVICE_CASES_H
#define CC_TESTS_SERVICE_CASES_H

struct service_case {
    const char *rule;
    char base;
    char kind; /* + the rule has a say, - it has none; at its boundary: B it has, b it has not */
    const char *given, *billed, *what;
};

/* Ends with a row without rule. */
extern const struct service_case service_cases[];

#endif
