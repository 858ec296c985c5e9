/* route.c - a receiver's row of the routes table */
#include "services/submitter/route.h"

#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "common/base/week.h"
#include "common/sys/clock.h"
#include "services/submitter/submitter.h"

enum { CLAIMS_DEFAULT = 500, CLAIMS_MAX = 5000, AGE_DEFAULT_MS = 60000, BYTES_MIN = 10000 };
enum { BYTES_DEFAULT = 4000000, BYTES_MAX = 6000000 };

/* text_of - a column, of the arena */
static const char *text_of(const struct table_row *row, const char *column, struct arena *a)
{
    const struct span s = table_col(row, column);
    const char *text = arena_strndup(a, s.p ? s.p : "", s.n);

    return text ? text : "";
}

/* number_of - a column within bounds; empty or none: the default */
static int64_t number_of(const struct table_row *row, const char *column, int64_t otherwise,
                         int64_t min, int64_t max)
{
    const int64_t v = table_col_i64(row, column, otherwise);

    return v < min ? min : v > max ? max : v;
}

/* route_find - see route.h */
enum lookup route_find(const struct tables *t, const char *receiver, int32_t on, struct arena *a,
                       struct route *out)
{
    struct table_row row;
    const enum lookup found = tables_find(t, TABLE_ROUTES, receiver, NULL, on, &row);

    if (found != LOOKUP_FOUND)
        return found;
    *out = (struct route){
        .claim = {.sender_qualifier = text_of(&row, "sender_qualifier", a),
                  .sender_id = text_of(&row, "sender_id", a),
                  .receiver_qualifier = text_of(&row, "qualifier", a),
                  .receiver_id = text_of(&row, "receiver_id", a),
                  .submitter_name = text_of(&row, "submitter_name", a),
                  .submitter_contact = text_of(&row, "submitter_contact", a),
                  .submitter_phone = text_of(&row, "submitter_phone", a),
                  .receiver_name = text_of(&row, "receiver_name", a),
                  .test = table_col_is(&row, "test", "Y")},
        .sandbox = table_col_is(&row, "sandbox", "Y"),
        .batch_claims = (uint32_t)number_of(&row, "batch_claims", CLAIMS_DEFAULT, 1, CLAIMS_MAX),
        .batch_bytes =
            (uint64_t)number_of(&row, "batch_bytes", BYTES_DEFAULT, BYTES_MIN, BYTES_MAX),
        .batch_age_ms = number_of(&row, "batch_age_ms", AGE_DEFAULT_MS, 0, INT32_MAX),
        .cutoff_min = day_minute(text_of(&row, "cutoff", a)),
        .split_frequency = table_col_is(&row, "split_frequency", "Y")};
    if (!zone_minutes(text_of(&row, "time_zone", a), &out->tz_min))
        out->tz_min = 0; /* the loader refuses what is none */
    return found;
}

/* route_batch_end - see route.h */
int64_t route_batch_end(const struct route *r, int64_t since_ms)
{
    const int64_t age = since_ms + r->batch_age_ms;
    int64_t cutoff;

    if (r->cutoff_min < 0)
        return age;
    cutoff = week_next_minute(r->cutoff_min, r->tz_min, since_ms);
    return cutoff < age ? cutoff : age;
}

/* route_name_valid - see route.h */
bool route_name_valid(const char *receiver)
{
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-";
    const size_t n = strlen(receiver);

    return n > 0 && n <= ROUTE_RECEIVER_MAX && strspn(receiver, allowed) == n && receiver[0] != '.';
}

/* submitter_route - see submitter.h */
enum lookup submitter_route(const struct tables *t, const char *receiver, int32_t on,
                            struct arena *a, struct claim_route *out)
{
    struct route r;
    const enum lookup found = route_find(t, receiver, on, a, &r);

    if (found == LOOKUP_FOUND)
        *out = r.claim;
    return found;
}

/* submitter_check - see submitter.h */
int submitter_check(const struct conf *c, const struct tables *t, struct err *e)
{
    const int32_t today = date_of_ms(clock_ms(), 0);
    struct table_row row;
    size_t cursor = 0;

    if (conf_is(c, "DELIVERY", "exactly_once"))
        return 0;
    while (t && tables_each(t, TABLE_ROUTES, today, &cursor, &row))
        if (!table_col_is(&row, "sandbox", "Y"))
            return err_set(e, ERR_FATAL, "setting",
                           "DELIVERY=at_least_once: a route leads to a real payer, who would get "
                           "claims twice");
    return 0;
}
