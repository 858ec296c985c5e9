/* coder_rules_test.c - every case of coder_cases.c: what is coded, in which order, by which rule;
 * and that coding what was coded changes nothing */
#include "tests/support/test.h"

#include <stdio.h>
#include <stdlib.h>

#include "common/base/date.h"
#include "services/coder/coder.h"
#include "tests/support/care.h"
#include "tests/support/care_tables.h"
#include "tests/support/coder_cases.h"

static struct tables *official, *noteless;

/* open_tables - small tables, with the official rows of ICD-10-CM */
static int open_tables(void **state)
{
    (void)state;
    official = care_tables(TABLE_ICD10CM);
    care_rows(official, TABLE_ICD10CM, coder_codes_icd);
    noteless = care_tables(TABLE_ICD10CM_TABULAR);
    return 0;
}

/* close_tables - at the end */
static int close_tables(void **state)
{
    (void)state;
    tables_free(official);
    tables_free(noteless);
    return 0;
}

/* poa_of - of its letter */
static CcPoa poa_of(char letter)
{
    return letter == 'N' ? POA_N : letter == '-' ? POA_UNKNOWN : POA_Y;
}

/* measure - a final result on the day of the visit; its unit behind "_" */
static void measure(struct arena *a, CcEncounter *ev, const char *loinc, const char *value)
{
    CcObservation *o = event_new(a, &cc_observation__descriptor);

    assert_non_null(o);
    o->ref = care_text(a, loinc);
    o->code = care_code(a, CODE_SYSTEM_LOINC, loinc, "");
    o->value = care_text(a, value);
    o->unit = strchr(o->value, '_');
    o->unit = o->unit ? o->unit + 1 : care_text(a, "");
    o->value[strcspn(o->value, "_")] = '\0';
    o->status = care_text(a, "final");
    o->at_ms = ms_of(20260301, 9, 0, 0, 0, 0);
    event_push(a, ev, observations, o);
}

/* medicate - a drug of a kind, "_" for blanks, perhaps with the day it began behind "@" */
static void medicate(struct arena *a, CcEncounter *ev, const char *kind, const char *drug)
{
    CcMedication *m = event_new(a, &cc_medication__descriptor);
    char *text = care_text(a, drug), *began = strchr(text, '@');

    assert_non_null(m);
    if (began)
        *began++ = '\0';
    for (char *c = text; *c; c++)
        *c = *c == '_' ? ' ' : *c;
    m->ref = care_text(a, drug);
    m->code = care_code(a, CODE_SYSTEM_RXNORM, "", text);
    m->kind = care_text(a, kind);
    m->status = care_text(a, "active");
    m->start_ms = began ? ms_of((int32_t)strtol(began, NULL, 10), 9, 0, 0, 0, 0) : 0;
    event_push(a, ev, medications, m);
}

/* order_for - an order with its reason */
static void order_for(struct arena *a, CcEncounter *ev, const char *reason)
{
    CcOrder *o = event_new(a, &cc_order__descriptor);

    o->ref = care_text(a, "ORC[1]");
    o->code = care_code(a, CODE_SYSTEM_CPT, "80048", "");
    event_push(a, o, reasons, care_text(a, reason));
    event_push(a, ev, orders, o);
}

/* operate - a procedure, ICD-10-PCS or SNOMED CT by its form, perhaps with its reason behind "#" */
static void operate(struct arena *a, CcEncounter *ev, const char *word)
{
    char *code = care_text(a, word), *reason = strchr(code, '#');
    CcProcedure *p;

    if (reason)
        *reason++ = '\0';
    p = care_procedure(a, ev, strlen(code) == 7 ? CODE_SYSTEM_ICD10PCS : CODE_SYSTEM_SNOMED, code,
                       20260301);
    if (reason)
        event_push(a, p, reasons, reason);
}

/* of_visit - a word about the visit or the patient; false: it is a diagnosis */
static bool of_visit(struct arena *a, CcEncounter *ev, const char *word)
{
    if (strncmp(word, "days=", 5) == 0)
        ev->visit->gestation_days = (uint32_t)strtoul(word + 5, NULL, 10);
    else if (strncmp(word, "born=", 5) == 0)
        ev->patient->birth_date = (int32_t)strtol(word + 5, NULL, 10);
    else if (strncmp(word, "sex=", 4) == 0)
        ev->patient->sex = word[4] == 'F' ? SEX_FEMALE : word[4] == 'M' ? SEX_MALE : SEX_UNKNOWN;
    else if (strncmp(word, "in=", 3) == 0)
        ev->visit->admit_date = (int32_t)strtol(word + 3, NULL, 10);
    else if (strncmp(word, "out=", 4) == 0)
        ev->visit->discharge_date = (int32_t)strtol(word + 4, NULL, 10);
    else if (strncmp(word, "points=", 7) == 0)
        event_push(a, ev->charges[0], pointers, care_text(a, word + 7));
    else if (strncmp(word, "order-for=", 10) == 0)
        order_for(a, ev, word + 10);
    else if (strcmp(word, "-charges") == 0)
        ev->n_charges = 0;
    else if (strncmp(word, "bmi=", 4) == 0)
        measure(a, ev, "39156-5", word + 4);
    else if (strncmp(word, "ga=", 3) == 0)
        measure(a, ev, "49051-6", word + 3);
    else if (strncmp(word, "edd=", 4) == 0)
        measure(a, ev, "11778-8", word + 4);
    else if (strncmp(word, "type=", 5) == 0)
        ev->visit->admit_type = care_text(a, word + 5);
    else if (strncmp(word, "source=", 7) == 0)
        ev->visit->admit_source = care_text(a, word + 7);
    else if (strncmp(word, "proc=", 5) == 0)
        operate(a, ev, word + 5);
    else if (strncmp(word, "nihss=", 6) == 0)
        measure(a, ev, "70184-7", word + 6);
    else if (strncmp(word, "alcohol=", 8) == 0)
        measure(a, ev, "5640-8", word + 8);
    else if (strncmp(word, "serum=", 6) == 0)
        measure(a, ev, "5643-2", word + 6);
    else if (strncmp(word, "takes=", 6) == 0)
        medicate(a, ev, "statement", word + 6);
    else if (strncmp(word, "given=", 6) == 0)
        medicate(a, ev, "administered", word + 6);
    else if (strncmp(word, "order=", 6) == 0)
        medicate(a, ev, "ordered", word + 6);
    else
        return strcmp(word, "-notes") == 0;
    return true;
}

/* mark - what stands before a code */
static void mark(CcProblem *p, char c)
{
    static const struct {
        char sign;
        CcProblemUse use;
    } uses[] = {{'*', PROBLEM_USE_ADMITTING},     {'~', PROBLEM_USE_REASON},
                {'%', PROBLEM_USE_WORKING},       {'(', PROBLEM_USE_PREOPERATIVE},
                {')', PROBLEM_USE_POSTOPERATIVE}, {'^', PROBLEM_USE_PROBLEM}};

    for (size_t i = 0; i < sizeof(uses) / sizeof(uses[0]); i++)
        if (uses[i].sign == c)
            p->use = uses[i].use;
    if (c == '?' || c == '!' || c == '#')
        p->verification = c == '?'   ? VERIFICATION_PROVISIONAL
                          : c == '!' ? VERIFICATION_REFUTED
                                     : VERIFICATION_ERROR;
    if (c == '<')
        p->abatement_date = 20250101;
    if (c == '&' || c == '+' || c == '{')
        p->code->system = c == '&'   ? CODE_SYSTEM_ICD9CM
                          : c == '+' ? CODE_SYSTEM_UNKNOWN
                                     : CODE_SYSTEM_SNOMED;
    if (c == '0' || c == '1')
        p->rank = c == '1';
}

/* cut - what follows the sign in the word, taken off it; NULL: no such sign */
static char *cut(char *word, char sign)
{
    char *at = strchr(word, sign);

    if (at)
        *at++ = '\0';
    return at;
}

/* give - one word of a case */
static void give(struct arena *a, CcEncounter *ev, const char *word, uint32_t rank)
{
    size_t marks = strspn(word, "?!#*~%()^<&+{}01");
    char *code = care_text(a, word + marks), *text, *also, *onset, *end, *poa;
    CcProblem *p;

    if (of_visit(a, ev, word))
        return;
    text = cut(code, '=');
    also = cut(code, '/');
    onset = cut(code, '@');
    end = cut(code, '<');
    poa = cut(code, ':');
    p = care_dx(a, ev, code, PROBLEM_USE_FINAL, rank);
    p->id = arena_printf(a, "C%u", rank);
    if (memchr(word, '}', marks))
        p->event_id = care_text(a, "another message");
    for (size_t i = 0; i < marks; i++)
        mark(p, word[i]);
    /* what a case does not say was there on admission: the cases are not about missing indicators
     */
    p->poa = poa_of(poa ? *poa : 'Y');
    if (end)
        p->abatement_date = (int32_t)strtol(end, NULL, 10);
    if (onset)
        p->onset_date = (int32_t)strtol(onset, NULL, 10);
    for (char *c = text; c && *c; c++)
        *c = *c == '_' ? ' ' : *c;
    if (text)
        p->code->text = text;
    if (also)
        event_push(a, p, also, care_code(a, CODE_SYSTEM_ICD10CM, also, ""));
}

/* code - the given words */
static CcCodingResult *code(struct arena *a, char base, const char *given)
{
    CcEncounter *ev = care_billed(a, base);
    struct coder_visit v;
    struct err e = {0};
    uint32_t rank = 1;
    char *save = NULL;

    for (char *word = strtok_r(care_text(a, given), " ", &save); word;
         word = strtok_r(NULL, " ", &save))
        give(a, ev, word, rank++);
    assert_int_equal(coder_fold(a, &ev, 1, NULL, 0, &v, &e), 0);
    return care_coded(a, strstr(given, "-notes") ? noteless : official, NULL, &v);
}

/* is_asked - of what the cases are about: they have no procedures, so a birth lacks its delivery */
static bool is_asked(const CcReviewItem *item)
{
    return strcmp(item->reason, "procedure-missed") != 0;
}

/* nothing_asked - nothing is asked */
static bool nothing_asked(const CcCodingResult *out)
{
    for (size_t i = 0; i < out->n_review; i++)
        if (is_asked(out->review[i]))
            return false;
    return true;
}

/* coded - ranked codes and questions, as a case has them; `again`: codes only, to code them again
 */
static const char *coded(struct arena *a, const CcCodingResult *out, bool again)
{
    const char *s = "";

    for (size_t i = 0; i < out->n_diagnoses; i++) {
        const CcClaimDiagnosis *d = out->diagnoses[i];
        bool external = d->role == DIAGNOSIS_ROLE_EXTERNAL_CAUSE;

        if (d->rank)
            s = arena_printf(a, "%s%s%s%s%s", s, *s ? " " : "", external && !again ? "-" : "",
                             d->assignment->code->code, d->poa == POA_N ? ":N" : "");
    }
    for (size_t i = 0; i < out->n_review && !again; i++)
        if (is_asked(out->review[i]))
            s = arena_printf(a, "%s%sask:%s", s, *s ? " " : "", out->review[i]->reason);
    return s;
}

/* visit_words - what a case gives besides diagnoses */
static const char *visit_words(struct arena *a, const char *given)
{
    const char *words = "";
    char *save = NULL;

    for (char *word = strtok_r(care_text(a, given), " ", &save); word;
         word = strtok_r(NULL, " ", &save))
        if (strchr("abcdefghijklmnopqrstuvwxyz-", word[0]))
            words = arena_printf(a, "%s %s", words, word);
    return words;
}

/* check - one case; what came out, coded again, is the same; false: printed */
static bool check(const struct coder_case *c)
{
    struct arena *a = arena_new((size_t)32 << 20);
    CcCodingResult *out = code(a, c->base, c->given);
    const char *first = coded(a, out, false), *next;
    bool fires = c->kind == '+' || c->kind == 'B';
    bool ok = strcmp(first, c->coded) == 0 && care_fired(out, c->rule) == fires;

    if (!ok)
        fprintf(stderr, "%s %c \"%s\" (%s): \"%s\", fired %d; expected \"%s\", %d\n", c->rule,
                c->base, c->given, c->what, first, care_fired(out, c->rule), c->coded, fires);
    if (ok && nothing_asked(out) && !strchr(c->given, '?')) {
        next = arena_printf(a, "%s%s", coded(a, out, true), visit_words(a, c->given));
        next = coded(a, code(a, c->base, next), false);
        ok = strcmp(next, first) == 0;
        if (!ok)
            fprintf(stderr, "%s \"%s\": again \"%s\"\n", c->rule, first, next);
    }
    arena_free(a);
    return ok;
}

/* all_cases - every row */
static void all_cases(void **state)
{
    size_t bad = 0, n = 0;

    (void)state;
    for (const struct coder_case *c = coder_cases; c->rule; c++, n++)
        bad += !check(c);
    assert_true(n > 100);
    assert_int_equal(bad, 0);
}

enum { VISITS = 4000, CODES = 6, POOL = 4096 };

/* ranks_are_whole - from one on, each once */
static bool ranks_are_whole(const CcCodingResult *out)
{
    uint32_t seen[CODES * 4] = {0}, n = 0;

    for (size_t i = 0; i < out->n_diagnoses; i++)
        if (out->diagnoses[i]->rank && out->diagnoses[i]->rank < CODES * 4) {
            seen[out->diagnoses[i]->rank]++;
            n++;
        }
    for (uint32_t rank = 1; rank <= n; rank++)
        if (seen[rank] != 1)
            return false;
    return true;
}

/* twice_any - any codes together, in a fixed disorder: what came out without a question, coded
 * again, is the same; the ranks are whole */
static void twice_any(void **state)
{
    static const char *pool[POOL];
    struct arena *names = arena_new((size_t)8 << 20);
    size_t n = care_billable(coder_codes_icd, pool, POOL, names), bad = 0, settled = 0;
    uint32_t x = 20260301;

    (void)state;
    for (size_t v = 0; v < VISITS; v++) {
        struct arena *a = arena_new((size_t)32 << 20);
        const char *given = "", *first, *next;
        CcCodingResult *out;
        char base = v % 2 ? 'I' : 'O';

        for (size_t i = 0; i < CODES; i++) {
            x = x * 1664525U + 1013904223U;
            given = arena_printf(a, "%s%s%s", given, *given ? " " : "", pool[(x >> 8) % n]);
        }
        out = code(a, base, given);
        first = coded(a, out, true);
        if (out->n_review == 0) {
            assert_true(ranks_are_whole(out));
            settled++;
            next = coded(a, code(a, base, first), true);
            if (strcmp(first, next) != 0 && bad++ < 20)
                fprintf(stderr, "%c \"%s\": \"%s\", again \"%s\"\n", base, given, first, next);
        }
        arena_free(a);
    }
    arena_free(names);
    assert_true(settled > VISITS / 10);
    assert_int_equal(bad, 0);
}

/* phases_in_order - the list stands phase by phase */
static void phases_in_order(void **state)
{
    const char *seen[16];
    struct coder_rule_info r;
    size_t n = 0;

    (void)state;
    for (size_t i = 0; coder_rule_at(i, &r); i++) {
        if (n && strcmp(seen[n - 1], r.phase) == 0)
            continue;
        for (size_t k = 0; k < n; k++)
            assert_string_not_equal(seen[k], r.phase);
        assert_true(n < 16);
        seen[n++] = r.phase;
    }
}

/* old_code_kept - what a combination replaces stays in the result, rejected, with the rule */
static void old_code_kept(void **state)
{
    struct arena *a = arena_new((size_t)32 << 20);
    CcCodingResult *out = code(a, 'O', "I10 I50.9");
    size_t found = 0;

    (void)state;
    for (size_t i = 0; i < out->n_codes; i++) {
        const CcCodeAssignment *as = out->codes[i];

        if (strcmp(as->code->code, "I10") == 0) {
            assert_int_equal(as->status, CODE_STATUS_REJECTED);
            assert_true(care_hit(as->rules, as->n_rules, "CM-I.C.9.a.1"));
            found++;
        }
        if (strcmp(as->code->code, "I110") == 0) {
            assert_int_equal(as->origin, ORIGIN_DERIVED);
            assert_int_equal(as->n_evidence, 2);
            assert_string_equal(as->rules[1]->rule, "CM-I.C.9.a.1");
            assert_string_equal(as->rules[1]->table, "icd10cm");
            found++;
        }
    }
    assert_int_equal(found, 2);
    arena_free(a);
}

/* pointers_follow - a line that points to what a combination replaced or tells points to the whole
 */
static void pointers_follow(void **state)
{
    static const char *const pointed[] = {"J18.9", "R05.9", "I10", NULL};
    static const char *const code_of[] = {"J189", "J189", "I129"};
    struct arena *a = arena_new((size_t)32 << 20);

    (void)state;
    for (size_t i = 0; pointed[i]; i++) {
        CcEncounter *ev = care_billed(a, 'O');
        CcCodingResult *out;
        struct coder_visit v;
        struct err e = {0};

        give(a, ev, "N18.4", 1);
        give(a, ev, "I10", 2);
        give(a, ev, "R05.9", 3);
        give(a, ev, "J18.9", 4);
        assert_true(event_push(a, ev->charges[0], pointers, care_text(a, pointed[i])));
        assert_int_equal(coder_fold(a, &ev, 1, NULL, 0, &v, &e), 0);
        assert_int_equal(coder_code(a, official, NULL, &v, &out, &e), 0);
        assert_int_equal(out->n_claims, 1);
        assert_string_equal(out->claims[0]
                                ->diagnoses[out->claims[0]->lines[0]->pointers[0] - 1]
                                ->assignment->code->code,
                            code_of[i]);
    }
    arena_free(a);
}

/* questions_open - a question offers both codes, other, and cannot be determined */
static void questions_open(void **state)
{
    struct arena *a = arena_new((size_t)32 << 20);
    CcCodingResult *out = code(a, 'O', "E11.9 E10.9");
    const CcReviewItem *item = out->review[0];

    (void)state;
    assert_int_equal(out->n_claims, 0);
    assert_int_equal(item->n_options, 5);
    assert_string_equal(item->options[0]->code->code, "E119");
    assert_string_equal(item->options[4]->text, "cannot be determined");
    out = code(a, 'O', "S52.501");
    assert_string_equal(out->review[0]->options[0]->code->code, "S52501A");
    out = code(a, 'O', "W19");
    assert_string_equal(out->review[0]->options[0]->code->code, "W19XXXA");
    out = code(a, 'O', ""); /* about the visit: no options of its own, and nothing to point at */
    assert_int_equal(out->n_review, 1);
    item = out->review[0];
    assert_string_equal(item->reason, "no-diagnosis");
    assert_int_equal(item->n_options, 2);
    assert_string_equal(item->options[0]->id, "other");
    assert_string_equal(item->options[1]->id, "undetermined");
    assert_int_equal(item->n_evidence, 1);
    assert_string_equal(item->evidence[0]->ref, "visit");
    assert_true(item->at_stake_cents > 0);
    assert_true(item->due_date > 20260101);
    arena_free(a);
}

/* main - the tests */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_cases),       cmocka_unit_test(twice_any),
        cmocka_unit_test(phases_in_order), cmocka_unit_test(old_code_kept),
        cmocka_unit_test(pointers_follow), cmocka_unit_test(questions_open),
    };

    return cmocka_run_group_tests(tests, open_tables, close_tables);
}
