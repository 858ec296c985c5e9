/* x12_bench.c - MB/s of reading, writing and checking X12 in memory, in processor time; how that
 * compares with pyx12; and what `x12 check` holds of a file of 176 MB */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "common/sys/clock.h"
#include "common/sys/file.h"
#include "common/x12/check.h"

enum { MEGABYTES = 64, ROUNDS = 3, LARGE = 176000000 };

static const char *const kinds[] = {"837p", "837i", "835"};

/* grow - the example's set again and again in one interchange, each with its own number */
static void grow(const char *name, size_t size, struct buf *out)
{
    char path[64], number[16];
    struct buf b;
    struct err e;
    unsigned sets = 0;
    const char *st, *se, *ge;

    buf_init(&b);
    buf_init(out);
    snprintf(path, sizeof(path), "tests/golden/x12/%s.x12", name);
    if (file_read(path, 1 << 20, &b, &e) != 0)
        exit(1);
    st = strstr(b.data, "ST*");
    se = strstr(b.data, "\nSE*") + 1;
    ge = strstr(b.data, "GE*");
    buf_add(out, b.data, (size_t)(st - b.data));
    for (; out->len < size; sets++) {
        const char *rest = strchr(strchr(st, '*') + 1, '*') + 1;

        snprintf(number, sizeof(number), "%09u", sets + 1);
        buf_add(out, st, (size_t)(rest - st));
        buf_adds(out, number);
        rest += 4;
        buf_add(out, rest, (size_t)(se - rest));
        buf_addf(out, "%.*s*%s~\n", (int)(strchr(se + 3, '*') - se), se, number);
    }
    buf_addf(out, "GE*%u%s", sets, strchr(ge + 3, '*'));
    buf_release(&b);
}

/* cpu_us - processor time used: a shared machine does not slow it down */
static int64_t cpu_us(void)
{
    return (int64_t)clock() * 1000000 / CLOCKS_PER_SEC;
}

/* say - the best of the rounds */
static void say(const char *kind, const char *what, size_t bytes, int64_t best_us)
{
    printf("%-5s %-12s %7.0f MB/s\n", kind, what, (double)bytes / (double)best_us);
}

/* read_all - every segment, touching each element's length */
static size_t read_all(const struct buf *b)
{
    struct x12_reader r;
    struct x12_segment s;
    struct err e;
    size_t n = 0;

    x12_reader_init(&r, b->data, b->len);
    while (x12_next(&r, &s, &e) > 0)
        n += s.element[s.count].n;
    return n;
}

/* write_all - every segment element by element */
static size_t write_all(const struct buf *b, struct buf *out)
{
    struct x12_reader r;
    struct x12_segment s;
    struct x12_writer w;
    struct err e;
    char id[8];

    buf_reset(out);
    x12_writer_init(&w, out, NULL);
    x12_reader_init(&r, b->data, b->len);
    while (x12_next(&r, &s, &e) > 0) {
        if (x12_is(&s, "ISA"))
            continue;
        memcpy(id, s.id.p, s.id.n < 4 ? s.id.n : 4);
        id[s.id.n < 4 ? s.id.n : 4] = '\0';
        x12_begin(&w, id);
        for (unsigned n = 1; n <= s.count; n++)
            x12_put_span(&w, s.element[n]);
        x12_end(&w);
    }
    return out->len;
}

/* count - findings, so that a wrong bench is seen */
static int count(void *arg, const struct x12_result *r)
{
    *(size_t *)arg += r->count;
    return 0;
}

/* check_all - up to a type of SNIP */
static size_t check_all(const struct buf *b, int snip)
{
    const struct x12_check_options o = {.snip = snip};
    size_t found = 0;
    struct err e;

    if (x12_check(b->data, b->len, &o, count, &found, &e) != 0)
        exit(1);
    return found;
}

/* one_kind - all measurements of an example */
static int64_t one_kind(const char *kind)
{
    struct buf b, out;
    int64_t best[4] = {INT64_MAX, INT64_MAX, INT64_MAX, INT64_MAX};
    size_t sink = 0;

    grow(kind, (size_t)MEGABYTES << 20, &b);
    buf_init(&out);
    for (int round = 0; round < ROUNDS; round++)
        for (int k = 0; k < 4; k++) {
            const int64_t start = cpu_us();
            int64_t took;

            sink += k == 0 ? read_all(&b) : k == 1 ? write_all(&b, &out) : 0;
            if (k >= 2 && check_all(&b, k == 2 ? 3 : 5) != 0)
                printf("%s: the check finds faults in the bench's own file\n", kind);
            took = cpu_us() - start;
            best[k] = took < best[k] ? took : best[k];
        }
    say(kind, "read", b.len, best[0]);
    say(kind, "read+write", out.len, best[1]);
    say(kind, "check 1-3", b.len, best[2]);
    say(kind, "check 1-5", b.len, best[3]);
    buf_release(&b);
    buf_release(&out);
    return sink ? best[3] * 1000 / (int64_t)MEGABYTES : 0;
}

/* against_pyx12 - the same kind of file, much smaller; silent when pyx12 is not there */
static void against_pyx12(int64_t ours_ns_per_mb)
{
    char dir[] = "/tmp/x12benchXXXXXX", command[256];
    struct buf b;
    struct err e;
    int64_t start, took;

    if (!file_exists(".cache/venv/bin/python3") || !mkdtemp(dir))
        return;
    grow("837p", 1 << 18, &b);
    if (file_write(dir, "bench.x12", b.data, b.len, &e) == 0) {
        snprintf(command, sizeof(command),
                 ".cache/venv/bin/python3 tests/support/pyx12_check.py %s/bench.x12 >/dev/null; rm "
                 "-r %s",
                 dir, dir);
        start = clock_mono_us();
        if (system(command) == 0) {
            took = clock_mono_us() - start;
            printf("837p  pyx12        %7.2f MB/s, we are %.0f times as fast\n",
                   (double)b.len / (double)took,
                   (double)took * 1000 / ((double)b.len / (1 << 20)) / (double)ours_ns_per_mb);
        }
    }
    buf_release(&b);
}

/* check_file - the command over a file in a child, its lines to nowhere; what it used */
static bool check_file(const char *path, struct rusage *used)
{
    int status;
    const pid_t child = fork();

    if (child == 0) {
        dup2(open("/dev/null", O_WRONLY), 1);
        execl("build/bin/cleanclaim", "cleanclaim", "x12", "check", path, (char *)NULL);
        _exit(127);
    }
    return child > 0 && wait4(child, &status, 0, used) == child && WIFEXITED(status) &&
           WEXITSTATUS(status) == 0;
}

/* large_file - memory must not grow with the file */
static void large_file(const char *kind)
{
    char dir[] = "/tmp/x12benchXXXXXX", path[64];
    struct rusage used;
    struct buf b;
    struct err e;

    if (!mkdtemp(dir))
        return;
    grow(kind, LARGE, &b);
    snprintf(path, sizeof(path), "%s/large.x12", dir);
    if (file_write(dir, "large.x12", b.data, b.len, &e) == 0) {
        buf_release(&b);
        if (check_file(path, &used))
            printf("%-5s a file of %d MB checked in %ld MB of memory\n", kind, LARGE / 1000000,
                   used.ru_maxrss >> 10);
    }
    buf_release(&b);
    unlink(path);
    rmdir(dir);
}

/* main - all kinds */
int main(void)
{
    int64_t claims = 0;

    large_file("837p");
    large_file("835");
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        const int64_t ns = one_kind(kinds[i]);

        claims = i == 0 ? ns : claims;
    }
    against_pyx12(claims);
    return 0;
}
