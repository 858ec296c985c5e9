/* claim837_values_test.c - 837 files that we would not write: what is read of them, what is told as
 * a fault or as something without place, and where
 */
#include "tests/support/test.h"

#include "tests/support/written.h"

enum { MEMORY = 16 * 1024 * 1024 };

/* A sample claim is written, one text of the file (every one that there is) is replaced, and it is
 * read: the claim is that of the unchanged file but for `then` (NULL: no claim comes). */
struct row {
    const char *what;
    char base;
    const char *changes, *from, *to, *then, *odd;
};

#define FACILITY                                                                                   \
    "providers#3; V3.role=facility; V3.npi=1667770014; V3.phone=5555550111; "                      \
    "V3.address.line1=1 B ST; V3.address.city=B"
#define OTHER                                                                                      \
    "coverages#2; C2.sequence=S; C2.destination=0; C2.payer_id=OTH77; "                            \
    "C2.benefits_assigned_code=Y; "                                                                \
    "C2.release_code=Y; C2.relationship=spouse"
#define DRUG "L1.drug.ndc=00002751001; L1.drug.quantity_milli=1500; L1.drug.unit=ML"
#define NO_DAY "not a day of the calendar"

/* clang-format off */
static const struct row rows[] = {
    /* texts, numbers, days */
    {"Latin-1", 'P', "patient.name.last=TESTER", "TESTER*ADA", "M\xFCLLER\x01X*ADA", "patient.name.last=M\xC3\xBCLLER X; C1.subscriber.last=M\xC3\xBCLLER X", ""},
    {"blanks around a text", 'P', "", "*TESTER*ADA*", "* TESTER *ADA*", "", ""},
    {"a number too large", 'P', "", "*165*UN*1*", "*99999999999999999999*UN*1*", "L1.charge_cents=0", "2400 SV102: too large a number"},
    {"an amount of three decimals", 'P', "", "*165*UN*1*", "*165.001*UN*1*", "L1.charge_cents=0", "2400 SV102: more than two decimals"},
    {"units of four decimals", 'P', "", "*165*UN*1*", "*165*UN*1.0001*", "L1.units_milli=0", "2400 SV104: more than three decimals"},
    {"units that are none", 'P', "", "*165*UN*1*", "*165*UN*one*", "L1.units_milli=0", "2400 SV104: not a decimal number"},
    {"a day of letters", 'P', "", "DMG*D8*19700214*", "DMG*D8*1970021X*", "patient.birth_date=0; C1.subscriber_birth_date=0", "2010BA DMG02: " NO_DAY},
    {"no day", 'P', "", "DMG*D8*19700214*", "DMG*D8**", "patient.birth_date=0; C1.subscriber_birth_date=0", ""},
    {"no sex that we know", 'P', "", "19700214*F~", "19700214*X~", "patient.sex=unknown; C1.subscriber_sex=unknown", "2010BA DMG03: none of F, M, U; 2010BA DMG03: none of F, M, U"},
    {"another form of a date", 'P', "", "DTP*472*D8*20260325~REF*6R*A1000001L1", "DTP*472*TM*20260325~REF*6R*A1000001L1", "L1.from_date=0; L1.thru_date=0", "2400 DTP03: date format is neither D8 nor RD8"},
    {"a range of one day", 'P', "", "DTP*472*D8*20260325~REF*6R*A1000001L1", "DTP*472*RD8*20260325~REF*6R*A1000001L1", "L1.from_date=0; L1.thru_date=0", "2400 DTP03: not a range of days"},
    {"a range without its end", 'P', "", "DTP*472*D8*20260325~REF*6R*A1000001L1", "DTP*472*RD8*20260325-~REF*6R*A1000001L1", "L1.thru_date=0", ""},
    {"an admission of a day and half an hour", 'I', "", "*DT*202603101402~", "*DT*2026031014~", "admit_date=0; admit_hour=", "2300 DTP03: " NO_DAY},
    {"a line without number is counted", 'P', "", "LX*2~", "LX*~", "", ""},
    {"a line of another number", 'P', "", "LX*2~", "LX*7~", "L2.number=7", ""},
    {"a number that is none", 'P', "", "LX*2~", "LX*2x~", "", "2400 LX01: not a whole number"},
    {"a number below the digits", 'P', "", "LX*2~", "LX*-2~", "", "2400 LX01: not a whole number"},
    {"a number of ten digits", 'P', "", "LX*2~", "LX*1234567890~", "", "2400 LX01: not a whole number"},
    {"a pointer at nothing", 'P', "", "*UN*1***1:2~", "*UN*1***0:2~", "L1.pointers=2", "2400 SV107: not the number of a diagnosis"},
    {"a pointer far out", 'P', "", "*UN*1***1:2~", "*UN*1***1:100~", "L1.pointers=1", "2400 SV107: not the number of a diagnosis"},
    /* parties */
    {"a provider's other number", 'P', "", "NM1*82*1*HEALER*JAN****XX*1455555015~", "NM1*82*1*HEALER*JAN****24*1455555015~", "V2.npi=", "2310B NM108: a provider's number other than the NPI"},
    {"a contact's mail and extension", 'P', FACILITY, "*TE*5555550111~", "*TE*5555550111*EM*a at b*EX*22~", "V3.phone_extension=22", ""},
    {"a provider of no role", 'P', FACILITY, "NM1*77*2*HEALER", "NM1*XX*2*HEALER", "providers#2", "+ NM1: no place in the claim model; + N3: no place in the claim model; + N4: no place in the claim model; + PER: no place in the claim model"},
    {"a relation of another list", 'P', OTHER, "SBR*S*01", "SBR*S*32", "C2.relationship=unknown", ""},
    {"a second name of the payer's loop", 'P', "", "~CLM*", "~REF*2U*P9~CLM*", "C1.payer_secondary_ids#1; coverages[0].payer_secondary_ids[0].type=2U; coverages[0].payer_secondary_ids[0].value=P9", ""},
    /* HI */
    {"diagnoses of ICD-9", 'P', "", "ABK:E1165*ABF:I10", "BK:25000*BF:4019", "D1.code=25000; D2.code=4019; diagnoses[0].assignment.code.system=icd9cm; diagnoses[1].assignment.code.system=icd9cm", ""},
    {"procedures of ICD-9", 'I', "", "HI*BBR:02HV33Z:D8:20260311", "HI*BR:3893:D8:20260311", "R1.code=3893; procedures[0].assignment.code.system=icd9cm", ""},
    {"an empty element between diagnoses", 'P', "", "ABK:E1165*ABF:I10", "ABK:E1165**ABF:I10", "", ""},
    {"a qualifier of no list", 'P', "", "*ABF:I10", "*ZZZ:I10", "diagnoses#1", "+2300 HI: no place in the claim model"},
    {"one of the other guide", 'P', "", "*ABF:I10", "*ABJ:I10", "diagnoses#1", "+2300 HI: no place in the claim model"},
    {"present on admission in another letter", 'I', "", "ABK:J189:::::::Y", "ABK:J189:::::::1", "D1.poa=unknown", ""},
    {"in two", 'I', "", "ABK:J189:::::::Y", "ABK:J189:::::::YY", "D1.poa=unknown", ""},
    /* lines */
    {"another product than a drug", 'P', DRUG, "LIN**N4*00002751001", "LIN**EN*00002751001", "L1.drug.ndc=", "+2410 LIN: no place in the claim model"},
    {"a drug's price without its number", 'P', DRUG, "LIN**N4*00002751001~", "LIN**N4~", "L1.drug.ndc=", ""},
    {"a segment of a longer name than any", 'P', "", "~LX*2", "~LONGNAME*1~LX*2", "", "+2400 LON: no place in the claim model"},
    {"answers without form", 'P', "", "~LX*2", "~FRM*1A*Y~LX*2", "", "+2400 FRM: no place in the claim model"},
    {"a form of an institution", 'O', "", "~LX*2", "~LQ*UT*484.03~FRM*1A*Y~LX*2", "", "+2440 LQ: no place in the claim model; +2440 FRM: no place in the claim model"},
    {"a decision without line", 'P', OTHER, "~LX*1~", "~SVD*OTH77*1~LX*1~", "", "+2330B SVD: no place in the claim model"},
    {"a claim's day of accident without cause", 'P', "", "~REF*X4", "~DTP*439*D8*20260301~REF*X4", "accident.accident_date=20260301; dates#1; dates[0].qualifier=439; dates[0].from_date=20260301; dates[0].thru_date=20260301", ""},
    /* the file around it */
    {"a time of the batch that is none", 'P', "", "*20260401*0915*CH", "*20260401*9:15*CH", "", ""},
    {"none", 'P', "", "*20260401*0915*CH", "*20260401**CH", "", ""},
    {"a day of the batch that is none", 'P', "", "*20260401*0915*CH", "*20260431*0915*CH", "", ""},
    {"an unknown segment of the head", 'P', "", "~NM1*40*", "~REF*87*X~NM1*77*2*X~NM1*40*", "", ""},
    {"an unknown set of the same group", 'P', "", "~SE*", "~SE*9*0001~ST*999*0002~AK1*HC~SE*", "", "!guide a transaction set that is neither 837P nor 837I"},
    {"a set of no claims that has no end", 'P', "", "~ST*837", "~ST*837*0000*005010X222A1~BHT*0019~ST*837", "", "!x12 segment 1: a set without SE"},
    {"a guide that is not read", 'P', "", "005010X222A1", "005010X224A2", NULL, "!guide a transaction set that is neither 837P nor 837I; !guide segment 19: a claim of a guide that is not read"},
    {"a claim of no set", 'P', "", "~GE*", "~CLM*B2~GE*", "", "!x12 segment 0: a claim outside of a transaction set"},
};
/* clang-format on */

/* swap - one text for another, everywhere; false: it is not there */
static bool swap(struct buf *b, const char *from, const char *to)
{
    struct buf out;
    const char *at, *p = b->data;
    bool found = false;

    buf_init(&out);
    for (; (at = strstr(p, from)) != NULL; p = at + strlen(from), found = true) {
        buf_add(&out, p, (size_t)(at - p));
        buf_adds(&out, to);
    }
    buf_adds(&out, p);
    buf_release(b);
    *b = out;
    return found;
}

/* read_back - the claims of a file */
static void read_back(struct arena *a, const struct buf *file, struct written_back *b)
{
    struct err e;

    *b = (struct written_back){.a = a};
    assert_int_equal(claim_read_837(file->data, file->len, 0, written_keep, b, &e), 0);
}

/* differs - from the message that was due, by its bytes */
static bool differs(struct arena *a, const CcClaim *x, const CcClaim *due)
{
    struct err e = {0};
    uint8_t *p, *q;
    size_t n, m;

    assert_int_equal(event_pack(a, &x->base, &p, &n, &e), 0);
    assert_int_equal(event_pack(a, &due->base, &q, &m, &e), 0);
    return n != m || memcmp(p, q, n) != 0;
}

/* is_wrong - a row, and says what of it */
static bool is_wrong(struct arena *a, const struct row *r, struct buf *file)
{
    const CcClaim *c = written_claim(a, r->base, r->changes);
    struct written_back before, after;
    struct err e = {0};
    bool claim;

    assert_int_equal(written_file(a, &c, 1, file, &e), 0);
    read_back(a, file, &before);
    assert_int_equal(before.n, 1);
    written_change(a, before.claim[0], r->then);
    if (!swap(file, r->from, r->to))
        fail_msg("%s: %s is not in %s", r->what, r->from, file->data);
    read_back(a, file, &after);
    claim = after.n == 1 && !differs(a, after.claim[0], before.claim[0]);
    if ((r->then ? claim : after.n == 0) && strcmp(after.odd, r->odd) == 0)
        return false;
    print_error("%s: %zu claims, %s: %s\n", r->what, after.n, claim ? "as due" : "not as due",
                after.odd);
    return true;
}

/* test_rows - each */
static void test_rows(void **state)
{
    struct arena *a = arena_new(MEMORY);
    struct buf file;
    unsigned bad = 0;

    (void)state;
    buf_init(&file);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        bad += is_wrong(a, &rows[i], &file);
        arena_reset(a);
    }
    assert_int_equal(bad, 0);
    buf_release(&file);
    arena_free(a);
}

/* test_nul - a byte of nothing where an indicator stands */
static void test_nul(void **state)
{
    struct arena *a = arena_new(MEMORY);
    const CcClaim *c = written_claim(a, 'I', "");
    struct written_back b;
    struct err e = {0};
    struct buf file;
    char *at;

    (void)state;
    buf_init(&file);
    assert_int_equal(written_file(a, &c, 1, &file, &e), 0);
    at = strstr(file.data, "J189:::::::Y");
    assert_non_null(at);
    at[strlen("J189:::::::")] = '\0';
    read_back(a, &file, &b);
    assert_int_equal(b.n, 1);
    assert_int_equal(b.claim[0]->diagnoses[0]->poa, POA_UNKNOWN);
    buf_release(&file);
    arena_free(a);
}

enum { TORN = 70000 }; /* bytes that no terminator ends: over what a segment may have */

/* tear - puts a segment without terminator in front of a text; returns where it begins */
static size_t tear(struct buf *file, const char *id, const char *text)
{
    const char *at = strstr(file->data, text);
    const size_t n = at ? (size_t)(at - file->data) : 0;
    struct buf out;

    assert_non_null(at);
    buf_init(&out);
    buf_add(&out, file->data, n);
    buf_adds(&out, id);
    for (int i = 0; i < TORN; i++)
        buf_addc(&out, 'X');
    buf_adds(&out, "~");
    buf_adds(&out, at);
    buf_release(file);
    *file = out;
    return n;
}

/* Where a segment of this name is torn (`again`: and behind it, another), and what comes of it: a
 * fault of the claim, or the place in the file, with the claim (`claims`) or instead of it. */
static const struct {
    const char *what, *id, *at, *again, *fault;
    size_t claims;
} torn[] = {
    {"between group and set", "X*", "ST*837", NULL, NULL, 1},
    {"in the head", "X*", "NM1*40", NULL, NULL, 1},
    {"above the claim", "ZZ*", "N3*12 ELM", NULL, "2010BA ZZ: a segment that cannot be read", 1},
    {"of a long name", "LONGNAME*", "N3*12 ELM", NULL, "2010BA : a segment that cannot be read", 1},
    {"in the claim", "X*", "REF*X4", NULL, NULL, 0},
    {"twice in the claim", "X*", "REF*X4", "LX*2", NULL, 0},
};

/* test_torn - segments that cannot be read */
static void test_torn(void **state)
{
    struct arena *a = arena_new(MEMORY);
    const CcClaim *c = written_claim(a, 'P', "");
    struct written_back b;
    struct err e = {0};
    struct buf file, want;

    (void)state;
    buf_init(&file);
    buf_init(&want);
    for (size_t i = 0; i < sizeof(torn) / sizeof(torn[0]); i++) {
        size_t at;

        buf_reset(&want);
        assert_int_equal(written_file(a, &c, 1, &file, &e), 0);
        at = tear(&file, torn[i].id, torn[i].at);
        if (torn[i].fault)
            buf_adds(&want, torn[i].fault);
        else
            buf_addf(&want, "!x12 byte %zu: a segment without terminator", at);
        if (torn[i].again)
            buf_addf(&want, "; !x12 byte %zu: a segment without terminator",
                     tear(&file, torn[i].id, torn[i].again));
        read_back(a, &file, &b);
        if (b.n != torn[i].claims || strcmp(b.odd, want.data) != 0)
            fail_msg("%s: %zu claims, %s", torn[i].what, b.n, b.odd);
    }
    buf_release(&file);
    buf_release(&want);
    arena_free(a);
}

/* What a listener has seen: segments, and where the damage ended. */
struct seen {
    unsigned segments;
    uint64_t damaged;
};

/* stop_at - a listener who has seen enough at the first CLM */
static int stop_at(void *arg, const struct x12_segment *s, uint64_t offset, bool over,
                   const struct err *damage)
{
    struct seen *seen = arg;

    assert_false(over);
    assert_true((s == NULL) == (damage != NULL));
    if (!s)
        seen->damaged = offset;
    seen->segments += s != NULL;
    return s && x12_is(s, "CLM") ? 5 : 0;
}

/* test_listener - who hears of damage, and stops the reading: the claim is not taken */
static void test_listener(void **state)
{
    struct arena *a = arena_new(MEMORY);
    const CcClaim *c = written_claim(a, 'P', "");
    struct written_back b = {.a = a};
    struct err e = {0};
    struct seen seen = {0};
    struct buf file;
    size_t at;

    (void)state;
    buf_init(&file);
    assert_int_equal(written_file(a, &c, 1, &file, &e), 0);
    at = tear(&file, "X*", "ST*837");
    assert_int_equal(claim_read_input(&(struct claim_input){.data = file.data,
                                                            .n = file.len,
                                                            .segment = stop_at,
                                                            .segment_arg = &seen},
                                      written_keep, &b, &e),
                     5);
    assert_int_equal(seen.segments, 21);
    assert_true(seen.damaged > at && seen.damaged <= at + TORN);
    assert_int_equal(b.n, 0);
    buf_release(&file);
    arena_free(a);
}

/* head - a claim_read_fn: the numbers around a claim, cut to what is kept of them */
static int head(void *arg, const struct claim_read *r)
{
    unsigned *n = arg;

    assert_non_null(r->claim);
    assert_int_equal(strlen(r->st02), 63);
    assert_int_equal(r->date, 20260401);
    assert_int_equal(r->hhmm, 91);
    assert_string_equal(r->route.submitter_contact, "DESK");
    assert_string_equal(r->route.submitter_phone, "5555550100x204");
    (*n)++;
    return 0;
}

/* test_head - a number of 72 digits, a time of three, and whom of three to ask by phone */
static void test_head(void **state)
{
    struct arena *a = arena_new(MEMORY);
    const CcClaim *c = written_claim(a, 'P', "");
    struct err e = {0};
    struct buf file;
    unsigned n = 0;

    (void)state;
    buf_init(&file);
    assert_int_equal(written_file(a, &c, 1, &file, &e), 0);
    assert_true(
        swap(&file, "ST*837*0001*",
             "ST*837*000100010001000100010001000100010001000100010001000100010001000100010001*"));
    assert_true(swap(&file, "*20260401*0915*CH", "*20260401*091-*CH"));
    assert_true(swap(&file, "PER*IC*BILLING DESK*TE*5555550100*EX*204~",
                     "PER*IC*MAIL*EM*X~PER*IC*DESK*TE*5555550100*EX*204~"
                     "PER*IC*OTHER*TE*5555550199~"));
    assert_int_equal(claim_read_837(file.data, file.len, 0, head, &n, &e), 0);
    assert_int_equal(n, 1);
    buf_release(&file);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),     cmocka_unit_test(test_nul),  cmocka_unit_test(test_torn),
        cmocka_unit_test(test_listener), cmocka_unit_test(test_head),
    };

    return cmocka_run_group_tests_name("claim837_values", tests, NULL, NULL);
}
