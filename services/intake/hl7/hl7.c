/* hl7.c - one HL7 v2 message becomes its events, or a refusal
 *
 * The header is read first and alone, so that even a message that is refused for its size or its
 * damage has its type and control id on its line. Then the text is decoded, split and mapped. When
 * the arena does not hold it all, everything is thrown away and the refusal built in its place. */
#include <string.h>

#include "services/intake/hl7/charset.h"
#include "services/intake/hl7/map.h"
#include "services/intake/hl7/stream.h"
#include "services/intake/ident.h"

struct one {
    const struct intake_conf *conf;
    struct arena *a;
    const struct intake_input *in;
    const struct hl7_piece *piece;
    struct intake_result *out;
    struct hl7_message msh; /* the header's line alone */
    CcEncounter *header;
    const struct hl7_trigger *trigger;
    char *code, *event; /* MSH-9.1, MSH-9.2 */
    struct span text;   /* decoded */
    enum charset_result charset;
};

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

    while (hl7_next_line(bytes, &at, &line)) {
        struct span s = line.text;

        while (s.n && (s.p[0] == ' ' || s.p[0] == '\t'))
            s = (struct span){s.p + 1, s.n - 1};
        if (hl7_is_segment(s, name) && strcmp(name, "MSH") == 0)
            return s;
    }
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

/* begin - the header event, from the MSH line alone. false: over the arena's limit */
static bool begin(struct one *o)
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

/* answer - the acknowledgment, in every event */
static int answer(struct one *o, CcEncounter **events, size_t n, const char *ack, bool refused)
{
    for (size_t i = 0; i < n; i++)
        put(&events[i]->ack, arena_strdup(o->a, ack));
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

        if (!s.n)
            continue;
        if (!hl7_is_segment(s, name))
            note_ignored(o->a, ev, "?", NOTE_NO_SEGMENT, 1);
        else
            note_ignored(o->a, ev, name, hl7_is_envelope(name) ? NOTE_ENVELOPE : NOTE_REFUSED, 1);
    }
}

/* tell_flaws - what is wrong with the batch is told at the message where it showed */
static void tell_flaws(struct one *o, CcEncounter *ev)
{
    for (size_t i = 0; i < o->piece->n_flaws; i++)
        note_problem(o->a, ev, NOTE_SEVERITY_NOTED, NOTE_BATCH_COUNT, o->piece->flaws[i].segment,
                     "%s", o->piece->flaws[i].text);
}

/* refuse - the one event of a message that gives none */
static int refuse(struct one *o, const char *ack, enum note_code code, const char *ref,
                  const char *text, struct err *e)
{
    CcEncounter **events;

    arena_reset(o->a);
    events = begin(o) ? arena_array(o->a, 1, sizeof(*events)) : NULL;
    if (!events)
        return err_set(e, ERR_RETRY, "memory", "the message's memory does not hold a refusal");
    events[0] = o->header;
    count_lines(o, o->header);
    tell_flaws(o, o->header);
    note_refuse(o->a, o->header, code, ref, "%s", text);
    o->header->event_id = ident_event(o->conf, o->a, "hl7", o->in->bytes, o->in->n, 0);
    if (arena_exhausted(o->a))
        return err_set(e, ERR_RETRY, "memory", "the message's memory does not hold a refusal");
    return answer(o, events, 1, ack, true);
}

/* only_envelope - a batch without messages is understood and carries nothing */
static int only_envelope(struct one *o, struct err *e)
{
    CcEncounter **events = arena_array(o->a, 1, sizeof(*events));

    if (!events)
        return err_set(e, ERR_RETRY, "memory", "the message's memory does not hold an event");
    events[0] = o->header;
    count_lines(o, o->header);
    tell_flaws(o, o->header);
    o->header->event_id = ident_event(o->conf, o->a, "hl7", o->in->bytes, o->in->n, 0);
    return answer(o, events, 1, "AA", false);
}

/* has_envelope - is there any FHS, BHS, BTS, FTS, and nothing else? */
static bool has_envelope(const struct one *o)
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

/* decode - the piece as UTF-8 without its BOM */
static void decode(struct one *o)
{
    struct span bytes = {o->in->bytes, o->in->n};

    if (bytes.n >= 3 && memcmp(bytes.p, "\xEF\xBB\xBF", 3) == 0)
        bytes = (struct span){bytes.p + 3, bytes.n - 3};
    o->charset = charset_decode(o->a, o->msh.charset, bytes, &o->text);
}

/* tell_charset - that the text is not what MSH-18 says */
static void tell_charset(struct one *o)
{
    if (o->charset == CHARSET_DAMAGED)
        note_problem(o->a, o->header, NOTE_SEVERITY_REPAIRED, NOTE_CHARSET, "MSH[1]-18",
                     "bytes that are no character of the set; U+FFFD stands for each");
    else if (o->charset == CHARSET_IS_UTF8)
        note_problem(o->a, o->header, NOTE_SEVERITY_REPAIRED, NOTE_CHARSET, "MSH[1]-18",
                     "not the set that it names; read as UTF-8");
    else if (!o->msh.charset)
        note_problem(o->a, o->header, NOTE_SEVERITY_NOTED, NOTE_CHARSET, "MSH[1]-18",
                     "a set that no table knows; the text is ASCII");
}

/* tell_header - what is odd about the message as a whole */
static void tell_header(struct one *o, const struct hl7_message *m)
{
    tell_charset(o);
    if (m->separators_repaired)
        note_problem(o->a, o->header, NOTE_SEVERITY_REPAIRED, NOTE_SEPARATOR, "MSH[1]-2",
                     "malformed; the customary separators are taken");
    if (str_empty(o->header->control))
        note_problem(o->a, o->header, NOTE_SEVERITY_NOTED, NOTE_HEADER, "MSH[1]-10",
                     "no control id");
    if (!m->terminated && !o->piece->closed)
        note_problem(o->a, o->header, NOTE_SEVERITY_NOTED, NOTE_CUT, "",
                     "the last segment has no terminator");
    tell_flaws(o, o->header);
}

/* find_segment - the first of a name, or NULL */
static const struct hl7_segment *find_segment(const struct hl7_message *m, const char *name)
{
    for (size_t i = 0; i < m->n; i++)
        if (strcmp(m->segments[i].name, name) == 0)
            return &m->segments[i];
    return NULL;
}

/* set_trigger - MSH-9.2, else EVN-1, else what the structure in MSH-9.3 says */
static void set_trigger(struct one *o, const struct hl7_message *m)
{
    const struct hl7_segment *evn = find_segment(m, "EVN");
    char *structure = hl7_first(m, m->msh, 9, 3),
         *under = structure ? strchr(structure, '_') : NULL;

    if (str_empty(o->event) && evn)
        o->event = hl7_first(m, evn, 1, 1);
    if (str_empty(o->event) && under)
        o->event = arena_strdup(o->a, under + 1);
    if (o->code && o->event)
        o->trigger = hl7_trigger_of(o->code, o->event);
    if (o->trigger && hl7_empty(hl7_component(m, hl7_field(m->msh, 9), 2)) &&
        o->trigger->kind != EVENT_KIND_NONE)
        note_problem(o->a, o->header, NOTE_SEVERITY_REPAIRED, NOTE_TYPE, "MSH[1]-9",
                     "no event in it; EVN-1 or the structure tells it");
}

/* lacks_core - the segment without which a message of this type says nothing */
static bool lacks_core(const struct one *o, const struct hl7_message *m)
{
    static const struct {
        const char *code, *name;
    } core[] = {{"DFT", "FT1"}, {"ORU", "OBR"}, {"MDM", "TXA"}, {"BAR", "PV1"}};

    if (!find_segment(m, "PID"))
        return true;
    for (size_t i = 0; i < sizeof(core) / sizeof(core[0]); i++)
        if (str_eq(core[i].code, o->code))
            return !find_segment(m, core[i].name);
    return false;
}

/* is_cut - it ends where no message ends: in a name, in a frame, or before what its type is for */
static bool is_cut(const struct one *o, const struct hl7_message *m)
{
    if (o->piece->framed && !o->piece->closed)
        return true;
    if (m->terminated || o->piece->closed)
        return false;
    return m->partial || str_empty(o->code) || str_empty(o->header->control) ||
           (o->trigger && o->trigger->kind != EVENT_KIND_NONE && lacks_core(o, m));
}

/* read_zone - MSH-7 and the zone that other times take from it */
static void read_zone(struct hl7_map *x)
{
    struct value_time t;

    x->ev = x->header;
    x->seg = x->m->msh;
    x->field = 7;
    x->zone_said = true;
    if (hl7_when(x, hl7_field(x->m->msh, 7), &t)) {
        x->header->event_ms = t.ms;
        x->zone = t.tz_min;
        x->zone_known = t.zone && !t.odd_zone;
    }
    x->zone_said = false;
    x->ev = NULL;
}

/* identity_of - the message as its ids are made of it: from MSH on, without batch trailers */
static struct span identity_of(const struct hl7_message *m)
{
    const char *from = m->msh->raw.p, *to = from;

    for (size_t i = 0; i < m->n; i++)
        if (m->segments[i].raw.p >= from && !m->segments[i].envelope)
            to = m->segments[i].raw.p + m->segments[i].raw.n;
    return (struct span){from, (size_t)(to - from)};
}

/* map - all segments; the result in x */
static void map(struct one *o, const struct hl7_message *m, struct hl7_map *x)
{
    *x = (struct hl7_map){
        .conf = o->conf, .a = o->a, .m = m, .trigger = o->trigger, .header = o->header};
    buf_init(&x->run.text);
    x->identity = identity_of(m);
    read_zone(x);
    hl7_map_all(x);
    buf_release(&x->run.text);
}

/* lacks_patient - an event that needs one and has none */
static bool lacks_patient(const struct one *o, const struct hl7_map *x)
{
    if (o->trigger->kind == EVENT_KIND_NONE)
        return false;
    for (size_t i = 0; i < x->n_events; i++)
        if (str_empty(x->events[i]->patient_key))
            return true;
    return false;
}

/* fits - may every event go to the broker as it is? */
static bool fits(const struct hl7_map *x)
{
    for (size_t i = 0; i < x->n_events; i++)
        if (event_check(&x->events[i]->base, NULL) != 0 ||
            protobuf_c_message_get_packed_size(&x->events[i]->base) > EVENT_MAX_BYTES)
            return false;
    return x->n_events != 0;
}

/* take - a message that was read, mapped or refused */
static int take(struct one *o, const struct hl7_message *m, struct err *e)
{
    struct hl7_map x;

    set_trigger(o, m);
    if (is_cut(o, m))
        return refuse(o, "AE", NOTE_CUT, "", "the message ends in its middle", e);
    if (str_empty(o->code))
        return refuse(o, "AR", NOTE_HEADER, "MSH[1]-9", "no message type", e);
    if (!o->trigger)
        return refuse(o, "AR", NOTE_TYPE, "MSH[1]-9", "a message type or event that no table knows",
                      e);
    tell_header(o, m);
    map(o, m, &x);
    if (arena_exhausted(o->a) || !fits(&x))
        return refuse(o, "AR", NOTE_SIZE, "", "more than an event may hold", e);
    if (lacks_patient(o, &x) && !m->terminated && !o->piece->closed)
        return refuse(o, "AE", NOTE_CUT, "", "the message ends in its middle", e);
    if (lacks_patient(o, &x))
        return refuse(o, "AR", NOTE_NO_PATIENT, "PID[1]-3", "no patient id", e);
    return answer(o, x.events, x.n_events, "AA", false);
}

/* hl7_one - see stream.h */
int hl7_one(const struct intake_conf *conf, struct arena *a, const struct intake_input *in,
            const struct hl7_piece *piece, struct intake_result *out, struct err *e)
{
    struct one o = {.conf = conf, .a = a, .in = in, .piece = piece, .out = out};
    struct hl7_message m = {0};

    if (in->n > conf->max_bytes)
        return refuse(&o, "AR", NOTE_SIZE, "", "larger than MAX_MESSAGE_BYTES", e);
    if (!begin(&o))
        return err_set(e, ERR_RETRY, "memory", "the message's memory does not hold its header");
    if (!o.msh.msh && has_envelope(&o))
        return only_envelope(&o, e);
    if (!o.msh.msh)
        return refuse(&o, "AR", NOTE_NOT_HL7, "", "no MSH segment", e);
    decode(&o);
    m.charset = o.msh.charset;
    if (!hl7_read(&m, a, o.text) || !m.msh)
        return refuse(&o, "AR", NOTE_SIZE, "", "more than an event may hold", e);
    return take(&o, &m, e);
}

/* intake_hl7 - a message that is known to be whole (a closed frame) */
int intake_hl7(const struct intake_conf *conf, struct arena *a, const struct intake_input *in,
               struct intake_result *out, struct err *e)
{
    const struct hl7_piece whole = {.to = in->n, .framed = true, .closed = true};

    return hl7_one(conf, a, in, &whole, out, e);
}
