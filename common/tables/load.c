/* load.c - files in, drafts of editions out */
#include "common/tables/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/sys/digest.h"
#include "common/tables/layout.h"
#include "common/tables/spoil.h"

/* Rows of one file for one edition, until table_loader_finish joins them. */
struct piece {
    struct sheet sheet;
    unsigned groups;
    int part;
    bool lesser; /* gives way to another of its groups */
    char *name;
    char sha256[65];
};

struct entry {
    struct draft draft;
    struct piece *pieces;
    size_t n;
};

struct table_loader {
    struct load_options o;
    struct entry *entries;
    size_t n;
    struct spoils spoils;
};

/* table_loader_new - nothing yet */
struct table_loader *table_loader_new(const struct load_options *o)
{
    struct table_loader *l = calloc(1, sizeof(*l));

    if (l)
        l->o = *o;
    return l;
}

/* table_loader_free - with all rows */
void table_loader_free(struct table_loader *l)
{
    if (!l)
        return;
    for (size_t i = 0; i < l->n; i++) {
        for (size_t p = 0; p < l->entries[i].n; p++) {
            sheet_release(&l->entries[i].pieces[p].sheet);
            free(l->entries[i].pieces[p].name);
        }
        free(l->entries[i].pieces);
        sheet_release(&l->entries[i].draft.sheet);
    }
    free(l->entries);
    free(l);
}

/* base_of - the last part of a path */
static const char *base_of(const char *name)
{
    const char *slash = strrchr(name, '/');

    return slash ? slash + 1 : name;
}

/* entry_of - the draft of a table and edition, made at the first file; NULL: out of memory */
static struct entry *entry_of(struct table_loader *l, enum table_id t, const struct period *p,
                              bool official)
{
    struct entry *x;

    for (size_t i = 0; i < l->n; i++)
        if (l->entries[i].draft.head.table == t &&
            strcmp(l->entries[i].draft.head.edition, p->edition) == 0)
            return &l->entries[i];
    x = realloc(l->entries, (l->n + 1) * sizeof(*x));
    if (!x)
        return NULL;
    l->entries = x;
    x = &l->entries[l->n++];
    memset(x, 0, sizeof(*x));
    x->draft.head.table = t;
    str_copy(x->draft.head.edition, sizeof(x->draft.head.edition), p->edition);
    x->draft.head.starts = p->starts;
    x->draft.head.until = p->until;
    x->draft.head.reach = p->reach;
    x->draft.official = official;
    sheet_init(&x->draft.sheet, t);
    return x;
}

/* add_piece - the rows of a file for one table; takes the sheet over */
static int add_piece(struct entry *x, struct job *j, struct sheet *s, struct err *e)
{
    struct piece *p = realloc(x->pieces, (x->n + 1) * sizeof(*p));

    if (!p)
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    x->pieces = p;
    p = &x->pieces[x->n];
    memset(p, 0, sizeof(*p));
    p->name = strdup(j->src->base);
    if (!p->name)
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    x->n++;
    digest_hex(j->src->data, j->src->n, p->sha256);
    p->groups = j->groups;
    p->part = j->part;
    p->lesser = j->lesser;
    p->sheet = *s;
    memset(s, 0, sizeof(*s));
    return 0;
}

/* add_job - its sheets to their drafts */
static int add_job(struct table_loader *l, struct job *j, bool official, struct err *e)
{
    if (!official) {
        size_t n = strlen(j->period.edition);

        if (n + 5 > EDITION_NAME_MAX)
            return err_set(e, ERR_REJECT, "name", "the edition's name is too long");
        if (n < 5 || strcmp(j->period.edition + n - 5, "-seed") != 0)
            snprintf(j->period.edition + n, sizeof(j->period.edition) - n, "-seed");
    }
    if (!edition_name_valid(j->period.edition))
        return err_set(e, ERR_REJECT, "name",
                       "an edition's name is made of letters, digits, . _ and -");
    for (size_t i = 0; i < j->n_sheets; i++) {
        struct entry *x = entry_of(l, j->sheets[i].kind->id, &j->period, official);

        if (!x)
            return err_set(e, ERR_RETRY, "memory", "out of memory");
        if (j->period.until > x->draft.head.until && x->draft.head.until)
            x->draft.head.until = j->period.until;
        if (add_piece(x, j, &j->sheets[i], e) != 0)
            return -1;
    }
    return 0;
}

/* table_loader_add - sniff, read, keep */
enum load_answer table_loader_add(struct table_loader *l, const char *name, const void *data,
                                  size_t n, const char **what, struct err *e)
{
    struct source s = {name, base_of(name), n ? data : "", n, l->o.kind};
    struct job j = {.src = &s};
    bool official = !name_has(&s, "seed");
    int r;

    *what = "unknown";
    j.layout = layout_find(&s, l->o.kind);
    if (!j.layout && strstr(name, ".zip/")) {
        *what = "no table takes it";
        return LOAD_IGNORED;
    }
    if (!j.layout) {
        err_set(
            e, ERR_REJECT, "layout",
            "line 1: expected a file of one of the tables (deploy/seed/README.md says which file "
            "each takes)%s%s",
            l->o.kind ? ", here " : "", l->o.kind ? l->o.kind : "");
        return LOAD_REFUSED;
    }
    *what = j.layout->ignore ? j.layout->ignore : j.layout->name;
    if (j.layout->ignore)
        return LOAD_IGNORED;
    j.seed = !official;
    j.whole = official && !l->o.part;
    r = job_read(&j, &l->o, e);
    if (r == 0)
        r = add_job(l, &j, official, e);
    if (r != 0)
        spoil_note(&l->spoils, &j);
    for (size_t i = 0; i < j.n_sheets; i++)
        sheet_release(&j.sheets[i]);
    return r == 0 ? LOAD_TAKEN : LOAD_REFUSED;
}

/* drop_piece - not used */
static void drop_piece(struct entry *x, size_t i)
{
    sheet_release(&x->pieces[i].sheet);
    free(x->pieces[i].name);
    memmove(x->pieces + i, x->pieces + i + 1, (x->n - i - 1) * sizeof(*x->pieces));
    x->n--;
}

/* drop_lesser - flagged lists where the list of all codes came too; the same file given twice */
static void drop_lesser(struct entry *x)
{
    for (size_t i = 0; i < x->n;) {
        bool drop = false;

        for (size_t k = 0; k < x->n && !drop; k++) {
            const struct piece *a = &x->pieces[i], *b = &x->pieces[k];

            drop = k != i && ((a->lesser && !b->lesser && a->groups == b->groups) ||
                              (k < i && strcmp(a->sha256, b->sha256) == 0));
        }
        if (drop)
            drop_piece(x, i);
        else
            i++;
    }
}

/* by_name - pieces in one order, whatever order the files came in */
static int by_name(const void *a, const void *b)
{
    const struct piece *p = a, *q = b;
    int r = strcmp(p->name, q->name);

    return r ? r : strcmp(p->sha256, q->sha256);
}

/* check_parts - f1 to fN, each once, and files that are no parts only alone or of other groups */
static int check_parts(const struct entry *x, struct err *e)
{
    const struct draft *d = &x->draft;
    unsigned seen = 0, groups = 0;

    for (size_t i = 0; i < x->n; i++) {
        const struct piece *p = &x->pieces[i];
        unsigned bit = p->part ? 1u << p->part : 0;

        if ((bit & seen) || (p->groups & groups) || (i && !bit && !p->groups))
            return err_set(e, ERR_REJECT, "twice", "%s@%s: %s and another file give the same rows",
                           table_name(d->head.table), d->head.edition, p->name);
        seen |= bit;
        groups |= p->groups;
    }
    if (seen & (seen + 2))
        return err_set(e, ERR_REJECT, "parts",
                       "%s@%s: parts f1, f2 … must be loaded together, one is missing",
                       table_name(d->head.table), d->head.edition);
    return 0;
}

/* name_source - the files' names, and one digest; false: no memory */
static bool name_source(struct entry *x)
{
    struct snapshot_head *h = &x->draft.head;
    struct buf names, digests;
    bool whole;

    buf_init(&names);
    buf_init(&digests);
    for (size_t i = 0; i < x->n; i++) {
        buf_addf(&names, "%s%s", i ? ", " : "", x->pieces[i].name);
        buf_adds(&digests, x->pieces[i].sha256);
    }
    for (char *p = names.data; p && *p; p++)
        if ((unsigned char)*p < 0x20 || (unsigned char)*p > 0x7E)
            *p = '?';
    str_copy(h->source, sizeof(h->source), names.data ? names.data : "");
    if (x->n == 1)
        str_copy(h->source_sha256, sizeof(h->source_sha256), x->pieces[0].sha256);
    else
        digest_hex(digests.data, digests.len, h->source_sha256);
    whole = !names.failed && !digests.failed;
    buf_release(&names);
    buf_release(&digests);
    return whole;
}

/* join - the pieces' rows into the draft's sheet */
static int join(struct entry *x, const struct spoils *spoils, struct err *e)
{
    const struct snapshot_head *h = &x->draft.head;

    if (spoil_has(spoils, h->table, h->edition))
        return err_set(e, ERR_REJECT, "parts",
                       "%s@%s: left as it is: another of its files was refused",
                       table_name(h->table), h->edition);
    drop_lesser(x);
    qsort(x->pieces, x->n, sizeof(*x->pieces), by_name);
    if (check_parts(x, e) != 0)
        return -1;
    if (!name_source(x))
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    x->draft.files = x->n;
    for (size_t i = 0; i < x->n; i++) {
        x->draft.groups |= x->pieces[i].groups;
        if (i == 0) {
            sheet_release(&x->draft.sheet);
            x->draft.sheet = x->pieces[i].sheet;
            memset(&x->pieces[i].sheet, 0, sizeof(struct sheet));
        } else {
            sheet_append(&x->draft.sheet, &x->pieces[i].sheet);
            sheet_release(&x->pieces[i].sheet);
        }
    }
    return 0;
}

/* by_day - drafts by table and first day */
static int by_day(const void *a, const void *b)
{
    const struct snapshot_head *p = &((const struct entry *)a)->draft.head,
                               *q = &((const struct entry *)b)->draft.head;
    int r = (p->table > q->table) - (p->table < q->table);

    if (r == 0)
        r = (p->starts > q->starts) - (p->starts < q->starts);
    if (r == 0)
        r = (p->until > q->until) - (p->until < q->until);
    return r ? r : strcmp(p->edition, q->edition);
}

/* drop_entry - a draft that cannot be */
static void drop_entry(struct table_loader *l, size_t i)
{
    struct entry *x = &l->entries[i];

    while (x->n)
        drop_piece(x, x->n - 1);
    free(x->pieces);
    sheet_release(&x->draft.sheet);
    memmove(x, x + 1, (l->n - i - 1) * sizeof(*x));
    l->n--;
}

/* table_loader_finish - pieces to drafts */
size_t table_loader_finish(struct table_loader *l, load_say say, void *arg)
{
    size_t refused = 0;

    if (l->n)
        qsort(l->entries, l->n, sizeof(*l->entries), by_day);
    for (size_t i = 0; i < l->n;) {
        struct err e = {0};

        if (join(&l->entries[i], &l->spoils, &e) == 0) {
            i++;
            continue;
        }
        say(arg, &e);
        refused++;
        drop_entry(l, i);
    }
    return refused;
}

/* table_loader_count - how many drafts */
size_t table_loader_count(const struct table_loader *l)
{
    return l->n;
}

/* table_loader_draft - the i-th */
struct draft *table_loader_draft(struct table_loader *l, size_t i)
{
    return &l->entries[i].draft;
}
