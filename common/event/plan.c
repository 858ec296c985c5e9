/* plan.c - types of messages as rows, made when a type is first met and kept for good
 *
 * All the schema's types have room; the parts of a type are made before it, so that whoever finds a
 * plan finds a whole one. */
#include "common/event/plan.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

enum { PLANS = 256, FIELDS = 8192, TAG_MOST = 0x3fff };

static struct plan plans[PLANS];
static struct plan_field rows[FIELDS];
static size_t n_plans, n_rows; /* under the lock */
static const struct plan *_Atomic known[PLANS * 2];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* slot_of - where the search for a type begins */
static size_t slot_of(const ProtobufCMessageDescriptor *d)
{
    return (size_t)((uintptr_t)d / 64 % (PLANS * 2));
}

/* find - a plan that is made; NULL: none, and *slot is where it will be */
static const struct plan *find(const ProtobufCMessageDescriptor *d, size_t *slot)
{
    const struct plan *p;

    for (*slot = slot_of(d);
         (p = atomic_load_explicit(&known[*slot], memory_order_acquire)) && p->d != d;)
        *slot = (*slot + 1) % (PLANS * 2);
    return p;
}

/* kind_of_one - of a single value; -1: of no kind */
static int kind_of_one(const ProtobufCFieldDescriptor *f)
{
    switch (f->type) {
    case PROTOBUF_C_TYPE_BOOL:
        return PLAN_BOOL;
    case PROTOBUF_C_TYPE_INT32:
        return door_is_day(f) ? PLAN_DAY : PLAN_INT32;
    case PROTOBUF_C_TYPE_ENUM:
        return PLAN_INT32;
    case PROTOBUF_C_TYPE_UINT32:
        return PLAN_UINT32;
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_UINT64:
        return PLAN_INT64;
    case PROTOBUF_C_TYPE_FIXED64:
        return PLAN_FIXED64;
    case PROTOBUF_C_TYPE_STRING:
        return PLAN_TEXT;
    case PROTOBUF_C_TYPE_BYTES:
        return PLAN_BYTES;
    case PROTOBUF_C_TYPE_MESSAGE:
        return PLAN_PART;
    default:
        return -1;
    }
}

/* kind_of_list - numbers stand behind one tag */
static int kind_of_list(const ProtobufCFieldDescriptor *f)
{
    bool packed = f->flags & PROTOBUF_C_FIELD_FLAG_PACKED;

    switch (f->type) {
    case PROTOBUF_C_TYPE_STRING:
        return PLAN_TEXTS;
    case PROTOBUF_C_TYPE_MESSAGE:
        return PLAN_PARTS;
    case PROTOBUF_C_TYPE_ENUM:
        return packed ? PLAN_INT32S : -1;
    case PROTOBUF_C_TYPE_UINT32:
        return packed ? PLAN_UINT32S : -1;
    default:
        return -1;
    }
}

/* kind_of - by label and type */
static int kind_of(const ProtobufCFieldDescriptor *f)
{
    if (f->label == PROTOBUF_C_LABEL_REPEATED)
        return kind_of_list(f);
    return f->label == PROTOBUF_C_LABEL_NONE && !(f->flags & PROTOBUF_C_FIELD_FLAG_ONEOF)
               ? kind_of_one(f)
               : -1;
}

static const struct plan *make(const ProtobufCMessageDescriptor *d);

/* fill - one row; false: the field has none */
static bool fill(const ProtobufCFieldDescriptor *f, struct plan_field *out)
{
    int kind = kind_of(f);
    unsigned wire = kind >= PLAN_TEXT      ? DOOR_LENGTH
                    : kind == PLAN_FIXED64 ? DOOR_FIXED64
                                           : DOOR_VARINT;

    if (kind < 0 || f->id > TAG_MOST >> 3 || f->offset > UINT16_MAX ||
        f->quantifier_offset > UINT16_MAX)
        return false;
    *out = (struct plan_field){
        .kind = (uint16_t)kind,
        .tag = (uint16_t)(f->id << 3 | wire),
        .offset = (uint16_t)f->offset,
        .count_at = (uint16_t)f->quantifier_offset,
        .of = f->type == PROTOBUF_C_TYPE_MESSAGE ? make(f->descriptor) : NULL,
    };
    return f->type != PROTOBUF_C_TYPE_MESSAGE || out->of;
}

/* usable - NULL for a type that is known to have none */
static const struct plan *usable(const struct plan *p)
{
    return p->fields ? p : NULL;
}

/* fill_all - the rows of a type; NULL: it has none, or there is no room */
static const struct plan_field *fill_all(const ProtobufCMessageDescriptor *d)
{
    struct plan_field *fields = rows + n_rows;

    if (n_rows + d->n_fields > FIELDS)
        return NULL;
    n_rows += d->n_fields;
    for (unsigned i = 0; i < d->n_fields; i++)
        if (!fill(&d->fields[i], &fields[i]))
            return NULL;
    return fields;
}

/* make - a plan, its parts' first; under the lock */
static const struct plan *make(const ProtobufCMessageDescriptor *d)
{
    size_t slot;
    const struct plan *made = find(d, &slot);
    const struct plan_field *fields;
    struct plan *p;

    if (made)
        return usable(made);
    fields = fill_all(d);
    if (n_plans == PLANS)
        return NULL;
    p = &plans[n_plans++];
    *p = (struct plan){d, fields, fields ? fields + d->n_fields : NULL};
    find(d, &slot);
    atomic_store_explicit(&known[slot], p, memory_order_release);
    return usable(p);
}

/* plan_of - as the header has it */
const struct plan *plan_of(const ProtobufCMessageDescriptor *d)
{
    size_t slot;
    const struct plan *p = find(d, &slot);

    if (p)
        return usable(p);
    pthread_mutex_lock(&lock);
    p = make(d);
    pthread_mutex_unlock(&lock);
    return p;
}
