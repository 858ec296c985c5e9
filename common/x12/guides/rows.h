/* rows.h - the guides' tables, and code lists that several of them share */
#ifndef CC_X12_GUIDES_ROWS_H
#define CC_X12_GUIDES_ROWS_H

#include "common/x12/guide.h"

#define SBR_ORDER "A|B|C|D|E|F|G|H|P|S|T|U"
#define SBR_RELATION "01|18|19|20|21|39|40|53|G8"
#define SBR_FILING "11|12|13|14|15|16|17|AM|BL|CH|CI|DS|FI|HM|LM|MA|MB|MC|OF|TV|VA|WC|ZZ"
#define HCP_METHOD "00|01|02|03|04|05|06|07|08|09|10|11|12|13|14"
#define DELAY "1|2|3|4|5|6|7|8|9|10|11|15"
#define PWK_TYPES                                                                                  \
    "03|04|05|06|07|08|09|10|11|13|15|21|A3|A4|AM|AS|B2|B3|B4|BR|BS|BT|CB|CK|CT|D2|DA|DB|DG|DJ|DS" \
    "|EB|HC|HR|I5|IR|LA|M1|MT|NN|OB|OC|OD|OE|OX|OZ|P4|P5|PE|PN|PO|PQ|PY|PZ|RB|RR|RT|RX|SG|V5|XP"

extern const struct x12_row x12_rows_837p[], x12_rows_837i[], x12_rows_835[], x12_rows_999[],
    x12_rows_277ca[], x12_rows_277[], x12_rows_276[];

#endif
