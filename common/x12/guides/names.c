/* names.c - short words of ours for the codes people look at most; what is not here is shown as its
 * code */
#include "common/x12/guide.h"

#include <string.h>

struct code_word {
    const char *segment;
    unsigned element;
    const char *words; /* "code word|code word" */
};

/* clang-format off */
static const struct code_word code_words[] = {
    {"NM1", 1,
     "03 dependent|1P provider|1Z home health|40 receiver|41 submitter|45 drop-off|"
     "71 attending|72 operating|74 corrected insured|77 service facility|82 rendering|"
     "85 billing provider|87 pay-to|AY clearinghouse|DK ordering|DN referring|"
     "DQ supervising|GB other insured|IL insured|P3 primary care|PE pay-to plan|PR payer|"
     "PW pick-up|QB purchased service|QC patient|TT crossover carrier|ZZ other operating"},
    {"NM1", 2,
     "1 person|2 organization"},
    {"NM1", 8,
     "24 employer id|34 social security|46 transmitter id|C corrected|FI tax id|"
     "HN health insurance|II health id|MI member id|MR medicaid id|NI carrier number|"
     "PI payer id|XV plan id|XX NPI"},
    {"N1", 1,
     "PE payee|PR payer"},
    {"N1", 3,
     "FI tax id|XV plan id|XX NPI"},
    {"HL", 3,
     "19 provider|20 source|21 receiver|22 subscriber|23 dependent|PT patient"},
    {"HL", 4,
     "0 no|1 yes"},
    {"ST", 1,
     "276 status question|277 status answer|835 remittance|837 claim|999 acknowledgment"},
    {"GS", 1,
     "FA acknowledgment|HC claim|HN status answer|HP remittance|HR status question"},
    {"ISA", 15,
     "P production|T test"},
    {"BHT", 2,
     "00 original|08 status|13 request|18 reissue"},
    {"BHT", 6,
     "31 subrogation|CH chargeable|DG response|RP reporting|TH receipt"},
    {"SBR", 1,
     "P primary|S secondary|T tertiary|U unknown"},
    {"SBR", 2,
     "01 spouse|18 self|19 child|20 employee|21 unknown|39 organ donor|40 cadaver donor|"
     "53 life partner|G8 other"},
    {"PAT", 1,
     "01 spouse|19 child|20 employee|21 unknown|39 organ donor|40 cadaver donor|"
     "53 life partner|G8 other"},
    {"SBR", 9,
     "11 other non-federal|12 PPO|13 POS|14 EPO|15 indemnity|16 HMO medicare risk|"
     "17 dental|AM auto medical|BL blue|CH tricare|CI commercial|DS disability|"
     "FI federal employees|HM HMO|LM liability|MA medicare A|MB medicare B|MC medicaid|"
     "OF other federal|TV title V|VA veterans|WC workers compensation|ZZ unknown"},
    {"DMG", 3,
     "F female|M male|U unknown"},
    {"PRV", 1,
     "AT attending|BI billing|PE performing"},
    {"PER", 1,
     "BL technical|CX payer claim office|IC information"},
    {"PER", 3,
     "ED edi address|EM e-mail|EX extension|FX fax|TE telephone|UR web"},
    {"PER", 5,
     "EM e-mail|EX extension|FX fax|TE telephone|UR web"},
    {"PER", 7,
     "EM e-mail|EX extension|FX fax|TE telephone|UR web"},
    {"REF", 1,
     "0B state license|0K policy|1G UPIN|1J care plan|1K payer claim number|1S APC group|"
     "1W member number|2U payer number|4N authorization exception|6R line number|"
     "9A repriced claim|9B repriced line|9C adjusted repriced|9D adjusted repriced line|"
     "9F referral|BLT bill type|BT batch|D9 clearinghouse number|EA record number|"
     "EI employer number|EJ patient account|EO submitter number|EV receiver number|"
     "EW mammography|F2 version|F4 referring CLIA|F5 4081 crossover|"
     "F8 original claim number|FJ line number|FY claim office|G1 prior authorization|"
     "G2 provider number|G4 peer review|HI health plan id|LU location number|"
     "LX device exemption|NF NAIC|P4 project|PQ payee id|SY social security|T4 signal|"
     "TJ tax id|VV voucher|VY link|X4 CLIA|XZ prescription|Y4 casualty claim"},
    {"DTP", 1,
     "009 processed|011 shipped|036 expires|050 received|090 assumed care|"
     "091 relinquished care|096 discharge|150 from|151 to|232 statement from|"
     "233 statement to|296 back to work|297 last worked|304 last seen|314 disability|"
     "360 disability from|361 disability to|405 produced|431 onset|434 statement|"
     "435 admission|439 accident|444 first contact|453 acute manifestation|"
     "454 initial treatment|455 last x-ray|461 last certification|463 begin therapy|"
     "471 prescription|472 service|484 last period|573 claim paid|607 recertification|"
     "738 hemoglobin test|739 creatinine test"},
    {"DTM", 1,
     "036 expires|050 received|150 from|151 to|232 statement from|233 statement to|"
     "405 produced|472 service"},
    {"DTP", 2,
     "D8 date|DT date and time|RD8 range|TM time"},
    {"DMG", 1,
     "D8 date"},
    {"AMT", 1,
     "A8 not covered|AU coverage|B6 allowed|D paid|D8 discount|DY per day|"
     "EAF patient owes|F3 estimated due|F4 postage|F5 patient paid|GT goods tax|"
     "I interest|KH late filing|N8 facility tax|NL negative ledger|T tax|T2 before taxes|"
     "T3 charge|YU accepted|YY refused"},
    {"QTY", 1,
     "90 accepted|AA refused|CA covered days|CD coinsurance days|FL anesthesia units|"
     "LA life reserve|PT patients|QA accepted|QC refused"},
    {"CAS", 1,
     "CO contractual|CR correction|OA other|PI payer initiated|PR patient"},
    {"CLP", 2,
     "1 primary|2 secondary|3 tertiary|4 denied|19 primary, forwarded|"
     "20 secondary, forwarded|21 tertiary, forwarded|22 reversal|23 not ours, forwarded|"
     "25 predetermination"},
    {"BPR", 1,
     "C money and remittance|D payment only|H notification|I information|"
     "P prenotification|U split|X either"},
    {"BPR", 3,
     "C credit|D debit"},
    {"BPR", 4,
     "ACH transfer|BOP bank option|CHK check|FWT wire|NON none"},
    {"LQ", 1,
     "AS form|HE remark|RX drug reject|UT form"},
    {"CLM", 7,
     "A assigned|B lab only|C not assigned"},
    {"NTE", 1,
     "ADD additional|CER certification|DCP goals|DGN diagnosis|TPO third party"},
    {"STC", 3,
     "U refused|WQ accepted"},
    {"TA1", 4,
     "A accepted|E accepted with errors|R refused"},
    {"IK5", 1,
     "A accepted|E accepted with errors|M refused|R refused|W refused|X refused"},
    {"AK9", 1,
     "A accepted|E accepted with errors|M refused|P partly accepted|R refused|W refused|"
     "X refused"},
    {"IK3", 4,
     "1 unknown|2 unexpected|3 missing|4 loop too often|5 too often|6 not in set|"
     "7 out of sequence|8 element errors|I4 not used|I6 dependent missing|"
     "I7 loop below minimum|I8 below minimum|I9 dependent present"},
    {"IK4", 3,
     "1 missing|10 excluded|12 repetitions|13 components|2 conditionally missing|"
     "3 too many|4 too short|5 too long|6 character|7 code|8 date|9 time|I10 not used|"
     "I11 repeats|I12 pattern|I13 dependent present|I6 code not used|I9 dependent missing"},
    {"SV1", 3,
     "MJ minutes|UN units"},
    {"SV2", 4,
     "DA days|UN units"},
    {"PWK", 2,
     "AA on request|BM mail|EL electronic|EM e-mail|FT file|FX fax"},
    {"C003", 1,
     "AD dental|ER local|HC procedure|HP HIPPS|IV home infusion|N4 drug|NU revenue|"
     "WK alternative"},
    {"C022", 1,
     "ABF other diagnosis|ABJ admitting diagnosis|ABK principal diagnosis|"
     "ABN external cause|APR reason for visit|BBQ other procedure|BBR principal procedure|"
     "BE value|BF other diagnosis (9)|BG condition|BH occurrence|BI occurrence span|"
     "BK principal diagnosis (9)|BO anesthesia procedure|BP anesthesia principal|"
     "CAH advanced billing|DR DRG|TC treatment"},
    {"C022", 9,
     "N not present|U undetermined by record|W undetermined|Y present"},
    {"C023", 2,
     "A bill type|B place of service"},
    {"C023", 3,
     "0 no payment|1 original|2 first interim|3 interim|4 last interim|5 late charge|"
     "7 replacement|8 void"},
    {"C024", 1,
     "AA auto accident|EM employment|OA other accident"},
    {"LIN", 2,
     "N4 drug"},
    {"C042", 1,
     "50 late charge|51 interest penalty|72 refund|90 early payment|AP acceleration|"
     "B2 rebate|CS adjustment|FB forwarding|IR tax withheld|J1 not reimbursed|L6 interest|"
     "LE levy|LS lump sum|WO overpayment"},
};
/* clang-format on */

/* find - the word behind a code; NULL: none */
static const char *find(const char *words, struct span code, size_t *n)
{
    for (; *words; words += *words == '|') {
        const size_t len = strcspn(words, "|"), id = strcspn(words, " ");

        if (id == code.n && memcmp(words, code.p, id) == 0) {
            *n = len - id - 1;
            return words + id + 1;
        }
        words += len;
    }
    return NULL;
}

/* x12_code_name - by place and code */
struct span x12_code_name(struct span segment, unsigned element, struct span code)
{
    for (size_t i = 0; i < sizeof(code_words) / sizeof(code_words[0]); i++) {
        const struct code_word *w = &code_words[i];
        size_t n;
        const char *word;

        if (w->element != element || !span_is(segment, w->segment))
            continue;
        word = find(w->words, code, &n);
        return word ? (struct span){word, n} : (struct span){"", 0};
    }
    return (struct span){"", 0};
}
