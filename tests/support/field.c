/* field.c - a walk along the descriptors */
#include "tests/support/field.h"

#include <inttypes.h>

#include "common/base/str.h"
#include "tests/support/test.h"

/* value_text - of one value that is no message */
static const char *value_text(struct arena *a, const ProtobufCFieldDescriptor *f, const void *at)
{
    const ProtobufCBinaryData *bytes = at;
    char *word;

    switch (f->type) {
    case PROTOBUF_C_TYPE_STRING:
        return *(const char *const *)at;
    case PROTOBUF_C_TYPE_BYTES:
        return bytes->len ? arena_strndup(a, (const char *)bytes->data, bytes->len) : "";
    case PROTOBUF_C_TYPE_ENUM:
        word = arena_alloc(a, EVENT_WORD);
        return event_word(f->descriptor, *(const int *)at, false, word);
    case PROTOBUF_C_TYPE_BOOL:
        return *(const protobuf_c_boolean *)at ? "true" : "false";
    case PROTOBUF_C_TYPE_INT32:
    case PROTOBUF_C_TYPE_UINT32:
        return arena_printf(a, "%" PRId32, *(const int32_t *)at);
    default:
        return arena_printf(a, "%" PRId64, *(const int64_t *)at);
    }
}

/* width - bytes of one element of a list */
static size_t width(const ProtobufCFieldDescriptor *f)
{
    return f->type == PROTOBUF_C_TYPE_UINT32 || f->type == PROTOBUF_C_TYPE_ENUM ? 4
                                                                                : sizeof(void *);
}

/* next - one step of the path; false: that was the last */
static bool next(const char **path, char step[40])
{
    size_t n = strcspn(*path, ".");

    assert_true(n < 40);
    memcpy(step, *path, n);
    step[n] = '\0';
    *path += n + ((*path)[n] == '.');
    return n > 0;
}

/* field_text - see field.h */
const char *field_text(struct arena *a, const ProtobufCMessage *m, const char *path)
{
    char step[40];

    while (m && next(&path, step)) {
        const ProtobufCFieldDescriptor *f =
            protobuf_c_message_descriptor_get_field_by_name(m->descriptor, step);
        const char *at = (const char *)m;

        if (!f)
            fail_msg("no field %s", step);
        at += f->offset;
        if (f->label == PROTOBUF_C_LABEL_REPEATED) {
            size_t n = *(const size_t *)(const void *)((const char *)m + f->quantifier_offset), i;

            next(&path, step);
            if (step[0] == '#')
                return arena_printf(a, "%zu", n);
            i = strtoul(step, NULL, 10);
            if (i >= n)
                return "";
            at = *(const char *const *)(const void *)at + i * width(f);
        }
        if (f->type != PROTOBUF_C_TYPE_MESSAGE)
            return value_text(a, f, at);
        m = *(const ProtobufCMessage *const *)(const void *)at;
    }
    return m ? "there" : "";
}

/* field_expect - see field.h */
void field_expect(struct arena *a, const ProtobufCMessage *m, const char *what, const char *wanted)
{
    struct span rest = span_of(wanted);

    while (rest.n) {
        struct span value = span_trim(span_cut(&rest, ';')), path = span_cut(&value, '=');
        const char *name = arena_strndup(a, path.p, path.n), *have = field_text(a, m, name);

        if (!span_same(value, have))
            fail_msg("%s: %s is \"%s\", not \"%.*s\"", what, name, have, (int)value.n, value.p);
    }
}
