/* tables_fuzz.c - every table reader on any bytes, and on small files of its layout with any bytes
 * in them.
 *
 * The first byte picks a layout, which the bytes are then said to be of (--kind), so that each
 * reader is met. With the second one odd it picks a small file instead, and the bytes are put into
 * it: the next two say where, and how much of it they replace. The small files are deploy/seed's
 * and, for layouts that it has none of, those of tests/fuzz/tables; tables_damage_test.c holds that
 * each layout has one. */
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

enum { SEEDS_MAX = 128, SEED_BYTES = 6000, SPLICE = 4 };

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static struct seed {
    char name[128];
    struct buf bytes;
} seeds[SEEDS_MAX];
static size_t n_seeds, n_layouts;

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

/* keep_folder - every file of it */
static void keep_folder(const char *dir)
{
    struct dirent **found;
    int n = scandir(dir, &found, NULL, alphasort);

    for (int i = 0; i < n; i++) {
        if (found[i]->d_name[0] != '.' && n_seeds < SEEDS_MAX)
            keep_seed(dir, found[i]->d_name);
        free(found[i]);
    }
    if (n >= 0)
        free(found);
}

/* LLVMFuzzerInitialize - the small files, where the folders are there */
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    keep_folder("deploy/seed/tables");
    keep_folder("tests/fuzz/tables");
    while (load_layout_name(n_layouts))
        n_layouts++;
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

/* load - one file, of a layout that is said (NULL: of whatever it is) */
static void load(const char *kind, const char *name, const char *text, size_t n)
{
    struct load_options o = {.part = true, .kind = kind};
    struct table_loader *l = table_loader_new(&o);
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

        load(NULL, name, b.data ? b.data : "", b.len);
    } else if (n) {
        load(load_layout_name(data[0] % n_layouts), "v431/of_2026_seed.txt", text, n - 1);
        tables_add(t, text, n - 1, &e);
        texts(text, n - 1);
    }
    buf_release(&b);
    tables_free(t);
    return 0;
}
