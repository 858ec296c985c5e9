/* tables.c - the sample tables that cases run over: as few rows as they need, in the shape of the
 * real ones (common/tables/kind.c). A row is key|from|to|columns, or key|key2|from|to|columns. */
#include "services/validator/cases/case.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/date.h"
#include "common/sys/digest.h"
#include "common/sys/file.h"
#include "common/tables/sheet.h"
#include "common/tables/snapshot.h"

struct sample {
    enum table_id table;
    const char *edition;
    int32_t from, to;
    const char *rows;
};

/* clang-format off */
static const struct sample samples[] = {
    {TABLE_ICD10CM, "2025", 20231001, 20250930,
     "E1165|||Y|hyperglycemia|Type 2 diabetes mellitus with hyperglycemia\n"
     "I10|||Y|hypertension|Essential (primary) hypertension\n"
     "E119|||Y|diabetes|Type 2 diabetes mellitus without complications\n"
     "J189|||Y|pneumonia|Pneumonia, unspecified organism\nR0902|||Y|hypoxemia|Hypoxemia\n"
     "J9601|||Y|resp failure|Acute respiratory failure with hypoxia\nZ7984|||Y|oral drugs|Long term (current) use of oral hypoglycemic drugs\n"
     "C50912|||Y|breast|Malignant neoplasm of unspecified site of left female breast\n"},
    {TABLE_ICD10CM, "2026", 20251001, 20260930,
     "E11|||N|type 2|Type 2 diabetes mellitus\nE119|||Y|diabetes|Type 2 diabetes mellitus without complications\n"
     "E1165|||Y|hyperglycemia|Type 2 diabetes mellitus with hyperglycemia\nE11A|||Y|remission|Type 2 diabetes mellitus without complications in remission\n"
     "E109|||Y|type 1|Type 1 diabetes mellitus without complications\nE1122|||Y|kidney|Type 2 diabetes mellitus with diabetic chronic kidney disease\n"
     "I10|||Y|hypertension|Essential (primary) hypertension\nI110|||Y|heart|Hypertensive heart disease with heart failure\n"
     "I509|||Y|heart failure|Heart failure, unspecified\nN185|||Y|stage 5|Chronic kidney disease, stage 5\n"
     "J189|||Y|pneumonia|Pneumonia, unspecified organism\nR0902|||Y|hypoxemia|Hypoxemia\nJ9601|||Y|resp failure|Acute respiratory failure with hypoxia\n"
     "J449|||Y|copd|Chronic obstructive pulmonary disease, unspecified\nJ479|||Y|bronchiectasis|Bronchiectasis, uncomplicated\n"
     "P702|||Y|neonatal|Neonatal diabetes mellitus\nZ7984|||Y|oral drugs|Long term (current) use of oral hypoglycemic drugs\n"
     "Z794|||Y|insulin|Long term (current) use of insulin\nE8411|||Y|ileus|Meconium ileus in cystic fibrosis\nB0821|||Y|sixth|Exanthema subitum [sixth disease] due to human herpesvirus 6\n"
     "O26891|||Y|pregnancy|Other specified pregnancy related conditions, first trimester\nR54|||Y|debility|Age-related physical debility\n"
     "C50912|||Y|breast|Malignant neoplasm of unspecified site of left female breast\nZ853|||Y|history|Personal history of malignant neoplasm of breast\n"
     "S80011|||N|contusion|Contusion of right knee\nS80011A|||Y|contusion|Contusion of right knee, initial encounter\nS80011D|||Y|contusion|Contusion of right knee, subsequent encounter\n"
     "T1500XA|||Y|eye|Foreign body in cornea, unspecified eye, initial encounter\nW19XXXA|||Y|fall|Unspecified fall, initial encounter\n"
     "G8100|||Y|hemiplegia|Flaccid hemiplegia affecting unspecified side\nG8101|||Y|hemiplegia|Flaccid hemiplegia affecting right dominant side\n"
     "M1711|||Y|knee|Unilateral primary osteoarthritis, right knee\nM170|||Y|knees|Bilateral primary osteoarthritis of knee\n"
     "D631|||Y|anemia|Anemia in chronic kidney disease\nF0280|||Y|dementia|Dementia in other diseases classified elsewhere, unspecified severity\n"
     "Z91419|||Y|abuse|Personal history of unspecified adult abuse\nZ5189|||Y|aftercare|Encounter for other specified aftercare\n"
     "Z4789|||Y|aftercare|Encounter for other orthopedic aftercare\nZ3800|||Y|birth|Single liveborn infant, delivered vaginally\n"
     "Z370|||Y|outcome|Single live birth\nZ379|||Y|outcome|Outcome of delivery, unspecified\nO80|||Y|delivery|Encounter for full-term uncomplicated delivery\n"
     "O039|||Y|abortion|Complete or unspecified spontaneous abortion without complication\nZ3A40|||Y|weeks|40 weeks gestation of pregnancy\n"
     "Y6551|||Y|wrong|Performance of wrong procedure (operation) on correct patient\n"
     "T8141XA|||Y|infection|Infection following a procedure, superficial incisional surgical site, initial encounter\n"
     "T68XXXA|||Y|cold|Hypothermia, initial encounter\nT792XXA|||Y|hemorrhage|Traumatic secondary and recurrent hemorrhage and seroma, initial encounter\n"
     "R1021|||Y|pain|Pelvic and perineal pain right side\nR1031|||Y|pain|Right lower quadrant pain\nR10811|||Y|tender|Right upper quadrant abdominal tenderness\n"
     "R10823|||Y|tender|Right lower quadrant rebound abdominal tenderness\nR108A1|||Y|flank|Right flank tenderness\nR10A1|||Y|flank|Flank pain, right side\n"
     "R1903|||Y|swelling|Right lower quadrant abdominal swelling, mass and lump\nR1931|||Y|rigidity|Right upper quadrant abdominal rigidity\n"
     "Q369|||Y|lip|Cleft lip, unilateral\nI501|||Y|failure|Left ventricular failure, unspecified\nR1011|||Y|pain|Right upper quadrant pain\nH9203|||Y|ear|Otalgia, bilateral\n"
     "O8612|||Y|infection|Endometritis following delivery\nO94|||Y|sequelae|Sequelae of complication of pregnancy, childbirth, and the puerperium\n"
     "O99013|||Y|anemia|Anemia complicating pregnancy, third trimester\nN179|||Y|kidney|Acute kidney failure, unspecified\n"
     "I129|||Y|kidney|Hypertensive chronic kidney disease with stage 1 through stage 4 chronic kidney disease, or unspecified chronic kidney disease\n"},
    {TABLE_ICD10CM_TABULAR, "2026", 20231001, 20270930,
     "CHAPTER 4|desc|||1|Endocrine|\nE10|desc|||2|Type 1|\nE10|parent|||2|CHAPTER 4|\nE10|excludes1|||2|diabetes mellitus due to underlying condition (E08.-), type 2 diabetes mellitus (E11.-)|E08;E11\n"
     "E11|desc|||3|Type 2|\nE11|parent|||3|CHAPTER 4|\nE11|excludes1|||3|type 1 diabetes mellitus (E10.-)|E10\n"
     "SECTION J40-J4A|desc|||4|Chronic lower respiratory|\nSECTION J40-J4A|excludes1|||4|bronchitis due to fumes (J68.0)|J680\n"
     "J44|desc|||5|COPD|\nJ44|parent|||5|SECTION J40-J4A|\nJ44|excludes1|||5|bronchiectasis (J47.-)|J47\nJ449|desc|||6|COPD|\nJ449|parent|||6|J44|\n"
     "J47|desc|||7|Bronchiectasis|\nJ47|parent|||7|SECTION J40-J4A|\n"
     "SECTION P70-P74|desc|||8|Transitory|\nSECTION P70-P74|excludes1|||8|diabetes mellitus (E08-E13)|E08-E13\nP70|desc|||9|Neonatal|\nP70|parent|||9|SECTION P70-P74|\n"
     "D63|desc|||10|Anemia|\nD631|desc|||11|Anemia in CKD|\nD631|parent|||11|D63|\nD631|code-first|||11|underlying chronic kidney disease (CKD) (N18.-)|N18\n"
     "I50|desc|||12|Heart failure|\nI50|code-first|||12|heart failure due to hypertension (I11.0)|I110\nI50|code-first|||12|heart failure following surgery (I97.13-)|I9713\n"
     "F02|desc|||13|Dementia|\nF02|code-first|||13|the underlying physiological condition, such as:|\nF02|code-first|||14|Alzheimer's (G30.-)|G30\n"
     "I11|desc|||15|Hypertensive heart disease|\nI11|excludes1|||15|hypertension (I10-I1A)|I10-I1A\n"
     "N18|desc|||16|CKD|\nN18|code-first|||16|hypertensive chronic kidney disease, if applicable (I12.-)|I12\n"
     "R09|desc|||17|Other symptoms|\nR09|code-first|||17|underlying disease, if known (J09-J18)|J09-J18\n"},
    {TABLE_ICD10PCS, "2026", 20231001, 20260930,
     "02HV33Z|||Y|line|Insertion of Infusion Device into Superior Vena Cava, Percutaneous Approach\n5A1955Z|||Y|ventilation|Respiratory Ventilation, Greater than 96 Consecutive Hours\n"
     "0V5Q4ZZ|||Y|vas|Destruction of Bilateral Vas Deferens, Percutaneous Endoscopic Approach\n10D07Z7|||Y|delivery|Extraction of Products of Conception, Internal Version, Via Opening\n"
     "00F3XZZ|||Y|skull|Fragmentation in Epidural Space, External Approach\n0FYG0Z0|||Y|pancreas|Transplantation of Pancreas, Allogeneic, Open Approach\n"
     "0TY00Z0|||Y|kidney|Transplantation of Right Kidney, Allogeneic, Open Approach\n0SR20JZ|||Y|disc|Replacement of Lumbar Vertebral Disc with Synthetic Substitute, Open Approach\n"
     "0BYD0Z2|||Y|lung|Transplantation of Right Middle Lung Lobe\n0DJD8ZZ|||Y|look|Inspection of Lower Intestinal Tract\n"},
    {TABLE_POA_EXEMPT, "2026", 20231001, 20260930,
     "Z7984|||\nZ91419|||\nZ5189|||\nZ3800|||\nY6551|||\nW19XXXA|||\n"},
    {TABLE_MCE, "v43.1", 20151001, 20261231,
     "LIST|DX|||valid||\nLIST|PX|||valid||\nSTATUS|01||||\nSTATUS|30||||\nSTATUS|81|20131001|20260312||\nDX|B9681|20260401|||\nAGE|NEWBORN||||0|0\nAGE|PEDIATRIC||||0|17\nAGE|MATERNITY|20191001|||9|64\nAGE|ADULT||||15|124\n"
     "DX|E8411|20151001||newborn\nDX|Z3800|20151001||newborn\nDX|B0821|20151001||pediatric\nDX|O26891|20151001||maternity\nDX|O80|20241001||maternity\nDX|R54|20151001||adult\n"
     "DX|C50912|20151001|20240930|female\nDX|D631|20151001||manifestation\nDX|F0280|20151001||manifestation\nDX|W19XXXA|20151001||ecodepdx\nDX|Y6551|20151001||wrngproc,ecodepdx\n"
     "DX|Z91419|20151001||unacceptable,adult\nDX|Z5189|20151001||reqsdx,unacceptable\nDX|E119|20151001||qadm\nDX|I10|20151001||qadm\nDX|G8100|20220401||unspecified\n"
     "DX|Z370|20241001||maternity,unacceptable,delout\nDX|Z379|20241001||maternity,unacceptable,delout\nDX|Z3A40|20241001||maternity,unacceptable\nDX|E109|20151001||diabtypeI\n"
     "PX|0V5Q4ZZ|20151001|20240930|noncovered,male\nPX|10D07Z7|20181001|20240930|female,vagdel\nPX|5A1955Z|20151001||los\nPX|00F3XZZ|20151001||noncovered\n"
     "DX|J189|20151001||\nDX|R0902|20151001||\nDX|J9601|20151001||\nDX|Z7984|20151001||\nDX|G8101|20151001||\nPX|02HV33Z|20151001||\nDX|N179|20151001||\nPX|0DJD8ZZ|20151001||\n"
     "PX|0FYG0Z0|20151001||ncov45,lcov\nDX|Z006|20151001||clintrial\nDX|Z302|20161001||ncov_z302\nPX|02RK0JZ|20151001||lcov_artheartxpa\nPX|02RL0JZ|20151001||lcov_artheartxpb\n"
     "PX|0UL70ZZ|20151001||ncov_z302\nPX|10D00Z1|20181001||csect\nPX|0TY00Z0|20151001||kidneyxp\nPX|0SR20JZ|20151001||ncov12agele60\nPX|0BYD0Z2|20151001||lcov\n"},
    {TABLE_MSDRG, "v43.1", 20151001, 20261231,
     "DX|J189|||MCC|4|||1||||||dxc0401\nDX|J9601|||MCC|4|||||||||dxc0402\nDX|E119|||NCC|10|||||||||dxc1001\nDX|N179|||CC|11|||||||||dxc1101;HAC02\n"
     "PX|02HV33Z|||||||||||||nonor\nPX|Z@0001|||||||||||||d468\nCLUSTER|Z@0001 1||||||||||||5|02HV33Z\nEXCLUDE|1|||||||||||||J189\n"
     "FORMULA|4 0|||MEDICAL|||||1|193|193|0|||2|MCC & PDX:dxc0401\nFORMULA|4 1|||MEDICAL|||||2|193|194|0|||3|CC & PDX:dxc0401\n"
     "FORMULA|4 2|||MEDICAL|||||3|193|195|0|||4|PDX:dxc0401\nHAC|2 0|||||||||||||||SDX:HAC02\n"},
    {TABLE_HCPCS, "2026", 20100101, 0,
     "J1885|19980101||\nJ0139|20250101||\nJ1100|19820101||\nJ3490|19860101||\nA0428|20000101||\nA0425|20000101||\nA0021|19850101||\nE0601|19930101||\nG0101|19980101||\nG0463|20140101||\nC1716|20070101||\nP9016|20000101||\nG0378|20060101||\nG0379|20060101||\nG0390|20070101||\nG0410|20100101||\nC9898|20080101||\nG0467|20141001||\nV2785|20000101||\nC9399|20040101||\nA9270|19920101||not covered|not covered|M\nV5010|19870101||hearing aid assessment|hearing aid assessment|S\nA0225|19870101||\nG0289|20020101||\nG0380|20070101||\nC1820|20060101||\nQ0138|20100101||\n"},
    {TABLE_CPT, "2026", 20100101, 0,
     "99201||20201231|\n99202|||\n99213|||\n99214|||\n99215|||\n99232|||\n99283|||\n99395|||\n99396|||\n99417|||\n83036|||\n80053|||\n80048|||\n80061|||\n82465|||\n82947|||\n"
     "93000|||\n36430|||\n99291|||\n38240|||\n65710|||\n71046|||\n27130|||\n31231|||\n93010|||\n11042|||\n11045|||\n97597|||\n20610|||\n10060|||\n64493|||\n64494|||\n64495|||\n64999|||\n96547|||\n96570|||\n98941|||\n00142|||\n99397|||\n99460|||\n92014|||\n0101T|||\n7025F|||\n96571|||\n86580|||\n88305|||\n01996|||\n01953|||\n11044|||\n11047|||\n65730|||\n"},
    {TABLE_MODIFIERS, "2026", 20100101, 0,
     "CA|||\nGA|||\nQN|||\nPN|||\nPO|||\nBL|||\nFT|||\nQW|||\nLT|||\nRT|||\nXE|||\nXU|||\nTC|||\nKX|||\nAT|||\nAA|||\nQZ|||\nNU|||\nRR|||\nGY|||\nRH|||\n"},
    {TABLE_PTP_PRACTITIONER, "2026q1", 20180101, 20270101,
     "80053|80048|19960101||0|\n93000|93010|19960101||1|\n11042|97597|20050101||1|\n80061|82465|19960101|20251231|1|\n80061|82947|20240101||9|\n27130|99215|19960101||0|\n99232|10060|19960101||1|\n10060|99213|19960101||1|\n80053|82947|19960101||1|\n80048|82947|19960101||1|\n"},
    {TABLE_PTP_HOSPITAL, "2026q1", 20230101, 20270101, "80053|80048|19960101||0|\n"},
    {TABLE_MUE_PRACTITIONER, "2026q1", 20230101, 20270101,
     "20610|||2|1|\n83036|||1|2|\nJ1885|||8|3|\nA0021|||0|3|\n99232|||1|2|\n00142|||1|2|\n"},
    {TABLE_MUE_HOSPITAL, "2026q1", 20230101, 20270101, "83036|||1|2|\n99215|||0|2|\n"},
    {TABLE_MUE_DME, "2026q1", 20230101, 20270101, "E0601|||1|3|\n"},
    {TABLE_AOC, "2026q1", 20230101, 20270101,
     "11045|11042|20110101||1|\n64495|64493|20100101||1|\n64495|64494|20100101||1|\n64494|64493|20100101||1|\n96547|CCCCC|20240101||2|\n96570|CCCCC|20240101||1|\n99417|99205|20210101||3|\n99417|99215|20210101||3|\n11047|11044|20110101||1|\n11047|CCCCC|20110101||1|\n96571|96571|20110101||1|\n82947|80061|20110101||9|\n"},
    {TABLE_RVU, "2026", 20230101, 20270101,
     "20610|-|||A|0|000|||||1\n99213|-|||A|0|XXX|||||0\n99214|-|||A|0|XXX|||||0\n93000|-|||A|4|XXX|||||0\n71046|-|||A|1|XXX|||||3\n"
     "27130|-|||A|0|090|10|69|21||1\n10060|-|||A|0|010|0|90|10||0\n31231|-|||A|0|000|||||2\n83036|-|||X|9|XXX|||||9\n"
     "92014|-|||A|0|XXX|||||1\nG0289|-|||A|0|XXX|||||1\n99396|-|||N|9|XXX|||||9\n99215|-|||A|0|XXX|||||0||||||||||||||500|||||334009\n"},
    {TABLE_NDC_HCPCS, "2026q1", 20230101, 20270101, "00641036725|J1100|||1 MG|2000|50000\n00641036741|J1100|||1 MG\n00641036758|J1100|||1 MG|5000000000\n"},
    {TABLE_OPPS, "2026q1", 20230101, 20270101,
     "99213|||B\n83036|||Q4\nG0463|||J2\n20610|||T\n27130|||C\nJ1885|||N\nJ1100|||N\nE0601|||Y\n93000|||M\nC1716|||U\n99283|||J2\n36430|||S\nP9016|||R\n"
     "G0378|||N\nG0379|||J2\n99291|||J2\nG0390|||S\n65710|||J1\n38240|||J1\nC9399|||A\nC9898|||N\nV2785|||F\n99396|||E1\nG0380|||J2\nC1820|||H\n"},
    {TABLE_REVENUE, "2026", 20100101, 0,
     "0270|||\n0278|||\n0680|||\n0291|||\n0343|||\n0360|||\n0362|||\n0381|||\n0390|||\n0391|||\n0521|||\n0681|||\n0730|||\n0915|||\n0120|||\n0250|||\n0274|||\n0301|||\n0324|||\n0410|||\n0450|||\n0510|||\n0540|||\n0636|||\n0762|||\n0971|||\n0022|||\n0516|||\n0519|||\n0526|||\n0815|||\n0900|||\n0981|||\n0990|||\n"},
    {TABLE_POS, "2026", 20100101, 0, "02|||\n10|||\n11|||\n12|||\n21|||\n22|||\n23|||\n24|||\n41|||\n"},
    {TABLE_BILL_TYPE, "2026", 20100101, 0, "11|||\n12|||\n13|||\n14|||\n18|||\n21|||\n71|||\n76|||\n77|||\n81|||\n82|||\n83|||\n85|||\n"},
    {TABLE_DISCHARGE_STATUS, "2026", 20100101, 0, "01|||\n20|||\n30|||\n40||||hospice\n"},
    {TABLE_ADMISSION_TYPE, "2026", 20100101, 0, "1|||\n2|||\n3|||\n4|||\n5|||\n9|||\n"},
    {TABLE_ADMISSION_SOURCE, "2026", 20100101, 0, "1|||\n2|||\n4|||\n5|||\n6|||\n"},
    {TABLE_CONDITION, "2026", 20100101, 0, "B4|||\n51|||\n20|||\n21|||\n41|||\n92|||\nG0|||\n45|||\nD1|||\nE0|||\n"},
    {TABLE_OCCURRENCE, "2026", 20100101, 0, "11|||\n42|||\n"},
    {TABLE_VALUE, "2026", 20100101, 0, "54|||\n80|||\n81|||\n"},
    {TABLE_RARC, "2026", 20100101, 0, "MA01|||\n"},
    {TABLE_TAXONOMY, "2026", 20100101, 0,
     "207Q00000X|||\n207RC0000X|||\n208M00000X|||\n282N00000X|||\n282NC0060X|||\n283Q00000X|||\n291U00000X|||\n332B00000X|||\n341600000X|||\n"},
    {TABLE_CARC, "2026", 20100101, 0, "2|||\n45|||\n"},
    {TABLE_PAYERS, "2026", 20100101, 0,
     "SHP01||||SAMPLE HEALTH PLAN|CI|CLR|PI|180|line_from|^[A-Z]{3}[0-9]{6,10}$|N|Y\nSMP02||||SECOND MUTUAL PLAN|CI|CLR|PI|365|line_from||N|Y\nSAMPLE HEALTH|||SHP01\n"
     "99901||||SAMPLE MEDICARE CONTRACTOR A|MA|MED|I|365|stmt_thru||N|Y\nMCB01||||SAMPLE MEDICARE CONTRACTOR B|MB|MED|P|365|line_from||N|Y\n"
     "CIB03||||THIRD PLAN|CI|CLR|PI|365|line_from||N|Y\nRUL05||||FIFTH PLAN|CI|CLR|PI|365|line_from||N|Y||||15101\nREF04||||FOURTH PLAN|CI|CLR|PI|365|line_from||Y|N|||Y\n"},
    /* rule|from|to|payer|plan|kind|severity|what|codes|condition|value|message|fix|authority */
    {TABLE_PAYER_RULES, "2026", 20100101, 0,
     "R-STOP|20250101|20261231|RUL05||||condition|93000|units > 2||more than two tracings are not taken|look at the record|manual 1\n"
     "R-HOLD|||RUL05|||hold|element|80048||charge <= 500.00|a panel over 500 is looked at||manual 2\n"
     "R-NOTE|||RUL05||P|note|forbidden-field|||special_program|||manual 3\n"
     "R-ALL|||*|||note|condition||special_program = 05 and not self||a program for the subscriber||manual 3\n"
     "R-GROUP|||rul05|GOLD*|||required-field|||group_number|||guide SBR03\n"
     "R-AUTH|||RUL05||P||authorization|20610|place in (11, 22) and claim_charge >= 150.00||||manual 4\n"
     "R-REF|||RUL05|HMO|||referral||other_payers = 0||||manual 5\n"
     "R-CORR|||RUL05||P||correction-limit|||180 days from remit|||manual 6\n"
     "R-BILLED|||RUL05||outpatient||correction-limit|||2 months from billed|||manual 6\n"
     "R-TFL|||RUL05|LATE|||filing-limit|||7 days|||manual 7\n"
     "R-EOB|||RUL05|EOB|||filing-limit|||1 month from primary_eob|||manual 7\n"
     "R-OFTEN|||RUL05||||frequency-limit|G0101||1 per 23 full months|||NCD 210.2\n"
     "R-UNITS|||RUL05||||frequency-limit|J0139||3 units per calendar year|||manual 8\n"
     "R-MODS|||RUL05||||modifier-accepted|97597||59;X*|||manual 9\n"
     "R-MOD|||RUL05||||modifier-required|93010||26|||manual 9\n"
     "R-PLACE|||RUL05||||place-accepted|99395-99396||11|||manual 10\n"
     "R-CFREQ|||RUL05||P||claim-frequency|||1;7|||guide CLM05\n"
     "R-MEMBER|||RUL05||||member-pattern|||^M[0-9]+$|||guide NM109\n"
     "R-SPEC|||RUL05||||specialty|11042||208*;207Q00000X|||manual 11\n"
     "R-MONTH|||RUL05||outpatient||span-limit|||month|||manual 12\n"
     "R-YEAR|||RUL05||inpatient||span-limit|||year from 07-01|||manual 12\n"
     "R-NDC|||contractor:15101||||required-field|J1100||ndc|||manual 13\n"
     "R-WORDS|||filing:CI|WORDS|||required-field|J0139||description|||manual 14\n"},
    /* policy|from|to|contractor|codes|list|also|condition|dx|authority */
    {TABLE_COVERAGE_POLICY, "2026", 20100101, 0,
     "L1001|20250101||15101|93000|covered|||I10;E08-E13|LCD L1001 group 1\nL1001|20250101||15101|93000|covered|||I509|LCD L1001 group 1\n"
     "L1002|||15101|80053|covered|E119|age >= 18|N185|LCD L1002\nL1003||20260331|payer:SHP01|97597|denied|||R54;Z*\n"
     "NCD-1|||*|80061|covered|||E78*;I2*|NCD 190.23\n"
     "L1005|||15101|88305|covered||age >= 18|I10\nL1005|||15101|88305|covered||age < 100|E119\nL1006|||15101|88305|denied|||R54\nNCD-20|||*|88305|covered|||I10\n"},
    /* number|from|to|payer|codes|units|rendering|facility|first_day|last_day */
    {TABLE_AUTHORIZATIONS, "2026", 20100101, 0,
     "A100|||SHP01|20610;83036-83037|2|1455555015|1234567893|2026-03-01|20260331\nA200|||SMP02\nA300|||SHP01|9*\nA400\nA1\nAUTH1\n"},
    /* payer|from|to|turn|contract|kinds|method|schedule|codes|revenues|drgs|npis|percent|amount|lesser */
    {TABLE_CONTRACTS, "2026", 20100101, 0, "SHP01|||1|half of the charge|professional|percent||||||50\n"},
    {TABLE_PROVIDERS, "2026", 20100101, 0,
     "1234567893|||1234567893|billing|Y\n1455555015|||1455555015|rendering|N\n1987654328|||1987654328|billing|Y\n"
     "1598765430|||1598765430|referring|N||||||||||||||||N|||\n1871234567|||1871234567|referring|N||||||||||||||||Y|2025-01-01|20261231|\n"
     "1447654322|||1447654322|rendering|N|||||||||||||||||||SHP01:2026-01-01:2026-12-31;RUL05\n"
     "1555555121|||1555555121|rendering||||||||||||||||||||SHP01:2026-01-01:2026-03-24;SMP02:since the clinic opened\n"},
};
/* clang-format on */

/* next_cell - text up to | or the end of the row */
static struct span next_cell(const char **p)
{
    size_t n = strcspn(*p, "|\n");
    struct span cell = {*p, n};

    *p += n + ((*p)[n] == '|');
    return cell;
}

/* day_of - yyyymmdd, or 0 for an empty cell */
static int32_t day_of(struct span s)
{
    char text[9] = "";

    if (s.n == 8)
        memcpy(text, s.p, 8);
    return date_parse(text);
}

/* add_row - one row into the sheet */
static void add_row(struct sheet *s, const char **p)
{
    struct span key = next_cell(p);
    struct span key2 = s->kind->keys == 2 ? next_cell(p) : (struct span){"", 0};
    int32_t from = day_of(next_cell(p)), to = day_of(next_cell(p));

    sheet_row(s, key, key2, from, to);
    for (int i = 0; **p != '\n' && s->kind->columns[i].name; i++)
        sheet_cell(s, next_cell(p));
    sheet_end(s);
    *p += **p == '\n';
}

/* make_sample - one edition as a snapshot; the head gets its number of rows */
static int make_sample(const struct sample *x, struct snapshot_head *head, struct buf *out,
                       struct err *e)
{
    const char *p = x->rows;
    struct sheet s;
    int r;

    *head = (struct snapshot_head){.table = x->table,
                                   .from = x->from,
                                   .to = x->to,
                                   .starts = x->from,
                                   .until = x->to,
                                   .reach = x->from};
    str_copy(head->edition, sizeof(head->edition), x->edition);
    str_copy(head->source, sizeof(head->source), "sample");
    memset(head->source_sha256, '0', sizeof(head->source_sha256) - 1);
    sheet_init(&s, x->table);
    while (*p)
        add_row(&s, &p);
    r = sheet_write(&s, head, out, e);
    sheet_release(&s);
    return r;
}

/* add_sample - one edition into the tables */
static int add_sample(struct tables *t, const struct sample *x, struct err *e)
{
    struct snapshot_head head;
    struct buf b;
    int r;

    buf_init(&b);
    r = make_sample(x, &head, &b, e);
    if (r == 0)
        r = tables_add(t, b.data, b.len, e);
    buf_release(&b);
    return r;
}

/* case_tables_save - as snapshot files */
int case_tables_save(const char *dir, struct err *e)
{
    int r = 0;

    for (size_t i = 0; r == 0 && i < sizeof(samples) / sizeof(samples[0]); i++) {
        struct snapshot_head head;
        char sha256[DIGEST_TEXT], name[128];
        struct buf b;

        buf_init(&b);
        r = make_sample(&samples[i], &head, &b, e);
        snapshot_file_name(&head, digest_hex(b.data ? b.data : "", b.len, sha256), name,
                           sizeof(name));
        if (r == 0)
            r = file_write(dir, name, b.data, b.len, e);
        buf_release(&b);
    }
    return r;
}

/* case_tables - all of them but one */
struct tables *case_tables(enum table_id without, struct err *e)
{
    struct tables *t = tables_new();

    for (size_t i = 0; t && i < sizeof(samples) / sizeof(samples[0]); i++)
        if (samples[i].table != without && add_sample(t, &samples[i], e) != 0) {
            tables_free(t);
            return NULL;
        }
    if (!t)
        err_set(e, ERR_RETRY, "memory", "out of memory");
    return t;
}
