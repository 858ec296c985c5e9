/* who.c - 16 digits of SHA-256 over member, first day and charge */
#include "common/claim/who.h"

#include <stdio.h>
#include <string.h>

#include "common/sys/digest.h"

enum { TEXT = 160 };

/* claim_who - see who.h */
void claim_who(const char *member, int32_t from_date, int64_t charge_cents, char out[WHO_TEXT])
{
    char text[TEXT], hex[DIGEST_TEXT];
    int n = snprintf(text, sizeof(text), "%s|%d|%lld", member ? member : "", (int)from_date,
                     (long long)charge_cents);

    out[0] = '\0';
    if (!member || !member[0] || !from_date || charge_cents <= 0 || n < 0 || n >= TEXT)
        return;
    digest_hex(text, (size_t)n, hex);
    memcpy(out, hex, WHO_TEXT - 1);
    out[WHO_TEXT - 1] = '\0';
}
