/* hl7_world.c - HL7 text through intake, and what came of it, each field by its path */
#include "tests/support/hl7_world.h"

#include <stdio.h>

#include "tests/support/field.h"
#include "tests/support/hl7_sum.h"
#include "tests/support/test.h"

/* keep - the sink: the sum must hold, the events must pass the door */
static int keep(void *arg, const struct intake_result *r, struct err *e)
{
    struct hl7_world *w = arg;
    char name[64];

    if (hl7_sum_breaks(r, name))
        fail_msg("the sum of %s does not hold", name);
    assert_true(r->n > 0);
    for (size_t i = 0; i < r->n && w->n < HL7_WORLD_EVENTS; i++) {
        assert_int_equal(event_check(&r->events[i]->base, e), 0);
        assert_string_equal(r->events[i]->ack, r->ack);
        w->events[w->n++] = event_copy(w->kept, &r->events[i]->base);
    }
    snprintf(w->acks[w->messages++ % HL7_WORLD_EVENTS], sizeof(w->acks[0]), "%s", r->ack);
    return 0;
}

/* hl7_world_setup - see hl7_world.h */
int hl7_world_setup(void **state)
{
    struct hl7_world *w = calloc(1, sizeof(*w));

    w->conf = (struct intake_conf){
        .secret = "s", .facility = "MAIN", .max_bytes = 1 << 20, .charset = "UNICODE UTF-8"};
    w->arena = arena_new(1 << 26);
    w->kept = arena_new(1 << 26);
    *state = w;
    return 0;
}

/* hl7_world_teardown - see hl7_world.h */
int hl7_world_teardown(void **state)
{
    struct hl7_world *w = *state;

    arena_free(w->arena);
    arena_free(w->kept);
    free(w);
    return 0;
}

/* hl7_take_bytes - see hl7_world.h */
void hl7_take_bytes(struct hl7_world *w, const void *p, size_t n)
{
    struct intake_input in = {.source = "test", .bytes = p, .n = n, .message = 1};
    struct err e = {0};

    w->n = w->messages = 0;
    assert_int_equal(intake_hl7_each(&w->conf, w->arena, &in, keep, w, &e), 0);
    assert_true(w->n > 0);
}

/* hl7_take - see hl7_world.h */
const CcEncounter *hl7_take(struct hl7_world *w, const char *text)
{
    hl7_take_bytes(w, text, strlen(text));
    return w->events[0];
}

/* hl7_has - see hl7_world.h */
bool hl7_has(const CcEncounter *ev, const char *code)
{
    for (size_t i = 0; i < ev->n_problems; i++)
        if (str_eq(ev->problems[i]->code, code))
            return true;
    return false;
}

/* hl7_ignored - see hl7_world.h */
unsigned hl7_ignored(const CcEncounter *ev, const char *name, const char *why)
{
    for (size_t i = 0; i < ev->n_ignored; i++)
        if (str_eq(ev->ignored[i]->name, name) && str_eq(ev->ignored[i]->why, why))
            return ev->ignored[i]->count;
    return 0;
}

/* add_segment - of one line of filled fields */
static void add_segment(struct buf *b, struct span line)
{
    struct span name = span_cut(&line, ';');
    long at = 0;

    buf_add(b, name.p, name.n);
    while (line.n) {
        struct span value = span_cut(&line, ';'), number = span_cut(&value, '=');

        for (long field = strtol(number.p, NULL, 10); at < field; at++)
            buf_addc(b, '|');
        buf_add(b, value.p, value.n);
    }
    buf_addc(b, '\r');
}

/* add_line - as it comes, or of filled fields */
static void add_line(struct buf *b, struct span line)
{
    if (memchr(line.p, '|', line.n))
        buf_addf(b, "%.*s\r", (int)line.n, line.p);
    else
        add_segment(b, line);
}

/* hl7_take_fields - see hl7_world.h */
const CcEncounter *hl7_take_fields(struct hl7_world *w, const char *type, const char *lines)
{
    const char *pid = strncmp(lines, "PID;", 4) == 0 ? lines : "PID;3=MR1^^^H^MR";
    struct span rest = span_of(lines), patient = span_of(pid);
    const CcEncounter *ev;
    struct buf b;

    buf_init(&b);
    buf_addf(&b, "MSH|^~\\&|APP|FAC|||20261101120000-0500||%s|C1|P|2.5\r", type);
    add_segment(&b, span_cut(pid == lines ? &rest : &patient, '\n'));
    if (!strstr(lines, "PV1;"))
        add_segment(&b, span_of("PV1;2=I;19=VIS1"));
    while (rest.n)
        add_line(&b, span_cut(&rest, '\n'));
    ev = hl7_take(w, b.data);
    buf_release(&b);
    return ev;
}

/* problem_place - of the first problem with a code */
static const char *problem_place(const CcEncounter *ev, struct span code)
{
    for (size_t i = 0; i < ev->n_problems; i++)
        if (span_is(code, ev->problems[i]->code))
            return ev->problems[i]->ref;
    return "";
}

/* ignored_why - of a name */
static const char *ignored_why(const CcEncounter *ev, struct span name)
{
    for (size_t i = 0; i < ev->n_ignored; i++)
        if (span_is(name, ev->ignored[i]->name))
            return ev->ignored[i]->why;
    return "";
}

/* hl7_expect - see hl7_world.h */
void hl7_expect(struct hl7_world *w, const CcEncounter *ev, const char *what,
                const char *const want[HL7_WORLD_WANTS])
{
    for (size_t i = 0; i < HL7_WORLD_WANTS && want[i]; i++) {
        struct span value = span_of(want[i]), path = span_cut(&value, '='), rest = path;
        struct span kind = span_cut(&rest, ':');
        const char *got =
            span_is(kind, "problem") ? problem_place(ev, rest)
            : span_is(kind, "ignored")
                ? ignored_why(ev, rest)
                : field_text(w->kept, &ev->base, arena_strndup(w->kept, path.p, path.n));

        if (!span_is(value, got))
            fail_msg("%s: wanted %s, got %s", what, want[i], got);
    }
}
