/* modifier.c - what the checks ask of a modifier, as bits: one row each
 *
 * 59 and XE XS XP XU opened a pair from column 2 only until 2019-06-30. The 44 that open a PTP pair
 * are those of billing §7.4 (CMS NCCI policy manual, chapter I, E). */
#include "services/validator/edit.h"

#include <stdlib.h>

enum {
    OPENS = MOD_OPENS_PTP | MOD_OPENS_FIRST,
    LEFT = MOD_LEFT | MOD_ANATOMIC | OPENS,
    RIGHT = MOD_RIGHT | MOD_ANATOMIC | OPENS,
    VESSEL = MOD_ANATOMIC | OPENS,
    X = MOD_X | MOD_REPEAT | MOD_OPENS_PTP,
};

struct row {
    char text[3];
    uint32_t bits;
};

/* clang-format off */
/* sorted by text */
static const struct row rows[] = {
    {"24", MOD_24 | OPENS},  {"25", MOD_25 | OPENS},  {"26", MOD_26},          {"27", OPENS},
    {"50", MOD_50},          {"54", MOD_54},          {"55", MOD_55},          {"56", MOD_56},
    {"57", MOD_57 | OPENS},  {"58", MOD_APART | OPENS},           {"59", MOD_59 | MOD_REPEAT | MOD_OPENS_PTP},
    {"76", MOD_REPEAT},      {"77", MOD_REPEAT},      {"78", MOD_78 | OPENS},  {"79", MOD_APART | OPENS},
    {"80", MOD_ASSISTANT},   {"81", MOD_ASSISTANT},   {"82", MOD_ASSISTANT},
    {"91", MOD_REPEAT | OPENS},
    {"93", MOD_TELEHEALTH},  {"95", MOD_TELEHEALTH},
    {"AA", MOD_ANESTHESIA},  {"AD", MOD_ANESTHESIA},  {"AS", MOD_ASSISTANT},   {"AT", MOD_AT},
    {"CA", MOD_CA},
    {"E1", LEFT},            {"E2", LEFT},            {"E3", RIGHT},           {"E4", RIGHT},
    {"F1", LEFT},            {"F2", LEFT},            {"F3", LEFT},            {"F4", LEFT},
    {"F5", RIGHT},           {"F6", RIGHT},           {"F7", RIGHT},           {"F8", RIGHT},
    {"F9", RIGHT},           {"FA", LEFT},            {"FT", MOD_24},          {"G0", MOD_TELEHEALTH},
    {"GA", MOD_NONCOVERED},
    {"GQ", MOD_TELEHEALTH},  {"GT", MOD_TELEHEALTH},  {"GX", MOD_NONCOVERED},  {"GY", MOD_NONCOVERED},
    {"GZ", MOD_NONCOVERED},  {"KH", MOD_DME},         {"KI", MOD_DME},         {"KJ", MOD_DME},
    {"KX", MOD_KX},          {"LC", VESSEL},          {"LD", VESSEL},          {"LM", VESSEL},
    {"LT", LEFT},            {"MS", MOD_DME},         {"NR", MOD_DME},         {"NU", MOD_DME},
    {"QK", MOD_ANESTHESIA},
    {"QW", MOD_QW},          {"QX", MOD_ANESTHESIA},  {"QY", MOD_ANESTHESIA},  {"QZ", MOD_ANESTHESIA},
    {"RA", MOD_DME},         {"RB", MOD_DME},
    {"RC", VESSEL},          {"RI", VESSEL},          {"RR", MOD_DME},         {"RT", RIGHT},
    {"T1", LEFT},            {"T2", LEFT},            {"T3", LEFT},            {"T4", LEFT},
    {"T5", RIGHT},           {"T6", RIGHT},           {"T7", RIGHT},           {"T8", RIGHT},
    {"T9", RIGHT},           {"TA", LEFT},            {"TC", MOD_TC},          {"UE", MOD_DME},
    {"XE", X},               {"XP", X},               {"XS", X},               {"XU", X},
};
/* clang-format on */

/* by_text - for bsearch */
static int by_text(const void *a, const void *b)
{
    const unsigned char *m = a, *row = b;

    return m[0] != row[0] ? m[0] - row[0] : m[1] - row[1];
}

/* edit_modifier_bits - 0 for one that no check asks about */
uint32_t edit_modifier_bits(const char *m)
{
    const struct row *r;

    if (!m[0] || !m[1] || m[2])
        return 0;
    r = bsearch(m, rows, sizeof(rows) / sizeof(rows[0]), sizeof(rows[0]), by_text);
    return r ? r->bits : 0;
}
