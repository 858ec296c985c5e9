/* hl7_documents_test.c - documents as other senders send them: text in pieces, encapsulated in one
 * encoding or another, only pointed at; and bytes in sets that MSH-18 names rightly or not */
#include "tests/support/hl7_world.h"
#include "tests/support/test.h"

#include <stdio.h>
#include <sys/resource.h>

/* An OBX-5, and what the document must be. */
static const struct {
    const char *lines, *want[HL7_WORLD_WANTS];
} encapsulated[] = {
    {"OBX;2=ED;5=^TEXT^^A^plain \\T\\ words",
     {"documents.0.mime=text/plain", "documents.0.text=plain & words", "documents.0.bytes=13",
      "problems.#=0"}},
    {"OBX;2=ED;5=^FT^html^^<p>as it is</p>",
     {"documents.0.mime=text/html", "documents.0.text=<p>as it is</p>"}},
    {"OBX;2=ED;5=^^^Base64^SGVsbG8=",
     {"documents.0.mime=application/octet-stream", "documents.0.text=Hello"}},
    {"OBX;2=ED;5=^TX^^base64^SGVsbG8=",
     {"documents.0.mime=text/plain", "documents.0.text=Hello", "documents.0.kind=report",
      "documents.0.sha256=185f8db32271fe25f561a6fc938b2e264306ec304eda518007d1764826381969"}},
    {"OBX;2=ED;5=^multipart^^A^x", {"documents.0.mime=application/octet-stream"}},
    {"OBX;2=ED;5=^multipart^Related^A^x", {"documents.0.mime=multipart/related"}},
    {"OBX;2=ED;5=^AP^application/PDF^Base64^JVBERi0=",
     {"documents.0.mime=application/pdf", "documents.0.text=%PDF-"}},
    {"OBX;2=ED;5=HOSP^IM^JPEG^Hex^48 656C6c\\.br\\6f",
     {"documents.0.mime=image/jpeg", "documents.0.bytes=5", "documents.0.text=Hello"}},
    {"OBX;2=ED;5=^AP^PDF^Base64^SGVs\\.br\\bG\\X0D0A\\8=",
     {"documents.0.text=Hello", "problems.#=0"}},
    {"OBX;2=ED;5=^AP^PDF^Base64^SGVs bG8",
     {"documents.0.text=Hello", "documents.0.bytes=5", "problems.#=0"}},
    {"OBX;2=ED;5=^AP^PDF^Base64^+/+/", {"documents.0.text=\xfb\xff\xbf", "documents.0.bytes=3"}},
    {"OBX;2=ED;5=^AP^PDF^Base64^SGV%",
     {"documents.0.text=", "documents.0.bytes=4",
      "documents.0.sha256=", "problem:charset=OBX[1]-5"}},
    {"OBX;2=ED;5=^AP^PDF^Base64^SGVsb", {"documents.0.text=", "problem:charset=OBX[1]-5"}},
    {"OBX;2=ED;5=^AP^PDF^Base64^SGU=bG8=", {"documents.0.text=", "problem:charset=OBX[1]-5"}},
    {"OBX;2=ED;5=^AP^PDF^Hex^486", {"documents.0.text=", "problem:charset=OBX[1]-5"}},
    {"OBX;2=ED;5=^AP^PDF^Hex^48-65", {"documents.0.text=", "problem:charset=OBX[1]-5"}},
    {"OBX;2=ED;5=^TX^plain^Base64^/w==",
     {"documents.0.mime=application/octet-stream", "documents.0.bytes=1"}},
    {"OBX;2=ED;5=^AP^PDF^Base64^", {"documents.0.bytes=0", "documents.0.text="}},
    {"OBX;2=ED", {"documents.#=0", "ignored:OBX=not-billing"}},
    {"OBX;2=ED;5=\"\"", {"documents.#=0", "ignored:OBX=not-billing"}},
    {"OBX;2=RP;3=P;5=http://pacs/1^APP&1&ISO^IM^JPEG",
     {"documents.0.mime=image/jpeg", "documents.0.text=", "documents.0.bytes=31",
      "documents.0.sha256=", "documents.0.ref=OBX[1]", "problem:reference=OBX[1]-5"}},
    {"OBX;2=RP;5=http://pacs/1", {"documents.0.mime=application/octet-stream"}},
    {"OBX;2=RP", {"documents.#=0", "ignored:OBX=not-billing"}},
    {"OBX;2=ED;5=^TEXT^^A^one~~^TEXT^^A^two",
     {"documents.#=2", "documents.0.text=one", "documents.0.ref=OBX[1]", "documents.1.text=two",
      "documents.1.ref=OBX[1]-5[3]"}},
    {"OBX;2=RP;5=http://pacs/1~http://pacs/2",
     {"documents.#=2", "documents.1.bytes=13", "documents.1.ref=OBX[1]-5[2]"}},
};

/* test_encapsulated - ED and RP */
static void test_encapsulated(void **state)
{
    char lines[256];

    for (size_t i = 0; i < sizeof(encapsulated) / sizeof(encapsulated[0]); i++) {
        snprintf(lines, sizeof(lines), "OBR;3=F1;4=18842-5^^LN\n%s", encapsulated[i].lines);
        hl7_expect(*state, hl7_take_fields(*state, "ORU^R01", lines), encapsulated[i].lines,
                   encapsulated[i].want);
    }
}

/* test_zero_byte - in Base64: as any control character it is none of the text */
static void test_zero_byte(void **state)
{
    static const char text[] = "MSH|^~\\&|A|B|||2026||ORU^R01|C1|P|2.5||||||8859/1\rPID|1||M1\r"
                               "OBR|1\rOBX|1|ED|X||^AP^pdf^Base64^SGVs\0bG8=\r";
    struct hl7_world *w = *state;

    hl7_take_bytes(w, text, sizeof(text) - 1);
    assert_int_equal(w->events[0]->documents[0]->text.len, 5);
    assert_memory_equal(w->events[0]->documents[0]->text.data, "Hello", 5);
}

/* Texts of one OBR or TXA. */
static const struct {
    const char *type, *lines, *want[HL7_WORLD_WANTS];
} texts[] = {
    {"ORU^R01",
     "OBR;4=X\nOBX;2=TX;3=X\nOBX;2=TX;3=X;5=one\nOBX;2=TX;3=X\nOBX;2=TX;3=X;5=\"\"\n"
     "OBX;2=TX;3=X;5=two",
     {"documents.#=1", "documents.0.text=one\n\n\ntwo", "documents.0.ref=OBX[2]-OBX[5]",
      "ignored:OBX=not-billing"}},
    {"ORU^R01",
     "OBR;4=X\nOBX;2=FT;3=34117-2^^LN;5=one;14=20261103\nOBR;4=Y;22=20261104\nOBX;2=FT;3=X;5=two",
     {"documents.#=2", "documents.0.loinc=34117-2", "documents.0.document_date=20261103",
      "documents.1.loinc=", "documents.1.document_date=20261104", "documents.1.ref=OBX[2]"}},
    {"ORU^R01",
     "OBX;2=FT;3=X;5=no order",
     {"documents.0.kind=note", "documents.0.id=", "documents.0.status="}},
    {"MDM^T02",
     "TXA;2=op;6=20261101;9=1455555015^HEALER;12=D1^X;13=D0;17=AU\nOBX;5=no type\nOBX;2=ST;5=two",
     {"documents.0.kind=report", "documents.0.document_date=20261101",
      "documents.0.author_npi=1455555015", "documents.0.id=D1", "documents.0.parent=D0",
      "documents.0.text=no type\ntwo"}},
    {"MDM^T02",
     "TXA;2=ZZ;4=20261102\nOBX;2=NM;3=X;5=7",
     {"documents.#=1", "documents.0.kind=note", "documents.0.ref=TXA[1]", "documents.0.bytes=0",
      "observations.#=1"}},
    {"MDM^T11", "TXA;2=DS;12=D1\nOBX;2=TX;5=text", {"documents.0.status=cancelled"}},
    {"ORU^R01",
     "OBR;4=X\nOBX|1|TX|X||a line\n   that goes on\nOBX|2|TX|X||end",
     {"documents.0.text=a line\n   that goes on\nend", "problem:separator=?[1]"}},
    {"ORU^R01", "OBR;4=X\nnot a segment|", {"problem:separator=?[1]", "ignored:?=no-segment"}},
};

/* test_texts - in order, a line each, under what they hang */
static void test_texts(void **state)
{
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        hl7_expect(*state, hl7_take_fields(*state, texts[i].type, texts[i].lines), texts[i].lines,
                   texts[i].want);
}

#define TAIL "\rPID|1||M1||M\xC3\x9CLLER^A\rPV1|1|I|||||||||||||||||V\r"

/* What MSH-18 says of bytes that are UTF-8. */
static const struct {
    const char *text, *last, *problem;
} sets[] = {
    {"MSH|^~\\&|A|B|||2026||ADT^A01|C1|P|2.5||||||UNICODE UTF-8" TAIL, "M\xC3\x9CLLER", NULL},
    {"MSH|^~\\&|A|B|||2026||ADT^A01|C1|P|2.5||||||8859/1" TAIL, "M\xC3\x83\xC5\x93LLER", NULL},
    {"\xEF\xBB\xBFMSH|^~\\&|A|B|||2026||ADT^A01|C1|P|2.5||||||8859/1" TAIL, "M\xC3\x9CLLER",
     "charset"},
    {"\xEF\xBB\xBFMSH|^~\\&|A|B|||2026||ADT^A01|C1|P|2.5||||||UNICODE UTF-8" TAIL, "M\xC3\x9CLLER",
     NULL},
    {"\xEF\xBB\xBFMSH|^~\\&|A|B|||2026||ADT^A01|C1|P|2.5||||||klingon" TAIL, "M\xC3\x9CLLER",
     "charset"},
    {"MSH|^~\\&|A|B|||2026||ADT^A01|C1|P|2.5||||||UNICODE UTF-16" TAIL, "M\xC3\x9CLLER", "charset"},
    {"MSH|^~\\&|A|B|||2026||ADT^A01|C1|P|2.5||||||ASCII" TAIL, "M\xC3\x9CLLER", "charset"},
    {"\xEF\xBB\xBFMSH|^~\\&|A|B|||2026||ADT^A01|C1|P|2.5||||||8859/1\rPID|1||M1||MILLER\r",
     "MILLER", NULL},
    {"\xEF\xBB\xBFMSH|^~\\&|A|B|||2026||ADT^A01|C1|P|2.5||||||8859/1\rPID|1||M1||M\xDCLLER\r",
     "M\xC3\x9CLLER", "charset"},
    {"\xEF\xBB\xBFMSH|^~\\&|A|B|||2026||ADT^A01|C1|P|2.5||||||8859/1\r"
     "PID|1||M1||M\xC3\x9CLLER \xC3\r",
     "M\xC3\x9CLLER \xEF\xBF\xBD", "charset"},
    {"\xEF\xBB\xBFMSH|^~\\&|A|B|||2026||ADT^A01|C1|P|2.5||||||ASCII\rPID|1||M1||M\xDCLLER\r",
     "M\xEF\xBF\xBDLLER", "charset"},
    {"\r\x0b\xEF\xBB\xBFMSH|^~\\&|A|B|||2026||ADT^A01|C1|P|2.5||||||8859/1\r"
     "PID|1||M1||M\xDCLLER\r\x1c",
     "M\xC3\x9CLLER", "charset"},
};

/* test_sets - a BOM counts before MSH-18, in each message behind it too */
static void test_sets(void **state)
{
    struct hl7_world *w = *state;

    for (size_t i = 0; i < sizeof(sets) / sizeof(sets[0]); i++) {
        const CcEncounter *ev = hl7_take(w, sets[i].text);

        assert_string_equal(ev->patient->name->last, sets[i].last);
        assert_int_equal(hl7_has(ev, "charset"), sets[i].problem != NULL);
    }
    hl7_take(w, "\xEF\xBB\xBFMSH|^~\\&|A|B|||2026||ADT^A01|C1|P|2.5||||||8859/1" TAIL
                "MSH|^~\\&|A|B|||2026||ADT^A01|C2|P|2.5||||||8859/1" TAIL);
    assert_int_equal(w->n, 2);
    assert_string_equal(w->events[1]->patient->name->last, "M\xC3\x9CLLER");
    assert_true(hl7_has(hl7_take(w, "MSH|^~\\&|A|B|||2026||ADT^A01|C1|P|2.5||||||klingon\r"
                                    "PID|1||M1\rPV1|1|I\r"),
                        "charset"));
}

#define SAYS(set, id, name)                                                                        \
    "MSH|^~\\&|A|B|||2026||ADT^A01|C" id "|P|2.5||||||" set "\rPID|1||M" id "||" name              \
    "^A\rPV1|1|I\r"

/* test_joined - files put one behind the other: each message is read by what it holds, and a BOM
 * where the next file begins is none of the text */
static void test_joined(void **state)
{
    struct hl7_world *w = *state;

    hl7_take(w, "\xEF\xBB\xBF" SAYS("8859/1", "1", "M\xC3\x9CLLER") SAYS("8859/1", "2", "MILLER")
                    SAYS("8859/1", "3", "M\xDCLLER"));
    assert_int_equal(w->n, 3);
    for (size_t i = 0; i < 3; i++)
        assert_string_equal(w->events[i]->patient->name->last, i == 1 ? "MILLER" : "M\xC3\x9CLLER");
    assert_true(hl7_has(w->events[0], "charset"));
    assert_false(hl7_has(w->events[1], "charset"));
    assert_true(hl7_has(w->events[2], "charset"));
    hl7_take(w,
             SAYS("8859/1", "1", "M\xDCLLER") "\xEF\xBB\xBF" SAYS(
                 "8859/1", "2", "M\xC3\x9CLLER") "\n \xEF\xBB\xBF" SAYS("8859/1", "3", "\xC3\x9C"));
    assert_int_equal(w->n, 3);
    assert_false(hl7_has(w->events[0], "charset"));
    assert_int_equal(w->events[0]->n_ignored, 0);
    assert_string_equal(w->events[0]->patient->name->last, "M\xC3\x9CLLER");
    assert_string_equal(w->events[1]->patient->name->last, "M\xC3\x9CLLER");
    assert_string_equal(w->events[2]->patient->mrn, "M3");
    assert_string_equal(w->events[2]->patient->name->last, "\xC3\x9C");
}

/* wide - ASCII and the rest of Latin-1 as UTF-16; 0x10000: a pair of units */
static size_t wide(const char *text, bool big, char *out)
{
    size_t n = 0;

    for (; *text; text++) {
        const unsigned units[2] = {*text == '\x01' ? 0xD83D : (unsigned char)*text, 0xDE00};

        for (int k = 0; k < (*text == '\x01' ? 2 : 1); k++) {
            out[n++] = (char)(big ? units[k] >> 8 : units[k] & 0xff);
            out[n++] = (char)(big ? units[k] & 0xff : units[k] >> 8);
        }
    }
    return n;
}

/* test_wide_files - UTF-16 with and without BOM, whatever MSH-18 says; each message has its place
 * in the file */
static void test_wide_files(void **state)
{
    static const char text[] =
        "MSH|^~\\&|A|B|||2026||ADT^A01|C1|P|2.5||||||8859/1\rPID|1||M1||M\xDCLL\x01^A\rPV1|1|I\r"
        "MSH|^~\\&|A|B|||2026||ADT^A01|C2|P|2.5||||||UNICODE UTF-16\rPID|1||M2||\xDC^A\rPV1|1|I\r";
    const size_t second =
        (size_t)(strstr(text, "C2") - text) - strlen("MSH|^~\\&|A|B|||2026||ADT^A01|");
    struct hl7_world *w = *state;
    char bytes[1024];

    for (int i = 0; i < 4; i++) {
        const bool big = i & 1, bom = i & 2;
        size_t n = bom ? 2 : 0;

        memcpy(bytes, big ? "\xFE\xFF" : "\xFF\xFE", 2);
        n += wide(text, big, bytes + n);
        hl7_take_bytes(w, bytes, n);
        assert_int_equal(w->n, 2);
        assert_string_equal(w->events[0]->patient->name->last, "M\xC3\x9CLL\xF0\x9F\x98\x80");
        assert_true(hl7_has(w->events[0], "charset"));
        assert_int_equal(w->events[0]->offset, bom ? 2 : 0);
        assert_string_equal(w->events[1]->patient->name->last, "\xC3\x9C");
        assert_false(hl7_has(w->events[1], "charset"));
        assert_int_equal(w->events[1]->offset, (bom ? 2 : 0) + 2 * (second + 1));
    }
}

/* test_no_converter - a set for which the machine has none: what is not ASCII is said to be
 * damaged, and the message is taken */
static void test_no_converter(void **state)
{
    struct rlimit files, none;
    const CcEncounter *ev;

    assert_int_equal(getrlimit(RLIMIT_NOFILE, &files), 0);
    none = (struct rlimit){0, files.rlim_max};
    setrlimit(RLIMIT_NOFILE, &none);
    ev = hl7_take(*state, "MSH|^~\\&|A|B|||2026||ADT^A01|C1|P|2.5||||||BIG-5\r"
                          "PID|1||M1||\xA4\xA4 CHEN^A\rPV1|1|I\r");
    setrlimit(RLIMIT_NOFILE, &files);
    assert_string_equal(ev->patient->name->last, "\xEF\xBF\xBD\xEF\xBF\xBD CHEN");
    assert_string_equal(ev->ack, "AA");
    assert_true(hl7_has(ev, "charset"));
}

/* test_long_header - an MSH of more than four kilobytes: its type and control id count */
static void test_long_header(void **state)
{
    const CcEncounter *ev;
    struct buf b;

    buf_init(&b);
    buf_adds(&b, "MSH|^~\\&|A|B|||2026||ADT^A01|C1|P|2.5||");
    for (int i = 0; i < 1000; i++)
        buf_adds(&b, "filler");
    buf_adds(&b, "\rPID|1||M1\rPV1|1|I\r");
    ev = hl7_take(*state, b.data);
    assert_string_equal(ev->control, "C1");
    assert_string_equal(ev->ack, "AA");
    buf_release(&b);
}

/* refused_for_size - a message of this end */
static void refused_for_size(struct hl7_world *w, const char *line, size_t times)
{
    struct buf b;

    buf_init(&b);
    buf_adds(&b, "MSH|^~\\&|A|B|||2026||ORU^R01|C1|P|2.5\rPID|1||M1\rOBR|1\rOBX|1|TX|X||x");
    for (size_t k = 0; k < times; k++)
        buf_adds(&b, line);
    buf_adds(&b, "\r");
    hl7_take(w, b.data);
    assert_string_equal(w->events[0]->ack, "AR");
    assert_string_equal(w->events[0]->problems[0]->code, "size");
    assert_string_equal(w->events[0]->control, "C1");
    buf_release(&b);
}

/* test_too_much - what no event holds is refused: too many of a kind, too long a text */
static void test_too_much(void **state)
{
    struct hl7_world *w = *state;

    refused_for_size(w, "\rDG1|1||R07.9^^I10", EVENT_MAX_REPEAT + 1);
    refused_for_size(w, "\rIN1|1||P", EVENT_MAX_REPEAT + 1);
    w->conf.max_bytes = 2 * EVENT_MAX_BYTES;
    refused_for_size(w, "sixteen letters ", EVENT_MAX_BYTES / 16);
}

/* test_ends - a message that ends without its last CR: said, and taken; blanks behind it are none
 * of it */
static void test_ends(void **state)
{
    struct hl7_world *w = *state;

    assert_true(
        hl7_has(hl7_take(w, "MSH|^~\\&|A|B|||2026||ADT^A01|C1|P|2.5\rPID|1||M1\rPV1|1|I"), "cut"));
    assert_false(hl7_has(
        hl7_take(w, "MSH|^~\\&|A|B|||2026||ADT^A01|C1|P|2.5\rPID|1||M1\rPV1|1|I\r  "), "cut"));
    assert_string_equal(
        hl7_take(w, "  MSH|^~\\&|A|B|||2026||ADT^A01|C1|P|2.5\r\tPID|1||M1\r PV1|1|I\r")->control,
        "C1");
    assert_string_equal(
        hl7_take(w, "MSH|^~\\&|A|B|||2026||SIU^S12|C1|P|2.5\rPID|1||M1\rNTE|1")->ack, "AA");
    assert_string_equal(
        hl7_take(w, "MSH|^~\\&|A|B|||2026||SIU^S12||P|2.5\rPID|1||M1\rZ")->problems[0]->code,
        "cut");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, hl7_world_setup, hl7_world_teardown)

/* main - the cases */
int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_encapsulated), CASE(test_zero_byte),   CASE(test_texts),
        CASE(test_sets),         CASE(test_joined),      CASE(test_wide_files),
        CASE(test_no_converter), CASE(test_long_header), CASE(test_too_much),
        CASE(test_ends),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
