/* event_odd_test.c - the door's edges: bytes that protobuf allows and nobody usually sends, sizes
 * at the limits, lists with nothing in them */
#include "tests/support/test.h"

#include "common/event/event.h"
#include "common/event/plan.h"
#include "tests/support/field.h"
#include "tests/support/filled.h"

enum { SMALL = 8192 }; /* up to here a message is packed on the stack */

static struct arena *arena;

/* setup - one arena for all */
static int setup(void **state)
{
    (void)state;
    arena = arena_new((size_t)1 << 26);
    return arena ? 0 : -1;
}

/* teardown - and back */
static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

/* clang-format off */
#define W(d, bytes) &cc_##d##__descriptor, bytes, sizeof(bytes) - 1
static const struct {
    const char *what;
    const ProtobufCMessageDescriptor *d;
    const char *bytes;
    size_t n;
    const char *code, *wanted; /* code "": read, and these are the values */
} wires[] = {
    {"nothing",                      W(billed_claim, ""),                       "", "version=0; taxonomy=; lines.#=0"},
    {"bytes of no length",           W(document, "\x4a\x00"),                   "", "text="},
    {"bytes",                        W(document, "\x4a\x02hi"),                 "", "text=hi"},
    {"bytes that are cut",           W(document, "\x4a\x03hi"),                 "protobuf", ""},
    {"bytes as a number",            W(document, "\x48\x02"),                   "protobuf", ""},
    {"eight bytes",                  W(billed_claim, "\x41\x01\0\0\0\0\0\0\0"), "", "fingerprint=1"},
    {"seven of eight bytes",         W(billed_claim, "\x41\x01\0\0\0\0\0\0"),   "protobuf", ""},
    {"a number where eight bytes are", W(billed_claim, "\x40\x01"),             "protobuf", ""},
    {"a day that is said to be none", W(service_line, "\x70\x00"),              "", "from_date=0"},
    {"a day that is none",           W(service_line, "\x70\x01"),               "date", ""},
    {"a truth of 2",                 W(service_line, "\x80\x01\x02"),           "", "emergency=true"},
    {"a number of ten bytes",        W(service_line, "\x40\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"), "", "charge_cents=-1"},
    {"a number over 64 bits",        W(service_line, "\x40\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"), "protobuf", ""},
    {"a number that is cut",         W(service_line, "\x40\xff"),               "protobuf", ""},
    {"a tag that is cut",            W(service_line, "\x80"),                   "protobuf", ""},
    {"a list of no numbers",         W(service_line, "\x6a\x00"),               "", "pointers.#=0"},
    {"a list of numbers",            W(service_line, "\x6a\x03\x01\x80\x01"),   "", "pointers.#=2; pointers.1=128"},
    {"the same list in two parts",   W(service_line, "\x6a\x01\x01\x6a\x01\x02"), "", "pointers.#=2; pointers.1=2"},
    {"a number of it alone",         W(service_line, "\x68\x01"),               "", "pointers.#=1; pointers.0=1"},
    {"a list with one over 32 bits", W(service_line, "\x6a\x06\x01\x85\x80\x80\x80\x10"), "", "pointers.#=2; pointers.1=5"},
    {"a list with one over 64 bits", W(service_line, "\x6a\x0c\x01\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"), "protobuf", ""},
    {"a list that ends within one",  W(service_line, "\x6a\x02\x01\x80"),       "protobuf", ""},
    {"a list that is cut",           W(service_line, "\x6a\x03\x01"),           "protobuf", ""},
    {"two texts of a list",          W(service_line, "\x2a\x02LD\x2a\x02" "59"), "", "modifiers.#=2; modifiers.0=LD; modifiers.1=59"},
    {"texts with one between",       W(service_line, "\x2a\x02LD\x32\x01x\x2a\x02" "59"), "", "modifiers.#=2; modifiers.1=59; description=x"},
    {"the second text is cut",       W(service_line, "\x2a\x02LD\x2a\x05" "59"), "protobuf", ""},
    {"the second text is no UTF-8",  W(service_line, "\x2a\x02LD\x2a\x01\xff"), "utf8", ""},
    {"an empty text of a list",      W(service_line, "\x2a\x00"),               "", "modifiers.#=1; modifiers.0="},
    {"a text that is no UTF-8",      W(service_line, "\x12\x01\xff"),           "utf8", ""},
    {"a text with a zero in it",     W(service_line, "\x12\x03" "a\0b"),        "", "control=a"},
    {"a text as a number",           W(service_line, "\x10\x01"),               "protobuf", ""},
    {"a message twice is one",       W(service_line, "\x22\x00\x22\x00"),       "", "procedure=there"},
    {"a message that is cut",        W(service_line, "\x22\x02\x0a"),           "protobuf", ""},
    {"a message of a list as a number", W(billed_claim, "\x70\x01"),            "protobuf", ""},
    {"two messages of a list",       W(billed_claim, "\x72\x00\x72\x00"),       "", "lines.#=2"},
    {"fields in another order",      W(billed_claim, "\x2a\x01x\x08\x05"),      "", "version=5; taxonomy=x"},
    {"a number twice",               W(billed_claim, "\x08\x05\x08\x06"),       "", "version=6"},
    {"a tag of three bytes",         W(billed_claim, "\x88\x80\x00\x05"),       "", "version=5"},
    {"a length of five bytes",       W(billed_claim, "\x2a\x81\x80\x80\x80\x00x"), "", "taxonomy=x"},
    {"a field of nobody",            W(billed_claim, "\xf8\x7f\x01\x08\x05"),   "", "version=5"},
    {"a field with the number 0",    W(billed_claim, "\x80\x00\x05"),           "protobuf", ""},
    {"framed",                       W(billed_claim, "\0\0\0\0\x07\0\x08\x05"), "", "version=5"},
    {"framed, of nothing",           W(billed_claim, "\0\0\0\0\x07\0"),         "", "version=0"},
    {"framed, the second message of a file", W(billed_claim, "\0\0\0\0\x07\x02\x02\x08\x05"), "", "version=5"},
    {"framed, one inside another",   W(billed_claim, "\0\0\0\0\x07\x04\x02\x80\x01\x08\x05"), "", "version=5"},
    {"framed and cut before its indexes", W(billed_claim, "\0\0\0\0\x07"),      "protobuf", ""},
    {"framed and cut in their number", W(billed_claim, "\0\0\0\0\x07\x80"),     "protobuf", ""},
    {"framed and cut in an index",   W(billed_claim, "\0\0\0\0\x07\x04\x02"),   "protobuf", ""},
    {"framed with too many indexes", W(billed_claim, "\0\0\0\0\x07\x42\0"),     "protobuf", ""},
};
/* clang-format on */

/* test_wires - as protobuf reads them, then past the door; what is read is written again */
static void test_wires(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(wires) / sizeof(wires[0]); i++) {
        struct err e = {.code = ""};
        ProtobufCMessage *m = NULL, *again = NULL;
        uint8_t *bytes;
        size_t n;

        arena_reset(arena);
        if (event_unpack(arena, wires[i].d, wires[i].bytes, wires[i].n, &m, &e) != 0)
            m = NULL;
        if (strcmp(e.code, wires[i].code) != 0)
            fail_msg("%s: \"%s\", not \"%s\"", wires[i].what, e.code, wires[i].code);
        if (!m)
            continue;
        field_expect(arena, m, wires[i].what, wires[i].wanted);
        assert_int_equal(event_pack(arena, m, &bytes, &n, &e), 0);
        assert_int_equal(event_unpack(arena, wires[i].d, bytes, n, &again, &e), 0);
        field_expect(arena, again, wires[i].what, wires[i].wanted);
    }
}

/* many - bytes of a list of so many numbers; the code of the refusal */
static const char *many(size_t count)
{
    static uint8_t bytes[EVENT_MAX_REPEAT + 8];
    static struct err e;
    ProtobufCMessage *m;

    bytes[0] = 0x6a; /* pointers of a service line */
    bytes[1] = (uint8_t)(count | 0x80);
    bytes[2] = (uint8_t)(count >> 7);
    memset(bytes + 3, 1, count);
    e.code[0] = '\0';
    arena_reset(arena);
    if (event_unpack(arena, &cc_service_line__descriptor, bytes, count + 3, &m, &e) == 0)
        assert_int_equal(((CcServiceLine *)m)->n_pointers, count);
    return e.code;
}

/* test_limits - the longest list, the largest message, either way */
static void test_limits(void **state)
{
    static const uint8_t none[1];
    CcServiceLine *line;
    CcDocument *d;
    struct err e = {.code = ""};
    ProtobufCMessage *m;
    uint8_t *bytes;
    size_t n;

    (void)state;
    assert_string_equal(many(EVENT_MAX_REPEAT), "");
    assert_string_equal(many(EVENT_MAX_REPEAT + 1), "bounds");
    arena_reset(arena);
    line = event_new(arena, &cc_service_line__descriptor);
    for (size_t i = 0; i < EVENT_MAX_REPEAT; i++)
        assert_true(event_push_u32(arena, &line->pointers, &line->n_pointers, 1));
    assert_int_equal(event_pack(arena, &line->base, &bytes, &n, &e), 0);
    assert_true(event_push_u32(arena, &line->pointers, &line->n_pointers, 1));
    assert_int_equal(event_pack(arena, &line->base, &bytes, &n, &e), -1);
    assert_string_equal(e.code, "bounds");
    arena_reset(arena);
    d = event_new(arena, &cc_document__descriptor);
    d->text = (ProtobufCBinaryData){EVENT_MAX_BYTES - 5, arena_alloc(arena, EVENT_MAX_BYTES)};
    assert_int_equal(event_pack(arena, &d->base, &bytes, &n, &e), 0);
    assert_int_equal(n, EVENT_MAX_BYTES);
    d->text.len++;
    assert_int_equal(event_pack(arena, &d->base, &bytes, &n, &e), -1);
    assert_string_equal(e.code, "size");
    e.code[0] = '\0';
    assert_int_equal(
        event_unpack(arena, &cc_document__descriptor, none, EVENT_MAX_BYTES + 1, &m, &e), -1);
    assert_string_equal(e.code, "size");
}

/* as_theirs - packed as protobuf-c packs it */
static void as_theirs(const ProtobufCMessage *m)
{
    size_t n, size = protobuf_c_message_get_packed_size(m);
    uint8_t *ours, *theirs = arena_alloc(arena, size + 1);
    struct err e = {.code = ""};

    assert_non_null(theirs);
    assert_int_equal(event_pack(arena, m, &ours, &n, &e), 0);
    assert_int_equal(n, size);
    assert_int_equal(protobuf_c_message_pack(m, theirs), size);
    assert_memory_equal(ours, theirs, size);
}

/* last_text - the field of a text that is written first, from the end */
static char **last_text(ProtobufCMessage *m)
{
    for (unsigned i = m->descriptor->n_fields; i; i--) {
        const ProtobufCFieldDescriptor *f = &m->descriptor->fields[i - 1];

        if (f->type == PROTOBUF_C_TYPE_STRING && f->label != PROTOBUF_C_LABEL_REPEATED)
            return (char **)(void *)((char *)m + f->offset);
    }
    return NULL;
}

/* test_room - messages that fill the stack's room up to each of their fields, to each byte */
static void test_room(void **state)
{
    char *words = malloc(SMALL + 1);
    unsigned seed = 3, tried = 0;

    (void)state;
    assert_non_null(words);
    memset(words, 'w', SMALL);
    words[SMALL] = '\0';
    for (int t = 1; t < TOPIC_MAX; t++)
        for (int i = 0; topic_row((enum topic)t)->message && i < 12; i++) {
            ProtobufCMessage *m = filled(arena, topic_row((enum topic)t)->message, &seed);
            size_t rest = protobuf_c_message_get_packed_size(m);
            char **text = last_text(m);

            for (size_t n = rest < 1000 ? SMALL - rest : SMALL; n < SMALL && text; n++, tried++) {
                *text = words + SMALL - n;
                as_theirs(m);
                if (arena_used(arena) > (size_t)1 << 25)
                    break;
            }
            arena_reset(arena);
        }
    assert_true(tried > 5000);
    free(words);
}

/* test_nothing_in_lists - elements that are not there are sent as empty ones */
static void test_nothing_in_lists(void **state)
{
    CcClaim *c;
    char *none[] = {NULL, NULL};
    CcServiceLine *lines[] = {NULL, NULL};
    struct err e = {.code = ""};
    ProtobufCMessage *m;
    uint8_t *bytes;
    size_t n;

    (void)state;
    arena_reset(arena);
    c = event_new(arena, &cc_claim__descriptor);
    c->n_conditions = c->n_lines = 2;
    c->conditions = none;
    c->lines = lines;
    c->mrn = NULL;
    assert_int_equal(event_check(&c->base, &e), 0);
    assert_int_equal(event_pack(arena, &c->base, &bytes, &n, &e), 0);
    assert_int_equal(event_unpack(arena, &cc_claim__descriptor, bytes, n, &m, &e), 0);
    field_expect(arena, m, "nothing",
                 "mrn=; conditions.#=2; conditions.1=; lines.#=2; lines.1.control=");
}

/* test_enums - names that share nothing, or only letters, or are longer than a word may be */
static void test_enums(void **state)
{
    static const ProtobufCEnumValue colours[] = {{"RED", "RED", 0}, {"ROSE", "ROSE", 1}},
                                    longs[] = {{"L_A", "L_A", 0},
                                               {"L_ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQR",
                                                "LONG", 1}};
    static const ProtobufCIntRange ranges[] = {{0, 0}, {0, 2}};
    ProtobufCEnumDescriptor d = {
        .n_values = 2, .values = colours, .n_value_ranges = 1, .value_ranges = ranges};
    char word[EVENT_WORD];

    (void)state;
    assert_string_equal(event_word(&d, 1, false, word), "rose");
    assert_int_equal(event_word_value(&d, "Red"), 0);
    assert_int_equal(event_word_value(&d, "r"), -1);
    assert_int_equal(
        event_word_value(&d, "red and more than forty letters in one single word of a table"), -1);
    d.values = longs;
    assert_string_equal(event_word(&d, 1, true, word), "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLM");
    assert_int_equal(strlen(word), EVENT_WORD - 1);
}

/* test_no_topic - a number that is none has the row of none */
static void test_no_topic(void **state)
{
    (void)state;
    assert_ptr_equal(topic_row(TOPIC_MAX), topic_row(TOPIC_NONE));
    assert_null(topic_row(TOPIC_NONE)->message);
}

/* test_no_plan - a type that has none is asked for once; it takes nothing from types that come
 * later */
static void test_no_plan(void **state)
{
    enum { FIELDS = 40, TIMES = 1000 };
    ProtobufCFieldDescriptor fields[FIELDS] = {0};
    const ProtobufCMessageDescriptor odd = {.n_fields = FIELDS, .fields = fields};

    (void)state;
    for (unsigned i = 0; i < FIELDS; i++) {
        fields[i].id = i + 1;
        fields[i].label = PROTOBUF_C_LABEL_NONE;
        fields[i].type = i + 1 < FIELDS ? PROTOBUF_C_TYPE_INT64 : PROTOBUF_C_TYPE_FLOAT;
    }
    for (int i = 0; i < TIMES; i++)
        assert_null(plan_of(&odd));
    assert_non_null(plan_of(&cc_audit__descriptor));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wires),   cmocka_unit_test(test_limits),
        cmocka_unit_test(test_room),    cmocka_unit_test(test_nothing_in_lists),
        cmocka_unit_test(test_enums),   cmocka_unit_test(test_no_topic),
        cmocka_unit_test(test_no_plan),
    };

    return cmocka_run_group_tests_name("event_odd", tests, setup, teardown);
}
