/* element.c - the elements as rows */
#include "common/rules/element.h"

#include <stdlib.h>

/* clang-format off */
#define CODE   .type = ELEMENT_OF_CODE
#define TEXT   .type = ELEMENT_OF_TEXT
#define NUMBER .type = ELEMENT_OF_NUMBER
#define MONEY  .type = ELEMENT_OF_MONEY
#define DAY    .type = ELEMENT_OF_DAY
#define FLAG   .type = ELEMENT_OF_FLAG
#define BOTH   .line = true, .inherits = true

static const struct element elements[ELEMENT_MAX] = {
    [ELEMENT_ACCIDENT_STATE] =   {CODE, .at = "CLM11-4", .help = "state of an automobile accident"},
    [ELEMENT_ADMIT] =            {DAY, .at = "DTP03*435", .help = "day of admission"},
    [ELEMENT_ADMIT_SOURCE] =     {CODE, .at = "CL102", .help = "point of origin"},
    [ELEMENT_ADMIT_TYPE] =       {CODE, .at = "CL101", .help = "type of admission"},
    [ELEMENT_AGE] =              {NUMBER, .at = "DMG02", .help = "full years on arrival (inpatient: admission; else first day)"},
    [ELEMENT_AGE_DAYS] =         {NUMBER, .at = "DMG02", .help = "days since birth on arrival"},
    [ELEMENT_ASSIGNMENT] =       {CODE, .at = "CLM07", .help = "A, B, C"},
    [ELEMENT_ATTACHMENTS] =      {NUMBER, .at = "PWK01", .help = "how many PWK the claim has, without its lines'"},
    [ELEMENT_ATTENDING_NPI] =    {TEXT, .at = "NM109", .help = "attending provider"},
    [ELEMENT_ATTENDING_TAXONOMY] = {TEXT, .at = "PRV03", .help = "attending provider's specialty"},
    [ELEMENT_AUTHORIZATION] =    {TEXT, BOTH, .at = "REF02*G1", .edit = "AUT-01", .help = "prior authorization number"},
    [ELEMENT_BILL_TYPE] =        {CODE, .at = "CLM05-1", .help = "three digits without the leading zero: 131; 11*"},
    [ELEMENT_BILLING_NPI] =      {TEXT, .at = "NM109", .help = "billing provider"},
    [ELEMENT_BILLING_STATE] =    {CODE, .at = "N402", .help = "state of the billing address"},
    [ELEMENT_BILLING_TAXONOMY] = {TEXT, .at = "PRV03", .help = "billing provider's specialty"},
    [ELEMENT_CHARGE] =           {MONEY, .line = true, .at = "SV102", .at_institutional = "SV203", .help = "charge of the line: 150.00"},
    [ELEMENT_CLAIM_CHARGE] =     {MONEY, .at = "CLM02", .help = "charge of the claim"},
    [ELEMENT_CLAIM_DAYS] =       {NUMBER, .at = "DTP03*434", .help = "days from first to last, both counted"},
    [ELEMENT_CLIA] =             {TEXT, BOTH, .at = "REF02*X4", .edit = "LAB-01", .help = "laboratory certificate"},
    [ELEMENT_CODE] =             {CODE, .line = true, .at = "SV101-2", .at_institutional = "SV202-2", .help = "HCPCS or CPT code of the line"},
    [ELEMENT_CODES] =            {CODE, .many = true, .at = "SV101-2", .at_institutional = "SV202-2", .help = "codes of all lines"},
    [ELEMENT_CONDITIONS] =       {CODE, .many = true, .at = "HI01-2*BG", .help = "condition codes"},
    [ELEMENT_DELAY_REASON] =     {CODE, .at = "CLM20", .help = "why the claim is late"},
    [ELEMENT_DESCRIPTION] =      {TEXT, .line = true, .at = "SV101-7", .at_institutional = "SV202-7", .edit = "COD-12", .help = "what the line says in words"},
    [ELEMENT_DISCHARGE] =        {DAY, .at = "DTP03*096", .help = "day of discharge"},
    [ELEMENT_DISCHARGE_STATUS] = {CODE, .at = "CL103", .help = "discharge status"},
    [ELEMENT_DRG] =              {CODE, .at = "HI01-2*DR", .help = "submitted DRG"},
    [ELEMENT_DRUG_UNIT] =        {CODE, .line = true, .at = "CTP05", .help = "unit of the drug: F2 GR ME ML UN"},
    [ELEMENT_DX] =               {CODE, .many = true, .at = "HI01-2", .help = "all diagnoses but admitting and reason for visit"},
    [ELEMENT_DX_COUNT] =         {NUMBER, .at = "HI01-2", .help = "how many diagnoses"},
    [ELEMENT_EXTERNAL_CAUSE] =   {CODE, .many = true, .at = "HI01-2*ABN", .edit = "DXR-08", .help = "diagnoses V00-Y99"},
    [ELEMENT_FACILITY_NPI] =     {TEXT, BOTH, .at = "NM109", .help = "service facility"},
    [ELEMENT_FILING_INDICATOR] = {CODE, .at = "SBR09", .help = "MB, MA, MC, CI, BL …"},
    [ELEMENT_FIRST_DX] =         {CODE, .line = true, .at = "SV107", .help = "the first diagnosis the line points at"},
    [ELEMENT_FREQUENCY] =        {CODE, .at = "CLM05-3", .help = "1 original, 7 replacement, 8 void …"},
    [ELEMENT_FROM] =             {DAY, .at = "DTP03*434", .help = "first day of the claim"},
    [ELEMENT_GROUP_NAME] =       {TEXT, .at = "SBR04", .help = "name of the group or plan"},
    [ELEMENT_GROUP_NUMBER] =     {TEXT, .at = "SBR03", .edit = "IDN-06", .help = "number of the group or policy"},
    [ELEMENT_INSURANCE_TYPE] =   {CODE, .at = "SBR05", .help = "why Medicare is secondary: 12 … 47"},
    [ELEMENT_LINE_COUNT] =       {NUMBER, .at = "LX01", .help = "how many service lines"},
    [ELEMENT_LINE_DAYS] =        {NUMBER, .line = true, .at = "DTP03*472", .help = "days of the line, both counted"},
    [ELEMENT_LINE_FROM] =        {DAY, .line = true, .at = "DTP03*472", .help = "first day of the line"},
    [ELEMENT_LINE_THRU] =        {DAY, .line = true, .at = "DTP03*472", .help = "last day of the line"},
    [ELEMENT_MEMBER_ID] =        {TEXT, .at = "NM109", .help = "member id at the payer that is billed"},
    [ELEMENT_MODIFIERS] =        {CODE, .many = true, .line = true, .at = "SV101-3", .at_institutional = "SV202-3", .help = "modifiers of the line"},
    [ELEMENT_NDC] =              {TEXT, .line = true, .at = "LIN03", .edit = "NDC-03", .help = "drug code of the line"},
    [ELEMENT_NOTE] =             {TEXT, BOTH, .at = "NTE02", .help = "note of line or claim"},
    [ELEMENT_OCCURRENCES] =      {CODE, .many = true, .at = "HI01-2*BH", .help = "occurrence codes"},
    [ELEMENT_OPERATING_NPI] =    {TEXT, .at = "NM109", .help = "operating physician"},
    [ELEMENT_ORDERING_NPI] =     {TEXT, BOTH, .at = "NM109", .edit = "PRV-09", .help = "ordering provider"},
    [ELEMENT_ORIGINAL_REFERENCE] = {TEXT, .at = "REF02*F8", .edit = "FRQ-01", .help = "payer's number of the claim that is replaced"},
    [ELEMENT_OTHER_PAID] =       {MONEY, .at = "AMT02*D", .help = "what the other payers paid together"},
    [ELEMENT_OTHER_PAYERS] =     {NUMBER, .at = "SBR01", .help = "how many other payers the claim names"},
    [ELEMENT_PLACE] =            {CODE, BOTH, .at = "SV105", .help = "place of service of the line, else of the claim"},
    [ELEMENT_POINTED_DX] =       {CODE, .many = true, .line = true, .at = "SV107", .help = "diagnoses the line points at (837I: all)"},
    [ELEMENT_PRINCIPAL_DX] =     {CODE, .at = "HI01-2", .help = "principal or first-listed diagnosis"},
    [ELEMENT_PROCEDURES] =       {CODE, .many = true, .at = "HI01-2*BBR", .help = "ICD-10-PCS codes"},
    [ELEMENT_REFERRAL] =         {TEXT, BOTH, .at = "REF02*9F", .edit = "AUT-03", .help = "referral number"},
    [ELEMENT_REFERRING_NPI] =    {TEXT, BOTH, .at = "NM109", .edit = "PRV-09", .help = "referring provider"},
    [ELEMENT_REFERRING_TAXONOMY] = {TEXT, BOTH, .at = "PRV03", .help = "referring provider's specialty"},
    [ELEMENT_RELATED_CAUSES] =   {CODE, .many = true, .at = "CLM11-1", .help = "AA, EM, OA"},
    [ELEMENT_RENDERING_NPI] =    {TEXT, BOTH, .at = "NM109", .edit = "PRV-07", .help = "rendering provider"},
    [ELEMENT_RENDERING_TAXONOMY] = {TEXT, BOTH, .at = "PRV03", .help = "rendering provider's specialty"},
    [ELEMENT_REVENUE] =          {CODE, .line = true, .at = "SV201", .help = "revenue code of the line, four digits"},
    [ELEMENT_SELF] =             {FLAG, .at = "SBR02", .help = "the patient is the subscriber"},
    [ELEMENT_SEQUENCE] =         {CODE, .at = "SBR01", .help = "P, S, T of the payer that is billed"},
    [ELEMENT_SEX] =              {CODE, .at = "DMG03", .help = "F, M, U"},
    [ELEMENT_SPECIAL_PROGRAM] =  {CODE, .at = "CLM12", .help = "special program"},
    [ELEMENT_STATE] =            {CODE, .at = "N402", .help = "state of the patient's address"},
    [ELEMENT_SUPERVISING_NPI] =  {TEXT, BOTH, .at = "NM109", .help = "supervising provider"},
    [ELEMENT_THRU] =             {DAY, .at = "DTP03*434", .help = "last day of the claim"},
    [ELEMENT_UNIT] =             {CODE, .line = true, .at = "SV103", .at_institutional = "SV204", .help = "UN, MJ, DA"},
    [ELEMENT_UNITS] =            {NUMBER, .line = true, .at = "SV104", .at_institutional = "SV205", .help = "units of the line"},
    [ELEMENT_VALUES] =           {CODE, .many = true, .at = "HI01-2*BE", .help = "value codes"},
    [ELEMENT_ZIP] =              {TEXT, .at = "N403", .help = "ZIP code of the patient's address"},
};
/* clang-format on */

static const char *const names[ELEMENT_MAX] = {
#define E(suffix, name) [ELEMENT_##suffix] = name,
    ELEMENT_LIST(E)
#undef E
};

/* element_of - a row */
const struct element *element_of(enum element_id id)
{
    if ((unsigned)id >= ELEMENT_MAX)
        abort();
    return &elements[id];
}

/* element_name - as rules write it */
const char *element_name(enum element_id id)
{
    return (unsigned)id < ELEMENT_MAX ? names[id] : "";
}

/* element_by_name - asked when rules are read, never on a claim */
enum element_id element_by_name(struct span name)
{
    for (int i = 0; i < ELEMENT_MAX; i++)
        if (span_is(name, names[i]))
            return (enum element_id)i;
    return ELEMENT_MAX;
}

/* element_type_name - for messages */
const char *element_type_name(enum element_type t)
{
    static const char *const words[] = {"a code",    "a text", "a number",
                                        "an amount", "a day",  "yes or no"};

    return words[t];
}
