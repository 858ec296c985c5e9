/* ack_set.c - one set of a 999: AK2 to IK5, from what was found in it (billing §4.3) */
#include "common/x12/ack_set.h"

#include <stdio.h>
#include <string.h>

enum { VALUE_MAX = 99 };

/* ack_reason - what stands behind the prefix of a code ("IK304=" of "IK304=7"); NULL: another
 * answer's
 */
const char *ack_reason(const char *code, const char *prefix)
{
    const size_t n = strlen(prefix);

    return strncmp(code, prefix, n) == 0 ? code + n : NULL;
}

/* ack_put_reasons - the different reasons of a level, five at most; returns how many */
unsigned ack_put_reasons(struct x12_writer *w, const struct x12_result *r, const char *prefix,
                         unsigned room)
{
    const char *put[ACK_REASONS];
    unsigned n = 0;

    for (size_t i = 0; i < r->count && n < room; i++) {
        const char *why = ack_reason(r->findings[i].code, prefix);
        bool known = !why;

        for (unsigned k = 0; k < n; k++)
            known = known || strcmp(put[k], why) == 0;
        if (known)
            continue;
        put[n++] = why;
        x12_put(w, why);
    }
    return n;
}

/* ack_put_number - a control number as quoted; one that could not stand in an answer is made to:
 * digits only (groups), zeros in front up to four (sets) */
void ack_put_number(struct x12_writer *w, struct span s, bool group)
{
    char text[10] = "";
    size_t n = 0;

    for (size_t i = 0; i < s.n && n < 9; i++)
        if ((s.p[i] >= '0' && s.p[i] <= '9') || (!group && s.p[i] > ' ' && s.p[i] <= '~'))
            text[n++] = s.p[i];
    for (; n < (group ? 1u : 4u); n++) {
        memmove(text + 1, text, n);
        text[0] = '0';
    }
    x12_put(w, text);
}

/* put_id - a segment's id (cut at three) as a 999 may say it: two or three letters and digits */
static void put_id(struct x12_writer *w, const char *id)
{
    x12_put(w, strlen(id) >= 2 && str_is_alnum_upper(id) ? id : "ZZZ");
}

/* put_segment - IK3, and CTX where a claim is known */
static void put_segment(struct x12_writer *w, const struct x12_result *r,
                        const struct x12_finding *f)
{
    const char *why = ack_reason(f->code, "IK304=");
    char loop[5];

    str_copy(loop, sizeof(loop), f->loop);
    x12_begin(w, "IK3");
    put_id(w, f->segment);
    x12_number(w, f->position);
    x12_put(w, strcmp(loop, "ST") == 0 ? "" : loop);
    x12_put(w, why ? why : "8");
    x12_end(w);
    if (f->claim.n == 0 || !span_is(r->envelope->st[1], "837"))
        return;
    x12_begin(w, "CTX");
    x12_put(w, "CLM01");
    x12_sub_span(w, f->claim);
    x12_end(w);
}

/* put_element - IK4 */
static void put_element(struct x12_writer *w, const struct x12_finding *f)
{
    struct span value = f->value;
    char number[8];

    value.n = value.n > VALUE_MAX ? VALUE_MAX : value.n;
    x12_begin(w, "IK4");
    x12_number(w, f->element);
    snprintf(number, sizeof(number), "%u", f->component);
    x12_sub(w, f->component ? number : "");
    snprintf(number, sizeof(number), "%u", f->repetition);
    x12_sub(w, f->repetition ? number : "");
    if (f->data_element > 0)
        x12_number(w, f->data_element);
    else
        x12_skip(w, 1);
    x12_put(w, ack_reason(f->code, "IK403="));
    x12_put_span(w, span_trim(value));
    x12_end(w);
}

/* sort - findings by position, those of one segment together; few, and nearly sorted */
static size_t sort(const struct x12_result *r, uint16_t *order)
{
    size_t n = 0;

    for (size_t i = 0; i < r->count && i < X12_FINDINGS_MAX; i++) {
        const struct x12_finding *f = &r->findings[i];
        size_t k;

        if (!ack_reason(f->code, "IK304=") && !ack_reason(f->code, "IK403="))
            continue;
        for (k = n++; k > 0 && r->findings[order[k - 1]].position > f->position; k--)
            order[k] = order[k - 1];
        order[k] = (uint16_t)i;
    }
    return n;
}

/* same_segment - may both stand under one IK3? */
static bool same_segment(const struct x12_finding *a, const struct x12_finding *b)
{
    return a->position == b->position && strcmp(a->segment, b->segment) == 0 &&
           strcmp(a->loop, b->loop) == 0 && ack_reason(a->code, "IK403=") &&
           ack_reason(b->code, "IK403=");
}

/* put_result - IK5: accepted, accepted with errors noted, or refused and why */
static void put_result(struct x12_writer *w, const struct x12_result *r)
{
    bool syntax = false, guide = false;
    unsigned n;

    for (size_t i = 0; i < r->count; i++) {
        const struct x12_finding *f = &r->findings[i];
        const bool placed = ack_reason(f->code, "IK304=") || ack_reason(f->code, "IK403=");

        syntax = syntax || (placed && f->snip == 1);
        guide = guide || (placed && f->snip > 1);
    }
    x12_begin(w, "IK5");
    x12_put(w, !r->accepted ? "R" : r->count > 0 ? "E" : "A");
    n = ack_put_reasons(w, r, "IK502=", ACK_REASONS - 2);
    if (syntax || (!r->accepted && n == 0 && !guide))
        x12_put(w, "5");
    if (guide)
        x12_put(w, "I5");
    x12_end(w);
}

/* ack_put_set - AK2 to IK5 */
void ack_put_set(struct x12_writer *w, const struct x12_result *r)
{
    const struct x12_envelope *e = r->envelope;
    const struct x12_finding *last = NULL;
    uint16_t order[X12_FINDINGS_MAX];
    const size_t n = sort(r, order);

    x12_begin(w, "AK2");
    x12_put_span(w, e->st[1]);
    ack_put_number(w, e->st[2], false);
    x12_put_span(w, e->st[3]);
    x12_end(w);
    for (size_t i = 0; i < n; i++) {
        const struct x12_finding *f = &r->findings[order[i]];

        if (!last || !same_segment(last, f))
            put_segment(w, r, f);
        if (ack_reason(f->code, "IK403="))
            put_element(w, f);
        last = f;
    }
    put_result(w, r);
}
