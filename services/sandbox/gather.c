/* gather.c - replies go out as files: each by itself, or all that is due in one file
 *
 * Several answers in one file stand there as interchanges of their own, or as the groups of one
 * interchange, TA1 first, when the scenario wants that and all of them have the same address. */
#include <string.h>

#include "common/sys/file.h"
#include "services/sandbox/sandbox.h"

enum { NAME_END = 16 };

/* plain - a name part of a file: what is no letter or digit becomes '-' */
static void plain(const char *s, char *out, size_t size)
{
    size_t n = 0;

    for (; s[n] && n + 1 < size; n++)
        out[n] = (s[n] >= 'A' && s[n] <= 'Z') || (s[n] >= 'a' && s[n] <= 'z') ||
                         (s[n] >= '0' && s[n] <= '9')
                     ? s[n]
                     : '-';
    out[n] = '\0';
}

/* send - whole or not at all, and as often as the scenario wants */
static int send(struct box *b, const char *stem, const void *p, size_t n, struct err *e)
{
    char name[SANDBOX_KEY + NAME_END];

    for (int i = 0; i <= (int)b->sandbox->scenario.repeat; i++) {
        snprintf(name, sizeof(name), i ? "%s_again%d.x12" : "%s.x12", stem, i);
        if (file_write(b->replies, name, p, n, e) != 0)
            return -1;
    }
    return 0;
}

/* sandbox_reply - see sandbox.h */
int sandbox_reply(struct box *b, const struct met *m, const char *kind, const char *extra,
                  const void *p, size_t n, struct err *e)
{
    char stem[SANDBOX_KEY], sender[SANDBOX_ID], number[SANDBOX_ID];

    plain(m->sender, sender, sizeof(sender));
    plain(m->isa13, number, sizeof(number));
    snprintf(stem, sizeof(stem), "%s_%s_%s%s%s", b->gathering ? "ALL" : kind, sender, number,
             extra ? "_" : "", extra ? extra : "");
    if (!b->gathering)
        return send(b, stem, p, n, e);
    if (b->gathered.len == 0)
        str_copy(b->gathered_name, sizeof(b->gathered_name), stem);
    buf_add(&b->gathered, p, n);
    return b->gathered.failed ? err_set(e, ERR_RETRY, "memory", "out of memory") : 0;
}

/* gather_begin - see sandbox.h */
void gather_begin(struct box *b)
{
    buf_wipe(&b->gathered);
    b->gathering = true;
}

/* same_address - from and to whom, test or not */
static bool same_address(const struct x12_segment *a, const struct x12_segment *b)
{
    static const unsigned elements[] = {5, 6, 7, 8, 15};

    for (size_t i = 0; i < sizeof(elements) / sizeof(elements[0]); i++) {
        struct span x = x12_element(a, elements[i]), y = x12_element(b, elements[i]);

        if (x.n != y.n || memcmp(x.p, y.p, x.n) != 0)
            return false;
    }
    return true;
}

/* Interchanges that become one. */
struct merging {
    struct buf ta1, groups;
    struct x12_segment isa;
    size_t n_groups;
    bool apart; /* they cannot */
};

/* merge - one segment of ours, customary delimiters, as it stands there */
static void merge(struct merging *m, const struct x12_segment *s, const char *data, size_t size)
{
    const char *at = data + s->offset, *end = memchr(at, '~', size - s->offset);
    size_t n = end ? (size_t)(end - at) + 1 : 0;

    if (x12_is(s, "ISA")) {
        m->apart = m->apart || (m->isa.count && !same_address(&m->isa, s));
        if (!m->isa.count)
            m->isa = *s;
        return;
    }
    m->n_groups += x12_is(s, "GS");
    if (!x12_is(s, "IEA"))
        buf_add(x12_is(s, "TA1") ? &m->ta1 : &m->groups, at, n);
}

/* one_interchange - the ISA of the first around all; left as it is where the addresses differ */
static int one_interchange(struct buf *b, struct err *e)
{
    enum { ISA_BYTES = 106 };
    struct merging m = {0};
    struct x12_reader reader;
    struct x12_segment s;
    struct buf all;
    int r = 0;

    buf_init(&m.ta1);
    buf_init(&m.groups);
    buf_init(&all);
    x12_reader_init(&reader, b->data, b->len);
    while (x12_next(&reader, &s, NULL) == 1)
        merge(&m, &s, b->data, b->len);
    if (m.isa.count && !m.apart) {
        struct span number = x12_element(&m.isa, 13);

        buf_add(&all, b->data, ISA_BYTES);
        buf_add(&all, m.ta1.data ? m.ta1.data : "", m.ta1.len);
        buf_add(&all, m.groups.data ? m.groups.data : "", m.groups.len);
        buf_addf(&all, "IEA*%zu*%.*s~", m.n_groups, (int)number.n, number.p);
        buf_reset(b);
        buf_add(b, all.data ? all.data : "", all.len);
        if (m.ta1.failed || m.groups.failed || all.failed || b->failed)
            r = err_set(e, ERR_RETRY, "memory", "out of memory");
    }
    buf_wipe(&m.ta1);
    buf_wipe(&m.groups);
    buf_wipe(&all);
    return r;
}

/* gather_end - see sandbox.h; e NULL: what was gathered is not sent */
int gather_end(struct box *b, struct err *e)
{
    int r = 0;

    if (b->gathering && e && b->gathered.len) {
        if (b->sandbox->scenario.together > 1)
            r = one_interchange(&b->gathered, e);
        if (r == 0)
            r = send(b, b->gathered_name, b->gathered.data, b->gathered.len, e);
    }
    b->gathering = false;
    buf_wipe(&b->gathered);
    return r;
}
