/* validate_fuzz.c - any claim that passes the door, and any 837 that can be read, is repaired and
 * checked: findings or a refusal, never a crash; the same claim twice gives the same findings
 *
 * The first byte chooses: protobuf of a Claim, X12, or a script that changes a sample claim
 * (services/validator/cases: it reaches deep at once). */
#include <stdlib.h>
#include <string.h>

#include "common/claim/read837.h"
#include "services/validator/cases/case.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct fuzz {
    struct tables *tables;
    struct arena *a;
};

/* fuzz_of - tables and memory, made once a process */
static struct fuzz *fuzz_of(void)
{
    static struct fuzz f;
    struct err e;

    if (!f.tables)
        f.tables = case_tables(TABLE_MAX, &e);
    if (!f.a)
        f.a = arena_new((size_t)1 << 24);
    if (!f.tables || !f.a)
        abort();
    return &f;
}

/* repair - of a copy: what is repaired once is not repaired again, and no amount changes */
static CcClaim *repair(struct fuzz *f, const CcClaim *claim, const struct claim_places *places)
{
    CcClaim *c = event_copy(f->a, &claim->base);
    struct err e = {0};
    size_t n;

    if (!c || validator_repair(c, f->tables, places, f->a, &e) != 0)
        return NULL;
    n = c->n_repairs;
    if (validator_repair(c, f->tables, places, f->a, &e) != 0)
        return NULL;
    if (c->n_repairs != n || c->charge_cents != claim->charge_cents || c->n_lines != claim->n_lines)
        abort();
    for (size_t i = 0; i < c->n_lines; i++)
        if (c->lines[i]->charge_cents != claim->lines[i]->charge_cents ||
            c->lines[i]->units_milli != claim->lines[i]->units_milli ||
            c->lines[i]->n_pointers > claim->lines[i]->n_pointers)
            abort();
    return c;
}

/* check - twice, with history of its own lines */
static void check(struct fuzz *f, const CcClaim *c, const struct claim_read *r)
{
    struct validator_options o = {.received_date = 20260401, .warn_days = 15};
    struct validator_result one, two;
    struct validator_billed billed;
    char other[] = "X"; /* claim, whose lines they are */
    CcClaim *repaired = repair(f, c, r ? r->places : NULL);
    struct err e = {0};

    if (repaired)
        validator_check(repaired, f->tables, &o, f->a, &one, &e);
    if (r) {
        o.places = r->places;
        o.faults = r->faults;
        o.n_faults = r->n_faults;
    }
    if (validator_check(c, f->tables, &o, f->a, &one, &e) != 0)
        return;
    if (validator_check(c, f->tables, &o, f->a, &two, &e) == 0 && one.n_findings != two.n_findings)
        abort();
    if (validator_billed(c, "billed", 1, f->a, &billed, &e) != 0)
        return;
    for (size_t i = 0; i < billed.n; i++)
        billed.lines[i]->claim_id = other;
    o.history = (const CcBilledLine *const *)billed.lines;
    o.n_history = billed.n;
    validator_check(c, f->tables, &o, f->a, &two, &e);
}

/* on_claim - of an 837 */
static int on_claim(void *arg, const struct claim_read *r)
{
    if (r->claim)
        check(arg, r->claim, r);
    return 0;
}

/* from_script - a sample claim, changed */
static void from_script(struct fuzz *f, char base, const char *text)
{
    struct case_options o;
    struct err e = {0};
    CcClaim *c = case_claim(base, f->a, &o, &e);

    if (c && case_change(c, &o, text, f->a, &e) == 0 && event_check(&c->base, &e) == 0)
        check(f, c, NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz *f = fuzz_of();
    struct err e = {0};
    ProtobufCMessage *m;
    char *text;

    if (size < 2 || size > 65536)
        return 0;
    arena_reset(f->a);
    switch (data[0] % 5) {
    case 0:
        if (event_unpack(f->a, &cc_claim__descriptor, data + 1, size - 1, &m, &e) == 0)
            check(f, (CcClaim *)(void *)m, NULL);
        break;
    case 1:
        claim_read_837(data + 1, size - 1, (size_t)1 << 22, on_claim, f, &e);
        break;
    default:
        text = arena_strndup(f->a, (const char *)data + 1, size - 1);
        if (text)
            from_script(f, "PIO"[data[0] % 5 - 2], text);
    }
    return 0;
}
