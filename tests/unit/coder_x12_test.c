/* coder_x12_test.c - claims of the seed encounters can be written as X12, and our own check finds
 * nothing in them: files through intake, coder, writer, check */
#include "tests/support/test.h"

#include <stdio.h>

#include "common/claim/write837.h"
#include "common/sys/file.h"
#include "common/tables/load.h"
#include "common/tables/plan.h"
#include "common/x12/check.h"
#include "services/cleanclaim/coded.h"

static const char *const seed_tables[] = {
    "POAexemptCodesFY27_seed.txt",
    "HCPC2027_JUL_ANWEB_seed.txt",
    "discharge_status_seed.fsh",
    "icd10cm_index_2016_seed.xml",
    "icd10cm_order_2027_seed.txt",
    "icd10cm_tabular_2027_seed.xml",
    "icd10pcs_order_2027_seed.txt",
    "payers.csv",
    "providers.csv",
    "cdm.csv",
    "cpt.csv",
};

/* What becomes of each seed encounter: claims, else the first question's reason, "" for none. */
static const struct {
    const char *file;
    size_t claims;
    const char *reason;
} expected[] = {
    {"cancelled_visit.hl7", 0, ""},
    {"clinic_icd10.json", 1, ""},
    {"clinic_snomed.json", 1, ""},
    {"ed_visit.hl7", 2, ""},
    {"held_member_id.hl7", 1, ""},
    {"inpatient_stay.hl7", 1, ""},
    {"late_charge.hl7", 1, ""},
    {"office_visit.hl7", 1, ""},
    {"review_words_only.hl7", 0, "no-code"},
};

/* read_seed - a file of deploy/seed; false: the test does not run in the tree */
static bool read_seed(const char *folder, const char *name, struct buf *out)
{
    char path[256];
    struct err e = {0};

    snprintf(path, sizeof(path), "deploy/seed/%s/%s", folder, name);
    buf_init(out);
    return file_read(path, (size_t)8 << 20, out, &e) == 0;
}

/* load_seed - the seed tables as an operator's `tables load` publishes them */
static struct tables *load_seed(void)
{
    struct load_options o = {0};
    struct table_loader *l = table_loader_new(&o);
    struct tables *none = tables_new(), *t = tables_new();
    struct plan plan = {0};
    struct err e = {0};
    const char *what;

    for (size_t i = 0; i < sizeof(seed_tables) / sizeof(seed_tables[0]); i++) {
        struct buf b;

        if (!read_seed("tables", seed_tables[i], &b))
            fail_msg("%s is not in deploy/seed/tables", seed_tables[i]);
        if (table_loader_add(l, seed_tables[i], b.data, b.len, &what, &e) != LOAD_TAKEN)
            fail_msg("%s: %s", seed_tables[i], e.text);
        buf_release(&b);
    }
    table_loader_finish(l, NULL, NULL);
    assert_int_equal(plan_make(none, l, &plan, NULL, NULL), 0);
    for (size_t i = 0; i < plan.n; i++)
        if (tables_add(t, plan.steps[i].bytes.data, plan.steps[i].bytes.len, &e) != 0)
            fail_msg("%s", e.text);
    plan_release(&plan);
    table_loader_free(l);
    tables_free(none);
    return t;
}

struct seen {
    size_t claims, items;
    char reason[32];
    struct arena *a;
};

/* on_result - no finding that a receiver would refuse */
static int on_result(void *arg, const struct x12_result *r)
{
    (void)arg;
    for (size_t i = 0; i < r->count; i++)
        if (!r->findings[i].note)
            fail_msg("%s %s %s-%u: %s", r->findings[i].code, r->findings[i].loop,
                     r->findings[i].segment, r->findings[i].element, r->findings[i].message);
    assert_true(r->accepted);
    return 0;
}

/* render - one claim as an interchange, checked */
static void render(struct seen *s, const CcClaim *c)
{
    static const struct claim_route route = {.sender_qualifier = "ZZ",
                                             .sender_id = "SUBM10001",
                                             .receiver_qualifier = "ZZ",
                                             .receiver_id = "CLRHOUSE01",
                                             .submitter_name = "RIVERBEND MEDICAL GROUP",
                                             .submitter_contact = "BILLING DESK",
                                             .submitter_phone = "5555550100",
                                             .receiver_name = "EXAMPLE CLEARINGHOUSE",
                                             .test = true};
    struct claim_batch b = {.route = &route,
                            .claims = &c,
                            .n_claims = 1,
                            .control = 101,
                            .bht_prefix = "B",
                            .date = 20261201,
                            .hhmm = 915};
    struct claim_rendered out;
    struct buf bytes;
    struct err e = {0};
    const struct x12_check_options o = {.today = 20261201};

    buf_init(&bytes);
    if (claim_render(s->a, &b, &bytes, &out, &e) != 0)
        fail_msg("%s: %s", c->claim_id, e.text);
    assert_int_equal(out.charge_cents, c->charge_cents);
    assert_int_equal(x12_check(bytes.data, bytes.len, &o, on_result, NULL, &e), 0);
    buf_release(&bytes);
}

/* on_item - every claim of an encounter */
static int on_item(void *arg, const struct coded_item *item)
{
    struct seen *s = arg;

    s->items++;
    s->claims += item->result->n_claims;
    if (item->result->n_review)
        snprintf(s->reason, sizeof(s->reason), "%s", item->result->review[0]->reason);
    for (size_t i = 0; i < item->result->n_claims; i++)
        render(s, item->result->claims[i]);
    return 0;
}

/* seed_encounters - each ends as expected, and what is billed is X12 without fault */
static void seed_encounters(void **state)
{
    struct tables *t = load_seed();

    (void)state;
    for (size_t i = 0; i < sizeof(expected) / sizeof(expected[0]); i++) {
        struct coded *c = coded_open(t);
        struct seen s = {.a = arena_new((size_t)16 << 20)};
        struct buf b;

        assert_non_null(c);
        assert_true(read_seed("encounters", expected[i].file, &b));
        assert_int_equal(
            coded_add(c, &(struct cmd_file){expected[i].file, b.data, b.len}, CMD_KIND_MAX), 0);
        assert_int_equal(coded_each(c, on_item, &s), 0);
        assert_int_equal(s.items, 1);
        assert_string_equal(s.reason, expected[i].reason);
        if (s.claims != expected[i].claims)
            fail_msg("%s: %zu claims", expected[i].file, s.claims);
        buf_release(&b);
        arena_free(s.a);
        coded_close(c);
    }
    tables_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(seed_encounters)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
