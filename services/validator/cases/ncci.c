/* ncci.c - cases of NCC, MUE, AOC */
#include "services/validator/cases/case.h"

#define OPPS "C1.payer_id=99901; C1.filing_indicator=MA; C1.member_id=1EG4TE5MK73; "

/* clang-format off */
const struct edit_case cases_ncci[] = {
    {"NCC-01", 'P', 1, "L1.code=80053; L2.code=80048; L2.modifiers=59", "indicator 0: no modifier helps", NULL},
    {"NCC-01", 'P', 1, "L1.code=80048; L2.code=80053; L2.modifiers=", "the other way round on the claim", NULL},
    {"NCC-01", 'O', 1, "L1.revenue=0301; L1.code=80053; L2.code=80048", "of the hospital's table", NULL},
    {"NCC-01", 'P', 1, "L1.code=80053; L2.code=80048; L2.modifiers=; lines#3; L3.control=A1000001L3; L3.code=80053; L3.charge_cents=100; L3.number=3; L3.modifiers=91; charge_cents=21600", "one finding a line of column 2", NULL},
    {"NCC-01", 'P', 1, "L1.code=80053; L2.code=80048; L2.modifiers=; L2.thru_date=20260326; lines#3; L3.control=A1000001L3; L3.code=80053; L3.charge_cents=100; L3.number=3; L3.modifiers=91; L3.from_date=20260326; L3.thru_date=20260326; charge_cents=21600", "a span that meets column 1 on both of its days is found once", NULL},
    {"NCC-01", 'P', 0, "L1.code=80053; L2.code=80048; L2.from_date=20260326; L2.thru_date=20260326; L2.modifiers=", "another day", NULL},
    {"NCC-01", 'P', 0, "L1.code=80053; L2.code=80048; L2.modifiers=; L2.providers#1; lines[1].providers[0].role=rendering; lines[1].providers[0].npi=1455555049; lines[1].providers[0].taxonomy=207RC0000X", "another specialty", NULL},
    {"NCC-01", 'P', 1, "L1.code=80053; L2.code=80048; L2.modifiers=; L2.providers#1; lines[1].providers[0].role=rendering; lines[1].providers[0].npi=1455555049; lines[1].providers[0].taxonomy=207Q00000X", "another person of the same group and specialty", NULL},
    {"NCC-01", 'P', 0, "L1.code=80061; L2.code=82947; L2.modifiers=", "withdrawn (indicator 9)", NULL},
    {"NCC-01", 'O', 0, "type_of_bill=0711; L1.revenue=0301; L1.code=80053; L2.code=80048", "a rural health clinic", NULL},
    {"NCC-01", 'O', 0, "type_of_bill=0851; L1.revenue=0971; L1.code=80053; L2.code=80048", "critical access: a professional fee against a facility line", NULL},
    {"NCC-01", 'O', 1, "type_of_bill=0851; L1.revenue=0971; L1.code=80053; L2.revenue=0971; L2.code=80048", "two professional fees", NULL},

    {"NCC-02", 'P', 1, "L1.code=93000; L2.code=93010; L2.modifiers=", "indicator 1, no modifier", NULL},
    {"NCC-02", 'P', 1, "L1.code=93000; L2.code=93010; L2.modifiers=76", "76 opens nothing", NULL},
    {"NCC-02", 'P', 0, "L1.code=93000; L2.code=93010; L2.modifiers=59", "59 on column 2", NULL},
    {"NCC-02", 'P', 0, "L1.code=93000; L1.modifiers=XE; L2.code=93010; L2.modifiers=", "XE on column 1", NULL},
    {"NCC-02", 'P', 0, "L1.code=11042; L1.modifiers=LT; L2.code=97597; L2.modifiers=", "an anatomic modifier", NULL},
    {"NCC-02", 'P', 1, "L1.code=80061; L2.code=82465; L2.modifiers=; @shift=-84", "the last day of its window", NULL},
    {"NCC-02", 'P', 0, "L1.code=80061; L2.code=82465; L2.modifiers=; @shift=-83", "the day after", NULL},
    {"NCC-02", 'P', 1, "L1.code=93000; L1.from_date=20260324; L1.thru_date=20260326; L1.units_milli=3000; L2.code=93010; L2.modifiers=", "a span that holds the day", NULL},

    {"NCC-02", 'P', 1, "L1.code=93000; L1.modifiers=XE; L2.code=93010; L2.modifiers=; @shift=-2460", "XE on column 1 until June 2019", "COD-01,TAB-01"},
    {"NCC-02", 'P', 0, "L1.code=93000; L1.modifiers=XE; L2.code=93010; L2.modifiers=; @shift=-2459", "from July 2019", "COD-01,TAB-01"},

    {"NCC-03", 'P', 1, "L1.code=93000; L2.code=93010; L2.modifiers=59", "opened by 59: the record must show it", NULL},
    {"NCC-03", 'P', 0, "L1.code=11042; L1.modifiers=LT; L2.code=97597; L2.modifiers=", "opened by a side", NULL},

    {"NCC-04", 'P', 1, "L1.modifiers=59", "on a visit", NULL},
    {"NCC-04", 'P', 1, "L2.modifiers=QW,59,XU", "beside XU", NULL},
    {"NCC-04", 'P', 1, "L1.code=20610; L1.modifiers=59,RT", "beside a side", NULL},
    {"NCC-04", 'P', 0, "L2.modifiers=QW,59", "alone", NULL},

    {"NCC-06", 'P', 1, "L2.code=20610; L2.modifiers=", "a visit and an injection into a joint, no 25", NULL},
    {"NCC-06", 'P', 0, "L1.modifiers=25; L2.code=20610; L2.modifiers=", "with 25", NULL},
    {"NCC-06", 'P', 0, "L2.code=20610; L2.modifiers=; L2.from_date=20260326; L2.thru_date=20260326", "the day after", NULL},
    {"NCC-06", 'P', 0, "L2.code=27130; L2.modifiers=", "90 global days: a question of 57, not of 25", "GLB-01"},
    {"NCC-06", 'O', 1, OPPS "L1.code=G0463; L2.code=20610; L2.revenue=0510", "on a Medicare outpatient bill: status T", NULL},
    {"NCC-06", 'O', 0, OPPS "L1.code=G0463", "a laboratory test", NULL},

    {"NCC-07", 'P', 1, "L1.code=93000; @history#1; H1.claim_id=A0999; H1.kind=professional; H1.code=93010; H1.from_date=20260325; H1.billing_npi=1234567893; H1.rendering_npi=1455555015; H1.taxonomy=207Q00000X", "its column 2 on an earlier claim", NULL},
    {"NCC-07", 'P', 0, "L1.code=93000; @history#1; H1.claim_id=A0999; H1.kind=professional; H1.code=93010; H1.from_date=20260324; H1.billing_npi=1234567893; H1.rendering_npi=1455555015; H1.taxonomy=207Q00000X", "of the day before", NULL},
    {"NCC-07", 'P', 0, "L1.code=93000; @history#1; H1.claim_id=A0999; H1.kind=professional; H1.code=93010; H1.modifiers=59; H1.from_date=20260325; H1.billing_npi=1234567893; H1.rendering_npi=1455555015; H1.taxonomy=207Q00000X", "opened by a modifier there", NULL},

    {"MUE-01", 'P', 1, "L1.code=20610; L1.units_milli=3000", "MAI 1: three on a line, two allowed", NULL},
    {"MUE-01", 'P', 0, "L1.code=20610; L1.units_milli=2000; lines#3; L3.number=3; L3.control=A1000001L3; L3.code=20610; L3.modifiers=76; L3.charge_cents=100; L3.units_milli=2000; charge_cents=21600", "two lines of two", NULL},
    {"MUE-01", 'P', 0, "L1.code=20610; L1.units_milli=6000; L1.thru_date=20260327; @received=20260402; created_date=20260402", "six over three days", NULL},

    {"MUE-02", 'P', 1, "L2.units_milli=2000", "MAI 2: two on the day, one allowed", NULL},
    {"MUE-02", 'P', 1, "lines#3; L3.number=3; L3.control=A1000001L3; L3.modifiers=QW,91; L3.charge_cents=100; charge_cents=21600", "two lines of one: the day counts, whatever the modifier", NULL},
    {"MUE-02", 'P', 1, "@history#1; H1.claim_id=A0999; H1.kind=professional; H1.code=83036; H1.units_milli=1000; H1.modifiers=91; H1.from_date=20260325; H1.billing_npi=1234567893; H1.rendering_npi=1455555015; H1.taxonomy=207Q00000X", "one here and one on an earlier claim", NULL},
    {"MUE-02", 'P', 0, "lines#3; L3.number=3; L3.control=A1000001L3; L3.from_date=20260324; L3.thru_date=20260324; L3.charge_cents=100; charge_cents=21600", "one on each of two days", NULL},
    {"MUE-02", 'O', 1, "L2.units_milli=2000", "of the hospital's table", NULL},

    {"MUE-03", 'P', 1, "L1.code=J1885; L1.units_milli=9000", "MAI 3: nine, eight allowed", NULL},
    {"MUE-03", 'P', 1, "L1.code=A0021", "MUE 0: not expected on this kind of claim", NULL},
    {"MUE-03", 'P', 0, "L1.code=J1885; L1.units_milli=9000; attachments#1; attachments[0].type=OZ; attachments[0].transmission=EL; attachments[0].control=ATT1", "papers go with the claim", NULL},
    {"MUE-03", 'P', 0, "L1.code=J1885; L1.units_milli=8000", "eight", NULL},
    {"MUE-03", 'P', 1, "V1.taxonomy=332B00000X; L1.code=E0601; L1.modifiers=NU; L1.units_milli=2000; providers#3; V3.role=ordering; V3.npi=1455555049; V3.organization=0", "a supplier: the DME table", NULL},

    {"AOC-01", 'P', 1, "L1.code=11045", "no primary", NULL},
    {"AOC-01", 'P', 0, "L1.code=11045; L2.code=11042; L2.modifiers=", "with its primary", NULL},
    {"AOC-01", 'P', 0, "L1.code=11045; L2.code=11042; L2.modifiers=; L2.from_date=20260324; L2.thru_date=20260324", "the primary the day before", NULL},
    {"AOC-01", 'P', 1, "L1.code=11045; L2.code=11042; L2.modifiers=; L2.from_date=20260326; L2.thru_date=20260326", "the day after is too late", NULL},
    {"AOC-01", 'P', 2, "L1.code=64495; L2.code=64494; L2.modifiers=", "a chain: its primary is itself an add-on without one", NULL},
    {"AOC-01", 'P', 0, "L1.code=64495; L2.code=64494; L2.modifiers=; lines#3; L3.number=3; L3.control=A1000001L3; L3.code=64493; L3.charge_cents=100; charge_cents=21600", "a chain that holds", NULL},
    {"AOC-01", 'P', 0, "L1.code=11045; @history#1; H1.claim_id=A0999; H1.kind=professional; H1.code=11042; H1.from_date=20260325; H1.billing_npi=1234567893; H1.rendering_npi=1455555015; H1.taxonomy=207Q00000X", "the primary on an earlier claim", NULL},
    {"AOC-01", 'O', 1, "L1.code=11045", "on an outpatient hospital bill it is held, not refused", NULL},

    {"AOC-02", 'P', 1, "L1.code=96547; lines#1; charge_cents=16500", "type 2: the contractor decides, and nothing else is billed", NULL},
    {"AOC-02", 'P', 0, "L1.code=96547", "type 2, beside another service", NULL},
    {"AOC-01", 'P', 0, "L1.code=96570", "a list that the contractor defines is never a reject", NULL},
    {"AOC-02", 'P', 1, "L1.code=96570; lines#1; charge_cents=16500", "type 1 of which only the contractor knows the list", NULL},
    {"AOC-02", 'P', 1, "L1.code=99417", "type 3: none of the listed", NULL},
    {"AOC-02", 'P', 0, "L1.code=99417; L2.code=99215; L2.modifiers=", "type 3: a listed one", NULL},
    {.id = NULL},
};
/* clang-format on */
    {"AOC-01", 'P', 1, "L1.code=11045; L2.code=11042; L2.modifiers=; L2.providers#1; lines[1].providers[0].role=rendering; lines[1].providers[0].npi=1455555049; lines[1].providers[0].taxonomy=207RC0000X", "the primary by another specialty", NULL},
    {"AOC-01", 'P', 1, "L1.code=11045; @history#1; H1.claim_id=A0999; H1.kind=professional; H1.from_date=20260325; H1.billing_npi=1234567893; H1.rendering_npi=1455555015; H1.taxonomy=207Q00000X; H1.code=11042; H1.from_date=20260323", "on an earlier claim of two days before", NULL},
    {"AOC-01", 'P', 0, "L1.code=11045; @history#1; H1.claim_id=A0999; H1.kind=professional; H1.from_date=20260325; H1.billing_npi=1234567893; H1.rendering_npi=1455555015; H1.taxonomy=207Q00000X; H1.code=11042; H1.from_date=20260320; H1.thru_date=20260324", "of a span that ends the day before", NULL},
    {"AOC-01", 'P', 1, "L1.code=11045; @history#1; H1.claim_id=A0999; H1.kind=professional; H1.from_date=20260325; H1.billing_npi=1234567893; H1.rendering_npi=1455555015; H1.taxonomy=207Q00000X; H1.code=11042; H1.taxonomy=207RC0000X", "by another specialty there", NULL},
    {"AOC-01", 'P', 1, "L1.code=11045; @history#1; H1.claim_id=A0999; H1.kind=professional; H1.from_date=20260325; H1.billing_npi=1234567893; H1.rendering_npi=1455555015; H1.taxonomy=207Q00000X; H1.code=11042; H1.kind=institutional; H1.taxonomy=", "on the hospital's bill", NULL},
    {"AOC-01", 'P', 0, "lines#3; L3.number=3; L3.control=A1000001L3; L3.charge_cents=100; charge_cents=21600; L1.code=64495; L2.code=64494; L2.modifiers=; L2.from_date=20260324; L2.thru_date=20260324; L3.code=64493; L3.from_date=20260323; L3.thru_date=20260323", "a chain over three days", NULL},
    {"AOC-01", 'O', 1, "type_of_bill=0141; L1.code=11045", "on a bill of another type it is held too", NULL},
    {"AOC-01", 'O', 1, "type_of_bill=0121; L1.code=11045", "and on one for inpatients", NULL},
    {"AOC-01", 'O', 1, "type_of_bill=0831; L1.code=11045", "a surgery center's is refused", NULL},
    {"AOC-01", 'P', 0, "L1.code=11047", "a list that the contractor extends is never a reject", "AOC-02"},
    {"AOC-01", 'P', 1, "L1.code=11045; @history#1; H1.claim_id=A0999; H1.kind=professional; H1.from_date=20260325; H1.billing_npi=1234567893; H1.rendering_npi=1455555015; H1.taxonomy=207Q00000X; H1.code=11042; H1.billing_npi=1987654328", "of another house", NULL},
    {"AOC-01", 'P', 1, "L1.code=11045; @history#1; H1.claim_id=A0999; H1.kind=professional; H1.from_date=20260325; H1.billing_npi=1234567893; H1.rendering_npi=1455555015; H1.taxonomy=207Q00000X; H1.code=97597", "another code there", NULL},
    {"AOC-01", 'P', 0, "L1.code=96571", "a table that goes in circles holds nothing up", NULL},
