/* coder_gates_test.c - visits of codes and charges thrown together: what the rows of the rules say
 * of the visits that they can have a say in is true, whatever stands beside what */
#include "tests/support/test.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "services/coder/work.h"
#include "tests/support/care.h"
#include "tests/support/care_tables.h"
#include "tests/support/coder_cases.h"
#include "tests/support/service_cases.h"

enum { VISITS = 3000, POOL = 4000 };

/* The codes that the cases give. */
struct pool {
    const char *codes[POOL];
    size_t n;
};

/* next - the same numbers each time, below n */
static uint32_t next(uint64_t *seed, size_t n)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33) % (uint32_t)n;
}

/* fill - words of the cases without their marks */
static void fill(struct arena *a, struct pool *p)
{
    for (const struct coder_case *c = coder_cases; c->rule; c++) {
        char *save = NULL;

        for (char *word = strtok_r(care_text(a, c->given), " ", &save); word && p->n < POOL;
             word = strtok_r(NULL, " ", &save)) {
            word += strspn(word, "?!#*~%()^<&+{}01");
            word[strcspn(word, ":<@/=")] = '\0';
            if (isupper((unsigned char)word[0]))
                p->codes[p->n++] = word;
        }
    }
}

/* fill_services - the HCPCS and CPT codes that the cases of services charge */
static void fill_services(struct arena *a, struct pool *p)
{
    for (const struct service_case *c = service_cases; c->rule; c++) {
        char *save = NULL;

        for (char *word = strtok_r(care_text(a, c->given), " ", &save); word && p->n < POOL;
             word = strtok_r(NULL, " ", &save)) {
            word[strcspn(word, "*@/#!=?+|%^$~:")] = '\0';
            if (strlen(word) == 5 && isdigit((unsigned char)word[2]))
                p->codes[p->n++] = word;
        }
    }
}

/* add_service - a charge that names its code; some in minutes, some with an assistant */
static void add_service(struct arena *a, CcEncounter *ev, const struct pool *p, uint64_t *seed)
{
    const char *code = p->codes[next(seed, p->n)];
    CcCharge *c = care_charge(a, ev, arena_printf(a, "S%zu", ev->n_charges), "", 1000, 20260301);

    c->code = care_code(a, isdigit((unsigned char)code[0]) ? CODE_SYSTEM_CPT : CODE_SYSTEM_HCPCS,
                        code, "");
    c->professional = next(seed, 3) != 0;
    c->revenue = care_text(a, c->professional ? "" : "0761");
    c->charge_cents = 10000;
    c->charge_given = true;
    if (!next(seed, 3)) {
        c->unit = care_text(a, "min");
        c->units_milli = 1000 * (1 + (int64_t)next(seed, 90));
    }
    if (!next(seed, 6)) {
        CcProvider *x = event_new(a, &cc_provider__descriptor);

        x->role = PROVIDER_ROLE_ASSISTANT;
        x->npi = care_text(a, "1888888817");
        x->taxonomy = care_text(a, next(seed, 2) ? "363A00000X" : "225200000X");
        event_push(a, c, providers, x);
    }
}

/* add_dx - most are final and ranked as they stand */
static void add_dx(struct arena *a, CcEncounter *ev, const struct pool *p, uint64_t *seed)
{
    bool plain = next(seed, 4) != 0;
    CcProblem *x = care_dx(a, ev, p->codes[next(seed, p->n)], PROBLEM_USE_FINAL,
                           next(seed, 5) ? 1 + next(seed, 9) : 0);

    x->use = plain ? PROBLEM_USE_FINAL : (CcProblemUse)next(seed, PROBLEM_USE_POSTOPERATIVE + 1);
    x->poa = next(seed, 4) ? POA_Y : (CcPoa)next(seed, POA_W + 1);
    if (!next(seed, 8))
        x->verification = VERIFICATION_PROVISIONAL;
}

/* add_drug - that the patient says to take */
static void add_drug(struct arena *a, CcEncounter *ev)
{
    CcMedication *m = event_new(a, &cc_medication__descriptor);

    assert_non_null(m);
    m->code = care_code(a, CODE_SYSTEM_RXNORM, "", "insulin");
    m->kind = care_text(a, "statement");
    m->status = care_text(a, "active");
    event_push(a, ev, medications, m);
}

/* add_services - none, or some */
static void add_services(struct arena *a, CcEncounter *ev, const struct pool *p, uint64_t *seed)
{
    for (uint32_t i = next(seed, 5); i; i--)
        add_service(a, ev, p, seed);
    if (!next(seed, 3))
        ev->coverages[0]->payer = care_text(a, "99902"); /* Medicare */
}

/* visit - the n-th */
static CcEncounter *visit(struct arena *a, const struct pool *p, const struct pool *services,
                          uint64_t n)
{
    static const char *const charges[] = {"OV-EST3", "LAB-A1C", "ED-L3", "XR-CHEST2", "DEXA-INJ"};
    uint64_t seed = n * 7919 + 1;
    CcEncounter *ev = care_billed(a, next(&seed, 2) ? 'O' : 'I');
    uint32_t codes = 1 + next(&seed, 9), lines = next(&seed, 4);
    char id[16];

    ev->patient->sex = next(&seed, 2) ? SEX_FEMALE : SEX_MALE;
    ev->patient->birth_date = next(&seed, 6) ? 19700214 : 20260228;
    ev->visit->gestation_days = next(&seed, 8) ? 0 : 100 + next(&seed, 180);
    for (uint32_t i = 0; i < codes; i++)
        add_dx(a, ev, p, &seed);
    for (uint32_t i = 0; i < lines; i++) {
        snprintf(id, sizeof(id), "U%u", i);
        care_charge(a, ev, id, charges[next(&seed, 5)], 1000, 20260301);
    }
    if (!next(&seed, 8))
        add_drug(a, ev);
    add_services(a, ev, services, &seed);
    return ev;
}

/* gates_true - all of them */
static void gates_true(void **state)
{
    struct tables *t = care_tables(TABLE_ICD10CM);
    struct arena *words = arena_new((size_t)4 << 20), *a = arena_new((size_t)64 << 20);
    struct pool p = {.n = 0}, services = {.n = 0};
    struct coder_visit v;
    struct err e = {0};

    (void)state;
    care_rows(t, TABLE_ICD10CM, coder_codes_icd);
    care_service_rows(t);
    fill(words, &p);
    fill_services(words, &services);
    assert_true(p.n > 500 && services.n > 200);
    for (uint64_t i = 0; i < VISITS; i++) {
        CcEncounter *ev = visit(a, &p, &services, i);

        assert_int_equal(coder_fold(a, &ev, 1, NULL, 0, &v, &e), 0);
        care_coded(a, t, NULL, &v);
        arena_reset(a);
    }
    arena_free(a);
    arena_free(words);
    tables_free(t);
}

/* rows_read - the codes of every row are references that name some category */
static void rows_read(void **state)
{
    size_t from, to, n = 0;

    (void)state;
    for (int p = 0; p < PHASE_MAX; p++)
        for (const struct rule *r = rule_phases[p].rows; r->id; r++) {
            const struct tabular_set *s = r->codes ? tabular_set_of(r->codes) : NULL;

            if (!r->codes)
                continue;
            n++;
            if (!s || !tabular_set_categories(s, 0, &from, &to) || from > to)
                fail_msg("%s: \"%s\" names no code", r->id, r->codes);
        }
    assert_true(n > 100);
}

/* main - the tests */
int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(gates_true), cmocka_unit_test(rows_read)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
