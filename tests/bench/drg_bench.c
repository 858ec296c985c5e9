/* drg_bench.c - the grouper: claims a second on one core with ten diagnoses and four procedures,
 * without and with reasons; time and memory of a version
 *
 * Over deploy/tables, or a folder of a version's snapshots: drg_bench DIR. CPU time: a shared
 * machine does not count against it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "common/sys/file.h"
#include "common/tables/msdrg.h"
#include "services/cleanclaim/cmd.h"
#include "tests/support/loading.h"

enum { CLAIMS = 4096, ROUNDS = 40, DX = 10, PX = 4, ON = 20260501 };

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

/* measure - all claims, round after round; returns claims a second */
static double measure(const struct drg *d, const struct claim *claims, bool reasons)
{
    size_t seen = 0;
    int64_t began = cpu_us();

    for (int round = 0; round < ROUNDS; round++)
        for (int i = 0; i < CLAIMS; i++) {
            struct drg_claim c = {claims[i].dx, DX, claims[i].px, PX, DRG_MALE, 1, false};
            struct drg_dx_why dx[DX];
            struct drg_px_why px[PX];
            struct drg_result r;

            if (reasons ? drg_explain(d, &c, &r, dx, px, NULL) : drg_group(d, &c, &r, NULL))
                return 0;
            seen += r.final.drg;
        }
    return seen ? (double)CLAIMS * ROUNDS * 1e6 / (double)(cpu_us() - began) : 0;
}

/* open_time - of a version that is published: checked, indexed, compiled */
static double open_time(const struct tables *t, size_t *bytes)
{
    struct tables *again = tables_new();
    struct err e = {0};
    struct buf b;
    int64_t began;

    buf_init(&b);
    edition_write(tables_edition(t, TABLE_MSDRG, ON), &b);
    *bytes = b.len;
    began = cpu_us();
    if (!again || tables_add_buf(again, &b, NULL, &e) != 0)
        return 0;
    tables_free(again);
    return (double)(cpu_us() - began) / 1e6;
}

/* main - one version */
int main(int argc, char **argv)
{
    char folder[] = "deploy/tables/msdrg/v431";
    char *paths[] = {argc > 1 ? argv[1] : folder};
    struct claim *claims = calloc(CLAIMS, sizeof(*claims));
    struct codes dx, cc, px;
    size_t bytes;
    const struct drg *d;
    struct loading l;

    loading_begin(&l, NULL);
    if (!claims || cmd_files(1, paths, take, &l) != 0)
        return 1;
    loading_publish(&l);
    d = tables_drg(l.tables, ON, NULL);
    if (!d)
        return 1;
    dx = read_codes(l.tables, "DX", NULL, 1);
    cc = read_codes(l.tables, "DX", "MCC", 1);
    px = read_codes(l.tables, "PX", NULL, 1);
    for (unsigned i = 0; i < CLAIMS; i++)
        make(&claims[i], i, &dx, &cc, &px);
    printf("group, 10 dx + 4 px:       %9.0f claims/s\n", measure(d, claims, false));
    printf("with reasons:              %9.0f claims/s\n", measure(d, claims, true));
    printf("open a version:            %9.3f s\n", open_time(l.tables, &bytes));
    printf("compiled:                  %9.1f MB, with its rows %.1f MB\n",
           (double)drg_bytes(d) / 1e6, (double)(drg_bytes(d) + bytes) / 1e6);
    free(dx.list);
    free(cc.list);
    free(px.list);
    free(claims);
    loading_end(&l);
    return 0;
}
