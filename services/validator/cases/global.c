/* global.c - cases of GLB. The sample fee schedule: 27130 090, 10060 010, 20610 000, 93000 none. */
#include "services/validator/cases/case.h"

#define PAST                                                                                       \
    "@history#1; H1.claim_id=A0999; H1.kind=professional; H1.units_milli=1000; "                   \
    "H1.billing_npi=1234567893; H1.rendering_npi=1455555015; H1.taxonomy=207Q00000X; "

/* clang-format off */
const struct edit_case cases_global[] = {
    {"GLB-01", 'P', 1, PAST "H1.code=27130; H1.from_date=20260301", "a visit 24 days after a major operation", NULL},
    {"GLB-01", 'P', 1, PAST "H1.code=27130; H1.from_date=20251225", "the ninetieth day", NULL},
    {"GLB-01", 'P', 0, PAST "H1.code=27130; H1.from_date=20251224", "the day after the period", NULL},
    {"GLB-01", 'P', 1, PAST "H1.code=27130; H1.from_date=20260326", "the day before it", NULL},
    {"GLB-01", 'P', 0, PAST "H1.code=27130; H1.from_date=20260327", "two days before it", NULL},
    {"GLB-01", 'P', 1, PAST "H1.code=27130; H1.from_date=20260325", "on its day", NULL},
    {"GLB-01", 'P', 1, PAST "H1.code=10060; H1.from_date=20260315", "the tenth day after a minor one", NULL},
    {"GLB-01", 'P', 0, PAST "H1.code=10060; H1.from_date=20260314", "the eleventh", NULL},
    {"GLB-01", 'P', 0, PAST "H1.code=10060; H1.from_date=20260326", "a minor one has no day before", NULL},
    {"GLB-01", 'P', 1, PAST "H1.code=20610; H1.from_date=20260325", "on the day of one without days after", NULL},
    {"GLB-01", 'P', 0, PAST "H1.code=20610; H1.from_date=20260324", "a day after one without days after", NULL},
    {"GLB-01", 'P', 0, PAST "H1.code=93000; H1.from_date=20260325", "a test has no period", NULL},
    {"GLB-01", 'P', 0, PAST "H1.code=27130; H1.from_date=20260326" "; L1.modifiers=24", "unrelated", NULL},
    {"GLB-01", 'P', 0, PAST "H1.code=27130; H1.from_date=20260326" "; L1.modifiers=25", "a visit of its own", NULL},
    {"GLB-01", 'P', 0, PAST "H1.code=27130; H1.from_date=20260326" "; L1.modifiers=57", "that decided on it", NULL},
    {"GLB-01", 'P', 0, PAST "H1.code=27130; H1.from_date=20260326" "; L1.modifiers=FT", "unrelated critical care", NULL},
    {"GLB-01", 'P', 0, PAST "H1.code=27130; H1.from_date=20260301" "; H1.taxonomy=207X00000X", "another specialty of the group", NULL},
    {"GLB-01", 'P', 0, PAST "H1.code=27130; H1.from_date=20260301" "; H1.billing_npi=1987654328", "another group", NULL},
    {"GLB-01", 'P', 0, PAST "H1.code=27130; H1.from_date=20260301; H1.modifiers=54", "the care afterwards is another's", NULL},
    {"GLB-01", 'P', 1, PAST "H1.code=27130; H1.from_date=20260325; H1.modifiers=54", "the day itself is not", NULL},
    {"GLB-01", 'P', 1, PAST "H1.code=27130; H1.from_date=20260301; H1.modifiers=55", "care that was taken over", NULL},
    {"GLB-01", 'P', 0, PAST "H1.code=27130; H1.from_date=20260301; H1.modifiers=80", "an assistant's", NULL},
    {"GLB-01", 'P', 0, PAST "H1.code=27130; H1.from_date=20260301; H1.modifiers=78", "a return to the operating room opens no new one", NULL},
    {"GLB-01", 'P', 1, PAST "L1.code=27130; H1.code=99213; H1.from_date=20260324", "the visit was billed first, the day before", NULL},
    {"GLB-01", 'P', 1, PAST "L1.code=27130; H1.code=99213; H1.from_date=20260330", "the visit was billed first, after it", NULL},
    {"GLB-01", 'P', 0, PAST "L1.code=27130; H1.code=99213; H1.modifiers=57; H1.from_date=20260324", "and decided on it", NULL},
    {"GLB-01", 'P', 1, "L2.code=27130; L2.modifiers=", "on one claim with the operation", NULL},
    {"GLB-01", 'P', 0, "L2.code=20610; L2.modifiers=", "with a small one of the day: NCC-06 says it", "NCC-06"},
    {"GLB-01", 'P', 0, PAST "H1.code=27130; H1.from_date=20260301" "; @drop=rvu", "no fee schedule is loaded", NULL},

    {"GLB-02", 'P', 1, PAST "H1.code=27130; H1.from_date=20260301" "; L1.code=20610", "an injection 24 days after", NULL},
    {"GLB-02", 'P', 1, PAST "H1.code=27130; H1.from_date=20251225" "; L1.code=20610", "the ninetieth day", NULL},
    {"GLB-02", 'P', 0, PAST "H1.code=27130; H1.from_date=20251224" "; L1.code=20610", "the day after the period", NULL},
    {"GLB-02", 'P', 0, PAST "H1.code=27130; H1.from_date=20260325" "; L1.code=20610", "of the same day: NCCI's question", NULL},
    {"GLB-02", 'P', 0, PAST "H1.code=27130; H1.from_date=20260326" "; L1.code=20610", "the day before", NULL},
    {"GLB-02", 'P', 0, PAST "H1.code=27130; H1.from_date=20260301" "; L1.code=93000", "a test", NULL},
    {"GLB-02", 'P', 1, PAST "H1.code=10060; H1.from_date=20260315" "; L1.code=20610", "the tenth day after a minor one", NULL},
    {"GLB-02", 'P', 0, PAST "H1.code=10060; H1.from_date=20260314" "; L1.code=20610", "the eleventh", NULL},
    {"GLB-02", 'P', 0, PAST "H1.code=27130; H1.from_date=20260301" "; L1.code=20610; L1.modifiers=58", "staged", NULL},
    {"GLB-02", 'P', 0, PAST "H1.code=27130; H1.from_date=20260301" "; L1.code=20610; L1.modifiers=78", "back to the operating room", NULL},
    {"GLB-02", 'P', 0, PAST "H1.code=27130; H1.from_date=20260301" "; L1.code=20610; L1.modifiers=79", "unrelated", NULL},
    {"GLB-02", 'P', 0, PAST "H1.code=27130; H1.from_date=20260301" "; L1.code=20610; L1.modifiers=80", "an assistant's", NULL},
    {"GLB-02", 'P', 1, PAST "L1.code=27130; H1.code=20610; H1.from_date=20260402", "the later one was billed first", NULL},
    {"GLB-02", 'P', 1, "L1.code=27130; L2.code=20610; L2.modifiers=; L2.from_date=20260330; L2.thru_date=20260330", "on one claim", NULL},

    {"GLB-03", 'P', 1, "L1.code=27130; L1.modifiers=54,55", "two parts on a line", NULL},
    {"GLB-03", 'P', 1, "L1.code=27130; L1.modifiers=55", "care after the operation, since when?", NULL},
    {"GLB-03", 'P', 1, "L1.code=27130; L1.modifiers=55; dates#2; dates[0].qualifier=090; dates[0].from_date=20260310; dates[1].qualifier=091; dates[1].from_date=20260309", "given up before it was taken", NULL},
    {"GLB-03", 'P', 0, "L1.code=27130; L1.modifiers=55; dates#1; dates[0].qualifier=090; dates[0].from_date=20260310", "with its day", NULL},
    {"GLB-03", 'P', 1, "L1.code=20610; L1.modifiers=54", "nothing to split", NULL},
    {"GLB-03", 'P', 1, "L1.code=10060; L1.modifiers=56", "a part that is paid nothing", NULL},
    {"GLB-03", 'P', 1, PAST "H1.code=27130; H1.from_date=20260325" "; H1.taxonomy=207X00000X; L1.code=27130; L1.modifiers=54", "the whole is billed already", NULL},
    {"GLB-03", 'P', 1, PAST "H1.code=27130; H1.from_date=20260325; H1.modifiers=54" "; H1.taxonomy=207X00000X; L1.code=27130; L1.modifiers=54", "the same part twice", NULL},
    {"GLB-03", 'P', 0, PAST "H1.code=27130; H1.from_date=20260325; H1.modifiers=55" "; H1.taxonomy=207X00000X; L1.code=27130; L1.modifiers=54", "the other part is another's", NULL},
    {"GLB-03", 'P', 0, PAST "H1.code=27130; H1.from_date=20260325; H1.modifiers=80" "; H1.taxonomy=207X00000X; L1.code=27130; L1.modifiers=54", "an assistant's whole", NULL},
    {.id = NULL},
};
/* clang-format on */
