/* dosage.c - amounts of drugs in words */
#include "services/coder/lines/dosage.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { NUMBER_DIGITS = 12, THOUSAND = 1000 };

/* What one of a unit is, in the measure of its kind. `plain`: only in a text that tells a dosage.
 */
static const struct unit {
    const char *word;
    enum dosage_kind kind;
    int64_t each;
    bool plain;
} units[] = {
    {"mcg", DOSAGE_MASS, 1000, false},
    {"ug", DOSAGE_MASS, 1000, false},
    {"microgram", DOSAGE_MASS, 1000, false},
    {"micrograms", DOSAGE_MASS, 1000, false},
    {"mg", DOSAGE_MASS, 1000000, false},
    {"milligram", DOSAGE_MASS, 1000000, false},
    {"milligrams", DOSAGE_MASS, 1000000, false},
    {"g", DOSAGE_MASS, 1000000000, false},
    {"gm", DOSAGE_MASS, 1000000000, false},
    {"gram", DOSAGE_MASS, 1000000000, false},
    {"grams", DOSAGE_MASS, 1000000000, false},
    {"ml", DOSAGE_VOLUME, 1000000, false},
    {"cc", DOSAGE_VOLUME, 1000000, false},
    {"milliliter", DOSAGE_VOLUME, 1000000, false},
    {"milliliters", DOSAGE_VOLUME, 1000000, false},
    {"l", DOSAGE_VOLUME, 1000000000, false},
    {"liter", DOSAGE_VOLUME, 1000000000, false},
    {"iu", DOSAGE_UNITS, 1000, false},
    {"i.u.", DOSAGE_UNITS, 1000, false},
    {"[iu]", DOSAGE_UNITS, 1000, false},
    {"[usp'u]", DOSAGE_UNITS, 1000, false},
    {"unit", DOSAGE_UNITS, 1000, true},
    {"units", DOSAGE_UNITS, 1000, true},
    {"usp units", DOSAGE_UNITS, 1000, true},
    {"international units", DOSAGE_UNITS, 1000, true},
    {"million units", DOSAGE_UNITS, 1000000000, true},
    {"million international units", DOSAGE_UNITS, 1000000000, true},
    {"meq", DOSAGE_EQUIVALENTS, 1000000, false},
};

/* is_word - a letter or a dot between letters goes on */
static bool is_word(char c)
{
    return isalpha((unsigned char)c) || c == '[' || c == ']';
}

/* unit_at - the longest unit that begins here and is a whole word; NULL: none */
static const struct unit *unit_at(struct span s)
{
    const struct unit *best = NULL;

    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
        size_t n = strlen(units[i].word);

        if (n <= s.n && strncasecmp(s.p, units[i].word, n) == 0 && (n == s.n || !is_word(s.p[n])) &&
            (!best || n > strlen(best->word)))
            best = &units[i];
    }
    return best;
}

/* number_at - "1,000", "0.5" in thousandths; its length, 0: none */
static size_t number_at(struct span s, int64_t *milli)
{
    int64_t whole = 0, part = 0;
    size_t i = 0, digits = 0, places = 0;

    for (; i < s.n && (isdigit((unsigned char)s.p[i]) ||
                       (s.p[i] == ',' && i + 1 < s.n && isdigit((unsigned char)s.p[i + 1])));
         i++)
        if (s.p[i] != ',') {
            whole = whole * 10 + (s.p[i] - '0');
            if (++digits > NUMBER_DIGITS)
                return 0;
        }
    if (!digits)
        return 0;
    if (i + 1 < s.n && s.p[i] == '.' && isdigit((unsigned char)s.p[i + 1]))
        for (i++; i < s.n && isdigit((unsigned char)s.p[i]); i++)
            if (places < 3) {
                part = part * 10 + (s.p[i] - '0');
                places++;
            }
    for (; places < 3; places++)
        part *= 10;
    *milli = whole * THOUSAND + part;
    return i;
}

/* amount_of - thousandths of a unit in the measure of its kind */
static bool amount_of(int64_t milli, const struct unit *u, struct dosage *out)
{
    int64_t all;

    if (milli <= 0 || __builtin_mul_overflow(milli, u->each, &all))
        return false;
    *out = (struct dosage){u->kind, all / THOUSAND};
    return out->amount > 0;
}

/* dosage_read - the last one of the text */
bool dosage_read(struct span text, struct dosage *out)
{
    bool found = false;

    for (size_t i = 0; i < text.n;) {
        int64_t milli = 0;
        bool begins = i == 0 || !isalnum((unsigned char)text.p[i - 1]);
        size_t n = begins ? number_at((struct span){text.p + i, text.n - i}, &milli) : 0;
        const struct unit *u;

        if (!n) {
            i++;
            continue;
        }
        i += n;
        while (i < text.n && (text.p[i] == ' ' || text.p[i] == '-'))
            i++;
        u = unit_at((struct span){text.p + i, text.n - i});
        found = (u && amount_of(milli, u, out)) || found;
    }
    return found;
}

/* dosage_of - a quantity of a charge or an administration */
bool dosage_of(int64_t milli, const char *unit, struct dosage *out)
{
    struct span s = span_trim(span_of(unit));
    const struct unit *u = unit_at(s);

    return u && !u->plain && strlen(u->word) == s.n && amount_of(milli, u, out);
}

/* dosage_units - a begun unit is billed whole */
int64_t dosage_units(const struct dosage *dose, const struct dosage *each)
{
    if (dose->kind != each->kind || each->amount <= 0 || dose->amount < 0)
        return -1;
    return dose->amount / each->amount + (dose->amount % each->amount != 0);
}

/* dosage_left - what the container held beyond the units billed for the dose */
int64_t dosage_left(const struct dosage *dose, const struct dosage *discarded,
                    const struct dosage *each)
{
    int64_t all, given = dosage_units(dose, each);

    if (given < 0 || discarded->kind != each->kind ||
        __builtin_add_overflow(dose->amount, discarded->amount, &all))
        return -1;
    all /= each->amount;
    return all > given ? all - given : 0;
}
