/* history_bench.c - what the validator remembers at scale: size, filling, and the lines of one
 * patient, warm and cold. `history_bench 50000000` for all fifty million lines; the folder is made
 * in TMPDIR and removed. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "common/base/date.h"
#include "common/state/state.h"
#include "common/sys/clock.h"
#include "services/validator/remember.h"

enum {
    LINES_DEFAULT = 5000000,
    LINES_PER_CLAIM = 5,
    CLAIMS_PER_PATIENT = 8, /* over two years */
    BATCH = 2000,           /* as the skeleton restores */
    SCANS = 200000,
    COLD_SCANS = 2000,
    SCATTER = 2654435, /* coprime to any count here: patients in no order, as their keys are */
};

struct bench {
    struct state *state;
    struct arena *a;
    char dir[200];
    uint64_t patients, claims;
    struct err e;
};

/* cpu_us - of this process: other work on the machine does not count */
static int64_t cpu_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* mix - a patient's key is a hash: neighbours are strangers */
static uint64_t mix(uint64_t n)
{
    n += 0x9e3779b97f4a7c15u;
    n = (n ^ (n >> 30)) * 0xbf58476d1ce4e5b9u;
    n = (n ^ (n >> 27)) * 0x94d049bb133111ebu;
    return n ^ (n >> 31);
}

/* patient_key - sixteen hex digits */
static void patient_key(uint64_t n, char out[18])
{
    snprintf(out, 18, "%016llx", (unsigned long long)mix(n));
}

/* lines_of - the n-th claim as validator_billed gives it */
static void lines_of(struct bench *b, uint64_t n, CcBilledLine **lines)
{
    static const char *const codes[] = {"99213", "83036", "80053", "93000", "36415", "71046"};
    uint64_t dice = mix(n ^ 0x5555);

    for (size_t i = 0; i < LINES_PER_CLAIM; i++) {
        CcBilledLine *l = event_new(b->a, &cc_billed_line__descriptor);

        l->line = (uint32_t)i + 1;
        l->version = 1;
        l->kind = CLAIM_KIND_PROFESSIONAL;
        l->code = arena_strdup(b->a, codes[(dice >> (i * 3)) % 6]);
        if ((dice >> i) & 1)
            event_push(b->a, l, modifiers, arena_strdup(b->a, i & 1 ? "25" : "59"));
        l->from_date = l->thru_date = date_add(20240101, (int32_t)(dice % 730));
        l->units_milli = 1000;
        l->charge_cents = (int64_t)(5000 + dice % 40000);
        l->billing_npi = arena_strdup(b->a, "1234567893");
        l->rendering_npi = arena_printf(b->a, "1%09llu", (unsigned long long)(dice % 1000000000));
        l->taxonomy = arena_strdup(b->a, "207Q00000X");
        l->payer_id = arena_strdup(b->a, "SHP01");
        l->fingerprint = arena_printf(b->a, "%016llx", (unsigned long long)dice);
        lines[i] = l;
    }
}

/* put_claim - as the worker does; -1: the map is full, or an error */
static int put_claim(struct bench *b, uint64_t n)
{
    CcBilledClaim *c = event_new(b->a, &cc_billed_claim__descriptor);
    CcBilledLine *lines[LINES_PER_CLAIM];
    char patient[18], key[64];
    uint8_t *bytes;
    size_t size;

    lines_of(b, n, lines);
    patient_key((n * SCATTER) % b->patients, patient);
    snprintf(key, sizeof(key), "%s/A%013llu1", patient, (unsigned long long)n);
    c->state = CLAIM_STATE_READY;
    c->at_ms = 1767225600000 + (int64_t)n;
    if (!remember_lines(lines, LINES_PER_CLAIM, b->a, c) ||
        event_pack(b->a, &c->base, &bytes, &size, &b->e) != 0)
        return -1;
    return state_put(b->state, 0, key, bytes, size, &b->e);
}

/* put_batch - again with a larger map when it was full */
static bool put_batch(struct bench *b, uint64_t from, uint64_t to)
{
    for (int tries = 0; tries < 40; tries++) {
        int r = state_begin(b->state, &b->e);

        for (uint64_t n = from; r == 0 && n < to; n++) {
            r = put_claim(b, n);
            arena_reset(b->a);
        }
        if (r == 0) {
            state_delivered(b->state, 0, (int64_t)to - 1);
            r = state_commit(b->state, &b->e);
        } else
            state_abort(b->state);
        if (r == 0)
            return true;
        if (strcmp(b->e.code, "state-full") != 0)
            break;
    }
    return fprintf(stderr, "%s\n", b->e.text), false;
}

/* attach - 1 the copy's offset was kept, 0 it was not there, -1 */
static int attach(struct bench *b)
{
    int64_t next;

    b->state = state_open(b->dir, "bench", NULL, NULL, &b->e);
    if (!b->state || state_attach(b->state, 0, &next, &b->e) != 0)
        return fprintf(stderr, "%s\n", b->e.text), -1;
    return next == (int64_t)b->claims;
}

/* fill - all claims, time by time, patients in no order */
static bool fill(struct bench *b)
{
    int64_t cpu = cpu_us(), wall = clock_mono_us();

    for (uint64_t n = 0; n < b->claims; n += BATCH)
        if (!put_batch(b, n, n + BATCH < b->claims ? n + BATCH : b->claims))
            return false;
    cpu = cpu_us() - cpu;
    printf(
        "filled: %.1f million lines in %.1f million claims of %.2f million patients, %.0f s (%.0f "
        "s of the processor, %.2f us a claim)\n",
        (double)b->claims * LINES_PER_CLAIM / 1e6, (double)b->claims / 1e6,
        (double)b->patients / 1e6, (double)(clock_mono_us() - wall) / 1e6, (double)cpu / 1e6,
        (double)cpu / (double)b->claims);
    return true;
}

/* What one patient's scan found. */
struct seen {
    struct bench *b;
    size_t claims, lines;
};

/* on_claim - unpacked and with its lines again, as the worker wants them */
static int on_claim(void *arg, const char *key, const void *value, size_t n, struct err *e)
{
    struct seen *s = arg;
    ProtobufCMessage *m;
    CcBilledLine **lines;
    size_t n_lines;

    if (event_unpack(s->b->a, &cc_billed_claim__descriptor, value, n, &m, e) != 0)
        return -1;
    if (!recall_lines((CcBilledClaim *)(void *)m, key + 17, s->b->a, &lines, &n_lines))
        return err_set(e, ERR_REJECT, "size", "arena");
    s->claims++;
    s->lines += n_lines;
    return 0;
}

/* on_row - only walked */
static int on_row(void *arg, const char *key, const void *value, size_t n, struct err *e)
{
    struct seen *s = arg;

    (void)key, (void)e;
    s->claims += n > 0 && ((const char *)value)[n - 1] != '\xff';
    return 0;
}

/* scan - so many patients, none twice in a row */
static bool scan(struct bench *b, size_t times, state_each_fn fn, const char *what)
{
    struct seen s = {.b = b};
    int64_t cpu, wall;
    int r = state_begin(b->state, &b->e);

    cpu = cpu_us();
    wall = clock_mono_us();
    for (size_t i = 0; r == 0 && i < times; i++) {
        char prefix[20];

        patient_key(mix(i ^ times) % b->patients, prefix);
        prefix[16] = '/';
        prefix[17] = '\0';
        r = state_each(b->state, 0, prefix, fn, &s, &b->e);
        arena_reset(b->a);
    }
    cpu = cpu_us() - cpu;
    wall = clock_mono_us() - wall;
    state_abort(b->state);
    if (r != 0)
        return fprintf(stderr, "%s\n", b->e.text), false;
    printf("%s: %.0f ns of the processor a patient (%.0f ns with waiting), %.1f claims each\n",
           what, 1000.0 * (double)cpu / (double)times, 1000.0 * (double)wall / (double)times,
           (double)s.claims / (double)times);
    return true;
}

/* memory - of this process: its own, and of mapped files */
static void memory(const char *when)
{
    FILE *f = fopen("/proc/self/status", "r");
    char line[200];
    double own = 0, file = 0;

    while (f && fgets(line, sizeof(line), f)) {
        if (strncmp(line, "RssAnon:", 8) == 0)
            own = strtod(line + 8, NULL) / 1024;
        if (strncmp(line, "RssFile:", 8) == 0)
            file = strtod(line + 8, NULL) / 1024;
    }
    if (f)
        fclose(f);
    printf("memory %s: %.0f MB of its own, %.0f MB of mapped pages (the kernel's to take back)\n",
           when, own, file);
}

/* data_path - LMDB's file */
static void data_path(const struct bench *b, char out[300])
{
    snprintf(out, 300, "%s/bench-0/data.mdb", b->dir);
}

/* go_cold - the file leaves the page cache */
static void go_cold(const struct bench *b)
{
    char path[300];
    struct stat st;
    int fd;

    data_path(b, path);
    fd = open(path, O_RDWR);
    if (fd < 0 || fstat(fd, &st) != 0)
        return;
    fdatasync(fd);
    posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    printf("file: %.0f MB on disk, %.1f bytes a line\n", (double)st.st_blocks * 512 / 1e6,
           (double)st.st_blocks * 512 / (double)(b->claims * LINES_PER_CLAIM));
    close(fd);
}

/* measure - fill, warm, stop, start, cold */
static bool measure(struct bench *b)
{
    int64_t us;

    if (attach(b) < 0 || !fill(b))
        return false;
    memory("after filling");
    if (!scan(b, SCANS, on_row, "walked, warm") || !scan(b, SCANS, on_claim, "recalled, warm"))
        return false;
    state_close(b->state);
    go_cold(b);
    us = clock_mono_us();
    if (attach(b) != 1)
        return fprintf(stderr, "the copy was not kept\n"), false;
    printf("restart: the copy is there again after %.1f ms\n",
           (double)(clock_mono_us() - us) / 1e3);
    return scan(b, COLD_SCANS, on_claim, "recalled, cold") &&
           scan(b, COLD_SCANS, on_claim, "recalled, the same again") && (memory("cold"), true);
}

/* clean - the folder */
static void clean(const struct bench *b)
{
    char name[300];

    data_path(b, name);
    unlink(name);
    snprintf(name, sizeof(name), "%s/bench-0/owner", b->dir);
    unlink(name);
    snprintf(name, sizeof(name), "%s/bench-0", b->dir);
    rmdir(name);
    rmdir(b->dir);
}

/* main - so many lines */
int main(int argc, char **argv)
{
    const char *tmp = getenv("TMPDIR");
    uint64_t lines = argc > 1 ? strtoull(argv[1], NULL, 10) : LINES_DEFAULT;
    struct bench b = {.a = arena_new((size_t)1 << 24)};
    bool ok;

    snprintf(b.dir, sizeof(b.dir), "%s/history-bench-XXXXXX", tmp && *tmp ? tmp : "/tmp");
    b.claims = lines / LINES_PER_CLAIM;
    b.patients = b.claims / CLAIMS_PER_PATIENT;
    if (!b.patients || !b.a || !mkdtemp(b.dir))
        return 2;
    ok = measure(&b);
    state_close(b.state);
    clean(&b);
    arena_free(b.a);
    return ok ? 0 : 1;
}
