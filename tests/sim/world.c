/* world.c - tables and visits of deploy/seed; each visit twice, of different patients */
#include "tests/sim/world.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/sys/file.h"
#include "services/intake/intake.h"
#include "tests/support/loading.h"

enum { COPIES = 2, FILE_MAX = 8 << 20, MEMORY = 256 << 20 };

struct world world;

/* The visits; `late`: a charge that comes after the claim was sent, put in place of a message's. */
static const struct {
    const char *file, *late_of, *late_charge;
} visits[] = {
    {"office_visit.hl7", "OV1B", "FT1|1|OV1-9||20261102||CG|LAB-STREP^waived strep test^L|||1\r"},
    {"ed_visit.hl7", NULL, NULL},
    {"inpatient_stay.hl7", NULL, NULL},
    {"held_member_id.hl7", NULL, NULL},
    {"cancelled_visit.hl7", NULL, NULL},
    {"late_charge.hl7", "LC1D", "FT1|1|LC1-9||20261109||CG|LAB-A1C^waived A1c^L|||1\r"},
    {"two_payers.hl7", NULL, NULL},
};

/* What is being read. */
struct reading {
    struct arena *keep;
    int phase;
};

/* keep_event - with its key */
static int keep_event(void *arg, const struct intake_result *r, struct err *e)
{
    struct reading *in = arg;
    struct intake_record records[16];
    size_t n = intake_records(r, records, 16);

    (void)e;
    for (size_t i = 0; i < n; i++) {
        struct world_event *ev = &world.events[world.n];

        if (world.n++ == WORLD_EVENTS)
            return -1;
        ev->phase = in->phase;
        ev->key = arena_strdup(in->keep, records[i].key);
        ev->ce_id = arena_strdup(in->keep, records[i].ce_id);
        ev->event = event_copy(in->keep, &records[i].event->base);
    }
    return 0;
}

/* other_patient - a copy of a text with numbers of its own */
static void other_patient(const struct buf *in, int copy, struct buf *out)
{
    static const struct {
        const char *from, *to;
    } words[] = {{"00010", "0%d010"}, {"|P|2.5.1", "%d|P|2.5.1"}};

    for (const char *p = in->data; *p;) {
        size_t w = 0;

        while (w < 2 && strncmp(p, words[w].from, strlen(words[w].from)) != 0)
            w++;
        if (w == 2)
            buf_addc(out, *p++);
        else {
            buf_adds(out, w == 0 ? "0" : "");
            buf_addn(out, copy);
            buf_adds(out, w == 0 ? "010" : "|P|2.5.1");
            p += strlen(words[w].from);
        }
    }
}

/* late_message - the message of a control number with another charge and a number of its own */
static void late_message(const char *text, const char *control, const char *charge, struct buf *out)
{
    const char *at = strstr(text, control), *from = at, *charges, *line;

    while (from && from > text && strncmp(from, "MSH", 3) != 0)
        from--;
    charges = at ? strstr(at, "\rFT1|") : NULL;
    if (!at || !charges)
        return;
    buf_add(out, from, (size_t)(at - from));
    buf_adds(out, "LATE");
    line = at;
    buf_add(out, line, (size_t)(charges + 1 - line));
    buf_adds(out, charge);
}

/* read_text - all messages */
static void read_text(const struct intake_conf *conf, struct reading *in, const char *name,
                      const struct buf *text)
{
    struct intake_input file = {.source = name, .bytes = text->data, .n = text->len, .message = 1};
    struct arena *a = arena_new(MEMORY);
    struct err e = {0};

    if (intake_hl7_each(conf, a, &file, keep_event, in, &e) != 0) {
        fprintf(stderr, "sim: %s: %s\n", name, e.text);
        exit(3);
    }
    arena_free(a);
}

/* read_visit - one copy of one, and what comes late */
static void read_visit(const struct intake_conf *conf, struct arena *keep, size_t i, int copy)
{
    struct reading now = {keep, 0}, later = {keep, 1};
    struct buf file, text, late;
    char path[200];
    struct err e = {0};

    buf_init(&file);
    buf_init(&text);
    buf_init(&late);
    snprintf(path, sizeof(path), "deploy/seed/encounters/%s", visits[i].file);
    if (file_read(path, FILE_MAX, &file, &e) != 0) {
        fprintf(stderr, "sim: %s: %s\n", path, e.text);
        exit(3);
    }
    buf_addc(&file, '\0');
    other_patient(&file, copy, &text);
    read_text(conf, &now, visits[i].file, &text);
    buf_addc(&text, '\0');
    if (visits[i].late_of)
        late_message(text.data, visits[i].late_of, visits[i].late_charge, &late);
    if (late.len)
        read_text(conf, &later, visits[i].file, &late);
    buf_release(&file);
    buf_release(&text);
    buf_release(&late);
}

/* load_table - a file of them */
static void load_table(struct loading *l, const char *folder, const char *name)
{
    char path[400];
    struct buf b;
    struct err e = {0};

    buf_init(&b);
    if (!file_join(path, sizeof(path), folder, name) || file_read(path, FILE_MAX, &b, &e) != 0) {
        fprintf(stderr, "sim: %s: %s\n", name, e.text);
        exit(3);
    }
    loading_bytes(l, name, b.data, b.len);
    buf_release(&b);
}

/* load_tables - all of the seed's */
static struct tables *load_tables(void)
{
    static const char folder[] = "deploy/seed/tables";
    static const struct load_options whole = {0};
    static struct loading l;
    struct dirent **list;
    int n = scandir(folder, &list, NULL, alphasort);

    loading_begin(&l, &whole);
    for (int i = 0; i < n; i++) {
        if (list[i]->d_name[0] != '.')
            load_table(&l, folder, list[i]->d_name);
        free(list[i]);
    }
    if (n >= 0)
        free(list);
    loading_publish(&l);
    return l.tables;
}

/* world_load - before anything is simulated */
void world_load(void)
{
    static const struct conf_row *const rows[] = {intake_settings, NULL};
    struct arena *keep = arena_new(MEMORY);
    struct err e = {0};
    struct conf *c = conf_load(rows, &e);
    struct intake_conf *conf;

    conf_set(c, "SITE_SECRET", "a-secret-of-the-tests-only", &e);
    conf = intake_conf_new(c, &e);
    world.tables = load_tables();
    for (size_t i = 0; conf && i < sizeof(visits) / sizeof(visits[0]); i++)
        for (int copy = 1; copy <= COPIES; copy++)
            read_visit(conf, keep, i, copy);
    if (!conf || world.n == 0) {
        fprintf(stderr, "sim: no visits\n");
        exit(3);
    }
}
