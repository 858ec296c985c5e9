/* sets.c - what the attributes of codes bring: atoms that formulas ask for, and what the tests
 * count */
#include "common/drg/make.h"

#include <stdlib.h>
#include <string.h>

/* In the order in which MULTST and BILATERAL take them. */
static const char *const injuries[ST_LISTS] = {"sthead", "stchest", "stabdom",  "stkidney",
                                               "sturin", "stpel",   "stuplimb", "stlolimb"};
static const char *const sides[SIDES] = {"righthip",  "lefthip",   "leftknee",
                                         "rightknee", "leftankle", "rightankle"};
static const char *const fusions[FUSIONS] = {[FUSION_ANT] = "sglantfuse",
                                             [FUSION_POST] = "sglpostfuse",
                                             [FUSION_POST1] = "sglpostfuse1",
                                             [FUSION_ANTSECTX] = "sglantsectXfuse"};

/* bit_in - of a word in a list of names; 0: it is none of them */
static uint8_t bit_in(struct span name, const char *const *list, int n)
{
    for (int i = 0; i < n; i++)
        if (span_is(name, list[i]))
            return (uint8_t)(1u << i);
    return 0;
}

/* level_in - n of "vesseln"; 0: it is no such name */
static uint8_t level_in(struct span name, const char *word)
{
    size_t n = strlen(word);

    return name.n == n + 1 && memcmp(name.p, word, n) == 0 && name.p[n] >= '1' && name.p[n] <= '4'
               ? (uint8_t)(name.p[n] - '0')
               : 0;
}

/* hac_in - the number in HAC06, hac06_sdx; 0: no such name */
static unsigned hac_in(struct span name)
{
    unsigned n;

    if (name.n < 5 || (memcmp(name.p, "HAC", 3) != 0 && memcmp(name.p, "hac", 3) != 0) ||
        name.p[3] < '0' || name.p[3] > '9' || name.p[4] < '0' || name.p[4] > '9')
        return 0;
    n = (unsigned)(name.p[3] - '0') * 10 + (unsigned)(name.p[4] - '0');
    return n < HAC_MAX ? n : 0;
}

/* or_atom - the bit of an attribute, where some formula looks at it that way */
static void or_atom(const struct drg_maker *m, enum asks asks, int32_t attribute,
                    uint64_t out[ATOM_WORDS])
{
    int16_t atom = m->atoms.atom[asks][attribute];

    if (atom >= 0)
        out[atom / 64] |= 1ull << atom % 64;
}

/* suppressed_by - the suppression sets in which an attribute stands */
static uint64_t suppressed_by(const struct drg_maker *m, struct span name)
{
    uint64_t bits = 0;

    for (size_t k = 0; k < m->suppress_sets.n; k++) {
        struct span rest = m->suppress_sets.texts[k], item;

        while (items_next(&rest, &item))
            if (item.n == name.n && memcmp(item.p, name.p, name.n) == 0)
                bits |= 2ull << k;
    }
    return bits;
}

/* dx_attribute - one attribute of a set of diagnoses */
static void dx_attribute(struct drg_maker *m, struct drg *d, size_t set, struct span name)
{
    struct dx_def *f = &m->dx_facts[set];
    int32_t a = names_find(&m->atoms.attributes, name);

    or_atom(m, ASKS_PDX, a, d->principal[set]);
    or_atom(m, ASKS_ANY, a, d->principal[set]);
    or_atom(m, ASKS_SDX, a, d->secondary[set]);
    or_atom(m, ASKS_ANY, a, d->secondary[set]);
    f->injuries |= bit_in(name, injuries, ST_LISTS);
    f->hacs |= (uint16_t)(1u << hac_in(name) & ~1u);
    f->suppress |= suppressed_by(m, name);
    f->flags |= span_is(name, "mccalive") ? DX_ALIVE_ONLY : 0;
    f->flags |= span_is(name, "incident") ? DX_INCIDENT : 0;
    f->flags |= span_is(name, "hac06_show") ? DX_HAC_SHOW : 0;
}

/* px_attribute - one attribute of a set of procedures; also of a diagnosis' set seen bare: none */
static void px_attribute(struct drg_maker *m, struct drg *d, size_t set, struct span name)
{
    struct px_def *f = &m->px_facts[set];
    int32_t a = names_find(&m->atoms.attributes, name);
    uint8_t vessels = level_in(name, "vessel"), stents = level_in(name, "stent");

    or_atom(m, ASKS_PX, a, d->procedure[set]);
    or_atom(m, ASKS_ANY, a, d->procedure[set]);
    f->sides |= bit_in(name, sides, SIDES);
    f->fusions |= bit_in(name, fusions, FUSIONS);
    f->vessels = (uint8_t)(f->vessels + vessels);
    f->stents = (uint8_t)(f->stents + stents);
    if (span_is(name, "d468"))
        f->kind = DRG_EXTENSIVE;
    else if (span_is(name, "d477") && f->kind == DRG_NOT_OR)
        f->kind = DRG_NON_EXTENSIVE;
}

/* make_sets - every set of diagnoses and of procedures */
int make_sets(struct drg_maker *m, struct drg *d, struct err *e)
{
    struct span rest, item;

    d->n_dx_sets = m->dx_sets.n;
    d->n_px_sets = m->px_sets.n;
    d->principal = calloc(d->n_dx_sets + 1, sizeof(*d->principal));
    d->secondary = calloc(d->n_dx_sets + 1, sizeof(*d->secondary));
    d->procedure = calloc(d->n_px_sets + 1, sizeof(*d->procedure));
    m->dx_facts = calloc(d->n_dx_sets + 1, sizeof(*m->dx_facts));
    m->px_facts = calloc(d->n_px_sets + 1, sizeof(*m->px_facts));
    if (!d->principal || !d->secondary || !d->procedure || !m->dx_facts || !m->px_facts)
        return out_of_memory(e);
    for (size_t i = 0; i < d->n_dx_sets; i++)
        for (rest = m->dx_sets.texts[i]; items_next(&rest, &item);)
            dx_attribute(m, d, i, item);
    for (size_t i = 0; i < d->n_px_sets; i++)
        for (rest = m->px_sets.texts[i]; items_next(&rest, &item);)
            px_attribute(m, d, i, item);
    return 0;
}
