/* bytes.c - what kinds of bytes a value or a segment holds
 *
 * Sixteen at a time where the machine can: nearly all segments hold nothing unusual, and their
 * values then need no look at each byte. */
#include "common/x12/checker.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* classes_of - of all bytes of a value */
unsigned classes_of(const struct check *c, struct span v)
{
    unsigned classes = 0;

    for (size_t i = 0; i < v.n; i++)
        classes |= c->byte[(unsigned char)v.p[i]];
    return classes;
}

#ifdef __SSE2__
enum { WIDE = 16 };

/* wide_classes - BYTE_UNUSUAL of at least sixteen bytes; the last look overlaps the one before */
static unsigned wide_classes(struct span v, const struct x12_delims *d)
{
    const __m128i element = _mm_set1_epi8(d->element), component = _mm_set1_epi8(d->component),
                  repetition = _mm_set1_epi8(d->repetition), blank = _mm_set1_epi8(' '),
                  del = _mm_set1_epi8(0x7F);
    __m128i components = _mm_setzero_si128(), repetitions = components, bad = components;

    for (size_t i = 0;; i = i + 2 * WIDE <= v.n ? i + WIDE : v.n - WIDE) {
        const __m128i b = _mm_loadu_si128((const __m128i *)(const void *)(v.p + i)),
                      c = _mm_cmpeq_epi8(b, component), r = _mm_cmpeq_epi8(b, repetition),
                      known = _mm_or_si128(_mm_or_si128(c, r), _mm_cmpeq_epi8(b, element)),
                      odd = _mm_or_si128(_mm_cmplt_epi8(b, blank), _mm_cmpeq_epi8(b, del));

        components = _mm_or_si128(components, c);
        repetitions = _mm_or_si128(repetitions, r);
        bad = _mm_or_si128(bad, _mm_andnot_si128(known, odd));
        if (i == v.n - WIDE)
            break;
    }
    return (_mm_movemask_epi8(components) ? BYTE_COMPONENT : 0u) |
           (_mm_movemask_epi8(repetitions) ? BYTE_REPETITION : 0u) |
           (_mm_movemask_epi8(bad) ? BYTE_BAD : 0u);
}
#endif

/* unusual_bytes - from the id to the end of the last element */
unsigned unusual_bytes(const struct check *c, const struct x12_segment *s)
{
    const struct span last = s->count > 0 ? s->element[s->count] : s->id;
    const struct span all = {s->id.p, (size_t)(last.p + last.n - s->id.p)};

#ifdef __SSE2__
    if (all.n >= WIDE)
        return wide_classes(all, s->delims);
#endif
    return classes_of(c, all) & (BYTE_COMPONENT | BYTE_REPETITION | BYTE_BAD);
}
