/* make.c - rows in, a version out */
#include "common/drg/make.h"

#include <stdlib.h>
#include <string.h>

static const char *const list_names[DRG_LIST_MAX] = {"CLUSTER", "DX",   "EXCLUDE", "FORMULA",
                                                     "HAC",     "NAME", "PX"};

/* list_add - zeroed */
void *list_add(struct list *l)
{
    if (l->n == l->cap) {
        size_t cap = l->cap ? l->cap * 2 : 256;
        void *items = realloc(l->items, cap * l->size);

        if (!items)
            return NULL;
        l->items = items;
        l->cap = cap;
    }
    return memset((char *)l->items + l->size * l->n++, 0, l->size);
}

/* items_next - one of a list */
bool items_next(struct span *rest, struct span *item)
{
    const char *end;

    if (!rest->n)
        return false;
    end = memchr(rest->p, ';', rest->n);
    *item = (struct span){rest->p, end ? (size_t)(end - rest->p) : rest->n};
    rest->n -= end ? item->n + 1 : item->n;
    rest->p += end ? item->n + 1 : item->n;
    return true;
}

/* out_of_memory - the one text */
int out_of_memory(struct err *e)
{
    return err_set(e, ERR_RETRY, "memory", "out of memory");
}

/* drg_maker_new - nothing yet */
struct drg_maker *drg_maker_new(void)
{
    struct drg_maker *m = calloc(1, sizeof(*m));

    if (!m)
        return NULL;
    m->dx.size = sizeof(struct raw_dx);
    m->px.size = sizeof(struct raw_px);
    m->clusters.size = sizeof(struct raw_cluster);
    m->cluster_sets.size = sizeof(struct raw_cluster_set);
    m->exclusions.size = sizeof(struct raw_exclusion);
    m->formulas.size = m->hacs.size = sizeof(struct raw_formula);
    m->parser.atoms = &m->atoms;
    return m;
}

/* drg_maker_free - the version that was made lives on */
void drg_maker_free(struct drg_maker *m)
{
    if (!m)
        return;
    names_release(&m->atoms.attributes);
    names_release(&m->dx_sets);
    names_release(&m->px_sets);
    names_release(&m->suppress_sets);
    for (int k = 0; k < ASKS_MAX; k++)
        free(m->atoms.atom[k]);
    free(m->dx.items);
    free(m->px.items);
    free(m->clusters.items);
    free(m->cluster_sets.items);
    free(m->exclusions.items);
    free(m->formulas.items);
    free(m->hacs.items);
    free(m->parser.nodes);
    free(m->dx_facts);
    free(m->px_facts);
    free(m);
}

/* bad_row - list, key and rule */
static int bad_row(const struct drg_row *r, const char *what, struct err *e)
{
    return err_set(e, ERR_REJECT, "drg", "%s %.*s: %s", list_names[r->list],
                   (int)(r->key.n < 20 ? r->key.n : 20), r->key.p, what);
}

/* add_set - the number of a list of attributes; their names are noted */
static int32_t add_set(struct drg_maker *m, struct names *sets, struct span items)
{
    size_t before = sets->n;
    int32_t set = names_add(sets, items);
    struct span item;

    while (set >= 0 && sets->n > before && items_next(&items, &item))
        if (names_add(&m->atoms.attributes, item) < 0)
            return -1;
    return set;
}

/* severity_of - as the definitions name it; -1: none of them */
static int severity_of(struct span s)
{
    return span_is(s, "MCC") ? DRG_MCC : span_is(s, "CC") ? DRG_CC : span_is(s, "NCC") ? 0 : -1;
}

/* take_dx - a diagnosis */
static int take_dx(struct drg_maker *m, const struct drg_row *r, struct err *e)
{
    struct raw_dx *x = list_add(&m->dx);
    int32_t set = add_set(m, &m->dx_sets, r->items);
    int severity = severity_of(r->class);

    if (!x || set < 0)
        return out_of_memory(e);
    x->packed = code_pack(r->key.p, r->key.n);
    if (!x->packed || severity < 0)
        return bad_row(r, "a code of up to seven characters, and MCC, CC or NCC", e);
    if (r->mdc < 0 || r->mdc >= MDC_MAX || r->mdc_male >= MDC_MAX || r->mdc_female >= MDC_MAX ||
        r->collection > UINT16_MAX)
        return bad_row(r, "an MDC below 100 and a number of a collection", e);
    x->set = (uint32_t)set;
    x->collection = (uint16_t)(r->collection > 0 ? r->collection : 0);
    x->mdc = (uint8_t)r->mdc;
    x->male = (uint8_t)(r->mdc_male > 0 ? r->mdc_male : 0);
    x->female = (uint8_t)(r->mdc_female > 0 ? r->mdc_female : 0);
    x->severity = (uint8_t)severity;
    return 0;
}

/* take_px - a procedure, or what a cluster carries */
static int take_px(struct drg_maker *m, const struct drg_row *r, struct err *e)
{
    int32_t set = add_set(m, &m->px_sets, r->items);

    if (set < 0)
        return out_of_memory(e);
    if (memchr(r->key.p, '@', r->key.n)) {
        struct raw_cluster_set *c = list_add(&m->cluster_sets);

        if (!c)
            return out_of_memory(e);
        *c = (struct raw_cluster_set){r->key, (uint32_t)set};
    } else {
        struct raw_px *x = list_add(&m->px);

        if (!x)
            return out_of_memory(e);
        *x = (struct raw_px){code_pack(r->key.p, r->key.n), (uint32_t)set};
        if (!x->packed)
            return bad_row(r, "a code of seven characters", e);
    }
    return 0;
}

/* two_words - a key of two words, of which the last is a number; false: it is none */
static bool two_words(struct span key, struct span *first, unsigned *second)
{
    const char *blank = memchr(key.p, ' ', key.n);
    size_t n = blank ? (size_t)(blank - key.p) : 0;

    *second = 0;
    for (size_t i = n + 1; i < key.n; i++) {
        if (key.p[i] < '0' || key.p[i] > '9' || *second > 99999)
            return false;
        *second = *second * 10 + (unsigned)(key.p[i] - '0');
    }
    *first = (struct span){key.p, n};
    return n > 0 && n + 1 < key.n;
}

/* number_of - decimal digits; -1: none, or over `max` */
static int number_of(struct span s, int max)
{
    int v = 0;

    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9' || v > max)
            return -1;
        v = v * 10 + (s.p[i] - '0');
    }
    return s.n && v <= max ? v : -1;
}

/* take_cluster - one choice of it */
static int take_cluster(struct drg_maker *m, const struct drg_row *r, struct err *e)
{
    struct raw_cluster *c = list_add(&m->clusters);

    if (!c)
        return out_of_memory(e);
    *c = (struct raw_cluster){.mdcs = r->mdcs, .codes = r->items};
    if (!two_words(r->key, &c->name, &c->choice) ||
        c->name.n >= sizeof(((struct cluster *)0)->name) || c->choice < 1 || c->choice > 32)
        return bad_row(r, "a cluster and a choice from 1 to 32", e);
    return 0;
}

/* take_exclusion - a collection */
static int take_exclusion(struct drg_maker *m, const struct drg_row *r, struct err *e)
{
    struct raw_exclusion *x = list_add(&m->exclusions);
    int n = number_of(r->key, UINT16_MAX);

    if (!x)
        return out_of_memory(e);
    if (n < 1)
        return bad_row(r, "the number of a collection", e);
    *x = (struct raw_exclusion){(unsigned)n, r->items};
    return 0;
}

/* take_formula - of an MDC, or of a HAC */
static int take_formula(struct drg_maker *m, const struct drg_row *r, struct err *e)
{
    bool hac = r->list == DRG_LIST_HAC;
    struct raw_formula *x = list_add(hac ? &m->hacs : &m->formulas);
    struct span first;
    unsigned order;
    int mdc;

    if (!x)
        return out_of_memory(e);
    if (!two_words(r->key, &first, &order))
        return bad_row(r, "MDC (or HAC) and order", e);
    mdc = number_of(first, hac ? HAC_MAX - 1 : MDC_MAX - 1);
    if (mdc < 0 ||
        (!hac && (r->rank < 0 || r->drg < 0 || r->drg > DRG_UNGROUPED || r->base_drg < 0 ||
                  r->base_drg > DRG_UNGROUPED || r->reroute_mdc >= MDC_MAX)))
        return bad_row(r, "MDC (or HAC), rank, DRGs of three digits", e);
    x->text = r->text;
    x->suppress = r->items;
    x->f = (struct formula){.mdc = (uint16_t)mdc, .order = order, .line = r->line};
    if (hac)
        return 0;
    x->f.rank = (uint16_t)r->rank;
    x->f.drg = (uint16_t)r->drg;
    x->f.base_drg = (uint16_t)r->base_drg;
    x->f.reroute_mdc = (uint16_t)(r->reroute_mdc > 0 ? r->reroute_mdc : 0);
    x->f.type = span_is(r->class, "SURGICAL")  ? DRG_SURGICAL
                : span_is(r->class, "MEDICAL") ? DRG_MEDICAL
                                               : DRG_NO_TYPE;
    return 0;
}

/* drg_maker_row - by its list */
int drg_maker_row(struct drg_maker *m, const struct drg_row *r, struct err *e)
{
    m->seen[r->list] = true;
    switch (r->list) {
    case DRG_LIST_DX:
        return take_dx(m, r, e);
    case DRG_LIST_PX:
        return take_px(m, r, e);
    case DRG_LIST_CLUSTER:
        return take_cluster(m, r, e);
    case DRG_LIST_EXCLUDE:
        return take_exclusion(m, r, e);
    case DRG_LIST_FORMULA:
    case DRG_LIST_HAC:
        return take_formula(m, r, e);
    default:
        return 0; /* names are for people */
    }
}

/* drg_free - all of it */
void drg_free(struct drg *d)
{
    if (!d)
        return;
    free(d->dx.slots);
    free(d->px.slots);
    free(d->dx_defs);
    free(d->px_defs);
    free(d->principal);
    free(d->secondary);
    free(d->procedure);
    free(d->excluded);
    free(d->collections);
    free(d->memberships);
    free(d->clusters);
    free(d->formulas);
    free(d->always);
    free(d->triggers);
    free(d->steps);
    free(d->nodes);
    free(d->hacs);
    free(d->texts);
    free(d);
}

/* drg_make - names first, then what depends on them */
struct drg *drg_make(struct drg_maker *m, struct err *e)
{
    struct drg *d;

    for (int k = 0; k < DRG_LIST_MAX; k++)
        if (!m->seen[k] && k != DRG_LIST_NAME) {
            err_set(e, ERR_REJECT, "drg",
                    "no row of %s: the files of a version are loaded together", list_names[k]);
            return NULL;
        }
    d = calloc(1, sizeof(*d));
    if (!d) {
        out_of_memory(e);
        return NULL;
    }
    if (read_formulas(m, d, e) == 0 && make_sets(m, d, e) == 0 && make_codes(m, d, e) == 0 &&
        make_formulas(m, d, e) == 0)
        return d;
    drg_free(d);
    return NULL;
}

/* drg_bytes - what it takes in memory */
size_t drg_bytes(const struct drg *d)
{
    size_t set = sizeof(*d->principal);

    return sizeof(*d) + (d->dx.n_slots + d->px.n_slots) * sizeof(uint64_t) +
           d->n_dx_defs * sizeof(*d->dx_defs) + d->n_px_defs * sizeof(*d->px_defs) +
           (2 * d->n_dx_sets + d->n_px_sets) * set +
           (d->collections[d->n_collections] + d->n_collections) * sizeof(uint32_t) +
           d->n_memberships * sizeof(*d->memberships) + d->n_clusters * sizeof(*d->clusters) +
           d->n_words * (64 * sizeof(*d->formulas) + sizeof(*d->always) + sizeof(*d->triggers)) +
           d->n_steps * sizeof(*d->steps) + d->n_nodes * sizeof(*d->nodes) + d->texts_n;
}
