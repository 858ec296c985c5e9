/* tables_models_test.c - risk adjustment and the ICD-10-PCS tables, on small files both ways */
#include "tests/support/loading.h"
#include "tests/support/test.h"

#include <stdio.h>

static const char mapping[] =
    "\"2026 Midyear Final ICD-10-CM Mappings\",,,,,\r\n,,,,,\r\n\"Diagnosis\nCode\",Description,"
    "\"CMS-HCC ESRD\nModel Category\nV24\",\"CMS-HCC\nModel Category\nV28\",\"RxHCC\nModel "
    "Category\nV08\",\"CMS-HCC\nModel Category\nV28\nfor 2026 Payment Year\"\r\n"
    "E119,\"Type 2 diabetes mellitus, x\",19,38,31,Yes\r\nI509,Heart failure,85,226,186,Yes\r\n"
    "I10,Hypertension,,,187,No\r\nThis file is of the model.,,,,,\r\n";

/* with - a text with one part replaced; of two at most */
static const char *with(const char *text, const char *what, const char *by)
{
    static char texts[2][8192];
    static int turn;
    const char *at = strstr(text, what);
    char *out = texts[turn ^= 1];

    if (!at)
        fail_msg("no %s", what);
    snprintf(out, sizeof(texts[0]), "%.*s%s%s", (int)(at - text), text, by, at + strlen(what));
    return out;
}

/* took - a file that must be taken */
static void took(struct loading *l, const char *name, const char *text)
{
    if (loading_add(l, name, text) != LOAD_TAKEN)
        fail_msg("%s: %s", name, l->last.text);
}

/* models_of - the categories of a diagnosis by model: "CMS-HCC Model V28=38;…" */
static const char *models_of(const struct loading *l, const char *list, const char *code,
                             int32_t on, const char *column)
{
    static char out[512];
    char model[64], value[64];
    struct table_row r;
    size_t cursor = 0;

    out[0] = '\0';
    while (tables_next(l->tables, TABLE_HCC, code, on, &cursor, &r))
        if (span_is(table_key(&r, 1), list))
            snprintf(out + strlen(out), sizeof(out) - strlen(out), "%s=%s;",
                     table_col_text(&r, "model", model, sizeof(model)),
                     table_col_text(&r, column, value, sizeof(value)));
    return out;
}

/* test_hcc - the mapping as published, the format file, the four lists; one edition a payment year
 */
static void test_hcc(void **state)
{
    struct loading l;

    (void)state;
    loading_begin(&l, NULL);
    took(&l, "2026 Midyear Final ICD-10-CM Mappings.csv", mapping);
    took(&l, "F2826T1N.TXT", "E119\t99\t\r\n");
    took(
        &l, "ra_hierarchies_2026.csv",
        "cc_parent,cc_child,model_domain,model_version,model_fullname\n36,37,CMS-HCC,V28,V28115H1\n"
        "36,38,CMS-HCC,V28,V28115H1\n");
    took(&l, "ra_coefficients_2026.csv",
         "coefficient,value,model_domain,model_version\nCNA_HCC38,-0.166,"
         "CMS-HCC,C28\n");
    took(&l, "ra_eligible_cpt_hcpcs_2026.csv", "cpt_hcpcs_code\n99213\n");
    took(&l, "F2824T1N_FY22FY23.TXT", "E119\t38\t\r\nI509\t226\t\r\n");
    loading_publish(&l);
    assert_int_equal(l.refused, 0);
    assert_string_equal(models_of(&l, "DX", "E119", 20250601, "hcc"),
                        "CMS-HCC ESRD Model V24=19;CMS-HCC Model V28=38;RxHCC Model V08=31;");
    assert_string_equal(models_of(&l, "DX", "I10", 20251231, "hcc"), "RxHCC Model V08=187;");
    assert_string_equal(models_of(&l, "PARENT", "36", 20250101, "child"),
                        "CMS-HCC V28=37;CMS-HCC V28=38;");
    assert_string_equal(models_of(&l, "COEFFICIENT", "CNA_HCC38", 20250101, "value"),
                        "CMS-HCC C28=-0.166;");
    assert_string_equal(models_of(&l, "ELIGIBLE", "99213", 20250101, "hcc"), "=;");
    assert_string_equal(models_of(&l, "DX", "E119", 20230601, "hcc"), "CMS-HCC Model V28=38;");
    assert_null(tables_edition(l.tables, TABLE_HCC, 20260101));
    took(&l, "ra_eligible_cpt_hcpcs_2026.csv", "cpt_hcpcs_code\n99214\n");
    loading_publish(&l);
    assert_string_equal(models_of(&l, "ELIGIBLE", "99213", 20250101, "hcc"), "");
    assert_string_equal(models_of(&l, "PARENT", "36", 20250101, "child"),
                        "CMS-HCC V28=37;CMS-HCC V28=38;");
    loading_end(&l);
}

/* test_hcc_damaged - columns, codes, years */
static void test_hcc_damaged(void **state)
{
    static const char name[] = "2026 Midyear Final ICD-10-CM Mappings.csv";

    (void)state;
    refused("2025 Midyear Final ICD-10-CM Mappings.csv", mapping, "year", "2025");
    refused(name, with(mapping, "E119,\"Type 2 diabetes mellitus, x\",", "\"Type 2\",E119,"),
            "layout", "no code after the notes");
    refused(name, with(mapping, ",85,226,186", ",V85,226,186"), "layout", "expected categories");
    refused(name, with(mapping, "\"Diagnosis\nCode\"", "Code"), "layout", "header");
    refused("F2826T1N.TXT", "E119\t38\t\r\nE11.22\t37\t\r\n", "layout", "line 2");
    refused("ra_dx_to_cc_2026.csv", "diagnosis_code,cc,model_name\nE119,CMS-HCC Model V28,38\n",
            "layout", "line 2");
    refused("ra_dx_to_cc_2026.csv", "diagnosis_code,cc,model_name\nE119,38\n", "layout", "line 2");
    refused("ra_coefficients_2026.csv",
            "coefficient,value,model_domain,model_version\nx,y,CMS-HCC,C28\n", "layout", "line 2");
    refused("ra_eligible.csv", "cpt_hcpcs_code\n99213\n", "year", "payment year");
    refused("ra_dx_to_cc_2026.csv", "cc,diagnosis_code,model_name\n38,E119,x\n", "layout",
            "line 1");
    refused("ra_dx_to_cc_2026.csv", "diagnosis_code,cc,model_name\nE119,38,x\nE119,3", "cut",
            "cut");
}

#define AXIS(pos, n, labels)                                                                       \
    "<axis pos=\"" pos "\" values=\"" n "\"><title>x</title>" labels "</axis>"
#define LABEL(c, text) "<label code=\"" c "\">" text "</label>"
static const char pcs[] =
    "<?xml "
    "version=\"1.0\"?>\n<ICD10PCS.tabular><version>2026</version><title>x</title>\n<pcsTable>" AXIS(
        "1", "1", LABEL("0", "Medical")) AXIS("2", "1", LABEL("D", "Gastrointestinal"))
        AXIS("3", "1", LABEL("T", "Resection")) "\n<pcsRow codes=\"4\">" AXIS(
            "4", "2", LABEL("H", "Cecum") LABEL("J", "Appendix"))
            AXIS("5", "2", LABEL("0", "Open") LABEL("4", "Endoscopic"))
                AXIS("6", "1", LABEL("Z", "No Device"))
                    AXIS("7", "1",
                         LABEL("Z", "No Qualifier")) "</pcsRow>\n</pcsTable></ICD10PCS.tabular>\n";

/* test_pcs - rows, meanings, the key of terms */
static void test_pcs(void **state)
{
    struct loading l;

    (void)state;
    loading_begin(&l, NULL);
    took(&l, "icd10pcs_tables_2026.xml", pcs);
    took(&l, "icd10pcs_keys_2026.tsv", "term\tuse\nVermiform  appendix\tAppendix\n");
    loading_publish(&l);
    assert_int_equal(l.refused, 0);
    assert_string_equal(
        asked(l.tables, TABLE_ICD10PCS_TABLE, "0DT", "ROW 0001", 20251001, "values4"), "HJ");
    assert_string_equal(asked(l.tables, TABLE_ICD10PCS_TABLE, "0DT", "ROW 0001", 20260930, "codes"),
                        "4");
    assert_string_equal(asked(l.tables, TABLE_ICD10PCS_TABLE, "0DT", "4J", 20251001, "text"),
                        "Appendix");
    assert_string_equal(asked(l.tables, TABLE_ICD10PCS_TABLE, "0DT", "3T", 20251001, "text"),
                        "Resection");
    assert_string_equal(asked(l.tables, TABLE_ICD10PCS_TABLE, "0DT", "4K", 20251001, "text"),
                        "(absent)");
    assert_string_equal(
        asked(l.tables, TABLE_ICD10PCS_KEY, "VERMIFORM APPENDIX", NULL, 20251001, "use"),
        "Appendix");
    loading_end(&l);
    refused("icd10pcs_tables_2025.xml", pcs, "year", "the name says 2025");
    refused("icd10pcs_tables_2026.xml", with(pcs, "codes=\"4\"", "codes=\"5\""), "layout",
            "line 4: expected a row");
    refused("icd10pcs_tables_2026.xml",
            with(pcs, "pos=\"4\" values=\"2\"", "pos=\"4\" values=\"3\""), "layout",
            "line 4: expected as many labels");
    refused("icd10pcs_tables_2026.xml", with(pcs, "code=\"J\"", "code=\"H\""), "layout",
            "each once");
    refused("icd10pcs_tables_2026.xml", with(pcs, "pos=\"3\"", "pos=\"2\""), "layout",
            "three axes");
    refused("icd10pcs_tables_2026.xml", with(pcs, "pos=\"5\"", "pos=\"8\""), "layout", "pos 1-7");
    refused("icd10pcs_tables_2026.xml", with(pcs, "</pcsTable>", ""), "layout", "line 5");
    refused("icd10pcs_keys_2026.tsv", "term\tuse\nCecum\n", "layout", "line 2");
}

/* main - all of them */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hcc),
        cmocka_unit_test(test_hcc_damaged),
        cmocka_unit_test(test_pcs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
