/* fold_value.c - single values and lists of one message over another, read off the descriptor, so
 * that a new field is folded too */
#include "services/coder/fold.h"

#include <string.h>

#include "common/base/str.h"

/* is_default - has the sender left this value out? */
static bool is_default(const ProtobufCFieldDescriptor *f, const void *at)
{
    static const char zero[16];

    if (f->type == PROTOBUF_C_TYPE_STRING) {
        const char *s = *(const char *const *)at;

        return str_empty(s);
    }
    if (f->type == PROTOBUF_C_TYPE_MESSAGE)
        return *(const void *const *)at == NULL;
    if (f->type == PROTOBUF_C_TYPE_INT64 || f->type == PROTOBUF_C_TYPE_UINT64)
        return memcmp(at, zero, sizeof(int64_t)) == 0;
    if (f->type == PROTOBUF_C_TYPE_BYTES)
        return true;
    return memcmp(at, zero, sizeof(int32_t)) == 0;
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

/* fold_values - read off the descriptor, so that a new field is folded too */
void fold_values(ProtobufCMessage *dst, const ProtobufCMessage *src, bool fill)
{
    for (unsigned i = 0; src && i < src->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *f = &src->descriptor->fields[i];
        char *to = (char *)dst + f->offset;
        const char *from = (const char *)src + f->offset;

        if (f->label == PROTOBUF_C_LABEL_REPEATED || is_default(f, from))
            continue;
        if (!fill || is_default(f, to))
            memcpy(to, from, fold_value_size(f));
    }
}

/* take_lists - lists of src over dst: they come whole (`fill`: only where dst has none) */
static void take_lists(ProtobufCMessage *dst, const ProtobufCMessage *src, bool fill)
{
    for (unsigned i = 0; src && i < src->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *f = &src->descriptor->fields[i];
        size_t n, *had;

        if (f->label != PROTOBUF_C_LABEL_REPEATED)
            continue;
        memcpy(&n, (const char *)src + f->quantifier_offset, sizeof(n));
        had = (size_t *)(void *)((char *)dst + f->quantifier_offset);
        if (n == 0 || (fill && *had))
            continue;
        *had = n;
        memcpy((char *)dst + f->offset, (const char *)src + f->offset, sizeof(void *));
    }
}

/* fold_take - see fold.h */
void fold_take(ProtobufCMessage *to, const ProtobufCMessage *from)
{
    fold_values(to, from, false);
    take_lists(to, from, false);
}

/* fold_fill - see fold.h */
void fold_fill(ProtobufCMessage *to, const ProtobufCMessage *from)
{
    fold_values(to, from, true);
    take_lists(to, from, true);
}
