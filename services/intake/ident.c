/* ident.c - keys and ids: HMAC-SHA-256 with the site's secret
 *
 * The parts are separated by byte 31, which no part contains (readers drop control characters), so
 * that "AB" + "C" is never "A" + "BC". */
#include "services/intake/ident.h"

#include <string.h>

#include "common/base/str.h"
#include "common/sys/digest.h"

enum { SEPARATOR = 31, HALF = 8, FULL = 16 };

/* hmac_hex - the first n bytes of the HMAC of a buffer as hex in the arena; frees the buffer */
static char *hmac_hex(const struct intake_conf *conf, struct arena *a, struct buf *b, size_t n)
{
    uint8_t mac[DIGEST_BYTES];
    char *out = arena_alloc(a, 2 * n + 1);

    if (out && !b->failed) {
        digest_hmac(conf->secret, b->data ? b->data : "", b->len, mac);
        digest_to_hex(mac, n, out);
    }
    if (b->failed) {
        arena_give_out(a);
        out = NULL;
    }
    buf_wipe(b);
    return out;
}

/* of_two - the HMAC of two parts */
static char *of_two(const struct intake_conf *conf, struct arena *a, const char *first,
                    const char *second)
{
    struct buf b;

    buf_init(&b);
    buf_adds(&b, first);
    buf_addc(&b, SEPARATOR);
    buf_adds(&b, second);
    return hmac_hex(conf, a, &b, HALF);
}

/* ident_patient_key - from facility and record number */
char *ident_patient_key(const struct intake_conf *conf, struct arena *a, const char *facility,
                        const char *mrn)
{
    return str_empty(mrn) ? arena_strdup(a, "") : of_two(conf, a, facility, mrn);
}

/* ident_encounter - from facility and visit number or account */
char *ident_encounter(const struct intake_conf *conf, struct arena *a, const char *facility,
                      const char *number)
{
    char *hex;

    if (str_empty(number))
        return arena_strdup(a, "");
    hex = of_two(conf, a, facility, number);
    if (!hex)
        return NULL;
    str_upper(hex);
    return arena_printf(a, "E%s", hex);
}

/* add_folded - CR, LF and CRLF become one CR; ends of lines at the end go */
static void add_folded(struct buf *b, const char *p, size_t n)
{
    while (n && (p[n - 1] == '\r' || p[n - 1] == '\n'))
        n--;
    for (size_t i = 0; i < n; i++)
        if (p[i] != '\n')
            buf_addc(b, p[i]);
        else if (i == 0 || p[i - 1] != '\r')
            buf_addc(b, '\r');
}

/* ident_message - from the message itself: the same message twice is one */
char *ident_message(const struct intake_conf *conf, struct arena *a, const char *format,
                    const void *bytes, size_t n)
{
    struct buf b;

    buf_init(&b);
    buf_addf(&b, "%s%c0%c", format, SEPARATOR, SEPARATOR);
    add_folded(&b, bytes, n);
    return hmac_hex(conf, a, &b, FULL);
}

/* ident_event - the first event has the message's id; the bytes are read once, however many follow
 */
char *ident_event(const struct intake_conf *conf, struct arena *a, const char *message,
                  size_t index)
{
    struct buf b;

    if (!message || index == 0)
        return message ? arena_strdup(a, message) : NULL;
    buf_init(&b);
    buf_addf(&b, "%s%c%zu", message, SEPARATOR, index);
    return hmac_hex(conf, a, &b, FULL);
}
