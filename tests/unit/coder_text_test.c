/* coder_text_test.c - notes of a visit: evidence, alternatives, conflicts, what is missed, what a
 * visit without a diagnosis rests on; what cannot be read */
#include "tests/support/test.h"

#include <stdio.h>

#include "common/sys/digest.h"
#include "services/coder/coder.h"
#include "services/intake/intake.h"
#include "tests/support/care.h"
#include "tests/support/care_tables.h"

enum { ARENA = 64 << 20 };

/* phrase, kind, code, manifestation, path, optional words, see */
static const char *const terms[] = {"Pneumonia!code!J189!!Pneumonia!!",
                                    "Bronchitis, acute!code!J209!!Bronchitis > acute!!",
                                    "Chest pain!code!R079!!Pain > chest!!",
                                    "Hypertension!code!I10!!Hypertension!!",
                                    "Diabetes, type 2!code!E119!!Diabetes > type 2!!",
                                    "Sinusitis, acute, maxillary!code!J0100!!Sinusitis!!",
                                    "Sinusitis, acute, recurrent, maxillary!code!J0101!!x!!",
                                    "Zebra stripes!code!Z4789!!Zebra > stripes!!",
                                    "Fracture, radius!code!S52501A!!Fracture > radius!!",
                                    NULL};

static struct tables *full, *bare;
static struct text_shelf *shelf;

/* open_tables - with an index, and without one */
static int open_tables(void **state)
{
    (void)state;
    full = care_tables(TABLE_ICD10CM_INDEX);
    care_rows(full, TABLE_ICD10CM_INDEX, terms);
    bare = care_tables(TABLE_ICD10CM_INDEX);
    shelf = text_shelf_new();
    return shelf ? 0 : -1;
}

/* close_tables - at the end */
static int close_tables(void **state)
{
    (void)state;
    text_shelf_free(shelf);
    tables_free(full);
    tables_free(bare);
    return 0;
}

/* add_note - a document of the visit */
static CcDocument *add_note(struct arena *a, CcEncounter *ev, const char *text)
{
    CcDocument *d = event_new(a, &cc_document__descriptor);

    assert_true(event_push(a, ev, documents, d));
    d->ref = care_text(a, "DocumentReference/n1");
    d->mime = care_text(a, "text/plain");
    d->text.data = (uint8_t *)care_text(a, text);
    d->text.len = d->bytes = strlen(text);
    return d;
}

/* run - the visit coded with some tables */
static CcCodingResult *run(struct arena *a, CcEncounter *ev, const struct tables *t)
{
    struct coder_visit v;
    struct err e = {0};

    assert_int_equal(coder_fold(a, &ev, 1, NULL, 0, &v, &e), 0);
    return care_coded(a, t, shelf, &v);
}

/* shown - ranked codes, then the questions */
static const char *shown(struct arena *a, const CcCodingResult *out)
{
    const char *s = "";

    for (size_t i = 0; i < out->n_diagnoses; i++)
        if (out->diagnoses[i]->rank)
            s = arena_printf(a, "%s%s ", s, out->diagnoses[i]->assignment->code->code);
    for (size_t i = 0; i < out->n_review; i++)
        s = arena_printf(a, "%sask:%s ", s, out->review[i]->reason);
    return arena_printf(a, "%s/ %zu", s, out->n_claims);
}

/* has_rule - had it a say in a code or a question? */
static bool has_rule(const CcCodingResult *out, const char *rule)
{
    for (size_t i = 0; i < out->n_codes; i++)
        for (size_t k = 0; k < out->codes[i]->n_rules; k++)
            if (strcmp(out->codes[i]->rules[k]->rule, rule) == 0)
                return true;
    for (size_t i = 0; i < out->n_review; i++)
        if (strcmp(out->review[i]->rules[0]->rule, rule) == 0)
            return true;
    return false;
}

struct text_case {
    const char *rule;
    char base; /* O outpatient, I stay, N a note alone; outpatient with a report: R final, by a
                  physician, P not final, L by nobody; S the same as R in a stay */
    char kind; /* + the rule has a say, - it has none; at its boundary: B it has, b it has not */
    const char *dx; /* code; "!" before it: refuted; "~": reason for the visit; "=": words only */
    const char *note, *coded;
};

/* Before what the texts support so little that it would be no question elsewhere. */
#define LITTLE "She came alone and left alone. The day was long. Nothing else is told of it.\n"

#define QUIET                                                                                      \
    "The day was long and the night was short. She came alone and left alone. Nothing else is "    \
    "told of it. "

/* clang-format off */
static const struct text_case cases[] = {
    {"TXT-05", 'O', '+', "J18.9", "\xff\xfe\x01\x02 \x03\x80", "J189 ask:text-unread / 1"},
    {"TXT-05", 'O', '-', "J18.9", "Seen today.", "J189 / 1"},
    {"TXT-06", 'O', '+', "J18.9", "Impression: pneumonia.", "J189 / 1"},
    {"TXT-06", 'O', '-', "J18.9", "Impression: well.", "J189 / 1"},
    {"TXT-07", 'O', '+', "J01.00", "Impression: acute recurrent maxillary sinusitis.", "J0100 ask:text-specific / 1"},
    {"TXT-07", 'O', 'B', "J01.01", "Impression: acute maxillary sinusitis.", "J0101 / 1"},
    {"TXT-07", 'O', '-', "J01.01", "Impression: acute recurrent maxillary sinusitis.", "J0101 / 1"},
    {"TXT-08", 'O', '+', "J18.9", "No evidence of pneumonia.", "ask:text-conflict / 0"},
    {"TXT-08", 'O', '-', "J18.9", "No pneumonia in May. Now pneumonia.", "J189 / 1"},
    {"TXT-08", 'O', '-', "J18.9", "His brother had pneumonia.", "J189 / 1"},
    {"TXT-09", 'O', '+', "!J18.9", "Impression: pneumonia.", "ask:text-conflict ask:no-diagnosis / 0"},
    {"TXT-09", 'O', '-', "!J18.9", "Impression: acute bronchitis.", "ask:text-support / 0"},
    {"TXT-17", 'O', '+', "J18.9", "Impression: pneumonia and hypertension.", "J189 ask:text-missed / 1"},
    {"TXT-17", 'O', '-', "J18.9", "No hypertension.", "J189 / 1"},
    {"TXT-17", 'O', '+', "J18.9", LITTLE "Impression: zebra, odd and stripes.", "J189 ask:text-missed / 1"},
    {"TXT-17", 'O', '-', "J18.9", LITTLE "Seen: zebra, odd and stripes.", "J189 / 1"},
    {"TXT-17", 'O', '-', "J18.9", LITTLE "Impression: no zebra stripes.", "J189 / 1"},
    {"TXT-11", 'O', '+', "~R07.9", LITTLE "Impression: zebra, odd and stripes.", "R079 ask:text-support / 0"},
    {"TXT-14", 'O', '+', "J18.9", "No hypertension.", "J189 / 1"},
    {"TXT-12", 'O', '+', "J18.9", "Acute bronchitis in the past.", "J189 / 1"},
    {"TXT-13", 'O', '+', "J18.9", "At risk for acute bronchitis.", "J189 / 1"},
    {"TXT-15", 'O', '+', "J18.9", "Mother: acute bronchitis.", "J189 / 1"},
    {"CM-IV.H", 'O', '+', "J18.9", "Possible acute bronchitis.", "J189 / 1"},
    {"CM-II.H", 'I', '+', "J18.9", "Possible acute bronchitis.", "J189 ask:poa-missing / 0"},
    {"TXT-17", 'I', '+', "J18.9", "DISCHARGE DIAGNOSIS:\nPossible acute bronchitis.\n", "J189 ask:poa-missing ask:text-missed / 0"},
    {"TXT-18", 'O', '+', "J18.9", "Impression: pneumonia, xyzopathy.", "J189 ask:text-unexplained / 1"},
    {"TXT-18", 'O', '+', "J18.9", "Impression: pneumonia, urosepsis.", "J189 ask:text-unexplained / 1"},
    {"TXT-18", 'O', '-', "J18.9", "Impression: pneumonia.\nMEDICATIONS: xyzoma\n", "J189 / 1"},
    {"TXT-11", 'O', '+', "~R07.9", "Impression: pneumonia.", "R079 ask:text-support / 0"},
    {"TXT-11", 'O', '-', "J18.9", "Impression: pneumonia.", "J189 / 1"},
    {"TXT-11", 'O', '-', "~R07.9", "Seen today.", "R079 / 1"},
    {"TXT-04", 'O', '+', "=Right ear: otitis media, suppurative, acute", "Seen today.", "H66001 / 1"},
    {"TXT-04", 'O', '-', "=trouble of some kind", "Seen today.", "ask:no-code / 0"},
    {"TXT-04", 'O', 'B', "=acute suppurative otitis media", "Seen today.", "ask:no-code / 0"},
    {"TXT-05", 'O', 'b', "J18.9", "", "J189 / 1"},
    {"TXT-06", 'O', 'b', "J18.9", "Mother: pneumonia.", "J189 / 1"},
    {"TXT-08", 'O', 'b', "J18.9", "No pneumonia. Pneumonia.", "J189 / 1"},
    {"TXT-09", 'O', 'b', "!J18.9", "No pneumonia.", "ask:no-diagnosis / 0"},
    {"TXT-10", 'N', '+', "", LITTLE "Seen: zebra, odd and stripes.", "ask:no-diagnosis / 0"},
    {"TXT-10", 'N', '-', "", "Seen today.", "ask:no-diagnosis / 0"},
    {"TXT-10", 'N', 'b', "", LITTLE "Impression: zebra, odd and stripes.", "ask:text-support / 0"},
    {"TXT-11", 'O', 'b', "J18.9", LITTLE "Impression: zebra, odd and stripes.", "J189 ask:text-missed / 1"},
    {"TXT-12", 'O', '-', "J18.9", "Acute bronchitis.", "J189 ask:text-missed / 1"},
    {"TXT-12", 'O', 'b', "J18.9", "Acute bronchitis in the past. Acute bronchitis.", "J189 ask:text-missed / 1"},
    {"TXT-13", 'O', '-', "J18.9", "Acute bronchitis.", "J189 ask:text-missed / 1"},
    {"TXT-13", 'O', 'b', "J18.9", "At risk for acute bronchitis. Acute bronchitis.", "J189 ask:text-missed / 1"},
    {"TXT-14", 'O', '-', "J18.9", "Hypertension.", "J189 ask:text-missed / 1"},
    {"TXT-14", 'O', 'b', "J18.9", "No hypertension in May. Hypertension.", "J189 ask:text-missed / 1"},
    {"TXT-15", 'O', '-', "J18.9", "Acute bronchitis.", "J189 ask:text-missed / 1"},
    {"TXT-15", 'O', 'b', "J18.9", "Mother: acute bronchitis.\nImpression: acute bronchitis.", "J189 ask:text-missed / 1"},
    {"TXT-17", 'O', 'b', "J18.9", "Mother: hypertension.", "J189 / 1"},
    {"CM-IV.K", 'R', '+', "R07.9", "Impression: pneumonia.", "R079 ask:text-support / 0"},
    {"TXT-11", 'O', '+', "~R07.9", "He has pneumonia. " QUIET "Pneumonia was treated. " QUIET "His pneumonia got better.", "J189 / 1"},
    {"TXT-11", 'O', '+', "~R07.9", "Assessment: pneumonia.", "R079 ask:text-support / 0"}, /* an assessment adds what nobody has measured */
    {"CM-IV.K", 'R', '+', "R07.9", "Pneumonia.", "R079 ask:text-support / 0"},
    {"CM-IV.K", 'R', '+', "~R07.9", "Impression: pneumonia.", "R079 ask:text-support / 0"},
    {"CM-IV.K", 'R', 'b', "R07.9", "Impression: possible pneumonia.", "R079 / 1"},
    {"CM-IV.K", 'R', 'b', "R07.9", "Indication: pneumonia.\nImpression: well.", "R079 ask:text-missed / 1"},
    {"CM-IV.K", 'R', '-', "R07.9", "Impression: hypertension.", "R079 ask:text-missed / 1"},
    {"CM-IV.K", 'P', '-', "R07.9", "Impression: pneumonia.", "R079 ask:text-missed / 1"},
    {"CM-IV.K", 'L', '-', "R07.9", "Impression: pneumonia.", "R079 ask:text-missed / 1"},
    {"CM-IV.K", 'O', '-', "R07.9", "Impression: pneumonia.", "R079 ask:text-missed / 1"},
    {"CM-IV.K", 'S', '-', "R07.9", "Impression: pneumonia.", "R079 ask:poa-missing ask:text-missed / 0"},
    {"TXT-18", 'O', 'B', "J18.9", "Impression: pneumonia.\nNo xyzopathy.", "J189 ask:text-unexplained / 1"},
};
/* clang-format on */

/* note_alone - nothing is known but the note, and what it supports too little is shown, too */
static CcCodingResult *note_alone(struct arena *a, const char *note)
{
    CcCodingResult *out = NULL;
    struct err e = {0};

    assert_int_equal(coder_note(a, full, shelf, 20260301, note, strlen(note), true, &out, &e), 0);
    return out;
}

/* as_report - a document as a report of that kind */
static void as_report(struct arena *a, CcDocument *d, char kind)
{
    d->kind = care_text(a, "report");
    d->status = care_text(a, kind == 'P' ? "preliminary" : "final");
    if (kind != 'L')
        d->author_npi = care_text(a, "1234567893");
}

/* code - a case */
static CcCodingResult *code(struct arena *a, const struct text_case *c)
{
    if (c->base == 'N')
        return note_alone(a, c->note);

    CcEncounter *ev = care_billed(a, strchr("IS", c->base) ? 'I' : 'O');
    CcDocument *d;
    char mark = strchr("!~=", c->dx[0]) ? c->dx[0] : 0;
    CcProblem *p = mark == '=' ? care_text_dx(a, ev, CODE_SYSTEM_SNOMED, "1", c->dx + 1)
                               : care_dx(a, ev, c->dx + (mark != 0),
                                         mark == '~' ? PROBLEM_USE_REASON : PROBLEM_USE_FINAL, 1);

    if (mark == '!')
        p->verification = VERIFICATION_REFUTED;
    d = add_note(a, ev, c->note);
    if (strchr("RPLS", c->base))
        as_report(a, d, c->base);
    return run(a, ev, full);
}

/* fires - should it? */
static bool fires(const struct text_case *c)
{
    return c->kind == '+' || c->kind == 'B';
}

/* all_cases - every row */
static void all_cases(void **state)
{
    size_t bad = 0;

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct arena *a = arena_new(ARENA);
        CcCodingResult *out = code(a, &cases[i]);
        const char *is = shown(a, out);

        if (strcmp(is, cases[i].coded) != 0 || has_rule(out, cases[i].rule) != fires(&cases[i])) {
            fprintf(stderr, "%s \"%s\": \"%s\" fired %d; expected \"%s\"\n", cases[i].rule,
                    cases[i].note, is, has_rule(out, cases[i].rule), cases[i].coded);
            bad++;
        }
        arena_free(a);
    }
    assert_int_equal(bad, 0);
}

/* evidence - where the words stand, with their hash, beside the record's own entry */
static void evidence(void **state)
{
    static const char note[] = "Impression: pneumonia.";
    struct arena *a = arena_new(ARENA);
    CcEncounter *ev = care_billed(a, 'O');
    const CcCodeAssignment *as;

    (void)state;
    care_dx(a, ev, "J18.9", PROBLEM_USE_FINAL, 1);
    add_note(a, ev, note);
    as = run(a, ev, full)->diagnoses[0]->assignment;
    assert_int_equal(as->n_evidence, 2);
    assert_int_equal(as->evidence[0]->end, 0);
    assert_string_equal(as->evidence[1]->ref, "DocumentReference/n1");
    assert_string_equal(as->evidence[1]->event_id, ev->event_id);
    assert_int_equal(as->evidence[1]->start, 12);
    assert_int_equal(as->evidence[1]->end, 21);
    assert_string_equal(as->evidence[1]->text, "pneumonia");
    assert_int_equal(as->evidence[1]->quote_hash, digest_u64(note + 12, 9));
    assert_int_equal(as->origin, ORIGIN_STRUCTURED);
    arena_free(a);
}

/* evidence_kept - words stay evidence of the code that two diagnoses become */
static void evidence_kept(void **state)
{
    struct arena *a = arena_new(ARENA);
    CcEncounter *ev = care_billed(a, 'O');
    const CcCodeAssignment *as;

    (void)state;
    care_dx(a, ev, "J18.9", PROBLEM_USE_FINAL, 1);
    care_dx(a, ev, "J189", PROBLEM_USE_FINAL, 2);
    add_note(a, ev, "Impression: pneumonia.\nPneumonia on both sides.");
    as = run(a, ev, full)->diagnoses[0]->assignment;
    assert_int_equal(as->n_evidence, 4);
    assert_int_equal(as->evidence[1]->start, 12);
    assert_int_equal(as->evidence[2]->start, 23);
    assert_int_equal(as->evidence[3]->end, 0);
    arena_free(a);
}

/* questions - none leads: more than one answer, other and cannot be determined among them */
static void questions(void **state)
{
    struct arena *a = arena_new(ARENA);

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        CcCodingResult *out = code(a, &cases[i]);

        for (size_t k = 0; k < out->n_review; k++) {
            const CcReviewItem *item = out->review[k];

            if (strncmp(item->reason, "text-", 5) != 0)
                continue;
            assert_true(item->n_options >= 3);
            assert_string_equal(item->options[item->n_options - 1]->text, "cannot be determined");
            assert_true(item->n_evidence > 0);
        }
    }
    arena_free(a);
}

/* open_detail - what the words leave open is named, with the codes that would say it */
static void open_detail(void **state)
{
    struct arena *a = arena_new(ARENA);
    CcEncounter *ev = care_billed(a, 'O');
    CcCodingResult *out;

    (void)state;
    add_note(a, ev, "Impression: acute maxillary sinusitis.");
    out = run(a, ev, full);
    assert_string_equal(shown(a, out), "ask:text-support / 0");
    for (size_t i = 0; i < out->n_codes; i++) {
        const CcCodeAssignment *as = out->codes[i];

        if (strcmp(as->code->code, "J0100") != 0)
            continue;
        assert_int_equal(as->n_alternatives, 1);
        assert_string_equal(as->alternatives[0]->code->code, "J0101");
        assert_string_equal(as->alternatives[0]->missing, "acuity not documented");
    }
    assert_int_equal(out->review[0]->n_options, 5);
    arena_free(a);
}

/* entry - a condition in words only, coded */
static CcCodingResult *entry(struct arena *a, const char *words)
{
    CcEncounter *ev = care_billed(a, 'O');

    care_text_dx(a, ev, CODE_SYSTEM_SNOMED, "1", words);
    return run(a, ev, full);
}

/* condition_texts - TXT-04: the words of a title in another order and form are its code; what is
 * only near is offered, never taken */
static void condition_texts(void **state)
{
    struct arena *a = arena_new(ARENA);
    CcCodingResult *out = entry(a, "Right ear: otitis media, suppurative, acute");

    (void)state;
    assert_string_equal(shown(a, out), "H66001 / 1");
    assert_true(has_rule(out, "TXT-04"));
    out = entry(a, "acute suppurative otitis media");
    assert_string_equal(shown(a, out), "ask:no-code / 0");
    assert_true(out->review[0]->n_options >= 4);
    assert_string_equal(out->review[0]->options[0]->id, "none");
    assert_string_equal(out->review[0]->options[1]->code->code, "H66001");
    assert_string_equal(out->review[0]->options[2]->code->code, "H66002");
    out = entry(a, "trouble of some kind");
    assert_string_equal(shown(a, out), "ask:no-code / 0");
    assert_false(has_rule(out, "TXT-04"));
    assert_string_equal(shown(a, entry(a, "")), "ask:no-code / 0");
    arena_free(a);
}

/* not_read - a table that is missing stops the claim; what is taken back is no text of the visit */
static void not_read(void **state)
{
    struct arena *a = arena_new(ARENA);
    CcEncounter *ev = care_billed(a, 'O');
    CcDocument *d;

    (void)state;
    care_dx(a, ev, "J18.9", PROBLEM_USE_FINAL, 1);
    d = add_note(a, ev, "No pneumonia.");
    assert_string_equal(shown(a, run(a, ev, bare)), "J189 ask:no-table / 0");
    d->status = care_text(a, "entered-in-error");
    assert_string_equal(shown(a, run(a, ev, bare)), "J189 / 1");
    assert_string_equal(shown(a, run(a, ev, full)), "J189 / 1");
    d->status = care_text(a, "final");
    d->text.len = 0;
    assert_string_equal(shown(a, run(a, ev, full)), "J189 ask:text-unread / 1");
    arena_free(a);
}

/* Messages whose one document nobody can read: it is kept elsewhere, or no base64. */
#define OBX_5(type, value)                                                                         \
    "MSH|^~\\&|A|B|||2026||ORU^R01|C1|P|2.5\rPID|1||M1\rOBR|1|||11506-3^^LN\rOBX|1|" type          \
    "|11506-3^^LN||" value "\r"
#define ATTACHED(attachment)                                                                       \
    "{\"resourceType\":\"DocumentReference\",\"id\":\"d\",\"status\":\"current\",\"content\":[{"   \
    "\"attachment\":{" attachment "}}]}"
static const struct {
    int (*take)(const struct intake_conf *conf, struct arena *a, const struct intake_input *in,
                struct intake_result *out, struct err *e);
    const char *text;
    bool asked;
} elsewhere[] = {
    {intake_hl7, OBX_5("RP", "http://notes/1^EHR^TX^plain"), true},
    {intake_hl7, OBX_5("ED", "^TX^plain^Base64^SGVsb"), true},
    {intake_hl7, OBX_5("ED", "^TX^plain^Base64^"), false},
    {intake_fhir, ATTACHED("\"url\":\"http://notes/1\""), true},
    {intake_fhir, ATTACHED("\"data\":\"SGVsb*\""), true},
    {intake_fhir, ATTACHED("\"data\":\"SGVsb\""), true},
    {intake_fhir, ATTACHED("\"title\":\"nothing\""), false},
};

/* not_here - a document that came without words that can be read is asked for, not passed over */
static void not_here(void **state)
{
    static const struct intake_conf conf = {
        .secret = "s", .facility = "MAIN", .max_bytes = 4096, .charset = "UNICODE UTF-8"};

    (void)state;
    for (size_t i = 0; i < sizeof(elsewhere) / sizeof(elsewhere[0]); i++) {
        struct intake_input in = {
            .source = "t", .bytes = elsewhere[i].text, .n = strlen(elsewhere[i].text)};
        struct arena *from = arena_new(ARENA), *a = arena_new(ARENA);
        CcEncounter *ev = care_billed(a, 'O');
        struct intake_result r;
        struct err e = {0};
        CcCodingResult *out;

        assert_int_equal(elsewhere[i].take(&conf, from, &in, &r, &e), 0);
        assert_int_equal(r.events[0]->n_documents, 1);
        care_dx(a, ev, "J18.9", PROBLEM_USE_FINAL, 1);
        assert_true(event_push(a, ev, documents, r.events[0]->documents[0]));
        out = run(a, ev, full);
        assert_string_equal(shown(a, out),
                            elsewhere[i].asked ? "J189 ask:text-unread / 1" : "J189 / 1");
        if (elsewhere[i].asked)
            assert_non_null(strstr(out->review[0]->question, "not kept with the events"));
        arena_free(a);
        arena_free(from);
    }
}

/* any_order - the same notes in another order, with others read in between: the same bytes */
static void any_order(void **state)
{
    uint8_t *first = NULL, *next;
    size_t n = 0, m = 0;

    (void)state;
    for (size_t round = 0; round < 2; round++)
        for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
            size_t k = round ? sizeof(cases) / sizeof(cases[0]) - 1 - i : i;
            struct arena *a = arena_new(ARENA);
            struct err e = {0};

            assert_int_equal(event_pack(a, &code(a, &cases[k])->base, &next, &m, &e), 0);
            if (k == 12 && !round) {
                first = malloc(n = m);
                memcpy(first, next, m);
            } else if (k == 12) {
                assert_int_equal(m, n);
                assert_memory_equal(first, next, n);
            }
            arena_free(a);
        }
    free(first);
}

/* main - the tests */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_cases),     cmocka_unit_test(evidence),
        cmocka_unit_test(evidence_kept), cmocka_unit_test(questions),
        cmocka_unit_test(open_detail),   cmocka_unit_test(not_read),
        cmocka_unit_test(any_order),     cmocka_unit_test(condition_texts),
        cmocka_unit_test(not_here),
    };

    return cmocka_run_group_tests(tests, open_tables, close_tables);
}
