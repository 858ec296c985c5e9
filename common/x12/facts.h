/* facts.h - what the rules remember of a transaction set, a claim, a line. Inside this room only.
 *
 * Everything is of fixed size: what does not fit (more than eleven other payers, more than 999
 * lines) is already refused by the guide's repeats, and rules that need it then stay silent. Spans
 * point into the input. */
#ifndef CC_X12_FACTS_H
#define CC_X12_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/str.h"

struct mark {
    uint32_t position; /* 0: nothing marked */
    uint64_t offset;
    char segment[4];
    char loop[8];
};

enum { FACT_PAYERS = 11, FACT_LINES = 999, FACT_CODES = 128 };

/* One other payer of a claim (2320), and what it said about the lines (2430). */
struct payer_fact {
    struct mark sbr, amt_d, amt_a8, eaf;
    int64_t paid_cents, a8_cents, cas_cents, line_cas_cents;
    bool has_cas, adjudicated_on;
    struct span id; /* 2330B NM109 */
    uint16_t lines; /* with a 2430 of this payer */
};

/* A 2430 under way. */
struct svd_fact {
    struct mark svd;
    struct span payer;
    int64_t paid_cents, cas_cents;
    bool open;
};

struct claim_fact {
    struct mark clm, f5, cl1, admit, discharge_hour, statement, admitting, reason;
    struct span id, place, frequency, status;
    int64_t charge_cents, line_cents, f5_cents;
    bool charge_known, lines_known; /* every amount could be read */
    bool f8, accident_date, cause_accident, cause_auto_without_state, eaf_line;
    unsigned diagnoses, lines;
    unsigned icd9, icd10; /* codes by qualifier family */
    uint32_t orders;      /* SBR01 values used, a bit each */
    int32_t from, thru, admitted, first_service;
    unsigned payers, n_line_ids;
    /* Not cleared with the rest: the counts above say what is in use. */
    struct payer_fact payer[FACT_PAYERS];
    uint64_t line_ids[FACT_LINES]; /* hashes of REF*6R */
};

struct line_fact {
    struct mark sv;
    int64_t charge_cents;
    bool charge_known;
    int32_t from, thru;
    bool ndc, ndc_quantity;
    struct svd_fact svd;
};

/* Subscriber and patient above the claims. */
struct party_fact {
    struct mark subscriber_hl, sbr, person, billing;
    bool is_patient, address, city, birth, has_id;
    bool billing_npi, payer_knows_billing;
    uint32_t order; /* bit of SBR01 */
    int32_t birth_date, patient_birth;
};

/* One 835. */
struct remit_fact {
    struct mark bpr, clp, svc;
    int64_t paid_cents, sum_cents, plb_cents;
    int64_t clp_charge, clp_paid, clp_cas, line_charge, line_cas, svc_charge, svc_paid, svc_cas;
    bool known, clp_known, svc_known; /* amounts could be read */
    unsigned services;
};

/* Answers: counts and sums to be compared. */
struct answer_fact {
    struct mark qty[4],
        amt[4]; /* accepted, refused of the file (0, 1) and of the provider (2, 3) */
    int64_t qty_stated[4], amt_stated[4], qty_seen[4], amt_seen[4];
    bool claim_refused, claim_seen;
    int64_t claim_cents;
    unsigned sets, sets_accepted; /* AK2 listed */
};

/* Codes that wait for the date of service before they are looked up. */
struct code_fact {
    const char *system;
    struct span code;
    struct mark at;
    uint16_t element, component;
};

struct facts {
    struct party_fact party;
    struct claim_fact claim;
    struct line_fact line;
    struct remit_fact remit;
    struct answer_fact answer;
    uint32_t hl;                       /* last HL01 */
    unsigned codes, claim_codes;       /* waiting; of them those of the claim, not of the line */
    struct code_fact code[FACT_CODES]; /* not cleared with the rest */
};

#endif
