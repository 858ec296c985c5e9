/* seg_orc.c - ORC, OBR, TXA: orders, and what a document's text hangs under */
#include "services/intake/hl7/map.h"

/* put - only what could be had */
static void put(char **slot, char *value)
{
    if (value)
        *slot = value;
}

/* take_order - the order that an ORC opened, or a new one */
static CcOrder *take_order(struct hl7_map *x)
{
    CcOrder *o;
    char *ref = hl7_ref(x);

    if (x->order_open)
        return x->order;
    x->order = NULL;
    o = event_new(x->a, &cc_order__descriptor);
    if (!o || !ref || !event_push(x->a, x->ev, orders, o))
        return NULL;
    o->ref = ref;
    x->order = o;
    return o;
}

/* open_orc - an order whose OBR may follow */
static bool open_orc(struct hl7_map *x)
{
    hl7_end_text(x);
    x->order_open = false;
    x->target = take_order(x);
    x->order_open = x->target != NULL;
    x->obr = NULL;
    return x->target != NULL;
}

/* open_obr - the order's service; what text follows is its document */
static bool open_obr(struct hl7_map *x)
{
    hl7_end_text(x);
    x->target = take_order(x);
    x->order_open = false;
    x->obr = x->seg;
    x->txa = NULL;
    return x->target != NULL;
}

/* set_order_code - OBR-4 */
static void set_order_code(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    CcOrder *o = x->target;

    (void)row;
    o->code =
        hl7_code(x, hl7_repetition(x->m, value, 0), CODE_SYSTEM_UNKNOWN, VOCAB_OTHER, NULL, NULL);
}

/* set_order_day - OBR-7, ORC-9: the first that is one */
static void set_order_day(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    CcOrder *o = x->target;

    (void)row;
    if (!o->order_date)
        o->order_date = hl7_day(x, value);
}

/* set_orderer - OBR-16, ORC-12 */
static void set_orderer(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    CcOrder *o = x->target;

    (void)row;
    if (str_empty(o->ordering_npi))
        put(&o->ordering_npi, hl7_npi(x, value));
}

/* set_order_reasons - OBR-31 */
static void set_order_reasons(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    CcOrder *o = x->target;

    (void)row;
    hl7_pointers(x, value, &o->reasons, &o->n_reasons);
}

/* open_txa - what text follows is this document */
static bool open_txa(struct hl7_map *x)
{
    hl7_end_text(x);
    x->txa = x->seg;
    return true;
}

/* clang-format off */
static const struct hl7_row orc_rows[] = {
    {5,  hl7_set_id,    offsetof(CcOrder, status), NULL},
    {9,  set_order_day, 0, NULL},
    {12, set_orderer,   0, NULL},
    {0, NULL, 0, NULL},
};
static const struct hl7_row obr_rows[] = {
    {4,  set_order_code,    0, NULL},
    {7,  set_order_day,     0, NULL},
    {16, set_orderer,       0, NULL},
    {25, hl7_set_id,        offsetof(CcOrder, status), NULL},
    {31, set_order_reasons, 0, NULL},
    {0, NULL, 0, NULL},
};
static const struct hl7_row read_in_open[] = {{0, NULL, 0, NULL}};

const struct hl7_table hl7_orc = {"ORC", open_orc, orc_rows,     NULL, false, NOTE_NOT_BILLING};
const struct hl7_table hl7_obr = {"OBR", open_obr, obr_rows,     NULL, false, NOTE_NOT_BILLING};
const struct hl7_table hl7_txa = {"TXA", open_txa, read_in_open, NULL, false, NOTE_NOT_BILLING};
/* clang-format on */
