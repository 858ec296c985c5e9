/* show.c - a message as lines, for the trace; synthetic patients only */
#include "tests/sim/show.h"

#include <inttypes.h>
#include <stdio.h>

/* show_value - one value of a field */
static void show_value(const ProtobufCFieldDescriptor *f, const void *at, int depth)
{
    printf("%*s%s ", depth * 2, "", f->name);
    switch (f->type) {
    case PROTOBUF_C_TYPE_STRING:
        printf("%s\n", *(const char *const *)at);
        break;
    case PROTOBUF_C_TYPE_MESSAGE:
        putchar('\n');
        if (*(const ProtobufCMessage *const *)at)
            show_message(*(const ProtobufCMessage *const *)at, depth + 1);
        break;
    case PROTOBUF_C_TYPE_BYTES:
        printf("%zu bytes\n", ((const ProtobufCBinaryData *)at)->len);
        break;
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_UINT64:
    case PROTOBUF_C_TYPE_FIXED64:
        printf("%" PRId64 "\n", *(const int64_t *)at);
        break;
    default:
        printf("%" PRId32 "\n", *(const int32_t *)at);
        break;
    }
}

/* size_of - of an element of a repeated field */
static size_t size_of(const ProtobufCFieldDescriptor *f)
{
    switch (f->type) {
    case PROTOBUF_C_TYPE_STRING:
    case PROTOBUF_C_TYPE_MESSAGE:
        return sizeof(void *);
    case PROTOBUF_C_TYPE_BYTES:
        return sizeof(ProtobufCBinaryData);
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_UINT64:
    case PROTOBUF_C_TYPE_FIXED64:
        return sizeof(int64_t);
    default:
        return sizeof(int32_t);
    }
}

/* show_message - every field */
void show_message(const ProtobufCMessage *m, int depth)
{
    for (unsigned i = 0; i < m->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *f = &m->descriptor->fields[i];
        const char *base = (const char *)m, *at = base + f->offset;
        size_t n = 1;

        if ((f->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) &&
            *(const uint32_t *)(const void *)(base + f->quantifier_offset) != f->id)
            continue;
        if (f->label == PROTOBUF_C_LABEL_REPEATED) {
            n = *(const size_t *)(const void *)(base + f->quantifier_offset);
            at = n ? *(const char *const *)(const void *)at : NULL;
        }
        for (size_t k = 0; at && k < n; k++)
            show_value(f, at + k * size_of(f), depth);
    }
}
