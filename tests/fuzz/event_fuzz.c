/* event_fuzz.c - any bytes as any message: read as protobuf-c and the door would read them one
 * after the other; what was read is packed, read and packed again to the same bytes, which are
 * those that came where the door says so
 *
 * The first byte picks the message. With the second one odd the bytes are put into a message with
 * something in every field: which one, where, and how much they replace say the next four. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/filled.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { HEAD = 6, MOST = 1 << 16, MEMORY = 1 << 26 };

static const ProtobufCMessageDescriptor *const kinds[] = {
    &cc_encounter__descriptor,      &cc_claim__descriptor,          &cc_claim_status__descriptor,
    &cc_interchange__descriptor,    &cc_reply__descriptor,          &cc_answer__descriptor,
    &cc_remittance__descriptor,     &cc_review_item__descriptor,    &cc_decision__descriptor,
    &cc_billed_line__descriptor,    &cc_pending_claim__descriptor,  &cc_encounter_state__descriptor,
    &cc_encounter_move__descriptor, &cc_billed_claim__descriptor,   &cc_control_number__descriptor,
    &cc_open_batch__descriptor,     &cc_batched_claim__descriptor,  &cc_outbound__descriptor,
    &cc_route_state__descriptor,    &cc_crossover_wait__descriptor, &cc_follow_state__descriptor,
    &cc_coding_result__descriptor,
};

static struct arena *memory;

/* must - holds, or the input is a finding */
static void must(bool fine)
{
    if (!fine)
        abort();
}

/* packed - by ours, whose length and bytes are protobuf-c's */
static const uint8_t *packed(const ProtobufCMessage *m, size_t *n)
{
    uint8_t *ours, *theirs = arena_alloc(memory, protobuf_c_message_get_packed_size(m) + 1);
    struct err e = {0};

    must(theirs && event_pack(memory, m, &ours, n, &e) == 0);
    must(protobuf_c_message_pack(m, theirs) == *n && memcmp(ours, theirs, *n) == 0);
    return ours;
}

/* again - what was read, packed and read once more */
static void again(ProtobufCMessage *m)
{
    ProtobufCMessage *copy;
    struct err e = {0};
    size_t n, k;
    const uint8_t *one = packed(m, &n), *two;

    if (n && one[0] == 0)
        return; /* an unknown field that begins like a registry's frame */
    must(event_unpack(memory, m->descriptor, one, n, &copy, &e) == 0);
    two = packed(copy, &k);
    must(k == n && memcmp(one, two, n) == 0);
    copy = event_copy(memory, m);
    must(copy && event_check(copy, &e) == 0);
}

/* compare - with protobuf-c, and the door behind it */
static void compare(const ProtobufCMessageDescriptor *d, const uint8_t *p, size_t n)
{
    ProtobufCMessage *ours, *theirs = p[0] ? protobuf_c_message_unpack(d, NULL, n, p) : NULL;
    struct err e = {0}, door = {0};
    struct span as;
    size_t k;
    int r = event_unpack_as(memory, d, p, n, &ours, &as, &e);

    must(r == 0 || (e.class == ERR_REJECT && e.code[0] && e.text[0]));
    if (p[0] && arena_exhausted(memory) == false)
        must(theirs ? r == event_check(theirs, &door) && strcmp(e.text, door.text) == 0 : r != 0);
    protobuf_c_message_free_unpacked(theirs, NULL);
    if (r == 0)
        again(ours);
    if (r == 0 && as.p)
        must(memcmp(packed(ours, &k), as.p, as.n) == 0 && k == as.n);
}

/* splice - bytes into a filled message */
static const uint8_t *splice(const ProtobufCMessageDescriptor *d, const uint8_t *data, size_t size,
                             size_t *len)
{
    unsigned seed = data[2];
    ProtobufCMessage *m = filled(memory, d, &seed);
    size_t n = protobuf_c_message_get_packed_size(m);
    size_t at = (size_t)(data[3] | data[4] << 8) % (n + 1);
    size_t gone = data[5] < n - at ? data[5] : n - at;
    uint8_t *good = arena_alloc(memory, n + 1), *out = arena_alloc(memory, n + size);

    must(good && out);
    protobuf_c_message_pack(m, good);
    memcpy(out, good, at);
    memcpy(out + at, data + HEAD, size - HEAD);
    memcpy(out + at + size - HEAD, good + at + gone, n - at - gone);
    *len = n - gone + size - HEAD;
    return out;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const ProtobufCMessageDescriptor *d;
    size_t n = size - HEAD;
    const uint8_t *p = data + HEAD;

    if (size <= HEAD || size > MOST)
        return 0;
    if (!memory)
        memory = arena_new(MEMORY);
    must(memory != NULL);
    arena_reset(memory);
    d = kinds[data[0] % (sizeof(kinds) / sizeof(kinds[0]))];
    if (data[1] & 1)
        p = splice(d, data, size, &n);
    if (n)
        compare(d, p, n);
    return 0;
}
