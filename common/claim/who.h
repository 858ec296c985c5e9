/* who.h - what a claim is known by when its number is damaged: member, first day and charge, as a
 * hash, so that no identity stands in a key (billing §8.8) */
#ifndef CC_CLAIM_WHO_H
#define CC_CLAIM_WHO_H

#include <stdint.h>

enum { WHO_TEXT = 17 };

/* "" when one of the three is not known. */
void claim_who(const char *member, int32_t from_date, int64_t charge_cents, char out[WHO_TEXT]);

#endif
