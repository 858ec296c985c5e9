/* loading.c - files through the table loaders, for tests */
#include "tests/support/loading.h"

#include <glob.h>
#include <stdio.h>

#include "common/sys/file.h"
#include "tests/support/test.h"

/* say - keeps the last refusal */
static void say(void *arg, const struct err *e)
{
    ((struct loading *)arg)->last = *e;
}

/* begin_again - a fresh loader with the same options */
static void begin_again(struct loading *l, const struct load_options *o)
{
    static const struct load_options part = {.part = true};

    l->loader = table_loader_new(o ? o : &part);
    assert_non_null(l->loader);
}

/* loading_begin - nothing published */
void loading_begin(struct loading *l, const struct load_options *o)
{
    memset(l, 0, sizeof(*l));
    l->tables = tables_new();
    assert_non_null(l->tables);
    begin_again(l, o);
}

/* loading_bytes - one file */
enum load_answer loading_bytes(struct loading *l, const char *name, const void *p, size_t n)
{
    const char *what;

    memset(&l->last, 0, sizeof(l->last));
    return table_loader_add(l->loader, name, p, n, &what, &l->last);
}

/* loading_add - text */
enum load_answer loading_add(struct loading *l, const char *name, const char *text)
{
    return loading_bytes(l, name, text, strlen(text));
}

/* is_replaced - an edition that the plan takes away or changes */
static bool is_replaced(const struct plan *p, const struct edition_info *i)
{
    for (size_t k = 0; k < p->n; k++)
        if (p->steps[k].head.table == i->table &&
            strcmp(p->steps[k].head.edition, i->edition) == 0 &&
            (p->steps[k].what == PLAN_CHANGED || p->steps[k].what == PLAN_REMOVED))
            return true;
    return false;
}

/* carry - editions that stay as they are */
static void carry(struct loading *l, const struct plan *p, struct tables *next)
{
    const struct edition_info *i;
    struct err e = {0};

    for (size_t n = 0; (i = tables_edition_at(l->tables, n)); n++)
        if (!is_replaced(p, i))
            assert_true(tables_share(next, l->tables, i->table, i->sha256, &e));
}

/* loading_publish - as a target would */
void loading_publish(struct loading *l)
{
    struct tables *next = tables_new();
    struct plan p;
    struct err e = {0};

    l->refused = table_loader_finish(l->loader, say, l);
    l->refused += plan_make(l->tables, l->loader, &p, say, l);
    carry(l, &p, next);
    memset(l->steps, 0, sizeof(l->steps));
    for (size_t k = 0; k < p.n; k++) {
        struct plan_step *s = &p.steps[k];

        l->steps[s->what]++;
        if ((s->what == PLAN_ADDED || s->what == PLAN_CHANGED) &&
            tables_add_buf(next, &s->bytes, s->sha256, &e) != 0)
            fail_msg("%s", e.text);
    }
    plan_release(&p);
    tables_free(l->tables);
    l->tables = next;
    table_loader_free(l->loader);
    begin_again(l, NULL);
}

/* loading_end - frees all */
void loading_end(struct loading *l)
{
    table_loader_free(l->loader);
    tables_free(l->tables);
}

/* refused - a fresh loader must not take it */
void refused(const char *name, const char *text, const char *code, const char *words)
{
    struct loading l;

    loading_begin(&l, NULL);
    if (loading_add(&l, name, text) != LOAD_REFUSED)
        fail_msg("%s: taken where \"%s\" was due", name, words);
    assert_int_equal(l.last.class, ERR_REJECT);
    if (!strstr(l.last.text, words))
        fail_msg("%s: \"%s\" does not say \"%s\"", name, l.last.text, words);
    assert_string_equal(l.last.code, code);
    loading_end(&l);
}

/* refused_each - see loading.h */
void refused_each(const char *kind, const struct bad_file *files, size_t n)
{
    const struct load_options o = {.part = true, .kind = kind};

    for (const struct bad_file *f = files; f < files + n; f++) {
        struct loading l;

        loading_begin(&l, &o);
        if (loading_add(&l, f->name, f->text) != LOAD_REFUSED)
            fail_msg("row %zu, %s: taken where \"%s\" was due", (size_t)(f - files), f->name,
                     f->words);
        if (l.last.class != ERR_REJECT || strcmp(l.last.code, f->code) != 0 ||
            !strstr(l.last.text, f->words))
            fail_msg("row %zu, %s: %s \"%s\", not %s \"%s\"", (size_t)(f - files), f->name,
                     l.last.code, l.last.text, f->code, f->words);
        loading_publish(&l);
        assert_null(tables_edition_at(l.tables, 0));
        loading_end(&l);
    }
}

/* taken_each - see loading.h */
void taken_each(const struct good_file *files, size_t n)
{
    for (const struct good_file *f = files; f < files + n; f++) {
        struct loading l;
        const char *says;

        loading_begin(&l, NULL);
        if (loading_add(&l, f->name, f->text) != LOAD_TAKEN)
            fail_msg("row %zu, %s: %s", (size_t)(f - files), f->name, l.last.text);
        loading_publish(&l);
        if (l.refused)
            fail_msg("row %zu, %s: %s", (size_t)(f - files), f->name, l.last.text);
        says = asked(l.tables, f->table, f->key, f->key2, f->on, f->column);
        if (strcmp(says, f->says) != 0)
            fail_msg("row %zu, %s: \"%s\", not \"%s\"", (size_t)(f - files), f->name, says,
                     f->says);
        loading_end(&l);
    }
}

/* asked - one column */
const char *asked(const struct tables *t, enum table_id id, const char *key, const char *key2,
                  int32_t on, const char *column)
{
    static char text[2048];
    struct table_row r;

    switch (tables_find(t, id, key, key2, on, &r)) {
    case LOOKUP_FOUND:
        return table_col_text(&r, column, text, sizeof(text));
    case LOOKUP_ABSENT:
        return "(absent)";
    case LOOKUP_NO_EDITION:
        break;
    }
    return "(no edition)";
}

/* holds - a word in the snapshot's bytes */
bool holds(const struct edition_info *i, const char *word)
{
    struct buf b;
    bool there;

    buf_init(&b);
    edition_write(i, &b);
    there = memmem(b.data, b.len, word, strlen(word)) != NULL;
    buf_release(&b);
    return there;
}

/* loading_seed - see loading.h */
void loading_seed(struct loading *l)
{
    glob_t g;

    assert_int_equal(glob("deploy/seed/tables/*", 0, NULL, &g), 0);
    for (size_t i = 0; i < g.gl_pathc; i++) {
        struct buf b;

        buf_init(&b);
        assert_int_equal(file_read(g.gl_pathv[i], 1 << 24, &b, &l->last), 0);
        assert_int_equal(loading_bytes(l, strrchr(g.gl_pathv[i], '/') + 1, b.data, b.len),
                         LOAD_TAKEN);
        buf_release(&b);
    }
    globfree(&g);
    loading_publish(l);
}
