/* ncci.c - made-up NCCI pairs */
#include "tests/support/ncci.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static const char letters[] = "ABCDEGHJKLMPQRSTV";
enum { DIGIT_CODES = 10000, PER_LETTER = 412 };

/* ncci_code - five digits, or a letter and four */
void ncci_code(unsigned n, char out[6])
{
    unsigned i = n - DIGIT_CODES;

    if (n < DIGIT_CODES)
        snprintf(out, 6, "%05u", (10004 + n * 8) % 100000);
    else
        snprintf(out, 6, "%c%04u", letters[i / PER_LETTER], i % PER_LETTER * 17 % 10000);
}

/* ncci_partner - 61 has no factor in common with the number of codes: all are different */
unsigned ncci_partner(unsigned i, unsigned j)
{
    return (i * 7919 + 1 + j * 61) % NCCI_CODES;
}

/* hash_of - of a pair: what its row says */
static uint32_t hash_of(unsigned a, unsigned b)
{
    uint64_t h = ((uint64_t)a << 32 | b) * UINT64_C(0x9E3779B97F4A7C15);

    h ^= h >> 29;
    h *= UINT64_C(0xBF58476D1CE4E5B9);
    return (uint32_t)(h >> 32);
}

static const char *const reasons[] = {
    "Standards of medical / surgical practice",
    "More extensive procedure",
    "Misuse of Column Two code with Column One code",
    "Mutually exclusive procedures",
    "HCPCS/CPT procedure code definition",
    "CPT Manual or CMS manual coding instruction",
    "Sequential procedure",
    "Anesthesia service included in surgical procedure",
    "Laboratory panel",
    "Gender-specific procedures",
};

/* first_day - of one of the 112 quarters from 1996 on */
static unsigned first_day(unsigned quarter)
{
    return (1996 + quarter / 4) * 10000 + (quarter % 4 * 3 + 1) * 100 + 1;
}

/* last_day - the last of a quarter */
static unsigned last_day(unsigned quarter)
{
    static const unsigned ends[] = {331, 630, 930, 1231};

    return (1996 + quarter / 4) * 10000 + ends[quarter % 4];
}

/* add_row - a line of the file */
static void add_row(struct buf *out, const char *a, const char *b, unsigned from, unsigned to,
                    unsigned indicator, const char *why)
{
    char text[128];
    int n = to ? snprintf(text, sizeof(text), "%s\t%s\t\t%08u\t%08u\t%u\t%s\r\n", a, b, from, to,
                          indicator, why)
               : snprintf(text, sizeof(text), "%s\t%s\t\t%08u\t*\t%u\t%s\r\n", a, b, from,
                          indicator, why);

    buf_add(out, text, (size_t)n);
}

/* add_pair - most rows are the same each quarter; of a thousand five end, five begin, two change */
static void add_pair(struct buf *out, unsigned i, unsigned k, unsigned quarter)
{
    uint32_t h = hash_of(i, k), turn = h % 1000, since = h / 1000 % 112;
    unsigned indicator = h >> 30 == 0 ? 0 : 1, from = first_day(since), to = 0;
    const char *why = reasons[h / 7 % 10];
    char a[6], b[6];

    ncci_code(i, a);
    ncci_code(k, b);
    if (turn >= 5 && turn < 10) {
        if (!quarter)
            return;
        from = first_day(113);
    } else if (turn < 5) {
        to = quarter ? last_day(112) : 0;
    } else if (turn < 12) {
        indicator = quarter ? !indicator : indicator;
    } else if (turn < 350) {
        to = last_day(since + h / 3 % (112 - since));
    } else if (turn < 400) {
        to = from;
        indicator = 9;
    } else if (turn < 430 && since > 12) {
        add_row(out, a, b, first_day(since - 10), last_day(since - 5), indicator, why);
    }
    add_row(out, a, b, from, to, indicator, why);
}

/* by_number - for qsort */
static int by_number(const void *a, const void *b)
{
    unsigned x = *(const unsigned *)a, y = *(const unsigned *)b;

    return (x > y) - (x < y);
}

/* ncci_part - every fourth of the first codes */
void ncci_part(unsigned quarter, unsigned part, bool hospital, struct buf *out)
{
    unsigned first = NCCI_FIRSTS / NCCI_PARTS * part, n = NCCI_FIRSTS / NCCI_PARTS;
    unsigned partners[NCCI_PARTNERS];

    buf_adds(out, "made up for measurements\t\t\t\t\t\t\r\nColumn 1\tColumn 2\t*=in existence\t"
                  "Effective\tDeletion\tModifier\tPTP Edit Rationale\r\n");
    for (unsigned i = first; i < first + n; i++) {
        for (unsigned j = 0; j < NCCI_PARTNERS; j++)
            partners[j] = ncci_partner(i, j);
        qsort(partners, NCCI_PARTNERS, sizeof(partners[0]), by_number);
        for (unsigned j = 0; j < NCCI_PARTNERS; j++)
            if (!hospital || j % 5)
                add_pair(out, i, partners[j], quarter);
    }
}

/* ncci_part_name - as CMS names them; 300 is the first quarter of 2024 */
void ncci_part_name(unsigned quarter, unsigned part, bool hospital, char out[32])
{
    snprintf(out, 32, "%s-v%ur0-f%u.txt", hospital ? "ccioph" : "ccipra",
             300 + quarter / 4 * 10 + quarter % 4, part + 1);
}
