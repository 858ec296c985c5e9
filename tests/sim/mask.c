/* mask.c - a message without what depends on when it was made */
#include "tests/sim/mask.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* is_clock - by the name that all instants have (design: instants are int64 …_ms) */
static bool is_clock(const ProtobufCMessage *m, const ProtobufCFieldDescriptor *f)
{
    size_t n = strlen(f->name);

    if (strcmp(m->descriptor->short_name, "Place") == 0 && strcmp(f->name, "offset") == 0)
        return true;
    return f->type == PROTOBUF_C_TYPE_INT64 && n > 3 && strcmp(f->name + n - 3, "_ms") == 0;
}

/* chosen - is this field of a oneof the one that is set? */
static bool chosen(const ProtobufCMessage *m, const ProtobufCFieldDescriptor *f)
{
    const char *base = (const char *)m;

    return !(f->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) ||
           *(const uint32_t *)(const void *)(base + f->quantifier_offset) == f->id;
}

/* What follows from a control number: of a file, of its answers' bytes, and places in them. */
static const char *const numbered[] = {"isa13",       "gs06",        "st02",         "bht03",
                                       "interchange", "file_sha256", "reply_sha256", "event_id",
                                       "review_id",   "seen",        "posted",       "trace",
                                       "key",         "index",       "position",     "ref",
                                       "question",    "check_cents", "method",       NULL};

/* is_numbered - by name */
static bool is_numbered(const ProtobufCFieldDescriptor *f)
{
    for (size_t i = 0; numbered[i]; i++)
        if (strcmp(numbered[i], f->name) == 0)
            return true;
    return false;
}

/* clear - one value; of strings their number stays */
static void clear(const ProtobufCFieldDescriptor *f, char *at, size_t n)
{
    static char empty[1];

    for (size_t i = 0; at && i < n; i++)
        if (f->type == PROTOBUF_C_TYPE_STRING)
            ((char **)(void *)at)[i] = empty;
        else if (f->type == PROTOBUF_C_TYPE_INT64)
            ((int64_t *)(void *)at)[i] = 0;
        else if (f->type == PROTOBUF_C_TYPE_UINT32)
            ((uint32_t *)(void *)at)[i] = 0;
}

/* mask_field - or the messages in it */
static void mask_field(ProtobufCMessage *m, const ProtobufCFieldDescriptor *f, bool numbers)
{
    char *at = (char *)m + f->offset;
    size_t n = 1;

    if (!chosen(m, f))
        return;
    if (f->label == PROTOBUF_C_LABEL_REPEATED) {
        n = *(size_t *)(void *)((char *)m + f->quantifier_offset);
        at = n ? *(char **)(void *)at : NULL;
    }
    if (f->type != PROTOBUF_C_TYPE_MESSAGE && (is_clock(m, f) || (numbers && is_numbered(f))))
        clear(f, at, n);
    for (size_t i = 0; f->type == PROTOBUF_C_TYPE_MESSAGE && at && i < n; i++)
        if (((ProtobufCMessage **)(void *)at)[i])
            mask_message(((ProtobufCMessage **)(void *)at)[i], numbers);
}

/* mask_message - every field */
void mask_message(ProtobufCMessage *m, bool numbers)
{
    for (unsigned i = 0; i < m->descriptor->n_fields; i++)
        mask_field(m, &m->descriptor->fields[i], numbers);
}
