/* ack.c - the acknowledgment of an HL7 v2 message */
#include "services/intake/hl7/ack.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/date.h"
#include "services/intake/hl7/reader.h"

/* ERR-3 (HL7 table 0357) for the problems of cli.md. */
static const struct {
    const char *problem, *code, *text;
} conditions[] = {
    {"cut", "100", "Segment sequence error"},    {"not-hl7", "100", "Segment sequence error"},
    {"header", "101", "Required field missing"}, {"no-patient", "101", "Required field missing"},
    {"charset", "102", "Data type error"},       {"type", "200", "Unsupported message type"},
};

/* header_of - the MSH line of the message, read alone; false: there is none */
static bool header_of(struct arena *a, struct span message, struct hl7_message *m)
{
    struct hl7_line line;
    size_t at = 0;
    char name[4];

    while (hl7_next_line(message, &at, &line))
        if (hl7_is_segment(line.text, name) && strcmp(name, "MSH") == 0)
            return hl7_read(m, a, line.text);
    return false;
}

/* add_field - a field of the header as it came */
static void add_field(struct buf *out, const struct hl7_message *m, unsigned field)
{
    struct span s = m->msh ? hl7_field(m->msh, field) : (struct span){"", 0};

    buf_add(out, s.p, s.n);
}

/* add_now - the time of the answer, UTC */
static void add_now(struct buf *out, int64_t now_ms)
{
    char day[DATE_TEXT];

    snprintf(day, sizeof(day), "%08d", date_of_ms(now_ms, 0) % 100000000);
    buf_addf(out, "%s%04d%02d.%03d+0000", day, time_of_ms(now_ms, 0), (int)(now_ms / 1000 % 60),
             (int)(now_ms % 1000));
}

/* add_msh - to whom the message came from; the event of its type; its processing id and version */
static void add_msh(struct buf *out, const struct hl7_message *m, int64_t now_ms)
{
    const char f = m->delims.field, c = m->delims.component;
    struct span type = m->msh ? hl7_component(m, hl7_field(m->msh, 9), 2) : (struct span){"", 0};
    static const unsigned parties[] = {5, 6, 3, 4};

    buf_addf(out, "MSH%c%c%c%c%c", f, c, m->delims.repetition, m->delims.escape, m->delims.sub);
    for (size_t i = 0; i < sizeof(parties) / sizeof(parties[0]); i++) {
        buf_addc(out, f);
        add_field(out, m, parties[i]);
    }
    buf_addc(out, f);
    add_now(out, now_ms);
    buf_addf(out, "%c%cACK%c", f, f, c);
    buf_add(out, type.p, type.n);
    buf_addf(out, "%cACK%c", c, f);
    add_field(out, m, 10);
    buf_addc(out, f);
    add_field(out, m, 11);
    buf_addc(out, f);
    add_field(out, m, 12);
    buf_addc(out, '\r');
}

/* add_place - "PV1[1]-44" as ERL: PV1^1^44 */
static void add_place(struct buf *out, const struct hl7_message *m, const char *ref)
{
    const char *open = strchr(ref, '['), *dash = open ? strchr(open, '-') : NULL;

    if (!open || open - ref != 3)
        return;
    buf_add(out, ref, 3);
    buf_addf(out, "%c%ld", m->delims.component, strtol(open + 1, NULL, 10));
    if (dash)
        buf_addf(out, "%c%s", m->delims.component, dash + 1);
}

/* add_escaped - our own text, whose signs may be the sender's separators */
static void add_escaped(struct buf *out, const struct hl7_message *m, const char *text)
{
    const char signs[] = {m->delims.field, m->delims.component, m->delims.repetition,
                          m->delims.escape, m->delims.sub};

    for (; *text; text++)
        if (memchr(signs, *text, sizeof(signs)) || *text == '\r' || *text == '\n')
            buf_addc(out, ' ');
        else
            buf_addc(out, *text);
}

/* add_err - what was wrong, where, and in words */
static void add_err(struct buf *out, const struct hl7_message *m, const CcIntakeProblem *p,
                    const char *text)
{
    const char f = m->delims.field, c = m->delims.component, *code = "207",
               *name = "Application internal error";

    for (size_t i = 0; p && i < sizeof(conditions) / sizeof(conditions[0]); i++)
        if (strcmp(p->code, conditions[i].problem) == 0) {
            code = conditions[i].code;
            name = conditions[i].text;
        }
    buf_addf(out, "ERR%c%c", f, f);
    if (p)
        add_place(out, m, p->ref);
    buf_addf(out, "%c%s%c%s%cHL70357%cE%c%c%c%c", f, code, c, name, c, f, f, f, f, f);
    add_escaped(out, m, text);
    buf_addc(out, '\r');
}

/* hl7_ack - see ack.h */
bool hl7_ack(struct arena *a, struct span message, const char *code, const CcIntakeProblem *problem,
             const char *text, int64_t now_ms, struct buf *out)
{
    struct hl7_message m = {.delims = {'|', '^', '~', '\\', '&'}};

    if (header_of(a, message, &m)) {
        const char *type = hl7_first(&m, m.msh, 9, 1);

        if (str_eq(type, "ACK") || str_eq(type, "MCF"))
            return false;
    }
    add_msh(out, &m, now_ms);
    buf_addf(out, "MSA%c%s%c", m.delims.field, code, m.delims.field);
    add_field(out, &m, 10);
    buf_addc(out, '\r');
    if (strcmp(code, "AA") != 0)
        add_err(out, &m, problem, text);
    return true;
}
