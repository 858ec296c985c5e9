/* load.c - files in, drafts of editions out */
#include "common/tables/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/base/date.h"
#include "common/sys/digest.h"
#include "common/tables/canary.h"
#include "common/tables/layout.h"

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

/* wanted - --kind names a layout, or a table that it yields */
static bool wanted(const struct layout *y, const char *kind)
{
    if (!kind || strcmp(y->name, kind) == 0)
        return true;
    for (size_t i = 0; y->tables[i] != TABLE_MAX; i++)
        if (strcmp(table_name(y->tables[i]), kind) == 0)
            return true;
    return false;
}

/* find_layout - by content; --kind settles what only a name would tell */
static const struct layout *find_layout(const struct source *s, const char *kind)
{
    for (const struct layout *y = layouts; y->name; y++)
        if (y->is(s) && (y->ignore || wanted(y, kind)))
            return y;
    for (const struct layout *y = layouts; kind && y->name; y++)
        if (strcmp(kind, table_name(TABLE_PTP_HOSPITAL)) == 0 &&
            y->tables[0] == TABLE_PTP_HOSPITAL && ptp_practitioner_is(s))
            return y;
    return NULL;
}

/* seed_reach - a seed table serves as far back as its kind of code goes, so that few small files do
 * for a demo */
static int32_t seed_reach(const struct job *j)
{
    static const enum table_id icd[] = {TABLE_ICD10CM, TABLE_ICD10CM_TABULAR, TABLE_ICD10PCS,
                                        TABLE_POA_EXEMPT};
    int32_t reach = 20000101;

    for (size_t i = 0; i < sizeof(icd) / sizeof(icd[0]); i++)
        if (j->layout->tables[0] == icd[i])
            reach = 20151001; /* ICD-10 began */
    return j->period.starts < reach ? j->period.starts : reach;
}

/* set_period - from the file, then from the options */
static int set_period(struct job *j, const struct load_options *o, struct err *e)
{
    struct err own = {0};
    int r = j->layout->period(j->src, &j->period, &own);

    if (r != 0 && !(o->from && o->edition)) {
        if (e)
            *e = own;
        return -1;
    }
    if (o->from)
        j->period.starts = o->from;
    if (o->to)
        j->period.until = o->to;
    if (!j->period.reach || o->from)
        j->period.reach = j->period.starts;
    if (j->seed && !o->from)
        j->period.reach = seed_reach(j);
    if (o->edition)
        str_copy(j->period.edition, sizeof(j->period.edition), o->edition);
    if (j->period.until && j->period.until < j->period.starts)
        return err_set(e, ERR_REJECT, "period", "the period ends before it begins");
    if (o->today && j->period.starts > date_add(o->today, 730))
        return err_set(e, ERR_REJECT, "year",
                       "the period begins over two years from now: a wrong year in the name?");
    return 0;
}

/* name_mce - the version is known by the last day: v43 serves to the end of fiscal year 2026 */
static void name_mce(struct job *j, const struct load_options *o)
{
    int version = 0;
    const char *at =
        memmem(j->src->data, j->src->n < 400 ? j->src->n : 400, "Medicare Code Editor ", 21);

    if (at && j->src->data + j->src->n - at > 23)
        version = (int)layout_number((struct span){at + 21, 2});
    if (version > 30 && version < 100)
        j->period.until = date_make(1983 + version, 9, 30);
    else if (j->period.until)
        version = j->period.until / 10000 + (j->period.until / 100 % 100 >= 10) - 1983;
    if (o->to)
        j->period.until = o->to;
    if (!o->edition && version > 0)
        snprintf(j->period.edition, sizeof(j->period.edition), "v%d", version);
}

/* check_end - a file that stops inside a line was cut */
static int check_end(const struct job *j, struct err *e)
{
    struct lines l = lines_of(j->src);
    struct span line;

    if (!j->layout->ends_with_line || !j->src->n || j->src->data[j->src->n - 1] == '\n')
        return 0;
    while (lines_next(&l, &line))
        ;
    return err_set(e, ERR_REJECT, "cut", "line %zu: expected a line end: the file was cut",
                   l.number);
}

/* read_file - one file through its layout */
static int read_file(struct job *j, const struct load_options *o, struct err *e)
{
    if (set_period(j, o, e) != 0 || check_end(j, e) != 0 || j->layout->parse(j, e) != 0)
        return -1;
    if (j->layout->tables[0] == TABLE_MCE)
        name_mce(j, o);
    if (!j->rows)
        return err_set(e, ERR_REJECT, "count", "no row: expected %s", j->layout->expect);
    return canary_check(j, e);
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
    struct source s = {name, base_of(name), n ? data : "", n};
    struct job j = {.src = &s};
    bool official = !name_has(&s, "seed");
    int r;

    *what = "unknown";
    j.layout = find_layout(&s, l->o.kind);
    if (!j.layout) {
        err_set(e, ERR_REJECT, "layout", "line 1: expected one of the known layouts%s%s",
                l->o.kind ? " of " : "", l->o.kind ? l->o.kind : "");
        return LOAD_REFUSED;
    }
    *what = j.layout->ignore ? j.layout->ignore : j.layout->name;
    if (j.layout->ignore)
        return LOAD_IGNORED;
    j.seed = !official;
    j.whole = official && !l->o.part;
    r = read_file(&j, &l->o, e);
    if (r == 0)
        r = add_job(l, &j, official, e);
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

/* name_source - the files' names, and one digest */
static void name_source(struct entry *x)
{
    struct snapshot_head *h = &x->draft.head;
    struct buf names, digests;

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
    buf_release(&names);
    buf_release(&digests);
}

/* join - the pieces' rows into the draft's sheet */
static int join(struct entry *x, struct err *e)
{
    drop_lesser(x);
    qsort(x->pieces, x->n, sizeof(*x->pieces), by_name);
    if (check_parts(x, e) != 0)
        return -1;
    name_source(x);
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

        if (join(&l->entries[i], &e) == 0) {
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
