/* trace.c - traceparent read, ids derived */
#include "common/sys/trace.h"

#include <stdint.h>
#include <string.h>

#include "common/base/str.h"
#include "common/sys/digest.h"

enum { AT_ID = 3, AT_SPAN = 36, AT_FLAGS = 53, LENGTH = 55, PART = 80 };

/* digits - n lower-case hex digits, not all of them zero unless that may be */
static bool digits(const char *s, size_t n, bool zero)
{
    for (size_t i = 0; i < n; i++) {
        if (!((s[i] >= '0' && s[i] <= '9') || (s[i] >= 'a' && s[i] <= 'f')))
            return false;
        zero = zero || s[i] != '0';
    }
    return zero;
}

/* is_valid - as W3C has it; a later version than 00 may be longer, ff is none */
static bool is_valid(const char *s)
{
    size_t n = s ? strlen(s) : 0;

    return n >= LENGTH && (n == LENGTH || (!str_starts(s, "00") && s[LENGTH] == '-')) &&
           digits(s, 2, true) && !str_starts(s, "ff") && s[AT_ID - 1] == '-' &&
           digits(s + AT_ID, TRACE_ID - 1, false) && s[AT_SPAN - 1] == '-' &&
           digits(s + AT_SPAN, TRACE_SPAN - 1, false) && s[AT_FLAGS - 1] == '-' &&
           digits(s + AT_FLAGS, 2, true);
}

/* hash - of two texts and a letter that keeps uses apart */
static void hash(char use, const char *id, const char *name, uint8_t out[DIGEST_BYTES])
{
    size_t n = strnlen(id, PART), m = strnlen(name, PART);
    char text[2 * PART + 2];

    text[0] = use;
    memcpy(text + 1, id, n);
    text[n + 1] = '\0';
    memcpy(text + n + 2, name, m);
    digest_sha256(text, n + m + 2, out);
}

/* begin - a trace of its own */
static void begin(struct trace *out, const char *id, unsigned per_mille)
{
    uint8_t raw[DIGEST_BYTES];

    hash('t', id, "", raw);
    raw[0] |= 1; /* never all zero */
    digest_to_hex(raw, (TRACE_ID - 1) / 2, out->id);
    out->parent[0] = '\0';
    out->sampled = (raw[16] * 256u + raw[17]) % 1000 < per_mille;
}

/* trace_step - below its cause, or the first */
void trace_step(struct trace *out, const char *traceparent, const char *id, const char *name,
                unsigned per_mille)
{
    uint8_t raw[DIGEST_BYTES];

    if (is_valid(traceparent)) {
        memcpy(out->id, traceparent + AT_ID, TRACE_ID - 1);
        out->id[TRACE_ID - 1] = '\0';
        memcpy(out->parent, traceparent + AT_SPAN, TRACE_SPAN - 1);
        out->parent[TRACE_SPAN - 1] = '\0';
        out->sampled = strchr("13579bdf", traceparent[AT_FLAGS + 1]) != NULL;
    } else
        begin(out, id, per_mille);
    hash('s', id, name, raw);
    raw[0] |= 1;
    digest_to_hex(raw, (TRACE_SPAN - 1) / 2, out->span);
}

/* trace_text - as a header */
const char *trace_text(const struct trace *t, char out[TRACE_TEXT])
{
    memcpy(out, "00-", AT_ID);
    memcpy(out + AT_ID, t->id, TRACE_ID - 1);
    out[AT_SPAN - 1] = '-';
    memcpy(out + AT_SPAN, t->span, TRACE_SPAN - 1);
    memcpy(out + AT_FLAGS - 1, t->sampled ? "-01" : "-00", 4);
    return out;
}
