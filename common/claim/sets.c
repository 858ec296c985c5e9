/* sets.c - the walk over a reply file */
#include "common/claim/sets.h"

#include <stdio.h>
#include <string.h>

#include "common/base/date.h"

/* reply_walk_init - at the first byte */
void reply_walk_init(struct reply_walk *w, const void *data, size_t n)
{
    memset(w, 0, sizeof(*w));
    x12_reader_init(&w->reader, data, n);
}

/* damaged - an item that says what is wrong and where */
static int damaged(const struct reply_walk *w, struct reply_item *out, uint64_t offset,
                   const char *what)
{
    out->kind = REPLY_DAMAGED;
    out->offset = offset;
    out->sender = w->sender;
    out->receiver = w->receiver;
    out->isa13 = w->isa13;
    snprintf(out->fault, sizeof(out->fault), "%s", what);
    return 1;
}

/* number - an element as a count; UINT32_MAX: it is none */
static uint32_t number(struct span s)
{
    uint32_t n = 0;

    if (s.n == 0 || s.n > 9)
        return UINT32_MAX;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return UINT32_MAX;
        n = n * 10 + (uint32_t)(s.p[i] - '0');
    }
    return n;
}

/* identify - who answers, from the envelope around the item */
static void identify(const struct reply_walk *w, struct reply_item *out,
                     const struct x12_segment *s)
{
    out->segment = *s;
    out->sender = w->sender;
    out->receiver = w->receiver;
    out->isa13 = w->isa13;
    out->gs01 = w->gs01;
    out->gs06 = w->gs06;
    out->gs08 = w->gs08;
    out->offset = s->offset;
}

/* ends_set - a segment that cannot stand inside a set */
static bool ends_set(const struct x12_segment *s)
{
    return x12_is(s, "ST") || x12_is(s, "GE") || x12_is(s, "GS") || x12_is(s, "IEA") ||
           x12_is(s, "TA1");
}

/* whole_set - reads on to the SE that closes the ST in hand, and checks it */
static int whole_set(struct reply_walk *w, struct reply_item *out)
{
    struct x12_reader before = w->reader;
    struct x12_segment s;
    struct err e = {0};
    uint32_t count = 1;
    int r;

    out->at = w->reader;
    while ((r = x12_next(&w->reader, &s, &e)) == 1 && !ends_set(&s)) {
        count++;
        if (!x12_is(&s, "SE")) {
            before = w->reader;
            continue;
        }
        out->segments = count;
        if (number(x12_element(&s, 1)) != count)
            return damaged(w, out, s.offset, "SE01 is not the number of segments of the set");
        if (!span_equal(span_trim(x12_element(&s, 2)), out->st02))
            return damaged(w, out, s.offset, "SE02 is not ST02");
        return 1;
    }
    if (r == 1) /* that segment belongs to what follows */
        w->reader = before;
    return damaged(w, out, out->offset, r < 0 ? e.text : "a set without its SE");
}

/* begin_set - the ST in hand */
static int begin_set(struct reply_walk *w, struct reply_item *out, const struct x12_segment *s)
{
    struct span st03 = span_trim(x12_element(s, 3));

    w->sets++;
    identify(w, out, s);
    out->kind = REPLY_SET;
    out->st01 = span_trim(x12_element(s, 1));
    out->st02 = span_trim(x12_element(s, 2));
    out->guide = st03.n ? st03 : w->gs08;
    return whole_set(w, out);
}

/* begin_interchange - the ISA in hand */
static void begin_interchange(struct reply_walk *w, const struct x12_segment *s)
{
    w->sender = span_trim(x12_element(s, 6));
    w->receiver = span_trim(x12_element(s, 8));
    w->isa13 = span_trim(x12_element(s, 13));
    w->gs01 = w->gs06 = w->gs08 = (struct span){NULL, 0};
    w->groups = w->sets = 0;
    w->stray = false;
}

/* begin_group - the GS in hand */
static void begin_group(struct reply_walk *w, const struct x12_segment *s)
{
    w->gs01 = span_trim(x12_element(s, 1));
    w->gs06 = span_trim(x12_element(s, 6));
    w->gs08 = span_trim(x12_element(s, 8));
    w->groups++;
    w->sets = 0;
}

/* close_group - GE against what was seen; 1: it is damaged */
static int close_group(const struct reply_walk *w, struct reply_item *out,
                       const struct x12_segment *s)
{
    if (number(x12_element(s, 1)) != w->sets)
        return damaged(w, out, s->offset, "GE01 is not the number of sets of the group");
    if (!span_equal(span_trim(x12_element(s, 2)), w->gs06))
        return damaged(w, out, s->offset, "GE02 is not GS06");
    return 0;
}

/* close_interchange - IEA against what was seen; 1: it is damaged */
static int close_interchange(const struct reply_walk *w, struct reply_item *out,
                             const struct x12_segment *s)
{
    if (number(x12_element(s, 1)) != w->groups)
        return damaged(w, out, s->offset, "IEA01 is not the number of groups of the interchange");
    if (!span_equal(span_trim(x12_element(s, 2)), w->isa13))
        return damaged(w, out, s->offset, "IEA02 is not ISA13");
    return 0;
}

/* take - what one segment of the envelope means; 1: it made an item */
static int take(struct reply_walk *w, struct reply_item *out, const struct x12_segment *s)
{
    if (x12_is(s, "ISA")) {
        begin_interchange(w, s);
    } else if (x12_is(s, "GS")) {
        begin_group(w, s);
    } else if (x12_is(s, "ST")) {
        return begin_set(w, out, s);
    } else if (x12_is(s, "GE")) {
        return close_group(w, out, s);
    } else if (x12_is(s, "IEA")) {
        return close_interchange(w, out, s);
    } else if (x12_is(s, "TA1")) {
        identify(w, out, s);
        out->kind = REPLY_TA1;
        return 1;
    } else if (!w->stray) {
        w->stray = true;
        return damaged(w, out, s->offset, "a segment outside any set");
    }
    return 0;
}

/* reply_walk_next - on to the next thing worth handing over */
int reply_walk_next(struct reply_walk *w, struct reply_item *out)
{
    struct x12_segment s;
    struct err e = {0};
    int r;

    memset(out, 0, sizeof(*out));
    while ((r = x12_next(&w->reader, &s, &e)) != 0) {
        if (r < 0)
            return damaged(w, out, w->reader.at, e.text);
        if (take(w, out, &s))
            return 1;
    }
    return 0;
}

/* reply_segment - inside a set that is known to be whole */
bool reply_segment(struct x12_reader *r, struct x12_segment *out)
{
    return x12_next(r, out, NULL) == 1 && !x12_is(out, "SE");
}

/* reply_text - printable ASCII of the arena */
char *reply_text(struct arena *a, struct span s)
{
    static char nothing[1];
    char *out;

    s = span_trim(s);
    out = s.n ? arena_alloc(a, s.n + 1) : NULL;
    if (!out)
        return nothing;
    for (size_t i = 0; i < s.n; i++)
        out[i] = s.p[i] < ' ' || s.p[i] > '~' ? '?' : s.p[i];
    return out;
}

/* reply_date - CCYYMMDD */
int32_t reply_date(struct span s)
{
    char text[9];

    if (s.n != 8)
        return 0;
    memcpy(text, s.p, 8);
    text[8] = '\0';
    return date_parse(text);
}
