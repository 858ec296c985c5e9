/* routes_fuzz.c - any cells in a row of routes.csv: refused with a reason, or a route that can be
 * followed: its limits hold, its clock goes on, its way to the payer is one we know
 *
 * Each line is a cell "column=value" of a good row. */
#include <stdlib.h>
#include <string.h>

#include "common/base/week.h"
#include "common/tables/load.h"
#include "common/tables/plan.h"
#include "services/submitter/deliver/dest.h"
#include "services/submitter/route.h"
#include "services/submitter/submitter.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST = 4096, MEMORY = 1 << 20, COLUMNS = 64, CELL = 1500, ON = 20260401 };
#define NOW INT64_C(1775044800000)

/* A row as it would be written: deploy/seed's, with the columns that it leaves out. */
static const char *const good[][2] = {
    {"receiver", "R1"},
    {"qualifier", "ZZ"},
    {"receiver_id", "R1"},
    {"sender_qualifier", "ZZ"},
    {"sender_id", "S1"},
    {"submitter_name", "S"},
    {"submitter_contact", "C"},
    {"submitter_phone", "5555550100"},
    {"receiver_name", "R"},
    {"mailbox", "out"},
    {"replies", "in"},
    {"test", "Y"},
    {"sandbox", "Y"},
    {"batch_claims", "5"},
    {"batch_bytes", "4000000"},
    {"batch_age_ms", "10"},
    {"from", "2000-01-01"},
    {"to", ""},
    {"transport", ""},
    {"gap_ms", ""},
    {"time_zone", ""},
    {"closed", ""},
    {"user", ""},
    {"secret", ""},
    {"host_key", ""},
    {"poll_ms", ""},
    {"timeout_ms", ""},
    {"ca", ""},
    {"client_cert", ""},
    {"repeat", ""},
    {"submit_type", ""},
    {"pickup_types", ""},
    {"cutoff", ""},
    {"split_frequency", ""},
};

enum { CELLS = sizeof(good) / sizeof(good[0]) };

/* must - holds, or the input is a finding */
static void must(bool fine)
{
    if (!fine)
        abort();
}

/* add_cell - quoted where it must be */
static void add_cell(struct buf *b, struct span v, bool last)
{
    buf_addc(b, '"');
    for (size_t i = 0; i < v.n; i++) {
        if (v.p[i] == '"')
            buf_addc(b, '"');
        buf_addc(b, v.p[i]);
    }
    buf_adds(b, last ? "\"\n" : "\",");
}

/* file_of - a row with the cells that the input names */
static void file_of(struct buf *b, struct span text)
{
    struct span cell[CELLS];

    for (int i = 0; i < CELLS; i++)
        cell[i] = span_of(good[i][1]);
    while (text.n) {
        struct span value = span_cut(&text, '\n'), name = span_cut(&value, '=');

        for (int i = 0; i < CELLS; i++)
            if (span_is(name, good[i][0]) && value.n < CELL)
                cell[i] = value;
    }
    for (int i = 0; i < CELLS; i++)
        add_cell(b, span_of(good[i][0]), i + 1 == CELLS);
    for (int i = 0; i < CELLS; i++)
        add_cell(b, cell[i], i + 1 == CELLS);
}

/* follow - the route of a row that was taken */
static void follow(const struct tables *t, const char *receiver)
{
    static const struct dest_roots roots = {"/nowhere", "/nowhere"};
    struct arena *a = arena_new(MEMORY);
    struct route r;
    struct dest d;
    struct err e = {0};

    must(a != NULL);
    if (route_find(t, receiver, ON, a, &r) == LOOKUP_FOUND) {
        must(r.batch_claims >= 1 && r.batch_claims <= 5000 && r.batch_bytes >= 10000);
        must(r.batch_age_ms >= 0 && route_batch_end(&r, NOW) >= NOW);
        must(r.cutoff_min < 24 * 60 && r.tz_min > -24 * 60 && r.tz_min < 24 * 60);
    }
    if (dest_find(t, receiver, ON, &roots, &d, &e) == 0) {
        must(d.by && d.poll_ms > 0 && d.timeout_ms > 0 && d.gap_ms >= 0);
        must(week_windows_valid(d.closed) || !d.closed[0]);
        must(week_window_end(d.closed, d.tz_min, NOW) >= 0);
    } else {
        must(e.class == ERR_RETRY || e.class == ERR_REJECT);
    }
    arena_free(a);
}

/* say - a load_fault_fn that does not listen */
static void say(void *arg, const struct err *e)
{
    (void)arg;
    must(e->text[0] != '\0');
}

/* publish - what was taken is in force */
static void publish(struct table_loader *l)
{
    struct tables *none = tables_new(), *t = tables_new();
    struct plan p = {0};
    struct err e = {0};
    struct table_row row;
    size_t cursor = 0;

    must(none && t);
    if (table_loader_finish(l, say, NULL) == 0 && plan_make(none, l, &p, say, NULL) == 0)
        for (size_t i = 0; i < p.n; i++)
            must(tables_add_buf(t, &p.steps[i].bytes, p.steps[i].sha256, &e) == 0);
    while (tables_each(t, TABLE_ROUTES, ON, &cursor, &row)) {
        char receiver[CELL];

        const size_t n =
            row.text.n && memchr(row.text.p, '\t', row.text.n)
                ? (size_t)((const char *)memchr(row.text.p, '\t', row.text.n) - row.text.p)
                : 0;

        must(n < sizeof(receiver));
        memcpy(receiver, row.text.p, n);
        receiver[n] = '\0';
        follow(t, receiver);
    }
    plan_release(&p);
    tables_free(none);
    tables_free(t);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct load_options o = {.part = true};
    struct table_loader *l;
    struct err e = {0};
    const char *what;
    struct buf b;

    if (size > MOST)
        return 0;
    buf_init(&b);
    file_of(&b, (struct span){(const char *)data, size});
    l = table_loader_new(&o);
    must(l && b.data);
    if (table_loader_add(l, "routes.csv", b.data, b.len, &what, &e) == LOAD_TAKEN)
        publish(l);
    else
        must(e.class == ERR_REJECT && e.text[0]);
    table_loader_free(l);
    buf_release(&b);
    return 0;
}
