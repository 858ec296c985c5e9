/* scrub_bench.c - `cleanclaim validate` on whole 837 files: MB/s and claims/s in processor time,
 * and the most memory it held, for a small and a large file: it must not grow with the file
 *
 * The files are the worked examples over and over, each claim with numbers of its own, one
 * interchange, a set for each some hundred claims. Tables: the sample ones of the cases, or those
 * of a folder: scrub_bench DIR. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/sys/file.h"
#include "services/validator/cases/case.h"
#include "tests/support/folder.h"

enum { PER_SET = 250, MEGABYTE = 1000000 };

static const size_t sizes[] = {5, 50};

/* An example between its ISA and its IEA. */
struct example {
    struct buf text;
    const char *isa, *gs, *st, *body, *se; /* body: from HL*1 to SE */
    unsigned claims;
};

/* cut - an example into its parts */
static void cut(struct example *x, const char *name)
{
    char path[64];
    struct err e;

    buf_init(&x->text);
    snprintf(path, sizeof(path), "tests/golden/x12/%s.x12", name);
    if (file_read(path, 1 << 20, &x->text, &e) != 0)
        exit(1);
    x->isa = x->text.data;
    x->gs = strstr(x->isa, "GS*");
    x->st = strstr(x->gs, "ST*");
    x->body = strstr(x->st, "HL*1*");
    x->se = strstr(x->body, "SE*");
    x->claims = 0;
    for (const char *p = x->body; (p = strstr(p, "CLM*")) && p < x->se; p++)
        x->claims++;
}

/* add_claims - the body once more: HL numbers run on, CLM01 and line numbers are new */
static unsigned add_claims(struct buf *out, const struct example *x, unsigned *hl, unsigned n)
{
    const char *p = x->body;
    const unsigned base = *hl;
    unsigned segments = 0;

    for (; p < x->se; p = strchr(p, '\n') + 1, segments++) {
        const int length = (int)(strchr(p, '\n') + 1 - p);
        unsigned own, above = 0;

        if (sscanf(p, "HL*%u*%u", &own, &above) >= 1) {
            const char *rest = strchr(p + 3, '*') + 1;

            rest = strchr(rest, '*');
            *hl = base + own;
            buf_addf(out, "HL*%u*", base + own);
            if (above)
                buf_addf(out, "%u", base + above);
            buf_add(out, rest, (size_t)(p + length - rest));
        } else if (strncmp(p, "CLM*", 4) == 0) {
            buf_addf(out, "CLM*%c%07u%.*s", p[4], n * 10 + (unsigned)(p[11] - '0'), length - 12,
                     p + 12);
        } else {
            buf_add(out, p, (size_t)length);
        }
    }
    return segments;
}

/* add_set - PER_SET times the example's claims */
static void add_set(struct buf *out, const struct example *x, unsigned set, unsigned *n)
{
    unsigned hl = 0, segments = 0;
    const char *rest = strchr(strchr(x->st, '*') + 1, '*') + 5;

    for (const char *p = x->st; p < x->body; p++)
        segments += *p == '\n';
    buf_addf(out, "ST*837*%04u%.*s", set, (int)(x->body - rest), rest);
    for (unsigned i = 0; i < PER_SET; i++)
        segments += add_claims(out, x, &hl, (*n)++);
    buf_addf(out, "SE*%u*%04u~\n", segments + 1, set);
}

/* make - a file of about so many bytes: half of it professional, half institutional; claims in it
 */
static unsigned make(const char *dir, size_t bytes)
{
    struct example x[2];
    struct buf out;
    struct err e;
    unsigned claims = 0, n = 0;

    cut(&x[0], "837p");
    cut(&x[1], "837i");
    buf_init(&out);
    for (int k = 0; k < 2; k++) {
        const size_t limit = out.len + bytes / 2;
        unsigned set = 0;

        buf_add(&out, x[k].isa, (size_t)(x[k].st - x[k].isa));
        while (out.len < limit) {
            add_set(&out, &x[k], ++set, &n);
            claims += PER_SET * x[k].claims;
        }
        buf_addf(&out, "GE*%u*10%d~\nIEA*1*00000010%d~\n", set, k + 1, k + 1);
        buf_release(&x[k].text);
    }
    if (file_write(dir, "in.837", out.data, out.len, &e) != 0)
        exit(1);
    buf_release(&out);
    return claims;
}

/* run - the command in a child; what it used */
static int run(const char *program, const char *dir, const char *tables, struct rusage *used)
{
    char path[512];
    int status;
    pid_t child;

    file_join(path, sizeof(path), dir, "in.837");
    child = fork();
    if (child == 0) {
        const int nowhere = open("/dev/null", O_WRONLY);

        dup2(nowhere, 1);
        execl(program, "cleanclaim", "validate", "--json", "--tables", tables, path, (char *)NULL);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, used) != child || !WIFEXITED(status))
        return -1;
    return WEXITSTATUS(status);
}

/* seconds - of the child */
static double seconds(const struct rusage *u)
{
    return (double)(u->ru_utime.tv_sec + u->ru_stime.tv_sec) +
           (double)(u->ru_utime.tv_usec + u->ru_stime.tv_usec) / 1e6;
}

/* measure - one size */
static int measure(const char *program, const char *dir, const char *tables, size_t megabytes)
{
    const unsigned claims = make(dir, megabytes * MEGABYTE);
    struct rusage used;
    const int code = run(program, dir, tables, &used);

    if (code < 0 || code > 1)
        return fprintf(stderr, "exit %d\n", code), 1;
    printf("%3zu MB, %6u claims (exit %d): %5.1f MB/s, %6.0f claims/s, at most %ld kB\n", megabytes,
           claims, code, (double)megabytes / seconds(&used), (double)claims / seconds(&used),
           used.ru_maxrss);
    return 0;
}

/* main - every size */
int main(int argc, char **argv)
{
    char program[512], dir[256], own[256];
    const char *tables = argc > 1 ? argv[1] : own;
    struct err e;
    int failed = 0;

    snprintf(program, sizeof(program), "%.*s../../bin/cleanclaim",
             (int)(strrchr(argv[0], '/') + 1 - argv[0]), argv[0]);
    folder_make(dir, sizeof(dir), "scrub");
    folder_make(own, sizeof(own), "tables");
    if (case_tables_save(own, &e) != 0)
        failed = fprintf(stderr, "%s\n", e.text);
    for (size_t i = 0; !failed && i < sizeof(sizes) / sizeof(sizes[0]); i++)
        failed = measure(program, dir, tables, sizes[i]);
    folder_remove(dir);
    folder_remove(own);
    return failed != 0;
}
