/* hl7_sum.c - the sum rule, counted in a way of its own */
#include "tests/support/hl7_sum.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "common/base/str.h"

/* name_of - of a line, "?" for what is no segment */
static void name_of(const char *p, size_t n, char out[4])
{
    bool segment =
        n >= 3 && isupper((unsigned char)p[0]) && (n == 3 || ispunct((unsigned char)p[3]));

    for (size_t i = 1; segment && i < 3; i++)
        segment = isupper((unsigned char)p[i]) || isdigit((unsigned char)p[i]);
    snprintf(out, 4, "%.3s", segment ? p : "?");
}

/* bare - a line without blanks around it and BOMs in front */
static struct span bare(struct span line)
{
    struct span s = span_trim(line);

    while (s.n >= 3 && memcmp(s.p, "\xEF\xBB\xBF", 3) == 0)
        s = span_trim((struct span){s.p + 3, s.n - 3});
    return s;
}

/* came_in - lines of this name in the message's bytes */
static unsigned long came_in(const struct intake_input *in, const char *name)
{
    const char *p = in->bytes, *end = p + in->n;
    unsigned long n = 0;

    while (p < end) {
        size_t len = 0;
        struct span line;
        char own[4];

        while (p + len < end && !memchr("\r\n\x0b\x1c", p[len], 4))
            len++;
        line = bare((struct span){p, len});
        name_of(line.p, line.n, own);
        n += line.n && strcmp(own, name) == 0;
        p += len + 1;
    }
    return n;
}

/* counted - of this name in all events */
static unsigned long counted(const struct intake_result *r, const char *name)
{
    unsigned long n = 0;

    for (size_t i = 0; i < r->n; i++) {
        for (size_t k = 0; k < r->events[i]->n_mapped; k++)
            n += str_eq(r->events[i]->mapped[k]->name, name) ? r->events[i]->mapped[k]->count : 0;
        for (size_t k = 0; k < r->events[i]->n_ignored; k++)
            n += str_eq(r->events[i]->ignored[k]->name, name) ? r->events[i]->ignored[k]->count : 0;
    }
    return n;
}

/* rows_hold - each name that was counted came in as often */
static bool rows_hold(const struct intake_result *r, CcCounted *const *rows, size_t n,
                      char name[64])
{
    for (size_t i = 0; i < n; i++) {
        if (str_eq(rows[i]->why, "field"))
            continue;
        snprintf(name, 64, "%s", rows[i]->name);
        if (counted(r, rows[i]->name) != came_in(&r->input, rows[i]->name))
            return false;
    }
    return true;
}

/* hl7_sum_breaks - names that were counted, then names that came in */
const char *hl7_sum_breaks(const struct intake_result *r, char name[64])
{
    const char *p = r->input.bytes;
    char before[4] = "?";

    for (size_t i = 0; i < r->n; i++)
        if (!rows_hold(r, r->events[i]->mapped, r->events[i]->n_mapped, name) ||
            !rows_hold(r, r->events[i]->ignored, r->events[i]->n_ignored, name))
            return name;
    for (size_t i = 0; i + 3 <= r->input.n; i++) {
        char own[4];

        if (i && !memchr("\r\n\x0b\x1c", p[i - 1], 4))
            continue;
        name_of(p + i, r->input.n - i, own);
        snprintf(name, 64, "%s", own);
        if (strcmp(own, before) == 0)
            continue;
        memcpy(before, own, sizeof(before));
        if (own[0] != '?' && counted(r, own) != came_in(&r->input, own))
            return name;
    }
    return NULL;
}
