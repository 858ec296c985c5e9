/* full.c - tables at full size */
#include "tests/support/full.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/tables/load.h"
#include "common/tables/plan.h"
#include "services/validator/cases/case.h"
#include "tests/support/ncci.h"

enum { QUARTER = 8, ADDONS = 700, PRIMARIES = 20, FROM = 20260101, TO = 20260331 };

static const struct span none = {"", 0};

/* full_command - beside this program: build/tests/bench/x, build/bin/cleanclaim */
void full_command(char out[512])
{
    ssize_t n = readlink("/proc/self/exe", out, 400);

    out[n > 0 ? n : 0] = '\0';
    for (int i = 0; i < 3 && strrchr(out, '/'); i++)
        *strrchr(out, '/') = '\0';
    snprintf(out + strlen(out), 32, "/bin/cleanclaim");
}

/* say - a refusal */
static void say(void *arg, const struct err *e)
{
    *(struct err *)arg = *e;
}

/* add_pairs - both settings, through the loader of the official files */
static bool add_pairs(struct tables *t, struct err *e)
{
    const struct load_options o = {.part = true};
    struct table_loader *l = table_loader_new(&o);
    struct tables *empty = tables_new();
    struct plan p = {0};
    bool fine = l && empty;

    for (unsigned i = 0; fine && i < 2 * NCCI_PARTS; i++) {
        const char *what;
        char name[32];
        struct buf b;

        buf_init(&b);
        ncci_part_name(QUARTER, i % NCCI_PARTS, i >= NCCI_PARTS, name);
        ncci_part(QUARTER, i % NCCI_PARTS, i >= NCCI_PARTS, &b);
        fine = table_loader_add(l, name, b.data, b.len, &what, e) == LOAD_TAKEN;
        buf_release(&b);
    }
    fine = fine && table_loader_finish(l, say, e) == 0 && plan_make(empty, l, &p, say, e) == 0;
    for (size_t i = 0; fine && i < p.n; i++)
        fine = tables_add_buf(t, &p.steps[i].bytes, NULL, e) == 0;
    plan_release(&p);
    tables_free(empty);
    table_loader_free(l);
    return fine;
}

/* add_sheet - rows as an edition of the quarter */
static bool add_sheet(struct tables *t, struct sheet *s, struct err *e)
{
    struct snapshot_head h = {
        .table = s->kind->id, .from = FROM, .to = TO, .starts = FROM, .until = TO, .reach = FROM};
    struct buf b;
    bool fine;

    str_copy(h.edition, sizeof(h.edition), "2026q1");
    memset(h.source_sha256, '0', 64);
    buf_init(&b);
    fine = sheet_write(s, &h, &b, e) == 0 && tables_add_buf(t, &b, NULL, e) == 0;
    sheet_release(s);
    return fine;
}

/* add_codes - a table with a row for each code of five digits, or of a letter and four */
static bool add_codes(struct tables *t, enum table_id id, unsigned from, unsigned until,
                      const char *const *cells, struct err *e)
{
    struct sheet s;

    sheet_init(&s, id);
    for (unsigned n = from; n < until; n++) {
        char code[6];

        ncci_code(n, code);
        sheet_row(&s, span_of(code), none, 0, 0);
        for (size_t i = 0; cells[i]; i++)
            sheet_text(&s, cells[i]);
        sheet_end(&s);
    }
    return add_sheet(t, &s, e);
}

/* add_addons - closed lists */
static bool add_addons(struct tables *t, struct err *e)
{
    struct sheet s;

    sheet_init(&s, TABLE_AOC);
    for (unsigned i = 0; i < ADDONS * PRIMARIES; i++) {
        char addon[6], primary[6];

        ncci_code(9300 + i / PRIMARIES, addon);
        ncci_code(i / PRIMARIES * 11 + i % PRIMARIES * 17, primary);
        sheet_row(&s, span_of(addon), span_of(primary), 20110101, 0);
        sheet_text(&s, "1");
        sheet_end(&s);
    }
    return add_sheet(t, &s, e);
}

/* add_official - what the program makes of the public files; none there is fine */
static bool add_official(struct tables *t, const char *command, struct err *e)
{
    static const char data[] = "../shared/data/";
    char dir[] = "/tmp/cleanclaim-full-XXXXXX", line[1200];
    bool fine;

    if (access(data, R_OK) != 0)
        return true;
    if (!mkdtemp(dir))
        return false;
    snprintf(
        line, sizeof(line),
        "%s tables load --tables %s %sicd10cm/cms_2026_dx.zip %sicd10cm/POAexemptCodesFY26.zip "
        "%sicd10cm/icd10cm_tabular_April-2026.zip %smce >/dev/null 2>&1",
        command, dir, data, data, data, data);
    fine = system(line) == 0 && tables_add_folder(t, dir, e) == 0;
    snprintf(line, sizeof(line), "rm -rf %s", dir);
    return system(line) == 0 && fine;
}

/* add_rest - the cases' tables where there is none yet */
static bool add_rest(struct tables *t, struct err *e)
{
    struct tables *small = case_tables(TABLE_MAX, e);
    const struct edition_info *i;
    bool have[TABLE_MAX] = {false};

    for (size_t n = 0; (i = tables_edition_at(t, n)); n++)
        have[i->table] = true;
    for (size_t n = 0; small && (i = tables_edition_at(small, n)); n++)
        if (!have[i->table])
            tables_share(t, small, i->table, i->sha256, e);
    tables_free(small);
    return small && e->class == ERR_NONE;
}

/* full_tables - NCCI, codes, official files, the rest */
struct tables *full_tables(const char *command)
{
    static const char *const unit[] = {"5", "3", "made up", NULL}, *const nothing[] = {NULL};
    struct tables *t = tables_new();
    struct err e = {0};

    if (t && add_pairs(t, &e) && add_codes(t, TABLE_MUE_PRACTITIONER, 0, 15000, unit, &e) &&
        add_codes(t, TABLE_MUE_HOSPITAL, 0, 15000, unit, &e) &&
        add_codes(t, TABLE_CPT, 0, 10000, nothing, &e) &&
        add_codes(t, TABLE_HCPCS, 10000, NCCI_CODES, nothing, &e) && add_addons(t, &e) &&
        add_official(t, command, &e) && add_rest(t, &e))
        return t;
    fprintf(stderr, "full tables: %s\n", e.text);
    tables_free(t);
    return NULL;
}
