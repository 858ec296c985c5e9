/* history.c - cases of DUP, FRQ, TFL */
#include "services/validator/cases/case.h"

#define SAME                                                                                       \
    "@history#1; H1.claim_id=A0999; H1.kind=professional; H1.code=83036; H1.modifiers=QW; "        \
    "H1.units_milli=1000; H1.from_date=20260325; H1.billing_npi=1234567893; "                      \
    "H1.rendering_npi=1455555015; H1.taxonomy=207Q00000X"

/* Medicare pays the outpatient claim. */
#define OUT "C1.payer_id=99901; C1.filing_indicator=MA; C1.member_id=1EG4TE5MK73; "

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
    {"DUP-03", 'O', 1, OUT "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0111; H1.from_date=20260327; H1.thru_date=20260330; H1.billing_npi=1987654328", "the stay was billed first", NULL},
    {"DUP-03", 'I', 0, "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0131; H1.from_date=20260309; H1.thru_date=20260309; H1.billing_npi=1987654328; V1.taxonomy=282NC0060X", "a critical access hospital has no window", NULL},
    {"DUP-03", 'I', 1, "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0131; H1.from_date=20260309; H1.thru_date=20260309; H1.billing_npi=1987654328; V1.taxonomy=283Q00000X", "a psychiatric hospital: the day before", NULL},
    {"DUP-03", 'I', 0, "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0131; H1.from_date=20260308; H1.thru_date=20260308; H1.billing_npi=1987654328; V1.taxonomy=283Q00000X", "two days before is outside", NULL},
    {"DUP-03", 'I', 1, "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0131; H1.from_date=20260310; H1.thru_date=20260310; H1.billing_npi=1987654328", "the day of admission", NULL},
    {"DUP-03", 'I', 0, "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0131; H1.from_date=20260309; H1.thru_date=20260309; H1.billing_npi=1987654328; H1.unrelated=1", "the hospital says it is unrelated (51)", NULL},
    {"DUP-03", 'I', 0, "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0131; H1.from_date=20260309; H1.thru_date=20260309; H1.billing_npi=1987654328; H1.revenue=0540", "an ambulance", NULL},
    {"DUP-03", 'I', 0, "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0131; H1.from_date=20260309; H1.thru_date=20260309; H1.billing_npi=1234567893", "another hospital's", NULL},
    {"DUP-03", 'O', 0, OUT "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0111; H1.from_date=20260329; H1.thru_date=20260331; H1.billing_npi=1987654328", "four days before a stay", NULL},
    {"DUP-03", 'O', 0, OUT "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0111; H1.from_date=20260327; H1.thru_date=20260330; H1.billing_npi=1987654328; conditions=51", "unrelated (51)", NULL},
    {"DUP-03", 'O', 0, "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0111; H1.from_date=20260327; H1.thru_date=20260330; H1.billing_npi=1987654328", "of another payer than Medicare: its contract says", NULL},
    {"DUP-03", 'O', 0, OUT "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0111; H1.from_date=20260327; H1.thru_date=20260330; H1.billing_npi=1987654328; thru_date=20260331; L1.revenue=0821; L2.revenue=0540; L1.from_date=20260325; L2.from_date=20260325", "dialysis and an ambulance", NULL},
    {"DUP-03", 'O', 0, OUT "from_date=20260301; thru_date=20260331; L1.from_date=20260301; L1.thru_date=20260301; L2.from_date=20260331; L2.thru_date=20260331; @history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0111; H1.from_date=20260315; H1.thru_date=20260318; H1.billing_npi=1987654328", "a bill around the stay without a service in its window", NULL},
    {"DUP-03", 'O', 1, OUT "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0111; H1.from_date=20260101; H1.thru_date=20260330; H1.billing_npi=1987654328; H1.admit_date=20260328", "the third day before the admission, which is remembered", NULL},
    {"DUP-03", 'O', 0, OUT "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0111; H1.from_date=20260101; H1.thru_date=20260330; H1.billing_npi=1987654328; H1.admit_date=20260329", "the fourth", NULL},
    {"DUP-03", 'I', 0, "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0321; H1.from_date=20260309; H1.thru_date=20260309; H1.billing_npi=1987654328", "home health of the same house", NULL},
    {"DUP-03", 'I', 0, "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0111; H1.from_date=20260314; H1.thru_date=20260316; H1.billing_npi=1987654328; H1.unrelated_stay=1", "the stay after it says that it is unrelated (B4)", NULL},
    {"DUP-03", 'I', 0, "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0111; H1.from_date=20260305; H1.thru_date=20260310; H1.billing_npi=1987654328; H1.discharge_status=62", "from there to the rehabilitation unit", NULL},
    {"DUP-03", 'I', 0, "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0111; H1.from_date=20260314; H1.thru_date=20260316; H1.billing_npi=1987654328; discharge_status=65", "on to the psychiatric unit", NULL},
    {"DUP-03", 'I', 0, "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0111; H1.from_date=20260307; H1.thru_date=20260312; H1.billing_npi=1234567893; H1.bill_from_date=20260301; H1.bill_thru_date=20260310", "the bill ended on the day of admission", NULL},
    {"DUP-03", 'I', 0, "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0111; H1.from_date=20260314; H1.thru_date=20260320; H1.billing_npi=1234567893; H1.bill_from_date=20260312; H1.admit_date=20260314; H1.bill_thru_date=20260320; discharge_status=02", "a statement that begins with services before the stay", NULL},

    {"INP-08", 'I', 1, "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0111; H1.from_date=20260314; H1.thru_date=20260316; H1.billing_npi=1234567893", "home, and in another hospital that day", NULL},
    {"INP-08", 'I', 0, "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0111; H1.from_date=20260315; H1.thru_date=20260316; H1.billing_npi=1234567893", "the day after", NULL},
    {"INP-08", 'I', 0, "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0111; H1.from_date=20260314; H1.thru_date=20260316; H1.billing_npi=1234567893; discharge_status=02", "the status says it", NULL},
    {"INP-08", 'I', 1, "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0111; H1.from_date=20260314; H1.thru_date=20260316; H1.billing_npi=1234567893; discharge_status=07", "against advice, and in another hospital", NULL},
    {"INP-08", 'I', 1, "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0211; H1.from_date=20260314; H1.thru_date=20260331; H1.billing_npi=1987654328; discharge_status=06", "home health, and in the house's nursing facility", NULL},
    {"INP-08", 'I', 0, "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0131; H1.from_date=20260314; H1.thru_date=20260314; H1.billing_npi=1234567893", "an outpatient service elsewhere", NULL},
    {"INP-08", 'I', 0, "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0111; H1.from_date=20260314; H1.thru_date=20260316; H1.billing_npi=1234567893; C1.payer_id=SHP01; C1.filing_indicator=CI; C1.member_id=SYN0001234", "of another payer than Medicare", NULL},
    {"INP-08", 'I', 1, "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0111; H1.from_date=20260305; H1.thru_date=20260310; H1.billing_npi=1234567893; H1.discharge_status=01", "the stay before says home (note)", NULL},
    {"INP-08", 'I', 0, "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0111; H1.from_date=20260305; H1.thru_date=20260310; H1.billing_npi=1234567893; H1.discharge_status=02", "it says transfer", NULL},
    {"INP-08", 'I', 0, "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0111; H1.from_date=20260305; H1.thru_date=20260310; H1.billing_npi=1234567893", "its status is not known", NULL},
    {"INP-08", 'I', 0, "@history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0111; H1.from_date=20260305; H1.thru_date=20260309; H1.billing_npi=1234567893; H1.discharge_status=01", "the day before the admission", NULL},

    {"INP-09", 'I', 0, "frequency=3; type_of_bill=0113; discharge_status=30; discharge_hour=; values[0].amount_cents=500; L1.units_milli=5000; admit_date=20260301; @history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0112; H1.from_date=20260301; H1.thru_date=20260309; H1.billing_npi=1987654328; H1.admit_date=20260301; H1.bill_from_date=20260301; H1.bill_thru_date=20260309", "the bill before ends the day before", NULL},
    {"INP-09", 'I', 0, "frequency=4; type_of_bill=0114; admit_date=20260301; @history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0113; H1.from_date=20260301; H1.thru_date=20260309; H1.billing_npi=1987654328; H1.admit_date=20260301; H1.bill_from_date=20260301; H1.bill_thru_date=20260309", "the last of three", NULL},
    {"INP-09", 'I', 0, "frequency=4; type_of_bill=0114; admit_date=20260301; @history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0112; H1.from_date=20260301; H1.thru_date=20260309; H1.billing_npi=1987654328", "a bill of which its lines are known", NULL},
    {"INP-09", 'I', 1, "frequency=3; type_of_bill=0113; discharge_status=30; discharge_hour=; values[0].amount_cents=500; L1.units_milli=5000; admit_date=20260301; @history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0112; H1.from_date=20260301; H1.thru_date=20260308; H1.billing_npi=1987654328; H1.admit_date=20260301; H1.bill_from_date=20260301; H1.bill_thru_date=20260308", "a day lies between", NULL},
    {"INP-09", 'I', 1, "frequency=3; type_of_bill=0113; discharge_status=30; discharge_hour=; values[0].amount_cents=500; L1.units_milli=5000; admit_date=20260301; @history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0112; H1.from_date=20260301; H1.thru_date=20260310; H1.billing_npi=1987654328; H1.admit_date=20260301; H1.bill_from_date=20260301; H1.bill_thru_date=20260310", "a day on both", NULL},
    {"INP-09", 'I', 1, "frequency=4; type_of_bill=0114; admit_date=20260301; @history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0112; H1.from_date=20260201; H1.thru_date=20260209; H1.billing_npi=1987654328; H1.admit_date=20260201", "of another stay", NULL},
    {"INP-09", 'I', 1, "frequency=4; type_of_bill=0114; admit_date=20260301; @history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0112; H1.from_date=20260301; H1.thru_date=20260309; H1.billing_npi=1234567893; H1.admit_date=20260301; H1.bill_from_date=20260301; H1.bill_thru_date=20260309", "another hospital's", NULL},
    {"INP-09", 'I', 1, "frequency=4; type_of_bill=0114; admit_date=20260301; @history#1; H1.claim_id=H1; H1.kind=institutional; H1.type_of_bill=0111; H1.from_date=20260301; H1.thru_date=20260309; H1.billing_npi=1987654328; H1.admit_date=20260301; H1.bill_from_date=20260301; H1.bill_thru_date=20260309", "the bill before was the whole stay", NULL},
    {"INP-09", 'I', 0, "frequency=4; type_of_bill=0114; admit_date=20260301", "nothing was billed of the patient yet", NULL},
    {"INP-09", 'I', 1, "frequency=2; type_of_bill=0112; discharge_status=30; discharge_hour=; values[0].amount_cents=500; L1.units_milli=5000; admit_date=20260301", "a first bill that begins after the admission", NULL},
    {"INP-09", 'I', 0, "frequency=2; type_of_bill=0112; discharge_status=30; discharge_hour=; values[0].amount_cents=500; L1.units_milli=5000; admit_date=20260310", "one that begins with it", NULL},
    {"INP-09", 'I', 0, "frequency=2; type_of_bill=0112; discharge_status=30; discharge_hour=; values[0].amount_cents=500; L1.units_milli=5000; admit_date=20260311", "one that begins with services of the payment window", NULL},

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
