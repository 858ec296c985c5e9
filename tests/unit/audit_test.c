/* audit_test.c - chains that are whole, every way to break one, the words of a command, and writers
 * on the embedded broker */
#include "tests/support/test.h"

#include <stdio.h>
#include <unistd.h>

#include "common/base/str.h"
#include "common/bus/audit.h"
#include "common/bus/bus.h"
#include "common/bus/mock.h"
#include "common/event/audit.h"
#include "services/cleanclaim/audited.h"

enum { RECORDS_MAX = 16, SIZE = 400 };

/* A topic in memory. */
struct log {
    struct arena *arena;
    struct {
        char key[AUDIT_CHAIN];
        uint8_t bytes[SIZE];
        size_t n;
        int64_t offset;
        int32_t partition;
    } records[RECORDS_MAX];
    size_t n;
};

/* begin - a chain that goes on from the log's end */
static struct audit_chain begin(const struct log *l, uint8_t name)
{
    struct audit_chain c;
    uint8_t id[8] = {name};
    int64_t from = 0;

    if (l->n)
        assert_true(
            audit_chain_after(l->arena, l->records[l->n - 1].bytes, l->records[l->n - 1].n, &from));
    audit_chain_begin(&c, id, from);
    return c;
}

/* put_blind - a chain's next record at the log's end, over what it has seen so far */
static void put_blind(struct log *l, struct audit_chain *c, const char *action)
{
    CcAudit *m;
    uint8_t *bytes;
    struct err e = {0};
    size_t n;

    arena_reset(l->arena);
    m = event_new(l->arena, &cc_audit__descriptor);
    m->action = arena_strdup(l->arena, action);
    assert_int_equal(audit_chain_next(c, l->arena, m, &bytes, &n, &e), 0);
    assert_true(n <= SIZE && l->n < RECORDS_MAX);
    memcpy(l->records[l->n].bytes, bytes, n);
    l->records[l->n].n = n;
    l->records[l->n].offset = (int64_t)l->n;
    l->records[l->n].partition = 0;
    str_copy(l->records[l->n++].key, AUDIT_CHAIN, c->id);
    audit_chain_wrote(c);
}

/* see - all that stands behind the chain's last word */
static void see(const struct log *l, struct audit_chain *c)
{
    for (size_t i = (size_t)c->to; i < l->n; i++)
        audit_chain_saw(c, l->records[i].offset, l->records[i].bytes, l->records[i].n);
}

/* put - the same, over all that is there */
static void put(struct log *l, struct audit_chain *c, const char *action)
{
    see(l, c);
    put_blind(l, c, action);
}

/* fill - writers beside each other, two of them at once: offsets 0 to 7 */
static void fill(struct log *l)
{
    struct audit_chain a, b, c;

    l->n = 0;
    a = begin(l, 1);
    b = begin(l, 2);
    put_blind(l, &a, "start");
    put_blind(l, &b, "start");
    see(l, &a);
    put(l, &b, "stop");
    put_blind(l, &a, "payload key");
    c = begin(l, 3);
    put(l, &c, "show");
    put(l, &c, "show");
    audit_chain_release(&c);
    put(l, &a, "stop");
    c = begin(l, 4);
    put(l, &c, "dead replay");
    audit_chain_release(&a);
    audit_chain_release(&b);
    audit_chain_release(&c);
}

/* check - from a record on: the first broken rule and where; "" whole */
static const char *check(const struct log *l, size_t from, int64_t *at, struct audit_sum *sum)
{
    struct audit_check *k = audit_check_new();
    const char *first = NULL;

    assert_non_null(k);
    for (size_t i = from; i < l->n; i++) {
        const struct audit_seen s = {
            l->records[i].partition,   l->records[i].offset,
            l->records[i].key,         l->records[i].n ? l->records[i].bytes : NULL,
            strlen(l->records[i].key), l->records[i].n};
        const char *rule = audit_check_add(k, &s);

        if (rule && !first) {
            first = rule;
            *at = l->records[i].offset;
        }
    }
    if (sum) {
        audit_check_sum(k, sum);
        assert_true(sum->records == 0 || audit_check_head(k, sum->last, sum->head));
        assert_false(audit_check_head(k, sum->last + 1, sum->head));
        assert_false(sum->records > 1 && audit_check_head(k, sum->last - 1, sum->head));
    }
    audit_check_free(k);
    return first ? first : "";
}

/* take_out - a record, those behind move up or leave a gap */
static void take_out(struct log *l, size_t i, bool close_gap)
{
    memmove(&l->records[i], &l->records[i + 1], (l->n - i - 1) * sizeof(l->records[0]));
    l->n--;
    for (size_t j = i; close_gap && j < l->n; j++)
        l->records[j].offset--;
}

/* whole - several writers, and a topic whose oldest records are gone by its retention */
static void whole(void **state)
{
    struct log *l = *state;
    struct audit_sum sum;
    int64_t at;

    fill(l);
    assert_string_equal(check(l, 0, &at, &sum), "");
    assert_int_equal(sum.records, 8);
    assert_int_equal(sum.chains, 4);
    assert_int_equal(sum.begun_before, 0);
    assert_int_equal(sum.last, 7);
    assert_string_equal(check(l, 2, &at, &sum), "");
    assert_int_equal(sum.records, 6);
    assert_int_equal(sum.begun_before, 2);
    assert_int_equal(sum.first, 2);
    l->n = 0;
    assert_string_equal(check(l, 0, &at, &sum), "");
    assert_int_equal(sum.records, 0);
}

/* broken - every single byte changed, every record but the last taken out, swapped, moved, added */
static void broken(void **state)
{
    struct log *l = *state;
    struct audit_chain forged;
    int64_t at;

    fill(l);
    for (size_t i = 0; i + 1 < l->n; i++)
        for (size_t j = 0; j < l->records[i].n; j++) {
            l->records[i].bytes[j] ^= 1;
            assert_string_not_equal(check(l, 0, &at, NULL), "");
            l->records[i].bytes[j] ^= 1;
        }
    for (size_t i = 0; i + 1 < l->n; i++) {
        take_out(l, i, true);
        assert_string_not_equal(check(l, 0, &at, NULL), "");
        fill(l);
        take_out(l, i, false);
        assert_true(i == 0 || strcmp(check(l, 0, &at, NULL), "offset") == 0);
        assert_true(i == 0 || at == (int64_t)i + 1);
        fill(l);
    }
    l->records[5].partition = 1;
    assert_string_equal(check(l, 0, &at, NULL), "place");
    assert_int_equal(at, 5);
    fill(l);
    l->records[3].key[0] = 'x';
    assert_string_equal(check(l, 0, &at, NULL), "key");
    fill(l);
    l->records[3].n = 3;
    assert_string_equal(check(l, 0, &at, NULL), "record");
    assert_int_equal(at, 3);
    fill(l);
    forged = begin(l, 9); /* vouches for what was never there */
    forged.to = 8;
    put_blind(l, &forged, "show");
    assert_string_equal(check(l, 0, &at, NULL), "covers");
    assert_int_equal(at, 8);
    fill(l);
    forged = begin(l, 9); /* leaves a hole behind the last word */
    forged.to = 8;
    forged.from = 8;
    put_blind(l, &forged, "show");
    assert_string_equal(check(l, 0, &at, NULL), "covers");
    fill(l);
    forged = begin(l, 9);
    forged.number = 4;
    put(l, &forged, "show");
    assert_string_equal(check(l, 0, &at, NULL), "number");
    audit_chain_release(&forged);
}

/* What is changed of the record at 3, and the rule that it breaks then; NULL: none. */
static const struct {
    const char *what;
    int64_t from, to; /* covers; -9: as they are */
    int number;       /* -9: as it is */
    const char *chain, *rule;
    bool removed; /* its value */
} forged_rows[] = {
    {"as it is", -9, -9, -9, NULL, "", false},
    {"its end before its beginning", 2, 1, -9, NULL, "covers", false},
    {"before the first", -2, -9, -9, NULL, "covers", false},
    {"itself", -9, 4, -9, NULL, "covers", false},
    {"nothing, by a hash", 3, 3, -9, NULL, "covers", false},
    {"number none", -9, -9, 0, NULL, "record", false},
    {"a chain too short", -9, -9, -9, "0102", "record", false},
    {"a chain that goes on", -9, -9, 7, "0900000000000000", "number", false},
    {"taken back", -9, -9, -9, NULL, "record", true},
};

/* forge - the fields of a record */
static void forge(struct log *l, size_t at, size_t row)
{
    ProtobufCMessage *m;
    CcAudit *r;
    uint8_t *bytes;
    struct err e = {0};

    arena_reset(l->arena);
    assert_int_equal(event_unpack(l->arena, &cc_audit__descriptor, l->records[at].bytes,
                                  l->records[at].n, &m, &e),
                     0);
    r = (CcAudit *)m;
    r->covers_from = forged_rows[row].from == -9 ? r->covers_from : forged_rows[row].from;
    r->covers_to = forged_rows[row].to == -9 ? r->covers_to : forged_rows[row].to;
    r->number = forged_rows[row].number == -9 ? r->number : (uint32_t)forged_rows[row].number;
    if (forged_rows[row].chain) {
        r->chain = arena_strdup(l->arena, forged_rows[row].chain);
        str_copy(l->records[at].key, AUDIT_CHAIN, forged_rows[row].chain);
    }
    assert_int_equal(event_pack(l->arena, m, &bytes, &l->records[at].n, &e), 0);
    memcpy(l->records[at].bytes, bytes, l->records[at].n);
    if (forged_rows[row].removed)
        l->records[at].n = 0;
}

/* forged - one field each, seen at that record; what comes behind it is not blamed first */
static void forged(void **state)
{
    struct log *l = *state;

    for (size_t i = 0; i < sizeof(forged_rows) / sizeof(forged_rows[0]); i++) {
        int64_t at = 3;

        fill(l);
        forge(l, 3, i);
        assert_string_equal(check(l, 0, &at, NULL), forged_rows[i].rule);
        assert_int_equal(at, 3);
    }
    fill(l);
    l->records[3].key[8] = '\0';
    assert_string_equal(check(l, 0, &(int64_t){0}, NULL), "key");
}

/* edges - a head of a topic without records, or before its first one; a value that is no record */
static void edges(void **state)
{
    struct log *l = *state;
    struct audit_check *k = audit_check_new();
    struct audit_seen s = {.offset = 5, .key = "", .value = NULL};
    static uint8_t bomb[200000]; /* of fields that nobody knows: more than memory for one record */
    char none[65] = "";
    int64_t from = -1;

    assert_false(audit_check_head(k, 0, none));
    assert_string_equal(audit_check_add(k, &s), "record");
    assert_false(audit_check_head(k, 4, none));
    assert_false(audit_check_head(k, 5, none));
    for (size_t i = 0; i + 1 < sizeof(bomb); i += 2)
        memcpy(bomb + i, "\x78\x01", 2);
    s.offset = 6;
    s.value = bomb;
    s.value_len = sizeof(bomb);
    assert_string_equal(audit_check_add(k, &s), "record");
    audit_check_free(k);
    assert_false(audit_chain_after(l->arena, "\xff", 1, &from));
    assert_false(audit_chain_after(l->arena, "\x20\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 11,
                                   &from)); /* up to -1 */
}

/* words - what a command's record says, and what it does not */
static void words(void **state)
{
    static const char *const cases[][8] = {
        {"show", "MAIN1234P1", "--phi"},
        {"show", "PLANTED"},
        {"dead", "replay", "claims.coded/0/12", "--reason", "seal-key"},
        {"review", "decide", "X12", "--role", "coder", "--why", "MARIA PLANTED said so"},
        {"send", "/home/planted/maria.hl7", "b.hl7", "--watch"},
        {"tables", "load", "icd10cm.txt"},
        {"tables", "list"},
        {"validate", "maria.837"},
    };
    static const char *const want[][3] = {
        {"show", "MAIN1234P1", "--phi"},
        {"show", "?", ""},
        {"dead replay", "claims.coded/0/12", "--reason"},
        {"review decide", "X12", "--role=coder --why"},
        {"send", "", "--watch files=2"},
        {"tables load", "", "files=1"},
        {"", "", ""},
        {"", "", ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
        struct audited w;
        int n = 0;

        while (n < 8 && cases[i][n])
            n++;
        audited_words(n, (char **)(uintptr_t)cases[i], &w);
        assert_string_equal(w.action, want[i][0]);
        assert_string_equal(w.object, want[i][1]);
        assert_string_equal(w.detail, want[i][2]);
    }
}

/* on_record - of a topic on the broker into the check */
static int on_record(void *arg, const struct bus_message *m)
{
    const struct audit_seen s = {m->partition, m->offset,  m->key,
                                 m->value,     m->key_len, m->value_len};

    assert_null(audit_check_add(arg, &s));
    return 0;
}

/* on_a_broker - writers that come and go; one that cannot write says so, and begins anew after */
static void on_a_broker(void **state)
{
    static const struct conf_row *const tables[] = {bus_settings, NULL};
    struct err e = {0};
    struct mock *mock = mock_open(1, 2, "", &e);
    struct conf *c;
    struct audit *a, *b;
    struct audit_check *k = audit_check_new();
    struct audit_sum sum;

    (void)state;
    assert_non_null(mock);
    setenv("KAFKA_BOOTSTRAP_SERVERS", mock_bootstrap(mock), 1);
    setenv("KAFKA_FETCH_WAIT_MAX_MS", "10", 1);
    setenv("BROKER_TIMEOUT_MS", "1500", 1);
    setenv("AUDIT", "on", 1);
    c = conf_load(tables, &e);
    a = audit_open("cleanclaim", "root", c, &e);
    b = audit_worker("coder", c);
    assert_non_null(a);
    assert_non_null(b);
    for (int i = 0; i < 3; i++)
        assert_int_equal(audit_write(a, &(struct audit_entry){"show", "X1", "done", NULL}, &e), 0);
    audit_stopped(b);
    audit_close(a);
    a = audit_open("cleanclaim", "root", c, &e);
    assert_int_equal(audit_write(a, &(struct audit_entry){"show", "X2", NULL, NULL}, &e), 0);
    assert_int_equal(bus_scan(c, TOPIC_AUDIT, false, 0, false, on_record, k, &e), 0);
    audit_check_sum(k, &sum);
    assert_int_equal(sum.records, 6);
    assert_int_equal(sum.chains, 3);
    mock_down(mock, 1, true);
    assert_null(audit_worker("coder", c));
    assert_null(audit_open("cleanclaim", "root", c, &e));
    assert_int_equal(e.class, ERR_RETRY);
    audit_close(a);
    audit_check_free(k);
    conf_free(c);
    mock_close(mock);
}

/* setup - an empty topic */
static int setup(void **state)
{
    struct log *l = calloc(1, sizeof(*l));

    l->arena = arena_new(1 << 20);
    *state = l;
    return 0;
}

/* teardown - of it */
static int teardown(void **state)
{
    struct log *l = *state;

    arena_free(l->arena);
    free(l);
    return 0;
}

/* main - all of them */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole), cmocka_unit_test(broken), cmocka_unit_test(forged),
        cmocka_unit_test(edges), cmocka_unit_test(words),  cmocka_unit_test(on_a_broker),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
