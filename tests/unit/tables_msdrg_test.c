/* tables_msdrg_test.c - the definitions of the MS-DRG grouper as a table: seven files, one edition
 * a version */
#include "tests/support/drg.h"
#include "tests/support/loading.h"
#include "tests/support/test.h"

#include <stdio.h>

/* load - the files of a small version, from a folder */
static void load(struct loading *l, const char *folder)
{
    char name[200];

    for (size_t i = 0; drg_files[i].name; i++) {
        snprintf(name, sizeof(name), "%s/%s", folder, drg_files[i].name);
        if (loading_add(l, name, drg_files[i].text) != LOAD_TAKEN)
            fail_msg("%s: %s", name, l->last.text);
    }
    loading_publish(l);
}

/* test_version - the folder names version and days; every list is a first key */
static void test_version(void **state)
{
    struct loading l;

    (void)state;
    loading_begin(&l, NULL);
    load(&l, "x/v431");
    assert_int_equal(l.refused, 0);
    assert_string_equal(tables_edition(l.tables, TABLE_MSDRG, 20260401)->edition, "v43.1");
    assert_int_equal(tables_edition(l.tables, TABLE_MSDRG, 20260401)->to, 20260930);
    assert_null(tables_edition(l.tables, TABLE_MSDRG, 20260331));
    assert_string_equal(asked(l.tables, TABLE_MSDRG, "DX", "I5020", 20260401, "class"), "CC");
    assert_string_equal(asked(l.tables, TABLE_MSDRG, "DX", "N3001", 20260401, "list"),
                        "dxc1101;HAC06;hac06_sdx");
    assert_string_equal(asked(l.tables, TABLE_MSDRG, "FORMULA", "5 1", 20260401, "text"),
                        "MCC & PDX:dxc0505");
    assert_string_equal(asked(l.tables, TABLE_MSDRG, "FORMULA", "5 1", 20260401, "line"), "10");
    assert_string_equal(asked(l.tables, TABLE_MSDRG, "CLUSTER", "Z@0001 2", 20260401, "mdcs"),
                        "29;5");
    load(&l, "y/msdrg-V43.0.zip");
    assert_string_equal(tables_edition(l.tables, TABLE_MSDRG, 20251001)->edition, "v43.0");
    assert_int_equal(tables_edition(l.tables, TABLE_MSDRG, 20251001)->to, 20260331);
    loading_end(&l);
}

/* test_part_again - one file of a version replaces its rows and leaves the others */
static void test_part_again(void **state)
{
    struct loading l;

    (void)state;
    loading_begin(&l, NULL);
    load(&l, "v431");
    assert_int_equal(
        loading_add(&l, "v431/descriptions.tsv", "# kind\tnumber\ttext\ndrg\t291\tHeart\n"),
        LOAD_TAKEN);
    loading_publish(&l);
    assert_int_equal(l.steps[PLAN_CHANGED], 1);
    assert_string_equal(asked(l.tables, TABLE_MSDRG, "NAME", "drg 291", 20260401, "text"), "Heart");
    assert_string_equal(asked(l.tables, TABLE_MSDRG, "NAME", "drg 1", 20260401, "text"),
                        "(absent)");
    assert_string_equal(asked(l.tables, TABLE_MSDRG, "DX", "I5020", 20260401, "class"), "CC");
    loading_end(&l);
}

/* test_refused - no version, rows that do not fit */
static void test_refused(void **state)
{
    static const char dx[] = "# code\tmdc\tmdc_male\tmdc_female\tseverity\texclusion_collection\t"
                             "attributes\tcategory_attributes\thac_attributes\thac_numbers\n";
    char text[600];

    (void)state;
    refused("dx.tsv", drg_files[0].text, "year", "no version in the name");
    refused("v4310/dx.tsv", drg_files[0].text, "year", "no version in the name");
    refused("xv431/dx.tsv", drg_files[0].text, "year", "no version in the name");
    refused("v43.2/dx.tsv", drg_files[0].text, "year", "--name and --from");
    snprintf(text, sizeof(text), "%s%s", dx, "I50.20\t5\t\t\tCC\t\t\t\t\t\n");
    refused("v431/dx.tsv", text, "layout", "line 2: expected diagnosis");
    snprintf(text, sizeof(text), "%s%s", dx, "I5020\t5\tx\t\tCC\t\t\t\t\t\n");
    refused("v431/dx.tsv", text, "layout", "line 2");
    snprintf(text, sizeof(text), "%s%s", dx, "I5020\t5\t\t\tCC\t\t\t\t\t\t\n");
    refused("v431/dx.tsv", text, "layout", "line 2");
    refused("v431/px.tsv", "# code\tattributes\n02HK0K\tdefib\n", "layout",
            "line 2: expected proc");
    refused("v431/px.tsv", "# code\tattributes\n02HK0KZ\tdefib", "cut", "the file was cut");
}

/* test_edge - the last version that a path names; rows without their last lists */
static void test_edge(void **state)
{
    struct loading l;
    char dx[8192];

    (void)state;
    loading_begin(&l, NULL);
    load(&l, "v420/v/~V43_1");
    assert_int_equal(l.refused, 0);
    assert_string_equal(tables_edition_at(l.tables, 0)->edition, "v43.1");
    snprintf(dx, sizeof(dx), "%s\n# a note\nZ999\t23\t\t\tNCC\t\n", drg_files[0].text);
    assert_int_equal(loading_add(&l, "v43.1/dx.tsv", dx), LOAD_TAKEN);
    loading_publish(&l);
    assert_int_equal(l.refused, 0);
    assert_string_equal(asked(l.tables, TABLE_MSDRG, "DX", "Z999", 20260401, "mdc"), "23");
    assert_string_equal(asked(l.tables, TABLE_MSDRG, "DX", "Z999", 20260401, "list"), "");
    loading_end(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_version),
        cmocka_unit_test(test_part_again),
        cmocka_unit_test(test_edge),
        cmocka_unit_test(test_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
