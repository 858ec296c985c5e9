/* money.h - integer cents and thousandths, from and to decimal text, with overflow checked.
 *
 * Cents never meet units: a charge is cents, a quantity is milli. No floating point anywhere. */
#ifndef CC_BASE_MONEY_H
#define CC_BASE_MONEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum decimal { DECIMAL_OK, DECIMAL_NOT, DECIMAL_TOO_FINE, DECIMAL_TOO_LARGE };

/* "215", "215.00", ".5", "-20", "+3": the number times 10^places. Digits past `places` must be zero
 * (DECIMAL_TOO_FINE otherwise): there is no rounding. No exponent, no thousands separator. */
enum decimal decimal_parse(const char *s, size_t n, int places, int64_t *out);

/* X12 form: no trailing zeros, point only when needed: 215, 13750.5, -1.27. `out` holds
 * DECIMAL_TEXT bytes. */
enum { DECIMAL_TEXT = 24 };
const char *decimal_text(int64_t v, int places, char *out);

/* Sum and product that refuse to overflow: false leaves *out alone. */
static inline bool money_add(int64_t a, int64_t b, int64_t *out)
{
    int64_t v;

    if (__builtin_add_overflow(a, b, &v))
        return false;
    *out = v;
    return true;
}

/* v x factor / 10^places (0 to 18), rounded to whole, halves away from zero: an amount by a rate.
 * False: overflow. */
bool money_scale(int64_t v, int64_t factor, int places, int64_t *out);

/* units (milli) x unit price (cents) = charge (cents); false: overflow or not a whole cent. */
bool money_extend(int64_t units_milli, int64_t unit_cents, int64_t *charge_cents);

#endif
