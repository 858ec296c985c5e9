/* vocab.c - the words of senders as ours: rows
 *
 * Names as met in HL7 table 0396, its predecessor 0053, FHIR's system URIs, OIDs, and in real
 * messages of seven projects (coding §8.7). A word that is no row is not known: never the nearest.
 */
#include "services/intake/vocab.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "common/codes/codes.h"

struct word_row {
    const char *word;
    int value;
};

/* clang-format off */
static const struct word_row systems[] = {
    {"I10",       CODE_SYSTEM_ICD10CM}, {"I10C",       CODE_SYSTEM_ICD10CM}, {"ICD10",      CODE_SYSTEM_ICD10CM},
    {"ICD-10",    CODE_SYSTEM_ICD10CM}, {"ICD10CM",    CODE_SYSTEM_ICD10CM}, {"ICD-10-CM",  CODE_SYSTEM_ICD10CM},
    {"ICD-10CM",  CODE_SYSTEM_ICD10CM}, {"I10CM",      CODE_SYSTEM_ICD10CM}, {"I10CDX",     CODE_SYSTEM_ICD10CM},
    {"ICD10DX",   CODE_SYSTEM_ICD10CM}, {"10",         CODE_SYSTEM_ICD10CM}, {"ABK",        CODE_SYSTEM_ICD10CM},
    {"ABF",       CODE_SYSTEM_ICD10CM}, {"ICD10-CM",   CODE_SYSTEM_ICD10CM}, {"ICD 10",     CODE_SYSTEM_ICD10CM},
    {"ICD-10 CM", CODE_SYSTEM_ICD10CM}, {"ICD 10 CM",  CODE_SYSTEM_ICD10CM}, {"I-10",       CODE_SYSTEM_ICD10CM},
    {"ICD10 CM",  CODE_SYSTEM_ICD10CM},
    {"HTTP://HL7.ORG/FHIR/SID/ICD-10-CM",   CODE_SYSTEM_ICD10CM}, {"2.16.840.1.113883.6.90", CODE_SYSTEM_ICD10CM},
    {"HTTP://HL7.ORG/FHIR/SID/ICD-10",      CODE_SYSTEM_ICD10CM}, {"2.16.840.1.113883.6.3",  CODE_SYSTEM_ICD10CM},
    {"HTTP://TERMINOLOGY.HL7.ORG/CODESYSTEM/ICD-10-CM", CODE_SYSTEM_ICD10CM},
    {"HTTP://TERMINOLOGY.HL7.ORG/CODESYSTEM/ICD10CM",   CODE_SYSTEM_ICD10CM},
    {"I10P",      CODE_SYSTEM_ICD10PCS}, {"ICD10PCS",  CODE_SYSTEM_ICD10PCS}, {"ICD-10-PCS", CODE_SYSTEM_ICD10PCS},
    {"I10PCS",    CODE_SYSTEM_ICD10PCS}, {"ICD10P",    CODE_SYSTEM_ICD10PCS}, {"10P",        CODE_SYSTEM_ICD10PCS},
    {"HTTP://HL7.ORG/FHIR/SID/ICD-10-PCS",           CODE_SYSTEM_ICD10PCS},
    {"HTTP://WWW.CMS.GOV/MEDICARE/CODING/ICD10",     CODE_SYSTEM_ICD10PCS},
    {"HTTPS://WWW.CMS.GOV/MEDICARE/CODING/ICD10",    CODE_SYSTEM_ICD10PCS},
    {"2.16.840.1.113883.6.4",                        CODE_SYSTEM_ICD10PCS},
    {"I9",        CODE_SYSTEM_ICD9CM},  {"I9C",        CODE_SYSTEM_ICD9CM},  {"ICD9",       CODE_SYSTEM_ICD9CM},
    {"ICD-9",     CODE_SYSTEM_ICD9CM},  {"ICD9CM",     CODE_SYSTEM_ICD9CM},  {"ICD-9-CM",   CODE_SYSTEM_ICD9CM},
    {"ICD-9CM",   CODE_SYSTEM_ICD9CM},  {"I9CDX",      CODE_SYSTEM_ICD9CM},  {"I9CP",       CODE_SYSTEM_ICD9CM},
    {"I9CM",      CODE_SYSTEM_ICD9CM},  {"9",          CODE_SYSTEM_ICD9CM},
    {"HTTP://HL7.ORG/FHIR/SID/ICD-9-CM",             CODE_SYSTEM_ICD9CM},
    {"HTTP://TERMINOLOGY.HL7.ORG/CODESYSTEM/ICD9CM", CODE_SYSTEM_ICD9CM},
    {"2.16.840.1.113883.6.103",                      CODE_SYSTEM_ICD9CM}, {"2.16.840.1.113883.6.104", CODE_SYSTEM_ICD9CM},
    {"2.16.840.1.113883.6.2",                        CODE_SYSTEM_ICD9CM},
    {"C4",        CODE_SYSTEM_CPT},     {"CPT",        CODE_SYSTEM_CPT},     {"CPT4",       CODE_SYSTEM_CPT},
    {"CPT-4",     CODE_SYSTEM_CPT},     {"C5",         CODE_SYSTEM_CPT},     {"CPTM",       CODE_SYSTEM_CPT},
    {"CPT5",      CODE_SYSTEM_CPT},
    {"HTTP://WWW.AMA-ASSN.ORG/GO/CPT",               CODE_SYSTEM_CPT},     {"2.16.840.1.113883.6.12", CODE_SYSTEM_CPT},
    {"HTTPS://WWW.AMA-ASSN.ORG/GO/CPT",              CODE_SYSTEM_CPT},
    {"HCPCS",     CODE_SYSTEM_HCPCS},   {"HCPC",       CODE_SYSTEM_HCPCS},   {"HPC",        CODE_SYSTEM_HCPCS},
    {"HC",        CODE_SYSTEM_HCPCS},   {"HCPT",       CODE_SYSTEM_HCPCS},   {"CPT/HCPCS",  CODE_SYSTEM_HCPCS},
    {"HCPCS/CPT", CODE_SYSTEM_HCPCS},   {"CPTHCPCS",   CODE_SYSTEM_HCPCS},
    {"HTTP://WWW.CMS.GOV/MEDICARE/CODING/HCPCSRELEASECODESETS",  CODE_SYSTEM_HCPCS},
    {"HTTPS://WWW.CMS.GOV/MEDICARE/CODING/HCPCSRELEASECODESETS", CODE_SYSTEM_HCPCS},
    {"HTTP://WWW.CMS.GOV/MEDICARE/CODING/MEDHCPCSGENINFO",       CODE_SYSTEM_HCPCS},
    {"HTTPS://BLUEBUTTON.CMS.GOV/RESOURCES/CODESYSTEM/HCPCS",    CODE_SYSTEM_HCPCS},
    {"HTTP://TERMINOLOGY.HL7.ORG/CODESYSTEM/HCPCS",  CODE_SYSTEM_HCPCS},
    {"2.16.840.1.113883.6.285",                      CODE_SYSTEM_HCPCS},   {"2.16.840.1.113883.6.14", CODE_SYSTEM_HCPCS},
    {"SCT",       CODE_SYSTEM_SNOMED},  {"SNM",        CODE_SYSTEM_SNOMED},  {"SNOMED",     CODE_SYSTEM_SNOMED},
    {"SNOMEDCT",  CODE_SYSTEM_SNOMED},  {"SNOMED-CT",  CODE_SYSTEM_SNOMED},  {"SNOMED CT",  CODE_SYSTEM_SNOMED},
    {"SCTUSX",    CODE_SYSTEM_SNOMED},  {"HTTP://SNOMED.INFO/SCT", CODE_SYSTEM_SNOMED},
    {"2.16.840.1.113883.6.96", CODE_SYSTEM_SNOMED},
    {"LN",        CODE_SYSTEM_LOINC},   {"LOINC",      CODE_SYSTEM_LOINC},   {"HTTP://LOINC.ORG", CODE_SYSTEM_LOINC},
    {"HTTPS://LOINC.ORG", CODE_SYSTEM_LOINC},        {"2.16.840.1.113883.6.1", CODE_SYSTEM_LOINC},
    {"RXNORM",    CODE_SYSTEM_RXNORM},  {"RXN",        CODE_SYSTEM_RXNORM},  {"RXCUI",      CODE_SYSTEM_RXNORM},
    {"HTTP://WWW.NLM.NIH.GOV/RESEARCH/UMLS/RXNORM",  CODE_SYSTEM_RXNORM},  {"2.16.840.1.113883.6.88", CODE_SYSTEM_RXNORM},
    {"NDC",       CODE_SYSTEM_NDC},     {"HTTP://HL7.ORG/FHIR/SID/NDC", CODE_SYSTEM_NDC},
    {"2.16.840.1.113883.6.69", CODE_SYSTEM_NDC},
    {"CVX",       CODE_SYSTEM_CVX},     {"HTTP://HL7.ORG/FHIR/SID/CVX", CODE_SYSTEM_CVX},
    {"2.16.840.1.113883.12.292", CODE_SYSTEM_CVX},
    {"L",         CODE_SYSTEM_LOCAL},   {"LOCAL",      CODE_SYSTEM_LOCAL},   {"99ZZZ",      CODE_SYSTEM_LOCAL},
    {NULL, 0},
};

/* HL7 table 0004, v3 ActEncounterCode, and the words that senders write in full */
static const struct word_row classes[] = {
    {"I",         ENCOUNTER_CLASS_INPATIENT},   {"INPATIENT",   ENCOUNTER_CLASS_INPATIENT},
    {"IP",        ENCOUNTER_CLASS_INPATIENT},   {"IMP",         ENCOUNTER_CLASS_INPATIENT},
    {"ACUTE",     ENCOUNTER_CLASS_INPATIENT},   {"NONAC",       ENCOUNTER_CLASS_INPATIENT},
    {"O",         ENCOUNTER_CLASS_OUTPATIENT},  {"OUTPATIENT",  ENCOUNTER_CLASS_OUTPATIENT},
    {"OP",        ENCOUNTER_CLASS_OUTPATIENT},  {"AMB",         ENCOUNTER_CLASS_OUTPATIENT},
    {"AMBULATORY", ENCOUNTER_CLASS_OUTPATIENT},
    {"E",         ENCOUNTER_CLASS_EMERGENCY},   {"EMERGENCY",   ENCOUNTER_CLASS_EMERGENCY},
    {"ER",        ENCOUNTER_CLASS_EMERGENCY},   {"ED",          ENCOUNTER_CLASS_EMERGENCY},
    {"EMER",      ENCOUNTER_CLASS_EMERGENCY},
    {"OBS",       ENCOUNTER_CLASS_OBSERVATION}, {"OBSERVATION", ENCOUNTER_CLASS_OBSERVATION},
    {"OBSENC",    ENCOUNTER_CLASS_OBSERVATION}, {"OBV",         ENCOUNTER_CLASS_OBSERVATION},
    {"P",         ENCOUNTER_CLASS_PREADMIT},    {"PREADMIT",    ENCOUNTER_CLASS_PREADMIT},
    {"PRENC",     ENCOUNTER_CLASS_PREADMIT},    {"PRE-ADMIT",   ENCOUNTER_CLASS_PREADMIT},
    {"R",         ENCOUNTER_CLASS_RECURRING},   {"RECURRING",   ENCOUNTER_CLASS_RECURRING},
    {"B",         ENCOUNTER_CLASS_OBSTETRICS},  {"OBSTETRICS",  ENCOUNTER_CLASS_OBSTETRICS},
    {"NEWBORN",   ENCOUNTER_CLASS_NEWBORN},     {"NB",          ENCOUNTER_CLASS_NEWBORN},
    {"HH",        ENCOUNTER_CLASS_HOME},        {"HOME",        ENCOUNTER_CLASS_HOME},
    {"HOME HEALTH", ENCOUNTER_CLASS_HOME},
    {"VR",        ENCOUNTER_CLASS_VIRTUAL},     {"VIRTUAL",     ENCOUNTER_CLASS_VIRTUAL},
    {"TELEHEALTH", ENCOUNTER_CLASS_VIRTUAL},
    /* known, and they say that nothing is known: commercial account, not applicable, unknown */
    {"C",         ENCOUNTER_CLASS_UNKNOWN},     {"N",           ENCOUNTER_CLASS_UNKNOWN},
    {"U",         ENCOUNTER_CLASS_UNKNOWN},
    {NULL, 0},
};

/* PV1-18: PV1-2 has no code for observation (coding §8.7) */
static const struct word_row patient_types[] = {
    {"OBS",       ENCOUNTER_CLASS_OBSERVATION}, {"OBSERVATION", ENCOUNTER_CLASS_OBSERVATION},
    {"OBSENC",    ENCOUNTER_CLASS_OBSERVATION}, {"OBV",         ENCOUNTER_CLASS_OBSERVATION},
    {NULL, 0},
};

static const struct word_row sexes[] = {
    {"F", SEX_FEMALE}, {"FEMALE", SEX_FEMALE}, {"M", SEX_MALE}, {"MALE", SEX_MALE},
    {"O", SEX_OTHER},  {"OTHER",  SEX_OTHER},  {"X", SEX_OTHER}, {NULL, 0},
};

/* Of the patient to the subscriber: HL7 table 0063, table 0344 (01-17, the old UB codes), X12 1069 (18-21, 39, 40, 53,
 * G8), FHIR subscriber-relationship. */
static const struct word_row relationships[] = {
    {"SEL", RELATIONSHIP_SELF},      {"SELF", RELATIONSHIP_SELF},      {"SE", RELATIONSHIP_SELF},
    {"SLF", RELATIONSHIP_SELF},      {"01", RELATIONSHIP_SELF},        {"1", RELATIONSHIP_SELF},
    {"18", RELATIONSHIP_SELF},       {"PATIENT IS INSURED", RELATIONSHIP_SELF}, {"S", RELATIONSHIP_SELF},
    {"ONESELF", RELATIONSHIP_SELF},
    {"SPO", RELATIONSHIP_SPOUSE},    {"SPOUSE", RELATIONSHIP_SPOUSE},  {"02", RELATIONSHIP_SPOUSE},
    {"2", RELATIONSHIP_SPOUSE},      {"HUSBAND", RELATIONSHIP_SPOUSE}, {"WIFE", RELATIONSHIP_SPOUSE},
    {"SP", RELATIONSHIP_SPOUSE},     {"SPS", RELATIONSHIP_SPOUSE},
    {"CHD", RELATIONSHIP_CHILD},     {"CHILD", RELATIONSHIP_CHILD},    {"NCH", RELATIONSHIP_CHILD},
    {"SCH", RELATIONSHIP_CHILD},     {"SON", RELATIONSHIP_CHILD},      {"DAUGHTER", RELATIONSHIP_CHILD},
    {"PAR", RELATIONSHIP_OTHER},     {"FTH", RELATIONSHIP_OTHER},      {"MTH", RELATIONSHIP_OTHER},
    {"PARENT", RELATIONSHIP_OTHER},  {"FATHER", RELATIONSHIP_OTHER},   {"MOTHER", RELATIONSHIP_OTHER},
    {"03", RELATIONSHIP_CHILD},      {"3", RELATIONSHIP_CHILD},        {"04", RELATIONSHIP_CHILD},
    {"4", RELATIONSHIP_CHILD},       {"05", RELATIONSHIP_CHILD},       {"5", RELATIONSHIP_CHILD},
    {"19", RELATIONSHIP_CHILD},
    {"EME", RELATIONSHIP_EMPLOYEE},  {"EMPLOYEE", RELATIONSHIP_EMPLOYEE}, {"08", RELATIONSHIP_EMPLOYEE},
    {"8", RELATIONSHIP_EMPLOYEE},    {"20", RELATIONSHIP_EMPLOYEE},    {"EMP", RELATIONSHIP_EMPLOYEE},
    {"DOM", RELATIONSHIP_LIFE_PARTNER}, {"COMMON", RELATIONSHIP_LIFE_PARTNER}, {"53", RELATIONSHIP_LIFE_PARTNER},
    {"LIFE PARTNER", RELATIONSHIP_LIFE_PARTNER}, {"DOMESTIC PARTNER", RELATIONSHIP_LIFE_PARTNER},
    {"11", RELATIONSHIP_ORGAN_DONOR},   {"39", RELATIONSHIP_ORGAN_DONOR},
    {"12", RELATIONSHIP_CADAVER_DONOR}, {"40", RELATIONSHIP_CADAVER_DONOR},
    {"OTH", RELATIONSHIP_OTHER},     {"OTHER", RELATIONSHIP_OTHER},    {"G8", RELATIONSHIP_OTHER},
    {"FCH", RELATIONSHIP_OTHER},     {"WRD", RELATIONSHIP_OTHER},      {"GRD", RELATIONSHIP_OTHER},
    {"GCH", RELATIONSHIP_OTHER},     {"GRP", RELATIONSHIP_OTHER},      {"SIB", RELATIONSHIP_OTHER},
    {"BRO", RELATIONSHIP_OTHER},     {"SIS", RELATIONSHIP_OTHER},      {"EXF", RELATIONSHIP_OTHER},
    {"DEP", RELATIONSHIP_OTHER},     {"INJURED", RELATIONSHIP_OTHER},  {"06", RELATIONSHIP_OTHER},
    {"6", RELATIONSHIP_OTHER},       {"07", RELATIONSHIP_OTHER},       {"7", RELATIONSHIP_OTHER},
    {"10", RELATIONSHIP_OTHER},      {"13", RELATIONSHIP_OTHER},       {"14", RELATIONSHIP_OTHER},
    {"15", RELATIONSHIP_OTHER},      {"16", RELATIONSHIP_OTHER},       {"17", RELATIONSHIP_OTHER},
    {NULL, 0},
};

/* IN1-17 names the insured's relation to the patient: where the insured is a parent, the patient is the child. Senders that
 * write CHD there mean the patient as well: no policy of a child covers a parent. */
static const struct word_row insured[] = {
    {"PAR", RELATIONSHIP_CHILD},     {"FTH", RELATIONSHIP_CHILD},      {"MTH", RELATIONSHIP_CHILD},
    {"PARENT", RELATIONSHIP_CHILD},  {"FATHER", RELATIONSHIP_CHILD},   {"MOTHER", RELATIONSHIP_CHILD},
    {NULL, 0},
};

static const struct word_row poas[] = {
    {"Y", POA_Y}, {"N", POA_N}, {"U", POA_U}, {"W", POA_W}, {"E", POA_EXEMPT}, {"1", POA_EXEMPT}, {NULL, 0},
};

/* Systems to prefer, best first. */
enum { PREFER_MAX = 6 };
static const CcCodeSystem preferred[][PREFER_MAX] = {
    [VOCAB_DIAGNOSIS] = {CODE_SYSTEM_ICD10CM, CODE_SYSTEM_ICD9CM, CODE_SYSTEM_SNOMED},
    [VOCAB_PROCEDURE] = {CODE_SYSTEM_CPT, CODE_SYSTEM_HCPCS, CODE_SYSTEM_ICD10PCS, CODE_SYSTEM_ICD9CM, CODE_SYSTEM_SNOMED},
    [VOCAB_DRUG]      = {CODE_SYSTEM_NDC, CODE_SYSTEM_HCPCS, CODE_SYSTEM_RXNORM, CODE_SYSTEM_CVX},
    [VOCAB_OTHER]     = {CODE_SYSTEM_LOINC, CODE_SYSTEM_SNOMED},
};
/* clang-format on */

/* same_word - equal, case aside */
static bool same_word(struct span s, const char *word)
{
    return strlen(word) == s.n && strncasecmp(s.p, word, s.n) == 0;
}

/* find_word - the row of a word, or NULL */
static const struct word_row *find_word(const struct word_row *rows, struct span word)
{
    for (; rows->word; rows++)
        if (same_word(word, rows->word))
            return rows;
    return NULL;
}

/* value_of - the value of a word, or 0 */
static int value_of(const struct word_row *rows, struct span word)
{
    const struct word_row *r = find_word(rows, span_trim(word));

    return r ? r->value : 0;
}

/* without_prefix - an OID without "urn:oid:" */
static struct span without_prefix(struct span s)
{
    static const char prefix[] = "urn:oid:";
    const size_t n = sizeof(prefix) - 1;

    if (s.n > n && strncasecmp(s.p, prefix, n) == 0)
        return (struct span){s.p + n, s.n - n};
    if (s.n > 1 && s.p[s.n - 1] == '/')
        s.n--;
    return s;
}

/* vocab_system - see vocab.h; 99xxx is local by HL7 table 0396 */
CcCodeSystem vocab_system(struct span name)
{
    struct span s = without_prefix(span_trim(name));
    const struct word_row *r = find_word(systems, s);

    if (r)
        return (CcCodeSystem)r->value;
    if (s.n > 2 && s.n <= 12 && s.p[0] == '9' && s.p[1] == '9' && !isdigit((unsigned char)s.p[2]))
        return CODE_SYSTEM_LOCAL;
    return CODE_SYSTEM_UNKNOWN;
}

/* by_form - CPT and HCPCS Level II are one family; the form tells which */
static CcCodeSystem by_form(CcCodeSystem system, const char *code)
{
    if (system != CODE_SYSTEM_CPT && system != CODE_SYSTEM_HCPCS)
        return system;
    if (cpt_form(code))
        return CODE_SYSTEM_CPT;
    return hcpcs2_form(code) ? CODE_SYSTEM_HCPCS : system;
}

/* plain_code - ICD and the procedure families upper case without dot; NDC with 11 digits where it
 * can be */
static char *plain_code(struct arena *a, CcCodeSystem system, struct span code)
{
    char *text = arena_strndup(a, code.p, code.n), plain[32], ndc[12];

    if (!text)
        return NULL;
    switch (system) {
    case CODE_SYSTEM_ICD10CM:
    case CODE_SYSTEM_ICD10PCS:
    case CODE_SYSTEM_CPT:
    case CODE_SYSTEM_HCPCS:
        return code_plain(text, plain, sizeof(plain)) ? arena_strdup(a, plain) : text;
    case CODE_SYSTEM_NDC:
        return ndc_to_11(text, ndc) ? arena_strdup(a, ndc) : text;
    default:
        return text;
    }
}

/* vocab_code - see vocab.h */
CcCode *vocab_code(struct arena *a, CcCodeSystem system, struct span code, struct span text,
                   struct span version)
{
    CcCode *c = event_new(a, &cc_code__descriptor);
    char *plain = plain_code(a, system, span_trim(code));
    struct span t = span_trim(text), v = span_trim(version);

    if (!c || !plain)
        return NULL;
    c->code = plain;
    c->system = by_form(system, plain);
    c->text = arena_strndup(a, t.n ? t.p : "", t.n);
    c->version = arena_strndup(a, v.n ? v.p : "", v.n);
    return c->text && c->version ? c : NULL;
}

/* vocab_choose - see vocab.h */
size_t vocab_choose(enum vocab_use use, CcCode *const *codes, size_t n)
{
    for (size_t p = 0; p < PREFER_MAX && preferred[use][p] != CODE_SYSTEM_UNKNOWN; p++)
        for (size_t i = 0; i < n; i++)
            if (codes[i]->system == preferred[use][p] && codes[i]->code[0])
                return i;
    for (size_t i = 0; i < n; i++)
        if (codes[i]->code[0])
            return i;
    return 0;
}

/* vocab_class - the site's rows first */
bool vocab_class(const struct intake_conf *conf, unsigned field, struct span word,
                 CcEncounterClass *out)
{
    struct span s = span_trim(word);
    const struct word_row *r;

    for (size_t i = 0; i < conf->n_classes; i++) {
        if (conf->classes[i].field == field && same_word(s, conf->classes[i].word)) {
            *out = conf->classes[i].class;
            return true;
        }
    }
    r = find_word(field == 18 ? patient_types : classes, s);
    if (!r)
        return false;
    *out = (CcEncounterClass)r->value;
    return true;
}

/* vocab_sex - see vocab.h */
CcSex vocab_sex(struct span word)
{
    return (CcSex)value_of(sexes, word);
}

/* vocab_relationship - see vocab.h */
CcRelationship vocab_relationship(struct span word, bool of_insured)
{
    const struct word_row *r = of_insured ? find_word(insured, span_trim(word)) : NULL;

    return (CcRelationship)(r ? r->value : value_of(relationships, word));
}

/* vocab_poa - see vocab.h */
CcPoa vocab_poa(struct span word)
{
    return (CcPoa)value_of(poas, word);
}
