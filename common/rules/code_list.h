/* code_list.h - a list of codes as the site's own tables hold it in a cell: looked at byte by byte,
 * for rows that are asked now and then (code_set.h is for many claims) */
#ifndef CC_RULES_CODE_LIST_H
#define CC_RULES_CODE_LIST_H

#include <stdbool.h>

#include "common/base/str.h"

/* Items separated by ";": a code, a range (70540-70553) of codes as long, a prefix (J*). An empty
 * list holds nothing. */
bool code_listed(struct span list, const char *code);

#endif
