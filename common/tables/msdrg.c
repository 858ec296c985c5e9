/* msdrg.c - rows of the table msdrg to the grouper that they define */
#include "common/tables/msdrg.h"

#include <string.h>

#include "common/tables/edition.h"

enum { FIELDS_MAX = COLUMNS_MAX + 4 };

/* The fields of a row, cut once: 170,000 rows are read before a worker is ready. */
struct cut_row {
    struct span fields[FIELDS_MAX];
    int n;
};

/* cut_row - at its TABs */
static void cut_row(struct span text, struct cut_row *out)
{
    const char *p = text.p, *end = text.p + text.n;

    for (out->n = 0; p && out->n < FIELDS_MAX; out->n++) {
        const char *tab = memchr(p, '\t', (size_t)(end - p));

        out->fields[out->n] = (struct span){p, (size_t)((tab ? tab : end) - p)};
        p = tab ? tab + 1 : NULL;
    }
}

/* Where the columns stand, in the order of drg_row. */
struct places {
    int class, items, mdcs, text, numbers[9];
};
static const char *const number_names[9] = {"mdc",        "mdc_male",    "mdc_female",
                                            "collection", "rank",        "base_drg",
                                            "drg",        "reroute_mdc", "line"};

/* place_of - the field of a column; -1: the snapshot has none */
static int place_of(const struct edition *d, const char *column)
{
    return d->position[kind_column(d->kind, column)];
}

/* find_places - once an edition */
static void find_places(const struct edition *d, struct places *p)
{
    p->class = kind_column(d->kind, "class");
    p->items = place_of(d, "list");
    p->mdcs = place_of(d, "mdcs");
    p->text = place_of(d, "text");
    for (int i = 0; i < 9; i++)
        p->numbers[i] = place_of(d, number_names[i]);
}

/* field - of a row; empty where there is none */
static struct span field(const struct cut_row *row, int place)
{
    return place >= 0 && place < row->n ? row->fields[place] : (struct span){"", 0};
}

/* number - decimal digits; -1: empty, or none */
static int number(struct span s)
{
    int v = 0;

    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9' || v > 999999)
            return -1;
        v = v * 10 + (s.p[i] - '0');
    }
    return s.n ? v : -1;
}

/* list_of - by the first key; DRG_LIST_MAX: no list of ours */
static enum drg_list list_of(struct span key)
{
    static const char *const names[DRG_LIST_MAX] = {[DRG_LIST_CLUSTER] = "CLUSTER",
                                                    [DRG_LIST_DX] = "DX",
                                                    [DRG_LIST_EXCLUDE] = "EXCLUDE",
                                                    [DRG_LIST_FORMULA] = "FORMULA",
                                                    [DRG_LIST_HAC] = "HAC",
                                                    [DRG_LIST_NAME] = "NAME",
                                                    [DRG_LIST_PX] = "PX"};

    for (int i = 0; i < DRG_LIST_MAX; i++)
        if (span_is(key, names[i]))
            return (enum drg_list)i;
    return DRG_LIST_MAX;
}

/* take_row - one row to the maker */
static int take_row(struct drg_maker *m, const struct places *p, const struct table_row *r,
                    struct err *e)
{
    int n[9];
    struct cut_row row;
    struct drg_row out = {.list = list_of(table_key(r, 0))};

    cut_row(r->text, &row);
    if (out.list == DRG_LIST_MAX)
        return err_set(e, ERR_REJECT, "drg", "\"%.*s\" is no list of the definitions",
                       (int)(row.fields[0].n < 20 ? row.fields[0].n : 20), row.fields[0].p);
    for (int i = 0; i < 9; i++)
        n[i] = number(field(&row, p->numbers[i]));
    out.key = field(&row, 1);
    if (out.list == DRG_LIST_DX || out.list == DRG_LIST_FORMULA)
        out.class = table_col(r, "class");
    out.items = field(&row, p->items);
    out.mdcs = field(&row, p->mdcs);
    out.text = field(&row, p->text);
    out.mdc = n[0];
    out.mdc_male = n[1];
    out.mdc_female = n[2];
    out.collection = n[3];
    out.rank = n[4];
    out.base_drg = n[5];
    out.drg = n[6];
    out.reroute_mdc = n[7];
    out.line = n[8];
    return drg_maker_row(m, &out, e);
}

/* msdrg_make - every row, then the version */
int msdrg_make(struct edition *d, struct drg **out, struct err *e)
{
    struct drg_maker *m = drg_maker_new();
    struct places places;
    struct table_row row;
    size_t cursor = 0;
    int r = 0;

    if (!m)
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    find_places(d, &places);
    while (r == 0 && edition_each(&d->info, &cursor, &row))
        r = take_row(m, &places, &row, e);
    *out = r == 0 ? drg_make(m, e) : NULL;
    drg_maker_free(m);
    return *out ? 0 : err_prefix(e, "%s@%s", table_name(d->head.table), d->head.edition);
}

/* tables_drg - by the day of discharge */
const struct drg *tables_drg(const struct tables *t, int32_t on,
                             const struct edition_info **edition)
{
    const struct edition_info *i = tables_edition(t, TABLE_MSDRG, on);

    if (edition)
        *edition = i;
    return i ? edition_drg(i) : NULL;
}

/* drg_version_of - digits and the dot between */
const char *drg_version_of(const struct edition_info *i, char *out, size_t size)
{
    const char *from = i->edition + strcspn(i->edition, "0123456789");
    size_t n = strspn(from, "0123456789.");

    if (n >= size)
        n = size - 1;
    memcpy(out, from, n);
    out[n] = '\0';
    return out;
}
