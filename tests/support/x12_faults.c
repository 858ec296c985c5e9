/* x12_faults.c - one fault of each kind (billing §7.7) */
#include "tests/support/x12_faults.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/sys/file.h"

const char *const x12_examples[] = {"837p", "837i", "835",       "999",       "277ca",
                                    "277",  "276",  "837p_wide", "837i_wide", "ta1"};
const size_t x12_example_count = sizeof(x12_examples) / sizeof(x12_examples[0]);

/* clang-format off */
const struct x12_fault x12_faults[] = {
    /* counts and control numbers */
    {"segment count",        "837p", "", "SE*70*", "SE*71*", " IK502=4@70/1"},
    {"segment count no number", "837p", "", "SE*70*", "SE*7A*", " IK502=4@70/1"},
    {"set count",            "837p", "", "GE*1*", "GE*2*", " AK905=5@0/1"},
    {"group count",          "837p", "", "IEA*1*", "IEA*2*", " TA105=021@0/1"},
    {"set number",           "837p", "SE*", "*0001", "*0002", " IK502=3@70/2"},
    {"group number",         "837p", "", "GE*1*101", "GE*1*102", " AK905=4@0/2"},
    {"interchange number",   "837p", "IEA*", "000000101", "000000102", " TA105=001@0/2"},
    {"set number too short", "837p", "", "ST*837*0001", "ST*837*1", " IK502=7@1/2"},
    {"group number letters", "837p", "", "*0915*101*X", "*0915*A01*X", " AK905=6@0/6"},
    {"set without end",      "837p", "", "SE*70*0001~\n", "", " IK502=2@"},
    {"group without end",    "837p", "", "GE*1*101~\n", "", " AK905=3@"},
    {"interchange without end", "837p", "", "IEA*1*000000101~\n", "", " TA105=023@"},
    {"cut in a segment",     "837p", "", "SE*70*0001~\nGE*1*101~\nIEA*1*000000101~\n", "SE*7", " TA105=023@"},
    {"interchange date",     "837p", "", "*260401*0915*^", "*261301*0915*^", " TA105=014@0/9"},
    {"interchange time",     "837p", "", "*260401*0915*^", "*260401*2515*^", " TA105=015@0/10"},
    {"interchange version",  "837p", "", "*00501*", "*00401*", " TA105=017@0/12"},
    {"sender qualifier",     "837p", "", "*ZZ*SUBM", "*Z9*SUBM", " TA105=005@0/5"},
    {"usage",                "837p", "", "*0*T*:", "*0*X*:", " TA105=020@0/15"},
    {"group version",        "837p", "", "X*005010X222A1", "X*005010X999A1", " AK905=2@0/8"},
    {"group of another kind", "837p", "", "GS*HC", "GS*HP", " AK905=1@0/1"},
    {"group date",           "837p", "", "CLRHOUSE01*20260401*0915*101", "CLRHOUSE01*20260431*0915*101", " TA105=024@0/4"},
    {"set of another kind",  "837p", "", "ST*837", "ST*835", " IK502=18@1/1"},
    {"version of the set",   "837p", "ST*", "005010X222A1", "005010X223A2", " IK502=19@1/3"},
    {"segment outside a set", "837p", "", "ST*837", "N3*X~\nST*837", " TA105=022@"},
    /* order, repeats, presence */
    {"unknown segment",      "837p", "", "REF*EA*MRN778~\n", "REF*EA*MRN778~\nQQQ*1~\n", " IK304=1@"},
    {"segment of another set", "837p", "", "REF*EA*MRN778~\n", "REF*EA*MRN778~\nPLB*1~\n", " IK304=6@"},
    {"unexpected segment",   "837p", "", "REF*EA*MRN778~\n", "REF*EA*MRN778~\nSV5*HC:A*DA*1*1*1*1~\n", " IK304=2@"},
    {"order of segments",    "837p", "", "N3*100 RIVER RD*STE 4~\nN4*SPRINGTOWN*OH*441011234~\n",
                             "N4*SPRINGTOWN*OH*441011234~\nN3*100 RIVER RD*STE 4~\n", " IK304=7@10/0"},
    {"order of loops",       "837p", "", "NM1*82*1*HEALER*JAN****XX*1455555015~\nPRV*PE*PXC*207Q00000X~\n", "", ""},
    {"claim data behind a line", "837p", "REF*6R*A1000001L1~\n", "LX*2~", "HI*ABK:E1165~\nLX*2~", " IK304=7@29/0"},
    {"segment missing",      "837p", "CLM*A1000001", "HI*ABK:E1165*ABF:I10~\n", "", " IK304=3@22/0"},
    {"required segment in a loop", "837p", "", "N4*SPRINGTOWN*OH*441011234~\n", "", " IK304=3@10/0"},
    {"loop missing",         "837p", "", "NM1*PR*2*SECOND MUTUAL PLAN*****PI*SMP02~\n", "", " IK304=3@"},
    {"segment too often",    "837p", "CLM*A1000001", "REF*EA*MRN778~\n", "REF*EA*MRN778~\nREF*EA*MRN779~\n", " IK304=5@22/0"},
    {"date too often",       "837p", "LX*1~", "DTP*472*D8*20260325~\n", "DTP*472*D8*20260325~\nDTP*472*D8*20260326~\n", " IK304=5@28/0"},
    {"loop too often",       "837p", "", "NM1*PR*2*SAMPLE HEALTH PLAN*****PI*SHP01~\nCLM",
                             "NM1*PR*2*SAMPLE HEALTH PLAN*****PI*SHP01~\nNM1*82*1*A*B~\nCLM", " IK304=2@19/0"},
    {"provider twice",       "837p", "PRV*PE*PXC*207Q00000X~\n", "LX*1~", "NM1*82*1*HEALER*JAN****XX*1455555015~\nLX*1~", " IK304=4@25/0"},
    {"other payer missing",  "837p", "SBR*P*19", "NM1*PR*2*SAMPLE HEALTH PLAN*****PI*SHP01~\nREF*F8*SHP2026031500017~\n", "", " IK304=3@"},
    {"HL number",            "837p", "", "HL*3*1*22*1", "HL*7*1*22*1", " IK403=I12@33/1"},
    {"HL parent",            "837p", "", "HL*4*3*23*0", "HL*4*2*23*0", " IK403=I12@37/2"},
    {"HL parent of nobody",  "837p", "", "HL*2*1*22*0", "HL*2*9*22*0", " IK403=I12@12/2"},
    {"HL states children",   "837p", "", "HL*2*1*22*0", "HL*2*1*22*1", " IK403=I12@12/4"},
    {"HL states none",       "837p", "", "HL*3*1*22*1", "HL*3*1*22*0", " IK403=I12@33/4"},
    {"HL level",             "837p", "", "HL*4*3*23*0", "HL*4*3*24*0", " IK403=7@37/3"},
    {"line number",          "837p", "", "LX*2~", "LX*3~", " IK403=I12@29/1"},
    {"line twice",           "837p", "", "LX*2~", "LX*1~", " IK403=I12@29/1"},
    /* elements */
    {"element missing",      "837p", "", "CLM*A1000001*215*", "CLM*A1000001**", " IK403=1@19/2"},
    {"component missing",    "837p", "", "***11:B:1*Y*A*Y*Y~\nREF*X4*36D9999999~\nREF*EA", "***11::1*Y*A*Y*Y~\nREF*X4*36D9999999~\nREF*EA", " IK403=1@19/5"},
    {"too many elements",    "837p", "", "N3*100 RIVER RD*STE 4~", "N3*100 RIVER RD*STE 4*X~", " IK403=3@9/3"},
    {"empty tail",           "837p", "", "N3*12 ELM ST~", "N3*12 ELM ST*~", " IK304=8@15/2"},
    {"too short",            "837p", "", "N4*SPRINGTOWN*OH*441011234", "N4*S*OH*441011234", " IK403=4@10/1"},
    {"too long",             "837p", "", "NM1*IL*1*TESTER*ADA*Q*", "NM1*IL*1*TESTER*ADA*QQQQQQQQQQQQQQQQQQQQQQQQQQ*", " IK403=5@14/5"},
    {"control character",    "837p", "", "12 ELM ST", "12 ELM\tST", " IK403=6@15/1"},
    {"byte above 127",       "837p", "", "12 ELM ST", "12 \xC3\x89LM ST", " IK403=6@15/1"},
    {"blank in front",       "837p", "", "12 ELM ST", " 12 ELM ST", " IK403=6@15/1~"},
    {"no number",            "837p", "", "SV1*HC:99214:25*165*UN", "SV1*HC:99214:25*16S*UN", " IK403=6@26/2"},
    {"thousands separator",  "837p", "", "SV1*HC:99214:25*165*UN", "SV1*HC:99214:25*1,165*UN", " IK403=6@26/2"},
    {"three decimals",       "837p", "", "SV1*HC:99214:25*165*UN", "SV1*HC:99214:25*165.005*UN", " IK403=I12@26/2"},
    {"state missing",        "837p", "", "N4*SPRINGTOWN*OH*441011234", "N4*SPRINGTOWN**441011234", " IK403=I9@10/2"},
    {"two points",           "837i", "", "1250.5*UN", "12.50.5*UN", " IK403=6@"},
    {"number too long",      "837p", "", "*UN*1***1:2", "*UN*1234567890123456***1:2", " IK403=5@26/4"},
    {"code",                 "837p", "", "SBR*P*18", "SBR*X*18", " IK403=7@13/1"},
    {"code of a component",  "837p", "", "HI*ABK:E1165*ABF", "HI*ABK:E1165*ABX", " IK403=7@22/2"},
    {"qualifier",            "837p", "", "REF*EA*MRN778", "REF*E9*MRN778", " IK403=7@21/1"},
    {"qualifier of a date",  "837p", "", "DTP*472*D8*20260325", "DTP*473*D8*20260325", " IK403=7@27/1"},
    {"role of a name",       "837p", "", "NM1*82*1*HEALER*JAN****XX*1455555015~\nPRV", "NM1*83*1*HEALER*JAN****XX*1455555015~\nPRV", " IK403=7@23/1"},
    {"birth date",           "837p", "", "DMG*D8*19700214", "DMG*D8*19700230", " IK403=8@17/2"},
    {"29 February",          "837p", "", "DMG*D8*19700214", "DMG*D8*19700229", " IK403=8@17/2"},
    {"service date",         "837p", "", "DTP*472*D8*20260325", "DTP*472*D8*20261325", " IK403=8@27/3"},
    {"date not in the format", "837p", "", "DTP*472*D8*20260325", "DTP*472*D8*20260325-20260326", " IK403=8@27/3"},
    {"range backwards",      "837i", "", "20260310-20260314", "20260314-20260310", " IK403=8@"},
    {"time",                 "837i", "", "DTP*096*TM*1130", "DTP*096*TM*1160", " IK403=9@"},
    {"batch date",           "837p", "", "B20260401P001*20260401", "B20260401P001*20260231", " IK403=8@2/4"},
    {"future",               "837p", "", "DTP*472*D8*20260325", "DTP*472*D8*20270325", " IK403=8@27/3"},
    {"not used",             "837p", "", "NM1*40*2*EXAMPLE CLEARINGHOUSE*****46", "NM1*40*2*EXAMPLE CLEARINGHOUSE*X****46", " IK403=I10@5/4"},
    {"pair is not whole",    "837p", "", "****XX*1234567893~", "****XX~", " IK403=2@8/9"},
    {"phone without number", "837p", "", "TE*5555550100*EX*204", "TE*5555550100*EX", " IK403=2@4/6"},
    {"adjustment not whole", "837p", "", "CAS*CO*45*60", "CAS*CO*45*60**50", " IK403=2@59/6"},
    {"excluding elements",   "837p", "", "N4*SPRINGTOWN*OH*441011234", "N4*SPRINGTOWN*OH*441011234****AB", " IK403=10@10/2"},
    /* delimiters */
    {"component in a simple element", "837p", "", "REF*EI*987654321", "REF*EI*98765:4321", " IK403=13@11/2"},
    {"repetition in a simple element", "837p", "", "REF*EI*987654321", "REF*EI*98765^4321", " IK403=12@11/2"},
    {"too many components",  "837p", "", "11:B:1*Y", "11:B:1:9*Y", " IK403=13@19/5"},
    {"element separator lost", "837p", "", "N4*SPRINGTOWN*OH*441011234", "N4*SPRINGTOWNOH*441011234", " IK403=5@10/2"},
    {"terminator lost",      "837p", "", "N3*12 ELM ST~\n", "N3*12 ELM ST\n", " IK403=6@15/1"},
    {"terminator inside",    "837p", "", "N3*12 ELM ST~", "N3*12 EL~M ST~", " IK304=1@"},
    /* sums */
    {"claim is not its lines", "837p", "", "CLM*A1000001*215*", "CLM*A1000001*216*", " IK403=I12@19/2"},
    {"a cent",               "837i", "", "*13750.5*", "*13750.51*", " IK403=I12@"},
    {"line of a claim",      "837i", "", "SV2*0301**2400*", "SV2*0301**2401*", " IK403=I12@"},
    {"payer's line",         "837p", "", "SVD*SHP01*95*", "SVD*SHP01*94*", " IK403=I12@"},
    {"payer's adjustment",   "837p", "", "CAS*PR*2*10", "CAS*PR*2*11", " IK403=I12@"},
    {"payer's claim",        "837p", "", "AMT*D*120", "AMT*D*121", " IK403=I12@"},
    {"more not covered than charged", "837i", "", "SV2*0324**900*UN*2", "SV2*0324**900*UN*2**901", " IK403=I12@"},
    {"remittance line",      "835", "", "SVC*HC:99214:25*165*100", "SVC*HC:99214:25*165*101", " IK403=I12@"},
    {"remittance adjustment", "835", "", "CAS*CO*45*40~", "CAS*CO*45*40.01~", " IK403=I12@"},
    {"remittance claim",     "835", "", "CLP*A1000001*1*215*100", "CLP*A1000001*1*215*99", " IK403=I12@"},
    {"remittance charge",    "835", "", "CLP*A1000001*1*215*100", "CLP*A1000001*1*216*101", " IK403=I12@"},
    {"remittance payment",   "835", "", "BPR*I*50*", "BPR*I*51*", " IK403=I12@2/2"},
    {"provider adjustment",  "835", "", "WO:SHP2025111100009*20", "WO:SHP2025111100009*-20", " IK403=I12@2/2"},
    {"counts of a 999",      "999", "", "AK9*P*2*2*1", "AK9*P*2*2*2", " IK403=I12@10/4"},
    {"result of a 999",      "999", "", "AK9*P*2*2*1", "AK9*A*2*2*1", " IK403=I12@10/1"},
    {"accepted of a 277CA",  "277ca", "", "QTY*90*1", "QTY*90*2", " IK403=I12@"},
    {"charge of a 277CA",    "277ca", "", "AMT*YY*240", "AMT*YY*241", " IK403=I12@"},
    /* conditions */
    {"pointer",              "837p", "", "*UN*1***1:2", "*UN*1***1:3", " IK403=I12@26/7"},
    {"pointer beyond twelve", "837p", "", "*UN*1***1:2", "*UN*1***1:13", " IK403=7@26/7"},
    {"pointer zero",         "837p", "", "*UN*1***1:2", "*UN*1***0:2", " IK403=7@26/7"},
    {"check digit",          "837p", "", "1234567893", "1234567894", " IK403=7@8/9"},
    {"check digit, swapped", "837p", "", "1455555015", "1455555051", " IK403=7@23/9"},
    {"check digit, payee",   "835", "", "PE*RIVERBEND MEDICAL GROUP*XX*1234567893", "PE*RIVERBEND MEDICAL GROUP*XX*1234567898", " IK403=7@"},
    {"patient without birth date", "837p", "", "DMG*D8*19700214*F~\n", "", " IK304=I6@14/0"},
    {"patient under the patient", "837p", "", "SBR*S**GRP9001", "SBR*S*18*GRP9001", " IK403=I13@34/2"},
    {"no patient",           "837p", "", "SBR*P*18*GRP4410", "SBR*P**GRP4410", " IK403=I9@13/2"},
    {"replacement of nothing", "837p", "", "11:B:1", "11:B:7", " IK304=I6@19/0"},
    {"order of payers",      "837p", "", "SBR*P*19", "SBR*S*19", " IK403=I12@47/1"},
    {"payer of nobody",      "837p", "", "SVD*SHP01*25", "SVD*SHP09*25", " IK403=I12@"},
    {"decided on no date",   "837p", "", "AMT*D*120~", "AMT*D*120~", ""},
    {"line number twice",    "837p", "", "A1000001L2", "A1000001L1", " IK403=I12@32/2"},
    {"no units",             "837p", "", "*UN*1***1:2", "*UN*0***1:2", " IK403=I12@26/4"},
    {"negative charge",      "837p", "", "SV1*HC:99214:25*165*", "SV1*HC:99214:25*-165*", " IK403=I12@26/2"},
    {"service before birth", "837p", "", "DMG*D8*19700214", "DMG*D8*20260326", " IK403=I12@27/3"},
    {"post office box",      "837p", "", "N3*100 RIVER RD", "N3*P.O. BOX 12", " IK403=I12@9/1"},
    {"attachment without number", "837p", "REF*X4", "REF*X4*36D9999999~\n", "REF*X4*36D9999999~\n", ""},
    {"still a patient",      "837i", "", "CL1*1*1*01", "CL1*1*1*30", " IK403=I12@"},
    {"no admitting diagnosis", "837i", "", "HI*ABJ:R0902~\n", "", " IK304=I6@"},
    {"line outside the statement", "837i", "LX*2", "SV2*0250**1250.5*UN*35~\n", "SV2*0250**1250.5*UN*35~\nDTP*472*D8*20260315~\n", " IK403=I12@"},
    /* what codes look like */
    {"diagnosis with its dot", "837p", "", "ABK:E1165", "ABK:E11.65", " IK403=7@22/1"},
    {"procedure",            "837p", "", "SV1*HC:83036", "SV1*HC:8303", " IK403=7@30/1"},
    {"modifier",             "837p", "", "SV1*HC:99214:25", "SV1*HC:99214:2-", " IK403=7@26/1"},
    {"revenue code",         "837i", "", "SV2*0301*", "SV2*301*", " IK403=7@"},
    {"procedure code set",   "837i", "", "BBR:02HV33Z", "BBR:02HV33", " IK403=7@"},
    {"taxonomy",             "837p", "", "PRV*BI*PXC*207Q00000X", "PRV*BI*PXC*207Q0000", " IK403=7@7/3"},
    {"tax number",           "837p", "", "REF*EI*987654321", "REF*EI*98-7654321", " IK403=7@11/2"},
    {"state",                "837p", "", "N4*SPRINGTOWN*OH", "N4*SPRINGTOWN*XX", " IK403=7@10/2"},
    {"ZIP",                  "837p", "", "*OH*441011234", "*OH*4410112", " IK403=7@10/3"},
    {"CLIA number",          "837p", "", "36D9999999", "36D99999X9", " IK403=7@20/2"},
    {"adjustment reason",    "837p", "", "CAS*CO*45*60", "CAS*CO*ABC*60", " IK403=7@59/2"},
};
/* clang-format on */

const size_t x12_fault_count = sizeof(x12_faults) / sizeof(x12_faults[0]);

/* x12_example - a worked example */
void x12_example(const char *name, struct buf *b)
{
    char path[128];
    struct err e;

    buf_init(b);
    snprintf(path, sizeof(path), "tests/golden/x12/%s.x12", name);
    assert_int_equal(file_read(path, 1 << 20, b, &e), 0);
}

/* x12_replace - the first `from` behind the first `after` by `to` */
void x12_replace(struct buf *b, const char *after, const char *from, const char *to)
{
    struct buf out;
    const char *at = strstr(b->data, after);

    assert_non_null(at);
    at = strstr(at, from);
    if (!at)
        fail_msg("\"%s\" is not there", from);
    buf_init(&out);
    buf_add(&out, b->data, (size_t)(at - b->data));
    buf_adds(&out, to);
    buf_adds(&out, at + strlen(from));
    buf_release(b);
    *b = out;
}

/* x12_cut - see x12_faults.h */
void x12_cut(struct buf *b, const char *from, const char *to)
{
    const char *p = strstr(b->data, from), *end = p ? strstr(p, to) : NULL;
    struct buf out;

    assert_non_null(end);
    buf_init(&out);
    buf_add(&out, b->data, (size_t)(p - b->data));
    buf_adds(&out, end);
    buf_release(b);
    *b = out;
}

/* x12_recount - see x12_faults.h */
void x12_recount(struct buf *b)
{
    char from[32], to[32];
    unsigned n = 0;
    const char *st = strstr(b->data, "ST*"), *se = strstr(b->data, "\nSE*");

    if (!st || !se)
        return;
    for (const char *p = st; p <= se + 1; p++)
        n += *p == '~';
    snprintf(to, sizeof(to), "\nSE*%u*", n + 1);
    snprintf(from, sizeof(from), "%.*s", (int)(strchr(se + 4, '*') - se + 1), se);
    x12_replace(b, "\nSE*", from, to);
}

/* x12_fault_apply - counts stay right unless the count is the fault */
void x12_fault_apply(const struct x12_fault *f, struct buf *out)
{
    x12_example(f->file, out);
    x12_replace(out, f->after, f->from, f->to);
    if (strncmp(f->from, "SE*", 3) != 0 && strncmp(f->from, "GE*", 3) != 0)
        x12_recount(out);
}
