/* dates.c - cases of DAT */
#include "services/validator/cases/case.h"

/* clang-format off */
const struct edit_case cases_dates[] = {
    {"DAT-01", 'P', 1, "L2.from_date=0; L2.thru_date=0", "no day of service", NULL},
    {"DAT-01", 'P', 1, "L2.thru_date=20260324", "ends before it begins", NULL},
    {"DAT-01", 'P', 1, "L2.from_date=20260402; L2.thru_date=20260402", "tomorrow", NULL},
    {"DAT-01", 'I', 1, "thru_date=20260309; discharge_date=0", "a statement that ends before it begins", "DAT-04,DAT-06,DAT-09"},
    {"DAT-01", 'I', 1, "from_date=0", "no statement period", NULL},
    {"DAT-01", 'O', 1, "L1.from_date=0; L1.thru_date=0", "a procedure without a day", NULL},
    {"DAT-01", 'P', 0, "L2.from_date=20260401; L2.thru_date=20260401", "today", NULL},
    {"DAT-01", 'I', 0, "", "revenue lines of a stay have no days", NULL},
    {"DAT-01", 'P', 1, "L2.from_date=20260231", "the thirty-first of February", NULL},
    {"DAT-01", 'P', 1, "L2.thru_date=20260231", "as the last day", NULL},
    {"DAT-01", 'P', 0, "L2.thru_date=0", "one day", NULL},
    {"DAT-01", 'P', 0, "@received=0; created_date=0", "nobody knows what day it is", NULL},
    {"DAT-01", 'I', 0, "@received=0; created_date=0", "nobody knows what day it is", NULL},
    {"DAT-01", 'I', 1, "thru_date=0", "no end of the period", NULL},

    {"DAT-03", 'O', 1, "L1.from_date=20260326; L1.thru_date=20260326", "after the statement", NULL},
    {"DAT-03", 'I', 1, "L5.from_date=20260309; L5.thru_date=20260309", "before it", NULL},
    {"DAT-03", 'O', 0, "from_date=20260324", "inside", NULL},
    {"DAT-03", 'O', 0, "L1.from_date=20260320; L1.thru_date=20260319", "a line that ends before it begins is told once", "DAT-01"},

    {"DAT-04", 'I', 1, "admit_date=20260315", "admitted after the end", "DAT-06"},
    {"DAT-04", 'I', 0, "admit_date=20260308", "before the statement: an earlier bill", NULL},

    {"DAT-05", 'I', 1, "occurrences#2; occurrences[1].code=42; occurrences[1].occurrence_date=20260313", "left the day before the bill ends", NULL},
    {"DAT-05", 'I', 0, "occurrences#2; occurrences[1].code=42; occurrences[1].occurrence_date=20260314", "that day", NULL},

    {"DAT-06", 'I', 1, "R1.procedure_date=20260306", "four days before the admission", NULL},
    {"DAT-06", 'I', 1, "R1.procedure_date=20260315", "after the stay", NULL},
    {"DAT-06", 'I', 1, "R1.procedure_date=0", "no date", NULL},
    {"DAT-06", 'I', 0, "R1.procedure_date=20260307", "three days before", NULL},

    {"DAT-07", 'P', 1, "related_causes=OA", "an accident without a day", NULL},
    {"DAT-07", 'P', 1, "related_causes=AA; accident.accident_date=20260320", "on the road, and no state", NULL},
    {"DAT-07", 'P', 1, "related_causes=OA; accident.accident_date=20260326", "after the service", NULL},
    {"DAT-07", 'P', 0, "related_causes=AA; accident.accident_date=20260325; accident.state=OH", "that day", NULL},
    {"DAT-07", 'P', 0, "related_causes=EM", "an illness of work has no accident", NULL},
    {"DAT-07", 'P', 1, "accident.kind=AA; accident.accident_date=20260320", "its kind says road", NULL},
    {"DAT-07", 'P', 1, "accident.accident_date=20260326", "a day alone, after the service", NULL},
    {"DAT-07", 'P', 0, "related_causes=OA; accident.accident_date=20260320; L1.from_date=0; L1.thru_date=0; L2.from_date=0; L2.thru_date=0", "no service to come before", "DAT-01"},
    {"DAT-07", 'P', 0, "related_causes=AA; accident.accident_date=20260325; accident.country=CA", "on a road abroad", NULL},
    {"DAT-07", 'P', 0, "related_causes=OA; accident.accident_date=20260325", "not on the road", NULL},

    {"DAT-08", 'I', 1, "occurrences[0].occurrence_date=20260402", "in the future", NULL},
    {"DAT-08", 'I', 1, "occurrences[0].occurrence_date=0", "no date", NULL},
    {"DAT-08", 'I', 1, "occurrence_spans#1; occurrence_spans[0].code=74; occurrence_spans[0].from_date=20260316; occurrence_spans[0].thru_date=20260318", "a leave after the stay", NULL},
    {"DAT-08", 'I', 1, "occurrence_spans#1; occurrence_spans[0].code=74; occurrence_spans[0].from_date=20260313; occurrence_spans[0].thru_date=20260312", "ends before it begins", NULL},
    {"DAT-08", 'I', 0, "occurrence_spans#1; occurrence_spans[0].code=74; occurrence_spans[0].from_date=20260312; occurrence_spans[0].thru_date=20260313", "inside", NULL},
    {"DAT-08", 'I', 0, "occurrence_spans#1; occurrence_spans[0].code=71; occurrence_spans[0].from_date=20260116; occurrence_spans[0].thru_date=20260118", "an earlier stay", NULL},
    {"DAT-08", 'I', 1, "occurrence_spans#1; occurrence_spans[0].code=74; occurrence_spans[0].from_date=0; occurrence_spans[0].thru_date=20260312", "no first day", NULL},
    {"DAT-08", 'I', 1, "occurrence_spans#1; occurrence_spans[0].code=74; occurrence_spans[0].from_date=20260312; occurrence_spans[0].thru_date=0", "no last day", NULL},
    {"DAT-08", 'I', 1, "occurrence_spans#1; occurrence_spans[0].code=74; occurrence_spans[0].from_date=20260306; occurrence_spans[0].thru_date=20260308", "a leave before the stay", NULL},
    {"DAT-08", 'I', 0, "occurrence_spans#1; occurrence_spans[0].code=74; occurrence_spans[0].from_date=20260306; occurrence_spans[0].thru_date=20260309", "up to the day before", NULL},
    {"DAT-08", 'I', 0, "occurrence_spans#1; occurrence_spans[0].code=78; occurrence_spans[0].from_date=20260116; occurrence_spans[0].thru_date=20260118", "an earlier stay in a nursing facility", NULL},
    {"DAT-08", 'I', 0, "occurrence_spans#1; occurrence_spans[0].code=M0; occurrence_spans[0].from_date=20260116; occurrence_spans[0].thru_date=20260118", "a review's days", NULL},
    {"DAT-08", 'I', 0, "occurrence_spans#1; occurrence_spans[0].code=74; occurrence_spans[0].from_date=20260116; occurrence_spans[0].thru_date=20260118; from_date=20260231", "a period that begins on no day", "DAT-01"},
    {"DAT-08", 'I', 0, "occurrence_spans#1; occurrence_spans[0].code=74; occurrence_spans[0].from_date=20260116; occurrence_spans[0].thru_date=20260118; thru_date=20260231", "one that ends on none", "DAT-01"},

    {"DAT-09", 'I', 1, "values[0].amount_cents=500", "five covered days in a stay of four", NULL},
    {"DAT-09", 'I', 1, "L1.units_milli=3000", "three days of a bed", NULL},
    {"DAT-09", 'I', 0, "values[0].amount_cents=300; values#2; values[1].code=81; values[1].amount_cents=100", "three covered and one not", NULL},
    {"DAT-09", 'I', 1, "L1.units_milli=4611686018427387904; charge_cents=1375050", "a bed for longer than anybody lives", NULL},
    {"DAT-09", 'I', 0, "L1.units_milli=-4000", "negative days are told once", "CHG-02"},
    {"DAT-09", 'I', 0, "values#0", "no days are told", NULL},
    {"DAT-09", 'I', 0, "from_date=20260310; thru_date=20260310; discharge_date=20260310; R1.procedure_date=20260310; values[0].amount_cents=100; L1.units_milli=1000", "in and out on one day counts as one", NULL},
    {"DAT-09", 'I', 0, "values[0].code=81", "none of them covered", NULL},

    {"DAT-11", 'P', 1, "created_date=20260324", "made the day before the service", NULL},
    {"DAT-11", 'P', 0, "created_date=20260325", "made that day", NULL},
    {.id = NULL},
};
/* clang-format on */
