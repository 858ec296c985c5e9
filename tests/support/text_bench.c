/* text_bench.c - a compiled index over small tables of our own in the official layouts */
#include "tests/support/text_bench.h"

#include "tests/support/test.h"

const struct text_bench_order text_bench_orders[] = {
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
    {"E1169", 1, "Type 2 diabetes mellitus with voice disturbances",
     "Type 2 diabetes mellitus with voice disturbances"},
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
    {"K35", 0, "Acute appendicitis", "Acute appendicitis"},
    {"K3532", 1, "Appendicitis with perforation, localized peritonitis",
     "Appendicitis with perforation and localized peritonitis"},
    {"K3580", 1, "Unspecified acute appendicitis", "Unspecified acute appendicitis"},
    {"R21", 1, "Rash and other nonspecific skin eruption",
     "Rash and other nonspecific skin eruption"},
    {"R49", 0, "Voice disturbances", "Voice disturbances"},
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
    {"T565X5", 0, "Adverse effect of zinc and its compounds",
     "Adverse effect of zinc and its compounds"},
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
    {"W540", 0, "Bitten by dog", "Bitten by dog"},
    {"W540XXA", 1, "Bitten by dog, initial encounter", "Bitten by dog, initial encounter"},
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
    {NULL, 0, NULL, NULL},
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
    "</mainTerm><mainTerm><title>Zincum</title><cell col=\"6\">T56.5X5</cell></mainTerm>"
    "</letter></ICD10CM.index>\n";

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

/* order_file - the rows above in the columns of the order file */
static void order_file(struct buf *b)
{
    size_t n = 0;

    for (const struct text_bench_order *o = text_bench_orders; o->code; o++)
        buf_addf(b, "%05zu %-7s %d %-60s %s\n", ++n, o->code, o->billable, o->brief, o->full);
}

/* text_bench_begin - see text_bench.h */
void text_bench_begin(struct text_bench *b)
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
    b->x = text_index_new(b->l.tables, TEXT_BENCH_ON, &b->e);
    if (!b->x)
        fail_msg("%s", b->e.text);
    b->a = arena_new(TEXT_BENCH_ARENA);
}

/* text_bench_end - see text_bench.h */
void text_bench_end(struct text_bench *b)
{
    arena_free(b->a);
    text_index_free(b->x);
    loading_end(&b->l);
}
