/* pairs_index.c - from two codes to the chain of their pair
 *
 * A pair has a number below the square of the number of codes, another for each pair, so that
 * nothing is lost when only its last eight bits are kept. Codes stand in a random order and a
 * second code turns the row of the first by a random step: neighbours, codes with many partners and
 * partners of many codes are spread over all blocks. The same codes always give the same order. */
#include <stdlib.h>
#include <string.h>

#include "common/tables/edition.h"
#include "common/tables/pairs.h"

/* CHAIN_MORE: the list of what did not fit tells it (no table has so many different chains).
 * BLOCK_AIM: so many pairs a block on average, that few blocks are full. */
enum { CHAIN_MORE = 0xFFFFFF, ROOM_NUMBERS = 256, BLOCK_AIM = 36 };

/* code_word - the text as a number; false: too long to be a code */
static bool code_word(const char *code, uint64_t *out)
{
    char text[PAIR_CODE_BYTES] = {0};
    size_t n = 0;

    for (; code[n]; n++) {
        if (n == PAIR_CODE_BYTES)
            return false;
        text[n] = code[n];
    }
    memcpy(out, text, sizeof(text));
    return n > 0;
}

/* slot_of - where the search for a code begins */
static uint32_t slot_of(const struct pairs *p, uint64_t word)
{
    return (uint32_t)(word * UINT64_C(0x9E3779B97F4A7C15) >> (64 - p->slot_bits));
}

/* bits_for - so many bits number n things */
static unsigned bits_for(size_t n)
{
    unsigned bits = 1;

    while ((size_t)1 << bits < n)
        bits++;
    return bits;
}

/* pairs_index_codes - at most half of the slots are used */
int pairs_index_codes(struct pairs *p, struct err *e)
{
    uint32_t mask;

    p->slot_bits = bits_for((size_t)p->n_codes * 2 + 2);
    mask = (1u << p->slot_bits) - 1;
    p->slots = malloc(((size_t)mask + 1) * sizeof(*p->slots));
    if (!p->slots)
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    memset(p->slots, 0xFF, ((size_t)mask + 1) * sizeof(*p->slots));
    for (uint32_t i = 0; i < p->n_codes; i++) {
        uint64_t word;
        uint32_t at;

        memcpy(&word, p->codes[i].text, sizeof(word));
        for (at = slot_of(p, word); p->slots[at] != NO_CODE; at = (at + 1) & mask)
            ;
        p->slots[at] = (uint16_t)i;
    }
    return 0;
}

/* number_of - of a code as a number */
static uint16_t number_of(const struct pairs *p, uint64_t word)
{
    uint32_t mask = (1u << p->slot_bits) - 1, at = slot_of(p, word);

    for (; p->slots[at] != NO_CODE; at = (at + 1) & mask) {
        uint64_t there;

        memcpy(&there, p->codes[p->slots[at]].text, sizeof(there));
        if (there == word)
            return p->slots[at];
    }
    return NO_CODE;
}

/* pairs_code - of a string */
uint16_t pairs_code(const struct pairs *p, const char *code)
{
    uint64_t word;

    return code_word(code, &word) ? number_of(p, word) : NO_CODE;
}

/* next_random - the same sequence each time */
static uint32_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*state >> 32);
}

/* below - a random number below n */
static uint32_t below(uint64_t *state, uint32_t n)
{
    return (uint32_t)((uint64_t)next_random(state) * n >> 32);
}

/* mark_codes - places in random order, random turns */
static bool mark_codes(struct pairs *p)
{
    uint64_t state = 1996;

    p->marks = calloc((size_t)p->n_codes + 1, sizeof(*p->marks));
    for (uint32_t i = 0; p->marks && i < p->n_codes; i++) {
        uint32_t k = below(&state, i + 1);

        p->marks[i].place = p->marks[k].place;
        p->marks[k].place = (uint16_t)i;
    }
    for (uint32_t i = 0; p->marks && i < p->n_codes; i++)
        p->marks[i].turn = (uint16_t)below(&state, p->n_codes);
    return p->marks != NULL;
}

/* pair_number - below n_codes squared, another for each pair */
static uint32_t pair_number(const struct pairs *p, uint16_t first, uint16_t second)
{
    const struct pair_mark *a = &p->marks[first], *b = &p->marks[second];
    uint32_t row = (uint32_t)a->place + b->turn;

    return (row < p->n_codes ? row : row - p->n_codes) * p->n_codes + b->place;
}

/* pairs_index - blocks for so many pairs */
int pairs_index(struct pairs *p, size_t keys, struct err *e)
{
    uint64_t numbers = (uint64_t)p->n_codes * p->n_codes;
    size_t blocks;

    p->span = BLOCK_ROOMS * ROOM_NUMBERS;
    if (keys && numbers * BLOCK_AIM / keys < p->span)
        p->span = (uint32_t)(numbers * BLOCK_AIM / keys);
    p->span += p->span == 0;
    blocks = (size_t)(numbers / p->span) + 1;
    p->blocks = edition_memory(blocks * sizeof(*p->blocks));
    p->chains = edition_memory(blocks * BLOCK_PAIRS * CHAIN_BYTES);
    return p->blocks && p->chains && mark_codes(p)
               ? 0
               : err_set(e, ERR_RETRY, "memory", "out of memory");
}

/* add_more - a pair that its block cannot tell; the list doubles at each power of two */
static int add_more(struct pairs *p, uint32_t pair, uint32_t chain, struct err *e)
{
    if ((p->n_more & (p->n_more - 1)) == 0) {
        struct pair_more *more =
            realloc(p->more, (p->n_more ? p->n_more * 2 : 1) * sizeof(*p->more));

        if (!more)
            return err_set(e, ERR_RETRY, "memory", "out of memory");
        p->more = more;
    }
    p->more[p->n_more++] = (struct pair_more){pair, chain};
    return 0;
}

/* put_chain - three bytes, low first */
static void put_chain(uint8_t *at, uint32_t chain)
{
    at[0] = (uint8_t)chain;
    at[1] = (uint8_t)(chain >> 8);
    at[2] = (uint8_t)(chain >> 16);
}

/* chain_at - as put_chain wrote it */
static uint32_t chain_at(const uint8_t *at)
{
    return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16;
}

/* pairs_put - behind the pairs of its room; the rooms after it move */
int pairs_put(struct pairs *p, uint16_t first, uint16_t second, uint32_t chain, struct err *e)
{
    uint32_t pair = pair_number(p, first, second), at = pair / p->span, left = pair % p->span;
    struct pair_block *b = &p->blocks[at];
    uint8_t *chains = &p->chains[(size_t)at * BLOCK_PAIRS * CHAIN_BYTES];
    size_t room = left / ROOM_NUMBERS, n = b->ends[BLOCK_ROOMS - 1], place = b->ends[room];

    if (n == BLOCK_PAIRS)
        return add_more(p, pair, chain, e);
    memmove(b->rest + place + 1, b->rest + place, n - place);
    memmove(chains + (place + 1) * CHAIN_BYTES, chains + place * CHAIN_BYTES,
            (n - place) * CHAIN_BYTES);
    b->rest[place] = (uint8_t)(left % ROOM_NUMBERS);
    put_chain(chains + place * CHAIN_BYTES, chain < CHAIN_MORE ? chain : CHAIN_MORE);
    for (; room < BLOCK_ROOMS; room++)
        b->ends[room]++;
    return chain < CHAIN_MORE ? 0 : add_more(p, pair, chain, e);
}

/* by_pair - for qsort and bsearch */
static int by_pair(const void *a, const void *b)
{
    const struct pair_more *x = a, *y = b;

    return (x->pair > y->pair) - (x->pair < y->pair);
}

/* pairs_settle - what did not fit, sorted */
void pairs_settle(struct pairs *p)
{
    if (p->n_more)
        qsort(p->more, p->n_more, sizeof(*p->more), by_pair);
}

/* find_more - in the list */
static uint32_t find_more(const struct pairs *p, uint32_t pair)
{
    struct pair_more key = {pair, 0};
    const struct pair_more *m =
        p->n_more ? bsearch(&key, p->more, p->n_more, sizeof(*p->more), by_pair) : NULL;

    return m ? m->chain : 0;
}

/* pairs_seek - the pair's number, and its block on the way to the cache */
void pairs_seek(const struct pairs *p, uint16_t first, uint16_t second, struct pair_seek *s)
{
    *s = (struct pair_seek){.none = first == NO_CODE || second == NO_CODE};
    if (s->none)
        return;
    s->pair = pair_number(p, first, second);
    s->block = s->pair / p->span;
    __builtin_prefetch(&p->blocks[s->block]);
}

/* pairs_seek_chain - the place in its block, and the chain on the way */
void pairs_seek_chain(const struct pairs *p, struct pair_seek *s)
{
    const struct pair_block *b = &p->blocks[s->block];
    uint32_t left = s->pair - s->block * p->span;
    size_t room = left / ROOM_NUMBERS;

    if (s->none)
        return;
    s->full = b->ends[BLOCK_ROOMS - 1] == BLOCK_PAIRS;
    for (size_t place = room ? b->ends[room - 1] : 0; place < b->ends[room]; place++)
        if (b->rest[place] == left % ROOM_NUMBERS) {
            s->chain = &p->chains[((size_t)s->block * BLOCK_PAIRS + place) * CHAIN_BYTES];
            __builtin_prefetch(s->chain);
            return;
        }
}

/* pairs_chain - as told there; a full block may have left it out */
uint32_t pairs_chain(const struct pairs *p, const struct pair_seek *s)
{
    uint32_t chain;

    if (!s->chain)
        return s->full ? find_more(p, s->pair) : 0;
    chain = chain_at(s->chain);
    return chain == CHAIN_MORE ? find_more(p, s->pair) : chain;
}
