/* seg_date.c - loop 2300: dates (billing §2.3, §3.1); 837I knows four, the others are occurrences
 * there */
#include <stdio.h>
#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "common/claim/guide.h"

enum { HOUR_DIGITS = 4, STAMP_DIGITS = 12, DATE_DIGITS = 8 };

/* dtp_count - dates of a list with a qualifier */
size_t dtp_count(CcQualifiedDate *const *list, size_t n, const char *qualifier)
{
    size_t count = 0;

    for (size_t i = 0; i < n; i++)
        count += strcmp(list[i]->qualifier, qualifier) == 0;
    return count;
}

/* dtp_write - the one there is: the guides have room for no more of a qualifier */
void dtp_write(struct put *p, CcQualifiedDate *const *list, const char *qualifier)
{
    while (strcmp((*list)->qualifier, qualifier) != 0)
        list++;
    put_begin(p, "DTP", qualifier);
    put_period(p, (*list)->from_date, (*list)->thru_date);
    put_end(p);
}

/* take_date - a DTP that has no field of its own */
CcQualifiedDate *take_date(struct take *t)
{
    CcQualifiedDate *d = take_new(t, &cc_qualified_date__descriptor);

    if (!d)
        return NULL;
    d->qualifier = take_text(t, 1);
    take_period(t, 3, x12_element(t->s, 2), x12_element(t->s, 3), &d->from_date, &d->thru_date);
    return d;
}

/* own_date - the field of a qualifier that has one; 0: it has none, or it is not known */
static int32_t own_date(const struct put *p, const char *qualifier)
{
    const CcClaim *c = p->claim;

    if (strcmp(qualifier, "439") == 0)
        return c->n_related_causes > 0 && c->accident ? c->accident->accident_date : 0;
    if (strcmp(qualifier, "435") == 0)
        return c->admit_date;
    return strcmp(qualifier, "096") == 0 ? c->discharge_date : 0;
}

/* count_date - DTP of 837P */
static size_t count_date(const struct put *p, const struct seg *r)
{
    if (own_date(p, r->qualifier))
        return 1;
    return dtp_count(p->claim->dates, p->claim->n_dates, r->qualifier);
}

/* write_date - DTP of 837P, 050 of both */
static void write_date(struct put *p, const struct seg *r, size_t i)
{
    const int32_t own = own_date(p, r->qualifier);

    (void)i;
    if (!own) {
        dtp_write(p, p->claim->dates, r->qualifier);
        return;
    }
    put_begin(p, "DTP", r->qualifier);
    put_period(p, own, 0);
    put_end(p);
}

/* read_date - a date without field */
static void read_date(struct take *t, const struct seg *r)
{
    CcQualifiedDate *d = take_date(t);

    (void)r;
    if (d)
        take_push(t, t->claim, dates, d);
}

/* read_accident - DTP 439 */
static void read_accident(struct take *t, const struct seg *r)
{
    (void)r;
    if (!t->claim->accident)
        t->claim->accident = take_new(t, &cc_accident__descriptor);
    if (t->claim->accident)
        t->claim->accident->accident_date = take_day(t, 3, x12_element(t->s, 3));
    if (t->claim->n_related_causes == 0)
        read_date(t, r);
}

/* is_hour - four digits, HHMM */
static bool is_hour(const char *s)
{
    return str_is_digits(s, HOUR_DIGITS, HOUR_DIGITS);
}

/* count_discharge - DTP 096: the hour on 837I, the day on 837P */
static size_t count_discharge(const struct put *p, const struct seg *r)
{
    return p->kind == GUIDE_P ? count_date(p, r) : is_hour(p->claim->discharge_hour);
}

/* write_discharge - DTP 096 */
static void write_discharge(struct put *p, const struct seg *r, size_t i)
{
    if (p->kind == GUIDE_P) {
        write_date(p, r, i);
        return;
    }
    put_begin(p, "DTP", r->qualifier);
    x12_put(&p->w, "TM");
    put_text(p, p->claim->discharge_hour, HOUR_DIGITS);
    put_end(p);
}

/* read_discharge - DTP 096 */
static void read_discharge(struct take *t, const struct seg *r)
{
    (void)r;
    if (take_is(t, 2, "TM"))
        t->claim->discharge_hour = take_text(t, 3);
    else
        t->claim->discharge_date = take_day(t, 3, x12_element(t->s, 3));
}

/* write_statement - DTP 434: always a range */
static void write_statement(struct put *p, const struct seg *r, size_t i)
{
    const CcClaim *c = p->claim;
    char text[2 * DATE_TEXT];

    (void)i;
    if (!date_valid(c->from_date))
        put_fail(p, "missing", "03", "required");
    snprintf(text, sizeof(text), "%08d-%08d", (int)c->from_date,
             (int)(c->thru_date ? c->thru_date : c->from_date));
    put_begin(p, "DTP", r->qualifier);
    x12_put(&p->w, "RD8");
    x12_put(&p->w, text);
    put_end(p);
}

/* read_statement - DTP 434 */
static void read_statement(struct take *t, const struct seg *r)
{
    (void)r;
    take_period(t, 3, x12_element(t->s, 2), x12_element(t->s, 3), &t->claim->from_date,
                &t->claim->thru_date);
}

/* count_admission - DTP 435 */
static size_t count_admission(const struct put *p, const struct seg *r)
{
    return p->kind == GUIDE_P ? count_date(p, r) : p->claim->admit_date != 0;
}

/* write_admission - DTP 435: day and hour on 837I, where the hour is known */
static void write_admission(struct put *p, const struct seg *r, size_t i)
{
    const CcClaim *c = p->claim;
    char text[2 * DATE_TEXT];

    if (p->kind == GUIDE_P || !is_hour(c->admit_hour)) {
        write_date(p, r, i);
        return;
    }
    snprintf(text, sizeof(text), "%08d%.4s", (int)c->admit_date, c->admit_hour);
    put_begin(p, "DTP", r->qualifier);
    x12_put(&p->w, "DT");
    x12_put(&p->w, text);
    put_end(p);
}

/* read_admission - DTP 435, D8 or DT */
static void read_admission(struct take *t, const struct seg *r)
{
    struct span value = x12_element(t->s, 3);

    (void)r;
    if (take_is(t, 2, "DT") && value.n == STAMP_DIGITS) {
        t->claim->admit_hour = take_span(t, (struct span){value.p + DATE_DIGITS, HOUR_DIGITS});
        value.n = DATE_DIGITS;
    }
    t->claim->admit_date = take_day(t, 3, value);
}

#define DATE(q, k, m)                                                                              \
    {                                                                                              \
        .segment = "DTP", .qualifier = q, .kinds = k, .max = m, .count = count_date,               \
        .write = write_date, .read = read_date                                                     \
    }

/* clang-format off */
const struct seg rows_2300_dates[] = {
    DATE("431", GUIDE_P, 1), DATE("454", GUIDE_P, 1), DATE("304", GUIDE_P, 1), DATE("453", GUIDE_P, 1),
    {.segment = "DTP", .qualifier = "439", .kinds = GUIDE_P,  .max = 1, .count = count_date,      .write = write_date,      .read = read_accident},
    DATE("484", GUIDE_P, 1), DATE("455", GUIDE_P, 1), DATE("471", GUIDE_P, 1), DATE("314", GUIDE_P, 1),
    DATE("360", GUIDE_P, 1), DATE("361", GUIDE_P, 1), DATE("297", GUIDE_P, 1), DATE("296", GUIDE_P, 1),
    {.segment = "DTP", .qualifier = "435", .kinds = GUIDE_P,  .max = 1, .count = count_admission, .write = write_admission, .read = read_admission},
    {.segment = "DTP", .qualifier = "096", .kinds = GUIDE_PI, .max = 1, .count = count_discharge, .write = write_discharge, .read = read_discharge},
    {.segment = "DTP", .qualifier = "434", .kinds = GUIDE_I,  .max = 1, .count = seg_always,    .write = write_statement, .read = read_statement},
    {.segment = "DTP", .qualifier = "435", .kinds = GUIDE_I,  .max = 1, .count = count_admission, .write = write_admission, .read = read_admission},
    DATE("090", GUIDE_P, 1), DATE("091", GUIDE_P, 1), DATE("444", GUIDE_P, 1), DATE("050", GUIDE_PI, 1),
    {.segment = NULL},
};
/* clang-format on */
