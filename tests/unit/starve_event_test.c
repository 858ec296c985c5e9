/* starve_event_test.c - messages and chains of audit records while allocations fail: what comes is
 * whole, or refused, or said not to be known */
#include "tests/support/test.h"

#include "common/event/audit.h"
#include "common/event/event.h"
#include "tests/starve/starve.h"
#include "tests/support/filled.h"

enum { MOST = 60, MEMORY = 1 << 22, RECORDS = 5 };

/* same - as bytes */
static void same(const ProtobufCMessage *m, const uint8_t *bytes, size_t n)
{
    size_t size = protobuf_c_message_get_packed_size(m);
    uint8_t *again = malloc(size + 1);

    assert_non_null(again);
    assert_int_equal(size, n);
    protobuf_c_message_pack(m, again);
    assert_memory_equal(again, bytes, n);
    free(again);
}

/* read_one - read from bytes, then copied; true: both were possible */
static bool read_one(struct arena *a, const ProtobufCMessageDescriptor *d, const uint8_t *bytes,
                     size_t n)
{
    struct err e = {0};
    ProtobufCMessage *m, *copy;

    if (event_unpack(a, d, bytes, n, &m, &e) != 0) {
        assert_int_equal(e.class, ERR_REJECT);
        assert_string_equal(e.code, "size");
        return false;
    }
    copy = event_copy(a, m);
    starve_pause(true);
    same(m, bytes, n);
    if (copy)
        same(copy, bytes, n);
    starve_pause(false);
    return copy != NULL;
}

/* write_one - the message as bytes again; true: it was possible */
static bool write_one(struct arena *a, const ProtobufCMessage *m, const uint8_t *bytes, size_t n)
{
    struct err e = {0};
    uint8_t *out;
    size_t size;

    if (event_pack(a, m, &out, &size, &e) != 0) {
        assert_int_equal(e.class, ERR_REJECT);
        assert_string_equal(e.code, "size");
        return false;
    }
    assert_int_equal(size, n);
    assert_memory_equal(out, bytes, n);
    return true;
}

/* one - a message of some topic: each of some allocations fails once; how many tries were refused
 */
static unsigned one(struct arena *a, const ProtobufCMessageDescriptor *d, const uint8_t *bytes,
                    size_t n, const ProtobufCMessage *m)
{
    unsigned refused = 0;
    size_t count, at;

    starve_begin(STARVE_ARENA, STARVE_ONCE, 0);
    assert_true(read_one(a, d, bytes, n) && write_one(a, m, bytes, n));
    count = starve_end(NULL);
    for (size_t i = 0; (at = starve_pick(count, MOST, 0, i)); i++) {
        arena_reset(a);
        starve_begin(STARVE_ARENA, STARVE_ONCE, at);
        refused += !read_one(a, d, bytes, n);
        refused += !write_one(a, m, bytes, n);
        starve_end(NULL);
    }
    return refused;
}

/* test_messages - of every topic, some small and some long, with fields of a newer schema or not */
static void test_messages(void **state)
{
    struct arena *a = arena_new(MEMORY), *kept = arena_new(MEMORY);
    unsigned seed = 5, refused = 0;

    (void)state;
    for (int t = 1; t < TOPIC_MAX; t++)
        for (int i = 0; topic_row((enum topic)t)->message && i < 3; i++) {
            const ProtobufCMessageDescriptor *d = topic_row((enum topic)t)->message;
            ProtobufCMessage *m = filled(kept, d, &seed), *read;
            size_t n = protobuf_c_message_get_packed_size(m), more = i == 1 ? 3 : 0;
            uint8_t *bytes = arena_alloc(kept, n + 3);
            struct err e = {0};

            protobuf_c_message_pack(m, bytes);
            memcpy(bytes + n, "\xf8\x7f\x01", 3);
            assert_int_equal(event_unpack(kept, d, bytes, n + more, &read, &e), 0);
            refused += one(a, d, bytes, n + more, read);
            arena_reset(kept);
        }
    assert_true(refused > 200);
    arena_free(a);
    arena_free(kept);
}

/* A topic of audit records. */
struct record {
    char key[AUDIT_CHAIN];
    uint8_t bytes[400];
    size_t n;
};

/* write_records - of one chain; how many could be written */
static size_t write_records(struct arena *a, struct record out[RECORDS])
{
    static const uint8_t id[8] = {7};
    struct audit_chain c;
    size_t n = 0;

    audit_chain_begin(&c, id, 0);
    for (; n < RECORDS; n++) {
        CcAudit *m;
        uint8_t *bytes;
        struct err e = {0};
        size_t size;

        arena_reset(a);
        m = event_new(a, &cc_audit__descriptor);
        if (!m || audit_chain_next(&c, a, m, &bytes, &size, &e) != 0)
            break;
        assert_true(size <= sizeof(out[n].bytes));
        memcpy(out[n].bytes, bytes, size);
        out[n].n = size;
        memcpy(out[n].key, c.id, sizeof(out[n].key));
        audit_chain_wrote(&c);
        audit_chain_saw(&c, (int64_t)n, out[n].bytes, size);
    }
    audit_chain_release(&c);
    return n;
}

/* check_records - no record that is whole is called broken for anything but memory; how many times
 * that was said */
static unsigned check_records(const struct record *r, size_t n)
{
    struct audit_check *k = audit_check_new();
    unsigned unknown = 0;

    for (size_t i = 0; k && i < n; i++) {
        const struct audit_seen s = {.offset = (int64_t)i,
                                     .key = r[i].key,
                                     .value = r[i].bytes,
                                     .key_len = strlen(r[i].key),
                                     .value_len = r[i].n};
        const char *rule = audit_check_add(k, &s);

        if (rule && strcmp(rule, "memory") != 0 && !unknown)
            fail_msg("record %zu: %s", i, rule);
        unknown += rule != NULL;
    }
    audit_check_free(k);
    return k ? unknown : 1;
}

/* test_audit - chains are written as far as memory goes, and proven or not known to be whole */
static void test_audit(void **state)
{
    struct arena *a = arena_new(MEMORY);
    struct record whole[RECORDS], cut[RECORDS];
    unsigned unknown = 0, shorter = 0;

    (void)state;
    assert_int_equal(write_records(a, whole), RECORDS);
    assert_int_equal(check_records(whole, RECORDS), 0);
    for (int kind = 0; kind < STARVE_KINDS; kind++)
        for (size_t at = 1; at < 30; at++) {
            size_t n;

            starve_begin((enum starve_kind)kind, STARVE_ON, at);
            n = write_records(a, cut);
            starve_end(NULL);
            assert_int_equal(check_records(cut, n), 0);
            shorter += n < RECORDS;
            starve_begin((enum starve_kind)kind, STARVE_ON, at);
            unknown += check_records(whole, RECORDS) > 0;
            starve_end(NULL);
        }
    assert_true(shorter > 5 && unknown > 5);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_messages),
                                       cmocka_unit_test(test_audit)};

    return cmocka_run_group_tests_name("starve_event", tests, NULL, NULL);
}
