/* refused.c - a message that intake refused, once more: after a setting, a table or the program was
 * mended */
#include "services/cleanclaim/live.h"

#include <stdio.h>
#include <string.h>

enum { ARENA_LIMIT = 1 << 30 };

/* say - which letter, and why it stays */
static int say(const struct bus_message *m, const char *why)
{
    fprintf(stderr, "error: %s/%d/%lld: %s\n", topic_row(m->topic)->name, (int)m->partition,
            (long long)m->offset, why);
    return 1;
}

/* once_more - in memory of its own */
static int once_more(const struct intake_conf *conf, struct arena *a, struct bus_publisher *bus,
                     const struct bus_message *m, struct err *e)
{
    struct intake_input in = {.source = "dead",
                              .bytes = m->value,
                              .n = m->value_len,
                              .message = 1,
                              .received_ms = m->headers.ce_time_ms};
    struct intake_result r;
    bool hl7 = strcmp(m->headers.ce_type, "hl7") == 0;

    if ((hl7 ? intake_hl7 : intake_fhir)(conf, a, &in, &r, e) != 0)
        return -1;
    if (r.refused)
        return say(m, r.events[0]->problems[0]->message);
    return bus ? live_publish(bus, a, &r, e) : 0;
}

/* live_refused_again - see live.h */
int live_refused_again(const struct intake_conf *conf, struct bus_publisher *bus, bool dry,
                       const struct bus_message *m, const char *reason, struct err *e)
{
    bool known = strcmp(m->headers.ce_type, "hl7") == 0 || strcmp(m->headers.ce_type, "fhir") == 0;
    struct arena *a;
    int result;

    if (strcmp(reason, "cut") == 0)
        return say(m, "half a message; its sender has to send it again");
    if (!known)
        return say(m, "neither HL7 v2 nor FHIR");
    a = arena_new(ARENA_LIMIT);
    if (!a)
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    result = once_more(conf, a, dry ? NULL : bus, m, e);
    arena_free(a);
    return result;
}
