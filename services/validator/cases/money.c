/* money.c - cases of CHG, COB */
#include "services/validator/cases/case.h"

#define SECOND                                                                                     \
    "coverages#2; C1.destination=0; C1.adjudicated=1; C1.paid_cents=12000; "                       \
    "C1.adjudication_date=20260330; C2.sequence=S; C2.destination=1; C2.payer_id=SMP02"
#define LINES                                                                                      \
    "; L1.adjudications#1; lines[0].adjudications[0].payer=SHP01; "                                \
    "lines[0].adjudications[0].paid_cents=9500; L1.adjudications[0].adjudication_date=20260330; "  \
    "L1.adjudications[0].adjustments#1; lines[0].adjudications[0].adjustments[0].group=CO; "       \
    "lines[0].adjudications[0].adjustments[0].reason=45; "                                         \
    "lines[0].adjudications[0].adjustments[0].amount_cents=7000; "                                 \
    "L2.adjudications#1; lines[1].adjudications[0].payer=SHP01; "                                  \
    "lines[1].adjudications[0].paid_cents=2500; L2.adjudications[0].adjudication_date=20260330; "  \
    "L2.adjudications[0].adjustments#1; lines[1].adjudications[0].adjustments[0].group=PR; "       \
    "lines[1].adjudications[0].adjustments[0].reason=2; "                                          \
    "lines[1].adjudications[0].adjustments[0].amount_cents=2500"

/* clang-format off */
const struct edit_case cases_money[] = {
    {"CHG-01", 'P', 1, "charge_cents=21499", "a cent short", NULL},
    {"CHG-01", 'I', 1, "charge_cents=1375051", "a cent over", NULL},
    {"CHG-01", 'P', 1, "L1.charge_cents=9223372036854775807", "a sum that no number holds", NULL},
    {"CHG-01", 'P', 0, "L1.charge_cents=16501; L2.charge_cents=4999", "other lines, the same sum", NULL},

    {"CHG-01", 'P', 0, "charge_cents=0", "a charge of nothing is told once", "CHG-03"},
    {"CHG-01", 'P', 0, "L2.charge_cents=-5000", "a negative line is told once", "CHG-02"},
    {"CHG-01", 'O', 1, "charge_cents=0; frequency=0; type_of_bill=0130", "a bill that asks for no payment still adds up", NULL},

    {"CHG-02", 'P', 1, "L2.charge_cents=-5000; charge_cents=11500", "a negative charge", NULL},
    {"CHG-02", 'P', 1, "L2.units_milli=-1000", "negative units", NULL},
    {"CHG-02", 'P', 0, "L2.charge_cents=0; charge_cents=16500", "a line of nothing", NULL},

    {"CHG-03", 'P', 1, "L1.charge_cents=0; L2.charge_cents=0; charge_cents=0", "a claim of nothing", NULL},
    {"CHG-03", 'P', 1, "charge_cents=-21500", "less than nothing", NULL},
    {"CHG-03", 'P', 0, "L2.charge_cents=-25000; charge_cents=-8500", "by a negative line, which is told", "CHG-02"},
    {"CHG-03", 'P', 0, "L1.charge_cents=1; L2.charge_cents=0; charge_cents=1", "of a cent", "CHG-07"},
    {"CHG-03", 'O', 0, "L1.charge_cents=0; L2.charge_cents=0; charge_cents=0; frequency=0; type_of_bill=0130", "a bill that asks for no payment", NULL},

    {"CHG-04", 'P', 1, "L2.units_milli=0", "no units", NULL},
    {"CHG-04", 'P', 1, "L2.units_milli=500", "half a test", NULL},
    {"CHG-04", 'P', 1, "L1.unit_code=MJ; L1.units_milli=15000", "minutes of a visit", NULL},
    {"CHG-04", 'P', 1, "L1.unit_code=DA", "days, on a professional claim", NULL},
    {"CHG-04", 'P', 0, "L1.code=A0425; L1.units_milli=2500", "two and a half miles", NULL},
    {"CHG-04", 'P', 0, "L1.code=00142; L1.unit_code=MJ; L1.units_milli=15000; L1.modifiers=AA", "minutes of anesthesia", NULL},
    {"CHG-04", 'I', 0, "L2.units_milli=35500", "half a unit of a revenue line", NULL},
    {"CHG-04", 'I', 0, "L2.unit_code=", "a unit that is not told", NULL},
    {"CHG-04", 'I', 1, "L2.unit_code=F2", "a drug's unit, on a bill", NULL},
    {"CHG-04", 'O', 1, "L1.code=; L1.code_qualifier=; L1.revenue=0250; L1.unit_code=MJ", "minutes of a pharmacy", NULL},
    {"CHG-04", 'O', 1, "L1.code=00142; L1.revenue=0360; L1.unit_code=MJ; L1.units_milli=15000", "a facility's bill knows no minutes, of anesthesia neither", NULL},

    {"CHG-05", 'P', 1, "L1.code=99232; L1.units_milli=2000; place_of_service=21; admit_date=20260324; providers#3; V3.role=facility; V3.organization=1; V3.npi=1667770014", "two hospital visits on a day", "MUE-02"},
    {"CHG-05", 'P', 0, "L1.code=99232; L1.units_milli=2000; L1.thru_date=20260326; place_of_service=21; admit_date=20260324; providers#3; V3.role=facility; V3.organization=1; V3.npi=1667770014", "on two days", NULL},

    {"CHG-06", 'I', 1, "L1.unit_code=UN", "a bed in units", NULL},
    {"CHG-06", 'I', 0, "L1.unit_code=DA", "in days", NULL},

    {"CHG-07", 'P', 1, "L2.charge_cents=1; charge_cents=16501", "a cent", NULL},
    {"CHG-07", 'P', 1, "L1.code=99215; L1.charge_cents=167010; charge_cents=172010", "ten times the fee schedule and a dime", NULL},
    {"CHG-07", 'P', 0, "L1.code=99215; L1.charge_cents=167009; charge_cents=172009", "ten times", NULL},
    {"CHG-07", 'P', 0, "L2.charge_cents=2; charge_cents=16502", "two", NULL},
    {"CHG-07", 'P', 0, "L2.code=; L2.code_qualifier=; L2.charge_cents=60000; charge_cents=76500", "a line without a code has no fee", NULL},
    {"CHG-07", 'P', 0, "L1.code=99215; L1.charge_cents=167010; L1.units_milli=0; charge_cents=172010", "of no units", "CHG-04"},

    {"CHG-08", 'P', 1, "patient_paid_cents=21501", "the patient paid a cent too much", NULL},
    {"CHG-08", 'I', 1, "L2.noncovered_cents=125051", "more than the line", NULL},
    {"CHG-08", 'P', 0, "patient_paid_cents=21500", "all of it", NULL},
    {"CHG-08", 'P', 0, "charge_cents=-1", "of a whole below nothing, which is told once", "CHG-03"},
    {"CHG-08", 'I', 0, "L2.noncovered_cents=125050", "all of the line", NULL},

    {"CHG-09", 'P', 1, "lines#0; charge_cents=0", "no line", NULL},
    {"CHG-09", 'I', 0, "", "five lines", NULL},

    {"COB-01", 'P', 1, SECOND LINES "; lines[0].adjudications[0].paid_cents=9501", "a line that is a cent off", NULL},
    {"COB-01", 'P', 1, SECOND LINES "; C1.paid_cents=12001", "a claim that is a cent off", NULL},
    {"COB-01", 'P', 0, SECOND LINES, "it balances", NULL},
    {"COB-01", 'P', 0, SECOND LINES "; C1.paid_cents=12001; L2.adjudications#0", "lines not complete: the claim is not asked", NULL},
    {"COB-01", 'P', 1, SECOND LINES "; lines[0].adjudications[0].adjustments[0].amount_cents=9223372036854775807", "an adjustment that no sum holds", NULL},
    {"COB-01", 'P', 1, SECOND LINES "; C1.paid_cents=9223372036854775807", "a payment that no sum holds", NULL},

    {"COB-02", 'P', 2, SECOND LINES "; C1.payer_id=OTHER", "two lines decided by nobody on the claim", NULL},
    {"COB-02", 'P', 0, SECOND LINES, "by the first payer", NULL},

    {"COB-03", 'P', 1, SECOND "; C2.sequence=P", "two first payers", NULL},
    {"COB-03", 'P', 1, SECOND "; C1.destination=1", "two destinations", NULL},
    {"COB-03", 'P', 1, SECOND "; C2.destination=0", "no destination", "IDN-04,IDN-01"},
    {"COB-03", 'P', 1, "C1.sequence=", "no place", NULL},
    {"COB-03", 'P', 0, SECOND, "first and second", NULL},
    {"COB-03", 'P', 0, SECOND "; coverages#4; C3.sequence=U; C3.destination=0; C3.payer_id=CIB03; C4.sequence=U; C4.destination=0; C4.payer_id=RUL05", "two of which nobody knows the place", NULL},

    {"COB-04", 'P', 1, SECOND "; C1.adjudication_date=0", "decided, and no day", NULL},
    {"COB-04", 'P', 1, SECOND LINES "; C1.adjudicated=0", "lines decided, and no amount", "COB-06"},
    {"COB-04", 'P', 0, SECOND LINES "; C1.adjudication_date=0", "the lines have the day", NULL},
    {"COB-04", 'P', 1, SECOND LINES "; C1.adjudication_date=0; L1.adjudications[0].adjudication_date=0", "a line without the day either", NULL},

    {"COB-05", 'P', 1, SECOND LINES "; C1.remaining_liability_given=1; L1.adjudications[0].remaining_liability_given=1", "on the claim and on a line", NULL},
    {"COB-05", 'P', 1, SECOND "; C1.remaining_liability_given=1; C1.remaining_liability_cents=-1", "negative", NULL},
    {"COB-05", 'P', 0, SECOND "; C1.remaining_liability_given=1; C1.remaining_liability_cents=2500", "on the claim", NULL},
    {"COB-05", 'P', 1, SECOND LINES "; L1.adjudications[0].remaining_liability_given=1; lines[0].adjudications[0].remaining_liability_cents=-1", "negative on a line", NULL},

    {"COB-06", 'P', 1, SECOND "; C1.adjudicated=0", "the first payer has not answered", NULL},
    {"COB-06", 'P', 0, SECOND, "it has", NULL},
    {"COB-06", 'P', 0, SECOND "; C1.sequence=", "nobody knows which comes first", "COB-03"},

    {"COB-07", 'I', 1, "C1.sequence=S", "Medicare second, and not why", NULL},
    {"COB-07", 'I', 0, "C1.sequence=S; C1.insurance_type=12", "working aged", NULL},

    {"COB-09", 'P', 1, SECOND "; C1.adjudicated=0; C1.noncovered_given=1; C1.noncovered_cents=21499", "not all of it", NULL},
    {"COB-09", 'P', 1, SECOND "; C1.noncovered_given=1; C1.noncovered_cents=21500", "not asked, and paid", NULL},
    {"COB-09", 'P', 0, SECOND "; C1.adjudicated=0; C1.noncovered_given=1; C1.noncovered_cents=21500", "never asked", NULL},
    {"COB-09", 'P', 1, SECOND "; C1.adjudicated=0; C1.noncovered_given=1; C1.noncovered_cents=21500; C1.adjustments#1; coverages[0].adjustments[0].group=CO; coverages[0].adjustments[0].reason=45; coverages[0].adjustments[0].amount_cents=100", "not asked, and adjusted", NULL},

    {"COD-11", 'P', 1, SECOND LINES "; lines[0].adjudications[0].adjustments[0].reason=999; L1.adjudications[0].adjudication_date=0", "no reason, on a line that has no day", NULL},
    {.id = NULL},
};
/* clang-format on */
