/* kind.c - the tables as rows: keys, columns, and the date that picks them.
 *
 * Official layouts are those of CMS and NCHS (layout_*.c); payers, providers, cdm, routes and cpt
 * are our own CSV whose header names are the column names below (deploy/seed/README.md describes
 * them for operators). */
#include "common/tables/kind.h"

#include <stdlib.h>
#include <string.h>

#define END                                                                                        \
    {                                                                                              \
        NULL, COLUMN_TEXT                                                                          \
    }

/* clang-format off */
static const struct column icd_columns[] = {
    {"billable", COLUMN_FLAG},   /* Y: valid on a claim; N: header */
    {"short", COLUMN_TEXT}, {"long", COLUMN_TEXT}, END,
};
static const struct column title_columns[] = {
    {"code", COLUMN_TEXT}, {"title", COLUMN_TEXT}, END,
};
/* key = code, "SECTION A00-A09" or "CHAPTER 1"; key2 = desc parent includes inclusion excludes1 excludes2 code-first
 * use-additional code-also notes seven-note seven. `seq` keeps the file's order; `codes` are the references of a note,
 * normalised (tabular.h); for seven, `codes` is the character. */
static const struct column tabular_columns[] = {
    {"seq", COLUMN_NUM}, {"text", COLUMN_TEXT}, {"codes", COLUMN_LIST}, END,
};
/* key = the normalised path of terms (phrase.h); `kind` = code see see-also; `code` may end in "-" (finish in the tabular) */
static const struct column index_columns[] = {
    {"kind", COLUMN_WORD}, {"code", COLUMN_TEXT}, {"manifestation", COLUMN_TEXT}, {"path", COLUMN_TEXT},
    {"optional", COLUMN_TEXT}, {"see", COLUMN_TEXT}, END,
};
/* key = the normalised path of a site or substance; codes as in index_columns */
static const struct column neoplasm_columns[] = {
    {"malignant", COLUMN_TEXT}, {"secondary", COLUMN_TEXT}, {"in_situ", COLUMN_TEXT}, {"benign", COLUMN_TEXT},
    {"uncertain", COLUMN_TEXT}, {"unspecified", COLUMN_TEXT}, {"path", COLUMN_TEXT}, {"see", COLUMN_TEXT}, END,
};
static const struct column drug_columns[] = {
    {"accident", COLUMN_TEXT}, {"self_harm", COLUMN_TEXT}, {"assault", COLUMN_TEXT}, {"undetermined", COLUMN_TEXT},
    {"adverse", COLUMN_TEXT}, {"underdosing", COLUMN_TEXT}, {"path", COLUMN_TEXT}, {"see", COLUMN_TEXT}, END,
};
/* keys: table (0DT), then "ROW 0001" (the values of characters 4 to 7 and how many codes they make) or position and value
 * ("4J", whose meaning is `text`) */
static const struct column pcs_columns[] = {
    {"text", COLUMN_TEXT}, {"values4", COLUMN_TEXT}, {"values5", COLUMN_TEXT}, {"values6", COLUMN_TEXT},
    {"values7", COLUMN_TEXT}, {"codes", COLUMN_NUM}, END,
};
static const struct column use_columns[] = {{"use", COLUMN_TEXT}, END};
/* keys: a diagnosis and DX (a row a model), a category and PARENT (a row for each `child` that it makes not count), a
 * coefficient's name and COEFFICIENT, a procedure and ELIGIBLE */
static const struct column hcc_columns[] = {
    {"model", COLUMN_WORD}, {"hcc", COLUMN_NUM}, {"child", COLUMN_NUM}, {"value", COLUMN_TEXT}, END,
};
static const struct column text_columns[] = {{"description", COLUMN_TEXT}, END};
/* keys: DX code, PX code (flags; a row is the validity span), AGE group (from_age, to_age), STATUS 01, and LIST DX / LIST PX
 * whose flags say "valid" (every code of the system is here) or "flagged" (only those with a flag) */
static const struct column mce_columns[] = {
    {"flags", COLUMN_TEXT}, {"from_age", COLUMN_NUM}, {"to_age", COLUMN_NUM}, END,
};
/* keys: DX code, PX code or cluster, CLUSTER "Z@0217 1" (cluster, choice), EXCLUDE collection, FORMULA "5 17" (MDC, order),
 * HAC "8 0" (HAC, order), NAME "drg 291". `class` is MCC CC NCC of a diagnosis, SURGICAL MEDICAL NA of a formula; `list` the
 * attributes of a code, the codes of a collection or choice, the attributes a formula suppresses; `mdcs` where a cluster
 * hides its parts; `line` where a formula stood in its file; `text` a formula or a name */
static const struct column msdrg_columns[] = {
    {"class", COLUMN_WORD}, {"mdc", COLUMN_NUM}, {"mdc_male", COLUMN_NUM}, {"mdc_female", COLUMN_NUM},
    {"collection", COLUMN_NUM}, {"rank", COLUMN_NUM}, {"base_drg", COLUMN_NUM}, {"drg", COLUMN_NUM},
    {"reroute_mdc", COLUMN_NUM}, {"mdcs", COLUMN_LIST}, {"list", COLUMN_LIST}, {"line", COLUMN_NUM},
    {"text", COLUMN_TEXT}, END,
};
static const struct column hcpcs_columns[] = {
    {"short", COLUMN_TEXT}, {"long", COLUMN_TEXT}, {"coverage", COLUMN_TEXT}, {"pricing", COLUMN_LIST},
    {"multiple_pricing", COLUMN_TEXT}, {"betos", COLUMN_TEXT}, {"tos", COLUMN_LIST}, {"asc_group", COLUMN_TEXT},
    {"lab", COLUMN_LIST}, {"statute", COLUMN_TEXT}, {"replaced_by", COLUMN_LIST}, {"note", COLUMN_TEXT},
    {"base_units", COLUMN_NUM}, {"action", COLUMN_TEXT}, {"action_date", COLUMN_DATE}, END,
};
static const struct column cpt_columns[] = {{"group", COLUMN_WORD}, END};
static const struct column modifier_columns[] = {
    {"short", COLUMN_TEXT}, {"long", COLUMN_TEXT}, {"coverage", COLUMN_TEXT}, {"action", COLUMN_TEXT},
    {"action_date", COLUMN_DATE}, END,
};
static const struct column ptp_columns[] = {
    {"indicator", COLUMN_NUM},   /* 0 never, 1 with a modifier, 9 edit withdrawn (billing 7.4) */
    {"rationale", COLUMN_WORD},
    {"quarters", COLUMN_WORD},   /* last days of the quarters whose files have the row (quarters.h) */
    END,
};
static const struct column mue_columns[] = {
    {"value", COLUMN_NUM}, {"mai", COLUMN_NUM}, {"rationale", COLUMN_WORD}, END,
};
/* keys: add-on code, primary code (CCCCC = the contractor decides) */
static const struct column aoc_columns[] = {
    {"type", COLUMN_NUM}, {"note", COLUMN_WORD}, END,
};
/* keys: code, modifier ("-": the row without one, rvu.h). Percentages and RVUs are whole hundredths, the conversion factor
 * whole ten-thousandths of a dollar. No descriptor. */
static const struct column rvu_columns[] = {
    {"status", COLUMN_TEXT}, {"pctc", COLUMN_TEXT}, {"global", COLUMN_TEXT}, {"pre_percent", COLUMN_NUM},
    {"intra_percent", COLUMN_NUM}, {"post_percent", COLUMN_NUM}, {"multiple", COLUMN_TEXT}, {"bilateral", COLUMN_TEXT},
    {"assistant", COLUMN_TEXT}, {"cosurgeon", COLUMN_TEXT}, {"team", COLUMN_TEXT}, {"endo_base", COLUMN_TEXT},
    {"supervision", COLUMN_TEXT}, {"calculation", COLUMN_TEXT}, {"family", COLUMN_TEXT},
    {"nonfacility_na", COLUMN_FLAG}, {"facility_na", COLUMN_FLAG}, {"work_hundredths", COLUMN_NUM},
    {"nonfacility_pe_hundredths", COLUMN_NUM}, {"facility_pe_hundredths", COLUMN_NUM},
    {"malpractice_hundredths", COLUMN_NUM}, {"nonfacility_total_hundredths", COLUMN_NUM},
    {"facility_total_hundredths", COLUMN_NUM}, {"opps_nonfacility_pe_hundredths", COLUMN_NUM},
    {"opps_facility_pe_hundredths", COLUMN_NUM}, {"opps_malpractice_hundredths", COLUMN_NUM},
    {"factor_ten_thousandths", COLUMN_NUM}, END,
};
/* keys: contractor (MAC), locality. `work` is with the floor of 1.0 where the file has both */
static const struct column gpci_columns[] = {
    {"state", COLUMN_TEXT}, {"name", COLUMN_TEXT}, {"work_thousandths", COLUMN_NUM},
    {"work_no_floor_thousandths", COLUMN_NUM}, {"pe_thousandths", COLUMN_NUM}, {"malpractice_thousandths", COLUMN_NUM}, END,
};
/* mills: tenths of a cent, as drug rates are published */
static const struct column opps_columns[] = {
    {"status", COLUMN_TEXT}, {"apc", COLUMN_TEXT}, {"weight_ten_thousandths", COLUMN_NUM}, {"rate_mills", COLUMN_NUM},
    {"copay_mills", COLUMN_NUM}, {"least_copay_mills", COLUMN_NUM}, END,
};
static const struct column list_columns[] = {
    {"display", COLUMN_TEXT},
    {"note", COLUMN_WORD},       /* "payer" "hospice" "not-newborn" "newborn"; a waived test: "no-QW"; or empty */
    END,
};
static const struct column taxonomy_columns[] = {
    {"grouping", COLUMN_WORD}, {"classification", COLUMN_TEXT}, {"specialization", COLUMN_TEXT}, END,
};
/* key = payer id or alias (upper case); an alias row says in `canonical` whom it means */
static const struct column payer_columns[] = {
    {"canonical", COLUMN_TEXT}, {"name", COLUMN_TEXT}, {"filing_indicator", COLUMN_TEXT}, {"receiver", COLUMN_TEXT},
    {"kinds", COLUMN_TEXT}, {"timely_filing_days", COLUMN_NUM}, {"filing_basis", COLUMN_TEXT},
    {"member_pattern", COLUMN_TEXT}, {"requires_referring", COLUMN_FLAG}, {"allow_freq7", COLUMN_FLAG},
    {"insurance_type", COLUMN_TEXT}, {"claim_office", COLUMN_TEXT}, {"external_cause", COLUMN_FLAG},
    {"contractor", COLUMN_TEXT},
    {"late_charges", COLUMN_TEXT}, /* 7: a replacement of the whole (also where it is empty); 5: a late-charge bill of a facility */
    {"coding", COLUMN_LIST},       /* words of docs/services.md: how the payer wants services told, where it differs from the usual */
    {"file_hours", COLUMN_NUM}, {"ack_days", COLUMN_NUM}, {"era_days", COLUMN_NUM}, {"appeal_days", COLUMN_NUM},
    {"inquiry", COLUMN_FLAG}, {"resend_unknown", COLUMN_FLAG}, {"variance_cents", COLUMN_NUM},
    {"variance_percent", COLUMN_NUM}, {"crossover_days", COLUMN_NUM}, {"crossover_bill", COLUMN_FLAG}, END,
};
/* key = NPI, or "facility:NAME AS THE EHR SENDS IT" (name in upper case) */
static const struct column provider_columns[] = {
    {"npi", COLUMN_TEXT}, {"roles", COLUMN_TEXT}, {"organization", COLUMN_FLAG}, {"last", COLUMN_TEXT},
    {"first", COLUMN_TEXT}, {"middle", COLUMN_TEXT}, {"taxonomy", COLUMN_TEXT}, {"tax_id", COLUMN_TEXT},
    {"tax_id_type", COLUMN_TEXT}, {"address1", COLUMN_TEXT}, {"address2", COLUMN_TEXT}, {"city", COLUMN_TEXT},
    {"state", COLUMN_TEXT}, {"zip", COLUMN_TEXT}, {"phone", COLUMN_TEXT}, {"group_npi", COLUMN_TEXT},
    {"clia", COLUMN_TEXT}, {"professional_npi", COLUMN_TEXT}, {"may_order", COLUMN_FLAG},
    {"enrolled_from", COLUMN_TEXT}, {"enrolled_to", COLUMN_TEXT}, {"payers", COLUMN_LIST},
    {"clia_type", COLUMN_TEXT}, /* waiver, ppm, or another certificate */
    {"pcs_not_coded", COLUMN_LIST},
    {"off_campus", COLUMN_TEXT}, /* of a hospital's department: PO, PN or ER */
    END,
};
/* key = charge code, or "system|CODE" ("snomed|185345009", "cpt|99213") */
static const struct column cdm_columns[] = {
    {"revenue", COLUMN_TEXT}, {"code_system", COLUMN_TEXT}, {"code", COLUMN_TEXT}, {"modifiers", COLUMN_LIST},
    {"price_cents", COLUMN_NUM}, {"unit_code", COLUMN_TEXT}, {"professional", COLUMN_TEXT}, {"department", COLUMN_TEXT},
    {"description", COLUMN_TEXT}, {"needs_drug", COLUMN_FLAG}, {"pos", COLUMN_TEXT}, END,
};
static const struct column route_columns[] = {
    {"qualifier", COLUMN_TEXT}, {"receiver_id", COLUMN_TEXT}, {"sender_qualifier", COLUMN_TEXT},
    {"sender_id", COLUMN_TEXT}, {"submitter_name", COLUMN_TEXT}, {"submitter_contact", COLUMN_TEXT},
    {"submitter_phone", COLUMN_TEXT}, {"receiver_name", COLUMN_TEXT}, {"mailbox", COLUMN_TEXT},
    {"replies", COLUMN_TEXT}, {"test", COLUMN_FLAG}, {"sandbox", COLUMN_FLAG}, {"batch_claims", COLUMN_NUM},
    {"batch_bytes", COLUMN_NUM}, {"batch_age_ms", COLUMN_NUM}, {"transport", COLUMN_TEXT},
    {"gap_ms", COLUMN_NUM}, {"time_zone", COLUMN_TEXT}, {"closed", COLUMN_TEXT}, {"user", COLUMN_TEXT},
    {"secret", COLUMN_TEXT}, {"host_key", COLUMN_TEXT}, {"poll_ms", COLUMN_NUM}, {"timeout_ms", COLUMN_NUM},
    {"ca", COLUMN_TEXT}, {"client_cert", COLUMN_TEXT}, {"repeat", COLUMN_FLAG}, {"submit_type", COLUMN_TEXT},
    {"pickup_types", COLUMN_TEXT}, {"cutoff", COLUMN_TEXT}, {"split_frequency", COLUMN_FLAG}, END,
};

/* key = the rule's id (docs/payer-rules.md); compiled when the edition is opened (made.h) */
static const struct column rule_columns[] = {
    {"payer", COLUMN_TEXT}, {"plan", COLUMN_TEXT}, {"kind", COLUMN_TEXT}, {"severity", COLUMN_TEXT},
    {"what", COLUMN_TEXT}, {"codes", COLUMN_LIST}, {"condition", COLUMN_TEXT}, {"value", COLUMN_TEXT},
    {"message", COLUMN_TEXT}, {"fix", COLUMN_TEXT}, {"authority", COLUMN_TEXT}, END,
};
/* key = the test's name; `changes` as services/validator/cases/case.h has them */
static const struct column rule_test_columns[] = {
    {"rule", COLUMN_TEXT}, {"claim", COLUMN_TEXT}, {"expect", COLUMN_TEXT}, {"changes", COLUMN_TEXT}, END,
};

/* keys: NDC of eleven digits, code. Billable units an item (vial) and a package hold, in thousandths */
static const struct column ndc_columns[] = {
    {"dosage", COLUMN_TEXT}, {"per_item_thousandths", COLUMN_NUM}, {"per_package_thousandths", COLUMN_NUM}, END,
};
/* key = the policy's number; rows that differ in dx only are one policy (common/rules/policy.h) */
static const struct column policy_columns[] = {
    {"contractor", COLUMN_TEXT}, {"codes", COLUMN_LIST}, {"list", COLUMN_WORD}, {"also", COLUMN_LIST},
    {"condition", COLUMN_TEXT}, {"dx", COLUMN_LIST}, {"authority", COLUMN_TEXT}, END,
};
/* key = the payer's number; no patient */
static const struct column authorization_columns[] = {
    {"payer", COLUMN_TEXT}, {"codes", COLUMN_LIST}, {"units", COLUMN_NUM}, {"rendering", COLUMN_LIST},
    {"facility", COLUMN_LIST}, {"first_day", COLUMN_TEXT}, {"last_day", COLUMN_TEXT}, END,
};

/* weights in ten-thousandths, mean days in tenths */
static const struct column weight_columns[] = {
    {"post_acute", COLUMN_FLAG}, {"special_pay", COLUMN_FLAG}, {"mdc", COLUMN_TEXT}, {"type", COLUMN_WORD},
    {"uncapped_ten_thousandths", COLUMN_NUM}, {"weight_ten_thousandths", COLUMN_NUM}, {"gmlos_tenths", COLUMN_NUM},
    {"amlos_tenths", COLUMN_NUM}, END,
};
/* key = payer id, or "filing:MB"; many rows of one, asked by `turn` */
static const struct column contract_columns[] = {
    {"turn", COLUMN_NUM}, {"contract", COLUMN_TEXT}, {"kinds", COLUMN_LIST}, {"method", COLUMN_WORD}, {"schedule", COLUMN_TEXT},
    {"codes", COLUMN_LIST}, {"revenues", COLUMN_LIST}, {"drgs", COLUMN_LIST}, {"npis", COLUMN_LIST},
    {"percent", COLUMN_TEXT}, {"amount", COLUMN_TEXT}, {"lesser", COLUMN_FLAG}, END,
};
static const struct column fee_columns[] = {
    {"schedule", COLUMN_WORD}, {"modifier", COLUMN_TEXT}, {"amount", COLUMN_TEXT}, {"facility_amount", COLUMN_TEXT},
    {"discounted", COLUMN_FLAG}, END,
};
static const struct column comprehensive_columns[] = {
    {"second", COLUMN_TEXT}, {"rank", COLUMN_NUM}, {"rate", COLUMN_TEXT}, END,
};
static const struct column hospital_columns[] = {
    {"ccn", COLUMN_TEXT}, {"wage_index", COLUMN_TEXT}, {"cola", COLUMN_TEXT}, {"gaf", COLUMN_TEXT},
    {"capital_cola", COLUMN_TEXT}, {"operating_ccr", COLUMN_TEXT}, {"capital_ccr", COLUMN_TEXT},
    {"operating_dsh", COLUMN_TEXT}, {"operating_ime", COLUMN_TEXT}, {"capital_dsh", COLUMN_TEXT},
    {"capital_ime", COLUMN_TEXT}, {"vbp", COLUMN_TEXT}, {"hrrp", COLUMN_TEXT}, {"uncompensated", COLUMN_TEXT},
    {"outpatient_ccr", COLUMN_TEXT}, {"hac", COLUMN_TEXT}, {"low_volume", COLUMN_TEXT},
    {"type", COLUMN_TEXT}, {"inpatient_quality", COLUMN_FLAG}, {"outpatient_quality", COLUMN_FLAG}, {"offset_340b", COLUMN_FLAG}, END,
};
static const struct column rate_columns[] = {{"value", COLUMN_TEXT}, END};
static const struct column technology_columns[] = {{"most", COLUMN_TEXT}, {"percent", COLUMN_TEXT}, END};

#define SERVICE "date of service; discharge date for inpatient claims"
#define LINE "line date of service"
#define THRU "statement through date"

static const struct kind kinds[TABLE_MAX] = {
    /*                                  keys  key names                     columns          system     win    many   cumul  picked by */
    [TABLE_ICD10CM] =          {TABLE_ICD10CM, 1, {"code", NULL},           icd_columns,     "icd10cm", false, false, false, SERVICE},
    [TABLE_ICD10CM_TITLE] =    {TABLE_ICD10CM_TITLE, 1, {"phrase", NULL},   title_columns,   "",        false, true,  false, SERVICE},
    [TABLE_ICD10CM_TABULAR] =  {TABLE_ICD10CM_TABULAR, 2, {"node", "part"}, tabular_columns, "icd10cm", false, true,  false, SERVICE},
    [TABLE_ICD10CM_INDEX] =    {TABLE_ICD10CM_INDEX, 1, {"phrase", NULL},   index_columns,   "",        false, true,  false, SERVICE},
    [TABLE_ICD10CM_EINDEX] =   {TABLE_ICD10CM_EINDEX, 1, {"phrase", NULL},  index_columns,   "",        false, true,  false, SERVICE},
    [TABLE_ICD10CM_NEOPLASM] = {TABLE_ICD10CM_NEOPLASM, 1, {"phrase", NULL}, neoplasm_columns, "",      false, true,  false, SERVICE},
    [TABLE_ICD10CM_DRUG] =     {TABLE_ICD10CM_DRUG, 1, {"phrase", NULL},    drug_columns,    "",        false, true,  false, SERVICE},
    [TABLE_ICD10PCS] =         {TABLE_ICD10PCS, 1, {"code", NULL},          icd_columns,     "icd10pcs", false, false, false, "discharge date"},
    [TABLE_ICD10PCS_TABLE] =   {TABLE_ICD10PCS_TABLE, 2, {"table", "part"}, pcs_columns,     "",        false, true,  false, "discharge date"},
    [TABLE_ICD10PCS_KEY] =     {TABLE_ICD10PCS_KEY, 1, {"term", NULL},      use_columns,     "",        false, false, false, "discharge date"},
    [TABLE_POA_EXEMPT] =       {TABLE_POA_EXEMPT, 1, {"code", NULL},        text_columns,    "icd10cm", false, false, false, "discharge date"},
    [TABLE_MCE] =              {TABLE_MCE, 2, {"list", "code"},             mce_columns,     "",        true,  false, false, "discharge date"},
    [TABLE_MSDRG] =            {TABLE_MSDRG, 2, {"list", "key"},            msdrg_columns,   "",        false, false, false, "discharge date"},
    [TABLE_HCPCS] =            {TABLE_HCPCS, 1, {"code", NULL},             hcpcs_columns,   "hcpcs",   true,  false, false, LINE},
    [TABLE_CPT] =              {TABLE_CPT, 1, {"code", NULL},               cpt_columns,     "cpt",     true,  false, false, LINE},
    [TABLE_MODIFIERS] =        {TABLE_MODIFIERS, 1, {"modifier", NULL},     modifier_columns, "",       true,  false, false, LINE},
    [TABLE_PTP_PRACTITIONER] = {TABLE_PTP_PRACTITIONER, 2, {"column1", "column2"}, ptp_columns, "hcpcs", true, true, true,  LINE},
    [TABLE_PTP_HOSPITAL] =     {TABLE_PTP_HOSPITAL, 2, {"column1", "column2"}, ptp_columns,  "hcpcs",   true,  true,  true,  LINE},
    [TABLE_MUE_PRACTITIONER] = {TABLE_MUE_PRACTITIONER, 1, {"code", NULL},  mue_columns,     "hcpcs",   false, false, false, LINE},
    [TABLE_MUE_HOSPITAL] =     {TABLE_MUE_HOSPITAL, 1, {"code", NULL},      mue_columns,     "hcpcs",   false, false, false, LINE},
    [TABLE_MUE_DME] =          {TABLE_MUE_DME, 1, {"code", NULL},           mue_columns,     "hcpcs",   false, false, false, LINE},
    [TABLE_AOC] =              {TABLE_AOC, 2, {"addon", "primary"},         aoc_columns,     "hcpcs",   true,  true,  true,  LINE},
    [TABLE_RVU] =              {TABLE_RVU, 2, {"code", "modifier"},         rvu_columns,     "hcpcs",   false, false, false, LINE},
    [TABLE_RVU_QPP] =          {TABLE_RVU_QPP, 2, {"code", "modifier"},     rvu_columns,     "hcpcs",   false, false, false, LINE},
    [TABLE_GPCI] =             {TABLE_GPCI, 2, {"contractor", "locality"},  gpci_columns,    "",        false, false, false, LINE},
    [TABLE_NDC_HCPCS] =        {TABLE_NDC_HCPCS, 2, {"ndc", "code"},       ndc_columns,     "hcpcs",   false, true,  false, LINE},
    [TABLE_OPPS] =             {TABLE_OPPS, 1, {"code", NULL},              opps_columns,    "hcpcs",   false, false, false, LINE},
    [TABLE_REVENUE] =          {TABLE_REVENUE, 1, {"code", NULL},           list_columns,    "",        true,  false, false, LINE},
    [TABLE_POS] =              {TABLE_POS, 1, {"code", NULL},               list_columns,    "",        true,  false, false, LINE},
    [TABLE_BILL_TYPE] =        {TABLE_BILL_TYPE, 1, {"code", NULL},         list_columns,    "",        true,  false, false, THRU},
    [TABLE_DISCHARGE_STATUS] = {TABLE_DISCHARGE_STATUS, 1, {"code", NULL},  list_columns,    "",        true,  false, false, THRU},
    [TABLE_ADMISSION_TYPE] =   {TABLE_ADMISSION_TYPE, 1, {"code", NULL},    list_columns,    "",        true,  false, false, "admission date"},
    [TABLE_ADMISSION_SOURCE] = {TABLE_ADMISSION_SOURCE, 1, {"code", NULL},  list_columns,    "",        true,  false, false, "admission date"},
    [TABLE_CONDITION] =        {TABLE_CONDITION, 1, {"code", NULL},         list_columns,    "",        true,  false, false, THRU},
    [TABLE_CARC] =             {TABLE_CARC, 1, {"code", NULL},              list_columns,    "",        true,  false, false, "date of the remittance"},
    [TABLE_OCCURRENCE] =       {TABLE_OCCURRENCE, 1, {"code", NULL},        list_columns,    "",        true,  false, false, THRU},
    [TABLE_VALUE] =            {TABLE_VALUE, 1, {"code", NULL},             list_columns,    "",        true,  false, false, THRU},
    [TABLE_RARC] =             {TABLE_RARC, 1, {"code", NULL},              list_columns,    "",        true,  false, false, "date of the remittance"},
    [TABLE_CLAIM_STATUS_CATEGORY] = {TABLE_CLAIM_STATUS_CATEGORY, 1, {"code", NULL}, list_columns, "",  true,  false, false, "date of the answer"},
    [TABLE_CLAIM_STATUS] =     {TABLE_CLAIM_STATUS, 1, {"code", NULL},      list_columns,    "",        true,  false, false, "date of the answer"},
    [TABLE_CLIA_WAIVED] =      {TABLE_CLIA_WAIVED, 1, {"code", NULL},       list_columns,    "hcpcs",   true,  false, false, LINE},
    [TABLE_SINGLE_DOSE] =      {TABLE_SINGLE_DOSE, 1, {"code", NULL},       list_columns,    "hcpcs",   true,  false, false, LINE},
    [TABLE_TAXONOMY] =         {TABLE_TAXONOMY, 1, {"code", NULL},          taxonomy_columns, "",       false, false, false, LINE},
    [TABLE_HCC] =              {TABLE_HCC, 2, {"code", "part"},             hcc_columns,     "",        false, true,  false, "date of service: the year before the payment year"},
    [TABLE_PAYERS] =           {TABLE_PAYERS, 1, {"payer_id", NULL},        payer_columns,   "",        true,  false, false, SERVICE},
    [TABLE_PROVIDERS] =        {TABLE_PROVIDERS, 1, {"key", NULL},          provider_columns, "",       true,  false, false, SERVICE},
    [TABLE_CDM] =              {TABLE_CDM, 1, {"charge", NULL},             cdm_columns,     "",        true,  false, false, LINE},
    [TABLE_PAYER_RULES] =      {TABLE_PAYER_RULES, 1, {"rule", NULL},       rule_columns,    "",        true,  false, false, SERVICE},
    [TABLE_COVERAGE_POLICY] =  {TABLE_COVERAGE_POLICY, 1, {"policy", NULL}, policy_columns,  "",        true,  true,  false, LINE},
    [TABLE_AUTHORIZATIONS] =   {TABLE_AUTHORIZATIONS, 1, {"number", NULL},  authorization_columns, "",  false, false, false, "none"},
    [TABLE_DRG_WEIGHTS] =      {TABLE_DRG_WEIGHTS, 1, {"drg", NULL},        weight_columns,  "",        false, false, false, "discharge date"},
    [TABLE_CONTRACTS] =        {TABLE_CONTRACTS, 1, {"payer", NULL},        contract_columns, "",       true,  true,  false, SERVICE},
    [TABLE_FEES] =             {TABLE_FEES, 1, {"code", NULL},              fee_columns,     "",        true,  true,  false, LINE},
    [TABLE_HOSPITALS] =        {TABLE_HOSPITALS, 1, {"npi", NULL},          hospital_columns, "",       true,  false, false, SERVICE},
    [TABLE_RATES] =            {TABLE_RATES, 1, {"rate", NULL},             rate_columns,    "",        true,  false, false, SERVICE},
    [TABLE_NEW_TECHNOLOGY] =   {TABLE_NEW_TECHNOLOGY, 1, {"code", NULL},    technology_columns, "icd10pcs", true, false, false, "discharge date"},
    [TABLE_OPPS_COMPREHENSIVE] = {TABLE_OPPS_COMPREHENSIVE, 1, {"code", NULL}, comprehensive_columns, "hcpcs", true, true, false, LINE},
    [TABLE_PAYER_RULE_TESTS] = {TABLE_PAYER_RULE_TESTS, 1, {"test", NULL},  rule_test_columns, "",      false, false, false, "none"},
    [TABLE_ROUTES] =           {TABLE_ROUTES, 1, {"receiver", NULL},        route_columns,   "",        true,  false, false, "the batch's day"},
};
/* clang-format on */

static const char *const names[TABLE_MAX] = {
#define T(suffix, name) [TABLE_##suffix] = name,
    TABLE_LIST(T)
#undef T
};

/* kind_of - the row of a table */
const struct kind *kind_of(enum table_id id)
{
    if ((unsigned)id >= TABLE_MAX)
        abort();
    return &kinds[id];
}

/* kind_is_pairs - by their columns */
bool kind_is_pairs(const struct kind *k)
{
    return k->columns == ptp_columns;
}

/* kind_column - position of a column by name */
int kind_column(const struct kind *k, const char *name)
{
    /* the same literal is mostly the same address: no letter is compared */
    for (int i = 0; k->columns[i].name; i++)
        if (k->columns[i].name == name)
            return i;
    for (int i = 0; k->columns[i].name; i++)
        if (strcmp(k->columns[i].name, name) == 0)
            return i;
    return -1;
}

/* kind_columns - how many columns */
int kind_columns(const struct kind *k)
{
    int n = 0;

    while (k->columns[n].name)
        n++;
    return n;
}

/* table_name - as cli.md names it */
const char *table_name(enum table_id t)
{
    return (unsigned)t < TABLE_MAX ? names[t] : "";
}

/* table_by_name - TABLE_MAX: no such table */
enum table_id table_by_name(const char *name)
{
    for (int t = 0; t < TABLE_MAX; t++)
        if (strcmp(names[t], name) == 0)
            return (enum table_id)t;
    return TABLE_MAX;
}

/* system_word - bytes of a lower-case word before ":" or "|", with it; 0: there is none */
static size_t system_word(struct span v)
{
    size_t n = 0;

    while (n < v.n && ((v.p[n] >= 'a' && v.p[n] <= 'z') || (v.p[n] >= '0' && v.p[n] <= '9')))
        n++;
    return n && n < v.n && (v.p[n] == '|' || v.p[n] == ':') ? n + 1 : 0;
}

/* tables_plain_key - single blanks, upper case but for the system's word */
bool tables_plain_key(struct span v, char *out, size_t size)
{
    size_t n = 0, word = system_word(v);

    if (v.n >= size)
        return false;
    for (size_t i = 0; i < v.n; i++) {
        char c = v.p[i];

        if (c == ' ' && n && out[n - 1] == ' ')
            continue;
        out[n++] = i >= word && c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    out[n] = '\0';
    return n > 0;
}
