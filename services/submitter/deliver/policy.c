/* policy.c - how long a route that failed is left alone */
#include "services/submitter/deliver/policy.h"

#include <string.h>

#include "common/base/str.h"
#include "common/sys/digest.h"

/* policy_is_open - see policy.h */
bool policy_is_open(uint32_t failures)
{
    return failures >= POLICY_BREAK_AFTER;
}

/* policy_pause_ms - see policy.h */
int64_t policy_pause_ms(uint32_t failures, const char *key)
{
    const bool open = policy_is_open(failures);
    uint32_t doubled = open ? failures - POLICY_BREAK_AFTER : failures ? failures - 1 : 0;
    int64_t pause = open ? POLICY_OPEN_MS : POLICY_FIRST_MS;
    char text[192];
    size_t n;

    while (doubled-- > 0 && pause < POLICY_LONGEST_MS)
        pause *= 2;
    if (pause > POLICY_LONGEST_MS)
        pause = POLICY_LONGEST_MS;
    str_copy(text, sizeof(text) - 4, key);
    n = strlen(text);
    memcpy(text + n, &failures, sizeof(failures));
    return pause - (int64_t)(digest_u64(text, n + sizeof(failures)) % (uint64_t)(pause / 4 + 1));
}
