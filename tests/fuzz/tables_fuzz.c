/* tables_fuzz.c - every table reader on any bytes, and on the seed files with any bytes in them.
 *
 * The first byte picks a file's name, so that each layout is met. With the second one odd, the
 * bytes are put into the beginning of that seed file: the next two say where, and how much of it
 * they replace. */
#include <dirent.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/sys/file.h"
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
    "msdrg/v431/dx.tsv",
    "PPRRVU2025_Oct.txt",
    "F2826T1N.TXT",
    "list.csv",
    "anything_seed",
};

enum { NAMES = sizeof(names) / sizeof(names[0]) };

enum { SEEDS_MAX = 96, SEED_BYTES = 6000, SPLICE = 4 };

static struct seed {
    char name[128];
    struct buf bytes;
} seeds[SEEDS_MAX];
static size_t n_seeds;

/* keep_seed - the beginning of a file, to the end of a line */
static void keep_seed(const char *dir, const char *name)
{
    struct seed *s = &seeds[n_seeds];
    char path[512];

    buf_init(&s->bytes);
    if (!file_join(path, sizeof(path), dir, name) || !str_copy(s->name, sizeof(s->name), name) ||
        file_read(path, 1 << 24, &s->bytes, NULL) != 0 || !s->bytes.len)
        return;
    if (s->bytes.len > SEED_BYTES) {
        s->bytes.len = SEED_BYTES;
        while (s->bytes.len > 1 && s->bytes.data[s->bytes.len - 1] != '\n')
            s->bytes.len--;
    }
    n_seeds++;
}

/* LLVMFuzzerInitialize - the seed files, where the folder is there */
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    static const char dir[] = "deploy/seed/tables";
    struct dirent **found;
    int n = scandir(dir, &found, NULL, alphasort);

    (void)argc;
    (void)argv;
    for (int i = 0; i < n; i++) {
        if (found[i]->d_name[0] != '.' && n_seeds < SEEDS_MAX)
            keep_seed(dir, found[i]->d_name);
        free(found[i]);
    }
    if (n >= 0)
        free(found);
    return 0;
}

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

/* splice - a seed file with bytes put into it */
static const char *splice(const uint8_t *data, size_t n, struct buf *out)
{
    const struct seed *s = &seeds[data[0] % n_seeds];
    size_t at = s->bytes.len * data[2] / 256, gone = data[3] % 32;

    buf_add(out, s->bytes.data, at);
    buf_add(out, data + SPLICE, n - SPLICE);
    if (at + gone < s->bytes.len)
        buf_add(out, s->bytes.data + at + gone, s->bytes.len - at - gone);
    return s->name;
}

/* load - one file */
static void load(const char *name, const char *text, size_t n)
{
    static const struct load_options part = {.part = true};
    struct table_loader *l = table_loader_new(&part);
    struct err e = {0};
    const char *what;

    if (l && table_loader_add(l, name, text, n, &what, &e) == LOAD_TAKEN)
        publish(l);
    table_loader_free(l);
}

/* LLVMFuzzerTestOneInput - a file, a snapshot, a text */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct tables *t = tables_new();
    const char *text = (const char *)data + 1;
    struct err e = {0};
    struct buf b;

    buf_init(&b);
    if (n >= SPLICE && n_seeds && (data[1] & 1)) {
        const char *name = splice(data, n, &b);

        load(name, b.data ? b.data : "", b.len);
    } else if (n) {
        load(names[data[0] % NAMES], text, n - 1);
        tables_add(t, text, n - 1, &e);
        texts(text, n - 1);
    }
    buf_release(&b);
    tables_free(t);
    return 0;
}
