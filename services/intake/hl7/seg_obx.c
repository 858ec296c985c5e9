/* seg_obx.c - OBX: text goes to a document, other types are observations */
#include "services/intake/hl7/map.h"

static const char *const text_types[] = {"TX", "FT", NULL};
static const char *const coded[] = {"CE", "CWE", "CNE", "CF", NULL};

/* put - only what could be had */
static void put(char **slot, char *value)
{
    if (value)
        *slot = value;
}

/* add_value - one repetition: the words of a coded one, the parts of a structured number (SN: sign,
 * number, sign, number) one behind the other */
static void add_value(struct hl7_map *x, const char *type, struct span rep, struct buf *out)
{
    unsigned parts = str_eq(type, "SN") ? 4 : 0;

    if (str_in(type, coded))
        rep = hl7_component(x->m, rep, hl7_empty(hl7_component(x->m, rep, 2)) ? 1 : 2);
    for (unsigned c = 1; c <= parts; c++)
        hl7_add_text(x->m, span_trim(hl7_component(x->m, rep, c)), out);
    if (!parts)
        hl7_add_text(x->m, span_trim(rep), out);
}

/* value_text - OBX-5 with all repetitions */
static char *value_text(struct hl7_map *x, const char *type, struct span value)
{
    struct span rep;
    struct buf b;
    char *text;

    buf_init(&b);
    for (size_t at = 0; hl7_next_repetition(x->m, value, &at, &rep);) {
        if (rep.p != value.p)
            buf_adds(&b, ", ");
        add_value(x, type, rep, &b);
    }
    if (b.failed)
        arena_give_out(x->a);
    text = b.failed ? NULL : arena_strndup(x->a, b.data ? b.data : "", b.len);
    buf_wipe(&b);
    return text;
}

/* add_observation - one result */
static bool add_observation(struct hl7_map *x, const char *type, struct span value)
{
    CcObservation *o = event_new(x->a, &cc_observation__descriptor);
    CcCode *c = hl7_code(x, hl7_repetition(x->m, hl7_field(x->seg, 3), 0), CODE_SYSTEM_UNKNOWN,
                         VOCAB_OTHER, NULL, NULL);
    struct value_time t;

    if (!o || !c)
        return false;
    put(&o->ref, hl7_ref(x));
    o->code = c;
    put(&o->value, value_text(x, type, value));
    if (str_in(type, coded))
        o->value_code = hl7_code(x, hl7_repetition(x->m, value, 0), CODE_SYSTEM_UNKNOWN,
                                 VOCAB_OTHER, NULL, NULL);
    put(&o->unit, hl7_first(x->m, x->seg, 6, 1));
    put(&o->interpretation, hl7_first(x->m, x->seg, 8, 1));
    put(&o->status, hl7_first(x->m, x->seg, 11, 1));
    x->field = 14;
    if (hl7_when(x, hl7_field(x->seg, 14), &t))
        o->at_ms = t.ms;
    return event_push(x->a, x->ev, observations, o);
}

/* open_obx - by the type of its value */
static bool open_obx(struct hl7_map *x)
{
    struct span value = hl7_field(x->seg, 5);
    char *type = hl7_first(x->m, x->seg, 2, 1);

    x->field = 5;
    if (hl7_deleted(value))
        value = (struct span){"", 0};
    if (str_in(type ? type : "", text_types) ||
        ((x->trigger->flags & HL7_DOCUMENT) && (str_empty(type) || str_eq(type, "ST"))))
        return hl7_take_text(x, value);
    if (str_eq(type, "ED"))
        return hl7_take_encapsulated(x, value);
    if (str_eq(type, "RP"))
        return hl7_take_pointer(x, value);
    return add_observation(x, type ? type : "", value);
}

static const struct hl7_row obx_rows[] = {{0, NULL, 0, NULL}};

const struct hl7_table hl7_obx = {"OBX", open_obx, obx_rows, NULL, false, NOTE_NOT_BILLING};
