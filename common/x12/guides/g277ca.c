/* g277ca.c - 277 claim acknowledgment, 005010X214 (billing §4.4) */
#include "common/x12/guides/rows.h"

/* Who a status is about. */
#define ENTITY                                                                                     \
    "03|1P|1Z|36|40|41|71|72|73|77|82|85|87|AY|DK|DN|DQ|FA|GB"                                     \
    "|HK|IL|LI|MSC|PR|PRP|QB|QC|QD|SEP|TL|TTP|TU"

/* clang-format off */
const struct x12_row x12_rows_277ca[] = {
    {"ST",     "ST",  'R',   1,  1, "R=277 R R"},
    {"ST",     "BHT", 'R',   1,  2, "R=0085 R=08 Rx3 R=TH"},
    {"2000A",  NULL,  'R',   0,  3, "ST"},
    {"2000A",  "HL",  'R',   1,  1, "R N R=20 R=1"},
    {"2100A",  NULL,  'R',   1,  2, "2000A"},
    {"2100A",  "NM1", 'R',   1,  1, "R=PR|AY R=2 R Nx4 R=46|FI|PI|XV R"},
    {"2200A",  NULL,  'R',   0,  3, "2000A"},
    {"2200A",  "TRN", 'R',   1,  1, "R=1 R"},
    {"2200A",  "DTP", 'R',   1,  2, "R=050 R=D8 R"},
    {"2200A",  "DTP", 'R',   1,  2, "R=009 R=D8 R"},
    {"2000B",  NULL,  'R',   1,  4, "2000A"},
    {"2000B",  "HL",  'R',   1,  1, "R R R=21 R=0|1"},
    {"2100B",  NULL,  'R',   1,  2, "2000B"},
    {"2100B",  "NM1", 'R',   1,  1, "R=41 R=1|2 R S S N N R=46 R"},
    {"2200B",  NULL,  'R',   1,  3, "2000B"},
    {"2200B",  "TRN", 'R',   1,  1, "R=2 R"},
    {"2200B",  "STC", 'R',   0,  2, "R(R R S=" ENTITY ") R R=U|WQ R Nx5 S(R R S=" ENTITY ") S(R R S=" ENTITY ") S"},
    {"2200B",  "QTY", 'S',   1,  3, "R=90 R"},
    {"2200B",  "QTY", 'S',   1,  3, "R=AA R"},
    {"2200B",  "AMT", 'S',   1,  4, "R=YU R"},
    {"2200B",  "AMT", 'S',   1,  4, "R=YY R"},
    {"2000C",  NULL,  'S',   0,  4, "2000B"},
    {"2000C",  "HL",  'R',   1,  1, "R R R=19 R=0|1"},
    {"2100C",  NULL,  'R',   0,  2, "2000C"},
    {"2100C",  "NM1", 'R',   1,  1, "R=85 R=1|2 R Sx4 R=FI|SV|XX R"},
    {"2200C",  NULL,  'S',   1,  3, "2000C"},
    {"2200C",  "TRN", 'R',   1,  1, "R=1 R"},
    {"2200C",  "STC", 'R',   0,  2, "R(R R S=" ENTITY ") N R=U|WQ R Nx5 S(R R S=" ENTITY ") S(R R S=" ENTITY ") S"},
    {"2200C",  "REF", 'S',   1,  3, "R=0B|1G|G2|LU|SY|TJ R"},
    {"2200C",  "QTY", 'S',   1,  4, "R=QA R"},
    {"2200C",  "QTY", 'S',   1,  4, "R=QC R"},
    {"2200C",  "AMT", 'S',   1,  5, "R=YU R"},
    {"2200C",  "AMT", 'S',   1,  5, "R=YY R"},
    {"2000D",  NULL,  'S',   0,  4, "2000C"},
    {"2000D",  "HL",  'R',   1,  1, "R R R=PT S=0"},
    {"2100D",  NULL,  'R',   1,  2, "2000D"},
    {"2100D",  "NM1", 'R',   1,  1, "R=QC R=1 R Sx4 R=II|MI R"},
    {"2200D",  NULL,  'S',   0,  3, "2000D"},
    {"2200D",  "TRN", 'R',   1,  1, "R=2 R"},
    {"2200D",  "STC", 'R',   0,  2, "R(R R S=" ENTITY ") R R=U|WQ R Nx5 S(R R S=" ENTITY ") S(R R S=" ENTITY ") S"},
    {"2200D",  "REF", 'S',   1,  3, "R=1K R"},
    {"2200D",  "REF", 'S',   1,  3, "R=D9 R"},
    {"2200D",  "REF", 'S',   1,  3, "R=BLT R"},
    {"2200D",  "DTP", 'R',   1,  4, "R=472 R=RD8|D8 R"},
    {"2220D",  NULL,  'S',   0,  5, "2200D"},
    {"2220D",  "SVC", 'R',   1,  1, "R(R=AD|ER|HC|HP|IV|NU|WK R Sx4) R N S N N S"},
    {"2220D",  "STC", 'R',   1,  2, "R(R R S=" ENTITY ") R R=U Nx6 S(R R S=" ENTITY ") S(R R S=" ENTITY ") S"},
    {"2220D",  "REF", 'S',   1,  3, "R=FJ R"},
    {"2220D",  "REF", 'S',   1,  3, "R=XZ R"},
    {"2220D",  "DTP", 'S',   1,  4, "R=472 R=D8|RD8 R"},
    {"ST",     "SE",  'R',   1,  4, "R R"},
    {NULL, NULL, 0, 0, 0, NULL},
};
/* clang-format on */
