/* code_list.c - codes, ranges and prefixes of a cell */
#include "common/rules/code_list.h"

#include <string.h>

/* fits - equal, of a prefix, or in a range; codes of a kind are equally long */
static bool fits(struct span item, const char *code)
{
    const char *dash = item.n ? memchr(item.p, '-', item.n) : NULL;
    size_t n = dash ? (size_t)(dash - item.p) : item.n, len = strlen(code);

    if (dash)
        return n == len && item.n == 2 * len + 1 && memcmp(code, item.p, len) >= 0 &&
               memcmp(code, dash + 1, len) <= 0;
    if (n && item.p[n - 1] == '*')
        return len >= n - 1 && memcmp(code, item.p, n - 1) == 0;
    return span_is(item, code);
}

/* code_listed - see code_list.h */
bool code_listed(struct span list, const char *code)
{
    while (list.n)
        if (fits(span_trim(span_cut(&list, ';')), code))
            return true;
    return false;
}
