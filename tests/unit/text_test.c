/* text_test.c - words, the compiled index, reading a note, looking a description up: over small
 * tables of our own in the official layouts */
#include "tests/support/test.h"
#include "tests/support/text_bench.h"

#include <stdio.h>

#include "common/text/lexicon.h"
#include "common/text/text.h"

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
    assert_null(text_index_new(t, TEXT_BENCH_ON, &e));
    assert_string_equal(e.code, "no-table");
    assert_non_null(strstr(e.text, "icd10cm"));
    tables_free(t);
}

/* concept_of - the first concept of a code in a text, or NULL */
static const struct text_concept *concept_of(struct text_bench *b, const char *text,
                                             const char *code)
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
    struct text_bench b;

    (void)state;
    text_bench_begin(&b);
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
    text_bench_end(&b);
}

/* test_allergies - a substance is a status in a section of allergies, beside the word, or as a line
 * with what it does; that was then */
static void test_allergies(void **state)
{
    struct text_bench b;

    (void)state;
    text_bench_begin(&b);
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
    text_bench_end(&b);
}

/* test_measured - an assessment makes a code more probable, and that is not measured; what a list
 * of drugs takes away is taken from both */
static void test_measured(void **state)
{
    static const char *const notes[] = {"Pneumonia.", "Assessment:\nPneumonia.",
                                        "Assessment:\nWell.\nMedications:\nPneumonia."};
    double confidence[3], measured[3];
    struct text_bench b;

    (void)state;
    text_bench_begin(&b);
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
    text_bench_end(&b);
}

/* test_said - what is said of a concept, and what is none */
static void test_said(void **state)
{
    struct text_bench b;

    (void)state;
    text_bench_begin(&b);
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
    text_bench_end(&b);
}

/* node_of - the code of the first concept of a node in a text; "-": it has none, "": no concept */
static const char *node_of(struct text_bench *b, const char *text, const char *node)
{
    struct text_reading out;

    arena_reset(b->a);
    assert_int_equal(text_read(b->x, text, strlen(text), b->a, &out, &b->e), 0);
    for (size_t i = 0; i < out.n_concepts; i++)
        if (strcmp(out.concepts[i]->node, node) == 0)
            return out.concepts[i]->code ? out.concepts[i]->code : "-";
    return "";
}

/* test_nodes - what is below a heading: nothing that can be billed, or what other words that
 * overlap leave less open; a fall is told by falls only */
static void test_nodes(void **state)
{
    static const struct {
        const char *text, *node, *code;
    } rows[] = {
        {"Voice disturbances.", "R49", "-"},
        {"Type 2 diabetes mellitus, gout, voice disturbances.", "R49", "-"},
        {"Type 2 diabetes mellitus, gout, voice disturbances.", "E1169", "E1169"},
        {"Voice disturbances, gout, type 2 diabetes mellitus.", "R49", "-"},
        {"Voice disturbances, gout, type 2 diabetes mellitus.", "E1169", "E1169"},
        {"Acute appendicitis.", "K35", "K3580"},
        {"Acute appendicitis with perforation and localized peritonitis.", "K35", "K3532"},
        {"Perforation, localized peritonitis, appendicitis, acute", "K35", "K3532"},
        {"Perforation, localized peritonitis, appendicitis, acute", "K3532", "K3532"},
        {"Appendicitis acute, appendicitis.", "K35", "K3580"},
        {"Fall at home. Voice disturbances. Fell from a ladder.", "W19", "W11XXXA"},
        {"Bitten by dog. Fall at home.", "W19", "W19XXXA"},
        {"Bitten by dog. Fall at home.", "W540", "W540XXA"},
        {"Rash due to zincum.", "T565X5", "-"},
        {"At risk for breast cancer in her mother.", "Z803", ""},
    };
    struct text_bench b;

    (void)state;
    text_bench_begin(&b);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const char *code = node_of(&b, rows[i].text, rows[i].node);

        if (strcmp(code, rows[i].code) != 0)
            fail_msg("%s: %s is %s, not %s", rows[i].text, rows[i].node, code, rows[i].code);
    }
    text_bench_end(&b);
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
    struct text_bench b;

    (void)state;
    text_bench_begin(&b);
    for (size_t i = 0; i < sizeof(no_falls) / sizeof(no_falls[0]); i++)
        if (concept_of(&b, no_falls[i], "W19XXXA") || concept_of(&b, no_falls[i], "W010XXA"))
            fail_msg("%s", no_falls[i]);
    assert_int_equal(concept_of(&b, "Pneumonia last fall.", "J189")->time, TEXT_HISTORICAL);
    assert_int_equal(concept_of(&b, "Pneumonia after his last fall.", "J189")->time, TEXT_RECENT);
    text_bench_end(&b);
}

/* test_refused - what is no text */
static void test_refused(void **state)
{
    struct text_reading out;
    struct text_bench b;

    (void)state;
    text_bench_begin(&b);
    assert_int_equal(text_read(b.x, "knee \0x", 7, b.a, &out, &b.e), -1);
    assert_string_equal(b.e.code, "binary");
    text_bench_end(&b);
}

/* best - the code that a phrase means first */
static const char *best(struct text_bench *b, const char *phrase)
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
    struct text_bench b;

    (void)state;
    text_bench_begin(&b);
    for (const struct text_bench_order *o = text_bench_orders; o->code; o++)
        if (o->billable) {
            assert_string_equal(best(&b, o->full), o->code);
            assert_string_equal(best(&b, o->brief), o->code);
        }
    for (size_t i = 0; i < sizeof(phrases) / sizeof(phrases[0]); i++)
        if (strcmp(best(&b, phrases[i][0]), phrases[i][1]) != 0)
            fail_msg("%s: %s, not %s", phrases[i][0], best(&b, phrases[i][0]), phrases[i][1]);
    text_bench_end(&b);
}

/* main - all of them */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forms),       cmocka_unit_test(test_no_table),
        cmocka_unit_test(test_read),        cmocka_unit_test(test_allergies),
        cmocka_unit_test(test_measured),    cmocka_unit_test(test_said),
        cmocka_unit_test(test_other_sense), cmocka_unit_test(test_refused),
        cmocka_unit_test(test_lookup),      cmocka_unit_test(test_nodes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
