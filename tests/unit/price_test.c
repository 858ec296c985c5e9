/* price_test.c - expected amounts by every way of payment, to the cent: published check values of
 * coding 6.3 to 6.5, and each step of the rules by hand */
#include "tests/support/drg.h"
#include "tests/support/loading.h"
#include "tests/support/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/money.h"
#include "common/price/price.h"
#include "tests/support/claims.h"

#define NPI "1455555023"

/* --- tables: numbers of the official files where the comment says so, else made up */

/* clang-format off */
static const char contracts[] =
    "payer,turn,contract,kinds,method,schedule,codes,revenues,drgs,npis,percent,amount,lesser,from,to\n"
    "filing:MB,1,physician fee schedule,professional,mpfs,01112-05,,,,,,,,2026-01-01,\n"
    "filing:MB,2,laboratory fees,professional,fee,clfs,,,,,,,,2026-01-01,\n"
    "filing:MA,1,inpatient,inpatient,ipps,,,,,,,,,2025-10-01,\n"
    "filing:MA,1,outpatient,outpatient,opps,,,,,,,,,2026-01-01,\n"
    "filing:MA,2,outpatient laboratory,outpatient,fee,clfs,,,,,,,,2026-01-01,\n"
    "P120,1,120 percent,professional,mpfs,01112-05,,,,,120,,Y,2026-01-01,\n"
    "PQPP,1,alternative model,professional,mpfs-qpp,01112-05,,,,,,,,2026-01-01,\n"
    "PFEE,1,own fees,professional,fee,own,,,,,,,,2026-01-01,\n"
    "PFEE,2,the rest,professional,percent,,,,,,40,,,2026-01-01,\n"
    "PCASE,1,implants,inpatient,percent,,,027*,,,50,,,2026-01-01,\n"
    "PCASE,2,heart failure,inpatient,case,,,,291-293,,,9000.00,,2026-01-01,\n"
    "PCASE,3,others,inpatient,per-diem,,,,,,,1500.00,Y,2026-01-01,\n"
    "PASC,1,surgery center,professional,asc,asc,,,,,,,,2026-01-01,\n"
    "PNPI,1,only for another biller,professional,percent,,,,,1679576722,50,,,2026-01-01,\n"
    "PSTOP,1,a stay,inpatient,case,,,,,,,9000.00,,2026-01-01,\n"
    "PSTOP,2,dear stays,inpatient,stop-loss,,,,,,60,50000.00,,2026-01-01,\n"
    "PSTOP,3,but no more,inpatient,cap,,,,,,,40000.00,,2026-01-01,\n"
    "PCAP,1,no amount,inpatient,case,,,,,,,1.00,,2026-01-01,\n"
    "PCAP,2,no amount,inpatient,cap,,,,,,,,,2026-01-01,\n"
    "PANES,1,anesthesia,professional,anesthesia,base,,,,,,20.00,,2026-01-01,\n"
    "PLOC,1,no locality,professional,mpfs,,,,,,,,,2026-01-01,\n";
static const char fees[] =
    "code,schedule,modifier,amount,facility_amount,discounted,from,to\n"
    "80053,clfs,,10.56,,,2026-01-01,\n"
    "80048,clfs,,8.46,,,2026-01-01,\n"
    "99213,own,,100.00,80.00,,2026-01-01,\n"
    "99213,own,25,90.00,,,2026-01-01,\n"
    "66984,asc,,1000.00,,Y,2026-01-01,\n"
    "66821,asc,,300.00,,Y,2026-01-01,\n"
    "V2785,asc,,500.00,,N,2026-01-01,\n"
    "00100,base,,5.00,,,2026-01-01,\n";
/* code,mod,,status,,work,nonfac pe,na,fac pe,na,mp,totals,pctc,global,pre,intra,post,mult,bilat,asst,co,team,pricing,endo,cf */
#define RVU(code, mod, status, w, pe, na, fpe, mp, t, ft, mult, bilat, asst, co, endo) \
    RVU_MORE(code, mod, status, w, pe, na, fpe, mp, t, ft, "090,0.10,0.70,0.20", mult, bilat, asst, co, endo, "0.00")
#define RVU_MORE(code, mod, status, w, pe, na, fpe, mp, t, ft, global, mult, bilat, asst, co, endo, cap) \
    code "," mod ",," status ",," w "," pe "," na "," fpe ",," mp "," t "," ft ",0," global "," mult "," bilat "," asst "," co ",0,1," endo ",33.4009,09,0,99," cap "," cap ",0.00\r\n"
static const char rvu[] =
    ",,2026 National Physician Fee Schedule Relative Value File January Release,,,,,,,,,,,,,,,,,,,,,,,,,,,,,\r\n"
    "HCPCS,MOD,DESCRIPTION,CODE,PAYMENT,RVU,PE RVU,INDICATOR,PE RVU,INDICATOR,RVU,TOTAL,TOTAL,IND,"
    "DAYS,OP,OP,OP,PROC,SURG,SURG,SURG,SURG,IND,BASE,FACTOR,PROCEDURES,FLAG,FAMILY INDICATOR,AMOUNT,AMOUNT,AMOUNT\r\n"
    /* 99213: the official row */
    RVU("99213", "", "A", "1.30", "1.45", "", "0.32", "0.10", "2.85", "1.72", "0", "0", "0", "0", "")
    RVU("10001", "", "A", "10.00", "8.00", "", "5.00", "2.00", "20.00", "17.00", "2", "1", "2", "1", "")
    RVU("10002", "", "A", "5.00", "4.00", "", "2.00", "1.00", "10.00", "8.00", "2", "0", "1", "0", "")
    RVU("10003", "", "A", "1.00", "1.00", "NA", "1.00", "0.00", "2.00", "2.00", "0", "0", "0", "0", "")
    RVU("43235", "", "A", "2.00", "2.00", "", "2.00", "0.00", "4.00", "4.00", "3", "0", "0", "0", "")
    RVU("43239", "", "A", "3.00", "2.00", "", "2.00", "0.00", "5.00", "5.00", "3", "0", "0", "0", "43235")
    RVU("43240", "", "A", "6.00", "4.00", "", "4.00", "0.00", "10.00", "10.00", "3", "0", "0", "0", "43235")
    RVU("70450", "", "A", "1.00", "3.00", "", "3.00", "0.00", "4.00", "4.00", "4", "0", "0", "0", "")
    RVU("70450", "26", "A", "1.00", "0.00", "", "0.00", "0.00", "1.00", "1.00", "4", "0", "0", "0", "")
    RVU("70450", "TC", "A", "0.00", "3.00", "", "3.00", "0.00", "3.00", "3.00", "4", "0", "0", "0", "")
    RVU("74150", "", "A", "1.00", "1.00", "", "1.00", "0.00", "2.00", "2.00", "4", "0", "0", "0", "")
    RVU("74150", "TC", "A", "0.00", "1.00", "", "1.00", "0.00", "1.00", "1.00", "4", "0", "0", "0", "")
    RVU("71250", "", "A", "1.00", "2.00", "", "2.00", "0.00", "3.00", "3.00", "4", "0", "0", "0", "")
    RVU_MORE("71250", "TC", "A", "0.00", "2.00", "", "2.00", "0.00", "2.00", "2.00", "XXX,0.00,0.00,0.00", "4", "0", "0", "0", "", "1.50")
    RVU_MORE("11042", "", "A", "1.00", "1.00", "", "1.00", "0.00", "2.00", "2.00", "000,0.00,0.00,0.00", "2", "3", "0", "0", "", "0.00")
    RVU("90901", "", "R", "0.00", "0.00", "", "0.00", "0.00", "0.00", "0.00", "0", "0", "0", "0", "")
    RVU("97110", "", "A", "1.00", "1.00", "", "1.00", "0.00", "2.00", "2.00", "5", "0", "0", "0", "")
    RVU("96372", "", "T", "1.00", "1.00", "", "1.00", "0.00", "2.00", "2.00", "0", "0", "0", "0", "")
    RVU("99070", "", "B", "0.00", "0.00", "", "0.00", "0.00", "0.00", "0.00", "0", "0", "0", "0", "")
    RVU("80053", "", "X", "0.00", "0.00", "", "0.00", "0.00", "0.00", "0.00", "0", "0", "0", "0", "")
    RVU("00100", "", "J", "0.00", "0.00", "", "0.00", "0.00", "0.00", "0.00", "0", "0", "0", "0", "");
static const char qpp[] =
    ",,2026 National Physician Fee Schedule Relative Value File January Release QPP,,,,,,,,,,,,,,,,,,,,,,,,,,,,,\r\n"
    "HCPCS,MOD,DESCRIPTION,CODE,PAYMENT,RVU,PE RVU,INDICATOR,PE RVU,INDICATOR,RVU,TOTAL,TOTAL,IND,"
    "DAYS,OP,OP,OP,PROC,SURG,SURG,SURG,SURG,IND,BASE,FACTOR,PROCEDURES,FLAG,FAMILY INDICATOR,AMOUNT,AMOUNT,AMOUNT\r\n"
    "99213,,,A,,1.30,1.45,,0.32,,0.10,2.85,1.72,0,XXX,0.00,0.00,0.00,0,0,0,0,0,1,,33.5675,09,0,99,0.00,0.00,0.00\r\n";
static const char gpci[] =
    "ADDENDUM E. GPCIs 2026,,,,,,,\n"
    "Medicare Administrative Contractor (MAC),State,Locality Number,Locality Name,2026 PW GPCI,2026 PE GPCI,2026 MP GPCI\n"
    "01112,CA,05,ONE,1.000,1.000,1.000\n"
    "01112,CA,06,OTHER,1.100,1.200,0.500\n";
static const char opps[] =
    "Addendum B.-Final OPPS Payment by HCPCS Code for CY 2026,,,,,,,\n"
    "HCPCS Code,Short Descriptor,SI,APC,Relative Weight,Payment Rate,National Unadjusted Copayment,Minimum Unadjusted Copayment\n"
    "G0463,x,J2,5012,1.4879,$136.02,,$27.21\n" /* the official row */
    "71046,x,Q3,5521,0.9726,$88.91,,\n"
    "36415,x,N,,,,,\n"
    "11111,x,T,5001,10.0000,$1000.00,,\n"
    "22222,x,T,5002,20.0000,$2000.00,,\n"
    "33333,x,Q1,5003,1.0000,$50.00,,\n"
    "44444,x,Q2,5004,1.0000,$60.00,,\n"
    "55555,x,J1,5005,90.0000,$9000.00,,\n"
    "66666,x,J1,5006,90.0000,$9500.00,,\n"
    "77770,x,J1,5008,90.0000,$100.00,,\n"
    "J1885,x,K,9001,,$0.55,,\n"
    "G0378,x,N,,,,,\n"
    "C1111,x,H,9002,,,,\n"
    "74150,x,Q3,5522,1.0000,$100.00,,\n"
    "88888,x,S,5007,1.0000,$100.05,,\n"
    "96413,x,S,5694,3.0000,$300.00,,\n"
    "P9016,x,R,9537,2.0000,$200.00,,\n"
    "C2616,x,U,2616,9.0000,$900.00,,\n"
    "99990,x,S,1520,7.0000,$700.00,,\n"
    "G0105,x,T,5311,8.0000,$800.00,,\n"
    "90853,x,P,5853,2.0000,$250.00,,\n"
    "80048,x,Q4,,,,,\n"
    "80053,x,A,,,,,\n";
static const char comprehensive[] =
    "code,second,rank,rate,from,to\n"
    "55555,,2,,2026-01-01,\n66666,,1,,2026-01-01,\n66666,55555,,12000.00,2026-01-01,\n66666,36415,,12500.00,2026-01-01,\n"
    "55555,55555,,11000.00,2026-01-01,\n55555,66666,,99000.00,2026-01-01,\n";
static const char weights[] =
    "\"TABLE 5.-LIST OF MS-DRGS, FY 2026\"\n"
    "MS-DRG\tFY 2026 Post-Acute DRG\tFY 2026 Special Pay DRG\tMDC\tTYPE\tMS-DRG Title\tWeights\tWeights cap\tGeometric mean LOS\tArithmetic mean LOS\n"
    "293\tYes\tNo\t05\tMED\tnot kept\t1.1000\t1.0000\t4.0\t5.0\r\n"
    "291\tNo\tNo\t05\tMED\t\"not kept\"\t1.5084\t1.5084\t4.3\t5.0\r\n"
    "189\tYes\tYes\t04\tMED\tnot kept\t1.0000\t1.0000\t10.0\t11.0\r\n"
    "018\tNo\tNo\tPRE\tSURG\tnot kept\t1.0000\t1.0000\t10.0\t11.0\r\n"
    "999\tNo\tNo\t\t**\tnot kept\t.\t.\t.\t.\r\n";
/* FY 2026: the published amounts */
static const char rates[] =
    "rate,value,from,to\n"
    "ipps-labor-high,4456.72,2025-10-01,2026-09-30\nipps-other-high,2295.89,2025-10-01,2026-09-30\n"
    "ipps-labor-low,4186.62,2025-10-01,2026-09-30\nipps-other-low,2565.99,2025-10-01,2026-09-30\n"
    "ipps-capital,524.15,2025-10-01,2026-09-30\nipps-outlier-threshold,40397,2025-10-01,2026-09-30\n"
    "ipps-outlier-share,0.80,2025-10-01,\nipps-outlier-share-burn,0.90,2025-10-01,\n"
    "opps-outlier-multiple,1.75,2025-01-01,\nopps-outlier-threshold,7175,2025-01-01,\nopps-outlier-share,0.50,2025-01-01,\n"
    "opps-comprehensive-observation,2600.55,2026-01-01,\n";
#define HOSPITAL "npi,ccn,wage_index,cola,gaf,capital_cola,operating_ccr,capital_ccr,operating_dsh,operating_ime,capital_dsh,capital_ime,vbp,hrrp,uncompensated,from,to,outpatient_ccr,hac,low_volume,type,inpatient_quality,outpatient_quality,offset_340b\n"
static const char hospitals[] = HOSPITAL
    NPI ",360001,1,1,1,1,0.20,0.05,0,0,0,0,1,1,0,2025-10-01,,0.25,,,00,Y,Y,N\n"
    "1245319599,360003,1,1,1,1,0.20,0.05,0,0,0,0,1,1,0,2025-10-01,,,0.99,0.25,07,Y,Y,N\n"
    "1679576722,360002,1.2,1,1.1,1,0.20,0.05,0.10,0.05,0.02,0.03,1.01,0.99,500.25,2025-10-01,,,1,0,00,Y,Y,N\n"
    "1987654328,360004,1,1,1,1,0.20,0.05,0,0,0,0,1,1,0,2025-10-01,,0.25,,,16,N,N,Y\n"
    "1780620427,360005,1,1,1,1,0.20,0.05,0,0,0,0,1,1,0,2025-10-01,,0.25,,,14,Y,Y,N\n"
    "1455555031,360006,1,1,1,1,0.20,0.05,0,0,0,0,1,1,0,2025-10-01,,0.25,,,,,,\n";
static const char technologies[] = "code,most,percent,from,to\n02HK0KZ,10000.00,65,2025-10-01,\n02HK0JZ,10000.00,75,2025-10-01,\n";
/* clang-format on */

/* with_018 - the formulas, where a heart's transplant without MCC stands for DRG 018 */
static const char *with_018(const char *formulas)
{
    static const char own[] = "\t1\t2\tSURGICAL\t0\t0\t\theartxp\n";
    static char out[8000];
    const char *at = strstr(formulas, own);

    assert_non_null(at);
    snprintf(out, sizeof(out), "%.*s\t18\t18%s", (int)(at - formulas), formulas, at + 4);
    return out;
}

/* load - all of them */
static void load(struct loading *l)
{
    static const struct {
        const char *name, *text;
    } files[] = {{"contracts.csv", contracts},
                 {"fees.csv", fees},
                 {"PPRRVU2026_Jan_nonQPP.csv", rvu},
                 {"PPRRVU2026_Jan_QPP.csv", qpp},
                 {"GPCI2026.csv", gpci},
                 {"2026_January_Addendum_B.csv", opps},
                 {"CMS Table 5.txt", weights},
                 {"rates.csv", rates},
                 {"hospitals.csv", hospitals},
                 {"new_technology.csv", technologies},
                 {"opps_comprehensive.csv", comprehensive}};
    char name[64];

    loading_begin(l, NULL);
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
        if (loading_add(l, files[i].name, files[i].text) != LOAD_TAKEN)
            fail_msg("%s: %s", files[i].name, l->last.text);
    for (size_t k = 0; drg_files[k].name; k++) {
        snprintf(name, sizeof(name), "v431/%s", drg_files[k].name);
        assert_int_equal(loading_add(l, name,
                                     strcmp(drg_files[k].name, "formulas.tsv") == 0
                                         ? with_018(drg_files[k].text)
                                         : drg_files[k].text),
                         LOAD_TAKEN);
    }
    loading_publish(l);
    assert_int_equal(l->refused, 0);
}

/* --- claims, in few words */

/* words - a text cut at a sign, one word a call */
static bool word(const char **rest, char sign, char *out, size_t size)
{
    size_t n = 0;

    while (**rest == ' ')
        (*rest)++;
    if (!**rest)
        return false;
    for (; **rest && **rest != sign; (*rest)++)
        if (n + 1 < size)
            out[n++] = **rest;
    *rest += **rest == sign;
    out[n] = '\0';
    return true;
}

/* add_line - "99213 25 59 x2 $150 r0450": code, modifiers, units (m45: minutes), charge, revenue */
static void add_line(struct arena *a, CcClaim *c, const char *text, int32_t day)
{
    CcServiceLine *l = NULL;
    char one[32];

    while (word(&text, ' ', one, sizeof(one))) {
        if (!l) {
            l = claims_line(a, c, strcmp(one, "-") ? one : "00000", 0, day);
            l->units_milli = 1000;
            if (!strcmp(one, "-"))
                l->procedure = NULL;
        } else if (one[0] == 'x' && one[1] >= '0' && one[1] <= '9') {
            l->units_milli = 1000 * strtol(one + 1, NULL, 10);
        } else if (one[0] == 'm') { /* minutes */
            l->units_milli = 1000 * strtol(one + 1, NULL, 10);
            l->unit_code = claims_text(a, "MJ");
        } else if (one[0] == '$') {
            l->charge_cents = 100 * strtol(one + 1, NULL, 10);
        } else if (one[0] == 'r') {
            l->revenue = claims_text(a, one + 1);
        } else {
            char **grown = arena_grow(a, l->modifiers, l->n_modifiers, sizeof(*grown));

            l->modifiers = grown;
            l->modifiers[l->n_modifiers++] = claims_text(a, one);
        }
    }
}

struct example {
    const char *payer; /* id, or an indicator: MB MA */
    const char *how;   /* professional's place; a stay's "status days dx dx"; marks of a bill */
    const char *lines; /* separated by ; */
    const char *want;  /* amounts of lines, a word within, "?"; "= total" or "missing: text" */
};

/* set_mark - "vFD" "c42" "oA3" "s70" "b0181" "t273R00000X": value, condition, occurrence, span of
 * days, type of bill, the biller's taxonomy; codes of diagnoses open with a capital */
static bool set_mark(struct arena *a, CcClaim *c, const char *one)
{
    char *text = claims_text(a, one + 1);
    CcValueAmount *value = arena_alloc(a, sizeof(*value));
    CcCodeDate *occurrence = arena_alloc(a, sizeof(*occurrence));
    CcCodeSpan *span = arena_alloc(a, sizeof(*span));

    switch (one[0]) {
    case 'v':
        cc_value_amount__init(value);
        value->code = text;
        value->amount_cents = 100;
        return event_push(a, c, values, value);
    case 'o':
        cc_code_date__init(occurrence);
        occurrence->code = text;
        return event_push(a, c, occurrences, occurrence);
    case 's':
        cc_code_span__init(span);
        span->code = text;
        return event_push(a, c, occurrence_spans, span);
    case 'c':
        return event_push(a, c, conditions, text);
    case 'b':
        c->type_of_bill = text;
        return true;
    case 't':
        c->providers[0]->taxonomy = text;
        return true;
    default:
        return false;
    }
}

/* set_place - "11"; "11@363LF0000X": with the taxonomy of who renders; "11/C": assignment */
static void set_place(struct arena *a, CcClaim *c, const char *how)
{
    const char *at = strchr(how, '@'), *slash = strchr(how, '/');
    bool set = !at;

    if (slash)
        c->assignment = claims_text(a, slash + 1);

    c->place_of_service = claims_text(a, how);
    c->place_of_service[2] = '\0';
    for (size_t i = 0; i < c->n_providers; i++)
        if (at && c->providers[i]->role == PROVIDER_ROLE_RENDERING) {
            c->providers[i]->taxonomy = claims_text(a, at + 1);
            set = true;
        }
    assert_true(set);
}

/* claim_of - an example as a claim */
static CcClaim *claim_of(struct arena *a, const struct example *x, const char *npi)
{
    bool medicare = strlen(x->payer) == 2, stay = strchr(x->how, ' ') != NULL;
    bool institutional = stay || strcmp(x->payer, "MA") == 0;
    CcClaim *c = institutional ? claims_inpatient(a) : claims_office(a);
    CcClaimCoverage *v = c->coverages[0];
    const char *rest = x->how, *lines = x->lines;
    char one[64];
    int32_t day = stay ? 20260510 : 20260302;

    c->n_lines = c->n_diagnoses = c->n_procedures = 0;
    c->n_coverages = 1;
    v->destination = true;
    v->payer_id = claims_text(a, medicare ? "99999" : x->payer);
    v->filing_indicator = claims_text(a, medicare ? x->payer : "CI");
    for (size_t i = 0; i < c->n_providers; i++)
        if (c->providers[i]->role == PROVIDER_ROLE_BILLING)
            c->providers[i]->npi = claims_text(a, npi);
    if (institutional)
        c->type_of_bill = claims_text(a, stay ? "0111" : "0131");
    else
        set_place(a, c, x->how);
    if (stay) {
        word(&rest, ' ', one, sizeof(one));
        c->discharge_status = claims_text(a, one);
        word(&rest, ' ', one, sizeof(one));
        c->discharge_date = c->thru_date = day;
        c->admit_date = c->from_date = (int32_t)(day - strtol(one, NULL, 10));
        for (int i = 0; word(&rest, ' ', one, sizeof(one)); i++) {
            if (set_mark(a, c, one)) {
                i--;
            } else if (strlen(one) == 7 && one[0] == '0') {
                CcClaimProcedure **grown =
                    arena_grow(a, c->procedures, c->n_procedures, sizeof(*grown));

                c->procedures = grown;
                grown[c->n_procedures] = arena_alloc(a, sizeof(**grown));
                cc_claim_procedure__init(grown[c->n_procedures]);
                grown[c->n_procedures]->assignment =
                    claims_dx(a, c, one, DIAGNOSIS_ROLE_OTHER, POA_Y)->assignment;
                grown[c->n_procedures]->assignment->code->system = CODE_SYSTEM_ICD10PCS;
                c->n_procedures++;
                c->n_diagnoses--;
            } else {
                claims_dx(a, c, one, i ? DIAGNOSIS_ROLE_OTHER : DIAGNOSIS_ROLE_PRINCIPAL, POA_Y);
            }
        }
    } else {
        c->from_date = c->thru_date = day;
        while (institutional && word(&rest, ';', one, sizeof(one)))
            assert_true(set_mark(a, c, one));
    }
    while (word(&lines, ';', one, sizeof(one)))
        add_line(a, c, one, day);
    return c;
}

/* said - an expected amount in the words of the examples */
static const char *said(const CcExpected *x)
{
    static char out[2000];
    char cents[DECIMAL_TEXT];
    size_t n = 0;

    out[0] = '\0';
    if (!x)
        return "none";
    for (size_t i = 0; i < x->n_lines; i++)
        n += (size_t)snprintf(out + n, sizeof(out) - n, "%s ",
                              x->lines[i]->allowed_given
                                  ? decimal_text(x->lines[i]->allowed_cents, 2, cents)
                              : x->lines[i]->within[0] ? x->lines[i]->within
                                                       : "?");
    if (x->allowed_given)
        n += (size_t)snprintf(out + n, sizeof(out) - n, "= %s",
                              decimal_text(x->allowed_cents, 2, cents));
    for (size_t i = 0; i < x->n_missing; i++)
        n += (size_t)snprintf(out + n, sizeof(out) - n, "%s%s",
                              i ? "; " : "missing: ", x->missing[i]);
    return out;
}

/* check - every example of a list, all that differ are printed */
static void check(const struct example *x, size_t n, const char *npi)
{
    struct loading l;
    size_t bad = 0;

    load(&l);
    for (size_t i = 0; i < n; i++) {
        struct arena *a = arena_new(1 << 24);
        struct err e = {0};
        CcExpected *out;

        assert_int_equal(price_claim(claim_of(a, &x[i], npi), l.tables, a, &out, &e), 0);
        if (strcmp(said(out), x[i].want) != 0) {
            print_message("%s | %s | %s:\n  %s\n  expected %s\n", x[i].payer, x[i].how, x[i].lines,
                          said(out), x[i].want);
            bad++;
        }
        arena_free(a);
    }
    loading_end(&l);
    assert_int_equal(bad, 0);
}

#define CHECK(list, npi) check(list, sizeof(list) / sizeof((list)[0]), npi)

/* clang-format off */
static const struct example physicians[] = {
    {"MB", "11", "99213", "95.19 = 95.19"}, /* coding 6.5 */
    {"MB", "22", "99213", "57.45 = 57.45"}, /* 1.72 x 33.4009 */
    {"PQPP", "11", "99213", "95.67 = 95.67"},
    {"P120", "11", "99213 $200", "114.23 = 114.23"},
    {"P120", "11", "99213 $100", "100 = 100"},
    {"MB", "11", "99213 x2", "190.38 = 190.38"},
    {"MB", "11", "10001", "668.02 = 668.02"},
    {"MB", "11", "10001 50", "1002.03 = 1002.03"},
    {"MB", "11", "10002 50", "334.01 = 334.01"},        /* no bilateral payment */
    {"MB", "11", "10002;10001", "167.01 668.02 = 835.03"},
    {"MB", "11", "10001 62", "417.51 = 417.51"},
    {"MB", "11", "10001 80", "106.88 = 106.88"},
    {"MB", "11", "10001 AS", "90.85 = 90.85"},
    {"MB", "11", "10002 80", "0 = 0"},                  /* never paid */
    {"MB", "11", "10001 54", "534.42 = 534.42"},
    {"MB", "11", "10001 55", "133.6 = 133.6"},
    {"MB", "11", "10001 78", "467.61 = 467.61"},
    {"MB", "11", "10001 22", "? missing: line 1: the payer decides by report (modifiers 22, 52, 53, 66)"},
    {"MB", "11", "10003", "? missing: line 1: the physician fee schedule has no amount for this place"},
    {"MB", "21", "10003", "66.8 = 66.8"},
    {"MB", "11", "43240;43239", "334.01 33.4 = 367.41"}, /* 167.00 - 133.60 */
    {"MB", "11", "70450;74150", "133.6 48.43 = 182.03"}, /* 33.40 x 0.95 + 33.40 x 0.50 */
    {"MB", "11", "70450 TC;74150 TC", "100.2 16.7 = 116.9"},
    {"MB", "11", "97110 x2", "116.9 = 116.9"},          /* 133.60 - half of one practice expense */
    {"MB", "11", "70450 26;74150 TC", "33.4 33.4 = 66.8"},   /* each the highest of its component */
    {"MB", "11", "74150;70450 TC", "50.1 100.2 = 150.3"},    /* 33.40 + 33.40 x 0.50 */
    {"MB", "11", "71250", "83.5 = 83.5"},                    /* 33.40 + the outpatient amount 50.10 */
    {"MB", "11", "71250 TC", "50.1 = 50.1"},
    {"MB", "11", "71250 TC;70450 TC", "33.4 100.2 = 133.6"}, /* half is less than the cap */
    {"MB", "11", "74150 26", "? missing: line 1: the fees have no row for the code in the schedule of the contract"},
    {"MB", "11", "10001;43240", "668.02 167.01 = 835.03"},   /* one endoscopy is an operation */
    {"MB", "11", "10001;43240;43239", "668.02 ? ? missing: line 2: several services of the day are reduced in a way that is not reckoned here; "
                                      "line 3: several services of the day are reduced in a way that is not reckoned here"},
    {"MB", "11", "10001 53", "? missing: line 1: the payer decides by report (modifiers 22, 52, 53, 66)"},
    {"MB", "11", "10002 62", "0 = 0"},                       /* not permitted */
    {"MB", "11", "11042 50", "133.6 = 133.6"},               /* each side whole */
    {"MB", "11", "11042 78", "66.8 = 66.8"},                 /* no package to split */
    {"MB", "11", "11042 54", "? missing: line 1: modifiers 54, 55, 56, 78 split a package that the code has not"},
    {"MB", "11", "70450 CT", "? missing: line 1: modifiers CT, FX and FY take from the technical component, which is not reckoned here"},
    {"MB", "11", "90901", "? missing: line 1: the physician fee schedule has no amount for the code"},
    {"MB", "11", "97110 CQ", "56.78 = 56.78"},
    {"MB", "02", "99213", "57.45 = 57.45"},
    {"MB", "10", "99213", "95.19 = 95.19"},
    {"MB", "19", "99213", "57.45 = 57.45"},
    {"MB", "11@363LF0000X", "99213", "80.91 = 80.91"},       /* nurse practitioner */
    {"MB", "11@1041C0700X", "99213", "71.39 = 71.39"},       /* clinical social worker */
    {"MB", "11@367A00000X", "99213", "95.19 = 95.19"},       /* nurse midwife: whole */
    {"MB", "11", "96372", "66.8 = 66.8"},
    {"MB", "11", "96372;99213", "bundled 95.19 = 95.19"},
    {"MB", "11", "99213;99070", "95.19 bundled = 95.19"},
    {"MB", "11", "80053", "10.56 = 10.56"},             /* not of this schedule: the contract's next row */
    {"MB", "11", "00100", "? missing: line 1: the fees have no row for the code in the schedule of the contract"},
    {"MB", "11", "10009", "? missing: line 1: the fees have no row for the code in the schedule of the contract"},
    /* seen and not reckoned */
    {"MB", "11/C", "99213", "95.19 missing: what is allowed without assignment (CLM07 is not A)"},
    {"MB", "11/B", "99213;80053", "95.19 10.56 missing: what is allowed without assignment (CLM07 is not A)"},
    {"MB", "11/B", "80053", "10.56 = 10.56"},                /* what CLM07 B accepts */
    {"MB", "11/", "99213", "95.19 missing: what is allowed without assignment (CLM07 is not A)"},
    {"PQPP", "11", "99213 AQ", "95.67 missing: line 1: the bonus of a shortage area (AQ)"},
    {"MB", "11", "99213;99213 PD", "95.19 95.19 missing: line 2: the practice expense in a hospital's payment window (PD)"},
    {"MB", "11", "99213 GY", "95.19 missing: line 1: what is allowed of a service billed as not covered (GY, GZ)"},
    {"MB", "11", "80053 GY", "10.56 = 10.56"},               /* not of this schedule */
    {"MB", "11", "70450;74150 59", "133.6 ? missing: line 2: whether images of the day are of one session (59, 76, 77, XE)"},
    {"MB", "11", "70450 76", "133.6 = 133.6"},               /* none beside it */
    {"MB", "11", "10001;10002 59", "668.02 167.01 = 835.03"}, /* operations of a day, whatever the session */
    {"PLOC", "11", "99213", "? missing: the locality of the contract, as 01112-05; line 1: no row of the contract says how the service is paid"},
    {"PNPI", "11", "99213", "none"},
    {"PNONE", "11", "99213", "none"},
};

static const struct example contracted[] = {
    {"PFEE", "11", "99213", "100 = 100"},
    {"PFEE", "22", "99213", "80 = 80"},
    {"PFEE", "11", "99213 25", "90 = 90"},
    {"PFEE", "11", "99213 x3;10001 $250", "300 100 = 400"},
    {"PCASE", "01 3 I5020", "- r0120 x3 $3000;- r0278 $4000", "case 2000 = 11000"},
    {"PCASE", "01 3 J9601 E119", "- r0120 x3 $5000;- r0278 $4000", "per-diem 2000 = 6500"},
    {"PCASE", "01 3 J9601 E119", "- r0120 x3 $3000", "per-diem = 3000"},      /* the lesser of */
    {"PCASE", "01 3 J9601 E119", "- r0120 x2 $9000;- r0180 x1 $0", "per-diem per-diem = 3000"}, /* no leave days */
    {"PCASE", "01 3 J9601 E119", "- r0250 $9000", "per-diem = 4500"},         /* days of the stay */
    {"PSTOP", "01 3 I5020", "- r0120 $50000", "case = 9000"},
    {"PSTOP", "01 3 I5020", "- r0120 $60000", "case = 15000"}, /* 60 % of 10000 */
    {"PSTOP", "01 3 I5020", "- r0120 $200000", "case = 40000"},
    {"PCAP", "01 3 I5020", "- r0120 $1", "case missing: the amount of the contract's cap"},
    {"PANES", "21", "00100 AA m45", "160 = 160"},              /* 5 units and 3, 20.00 each */
    {"PANES", "21", "00100 QK m50", "83 = 83"},                /* half of 5 and 3.3 */
    {"PANES", "21", "00100 AA", "? missing: line 1: the minutes of anesthesia"},
    {"PANES", "21", "00100 m45", "? missing: line 1: who gave the anesthesia (AA, QK, QX, QY, QZ)"},
    {"PANES", "21", "00100 AD m45", "? missing: line 1: supervised anesthesia (AD): whether the physician was there at its start"},
    {"PANES", "21", "00100 AA m45;00100 AA m30", "? ? missing: line 1: several anesthesia services of a day; line 2: several anesthesia services of a day"},
    {"PASC", "24", "66984", "1000 = 1000"},
    {"PASC", "24", "66821;66984;V2785", "150 1000 500 = 1650"},
    {"PASC", "24", "66984 50", "1500 = 1500"},
    {"PASC", "24", "66984 73", "500 = 500"},
    {"PASC", "24", "66984 FB", "1000 missing: line 1: what a device's credit takes (FB, FC)"},
};

static const struct example stays[] = {
    {"MA", "01 3 I5020", "- r0120 $1000", "ipps = 7276.76"},         /* coding 6.3 */
    {"MA", "01 3 I5020 J9601", "- r0120 $1000", "ipps = 10976.27"},  /* weight 1.5084 */
    /* transfers: per diem 6752.61 / 4 x 2, 524.15 / 4 x 2; paid in full from the mean stay less a day on */
    {"MA", "02 1 I5020", "- r0120 $1000", "ipps = 3638.39"},
    {"MA", "06 1 I5020", "- r0120 $1000", "ipps = 3638.39"},
    {"MA", "02 3 I5020", "- r0120 $1000", "ipps = 7276.76"},
    {"MA", "06 1 I5020 J9601", "- r0120 $1000", "ipps = 10976.27"},  /* no post-acute DRG */
    {"MA", "06 1 J9601 E119", "- r0120 $1000", "ipps = 4366.06"},    /* special pay: half and half per diems */
    {"MA", "02 1 J9601 E119", "- r0120 $1000", "ipps = 1455.35"},    /* which an acute transfer is not: two of ten days */
    {"MA", "66 1 I5020", "- r0120 $1000", "ipps = 3638.39"},         /* a critical access hospital */
    {"MA", "94 1 I5020 J9601", "- r0120 $1000", "ipps = 5105.06"},   /* the same, readmission planned: 0.4651 of 10976.27 */
    {"MA", "61 1 I5020", "- r0120 $1000", "ipps = 7276.76"},         /* a swing bed is no transfer */
    {"MA", "06 1 c42 I5020", "- r0120 $1000", "ipps = 7276.76"},     /* care at home for another condition */
    {"MA", "02 1 c42 I5020", "- r0120 $1000", "ipps = 3638.39"},
    /* outlier of a transfer: half the threshold. 80 % of 75000 - 3638.39 - 20198.50, and 3638.39 */
    {"MA", "02 1 I5020", "- r0120 $300000", "ipps = 44568.88"},
    /* outlier: 80 % of 300000 x 0.25 - 7276.76 - 40397 */
    {"MA", "01 3 I5020", "- r0120 $300000", "ipps = 29137.75"},
    /* new technology: 65 % of 40000 x 0.20 - 6752.61, operating cost over operating payment */
    {"MA", "01 3 I5020 02HK0KZ", "- r0120 $40000", "ipps = 8087.56"},
    {"MA", "01 3 I5020 02HK0KZ 02HK0JZ", "- r0120 $40000", "ipps = 8524.15"}, /* two: no more than all of it */
    /* what the claim tells and no table has */
    {"MA", "01 3 vFD I5020", "- r0120 $1000", "ipps missing: what a device's credit takes (value code FD)"},
    {"MA", "01 3 I5020", "- r0120 $1000;J7192 r0636 $9000", "ipps ipps missing: clotting factors, which are paid beside the DRG"},
    {"MA", "01 3 I5020", "- r0120 $1000;J7100 r0636 $90", "ipps ipps = 7276.76"},
    {"MA", "01 3 I5020 02YA0Z0", "- r0120 $1000", "ipps = 7276.76"}, /* DRG 018 */
    {"MA", "01 3 c30 I5020 02YA0Z0", "- r0120 $1000", "ipps missing: the part of DRG 018 that is paid in a clinical trial"},
    {"MA", "01 3 I5020 Z006 02YA0Z0", "- r0120 $1000", "ipps missing: the part of DRG 018 that is paid in a clinical trial"},
    {"MA", "01 3 c30 I5020", "- r0120 $1000", "ipps = 7276.76"},
    {"MA", "01 3 b0181 I5020", "- r0120 $1000", "ipps missing: the payment of bills other than 11x"},
    {"MA", "01 3 t273R00000X I5020", "- r0120 $1000", "ipps missing: the payment of a hospital outside of the inpatient system (billing taxonomy)"},
    {"MA", "01 3 oA3 I5020", "- r0120 $1000", "ipps missing: days over the benefit (occurrence codes A3, B3, C3)"},
    {"MA", "01 3 s70 I5020", "- r0120 $1000", "ipps missing: days that are not covered (occurrence span codes 70, 74, 76, 77)"},
    {"MA", "01 3 v81 I5020", "- r0120 $1000", "ipps missing: days that are not covered (value code 81)"},
    {"MA", "01 3 v80 v82 o11 I5020", "- r0120 $1000", "ipps = 7276.76"}, /* the patient's share */
    {"MA", "01 3 oB3 oC3 s77 I5020", "- r0120 $1000", "ipps missing: days over the benefit (occurrence codes A3, B3, C3); "
                                                      "days that are not covered (occurrence span codes 70, 74, 76, 77)"},
    {"MA", "01 3 c66 I5020", "- r0120 $1000", "ipps missing: an outlier that is not asked for (condition code 66)"},
    {"MA", "01 3 c04 c69 I5020", "- r0120 $1000", "ipps missing: a bill for no payment, or for teaching alone (condition codes 04, 21, 69)"},
    {"MA", "01 3 E119", "- r0120 $1000", "ipps missing: the stay has no DRG: UNGROUPABLE"},
    {"MA", "01 3 N179", "- r0120 $1000", "ipps missing: table drg-weights: no row 684 on 2026-05-10"},
};

static const struct example outpatients[] = {
    {"MA", "", "G0463", "136.02 = 136.02"},
    {"MA", "", "G0463;36415;- r0250", "136.02 packaged packaged = 136.02"},
    {"MA", "", "71046", "88.91 = 88.91"},
    {"MA", "", "11111;22222", "500 2000 = 2500"},
    {"MA", "", "22222 x2", "3000 = 3000"},
    {"MA", "", "11111 50", "1500 = 1500"},
    {"MA", "", "11111 73", "500 = 500"},
    {"MA", "", "33333", "50 = 50"},
    {"MA", "", "33333;11111", "packaged 1000 = 1000"},
    {"MA", "", "44444;71046", "60 88.91 = 148.91"},
    {"MA", "", "33333;G0463", "packaged 136.02 = 136.02"}, /* J2 alone is a visit */
    {"MA", "", "33333;71046", "packaged 88.91 = 88.91"},   /* Q3 alone is a service S */
    {"MA", "", "33333 x2", "? missing: line 1: several units of a conditionally packaged service"},
    {"MA", "", "33333;44444", "? 60 missing: line 1: conditionally packaged services of both kinds (Q1, Q2)"},
    {"MA", "", "71046;74150", "? ? missing: line 1: several services of a day that may be one composite APC; "
                              "line 2: several services of a day that may be one composite APC"},
    {"MA", "", "80048", "8.46 = 8.46"},                     /* Q4 alone: laboratory fees */
    {"MA", "", "80048;G0463", "packaged 136.02 = 136.02"},
    {"MA", "", "80048;J1885", "8.46 0.55 = 9.01"},
    {"MA", "", "88888 50", "200.1 = 200.1"},                /* both sides of what is not discounted */
    {"MA", "", "88888 x2", "200.1 = 200.1"},
    {"MA", "", "11111 50;22222", "750 2000 = 2750"},        /* half of one and a half */
    {"MA", "", "11111 73;22222", "250 2000 = 2250"},
    {"MA", "", "22222 73 x2", "1000 = 1000"},               /* half of one unit */
    {"MA", "", "88888 PN", "40.02 = 40.02"},                /* off campus */
    {"MA", "", "G0463 PO", "54.41 = 54.41"},
    {"MA", "", "96413 PO;88888 PO", "120 100.05 = 220.05"}, /* of drugs' administration, not of all */
    {"MA", "", "88888 CT", "85.04 = 85.04"},
    /* comprehensive: the highest rank, with the pair of Addendum J where it is the first of one */
    {"MA", "", "55555 x2", "11000 = 11000"},
    {"MA", "", "55555 50", "11000 = 11000"},
    {"MA", "", "66666 x2", "9500 = 9500"},
    {"MA", "", "55555;66666", "packaged 12000 = 12000"},
    {"MA", "", "36415;66666;80053", "packaged 12500 10.56 = 12510.56"},
    {"MA", "", "77770;11111", "100 packaged = 100"},
    {"MA", "", "77770 x2", "? missing: line 1: several comprehensive services: their ranks and pairs (Addendum J)"},
    {"MA", "", "44444;11111", "packaged 1000 = 1000"},
    {"MA", "", "55555;11111;71046;80053", "9000 packaged packaged 10.56 = 9010.56"},
    {"MA", "", "55555;77770", "? ? missing: line 1: several comprehensive services: their ranks and pairs (Addendum J); "
                              "line 2: several comprehensive services: their ranks and pairs (Addendum J)"},
    {"MA", "", "J1885 x10", "5.5 = 5.5"},
    /* eight hours of observation beside a visit, without an operation: APC 8011 */
    {"MA", "", "G0463;G0378 x8;71046", "2600.55 packaged packaged = 2600.55"},
    {"MA", "", "G0463;G0378 x7", "136.02 packaged = 136.02"},
    {"MA", "", "G0463;G0378 x9;11111", "136.02 packaged 1000 = 1136.02"},
    {"MA", "", "G0378 x9;71046", "packaged 88.91 = 88.91"},
    /* outliers: cost over 1.75 times the payment and over it and 7175; half of what is over 1.75 times */
    {"MA", "", "11111 $32700", "1000 = 1000"},
    {"MA", "", "11111 $32704", "4213 = 4213"}, /* 8176 - 1750, halved */
    {"MA", "", "11111 $20000;36415 $20000", "5125 packaged = 5125"},
    {"MA", "", "J1885 $90000", "0.55 = 0.55"},
    /* seen and not reckoned */
    {"MA", "c41", "88888", "100.05 missing: a day of partial hospitalization or intensive outpatient services (condition codes 41, 92)"},
    {"MA", "b0761;c92", "88888", "100.05 missing: a day of partial hospitalization or intensive outpatient services (condition codes 41, 92); "
                                 "the payment of bills other than 12x, 13x, 14x"},
    {"MA", "b0851", "88888", "100.05 missing: the payment of bills other than 12x, 13x, 14x"},
    {"MA", "b0851", "80053", "10.56 = 10.56"},              /* nothing by this system */
    {"MA", "c21", "88888", "100.05 missing: a bill for no payment, or for teaching alone (condition codes 04, 21, 69)"},
    {"MA", "vFD", "88888", "100.05 missing: what a device's credit takes (value code FD)"},
    {"MA", "", "88888 FC", "100.05 missing: line 1: what a device's credit takes (FB, FC)"},
    {"MA", "", "88888 GZ", "100.05 missing: line 1: what is allowed of a service billed as not covered (GY, GZ)"},
    {"MA", "", "J1885 JG;J1885 TB", "0.55 0.55 = 1.1"},      /* told for the record only since 2022 */
    {"MA", "", "P9016 PN", "? missing: line 1: what off campus (PN) takes from blood, sources and partial hospitalization"},
    {"MA", "", "90853;90853 PN;J1885 PN", "250 ? 0.55 missing: line 2: what off campus (PN) takes from blood, sources and partial hospitalization"},
    {"MA", "", "55555;99990;G0105;11111", "9000 ? ? packaged missing: line 2: a preventive service or new technology beside a comprehensive service; "
                                          "line 3: a preventive service or new technology beside a comprehensive service"},
    {"MA", "", "99990;G0105", "700 800 = 1500"},
    {"MA", "", "C1111", "? missing: line 1: paid at cost"},
    {"MA", "", "80053", "10.56 = 10.56"},
    {"MA", "", "77777", "? missing: line 1: the fees have no row for the code in the schedule of the contract"},
};

/* of a hospital with a wage index of 1.2 and every add-on: 4456.72 x 1.2 + 2295.89 = 7643.95 */
static const struct example elsewhere[] = {
    {"MA", "", "11111;J1885", "1120 0.55 = 1120.55"},
    {"MA", "", "P9016;C2616", "200 900 = 1100"}, /* blood and sources do not follow wages */
    {"MA", "", "11111 $9000", "1120 missing: the hospital's ratio of outpatient cost to charges (outpatient_ccr)"},
    {"MA", "", "11111 $5000", "1120 = 1120"},
    {"MA", "", "88888 x3", "336.17 = 336.17"},   /* 112.056 x 3, rounded once */
    /* quality programs are added: 76.44 - 76.44 */
    {"MA", "01 3 I5020", "- r0120 $1000", "ipps = 9896.2"},
    /* operating cost 44000 is under 9290.80 + 36583.52, capital 11000 over 605.40 + 8887.34;
     * both together under both: nothing. Then 46000 and 11500: 80 % of 125.68 and of 2007.26 */
    {"MA", "01 3 I5020", "- r0120 $220000", "ipps = 9896.2"},
    {"MA", "01 3 I5020", "- r0120 $230000", "ipps = 11602.55"},
};
/* what a hospital's row says beside its factors, and no payment here reckons */
static const struct example sole_community[] = {
    {"MA", "01 3 I5020", "- r0120 $1000", "ipps missing: what the hospital's type changes (table hospitals, type: 16); "
                                          "the rates without quality data (table hospitals, inpatient_quality: N)"},
    {"MA", "", "88888", "100.05 missing: what the hospital's type changes (table hospitals, type: 16); "
                        "the rates without quality data (table hospitals, outpatient_quality: N); the offset of past 340B drugs (table hospitals, offset_340b: Y)"},
    {"MA", "", "80053", "10.56 = 10.56"},
};
static const struct example medicare_dependent[] = {
    {"MA", "01 3 I5020", "- r0120 $1000", "ipps missing: what the hospital's type changes (table hospitals, type: 14)"},
    {"MA", "", "88888", "100.05 = 100.05"},
};
static const struct example not_said[] = {
    {"MA", "01 3 I5020", "- r0120 $1000", "ipps missing: what the hospital's type changes (table hospitals, type: not said); "
                                          "the rates without quality data (table hospitals, inpatient_quality: not said)"},
    {"MA", "", "88888", "100.05 missing: what the hospital's type changes (table hospitals, type: not said); "
                        "the rates without quality data (table hospitals, outpatient_quality: not said); "
                        "the offset of past 340B drugs (table hospitals, offset_340b: not said)"},
    {"PASC", "24", "66984", "1000 = 1000"},
};
/* few discharges: a quarter more, 1819.19; then the program takes 1 % of 9095.95 */
static const struct example programs[] = {
    {"MA", "01 3 I5020", "- r0120 $1000", "ipps = 9004.99"},
};
/* clang-format on */

static void test_physicians(void **state)
{
    (void)state;
    CHECK(physicians, NPI);
}

static void test_contracts(void **state)
{
    (void)state;
    CHECK(contracted, NPI);
}

static void test_stays(void **state)
{
    (void)state;
    CHECK(stays, NPI);
}

static void test_outpatients(void **state)
{
    (void)state;
    CHECK(outpatients, NPI);
}

static void test_hospitals(void **state)
{
    (void)state;
    CHECK(sole_community, "1987654328");
    CHECK(medicare_dependent, "1780620427");
    CHECK(not_said, "1455555031");
}

static void test_elsewhere(void **state)
{
    (void)state;
    CHECK(elsewhere, "1679576722");
    CHECK(programs, "1245319599");
}

/* test_older - a file of hospitals from before their newer columns is still taken */
static void test_older(void **state)
{
    static const char older[] =
        "npi,ccn,wage_index,cola,gaf,capital_cola,operating_ccr,capital_ccr,operating_dsh,"
        "operating_ime,capital_dsh,capital_ime,vbp,hrrp,uncompensated,from,to\n" NPI
        ",360001,1,1,1,1,0.20,0.05,0,0,0,0,1,1,0,2025-10-01,\n";
    struct loading l;

    (void)state;
    loading_begin(&l, NULL);
    assert_int_equal(loading_add(&l, "hospitals.csv", older), LOAD_TAKEN);
    loading_publish(&l);
    assert_string_equal(asked(l.tables, TABLE_HOSPITALS, NPI, NULL, 20260101, "wage_index"), "1");
    assert_string_equal(asked(l.tables, TABLE_HOSPITALS, NPI, NULL, 20260101, "outpatient_ccr"),
                        "");
    loading_end(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_physicians), cmocka_unit_test(test_contracts),
        cmocka_unit_test(test_stays),      cmocka_unit_test(test_outpatients),
        cmocka_unit_test(test_elsewhere),  cmocka_unit_test(test_hospitals),
        cmocka_unit_test(test_older),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
