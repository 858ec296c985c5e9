/* records.c - what chaos puts into the topics and reads out of them
 *
 *   records feed SEED RECEIVER...  a line "N" on stdin: the next N claims go to claims.clean, then
 *                                  "ok" is answered; the same seed gives the same claims
 *   records files                  a line for each interchange: receiver, file, ISA13, sha256
 *   records behind                 how many records of claims.clean the builder has not taken
 *   records posted                 a line for each remittance: claim, trace, status, paid cents
 *
 * The broker is told by the environment, as a worker is. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "common/bus/bus.h"
#include "common/sys/clock.h"
#include "common/sys/conf.h"
#include "tests/support/claims_random.h"

enum { PUBLISH_MS = 60000, AT_ONCE = 500, MEMORY = 64 << 20 };

struct feed {
    struct bus_publisher *bus;
    uint64_t seed;
    char **receivers;
    size_t n_receivers, made;
};

/* complain - 1 */
static int complain(const char *what, const struct err *e)
{
    fprintf(stderr, "records: %s: %s\n", what, e->text);
    return 1;
}

/* next_claim - every fourth of a hospital; the receivers in turn */
static CcClaim *next_claim(struct feed *f, struct arena *a)
{
    const bool hospital = f->made % 4 == 3;
    CcClaim *c =
        claims_random(a, &f->seed, hospital ? CLAIM_KIND_INSTITUTIONAL : CLAIM_KIND_PROFESSIONAL);

    c->claim_id = arena_printf(a, "CHAOS%07zu", f->made);
    c->receiver = f->receivers[f->made % f->n_receivers];
    f->made++;
    return c;
}

/* send - n claims at once */
static int send(struct feed *f, size_t n, struct err *e)
{
    struct arena *a = arena_new(MEMORY);
    struct bus_record *r = a ? arena_array(a, n, sizeof(*r)) : NULL;
    int failed = r ? 0 : err_set(e, ERR_RETRY, "memory", "out of memory");

    for (size_t i = 0; failed == 0 && i < n; i++) {
        const CcClaim *c = next_claim(f, a);
        uint8_t *bytes;

        r[i] = (struct bus_record){.topic = TOPIC_CLAIMS_CLEAN, .partition = -1};
        failed = event_pack(a, &c->base, &bytes, &r[i].value_len, e);
        r[i].value = bytes;
        r[i].key = c->claim_id;
        r[i].key_len = strlen(c->claim_id);
        str_copy(r[i].headers.ce_id, sizeof(r[i].headers.ce_id), c->claim_id);
        str_copy(r[i].headers.ce_type, sizeof(r[i].headers.ce_type), c->base.descriptor->name);
        str_copy(r[i].headers.ce_source, sizeof(r[i].headers.ce_source), "chaos");
        r[i].headers.ce_time_ms = clock_ms();
    }
    if (failed == 0)
        failed = bus_publish(f->bus, r, n, PUBLISH_MS, e);
    arena_free(a);
    return failed;
}

/* feed - until stdin ends */
static int feed(const struct conf *c, int argc, char **argv)
{
    struct feed f = {.seed = strtoull(argc > 0 ? argv[0] : "1", NULL, 10)};
    struct err e = {0};
    char line[32];
    int bad = 0;

    if (argc < 2)
        return 2;
    f.receivers = argv + 1;
    f.n_receivers = (size_t)argc - 1;
    f.bus = bus_publisher_open("chaos", c, &e);
    if (!f.bus)
        return complain("feed", &e);
    while (bad == 0 && fgets(line, sizeof(line), stdin)) {
        size_t left = strtoul(line, NULL, 10);

        while (bad == 0 && left > 0) {
            const size_t n = left < AT_ONCE ? left : AT_ONCE;

            bad = send(&f, n, &e) != 0 ? complain("feed", &e) : 0;
            left -= n;
        }
        if (bad == 0)
            bad = puts("ok") < 0 || fflush(stdout) != 0;
    }
    bus_publisher_close(f.bus);
    return bad;
}

/* print_file - an interchange */
static int print_file(void *arg, const struct bus_message *m)
{
    CcInterchange *f = cc_interchange__unpack(NULL, m->value_len, m->value);

    (void)arg;
    if (f)
        printf("%s %s %s %s\n", f->receiver, f->file_name, f->isa13, f->sha256);
    cc_interchange__free_unpacked(f, NULL);
    return f == NULL;
}

/* print_posted - a remittance */
static int print_posted(void *arg, const struct bus_message *m)
{
    CcRemittance *r = cc_remittance__unpack(NULL, m->value_len, m->value);

    (void)arg;
    if (r)
        printf("%s %s %s %lld\n", r->claim_id, r->trace, r->status, (long long)r->paid_cents);
    cc_remittance__free_unpacked(r, NULL);
    return r == NULL;
}

/* behind - of the builder's group */
static int behind(const struct conf *c)
{
    static const enum topic clean[] = {TOPIC_CLAIMS_CLEAN, TOPIC_NONE};
    struct bus_lag lag = {0};
    struct err e = {0};

    if (bus_group_lag(c, "submitter-build", clean, &lag, 1, &e) < 0)
        return complain("behind", &e);
    return printf("%lld\n", (long long)(lag.end - lag.committed)) < 0;
}

/* scan - a whole topic */
static int scan(const struct conf *c, enum topic t, bus_scan_fn fn)
{
    struct err e = {0};

    return bus_scan(c, t, false, 0, false, fn, NULL, &e) < 0 ? complain("scan", &e) : 0;
}

/* main - the verb */
int main(int argc, char **argv)
{
    const struct conf_row *const rows[] = {bus_settings, NULL};
    const char *verb = argc > 1 ? argv[1] : "";
    struct err e = {0};
    struct conf *c = conf_load(rows, &e);
    int code = 2;

    if (!c)
        return complain("settings", &e);
    if (strcmp(verb, "feed") == 0)
        code = feed(c, argc - 2, argv + 2);
    else if (strcmp(verb, "files") == 0)
        code = scan(c, TOPIC_INTERCHANGES, print_file);
    else if (strcmp(verb, "behind") == 0)
        code = behind(c);
    else if (strcmp(verb, "posted") == 0)
        code = scan(c, TOPIC_REMITTANCES, print_posted);
    if (code == 2)
        fputs("usage: records feed SEED RECEIVER... | files | behind | posted\n", stderr);
    conf_free(c);
    return code;
}
