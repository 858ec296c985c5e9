/* x12_rules_test.c - sums, counts and conditions between segments: both sides of each rule, with
 * all that is found */
#include "tests/support/test.h"

#include "tests/support/x12_faults.h"
#include "tests/support/x12_found.h"

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

/* The most that 17 digits can say: two of them are more than a sum can hold. */
#define HUGE "92233720368547758"

/* clang-format off */
static const struct x12_case parties[] = {
    {"a billing provider whom nobody knows, said once", "837p",
     {{"NM1*85*2*RIVERBEND MEDICAL GROUP*****XX*1234567893~", "NM1*85*2*RIVERBEND MEDICAL GROUP~"}}, " IK403=I9@8/9"},
    {"one whom each payer knows", "837p",
     {{"NM1*85*2*RIVERBEND MEDICAL GROUP*****XX*1234567893~", "NM1*85*2*RIVERBEND MEDICAL GROUP~"},
      {"*PI*SHP01~\n", "*PI*SHP01~\nREF*G2*77~\n"}, {"*PI*SMP02~\n", "*PI*SMP02~\nREF*LU*78~\n"}}, ""},
    {"a payer's own number is no number of the provider", "837p",
     {{"NM1*85*2*RIVERBEND MEDICAL GROUP*****XX*1234567893~", "NM1*85*2*RIVERBEND MEDICAL GROUP~"},
      {"*PI*SHP01~\n", "*PI*SHP01~\nREF*2U*77~\n"}}, " IK403=I9@8/9"},
    {"a box in the second line", "837p", {{"N3*100 RIVER RD*STE 4~", "N3*100 RIVER RD BUILDING 7 NORTH*P O BOX 4~"}}, " IK403=I12@9/2"},
    {"boxes in both", "837p", {{"N3*100 RIVER RD*STE 4~", "N3*LOCK BOX 9*POST OFFICE BOX 12345678~"}}, " IK403=I12@9/1 IK403=I12@9/2"},
    {"a street with a box in its name", "837p", {{"N3*100 RIVER RD*STE 4~", "N3*1 PO BOX LN~"}}, ""},
    {"no member id", "837p", {{"NM1*IL*1*TESTER*ADA*Q***MI*SYN0001234~", "NM1*IL*1*TESTER*ADA*Q~"}}, " IK403=2@14/9"},
    {"an organization without id", "837p",
     {{"NM1*IL*1*SAMPLEMAN*BORIS****MI*ABC556677~", "NM1*IL*2*SAMPLEMAN INC~"}}, ""},
    {"an order that is a digit", "837p", {{"SBR*P*18*", "SBR*1*18*"}}, " IK403=7@13/1"},
    {"a small letter", "837p", {{"SBR*P*18*", "SBR*p*18*"}}, " IK403=7@13/1"},
    {"an order of two letters", "837p", {{"SBR*P*18*", "SBR*PP*18*"}}, " IK403=5@13/1 IK403=7@13/1"},
    {"no order", "837p", {{"SBR*P*18*", "SBR**18*"}}, " IK403=1@13/1"},
    {"an order that nobody knows", "837p", {{"SBR*S**GRP9001", "SBR*U**GRP9001"}, {"SBR*P*19*", "SBR*U*19*"}}, ""},
    {"Medicare comes second, and nobody says why", "837p", {{"SBR*P*18*GRP4410******CI", "SBR*S*18*GRP4410******MB"}}, " IK403=I9@13/5"},
    {"and somebody does", "837p", {{"SBR*P*18*GRP4410******CI", "SBR*S*18*GRP4410**12****MB"}}, ""},
    {"Medicare comes first", "837p", {{"SBR*P*18*GRP4410******CI", "SBR*P*18*GRP4410******MB"}}, ""},
    {"a hospital's claim has no such reason", "837i", {{"SBR*P*18*******MA", "SBR*S*18*******MB"}}, ""},
    {"an address abroad", "837p", {{"N4*SPRINGTOWN*OH*44101~\nDMG*D8*1970", "N4*TORONTO***CA~\nDMG*D8*1970"}}, ""},
    {"an address at home, said so", "837p",
     {{"N4*SPRINGTOWN*OH*44101~\nDMG*D8*1970", "N4*SPRINGTOWN***US~\nDMG*D8*1970"}}, " IK403=I9@16/2 IK403=I9@16/3"},
    {"the patient has neither street nor city", "837p",
     {{"N3*12 ELM ST~\nN4*SPRINGTOWN*OH*44101~\nDMG", "DMG"}}, " IK304=I6@14/0 IK304=I6@14/0"},
};

#define CLM_P "11:B:1*Y*A*Y*Y~\nREF*X4*36D9999999~\nREF*EA"
#define REF_P "~\nREF*X4*36D9999999~\nREF*EA"

static const struct x12_case claims[] = {
    {"an accident without its day", "837p", {{CLM_P, "11:B:1*Y*A*Y*Y**OA" REF_P}}, " IK304=I6@19/0"},
    {"the second cause is one", "837p", {{CLM_P, "11:B:1*Y*A*Y*Y**EM:OA" REF_P}}, " IK304=I6@19/0"},
    {"work alone is none", "837p", {{CLM_P, "11:B:1*Y*A*Y*Y**EM" REF_P}}, ""},
    {"a car, a state, a day", "837p", {{CLM_P, "11:B:1*Y*A*Y*Y**AA:::OH~\nDTP*439*D8*20260320" REF_P}}, ""},
    {"a car abroad", "837p", {{CLM_P, "11:B:1*Y*A*Y*Y**AA::::MX~\nDTP*439*D8*20260320" REF_P}}, ""},
    {"a car nowhere", "837p", {{CLM_P, "11:B:1*Y*A*Y*Y**AA~\nDTP*439*D8*20260320" REF_P}}, " IK403=I9@19/11-4"},
    {"a charge below zero is not the sum either", "837p", {{"CLM*A1000001*215*", "CLM*A1000001*-215*"}}, " IK403=I12@19/2 IK403=I12@19/2"},
    {"a charge that is no number is not compared", "837p",
     {{"CLM*A1000001*215*", "CLM*A1000001*2X5*"}, {REF_P, "~\nAMT*F5*999" REF_P}}, " IK403=6@19/2"},
    {"lines of more than a sum can hold", "837p",
     {{"99214:25*165*UN", "99214:25*" HUGE "*UN"}, {"83036:QW*50*UN", "83036:QW*" HUGE "*UN"}}, " IK403=I12@19/2"},
    {"the patient paid all of it", "837p", {{REF_P, "~\nAMT*F5*215" REF_P}}, ""},
    {"the patient paid more", "837p", {{REF_P, "~\nAMT*F5*215.01" REF_P}}, " IK403=I12@20/2"},
    {"an amount of another kind", "837p", {{REF_P, "~\nAMT*F3*999" REF_P}}, " IK403=7@20/1"},
    {"no amount at all", "837p", {{REF_P, "~\nAMT*F5*2X" REF_P}}, " IK403=6@20/2"},
    {"ICD-9 alone", "837p", {{"HI*ABK:E1165*ABF:I10~", "HI*BK:4019*BF:25000~"}}, ""},
    {"a gap between diagnoses", "837p", {{"HI*ABK:E1165*ABF:I10~", "HI*ABK:E1165**ABF:I10~"}}, ""},
    {"ICD-9 alone on a hospital's claim", "837i",
     {{"HI*ABK:J189:::::::Y~\nHI*ABJ:R0902~", "HI*BK:486:::::::Y~\nHI*BJ:78650~\nHI*BN:E8850~"},
      {"HI*ABF:J9601:::::::Y*ABF:E119:::::::Y*ABF:Z7984~", "HI*BF:51881:::::::Y~"},
      {"HI*BBR:02HV33Z:D8:20260311~", "HI*BR:3893:D8:20260311~\nHI*BQ:3893:D8:20260312~"}}, ""},
    {"an ICD-9 reason on an ICD-10 claim, said once", "837i",
     {{"11:A:1*", "13:A:1*"}, {"HI*ABJ:R0902~", "HI*PR:78650~"}}, " IK403=I6@26/1-1"},
    {"attachments sent without a number", "837p", {{REF_P, "~\nPWK*OZ*FX~\nPWK*OZ*EM~\nPWK*OZ*FT" REF_P}},
     " IK403=I9@20/6 IK403=I9@21/6 IK403=I9@22/6"},
    {"one with, one that waits", "837p", {{REF_P, "~\nPWK*OZ*FT***AC*A1~\nPWK*OZ*AA" REF_P}}, ""},
    {"a void with its number", "837p", {{"11:B:1", "11:B:8"}, {"\nREF*X4", "\nREF*F8*SHP1~\nREF*X4"}}, ""},
    {"a void without", "837p", {{"11:B:1", "11:B:8"}}, " IK304=I6@19/0"},
};

#define SV1_2 "SV1*HC:99213*180*"

static const struct x12_case payers[] = {
    {"an adjustment that is no number", "837p", {{"AMT*D*120~", "CAS*CO*45*X~\nAMT*D*120~"}}, " IK403=6@48/3"},
    {"a claim balanced by the claim's adjustments", "837p",
     {{"SVD*SHP01*95*HC:99213**1~\nCAS*CO*45*60~\nCAS*PR*3*25~\nDTP*573*D8*20260320~\n", ""},
      {"SVD*SHP01*25*HC:87880:QW**1~\nCAS*CO*45*25~\nCAS*PR*2*10~\nDTP*573*D8*20260320~\n", ""},
      {"AMT*D*120~", "CAS*CO*45*120~\nAMT*D*120~"}, {"*PI*SHP01~\nREF*F8", "*PI*SHP01~\nDTP*573*D8*20260320~\nREF*F8"}}, ""},
    {"and not balanced, on no date", "837p",
     {{"SVD*SHP01*95*HC:99213**1~\nCAS*CO*45*60~\nCAS*PR*3*25~\nDTP*573*D8*20260320~\n", ""},
      {"SVD*SHP01*25*HC:87880:QW**1~\nCAS*CO*45*25~\nCAS*PR*2*10~\nDTP*573*D8*20260320~\n", ""},
      {"AMT*D*120~", "CAS*CO*45*119~\nAMT*D*120~"}}, " IK304=I6@49/0 IK403=I12@49/2"},
    {"lines of another payer's claim without their detail are not added up", "837p",
     {{"SVD*SHP01*25*HC:87880:QW**1~\nCAS*CO*45*25~\nCAS*PR*2*10~\nDTP*573*D8*20260320~\n", ""}}, ""},
    {"a payment that is no number", "837p", {{"AMT*D*120~", "AMT*D*X~"}}, " IK403=6@48/2"},
    {"an amount of no kind", "837p", {{"AMT*D*120~\nAMT*EAF*35~", "AMT*D*120~\nAMT*A8*240~\nAMT*ZZ*35~"}}, " IK403=7@50/1 IK403=I13@49/1"},
    {"the patient owes less than nothing", "837p", {{"AMT*EAF*35~", "AMT*EAF*-35~"}}, " IK403=I12@49/2"},
    {"not covered is the whole charge", "837p", {{"AMT*D*120~\nAMT*EAF*35~", "AMT*A8*240~"}}, ""},
    {"not covered is a part of it", "837p", {{"AMT*D*120~\nAMT*EAF*35~", "AMT*A8*239~"}}, " IK403=I12@48/2"},
    {"not covered of a charge that is no number", "837p",
     {{"CLM*A1000002*240*", "CLM*A1000002*2X0*"}, {"AMT*D*120~\nAMT*EAF*35~", "AMT*A8*239~"}}, " IK403=6@43/2"},
    {"not covered, yet adjusted", "837p", {{"AMT*D*120~\nAMT*EAF*35~", "CAS*CO*45*0~\nAMT*A8*240~"}}, " IK403=I13@49/1"},
    {"decided of a charge that is no number", "837p", {{"CLM*A1000002*240*", "CLM*A1000002*2X0*"}}, " IK403=6@43/2"},
    {"owed at the claim and at a line", "837p", {{"DTP*573*D8*20260320~\nLX*2", "DTP*573*D8*20260320~\nAMT*EAF*25~\nLX*2"}}, " IK403=I13@49/1"},
    {"owed at a line only", "837p",
     {{"AMT*EAF*35~\n", ""}, {"DTP*573*D8*20260320~\nLX*2", "DTP*573*D8*20260320~\nAMT*EAF*25~\nLX*2"}}, ""},
    {"a result of nobody", "837p", {{"SVD*SHP01*95", "SVD**95"}}, " IK403=1@58/1"},
    {"a result on no date", "837p", {{"CAS*PR*3*25~\nDTP*573*", "CAS*PR*3*25~\nDTP*574*"}}, " IK403=7@61/1"},
    {"a line charges no number", "837p", {{SV1_2, "SV1*HC:99213*1X0*"}}, " IK403=6@55/2"},
    {"adjustments of more than a sum can hold", "837p",
     {{"CAS*CO*45*60~\nCAS*PR*3*25~", "CAS*CO*45*" HUGE "~\nCAS*PR*3*" HUGE "~"}}, " IK403=I12@58/2 IK403=I12@48/2"},
    {"in one segment", "837p", {{"CAS*CO*45*60~\nCAS*PR*3*25~", "CAS*CO*45*" HUGE "**3*" HUGE "~"}}, " IK403=I12@58/2 IK403=I12@48/2"},
    {"with the payment", "837p", {{"SVD*SHP01*95", "SVD*SHP01*" HUGE}, {"CAS*CO*45*60~", "CAS*CO*45*" HUGE "~"}},
     " IK403=I12@58/2 IK403=I12@48/2"},
    {"a payment that they make too large", "837p", {{"AMT*D*120~", "AMT*D*" HUGE "~"}}, " IK403=I12@48/2"},
    {"an adjustment with a gap", "837p", {{"CAS*CO*45*60~", "CAS*CO*45*60*1*94*0*1*A1*0~"}}, ""},
    {"an adjustment that is no number at a line", "837p", {{"CAS*CO*45*60~", "CAS*CO*45*6X~"}}, " IK403=6@59/3"},
};

#define LINE_2 "SV2*0250**1250.5*UN*35~\n"

static const struct x12_case bills[] = {
    {"a statement that has no dates", "837i", {{"434*RD8*20260310-20260314", "434*RD8*2026"}}, " IK403=8@21/3"},
    {"a statement of one date", "837i", {{"434*RD8*20260310-20260314", "434*RD8*20260310"}}, " IK403=8@21/3"},
    {"a statement without end, and a line before it", "837i",
     {{"434*RD8*20260310-20260314", "434*RD8*20260310-20260399"}, {LINE_2, LINE_2 "DTP*472*D8*20260301~\n"}}, " IK403=8@21/3"},
    {"admitted at no time", "837i", {{"435*DT*202603101402", "435*DT*2026"}}, " IK403=8@22/3"},
    {"a date of no rule", "837i", {{"DTP*435", "DTP*050*D8*20260320~\nDTP*435"}}, ""},
    {"admitted behind the statement's end", "837i", {{"435*DT*202603101402", "435*DT*202603151402"}}, " IK403=I12@22/3"},
    {"no admission type", "837i", {{"CL1*1*1*01", "CL1**1*01"}}, " IK403=I9@23/1"},
    {"no point of origin", "837i", {{"CL1*1*1*01", "CL1*1**01"}}, " IK403=I9@23/2"},
    {"neither is needed outside a hospital's stay", "837i", {{"11:A:1*", "18:A:1*"}, {"CL1*1*1*01", "CL1***01"}}, ""},
    {"interim, and gone", "837i", {{"11:A:1*", "11:A:2*"}}, " IK403=I12@23/3 IK304=I9@20/0"},
    {"interim, and still there", "837i", {{"11:A:1*", "11:A:3*"}, {"DTP*096*TM*1130~\n", ""}, {"CL1*1*1*01", "CL1*1*1*30"}}, ""},
    {"last, and gone", "837i", {{"11:A:1*", "11:A:4*"}}, ""},
    {"last, and still there", "837i", {{"11:A:1*", "11:A:4*"}, {"CL1*1*1*01", "CL1*1*1*30"}}, " IK403=I12@23/3"},
    {"a replacement says either", "837i",
     {{"11:A:1*", "11:A:7*"}, {"CL1*1*1*01", "CL1*1*1*30"}, {"REF*EA", "REF*F8*X1~\nREF*EA"}, {"DTP*096*TM*1130~\n", ""}}, ""},
    {"a stay elsewhere needs neither admission nor its diagnosis", "837i",
     {{"11:A:1*", "21:A:1*"}, {"DTP*435*DT*202603101402~\n", ""}, {"HI*ABJ:R0902~\n", ""}}, ""},
    {"a hospital's stay needs all three", "837i",
     {{"DTP*435*DT*202603101402~\n", ""}, {"HI*ABJ:R0902~\n", ""}, {"DTP*096*TM*1130~\n", ""}},
     " IK304=I6@19/0 IK304=I6@19/0 IK304=I6@19/0"},
    {"no codes of a stay at all", "837i", {{"CL1*1*1*01~\n", ""}}, " IK304=3@23/0"},
    {"a reason for the visit on a stay", "837i", {{"HI*DR:193~", "HI*APR:R0902~\nHI*DR:193~"}}, " IK304=I9@27/1-1"},
    {"an admitting diagnosis without a stay", "837i", {{"11:A:1*", "13:A:1*"}}, " IK304=I9@26/1-1"},
    {"none without a stay", "837i", {{"11:A:1*", "13:A:1*"}, {"HI*ABJ:R0902~\n", ""}}, ""},
    {"a bill of neither kind", "837i", {{"11:A:1*", "32:A:1*"}}, ""},
    {"a line before the statement", "837i", {{LINE_2, LINE_2 "DTP*472*D8*20260309~\n"}}, " IK403=I12@39/3"},
    {"a line longer than the statement", "837i", {{LINE_2, LINE_2 "DTP*472*RD8*20260312-20260315~\n"}}, " IK403=I12@39/3"},
    {"a line of the whole statement", "837i", {{LINE_2, LINE_2 "DTP*472*RD8*20260310-20260314~\n"}}, ""},
    {"not covered is no number", "837i", {{"SV2*0324**900*UN*2", "SV2*0324**900*UN*2**X"}}, " IK403=6@42/7"},
    {"not covered of a charge that is no number", "837i", {{"SV2*0324**900*UN*2", "SV2*0324**9X0*UN*2**901"}}, " IK403=6@42/3"},
    {"all of it is not covered", "837i", {{"SV2*0324**900*UN*2", "SV2*0324**900*UN*2**900"}}, ""},
    {"no units, but not fewer", "837i", {{"SV2*0324**900*UN*2", "SV2*0324**900*UN*0"}}, ""},
    {"fewer", "837i", {{"SV2*0324**900*UN*2", "SV2*0324**900*UN*-2"}}, " IK403=I12@42/5"},
    {"a line control number that is not there", "837p", {{"REF*6R*A1000001L1~", "REF*6R~"}}, " IK403=1@28/2"},
    {"a line control number of 30", "837p", {{"REF*6R*A1000001L1~", "REF*6R*A23456789012345678901234567890~"}}, ""},
    {"a line control number of 31", "837p", {{"REF*6R*A1000001L1~", "REF*6R*A234567890123456789012345678901~"}}, " IK403=5@28/2"},
    {"pointers at all, one of them empty", "837p", {{"*UN*1***1:2~", "*UN*1***1::2~"}}, ""},
    {"a pointer that is no number", "837p", {{"*UN*1***1:2~", "*UN*1***1:B~"}}, " IK403=6@26/7-2"},
    {"no drug", "837p", {{"DTP*472*D8*20260325~\nREF*6R*A1000001L1~",
      "DTP*472*D8*20260325~\nREF*6R*A1000001L1~\nLIN**N4*00002143380~\nCTP****0*ML~"}}, " IK403=I12@30/4"},
};

#define BPR_50 "BPR*I*50*C*ACH*CCP*01*999999992*DA*123456*1512345678**01*999988880*DA*98765*20260415~"
#define LINES_3 "SVC*HC:99213*150*60**1~\nDTM*472*20260110~\nCAS*CO*45*40~\nCAS*PR*1*30**3*20~\nREF*6R*A0999990L1~\nAMT*B6*110~\n"

static const struct x12_case payments[] = {
    {"a payment that is no number", "835", {{"BPR*I*50*", "BPR*I*X*"}}, " IK403=6@2/2"},
    {"a payment below zero", "835", {{"BPR*I*50*", "BPR*I*-50*"}}, " IK403=I12@2/2 IK403=I12@2/2"},
    {"a transfer to nowhere", "835", {{BPR_50, "BPR*I*50*C*ACH*CCP*01*999999992*DA*123456*1512345678******20260415~"}}, " IK403=I9@2/15"},
    {"another to nowhere", "835", {{BPR_50, "BPR*I*50*C*FWT*CCP*01*999999992*DA*123456*1512345678******20260415~"}}, " IK403=I9@2/15"},
    {"a cheque", "835", {{BPR_50, "BPR*I*50*C*CHK************20260415~"}}, ""},
    {"a bank's check digit is a note", "835", {{"01*999999992*DA", "01*999999993*DA"}, {"01*999988880*DA", "01*99998888X*DA"}},
     " IK403=7@2/7~ IK403=7@2/13~"},
    {"an adjustment of a claim", "835",
     {{"BPR*I*50*", "BPR*I*40*"}, {"CLP*A1000001*1*215*100*", "CLP*A1000001*1*215*90*"}, {"*11*1~\n", "*11*1~\nCAS*CO*45*10~\n"}}, ""},
    {"that does not balance", "835", {{"*11*1~\n", "*11*1~\nCAS*CO*45*10~\n"}}, " IK403=I12@14/4"},
    {"that is no number", "835", {{"*11*1~\n", "*11*1~\nCAS*CO*45*X~\n"}}, " IK403=6@15/3"},
    {"an adjustment of a line that is no number", "835", {{"CAS*CO*45*40~\nCAS*PR*3*25", "CAS*CO*45*4X~\nCAS*PR*3*25"}}, " IK403=6@20/3"},
    {"a line that is no number", "835", {{"SVC*HC:99214:25*165*100", "SVC*HC:99214:25*165*1X0"}}, " IK403=6@18/3"},
    {"a claim without lines", "835", {{"2026011500311*11*1~\n", "2026011500311*11*1~\nCAS*CO*45*90~\n"}, {LINES_3, ""}}, ""},
    {"charges of more than a sum can hold", "835",
     {{"SVC*HC:99214:25*165*100", "SVC*HC:99214:25*" HUGE "*100"}, {"SVC*HC:83036:QW*50*0", "SVC*HC:83036:QW*" HUGE "*0"}},
     " IK403=I12@18/3 IK403=I12@24/3 IK403=I12@14/3"},
    {"adjustments of more", "835",
     {{"CAS*CO*45*40~\nCAS*PR*3*25~", "CAS*CO*45*" HUGE "~\nCAS*PR*3*" HUGE "~"}}, " IK403=I12@18/3 IK403=I12@14/4"},
    {"adjustments of less", "835",
     {{"CAS*CO*45*40~\nCAS*PR*3*25~", "CAS*CO*45*-" HUGE "~\nCAS*PR*3*-" HUGE "~"}}, " IK403=I12@18/3 IK403=I12@14/4"},
    {"a charge less an adjustment below it", "835",
     {{"CLP*A1000001*1*215*", "CLP*A1000001*1*" HUGE "*"}, {"*11*1~\n", "*11*1~\nCAS*CO*45*-" HUGE "~\n"}}, " IK403=I12@14/4"},
    {"payments of more", "835",
     {{"CLP*A1000001*1*215*100*", "CLP*A1000001*1*215*" HUGE "*"}, {"*1*150*60*50", "*1*150*" HUGE "*50"}},
     " IK403=I12@14/4 IK403=I12@36/4 IK403=I12@2/2"},
    {"six adjustments of the provider", "835", {{"PLB*1234567893*20261231*WO:SHP2025111100009*20~",
     "PLB*1234567893*20261231*WO:SHP2025111100009*20*WO:B*1*WO:C*-1*WO:D*1*WO:E*-2*WO:F*1~"}}, ""},
    {"one without an amount", "835", {{"PLB*1234567893*20261231*WO:SHP2025111100009*20~",
     "PLB*1234567893*20261231*WO:SHP2025111100009*20*WO:B**WO:C*0~"}}, " IK403=2@44/6"},
};

static const struct x12_case answers[] = {
    {"received is no number", "999", {{"AK9*P*2*2*1", "AK9*P*2*X*1"}}, " IK403=6@10/3"},
    {"accepted is no number", "999", {{"AK9*P*2*2*1", "AK9*P*2*2*X"}}, " IK403=6@10/4"},
    {"more accepted than received", "999", {{"AK9*P*2*2*1", "AK9*P*2*2*3"}}, " IK403=I12@10/4"},
    {"fewer accepted than listed", "999", {{"AK9*P*2*2*1", "AK9*P*2*2*0"}}, " IK403=I12@10/4"},
    {"fewer received than listed", "999", {{"AK9*P*2*2*1", "AK9*P*2*1*1"}}, " IK403=I12@10/4"},
    {"all refused with their group", "999", {{"AK9*P*2*2*1", "AK9*R*2*2*0"}}, ""},
    {"more received than listed", "999", {{"AK9*P*2*2*1", "AK9*P*3*3*2"}}, ""},
    {"accepted with errors noted", "999", {{"IK5*A~", "IK5*E~"}}, ""},
    {"refused twice over", "277ca", {{"STC*A7:164:IL*20260401*U*240~", "STC*A7:164:IL*20260401*U*240~\nSTC*A7:187:IL*20260401*WQ*240~"}}, ""},
    {"counts and sums of the file are notes", "277ca", {{"QTY*90*1~", "QTY*90*2~"}, {"AMT*YU*215~", "AMT*YU*214~"}},
     " IK403=I12@12/2~ IK403=I12@14/2~"},
    {"those of the provider too", "277ca", {{"QTY*QC*1~\nAMT*YU*215~\nAMT*YY*240~", "QTY*QC*2~\nAMT*YU*215~\nAMT*YY*1~"}},
     " IK403=I12@21/2~ IK403=I12@23/2~"},
    {"a count that is no number", "277ca", {{"QTY*90*1~", "QTY*90*X~"}}, " IK403=6@12/2"},
    {"a sum that is no number", "277ca", {{"AMT*YU*215~", "AMT*YU*X~"}}, " IK403=6@14/2"},
};
/* clang-format on */

static const struct x12_check_options options = {.today = 20261101};

/* test_parties - billing provider, subscriber, patient */
static void test_parties(void **state)
{
    (void)state;
    x12_cases_run(parties, COUNT(parties), &options);
}

/* test_claims - the claim itself */
static void test_claims(void **state)
{
    (void)state;
    x12_cases_run(claims, COUNT(claims), &options);
}

/* test_payers - what other payers decided */
static void test_payers(void **state)
{
    (void)state;
    x12_cases_run(payers, COUNT(payers), &options);
}

/* test_bills - a hospital's bill, and service lines */
static void test_bills(void **state)
{
    (void)state;
    x12_cases_run(bills, COUNT(bills), &options);
}

/* test_payments - the equations of a remittance */
static void test_payments(void **state)
{
    (void)state;
    x12_cases_run(payments, COUNT(payments), &options);
}

/* test_answers - counts and sums of acknowledgments */
static void test_answers(void **state)
{
    (void)state;
    x12_cases_run(answers, COUNT(answers), &options);
}

/* main - all */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parties),  cmocka_unit_test(test_claims),
        cmocka_unit_test(test_payers),   cmocka_unit_test(test_bills),
        cmocka_unit_test(test_payments), cmocka_unit_test(test_answers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
