/* note_test.c - a note's codes: what is asked, what is rejected and by which rule; what cannot be
 * read; over small tables of our own */
#include "tests/support/loading.h"
#include "tests/support/test.h"

#include <stdio.h>

#include "common/sys/digest.h"
#include "services/cleanclaim/note.h"
#include "services/coder/coder.h"

enum { ON = 20260301, ARENA = 1 << 26 };

static const char order[] =
    "00001 J18     0 Pneumonia, unspecified organism                              "
    "Pneumonia, unspecified organism\n"
    "00002 J181    1 Lobar pneumonia, unspecified organism                        "
    "Lobar pneumonia, unspecified organism\n"
    "00003 J189    1 Pneumonia, unspecified organism                              "
    "Pneumonia, unspecified organism\n"
    "00004 L03     0 Cellulitis and acute lymphangitis                            "
    "Cellulitis and acute lymphangitis\n"
    "00005 L0390   1 Cellulitis, unspecified                                      "
    "Cellulitis, unspecified\n";

static const char tabular[] =
    "<ICD10CM.tabular><version>2026</version><chapter><name>10</name><desc>All</desc>"
    "<section id=\"J18-L03\"><desc>All</desc><diag><name>J18</name><desc>Pneumonia</desc></diag>"
    "</section></chapter></ICD10CM.tabular>\n";

static const char alphabet[] =
    "<ICD10CM.index><version>2026</version><title>INDEX</title><letter><title>P</title>"
    "<mainTerm><title>Pneumonia</title><code>J18.9</code></mainTerm>"
    "<mainTerm><title>Cellulitis</title><code>L03.90</code></mainTerm>"
    "</letter></ICD10CM.index>\n";

struct bench {
    struct loading l;
    struct text_shelf *shelf;
    struct arena *a;
    struct err e;
};

/* bench_begin - loads and compiles */
static void bench_begin(struct bench *b)
{
    memset(b, 0, sizeof(*b));
    loading_begin(&b->l, NULL);
    loading_add(&b->l, "icd10cm_order_2026.txt", order);
    loading_add(&b->l, "icd10cm_tabular_2026.xml", tabular);
    loading_add(&b->l, "icd10cm_index_2026.xml", alphabet);
    loading_publish(&b->l);
    if (b->l.refused)
        fail_msg("%s", b->l.last.text);
    b->shelf = text_shelf_new();
    b->a = arena_new(ARENA);
}

/* bench_end - frees */
static void bench_end(struct bench *b)
{
    arena_free(b->a);
    text_shelf_free(b->shelf);
    loading_end(&b->l);
}

/* code - a note of a day, all that is seen */
static CcCodingResult *code_on(struct bench *b, const char *text, int32_t on)
{
    CcCodingResult *r;

    arena_reset(b->a);
    if (coder_note(b->a, b->l.tables, b->shelf, on, text, strlen(text), true, &r, &b->e) != 0)
        fail_msg("%s", b->e.text);
    return r;
}

/* code - of the usual day */
static CcCodingResult *code(struct bench *b, const char *text)
{
    return code_on(b, text, ON);
}

/* decision - by which rule pneumonia is what it is */
static void decision(void **state)
{
    static const struct {
        const char *text, *rule, *quote;
    } rows[] = {
        {"No pneumonia.", "TXT-14", "pneumonia"},
        {"His father had pneumonia.", "TXT-15", "pneumonia"},
        {"History of pneumonia.", "TXT-12", "pneumonia"},
        {"Possible pneumonia.", "CM-IV.H", "pneumonia"},
        {"At risk for pneumonia.", "TXT-13", "pneumonia"},
    };
    struct bench b;

    (void)state;
    bench_begin(&b);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        CcCodingResult *r = code(&b, rows[i].text);

        assert_int_equal(r->n_codes, 1);
        assert_string_equal(r->codes[0]->code->code, "J189");
        assert_int_equal(r->codes[0]->status, CODE_STATUS_REJECTED);
        assert_int_equal(r->codes[0]->origin, ORIGIN_TEXT);
        assert_string_equal(r->codes[0]->rules[0]->rule, rows[i].rule);
        assert_string_equal(r->codes[0]->evidence[0]->text, rows[i].quote);
        assert_string_equal(r->codes[0]->evidence[0]->ref, "note");
        assert_int_equal(r->n_diagnoses, 0);
        assert_string_equal(r->review[0]->reason, "no-diagnosis");
    }
    bench_end(&b);
}

/* plain - one plain mention outweighs the others, and only it is evidence; a question has its code,
 * another, none, cannot be determined */
static void plain(void **state)
{
    static const char text[] = "No pneumonia.\nCellulitis of the leg.\nNo cellulitis elsewhere.";
    struct bench b;
    CcCodingResult *r;

    (void)state;
    bench_begin(&b);
    r = code(&b, text);
    assert_true(r->n_codes >= 2);
    for (size_t i = 0; i < r->n_codes; i++) {
        const CcCodeAssignment *as = r->codes[i];
        bool other = strcmp(as->code->code, "J189") == 0;

        assert_string_equal(as->rules[0]->rule, other                         ? "TXT-14"
                                                : as->confidence_ppm < 220000 ? "TXT-10"
                                                                              : "TXT-11");
        for (size_t k = 0; k < as->n_evidence; k++)
            assert_memory_equal(text + as->evidence[k]->start, as->evidence[k]->text,
                                as->evidence[k]->end - as->evidence[k]->start);
        if (strcmp(as->code->code, "L0390") == 0)
            assert_int_equal(as->n_evidence, 1);
    }
    for (size_t i = 0; i < r->n_diagnoses; i++)
        assert_int_equal(r->diagnoses[i]->rank, i + 1);
    for (size_t i = 0; i < r->n_review; i++)
        assert_true(r->review[i]->n_options == 4 || r->review[i]->n_options == 0);
    bench_end(&b);
}

/* clothed - the same words as HTML, RTF and Windows-1252: the same codes; places are those of what
 * came */
static void clothed(void **state)
{
    static const char *const texts[] = {
        "Pneumonia. Cellulitis of the leg.",
        "<p>Pneu<b>monia</b>.</p><p>Cellulitis of the leg.</p>",
        "{\\rtf1{\\fonttbl{\\f0 Arial;}} Pneu\\b monia.\\par Cellulitis of the leg.}",
        "Pneumonia \x96 Cellulitis of the leg.", "Pneumonia \xe2\x80\x94 Cellulitis of the leg."};
    struct bench b;

    (void)state;
    bench_begin(&b);
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        CcCodingResult *r = code(&b, texts[i]);
        const CcEvidence *ev = NULL;

        assert_int_equal(r->n_codes, 2);
        for (size_t k = 0; k < r->n_codes; k++)
            if (strcmp(r->codes[k]->code->code, "J189") == 0)
                ev = r->codes[k]->evidence[0];
        assert_non_null(ev);
        assert_string_equal(ev->text, "Pneumonia");
        assert_memory_equal(texts[i] + ev->start, "Pneu", 4);
        assert_memory_equal(strstr(texts[i], "monia"), texts[i] + ev->end - 5, 5);
        assert_int_equal(ev->quote_hash, digest_u64(texts[i] + ev->start, ev->end - ev->start));
    }
    bench_end(&b);
}

/* large - five megabytes, a word of a megabyte, a line of it: read, each in bounded memory */
static void large(void **state)
{
    static const char words[] = "Pneumonia and cellulitis. Seen today. ";
    enum { SIZE = 5 << 20 };
    char *text = malloc(SIZE + 1);
    struct bench b;
    CcCodingResult *r;

    (void)state;
    bench_begin(&b);
    for (size_t i = 0; i < SIZE; i++)
        text[i] = words[i % (sizeof(words) - 1)];
    text[SIZE] = '\0';
    memset(text + 100, 'x', 1 << 20);
    r = code(&b, text);
    assert_int_equal(r->n_codes, 2);
    assert_int_equal(r->codes[0]->n_evidence, 20);
    free(text);
    bench_end(&b);
}

/* refused - what is not read is a question, never a pass */
static void refused_notes(void **state)
{
    CcCodingResult *r;
    struct bench b;

    (void)state;
    bench_begin(&b);
    assert_string_equal(code(&b, "%PDF-1.7")->review[0]->reason, "no-diagnosis");
    assert_string_equal(code(&b, "%PDF-1.7")->review[1]->reason, "text-unread");
    r = code(&b, "El paciente de 40 a\xf1os con dolor de cabeza y tos, sin fiebre, por la noche.");
    assert_int_equal(r->n_codes, 0);
    assert_string_equal(r->review[1]->question, "A text of the record was not read: it does not "
                                                "seem to be English. What does it say?");
    assert_string_equal(code(&b, "XYZ QRS TUV")->review[0]->reason, "no-diagnosis");
    assert_string_equal(code(&b, "")->review[0]->reason, "no-diagnosis");
    assert_string_equal(code_on(&b, "Pneumonia.", 20200301)->review[0]->reason, "no-table");
    bench_end(&b);
}

/* day - as asked, and the newest edition when today has none */
static void day(void **state)
{
    struct bench b;

    (void)state;
    bench_begin(&b);
    assert_int_equal(note_day(b.l.tables, "2026-03-01"), ON);
    assert_int_equal(note_day(b.l.tables, "2026-13-01"), 0);
    assert_true(tables_edition(b.l.tables, TABLE_ICD10CM, note_day(b.l.tables, NULL)) != NULL);
    bench_end(&b);
}

/* main - all of them */
int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(decision),      cmocka_unit_test(plain),
                                       cmocka_unit_test(clothed),       cmocka_unit_test(large),
                                       cmocka_unit_test(refused_notes), cmocka_unit_test(day)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
