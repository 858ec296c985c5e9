/* seal_bench.c - what sealing costs: values copied, sealed, opened, and opened under data keys of
 * many writers in turn; ns of the processor a record, beside a plain copy in the same run */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "common/sys/vault.h"

enum { ROUNDS = 200000, WRITERS = 40, BYTES = 8192 };

static const struct vault_place place = {"claims.coded", "0123456789abcdef", 16};

struct bench {
    struct vault *vault;
    char plain[BYTES];
    size_t n;
    struct buf sealed[WRITERS], out;
    int writers;
};

/* cpu_ns - of this process */
static int64_t cpu_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* copy - what a record costs anyway */
static void copy(struct bench *b, int i)
{
    char *to = malloc(b->n);

    if (to) {
        memcpy(to, b->plain, b->n);
        b->plain[0] = (char)(to[b->n - 1] + i);
    }
    free(to);
}

/* seal - as a producer does */
static void seal(struct bench *b, int i)
{
    struct err e;

    (void)i;
    if (vault_seal(b->vault, &place, b->plain, b->n, &b->out, &e) < 0)
        abort();
}

/* unseal - as a consumer does */
static void unseal(struct bench *b, int i)
{
    const struct buf *s = &b->sealed[i % b->writers];
    struct err e;

    if (vault_unseal(b->vault, &place, s->data, s->len, &b->out, &e) != 1)
        abort();
}

/* measure - ns a record */
static void measure(struct bench *b, const char *name, void (*fn)(struct bench *b, int i))
{
    int64_t from = cpu_ns();

    for (int i = 0; i < ROUNDS; i++)
        fn(b, i);
    printf("%5zu bytes, %-26s %6.0f ns\n", b->n, name, (double)(cpu_ns() - from) / ROUNDS);
}

/* write_all - a value of each of many writers */
static void write_all(struct bench *b, const char *path)
{
    struct err e;

    for (int i = 0; i < WRITERS; i++) {
        struct vault *v = vault_open(path, true, &e);

        if (!v || vault_seal(v, &place, b->plain, b->n, &b->sealed[i], &e) < 0)
            abort();
        vault_close(v);
    }
}

/* run - of one size */
static void run(struct bench *b, const char *path, size_t n)
{
    b->n = n;
    write_all(b, path);
    measure(b, "copied:", copy);
    measure(b, "sealed:", seal);
    b->writers = 1;
    measure(b, "opened:", unseal);
    b->writers = WRITERS;
    measure(b, "opened, of 40 writers:", unseal);
}

/* main - of two sizes */
int main(void)
{
    char path[] = "/tmp/seal_bench_XXXXXX";
    struct bench *b = calloc(1, sizeof(*b));
    struct err e = {0};
    int fd = mkstemp(path);

    if (fd < 0 || !b || dprintf(fd, "a %064d current\n", 7) < 0 ||
        !(b->vault = vault_open(path, false, &e))) {
        fprintf(stderr, "error: %s\n", e.text);
        return 1;
    }
    memset(b->plain, 'x', sizeof(b->plain));
    run(b, path, 930);
    run(b, path, BYTES);
    for (int i = 0; i < WRITERS; i++)
        buf_release(&b->sealed[i]);
    buf_wipe(&b->out);
    vault_close(b->vault);
    free(b);
    close(fd);
    return unlink(path);
}
