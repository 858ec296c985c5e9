/* g999.c - 999 acknowledgment, 005010X231A1 (billing §4.3) */
#include "common/x12/guides/rows.h"

#define IK5_REASONS "1|2|3|4|5|6|7|8|9|10|11|12|13|15|16|17|18|19|23|24|25|26|27|I5|I6"
#define AK9_REASONS "1|2|3|4|5|6|10|11|12|13|14|15|16|17|18|19|23|24|25|26"

/* clang-format off */
const struct x12_row x12_rows_999[] = {
    {"ST",     "ST",  'R',   1,  1, "R=999 R R"},
    {"ST",     "AK1", 'R',   1,  2, "R=BE|HB|HC|HI|HN|HP|HR|HS|RA R R"},
    {"2000",   NULL,  'S',   0,  3, "ST"},
    {"2000",   "AK2", 'R',   1,  1, "R=270|271|276|277|278|820|834|835|837 R S"},
    {"2100",   NULL,  'S',   0,  2, "2000"},
    {"2100",   "IK3", 'R',   1,  1, "R R S S=1|2|3|4|5|6|7|8|I4|I6|I7|I8|I9"},
    {"2100",   "CTX", 'S',  10,  2, "R(R S)*10 S S S S(R S S) S(R S)"},
    {"2110",   NULL,  'S',   0,  3, "2100"},
    {"2110",   "IK4", 'S',   1,  1, "R(R S S) S R=1|2|3|4|5|6|7|8|9|10|11|12|13|I10|I11|I12|I13|I6|I9 S"},
    {"2110",   "CTX", 'S',  10,  2, "R(R S)*10 S S S S(R S S) S(R S)"},
    {"2000",   "IK5", 'R',   1,  3, "R=A|E|M|R|W|X S=" IK5_REASONS "x5"},
    {"ST",     "AK9", 'R',   1,  4, "R=A|E|M|P|R|W|X Rx3 S=" AK9_REASONS "x5"},
    {"ST",     "SE",  'R',   1,  5, "R R"},
    {NULL, NULL, 0, 0, 0, NULL},
};
/* clang-format on */
