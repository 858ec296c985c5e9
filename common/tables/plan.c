/* plan.c - old editions and new drafts become one set without overlaps */
#include "common/tables/plan.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/date.h"
#include "common/sys/digest.h"
#include "common/tables/edition.h"
#include "common/tables/quarters.h"

/* An edition of one table on its way: what it was, what it will be. */
struct item {
    struct snapshot_head head;      /* its from and to are what it will serve */
    const struct edition_info *old; /* what is published under its name; NULL: nothing */
    struct draft *draft;            /* new rows; NULL: the old ones stay */
    bool gone, older;
};

struct room {
    struct item *items;
    size_t n;
};

/* edition_of - the edition behind what others see; info is its first member */
static const struct edition *edition_of(const struct edition_info *i)
{
    return (const struct edition *)(const void *)i;
}

/* head_of - of a published edition */
static const struct snapshot_head *head_of(const struct edition_info *i)
{
    return &edition_of(i)->head;
}

/* add_item - one more */
static struct item *add_item(struct room *r)
{
    struct item *items = realloc(r->items, (r->n + 1) * sizeof(*items));

    if (!items)
        return NULL;
    r->items = items;
    memset(&items[r->n], 0, sizeof(*items));
    return &items[r->n++];
}

/* take_old - the editions there are of a table */
static int take_old(struct room *r, const struct tables *now, enum table_id t)
{
    const struct edition_info *i;

    for (size_t n = 0; (i = tables_edition_at(now, n)); n++) {
        struct item *x;

        if (i->table != t)
            continue;
        x = add_item(r);
        if (!x)
            return -1;
        x->head = *head_of(i);
        x->old = i;
    }
    return 0;
}

/* overlap - of the periods that publishers gave */
static bool overlap(const struct snapshot_head *a, const struct snapshot_head *b)
{
    return (!b->until || a->starts <= b->until) && (!a->until || b->starts <= a->until);
}

/* ends_later - the period of a goes on after b's */
static bool ends_later(const struct snapshot_head *a, const struct snapshot_head *b)
{
    return b->until && (!a->until || a->until > b->until);
}

/* group_of - bit of the file that a row of an old edition came from (layout_mce.c,
 * layout_msdrg.c, layout_fsh.c) */
static unsigned group_of(const struct table_row *row, enum table_id t)
{
    static const char *const lists[] = {"AGE", "DX", "PX", "STATUS"};
    static const char *const hcc[] = {"COEFFICIENT", "DX", "ELIGIBLE", "PARENT"};
    static const char *const drg[] = {"CLUSTER", "DX", "EXCLUDE", "FORMULA", "HAC", "NAME", "PX"};
    struct span key = table_key(row, 0);

    for (unsigned i = 0; t == TABLE_MSDRG && i < sizeof(drg) / sizeof(drg[0]); i++)
        if (span_is(key, drg[i]))
            return 1u << i;
    for (unsigned i = 0; t == TABLE_HCC && i < sizeof(hcc) / sizeof(hcc[0]); i++)
        if (span_is(table_key(row, 1), hcc[i]))
            return 1u << i;
    if (t == TABLE_BILL_TYPE)
        return key.n == 1 ? 1 : 2;
    if (span_is(key, "LIST"))
        key = table_key(row, 1);
    for (unsigned i = 0; i < 4; i++)
        if (span_is(key, lists[i]))
            return 1u << i;
    return 0;
}

/* keep_groups - rows of the old edition whose file is not among the new ones */
static void keep_groups(struct item *x)
{
    struct table_row row;
    size_t cursor = 0;

    if (!x->old || !x->draft->groups)
        return;
    while (edition_each(x->old, &cursor, &row))
        if (!(group_of(&row, x->head.table) & x->draft->groups))
            sheet_take_row(&x->draft->sheet, &row);
}

/* settle_seed - official editions push seed ones out; a seed never displaces them */
static void settle_seed(struct room *r, struct item *x)
{
    for (size_t i = 0; i < r->n; i++) {
        struct item *o = &r->items[i];

        if (o == x || o->gone || !overlap(&o->head, &x->head) ||
            head_is_seed(&o->head) == head_is_seed(&x->head))
            continue;
        if (head_is_seed(&x->head))
            x->gone = x->older = true;
        else
            o->gone = true;
    }
}

/* settle_cumulative - the one that ends last stays */
static void settle_cumulative(struct room *r, struct item *x)
{
    for (size_t i = 0; i < r->n; i++) {
        struct item *o = &r->items[i];

        if (o == x || o->gone || !overlap(&o->head, &x->head))
            continue;
        if (ends_later(&o->head, &x->head))
            x->gone = x->older = true;
        else
            o->gone = true, o->older = o->draft && !o->old;
    }
}

/* absorb - rows of another item into the draft's; the name is that of the later of the two */
static int absorb(struct item *x, struct item *o, struct err *e)
{
    const struct edition_info *old = x->old;
    int r = o->draft ? quarters_merge_sheet(&x->draft->sheet, &o->draft->sheet, e)
                     : quarters_merge_edition(&x->draft->sheet, edition_of(o->old), e);

    if (ends_later(&o->head, &x->head)) {
        x->head = o->head;
        x->old = o->old;
        o->old = old;
    }
    o->gone = true;
    return r;
}

/* settle_quarters - all quarters become one edition */
static int settle_quarters(struct room *r, struct item *x, struct err *e)
{
    if (x->old && !x->gone && quarters_merge_edition(&x->draft->sheet, edition_of(x->old), e) != 0)
        return -1;
    for (size_t i = 0; i < r->n && !x->gone; i++) {
        struct item *o = &r->items[i];

        if (o != x && !o->gone && overlap(&o->head, &x->head) && absorb(x, o, e) != 0)
            return -1;
    }
    return 0;
}

/* put_draft - beside the old ones, or in the place of the one with its name */
static int put_draft(struct room *r, struct draft *d, struct err *e)
{
    struct item *x = NULL;

    for (size_t i = 0; i < r->n && !x; i++)
        if (strcmp(r->items[i].head.edition, d->head.edition) == 0)
            x = &r->items[i];
    if (!x)
        x = add_item(r);
    if (!x)
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    x->head = d->head;
    x->draft = d;
    x->gone = x->older = false;
    keep_groups(x);
    settle_seed(r, x);
    if (kind_is_pairs(kind_of(d->head.table)))
        return settle_quarters(r, x, e);
    if (kind_of(d->head.table)->cumulative)
        settle_cumulative(r, x);
    return 0;
}

/* by_start - for qsort; what is gone comes last */
static int by_start(const void *a, const void *b)
{
    const struct item *p = a, *q = b;

    if (p->gone != q->gone)
        return p->gone ? 1 : -1;
    return (p->head.starts > q->head.starts) - (p->head.starts < q->head.starts);
}

/* serve - from and to of each edition, from its neighbours */
static int serve(struct room *r, struct err *e)
{
    qsort(r->items, r->n, sizeof(*r->items), by_start);
    for (size_t i = 0; i < r->n && !r->items[i].gone; i++) {
        struct snapshot_head *h = &r->items[i].head;
        const struct snapshot_head *before = i ? &r->items[i - 1].head : NULL;
        const struct snapshot_head *next =
            i + 1 < r->n && !r->items[i + 1].gone ? &r->items[i + 1].head : NULL;

        if (next && (next->starts == h->starts || (overlap(h, next) && ends_later(h, next))))
            return err_set(
                e, ERR_REJECT, "overlap",
                "%s: the periods of editions %s and %s lie one inside the other (--from, --to)",
                table_name(h->table), h->edition, next->edition);
        h->to =
            next && (!h->until || h->until >= next->starts) ? date_add(next->starts, -1) : h->until;
        h->from = before && before->to >= h->reach ? date_add(before->to, 1) : h->reach;
        if (h->from > h->starts)
            h->from = h->starts;
    }
    return 0;
}

/* add_step - one more */
static struct plan_step *add_step(struct plan *p, enum plan_what what,
                                  const struct snapshot_head *head)
{
    struct plan_step *steps = realloc(p->steps, (p->n + 1) * sizeof(*steps));

    if (!steps)
        return NULL;
    p->steps = steps;
    steps += p->n++;
    memset(steps, 0, sizeof(*steps));
    steps->what = what;
    steps->head = *head;
    return steps;
}

/* check_item - the definitions of a grouper must fit together: the files of a version come one by
 * one, only here they are together */
static int check_item(const struct plan_step *s, struct err *e)
{
    struct edition *d;
    struct buf copy;

    if (s->head.table != TABLE_MSDRG)
        return 0;
    buf_init(&copy);
    buf_add(&copy, s->bytes.data, s->bytes.len);
    if (edition_open(&copy, NULL, &d, e) != 0)
        return -1;
    edition_drop(d);
    return 0;
}

/* write_item - its bytes: new rows, or the old ones under their new period */
static int write_item(const struct item *x, struct plan_step *s, struct err *e)
{
    struct buf old;
    int r;

    if (x->draft) {
        if (sheet_write(&x->draft->sheet, &s->head, &s->bytes, e) != 0)
            return -1;
        sheet_release(&x->draft->sheet);
        sheet_init(&x->draft->sheet, s->head.table);
    } else {
        buf_init(&old);
        edition_write(x->old, &old);
        r = old.failed
                ? err_set(e, ERR_RETRY, "memory", "out of memory")
                : snapshot_with_period(old.data, old.len, s->head.from, s->head.to, &s->bytes, e);
        buf_release(&old);
        if (r != 0)
            return -1;
    }
    digest_hex(s->bytes.data, s->bytes.len, s->sha256);
    return 0;
}

/* step_of - what happens to one edition */
static int step_of(struct plan *p, const struct item *x, struct err *e)
{
    struct plan_step *s;
    bool moved = x->old && (x->old->from != x->head.from || x->old->to != x->head.to);

    if (x->gone && !x->old && !x->older)
        return 0;
    if (!x->gone && !x->draft && !moved)
        return 0;
    s = add_step(p,
                 x->older  ? PLAN_OLDER
                 : x->gone ? PLAN_REMOVED
                 : x->old  ? PLAN_CHANGED
                           : PLAN_ADDED,
                 &x->head);
    if (!s)
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    if (x->old)
        str_copy(x->gone ? s->sha256 : s->old_sha256, sizeof(s->sha256), x->old->sha256);
    if (x->older) {
        s->head.from = s->head.starts;
        s->head.to = s->head.until;
        s->head.rows = x->draft->sheet.n;
    }
    if (x->gone)
        return 0;
    if (write_item(x, s, e) != 0 || check_item(s, e) != 0)
        return -1;
    if (x->old && strcmp(s->sha256, s->old_sha256) == 0)
        s->what = PLAN_SAME;
    return 0;
}

/* drop_steps - those of a table that was refused */
static void drop_steps(struct plan *p, size_t n)
{
    while (p->n > n)
        buf_release(&p->steps[--p->n].bytes);
}

/* plan_table - all drafts of one table: [from, until) of the loader's list */
static int plan_table(const struct tables *now, struct table_loader *l, size_t from, size_t until,
                      struct plan *out, struct err *e)
{
    struct room r = {0};
    size_t before = out->n;
    int result = take_old(&r, now, table_loader_draft(l, from)->head.table);

    if (result != 0)
        err_set(e, ERR_RETRY, "memory", "out of memory");
    for (size_t i = from; i < until && result == 0; i++)
        result = put_draft(&r, table_loader_draft(l, i), e);
    if (result == 0)
        result = serve(&r, e);
    for (size_t i = 0; i < r.n && result == 0; i++)
        result = step_of(out, &r.items[i], e);
    if (result != 0)
        drop_steps(out, before);
    free(r.items);
    return result;
}

/* plan_make - table by table; drafts are sorted */
size_t plan_make(const struct tables *now, struct table_loader *l, struct plan *out, load_say say,
                 void *arg)
{
    size_t n = table_loader_count(l), i = 0, refused = 0;

    memset(out, 0, sizeof(*out));
    while (i < n) {
        struct err e = {0};
        size_t k = i + 1;

        while (k < n &&
               table_loader_draft(l, k)->head.table == table_loader_draft(l, i)->head.table)
            k++;
        if (plan_table(now, l, i, k, out, &e) != 0) {
            say(arg, &e);
            refused++;
        }
        i = k;
    }
    return refused;
}

/* plan_release - with all bytes */
void plan_release(struct plan *p)
{
    for (size_t i = 0; i < p->n; i++)
        buf_release(&p->steps[i].bytes);
    free(p->steps);
    memset(p, 0, sizeof(*p));
}
