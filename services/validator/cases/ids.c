/* ids.c - cases of IDN, TAB */
#include "services/validator/cases/case.h"

/* clang-format off */
const struct edit_case cases_ids[] = {
    {"IDN-01", 'P', 1, "C1.member_id=", "no member id", NULL},
    {"IDN-01", 'P', 1, "C1.member_id=7", "one character", NULL},
    {"IDN-01", 'P', 1, "C1.member_id=999999999", "all nines", NULL},
    {"IDN-01", 'I', 1, "C1.member_id=unknown", "a filler word, in any case", NULL},
    {"IDN-01", 'P', 0, "C1.payer_id=CIB03; C1.member_id=7A", "two characters", NULL},
    {"IDN-01", 'P', 0, "C1.payer_id=CIB03; C1.member_id=ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", "longer than any filler", NULL},

    {"IDN-02", 'I', 1, "C1.member_id=1EG4SE5MK73", "S is no letter of a Medicare id", NULL},
    {"IDN-02", 'I', 1, "C1.member_id=1EG4TE5MK7", "ten characters", NULL},
    {"IDN-02", 'P', 1, "C1.member_id=1234567", "not the payer's pattern", NULL},
    {"IDN-02", 'I', 0, "C1.member_id=1EG4TE5MK72", "a Medicare id", NULL},
    {"IDN-02", 'P', 0, "C1.payer_id=CIB03; C1.member_id=1234567", "a payer without a pattern", NULL},

    {"IDN-03", 'P', 1, "C1.from_date=20260326", "in force from the day after the service", NULL},
    {"IDN-03", 'P', 1, "C1.to_date=20260324", "ended the day before", NULL},
    {"IDN-03", 'P', 1, "C1.to_date=20260325; L2.from_date=20260326; L2.thru_date=20260326", "ends between two lines", NULL},
    {"IDN-03", 'P', 0, "C1.from_date=20260325; C1.to_date=20260325", "that day only", NULL},
    {"IDN-03", 'P', 0, "C1.from_date=20250101", "an open end", NULL},
    {"IDN-03", 'I', 0, "C1.from_date=20260310; C1.to_date=20260311", "a stay is covered as of its first day", NULL},
    {"IDN-03", 'P', 1, "C1.to_date=20260325; L2.thru_date=20260326", "ends in the midst of a line", NULL},
    {"IDN-03", 'P', 0, "C1.from_date=20250101; L2.from_date=20260231; L2.thru_date=20260231", "a line on no day", "DAT-01"},

    {"IDN-04", 'P', 1, "C1.payer_id=", "no payer", NULL},
    {"IDN-04", 'P', 1, "C1.payer_id=NOBODY", "a payer that is not configured", NULL},
    {"IDN-04", 'P', 1, "C1.payer_id=99901", "a payer that takes institutional claims only", NULL},
    {"IDN-04", 'P', 0, "C1.payer_id=sample health", "an alias, in any case", NULL},
    {"IDN-04", 'O', 1, "C1.payer_id=MCB01", "a payer that takes professional claims only", NULL},

    {"IDN-05", 'P', 1, "C1.filing_indicator=", "missing", NULL},
    {"IDN-05", 'P', 1, "C1.filing_indicator=XX", "not in the list", NULL},
    {"IDN-05", 'I', 1, "C1.filing_indicator=MB", "Part B on an institutional claim", NULL},
    {"IDN-05", 'P', 0, "C1.filing_indicator=BL", "Blue Cross", NULL},
    {"IDN-05", 'P', 1, "C1.filing_indicator=MA; C1.member_id=1EG4TE5MK73; C1.payer_id=MCB01; providers#3; V3.role=referring; V3.npi=1455555049", "Part A on a professional claim", NULL},

    {"IDN-07", 'P', 1, "claim_id=", "no number", NULL},
    {"IDN-07", 'P', 1, "claim_id=A12345678901234567890", "21 characters", NULL},
    {"IDN-07", 'P', 1, "claim_id=A-100", "a hyphen in our own number", NULL},
    {"IDN-07", 'P', 0, "claim_id=A1234567890123456789", "20 characters", NULL},
    {"IDN-07", 'P', 0, "claim_id=A-100; source=batch.837; encounter=", "another sender's number may have one", NULL},
    {"IDN-07", 'P', 1, "claim_id=A12345678901234567890; source=batch.837; encounter=", "21 characters of another sender (held)", NULL},

    {"IDN-08", 'P', 1, "L2.control=", "missing", NULL},
    {"IDN-08", 'P', 1, "L2.control=A1000001L1", "that of another line", NULL},
    {"IDN-08", 'P', 1, "L2.control=L123456789012345678901234567890", "31 characters", NULL},
    {"IDN-08", 'P', 0, "L2.control=L12345678901234567890123456789", "30 characters", NULL},
    {"IDN-08", 'P', 0, "L2.control=; source=batch.837; encounter=", "the guide does not ask other senders for it", NULL},

    {"IDN-09", 'P', 1, "V1.tax_id=", "missing", NULL},
    {"IDN-09", 'P', 1, "V1.tax_id=12345678", "eight digits", NULL},
    {"IDN-09", 'P', 1, "V1.tax_id=111111111", "a filler", NULL},
    {"IDN-09", 'I', 1, "V1.tax_id_type=SY", "a social security number on an institutional claim", NULL},
    {"IDN-09", 'P', 0, "V1.tax_id_type=SY", "on a professional one", NULL},
    {"IDN-09", 'P', 1, "V1.tax_id_type=SY; V1.tax_id=12345678", "a social security number of eight digits", NULL},
    {"IDN-09", 'P', 1, "V1.tax_id_type=XX", "a number of no type", NULL},

    {"IDN-10", 'P', 1, "clia=36X9999999", "an X where the D stands", NULL},
    {"IDN-10", 'P', 1, "L2.clia=36D999999", "nine characters, on a line", NULL},
    {"IDN-10", 'P', 0, "L2.clia=05D1234567", "a laboratory of its own on a line", NULL},
    {"IDN-10", 'P', 1, "clia=36X9999999; L2.clia=36X9999999", "the claim's again: told once", NULL},

    {"TAB-01", 'P', 1, "@drop=icd10cm-tabular", "no tabular list for the day", NULL},
    {"TAB-01", 'P', 1, "@drop=ncci-ptp-practitioner", "no pairs for the quarter", NULL},
    {"TAB-01", 'P', 1, "@drop=payers", "no payers", NULL},
    {"TAB-01", 'I', 1, "@drop=poa-exempt", "no exempt list for the fiscal year", NULL},
    {"TAB-01", 'I', 1, "@drop=msdrg", "no grouper for the discharge date", NULL},
    {"TAB-01", 'I', 0, "drg=; @drop=msdrg", "no DRG was submitted", NULL},
    {"TAB-01", 'P', 0, "@drop=poa-exempt", "a table that the claim does not need", NULL},
    {"TAB-01", 'P', 0, "lines#1; L1.pointers=1; diagnoses#1; charge_cents=16500; @drop=ncci-ptp-practitioner", "one code makes no pair", NULL},
    {"TAB-01", 'P', 5, "L2.code=20610; L2.modifiers=LT; @shift=-1200", "a year before all tables", "COD-01"},
    {"TAB-01", 'O', 6, "C1.payer_id=99901; C1.filing_indicator=MA; C1.member_id=1EG4TE5MK73; L1.code=G0463; @shift=-1200", "on an outpatient bill", "COD-01"},
    {"TAB-01", 'P', 5, "L2.code=J1100; L2.modifiers=; L2.drug.ndc=00641036725; lines[1].drug.quantity_milli=1000; lines[1].drug.unit=ML; @shift=-1200", "of a drug", "COD-01"},
    {.id = NULL},
};
/* clang-format on */
