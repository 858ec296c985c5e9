/* hl7.c - one HL7 v2 message becomes its events, or a refusal
 *
 * The text is decoded, split and mapped. When the arena does not hold it all, everything is thrown
 * away and the refusal built in its place. */
#include "services/intake/hl7/one.h"

#include <string.h>

/* behind_bom - the text without the BOM in front of it, nor the framing and blanks before that */
static struct span behind_bom(struct span s)
{
    size_t at = 0;

    while (at < s.n && (unsigned char)s.p[at] <= ' ')
        at++;
    return charset_bom((struct span){s.p + at, s.n - at})
               ? (struct span){s.p + at + 3, s.n - at - 3}
               : s;
}

/* decode - the piece as UTF-8 without its BOM */
static void decode(struct one *o)
{
    const struct span bytes = behind_bom((struct span){o->in->bytes, o->in->n});

    o->charset = o->piece->utf8 ? charset_decode_marked(o->a, o->msh.charset, bytes, &o->text)
                                : charset_decode(o->a, o->msh.charset, bytes, &o->text);
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
    else if (o->charset == CHARSET_NOT_UTF8)
        note_problem(o->a, o->header, NOTE_SEVERITY_NOTED, NOTE_CHARSET, "MSH[1]-18",
                     "behind a BOM, and no UTF-8; read as the set that it names");
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
    one_tell_flaws(o, o->header);
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
        return one_refuse(o, "AE", NOTE_CUT, "", "the message ends in its middle", e);
    if (str_empty(o->code))
        return one_refuse(o, "AR", NOTE_HEADER, "MSH[1]-9", "no message type", e);
    if (!o->trigger)
        return one_refuse(o, "AR", NOTE_TYPE, "MSH[1]-9",
                          "a message type or event that no table knows", e);
    tell_header(o, m);
    map(o, m, &x);
    if (arena_exhausted(o->a) || !fits(&x))
        return one_refuse(o, "AR", NOTE_SIZE, "", "more than an event may hold", e);
    if (lacks_patient(o, &x) && !m->terminated && !o->piece->closed)
        return one_refuse(o, "AE", NOTE_CUT, "", "the message ends in its middle", e);
    if (lacks_patient(o, &x))
        return one_refuse(o, "AR", NOTE_NO_PATIENT, "PID[1]-3", "no patient id", e);
    return one_answer(o, x.events, x.n_events, "AA", false, e);
}

/* hl7_one - see stream.h */
int hl7_one(const struct intake_conf *conf, struct arena *a, const struct intake_input *in,
            const struct hl7_piece *piece, struct intake_result *out, struct err *e)
{
    struct one o = {.conf = conf, .a = a, .in = in, .piece = piece, .out = out};
    struct hl7_message m = {0};

    if (in->n > conf->max_bytes)
        return one_refuse(&o, "AR", NOTE_SIZE, "", "larger than MAX_MESSAGE_BYTES", e);
    if (!one_begin(&o))
        return err_set(e, ERR_RETRY, "memory", "the message's memory does not hold its header");
    if (!o.msh.msh && one_is_envelope(&o))
        return one_envelope(&o, e);
    if (!o.msh.msh)
        return one_refuse(&o, "AR", NOTE_NOT_HL7, "", "no MSH segment", e);
    decode(&o);
    m.charset = o.msh.charset;
    if (!hl7_read(&m, a, o.text) || !m.msh)
        return one_refuse(&o, "AR", NOTE_SIZE, "", "more than an event may hold", e);
    return take(&o, &m, e);
}

/* intake_hl7 - a message that is known to be whole (a closed frame) */
int intake_hl7(const struct intake_conf *conf, struct arena *a, const struct intake_input *in,
               struct intake_result *out, struct err *e)
{
    const struct hl7_piece whole = {.to = in->n,
                                    .framed = true,
                                    .closed = true,
                                    .utf8 = charset_bom((struct span){in->bytes, in->n})};

    return hl7_one(conf, a, in, &whole, out, e);
}
