/* take.c - reading values of the segment in hand; a value that is none becomes a fault, never an
 * error */
#include <stdio.h>
#include <string.h>

#include "common/base/date.h"
#include "common/base/money.h"
#include "common/base/str.h"
#include "common/claim/guide.h"

enum { DATE_DIGITS = 8, CENTS = 2, MILLI = 3, NUMBER_DIGITS = 9 };

static char no_text[] = "";

/* latin1 - bytes that are no UTF-8 taken as Latin-1; control bytes become blanks */
static char *latin1(struct arena *a, struct span s)
{
    char *out = arena_alloc(a, s.n * 2 + 1), *p = out;

    for (size_t i = 0; out && i < s.n; i++) {
        const unsigned char c = (unsigned char)s.p[i];

        if (c >= 0x80) {
            *p++ = (char)(0xC0 | c >> 6);
            *p++ = (char)(0x80 | (c & 0x3F));
        } else {
            *p++ = c < ' ' ? ' ' : (char)c;
        }
    }
    return out;
}

/* take_span - as UTF-8, without blanks at the ends */
char *take_span(struct take *t, struct span s)
{
    char *text;

    s = span_trim(s);
    if (s.n == 0)
        return no_text;
    text = utf8_valid(s.p, s.n) ? arena_strndup(t->arena, s.p, s.n) : latin1(t->arena, s);
    t->full |= text == NULL;
    return text ? text : no_text;
}

/* take_text - an element */
char *take_text(struct take *t, unsigned element)
{
    return take_span(t, x12_element(t->s, element));
}

/* take_part - a component */
char *take_part(struct take *t, unsigned element, unsigned component)
{
    return take_span(t, x12_component(t->s, element, component));
}

/* oddity - where the reader stands */
static struct claim_oddity oddity(const struct take *t, unsigned element, const char *rule)
{
    struct claim_oddity o = {.position = t->s->position, .rule = rule};
    const char *loop = t->loop == LOOP_PARTY ? t->party->loop : guide_loops[t->loop].name;

    str_copy(o.loop, sizeof(o.loop), loop);
    snprintf(o.segment, sizeof(o.segment), "%.*s",
             (int)(t->s->id.n < sizeof(o.segment) ? t->s->id.n : sizeof(o.segment) - 1),
             t->s->id.p);
    if (element)
        snprintf(o.element, sizeof(o.element), "%s%02u", o.segment, element % 100);
    o.line = t->line ? t->line->number : 0;
    return o;
}

/* take_fault - element 0: the whole segment */
void take_fault(struct take *t, unsigned element, const char *rule)
{
    struct claim_oddity o = oddity(t, element, rule);

    oddities_add(t->faults, &o);
}

/* take_extra - the model has no place for it */
void take_extra(struct take *t)
{
    struct claim_oddity o = oddity(t, 0, "no place in the claim model");

    oddities_add(t->extras, &o);
}

/* take_decimal - 0 and a fault when it is none */
int64_t take_decimal(struct take *t, unsigned element, struct span s, int places)
{
    int64_t v = 0;

    s = span_trim(s);
    if (s.n == 0)
        return 0;
    switch (decimal_parse(s.p, s.n, places, &v)) {
    case DECIMAL_OK:
        return v;
    case DECIMAL_TOO_FINE:
        take_fault(t, element,
                   places == CENTS ? "more than two decimals" : "more than three decimals");
        break;
    case DECIMAL_TOO_LARGE:
        take_fault(t, element, "too large a number");
        break;
    case DECIMAL_NOT:
    default:
        take_fault(t, element, "not a decimal number");
    }
    return 0;
}

/* take_money - cents */
int64_t take_money(struct take *t, unsigned element)
{
    return take_decimal(t, element, x12_element(t->s, element), CENTS);
}

/* take_units - thousandths */
int64_t take_units(struct take *t, unsigned element)
{
    return take_decimal(t, element, x12_element(t->s, element), MILLI);
}

/* take_number - a small count */
uint32_t take_number(struct take *t, unsigned element)
{
    const struct span s = span_trim(x12_element(t->s, element));
    uint32_t v = 0;

    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9' || s.n > NUMBER_DIGITS) {
            take_fault(t, element, "not a whole number");
            return 0;
        }
        v = v * 10 + (uint32_t)(s.p[i] - '0');
    }
    return v;
}

/* take_day - CCYYMMDD; 0 and a fault when it is none */
int32_t take_day(struct take *t, unsigned element, struct span s)
{
    char text[DATE_DIGITS + 1] = "";
    int32_t ymd = 0;

    s = span_trim(s);
    if (s.n == 0)
        return 0;
    if (s.n == DATE_DIGITS) {
        memcpy(text, s.p, DATE_DIGITS);
        ymd = str_is_digits(text, DATE_DIGITS, DATE_DIGITS) ? date_parse(text) : 0;
    }
    if (ymd == 0)
        take_fault(t, element, "not a day of the calendar");
    return ymd;
}

/* take_period - D8 or RD8; one day is from and thru alike */
void take_period(struct take *t, unsigned element, struct span format, struct span value,
                 int32_t *from, int32_t *thru)
{
    const char *dash = memchr(value.p, '-', value.n);
    struct span last = value;

    if (!span_is(format, "D8") && !span_is(format, "RD8")) {
        take_fault(t, element, "date format is neither D8 nor RD8");
        return;
    }
    if (span_is(format, "RD8") && !dash) {
        take_fault(t, element, "not a range of days");
        return;
    }
    if (span_is(format, "RD8")) {
        last = (struct span){dash + 1, value.n - (size_t)(dash + 1 - value.p)};
        value.n = (size_t)(dash - value.p);
    }
    *from = take_day(t, element, value);
    *thru = last.p == value.p ? *from : take_day(t, element, last);
}

/* take_is - is the element this code? */
bool take_is(const struct take *t, unsigned element, const char *s)
{
    return span_is(x12_element(t->s, element), s);
}

/* take_new - a message; when the arena is full the reader stops using it, so any zeroed one will do
 */
void *take_new(struct take *t, const ProtobufCMessageDescriptor *d)
{
    void *m = event_new(t->arena, d);

    t->full |= m == NULL;
    return m;
}

/* take_place - where the segment in hand belongs */
void take_place(struct take *t, enum claim_part part, size_t index)
{
    places_note(t->places, part, index, t->s);
}

/* seg_read_text - REF*G1*value and its like */
void seg_read_text(struct take *t, const struct seg *r)
{
    *(char **)(void *)((char *)t->base + r->field) = take_text(t, 2);
}
