/* filled.c - messages with something in every field */
#include "tests/support/filled.h"

#include <stdlib.h>
#include <string.h>

/* filled_number - see filled.h */
uint64_t filled_number(unsigned *seed)
{
    static const uint64_t some[] = {0, 1, 127, 128, 300, 65536, UINT32_MAX, (uint64_t)-5, 1u << 21};

    *seed = *seed * 1103515245u + 12345u;
    return some[(*seed >> 16) % (sizeof(some) / sizeof(some[0]))];
}

/* fill_value - one value of a field's type */
static void fill_value(struct arena *a, const ProtobufCFieldDescriptor *f, void *at, unsigned *seed)
{
    uint64_t v = filled_number(seed);

    if (f->type == PROTOBUF_C_TYPE_STRING)
        *(char **)at = arena_printf(a, "%.*s", (int)(v % 200), "text f\xc3\xbcr alle");
    else if (f->type == PROTOBUF_C_TYPE_MESSAGE)
        *(void **)at = v % 3 ? filled(a, f->descriptor, seed) : NULL;
    else if (f->type == PROTOBUF_C_TYPE_BYTES)
        *(ProtobufCBinaryData *)at =
            (ProtobufCBinaryData){v % 5, (uint8_t *)arena_strdup(a, "\x01\x02\x03\x04")};
    else if (f->type == PROTOBUF_C_TYPE_BOOL)
        *(protobuf_c_boolean *)at = v != 0;
    else if (f->type == PROTOBUF_C_TYPE_INT32 && strstr(f->name, "_date"))
        *(int32_t *)at = v ? 20260301 : 0;
    else if (f->type == PROTOBUF_C_TYPE_INT32 || f->type == PROTOBUF_C_TYPE_UINT32 ||
             f->type == PROTOBUF_C_TYPE_ENUM)
        *(uint32_t *)at = (uint32_t)v;
    else
        *(uint64_t *)at = v;
}

/* fill_list - of none to three values */
static void fill_list(struct arena *a, const ProtobufCFieldDescriptor *f, ProtobufCMessage *m,
                      unsigned *seed)
{
    enum { WIDE = sizeof(ProtobufCBinaryData), MOST = 4 };
    size_t n = filled_number(seed) % MOST;
    size_t width = f->type == PROTOBUF_C_TYPE_INT32 || f->type == PROTOBUF_C_TYPE_UINT32 ||
                           f->type == PROTOBUF_C_TYPE_ENUM
                       ? 4
                       : 8;
    char *list = arena_alloc(a, (size_t)WIDE * MOST);

    if (f->type == PROTOBUF_C_TYPE_BYTES || f->type == PROTOBUF_C_TYPE_BOOL)
        abort(); /* a list of a type that the schema has not had */
    for (size_t i = 0; i < n; i++)
        if (f->type == PROTOBUF_C_TYPE_MESSAGE)
            *(void **)(void *)(list + i * width) = filled(a, f->descriptor, seed);
        else
            fill_value(a, f, list + i * width, seed);
    *(size_t *)(void *)((char *)m + f->quantifier_offset) = n;
    *(void **)(void *)((char *)m + f->offset) = list;
}

/* filled - see filled.h */
void *filled(struct arena *a, const ProtobufCMessageDescriptor *d, unsigned *seed)
{
    ProtobufCMessage *m = event_new(a, d);

    for (unsigned i = 0; i < d->n_fields; i++)
        if (d->fields[i].label == PROTOBUF_C_LABEL_REPEATED)
            fill_list(a, &d->fields[i], m, seed);
        else
            fill_value(a, &d->fields[i], (char *)m + d->fields[i].offset, seed);
    return m;
}
