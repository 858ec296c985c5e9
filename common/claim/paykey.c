/* paykey.c - the idempotency key of each claim of a payment: TRN02, CLP07, CLP02 and which of
 * several equal ones (billing §8.3). A hash table counts the equal ones, so that a payment of ten
 * thousand claims stays linear. */
#include <string.h>

#include "common/claim/balance.h"

struct slot {
    const CcRemittance *claim; /* NULL: free */
    uint32_t seen;
};

/* hash - FNV-1a over the three texts that make claims equal */
static uint64_t hash(const CcRemittance *c)
{
    const char *const parts[] = {c->claim_id, c->payer_claim, c->status};
    uint64_t h = 14695981039346656037ULL;

    for (size_t i = 0; i < 3; i++)
        for (const char *p = parts[i];; p++) {
            h = (h ^ (unsigned char)*p) * 1099511628211ULL;
            if (*p == '\0')
                break;
        }
    return h;
}

/* equal - the same claim, number and status */
static bool equal(const CcRemittance *a, const CcRemittance *b)
{
    return strcmp(a->claim_id, b->claim_id) == 0 && strcmp(a->payer_claim, b->payer_claim) == 0 &&
           strcmp(a->status, b->status) == 0;
}

/* occurrence - how many equal claims stood before this one */
static uint32_t occurrence(struct slot *slots, size_t mask, const CcRemittance *claim)
{
    size_t at = (size_t)hash(claim) & mask;

    while (slots[at].claim && !equal(slots[at].claim, claim))
        at = (at + 1) & mask;
    slots[at].claim = claim;
    return slots[at].seen++;
}

/* payment_keys - all claims of a payment */
void payment_keys(struct arena *a, struct payment *p)
{
    size_t size = 16;
    struct slot *slots;

    while (size < 2 * p->n_claims)
        size *= 2;
    slots = arena_array(a, size, sizeof(*slots));
    for (size_t i = 0; slots && i < p->n_claims; i++) {
        CcRemittance *c = p->claims[i];
        char *key = arena_printf(a, "835|%s|%s|%s|%s|%u", p->trace, c->claim_id, c->payer_claim,
                                 c->status, occurrence(slots, size - 1, c));

        if (key)
            c->key = key;
    }
}
