/* tables_tabular_test.c - notes and their references, the index, phrases */
#include "tests/support/loading.h"
#include "tests/support/test.h"

#include <stdio.h>

#include "common/rules/code_set.h"
#include "common/tables/phrase.h"
#include "common/tables/tabular.h"

/* is - a note's text gives these references */
static void is(const char *text, const char *expected)
{
    struct buf b;

    buf_init(&b);
    tabular_references(text, strlen(text), &b);
    if (strcmp(b.data ? b.data : "", expected) != 0)
        fail_msg("\"%s\": \"%s\", not \"%s\"", text, b.data ? b.data : "", expected);
    buf_release(&b);
}

/* test_references - the forms that stand in the list */
static void test_references(void **state)
{
    (void)state;
    is("gestational diabetes (O24.4-)", "O244");
    is("type 1 diabetes mellitus (E10.-)", "E10");
    is("chronic kidney disease (N18.1-N18.6)", "N181-N186");
    is("pancreatitis and other diseases of the pancreas (K85-K86.-)", "K85-K86");
    is("malnutrition (E40-E46)", "E40-E46");
    is("several (E10.2-, E11.2-, E13.2-)", "E102;E112;E132");
    is("infections (J00-J06; J20-J22)", "J00-J06;J20-J22");
    is("head injury (S00 - S09)", "S00-S09");
    is("rheumatic fever (I01.0 -I01.9)", "I010-I019");
    is("cerebral hemorrhage (I60.-. I61.-, I62.-)", "I60;I61;I62");
    is("atherosclerosis (I70.2--I70.7-)", "I702-I707");
    is("rheumatoid arthritis (M05.00 to M05.8A)", "M0500-M058A");
    is("apnea of newborn (P28.3- - P28.4-)", "P283-P284");
    is("mental disorders (F10.--F19.-)", "F10-F19");
    is("mental disorders (F10.- -F19.-)", "F10-F19");
    is("pregnancy (O00-O9A)", "O00-O9A");
    is("genetic (QA0.0101)", "QA00101");
    is("congenital (sternomastoid) torticollis Q68.0", "Q680");
    is("excessive crying of infant (baby) R68.11", "R6811");
    is("code(s) from F10 to identify manifestations", "F10");
    is("hypertension complicating (O10-O16), if known", "O10-O16");
    is("severe sepsis (R65.2-) and organ dysfunction(s)", "R652");
    is("for adults (Z68.1-Z68.45) or pediatrics (Z68.5-)", "Z681-Z6845;Z685");
    is("glucose-6-phosphate dehydrogenase (G6PD) deficiency with anemia (D55.0)", "D550");
    is("certain localized infections - see body system-related chapters", "");
    is("code(s) to identify all manifestations of HIV infection", "");
    is("malignant neoplasm of cartilage (of):", "");
    is("", "");
    is("(", "");
    is(")", "");
    is("(E", "");
    is("(E10", "E10");
    is("E10)", "");
}

/* test_conditions - characters that a note asks for */
static void test_conditions(void **state)
{
    (void)state;
    is("drug (T36-T50 with fifth or sixth character 5)", "T36-T50@i5");
    is("poisoning (T36-T65 with fifth or sixth character 1-4 or 6)", "T36-T65@i12346");
    is("diabetes mellitus (E08-E13 with .42)", "E08-E13@s42");
    is("diabetes mellitus (E08-E13 with .62-)", "E08-E13@s62");
    is("dementia (F10-F19, with .17, .27, .97)", "F10-F19@s17;F10-F19@s27;F10-F19@s97");
    is("diabetes (E08, E09 with final characters .00 or .01)", "E08@s00;E08@s01;E09@s00;E09@s01");
    is("fluency (I69. with final characters -23)", "I69@e23");
    is("open fracture (S42.- with 7th character B or C)", "S42@7BC");
    is("concussion (S06.0X- with seventh character A)", "S060X@7A");
    is("mononucleosis (B27.0-B27.9 with fifth character 1)", "B270-B279@51");
    is("elbow (S52.- with open fracture 7th character)", "");
}

/* in_category - an item of the set may name a code of this one's category */
static bool in_category(const struct tabular_set *s, uint64_t code)
{
    size_t from, to, is = tabular_category(code);

    assert_true(is < TABULAR_CATEGORIES);
    for (size_t i = 0; tabular_set_categories(s, i, &from, &to); i++)
        if (from <= is && is <= to)
            return true;
    return false;
}

/* kept_names - the compiled set does; where it does, the code stands in one of its places, and its
 * category is one of the set's */
static bool kept_names(const char *refs, const char *code)
{
    const struct tabular_set *s = tabular_set_of(refs);
    struct tabular_places at = {{0}};
    bool is;

    assert_non_null(s);
    tabular_places_add(&at, code_key(code));
    is = tabular_set_has(s, code_key(code));
    assert_true(!is || tabular_places_meet(tabular_set_places(s), &at));
    assert_true(!is || in_category(s, code_key(code)));
    return is;
}

/* test_refers - which codes an item names */
static void test_refers(void **state)
{
    static const struct {
        const char *codes, *code;
        bool is;
    } rows[] = {
        {"E10", "E109", true},
        {"E10", "E119", false},
        {"E10", "E1", false},
        {"N181-N186", "N1831", true},
        {"N181-N186", "N189", false},
        {"N181-N186", "N186", true},
        {"K85-K86", "K8689", true},
        {"K85-K86", "K870", false},
        {"O00-O9A", "O9A111", true},
        {"E08-E13@s42", "E1142", true},
        {"E08-E13@s42", "E1143", false},
        {"T36-T50@i5", "T45515A", true},
        {"T36-T50@i5", "T45511A", false},
        {"T36-T50@i5", "T43651A", false},
        {"T36-T50@i5", "T38805", true},
        {"I69@e23", "I69323", true},
        {"I69@e23", "I69322", false},
        {"S42@7BC", "S42001B", true},
        {"S42@7BC", "S42001A", false},
        {"S42@7BC", "S42001", false},
        {"A00;E10", "E109", true},
        {"", "E109", false},
        {";;", "E109", false},
        {"E10@", "E109", false},
        {"E10@x", "E109", false},
        {"-", "E109", false},
        {"E10-", "E109", false},
        {"-E10", "E109", false},
        {"E10E10E10", "E109", false},
        {"E10-E10E10E10", "E109", false},
        {"E10-E11-E12", "E109", true},
        {"E10-E11AAAAA", "E11AAAAA", true},
        {"E10AAAAA", "E109", false},
        {"E10@s9-", "E109", false},
        {"E10@s9@", "E109", false},
        {"I69@e23", "I692", false},
        {"I69@e23", "I6923", true},
        {"T36-T50@i5", "T36", false},
        {"T36-T50@i5", "T380", false},
        {"T36-T50@i5", "T3805", true},
        {"E10@39", "E109", false},
        {"E10@89", "E109", false},
        {"E10@49", "E109", true},
        {"E10@59", "E109", false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (tabular_refers(span_of(rows[i].codes), rows[i].code) != rows[i].is ||
            kept_names(rows[i].codes, rows[i].code) != rows[i].is)
            fail_msg("%s and %s", rows[i].codes, rows[i].code);
}

/* test_kept - a literal is compiled once, a text that may change never */
static void test_kept(void **state)
{
    static const char refs[] = "I10-I13";
    char copy[sizeof(refs)];

    (void)state;
    memcpy(copy, refs, sizeof(copy));
    assert_non_null(tabular_set_of(refs));
    assert_ptr_equal(tabular_set_of(refs), tabular_set_of(refs));
    assert_null(tabular_set_of(copy));
    assert_true(in_category(tabular_set_of("E08-E11;I10"), code_key("E1165")));
    assert_true(in_category(tabular_set_of("E08-E11;I10"), code_key("I10")));
    assert_true(in_category(tabular_set_of("E08-E11;I10"), code_key("E1")));
    assert_false(in_category(tabular_set_of("E08-E11;I10"), code_key("E1310")));
    assert_false(in_category(tabular_set_of("E08-E11;I10"), code_key("I110")));
    assert_false(in_category(tabular_set_of("C70-C79"), code_key("C7A1")));
}

static const char tabular[] =
    "<?xml "
    "version=\"1.0\"?>\n<ICD10CM.tabular><version>2026</"
    "version><introduction><introSection><title>x</title></introSection>"
    "</introduction><chapter><name>4</name><desc>Endocrine "
    "(E00-E89)</desc><excludes1><note>transitory (P70-P74)</note></excludes1>"
    "<sectionIndex><sectionRef first=\"E08\" last=\"E13\" "
    "id=\"E08-E13\">x</sectionRef></sectionIndex>"
    "<section id=\"E08-E13\"><desc>Diabetes</desc><excludes1><note>block (Z99.8)</note></excludes1>"
    "<diag><name>E10</name><desc>Type 1</desc><excludes1><note>type 2 (E11.-)</note><note>other "
    "(E13.-)</note></excludes1>"
    "<diag><name>E10.9</name><desc>Type 1 without</desc></diag></diag>"
    "<diag><name>E11</name><desc>Type 2</desc><useAdditionalCode><note>insulin "
    "(Z79.4)</note></useAdditionalCode>"
    "<diag><name>E11.3</name><desc>eye</desc><excludes1><note>self (E11.3-, "
    "H35.-)</note></excludes1>"
    "<sevenChrNote><note>laterality</note></sevenChrNote><sevenChrDef><extension "
    "char=\"1\">right</extension>"
    "<extension char=\"2\">left</extension></sevenChrDef>"
    "<diag placeholder=\"true\"><name>E11.32</name><desc>mild &amp; small</desc></diag></diag>"
    "<diag><name>E11.9</name><desc>Type 2 "
    "without</desc></diag></diag></section></chapter></ICD10CM.tabular>\n";

/* load - the list above */
static void load(struct loading *l)
{
    loading_begin(l, NULL);
    if (loading_add(l, "icd10cm_tabular_2026.xml", tabular) != LOAD_TAKEN)
        fail_msg("%s", l->last.text);
    loading_publish(l);
    assert_int_equal(l->refused, 0);
}

/* test_inheritance - from category, block and chapter */
static void test_inheritance(void **state)
{
    struct loading l;
    struct table_row r;
    char text[16];

    (void)state;
    load(&l);
    assert_true(tabular_excludes1(l.tables, "E109", "E119", 20260101, &r));
    assert_true(span_is(table_key(&r, 0), "E10"));
    assert_true(tabular_excludes1(l.tables, "E119", "E109", 20260101, &r));
    assert_true(tabular_excludes1(l.tables, "E119", "Z998", 20260101, &r));
    assert_true(span_is(table_key(&r, 0), "SECTION E08-E13"));
    assert_true(tabular_excludes1(l.tables, "P700", "E119", 20260101, &r));
    assert_true(span_is(table_key(&r, 0), "CHAPTER 4"));
    assert_false(tabular_excludes1(l.tables, "E119", "I10", 20260101, &r));
    assert_false(
        tabular_excludes1(l.tables, "E11321", "E11329", 20260101, &r)); /* the note names both */
    assert_true(tabular_excludes1(l.tables, "E119", "E11321", 20260101, &r) == false);
    assert_false(tabular_excludes1(l.tables, "E109", "E119", 20300101, &r)); /* no edition */
    assert_true(tabular_seventh(l.tables, "E11321", 20260101, text, sizeof(text)));
    assert_string_equal(text, "12");
    assert_false(tabular_seventh(l.tables, "E119", 20260101, text, sizeof(text)));
    assert_string_equal(asked(l.tables, TABLE_ICD10CM_TABULAR, "E1132", "desc", 20260101, "text"),
                        "mild & small");
    assert_string_equal(
        asked(l.tables, TABLE_ICD10CM_TABULAR, "E11", "use-additional", 20260101, "codes"), "Z794");
    loading_end(&l);
}

/* test_seventh - of the nearest node that has a list, as many as there is room for */
static void test_seventh(void **state)
{
    static const char list[] =
        "<ICD10CM.tabular><version>2026</version><chapter><name>19</name><desc>x</desc><diag>"
        "<name>S52</name><desc>x</desc><sevenChrDef><extension char=\"A\">x</extension><extension "
        "char=\"D\">x</extension></sevenChrDef><excludes1><note>from behind (S60-S50)</note>"
        "</excludes1><diag><name>S52.1</name><desc>x</desc><sevenChrDef><extension>x</extension>"
        "<extension char=\"B\">x</extension><extension "
        "char=\"C\">x</extension></sevenChrDef></diag>"
        "</diag></chapter></ICD10CM.tabular>";
    static const struct {
        const char *code;
        size_t size;
        bool is;
        const char *text;
    } rows[] = {
        {"S521", 8, true, "BC"}, {"S522", 8, true, "AD"}, {"S521", 3, true, "BC"},
        {"S521", 2, true, "B"},  {"S521", 1, false, ""},  {"S521", 0, false, "?"},
    };
    struct loading l;
    struct table_row row;

    (void)state;
    loading_begin(&l, NULL);
    assert_int_equal(loading_add(&l, "t.xml", list), LOAD_TAKEN);
    loading_publish(&l);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char text[8] = "?";

        assert_true(tabular_seventh(l.tables, rows[i].code, 20260101, text, rows[i].size) ==
                    rows[i].is);
        assert_string_equal(text, rows[i].text);
    }
    assert_false(tabular_excludes1(l.tables, "S521", "S551", 20260101, &row));
    loading_end(&l);
}

/* walk_among - how many notes of a part apply to a code and may name one in these places */
static int walk_among(const struct tables *t, const char *code, enum tabular_part part,
                      const struct tabular_places *among)
{
    struct tabular_walk w = {.among = among};
    int n = 0;

    while (tabular_note_next(t, code, part, 20260101, &w))
        n++;
    return n;
}

/* walk - all of them */
static int walk(const struct tables *t, const char *code, enum tabular_part part)
{
    return walk_among(t, code, part, NULL);
}

/* test_walk_among - of the notes of E11.9's block and chapter only those that may name a code of
 * the visit; none of a part that nothing above the code has */
static void test_walk_among(void **state)
{
    struct tabular_places at = {{0}};
    struct loading l;

    (void)state;
    load(&l);
    assert_int_equal(walk_among(l.tables, "E119", TABULAR_EXCLUDES1, &at), 0);
    tabular_places_add(&at, code_key("I10"));
    assert_int_equal(walk_among(l.tables, "E119", TABULAR_EXCLUDES1, &at), 0);
    tabular_places_add(&at, code_key("Z998"));
    assert_int_equal(walk_among(l.tables, "E119", TABULAR_EXCLUDES1, &at), 1);
    tabular_places_add(&at, code_key("P700"));
    assert_int_equal(walk_among(l.tables, "E119", TABULAR_EXCLUDES1, &at), 2);
    assert_int_equal(walk(l.tables, "E119", TABULAR_CODE_ALSO), 0);
    assert_int_equal(walk(l.tables, "E119", TABULAR_USE_ADDITIONAL), 1);
    loading_end(&l);
}

/* test_walk - nearest first, nothing twice, odd codes */
static void test_walk(void **state)
{
    struct loading l;

    (void)state;
    load(&l);
    assert_int_equal(walk(l.tables, "E109", TABULAR_EXCLUDES1), 4);
    assert_int_equal(walk(l.tables, "E11321A", TABULAR_EXCLUDES1), 3);
    assert_int_equal(walk(l.tables, "E11", TABULAR_EXCLUDES1), 2);
    assert_int_equal(walk(l.tables, "Z00", TABULAR_EXCLUDES1), 0);
    assert_int_equal(walk(l.tables, "", TABULAR_EXCLUDES1), 0);
    assert_int_equal(walk(l.tables, "E1", TABULAR_EXCLUDES1), 0);
    assert_int_equal(
        walk(l.tables, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", TABULAR_EXCLUDES1), 0);
    loading_end(&l);
}

/* replace - one part of the list */
static const char *replace(const char *what, const char *by)
{
    static char out[4096];
    const char *at = strstr(tabular, what);

    assert_non_null(at);
    snprintf(out, sizeof(out), "%.*s%s%s", (int)(at - tabular), tabular, by, at + strlen(what));
    return out;
}

/* test_xml_damaged - not well formed, entities, depth, a wrong year */
static void test_xml_damaged(void **state)
{
    char deep[4096] =
        "<ICD10CM.tabular><version>2026</version><chapter><name>1</name><desc>x</desc>";

    (void)state;
    refused("icd10cm_tabular_2026.xml", replace("</section>", ""), "layout", "line 2");
    refused("icd10cm_tabular_2025.xml", tabular, "year", "the name says 2025, <version> says 2026");
    refused("icd10cm_tabular.xml", replace("<version>2026</version>", ""), "year", "<version>");
    refused("t.xml", replace("<name>E10</name>", "<name>what is this</name>"), "layout",
            "a code in <name>");
    refused("t.xml", replace("<name>E10</name>", ""), "layout", "<name> before <desc>");
    refused("t.xml",
            "<!DOCTYPE x [<!ENTITY a "
            "\"aaaaaaaaaa\">]><ICD10CM.tabular><version>2026</version>&a;</ICD10CM.tabular>",
            "layout", "no entity declarations");
    for (int i = 0; i < 60; i++)
        strncat(deep, "<diag>", sizeof(deep) - strlen(deep) - 1);
    refused("t.xml", deep, "layout", "nested");
}

/* test_april - a mid-year release serves its whole year until the October one is there */
static void test_april(void **state)
{
    struct loading l;

    (void)state;
    loading_begin(&l, NULL);
    assert_int_equal(loading_add(&l, "icd10cm-tabular-April-1-2026.xml", tabular), LOAD_TAKEN);
    loading_publish(&l);
    assert_string_equal(tables_edition(l.tables, TABLE_ICD10CM_TABULAR, 20251001)->edition,
                        "2026-04");
    assert_int_equal(loading_add(&l, "icd10cm_tabular_2026.xml", tabular), LOAD_TAKEN);
    loading_publish(&l);
    assert_string_equal(tables_edition(l.tables, TABLE_ICD10CM_TABULAR, 20260331)->edition, "2026");
    assert_string_equal(tables_edition(l.tables, TABLE_ICD10CM_TABULAR, 20260401)->edition,
                        "2026-04");
    loading_end(&l);
}

/* test_index_flat - paths by level, redirects, incomplete codes */
static void test_index_flat(void **state)
{
    static const char text[] =
        "RowID,Letter,Level,Term,See,SeeAlso,NonEssModif,Code\n1,H,0,\"Hypertension, "
        "hypertensive\",,,(benign),I10\n"
        "2,H,1,heart,\"Hypertension, heart\",,(disease),\n3,H,1,with,,,,\n4,H,2,kidney "
        "involvement,,,,I12.-\n"
        "5,L,0,Lupus,,,,\n6,L,1,\"erythematosus (systemic), NEC\",,,,M32.9\n";
    struct loading l;

    (void)state;
    loading_begin(&l, NULL);
    assert_int_equal(loading_add(&l, "icd10cm_index_2025_flat.csv", text), LOAD_TAKEN);
    loading_publish(&l);
    assert_string_equal(
        asked(l.tables, TABLE_ICD10CM_INDEX, "HYPERTENSION", NULL, 20301231, "code"), "I10");
    assert_string_equal(
        asked(l.tables, TABLE_ICD10CM_INDEX, "HYPERTENSION", NULL, 20301231, "path"),
        "Hypertension, hypertensive");
    assert_string_equal(
        asked(l.tables, TABLE_ICD10CM_INDEX, "HYPERTENSION", NULL, 20240930, "code"),
        "(no edition)");
    assert_string_equal(
        asked(l.tables, TABLE_ICD10CM_INDEX, "HEART HYPERTENSION", NULL, 20251001, "see"),
        "Hypertension, heart");
    assert_string_equal(asked(l.tables, TABLE_ICD10CM_INDEX, "HYPERTENSION INVOLVEMENT KIDNEY WITH",
                              NULL, 20251001, "code"),
                        "I12-");
    assert_string_equal(
        asked(l.tables, TABLE_ICD10CM_INDEX, "ERYTHEMATOSUS LUPUS", NULL, 20251001, "code"),
        "M329");
    loading_end(&l);
    refused("icd10cm_index_2025_flat.csv",
            "RowID,Letter,Level,Term,See,SeeAlso,NonEssModif,Code\n1,H,12,x,,,,I10\n", "layout",
            "line 2");
    refused("icd10cm_index_flat.csv", text, "year", "fiscal year");
    refused("icd10cm_index_2025_flat.csv",
            "RowID,Level,Letter,Term,See,SeeAlso,NonEssModif,Code\n1,0,H,x,,,,I10\n", "layout",
            "line");
}

/* test_index_xml - titles with their brackets, manifestations, redirects */
static void test_index_xml(void **state)
{
    static const char text[] =
        "<?xml version=\"1.0\"?><ICD10CM.index><version>2026</version><title>ICD-10-CM INDEX TO "
        "DISEASES</title><letter><title>A</title>"
        "<mainTerm><title>Amyloidosis<nemod>(diffuse) (secondary)</nemod> "
        "NEC</title><code>E85.9</code>"
        "<term level=\"1\"><title>heart</title><code>E85.4</code><manif>I43</manif></term>"
        "<term level=\"1\"><title>skin</title><see>Skin, a</see><seeAlso>Skin, "
        "b</seeAlso></term></mainTerm></letter></ICD10CM.index>";
    struct loading l;

    (void)state;
    loading_begin(&l, NULL);
    assert_int_equal(loading_add(&l, "icd10cm_index_2026.xml", text), LOAD_TAKEN);
    loading_publish(&l);
    assert_string_equal(
        asked(l.tables, TABLE_ICD10CM_INDEX, "AMYLOIDOSIS", NULL, 20260101, "optional"),
        "(diffuse) (secondary)");
    assert_string_equal(
        asked(l.tables, TABLE_ICD10CM_INDEX, "AMYLOIDOSIS HEART", NULL, 20260101, "manifestation"),
        "I43");
    assert_string_equal(
        asked(l.tables, TABLE_ICD10CM_INDEX, "AMYLOIDOSIS HEART", NULL, 20260101, "kind"), "code");
    assert_int_equal(tables_edition_at(l.tables, 0)->rows, 4);
    loading_end(&l);
}

/* phrase - the key of a text */
static const char *phrase(const char *text)
{
    static char out[256];

    return phrase_normal(text, strlen(text), out, sizeof(out)) ? out : "(none)";
}

/* test_phrases - the same words, the same key */
static void test_phrases(void **state)
{
    char longest[3000], small[8];

    (void)state;
    assert_string_equal(phrase("Bronchitis, acute"), "ACUTE BRONCHITIS");
    assert_string_equal(phrase("  acute   BRONCHITIS "), "ACUTE BRONCHITIS");
    assert_string_equal(phrase("Acute bronchitis, unspecified"), "ACUTE BRONCHITIS");
    assert_string_equal(phrase("Acute bronchitis (disorder)"), "ACUTE BRONCHITIS");
    assert_string_equal(phrase("Essential (primary) hypertension"),
                        phrase("hypertension, essential"));
    assert_string_equal(phrase("Crohn's disease of the colon"), "COLON CROHN DISEASE");
    assert_string_equal(phrase("Hepatitis A"), "A HEPATITIS");
    assert_string_equal(phrase("without (with) [ECG]"), "ECG WITHOUT");
    assert_string_equal(phrase("fracture fracture"), "FRACTURE");
    assert_string_equal(phrase("the of (x)"), "(none)");
    assert_string_equal(phrase(""), "(none)");
    assert_string_equal(phrase("(((("), "(none)");
    assert_string_equal(phrase("x) y"), "X Y");
    memset(longest, 'A', sizeof(longest));
    assert_false(phrase_normal(longest, sizeof(longest), small, sizeof(small)));
    assert_false(phrase_normal("ABCDEFGH", 8, small, sizeof(small)));
    assert_true(phrase_normal("ABCDEF", 6, small, sizeof(small)));
}

static const char neoplasm[] =
    "<ICD10CM.index><version>2026</version><indexHeading><head col=\"1\">Neoplasm</head>"
    "<head col=\"2\">Malignant Primary</head></indexHeading><letter><title>N</title>"
    "<mainTerm><title>Neoplasm, neoplastic</title><cell col=\"2\">C80.1</cell>"
    "<term level=\"1\"><title>breast</title><cell col=\"2\">C50.9-</cell><cell "
    "col=\"3\">C79.81</cell><cell col=\"4\">--</cell><cell col=\"7\">D49.3</cell>"
    "<term level=\"2\"><title>skin</title><seeAlso>Neoplasm, skin, trunk</seeAlso></term></term>"
    "</mainTerm></letter></ICD10CM.index>\n";
static const char drug[] =
    "<ICD10CM.index><version>2026</version><indexHeading><head col=\"1\">Substance</head>"
    "<head col=\"6\">Adverse effect</head><head col=\"7\">Underdosing</head></indexHeading>"
    "<letter><title>W</title><mainTerm><title>Warfarin</title><cell col=\"2\">T45.511</cell><cell "
    "col=\"6\">T45.515</cell><cell col=\"7\">T45.516</cell>"
    "<term level=\"1\"><title>sodium</title><cell col=\"6\">T45.515</cell></term></mainTerm>"
    "</letter></ICD10CM.index>\n";
static const char causes[] =
    "<ICD10CM.index><version>2026</version><title>ICD-10-CM EXTERNAL CAUSE of INJURIES "
    "INDEX</title><letter><title>F</title><mainTerm><title>Fall, falling</title><code>W19</code>"
    "<term level=\"1\"><title>from ladder</title><code>W11</code></term></mainTerm></letter>"
    "</ICD10CM.index>\n";

/* test_beside_index - neoplasms, drugs, external causes */
static void test_beside_index(void **state)
{
    enum { ON = 20260301 };
    struct loading l;

    (void)state;
    loading_begin(&l, NULL);
    assert_int_equal(loading_add(&l, "neoplasm.xml", neoplasm), LOAD_TAKEN);
    assert_int_equal(loading_add(&l, "drug.xml", drug), LOAD_TAKEN);
    assert_int_equal(loading_add(&l, "eindex.xml", causes), LOAD_TAKEN);
    loading_publish(&l);
    assert_int_equal(l.refused, 0);
    assert_string_equal(asked(l.tables, TABLE_ICD10CM_NEOPLASM, "BREAST", NULL, ON, "malignant"),
                        "C509-");
    assert_string_equal(asked(l.tables, TABLE_ICD10CM_NEOPLASM, "BREAST", NULL, ON, "secondary"),
                        "C7981");
    assert_string_equal(asked(l.tables, TABLE_ICD10CM_NEOPLASM, "BREAST", NULL, ON, "in_situ"), "");
    assert_string_equal(asked(l.tables, TABLE_ICD10CM_NEOPLASM, "BREAST SKIN", NULL, ON, "see"),
                        "Neoplasm, skin, trunk");
    assert_string_equal(asked(l.tables, TABLE_ICD10CM_DRUG, "WARFARIN", NULL, ON, "underdosing"),
                        "T45516");
    assert_string_equal(asked(l.tables, TABLE_ICD10CM_DRUG, "SODIUM WARFARIN", NULL, ON, "adverse"),
                        "T45515");
    assert_string_equal(asked(l.tables, TABLE_ICD10CM_EINDEX, "FALL FROM LADDER", NULL, ON, "code"),
                        "W11");
    loading_end(&l);
}

/* main - all of them */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_references),   cmocka_unit_test(test_conditions),
        cmocka_unit_test(test_refers),       cmocka_unit_test(test_kept),
        cmocka_unit_test(test_inheritance),  cmocka_unit_test(test_seventh),
        cmocka_unit_test(test_walk),         cmocka_unit_test(test_walk_among),
        cmocka_unit_test(test_xml_damaged),  cmocka_unit_test(test_april),
        cmocka_unit_test(test_index_flat),   cmocka_unit_test(test_index_xml),
        cmocka_unit_test(test_beside_index), cmocka_unit_test(test_phrases),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
