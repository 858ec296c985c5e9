/* care_tables.c - small code tables for the coder's tests, invented but for public code titles */
#include "tests/support/care_tables.h"

#include "common/tables/kind.h"
#include "common/tables/phrase.h"
#include "common/tables/sheet.h"
#include "tests/support/coder_cases.h"
#include "tests/support/drg.h"
#include "tests/support/loading.h"
#include "tests/support/test.h"

struct rows {
    enum table_id table;
    int32_t from, to;
    const char *const *rows; /* cells joined by "|" in the order key, columns */
};

static const char *const icd[] = {
    "A000!Y!Cholera vibrio 01!Cholera due to Vibrio cholerae 01, biovar cholerae",
    "A41!N!Other sepsis!Other sepsis",
    "A419!Y!Sepsis!Sepsis, unspecified organism",
    "E11!N!Type 2 DM!Type 2 diabetes mellitus",
    "E119!Y!T2DM!Type 2 diabetes mellitus without complications",
    "E1122!Y!T2DM CKD!Type 2 diabetes mellitus with diabetic chronic kidney disease",
    "I10!Y!Hypertension!Essential (primary) hypertension",
    "I2510!Y!CAD!Atherosclerotic heart disease of native coronary artery without angina pectoris",
    "I5020!Y!Systolic HF!Unspecified systolic (congestive) heart failure",
    "J9601!Y!Resp failure!Acute respiratory failure with hypoxia",
    "I214!Y!NSTEMI!Non-ST elevation (NSTEMI) myocardial infarction",
    "J209!Y!Bronchitis!Acute bronchitis, unspecified",
    "J189!Y!Pneumonia!Pneumonia, unspecified organism",
    "J449!Y!COPD!Chronic obstructive pulmonary disease, unspecified",
    "O80!Y!Delivery!Encounter for full-term uncomplicated delivery",
    "Z370!Y!One child!Single live birth",
    "Z372!Y!Twins!Twins, both liveborn",
    "N189!Y!CKD!Chronic kidney disease, unspecified",
    "R0789!Y!Chest pain!Other chest pain",
    "R079!Y!Chest pain!Chest pain, unspecified",
    "R7303!Y!Prediabetes!Prediabetes",
    "S52501A!Y!Fx radius!Unspecified fracture of the lower end of right radius, initial encounter",
    "U071!Y!COVID-19!COVID-19",
    "W010XXA!Y!Fall!Fall on same level from slipping without striking object, initial encounter",
    "Z8673!Y!Hx stroke!Personal history of transient ischemic attack",
    "Z1211!Y!Colon screening!Encounter for screening for malignant neoplasm of colon",
    "K5730!Y!Diverticulosis!Diverticulosis of large intestine without perforation or abscess "
    "without bleeding",
    "Z4789!Y!Aftercare!Encounter for other orthopedic aftercare",
    "Z7984!Y!Oral drugs!Long term (current) use of oral hypoglycemic drugs",
    "J00!Y!Cold!Acute nasopharyngitis [common cold]",
    "J010!N!Sinusitis!Acute maxillary sinusitis",
    "J0100!Y!Sinusitis!Acute maxillary sinusitis, unspecified",
    "J0101!Y!Sinusitis!Acute recurrent maxillary sinusitis",
    "H66001!Y!Otitis R!Acute suppurative otitis media, right ear",
    "H66002!Y!Otitis L!Acute suppurative otitis media, left ear",
    NULL};
/* phrase, code, title: the phrase is normalised when the table is made */
static const char *const titles[] = {
    "Prediabetes!R7303!Prediabetes",
    "Essential (primary) hypertension!I10!Essential (primary) hypertension",
    "Type 2 diabetes mellitus!E11!Type 2 diabetes mellitus",
    "Acute on chronic diastolic (congestive) heart failure!I5033!Heart failure",
    "Acute and chronic respiratory failure with hypoxia!J9621!Respiratory failure",
    "Acute bronchitis, unspecified!J209!Acute bronchitis, unspecified",
    "Other specified pregnancy related conditions, first trimester!O26891!Other specified "
    "pregnancy related conditions, first trimester",
    "Other specified pregnancy related conditions, second trimester!O26892!Other specified "
    "pregnancy related conditions, second trimester",
    "Bilateral primary osteoarthritis of knee!M170!Bilateral primary osteoarthritis of knee",
    "Anemia complicating childbirth!O9902!Anemia complicating childbirth",
    "Severe pre-eclampsia complicating childbirth!O1414!Severe pre-eclampsia complicating "
    "childbirth",
    "Gestational diabetes mellitus in childbirth, diet controlled!O24420!Gestational diabetes "
    "mellitus in childbirth, diet controlled",
    NULL};
static const char *const terms[] = {"Bronchitis, acute!code!J20.9!!Bronchitis > acute!!",
                                    "Neoplasm, twice!code!I10!!x!!",
                                    "Neoplasm, twice!code!E119!!x!!",
                                    "Neoplasm, open!code!C79.8-!!x!!",
                                    "Cold, common!code!J00!!Cold > common!!",
                                    "Arthritis, double!code!I10!M01.X0!x!!",
                                    "Cold, elsewhere!see!!!x!!Nasopharyngitis",
                                    NULL};
static const char *const exempt[] = {"Z8673!history", "Z7984!status", "W010XXA!fall",
                                     "S52501D!healing", NULL};
static const char *const pcs[] = {"02HV33Z!Y!Insertion!Insertion of infusion device",
                                  "0DTJ0ZZ!Y!Resection!Resection of appendix, open",
                                  "0DTJ4ZZ!Y!Resection!Resection of appendix, endoscopic",
                                  "0DTH7ZZ!Y!Resection!Resection of cecum",
                                  "0DJJ0ZZ!Y!Inspection!Inspection of appendix",
                                  "0DJJ4ZZ!Y!Inspection!Inspection of appendix, endoscopic",
                                  "02H!N!Insertion!Insertion",
                                  "021009W!Y!!",
                                  "02100Z8!Y!!",
                                  "02100Z9!Y!!",
                                  "021109W!Y!!",
                                  "02110Z9!Y!!",
                                  "06BP3ZZ!Y!!",
                                  "06BP4ZZ!Y!!",
                                  "06BQ3ZZ!Y!!",
                                  "0DBJ0ZX!Y!!",
                                  "0DBJ0ZZ!Y!!",
                                  "0HBFXZX!Y!!",
                                  "0HBKXZX!Y!!",
                                  "0PHC04Z!Y!!",
                                  "0PSC04Z!Y!!",
                                  "0PSC0ZZ!Y!!",
                                  "0PSF04Z!Y!!",
                                  "0PSF0ZZ!Y!!",
                                  "0SG0070!Y!!",
                                  "0SG0071!Y!!",
                                  "0SG00A0!Y!!",
                                  "0SG00K0!Y!!",
                                  "0SG1070!Y!!",
                                  "0SG10A0!Y!!",
                                  "0TT00ZZ!Y!!",
                                  "0TT10ZZ!Y!!",
                                  "0TT14ZZ!Y!!",
                                  "0TT20ZZ!Y!!",
                                  "10D00Z1!Y!!",
                                  "10D07Z3!Y!!",
                                  "10E0XZZ!Y!!",
                                  "2W3AX2Z!Y!!",
                                  "2W3NX2Z!Y!!",
                                  "2W3QX1Z!Y!!",
                                  "2W3QX2Z!Y!!",
                                  "5A1935Z!Y!!",
                                  "5A1945Z!Y!!",
                                  "5A1955Z!Y!!",
                                  "5A1D70Z!Y!!",
                                  "5A1D90Z!Y!!",
                                  NULL};
static const char *const hcpcs[] = {"J1100!Dexamethasone!Dexamethasone 1 mg",
                                    "J1885!Ketorolac!Injection, ketorolac, per 15 mg",
                                    "J3490!Drug!Unclassified drugs",
                                    "G2211!Visit!Visit complexity",
                                    "J0696!Ceftriaxone!Injection, ceftriaxone sodium, per 250 mg",
                                    "J9000!Doxorubicin!Injection, doxorubicin hydrochloride, 10 mg",
                                    "J9035!Bevacizumab!Injection, bevacizumab, 10 mg",
                                    "G0378!Observation!Hospital observation service, per hour",
                                    "G2212!Prolonged!Prolonged office visit",
                                    "G0316!Prolonged!Prolonged hospital visit",
                                    "G0008!Administration!Administration of influenza vaccine",
                                    "J1815!Insulin!Injection, insulin, per 5 units",
                                    "C1776!Joint device!Joint device (implantable)",
                                    "G0439!Yearly visit!Annual wellness visit, subsequent",
                                    "G0463!Clinic visit!Hospital outpatient clinic visit",
                                    "A9270!Excluded!Item without a benefit",
                                    "E0260!Bed!Hospital bed!D!36",
                                    "E0100!Cane!Cane!D!32",
                                    "A0429!Ambulance!Ambulance service",
                                    NULL};
static const char *const cpt[] = {
    "99213!em",         "99214!em",         "99283!em",       "99222!em",
    "71046!imaging",    "80053!lab",        "83036!lab",      "90656!vaccine",
    "90471!vaccine",    "12001!surgery",    "97110!medicine", "97112!medicine",
    "97116!medicine",   "97140!medicine",   "97035!medicine", "97804!medicine",
    "00810!anesthesia", "01996!anesthesia", "20610!surgery",  "26010!surgery",
    "29870!surgery",    "29877!surgery",    "29881!surgery",  "11750!surgery",
    "45378!surgery",    "45385!surgery",    "64450!surgery",  "66984!surgery",
    "67700!surgery",    "31231!surgery",    "81002!lab",      "99243!em",
    "99233!em",         "36600!medicine",   "97530!medicine", "73562!imaging",
    "71045!imaging",    "80048!lab",        "92928!medicine", "94640!medicine",
    "96372!medicine",   "99231!em",         "92507!medicine", "12002!surgery",
    "11042!surgery",    "93000!medicine",   "96360!medicine", "96361!medicine",
    "96365!medicine",   "96366!medicine",   "96367!medicine", "96374!medicine",
    "96375!medicine",   "96413!medicine",   "99202!em",       "99204!em",
    "99203!em",         "99205!em",         "99212!em",       "99215!em",
    "99221!em",         "99223!em",         "99238!em",       "99239!em",
    "99285!em",         "99291!em",         "99292!em",       "99395!em",
    "99385!em",         "99386!em",         "99396!em",       "99397!em",
    "99417!em",         "98941!medicine",   "70450!imaging",  NULL};
static const char *const payers[] = {
    "SHP01!SHP01!SAMPLE HEALTH PLAN!CI!CLRHOUSE01!PI!180!line_from!!N!Y!!",
    "SAMPLE HEALTH PLAN!SHP01!SAMPLE HEALTH PLAN!CI!CLRHOUSE01!PI!180!line_from!!N!Y!!",
    "SMP02!SMP02!SECOND MUTUAL "
    "PLAN!CI!CLRHOUSE01!PI!365!stmt_thru!!N!Y!!!!!5!51;X;8-minute;G2212;no-50;no-0;JA",
    "99901!99901!SAMPLE MEDICARE CONTRACTOR A!MA!MEDICARE01!I!365!stmt_thru!!N!Y!!",
    "99902!99902!SAMPLE MEDICARE CONTRACTOR B!MB!MEDICARE01!P!365!line_from!!N!N!12!",
    "MEDICARE!99902!SAMPLE MEDICARE CONTRACTOR B!MB!MEDICARE01!P!365!line_from!!N!N!12!",
    NULL};
static const char *const providers[] = {
    "1234567893!1234567893!billing facility!Y!RIVERBEND MEDICAL GROUP!!!207Q00000X!987654321!EI!"
    "100 RIVER RD!STE 4!SPRINGTOWN!OH!441011234!5555550100!!36D9999999!1234567893",
    "FACILITY:RIVERBEND!1987654328!billing facility!Y!RIVERBEND HOSPITAL!!!282N00000X!987654322!"
    "EI!500 HOSPITAL DR!!SPRINGTOWN!OH!441015678!5555550100!!36D9999998!1234567893!!!!!!2W3QX1;302",
    "FACILITY:CLINIC!1234567893!billing facility!Y!RIVERBEND MEDICAL GROUP!!!207Q00000X!987654321!"
    "EI!100 RIVER RD!STE 4!SPRINGTOWN!OH!441011234!5555550100!!36D9999999!1234567893",
    "FACILITY:REHAB!1987654328!billing facility!Y!RIVERBEND REHAB!!!283X00000X!987654322!EI!"
    "500 HOSPITAL DR!!SPRINGTOWN!OH!441015678!5555550100!!!1234567893",
    "FACILITY:OFFSITE!1987654328!billing facility!Y!RIVERBEND OFFSITE!!!282N00000X!987654322!EI!"
    "500 HOSPITAL DR!!SPRINGTOWN!OH!441015678!5555550100!!36D9999998!1234567893!!!!!!!PO",
    "FACILITY:EDSITE!1987654328!billing facility!Y!RIVERBEND EDSITE!!!282N00000X!987654322!EI!"
    "500 HOSPITAL DR!!SPRINGTOWN!OH!441015678!5555550100!!36D9999998!1234567893!!!!!!!ER",
    "FACILITY:WALKIN!1234567893!billing facility!Y!RIVERBEND WALK-IN!!!207Q00000X!987654321!EI!"
    "100 RIVER RD!STE 4!SPRINGTOWN!OH!441011234!5555550100!!36D9999997!1234567893!!!!!waiver",
    "1455555072!1455555072!rendering!N!AIDE!PIA!!225200000X!!!!!!!!!1234567893!!",
    "1455555098!1455555098!rendering!N!SLEEPER!ANN!!207L00000X!!!!!!!!!1234567893!!",
    "1455555106!1455555106!rendering!N!SLEEPER!NICK!!367500000X!!!!!!!!!1234567893!!",
    "1455555080!1455555080!rendering!N!AIDE!OTTO!!224Z00000X!!!!!!!!!1234567893!!",
    "1455555015!1455555015!rendering!N!HEALER!JAN!!207Q00000X!!!!!!!!!1234567893!!",
    "1455555023!1455555023!attending!N!HOSPITALIST!IVO!!208M00000X!!!!!!!!!1234567893!!",
    "DOC77!1455555031!operating!N!LINEPLACER!MARA!!208600000X!!!!!!!!!1234567893!!",
    NULL};
/* charge, revenue, code system, code, modifiers, price, unit, professional, department,
 * description, needs drug, pos */
static const char *const cdm[] = {"OV-EST3!0510!cpt!99213!!18000!UN!Y!CLINIC!visit!N!11",
                                  "LAB-A1C!0301!cpt!83036!QW!5000!UN!Y!LAB!A1c!N!11",
                                  "ED-L3!0450!cpt!99283!!60000!UN!both!ED!visit!N!23",
                                  "XR-CHEST2!0324!cpt!71046!!25000!UN!N!RADIOLOGY!film!N!23",
                                  "LAB-CHEM!0301!cpt!80053!!12000!UN!N!LAB!panel!N!22",
                                  "RM-SEMI!0120!!!!150000!DA!N!NURSING!room!N!21",
                                  "PHARM-IP!0250!!!!2500!UN!N!PHARMACY!drug!N!21",
                                  "XR-BOTH!0324!cpt!71046!26!25000!UN!both!RADIOLOGY!film!N!22",
                                  "NO-REV!!cpt!71046!!100!UN!N!X!x!N!",
                                  "OLD-CODE!0510!cpt!99999!!100!UN!Y!X!x!N!11",
                                  "DEXA-INJ!0636!hcpcs!J1100!!600!UN!Y!CLINIC!injection!N!11",
                                  "hcpcs|J1885!0636!hcpcs!J1885!!500!UN!Y!CLINIC!drug!N!11",
                                  "hcpcs|J3490!0636!hcpcs!J3490!!500!UN!Y!CLINIC!drug!N!11",
                                  "hcpcs|J9035!0636!hcpcs!J9035!!900!UN!Y!CLINIC!drug!N!11",
                                  "snomed|185345009!0510!cpt!99213!!18000!UN!Y!CLINIC!visit!N!11",
                                  "cvx|140!0636!cpt!90656!!14052!UN!Y!CLINIC!vaccine!N!11",
                                  "cpt|12001!0360!cpt!12001!!90000!UN!N!SURGERY!repair!N!22",
                                  NULL};
static const char *const status[] = {"01!home!", "20!expired!", "30!still patient!", NULL};

static const struct rows all[] = {
    {TABLE_ICD10CM, 20251001, 20260930, icd},
    {TABLE_ICD10CM_TITLE, 20251001, 20260930, titles},
    {TABLE_ICD10CM_INDEX, 20251001, 20260930, terms},
    {TABLE_ICD10CM_TABULAR, 20251001, 20260930, coder_codes_tabular},
    {TABLE_ICD10PCS, 20251001, 20260930, pcs},
    {TABLE_POA_EXEMPT, 20251001, 20260930, exempt},
    {TABLE_HCPCS, 20200101, 0, hcpcs},
    {TABLE_CPT, 20200101, 0, cpt},
    {TABLE_PAYERS, 20200101, 0, payers},
    {TABLE_PROVIDERS, 20200101, 0, providers},
    {TABLE_CDM, 20200101, 0, cdm},
    {TABLE_DISCHARGE_STATUS, 20200101, 0, status},
};

/* next_cell - up to the next "!" */
static struct span next_cell(const char **at)
{
    size_t n = strcspn(*at, "!");
    struct span s = {*at, n};

    *at += n + ((*at)[n] == '!');
    return s;
}

/* put_row - a row of cells */
static void put_row(struct sheet *s, enum table_id table, const char *row)
{
    const char *at = row;
    struct span key = next_cell(&at), second = {"", 0};
    char phrase[512];

    if (table == TABLE_ICD10CM_TITLE || table == TABLE_ICD10CM_INDEX) {
        assert_true(phrase_normal(key.p, key.n, phrase, sizeof(phrase)));
        key = span_of(phrase);
    }
    if (strncmp(key.p, "FACILITY:", 9) == 0) {
        snprintf(phrase, sizeof(phrase), "facility:%.*s", (int)key.n - 9, key.p + 9);
        key = span_of(phrase);
    }
    if (kind_of(table)->keys == 2)
        second = next_cell(&at);
    assert_true(sheet_row(s, key, second, 0, 0));
    while (*at)
        sheet_cell(s, next_cell(&at));
    sheet_end(s);
}

/* add - one edition */
static void add(struct tables *t, const struct rows *r)
{
    struct sheet s;
    struct snapshot_head head = {.table = r->table, .from = r->from, .to = r->to};
    struct buf out;
    struct err e = {0};

    sheet_init(&s, r->table);
    for (size_t i = 0; r->rows[i]; i++)
        put_row(&s, r->table, r->rows[i]);
    snprintf(head.edition, sizeof(head.edition), "test");
    snprintf(head.source, sizeof(head.source), "care_tables.c");
    snprintf(head.source_sha256, sizeof(head.source_sha256), "%064d", 0);
    head.starts = r->from;
    head.until = r->to;
    head.reach = r->from;
    buf_init(&out);
    if (sheet_write(&s, &head, &out, &e) != 0 || tables_add(t, out.data, out.len, &e) != 0)
        fail_msg("%s: %s", table_name(r->table), e.text);
    buf_release(&out);
    sheet_release(&s);
}

/* care_tables - all but one */
struct tables *care_tables(enum table_id without)
{
    struct tables *t = tables_new();

    assert_non_null(t);
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
        if (all[i].table != without)
            add(t, &all[i]);
    return t;
}

/* care_rows - one more edition of FY2026 */
void care_rows(struct tables *t, enum table_id table, const char *const *rows)
{
    struct rows r = {table, 20251001, 20260930, rows};

    add(t, &r);
}

/* status, PC/TC, global days, pre, intra, post, multiple, bilateral, assistant */
static const char *const fees[] = {"71046!-!A!1!XXX!!!!0!0!0",
                                   "71045!-!A!1!XXX!!!!0!0!0",
                                   "73562!-!A!1!XXX!!!!0!3!0",
                                   "20610!-!A!0!000!!!!2!1!1",
                                   "29881!-!A!0!090!!!!3!1!1!1!0!!!!!!!!!!!1500!1500",
                                   "29877!-!A!0!090!!!!3!1!1",
                                   "66984!-!A!0!090!!!!2!1!1!0!2",
                                   "12002!-!A!0!000!!!!2!0!1",
                                   "11042!-!A!0!000!!!!2!0!1",
                                   "45385!-!A!0!000!!!!3!0!1",
                                   "45378!-!A!0!000!!!!3!0!1!0!0!!!!!!!!!!!400!400",
                                   "11750!-!A!0!010!!!!2!0!1!0!0!!!!!!!!!!!400!400",
                                   "26010!-!A!0!010!!!!2!0!1",
                                   "64450!-!A!0!000!!!!2!1!1",
                                   "99213!-!A!0!XXX!!!!0!0!0",
                                   "99231!-!A!0!XXX!!!!0!0!0",
                                   "93000!-!A!4!XXX!!!!0!0!0",
                                   "67700!-!A!0!010!!!!2!1!1",
                                   "31231!-!A!0!000!!!!2!2!1",
                                   "99397!-!N!0!XXX!!!!9!9!9",
                                   NULL};
static const char *const pairs[] = {"29881!29870!0!Definition",
                                    "29881!29877!1!Standards",
                                    "45385!45378!0!Definition",
                                    "12002!64450!1!Standards",
                                    "12002!11042!1!Standards",
                                    "20610!96372!1!Standards",
                                    "20610!99213!1!Standards",
                                    "99291!36600!1!Standards",
                                    "71046!71045!1!Extensive",
                                    "96372!99213!1!Standards",
                                    "29870!45378!9!Withdrawn",
                                    "80053!80048!0!Panel",
                                    NULL};
/* status, APC */
static const char *const opps[] = {"J9000!K!9214", "J0696!N!", "A9270!E1!", "66984!C!", NULL};
/* tests that are waived: code, name, note */
static const char *const waived[] = {"83036!A1c!", "81002!strip!no-QW", NULL};
/* drugs in single-dose containers */
static const char *const single[] = {"J9035!bevacizumab!", "J9000!doxorubicin!", NULL};
/* table, part, meaning, values of characters 4 to 7, codes */
/* clang-format off */
static const char *const pcs_tables[] = {
    "021!31!Bypass", "021!40!Coronary Artery, One Artery", "021!41!Coronary Artery, Two Arteries",
    "021!42!Coronary Artery, Three Arteries", "021!43!Coronary Artery, Four or More Arteries", "021!50!Open",
    "021!54!Percutaneous Endoscopic", "021!69!Autologous Venous Tissue", "021!6A!Autologous Arterial Tissue",
    "021!6Z!No Device", "021!73!Coronary Artery", "021!78!Internal Mammary, Right", "021!79!Internal Mammary, Left",
    "021!7C!Thoracic Artery", "021!7F!Abdominal Artery", "021!7W!Aorta", "021!ROW 0001!!0123!0!9A!389CFW!48",
    "021!ROW 0002!!0123!0!Z!389CF!20", "021!ROW 0003!!0123!4!9A!389CFW!48", "021!ROW 0004!!0123!4!Z!389CF!20",
    "02H!3H!Insertion", "02H!4V!Superior Vena Cava", "02H!53!Percutaneous", "02H!63!Infusion Device",
    "02H!7Z!No Qualifier", "02H!ROW 0001!!V!3!3!Z!1", "06B!3B!Excision", "06B!4P!Saphenous Vein, Right",
    "06B!4Q!Saphenous Vein, Left", "06B!50!Open", "06B!53!Percutaneous", "06B!54!Percutaneous Endoscopic",
    "06B!6Z!No Device", "06B!7X!Diagnostic", "06B!7Z!No Qualifier", "06B!ROW 0001!!PQ!034!Z!XZ!12", "0DB!3B!Excision",
    "0DB!4J!Appendix", "0DB!50!Open", "0DB!54!Percutaneous Endoscopic", "0DB!6Z!No Device", "0DB!7X!Diagnostic",
    "0DB!7Z!No Qualifier", "0DB!ROW 0001!!J!04!Z!XZ!4", "0DJ!3J!Inspection", "0DJ!4J!Appendix", "0DJ!50!Open",
    "0DJ!54!Percutaneous Endoscopic", "0DJ!6Z!No Device", "0DJ!7Z!No Qualifier", "0DJ!ROW 0001!!J!04!Z!Z!2",
    "0DT!3T!Resection", "0DT!4H!Cecum", "0DT!4J!Appendix", "0DT!50!Open", "0DT!54!Percutaneous Endoscopic",
    "0DT!57!Via Natural or Artificial Opening", "0DT!6Z!No Device", "0DT!7G!Hand-Assisted", "0DT!7Z!No Qualifier",
    "0DT!ROW 0001!!HJ!04!Z!Z!4", "0DT!ROW 0002!!H!7!Z!Z!1", "0DT!ROW 0003!!J!4!Z!G!1", "0HB!3B!Excision", "0HB!4F!Skin, Right Hand",
    "0HB!4G!Skin, Left Hand", "0HB!4K!Skin, Right Lower Leg", "0HB!4L!Skin, Left Lower Leg", "0HB!5X!External",
    "0HB!6Z!No Device", "0HB!7X!Diagnostic", "0HB!7Z!No Qualifier", "0HB!ROW 0001!!FGKL!X!Z!XZ!8", "0JB!3B!Excision",
    "0JB!4J!Subcutaneous Tissue and Fascia, Right Hand", "0JB!4K!Subcutaneous Tissue and Fascia, Left Hand",
    "0JB!50!Open", "0JB!53!Percutaneous", "0JB!6Z!No Device", "0JB!7X!Diagnostic", "0JB!7Z!No Qualifier",
    "0JB!ROW 0001!!JK!03!Z!XZ!8", "0PH!3H!Insertion", "0PH!4C!Humeral Head, Right", "0PH!4F!Humeral Shaft, Right",
    "0PH!50!Open", "0PH!53!Percutaneous", "0PH!54!Percutaneous Endoscopic", "0PH!64!Internal Fixation Device",
    "0PH!66!Internal Fixation Device, Intramedullary", "0PH!7Z!No Qualifier", "0PH!ROW 0001!!C!034!46!Z!6",
    "0PH!ROW 0002!!F!034!46!Z!6", "0PS!3S!Reposition", "0PS!4C!Humeral Head, Right", "0PS!4F!Humeral Shaft, Right",
    "0PS!50!Open", "0PS!53!Percutaneous", "0PS!54!Percutaneous Endoscopic", "0PS!5X!External",
    "0PS!64!Internal Fixation Device", "0PS!66!Internal Fixation Device, Intramedullary", "0PS!6Z!No Device",
    "0PS!7Z!No Qualifier", "0PS!ROW 0001!!CF!034!46Z!Z!18", "0PS!ROW 0002!!CF!X!Z!Z!2", "0SG!3G!Fusion",
    "0SG!40!Lumbar Vertebral Joint", "0SG!41!Lumbar Vertebral Joints, 2 or more", "0SG!50!Open",
    "0SG!53!Percutaneous", "0SG!54!Percutaneous Endoscopic", "0SG!67!Autologous Tissue Substitute",
    "0SG!6A!Interbody Fusion Device", "0SG!6K!Nonautologous Tissue Substitute",
    "0SG!70!Anterior Approach, Anterior Column", "0SG!71!Posterior Approach, Posterior Column",
    "0SG!7J!Posterior Approach, Anterior Column", "0SG!ROW 0001!!01!034!7K!01J!36", "0SG!ROW 0002!!01!034!A!0J!12",
    "0TT!3T!Resection", "0TT!40!Kidney, Right", "0TT!41!Kidney, Left", "0TT!42!Kidneys, Bilateral", "0TT!50!Open",
    "0TT!54!Percutaneous Endoscopic", "0TT!6Z!No Device", "0TT!7G!Hand-Assisted", "0TT!7Z!No Qualifier",
    "0TT!ROW 0001!!012!0!Z!Z!3", "0TT!ROW 0002!!012!4!Z!GZ!6", "10D!3D!Extraction", "10D!40!Products of Conception",
    "10D!50!Open", "10D!57!Via Natural or Artificial Opening", "10D!6Z!No Device", "10D!70!High", "10D!71!Low",
    "10D!72!Extraperitoneal", "10D!73!Low Forceps", "10D!74!Mid Forceps", "10D!75!High Forceps", "10D!76!Vacuum",
    "10D!77!Internal Version", "10D!78!Other", "10D!ROW 0001!!0!0!Z!012!3", "10D!ROW 0002!!0!7!Z!345678!6",
    "10E!3E!Delivery", "10E!40!Products of Conception", "10E!5X!External", "10E!6Z!No Device", "10E!7Z!No Qualifier",
    "10E!ROW 0001!!0!X!Z!Z!1", "2W3!33!Immobilization", "2W3!4A!Upper Arm, Right", "2W3!4N!Upper Leg, Right",
    "2W3!4Q!Lower Leg, Right", "2W3!5X!External", "2W3!61!Splint", "2W3!62!Cast", "2W3!7Z!No Qualifier",
    "2W3!ROW 0001!!ANQ!X!12!Z!6", "5A1!31!Performance", "5A1!49!Respiratory", "5A1!4D!Urinary", "5A1!50!Single",
    "5A1!53!Less than 24 Consecutive Hours", "5A1!54!24-96 Consecutive Hours",
    "5A1!55!Greater than 96 Consecutive Hours", "5A1!57!Intermittent, Less than 6 Hours Per Day",
    "5A1!58!Prolonged Intermittent, 6-18 hours Per Day", "5A1!59!Continuous, Greater than 18 hours Per Day",
    "5A1!60!Filtration", "5A1!65!Ventilation", "5A1!74!Nonmechanical", "5A1!7Z!No Qualifier",
    "5A1!ROW 0001!!9!0!5!4!1", "5A1!ROW 0002!!9!345!5!Z!3", "5A1!ROW 0003!!D!789!0!Z!3", NULL,
};
/* clang-format on */
static const char *const pcs_keys[] = {
    "DIRECT LATERAL INTERBODY FUSION (DLIF) DEVICE!Interbody Fusion Device in Lower Joints",
    "VERMIFORM APPENDIX!Appendix", NULL};
static const char *const packages[] = {"50242006101!J9035!10 MG!40000!40000",
                                       "11111111101!J1885!15 MG!2000!2000",
                                       "11111111102!J1100!1 MG!10000!10000",
                                       "11111111103!J7030!1000 CC!1000!1000",
                                       "11111111104!J0696!250 MG!4000!4000",
                                       "11111111105!J9000!10 MG!5000!5000",
                                       NULL};

/* add-on, primary, type */
static const char *const addons[] = {"96361!96360!1",
                                     "96361!96365!1",
                                     "96366!96365!1",
                                     "96367!96365!1",
                                     "96367!96413!1",
                                     "96375!96365!1",
                                     "96375!96374!1",
                                     "99292!99291!1",
                                     "99417!99215!1",
                                     "G2211!CCCCC!2",
                                     NULL};

/* care_service_rows - see the header */
void care_service_rows(struct tables *t)
{
    const struct rows since = {TABLE_OPPS, 20200101, 0, opps};

    add(t, &since);
    care_rows(t, TABLE_CLIA_WAIVED, waived);
    care_rows(t, TABLE_SINGLE_DOSE, single);
    care_rows(t, TABLE_RVU, fees);
    care_rows(t, TABLE_PTP_PRACTITIONER, pairs);
    care_rows(t, TABLE_PTP_HOSPITAL, pairs);
    care_rows(t, TABLE_NDC_HCPCS, packages);
    care_rows(t, TABLE_ICD10PCS_TABLE, pcs_tables);
    care_rows(t, TABLE_ICD10PCS_KEY, pcs_keys);
    care_rows(t, TABLE_AOC, addons);
}

/* care_drg_rows - see the header */
void care_drg_rows(struct tables *to, int32_t on)
{
    const struct edition_info *i;
    struct loading l;
    struct err e = {0};
    char name[200];

    loading_begin(&l, NULL);
    for (size_t k = 0; drg_files[k].name; k++) {
        snprintf(name, sizeof(name), "v430/%s", drg_files[k].name);
        assert_int_equal(loading_add(&l, name, drg_files[k].text), LOAD_TAKEN);
    }
    loading_publish(&l);
    i = tables_edition(l.tables, TABLE_MSDRG, on);
    assert_non_null(i);
    assert_true(tables_share(to, l.tables, TABLE_MSDRG, i->sha256, &e));
    loading_end(&l);
}

/* care_billable - see the header */
size_t care_billable(const char *const *rows, const char **pool, size_t most, struct arena *a)
{
    size_t n = 0;

    for (const char *const *c = rows; *c && n < most; c++) {
        const char *end = strchr(*c, '!');

        if (end && end[1] == 'Y')
            pool[n++] = arena_printf(a, "%.*s", (int)(end - *c), *c);
    }
    return n;
}
