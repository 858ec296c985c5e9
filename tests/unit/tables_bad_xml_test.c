/* tables_bad_xml_test.c - the XML files at their boundaries, a table of cases for each layout: what
 * must be said of a file that is none of it, and what comes of one that only just is */
#include "tests/support/loading.h"
#include "tests/support/test.h"

#include <stdio.h>

#define N(a) (sizeof(a) / sizeof((a)[0]))

#define VERSION "<version>2026</version>"
#define TABULAR(inner) "<ICD10CM.tabular>" VERSION inner "</ICD10CM.tabular>\n"
#define CHAPTER(inner) TABULAR("<chapter><name>4</name><desc>x</desc>" inner "</chapter>")
#define E10(inner) CHAPTER("<diag><name>E10</name>" inner "<desc>y</desc></diag>")
#define DEEP_12 "<a><a><a><a><a><a><a><a><a><a><a><a>"

/* test_tabular - names, sections, what stands elsewhere than a note may */
static void test_tabular(void **state)
{
    static const struct bad_file bad[] = {
        {"t.xml", CHAPTER("<section id=\"A00-A09\"/><section id=\"A00-A09 and many others!\"/>"),
         "layout", "line 1: expected the name of a section of at most 23"},
        {"t.xml", CHAPTER("<section/>"), "layout", "line 1: expected a section with an id"},
        {"t.xml", CHAPTER("<section other=\"A00\"></section>"), "layout", "a section with an id"},
        {"t.xml", TABULAR("<chapter><name>4.-</name></chapter>"), "layout", "a code in <name>"},
        {"t.xml", TABULAR("<chapter><desc>x</desc></chapter>"), "layout", "<name> before <desc>"},
        {"t.xml", TABULAR(DEEP_12 DEEP_12 DEEP_12 DEEP_12), "layout", "nested at most 48 deep"},
        {"t.xml", "<ICD10CM.tabular>" VERSION, "layout", "line 1: expected no element found"},
        {"t.xml", "<ICD10CM.tabular><version>2100</version></ICD10CM.tabular>", "year",
         "expected <version> with the fiscal year"},
        {"t.xml", "<ICD10CM.tabular><version>2009</version></ICD10CM.tabular>", "year",
         "expected <version> with the fiscal year"},
        {"t.xml", "<ICD10CM.tabular><version>202", "year", "expected <version> with the fiscal"},
        {"t.xml", "<ICD10CM.tabular><version>year</version>", "year", "expected <version> with"},
        {"t.xml", TABULAR(""), "count", "no row: expected well-formed XML of the tabular list"},
    };
    static const struct good_file good[] = {
        {"t.xml", E10("<name>E11</name>"), TABLE_ICD10CM_TABULAR, "E10", "desc", 20260101, "text",
         "y"},
        {"t.xml", E10("<name>E11</name>"), TABLE_ICD10CM_TABULAR, "E11", "desc", 20260101, "text",
         "(absent)"},
        {"t.xml", E10("<x><name>E11</name><desc>z</desc></x>"), TABLE_ICD10CM_TABULAR, "E10",
         "desc", 20260101, "text", "y"},
        {"t.xml", E10("<excludes1><x><note>a (E11)</note></x></excludes1>"), TABLE_ICD10CM_TABULAR,
         "E10", "excludes1", 20260101, "text", "(absent)"},
        {"t.xml", E10("<excludes1><note>a (E11)</note></excludes1>"), TABLE_ICD10CM_TABULAR, "E10",
         "excludes1", 20260101, "codes", "E11"},
        {"t.xml", E10("<sevenChrDef><extension>x</extension></sevenChrDef>"), TABLE_ICD10CM_TABULAR,
         "E10", "seven", 20260101, "codes", ""},
        {"t.xml",
         CHAPTER("<section id=\"A00-A09\"><name>x</name><desc>z</desc></section>"
                 "<diag><name>E10</name></diag>"),
         TABLE_ICD10CM_TABULAR, "SECTION A00-A09", "desc", 20260101, "text", "z"},
    };

    (void)state;
    refused_each(NULL, bad, N(bad));
    taken_each(good, N(good));
}

/* filled - head, so many of a byte, tail; the caller frees it */
static char *filled(const char *head, char c, size_t n, const char *tail)
{
    char *out = malloc(strlen(head) + n + strlen(tail) + 1);

    assert_non_null(out);
    memcpy(out, head, strlen(head) + 1);
    memset(out + strlen(head), c, n);
    memcpy(out + strlen(head) + n, tail, strlen(tail) + 1);
    return out;
}

/* test_text_limit - of an element: 64 KiB, also when it comes in many pieces */
static void test_text_limit(void **state)
{
    static const char head[] = "<ICD10CM.tabular>" VERSION "<chapter><name>4</name><desc>";
    static const char latin[] =
        "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><ICD10CM.tabular>" VERSION
        "<chapter><name>4</name><desc>";
    static const char tail[] = "</desc><diag><name>E10</name></diag></chapter></ICD10CM.tabular>";
    char *most = filled(head, 'x', 65536, tail), *more = filled(head, 'x', 65537, tail),
         *pieces = filled(latin, '\xE9', 40000, tail);
    struct loading l;

    (void)state;
    loading_begin(&l, NULL);
    assert_int_equal(loading_add(&l, "t.xml", most), LOAD_TAKEN);
    loading_end(&l);
    refused("t.xml", more, "layout", "line 1: expected texts of at most 64 KiB");
    refused("t.xml", pieces, "layout", "line 1: expected texts of at most 64 KiB");
    free(most);
    free(more);
    free(pieces);
}

/* test_large - a file that is read in more than one piece, whole and with a fault in each */
static void test_large(void **state)
{
    enum { PIECE = 1 << 24 };
    char *whole = filled(CHAPTER("<diag><name>E10</name></diag>"), '\n', PIECE, "<!-- end -->\n"),
         *first = filled(CHAPTER("<diag>") "<", '\n', PIECE, ""),
         *last = filled(CHAPTER("<diag><name>E10</name></diag>"), '\n', PIECE, "<");
    struct loading l;

    (void)state;
    loading_begin(&l, NULL);
    assert_int_equal(loading_add(&l, "t.xml", whole), LOAD_TAKEN);
    loading_end(&l);
    refused("t.xml", first, "layout", "line 1: expected mismatched tag");
    refused("t.xml", last, "layout", "line 16777218: expected unclosed token");
    free(whole);
    free(first);
    free(last);
}

#define INDEX(inner)                                                                               \
    "<ICD10CM.index>" VERSION "<letter><title>A</title>" inner "</letter></ICD10CM.index>\n"
#define TERM(inner) INDEX("<mainTerm><title>Amyloidosis</title>" inner "</mainTerm>")
#define SITES(inner)                                                                               \
    "<ICD10CM.index>" VERSION "<indexHeading><head col=\"2\">Malignant Primary</head>"             \
    "</indexHeading><letter><mainTerm><title>Neoplasm</title>" inner "</mainTerm></letter>"        \
    "</ICD10CM.index>\n"
#define SITE(inner) SITES("<term><title>breast</title>" inner "</term>")
#define TERMS_6 "<term><term><term><term><term><term>"
#define ENDS_6 "</term></term></term></term></term></term>"

/* test_index - levels, codes, what stands elsewhere, years */
static void test_index(void **state)
{
    static const struct bad_file bad[] = {
        {"i.xml", TERM("<code>see a</code>"), "layout",
         "line 1: expected a code, or the beginning"},
        {"i.xml", TERM("<code>e85</code>"), "layout", "line 1: expected a code, or the beginning"},
        {"i.xml", TERM("<code>1E85</code>"), "layout", "line 1: expected a code, or the beginning"},
        {"i.xml", TERM("<code>E8</code>"), "layout", "line 1: expected a code, or the beginning"},
        {"i.xml", TERM("<code>E</code>"), "layout", "line 1: expected a code, or the beginning"},
        {"i.xml", TERM("<code>[E85]</code><manif>[~I43]</manif>"), "layout", "a code, or the beg"},
        {"i.xml", TERM("<code>E85.9E85.9E85.9E85.9</code>"), "layout",
         "a code, or the beginning of"},
        {"i.xml", TERM(TERMS_6 TERMS_6 ENDS_6 ENDS_6), "layout", "terms nested at most 12 deep"},
        {"icd10cm_index_2025.xml", TERM("<code>E85.9</code>"), "year",
         "the name says 2025, <version>"},
        {"icd10cm_index.xml",
         "<ICD10CM.index><version>2100</version><mainTerm><title>x</title></mainTerm></"
         "ICD10CM.index>",
         "year", "expected the fiscal year in <version> or in the name"},
        {"icd10cm_index_1999.xml", "<ICD10CM.index></ICD10CM.index>", "year",
         "expected the fiscal"},
        {"x.xml", "<ICD10CM.index>" VERSION "<indexHeading>x</indexHeading></ICD10CM.index>",
         "layout", "line 1: expected a file of one of the tables"},
    };
    static const struct bad_file other[] = {
        {"i.xml", TERM("<code>E85.9</code>"), "layout", "well-formed XML of the index of external"},
    };
    static const struct good_file good[] = {
        {"icd10cm_index_2026.xml", TERM("<code>E85.--</code>"), TABLE_ICD10CM_INDEX, "AMYLOIDOSIS",
         NULL, 20260101, "code", "E85-"},
        {"i.xml", TERM("<code>--</code><see>x</see><see>y</see>"), TABLE_ICD10CM_INDEX,
         "AMYLOIDOSIS", NULL, 20260101, "see", "x y"},
        {"i.xml", TERM("<code/><x><y><nemod>z</nemod></y></x><see>y</see>"), TABLE_ICD10CM_INDEX,
         "AMYLOIDOSIS", NULL, 20260101, "optional", ""},
        {"i.xml",
         INDEX("<mainTerm><title>of the</title><code>E85</code></mainTerm>"
               "<mainTerm><code>E86</code></mainTerm>"
               "<mainTerm><title>x</title><code>E87</code></mainTerm>"),
         TABLE_ICD10CM_INDEX, "X", NULL, 20260101, "code", "E87"},
        {"x.xml",
         "<ICD10CM.index>" VERSION "<title>External Cause</title><mainTerm><title>Fall</title>"
         "<code>W19</code></mainTerm></ICD10CM.index>",
         TABLE_ICD10CM_EINDEX, "FALL", NULL, 20260101, "code", "W19"},
    };

    (void)state;
    refused_each(NULL, bad, N(bad));
    refused_each("icd10cm-eindex", other, N(other));
    taken_each(good, N(good));
}

/* test_long_terms - titles are cut at 399 bytes, redirects too; what has no room in a path is not
 * found by it, and all the others are */
static void test_long_terms(void **state)
{
    static const char tail[] = "</title><code>E85</code>";
    char a[400], b[400], c[400], text[8192];
    struct loading l;

    (void)state;
    snprintf(a, sizeof(a), "%0399d", 1);
    snprintf(b, sizeof(b), "%0399d", 2);
    snprintf(c, sizeof(c), "%0399d", 3);
    snprintf(
        text, sizeof(text),
        INDEX("<mainTerm><title>%s%s%s<term><title>%s%s<term><title>%s%s</term></term></mainTerm>"
              "<mainTerm><title>X</title><see>%s</see><see>%s</see></mainTerm>"),
        a, b, tail, b, tail, c, tail, a, b);
    loading_begin(&l, NULL);
    assert_int_equal(loading_add(&l, "i.xml", text), LOAD_TAKEN);
    loading_publish(&l);
    assert_int_equal(l.refused, 0);
    assert_string_equal(asked(l.tables, TABLE_ICD10CM_INDEX, "X", NULL, 20260101, "see"), a);
    assert_string_equal(asked(l.tables, TABLE_ICD10CM_INDEX, a, NULL, 20260101, "code"), "E85");
    assert_int_equal(tables_edition_at(l.tables, 0)->rows, 2);
    snprintf(text, sizeof(text),
             SITES("<term><title>%s</title><term><title>%s</title><term><title>%s</title><term>"
                   "<cell col=\"2\">C50</cell></term></term></term></term>"
                   "<term><title>breast</title><cell col=\"2\">C50</cell></term>"),
             a, b, c);
    assert_int_equal(loading_add(&l, "n.xml", text), LOAD_TAKEN);
    loading_publish(&l);
    assert_int_equal(tables_edition(l.tables, TABLE_ICD10CM_NEOPLASM, 20260101)->rows, 1);
    loading_end(&l);
}

/* test_cells - columns, codes, levels of the tables beside the index */
static void test_cells(void **state)
{
    static const struct bad_file bad[] = {
        {"n.xml", SITE("<cell col=\"2\">c50</cell>"), "layout",
         "line 1: expected a code, or the beg"},
        {"n.xml", SITES(TERMS_6 TERMS_6 ENDS_6 ENDS_6), "layout", "terms nested at most 12 deep"},
        {"n.xml", SITE("<cell col=\"2\">C50"), "layout", "line 1: expected mismatched tag"},
    };
    static const struct good_file good[] = {
        {"n.xml",
         SITE("<cell col=\"1\">x</cell><cell col=\"8\">y</cell><cell>z</cell>"
              "<cell row=\"3\" col=\"2\">C50.9 -</cell>"),
         TABLE_ICD10CM_NEOPLASM, "BREAST", NULL, 20260101, "malignant", "C509-"},
        {"n.xml",
         SITES("<term><title>of the</title><see>x</see></term><term><title/><see>x</see></term>"
               "<term><title>breast</title><x><cell col=\"2\">z</cell></x><see>y</see></term>"),
         TABLE_ICD10CM_NEOPLASM, "BREAST", NULL, 20260101, "see", "y"},
    };

    (void)state;
    refused_each(NULL, bad, N(bad));
    taken_each(good, N(good));
}

#define FLAT "RowID,Letter,Level,Term,See,SeeAlso,NonEssModif,Code\n"

/* test_flat - the index as CSV: eight cells, numbers, levels, codes */
static void test_flat(void **state)
{
    static const char name[] = "icd10cm_index_2025_flat.csv";
    static const struct bad_file bad[] = {
        {name, FLAT "1,H,0,x,,,\n", "layout", "line 2: expected eight cells, the third a level"},
        {name, FLAT "1,H,x,x,,,,I10\n", "layout",
         "line 2: expected eight cells, the third a level"},
        {name, FLAT "1,H,12,x,,,,I10\n", "layout",
         "line 2: expected eight cells, the third a level"},
        {name, FLAT "a,H,0,x,,,,I10\n", "layout",
         "line 2: expected eight cells, the third a level"},
        {name, FLAT "1,HHH,0,x,,,,I10\n", "layout",
         "line 2: expected eight cells, the third a level"},
        {name, FLAT "1,H,0,x,,,,i10\n", "layout",
         "line 2: expected a code, or the beginning of one"},
        {name, FLAT "1,H,0,x,,,,\"I10\n", "layout", "line 2: a quoted cell does not end"},
        {name, FLAT, "count", "no row: expected RowID"},
    };
    static const struct good_file good[] = {
        {name, FLAT "1,H,0,,,,,I10\n2,H,0,x,,,,I11\n", TABLE_ICD10CM_INDEX, "X", NULL, 20250101,
         "code", "I11"},
    };

    (void)state;
    refused_each(NULL, bad, N(bad));
    taken_each(good, N(good));
}

#define AXIS(pos, n, labels) "<axis pos=\"" pos "\" values=\"" n "\">" labels "</axis>"
#define LABEL(c) "<label code=\"" c "\">x</label>"
#define PCS(rows)                                                                                  \
    "<ICD10PCS.tabular>" VERSION "<pcsTable>" AXIS("1", "1", LABEL("0"))                           \
        AXIS("2", "1", LABEL("D")) AXIS("3", "1", LABEL("T")) rows                                 \
        "</pcsTable></ICD10PCS.tabular>\n"
#define LAST_3 AXIS("5", "1", LABEL("0")) AXIS("6", "1", LABEL("Z")) AXIS("7", "1", LABEL("Z"))
#define ROW(n, fourth) PCS("<pcsRow codes=\"" n "\">" fourth LAST_3 "</pcsRow>")

/* test_pcs - axes, labels, what a row promises */
static void test_pcs(void **state)
{
    static const char name[] = "icd10pcs_tables_2026.xml";
    static const struct bad_file bad[] = {
        {name, ROW("1", AXIS("0", "1", LABEL("H"))), "layout",
         "an axis with pos 1-7 and values 1-34"},
        {name, ROW("1", AXIS("", "1", LABEL("H"))), "layout",
         "an axis with pos 1-7 and values 1-34"},
        {name, ROW("1", AXIS("44", "1", LABEL("H"))), "layout", "an axis with pos 1-7 and values"},
        {name, ROW("1", AXIS("4", "0", "")), "layout", "an axis with pos 1-7 and values 1-34"},
        {name, ROW("1", AXIS("4", "x", LABEL("H"))), "layout",
         "an axis with pos 1-7 and values 1-34"},
        {name, ROW("1", AXIS("4", "37", LABEL("H"))), "layout",
         "an axis with pos 1-7 and values 1-34"},
        {name, ROW("1", "<axis pos=\"9\"/>"), "layout", "an axis with pos 1-7 and values 1-34"},
        {name, ROW("1", AXIS("4", "1", LABEL(""))), "layout", "labels of one character"},
        {name, ROW("1", AXIS("4", "1", LABEL("HJ"))), "layout", "labels of one character"},
        {name, ROW("1", AXIS("4", "1", LABEL("h"))), "layout", "labels of one character"},
        {name, ROW("0", ""), "layout",
         "a row whose values make as many codes as its attribute says"},
        {name, ROW("2", AXIS("4", "1", LABEL("H"))), "layout", "a row whose values make as many"},
        {name, "<ICD10PCS.tabular><version>2009</version></ICD10PCS.tabular>", "year",
         "expected <version> with the fiscal year"},
        {name, "<ICD10PCS.tabular><version>2100</version></ICD10PCS.tabular>", "year",
         "expected <version> with the fiscal year"},
        {"icd10pcs_tables_2025.xml", ROW("1", AXIS("4", "1", LABEL("H"))), "year",
         "the name says 2025"},
        {name, PCS(""), "count", "no row: expected well-formed XML of the PCS tables"},
    };
    static const struct good_file good[] = {
        /* labels that stand in no axis are none of it; an axis in an axis ends both */
        {"t.xml", ROW("1", LABEL("Q") AXIS("4", "1", LABEL("H"))), TABLE_ICD10PCS_TABLE, "0DT",
         "ROW 0001", 20260101, "values4", "H"},
        {"t.xml", ROW("1", "<axis pos=\"3\" values=\"1\">" AXIS("4", "1", LABEL("H")) "</axis>"),
         TABLE_ICD10PCS_TABLE, "0DT", "ROW 0001", 20260101, "values4", "H"},
    };

    (void)state;
    refused_each(NULL, bad, N(bad));
    taken_each(good, N(good));
}

/* test_pcs_key - term and value, the year of the name */
static void test_pcs_key(void **state)
{
    static const struct bad_file bad[] = {
        {"key_2026.tsv", "term\tuse\nCecum\n", "layout", "line 2: expected a term, TAB, the value"},
        {"key_2026.tsv", "term\tuse\n\tCecum\n", "layout",
         "line 2: expected a term, TAB, the value"},
        {"key_2026.tsv", "term\tuse\nCecum\tx\ty\n", "layout", "line 2: expected a term, TAB, the"},
        {"key_2026.tsv", "term\tuse\n#Cecum\tx\n", "layout",
         "line 2: expected a term, TAB, the value"},
        {"key_1999.tsv", "term\tuse\nCecum\tx\n", "year", "expected the fiscal year in the name"},
        {"key.tsv", "term\tuse\nCecum\tx\n", "year", "expected the fiscal year in the name"},
    };
    static const struct bad_file none[] = {
        {"key_2026.tsv", "use\tterm\nCecum\tx\n", "layout", "line 1: expected a header term, use"},
    };
    static const struct good_file good[] = {
        {"key_2026.tsv", "term\tuse\n\n\t\nCecum\tx\n", TABLE_ICD10PCS_KEY, "CECUM", NULL, 20260101,
         "use", "x"},
    };

    (void)state;
    refused_each(NULL, bad, N(bad));
    refused_each("icd10pcs-key", none, N(none));
    taken_each(good, N(good));
}

/* main - all of them */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tabular),    cmocka_unit_test(test_text_limit),
        cmocka_unit_test(test_large),      cmocka_unit_test(test_index),
        cmocka_unit_test(test_long_terms), cmocka_unit_test(test_cells),
        cmocka_unit_test(test_flat),       cmocka_unit_test(test_pcs),
        cmocka_unit_test(test_pcs_key),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
