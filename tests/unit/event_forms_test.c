/* event_forms_test.c - one message in many bytes: which of them are as event_pack writes it */
#include "tests/support/test.h"

#include "common/event/event.h"

/* Places: partition (1, int32), offset (2, int64). */
static const struct {
    const char *bytes;
    size_t n;
    bool packed; /* as event_pack writes it */
    const char *what;
} forms[] = {
    {"\x08\x05\x10\x07", 4, true, "as it is written"},
    {"\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 11, true, "below zero, of ten bytes"},
    {"\x08\xff\xff\xff\xff\x0f", 6, false, "below zero, of five"},
    {"\0\0\0\0\7\0\x08\x05", 8, true, "in a registry's frame"},
    {"\x08\x85\0", 3, false, "a number longer than it need be"},
    {"\x88\0\x05", 3, false, "a tag longer than it need be"},
    {"\x08\0\x10\x07", 4, false, "a field that says nothing"},
    {"\x10\x07\x08\x05", 4, false, "another order"},
    {"\x08\x05\x08\x06", 4, false, "a field twice"},
    {"\x08\x05\xf8\x7f\x01", 5, false, "a field of a newer schema"},
};

/* as_packed - bytes are told to be as they would be packed, where they are so */
static void as_packed(void **state)
{
    struct arena *a = arena_new((size_t)1 << 20);

    (void)state;
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        ProtobufCMessage *m;
        struct span packed;
        struct err e = {0};
        uint8_t *bytes;
        size_t n;

        print_message("%s\n", forms[i].what);
        assert_int_equal(
            event_unpack_as(a, &cc_place__descriptor, forms[i].bytes, forms[i].n, &m, &packed, &e),
            0);
        assert_int_equal(packed.p != NULL, forms[i].packed);
        assert_int_equal(event_pack(a, m, &bytes, &n, &e), 0);
        assert_int_equal(packed.p && n == packed.n && memcmp(bytes, packed.p, n) == 0,
                         forms[i].packed);
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_packed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
