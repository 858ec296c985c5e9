/* drg_bench.c - inpatient claims on one core with ten diagnoses and four procedures: grouped,
 * grouped with reasons, grouped without each code in turn, edited by the Medicare Code Editor; time
 * and memory of each version
 *
 * Over deploy/tables, and ../shared/data/mce for the editor. CPU time: a shared machine does not
 * count against it. drg_bench FILE also writes its claims, a JSON line each, for drg_beside.py. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "common/sys/file.h"
#include "common/tables/mce.h"
#include "common/tables/msdrg.h"
#include "services/cleanclaim/cmd.h"
#include "tests/support/loading.h"

enum { CLAIMS = 4096, ROUNDS = 40, DX = 10, PX = 4, ON = 20260501 };

static char mce_folder[] = "../shared/data/mce";

struct claim {
    struct drg_dx dx[DX];
    const char *px[PX];
    char text[DX + PX][8];
};

struct codes {
    char (*list)[8];
    size_t n;
};

/* cpu_us - of this process */
static int64_t cpu_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* take - one file of the version */
static int take(void *arg, const struct cmd_file *f)
{
    return loading_bytes(arg, f->name, f->data, f->size) == LOAD_REFUSED;
}

/* read_codes - every `step`-th code of a list that is one of ours */
static struct codes read_codes(const struct tables *t, const char *list, const char *class,
                               size_t step)
{
    struct codes c = {calloc(100000, 8), 0};
    struct table_row row;
    size_t cursor = 0, i = 0;

    while (c.list && tables_next(t, TABLE_MSDRG, list, ON, &cursor, &row)) {
        struct span code = table_key(&row, 1);

        if (code.n > 7 || memchr(code.p, '@', code.n) || i++ % step ||
            (class && !table_col_is(&row, "class", class)))
            continue;
        memcpy(c.list[c.n++], code.p, code.n);
    }
    return c;
}

/* make - a claim of codes spread over the lists; one diagnosis in five is a CC or MCC */
static void make(struct claim *c, unsigned i, const struct codes *dx, const struct codes *cc,
                 const struct codes *px)
{
    uint32_t x = i * 2654435761u + 12345;

    for (int k = 0; k < DX + PX; k++) {
        const struct codes *from = k >= DX ? px : k % 5 == 4 ? cc : dx;

        x = x * 1664525 + 1013904223;
        memcpy(c->text[k], from->list[(x >> 8) % from->n], 8);
        if (k < DX)
            c->dx[k] = (struct drg_dx){c->text[k], x & 3 ? 'Y' : 'N'};
        else
            c->px[k - DX] = c->text[k];
    }
}

/* What is measured of a claim: returns 0, or what stops the measurement. */
typedef int one_fn(const void *tables, const struct claim *c, size_t *seen);

/* stay_of - as the grouper sees it */
static struct drg_claim stay_of(const struct claim *c)
{
    return (struct drg_claim){c->dx, DX, c->px, PX, DRG_MALE, 1, false};
}

/* group - the DRG */
static int group(const void *tables, const struct claim *c, size_t *seen)
{
    struct drg_claim in = stay_of(c);
    struct drg_result r;
    int failed = drg_group(tables, &in, &r, NULL);

    *seen += r.final.drg;
    return failed;
}

/* explain - with the reasons */
static int explain(const void *tables, const struct claim *c, size_t *seen)
{
    struct drg_claim in = stay_of(c);
    struct drg_dx_why dx[DX];
    struct drg_px_why px[PX];
    struct drg_result r;
    int failed = drg_explain(tables, &in, &r, dx, px, NULL);

    *seen += r.final.drg;
    return failed;
}

/* what_if - without each code */
static int what_if(const void *tables, const struct claim *c, size_t *seen)
{
    static struct drg_what_if w;
    struct drg_claim in = stay_of(c);
    int failed = drg_what_if(tables, &in, &w, NULL);

    *seen += w.dx_drg[1];
    return failed;
}

/* edit - the Medicare Code Editor */
static int edit(const void *tables, const struct claim *c, size_t *seen)
{
    static struct mce_hit hits[MCE_HITS_MAX];
    const char *dx[DX];
    struct mce_stay s = {dx, DX, c->px, PX, MCE_SEX_MALE, 65, 1, 9, ON};
    int n;

    for (int k = 0; k < DX; k++)
        dx[k] = c->dx[k].code;
    n = mce_check(tables, &s, hits, NULL);
    *seen += (size_t)n;
    return n < 0;
}

/* measure - all claims, round after round; prints claims a second */
static void measure(const char *what, one_fn *one, const void *tables, const struct claim *claims,
                    int rounds)
{
    size_t seen = 0;
    int64_t began = cpu_us();
    double s;

    for (int round = 0; round < rounds; round++)
        for (int i = 0; i < CLAIMS; i++)
            if (one(tables, &claims[i], &seen) != 0)
                return;
    s = (double)(cpu_us() - began) / 1e6;
    printf("%-28s %9.0f claims/s%s\n", what, (double)CLAIMS * rounds / s,
           seen ? "" : " of nothing");
}

/* open_again - the edition of a table that is published: checked, indexed, compiled; prints time
 * and memory */
static void open_again(const char *what, const struct tables *t, enum table_id id, int32_t on)
{
    struct tables *again = tables_new();
    struct err e = {0};
    struct buf b;
    size_t rows;
    int64_t began;
    double mb;

    buf_init(&b);
    edition_write(tables_edition(t, id, on), &b);
    rows = b.len;
    began = cpu_us();
    if (!again || tables_add_buf(again, &b, NULL, &e) != 0)
        return;
    began = cpu_us() - began;
    mb = (double)(id == TABLE_MCE ? mce_bytes(tables_mce(again, on, NULL))
                                  : drg_bytes(tables_drg(again, on, NULL))) /
         1e6;
    printf("%-28s %9.3f s, compiled %.1f MB, with its rows %.1f MB\n", what, (double)began / 1e6,
           mb, mb + (double)rows / 1e6);
    tables_free(again);
}

/* open_all - the editor and every version */
static void open_all(const struct tables *t, bool mce)
{
    static const struct {
        const char *what;
        int32_t on;
    } versions[] = {{"open v411:", 20240501},
                    {"open v421:", 20250501},
                    {"open v430:", 20251101},
                    {"open v431:", ON}};

    for (size_t i = 0; i < sizeof(versions) / sizeof(versions[0]); i++)
        open_again(versions[i].what, t, TABLE_MSDRG, versions[i].on);
    if (mce)
        open_again("open the editor's tables:", t, TABLE_MCE, ON);
}

/* write_claims - for a grouper that is not ours */
static void write_claims(const char *path, const struct claim *claims)
{
    FILE *f = fopen(path, "w");

    for (int i = 0; f && i < CLAIMS; i++) {
        fprintf(f, "{\"dx\": [");
        for (int k = 0; k < DX; k++)
            fprintf(f, "%s[\"%s\", \"%c\"]", k ? ", " : "", claims[i].dx[k].code,
                    claims[i].dx[k].poa);
        fprintf(f, "], \"px\": [");
        for (int k = 0; k < PX; k++)
            fprintf(f, "%s\"%s\"", k ? ", " : "", claims[i].px[k]);
        fprintf(f, "]}\n");
    }
    if (f)
        fclose(f);
}

/* make_all - claims of the codes of the newest version */
static void make_all(const struct tables *t, struct claim *claims)
{
    struct codes dx = read_codes(t, "DX", NULL, 1), cc = read_codes(t, "DX", "MCC", 1),
                 px = read_codes(t, "PX", NULL, 1);

    for (unsigned i = 0; i < CLAIMS; i++)
        make(&claims[i], i, &dx, &cc, &px);
    free(dx.list);
    free(cc.list);
    free(px.list);
}

/* main - all of it */
int main(int argc, char **argv)
{
    char folder[] = "deploy/tables/msdrg";
    char *paths[] = {folder, mce_folder};
    struct claim *claims = calloc(CLAIMS, sizeof(*claims));
    bool mce = file_exists(mce_folder);
    const struct drg *d;
    struct loading l;

    loading_begin(&l, NULL);
    if (!claims || cmd_files(mce ? 2 : 1, paths, take, &l) != 0)
        return 1;
    loading_publish(&l);
    d = tables_drg(l.tables, ON, NULL);
    if (!d)
        return 1;
    make_all(l.tables, claims);
    measure("group, 10 dx + 4 px:", group, d, claims, ROUNDS);
    measure("with reasons:", explain, d, claims, ROUNDS);
    measure("without each code in turn:", what_if, d, claims, 4);
    if (mce)
        measure("Medicare Code Editor:", edit, tables_mce(l.tables, ON, NULL), claims, ROUNDS);
    else
        printf("Medicare Code Editor: not measured, no %s\n", mce_folder);
    open_all(l.tables, mce);
    if (argc > 1)
        write_claims(argv[1], claims);
    free(claims);
    loading_end(&l);
    return 0;
}
