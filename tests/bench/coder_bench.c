/* coder_bench.c - pure coding: visits a second on one core, folded and coded, 5 diagnoses and 5
 * charges each; CPU time
 *
 * Over the small tables of the cases, and with codes, notes and pairs as many as are published; the
 * rules are all on. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "services/coder/coder.h"
#include "tests/support/care.h"
#include "tests/support/care_tables.h"
#include "tests/support/coder_cases.h"
#include "tests/support/full.h"

enum { ROUNDS = 20000 };

static const char *const plain[] = {"J18.9", "E11.9", "I10", "K80.20", "H25.11"};
static const char *const combined[] = {"J44.9", "E11.9", "I10", "N18.4", "J18.9"};

/* visit - of one day */
static CcEncounter *visit(struct arena *a, const char *const *codes)
{
    CcEncounter *ev = care_event(a, EVENT_KIND_BILL, "BAR^P05^BAR_P05", "REG|HOSP", 1000);
    CcVisit *v = care_visit(a, ev, ENCOUNTER_CLASS_OUTPATIENT);
    char id[8];

    ev->bill = true;
    v->admit_date = v->discharge_date = 20260301;
    v->facility = care_text(a, "CLINIC");
    care_patient(a, ev, "TESTER", "ADA");
    care_coverage(a, ev, 1, "SHP01", "SYN0001234");
    care_provider(a, ev, PROVIDER_ROLE_RENDERING, "1455555015");
    for (uint32_t i = 0; i < 5; i++) {
        snprintf(id, sizeof(id), "T%u", i);
        care_dx(a, ev, codes[i], PROBLEM_USE_FINAL, i + 1);
        care_charge(a, ev, id, i % 2 ? "LAB-A1C" : "OV-EST3", 1000, 20260301);
    }
    return ev;
}

/* seconds - of this process's processor */
static double seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* code - once; the visit is made before, the arena is wiped as between two messages */
static int code(struct arena *a, const struct tables *t, CcEncounter *ev)
{
    struct coder_visit v;
    CcCodingResult *out = NULL;
    struct err e = {0};
    int r = coder_fold(a, &ev, 1, NULL, 0, &v, &e);

    r = r ? r : coder_code(a, t, NULL, &v, &out, &e);
    r = r ? r : out->n_claims == 1 ? 0 : -1;
    arena_reset(a);
    return r;
}

/* measure - visits a second */
static int measure(const struct tables *t, const char *name, const char *const *codes)
{
    struct arena *a = arena_new((size_t)4 << 20), *message = arena_new((size_t)4 << 20);
    CcEncounter *ev = visit(a, codes);
    double from = seconds(), took;
    int bad = 0;

    for (int i = 0; i < ROUNDS; i++)
        bad |= code(message, t, ev);
    took = seconds() - from;
    printf("%-9s %8.0f visits a second (%.1f us each)%s\n", name, ROUNDS / took,
           took / ROUNDS * 1e6, bad ? ": NOT one claim" : "");
    arena_free(message);
    arena_free(a);
    return bad;
}

/* take - from other tables, what is not there yet */
static void take(struct tables *t, const struct tables *from, enum table_id id)
{
    const struct edition_info *d = tables_edition(from, id, 20260301);
    struct err e;

    if (d && !tables_edition(t, id, 20260301))
        tables_share(t, from, id, d->sha256, &e);
}

/* with_full - the same tables, the large ones in full; NULL: they cannot be made */
static struct tables *with_full(const struct tables *small)
{
    static const enum table_id large[] = {TABLE_ICD10CM,      TABLE_ICD10CM_TABULAR,
                                          TABLE_POA_EXEMPT,   TABLE_PTP_PRACTITIONER,
                                          TABLE_PTP_HOSPITAL, TABLE_AOC};
    struct tables *full, *t;
    char command[512];

    full_command(command);
    if (!(full = full_tables(command)))
        return NULL;
    t = tables_new();
    for (size_t i = 0; t && i < sizeof(large) / sizeof(large[0]); i++)
        take(t, full, large[i]);
    for (int id = 0; t && id < TABLE_MAX; id++)
        take(t, small, (enum table_id)id);
    tables_free(full);
    return t;
}

/* both - plain and combining visits */
static int both(const struct tables *t, const char *which)
{
    printf("%s\n", which);
    return measure(t, "plain", plain) | measure(t, "combined", combined);
}

/* main - small tables, then full ones */
int main(void)
{
    struct tables *t = care_tables(TABLE_ICD10CM), *full;
    int bad;

    care_rows(t, TABLE_ICD10CM, coder_codes_icd);
    care_service_rows(t);
    bad = both(t, "small tables");
    full = with_full(t);
    bad |= full ? both(full, "full tables") : -1;
    tables_free(full);
    tables_free(t);
    return bad ? EXIT_FAILURE : EXIT_SUCCESS;
}
