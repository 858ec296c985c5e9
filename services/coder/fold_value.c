/* fold_value.c - single values and lists of one message over another, read off the descriptor, so
 * that a new field is folded too */
#include "services/coder/fold.h"

#include <string.h>

/* is_default - has the sender left this value out? */
static bool is_default(const ProtobufCFieldDescriptor *f, const void *at)
{
    static const char zero[sizeof(int64_t)];
    const char *s;

    switch (f->type) {
    case PROTOBUF_C_TYPE_STRING:
        s = *(const char *const *)at;
        return !s || !*s;
    case PROTOBUF_C_TYPE_MESSAGE:
        return *(const void *const *)at == NULL;
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_UINT64:
        return memcmp(at, zero, sizeof(int64_t)) == 0;
    case PROTOBUF_C_TYPE_BYTES:
        return true;
    default:
        return memcmp(at, zero, sizeof(int32_t)) == 0;
    }
}

/* fold_value_size - see fold.h */
size_t fold_value_size(const ProtobufCFieldDescriptor *f)
{
    switch (f->type) {
    case PROTOBUF_C_TYPE_BYTES:
        return sizeof(ProtobufCBinaryData);
    case PROTOBUF_C_TYPE_STRING:
    case PROTOBUF_C_TYPE_MESSAGE:
        return sizeof(void *);
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_UINT64:
    case PROTOBUF_C_TYPE_FIXED64:
        return sizeof(int64_t);
    default:
        return sizeof(int32_t);
    }
}

/* put_value - a single value of src over dst (`fill`: only where dst has none) */
static void put_value(const ProtobufCFieldDescriptor *f, char *dst, const char *src, bool fill)
{
    if (!is_default(f, src + f->offset) && (!fill || is_default(f, dst + f->offset)))
        memcpy(dst + f->offset, src + f->offset, fold_value_size(f));
}

/* put_list - a list comes whole (`fill`: only where dst has none) */
static void put_list(const ProtobufCFieldDescriptor *f, char *dst, const char *src, bool fill)
{
    size_t n, *had = (size_t *)(void *)(dst + f->quantifier_offset);

    memcpy(&n, src + f->quantifier_offset, sizeof(n));
    if (n == 0 || (fill && *had))
        return;
    *had = n;
    memcpy(dst + f->offset, src + f->offset, sizeof(void *));
}

/* put - read off the descriptor, so that a new field is folded too */
static void put(ProtobufCMessage *dst, const ProtobufCMessage *src, bool fill, bool lists)
{
    for (unsigned i = 0; src && i < src->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *f = &src->descriptor->fields[i];

        if (f->label != PROTOBUF_C_LABEL_REPEATED)
            put_value(f, (char *)dst, (const char *)src, fill);
        else if (lists)
            put_list(f, (char *)dst, (const char *)src, fill);
    }
}

/* fold_values - see fold.h */
void fold_values(ProtobufCMessage *dst, const ProtobufCMessage *src, bool fill)
{
    put(dst, src, fill, false);
}

/* fold_take - see fold.h */
void fold_take(ProtobufCMessage *to, const ProtobufCMessage *from)
{
    put(to, from, false, true);
}

/* fold_fill - see fold.h */
void fold_fill(ProtobufCMessage *to, const ProtobufCMessage *from)
{
    put(to, from, true, true);
}
