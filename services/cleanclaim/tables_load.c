/* tables_load.c - cleanclaim tables load: files to drafts, drafts and published editions to a plan,
 * the plan to a folder or Redis.
 *
 * Files are all read before anything is published; a file that is refused keeps its tables as they
 * are and makes exit 1. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/date.h"
#include "common/store/store.h"
#include "common/sys/clock.h"
#include "common/sys/file.h"
#include "common/tables/load.h"
#include "common/tables/plan.h"
#include "services/cleanclaim/tables_cmd.h"

/* Where editions are published: a folder of snapshots, or Redis. */
struct target {
    const char *dir;
    struct conf *conf;
    struct store *store;
};

struct reading {
    struct table_loader *loader;
    bool json;
    size_t taken;
};

static const char *const answers[] = {"taken", "ignored", "refused"};
static const char *const changes[PLAN_WHAT_MAX] = {"added", "changed", "removed", "same",
                                                   "left-out"};

/* say_file - what became of one file */
static void say_file(const struct reading *r, const char *name, enum load_answer a,
                     const char *what, const struct err *e)
{
    const char *text = a == LOAD_REFUSED ? e->text : what;

    if (r->json)
        cmd_json(json_pack("{s:s, s:s, s:s}", "file", name, "answer", answers[a],
                           a == LOAD_TAKEN ? "layout" : "message", text));
    fprintf(stderr, "%-7s %s: %s\n", answers[a], name, text);
}

/* read_one - for cmd_files */
static int read_one(void *arg, const struct cmd_file *f)
{
    struct reading *r = arg;
    struct err e = {0};
    const char *what;
    enum load_answer a = table_loader_add(r->loader, f->name, f->data, f->size, &what, &e);

    say_file(r, f->name, a, what, &e);
    r->taken += a == LOAD_TAKEN;
    if (a == LOAD_REFUSED && e.class == ERR_RETRY)
        return EXIT_GONE;
    return a == LOAD_REFUSED ? EXIT_FOUND : 0;
}

/* wanted_tables - those of the drafts; ends with TABLE_MAX */
static void wanted_tables(struct table_loader *l, enum table_id out[TABLE_MAX + 1])
{
    size_t n = 0;

    for (size_t i = 0; i < table_loader_count(l); i++) {
        enum table_id t = table_loader_draft(l, i)->head.table;

        if (n == 0 || out[n - 1] != t)
            out[n++] = t;
    }
    out[n] = TABLE_MAX;
    tables_rules_with(out);
}

/* open_now - what is published already */
static struct tables *open_now(struct target *g, struct table_loader *l, struct err *e)
{
    enum table_id wanted[TABLE_MAX + 1];
    struct tables *t;
    int64_t epoch;

    wanted_tables(l, wanted);
    if (!g->dir)
        return store_load(g->store, wanted, &epoch, e);
    if (file_make_dirs(g->dir, e) != 0)
        return NULL;
    t = tables_new();
    if (!t) {
        err_set(e, ERR_RETRY, "memory", "out of memory");
    } else if (tables_add_folder(t, g->dir, e) != 0) {
        tables_free(t);
        return NULL;
    }
    return t;
}

/* remove_file - a snapshot that was replaced; that it is gone already is fine */
static void remove_file(const char *dir, const struct snapshot_head *h, const char *sha256)
{
    char name[256], path[4096];

    snapshot_file_name(h, sha256, name, sizeof(name));
    if (sha256[0] && file_join(path, sizeof(path), dir, name))
        unlink(path);
}

/* apply_folder - new files first, then the old ones go */
static int apply_folder(const char *dir, const struct plan *p, struct err *e)
{
    char name[256];

    for (size_t i = 0; i < p->n; i++) {
        const struct plan_step *s = &p->steps[i];

        if (s->what != PLAN_ADDED && s->what != PLAN_CHANGED)
            continue;
        snapshot_file_name(&s->head, s->sha256, name, sizeof(name));
        if (file_write(dir, name, s->bytes.data, s->bytes.len, e) != 0)
            return -1;
    }
    for (size_t i = 0; i < p->n; i++) {
        if (p->steps[i].what == PLAN_CHANGED)
            remove_file(dir, &p->steps[i].head, p->steps[i].old_sha256);
        if (p->steps[i].what == PLAN_REMOVED)
            remove_file(dir, &p->steps[i].head, p->steps[i].sha256);
    }
    return 0;
}

/* apply_store - everything in one flip */
static int apply_store(struct store *store, const struct plan *p, struct err *e)
{
    struct store_change *c = calloc(p->n + 1, sizeof(*c));
    size_t n = 0;
    int r;

    if (!c)
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    for (size_t i = 0; i < p->n; i++) {
        const struct plan_step *s = &p->steps[i];

        if (s->what == PLAN_ADDED || s->what == PLAN_CHANGED)
            c[n++] =
                (struct store_change){s->bytes.data, s->bytes.len, s->head.table, s->head.edition};
        else if (s->what == PLAN_REMOVED)
            c[n++] = (struct store_change){NULL, 0, s->head.table, s->head.edition};
    }
    r = n ? store_apply(store, c, n, e) : 0;
    free(c);
    return r;
}

/* say_step - what happened to one edition */
static void say_step(const struct plan_step *s, bool json)
{
    char from[DATE_TEXT], to[DATE_TEXT];

    if (json) {
        cmd_json(json_pack(
            "{s:s, s:s, s:s, s:o, s:o, s:I, s:s, s:s}", "table", table_name(s->head.table),
            "edition", s->head.edition, "change", changes[s->what], "valid_from",
            s->head.from == SNAPSHOT_ALWAYS ? json_null() : cmd_json_date(s->head.from), "valid_to",
            cmd_json_date(s->head.to), "rows", (json_int_t)s->head.rows, "sha256", s->sha256,
            "source", s->head.source));
        return;
    }
    date_text(s->head.from == SNAPSHOT_ALWAYS ? 0 : s->head.from, from);
    date_text(s->head.to, to);
    printf("%-8s %-22s %-14s %-10s %-10s %9zu rows\n", changes[s->what], table_name(s->head.table),
           s->head.edition, from[0] ? from : "always", to[0] ? to : "open", s->head.rows);
}

/* say_refused - a table that stays as it is */
static void say_refused(void *arg, const struct err *e)
{
    const struct reading *r = arg;

    if (r->json)
        cmd_json(json_pack("{s:n, s:s, s:s}", "file", "answer", answers[LOAD_REFUSED], "message",
                           e->text));
    fprintf(stderr, "%-7s %s\n", answers[LOAD_REFUSED], e->text);
}

/* publish - plan, then do; the exit code, or -1 with *e */
static int publish(struct target *g, struct reading *r, struct err *e)
{
    struct tables *now = open_now(g, r->loader, e);
    struct plan p = {0};
    size_t refused = now ? plan_make(now, r->loader, &p, say_refused, r) : 0;
    int result;

    if (now)
        refused += tables_rules_try(now, &p, say_refused, r);
    result = !now ? -1 : g->dir ? apply_folder(g->dir, &p, e) : apply_store(g->store, &p, e);

    for (size_t i = 0; i < p.n && result == 0; i++)
        say_step(&p.steps[i], r->json);
    plan_release(&p);
    tables_free(now);
    return result == 0 && refused ? EXIT_FOUND : result;
}

/* open_target - the folder needs nothing; Redis its settings */
static int open_target(struct target *g, struct err *e)
{
    const struct conf_row *const rows[] = {store_settings, NULL};

    if (g->dir)
        return 0;
    g->conf = conf_load(rows, e);
    g->store = g->conf ? store_new(g->conf, e) : NULL;
    return g->store ? 0 : -1;
}

/* close_target - frees */
static void close_target(struct target *g)
{
    store_free(g->store);
    conf_free(g->conf);
}

/* read_days - --from and --to */
static bool read_days(const struct tables_load *o, struct load_options *out)
{
    out->from = o->from ? date_parse(o->from) : 0;
    out->to = o->to ? date_parse(o->to) : 0;
    return (!o->from || out->from) && (!o->to || out->to);
}

/* known_kind - a table or a layout */
static bool known_kind(const char *kind)
{
    if (!kind || table_by_name(kind) != TABLE_MAX)
        return true;
    for (size_t i = 0; load_layout_name(i); i++)
        if (strcmp(load_layout_name(i), kind) == 0)
            return true;
    return false;
}

/* load_files - read all, then publish what was taken */
static int load_files(int n, char **files, struct reading *r, struct target *g)
{
    struct err e = {0};
    int result, published;

    if (open_target(g, &e) != 0)
        return cmd_fail(&e);
    result = cmd_files(n, files, read_one, r);
    if (!r->taken)
        return cmd_worse(result, EXIT_FOUND);
    if (table_loader_finish(r->loader, say_refused, r) > 0)
        result = cmd_worse(result, EXIT_FOUND);
    published = publish(g, r, &e);
    return cmd_worse(result, published < 0 ? cmd_fail(&e) : published);
}

/* tables_load - files to editions */
int tables_load(int n, char **files, const struct tables_load *o)
{
    struct load_options lo = {.kind = o->kind,
                              .edition = o->edition,
                              .part = o->part,
                              .today = date_of_ms(clock_ms(), 0)};
    struct reading r = {.json = o->json};
    struct target g = {.dir = o->dir};
    int result;

    if (!read_days(o, &lo) || !known_kind(o->kind)) {
        fprintf(stderr, "error: --from and --to are days, --kind is a table or a layout\n");
        return EXIT_USAGE;
    }
    r.loader = table_loader_new(&lo);
    if (!r.loader)
        return EXIT_GONE;
    result = load_files(n, files, &r, &g);
    close_target(&g);
    table_loader_free(r.loader);
    return result;
}
