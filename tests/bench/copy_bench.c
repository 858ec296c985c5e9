/* copy_bench.c - what the skeleton costs: a bare transactional copy, and stages of ours over the
 * same records
 *
 * bare     librdkafka alone: consume, produce the same bytes, send offsets, commit; two producers
 * in turn, 2,000 a transaction pass     a stage that unpacks each claim (with every check of the
 * door) and packs it again state    the same, and one value of the state read and written a record
 * Then the whole validator, all edits on over tables at full size, against the bare copy of its own
 * records: claims of 5 lines and 4 diagnoses, each of another patient, remembered as billed.
 * Each in a process of its own, one after the other on the same broker. BENCH_RECORDS (default
 * 200000) claims of about 1 KB, and half as many for the validator. BENCH_UNDER="perf record …"
 * runs each part under a profiler. `copy_bench bare FROM TO RECORDS` copies a topic that is there.
 */
#include <librdkafka/rdkafka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <signal.h>
#include <unistd.h>

#include "common/base/str.h"
#include "common/bus/bus.h"
#include "common/store/store.h"
#include "common/svc/svc.h"
#include "common/sys/clock.h"
#include "services/validator/cases/case.h"
#include "tests/support/full.h"
#include "tests/support/ncci.h"

enum { PARTITIONS = 4, A_TRANSACTION = 2000, CHUNK = 5000, LINES = 6 };

/* What one run measured. */
struct figures {
    int64_t records, wall_us, cpu_us, rss_kb;
};

static int64_t wanted;

/* cpu_us - user and system time of this process */
static int64_t cpu_us(void)
{
    struct rusage r;

    getrusage(RUSAGE_SELF, &r);
    return (int64_t)(r.ru_utime.tv_sec + r.ru_stime.tv_sec) * 1000000 + r.ru_utime.tv_usec +
           r.ru_stime.tv_usec;
}

/* most_rss_kb - the most memory that this process ever had; getrusage would tell the parent's,
 * which an exec does not forget */
static int64_t most_rss_kb(void)
{
    FILE *f = fopen("/proc/self/status", "r");
    long long kb = 0;
    char line[256];

    while (f && fgets(line, sizeof(line), f))
        if (str_starts(line, "VmHWM:"))
            kb = strtoll(line + strlen("VmHWM:"), NULL, 10);
    if (f)
        fclose(f);
    return kb;
}

/* The stage's counters; the process is this stage and nothing else. */
struct count {
    struct figures f;
    int64_t from_us, cpu_from;
};

/* start - zero */
static int start(const struct conf *c, void **user, struct err *e)
{
    (void)c;
    *user = calloc(1, sizeof(struct count));
    return *user ? 0 : err_set(e, ERR_FATAL, "memory", "out of memory");
}

/* committed - the last batch ends the run: figures go to the parent */
static void committed(void *user)
{
    struct count *n = user;

    if (n->f.records < wanted || n->f.wall_us)
        return;
    n->f.wall_us = clock_mono_us() - n->from_us;
    n->f.cpu_us = cpu_us() - n->cpu_from;
    n->f.rss_kb = most_rss_kb();
    if (write(STDOUT_FILENO, &n->f, sizeof(n->f)) == (ssize_t)sizeof(n->f))
        raise(SIGTERM);
}

/* pass - unpack, pack */
static int pass(struct svc_ctx *x, const struct svc_message *m, struct err *e)
{
    struct count *n = svc_user(x);
    ProtobufCMessage *c;

    if (n->f.records++ == 0) {
        n->from_us = clock_mono_us();
        n->cpu_from = cpu_us();
    }
    return svc_unpack(x, m, NULL, &c, e) < 0 ? -1 : svc_emit(x, TOPIC_CLAIMS_CLEAN, m->key, c, e);
}

/* with_state - and remember */
static int with_state(struct svc_ctx *x, const struct svc_message *m, struct err *e)
{
    ProtobufCMessage *c, *old;

    if (pass(x, m, e) < 0 || svc_unpack(x, m, NULL, &c, e) < 0 ||
        svc_get(x, m->key, &cc_claim__descriptor, &old, e) < 0)
        return -1;
    return svc_put(x, m->key, c, e);
}

static const enum topic consume[] = {TOPIC_CLAIMS_CODED, TOPIC_NONE};
static const enum topic produce[] = {TOPIC_CLAIMS_CLEAN, TOPIC_NONE};
static const struct svc_spec specs[] = {
    {.name = "pass",
     .sentence = "",
     .consume = consume,
     .produce = produce,
     .start = start,
     .handle = pass,
     .committed = committed},
    {.name = "state",
     .sentence = "",
     .consume = consume,
     .produce = produce,
     .state = TOPIC_CLAIMS_HISTORY,
     .start = start,
     .handle = with_state,
     .committed = committed},
};

static struct count validated;

/* validate - the validator's handler, counted */
static int validate(struct svc_ctx *x, const struct svc_message *m, struct err *e)
{
    if (validated.f.records++ == 0) {
        validated.from_us = clock_mono_us();
        validated.cpu_from = cpu_us();
    }
    return validator_spec.handle(x, m, e);
}

/* validate_committed - the last batch ends the run */
static void validate_committed(void *user)
{
    (void)user;
    committed(&validated);
}

/* validator - the whole stage but for its name */
static int validator(char **argv)
{
    struct svc_spec s = validator_spec;

    s.name = "validator";
    s.handle = validate;
    s.committed = validate_committed;
    return svc_main(&s, 1, argv);
}

/* set - a property; the bench stops when librdkafka refuses it */
static void set(rd_kafka_conf_t *k, const char *name, const char *value)
{
    char why[200];

    if (rd_kafka_conf_set(k, name, value, why, sizeof(why)) == RD_KAFKA_CONF_OK)
        return;
    fprintf(stderr, "%s\n", why);
    exit(1);
}

/* bare_client - the properties of the bus */
static rd_kafka_t *bare_client(bool producer, int n)
{
    static const char *const common[][2] = {{"socket.nagle.disable", "true"}, {"log_level", "3"}};
    static const char *const reads[][2] = {
        {"group.id", "bench-bare"},        {"enable.auto.commit", "false"},
        {"auto.offset.reset", "earliest"}, {"fetch.wait.max.ms", "50"},
        {"queued.min.messages", "20000"},  {"queued.max.messages.kbytes", "16384"}};
    static const char *const writes[][2] = {
        {"linger.ms", "1"}, {"compression.type", "lz4"}, {"retry.backoff.ms", "20"}};
    rd_kafka_conf_t *k = rd_kafka_conf_new();
    char id[32];

    set(k, "bootstrap.servers", getenv("CC_KAFKA"));
    for (size_t i = 0; i < sizeof(common) / sizeof(common[0]); i++)
        set(k, common[i][0], common[i][1]);
    for (size_t i = 0; !producer && i < sizeof(reads) / sizeof(reads[0]); i++)
        set(k, reads[i][0], reads[i][1]);
    for (size_t i = 0; producer && i < sizeof(writes) / sizeof(writes[0]); i++)
        set(k, writes[i][0], writes[i][1]);
    snprintf(id, sizeof(id), "bench-bare-%d", n);
    if (producer)
        set(k, "transactional.id", id);
    return rd_kafka_new(producer ? RD_KAFKA_PRODUCER : RD_KAFKA_CONSUMER, k, NULL, 0);
}

/* must - no error */
static void must(rd_kafka_error_t *error)
{
    if (!error)
        return;
    fprintf(stderr, "%s\n", rd_kafka_error_string(error));
    exit(1);
}

/* bare_commit - offsets and records */
static void bare_commit(rd_kafka_t *consumer, rd_kafka_t *producer)
{
    rd_kafka_topic_partition_list_t *list;
    rd_kafka_consumer_group_metadata_t *group = rd_kafka_consumer_group_metadata(consumer);

    rd_kafka_assignment(consumer, &list);
    rd_kafka_position(consumer, list);
    must(rd_kafka_send_offsets_to_transaction(producer, list, group, -1));
    must(rd_kafka_commit_transaction(producer, -1));
    rd_kafka_consumer_group_metadata_destroy(group);
    rd_kafka_topic_partition_list_destroy(list);
}

/* bare_send - the same bytes on */
static void bare_send(rd_kafka_t *producer, const char *topic, const rd_kafka_message_t *m)
{
    while (rd_kafka_producev(producer, RD_KAFKA_V_TOPIC(topic), RD_KAFKA_V_KEY(m->key, m->key_len),
                             RD_KAFKA_V_VALUE(m->payload, m->len),
                             RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
                             RD_KAFKA_V_END) == RD_KAFKA_RESP_ERR__QUEUE_FULL)
        rd_kafka_poll(producer, 10);
}

/* bare_none - nothing came, since when; after a minute it says how far it came, and ends */
static int64_t bare_none(const struct figures *f, const rd_kafka_message_t *m, int64_t since_us)
{
    if (!since_us || clock_mono_us() - since_us < 60000000)
        return since_us ? since_us : clock_mono_us();
    fprintf(stderr, "bare: %lld of %lld records, then none for a minute%s%s\n",
            (long long)f->records, (long long)wanted, m ? ": " : "",
            m ? rd_kafka_message_errstr(m) : "");
    exit(1);
}

/* bare_copy - all records, from the first one's arrival to the last commit */
static void bare_copy(rd_kafka_t *consumer, rd_kafka_t *const producers[2], const char *to,
                      struct figures *f)
{
    int64_t from = 0, cpu = 0, in_transaction = 0, none_us = 0;
    int turn = 0;

    while (f->records < wanted) {
        rd_kafka_message_t *m = rd_kafka_consumer_poll(consumer, 100);

        none_us = m && !m->err ? 0 : bare_none(f, m, none_us);
        if (m && !m->err) {
            if (f->records++ == 0) {
                from = clock_mono_us();
                cpu = cpu_us();
            }
            if (in_transaction++ == 0)
                must(rd_kafka_begin_transaction(producers[turn]));
            bare_send(producers[turn], to, m);
        }
        if (m)
            rd_kafka_message_destroy(m);
        if (in_transaction == A_TRANSACTION || (in_transaction && f->records == wanted)) {
            bare_commit(consumer, producers[turn]);
            turn = !turn;
            in_transaction = 0;
        }
    }
    f->wall_us = clock_mono_us() - from;
    f->cpu_us = cpu_us() - cpu;
    f->rss_kb = most_rss_kb();
}

/* bare_warm - the topic is known before the first record, as the bus does it: librdkafka 2.0.2 else
 * waits up to a second */
static void bare_warm(rd_kafka_t *producer, const char *topic)
{
    rd_kafka_topic_t *rkt = rd_kafka_topic_new(producer, topic, NULL);
    const struct rd_kafka_metadata *md;

    if (rd_kafka_metadata(producer, 0, rkt, &md, 30000) == RD_KAFKA_RESP_ERR_NO_ERROR)
        rd_kafka_metadata_destroy(md);
    rd_kafka_topic_destroy(rkt);
}

/* bare - from one topic to another, in a process of its own */
static struct figures bare(const char *from, const char *to)
{
    rd_kafka_t *consumer = bare_client(false, 0),
               *producers[2] = {bare_client(true, 0), bare_client(true, 1)};
    rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(1);
    struct figures f = {0};

    for (int i = 0; i < 2; i++) {
        must(rd_kafka_init_transactions(producers[i], 30000));
        bare_warm(producers[i], to);
    }
    rd_kafka_poll_set_consumer(consumer);
    rd_kafka_topic_partition_list_add(list, from, RD_KAFKA_PARTITION_UA);
    rd_kafka_subscribe(consumer, list);
    bare_copy(consumer, producers, to, &f);
    return f;
}

/* bare_part - of the bench's records, told to the parent */
static int bare_part(const char *prefix)
{
    char from[128], to[128];
    struct figures f;

    snprintf(from, sizeof(from), "%sclaims.coded", prefix);
    snprintf(to, sizeof(to), "%sclaims.clean", prefix);
    f = bare(from, to);
    return write(STDOUT_FILENO, &f, sizeof(f)) == (ssize_t)sizeof(f) ? 0 : 1;
}

/* bare_of - of a topic that is full already, for workers.py: FROM TO RECORDS */
static int bare_of(char **argv)
{
    struct figures f;

    if (!str_to_i64(argv[2], &wanted) || wanted < 1)
        return 2;
    f = bare(argv[0], argv[1]);
    printf("%lld %lld %lld %lld\n", (long long)f.records, (long long)f.wall_us, (long long)f.cpu_us,
           (long long)f.rss_kb);
    return 0;
}

/* make_claim - about 1 KB packed */
static void make_claim(struct arena *a, CcClaim *c)
{
    cc_claim__init(c);
    c->claim_id = arena_strdup(a, "BENCH1");
    c->patient_key = arena_strdup(a, "0123456789abcdef");
    c->from_date = c->thru_date = 20260301;
    for (int i = 0; i < LINES; i++) {
        CcServiceLine *l = event_new(a, &cc_service_line__descriptor);

        l->number = (uint32_t)i + 1;
        l->control = arena_printf(a, "BENCH1-%d", i);
        l->code_qualifier = arena_strdup(a, "HC");
        l->charge_cents = 12500;
        l->units_milli = 1000;
        l->from_date = 20260301;
        l->description = arena_strdup(a, "a line of the bench, with some text in it so that the "
                                         "claim has the size of a usual claim on the wire, "
                                         "about one thousand bytes");
        event_push(a, c, lines, l);
    }
}

/* make_real - the i-th claim for the validator, whose codes the tables know */
static CcClaim *make_real(struct arena *a, unsigned i, struct err *e)
{
    static const char *const dx[] = {"E1165", "I10", "E119", "I509", "N185", "M1711", "Z794"};
    struct case_options o = {0};
    char changes[1024], code[6];
    CcClaim *c = case_claim('P', a, &o, e);
    int n = snprintf(changes, sizeof(changes),
                     "diagnoses#4; lines#5; claim_id=B%07u; patient_key=%016x; charge_cents=36500",
                     i, i);

    for (unsigned k = 0; k < 4; k++)
        n += snprintf(changes + n, sizeof(changes) - (size_t)n, "; D%u.rank=%u; D%u.code=%s", k + 1,
                      k + 1, k + 1, dx[(i + k) % 7]);
    for (unsigned k = 0; k < 5; k++) {
        ncci_code((i * 2311 + k * k * 577 + k * 83) % 7000, code);
        n += snprintf(changes + n, sizeof(changes) - (size_t)n,
                      "; L%u.number=%u; L%u.control=B%07uL%u; L%u.code=%s; L%u.modifiers=", k + 1,
                      k + 1, k + 1, i, k + 1, k + 1, code, k + 1);
    }
    return c && case_change(c, &o, changes, a, e) == 0 ? c : NULL;
}

/* fill_real - the input topic for the validator */
static int fill_real(const struct conf *c, struct err *e)
{
    struct bus_publisher *p = bus_publisher_open("bench", c, e);
    struct arena *a = arena_new((size_t)1 << 30);
    struct bus_record *r = calloc(CHUNK, sizeof(*r));
    int bad = p ? 0 : -1;

    for (int64_t at = 0; bad == 0 && at < wanted; at += CHUNK) {
        arena_reset(a);
        for (int i = 0; bad == 0 && i < CHUNK; i++) {
            CcClaim *claim = make_real(a, (unsigned)at + (unsigned)i, e);
            uint8_t *bytes;

            r[i] = (struct bus_record){.topic = TOPIC_CLAIMS_CODED, .partition = -1};
            bad = claim ? event_pack(a, &claim->base, &bytes, &r[i].value_len, e) : -1;
            if (bad != 0)
                break;
            r[i].value = bytes;
            r[i].key = claim->patient_key;
            r[i].key_len = strlen(claim->patient_key);
            snprintf(r[i].headers.ce_id, sizeof(r[i].headers.ce_id), "%032lld",
                     (long long)(at + i));
            str_copy(r[i].headers.ce_type, sizeof(r[i].headers.ce_type), "cleanclaim.v1.Claim");
        }
        if (bad == 0)
            bad = bus_publish(p, r, CHUNK, 60000, e);
    }
    free(r);
    arena_free(a);
    bus_publisher_close(p);
    return bad;
}

/* publish_tables - at full size, into the bench's Redis */
static int publish_tables(const struct conf *c, struct err *e)
{
    char command[512];
    struct store *s = store_new(c, e);
    const struct edition_info *i;
    struct tables *t;
    int bad = s ? 0 : -1;

    full_command(command);
    t = s ? full_tables(command) : NULL;
    for (size_t n = 0; bad == 0 && t && (i = tables_edition_at(t, n)); n++) {
        struct buf b;
        bool changed;

        buf_init(&b);
        edition_write(i, &b);
        bad = store_publish(s, b.data, b.len, &changed, e);
        buf_release(&b);
    }
    tables_free(t);
    store_free(s);
    return t ? bad : -1;
}

/* fill - the input topic */
static int fill(const struct conf *c, struct err *e)
{
    struct bus_publisher *p = bus_publisher_open("bench", c, e);
    struct arena *a = arena_new((size_t)1 << 30);
    struct bus_record *r = calloc(CHUNK, sizeof(*r));
    CcClaim claim;
    int bad = p ? 0 : -1;

    for (int64_t at = 0; bad == 0 && at < wanted; at += CHUNK) {
        uint8_t *bytes;
        size_t n;

        arena_reset(a);
        make_claim(a, &claim);
        bad = event_pack(a, &claim.base, &bytes, &n, e);
        for (int i = 0; bad == 0 && i < CHUNK; i++) {
            r[i] = (struct bus_record){
                .topic = TOPIC_CLAIMS_CODED, .partition = -1, .value = bytes, .value_len = n};
            r[i].key = arena_printf(a, "key-%d", (int)((at + i) % 20000));
            r[i].key_len = strlen(r[i].key);
            snprintf(r[i].headers.ce_id, sizeof(r[i].headers.ce_id), "%032lld",
                     (long long)(at + i));
            str_copy(r[i].headers.ce_type, sizeof(r[i].headers.ce_type), "cleanclaim.v1.Claim");
        }
        if (bad == 0)
            bad = bus_publish(p, r, CHUNK, 60000, e);
    }
    free(r);
    arena_free(a);
    bus_publisher_close(p);
    return bad;
}

/* exec_part - BENCH_UNDER, where it is set, is the beginning of the command: a profiler */
static void exec_part(const char *part)
{
    const char *under = getenv("BENCH_UNDER");
    char self[1024], command[4096];
    ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);

    self[n > 0 ? n : 0] = '\0';
    snprintf(command, sizeof(command), "exec %s %s %s", under ? under : "", self, part);
    execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    _exit(127);
}

/* run_child - this program again, in one of its parts; what it measured */
static bool run_child(const char *part, struct figures *out)
{
    int ends[2], status;
    ssize_t n;
    pid_t pid;

    if (pipe(ends) != 0 || (pid = fork()) < 0)
        return false;
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        dup2(ends[1], STDOUT_FILENO);
        exec_part(part);
    }
    close(ends[1]);
    n = read(ends[0], out, sizeof(*out));
    close(ends[0]);
    waitpid(pid, &status, 0);
    return n == (ssize_t)sizeof(*out);
}

/* show - one line */
static void show(const char *name, const struct figures *f, const struct figures *bare_copy)
{
    double rate = (double)f->records * 1e6 / (double)f->wall_us,
           base = (double)bare_copy->records * 1e6 / (double)bare_copy->wall_us;

    printf("%-9s %7.0f records/s  %6.2f us CPU a record (%7.0f/s of a core)  %5.2f of the bare "
           "copy  %4lld MB\n",
           name, rate, (double)f->cpu_us / (double)f->records,
           (double)f->records * 1e6 / (double)f->cpu_us, rate / base, (long long)f->rss_kb / 1024);
}

/* run_all - fill, then each part */
static int run_all(void)
{
    static const struct conf_row *const tables[] = {bus_settings, NULL};
    struct figures bare_copy, f;
    struct err e = {0};
    struct conf *c = conf_load(tables, &e);

    if (!c || bus_topics_create(c, PARTITIONS, 1, &e) < 0 || fill(c, &e) < 0) {
        fprintf(stderr, "error: %s\n", e.text);
        return 1;
    }
    printf("%lld claims of about 1 KB, %d partitions, %d records a transaction\n",
           (long long)wanted, PARTITIONS, A_TRANSACTION);
    if (!run_child("bare", &bare_copy))
        return 1;
    show("bare", &bare_copy, &bare_copy);
    for (size_t i = 0; i < sizeof(specs) / sizeof(specs[0]); i++) {
        if (!run_child(specs[i].name, &f))
            return 1;
        show(specs[i].name, &f, &bare_copy);
    }
    conf_free(c);
    return 0;
}

/* run_validator - topics of its own, the bare copy of its records, then the stage */
static int run_validator(void)
{
    const struct conf_row *const tables[] = {bus_settings, store_settings, NULL};
    struct figures bare_copy, f;
    struct err e = {0};
    struct conf *c = conf_load(tables, &e);

    if (!c || bus_topics_create(c, PARTITIONS, 1, &e) < 0 || fill_real(c, &e) < 0 ||
        publish_tables(c, &e) < 0) {
        fprintf(stderr, "error: %s\n", e.text);
        return 1;
    }
    printf("%lld claims of 5 lines and 4 diagnoses, tables at full size\n", (long long)wanted);
    fflush(stdout);
    if (!run_child("bare", &bare_copy))
        return 1;
    show("bare", &bare_copy, &bare_copy);
    fflush(stdout);
    if (!run_child("validator", &f))
        return 1;
    show("validator", &f, &bare_copy);
    conf_free(c);
    return 0;
}

/* second_run - other topics, half as many records */
static int second_run(void)
{
    char prefix[64], records[24];

    wanted -= wanted / 2 / CHUNK * CHUNK;
    snprintf(records, sizeof(records), "%lld", (long long)wanted);
    snprintf(prefix, sizeof(prefix), "bench%d-v-", (int)getpid());
    setenv("BENCH_RECORDS", records, 1);
    setenv("TOPIC_PREFIX", prefix, 1);
    setenv("EDITS_SKIP", "TFL-01", 1); /* the clock is today's, the claims' filing limit is not */
    if (!getenv("CC_REDIS"))
        return fprintf(stderr, "CC_REDIS is not set: no figure for the validator\n"), 1;
    setenv("REDIS_URL", getenv("CC_REDIS"), 1);
    return run_validator();
}

/* main - a part, or all of them */
int main(int argc, char **argv)
{
    char prefix[64];

    if (!getenv("CC_KAFKA")) {
        fprintf(stderr, "CC_KAFKA is not set: make bench runs this\n");
        return 1;
    }
    if (argc == 5 && str_eq(argv[1], "bare"))
        return bare_of(argv + 2);
    if (!str_to_i64(getenv("BENCH_RECORDS") ? getenv("BENCH_RECORDS") : "200000", &wanted) ||
        wanted < CHUNK)
        return 2;
    wanted -= wanted % CHUNK;
    if (argc > 1 && str_eq(argv[1], "bare"))
        return bare_part(getenv("TOPIC_PREFIX"));
    if (argc > 1 && str_eq(argv[1], "validator"))
        return validator(argv);
    for (size_t i = 0; argc > 1 && i < sizeof(specs) / sizeof(specs[0]); i++)
        if (str_eq(argv[1], specs[i].name))
            return svc_main(&specs[i], 1, argv);
    snprintf(prefix, sizeof(prefix), "bench%d-", (int)getpid());
    setenv("TOPIC_PREFIX", prefix, 1);
    setenv("KAFKA_BOOTSTRAP_SERVERS", getenv("CC_KAFKA"), 1);
    setenv("LOG_LEVEL", "warn", 1);
    return run_all() || second_run();
}
