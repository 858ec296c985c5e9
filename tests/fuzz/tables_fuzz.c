/* tables_fuzz.c - every table reader on any bytes: the first byte picks the file's name, so that
 * each layout is met */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/tables/load.h"
#include "common/tables/phrase.h"
#include "common/tables/plan.h"
#include "common/tables/tabular.h"

static const char *const names[] = {
    "icd10cm_order_2026.txt",
    "icd10pcs_order_2026.txt",
    "POAexemptCodesFY26.txt",
    "HCPC2026_JAN_ANWEB.txt",
    "hcpcs_2025_oct_long_descriptions.csv",
    "ccipra-v322r0-f1.TXT",
    "ccioph-v322r0-f1.TXT",
    "MCR_MUE_PractitionerServices_Eff_10-01-2026.csv",
    "AOC_V2026Q4-MCR.txt",
    "icd10_dx_valid.tsv",
    "icd10_px_valid.tsv",
    "age_groups.tsv",
    "icd10cm_tabular_2026.xml",
    "icd10cm_index_2026.xml",
    "icd10cm_index_2025_flat.csv",
    "CodeSystem-CLM-POS-CD.fsh",
    "payers.csv",
    "providers.csv",
    "cdm.csv",
    "routes.csv",
    "cpt.csv",
    "payer_rules.csv",
    "payer_rule_tests.csv",
    "coverage_policy.csv",
    "authorizations.csv",
    "anything_seed",
};

enum { NAMES = sizeof(names) / sizeof(names[0]) };

/* say - nothing */
static void say(void *arg, const struct err *e)
{
    (void)arg, (void)e;
}

/* publish - what a loader took must be a snapshot that opens */
static void publish(struct table_loader *l)
{
    struct tables *now = tables_new(), *next = tables_new();
    struct plan p = {0};
    struct err e = {0};

    table_loader_finish(l, say, NULL);
    plan_make(now, l, &p, say, NULL);
    for (size_t i = 0; i < p.n; i++)
        if (p.steps[i].what == PLAN_ADDED &&
            tables_add_buf(next, &p.steps[i].bytes, p.steps[i].sha256, &e) != 0)
            abort();
    plan_release(&p);
    tables_free(now);
    tables_free(next);
}

/* texts - the readers of single texts */
static void texts(const char *p, size_t n)
{
    struct buf b;
    char out[256], code[8];

    buf_init(&b);
    phrase_normal(p, n, out, sizeof(out));
    tabular_references(p, n, &b);
    memset(code, 0, sizeof(code));
    memcpy(code, p, n < 7 ? n : 7);
    tabular_refers((struct span){p, n}, code);
    if (b.data)
        tabular_refers((struct span){b.data, b.len}, code);
    buf_release(&b);
}

/* LLVMFuzzerTestOneInput - a file, a snapshot, a text */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static const struct load_options part = {.part = true};
    struct table_loader *l = n ? table_loader_new(&part) : NULL;
    struct tables *t = tables_new();
    const char *text = (const char *)data + 1, *what;
    struct err e = {0};

    if (l) {
        if (table_loader_add(l, names[data[0] % NAMES], text, n - 1, &what, &e) == LOAD_TAKEN)
            publish(l);
        tables_add(t, text, n - 1, &e);
        texts(text, n - 1);
    }
    tables_free(t);
    table_loader_free(l);
    return 0;
}
