/* tables_load_test.c - the loaders of official layouts, on small files both ways */
#include "tests/support/loading.h"
#include "tests/support/test.h"

#include <stdio.h>

/* A short description is 60 columns, a blank, then the long one. */
static const char order_cm[] = "00001 E11     0 Type 2 diabetes mellitus                           "
                               "          Type 2 diabetes mellitus\r\n"
                               "00002 E119    1 Type 2 diabetes mellitus without complications     "
                               "          Type 2 diabetes mellitus without "
                               "complications\r\n"
                               "00004 QA00101 1 SCN2A-related neurodevelopmental disorder          "
                               "          SCN2A-related neurodevelopmental "
                               "disorder\r\n";

/* a text with one part replaced */
static const char *with(const char *text, const char *what, const char *by)
{
    static char out[8192];
    const char *at = strstr(text, what);

    assert_non_null(at);
    snprintf(out, sizeof(out), "%.*s%s%s", (int)(at - text), text, by, at + strlen(what));
    return out;
}

/* test_order_cm - codes, headers, titles by their words */
static void test_order_cm(void **state)
{
    struct loading l;

    (void)state;
    loading_begin(&l, NULL);
    assert_int_equal(loading_add(&l, "x/icd10cm_order_2026.txt", order_cm), LOAD_TAKEN);
    loading_publish(&l);
    assert_int_equal(l.refused, 0);
    assert_string_equal(asked(l.tables, TABLE_ICD10CM, "E119", NULL, 20251001, "billable"), "Y");
    assert_string_equal(asked(l.tables, TABLE_ICD10CM, "E11", NULL, 20260930, "billable"), "N");
    assert_string_equal(asked(l.tables, TABLE_ICD10CM, "E119", NULL, 20261001, "billable"),
                        "(no edition)");
    assert_string_equal(asked(l.tables, TABLE_ICD10CM_TITLE,
                              "2 COMPLICATIONS DIABETES MELLITUS TYPE WITHOUT", NULL, 20260101,
                              "code"),
                        "E119");
    assert_string_equal(tables_edition(l.tables, TABLE_ICD10CM, 20260101)->edition, "2026");
    loading_end(&l);
}

/* test_order_damaged - each thing that can be wrong in an order file */
static void test_order_damaged(void **state)
{
    static const char name[] = "icd10cm_order_2026.txt";

    (void)state;
    refused(name, with(order_cm, "00002 E119    1", "00002 E119    2"), "layout",
            "line 2: expected order number");
    refused(name, with(order_cm, "00002 E119    1", "00001 E119    1"), "layout",
            "line 2: expected an order number above");
    refused(name, with(order_cm, "00002 E119    1", "00002 1119    1"), "layout",
            "line 2: expected a code");
    refused(name, with(order_cm, "00002 E119    1", "00002  E119   1"), "layout", "line 2");
    refused(name, with(order_cm, "00002 E119    1 Type", "00002 E119    1Type"), "layout",
            "line 2");
    refused(name,
            with(order_cm, "complications               Type", "complications              Type"),
            "layout", "column");
    refused(name, "00001 E11 \r\n", "layout", "line 1: expected order number");
    refused(name, "garbage\n", "layout", "line 1: expected order number");
    refused(name, "", "layout", "expected");
    refused("icd10cm_order.txt", order_cm, "year", "fiscal year in the name");
    refused(name, with(order_cm, "disorder\r\n", "disord"), "cut", "the file was cut");
}

/* test_bounds - what is far from a full file is refused, unless a part is asked for or the name
 * says seed */
static void test_bounds(void **state)
{
    const struct load_options whole = {0};
    struct loading l;

    (void)state;
    loading_begin(&l, &whole);
    assert_int_equal(loading_add(&l, "icd10cm_order_2026.txt", order_cm), LOAD_REFUSED);
    assert_string_equal(l.last.code, "count");
    assert_int_equal(loading_add(&l, "icd10cm_order_2026_seed.txt", order_cm), LOAD_TAKEN);
    loading_publish(&l);
    assert_string_equal(tables_edition(l.tables, TABLE_ICD10CM, 20260101)->edition, "2026-seed");
    assert_string_equal(tables_edition(l.tables, TABLE_ICD10CM, 20151001)->edition, "2026-seed");
    assert_null(tables_edition(l.tables, TABLE_ICD10CM, 20150930));
    loading_end(&l);
}

/* test_options - --from, --to, --name, --kind, a period far ahead */
static void test_options(void **state)
{
    const struct load_options own = {
        .part = true, .edition = "site", .from = 20260101, .to = 20260131};
    const struct load_options kind = {.part = true, .kind = "payers"};
    const struct load_options today = {.part = true, .today = 20261101};
    struct loading l;

    (void)state;
    loading_begin(&l, &own);
    assert_int_equal(loading_add(&l, "anything.txt", order_cm), LOAD_TAKEN);
    loading_publish(&l);
    assert_string_equal(asked(l.tables, TABLE_ICD10CM, "E119", NULL, 20260131, "billable"), "Y");
    assert_string_equal(asked(l.tables, TABLE_ICD10CM, "E119", NULL, 20260201, "billable"),
                        "(no edition)");
    loading_end(&l);
    loading_begin(&l, &kind);
    assert_int_equal(loading_add(&l, "icd10cm_order_2026.txt", order_cm), LOAD_REFUSED);
    assert_non_null(strstr(l.last.text, "\"payer_id\""));
    loading_end(&l);
    loading_begin(&l, &today);
    assert_int_equal(loading_add(&l, "icd10cm_order_2062.txt", order_cm), LOAD_REFUSED);
    assert_string_equal(l.last.code, "year");
    loading_end(&l);
}

/* test_pcs - seven characters, or three for a table */
static void test_pcs(void **state)
{
    static const char text[] = "00001 0DT     0 Gastrointestinal System, Resection                 "
                               "          Gastrointestinal System, Resection\r\n"
                               "00002 0DTJ4ZZ 1 Resection of Appendix, Percutaneous Endoscopic "
                               "Approach      Resection of Appendix, Percutaneous "
                               "Endoscopic Approach\r\n";
    struct loading l;

    (void)state;
    loading_begin(&l, NULL);
    assert_int_equal(loading_add(&l, "icd10pcs_order_2026.txt", text), LOAD_TAKEN);
    loading_publish(&l);
    assert_string_equal(asked(l.tables, TABLE_ICD10PCS, "0DTJ4ZZ", NULL, 20260101, "billable"),
                        "Y");
    assert_string_equal(asked(l.tables, TABLE_ICD10PCS, "0DT", NULL, 20260101, "billable"), "N");
    loading_end(&l);
    refused("icd10pcs_order_2026.txt", with(text, "0DTJ4ZZ", "0DTJ4Z "), "layout",
            "seven characters");
    refused("icd10pcs_order_2026.txt", with(text, "0DTJ4ZZ", "0DTJ4OI"), "layout",
            "line 2: expected a code");
}

/* test_poa - dotted codes, quoted titles; name and header must agree */
static void test_poa(void **state)
{
    static const char text[] = "Order26\tPOAexemptCode\tDescription\r\n01238\tB90.0\tSequelae\r\n"
                               "01239\tQA0.0101\t\"Q, quoted\"\r\n";
    struct loading l;

    (void)state;
    loading_begin(&l, NULL);
    assert_int_equal(loading_add(&l, "POAexemptCodesFY26.txt", text), LOAD_TAKEN);
    assert_int_equal(loading_add(&l, "POAexemptAddCodesFY26.txt", text), LOAD_IGNORED);
    loading_publish(&l);
    assert_string_equal(asked(l.tables, TABLE_POA_EXEMPT, "QA00101", NULL, 20260101, "description"),
                        "Q, quoted");
    assert_string_equal(asked(l.tables, TABLE_POA_EXEMPT, "E119", NULL, 20260101, "description"),
                        "(absent)");
    loading_end(&l);
    refused("POAexemptCodesFY25.txt", text, "year", "the name says FY25");
    refused("POAexemptCodesFY26.txt", with(text, "B90.0\t", ""), "layout", "line 2");
    refused("POAexemptCodesFY26.txt",
            with(text, "POAexemptCode\tDescription", "Description\tPOAexemptCode"), "layout",
            "line 1");
}

/* anweb - a record of 320 columns */
static void anweb(char *out, size_t size, const char *head, const char *text, const char *added,
                  const char *ended)
{
    char line[321];

    memset(line, ' ', 320);
    line[320] = '\0';
    memcpy(line, head, strlen(head));
    memcpy(line + 11, text, strlen(text));
    if (strchr("37", head[10])) {
        memcpy(line + 91, "short", 5);
        memcpy(line + 119, "5157", 4);
        line[229] = 'D';
        memcpy(line + 268, added, strlen(added));
        memcpy(line + 276, "20240101", 8);
        memcpy(line + 284, ended, strlen(ended));
        line[292] = 'N';
    }
    snprintf(out + strlen(out), size - strlen(out), "%s\r\n", line);
}

/* test_anweb - continuations, modifiers, windows */
static void test_anweb(void **state)
{
    char text[4096] = "A disclaimer\r\n\t\t\t\r\n";
    struct loading l;

    (void)state;
    anweb(text, sizeof(text), "J1100001003", "Injection, dexamethasone", "19820101", "");
    anweb(text, sizeof(text), "J1100002004", "sodium phosphate, 1 mg", "", "");
    anweb(text, sizeof(text), "A0021001003", "Ambulance", "19900101", "20240331");
    anweb(text, sizeof(text), "   JW001007", "Drug amount discarded", "20030101", "");
    loading_begin(&l, NULL);
    assert_int_equal(loading_add(&l, "HCPC2024_JUL_ANWEB_v3.txt", text), LOAD_TAKEN);
    loading_publish(&l);
    assert_string_equal(asked(l.tables, TABLE_HCPCS, "J1100", NULL, 20240701, "long"),
                        "Injection, dexamethasone sodium phosphate, 1 mg");
    assert_string_equal(asked(l.tables, TABLE_HCPCS, "J1100", NULL, 20240930, "pricing"), "51;57");
    assert_string_equal(asked(l.tables, TABLE_HCPCS, "J1100", NULL, 20241001, "pricing"),
                        "(no edition)");
    assert_string_equal(asked(l.tables, TABLE_HCPCS, "A0021", NULL, 20240701, "pricing"),
                        "(absent)");
    assert_string_equal(asked(l.tables, TABLE_MODIFIERS, "JW", NULL, 20240701, "coverage"), "D");
    loading_end(&l);
    refused("HCPC_ANWEB.txt", text, "year", "HCPC2026_JAN_ANWEB.txt");
    refused("HCPC2019_ANWEB.txt", text, "year", "long after the period");
    refused("HCPC2024_JUL_ANWEB.txt", with(text, "J1100002004", "J1101002004"), "layout",
            "line 4: expected a continuation");
    refused("HCPC2024_JUL_ANWEB.txt", with(text, "19820101", "19821301"), "layout",
            "line 3: expected days");
    refused("HCPC2024_JUL_ANWEB.txt", with(text, "20240331", "19890331"), "layout", "termination");
    refused("HCPC2024_JUL_ANWEB.txt", with(text, "A0021001003", "A0021x01003"), "layout", "line 5");
}

/* test_hcpcs_csv - long descriptions */
static void test_hcpcs_csv(void **state)
{
    static const char text[] =
        "Code,Description,last_updated\n   A1,Dressing for one wound,09-12-2025\n"
        "A0021,\"Ambulance, \"\"outside\"\" state\",09-12-2025\n";
    static const char name[] = "hcpcs_2025_oct_long_descriptions.csv";
    struct loading l;

    (void)state;
    loading_begin(&l, NULL);
    assert_int_equal(loading_add(&l, name, text), LOAD_TAKEN);
    loading_publish(&l);
    assert_string_equal(asked(l.tables, TABLE_HCPCS, "A0021", NULL, 20251231, "long"),
                        "Ambulance, \"outside\" state");
    assert_string_equal(asked(l.tables, TABLE_MODIFIERS, "A1", NULL, 20251001, "long"),
                        "Dressing for one wound");
    loading_end(&l);
    refused(name, with(text, "A0021,", "A021,"), "layout", "line 3");
    refused(name, with(text, "state\",09-12-2025", "state\",13-12-2025"), "layout", "line 3");
    refused(name, with(text, "Code,Description", "Description,Code"), "layout", "line");
    refused(name, with(text, "state\"", "state"), "layout", "line 3: a quoted cell");
}

static const char ptp[] = "notice\t\t\t\t\t\t\r\nColumn1/Column2 Edits\t\t\t\t\t\t\r\nColumn "
                          "1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\t"
                          "PTP Edit Rationale\r\n\t\tprior to 1996\tDate\tDate\t0=not "
                          "allowed\t\r\n\t\t\t\t*=no data\t1=allowed\t\r\n\t\t\t\t\t9=not "
                          "applicable\t\r\n93000\t93005\t\t20040101\t*\t0\tMore extensive "
                          "procedure\r\n93000\t93010\t*\t19960101\t20011231\t1\tMisuse\r\n";

/* test_ptp - quarters by version, parts, windows */
static void test_ptp(void **state)
{
    struct loading l;

    (void)state;
    loading_begin(&l, NULL);
    assert_int_equal(loading_add(&l, "ccipra-v322r0-f1.TXT", ptp), LOAD_TAKEN);
    assert_int_equal(
        loading_add(&l, "ccipra-v322r0-f2.TXT", with(ptp, "93000\t93005", "94000\t94005")),
        LOAD_TAKEN);
    loading_publish(&l);
    assert_int_equal(l.refused, 0);
    assert_string_equal(tables_edition(l.tables, TABLE_PTP_PRACTITIONER, 20260930)->edition,
                        "2026q3");
    assert_null(tables_edition(l.tables, TABLE_PTP_PRACTITIONER, 20261001));
    assert_string_equal(
        asked(l.tables, TABLE_PTP_PRACTITIONER, "93000", "93005", 20240101, "rationale"),
        "More extensive procedure");
    assert_string_equal(
        asked(l.tables, TABLE_PTP_PRACTITIONER, "94000", "94005", 20240101, "indicator"), "0");
    assert_string_equal(
        asked(l.tables, TABLE_PTP_PRACTITIONER, "93000", "93010", 20011231, "indicator"), "1");
    assert_string_equal(
        asked(l.tables, TABLE_PTP_PRACTITIONER, "93000", "93010", 20020101, "indicator"),
        "(absent)");
    loading_end(&l);
    loading_begin(&l, NULL);
    assert_int_equal(loading_add(&l, "ccioph-v323r0-f1.TXT", ptp), LOAD_TAKEN);
    assert_int_equal(
        loading_add(&l, "ccioph-v323r0-f3.TXT", with(ptp, "93000\t93005", "94000\t94005")),
        LOAD_TAKEN);
    loading_publish(&l);
    assert_int_equal(l.refused, 1);
    assert_string_equal(l.last.code, "parts");
    assert_null(tables_edition_at(l.tables, 0));
    loading_end(&l);
}

/* test_ptp_damaged - moved columns, wrong dates, names */
static void test_ptp_damaged(void **state)
{
    static const char name[] = "ccipra-v322r0-f1.TXT";
    const struct load_options kind = {
        .part = true, .kind = "ncci-ptp-hospital", .edition = "x", .from = 19960101};
    struct loading l;

    (void)state;
    refused(name, with(ptp, "Column 1\tColumn 2\t", "Column 2\tColumn 1\t"), "layout",
            "before it a header Column 1, Column 2");
    refused(name, with(ptp, "\t20040101\t*\t", "\t*\t20040101\t"), "layout",
            "line 7: expected an effective date");
    refused(name, with(ptp, "\t20011231\t1\t", "\t20011231\t2\t"), "layout",
            "line 8: expected a modifier indicator");
    refused(name, with(ptp, "19960101\t20011231", "20020101\t20011231"), "layout", "line 8");
    refused(name, with(ptp, "93000\t93005\t\t", "93000\t93005\t"), "layout", "line 7: expected");
    refused(name, with(ptp, "\t20040101", "\t20270101"), "year", "later than the period");
    refused("ccipra-v325r0-f1.TXT", ptp, "year", "322 = 2026");
    refused("pairs.TXT", ptp, "name", "ccipra");
    loading_begin(&l, &kind);
    assert_int_equal(loading_add(&l, "pairs.TXT", ptp), LOAD_TAKEN);
    loading_publish(&l);
    assert_string_equal(
        asked(l.tables, TABLE_PTP_HOSPITAL, "93000", "93005", 20260101, "indicator"), "0");
    loading_end(&l);
}

static const char mue[] = "\"Notice,\nof two lines.\",,,\r\n\"HCPCS/\nCPT Code\",Practitioner "
                          "Services MUE Values,MUE Adjudication "
                          "Indicator,MUE Rationale\r\n71046,2,3 Date of Service Edit: "
                          "Clinical,Clinical: Data\r\nA0021,0,1 Line "
                          "Edit,CMS Policy\r\n";

/* test_mue - value, indicator digit, quarter */
static void test_mue(void **state)
{
    static const char name[] = "MCR_MUE_PractitionerServices_Eff_10-01-2026.csv";
    struct loading l;

    (void)state;
    loading_begin(&l, NULL);
    assert_int_equal(loading_add(&l, name, mue), LOAD_TAKEN);
    assert_int_equal(
        loading_add(&l, "MCR_MUE_OutpatientHospitalServices_Eff_10-01-2026.csv",
                    with(mue, "Practitioner Services", "Outpatient Hospital Services")),
        LOAD_TAKEN);
    loading_publish(&l);
    assert_string_equal(asked(l.tables, TABLE_MUE_PRACTITIONER, "71046", NULL, 20261231, "value"),
                        "2");
    assert_string_equal(asked(l.tables, TABLE_MUE_PRACTITIONER, "A0021", NULL, 20261001, "mai"),
                        "1");
    assert_string_equal(asked(l.tables, TABLE_MUE_PRACTITIONER, "A0021", NULL, 20260930, "mai"),
                        "(no edition)");
    assert_string_equal(asked(l.tables, TABLE_MUE_HOSPITAL, "71046", NULL, 20261231, "rationale"),
                        "Clinical: Data");
    loading_end(&l);
    refused("MCR_MUE_PractitionerServices.csv", mue, "year", "Eff_MM-DD-YYYY");
    refused("MCR_MUE_PractitionerServices_Eff_10-02-2026.csv", mue, "year", "begin a quarter");
    refused(name, with(mue, "71046,2,", "71046,x,"), "layout", "line 5");
    refused(name, with(mue, ",3 Date", ",4 Date"), "layout",
            "line 5: expected an adjudication indicator");
    refused(
        name,
        with(mue, "MUE Values,MUE Adjudication Indicator", "MUE Adjudication Indicator,MUE Values"),
        "layout", "header");
}

static const char aoc[] =
    "notice\t\t\t\t\t\t\t\r\nAOC_Edit_Type\tAdd-On_Code\tAOC_DelDT\tPrimary_Code\tPrimary_Code_"
    "DelDT\t"
    "AOC_Edit_EffDT\tAOC_Edit_DelDT\tSpecial_Instruction_"
    "Notes\r\n1\t90472\t\t90471\t\t2013091\t\t\r\n"
    "2\tG0137\t\tCCCCC\t\t2024001\t\tContractor\r\n1\t99354\t\t99215\t\t2013091\t2023001\t\r\n";

/* test_aoc - dates by day of the year; valid before every deletion */
static void test_aoc(void **state)
{
    static const char fixed[] = "190472       90471       2013091                                  "
                                "                               \r\n"
                                "2G0137       CCCCC       2024001       Contractor                 "
                                "                               \r\n"
                                "199354       99215       20130912023001                           "
                                "                               \r\n";
    struct loading l, m;

    (void)state;
    loading_begin(&l, NULL);
    assert_int_equal(loading_add(&l, "AOC_V2026Q4-MCR.txt", aoc), LOAD_TAKEN);
    assert_int_equal(loading_add(&l, "AOC_V2026Q4-F-MCR.txt", fixed), LOAD_TAKEN);
    loading_publish(&l);
    assert_int_equal(l.refused, 0);
    assert_string_equal(asked(l.tables, TABLE_AOC, "90472", "90471", 20130401, "type"), "1");
    assert_string_equal(asked(l.tables, TABLE_AOC, "90472", "90471", 20130331, "type"), "(absent)");
    assert_string_equal(asked(l.tables, TABLE_AOC, "99354", "99215", 20221231, "type"), "1");
    assert_string_equal(asked(l.tables, TABLE_AOC, "99354", "99215", 20230101, "type"), "(absent)");
    loading_begin(&m, NULL);
    assert_int_equal(loading_add(&m, "AOC_V2026Q4-F-MCR.txt", fixed), LOAD_TAKEN);
    loading_publish(&m);
    assert_int_equal(tables_edition_at(m.tables, 0)->rows, tables_edition_at(l.tables, 0)->rows);
    loading_end(&l);
    loading_end(&m);
    refused("AOC_V2026Q4-MCR.txt", with(aoc, "2024001", "2024367"), "layout",
            "line 4: expected dates");
    refused("AOC_V2026Q4-MCR.txt", with(aoc, "2\tG0137", "4\tG0137"), "layout", "line 4");
    refused("AOC_V2023Q4-MCR.txt", aoc, "year", "later than the period");
    refused("AOC.txt", aoc, "year", "AOC_VyyyyQq");
}

/* test_mce - groups of rows from several files; the list of all codes wins */
static void test_mce(void **state)
{
    static const char flags[] = "# code\tvalid_from\tvalid_to\tflags  source: CMS Medicare Code "
                                "Editor 43.1\nA1814\t20151001\t20240930\tmale,adult\n"
                                "A1814\t20241001\t\tadult\n";
    static const char valid[] =
        "# code\tvalid_from\tvalid_to\tflags (comma separated)\nA000\t20151001\t20260930\t\n"
        "A1814\t20151001\t20240930\tmale,adult\nA1814\t20241001\t20260930\tadult\n";
    static const char ages[] =
        "# group\tfrom_age\tto_age\tvalid_from\tvalid_to\nMATERNITY\t12\t55\t19840301\t20190930\n"
        "MATERNITY\t9\t64\t20191001\t20260930\n";
    struct loading l;

    (void)state;
    loading_begin(&l, NULL);
    assert_int_equal(loading_add(&l, "icd10_dx_flags.tsv", flags), LOAD_TAKEN);
    assert_int_equal(loading_add(&l, "icd10_dx_valid.tsv", valid), LOAD_TAKEN);
    loading_publish(&l);
    assert_int_equal(l.refused, 0);
    assert_string_equal(asked(l.tables, TABLE_MCE, "LIST", "DX", 20260101, "flags"), "valid");
    assert_int_equal(loading_add(&l, "age_groups.tsv", ages), LOAD_TAKEN);
    loading_publish(&l);
    assert_int_equal(l.steps[PLAN_CHANGED], 1);
    assert_string_equal(tables_edition_at(l.tables, 0)->edition, "v43");
    assert_string_equal(asked(l.tables, TABLE_MCE, "DX", "A1814", 20240930, "flags"), "male,adult");
    assert_string_equal(asked(l.tables, TABLE_MCE, "DX", "A1814", 20260930, "flags"), "adult");
    assert_string_equal(asked(l.tables, TABLE_MCE, "DX", "A1814", 20261001, "flags"),
                        "(no edition)");
    assert_string_equal(asked(l.tables, TABLE_MCE, "AGE", "MATERNITY", 20190930, "to_age"), "55");
    assert_string_equal(asked(l.tables, TABLE_MCE, "AGE", "MATERNITY", 20191001, "from_age"), "9");
    loading_end(&l);
    refused("icd10_dx_flags.tsv", with(flags, "20240930", "20140930"), "layout", "line 2");
    refused("age_groups.tsv", with(ages, "12\t55", "55\t12"), "layout", "line 2");
}

/* test_cumulative - quarters become one edition of the later one's name; again changes nothing */
static void test_cumulative(void **state)
{
    struct loading l;

    (void)state;
    loading_begin(&l, NULL);
    loading_add(&l, "ccipra-v321r0-f1.TXT", ptp);
    loading_publish(&l);
    loading_add(&l, "ccipra-v322r0-f1.TXT", ptp);
    loading_publish(&l);
    assert_int_equal(l.steps[PLAN_REMOVED], 1);
    assert_int_equal(l.steps[PLAN_ADDED], 1);
    assert_string_equal(tables_edition_at(l.tables, 0)->edition, "2026q3");
    assert_null(tables_edition_at(l.tables, 1));
    loading_add(&l, "ccipra-v321r0-f1.TXT", ptp);
    loading_publish(&l);
    assert_int_equal(l.steps[PLAN_SAME], 1);
    assert_int_equal(l.refused, 0);
    loading_add(&l, "ccipra-v322r0-f1.TXT", ptp);
    loading_publish(&l);
    assert_int_equal(l.steps[PLAN_SAME], 1);
    assert_string_equal(tables_edition_at(l.tables, 0)->edition, "2026q3");
    loading_end(&l);
}

/* again - publishes an order file under other options */
static void again(struct loading *l, const char *name, int32_t from, int32_t to,
                  const char *edition)
{
    const struct load_options o = {.part = true, .from = from, .to = to, .edition = edition};

    table_loader_free(l->loader);
    l->loader = table_loader_new(&o);
    assert_int_equal(loading_add(l, name, order_cm), LOAD_TAKEN);
    loading_publish(l);
}

/* test_periods - a later edition ends the earlier one, and none lies inside another */
static void test_periods(void **state)
{
    struct loading l;

    (void)state;
    loading_begin(&l, NULL);
    again(&l, "icd10cm_order_2026.txt", 0, 0, NULL);
    again(&l, "icd10cm_order_2026.txt", 20260401, 0, "2026-04");
    assert_int_equal(l.steps[PLAN_CHANGED], 2);
    assert_string_equal(tables_edition(l.tables, TABLE_ICD10CM, 20260331)->edition, "2026");
    assert_string_equal(tables_edition(l.tables, TABLE_ICD10CM, 20260401)->edition, "2026-04");
    assert_string_equal(tables_edition(l.tables, TABLE_ICD10CM, 20260930)->edition, "2026-04");
    again(&l, "icd10cm_order_2026.txt", 20251115, 20251130, "inside");
    assert_int_equal(l.refused, 2);
    assert_string_equal(l.last.code, "overlap");
    again(&l, "icd10cm_order_2026.txt", 20251001, 20260930, "same-day");
    assert_int_equal(l.refused, 2);
    again(&l, "icd10cm_order_2025.txt", 0, 0, NULL);
    assert_string_equal(tables_edition(l.tables, TABLE_ICD10CM, 20250930)->edition, "2025");
    loading_end(&l);
}

/* test_seed_gives_way - official editions push seed ones out, never the other way */
static void test_seed_gives_way(void **state)
{
    struct loading l;

    (void)state;
    loading_begin(&l, NULL);
    again(&l, "icd10cm_order_2026_seed.txt", 0, 0, NULL);
    assert_string_equal(tables_edition_at(l.tables, 0)->edition, "2026-seed");
    again(&l, "icd10cm_order_2026.txt", 0, 0, NULL);
    assert_int_equal(l.steps[PLAN_REMOVED], 2);
    assert_string_equal(tables_edition_at(l.tables, 0)->edition, "2026");
    again(&l, "icd10cm_order_2026_seed.txt", 0, 0, NULL);
    assert_int_equal(l.refused, 0);
    assert_int_equal(l.steps[PLAN_OLDER], 2);
    assert_string_equal(tables_edition_at(l.tables, 0)->edition, "2026");
    loading_end(&l);
}

/* test_ignored - known files of no use, and unknown ones */
static void test_ignored(void **state)
{
    struct loading l;

    (void)state;
    loading_begin(&l, NULL);
    assert_int_equal(loading_add(&l, "icd10cm_order_addenda_2026.txt",
                                 "Delete:      1 B880    Other acariasis\r\n"),
                     LOAD_IGNORED);
    assert_int_equal(loading_add(&l, "icd10cm_codes_2026.txt", "A000    Cholera\r\n"),
                     LOAD_IGNORED);
    assert_int_equal(loading_add(&l, "icd10OrderFiles.pdf", "%PDF-1.7"), LOAD_IGNORED);
    assert_int_equal(loading_add(&l, "README.txt", "x"), LOAD_IGNORED);
    assert_int_equal(loading_add(&l, "a.zip/whatever.txt", "x"), LOAD_IGNORED);
    assert_int_equal(loading_add(&l, "whatever.txt", "x"), LOAD_REFUSED);
    assert_int_equal(loading_bytes(&l, "nothing", NULL, 0), LOAD_REFUSED);
    loading_end(&l);
}

/* main - all of them */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order_cm), cmocka_unit_test(test_order_damaged),
        cmocka_unit_test(test_bounds),   cmocka_unit_test(test_options),
        cmocka_unit_test(test_pcs),      cmocka_unit_test(test_poa),
        cmocka_unit_test(test_anweb),    cmocka_unit_test(test_hcpcs_csv),
        cmocka_unit_test(test_ptp),      cmocka_unit_test(test_ptp_damaged),
        cmocka_unit_test(test_mue),      cmocka_unit_test(test_aoc),
        cmocka_unit_test(test_mce),      cmocka_unit_test(test_cumulative),
        cmocka_unit_test(test_periods),  cmocka_unit_test(test_seed_gives_way),
        cmocka_unit_test(test_ignored),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
