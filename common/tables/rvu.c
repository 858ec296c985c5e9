/* rvu.c - a code of the fee schedule under its modifier */
#include "common/tables/rvu.h"

/* rvu_find - by modifier, else the whole service */
enum lookup rvu_find(const struct tables *t, const char *code, const char *modifier, int32_t on,
                     struct table_row *out)
{
    enum lookup r = LOOKUP_ABSENT;

    if (modifier && modifier[0])
        r = tables_find(t, TABLE_RVU, code, modifier, on, out);
    return r == LOOKUP_ABSENT ? tables_find(t, TABLE_RVU, code, RVU_WHOLE, on, out) : r;
}
