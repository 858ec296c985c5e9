/* starve_claims_test.c - 837 files read and written while allocations fail: a claim comes whole or
 * is refused, never a part of one; the next one comes all the same
 *
 * STARVE=all lets each allocation fail, not a share of them. */
#include "tests/support/test.h"

#include "tests/starve/starve.h"
#include "tests/support/claims.h"
#include "tests/support/written.h"

enum { MEMORY = 64 * 1024 * 1024, CLAIMS = 2, SHARE = 1500 };

#define OTHER                                                                                      \
    "coverages#2; C2.sequence=S; C2.destination=0; C2.payer_id=OTH77; C2.payer_name=OTHER PLAN; "  \
    "C2.relationship=spouse; C2.benefits_assigned_code=Y; C2.release_code=Y; C2.adjudicated=1; "   \
    "C2.subscriber_address.line1=1 A ST; C2.subscriber_address.city=A; C2.remarks=MA01; "          \
    "C2.payer_address.line1=2 A ST; C2.payer_address.city=A; C2.subscriber_ids#1; "                \
    "coverages[1].subscriber_ids[0].type=SY; coverages[1].subscriber_ids[0].value=123456789; "     \
    "C2.payer_secondary_ids#1; coverages[1].payer_secondary_ids[0].type=2U; "                      \
    "coverages[1].payer_secondary_ids[0].value=P9; C2.providers#1; "                               \
    "coverages[1].providers[0].role=rendering; coverages[1].providers[0].secondary_ids#1; "        \
    "coverages[1].providers[0].secondary_ids[0].type=G2; "                                         \
    "coverages[1].providers[0].secondary_ids[0].value=N7; "
#define LISTS                                                                                      \
    "attachments#1; attachments[0].type=OZ; attachments[0].transmission=AA; "                      \
    "contract.type=05; pricing.method=00; references#1; references[0].type=9A; "                   \
    "references[0].value=R1; fixed_format=X; "                                                     \
    "V1.secondary_ids#2; V1.secondary_ids[0].type=G2; V1.secondary_ids[0].value=N1; "              \
    "V1.secondary_ids[1].type=0B; V1.secondary_ids[1].value=N2; V2.secondary_ids#1; "              \
    "V2.secondary_ids[0].type=G2; V2.secondary_ids[0].value=N3; C1.subscriber_ids#1; "             \
    "coverages[0].subscriber_ids[0].type=SY; coverages[0].subscriber_ids[0].value=123456789; "     \
    "C1.payer_secondary_ids#1; coverages[0].payer_secondary_ids[0].type=2U; "                      \
    "coverages[0].payer_secondary_ids[0].value=P8; "                                               \
    "patient.name.last=M\xC3\xBCLLER; indicators#1; indicators[0].category=ZZ; "                   \
    "indicators[0].applies=Y; indicators[0].codes=AV; "
#define LINE                                                                                       \
    "L1.drug.ndc=00002751001; L1.drug.quantity_milli=1500; L1.drug.unit=ML; "                      \
    "L1.drug.prescription=RX1; L1.attachments#1; lines[0].attachments[0].type=OZ; "                \
    "lines[0].attachments[0].transmission=AA; L1.pricing.method=00; L1.adjudications#1; "          \
    "lines[0].adjudications[0].payer=OTH77; lines[0].adjudications[0].code=99214; "                \
    "lines[0].adjudications[0].modifiers=25; lines[0].adjudications[0].revenue=0120; "             \
    "lines[0].adjudications[0].adjudication_date=20260330; "                                       \
    "lines[0].adjudications[0].adjustments#1; lines[0].adjudications[0].adjustments[0].group=CO; " \
    "lines[0].adjudications[0].adjustments[0].reason=45; "                                         \
    "lines[0].adjudications[0].adjustments[0].amount_cents=100; "
/* A dependent's claim with everything that a professional one may have. */
#define ALL_P                                                                                      \
    "C1.relationship=child; patient_ids#1; patient_ids[0].type=1W; patient_ids[0].value=M1; "      \
    "dates#1; dates[0].qualifier=431; dates[0].from_date=20260301; related_causes=AA; "            \
    "accident.state=OH; accident.accident_date=20260301; ambulance.reason=A; spinal.condition=A; " \
    "anesthesia_procedures=10040; conditions=AH; providers#3; V3.role=facility; "                  \
    "V3.npi=1667770014; V3.address.line1=1 B ST; V3.address.city=B; V3.secondary_ids#0; "          \
    "V3.phone=5555550111; note=X; " OTHER LISTS LINE                                               \
    "L1.equipment.length_days=30; L1.equipment.rental_unit=4; L1.equipment.certification=I; "      \
    "L1.forms#1; lines[0].forms[0].qualifier=UT; lines[0].forms[0].form=484.03; "                  \
    "lines[0].forms[0].question=1A; L1.measurements#1; lines[0].measurements[0].reference=TR; "    \
    "lines[0].measurements[0].qualifier=R1; L1.dates#1; lines[0].dates[0].qualifier=471; "         \
    "lines[0].dates[0].from_date=20260301; L1.contract.type=05; L1.references#1; "                 \
    "lines[0].references[0].type=9B; lines[0].references[0].value=R2; L1.fixed_format=Y; "         \
    "L1.ambulance.reason=A; L1.indicators#1; lines[0].indicators[0].category=70; "                 \
    "lines[0].indicators[0].applies=Y; lines[0].indicators[0].codes=65; L1.providers#1; "          \
    "lines[0].providers[0].role=ordering; lines[0].providers[0].name.last=SENDER; "                \
    "lines[0].providers[0].npi=1455555049; lines[0].providers[0].secondary_ids#1; "                \
    "lines[0].providers[0].secondary_ids[0].type=G2; "                                             \
    "lines[0].providers[0].secondary_ids[0].value=N9; L1.modifiers=25"
#define ALL_I                                                                                      \
    "occurrence_spans#1; occurrence_spans[0].code=74; occurrence_spans[0].from_date=20260311; "    \
    "conditions=45; treatment_codes=A01; note_code=UPI; note=one; more_notes#1; "                  \
    "more_notes[0].code=MED; more_notes[0].text=two; " OTHER "C2.covered_days=4; " LISTS LINE      \
    "lines[0].adjudications[0].code=; L1.pricing.code=X"

/* A claim, and a text of its file (every one that there is) that is not there. */
static const struct sample {
    const char *what;
    char base;
    const char *changes, *without;
} samples[] = {
    {"everything of a professional claim", 'P', ALL_P, NULL},
    {"everything of a stay", 'I', ALL_I, NULL},
    {"towns without street", 'P', ALL_P, "~N3*1 A ST"},
    {"a drug without its number", 'P', ALL_P, "~LIN**N4*00002751001"},
    {"a birth that is no day", 'P', "", "0214*"},
    {"a certificate without equipment", 'P', "L1.equipment.certification=I", NULL},
    {"an accident of which the day is known", 'P',
     "related_causes=AA; accident.accident_date=20260301", NULL},
};

/* drop - a text from a file */
static void drop(struct buf *b, const char *text)
{
    const size_t n = text ? strlen(text) : 0;

    for (char *at = b->data; n && (at = strstr(at, text));) {
        memmove(at, at + n, strlen(at + n) + 1);
        b->len -= n;
    }
}

/* A file of two claims of two houses, and what comes of it when nothing fails. */
struct whole {
    const struct sample *sample;
    struct buf file;
    uint8_t *bytes[CLAIMS];
    size_t n[CLAIMS], odd[CLAIMS];
    size_t whole, refused, again; /* of all that was tried */
};

/* What came of a file. */
struct came {
    const struct whole *w; /* NULL: for the first time */
    struct arena *a;
    uint8_t *bytes[CLAIMS];
    size_t n[CLAIMS], odd[CLAIMS], given, refused;
};

/* take - a claim_read_fn: a claim is the one that it always is */
static int take(void *arg, const struct claim_read *r)
{
    struct came *c = arg;
    struct err e = {0};
    size_t i, n;
    uint8_t *p;

    if (!r->claim) {
        assert_string_equal(r->error->code, "size");
        c->refused++;
        return 0;
    }
    starve_pause(true);
    i = strcmp(r->claim->claim_id, "Z9") == 0;
    assert_int_equal(event_pack(c->a, &r->claim->base, &p, &n, &e), 0);
    c->bytes[i] = p;
    c->n[i] = n;
    c->odd[i] = r->n_faults + r->n_extras;
    if (c->w) {
        assert_int_equal(n, c->w->n[i]);
        assert_memory_equal(p, c->w->bytes[i], n);
        assert_int_equal(c->odd[i], c->w->odd[i]);
    }
    c->given++;
    starve_pause(false);
    return 0;
}

/* begin - writes the file, and reads it once */
static void begin(struct arena *a, struct whole *w)
{
    CcClaim *claims[CLAIMS] = {
        written_claim(a, w->sample->base, w->sample->changes),
        written_claim(a, w->sample->base, "claim_id=Z9; V1.npi=1667770014; V2.npi=1455555049")};
    struct came c = {.a = a};
    struct err e = {0};

    buf_init(&w->file);
    if (written_file(a, (const CcClaim *const *)claims, CLAIMS, &w->file, &e) != 0)
        fail_msg("%s: %s", w->sample->what, e.text);
    drop(&w->file, w->sample->without);
    assert_int_equal(claim_read_837(w->file.data, w->file.len, 0, take, &c, &e), 0);
    assert_int_equal(c.given, CLAIMS);
    memcpy(w->bytes, c.bytes, sizeof(w->bytes));
    memcpy(w->n, c.n, sizeof(w->n));
    memcpy(w->odd, c.odd, sizeof(w->odd));
}

/* read_failing - with the n-th allocation failing (0: none); how many there are */
static size_t read_failing(struct arena *a, struct whole *w, enum starve_kind kind,
                           enum starve_how how, size_t n)
{
    struct came c = {.w = w, .a = a};
    struct err e = {0};
    size_t count;
    bool failed;
    int r;

    starve_begin(kind, how, n);
    r = claim_read_837(w->file.data, w->file.len, 0, take, &c, &e);
    count = starve_end(&failed);
    arena_reset(a);
    if (r != 0) {
        assert_true(failed && e.class == ERR_RETRY);
        w->again++;
        return count;
    }
    assert_int_equal(c.given + c.refused, CLAIMS);
    assert_true(c.given > 0 || how == STARVE_ON);
    assert_true(c.refused == 0 || failed);
    w->refused += c.refused;
    w->whole += c.given;
    return count;
}

/* read_sample - each allocation of a kind */
static void read_sample(const struct sample *s)
{
    struct arena *a = arena_new(MEMORY), *packing = arena_new(MEMORY);
    struct whole w = {.sample = s};

    begin(a, &w);
    for (int kind = 0; kind < STARVE_KINDS; kind++)
        for (int how = 0; how < STARVE_HOWS; how++) {
            const size_t count =
                read_failing(packing, &w, (enum starve_kind)kind, (enum starve_how)how, 0);
            size_t n;

            for (size_t i = 0; (n = starve_pick(count, SHARE, 0, i)); i++)
                read_failing(packing, &w, (enum starve_kind)kind, (enum starve_how)how, n);
        }
    print_message("%s: %zu whole, %zu refused, %zu tried again\n", s->what, w.whole, w.refused,
                  w.again);
    assert_true(w.refused > 20 && w.whole > 20);
    buf_release(&w.file);
    arena_free(a);
    arena_free(packing);
}

/* test_read - each sample */
static void test_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++)
        read_sample(&samples[i]);
}

/* What is written, and what cannot be (`code` of its error). */
static const struct {
    const char *what;
    char base;
    const char *changes, *code;
} written[] = {
    {"everything of a professional claim", 'P', ALL_P, NULL},
    {"everything of a stay", 'I', ALL_I, NULL},
    {"a dependent that nobody describes", 'P', "C1.relationship=child; patient=", "missing"},
    {"nobody's address", 'P', "patient.address=", "missing"},
};

/* write_failing - with the n-th allocation failing (0: none): the same file, or nothing of it */
static size_t write_failing(struct arena *a, size_t i, const CcClaim *c, const struct buf *whole,
                            enum starve_kind kind, enum starve_how how, size_t n)
{
    struct err e = {0};
    struct buf out;
    size_t count;
    bool failed;
    int r;

    buf_init(&out);
    starve_begin(kind, how, n);
    r = written_file(a, &c, 1, &out, &e);
    count = starve_end(&failed);
    if (r == 0) {
        assert_null(written[i].code);
        assert_string_equal(out.data, whole->data);
    } else {
        assert_int_equal(out.len, 0);
        assert_true(failed || written[i].code);
        assert_true(e.class == ERR_RETRY || strcmp(e.code, "size") == 0 ||
                    (written[i].code && strcmp(e.code, written[i].code) == 0));
    }
    buf_release(&out);
    return count;
}

/* test_write - each */
static void test_write(void **state)
{
    struct arena *a = arena_new(MEMORY), *work = arena_new(MEMORY);
    struct buf whole;

    (void)state;
    buf_init(&whole);
    for (size_t i = 0; i < sizeof(written) / sizeof(written[0]); i++) {
        const CcClaim *c = written_claim(a, written[i].base, written[i].changes);
        struct err e = {0};

        assert_int_equal(written_file(a, &c, 1, &whole, &e), written[i].code ? -1 : 0);
        for (int kind = 0; kind < STARVE_KINDS; kind++)
            for (int how = 0; how < STARVE_HOWS; how++) {
                const size_t count = write_failing(work, i, c, &whole, (enum starve_kind)kind,
                                                   (enum starve_how)how, 0);

                for (size_t n = 1; n <= count; n++) {
                    write_failing(work, i, c, &whole, (enum starve_kind)kind, (enum starve_how)how,
                                  n);
                    arena_reset(work);
                }
            }
    }
    buf_release(&whole);
    arena_free(a);
    arena_free(work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read),
        cmocka_unit_test(test_write),
    };

    return cmocka_run_group_tests_name("starve_claims", tests, NULL, NULL);
}
