/* validate_bench.c - pure validation: claims a second on one core, all edits on, claims of 5 lines
 * and 4 diagnoses
 *
 * Over the sample tables of the cases and over tables at full size (tests/support/full.h), or over
 * a folder of real ones: validate_bench DIR. Then the worker's whole handler in memory, bytes in,
 * records out, with a digest of all that came out: what is made quicker must give the same.
 * `validate_bench handler [ROUNDS]` is that alone, for callgrind; `validate_bench cases` the digest
 * of what the handler makes of every test case. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "common/base/date.h"
#include "common/sys/digest.h"
#include "services/validator/cases/case.h"
#include "tests/support/full.h"
#include "tests/support/ncci.h"

enum { CLAIMS = 64, ROUNDS = 2000, HANDLER_ROUNDS = 200, TURNS = 1 + 7000 };

static const char *const small_codes[] = {"99214", "83036", "20610", "80053",
                                          "93000", "11042", "J1885", "82947"};
static const char *const dx[] = {"E1165", "I10", "E119", "I509", "N185", "M1711", "Z794", "R0902"};

/* code_of - the k-th line's of the i-th claim */
static void code_of(unsigned i, unsigned k, bool full, char out[6])
{
    if (full)
        ncci_code((i * 2311 + k * k * 577 + k * 83) % (TURNS - 1), out);
    else
        snprintf(out, 6, "%s", small_codes[(i * 3 + k) % 8]);
}

/* turn - other codes for a claim that is in the processor's cache, as one that was just unpacked is
 */
static void turn(CcClaim *c, unsigned i)
{
    static char codes[TURNS][6];

    if (!codes[0][0])
        for (unsigned k = 0; k < TURNS; k++)
            ncci_code(k, codes[k]);
    for (unsigned k = 0; k < c->n_lines; k++)
        c->lines[k]->procedure->code->code = codes[(i * 2311 + k * k * 577 + k * 83) % (TURNS - 1)];
}

/* vary - the i-th claim: five lines over two days, four diagnoses */
static CcClaim *vary(unsigned i, bool full, struct arena *a, struct case_options *o, struct err *e)
{
    char changes[1024], code[6];
    CcClaim *c = case_claim('P', a, o, e);
    int n = snprintf(changes, sizeof(changes),
                     "diagnoses#4; lines#5; claim_id=B%07u; charge_cents=36500", i);

    for (unsigned k = 0; k < 4; k++)
        n += snprintf(changes + n, sizeof(changes) - (size_t)n, "; D%u.rank=%u; D%u.code=%s", k + 1,
                      k + 1, k + 1, dx[(i + k) % 8]);
    for (unsigned k = 0; k < 5; k++) {
        code_of(i, k, full, code);
        n += snprintf(changes + n, sizeof(changes) - (size_t)n,
                      "; L%u.number=%u; L%u.control=B%07uL%u; L%u.code=%s; L%u.modifiers=; "
                      "L%u.pointers=%u,%u; "
                      "L%u.from_date=%d; L%u.thru_date=%d",
                      k + 1, k + 1, k + 1, i, k + 1, k + 1, code, k + 1, k + 1, k % 4 + 1,
                      (k + 1) % 4 + 1, k + 1, 20260325 + (int)(k / 3), k + 1,
                      20260325 + (int)(k / 3));
    }
    return c && case_change(c, o, changes, a, e) == 0 ? c : NULL;
}

/* cpu_us - of this process: a shared machine does not count against it */
static int64_t cpu_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* count - how often each edit was found */
static void count(const struct validator_result *r, size_t *counts)
{
    for (size_t i = 0; i < r->n_findings; i++)
        for (size_t k = 0; edit_list[k].id; k++)
            counts[k] += strcmp(edit_list[k].id, r->findings[i]->edit) == 0;
}

/* measure - all claims, round after round; the first warms up and counts */
static int measure(const struct tables *t, CcClaim *const *claims, int32_t received, bool full,
                   const char *what)
{
    struct validator_options o = {.received_date = received, .warn_days = 15};
    struct arena *a = arena_new((size_t)1 << 24);
    size_t findings = 0, n = 0, counts[512] = {0};
    int64_t began = 0, us;

    for (int round = -1; a && round < ROUNDS; round++) {
        began = round == 0 ? cpu_us() : began;
        for (int i = 0; i < CLAIMS; i++) {
            struct validator_result r;
            struct err e = {0};

            arena_reset(a);
            if (full)
                turn(claims[i], (unsigned)(round + 1) * CLAIMS + (unsigned)i);
            if (validator_check(claims[i], t, &o, a, &r, &e) != 0)
                return fprintf(stderr, "%s\n", e.text), 1;
            if (round < 0)
                count(&r, counts);
            findings += round < 0 ? 0 : r.n_findings;
            n += round >= 0;
        }
    }
    us = cpu_us() - began;
    printf(
        "%s: %zu claims of 5 lines and 4 diagnoses, %.2f findings each: %.0f claims/s, %.2f us a "
        "claim\n ",
        what, n, (double)findings / (double)n, (double)n * 1e6 / (double)us,
        (double)us / (double)n);
    for (size_t k = 0; edit_list[k].id; k++)
        if (counts[k])
            printf(" %s %zu", edit_list[k].id, counts[k]);
    printf(" of %d claims\n", CLAIMS);
    arena_free(a);
    return 0;
}

/* run - the claims that fit the tables, measured */
static int run(struct tables *t, bool full, const char *what)
{
    static CcClaim *claims[CLAIMS];
    struct arena *a = arena_new((size_t)1 << 28);
    struct case_options o = {0};
    struct err e = {0};
    int result = t && a ? 0 : 1;

    for (unsigned i = 0; result == 0 && i < CLAIMS; i++)
        if (!(claims[i] = vary(i, full, a, &o, &e))) {
            fprintf(stderr, "%s\n", e.text);
            result = 1;
        }
    if (result == 0)
        result = measure(t, claims, o.received_date, full, what);
    arena_free(a);
    tables_free(t);
    return result;
}

/* of_folder - the tables that `tables save` wrote */
static struct tables *of_folder(const char *dir)
{
    struct tables *t = tables_new();
    struct err e = {0};

    if (t && tables_add_folder(t, dir, &e) == 0)
        return t;
    fprintf(stderr, "%s\n", e.text);
    tables_free(t);
    return NULL;
}

/* The worker in memory, and the digest of what it has said. */
struct worker {
    struct conf *conf;
    struct tables *tables;
    struct svc_sim *sim;
    struct arena *a;
    uint8_t said[DIGEST_BYTES];
    size_t fed, us;
    struct err e;
};

/* open_worker - with the sample tables */
static bool open_worker(struct worker *w)
{
    const struct conf_row *const rows[] = {svc_settings, validator_spec.settings, NULL};

    w->a = arena_new((size_t)1 << 28);
    w->conf = conf_load(rows, &w->e);
    w->tables = case_tables(TABLE_MAX, &w->e);
    if (w->a && w->conf && w->tables)
        w->sim = svc_sim_new(&validator_spec, w->conf, w->tables, &w->e);
    return w->sim != NULL;
}

/* close_worker - says what it cost */
static int close_worker(struct worker *w, const char *what)
{
    char hex[DIGEST_TEXT];

    digest_to_hex(w->said, DIGEST_BYTES, hex);
    if (w->e.code[0])
        fprintf(stderr, "%s: %s\n", what, w->e.text);
    else
        printf("%s: %zu claims, %.2f us a claim; digest of all that came of them %s\n", what,
               w->fed, (double)w->us / (double)w->fed, hex);
    svc_sim_free(w->sim);
    tables_free(w->tables);
    conf_free(w->conf);
    arena_free(w->a);
    return w->e.code[0] ? 1 : 0;
}

/* listen - the outputs so far into the digest, and away */
static void listen(struct worker *w)
{
    const struct svc_sim_output *o;

    for (size_t i = 0; (o = svc_sim_output(w->sim, i)); i++) {
        const struct span parts[] = {{(const char *)w->said, DIGEST_BYTES},
                                     {o->key, strlen(o->key)},
                                     {o->ce_id, strlen(o->ce_id)},
                                     {o->value, o->value_len}};

        digest_parts(parts, sizeof(parts) / sizeof(parts[0]), w->said);
    }
    svc_sim_clear(w->sim);
}

/* feed - one record, timed */
static bool feed(struct worker *w, const CcClaim *c, const uint8_t *bytes, size_t n, int32_t day)
{
    const int64_t now = ms_of(day ? day : 20260401, 12, 0, 0, 0, 0), began = cpu_us();
    char id[32];
    int bad;

    snprintf(id, sizeof(id), "in-%zu", w->fed++);
    bad =
        svc_sim_feed_bytes(w->sim, TOPIC_CLAIMS_CODED, 0, c->patient_key, id, bytes, n, now, &w->e);
    w->us += (size_t)(cpu_us() - began);
    return bad == 0;
}

/* run_handler - the same claims, each time another patient's; the digest is of the first round */
static int run_handler(int rounds)
{
    struct worker w = {0};
    struct case_options o = {0};
    bool good = open_worker(&w);

    for (int round = 0; good && round < rounds; round++) {
        arena_reset(w.a);
        for (unsigned i = 0; good && i < CLAIMS; i++) {
            CcClaim *c = vary(i, false, w.a, &o, &w.e);
            uint8_t *bytes;
            size_t n;

            if (c)
                c->patient_key = arena_printf(w.a, "%016x", (unsigned)round * CLAIMS + i);
            good = c && event_pack(w.a, &c->base, &bytes, &n, &w.e) == 0 &&
                   feed(&w, c, bytes, n, o.received_date);
        }
        if (good)
            round == 0 ? listen(&w) : svc_sim_clear(w.sim);
    }
    return close_worker(&w, "handler, small tables");
}

/* feed_case - the sample claim with changes; one that the door refuses is passed over */
static bool feed_case(struct worker *w, char base, const char *changes)
{
    struct case_options o = {0};
    struct err refused;
    uint8_t *bytes;
    size_t n;
    CcClaim *c;

    arena_reset(w->a);
    c = case_claim(base, w->a, &o, &w->e);
    if (!c || case_change(c, &o, changes, w->a, &w->e) != 0)
        return false;
    if (event_pack(w->a, &c->base, &bytes, &n, &refused) != 0)
        return true;
    if (!feed(w, c, bytes, n, o.received_date))
        return false;
    listen(w);
    return true;
}

/* run_cases - the handler over every test case of edits and repairs, one patient after the other */
static int run_cases(void)
{
    struct worker w = {0};
    bool good = open_worker(&w);

    for (size_t i = 0; good && case_lists[i]; i++)
        for (const struct edit_case *c = case_lists[i]; good && c->id; c++)
            good = feed_case(&w, c->base, c->changes);
    for (const struct repair_case *c = cases_repairs; good && c->id; c++)
        good = feed_case(&w, c->base, c->changes);
    return close_worker(&w, "handler, every test case");
}

int main(int argc, char **argv)
{
    struct err e = {0};
    char command[512];

    if (argc > 1 && strcmp(argv[1], "handler") == 0)
        return run_handler(argc > 2 ? (int)strtol(argv[2], NULL, 10) : HANDLER_ROUNDS);
    if (argc > 1 && strcmp(argv[1], "cases") == 0)
        return run_cases();
    if (argc > 1)
        return run(of_folder(argv[1]), false, argv[1]);
    full_command(command);
    return run(case_tables(TABLE_MAX, &e), false, "small tables") |
           run(full_tables(command), true, "full tables") | run_handler(HANDLER_ROUNDS);
}
