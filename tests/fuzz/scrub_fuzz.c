/* scrub_fuzz.c - any bytes, and any example of an 837 with wounds, through what `validate` and the
 * intake do with a file: every CLM comes as a claim or a refusal, in one piece or in many, with
 * what its guide says; repaired, checked, mapped; never a crash
 *
 * The first byte chooses: bytes as they are, or an example and a list of wounds (where, how many
 * bytes go, which come). */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/claim/read837.h"
#include "common/sys/file.h"
#include "services/cleanclaim/validate_syntax.h"
#include "services/intake/intake.h"
#include "services/validator/cases/case.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { EXAMPLES = 4, MOST = 1 << 16 };

struct scrub {
    struct tables *tables;
    struct arena *a;
    struct buf example[EXAMPLES];
    struct validate_syntax *syntax;
    size_t seen, handed, told; /* CLM with a number, callbacks with one, findings */
};

/* scrub_of - tables and examples, made once a process */
static struct scrub *scrub_of(void)
{
    static const char *const names[EXAMPLES] = {"837p", "837i", "837p_wide", "837i_wide"};
    static struct scrub s;
    char path[64];
    struct err e;

    if (s.tables)
        return &s;
    s.tables = case_tables(TABLE_MAX, &e);
    s.a = arena_new((size_t)1 << 24);
    for (int i = 0; i < EXAMPLES; i++) {
        buf_init(&s.example[i]);
        snprintf(path, sizeof(path), "tests/golden/x12/%s.x12", names[i]);
        if (file_read(path, MOST, &s.example[i], &e) != 0)
            abort();
    }
    if (!s.tables || !s.a)
        abort();
    return &s;
}

/* on_loose - what belongs to no claim */
static void on_loose(void *arg, const struct x12_finding *f, size_t n)
{
    struct scrub *s = arg;

    for (size_t i = 0; i < n; i++)
        if (!f[i].code[0] || strlen(f[i].message) >= sizeof(f[i].message))
            abort();
    s->told += n;
}

/* on_segment - counts the claims that stand there */
static int on_segment(void *arg, const struct x12_segment *x, uint64_t offset, bool over,
                      const struct err *damage)
{
    struct scrub *s = arg;

    if (x && x12_is(x, "CLM") && span_trim(x12_element(x, 1)).n)
        s->seen++;
    if (validate_syntax_take(s->syntax, x, offset, over, damage) > offset)
        abort();
    return 0;
}

/* check - repaired, then every edit with what the guide says */
static void check(struct scrub *s, const struct claim_read *r, const struct x12_finding *f,
                  size_t n)
{
    const struct validator_options o = {.received_date = 20260402,
                                        .warn_days = 15,
                                        .places = r->places,
                                        .faults = r->faults,
                                        .n_faults = r->n_faults,
                                        .syntax = f,
                                        .n_syntax = n};
    struct validator_result result;
    struct err e = {0};

    if (validator_repair(r->claim, s->tables, r->places, r->arena, &e) == 0)
        (void)validator_check(r->claim, s->tables, &o, r->arena, &result, &e);
}

/* on_claim - a claim, or a refusal */
static int on_claim(void *arg, const struct claim_read *r)
{
    struct scrub *s = arg;
    size_t n;
    const struct x12_finding *f = validate_syntax_of(s->syntax, &n);

    s->told += n;
    s->handed += (r->claim ? r->claim->claim_id : r->claim_id)[0] != '\0';
    if (r->claim)
        check(s, r, f, n);
    else if (!r->error->text[0])
        abort();
    return 0;
}

/* A source of pieces: claim_input.fill_arg. */
struct pieces {
    const char *all;
    char *copy;
    size_t have, size, step;
};

/* more - one more of them */
static size_t more(void *arg, size_t at)
{
    struct pieces *p = arg;
    const size_t n = p->size - p->have < p->step ? p->size - p->have : p->step;

    if (at > p->have)
        abort();
    memcpy(p->copy + p->have, p->all + p->have, n);
    p->have += n;
    return p->have;
}

/* scrub - as validate does; step 0: in one piece */
static void scrub(struct scrub *s, const char *p, size_t size, size_t step)
{
    struct pieces pieces = {.all = p, .copy = malloc(size + 1), .size = size, .step = step};
    struct claim_input in = {.data = pieces.copy,
                             .segment = on_segment,
                             .segment_arg = s,
                             .limit_bytes = (size_t)1 << 22};
    struct err e;

    s->seen = s->handed = s->told = 0;
    s->syntax = validate_syntax_new(on_loose, s);
    if (!s->syntax || !pieces.copy)
        abort();
    if (step) {
        in.n = more(&pieces, 0);
        in.fill = more;
        in.fill_arg = &pieces;
    } else {
        memcpy(pieces.copy, p, size);
        in.n = size;
    }
    if (claim_read_input(&in, on_claim, s, &e) != 0 || !validate_syntax_end(s->syntax))
        abort();
    if (s->seen != s->handed)
        abort();
    validate_syntax_free(s->syntax);
    free(pieces.copy);
}

/* taken - an intake_out.claims */
static int taken(void *arg, struct arena *a, struct intake_claim *const *list, size_t n,
                 struct err *e)
{
    (void)arg;
    (void)a;
    (void)e;
    for (size_t i = 0; i < n; i++)
        if (!list[i]->claim->claim_id[0] || strlen(list[i]->claim->claim_id) > 20 ||
            !list[i]->key[0] || !list[i]->claim->version)
            abort();
    return 0;
}

/* take - as POST /x12 does */
static void take(const char *p, size_t size)
{
    static const struct intake_conf conf = {.secret = "s", .facility = "MAIN"};
    const struct intake_out out = {.claims = taken};
    const struct intake_input in = {.bytes = p, .n = size};
    unsigned status;
    json_t *answer = intake_x12_answer(&conf, &out, &in, &status);

    if (!answer || (status != 200 && status != 201 && status != 400 && status != 422))
        abort();
    json_decref(answer);
}

/* wound - the example, changed in places */
static void wound(const struct buf *example, const uint8_t *data, size_t size, struct buf *out)
{
    size_t at = 0;

    buf_init(out);
    while (size >= 4) {
        size_t where = (size_t)(data[0] | data[1] << 8) % (example->len + 1);
        const size_t gone = data[2], come = data[3] < size - 4 ? data[3] : size - 4;

        if (where < at)
            where = at;
        buf_add(out, example->data + at, where - at);
        buf_add(out, data + 4, come);
        at = where + gone < example->len ? where + gone : example->len;
        data += 4 + come;
        size -= 4 + come;
    }
    buf_add(out, example->data + at, example->len - at);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct scrub *s = scrub_of();
    struct buf b;
    size_t told, seen;

    if (size < 2 || size > MOST)
        return 0;
    buf_init(&b);
    if (data[0] % (EXAMPLES + 1) == EXAMPLES)
        buf_add(&b, data + 1, size - 1);
    else
        wound(&s->example[data[0] % (EXAMPLES + 1)], data + 1, size - 1, &b);
    if (b.data) {
        scrub(s, b.data, b.len, 0);
        told = s->told, seen = s->seen;
        scrub(s, b.data, b.len, 1 + data[1] * 7u);
        if (told != s->told || seen != s->seen)
            abort();
        take(b.data, b.len);
    }
    buf_release(&b);
    return 0;
}
