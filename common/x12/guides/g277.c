/* g277.c - 277 claim status answer, 005010X212 (billing §5) */
#include "common/x12/guides/rows.h"

/* Who a status is about: every entity that the guide knows. */
#define ENTITY                                                                                     \
    "03|13|17|1E|1G|1H|1I|1O|1P|1Q|1R|1S|1T|1U|1V|1W|1X|1Y|1Z|28|2A|2B|2D|2E|2I|2K"                \
    "|2P|2Q|2S|2Z|30|36|3A|3C|3D|3E|3F|3G|3H|3I|3J|3K|3L|3M|3N|3O|3P|3Q|3R|3S|3T|3U"               \
    "|3V|3W|3X|3Y|3Z|40|41|43|44|4A|4B|4C|4D|4E|4F|4G|4H|4I|4J|4L|4M|4N|4O|4P|4Q|4R"               \
    "|4S|4U|4V|4W|4X|4Y|4Z|5A|5B|5C|5D|5E|5F|5G|5H|5I|5J|5K|5L|5M|5N|5O|5P|5Q|5R|5S"               \
    "|5T|5U|5V|5W|5X|5Y|5Z|61|6A|6B|6C|6D|6E|6F|6G|6H|6I|6J|6K|6L|6M|6N|6O|6P|6Q|6R"               \
    "|6S|6U|6V|6W|6X|6Y|71|72|73|74|77|7C|80|82|84|85|87|95|AY|CK|CZ|D2|DD|DJ|DK|DN"               \
    "|DO|DQ|E1|E2|E7|E9|FA|FD|FE|G0|G3|GB|GD|GI|GJ|GK|GM|GY|HF|HH|I3|IJ|IL|IN|LI|LR"               \
    "|MR|MSC|OB|OD|OX|P0|P2|P3|P4|P6|P7|PR|PRP|PT|PV|PW|QA|QB|QC|QD|QE|QH|QK|QL|QN"                \
    "|QO|QS|QV|QY|RC|RW|S4|SEP|SJ|SU|T4|TL|TQ|TT|TTP|TU|UH|X3|X4|X5|ZZ"

/* clang-format off */
const struct x12_row x12_rows_277[] = {
    {"ST",     "ST",  'R',   1,  1, "R=277 R R"},
    {"ST",     "BHT", 'R',   1,  2, "R=0010 R=08 Rx3 R=DG"},
    {"2000A",  NULL,  'R',   0,  3, "ST"},
    {"2000A",  "HL",  'R',   1,  1, "R N R=20 R=1"},
    {"2100A",  NULL,  'R',   1,  2, "2000A"},
    {"2100A",  "NM1", 'R',   1,  1, "R=PR R=2 R Nx4 R=PI|XV R"},
    {"2100A",  "PER", 'S',   1,  2, "R=IC S R=ED|EM|FX|TE R S=ED|EM|EX|FX|TE S S=ED|EM|EX|FX|TE S"},
    {"2000B",  NULL,  'R',   0,  3, "2000A"},
    {"2000B",  "HL",  'R',   1,  1, "R R R=21 R=0|1"},
    {"2100B",  NULL,  'R',   1,  2, "2000B"},
    {"2100B",  "NM1", 'R',   1,  1, "R=41 R=1|2 Sx3 N N R=46 R"},
    {"2200B",  NULL,  'S',   1,  3, "2000B"},
    {"2200B",  "TRN", 'R',   1,  1, "R=2 R"},
    {"2200B",  "STC", 'R',   0,  2, "R(R R S=" ENTITY " S) R S Nx6 S(R R S=" ENTITY " S) S(R R S=" ENTITY " S) S"},
    {"2000C",  NULL,  'S',   0,  4, "2000B"},
    {"2000C",  "HL",  'R',   1,  1, "R R R=19 R=0|1"},
    {"2100C",  NULL,  'R',   2,  2, "2000C"},
    {"2100C",  "NM1", 'R',   1,  1, "R=1P R=1|2 Sx3 N S R=FI|SV|XX R"},
    {"2200C",  NULL,  'S',   1,  3, "2000C"},
    {"2200C",  "TRN", 'R',   1,  1, "R=1 R"},
    {"2200C",  "STC", 'R',   0,  2, "R(R R S=" ENTITY " S) R S Nx6 S(R R S=" ENTITY " S) S(R R S=" ENTITY " S) S"},
    {"2000D",  NULL,  'S',   0,  4, "2000C"},
    {"2000D",  "HL",  'R',   1,  1, "R R R=22 R=0|1"},
    {"2100D",  NULL,  'R',   1,  2, "2000D"},
    {"2100D",  "NM1", 'R',   1,  1, "R=IL R=1|2 R S S N S R=24|II|MI R"},
    {"2200D",  NULL,  'S',   0,  3, "2000D"},
    {"2200D",  "TRN", 'R',   1,  1, "R=2 R"},
    {"2200D",  "STC", 'R',   0,  2, "R(R R S=" ENTITY " S) R S Sx6 S(R R S=" ENTITY " S) S(R R S=" ENTITY " S) S"},
    {"2200D",  "REF", 'S',   1,  3, "R=1K R"},
    {"2200D",  "REF", 'S',   1,  3, "R=BLT R"},
    {"2200D",  "REF", 'S',   1,  3, "R=EJ R"},
    {"2200D",  "REF", 'S',   1,  3, "R=XZ R"},
    {"2200D",  "REF", 'S',   1,  3, "R=VV R"},
    {"2200D",  "REF", 'S',   1,  3, "R=D9 R"},
    {"2200D",  "DTP", 'S',   1,  4, "R=472 R=D8|RD8 R"},
    {"2220D",  NULL,  'S',   0,  5, "2200D"},
    {"2220D",  "SVC", 'R',   1,  1, "R(R=AD|ER|HC|HP|IV|N4|NU|WK R Sx4) R R S N N S"},
    {"2220D",  "STC", 'R',   0,  2, "R(R R S=" ENTITY " S) R S Sx6 S(R R S=" ENTITY " S) S(R R S=" ENTITY " S) S"},
    {"2220D",  "REF", 'S',   1,  3, "R=FJ R"},
    {"2220D",  "DTP", 'S',   1,  4, "R=472 R=D8|RD8 R"},
    {"2000E",  NULL,  'S',   0,  4, "2000D"},
    {"2000E",  "HL",  'R',   1,  1, "R R R=23 S=0"},
    {"2100E",  NULL,  'R',   1,  2, "2000E"},
    {"2100E",  "NM1", 'R',   1,  1, "R=QC R=1 R S S N S"},
    {"2200E",  NULL,  'S',   0,  3, "2000E"},
    {"2200E",  "TRN", 'R',   1,  1, "R=2 R"},
    {"2200E",  "STC", 'R',   0,  2, "R(R R S=" ENTITY " S) R S Sx6 S(R R S=" ENTITY " S) S(R R S=" ENTITY " S) S"},
    {"2200E",  "REF", 'S',   1,  3, "R=1K R"},
    {"2200E",  "REF", 'S',   1,  3, "R=BLT R"},
    {"2200E",  "REF", 'S',   1,  3, "R=EJ R"},
    {"2200E",  "REF", 'S',   1,  3, "R=XZ R"},
    {"2200E",  "REF", 'S',   1,  3, "R=VV R"},
    {"2200E",  "REF", 'S',   1,  3, "R=D9 R"},
    {"2200E",  "DTP", 'S',   1,  4, "R=472 R=D8|RD8 R"},
    {"2220E",  NULL,  'S',   0,  5, "2200E"},
    {"2220E",  "SVC", 'R',   1,  1, "R(R=AD|ER|HC|HP|IV|N4|NU|WK R Sx4) R R S N N S"},
    {"2220E",  "STC", 'R',   0,  2, "R(R R S=" ENTITY " S) R S Sx6 S(R R S=" ENTITY " S) S(R R S=" ENTITY " S) S"},
    {"2220E",  "REF", 'S',   1,  3, "R=FJ R"},
    {"2220E",  "DTP", 'S',   1,  4, "R=472 R=D8|RD8 R"},
    {"ST",     "SE",  'R',   1,  4, "R R"},
    {NULL, NULL, 0, 0, 0, NULL},
};
/* clang-format on */
