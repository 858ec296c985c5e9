/* tables_codes_test.c - code lists as people export them, and the provider taxonomy */
#include "tests/support/loading.h"
#include "tests/support/test.h"

#include <stdio.h>

static const char rarc[] = "Code,Description,Start,Stop,Last Modified\r\n"
                           "M51,\"missing, or not valid\",01/01/1997,,2/28/2003\r\n"
                           "N102,gone,2001-10-31,2013-10-01,\r\nMA130,no appeal,,,20040601\r\n";
static const char taxonomy[] =
    "\xEF\xBB\xBF\"Code\",\"Grouping\",\"Classification\",\"Specialization\",\"Definition\","
    "\"Notes\","
    "\"Display Name\",\"Section\"\r\n\"207RC0000X\",\"Physicians\",\"Internal "
    "Medicine\",\"Cardiovascular Disease\",\"A long \xA9 "
    "text\",\"\",\"x\",\"Individual\"\r\n\"282N00000X\",\"Hospitals\",\"General Acute Care "
    "Hospital\",\"\",\"\",\"\",\"x\",\"Non-Individual\"\r\n";

/* took - a file that must be taken, as this table */
static void took(const struct load_options *o, const char *name, const char *text, enum table_id t,
                 const char *code)
{
    struct loading l;

    loading_begin(&l, o);
    if (loading_add(&l, name, text) != LOAD_TAKEN)
        fail_msg("%s: %s", name, l.last.text);
    loading_publish(&l);
    assert_int_equal(l.refused, 0);
    if (strcmp(asked(l.tables, t, code, NULL, 20260101, "display"), "(absent)") == 0 ||
        strcmp(asked(l.tables, t, code, NULL, 20260101, "display"), "(no edition)") == 0)
        fail_msg("%s: %s has no %s", name, table_name(t), code);
    loading_end(&l);
}

/* test_list - days in every form, quotes, a code that ended */
static void test_list(void **state)
{
    struct loading l;

    (void)state;
    loading_begin(&l, NULL);
    assert_int_equal(loading_add(&l, "rarc.csv", rarc), LOAD_TAKEN);
    loading_publish(&l);
    assert_string_equal(asked(l.tables, TABLE_RARC, "M51", NULL, 19970101, "display"),
                        "missing, or not valid");
    assert_string_equal(asked(l.tables, TABLE_RARC, "M51", NULL, 19961231, "display"), "(absent)");
    assert_string_equal(asked(l.tables, TABLE_RARC, "N102", NULL, 20131001, "display"), "gone");
    assert_string_equal(asked(l.tables, TABLE_RARC, "N102", NULL, 20131002, "display"), "(absent)");
    assert_string_equal(asked(l.tables, TABLE_RARC, "MA130", NULL, 20260101, "display"),
                        "no appeal");
    loading_end(&l);
}

/* test_names - which list a name means; TABs; --kind where the name says nothing */
static void test_names(void **state)
{
    static const struct load_options kind = {.part = true, .kind = "claim-status"};
    static const struct load_options layout = {.part = true, .kind = "claim-status-list"};

    (void)state;
    took(NULL, "X12 Claim Status Category Codes.csv", "code,description\nA1,x\n",
         TABLE_CLAIM_STATUS_CATEGORY, "A1");
    took(NULL, "claim-status-codes-2026.tsv", "code\tdescription\tstart\n20\tx\t2000-01-01\n",
         TABLE_CLAIM_STATUS, "20");
    took(NULL, "Remittance_Advice_Remark_Codes.csv", "code,name\nN115,x\n", TABLE_RARC, "N115");
    took(NULL, "occurrence.csv", "Code,Display,Note\n01,x,y\n", TABLE_OCCURRENCE, "01");
    took(NULL, "nubc_value_codes.csv", "code,description\nA1,x\n", TABLE_VALUE, "A1");
    took(NULL, "CLIA-waived-tests.csv", "code,description,note\n81002,x,no-QW\n", TABLE_CLIA_WAIVED,
         "81002");
    took(NULL, "single_dose.csv", "code,description\nJ9035,x\n", TABLE_SINGLE_DOSE, "J9035");
    took(NULL, "jw-modifier-and-jz-modifier-policy-hcpcs-codes.csv", "code,description\nJ9035,x\n",
         TABLE_SINGLE_DOSE, "J9035");
    took(&kind, "list.csv", "code,description\n20,x\n", TABLE_CLAIM_STATUS, "20");
    took(&layout, "list.csv", "code,description\n20,x\n", TABLE_CLAIM_STATUS, "20");
    took(NULL, "value.fsh", "CodeSystem: CLM_VAL_CD\n\n* #80 \"covered days\"\n", TABLE_VALUE,
         "80");
    took(NULL, "o.fsh", "CodeSystem: CLM-RLT-OCRNC-CD\n\n* #01 \"x\"\n", TABLE_OCCURRENCE, "01");
    took(NULL, "r.fsh", "CodeSystem: RemittanceAdviceRemarkCode\n\n* #N30 \"reserved beds\"\n",
         TABLE_RARC, "N30");
    took(NULL, "c.fsh", "CodeSystem: ClaimStatusCategoryCodes\n\n* #A1 \"x\"\n",
         TABLE_CLAIM_STATUS_CATEGORY, "A1");
    took(NULL, "c.fsh", "CodeSystem: X12ClaimStatusCodes\n\n* #20 \"x\"\n", TABLE_CLAIM_STATUS,
         "20");
}

/* test_notes - the word of a waived test that goes without QW; of other lists what the number alone
 * says, and never what people note */
static void test_notes(void **state)
{
    static const struct good_file rows[] = {
        {"clia_waived.csv", "code,description,note\n81002,x,no-QW\n", TABLE_CLIA_WAIVED, "81002",
         NULL, 20260101, "note", "no-QW"},
        {"clia_waived.csv", "code,description,note\n83036,x,\n", TABLE_CLIA_WAIVED, "83036", NULL,
         20260101, "note", ""},
        {"clia_waived.csv", "code,description\n83036,x\n", TABLE_CLIA_WAIVED, "83036", NULL,
         20260101, "note", ""},
        {"discharge_status.csv", "code,description\n41,x\n", TABLE_DISCHARGE_STATUS, "41", NULL,
         20260101, "note", "hospice"},
        {"discharge_status.csv", "code,description\n43,x\n", TABLE_DISCHARGE_STATUS, "43", NULL,
         20260101, "note", ""},
        {"discharge_status.csv", "code,description\n01,x\n", TABLE_DISCHARGE_STATUS, "01", NULL,
         20260101, "note", ""},
        {"rarc.csv", "Code,Description,Note\nN1,x,hospice\n", TABLE_RARC, "N1", NULL, 20260101,
         "note", ""},
    };

    (void)state;
    taken_each(rows, sizeof(rows) / sizeof(rows[0]));
    refused("clia_waived.csv", "code,description,note\n81002,x,noQW\n", "layout",
            "line 2: expected the list's own word as note (no-QW)");
}

/* test_list_damaged - headers, codes, days, names */
static void test_list_damaged(void **state)
{
    (void)state;
    refused("list.csv", rarc, "name", "rarc.csv");
    refused("rarc.csv", "code,description\nN115\n", "layout", "line 2: expected a description");
    refused("rarc.csv", "code,description\nN 115,x\n", "layout", "line 2: expected a code");
    refused("value_codes.csv", "code,description\n1,x\n", "layout", "line 2: expected a code");
    refused("clia_waived.csv", "code,description\n8100,x\n", "layout", "line 2: expected a code");
    refused("rarc.csv", "code,description,start\nN115,x,2026-13-01\n", "layout",
            "line 2: expected days");
    refused("rarc.csv", "code,description,start,stop\nN115,x,2026-01-01,2025-01-01\n", "layout",
            "a last day not before the first");
    refused("rarc.csv", "code,description\nN115,x\nN116", "cut", "the file was cut");
    refused("rarc.csv", "code,description\nN115,\"x\n", "layout", "line 2: a quoted cell");
}

/* test_taxonomy - versions by half-years, names without definitions */
static void test_taxonomy(void **state)
{
    struct loading l;
    const struct edition_info *i;

    (void)state;
    loading_begin(&l, NULL);
    assert_int_equal(loading_add(&l, "nucc_taxonomy_260.csv", taxonomy), LOAD_TAKEN);
    assert_int_equal(loading_add(&l, "nucc_taxonomy_261.csv", taxonomy), LOAD_TAKEN);
    loading_publish(&l);
    assert_int_equal(l.refused, 0);
    assert_string_equal(tables_edition(l.tables, TABLE_TAXONOMY, 20260930)->edition, "v26.0");
    assert_string_equal(tables_edition(l.tables, TABLE_TAXONOMY, 20261001)->edition, "v26.1");
    i = tables_edition(l.tables, TABLE_TAXONOMY, 20200101);
    assert_string_equal(i->edition, "v26.0");
    assert_false(holds(i, "A long"));
    assert_string_equal(
        asked(l.tables, TABLE_TAXONOMY, "207RC0000X", NULL, 20260101, "specialization"),
        "Cardiovascular Disease");
    loading_end(&l);
    refused("nucc_taxonomy.csv", taxonomy, "year", "nucc_taxonomy_261");
    refused("nucc_taxonomy_269.csv", taxonomy, "year", "nucc_taxonomy_261");
    refused("nucc_taxonomy_261.csv",
            "Code,Grouping,Classification,Specialization\r\n207RC0000,a,b,c\r\n", "layout",
            "line 2");
    refused("nucc_taxonomy_261.csv",
            "Code,Grouping,Classification,Specialization\r\na,207RC0000X,b,c\r\n", "layout",
            "line 2");
    refused("nucc_taxonomy_261.csv", "Code,Classification\r\n207RC0000X,a\r\n", "layout", "line 1");
}

/* main - all of them */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_list),     cmocka_unit_test(test_names),
        cmocka_unit_test(test_notes),    cmocka_unit_test(test_list_damaged),
        cmocka_unit_test(test_taxonomy),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
