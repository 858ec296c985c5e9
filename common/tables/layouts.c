/* layouts.c - every file we know, as rows. The first row whose `is` says yes decides. */
#include "common/tables/layout.h"

#include <string.h>
#include <strings.h>

#define NONE                                                                                       \
    {                                                                                              \
        TABLE_MAX, TABLE_MAX, TABLE_MAX                                                            \
    }
#define ONE(t)                                                                                     \
    {                                                                                              \
        TABLE_##t, TABLE_MAX, TABLE_MAX                                                            \
    }
#define TWO(t, u)                                                                                  \
    {                                                                                              \
        TABLE_##t, TABLE_##u, TABLE_MAX                                                            \
    }

/* fsh_TABLE - a code list of each table; own_TABLE - our CSV of each table */
#define FSH(name, TABLE)                                                                           \
    static bool fsh_##name(const struct source *s)                                                 \
    {                                                                                              \
        return fsh_is(s, TABLE);                                                                   \
    }
FSH(revenue, TABLE_REVENUE)
FSH(pos, TABLE_POS)
FSH(bill_type, TABLE_BILL_TYPE)
FSH(discharge_status, TABLE_DISCHARGE_STATUS)
FSH(admission_type, TABLE_ADMISSION_TYPE)
FSH(admission_source, TABLE_ADMISSION_SOURCE)
FSH(condition, TABLE_CONDITION)
FSH(carc, TABLE_CARC)
FSH(occurrence, TABLE_OCCURRENCE)
FSH(value, TABLE_VALUE)
FSH(rarc, TABLE_RARC)
FSH(claim_status_category, TABLE_CLAIM_STATUS_CATEGORY)
FSH(claim_status, TABLE_CLAIM_STATUS)
FSH(other, TABLE_MAX)

/* list_TABLE - the same lists as a table with a header */
#define LIST(name, TABLE)                                                                          \
    static bool list_##name(const struct source *s)                                                \
    {                                                                                              \
        return list_is(s, TABLE);                                                                  \
    }
LIST(revenue, TABLE_REVENUE)
LIST(pos, TABLE_POS)
LIST(discharge_status, TABLE_DISCHARGE_STATUS)
LIST(admission_type, TABLE_ADMISSION_TYPE)
LIST(admission_source, TABLE_ADMISSION_SOURCE)
LIST(condition, TABLE_CONDITION)
LIST(carc, TABLE_CARC)
LIST(occurrence, TABLE_OCCURRENCE)
LIST(value, TABLE_VALUE)
LIST(rarc, TABLE_RARC)
LIST(claim_status_category, TABLE_CLAIM_STATUS_CATEGORY)
LIST(claim_status, TABLE_CLAIM_STATUS)
LIST(clia_waived, TABLE_CLIA_WAIVED)
LIST(single_dose, TABLE_SINGLE_DOSE)
LIST(nameless, TABLE_MAX)

#define OWN(name, TABLE)                                                                           \
    static bool own_##name(const struct source *s)                                                 \
    {                                                                                              \
        return own_is(s, TABLE);                                                                   \
    }
OWN(payers, TABLE_PAYERS)
OWN(providers, TABLE_PROVIDERS)
OWN(cdm, TABLE_CDM)
OWN(routes, TABLE_ROUTES)
OWN(cpt, TABLE_CPT)
OWN(payer_rules, TABLE_PAYER_RULES)
OWN(payer_rule_tests, TABLE_PAYER_RULE_TESTS)
OWN(coverage_policy, TABLE_COVERAGE_POLICY)
OWN(authorizations, TABLE_AUTHORIZATIONS)
OWN(contracts, TABLE_CONTRACTS)
OWN(fees, TABLE_FEES)
OWN(hospitals, TABLE_HOSPITALS)
OWN(rates, TABLE_RATES)
OWN(new_technology, TABLE_NEW_TECHNOLOGY)
OWN(opps_comprehensive, TABLE_OPPS_COMPREHENSIVE)

/* is_document - PDF, Office, archives inside archives, pictures */
static bool is_document(const struct source *s)
{
    static const char *const starts[] = {
        "%PDF", "PK\x03\x04", "\xD0\xCF\x11\xE0", "\x1F\x8B", "\x89PNG",
        "GIF8", "{\\rtf",     "<!DOCTYPE html",   "<html",    "<HTML"};

    for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
        if (s->n >= strlen(starts[i]) && memcmp(s->data, starts[i], strlen(starts[i])) == 0)
            return true;
    return false;
}

/* is_readme - by its name, or notes beside the data */
static bool is_readme(const struct source *s)
{
    const char *dot = strrchr(s->base, '.');

    return name_has(s, "readme") || name_has(s, "recordlayout") || name_has(s, "proc_notes") ||
           name_has(s, "flag_names") || name_has(s, "guidelines") || name_has(s, "filelayout") ||
           name_has(s, "file layout") || name_has(s, "file_layout") ||
           (dot && (strcasecmp(dot, ".xsd") == 0 || strcasecmp(dot, ".md") == 0));
}

/* is_addenda - lines of Add, Delete, Revise */
static bool is_addenda(const struct source *s)
{
    struct lines l = lines_of(s);
    struct span line;

    return (name_has(s, "addenda") && lines_next(&l, &line) &&
            (span_starts(line, "Add:") || span_starts(line, "Delete:") ||
             span_starts(line, "Revise") || span_starts(line, "No Change") || line.n < 200)) ||
           source_has(s, "Order26\tAction\tPOAexemptCode", 200) || (name_has(s, "changes_by_"));
}

/* is_poa_change - the lists of added, deleted, revised codes */
static bool is_poa_change(const struct source *s)
{
    return name_has(s, "POAexempt") &&
           (name_has(s, "AddCodes") || name_has(s, "DeleteCodes") || name_has(s, "ReviseCodes"));
}

/* is_codes_file - "A000    Cholera …", without flags and headers */
static bool is_codes_file(const struct source *s)
{
    return name_has(s, "_codes_") && (name_has(s, "icd10cm") || name_has(s, "icd10pcs"));
}

/* is_other_xml - ICD-10-PCS index and definitions */
static bool is_other_xml(const struct source *s)
{
    return source_has(s, "<ICD10PCS.", 400) && !source_has(s, "<ICD10PCS.tabular", 400);
}

/* is_other_schedule - what lies beside the relative values: localities by county, anesthesia and
 * OPPS-capped amounts, the text form of the GPCI */
static bool is_other_schedule(const struct source *s)
{
    static const char *const names[] = {"ANES", "OPPSCAP", NULL};
    size_t digits = strspn(s->base, "0123456789");

    for (const char *const *n = names; *n; n++)
        if (strncasecmp(s->base, *n, strlen(*n)) == 0)
            return true;
    return strncasecmp(s->base + digits, "LOCCO", 5) == 0 ||
           (strncasecmp(s->base, "GPCI", 4) == 0 && strcasestr(s->base, ".txt"));
}

#define POA_LINE "order number, dotted code, description, separated by TAB"
#define ANWEB_LINE "320 columns with sequence in 6-10 and record id 3, 4, 7 or 8 in 11"
#define PTP_LINE                                                                                   \
    "seven TAB-separated fields: column 1, column 2, *, effective, deletion, modifier, rationale"
#define MUE_LINE "four cells: code, MUE value, adjudication indicator, rationale"
#define AOC_LINE                                                                                   \
    "eight TAB-separated fields: type 1-3, add-on, deletion, primary, deletion, effective, "       \
    "deletion, note"
#define ORDER_LINE "order number 1-5, code 7-13, 0 or 1 in column 15, blanks between"
#define MCE_LINE "code, valid_from, valid_to, flags, separated by TAB"
#define RVU_LINE                                                                                   \
    "31 or 32 cells: code, modifier, descriptor, status, RVUs, indicators, conversion factor"
#define RVU_TXT_LINE                                                                               \
    "200 columns: code in 1-5, modifier in 6-7, status in 58, RVUs and indicators to 164"
#define OPPS_LINE                                                                                  \
    "code, descriptor, status indicator, APC, relative weight, payment rate, copayments"
#define WEIGHT_LINE                                                                                \
    "ten cells separated by TAB: MS-DRG, Yes or No twice, MDC, MED or SURG, title, two weights, "  \
    "two mean stays"
#define FSH_LINE "* #code \"display\""
#define HCC_LINE "a diagnosis, then the category of each model"
#define LIST_LINE "a code, then its description and perhaps days, under a header that names them"
#define OWN_LINE "the columns that the header names"

/* clang-format off */
const struct layout layouts[] = {
    /* known and of no use */
    {"document", NONE, "", is_document, NULL, NULL, 0, 0, false, NULL, "a document"},
    {"readme", NONE, "", is_readme, NULL, NULL, 0, 0, false, NULL, "notes beside the data"},
    {"addenda", NONE, "", is_addenda, NULL, NULL, 0, 0, false, NULL, "changes only: the full file is loaded"},
    {"poa-changes", NONE, "", is_poa_change, NULL, NULL, 0, 0, false, NULL, "changes only: the full list is loaded"},
    {"codes-file", NONE, "", is_codes_file, NULL, NULL, 0, 0, false, NULL, "the order file holds the same codes and more"},
    {"other-xml", NONE, "", is_other_xml, NULL, NULL, 0, 0, false, NULL, "no table holds the index and the definitions of PCS"},
    {"other-schedule", NONE, "", is_other_schedule, NULL, NULL, 0, 0, false, NULL, "no table holds it; the indices are read from the CSV"},
    {"other-fsh", NONE, "", fsh_other, NULL, NULL, 0, 0, false, NULL, "a code list that no table holds"},
    /* official files */
    {"icd10cm-order",  TWO(ICD10CM, ICD10CM_TITLE), ORDER_LINE, order_cm_is, order_period, order_parse, 90000, 110000, true, "icd10cm_order", NULL},
    {"icd10pcs-order", ONE(ICD10PCS), ORDER_LINE, order_pcs_is, order_period, order_parse, 70000, 100000, true, "icd10pcs_order", NULL},
    {"poa-exempt",     ONE(POA_EXEMPT), POA_LINE, poa_is, poa_period, poa_parse, 30000, 50000, true, "POAexemptCodes", NULL},
    {"ncci-ptp-practitioner", ONE(PTP_PRACTITIONER), PTP_LINE, ptp_practitioner_is, ptp_period, ptp_parse, 100000, 2000000, true, "ccipra-", NULL},
    {"ncci-ptp-hospital", ONE(PTP_HOSPITAL), PTP_LINE, ptp_hospital_is, ptp_period, ptp_parse, 100000, 2000000, true, "ccioph-", NULL},
    {"ncci-mue-hospital", ONE(MUE_HOSPITAL), MUE_LINE, mue_hospital_is, mue_period, mue_parse, 13000, 18000, true, "MUE_OutpatientHospital", NULL},
    {"ncci-mue-practitioner", ONE(MUE_PRACTITIONER), MUE_LINE, mue_practitioner_is, mue_period, mue_parse, 13000, 18000, true, "MUE_Practitioner", NULL},
    {"ncci-mue-dme",   ONE(MUE_DME), MUE_LINE, mue_dme_is, mue_period, mue_parse, 2500, 4000, true, "MUE_DME", NULL},
    {"ncci-aoc",       ONE(AOC), AOC_LINE, aoc_is, aoc_period, aoc_parse, 1000, 60000, true, "AOC_V", NULL},
    {"ncci-aoc-fixed", ONE(AOC), AOC_LINE, aoc_fixed_is, aoc_period, aoc_fixed_parse, 1000, 60000, true, NULL, NULL},
    {"mce-dx",         ONE(MCE), MCE_LINE, mce_dx_is, mce_period, mce_codes_parse, 10000, 130000, true, "icd10_dx_", NULL},
    {"mce-px",         ONE(MCE), MCE_LINE, mce_px_is, mce_period, mce_codes_parse, 2000, 130000, true, "icd10_px_", NULL},
    {"mce-ages",       ONE(MCE), "group, from_age, to_age, valid_from, valid_to", mce_ages_is, mce_period, mce_ages_parse, 4, 30, true, NULL, NULL},
    {"mce-status",     ONE(MCE), "status, valid_from, valid_to", mce_status_is, mce_period, mce_status_parse, 30, 100, true, NULL, NULL},
    {"msdrg",          ONE(MSDRG), "one of the seven headings of the MS-DRG definitions", msdrg_is, msdrg_period, msdrg_parse, 10, 200000, true, NULL, NULL},
    {"icd10cm-tabular", ONE(ICD10CM_TABULAR), "well-formed XML of the tabular list", tabular_is, tabular_period, tabular_parse, 40000, 60000, false, "icd10cm_tabular", NULL},
    {"icd10cm-index",  ONE(ICD10CM_INDEX), "RowID,Letter,Level,Term,See,SeeAlso,NonEssModif,Code", index_flat_is, index_period, index_flat_parse, 60000, 120000, true, "icd10cm_index", NULL},
    {"icd10cm-index-xml", ONE(ICD10CM_INDEX), "well-formed XML of the index", index_xml_is, index_period, index_xml_parse, 60000, 120000, false, NULL, NULL},
    {"icd10cm-eindex", ONE(ICD10CM_EINDEX), "well-formed XML of the index of external causes", index_cause_is, index_period, index_cause_parse, 5000, 12000, false, NULL, NULL},
    {"icd10cm-neoplasm", ONE(ICD10CM_NEOPLASM), "well-formed XML of the table of neoplasms", cells_neoplasm_is, index_period, cells_neoplasm_parse, 1000, 3000, false, NULL, NULL},
    {"icd10cm-drug",   ONE(ICD10CM_DRUG), "well-formed XML of the table of drugs", cells_drug_is, index_period, cells_drug_parse, 5000, 12000, false, NULL, NULL},
    {"hcpcs-csv",      TWO(HCPCS, MODIFIERS), "code, description, MM-DD-YYYY", hcpcs_csv_is, anweb_period, hcpcs_csv_parse, 7000, 12000, true, "long_descriptions", NULL},
    {"rvu",            ONE(RVU), RVU_LINE, rvu_csv_is, rvu_period, rvu_csv_parse, 14000, 25000, true, "PPRRVU", NULL},
    {"rvu-qpp",        ONE(RVU_QPP), RVU_LINE, rvu_qpp_csv_is, rvu_period, rvu_csv_parse, 9000, 25000, true, NULL, NULL},
    {"rvu-txt",        ONE(RVU), RVU_TXT_LINE, rvu_txt_is, rvu_period, rvu_txt_parse, 14000, 25000, true, NULL, NULL},
    {"rvu-qpp-txt",    ONE(RVU_QPP), RVU_TXT_LINE, rvu_qpp_txt_is, rvu_period, rvu_txt_parse, 9000, 25000, true, NULL, NULL},
    {"rvu-named",      ONE(RVU), "the columns that the header names", rvu_named_is, rvu_period, rvu_named_parse, 4000, 25000, true, "rvu_indicators", NULL},
    {"gpci",           ONE(GPCI), "contractor, locality, its name and three indices", gpci_is, gpci_period, gpci_parse, 80, 130, true, "GPCI", NULL},
    {"ndc-hcpcs",      ONE(NDC_HCPCS), "ten cells: code, text, labeler, NDC 5-4-2, drug, dosage, package size and quantity, units an item, units a package", ndc_is, ndc_period, ndc_parse, 3000, 30000, true, "NDC-HCPCS", NULL},
    {"opps",           ONE(OPPS), OPPS_LINE, opps_is, opps_period, opps_parse, 14000, 24000, true, "Addendum B", NULL},
    {"opps-named",     ONE(OPPS), OPPS_LINE, opps_part_is, opps_period, opps_parse, 5000, 24000, true, "addendum_b", NULL},
    {"drg-weights",    ONE(DRG_WEIGHTS), WEIGHT_LINE, weights_is, weights_period, weights_parse, 740, 800, true, "Table 5", NULL},
    {"revenue",        ONE(REVENUE), FSH_LINE, fsh_revenue, own_period, fsh_parse, 450, 800, true, "REV-CNTR-CD", NULL},
    {"pos",            ONE(POS), FSH_LINE, fsh_pos, own_period, fsh_parse, 90, 110, true, "CLM-POS-CD", NULL},
    {"bill-type",      ONE(BILL_TYPE), FSH_LINE, fsh_bill_type, own_period, fsh_parse, 9, 110, true, "CLM-BILL-", NULL},
    {"discharge-status", ONE(DISCHARGE_STATUS), FSH_LINE, fsh_discharge_status, own_period, fsh_parse, 90, 110, true, "PTNT-STUS-CD", NULL},
    {"admission-type", ONE(ADMISSION_TYPE), FSH_LINE, fsh_admission_type, own_period, fsh_parse, 9, 12, true, "CLM-ADMSN-TYPE", NULL},
    {"admission-source", ONE(ADMISSION_SOURCE), FSH_LINE, fsh_admission_source, own_period, fsh_parse, 30, 40, true, "CLM-ADMSN-SRC", NULL},
    {"condition",      ONE(CONDITION), FSH_LINE, fsh_condition, own_period, fsh_parse, 900, 1400, true, "CLM-RLT-COND", NULL},
    {"carc",           ONE(CARC), FSH_LINE, fsh_carc, own_period, fsh_parse, 200, 500, true, "ANSI-RSN-CD", NULL},
    {"occurrence", ONE(OCCURRENCE), FSH_LINE, fsh_occurrence, own_period, fsh_parse, 50, 1400, true, "CLM-RLT-OCRNC", NULL},
    {"value", ONE(VALUE), FSH_LINE, fsh_value, own_period, fsh_parse, 80, 1400, true, "CLM-VAL-CD", NULL},
    {"rarc", ONE(RARC), FSH_LINE, fsh_rarc, own_period, fsh_parse, 700, 2500, true, "RMRK-CD", NULL},
    {"claim-status-category", ONE(CLAIM_STATUS_CATEGORY), FSH_LINE, fsh_claim_status_category, own_period, fsh_parse, 25, 150, true, NULL, NULL},
    {"claim-status", ONE(CLAIM_STATUS), FSH_LINE, fsh_claim_status, own_period, fsh_parse, 400, 1500, true, NULL, NULL},
    {"icd10pcs-table", ONE(ICD10PCS_TABLE), "well-formed XML of the PCS tables", pcs_is, pcs_period, pcs_parse, 70000, 100000, false, "icd10pcs_tables", NULL},
    {"icd10pcs-key", ONE(ICD10PCS_KEY), "a term, TAB, the value to use", pcs_key_is, pcs_key_period, pcs_key_parse, 900, 3000, true, NULL, NULL},
    {"hcc-mapping", ONE(HCC), HCC_LINE, hcc_mapping_is, hcc_mapping_period, hcc_mapping_parse, 9000, 100000, true, "ICD-10-CM Mappings", NULL},
    {"hcc-format", ONE(HCC), "a diagnosis, TAB, a category of digits", hcc_format_is, hcc_format_period, hcc_format_parse, 5000, 15000, true, NULL, NULL},
    {"hcc-dx", ONE(HCC), HCC_LINE, hcc_dx_is, hcc_period, hcc_dx_parse, 5000, 100000, true, "ra_dx_to_cc", NULL},
    {"hcc-hierarchies", ONE(HCC), "parent and child category, then the model", hcc_parents_is, hcc_period, hcc_parents_parse, 100, 2000, true, "ra_hierarchies", NULL},
    {"hcc-coefficients", ONE(HCC), "a name, its value, then the model", hcc_coefficients_is, hcc_period, hcc_coefficients_parse, 500, 20000, true, "ra_coefficients", NULL},
    {"hcc-eligible", ONE(HCC), "a code of five characters", hcc_eligible_is, hcc_period, hcc_eligible_parse, 4000, 12000, true, "ra_eligible", NULL},
    {"taxonomy", ONE(TAXONOMY), "a taxonomy code of ten characters, then its three names", taxonomy_is, taxonomy_period, taxonomy_parse, 700, 1300, true, "nucc_taxonomy", NULL},
    {"revenue-list", ONE(REVENUE), LIST_LINE, list_revenue, own_period, list_parse, 250, 1000, true, NULL, NULL},
    {"pos-list", ONE(POS), LIST_LINE, list_pos, own_period, list_parse, 40, 110, true, NULL, NULL},
    {"discharge-status-list", ONE(DISCHARGE_STATUS), LIST_LINE, list_discharge_status, own_period, list_parse, 30, 110, true, NULL, NULL},
    {"admission-type-list", ONE(ADMISSION_TYPE), LIST_LINE, list_admission_type, own_period, list_parse, 5, 12, true, NULL, NULL},
    {"admission-source-list", ONE(ADMISSION_SOURCE), LIST_LINE, list_admission_source, own_period, list_parse, 8, 40, true, NULL, NULL},
    {"condition-list", ONE(CONDITION), LIST_LINE, list_condition, own_period, list_parse, 100, 1400, true, NULL, NULL},
    {"carc-list", ONE(CARC), LIST_LINE, list_carc, own_period, list_parse, 200, 600, true, NULL, NULL},
    {"occurrence-list", ONE(OCCURRENCE), LIST_LINE, list_occurrence, own_period, list_parse, 50, 1400, true, NULL, NULL},
    {"value-list", ONE(VALUE), LIST_LINE, list_value, own_period, list_parse, 80, 1400, true, NULL, NULL},
    {"rarc-list", ONE(RARC), LIST_LINE, list_rarc, own_period, list_parse, 700, 2500, true, NULL, NULL},
    {"claim-status-category-list", ONE(CLAIM_STATUS_CATEGORY), LIST_LINE, list_claim_status_category, own_period, list_parse, 25, 150, true, NULL, NULL},
    {"claim-status-list", ONE(CLAIM_STATUS), LIST_LINE, list_claim_status, own_period, list_parse, 400, 1500, true, NULL, NULL},
    {"clia-waived-list", ONE(CLIA_WAIVED), LIST_LINE, list_clia_waived, own_period, list_parse, 30, 1000, true, NULL, NULL},
    {"single-dose-list", ONE(SINGLE_DOSE), LIST_LINE, list_single_dose, own_period, list_parse, 100, 3000, true, NULL, NULL},
    {"list-nameless", ONE(CARC), LIST_LINE, list_nameless, own_period, list_unnamed, 1, 1, false, NULL, NULL},
    /* our own CSV */
    {"payers",    ONE(PAYERS), OWN_LINE, own_payers, own_period, own_parse, 1, 1000000, false, "payers", NULL},
    {"providers", ONE(PROVIDERS), OWN_LINE, own_providers, own_period, own_parse, 1, 1000000, false, "providers", NULL},
    {"cdm",       ONE(CDM), OWN_LINE, own_cdm, own_period, own_parse, 1, 1000000, false, "cdm", NULL},
    {"routes",    ONE(ROUTES), OWN_LINE, own_routes, own_period, own_parse, 1, 10000, false, "routes", NULL},
    {"cpt",       ONE(CPT), OWN_LINE, own_cpt, own_period, own_parse, 1, 100000, false, "cpt", NULL},
    {"payer-rules", ONE(PAYER_RULES), OWN_LINE, own_payer_rules, own_period, own_parse, 1, 1000000, false, "payer_rules", NULL},
    {"payer-rule-tests", ONE(PAYER_RULE_TESTS), OWN_LINE, own_payer_rule_tests, own_period, own_parse, 1, 1000000, false, "payer_rule_tests", NULL},
    {"coverage-policy", ONE(COVERAGE_POLICY), OWN_LINE, own_coverage_policy, own_period, own_parse, 1, 10000000, false, "coverage_policy", NULL},
    {"authorizations", ONE(AUTHORIZATIONS), OWN_LINE, own_authorizations, own_period, own_parse, 1, 10000000, false, "authorizations", NULL},
    {"contracts", ONE(CONTRACTS), OWN_LINE, own_contracts, own_period, own_parse, 1, 1000000, false, "contracts", NULL},
    {"fees",      ONE(FEES), OWN_LINE, own_fees, own_period, own_parse, 1, 10000000, false, "fees", NULL},
    {"hospitals", ONE(HOSPITALS), OWN_LINE, own_hospitals, own_period, own_parse, 1, 100000, false, "hospitals", NULL},
    {"rates",     ONE(RATES), OWN_LINE, own_rates, own_period, own_parse, 1, 10000, false, "rates", NULL},
    {"new-technology", ONE(NEW_TECHNOLOGY), OWN_LINE, own_new_technology, own_period, own_parse, 1, 100000, false, "new_technology", NULL},
    {"opps-comprehensive", ONE(OPPS_COMPREHENSIVE), OWN_LINE, own_opps_comprehensive, own_period, own_parse, 1, 1000000, false, "opps_comprehensive", NULL},
    /* last: its only sign is a few digits */
    {"hcpcs-anweb", TWO(HCPCS, MODIFIERS), ANWEB_LINE, anweb_is, anweb_period, anweb_parse, 5000, 12000, true, "ANWEB", NULL},
    {NULL, NONE, NULL, NULL, NULL, NULL, 0, 0, false, NULL, NULL},
};
/* clang-format on */

/* load_layout_name - the n-th that is loaded */
const char *load_layout_name(size_t n)
{
    for (const struct layout *l = layouts; l->name; l++)
        if (!l->ignore && n-- == 0)
            return l->name;
    return NULL;
}
