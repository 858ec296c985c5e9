/* rule_judge_test.c - one payer rule, one sample claim, and what the rule says of it: under which
 * edit, of which line and element, and with which numbers
 */
#include "tests/support/test.h"

#include "services/validator/cases/case.h"
#include "tests/support/loading.h"

enum { MEMORY = 1 << 24 };

#define HEADER                                                                                     \
    "rule,payer,plan,kind,severity,what,codes,condition,value,message,fix,authority,from,to\n"

/* The payer (and plan), and what, codes, condition and value of a rule; a claim of the payer SHP01;
 * "" = silent. */
struct row {
    const char *what, *payer, *rule;
    char base;
    const char *changes, *says;
};

/* The first line's code was done before, on a day to follow. */
#define PAST                                                                                       \
    "@history#1; H1.claim_id=B1; H1.line=1; H1.kind=professional; H1.payer_id=SHP01; "             \
    "H1.code=99214; H1.units_milli=1000; H1.from_date="
/* Both lines are of one code. */
#define TWICE "L2.code=99214; L2.modifiers=; "
#define TWO "MED-02 L1 SV101-2: m: 99214: with this one 2 services in the period, the payer takes 1"

/* clang-format off */
static const struct row rows[] = {
    /* how often: until which day an earlier service counts */
    {"the last of 30 days", "SHP01", "frequency-limit,99214,,1 per 30 days", 'P', PAST "20260224", TWO},
    {"the day after", "SHP01", "frequency-limit,99214,,1 per 30 days", 'P', PAST "20260223", ""},
    {"one day, in one word", "SHP01", "frequency-limit,99214,,1 day per 1 day", 'P', PAST "20260325", ""},
    {"the last day of twelve months", "SHP01", "frequency-limit,99214,,1 per 12 months", 'P', PAST "20250326", TWO},
    {"the same day a year later", "SHP01", "frequency-limit,99214,,1 per 12 months", 'P', PAST "20250325", ""},
    {"a month that is shorter", "SHP01", "frequency-limit,99214,,1 per 1 month", 'P', "L1.from_date=20260227; L1.thru_date=20260227; " PAST "20260131", TWO},
    {"its last day", "SHP01", "frequency-limit,99214,,1 per 1 month", 'P', "L1.from_date=20260228; L1.thru_date=20260228; " PAST "20260131", ""},
    {"over the end of a year", "SHP01", "frequency-limit,99214,,1 per 5 months", 'P', PAST "20251026", TWO},
    {"full months of which the last is not over", "SHP01", "frequency-limit,99214,,1 per 11 full months", 'P', PAST "20250401", TWO},
    {"full months that are over", "SHP01", "frequency-limit,99214,,1 per 11 full months", 'P', PAST "20250331", ""},
    {"one full month", "SHP01", "frequency-limit,99214,,1 per 1 full month", 'P', PAST "20260201", TWO},
    {"the last day of two years", "SHP01", "frequency-limit,99214,,1 per 2 years", 'P', PAST "20240326", TWO},
    {"two years later", "SHP01", "frequency-limit,99214,,1 per 2 years", 'P', PAST "20240325", ""},
    {"the same month", "SHP01", "frequency-limit,99214,,1 per calendar month", 'P', PAST "20260301", TWO},
    {"the month before", "SHP01", "frequency-limit,99214,,1 per calendar month", 'P', PAST "20260228", ""},
    {"the same year", "SHP01", "frequency-limit,99214,,1 per calendar year", 'P', PAST "20260101", TWO},
    {"the year before", "SHP01", "frequency-limit,99214,,1 per calendar year", 'P', PAST "20251231", ""},
    {"ever", "SHP01", "frequency-limit,99214,,1 per lifetime", 'P', PAST "19990101", TWO},
    {"a later day does not count", "SHP01", "frequency-limit,99214,,1 per lifetime", 'P', PAST "20260326", ""},
    {"nor one that is not known", "SHP01", "frequency-limit,99214,,1 per lifetime", 'P', PAST "0", ""},
    {"of a line without day nothing is said", "SHP01", "frequency-limit,99214,,1 per lifetime", 'P', "L1.from_date=0; L1.thru_date=0; L2.from_date=0; L2.thru_date=0; " PAST "20260101", ""},
    {"nor of one with a day that is none", "SHP01", "frequency-limit,99214,,1 per lifetime", 'P', "L1.from_date=20260332; " PAST "20260101", ""},
    {"another code", "SHP01", "frequency-limit,99214,,1 per lifetime", 'P', PAST "20260101; H1.code=99213", ""},
    {"codes of one list together", "SHP01", "frequency-limit,99213-99215,,1 per lifetime", 'P', PAST "20260101; H1.code=99213", TWO},
    {"twice on one day is once", "SHP01", "frequency-limit,99214,,2 days per calendar year", 'P', PAST "20260101; @history#2; H2.line=2; H2.from_date=20260101", ""},
    {"another payer's, for the payer's rule", "SHP01", "frequency-limit,99214,,1 per lifetime", 'P', PAST "20260101; H1.payer_id=OTH77", ""},
    {"for everybody's", "*", "frequency-limit,99214,,1 per lifetime", 'P', PAST "20260101; H1.payer_id=OTH77", TWO},
    {"for those of its filing indicator", "filing:CI", "frequency-limit,99214,,1 per lifetime", 'P', PAST "20260101; H1.payer_id=OTH77", TWO},
    /* on the claim itself */
    {"two lines of one day are one service", "SHP01", "frequency-limit,99214,,1 per lifetime", 'P', TWICE, ""},
    {"told of the first of them only", "SHP01", "frequency-limit,99214,,1 per lifetime", 'P', TWICE PAST "20260101", TWO},
    {"two lines of two days", "SHP01", "frequency-limit,99214,,1 per lifetime", 'P', TWICE "L2.from_date=20260326; L2.thru_date=20260326", "MED-02 L2 SV101-2: m: 99214: with this one 2 services in the period, the payer takes 1"},
    {"the later day first", "SHP01", "frequency-limit,99214,,1 per lifetime", 'P', TWICE "L1.from_date=20260326; L1.thru_date=20260326", TWO},
    {"two lines too far from each other", "SHP01", "frequency-limit,99214,,1 per 1 day", 'P', TWICE "L2.from_date=20260326; L2.thru_date=20260326", ""},
    {"units of the lines of a day", "SHP01", "frequency-limit,99214,,2 units per 1 day", 'P', TWICE "L1.units_milli=2000", "MED-02 L2 SV104: m: 99214: with this one 3 units in the period, the payer takes 2"},
    {"as many as it takes", "SHP01", "frequency-limit,99214,,3 units per 1 day", 'P', TWICE "L1.units_milli=2000", ""},
    {"units of an earlier claim", "SHP01", "frequency-limit,99214,,2 units per 1 year", 'P', "L1.units_milli=1500; " PAST "20260101", "MED-02 L1 SV104: m: 99214: with this one 2 units in the period, the payer takes 2"},
    {"units below nothing", "SHP01", "frequency-limit,99214,,1 unit per 1 year", 'P', PAST "20260101; H1.units_milli=-1000", ""},
    {"of an institution", "SHP01", "frequency-limit,99213,,1 unit per 1 year", 'O', "L1.units_milli=2000; C1.payer_id=SHP01", "MED-02 L1 SV205: m: 99213: with this one 2 units in the period, the payer takes 1"},
    /* conditions: where what they look at stands */
    {"the codes are there", "SHP01", "condition,99214,,", 'P', "", "PAY-01 L1 SV101-2: m"},
    {"of an institution", "SHP01", "condition,99213,,", 'O', "", "PAY-01 L1 SV202-2: m"},
    {"by revenue code", "SHP01", "condition,0510,,", 'O', "", "PAY-01 L1 SV202-2: m"},
    {"a coverage's element", "SHP01", "condition,,filing_indicator = CI,", 'P', "", "PAY-01 L0 SBR09: m"},
    {"a patient's", "SHP01", "condition,,age > 50,", 'P', "", "PAY-01 L0 DMG02: m"},
    {"a place of the claim", "SHP01", "condition,99214,place = 11,", 'P', "", "PAY-01 L0 CLM05-1: m"},
    {"a place of the line", "SHP01", "condition,99214,place = 12,", 'P', "L1.place_of_service=12", "PAY-01 L1 SV105: m"},
    {"a claim's place", "SHP01", "condition,,place = 11,", 'P', "", "PAY-01 L0 CLM05-1: m; PAY-01 L0 CLM05-1: m"},
    {"a claim's element of a line", "SHP01", "condition,99214,line_count = 2,", 'P', "", "PAY-01 L1 SV101-2: m"},
    {"an element of a line", "SHP01", "condition,,units > 1,", 'P', "L2.units_milli=2000", "PAY-01 L2 SV104: m"},
    {"before its last day", "SHP01", "condition,99214,,,m,,b,,2026-03-25", 'P', "", "PAY-01 L1 SV101-2: m"},
    {"after it", "SHP01", "condition,99214,,,m,,b,,2026-03-24", 'P', "", ""},
    {"of the claim, before its first day", "SHP01", "condition,,age > 50,,m,,b,2026-03-26,", 'P', "", ""},
    {"of the plan by its number", "SHP01,GRP4*", "condition,99214,,", 'P', "", "PAY-01 L1 SV101-2: m"},
    {"by its name", "SHP01,GOLD", "condition,99214,,", 'P', "C1.group_name=Gold", "PAY-01 L1 SV101-2: m"},
    {"of another plan", "SHP01,SILVER", "condition,99214,,", 'P', "", ""},
    {"of all plans", "SHP01,*", "condition,99214,,", 'P', "C1.group_number=", "PAY-01 L1 SV101-2: m"},
    {"what has to hold", "SHP01", "element,,,claim_charge <= 100.00", 'P', "", "PAY-01 L0 CLM02: m"},
    {"and does", "SHP01", "element,,,claim_charge <= 215.00", 'P', "", ""},
    {"a field that is missing, of each line", "SHP01", "required-field,,,ndc;description", 'P', "L1.description=X", "NDC-03 L1 LIN03: m: drug code of the line is missing, and the payer wants it; NDC-03 L2 LIN03: m: drug code of the line is missing, and the payer wants it; NDC-03 L2 SV101-7: m: what the line says in words is missing, and the payer wants it"},
    {"one of the claim, told once", "SHP01", "required-field,,,note", 'P', "", "PAY-01 L1 NTE02: m: note of line or claim is missing, and the payer wants it"},
    {"two of the claim", "SHP01", "required-field,,,note;clia", 'P', "clia=", "PAY-01 L1 NTE02: m: note of line or claim is missing, and the payer wants it; PAY-01 L1 REF02: m: laboratory certificate is missing, and the payer wants it"},
    {"which another rule wants too", "SHP01", "required-field,,,note,m,,b,,\nR-2,*,,,,required-field,,,note,,,b,,", 'P', "", "PAY-01 L1 NTE02: m: note of line or claim is missing, and the payer wants it"},
    {"one that may not be there", "SHP01", "forbidden-field,,,clia;special_program", 'P', "", "PAY-01 L1 REF02: m: laboratory certificate is there, and the payer does not take it"},
    {"no authorization of a line", "SHP01", "authorization,99214,,", 'P', "", "AUT-01 L1 REF02: m: 99214 needs a prior authorization number, and there is none"},
    {"none of the claim", "SHP01", "authorization,,age > 1,", 'P', "", "AUT-01 L0 REF02: m: the claim needs a prior authorization number, and there is none"},
    {"no referral", "SHP01", "referral,,,", 'P', "", "AUT-03 L0 REF02: m: the claim needs a referral number, and there is none"},
    {"of a line without code", "SHP01", "referral,0510,,", 'O', "lines[0].procedure=", "AUT-03 L1 REF02: m: the service needs a referral number, and there is none"},
    /* lists */
    {"a modifier that is not taken", "SHP01", "modifier-accepted,83036,,LT;RT", 'P', "", "COD-06 L2 SV101-3: m: the payer does not take modifier QW with 83036"},
    {"the second of two", "SHP01", "modifier-accepted,83036,,QW", 'P', "L2.modifiers=QW,59", "COD-06 L2 SV101-3: m: the payer does not take modifier 59 with 83036"},
    {"no modifier, where some are taken", "SHP01", "modifier-accepted,99214,,LT;RT", 'P', "", ""},
    {"one that is wanted", "SHP01", "modifier-required,83036,,LT;RT", 'P', "", "COD-06 L2 SV101-3: m: 83036 lacks a modifier that the payer wants"},
    {"and there", "SHP01", "modifier-required,83036,,LT;QW", 'P', "L2.modifiers=59,QW", ""},
    {"another place", "SHP01", "place-accepted,99214,,22", 'P', "", "POS-01 L0 CLM05-1: m: the payer does not take 99214 in place of service 11"},
    {"the right one", "SHP01", "place-accepted,99214,,11;22", 'P', "", ""},
    {"none", "SHP01", "place-accepted,99214,,22", 'P', "place_of_service=", ""},
    {"another frequency", "SHP01", "claim-frequency,,,7", 'P', "", "FRQ-02 L0 CLM05-3: m: the payer does not take claim frequency 1"},
    {"the right one", "SHP01", "claim-frequency,,,1;7", 'P', "", ""},
    {"another one, because of a line", "SHP01", "claim-frequency,99214;83036,,7", 'P', "", "FRQ-02 L0 CLM05-3: m: the payer does not take claim frequency 1"},
    {"because of none", "SHP01", "claim-frequency,99213,,7", 'P', "", ""},
    {"none", "SHP01", "claim-frequency,,,7", 'P', "frequency=", ""},
    {"a member id of another form", "SHP01", "member-pattern,,,^M", 'P', "", "IDN-02 L0 NM109: m: the member id is not of the payer's pattern"},
    {"of that form", "SHP01", "member-pattern,,,^SYN[0-9]{7}$", 'P', "", ""},
    {"too short to be one", "SHP01", "member-pattern,,,^M", 'P', "C1.member_id=X", ""},
    {"none", "SHP01", "member-pattern,,,^M", 'P', "C1.member_id=", ""},
    {"another specialty", "SHP01", "specialty,99214,,208*;332B00000X", 'P', "", "PRV-14 L1 SV101-2: m: the rendering provider's specialty is none of those that bill 99214 to this payer"},
    {"one by its first letters", "SHP01", "specialty,99214,,332B00000X;207*", 'P', "", ""},
    {"the billing provider's where nobody else renders", "SHP01", "specialty,99214,,208*", 'P', "providers#1; V1.taxonomy=208D00000X", ""},
    {"an unknown one is not wrong", "SHP01", "specialty,99214,,208*", 'P', "V1.taxonomy=; V2.taxonomy=", ""},
    /* spans */
    {"over the end of a month", "SHP01", "span-limit,,,month", 'P', "L2.from_date=20260401; L2.thru_date=20260401", "DAT-10 L0 DTP03: m: the claim goes on over the end of a month"},
    {"over the end of a year", "SHP01", "span-limit,,,year", 'O', "from_date=20251231; thru_date=20260101", "DAT-10 L0 DTP03: m: the claim goes on over the end of a calendar year"},
    {"up to its end", "SHP01", "span-limit,,,year", 'O', "from_date=20260101; thru_date=20261231", ""},
    {"over the end of a benefit year", "SHP01", "span-limit,,,year from 07-01", 'O', "from_date=20250630; thru_date=20250701", "DAT-10 L0 DTP03: m: the claim goes on over the end of a benefit year"},
    {"inside one", "SHP01", "span-limit,,,year from 07-15", 'O', "from_date=20250715; thru_date=20260714", ""},
    {"too long", "SHP01", "span-limit,,,4 days", 'I', "C1.payer_id=SHP01", "DAT-10 L0 DTP03: m: the claim has 5 days, the payer takes 4"},
    {"as long as may be", "SHP01", "span-limit,,,5 days", 'I', "C1.payer_id=SHP01", ""},
    {"that ends before it begins", "SHP01", "span-limit,,,1 day", 'O', "from_date=20260326; thru_date=20260325", ""},
    {"without first day", "SHP01", "span-limit,,,1 day", 'O', "from_date=0; L1.from_date=0; L1.thru_date=0; L2.from_date=0; L2.thru_date=0", ""},
    {"without last day", "SHP01", "span-limit,,,1 day", 'O', "thru_date=20260332", ""},
    /* limits */
    {"a correction of an unknown first decision", "SHP01", "correction-limit,,,30 days from remit", 'P', "frequency=7; original_reference=X", "TFL-03 L0 CLM05-3: m: the day from which the limit for corrections counts is not known here"},
    {"a late one", "SHP01", "correction-limit,,,30 days from remit", 'P', "frequency=7; original_reference=X; C1.adjudication_date=20260301", "TFL-03 L0 CLM05-3: m: the payer took corrections until 2026-03-31"},
    {"an original", "SHP01", "correction-limit,,,30 days from remit", 'P', "", ""},
    {"one of no known receipt", "SHP01", "correction-limit,,,30 days from remit", 'P', "frequency=7; original_reference=X; @received=x", ""},
    {"the earlier of two filing limits", "SHP01", "filing-limit,,,2 days from line_from,m,,b,,\nR-2,*,,,,filing-limit,,,9 days,,,b,,", 'P', "", "TFL-01 L1 DTP03: m: the filing limit was 2026-03-27"},
    {"its last day, told in the rule's words too", "SHP01", "filing-limit,,,7 days", 'P', "", "TFL-01 L1 DTP03: m: the filing limit is 2026-04-01, in 0 days"},
    {"in ours alone", "SHP01", "filing-limit,,,2 days,,m,b,,", 'P', "", "TFL-01 L1 DTP03: the filing limit was 2026-03-27"},
    {"the last day in ours alone", "SHP01", "filing-limit,,,7 days,,m,b,,", 'P', "", "TFL-01 L1 DTP03: the filing limit is 2026-04-01, in 0 days"},
    {"no authorization, in ours alone", "SHP01", "authorization,99214,,,,m,b,,", 'P', "", "AUT-01 L1 REF02: 99214 needs a prior authorization number, and there is none"},
    {"the later one", "SHP01", "filing-limit,,,20 days,m,,b,,\nR-2,*,,,,filing-limit,,,2 days,,,b,,", 'P', "", ""},
    {"one from a day that nobody told", "SHP01", "filing-limit,,,2 days from remit", 'P', "", ""},
};
/* clang-format on */

/* load - tables of the rule alone; `payer` may name its plan, and `rule` more than its first cells
 */
static void load(struct loading *l, const struct row *r)
{
    struct buf text;

    buf_init(&text);
    buf_addf(&text, HEADER "R-1,%s%s,,,%s%s\n", r->payer, strchr(r->payer, ',') ? "" : ",", r->rule,
             strstr(r->rule, ",m,") ? "" : ",m,,manual,,");
    loading_begin(l, NULL);
    if (loading_add(l, "payer_rules.csv", text.data) != LOAD_TAKEN)
        fail_msg("%s: %s", r->what, l->last.text);
    loading_publish(l);
    assert_int_equal(l->refused, 0);
    buf_release(&text);
}

/* find - all findings of the claim under the rule */
static void find(struct arena *a, const struct row *r, struct validator_result *found)
{
    struct validator_options o = {0};
    struct case_options c;
    struct loading l;
    struct err e = {0};
    CcClaim *claim = case_claim(r->base, a, &c, &e);

    if (!claim || case_change(claim, &c, r->changes, a, &e) != 0)
        fail_msg("%s: %s", r->what, e.text);
    o.received_date = c.received_date;
    o.history = (const CcBilledLine *const *)c.history;
    o.n_history = c.n_history;
    load(&l, r);
    assert_int_equal(validator_check(claim, l.tables, &o, a, found, &e), 0);
    loading_end(&l);
}

/* judge - what the rule says of the claim */
static void judge(struct arena *a, const struct row *r, struct buf *said)
{
    struct validator_result found;

    find(a, r, &found);
    for (size_t i = 0; i < found.n_findings; i++) {
        const CcFinding *f = found.findings[i];

        if (strncmp(f->authority, "payer rule R-1:", 15) == 0)
            buf_addf(said, "%s%s L%u %s: %s", said->len ? "; " : "", f->edit, (unsigned)f->line,
                     f->element, f->message);
    }
}

/* test_rows - each */
static void test_rows(void **state)
{
    struct arena *a = arena_new(MEMORY);
    struct buf said;
    unsigned bad = 0;

    (void)state;
    buf_init(&said);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        buf_reset(&said);
        buf_adds(&said, "");
        judge(a, &rows[i], &said);
        if (strcmp(said.data ? said.data : "", rows[i].says) != 0) {
            print_error("%s (%s): %s\n", rows[i].what, rows[i].rule, said.data ? said.data : "");
            bad++;
        }
        arena_reset(a);
    }
    assert_int_equal(bad, 0);
    buf_release(&said);
    arena_free(a);
}

/* test_soft_limit - a filing limit that its row calls a note, shorter than another: late by both */
static void test_soft_limit(void **state)
{
    static const struct row late = {
        "a note",
        "SHP01",
        "filing-limit,,,5 days,m,,b,,\nR-2,SHP01,,,note,filing-limit,,,2 days,m,,b,,",
        'P',
        "",
        ""};
    struct arena *a = arena_new(MEMORY);
    struct validator_result found;
    unsigned told = 0;

    (void)state;
    find(a, &late, &found);
    for (size_t i = 0; i < found.n_findings; i++)
        if (strcmp(found.findings[i]->edit, "TFL-01") == 0) {
            assert_string_equal(found.findings[i]->authority, "payer rule R-2: b");
            assert_int_equal(found.findings[i]->severity, SEVERITY_REJECT);
            told++;
        }
    assert_int_equal(told, 1);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_soft_limit),
    };

    return cmocka_run_group_tests_name("rule_judge", tests, NULL, NULL);
}
