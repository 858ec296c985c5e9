/* rules_format.c - what codes look like (SNIP 5), as rows; whether they exist is asked of the
 * caller's tables, if there are any
 *
 * A code that must be valid on the date of service waits until the line or the claim has told its
 * date. */
#include <string.h>

#include "common/codes/codes.h"
#include "common/x12/checker.h"

struct x12_format {
    uint8_t element, component; /* 0 ends a list; component 0: the element */
    uint8_t when, part; /* only if this element (component) holds one of `codes`; 0: always */
    const char *codes;  /* divided by blanks; one in front: absent will do too */
    bool (*form)(const char *s);
    const char *system; /* table to be asked; NULL: none */
    bool note;
    const char *text;
};

/* digits - n of them and no more */
static bool digits(const char *s, size_t n)
{
    return str_is_digits(s, n, n);
}

/* nine_form - a tax or social security number */
static bool nine_form(const char *s)
{
    return digits(s, 9);
}

/* postal_form - 5 or 9 digits; whether they are somewhere is the validator's question */
static bool postal_form(const char *s)
{
    return digits(s, 5) || digits(s, 9);
}

/* two_form - place of service, patient status */
static bool two_form(const char *s)
{
    return digits(s, 2);
}

/* bill_form - facility and class of a bill type, without the leading zero */
static bool bill_form(const char *s)
{
    return digits(s, 2) && s[0] != '0';
}

/* admission_form - 1 to 5 and 9; the guide allows one character */
static bool admission_form(const char *s)
{
    return strchr("123459", s[0]) != NULL;
}

/* procedure_form - CPT or HCPCS level II */
static bool procedure_form(const char *s)
{
    return cpt_form(s) || hcpcs2_form(s);
}

/* hipps_form - five letters and digits */
static bool hipps_form(const char *s)
{
    return strlen(s) == 5 && str_is_alnum_upper(s);
}

/* nubc_form - condition, occurrence, value codes */
static bool nubc_form(const char *s)
{
    return strlen(s) == 2 && str_is_alnum_upper(s);
}

/* drg_form - three or four digits */
static bool drg_form(const char *s)
{
    return str_is_digits(s, 3, 4);
}

/* carc_form - one to three digits, a letter in front perhaps */
static bool carc_form(const char *s)
{
    return str_is_digits(s[0] >= 'A' && s[0] <= 'Z' ? s + 1 : s, 1, 3);
}

/* rarc_form - one or two letters and one to three digits */
static bool rarc_form(const char *s)
{
    const size_t n = strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

    return n >= 1 && n <= 2 && str_is_digits(s + n, 1, 3);
}

/* category_form - a letter and one or two more */
static bool category_form(const char *s)
{
    return s[0] >= 'A' && s[0] <= 'Z' && strlen(s) <= 3 && strlen(s) >= 2 && str_is_alnum_upper(s);
}

/* status_form - one to three digits */
static bool status_form(const char *s)
{
    return str_is_digits(s, 1, 3);
}

/* bank_form - a transit routing number: nine digits weighted 3 7 1 */
static bool bank_form(const char *s)
{
    static const int weight[] = {3, 7, 1};
    int sum = 0;

    if (!digits(s, 9))
        return false;
    for (int i = 0; i < 9; i++)
        sum += (s[i] - '0') * weight[i % 3];
    return sum % 10 == 0;
}

#define NPI "an NPI's check digit or form"
#define PROCEDURE "no form of a procedure code"
#define MODIFIER "no form of a modifier"
#define CARC "no form of an adjustment reason"
#define RARC "no form of a remark code"
#define REVENUE "no form of a revenue code"

/* clang-format off */
static const struct x12_format nm1[] = {
    {9, 0, 8, 0, "XX", npi_valid, NULL, false, NPI}, {0}};
static const struct x12_format n1[] = {
    {4, 0, 3, 0, "XX", npi_valid, NULL, false, NPI}, {0}};
static const struct x12_format n4[] = {
    {2, 0, 4, 0, " US", state_code, NULL, false, "no state's code"},
    {3, 0, 4, 0, " US", postal_form, NULL, false, "a ZIP has 5 or 9 digits"}, {0}};
static const struct x12_format prv[] = {
    {3, 0, 2, 0, "PXC", taxonomy_form, "taxonomy", false, "no form of a taxonomy code"}, {0}};
static const struct x12_format ref[] = {
    {2, 0, 1, 0, "EI SY TJ", nine_form, NULL, false, "nine digits expected"},
    {2, 0, 1, 0, "X4 F4", clia_form, NULL, false, "no form of a CLIA number"}, {0}};
static const struct x12_format clm[] = {
    {5, 1, 5, 2, "B", two_form, "pos", false, "a place of service has two digits"},
    {5, 1, 5, 2, "A", bill_form, NULL, false, "a bill type has two digits here, none of them a leading zero"}, {0}};
static const struct x12_format cl1[] = {
    {1, 0, 0, 0, NULL, admission_form, NULL, false, "no admission type"},
    {3, 0, 0, 0, NULL, two_form, NULL, false, "a patient status has two digits"}, {0}};
static const struct x12_format sv1[] = {
    {1, 2, 1, 1, "HC", procedure_form, "hcpcs", false, PROCEDURE},
    {1, 3, 1, 1, "HC", modifier_form, "modifiers", false, MODIFIER},
    {1, 4, 1, 1, "HC", modifier_form, "modifiers", false, MODIFIER},
    {1, 5, 1, 1, "HC", modifier_form, "modifiers", false, MODIFIER},
    {1, 6, 1, 1, "HC", modifier_form, "modifiers", false, MODIFIER},
    {5, 0, 0, 0, NULL, two_form, "pos", false, "a place of service has two digits"}, {0}};
static const struct x12_format sv2[] = {
    {1, 0, 0, 0, NULL, revenue_form, "revenue", false, REVENUE},
    {2, 2, 2, 1, "HC", procedure_form, "hcpcs", false, PROCEDURE},
    {2, 2, 2, 1, "HP", hipps_form, NULL, false, "a HIPPS rate has five characters"},
    {2, 3, 2, 1, "HC", modifier_form, "modifiers", false, MODIFIER},
    {2, 4, 2, 1, "HC", modifier_form, "modifiers", false, MODIFIER},
    {2, 5, 2, 1, "HC", modifier_form, "modifiers", false, MODIFIER},
    {2, 6, 2, 1, "HC", modifier_form, "modifiers", false, MODIFIER}, {0}};
static const struct x12_format svd[] = {
    {3, 2, 3, 1, "HC", procedure_form, NULL, false, PROCEDURE},
    {4, 0, 0, 0, NULL, revenue_form, NULL, false, REVENUE}, {0}};
static const struct x12_format svc[] = {
    {1, 2, 1, 1, "HC", procedure_form, NULL, false, PROCEDURE},
    {1, 2, 1, 1, "NU", revenue_form, NULL, false, REVENUE},
    {4, 0, 0, 0, NULL, revenue_form, NULL, false, REVENUE}, {0}};
static const struct x12_format lin[] = {
    {3, 0, 2, 0, "N4", ndc11_form, NULL, false, "an NDC has eleven digits"}, {0}};
static const struct x12_format cas[] = {
    {2, 0, 0, 0, NULL, carc_form, "carc", false, CARC},  {5, 0, 0, 0, NULL, carc_form, "carc", false, CARC},
    {8, 0, 0, 0, NULL, carc_form, "carc", false, CARC},  {11, 0, 0, 0, NULL, carc_form, "carc", false, CARC},
    {14, 0, 0, 0, NULL, carc_form, "carc", false, CARC}, {17, 0, 0, 0, NULL, carc_form, "carc", false, CARC}, {0}};
static const struct x12_format moa[] = {
    {3, 0, 0, 0, NULL, rarc_form, "rarc", false, RARC}, {4, 0, 0, 0, NULL, rarc_form, "rarc", false, RARC},
    {5, 0, 0, 0, NULL, rarc_form, "rarc", false, RARC}, {6, 0, 0, 0, NULL, rarc_form, "rarc", false, RARC},
    {7, 0, 0, 0, NULL, rarc_form, "rarc", false, RARC}, {0}};
static const struct x12_format mia[] = {
    {5, 0, 0, 0, NULL, rarc_form, "rarc", false, RARC},  {20, 0, 0, 0, NULL, rarc_form, "rarc", false, RARC},
    {21, 0, 0, 0, NULL, rarc_form, "rarc", false, RARC}, {22, 0, 0, 0, NULL, rarc_form, "rarc", false, RARC},
    {23, 0, 0, 0, NULL, rarc_form, "rarc", false, RARC}, {0}};
static const struct x12_format lq[] = {
    {2, 0, 1, 0, "HE", rarc_form, "rarc", false, RARC}, {0}};
static const struct x12_format stc[] = {
    {1, 1, 0, 0, NULL, category_form, "claim-status-category", false, "no form of a status category"},
    {1, 2, 0, 0, NULL, status_form, "claim-status", false, "no form of a status code"}, {0}};
static const struct x12_format bpr[] = {
    {7, 0, 6, 0, "01", bank_form, NULL, true, "a bank's routing number: check digit"},
    {13, 0, 12, 0, "01", bank_form, NULL, true, "a bank's routing number: check digit"}, {0}};
/* clang-format on */

/* Code sets of HI by their qualifier. */
struct code_set {
    const char *qualifiers;
    bool (*form)(const char *s);
    const char *system;
    const char *text;
};

static const struct code_set code_sets[] = {
    {"ABK ABJ APR ABN ABF", icd10cm_form, "icd10cm", "no form of an ICD-10-CM code (no dots)"},
    {"BBR BBQ", icd10pcs_form, "icd10pcs", "no form of an ICD-10-PCS code"},
    {"BH BI BE BG", nubc_form, NULL, "a code of two characters is expected"},
    {"DR", drg_form, NULL, "a DRG has three or four digits"},
    {"BP BO", procedure_form, NULL, PROCEDURE},
};

/* fits - a span and a form for strings */
static bool fits(bool (*form)(const char *s), struct span v)
{
    char text[32];

    if (v.n >= sizeof(text))
        return false;
    memcpy(text, v.p, v.n);
    text[v.n] = '\0';
    return form(text);
}

/* value_at - element or component */
static struct span value_at(const struct x12_segment *s, unsigned n, unsigned k)
{
    return k ? x12_component(s, n, k) : x12_element(s, n);
}

/* wait_for_date - the code is looked up later; without a claim now */
static void wait_for_date(struct check *c, const struct x12_segment *s, unsigned n, unsigned k,
                          const char *system)
{
    struct facts *f = &c->facts;

    if (!c->o->known)
        return;
    if (f->codes == FACT_CODES)
        look_up_codes(c, 0, 0);
    f->code[f->codes++] = (struct code_fact){.system = system,
                                             .code = value_at(s, n, k),
                                             .at = mark_of(c, s),
                                             .element = (uint16_t)n,
                                             .component = (uint16_t)k};
    if (!(c->plan->guide->kind & X12_837) || f->claim.clm.position == 0)
        look_up_codes(c, 0, 0);
}

/* look_up_codes - known, unknown, or no table to ask: then nothing is said here */
void look_up_codes(struct check *c, unsigned first, int32_t on)
{
    struct facts *f = &c->facts;

    for (unsigned i = first; i < f->codes; i++) {
        const struct code_fact *k = &f->code[i];

        if (c->o->known(c->o->known_arg, k->system, k->code, on) == X12_CODE_UNKNOWN)
            report(c, &k->at, k->element, k->component, 5, "IK403=7", k->code,
                   "the code is not in force on the date");
    }
    if (first < f->codes)
        f->codes = first;
}

/* check_formats - the rows of the segment at hand */
static void check_formats(struct check *c, const struct x12_segment *s)
{
    for (const struct x12_format *f = c->rule->formats; f->element && !c->spoilt && c->snip >= 5;
         f++) {
        const struct span v = value_at(s, f->element, f->component);

        if (v.n == 0 || (f->when && !span_listed(value_at(s, f->when, f->part), f->codes)))
            continue;
        if (fits(f->form, v)) {
            if (f->system)
                wait_for_date(c, s, f->element, f->component, f->system);
        } else if (f->note) {
            const struct mark m = mark_of(c, s);

            report_note(c, &m, f->element, f->component, 5, "IK403=7", f->text);
        } else {
            report_here(c, s, f->element, f->component, 5, "IK403=7", f->text);
        }
    }
}

/* check_codes - HI: each code by its qualifier */
static void check_codes(struct check *c, const struct x12_segment *s)
{
    for (unsigned n = 1; n <= s->count && !c->spoilt && c->snip >= 5; n++) {
        const struct span q = x12_component(s, n, 1), v = x12_component(s, n, 2);

        for (size_t i = 0; v.n > 0 && i < sizeof(code_sets) / sizeof(code_sets[0]); i++) {
            if (!span_listed(q, code_sets[i].qualifiers))
                continue;
            if (!fits(code_sets[i].form, v))
                report_here(c, s, n, 2, 5, "IK403=7", code_sets[i].text);
            else if (code_sets[i].system)
                wait_for_date(c, s, n, 2, code_sets[i].system);
            break;
        }
    }
}

/* clang-format off */
const struct x12_rule x12_rules_format[] = {
    {X12_ANY, NULL, "NM1", check_formats, nm1},
    {X12_ANY, NULL, "N1",  check_formats, n1},
    {X12_ANY, NULL, "N4",  check_formats, n4},
    {X12_ANY, NULL, "PRV", check_formats, prv},
    {X12_ANY, NULL, "REF", check_formats, ref},
    {X12_ANY, NULL, "CLM", check_formats, clm},
    {X12_ANY, NULL, "CL1", check_formats, cl1},
    {X12_ANY, NULL, "SV1", check_formats, sv1},
    {X12_ANY, NULL, "SV2", check_formats, sv2},
    {X12_ANY, NULL, "SVD", check_formats, svd},
    {X12_ANY, NULL, "SVC", check_formats, svc},
    {X12_ANY, NULL, "LIN", check_formats, lin},
    {X12_ANY, NULL, "CAS", check_formats, cas},
    {X12_ANY, NULL, "MOA", check_formats, moa},
    {X12_ANY, NULL, "MIA", check_formats, mia},
    {X12_ANY, NULL, "LQ",  check_formats, lq},
    {X12_ANY, NULL, "STC", check_formats, stc},
    {X12_ANY, NULL, "BPR", check_formats, bpr},
    {X12_ANY, NULL, "HI",  check_codes, NULL},
    {0, NULL, NULL, NULL, NULL},
};
/* clang-format on */
