/* stages_bench.c - coder, validator and build in memory, each alone on what the one before it
 * wrote: the sample visit of three messages, of BENCH_VISITS patients (default 2000), batches of
 * 2,000 records, sample tables; microseconds of the processor a record, and a sum over all that a
 * stage wrote, so that two revisions can be compared. `stages_bench STAGE` hands the records of one
 * stage alone to `measured`:
 *
 *   valgrind --tool=callgrind --toggle-collect=measured stages_bench coder
 */
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "common/base/date.h"
#include "common/svc/ctx.h"
#include "common/sys/digest.h"
#include "common/sys/file.h"
#include "common/sys/log.h"
#include "services/coder/coder.h"
#include "services/intake/intake.h"
#include "services/submitter/submitter.h"
#include "services/validator/validator.h"
#include "tests/support/loading.h"

enum {
    VISITS = 2000,
    A_BATCH = 2000,
    MEMORY = 8 << 20,
    TEXT = 1 << 14,
    WORD = 32,
    HOUR_MS = 3600000
};

static int64_t now_ms; /* of the chain */

static const struct svc_spec *const specs[] = {&coder_spec, &validator_spec, &submitter_build_spec};

/* Words of the sample visit, and what stands in the n-th before and behind its number. */
static const struct {
    const char *word, *before, *behind;
} words[] = {
    {"M0001001", "T", ""},     {"A0001001", "A", ""},    {"V0001001", "V", ""},
    {"SYN0001234", "SYN", ""}, {"|OV1A|", "|OV1A", "|"}, {"|OV1B|", "|OV1B", "|"},
    {"|OV1C|", "|OV1C", "|"},  {"OV1-1", "OV1-1-", ""},  {"OV1-2", "OV1-2-", ""},
};

/* A record on its way to a stage. */
struct record {
    enum topic topic;
    char *key, *id;
    void *value;
    size_t n;
};
struct records {
    struct record *list;
    size_t n, room;
};

/* must - a step of the bench itself */
static void must(bool fine, const char *what, const struct err *e)
{
    if (fine)
        return;
    fprintf(stderr, "%s: %s %s\n", what, e ? e->code : "", e ? e->text : "");
    exit(EXIT_FAILURE);
}

/* keep - a copy of a record */
static void keep(struct records *r, enum topic t, const char *key, const char *id,
                 const void *value, size_t n)
{
    struct record *to;

    if (r->n == r->room) {
        r->room = r->room ? 2 * r->room : 1024;
        r->list = realloc(r->list, r->room * sizeof(*r->list));
        must(r->list != NULL, "memory", NULL);
    }
    to = &r->list[r->n++];
    *to = (struct record){t, strdup(key), strdup(id), malloc(n + 1), n};
    must(to->key && to->id && to->value, "memory", NULL);
    if (n)
        memcpy(to->value, value, n);
}

/* forget - all of them */
static void forget(struct records *r)
{
    for (size_t i = 0; i < r->n; i++) {
        free(r->list[i].key);
        free(r->list[i].id);
        free(r->list[i].value);
    }
    free(r->list);
    *r = (struct records){0};
}

/* write_visit - the sample, of the n-th patient */
static size_t write_visit(const char *sample, unsigned n, char out[TEXT])
{
    size_t len = 0;

    while (*sample && len + WORD < TEXT) {
        size_t k = 0;

        while (k < sizeof(words) / sizeof(words[0]) &&
               strncmp(sample, words[k].word, strlen(words[k].word)) != 0)
            k++;
        if (k == sizeof(words) / sizeof(words[0])) {
            out[len++] = *sample++;
            continue;
        }
        len += (size_t)snprintf(out + len, WORD, "%s%06u%s", words[k].before, n, words[k].behind);
        sample += strlen(words[k].word);
    }
    return len;
}

/* take - an intake_sink */
static int take(void *arg, const struct intake_result *r, struct err *e)
{
    struct arena *a = arena_new(MEMORY);
    struct intake_record list[4];
    size_t n = intake_records(r, list, 4);

    for (size_t i = 0; i < n; i++) {
        uint8_t *bytes;
        size_t len;

        must(event_pack(a, &list[i].event->base, &bytes, &len, e) == 0, "an event", e);
        keep(arg, TOPIC_ENCOUNTERS, list[i].key, list[i].ce_id, bytes, len);
    }
    arena_free(a);
    return 0;
}

/* read_text - by intake */
static void read_text(intake_each_fn each, const void *bytes, size_t n, struct records *out)
{
    static const struct intake_conf conf = {.secret = "s",
                                            .facility = "RIVERBEND MEDICAL GROUP",
                                            .max_bytes = 1 << 20,
                                            .charset = "UNICODE UTF-8"};
    const struct intake_input in = {
        .source = "sample", .bytes = bytes, .n = n, .message = 1, .received_ms = now_ms};
    struct arena *a = arena_new(MEMORY);
    struct err e = {0};

    must(a && each(&conf, a, &in, take, out, &e) == 0, "intake", &e);
    arena_free(a);
}

/* read_sample - a file of deploy/seed as it is, or (visits > 0) of so many patients */
static void read_sample(const char *path, unsigned visits, struct records *out)
{
    intake_each_fn each = intake_reader(strstr(path, ".json") ? "fhir" : "hl7");
    char text[TEXT];
    struct err e = {0};
    struct buf b;

    buf_init(&b);
    must(file_read(path, 1 << 20, &b, &e) == 0, path, &e);
    if (!visits)
        read_text(each, b.data, b.len, out);
    for (unsigned i = 0; i < visits; i++)
        read_text(each, text, write_visit(b.data, i, text), out);
    buf_release(&b);
}

/* read_samples - the visit many times, and each sample once, so that the sums are of more kinds */
static void read_samples(unsigned visits, struct records *out)
{
    glob_t g;

    read_sample("deploy/seed/encounters/office_visit.hl7", visits, out);
    must(glob("deploy/seed/encounters/*_*.*", 0, NULL, &g) == 0, "samples", NULL);
    for (size_t i = 0; i < g.gl_pathc; i++)
        read_sample(g.gl_pathv[i], 0, out);
    globfree(&g);
}

/* seconds - of this process's processor */
static double seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* measured - a message of the stage that a profile is wanted of */
int measured(struct svc_ctx *x, const struct svc_message *m, struct err *e);
__attribute__((noinline)) int measured(struct svc_ctx *x, const struct svc_message *m,
                                       struct err *e)
{
    return ctx_message(x, m, NULL, e);
}

/* batch - records in one transaction of the state */
static void batch(struct svc_ctx *x, const struct record *list, size_t n, bool wanted)
{
    struct err e = {0};

    must(state_begin(x->state, &e) == 0, "begin", &e);
    for (size_t i = 0; i < n; i++) {
        struct svc_message m = {.topic = list[i].topic,
                                .key = list[i].key,
                                .value = list[i].value,
                                .value_len = list[i].n};

        snprintf(m.headers.ce_id, sizeof(m.headers.ce_id), "%s", list[i].id);
        must((wanted ? measured(x, &m, &e) : ctx_message(x, &m, NULL, &e)) == 0, x->spec->name, &e);
    }
    must(state_commit(x->state, &e) == 0, "commit", &e);
}

/* configure - the defaults, but that a visit waits for nothing */
static struct conf *configure(const struct svc_spec *spec)
{
    const struct conf_row *const rows[] = {svc_settings, spec->settings, NULL};
    struct err e = {0};
    struct conf *c = conf_load(rows, &e);

    must(c && (spec != &coder_spec || conf_set(c, "BILL_HOLD_MS", "0", &e) == 0), spec->name, &e);
    return c;
}

/* consumes - does a stage read a topic? */
static bool consumes(const struct svc_spec *s, enum topic t)
{
    const enum topic *c = s->consume;

    while (*c != TOPIC_NONE && *c != t)
        c++;
    return *c == t;
}

/* add_value - a state_each_fn: what a stage remembers is of the sum */
static int add_value(void *arg, const char *key, const void *value, size_t n, struct err *e)
{
    (void)e;
    buf_addf(arg, "%s ", key);
    buf_add(arg, value, n);
    return 0;
}

/* hand_on - what a stage wrote to those behind it, and the sum over all of it */
static void hand_on(struct svc_sim *sim, const struct svc_spec *next, struct records *out,
                    char sum[DIGEST_TEXT])
{
    struct svc_ctx *x = svc_sim_ctx(sim);
    struct err e = {0};
    struct buf all;

    buf_init(&all);
    must(state_begin(x->state, &e) == 0 && state_each(x->state, 0, "", add_value, &all, &e) == 0,
         "state", &e);
    state_abort(x->state);
    for (size_t i = 0; i < svc_sim_count(sim); i++) {
        const struct svc_sim_output *o = svc_sim_output(sim, i);

        must(!o->dead, "a dead letter", NULL);
        buf_addf(&all, "%d %s %s ", (int)o->topic, o->key, o->ce_id);
        buf_add(&all, o->value, o->value_len);
        if (next && consumes(next, o->topic))
            keep(out, o->topic, o->key, o->ce_id, o->value, o->value_len);
    }
    digest_hex(all.data, all.len, sum);
    buf_release(&all);
}

/* run - a stage over all of its records, and an hour after the last of them */
static void run(const struct svc_spec *spec, const struct svc_spec *next, const struct tables *t,
                struct records *in, bool wanted)
{
    struct conf *c = configure(spec);
    struct err e = {0};
    struct svc_sim *sim = svc_sim_new(spec, c, t, &e);
    struct records out = {0};
    char sum[DIGEST_TEXT];
    int64_t offset;
    double from;
    struct svc_ctx *x;

    must(sim != NULL, spec->name, &e);
    x = svc_sim_ctx(sim);
    x->now_ms = now_ms;
    must(state_attach(x->state, 0, &offset, &e) == 0, "state", &e);
    from = seconds();
    for (size_t i = 0; i < in->n; i += A_BATCH)
        batch(x, &in->list[i], in->n - i < A_BATCH ? in->n - i : A_BATCH, wanted);
    must(svc_sim_clock(sim, now_ms + HOUR_MS, &e) == 0, "clock", &e);
    from = seconds() - from;
    hand_on(sim, next, &out, sum);
    printf("%-15s %7zu records %7.1f us of the processor each, %zu written, sum %.16s\n",
           spec->name, in->n, from * 1e6 / (double)in->n, svc_sim_count(sim), sum);
    svc_sim_free(sim);
    conf_free(c);
    forget(in);
    *in = out;
}

/* main - the chain */
int main(int argc, char **argv)
{
    const char *visits = getenv("BENCH_VISITS");
    struct records records = {0};
    struct loading loading;

    log_open("bench", LOG_ERROR, LOG_KEY_VALUE);
    loading_begin(&loading, NULL);
    loading_seed(&loading);
    now_ms = ms_of(20261103, 8, 0, 0, 0, 0);
    read_samples(visits ? (unsigned)strtoul(visits, NULL, 10) : VISITS, &records);
    for (size_t i = 0; i < sizeof(specs) / sizeof(specs[0]); i++)
        run(specs[i], i + 1 < sizeof(specs) / sizeof(specs[0]) ? specs[i + 1] : NULL,
            loading.tables, &records, argc > 1 && strcmp(argv[1], specs[i]->name) == 0);
    forget(&records);
    loading_end(&loading);
    return EXIT_SUCCESS;
}
