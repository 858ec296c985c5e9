/* tables_bad_lists_test.c - lists, HCPCS and our own CSV at their boundaries, a table of cases for
 * each layout: what must be said of a file that is none of it, and what comes of one that only just
 * is */
#include "tests/support/loading.h"
#include "tests/support/test.h"

#include <stdio.h>

#include "common/tables/csv.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

#define FSH(system) "CodeSystem: " system "\nTitle: \"x\"\n\n"

/* test_fsh - names of systems, codes, quotes, days in a display */
static void test_fsh(void **state)
{
    static const struct bad_file bad[] = {
        {"pos.fsh", FSH("CLM_POS_CD") "* # \"x\"\n", "layout",
         "line 4: expected a code of the list's"},
        {"pos.fsh", FSH("CLM_POS_CD") "* #\n", "layout", "line 4: expected a code of the list's"},
        {"rarc.fsh", FSH("RARC") "* #1234567890123456 \"x\"\n", "layout",
         "line 4: expected a code of"},
        {"pos.fsh", FSH("CLM_POS_CD") "* #1a \"x\"\n", "layout",
         "line 4: expected a code of A-Z and"},
        {"pos.fsh", FSH("CLM_POS_CD") "* #11\n", "layout", "line 4: expected * #code"},
        {"pos.fsh", FSH("CLM_POS_CD") "* #11 \"x\\\n", "layout", "line 4: expected * #code"},
        {"pos.fsh", FSH("CLM_POS_CD") "4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n* #11 \"x\"\n", "layout",
         "line 13: expected * #code"},
        {"CLM-POS-CD.fsh", "CodeSystem: CLM_POS_CDX\n", "layout",
         "line 1: expected before the concepts a line CodeSystem"},
    };
    static const struct good_file good[] = {
        {"pos.fsh", FSH("clm-Pos-cd") "* #~~~ \"x\"\n* #11\t\"\"\n", TABLE_POS, "11", NULL,
         20260101, "display", ""},
        {"x.fsh", FSH("BENE_PTNT_STUS_CD") "* #42 \"x\"\n", TABLE_DISCHARGE_STATUS, "42", NULL,
         20260101, "note", "hospice"},
        {"x.fsh", FSH("BENE_PTNT_STUS_CD") "* #01 \"A (EFF MAY BE)\"\n", TABLE_DISCHARGE_STATUS,
         "01", NULL, 19900101, "note", ""},
        {"x.fsh", FSH("BENE_PTNT_STUS_CD") "* #01 \"EFFORT THAT GOES ON AND ON 1/1/20\"\n",
         TABLE_DISCHARGE_STATUS, "01", NULL, 19900101, "note", ""},
        {"x.fsh", FSH("BENE_PTNT_STUS_CD") "* #01 \"EFF ) 1/1/20\"\n", TABLE_DISCHARGE_STATUS, "01",
         NULL, 19900101, "note", ""},
        {"x.fsh", FSH("BENE_PTNT_STUS_CD") "* #01 \"EFF ( 1/1/20\"\n", TABLE_DISCHARGE_STATUS, "01",
         NULL, 19900101, "note", ""},
        {"x.fsh", FSH("BENE_PTNT_STUS_CD") "* #01 \"EFF 1/70\"\n", TABLE_DISCHARGE_STATUS, "01",
         NULL, 19700101, "note", ""},
        {"x.fsh", FSH("BENE_PTNT_STUS_CD") "* #01 \"EFF 1/69\"\n", TABLE_DISCHARGE_STATUS, "01",
         NULL, 20260101, "note", "(absent)"},
    };

    static const char *const others[] = {
        "CodeSystem: CLM_POS_CDX\n* #11 \"x\"\n",
        "CodeSystem: CLM_POS_C\n* #11 \"x\"\n",
        "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\nCodeSystem: CLM_POS_CD\n* #11 \"x\"\n",
    };
    struct loading l;

    (void)state;
    refused_each(NULL, bad, N(bad));
    taken_each(good, N(good));
    loading_begin(&l, NULL);
    for (size_t i = 0; i < N(others); i++)
        assert_int_equal(loading_add(&l, "x.fsh", others[i]), LOAD_IGNORED);
    loading_end(&l);
}

/* test_lists - headers, separators, codes, days, notes */
static void test_lists(void **state)
{
    static const struct bad_file bad[] = {
        {"rarc.csv", "code,description,name\nN1,x,y\n", "layout",
         "line 1: expected a file of one of"},
        {"rarc.csv", "code\nN1\n", "layout", "line 1: expected a file of one of the tables"},
        {"rarc.csv", "code,description\nN11111,x\n", "layout",
         "line 2: expected a code of the list's"},
        {"rarc.csv", "code,description\nN-1,x\n", "layout",
         "line 2: expected a code of the list's"},
        {"rarc.tsv", "code\tdescription\n\n \nN1\t\n", "layout", "line 4: expected a description"},
        {"rarc.csv", "code,description,start\nN1,x,20261301\n", "layout", "line 2: expected days"},
        {"rarc.csv", "code,description,start\nN1,x,2026-03\n", "layout", "line 2: expected days"},
        {"rarc.csv", "code,description,start\nN1,x,2026-03-01-1\n", "layout",
         "line 2: expected days"},
        {"rarc.csv", "code,description,start\nN1,x,2026.03.01\n", "layout",
         "line 2: expected days"},
        {"rarc.csv", "code,description,start\nN1,x,123456/3/1\n", "layout",
         "line 2: expected days"},
        {"rarc.csv", "code,description,start\nN1,x,12345/3/1\n", "layout", "line 2: expected days"},
        {"rarc.csv", "code,description,start\nN1,x,3/12345/1\n", "layout", "line 2: expected days"},
        {"rarc.csv", "code,description,start\nN1,x,3/1/12345\n", "layout", "line 2: expected days"},
        {"rarc.csv", "code,description,stop\nN1,x,soon\n", "layout",
         "line 2: expected days such as"},
        {"rarc.csv", "code,description,modified\nN1,x,soon\n", "layout",
         "line 2: expected days such"},
    };
    static const struct bad_file none[] = {
        {"x.csv", "code\nN1\n", "layout", "line 1: expected a header that begins with code"},
        {"x.csv", "\"code\n", "layout", "line 1: expected a header that begins with code"},
        {"x.csv", "", "layout", "line 1: expected a header that begins with code"},
    };
    static const struct bad_file other[] = {
        {"x.csv", "code,description\n1,x\n", "layout", "here pay-list"},
    };
    static const struct good_file good[] = {
        {"rarcs.csv", "Code,Description\nN1,x\n", TABLE_RARC, "N1", NULL, 20260101, "display", "x"},
        {"rarc_2026.csv", "code,description,start\nN1,x,3/1/2026\n", TABLE_RARC, "N1", NULL,
         20260301, "display", "x"},
        {"rarc_2026.csv", "code,description,start\nN1,x,2026-03-01\n", TABLE_RARC, "N1", NULL,
         20260228, "display", "(absent)"},
        {"rarc.tsv", "code\tdescription\tstop\n\nN1\tx\t2026-03-01\n", TABLE_RARC, "N1", NULL,
         20260302, "display", "(absent)"},
    };

    (void)state;
    refused_each(NULL, bad, N(bad));
    refused_each("rarc-list", none, N(none));
    refused_each("pay-list", other, N(other));
    refused_each("rarc",
                 &(struct bad_file){"x.csv", "code,description\nN-1,x\n", "layout", "line 2"}, 1);
    refused_each("a-kind-of-a-name-that-is-longer-than-any-table-or-layout-will-ever-have-list",
                 &(struct bad_file){"x.csv", "code,description\n1,x\n", "layout", "here a-kind-of"},
                 1);
    taken_each(good, N(good));
}

/* many - cells of a line, with a sign between */
static const char *many(int cells, const char *head, const char *sign)
{
    static char text[4096];

    snprintf(text, sizeof(text), "%s", head);
    for (int i = 0; i < cells; i++)
        strncat(text, sign, sizeof(text) - strlen(text) - 1);
    strncat(text, "\n", sizeof(text) - strlen(text) - 1);
    return text;
}

/* test_columns - a line of more cells than any table has, by commas and by TABs */
static void test_columns(void **state)
{
    (void)state;
    refused("rarc.csv", many(63, "code,description\nN1,x", ",x"), "layout",
            "line 2: over 64 columns");
    refused("rarc.tsv", many(63, "code\tdescription\nN1\tx", "\tx"), "layout",
            "line 2: over 64 columns");
}

/* test_csv - where a cell and a record end */
static void test_csv(void **state)
{
    static const struct {
        const char *text, *cells; /* each cell in <>, records in lines */
    } rows[] = {
        {"\"a\"", "<a>\n"},           {"\"a\"\r", "<a>\n"},
        {"\"a\"\n", "<a>\n"},         {"\"a\"\rb\n", "<a>\n<b>\n"}, /* the line ends of old */
        {"\"a\",b", "<a><b>\n"},      {"a\r,b\r\n", "<a\r><b>\n"},
        {"a\rb\r", "<a\rb>\n"},       {"a\"b,\"\"\n", "<a\"b><>\n"},
        {"\r\n\n,\n,\r\na", "<a>\n"}, {"\"\"\"\"", "<\">\n"},
    };

    (void)state;
    for (size_t i = 0; i < N(rows); i++) {
        struct csv c;
        struct err e = {0};
        char got[64] = "";

        csv_init(&c, rows[i].text, strlen(rows[i].text));
        while (csv_next(&c, &e) > 0) {
            for (size_t k = 0; k < c.n; k++)
                snprintf(got + strlen(got), sizeof(got) - strlen(got), "<%.*s>", (int)c.cells[k].n,
                         c.cells[k].n ? c.cells[k].p : "");
            strncat(got, "\n", sizeof(got) - strlen(got) - 1);
        }
        assert_int_equal(e.class, ERR_NONE);
        assert_string_equal(got, rows[i].cells);
        csv_release(&c);
    }
}

#define TAXONOMY "Code,Grouping,Classification,Specialization\n"

/* test_taxonomy - codes, names, versions */
static void test_taxonomy(void **state)
{
    static const struct bad_file bad[] = {
        {"nucc_taxonomy_261.csv", TAXONOMY "207RC0000X207RC0000X,a,b,c\n", "layout",
         "line 2: expected"},
        {"nucc_taxonomy_261.csv", TAXONOMY "207RC0000X,a,b\n", "layout",
         "line 2: expected a taxonomy"},
        {"nucc_taxonomy_261.csv", TAXONOMY "207RC0000X,a,,c\n", "layout",
         "line 2: expected a taxonomy"},
        {"nucc_taxonomy_261.csv", TAXONOMY "207RC0000X,a,\"b\n", "layout", "line 2: a quoted cell"},
        {"nucc_taxonomy_261.csv", "", "layout", "line 1: expected a header Code, Grouping"},
        {"nucc_taxonomy_261.csv", "Code\n", "layout", "line 1: expected a header Code, Grouping"},
        {"nucc_taxonomy_26.csv", TAXONOMY "207RC0000X,a,b,c\n", "year", "expected a version as in"},
        {"nucc_taxonomy_262.csv", TAXONOMY "207RC0000X,a,b,c\n", "year",
         "expected a version as in"},
    };

    (void)state;
    refused_each(NULL, bad, N(bad));
}

#define LONG_HEAD "Code,Description,last_updated\n"

/* test_long - the CSV of long descriptions: cells, days, years and months of names */
static void test_long(void **state)
{
    static const char name[] = "hcpcs_2025_oct_long_descriptions.csv";
    static const struct bad_file bad[] = {
        {name, LONG_HEAD "A0021,x\n", "layout", "line 2: expected code, description, MM-DD-YYYY"},
        {name, LONG_HEAD "A0021,x,9-12-2025\n", "layout", "line 2: expected code, description"},
        {name, LONG_HEAD "A0021,x,09/12-2025\n", "layout", "line 2: expected code, description"},
        {name, LONG_HEAD "A0021,x,09-12/2025\n", "layout", "line 2: expected code, description"},
        {name, LONG_HEAD "A0021,x,13-12-2025\n", "layout", "line 2: expected code, description"},
        {name, LONG_HEAD "A002,x,09-12-2025\n", "layout", "line 2: expected code, description"},
        /* of two faults the first is said */
        {name, LONG_HEAD "A002,x,09-12-2025\n\"A0021,x,09-12-2025\n", "layout", "line 2: expected"},
        {"long_descriptions.csv", LONG_HEAD, "year", "expected year and month in the name"},
        {"hcpcs_long_descriptions.csv", LONG_HEAD, "year", "expected year and month in the name"},
        {"1999_jan_hcpcs.csv", LONG_HEAD, "year", "expected year and month in the name"},
        {"hcpc21000101.csv", LONG_HEAD, "year", "expected year and month in the name"},
    };
    static const struct {
        const char *name;
        int32_t starts;
    } names[] = {
        {"hcpcs_2025_oct.csv", 20251001}, {"HCPC2026_JAN.csv", 20260101},
        {"oct_hcpcs_2025.csv", 20250101}, /* a month begins behind a sign */
        {"hcpcs_2025xoct.csv", 20250101}, {"hcpcs_2025_october.csv", 20250101},
        {"hcpcs_2025_oct", 20251001},     {"hcpc20250701.csv", 20250101},
    };

    (void)state;
    refused_each(NULL, bad, N(bad));
    for (size_t i = 0; i < N(names); i++) {
        struct loading l;

        loading_begin(&l, NULL);
        assert_int_equal(
            loading_add(&l, names[i].name, LONG_HEAD "A0021,x,01-02-2025\nA1,x,01-01-2025\n"),
            LOAD_TAKEN);
        loading_publish(&l);
        if (tables_edition_at(l.tables, 0)->from != names[i].starts)
            fail_msg("%s: from %d", names[i].name, tables_edition_at(l.tables, 0)->from);
        loading_end(&l);
    }
}

/* anweb - a record of 320 columns: its beginning, its text, and a sign put at one column */
static const char *anweb(const char *head, const char *text, size_t at, const char *sign)
{
    static char lines[4][324];
    static int turn;
    char *line = lines[turn = (turn + 1) % 4];

    memset(line, ' ', 320);
    memcpy(line, head, strlen(head));
    memcpy(line + 11, text, strlen(text));
    memcpy(line + at - 1, sign, strlen(sign));
    memcpy(line + 320, "\r\n", 3);
    return line;
}

/* test_anweb - codes, continuations, one-letter fields of the record of 320 columns */
static void test_anweb(void **state)
{
    static const char name[] = "HCPC2024_JUL_ANWEB.txt";
    static const struct {
        const char *head, *second;
        size_t at;
        const char *sign, *words;
    } rows[] = {
        {"A00-1001003", NULL, 300, "", "line 1: expected a code in columns 1-5, or a modifier"},
        {"A  JW001007", NULL, 300, "", "line 1: expected a code in columns 1-5, or a modifier"},
        {"   J-001007", NULL, 300, "", "line 1: expected a code in columns 1-5, or a modifier"},
        {"A0021001003", NULL, 293, "Z", "line 1: expected an action code in column 293"},
        {"A0021001003", NULL, 230, "Z", "a coverage code in 230"},
        {"A0021001003", NULL, 277, "2024", "line 1: expected days yyyymmdd or blanks"},
        {"A0021001004", NULL, 300, "", "line 1: expected a continuation of the record before"},
        {"A0021001003", "A0021001004", 300, "", "line 2: expected a continuation of the record"},
        {"A0021001003", "A0021000004", 300, "", "line 2: expected a continuation of the record"},
        {"A0021001003", "A0022002004", 300, "", "line 2: expected a continuation of the record"},
        {"A0021001003", "A0021002008", 300, "", "line 2: expected a continuation of the record"},
        {"A0021001003", "garbage", 300, "", "line 2: expected 320 columns with sequence in 6-10"},
    };
    char text[1024];

    (void)state;
    for (size_t i = 0; i < N(rows); i++) {
        const char *second = rows[i].second ? anweb(rows[i].second, "", 300, "") : "";

        snprintf(text, sizeof(text), "%s%s", anweb(rows[i].head, "x", rows[i].at, rows[i].sign),
                 second);
        refused(name, text, "layout", rows[i].words);
    }
    refused(name, "A0021001003\r\n", "layout", "line 1: expected 320 columns");
    refused(name, "A0021001005 and more of it\r\n", "layout", "line 1: expected 320 columns");
    refused(name, "A0021x01003 and more of it\r\n", "layout", "line 1: expected 320 columns");
}

/* test_anweb_text - a description over several records, some of them empty */
static void test_anweb_text(void **state)
{
    char text[2048];
    struct good_file f = {
        "HCPC2024_JUL_ANWEB.txt", text, TABLE_MODIFIERS, "JW", NULL, 20240701, "long", "a b"};

    (void)state;
    snprintf(text, sizeof(text), "%s%s%s\r\n%s", anweb("   JW001007", "a", 293, "N"),
             anweb("   JW002008", "", 300, ""), anweb("   JW003008", "b", 300, ""),
             anweb("A0021004003", "x", 230, "D"));
    taken_each(&f, 1);
    f = (struct good_file){
        "HCPC2024_JUL_ANWEB.txt", text, TABLE_HCPCS, "A0021", NULL, 20240701, "coverage", "D"};
    taken_each(&f, 1);
}

#define PAYERS                                                                                     \
    "payer_id,name,filing_indicator,receiver,kinds,timely_filing_days,filing_basis,"               \
    "member_pattern,aliases,requires_referring,allow_freq7,insurance_type,claim_office,from,to\n"
#define NINES "99999999999999999999999999999999999999999999999999"
#define NINES_400 NINES NINES NINES NINES NINES NINES NINES NINES

/* test_own - columns, comments, keys, aliases, days */
static void test_own(void **state)
{
    static const struct bad_file bad[] = {
        {"payers.csv", PAYERS "P1,X,CI,R,P,,,,,N,Y,,,2020-01-01\n", "layout",
         "line 2: expected a day in \"to\""},
        {"payers.csv", PAYERS "P1,X,CI,R,P,,,,,N,Y,,,2020-01-01,,\n", "layout",
         "line 2: expected 15 columns"},
        {"payers.csv", PAYERS "P1,Inc, the,CI,R,P,,,,,N,Y,,,,\n", "layout", "line 2: expected 15"},
        {"payers.csv", PAYERS "P1,X,CI,R,P,,,,,N,Y,,,2020-01-01,,,,,,,,,,,,,,,,,\n", "layout",
         "line 2: expected 15 columns"},
        {"payers.csv", PAYERS "P1,X,CI,R,P,,,,,N,Y,,,2020-01-01T00:00:00,\n", "layout",
         "line 2: expected days in \"from\" and \"to\""},
        {"payers.csv", PAYERS "P1,X,CI,R,P,,,,,N,Y,,,,2020\n", "layout",
         "line 2: expected days in"},
        {"payers.csv", PAYERS NINES_400 "9,X,CI,R,P,,,,,N,Y,,,,\n", "layout", "line 2: expected"},
        {"payers.csv", PAYERS NINES_400 NINES NINES NINES ",X,CI,R,P,,,,,N,Y,,,,\n", "layout",
         "line 2: expected a key of at most 400 bytes"},
        {"payers.csv", PAYERS "P1,X,CI,R,P,,,," NINES_400 "9,N,Y,,,,\n", "layout",
         "line 2: expected aliases of at most 400 bytes"},
        {"payers.csv", PAYERS "P1,X,CI,R,P,,,," NINES_400 NINES NINES NINES ",N,Y,,,,\n", "layout",
         "line 2: expected aliases of at most 400 bytes"},
        {"payers.csv", PAYERS "P1,X,CI,R,P,,,,#x,N,Y,,,,\n", "layout", "that do not begin with #"},
        {"payers.csv", PAYERS "#P1,X,CI,R,P,,,,,N,Y,,,,\n", "layout", "line 2: expected"},
        {"payers.csv", "# payers, of the house\n" PAYERS, "layout", "line 1: expected column 1"},
    };
    static const struct good_file good[] = {
        {"payers.csv", "# of the house\n" PAYERS "#\n\nP1,X,CI,R,P,,,,P1; ;p 2;,N,Y,,,,\n",
         TABLE_PAYERS, "P 2", NULL, 20260101, "canonical", "P1"},
        {"payers.csv", PAYERS "P1,X,CI,R,P,,,," NINES_400 ",N,Y,,,,\n", TABLE_PAYERS, NINES_400,
         NULL, 20260101, "canonical", "P1"},
    };

    (void)state;
    refused_each(NULL, bad, N(bad));
    taken_each(good, N(good));
}

/* test_own_large - a cell of more bytes than any may have */
static void test_own_large(void **state)
{
    enum { MOST = 16384 };
    static char text[2 * MOST];
    int head = snprintf(text, sizeof(text), PAYERS "P1,");

    (void)state;
    memset(text + head, 'X', MOST);
    snprintf(text + head + MOST, sizeof(text) - MOST - (size_t)head, ",CI,R,P,,,,,N,Y,,,,\n");
    refused("payers.csv", text, "layout", "line 2: expected a name in \"name\"");
}

/* main - all of them */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fsh),      cmocka_unit_test(test_lists),
        cmocka_unit_test(test_columns),  cmocka_unit_test(test_csv),
        cmocka_unit_test(test_taxonomy), cmocka_unit_test(test_long),
        cmocka_unit_test(test_anweb),    cmocka_unit_test(test_anweb_text),
        cmocka_unit_test(test_own),      cmocka_unit_test(test_own_large),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
