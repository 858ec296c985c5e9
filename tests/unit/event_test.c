/* event_test.c - the door: what is taken, what is refused and why */
#include "tests/support/test.h"

#include "common/event/door.h"
#include "tests/support/filled.h"

/* make_claim - a small valid claim */
static CcClaim *make_claim(struct arena *a)
{
    CcClaim *c = event_new(a, &cc_claim__descriptor);
    CcServiceLine *line = event_new(a, &cc_service_line__descriptor);

    c->claim_id = arena_strdup(a, "C1");
    c->from_date = 20260301;
    line->from_date = 20260301;
    assert_true(event_push(a, c, lines, line));
    assert_true(event_push_u32(a, &line->pointers, &line->n_pointers, 1));
    return c;
}

/* round_trip - packed and unpacked again, with and without schema-registry framing */
static void round_trip(void **state)
{
    struct arena *a = arena_new((size_t)1 << 20);
    struct err e = {0};
    ProtobufCMessage *m;
    uint8_t *bytes, *framed;
    size_t n;

    (void)state;
    assert_int_equal(event_pack(a, &make_claim(a)->base, &bytes, &n, &e), 0);
    assert_int_equal(event_unpack(a, &cc_claim__descriptor, bytes, n, &m, &e), 0);
    assert_int_equal(((CcClaim *)m)->lines[0]->pointers[0], 1);
    assert_string_equal(((CcClaim *)m)->mrn, "");
    framed = arena_alloc(a, n + 6);
    framed[4] = 7;
    memcpy(framed + 6, bytes, n);
    assert_int_equal(event_unpack(a, &cc_claim__descriptor, framed, n + 6, &m, &e), 0);
    assert_string_equal(((CcClaim *)m)->claim_id, "C1");
    assert_int_equal(event_unpack(a, &cc_claim__descriptor, framed, 3, &m, &e), -1);
    assert_string_equal(e.code, "protobuf");
    arena_free(a);
}

/* same_bytes - every message of every topic is packed as protobuf-c packs it, by the short way and
 * by the long one */
static void same_bytes(void **state)
{
    struct arena *a = arena_new((size_t)1 << 28);
    unsigned seed = 7;
    size_t small = 0, large = 0;

    (void)state;
    for (int t = 1; t < TOPIC_MAX; t++)
        for (int i = 0; topic_row((enum topic)t)->message && i < 60; i++) {
            ProtobufCMessage *m = filled(a, topic_row((enum topic)t)->message, &seed);
            struct err e = {0};
            uint8_t *bytes, *theirs;
            size_t n;

            assert_int_equal(event_pack(a, m, &bytes, &n, &e), 0);
            theirs = arena_alloc(a, protobuf_c_message_get_packed_size(m));
            assert_int_equal(protobuf_c_message_pack(m, theirs), n);
            assert_memory_equal(bytes, theirs, n);
            small += n < 8192;
            large += n > 8192;
            if (arena_used(a) > (size_t)1 << 27)
                arena_reset(a);
        }
    assert_true(small > 100 && large > 10);
    arena_free(a);
}

/* damage - one thing about the bytes is other than it was: a byte, their end, a piece twice or
 * gone; returns how many there are now, at most n + PIECE */
enum { PIECE = 24 };
static size_t damage(uint8_t *bytes, size_t n, unsigned *seed)
{
    size_t at = filled_number(seed) * 31 % n, kind = (*seed >> 8) % 4, piece;

    *seed = *seed * 1103515245u + 12345u;
    at = (at + (*seed >> 12)) % n;
    piece = n - at < PIECE ? n - at : 1 + (*seed >> 20) % PIECE;
    if (kind == 0)
        bytes[at] ^= (uint8_t)(1u << (*seed >> 29));
    else if (kind == 1)
        return at;
    else if (kind == 2) {
        memmove(bytes + at + piece, bytes + at, n - at);
        return n + piece;
    } else {
        memmove(bytes + at, bytes + at + piece, n - at - piece);
        return n - piece;
    }
    return n;
}

/* same_as_packed - bytes that are told to be as event_pack writes them are so */
static void same_as_packed(struct arena *a, const ProtobufCMessage *m, struct span packed)
{
    struct err e = {0};
    uint8_t *bytes;
    size_t n;

    if (!packed.p)
        return;
    assert_int_equal(event_pack(a, m, &bytes, &n, &e), 0);
    assert_int_equal(n, packed.n);
    assert_memory_equal(bytes, packed.p, n);
}

/* same_answer - event_unpack answers as protobuf-c and the door one after the other; 1: a message
 */
static int same_answer(struct arena *a, const ProtobufCMessageDescriptor *d, const uint8_t *bytes,
                       size_t n)
{
    ProtobufCMessage *theirs = protobuf_c_message_unpack(d, NULL, n, bytes), *ours = NULL;
    struct err e = {0}, door = {0};
    struct span packed;
    int r = event_unpack_as(a, d, bytes, n, &ours, &packed, &e);

    if (!theirs) {
        assert_int_equal(r, -1);
        assert_string_equal(e.code, "protobuf");
        return 0;
    }
    assert_int_equal(r, event_check(theirs, &door));
    assert_string_equal(e.text, door.text);
    if (r == 0) {
        size_t size = protobuf_c_message_get_packed_size(theirs);
        uint8_t *one = arena_alloc(a, size + 1), *two = arena_alloc(a, size + 1);

        assert_int_equal(protobuf_c_message_get_packed_size(ours), size);
        protobuf_c_message_pack(theirs, one);
        protobuf_c_message_pack(ours, two);
        assert_memory_equal(one, two, size);
        same_as_packed(a, ours, packed);
    }
    protobuf_c_message_free_unpacked(theirs, NULL);
    return r == 0;
}

/* same_reading - bytes of every topic, whole and damaged in many ways, are read as protobuf-c and
 * the door read them one after the other */
static void same_reading(void **state)
{
    struct arena *a = arena_new((size_t)1 << 28);
    unsigned seed = 11, whole = 0, taken = 0, tried = 0;

    (void)state;
    for (int t = 1; t < TOPIC_MAX; t++)
        for (int i = 0; topic_row((enum topic)t)->message && i < 40; i++) {
            const ProtobufCMessageDescriptor *d = topic_row((enum topic)t)->message;
            ProtobufCMessage *m = filled(a, d, &seed);
            size_t n = protobuf_c_message_get_packed_size(m);
            uint8_t *bytes = arena_alloc(a, n + 1), *hurt = arena_alloc(a, n + PIECE);

            protobuf_c_message_pack(m, bytes);
            whole += (unsigned)same_answer(a, d, bytes, n);
            assert_non_null(unpack_plain(a, d, bytes, n)); /* the long way would do as well */
            for (int k = 0; n && bytes[0] && k < 40; k++, tried++) {
                memcpy(hurt, bytes, n);
                taken += (unsigned)same_answer(a, d, hurt, damage(hurt, n, &seed));
            }
            arena_reset(a);
        }
    assert_true(whole > 300);
    assert_true(taken > tried / 20 && taken < tried - tried / 20);
    arena_free(a);
}

/* newer_fields - what a newer schema sends is sent on */
static void newer_fields(void **state)
{
    struct arena *a = arena_new((size_t)1 << 20);
    struct err e = {0};
    ProtobufCMessage *m;
    uint8_t *bytes, *again;
    size_t n, n_again;

    (void)state;
    assert_int_equal(event_pack(a, &make_claim(a)->base, &bytes, &n, &e), 0);
    bytes = memcpy(arena_alloc(a, n + 3), bytes, n);
    memcpy(bytes + n, "\xf8\x7f\x01", 3); /* field 2047: 1 */
    assert_int_equal(event_unpack(a, &cc_claim__descriptor, bytes, n + 3, &m, &e), 0);
    assert_int_equal(event_pack(a, m, &again, &n_again, &e), 0);
    assert_int_equal(n_again, n + 3);
    assert_memory_equal(again, bytes, n + 3);
    memcpy(bytes + n, "\x80\x00\x00", 3); /* field 0, which nobody could read again */
    assert_int_equal(event_unpack(a, &cc_claim__descriptor, bytes, n + 3, &m, &e), -1);
    assert_string_equal(e.code, "protobuf");
    arena_free(a);
}

/* never_sent - what the door refuses is not packed either, and the reason is the same */
static void never_sent(void **state)
{
    struct arena *a = arena_new((size_t)1 << 20);
    struct err e = {0};
    CcClaim *c = make_claim(a);
    uint8_t *bytes;
    size_t n;

    (void)state;
    c->lines[0]->from_date = 20260230;
    assert_int_equal(event_pack(a, &c->base, &bytes, &n, &e), -1);
    assert_int_equal(e.class, ERR_REJECT);
    assert_string_equal(e.code, "date");
    c = make_claim(a);
    c->lines[0]->control = arena_strdup(a, "\xc3");
    assert_int_equal(event_pack(a, &c->base, &bytes, &n, &e), -1);
    assert_string_equal(e.code, "utf8");
    arena_free(a);
}

/* refuse - the message, changed by one thing, must come back with this code */
static void refuse(struct arena *a, const CcClaim *c, const char *code)
{
    struct err e = {0};
    uint8_t *bytes;
    size_t n = protobuf_c_message_get_packed_size(&c->base);
    ProtobufCMessage *m;

    bytes = arena_alloc(a, n);
    protobuf_c_message_pack(&c->base, bytes);
    assert_int_equal(event_unpack(a, &cc_claim__descriptor, bytes, n, &m, &e), -1);
    assert_int_equal(e.class, ERR_REJECT);
    assert_string_equal(e.code, code);
}

/* refusals - bad text, bad day, at any level */
static void refusals(void **state)
{
    struct arena *a = arena_new((size_t)1 << 22);
    CcClaim *c = make_claim(a);

    (void)state;
    c->lines[0]->from_date = 20260230;
    refuse(a, c, "date");
    c = make_claim(a);
    c->lines[0]->control = arena_strdup(a, "\xc3");
    refuse(a, c, "utf8");
    arena_free(a);
}

/* bounds - a list over its bound */
static void bounds(void **state)
{
    struct arena *a = arena_new((size_t)1 << 26);
    CcClaim *c = make_claim(a);
    int i;

    (void)state;
    for (i = 0; i < EVENT_MAX_REPEAT; i++)
        assert_true(event_push(a, c, lines, event_new(a, &cc_service_line__descriptor)));
    refuse(a, c, "bounds");
    arena_free(a);
}

/* cut - every prefix of a message is refused or valid, never a crash */
static void cut(void **state)
{
    struct arena *a = arena_new((size_t)1 << 20);
    struct err e = {0};
    ProtobufCMessage *m;
    uint8_t *bytes;
    size_t n;

    (void)state;
    assert_int_equal(event_pack(a, &make_claim(a)->base, &bytes, &n, &e), 0);
    for (size_t i = 0; i < n; i++) {
        int r = event_unpack(a, &cc_claim__descriptor, bytes, i, &m, &e);

        assert_true(r == 0 || e.class == ERR_REJECT);
    }
    arena_free(a);
}

/* bomb - a message that unpacks to more than the arena holds is a clean refusal */
static void bomb(void **state)
{
    struct arena *a = arena_new((size_t)1 << 20);
    struct err e = {0};
    ProtobufCMessage *m;
    size_t n = 400000;
    uint8_t *bytes = malloc(n);

    (void)state;
    assert_non_null(bytes);
    for (size_t i = 0; i < n; i += 3) { /* field 45 (lines), length 0 */
        bytes[i] = 0xea;
        bytes[i + 1 < n ? i + 1 : i] = 0x02;
        if (i + 2 < n)
            bytes[i + 2] = 0;
    }
    assert_int_equal(event_unpack(a, &cc_claim__descriptor, bytes, n / 3 * 3, &m, &e), -1);
    assert_int_equal(e.class, ERR_REJECT);
    assert_string_equal(e.code, "size");
    free(bytes);
    arena_free(a);
}

/* words - enum values as cli.md writes them, both ways */
static void words(void **state)
{
    char word[EVENT_WORD];

    (void)state;
    assert_string_equal(event_word(&cc_code_system__descriptor, CODE_SYSTEM_ICD10CM, false, word),
                        "icd10cm");
    assert_string_equal(event_word(&cc_claim_state__descriptor, CLAIM_STATE_SYNTAX_OK, true, word),
                        "SYNTAX_OK");
    assert_string_equal(event_word(&cc_poa__descriptor, POA_Y, true, word), "Y");
    assert_string_equal(event_word(&cc_event_kind__descriptor, EVENT_KIND_BILL, false, word),
                        "bill");
    assert_string_equal(event_word(&cc_poa__descriptor, 99, false, word), "unknown");
    assert_int_equal(event_word_value(&cc_code_system__descriptor, "snomed"), CODE_SYSTEM_SNOMED);
    assert_int_equal(event_word_value(&cc_code_system__descriptor, "nonsense"), -1);
}

/* copies - deep, and equal */
static void copies(void **state)
{
    struct arena *a = arena_new((size_t)1 << 20);
    CcClaim *c = make_claim(a), *d = event_copy(a, &c->base);

    (void)state;
    assert_non_null(d);
    d->lines[0]->from_date = 20260302;
    assert_int_equal(c->lines[0]->from_date, 20260301);
    arena_free(a);
}

/* push_to_copies - a list that was unpacked can be added to, whatever its length: nothing beside it
 * is overwritten */
static void push_to_copies(void **state)
{
    struct arena *a = arena_new((size_t)1 << 20);

    (void)state;
    for (size_t n = 0; n < 20; n++) {
        CcClaim *c = event_new(a, &cc_claim__descriptor), *d;

        for (size_t i = 0; i < n; i++)
            assert_true(event_push(a, c, conditions, arena_strdup(a, "D0")));
        assert_true(event_push(a, c, treatment_codes, arena_strdup(a, "E0")));
        d = event_copy(a, &c->base);
        for (size_t i = n; i < 2 * n + 2; i++)
            assert_true(event_push(a, d, conditions, arena_strdup(a, "D1")));
        for (size_t i = 0; i < d->n_conditions; i++)
            assert_string_equal(d->conditions[i], i < n ? "D0" : "D1");
        assert_string_equal(d->treatment_codes[0], "E0");
    }
    arena_free(a);
}

/* topics - rows found by name */
static void topics(void **state)
{
    (void)state;
    for (int t = TOPIC_NONE + 1; t < TOPIC_MAX; t++) {
        assert_int_equal(topic_by_name(topic_row((enum topic)t)->name), t);
        assert_true(topic_row((enum topic)t)->compact || topic_row((enum topic)t)->remove);
    }
    assert_int_equal(topic_by_name("nonsense"), TOPIC_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(round_trip),
        cmocka_unit_test(same_bytes),
        cmocka_unit_test(same_reading),

        cmocka_unit_test(newer_fields),
        cmocka_unit_test(never_sent),
        cmocka_unit_test(refusals),
        cmocka_unit_test(bounds),
        cmocka_unit_test(cut),
        cmocka_unit_test(bomb),
        cmocka_unit_test(words),
        cmocka_unit_test(copies),
        cmocka_unit_test(push_to_copies),
        cmocka_unit_test(topics),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
