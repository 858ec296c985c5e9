/* check.c - the rules of the door, read off the descriptors: text is UTF-8, days are days, lists
 * have an end */
#include "common/event/door.h"

#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"

/* ends_with - the field's name */
static bool ends_with(const char *s, const char *tail)
{
    size_t n = strlen(s), t = strlen(tail);

    return n >= t && strcmp(s + n - t, tail) == 0;
}

/* door_text - as the header has it */
bool door_text(const char *s)
{
    return !s[0] || utf8_valid(s, strlen(s));
}

/* door_is_day - as the header has it */
bool door_is_day(const ProtobufCFieldDescriptor *f)
{
    return f->type == PROTOBUF_C_TYPE_INT32 && ends_with(f->name, "_date");
}

/* refuse - the error of a field */
static int refuse(const ProtobufCMessage *m, const ProtobufCFieldDescriptor *f, const char *code,
                  const char *rule, struct err *e)
{
    return err_set(e, ERR_REJECT, code, "%s.%s: %s", m->descriptor->short_name, f->name, rule);
}

/* check_one - a single value of a field */
static int check_one(const ProtobufCMessage *m, const ProtobufCFieldDescriptor *f, const void *at,
                     struct err *e)
{
    if (f->type == PROTOBUF_C_TYPE_STRING) {
        const char *s = *(const char *const *)at;

        if (s && !door_text(s))
            return refuse(m, f, "utf8", "not UTF-8", e);
    } else if (door_is_day(f) && !date_valid(*(const int32_t *)at)) {
        return refuse(m, f, "date", "no day of the calendar", e);
    } else if (f->type == PROTOBUF_C_TYPE_MESSAGE) {
        const ProtobufCMessage *part = *(const ProtobufCMessage *const *)at;

        return part ? event_check(part, e) : 0;
    }
    return 0;
}

/* width - bytes of one element of a repeated field that check_one looks at; 0: nothing to look at
 */
static size_t width(const ProtobufCFieldDescriptor *f)
{
    if (f->type == PROTOBUF_C_TYPE_STRING || f->type == PROTOBUF_C_TYPE_MESSAGE)
        return sizeof(void *);
    return 0;
}

/* says_nothing - the field is as it was made: proto3 does not send it, and there is nothing to
 * check
 */
static bool says_nothing(const ProtobufCFieldDescriptor *f, const void *at)
{
    switch (f->type) {
    case PROTOBUF_C_TYPE_BOOL:
        return !*(const protobuf_c_boolean *)at;
    case PROTOBUF_C_TYPE_ENUM:
    case PROTOBUF_C_TYPE_INT32:
    case PROTOBUF_C_TYPE_UINT32:
        return *(const uint32_t *)at == 0;
    case PROTOBUF_C_TYPE_STRING:
        return !*(const char *const *)at || !**(const char *const *)at;
    case PROTOBUF_C_TYPE_BYTES:
        return ((const ProtobufCBinaryData *)at)->len == 0;
    case PROTOBUF_C_TYPE_MESSAGE:
        return !*(const void *const *)at;
    default:
        return *(const uint64_t *)at == 0;
    }
}

/* check_repeated - its length and each value */
static int check_repeated(const ProtobufCMessage *m, const ProtobufCFieldDescriptor *f,
                          struct err *e)
{
    const char *base = (const char *)m;
    size_t n = *(const size_t *)(const void *)(base + f->quantifier_offset);
    const char *array = *(const char *const *)(const void *)(base + f->offset);

    if (n > EVENT_MAX_REPEAT)
        return refuse(m, f, "bounds", "too many", e);
    if (!width(f))
        return 0;
    for (size_t i = 0; i < n; i++)
        if (check_one(m, f, array + i * width(f), e) != 0)
            return -1;
    return 0;
}

/* check_unknown - what a newer schema sends goes on; but no field has the number 0, which
 * protobuf-c takes where it is written in more bytes than it needs, and never reads again */
static int check_unknown(const ProtobufCMessage *m, struct err *e)
{
    for (unsigned i = 0; i < m->n_unknown_fields; i++)
        if (m->unknown_fields[i].tag == 0)
            return err_set(e, ERR_REJECT, "protobuf", "%s: a field without a number",
                           m->descriptor->short_name);
    return 0;
}

/* event_check - all fields, all levels (no type is recursive, so the depth is that of the schema)
 */
int event_check(const ProtobufCMessage *m, struct err *e)
{
    if (check_unknown(m, e) != 0)
        return -1;
    for (unsigned i = 0; i < m->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *f = &m->descriptor->fields[i];
        const char *at = (const char *)m + f->offset;
        int r = f->label == PROTOBUF_C_LABEL_REPEATED ? check_repeated(m, f, e)
                : says_nothing(f, at)                 ? 0
                                                      : check_one(m, f, at, e);

        if (r != 0)
            return -1;
    }
    return 0;
}
