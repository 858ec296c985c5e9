/* list.c - the guides there are */
#include <string.h>

#include "common/x12/guides/rows.h"

/* clang-format off */
const struct x12_guide x12_guides[] = {
    {X12_837P,  "005010X222A1", "837P",  "HC", "837", x12_rows_837p},
    {X12_837I,  "005010X223A2", "837I",  "HC", "837", x12_rows_837i},
    {X12_835,   "005010X221A1", "835",   "HP", "835", x12_rows_835},
    {X12_999,   "005010X231A1", "999",   "FA", "999", x12_rows_999},
    {X12_277CA, "005010X214",   "277CA", "HN", "277", x12_rows_277ca},
    {X12_277,   "005010X212",   "277",   "HN", "277", x12_rows_277},
    {X12_276,   "005010X212",   "276",   "HR", "276", x12_rows_276},
    {0, NULL, NULL, NULL, NULL, NULL},
};
/* clang-format on */

enum { BASE_LENGTH = 10 }; /* "005010X222", errata follow */

/* x12_guide_find - the version and set decide; a 999 is the same with and without its errata */
const struct x12_guide *x12_guide_find(struct span version, struct span set, bool *exact)
{
    for (const struct x12_guide *g = x12_guides; g->version; g++) {
        if (!span_is(set, g->set) || version.n < BASE_LENGTH ||
            memcmp(version.p, g->version, BASE_LENGTH) != 0)
            continue;
        if (version.n > BASE_LENGTH &&
            (version.p[BASE_LENGTH] != 'A' || version.n > BASE_LENGTH + 2))
            continue;
        *exact = g->kind == X12_999 || span_is(version, g->version);
        return g;
    }
    return NULL;
}
