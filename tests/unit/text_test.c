/* text_test.c - words, the compiled index, reading a note, looking a description up: over small
 * tables of our own in the official layouts */
#include "tests/support/loading.h"
#include "tests/support/test.h"

#include <stdio.h>

#include "common/text/lexicon.h"
#include "common/text/text.h"

enum { ON = 20260301, ARENA = 1 << 26 };

/* A row of the order file. */
struct order {
    const char *code;
    int billable;
    const char *brief, *full;
};

static const struct order orders[] = {
    {"C34", 0, "Malignant neoplasm of bronchus and lung",
     "Malignant neoplasm of bronchus and lung"},
    {"C3411", 1, "Malignant neoplasm of upper lobe, right bronchus or lung",
     "Malignant neoplasm of upper lobe, right bronchus or lung"},
    {"C349", 0, "Malignant neoplasm of unsp part of bronchus or lung",
     "Malignant neoplasm of unspecified part of bronchus or lung"},
    {"C3490", 1, "Malignant neoplasm of unsp part of unsp bronchus or lung",
     "Malignant neoplasm of unspecified part of unspecified bronchus or lung"},
    {"C3491", 1, "Malignant neoplasm of unsp part of right bronchus or lung",
     "Malignant neoplasm of unspecified part of right bronchus or lung"},
    {"C4359", 1, "Malignant melanoma of other part of trunk",
     "Malignant melanoma of other part of trunk"},
    {"C439", 1, "Malignant melanoma of skin, unspecified",
     "Malignant melanoma of skin, unspecified"},
    {"C50", 0, "Malignant neoplasm of breast", "Malignant neoplasm of breast"},
    {"C50919", 1, "Malignant neoplasm of unspecified site of unspecified fema",
     "Malignant neoplasm of unspecified site of unspecified female breast"},
    {"C61", 1, "Malignant neoplasm of prostate", "Malignant neoplasm of prostate"},
    {"C768", 1, "Malignant neoplasm of other specified ill-defined sites",
     "Malignant neoplasm of other specified ill-defined sites"},
    {"C801", 1, "Malignant (primary) neoplasm, unspecified",
     "Malignant (primary) neoplasm, unspecified"},
    {"C959", 0, "Leukemia, unspecified", "Leukemia, unspecified"},
    {"C9590", 1, "Leukemia, unspecified not having achieved remission",
     "Leukemia, unspecified not having achieved remission"},
    {"C9591", 1, "Leukemia, unspecified, in remission", "Leukemia, unspecified, in remission"},
    {"D126", 1, "Benign neoplasm of colon, unspecified", "Benign neoplasm of colon, unspecified"},
    {"D369", 1, "Benign neoplasm, unspecified site", "Benign neoplasm, unspecified site"},
    {"E11", 0, "Type 2 diabetes mellitus", "Type 2 diabetes mellitus"},
    {"E1122", 1, "Type 2 diabetes mellitus w diabetic chronic kidney disease",
     "Type 2 diabetes mellitus with diabetic chronic kidney disease"},
    {"E118", 1, "Type 2 diabetes mellitus with unspecified complications",
     "Type 2 diabetes mellitus with unspecified complications"},
    {"E119", 1, "Type 2 diabetes mellitus without complications",
     "Type 2 diabetes mellitus without complications"},
    {"G819", 0, "Hemiplegia, unspecified", "Hemiplegia, unspecified"},
    {"G8190", 1, "Hemiplegia, unspecified affecting unspecified side",
     "Hemiplegia, unspecified affecting unspecified side"},
    {"G8191", 1, "Hemiplegia, unspecified affecting right dominant side",
     "Hemiplegia, unspecified affecting right dominant side"},
    {"G8192", 1, "Hemiplegia, unspecified affecting left dominant side",
     "Hemiplegia, unspecified affecting left dominant side"},
    {"G8193", 1, "Hemiplegia, unspecified affecting right nondominant side",
     "Hemiplegia, unspecified affecting right nondominant side"},
    {"G8194", 1, "Hemiplegia, unspecified affecting left nondominant side",
     "Hemiplegia, unspecified affecting left nondominant side"},
    {"H05", 0, "Disorders of orbit", "Disorders of orbit"},
    {"H0520", 1, "Unspecified exophthalmos", "Unspecified exophthalmos"},
    {"H05403", 1, "Unspecified enophthalmos, bilateral", "Unspecified enophthalmos, bilateral"},
    {"H1600", 0, "Unspecified corneal ulcer", "Unspecified corneal ulcer"},
    {"H16001", 1, "Unspecified corneal ulcer, right eye", "Unspecified corneal ulcer, right eye"},
    {"H16003", 1, "Unspecified corneal ulcer, bilateral", "Unspecified corneal ulcer, bilateral"},
    {"H16009", 1, "Unspecified corneal ulcer, unspecified eye",
     "Unspecified corneal ulcer, unspecified eye"},
    {"I21", 0, "Acute myocardial infarction", "Acute myocardial infarction"},
    {"I219", 1, "Acute myocardial infarction, unspecified",
     "Acute myocardial infarction, unspecified"},
    {"J18", 0, "Pneumonia, unspecified organism", "Pneumonia, unspecified organism"},
    {"J181", 1, "Lobar pneumonia, unspecified organism", "Lobar pneumonia, unspecified organism"},
    {"J189", 1, "Pneumonia, unspecified organism", "Pneumonia, unspecified organism"},
    {"J44", 0, "Other chronic obstructive pulmonary disease",
     "Other chronic obstructive pulmonary disease"},
    {"J441", 1, "Chronic obstructive pulmonary disease with (acute) exacerb",
     "Chronic obstructive pulmonary disease with (acute) exacerbation"},
    {"J449", 1, "Chronic obstructive pulmonary disease, unspecified",
     "Chronic obstructive pulmonary disease, unspecified"},
    {"K552", 0, "Angiodysplasia of colon", "Angiodysplasia of colon"},
    {"K5520", 1, "Angiodysplasia of colon without hemorrhage",
     "Angiodysplasia of colon without hemorrhage"},
    {"K5521", 1, "Angiodysplasia of colon with hemorrhage",
     "Angiodysplasia of colon with hemorrhage"},
    {"K8000", 1, "Calculus of gallbladder w acute cholecyst w/o obstruction",
     "Calculus of gallbladder with acute cholecystitis without obstruction"},
    {"L024", 0, "Cutaneous abscess, furuncle and carbuncle of limb",
     "Cutaneous abscess, furuncle and carbuncle of limb"},
    {"L0241", 0, "Cutaneous abscess of limb", "Cutaneous abscess of limb"},
    {"L02415", 1, "Cutaneous abscess of right lower limb", "Cutaneous abscess of right lower limb"},
    {"L02416", 1, "Cutaneous abscess of left lower limb", "Cutaneous abscess of left lower limb"},
    {"L02419", 1, "Cutaneous abscess of limb, unspecified",
     "Cutaneous abscess of limb, unspecified"},
    {"L97808", 1, "Non-prs chronic ulc oth prt unsp low leg w oth severity",
     "Non-pressure chronic ulcer of other part of unspecified lower leg with other specified "
     "severity"},
    {"L97908", 1, "Non-prs chronic ulc unsp prt of unsp low leg w oth severity",
     "Non-pressure chronic ulcer of unspecified part of unspecified lower leg with other "
     "specified severity"},
    {"L270", 1, "Generalized skin eruption due to drugs", "Generalized skin eruption due to drugs"},
    {"M25", 0, "Other joint disorder, NEC", "Other joint disorder, not elsewhere classified"},
    {"M2556", 0, "Pain in knee", "Pain in knee"},
    {"M25561", 1, "Pain in right knee", "Pain in right knee"},
    {"M25562", 1, "Pain in left knee", "Pain in left knee"},
    {"M25569", 1, "Pain in unspecified knee", "Pain in unspecified knee"},
    {"M796", 0, "Pain in limb, hand, foot, fingers and toes",
     "Pain in limb, hand, foot, fingers and toes"},
    {"M79609", 1, "Pain in unspecified limb", "Pain in unspecified limb"},
    {"M79672", 1, "Pain in left foot", "Pain in left foot"},
    {"M79673", 1, "Pain in unspecified foot", "Pain in unspecified foot"},
    {"N12", 1, "Tubulo-interstitial nephritis, not specified as acute or c",
     "Tubulo-interstitial nephritis, not specified as acute or chronic"},
    {"N16", 1, "Renal tubulo-interstitial disorders in diseases classified",
     "Renal tubulo-interstitial disorders in diseases classified elsewhere"},
    {"N18", 0, "Chronic kidney disease (CKD)", "Chronic kidney disease (CKD)"},
    {"N183", 0, "Chronic kidney disease, stage 3 (moderate)",
     "Chronic kidney disease, stage 3 (moderate)"},
    {"N1831", 1, "Chronic kidney disease, stage 3a", "Chronic kidney disease, stage 3a"},
    {"N1832", 1, "Chronic kidney disease, stage 3b", "Chronic kidney disease, stage 3b"},
    {"N186", 1, "End stage renal disease", "End stage renal disease"},
    {"N189", 1, "Chronic kidney disease, unspecified", "Chronic kidney disease, unspecified"},
    {"R21", 1, "Rash and other nonspecific skin eruption",
     "Rash and other nonspecific skin eruption"},
    {"S069X", 0, "Unspecified intracranial injury", "Unspecified intracranial injury"},
    {"S069X0A", 1, "Unsp intracranial injury w/o loss of consciousness, init",
     "Unspecified intracranial injury without loss of consciousness, initial encounter"},
    {"S069X9A", 1, "Unsp intracranial injury w LOC of unsp duration, init",
     "Unspecified intracranial injury with loss of consciousness of unspecified duration, initial "
     "encounter"},
    {"S069XAA", 1, "Unsp intracranial injury w LOC status unknown, init",
     "Unspecified intracranial injury with loss of consciousness status unknown, initial "
     "encounter"},
    {"S72", 0, "Fracture of femur", "Fracture of femur"},
    {"S72001A", 1, "Fx unsp part of neck of rt femr, init",
     "Fracture of unspecified part of neck of right femur, initial encounter for closed fracture"},
    {"S72001D", 1, "Fx unsp part of neck of rt femr, subs",
     "Fracture of unspecified part of neck of right femur, subsequent encounter"},
    {"S72002A", 1, "Fx unsp part of neck of lt femr, init",
     "Fracture of unspecified part of neck of left femur, initial encounter for closed fracture"},
    {"S72002D", 1, "Fx unsp part of neck of lt femr, subs",
     "Fracture of unspecified part of neck of left femur, subsequent encounter"},
    {"S72011A", 1, "Unsp intracap fx rt femr, init",
     "Unspecified intracapsular fracture of right femur, initial encounter for closed fracture"},
    {"S82", 0, "Fracture of lower leg, including ankle", "Fracture of lower leg, including ankle"},
    {"S822", 0, "Fracture of shaft of tibia", "Fracture of shaft of tibia"},
    {"S8220", 0, "Unspecified fracture of shaft of tibia",
     "Unspecified fracture of shaft of tibia"},
    {"S82201", 0, "Unspecified fracture of shaft of right tibia",
     "Unspecified fracture of shaft of right tibia"},
    {"S82201A", 1, "Unsp fracture of shaft of right tibia, init for clos fx",
     "Unspecified fracture of shaft of right tibia, initial encounter for closed fracture"},
    {"S82201B", 1, "Unsp fx shaft of right tibia, init for opn fx type I/2",
     "Unspecified fracture of shaft of right tibia, initial encounter for open fracture type I or "
     "II"},
    {"S82201D", 1, "Unsp fx shaft of right tibia, subs for clos fx w routn heal",
     "Unspecified fracture of shaft of right tibia, subsequent encounter for closed fracture with "
     "routine healing"},
    {"T391X1", 0, "Poisoning by 4-Aminophenol derivatives, accidental (uni",
     "Poisoning by 4-Aminophenol derivatives, accidental (unintentional)"},
    {"T391X1A", 1, "Poisoning by 4-Aminophenol derivatives, accidental, init",
     "Poisoning by 4-Aminophenol derivatives, accidental (unintentional), initial encounter"},
    {"T391X2", 0, "Poisoning by 4-Aminophenol derivatives, intentional sel",
     "Poisoning by 4-Aminophenol derivatives, intentional self-harm"},
    {"T391X2A", 1, "Poisoning by 4-Aminophenol derivatives, intentiona, init",
     "Poisoning by 4-Aminophenol derivatives, intentional self-harm, initial encounter"},
    {"T391X5", 0, "Adverse effect of 4-Aminophenol derivatives",
     "Adverse effect of 4-Aminophenol derivatives"},
    {"T391X5A", 1, "Adverse effect of 4-Aminophenol derivatives, init",
     "Adverse effect of 4-Aminophenol derivatives, initial encounter"},
    {"T391X6", 0, "Underdosing of 4-Aminophenol derivatives",
     "Underdosing of 4-Aminophenol derivatives"},
    {"T391X6A", 1, "Underdosing of 4-Aminophenol derivatives, init",
     "Underdosing of 4-Aminophenol derivatives, initial encounter"},
    {"W000", 0, "Fall on same level due to ice and snow", "Fall on same level due to ice and snow"},
    {"W000XXA", 1, "Fall on same level due to ice and snow, initial encount",
     "Fall on same level due to ice and snow, initial encounter"},
    {"W010", 0, "Fall on same level from slipping", "Fall on same level from slipping"},
    {"W010XXA", 1, "Fall on same level from slipping, initial encounter",
     "Fall on same level from slipping, initial encounter"},
    {"W11", 0, "Fall on and from ladder", "Fall on and from ladder"},
    {"W11XXXA", 1, "Fall on and from ladder, initial encounter",
     "Fall on and from ladder, initial encounter"},
    {"W19", 0, "Unspecified fall", "Unspecified fall"},
    {"W19XXXA", 1, "Unspecified fall, initial encounter", "Unspecified fall, initial encounter"},
    {"Z803", 1, "Family history of malignant neoplasm of breast",
     "Family history of malignant neoplasm of breast"},
    {"Z833", 1, "Family history of diabetes mellitus", "Family history of diabetes mellitus"},
    {"Z853", 1, "Personal history of malignant neoplasm of breast",
     "Personal history of malignant neoplasm of breast"},
    {"Z8701", 1, "Personal history of pneumonia (recurrent)",
     "Personal history of pneumonia (recurrent)"},
    {"Z87891", 1, "Personal history of nicotine dependence",
     "Personal history of nicotine dependence"},
    {"Z87898", 1, "Personal history of other specified conditions",
     "Personal history of other specified conditions"},
    {"Z880", 1, "Allergy status to penicillin", "Allergy status to penicillin"},
    {"Z886", 1, "Allergy status to analgesic agent", "Allergy status to analgesic agent"},
    {"Z91040", 1, "Latex allergy status", "Latex allergy status"},
};

static const char tabular[] =
    "<ICD10CM.tabular><version>2026</version><chapter><name>4</name><desc>All</desc>"
    "<section id=\"E11-Z87\"><desc>All</desc>"
    "<diag><name>E11</name><desc>Type 2</desc><inclusionTerm><note>diabetes NOS</note>"
    "</inclusionTerm></diag>"
    "<diag><name>N16</name><desc>Renal disorders</desc><inclusionTerm><note>Pyelonephritis</note>"
    "</inclusionTerm></diag></section></chapter></ICD10CM.tabular>\n";

static const char sites[] =
    "<ICD10CM.index><version>2026</version><indexHeading><head col=\"1\">Neoplasm</head>"
    "<head col=\"2\">Malignant Primary</head></indexHeading><letter><title>N</title>"
    "<mainTerm><title>Neoplasm, neoplastic</title><cell col=\"2\">C80.1</cell><cell "
    "col=\"5\">D36.9</cell>"
    "<term level=\"1\"><title>colon</title><seeAlso>Neoplasm, intestine, large</seeAlso></term>"
    "<term level=\"1\"><title>intestine, large</title><cell col=\"5\">D12.6</cell></term>"
    "<term level=\"1\"><title>back</title><cell col=\"2\">C76.8</cell></term>"
    "<term level=\"1\"><title>prostate</title><cell col=\"2\">C61</cell></term>"
    "</mainTerm></letter></ICD10CM.index>\n";

static const char drugs[] =
    "<ICD10CM.index><version>2026</version><indexHeading><head col=\"1\">Substance</head>"
    "<head col=\"2\">Poisoning Accidental (unintentional)</head>"
    "<head col=\"3\">Poisoning Intentional self-harm</head>"
    "<head col=\"4\">Poisoning Assault</head><head col=\"5\">Poisoning Undetermined</head>"
    "<head col=\"6\">Adverse effect</head><head col=\"7\">Underdosing</head></indexHeading>"
    "<letter><title>A</title><mainTerm><title>Acetaminophen</title><cell col=\"2\">T39.1X1</cell>"
    "<cell col=\"3\">T39.1X2</cell><cell col=\"6\">T39.1X5</cell><cell col=\"7\">T39.1X6</cell>"
    "</mainTerm></letter></ICD10CM.index>\n";

static const char alphabet[] =
    "<ICD10CM.index><version>2026</version><title>INDEX</title><letter><title>A</title>"
    "<mainTerm><title>Adenocarcinoma</title><seeAlso>Neoplasm, malignant, by site</seeAlso>"
    "</mainTerm><mainTerm><title>Adenoma</title><seeAlso>Neoplasm, benign, by site</seeAlso>"
    "</mainTerm><mainTerm><title>Attack</title><term level=\"1\"><title>heart</title>"
    "<see>Infarct, myocardium</see></term></mainTerm>"
    "<mainTerm><title>Collapse, coronary</title><seeAlso>Attack, heart</seeAlso></mainTerm>"
    "<mainTerm><title>Infarct, infarction</title><term level=\"1\"><title>myocardium, "
    "myocardial</title>"
    "<code>I21.9</code></term></mainTerm>"
    "<mainTerm><title>Pain</title><term level=\"1\"><title>knee</title><code>M25.56-</code>"
    "</term></mainTerm>"
    "<mainTerm><title>Pneumonia<nemod>(acute)</nemod></title><code>J18.9</code>"
    "<term level=\"1\"><title>lobar</title><code>J18.1</code></term>"
    "<term level=\"1\"><title>due to</title><code>J18.1</code></term></mainTerm>"
    "<mainTerm><title>Abscess</title><code>L02.91</code><term level=\"1\"><title>thigh</title>"
    "<code>L02.41-</code></term></mainTerm>"
    "<mainTerm><title>Cancer</title><term level=\"1\"><title>lung</title><code>C34.90</code>"
    "</term><term level=\"1\"><title>breast</title><code>C50.919</code>"
    "</term></mainTerm>"
    "<mainTerm><title>Disease, kidney, chronic</title><term level=\"1\"><title>end stage</title>"
    "<code>N18.6</code></term></mainTerm>"
    "<mainTerm><title>Fracture, traumatic</title><term level=\"1\"><title>tibia</title>"
    "<code>S82.20-</code></term></mainTerm>"
    "<mainTerm><title>Hemiplegia</title><code>G81.9-</code></mainTerm>"
    "<mainTerm><title>History</title><term level=\"1\"><title>family</title><term level=\"2\">"
    "<title>malignant neoplasm</title><term level=\"3\"><title>breast</title><code>Z80.3</code>"
    "</term></term></term><term level=\"1\"><title>personal</title><term level=\"2\">"
    "<title>malignant neoplasm</title><term level=\"3\"><title>breast</title><code>Z85.3</code>"
    "</term></term><term level=\"2\"><title>pneumonia</title><code>Z87.01</code></term>"
    "<term level=\"2\"><title>former smoker</title><code>Z87.898</code></term></term>"
    "</mainTerm>"
    "<mainTerm><title>Melanoma</title><term level=\"1\"><title>skin</title><term level=\"2\">"
    "<title>back</title><code>C43.59</code></term></term></mainTerm>"
    "<mainTerm><title>Nephritis, tubulo-interstitial</title><code>N12</code></mainTerm>"
    "<mainTerm><title>Rash</title><code>R21</code></mainTerm>"
    "<mainTerm><title>Pyelonephritis</title><seeAlso>Nephritis, tubulo-interstitial</seeAlso>"
    "</mainTerm>"
    "</letter></ICD10CM.index>\n";

/* A compiled index over these tables. */
struct bench {
    struct loading l;
    struct text_index *x;
    struct arena *a;
    struct err e;
};

/* order_file - the rows above in the columns of the order file */
static void order_file(struct buf *b)
{
    for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++)
        buf_addf(b, "%05zu %-7s %d %-60s %s\n", i + 1, orders[i].code, orders[i].billable,
                 orders[i].brief, orders[i].full);
}

/* bench_begin - loads and compiles */
static void bench_begin(struct bench *b)
{
    struct buf order;

    memset(b, 0, sizeof(*b));
    buf_init(&order);
    order_file(&order);
    loading_begin(&b->l, NULL);
    loading_add(&b->l, "icd10cm_order_2026.txt", order.data);
    loading_add(&b->l, "icd10cm_tabular_2026.xml", tabular);
    loading_add(&b->l, "icd10cm_index_2026.xml", alphabet);
    loading_add(&b->l, "icd10cm_neoplasm_2026.xml", sites);
    loading_add(&b->l, "icd10cm_drug_2026.xml", drugs);
    loading_publish(&b->l);
    if (b->l.refused)
        fail_msg("%s", b->l.last.text);
    buf_release(&order);
    b->x = text_index_new(b->l.tables, ON, &b->e);
    if (!b->x)
        fail_msg("%s", b->e.text);
    b->a = arena_new(ARENA);
}

/* bench_end - frees */
static void bench_end(struct bench *b)
{
    arena_free(b->a);
    text_index_free(b->x);
    loading_end(&b->l);
}

/* Notes, and whether they state that a status of allergy is the patient's. */
static const struct allergy_case {
    const char *text, *code;
    bool stated;
} allergy_cases[] = {
    {"ALLERGIES: Penicillin.", "Z880", true},
    {"Allergies: latex, penicillin (rash)", "Z880", true},
    {"Allergies: latex, penicillin (rash)", "Z91040", true},
    {"Allergies:\n- Latex\n- Penicillin", "Z880", true},
    {"Allergies: acetaminophen", "Z886", true}, /* by the table of drugs */
    {"Allergies: NKDA", "Z880", false},
    {"Allergies: none", "Z880", false},
    {"Allergies: no penicillin allergy", "Z880", false},
    {"Allergies: none.\n\nTakes penicillin.", "Z880", false}, /* the section is over */
    {"Medications: penicillin", "Z880", false},
    {"Takes acetaminophen.", "Z886", false},
    {"Allergies: Tylenol", "Z886", true}, /* a name of lists/drugs.tsv */
    {"Allergic to acetaminophen.", "Z886", true},
    {"Tylenol allergy.", "Z886", true},
    {"Allergic to latex, Tylenol and penicillin.", "Z886", true},
    {"Allergic to latex, Tylenol and penicillin.", "Z880", true},
    {"Not allergic to Tylenol.", "Z886", false},
    {"Her mother is allergic to Tylenol.", "Z886", false},
    {"Allergic to dust, takes Tylenol.", "Z886", false},
    {"PCN - rash", "Z880", true},
    {"Tylenol (rash)", "Z886", true},
    {"Tylenol: rash", "Z886", true},
    {"Tylenol, rash", "Z886", false},
    {"Tylenol - pneumonia", "Z886", false},
    {"Medications:\nTylenol - rash", "Z886", false}, /* what for */
    {"Assessment:\nTylenol - rash", "Z886", false},
};

/* A rash that an allergy made then, or that is there now. */
static const struct {
    const char *text;
    enum text_time time;
} rashes[] = {
    {"Allergic to penicillin: rash.", TEXT_HISTORICAL},
    {"Allergic to penicillin: Rash.", TEXT_HISTORICAL},
    {"Allergic to penicillin (rash).", TEXT_HISTORICAL},
    {"PCN - rash", TEXT_HISTORICAL},
    {"Penicillin allergy which causes a rash.", TEXT_HISTORICAL},
    {"Allergic to penicillin: a rash now.", TEXT_RECENT},
    {"Allergic to penicillin. Rash.", TEXT_RECENT},
    {"Allergic to penicillin: no reaction since. Rash.", TEXT_RECENT},
    {"Rash. Allergic to penicillin.", TEXT_RECENT},
};

/* test_forms - one word, one form */
static void test_forms(void **state)
{
    static const char *const rows[][2] = {
        {"Fractures", "fracture"},
        {"oedema", "edema"},
        {"Tumours", "tumor"},
        {"biopsies", "biopsy"},
        {"abscess", "abscess"},
        {"pelvis", "pelvis"},
        {"thromboses", "thrombosis"},
        {"patient's", "patient"},
        {"cardiac", "heart"},
        {"haemorrhage", "hemorrhage"},
        {"rt", "right"},
        {"w/o", "without"},
        {"gas", "gas"},
    };
    struct lexicon *l = lexicon_new();
    char out[WORD_MAX];

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        lexicon_form(l, rows[i][0], strlen(rows[i][0]), out);
        assert_string_equal(out, rows[i][1]);
    }
    lexicon_free(l);
}

/* test_no_table - which table is missing is said */
static void test_no_table(void **state)
{
    struct tables *t = tables_new();
    struct err e = {0};

    (void)state;
    assert_null(text_index_new(t, ON, &e));
    assert_string_equal(e.code, "no-table");
    assert_non_null(strstr(e.text, "icd10cm"));
    tables_free(t);
}

/* concept_of - the first concept of a code in a text, or NULL */
static const struct text_concept *concept_of(struct bench *b, const char *text, const char *code)
{
    struct text_reading out;

    arena_reset(b->a);
    assert_int_equal(text_read(b->x, text, strlen(text), b->a, &out, &b->e), 0);
    for (size_t i = 0; i < out.n_concepts; i++)
        if (out.concepts[i]->code && strcmp(out.concepts[i]->code, code) == 0)
            return out.concepts[i];
    return NULL;
}

/* Texts, the code that they must give, and the words that stand for it. */
static const struct read_case {
    const char *text, *code, *quote;
} read_cases[] = {
    {"Admitted for lobar pneumonia.", "J181", "lobar pneumonia"},
    {"Pneumonia, lobar.", "J181", "Pneumonia, lobar"},
    {"He had a heart attack.", "I219", "heart attack"},
    {"Myocardial infarction in May.", "I219", "Myocardial infarction"},
    {"Type 2 diabetes mellitus.", "E119", "2 diabetes mellitus"},
    {"Adenocarcinoma of the prostate.", "C61", "Adenocarcinoma of the prostate"},
    {"Biopsy: prostatic adenocarcinoma.", "C61", "prostatic adenocarcinoma"},
    {"Adenoma of the colon.", "D126", "Adenoma of the colon"},
    {"Coronary collapse at home.", "I219", "Coronary collapse"},
    {"Adenocarcinoma was found.", "C801", "Adenocarcinoma"},
    {"The lungs show PNEUMONIA.", "J189", "PNEUMONIA"},
    {"PNA on the right.", "J189", "PNA"},
    {"COPD exacerbation.", "J441", "COPD exacerbation"},
    {"COPD, seen today.", "J449", "COPD"},
    {"CKD stage 3b.", "N1832", "CKD stage 3b"},
    {"CKD.", "N189", "CKD"},
    {"End stage kidney disease.", "N186", "End stage kidney disease"},
    {"Abscess of the right thigh.", "L02415", "Abscess of the right thigh"},
    {"Abscess, thigh.", "L02419", "Abscess, thigh"},
    {"Hemiplegia on the left.", "G8194", "Hemiplegia"},
    {"Right hemiplegia.", "G8191", "hemiplegia"},
    {"Fracture of the right tibia.", "S82201A", "Fracture of the right tibia"},
    {"Open fracture of the right tibia.", "S82201B", "fracture of the right tibia"},
    {"Fracture of the right tibia, follow-up.", "S82201D", "Fracture of the right tibia"},
    {"Type 2 diabetes and CKD stage 3b.", "N1832", "CKD stage 3b"},
    {"Right lung cancer.", "C3491", "lung cancer"},
    {"Cancer of the lung, right upper lobe.", "C3411", "Cancer of the lung"},
    {"Pyelonephritis.", "N12", "Pyelonephritis"},
    {"History of breast cancer.", "Z853", "breast cancer"},
    {"Her mother had breast cancer.", "Z803", "breast cancer"},
    {"Father: diabetes.", "Z833", "diabetes"},
    {"Pneumonia in the past.", "Z8701", "Pneumonia"},
    {"Overdose of acetaminophen.", "T391X1A", "Overdose of acetaminophen"},
    {"Intentional acetaminophen overdose.", "T391X2A", "acetaminophen overdose"},
    {"Adverse reaction to acetaminophen.", "T391X5A", "Adverse reaction to acetaminophen"},
    {"Acetaminophen, underdosed.", "T391X6A", "Acetaminophen, underdosed"},
    {"Bilateral exophthalmos.", "H0520", "exophthalmos"},
    {"Corneal ulcer.", "H16009", "Corneal ulcer"},
    {"Corneal ulcer of the right eye.", "H16001", "Corneal ulcer of the right eye"},
    {"Angiodysplasia of the colon.", "K5520", "Angiodysplasia of the colon"},
    {"Angiodysplasia of the colon, bleeding.", "K5521", "Angiodysplasia of the colon, bleeding"},
    {"Angiodysplasia of the colon without bleeding.", "K5520",
     "Angiodysplasia of the colon without bleeding"},
    {"Intracranial injury.", "S069XAA", "Intracranial injury"},
    {"Intracranial injury, loss of consciousness.", "S069X9A", "Intracranial injury"},
    {"Intracranial injury without loss of consciousness.", "S069X0A",
     "Intracranial injury without loss of consciousness"},
    {"Type 2 diabetes mellitus, gout, chronic kidney disease.", "E1122",
     "2 diabetes mellitus, gout, chronic kidney disease"},
    {"Type 2 diabetes mellitus, gout, chronic kidney disease.", "N189", "chronic kidney disease"},
    {"Melanoma of the back.", "C4359", "Melanoma of the back"},
    {"Malignant melanoma of the back.", "C4359", "Malignant melanoma"},
    {"Malignancy of the back.", "C768", "Malignancy of the back"},
    {"Past medical history: former smoker", "Z87891", "former smoker"},
    {"Calculus of the gallbladder, acute cholecystitis.", "K8000",
     "Calculus of the gallbladder, acute cholecystitis"},
    {"Leukemia.", "C9590", "Leukemia"},
    {"Leukemia in remission.", "C9591", "Leukemia in remission"},
    {"Pain in the left knee.", "M25562", "Pain in the left knee"},
    {"Foot pain.", "M79673", "Foot pain"},
    {"Rash due to acetaminophen.", "L270", "Rash"},
    {"Rash due to acetaminophen.", "T391X5A", "Rash due to acetaminophen"},
    {"Rash after taking acetaminophen.", "T391X5A", "Rash after taking acetaminophen"},
    {"Rash, takes acetaminophen.", "R21", "Rash"},
    {"Rash from Tylenol.", "T391X5A", "Rash from Tylenol"},
    {"Overdose of Tylenol.", "T391X1A", "Overdose of Tylenol"},
    {"Slipped on the ice.", "W000XXA", "Slipped on the ice"},
    {"Slipped and fell on ice.", "W000XXA", "Slipped and fell on ice"},
    {"Tripped and fell.", "W010XXA", "Tripped and fell"},
    {"Fell from a ladder.", "W11XXXA", "Fell from a ladder"},
    {"Fall at home.", "W19XXXA", "Fall at home"},
    {"His last fall was in May.", "W19XXXA", "fall"},
    {"Injured in this fall.", "W19XXXA", "fall"},
    {"A ground level fall.", "W19XXXA", "fall"},
    {"Tripped and fell last fall.", "W010XXA", "Tripped and fell"},
    {"A trip and fall at home.", "W010XXA", "trip and fall"},
    {"Trip to Mexico, a fall on the ice.", "W000XXA", "fall on the ice"},
    {"Left foot pain.", "M79672", "Left foot pain"},
    {"Knee pain.", "M25569", "Knee pain"},
    {"\xc3\xa4\xc3\xb6 knee pain", "M25569", "knee pain"},
};

/* test_read - order, see references, the climb, negation; the place of each */
static void test_read(void **state)
{
    struct bench b;

    (void)state;
    bench_begin(&b);
    for (size_t i = 0; i < sizeof(read_cases) / sizeof(read_cases[0]); i++) {
        const struct text_concept *c = concept_of(&b, read_cases[i].text, read_cases[i].code);

        if (!c)
            fail_msg("%s: no %s", read_cases[i].text, read_cases[i].code);
        if (c->end - c->start != strlen(read_cases[i].quote))
            fail_msg("%s: %.*s", read_cases[i].text, (int)(c->end - c->start),
                     read_cases[i].text + c->start);
        assert_memory_equal(read_cases[i].text + c->start, read_cases[i].quote, c->end - c->start);
        assert_false(c->negated);
    }
    bench_end(&b);
}

/* test_allergies - a substance is a status in a section of allergies, beside the word, or as a line
 * with what it does; that was then */
static void test_allergies(void **state)
{
    struct bench b;

    (void)state;
    bench_begin(&b);
    for (size_t i = 0; i < sizeof(allergy_cases) / sizeof(allergy_cases[0]); i++) {
        const struct text_concept *c = concept_of(&b, allergy_cases[i].text, allergy_cases[i].code);

        if ((c && !c->negated && !c->other_person && c->time == TEXT_RECENT) !=
            allergy_cases[i].stated)
            fail_msg("%s: %s", allergy_cases[i].text, allergy_cases[i].code);
    }
    assert_int_equal(concept_of(&b, "Allergies: penicillin, pneumonia", "J189")->time,
                     TEXT_HISTORICAL);
    assert_int_equal(concept_of(&b, "Assessment: pneumonia", "J189")->time, TEXT_RECENT);
    for (size_t i = 0; i < sizeof(rashes) / sizeof(rashes[0]); i++)
        if (concept_of(&b, rashes[i].text, "R21")->time != rashes[i].time)
            fail_msg("%s", rashes[i].text);
    bench_end(&b);
}

/* test_measured - an assessment makes a code more probable, and that is not measured; what a list
 * of drugs takes away is taken from both */
static void test_measured(void **state)
{
    static const char *const notes[] = {"Pneumonia.", "Assessment:\nPneumonia.",
                                        "Assessment:\nWell.\nMedications:\nPneumonia."};
    double confidence[3], measured[3];
    struct bench b;

    (void)state;
    bench_begin(&b);
    for (size_t i = 0; i < 3; i++) {
        struct text_reading out;

        assert_int_equal(text_read(b.x, notes[i], strlen(notes[i]), b.a, &out, &b.e), 0);
        assert_int_equal(out.n_codes, 1);
        confidence[i] = out.codes[0]->confidence;
        measured[i] = out.codes[0]->measured;
    }
    assert_true(confidence[0] == measured[0]);
    assert_true(confidence[1] > measured[1] + 0.05);
    assert_true(confidence[2] == measured[2] && measured[2] < measured[0] - 0.05);
    bench_end(&b);
}

/* test_said - what is said of a concept, and what is none */
static void test_said(void **state)
{
    struct bench b;

    (void)state;
    bench_begin(&b);
    assert_true(concept_of(&b, "No pneumonia was seen.", "J189")->negated);
    assert_true(concept_of(&b, "Left knee non-painful.", "M25562")->negated);
    assert_false(concept_of(&b, "Pneumonia in an HIV negative man.", "J189")->negated);
    assert_null(concept_of(&b, "Chronic kidney disease of some stage.", "N186"));
    assert_false(concept_of(&b, "Left knee still painful.", "M25562")->negated);
    assert_null(concept_of(&b, "", "J189"));
    assert_null(concept_of(&b, "Rash due to acetaminophen.", "R21"));
    assert_null(concept_of(&b, "Rash, takes acetaminophen.", "T391X5A"));
    assert_null(concept_of(&b, "Rash before acetaminophen.", "T391X5A"));
    assert_null(concept_of(&b, "No rash from acetaminophen.", "T391X5A"));
    assert_null(concept_of(&b, "Rash due to acetaminophen deficiency.", "T391X5A"));
    assert_null(concept_of(&b, "Fall at home. Fell from a ladder.", "W19XXXA"));
    assert_non_null(concept_of(&b, "Fall at home. Did not fall from a ladder.", "W19XXXA"));
    assert_null(concept_of(&b, "Blood pressure fell. Ate ice.", "W19XXXA"));
    assert_null(concept_of(&b, "Blood pressure fell. Ate ice.", "W000XXA"));
    assert_null(concept_of(&b, "Malignant melanoma of the back.", "C768"));
    assert_null(concept_of(&b, "Past medical history: former smoker", "Z87898"));
    assert_int_equal(concept_of(&b, "PMH: former smoker", "Z87891")->time, TEXT_RECENT);
    assert_null(concept_of(&b, "Breast cancer.", "Z853"));
    assert_null(concept_of(&b, "Overdose of something else.", "T391X1A"));
    assert_null(concept_of(&b, "Takes acetaminophen.", "T391X1A"));
    assert_null(concept_of(&b, "COPD. Exacerbation of pain.", "J441"));
    assert_true(concept_of(&b, "No family history of breast cancer.", "Z803")->negated);
    assert_null(concept_of(&b, "Type 2 diabetes with chronic kidney disease.", "E119"));
    assert_true(concept_of(&b, "Diabetic foot.", "E119")->modifier);
    assert_false(concept_of(&b, "Diabetic, foot hurts.", "E119")->modifier);
    assert_false(concept_of(&b, "She is diabetic.", "E119")->modifier);
    assert_false(concept_of(&b, "Diabetes clinic.", "E119")->modifier);
    assert_true(concept_of(&b, "Fracture of the wrist and the right tibia.", "S82201A")->listed);
    assert_false(concept_of(&b, "Fracture of the right tibia.", "S82201A")->listed);
    assert_null(concept_of(&b, "HISTORY OF PNEUMONIA:\nnone", "J181"));
    bench_end(&b);
}

/* Falls that are a season or of other things, journeys: no fall of a person. */
static const char *const no_falls[] = {
    "Trip to Mexico last fall.",  "Trips abroad every fall.",
    "Seen in the fall of 2024.",  "Worse in spring and fall.",
    "This fall he felt well.",    "Has trouble to fall asleep.",
    "Fell ill at home.",          "Blood pressure fell at home.",
    "A trip by boat, last fall.", "Fall precautions were taken.",
};

/* test_other_sense - words that mean another thing where they stand */
static void test_other_sense(void **state)
{
    struct bench b;

    (void)state;
    bench_begin(&b);
    for (size_t i = 0; i < sizeof(no_falls) / sizeof(no_falls[0]); i++)
        if (concept_of(&b, no_falls[i], "W19XXXA") || concept_of(&b, no_falls[i], "W010XXA"))
            fail_msg("%s", no_falls[i]);
    assert_int_equal(concept_of(&b, "Pneumonia last fall.", "J189")->time, TEXT_HISTORICAL);
    assert_int_equal(concept_of(&b, "Pneumonia after his last fall.", "J189")->time, TEXT_RECENT);
    bench_end(&b);
}

/* test_refused - what is no text */
static void test_refused(void **state)
{
    struct text_reading out;
    struct bench b;

    (void)state;
    bench_begin(&b);
    assert_int_equal(text_read(b.x, "knee \0x", 7, b.a, &out, &b.e), -1);
    assert_string_equal(b.e.code, "binary");
    bench_end(&b);
}

/* best - the code that a phrase means first */
static const char *best(struct bench *b, const char *phrase)
{
    struct text_hit *hit;
    size_t n;

    arena_reset(b->a);
    assert_int_equal(text_lookup(b->x, phrase, strlen(phrase), 3, b->a, &hit, &n, &b->e), 0);
    return n ? hit[0].code : "";
}

/* test_lookup - titles long and short, in any order, shortened, with a slip; phrases */
static void test_lookup(void **state)
{
    static const char *const phrases[][2] = {
        {"heart attack", "I219"},
        {"HEART ATTACK", "I219"},
        {"femur right of neck part unspecified fracture initial closed encounter for of",
         "S72001A"},
        {"other part of unspecified unspecified lower leg with specified severity chronic ulcer of "
         "Non-pressure",
         "L97908"},
        {"unspecified part of other lower leg with other specified severity chronic ulcer of "
         "Non-pressure",
         "L97808"},
        {"Lobar pneumonai, unspecified organism", "J181"},
        {"pain in knees", "M25569"},
        {"knee pain rt", "M25561"},
        {"type 2 diabetes", "E119"},
        {"", ""},
        {"xyzzy", ""},
    };
    struct bench b;

    (void)state;
    bench_begin(&b);
    for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++)
        if (orders[i].billable) {
            assert_string_equal(best(&b, orders[i].full), orders[i].code);
            assert_string_equal(best(&b, orders[i].brief), orders[i].code);
        }
    for (size_t i = 0; i < sizeof(phrases) / sizeof(phrases[0]); i++)
        if (strcmp(best(&b, phrases[i][0]), phrases[i][1]) != 0)
            fail_msg("%s: %s, not %s", phrases[i][0], best(&b, phrases[i][0]), phrases[i][1]);
    bench_end(&b);
}

/* main - all of them */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forms),       cmocka_unit_test(test_no_table),
        cmocka_unit_test(test_read),        cmocka_unit_test(test_allergies),
        cmocka_unit_test(test_measured),    cmocka_unit_test(test_said),
        cmocka_unit_test(test_other_sense), cmocka_unit_test(test_refused),
        cmocka_unit_test(test_lookup),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
