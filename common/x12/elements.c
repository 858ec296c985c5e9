/* elements.c - one segment against its row: usage, types, lengths, characters, codes, relational
 * notes
 *
 * One look at each byte decides most of it: the classes of all bytes of a value are or-ed together,
 * and only a value that shows something unusual is looked at again. */
#include <string.h>

#include "common/x12/checker.h"

enum { MONEY = 782 }; /* data element */

struct item {
    const struct x12_segment *s;
    unsigned n, k;      /* k: component, 0 = the element */
    struct span format; /* of the date behind it */
};

/* at - a finding about an item */
static void at(struct check *c, const struct item *i, int snip, const char *code, struct span value,
               const char *text)
{
    const struct mark m = mark_of(c, i->s);

    report(c, &m, i->n, i->k, snip, code, value, text);
}

/* note - one that is worth saying only */
static void note(struct check *c, const struct item *i, int snip, const char *code,
                 const char *text)
{
    const struct mark m = mark_of(c, i->s);

    report_note(c, &m, i->n, i->k, snip, code, text);
}

/* is_numeric - N0 (point false) or R: a minus in front, one point, at least one digit; *digits
 * counts them */
static bool is_numeric(struct span v, bool point, size_t *digits)
{
    size_t points = 0, n = 0;

    for (size_t i = 0; i < v.n; i++) {
        if (v.p[i] >= '0' && v.p[i] <= '9')
            n++;
        else if (v.p[i] == '.' && point)
            points++;
        else if (v.p[i] != '-' || i > 0)
            return false;
    }
    *digits = n;
    return n > 0 && points <= 1;
}

/* is_too_fine - money that has a point, with more than two decimals */
static bool is_too_fine(struct span v)
{
    const char *point = memchr(v.p, '.', v.n);

    return v.p + v.n - point > 3;
}

/* check_number - digits and their count; money in cents at most */
static void check_number(struct check *c, const struct item *i, const struct plan_element *e,
                         struct span v, unsigned classes)
{
    size_t digits = v.n;

    if (classes != BYTE_DIGIT && !is_numeric(v, e->type == PLAN_R, &digits)) {
        at(c, i, 1, "IK403=6", v, "not a number");
        return;
    }
    if (digits < e->min)
        at(c, i, 1, "IK403=4", v, "too short");
    else if (digits > e->max)
        at(c, i, 1, "IK403=5", v, "too long");
    else if (e->number == MONEY && (classes & BYTE_POINT) && is_too_fine(v))
        at(c, i, 2, "IK403=I12", v, "an amount has two decimals at most");
}

/* check_length - in bytes; false: said */
static bool check_length(struct check *c, const struct item *i, const struct plan_element *e,
                         struct span v)
{
    if (v.n >= e->min && v.n <= e->max)
        return true;
    if (v.n < e->min)
        at(c, i, 1, "IK403=4", v, "too short");
    else
        at(c, i, 1, "IK403=5", v, "too long");
    return false;
}

/* is_range - two dates and a hyphen, in order */
static bool is_range(struct span v)
{
    int32_t from, thru;

    if (v.n != 17 || v.p[8] != '-')
        return false;
    from = span_date((struct span){v.p, 8});
    thru = span_date((struct span){v.p + 9, 8});
    return from && thru && from <= thru;
}

/* check_period - a date, time or range by the format that stands before it */
static void check_period(struct check *c, const struct item *i, struct span v)
{
    bool ok = true;
    const char *code = "IK403=8";

    if (span_is(i->format, "D8")) {
        ok = span_date(v) != 0;
    } else if (span_is(i->format, "RD8")) {
        ok = is_range(v);
    } else if (span_is(i->format, "DT")) {
        ok = v.n >= 12 && span_date((struct span){v.p, 8}) &&
             span_time((struct span){v.p + 8, v.n - 8});
    } else if (span_is(i->format, "TM")) {
        ok = span_time(v);
        code = "IK403=9";
    }
    if (!ok)
        at(c, i, 1, code, v, "no such date or time, or not in the stated format");
}

/* check_typed - a value without delimiters or bad characters inside */
static void check_typed(struct check *c, const struct item *i, const struct plan_element *e,
                        struct span v, unsigned classes)
{
    switch (e->type) {
    case PLAN_R:
    case PLAN_N0:
        check_number(c, i, e, v, classes);
        break;
    case PLAN_DT:
        if (check_length(c, i, e, v) && !span_date(v))
            at(c, i, 1, "IK403=8", v, "no such date");
        break;
    case PLAN_TM:
        if (check_length(c, i, e, v) && !span_time(v))
            at(c, i, 1, "IK403=9", v, "no such time");
        break;
    default:
        if (!check_length(c, i, e, v))
            break;
        if (classes == BYTE_BLANK)
            at(c, i, 1, "IK403=6", v, "nothing but blanks");
        else if (e->number == PLAN_PERIOD && i->format.n > 0)
            check_period(c, i, v);
        else if (v.p[0] == ' ' || v.p[v.n - 1] == ' ')
            note(c, i, 1, "IK403=6", "blank in front or behind");
    }
    if (e->codes > 0 && !plan_has_code(c->plan, e, v))
        at(c, i, 2, "IK403=7", v, "code is not in the guide's list");
}

/* is_plain - a text or code as it should be, at a glance; `inside`: bytes that ask for a second */
static inline bool is_plain(const struct check *c, const struct plan_element *e, struct span v,
                            unsigned inside)
{
    return e->text && !(c->unusual & inside) && v.n >= e->min && v.n <= e->max && v.p[0] != ' ' &&
           v.p[v.n - 1] != ' ' && plan_has_code(c->plan, e, v);
}

/* check_value - one simple element or component that is there */
static void check_value(struct check *c, const struct item *i, const struct plan_element *e,
                        struct span v)
{
    const unsigned classes = classes_of(c, v);

    if (classes & BYTE_BAD)
        at(c, i, 1, "IK403=6", v, "character outside the character set");
    else if (classes & BYTE_REPETITION)
        at(c, i, 1, "IK403=12", v, "repetition where none may be");
    else if (classes & BYTE_COMPONENT)
        at(c, i, 1, "IK403=13", v, "components in a simple element");
    else
        check_typed(c, i, e, v, classes);
}

/* next_component - cuts the first component off *rest; false: there is none. Components are short.
 */
static bool next_component(struct span *rest, char separator, struct span *out)
{
    size_t n = 0;

    if (!rest->p)
        return false;
    while (n < rest->n && rest->p[n] != separator)
        n++;
    *out = (struct span){rest->p, n};
    *rest = n < rest->n ? (struct span){rest->p + n + 1, rest->n - n - 1} : (struct span){NULL, 0};
    return true;
}

/* check_composite - one repetition of a composite */
static void check_composite(struct check *c, struct item *i, const struct plan_element *e,
                            struct span v)
{
    struct span rest = v, part = {"", 0}, before = {"", 0};

    for (i->k = 1; i->k <= e->parts; i->k++) {
        const struct plan_element *p = &c->plan->elements[e->part + i->k - 1];

        before = part;
        if (!next_component(&rest, i->s->delims->component, &part))
            part = (struct span){"", 0};
        i->format = before;
        if (part.n == 0) {
            if (p->usage == 'R')
                at(c, i, 2, "IK403=1", part, "required component is missing");
        } else if (p->usage == 'N') {
            at(c, i, 2, "IK403=I10", part, "component is not used");
        } else if (!is_plain(c, p, part, BYTE_REPETITION | BYTE_BAD)) {
            check_value(c, i, p, part);
        }
    }
    if (rest.p)
        at(c, i, 1, "IK403=13", rest, "too many components");
    i->k = 0;
}

/* check_repeated - each repetition of an element that may repeat, or of a composite */
static void check_repeated(struct check *c, struct item *i, const struct plan_element *e,
                           struct span v)
{
    struct span rest = v, one;
    const char separator = i->s->delims->repetition;

    if (!separator) {
        check_composite(c, i, e, v);
        return;
    }
    for (unsigned n = 1; next_component(&rest, separator, &one); n++) {
        c->repetition = e->repeat > 1 || n > 1 ? n : 0;
        if (n > e->repeat) {
            at(c, i, 1, "IK403=12", one, "too many repetitions");
            break;
        }
        if (e->type == PLAN_COMPOSITE)
            check_composite(c, i, e, one);
        else
            check_value(c, i, e, one);
    }
    c->repetition = 0;
}

/* check_note - one relational note; an element that is required anyway was already asked for */
static void check_note(struct check *c, const struct plan_row *row, const struct x12_segment *s,
                       const struct plan_note *n, uint64_t present)
{
    const uint64_t some = present & n->mask, missing = n->mask & ~present;
    const bool first = present >> n->first & 1;
    unsigned where;

    switch (n->kind) {
    case 'P':
        if (some == 0 || missing == 0)
            return;
        break;
    case 'R':
    case 'L':
        if (some != 0 || (n->kind == 'L' && !first))
            return;
        break;
    case 'C':
        if (!first || missing == 0)
            return;
        break;
    default:
        if ((some & (some - 1)) != 0)
            report_here(c, s, n->first, 0, 2, "IK403=10", "elements that exclude each other");
        return;
    }
    where = (unsigned)__builtin_ctzll(missing);
    if (c->plan->elements[row->element + where - 1].usage == 'R')
        return;
    report_here(c, s, where, 0, 2, "IK403=2", "missing although another element asks for it");
}

/* check_tail - elements beyond the segment's, separators without an element */
static void check_tail(struct check *c, const struct plan_row *row, const struct x12_segment *s)
{
    if (s->count > row->elements)
        report_here(c, s, row->elements + 1u, 0, 1, "IK403=3",
                    "more elements than the segment has");
    else if (s->count > 0 && s->element[s->count].n == 0)
        report_here(c, s, s->count, 0, 1, "IK304=8", "empty elements at the end");
}

/* check_elements - all of a segment */
void check_elements(struct check *c, const struct plan_row *row, const struct x12_segment *s)
{
    const struct plan_element *e = &c->plan->elements[row->element];
    const unsigned seen = s->count < row->elements ? s->count : row->elements;
    const unsigned last = seen > row->last_required ? seen : row->last_required;
    struct item i = {.s = s};
    uint64_t present = 0;

    c->unusual = unusual_bytes(c, s);
    for (i.n = 1; i.n <= last; i.n++, e++) {
        const struct span v = x12_element(s, i.n);

        if (v.n == 0) {
            if (e->usage == 'R')
                at(c, &i, 2, "IK403=1", v, "required element is missing");
            continue;
        }
        present |= UINT64_C(1) << i.n;
        if (is_plain(c, e, v, BYTE_COMPONENT | BYTE_REPETITION | BYTE_BAD))
            continue;
        i.format = e->number == PLAN_PERIOD ? x12_element(s, i.n - 1) : (struct span){"", 0};
        if (e->usage == 'N')
            at(c, &i, 2, "IK403=I10", v, "element is not used");
        else if (e->type == PLAN_COMPOSITE || e->repeat > 1)
            check_repeated(c, &i, e, v);
        else
            check_value(c, &i, e, v);
    }
    check_tail(c, row, s);
    for (unsigned k = 0; k < row->notes; k++)
        check_note(c, row, s, &c->plan->notes[row->note + k], present);
}

/* check_bytes - what can be said without a row */
void check_bytes(struct check *c, const struct x12_segment *s)
{
    for (unsigned n = 1; n <= s->count; n++)
        if (classes_of(c, s->element[n]) & BYTE_BAD)
            report_here(c, s, n, 0, 1, "IK403=6", "character outside the character set");
}
