/* event_schema_test.c - types of fields that our schema has not (yet): whatever the short way has
 * no row for goes protobuf-c's, and the bytes are the same */
#include "tests/support/test.h"

#include "common/event/event.h"

enum { FAR = 70000, MANY_FIELDS = 9000, MANY_TYPES = 300 };

/* A message of one field, wherever that stands. */
struct any {
    ProtobufCMessage base;
    size_t n;      /* of a list */
    uint32_t said; /* of a oneof: which; of an optional field: whether */
    union {
        uint32_t u32;
        uint64_t u64;
        void *p;
        ProtobufCBinaryData bytes;
    } v;
    char far[FAR];
    size_t n_far;
    void *p_far;
};

static const ProtobufCMessageDescriptor *in_hand; /* its messages are made */
static const unsigned by_name[1];

/* init - a message of the type in hand */
static void init(ProtobufCMessage *m)
{
    memset(m, 0, in_hand->sizeof_message);
    m->descriptor = in_hand;
}

/* type_of - a type with one field */
static ProtobufCMessageDescriptor type_of(const ProtobufCFieldDescriptor *f,
                                          ProtobufCIntRange ranges[2])
{
    ranges[0] = (ProtobufCIntRange){(int)f->id, 0};
    ranges[1] = (ProtobufCIntRange){0, 1};
    return (ProtobufCMessageDescriptor){.magic = PROTOBUF_C__MESSAGE_DESCRIPTOR_MAGIC,
                                        .name = "Any",
                                        .short_name = "Any",
                                        .sizeof_message = sizeof(struct any),
                                        .n_fields = 1,
                                        .fields = f,
                                        .fields_sorted_by_name = by_name,
                                        .n_field_ranges = 1,
                                        .field_ranges = ranges,
                                        .message_init = init};
}

/* same - bytes that are read, and are written again by either way */
static void same(struct arena *a, const char *what, const char *bytes, size_t n)
{
    struct err e = {.code = ""};
    ProtobufCMessage *m;
    uint8_t *out, *theirs;
    size_t size;

    if (event_unpack(a, in_hand, bytes, n, &m, &e) != 0)
        fail_msg("%s: %s", what, e.text);
    size = protobuf_c_message_get_packed_size(m);
    theirs = arena_alloc(a, size + 1);
    protobuf_c_message_pack(m, theirs);
    assert_int_equal(size, n);
    assert_memory_equal(theirs, bytes, n);
    assert_int_equal(event_pack(a, m, &out, &size, &e), 0);
    assert_int_equal(size, n);
    assert_memory_equal(out, bytes, n);
}

#define ONE(type) PROTOBUF_C_TYPE_##type, PROTOBUF_C_LABEL_NONE, 0
#define LIST(type) PROTOBUF_C_TYPE_##type, PROTOBUF_C_LABEL_REPEATED, 0
#define PACKED(type) PROTOBUF_C_TYPE_##type, PROTOBUF_C_LABEL_REPEATED, PROTOBUF_C_FIELD_FLAG_PACKED
#define WIRE(bytes) bytes, sizeof(bytes) - 1

/* clang-format off */
static const struct {
    ProtobufCType type;
    ProtobufCLabel label;
    uint32_t flags, id;
    const char *bytes;
    size_t n;
} fields[] = {
    {ONE(BOOL),     1, WIRE("\x08\x01")},
    {ONE(UINT32),   1, WIRE("\x08\xff\xff\xff\xff\x0f")},
    {ONE(INT32),    1, WIRE("\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01")},
    {ONE(SINT32),   1, WIRE("\x08\x03")},
    {ONE(SINT64),   1, WIRE("\x08\x03")},
    {ONE(FIXED32),  1, WIRE("\x0d\x01\0\0\0")},
    {ONE(SFIXED32), 1, WIRE("\x0d\xff\xff\xff\xff")},
    {ONE(FIXED64),  1, WIRE("\x09\x01\0\0\0\0\0\0\0")},
    {ONE(SFIXED64), 1, WIRE("\x09\xff\xff\xff\xff\xff\xff\xff\xff")},
    {ONE(FLOAT),    1, WIRE("\x0d\0\0\x80\x3f")},
    {ONE(DOUBLE),   1, WIRE("\x09\0\0\0\0\0\0\xf0\x3f")},
    {ONE(STRING),   1, WIRE("\x0a\x02hi")},
    {ONE(BYTES),    1, WIRE("\x0a\x02\0\xff")},
    {ONE(ENUM),     2047, WIRE("\xf8\x7f\x05")},
    {ONE(ENUM),     2048, WIRE("\x80\x80\x01\x05")},
    {PROTOBUF_C_TYPE_UINT32, PROTOBUF_C_LABEL_OPTIONAL, 0, 1, WIRE("\x08\x00")},
    {PROTOBUF_C_TYPE_UINT32, PROTOBUF_C_LABEL_NONE, PROTOBUF_C_FIELD_FLAG_ONEOF, 1, WIRE("\x08\x00")},
    {PACKED(UINT32), 1, WIRE("\x0a\x06\x01\xff\xff\xff\xff\x0f")},
    {PACKED(ENUM),   1, WIRE("\x0a\x0b\x01\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01")},
    {PACKED(BOOL),   1, WIRE("\x0a\x02\x01\x00")},
    {PACKED(INT64),  1, WIRE("\x0a\x02\x01\x02")},
    {LIST(UINT32),   1, WIRE("\x08\x01\x08\x02")},
    {LIST(ENUM),     1, WIRE("\x08\x01\x08\x02")},
    {LIST(STRING),   1, WIRE("\x0a\x01x\x0a\x00")},
    {LIST(BYTES),    1, WIRE("\x0a\x01x\x0a\x00")},
    {LIST(DOUBLE),   1, WIRE("\x09\0\0\0\0\0\0\xf0\x3f")},
};
/* clang-format on */

/* test_types - one of each */
static void test_types(void **state)
{
    static ProtobufCFieldDescriptor f[sizeof(fields) / sizeof(fields[0])];
    static ProtobufCMessageDescriptor d[sizeof(fields) / sizeof(fields[0])];
    static ProtobufCIntRange ranges[sizeof(fields) / sizeof(fields[0])][2];

    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        char what[40];

        f[i] = (ProtobufCFieldDescriptor){.name = "v",
                                          .id = fields[i].id,
                                          .label = fields[i].label,
                                          .type = fields[i].type,
                                          .quantifier_offset =
                                              fields[i].label == PROTOBUF_C_LABEL_REPEATED
                                                  ? offsetof(struct any, n)
                                                  : offsetof(struct any, said),
                                          .offset = offsetof(struct any, v),
                                          .flags = fields[i].flags};
        d[i] = type_of(&f[i], ranges[i]);
        in_hand = &d[i];
        snprintf(what, sizeof(what), "type %d, row %zu", (int)fields[i].type, i);
        arena_reset(*state);
        same(*state, what, fields[i].bytes, fields[i].n);
    }
}

/* test_far - fields farther from the start of a message than a row tells */
static void test_far(void **state)
{
    static ProtobufCFieldDescriptor one = {.name = "p",
                                           .id = 1,
                                           .label = PROTOBUF_C_LABEL_NONE,
                                           .type = PROTOBUF_C_TYPE_STRING,
                                           .offset = offsetof(struct any, p_far)},
                                    list = {.name = "p",
                                            .id = 1,
                                            .label = PROTOBUF_C_LABEL_REPEATED,
                                            .type = PROTOBUF_C_TYPE_STRING,
                                            .quantifier_offset = offsetof(struct any, n_far),
                                            .offset = offsetof(struct any, v)};
    static ProtobufCMessageDescriptor d[2];
    static ProtobufCIntRange ranges[2][2];

    d[0] = type_of(&one, ranges[0]);
    d[1] = type_of(&list, ranges[1]);
    for (size_t i = 0; i < 2; i++) {
        in_hand = &d[i];
        arena_reset(*state);
        same(*state, "far", WIRE("\x0a\x02hi"));
    }
}

static ProtobufCMessageDescriptor part_type, whole_type;

/* init_part - a message of the inner type */
static void init_part(ProtobufCMessage *m)
{
    memset(m, 0, sizeof(struct any));
    m->descriptor = &part_type;
}

/* init_whole - a message around one */
static void init_whole(ProtobufCMessage *m)
{
    memset(m, 0, sizeof(struct any));
    m->descriptor = &whole_type;
}

/* test_part - a message around a part that has no row has none either */
static void test_part(void **state)
{
    static const ProtobufCFieldDescriptor number = {.name = "v",
                                                    .id = 1,
                                                    .label = PROTOBUF_C_LABEL_NONE,
                                                    .type = PROTOBUF_C_TYPE_FLOAT,
                                                    .offset = offsetof(struct any, v)},
                                          part = {.name = "v",
                                                  .id = 1,
                                                  .label = PROTOBUF_C_LABEL_NONE,
                                                  .type = PROTOBUF_C_TYPE_MESSAGE,
                                                  .offset = offsetof(struct any, v),
                                                  .descriptor = &part_type};
    static ProtobufCIntRange ranges[2][2];

    part_type = type_of(&number, ranges[0]);
    whole_type = type_of(&part, ranges[1]);
    part_type.message_init = init_part;
    whole_type.message_init = init_whole;
    in_hand = &whole_type;
    arena_reset(*state);
    same(*state, "a part", WIRE("\x0a\x05\x0d\0\0\x80\x3f"));
}

/* test_many - more fields than there is room for rows, then more types */
static void test_many(void **state)
{
    static ProtobufCFieldDescriptor f[MANY_FIELDS];
    static ProtobufCMessageDescriptor large, d[MANY_TYPES];
    static ProtobufCIntRange ranges[2];

    for (size_t i = 0; i < MANY_FIELDS; i++)
        f[i] = (ProtobufCFieldDescriptor){.name = "v",
                                          .id = (uint32_t)i + 1,
                                          .label = PROTOBUF_C_LABEL_NONE,
                                          .type = PROTOBUF_C_TYPE_UINT32,
                                          .offset = (unsigned)(offsetof(struct any, far) + i * 4)};
    large = type_of(f, ranges);
    large.n_fields = MANY_FIELDS;
    ranges[1].orig_index = MANY_FIELDS;
    in_hand = &large;
    arena_reset(*state);
    same(*state, "many fields", WIRE("\x08\x05\xc0\xb2\x04\x07"));
    ranges[1].orig_index = 1;
    for (size_t i = 0; i < MANY_TYPES; i++) {
        d[i] = type_of(f, ranges);
        in_hand = &d[i];
        arena_reset(*state);
        same(*state, "many types", WIRE("\x08\x05"));
    }
    in_hand = &d[0];
    same(*state, "the first again", WIRE("\x08\x05"));
}

/* setup - an arena */
static int setup(void **state)
{
    *state = arena_new((size_t)1 << 24);
    return *state ? 0 : -1;
}

/* teardown - and back */
static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_types),
        cmocka_unit_test(test_far),
        cmocka_unit_test(test_part),
        cmocka_unit_test(test_many),
    };

    return cmocka_run_group_tests_name("event_schema", tests, setup, teardown);
}
