/* envelope.c - control segments: their elements as rows with the note a TA1 gives, their numbers
 * and counts */
#include "common/x12/envelope.h"

#include <string.h>

#include "common/base/date.h"

static const struct span none = {"", 0};

/* envelope_bytes - anew for each interchange */
void envelope_bytes(struct check *c)
{
    const struct x12_delims *d = &c->envelope.delims;

    for (unsigned b = 0; b < 256; b++)
        c->byte[b] = b < 0x20 || b > 0x7E ? BYTE_BAD : BYTE_OTHER;
    for (unsigned b = '0'; b <= '9'; b++)
        c->byte[b] = BYTE_DIGIT;
    c->byte['-'] = BYTE_MINUS;
    c->byte['.'] = BYTE_POINT;
    c->byte[' '] = BYTE_BLANK;
    c->byte[(unsigned char)d->component] = BYTE_COMPONENT;
    if (d->repetition)
        c->byte[(unsigned char)d->repetition] = BYTE_REPETITION;
}

/* has_bad_byte - outside the character set */
static bool has_bad_byte(const struct check *c, struct span v)
{
    for (size_t i = 0; i < v.n; i++)
        if (c->byte[(unsigned char)v.p[i]] & BYTE_BAD)
            return true;
    return false;
}

/* is_blank - nothing but blanks */
static bool is_blank(struct span v)
{
    return span_trim(v).n == 0;
}

/* What an ISA element must be. */
enum isa_rule { ISA_LIST, ISA_FILLED, ISA_DATE, ISA_TIME, ISA_NUMBER };

struct isa_row {
    uint8_t element;
    enum isa_rule rule;
    const char *list;
    const char *code;
    const char *text;
};

#define PARTNER_TYPES                                                                              \
    "01 02 03 04 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 "   \
    "33 "                                                                                          \
    "34 35 36 37 38 AM NR SA SN ZZ"

/* clang-format off */
static const struct isa_row isa_rows[] = {
    {1,  ISA_LIST,   "00 01 02 03 04 05 06 07 08", "TA105=010", "no such authorization qualifier"},
    {3,  ISA_LIST,   "00 01",       "TA105=012", "no such security qualifier"},
    {5,  ISA_LIST,   PARTNER_TYPES, "TA105=005", "no such sender qualifier"},
    {6,  ISA_FILLED, NULL,          "TA105=006", "the sender is missing"},
    {7,  ISA_LIST,   PARTNER_TYPES, "TA105=007", "no such receiver qualifier"},
    {8,  ISA_FILLED, NULL,          "TA105=008", "the receiver is missing"},
    {9,  ISA_DATE,   NULL,          "TA105=014", "no such date"},
    {10, ISA_TIME,   NULL,          "TA105=015", "no such time"},
    {12, ISA_LIST,   "00501",       "TA105=017", "a version that is not supported"},
    {13, ISA_NUMBER, NULL,          "TA105=018", "the control number is no number"},
    {14, ISA_LIST,   "0 1",         "TA105=019", "the request for an acknowledgment is 0 or 1"},
    {15, ISA_LIST,   "P T",         "TA105=020", "the usage is P or T"},
};
/* clang-format on */

/* envelope_partner_type - ISA05, ISA07 */
bool envelope_partner_type(struct span v)
{
    return span_listed(v, PARTNER_TYPES);
}

/* isa_date - YYMMDD of this century */
static bool isa_date(struct span v)
{
    uint64_t n;

    return v.n == 6 && span_number(v, &n) && date_valid((int32_t)(20000000 + n));
}

/* isa_fits - one element and its row */
static bool isa_fits(const struct isa_row *row, struct span v)
{
    uint64_t n;

    switch (row->rule) {
    case ISA_LIST:
        return span_listed(v, row->list);
    case ISA_FILLED:
        return !is_blank(v);
    case ISA_DATE:
        return isa_date(v);
    case ISA_TIME:
        return v.n == 4 && span_time(v);
    default:
        return v.n == 9 && span_number(v, &n) && n > 0;
    }
}

/* envelope_isa - its elements, and whether its number was there before in these bytes */
void envelope_isa(struct check *c, const struct x12_segment *s)
{
    const struct span key[] = {s->element[5], s->element[6],  s->element[7],
                               s->element[8], s->element[13], s->element[15]};

    for (size_t i = 0; i < sizeof(isa_rows) / sizeof(isa_rows[0]); i++) {
        const struct isa_row *row = &isa_rows[i];
        const struct span v = x12_element(s, row->element);

        if (!isa_fits(row, v))
            report_envelope(c, X12_INTERCHANGE, "ISA", row->element, s->offset, row->code, v,
                            row->text);
    }
    if (!s->delims->repetition)
        report_envelope_note(c, X12_INTERCHANGE, "ISA", 11, s->offset, "TA105=016",
                             "a letter, so no repetition separator");
    for (unsigned n = 1; n <= 15; n++)
        if (has_bad_byte(c, s->element[n]))
            report_envelope(c, X12_INTERCHANGE, "ISA", n, s->offset, "TA105=024", none,
                            "character outside the character set");
    if (seen_before(c, &c->isa13, key, sizeof(key) / sizeof(key[0])))
        report_envelope(c, X12_INTERCHANGE, "ISA", 13, s->offset, "TA105=025", s->element[13],
                        "the control number was used before");
}

/* same_number - equal as text, or as numbers; of ISA13 (nine digits) and ST02 (text) only the text
 * counts */
static bool same_number(struct span a, struct span b)
{
    uint64_t x, y;

    if (span_equal(a, b))
        return true;
    return span_number(a, &x) && span_number(b, &y) && x == y;
}

/* counted - a count element against what was counted */
static bool counted(struct span v, size_t max, uint64_t seen)
{
    uint64_t n;

    return v.n <= max && span_number(v, &n) && n == seen;
}

/* envelope_iea - groups and control number */
void envelope_iea(struct check *c, const struct x12_segment *s)
{
    if (!counted(x12_element(s, 1), 5, c->groups))
        report_envelope(c, X12_INTERCHANGE, "IEA", 1, s->offset, "TA105=021", x12_element(s, 1),
                        "not the number of groups");
    if (!span_equal(x12_element(s, 2), c->envelope.isa[13]))
        report_envelope(c, X12_INTERCHANGE, "IEA", 2, s->offset, "TA105=001", x12_element(s, 2),
                        "not the control number of the ISA");
    if (s->count != 2)
        report_envelope(c, X12_INTERCHANGE, "IEA", 0, s->offset, "TA105=024", none,
                        "two elements expected");
    if (c->groups == 0 && c->ta1 == 0)
        report_envelope(c, X12_INTERCHANGE, "IEA", 0, s->offset, "TA105=024", none,
                        "an interchange without content");
}

/* envelope_ta1 - five elements; date and time are quoted, right or wrong */
void envelope_ta1(struct check *c, const struct x12_segment *s)
{
    uint64_t n;
    unsigned bad = 0;

    if (x12_element(s, 1).n != 9 || !span_number(x12_element(s, 1), &n))
        bad = 1;
    else if (x12_element(s, 2).n != 6 || !span_number(x12_element(s, 2), &n))
        bad = 2;
    else if (x12_element(s, 3).n != 4 || !span_number(x12_element(s, 3), &n))
        bad = 3;
    else if (!span_listed(x12_element(s, 4), "A E R"))
        bad = 4;
    else if (x12_element(s, 5).n != 3 || !span_number(x12_element(s, 5), &n) || n > 31)
        bad = 5;
    else if (s->count > 5)
        bad = 6;
    if (bad > 0)
        report_envelope(c, X12_INTERCHANGE, "TA1", bad, s->offset, "TA105=024", x12_element(s, bad),
                        "not what a TA1 holds there");
}

/* check_version - GS08 names a guide, and GS01 is its group */
static void check_version(struct check *c, const struct x12_segment *s)
{
    const struct span version = x12_element(s, 8);
    bool known = false, exact = false, group = false;

    for (const struct x12_guide *g = x12_guides; g->version; g++) {
        bool same;

        if (!x12_guide_find(version, span_of(g->set), &same) ||
            strncmp(g->version, version.p, 10) != 0)
            continue;
        known = true;
        exact = exact || same;
        group = group || x12_element_is(s, 1, g->group);
    }
    if (!known || !exact)
        report_envelope(c, X12_GROUP, "GS", 8, s->offset, "AK905=2", version,
                        "a version that is not supported");
    if (known && !group)
        report_envelope(c, X12_GROUP, "GS", 1, s->offset, "AK905=1", x12_element(s, 1),
                        "not the group of this version");
}

/* gs_fault - the first of 02, 03, 04, 05, 07 or the number of elements that is wrong; 0: none */
static unsigned gs_fault(const struct check *c, const struct x12_segment *s)
{
    for (unsigned n = 2; n <= 3; n++)
        if (x12_element(s, n).n < 2 || x12_element(s, n).n > 15 ||
            has_bad_byte(c, x12_element(s, n)))
            return n;
    if (!span_date(x12_element(s, 4)))
        return 4;
    if (!span_time(x12_element(s, 5)))
        return 5;
    if (!x12_element_is(s, 7, "X"))
        return 7;
    return s->count > 8 ? 9 : 0;
}

/* envelope_gs - a wrong GS spoils the interchange; its number and version only the group */
void envelope_gs(struct check *c, const struct x12_segment *s)
{
    const unsigned bad = gs_fault(c, s);
    const struct span number = x12_element(s, 6);
    uint64_t n;

    if (bad > 0)
        report_envelope(c, X12_INTERCHANGE, "GS", bad, s->offset, "TA105=024", x12_element(s, bad),
                        "not what a GS holds there");
    if (number.n > 9 || !span_number(number, &n))
        report_envelope(c, X12_GROUP, "GS", 6, s->offset, "AK905=6", number,
                        "the control number is no number");
    else if (seen_before(c, &c->gs06, &number, 1))
        report_envelope(c, X12_GROUP, "GS", 6, s->offset, "AK905=19", number,
                        "the control number was used before");
    check_version(c, s);
}

/* envelope_ge - sets and control number */
uint32_t envelope_ge(struct check *c, const struct x12_segment *s)
{
    uint64_t n = 0;

    if (!counted(x12_element(s, 1), 6, c->group_sets))
        report_envelope(c, X12_GROUP, "GE", 1, s->offset, "AK905=5", x12_element(s, 1),
                        "not the number of sets");
    if (!same_number(x12_element(s, 2), c->envelope.gs[6]))
        report_envelope(c, X12_GROUP, "GE", 2, s->offset, "AK905=4", x12_element(s, 2),
                        "not the control number of the GS");
    if (s->count != 2)
        report_envelope(c, X12_INTERCHANGE, "GE", 0, s->offset, "TA105=024", none,
                        "two elements expected");
    if (c->group_sets == 0)
        report_envelope(c, X12_GROUP, "GE", 0, s->offset, "AK905=5", none, "a group without sets");
    return span_number(x12_element(s, 1), &n) && n < UINT32_MAX ? (uint32_t)n : 0;
}

/* is_control - ST02: four to nine letters and digits */
static bool is_control(struct span v)
{
    for (size_t i = 0; i < v.n; i++)
        if (v.p[i] <= ' ' || v.p[i] > '~')
            return false;
    return v.n >= 4 && v.n <= 9;
}

/* envelope_st - which guide, and is the control number new in its group? */
const struct x12_guide *envelope_st(struct check *c, const struct x12_segment *s)
{
    const struct span number = x12_element(s, 2), version = c->envelope.gs[8],
                      own = x12_element(s, 3);
    const struct x12_guide *g;
    bool exact, other = false;

    if (!is_control(number))
        report_envelope(c, X12_SET, "ST", 2, s->offset, "IK502=7", number,
                        "the control number is missing or malformed");
    else if (seen_before(c, &c->st02, &number, 1))
        report_envelope(c, X12_SET, "ST", 2, s->offset, "IK502=23", number,
                        "the control number was used before");
    if (own.n > 0 && version.n > 0 && !span_equal(own, version))
        report_envelope(c, X12_SET, "ST", 3, s->offset, "IK502=19", own,
                        "not the version of the group");
    g = x12_guide_find(version, x12_element(s, 1), &exact);
    if (g)
        return g;
    for (const struct x12_guide *k = x12_guides; k->version; k++)
        other = other || x12_element_is(s, 1, k->set);
    report_envelope(c, X12_SET, "ST", 1, s->offset, other ? "IK502=18" : "IK502=1",
                    x12_element(s, 1),
                    other ? "not a set of this group's version" : "a set that is not supported");
    return NULL;
}

/* envelope_se - segments and control number */
void envelope_se(struct check *c, const struct x12_segment *s)
{
    if (!counted(x12_element(s, 1), 10, c->segments))
        report_envelope(c, X12_SET, "SE", 1, s->offset, "IK502=4", x12_element(s, 1),
                        "not the number of segments");
    if (!span_equal(x12_element(s, 2), c->envelope.st[2]))
        report_envelope(c, X12_SET, "SE", 2, s->offset, "IK502=3", x12_element(s, 2),
                        "not the control number of the ST");
}
