/* own_columns.c - the columns of our own CSV, and the rule that each cell must keep */
#include "common/tables/own.h"

#include <stdio.h>
#include <string.h>

#include "common/base/date.h"
#include "common/base/money.h"
#include "common/base/week.h"
#include "common/codes/codes.h"

enum { RULE_TEXT_MAX = 512 };

/* any - whatever it is */
static bool any(const char *s)
{
    (void)s;
    return true;
}

/* number - digits */
static bool number(const char *s)
{
    return str_is_digits(s, 1, 12);
}

/* yes_no - Y or N */
static bool yes_no(const char *s)
{
    return strcmp(s, "Y") == 0 || strcmp(s, "N") == 0;
}

/* professional - Y, N or both */
static bool professional(const char *s)
{
    return yes_no(s) || strcmp(s, "both") == 0;
}

/* kinds - P, I or PI */
static bool kinds(const char *s)
{
    return strcmp(s, "P") == 0 || strcmp(s, "I") == 0 || strcmp(s, "PI") == 0;
}

/* basis - what the filing limit counts from */
static bool basis(const char *s)
{
    static const char *const words[] = {"line_from", "stmt_thru", "discharge", "primary_eob", NULL};

    return str_in(s, words);
}

/* every_word - each part of a text cut at `sign` passes a rule */
static bool every_word(const char *s, const char *sign, cell_rule rule)
{
    char copy[RULE_TEXT_MAX], *save = NULL;

    if (!str_copy(copy, sizeof(copy), s))
        return false;
    for (char *w = strtok_r(copy, sign, &save); w; w = strtok_r(NULL, sign, &save))
        if (!rule(w))
            return false;
    return true;
}

/* role - one of a provider's */
static bool role(const char *s)
{
    static const char *const words[] = {"billing",   "facility",  "rendering", "attending",
                                        "referring", "operating", "ordering",  "supervising",
                                        "payto",     NULL};

    return str_in(s, words);
}

/* roles - separated by blanks */
static bool roles(const char *s)
{
    return every_word(s, " ", role);
}

/* modifiers - separated by ";" */
static bool modifiers(const char *s)
{
    return every_word(s, ";", modifier_form);
}

/* npis - separated by ";" */
static bool npis(const char *s)
{
    return every_word(s, ";", npi_valid);
}

/* tax_id - nine digits */
static bool tax_id(const char *s)
{
    return str_is_digits(s, 9, 9);
}

/* tax_type - EI or SY */
static bool tax_type(const char *s)
{
    return strcmp(s, "EI") == 0 || strcmp(s, "SY") == 0;
}

/* two_digits - a place of service, a hospital's type */
static bool two_digits(const char *s)
{
    return str_is_digits(s, 2, 2);
}

/* unit - UN DA MJ F2 … */
static bool unit(const char *s)
{
    static const char *const words[] = {"UN", "DA", "MJ", "F2", "GR", "ML", "ME", NULL};

    return str_in(s, words);
}

/* indicator - SBR09 */
static bool indicator(const char *s)
{
    return strlen(s) <= 2 && str_is_alnum_upper(s);
}

/* system - of a charge's code */
static bool system_word(const char *s)
{
    static const char *const words[] = {"hcpcs", "cpt", NULL};

    return str_in(s, words);
}

/* procedure - HCPCS Level II or CPT */
static bool procedure(const char *s)
{
    return cpt_form(s) || hcpcs2_form(s);
}

/* phone - ten digits */
static bool phone(const char *s)
{
    return str_is_digits(s, 10, 10);
}

/* isa_qualifier - two digits or ZZ */
static bool isa_qualifier(const char *s)
{
    return str_is_digits(s, 2, 2) || strcmp(s, "ZZ") == 0;
}

/* isa_id - at most 15 bytes */
static bool isa_id(const char *s)
{
    return strlen(s) <= 15;
}

/* zone - of the payer's local time */
static bool zone(const char *s)
{
    int minutes;

    return zone_minutes(s, &minutes);
}

/* clock_time - of the payer's day */
static bool clock_time(const char *s)
{
    return day_minute(s) >= 0;
}

/* transport - a way to a payer */
static bool transport(const char *s)
{
    static const char *const words[] = {"folder", "sftp", "rest", "core", NULL};

    return str_in(s, words);
}

/* host_key - SHA256: and 43 signs of base64 */
static bool host_key(const char *s)
{
    return str_starts(s, "SHA256:") && strlen(s) == 50 &&
           strspn(s + 7, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") == 43;
}

/* host_keys - separated by blanks */
static bool host_keys(const char *s)
{
    return every_word(s, " ", host_key);
}

/* a_day - 2026-03-01 or 20260301 */
static bool a_day(const char *s)
{
    return date_parse(s) != 0;
}

/* payer_day - PAYER, or with the days of the contract */
static bool payer_day(const char *s)
{
    char copy[RULE_TEXT_MAX], *save = NULL, *w;
    int n = 0;

    if (!str_copy(copy, sizeof(copy), s) || !s[0] || s[0] == ':')
        return false;
    for (w = strtok_r(copy, ":", &save); w; w = strtok_r(NULL, ":", &save))
        if (n++ && !date_parse(w))
            return false;
    return n >= 1 && n <= 3;
}

/* payer_days - separated by ";" */
static bool payer_days(const char *s)
{
    return every_word(s, ";", payer_day);
}

/* plain_code - a code, a range or a prefix as the authorizations are compared: byte by byte */
static bool plain_code(const char *s)
{
    size_t n = strspn(s, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");

    if (s[n] == '-')
        return n && strlen(s + n + 1) == n && str_is_alnum_upper(s + n + 1);
    return n && (!s[n] || (s[n] == '*' && !s[n + 1]));
}

/* plain_codes - separated by ";" */
static bool plain_codes(const char *s)
{
    return every_word(s, ";", plain_code);
}

/* pcs_start - two to seven characters of ICD-10-PCS */
static bool pcs_start(const char *s)
{
    size_t n = strspn(s, "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ");

    return n >= 2 && n <= 7 && !s[n];
}

/* pcs_starts - separated by ";" */
static bool pcs_starts(const char *s)
{
    return every_word(s, ";", pcs_start);
}

/* list - what a policy lists */
static bool list(const char *s)
{
    return strcmp(s, "covered") == 0 || strcmp(s, "denied") == 0;
}

/* test_claim - a sample claim of the tests of rules */
static bool test_claim(const char *s)
{
    static const char *const words[] = {"professional", "inpatient", "outpatient", NULL};

    return str_in(s, words);
}

/* test_says - what the test expects of its rule */
static bool test_says(const char *s)
{
    return strcmp(s, "fires") == 0 || strcmp(s, "silent") == 0;
}

/* late - how a payer takes charges after the final bill */
static bool late(const char *s)
{
    static const char *const words[] = {"7", "5", "5-outpatient", NULL};

    return str_in(s, words);
}

/* coding - words of docs/services.md, or no- and the word */
static bool coding(const char *s)
{
    static const char *const words[] = {"8-minute", "JW", "0",       "50",    "51", "X",  "PT",
                                        "CQ",       "AA", "JA",      "P1",    "GC", "FS", "93",
                                        "95",       "AI", "consult", "G2212", NULL};

    return str_in(strncmp(s, "no-", 3) == 0 ? s + 3 : s, words);
}

/* codings - separated by ";" */
static bool codings(const char *s)
{
    return every_word(s, ";", coding);
}

/* clia_type - a laboratory's certificate */
static bool clia_type(const char *s)
{
    static const char *const words[] = {"waiver",     "ppm",           "registration",
                                        "compliance", "accreditation", NULL};

    return str_in(s, words);
}

/* amount - a number that is not negative, of at most six decimals */
static bool amount(const char *s)
{
    int64_t v;

    return s[0] != '-' && decimal_parse(s, strlen(s), 6, &v) == DECIMAL_OK;
}

/* dollars - the same of at most two decimals */
static bool dollars(const char *s)
{
    int64_t v;

    return s[0] != '-' && decimal_parse(s, strlen(s), 2, &v) == DECIMAL_OK;
}

/* payer_key - of a contract: an id, or all payers with a filing indicator */
static bool payer_key(const char *s)
{
    return !str_starts(s, "filing:") || indicator(s + 7);
}

/* claim_kind - whom a contract speaks of */
static bool claim_kind(const char *s)
{
    static const char *const words[] = {"professional", "inpatient", "outpatient", NULL};

    return str_in(s, words);
}

/* claim_kinds - separated by ";" */
static bool claim_kinds(const char *s)
{
    return every_word(s, ";", claim_kind);
}

/* pay_method - a way of payment (common/price) */
static bool pay_method(const char *s)
{
    static const char *const words[] = {"mpfs",       "mpfs-qpp",  "opps",     "ipps",    "asc",
                                        "fee",        "case",      "per-diem", "percent", "within",
                                        "anesthesia", "stop-loss", "cap",      NULL};

    return str_in(s, words);
}

/* ccn_form - a hospital's number with Medicare */
static bool ccn_form(const char *s)
{
    return strlen(s) == 6 && str_is_alnum_upper(s);
}

/* pcs_code - seven characters */
static bool pcs_code(const char *s)
{
    return strlen(s) == 7 && pcs_start(s);
}

/* off_campus - the modifier of a hospital's department apart from it */
static bool off_campus(const char *s)
{
    static const char *const words[] = {"PO", "PN", "ER", NULL};

    return str_in(s, words);
}

/* clang-format off */
static const struct own_column payer_file[] = {
    {"payer_id",           NULL,                 true,  any,       "an id"},
    {"name",               "name",               true,  any,       "a name"},
    {"filing_indicator",   "filing_indicator",   true,  indicator, "the code of SBR09 (MB, MA, CI, BL, MC …)"},
    {"receiver",           "receiver",           true,  any,       "a receiver of the routes"},
    {"kinds",              "kinds",              true,  kinds,     "P, I or PI"},
    {"timely_filing_days", "timely_filing_days", false, number,    "a number of days"},
    {"filing_basis",       "filing_basis",       false, basis,     "line_from, stmt_thru, discharge or primary_eob"},
    {"member_pattern",     "member_pattern",     false, any,       "a regular expression"},
    {"aliases",            NULL,                 false, any,       "names and ids separated by ;"},
    {"requires_referring", "requires_referring", false, yes_no,    "Y or N"},
    {"allow_freq7",        "allow_freq7",        false, yes_no,    "Y or N"},
    {"insurance_type",     "insurance_type",     false, indicator, "the code of SBR05"},
    {"claim_office",       "claim_office",       false, any,       "a text"},
    {"from",               NULL,                 false, any,       "a day"},
    {"to",                 NULL,                 false, any,       "a day"},
    {"external_cause",     "external_cause",     OWN_NEWER, yes_no, "Y or N"},
    {"contractor",         "contractor",         OWN_NEWER, any,    "the contractor's number or name"},
    {"late_charges",       "late_charges",       OWN_NEWER, late,   "7, 5 or 5-outpatient"},
    {"coding",             "coding",             OWN_NEWER, codings, "words of docs/services.md separated by ;"},
    {"file_hours",         "file_hours",         OWN_NEWER, number, "a number of hours"},
    {"ack_days",           "ack_days",           OWN_NEWER, number, "a number of days"},
    {"era_days",           "era_days",           OWN_NEWER, number, "a number of days"},
    {"appeal_days",        "appeal_days",        OWN_NEWER, number, "a number of days"},
    {"inquiry",            "inquiry",            OWN_NEWER, yes_no, "Y or N"},
    {"resend_unknown",     "resend_unknown",     OWN_NEWER, yes_no, "Y or N"},
    {"variance_cents",     "variance_cents",     OWN_NEWER, number, "a number of cents"},
    {"variance_percent",   "variance_percent",   OWN_NEWER, number, "a number"},
    {"crossover_days",     "crossover_days",     OWN_NEWER, number, "a number of days"},
    {"crossover_bill",     "crossover_bill",     OWN_NEWER, yes_no, "Y or N"},
    {NULL, NULL, false, NULL, NULL},
};
static const struct own_column provider_file[] = {
    {"key",              NULL,               true,  any,           "an NPI or facility:NAME"},
    {"npi",              "npi",              true,  npi_valid,     "an NPI whose check digit is right"},
    {"roles",            "roles",            true,  roles,         "roles separated by blanks"},
    {"organization",     "organization",     true,  yes_no,        "Y or N"},
    {"last",             "last",             true,  any,           "a name"},
    {"first",            "first",            false, any,           "a name"},
    {"middle",           "middle",           false, any,           "a name"},
    {"taxonomy",         "taxonomy",         false, taxonomy_form, "ten characters, the last X"},
    {"tax_id",           "tax_id",           false, tax_id,        "nine digits"},
    {"tax_id_type",      "tax_id_type",      false, tax_type,      "EI or SY"},
    {"address1",         "address1",         false, any,           "an address"},
    {"address2",         "address2",         false, any,           "an address"},
    {"city",             "city",             false, any,           "a city"},
    {"state",            "state",            false, state_code,    "a state"},
    {"zip",              "zip",              false, zip_form,      "five or nine digits"},
    {"phone",            "phone",            false, phone,         "ten digits"},
    {"group_npi",        "group_npi",        false, npis,          "an NPI whose check digit is right"},
    {"clia",             "clia",             false, clia_form,     "a CLIA number"},
    {"professional_npi", "professional_npi", false, npi_valid,     "an NPI whose check digit is right"},
    {"from",             NULL,               false, any,           "a day"},
    {"to",               NULL,               false, any,           "a day"},
    {"may_order",        "may_order",        OWN_NEWER, yes_no,     "Y or N"},
    {"enrolled_from",    "enrolled_from",    OWN_NEWER, a_day,      "a day"},
    {"enrolled_to",      "enrolled_to",      OWN_NEWER, a_day,      "a day"},
    {"payers",           "payers",           OWN_NEWER, payer_days, "PAYER or PAYER:FROM:TO, separated by ;"},
    {"clia_type",        "clia_type",        OWN_NEWER, clia_type,  "waiver, ppm, registration, compliance or accreditation"},
    {"pcs_not_coded",    "pcs_not_coded",    OWN_NEWER, pcs_starts, "beginnings of ICD-10-PCS codes separated by ;"},
    {"off_campus",       "off_campus",       OWN_NEWER, off_campus, "PO, PN or ER"},
    {NULL, NULL, false, NULL, NULL},
};
static const struct own_column cdm_file[] = {
    {"charge",       NULL,           true,  any,          "a charge code, or system|code"},
    {"revenue",      "revenue",      false, revenue_form, "a revenue code of four digits"},
    {"code_system",  "code_system",  false, system_word,  "hcpcs or cpt"},
    {"code",         "code",         false, procedure,    "a HCPCS or CPT code"},
    {"modifiers",    "modifiers",    false, modifiers,    "modifiers separated by ;"},
    {"price_cents",  "price_cents",  true,  number,       "whole cents"},
    {"unit_code",    "unit_code",    false, unit,         "UN, MJ, DA, F2, GR, ML or ME"},
    {"professional", "professional", true,  professional, "Y, N or both"},
    {"department",   "department",   false, any,          "a text"},
    {"description",  "description",  false, any,          "a text of the site's own"},
    {"needs_drug",   "needs_drug",   false, yes_no,       "Y or N"},
    {"pos",          "pos",          false, two_digits,   "a place of service of two digits"},
    {"from",         NULL,           false, any,          "a day"},
    {"to",           NULL,           false, any,          "a day"},
    {NULL, NULL, false, NULL, NULL},
};
static const struct own_column route_file[] = {
    {"receiver",          NULL,                true,  any,           "a receiver's name"},
    {"qualifier",         "qualifier",         true,  isa_qualifier, "the code of ISA07"},
    {"receiver_id",       "receiver_id",       true,  isa_id,        "at most 15 bytes (ISA08)"},
    {"sender_qualifier",  "sender_qualifier",  true,  isa_qualifier, "the code of ISA05"},
    {"sender_id",         "sender_id",         true,  isa_id,        "at most 15 bytes (ISA06)"},
    {"submitter_name",    "submitter_name",    true,  any,           "a name"},
    {"submitter_contact", "submitter_contact", false, any,           "a name"},
    {"submitter_phone",   "submitter_phone",   false, phone,         "ten digits"},
    {"receiver_name",     "receiver_name",     true,  any,           "a name"},
    {"mailbox",           "mailbox",           true,  any,           "a folder"},
    {"replies",           "replies",           true,  any,           "a folder"},
    {"test",              "test",              true,  yes_no,        "Y or N"},
    {"sandbox",           "sandbox",           true,  yes_no,        "Y or N"},
    {"batch_claims",      "batch_claims",      true,  number,        "a number"},
    {"batch_bytes",       "batch_bytes",       true,  number,        "a number"},
    {"batch_age_ms",      "batch_age_ms",      true,  number,        "milliseconds"},
    {"from",              NULL,                false, any,           "a day"},
    {"to",                NULL,                false, any,           "a day"},
    {"transport",         "transport",         OWN_NEWER, transport, "folder, sftp, rest or core"},
    {"gap_ms",            "gap_ms",            OWN_NEWER, number,    "milliseconds"},
    {"time_zone",         "time_zone",         OWN_NEWER, zone,      "+HHMM or -HHMM"},
    {"closed",            "closed",            OWN_NEWER, week_windows_valid, "windows as SUN 0000-0600;DAILY 0200-0230"},
    {"user",              "user",              OWN_NEWER, any,       "a name"},
    {"secret",            "secret",            OWN_NEWER, any,       "a file's name"},
    {"host_key",          "host_key",          OWN_NEWER, host_keys, "fingerprints as ssh-keygen -l prints them, SHA256:..."},
    {"poll_ms",           "poll_ms",           OWN_NEWER, number,    "milliseconds"},
    {"timeout_ms",        "timeout_ms",        OWN_NEWER, number,    "milliseconds"},
    {"ca",                "ca",                OWN_NEWER, any,       "a file's name"},
    {"client_cert",       "client_cert",       OWN_NEWER, any,       "a file's name"},
    {"repeat",            "repeat",            OWN_NEWER, yes_no,    "Y or N"},
    {"submit_type",       "submit_type",       OWN_NEWER, any,       "a payload type"},
    {"pickup_types",      "pickup_types",      OWN_NEWER, any,       "payload types"},
    {"cutoff",            "cutoff",            OWN_NEWER, clock_time, "a time of day as 1630"},
    {"split_frequency",   "split_frequency",   OWN_NEWER, yes_no,    "Y or N"},
    {NULL, NULL, false, NULL, NULL},
};
static const struct own_column rule_file[] = {
    {"rule",      NULL,        true,  any, "an id of A-Z, 0-9 and -"},
    {"payer",     "payer",     true,  any, "a payer id, *, filing:CODE or contractor:NAME"},
    {"plan",      "plan",      false, any, "a group number or name, or PREFIX*"},
    {"kind",      "kind",      false, any, "P, I, inpatient, outpatient"},
    {"severity",  "severity",  false, any, "reject, hold or note"},
    {"what",      "what",      true,  any, "a type of rule"},
    {"codes",     "codes",     false, any, "codes, FROM-TO, PREFIX*, separated by ;"},
    {"condition", "condition", false, any, "a condition"},
    {"value",     "value",     false, any, "what the type of rule wants"},
    {"message",   "message",   false, any, "a text"},
    {"fix",       "fix",       false, any, "a text"},
    {"authority", "authority", true,  any, "the document that says so"},
    {"from",      NULL,        false, any, "a day"},
    {"to",        NULL,        false, any, "a day"},
    {NULL, NULL, false, NULL, NULL},
};
static const struct own_column policy_file[] = {
    {"policy",     NULL,         true,  any,  "the policy's number"},
    {"contractor", "contractor", true,  any,  "a contractor of the payers table, * or payer:ID"},
    {"codes",      "codes",      true,  any,  "codes, FROM-TO, PREFIX*, separated by ;"},
    {"list",       "list",       true,  list, "covered or denied"},
    {"dx",         "dx",         true,  any,  "diagnoses, FROM-TO, PREFIX*, separated by ;"},
    {"also",       "also",       false, any,  "diagnoses of which one has to be there too"},
    {"condition",  "condition",  false, any,  "a condition"},
    {"authority",  "authority",  false, any,  "the document"},
    {"from",       NULL,         false, any,  "a day"},
    {"to",         NULL,         false, any,  "a day"},
    {NULL, NULL, false, NULL, NULL},
};
static const struct own_column authorization_file[] = {
    {"number",    NULL,        true,  any,         "the payer's number"},
    {"payer",     "payer",     false, any,         "a payer id"},
    {"codes",     "codes",     false, plain_codes, "codes, FROM-TO, PREFIX* in upper case, separated by ;"},
    {"units",     "units",     false, number,      "a number of units"},
    {"rendering", "rendering", false, npis,        "NPIs separated by ;"},
    {"facility",  "facility",  false, npis,        "NPIs separated by ;"},
    {"first_day", "first_day", false, a_day,       "a day"},
    {"last_day",  "last_day",  false, a_day,       "a day"},
    {NULL, NULL, false, NULL, NULL},
};
static const struct own_column rule_test_file[] = {
    {"test",    NULL,      true,  any,        "a name"},
    {"rule",    "rule",    true,  any,        "the id of a rule"},
    {"claim",   "claim",   true,  test_claim, "professional, inpatient or outpatient"},
    {"expect",  "expect",  true,  test_says,  "fires or silent"},
    {"changes", "changes", false, any,        "changes joined by ;"},
    {NULL, NULL, false, NULL, NULL},
};
static const struct own_column cpt_file[] = {
    {"cpt",   NULL,    true,  cpt_form, "a CPT code"},
    {"group", "group", false, any,      "a word"},
    {"from",  NULL,    false, any,      "a day"},
    {"to",    NULL,    false, any,      "a day"},
    {NULL, NULL, false, NULL, NULL},
};

static const struct own_column contract_file[] = {
    {"payer",    NULL,       true,  payer_key,     "a payer id, or filing: and the code of SBR09"},
    {"turn",     "turn",     true,  number,        "a number: the payer's rows are asked in this order"},
    {"contract", "contract", true,  any,           "a name"},
    {"kinds",    "kinds",    true,  claim_kinds,   "professional, inpatient, outpatient, separated by ;"},
    {"method",   "method",   true,  pay_method,    "mpfs, mpfs-qpp, opps, ipps, asc, fee, anesthesia, case, per-diem, percent, within, stop-loss or cap"},
    {"schedule", "schedule", false, any,           "a schedule of the fees, or MAC-LOCALITY"},
    {"codes",    "codes",    false, plain_codes,   "upper case codes, ranges, prefixes, separated by ;"},
    {"revenues", "revenues", false, plain_codes,   "revenue codes, ranges, prefixes, separated by ;"},
    {"drgs",     "drgs",     false, plain_codes,   "DRGs of three digits, ranges, prefixes, separated by ;"},
    {"npis",     "npis",     false, npis,          "NPIs of billing providers, separated by ;"},
    {"percent",  "percent",  false, amount,        "a number of at most six decimals"},
    {"amount",   "amount",   false, dollars,       "dollars and cents"},
    {"lesser",   "lesser",   false, yes_no,        "Y or N"},
    {"from",     NULL,       false, any,           "a day"},
    {"to",       NULL,       false, any,           "a day"},
    {NULL, NULL, false, NULL, NULL},
};
static const struct own_column fee_file[] = {
    {"code",            NULL,              true,  procedure,     "a HCPCS or CPT code"},
    {"schedule",        "schedule",        true,  any,           "a name"},
    {"modifier",        "modifier",        false, modifier_form, "a modifier"},
    {"amount",          "amount",          true,  dollars,       "dollars and cents"},
    {"facility_amount", "facility_amount", false, dollars,       "dollars and cents"},
    {"discounted",      "discounted",      false, yes_no,        "Y or N"},
    {"from",            NULL,              false, any,           "a day"},
    {"to",              NULL,              false, any,           "a day"},
    {NULL, NULL, false, NULL, NULL},
};
static const struct own_column hospital_file[] = {
    {"npi",           NULL,            true, npi_valid, "an NPI whose check digit is right"},
    {"ccn",           "ccn",           true, ccn_form,  "six letters or digits"},
    {"wage_index",    "wage_index",    true, amount,    "a number of at most six decimals"},
    {"cola",          "cola",          true, amount,    "a number of at most six decimals"},
    {"gaf",           "gaf",           true, amount,    "a number of at most six decimals"},
    {"capital_cola",  "capital_cola",  true, amount,    "a number of at most six decimals"},
    {"operating_ccr", "operating_ccr", true, amount,    "a number of at most six decimals"},
    {"capital_ccr",   "capital_ccr",   true, amount,    "a number of at most six decimals"},
    {"operating_dsh", "operating_dsh", true, amount,    "a number of at most six decimals"},
    {"operating_ime", "operating_ime", true, amount,    "a number of at most six decimals"},
    {"capital_dsh",   "capital_dsh",   true, amount,    "a number of at most six decimals"},
    {"capital_ime",   "capital_ime",   true, amount,    "a number of at most six decimals"},
    {"vbp",           "vbp",           true, amount,    "a number of at most six decimals"},
    {"hrrp",          "hrrp",          true, amount,    "a number of at most six decimals"},
    {"uncompensated", "uncompensated", true, dollars,   "dollars and cents"},
    {"from",          NULL,            false, any,      "a day"},
    {"to",            NULL,            false, any,      "a day"},
    {"outpatient_ccr", "outpatient_ccr", OWN_NEWER, amount, "a number of at most six decimals"},
    {"hac",            "hac",            OWN_NEWER, amount, "a number of at most six decimals"},
    {"low_volume",     "low_volume",     OWN_NEWER, amount, "a number of at most six decimals"},
    {"type",           "type",           OWN_NEWER, two_digits, "two digits"},
    {"inpatient_quality",  "inpatient_quality",  OWN_NEWER, yes_no, "Y or N"},
    {"outpatient_quality", "outpatient_quality", OWN_NEWER, yes_no, "Y or N"},
    {"offset_340b",        "offset_340b",        OWN_NEWER, yes_no, "Y or N"},
    {NULL, NULL, false, NULL, NULL},
};
static const struct own_column rate_file[] = {
    {"rate",  NULL,    true,  any,    "a name of docs/payment.md"},
    {"value", "value", true,  amount, "a number of at most six decimals"},
    {"from",  NULL,    false, any,    "a day"},
    {"to",    NULL,    false, any,    "a day"},
    {NULL, NULL, false, NULL, NULL},
};
static const struct own_column technology_file[] = {
    {"code",    NULL,      true,  pcs_code, "an ICD-10-PCS code"},
    {"most",    "most",    true,  dollars,  "dollars and cents"},
    {"percent", "percent", true,  amount,   "a number of at most six decimals"},
    {"from",    NULL,      false, any,      "a day"},
    {"to",      NULL,      false, any,      "a day"},
    {NULL, NULL, false, NULL, NULL},
};

static const struct own_column comprehensive_file[] = {
    {"code",   NULL,     true,  procedure,       "a HCPCS or CPT code"},
    {"second", "second", false, procedure, "a HCPCS or CPT code, or nothing"},
    {"rank",   "rank",   false, number,          "a number: 1 is the highest"},
    {"rate",   "rate",   false, dollars,         "dollars and cents"},
    {"from",   NULL,     false, any,             "a day"},
    {"to",     NULL,     false, any,             "a day"},
    {NULL, NULL, false, NULL, NULL},
};

static const struct {
    enum table_id table;
    const struct own_column *columns;
} own_files[] = {
    {TABLE_PAYERS, payer_file}, {TABLE_PROVIDERS, provider_file}, {TABLE_CDM, cdm_file},
    {TABLE_ROUTES, route_file}, {TABLE_CPT, cpt_file}, {TABLE_PAYER_RULES, rule_file},
    {TABLE_PAYER_RULE_TESTS, rule_test_file}, {TABLE_COVERAGE_POLICY, policy_file},
    {TABLE_AUTHORIZATIONS, authorization_file}, {TABLE_CONTRACTS, contract_file}, {TABLE_FEES, fee_file},
    {TABLE_HOSPITALS, hospital_file}, {TABLE_RATES, rate_file}, {TABLE_NEW_TECHNOLOGY, technology_file},
    {TABLE_OPPS_COMPREHENSIVE, comprehensive_file},
};
/* clang-format on */

enum { OWN_FILES = sizeof(own_files) / sizeof(own_files[0]) };

/* own_columns - the columns of a table's file */
const struct own_column *own_columns(enum table_id t)
{
    for (size_t i = 0; i < OWN_FILES; i++)
        if (own_files[i].table == t)
            return own_files[i].columns;
    return NULL;
}
