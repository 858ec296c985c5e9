/* tables_bad_rows_test.c - rows of codes at their boundaries, a table of cases for each layout:
 * what must be said of a file that is none of it, and what comes of one that only just is: order
 * files, POA, HCPCS, NCCI, the Medicare code editor, the grouper's definitions */
#include "tests/support/loading.h"
#include "tests/support/test.h"

#include <stdio.h>

#define N(a) (sizeof(a) / sizeof((a)[0]))

/* A short description is 60 columns from 17, the long one begins in 78. */
#define SHORT_60 "Short                                                       "
#define ORDER(head) head " " SHORT_60 " Long title\r\n"

/* test_order - columns, blanks, codes, the year */
static void test_order(void **state)
{
    static const char cm[] = "icd10cm_order_2026.txt", pcs[] = "icd10pcs_order_2026.txt";
    static const struct bad_file bad[] = {
        {cm, "0000A E11     0" SHORT_60 "\r\n", "layout", "line 1: expected order number"},
        {cm, ORDER("00001XE11     0"), "layout", "line 1: expected order number"},
        {cm, ORDER("00001  E11    0"), "layout", "line 1: expected order number"},
        {cm, ORDER("00001 E11    X0"), "layout", "line 1: expected order number"},
        {cm, ORDER("00001 E11     2"), "layout", "line 1: expected order number"},
        {cm, ORDER("00001 E11     0X"), "layout", "line 1: expected order number"},
        {cm, ORDER("00001 E1      0"), "layout", "line 1: expected order number"},
        {cm, "\r\n" ORDER("00001 E1-19   1"), "layout", "line 2: expected a code in columns 7-13"},
        {cm, ORDER("00001 E11     0") ORDER("00002 1E1     0"), "layout",
         "line 2: expected a code"},
        {cm, "00001 E11     0 Short\r\n", "layout", "line 1: expected descriptions in columns"},
        {cm, "00001 E11     0 " SHORT_60 "Long title\r\n", "layout", "with a blank in 77"},
        {cm,
         "00001 E11     0                                                              Long\r\n",
         "layout", "line 1: expected descriptions"},
        {pcs, ORDER("00001 0DTJ4ZI 1"), "layout", "line 1: expected a code in columns 7-13"},
        {pcs, ORDER("00001 0DTJ4Z  1"), "layout", "line 1: expected a PCS code of seven"},
        {"icd10cm_order_1826.txt", ORDER("00001 E11     0"), "year", "the fiscal year in the name"},
        {"icd10cm_order_20260.txt", ORDER("00001 E11     0"), "year",
         "the fiscal year in the name"},
        {"order_2026.txt", ORDER("00001 -11     0"), "layout",
         "line 1: expected a code in columns"},
        {cm, "\r\n\r\n", "layout", "line 1: expected order number"},
    };
    static const struct good_file good[] = {
        {cm, "\r\n" ORDER("00001 E11     0") "\r\n", TABLE_ICD10CM, "E11", NULL, 20260101,
         "billable", "N"},
        {"icd10cm_order_1999.txt", ORDER("00001 E119    1"), TABLE_ICD10CM, "E119", NULL, 19990101,
         "billable", "Y"},
        /* the name does not say which: only PCS has a digit first, only CM has four to six */
        {"order_2026.txt", ORDER("00001 0DT     0"), TABLE_ICD10PCS, "0DT", NULL, 20260101,
         "billable", "N"},
        {"order_2026.txt", ORDER("00001 E11     0") ORDER("00002 E119    1"), TABLE_ICD10CM, "E119",
         NULL, 20260101, "billable", "Y"},
        {"order_2026.txt", ORDER("00001 B20     1"), TABLE_ICD10CM, "B20", NULL, 20260101,
         "billable", "Y"},
        {"order_2026.txt", ORDER("00001 T36     0") ORDER("00002 T360X1A 1"), TABLE_ICD10CM,
         "T360X1A", NULL, 20260101, "billable", "Y"},
        {"order_2026.txt", ORDER("00001 E11     0") ORDER("00002 0DT     0"), TABLE_ICD10PCS, "0DT",
         NULL, 20260101, "billable", "N"},
        /* a title of nothing but words that do not count is not found by them */
        {cm, "00001 B20     1 " SHORT_60 " of the (x)\r\n", TABLE_ICD10CM, "B20", NULL, 20260101,
         "long", "of the (x)"},
    };

    (void)state;
    refused_each(NULL, bad, N(bad));
    taken_each(good, N(good));
}

/* test_order_long - hundreds of codes of three characters, which may be either system's: they are
 * taken for diagnoses */
static void test_order_long(void **state)
{
    static char text[50000];
    struct good_file f = {"order_2026.txt", text, TABLE_ICD10CM, "E99", NULL, 20260101,
                          "billable",       "N"};

    (void)state;
    for (int i = 0; i < 500; i++)
        snprintf(text + strlen(text), sizeof(text) - strlen(text), "%05d %c%02d     0 %s %s\r\n",
                 i + 1, 'A' + i / 100, i % 100, SHORT_60, "x");
    taken_each(&f, 1);
}

#define POA "Order26\tPOAexemptCode\tDescription\r\n"

/* test_poa - header, year, cells */
static void test_poa(void **state)
{
    static const char name[] = "POAexemptCodesFY26.txt";
    static const struct bad_file bad[] = {
        {name, POA "0123\tB90.0\tx\r\n", "layout", "line 2: expected order number, dotted code"},
        {name, POA "\r\n01238\tB90.000000\tx\r\n", "layout", "line 3: expected order number"},
        {name, POA "01238\tB9{.0\tx\r\n", "layout", "line 2: expected order number"},
        {name, POA "01238\t190.0\tx\r\n", "layout", "line 2: expected order number"},
        {name, POA "01238\tB90.0\r\n", "layout", "line 2: expected order number"},
        {name, "Order26\tPOAexemptCode\tText\r\n01238\tB90.0\tx\r\n", "layout", "line 1: expected"},
        {name, "Code26\tPOAexemptCode\tDescription\r\n", "layout", "line 1: expected"},
        {name, "Order\tPOAexemptCode\tDescription\r\n01238\tB90.0\tx\r\n", "layout",
         "line 1: expected a header OrderYY"},
        {name, "Order2026\tPOAexemptCode\tDescription\r\n01238\tB90.0\tx\r\n", "layout",
         "line 1: expected a header OrderYY"},
        {"POAexemptCodesFY2025.txt", POA "01238\tB90.0\tx\r\n", "year", "the name says FY25"},
    };
    static const struct good_file good[] = {
        {"POAexemptCodes.txt", POA "01238\tb90.0\t\"x\r\n", TABLE_POA_EXEMPT, "B900", NULL,
         20260101, "description", "\"x"},
        {"POAexemptCodesFYx.txt", POA "01238\tB90.0\tx\"\r\n", TABLE_POA_EXEMPT, "B900", NULL,
         20260101, "description", "x\""},
        {"POAexemptCodesFY2026.txt", POA "01238\tB90.0\t\"\"\r\n", TABLE_POA_EXEMPT, "B900", NULL,
         20260101, "description", ""},
        {name, POA "01238\tB90.0\t\"\r\n", TABLE_POA_EXEMPT, "B900", NULL, 20260101, "description",
         "\""},
    };

    (void)state;
    refused_each(NULL, bad, N(bad));
    taken_each(good, N(good));
}

#define PTP                                                                                        \
    "notice\r\nColumn 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\tRationale\r\n"
#define PTP_ROW "93000\t93005\t\t20040101\t*\t0\tx\r\n"

/* test_ptp - a preamble that ends, seven fields, windows, versions */
static void test_ptp(void **state)
{
    static const char name[] = "ccipra-v322r0-f1.TXT";
    static const struct bad_file bad[] = {
        {name, PTP "93000\t93005\t\t20040101\t*\t0\r\n", "layout", "line 3: expected seven TAB"},
        {name, PTP "93000\t93005\t\t20040101\t*\t0\tx\ty\r\n", "layout", "line 3: expected seven"},
        {name, PTP PTP_ROW "9300\t93005\t\t20040101\t*\t0\tx\r\n", "layout",
         "line 4: expected seven TAB-separated fields"},
        {name, PTP "93000\t9300x\t\t20040101\t*\t0\tx\r\n", "layout", "line 3: expected seven"},
        {name, PTP "93000\t93005\t\t\t*\t0\tx\r\n", "layout", "line 3: expected an effective date"},
        {name, PTP "93000\t93005\t\t20040101\t\t0\tx\r\n", "layout", "a deletion date not before"},
        {name, PTP "93000\t93005\t\t20040101\t20031231\t0\tx\r\n", "layout", "not before it, or *"},
        {name, PTP "93000\t93005\t\t20040101\t*\t\tx\r\n", "layout", "a modifier indicator 0, 1"},
        {name, PTP "93000\t93005\t\t20040101\t*\t2\tx\r\n", "layout", "a modifier indicator 0, 1"},
        {name, "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n" PTP PTP_ROW, "layout",
         "line 13: expected before it a header Column 1"},
        {name, "Column 1\tColumn 2\t*=in existence\tDeletion\tEffective\r\n" PTP_ROW, "layout",
         "line 2: expected before it a header Column 1"},
        {name, "notice\r\n" PTP_ROW, "layout", "line 2: expected before it a header Column 1"},
        {"ccipra-v199r0.TXT", PTP PTP_ROW, "year", "expected a version as in ccipra-v322r0-f1"},
        {"ccipra-v019r0.TXT", PTP PTP_ROW, "year", "expected a version as in ccipra-v322r0-f1"},
        {"ccipra-v324r0.TXT", PTP PTP_ROW, "year", "expected a version as in ccipra-v322r0-f1"},
        {"ccipra-v3220.TXT", PTP PTP_ROW, "year", "expected a version as in ccipra-v322r0-f1"},
        {"ccipra.TXT", PTP PTP_ROW, "year", "expected a version as in ccipra-v322r0-f1"},
    };
    static const struct good_file good[] = {
        {"ccipra-v322r0.TXT", PTP "\r\n\tgoes on\r\n" PTP_ROW "\r\n", TABLE_PTP_PRACTITIONER,
         "93000", "93005", 20260930, "indicator", "0"},
        {"ccipra-v322r0-f1_2026.TXT", PTP PTP_ROW, TABLE_PTP_PRACTITIONER, "93000", "93005",
         20040101, "indicator", "0"},
        {"ccioph-v322r0-fx.TXT", PTP PTP_ROW, TABLE_PTP_HOSPITAL, "93000", "93005", 20040101,
         "indicator", "0"},
        {"ccioph-v322r0-f0.TXT", PTP PTP_ROW, TABLE_PTP_HOSPITAL, "93000", "93005", 20040101,
         "indicator", "0"},
        {"ccioph-v322r0-f12.TXT", PTP PTP_ROW, TABLE_PTP_HOSPITAL, "93000", "93005", 20040101,
         "indicator", "0"},
    };

    (void)state;
    refused_each(NULL, bad, N(bad));
    taken_each(good, N(good));
}

#define MUE "Code,DME Supplier Services MUE Values,MUE Adjudication Indicator,MUE Rationale\r\n"

/* test_mue - four cells, whole values, indicator digits, the quarter in the name */
static void test_mue(void **state)
{
    static const char name[] = "MCR_MUE_DMESupplierServices_Eff_07-01-2026.csv";
    static const struct bad_file bad[] = {
        {name, MUE "A0021,0,3 Date of Service Edit\r\n", "layout", "line 2: expected four cells"},
        {name, MUE "A0021,0,3 Date of Service Edit,x,y\r\n", "layout", "line 2: expected four"},
        {name, MUE "A002,0,3 Date of Service Edit,x\r\n", "layout", "line 2: expected four cells"},
        {name, MUE "A0021,-1,3 Date of Service Edit,x\r\n", "layout", "line 2: expected four"},
        {name, MUE "A0021,1234567890,3 Date,x\r\n", "layout", "line 2: expected four cells"},
        {name, MUE "A0021,,3 Date of Service Edit,x\r\n", "layout", "line 2: expected four cells"},
        {name, MUE "A0021,0,,x\r\n", "layout", "line 2: expected an adjudication indicator"},
        {name, MUE "A0021,0,0 Date,x\r\n", "layout", "line 2: expected an adjudication indicator"},
        {name, MUE "A0021,0,12,x\r\n", "layout", "line 2: expected an adjudication indicator"},
        {name, MUE "A0021,0,\"1\r\n", "layout", "line 2: a quoted cell does not end"},
        {name, "notice\r\n", "layout", "before it a header with MUE Values"},
        {name, "Code,DME Supplier Services MUE Values\r\nMUE Adjudication Indicator\r\n", "layout",
         "before it a header with MUE Values"},
        {name, "Code,DME Supplier Services MUE Values,Indicator,MUE Adjudication Indicator\r\n",
         "layout", "before it a header with MUE Values"},
        {"MCR_MUE_DME_Eff_7-1-2026.csv", MUE "A0021,0,1,x\r\n", "year", "a name with Eff_MM-DD"},
        {"MCR_MUE_DME_Eff_07.01.2026.csv", MUE "A0021,0,1,x\r\n", "year", "a name with Eff_MM-DD"},
        {"MCR_MUE_DME_Eff_07-01.2026.csv", MUE "A0021,0,1,x\r\n", "year", "a name with Eff_MM-DD"},
        {"MCR_MUE_DME_Eff_.csv", MUE "A0021,0,1,x\r\n", "year", "a name with Eff_MM-DD-YYYY"},
        {"MCR_MUE_DME_Eff_13-01-2026.csv", MUE "A0021,0,1,x\r\n", "year", "a name with Eff_MM-DD"},
    };
    static const struct good_file good[] = {
        {name, MUE "A0021,0,1,x\r\n", TABLE_MUE_DME, "A0021", NULL, 20260930, "value", "0"},
    };

    (void)state;
    refused_each(NULL, bad, N(bad));
    taken_each(good, N(good));
}

/* test_mue_long_row - a single cell longer than all before it, where four are due: what the row
 * before left must not be looked at */
static void test_mue_long_row(void **state)
{
    static char text[20000];
    static const char head[] = MUE "A0021,0,1,x\r\n";

    (void)state;
    memset(text, 'A', sizeof(text) - 1);
    memcpy(text, head, sizeof(head) - 1);
    text[sizeof(text) - 2] = '\n';
    refused("MCR_MUE_DMESupplierServices_Eff_07-01-2026.csv", text, "layout",
            "line 3: expected four cells");
}

#define AOC                                                                                        \
    "notice\r\nAOC_Edit_Type\tAdd-On_Code\tAOC_DelDT\tPrimary_Code\tPrimary_Code_DelDT\t"          \
    "AOC_Edit_EffDT\tAOC_Edit_DelDT\tSpecial_Instruction_Notes\r\n"
#define AOC_ROW "1\t90472\t\t90471\t\t2013091\t\t\r\n"

/* test_aoc - eight fields, days of the year, the quarter in the name; the same in fixed columns */
static void test_aoc(void **state)
{
    static const char name[] = "AOC_V2026Q4-MCR.txt";
    static const struct bad_file bad[] = {
        {name, AOC "1\t90472\t\t90471\t\t2013091\t\r\n", "layout", "line 3: expected eight TAB"},
        {name, AOC "1\t90472\t\t90471\t\t2013091\t\t\t\r\n", "layout", "line 3: expected eight"},
        {name, AOC "11\t90472\t\t90471\t\t2013091\t\t\r\n", "layout", "line 3: expected eight"},
        {name, AOC "0\t90472\t\t90471\t\t2013091\t\t\r\n", "layout", "line 3: expected eight"},
        {name, AOC "1\t9047\t\t90471\t\t2013091\t\t\r\n", "layout", "line 3: expected eight"},
        {name, AOC "1\t90472\t\t9047\t\t2013091\t\t\r\n", "layout", "line 3: expected eight"},
        {name, AOC "\r\n1\t90472\t\t90471\t\t\t\t\r\n", "layout", "line 4: expected dates YYYYDDD"},
        {name, AOC "1\t90472\t\t90471\t\t201391\t\t\r\n", "layout", "line 3: expected dates"},
        {name, AOC "1\t90472\t\t90471\t\t0000000\t\t\r\n", "layout", "line 3: expected dates"},
        {name, AOC "1\t90472\t\t90471\t\t2013000\t\t\r\n", "layout", "line 3: expected dates"},
        {name, AOC "1\t90472\t\t90471\t\t2013366\t\t\r\n", "layout", "line 3: expected dates"},
        {name, AOC "1\t90472\tx\t90471\t\t2013091\t\t\r\n", "layout", "line 3: expected dates"},
        {name, AOC, "count", "no row: expected eight"},
        {name, "notice\r\n", "layout", "line 2: expected the header AOC_Edit_Type"},
        {name, "1C527-       C5271       2024001                    \r\n", "layout", "the header"},
        {name, "1C5272       C527-       2024001                    \r\n", "layout", "the header"},
        {name, "4C5272       C5271       2024001                    \r\n", "layout", "the header"},
        {name, "1C5272       C5271       202400                     \r\n", "layout", "the header"},
        {"AOC_V26Q4.txt", AOC AOC_ROW, "year", "expected a name AOC_VyyyyQq"},
        {"AOC_V1999Q4.txt", AOC AOC_ROW, "year", "expected a name AOC_VyyyyQq"},
        {"AOC_V2026X4.txt", AOC AOC_ROW, "year", "expected a name AOC_VyyyyQq"},
        {"AOC_V2026Q0.txt", AOC AOC_ROW, "year", "expected a name AOC_VyyyyQq"},
        {"AOC_V2026Q5.txt", AOC AOC_ROW, "year", "expected a name AOC_VyyyyQq"},
    };
    static const struct good_file good[] = {
        {"aoc_v2026q4.txt", AOC AOC_ROW, TABLE_AOC, "90472", "90471", 20261231, "type", "1"},
        /* the first of several deletions ends it */
        {name, AOC "1\t90472\t2020001\t90471\t2021001\t2013091\t2019001\t\r\n", TABLE_AOC, "90472",
         "90471", 20181231, "type", "1"},
        {name, AOC "1\t90472\t2020001\t90471\t2021001\t2013091\t2019001\t\r\n", TABLE_AOC, "90472",
         "90471", 20190101, "type", "(absent)"},
        /* deleted on its first day: it never held */
        {name, AOC AOC_ROW "1\t90474\t\t90473\t\t2013091\t2013091\t\r\n", TABLE_AOC, "90474",
         "90473", 20130401, "type", "(absent)"},
        {"AOC_V2026Q4-F.txt", "1C5272       C5271       2024001                    \r\n\r\n",
         TABLE_AOC, "C5272", "C5271", 20240101, "type", "1"},
    };

    (void)state;
    refused_each(NULL, bad, N(bad));
    taken_each(good, N(good));
}

#define MCE_CODES "# code\tvalid_from\tvalid_to\tflags\n"
#define MCE_AGES "# group\tfrom_age\tto_age\tvalid_from\tvalid_to\n"
#define MCE_STATUS "# status\tvalid_from\tvalid_to\n"

/* test_mce - codes, ages, statuses and their windows */
static void test_mce(void **state)
{
    static const struct bad_file bad[] = {
        {"icd10_dx_1.tsv", MCE_CODES "A0\t20151001\t\t\n", "layout",
         "line 2: expected code, valid"},
        {"icd10_dx_1.tsv", MCE_CODES "A0000000\t20151001\t\t\n", "layout", "line 2: expected code"},
        {"icd10_dx_1.tsv", MCE_CODES "A00.0\t20151001\t\t\n", "layout", "line 2: expected code"},
        {"icd10_dx_1.tsv", MCE_CODES "\n#\nA000\t2015\t\t\n", "layout", "line 4: expected code"},
        {"icd10_dx_1.tsv", MCE_CODES "A000\t20151001\t2026\t\n", "layout", "line 2: expected code"},
        {"icd10_dx_1.tsv", MCE_CODES "A000\t20151001\t\n", "layout", "line 2: expected code"},
        {"icd10_dx_1.tsv", MCE_CODES "A000\t20151001\t20150930\t\n", "layout",
         "line 2: expected a window that does not end before it begins"},
        {"icd10_dx_1.tsv", MCE_CODES "A000\t20151001\t\t\t\n", "layout", "and four fields"},
        {"ages.tsv", MCE_AGES "\t15\t124\t20151001\t\n", "layout", "line 2: expected group, from"},
        {"ages.tsv", MCE_AGES "A B\t15\t124\t20151001\t\n", "layout", "line 2: expected group"},
        {"ages.tsv", MCE_AGES "ADULT\tx\t124\t20151001\t\n", "layout", "line 2: expected group"},
        {"ages.tsv", MCE_AGES "ADULT\t15\t14\t20151001\t\n", "layout", "line 2: expected group"},
        {"ages.tsv", MCE_AGES "\n#\nADULT\t15\t15\t2015\t\n", "layout", "line 4: expected group"},
        {"ages.tsv", MCE_AGES "ADULT\t15\t15\t20151001\tx\n", "layout", "line 2: expected group"},
        {"s.tsv", MCE_STATUS "\t20151001\t\n", "layout", "line 2: expected status, valid_from"},
        {"s.tsv", MCE_STATUS "001\t20151001\t\n", "layout", "line 2: expected status"},
        {"s.tsv", MCE_STATUS "A1\t20151001\t\n", "layout", "line 2: expected status"},
        {"s.tsv", MCE_STATUS "\n#\n01\t2015\t\n", "layout", "line 4: expected status"},
        {"s.tsv", MCE_STATUS "01\t20151001\tx\n", "layout", "line 2: expected status"},
        {"icd10_px_1.tsv", "code\tvalid_from\n", "layout", "line 1: expected code, valid_from"},
    };
    static const struct good_file good[] = {
        {"icd10_px_1.tsv", MCE_CODES "0DTJ4ZZ\t20151001\t20260930\t\n", TABLE_MCE, "PX", "0DTJ4ZZ",
         20260930, "flags", ""},
        /* procedures are told by the name and the form of the first code */
        {"icd10_px_1.tsv", MCE_CODES "A000\t20151001\t20260930\t\n", TABLE_MCE, "DX", "A000",
         20260930, "flags", ""},
        {"icd10_1.tsv", MCE_CODES "S0101XA\t20151001\t20260930\t\n", TABLE_MCE, "DX", "S0101XA",
         20260930, "flags", ""},
        {"ages.tsv", MCE_AGES "ADULT\t15\t15\t20151001\t20260930\n", TABLE_MCE, "AGE", "ADULT",
         20260930, "to_age", "15"},
        {"s.tsv", MCE_STATUS "1\t20151001\t\n", TABLE_MCE, "STATUS", "01", 20300101, "flags", ""},
        {"s.tsv", MCE_STATUS "1\t20151001\t20260930\n", TABLE_MCE, "STATUS", "01", 20260930,
         "flags", ""},
    };

    (void)state;
    refused_each(NULL, bad, N(bad));
    taken_each(good, N(good));
}

/* test_mce_no_code - a list of codes in which there is none */
static void test_mce_no_code(void **state)
{
    (void)state;
    refused("icd10_dx_1.tsv", MCE_CODES, "count", "no row: expected code, valid_from");
}

#define GROUPER_DX                                                                                 \
    "# code\tmdc\tmdc_male\tmdc_female\tseverity\texclusion_collection\tattributes\t"              \
    "category_attributes\thac_attributes\thac_numbers\n"

/* test_grouper - names of versions, cells of each kind */
static void test_grouper(void **state)
{
    static const struct bad_file bad[] = {
        {"v431/dx.tsv", GROUPER_DX "I5\t5\t\t\tCC\t1\t\t\t\t\n", "layout", "line 2: expected diag"},
        {"v431/dx.tsv", GROUPER_DX "I5020000\t5\t\t\tCC\t1\t\t\t\t\n", "layout",
         "line 2: expected"},
        {"v431/dx.tsv", GROUPER_DX "I5020\t1234567\t\t\tCC\t1\t\t\t\t\n", "layout", "line 2"},
        {"v431/dx.tsv", GROUPER_DX "\n# x\nI5020\t5\t\t\tCC;\t1\t\t\t\t\n", "layout", "line 4"},
        {"v431/dx.tsv", GROUPER_DX "I5020\t5\t\t\n", "layout", "line 2: expected diagnosis, three"},
        {"v431/px.tsv", "# code\tattributes\nZ@001\tx\n", "layout", "line 2: expected procedure"},
        {"v431/px.tsv", "# code\tattributes\nZ#0001\tx\n", "layout", "line 2: expected procedure"},
        {"v431/px.tsv", "# code\tattributes\nX@0001\tx\n", "layout", "line 2: expected procedure"},
        {"v431/px.tsv", "# code\tattributes\nZ@00x1\tx\n", "layout", "line 2: expected procedure"},
        {"v431/ex.tsv", "# collection\texcluded\n\tI5020\n", "layout",
         "line 2: expected number of"},
        {"v431/ex.tsv", "# collection\texcluded\n123456789012345678901\tI5020\n", "layout",
         "line 2: expected number of a collection"},
        {"v4a/dx.tsv", GROUPER_DX, "year", "no version in the name of folder or file"},
        {"v43a/dx.tsv", GROUPER_DX, "year", "no version in the name of folder or file"},
        {"43.1/dx.tsv", GROUPER_DX, "year", "no version in the name of folder or file"},
        {"V43.1b/dx.tsv", GROUPER_DX, "year", "no version in the name of folder or file"},
        {"Av43.1/dx.tsv", GROUPER_DX, "year", "no version in the name of folder or file"},
        {"Zv43.1/dx.tsv", GROUPER_DX, "year", "no version in the name of folder or file"},
        {"v/v4/v./dx.tsv", GROUPER_DX, "year", "no version in the name of folder or file"},
        {"9v43.1/dx.tsv", GROUPER_DX, "year", "no version in the name of folder or file"},
    };
    static const struct bad_file none[] = {
        {"v431/x.tsv", "# nothing\n", "layout", "line 1: expected one of the seven"},
        {"v431/x.tsv", "", "layout", "line 1: expected one of the seven"},
    };
    static const struct load_options whole = {0};
    struct loading l;

    (void)state;
    refused_each(NULL, bad, N(bad));
    refused_each("msdrg", none, N(none));
    loading_begin(&l, &whole);
    assert_int_equal(loading_add(&l, "v431/px.tsv", "# code\tattributes\n0DTJ4ZZ\tappendec\n"),
                     LOAD_REFUSED);
    assert_string_equal(l.last.text, "1 rows where a full file has 70000 or more");
    loading_end(&l);
}

/* main - all of them */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),       cmocka_unit_test(test_order_long),
        cmocka_unit_test(test_poa),         cmocka_unit_test(test_ptp),
        cmocka_unit_test(test_mue),         cmocka_unit_test(test_mue_long_row),
        cmocka_unit_test(test_aoc),         cmocka_unit_test(test_mce),
        cmocka_unit_test(test_mce_no_code), cmocka_unit_test(test_grouper),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
