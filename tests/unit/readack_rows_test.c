/* readack_rows_test.c - what single segments of TA1, 999, 277CA and 277 add to their answer, one
 * row each; and what makes a whole set say nothing */
#include "tests/support/test.h"

#include <stdio.h>

#include "common/claim/readack.h"
#include "tests/support/reply.h"

enum { MEMORY = 1 << 20 };

/* add - a list as "a,b" between brackets; nothing for an empty one */
static void add(struct buf *b, char open, char *const *list, size_t n, char close)
{
    for (size_t i = 0; i < n; i++)
        buf_addf(b, "%s%c%s", i ? "" : " ", i ? ',' : open, list[i]);
    if (n)
        buf_addc(b, close);
}

/* say - one answer: level, event, category, whom it concerns, codes, claims and places at fault,
 * counts, reason */
static void say(struct buf *b, const CcAnswer *x)
{
    buf_addf(b, "%s%s %s %s", b->len ? "; " : "", x->level, x->event, x->category);
    buf_addf(b, " %s%s%s", x->claim_id, x->st02, x->npi);
    add(b, '[', x->codes, x->n_codes, ']');
    add(b, '{', x->culprits, x->n_culprits, '}');
    for (size_t i = 0; i < x->n_culprit_positions; i++)
        buf_addf(b, " @%u", (unsigned)x->culprit_positions[i]);
    if (x->counts_given)
        buf_addf(b, " +%u -%u", (unsigned)x->accepted, (unsigned)x->rejected);
    if (x->sets)
        buf_addf(b, " of %u", (unsigned)x->sets);
    if (x->charge_cents)
        buf_addf(b, " $%d", (int)x->charge_cents);
    if (x->payer_claim[0])
        buf_addf(b, " #%s", x->payer_claim);
}

/* A reply set, and what its answers say; "!…": words of the error that refuses it; "-": it is not
 * one that is read here. */
struct row {
    const char *what, *version, *st01, *segments, *says;
};

#define AK1 "AK1*HC*7*005010X222A1~"
#define AK2 "AK2*837*0003*005010X222A1~"
#define AK9 "AK9*A*1*1*1~"

#define BHT "BHT*0085*08*X1*20260401*1130*TH~HL*1**20*1~NM1*AY*2*C*****46*CLRHOUSE01~TRN*1*1~"
#define BATCH "HL*2*1*21*1~NM1*41*2*G*****46*S~TRN*2*B1~STC*A1:19:PR*20260401*WQ*455~"
#define PROVIDER "HL*3*2*19*1~NM1*85*2*G*****XX*1234567893~"
#define CLAIM "HL*4*3*PT~NM1*QC*1*T~TRN*2*A1~"
#define ASKED                                                                                      \
    "BHT*0010*08*R1*20260420*1015*DG~HL*1**20*1~NM1*PR*2*S*****PI*SHP01~HL*2*1*21*1~"              \
    "NM1*41*2*R*****46*S~HL*3*2*19*1~NM1*1P*2*R*****XX*1234567893~HL*4*3*22*0~NM1*IL*1*T~"
#define ACK "005010X231A1", "999"
#define CA "005010X214", "277"
#define STATUS "005010X212", "277"

/* clang-format off */
static const struct row rows[] = {
    {"another set", "005010X221A1", "835", "BPR*I*50~", "-"},
    {"faults outside of a set concern none", ACK, AK1 "IK3*NM1*5**8~IK4*1**7~CTX*CLM01:A1~" AK9, "group 999_A A  of 1"},
    {"two faulty segments, only the first has a claim", ACK, AK1 AK2 "IK3*NM1*22*2010*8~CTX*CLM01:A1~IK3*N3*31**3~IK5*R*5~" AK9, "set 999_R R 0003 [IK304=8,IK304=3,IK502=5] {A1} @31"},
    {"a claim of no number", ACK, AK1 AK2 "IK3*NM1*22**8~CTX*CLM01~IK5*R*5~" AK9, "set 999_R R 0003 [IK304=8,IK502=5] @22"},
    {"a place of too many digits", ACK, AK1 AK2 "IK3*NM1*1234567890**8~IK5*E~" AK9, "set 999_E E 0003 [IK304=8] @123456789"},
    {"two elements of a segment", ACK, AK1 AK2 "IK3*NM1*22**8~IK4*9**7~IK4*3**1~IK5*M*I5~" AK9, "set 999_R M 0003 [IK304=8,IK403=7,IK403=1,IK502=I5] @22"},
    {"a segment without its fault", ACK, AK1 AK2 "IK3*NM1*22~IK5*X~" AK9, "set 999_R X 0003 @22"},
    {"a set that is partly accepted is none", ACK, AK1 AK2 "IK5*P~" AK9, "!an IK5 without its AK2"},
    {"a set of unknown result", ACK, AK1 AK2 "IK5*Q~" AK9, "!an IK5 without its AK2"},
    {"a set of no result", ACK, AK1 AK2 "IK5~" AK9, "!an IK5 without its AK2"},
    {"a result of no set", ACK, AK1 "IK5*A~" AK9, "!an IK5 without its AK2"},
    {"a set that does not end before the next", ACK, AK1 AK2 AK2 "IK5*A~" AK9, "!an AK2 before the IK5"},
    {"a set that does not end before the group", ACK, AK1 AK2 AK9, "!AK9 before the IK5"},
    {"a set behind the group that does not end", ACK, AK1 AK2 "IK5*A~" AK9 AK2, "!the last AK2 has no IK5"},
    {"a group of unknown result", ACK, AK1 "AK9*Q*1*1*1~", "!AK9 before the IK5"},
    {"a group that does not end", ACK, AK1 AK2 "IK5*A~", "!no AK1 with a group number, or no AK9"},
    {"a group without number", ACK, "AK1*HC~" AK2 "IK5*A~" AK9, "!no AK1 with a group number"},
    {"a group of so many sets that it is no number", ACK, AK1 AK2 "IK5*A~AK9*A*1234567890*1*1~", "set 999_A A 0003"},
    {"a group whose count is no number", ACK, AK1 AK2 "IK5*A~AK9*A*1x*1*1~", "set 999_A A 0003"},
    {"nor this", ACK, AK1 AK2 "IK5*A~AK9*A*1.5*1*1~", "set 999_A A 0003"},
    {"a group with more sets than are listed", ACK, AK1 AK2 "IK5*A~AK9*E*999999999*1*1~", "set 999_A A 0003; group 999_E E  of 999999999"},
    {"an unknown segment", ACK, AK1 "XYZ*1~" AK9, "group 999_A A  of 1"},

    {"a 277CA by its guide", CA, BHT BATCH, "batch 277CA_WQ A1  [A1:19:PR] $45500"},
    {"a 277CA by its purpose", "005010", "277", BHT BATCH, "batch 277CA_WQ A1  [A1:19:PR] $45500"},
    {"a 277 by its purpose", "005010", "277", ASKED "TRN*2*A1-1~STC*F1:65*20260420**215~", "claim 277_F F1 A1 [F1:65] $21500"},
    {"one without purpose is no 277CA", "005010", "277", "BHT*0010~" BATCH, "!no status (STC)"},
    {"nor one that does not begin with it", "005010", "277", "HL*1**20*1~" BATCH, "!no status (STC)"},
    {"nor an empty one", "005010", "277", "", "!no status (STC)"},
    {"a status of an unknown category", CA, BHT BATCH PROVIDER CLAIM "STC*Z9:1*20260401*WQ*5~STC*A2:20*20260402*WQ*5~", "batch 277CA_WQ A1  [A1:19:PR] $45500; claim 277CA_WQ A2 A1 [Z9:1,A2:20] $500"},
    {"an unknown category that is refused all the same", CA, BHT BATCH PROVIDER CLAIM "STC*Z9:1*20260401*U*5~", "batch 277CA_WQ A1  [A1:19:PR] $45500; claim 277CA_U Z9 A1 [Z9:1] $500"},
    {"a category of no text", CA, BHT BATCH PROVIDER CLAIM "STC**20260401*WQ*5~STC*A3~", "batch 277CA_WQ A1  [A1:19:PR] $45500; claim 277CA_U A3 A1 [A3] $500"},
    {"an error of the question does not go before anything", STATUS, ASKED "TRN*2*A1-1~STC*E0~STC*E1~STC*P1~STC*E2~", "claim 277_P P1 A1 [E0,E1,P1,E2]"},
    {"an earlier stage after a later one", STATUS, ASKED "TRN*2*A1-1~STC*F1:65~STC*P1:20~STC*D0:35~", "claim 277_F F1 A1 [F1:65,P1:20,D0:35]"},
    {"two statuses of three codes", STATUS, ASKED "TRN*2*A1-1~STC*F2:65:PR*20260420********F2:1*R0:2~", "claim 277_F F2 A1 [F2:65:PR,F2:1,R0:2]"},
    {"a subscriber's and a dependent's claim", STATUS, ASKED "TRN*2*A1-1~STC*P1~HL*5*4*23~TRN*2*A2~STC*F1~", "claim 277_P P1 A1 [P1]; claim 277_F F1 A2 [F1]"},
    {"a claim without number", STATUS, ASKED "TRN*2~STC*P1~", "claim 277_P P1  [P1]"},
    {"of a 277CA the dash is the claim's", CA, BHT PROVIDER "HL*4*3*PT~TRN*2*A1-1~STC*A2~", "claim 277CA_WQ A2 A1-1 [A2]"},
    {"a status that belongs to nobody", STATUS, ASKED "STC*P1~REF*1K*N~TRN*2*A1~STC*F1~", "claim 277_F F1 A1 [F1]"},
    {"what is said of a line is the claim's, but for money and numbers", STATUS, ASKED "TRN*2*A1~STC*P1*20260420**215~SVC*HC:99214*5~STC*F2*20260420**5~REF*1K*N~REF*EJ*A9~", "claim 277_F F2 A1 [P1,F2] $21500"},
    {"a provider in a 277 has no status", STATUS, ASKED "HL*5*2*19*0~TRN*1*0~STC*A3~HL*6*5*22~TRN*2*A1~REF*EJ*A7~REF*ZZ*1~STC*P1~", "claim 277_P P1 A7 [P1]"},
    {"a batch in a 277 has none either", STATUS, "BHT*0010*08*R1~HL*1**20~HL*2*1*21~TRN*2*B1~STC*A1~HL*3*2*19~HL*4*3*22~TRN*2*A1~STC*P1~", "claim 277_P P1 A1 [P1]"},
    {"a level that nobody knows", CA, BHT BATCH "HL*3*2*77*1~NM1*85*2*G*****XX*1~TRN*1*0~STC*A3~", "batch 277CA_WQ A1  [A1:19:PR] $45500"},
    {"a provider whose number is no NPI", CA, BHT BATCH "HL*3*2*19*0~NM1*85*2*G*****24*123~TRN*1*0~STC*A3*20260401*U~", "batch 277CA_WQ A1  [A1:19:PR] $45500; provider 277CA_U A3  [A3]"},
    {"an accepted provider says nothing of its claims", CA, BHT BATCH PROVIDER "TRN*1*0~STC*A1*20260401*WQ~", "batch 277CA_WQ A1  [A1:19:PR] $45500"},
    {"references of a batch and of a provider are not a claim's", CA, BHT BATCH "REF*1K*N~" PROVIDER "REF*EJ*X~TRN*1*0~REF*1K*N~STC*A3*20260401*U~", "batch 277CA_WQ A1  [A1:19:PR] $45500; provider 277CA_U A3 1234567893 [A3]"},
    {"counts of the batch, not of its providers", CA, BHT BATCH "QTY*90*3~QTY*AA*1~" PROVIDER "TRN*1*0~QTY*QA*3~QTY*QC*1~", "batch 277CA_WQ A1  [A1:19:PR] +3 -1 $45500"},
    {"counts of two providers", CA, BHT BATCH PROVIDER "QTY*QA*3~QTY*QC*1~HL*4*2*19*0~QTY*QA*2~", "batch 277CA_WQ A1  [A1:19:PR] +5 -1 $45500"},
    {"counts that are none", CA, BHT BATCH "QTY*90*x~QTY*90*-1~QTY*90*1000001~QTY*ZZ*5~QTY*AA~", "batch 277CA_WQ A1  [A1:19:PR] $45500"},
    {"counts of no batch", CA, BHT PROVIDER "QTY*QA*3~" CLAIM "STC*A2~", "claim 277CA_WQ A2 A1 [A2]"},
};
/* clang-format on */

/* read_set - what a reply file of this one set says */
static void read_set(struct arena *a, const struct row *r, struct buf *said)
{
    struct reply_answers answers = {0};
    struct reply_walk w;
    struct reply_item item;
    struct buf file;
    struct err e = {0};

    buf_init(&file);
    reply_envelope("FA", r->version, r->st01, r->segments, &file);
    reply_walk_init(&w, file.data, file.len);
    assert_int_equal(reply_walk_next(&w, &item), 1);
    assert_int_equal(item.kind, REPLY_SET);
    if (!readack_reads(&item)) {
        buf_adds(said, "-");
    } else if (readack(a, &item, &answers, &e) != 0) {
        assert_int_equal(e.class, ERR_REJECT);
        assert_int_equal(answers.n_item, 0);
        buf_addf(said, "!%s", e.text);
    }
    for (size_t i = 0; i < answers.n_item; i++)
        say(said, answers.item[i]);
    buf_release(&file);
}

/* test_sets - each row */
static void test_sets(void **state)
{
    struct arena *a = arena_new(MEMORY);
    struct buf said;
    unsigned bad = 0;

    (void)state;
    buf_init(&said);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct row *r = &rows[i];

        buf_reset(&said);
        read_set(a, r, &said);
        if (r->says[0] == '!' ? !strstr(said.data, r->says + 1) : strcmp(said.data, r->says) != 0) {
            print_error("%s: %s\n", r->what, said.data);
            bad++;
        }
        arena_reset(a);
    }
    assert_int_equal(bad, 0);
    buf_release(&said);
    arena_free(a);
}

/* A TA1 changed, and the event that comes of it; NULL: it is refused. */
static const struct {
    const char *from, *to, *event, *reason;
} interchanges[] = {
    {"*A*000", "*E*012", "ta1_E", "security qualifier not valid"},
    {"*A*000", "*R*", "ta1_R", ""},
    {"*A*000", "*P*000", NULL, ""},
    {"*A*000", "**000", NULL, ""},
    {"TA1*000000101*", "TA1**", NULL, ""},
};

/* test_interchanges - TA1 */
static void test_interchanges(void **state)
{
    struct arena *a = arena_new(MEMORY);

    (void)state;
    for (size_t i = 0; i < sizeof(interchanges) / sizeof(interchanges[0]); i++) {
        struct reply_answers answers = {0};
        struct reply_walk w;
        struct reply_item item;
        struct buf file;
        struct err e = {0};

        buf_init(&file);
        reply_golden("ta1.x12", &file);
        assert_true(reply_replace(&file, interchanges[i].from, interchanges[i].to));
        reply_walk_init(&w, file.data, file.len);
        assert_int_equal(reply_walk_next(&w, &item), 1);
        assert_int_equal(readack(a, &item, &answers, &e), interchanges[i].event ? 0 : -1);
        assert_int_equal(answers.n_item, interchanges[i].event != NULL);
        if (!interchanges[i].event) {
            assert_non_null(strstr(e.text, "TA101 or TA104"));
        } else {
            assert_string_equal(answers.item[0]->event, interchanges[i].event);
            assert_string_equal(answers.item[0]->reason, interchanges[i].reason);
        }
        buf_release(&file);
        arena_reset(a);
    }
    arena_free(a);
}

/* test_not_read - damage is no reply */
static void test_not_read(void **state)
{
    struct reply_walk w;
    struct reply_item item;

    (void)state;
    reply_walk_init(&w, "hello", 5);
    assert_int_equal(reply_walk_next(&w, &item), 1);
    assert_int_equal(item.kind, REPLY_DAMAGED);
    assert_false(readack_reads(&item));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sets),
        cmocka_unit_test(test_interchanges),
        cmocka_unit_test(test_not_read),
    };

    return cmocka_run_group_tests_name("readack_rows", tests, NULL, NULL);
}
