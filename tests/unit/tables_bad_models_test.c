/* tables_bad_models_test.c - weights and risk models at their boundaries: what must be said of a
 * file that is none of its layout, and what comes of one that only just is; files beside the data,
 * that are passed over */
#include "tests/support/loading.h"
#include "tests/support/test.h"

#include <stdio.h>

#define N(a) (sizeof(a) / sizeof((a)[0]))

#define TABLE_5                                                                                    \
    "TABLE 5. WEIGHTS, FY 2026\r\nMS-DRG\tPost\tSpecial\tMDC\tTYPE\tTitle\tU\tW\tG\tA\r\n"

/* test_weights - ten cells, types, Yes and No, numbers */
static void test_weights(void **state)
{
    static const char name[] = "Table 5.txt";
    static const struct bad_file bad[] = {
        {name, TABLE_5 "194\tYes\tNo\t04\tMED\tx\t0.8\t0.8\t2.6\r\n", "layout",
         "line 3: expected ten"},
        {name, TABLE_5 "194\tYes\tNo\t04\tMED\tx\t0.8\t0.8\t2.6\t3.2\tx\r\n", "layout", "line 3"},
        {name, TABLE_5 "19\tYes\tNo\t04\tMED\tx\t0.8\t0.8\t2.6\t3.2\r\n", "layout",
         "line 3: expect"},
        {name, TABLE_5 "194\tYes\tNo\t04\tmed\tx\t0.8\t0.8\t2.6\t3.2\r\n", "layout",
         "line 3: expect"},
        {name, TABLE_5 "194\tY\tNo\t04\tMED\tx\t0.8\t0.8\t2.6\t3.2\r\n", "layout",
         "Yes or No twice"},
        {name, TABLE_5 "194\tYes\tN\t04\tMED\tx\t0.8\t0.8\t2.6\t3.2\r\n", "layout",
         "Yes or No twice"},
        {name, TABLE_5 "194\tYes\tNo\t04\tMED\tx\t0.80001\t0.8\t2.6\t3.2\r\n", "layout",
         "Yes or No"},
        {name, TABLE_5 "194\tYes\tNo\t04\tMED\tx\t0.8\tx\t2.6\t3.2\r\n", "layout",
         "Yes or No twice"},
        {name, TABLE_5 "194\tYes\tNo\t04\tMED\tx\t0.8\t0.8\t2.61\t3.2\r\n", "layout", "Yes or No"},
        {name, TABLE_5 "194\tYes\tNo\t04\tMED\tx\t0.8\t0.8\t2.6\t3.22\r\n", "layout",
         "days of one"},
        {name, "TABLE 5 FY 2026\r\nDRG\tMS-DRG\r\n", "layout",
         "line 2: expected before it a header"},
        {name, "TABLE 5 FY 2026\r\nMS-DRG\r\nx\t\r\n", "layout",
         "line 3: expected before it a header"},
        {name, "TABLE 5 FY 20x6, MS-DRG\tx\r\n", "year", "expected the fiscal year in the title"},
        {name, "TABLE 5, MS-DRG\tx FY 202", "year", "expected the fiscal year in the title"},
        {name, "FY 2026\r\n", "layout", "before it a header that begins with MS-DRG"},
        {name, "TABLE 5 FY 2026\r\n", "layout", "before it a header that begins with MS-DRG"},
        {name, "TABLE 5 FY 2026 MS-DRG\r\n", "layout",
         "before it a header that begins with MS-DRG"},
    };
    static const struct good_file good[] = {
        {name,
         TABLE_5 "\"194\"\tYES\tNO\t04\tSURG\t\"x\t0.8\t0.8\t2.6\t3.2\t \r\n\r\nnote\r\nx\t\t\r\n",
         TABLE_DRG_WEIGHTS, "194", NULL, 20260101, "weight_ten_thousandths", "8000"},
        {name, TABLE_5 "999\tNo\tNo\t\t**\tx\"\t.\tN/A\t\t.\r\n", TABLE_DRG_WEIGHTS, "999", NULL,
         20260101, "weight_ten_thousandths", ""},
        {name, "TABLE 5 FY 2026 MS-DRG\r\nMSDRG\tx\r\n194\tYes\tNo\t04\tMED\tx\t.8\t.8\t2\t3\r\n",
         TABLE_DRG_WEIGHTS, "194", NULL, 20260101, "mdc", "04"},
    };

    (void)state;
    refused_each(NULL, bad, N(bad));
    taken_each(good, N(good));
}

#define HCC_DX "diagnosis_code,cc,model_name\n"
#define HCC_PARENT "cc_parent,cc_child,model_domain,model_version,model_fullname\n"
#define HCC_VALUE "coefficient,value,model_domain,model_version\n"

/* test_hcc - the four lists of the model software */
static void test_hcc(void **state)
{
    static const struct bad_file bad[] = {
        {"ra_dx_to_cc_2026.csv", HCC_DX "E1,38,x\n", "layout",
         "line 2: expected a diagnosis, a cat"},
        {"ra_dx_to_cc_2026.csv", HCC_DX "E1190000,38,x\n", "layout",
         "line 2: expected a diagnosis"},
        {"ra_dx_to_cc_2026.csv", HCC_DX "E11.9,38,x\n", "layout", "line 2: expected a diagnosis"},
        {"ra_dx_to_cc_2026.csv", HCC_DX "1119,38,x\n", "layout", "line 2: expected a diagnosis"},
        {"ra_dx_to_cc_2026.csv", HCC_DX "E119,,x\n", "layout", "line 2: expected a diagnosis"},
        {"ra_dx_to_cc_2026.csv", HCC_DX "E119,3800,x\n", "layout", "line 2: expected a diagnosis"},
        {"ra_dx_to_cc_2026.csv", HCC_DX "E119,38,\n", "layout", "line 2: expected a diagnosis"},
        {"ra_dx_to_cc_2026.csv", "", "layout", "line 1: expected a diagnosis, then the category"},
        {"ra_dx_to_cc_2026.csv", HCC_DX "E119,\"38\n", "layout", "line 2: a quoted cell"},
        {"ra_dx_to_cc_2003.csv", HCC_DX "E119,38,x\n", "year", "expected the payment year"},
        {"ra_hierarchies_2026.csv", HCC_PARENT "x,38,CMS-HCC,V28,y\n", "layout",
         "line 2: expected two"},
        {"ra_hierarchies_2026.csv", HCC_PARENT "36,x,CMS-HCC,V28,y\n", "layout",
         "line 2: expected two"},
        {"ra_hierarchies_2026.csv", HCC_PARENT "36,38,,V28,y\n", "layout", "then the model"},
        {"ra_hierarchies_2026.csv", "cc_parent,cc_child\n", "layout",
         "line 1: expected parent and"},
        {"ra_coefficients_2026.csv", HCC_VALUE ",1,CMS-HCC,V28\n", "layout",
         "line 2: expected a name"},
        {"ra_coefficients_2026.csv", HCC_VALUE "x,,CMS-HCC,V28\n", "layout",
         "line 2: expected a name"},
        {"ra_coefficients_2026.csv", HCC_VALUE "x,-,CMS-HCC,V28\n", "layout", "a decimal value"},
        {"ra_coefficients_2026.csv", HCC_VALUE "x,1.2345678901234567,CMS-HCC,V28\n", "layout",
         "a decimal value"},
        {"ra_coefficients_2026.csv", HCC_VALUE "x,1,,V28\n", "layout", "line 2: expected a name"},
        {"ra_coefficients_2026.csv", "coefficient,value\n", "layout",
         "line 1: expected a name, its"},
        {"ra_eligible_2026.csv", "cpt_hcpcs_code\n9921\n", "layout",
         "line 2: expected a code of five"},
        {"ra_eligible_2026.csv", "code\n", "layout", "line 1: expected a code of five"},
    };
    static const struct good_file good[] = {
        {"ra_coefficients_2026.csv",
         HCC_VALUE "x,0.166,123456789-123456789-123,123456789_123456789_123\n", TABLE_HCC, "x",
         "COEFFICIENT", 20250101, "model", "123456789-123456789- 123456789_123456789_"},
        {"ra_hierarchies_2026.csv", HCC_PARENT "36,138,CMS-HCC,V28,y\n", TABLE_HCC, "36", "PARENT",
         20250101, "child", "138"},
    };

    (void)state;
    refused_each(NULL, bad, N(bad));
    taken_each(good, N(good));
}

#define MAP_HEAD "Diagnosis Code,Description,CMS-HCC Model Category V28"
#define MAP "2026 ICD-10 mappings\n" MAP_HEAD "\n"
#define WIDE "a header cell that goes on and on for more bytes than any name of a model ever has, "

/* test_hcc_files - the mapping with a column a model, and the format file */
static void test_hcc_files(void **state)
{
    static const char name[] = "2026 ICD-10-CM Mappings.csv", format[] = "F2826T1N.TXT";
    static const struct bad_file bad[] = {
        {name, MAP "E119,x\n", "layout", "line 3: expected a cell for each model"},
        {name, MAP "E119,x,3800\n", "layout", "line 3: expected categories of digits"},
        {name, MAP "E119,x,\"38\n", "layout", "line 3: a quoted cell does not end"},
        {name, "2026 ICD-10\n\"Diagnosis Code\n", "layout", "line 2: a quoted cell does not end"},
        {name, "2026 ICD-10\nDiagnosis Code,Description,x\n", "layout",
         "expected a header Diagnosis"},
        {name, "2026 ICD-10\nDiagnosis Code,x,RxHCC Model Category V08 for Payment Year\n",
         "layout", "expected a header Diagnosis Code"},
        {name, "2026 ICD-10\nDiagnosis Code,x,\"" WIDE "Model Category V28\"\n", "layout",
         "expected a header Diagnosis Code"},
        {name, "2026 ICD-10\nDiagnosis Code,x,\"" WIDE WIDE "Model Category V28\"\n", "layout",
         "expected a header Diagnosis Code"},
        {name, "2026 ICD-10\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n" MAP_HEAD "\n", "layout",
         "line 12: expected a header Diagnosis"},
        {"2003 ICD-10-CM Mappings.csv", "ICD-10\n" MAP_HEAD "\nE119,x,38\n", "year",
         "expected the payment year"},
        {"ICD-10-CM Mappings.csv", "ICD-10\n" MAP_HEAD "\nE119,x,38\n", "year",
         "expected year and"},
        {format, "E119\t38\t\r\nE119\t\t\r\n", "layout", "line 2: expected a diagnosis, TAB"},
        {format, "E119\t38\t\r\n\t38\t\r\n", "layout", "line 2: expected a diagnosis, TAB"},
        {format, "E1\t38\t\r\n", "layout", "line 1: expected a file of one of the tables"},
        {format, "E1190000\t38\t\r\n", "layout", "line 1: expected a file of one of the tables"},
        {format, "E11.9\t38\t\r\n", "layout", "line 1: expected a file of one of the tables"},
        {format, "E119\t\t\r\n", "layout", "line 1: expected a file of one of the tables"},
        {format, "E119\t3800\t\r\n", "layout", "line 1: expected a file of one of the tables"},
        {format, "E119\t3x\t\r\n", "layout", "line 1: expected a file of one of the tables"},
        {format, "", "layout", "line 1: expected a file of one of the tables"},
        {"F28T1N.TXT", "E119\t38\t\r\n", "year", "expected the payment year"},
    };
    static const struct good_file good[] = {
        {name,
         "ICD-10\nDiagnosis Code,x,\"CMS-HCC\r\n\t Model  Category\nV24\"\nE119,x, 38\nA note\n",
         TABLE_HCC, "E119", "DX", 20250101, "model", "CMS-HCC Model V24"},
        {format, "E119\t38\t\r\n\r\n", TABLE_HCC, "E119", "DX", 20250101, "hcc", "38"},
    };

    (void)state;
    refused_each(NULL, bad, N(bad));
    taken_each(good, N(good));
}

/* test_beside - files that lie beside the data are passed over; the same content under another name
 * is refused */
static void test_beside(void **state)
{
    static const struct {
        const char *name, *text;
        enum load_answer answer;
    } rows[] = {
        {"README_2026.txt", "x\n", LOAD_IGNORED},
        {"HCPC2026_recordlayout.txt", "x\n", LOAD_IGNORED},
        {"proc_notes_2026.txt", "x\n", LOAD_IGNORED},
        {"flag_names.tsv", "x\n", LOAD_IGNORED},
        {"guidelines.txt", "x\n", LOAD_IGNORED},
        {"FileLayout.txt", "x\n", LOAD_IGNORED},
        {"POA file layout.txt", "x\n", LOAD_IGNORED},
        {"poa_file_layout.txt", "x\n", LOAD_IGNORED},
        {"icd10cm.XSD", "x\n", LOAD_IGNORED},
        {"notes.md", "x\n", LOAD_IGNORED},
        {"notes.mdx", "x\n", LOAD_REFUSED},
        {"notes", "x\n", LOAD_REFUSED},
        {"addenda.txt", "Add:    x\n", LOAD_IGNORED},
        {"addenda.txt", "Revise from x\n", LOAD_IGNORED},
        {"addenda.txt", "No Change x\n", LOAD_IGNORED},
        {"addenda.txt", "x\n", LOAD_IGNORED},
        {"addenda.txt", "", LOAD_REFUSED},
        {"POA.txt", "Order26\tAction\tPOAexemptCode\n", LOAD_IGNORED},
        {"changes_by_code.txt", "x\n", LOAD_IGNORED},
        {"POAexemptAddCodesFY26.txt", "x\n", LOAD_IGNORED},
        {"POAexemptDeleteCodesFY26.txt", "x\n", LOAD_IGNORED},
        {"POAexemptReviseCodesFY26.txt", "x\n", LOAD_IGNORED},
        {"POAexempt.txt", "x\n", LOAD_REFUSED},
        {"icd10cm_codes_2026.txt", "x\n", LOAD_IGNORED},
        {"icd10pcs_codes_2026.txt", "x\n", LOAD_IGNORED},
        {"all_codes_2026.txt", "x\n", LOAD_REFUSED},
        {"x.xml", "<ICD10PCS.index></ICD10PCS.index>\n", LOAD_IGNORED},
        {"ANES2026.csv", "x\n", LOAD_IGNORED},
        {"oppscap_2026.csv", "x\n", LOAD_IGNORED},
        {"26LOCCO.txt", "x\n", LOAD_IGNORED},
        {"GPCI2026.txt", "x\n", LOAD_IGNORED},
        {"GPCI2026.csv", "x\n", LOAD_REFUSED},
    };

    (void)state;
    for (size_t i = 0; i < N(rows); i++) {
        struct loading l;

        loading_begin(&l, NULL);
        if (loading_add(&l, rows[i].name, rows[i].text) != rows[i].answer)
            fail_msg("%s: %s", rows[i].name, l.last.text);
        assert_true(rows[i].answer == LOAD_IGNORED || strstr(l.last.text, "expected"));
        loading_end(&l);
    }
}

/* test_addenda_long - a first line of 200 bytes is no line of changes, whatever the name */
static void test_addenda_long(void **state)
{
    char text[256];

    (void)state;
    snprintf(text, sizeof(text), "%0200d\n", 1);
    refused("addenda.txt", text, "layout", "line 1: expected a file of one of the tables");
}

/* main - all of them */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_weights),      cmocka_unit_test(test_hcc),
        cmocka_unit_test(test_hcc_files),    cmocka_unit_test(test_beside),
        cmocka_unit_test(test_addenda_long),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
