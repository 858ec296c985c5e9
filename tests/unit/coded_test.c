/* coded_test.c - files through intake and coder: one item an encounter or note, in the order of the
 * input, whatever file its events stand in */
#include "tests/support/test.h"

#include <stdio.h>

#include "services/cleanclaim/coded.h"
#include "tests/support/care_tables.h"

#define PATIENT "PID|1||MRN-1^^^RIV^MR||TESTER^ADA||19700214|F|||12 ELM ST^^SPRINGTOWN^OH^44101\r"
#define VISIT(class, more)                                                                         \
    "PV1|1|" class "|||||1455555015^HEALER^JAN^^^^^^^^^^NPI||||||||||||V100|||||||||||||||||" more \
                   "\r"
#define HEAD(type, control, day)                                                                   \
    "MSH|^~\\&|REG|CLINIC|CC|CC|" day "1000||" type "|" control "|P|2.7.1\rEVN|X|" day "1000\r"

static const char admit[] = HEAD("ADT^A04^ADT_A01", "A1", "20260301") PATIENT VISIT(
    "O", "|||||||||202603011000") "DG1|1||E11.9^^I10|||F\rIN1|1|SHP|SHP01|"
                                  "Sample Health Plan||||||||20200101|||CI|TESTER^ADA|SEL|"
                                  "19700214\r";
static const char charge[] = HEAD("DFT^P03^DFT_P03", "D1", "20260301")
    PATIENT VISIT("O", "|||||||||202603011000") "FT1|1|T100||20260301||CG|OV-EST3|||1\r";
/* A later visit of the patient, charged as a new patient's. */
static const char later[] = HEAD("DFT^P03^DFT_P03", "D2", "20260401") PATIENT
    "PV1|1|O|||||1455555015^HEALER^JAN^^^^^^^^^^NPI||||||||||||V200|||||||||||||||||"
    "|||||||||202604011000\r"
    "FT1|1|T200||20260401||CG|X|||1|100||||||||||||||99203^^C4\r"
    "DG1|1||E11.9^^I10|||F\rIN1|1|SHP|SHP01|Sample Health Plan||||||||20200101|||CI|TESTER^ADA|SEL|"
    "19700214\r";
static const char cut[] = "MSH|^~\\&|REG|CLINIC|CC|CC|2026";

struct seen {
    char text[512];
    size_t lines, claims;
    char asked[64];
};

/* note_item - what came, as a line */
static int note_item(void *arg, const struct coded_item *item)
{
    struct seen *s = arg;
    size_t n = strlen(s->text);

    snprintf(s->text + n, sizeof(s->text) - n, "%s:%s:%c ", item->source,
             item->note ? "note" : "visit", item->encounter[0]);
    if (item->result) {
        s->lines += item->result->n_lines;
        s->claims += item->result->n_claims;
        for (size_t i = 0; i < item->result->n_review; i++)
            snprintf(s->asked, sizeof(s->asked), "%s", item->result->review[i]->reason);
    }
    return 0;
}

/* add - one file */
static int add(struct coded *c, const char *name, const char *text)
{
    return coded_add(c, &(struct cmd_file){name, text, strlen(text)}, CMD_KIND_MAX);
}

/* files - two files of one encounter, a note between others, a refused message, X12 */
static void files(void **state)
{
    struct tables *t = care_tables(TABLE_MAX);
    struct coded *c = coded_open(t);
    struct seen s = {.lines = 0};

    (void)state;
    assert_non_null(c);
    assert_int_equal(add(c, "first.txt", "Patient feels well."), 0);
    assert_int_equal(add(c, "a.hl7", admit), 0);
    assert_int_equal(add(c, "second.txt", "Chest clear."), 0);
    assert_int_equal(add(c, "d.hl7", charge), 0);
    assert_int_equal(add(c, "cut.hl7", cut), EXIT_FOUND);
    assert_int_equal(add(c, "x.837", "ISA*00*"), EXIT_USAGE);
    assert_int_equal(coded_each(c, note_item, &s), 0);
    assert_string_equal(s.text, "first.txt:note:E a.hl7:visit:E second.txt:note:E ");
    assert_int_equal(s.lines, 1);
    assert_int_equal(s.claims, 1);
    coded_close(c);
    tables_free(t);
}

/* past - a later encounter of the input knows of the patient's earlier ones, and of no others */
static void past(void **state)
{
    struct tables *t = care_tables(TABLE_MAX);
    struct coded *c = coded_open(t);
    struct seen s = {.lines = 0};

    (void)state;
    care_service_rows(t);
    assert_non_null(c);
    assert_int_equal(add(c, "l.hl7", later), 0);
    assert_int_equal(coded_each(c, note_item, &s), 0);
    assert_string_equal(s.asked, "");
    coded_close(c);
    c = coded_open(t);
    assert_non_null(c);
    assert_int_equal(add(c, "a.hl7", admit), 0);
    assert_int_equal(add(c, "d.hl7", charge), 0);
    assert_int_equal(add(c, "l.hl7", later), 0);
    assert_int_equal(coded_each(c, note_item, &s), 0);
    assert_string_equal(s.asked, "level");
    coded_close(c);
    tables_free(t);
}

/* nothing - no files, no items */
static void nothing(void **state)
{
    struct tables *t = care_tables(TABLE_MAX);
    struct coded *c = coded_open(t);
    struct seen s = {.lines = 0};

    (void)state;
    assert_non_null(c);
    assert_int_equal(coded_each(c, note_item, &s), 0);
    assert_string_equal(s.text, "");
    coded_close(c);
    coded_close(NULL);
    tables_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(files), cmocka_unit_test(past),
                                       cmocka_unit_test(nothing)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
