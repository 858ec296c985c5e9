/* history.c - cases of DUP, FRQ, TFL */
#include "services/validator/cases/case.h"

#define SAME                                                                                       \
    "@history#1; H1.claim_id=A0999; H1.kind=professional; H1.code=83036; H1.modifiers=QW; "        \
    "H1.units_milli=1000; H1.from_date=20260325; H1.billing_npi=1234567893; "                      \
    "H1.rendering_npi=1455555015; H1.taxonomy=207Q00000X"

/* clang-format off */
const struct edit_case cases_history[] = {
    {"DUP-01", 'P', 1, SAME, "the line is billed already", "MUE-02"},
    {"DUP-01", 'P', 0, SAME "; H1.from_date=20260324", "another day", NULL},
    {"DUP-01", 'P', 0, SAME "; L2.modifiers=QW,91", "said to be a repetition", "MUE-02"},
    {"DUP-01", 'P', 0, SAME "; H1.claim_id=A1000001", "an earlier version of the same claim", NULL},
    {"DUP-01", 'P', 0, SAME "; frequency=7; original_reference=ICN1", "a replacement", "MUE-02"},
    {"DUP-01", 'P', 0, SAME "; H1.units_milli=0", "other units", NULL},

    {"DUP-01", 'P', 0, SAME "; H1.state=REJECTED", "the payer refused it", NULL},
    {"DUP-01", 'P', 0, SAME "; H1.state=DENIED", "the payer denied it", NULL},
    {"DUP-01", 'P', 1, SAME "; H1.state=PAID", "the payer paid it", "MUE-02"},
    {"DUP-01", 'P', 0, SAME "; H1.modifiers=QW,59", "other modifiers", "MUE-02"},

    {"DUP-02", 'P', 1, "@history#1; H1.claim_id=A0999; H1.kind=professional; H1.fingerprint=@own", "the whole claim under another number", NULL},
    {"DUP-02", 'P', 0, "@history#1; H1.claim_id=A0999; H1.kind=professional; H1.fingerprint=00", "another claim", NULL},

    {"DUP-03", 'I', 1, "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0111; H1.from_date=20260312; H1.thru_date=20260316; H1.billing_npi=1987654328", "two stays at once", NULL},
    {"DUP-03", 'I', 1, "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0111; H1.from_date=20260314; H1.thru_date=20260316; H1.billing_npi=1987654328", "back on the day of discharge", NULL},
    {"DUP-03", 'I', 1, "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0111; H1.from_date=20260305; H1.thru_date=20260310; H1.billing_npi=1987654328", "the same, billed second", NULL},
    {"DUP-03", 'I', 0, "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0111; H1.from_date=20260315; H1.thru_date=20260316; H1.billing_npi=1987654328", "back the day after", NULL},
    {"DUP-03", 'I', 0, "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0111; H1.from_date=20260314; H1.thru_date=20260316; H1.billing_npi=1987654328; conditions=B4", "which has nothing to do with the first stay", NULL},
    {"DUP-03", 'I', 0, "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0111; H1.from_date=20260314; H1.thru_date=20260316; H1.billing_npi=1234567893", "on to another hospital: a transfer", NULL},
    {"DUP-03", 'I', 1, "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0111; H1.from_date=20260313; H1.thru_date=20260316; H1.billing_npi=1234567893", "in two hospitals for a night", NULL},
    {"DUP-03", 'I', 0, "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0112; H1.from_date=20260305; H1.thru_date=20260310; H1.billing_npi=1987654328", "the next bill of one stay", NULL},
    {"DUP-03", 'I', 0, "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0111; H1.from_date=20260312; H1.thru_date=20260316; H1.billing_npi=1987654328; H1.state=DENIED", "the payer denied it", NULL},
    {"DUP-03", 'I', 1, "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0111; H1.from_date=20260312; H1.thru_date=20260316; H1.billing_npi=1987654328; H1.state=PAID", "the payer paid it", NULL},
    {"DUP-03", 'I', 1, "@history#1; H1.claim_id=O1; H1.kind=institutional; H1.type_of_bill=0131; H1.from_date=20260307; H1.thru_date=20260307; H1.billing_npi=1987654328", "an outpatient service three days before the admission", NULL},
    {"DUP-03", 'I', 0, "@history#1; H1.claim_id=O1; H1.kind=institutional; H1.type_of_bill=0131; H1.from_date=20260306; H1.thru_date=20260306; H1.billing_npi=1987654328", "four days", NULL},
    {"DUP-03", 'O', 1, "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0111; H1.from_date=20260327; H1.thru_date=20260330; H1.billing_npi=1987654328", "the stay was billed first", NULL},
    {"DUP-03", 'I', 0, "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0131; H1.from_date=20260309; H1.thru_date=20260309; H1.billing_npi=1987654328; V1.taxonomy=282NC0060X", "a critical access hospital has no window", NULL},
    {"DUP-03", 'I', 1, "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0131; H1.from_date=20260309; H1.thru_date=20260309; H1.billing_npi=1987654328; V1.taxonomy=283Q00000X", "a psychiatric hospital: the day before", NULL},
    {"DUP-03", 'I', 0, "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0131; H1.from_date=20260308; H1.thru_date=20260308; H1.billing_npi=1987654328; V1.taxonomy=283Q00000X", "two days before is outside", NULL},
    {"DUP-03", 'I', 1, "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0131; H1.from_date=20260310; H1.thru_date=20260310; H1.billing_npi=1987654328", "the day of admission", NULL},
    {"DUP-03", 'I', 0, "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0131; H1.from_date=20260309; H1.thru_date=20260309; H1.billing_npi=1987654328; H1.unrelated=1", "the hospital says it is unrelated (51)", NULL},
    {"DUP-03", 'I', 0, "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0131; H1.from_date=20260309; H1.thru_date=20260309; H1.billing_npi=1987654328; H1.revenue=0540", "an ambulance", NULL},
    {"DUP-03", 'I', 0, "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0131; H1.from_date=20260309; H1.thru_date=20260309; H1.billing_npi=1234567893", "another hospital's", NULL},
    {"DUP-03", 'O', 0, "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0111; H1.from_date=20260329; H1.thru_date=20260331; H1.billing_npi=1987654328", "four days before a stay", NULL},
    {"DUP-03", 'O', 0, "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0111; H1.from_date=20260327; H1.thru_date=20260330; H1.billing_npi=1987654328; conditions=51", "unrelated (51)", NULL},

    {"DUP-04", 'P', 1, "L2.modifiers=; L1.code=99214; L2.code=99214; L2.charge_cents=16500; L2.pointers=1,2; charge_cents=33000", "a visit twice", NULL},
    {"DUP-04", 'P', 0, "L1.modifiers=; L2.modifiers=76; L2.code=99214; L2.charge_cents=16500; L2.pointers=1,2; charge_cents=33000", "said to be a repetition", NULL},
    {"DUP-04", 'P', 0, "L2.code=99214; L2.modifiers=; L2.charge_cents=16500; L2.from_date=20260326; L2.thru_date=20260326; charge_cents=33000", "on two days", NULL},
    {"DUP-04", 'I', 0, "lines#6; L6.number=6; L6.control=H2000001L6; charge_cents=1695050", "sums of revenue codes may be equal", NULL},

    {"FRQ-01", 'P', 1, "frequency=7", "a replacement of nothing", NULL},
    {"FRQ-01", 'P', 1, "frequency=8", "a void of nothing", NULL},
    {"FRQ-01", 'P', 1, "original_reference=ICN1", "an original that names an earlier one (held)", NULL},
    {"FRQ-01", 'P', 0, "frequency=7; original_reference=ICN1", "a replacement", NULL},

    {"FRQ-02", 'P', 1, "frequency=2", "interim, on a professional claim", NULL},
    {"FRQ-02", 'P', 1, "frequency=", "missing", NULL},
    {"FRQ-02", 'P', 1, "frequency=7; original_reference=ICN1; C1.payer_id=REF04; providers#3; V3.role=referring; V3.npi=1455555049", "a payer that takes no replacements", NULL},
    {"FRQ-02", 'I', 0, "frequency=2; type_of_bill=0112; discharge_status=30; discharge_hour=; values[0].amount_cents=500; L1.units_milli=5000", "interim, on a bill", NULL},

    {"FRQ-03", 'P', 1, "frequency=7; original_reference=ICN1; @history#1; H1.claim_id=A1000001; H1.kind=professional; H1.charge_cents=21500; H1.billing_npi=1234567893; H1.payer_id=SHP01; H1.state=READY", "no answer yet", NULL},
    {"FRQ-03", 'P', 1, "frequency=8; original_reference=ICN1; @history#1; H1.claim_id=A1000001; H1.kind=professional; H1.charge_cents=21500; H1.billing_npi=1234567893; H1.payer_id=SHP01; H1.state=ACCEPTED", "accepted is not decided", NULL},
    {"FRQ-03", 'P', 1, "frequency=7; original_reference=ICN1; @history#1; H1.claim_id=A1000001; H1.kind=professional; H1.charge_cents=21500; H1.billing_npi=1234567893; H1.payer_id=SHP01; H1.state=REJECTED", "refused before adjudication", NULL},
    {"FRQ-03", 'P', 1, "frequency=7; original_reference=ICN1; @history#1; H1.claim_id=A1000001; H1.kind=professional; H1.charge_cents=21500; H1.billing_npi=1234567893; H1.payer_id=SHP01; H1.claim_id=A0999; H1.payer_claim=ICN1; H1.code=99213; H1.from_date=20260325; H1.state=READY", "the number names another claim of ours", NULL},
    {"FRQ-03", 'P', 0, "frequency=7; original_reference=ICN1; after_version=1; @history#1; H1.claim_id=A1000001; H1.kind=professional; H1.charge_cents=21500; H1.billing_npi=1234567893; H1.payer_id=SHP01; H1.state=READY", "the coder has waited for the decision, which is still on its way here", NULL},
    {"FRQ-03", 'P', 0, "frequency=7; original_reference=ICN1; @history#1; H1.claim_id=A1000001; H1.kind=professional; H1.charge_cents=21500; H1.billing_npi=1234567893; H1.payer_id=SHP01; H1.state=PAID", "paid", NULL},
    {"FRQ-03", 'P', 0, "frequency=7; original_reference=ICN1; @history#1; H1.claim_id=A1000001; H1.kind=professional; H1.charge_cents=21500; H1.billing_npi=1234567893; H1.payer_id=SHP01; H1.state=DENIED", "denied", NULL},
    {"FRQ-03", 'P', 0, "frequency=7; original_reference=ICN1; @history#1; H1.claim_id=A1000001; H1.kind=professional; H1.charge_cents=21500; H1.billing_npi=1234567893; H1.payer_id=SHP01; H1.state=billed", "nothing is known of its fate", NULL},
    {"FRQ-03", 'P', 0, "frequency=7; original_reference=ICN1", "nothing is known of it", NULL},
    {"FRQ-03", 'P', 0, "frequency=8; void_of_claim=1; @history#1; H1.claim_id=A1000001; H1.kind=professional; H1.charge_cents=21500; H1.billing_npi=1234567893; H1.payer_id=SHP01; H1.state=READY", "the record took it back: the submitter waits", NULL},

    {"FRQ-04", 'P', 1, "frequency=8; original_reference=ICN1; @history#1; H1.claim_id=A1000001; H1.charge_cents=21400", "another total than what was billed", NULL},
    {"FRQ-04", 'P', 0, "frequency=8; original_reference=ICN1; @history#1; H1.claim_id=A1000001; H1.charge_cents=21500", "the same total", NULL},
    {"FRQ-04", 'P', 0, "frequency=8; original_reference=ICN1; after_version=1; @history#1; H1.claim_id=A1000001; H1.charge_cents=21400", "made of the version that was sent; the history knows a later one", NULL},
    {"FRQ-04", 'P', 1, "frequency=8; original_reference=ICN1; @history#1; H1.claim_id=A1000001; H1.kind=professional; H1.charge_cents=21500; H1.billing_npi=1234567893; H1.payer_id=SHP01; H1.state=PAID; H1.billing_npi=1987654328", "another billing provider", NULL},
    {"FRQ-04", 'P', 1, "frequency=8; original_reference=ICN1; @history#1; H1.claim_id=A1000001; H1.kind=professional; H1.charge_cents=21500; H1.billing_npi=1234567893; H1.payer_id=SHP01; H1.state=PAID; H1.payer_id=SMP02", "another payer", NULL},
    {"FRQ-04", 'I', 1, "frequency=8; type_of_bill=0118; conditions=D5; original_reference=ICN1; @history#1; H1.claim_id=H2000001; H1.kind=institutional; H1.type_of_bill=0131; H1.charge_cents=1375050; H1.state=PAID", "another kind of bill", NULL},
    {"FRQ-04", 'P', 1, "frequency=8; original_reference=ICN1; @history#1; H1.claim_id=A1000001; H1.kind=professional; H1.charge_cents=21500; H1.billing_npi=1234567893; H1.payer_id=SHP01; H1.claim_id=A0999; H1.payer_claim=ICN1; H1.charge_cents=1; H1.state=PAID", "of the claim that the number names", NULL},
    {"FRQ-04", 'P', 0, "frequency=8; original_reference=ICN1; @history#1; H1.claim_id=A1000001; H1.kind=professional; H1.charge_cents=21500; H1.billing_npi=1234567893; H1.payer_id=SHP01; H1.state=PAID", "the same of all", NULL},

    {"FRQ-05", 'I', 1, "frequency=7; type_of_bill=0117; original_reference=ICN1", "no reason", NULL},
    {"FRQ-05", 'I', 1, "frequency=7; type_of_bill=0117; original_reference=ICN1; conditions=D1,E0", "two reasons", NULL},
    {"FRQ-05", 'I', 0, "frequency=7; type_of_bill=0117; original_reference=ICN1; conditions=D1", "one", NULL},

    {"TFL-01", 'P', 1, "@received=20260922", "180 days, and one", NULL},
    {"TFL-01", 'P', 1, "@received=20260921", "the last day (held)", NULL},
    {"TFL-01", 'P', 1, "@received=20260906", "15 days left (held)", NULL},
    {"TFL-01", 'P', 0, "@received=20260905", "16 days left", NULL},
    {"TFL-01", 'I', 1, "@received=20270315", "Medicare: a year from the last day of the stay, and a day", NULL},
    {"TFL-01", 'P', 1, "@received=20260922; delay_reason=7", "late with a reason (held)", NULL},
    {"TFL-01", 'P', 0, "@received=0", "day of receipt not known", NULL},
    {.id = NULL},
};
/* clang-format on */
