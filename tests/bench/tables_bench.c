/* tables_bench.c - the NCCI pairs at full size through a real Redis: loading two quarters, memory
 * in a worker, lookups, and how long a swap holds the worker's loop up
 *
 * Times are the processor's where nothing else is said: the machine may have other work. */
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "common/svc/work.h"
#include "common/sys/clock.h"
#include "common/sys/file.h"
#include "common/sys/log.h"
#include "common/tables/snapshot.h"
#include "services/validator/validator.h"
#include "tests/support/ncci.h"
#include "tests/support/redis.h"

enum { ASKED = 1 << 19, ROUNDS = 8, ON = 20240601, BEHIND = 15 };

/* next - xorshift: the same questions each time */
static uint64_t next(uint64_t *s)
{
    *s ^= *s << 13;
    *s ^= *s >> 7;
    *s ^= *s << 17;
    return *s;
}

/* cpu_us - of this process, or of this thread */
static int64_t cpu_us(clockid_t clock)
{
    struct timespec t;

    clock_gettime(clock, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* rss_kb - resident memory of this process */
static long rss_kb(void)
{
    FILE *f = fopen("/proc/self/statm", "r");
    long size = 0, rss = 0;

    if (f) {
        if (fscanf(f, "%ld %ld", &size, &rss) != 2)
            rss = 0;
        fclose(f);
    }
    return rss * (sysconf(_SC_PAGESIZE) / 1024);
}

/* --- loading */

/* write_files - a quarter as CMS gives it out: four parts of each setting */
static bool write_files(const char *dir, unsigned quarter, bool write)
{
    struct err e = {0};

    for (unsigned i = 0; i < 2 * NCCI_PARTS; i++) {
        char name[32], path[160];
        struct buf b;

        ncci_part_name(quarter, i % NCCI_PARTS, i >= NCCI_PARTS, name);
        snprintf(path, sizeof(path), "%s/%s", dir, name);
        if (!write) {
            unlink(path);
            continue;
        }
        buf_init(&b);
        ncci_part(quarter, i % NCCI_PARTS, i >= NCCI_PARTS, &b);
        if (b.failed || file_write(dir, name, b.data, b.len, &e) != 0)
            return false;
        buf_release(&b);
    }
    return true;
}

/* command_path - the program beside this one */
static void command_path(char out[512])
{
    ssize_t n = readlink("/proc/self/exe", out, 400);

    out[n > 0 ? n : 0] = '\0';
    for (int i = 0; i < 3 && strrchr(out, '/'); i++)
        *strrchr(out, '/') = '\0';
    snprintf(out + strlen(out), 32, "/bin/cleanclaim");
}

/* run_load - cleanclaim tables load of a folder */
static bool run_load(const char *dir, const char *what)
{
    char path[512];
    int64_t began = clock_mono_us();
    struct rusage u;
    int status = -1;
    pid_t pid;

    command_path(path);
    fflush(stdout);
    pid = fork();
    if (pid == 0) {
        if (!freopen("/dev/null", "w", stderr))
            _exit(126);
        execl(path, path, "tables", "load", dir, (char *)NULL);
        _exit(127);
    }
    if (pid < 0 || wait4(pid, &status, 0, &u) != pid || status != 0)
        return fprintf(stderr, "%s tables load: status %d\n", path, status), false;
    printf("tables load, %s: %.1f s, %.1f s of the processor, at most %.0f MB\n", what,
           (double)(clock_mono_us() - began) / 1e6,
           (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
               (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6,
           (double)u.ru_maxrss / 1024);
    return true;
}

/* --- memory */

/* held - memory and time of one set of tables in a worker */
static struct tables *held(struct store *s, const enum table_id *wanted, const char *what)
{
    struct err e = {0};
    long before = rss_kb();
    int64_t us = cpu_us(CLOCK_PROCESS_CPUTIME_ID), epoch;
    struct tables *t = store_load(s, wanted, &epoch, &e);

    us = cpu_us(CLOCK_PROCESS_CPUTIME_ID) - us;
    malloc_trim(0);
    if (!t)
        return fprintf(stderr, "%s\n", e.text), NULL;
    printf("held in a worker, %s: %.1f MB; fetched, checked and indexed in %.2f s\n", what,
           (double)(rss_kb() - before) / 1024, (double)us / 1e6);
    return t;
}

/* --- lookups */

/* questions - pairs to ask for, prepared so that only lookups are measured */
static void questions(char (*keys)[2][6], bool there)
{
    uint64_t seed = 88172645463325252u;

    for (size_t i = 0; i < ASKED; i++) {
        unsigned a = (unsigned)(next(&seed) % NCCI_FIRSTS);
        unsigned j = (unsigned)(next(&seed) % NCCI_PARTNERS);

        ncci_code(a, keys[i][0]);
        /* the one after a partner is a partner of no code */
        ncci_code((ncci_partner(a, j) + (there ? 0 : 1)) % NCCI_CODES, keys[i][1]);
    }
}

/* way_to_memory - nanoseconds of one access that must wait for the one before, over so many bytes
 */
static double way_to_memory(size_t bytes)
{
    enum { STEP = 16, STEPS = 1 << 20 };
    uint32_t *chain = malloc(bytes);
    size_t n = bytes / (STEP * sizeof(*chain));
    uint64_t seed = 88172645463325252u;
    volatile uint32_t at = 0;
    int64_t us;

    if (!chain)
        return 0;
    for (size_t i = 0; i < n; i++)
        chain[i * STEP] = (uint32_t)i;
    for (size_t i = n - 1; i > 0; i--) {
        size_t k = next(&seed) % i;
        uint32_t x = chain[i * STEP];

        chain[i * STEP] = chain[k * STEP];
        chain[k * STEP] = x;
    }
    us = cpu_us(CLOCK_PROCESS_CPUTIME_ID);
    for (int i = 0; i < STEPS; i++)
        at = chain[(size_t)at * STEP];
    us = cpu_us(CLOCK_PROCESS_CPUTIME_ID) - us;
    free(chain);
    return 1000.0 * (double)us / STEPS;
}

enum way { DEPENDENT, ONE_BY_ONE, TWENTY };

/* walk_texts - all questions once, the codes as text */
static size_t walk_texts(const struct tables *t, char (*keys)[2][6])
{
    size_t found = 0;
    struct table_row r;

    for (size_t i = 0; i < ASKED; i++)
        found +=
            tables_find(t, TABLE_PTP_PRACTITIONER, keys[i][0], keys[i][1], ON, &r) == LOOKUP_FOUND;
    return found;
}

/* walk - all questions once, the codes as numbers; with DEPENDENT the next question is known when
 * the answer is */
static size_t walk(struct table_code (*keys)[2], enum way way)
{
    enum { TOGETHER = 20 };
    size_t found = 0, turn = 0, batch = way == TWENTY ? TOGETHER : 1;
    struct table_ask asks[TOGETHER];

    for (size_t i = 0; i + batch <= ASKED; i += batch) {
        for (size_t k = 0; k < batch; k++) {
            asks[k].first = keys[(i + k) ^ turn][0];
            asks[k].second = keys[(i + k) ^ turn][1];
            asks[k].on = ON;
        }
        tables_find_pairs(asks, batch);
        for (size_t k = 0; k < batch; k++)
            found += asks[k].answer == LOOKUP_FOUND;
        turn = way == DEPENDENT ? found & 1 : 0;
    }
    return found;
}

/* say - one line of figures */
static void say(const char *what, bool there, int64_t us, size_t found)
{
    printf("lookup, pair %s, %-40s: %5.1f ns (%.0f %% in force)\n",
           there ? "there    " : "not there", what, 1000.0 * (double)us / ((double)ASKED * ROUNDS),
           100.0 * (double)found / ((double)ASKED * ROUNDS));
}

/* ask - nanoseconds a lookup, four ways */
static void ask(const struct tables *t, bool there)
{
    static const char *const ways[] = {"by number, each waits for the one before",
                                       "by number, one after the other",
                                       "by number, twenty together"};
    char(*texts)[2][6] = malloc(sizeof(*texts) * ASKED);
    struct table_code(*keys)[2] = malloc(sizeof(*keys) * ASKED);
    size_t found = 0;
    int64_t us;

    if (!texts || !keys)
        return;
    questions(texts, there);
    us = cpu_us(CLOCK_PROCESS_CPUTIME_ID);
    for (int round = 0; round < ROUNDS; round++)
        found += walk_texts(t, texts);
    say("by text, one after the other", there, cpu_us(CLOCK_PROCESS_CPUTIME_ID) - us, found);
    for (size_t i = 0; i < ASKED; i++)
        for (int k = 0; k < 2; k++)
            keys[i][k] = tables_code(t, TABLE_PTP_PRACTITIONER, texts[i][k], ON);
    for (int way = DEPENDENT; way <= TWENTY; way++) {
        found = 0;
        us = cpu_us(CLOCK_PROCESS_CPUTIME_ID);
        for (int round = 0; round < ROUNDS; round++)
            found += walk(keys, (enum way)way);
        say(ways[way], there, cpu_us(CLOCK_PROCESS_CPUTIME_ID) - us, found);
    }
    free(texts);
    free(keys);
}

/* --- swap */

/* The loop's longest waits. */
struct pause {
    int64_t swap_us, swap_cpu_us, turn_us;
    int swaps;
};

/* turn - the worker's loop once: the swap if there is one, then some lookups as work */
static bool turn(struct loader *l, struct svc_ctx *x, struct pause *p)
{
    const struct tables *before = x->tables;
    int64_t began = clock_mono_us(), cpu = cpu_us(CLOCK_THREAD_CPUTIME_ID), us;
    struct err e = {0};
    struct table_row r;
    char a[6], b[6];

    if (loader_swap(l, x, &e) != 0)
        return fprintf(stderr, "%s\n", e.text), false;
    cpu = cpu_us(CLOCK_THREAD_CPUTIME_ID) - cpu;
    us = clock_mono_us() - began;
    if (x->tables != before) {
        p->swaps++;
        p->swap_us = us > p->swap_us ? us : p->swap_us;
        p->swap_cpu_us = cpu > p->swap_cpu_us ? cpu : p->swap_cpu_us;
    }
    for (unsigned i = 0; i < 200; i++) {
        ncci_code(i, a);
        ncci_code(ncci_partner(i, 7), b);
        tables_find(x->tables, TABLE_PTP_PRACTITIONER, a, b, ON, &r);
    }
    us = clock_mono_us() - began;
    p->turn_us = us > p->turn_us ? us : p->turn_us;
    return true;
}

/* turns - for so many milliseconds, or until so many swaps */
static bool turns(struct loader *l, struct svc_ctx *x, struct pause *p, int64_t ms, int swaps)
{
    int64_t until = clock_mono_us() + ms * 1000;

    while (clock_mono_us() < until && p->swaps < swaps)
        if (!turn(l, x, p))
            return false;
    return true;
}

/* publish - both tables under new bytes, from a process of its own */
static pid_t publish(struct store *s, const struct tables *t, int32_t to)
{
    const struct edition_info *i;
    pid_t pid;

    fflush(stdout);
    pid = fork();
    if (pid == 0 && nice(BEHIND) < 0) /* elsewhere it would be another machine's */
        _exit(1);
    for (size_t n = 0; pid == 0 && (i = tables_edition_at(t, n)); n++) {
        struct err e = {0};
        struct buf b, moved;
        bool changed;

        buf_init(&b);
        buf_init(&moved);
        edition_write(i, &b);
        if (snapshot_with_period(b.data, b.len, i->from, to, &moved, &e) != 0 ||
            store_publish(s, moved.data, moved.len, &changed, &e) != 0)
            _exit(1);
    }
    if (pid == 0)
        _exit(0);
    return pid;
}

/* swap - four times both tables at once while the loop turns */
static bool swap(struct conf *c, const struct tables *t)
{
    struct svc_status status = {0};
    struct svc_ctx x = {.spec = &validator_spec, .conf = c};
    struct pause quiet = {0}, p = {0};
    struct err e = {0};
    struct loader *l = loader_new(&validator_spec, c, &status, &e);
    bool fine = l && loader_first(l, &x, &e) == 0 && turns(l, &x, &quiet, 1500, 1);

    for (int n = 0; fine && n < 4; n++) {
        struct store *s = store_new(c, &e);
        pid_t pid = publish(s, t, 20240701 + n);
        int was;

        fine = turns(l, &x, &p, 30000, n * 2 + 2) && waitpid(pid, &was, 0) == pid && was == 0;
        store_free(s);
    }
    fine = fine && turns(l, &x, &p, 1500, INT32_MAX);
    if (fine)
        printf("swap of a table, %d times: holds the loop for at most %.2f ms (%.2f ms of the "
               "processor);\n  longest turn of the loop with swaps %.2f ms, without %.2f ms\n",
               p.swaps, (double)p.swap_us / 1e3, (double)p.swap_cpu_us / 1e3,
               (double)p.turn_us / 1e3, (double)quiet.turn_us / 1e3);
    else
        fprintf(stderr, "swap: %s\n", e.text);
    loader_free(l);
    return fine;
}

/* --- all of it */

/* load_two - a quarter of both settings, then the next one */
static bool load_two(const char *beside)
{
    char dir[96];
    struct err e = {0};

    snprintf(dir, sizeof(dir), "%s/files", beside);
    if (file_make_dirs(dir, &e) != 0)
        return false;
    for (unsigned quarter = 0; quarter < 2; quarter++) {
        if (!write_files(dir, quarter, true) ||
            !run_load(dir, quarter ? "the quarter after" : "a quarter of both settings"))
            return false;
        write_files(dir, quarter, false);
    }
    return rmdir(dir) == 0;
}

/* measure - with Redis there */
static bool measure(struct redis_server *r)
{
    static const enum table_id one[] = {TABLE_PTP_PRACTITIONER, TABLE_MAX},
                               both[] = {TABLE_PTP_PRACTITIONER, TABLE_PTP_HOSPITAL, TABLE_MAX};
    const struct conf_row *rows[CONF_TABLES_MAX];
    struct err e = {0};
    struct conf *c;
    struct store *s;
    struct tables *t, *all;
    bool fine;

    svc_setting_tables(&validator_spec, rows);
    c = conf_load(rows, &e);
    s = c ? store_new(c, &e) : NULL;
    if (!s || !load_two(r->dir))
        return fprintf(stderr, "%s\n", e.text), false;
    t = held(s, one, "practitioner");
    all = t ? held(s, both, "hospital besides") : NULL;
    if (!all)
        return false;
    for (size_t i = 0; tables_edition_at(all, i); i++)
        printf("%s@%s: %zu rows of two quarters\n", table_name(tables_edition_at(all, i)->table),
               tables_edition_at(all, i)->edition, tables_edition_at(all, i)->rows);
    printf(
        "one access to memory on this machine now: %.0f ns in 64 MB, %.0f ns in 8 MB, %.0f ns in "
        "4 MB\n",
        way_to_memory(64 << 20), way_to_memory(8 << 20), way_to_memory(4 << 20));
    ask(t, true);
    ask(t, false);
    tables_free(t);
    fine = swap(c, all);
    tables_free(all);
    store_free(s);
    conf_free(c);
    return fine;
}

int main(void)
{
    struct redis_server r;
    bool fine;

    if (!redis_server_start(&r))
        return fprintf(stderr, "no redis-server\n"), 1;
    setenv("REDIS_URL", r.url, 1);
    setenv("TABLES_POLL_MS", "100", 1);
    setenv("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1", 0);
    log_open("tables_bench", LOG_ERROR, LOG_KEY_VALUE);
    fine = measure(&r);
    redis_server_stop(&r);
    return fine ? 0 : 1;
}
