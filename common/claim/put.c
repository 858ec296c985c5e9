/* put.c - writing a loop: rows from top to bottom, values cleaned, what the guide requires insisted
 * on
 *
 * The first thing that cannot be written is kept as the error; writing goes on to the end of the
 * claim and its bytes are thrown away by the caller. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "common/base/date.h"
#include "common/claim/guide.h"

enum { VALUE_MAX = 512, RULE_MAX = 64 };

/* put_fail - keeps the first; element may be "" */
int put_fail(struct put *p, const char *code, const char *element, const char *rule)
{
    if (!p->failed)
        err_set(p->e, ERR_REJECT, code, "loop %s, %s%s: %s", p->loop, p->segment, element, rule);
    p->failed = true;
    return -1;
}

/* fail_at - at an element by number */
static void fail_at(struct put *p, const char *code, unsigned element, const char *rule)
{
    char name[8];

    snprintf(name, sizeof(name), "%02u", element);
    put_fail(p, code, name, rule);
}

/* over_max - more of a segment than the guide has room for */
static void over_max(struct put *p, const struct seg *r)
{
    char rule[RULE_MAX];

    snprintf(rule, sizeof(rule), "at most %u%s%s", r->max, r->qualifier ? " with qualifier " : "",
             r->qualifier ? r->qualifier : "");
    put_fail(p, "limit", "", rule);
}

/* put_row - as many as there are */
static void put_row(struct put *p, const struct seg *r)
{
    size_t n;

    if (!(r->kinds & p->kind) || !r->count)
        return;
    n = r->count(p, r);
    p->segment = r->segment;
    if (n > r->max)
        over_max(p, r);
    for (size_t i = 0; i < n && !p->failed; i++)
        r->write(p, r, i);
}

/* put_loop - all rows; `name` NULL: the loop's own */
void put_loop(struct put *p, enum loop loop, const char *name, const void *base)
{
    const char *outer = p->loop;
    const void *outer_base = p->base;

    p->loop = name ? name : guide_loops[loop].name;
    p->base = base;
    for (size_t k = 0; k < LOOP_TABLES && guide_loops[loop].rows[k]; k++)
        for (const struct seg *r = guide_loops[loop].rows[k]; r->segment; r++)
            put_row(p, r);
    p->loop = outer;
    p->base = outer_base;
}

/* put_begin - opens a segment */
void put_begin(struct put *p, const char *segment, const char *qualifier)
{
    p->segment = segment;
    x12_begin(&p->w, segment);
    if (qualifier)
        x12_put(&p->w, qualifier);
}

/* put_end - closes it */
void put_end(struct put *p)
{
    x12_end(&p->w);
}

/* put_text - cleaned, cut at the guide's width */
void put_text(struct put *p, const char *s, size_t max)
{
    x12_text(&p->w, s, max);
}

/* put_need - text that the guide requires */
void put_need(struct put *p, unsigned element, const char *s, size_t max)
{
    const size_t before = p->w.mark;

    x12_text(&p->w, s, max);
    if (p->w.mark == before && !p->w.out->failed)
        fail_at(p, "missing", element, "required");
}

/* put_key - comes back in answers: neither cut nor changed, but for case */
void put_key(struct put *p, unsigned element, const char *s, size_t max)
{
    const struct buf *b = p->w.out;

    put_need(p, element, s, max);
    if (!p->failed && !b->failed && strcasecmp(b->data + p->w.element, s) != 0)
        fail_at(p, "key", element, "too long, or characters that X12 cannot carry");
}

/* put_code - a code of a list, required */
void put_code(struct put *p, unsigned element, const char *s)
{
    put_need(p, element, s, VALUE_MAX - 1);
}

/* put_sub - next component, cleaned */
void put_sub(struct put *p, const char *s, size_t max)
{
    x12_sub_text(&p->w, s, max);
}

/* put_money - never negative in an 837 */
void put_money(struct put *p, unsigned element, int64_t cents)
{
    if (cents < 0)
        fail_at(p, "amount", element, "negative");
    x12_money(&p->w, cents);
}

/* put_units - never negative in an 837 */
void put_units(struct put *p, unsigned element, int64_t milli)
{
    if (milli < 0)
        fail_at(p, "amount", element, "negative");
    x12_units(&p->w, milli);
}

/* put_number - a count */
void put_number(struct put *p, int64_t n)
{
    x12_number(&p->w, n);
}

/* period_text - "20260301" or "20260301-20260303"; out holds 2 * DATE_TEXT bytes */
static const char *period_text(int32_t from, int32_t thru, char *out)
{
    size_t n = strlen(date_digits(from, out));

    if (thru != 0 && thru != from) {
        out[n] = '-';
        date_digits(thru, out + n + 1);
    }
    return out;
}

/* put_period - format qualifier and value */
void put_period(struct put *p, int32_t from, int32_t thru)
{
    char text[2 * DATE_TEXT];

    if (!date_valid(from))
        put_fail(p, "missing", "03", "required");
    x12_put(&p->w, thru == 0 || thru == from ? "D8" : "RD8");
    x12_put(&p->w, period_text(from, thru, text));
}

/* put_sub_period - the same as components; a range even of one day */
void put_sub_period(struct put *p, int32_t from, int32_t thru)
{
    char text[2 * DATE_TEXT];

    snprintf(text, sizeof(text), "%08d-%08d", (int)from, (int)(thru ? thru : from));
    x12_sub(&p->w, "RD8");
    x12_sub(&p->w, text);
}

/* seg_always - one */
size_t seg_always(const struct put *p, const struct seg *r)
{
    (void)p, (void)r;
    return 1;
}

/* seg_has_text - the row's field is not empty */
size_t seg_has_text(const struct put *p, const struct seg *r)
{
    return FIELD_TEXT(p->base, r->field)[0] != '\0';
}

/* seg_write_text - REF*G1*value and its like: a reference may not be cut, so it is a key */
void seg_write_text(struct put *p, const struct seg *r, size_t i)
{
    (void)i;
    put_begin(p, r->segment, r->qualifier);
    put_key(p, 2, FIELD_TEXT(p->base, r->field), r->width);
    put_end(p);
}
