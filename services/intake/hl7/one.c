/* one.c - the header of a message, and its refusal
 *
 * The header is read first and alone, so that even a message that is refused for its size or its
 * damage has its type and control id on its line. */
#include "services/intake/hl7/one.h"

#include <string.h>

#include "services/intake/ident.h"

/* put - only what could be had */
static void put(char **slot, char *value)
{
    if (value)
        *slot = value;
}

/* msh_line - the header's raw line; empty: there is none */
static struct span msh_line(const struct one *o)
{
    struct span bytes = {o->in->bytes, o->in->n};
    struct hl7_line line;
    size_t at = 0;
    char name[4];

    while (hl7_next_line(bytes, &at, &line))
        if (hl7_is_segment(line.text, name) && strcmp(name, "MSH") == 0)
            return line.text;
    return (struct span){"", 0};
}

/* said_charset - MSH-18, the first repetition that is known, else the site's; NULL: a name that no
 * table knows */
static const char *said_charset(const struct one *o, const struct hl7_message *m)
{
    struct span field = m->n ? hl7_field(&m->segments[0], 18) : (struct span){"", 0}, rep;
    const char *name = NULL;

    if (hl7_empty(field))
        return charset_name(span_of(o->conf->charset));
    for (size_t at = 0; !name && hl7_next_repetition(m, field, &at, &rep);)
        name = charset_name(hl7_component(m, rep, 1));
    return name;
}

/* facility_of - MSH-4: namespace, else universal id, else the site's default */
static char *facility_of(struct one *o)
{
    char *name = hl7_first(&o->msh, o->msh.msh, 4, 1);

    if (str_empty(name))
        name = hl7_first(&o->msh, o->msh.msh, 4, 2);
    return str_empty(name) ? arena_strdup(o->a, o->conf->facility) : name;
}

/* set_header - what MSH says of the message */
static void set_header(struct one *o)
{
    const struct hl7_message *m = &o->msh;
    CcEncounter *h = o->header;
    char *application = hl7_first(m, m->msh, 3, 1);

    put(&h->type, hl7_text(m, hl7_field(m->msh, 9)));
    put(&h->version, hl7_first(m, m->msh, 12, 1));
    put(&h->control, hl7_text(m, hl7_field(m->msh, 10)));
    put(&h->facility, facility_of(o));
    put(&h->sender, arena_printf(o->a, "%s|%s", application ? application : "", h->facility));
    o->code = hl7_first(m, m->msh, 9, 1);
    o->event = hl7_first(m, m->msh, 9, 2);
}

/* one_begin - the header event, from the MSH line alone. false: over the arena's limit */
bool one_begin(struct one *o)
{
    struct span line = msh_line(o), decoded;

    o->header = event_new(o->a, &cc_encounter__descriptor);
    if (!o->header)
        return false;
    put(&o->header->source, arena_strdup(o->a, o->in->source));
    put(&o->header->format, arena_strdup(o->a, "hl7"));
    o->header->message = o->in->message;
    o->header->offset = o->in->offset;
    o->header->received_ms = o->in->received_ms;
    if (line.n > 4096)
        line.n = 4096;
    charset_decode(o->a, "UTF-8", line, &decoded);
    if (!hl7_read(&o->msh, o->a, decoded))
        return false;
    o->msh.charset = said_charset(o, &o->msh);
    if (o->msh.msh)
        set_header(o);
    return !arena_exhausted(o->a);
}

/* one_answer - the acknowledgment, in every event */
int one_answer(struct one *o, CcEncounter **events, size_t n, const char *ack, bool refused,
               struct err *e)
{
    for (size_t i = 0; i < n; i++)
        put(&events[i]->ack, arena_strdup(o->a, ack));
    if (arena_exhausted(o->a))
        return err_set(e, ERR_RETRY, "memory", "the message's memory does not hold an answer");
    *o->out = (struct intake_result){events, n, ack, o->header->control, refused, *o->in};
    return 0;
}

/* count_lines - every line of the piece, by name */
static void count_lines(struct one *o, CcEncounter *ev)
{
    struct span bytes = {o->in->bytes, o->in->n};
    struct hl7_line line;
    size_t at = 0;

    while (hl7_next_line(bytes, &at, &line)) {
        struct span s = span_trim(line.text);
        char name[4] = "?";

        if (!hl7_is_segment(s, name))
            note_ignored(o->a, ev, "?", NOTE_NO_SEGMENT, 1);
        else
            note_ignored(o->a, ev, name, hl7_is_envelope(name) ? NOTE_ENVELOPE : NOTE_REFUSED, 1);
    }
}

/* one_tell_flaws - what is wrong with the batch is told at the message where it showed */
void one_tell_flaws(struct one *o, CcEncounter *ev)
{
    for (size_t i = 0; i < o->piece->n_flaws; i++)
        note_problem(o->a, ev, NOTE_SEVERITY_NOTED, NOTE_BATCH_COUNT, o->piece->flaws[i].segment,
                     "%s", o->piece->flaws[i].text);
}

/* one_refuse - the one event of a message that gives none */
int one_refuse(struct one *o, const char *ack, enum note_code code, const char *ref,
               const char *text, struct err *e)
{
    CcEncounter **events;

    arena_reset(o->a);
    events = one_begin(o) ? arena_array(o->a, 1, sizeof(*events)) : NULL;
    if (!events)
        return err_set(e, ERR_RETRY, "memory", "the message's memory does not hold a refusal");
    events[0] = o->header;
    count_lines(o, o->header);
    one_tell_flaws(o, o->header);
    note_refuse(o->a, o->header, code, ref, "%s", text);
    o->header->event_id = ident_message(o->conf, o->a, "hl7", o->in->bytes, o->in->n);
    return one_answer(o, events, 1, ack, true, e);
}

/* one_envelope - a batch without messages is understood and carries nothing */
int one_envelope(struct one *o, struct err *e)
{
    CcEncounter **events = arena_array(o->a, 1, sizeof(*events));

    if (!events)
        return err_set(e, ERR_RETRY, "memory", "the message's memory does not hold an event");
    events[0] = o->header;
    count_lines(o, o->header);
    one_tell_flaws(o, o->header);
    o->header->event_id = ident_message(o->conf, o->a, "hl7", o->in->bytes, o->in->n);
    return one_answer(o, events, 1, "AA", false, e);
}

/* one_is_envelope - is there any FHS, BHS, BTS, FTS, and nothing else? */
bool one_is_envelope(const struct one *o)
{
    struct span bytes = {o->in->bytes, o->in->n};
    struct hl7_line line;
    size_t at = 0, n = 0;
    char name[4];

    for (; hl7_next_line(bytes, &at, &line); n++) {
        struct span s = span_trim(line.text);

        if (!hl7_is_segment(s, name) || !hl7_is_envelope(name))
            return false;
    }
    return n != 0;
}
