/* coder_service_test.c - every case of service_cases.c: what lines a record makes, by which rule */
#include "tests/support/test.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/base/date.h"
#include "common/codes/codes.h"
#include "services/coder/coder.h"
#include "services/coder/lines/dosage.h"
#include "tests/support/care.h"
#include "tests/support/care_tables.h"
#include "tests/support/service_cases.h"

enum { DAY = 20260310 };

static struct tables *tables;

/* Operations of the patient's other encounters, of the case in hand. */
static CcPastService *earlier[4];
static size_t n_earlier;

/* open_tables - once */
static int open_tables(void **state)
{
    (void)state;
    tables = care_tables(TABLE_MAX);
    care_service_rows(tables);
    care_drg_rows(tables, DAY);
    return 0;
}

/* close_tables - at the end */
static int close_tables(void **state)
{
    (void)state;
    tables_free(tables);
    return 0;
}

/* visit - of a base */
static CcEncounter *visit(struct arena *a, char base)
{
    bool hospital = strchr("OHI", base) != NULL;
    CcEncounter *ev = care_event(a, EVENT_KIND_BILL, "BAR^P05^BAR_P05", "REG|HOSP", 1000);
    CcVisit *v =
        care_visit(a, ev, base == 'I' ? ENCOUNTER_CLASS_INPATIENT : ENCOUNTER_CLASS_OUTPATIENT);

    ev->bill = true;
    v->admit_date = DAY;
    v->discharge_date = base == 'I' ? DAY + 3 : DAY;
    v->facility = care_text(a, hospital ? "RIVERBEND" : "CLINIC");
    v->discharge_status = care_text(a, hospital ? "01" : "");
    care_patient(a, ev, "TESTER", "ADA");
    care_coverage(a, ev, 1,
                  base == 'M'   ? "99902"
                  : base == 'H' ? "99901"
                  : base == 'W' ? "SMP02"
                                : "SHP01",
                  "SYN0001234");
    care_provider(a, ev, hospital ? PROVIDER_ROLE_ATTENDING : PROVIDER_ROLE_RENDERING,
                  "1455555015");
    return ev;
}

/* clock_ms - HHMM of a day */
static int64_t clock_ms(int32_t day, const char *hhmm)
{
    long n = strtol(hhmm, NULL, 10);

    return ms_of(day, (int)(n / 100), (int)(n % 100), 0, 0, 0);
}

/* procedure_of - what was done for a charge, made when first needed */
static CcProcedure *procedure_of(struct arena *a, CcEncounter *ev, CcCharge *c)
{
    for (size_t i = 0; i < ev->n_procedures; i++)
        if (strcmp(ev->procedures[i]->parent, c->ref) == 0)
            return ev->procedures[i];
    CcProcedure *p = care_procedure(a, ev, c->code->system, c->code->code, c->service_date);

    p->parent = c->ref;
    p->event_id = ev->event_id;
    return p;
}

/* add_words - joined by `between`, to a list */
static void add_words(struct arena *a, char ***list, size_t *n, char *words, const char *between)
{
    char *save = NULL;

    for (char *w = strtok_r(words, between, &save); w; w = strtok_r(NULL, between, &save))
        assert_true(event_push_pointer(a, (void ***)(void *)list, n, care_text(a, w)));
}

/* person - of a role, among a charge's providers */
static void person(struct arena *a, CcCharge *c, CcProviderRole role, const char *npi)
{
    CcProvider *p = event_new(a, &cc_provider__descriptor);

    p->role = role;
    p->npi = care_text(a, npi);
    p->name = event_new(a, &cc_name__descriptor);
    p->name->last = care_text(a, "SECOND");
    assert_true(event_push(a, c, providers, p));
}

/* milli - "12.5" */
static int64_t milli(const char *s)
{
    return (int64_t)(strtod(s, NULL) * 1000 + 0.5);
}

/* discard - so much of a charge's drug, in its unit */
static void discard(struct arena *a, CcEncounter *ev, const CcCharge *c, const char *value)
{
    CcObservation *o = event_new(a, &cc_observation__descriptor);

    o->ref = arena_printf(a, "OBX[%zu]", ev->n_observations + 1);
    o->code = care_code(a, CODE_SYSTEM_LOCAL, arena_printf(a, "DISCARDED-%s", c->code->code), "");
    o->value = care_text(a, value);
    o->unit = c->unit;
    o->at_ms = clock_ms(c->service_date, "900");
    assert_true(event_push(a, ev, observations, o));
}

/* part - one marked part of a charge */
static void part(struct arena *a, CcEncounter *ev, CcCharge *c, char mark, char *s)
{
    char *dash = strchr(s, '-');

    for (char *p = s; mark == '!' && *p; p++)
        *p = *p == '_' ? ' ' : *p;
    switch (mark) {
    case '*':
        c->units_milli = milli(s);
        return;
    case '@':
        c->unit = care_text(a, s);
        return;
    case '/':
        add_words(a, &c->modifiers, &c->n_modifiers, s, ".");
        return;
    case '#':
        add_words(a, &c->pointers, &c->n_pointers, s, ",");
        return;
    case '!':
        c->site = care_text(a, s);
        return;
    case '=':
        person(a, c, PROVIDER_ROLE_RENDERING, s);
        return;
    case '?':
        person(a, c, PROVIDER_ROLE_ASSISTANT, s);
        return;
    case '+':
        c->service_date = c->thru_date = date_add(DAY, (int32_t)strtol(s, NULL, 10));
        return;
    case '|':
        c->revenue = care_text(a, s);
        return;
    case ':':
        c->charge_cents = strtol(s, NULL, 10);
        return;
    case ';':
        c->drug = event_new(a, &cc_drug__descriptor);
        c->drug->ndc = care_text(a, s);
        return;
    case '%':
        discard(a, ev, c, s);
        return;
    case '^':
        procedure_of(a, ev, c)->status = care_text(a, s);
        return;
    case '$':
        procedure_of(a, ev, c)->anesthesia_min = (uint32_t)strtoul(s, NULL, 10);
        return;
    default:
        break;
    }
    assert_int_equal(mark, '~');
    c->start_ms = clock_ms(c->service_date, s);
    c->end_ms = dash ? clock_ms(c->service_date, dash + 1) : 0;
}

/* charge - a code with its marked parts */
static void charge(struct arena *a, CcEncounter *ev, char *word)
{
    static const char marks[] = "*@/#!=?+|%^$~;:";
    size_t n = strcspn(word, marks);
    char mark = word[n], *rest = mark ? word + n + 1 : word + n;
    CcCharge *c = care_charge(a, ev, arena_printf(a, "TX%03zu", ev->n_charges), "", 1000, DAY);

    word[n] = '\0';
    c->code = care_code(a, cpt_form(word) ? CODE_SYSTEM_CPT : CODE_SYSTEM_HCPCS, word, "");
    c->professional = strcmp(ev->visit->facility, "RIVERBEND") != 0;
    c->charge_cents = 10000;
    c->charge_given =
        word[0] != 'J' || !c->professional; /* a clinic's drugs have the charge master's price */
    while (mark) {
        char next;

        n = strcspn(rest, marks);
        next = rest[n];
        rest[n] = '\0';
        part(a, ev, c, mark, rest);
        rest += n + (next != '\0');
        mark = next;
    }
}

/* observed - "obs:LOINC=VALUE@unit~HHMM+N", "em:KEY=VALUE", "sv:WORD=CODE+N" */
static void observed(struct arena *a, CcEncounter *ev, char *word, const char *mark)
{
    bool em = strcmp(mark, "EM-") == 0;
    CcObservation *o = event_new(a, &cc_observation__descriptor);
    char *value = strchr(word, '='), *unit, *at, *later;
    int32_t day = DAY;

    *value++ = '\0';
    later = strchr(value, '+');
    at = em ? NULL : strchr(value, '~');
    unit = em ? NULL : strchr(value, '@');
    if (later)
        day = date_add(DAY, (int32_t)strtol(later + 1, NULL, 10));
    o->at_ms = clock_ms(day, at ? at + 1 : "800");
    for (char *p = value; *p; p++)
        if (strchr(em ? "+" : "@~+", *p))
            *p = '\0';
    o->unit = care_text(a, unit ? unit + 1 : "");
    o->ref = arena_printf(a, "OBX[%zu]", ev->n_observations + 1);
    o->code =
        *mark
            ? care_code(a, CODE_SYSTEM_LOCAL, arena_printf(a, "%s%s", mark, word), "")
            : care_code(a, isdigit((unsigned char)word[0]) ? CODE_SYSTEM_LOINC : CODE_SYSTEM_LOCAL,
                        word, "");
    o->value = care_text(a, value);
    assert_true(event_push(a, ev, observations, o));
}

/* given_drug - "med:NDC*DOSE@unit~HHMM-HHMM!route" */
static void given_drug(struct arena *a, CcEncounter *ev, char *word)
{
    CcMedication *m = event_new(a, &cc_medication__descriptor);
    char *route = strchr(word, '!'), *at = strchr(word, '~'), *unit = strchr(word, '@'),
         *dose = strchr(word, '*'), *dash = at ? strchr(at, '-') : NULL;

    m->ref = arena_printf(a, "RXA[%zu]", ev->n_medications + 1);
    m->kind = care_text(a, "administered");
    m->status = care_text(a, "completed");
    m->start_ms = at ? clock_ms(DAY, at + 1) : 0;
    m->end_ms = dash ? clock_ms(DAY, dash + 1) : 0;
    for (char *p = word; *p; p++)
        if (strchr("!~@*", *p))
            *p = '\0';
    m->route = care_text(a, route ? route + 1 : "");
    m->unit = care_text(a, unit ? unit + 1 : "");
    m->dose = care_text(a, dose ? dose + 1 : "");
    m->code = care_code(a, CODE_SYSTEM_NDC, word, "");
    assert_true(event_push(a, ev, medications, m));
}

/* listed - "A/B": the first, and those after it */
static char *listed(struct arena *a, char *words, char ***more, size_t *n)
{
    char *rest = strchr(words, '/');

    if (rest) {
        *rest++ = '\0';
        add_words(a, more, n, rest, "/");
    }
    return words;
}

/* described - "parts:OPERATION,BODY_PART/…,APPROACH,DEVICE/…,QUALIFIER" */
static void described(struct arena *a, CcEncounter *ev, char *word)
{
    CcProcedure *p = care_procedure(a, ev, CODE_SYSTEM_SNOMED, "0", DAY);
    char *at = word, *said[5];

    for (size_t i = 0; i < 5; i++) {
        said[i] = at ? strsep(&at, ",") : care_text(a, "");
        for (char *c = said[i]; *c; c++)
            *c = *c == '_' ? ' ' : *c;
    }
    p->parts = event_new(a, &cc_pcs_parts__descriptor);
    p->parts->operation = care_text(a, said[0]);
    p->parts->body_part = listed(a, said[1], &p->parts->sites, &p->parts->n_sites);
    p->parts->approach = care_text(a, said[2]);
    p->parts->device = listed(a, said[3], &p->parts->devices, &p->parts->n_devices);
    p->parts->qualifier = care_text(a, said[4]);
}

/* done - "did:WORDS": a procedure that only its words name */
static void done(struct arena *a, CcEncounter *ev, const char *words)
{
    CcProcedure *p =
        care_procedure(a, ev, CODE_SYSTEM_LOCAL, arena_printf(a, "%zu", strlen(words)), DAY);

    p->code->text = care_text(a, words);
    for (char *c = p->code->text; *c; c++)
        *c = *c == '_' ? ' ' : *c;
}

/* of_procedure - a word about the procedure before it; false: another word */
static bool of_procedure(struct arena *a, CcEncounter *ev, const char *word)
{
    CcProcedure *p = ev->n_procedures ? ev->procedures[ev->n_procedures - 1] : NULL;

    if (!p)
        return false;
    if (strncmp(word, "minutes:", 8) == 0) {
        p->start_ms = clock_ms(DAY, "800");
        p->end_ms = p->start_ms + strtol(word + 8, NULL, 10) * 60000;
    } else if (strncmp(word, "after:", 6) == 0) {
        p->end_ms += strtol(word + 6, NULL, 10) * 60000;
        p->start_ms += strtol(word + 6, NULL, 10) * 60000;
    } else if (strncmp(word, "side:", 5) == 0) {
        p->side = care_text(a, word + 5);
    } else if (strncmp(word, "status:", 7) == 0) {
        p->status = care_text(a, word + 7);
    } else if (strncmp(word, "for:", 4) == 0) {
        event_push(a, p, reasons, care_text(a, word + 4));
    } else if (strncmp(word, "later:", 6) == 0) {
        p->procedure_date = DAY + (int32_t)strtol(word + 6, NULL, 10);
    } else if (strncmp(word, "first:", 6) == 0) {
        p->rank = 1;
    } else {
        return false;
    }
    return true;
}

/* operated - "before:CODE-N#DX=NPI/TAXONOMY" */
static void operated(struct arena *a, char *word)
{
    CcPastService *o = event_new(a, &cc_past_service__descriptor);
    char *dx = strchr(word, '#'), *npi = strchr(word, '='), *kind = strchr(word, '/');

    for (char *p = word; *p; p++)
        if (strchr("#=/", *p))
            *p = '\0';
    o->code = care_text(a, strsep(&word, "-"));
    o->service_date = date_add(DAY, -(int32_t)strtol(word, NULL, 10));
    o->npi = care_text(a, npi ? npi + 1 : "1455555015");
    o->taxonomy = care_text(a, kind ? kind + 1 : "207Q00000X");
    o->group_npi = care_text(a, "1234567893");
    o->event_id = care_text(a, "EARLIER");
    o->ref = care_text(a, "FT1[1]");
    assert_true(event_push(a, o, diagnoses, care_text(a, dx + 1)));
    earlier[n_earlier++] = o;
}

/* rented - "rented:CODE-N=KH": a month of another encounter, N days before */
static void rented(struct arena *a, char *word)
{
    CcPastService *o = event_new(a, &cc_past_service__descriptor);
    char *month = strchr(word, '=');

    *month = '\0';
    o->code = care_text(a, strsep(&word, "-"));
    o->service_date = date_add(DAY, -(int32_t)strtol(word, NULL, 10));
    o->rental = care_text(a, month + 1);
    o->encounter = care_text(a, "EARLIER");
    o->event_id = arena_printf(a, "EARLIER-%d", o->service_date);
    o->ref = care_text(a, "FT1[1]");
    earlier[n_earlier++] = o;
}

/* ordered - "order:CODE^STATUS+N" */
static void ordered(struct arena *a, CcEncounter *ev, char *word)
{
    CcOrder *o = event_new(a, &cc_order__descriptor);
    char *later = strchr(word, '+'), *status = strchr(word, '^');

    for (char *p = word; *p; p++)
        if (strchr("^+", *p))
            *p = '\0';
    o->ref = arena_printf(a, "ORC[%zu]", ev->n_orders + 1);
    o->code = care_code(a, CODE_SYSTEM_CPT, word, "");
    o->status = care_text(a, status ? status + 1 : "");
    o->order_date = date_add(DAY, later ? (int32_t)strtol(later + 1, NULL, 10) : 0);
    assert_true(event_push(a, ev, orders, o));
}

/* give - one word of a case */
static void give(struct arena *a, CcEncounter *ev, char *word, uint32_t rank)
{
    if (of_procedure(a, ev, word))
        return;
    if (strncmp(word, "dx:", 3) == 0)
        care_dx(a, ev, word + 3, PROBLEM_USE_FINAL, rank)->poa = POA_Y;
    else if (strncmp(word, "obs:", 4) == 0)
        observed(a, ev, word + 4, "");
    else if (strncmp(word, "em:", 3) == 0)
        observed(a, ev, word + 3, "EM-");
    else if (strncmp(word, "sv:", 3) == 0)
        observed(a, ev, word + 3, "SV-");
    else if (strncmp(word, "before:", 7) == 0)
        operated(a, word + 7);
    else if (strncmp(word, "rented:", 7) == 0)
        rented(a, word + 7);
    else if (strncmp(word, "left:", 5) == 0)
        ev->visit->discharge_status = care_text(a, word + 5);
    else if (strncmp(word, "at:", 3) == 0)
        ev->visit->facility = care_text(a, word + 3);
    else if (strncmp(word, "cdm:", 4) == 0)
        care_charge(a, ev, "CDM", word + 4, 1000, DAY);
    else if (strncmp(word, "med:", 4) == 0)
        given_drug(a, ev, word + 4);
    else if (strncmp(word, "order:", 6) == 0)
        ordered(a, ev, word + 6);
    else if (strncmp(word, "pcs:", 4) == 0)
        care_procedure(a, ev, CODE_SYSTEM_ICD10PCS, word + 4, DAY);
    else if (strncmp(word, "did:", 4) == 0)
        done(a, ev, word + 4);
    else if (strncmp(word, "parts:", 6) == 0)
        described(a, ev, word + 6);
    else if (strncmp(word, "class:", 6) == 0)
        ev->visit->class_ = (CcEncounterClass)strtol(word + 6, NULL, 10);
    else if (strncmp(word, "hours:", 6) == 0) {
        ev->visit->admit_ms = clock_ms(DAY, "800");
        ev->visit->discharge_ms = ev->visit->admit_ms + strtol(word + 6, NULL, 10) * 3600000;
        ev->visit->admit_hour = ev->visit->discharge_hour = care_text(a, "0800");
    } else if (strncmp(word, "admit:", 6) == 0)
        care_provider(a, ev, PROVIDER_ROLE_ADMITTING, word + 6);
    else if (strncmp(word, "birth:", 6) == 0)
        ev->patient->birth_date = (int32_t)strtol(word + 6, NULL, 10);
    else if (strcmp(word, "note:") == 0) {
        CcDocument *d = event_new(a, &cc_document__descriptor);

        d->id = care_text(a, "N1");
        d->ref = care_text(a, "TXA[1]");
        d->mime = care_text(a, "text/plain");
        d->text = (ProtobufCBinaryData){4, (uint8_t *)care_text(a, "Note")};
        assert_true(event_push(a, ev, documents, d));
    } else if (strncmp(word, "rev:", 4) == 0) {
        CcCharge *c = care_charge(a, ev, "REV", "", 1000, DAY);

        c->revenue = care_text(a, word + 4);
        c->charge_given = true;
    } else if (strncmp(word, "both:", 5) == 0)
        care_charge(a, ev, "BOTH", "ED-L3", 1000, DAY);
    else if (strncmp(word, "read:", 5) == 0) {
        charge(a, ev, word + 5);
        ev->charges[ev->n_charges - 1]->professional = true;
    } else
        charge(a, ev, word);
}

/* record - the given words; a stay has its room */
static CcEncounter *record(struct arena *a, char base, const char *given)
{
    CcEncounter *ev = visit(a, base);
    uint32_t rank = 1;
    char *save = NULL;

    n_earlier = 0;
    if (base == 'I')
        care_charge(a, ev, "ROOM", "RM-SEMI", 3000, DAY);
    for (char *word = strtok_r(care_text(a, given), " ", &save); word;
         word = strtok_r(NULL, " ", &save))
        give(a, ev, word, rank++);
    if (!ev->n_diagnoses)
        care_dx(a, ev, "I10", PROBLEM_USE_FINAL, 1)->poa = POA_Y;
    return ev;
}

/* code_with - the record and what people answered */
static CcCodingResult *code_with(struct arena *a, CcEncounter *ev, CcReviewAnswer **answers,
                                 size_t n)
{
    struct coder_visit v;
    struct err e = {0};

    assert_int_equal(coder_fold(a, &ev, 1, NULL, 0, &v, &e), 0);
    v.answers = answers;
    v.n_answers = n;
    v.earlier = earlier;
    v.n_earlier = n_earlier;
    return care_coded(a, tables, NULL, &v);
}

/* code - without answers */
static CcCodingResult *code(struct arena *a, char base, const char *given)
{
    return code_with(a, record(a, base, given), NULL, 0);
}

/* line_text - "CODE.MOD*UNITS" */
static const char *line_text(struct arena *a, const CcServiceLine *l)
{
    const char *s = l->procedure ? l->procedure->code->code : l->revenue;

    for (size_t i = 0; i < l->n_modifiers; i++)
        s = arena_printf(a, "%s.%s", s, l->modifiers[i]);
    return arena_printf(a, "%s*%s%lld", s, strcmp(l->unit_code, "MJ") == 0 ? "m" : "",
                        (long long)(l->units_milli / 1000));
}

/* billed - lines, procedures, questions */
static const char *billed(struct arena *a, const CcCodingResult *out, char base)
{
    const char *s = "";

    for (size_t i = 0; i < out->n_lines; i++)
        if (base != 'I' || out->lines[i]->procedure)
            s = arena_printf(a, "%s%s%s", s, *s ? " " : "", line_text(a, out->lines[i]));
    for (size_t i = 0; i < out->n_codes && !out->n_claims; i++)
        if (out->codes[i]->code->system == CODE_SYSTEM_ICD10PCS &&
            out->codes[i]->status == CODE_STATUS_ACCEPTED)
            s = arena_printf(a, "%s%spcs:%s", s, *s ? " " : "", out->codes[i]->code->code);
    for (size_t i = 0; out->n_claims && i < out->claims[0]->n_procedures; i++)
        s = arena_printf(a, "%s%spcs:%s", s, *s ? " " : "",
                         out->claims[0]->procedures[i]->assignment->code->code);
    for (size_t i = 0; i < out->n_review; i++)
        s = arena_printf(a, "%s%sask:%s", s, *s ? " " : "", out->review[i]->reason);
    return s;
}

/* fires - should it? */
static bool fires(const struct service_case *c)
{
    return c->kind == '+' || c->kind == 'B';
}

/* check - one case, twice: the same bytes; false: printed */
static bool check(const struct service_case *c)
{
    struct arena *a = arena_new((size_t)64 << 20);
    CcCodingResult *out = code(a, c->base, c->given), *again = code(a, c->base, c->given);
    const char *have = billed(a, out, c->base);
    bool ok = strcmp(have, c->billed) == 0 && care_fired(out, c->rule) == fires(c);
    uint8_t *x, *y;
    size_t n, m;
    struct err e = {0};

    if (!ok)
        fprintf(stderr, "%s %c \"%s\" (%s): \"%s\", fired %d; expected \"%s\", %d\n", c->rule,
                c->base, c->given, c->what, have, care_fired(out, c->rule), c->billed, fires(c));
    assert_int_equal(event_pack(a, &out->base, &x, &n, &e), 0);
    assert_int_equal(event_pack(a, &again->base, &y, &m, &e), 0);
    assert_int_equal(n, m);
    assert_memory_equal(x, y, n);
    arena_free(a);
    return ok;
}

/* all_cases - every row */
static void all_cases(void **state)
{
    size_t bad = 0, n = 0;

    (void)state;
    for (const struct service_case *c = service_cases; c->rule; c++, n++)
        bad += !check(c);
    assert_true(n > 50);
    assert_int_equal(bad, 0);
}

/* questions_open - every question of a modifier offers other and cannot be determined */
static void questions_open(void **state)
{
    size_t asked = 0;

    (void)state;
    for (const struct service_case *c = service_cases; c->rule; c++) {
        struct arena *a = arena_new((size_t)64 << 20);
        CcCodingResult *out = code(a, c->base, c->given);

        for (size_t i = 0; i < out->n_review; i++) {
            const CcReviewItem *item = out->review[i];

            if (strcmp(item->reason, "modifier") != 0 && strcmp(item->reason, "bundled") != 0)
                continue;
            asked++;
            assert_true(item->n_options >= 3);
            assert_string_equal(item->options[item->n_options - 2]->text, "other");
            assert_string_equal(item->options[item->n_options - 1]->text, "cannot be determined");
        }
        arena_free(a);
    }
    assert_true(asked > 3);
}

/* evidence_everywhere - whatever is billed has evidence and a rule */
static void evidence_everywhere(void **state)
{
    (void)state;
    for (const struct service_case *c = service_cases; c->rule; c++) {
        struct arena *a = arena_new((size_t)64 << 20);
        CcCodingResult *out = code(a, c->base, c->given);

        for (size_t i = 0; i < out->n_codes; i++)
            if (out->codes[i]->status == CODE_STATUS_ACCEPTED) {
                assert_true(out->codes[i]->n_evidence > 0);
                assert_true(out->codes[i]->n_rules > 0);
            }
        arena_free(a);
    }
}

/* answered - what a person says of the first question */
static void answered(void **state)
{
    static const struct {
        char base;
        const char *given, *choice, *code, *billed;
    } rows[] = {
        {'P', "20610!knee 99213", "25", "", "20610*1 99213.25*1"},
        {'P', "20610!knee 99213", "none", "", "20610*1"},
        {'P', "20610!knee 99213", "undetermined", "", "20610*1 ask:modifier"},
        {'P', "12002 64450", "XE", "", "12002*1 64450.XE*1"},
        {'P', "12002 64450", "same", "", "12002*1"},
        {'O', "45378|0750^stopped", "73", "", "45378.73*1"},
        {'M', "00810=1455555098", "QK", "", "00810.QK*1"},
        {'P', "29881/59.76.79.GC!left_knee", "59.76.79.LT", "", "29881.59.76.79.LT*1"},
        {'P', "29881/59.76.79.GC!left_knee", "59.76.79.GC", "", "29881.59.76.79.GC*1"},
        {'P', "29881/59.76.79.GC!left_knee", "59.76.GC.LT", "", "ask:modifier"},
        {'P', "29881/59.76.79.GC!left_knee", "undetermined", "", "ask:modifier"},
        {'P', "dx:J20.9 11750#J20.9 26010#J20.9+5", "58", "", "11750*1 26010.58*1"},
        {'P', "99214 em:PROBLEM=minor em:RISK=low", "", "99212", "99212*1"},
        {'P', "99214 em:PROBLEM=minor em:RISK=low", "", "99214", "99214*1"},
        {'P', "99204 em:NEW=N", "", "99214", "99214*1"},
        {'P', "99213 em:MINUTES=30", "charged", "", "99213*1"},
        {'P', "99213 em:MINUTES=30", "", "99214", "99214*1"},
        {'P', "before:99213-200#I10 99203", "", "99213", "99213*1"},
        {'P', "before:99213-200#I10 99203", "", "99203", "99203*1"},
        {'P', "dx:Z47.89 before:29881-30#M1711 99213#Z47.89", "24", "", "99213.24*1"},
        {'P', "dx:Z47.89 before:29881-30#M1711 99213#Z47.89", "none", "", "ask:no-charges"},
        {'M', "99213 em:MODE=video", "", "10", "99213*1"},
        {'P', "29881/22!left_knee", "charged", "", "29881.22.LT*1"},
        {'M', "99243", "", "99213", "99213*1"},
        {'M', "99215 99417", "", "G2212", "99215*1 G2212*1"},
        {'P', "99292", "charged", "", "99292*1"},
        {'P', "99292 71046", "none", "", "71046*1"},
        {'I', "obs:2951-2=120@mmol/L", "none", "", ""},
        {'I', "parts:Resection,Appendix", "", "0DTJ4ZZ", "pcs:0DTJ4ZZ"},
        {'I', "pcs:0DTJ0ZZ status:stopped", "", "0DJJ0ZZ", "pcs:0DJJ0ZZ"},
        {'I', "pcs:0DTJ0ZZ status:stopped", "", "0DTJ0ZZ", "pcs:0DTJ0ZZ"},
        {'I', "pcs:0DTJ0ZZ status:stopped", "none", "", ""},
        {'I', "pcs:02100Z9 pcs:02100Z9", "", "02110Z9", "pcs:02110Z9"},
        {'I', "pcs:02100Z9 pcs:02100Z9", "both", "", "pcs:02100Z9 pcs:02100Z9"},
        {'I', "pcs:0PSC0ZZ pcs:0PHC04Z", "", "0PSC04Z", "pcs:0PSC04Z"},
        {'I', "pcs:0DTJ0ZZ pcs:0DBJ0ZZ", "none", "", "pcs:0DTJ0ZZ"},
        {'I', "pcs:5A1935Z minutes:6000", "", "5A1955Z", "pcs:5A1955Z"},
        {'I', "pcs:5A1935Z minutes:6000", "", "5A1935Z", "pcs:5A1935Z"},
        {'I', "dx:I10 dx:Z37.0", "", "10E0XZZ", "pcs:10E0XZZ"},
        {'I', "dx:I10 dx:Z37.0", "none", "", ""},
        {'I', "pcs:021009W", "", "06BP4ZZ", "pcs:021009W pcs:06BP4ZZ"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct arena *a = arena_new((size_t)64 << 20);
        CcEncounter *ev = record(a, rows[i].base, rows[i].given);
        CcCodingResult *out = code_with(a, ev, NULL, 0);
        CcReviewAnswer *answer = event_new(a, &cc_review_answer__descriptor);

        assert_true(out->n_review > 0);
        answer->review_id = out->review[0]->review_id;
        answer->choice = care_text(a, rows[i].choice);
        answer->role = care_text(a, "coder");
        for (size_t k = 0; rows[i].code[0] && k < out->review[0]->n_options; k++)
            if (out->review[0]->options[k]->code &&
                strcmp(out->review[0]->options[k]->code->code, rows[i].code) == 0)
                assert_true(event_push(a, answer, codes, out->review[0]->options[k]->code));
        if (rows[i].code[0] && !answer->n_codes)
            assert_true(
                event_push(a, answer, codes, care_code(a, CODE_SYSTEM_CPT, rows[i].code, "")));
        out = code_with(a, ev, &answer, 1);
        if (strcmp(billed(a, out, rows[i].base), rows[i].billed) != 0)
            fail_msg("\"%s\", answer \"%s%s\": \"%s\", expected \"%s\"", rows[i].given,
                     rows[i].choice, rows[i].code, billed(a, out, rows[i].base), rows[i].billed);
        arena_free(a);
    }
}

/* four - whose modifiers a person named: as many as a line takes, and as long as they are the same
 */
static void four(void **state)
{
    static const struct {
        const char *given, *names, *billed;
    } rows[] = {
        {"29881/59.76.79.58!left_knee", "59 76 58 LT", "29881.59.76.58.LT*1"},
        {"29881/59.76.79.58!left_knee", "59", "29881.59*1"},
        {"29881/59.76.79.58!left_knee", "59 76 79 58 LT", "ask:modifier"},
        {"29881/59.76.79.58.GC!left_knee", "59 76 58 LT", "ask:modifier"},
    };
    struct arena *a = arena_new((size_t)64 << 20);
    CcCodingResult *out = code(a, 'P', rows[0].given);
    CcReviewAnswer *answer = event_new(a, &cc_review_answer__descriptor);

    (void)state;
    assert_int_equal(out->review[0]->n_options, 3);
    assert_string_equal(out->review[0]->options[0]->text, "59 76 79 58, without LT");
    answer->review_id = out->review[0]->review_id;
    answer->choice = care_text(a, "other");
    answer->role = care_text(a, "coder");
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        answer->n_modifiers = 0;
        add_words(a, &answer->modifiers, &answer->n_modifiers, care_text(a, rows[i].names), " ");
        out = code_with(a, record(a, 'P', rows[i].given), &answer, 1);
        assert_string_equal(billed(a, out, 'P'), rows[i].billed);
        if (out->n_lines)
            assert_true(care_fired(out, "DEC-01"));
    }
    arena_free(a);
}

/* waste - what a person says was discarded is a line; nothing is, too, and so is no answer */
static void waste(void **state)
{
    static const struct {
        const char *choice;
        int64_t units_milli;
        const char *billed;
    } rows[] = {
        {"discarded", 9000, "J9035*31 J9035.JW*9 ask:missed-charge"},
        {"JZ", 0, "J9035.JZ*31 ask:missed-charge"},
        {"many", 0, "J9035*31 ask:missed-charge"},
        {"discarded", 0, "ask:modifier"},
        {"discarded", 500, "ask:modifier"},
        {"undetermined", 0, "ask:modifier"},
    };
    struct arena *a = arena_new((size_t)64 << 20);
    CcCodingResult *out = code(a, 'M', "J9035*31");
    CcReviewAnswer *answer = event_new(a, &cc_review_answer__descriptor);

    (void)state;
    answer->review_id = out->review[0]->review_id;
    answer->role = care_text(a, "coder");
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        answer->choice = care_text(a, rows[i].choice);
        answer->units_milli = rows[i].units_milli;
        out = code_with(a, record(a, 'M', "J9035*31"), &answer, 1);
        assert_string_equal(billed(a, out, 'M'), rows[i].billed);
    }
    arena_free(a);
}

/* places - where the patient of a visit by wire was is the place of service */
static void places(void **state)
{
    static const struct {
        char base;
        const char *given, *place;
    } rows[] = {
        {'P', "99213", "11"},
        {'P', "99213 em:MODE=video em:PATIENT-AT=home", "10"},
        {'M', "99213 em:MODE=audio em:PATIENT-AT=home", "10"},
        {'M', "99213 em:MODE=video em:PATIENT-AT=elsewhere", "02"},
        {'M', "99213+-800 em:MODE=video+-800 em:PATIENT-AT=home+-800", "11"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct arena *a = arena_new((size_t)64 << 20);
        CcCodingResult *out = code(a, rows[i].base, rows[i].given);

        assert_int_equal(out->n_claims, 1);
        assert_string_equal(out->claims[0]->place_of_service, rows[i].place);
        arena_free(a);
    }
}

/* amounts - a facility's line that no benefit covers, and sides on two lines, share what is charged
 */
static void amounts(void **state)
{
    struct arena *a = arena_new((size_t)64 << 20);
    CcCodingResult *out = code(a, 'H', "A9270|0270 71046|0324");

    (void)state;
    assert_int_equal(out->n_lines, 2);
    assert_int_equal(out->lines[0]->noncovered_cents, 10000);
    assert_int_equal(out->lines[1]->noncovered_cents, 0);
    out = code(a, 'M', "71046 sv:EXCLUDED=71046");
    assert_int_equal(out->lines[0]->noncovered_cents, 0);
    out = code(a, 'W', "20610*2!both_knees");
    assert_int_equal(out->n_lines, 2);
    assert_int_equal(out->lines[0]->charge_cents + out->lines[1]->charge_cents, 10000);
    assert_int_equal(out->lines[1]->charge_cents, 5000);
    arena_free(a);
}

/* told - a documented visit that nothing charges: what the record reaches is named to the person */
static void told(void **state)
{
    static const struct {
        char base;
        const char *given, *words;
    } rows[] = {
        {'P', "71046 em:PROBLEM=chronic-worse em:RISK=prescription em:NEW=N", "moderate, 99214"},
        {'P', "71046 em:MINUTES=45 em:NEW=Y", "45 minutes, 99204"},
        {'P', "71046 em:PROBLEM=minor em:RISK=low", "two of three reach straightforward; no"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct arena *a = arena_new((size_t)64 << 20);
        CcCodingResult *out = code(a, rows[i].base, rows[i].given);

        assert_int_equal(out->n_review, 1);
        if (!strstr(out->review[0]->question, rows[i].words))
            fail_msg("\"%s\" does not say \"%s\"", out->review[0]->question, rows[i].words);
        arena_free(a);
    }
}

/* groups - a stay's claim says its group and what that rests on, and so do its questions; another
 * claim has none */
static void groups(void **state)
{
    struct arena *a = arena_new((size_t)64 << 20);
    CcCodingResult *out = code(a, 'I', "dx:I50.20 dx:J96.01 note:");
    const CcDrgResult *d = out->claims[0]->drg_result;

    (void)state;
    assert_non_null(d);
    assert_int_equal(d->drg, 291);
    assert_int_equal(d->initial_drg, 291);
    assert_int_equal(d->mdc, 5);
    assert_string_equal(d->medical_surgical, "medical");
    assert_string_equal(d->version, "43.0");
    assert_string_equal(d->return_code, "OK");
    assert_string_equal(d->severity, "MCC");
    assert_string_equal(d->severity_by, "J9601");
    assert_string_equal(d->severity_next, "");
    assert_string_equal(d->single_driver, "J9601");
    assert_int_equal(d->n_drivers, 1);
    assert_string_equal(d->table->table, "msdrg");
    assert_int_equal(d->n_diagnoses, 2);
    assert_string_equal(d->diagnoses[0]->code, "I5020");
    assert_int_equal(d->diagnoses[0]->without_drg, 0);
    assert_true(d->diagnoses[0]->known && d->diagnoses[0]->used);
    assert_string_equal(d->diagnoses[1]->severity, "MCC");
    assert_string_equal(d->diagnoses[1]->excluded_by, "");
    assert_true(d->diagnoses[1]->used);
    assert_int_equal(d->diagnoses[1]->without_drg, 293);
    assert_int_equal(d->diagnoses[1]->hac, 0);
    assert_true(out->n_review > 0);
    assert_ptr_equal(out->review[0]->drg_result, d);
    d = code(a, 'I', "dx:I50.20 dx:E11.9")->claims[0]->drg_result;
    assert_string_equal(d->single_driver, "");
    assert_int_equal(d->n_drivers, 0);
    assert_null(code(a, 'O', "71046|0324")->claims[0]->drg_result);
    arena_free(a);
}

/* dosages - how descriptions write an amount */
static void dosages(void **state)
{
    static const struct {
        const char *text;
        enum dosage_kind kind;
        int64_t amount;
    } rows[] = {
        {"Injection, ketorolac tromethamine, per 15 mg", DOSAGE_MASS, 15000000},
        {"Injection, x, 0.25 mcg", DOSAGE_MASS, 250},
        {"10 MG", DOSAGE_MASS, 10000000},
        {"Infusion, normal saline solution , 1000 cc", DOSAGE_VOLUME, 1000000000},
        {"Injection, x (lock flush), per 10 units", DOSAGE_UNITS, 10000},
        {"Injection, x, 100,000 units", DOSAGE_UNITS, 100000000},
        {"Injection, x, up to 1 million units", DOSAGE_UNITS, 1000000000},
        {"Injection, x, per 2 meq", DOSAGE_EQUIVALENTS, 2000000},
        {"Injection, factor 8, 1 i.u.", DOSAGE_UNITS, 1000},
        {"Injection, b12, up to 1000 micrograms", DOSAGE_MASS, 1000000},
        {"Injection, x, 5% dextrose, 500 ml = 1 unit", DOSAGE_UNITS, 1000},
        {"Unclassified drugs", DOSAGE_NONE, 0},
        {"Injection, 2 vials", DOSAGE_NONE, 0},
        {"99999999999999 mg", DOSAGE_NONE, 0},
    };
    struct dosage d, each = {DOSAGE_MASS, 10000000};

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        d = (struct dosage){DOSAGE_NONE, 0};
        assert_int_equal(dosage_read(span_of(rows[i].text), &d), rows[i].kind != DOSAGE_NONE);
        assert_int_equal(d.kind, rows[i].kind);
        assert_int_equal(d.amount, rows[i].amount);
    }
    assert_true(dosage_of(305000, "mg", &d));
    assert_int_equal(dosage_units(&d, &each), 31);
    each.amount = 10000000;
    assert_int_equal(dosage_left(&d, &(struct dosage){DOSAGE_MASS, 95000000}, &each), 9);
    assert_int_equal(dosage_left(&d, &(struct dosage){DOSAGE_MASS, 3000000}, &each), 0);
    assert_int_equal(dosage_units(&d, &(struct dosage){DOSAGE_VOLUME, 1}), -1);
    assert_false(dosage_of(1000, "units", &d));
    assert_false(dosage_of(1000, "", &d));
}

/* main - the tests */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_cases),
        cmocka_unit_test(questions_open),
        cmocka_unit_test(evidence_everywhere),
        cmocka_unit_test(answered),
        cmocka_unit_test(four),
        cmocka_unit_test(waste),
        cmocka_unit_test(places),
        cmocka_unit_test(amounts),
        cmocka_unit_test(told),
        cmocka_unit_test(groups),
        cmocka_unit_test(dosages),
    };

    return cmocka_run_group_tests(tests, open_tables, close_tables);
}
